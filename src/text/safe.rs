//! `SafeText`: the only text that a terminal gets.
//!
//! Notes come from anywhere, and a terminal obeys whatever control codes it is sent. So
//! everything that is drawn or printed to a terminal goes through this type, built as late as
//! possible: after parsing, after entities and URLs were decoded. What could act on the terminal
//! or hide from the reader is replaced by something visible:
//!
//! - C0 controls and DEL by their control picture (ESC becomes `␛`), C1 controls by `�`;
//! - bidirectional controls, line and paragraph separators, fillers and tag characters by `�`;
//! - a zero-width joiner stays inside an emoji, a non-joiner after a letter that is not ASCII;
//! - soft hyphens go;
//! - a grapheme cluster longer than [`CLUSTER_BYTES`] is cut to its base character and `�`.
//!
//! One `SafeText` is one line: a newline or tab inside becomes a space.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation;

/// The longest grapheme cluster that is passed on whole, in bytes. The longest emoji in use
/// (a family with skin tones) stays under it; a tower of combining marks does not.
pub const CLUSTER_BYTES: usize = 41;

/// The zero-width joiner. At the end of a text it joins nothing, but for what is drawn behind it in another colour.
const JOINER: char = '\u{200d}';

/// One line of text without a character that could act on a terminal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct SafeText(String);

impl SafeText {
    /// Makes any text safe. Clean text is copied as it is.
    pub fn new(text: &str) -> Self {
        let mut safe = Self(String::with_capacity(text.len()));
        safe.push(text);
        safe
    }

    /// Adds more text.
    pub fn push(&mut self, text: &str) {
        if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
            self.0.push_str(text);
            return;
        }
        let text = text.trim_end_matches(JOINER);
        let start = self.0.len();
        push_clusters(text, &mut self.0);
        // What stands for a control takes to itself what the control kept apart, marks and joiners: a tower may come
        // together anew, or a joiner join nothing. Twice is enough for all that was met; clean text is done already.
        let mut passes = 4;
        let mut clean = self.0[start..] == *text;
        while !clean && passes > 0 {
            let added = self.0.split_off(start);
            push_clusters(&added, &mut self.0);
            clean = self.0[start..] == added;
            passes -= 1;
        }
    }

    /// A stretch of it, which is as safe as the whole.
    ///
    /// # Panics
    ///
    /// When the range does not lie on the bounds of characters.
    pub fn slice(&self, bytes: std::ops::Range<usize>) -> Self {
        Self(self.0[bytes].to_owned())
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The columns it takes on a terminal.
    pub fn width(&self) -> usize {
        crate::text::width::width(&self.0)
    }

    /// Cut to `columns`, with a `…` for the start that is missing.
    pub fn ellipsis_left(&self, columns: usize) -> Self {
        Self(crate::text::width::ellipsis_left(&self.0, columns))
    }

    /// Cut to `columns`, with a `…` where something is missing.
    pub fn ellipsis(&self, columns: usize) -> Self {
        Self(crate::text::width::ellipsis(&self.0, columns))
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for SafeText {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&String> for SafeText {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

impl From<String> for SafeText {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

/// Whether a character may hide itself or turn the text around it.
pub fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

fn push_clusters(text: &str, out: &mut String) {
    text.graphemes(true).for_each(|cluster| push_cluster(cluster, out));
}

fn push_cluster(cluster: &str, out: &mut String) {
    let long = cluster.len() > CLUSTER_BYTES;
    let emoji = cluster.chars().next().is_some_and(is_pictographic);
    for c in cluster.chars().take(if long { 1 } else { usize::MAX }) {
        match c {
            '\r' if cluster.len() > 1 => {}
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' => out.push(picture(c)),
            '\u{7f}' => out.push('␡'),
            '\u{80}'..='\u{9f}' => out.push('�'),
            '\u{ad}' => {}
            // It joins nothing to what stands for something else.
            '\u{200d}' if emoji && !out.ends_with('�') => out.push(c),
            '\u{200c}' if out.chars().next_back().is_some_and(joins) => out.push(c),
            _ if is_deceptive(c) => out.push('�'),
            _ => out.push(c),
        }
    }
    if long {
        out.push('�');
    }
}

/// The control picture of a C0 control (U+2400 and up).
fn picture(control: char) -> char {
    char::from_u32(0x2400 + control as u32).unwrap_or('�')
}

fn is_pictographic(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '©' | '®')
}

/// Letters of scripts in which a non-joiner is spelling, not decoration.
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{900}'..='\u{dff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, safe: &str) {
        assert_eq!(SafeText::new(text).as_str(), safe, "{text:?}");
    }

    #[test]
    fn controls_become_pictures() {
        check("\x1b[2J", "␛[2J");
        check("a\u{9b}31m", "a�31m");
        check("\u{7}\u{8}\u{7f}", "␇␈␡");
        check("\x1b]52;c;AAAA\x07", "␛]52;c;AAAA␇");
        check("one\ntwo\tthree\r\n", "one two three ");
    }

    #[test]
    fn nothing_hides_or_turns() {
        check("a\u{202e}b\u{2066}c", "a�b�c");
        check("\u{3164}\u{2028}\u{e0041}", "���");
        check("soft\u{ad}hyphen", "softhyphen");
    }

    #[test]
    fn honest_text_stays() {
        for text in ["plain", "👩‍👩‍👧‍👦 family", "e\u{301}", "می\u{200c}خواهم", "会議 naïve → ✨"]
        {
            check(text, text);
        }
    }

    #[test]
    fn towers_are_cut() {
        let tower = format!("a{}", "\u{301}".repeat(1000));
        check(&tower, "a�");
        // Behind what stands for a control, too.
        check(&format!("\u{1}{}", "\u{301}".repeat(20)), "␁�");
    }

    #[test]
    fn a_cluster_is_cut_from_one_byte_over_on() {
        // "a" and twenty marks are 41 bytes, which is what a cluster may have.
        let most = format!("a{}", "\u{301}".repeat(20));
        assert_eq!(most.len(), CLUSTER_BYTES);
        check(&most, &most);
        check(&format!("b{most}\u{301}"), "ba�");
    }

    #[test]
    fn joiners_stay_only_where_they_join() {
        check("a\u{200d}b", "a�b");
        check("👩\u{200d}👧", "👩\u{200d}👧");
        check("👩\u{200c}x", "👩�x");
        check("a\u{200c}b", "a�b");
        check("می\u{200c}خ", "می\u{200c}خ");
        // At the end there is nothing to join.
        check("👩\u{200d}", "👩");
    }

    #[test]
    fn line_ends_are_one_blank() {
        check("a\r\nb", "a b");
        check("a\rb", "a b");
        check("a\n\rb", "a  b");
    }

    #[test]
    fn all_ways_to_make_it_are_one() {
        let text = "é\u{1b}x".to_owned();
        let safe = SafeText::new(&text);
        assert_eq!(safe.as_str(), "é␛x");
        assert_eq!(
            [SafeText::from(&*text), SafeText::from(&text), SafeText::from(text.clone())],
            std::array::from_fn(|_| safe.clone())
        );
        let mut pieces = SafeText::new("é");
        pieces.push("\u{1b}");
        pieces.push("x");
        assert_eq!(pieces, safe);
        assert_eq!(format!("{safe}"), "é␛x");
        assert_eq!(safe.slice(2..5).as_str(), "␛");
        let long = SafeText::new("some words");
        assert_eq!((long.ellipsis(5).as_str(), long.ellipsis_left(5).as_str()), ("some…", "…ords"));
        assert_eq!(long.width(), 10);
    }

    proptest! {
        #[test]
        fn nothing_that_acts_gets_through(text in any::<String>()) {
            let safe = SafeText::new(&text);
            for c in safe.as_str().chars() {
                prop_assert!(!c.is_control(), "{:?}", c);
                prop_assert!(!is_deceptive(c) || c == '\u{200d}' || c == '\u{200c}', "{:?}", c);
            }
            let again = SafeText::new(safe.as_str());
            prop_assert_eq!(&again, &safe);
        }
    }
}
