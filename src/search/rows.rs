//! The finder's rows: for each talk title, speakers, conference and track, folded, in one arena.
//!
//! A row is ASCII wherever folding leaves nothing else, which keeps it on the matcher's fast path.
//! For each row a set of its letters is kept, so that most rows are refused without being looked
//! at. Text, offsets and sets take about 130 bytes a talk.

use std::borrow::Cow;

use crate::library::{Library, TalkId};
use crate::search::crew::share;
use crate::text::fold::fold;

/// Which part of a row a match falls on, the weightiest first.
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

impl Field {
    /// All of them, in the order in which they stand in a row.
    pub const ALL: [Field; 4] = [Field::Title, Field::Speakers, Field::Conference, Field::Track];

    /// What a label calls it.
    pub fn name(self) -> &'static str {
        ["title", "speaker", "conference", "track"][self as usize]
    }
}

/// The most bytes of a part that are looked at. A title of that length is an accident.
const LONGEST: usize = 1024;

/// A set of letters: `a` to `z` and the digits have a bit each, other ASCII signs share sixteen, what
/// is not ASCII shares twelve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Letters(u64);

impl Letters {
    pub(super) fn of(text: &str) -> Self {
        let bit = |c: char| match c {
            'a'..='z' => c as u32 - 'a' as u32,
            '0'..='9' => 26 + c as u32 - '0' as u32,
            c if c.is_ascii() => 36 + (c as u32) % 16,
            c => 52 + (c as u32) % 12,
        };
        Letters(text.chars().fold(0, |set, c| set | 1 << bit(c)))
    }

    pub(super) fn holds(self, other: Letters) -> bool {
        self.0 & other.0 == other.0
    }

    /// How many letters of another set are not in this one.
    pub(super) fn lacks(self, other: Letters) -> u32 {
        (other.0 & !self.0).count_ones()
    }
}

struct Row {
    start: u32,
    /// Where its parts end, in bytes from its start.
    ends: [u16; 4],
    /// The letters that words of the title start with, a bit for `a` to `z`, one for all others.
    starts: u32,
    letters: Letters,
}

/// The bit of a letter that a word starts with.
fn start_bit(c: char) -> u32 {
    1 << if c.is_ascii_lowercase() { c as u32 - 'a' as u32 } else { 26 }
}

/// The rows of a library's talks, by the talk's id.
#[derive(Default)]
pub(super) struct Rows {
    text: String,
    rows: Vec<Row>,
}

impl Rows {
    /// Folds what there is to find.
    pub(super) fn new(library: &Library) -> Self {
        let all: Vec<TalkId> = library.talk_ids().collect();
        let chunks: Vec<Rows> = share(&all, 4096, |talks| {
            let mut rows = Rows::default();
            talks.iter().for_each(|talk| rows.push(library, *talk));
            vec![rows]
        });
        let mut rows = Rows {
            text: String::with_capacity(chunks.iter().map(|c| c.text.len()).sum()),
            rows: Vec::with_capacity(all.len()),
        };
        for chunk in chunks {
            let base = rows.text.len() as u32;
            rows.rows.extend(chunk.rows.into_iter().map(|row| Row { start: row.start + base, ..row }));
            rows.text.push_str(&chunk.text);
        }
        rows
    }

    fn push(&mut self, library: &Library, talk: TalkId) {
        let start = self.text.len();
        let mut ends = [0; 4];
        for (end, part) in ends.iter_mut().zip(parts(library, talk)) {
            self.text.push_str(&fold(&part[..part.floor_char_boundary(LONGEST)]));
            *end = (self.text.len() - start).min(usize::from(u16::MAX)) as u16;
        }
        let letters = Letters::of(&self.text[start..]);
        let title = &self.text[start..start + usize::from(ends[0])];
        let mut before = ' ';
        let starts = title.chars().fold(0, |set, c| {
            let starts = is_start(before, c);
            before = c;
            if starts { set | start_bit(c) } else { set }
        });
        self.rows.push(Row { start: start as u32, ends, starts, letters });
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The letters of a row.
    pub(super) fn letters(&self, row: u32) -> Letters {
        self.rows[row as usize].letters
    }

    /// Whether a word of the title may start with a letter.
    pub(super) fn title_has_start(&self, row: u32, letter: char) -> bool {
        self.rows[row as usize].starts & start_bit(letter) > 0
    }

    /// A row's whole text, its parts without anything between them.
    pub(super) fn text(&self, row: u32) -> &str {
        let Row { start, ends, .. } = self.rows[row as usize];
        &self.text[start as usize..start as usize + usize::from(ends[3])]
    }

    /// The folded parts of a row.
    pub(super) fn fields(&self, row: u32) -> [&str; 4] {
        let row = &self.rows[row as usize];
        let text = &self.text[row.start as usize..];
        let mut from = 0;
        row.ends.map(|end| {
            let part = &text[from..usize::from(end)];
            from = usize::from(end);
            part
        })
    }

    /// The bytes it takes in memory.
    pub(super) fn bytes(&self) -> usize {
        self.text.capacity() + self.rows.capacity() * size_of::<Row>()
    }
}

/// Whether a word starts between two characters. In scripts without spaces any character may.
pub(super) fn is_start(before: char, c: char) -> bool {
    !(before.is_alphanumeric() && c.is_alphanumeric()) || before >= '\u{2e80}' || c >= '\u{2e80}'
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows").field("len", &self.rows.len()).finish()
    }
}

/// A talk's parts as they are written, in the order of [`Field::ALL`].
pub(super) fn parts(library: &Library, id: TalkId) -> [Cow<'_, str>; 4] {
    let talk = library.talk(id);
    let speakers = match &talk.speakers[..] {
        [one] => Cow::Borrowed(one.name.as_str()),
        many => Cow::Owned(many.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(", ")),
    };
    let track = library.track(talk.track).name.as_deref().unwrap_or_default();
    [talk.title.as_str().into(), speakers, library.conference_of(id).name.as_str().into(), track.into()]
}
