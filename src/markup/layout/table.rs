//! Tables: columns share the width by what stands in them, cells wrap, nothing is cut.
//!
//! Where that leaves a column with less than its words need, the table is as wide as it has to be and can
//! be panned, its first column staying; on paper each row becomes a short list of its cells.

use crate::markup::document::{Align, Document, Inline, Table};
use crate::markup::layout::{PageLine, Piece, Wide};
use crate::markup::role::{Ink, Role};
use crate::markup::wrap::{natural_width, wrap};
use crate::text::width::width;

/// Between two columns: a space, a border, a space.
const BORDER: usize = 3;

/// A word longer than this is broken rather than given a column of its own width.
const WORD: usize = 12;

/// The width at which a column of a table that is panned wraps its cells.
const PANNED: usize = 32;

/// Lays a table out in `room` columns; `first` is its first source line.
pub(super) fn lay_out(
    document: &Document,
    table: &Table,
    first: usize,
    room: usize,
    pan: bool,
) -> Vec<PageLine> {
    let columns = table.align.len();
    if columns == 0 {
        return Vec::new();
    }
    let wants: Vec<Want> = (0..columns).map(|column| Want::of(document, table, column)).collect();
    let borders = BORDER * (columns - 1);
    let widths = match room.checked_sub(borders).and_then(|room| share(&wants, room)) {
        Some(widths) => widths,
        None if pan => {
            let most = PANNED.min(room);
            wants.iter().map(|want| want.all.min(most.max(want.word))).collect()
        }
        None => return as_lists(document, table, first, room),
    };
    // What stays in view while a table is panned is its first column, unless that takes most of the room.
    let all = widths.iter().sum::<usize>() + borders;
    let kept = if widths[0] + BORDER <= room / 2 { (widths[0] + BORDER) as u16 } else { 0 };
    let wide = (all > room).then_some(Wide { kept, columns: all as u32 });
    let shape = Shape { document, align: &table.align, widths: &widths, wide };
    let mut lines = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        // The line of dashes under the head is a source line too.
        let source = first + at + usize::from(at > 0);
        shape.row(row, at == 0, source, &mut lines);
        if at == 0 {
            lines.push(shape.rule(source));
        }
    }
    lines
}

/// The widths that a column could do with.
struct Want {
    /// For all that stands in it.
    all: usize,
    /// For its longest word.
    word: usize,
}

impl Want {
    fn of(document: &Document, table: &Table, column: usize) -> Self {
        let cells = || table.rows.iter().map(|row| &row[column]);
        let all = cells().map(|cell| natural_width(document, cell)).max().unwrap_or(0).max(1);
        let words = |cell: &Vec<Inline>| {
            cell.iter().flat_map(|i| i.text.split_whitespace()).map(width).max().unwrap_or(0)
        };
        let word = cells().map(words).max().unwrap_or(0).clamp(1, WORD).min(all);
        Self { all, word }
    }
}

/// Shares `room` among columns: those that are content with a fair part of it get all they want, the
/// others share the rest in proportion to their text. `None` when that leaves one with less than its
/// longest word needs.
fn share(wants: &[Want], room: usize) -> Option<Vec<usize>> {
    if wants.iter().map(|want| want.word).sum::<usize>() > room {
        return None;
    }
    let mut widths: Vec<usize> = wants.iter().map(|want| want.all).collect();
    // Those that have to shrink, the one that wants least first.
    let mut wide: Vec<usize> = (0..wants.len()).collect();
    wide.sort_by_key(|column| wants[*column].all);
    let mut left = room;
    let content = wide.iter().enumerate().take_while(|(served, column)| {
        let fits = wants[**column].all <= left / (wants.len() - served);
        left -= if fits { wants[**column].all } else { 0 };
        fits
    });
    wide.drain(..content.count());
    let mut text: usize = wide.iter().map(|column| wants[*column].all).sum();
    // From the narrowest to the widest; what rounding has left goes to the last.
    for column in wide {
        let want = &wants[column];
        widths[column] = (want.all * left / text).max(want.word).min(left);
        if widths[column] < want.word {
            return None;
        }
        left -= widths[column];
        text -= want.all;
    }
    Some(widths)
}

/// How the rows of a table are set.
struct Shape<'t> {
    document: &'t Document,
    align: &'t [Align],
    widths: &'t [usize],
    wide: Option<Wide>,
}

impl Shape<'_> {
    fn line(&self, pieces: Vec<Piece>, source: usize) -> PageLine {
        PageLine { pieces, source, wide: self.wide, ..PageLine::default() }
    }

    fn rule(&self, source: usize) -> PageLine {
        let rules: Vec<String> = self.widths.iter().map(|w| "─".repeat(*w)).collect();
        self.line(vec![Piece::new(&rules.join("─┼─"), Role::Rule)], source)
    }

    fn row(&self, row: &[Vec<Inline>], head: bool, source: usize, lines: &mut Vec<PageLine>) {
        let cells: Vec<Vec<PageLine>> =
            row.iter().zip(self.widths).map(|(cell, w)| cell_lines(self.document, cell, head, *w)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(1);
        for n in 0..height {
            let mut pieces = Vec::with_capacity(cells.len() * 3);
            for (c, cell) in cells.iter().enumerate() {
                if c > 0 {
                    pieces.push(Piece::new(" │ ", Role::Rule));
                }
                let line = cell.get(n);
                let pad = self.widths[c].saturating_sub(line.map_or(0, PageLine::width));
                let before = match self.align[c] {
                    Align::Left => 0,
                    Align::Center => pad / 2,
                    Align::Right => pad,
                };
                let space =
                    |columns: usize| (columns > 0).then(|| Piece::new(&" ".repeat(columns), Role::Text));
                pieces.extend(space(before));
                pieces.extend(line.into_iter().flat_map(|line| line.pieces.iter().cloned()));
                pieces.extend(space(pad - before));
            }
            lines.push(self.line(pieces, source));
        }
    }
}

fn cell_lines(document: &Document, cell: &[Inline], head: bool, columns: usize) -> Vec<PageLine> {
    let mut lines = wrap(document, cell, if head { Role::TableHead } else { Role::Text }, columns);
    if head {
        lines.iter_mut().flat_map(|l| &mut l.pieces).for_each(|piece| piece.ink.strong = true);
    }
    lines
}

/// Each row as a list: the head's cell, a colon, the row's cell.
fn as_lists(document: &Document, table: &Table, first: usize, room: usize) -> Vec<PageLine> {
    let Some((head, rows)) = table.rows.split_first() else {
        return Vec::new();
    };
    let named = |name: &[Inline]| {
        let mut name = name.to_vec();
        for inline in &mut name {
            let role = if inline.ink.role == Role::Text { Role::TableHead } else { inline.ink.role };
            inline.ink = Ink { role, strong: true, ..inline.ink };
        }
        name
    };
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            let rule = "─".repeat(room.min(8));
            lines.push(PageLine { pieces: vec![Piece::new(&rule, Role::Rule)], ..PageLine::default() });
        }
        for (name, cell) in head.iter().zip(row) {
            let mut text = named(name);
            text.push(Inline { text: ": ".into(), line: first + at + 2, ..Inline::default() });
            text.extend(cell.iter().cloned());
            lines.extend(wrap(document, &text, Role::Text, room));
        }
    }
    if rows.is_empty() {
        lines.extend(head.iter().flat_map(|cell| cell_lines(document, cell, true, room)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use crate::markup::Markup;
    use crate::markup::layout::Manner;

    fn check(columns: usize, expected: &str) {
        let text = "| Tool | What it does | Stars |\n|---|---|--:|\n| fzf | finds a line among many | 5 |\n| less | pages | 40 |\n";
        let lines = crate::markup::layout::lay_out(&Markup::Markdown.parse(text, 1), Manner::paper(columns));
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
