//! Text inside a line: bold, code, links, as each of the three marks them.

use crate::markup::document::{Inline, Target};
use crate::markup::role::{Ink, Role};

/// One way of marking text.
#[derive(Debug, Clone, Copy)]
pub(in crate::markup) enum Span {
    /// Code between an opening and a closing sign.
    Code(&'static str, &'static str),
    /// Strong emphasis between two signs.
    Strong(&'static str),
    /// Emphasis between two signs.
    Emphasis(&'static str),
    /// Text that is struck through.
    Strike(&'static str),
    /// `` `text <target>`_ ``, `` `text`_ ``, `` :role:`text` ``, `[1]_`.
    RstLink,
    /// `[[target][text]]`.
    OrgLink,
    /// `https://target[text]`, `link:target[text]`.
    AsciiDocLink,
}

/// A run of text in one ink.
pub(super) fn plain(text: &str, ink: Ink, line: usize) -> Inline {
    Inline { text: text.to_owned(), ink, link: None, picture: None, line }
}

/// What a span at the start of a text comes to: its text, its target, and the bytes it takes.
struct Found<'t> {
    text: &'t str,
    target: Option<Target>,
    ink: Ink,
    bytes: usize,
}

/// Reads the text of one line.
pub(super) fn read(text: &str, line: usize, spans: &[Span], links: &mut Vec<Target>) -> Vec<Inline> {
    let mut inlines: Vec<Inline> = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        let before = text[..at].chars().next_back();
        let found = spans.iter().find_map(|span| span.at_start(&text[at..], before));
        let Some(found) = found else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if from < at {
            inlines.push(plain(&text[from..at], Ink::default(), line));
        }
        let role = if found.target.is_some() { Role::Link } else { found.ink.role };
        let link = found.target.map(|target| {
            links.push(target);
            links.len() as u32 - 1
        });
        inlines.push(Inline { link, ..plain(found.text, Ink { role, ..found.ink }, line) });
        at += found.bytes;
        from = at;
    }
    if from < text.len() {
        inlines.push(plain(&text[from..], Ink::default(), line));
    }
    inlines
}

impl Span {
    /// The longest text that a pair of signs may mark, in bytes: a paragraph's line.
    const LONGEST: usize = 1_000;

    fn at_start<'t>(self, text: &'t str, before: Option<char>) -> Option<Found<'t>> {
        let found = |text, target, ink, bytes| Some(Found { text, target, ink, bytes });
        let to = |address: &str| Some(Target::Address(address.to_owned()));
        match self {
            Span::Code(open, close) => {
                let (inner, bytes) = between(text, open, close, before)?;
                found(inner, None, super::CODE, bytes)
            }
            Span::Strong(sign) => {
                let (inner, bytes) = between(text, sign, sign, before)?;
                found(inner, None, Ink { strong: true, ..Ink::default() }, bytes)
            }
            Span::Emphasis(sign) => {
                let (inner, bytes) = between(text, sign, sign, before)?;
                found(inner, None, Ink { emphasis: true, ..Ink::default() }, bytes)
            }
            Span::Strike(sign) => {
                let (inner, bytes) = between(text, sign, sign, before)?;
                found(inner, None, Ink { strike: true, ..Ink::default() }, bytes)
            }
            Span::RstLink => {
                // A footnote's mark: `[1]_`.
                if let Some((label, _)) = text.strip_prefix('[').and_then(|t| t[..cap(t)].split_once("]_"))
                    && label.len() <= 20
                    && !label.contains([' ', '['])
                {
                    let target = Target::Footnote(label.trim_start_matches('#').to_owned());
                    return found(&text[..label.len() + 2], Some(target), Ink::default(), label.len() + 3);
                }
                let role = text
                    .strip_prefix(':')
                    .and_then(|t| t[..cap(t)].split_once(":`"))
                    .filter(|(name, _)| !name.is_empty() && name.len() < 20 && !name.contains(' '));
                let start = role.map_or(0, |(name, _)| name.len() + 2);
                let (inner, bytes) = between(&text[start..], "`", "`", before.filter(|_| start == 0))?;
                let tail = text[start + bytes..].bytes().take_while(|b| *b == b'_').take(2).count();
                let (label, target) = match inner.split_once(" <") {
                    Some((label, rest)) => (label.trim(), to(rest.trim_end_matches('>'))),
                    None => (inner, None),
                };
                found(label, target, Ink::default(), start + bytes + tail)
            }
            Span::OrgLink => {
                if let Some((label, _)) = text.strip_prefix("[fn:").and_then(|t| t[..cap(t)].split_once(']'))
                    && !label.contains([' ', ':'])
                {
                    let target = Target::Footnote(label.to_owned());
                    return found(&text[1..label.len() + 4], Some(target), Ink::default(), label.len() + 5);
                }
                let inner = text.strip_prefix("[[")?;
                let end = inner[..cap(inner)].find("]]")?;
                let (target, label) = inner[..end].split_once("][").unwrap_or((&inner[..end], &inner[..end]));
                found(label, to(target.strip_prefix("file:").unwrap_or(target)), Ink::default(), end + 4)
            }
            Span::AsciiDocLink => {
                let start = ["https://", "http://", "link:"].iter().find(|s| text.starts_with(**s))?;
                let open = text[..cap(text)].find('[').filter(|at| !text[..*at].contains(' '))?;
                let close = text[open..open + cap(&text[open..])].find(']')? + open;
                let target = if *start == "link:" { &text[5..open] } else { &text[..open] };
                let label = text[open + 1..close].trim_end_matches('^');
                found(if label.is_empty() { target } else { label }, to(target), Ink::default(), close + 1)
            }
        }
    }
}

/// A place near [`Span::LONGEST`] at which a text can be cut.
fn cap(text: &str) -> usize {
    let mut end = text.len().min(Span::LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

/// The text between two signs at the start, and the bytes of it all: the opening sign stands at the
/// edge of a word with text right behind it, the closing one with text right before it.
fn between<'t>(text: &'t str, open: &str, close: &str, before: Option<char>) -> Option<(&'t str, usize)> {
    let inner = text.strip_prefix(open)?;
    if before.is_some_and(char::is_alphanumeric) || inner.starts_with([' ', '\t']) || inner.is_empty() {
        return None;
    }
    let inner = &inner[..cap(inner)];
    let end = inner.match_indices(close).map(|(at, _)| at).find(|at| {
        let last = inner[..*at].chars().next_back();
        let next = inner[at + close.len()..].chars().next();
        last.is_some_and(|c| !c.is_whitespace())
            && next.is_none_or(|c| !c.is_alphanumeric() && !close.starts_with(c))
    })?;
    Some((&inner[..end], open.len() + end + close.len()))
}
