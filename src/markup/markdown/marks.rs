//! How Markdown marks headings and blocks, and plain text with it.

use crate::markup::dialect::{Fence, Mark, Marks, Side, Spot, adornment};
use crate::text::line;

pub(in crate::markup) struct Markdown;

impl Marks for Markdown {
    fn ending(&self, ending: &str) -> usize {
        // Whatever somebody writes is called that.
        usize::from(matches!(ending, "md" | "markdown" | "mkd" | "mdown" | "rmd" | "qmd"))
    }

    fn signs(&self, line: &str, first: u8, _at: Spot) -> usize {
        match first {
            b'#' => 2 * usize::from(line.trim_start_matches('#').starts_with(' ')),
            b'`' => usize::from(line.starts_with("```")),
            _ => 0,
        }
    }

    fn heading<'t>(
        &self,
        line: &'t str,
        before: Option<&str>,
        next: Option<&str>,
    ) -> Option<(Mark, &'t str)> {
        if let Some(over) = before.and_then(adornment) {
            let framed = next.and_then(adornment) == Some(over) && matches!(over, b'=' | b'-' | b'*' | b'#');
            let text = line.trim();
            let title = !text.is_empty() && adornment(line).is_none() && line::item(line).is_none();
            return (framed && title).then_some((Mark::Underline(over, true), text));
        }
        let (level, text, underlined) = line::heading(line, before, next)?;
        let mark = if level == 1 { b'=' } else { b'-' };
        Some((if underlined { Mark::Underline(mark, false) } else { Mark::Prefix(level) }, text))
    }

    fn fence(&self, line: &str) -> Option<Fence> {
        line::fence(line).map(|(mark, length)| Fence::new(mark, length, Side::Both))
    }

    fn depth(&self, sign: u8, framed: bool) -> Option<u8> {
        (!framed).then_some(if sign == b'=' { 1 } else { 2 })
    }
}
