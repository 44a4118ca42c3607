//! Tables of words: files of lines, folded and sorted, searched where they stand.
//!
//! Nothing is made of them when the program starts: a hash table that leads to the lines is made
//! when the program is compiled (open addressing, FNV-1a over the bytes of a line).

use crate::text::fold::fold;

/// A table of at most half of `SLOTS` entries, a power of two. The first line of its text says what it
/// is, the others are its entries.
#[derive(Debug)]
pub(super) struct WordTable<const SLOTS: usize> {
    text: &'static str,
    /// Where the entries begin, each at the first free slot from its hash on; 0 is a free slot.
    slots: [u32; SLOTS],
}

impl<const SLOTS: usize> WordTable<SLOTS> {
    /// A table of lines.
    pub(super) const fn new(text: &'static str) -> Self {
        assert!(SLOTS.is_power_of_two());
        let bytes = text.as_bytes();
        let mut slots = [0; SLOTS];
        let mut entries = 0;
        let mut at = 0;
        // The line that says what the table is.
        while at < bytes.len() && bytes[at] != b'\n' {
            at += 1;
        }
        at += 1;
        while at < bytes.len() {
            let start = at;
            let mut hash = SEED;
            while at < bytes.len() && bytes[at] != b'\n' {
                hash = mix(hash, bytes[at]);
                at += 1;
            }
            let mut slot = hash as usize % SLOTS;
            while slots[slot] != 0 {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = start as u32;
            entries += 1;
            at += 1;
        }
        assert!(entries * 2 <= SLOTS, "a table has room for twice its entries");
        Self { text, slots }
    }

    /// Whether `key`, folded, is an entry.
    pub(super) fn has(&self, key: &str) -> bool {
        let hash = key.bytes().fold(SEED, mix);
        self.find(hash, key.len(), |entry| entry == key.as_bytes())
    }

    /// Whether a text, once folded, is an entry. Makes no copy of what is ASCII, as most of it is.
    pub(super) fn has_folded(&self, text: &str) -> bool {
        if !text.is_ascii() {
            return self.has(&fold(text));
        }
        let hash = text.bytes().fold(SEED, |hash, byte| mix(hash, byte.to_ascii_lowercase()));
        self.find(hash, text.len(), |entry| entry.eq_ignore_ascii_case(text.as_bytes()))
    }

    fn find(&self, hash: u32, length: usize, is_it: impl Fn(&[u8]) -> bool) -> bool {
        let bytes = self.text.as_bytes();
        let mut slot = hash as usize % SLOTS;
        while self.slots[slot] != 0 {
            let start = self.slots[slot] as usize;
            let ends = bytes.get(start + length).is_none_or(|b| *b == b'\n');
            if ends && bytes.get(start..start + length).is_some_and(&is_it) {
                return length > 0;
            }
            slot = (slot + 1) % SLOTS;
        }
        false
    }

    /// The entries, in order.
    pub(super) fn entries(&self) -> impl Iterator<Item = &'static str> {
        self.text.lines().skip(1)
    }
}

/// FNV-1a, 32 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
const SEED: u32 = 0x811c_9dc5;

const fn mix(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_it_holds_and_nothing_else() {
        static TABLE: WordTable<16> = WordTable::new("# Words of a test\nada\nadam\nb\nzoë\nзоя\n");
        for entry in TABLE.entries() {
            assert!(
                TABLE.has(entry) && (!entry.is_ascii() || TABLE.has_folded(&entry.to_uppercase())),
                "{entry}"
            );
        }
        for other in ["", "a", "ad", "adams", "c", "zo", "zoë ", "з", "# Words of a test", "\n", "ada\nadam"]
        {
            assert!(!TABLE.has(other), "{other}");
        }
        static EMPTY: WordTable<2> = WordTable::new("# Nothing\n");
        assert!(!EMPTY.has("a"));
    }
}
