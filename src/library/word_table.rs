//! Tables of words: files of lines, folded and sorted, searched where they stand.
//!
//! Nothing is made of them when the program starts: where the lines of each first letter begin is
//! found when the program is compiled.

use std::cmp::Ordering;

/// A table: its first line says what it is, the others are its entries.
#[derive(Debug)]
pub(super) struct WordTable {
    text: &'static str,
    /// Where the entries that start with each byte begin; the last is the end.
    starts: [u32; 257],
}

impl WordTable {
    /// A table of sorted lines.
    pub(super) const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = [bytes.len() as u32; 257];
        let mut at = 0;
        // The line that says what the table is.
        while at < bytes.len() && bytes[at] != b'\n' {
            at += 1;
        }
        at += 1;
        let mut next = 0;
        while at < bytes.len() {
            while next <= bytes[at] as usize {
                starts[next] = at as u32;
                next += 1;
            }
            while at < bytes.len() && bytes[at] != b'\n' {
                at += 1;
            }
            at += 1;
        }
        Self { text, starts }
    }

    /// Whether `key`, folded, is an entry.
    pub(super) fn has(&self, key: &str) -> bool {
        let Some(first) = key.bytes().next() else {
            return false;
        };
        let bytes = self.text.as_bytes();
        let start = |byte: usize| self.starts[byte] as usize;
        let (mut from, mut to) = (start(usize::from(first)), start(usize::from(first) + 1));
        while from < to {
            let middle = from + (to - from) / 2;
            let start = memchr::memrchr(b'\n', &bytes[from..middle]).map_or(from, |at| from + at + 1);
            let end = memchr::memchr(b'\n', &bytes[start..to]).map_or(to, |at| start + at);
            match bytes[start..end].cmp(key.as_bytes()) {
                Ordering::Equal => return true,
                Ordering::Less => from = end + 1,
                Ordering::Greater => to = start,
            }
        }
        false
    }

    /// The entries, in order.
    pub(super) fn entries(&self) -> impl Iterator<Item = &'static str> {
        self.text.lines().skip(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_it_holds_and_nothing_else() {
        static TABLE: WordTable = WordTable::new("# Words of a test\nada\nadam\nb\nzoë\nзоя\n");
        for entry in TABLE.entries() {
            assert!(TABLE.has(entry), "{entry}");
        }
        for other in ["", "a", "ad", "adams", "c", "zo", "zoë ", "з", "# Words of a test", "\n", "ada\nadam"]
        {
            assert!(!TABLE.has(other), "{other}");
        }
        static EMPTY: WordTable = WordTable::new("# Nothing\n");
        assert!(!EMPTY.has("a"));
    }
}
