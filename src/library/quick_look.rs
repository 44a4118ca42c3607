//! The quick look: what can be told of most headings, and of most lines below them, from their letters alone.
//!
//! A library holds hundreds of thousands of headings, and nearly all are a few plain words that mean nothing
//! in particular. Each question that [`crate::library::features`] asks of a heading can only be answered with
//! yes where a certain sign or a certain word stands in it. Where none does, this room says what the long way
//! would have found; where one does, it says nothing, and the long way is taken. The tests hold both against
//! each other.

use crate::library::features::{Feature, Nature, is_placeholder};
use crate::library::word_table::WordTable;
use crate::library::{dates, fields, names, vocabulary};

/// Words that stand between a title and a name, whatever their case.
const BEFORE_NAMES: &[&str] = &["by", "door", "from", "par", "por", "von", "with"];

/// Words that stand between two names, or between a name and a place.
const BESIDE_NAMES: &[&str] = &["and", "at", "e", "en", "et", "och", "og", "und", "y"];

/// First words of the phrases that ask for a name without a colon, and forms of address.
static OPENERS: WordTable<128> = WordTable::new(
    "# First words that need a longer look\na\nauthor\nby\nchaired\ndelivered\ndr\ngiven\nhosted\nkeynote\nled\n\
     moderated\nmr\nmrs\nms\norganised\norganized\npar\nphd\npresentation\npresented\npresenter\npresenters\nprof\n\
     professor\nsession\nsir\nspeaker\nspeakers\ntalk\nvon\nwith",
);

/// The features that a heading's own words give, where letters of ASCII and single blanks are all that it
/// consists of and none of its words could mean anything.
pub(super) fn own_words(raw: &str) -> Option<Feature> {
    const LONGEST: usize = 300;
    let (mut words, mut first) = (0, 0);
    let mut apart = true;
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b' ' if apart => return None,
            b' ' => {
                apart = true;
                first = if words == 1 { at } else { first };
            }
            b if b.is_ascii_alphabetic() => words += usize::from(std::mem::take(&mut apart)),
            _ => return None,
        }
    }
    let first = if words == 1 { raw } else { &raw[..first] };
    let leads_on = |word: &str| word.len() <= 4 && BEFORE_NAMES.iter().any(|w| w.eq_ignore_ascii_case(word));
    let telling = apart
        || raw.len() > LONGEST
        || OPENERS.has_folded(first)
        || vocabulary::opens_group(first)
        || dates::opens_like_a_day(first)
        || is_placeholder(raw, raw)
        || vocabulary::is_group(raw)
        || raw.split(' ').any(leads_on);
    if telling {
        return None;
    }
    let nature = if vocabulary::is_inside_talk(raw) {
        Nature::InsideTalk
    } else if !names::opens_like_a_name(raw) {
        Nature::Open
    } else if raw.split(' ').any(|word| word.len() <= 4 && BESIDE_NAMES.contains(&word)) {
        return None;
    } else {
        names::strength(raw).map_or(Nature::Open, Nature::Person)
    };
    Some(Feature { nature, words, ..Feature::default() })
}

/// Whether the text of a line below a heading, its list marker left out, is plain prose, which states nothing
/// and names nobody: it opens with two words of letters, the second a small one, and no sign of a field
/// stands near its start.
pub(super) fn is_prose(line: &str) -> bool {
    let bytes = line.as_bytes();
    let letters =
        |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let first = letters(0);
    let second = first + 1;
    let end = second + letters(second);
    let closed = match bytes.get(end) {
        None | Some(b' ') => true,
        Some(b'.' | b',') => bytes.get(end + 1).is_none_or(|b| *b == b' '),
        Some(_) => false,
    };
    if first == 0 || end == second || bytes[first] != b' ' || !bytes[second].is_ascii_lowercase() || !closed {
        return false;
    }
    // A sign behind a field's key stands near the start, and so does a dash that does for it.
    let head = &bytes[..bytes.len().min(fields::SIGN_WITHIN)];
    !head.iter().any(|b| matches!(b, b':' | b'=' | b'|' | 0xef))
        && memchr::memchr(b'-', &head[..head.len().min(20)]).is_none()
        && !names::is_particle(&line[second..end])
        && !OPENERS.has_folded(&line[..first])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::features::own_words_in_full;
    use crate::library::speakers;
    use proptest::prelude::*;

    fn check(raw: &str) {
        if let Some(quick) = own_words(raw) {
            assert_eq!(quick, own_words_in_full(raw), "{raw}");
        }
    }

    #[test]
    fn most_headings_need_no_more() {
        for raw in ["Queues in practice", "Cache Faronini", "Ada Lovelace", "Takeaways", "hore is sanetuda"] {
            assert!(own_words(raw).is_some(), "{raw}");
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
    fn the_openers_are_those_of_the_phrases_and_the_forms_of_address() {
        let words = fields::STARTS.iter().chain(fields::BESIDE).chain(names::ADDRESSES);
        for word in words.map(|phrase| phrase.split(' ').next().unwrap_or_default()) {
            let letters = word.bytes().all(|b| b.is_ascii_alphabetic());
            assert!(!letters || OPENERS.has_folded(word), "{word}");
        }
    }

    proptest! {
        #[test]
        fn headings_are_read_as_in_full(words in proptest::collection::vec(WORDS, 1..7)) {
            let raw = words.join(" ");
            if let Some(quick) = own_words(&raw) {
                prop_assert_eq!(quick, own_words_in_full(&raw), "{}", raw);
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
