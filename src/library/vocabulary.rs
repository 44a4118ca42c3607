//! The words that people use around talks: tables, and nothing but tables and their look-up.
//!
//! These are habits of writing found across many collections. No event, file or person of any
//! collection stands here.

use crate::text::fold::fold;
use crate::text::line;
use crate::text::word_table::WordTable;

/// Headings inside a talk: they never name one.
static INSIDE_TALK: WordTable<1024> = WordTable::new(include_str!("vocabulary/inside_talk.txt"));

/// Headings that group talks.
static GROUPS: WordTable<512> = WordTable::new(include_str!("vocabulary/groups.txt"));

/// Words before a number or letter that group talks: "Day 2", "Track B", "Room 101".
pub(super) const GROUP_STEMS: &[&str] = &[
    "day", "room", "stage", "track", "tag", "jour", "hall", "block", "days", "dag", "día", "dia", "den",
    "giorno", "auditorium", "parallel track", "saal", "sala", "salle", "theater", "theatre", "breakout",
    "stream", "journée",
];

/// Names of folders and files that say nothing of what is in them.
static PLAIN_PLACES: WordTable<128> = WordTable::new(include_str!("vocabulary/plain_places.txt"));

/// Names of files that speak of the folder they lie in.
static INDEXES: WordTable<64> = WordTable::new(
    "# Names of files that speak of the folder they lie in\n_index\n_readme\n_sidebar\ncontents\nhome\n\
     index\nintro\nintroduction\nleeme\nliesmich\nlire\nlisezmoi\noverview\nread me\nreadme\nsummary\n\
     table of contents\ntoc",
);

/// Names of files that hold plans and lists around an event, and no notes of talks.
static PLANS: WordTable<128> = WordTable::new(
    "# Names of files that hold plans and lists around an event\nagenda\nattendees\nbudget\ncalendar\ncfp\n\
     contacts\nexpenses\nidea\nideas\nitinerary\npacking\npacking list\nplan\nplanning\nprogram\nprogramme\n\
     questions to ask\nschedule\nsponsors\ntalks to watch\ntech to check\nthings to check\ntimetable\nto do\n\
     to watch\ntodo\ntodos\ntravel\nvendors\nvideos to watch\nwishlist",
);

/// Words before a number that label one talk: "Talk 3: …".
const TALK_STEMS: &[&str] = &["talk", "session", "lecture", "presentation", "vortrag"];

/// Words that say "these are notes" and nothing about which event.
static GENERIC: WordTable<512> = WordTable::new(include_str!("vocabulary/generic.txt"));

/// Lines that web pages and apps put around a text, folded.
const FURNITURE: &[(&str, &str)] = &[
    ("skip to content", "a web page's navigation"),
    ("skip to main content", "a web page's navigation"),
    ("skip to navigation", "a web page's navigation"),
    ("toggle navigation", "a web page's navigation"),
    ("toggle menu", "a web page's navigation"),
    ("back to top", "a web page's navigation"),
    ("back to blog", "a web page's navigation"),
    ("previous post", "a web page's navigation"),
    ("next post", "a web page's navigation"),
    ("older posts", "a web page's navigation"),
    ("newer posts", "a web page's navigation"),
    ("on this page", "a web page's navigation"),
    ("instantly share code, notes, and snippets.", "a gist page's own words"),
    ("what would you like to do?", "a gist page's own words"),
    ("learn more about clone urls", "a gist page's own words"),
    ("download zip", "a gist page's own words"),
    ("you can't perform that action at this time.", "a gist page's own words"),
    ("you can't perform that action at this time", "a gist page's own words"),
    ("you signed in with another tab or window. reload to refresh your session.", "a gist page's own words"),
    ("share on:", "a page's sharing buttons"),
    ("share on", "a page's sharing buttons"),
    ("share this:", "a page's sharing buttons"),
    ("share this", "a page's sharing buttons"),
    ("share this post", "a page's sharing buttons"),
    ("share this article", "a page's sharing buttons"),
    ("tweet", "a page's sharing buttons"),
    ("share on twitter", "a page's sharing buttons"),
    ("share on facebook", "a page's sharing buttons"),
    ("share on linkedin", "a page's sharing buttons"),
    ("copy link", "a page's sharing buttons"),
    ("like this:", "a page's sharing buttons"),
    ("like loading...", "a page's sharing buttons"),
    ("leave a comment", "a page's comment form"),
    ("leave a reply", "a page's comment form"),
    ("add a comment", "a page's comment form"),
    ("log in to comment", "a page's comment form"),
    ("accept cookies", "a page's cookie notice"),
    ("subscribe", "a page's sign-up form"),
    ("sign in", "a page's sign-up form"),
    ("sign up", "a page's sign-up form"),
    ("log in", "a page's sign-up form"),
    ("all rights reserved.", "a page's legal line"),
    ("all rights reserved", "a page's legal line"),
];

/// Starts of such lines, folded; the rest of the line varies.
const FURNITURE_STARTS: &[(&str, &str)] = &[
    ("sign up for free to join this conversation", "a gist page's own words"),
    ("this file contains bidirectional unicode text", "a gist page's own words"),
    ("this file contains hidden or bidirectional", "a gist page's own words"),
    ("you must be logged in to", "a page's comment form"),
    ("we use cookies", "a page's cookie notice"),
    ("this site uses cookies", "a page's cookie notice"),
    ("powered by ", "a page's footer"),
    ("proudly powered by ", "a page's footer"),
    ("subscribe to our newsletter", "a page's sign-up form"),
];

/// Words that start with a capital in titles and headings and are nobody's name.
static NO_NAMES: WordTable<4096> = WordTable::new(include_str!("vocabulary/no_names.txt"));

/// Whether a folder's or file's name, without its dashes, says nothing of what is in it.
pub fn is_plain_place(name: &str) -> bool {
    has_key(&PLAIN_PLACES, name)
}

/// Whether a file of this name, without its ending, speaks of the folder that it lies in.
pub fn is_index(stem: &str) -> bool {
    has_key(&INDEXES, stem)
}

/// Whether a folded word is one that events are named with: "pycon", "reactconf", "summit".
pub fn is_event(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "camp", "con", "congress", "days", "devday", "devdays", "devfest", "expo", "fest", "festival",
        "fosdem", "kaigi", "meetup", "nights", "summit", "symposium", "unconf", "conferencia", "conférence",
        "konferenz", "tagung",
    ];
    let ends = |end: &str| word.len() > end.len() + 1 && word.ends_with(end);
    WORDS.contains(&word)
        || word.contains("conf") && !word.starts_with("config") && !word.starts_with("confi")
        || ends("con")
            && !matches!(word, "silicon" | "icon" | "falcon" | "beacon" | "bacon" | "lexicon" | "rubicon")
        || ends("fest") && word != "manifest"
        || ends("kaigi")
        || ends("summit")
        || ends("camp")
        || ["大会", "峰会", "勉強会", "컨퍼런스", "会议"].iter().any(|w| word.contains(w))
}

/// Whether a file of this name, without its dashes, holds plans and lists rather than notes.
pub fn is_plan(name: &str) -> bool {
    has_key(&PLANS, name)
}

/// Whether a word of a title is nobody's name.
pub fn is_no_name(word: &str) -> bool {
    NO_NAMES.has_folded(word)
}

/// A heading's text as the tables hold it.
fn key(text: &str) -> String {
    if text.is_ascii() {
        return ascii_key(text);
    }
    let folded = fold(text);
    let trimmed = folded.trim().trim_end_matches([':', '.', '?', '!', '…']);
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a table holds a text, as [`key`] has it. Most texts are their own keys but for their case: words of ASCII with
/// single blanks between them.
fn has_key<const SLOTS: usize>(table: &WordTable<SLOTS>, text: &str) -> bool {
    // (A text that begins with white space or a sign that is cut off is asked the long way.)
    if text.is_ascii() && text.starts_with(|c: char| c.is_ascii_alphanumeric()) && !table.may_open(text) {
        return false;
    }
    let plain = text.trim_end_matches([':', '.', '?', '!']);
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_graphic());
    if plain.split(' ').all(is_word) { table.has_ascii(plain.as_bytes()) } else { table.has(&key(text)) }
}

/// As [`key`], in one pass.
fn ascii_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut apart = false;
    for byte in text.trim().trim_end_matches([':', '.', '?', '!']).bytes() {
        // As `char::is_whitespace` has it.
        if matches!(byte, b'\t'..=b'\r' | b' ') {
            apart = true;
            continue;
        }
        if std::mem::take(&mut apart) && !key.is_empty() {
            key.push(' ');
        }
        key.push(char::from(byte.to_ascii_lowercase()));
    }
    key
}

/// The longest text that a table of headings can hold, with room for a date behind it.
const LONGEST: usize = 60;

/// Whether a heading names a part of a talk, such as "Q&A" or "Takeaways".
pub fn is_inside_talk(text: &str) -> bool {
    text.len() <= LONGEST && has_key(&INSIDE_TALK, text)
}

/// Whether a heading groups talks, such as "Day 2", "Lightning talks" or "Room B".
pub fn is_group(text: &str) -> bool {
    // (Without a letter it is a number or a date.)
    if text.len() > LONGEST || !text.bytes().any(|b| b.is_ascii_alphabetic() || b >= 0x80) {
        return false;
    }
    let first = text.split(' ').next().unwrap_or_default();
    if line::is_bare(text) && !opens_group(first) {
        return GROUPS.has_folded(text);
    }
    let key = key(text);
    if let Some(rest) = key.strip_prefix("session ") {
        let count = rest.split([' ', ':', '-', '–']).next().unwrap_or_default();
        return !count.is_empty() && count.bytes().all(|b| b"ivx".contains(&b));
    }
    let key = key.split(" - ").next().unwrap_or_default();
    GROUPS.has(key) || stem_and_count(key, GROUP_STEMS)
}

/// Whether a word may be the first of a group with a number or a letter behind it.
fn opens_group(word: &str) -> bool {
    word.eq_ignore_ascii_case("session") || GROUP_STEMS.iter().any(|stem| stem.eq_ignore_ascii_case(word))
}

/// Whether a text of ASCII is exactly the usual name of a group.
pub(super) fn is_usual_group(text: &str) -> bool {
    text.len() <= LONGEST && GROUPS.has_ascii(text.as_bytes())
}

/// Whether a text of ASCII is exactly the usual name of a part of a talk.
pub(super) fn is_usual_part(text: &str) -> bool {
    text.len() <= LONGEST && INSIDE_TALK.has_ascii(text.as_bytes())
}

/// Whether a group's name is as well the name of one talk.
pub fn is_one_talk(group: &str) -> bool {
    const ONE: &[&str] = &[
        "closing", "closing keynote", "keynote", "lightning talk", "opening keynote", "panel", "plenary",
        "tutorial", "workshop",
    ];
    ONE.contains(&key(group).as_str())
}

/// Whether a heading is a group with a number or a letter: "Day 2", "Track B: Data".
pub fn is_counted_group(text: &str) -> bool {
    text.len() <= LONGEST && stem_and_count(&key(text), GROUP_STEMS)
}

/// Whether a heading is exactly a group's usual name and longer than a word, so that it may be
/// trusted even where nothing marks it as a heading.
pub fn is_group_phrase(text: &str) -> bool {
    let key = key(text);
    key.contains(' ') && key != "lightning talk" && GROUPS.has(&key)
}

/// A stem and then a number or a single letter, with nothing behind it but a date or a name.
fn stem_and_count(key: &str, stems: &[&str]) -> bool {
    let mut words = key.split([' ', ':', ',', '-']).filter(|w| !w.is_empty());
    let Some(first) = words.next() else {
        return false;
    };
    // "day1" is "day 1".
    let letters = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let (stem, count) = match (letters.len() < first.len(), words.next()) {
        (true, _) => (letters, &first[letters.len()..]),
        (false, Some(count)) => (first, count),
        (false, None) => return false,
    };
    stems.contains(&stem)
        && (count.bytes().all(|b| b.is_ascii_digit())
            || count.chars().count() == 1
            || ["one", "two", "three", "four", "five"].contains(&count))
}

/// Splits a talk's label off a heading: `Talk 3: Title`, `Talk3 Title`, `Session 12 - Title`.
/// Gives the label's word and what is behind it.
pub fn talk_label(text: &str) -> Option<(&'static str, &str)> {
    if !matches!(text.as_bytes().first()?.to_ascii_lowercase(), b't' | b's' | b'l' | b'p' | b'v') {
        return None;
    }
    let (stem, rest) = TALK_STEMS.iter().find_map(|stem| Some((*stem, starts_with(text, stem)?)))?;
    let rest = rest.trim_start_matches([' ', '\u{a0}', '#']);
    let digits = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let after = &rest[digits..];
    let closed = after.is_empty() || after.starts_with([' ', ':', '.', '-', ')', '–', '—', '\u{a0}']);
    let behind = after.trim_start_matches([' ', ':', '.', '-', ')', '–', '—', '\u{a0}']);
    (digits > 0 && closed).then_some((stem, behind))
}

/// As [`is_generic`], of a word of letters of ASCII.
pub(super) fn is_generic_word(word: &str) -> bool {
    GENERIC.has_ascii(word.as_bytes())
}

/// Whether a word says "notes" or "event" rather than which event.
pub fn is_generic(word: &str) -> bool {
    // Chinese and Japanese write no blanks between such words.
    let joined = || {
        let mut rest = fold(word);
        let is_ascii = rest.is_ascii();
        GENERIC.entries().filter(|w| !w.is_ascii()).for_each(|w| rest = rest.replace(w, ""));
        !is_ascii && rest.is_empty()
    };
    GENERIC.has_folded(word) || word.bytes().all(|b| b.is_ascii_digit()) || !word.is_ascii() && joined()
}

/// Why a line is what a page left around the notes, if it is.
pub fn furniture(line: &str) -> Option<&'static str> {
    if line.starts_with(|c: char| c.is_ascii_alphabetic()) && !opens_like_furniture(line.as_bytes()) {
        return None;
    }
    let line = line.trim();
    // The longest phrase of the table, and room for what may follow a start.
    if line.is_empty() || line.len() > 120 {
        return None;
    }
    // Nearly every line fails at its first two letters; those are compared before the rest.
    if !opens_like_furniture(line.as_bytes()) {
        return None;
    }
    let head = head_of(line.as_bytes());
    let opens = |(at, phrase): (usize, &'static (&str, &str))| (Some(HEADS[at]) == head).then_some(phrase);
    let (all, starts) = (FURNITURE.iter().enumerate(), (FURNITURE.len()..).zip(FURNITURE_STARTS));
    let exact = all.filter_map(opens).find(|(phrase, _)| starts_with(line, phrase) == Some(""));
    let start = || starts.filter_map(opens).find(|(start, _)| starts_with(line, start).is_some());
    exact.or_else(start).map(|(_, reason)| *reason)
}

/// Which second letters, as bits, follow each first byte in the tables of furniture, whatever its case.
const OPENINGS: [u32; 256] = {
    let mut openings = [0; 256];
    let mut at = 0;
    while at < FURNITURE.len() + FURNITURE_STARTS.len() {
        let (phrase, _) =
            if at < FURNITURE.len() { FURNITURE[at] } else { FURNITURE_STARTS[at - FURNITURE.len()] };
        let (first, second) = (phrase.as_bytes()[0], phrase.as_bytes()[1]);
        openings[first as usize] |= 1 << (second - b'a');
        openings[first.to_ascii_uppercase() as usize] = openings[first as usize];
        at += 1;
    }
    openings
};

/// The first four letters of each phrase, as one number.
const HEADS: [u32; FURNITURE.len() + FURNITURE_STARTS.len()] = {
    let mut heads = [0; FURNITURE.len() + FURNITURE_STARTS.len()];
    let mut at = 0;
    while at < heads.len() {
        let (phrase, _) =
            if at < FURNITURE.len() { FURNITURE[at] } else { FURNITURE_STARTS[at - FURNITURE.len()] };
        heads[at] = head_of(phrase.as_bytes()).expect("a phrase has four letters");
        at += 1;
    }
    heads
};

/// The first four bytes of a line as one number, letters as small ones. (Signs may come to the same as others.)
const fn head_of(line: &[u8]) -> Option<u32> {
    match line.first_chunk::<4>() {
        Some(four) => Some(u32::from_le_bytes(*four) | 0x2020_2020),
        None => None,
    }
}

/// Whether the first letters of a line are those of a phrase: the first two, then the first four.
#[inline]
pub(super) fn opens_like_furniture(line: &[u8]) -> bool {
    // No phrase is as short as that.
    let Some(head) = head_of(line) else {
        return false;
    };
    let seconds = OPENINGS[usize::from(line[0])];
    let second = (line[1] | 0x20).wrapping_sub(b'a');
    second < 26 && seconds >> second & 1 != 0 && HEADS.iter().fold(false, |any, known| any | (*known == head))
}

/// What stands behind a phrase of a table at the start of a line, whatever the case and the kind
/// of apostrophe. Asked of many lines, so it makes no copy.
fn starts_with<'t>(line: &'t str, phrase: &str) -> Option<&'t str> {
    let mut chars = line.chars();
    for wanted in phrase.chars() {
        let c = chars.next()?;
        let alike = c.eq_ignore_ascii_case(&wanted) || wanted == '\'' && c == '’';
        if !alike {
            return None;
        }
    }
    Some(chars.as_str())
}

/// Why a whole file is no notes, going by its name. House rules are named in capitals; a talk on
/// security may well be kept in `security.md`.
pub fn furniture_file(stem: &str) -> Option<&'static str> {
    match stem {
        "CONTRIBUTING" | "CODE_OF_CONDUCT" | "CODEOWNERS" | "SECURITY" => {
            return Some("a project's house rules");
        }
        "CHANGELOG" => return Some("a change log"),
        "CLAUDE" | "AGENTS" | "GEMINI" | "copilot-instructions" => return Some("instructions for a tool"),
        "CNAME" => return Some("a build file"),
        _ => {}
    }
    const LICENCES: &[&str] =
        &["license", "licence", "license-mit", "license-apache", "copying", "unlicense"];
    const BUILDS: &[&str] = &["makefile", "gemfile", "dockerfile", "rakefile", "procfile"];
    let is = |name: &&str| name.eq_ignore_ascii_case(stem);
    if LICENCES.iter().any(is) {
        return Some("a licence");
    }
    BUILDS.iter().any(is).then_some("a build file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_parts() {
        for group in ["Day 1", "Keynotes", "Room B", "day 2: Friday", "Lightning Talks:", "Track 3"] {
            assert!(is_group(group), "{group}");
        }
        // What is without a letter is none, so none of the table is.
        assert!(GROUPS.entries().all(|group| group.bytes().any(|b| b.is_ascii_alphabetic() || b >= 0x80)));
        for other in ["Day of the Daleks", "Tracking bugs", "Roomba internals", "Keynote speaker"] {
            assert!(!is_group(other), "{other}");
        }
        assert!(is_inside_talk("Q&A") && is_inside_talk("Takeaways:") && !is_inside_talk("Rust"));
    }

    proptest::proptest! {
        /// A text that is its own key is looked up as one that is not.
        #[test]
        fn a_word_of_letters_is_asked_at_once(word in "notes|Talks|conf|[A-Za-z]{1,8}") {
            proptest::prop_assert_eq!(is_generic_word(&word), is_generic(&word), "{}", word);
        }

        #[test]
        fn a_table_is_asked_by_the_key(
            text in " ?(Read|TO|packing|é)( |  |\t|\u{a0})(me|do|list|x)[ :.?!]{0,2}"
        ) {
            proptest::prop_assert_eq!(has_key(&INDEXES, &text), INDEXES.has(&key(&text)), "{:?}", text);
            proptest::prop_assert_eq!(has_key(&PLANS, &text), PLANS.has(&key(&text)), "{:?}", text);
            proptest::prop_assert_eq!(has_key(&INSIDE_TALK, &text), INSIDE_TALK.has(&key(&text)), "{:?}", text);
        }
    }

    #[test]
    fn the_tables_are_folded_sorted_and_found() {
        fn check<const SLOTS: usize>(table: &WordTable<SLOTS>) {
            let lines: Vec<&str> = table.entries().collect();
            assert!(lines.is_sorted());
            for line in lines {
                assert_eq!(line, fold(line));
                assert!(table.has(line), "{line}");
            }
        }
        check(&INSIDE_TALK);
        check(&GROUPS);
        check(&GENERIC);
        check(&PLAIN_PLACES);
        check(&INDEXES);
        check(&PLANS);
        check(&NO_NAMES);
        check(&crate::library::names::GIVEN_NAMES);
        assert!(!GROUPS.has("") && !GROUPS.has("zzz") && !GROUPS.has("!"));
    }

    #[test]
    fn labels() {
        assert_eq!(talk_label("Talk 1: How it works"), Some(("talk", "How it works")));
        assert_eq!(talk_label("Talk3 Hpy"), Some(("talk", "Hpy")));
        assert_eq!(talk_label("Talk 2:"), Some(("talk", "")));
        assert_eq!(talk_label("Talking to machines"), None);
        assert_eq!(talk_label("Session 4x4"), None);
    }

    #[test]
    fn page_furniture() {
        assert!(furniture("Skip to content").is_some());
        assert!(furniture("You can’t perform that action at this time.").is_some());
        assert!(furniture("Sharing is caring").is_none());
        assert!(furniture("Star schemas").is_none());
    }
}
