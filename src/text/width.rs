//! How many columns text takes on a terminal.
//!
//! One measure for the whole program: the width of each grapheme cluster as `unicode-width`
//! gives it, which is also what ratatui draws by. Where the terminal draws signs of ambiguous width wide
//! ([`crate::text::signs`]), they count double, but for our own signs, which it is not sent there.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::signs::{Repertoire, is_replaced, repertoire};

/// The columns that a grapheme cluster takes.
fn of_cluster(cluster: &str) -> usize {
    if repertoire() != Repertoire::Wide {
        return UnicodeWidthStr::width(cluster);
    }
    let letter = cluster.chars().next().is_some_and(is_ambiguous_letter);
    match UnicodeWidthStr::width_cjk(cluster) {
        _ if is_replaced(cluster) => 1,
        1 if letter => 2,
        width => width,
    }
}

/// Letters whose width is ambiguous by Unicode's `EastAsianWidth.txt` (class A), as ranges. `unicode-width` takes letters
/// for narrow even among East Asian ones, terminals that draw that class wide do not.
const AMBIGUOUS_LETTERS: &[(char, char)] = &[
    ('Æ', 'Æ'),
    ('Ð', 'Ð'),
    ('Ø', 'Ø'),
    ('Þ', 'á'),
    ('æ', 'æ'),
    ('è', 'ê'),
    ('ì', 'í'),
    ('ð', 'ð'),
    ('ò', 'ó'),
    ('ø', 'ú'),
    ('ü', 'ü'),
    ('þ', 'þ'),
    ('ā', 'ā'),
    ('đ', 'đ'),
    ('ē', 'ē'),
    ('ě', 'ě'),
    ('Ħ', 'ħ'),
    ('ī', 'ī'),
    ('ı', 'ĳ'),
    ('ĸ', 'ĸ'),
    ('Ŀ', 'ł'),
    ('ń', 'ń'),
    ('ň', 'ŋ'),
    ('ō', 'ō'),
    ('Œ', 'œ'),
    ('Ŧ', 'ŧ'),
    ('ū', 'ū'),
    ('ǎ', 'ǎ'),
    ('ǐ', 'ǐ'),
    ('ǒ', 'ǒ'),
    ('ǔ', 'ǔ'),
    ('ǖ', 'ǖ'),
    ('ǘ', 'ǘ'),
    ('ǚ', 'ǚ'),
    ('ǜ', 'ǜ'),
    ('ɑ', 'ɑ'),
    ('ɡ', 'ɡ'),
    ('Α', 'Ρ'),
    ('Σ', 'Ω'),
    ('α', 'ρ'),
    ('σ', 'ω'),
    ('Ё', 'Ё'),
    ('А', 'я'),
    ('ё', 'ё'),
];

fn is_ambiguous_letter(c: char) -> bool {
    let at = AMBIGUOUS_LETTERS.partition_point(|(_, last)| *last < c);
    AMBIGUOUS_LETTERS.get(at).is_some_and(|(first, _)| *first <= c)
}

/// The columns that `text` takes.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(of_cluster).sum()
}

/// The longest start of `text` that fits into `columns`, and the columns it takes.
pub fn fit(text: &str, columns: usize) -> (&str, usize) {
    // Only as much is looked at as may fit: this is asked again and again for one long line. The
    // byte behind the last column tells whether a mark or a joiner still belongs to it.
    let head = text.as_bytes().get(..=columns).unwrap_or(text.as_bytes());
    if head.is_ascii() {
        let end = text.len().min(columns);
        return (&text[..end], end);
    }
    let mut used = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        let next = used + of_cluster(cluster);
        if next > columns {
            return (&text[..at], used);
        }
        used = next;
    }
    (text, used)
}

/// `text`, or its start and a `…` where it does not fit into `columns`.
pub fn ellipsis(text: &str, columns: usize) -> String {
    let (head, _) = fit(text, columns);
    if head.len() == text.len() {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let (head, _) = fit(text, columns - 1);
    format!("{}…", head.trim_end())
}

/// `text`, or a `…` and its end where it does not fit into `columns`: for paths, whose end says
/// most.
pub fn ellipsis_left(text: &str, columns: usize) -> String {
    let whole = width(text);
    if whole <= columns {
        return text.to_owned();
    }
    let Some(room) = columns.checked_sub(1) else {
        return String::new();
    };
    let mut left = whole;
    let end = text.grapheme_indices(true).find(|(_, cluster)| {
        let fits = left <= room;
        left -= if fits { 0 } else { of_cluster(cluster) };
        fits
    });
    format!("…{}", end.map_or("", |(at, _)| &text[at..]))
}

/// `text` with its tabs turned into spaces, a tab stop at every `stop` columns.
pub fn expand_tabs(text: &str, stop: usize) -> String {
    let mut out = String::with_capacity(text.len() + stop);
    let mut column = 0;
    for (at, piece) in text.split('\t').enumerate() {
        if at > 0 {
            let pad = stop - column % stop;
            out.extend(std::iter::repeat_n(' ', pad));
            column += pad;
        }
        out.push_str(piece);
        column += width(piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_glyphs_and_marks() {
        assert_eq!(width("abc"), 3);
        assert_eq!(width("会議"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(width("👨‍👩‍👧"), 2);
    }

    #[test]
    fn letters_of_ambiguous_width() {
        for (letter, ambiguous) in
            [('α', true), ('ω', true), ('ς', false), ('Я', true), ('é', true), ('ë', false), ('a', false)]
        {
            assert_eq!(is_ambiguous_letter(letter), ambiguous, "{letter}");
        }
        assert!(AMBIGUOUS_LETTERS.windows(2).all(|pair| pair[0].1 < pair[1].0), "in order");
    }

    #[test]
    fn fitting_never_splits_a_glyph() {
        assert_eq!(fit("会議x", 3), ("会", 2));
        assert_eq!(ellipsis("Next Level Testing", 10), "Next Leve…");
        assert_eq!(ellipsis("会議の部屋", 5), "会議…");
        assert_eq!(ellipsis("short", 10), "short");
        assert_eq!(ellipsis("short", 0), "");
        assert_eq!(ellipsis_left("notes/pycon.md:57", 9), "…on.md:57");
        assert_eq!(ellipsis_left("会議の部屋", 4), "…屋");
        assert_eq!(ellipsis_left("short", 5), "short");
        assert_eq!(ellipsis_left("short", 0), "");
    }

    #[test]
    fn tabs_go_to_the_next_stop() {
        assert_eq!(expand_tabs("a\tb\t\tc", 4), "a   b       c");
    }
}
