//! The line at the foot of the screen: a search in the page, a filter for the tree.

use std::sync::Arc;

use crate::config::actions::{Action, Scope};
use crate::report::destination::{self, Destination};
use crate::report::page::Subject;
use crate::tui::effect::Effect;
use crate::tui::model::{Filter, Focus, Message, Model};
use crate::tui::overlay::{Overlay, Prompt, Purpose, field_text};
use crate::tui::page_search::PageSearch;
use crate::tui::reader::Place;
use crate::tui::seeker::{Answer, Mode};
use crate::tui::update::{bookmarks, browse, field, way};

/// Opens the line for the pane that has the keys.
pub(super) fn open(model: &mut Model) {
    let (purpose, words) = match model.focus {
        Focus::Reader => (
            Purpose::Page {
                scroll: model.reader.scroll,
                search: model.reader.search.clone(),
                stop: way::here(model),
            },
            String::new(),
        ),
        Focus::Tree => {
            let words = model.filter.as_ref().map(|filter| filter.words.clone());
            let purpose = Purpose::Filter { words: words.clone(), cursor: model.tree.subject() };
            (purpose, words.unwrap_or_default())
        }
    };
    model.overlay = Some(Overlay::Prompt(Box::new(Prompt { query: field::with(&words), purpose })));
}

/// Goes to a line of the file that is shown, in whichever talk it stands.
pub(super) fn go_to_line(model: &mut Model, number: usize) {
    let library = model.library.clone();
    let Some(span) = model.reader.subject.span(&library) else {
        model.message = Some(Message::Failed("this page stands in no file; go to a talk first".into()));
        return;
    };
    let file = library.file(span.file);
    let lines = file.text.lines().count().max(1);
    // Of notes that were derived from a page or a notebook, the line that came from that one.
    let line = (1..=lines).find(|line| file.source_line(*line) >= number.max(1)).unwrap_or(lines);
    match destination::page_at(&library, span.file, Some(line)) {
        Destination::Page(subject, _) => {
            browse::go_to_place(model, subject, Place { line, offset: 0 });
            if line != number {
                model.message =
                    Some(Message::Done(format!("the file has no line {number}; this is line {line}")));
            }
        }
        _ => model.message = Some(Message::Failed(format!("line {number} is shown nowhere"))),
    }
}

/// Does what an action says while the line is open.
pub(super) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some(Overlay::Prompt(prompt)) = &mut model.overlay else {
        return;
    };
    let before = field_text(&prompt.query).to_owned();
    match action {
        Action::Open => keep(model, effects),
        Action::NextMatch | Action::PreviousMatch if matches!(prompt.purpose, Purpose::Note { .. }) => {}
        Action::NextMatch => step(model, true),
        Action::PreviousMatch => step(model, false),
        // There is nothing left to delete: the line goes away, as in vim.
        Action::DeleteChar if before.is_empty() => cancel(model),
        edit if field::edit(&mut prompt.query, edit) => changed(model, &before),
        _ => cancel(model),
    }
}

/// Adds text to the line.
pub(super) fn paste(model: &mut Model, text: &str) {
    let Some(Overlay::Prompt(prompt)) = &mut model.overlay else {
        return;
    };
    let before = field_text(&prompt.query).to_owned();
    field::insert(&mut prompt.query, text);
    changed(model, &before);
}

/// Searches, or filters, as one types.
fn changed(model: &mut Model, before: &str) {
    let height = usize::from(model.areas().text.height);
    let Some(Overlay::Prompt(prompt)) = &model.overlay else {
        return;
    };
    let words = field_text(&prompt.query).to_owned();
    if words == before {
        return;
    }
    match &prompt.purpose {
        Purpose::Page { scroll, .. } => {
            let from = *scroll;
            let reader = &mut model.reader;
            reader.search_for((!words.is_empty()).then(|| PageSearch::typed(&words)));
            reader.go(from, height);
            if let Some(row) = reader.search.as_mut().and_then(|search| search.go_from(from)) {
                reader.bring_into_view(row, height);
            }
        }
        Purpose::Filter { .. } => set_filter(model, &words),
        Purpose::Note { .. } => {}
    }
}

/// Filters the tree by words; by none, not at all.
fn set_filter(model: &mut Model, words: &str) {
    if words.trim().is_empty() {
        return clear_filter(model);
    }
    let filter = model.filter.get_or_insert_default();
    (filter.words, filter.stale, filter.shown) = (words.to_owned(), true, false);
}

/// Shows the whole tree again.
pub(super) fn clear_filter(model: &mut Model) {
    if model.filter.take().is_some() {
        let (library, cursor) = (model.library.clone(), model.tree.subject());
        model.tree.set_filter(&library, None);
        // What hid it before the filter is unfolded for it.
        if let Subject::Talk(talk) = cursor {
            model.tree.reveal(&library, talk);
        }
    }
}

/// Asks for the talks that the filter lets through, unless that is asked already.
pub(super) fn ask(model: &mut Model) -> Option<Effect> {
    // One question is answered at a time, and while the finder is open its own is.
    let is_finding = matches!(model.overlay, Some(Overlay::Finder(_)));
    let filter = model.filter.as_mut().filter(|_| !is_finding)?;
    if !std::mem::take(&mut filter.stale) {
        return None;
    }
    model.questions += 1;
    (filter.asked, filter.answered) = (model.questions, false);
    Some(Effect::Find { generation: filter.asked, mode: Mode::Filter, words: filter.words.clone() })
}

/// Takes the talks that the filter lets through.
pub(super) fn take(model: &mut Model, answer: Answer) {
    let Some(filter) = model.filter.as_mut().filter(|filter| filter.asked == answer.generation) else {
        return;
    };
    filter.answered = true;
    filter.understood = Arc::clone(&answer.asked);
    let library = model.library.clone();
    let best = answer.filter.first().copied();
    let talks = answer.filter.into_iter().collect();
    match std::mem::replace(&mut filter.shown, true) {
        true => model.tree.filter_again(&library, talks),
        false => model.tree.set_filter(&library, Some(talks)),
    }
    // While one types, the cursor is on what matches best.
    if let (Some(best), Some(Overlay::Prompt(_))) = (best, &model.overlay) {
        model.tree.reveal(&library, best);
    }
}

/// Closes the line and keeps what it has done.
fn keep(model: &mut Model, effects: &mut Vec<Effect>) {
    let height = usize::from(model.areas().text.height);
    let Some(Overlay::Prompt(prompt)) = model.overlay.take() else {
        return;
    };
    match prompt.purpose {
        Purpose::Page { search, stop, .. } => {
            // What `n` goes through is this page now, not what was found in all notes.
            model.hits.all.clear();
            if field_text(&prompt.query).is_empty() {
                model.reader.search_for(search);
            } else {
                model.history.leave(stop);
                let found = model.reader.search.as_ref().and_then(PageSearch::row);
                if let Some(row) = found {
                    model.reader.land_on_row(row, height);
                }
            }
        }
        Purpose::Note { of, id } => {
            bookmarks::keep_note(model, of, id, field_text(&prompt.query), effects);
        }
        Purpose::Filter { .. } => {}
    }
}

/// Closes the line; everything is as it was before.
fn cancel(model: &mut Model) {
    let height = usize::from(model.areas().text.height);
    let Some(Overlay::Prompt(prompt)) = model.overlay.take() else {
        return;
    };
    match prompt.purpose {
        Purpose::Page { scroll, search, .. } => {
            model.reader.search_for(search);
            model.reader.go(scroll, height);
        }
        Purpose::Note { .. } => {}
        Purpose::Filter { words: Some(words), .. } => set_filter(model, &words),
        Purpose::Filter { words: None, cursor } => {
            clear_filter(model);
            let library = model.library.clone();
            match cursor {
                Subject::Talk(talk) => model.tree.reveal(&library, talk),
                group => model.tree.reveal_subject(&library, group),
            }
        }
    }
}

/// Goes to the next match, or to the one before: in the page, then in the next talk that was found; in a
/// filtered tree to the next talk.
pub(super) fn step(model: &mut Model, forward: bool) {
    let height = usize::from(model.areas().text.height);
    if model.focus == Focus::Tree && model.filter.is_some() {
        return model.tree.step_talk(forward);
    }
    let Some(search) = &mut model.reader.search else {
        let (here, all) = (
            model.keymap.key(Scope::Reader, Action::SearchHere),
            model.keymap.key(Scope::Screen, Action::SearchNotes),
        );
        let words = format!("nothing is searched for; {here} searches this page, {all} all notes");
        model.message = Some(Message::Failed(words));
        return;
    };
    if let Some(row) = search.step(forward) {
        return model.reader.land_on_row(row, height);
    }
    let hits = &mut model.hits;
    if hits.all.len() > 1 {
        let count = hits.all.len();
        let next = (hits.at + if forward { 1 } else { count - 1 }) % count;
        let around = if forward { next < hits.at } else { next > hits.at };
        hits.at = next;
        let (subject, _) = hits.all[next];
        browse::go_to_subject(model, subject);
        model.reader.seek(subject, forward, height);
        let edge = if forward { "the first talk again" } else { "the last talk again" };
        model.message = around.then(|| Message::Done(edge.into()));
        return;
    }
    match search.wrap(forward) {
        Some(row) => {
            model.reader.land_on_row(row, height);
            let edge =
                if forward { "from the start of the page again" } else { "from the end of the page again" };
            model.message = Some(Message::Done(edge.into()));
        }
        None => model.message = Some(Message::Failed("no match on this page".into())),
    }
}

/// A filter of other notes is asked again.
pub(super) fn notes_read(model: &mut Model) {
    if let Some(Filter { stale, .. }) = &mut model.filter {
        *stale = true;
    }
}
