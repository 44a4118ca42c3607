//! The outline: the headings of the page, by depth, with those letters lit that the filter matched.

use ratatui::layout::Rect;

use crate::config::theme::Part;
use crate::text::SafeText;
use crate::tui::areas::{inside, outline_popup};
use crate::tui::model::Model;
use crate::tui::overlay::{OutlineState, field_text};
use crate::tui::view::canvas::Canvas;
use crate::tui::view::{finder, popup};

/// Draws the outline; returns where the cursor stands in the filter.
pub(super) fn draw(model: &Model, state: &OutlineState, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let frame = outline_popup(model.size, state.headings.len());
    popup(frame, &"Outline".into(), canvas);
    let inner = inside(frame);
    if inner.height == 0 {
        return None;
    }
    let text = field_text(&state.query);
    canvas.sign(inner.x, inner.y, "›", Part::Key);
    let room = inner.width.saturating_sub(3);
    canvas.text(inner.x + 2, inner.y, room, &SafeText::new(text), Part::Talk);
    let list = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
    if state.through.is_empty() {
        let none =
            if state.headings.is_empty() { "This page has no headings." } else { "No heading has that." };
        canvas.text(list.x + 2, list.y, room, &none.into(), Part::Quiet);
    }
    let least = state.headings.iter().map(|heading| heading.level).min().unwrap_or(1);
    let rows = state.through.iter().enumerate().skip(state.list.offset).take(list.height.into());
    for (y, (at, through)) in (list.y..).zip(rows) {
        let heading = &state.headings[through.at];
        let selected = at == state.list.selected;
        let row = Rect { y, height: 1, ..list };
        if selected {
            canvas.paint(row, Part::Cursor);
            canvas.sign(row.x, y, "▌", Part::Place);
        }
        // Where the reader is, whatever the cursor is on.
        if state.current == Some(through.at) {
            canvas.sign(row.x + 1, y, "▸", Part::Place);
        }
        let indent = u16::from(heading.level - least) * 2;
        let mut x = row.x + 3 + indent.min(row.width / 3);
        let part = if state.current == Some(through.at) { Part::Header } else { Part::Talk };
        let style = finder::row_style(model.theme.part(part), selected);
        let shown = crate::text::width::ellipsis(&heading.text, row.right().saturating_sub(x + 1).into());
        for (piece, hit) in finder::pieces(&shown, &through.lit) {
            let style = if hit { finder::blend(style, model.theme.part(Part::Match)) } else { style };
            x = canvas.styled(x, y, row.right().saturating_sub(x), &SafeText::new(piece), style);
        }
    }
    let before: String = text.chars().take(state.query.cursor().1).collect();
    let column = SafeText::new(&before).width().min(usize::from(room)) as u16;
    Some((inner.x + 2 + column, inner.y))
}
