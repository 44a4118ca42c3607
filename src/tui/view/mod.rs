//! Draws a model. Changes nothing, asks nothing, and puts only safe text on the screen.

mod canvas;
mod finder;
mod lists;
mod status;
mod tree;

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::config::theme::{Part, Style, Theme};
use crate::text::SafeText;
use crate::tui::model::{Focus, Model};
use crate::tui::overlay::Overlay;
use crate::tui::reader::Reader;
use canvas::Canvas;

pub(crate) use lists::{help_row_of, help_rows};

/// Draws the whole screen.
pub fn view(model: &Model, frame: &mut Frame) {
    let cursor = {
        let mut canvas = Canvas::new(frame.buffer_mut(), model.theme);
        draw(model, &mut canvas)
    };
    if let Some(position) = cursor {
        frame.set_cursor_position(position);
    }
}

/// Draws, and says where the terminal's own cursor belongs, if anywhere.
fn draw(model: &Model, canvas: &mut Canvas) -> Option<(u16, u16)> {
    if let (true, Some(Overlay::Finder(state))) = (model.inline, &model.overlay) {
        return finder::draw(model, state, canvas);
    }
    let areas = model.areas();
    status::header(model, areas.header, canvas);
    tree::draw(model, areas.tree, canvas);
    for y in areas.divider.y..areas.divider.bottom() {
        canvas.sign(areas.divider.x, y, "│", Part::Border);
    }
    if model.library.talks.is_empty() {
        let area = if areas.tree.width > 0 { areas.tree } else { areas.reader };
        canvas.text(
            area.x + 1,
            area.y,
            area.width.saturating_sub(1),
            &"reading the notes…".into(),
            Part::Quiet,
        );
    } else {
        reader(model, areas.reader, areas.text, canvas);
    }
    status::footer(model, areas.footer, canvas);
    match &model.overlay {
        Some(Overlay::Finder(state)) => finder::draw(model, state, canvas),
        Some(Overlay::Prompt(prompt)) => status::prompt(model, prompt, areas.footer, canvas),
        Some(Overlay::Bookmarks(list)) => {
            lists::bookmarks(model, *list, canvas);
            None
        }
        Some(Overlay::Help(scroll)) => {
            lists::help(model, *scroll, canvas);
            None
        }
        None => None,
    }
}

/// The reader's text, and the sign of the place in its margin.
fn reader(model: &Model, pane: Rect, text: Rect, canvas: &mut Canvas) {
    let shown = &model.reader;
    page(shown, text, model.theme, canvas);
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

/// A page's lines from where it is scrolled to, with what is searched for lit.
fn page(reader: &Reader, area: Rect, theme: Theme, canvas: &mut Canvas) {
    let rows = reader.page.lines.iter().enumerate().skip(reader.scroll).take(area.height.into());
    for (y, (row, line)) in (area.y..).zip(rows) {
        let mut x = area.x;
        let lit = reader.search.as_ref().map(|search| search.lit(row)).unwrap_or_default();
        let mut before = 0;
        for piece in &line.pieces {
            let style = theme.ink(piece.ink);
            let text = piece.text.as_str();
            // What is lit on the row, as bytes of this piece.
            let here: Vec<_> = lit
                .iter()
                .filter(|(bytes, _)| bytes.end > before && bytes.start < before + text.len())
                .map(|(bytes, now)| {
                    (bytes.start.saturating_sub(before)..(bytes.end - before).min(text.len()), *now)
                })
                .collect();
            for (stretch, hit) in stretches(text, 0, &here) {
                let style = match hit {
                    None => style,
                    Some(false) => finder::blend(style, theme.part(Part::Match)),
                    Some(true) => Style { reverse: true, ..finder::blend(style, theme.part(Part::Match)) },
                };
                x = canvas.styled(x, y, area.right().saturating_sub(x), &SafeText::new(stretch), style);
            }
            before += text.len();
        }
    }
}

/// A text from a byte on, in stretches that are lit, each with its own mark, and stretches that are not.
fn stretches<'t>(text: &'t str, from: usize, lit: &[(Range<usize>, bool)]) -> Vec<(&'t str, Option<bool>)> {
    let mut found = Vec::new();
    let mut at = from;
    for (bytes, mark) in lit {
        let (start, end) = (bytes.start.max(at), bytes.end.min(text.len()));
        if start >= end {
            continue;
        }
        // Matches are made of whole characters; a range of another text would not be.
        if let (Some(plain), Some(hit)) = (text.get(at..start), text.get(start..end)) {
            found.extend((!plain.is_empty()).then_some((plain, None)));
            found.push((hit, Some(*mark)));
            at = end;
        }
    }
    found.extend(text.get(at..).filter(|rest| !rest.is_empty()).map(|rest| (rest, None)));
    found
}

/// A popup: cleared, framed and titled. Returns what is inside.
fn popup(frame: Rect, title: &SafeText, canvas: &mut Canvas) -> Rect {
    canvas.clear(frame);
    let inner = crate::tui::areas::inside(frame);
    if inner != frame {
        canvas.frame(frame, Part::Border);
        let title = SafeText::new(&format!(" {title} "));
        canvas.text(frame.x + 2, frame.y, frame.width.saturating_sub(4), &title, Part::Header);
    }
    inner
}
