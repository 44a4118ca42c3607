//! From a place in the notes to what it is known by, and back to where that place is today.
//!
//! `words` compares lines, `sheet` knows the lines of a file with their talks and sections, `resolver` finds the
//! talk, `weigh` the line in it.

mod resolver;
mod sheet;
mod weigh;
mod words;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use resolver::{Found, Moved, Resolver};

use crate::bookmarks::anchor::sheet::Sheet;
use crate::bookmarks::anchor::words::Vocabulary;
use crate::library::{File, Library, TalkId};

/// What a place in the notes is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Anchor {
    /// The conference, for people and for finding a talk that moved.
    pub conference: String,
    /// The talk's title.
    pub talk: String,
    /// A few words that stand in the talk, drawn by lot, with spaces between them: what it is known by when its
    /// title changes.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The name of the folder that the notes were read from, without the way to it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub root: String,
    /// The file, as a path below that folder, with `/` between its parts.
    pub path: String,
    /// The headings above the line inside its talk, outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<String>,
    /// The line in the file, counted from 1, when it was set.
    pub line: usize,
    /// How many letters and digits of that line stand before the place: a paragraph may be one
    /// line and fill a screen.
    pub offset: usize,
    /// The line with words above it, trimmed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// The text of the line, trimmed. At most [`LONGEST`] bytes, as the lines around it.
    pub quote: String,
    /// How many other lines of its talk read the same.
    #[serde(skip_serializing_if = "is_zero")]
    pub twins: usize,
    /// How many lines of other talks in its file do.
    #[serde(skip_serializing_if = "is_zero")]
    pub cousins: usize,
    /// The line with words below it, trimmed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// The longest quote, in bytes: a pasted page may be one line.
pub const LONGEST: usize = 600;

impl Anchor {
    /// What a line of a talk is known by, `offset` letters into it. A line without words says nothing to be
    /// known by again: the next one with words is taken, or the one before.
    pub fn of(library: &Library, talk: TalkId, line: usize, offset: usize) -> Option<Anchor> {
        let spans = &library.talk(talk).spans;
        let span = spans.iter().find(|s| (s.line()..=s.end_line()).contains(&line)).or(spans.first())?;
        let file = library.file(span.file);
        let sheet = Sheet::of_talk(library, talk, span.file);
        let wanted = line.clamp(span.line(), span.end_line());
        let nearest = |at: &usize| {
            let number = sheet.rows[*at].number;
            (number < wanted, number.abs_diff(wanted))
        };
        let own = |at: &usize| sheet.rows[*at].talk == Some(talk);
        let row = (0..sheet.rows.len()).filter(own).min_by_key(nearest);
        let twins = |row: usize| {
            let same = |at: &usize| sheet.rows[*at].text == sheet.rows[row].text;
            (0..sheet.rows.len()).filter(own).filter(same).count() - 1
        };
        let all = |row: usize| {
            let same = |line: &&str| line.trim() == sheet.rows[row].text;
            file.text.lines().filter(same).count()
        };
        let text = |at: Option<usize>| at.map_or(String::new(), |at| short(sheet.rows[at].text).to_owned());
        let at = row.map_or(wanted, |row| sheet.rows[row].number);
        Some(Anchor {
            conference: library.conference_of(talk).name.clone(),
            talk: library.talk(talk).title.clone(),
            words: telling(library, talk),
            root: root(file),
            path: portable(file.relative()),
            trail: row.map_or_else(Vec::new, |row| sheet.trail(row).map(str::to_owned).collect()),
            line: at,
            offset: if at == line { offset } else { 0 },
            before: text(row.and_then(|row| row.checked_sub(1))),
            quote: text(row),
            twins: row.map_or(0, twins),
            cousins: row.map_or(0, |row| all(row).saturating_sub(twins(row) + 1)),
            after: text(row.map(|row| row + 1).filter(|next| *next < sheet.rows.len())),
        })
    }
}

/// The words that a talk is known by among those around it in its conference.
fn telling(library: &Library, talk: TalkId) -> String {
    /// So many talks on each side show which words everybody uses.
    const AROUND: u32 = 50;
    /// And so much of each, in bytes.
    const MUCH: usize = 16 * 1024;
    let texts = |talk: TalkId| {
        let texts = library.talk(talk).spans.iter().map(|span| library.text(span));
        texts.map(|text| &text[..text.floor_char_boundary(MUCH)])
    };
    let conference = library.track(library.talk(talk).track).conference;
    let around = (talk.0.saturating_sub(AROUND)..=talk.0 + AROUND).map(TalkId).filter(|other| {
        *other != talk
            && other.index() < library.talks.len()
            && library.track(library.talk(*other).track).conference == conference
    });
    let others: Vec<Vocabulary> = around.map(|other| Vocabulary::of(texts(other))).collect();
    words::telling(texts(talk), &library.talk(talk).title, &others).join(" ")
}

/// The start of a line, as much of it as an anchor holds.
fn short(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// A path as the bookmarks file holds it, the same on every system.
pub fn portable(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|p| p.to_string_lossy()).collect();
    parts.join("/")
}

/// The folder that a file was read from; nothing for the built-in collection and standard input.
fn root_of(file: &File) -> Option<PathBuf> {
    let whole = std::path::absolute(&file.path).ok()?;
    if file.path.to_string_lossy().starts_with("builtin:") || *file.path == *Path::new("-") {
        return None;
    }
    whole.ancestors().nth(file.relative().components().count()).map(Path::to_path_buf)
}

/// The name of that folder.
fn root(file: &File) -> String {
    let root = root_of(file);
    let name = root.as_deref().and_then(Path::file_name).unwrap_or_default();
    name.to_string_lossy().into_owned()
}
