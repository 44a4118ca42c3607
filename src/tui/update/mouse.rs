//! The mouse: a click selects, the wheel scrolls whatever is under it.

use ratatui::layout::{Position, Rect};

use crate::config::actions::Action;
use crate::tui::areas::{finder_areas, inside, list_popup};
use crate::tui::effect::Effect;
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::model::{Focus, Model};
use crate::tui::overlay::Overlay;
use crate::tui::update::act;

/// Lines that one turn of the wheel scrolls.
const WHEEL: isize = 3;

pub(super) fn update(model: &mut Model, mouse: Mouse, effects: &mut Vec<Effect>) {
    let at = Position::new(mouse.column, mouse.row);
    let turn = match mouse.kind {
        MouseKind::Click => None,
        MouseKind::WheelDown => Some(WHEEL),
        MouseKind::WheelUp => Some(-WHEEL),
    };
    match &mut model.overlay {
        Some(Overlay::Finder(finder)) => {
            let places = finder_areas(model.size);
            let rows = finder.items().len();
            let row = row_at(places.list, at).map(|row| row / usize::from(finder.row_height()));
            match (turn, row) {
                (Some(by), _) if places.preview.contains(at) => {
                    finder.preview.step(by, places.preview.height.into());
                }
                (Some(by), _) => finder.list.step(by, rows),
                (None, Some(row)) if finder.list.offset + row < rows => {
                    let chosen = finder.list.offset + row;
                    let again = chosen == finder.list.selected;
                    finder.list.selected = chosen;
                    if again {
                        act(model, Action::Open, effects);
                    }
                }
                _ if !places.frame.contains(at) => model.overlay = None,
                _ => {}
            }
        }
        Some(Overlay::Bookmarks(list)) => {
            let frame = list_popup(model.size);
            let rows = model.marks.all.len();
            match (turn, row_at(inside(frame), at)) {
                (Some(by), _) => list.step(by, rows),
                (None, Some(row)) if list.offset + row < rows => {
                    let again = list.offset + row == list.selected;
                    list.selected = list.offset + row;
                    if again {
                        act(model, Action::Open, effects);
                    }
                }
                _ if !frame.contains(at) => model.overlay = None,
                _ => {}
            }
        }
        // A click beside the line that is typed in keeps it, and means what it means.
        Some(Overlay::Prompt(_)) => {
            act(model, Action::Open, effects);
            on_screen(model, at, turn, effects);
        }
        Some(Overlay::Help(_)) => {
            let action = match turn {
                Some(by) if by > 0 => Action::Down,
                Some(_) => Action::Up,
                None => Action::Close,
            };
            act(model, action, effects);
        }
        None => on_screen(model, at, turn, effects),
    }
}

/// The row of a list that a position is on.
fn row_at(list: Rect, at: Position) -> Option<usize> {
    list.contains(at).then(|| usize::from(at.y - list.y))
}

fn on_screen(model: &mut Model, at: Position, turn: Option<isize>, effects: &mut Vec<Effect>) {
    let areas = model.areas();
    if areas.reader.contains(at) {
        match turn {
            Some(by) => model.reader.step(by, areas.text.height.into()),
            None => model.focus = Focus::Reader,
        }
    } else if let Some(row) = row_at(areas.tree, at) {
        match turn {
            Some(by) => model.tree.step(by),
            None if model.tree.offset + row < model.tree.rows.len() => {
                model.focus = Focus::Tree;
                let chosen = model.tree.offset + row;
                let again = chosen == model.tree.selected;
                model.tree.go(chosen);
                // A click on a group folds it; a second click on a talk reads it.
                if again || model.tree.rows[chosen].folded.is_some() {
                    act(model, Action::Open, effects);
                }
            }
            None => model.focus = Focus::Tree,
        }
    }
}
