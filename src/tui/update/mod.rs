//! One event → a changed model and a list of effects. Pure: no IO, no terminal, no clock.

mod bookmarks;
mod browse;
mod copy;
mod field;
mod finder;
mod links;
mod marks_list;
mod menu;
mod mouse;
mod notes;
mod outline;
mod prompt;
mod settings;
mod settle;
mod way;

use std::sync::Arc;

pub(in crate::tui) use finder::target;

use crate::config::actions::{Action, Scope};
use crate::config::keymap::Found;
use crate::config::keys::{self, Code, Key};
use crate::library::Library;
use crate::library::links::LinkKind;
use crate::report::groups::{Grouping, Groups};
use crate::report::page::Subject;
use crate::tui::areas::{inside, list_popup};
use crate::tui::effect::Effect;
use crate::tui::event::{Changed, Event};
use crate::tui::marks::Wish;
use crate::tui::model::{Focus, Message, Model};
use crate::tui::overlay::Overlay;
use crate::tui::seeker::Mode;

/// Takes one event.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let mut effects = Vec::new();
    let more = matches!(event, Event::Begun(_) | Event::Waited | Event::Loaded(_));
    let waited = more && std::mem::take(&mut model.glimpse);
    match event {
        Event::Key(key) if must_wait(model, key) => model.held.push_back(key),
        Event::Key(key) => {
            model.held.clear();
            model.message = None;
            model.selection = None;
            model.resume = None;
            model.missing = None;
            self::key(model, key, &mut effects);
        }
        Event::Paste(text) => {
            // It is meant for what the keys before it open.
            if std::mem::take(&mut model.glimpse) {
                serve_held(model, &mut effects);
            }
            paste(model, &text);
        }
        Event::Mouse(mouse) => mouse::update(model, mouse, &mut effects),
        Event::Resize(size) => model.size = size,
        // Who has something open in front of the notes is not disturbed for a part of them; all of them are coming.
        Event::Begun(_) | Event::Glimpsed(_) | Event::ReadSoFar(..)
            if !matches!(model.overlay, None | Some(Overlay::Finder(_))) => {}
        Event::Glimpsed(library) => {
            notes::begun(model, library, &mut effects);
            model.glimpse = true;
        }
        Event::Begun(library) => {
            notes::begun(model, library, &mut effects);
            bookmarks::find_places(model, &mut effects);
        }
        Event::Waited => {}
        Event::Counted(files) => model.files_read = files,
        Event::Loaded(Ok(library)) => {
            notes::loaded(model, library, &mut effects);
            bookmarks::find_places(model, &mut effects);
            effects.push(Effect::TakeNotice);
            catch_up(model, &mut effects);
        }
        Event::ReadSoFar(library, groups) => read_again(model, library, groups, &mut effects),
        Event::Read(Ok((library, groups))) => {
            model.loading = false;
            read_again(model, library, groups, &mut effects);
            notes::tell_of_reading(model);
            effects.push(Effect::TakeNotice);
            catch_up(model, &mut effects);
        }
        Event::Loaded(Err(error)) | Event::Read(Err(error)) => {
            (model.loading, model.files_read) = (false, 0);
            model.behind = true;
            model.message = Some(Message::Failed(error.to_string()));
            catch_up(model, &mut effects);
        }
        Event::Laid { pane, generation, page, pictures } => {
            settle::laid(model, pane, generation, page, pictures, &mut effects);
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
            glance_anew(model);
            if model.tree.groups.by == Grouping::Bookmarks {
                effects.push(Effect::Group(Grouping::Bookmarks));
            }
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
            glance_anew(model);
            if let Some(notice) = reading.notice {
                model.message = Some(Message::Failed(notice));
            }
        }
        Event::Reading(Err(why)) => model.message = Some(Message::Failed(why)),
        Event::Resumed => redraw(model, &mut effects),
        Event::NotesChanged(changed) => {
            model.by_itself |= !model.loading;
            reload(model, changed, &mut effects);
        }
        Event::Told(words) => model.message = Some(Message::Failed(words)),
        Event::Edited(Ok(())) => model.message = None,
        Event::Edited(Err(why)) => model.message = Some(Message::Failed(why)),
        // Other notes were read meanwhile: their talks are grouped anew.
        Event::Grouped(library, groups) if !Arc::ptr_eq(&library, &model.library) => {
            effects.push(Effect::Group(groups.by));
        }
        Event::Grouped(_, groups) => {
            let library = model.library.clone();
            model.tree = model.tree.regroup(&library, groups);
            model.reader.forget();
        }
        Event::States(library, states) => {
            if Arc::ptr_eq(&library, &model.library) {
                model.states.extend(states);
                glance_anew(model);
            }
        }
        Event::Surveyed(stats) => {
            model.stats = Some(stats);
            glance_anew(model);
        }
        Event::Related { to, library, found } => {
            if Arc::ptr_eq(&library, &model.library) {
                menu::related(model, to, &found);
            }
        }
        Event::Begin(action) => act(model, action, &mut effects),
        Event::Configured(Ok(settings)) => settings::configure(model, *settings, &mut effects),
        Event::Configured(Err(why)) => {
            model.config_fault = true;
            model.message = Some(Message::Failed(why));
        }
        Event::Background { light } => {
            model.looks.light = Some(light);
            model.theme = model.looks.made();
        }
    }
    if waited {
        serve_held(model, &mut effects);
    }
    settle::settle(model, &mut effects);
    effects
}

/// Whether a key is meant for what is still on its way. What was typed behind an Enter that waits for its
/// answer is meant for what it opens; going on to the next match, for the page that is being laid out.
fn must_wait(model: &Model, key: Key) -> bool {
    let keys: Vec<Key> = model.typed.iter().copied().chain([key]).collect();
    let action = match model.keymap.lookup(model.scope(), &keys) {
        Found::Action(action) => Some(action),
        Found::Prefix | Found::Nothing => None,
    };
    if model.glimpse {
        let ends = model.held.is_empty() && matches!(action, Some(Action::Quit));
        return !ends && action != Some(Action::Interrupt);
    }
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
        settle::settle(model, effects);
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
    let mut keys = std::mem::take(&mut model.typed);
    keys.push(key);
    let action = match model.keymap.lookup(scope, &keys) {
        Found::Action(action) => Some(action),
        Found::Prefix => {
            model.typed = keys;
            return;
        }
        Found::Nothing if keys.len() > 1 => {
            // Esc says that no sequence was meant.
            if key.code != Code::Esc {
                model.message = Some(Message::Failed(format!("{} does nothing here", keys::names(&keys))));
            }
            return;
        }
        Found::Nothing => None,
    };
    match action {
        // Beside a tree that takes the whole screen there is no page yet: it is shown, and then the key is served.
        Some(Action::Outline | Action::Links)
            if model.overlay.is_none()
                && model.areas().text.width == 0
                && !model.library.talks.is_empty() =>
        {
            model.focus = Focus::Reader;
            if model.areas().text.width > 0 {
                model.held.extend(keys);
            }
        }
        Some(action) => act(model, action, effects),
        None => {
            let Some(c) = key.typed() else {
                return;
            };
            match scope {
                Scope::Finder | Scope::Prompt | Scope::Outline | Scope::Palette => {
                    paste(model, c.encode_utf8(&mut [0; 4]))
                }
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
        Some(Overlay::Menu(_)) => menu::paste(model, text),
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
        Some(Overlay::Menu(_)) => return menu::act(model, action, effects),
        Some(Overlay::Help(_)) => return help(model, action, effects),
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
        Action::Edit => notes::edit(model, effects),
        Action::GroupBy => menu::open_groupings(model),
        Action::Related => menu::relate(model, effects),
        Action::Palette => menu::open_palette(model),
        Action::Theme => menu::open_themes(model),
        Action::Back => way::go(model, true),
        Action::Forward => way::go(model, false),
        Action::Mouse => mouse::hand_over(model, effects),
        Action::Reload => reload(model, Changed::Anything, effects),
        Action::Bookmark => bookmarks::toggle(model, effects),
        Action::Bookmarks => marks_list::open(model, false),
        Action::Revisits => marks_list::open(model, true),
        Action::Annotate => bookmarks::annotate(model),
        Action::Undo => bookmarks::wish(model, Wish::Undo, effects),
        Action::Help => {
            model.overlay = Some(Overlay::Help(crate::tui::view::help_row_of(&model.keymap, model.scope())))
        }
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

/// The page that counts is made anew.
fn glance_anew(model: &mut Model) {
    if matches!(model.reader.subject, Subject::Overview) {
        model.reader.forget();
    }
}

/// Takes the notes as they were read again.
fn read_again(model: &mut Model, library: Arc<Library>, groups: Arc<Groups>, effects: &mut Vec<Effect>) {
    let by = model.tree.groups.by;
    notes::read_again(model, library, groups, effects);
    bookmarks::find_places(model, effects);
    // They were grouped otherwise meanwhile, or by what is only known now.
    let grouped = by == model.tree.groups.by && by != Grouping::Bookmarks;
    effects.extend((!grouped).then_some(Effect::Group(by)));
}

/// Reads the notes again; where they are being read, once more behind that.
fn reload(model: &mut Model, changed: Changed, effects: &mut Vec<Effect>) {
    if std::mem::replace(&mut model.loading, true) {
        let waits = model.stale.take();
        model.stale = Some(waits.map_or(changed.clone(), |before| before.and(changed)));
        return;
    }
    // What is shown is older than what was read last and could not be taken, so that everything may have changed.
    let behind = std::mem::take(&mut model.behind);
    effects.push(Effect::Reload(if behind { Changed::Anything } else { changed }));
}

/// The notes were read, or could not be: what was changed meanwhile is not in them.
fn catch_up(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(changed) = model.stale.take() {
        model.by_itself = true;
        reload(model, changed, effects);
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

fn help(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
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
        Action::Tour => {
            model.overlay = None;
            effects.push(Effect::Tour);
        }
        _ => model.overlay = None,
    }
    let rows = crate::tui::view::help_rows(&model.keymap);
    if let Some(Overlay::Help(scroll)) = &mut model.overlay {
        *scroll = (*scroll).min(rows.saturating_sub(page + 1));
    }
}
