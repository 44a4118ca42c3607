//! A page in its pane: its lines from where it is scrolled to, wide ones from where they are panned to,
//! with what is searched for, marked or offered to be followed lit on them.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::config::colour::Style;
use crate::config::theme::Part;
use crate::markup::layout::{LineKind, PageLine};
use crate::text::SafeText;
use crate::text::width::{fit, width};
use crate::tui::hints::Hints;
use crate::tui::model::{Focus, Model};
use crate::tui::overlay::Overlay;
use crate::tui::reader::Reader;
use crate::tui::view::canvas::Canvas;
use crate::tui::view::finder;

/// The reader's text, and the sign of the place in its margin.
pub(super) fn reader(model: &Model, pane: Rect, text: Rect, canvas: &mut Canvas) {
    let shown = &model.reader;
    draw(model, shown, text, canvas);
    // What lies over the page lies over its pictures too, which some terminals would not let be.
    if matches!(model.overlay, None | Some(Overlay::Links(_) | Overlay::Prompt(_))) {
        pictures(shown, text, canvas);
    }
    selection(model, text, canvas);
    if let Some(Overlay::Links(links)) = &model.overlay {
        hints(links, text, canvas);
    }
    if model.focus == Focus::Reader && text.x > pane.x && shown.is_settled() {
        let row = place_row(shown, text.height);
        if let Some(y) = row.filter(|row| *row < text.height) {
            canvas.sign(text.x - 1 - u16::from(text.x > pane.x + 1), text.y + y, "▸", Part::Place);
        }
    }
}

/// The screen row of the reader's place.
fn place_row(reader: &Reader, height: u16) -> Option<u16> {
    let place = reader.place(height.into());
    let at = reader.row_of(place).checked_sub(reader.scroll).filter(|_| place.line > 0)?;
    u16::try_from(at).ok()
}

/// A page's lines.
pub(super) fn draw(model: &Model, reader: &Reader, area: Rect, canvas: &mut Canvas) {
    let rows = reader.page.lines.iter().enumerate().skip(reader.scroll).take(area.height.into());
    for (y, (row, line)) in (area.y..).zip(rows) {
        let spans = spans(model, reader, row, line);
        let room = usize::from(area.width);
        match line.wide {
            None => write(&spans, reader, 0..room, area.x, y, canvas),
            Some(wide) => {
                let kept = usize::from(wide.kept).min(room);
                let hidden = (wide.columns as usize).saturating_sub(room);
                let shift = reader.pan.min(hidden);
                write(&spans, reader, 0..kept, area.x, y, canvas);
                // Nothing is cut without a sign, and each sign takes a column.
                let columns = line.width();
                let (mut from, mut to) = (kept + shift, room + shift);
                if shift > 0 && columns > kept {
                    canvas.sign(area.x + wide.kept, y, "‹", Part::Place);
                    from += 1;
                }
                if columns > room + shift {
                    canvas.sign(area.right().saturating_sub(1), y, "›", Part::Place);
                    to = to.saturating_sub(1);
                }
                let x = area.x + (from - shift) as u16;
                write(&spans, reader, from..to.max(from), x, y, canvas);
            }
        }
    }
}

/// The pictures that are in view, or the rows of them that are.
fn pictures(reader: &Reader, area: Rect, canvas: &mut Canvas) {
    let rows: Vec<&PageLine> =
        reader.page.lines.iter().skip(reader.scroll).take(area.height.into()).collect();
    for (at, line) in rows.iter().enumerate() {
        let LineKind::Picture { picture, row } = line.kind else {
            continue;
        };
        if at > 0 && row > 0 {
            continue;
        }
        let Some(ready) = reader.pictures.get(&picture) else {
            continue;
        };
        let same =
            |line: &&&PageLine| matches!(line.kind, LineKind::Picture { picture: p, .. } if p == picture);
        let height = rows[at..]
            .iter()
            .take_while(same)
            .count()
            .min(usize::from(ready.size.rows - row.min(ready.size.rows)));
        let x = area.x.saturating_add(line.width() as u16);
        let width = ready.size.columns.min(area.right().saturating_sub(x));
        canvas.picture(Rect { x, y: area.y + at as u16, width, height: height as u16 }, row, ready);
    }
}

/// A stretch of a line in one style.
struct Span<'p> {
    text: &'p str,
    style: Style,
    link: Option<u32>,
}

/// A line in stretches of one style: its pieces, cut where words of code and matches of a search begin.
fn spans<'p>(model: &Model, reader: &'p Reader, row: usize, line: &'p PageLine) -> Vec<Span<'p>> {
    let theme = &model.theme;
    let lit = reader.search.as_ref().map(|search| search.lit(row)).unwrap_or_default();
    let mut spans = Vec::with_capacity(line.pieces.len());
    let mut before = 0;
    for piece in &line.pieces {
        let text = piece.text.as_str();
        let words = match &reader.colours {
            Some(colours) => colours.stretches(line, piece),
            None => vec![(0..text.len(), piece.ink)],
        };
        for (bytes, ink) in words {
            let style = theme.ink(ink);
            let hits = lit.iter().filter_map(|(hit, now)| {
                let start = hit.start.max(before + bytes.start).checked_sub(before)?;
                let end = hit.end.min(before + bytes.end).checked_sub(before)?;
                (start < end).then_some((start..end, *now))
            });
            let mut at = bytes.start;
            for (hit, now) in hits {
                push(&mut spans, text, at..hit.start, style, piece.link);
                let lit = Style { reverse: now, ..finder::blend(style, theme.part(Part::Match)) };
                push(&mut spans, text, hit.clone(), lit, piece.link);
                at = hit.end;
            }
            push(&mut spans, text, at..bytes.end, style, piece.link);
        }
        before += text.len();
    }
    spans
}

fn push<'p>(spans: &mut Vec<Span<'p>>, text: &'p str, bytes: Range<usize>, style: Style, link: Option<u32>) {
    // Matches and words are made of whole characters; a range of another text would not be.
    if let Some(text) = text.get(bytes).filter(|text| !text.is_empty()) {
        spans.push(Span { text, style, link });
    }
}

/// Writes those columns of a line that lie in a window, from a column of the screen on.
fn write(spans: &[Span], reader: &Reader, window: Range<usize>, x: u16, y: u16, canvas: &mut Canvas) {
    let (mut x, end) = (x, x.saturating_add(window.len() as u16));
    let mut column = 0;
    for span in spans {
        let mut text = span.text;
        let wide = width(text);
        if column + wide <= window.start {
            column += wide;
            continue;
        }
        if column < window.start {
            // A glyph that the window's edge would halve leaves a blank.
            let (head, used) = fit(text, window.start - column);
            text = &text[head.len()..];
            column += used;
            if column < window.start {
                let glyph = fit(text, 2).0.len();
                column += width(&text[..glyph]);
                text = &text[glyph..];
                x += 1;
            }
        }
        let (shown, used) = fit(text, usize::from(end.saturating_sub(x)));
        let from = x;
        x = canvas.styled(x, y, end.saturating_sub(x), &SafeText::new(shown), span.style);
        if let Some(address) =
            span.link.filter(|_| canvas.has_links()).and_then(|link| reader.web_address(link))
        {
            canvas.link(from..x, y, &address);
        }
        column += used;
        if used < width(text) || x >= end {
            return;
        }
    }
}

/// What the mouse has marked.
fn selection(model: &Model, text: Rect, canvas: &mut Canvas) {
    let Some(selection) = model.selection else {
        return;
    };
    let shown = model.reader.scroll..model.reader.scroll + usize::from(text.height);
    for row in selection.rows().filter(|row| shown.contains(row)) {
        let Some(line) = model.reader.page.lines.get(row) else {
            continue;
        };
        let columns = selection.columns_on(row, line.width());
        let x = text.x.saturating_add(columns.start as u16);
        let wide = (columns.len() as u16).min(text.right().saturating_sub(x));
        let y = text.y + (row - shown.start) as u16;
        canvas.paint(Rect { x, y, width: wide, height: 1 }, Part::Cursor);
    }
}

/// The letters that stand for links, over the links.
fn hints(links: &Hints, text: Rect, canvas: &mut Canvas) {
    for (at, hint) in links.all.iter().enumerate() {
        let (x, y) = (text.x + hint.column, text.y + hint.row);
        let rest = hint.label.strip_prefix(links.typed.as_str());
        if at == links.selected {
            let area = Rect { x, y, width: hint.columns.min(text.right().saturating_sub(x)), height: 1 };
            canvas.paint(area, Part::Cursor);
        }
        if rest.is_some() && y < text.bottom() {
            let room = text.right().saturating_sub(x);
            canvas.text(x, y, room, &SafeText::new(&hint.label), Part::Hint);
        }
    }
}
