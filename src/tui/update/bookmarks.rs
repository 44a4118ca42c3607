//! Setting, listing and removing bookmarks. Saving is an effect; a mark shows once it is saved.

use crate::bookmarks::Bookmarks;
use crate::config::actions::Action;
use crate::library::TalkId;
use crate::report::page::Subject;
use crate::tui::areas::{inside, list_popup};
use crate::tui::effect::Effect;
use crate::tui::model::{Focus, Message, Model};
use crate::tui::overlay::{ListState, Overlay};
use crate::tui::reader::Place;
use crate::tui::update::browse;

/// Sets or removes a bookmark: in the tree on the talk, in the reader on the place.
pub(super) fn toggle(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(talk) = model.current_talk() else {
        model.message = Some(Message::Failed("m bookmarks a talk; go to one first".into()));
        return;
    };
    let title = Place { line: model.library.talk(talk).spans.first().map_or(1, |s| s.line), offset: 0 };
    let place = match model.focus {
        Focus::Tree => title,
        Focus::Reader => {
            let height = usize::from(model.areas().text.height);
            Some(model.reader.place(height)).filter(|p| p.line > 0).unwrap_or(title)
        }
    };
    if model.marks.busy {
        // The one before is still being saved; what this key means depends on it.
        model.marks.queue.push_back((talk, place));
        return;
    }
    toggle_at(model, talk, place, effects);
}

/// In the tree, one bookmark on the talk counts wherever it is set; in the reader, the one at
/// the place.
fn toggle_at(model: &mut Model, talk: TalkId, place: Place, effects: &mut Vec<Effect>) {
    let only = model.focus == Focus::Tree && model.marks.by_talk.get(&talk) == Some(&1);
    let there = model
        .marks
        .all
        .iter()
        .find(|mark| mark.found.is_some_and(|(t, p)| t == talk && (p == place || only)));
    let effect = match there {
        Some(mark) => Effect::RemoveBookmark(mark.bookmark.id.clone()),
        None => Effect::AddBookmark { talk, place },
    };
    model.marks.busy = true;
    effects.push(effect);
}

/// The bookmarks are as they are now: shown, said, and the next key that waits is served.
pub(super) fn taken(
    model: &mut Model,
    bookmarks: Bookmarks,
    notice: Option<String>,
    saved: bool,
    effects: &mut Vec<Effect>,
) {
    let (before, after) = (model.marks.all.len(), bookmarks.bookmarks.len());
    model.marks.take(bookmarks, &model.library);
    // The first answer tells what there is; only a later one tells what a key has done.
    let asked = std::mem::take(&mut model.marks.busy) && std::mem::replace(&mut model.marks.known, true);
    if saved {
        model.marks.banner = None;
        model.message = match (notice, asked) {
            (Some(notice), _) => Some(Message::Failed(notice)),
            (None, true) if after > before => Some(Message::Done("bookmark saved".into())),
            (None, true) if after < before => Some(Message::Done("bookmark removed".into())),
            (None, _) => model.message.take(),
        };
    } else {
        model.marks.banner = notice;
    }
    if let Some((talk, place)) = model.marks.queue.pop_front() {
        toggle_at(model, talk, place, effects);
    }
    if model.leaving && model.marks.queue.is_empty() {
        effects.push(Effect::Quit);
    }
}

/// Opens the list, on the bookmark of the current talk where it has one.
pub(super) fn open(model: &mut Model) {
    let here = model.current_talk();
    let at = |m: &crate::tui::marks::Mark| m.found.is_some_and(|(talk, _)| Some(talk) == here);
    let selected = model.marks.all.iter().position(at).unwrap_or(0);
    model.overlay = Some(Overlay::Bookmarks(ListState { selected, offset: 0 }));
}

/// Does what an action says while the list is open.
pub(super) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let page = usize::from(inside(list_popup(model.size)).height).max(1).cast_signed();
    let rows = model.marks.all.len();
    let Some(Overlay::Bookmarks(list)) = &mut model.overlay else {
        return;
    };
    match action {
        Action::Down => list.step(1, rows),
        Action::Up => list.step(-1, rows),
        Action::PageDown => list.step(page, rows),
        Action::PageUp => list.step(-page, rows),
        Action::Top => list.selected = 0,
        Action::Bottom => list.selected = rows.saturating_sub(1),
        Action::Remove => {
            if let Some(mark) = model.marks.all.get(list.selected).filter(|_| !model.marks.busy) {
                effects.push(Effect::RemoveBookmark(mark.bookmark.id.clone()));
                model.marks.busy = true;
            }
        }
        Action::Open => {
            if let Some(mark) = model.marks.all.get(list.selected) {
                let id = mark.bookmark.id.clone();
                go_to(model, &id);
            }
        }
        _ => model.overlay = None,
    }
}

/// Goes to a bookmark's place. While notes are still being read, that may have to wait.
pub(super) fn go_to(model: &mut Model, id: &str) {
    let found = model.marks.all.iter().find(|m| m.bookmark.id == id).and_then(|m| m.found);
    match found {
        Some((talk, place)) => {
            model.overlay = None;
            browse::go_to_place(model, Subject::Talk(talk), place);
        }
        None if model.loading => model.marks.go_to = Some(id.to_owned()),
        None => {
            let lost = "its talk is not in these notes; the bookmark is kept";
            model.message = Some(Message::Failed(lost.into()));
        }
    }
}
