//! What the lines of Org are.

use super::inline::Span;
use super::{End, Kind, Lines, item};
use crate::text::line::Line;

pub(super) struct Org;

impl Lines for Org {
    fn kind<'t>(&self, line: &Line<'t>) -> Kind<'t> {
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
        let drawer = body.len() > 2 && body.starts_with(':') && body.ends_with(':') && !body.contains(' ');
        if body.starts_with("#+")
            || body.starts_with("# ")
            || drawer
            || body.starts_with("SCHEDULED:")
            || body.starts_with("CLOSED:")
        {
            return Kind::Machinery;
        }
        if let Some(row) = body.strip_prefix('|') {
            if row.starts_with('-') {
                return Kind::Machinery;
            }
            return Kind::Row(row.trim_end_matches('|').split('|').map(str::trim).collect());
        }
        if body.len() >= 5 && body.bytes().all(|b| b == b'-') {
            return Kind::Rule;
        }
        item(line).unwrap_or(Kind::Text(body))
    }

    fn ends(&self, _opened: &str, line: &str) -> bool {
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
