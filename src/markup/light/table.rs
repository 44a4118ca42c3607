//! Tables as the three write them: bars, frames of signs, columns between rules, cells in a block.

use std::iter::Peekable;

use crate::text::line::Line;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markup) enum Shape {
    /// Org: every line starts with a bar.
    Bars,
    /// reStructuredText: `+---+---+` around cells between bars.
    Frame,
    /// reStructuredText: columns below and above rules of `=`.
    Columns,
    /// AsciiDoc: cells that start with a bar, between two lines `|===`.
    Cells,
}

/// A row: its first line, and the text of its cells.
pub(super) type Row = (usize, Vec<String>);

impl Shape {
    /// The lines that go on with a table, its first one taken already.
    pub(super) fn lines<'t>(self, lines: &mut Peekable<impl Iterator<Item = Line<'t>>>) -> Vec<Line<'t>> {
        if self == Shape::Cells {
            return lines.take_while(|l| l.text.trim_end() != "|===").collect();
        }
        let goes_on = |l: &Line| match self {
            Shape::Bars => l.text.trim_start().starts_with('|'),
            Shape::Frame => l.text.trim_start().starts_with(['|', '+']),
            _ => !l.is_blank(),
        };
        std::iter::from_fn(|| lines.next_if(goes_on)).collect()
    }
}

/// The rows of a table; `None` when its lines make none. `above` is the line above it, where
/// AsciiDoc may say how many columns there are.
pub(super) fn rows(shape: Shape, lines: &[Line], above: Option<&str>) -> Option<Vec<Row>> {
    match shape {
        Shape::Bars => Some(bars(lines)),
        Shape::Frame => frame(lines),
        Shape::Columns => columns(lines),
        Shape::Cells => Some(cells(lines, above)),
    }
}

fn bars(lines: &[Line]) -> Vec<Row> {
    let full = lines.iter().filter(|l| !l.text.trim_start().starts_with("|-"));
    let row = |l: &Line| {
        let inner = l.text.trim().trim_start_matches('|').trim_end_matches('|');
        (l.number, inner.split('|').map(|cell| cell.trim().to_owned()).collect())
    };
    full.map(row).collect()
}

/// Cells lie between the bars that stand below the corners of the first line.
fn frame(lines: &[Line]) -> Option<Vec<Row>> {
    let indent = lines[0].text.len() - lines[0].text.trim_start().len();
    let corners: Vec<usize> =
        lines[0].text.trim().char_indices().filter(|(_, c)| *c == '+').map(|(at, _)| at).collect();
    let spans: Vec<(usize, usize)> = corners.windows(2).map(|w| (w[0] + 1, w[1])).collect();
    let mut rows: Vec<Row> = Vec::new();
    let mut fresh = true;
    for line in &lines[1..] {
        let chars: Vec<char> = line.text.chars().skip(indent).collect();
        if chars.first() == Some(&'+') {
            fresh = true;
            continue;
        }
        let pieces = spans.iter().map(|(from, to)| cut(&chars, *from, *to));
        join(&mut rows, line.number, pieces, std::mem::take(&mut fresh));
    }
    (!spans.is_empty() && !rows.is_empty()).then_some(rows)
}

/// Columns stand below the runs of the first rule; a line whose first column is empty goes on
/// with the row above it.
fn columns(lines: &[Line]) -> Option<Vec<Row>> {
    let is_rule = |l: &Line| l.text.trim().chars().all(|c| matches!(c, '=' | ' ')) && l.text.contains('=');
    let rules = lines.iter().filter(|l| is_rule(l)).count();
    if rules < 2 || !is_rule(lines.last()?) {
        return None;
    }
    let rule: Vec<char> = lines[0].text.chars().collect();
    let starts: Vec<usize> =
        (0..rule.len()).filter(|at| rule[*at] == '=' && (*at == 0 || rule[at - 1] == ' ')).collect();
    let mut rows: Vec<Row> = Vec::new();
    for line in
        lines.iter().filter(|l| !is_rule(l) && !l.text.trim().bytes().all(|b| matches!(b, b'-' | b' ')))
    {
        let chars: Vec<char> = line.text.chars().collect();
        let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
        let pieces: Vec<String> = starts.iter().zip(ends).map(|(from, to)| cut(&chars, *from, to)).collect();
        let fresh = pieces.first().is_some_and(|first| !first.is_empty());
        join(&mut rows, line.number, pieces.into_iter(), fresh);
    }
    Some(rows)
}

fn cut(chars: &[char], from: usize, to: usize) -> String {
    let to = to.min(chars.len());
    chars.get(from.min(to)..to).unwrap_or_default().iter().collect::<String>().trim().to_owned()
}

/// Adds a line's pieces as a row of their own, or to the cells of the row above.
fn join(rows: &mut Vec<Row>, line: usize, pieces: impl Iterator<Item = String>, fresh: bool) {
    match rows.last_mut().filter(|_| !fresh) {
        Some((_, cells)) => {
            for (cell, piece) in cells.iter_mut().zip(pieces).filter(|(_, piece)| !piece.is_empty()) {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&piece);
            }
        }
        None => rows.push((line, pieces.collect())),
    }
}

/// Cells start with a bar, on one line or on several; a row has as many as `[cols]` states, or as the
/// first line holds, or as stand above the first blank line.
fn cells(lines: &[Line], above: Option<&str>) -> Vec<Row> {
    let mut all: Vec<(usize, String)> = Vec::new();
    let (mut in_first_line, mut in_first_part) = (None, None);
    for line in &lines[1..] {
        let body = line.text.trim();
        if body.is_empty() {
            in_first_part = in_first_part.or(Some(all.len()).filter(|n| *n > 0));
        } else if body.contains('|') {
            // What stands before the first bar is how the cell is set: `2+|`, `a|`.
            all.extend(body.split('|').skip(1).map(|piece| (line.number, piece.trim().to_owned())));
            in_first_line = in_first_line.or(Some(all.len()));
        } else if let Some((_, cell)) = all.last_mut() {
            cell.push(' ');
            cell.push_str(body);
        }
    }
    let stated = above.and_then(stated_columns);
    let columns = stated
        .or(in_first_line.filter(|n| *n > 1))
        .or(in_first_part)
        .unwrap_or(all.len())
        .clamp(1, all.len().max(1));
    all.chunks(columns).map(|row| (row[0].0, row.iter().map(|(_, cell)| cell.clone()).collect())).collect()
}

/// `[cols="1,2"]` is two columns, `[cols=3*]` three.
fn stated_columns(line: &str) -> Option<usize> {
    let value = line.trim().strip_prefix('[')?.split_once("cols=")?.1;
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => value.split([',', ']']).next()?,
    };
    match value.split_once('*') {
        Some((times, _)) => times.trim().parse().ok(),
        None => Some(value.split([',', ';']).count()),
    }
    .filter(|n| (1..=64).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::line::lines_from;

    fn check(shape: Shape, text: &str, above: Option<&str>, expected: Option<&[&[&str]]>) {
        let lines: Vec<Line> = lines_from(text, 0, 1).collect();
        let found = rows(shape, &lines, above);
        let found: Option<Vec<Vec<String>>> =
            found.map(|rows| rows.into_iter().map(|(_, cells)| cells).collect());
        let expected: Option<Vec<Vec<String>>> =
            expected.map(|rows| rows.iter().map(|r| r.iter().map(|c| (*c).to_owned()).collect()).collect());
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_frame() {
        check(
            Shape::Frame,
            "+-----+-------+\n| a   | b     |\n+=====+=======+\n| één | two   |\n|     | lines |\n+-----+-------+\n",
            None,
            Some(&[&["a", "b"], &["één", "two lines"]]),
        );
        check(Shape::Frame, "+++\n", None, None);
        check(Shape::Frame, "+ a list item\n", None, None);
    }

    #[test]
    fn columns_between_rules() {
        let text = "====  =====\nA     B\n====  =====\none   first\n      more\ntwo   second and long\n====  =====\n";
        check(
            Shape::Columns,
            text,
            None,
            Some(&[&["A", "B"], &["one", "first more"], &["two", "second and long"]]),
        );
        check(Shape::Columns, "====  ====\nno end\n", None, None);
    }

    #[test]
    fn cells_in_a_block() {
        check(Shape::Cells, "|===\n|a |b\n\n|1 |2\nmore\n", None, Some(&[&["a", "b"], &["1", "2 more"]]));
        check(
            Shape::Cells,
            "|===\n|a\n|b\n|c\n|d\n",
            Some("[cols=\"1,2\"]"),
            Some(&[&["a", "b"], &["c", "d"]]),
        );
        check(Shape::Cells, "|===\n|a\n|b\n\n|c\n|d\n", None, Some(&[&["a", "b"], &["c", "d"]]));
        check(Shape::Cells, "|===\n", None, Some(&[]));
    }
}
