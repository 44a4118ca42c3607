//! Repairs UTF-8 that was once read as a one-byte encoding, a sequence at a time.
//!
//! `→` is the bytes `E2 86 92`; shown in Windows-1252 they are `â†’`. Real exports go further:
//! they mix the letters of one code page with the signs of another (`β†’`, Greek letters and
//! Windows-1252 signs). So each character stands for a *set* of bytes here, and a run of
//! characters is repaired when some choice of bytes spells one character that people really put
//! into notes (see `likely` below) and that is not plausible as it stands. Line ends are never
//! touched.

use crate::text::block::Block;

/// The bytes 0x80..=0x9F of Windows-1252, where a byte is defined at all.
const CP1252_SIGNS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The signs that ISO 8859-7 and Windows-1253 put at other bytes than Windows-1252 does.
const GREEK_SIGNS: [(char, u8); 10] = [
    ('‘', 0xa1),
    ('’', 0xa2),
    ('€', 0xa4),
    ('₯', 0xa5),
    ('ͺ', 0xaa),
    ('―', 0xaf),
    ('΄', 0xb4),
    ('΅', 0xb5),
    ('Ά', 0xb6),
    ('΅', 0xa1),
];

/// The bytes 0x80..=0xBF of Windows-1251.
const CP1251_SIGNS: [char; 64] = [
    'Ђ', 'Ѓ', '‚', 'ѓ', '„', '…', '†', '‡', '€', '‰', 'Љ', '‹', 'Њ', 'Ќ', 'Ћ', 'Џ', 'ђ', '‘', '’', '“', '”',
    '•', '–', '—', '\u{98}', '™', 'љ', '›', 'њ', 'ќ', 'ћ', 'џ', '\u{a0}', 'Ў', 'ў', 'Ј', '¤', 'Ґ', '¦', '§',
    'Ё', '©', 'Є', '«', '¬', '\u{ad}', '®', 'Ї', '°', '±', 'І', 'і', 'ґ', 'µ', '¶', '·', 'ё', '№', 'є', '»',
    'ј', 'Ѕ', 'ѕ', 'ї',
];

/// The bytes 0x80..=0xBF of Mac OS Roman.
const MAC_SIGNS: [char; 64] = [
    'Ä', 'Å', 'Ç', 'É', 'Ñ', 'Ö', 'Ü', 'á', 'à', 'â', 'ä', 'ã', 'å', 'ç', 'é', 'è', 'ê', 'ë', 'í', 'ì', 'î',
    'ï', 'ñ', 'ó', 'ò', 'ô', 'ö', 'õ', 'ú', 'ù', 'û', 'ü', '†', '°', '¢', '£', '§', '•', '¶', 'ß', '®', '©',
    '™', '´', '¨', '≠', 'Æ', 'Ø', '∞', '±', '≤', '≥', '¥', 'µ', '∂', '∑', '∏', 'π', '∫', 'ª', 'º', 'Ω', 'æ',
    'ø',
];

/// A one-byte encoding that UTF-8 is mistaken for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Page {
    /// Windows-1252 throughout.
    Western,
    /// Greek letters (ISO 8859-7, Windows-1253), signs of these and of Windows-1252.
    Greek,
    /// Windows-1251 throughout.
    Cyrillic,
    /// Mac OS Roman throughout.
    Mac,
}

impl Page {
    const ALL: [Page; 4] = [Page::Western, Page::Greek, Page::Cyrillic, Page::Mac];

    /// The byte that starts a sequence, where `c` can be one.
    fn lead(self, c: char) -> Option<u8> {
        let byte = match (self, c) {
            (Page::Western, '\u{c2}'..='\u{f4}') => c as u32,
            // Both encodings put the Greek block's letters 0x2D0 above their byte.
            (Page::Greek, '\u{391}'..='\u{3c4}') => c as u32 - 0x2d0,
            // Of Windows-1251 and Mac Roman, what starts punctuation, signs and emoji, and in the
            // latter accented letters: other leads stand in clean text side by side.
            (Page::Cyrillic, 'в') | (Page::Mac, '‚') => 0xe2,
            (Page::Cyrillic, 'р') => 0xf0,
            (Page::Mac, '√') => 0xc3,
            (Page::Mac, '¬') => 0xc2,
            _ => return None,
        };
        let least = if self == Page::Greek { 0xe2 } else { 0xc2 };
        // Two-byte sequences are left alone in Greek: `Β»` and `Γ—` are clean typography.
        u8::try_from(byte).ok().filter(|b| *b >= least)
    }

    /// The bytes 0x80..=0xBF that `c` may stand for.
    fn continuations(self, c: char) -> impl Iterator<Item = u8> {
        let western = matches!(self, Page::Western | Page::Greek);
        let signs: &[char] = match self {
            Page::Western | Page::Greek => &CP1252_SIGNS,
            Page::Cyrillic => &CP1251_SIGNS,
            Page::Mac => &MAC_SIGNS,
        };
        let low = signs.iter().position(|s| *s == c);
        let low = low.map(|at| 0x80 + at as u8);
        let high = (western && matches!(c, '\u{a0}'..='\u{bf}')).then_some(c as u32 as u8);
        let greek = GREEK_SIGNS
            .iter()
            .filter(move |(sign, _)| self == Page::Greek && *sign == c)
            .map(|(_, byte)| *byte);
        low.into_iter().chain(high).chain(greek)
    }
}

/// Whether people put this character into notes: letters of western Europe, punctuation, arrows,
/// signs and emoji. Everything else is more likely a clean text that happens to look odd.
fn likely(c: char) -> bool {
    matches!(c,
        '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}'
        | '\u{2100}'..='\u{214f}' | '\u{2190}'..='\u{23ff}' | '\u{2460}'..='\u{27bf}'
        | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0e}'..='\u{fe0f}'
        | '\u{1f300}'..='\u{1faff}')
}

/// Signs that stand in notes far more often than their neighbours in Unicode, the commonest
/// first. They decide where the same mangled characters spell more than one sign.
const COMMON: &str = "👍👎🤔😂💡🎉🔥🚀💥🤯😀😊😅🤣😍😱😢😭😎🙃🙂😉🤷🤦🤢🙏👏🙌💪👀👉👋💯💰💻📝📌📈📉📦🔑🔗\
                      🔒🔍🔴🟢🟡🌍🌳🐍🦀🐳🐘🐛🐢🏆🎯🎁🍕☕✅❌⚡⚠❤→←↑↓⇒⌘⌥…–—‘’“”•";

/// Repairs what can be repaired. `None` when nothing is mangled, which is the rule; otherwise
/// the text and the number of sequences that were put right.
pub fn repair(text: &str) -> Option<(String, usize)> {
    if text.is_ascii() {
        return None;
    }
    let mut out = String::new();
    let (mut copied, mut count) = (0, 0);
    let mut at = 0;
    // What is mangled stands in runs: no sign that is alone among ASCII can be a part of it, and most are.
    while let Some(run) = signs_side_by_side(&text.as_bytes()[at..]) {
        at += run;
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        if let Some((good, length, letters)) = cyrillic_word(&text[at..]) {
            out.push_str(&text[copied..at]);
            out.push_str(&good);
            at += length;
            copied = at;
            count += letters;
            continue;
        }
        match sequence(&text[at..]) {
            Some((good, length)) => {
                out.push_str(&text[copied..at]);
                out.push(good);
                at += length;
                copied = at;
                count += 1;
            }
            None => at += c.len_utf8(),
        }
    }
    // Clean text is not copied.
    if count == 0 {
        return None;
    }
    out.push_str(&text[copied..]);
    Some((out, count))
}

/// The first byte of two characters that stand side by side and are not ASCII.
fn signs_side_by_side(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += first_beyond_ascii(&bytes[at..])?;
        let width = match bytes[at] {
            0xf0.. => 4,
            0xe0.. => 3,
            _ => 2,
        };
        if !bytes.get(at + width)?.is_ascii() {
            return Some(at);
        }
        at += width;
    }
}

/// The first byte that is not ASCII, looked for many at a time.
fn first_beyond_ascii(bytes: &[u8]) -> Option<usize> {
    (0..bytes.len()).step_by(Block::LEN).find_map(|at| {
        let beyond = Block::at(bytes, at).beyond_ascii();
        (beyond != 0).then(|| at + beyond.trailing_zeros() as usize)
    })
}

/// A word of Cyrillic letters that was read a byte at a time, in Windows-1251 (`РџСЂРёРІРµС‚`) or
/// Windows-1252 (`ÐŸÑ€Ð¸Ð²ÐµÑ‚`): what it spells, the bytes of `text` that it takes, and its
/// letters. In clean text such pairs do not stand three in a row.
fn cyrillic_word(text: &str) -> Option<(String, usize, usize)> {
    const LETTERS: usize = 3;
    let page = match text.chars().next()? {
        'Р' | 'С' => Page::Cyrillic,
        'Ð' | 'Ñ' => Page::Western,
        _ => return None,
    };
    let mut word = String::new();
    let mut bytes = 0;
    let mut rest = text.chars();
    while let (Some(first), Some(second)) = (rest.next(), rest.next()) {
        let lead = match first {
            'Р' | 'Ð' => 0xd0,
            'С' | 'Ñ' => 0xd1,
            _ => break,
        };
        // Windows-1252 leaves five bytes undefined; they come through as control signs.
        let Some(letter) = page.continuations(second).find_map(|byte| {
            let spelt = [lead, byte];
            std::str::from_utf8(&spelt)
                .ok()?
                .chars()
                .next()
                .filter(|c| matches!(c, 'А'..='я' | 'ё' | 'Ё' | 'і' | 'ї' | 'є'))
        }) else {
            break;
        };
        word.push(letter);
        bytes += first.len_utf8() + second.len_utf8();
    }
    let letters = word.chars().count();
    (letters >= LETTERS).then_some((word, bytes, letters))
}

/// The character that the start of `text` spells when read as mangled UTF-8, and how many bytes
/// of `text` spell it.
fn sequence(text: &str) -> Option<(char, usize)> {
    Page::ALL.iter().find_map(|page| {
        let mut rest = text.chars();
        let first = rest.next()?;
        let lead = page.lead(first)?;
        let needed = match lead {
            0xc2..=0xdf => 1,
            0xe0..=0xef => 2,
            0xf0..=0xf4 => 3,
            _ => return None,
        };
        let tail: Vec<char> = rest.take(needed).collect();
        let mut spelt = Vec::new();
        spell(*page, &mut vec![lead], &tail, &mut spelt);
        let rank = |c: &char| COMMON.chars().position(|known| known == *c).unwrap_or(usize::MAX);
        let good = spelt.into_iter().min_by_key(rank)?;
        let length = first.len_utf8() + tail.iter().map(|c| c.len_utf8()).sum::<usize>();
        Some((good, length))
    })
}

/// Collects the likely characters that some choice of bytes for `tail` spells.
fn spell(page: Page, bytes: &mut Vec<u8>, tail: &[char], spelt: &mut Vec<char>) {
    let Some((next, rest)) = tail.split_first() else {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        spelt.extend(text.chars().next().filter(|c| likely(*c)));
        return;
    };
    for byte in page.continuations(*next) {
        bytes.push(byte);
        spell(page, bytes, rest, spelt);
        bytes.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(mangled: &str, clean: &str) {
        assert_eq!(repair(mangled).map(|r| r.0).as_deref(), Some(clean), "{mangled}");
    }

    #[test]
    fn greek_letters_with_western_signs() {
        check("ice cream β†’ sunburn", "ice cream → sunburn");
        check("hm πŸ€” yes", "hm 🤔 yes");
        check("πŸ”΄ one", "🔴 one");
        check("πŸ’₯", "💥");
        check("πŸ’‘ idea", "💡 idea");
        check("⌘P then βŒ₯", "⌘P then ⌥");
        check("πŸŽ‰πŸ‘Ž", "🎉👎");
    }

    #[test]
    fn windows_1252() {
        check("donâ€™t", "don’t");
        check("cafÃ© â†’ tÃ©", "café → té");
        check("ðŸ˜‚", "😂");
    }

    #[test]
    fn windows_1251_and_mac_roman() {
        check("donвЂ™t вЂ” ok вЂ¦", "don’t — ok …");
        check("done вњ…", "done ✅");
        check("рџљЂ go", "🚀 go");
        check("РџСЂРёРІРµС‚, world", "Привет, world");
        check("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет");
        check("don‚Äôt ‚Äî caf√©", "don’t — café");
        check("‚Äúquoted‚Äù", "“quoted”");
    }

    #[test]
    fn clean_text_is_left_alone() {
        for clean in [
            "Это всё: в… «Москве», в—третьих, РСФСР и СССР, в™ и т. д.",
            "Своєї віри в їжу не зрадив; ґанок, в’язень, «вії»",
            "Њега и џеп, порџија, ћуприја у Београду",
            "‚Ärger‘ und „Öl“, √2 ≈ 1.41, ¬p, Œuvre «été»",
            "plain ASCII",
            "Καλημέρα, αυτό είναι ένα «σχόλιο» του Β» ομιλητή – ναι",
            "Ελληνικά “εισαγωγικά” και παύλα — μία’",
            "Доклад «про» типы — «Rust»",
            "São Paulo, Århus, crème brûlée, Łódź, “quotes” … 😂 →",
            "Größe × Höhe ≥ 3 €",
            "⬆️12% CPU, 北京, ありがとう",
        ] {
            assert_eq!(repair(clean), None, "{clean}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_keeps_lines(text in "\\PC{0,120}|[πβŸ€”†’\\n]{0,60}") {
            if let Some((repaired, count)) = repair(&text) {
                prop_assert!(count > 0);
                prop_assert_eq!(repaired.matches('\n').count(), text.matches('\n').count());
            }
        }
    }
}
