//! What the lines of AsciiDoc are.

use super::inline::Span;
use super::table::Shape;
use super::{End, Kind, Lines, Number, aside_name, item};
use crate::markup::dialect::{Fence, Mark, Marks, Side, Spot, adornment, colon_name, prefixed};
use crate::text::line::Line;

pub(in crate::markup) struct AsciiDoc;

impl Marks for AsciiDoc {
    fn ending(&self, ending: &str) -> usize {
        3 * usize::from(matches!(ending, "adoc" | "asciidoc" | "asc"))
    }

    fn signs(&self, line: &str, first: u8, _at: Spot) -> usize {
        match first {
            b'=' => 2 * usize::from(line.starts_with("= ") || line.starts_with("== ")),
            b'|' => 2 * usize::from(line.trim_end() == "|==="),
            // `:author: Ada`; with a capital it is a field of reStructuredText.
            b':' => usize::from(colon_name(line).is_some_and(|name| name.starts_with(char::is_lowercase))),
            b'[' => usize::from(line.starts_with("[source") || line.starts_with("[quote")),
            _ => 0,
        }
    }

    fn heading<'t>(
        &self,
        line: &'t str,
        before: Option<&str>,
        next: Option<&str>,
    ) -> Option<(Mark, &'t str)> {
        if let Some((level, text)) = prefixed(line, b'=').or_else(|| prefixed(line, b'#')) {
            return Some((Mark::Prefix(level), text));
        }
        let under = next.and_then(adornment).filter(|_| adornment(line).is_none())?;
        let width = |text: &str| text.trim().chars().count();
        let close = width(line).abs_diff(width(next.unwrap_or_default())) <= 3;
        let title = before.is_none() && !line.starts_with([' ', '.', '[', '|', '*', '-']);
        (close && UNDERLINES.contains(&under) && title)
            .then_some((Mark::Underline(under, false), line.trim()))
    }

    fn fence(&self, line: &str) -> Option<Fence> {
        let body = line.trim_end();
        let mark = *body.as_bytes().first().filter(|m| matches!(m, b'-' | b'.' | b'+' | b'/'))?;
        let solid = body.len() >= 4 && body.bytes().all(|b| b == mark);
        solid.then_some(Fence::new(mark, 4, Side::Both))
    }

    fn depth(&self, sign: u8, _framed: bool) -> Option<u8> {
        Some(UNDERLINES.iter().position(|s| *s == sign).map_or(5, |at| at as u8 + 1))
    }

    fn lines(&self) -> Option<&'static dyn Lines> {
        Some(&AsciiDoc)
    }
}

/// The signs of underlines, outermost first.
const UNDERLINES: &[u8] = b"=-~^+";

impl Lines for AsciiDoc {
    fn kind<'t>(&self, line: &Line<'t>, _next: Option<&str>) -> Kind<'t> {
        let body = line.text.trim_end();
        let solid = |sign: char| body.len() >= 4 && body.chars().all(|c| c == sign);
        if solid('-') || solid('.') || solid('+') {
            return Kind::Code(None, End::Fence);
        }
        if solid('_') || solid('*') || solid('=') || body == "--" {
            return Kind::Quote;
        }
        if body == "+" {
            return Kind::GoesOn;
        }
        if body == "|===" {
            return Kind::Table(Shape::Cells);
        }
        if body == "'''" {
            return Kind::Rule;
        }
        let attribute = body.strip_prefix(':').and_then(|b| b.split_once(':'));
        if let Some((key, value)) = attribute.filter(|(key, _)| !key.is_empty() && !key.contains(' ')) {
            let told = ["author", "speaker", "speakers", "date", "revdate", "conference"];
            return if told.contains(&key) { Kind::Field(key, value.trim()) } else { Kind::Machinery };
        }
        // `[source,rust]` names the language of the block below; the block itself follows.
        if body.starts_with("//") || body.starts_with('[') && body.ends_with(']') && !body.contains("](") {
            return Kind::Machinery;
        }
        if let Some((address, rest)) = body.strip_prefix("image::").and_then(|b| b.split_once('[')) {
            return Kind::Picture(rest.split([',', ']']).next().unwrap_or_default().trim(), address);
        }
        if let Some((name, said)) = body.split_once(": ")
            && name.len() >= 3
            && name.bytes().all(|b| b.is_ascii_uppercase())
            && let Some(name) = aside_name(&name.to_ascii_lowercase())
        {
            return Kind::Aside(name, said.trim());
        }
        let term = body.split_once(":: ").or(body.strip_suffix("::").map(|term| (term, "")));
        if let Some((term, said)) = term.filter(|(term, _)| !term.is_empty() && !term.contains("::")) {
            return Kind::Term(term.trim(), said.trim());
        }
        let stars = body.bytes().take_while(|b| *b == b'*').count();
        let dots = body.bytes().take_while(|b| *b == b'.').count();
        match (stars, dots) {
            (2.., _) if body[stars..].starts_with(' ') => {
                return Kind::Nested(stars, None, body[stars..].trim());
            }
            (_, 1..) if body[dots..].starts_with(' ') => {
                return Kind::Nested(dots, Some(Number::Next), body[dots..].trim());
            }
            (0, 1) if body.len() > 1 => return Kind::Title(&body[1..]),
            _ => {}
        }
        item(line).unwrap_or(Kind::Text(body.trim()))
    }

    fn ends(&self, opened: &str, line: &str) -> bool {
        opened.trim_end() == line.trim_end()
    }

    fn language<'t>(&self, before: &'t str) -> Option<&'t str> {
        let inner = before.trim().strip_prefix('[')?.strip_suffix(']')?;
        inner.strip_prefix("source").and_then(|rest| rest.split(',').nth(1)).map(str::trim)
    }

    fn aside(&self, before: &str) -> Option<&'static str> {
        let name = before.trim().strip_prefix('[')?.strip_suffix(']')?;
        aside_name(&name.to_ascii_lowercase())
    }

    fn spans(&self) -> &'static [Span] {
        &[
            Span::AsciiDocLink,
            Span::Code("`", "`"),
            Span::Strong("**"),
            Span::Strong("*"),
            Span::Emphasis("__"),
            Span::Emphasis("_"),
        ]
    }
}
