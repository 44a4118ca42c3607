//! The finder: a query, what it finds, and going there.

use crate::config::actions::Action;
use crate::library::Library;
use crate::report::page::Subject;
use crate::search::text::{TextHit, Unit};
use crate::tui::areas::finder_areas;
use crate::tui::effect::{Effect, Pane};
use crate::tui::model::{Hits, Model, Remembered};
use crate::tui::overlay::{Completion, FinderState, ListState, Overlay};
use crate::tui::page_search::PageSearch;
use crate::tui::reader::{Place, Reader};
use crate::tui::seeker::{Answer, Item, Mode};
use crate::tui::update::{browse, field};

/// Earlier queries that are remembered.
const QUERIES: usize = 100;

/// Opens the finder, with the query of last time and its cursor.
pub(super) fn open(model: &mut Model, mode: Mode) {
    let last = model.remembered.get(&mode).cloned();
    let state = FinderState {
        query: field::with(last.as_ref().map_or("", |last| &last.words)),
        remembered: last.is_some(),
        mode,
        answer: None,
        asked: 0,
        stale: true,
        list: ListState { selected: last.map_or(0, |last| last.selected), offset: 0 },
        preview: Reader::new(Pane::Preview),
        previewed: None,
        go_when_found: false,
        completion: None,
        back: 0,
    };
    model.overlay = Some(Overlay::Finder(Box::new(state)));
}

/// Asks what has not been asked yet. A query is asked once, after all keys that came together.
pub(super) fn ask(model: &mut Model) -> Option<Effect> {
    let Some(Overlay::Finder(state)) = &mut model.overlay else {
        return None;
    };
    if !std::mem::take(&mut state.stale) {
        return None;
    }
    model.questions += 1;
    state.asked = model.questions;
    // What the filter has asked is given up for it.
    if let Some(filter) = model.filter.as_mut().filter(|filter| !filter.answered) {
        filter.stale = true;
    }
    Some(Effect::Find { generation: state.asked, mode: state.mode, words: state.text().to_owned() })
}

/// Takes an answer, if it is to the last question.
pub(super) fn take(model: &mut Model, answer: Answer) {
    let Some(Overlay::Finder(state)) = &mut model.overlay else {
        return;
    };
    if state.asked != answer.generation {
        return;
    }
    if answer.mode == Mode::Complete {
        return offer(state, answer);
    }
    let text = answer.items.iter().any(|item| matches!(item, Item::Text(..)));
    state.preview.search = text.then(|| PageSearch::new(answer.asked.clone()));
    state.previewed = None;
    state.answer = Some(answer);
    state.list.selected = state.list.selected.min(state.items().len().saturating_sub(1));
    if state.is_answered()
        && (!model.loading || !state.items().is_empty())
        && std::mem::take(&mut state.go_when_found)
    {
        go(model);
    }
}

/// Puts the first way to go on into the query, and shows the others.
fn offer(state: &mut FinderState, answer: Answer) {
    let (start, candidates) = answer.candidates;
    // The rows stay; the question for them was answered before.
    state.asked = state.answer.as_ref().map_or(0, |answer| answer.generation);
    state.stale = true;
    if !candidates.is_empty() {
        state.completion = Some(Completion { start, candidates, at: 0 });
        put_candidate(state);
    }
}

/// Puts the chosen way to go on in the place of the word before the cursor.
fn put_candidate(state: &mut FinderState) {
    let Some(completion) = &state.completion else {
        return;
    };
    let cursor = byte_of_cursor(state);
    let text = state.text();
    let (before, after) = (&text[..completion.start.min(cursor)], &text[cursor..]);
    let filled = format!("{before}{}", completion.candidates[completion.at].text);
    let column = filled.chars().count();
    let whole = format!("{filled}{after}");
    state.query = field::with(&whole);
    state.query.move_cursor(ratatui_textarea::CursorMove::Jump(0, column as u16));
    state.stale = true;
}

fn byte_of_cursor(state: &FinderState) -> usize {
    let text = state.text();
    text.char_indices().nth(state.query.cursor().1).map_or(text.len(), |(at, _)| at)
}

/// Does what an action says while the finder is open.
pub(super) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let places = finder_areas(model.size);
    let Some(Overlay::Finder(state)) = &mut model.overlay else {
        return;
    };
    let rows = state.items().len();
    let page = usize::from(places.list.height / state.row_height()).max(1).cast_signed();
    let before = state.text().to_owned();
    state.go_when_found = false;
    if !matches!(action, Action::Complete | Action::CompleteBack) {
        state.completion = None;
    }
    match action {
        Action::Down => state.list.step(1, rows),
        Action::Up => state.list.step(-1, rows),
        Action::PageDown => state.list.step(page, rows),
        Action::PageUp => state.list.step(-page, rows),
        Action::SwitchMode => {
            state.mode = if state.mode == Mode::Text { Mode::Talks } else { Mode::Text };
            (state.stale, state.remembered) = (true, false);
            state.list = ListState::default();
        }
        Action::Complete | Action::CompleteBack => complete(model, action == Action::Complete, effects),
        Action::OlderQuery => walk(model, true),
        Action::NewerQuery => walk(model, false),
        Action::Open => go(model),
        edit if field::edit(&mut state.query, edit) => {
            state.remembered = false;
            changed(state, &before);
        }
        _ => close(model),
    }
}

/// The query may be another one: it is asked, and the cursor goes to the best row.
fn changed(state: &mut FinderState, before: &str) {
    if state.text() != before {
        state.stale = true;
        state.list = ListState::default();
        state.back = 0;
    }
}

/// Asks how the query may go on, or goes through the ways.
fn complete(model: &mut Model, forward: bool, effects: &mut Vec<Effect>) {
    let Some(Overlay::Finder(state)) = &mut model.overlay else {
        return;
    };
    state.remembered = false;
    if let Some(completion) = &mut state.completion {
        let count = completion.candidates.len();
        completion.at = (completion.at + if forward { 1 } else { count - 1 }) % count;
        return put_candidate(state);
    }
    if forward {
        model.questions += 1;
        state.asked = model.questions;
        let words = state.text()[..byte_of_cursor(state)].to_owned();
        effects.push(Effect::Find { generation: state.asked, mode: Mode::Complete, words });
    }
}

/// Goes back through earlier queries, or on to later ones.
fn walk(model: &mut Model, older: bool) {
    let queries = model.queries.len();
    let Some(Overlay::Finder(state)) = &mut model.overlay else {
        return;
    };
    let back = if older { (state.back + 1).min(queries) } else { state.back.saturating_sub(1) };
    if back == state.back {
        return;
    }
    let text = queries.checked_sub(back).and_then(|at| model.queries.get(at)).map_or("", String::as_str);
    state.query = field::with(text);
    (state.back, state.stale, state.remembered) = (back, true, false);
    state.list = ListState::default();
}

/// Remembers the query and closes the finder.
fn close(model: &mut Model) {
    let Some(Overlay::Finder(state)) = model.overlay.take() else {
        return;
    };
    let words = state.text().trim().to_owned();
    if words.is_empty() {
        model.remembered.remove(&state.mode);
        return;
    }
    model.queries.retain(|known| *known != words);
    model.queries.push(words.clone());
    let excess = model.queries.len().saturating_sub(QUERIES);
    model.queries.drain(..excess);
    model.remembered.insert(state.mode, Remembered { words, selected: state.list.selected });
}

/// An Enter waits for the answer to the query as it is; Esc takes it back.
pub(super) fn waits(model: &Model) -> bool {
    matches!(&model.overlay, Some(Overlay::Finder(state)) if state.go_when_found)
}

/// Goes to what is under the cursor. Where it is not found yet, that waits for the answer.
fn go(model: &mut Model) {
    let loading = model.loading;
    let Some(Overlay::Finder(state)) = &mut model.overlay else {
        return;
    };
    if !state.is_answered() || state.items().is_empty() && loading {
        state.go_when_found = true;
        return;
    }
    let Some(answer) = state.answer.clone() else {
        return;
    };
    let Some(item) = answer.items.get(state.list.selected) else {
        return;
    };
    let selected = state.list.selected;
    close(model);
    match item {
        Item::Talk(hit) => browse::go_to_talk(model, hit.talk),
        Item::Text(..) => {
            let library = &model.library;
            let place = |item: &Item| match item {
                Item::Text(hit, snippet) => target(library, hit, snippet.line),
                Item::Talk(_) => None,
            };
            let all: Vec<(Subject, Place)> = answer.items.iter().filter_map(place).collect();
            let before = answer.items[..selected].iter().filter_map(place).count();
            model.hits = Hits { all, at: before };
            model.reader.search_for(Some(PageSearch::new(answer.asked.clone())));
            if let Some((subject, place)) = model.hits.all.get(before).copied() {
                browse::go_to_place(model, subject, place);
            }
        }
    }
}

/// The page and the place behind what was found in a text.
pub(in crate::tui) fn target(library: &Library, hit: &TextHit, line: usize) -> Option<(Subject, Place)> {
    let subject = match hit.unit {
        Unit::Talk(talk) => Subject::Talk(talk),
        Unit::Introduction(id) => Subject::Conference(library.introductions[id.index()].of?),
        Unit::Furniture(_) => return None,
    };
    // A line may fill a screen: how much of it stands before the match says which row is meant.
    let text = &library.file(hit.best.file).text[..hit.best.start as usize];
    let before = text.rsplit('\n').next().unwrap_or_default();
    Some((subject, Place { line, offset: before.chars().filter(|c| c.is_alphanumeric()).count() }))
}

/// The notes are others: the query is asked again.
pub(super) fn notes_read(model: &mut Model) {
    if let Some(Overlay::Finder(state)) = &mut model.overlay {
        state.stale = true;
    }
}

/// Adds text to the query; it takes the place of a query of last time.
pub(super) fn paste(model: &mut Model, text: &str) {
    let Some(Overlay::Finder(state)) = &mut model.overlay else {
        return;
    };
    let before = state.text().to_owned();
    if std::mem::take(&mut state.remembered) {
        state.query = field::with("");
    }
    state.completion = None;
    state.go_when_found = false;
    field::insert(&mut state.query, text);
    changed(state, &before);
}
