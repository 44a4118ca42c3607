//! The finder: a few letters → talks, ranked by nucleo.
//!
//! Each talk is one folded haystack: title, speakers, conference, track. One haystack, because
//! the words of a query may fall on different parts of it ("corchero mocks" is a speaker and a
//! word of a title). Folded, because the published matcher neither levels `ł` nor sees a composed
//! and a decomposed `é` as one. The title comes first and counts most.

use nucleo::pattern::{CaseMatching, Normalization, Pattern};
use nucleo::{Config, Matcher, Utf32String};

use crate::library::{Library, TalkId};
use crate::text::fold::{Folded, fold};

/// Which part of a row a match falls on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The talk's title.
    Title,
    /// Its speakers.
    Speakers,
    /// The conference.
    Conference,
    /// The track.
    Track,
}

/// A talk that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The talk.
    pub talk: TalkId,
    /// How well it matches; only good for comparing hits of one query.
    pub score: u32,
}

/// One talk's haystack: its folded text, and where its parts end (in characters).
struct Row {
    text: Utf32String,
    ends: [u32; 4],
}

/// Rows for every talk of a library. Built once, when the finder is first used.
pub struct Finder {
    rows: Vec<Row>,
}

/// Between two parts of a row. ASCII, so that a row without accents stays on the matcher's fast
/// path; a space, so that what follows starts a word.
const SEPARATOR: char = ' ';

impl Finder {
    /// Builds the rows.
    pub fn new(library: &Library) -> Self {
        let rows = library.talk_ids().map(|id| {
            let mut folded = String::new();
            let mut ends = [0; 4];
            for (slot, text) in parts(library, id).into_iter().enumerate() {
                folded.push_str(&fold(&text));
                ends[slot] = folded.chars().count() as u32;
                folded.push(SEPARATOR);
            }
            folded.pop();
            Row { text: haystack(folded), ends }
        });
        Self { rows: rows.collect() }
    }

    /// The best `most` talks for a query, best first. An empty query finds every talk, in order.
    pub fn find(&self, query: &str, most: usize) -> Vec<Hit> {
        let pattern = pattern(query);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut hits: Vec<(Hit, u32)> = Vec::new();
        let mut indices = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let talk = TalkId(at as u32);
            if pattern.atoms.is_empty() {
                hits.push((Hit { talk, score: 0 }, 0));
                continue;
            }
            indices.clear();
            if let Some(score) = pattern.indices(row.text.slice(..), &mut matcher, &mut indices) {
                let score = score + bonus(row, &indices);
                hits.push((Hit { talk, score }, row.ends[0]));
            }
        }
        // Of equals the shorter title, then the order of the notes.
        hits.sort_by(|(a, short_a), (b, short_b)| {
            b.score.cmp(&a.score).then(short_a.cmp(short_b)).then(a.talk.cmp(&b.talk))
        });
        hits.truncate(most);
        hits.into_iter().map(|(hit, _)| hit).collect()
    }

    /// Where a query matches a talk: for each part, the byte offsets of the characters that are
    /// to be lit, sorted.
    pub fn lit(&self, library: &Library, query: &str, talk: TalkId) -> Vec<(Field, Vec<usize>)> {
        let Some(row) = self.rows.get(talk.index()) else {
            return Vec::new();
        };
        let mut indices = Vec::new();
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = pattern(query);
        if pattern.indices(row.text.slice(..), &mut matcher, &mut indices).is_none() {
            return Vec::new();
        }
        indices.sort_unstable();
        indices.dedup();
        let fields = [Field::Title, Field::Speakers, Field::Conference, Field::Track];
        let mut start = 0;
        let mut lit = Vec::new();
        for ((field, end), text) in fields.into_iter().zip(row.ends).zip(parts(library, talk)) {
            let mut folded = Folded::default();
            folded.push(&text, 0);
            let mut offsets: Vec<usize> = indices
                .iter()
                .filter(|i| (start..end).contains(*i))
                .filter_map(|i| folded.origin.get((i - start) as usize))
                .map(|at| *at as usize)
                .collect();
            offsets.dedup();
            lit.push((field, offsets));
            start = end + 1;
        }
        lit
    }
}

/// A folded row for the matcher, one entry a *character*. nucleo's own conversion makes one of each
/// grapheme, which would shift everything behind a joined emoji.
fn haystack(folded: String) -> Utf32String {
    if folded.is_ascii() {
        return Utf32String::from(folded);
    }
    Utf32String::Unicode(folded.chars().collect())
}

/// A talk's parts, in the order of their weight.
fn parts(library: &Library, id: TalkId) -> [String; 4] {
    let talk = library.talk(id);
    let speakers: Vec<&str> = talk.speakers.iter().map(|s| s.name.as_str()).collect();
    let track = library.track(talk.track).name.clone().unwrap_or_default();
    [talk.title.clone(), speakers.join(", "), library.conference_of(id).name.clone(), track]
}

/// fzf's query language, over folded text.
fn pattern(query: &str) -> Pattern {
    Pattern::parse(&fold(query), CaseMatching::Ignore, Normalization::Never)
}

/// What a hit in a weightier part is worth beside nucleo's own score, which gives 16 for each
/// letter and up to 8 for the start of a word.
fn bonus(row: &Row, indices: &[u32]) -> u32 {
    let in_title = indices.iter().filter(|i| **i < row.ends[0]).count() as u32;
    let in_speakers = indices.iter().filter(|i| (row.ends[0]..row.ends[1]).contains(*i)).count() as u32;
    // A run of letters is a word that was meant; scattered ones are chance.
    let runs = indices.windows(2).filter(|pair| pair[1] == pair[0] + 1).count() as u32;
    3 * in_title + 2 * in_speakers + 2 * runs
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Finder").field("rows", &self.rows.len()).finish()
    }
}
