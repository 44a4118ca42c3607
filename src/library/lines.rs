//! The lines of a file, one after the other, and a quick way through prose.
//!
//! Nearly all lines of notes are prose: they neither are headings nor stand where one could be. The structure
//! pass goes through them at the cost of finding their ends.

use crate::library::vocabulary;
use crate::text::line::{self, Line};

/// Whether a line begins with a letter of ASCII or as an item with a dash. In no dialect is such a line
/// marked as a heading by itself, a rule or a fence; and where the lines above and below begin so too, it is
/// at no edge and has no underline. Most lines are like it, and nothing more is asked of them.
pub(super) fn opens_as_prose(text: &str) -> bool {
    matches!(text.as_bytes(), [b'-', b' ', ..] | [b'a'..=b'z' | b'A'..=b'Z', ..])
}

/// The lines of a text, one after the other, with a look at the next.
pub(super) struct Lines<'t> {
    text: &'t str,
    pub(super) next: Option<Line<'t>>,
}

impl<'t> Lines<'t> {
    pub(super) fn from(text: &'t str, start: usize, number: usize) -> Self {
        Self { text, next: line_at(text, start, number) }
    }

    pub(super) fn next(&mut self) -> Option<Line<'t>> {
        let line = self.next?;
        self.next = line_at(self.text, line.start + line.text.len() + 1, line.number + 1);
        Some(line)
    }

    /// Goes on from a line of prose for as long as there is nothing but prose that needs no look: paragraphs
    /// of it, where `across` blank lines, with one blank line between them. `begins` says that the line is the first of
    /// its paragraph. Gives the last line that was passed, which may be blank; `None` where it is the first that
    /// needs a look.
    ///
    /// Across blank lines it goes where a heading is known that may name a talk: from there on a line that
    /// stands alone is no title, and all that an edge of a paragraph could be is what a page left.
    pub(super) fn through_prose(&mut self, line: Line<'t>, begins: bool, across: bool) -> Option<Line<'t>> {
        let mut last = None;
        let (mut here, mut at_edge) = (line, begins);
        loop {
            let next = self.next;
            let ends = next.is_none_or(|n| n.text.is_empty());
            let passes = opens_as_prose(here.text)
                && (ends && across || next.is_some_and(|n| opens_as_prose(n.text)))
                && !((at_edge || ends) && vocabulary::opens_like_furniture(here.text.as_bytes()));
            if !passes {
                break;
            }
            last = Some(here);
            let Some(next) = next else {
                return last;
            };
            self.next = line_at(self.text, next.start + next.text.len() + 1, next.number + 1);
            (here, at_edge) = (next, false);
            if ends {
                // `here` is the blank line; a second one would set apart what stands below it.
                let Some(below) = self.next else {
                    return Some(here);
                };
                if !opens_as_prose(below.text) {
                    return Some(here);
                }
                last = Some(here);
                self.next = line_at(self.text, below.start + below.text.len() + 1, below.number + 1);
                (here, at_edge) = (below, true);
            }
        }
        if last.is_some() {
            self.next = Some(here);
        }
        last
    }
}

fn line_at(text: &str, start: usize, number: usize) -> Option<Line<'_>> {
    (start < text.len()).then(|| Line { number, start, text: &text[start..line::end_of_line(text, start)] })
}
