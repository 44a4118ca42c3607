//! What the lines of Org are.

use super::inline::Span;
use super::table::Shape;
use super::{End, Kind, Lines, item};
use crate::markup::dialect::{Fence, Mark, Marks, Side, Spot, prefixed};
use crate::text::line::Line;

pub(in crate::markup) struct Org;

impl Marks for Org {
    fn ending(&self, ending: &str) -> usize {
        3 * usize::from(ending == "org")
    }

    fn signs(&self, line: &str, first: u8, at: Spot) -> usize {
        let said = match first {
            b'#' => {
                line.strip_prefix("#+").is_some_and(|rest| rest.contains(':') || rest.starts_with("begin_"))
            }
            // One star is a bullet to Markdown, two are nothing; in the midst of a text they are bullets in bullets.
            b'*' => {
                let stars = line.starts_with("** ") || line.starts_with("*** ");
                stars && (at.first.starts_with("* ") || at.first.starts_with("#+") || at.ending == "org")
            }
            _ => false,
        };
        2 * usize::from(said)
    }

    fn heading<'t>(
        &self,
        line: &'t str,
        _before: Option<&str>,
        _next: Option<&str>,
    ) -> Option<(Mark, &'t str)> {
        prefixed(line, b'*').map(|(level, text)| (Mark::Prefix(level), bare_title(text)))
    }

    fn fence(&self, line: &str) -> Option<Fence> {
        let rest = line.trim_start().get(..8)?.to_ascii_lowercase();
        match &rest[..] {
            r if r.starts_with("#+begin_") => Some(Fence::new(b'#', 1, Side::Opens)),
            r if r.starts_with("#+end_") => Some(Fence::new(b'#', 1, Side::Closes)),
            _ => None,
        }
    }

    fn keyword(&self) -> Option<fn(&str) -> bool> {
        Some(|line| line.starts_with("#+") && !line.to_ascii_lowercase().starts_with("#+begin"))
    }

    fn lines(&self) -> Option<&'static dyn Lines> {
        Some(&Org)
    }
}

/// The title of a headline without its keyword, priority and tags.
fn bare_title(text: &str) -> &str {
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
