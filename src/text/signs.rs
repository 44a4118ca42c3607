//! Signs for terminals that cannot show all of Unicode, or show some of it twice as wide.
//!
//! hallway's own signs (frames, bullets, arrows, stars) each have one that is ASCII and as wide. In a plain locale
//! everything else is spelled with ASCII as well. Where the terminal draws signs of ambiguous width wide, as terminals
//! for East Asian languages do (Unicode's annex 11), our own signs are drawn with ASCII and text counts double.
//!
//! How it is, is set once, before anything is drawn.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU8, Ordering};

use unicode_segmentation::UnicodeSegmentation;

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repertoire {
    /// Everything.
    Unicode,
    /// Everything; signs of ambiguous width take two columns.
    Wide,
    /// ASCII.
    Ascii,
}

static REPERTOIRE: AtomicU8 = AtomicU8::new(0);

/// Sets what the terminal can show.
pub fn set(repertoire: Repertoire) {
    REPERTOIRE.store(repertoire as u8, Ordering::Relaxed);
}

/// What the terminal can show.
pub fn repertoire() -> Repertoire {
    match REPERTOIRE.load(Ordering::Relaxed) {
        0 => Repertoire::Unicode,
        1 => Repertoire::Wide,
        _ => Repertoire::Ascii,
    }
}

/// Our own signs, and what stands for them.
const SIGNS: &[(char, char)] = &[
    ('─', '-'),
    ('━', '-'),
    ('═', '='),
    ('│', '|'),
    ('┃', '|'),
    ('║', '|'),
    ('┆', '|'),
    ('▌', '>'),
    ('▎', '|'),
    ('▏', '|'),
    ('█', '#'),
    ('▉', '#'),
    ('▊', '#'),
    ('▋', '#'),
    ('▍', '#'),
    ('▇', '#'),
    ('▐', '#'),
    ('░', '.'),
    ('╭', '+'),
    ('╮', '+'),
    ('╰', '+'),
    ('╯', '+'),
    ('┌', '+'),
    ('┐', '+'),
    ('└', '+'),
    ('┘', '+'),
    ('├', '+'),
    ('┤', '+'),
    ('┬', '+'),
    ('┴', '+'),
    ('┼', '+'),
    ('╞', '+'),
    ('╡', '+'),
    ('╪', '+'),
    ('▾', 'v'),
    ('▸', '>'),
    ('▶', '>'),
    ('▲', '^'),
    ('▼', 'v'),
    ('★', '*'),
    ('☆', '*'),
    ('•', '*'),
    ('◦', 'o'),
    ('▪', '-'),
    ('‣', '>'),
    ('·', '.'),
    ('…', '~'),
    ('‹', '<'),
    ('›', '>'),
    ('↪', '\\'),
    ('→', '>'),
    ('←', '<'),
    ('↑', '^'),
    ('↓', 'v'),
    ('✓', '+'),
    ('☐', 'o'),
    ('☑', 'x'),
    ('–', '-'),
    ('—', '-'),
    ('‘', '\''),
    ('’', '\''),
    ('“', '"'),
    ('”', '"'),
    ('×', 'x'),
    ('�', '?'),
];

/// The sign that stands for one of our own.
fn plain(sign: char) -> Option<char> {
    SIGNS.iter().find(|(own, _)| *own == sign).map(|(_, plain)| *plain)
}

/// Whether a cluster is drawn as one ASCII sign, one column wide.
pub(super) fn is_replaced(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    chars.next().is_some_and(|sign| plain(sign).is_some()) && chars.next().is_none()
}

/// A text as this terminal can show it, as wide as before.
pub fn shown(text: &str) -> Cow<'_, str> {
    shown_in(text, repertoire())
}

fn shown_in(text: &str, repertoire: Repertoire) -> Cow<'_, str> {
    if repertoire == Repertoire::Unicode || text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        let first = cluster.chars().next().unwrap_or(' ');
        match plain(first) {
            Some(sign) if is_replaced(cluster) => out.push(sign),
            _ if cluster.is_ascii() || repertoire == Repertoire::Wide => out.push_str(cluster),
            _ => spell(cluster, first, &mut out),
        }
    }
    Cow::Owned(out)
}

/// A cluster in ASCII: what it is read as, cut or filled to its width; `?` for what is read as nothing.
fn spell(cluster: &str, first: char, out: &mut String) {
    let width = super::width::width(cluster);
    let spelled = deunicode::deunicode_char(first).map(str::trim).filter(|spelled| !spelled.is_empty());
    // Letters are spelled as far as there is room; a picture's name would not be.
    let spelled = match spelled {
        Some(spelled) if first.is_alphanumeric() || spelled.len() <= width => spelled,
        Some(_) => "*",
        None => "?",
    };
    let end = out.len() + width;
    out.extend(spelled.chars().filter(char::is_ascii).chain(std::iter::repeat(' ')).take(width));
    debug_assert_eq!(out.len(), end);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::width;

    #[test]
    fn a_text_in_ascii_is_as_wide_as_it_was() {
        for (text, expected) in [
            ("★ Łódź — naïve…", "* Lodz - naive~"),
            ("日本 notes", "RiBe notes"),
            ("│ ▾ PyCon │", "| v PyCon |"),
            ("plain", "plain"),
            ("a\u{301} 👩‍🔬", "a * "),
        ] {
            let shown = shown_in(text, Repertoire::Ascii);
            assert!(shown.is_ascii(), "{shown}");
            assert_eq!(width(&shown), width(text), "{text} {shown}");
            if !text.contains('日') {
                assert_eq!(shown, expected);
            }
        }
    }

    #[test]
    fn wide_signs_leave_the_text_and_replace_our_own() {
        assert_eq!(shown_in("│ αβγ …", Repertoire::Wide), "| αβγ ~");
        assert_eq!(shown_in("│ αβγ …", Repertoire::Unicode), "│ αβγ …");
    }
}
