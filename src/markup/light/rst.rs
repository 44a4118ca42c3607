//! What the lines of reStructuredText are.

use super::inline::Span;
use super::{End, Kind, Lines, item};
use crate::markup::dialect::adornment;
use crate::text::line::Line;

pub(super) struct Rst;

/// Directives whose content is code.
const CODE: &[&str] = &["code", "code-block", "sourcecode", "highlight", "literalinclude", "prompt"];

impl Lines for Rst {
    fn kind<'t>(&self, line: &Line<'t>) -> Kind<'t> {
        let body = line.text.trim();
        if let Some(rest) = body.strip_prefix(".. ") {
            let (name, argument) = rest.split_once("::").unwrap_or(("", rest));
            return match name {
                _ if CODE.contains(&name) => Kind::Code(Some(argument.trim()), End::Indent),
                "image" | "figure" => Kind::Text(argument.trim()),
                _ => Kind::Machinery,
            };
        }
        if let Some(verse) = body.strip_prefix("| ") {
            return Kind::Verse(verse);
        }
        if let Some((key, value)) = body.strip_prefix(':').and_then(|b| b.split_once(':')) {
            let named = !key.is_empty()
                && key.len() < 24
                && !key.contains('`')
                && (value.is_empty() || value.starts_with(' '));
            if named {
                return Kind::Field(key, value.trim());
            }
        }
        if adornment(body).is_some() {
            return Kind::Rule;
        }
        if let Some(content) = body.strip_prefix("#. ") {
            return Kind::Item(Some(1), content);
        }
        item(line).unwrap_or(Kind::Text(body))
    }

    fn ends(&self, _opened: &str, _line: &str) -> bool {
        false
    }

    fn spans(&self) -> &'static [Span] {
        &[Span::Code("``", "``"), Span::Strong("**"), Span::Emphasis("*"), Span::RstLink]
    }

    fn opens_code<'t>(&self, text: &'t str) -> Option<&'t str> {
        // One colon of the two is text.
        text.trim_end().ends_with("::").then(|| &text.trim_end()[..text.trim_end().len() - 1])
    }
}
