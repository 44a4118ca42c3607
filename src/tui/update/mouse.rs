//! The mouse: a click selects, the wheel scrolls whatever is under it.

use ratatui::layout::{Position, Rect};

use crate::config::actions::{Action, Scope};
use crate::tui::areas::{MARK_HEIGHT, finder_areas, inside, menu_areas, outline_popup};
use crate::tui::effect::Effect;
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::model::{Focus, Held, Message, Model};
use crate::tui::overlay::Overlay;
use crate::tui::selection::Selection;
use crate::tui::update::{act, browse, copy, links, menu};

/// Lines that one turn of the wheel scrolls.
const WHEEL: isize = 3;

pub(super) fn update(model: &mut Model, mouse: Mouse, effects: &mut Vec<Effect>) {
    let at = Position::new(mouse.column, mouse.row);
    let turn = match mouse.kind {
        MouseKind::Click | MouseKind::DoubleClick => {
            model.message = None;
            model.typed.clear();
            model.missing = None;
            None
        }
        MouseKind::WheelDown => Some(WHEEL),
        MouseKind::WheelUp => Some(-WHEEL),
        MouseKind::WheelLeft | MouseKind::WheelRight | MouseKind::Drag | MouseKind::Release => {
            return marking(model, mouse.kind, at, effects);
        }
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
        Some(Overlay::Bookmarks(state)) => {
            let places = state.areas(model.size);
            let (frame, rows) = (places.frame, state.rows.len());
            let list = &mut state.list;
            match (turn, row_at(places.list, at).map(|row| row / usize::from(MARK_HEIGHT))) {
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
        Some(Overlay::Outline(outline)) => {
            let frame = outline_popup(model.size, outline.headings.len());
            let inner = inside(frame);
            let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
            let rows = outline.through.len();
            match (turn, row_at(list, at)) {
                (Some(by), _) => outline.list.step(by, rows),
                (None, Some(row)) if outline.list.offset + row < rows => {
                    outline.list.selected = outline.list.offset + row;
                    act(model, Action::Open, effects);
                }
                _ if !frame.contains(at) => model.overlay = None,
                _ => {}
            }
        }
        Some(Overlay::Menu(state)) => {
            let places = menu_areas(model.size, state);
            let rows = state.through.len();
            match (turn, row_at(places.list, at)) {
                (Some(by), _) => state.list.step(by, rows),
                (None, Some(row)) if state.list.offset + row < rows => {
                    state.list.selected = state.list.offset + row;
                    act(model, Action::Open, effects);
                }
                _ if !places.frame.contains(at) => menu::close(model),
                _ => {}
            }
            menu::show_theme(model);
        }
        // A click on a link chooses it, one beside them puts them out; so does the wheel.
        Some(Overlay::Links(_)) => {
            if turn.is_some() || !model.areas().text.contains(at) {
                model.overlay = None;
            }
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
        None if mouse.kind == MouseKind::DoubleClick => open(model, at, effects),
        None => on_screen(model, at, turn, effects),
    }
}

/// A second click on the tree reads the talk; the first one has folded or unfolded a group. Elsewhere it is a click.
fn open(model: &mut Model, at: Position, effects: &mut Vec<Effect>) {
    let Some(row) = row_at(model.areas().tree, at).filter(|_| bar_at(model, at).is_none()) else {
        return on_screen(model, at, None, effects);
    };
    let chosen = model.tree.offset + row;
    if model.tree.rows.get(chosen).is_some_and(|row| row.folded.is_none()) {
        model.focus = Focus::Tree;
        model.tree.go(chosen);
        act(model, Action::Open, effects);
    }
}

/// The pane whose scrollbar a position is on.
fn bar_at(model: &Model, at: Position) -> Option<Focus> {
    let areas = model.areas();
    let (rows, lines) = (model.tree.rows.len(), model.reader.page.lines.len());
    let tree = areas.tree_bar.contains(at) && rows > usize::from(areas.tree_bar.height);
    let reader = areas.reader_bar.contains(at) && lines > usize::from(areas.reader_bar.height);
    if tree {
        return Some(Focus::Tree);
    }
    reader.then_some(Focus::Reader)
}

/// Goes to the part of a pane that a row of its scrollbar stands for.
fn scroll_to(model: &mut Model, pane: Focus, y: u16) {
    let areas = model.areas();
    let (bar, all) = match pane {
        Focus::Tree => (areas.tree_bar, model.tree.rows.len()),
        Focus::Reader => (areas.reader_bar, model.reader.page.lines.len()),
    };
    let (height, down) =
        (usize::from(bar.height), usize::from(y.clamp(bar.y, bar.bottom().max(1) - 1) - bar.y));
    let steps = height.saturating_sub(1).max(1);
    match pane {
        Focus::Tree => model.tree.go(down * all.saturating_sub(1) / steps),
        Focus::Reader => model.reader.go(down * all.saturating_sub(height) / steps, height),
    }
}

/// The row of a list that a position is on.
fn row_at(list: Rect, at: Position) -> Option<usize> {
    list.contains(at).then(|| usize::from(at.y - list.y))
}

/// Where a position in the reader's text is: row of the page, column of the pane.
fn on_page(model: &Model, at: Position) -> (usize, usize) {
    let text = model.areas().text;
    let y = at.y.clamp(text.y, text.bottom().saturating_sub(1).max(text.y)) - text.y;
    let x = at.x.clamp(text.x, text.right().saturating_sub(1).max(text.x)) - text.x;
    (model.reader.scroll + usize::from(y), usize::from(x))
}

/// The button is held and moved, or let go: text is marked and copied; without a move it was a click, on
/// a link perhaps.
fn marking(model: &mut Model, kind: MouseKind, at: Position, effects: &mut Vec<Effect>) {
    let text = model.areas().text;
    let open = !matches!(model.overlay, None | Some(Overlay::Links(_)));
    if open {
        return;
    }
    if let Some(held) = model.held_by_mouse {
        match (kind, held) {
            (MouseKind::Release, _) => model.held_by_mouse = None,
            (MouseKind::Drag, Held::Divider) => model.tree_width = Some(at.x),
            (MouseKind::Drag, Held::Scrollbar(pane)) => scroll_to(model, pane, at.y),
            _ => {}
        }
        return;
    }
    match (kind, model.pressed) {
        (MouseKind::WheelLeft, _) => browse::act(model, Action::PanLeft),
        (MouseKind::WheelRight, _) => browse::act(model, Action::PanRight),
        (MouseKind::Drag, Some(from)) => {
            // Over the edge, the page comes along.
            if at.y < text.y {
                model.reader.step(-1, text.height.into());
            } else if at.y >= text.bottom() {
                model.reader.step(1, text.height.into());
            }
            model.selection = Some(Selection { from, to: on_page(model, at) });
        }
        (MouseKind::Release, Some(from)) => {
            model.pressed = None;
            if let Some(selection) = model.selection {
                let marked = selection.text(&model.reader.page, model.reader.pan);
                if !marked.trim().is_empty() {
                    copy::clip(model, marked, "marked text", effects);
                }
                return;
            }
            let row = from.0.saturating_sub(model.reader.scroll) as u16;
            if !links::click(model, from.1 as u16, row, effects)
                && matches!(model.overlay, Some(Overlay::Links(_)))
            {
                model.overlay = None;
            }
        }
        _ => {}
    }
}

/// Gives the mouse to the terminal, or takes it back.
pub(super) fn hand_over(model: &mut Model, effects: &mut Vec<Effect>) {
    model.mouse = !model.mouse;
    let key = model.keymap.key(Scope::Screen, Action::Mouse);
    let words = match model.mouse {
        true => "the mouse is hallway's".to_owned(),
        false => format!("the mouse is the terminal's; {key} takes it back"),
    };
    model.message = Some(Message::Done(words));
    effects.push(Effect::Mouse(model.mouse));
}

fn on_screen(model: &mut Model, at: Position, turn: Option<isize>, effects: &mut Vec<Effect>) {
    let areas = model.areas();
    if turn.is_none() {
        let held = bar_at(model, at).map(Held::Scrollbar);
        model.held_by_mouse = held.or_else(|| areas.divider.contains(at).then_some(Held::Divider));
        if let Some(Held::Scrollbar(pane)) = model.held_by_mouse {
            model.focus = pane;
            return scroll_to(model, pane, at.y);
        }
    }
    if areas.reader.contains(at) {
        match turn {
            Some(by) => model.reader.step(by, areas.text.height.into()),
            None => {
                model.focus = Focus::Reader;
                model.selection = None;
                model.pressed = areas.text.contains(at).then(|| on_page(model, at));
            }
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
