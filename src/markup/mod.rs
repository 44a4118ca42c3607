//! Text → [`Document`], whatever the markup; `Document` + width → lines of roles.
//!
//! Which markup a file uses is decided by its content, not by its ending. Each format has one
//! file that turns it into the one `Document` model, so that the reader shows them all alike;
//! `layout` knows nothing of formats.

mod autolink;
pub mod colours;
pub mod definitions;
pub mod derived;
pub mod dialect;
pub mod document;
pub mod layout;
mod light;
pub mod markdown;
pub mod plain;
pub mod role;
mod wrap;

pub use definitions::Definitions;
pub use dialect::Dialect;
pub use document::Document;
pub use layout::Page;
pub use markdown::Context;
pub use role::{Ink, Role};

use crate::text::line;

/// How a text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// CommonMark with GitHub's extensions.
    Markdown,
    /// No inline markup at all; headings may still be marked with `#`.
    Plain,
    /// reStructuredText, Org or AsciiDoc.
    Light(Dialect),
}

impl Markup {
    /// Every way to mark up a text.
    pub fn all() -> impl Iterator<Item = Markup> {
        let light = Dialect::ALL.iter().copied().filter(|dialect| dialect.is_light());
        [Markup::Markdown, Markup::Plain].into_iter().chain(light.map(Markup::Light))
    }

    /// Decides by content: signs that only Markdown gives meaning to, against signs that
    /// Markdown would spoil. That a file is called Markdown is one sign among them.
    pub fn of(text: &str, called_markdown: bool) -> Self {
        // More than this much text says nothing new.
        const LOOK_AT: usize = 64 * 1024;
        let (mut markdown, mut plain) = (2 * usize::from(called_markdown), 0_usize);
        let mut heading = false;
        let mut before = None;
        let mut lines = line::lines_from(text, 0, 1).take_while(|l| l.start < LOOK_AT).peekable();
        while let Some(line) = lines.next() {
            let next = lines.peek().filter(|l| !l.is_blank()).map(|l| l.text);
            markdown += markdown_signs(line.text);
            // A quote sign that stands for a bullet: `> one` above `> two`, mere words. In a file that is
            // called Markdown it is a quotation.
            plain += usize::from(
                !called_markdown && line.text.trim_start().starts_with("> ") && line.text.len() < 60,
            );
            plain += plain_signs(line.text);
            heading |= line::heading(line.text, before, next).is_some();
            before = Some(line.text).filter(|_| !line.is_blank());
        }
        // Headings look the same either way, so they only tip the scales where nothing else does.
        if markdown + usize::from(heading) > plain { Markup::Markdown } else { Markup::Plain }
    }

    /// Parses a piece of text; `line` is the number of its first line in the file.
    pub fn parse(self, text: &str, line: usize) -> Document {
        self.parse_into(text, Context { line, ..Context::default() })
    }

    /// Parses a piece of text behind what was read before.
    pub fn parse_into(self, text: &str, context: Context) -> Document {
        let read = match self {
            Markup::Markdown => return markdown::parse(text, context),
            Markup::Plain => plain::parse(text, context.line),
            Markup::Light(dialect) => light::parse(dialect, text, context.line),
        };
        let mut document = context.document;
        let start = document.blocks.len();
        document.append(read);
        document.link_up(start);
        document.footnotes_last(start);
        document
    }
}

fn markdown_signs(line: &str) -> usize {
    let body = line.trim_start();
    let mut signs = 0;
    signs += 2 * usize::from(line.contains("](") || body.starts_with("```") || body.starts_with("|--"));
    signs += 2 * usize::from(paired(line, "**") || paired(line, "`"));
    signs += usize::from(body.starts_with(['*', '-', '+']) && line::item(line).is_some());
    signs += 2 * usize::from(body.starts_with("> [!") || body.starts_with("> > ") || body.starts_with("[^"));
    signs
}

fn plain_signs(line: &str) -> usize {
    let body = line.trim_start();
    let mut signs = 0;
    signs += 2 * usize::from(body.starts_with(['•', '◦', '▪']));
    signs += 3 * usize::from(dunder(line));
    signs += 2 * usize::from(line::is_drawing(line));
    signs
}

/// Two of the same mark with something between them.
fn paired(line: &str, mark: &str) -> bool {
    let Some(first) = line.find(mark) else {
        return false;
    };
    let rest = &line[first + mark.len()..];
    rest.find(mark).is_some_and(|at| at > 0)
}

/// A name like `__dict__` outside of code marks, which Markdown would make bold.
fn dunder(line: &str) -> bool {
    let Some(at) = line.find("__") else {
        return false;
    };
    let word: &str = &line[at + 2..];
    let end = word.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(word.len());
    !line[..at].ends_with('`') && word[..end].trim_end_matches('_').len() + 2 <= end && end > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, markup: Markup) {
        assert_eq!(Markup::of(text, false), markup, "{text}");
    }

    #[test]
    fn a_name_is_one_sign() {
        let quotes = "# Talk\n\nsome text\n\n> simple quote\n> and more\n";
        assert_eq!(Markup::of(quotes, true), Markup::Markdown);
        assert_eq!(Markup::of("Title\n\n  • one\n  • two\n", true), Markup::Plain);
        assert_eq!(
            Markup::of("the __dict__ is gone, so is __slots__\n\n__init__ too\n", true),
            Markup::Plain
        );
    }

    #[test]
    fn by_content() {
        check("# A\n\n* one\n* two [x](https://y.z)\n", Markup::Markdown);
        check("Title\n\n  • one\n  • two\n", Markup::Plain);
        check("# A\n\n## B\n\nthe __dict__ is gone\n", Markup::Plain);
        check("# A\n\nuse `__init__` here\n", Markup::Markdown);
        check("just words\n", Markup::Plain);
        check("Title\n\n# bad\nvalues = []\n", Markup::Plain);
        check("# Only a heading\n\nand words\n", Markup::Markdown);
    }
}
