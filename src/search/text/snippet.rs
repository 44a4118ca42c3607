//! A line of context: what stands around a place that was found.

use std::ops::Range;

use crate::library::Library;
use crate::search::text::{Place, TextQuery, Unit, spans};

/// A line of the notes with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The line in the text of its file, counted from 1.
    pub line: usize,
    /// The line, its markup as written, without the white space around it.
    pub text: String,
    /// The bytes of `text` that are to be lit, in order.
    pub lit: Vec<Range<usize>>,
}

/// The line of a place, with all that matches in it.
pub fn snippet(library: &Library, query: &TextQuery, unit: Unit, place: Place) -> Snippet {
    let text = &*library.file(place.file).text;
    let at = place.start as usize;
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let end = text[at..].find('\n').map_or(text.len(), |after| at + after);
    // Lines are counted from the start of the unit, whose own line is known.
    let span = spans(library, unit).iter().find(|s| s.file == place.file && s.bytes().contains(&at));
    let (first, line) = span.map_or((0, 1), |span| (span.bytes().start, span.line()));
    let above = memchr::memchr_iter(b'\n', &text.as_bytes()[first..at]).count();
    let line_text = text[start..end].trim();
    Snippet { line: line + above, text: line_text.to_owned(), lit: query.places(line_text) }
}
