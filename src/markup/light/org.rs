//! What the lines of Org are.

use super::inline::Span;
use super::table::Shape;
use super::{End, Kind, Lines, item};
use crate::text::line::Line;

pub(super) struct Org;

impl Lines for Org {
    fn kind<'t>(&self, line: &Line<'t>, _next: Option<&str>) -> Kind<'t> {
        let body = line.text.trim();
        let lower = body.get(..body.len().min(16)).unwrap_or(body).to_ascii_lowercase();
        if let Some(rest) = lower.strip_prefix("#+begin_") {
            let mut words = body.split_whitespace().skip(1);
            return match rest {
                r if r.starts_with("quote") || r.starts_with("verse") => Kind::Quote,
                _ => Kind::Code(words.next(), End::Fence),
            };
        }
        if lower.starts_with("#+end_") {
            return Kind::Quote;
        }
        if matches!(lower.as_str(), ":properties:" | ":logbook:") {
            return Kind::Hidden(End::Fence);
        }
        if let Some(literal) = body.strip_prefix(": ").or((body == ":").then_some("")) {
            return Kind::Literal(literal);
        }
        let drawer = body.len() > 2 && body.starts_with(':') && body.ends_with(':') && !body.contains(' ');
        if body.starts_with("#+")
            || body.starts_with("# ")
            || drawer
            || body.starts_with("SCHEDULED:")
            || body.starts_with("CLOSED:")
        {
            return Kind::Machinery;
        }
        if body.starts_with('|') {
            return Kind::Table(Shape::Bars);
        }
        if body.len() >= 5 && body.bytes().all(|b| b == b'-') {
            return Kind::Rule;
        }
        if let Some((label, text)) = body.strip_prefix("[fn:").and_then(|b| b.split_once("] ")) {
            return Kind::Footnote(label, text.trim());
        }
        match item(line) {
            Some(Kind::Item(None, text)) => match text.split_once(" :: ") {
                Some((term, said)) => Kind::Term(term, said),
                None => Kind::Item(None, text),
            },
            Some(item) => item,
            None => Kind::Text(body),
        }
    }

    fn ends(&self, opened: &str, line: &str) -> bool {
        if opened.trim_start().starts_with(':') {
            return line.trim().eq_ignore_ascii_case(":end:");
        }
        line.trim_start().get(..6).is_some_and(|head| head.eq_ignore_ascii_case("#+end_"))
    }

    fn spans(&self) -> &'static [Span] {
        &[
            Span::OrgLink,
            Span::Code("=", "="),
            Span::Code("~", "~"),
            Span::Strong("*"),
            Span::Emphasis("/"),
            Span::Strike("+"),
        ]
    }
}
