//! `Key: value` lines: what a note-taker states outright about a talk.
//!
//! They stand below a title or in front matter, and beat every other evidence.

use crate::library::keys::{LONGEST_KEY, known};
use crate::text::block::Block;
use crate::text::line;

pub use crate::library::keys::Key;

/// Reads a field: a known key, a colon, a value. A list marker, bold marks around the key, the
/// colons of `:key: value` and the bars of a table's row are habits, so they do not matter; nor
/// does a letter too many or too few in "presenter".
pub fn read(line: &str) -> Option<(Key, &str)> {
    let whole = line.trim();
    let block = Block::at(whole.as_bytes(), 0);
    let signs = block.is_any::<4, _>([b':', b'=', b'|', 0xef]);
    if signs & Block::first(SIGN_WITHIN) == 0 && !opens_like_a_phrase(whole) {
        return None;
    }
    let body = line::text_of(whole);
    let body = body.strip_prefix("#+").unwrap_or(body);
    if let Some((key, value)) = body.strip_prefix('|').and_then(|row| row.split_once('|')) {
        // Keys side by side are the head of a table.
        let is_head = || value.split('|').any(|cell| known(cell).is_some());
        let first = value.split('|').next().unwrap_or_default();
        return known(key).filter(|_| !is_head()).map(|key| (key, clean(first)));
    }
    let body = body.strip_prefix([':', '>']).unwrap_or(body).trim_start();
    let head = &body.as_bytes()[..body.len().min(LONGEST_KEY + '：'.len_utf8())];
    // Where what was taken off is not long, the block holds all of the head.
    let off = whole.len() - body.len();
    let seen = off + head.len() <= Block::LEN;
    let find = |byte: u8| match seen {
        true => {
            let bits = block.is(byte).checked_shr(off as u32).unwrap_or(0) & Block::first(head.len());
            (bits != 0).then(|| bits.trailing_zeros() as usize)
        }
        false => memchr::memchr(byte, head),
    };
    if !seen || signs != 0 {
        let colon = find(b':').map(|at| (at, 1));
        // Only few lines hold a sign of three bytes at all.
        let wide = || memchr::memmem::find(head, "：".as_bytes()).map(|at| (at, '：'.len_utf8()));
        let wide = find(0xef).and_then(|_| wide());
        let colon = colon.into_iter().chain(wide).min();
        let equals =
            find(b'=').map(|at| (at, 1)).filter(|(at, _)| colon.is_none_or(|(colon, _)| *at < colon));
        for (at, width) in equals.into_iter().chain(colon) {
            let value = &body[at + width..];
            // "Speaker:: Ada", as Dataview has it.
            let value = value.strip_prefix(": ").unwrap_or(value);
            // A time ("When 9:30") and an address hold colons too.
            let part = value.starts_with("//") || value.starts_with(':');
            if let Some(key) = known(&body[..at]).filter(|_| !part) {
                return Some((key, clean(value)));
            }
        }
    }
    // "Speaker - Ada": a dash does for a colon behind a word that asks for people.
    let dash = || head[..head.len().min(17)].windows(3).position(|three| three == b" - ");
    let dash = if !seen || block.is(b'-') != 0 { dash() } else { None };
    let dash = dash.map(|at| (&body[..at], &body[at + 3..]));
    if let Some((key, value)) = dash
        && known(key) == Some(Key::Speaker)
    {
        return Some((Key::Speaker, clean(value)));
    }
    spelt_out(body)
}

/// The quick look that most lines without a sign fail: a line opens with a letter of the words that need none.
fn opens_like_a_phrase(body: &str) -> bool {
    let head = &body.as_bytes()[..body.len().min(SIGN_WITHIN)];
    let first = head.iter().find(|b| b.is_ascii_alphabetic() || **b >= 0x80);
    first.is_some_and(|first| b"abcdghklmopstvw".contains(&first.to_ascii_lowercase()))
}

/// What opens a line that says without a colon who spoke.
pub(super) const STARTS: &[&str] = &[
    "presented by ", "presenter ", "presenters ", "speaker ", "speakers ", "by ", "talk by ", "given by ",
    "a talk by ", "presentation by ", "session by ", "delivered by ", "with ", "par ", "von ", "keynote by ",
    "speaker - ", "speakers - ", "speaker – ", "speaker -- ", "presenter - ", "hosted by ", "led by ",
    "author ",
];

/// Who led the talk did not give it.
pub(super) const BESIDE: &[&str] =
    &["moderated by ", "chaired by ", "hosted by ", "organised by ", "organized by "];

/// The first two letters of the phrases above, in lower case: the look that nearly every line fails.
fn opens_like_words(two: [u8; 2]) -> bool {
    matches!(
        &two,
        b"a "
            | b"au"
            | b"by"
            | b"ch"
            | b"de"
            | b"gi"
            | b"ho"
            | b"ke"
            | b"le"
            | b"mo"
            | b"or"
            | b"pa"
            | b"pr"
            | b"se"
            | b"sp"
            | b"ta"
            | b"vo"
            | b"wi"
    )
}

/// How near the start of a line, in bytes, the sign behind a key stands.
pub(super) const SIGN_WITHIN: usize = LONGEST_KEY + 4;

/// Signs that may stand before a phrase.
const BEFORE_PHRASES: &[char] = &['*', '_', '(', '~', '-', '–', '—', ' ', '>'];

/// `Presented by Ada Lovelace`, `Speaker - Ada Lovelace`: no colon, so what follows must be a name.
fn spelt_out(body: &str) -> Option<(Key, &str)> {
    let marked = !body.as_bytes().first()?.is_ascii_alphanumeric();
    let bare = if marked { body.trim_start_matches(BEFORE_PHRASES) } else { body };
    let two = bare.as_bytes().first_chunk::<2>()?.map(|b| b.to_ascii_lowercase());
    if !opens_like_words(two) {
        return None;
    }
    let opens = |start: &&&str| {
        start.as_bytes()[..2] == two && bare.get(..start.len()).is_some_and(|b| b.eq_ignore_ascii_case(start))
    };
    if BESIDE.iter().any(|start| opens(&start)) {
        return Some((Key::About, bare));
    }
    let start = STARTS.iter().filter(opens).max_by_key(|start| start.len())?;
    let value = bare[start.len()..]
        .trim_start_matches(['*', '_', '-', '–', ' '])
        .trim_end_matches(['*', '_', '~', ' ']);
    let value = if value.contains('(') { value } else { value.trim_end_matches(')') };
    let plain = super::title::strip_markup(value);
    let sure = super::speakers::people_surely(&plain)?.1 == super::names::Strength::Known;
    (sure || start.len() > 9 || start.starts_with("by") || *start == "par ").then_some((Key::Speaker, value))
}

fn clean(value: &str) -> &str {
    let value = value.trim();
    // Most values have no marks around them.
    let solid = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    if solid(value.as_bytes().first()) && solid(value.as_bytes().last()) && !value.contains(']') {
        return value;
    }
    // "[Speaker: Ada](https://…)": the whole field is a link's text.
    let cut = value.find("](").filter(|at| !value[..*at].contains('['));
    let value = cut.map_or(value, |at| &value[..at]);
    value.trim().trim_start_matches(['*', '_']).trim().trim_matches('"')
}

/// The items of a list value: `a, b`, `[a, b]`, `#a #b`.
pub fn list(value: &str) -> Vec<String> {
    let inner = value.trim().trim_start_matches('[').trim_end_matches(']');
    let by_hash = inner.trim_start().starts_with('#') && !inner.contains(',');
    let split: Vec<&str> = match by_hash {
        true => inner.split_whitespace().collect(),
        false => inner.split(',').collect(),
    };
    let clean = |item: &str| item.trim().trim_matches(['"', '\'']).trim_start_matches('#').trim().to_owned();
    split.into_iter().map(clean).filter(|item| !item.is_empty()).collect()
}

/// Whether a value says yes.
pub fn is_yes(value: &str) -> bool {
    matches!(value.trim().to_ascii_lowercase().as_str(), "yes" | "true" | "1" | "x" | "✨" | "⭐" | "★")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_look_lets_every_phrase_through() {
        for start in STARTS.iter().chain(BESIDE) {
            assert!(opens_like_words([start.as_bytes()[0], start.as_bytes()[1]]), "{start}");
        }
    }

    #[test]
    fn in_every_habit() {
        assert_eq!(read("Speaker: Ada Lovelace"), Some((Key::Speaker, "Ada Lovelace")));
        assert_eq!(read("- **Speakers:** Ada, Grace"), Some((Key::Speaker, "Ada, Grace")));
        assert_eq!(read("**Video**: https://x.y"), Some((Key::Link, "https://x.y")));
        assert_eq!(read("title: \"Quoted\""), Some((Key::Title, "Quoted")));
        assert_eq!(read("Remember: nothing"), None);
        assert_eq!(read("no colon"), None);
        assert_eq!(read("Prsenter: Ada"), Some((Key::Speaker, "Ada")));
        assert_eq!(read(":Author: Ada"), Some((Key::Speaker, "Ada")));
        assert_eq!(read("#+SPEAKER: Ada"), Some((Key::Speaker, "Ada")));
        assert_eq!(read("| Speaker | Ada |"), Some((Key::Speaker, "Ada")));
        assert_eq!(read("发表：x"), None);
        assert_eq!(read("登壇者：山田"), Some((Key::Speaker, "山田")));
        assert_eq!(read("Presented by Ada Lovelace"), Some((Key::Speaker, "Ada Lovelace")));
        assert_eq!(read("Speaker - Outsider"), Some((Key::Speaker, "Outsider")));
        assert_eq!(read("By the way, nothing"), None);
        assert_eq!(read("When 9:30 comes"), None);
        assert_eq!(read("| Speaker | Room | Time |"), None);
        assert_eq!(read("Speaker:: Ada"), Some((Key::Speaker, "Ada")));
        assert_eq!(read("title = \"Gradle: 10:30\""), Some((Key::Title, "Gradle: 10:30")));
        assert_eq!(read("speaker::name"), None);
    }

    #[test]
    fn lists() {
        assert_eq!(list("[a, \"b c\", 'd']"), ["a", "b c", "d"]);
        assert_eq!(list("#rust #async"), ["rust", "async"]);
        assert_eq!(list(" , "), Vec::<String>::new());
    }
}
