//! The list of bookmarks and the revisit queue.

use ratatui::layout::Rect;
use ratatui_textarea::TextArea;

use crate::bookmarks::anchor::Found;
use crate::config::actions::{Action, Scope};
use crate::config::theme::Part;
use crate::report::bookmarks::{Mark, State};
use crate::text::SafeText;
use crate::tui::areas::MARK_HEIGHT;
use crate::tui::model::Model;
use crate::tui::overlay::{MarksState, Typing, field_text};
use crate::tui::view::canvas::Canvas;
use crate::tui::view::popup;

/// Draws the list; returns where the cursor of the line stands that is typed in.
pub(super) fn draw(model: &Model, state: &MarksState, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let places = state.areas(model.size);
    popup(places.frame, &title(model, state), canvas);
    let mut cursor = None;
    if places.filter.height > 0 {
        let typed = matches!(state.typing, Some(Typing::Filter));
        cursor = line(places.filter, "/", &state.query, canvas).filter(|_| typed);
    }
    if state.rows.is_empty() {
        empty(model, state, places.list, canvas);
    }
    let rows = state.rows.iter().enumerate().skip(state.list.offset).take(state.room(model.size));
    for (at, row) in rows {
        let Some(mark) = model.marks.all.get(*row) else {
            continue;
        };
        let y = places.list.y + (at - state.list.offset) as u16 * MARK_HEIGHT;
        let area = Rect { y, height: MARK_HEIGHT, ..places.list };
        bookmark(model, mark, area, canvas);
        if at == state.list.selected {
            canvas.paint(Rect { height: 1, ..area }, Part::Cursor);
            for y in area.y..area.bottom() {
                canvas.sign(area.x, y, "▌", Part::Place);
            }
        }
    }
    match &state.typing {
        Some(Typing::Note(_, text)) => line(places.line, "note: ", text, canvas),
        Some(Typing::Tags(_, text)) => line(places.line, "tags: ", text, canvas),
        _ => cursor,
    }
}

fn title(model: &Model, state: &MarksState) -> SafeText {
    let due = state.rows.iter().filter_map(|row| model.marks.all.get(*row)).filter(|m| m.is_due(model.today));
    let words = match state.queue {
        true => format!("Revisit · {} due", due.count()),
        false => format!("Bookmarks · by {}", state.sort.name()),
    };
    SafeText::new(&words)
}

/// What an empty list says, and what to do next.
fn empty(model: &Model, state: &MarksState, area: Rect, canvas: &mut Canvas) {
    let here = |action| model.keymap.key(Scope::Bookmarks, action);
    let screen = |action| model.keymap.key(Scope::Screen, action);
    let words = match () {
        () if !field_text(&state.query).is_empty() => {
            let key = model.keymap.key(Scope::Prompt, Action::Close);
            ["No bookmark matches.".to_owned(), format!("{key} shows them all again.")]
        }
        () if state.queue && !model.marks.all.is_empty() => [
            "The revisit queue is empty.".to_owned(),
            format!(
                "{} shows all bookmarks; {} puts one on the queue.",
                here(Action::Revisits),
                here(Action::Done)
            ),
        ],
        () => [
            "No bookmarks yet.".to_owned(),
            format!(
                "{} sets one, in the tree or in the reader; {} sets one with a note.",
                screen(Action::Bookmark),
                screen(Action::Annotate)
            ),
        ],
    };
    for (y, words) in (area.y..area.bottom()).zip(&words) {
        canvas.text(area.x + 1, y, area.width.saturating_sub(2), &SafeText::new(words), Part::Quiet);
    }
}

/// A line that is typed in; returns where its cursor stands.
fn line(area: Rect, name: &str, text: &TextArea<'static>, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let x = canvas.text(area.x + 1, area.y, area.width.saturating_sub(2), &SafeText::new(name), Part::Key);
    let room = area.right().saturating_sub(x + 1);
    let before: String = field_text(text).chars().take(text.cursor().1).collect();
    let shown = SafeText::new(field_text(text));
    let shown = if shown.width() > usize::from(room) { shown.ellipsis_left(room.into()) } else { shown };
    canvas.text(x, area.y, room, &shown, Part::Talk);
    let column = SafeText::new(&before).width().min(usize::from(room.saturating_sub(1))) as u16;
    (room > 0 && area.height > 0).then_some((x + column, area.y))
}

/// Talk and conference, and on the right when it is due; below, its tags and note, else its quote.
fn bookmark(model: &Model, mark: &Mark, area: Rect, canvas: &mut Canvas) {
    let end = area.right().saturating_sub(1);
    let due = mark.bookmark.revisit.map(|revisit| SafeText::new(&revisit.words(model.today)));
    // What is due says so; that something is on the queue for later is worth less than its title.
    let wide = area.width >= 50 || mark.is_due(model.today);
    let mut right = end;
    if let Some(due) = due.filter(|_| wide) {
        let width = due.width() as u16;
        right = end.saturating_sub(width);
        let part = if mark.is_due(model.today) { Part::Message } else { Part::Quiet };
        canvas.text(right, area.y, width, &due, part);
        right = right.saturating_sub(2);
    }
    let mut x = area.x + 2;
    let mut write = |x: u16, text: &str, part: Part| {
        canvas.text(x, area.y, right.saturating_sub(x), &SafeText::new(text), part)
    };
    // Until their places are known again, nothing is said of them.
    x = match mark.state {
        _ if model.marks.pending > 0 && mark.found.is_none() => x,
        State::Here => x,
        State::Moved(_) => write(x, "moved: ", Part::Message),
        State::Lost => write(x, "lost: ", Part::Alarm),
        State::Elsewhere => write(x, "other notes: ", Part::Quiet),
    };
    x = write(x, mark.title(&model.library), Part::Talk);
    write(x + 2, mark.conference(&model.library), Part::Quiet);
    let tags: Vec<String> = mark.bookmark.tags.iter().map(|tag| format!("#{tag}")).collect();
    let moved = match mark.state {
        State::Moved(moved) => Some(moved.words()),
        _ => None,
    };
    let parts = [
        (mark.bookmark.note.replace('\n', " / "), Part::Talk),
        (tags.join(" "), Part::Message),
        (moved.unwrap_or_default().to_owned(), Part::Message),
        (mark.quote().unwrap_or_default().to_owned(), Part::Quiet),
    ];
    let was = &mark.bookmark.anchor;
    let source = |found: Found| model.library.file(found.file).source_line(found.line);
    let number = mark.found.map_or(was.line, source);
    let nothing = parts.iter().all(|(text, _)| text.is_empty());
    let place = nothing.then(|| (format!("{}:{number}", was.path), Part::Quiet));
    let mut x = area.x + 4;
    for (text, part) in parts.iter().chain(&place).filter(|(text, _)| !text.is_empty()) {
        x = canvas.text(x, area.y + 1, end.saturating_sub(x), &SafeText::new(text), *part) + 2;
    }
}
