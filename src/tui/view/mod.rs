//! Draws a model. Changes nothing, asks nothing, and puts only safe text on the screen.

mod canvas;
mod finder;
mod lists;
mod status;
mod tree;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::config::theme::{Part, Theme};
use crate::markup::Page;
use crate::text::SafeText;
use crate::tui::model::{Focus, Model, Overlay};
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
    page(&shown.page, shown.scroll, text, model.theme, canvas);
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

/// A page's lines from `scroll` on.
fn page(page: &Page, scroll: usize, area: Rect, theme: Theme, canvas: &mut Canvas) {
    let rows = page.lines.iter().skip(scroll).take(area.height.into());
    for (y, line) in (area.y..).zip(rows) {
        let mut x = area.x;
        for piece in &line.pieces {
            x = canvas.styled(x, y, area.right().saturating_sub(x), &piece.text, theme.ink(piece.ink));
        }
    }
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
