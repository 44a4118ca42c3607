//! Breaking runs of text into lines, where Unicode allows it (UAX 14).

use unicode_segmentation::UnicodeSegmentation;

use crate::markup::document::Inline;
use crate::markup::layout::{PageLine, Piece};
use crate::markup::role::Ink;
use crate::text::SafeText;
use crate::text::width::{fit, width};

/// Text of one ink on its way into lines.
struct Run {
    /// Where it ends in the joined text.
    end: usize,
    ink: Ink,
    link: Option<u32>,
    line: usize,
}

/// Breaks inlines into lines of at most `columns` columns (at least one). A word that is wider
/// than a line is broken where it must be.
pub(super) fn wrap(inlines: &[Inline], columns: usize) -> Vec<PageLine> {
    let columns = columns.max(1);
    let (text, runs) = join(inlines);
    let mut lines = Vec::new();
    let mut start = 0;
    let mut used = 0;
    let mut from = 0;
    for (to, opportunity) in unicode_linebreak::linebreaks(&text) {
        let piece = &text[from..to];
        let word = piece.trim_end();
        let wide = width(word);
        if used > 0 && used + wide > columns {
            lines.push((start, from));
            (start, used) = (from, 0);
        }
        if wide > columns {
            (start, used) = split_long(&text, start, from, from + word.len(), used, columns, &mut lines);
            used += width(&piece[word.len()..]);
        } else {
            used += width(piece.trim_end_matches('\n'));
        }
        from = to;
        if opportunity == unicode_linebreak::BreakOpportunity::Mandatory && to < text.len() {
            lines.push((start, to));
            (start, used) = (to, 0);
        }
    }
    lines.push((start, text.len()));
    lines.into_iter().map(|(from, to)| line(&text, &runs, from, to)).collect()
}

/// Breaks a word that no line can hold, cluster by cluster. Returns where the last line starts
/// and how much of it is used.
fn split_long(
    text: &str,
    mut start: usize,
    from: usize,
    to: usize,
    mut used: usize,
    columns: usize,
    lines: &mut Vec<(usize, usize)>,
) -> (usize, usize) {
    for (at, cluster) in text[from..to].grapheme_indices(true) {
        let wide = width(cluster);
        if used > 0 && used + wide > columns {
            lines.push((start, from + at));
            (start, used) = (from + at, 0);
        }
        used += wide;
    }
    (start, used)
}

/// Joins the texts, made safe, and remembers whose is whose.
fn join(inlines: &[Inline]) -> (String, Vec<Run>) {
    let mut text = String::new();
    let mut runs: Vec<Run> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        for (at, part) in inline.text.split('\n').enumerate() {
            if at > 0 {
                text.push('\n');
            }
            text.push_str(SafeText::new(part).as_str());
        }
        runs.push(Run { end: text.len(), ink: inline.ink, link: inline.link, line: inline.line });
    }
    (text, runs)
}

/// Makes one line of a stretch of the joined text.
fn line(text: &str, runs: &[Run], from: usize, to: usize) -> PageLine {
    let stretch = &text[from..to];
    let to = from + stretch.trim_end().len();
    // White space at the start was written there, after a line end, or it was broken at: only the
    // first is kept.
    let broken = from > 0 && !text[..from].ends_with('\n');
    let blank = stretch.len() - stretch.trim_start().len();
    let from = if broken { (from + blank).min(to) } else { from };
    let first = runs.partition_point(|run| run.end <= from);
    let source = runs.get(first).or(runs.last()).map_or(0, |run| run.line);
    let mut pieces = Vec::new();
    let mut at = from;
    for run in &runs[first..] {
        if at >= to {
            break;
        }
        let end = run.end.min(to);
        if end > at {
            pieces.push(Piece { text: SafeText::new(&text[at..end]), ink: run.ink, link: run.link });
            at = end;
        }
    }
    PageLine { pieces, source }
}

/// Breaks a line that is shown as it stands; what goes on below is marked with `↪`.
pub(super) fn wrap_verbatim(text: &str, columns: usize) -> Vec<SafeText> {
    let safe = SafeText::new(text);
    let mut rest = safe.as_str();
    let mut lines = Vec::new();
    let mut room = columns.max(1);
    loop {
        let (head, _) = fit(rest, room);
        // A glyph wider than the room is shown by a sign, so that the loop always gets on.
        let head_len = if head.is_empty() && !rest.is_empty() {
            rest.graphemes(true).next().map_or(rest.len(), str::len)
        } else {
            head.len()
        };
        let shown = if head.is_empty() && !rest.is_empty() { "…" } else { head };
        lines.push(match lines.is_empty() || columns < 3 {
            true => SafeText::new(shown),
            false => SafeText::new(&format!("↪{shown}")),
        });
        rest = &rest[head_len..];
        if rest.is_empty() {
            return lines;
        }
        room = if columns < 3 { columns.max(1) } else { columns - 1 };
    }
}
