//! Tables: columns share the width by what stands in them, cells wrap, nothing is cut.
//!
//! Where even that leaves no column readable, each row becomes a short list of its cells.

use crate::markup::document::{Align, Inline, Table};
use crate::markup::layout::{PageLine, Piece};
use crate::markup::role::Role;
use crate::markup::wrap::wrap;
use crate::text::width::width;

/// Between two columns: a space, a border, a space.
const BORDER: usize = 3;

/// Below this many columns of text a cell is no longer readable.
const LEAST: usize = 4;

/// Lays a table out in `room` columns; `first` is its first source line.
pub(super) fn lay_out(table: &Table, first: usize, room: usize) -> Vec<PageLine> {
    let columns = table.align.len();
    if columns == 0 {
        return Vec::new();
    }
    let natural: Vec<usize> = (0..columns)
        .map(|c| table.rows.iter().map(|row| text_width(&row[c])).max().unwrap_or(0).max(1))
        .collect();
    let borders = BORDER * (columns - 1);
    let Some(widths) = room.checked_sub(borders).and_then(|room| share(&natural, room)) else {
        return as_lists(table, first, room);
    };
    let mut lines = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        // The line of dashes under the head is a source line too.
        let source = first + at + usize::from(at > 0);
        lines.extend(row_lines(row, &widths, &table.align, at == 0, source));
        if at == 0 {
            let rules: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
            let pieces = vec![Piece::new(&rules.join("─┼─"), Role::Rule)];
            lines.push(PageLine { pieces, source });
        }
    }
    lines
}

fn text_width(cell: &[Inline]) -> usize {
    cell.iter().map(|i| i.text.split('\n').map(width).max().unwrap_or(0)).sum()
}

/// Shares `room` among columns: narrow ones get all they want, wide ones an equal part of what
/// is left. `None` when that leaves somebody with too little.
fn share(natural: &[usize], room: usize) -> Option<Vec<usize>> {
    let mut widths = vec![0; natural.len()];
    let mut open: Vec<usize> = (0..natural.len()).collect();
    open.sort_by_key(|c| natural[*c]);
    let mut left = room;
    for (served, column) in open.iter().enumerate() {
        let part = left / (open.len() - served);
        widths[*column] = natural[*column].min(part);
        if widths[*column] < natural[*column].min(LEAST) {
            return None;
        }
        left -= widths[*column];
    }
    Some(widths)
}

fn row_lines(
    row: &[Vec<Inline>],
    widths: &[usize],
    align: &[Align],
    head: bool,
    source: usize,
) -> Vec<PageLine> {
    let cells: Vec<Vec<PageLine>> =
        row.iter().zip(widths).map(|(cell, w)| wrap(&in_head(cell, head), *w)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(1);
    (0..height)
        .map(|n| {
            let mut pieces = Vec::new();
            for (c, cell) in cells.iter().enumerate() {
                if c > 0 {
                    pieces.push(Piece::new(" │ ", Role::Rule));
                }
                let empty = PageLine::default();
                let line = cell.get(n).unwrap_or(&empty);
                let pad = widths[c].saturating_sub(line.width());
                let before = match align[c] {
                    Align::Left => 0,
                    Align::Center => pad / 2,
                    Align::Right => pad,
                };
                pieces.push(Piece::new(&" ".repeat(before), Role::Text));
                pieces.extend(line.pieces.iter().cloned());
                pieces.push(Piece::new(&" ".repeat(pad - before), Role::Text));
            }
            pieces.retain(|p| !p.text.as_str().is_empty());
            PageLine { pieces, source }
        })
        .collect()
}

fn in_head(cell: &[Inline], head: bool) -> Vec<Inline> {
    let mut cell = cell.to_vec();
    for inline in cell.iter_mut().filter(|_| head) {
        inline.ink.strong = true;
        if inline.ink.role == Role::Text {
            inline.ink.role = Role::TableHead;
        }
    }
    cell
}

/// Each row as a list: the head's cell, a colon, the row's cell.
fn as_lists(table: &Table, first: usize, room: usize) -> Vec<PageLine> {
    let Some((head, rows)) = table.rows.split_first() else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            let rule = "─".repeat(room.min(8));
            lines.push(PageLine { pieces: vec![Piece::new(&rule, Role::Rule)], source: 0 });
        }
        for (name, cell) in head.iter().zip(row) {
            let mut text = in_head(name, true);
            let colon = Inline { text: ": ".into(), line: first + at + 2, ..Inline::default() };
            text.push(colon);
            text.extend(cell.iter().cloned());
            lines.extend(wrap(&text, room));
        }
    }
    if rows.is_empty() {
        lines.extend(head.iter().flat_map(|cell| wrap(&in_head(cell, true), room)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use crate::markup::Markup;

    fn check(columns: usize, expected: &str) {
        let text = "| Tool | What it does | Stars |\n|---|---|--:|\n| fzf | finds a line among many | 5 |\n| less | pages | 40 |\n";
        let lines = crate::markup::layout::lay_out(&Markup::Markdown.parse(text, 1), columns);
        let text: Vec<String> = lines.iter().map(|l| l.text().trim_end().to_owned()).collect();
        assert_eq!(text.join("\n"), expected.trim_matches('\n'));
    }

    #[test]
    fn wide_enough() {
        check(
            60,
            "
Tool │ What it does            │ Stars
─────┼─────────────────────────┼──────
fzf  │ finds a line among many │     5
less │ pages                   │    40",
        );
    }

    #[test]
    fn cells_wrap() {
        check(
            26,
            "
Tool │ What it     │ Stars
     │ does        │
─────┼─────────────┼──────
fzf  │ finds a     │     5
     │ line among  │
     │ many        │
less │ pages       │    40",
        );
    }

    #[test]
    fn too_narrow_for_columns() {
        check(
            14,
            "
Tool: fzf
What it does:
finds a line
among many
Stars: 5
────────
Tool: less
What it does:
pages
Stars: 40",
        );
    }
}
