//! Folding: text as a finder compares it.
//!
//! Case, accents, compatibility forms and the letters that Unicode does not decompose (`ł`, `ø`,
//! `ß`) are levelled, so that `lodz` finds `Łódź` and a composed `é` finds a decomposed one. The
//! map leads each folded character back to where it stands in the original, for highlights.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folded text with its way back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text: lower case, no accents.
    pub text: String,
    /// For each *character* of `text`, the byte offset in the original of the character that it
    /// came from.
    pub origin: Vec<u32>,
}

impl Folded {
    /// Folds `text` and appends it, its origins counted from `base`.
    pub fn push(&mut self, text: &str, base: usize) {
        for (at, c) in text.char_indices() {
            fold_char(c, |folded| {
                self.text.push(folded);
                self.origin.push((base + at) as u32);
            });
        }
    }
}

/// Folds `text`, without the way back.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, |folded| out.push(folded));
    }
    out
}

/// Folds one character: none (a combining mark), one, or a few.
pub fn fold_char(c: char, mut push: impl FnMut(char)) {
    level(c, |part| match part.is_ascii() {
        true => push(part.to_ascii_lowercase()),
        false => part.to_lowercase().for_each(&mut push),
    });
}

/// Levels one character as [`fold_char`] does, but for its case.
pub fn level(c: char, mut push: impl FnMut(char)) {
    if c.is_ascii() {
        return push(c);
    }
    // A Hangul syllable is a letter to its reader, not the sounds that it decomposes into.
    if matches!(c, '\u{ac00}'..='\u{d7a3}') {
        return push(c);
    }
    match latin(c) {
        Some(parts) => parts.letters[..parts.count].iter().copied().for_each(push),
        None => decomposed(c, push),
    }
}

/// What a letter of Latin with an accent comes to.
#[derive(Default)]
struct Parts {
    letters: [char; 3],
    count: usize,
}

/// The letters from U+0080 on that are looked up where they were met before: nearly all that are not ASCII in European
/// text. A decomposition costs a hundred times as much.
fn latin(c: char) -> Option<&'static Parts> {
    const FIRST: usize = 0x80;
    const COUNT: usize = 0x1d0;
    static MET: [OnceLock<Parts>; COUNT] = [const { OnceLock::new() }; COUNT];
    let slot = MET.get((c as usize).checked_sub(FIRST)?)?;
    Some(slot.get_or_init(|| {
        let mut parts = Parts::default();
        decomposed(c, |letter| {
            // The longest are three: "¾", and none of them is cut off.
            if let Some(place) = parts.letters.get_mut(parts.count) {
                *place = letter;
                parts.count += 1;
            }
        });
        parts
    }))
}

fn decomposed(c: char, mut push: impl FnMut(char)) {
    for part in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)) {
        match undecomposed(part) {
            Some(letters) => letters.chars().for_each(&mut push),
            None => push(part),
        }
    }
}

/// Letters with a stroke and ligatures, which have no decomposition in Unicode, and the
/// punctuation that keyboards lack.
fn undecomposed(c: char) -> Option<&'static str> {
    Some(match c {
        'Ł' => "L",
        'ł' => "l",
        'Ø' => "O",
        'ø' => "o",
        'Đ' | 'Ð' => "D",
        'đ' | 'ð' => "d",
        'Ħ' => "H",
        'ħ' => "h",
        'Ŧ' => "T",
        'ŧ' => "t",
        'ı' => "i",
        'ß' => "ss",
        'ẞ' => "SS",
        'Æ' => "AE",
        'æ' => "ae",
        'Œ' => "OE",
        'œ' => "oe",
        'Þ' => "TH",
        'þ' => "th",
        '‘' | '’' | 'ʼ' => "'",
        '“' | '”' => "\"",
        '‐' | '‑' | '–' | '—' | '−' => "-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_what_people_do_not_type() {
        assert_eq!(fold("Łódź"), "lodz");
        assert_eq!(fold("Straße"), "strasse");
        assert_eq!(fold("caf\u{e9}"), fold("cafe\u{301}"));
        assert_eq!(fold("Ｒｕｓｔ"), "rust");
        assert_eq!(fold("Norvig’s"), "norvig's");
    }

    #[test]
    fn letters_of_latin_are_the_same_whenever_they_are_met() {
        for c in '\u{80}'..='\u{2ff}' {
            let (mut slowly, mut first, mut again) = (String::new(), String::new(), String::new());
            decomposed(c, |letter| slowly.push(letter));
            level(c, |letter| first.push(letter));
            level(c, |letter| again.push(letter));
            assert_eq!((&first, &again), (&slowly, &slowly), "{c}");
        }
    }

    #[test]
    fn the_way_back_points_at_the_letter() {
        let mut folded = Folded::default();
        folded.push("Łß!", 0);
        assert_eq!(folded.text, "lss!");
        assert_eq!(folded.origin, [0, 2, 2, 4]);
    }
}
