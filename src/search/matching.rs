//! How well a term matches a part of a row, in one scale, so that a reader can follow one rank.
//!
//! | | |
//! |---|--:|
//! | each letter | 16 |
//! | each letter that follows the one before | 4, in a run that starts a word 8 |
//! | the first letter starts a word | 16 |
//! | the letters are whole words | 6 |
//! | they start the part | 8 |
//! | letters that lie apart | what nucleo gives: 16 each, the same bonuses, gaps subtracted |
//! | the part: title, speakers, conference, track | 14, 9, 3, 0 |
//! | all words of the query stand in the title, side by side | 12 |
//!
//! The first three lines are nucleo's own scale (and fzf's), so that scattered letters, which
//! nucleo ranks, compare with those that stand together.

use std::cell::RefCell;
use std::cmp::Ordering;

use memchr::memmem;
use nucleo::{Config, Matcher, Utf32Str};

use crate::search::query::{self, Kind, Query, Term};
use crate::search::rows::{Field, Letters, is_start};

/// What a match is worth by where it stands.
const PART: [u32; 4] = [14, 9, 3, 0];
/// All words of a query in the title, as they were typed.
pub(super) const PHRASE: u32 = 12;

/// A match in one part of a row. The better one is the greater; of equals the one in the weightier part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub score: u32,
    pub field: Field,
}

impl Ord for Match {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.cmp(&other.score).then(other.field.cmp(&self.field))
    }
}

impl PartialOrd for Match {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A term made ready to be looked for in many rows.
pub(super) struct Ready<'q> {
    pub term: &'q Term,
    letters: Letters,
    finder: memmem::Finder<'q>,
    chars: Vec<char>,
    regex: Option<regex::Regex>,
}

impl<'q> Ready<'q> {
    pub(super) fn new(term: &'q Term) -> Self {
        let regex = (term.kind == Kind::Regex).then(|| query::regex(&term.raw).ok()).flatten();
        Ready {
            term,
            letters: if regex.is_some() { Letters::default() } else { Letters::of(&term.folded) },
            finder: memmem::Finder::new(term.folded.as_bytes()),
            chars: term.folded.chars().collect(),
            regex,
        }
    }

    /// Whether a row with these letters can match at all.
    pub(super) fn may_match(&self, letters: Letters) -> bool {
        letters.holds(self.letters)
    }

    /// Whether the letters may stand side by side somewhere in a row: one look at all of it.
    pub(super) fn may_be_solid(&self, row: &str) -> bool {
        self.regex.is_some() || self.finder.find(row.as_bytes()).is_some()
    }

    /// The best place where the letters stand side by side, over the parts of a row.
    pub(super) fn solid(&self, fields: &[&str; 4]) -> Option<Match> {
        let found = Field::ALL.into_iter().zip(fields).filter_map(|(field, text)| {
            let (_, score) = self.side_by_side(text)?;
            Some(Match { score: score + PART[field as usize], field })
        });
        found.max()
    }

    /// Where a word of the title starts with the letters: the first place worth a rank while a query
    /// is so short that it says little.
    pub(super) fn starts_word(&self, title: &str) -> Option<Match> {
        let (at, score) = self.side_by_side(title)?;
        is_boundary(title, at).then_some(Match { score: score + PART[0], field: Field::Title })
    }

    /// The letter that the term starts with.
    pub(super) fn first(&self) -> char {
        self.chars.first().copied().unwrap_or(' ')
    }

    /// So few letters, in their order, say little.
    pub(super) fn is_short(&self) -> bool {
        self.term.kind == Kind::Fuzzy && !self.term.negative && self.chars.len() <= 2
    }

    /// A row's set of letters tells all there is to tell.
    pub(super) fn is_one_known_letter(&self) -> bool {
        matches!(self.chars[..], ['a'..='z' | '0'..='9'])
    }

    /// Whether the letters stand in their order in one part.
    pub(super) fn is_scattered(&self, fields: &[&str; 4]) -> bool {
        self.term.kind == Kind::Fuzzy && fields.iter().any(|text| is_subsequence(&self.term.folded, text))
    }

    /// Letters of a longer word that are strewn over a title are no match: their gaps must not cost
    /// more than they earn. A few letters may be anybody's initials.
    pub(super) fn must_hang_together(&self) -> bool {
        self.chars.len() >= 5
    }

    /// How well the letters match where they lie apart.
    pub(super) fn scattered(&self, fields: &[&str; 4]) -> Option<Match> {
        if self.term.kind != Kind::Fuzzy {
            return None;
        }
        let found = Field::ALL.into_iter().zip(fields).filter_map(|(field, text)| {
            let score = with_nucleo(text, self, |matcher, text, needle| matcher.fuzzy_match(text, needle))?;
            let score = u32::from(score);
            if self.must_hang_together() && score < 16 * self.chars.len() as u32 {
                return None;
            }
            Some(Match { score: score / NOISE * NOISE + PART[field as usize], field })
        });
        found.max()
    }

    /// The byte at which the letters start in the best place of a folded text, and what that is worth.
    pub(super) fn side_by_side(&self, text: &str) -> Option<(usize, u32)> {
        let needle = self.term.folded.as_str();
        let at = |at: usize| (at, worth(text, at, needle));
        match self.term.kind {
            Kind::Fuzzy | Kind::Exact => {
                let mut best: Option<(usize, u32)> = None;
                for place in self.finder.find_iter(text.as_bytes()).take(PLACES) {
                    let (place, score) = at(place);
                    if best.is_none_or(|(_, known)| score > known) {
                        best = Some((place, score));
                    }
                    // There is no better place than the start.
                    if place == 0 {
                        break;
                    }
                }
                best
            }
            Kind::Words => {
                let mut places = self.finder.find_iter(text.as_bytes());
                places.find(|start| is_words(text, *start, start + needle.len())).map(at)
            }
            Kind::Prefix => text.starts_with(needle).then(|| at(0)),
            Kind::Suffix => text.ends_with(needle).then(|| at(text.len() - needle.len())),
            Kind::Whole => (text == needle).then(|| at(0)),
            Kind::Regex => {
                let found = self.regex.as_ref()?.find(text)?;
                Some((found.start(), 16 * found.len().min(64) as u32))
            }
        }
    }

    /// The characters of a folded text that match, as indexes.
    pub(super) fn lit(&self, text: &str) -> Option<Vec<u32>> {
        if let Some((start, _)) = self.side_by_side(text) {
            let length = match &self.regex {
                Some(regex) => regex.find_at(text, start).map_or(0, |m| m.as_str().chars().count()),
                None => self.chars.len(),
            };
            let first = text[..start].chars().count();
            return Some((first as u32..(first + length) as u32).collect());
        }
        if self.term.kind != Kind::Fuzzy {
            return None;
        }
        let mut indices = Vec::new();
        with_nucleo(text, self, |matcher, text, needle| matcher.fuzzy_indices(text, needle, &mut indices))?;
        Some(indices)
    }
}

/// Scattered letters are scored no finer than this: a gap that is longer by a few letters says less
/// than a shorter title does.
const NOISE: u32 = 4;

/// Places beyond these are not looked at for a better one.
const PLACES: usize = 8;

/// What letters side by side are worth.
fn worth(text: &str, at: usize, needle: &str) -> u32 {
    let letters = needle.chars().count() as u32;
    let end = at + needle.len();
    let starts_word = is_boundary(text, at);
    let run = if starts_word { 8 } else { 4 };
    let mut score = 16 * letters + run * letters.saturating_sub(1);
    if starts_word {
        score += 16;
        if is_boundary(text, end) {
            score += 6;
        }
        if at == 0 {
            score += 8;
        }
    }
    score
}

fn is_words(text: &str, start: usize, end: usize) -> bool {
    is_boundary(text, start) && is_boundary(text, end)
}

/// Whether a word starts or ends at a byte.
fn is_boundary(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    match (at.checked_sub(1).map(|before| bytes[before]), bytes.get(at)) {
        (Some(before), Some(after)) if before.is_ascii() && after.is_ascii() => {
            !(before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric())
        }
        (Some(_), Some(_)) => {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            is_start(before, text[at..].chars().next().unwrap_or(' '))
        }
        _ => true,
    }
}

fn is_subsequence(needle: &str, text: &str) -> bool {
    if needle.is_ascii() {
        // A byte of ASCII is never a part of another character.
        let mut bytes = text.bytes();
        return needle.bytes().all(|n| bytes.any(|b| b == n));
    }
    let mut chars = text.chars();
    needle.chars().all(|n| chars.any(|c| c == n))
}

thread_local! {
    /// A matcher is a large table that is used again, and room for text that is not ASCII.
    static NUCLEO: RefCell<(Matcher, Vec<char>)> = RefCell::new((Matcher::new(folded()), Vec::new()));
}

/// Text and needle are folded already: nucleo takes them as they are.
fn folded() -> Config {
    let mut config = Config::DEFAULT;
    config.ignore_case = false;
    config.normalize = false;
    config
}

/// Lends nucleo to a closure, with a text and a needle in its own shape: one entry a *character*.
/// Its own conversion makes one of each grapheme, which would shift everything behind a joined emoji.
fn with_nucleo<T>(
    text: &str,
    needle: &Ready,
    f: impl FnOnce(&mut Matcher, Utf32Str, Utf32Str) -> Option<T>,
) -> Option<T> {
    NUCLEO.with_borrow_mut(|(matcher, chars)| {
        let folded = &needle.term.folded;
        let needle = match folded.is_ascii() {
            true => Utf32Str::Ascii(folded.as_bytes()),
            false => Utf32Str::Unicode(&needle.chars),
        };
        if text.is_ascii() {
            return f(matcher, Utf32Str::Ascii(text.as_bytes()), needle);
        }
        chars.clear();
        chars.extend(text.chars());
        f(matcher, Utf32Str::Unicode(chars), needle)
    })
}

/// The words of a query as one phrase, where it is nothing but plain words.
pub(super) fn phrase(query: &Query) -> Option<String> {
    let plain = |group: &Vec<Term>| match &group[..] {
        [one] if matches!(one.kind, Kind::Fuzzy | Kind::Exact) && !one.negative => Some(one.folded.clone()),
        _ => None,
    };
    let words: Vec<String> = query.groups.iter().map(plain).collect::<Option<_>>()?;
    (words.len() > 1).then(|| words.join(" "))
}
