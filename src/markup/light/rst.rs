//! What the lines of reStructuredText are.

use super::inline::Span;
use super::table::Shape;
use super::{End, Kind, Lines, Number, aside_name, indent_of, item};
use crate::markup::dialect::{Fence, Mark, Marks, Spot, adornment, colon_name};
use crate::text::line::Line;

pub(in crate::markup) struct Rst;

/// Directives whose content is code.
const CODE: &[&str] = &["code", "code-block", "sourcecode", "highlight", "literalinclude", "prompt"];

/// Directives that speak to the tool that makes a page.
const MACHINERY: &[&str] = &[
    "contents", "index", "meta", "raw", "highlight", "role", "default-role", "sectnum", "class", "container",
    "only", "toctree", "tocdepth", "include", "currentmodule", "module", "rst-class", "epigraph",
    "pull-quote", "highlights", "compound", "table", "list-table", "csv-table",
];

/// Directives whose argument is the title of what they hold.
const TITLED: &[&str] = &["topic", "sidebar", "rubric", "admonition", "centered"];

/// What two dots at the start of a line introduce.
fn explicit(rest: &str) -> Kind<'_> {
    if let Some((label, text)) = rest.strip_prefix('[').and_then(|r| r.split_once("] ")) {
        return Kind::Footnote(label.trim_start_matches('#'), text.trim());
    }
    // A target, or the name of what stands elsewhere.
    if rest.starts_with(['_', '|']) {
        return Kind::Machinery;
    }
    let Some((name, argument)) = rest.split_once("::").filter(|(name, _)| !name.contains(' ')) else {
        // A comment.
        return Kind::Hidden(End::Indent);
    };
    let argument = argument.trim();
    match name {
        _ if CODE.contains(&name) => Kind::Code(Some(argument), End::Indent),
        "image" | "figure" => Kind::Picture("", argument),
        _ if aside_name(name).is_some() => Kind::Aside(aside_name(name).unwrap_or_default(), argument),
        _ if argument.is_empty() || MACHINERY.contains(&name) => Kind::Machinery,
        _ if TITLED.contains(&name) => Kind::Title(argument),
        _ => Kind::Field(name, argument),
    }
}

impl Marks for Rst {
    fn ending(&self, ending: &str) -> usize {
        3 * usize::from(matches!(ending, "rst" | "rest"))
    }

    fn signs(&self, line: &str, first: u8, at: Spot) -> usize {
        let marked = match first {
            // Markdown has a use for these.
            b'=' | b'-' | b'#' | b'*' | b'`' => return 0,
            b'.' => 3 * usize::from(line.starts_with(".. ") && line.contains("::")),
            // `:Author: Ada`; in small letters it is an attribute of AsciiDoc.
            b':' => usize::from(colon_name(line).is_some_and(|name| !name.starts_with(char::is_lowercase))),
            _ => 0,
        };
        let underlined = || at.above().is_some_and(|above| is_underlined(above, line));
        marked + 2 * usize::from(adornment(line).is_some() && underlined())
    }

    fn heading<'t>(
        &self,
        line: &'t str,
        before: Option<&str>,
        next: Option<&str>,
    ) -> Option<(Mark, &'t str)> {
        let text = line.trim();
        let under = next.and_then(adornment).filter(|_| adornment(line).is_none())?;
        let over = before.and_then(adornment) == Some(under);
        let stands = before.is_none() && !line.starts_with([' ', '\t']) || over;
        let fits = stands && is_underlined(line, next.unwrap_or_default());
        fits.then_some((Mark::Underline(under, over), text))
    }

    fn fence(&self, _line: &str) -> Option<Fence> {
        None
    }

    fn lines(&self) -> Option<&'static dyn Lines> {
        Some(&Rst)
    }
}

/// Whether an underline is about as long as the title above it.
fn is_underlined(title: &str, under: &str) -> bool {
    let width = |text: &str| text.trim().chars().count();
    let title = width(title);
    title > 0 && (width(under) + 2 >= title || width(under) * 10 >= title * 7)
}

impl Lines for Rst {
    fn kind<'t>(&self, line: &Line<'t>, next: Option<&str>) -> Kind<'t> {
        let body = line.text.trim();
        if let Some(rest) = body.strip_prefix(".. ") {
            return explicit(rest.trim());
        }
        if body.starts_with("+-") && body.ends_with('+') {
            return Kind::Table(Shape::Frame);
        }
        if body.starts_with("==") && body.contains(' ') && body.bytes().all(|b| matches!(b, b'=' | b' ')) {
            return Kind::Table(Shape::Columns);
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
            return Kind::Item(Some(Number::Next), content);
        }
        let text = item(line).unwrap_or(Kind::Text(body));
        let explained = next.is_some_and(|next| indent_of(next) > indent_of(line.text));
        match text {
            // What is indented below a line explains it.
            Kind::Text(term) if explained && !term.ends_with("::") => Kind::Term(term, ""),
            text => text,
        }
    }

    fn is_option(&self, line: &str) -> bool {
        line.starts_with([' ', '\t'])
            && line.trim_start().strip_prefix(':').and_then(|l| l.split_once(':')).is_some_and(
                |(name, value)| {
                    !name.is_empty()
                        && !name.contains([' ', '`'])
                        && (value.is_empty() || value.starts_with(' '))
                },
            )
    }

    fn ends(&self, _opened: &str, _line: &str) -> bool {
        false
    }

    fn frames_titles(&self) -> bool {
        true
    }

    fn quotes_by_indent(&self) -> bool {
        true
    }

    fn spans(&self) -> &'static [Span] {
        &[Span::Code("``", "``"), Span::Strong("**"), Span::Emphasis("*"), Span::RstLink]
    }

    fn opens_code<'t>(&self, text: &'t str) -> Option<&'t str> {
        // One colon of the two is text.
        text.trim_end().ends_with("::").then(|| &text.trim_end()[..text.trim_end().len() - 1])
    }
}
