//! The tree's rows.

use std::collections::HashSet;

use ratatui::layout::Rect;

use crate::bookmarks::reading::State;
use crate::config::actions::{Action, Scope};
use crate::config::theme::Part;
use crate::library::BuiltIn;
use crate::report::groups::Grouping;
use crate::report::page::Subject;
use crate::search::{self, Field};
use crate::text::SafeText;
use crate::tui::model::{Focus, Model};
use crate::tui::tree::Row;
use crate::tui::view::canvas::Canvas;
use crate::tui::view::finder;

pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas) {
    if area.width == 0 {
        return;
    }
    let tree = &model.tree;
    let rows = tree.rows.iter().enumerate().skip(tree.offset).take(area.height.into());
    for (y, (at, row)) in (area.y..).zip(rows) {
        draw_row(model, *row, Rect { y, height: 1, ..area }, canvas);
        if at == tree.selected {
            let focused = model.focus == Focus::Tree && model.overlay.is_none();
            let part = if focused { Part::Cursor } else { Part::CursorAway };
            canvas.paint(Rect { y, height: 1, ..area }, part);
            canvas.sign(area.x, y, "▌", Part::Place);
        }
    }
    if tree.filter.as_ref().is_some_and(HashSet::is_empty) {
        let (whole, notes) = (
            model.keymap.key(Scope::Tree, Action::Close),
            model.keymap.key(Scope::Screen, Action::SearchNotes),
        );
        let lines = [
            "No talk is called so.".into(),
            format!("{whole} shows the whole tree again;"),
            format!("{notes} searches the text."),
        ];
        for (y, line) in (area.y + 2..area.bottom()).zip(lines) {
            canvas.text(area.x + 1, y, area.width.saturating_sub(1), &SafeText::new(&line), Part::Quiet);
        }
    }
}

/// A sign (folded or not, bookmarked), the name, and for groups how many talks they hold.
fn draw_row(model: &Model, row: Row, area: Rect, canvas: &mut Canvas) {
    let (name, part, count) = describe(model, row.subject);
    let depth = u16::try_from(row.depth).unwrap_or(u16::MAX).min(area.width / 4);
    let x = area.x + 1 + 2 * depth;
    match (row.folded, row.subject) {
        (Some(true), _) => canvas.sign(x, area.y, "▸", Part::Quiet),
        (Some(false), _) => canvas.sign(x, area.y, "▾", Part::Quiet),
        (None, Subject::Talk(talk)) if model.marks.by_talk.contains_key(&talk) => {
            canvas.sign(x, area.y, "★", Part::Bookmark);
        }
        _ => {}
    }
    let count = count.map(|n| SafeText::new(&n.to_string()));
    let state = match row.subject {
        Subject::Talk(talk) => model.state(talk).map(sign_of),
        _ => None,
    };
    let reserved = count.as_ref().map_or(if state.is_some() { 3 } else { 1 }, |c| c.width() as u16 + 2);
    let room = area.right().saturating_sub(x + 2 + reserved);
    match (row.subject, &model.filter) {
        (Subject::Talk(talk), Some(filter)) if model.tree.filter.is_some() => {
            let lit = search::lit(&model.library, &filter.understood.query, talk);
            let lit =
                lit.into_iter().find(|(field, _)| *field == Field::Title).map_or(Vec::new(), |(_, at)| at);
            let style = model.theme.part(part);
            let shown = name.ellipsis(room.into());
            let mut x = x + 2;
            for (piece, hit) in finder::pieces(shown.as_str(), &lit) {
                let style = if hit { finder::blend(style, model.theme.part(Part::Match)) } else { style };
                x = canvas.styled(x, area.y, area.right().saturating_sub(x), &SafeText::new(piece), style);
            }
        }
        _ => {
            canvas.text(x + 2, area.y, room, &name, part);
        }
    }
    if let Some((sign, part)) = state
        && area.right() > x + 4
    {
        canvas.sign(area.right() - 2, area.y, sign, part);
    }
    if let Some(count) = count {
        let width = count.width() as u16;
        let at = area.right().saturating_sub(width + 1);
        if at > x + 2 {
            canvas.text(at, area.y, width, &count, Part::Quiet);
        }
    }
}

/// The sign of what is known of a talk: new, read, changed since.
fn sign_of(state: State) -> (&'static str, Part) {
    match state {
        State::New => ("•", Part::Place),
        State::Read => ("✓", Part::Quiet),
        State::Changed => ("~", Part::Place),
    }
}

fn describe(model: &Model, subject: Subject) -> (SafeText, Part, Option<usize>) {
    let library = &model.library;
    match subject {
        Subject::Overview => {
            let name = match library.builtin {
                Some(BuiltIn::Collection) => "Built-in collection",
                Some(BuiltIn::Tour) => "The tour",
                None => "All notes",
            };
            let count = model.tree.filter.as_ref().map_or(library.talks.len(), |talks| talks.len());
            // A tree that does not show everything says so.
            let filter = model.filter.as_ref().filter(|_| model.tree.filter.is_some());
            let name = match model.tree.groups.by {
                Grouping::Conference => name.to_owned(),
                by => format!("{name} by {}", by.name()),
            };
            let name = filter.map_or(name.clone(), |filter| format!("{name} /{}", filter.words));
            (SafeText::new(&name), Part::Header, Some(count))
        }
        Subject::Conference(id) => {
            let talks = library.tracks_of(id).flat_map(|track| library.talks_of(track));
            let count = talks.filter(|talk| model.tree.is_through(*talk)).count();
            (SafeText::new(&library.conference(id).name), Part::Conference, Some(count))
        }
        Subject::Track(id) => {
            let track = library.track(id);
            let name = SafeText::new(track.name.as_deref().unwrap_or_default());
            let count = library.talks_of(id).filter(|talk| model.tree.is_through(*talk)).count();
            (name, Part::Track, Some(count))
        }
        Subject::Group(n) => {
            let group = model.tree.groups.all.get(n as usize);
            let talks = group.map_or(&[][..], |group| &group.talks);
            let count = talks.iter().filter(|talk| model.tree.is_through(**talk)).count();
            let name = group.map(|group| SafeText::new(&group.name)).unwrap_or_default();
            (name, Part::Conference, Some(count))
        }
        Subject::Talk(id) => {
            let talk = library.talk(id);
            let star = if talk.starred { " ✨" } else { "" };
            (SafeText::new(&format!("{}{star}", talk.title)), Part::Talk, None)
        }
    }
}
