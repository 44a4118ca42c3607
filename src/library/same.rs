//! Files that hold one talk between them: parts of it, copies of it, two people's notes on it.
//!
//! They are brought together when they say the same title at the same conference. A title of a
//! word or two ("Keynote", "Opening") is many talks' and joins nothing; nor do two talks of one file.

use crate::library::title;
use crate::text::fold::fold;
use crate::text::line;

/// What two talks have in common when they are one, or `None` where the title says too little. The
/// number of a part is no part of it.
pub fn key(title: &str) -> Option<String> {
    let folded = fold(title::bare(title));
    let words: Vec<&str> = line::words(&folded).collect();
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
    (said >= 3 && wide >= 10).then(|| words.join(" "))
}

/// How many words at the end number a part: "part 2", "pt ii", "2 of 3".
fn part(words: &[&str]) -> usize {
    let number = |w: &str| {
        w.len() <= 3 && (w.bytes().all(|b| b.is_ascii_digit()) || w.bytes().all(|b| b"ivx".contains(&b)))
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
    }
}
