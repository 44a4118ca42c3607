//! What a file's own name says: a title, a day, a speaker, or nothing but that these are notes.

use std::borrow::Cow;
use std::path::Path;

use smallvec::SmallVec;

use crate::library::conference;
use crate::library::dates::{self, Date};
use crate::library::names::{self, Strength};
use crate::library::vocabulary;
use crate::text::fold::fold;
use crate::text::line;

/// What kind of thing a file is named for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    /// A talk's title, or words that may be one.
    #[default]
    Title,
    /// A day, a part of a day, a room, a group of talks.
    Group,
    /// The folder that it lies in: `README`, `index`.
    Index,
    /// Nothing but a number, or that these are notes.
    Plain,
    /// An event with its year.
    Conference,
    /// Plans and lists around an event: a schedule, things to do.
    Plan,
}

/// A file's name, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileName {
    /// What it is named for.
    pub kind: Kind,
    /// The name in words, without numbers and dates at its start.
    pub text: String,
    /// Its words that mean something, folded, with a blank between them.
    words: Box<str>,
    /// The group that the name names: "Day 1 AM".
    pub group: Option<String>,
    /// The group that stands at its end: `rustconf-day-2`. It is one only where the file holds many
    /// talks.
    pub part: Option<String>,
    /// The date at its start.
    pub date: Option<Date>,
}

/// Reads a file's name.
pub fn read(path: &Path) -> FileName {
    let stem = stem(path);
    let (date, rest) = date_prefix(&stem);
    let text = conference::deslug(rest);
    let whole = conference::deslug_keeping_numbers(&stem);
    let (group, behind) = group_prefix(&whole);
    let folded = fold(&text);
    let words = || line::words(&folded);
    let generic = |w: &str| vocabulary::is_generic(w) || is_code(w) || w.bytes().all(|b| b.is_ascii_digit());
    let group = group.filter(|g| !(behind.is_empty() && vocabulary::is_one_talk(g)));
    let prefixed = group.is_some();
    let kind = if vocabulary::is_index(&text) || vocabulary::is_index(&stem) {
        Kind::Index
    } else if vocabulary::is_plan(&text) {
        Kind::Plan
    } else if vocabulary::is_plain_place(&text) {
        Kind::Plain
    } else if group.is_some() && behind.is_empty() || date.is_some() && is_part_of_day(rest) {
        Kind::Group
    } else if words().all(generic) {
        Kind::Plain
    } else if conference::in_line(&capitalised(&text)).is_some()
        || words().count() <= 4 && words().any(vocabulary::is_event)
    {
        Kind::Conference
    } else {
        Kind::Title
    };
    let group =
        group.filter(|_| kind != Kind::Plain).or_else(|| (kind == Kind::Group).then(|| day_of(date, rest)));
    let part = part_at_end(&whole);
    let (text, words) = match prefixed && !behind.is_empty() {
        true => {
            let text = conference::deslug(&behind);
            let words = telling_words(&fold(&text));
            (text, words)
        }
        false => (text, telling_words(&folded)),
    };
    FileName { kind, text, words, group, part, date }
}

/// The bytes of a path's folder and those of its last name, found without taking the path apart: that is asked often.
pub(super) fn cut(path: &Path) -> (&[u8], &[u8]) {
    let bytes = path.as_os_str().as_encoded_bytes();
    let separator = match cfg!(windows) {
        true => memchr::memrchr2(b'/', b'\\', bytes),
        false => memchr::memrchr(b'/', bytes),
    };
    separator.map_or((&[], bytes), |at| (&bytes[..at], &bytes[at + 1..]))
}

/// As [`Path::file_name`], as text.
fn last_name(path: &Path) -> Cow<'_, str> {
    let (_, name) = cut(path);
    match std::str::from_utf8(name) {
        Ok(name) if !matches!(name, "" | "." | "..") => Cow::Borrowed(name),
        _ => path.file_name().unwrap_or_default().to_string_lossy(),
    }
}

/// The name without its ending; a name like `1.2 intro` has none.
pub fn stem(path: &Path) -> Cow<'_, str> {
    let name = last_name(path);
    let is_ending = |dot: &usize| {
        let ending = &name.as_bytes()[dot + 1..];
        *dot > 0 && ending.len() <= 8 && !ending.contains(&b' ')
    };
    let end = memchr::memrchr(b'.', name.as_bytes()).filter(is_ending).unwrap_or(name.len());
    match name {
        Cow::Borrowed(name) => Cow::Borrowed(&name[..end]),
        Cow::Owned(name) => Cow::Owned(name[..end].to_owned()),
    }
}

/// Where the dot before a name's ending stands. One at the start of a name hides it.
pub(super) fn dot(name: &str) -> Option<usize> {
    memchr::memrchr(b'.', name.as_bytes()).filter(|dot| *dot > 0 && name != "..")
}

/// The ending in lower case, empty where there is none.
pub fn ending(path: &Path) -> Cow<'_, str> {
    let of = |name: &str| dot(name).map_or(name.len(), |dot| dot + 1);
    let ending = match last_name(path) {
        Cow::Borrowed(name) => Cow::Borrowed(&name[of(name)..]),
        Cow::Owned(name) => Cow::Owned(name[of(&name)..].to_owned()),
    };
    if ending.bytes().any(|b| b.is_ascii_uppercase()) { ending.to_ascii_lowercase().into() } else { ending }
}

/// Capitals for every word, as a name in a line would have them.
fn capitalised(text: &str) -> String {
    text.split(' ').map(conference::capitalise).collect::<Vec<String>>().join(" ")
}

/// A word that a tool made: letters and digits mixed, as in a hash.
fn is_code(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let changes =
        word.as_bytes().windows(2).filter(|w| w[0].is_ascii_digit() != w[1].is_ascii_digit()).count();
    word.len() >= 8 && digits >= 2 && changes >= 3
}

/// A date at the start of a name, as blogs write it, and what follows.
fn date_prefix(stem: &str) -> (Option<Date>, &str) {
    for length in [10, 8] {
        let Some(head) = stem.get(..length) else {
            continue;
        };
        let solid = length == 8 && head.bytes().all(|b| b.is_ascii_digit());
        let spread = length == 10 && head.bytes().filter(u8::is_ascii_digit).count() == 8;
        let spelt = match (solid, spread) {
            (true, _) => format!("{}-{}-{}", &head[..4], &head[4..6], &head[6..]),
            (_, true) => head.replace(['_', '.'], "-"),
            _ => continue,
        };
        if let Some(date) = dates::parse(&spelt) {
            return (Some(date), stem[length..].trim_start_matches(['-', '_', ' ', '.', 'T']));
        }
    }
    (None, stem)
}

/// Words for a part of a day that stand behind a date.
fn is_part_of_day(rest: &str) -> bool {
    const PARTS: &[&str] = &[
        "am", "pm", "morning", "afternoon", "evening", "matin", "apres", "midi", "soir", "notes", "day",
        "talks", "sessions", "keynotes",
    ];
    let folded = fold(rest);
    let folded = folded.replace(['_', '-'], " ");
    let words: Vec<&str> = line::words(&folded).collect();
    words.len() <= 3 && words.iter().any(|w| PARTS.contains(w)) || words.iter().all(|w| w.len() <= 2)
}

fn day_of(date: Option<Date>, rest: &str) -> String {
    let part: Vec<&str> = rest.split(['-', '_', ' ']).filter(|w| w.contains(char::is_alphabetic)).collect();
    let day = date.map_or(String::new(), |d| d.to_string());
    format!("{day} {}", part.join(" ")).trim().to_owned()
}

/// A group at the start of a name, in words, and what follows: `day1-am`, `Day1-Keynote`.
fn group_prefix(words: &str) -> (Option<String>, Cow<'_, str>) {
    // A number is none.
    if !words.bytes().any(|b| b.is_ascii_alphabetic() || !b.is_ascii()) {
        return (None, Cow::Borrowed(words));
    }
    // "day1" is written apart as "day 1".
    let mut apart: SmallVec<[&str; 16]> = SmallVec::new();
    for part in words.split(' ').filter(|w| !w.is_empty()) {
        let letters = part.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (word, number) = part.split_at(letters);
        let glued = !number.is_empty() && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit());
        match glued && vocabulary::is_group(&format!("{word} {number}")) {
            true => apart.extend([word, number]),
            false => apart.push(part),
        }
    }
    let half =
        |w: &str| matches!(fold(w).as_str(), "am" | "pm" | "morning" | "afternoon" | "evening" | "notes");
    // "01c-lightning-talks": what only sorts comes off.
    let sorts = |w: &str| w.len() <= 3 && w.starts_with(|c: char| c.is_ascii_digit());
    if apart.len() > 2 && sorts(apart[0]) && vocabulary::is_group(&apart[1..3].join(" ")) {
        apart.remove(0);
    }
    if let Some(named) = all_group(&apart) {
        return (Some(named), Cow::Borrowed(""));
    }
    for length in 1..=apart.len().min(3) {
        let head = apart[..length].join(" ");
        let counted = length == apart.len() || head.contains(|c: char| c.is_ascii_digit());
        if vocabulary::is_group(&head) && counted {
            let mut end = length;
            while end < apart.len() && half(apart[end]) {
                end += 1;
            }
            let named = apart[..end]
                .iter()
                .filter(|w| **w != "notes" && w.contains(char::is_alphanumeric))
                .map(|w| grouped(w))
                .collect::<Vec<_>>()
                .join(" ");
            let numbers = |w: &&str| w.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | '_'));
            let rest: Vec<&str> = apart[end..].iter().copied().skip_while(numbers).collect();
            return (Some(named), rest.join(" ").into());
        }
    }
    // "21_am_notes": a day of the month.
    let day = apart.first().filter(|w| w.len() <= 2 && w.bytes().all(|b| b.is_ascii_digit()));
    match (day, apart.get(1)) {
        (Some(day), Some(part)) if matches!(fold(part).as_str(), "am" | "pm") => {
            let rest: Vec<&str> = apart[2..].iter().copied().filter(|w| !vocabulary::is_generic(w)).collect();
            (Some(format!("{day} {}", part.to_uppercase())), rest.join(" ").into())
        }
        _ => (None, Cow::Borrowed(words)),
    }
}

/// A counted group at the end of a name: `nextgen_2023_day_1_notes`, `web-unleashed-day2-2019`.
fn part_at_end(words: &str) -> Option<String> {
    // One word is the whole name.
    if !words.contains(' ') {
        return None;
    }
    let parts: SmallVec<[&str; 16]> = words
        .split(' ')
        .filter(|w| {
            !vocabulary::is_generic(w)
                || w.bytes().all(|b| b.is_ascii_digit())
                || fold(w) == "day"
                || fold(w) == "session"
        })
        .collect();
    let last = parts.last().filter(|last| parts.len() > 1 && dates::is_weekday_alone(last));
    last.map(|day| grouped(day)).or_else(|| counted_at_end(&parts))
}

/// The last word and number of a name that are a counted group.
fn counted_at_end(parts: &[&str]) -> Option<String> {
    (1..parts.len()).rev().find_map(|at| {
        let glued = parts[at].trim_end_matches(|c: char| c.is_ascii_digit());
        let number =
            if glued.len() < parts[at].len() { &parts[at][glued.len()..] } else { parts.get(at + 1)? };
        let stem = fold(glued);
        let counted = number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit());
        let named = !stem.is_empty()
            && (vocabulary::is_counted_group(&format!("{stem} {number}")) || stem == "session");
        (counted && named).then(|| format!("{} {number}", grouped(glued)))
    })
}

/// A file's name without the day or the group that it stands for: "pycon2017" of `pycon2017-day1`. A name that is nothing else
/// stays whole.
pub(super) fn without_part(path: &Path) -> String {
    let stem = stem(path);
    let whole = conference::deslug_keeping_numbers(&stem);
    let words: SmallVec<[&str; 16]> = whole.split(' ').collect();
    let is_number = |word: &str| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let is_glued = |word: &str| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = &word[letters.len()..];
        !letters.is_empty() && !number.is_empty() && is_number(number) && is_counted(letters, number)
    };
    let is_part = |at: usize| {
        let (word, before) = (words[at], at.checked_sub(1).map(|at| words[at]));
        is_glued(word)
            || dates::is_weekday_alone(word)
            || words.get(at + 1).is_some_and(|number| is_number(number) && is_counted(word, number))
            || is_number(word) && before.is_some_and(|before| is_counted(before, word))
    };
    let rest: SmallVec<[&str; 16]> =
        (0..words.len()).filter(|at| !is_part(*at)).map(|at| words[at]).collect();
    let says = rest.iter().any(|word| word.contains(char::is_alphabetic) && !vocabulary::is_generic(word));
    if rest.len() == words.len() || !says { stem.into_owned() } else { rest.join(" ") }
}

/// Whether a word and a number are a counted group: "day 1".
fn is_counted(word: &str, number: &str) -> bool {
    let word = fold(word);
    word == "session" || vocabulary::is_counted_group(&format!("{word} {number}"))
}

/// A name that is a group's and a number, or two groups: `lightning-talks-2`, `keynotes day 1`.
fn all_group(words: &[&str]) -> Option<String> {
    let joined = |words: &[&str]| words.join(" ");
    let number = |words: &[&str]| words.iter().all(|w| w.bytes().all(|b| b.is_ascii_digit()));
    let fits = (1..words.len()).any(|at| {
        let (first, rest) = words.split_at(at);
        let named = vocabulary::is_group(&joined(first))
            && !first.iter().any(|w| w.contains(|c: char| c.is_ascii_digit()));
        named && (number(rest) || vocabulary::is_group(&joined(rest)))
    });
    fits.then(|| words.iter().map(|w| grouped(w)).collect::<Vec<_>>().join(" "))
}

fn grouped(word: &str) -> String {
    match fold(word).as_str() {
        "am" | "pm" => word.to_uppercase(),
        _ => capitalised(word),
    }
}

/// The words of a folded name that mean something, with a blank between them.
fn telling_words(folded: &str) -> Box<str> {
    let tells = |w: &&str| !line::is_function_word(w) && w.len() >= 2;
    let mut telling = String::with_capacity(folded.len());
    for word in folded.split(['-', '_', '\'']).flat_map(line::words).filter(tells) {
        if !telling.is_empty() {
            telling.push(' ');
        }
        telling.push_str(word);
    }
    telling.into_boxed_str()
}

impl FileName {
    /// How much of the name a heading says, in percent of its words that mean something.
    pub fn likeness(&self, heading: &str) -> usize {
        // The quick look: no word of it can begin as one of the name does.
        let words = || self.words.split(' ').filter(|word| !word.is_empty());
        let begins = |word: &str| heading.bytes().any(|b| b.eq_ignore_ascii_case(&word.as_bytes()[0]));
        if heading.is_ascii() && !words().any(begins) {
            return 0;
        }
        let heading = fold(heading).replace(['-', '_', '/', '\''], " ");
        let heading: Vec<&str> = line::words(&heading).collect();
        let said = |word: &&str| {
            let word = *word;
            let near =
                |h: &&str| h.len() >= 4 && word.starts_with(h) || word.len() >= 4 && h.starts_with(word);
            heading.iter().any(|h| *h == word || near(h))
        };
        let (alike, all) = (words().filter(said).count(), words().count());
        (alike * 100).checked_div(all).unwrap_or(0)
    }
}

/// A speaker's name at the end of a file's name, when the words before it are a title:
/// `loop-better-trey-hunner`.
pub fn speaker_behind(text: &str) -> Option<(String, String)> {
    let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
    let at = words.len().checked_sub(2).filter(|at| *at >= 2)?;
    if !names::is_given_name(words[at]) {
        return None;
    }
    let name = capitalised(&words[at..].join(" "));
    (names::strength(&name) == Some(Strength::Known)).then(|| (words[..at].join(" "), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, kind: Kind, text: &str, group: Option<&str>) {
        let found = read(Path::new(name));
        assert_eq!((found.kind, &*found.text, found.group.as_deref()), (kind, text, group), "{name}");
    }

    #[test]
    fn kinds() {
        check("building-cli-in-go.md", Kind::Title, "Building cli in go", None);
        check("01_How_Python_saved_a_dog.md", Kind::Title, "How Python saved a dog", None);
        check("README.md", Kind::Index, "README", None);
        check("day1-am.md", Kind::Group, "Day1 am", Some("Day 1 AM"));
        check("day1_9_3_2025.md", Kind::Group, "Day1 9 3 2025", Some("Day 1"));
        check("2014-06-04_1_matin.rst", Kind::Group, "Matin", Some("2014-06-04 matin"));
        check("21_am_notes.md", Kind::Group, "Am notes", Some("21 AM"));
        check("Day1-Azure-DB.md", Kind::Title, "Azure DB", Some("Day 1"));
        check("notes.txt", Kind::Plain, "Notes", None);
        check("2018-07-06-reverse-proxy.md", Kind::Title, "Reverse proxy", None);
    }

    #[test]
    fn the_day_is_no_part_of_the_event() {
        for (name, event) in [
            ("pycon2017-day1.md", "pycon2017"),
            ("pycon-day-2.md", "pycon"),
            ("rustconf day 1.txt", "rustconf"),
            ("day1-pycon.md", "pycon"),
            ("pycon-friday.md", "pycon"),
            ("day-1.md", "day-1"),
            ("vue3-in-depth.md", "vue3-in-depth"),
        ] {
            assert_eq!(without_part(Path::new(name)), event, "{name}");
        }
        assert_eq!(read(Path::new("pycon-friday.md")).part.as_deref(), Some("Friday"));
    }

    #[test]
    fn likeness_of_names_and_headings() {
        let likeness = |name: &str, heading: &str| read(Path::new(name)).likeness(heading);
        assert!(likeness("airbnb-democratic-deploys.md", "Democratic Deploys at AirBnB") >= 90);
        assert!(likeness("edge.md", "Afternoon session") == 0);
    }

    #[test]
    fn a_speaker_at_the_end() {
        assert_eq!(
            speaker_behind("loop better trey hunner"),
            Some(("loop better".into(), "Trey Hunner".into()))
        );
        assert_eq!(speaker_behind("spark streaming for world domination"), None);
    }

    proptest::proptest! {
        /// A name and its ending are what the standard library finds by taking the path apart.
        #[test]
        fn names_are_cut_as_paths_are(path in "(/|\\.|\\.\\.|a|b c|é|md|MD){0,8}") {
            let path = Path::new(&path);
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            proptest::prop_assert_eq!(last_name(path), name, "{:?}", path);
            let last = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
            proptest::prop_assert_eq!(ending(path), last, "{:?}", path);
        }
    }
}
