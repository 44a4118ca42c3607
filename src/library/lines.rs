//! The lines of a file, one after the other, and a quick way through prose.
//!
//! Nearly all lines of notes are prose: they neither are headings nor stand where one could be. The structure
//! pass goes through them at the cost of finding their ends.

use crate::library::vocabulary;
use crate::text::block::LineEnds;
use crate::text::line::Line;

/// Whether a line begins with a letter of ASCII or as an item with a dash. In no dialect is such a line
/// marked as a heading by itself, a rule or a fence; and where the lines above and below begin so too, it is
/// at no edge and has no underline. Most lines are like it, and nothing more is asked of them.
pub(super) fn opens_as_prose(text: &str) -> bool {
    opens_as_prose_at(text.as_bytes(), 0)
}

/// As [`opens_as_prose`], of the line that begins at a byte.
#[inline]
fn opens_as_prose_at(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(b'-') => bytes.get(at + 1) == Some(&b' '),
        Some(first) => first.is_ascii_alphabetic(),
        None => false,
    }
}

/// The lines of a text, one after the other, with a look at the next.
pub(super) struct Lines<'t> {
    text: &'t str,
    ends: LineEnds<'t>,
    pub(super) next: Option<Line<'t>>,
}

impl<'t> Lines<'t> {
    pub(super) fn from(text: &'t str, start: usize, number: usize) -> Self {
        let mut lines = Self { text, ends: LineEnds::from(text.as_bytes(), start), next: None };
        lines.next = lines.line_at(start, number);
        lines
    }

    #[inline]
    pub(super) fn next(&mut self) -> Option<Line<'t>> {
        let line = self.next?;
        self.next = self.line_at(line.start + line.text.len() + 1, line.number + 1);
        Some(line)
    }

    /// The line that begins at a byte, which is the one behind the last line that was asked for.
    #[inline]
    fn line_at(&mut self, start: usize, number: usize) -> Option<Line<'t>> {
        let text = self.text;
        (start < text.len()).then(|| Line { number, start, text: &text[start..self.ends.next()] })
    }

    /// Goes on from a line of prose for as long as there is nothing but prose that needs no look: paragraphs
    /// of it, where `across` blank lines, with one blank line between them. `begins` says that the line is the first of
    /// its paragraph. Gives the last line that was passed, which may be blank; `None` where it is the first that
    /// needs a look.
    ///
    /// Across blank lines it goes where a heading is known that may name a talk: from there on a line that
    /// stands alone is no title, and all that an edge of a paragraph could be is what a page left.
    pub(super) fn through_prose(&mut self, line: Line<'t>, begins: bool, across: bool) -> Option<Line<'t>> {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let prose = |at: usize| opens_as_prose_at(bytes, at);
        if !prose(line.start) {
            return None;
        }
        // Bare numbers, for this is gone through for nearly every line there is.
        let (mut start, mut number, mut at_edge) = (line.start, line.number, begins);
        let mut end = start + line.text.len();
        let mut last: Option<(usize, usize, usize)> = None;
        let whole =
            |(start, end, number): (usize, usize, usize)| Line { number, start, text: &text[start..end] };
        // The end of the line behind it was looked for already.
        if let Some(next) = self.next {
            self.ends.back_to(next.start + next.text.len());
        }
        loop {
            let next = end + 1;
            let ends = bytes.get(next).is_none_or(|b| *b == b'\n');
            let passes = if ends { across } else { prose(next) };
            if !passes || (at_edge || ends) && vocabulary::opens_like_furniture(&bytes[start..]) {
                break;
            }
            last = Some((start, end, number));
            (start, number, at_edge) = (next, number + 1, ends);
            if ends {
                if next >= bytes.len() {
                    self.next = None;
                    return last.map(whole);
                }
                // A blank line; a second one would set apart what stands below it.
                last = Some((next, next, number));
                self.ends.next();
                (start, number) = (next + 1, number + 1);
                if !prose(start) {
                    self.next = self.line_at(start, number);
                    return last.map(whole);
                }
            }
            end = self.ends.next();
        }
        match last {
            Some(_) => self.next = Some(whole((start, end, number))),
            None => _ = self.ends.next(),
        }
        last.map(whole)
    }
}
