//! A line that is typed in, wherever one is.

use ratatui_textarea::{CursorMove, TextArea};

use crate::config::actions::Action;
use crate::tui::overlay::field_text;

/// The longest line, in characters. Whatever is longer was pasted by mistake.
const LONGEST: usize = 4_096;

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

/// Adds text, as far as there is room: its lines one behind the other, and a blank for what separates words in them.
pub(super) fn insert(field: &mut TextArea<'static>, text: &str) {
    let room = LONGEST.saturating_sub(field_text(field).chars().count());
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let clean: String =
        lines.join(" ").replace('\t', " ").chars().filter(|c| !c.is_control()).take(room).collect();
    field.insert_str(clean);
}
