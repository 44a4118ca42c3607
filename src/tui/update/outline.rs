//! The outline of the page: a filter over its headings, and going to one.

use crate::config::actions::Action;
use crate::search::filter::{Through, filter};
use crate::tui::areas::{inside, outline_popup};
use crate::tui::model::{Focus, Message, Model};
use crate::tui::overlay::{ListState, OutlineState, Overlay, field_text};
use crate::tui::reader::Place;
use crate::tui::update::{field, way};

/// Opens the outline, on the section one is in.
pub(super) fn open(model: &mut Model) {
    let height = usize::from(model.areas().text.height);
    let reader = &model.reader;
    let headings: Vec<_> = reader.page.document.headings().collect();
    let row = reader.row_of(reader.place(height));
    let block = reader.page.lines.get(row).map_or(0, |line| line.block as usize);
    let current = headings.iter().rposition(|heading| heading.block <= block);
    let through = filter("", headings.iter().map(|heading| heading.text.as_str()));
    let list = ListState { selected: current.unwrap_or(0), offset: 0 };
    let query = field::with("");
    model.overlay =
        Some(Overlay::Outline(Box::new(OutlineState { query, headings, through, current, list })));
}

/// Another page lies below, or the same one as it is now: its headings are others, the filter stays.
pub(super) fn renew(model: &mut Model) {
    let headings: Vec<_> = model.reader.page.document.headings().collect();
    if let Some(Overlay::Outline(state)) = &mut model.overlay {
        let chosen =
            state.through.get(state.list.selected).map(|through| state.headings[through.at].text.clone());
        state.headings = headings;
        narrow(state);
        let same = |through: &Through| Some(&state.headings[through.at].text) == chosen.as_ref();
        if let Some(at) = state.through.iter().position(same) {
            state.list.selected = at;
        }
    }
}

/// The rows of headings that are in view.
pub(super) fn rows(model: &Model, headings: usize) -> usize {
    usize::from(inside(outline_popup(model.size, headings)).height).saturating_sub(1)
}

/// Does what an action says while the outline is open.
pub(super) fn act(model: &mut Model, action: Action) {
    let Some(Overlay::Outline(state)) = &model.overlay else {
        return;
    };
    let page = rows(model, state.headings.len()).max(1).cast_signed();
    let Some(Overlay::Outline(state)) = &mut model.overlay else {
        return;
    };
    let count = state.through.len();
    match action {
        Action::Open => go(model),
        Action::Down => state.list.step(1, count),
        Action::Up => state.list.step(-1, count),
        Action::PageDown => state.list.step(page, count),
        Action::PageUp => state.list.step(-page, count),
        edit if field::edit(&mut state.query, edit) => narrow(state),
        _ => model.overlay = None,
    }
}

/// Adds text to the filter.
pub(super) fn paste(model: &mut Model, text: &str) {
    if let Some(Overlay::Outline(state)) = &mut model.overlay {
        field::insert(&mut state.query, text);
        narrow(state);
    }
}

/// Filters anew; the cursor goes to the heading that matches best.
fn narrow(state: &mut OutlineState) {
    let query = field_text(&state.query);
    state.through = filter(query, state.headings.iter().map(|heading| heading.text.as_str()));
    let best = state.through.iter().enumerate().max_by_key(|(at, t)| (t.score, std::cmp::Reverse(*at)));
    state.list.selected =
        if query.trim().is_empty() { state.current.unwrap_or(0) } else { best.map_or(0, |(at, _)| at) };
}

fn go(model: &mut Model) {
    let Some(Overlay::Outline(state)) = &model.overlay else {
        return;
    };
    let Some(heading) = state.through.get(state.list.selected).map(|through| &state.headings[through.at])
    else {
        model.message = Some(Message::Failed("no heading is chosen".into()));
        return;
    };
    let (line, block) = (heading.line, heading.block);
    way::leave(model);
    model.overlay = None;
    model.focus = Focus::Reader;
    let height = usize::from(model.areas().text.height);
    if line > 0 {
        model.reader.landed = Some(Place { line, offset: 0 });
    }
    // A heading that one goes to stands on top: what one wants is below it.
    let row = model.reader.row_of_block(block);
    model.reader.pan = 0;
    model.reader.go(row, height);
}
