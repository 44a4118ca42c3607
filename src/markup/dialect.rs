//! How a text marks its headings: Markdown's way, reStructuredText's, Org's or AsciiDoc's.
//!
//! Each dialect is a row of the table here and a file of its own. Which one a file is in is decided once, by its content
//! with its ending as one more sign, and cheaply enough for the structure pass: only the start of a file is looked at, and
//! only signs that another dialect would not give the same meaning to.

use crate::markup::light::{self, Lines};
use crate::markup::markdown;
use crate::text::block::Block;
use crate::text::line::is_blank;

/// Makes the dialects out of a table: a row for each, with the value that knows its marks. The first is what a text is
/// in that shows no sign of another; of two that show as many, the upper one wins.
macro_rules! dialects {
    ($($(#[$doc:meta])+ $name:ident = $marks:expr;)+) => {
        /// How a text marks headings and blocks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Dialect {
            $($(#[$doc])+ $name,)+
        }

        impl Dialect {
            /// Every dialect.
            pub const ALL: &[Dialect] = &[$(Dialect::$name),+];

            /// What knows its marks.
            fn marks(self) -> &'static dyn Marks {
                match self {
                    $(Dialect::$name => &$marks,)+
                }
            }
        }
    };
}

dialects! {
    /// Markdown, and plain text, whose headings are marked alike.
    Markdown = markdown::marks::Markdown;
    /// reStructuredText.
    Rst = light::rst::Rst;
    /// Org mode.
    Org = light::org::Org;
    /// AsciiDoc.
    AsciiDoc = light::asciidoc::AsciiDoc;
}

/// What a dialect's file tells of its marks.
pub(super) trait Marks: Sync {
    /// How much the ending of a file's name, in lower case, says for it, in signs.
    fn ending(&self, ending: &str) -> usize;

    /// How much a line near the start of a text says for it, in signs. `first` is its first byte, which is punctuation of
    /// ASCII, but no dash: most such lines are bullets in every dialect, and nobody is asked of them.
    fn signs(&self, line: &str, first: u8, at: Spot) -> usize;

    /// Reads a heading from a line and its neighbours (blank ones are `None`): its mark and text.
    fn heading<'t>(&self, line: &'t str, before: Option<&str>, next: Option<&str>)
    -> Option<(Mark, &'t str)>;

    /// Whether a line opens or closes a block whose lines are no headings; with what closes it.
    fn fence(&self, line: &str) -> Option<Fence>;

    /// How deep a title ranks, from 1, by the sign that it is underlined with. `None`: by the order in which the signs
    /// come in the file.
    fn depth(&self, _sign: u8, _framed: bool) -> Option<u8> {
        None
    }

    /// What tells the lines of keywords that a file begins with, where it is not fields between rules.
    fn keyword(&self) -> Option<fn(&str) -> bool> {
        None
    }

    /// What its lines are to a reader. `None`: there is another parser for it.
    fn lines(&self) -> Option<&'static dyn Lines> {
        None
    }
}

/// The bytes with which a line may begin that says something of its dialect.
const TELLS: [bool; 256] = {
    let mut tells = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        tells[byte] = (byte as u8).is_ascii_punctuation() && byte as u8 != b'-';
        byte += 1;
    }
    tells
};

/// Where a line stands of which the signs are counted.
#[derive(Clone, Copy)]
pub(super) struct Spot<'t> {
    /// What stands before the line.
    pub(super) before: &'t str,
    /// The text from its first sign on.
    pub(super) first: &'t str,
    /// The ending of the file's name.
    pub(super) ending: &'t str,
}

impl<'t> Spot<'t> {
    /// The line above, if it is not blank.
    pub(super) fn above(&self) -> Option<&'t str> {
        let above = self.before.strip_suffix('\n')?;
        let above = memchr::memrchr(b'\n', above.as_bytes()).map_or(above, |end| &above[end + 1..]);
        Some(above).filter(|above| !is_blank(above))
    }
}

/// How a heading is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// By signs before it (`##`, `**`, `==`), as many as its level.
    Prefix(u8),
    /// By a line of this sign below it, and above it too if the second is true.
    Underline(u8, bool),
}

impl Dialect {
    /// Decides by the start of a text and the ending of its file's name, in lower case.
    pub fn of(text: &str, ending: &str) -> Self {
        /// More than this much text says nothing new.
        const LOOK_AT: usize = 4 * 1024;
        /// One sign may stand anywhere by chance.
        const FEW: usize = 2;
        const { assert!(Dialect::ALL.len() <= 8) };
        let mut counts = [0; 8];
        for (count, dialect) in counts.iter_mut().zip(Dialect::ALL) {
            *count = dialect.marks().ending(ending);
        }
        let first = text.trim_start();
        let seen = &text.as_bytes()[..text.len().min(LOOK_AT)];
        // Prose says nothing of it, nor does what is indented, nor a dash, which begins an item in all of them.
        let tells = |start: usize| seen.get(start).is_some_and(|sign| TELLS[usize::from(*sign)]);
        let mut count = |start: usize| {
            let end = memchr::memchr(b'\n', &text.as_bytes()[start..]);
            let line = &text[start..end.map_or(text.len(), |length| start + length)];
            let at = Spot { before: &text[..start], first, ending };
            for (count, dialect) in counts.iter_mut().zip(Dialect::ALL) {
                *count += dialect.marks().signs(line, seen[start], at);
            }
        };
        if tells(0) {
            count(0);
        }
        for block in (0..seen.len()).step_by(Block::LEN) {
            let mut ends = Block::at(seen, block).is(b'\n');
            while ends != 0 {
                let start = block + ends.trailing_zeros() as usize + 1;
                ends &= ends - 1;
                if tells(start) {
                    count(start);
                }
            }
        }
        let [usual, counts @ ..] = counts;
        let most = counts.into_iter().max().filter(|most| *most >= FEW && *most > usual);
        let at = most.and_then(|most| counts.iter().position(|count| *count == most));
        Dialect::ALL[at.map_or(0, |at| at + 1)]
    }

    /// Reads a heading from a line and its neighbours (blank ones are `None`): its mark and text.
    pub fn heading<'t>(
        self,
        line: &'t str,
        before: Option<&str>,
        next: Option<&str>,
    ) -> Option<(Mark, &'t str)> {
        self.marks().heading(line, before, next)
    }

    /// Whether a line opens or closes a block whose lines are no headings; with what closes it.
    pub fn fence(self, line: &str) -> Option<Fence> {
        self.marks().fence(line)
    }

    /// How deep a title ranks, from 1, by the sign that it is underlined with. `None`: by the order in which the signs
    /// come in the file.
    pub(crate) fn depth(self, sign: u8, framed: bool) -> Option<u8> {
        self.marks().depth(sign, framed)
    }

    /// What tells the lines of keywords that a file begins with, where it is not fields between rules.
    pub(crate) fn keyword(self) -> Option<fn(&str) -> bool> {
        self.marks().keyword()
    }

    /// What its lines are to a reader, where they are read by signs alone.
    pub(super) fn lines(self) -> Option<&'static dyn Lines> {
        self.marks().lines()
    }

    /// Whether it is read by the signs of its lines, as [`Markup::Light`](crate::markup::Markup::Light).
    pub fn is_light(self) -> bool {
        self.lines().is_some()
    }
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect::ALL[0]
    }
}

/// What opens or closes a block of lines that stand as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence {
    mark: u8,
    length: usize,
    side: Side,
}

/// Which end of a block a fence can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Both,
    Opens,
    Closes,
}

impl Fence {
    /// A fence of so many of a sign.
    pub(super) fn new(mark: u8, length: usize, side: Side) -> Self {
        Self { mark, length, side }
    }

    /// Whether a later fence closes the block that this one opened.
    pub fn closes(self, by: Fence) -> bool {
        self.mark == by.mark && by.side != Side::Opens && by.length >= self.length
    }

    /// Whether it can open a block.
    pub fn opens(self) -> bool {
        self.side != Side::Closes
    }
}

/// The sign of a line that consists of one punctuation sign, three times at least.
pub fn adornment(line: &str) -> Option<u8> {
    let [mark, second, third, ..] = *line.as_bytes() else {
        return None;
    };
    // Nearly every line fails here.
    if second != mark || third != mark || !mark.is_ascii_punctuation() {
        return None;
    }
    if matches!(mark, b'|' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'\\') {
        return None;
    }
    let body = line.trim_end();
    body.bytes().all(|b| b == mark).then_some(mark)
}

/// `** Title`, `== Title`: a run of one sign, a space, text.
pub(super) fn prefixed(line: &str, mark: u8) -> Option<(u8, &str)> {
    let level = line.bytes().take_while(|b| *b == mark).count();
    let rest = line[level..].strip_prefix([' ', '\t'])?;
    let text = rest.trim().trim_end_matches(mark as char).trim_end();
    ((1..=6).contains(&level) && !text.is_empty()).then_some((level as u8, text))
}

/// A name between colons at the start of a line, of one short word: a field of reStructuredText, an attribute of
/// AsciiDoc.
pub(super) fn colon_name(line: &str) -> Option<&str> {
    let name = line.strip_prefix(':')?.split_once(':')?.0;
    (!name.is_empty() && name.len() < 24 && !name.contains([' ', '/'])).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, ending: &str, dialect: Dialect) {
        assert_eq!(Dialect::of(text, ending), dialect, "{text}");
    }

    #[test]
    fn by_content_and_ending() {
        check("# A\n\n## B\n", "md", Dialect::Markdown);
        check("#+TITLE: Notes\n\n* One\n** Two\n", "txt", Dialect::Org);
        check("* one\n* two\n", "md", Dialect::Markdown);
        check("* Title\n** Speaker\n* more\n", "md", Dialect::Org);
        check("Title\n~~~~~\n\ntext\n", "txt", Dialect::Rst);
        check("Title\n-----\n\ntext\n", "rst", Dialect::Rst);
        check("Title\n-----\n\ntext\n", "md", Dialect::Markdown);
        check("= Notes\n:author: Ada\n\n== One\n", "txt", Dialect::AsciiDoc);
    }

    #[test]
    fn headings_of_each() {
        let read = |dialect: Dialect, lines: [Option<&'static str>; 3]| {
            dialect.heading(lines[1].unwrap_or_default(), lines[0], lines[2])
        };
        assert_eq!(
            read(Dialect::Rst, [None, Some("One"), Some("~~~")]),
            Some((Mark::Underline(b'~', false), "One"))
        );
        assert_eq!(
            read(Dialect::Rst, [Some("==="), Some("One"), Some("===")]),
            Some((Mark::Underline(b'=', true), "One"))
        );
        assert_eq!(read(Dialect::Rst, [Some("text"), Some("more"), Some("----")]), None);
        assert_eq!(read(Dialect::Org, [None, Some("** Two"), None]), Some((Mark::Prefix(2), "Two")));
        assert_eq!(
            read(Dialect::Org, [None, Some("** TODO [#A] Two :ops:cloud:"), None]),
            Some((Mark::Prefix(2), "Two"))
        );
        assert_eq!(read(Dialect::AsciiDoc, [None, Some("== Two =="), None]), Some((Mark::Prefix(2), "Two")));
        assert_eq!(read(Dialect::Markdown, [None, Some("## Two"), None]), Some((Mark::Prefix(2), "Two")));
    }
}
