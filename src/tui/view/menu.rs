//! A list to choose from, and how a sequence of keys may go on.

use ratatui::layout::Rect;

use crate::config::theme::Part;
use crate::text::SafeText;
use crate::text::width::ellipsis;
use crate::tui::areas::{inside, keys_popup, menu_areas};
use crate::tui::menu::Menu;
use crate::tui::model::Model;
use crate::tui::view::canvas::Canvas;
use crate::tui::view::{finder, popup};

/// Draws the list; returns where the cursor stands in its filter.
pub(super) fn draw(model: &Model, menu: &Menu, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let areas = menu_areas(model.size, menu);
    popup(areas.frame, &menu.title.into(), canvas);
    let list = areas.list;
    let room = list.width.saturating_sub(3);
    if menu.through.is_empty() {
        canvas.text(list.x + 2, list.y, room, &SafeText::new(&menu.none), Part::Quiet);
    }
    let rows = menu.through.iter().enumerate().skip(menu.list.offset).take(list.height.into());
    for (y, (at, through)) in (list.y..).zip(rows) {
        let row = &menu.rows[through.at];
        let selected = at == menu.list.selected;
        let area = Rect { y, height: 1, ..list };
        if selected {
            canvas.paint(area, Part::Cursor);
            canvas.sign(area.x, y, "▌", Part::Place);
        }
        // The row is worth more than what is said of it, which still gets a quarter.
        let left = usize::from(area.width).saturating_sub(SafeText::new(&row.text).width() + 5);
        let room = left.clamp(usize::from(area.width / 4), usize::from(area.width / 2).max(1));
        let note = SafeText::new(&row.note).ellipsis(room);
        let end = area.right().saturating_sub(note.width() as u16 + 1);
        let style = finder::row_style(model.theme.part(Part::Quiet), selected);
        canvas.styled(end, y, note.width() as u16, &note, style);
        let mut x = area.x + 2;
        let style = finder::row_style(model.theme.part(Part::Talk), selected);
        let shown = ellipsis(&row.text, end.saturating_sub(x + 1).into());
        for (piece, hit) in finder::pieces(&shown, &through.lit) {
            let style = if hit { finder::blend(style, model.theme.part(Part::Match)) } else { style };
            x = canvas.styled(x, y, end.saturating_sub(x + 1), &SafeText::new(piece), style);
        }
    }
    let query = menu.query.as_ref().filter(|_| areas.query.height > 0)?;
    canvas.sign(areas.query.x, areas.query.y, ":", Part::Key);
    let room = areas.query.width.saturating_sub(3);
    canvas.text(areas.query.x + 2, areas.query.y, room, &SafeText::new(menu.words()), Part::Talk);
    let before: String = menu.words().chars().take(query.cursor().1).collect();
    let column = SafeText::new(&before).width().min(usize::from(room)) as u16;
    Some((areas.query.x + 2 + column, areas.query.y))
}

/// How the keys that were pressed may go on.
pub(super) fn next_keys(model: &Model, canvas: &mut Canvas) {
    let scope = model.scope();
    let ways = model.keymap.next(scope, &model.typed);
    let typed = crate::config::keys::names(&model.typed);
    let frame = keys_popup(model.size, ways.len());
    popup(frame, &SafeText::new(&typed), canvas);
    let inner = inside(frame);
    for (y, (key, action)) in (inner.y..inner.bottom()).zip(&ways) {
        let end = inner.right().saturating_sub(1);
        let x =
            canvas.text(inner.x + 1, y, end.saturating_sub(inner.x + 1), &key.to_string().into(), Part::Key);
        let row = action.and_then(|action| crate::config::table::row_of(scope, action));
        let help = row.map_or("…", |row| row.help);
        let x = x.max(inner.x + 8) + 1;
        canvas.text(x, y, end.saturating_sub(x), &help.into(), Part::Talk);
    }
}
