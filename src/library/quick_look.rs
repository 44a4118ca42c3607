//! The quick look: what can be told of most headings, and of most lines below them, from their letters alone.
//!
//! A library holds hundreds of thousands of headings, and nearly all are a few plain words that mean nothing
//! in particular. Each question that [`crate::library::features`] asks of a heading can only be answered with
//! yes where a certain sign or a certain word stands in it. Where none does, this room says what the long way
//! would have found; where one does, it says nothing, and the long way is taken. The tests hold both against
//! each other.

use crate::library::features::{Feature, Nature, is_bare_placeholder};
use crate::library::{fields, names, vocabulary};
use crate::text::block::Block;
use crate::text::line;
use crate::text::word_table::WordTable;

/// Whether a word stands between a title and a name, whatever its case.
fn leads_to_a_name(word: &[u8]) -> bool {
    let lower = |at: usize| word[at].to_ascii_lowercase();
    match word.len() {
        2 => (lower(0), lower(1)) == (b'b', b'y'),
        3 => matches!((lower(0), lower(1), lower(2)), (b'p', b'a' | b'o', b'r') | (b'v', b'o', b'n')),
        4 => ["door", "from", "with"].iter().any(|w| w.as_bytes().eq_ignore_ascii_case(word)),
        _ => false,
    }
}

/// Whether a word stands between two names, or between a name and a place.
fn stands_beside_names(word: &[u8]) -> bool {
    matches!(word, b"and" | b"at" | b"e" | b"en" | b"et" | b"och" | b"og" | b"und" | b"y")
}

/// First words of a line that need a longer look: of phrases that ask for a name without a colon, and forms
/// of address.
static PHRASES: WordTable<128> = WordTable::new(include_str!("vocabulary/phrase_words.txt"));

/// First words of a heading that need a longer look: these, and those of groups and days.
static OPENERS: WordTable<512> = WordTable::new(include_str!("vocabulary/opening_words.txt"));

/// Whether a heading surely names neither an event nor a day nor a group of talks: letters of ASCII and single blanks are all
/// that it consists of, and none of these begins with its first word.
pub(super) fn names_no_event(raw: &str) -> bool {
    let first = raw.as_bytes().split(|b| *b == b' ').next().unwrap_or_default();
    line::is_bare(raw) && !OPENERS.has_ascii(first) && !vocabulary::is_usual_group(raw)
}

/// The features that a heading's own words give, where letters of ASCII and single blanks are all that it
/// consists of and none of its words could mean anything.
pub(super) fn own_words(raw: &str) -> Option<Feature> {
    const LONGEST: usize = 300;
    if raw.len() > LONGEST || !line::is_bare(raw) {
        return None;
    }
    let (mut words, mut beside): (u16, bool) = (0, false);
    for word in raw.as_bytes().split(|b| *b == b' ') {
        words += 1;
        if leads_to_a_name(word) || words == 1 && OPENERS.has_ascii(word) {
            return None;
        }
        beside |= stands_beside_names(word);
    }
    if is_bare_placeholder(raw) || vocabulary::is_usual_group(raw) {
        return None;
    }
    let nature = if vocabulary::is_usual_part(raw) {
        Nature::InsideTalk
    } else if !opens_like_a_name(raw) {
        Nature::Open
    } else if beside {
        return None;
    } else {
        names::strength_of_bare(raw).map_or(Nature::Open, Nature::Person)
    };
    Some(Feature { nature, words, bare: true, ..Feature::default() })
}

/// As [`names::opens_like_a_name`], for words of letters.
fn opens_like_a_name(raw: &str) -> bool {
    let Some(blank) = raw.bytes().position(|b| b == b' ') else {
        return false;
    };
    let (first, behind) = (&raw.as_bytes()[..blank], &raw[blank + 1..]);
    let capital = first[0].is_ascii_uppercase() || first.len() > 2 && first[blank - 1].is_ascii_uppercase();
    capital
        && (behind.as_bytes()[0].is_ascii_uppercase()
            || names::is_particle(behind.split(' ').next().unwrap_or_default().as_bytes()))
}

/// Whether a heading is nothing but letters of ASCII with single blanks between them, and no word in it leads to
/// a name: such a heading is a title as it stands.
pub(super) fn is_bare_title(raw: &str) -> bool {
    line::is_bare(raw) && !raw.as_bytes().split(|b| *b == b' ').any(leads_to_a_name)
}

/// A line, and what its first bytes are, a bit for each.
pub(super) struct Glance<'t> {
    pub(super) line: &'t str,
    start: usize,
    block: Block,
}

impl<'t> Glance<'t> {
    /// Looks at the line that begins at a byte.
    #[inline]
    pub(super) fn at(text: &'t str, start: usize) -> Self {
        let block = Block::at(text.as_bytes(), start);
        let end = match block.is(b'\n') {
            0 => line::end_of_line(text, text.len().min(start + Block::LEN)),
            ends => start + ends.trailing_zeros() as usize,
        };
        Self { line: &text[start..end], start, block }
    }

    /// Where the line ends.
    pub(super) fn end(&self) -> usize {
        self.start + self.line.len()
    }

    /// Whether a sign of a link may stand in it.
    pub(super) fn may_hold_link(&self) -> bool {
        let behind = || self.line.as_bytes().get(Block::LEN..);
        self.block.is_any::<4, _>([b']', b':']) & Block::first(self.line.len()) != 0
            || behind().is_some_and(|rest| memchr::memchr2(b']', b':', rest).is_some())
    }

    /// The byte at which the line's text begins, its list marker left out, where that is a letter of ASCII.
    fn text_from(&self) -> Option<usize> {
        match self.line.as_bytes() {
            [first, ..] if first.is_ascii_alphabetic() => Some(0),
            // What follows the marker is the text, unless more blanks do.
            [b'-' | b'*' | b'+', b' ', first, ..] if first.is_ascii_alphabetic() => Some(2),
            _ => None,
        }
    }

    /// As [`is_prose`], of the line's text, its list marker left out.
    pub(super) fn is_prose(&self) -> bool {
        match self.text_from() {
            Some(from) => opens_prose(&self.block, from, self.line),
            None => is_prose(line::text_of(self.line)),
        }
    }

    /// Whether it surely states nothing: it opens with a word that begins no phrase, and no sign of a field stands near
    /// its start.
    pub(super) fn states_nothing(&self) -> bool {
        self.text_from().is_some_and(|from| {
            let near = Block::first(self.line.len().min(from + fields::SIGN_WITHIN));
            let first = (self.block.letters::<1>() >> from).trailing_ones() as usize;
            // ("A talk by" begins with one letter.)
            (2..16 - from).contains(&first)
                && self.block.is_any::<LANES_OF_SIGNS, _>([b':', b'=', 0xef, b'-']) & near == 0
                && !PHRASES.has_ascii(&self.line.as_bytes()[from..from + first])
        })
    }
}

/// Whether the text of a line below a heading, its list marker left out, is plain prose, which states nothing
/// and names nobody: it opens with two words of letters, the second a small one, and no sign of a field
/// stands near its start.
pub(super) fn is_prose(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_alphabetic())
        && opens_prose(&Block::at(line.as_bytes(), 0), 0, line)
}

/// As [`is_prose`], for the text that begins at byte `from` of a line whose first bytes these are.
#[inline]
fn opens_prose(block: &Block, from: usize, line: &str) -> bool {
    let text = &line.as_bytes()[from..];
    // Where a word and the word behind it end: what stands behind a line is no letter.
    let ends = |letters: u64| {
        let first = letters.trailing_ones();
        let behind = letters.checked_shr(first + 1).unwrap_or(0);
        (first as usize, (first + 1 + behind.trailing_ones()) as usize)
    };
    let (mut first, mut end) = ends(block.letters::<2>() >> from);
    if end + from >= Block::LEN / 2 {
        // (Two words that are longer than a block open no prose.)
        (first, end) = ends(block.letters::<4>() >> from);
    }
    let second = first + 1;
    if text.get(first) != Some(&b' ') || !text.get(second).is_some_and(u8::is_ascii_lowercase) {
        return false;
    }
    let closed = match text.get(end) {
        None | Some(b' ') => true,
        Some(b'.' | b',') => text.get(end + 1).is_none_or(|b| *b == b' '),
        Some(_) => false,
    };
    // A sign behind a field's key stands near the start, and so does a dash that does for it.
    let near = |bytes: usize| Block::first(text.len().min(bytes));
    let signs =
        block.is_any::<LANES_OF_SIGNS, _>([b':', b'=', 0xef, b'-']) >> from & near(fields::SIGN_WITHIN);
    let stated = signs != 0 && {
        let dashes = block.is(b'-') >> from & signs;
        dashes != signs || dashes & near(DASH_WITHIN) & !near(end) != 0
    };
    let phrase = match first {
        // "a talk by", and much else.
        1 => &text[second..end] == b"talk",
        _ => PHRASES.has_ascii(&text[..first]),
    };
    closed && !stated && !phrase && !names::is_particle(&text[second..end])
}

/// So many lanes of a block hold the signs that stand near the start of a line, a list marker before them.
const LANES_OF_SIGNS: usize = 3;
const _: () = assert!("- ".len() + fields::SIGN_WITHIN <= 16 * LANES_OF_SIGNS);

/// How near the start of a line, in bytes, a dash does for the sign behind a key.
const DASH_WITHIN: usize = 20;

/// Whether a line of prose may be nothing but a key that asks for people. The keys of two words begin with a word
/// that opens no prose, but for two of them; and "presented by" is known by most of its letters.
pub(super) fn may_ask_for_people(prose: &str) -> bool {
    /// A key that stands alone is no longer.
    const LONGEST: usize = 24;
    let opens = |word: &str| prose.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    prose.len() <= LONGEST && (opens("p") || opens("held ") || opens("workshop "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::features::own_words_in_full;
    use crate::library::speakers;
    use crate::library::{conference, dates, keys};
    use proptest::prelude::*;

    fn check(raw: &str) {
        if let Some(quick) = own_words(raw) {
            assert_eq!(Feature { bare: false, ..quick }, own_words_in_full(raw), "{raw}");
        }
    }

    #[test]
    fn most_headings_need_no_more() {
        for raw in ["Queues in practice", "Cache Faronini", "Ada Lovelace", "Takeaways", "hore is sanetuda"] {
            assert!(own_words(raw).is_some(), "{raw}");
            check(raw);
        }
        for raw in [
            "Ada Lovelace and Grace Hopper",
            "Ada Lovelace at Mill",
            "Lisa Guo e Hui Ding",
            "Ada Lovelace with Alan Kay",
            "Engines by Ada Lovelace",
            "Dr Ada Lovelace",
            "Ada von Lovelace",
            "Keynote Speaker Name",
            "Session iv",
        ] {
            check(raw);
        }
        for raw in ["Day Two", "Talk by Ada", "Q&A", "PyCon 2017", "Keynotes", "", "a  b", "Monday"] {
            assert!(own_words(raw).is_none(), "{raw}");
        }
    }

    #[test]
    fn every_entry_of_the_tables_is_read_alike() {
        let tables = [
            include_str!("vocabulary/inside_talk.txt"),
            include_str!("vocabulary/groups.txt"),
            include_str!("vocabulary/day_words.txt"),
            include_str!("vocabulary/no_names.txt"),
            include_str!("vocabulary/generic.txt"),
            include_str!("vocabulary/given_names.txt"),
        ];
        for entry in tables.iter().flat_map(|t| t.lines()) {
            let mut chars = entry.chars();
            let capital: String =
                chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
            for raw in [
                entry,
                &capital,
                &format!("{capital} Lovelace"),
                &format!("Ada {capital}"),
                &format!("{capital} One"),
                &format!("The {entry}"),
            ] {
                check(raw);
            }
        }
    }

    /// Words that headings turn on, and others.
    const WORDS: &str = "(Ada|Lovelace|and|Dr|Sir|von|de|by|By|with|from|at|Day|Monday|May|One|Track|Session|II|iv|A|Notes|\
         Keynote|Lightning|Talks|Talk|Title|Speaker|Presented|Hosted|Queues|queues|in|the|of|RUST|iOS|JR|Q|Conf|van|Rossum|\
         Grace|HOPPER|e|y|[A-Za-z]{1,7})";

    #[test]
    fn the_openers_are_those_of_phrases_groups_days_and_addresses() {
        let phrases = fields::STARTS.iter().chain(fields::BESIDE).chain(names::ADDRESSES).copied();
        for word in phrases.clone().map(|phrase| phrase.split(' ').next().unwrap_or_default()) {
            let letters = word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphabetic());
            assert!(!letters || PHRASES.has_folded(word), "{word}");
        }
        assert!(PHRASES.entries().is_sorted());
        let days = include_str!("vocabulary/day_words.txt").lines().skip(1);
        let first = |phrase: &'static str| phrase.split(' ').next().unwrap_or_default();
        for word in
            phrases.chain(days).chain(vocabulary::GROUP_STEMS.iter().copied()).chain(["session"]).map(first)
        {
            assert!(!word.bytes().all(|b| b.is_ascii_alphabetic()) || OPENERS.has_folded(word), "{word}");
        }
        assert!(OPENERS.entries().is_sorted());
    }

    #[test]
    fn a_key_of_two_words_is_no_prose_or_is_looked_at() {
        for key in keys::keys_for_people().filter(|key| key.contains(' ')) {
            assert!(!is_prose(key) || may_ask_for_people(key), "{key}");
        }
    }

    proptest! {
        #[test]
        fn headings_are_read_as_in_full(words in proptest::collection::vec(WORDS, 1..7)) {
            let raw = words.join(" ");
            if let Some(quick) = own_words(&raw) {
                prop_assert_eq!(Feature { bare: false, ..quick }, own_words_in_full(&raw), "{}", raw);
                // Whatever it is, it is no field.
                prop_assert_eq!(fields::read(&raw), None);
            }
            if names_no_event(&raw) {
                let named = conference::in_line(&raw).is_some() || dates::parse(&raw).is_some();
                prop_assert!(!named && !dates::is_day(&raw) && !vocabulary::is_group(&raw), "{}", raw);
            }
        }

        #[test]
        fn what_states_nothing_is_no_field(words in proptest::collection::vec(WORDS, 1..9), rest in "[ -~–é“|：]{0,30}", mark in "(- |\\* )?") {
            let line = format!("{mark}{}{rest}\nnext", words.join(" "));
            let glance = Glance::at(&line, 0);
            if glance.states_nothing() {
                prop_assert_eq!(fields::read(glance.line), None);
            }
        }

        #[test]
        fn prose_states_nothing(words in proptest::collection::vec(WORDS, 1..9), rest in "[ -~–é“]{0,30}") {
            let line = format!("{}{rest}", words.join(" "));
            if is_prose(&line) {
                prop_assert_eq!(fields::read(&line), None);
                prop_assert_eq!(speakers::named_in_line(&line), None);
            }
        }
    }
}
