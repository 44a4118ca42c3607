//! Lists to choose from: the palette of actions, the themes, and whatever else is chosen by a row.

use crate::config::actions::Action;
use crate::config::table::TABLE;
use crate::config::theme::AUTO;
use crate::library::TalkId;
use crate::report::groups::Grouping;
use crate::report::related::Related;
use crate::tui::areas::menu_areas;
use crate::tui::effect::Effect;
use crate::tui::menu::{Choice, Menu, MenuRow};
use crate::tui::model::{Message, Model};
use crate::tui::overlay::Overlay;
use crate::tui::update::{browse, field, prompt};

/// Opens the palette: every action that can be done where one is.
pub(super) fn open_palette(model: &mut Model) {
    let scope = model.scope();
    let mut rows: Vec<MenuRow> = Vec::new();
    for row in TABLE.iter().filter(|row| row.scope == scope || Some(row.scope) == scope.fallback()) {
        // A scope may refine what is done elsewhere by the same name.
        if row.action == Action::Palette
            || rows.iter().any(|known| known.choice == Choice::Action(row.action))
        {
            continue;
        }
        let keys = model.keymap.keys_of(row.scope, row.action);
        let text = format!("{}: {}", row.action.name(), row.help);
        rows.push(MenuRow { text, note: keys.join(" "), choice: Choice::Action(row.action) });
    }
    let query = Some(field::with(""));
    open(model, Menu { query, ..Menu::new("Actions", rows) });
}

/// Opens the list of themes, on the one that is used.
pub(super) fn open_themes(model: &mut Model) {
    let used = if model.looks.theme.is_empty() { AUTO.to_owned() } else { model.looks.theme.clone() };
    let row = |name: String| {
        let note = match name.as_str() {
            AUTO => "as the terminal is",
            own if model.looks.own.contains_key(own) => "yours",
            _ => "",
        };
        MenuRow { text: name.clone(), note: note.into(), choice: Choice::Theme(name) }
    };
    let rows: Vec<MenuRow> = model.looks.names().into_iter().map(row).collect();
    let mut menu = Menu { theme: Some(used.clone()), ..Menu::new("Themes", rows) };
    menu.list.selected = menu.rows.iter().position(|row| row.text == used).unwrap_or(0);
    open(model, menu);
}

/// Opens the ways to group the talks, on the one that is used.
pub(super) fn open_groupings(model: &mut Model) {
    let used = model.tree.groups.by;
    let row = |by: Grouping| MenuRow {
        text: by.name().to_owned(),
        note: if by == used { "now".into() } else { String::new() },
        choice: Choice::Group(by),
    };
    let mut menu = Menu::new("Group by", Grouping::ALL.into_iter().map(row).collect());
    menu.list.selected = Grouping::ALL.iter().position(|by| *by == used).unwrap_or(0);
    open(model, menu);
}

/// Asks for what is related to the talk that one is at.
pub(super) fn relate(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.current_talk() {
        Some(talk) => {
            model.message = Some(Message::Done("looking for related talks…".into()));
            effects.push(Effect::Relate(talk));
        }
        None => model.message = Some(Message::Failed("related to what? go to a talk first".into())),
    }
}

/// Shows what is related to a talk, if one is still there.
pub(super) fn related(model: &mut Model, to: TalkId, found: &[Related]) {
    model.message = None;
    if model.current_talk() != Some(to) || model.overlay.is_some() {
        return;
    }
    let row = |related: &Related| {
        let talk = model.library.talk(related.talk);
        let text = format!("{} · {}", talk.title, model.library.conference_of(related.talk).name);
        MenuRow { text, note: related.why(), choice: Choice::Talk(related.talk) }
    };
    let rows: Vec<MenuRow> = found.iter().map(row).collect();
    if rows.is_empty() {
        let words = "no other talk shares a speaker, a link or rare words with this one";
        model.message = Some(Message::Failed(words.into()));
        return;
    }
    open(model, Menu::new("Related talks", rows));
}

/// Opens a list.
pub(super) fn open(model: &mut Model, menu: Menu) {
    model.overlay = Some(Overlay::Menu(Box::new(menu)));
}

/// Does what an action says while a list is open.
pub(super) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some(Overlay::Menu(menu)) = &mut model.overlay else {
        return;
    };
    let page = isize::try_from(menu_areas(model.size, menu).list.height).unwrap_or(1).max(1);
    let count = menu.through.len();
    match action {
        Action::Open => return take(model, effects),
        Action::Down => menu.list.step(1, count),
        Action::Up => menu.list.step(-1, count),
        Action::PageDown => menu.list.step(page, count),
        Action::PageUp => menu.list.step(-page, count),
        Action::Top => menu.list.selected = 0,
        Action::Bottom => menu.list.selected = count.saturating_sub(1),
        // There is nothing left to delete: the line goes away, as in vim.
        Action::DeleteChar if menu.words().is_empty() => return close(model),
        edit => match &mut menu.query {
            Some(query) => match field::edit(query, edit) {
                true => menu.narrow(),
                false => return close(model),
            },
            None => return close(model),
        },
    }
    show_theme(model);
}

/// Adds text to the filter.
pub(super) fn paste(model: &mut Model, text: &str) {
    if let Some(Overlay::Menu(menu)) = &mut model.overlay
        && let Some(query) = &mut menu.query
    {
        field::insert(query, text);
        menu.narrow();
    }
}

/// The theme under the cursor is shown at once.
pub(super) fn show_theme(model: &mut Model) {
    if let Some(Overlay::Menu(menu)) = &model.overlay
        && let Some(MenuRow { choice: Choice::Theme(name), .. }) = menu.chosen()
    {
        let name = name.clone();
        set_theme(model, name);
    }
}

fn set_theme(model: &mut Model, name: String) {
    model.looks.theme = name;
    model.theme = model.looks.made();
}

/// Closes the list without a choice; everything is as it was.
pub(super) fn close(model: &mut Model) {
    if let Some(Overlay::Menu(menu)) = model.overlay.take()
        && let Some(theme) = menu.theme
    {
        set_theme(model, theme);
    }
}

/// Takes the row under the cursor.
pub(super) fn take(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Menu(menu)) = &model.overlay else {
        return;
    };
    let line = menu.line().map(Choice::Line);
    let Some(choice) = line.or_else(|| menu.chosen().map(|row| row.choice.clone())) else {
        model.message = Some(Message::Failed("nothing is chosen".into()));
        return;
    };
    model.overlay = None;
    match choice {
        Choice::Action(action) => super::act(model, action, effects),
        Choice::Line(number) => prompt::go_to_line(model, number),
        Choice::Theme(name) => {
            let words = format!("theme {name}; theme = \"{name}\" in the config keeps it");
            set_theme(model, name);
            model.message = Some(Message::Done(words));
        }
        Choice::Group(by) => effects.push(Effect::Group(by)),
        Choice::Talk(talk) => browse::go_to_talk(model, talk),
    }
}
