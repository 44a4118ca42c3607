//! Facets: what must hold of a talk besides its words. `speaker:`, `conf:`, `track:`, `year:`,
//! `tag:`, `path:`, `is:` and `has:`.

use std::collections::HashSet;

use crate::library::{Library, TalkId};
use crate::search::parts::{Part, Parts};
use crate::text::fold::fold;

/// The facets, each with the other words that people use for it.
pub const NAMES: [(&str, &[&str]); 8] = [
    ("speaker", &["speakers", "author", "by", "who"]),
    ("conf", &["conference", "event"]),
    ("track", &["room", "session"]),
    ("year", &[]),
    ("tag", &["tags"]),
    ("path", &["file"]),
    ("is", &[]),
    ("has", &["with"]),
];

/// What `is:` knows.
pub const STATES: [&str; 4] = ["bookmarked", "starred", "unread", "due"];

/// What a talk must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It has a bookmark.
    Bookmarked,
    /// The note-taker gave it a star.
    Starred,
    /// Its end was not reached yet.
    Unread,
    /// A bookmark on it is due to be revisited.
    Due,
}

/// What must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// A word of a speaker's name starts so (folded); any speaker where it is empty.
    Speaker(String),
    /// A word of the conference's name starts so (folded).
    Conference(String),
    /// A word of the track's name starts so (folded).
    Track(String),
    /// The conference's year, or the talk's own, lies between these, both included.
    Year(u16, u16),
    /// A tag starts so (folded).
    Tag(String),
    /// The path holds this (folded).
    Path(String),
    /// The talk is so.
    Is(State),
    /// The talk has this.
    Has(Part),
    /// Nothing yet: the value is still to be typed.
    Any,
}

/// A test, or its opposite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// It must not hold.
    pub negative: bool,
    /// What must, or must not, hold.
    pub test: Test,
}

/// What is known of talks beside the notes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Talks with a bookmark.
    pub bookmarked: HashSet<TalkId>,
    /// Talks whose end was reached.
    pub read: HashSet<TalkId>,
    /// Talks with a bookmark that is due.
    pub due: HashSet<TalkId>,
}

/// Reads `name:value`. `None` when the token is none of that, an error when it is nearly one.
pub fn parse(token: &str) -> Option<Result<Test, String>> {
    let (name, value) = token.split_once(':')?;
    let word = name.len() >= 2 && name.bytes().all(|b| b.is_ascii_alphabetic());
    // `std::sync` and `https://` are words like any other.
    if !word || value.starts_with([':', '/']) && name_of(name).is_none() {
        return None;
    }
    let Some(known) = name_of(name) else {
        let near = nearest(name, NAMES.iter().map(|(known, _)| *known))?;
        return Some(Err(format!("there is no facet {name}: — did you mean {near}:?")));
    };
    let value = value.trim_matches('"').replace("\\ ", " ");
    let text = fold(&value);
    Some(Ok(match known {
        "speaker" => Test::Speaker(text),
        "conf" => Test::Conference(text),
        "track" => Test::Track(text),
        "tag" => Test::Tag(text.trim_start_matches('#').to_owned()),
        "path" => Test::Path(text),
        "year" => return Some(years(&text)),
        "is" => return Some(choice("is", &text, &STATES, state)),
        _ => return Some(choice("has", &text, &Part::NAMES, Part::named)),
    }))
}

/// The facet that a word names, in any of its words.
pub fn name_of(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    NAMES
        .iter()
        .find(|(known, others)| *known == word || others.contains(&word.as_str()))
        .map(|(name, _)| *name)
}

fn state(at: usize) -> Test {
    Test::Is([State::Bookmarked, State::Starred, State::Unread, State::Due][at])
}

/// One of a few words, or the start of one.
fn choice(name: &str, text: &str, known: &[&str], make: impl Fn(usize) -> Test) -> Result<Test, String> {
    if text.is_empty() {
        return Ok(Test::Any);
    }
    if let Some(at) = known.iter().position(|k| k.starts_with(text)) {
        return Ok(make(at));
    }
    let help = match nearest(text, known.iter().copied()) {
        Some(near) => format!("did you mean {name}:{near}?"),
        None => format!("there are {name}:{}", known.join(", ")),
    };
    Err(format!("there is no {name}:{text} — {help}"))
}

/// `2017`, `2017..2020`, `..2017`, `2017..`, `>2017`, `>=2017`, `<2017`, `<=2017`, and the start of
/// a year that is still being typed.
fn years(text: &str) -> Result<Test, String> {
    let wrong = || format!("year:{text} is no year; write year:2017, year:2017..2020 or year:>2018");
    let number = |digits: &str| digits.parse::<u16>().ok().filter(|_| digits.len() <= 4);
    let bound = |digits: &str, open: u16| match digits {
        "" => Some(open),
        _ => number(digits),
    };
    if text.is_empty() {
        return Ok(Test::Year(1, u16::MAX));
    }
    let range = if let Some(rest) = text.strip_prefix(">=") {
        bound(rest, 1).map(|y| (y, u16::MAX))
    } else if let Some(rest) = text.strip_prefix('>') {
        bound(rest, 0).map(|y| (y.saturating_add(1), u16::MAX))
    } else if let Some(rest) = text.strip_prefix("<=") {
        bound(rest, u16::MAX).map(|y| (1, y))
    } else if let Some(rest) = text.strip_prefix('<') {
        bound(rest, u16::MAX).map(|y| (1, y.saturating_sub(1)))
    } else if let Some((from, to)) = text.split_once("..") {
        bound(from, 1).zip(bound(to, u16::MAX))
    } else {
        // `201` is on its way to a year of the 2010s.
        number(text).map(|y| {
            let scale = 10u32.pow(4 - text.len() as u32);
            let first = u32::from(y) * scale;
            (first.min(65_535) as u16, (first + scale - 1).min(65_535) as u16)
        })
    };
    range.map(|(from, to)| Test::Year(from, to)).ok_or_else(wrong)
}

/// The nearest of some words, if one is near enough to be meant.
pub fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let near = |k: &&str| {
        let allowed = match k.len() {
            0..=2 => 0,
            3..=5 => 1,
            _ => 2,
        };
        let far = strsim::osa_distance(&word.to_ascii_lowercase(), k);
        (far <= allowed).then_some(far)
    };
    known.filter_map(|k| near(&k).map(|far| (far, k))).min().map(|(_, k)| k)
}

impl Facet {
    /// Whether a talk passes.
    pub fn accepts(&self, library: &Library, marks: &Marks, parts: &Parts, talk: TalkId) -> bool {
        self.test == Test::Any || self.test.holds(library, marks, parts, talk) != self.negative
    }
}

impl Test {
    fn holds(&self, library: &Library, marks: &Marks, parts: &Parts, id: TalkId) -> bool {
        let talk = library.talk(id);
        match self {
            Test::Speaker(text) => talk.speakers.iter().any(|s| holds_word(&s.name, text)),
            Test::Conference(text) => holds_word(&library.conference_of(id).name, text),
            Test::Track(text) => library.track(talk.track).name.as_ref().is_some_and(|t| holds_word(t, text)),
            Test::Year(from, to) => year_of(library, id).is_some_and(|year| (*from..=*to).contains(&year)),
            Test::Tag(text) => talk.tags.iter().any(|tag| fold(tag).starts_with(text)),
            Test::Path(text) => {
                talk.spans.iter().any(|s| fold(&library.file(s.file).path.to_string_lossy()).contains(text))
            }
            Test::Is(State::Bookmarked) => marks.bookmarked.contains(&id),
            Test::Is(State::Starred) => talk.starred,
            Test::Is(State::Unread) => !marks.read.contains(&id),
            Test::Is(State::Due) => marks.due.contains(&id),
            Test::Has(part) => parts.has(library, id, *part),
            Test::Any => true,
        }
    }
}

/// The year of a talk: its conference's, else its own day's.
pub fn year_of(library: &Library, id: TalkId) -> Option<u16> {
    library.conference_of(id).year.or_else(|| library.glance(id, |told| told.date).map(|date| date.year))
}

/// Whether a word of a text starts with the folded `start`. What has spaces starts at a word too.
fn holds_word(text: &str, start: &str) -> bool {
    let folded = fold(text);
    folded.match_indices(start).any(|(at, _)| !folded[..at].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(token: &str, expected: Test) {
        assert_eq!(parse(token), Some(Ok(expected)), "{token}");
    }

    #[test]
    fn names_values_and_years() {
        check("speaker:\"Ada Lovelace\"", Test::Speaker("ada lovelace".into()));
        check("by:Łukasz", Test::Speaker("lukasz".into()));
        check("conf:PyCon", Test::Conference("pycon".into()));
        check("tag:#Rust", Test::Tag("rust".into()));
        check("year:2017", Test::Year(2017, 2017));
        check("year:201", Test::Year(2010, 2019));
        check("year:2017..2020", Test::Year(2017, 2020));
        check("year:..2020", Test::Year(1, 2020));
        check("year:>2018", Test::Year(2019, u16::MAX));
        check("year:<=2018", Test::Year(1, 2018));
        check("is:star", Test::Is(State::Starred));
        check("has:video", Test::Has(Part::Video));
        check("has:", Test::Any);
    }

    #[test]
    fn the_nearest_right_one() {
        let message = |token: &str| parse(token).and_then(Result::err).unwrap_or_default();
        assert!(message("speker:ada").contains("speaker:"), "{}", message("speker:ada"));
        assert!(message("yaer:2017").contains("year:"));
        assert!(message("is:bookmaked").contains("is:bookmarked"));
        assert!(message("has:vidoe").contains("has:video"));
        assert!(message("is:green").contains("starred"));
        assert!(message("year:soon").contains("2017..2020"));
    }

    #[test]
    fn other_colons_are_words() {
        for token in ["std::sync", "https://x.y", "rust", "12:30", "a:b", "zebra:x"] {
            assert_eq!(parse(token), None, "{token}");
        }
    }
}
