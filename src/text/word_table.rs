//! Tables of words: files of lines, folded and sorted, searched where they stand.
//!
//! Nothing is made of them when the program starts: a hash table that leads to the lines is made
//! when the program is compiled (open addressing).

use crate::text::fold::fold;

/// A table of at most half of `SLOTS` entries, a power of two. The first line of its text says what it
/// is, the others are its entries.
#[derive(Debug)]
pub(crate) struct WordTable<const SLOTS: usize> {
    text: &'static str,
    /// Where the entries begin, each at the first free slot from its hash on; 0 is a free slot.
    slots: [u32; SLOTS],
}

impl<const SLOTS: usize> WordTable<SLOTS> {
    /// A table of lines.
    pub(crate) const fn new(text: &'static str) -> Self {
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
            while at < bytes.len() && bytes[at] != b'\n' {
                at += 1;
            }
            let mut hash = 0;
            let mut from = start;
            while from < at {
                let mut word = 0;
                let mut n = 0;
                while n < 8 && from + n < at {
                    word |= (bytes[from + n] as u64) << (8 * n);
                    n += 1;
                }
                hash = mix(hash, word);
                from += 8;
            }
            let mut slot = slot_of(hash, SLOTS);
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
    pub(crate) fn has(&self, key: &str) -> bool {
        self.find(Hash::of(key), key.len(), |entry| entry == key.as_bytes())
    }

    /// Whether a text, once folded, is an entry. Makes no copy of what is ASCII, as most of it is.
    pub(crate) fn has_folded(&self, text: &str) -> bool {
        if text.is_ascii() { self.has_ascii(Hash::of(text), text) } else { self.has(&fold(text)) }
    }

    /// As [`WordTable::has_folded`], for ASCII of which the hash is known.
    pub(crate) fn has_ascii(&self, hash: Hash, text: &str) -> bool {
        self.find(hash, text.len(), |entry| entry.eq_ignore_ascii_case(text.as_bytes()))
    }

    fn find(&self, hash: Hash, length: usize, is_it: impl Fn(&[u8]) -> bool) -> bool {
        let bytes = self.text.as_bytes();
        let mut slot = slot_of(hash.0, SLOTS);
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
    pub(crate) fn entries(&self) -> impl Iterator<Item = &'static str> {
        self.text.lines().skip(1)
    }
}

/// The hash of a text, the same for its capitals and its small letters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hash(u64);

impl Hash {
    pub(crate) fn of(text: &str) -> Self {
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        let hash = words.iter().fold(0, |hash, word| mix(hash, u64::from_le_bytes(*word)));
        if rest.is_empty() {
            return Self(hash);
        }
        let word = rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        Self(mix(hash, word))
    }
}

/// Takes eight bytes in: multiplied and folded upon itself, as wyhash does. The bit that tells capitals from small letters is
/// left out.
const fn mix(hash: u64, word: u64) -> u64 {
    const CASE: u64 = 0x2020_2020_2020_2020;
    const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;
    let product = ((hash ^ (word | CASE)) as u128 + 1) * PRIME as u128;
    product as u64 ^ (product >> 64) as u64
}

const fn slot_of(hash: u64, slots: usize) -> usize {
    hash as usize % slots
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
