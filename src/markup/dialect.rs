//! How a text marks its headings: Markdown's way, reStructuredText's, Org's or AsciiDoc's.
//!
//! Decided once for a file, by its content with its ending as one more sign, and cheap enough for
//! the structure pass: only the start of a file is looked at, and only signs that another dialect
//! would not give the same meaning to.

use crate::text::line::{self, Line, lines_from};

/// How a text marks headings and blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Dialect {
    /// Markdown, and plain text, whose headings are marked alike.
    #[default]
    Markdown,
    /// reStructuredText.
    Rst,
    /// Org mode.
    Org,
    /// AsciiDoc.
    AsciiDoc,
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
        /// What an ending counts, in signs.
        const ENDING: usize = 3;
        let (mut rst, mut org, mut asciidoc, mut markdown) = (0_usize, 0_usize, 0_usize, 0_usize);
        match ending {
            "rst" | "rest" => rst += ENDING,
            "org" => org += ENDING,
            "adoc" | "asciidoc" | "asc" => asciidoc += ENDING,
            "md" | "markdown" | "mkd" | "mdown" | "rmd" | "qmd" => markdown += 1,
            _ => {}
        }
        let mut above: Option<&str> = None;
        // Stars in the midst of a text are bullets in bullets.
        let first = text.trim_start();
        let opens_with_star = first.starts_with("* ") || first.starts_with("#+") || ending == "org";
        for line in lines_from(text, 0, 1).take_while(|l| l.start < LOOK_AT) {
            let body = line.text;
            // Prose says nothing of it.
            if body.starts_with(|c: char| c.is_ascii_alphabetic()) {
                above = Some(body);
                continue;
            }
            match body.as_bytes().first() {
                Some(b'#') => match body.strip_prefix("#+") {
                    Some(rest) => org += 2 * usize::from(rest.contains(':') || rest.starts_with("begin_")),
                    None => markdown += 2 * usize::from(body.trim_start_matches('#').starts_with(' ')),
                },
                // One star is a bullet to Markdown, two are nothing.
                Some(b'*') if opens_with_star && (body.starts_with("** ") || body.starts_with("*** ")) => {
                    org += 2
                }
                Some(b'=') if body.starts_with("= ") || body.starts_with("== ") => asciidoc += 2,
                Some(b':') => {
                    let (fields, attributes) = field_mark(body);
                    rst += fields;
                    asciidoc += attributes;
                }
                Some(b'.') if body.starts_with(".. ") && body.contains("::") => rst += 3,
                Some(b'[') => {
                    asciidoc += usize::from(body.starts_with("[source") || body.starts_with("[quote"))
                }
                Some(b'`') => markdown += usize::from(body.starts_with("```")),
                Some(b'|') => asciidoc += 2 * usize::from(body.trim_end() == "|==="),
                _ => {}
            }
            let other = adornment(body).is_some_and(|mark| !matches!(mark, b'=' | b'-' | b'#' | b'*' | b'`'));
            rst += 2 * usize::from(other && above.is_some_and(|a| is_underlined(a, body)));
            above = Some(body).filter(|_| !line.is_blank());
        }
        let most = rst.max(org).max(asciidoc);
        match most {
            _ if most < 2 || most <= markdown => Dialect::Markdown,
            _ if rst == most => Dialect::Rst,
            _ if org == most => Dialect::Org,
            _ => Dialect::AsciiDoc,
        }
    }

    /// Reads a heading from a line and its neighbours (blank ones are `None`): its mark and text.
    pub fn heading<'t>(
        self,
        line: &'t str,
        before: Option<&str>,
        next: Option<&str>,
    ) -> Option<(Mark, &'t str)> {
        match self {
            Dialect::Markdown => {
                if let Some(over) = before.and_then(adornment) {
                    let framed =
                        next.and_then(adornment) == Some(over) && matches!(over, b'=' | b'-' | b'*' | b'#');
                    let text = line.trim();
                    let title = !text.is_empty() && adornment(line).is_none() && line::item(line).is_none();
                    return (framed && title).then_some((Mark::Underline(over, true), text));
                }
                let (level, text, underlined) = line::heading(line, before, next)?;
                let mark = if level == 1 { b'=' } else { b'-' };
                Some((if underlined { Mark::Underline(mark, false) } else { Mark::Prefix(level) }, text))
            }
            Dialect::Rst => {
                let text = line.trim();
                let under = next.and_then(adornment).filter(|_| adornment(line).is_none())?;
                let over = before.and_then(adornment) == Some(under);
                let stands = before.is_none() && !line.starts_with([' ', '\t']) || over;
                let fits = stands && is_underlined(line, next.unwrap_or_default());
                fits.then_some((Mark::Underline(under, over), text))
            }
            Dialect::Org => prefixed(line, b'*').map(|(level, text)| (Mark::Prefix(level), org_title(text))),
            Dialect::AsciiDoc => {
                if let Some((level, text)) = prefixed(line, b'=').or_else(|| prefixed(line, b'#')) {
                    return Some((Mark::Prefix(level), text));
                }
                let under = next.and_then(adornment).filter(|_| adornment(line).is_none())?;
                let width = |text: &str| text.trim().chars().count();
                let close = width(line).abs_diff(width(next.unwrap_or_default())) <= 3;
                let sign = matches!(under, b'=' | b'-' | b'~' | b'^' | b'+');
                let title = before.is_none() && !line.starts_with([' ', '.', '[', '|', '*', '-']);
                (close && sign && title).then_some((Mark::Underline(under, false), line.trim()))
            }
        }
    }

    /// Whether a line opens or closes a block whose lines are no headings; with what closes it.
    pub fn fence(self, line: &str) -> Option<Fence> {
        match self {
            Dialect::Markdown => line::fence(line).map(|(mark, length)| Fence { mark, length }),
            Dialect::Rst => None,
            Dialect::Org => {
                let rest = line.trim_start().get(..8)?.to_ascii_lowercase();
                match &rest[..] {
                    r if r.starts_with("#+begin_") => Some(Fence { mark: b'b', length: 1 }),
                    r if r.starts_with("#+end_") => Some(Fence { mark: b'b', length: 2 }),
                    _ => None,
                }
            }
            Dialect::AsciiDoc => {
                let body = line.trim_end();
                let mark = *body.as_bytes().first().filter(|m| matches!(m, b'-' | b'.' | b'+' | b'/'))?;
                let solid = body.len() >= 4 && body.bytes().all(|b| b == mark);
                solid.then_some(Fence { mark, length: 4 })
            }
        }
    }
}

/// What opens or closes a block of lines that stand as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence {
    mark: u8,
    length: usize,
}

impl Fence {
    /// Whether a later fence closes the block that this one opened.
    pub fn closes(self, by: Fence) -> bool {
        // Org's blocks open and close with different words.
        self.mark == by.mark && if self.mark == b'b' { by.length == 2 } else { by.length >= self.length }
    }

    /// Whether it can open a block.
    pub fn opens(self) -> bool {
        self.mark != b'b' || self.length == 1
    }
}

/// `:Author: Ada` is a field of reStructuredText, `:author: Ada` AsciiDoc's attribute.
fn field_mark(line: &str) -> (usize, usize) {
    let name = line.strip_prefix(':').and_then(|l| l.split_once(':')).map_or("", |(name, _)| name);
    let word = !name.is_empty() && name.len() < 24 && !name.contains([' ', '/']);
    match name.chars().next() {
        Some(first) if word && first.is_lowercase() => (0, 1),
        Some(_) if word => (1, 0),
        _ => (0, 0),
    }
}

/// The sign of a line that consists of one punctuation sign, three times at least.
pub fn adornment(line: &str) -> Option<u8> {
    let mark = *line.as_bytes().first()?;
    if !mark.is_ascii_punctuation() || matches!(mark, b'|' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'\\')
    {
        return None;
    }
    let body = line.trim_end();
    (body.len() >= 3 && body.bytes().all(|b| b == mark)).then_some(mark)
}

/// Whether an underline is about as long as the title above it.
fn is_underlined(title: &str, under: &str) -> bool {
    let width = |text: &str| text.trim().chars().count();
    let title = width(title);
    title > 0 && (width(under) + 2 >= title || width(under) * 10 >= title * 7)
}

/// `** Title`, `== Title`: a run of one sign, a space, text.
fn prefixed(line: &str, mark: u8) -> Option<(u8, &str)> {
    let level = line.bytes().take_while(|b| *b == mark).count();
    let rest = line[level..].strip_prefix([' ', '\t'])?;
    let text = rest.trim().trim_end_matches(mark as char).trim_end();
    ((1..=6).contains(&level) && !text.is_empty()).then_some((level as u8, text))
}

/// An Org headline without its keyword, priority and tags.
fn org_title(text: &str) -> &str {
    const KEYWORDS: &[&str] = &["TODO ", "DONE ", "NEXT ", "WAITING ", "CANCELLED "];
    let text = KEYWORDS.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text).trim_start();
    let priority =
        text.strip_prefix("[#").and_then(|t| t.split_once("] ")).filter(|(mark, _)| mark.len() == 1);
    let text = priority.map_or(text, |(_, rest)| rest).trim_start();
    let tags = text
        .rfind(" :")
        .filter(|at| text.ends_with(':') && !text[at + 1..].contains(' ') && text.len() > at + 3);
    tags.map_or(text, |at| text[..at].trim_end())
}

/// Whether a line is one that its dialect keeps for itself: a directive, an attribute, a drawer.
pub fn is_machinery(dialect: Dialect, line: &Line) -> bool {
    let body = line.text.trim();
    match dialect {
        Dialect::Markdown => body.starts_with("{%") || body.starts_with("{:") || body.starts_with("<!--"),
        Dialect::Rst => body.starts_with(".. "),
        Dialect::Org => body.starts_with("#+") || matches!(body, ":PROPERTIES:" | ":END:" | ":LOGBOOK:"),
        Dialect::AsciiDoc => {
            body.starts_with("//") || body.starts_with('[') && body.ends_with(']') && !body.contains("](")
        }
    }
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
