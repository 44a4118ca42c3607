//! What follows from every event: pages that were laid out are taken, windows follow their cursors, and what is to be
//! shown next is asked for.

use std::sync::Arc;

use crate::bookmarks::reading::State;
use crate::library::Library;
use crate::markup::Page;
use crate::markup::colours::Colours;
use crate::report::page::Subject;
use crate::tui::areas::{finder_areas, inside, menu_areas, outline_popup};
use crate::tui::effect::{Effect, Pane};
use crate::tui::model::{Focus, Model};
use crate::tui::overlay::{FinderState, Overlay};
use crate::tui::pages::Setting;
use crate::tui::pictures::Hung;
use crate::tui::reader::Place;
use crate::tui::seeker::Item;
use crate::tui::update::{finder, outline, prompt};

/// Takes a page.
pub(super) fn laid(
    model: &mut Model,
    pane: Pane,
    generation: u64,
    page: Result<Page, String>,
    pictures: Vec<Hung>,
    effects: &mut Vec<Effect>,
) {
    let height = usize::from(model.areas().text.height);
    let preview_height = usize::from(finder_areas(model.size).preview.height);
    let page = page.unwrap_or_else(|problem| crate::report::page::notice(&problem));
    match (pane, &mut model.overlay) {
        (Pane::Reader, overlay) => {
            let before = model.reader.page.document.clone();
            model.reader.take(generation, page, height);
            let page = &model.reader.page;
            if !pictures.is_empty() {
                effects.push(Effect::Hang(page.document.clone(), pictures));
            }
            if Arc::ptr_eq(&before, &page.document) && !page.partial {
                return;
            }
            // Links that were lit stood on another page.
            if matches!(overlay, Some(Overlay::Links(_))) {
                *overlay = None;
            }
            if model.reader.is_settled() && Colours::are_in(&page.document) {
                effects.push(Effect::Colour(page.document.clone()));
            }
            outline::renew(model);
        }
        (Pane::Preview, Some(Overlay::Finder(finder))) => {
            finder.preview.take(generation, page, preview_height)
        }
        (Pane::Preview, _) => {}
    }
}

/// After every event: the windows follow their cursors, and what is to be shown is asked for.
pub(super) fn settle(model: &mut Model, effects: &mut Vec<Effect>) {
    let areas = model.areas();
    model.tree.keep_in_view(areas.tree.height.into());
    if model.library.talks.is_empty() {
        return;
    }
    let subject = model.tree.subject();
    if model.reader.subject != subject {
        model.reader.show(subject);
    }
    if areas.text.width > 0 && areas.text.height > 0 {
        let gallery = model.gallery;
        effects.extend(model.reader.ask(Setting { gallery, ..setting(areas.text, model.wrap_code) }));
        if model.reader.is_settled() {
            model.reader.fit(areas.text.height.into());
        }
    }
    if model.reader.subject == Subject::Overview && model.stats.is_none() && !model.loading {
        let asked = std::mem::replace(&mut model.surveying, true);
        effects.extend((!asked).then_some(Effect::Survey));
    }
    effects.extend(std::mem::take(&mut model.states_wanted).then_some(Effect::FindStates));
    mark_read(model, areas.text.height.into(), effects);
    effects.extend(finder::ask(model));
    effects.extend(prompt::ask(model));
    let library = &model.library;
    match &mut model.overlay {
        Some(Overlay::Finder(finder)) => {
            let places = finder_areas(model.size);
            let rows = places.list.height / finder.row_height();
            // Until there is an answer, the cursor of last time waits for its row.
            if let Some(answer) = &finder.answer {
                finder.list.keep_in_view(rows.into(), answer.items.len());
            }
            if places.preview.width > 0 {
                // Rows that were found in other notes lead nowhere in these; they are asked for again.
                let theirs =
                    finder.answer.as_ref().is_some_and(|answer| Arc::ptr_eq(&answer.library, library));
                if theirs {
                    preview(finder, library, places.preview.height.into());
                }
                if theirs && finder.item().is_some() {
                    effects.extend(finder.preview.ask(setting(places.preview, model.wrap_code)));
                }
            }
        }
        Some(Overlay::Bookmarks(state)) => state.list.keep_in_view(state.room(model.size), state.rows.len()),
        Some(Overlay::Outline(outline)) => {
            let rows = inside(outline_popup(model.size, outline.headings.len())).height.saturating_sub(1);
            outline.list.keep_in_view(rows.into(), outline.through.len());
        }
        Some(Overlay::Menu(menu)) => {
            let rows = menu_areas(model.size, menu).list.height;
            menu.list.keep_in_view(rows.into(), menu.through.len());
        }
        Some(Overlay::Help(_) | Overlay::Prompt(_) | Overlay::Links(_)) | None => {}
    }
}

/// How a page is set in a pane.
fn setting(pane: ratatui::layout::Rect, wrap_code: bool) -> Setting {
    Setting { columns: pane.width.into(), rows: pane.height.into(), wrap_code, gallery: None }
}

/// A talk is read when its end was reached with the keys in the reader.
fn mark_read(model: &mut Model, height: usize, effects: &mut Vec<Effect>) {
    let reader = &model.reader;
    let reading = model.focus == Focus::Reader && model.overlay.is_none() && reader.is_settled();
    let (Subject::Talk(talk), true) = (reader.subject, reading && reader.percent(height) == 100) else {
        return;
    };
    if model.states.insert(talk, State::Read) != Some(State::Read) {
        effects.push(Effect::MarkRead(talk));
    }
}

/// The preview follows the cursor: a talk from its start, what was found in a text at its line.
fn preview(finder: &mut FinderState, library: &Library, height: usize) {
    let target = match finder.item() {
        Some(Item::Talk(hit)) => Some((Subject::Talk(hit.talk), Place::default())),
        Some(Item::Text(hit, snippet)) => finder::target(library, hit, snippet.line),
        None => None,
    };
    if let Some((subject, place)) = target
        && finder.previewed.replace((subject, place)) != Some((subject, place))
    {
        match place.line {
            0 => finder.preview.show(subject),
            _ => finder.preview.land(subject, place, height),
        }
    }
}
