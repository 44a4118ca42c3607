//! The finder: a query, what it finds, and going there.

use ratatui_textarea::{CursorMove, TextArea};

use crate::config::actions::Action;
use crate::search::{Finder, Index, Marks, Query};
use crate::tui::areas::finder_areas;
use crate::tui::effect::Pane;
use crate::tui::model::{FinderState, ListState, Model, Overlay};
use crate::tui::reader::Reader;
use crate::tui::update::browse;

/// More rows than anybody scrolls through; ranking them costs nothing to speak of.
const MOST_HITS: usize = 1_000;

/// The longest query, in characters. Whatever is longer was pasted by mistake.
const LONGEST_QUERY: usize = 256;

/// Opens the finder over every talk.
pub(super) fn open(model: &mut Model) {
    let state = FinderState {
        query: TextArea::default(),
        hits: Vec::new(),
        list: ListState::default(),
        preview: Reader::new(Pane::Preview),
        go_when_read: false,
    };
    model.overlay = Some(Overlay::Finder(Box::new(state)));
    search(model);
}

/// Ranks the talks for the query as it is now.
fn search(model: &mut Model) {
    let index = model.finder.get_or_insert_with(|| Index::new(&model.library));
    if let Some(Overlay::Finder(state)) = &mut model.overlay {
        state.hits = Finder::new(&model.library, index, &Marks::default())
            .find(&Query::parse(state.text()), MOST_HITS)
            .hits;
        state.list = ListState::default();
    }
}

/// Does what an action says while the finder is open.
pub(super) fn act(model: &mut Model, action: Action) {
    let page = usize::from(finder_areas(model.size).list.height).max(1).cast_signed();
    let Some(Overlay::Finder(state)) = &mut model.overlay else {
        return;
    };
    let rows = state.hits.len();
    let before = state.text().to_owned();
    state.go_when_read = false;
    match action {
        Action::Down => state.list.step(1, rows),
        Action::Up => state.list.step(-1, rows),
        Action::PageDown => state.list.step(page, rows),
        Action::PageUp => state.list.step(-page, rows),
        Action::LineStart => state.query.move_cursor(CursorMove::Head),
        Action::LineEnd => state.query.move_cursor(CursorMove::End),
        Action::CharLeft => state.query.move_cursor(CursorMove::Back),
        Action::CharRight => state.query.move_cursor(CursorMove::Forward),
        Action::DeleteChar => {
            state.query.delete_char();
        }
        Action::DeleteForward => {
            state.query.delete_next_char();
        }
        Action::DeleteWord => {
            state.query.delete_word();
        }
        Action::DeleteLine => {
            state.query.delete_line_by_head();
        }
        Action::Open => return go(model),
        _ => {
            model.overlay = None;
            return;
        }
    }
    if state.text() != before {
        search(model);
    }
}

/// Goes to the talk under the cursor. Where none is found yet, that waits for the notes.
fn go(model: &mut Model) {
    let Some(Overlay::Finder(state)) = &mut model.overlay else {
        return;
    };
    match state.hits.get(state.list.selected).map(|hit| hit.talk) {
        Some(talk) => {
            model.overlay = None;
            browse::go_to_talk(model, talk);
        }
        None => state.go_when_read = model.loading,
    }
}

/// All notes are read: the query is asked again, and an Enter that waited is served.
pub(super) fn notes_read(model: &mut Model) {
    search(model);
    if matches!(&model.overlay, Some(Overlay::Finder(state)) if state.go_when_read) {
        go(model);
    }
}

/// Adds a letter to the query.
pub(super) fn type_char(model: &mut Model, c: char) {
    paste(model, c.encode_utf8(&mut [0; 4]));
}

/// Adds text to the query: its first line, without controls.
pub(super) fn paste(model: &mut Model, text: &str) {
    let Some(Overlay::Finder(state)) = &mut model.overlay else {
        return;
    };
    let line = text.lines().next().unwrap_or_default();
    let room = LONGEST_QUERY.saturating_sub(state.text().chars().count());
    let clean: String = line.chars().filter(|c| !c.is_control()).take(room).collect();
    if state.query.insert_str(clean) {
        search(model);
    }
}
