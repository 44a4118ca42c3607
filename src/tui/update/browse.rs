//! Moving in the tree and in the reader.

use crate::config::actions::Action;
use crate::library::TalkId;
use crate::report::groups::Grouping;
use crate::report::page::Subject;
use crate::tui::model::{Focus, Message, Model};
use crate::tui::reader::Place;
use crate::tui::update::way;

/// The part of the page's width that one key pans.
const PAN: usize = 3;

/// Moves, in the pane that has the keys.
pub(super) fn act(model: &mut Model, action: Action) {
    match action {
        Action::OtherPane => {
            model.focus = match model.focus {
                Focus::Tree => Focus::Reader,
                Focus::Reader => Focus::Tree,
            };
            // A pane that has the keys is on the screen.
            keep_alone(model);
        }
        Action::ReaderAlone => {
            model.reader_alone = !model.reader_alone;
            model.focus = if model.reader_alone { Focus::Reader } else { model.focus };
        }
        Action::NextTalk => other_talk(model, true),
        Action::PreviousTalk => other_talk(model, false),
        _ => match model.focus {
            Focus::Tree => in_tree(model, action),
            Focus::Reader => in_reader(model, action),
        },
    }
}

fn in_tree(model: &mut Model, action: Action) {
    let height = isize::try_from(model.areas().tree.height).unwrap_or(1).max(2);
    let tree = &mut model.tree;
    match action {
        Action::Down => tree.step(1),
        Action::Up => tree.step(-1),
        Action::Top => tree.go(0),
        Action::Bottom => tree.go(usize::MAX),
        Action::HalfDown => tree.step(height / 2),
        Action::HalfUp => tree.step(-height / 2),
        Action::PageDown => tree.step(height - 1),
        Action::PageUp => tree.step(1 - height),
        Action::In => go_in(model),
        Action::Out if !tree.fold(&model.library, true) => tree.to_parent(),
        Action::Open => open(model),
        _ => {}
    }
}

/// Unfolds; what is unfolded is gone into; a talk is read.
fn go_in(model: &mut Model) {
    let row = model.tree.rows.get(model.tree.selected).copied();
    match row.and_then(|r| r.folded) {
        Some(true) => {
            model.tree.fold(&model.library, false);
        }
        Some(false) => model.tree.step(1),
        None => model.focus = Focus::Reader,
    }
}

/// Reads a talk; folds or unfolds a group.
fn open(model: &mut Model) {
    match model.tree.subject() {
        Subject::Conference(_) | Subject::Track(_) | Subject::Group(_) => {
            let fold = !model.tree.fold(&model.library, false);
            if fold {
                model.tree.fold(&model.library, true);
            }
        }
        Subject::Overview | Subject::Talk(_) => model.focus = Focus::Reader,
    }
}

fn in_reader(model: &mut Model, action: Action) {
    let height = usize::from(model.areas().text.height).max(1);
    let page = isize::try_from(height).unwrap_or(1);
    let reader = &mut model.reader;
    match action {
        Action::Down => reader.step(1, height),
        Action::Up => reader.step(-1, height),
        Action::Top | Action::Bottom => {
            way::leave(model);
            let row = if action == Action::Top { 0 } else { usize::MAX };
            model.reader.go(row, height);
        }
        Action::HalfDown => reader.step((page / 2).max(1), height),
        Action::HalfUp => reader.step(-(page / 2).max(1), height),
        // A page keeps a line of the one before, to read on by.
        Action::PageDown => reader.step((page - 1).max(1), height),
        Action::PageUp => reader.step(-(page - 1).max(1), height),
        Action::NextHeading | Action::PreviousHeading => {
            let forward = action == Action::NextHeading;
            way::leave(model);
            if !model.reader.to_heading(forward, height) && forward {
                model.message = Some(Message::Done("no heading further down".into()));
            }
        }
        Action::PanLeft => {
            reader.pan = reader.pan.min(reader.widest(height)).saturating_sub(reader.page.width / PAN)
        }
        Action::PanRight => pan_right(model, height),
        Action::WrapCode => {
            model.wrap_code = !model.wrap_code;
            let words =
                if model.wrap_code { "wide code goes on below" } else { "wide code is panned by < and >" };
            model.message = Some(Message::Done(words.into()));
        }
        Action::Out => leave_reader(model),
        _ => {}
    }
}

/// Pans what is too wide to the right, as far as there is something.
fn pan_right(model: &mut Model, height: usize) {
    let reader = &mut model.reader;
    match reader.widest(height) {
        0 => model.message = Some(Message::Failed("nothing in view is wider than the page".into())),
        most => reader.pan = (reader.pan + reader.page.width / PAN).min(most),
    }
}

/// The reader stands alone only while it has the keys.
pub(super) fn keep_alone(model: &mut Model) {
    model.reader_alone &= model.focus == Focus::Reader;
}

/// Gives the keys back to the tree, which is on the screen again.
pub(super) fn leave_reader(model: &mut Model) {
    model.focus = Focus::Tree;
    model.reader_alone = false;
}

/// The talk after or before the current one, across tracks and conferences.
fn other_talk(model: &mut Model, forward: bool) {
    if model.tree.groups.by != Grouping::Conference {
        let stop = way::here(model);
        let library = model.library.clone();
        if model.tree.step_in_groups(&library, forward) {
            model.history.leave(stop);
        }
        return;
    }
    let library = &model.library;
    let row = model.tree.selected;
    let next = match (model.current_talk(), forward) {
        (Some(TalkId(n)), true) => n.checked_add(1).map(TalkId),
        (Some(TalkId(n)), false) => n.checked_sub(1).map(TalkId),
        // From a group: the first talk below it, or the last one above it.
        (None, true) => first_talk(model),
        (None, false) => {
            model.tree.rows[..row.min(model.tree.rows.len())].iter().rev().find_map(|r| talk(r.subject))
        }
    };
    if let Some(next) = next.filter(|id| id.index() < library.talks.len()) {
        way::leave(model);
        let library = model.library.clone();
        model.tree.reveal(&library, next);
    }
}

fn talk(subject: Subject) -> Option<TalkId> {
    match subject {
        Subject::Talk(id) => Some(id),
        _ => None,
    }
}

fn first_talk(model: &Model) -> Option<TalkId> {
    let library = &model.library;
    match model.tree.subject() {
        Subject::Overview => library.talk_ids().next(),
        Subject::Conference(id) => library.tracks_of(id).flat_map(|t| library.talks_of(t)).next(),
        Subject::Track(id) => library.talks_of(id).next(),
        Subject::Talk(id) => Some(id),
        // The tree steps through groups by itself.
        Subject::Group(_) => None,
    }
}

/// Goes to a talk and reads it.
pub(super) fn go_to_talk(model: &mut Model, talk: TalkId) {
    way::leave(model);
    let library = model.library.clone();
    model.tree.reveal(&library, talk);
    model.reader.show(Subject::Talk(talk));
    model.focus = Focus::Reader;
}

/// Goes to a page and reads it.
pub(super) fn go_to_subject(model: &mut Model, subject: Subject) {
    if let Subject::Talk(talk) = subject {
        return go_to_talk(model, talk);
    }
    way::leave(model);
    let library = model.library.clone();
    model.tree.reveal_subject(&library, subject);
    model.reader.show(subject);
    model.focus = Focus::Reader;
}

/// Goes to a place on a page.
pub(super) fn go_to_place(model: &mut Model, subject: Subject, place: Place) {
    go_to_subject(model, subject);
    let height = usize::from(model.areas().text.height);
    model.reader.land(subject, place, height);
}
