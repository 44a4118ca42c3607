//! What the mouse has marked on a page. Taking the mouse takes the terminal's own marking away, so this
//! stands in for it.

use std::ops::{Range, RangeInclusive};

use crate::markup::layout::{LineKind, PageLine};
use crate::markup::{Page, Role};
use crate::text::width::{fit, width};

/// A stretch of a page, from where the button went down to where the mouse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// Row of the page and column of the pane where the button went down.
    pub from: (usize, usize),
    /// Row and column where the mouse is.
    pub to: (usize, usize),
}

impl Selection {
    fn ends(&self) -> ((usize, usize), (usize, usize)) {
        (self.from.min(self.to), self.from.max(self.to))
    }

    /// The rows that it touches.
    pub fn rows(&self) -> RangeInclusive<usize> {
        let (first, last) = self.ends();
        first.0..=last.0
    }

    /// The columns of a row that it takes; `columns` is how many the row has.
    pub fn columns_on(&self, row: usize, columns: usize) -> Range<usize> {
        let (first, last) = self.ends();
        let start = if row == first.0 { first.1 } else { 0 };
        // The cell under the mouse is part of it.
        let end = if row == last.0 { (last.1 + 1).min(columns) } else { columns };
        start.min(end)..end
    }

    /// Its text. What was broken only for the page goes on on the same line; rails and the signs of the
    /// page are left out.
    pub fn text(&self, page: &Page, pan: usize) -> String {
        let mut out = String::new();
        for row in self.rows() {
            let Some(line) = page.lines.get(row) else {
                break;
            };
            let all = line.width();
            let columns = self.columns_on(row, all.max(page.width));
            let text = cut(line, columns, page.width, pan);
            if row != *self.rows().start() {
                let goes_on = matches!(line.kind, LineKind::Continued);
                let tight = out.ends_with(|c: char| c == '-' || c >= '\u{2e80}');
                out.push_str(match (goes_on, tight) {
                    (false, _) => "\n",
                    (true, true) => "",
                    (true, false) => " ",
                });
            }
            out.push_str(text.trim_end());
        }
        out
    }
}

/// The text of a line that stands in some columns of the pane, without the rails at its left.
fn cut(line: &PageLine, columns: Range<usize>, room: usize, pan: usize) -> String {
    let shift = |column: usize| match line.wide {
        Some(wide) if column >= usize::from(wide.kept) => {
            column + pan.min((wide.columns as usize).saturating_sub(room))
        }
        _ => column,
    };
    // Behind the last column that is in view nothing is marked.
    let window = shift(columns.start)..shift(columns.end).max(shift(columns.start));
    let mut out = String::new();
    let mut column = 0;
    let mut rails = true;
    let hanging = matches!(line.kind, LineKind::Continued);
    for piece in &line.pieces {
        let text = piece.text.as_str();
        let wide = width(text);
        rails &= piece.ink.role == Role::Rule || (hanging && text.trim().is_empty());
        let (start, end) =
            (window.start.saturating_sub(column).min(wide), window.end.saturating_sub(column).min(wide));
        column += wide;
        if rails || start >= end {
            continue;
        }
        let head = fit(text, start).0.len();
        out.push_str(fit(&text[head..], end - start).0);
    }
    if hanging { out.trim_start().to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Markup;
    use crate::markup::layout::{Manner, lay_out};

    fn page(text: &str, columns: usize) -> Page {
        let document = Markup::Markdown.parse(text, 1);
        let manner = Manner { wrap_code: false, pan_tables: true, ..Manner::paper(columns) };
        Page { lines: lay_out(&document, manner), width: columns, ..Page::default() }
    }

    fn check(text: &str, from: (usize, usize), to: (usize, usize), pan: usize, expected: &str) {
        let page = page(text, 12);
        for selection in [Selection { from, to }, Selection { from: to, to: from }] {
            assert_eq!(selection.text(&page, pan), expected, "{text}");
        }
    }

    #[test]
    fn text_comes_without_what_the_page_adds() {
        check("one two three four\n\nfive\n", (0, 4), (3, 2), 0, "two three four\n\nfiv");
        check("> quoted words here\n", (0, 0), (1, 11), 0, "quoted words here");
        check("```\nlet x = 1;\nlet y = 2;\n```\n", (0, 0), (1, 11), 0, "let x = 1;\nlet y = 2;");
        check("* one two three four\n", (0, 0), (1, 11), 0, "• one two three four");
    }

    #[test]
    fn what_is_panned_is_marked_where_it_is_seen() {
        check("```\nabcdefghijklmnop\n```\n", (0, 2), (0, 4), 4, "efg");
    }
}
