//! Setting, changing and removing bookmarks. Saving is an effect; a mark shows once it is saved, and a key that
//! comes meanwhile waits for it.

use std::sync::Arc;

use crate::bookmarks::anchor::Moved;
use crate::bookmarks::{Change, Operation};
use crate::config::actions::{Action, Scope};
use crate::library::TalkId;
use crate::report::bookmarks::{Mark, State};
use crate::report::page::Subject;
use crate::tui::effect::Effect;
use crate::tui::event::Kept;
use crate::tui::marks::{Undo, Wish};
use crate::tui::model::{Focus, Message, Model};
use crate::tui::overlay::{Overlay, Prompt, Purpose};
use crate::tui::reader::Place;
use crate::tui::update::{browse, field, marks_list};

/// What keys act on: in the tree the talk, in the reader the place.
fn here(model: &mut Model, key: &str) -> Option<(TalkId, Place)> {
    let Some(talk) = model.current_talk() else {
        model.message = Some(Message::Failed(format!("{key} a talk; go to one first")));
        return None;
    };
    let title = Place { line: model.library.talk(talk).spans.first().map_or(1, |s| s.line()), offset: 0 };
    let place = match model.focus {
        Focus::Tree => title,
        Focus::Reader => {
            let height = usize::from(model.areas().text.height);
            Some(model.reader.place(height)).filter(|p| p.line > 0).unwrap_or(title)
        }
    };
    Some((talk, place))
}

/// Sets or removes a bookmark.
pub(super) fn toggle(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some((talk, place)) = here(model, "m bookmarks") {
        let whole = model.focus == Focus::Tree;
        wish(model, Wish::Toggle { talk, place, whole }, effects);
    }
}

/// Opens the line for a note: on the bookmark that is here, or on a new one.
pub(super) fn annotate(model: &mut Model) {
    let Some((talk, place)) = here(model, "a puts a note on") else {
        return;
    };
    let there = model.marks.at(talk, place, model.focus == Focus::Tree);
    let (id, note) = there.map_or((None, String::new()), |mark| {
        (Some(mark.bookmark.id.clone()), one_line(&mark.bookmark.note))
    });
    let purpose = Purpose::Note { of: Some((talk, place)), id };
    model.overlay = Some(Overlay::Prompt(Box::new(Prompt { query: field::with(&note), purpose })));
}

/// Keeps a note that was typed.
pub(super) fn keep_note(
    model: &mut Model,
    of: Option<(TalkId, Place)>,
    id: Option<String>,
    note: &str,
    effects: &mut Vec<Effect>,
) {
    let before = id.as_deref().and_then(|id| model.marks.get(id)).map(|mark| mark.bookmark.note.as_str());
    let note = note_of(note, before.unwrap_or_default());
    match (id, of) {
        (Some(id), _) => wish(model, Wish::Change(Operation::Edit(id, Change::Note(note))), effects),
        (None, _) if note.is_empty() => {}
        (None, Some((talk, place))) => wish(model, Wish::Annotate { talk, place, note }, effects),
        (None, None) => {
            effects.push(Effect::Clip(note));
            let words = "the talk is gone; the note that was typed is on the clipboard";
            model.message = Some(Message::Failed(words.into()));
        }
    }
}

/// What stands between the lines of a note while it is edited as one.
const BREAK: &str = " / ";

/// A note as one line, to be edited.
pub(super) fn one_line(note: &str) -> String {
    note.lines().collect::<Vec<_>>().join(BREAK)
}

/// A note as it was typed, in as many lines as the one before had.
pub(super) fn note_of(typed: &str, before: &str) -> String {
    match before.contains('\n') {
        true => typed.trim().replace(BREAK, "\n"),
        false => typed.trim().to_owned(),
    }
}

/// Does what a key has asked for, or lets it wait: what it means depends on the change before.
pub(super) fn wish(model: &mut Model, wish: Wish, effects: &mut Vec<Effect>) {
    if model.marks.pending > 0 {
        model.marks.queue.push_back(wish);
    } else {
        grant(model, wish, effects);
    }
}

fn grant(model: &mut Model, wish: Wish, effects: &mut Vec<Effect>) {
    let effect = match wish {
        Wish::Toggle { talk, place, whole } => match model.marks.at(talk, place, whole) {
            Some(mark) => Effect::ChangeBookmarks(Operation::Remove(mark.bookmark.id.clone(), model.today)),
            None => Effect::AddBookmark { talk, place, note: String::new() },
        },
        Wish::Annotate { talk, place, note } => Effect::AddBookmark { talk, place, note },
        Wish::Change(operation) => Effect::ChangeBookmarks(operation),
        Wish::Undo => match model.marks.undo.pop() {
            Some(undo) if model.marks.was_changed_since(&undo.done) => {
                let words = "not undone: the bookmark was changed elsewhere since";
                model.message = Some(Message::Failed(words.into()));
                return;
            }
            Some(undo) => {
                model.marks.undoing = true;
                Effect::ChangeBookmarks(undo.inverse)
            }
            None => {
                let key = model.keymap.key(Scope::Screen, Action::Undo);
                let words = format!(
                    "no change of a bookmark to undo; {key} takes back what was done since the start"
                );
                model.message = Some(Message::Failed(words));
                return;
            }
        },
    };
    model.marks.pending += 1;
    effects.push(effect);
}

/// The notes are others now: the places are looked for anew.
pub(super) fn find_places(model: &mut Model, effects: &mut Vec<Effect>) {
    // Otherwise they are looked for when the file is read, which is on its way.
    if model.marks.known {
        model.marks.pending += 1;
        effects.push(Effect::FindPlaces);
    }
}

/// The bookmarks are as they are now: shown, said, and the next key that waits is served.
pub(super) fn taken(model: &mut Model, kept: Kept, effects: &mut Vec<Effect>) {
    let Kept { marks, library, done, notice, saved, asked } = kept;
    let inverse = done.as_ref().and_then(|done| model.marks.inverse(done, model.today));
    model.marks.pending -= usize::from(asked && model.marks.pending > 0);
    model.marks.known = true;
    model.marks.take(marks);
    if !Arc::ptr_eq(&library, &model.library) {
        // They were looked for in the notes of before.
        model.marks.forget_places();
        if model.marks.pending == 0 {
            find_places(model, effects);
        }
    }
    let undone = std::mem::take(&mut model.marks.undoing);
    if let (Some(done), Some(inverse)) = (done.clone(), inverse.filter(|_| !undone)) {
        model.marks.remember(Undo { done, inverse });
    }
    if saved {
        model.marks.banner = None;
        let undo = model.keymap.key(Scope::Screen, Action::Undo);
        let said = done.as_ref().map(|done| said(done, undone, &undo));
        model.message = match (notice, said) {
            (Some(notice), _) => Some(Message::Failed(notice)),
            (None, Some(said)) => Some(Message::Done(said)),
            (None, None) => model.message.take(),
        };
    } else {
        model.marks.banner = notice;
    }
    marks_list::arrange(model);
    serve(model, effects);
}

/// Serves the keys that wait, as far as that goes.
fn serve(model: &mut Model, effects: &mut Vec<Effect>) {
    while model.marks.pending == 0
        && let Some(next) = model.marks.queue.pop_front()
    {
        grant(model, next, effects);
    }
    if model.leaving && model.marks.queue.is_empty() {
        effects.push(Effect::Quit);
    }
}

/// What was done, in words.
fn said(done: &Operation, undone: bool, undo: &str) -> String {
    let what = match done {
        _ if undone => return "undone".into(),
        Operation::Put(bookmark) if !bookmark.note.is_empty() => "bookmark saved, with its note",
        Operation::Put(_) => "bookmark saved",
        Operation::Restore(_) => "bookmark is back",
        Operation::Remove(..) => return format!("bookmark removed; {undo} brings it back"),
        Operation::Edit(_, Change::Note(_)) => "note saved",
        Operation::Edit(_, Change::Tags(_)) => "tags saved",
        Operation::Edit(_, Change::Place(_)) => "the bookmark stands here now",
        Operation::Edit(_, Change::Revisit(None)) => "taken off the revisit queue",
        Operation::Edit(_, Change::Revisit(Some(revisit))) => return format!("due on {}", revisit.due),
    };
    what.into()
}

/// Goes to a bookmark's place. While notes are still being read, that may have to wait.
pub(super) fn go_to(model: &mut Model, id: &str) {
    let Some(mark) = model.marks.get(id) else {
        return;
    };
    match mark.found {
        Some(found) => {
            let place = Place { line: found.line, offset: mark.bookmark.anchor.offset };
            let moved = moved_words(mark);
            model.overlay = None;
            browse::go_to_place(model, Subject::Talk(found.talk), place);
            model.message = moved.map(Message::Done);
        }
        None if model.loading || model.marks.pending > 0 => model.marks.go_to = Some(id.to_owned()),
        None => {
            let words = mark.state.words().unwrap_or("its talk is not in these notes; the bookmark is kept");
            model.message = Some(Message::Failed(words.into()));
        }
    }
}

/// That a place is not where it was, and what to do about it.
fn moved_words(mark: &Mark) -> Option<String> {
    match mark.state {
        State::Moved(Moved::Gone) => Some(Moved::Gone.words().to_owned()),
        State::Moved(moved) => Some(format!("moved: {}; A in the list accepts it", moved.words())),
        _ => None,
    }
}
