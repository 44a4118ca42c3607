//! Draws a model. Changes nothing, asks nothing, and puts only safe text on the screen.

mod canvas;
mod finder;
mod lists;
mod marks;
mod menu;
mod outline;
mod page;
mod status;
mod tree;

use std::ops::Range;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::config::theme::Part;
use crate::text::SafeText;
use crate::tui::areas::{Areas, thumb};
use crate::tui::model::Model;
use crate::tui::overlay::Overlay;
use canvas::Canvas;

pub(crate) use lists::{help_row_of, help_rows};

/// Draws the whole screen.
pub fn view(model: &Model, frame: &mut Frame) {
    if let Some(position) = view_on(model, frame.buffer_mut()) {
        frame.set_cursor_position(position);
    }
}

/// Draws the whole screen on an empty buffer, and says where the terminal's own cursor belongs, if anywhere.
pub(crate) fn view_on(model: &Model, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let mut canvas = Canvas::new(buffer, &model.theme, model.hyperlinks);
    draw(model, &mut canvas)
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
        let room = area.width.saturating_sub(2);
        let words: &[&str] = match model.loading {
            true => &["reading the notes…"],
            false => &[
                "No notes here.",
                "hallway PATH opens others;",
                "`hallway config show` tells",
                "where these were looked for.",
            ],
        };
        for (y, line) in (area.y..area.bottom()).zip(words) {
            canvas.text(area.x + 1, y, room, &SafeText::new(line), Part::Quiet);
        }
    } else {
        page::reader(model, areas.reader, areas.text, canvas);
    }
    scrollbar(areas.tree_bar, model.tree.offset, model.tree.rows.len(), canvas);
    scrollbar(areas.reader_bar, model.reader.scroll, model.reader.page.lines.len(), canvas);
    status::footer(model, areas.footer, canvas);
    let cursor = overlay(model, areas, canvas);
    if !model.typed.is_empty() {
        menu::next_keys(model, canvas);
    }
    cursor
}

/// Where a window stands over what it shows.
fn scrollbar(bar: Rect, offset: usize, all: usize, canvas: &mut Canvas) {
    for y in thumb(bar, offset, all).unwrap_or_default() {
        canvas.sign(bar.x, y, "▐", Part::Border);
    }
}

/// What lies over the screen.
fn overlay(model: &Model, areas: Areas, canvas: &mut Canvas) -> Option<(u16, u16)> {
    match &model.overlay {
        Some(Overlay::Finder(state)) => finder::draw(model, state, canvas),
        Some(Overlay::Prompt(prompt)) => status::prompt(model, prompt, areas.footer, canvas),
        Some(Overlay::Bookmarks(state)) => marks::draw(model, state, canvas),
        Some(Overlay::Outline(outline)) => outline::draw(model, outline, canvas),
        // They are lit on the page.
        Some(Overlay::Links(_)) => None,
        Some(Overlay::Menu(state)) => menu::draw(model, state, canvas),
        Some(Overlay::Help(scroll)) => {
            lists::help(model, *scroll, canvas);
            None
        }
        None => None,
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
