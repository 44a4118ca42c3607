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
    /// Which lengths, as bits, there are of each first letter: most texts fail at that. (All that have 31 bytes or more
    /// are one length, and first bytes are told apart by five bits of them.)
    lengths: [u32; 32],
}

/// The bit that stands for a length.
const fn length_bit(length: usize) -> u32 {
    1 << if length < 31 { length } else { 31 }
}

impl<const SLOTS: usize> WordTable<SLOTS> {
    /// A table of lines.
    pub(crate) const fn new(text: &'static str) -> Self {
        assert!(SLOTS.is_power_of_two());
        let bytes = text.as_bytes();
        let (mut slots, mut lengths) = ([0; SLOTS], [0; 32]);
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
            lengths[(bytes[start] & 31) as usize] |= length_bit(at - start);
            entries += 1;
            at += 1;
        }
        assert!(entries * 2 <= SLOTS, "a table has room for twice its entries");
        Self { text, slots, lengths }
    }

    /// Whether there may be an entry that begins as a text of ASCII does, and is no longer than that. Most texts fail at it.
    #[inline]
    pub(crate) fn may_open(&self, text: &str) -> bool {
        let first = text.bytes().next().map_or(0, |byte| byte & 31);
        let up_to = length_bit(text.len()) << 1;
        self.lengths[usize::from(first)] & up_to.wrapping_sub(1) != 0
    }

    /// Whether `key`, folded, is an entry.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.find(key.as_bytes(), |entry| entry == key.as_bytes())
    }

    /// Whether a text, once folded, is an entry. Makes no copy of what is ASCII, as most of it is.
    pub(crate) fn has_folded(&self, text: &str) -> bool {
        if text.is_ascii() { self.has_ascii(text.as_bytes()) } else { self.has(&fold(text)) }
    }

    /// As [`WordTable::has_folded`], for ASCII.
    #[inline]
    pub(crate) fn has_ascii(&self, text: &[u8]) -> bool {
        self.find(text, |entry| entry.eq_ignore_ascii_case(text))
    }

    #[inline]
    fn find(&self, text: &[u8], is_it: impl Fn(&[u8]) -> bool) -> bool {
        let length = text.len();
        let first = text.first().map_or(0, |byte| byte & 31);
        if self.lengths[usize::from(first)] & length_bit(length) == 0 {
            return false;
        }
        let bytes = self.text.as_bytes();
        let mut slot = slot_of(hash(text), SLOTS);
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
#[inline]
fn hash(text: &[u8]) -> u64 {
    let (words, rest) = text.as_chunks::<8>();
    let hash = words.iter().fold(0, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    if rest.is_empty() { hash } else { mix(hash, word_of_few(rest)) }
}

/// Up to seven bytes as one number: the first ones and the last ones, which may be the same.
#[inline]
fn word_of_few(bytes: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return u64::from(first) | u64::from(last) << (8 * (bytes.len() - 4));
    }
    match *bytes {
        [a] => u64::from(a),
        [a, b] => u64::from(u16::from_le_bytes([a, b])),
        [a, b, c] => u64::from(u32::from_le_bytes([a, b, c, 0])),
        _ => 0,
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
