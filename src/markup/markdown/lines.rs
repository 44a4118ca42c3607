//! Which source line a byte of the text stands on.

use crate::markup::definitions::Definitions;

/// Tells the source line of a byte. Events come nearly in order, so counting goes on from the last one;
/// footnotes may jump back.
pub(super) struct Lines {
    definitions: Definitions,
    /// The first line of the text itself.
    pub(super) first: usize,
    /// Where counting has got to: byte and line.
    counted: (usize, usize),
}

impl Lines {
    pub(super) fn new(first: usize, definitions: Definitions) -> Self {
        Self { first, counted: (definitions.text.len(), first), definitions }
    }

    pub(super) fn at(&mut self, text: &str, byte: usize) -> usize {
        let count = |from: usize, to: usize| memchr::memchr_iter(b'\n', &text.as_bytes()[from..to]).count();
        if byte < self.definitions.text.len() {
            let at = self.definitions.lines.partition_point(|(start, _)| *start <= byte);
            let known = at.checked_sub(1).map(|at| self.definitions.lines[at]);
            return known.map_or(self.first, |(start, line)| line + count(start, byte));
        }
        let (from, line) = self.counted;
        let line = if byte >= from { line + count(from, byte) } else { line - count(byte, from) };
        self.counted = (byte, line);
        line
    }
}
