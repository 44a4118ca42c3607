//! The list of bookmarks, and the revisit queue: the same list, of what is on the queue, what is due first.

use std::collections::HashMap;

use crate::bookmarks::anchor::Moved;
use crate::bookmarks::model::sorted;
use crate::bookmarks::revisit::Revisit;
use crate::bookmarks::{Change, Operation};
use crate::config::actions::Action;
use crate::report::bookmarks::{Mark, Sort, State, filter};
use crate::search::Query;
use crate::tui::effect::Effect;
use crate::tui::marks::Wish;
use crate::tui::model::{Message, Model};
use crate::tui::overlay::{ListState, MarksState, Overlay, Typing, field_text};
use crate::tui::update::{bookmarks, field};

/// Opens the list, on the bookmark of the current talk where it has one; or the queue, on what is due first.
pub(super) fn open(model: &mut Model, queue: bool) {
    let state = MarksState {
        list: ListState::default(),
        queue,
        sort: if queue { Sort::Due } else { model.marks_sort },
        query: field::with(""),
        typing: None,
        rows: Vec::new(),
        cursor: None,
    };
    model.overlay = Some(Overlay::Bookmarks(Box::new(state)));
    arrange(model);
    let here = model.current_talk();
    if let Some(Overlay::Bookmarks(state)) = &mut model.overlay
        && !queue
    {
        let at = |row: &usize| here.is_some() && model.marks.all[*row].talk() == here;
        state.list.selected = state.rows.iter().position(at).unwrap_or(0);
    }
    remember_cursor(model);
}

/// Filters and sorts anew; the cursor stays on its bookmark, or else where it is.
pub(super) fn arrange(model: &mut Model) {
    let Some(Overlay::Bookmarks(state)) = &model.overlay else {
        return;
    };
    let words = field_text(&state.query);
    let known = model.search_marks(words);
    let mut found = filter(&model.library, &model.marks.all, &Query::parse(words), &known, model.today);
    found.retain(|mark| !state.queue || mark.bookmark.revisit.is_some());
    state.sort.apply(&mut found);
    let all = model.marks.all.iter().enumerate();
    let places: HashMap<&str, usize> = all.map(|(at, mark)| (mark.bookmark.id.as_str(), at)).collect();
    let rows: Vec<usize> =
        found.iter().filter_map(|mark| places.get(mark.bookmark.id.as_str()).copied()).collect();
    let id = |row: &usize| Some(&model.marks.all[*row].bookmark.id) == state.cursor.as_ref();
    let at = rows.iter().position(id);
    if let Some(Overlay::Bookmarks(state)) = &mut model.overlay {
        state.list.selected = at.unwrap_or(state.list.selected).min(rows.len().saturating_sub(1));
        state.rows = rows;
    }
    remember_cursor(model);
}

fn remember_cursor(model: &mut Model) {
    if let Some(Overlay::Bookmarks(state)) = &mut model.overlay {
        state.cursor =
            state.rows.get(state.list.selected).map(|row| model.marks.all[*row].bookmark.id.clone());
    }
}

/// The bookmark under the cursor.
fn current(model: &Model) -> Option<&Mark> {
    match &model.overlay {
        Some(Overlay::Bookmarks(state)) => model.marks.all.get(*state.rows.get(state.list.selected)?),
        _ => None,
    }
}

/// Does what an action says while the list is open.
pub(super) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some(Overlay::Bookmarks(state)) = &mut model.overlay else {
        return;
    };
    let page = state.room(model.size).max(1).cast_signed();
    if state.typing.is_some() {
        return act_typing(model, action, effects);
    }
    let rows = state.rows.len();
    match action {
        Action::Down => state.list.step(1, rows),
        Action::Up => state.list.step(-1, rows),
        Action::PageDown => state.list.step(page, rows),
        Action::PageUp => state.list.step(-page, rows),
        Action::Top => state.list.selected = 0,
        Action::Bottom => state.list.selected = rows.saturating_sub(1),
        Action::SearchHere => state.typing = Some(Typing::Filter),
        Action::Sort => {
            state.sort = state.sort.next();
            if !state.queue {
                model.marks_sort = state.sort;
            }
            return arrange(model);
        }
        Action::Revisits => {
            let queue = !state.queue;
            return open(model, queue);
        }
        // First what it hides comes back, then it closes.
        Action::Close if !field_text(&state.query).is_empty() => {
            state.query = field::with("");
            return arrange(model);
        }
        Action::Undo => bookmarks::wish(model, Wish::Undo, effects),
        Action::Close => model.overlay = None,
        Action::Open => {
            if let Some(id) = current(model).map(|mark| mark.bookmark.id.clone()) {
                bookmarks::go_to(model, &id);
            }
        }
        Action::Annotate | Action::EditTags => edit(model, action),
        _ => change(model, action, effects),
    }
    remember_cursor(model);
}

/// Opens the line for the note or the tags of the bookmark under the cursor.
fn edit(model: &mut Model, action: Action) {
    let Some(mark) = current(model) else {
        return;
    };
    let typing = match action {
        Action::EditTags => {
            Typing::Tags(mark.bookmark.id.clone(), field::with(&mark.bookmark.tags.join(" ")))
        }
        _ => Typing::Note(mark.bookmark.id.clone(), field::with(&bookmarks::one_line(&mark.bookmark.note))),
    };
    if let Some(Overlay::Bookmarks(state)) = &mut model.overlay {
        state.typing = Some(typing);
    }
}

/// Changes the bookmark under the cursor.
fn change(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let today = model.today;
    let Some(mark) = current(model) else {
        return;
    };
    let revisit = mark.bookmark.revisit;
    let change = match action {
        Action::Remove => None,
        Action::Done => {
            let next = revisit.map_or(Revisit::start(today), |revisit| revisit.done(today));
            Some(Change::Revisit(Some(next)))
        }
        Action::Snooze => match revisit {
            Some(revisit) => Some(Change::Revisit(Some(revisit.snooze(today, 1)))),
            None => return not_queued(model),
        },
        Action::Unschedule => match revisit {
            Some(_) => Some(Change::Revisit(None)),
            None => return not_queued(model),
        },
        Action::Accept => match mark.anew(&model.library) {
            Some(anew) => Some(Change::Place(Box::new(anew))),
            None => {
                let words = match mark.state {
                    State::Moved(Moved::Gone) => {
                        "its line is gone: there is no place to accept; m removes it"
                    }
                    _ => "it has no place here that could be accepted",
                };
                model.message = Some(Message::Failed(words.into()));
                return;
            }
        },
        _ => return,
    };
    let id = mark.bookmark.id.clone();
    let operation = match change {
        Some(change) => Operation::Edit(id, change),
        None => Operation::Remove(id, today),
    };
    if matches!(action, Action::Done | Action::Snooze | Action::Unschedule | Action::Remove) {
        move_on(model);
    }
    bookmarks::wish(model, Wish::Change(operation), effects);
}

/// In the queue, what was dealt with goes to its new place, and the cursor to the next one.
fn move_on(model: &mut Model) {
    if let Some(Overlay::Bookmarks(state)) = &mut model.overlay
        && state.queue
    {
        state.list.step(1, state.rows.len());
        remember_cursor(model);
    }
}

fn not_queued(model: &mut Model) {
    let words = "it is not on the revisit queue; d puts it there";
    model.message = Some(Message::Failed(words.into()));
}

/// Does what an action says while something is typed.
fn act_typing(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some(Overlay::Bookmarks(state)) = &mut model.overlay else {
        return;
    };
    let rows = state.rows.len();
    match (&mut state.typing, action) {
        (Some(Typing::Filter), Action::NextMatch) => state.list.step(1, rows),
        (Some(Typing::Filter), Action::PreviousMatch) => state.list.step(-1, rows),
        (Some(Typing::Filter), Action::Open) => state.typing = None,
        (Some(Typing::Filter), Action::DeleteChar) if field_text(&state.query).is_empty() => {
            state.typing = None;
        }
        (Some(Typing::Filter), edit) => {
            if field::edit(&mut state.query, edit) {
                return arrange(model);
            }
            state.query = field::with("");
            state.typing = None;
            return arrange(model);
        }
        (Some(Typing::Note(..) | Typing::Tags(..)), Action::Open) => return keep(model, effects),
        (Some(Typing::Note(_, line) | Typing::Tags(_, line)), edit) => {
            if !field::edit(line, edit) && matches!(edit, Action::Close) {
                state.typing = None;
            }
        }
        (None, _) => {}
    }
    remember_cursor(model);
}

/// Keeps the note or the tags that were typed. Somebody else may have removed the bookmark meanwhile.
fn keep(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Bookmarks(state)) = &mut model.overlay else {
        return;
    };
    let (id, line, is_note) = match state.typing.take() {
        Some(Typing::Note(id, line)) => (id, line, true),
        Some(Typing::Tags(id, line)) => (id, line, false),
        Some(Typing::Filter) | None => return,
    };
    let typed = field_text(&line);
    let Some(mark) = model.marks.get(&id) else {
        let words = format!("not kept, the bookmark was removed elsewhere: {typed}");
        model.message = Some(Message::Failed(words));
        return;
    };
    let change = match is_note {
        true => Change::Note(bookmarks::note_of(typed, &mark.bookmark.note)),
        false => Change::Tags(sorted(vec![typed.to_owned()])),
    };
    bookmarks::wish(model, Wish::Change(Operation::Edit(id, change)), effects);
}

/// Adds text to what is typed.
pub(super) fn paste(model: &mut Model, text: &str) {
    let Some(Overlay::Bookmarks(state)) = &mut model.overlay else {
        return;
    };
    match &mut state.typing {
        Some(Typing::Filter) => {
            field::insert(&mut state.query, text);
            arrange(model);
        }
        Some(Typing::Note(_, line) | Typing::Tags(_, line)) => field::insert(line, text),
        None => {}
    }
}
