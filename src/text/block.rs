//! Sixty-four bytes of text at a time: a question is answered for all of them at once, with a bit for each.
//!
//! The lowest bit stands for the first byte, as simdjson has it, so that what comes first is found by counting
//! zeros. Behind the end of a text stand bytes of zero.

use wide::u8x16;

/// Sixty-four bytes.
pub(crate) struct Block([u8x16; 4]);

impl Block {
    /// How many bytes there are.
    pub(crate) const LEN: usize = 64;

    /// The bytes of a text from one on.
    #[inline]
    pub(crate) fn at(text: &[u8], start: usize) -> Self {
        let rest = text.get(start..).unwrap_or_default();
        match rest.first_chunk::<{ Self::LEN }>() {
            Some(whole) => Self::of(whole),
            None => Self::of_few(rest),
        }
    }

    #[inline]
    fn of(bytes: &[u8; Self::LEN]) -> Self {
        let (lanes, _) = bytes.as_chunks::<16>();
        Self([u8x16::new(lanes[0]), u8x16::new(lanes[1]), u8x16::new(lanes[2]), u8x16::new(lanes[3])])
    }

    /// Of the last bytes of a text.
    fn of_few(bytes: &[u8]) -> Self {
        let mut whole = [0; Self::LEN];
        whole[..bytes.len()].copy_from_slice(bytes);
        Self::of(&whole)
    }

    /// The bits of the first so many bytes.
    #[inline]
    pub(crate) const fn first(bytes: usize) -> u64 {
        if bytes < Self::LEN { (1 << bytes) - 1 } else { u64::MAX }
    }

    /// Which of the first bytes, sixteen a lane, pass a test of sixteen: the highest bit of what it makes of each says so.
    #[inline]
    fn which<const LANES: usize>(&self, test: impl Fn(u8x16) -> u8x16) -> u64 {
        let mut bits = 0;
        for (at, lane) in self.0[..LANES].iter().enumerate() {
            bits |= u64::from(test(*lane).to_bitmask()) << (16 * at);
        }
        bits
    }

    /// Which bytes are this one.
    #[inline]
    pub(crate) fn is(&self, byte: u8) -> u64 {
        self.which::<4>(|lane| lane.simd_eq(byte))
    }

    /// Which of the first bytes, sixteen a lane, are one of these.
    #[inline]
    pub(crate) fn is_any<const LANES: usize, const N: usize>(&self, bytes: [u8; N]) -> u64 {
        self.which::<LANES>(|lane| bytes.iter().fold(u8x16::default(), |any, byte| any | lane.simd_eq(*byte)))
    }

    /// Which of the first bytes, sixteen a lane, are letters of ASCII.
    #[inline]
    pub(crate) fn letters<const LANES: usize>(&self) -> u64 {
        self.which::<LANES>(|lane| from_to(lane | u8x16::splat(0x20), b'a', b'z'))
    }

    /// Which bytes are not ASCII.
    #[inline]
    pub(crate) fn beyond_ascii(&self) -> u64 {
        self.which::<4>(|lane| lane)
    }

    /// Which bytes are digits of ASCII.
    #[inline]
    pub(crate) fn digits(&self) -> u64 {
        self.which::<4>(|lane| from_to(lane, b'0', b'9'))
    }
}

/// Which of sixteen bytes lie between two, these included.
#[inline]
fn from_to(lane: u8x16, first: u8, last: u8) -> u8x16 {
    let above = lane - u8x16::splat(first);
    above.min(u8x16::splat(last - first)).simd_eq(above)
}

/// Where lines end, one after the other, the last line's end being that of the text.
#[derive(Clone)]
pub(crate) struct LineEnds<'t> {
    text: &'t [u8],
    /// Where the block begins whose line ends these are.
    block: usize,
    ends: u64,
}

impl<'t> LineEnds<'t> {
    /// The ends of the lines from a byte on.
    pub(crate) fn from(text: &'t [u8], start: usize) -> Self {
        Self { text, block: start, ends: Block::at(text, start).is(b'\n') }
    }

    /// Goes back to a line end that was given last.
    pub(crate) fn back_to(&mut self, end: usize) {
        match end.checked_sub(self.block) {
            Some(at) if at < Block::LEN && end < self.text.len() => self.ends |= 1 << at,
            _ => *self = Self::from(self.text, end.min(self.text.len())),
        }
    }

    /// Where the next line ends, its line end not included.
    #[inline]
    pub(crate) fn next(&mut self) -> usize {
        while self.ends == 0 {
            self.block += Block::LEN;
            if self.block >= self.text.len() {
                return self.text.len();
            }
            self.ends = Block::at(self.text, self.block).is(b'\n');
        }
        let end = self.block + self.ends.trailing_zeros() as usize;
        self.ends &= self.ends - 1;
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_bit_for_each_byte(bytes in proptest::collection::vec(any::<u8>(), 0..150), start in 0usize..160) {
            let block = Block::at(&bytes, start);
            let slowly = |test: &dyn Fn(u8) -> bool| {
                let bits = (0..Block::LEN).map(|n| u64::from(test(bytes.get(start + n).copied().unwrap_or(0))) << n);
                bits.fold(0, |all, bit| all | bit)
            };
            prop_assert_eq!(block.is(b'\n'), slowly(&|b| b == b'\n'));
            prop_assert_eq!(block.beyond_ascii(), slowly(&|b| !b.is_ascii()));
            prop_assert_eq!(block.is_any::<4, _>([0xef, b':']), slowly(&|b| b == 0xef || b == b':'));
            let letters = slowly(&|b| b.is_ascii_alphabetic());
            prop_assert_eq!((block.letters::<4>(), block.letters::<2>()), (letters, letters & Block::first(32)));
            prop_assert_eq!(block.digits(), slowly(&|b| b.is_ascii_digit()));
        }

        #[test]
        fn every_line_ends(text in "[a\n]{0,200}", start in 0usize..200) {
            let start = start.min(text.len());
            let mut ends = LineEnds::from(text.as_bytes(), start);
            let slowly = text[start..].match_indices('\n').map(|(at, _)| start + at);
            for end in slowly.chain([text.len(), text.len()]) {
                prop_assert_eq!(ends.next(), end);
                ends.back_to(end);
                prop_assert_eq!(ends.next(), end);
            }
        }
    }
}
