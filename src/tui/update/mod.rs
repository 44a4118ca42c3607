//! One event → a changed model and a list of effects. Pure: no IO, no terminal, no clock.

mod bookmarks;
mod browse;
mod copy;
mod field;
mod finder;
mod links;
mod marks_list;
mod mouse;
mod notes;
mod outline;
mod prompt;
mod way;

use std::sync::Arc;

use crate::bookmarks::reading::State;
use crate::config::actions::{Action, Scope, lookup};
use crate::config::keys::{Code, Key};
use crate::library::Library;
use crate::library::links::LinkKind;
use crate::markup::Page;
use crate::markup::colours::Colours;
use crate::report::page::Subject;
use crate::tui::areas::{finder_areas, inside, list_popup, outline_popup};
use crate::tui::effect::{Effect, Pane};
use crate::tui::event::Event;
use crate::tui::marks::Wish;
use crate::tui::model::{Focus, Message, Model};
use crate::tui::overlay::{FinderState, Overlay};
use crate::tui::pages::Setting;
use crate::tui::pictures::Hung;
use crate::tui::reader::Place;
use crate::tui::seeker::{Item, Mode};

/// Takes one event.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let mut effects = Vec::new();
    match event {
        Event::Key(key) if must_wait(model, key) => model.held.push_back(key),
        Event::Key(key) => {
            model.held.clear();
            model.message = None;
            model.selection = None;
            model.resume = None;
            self::key(model, key, &mut effects);
        }
        Event::Paste(text) => paste(model, &text),
        Event::Mouse(mouse) => mouse::update(model, mouse, &mut effects),
        Event::Resize(size) => model.size = size,
        Event::Begun(library) => {
            notes::take(model, library);
            bookmarks::find_places(model, &mut effects);
        }
        Event::Loaded(Ok(library)) => {
            notes::loaded(model, library);
            bookmarks::find_places(model, &mut effects);
            effects.push(Effect::TakeNotice);
        }
        Event::Read(Ok(library)) => {
            notes::read_again(model, library);
            bookmarks::find_places(model, &mut effects);
            effects.push(Effect::TakeNotice);
        }
        Event::Loaded(Err(error)) | Event::Read(Err(error)) => {
            model.loading = false;
            model.message = Some(Message::Failed(error.to_string()));
        }
        Event::Laid { pane, generation, page, pictures } => {
            laid(model, pane, generation, page, pictures, &mut effects);
            serve_held(model, &mut effects);
        }
        Event::Found(answer) => {
            match answer.mode {
                Mode::Filter => prompt::take(model, *answer),
                _ => finder::take(model, *answer),
            }
            serve_held(model, &mut effects);
        }
        Event::Coloured { document, colours } => {
            if Arc::ptr_eq(&document, &model.reader.page.document) {
                model.reader.colours = Some(colours);
            }
        }
        Event::Pictured { document, link, picture } => {
            if Arc::ptr_eq(&document, &model.reader.page.document) {
                model.reader.pictures.insert(link, picture);
            }
        }
        Event::Damaged(path) => {
            // The page is set again without room for it.
            Arc::make_mut(&mut model.reader.damaged).insert(path);
            model.reader.forget();
        }
        Event::Opened { address, opened } => links::opened(model, address, opened, &mut effects),
        Event::Bookmarks(kept) => {
            bookmarks::taken(model, *kept, &mut effects);
            notes::go_to_waiting(model);
        }
        Event::BookmarksChanged => effects.push(Effect::RereadBookmarks),
        Event::Today(day) => {
            model.today = day;
            marks_list::arrange(model);
        }
        Event::Reading(Ok(reading)) => {
            model.reading = reading.value;
            model.find_states();
            if let Some(notice) = reading.notice {
                model.message = Some(Message::Failed(notice));
            }
        }
        Event::Reading(Err(why)) => model.message = Some(Message::Failed(why)),
        Event::Resumed => redraw(model, &mut effects),
    }
    settle(model, &mut effects);
    effects
}

/// Whether a key is meant for what is still on its way. What was typed behind an Enter that waits for its
/// answer is meant for what it opens; going on to the next match, for the page that is being laid out.
fn must_wait(model: &Model, key: Key) -> bool {
    let action = lookup(model.scope(), key);
    if finder::waits(model) {
        return action != Some(Action::Close);
    }
    let in_reader = model.focus == Focus::Reader;
    let for_page = match action {
        Some(Action::NextMatch | Action::PreviousMatch | Action::NextHeading | Action::PreviousHeading) => {
            in_reader
        }
        Some(Action::Outline | Action::Links) => true,
        Some(Action::Copy | Action::CopyLink) => in_reader,
        _ => false,
    };
    model.overlay.is_none() && (for_page || !model.held.is_empty()) && is_on_its_way(model)
}

/// A page was asked for that is not there yet.
fn is_on_its_way(model: &Model) -> bool {
    model.areas().text.width > 0 && !model.reader.is_settled()
}

/// Serves the keys that waited, until one of them has to wait again.
fn serve_held(model: &mut Model, effects: &mut Vec<Effect>) {
    let mut held = std::mem::take(&mut model.held);
    while let Some(key) = held.pop_front() {
        settle(model, effects);
        if must_wait(model, key) {
            held.push_front(key);
            break;
        }
        effects.extend(update(model, Event::Key(key)));
    }
    model.held = held;
}

fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let scope = model.scope();
    match lookup(scope, key) {
        // Beside a tree that takes the whole screen there is no page yet: it is shown, and then the key is served.
        Some(Action::Outline | Action::Links)
            if model.overlay.is_none()
                && model.areas().text.width == 0
                && !model.library.talks.is_empty() =>
        {
            model.focus = Focus::Reader;
            if model.areas().text.width > 0 {
                model.held.push_back(key);
            }
        }
        Some(action) => act(model, action, effects),
        None => {
            let (Code::Char(c), false, false) = (key.code, key.ctrl, key.alt) else {
                return;
            };
            match scope {
                Scope::Finder | Scope::Prompt | Scope::Outline => paste(model, c.encode_utf8(&mut [0; 4])),
                Scope::Links => links::type_letter(model, c, effects),
                _ => {}
            }
        }
    }
}

/// Adds text where text is typed.
fn paste(model: &mut Model, text: &str) {
    match &model.overlay {
        Some(Overlay::Finder(_)) => finder::paste(model, text),
        Some(Overlay::Prompt(_)) => prompt::paste(model, text),
        Some(Overlay::Outline(_)) => outline::paste(model, text),
        Some(Overlay::Bookmarks(_)) => marks_list::paste(model, text),
        _ => {}
    }
}

/// Does what an action says, where the keys are now.
fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    match &model.overlay {
        Some(Overlay::Finder(_)) => return finder::act(model, action, effects),
        Some(Overlay::Prompt(_)) => return prompt::act(model, action, effects),
        Some(Overlay::Outline(_)) => return outline::act(model, action),
        Some(Overlay::Links(_)) => return links::act(model, action, effects),
        Some(Overlay::Bookmarks(_)) => return marks_list::act(model, action, effects),
        Some(Overlay::Help(_)) => return help(model, action),
        None => {}
    }
    match action {
        Action::Jump => finder::open(model, Mode::Talks),
        Action::SearchNotes => finder::open(model, Mode::Text),
        Action::SearchHere => prompt::open(model),
        Action::NextMatch => prompt::step(model, true),
        Action::PreviousMatch => prompt::step(model, false),
        Action::Close => back(model),
        Action::Outline => outline::open(model),
        Action::Links => links::open(model),
        Action::Video => links::open_kind(model, LinkKind::Video, effects),
        Action::Slides => links::open_kind(model, LinkKind::Slides, effects),
        Action::Copy => copy::copy(model, effects),
        Action::CopyLink => links::copy_link(model, effects),
        Action::GoToLine => prompt::open_line(model),
        Action::Back => way::go(model, true),
        Action::Forward => way::go(model, false),
        Action::Mouse => mouse::hand_over(model, effects),
        Action::Reload => reload(model, effects),
        Action::Bookmark => bookmarks::toggle(model, effects),
        Action::Bookmarks => marks_list::open(model, false),
        Action::Revisits => marks_list::open(model, true),
        Action::Annotate => bookmarks::annotate(model),
        Action::Undo => bookmarks::wish(model, Wish::Undo, effects),
        Action::Help => model.overlay = Some(Overlay::Help(crate::tui::view::help_row_of(model.scope()))),
        Action::Suspend => effects.push(Effect::Suspend),
        Action::Redraw => redraw(model, effects),
        // In a reader that is the only pane, `q` goes back before it leaves.
        Action::Quit if model.focus == Focus::Reader && model.one_pane_reader() => {
            browse::leave_reader(model)
        }
        // A bookmark that a key asked for is set before the program ends.
        Action::Quit | Action::Interrupt if model.marks.queue.is_empty() => effects.push(Effect::Quit),
        Action::Quit | Action::Interrupt => model.leaving = true,
        _ => browse::act(model, action),
    }
}

/// Draws everything anew. The terminal may have forgotten the pictures that it was sent, so they are made
/// ready once more.
fn redraw(model: &mut Model, effects: &mut Vec<Effect>) {
    if !model.reader.pictures.is_empty() {
        model.reader.pictures.clear();
        model.reader.forget();
    }
    effects.push(Effect::Redraw);
}

/// Reads the notes again, unless that is being done.
fn reload(model: &mut Model, effects: &mut Vec<Effect>) {
    if !std::mem::replace(&mut model.loading, true) {
        effects.push(Effect::Reload);
    }
}

/// Esc on the bare screen: takes back one thing.
fn back(model: &mut Model) {
    match model.focus {
        Focus::Tree => prompt::clear_filter(model),
        Focus::Reader if model.reader.search.is_some() => {
            model.reader.search_for(None);
            model.hits.all.clear();
        }
        Focus::Reader => browse::leave_reader(model),
    }
}

fn help(model: &mut Model, action: Action) {
    let page = usize::from(inside(list_popup(model.size)).height).max(2) - 1;
    let Some(Overlay::Help(scroll)) = &mut model.overlay else {
        return;
    };
    match action {
        Action::Down => *scroll += 1,
        Action::Up => *scroll = scroll.saturating_sub(1),
        Action::PageDown => *scroll += page,
        Action::PageUp => *scroll = scroll.saturating_sub(page),
        Action::Top => *scroll = 0,
        Action::Bottom => *scroll = usize::MAX,
        _ => model.overlay = None,
    }
    let rows = crate::tui::view::help_rows();
    if let Some(Overlay::Help(scroll)) = &mut model.overlay {
        *scroll = (*scroll).min(rows.saturating_sub(page + 1));
    }
}

fn laid(
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
        }
        (Pane::Preview, Some(Overlay::Finder(finder))) => {
            finder.preview.take(generation, page, preview_height)
        }
        (Pane::Preview, _) => {}
    }
}

/// After every event: the windows follow their cursors, and what is to be shown is asked for.
fn settle(model: &mut Model, effects: &mut Vec<Effect>) {
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
                preview(finder, library, places.preview.height.into());
                if finder.item().is_some() {
                    effects.extend(finder.preview.ask(setting(places.preview, model.wrap_code)));
                }
            }
        }
        Some(Overlay::Bookmarks(state)) => state.list.keep_in_view(state.room(model.size), state.rows.len()),
        Some(Overlay::Outline(outline)) => {
            let rows = inside(outline_popup(model.size, outline.headings.len())).height.saturating_sub(1);
            outline.list.keep_in_view(rows.into(), outline.through.len());
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
