//! A line that is typed in, wherever one is.

use ratatui_textarea::{CursorMove, TextArea};

use crate::config::actions::Action;
use crate::tui::overlay::field_text;

/// The longest line, in characters. Whatever is longer was pasted by mistake.
const LONGEST: usize = 256;

/// A line with some text in it, the cursor behind it.
pub(super) fn with(text: &str) -> TextArea<'static> {
    let mut field = TextArea::new(vec![text.to_owned()]);
    field.move_cursor(CursorMove::End);
    field
}

/// Moves and deletes, as an action says. False when it says something else.
pub(super) fn edit(field: &mut TextArea<'static>, action: Action) -> bool {
    match action {
        Action::LineStart => field.move_cursor(CursorMove::Head),
        Action::LineEnd => field.move_cursor(CursorMove::End),
        Action::CharLeft => field.move_cursor(CursorMove::Back),
        Action::CharRight => field.move_cursor(CursorMove::Forward),
        Action::DeleteChar => {
            field.delete_char();
        }
        Action::DeleteForward => {
            field.delete_next_char();
        }
        Action::DeleteWord => {
            field.delete_word();
        }
        Action::DeleteLine => {
            field.delete_line_by_head();
        }
        _ => return false,
    }
    true
}

/// Adds text: its first line, without controls, as far as there is room.
pub(super) fn insert(field: &mut TextArea<'static>, text: &str) {
    let line = text.lines().next().unwrap_or_default();
    let room = LONGEST.saturating_sub(field_text(field).chars().count());
    let clean: String = line.chars().filter(|c| !c.is_control()).take(room).collect();
    field.insert_str(clean);
}
