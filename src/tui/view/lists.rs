//! The popups that are lists: bookmarks and help.

use ratatui::layout::Rect;

use crate::config::actions::{Scope, TABLE};
use crate::config::theme::Part;
use crate::text::SafeText;
use crate::tui::areas::list_popup;
use crate::tui::marks::Mark;
use crate::tui::model::Model;
use crate::tui::overlay::ListState;
use crate::tui::view::canvas::Canvas;
use crate::tui::view::popup;

/// The list of bookmarks: talk and conference, and the quoted line.
pub(super) fn bookmarks(model: &Model, list: ListState, canvas: &mut Canvas) {
    let inner = popup(list_popup(model.size), &"Bookmarks".into(), canvas);
    if model.marks.all.is_empty() {
        let none = "No bookmarks yet. m sets one, in the tree or in the reader.".into();
        canvas.text(inner.x + 1, inner.y, inner.width.saturating_sub(2), &none, Part::Quiet);
    }
    let rows = model.marks.all.iter().enumerate().skip(list.offset).take(inner.height.into());
    for (y, (at, mark)) in (inner.y..).zip(rows) {
        let area = Rect { y, height: 1, ..inner };
        bookmark(model, mark, area, canvas);
        if at == list.selected {
            canvas.paint(area, Part::Cursor);
            canvas.sign(area.x, y, "▌", Part::Place);
        }
    }
}

fn bookmark(model: &Model, mark: &Mark, area: Rect, canvas: &mut Canvas) {
    let bookmark = &mark.bookmark.anchor;
    let end = area.right().saturating_sub(1);
    let mut x = area.x + 2;
    let mut write =
        |x: u16, text: &str, part: Part| canvas.text(x, area.y, end.saturating_sub(x), &text.into(), part);
    let (title, conference) = match mark.found {
        Some((talk, _)) => {
            (model.library.talk(talk).title.as_str(), model.library.conference_of(talk).name.as_str())
        }
        None => (bookmark.talk.as_str(), bookmark.conference.as_str()),
    };
    if mark.elsewhere {
        x = write(x, "other notes: ", Part::Quiet);
    } else if mark.found.is_none() {
        x = write(x, "lost: ", Part::Alarm);
    }
    x = write(x, title, Part::Talk);
    x = write(x + 2, conference, Part::Quiet);
    // A bookmark on the title says nothing more by quoting it.
    if !bookmark.quote.contains(&bookmark.talk) {
        write(x + 2, &bookmark.quote, Part::Quiet);
    }
}

/// A line of the help.
enum HelpLine {
    Title(&'static str),
    Row(String, &'static str),
    Gap,
}

fn help_lines() -> Vec<HelpLine> {
    let mut lines = Vec::new();
    for scope in Scope::ALL {
        if !lines.is_empty() {
            lines.push(HelpLine::Gap);
        }
        lines.push(HelpLine::Title(scope.title()));
        for row in TABLE.iter().filter(|row| row.scope == scope) {
            lines.push(HelpLine::Row(row.keys.join("  "), row.help));
        }
    }
    lines
}

/// How many lines the help has.
pub(crate) fn help_rows() -> usize {
    help_lines().len()
}

/// The line of the help at which a scope's keys begin.
pub(crate) fn help_row_of(scope: Scope) -> usize {
    let begins = |line: &HelpLine| matches!(line, HelpLine::Title(title) if *title == scope.title());
    help_lines().iter().position(begins).unwrap_or(0)
}

/// Every key, from the table of actions.
pub(super) fn help(model: &Model, scroll: usize, canvas: &mut Canvas) {
    let inner = popup(list_popup(model.size), &"Keys".into(), canvas);
    let column = (inner.width * 2 / 5).min(30);
    for (y, line) in (inner.y..inner.bottom()).zip(help_lines().into_iter().skip(scroll)) {
        let end = inner.right().saturating_sub(1);
        match line {
            HelpLine::Title(title) => {
                canvas.text(inner.x + 1, y, end.saturating_sub(inner.x + 1), &title.into(), Part::Header);
            }
            HelpLine::Row(keys, help) => {
                canvas.text(inner.x + 3, y, column.saturating_sub(4), &SafeText::new(&keys), Part::Key);
                let x = inner.x + column;
                canvas.text(x, y, end.saturating_sub(x), &help.into(), Part::Talk);
            }
            HelpLine::Gap => {}
        }
    }
}
