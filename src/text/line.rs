//! Lines, and facts about one of them: is it blank, a heading, a list item, code, a sentence?
//!
//! Pure functions over `&str`, cheap enough to be asked of every line that matters. What a line
//! *means* in notes is not known here.

use crate::text::block::{Block, LineEnds};
use crate::text::word_table::WordTable;

/// A line that starts a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item<'t> {
    /// White space before the marker, in bytes.
    pub indent: usize,
    /// The marker: `-`, `•`, `3.`
    pub marker: &'t str,
    /// What follows the marker, trimmed.
    pub text: &'t str,
}

/// Reads a list item: a bullet of Markdown or of typography, or a number, then a space.
pub fn item(line: &str) -> Option<Item<'_>> {
    // What nearly every line is.
    if line.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    if let Some(rest) = line.strip_prefix("- ") {
        return Some(Item { indent: 0, marker: "-", text: rest.trim() });
    }
    let body = line.trim_start();
    let indent = line.len() - body.len();
    let first = body.chars().next()?;
    let length = match first {
        '-' | '*' | '+' | '•' | '◦' | '▪' | '‣' | '·' | '●' | '○' => first.len_utf8(),
        '0'..='9' => {
            let digits = body.bytes().take_while(u8::is_ascii_digit).count();
            match body.as_bytes().get(digits) {
                Some(b'.' | b')') if digits <= 3 => digits + 1,
                _ => return None,
            }
        }
        _ => return None,
    };
    let (marker, rest) = body.split_at(length);
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| Item { indent, marker, text: rest.trim() })
}

/// The text of a line, its list marker left out.
pub fn text_of(line: &str) -> &str {
    item(line).map_or(line, |item| item.text)
}

/// Whether a line stands for itself in a fence: ``` or ~~~, with the fence's character and length.
pub fn fence(line: &str) -> Option<(u8, usize)> {
    let body = line.trim_start_matches(' ');
    let mark = *body.as_bytes().first()?;
    if line.len() - body.len() > 3 || !matches!(mark, b'`' | b'~') {
        return None;
    }
    let length = body.bytes().take_while(|b| *b == mark).count();
    (length >= 3).then_some((mark, length))
}

/// Words that start a line of a program and seldom a line of prose.
const CODE_STARTS: &[&str] = &[
    "import ", "from ", "def ", "class ", "return ", "for ", "while ", "if ", "elif ", "with ", "async def ",
    "fn ", "let ", "const ", "var ", "func ", "pub ", "use ", "package ", "public ", "private ", "SELECT ",
    "INSERT ", "CREATE TABLE ", "$ ", ">>> ", "print(", "#include", "#!/", "try:", "else:", "except ",
    "npm ", "pip ", "git ", "docker ", "sudo ", "apt ", "cargo ",
];

/// The signs that programs are made of, by byte.
const IS_SIGN: [bool; 256] = {
    let signs = b"()[]{}=<>_;\\|&";
    let mut table = [false; 256];
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether a line reads like code rather than prose.
pub fn is_code(line: &str) -> bool {
    let body = line.trim();
    if body.is_empty() {
        return false;
    }
    if !body.contains(char::is_alphabetic) {
        return body.contains(['(', ')', '{', '}', '[', ']', '=']);
    }
    if body.starts_with('@') && !body.contains(' ') && body.contains(['.', '_', '(']) {
        return true;
    }
    if assigns(body) || body.ends_with(['{', ';']) || body.ends_with("):") {
        return true;
    }
    let keyword = CODE_STARTS.iter().any(|start| body.starts_with(start));
    if keyword && code_tail(body) {
        return true;
    }
    // Density of the signs that programs are made of.
    let (mut signs, mut solid) = (0, 0);
    for b in body.bytes() {
        signs += usize::from(IS_SIGN[usize::from(b)]);
        solid += usize::from(!b.is_ascii_whitespace());
    }
    signs >= 3 && signs * 6 >= solid
}

/// `name = value`, `name += value`: one identifier (or a few) on the left of a single `=`.
fn assigns(body: &str) -> bool {
    let Some((left, right)) = body.split_once('=') else {
        return false;
    };
    let left = left.trim_end_matches(['+', '-', '*', '/', ':', '|']).trim_end();
    !right.starts_with(['=', '>'])
        && !left.is_empty()
        && left.split([',', ' ']).filter(|w| !w.is_empty()).count() <= 3
        && left.chars().all(|c| c.is_ascii_alphanumeric() || "_.,[]'\" ".contains(c))
}

/// Of a line that starts with a keyword: what follows is a program's, not a sentence's.
fn code_tail(body: &str) -> bool {
    let words = body.split_whitespace().count();
    let import = (body.starts_with("import ") && words <= 6)
        || (body.starts_with("from ") && body.contains(" import "));
    import
        || body.starts_with("#!/")
        || body.starts_with("#include")
        || body.starts_with("$ ")
        || body.starts_with(">>> ")
        || body.ends_with([':', ')', '}', '{', ';', ']'])
}

/// Whether a line is made of box-drawing characters and the like: a drawing.
pub fn is_drawing(line: &str) -> bool {
    line.contains(|c| matches!(c, '\u{2500}'..='\u{259f}'))
}

/// Words that carry no meaning of their own; titles leave them in lower case.
static FUNCTION_WORDS: WordTable<256> = WordTable::new(
    "# Words that carry no meaning of their own\na\nan\nand\nare\nas\nat\nbe\nbut\nby\ncan\ndo\nfor\nfrom\nhow\nif\nin\ninto\nis\nit\nits\nme\nmy\nnor\nof\noff\non\nor\nour\nout\nover\nso\nthan\nthat\nthe\ntheir\nthese\nthis\nto\nup\nvia\nvs\nwas\nwe\nwere\nwhat\nwhen\nwhich\nwho\nwhy\nwill\nwith\nwithout\nyou\nyour",
);

/// Whether a word carries no meaning of its own.
pub fn is_function_word(word: &str) -> bool {
    // The longest of them has seven letters.
    word.len() <= 7 && FUNCTION_WORDS.has_folded(word)
}

/// Letters of ASCII with single blanks between them, and nothing else.
pub fn is_bare(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Whether a blank stands before the first byte of this block.
    let (mut at, mut apart) = (0, 1);
    while at < bytes.len() {
        let block = Block::at(bytes, at);
        let blanks = block.is(b' ');
        let there = Block::first(bytes.len() - at);
        if block.letters::<4>() | blanks != there || blanks & (blanks << 1 | apart) != 0 {
            return false;
        }
        apart = blanks >> (Block::LEN - 1);
        at += Block::LEN;
    }
    bytes.last().is_some_and(|byte| *byte != b' ')
}

/// The words of a line: runs without white space, stripped of the punctuation around them.
pub fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace().map(without_punctuation).filter(|w| !w.is_empty())
}

fn without_punctuation(word: &str) -> &str {
    // Most words have none around them.
    let solid = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    match solid(word.as_bytes().first()) && solid(word.as_bytes().last()) {
        true => word,
        false => word.trim_matches(|c: char| !c.is_alphanumeric()),
    }
}

/// The share of words with meaning that are written with a capital, in percent.
pub fn capitalised(line: &str) -> usize {
    let (mut all, mut capital) = (0, 0);
    for word in words(line).filter(|w| !is_function_word(w)) {
        all += 1;
        let marked = |c: char| c.is_uppercase() || c.is_numeric() || is_caseless(c);
        capital += usize::from(word.chars().any(marked));
    }
    (capital * 100).checked_div(all).unwrap_or(0)
}

/// Letters of scripts that have no capitals: a title there cannot show it.
fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// Whether a line ends as a sentence does.
pub fn ends_sentence(line: &str) -> bool {
    let body = line.trim_end().trim_end_matches(['"', '”', '’', ')', '*', '_']);
    (body.ends_with('.') && !body.ends_with("..")) || body.ends_with(['。', '．'])
}

/// One line of a file.
#[derive(Debug, Clone, Copy)]
pub struct Line<'t> {
    /// Counted from 1.
    pub number: usize,
    /// The byte at which it starts.
    pub start: usize,
    /// Its text without the line end.
    pub text: &'t str,
}

impl Line<'_> {
    /// Nothing but white space.
    pub fn is_blank(&self) -> bool {
        is_blank(self.text)
    }
}

/// Nothing but white space.
#[inline]
pub fn is_blank(text: &str) -> bool {
    text.bytes().next().is_none_or(|b| b <= b' ' || b >= 0x80) && text.trim().is_empty()
}

/// Where the line that begins at a byte ends, its line end not included.
#[inline]
pub fn end_of_line(text: &str, start: usize) -> usize {
    LineEnds::from(text.as_bytes(), start).next()
}

/// The lines of a text from a byte on, `number` being that of the first.
pub fn lines_from(text: &str, start: usize, number: usize) -> impl Iterator<Item = Line<'_>> + Clone {
    let mut ends = LineEnds::from(text.as_bytes(), start);
    let (mut at, mut number) = (start, number);
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let end = ends.next();
        let line = Line { number, start: at, text: &text[at..end] };
        at = end + 1;
        number += 1;
        Some(line)
    })
}

/// Reads a marked heading from a line and its neighbours (blank ones are `None`): ATX or setext.
/// Returns its level, its text and whether the next line is its underline. A `#` beside code is
/// a comment.
pub fn heading<'t>(line: &'t str, before: Option<&str>, next: Option<&str>) -> Option<(u8, &'t str, bool)> {
    let body = if line.starts_with(' ') { line.trim_start_matches(' ') } else { line };
    if line.len() - body.len() > 3 {
        return None;
    }
    if body.starts_with('#') {
        let (level, text) = atx(body)?;
        // A program's comment has one sign, seldom two.
        let comment = level == 1 && (before.is_some_and(is_code) || next.is_some_and(is_code));
        return (!comment).then_some((level, text, false));
    }
    let level = next.filter(|_| before.is_none()).and_then(underline)?;
    let prose = !line.starts_with([' ', '\t', '>', '|']) && item(line).is_none();
    prose.then_some((level, body.trim_end(), true))
}

/// Reads `## Title ##`, also `##Title`. A C directive, a shebang and a hash tag are none.
fn atx(body: &str) -> Option<(u8, &str)> {
    let level = body.bytes().take_while(|b| *b == b'#').count();
    let rest = &body[level..];
    let text = rest.trim();
    let text = if text.ends_with('#') { text.trim_end_matches('#').trim_end() } else { text };
    if level > 6 || text.is_empty() || text.starts_with('!') || is_directive(rest) {
        return None;
    }
    if !rest.starts_with([' ', '\t', '\u{a0}']) {
        let title = text.chars().next().is_some_and(char::is_uppercase) || text.contains(' ');
        // "#uikit #conferences/wwdc": tags side by side.
        let tags = || text.contains(" #") || text.split(' ').next().is_some_and(|word| word.contains('/'));
        if !title || level == 1 && (!text.contains(' ') || tags()) {
            return None;
        }
    }
    Some((level as u8, text))
}

/// `#include <x>`, `# define X`: what the C preprocessor reads. A word of English that is also a
/// directive needs the look of one behind it.
fn is_directive(rest: &str) -> bool {
    // The quick look at the first letter.
    if !matches!(rest.trim_start().as_bytes().first(), Some(b'i' | b'd' | b'u' | b'e' | b'p')) {
        return false;
    }
    let mut words = rest.split_whitespace();
    let (word, argument) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    match word {
        "include" => {
            argument.starts_with(['<', '"']) || argument.ends_with(".h") || argument.ends_with(".hpp")
        }
        "define" | "undef" | "ifdef" | "ifndef" => {
            !argument.is_empty() && !argument.contains(|c: char| c.is_lowercase())
        }
        "endif" | "pragma" => true,
        _ => false,
    }
}

/// The level of a setext underline.
fn underline(text: &str) -> Option<u8> {
    let mark = *text.as_bytes().first()?;
    let level = match mark {
        b'=' => 1,
        b'-' => 2,
        _ => return None,
    };
    let body = text.trim_end();
    (body.len() >= 3 && body.bytes().all(|b| b == mark)).then_some(level)
}

/// How many words a text has: what stands between white space and holds a letter or a digit.
pub fn count_words(text: &str) -> usize {
    let mut words = 0;
    let mut counted = false;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii() {
            // As char::is_whitespace has it, which knows the vertical tab too.
            counted &= !matches!(byte, b'\t'..=b'\r' | b' ');
            if byte.is_ascii_alphanumeric() && !counted {
                words += 1;
                counted = true;
            }
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        counted &= !c.is_whitespace();
        if c.is_alphanumeric() && !counted {
            words += 1;
            counted = true;
        }
        at += c.len_utf8();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_known() {
        assert!(FUNCTION_WORDS.entries().all(|w| is_function_word(w) && is_function_word(&w.to_uppercase())));
        assert!(!is_function_word("") && !is_function_word("raft") && !is_function_word("throughout"));
    }

    #[test]
    fn bare_text_is_letters_and_single_blanks() {
        assert!(is_bare("One") && is_bare("One two Three"));
        for text in ["", " ", "One ", " One", "One  two", "One-two", "One two.", "café", "R2"] {
            assert!(!is_bare(text), "{text}");
        }
    }

    #[test]
    fn lines_end_where_they_end() {
        for text in [
            "",
            "a",
            "\n",
            "\n\n",
            "12345678\n",
            "1234567\n9",
            "é\u{b}\u{8a}\na",
            "no end, and longer than a word",
        ] {
            for start in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let slowly = text[start..].find('\n').map_or(text.len(), |at| start + at);
                assert_eq!(end_of_line(text, start), slowly, "{text:?} from {start}");
            }
        }
    }

    #[test]
    fn items() {
        let text = |line| item(line).map(|i| (i.indent, i.marker, i.text));
        assert_eq!(text("  • Ada / Org"), Some((2, "•", "Ada / Org")));
        assert_eq!(text("12. twelve"), Some((0, "12.", "twelve")));
        assert_eq!(text("3.8 is out"), None);
        assert_eq!(text("-flag"), None);
        assert_eq!(text("2017. "), None);
    }

    #[test]
    fn code_and_prose() {
        for code in [
            "values = []",
            "import itertools",
            "from collections import ChainMap",
            "def eat(bread):",
            "feed(Duck())  # fine",
            "(1, 2)",
            "}",
            "chain['a'], chain['b']",
            "for digit in raw:",
            "SELECT * FROM talks;",
        ] {
            assert!(is_code(code), "{code}");
        }
        for prose in [
            "From zero to one million users",
            "typing.Protocol in Python (since 3.8)",
            "Class struggle at scale",
            "For the love of tests",
            "If it works, it works",
            "With great power comes a great pager",
            "use of rust in anger",
            "A, B and C: what next?",
        ] {
            assert!(!is_code(prose), "{prose}");
        }
    }

    #[test]
    fn sentences_and_titles() {
        assert!(ends_sentence("It was late.") && ends_sentence("He said “no.”"));
        assert!(!ends_sentence("To be continued...") && !ends_sentence("A Title"));
        assert_eq!(capitalised("Make CPython Faster"), 100);
        assert_eq!(capitalised("the pace of it was fast"), 0);
        assert_eq!(capitalised("会議のメモ"), 100);
    }

    #[test]
    fn words_hold_a_letter_or_a_digit() {
        for text in ["", "one", "one two", " - a, b -- 3\n\t会議 é! … 's\u{3000}x", "a\u{a0}b\u{b}c"] {
            let slowly = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
            assert_eq!(count_words(text), slowly, "{text}");
        }
    }
}
