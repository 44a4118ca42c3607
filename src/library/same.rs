//! Files that hold one talk between them: parts of it, copies of it, two people's notes on it.
//!
//! They are brought together when they say the same title at the same conference. A title of a
//! word or two ("Keynote", "Opening") is many talks' and joins nothing; nor do two talks of one file.

use std::hash::BuildHasher;
use std::num::NonZeroU64;

use foldhash::fast::FixedState;
use smallvec::SmallVec;

use crate::library::title;
use crate::text::fold::fold;
use crate::text::line;

/// What two talks have in common when they are one, or `None` where the title says too little. The
/// number of a part is no part of it.
pub fn key(title: &str) -> Option<String> {
    said(title, |words| words.join(" "))
}

/// The same as a number. Two that differ may have one number.
pub(super) fn print(title: &str) -> Option<NonZeroU64> {
    // Nothing but speed depends on it, so it may be the same each time.
    let print = said(title, |words| FixedState::default().hash_one(words))?;
    Some(NonZeroU64::new(print).unwrap_or(NonZeroU64::MIN))
}

/// The words that tell a title from others; `None` where they say too little.
fn said<R>(title: &str, see: impl FnOnce(&[&str]) -> R) -> Option<R> {
    /// Most titles have no more, and nobody is asked for room.
    const USUAL: usize = 16;
    let folded = fold(title::bare(title));
    // In most there is nothing but letters, and a blank between two words.
    let words: SmallVec<[&str; USUAL]> = match line::is_bare(&folded) {
        true => folded.split_ascii_whitespace().collect(),
        false => line::words(&folded).collect(),
    };
    let words = &words[..words.len() - part(&words)];
    // A word of a script without blanks between words says more than one, and a letter of it as much as two.
    let (mut said, mut letters, mut width) = (0, 0, 1);
    for word in words {
        let ascii = word.is_ascii();
        let length = if ascii { word.len() } else { word.chars().count() };
        said += if ascii { 1 } else { length / 2 + 1 };
        letters += length;
        width = if ascii { width } else { 2 };
    }
    let wide = letters * width;
    (said >= 3 && wide >= 10).then(|| see(words))
}

/// How many words at the end of a title number a part: "part 2", "pt ii", "2 of 3".
fn part(words: &[&str]) -> usize {
    let number = |w: &str| {
        (1..=3).contains(&w.len())
            && (w.bytes().all(|b| b.is_ascii_digit()) || w.bytes().all(|b| b"ivx".contains(&b)))
    };
    match words {
        [.., "part" | "pt" | "teil" | "partie", n] if number(n) => 2,
        [.., a, "of", b] if number(a) && number(b) => 3,
        [.., "copy" | "continued" | "cont"] => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_join() {
        let same = |a: &str, b: &str| key(a).is_some() && key(a) == key(b);
        assert!(same("How the Web works", "how the web works - part 2"));
        assert!(same("1. How the Web works", "How the web works (pt II)"));
        assert!(!same("How the Web works", "How the Web broke"));
        assert_eq!((key("Keynote"), key("Day 2"), key("Opening remarks")), (None, None, None));
        assert!(key("超融合数据平台").is_some());
        assert_eq!(key("Looms, 2 of 3"), None);
        assert_eq!(key("The looms of all (copy)").as_deref(), Some("the looms of all"));
    }

    #[test]
    fn a_print_is_that_of_the_key() {
        let titles = [
            "How the Web works",
            "how the web works - part 2",
            "Keynote",
            "How the Web broke",
            "超融合数据平台",
        ];
        for a in titles {
            assert_eq!(print(a).is_some(), key(a).is_some());
            for b in titles.iter().filter(|_| print(a).is_some()) {
                assert_eq!(print(a) == print(b), key(a) == key(b), "{a}, {b}");
            }
        }
    }
}
