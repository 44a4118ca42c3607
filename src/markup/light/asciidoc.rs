//! What the lines of AsciiDoc are.

use super::inline::Span;
use super::{End, Kind, Lines, item};
use crate::text::line::Line;

pub(super) struct AsciiDoc;

impl Lines for AsciiDoc {
    fn kind<'t>(&self, line: &Line<'t>) -> Kind<'t> {
        let body = line.text.trim_end();
        let solid = |sign: char| body.len() >= 4 && body.chars().all(|c| c == sign);
        if solid('-') || solid('.') || solid('+') {
            return Kind::Code(None, End::Fence);
        }
        if solid('_') || solid('*') || solid('=') || body == "--" {
            return Kind::Quote;
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
        if body.starts_with("//")
            || body == "|==="
            || body.starts_with('[') && body.ends_with(']') && !body.contains("](")
        {
            return Kind::Machinery;
        }
        if let Some(row) = body.strip_prefix('|') {
            return Kind::Row(row.split('|').map(str::trim).collect());
        }
        let stars = body.bytes().take_while(|b| *b == b'*').count();
        let dots = body.bytes().take_while(|b| *b == b'.').count();
        match (stars, dots) {
            (2.., _) if body[stars..].starts_with(' ') => {
                return Kind::Nested(stars, None, body[stars..].trim());
            }
            (_, 1..) if body[dots..].starts_with(' ') => {
                return Kind::Nested(dots, Some(1), body[dots..].trim());
            }
            (0, 1) if body.len() > 1 => return Kind::Text(&body[1..]),
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
