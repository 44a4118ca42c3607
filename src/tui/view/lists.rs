//! The help.

use crate::config::actions::{Action, Scope};
use crate::config::keymap::Keymap;
use crate::config::table::TABLE;
use crate::config::theme::Part;
use crate::text::SafeText;
use crate::tui::areas::list_popup;
use crate::tui::model::Model;
use crate::tui::view::canvas::Canvas;
use crate::tui::view::popup;

/// A line of the help.
enum HelpLine {
    Title(&'static str),
    Row(String, &'static str),
    Gap,
}

fn help_lines(keymap: &Keymap) -> Vec<HelpLine> {
    let mut lines = Vec::new();
    for scope in Scope::ALL {
        if !lines.is_empty() {
            lines.push(HelpLine::Gap);
        }
        lines.push(HelpLine::Title(scope.title()));
        for row in TABLE.iter().filter(|row| row.scope == scope) {
            lines.push(HelpLine::Row(keymap.keys_of(scope, row.action).join("  "), row.help));
        }
    }
    lines
}

/// How many lines the help has.
pub(crate) fn help_rows(keymap: &Keymap) -> usize {
    help_lines(keymap).len()
}

/// The line of the help at which a scope's keys begin.
pub(crate) fn help_row_of(keymap: &Keymap, scope: Scope) -> usize {
    let begins = |line: &HelpLine| matches!(line, HelpLine::Title(title) if *title == scope.title());
    help_lines(keymap).iter().position(begins).unwrap_or(0)
}

/// Every key, from the table of actions.
pub(super) fn help(model: &Model, scroll: usize, canvas: &mut Canvas) {
    let title = match model.keymap.keys_of(Scope::Help, Action::Tour).first() {
        Some(key) => format!("Keys · {key} takes a tour of three minutes"),
        None => "Keys".into(),
    };
    let inner = popup(list_popup(model.size), &title.into(), canvas);
    let column = (inner.width * 2 / 5).min(30);
    for (y, line) in (inner.y..inner.bottom()).zip(help_lines(&model.keymap).into_iter().skip(scroll)) {
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
