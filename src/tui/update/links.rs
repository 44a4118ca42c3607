//! Following links: those in view by hints, and the talk's video and slides.

use crate::config::actions::Action;
use crate::library::links::{Link, LinkKind};
use crate::markup::document::Target;
use crate::report::destination::{self, Destination};
use crate::report::page::Subject;
use crate::report::times::{at_time, time_on};
use crate::tui::effect::Effect;
use crate::tui::hints::{Hint, Hints, Seen, labels, stretches_in_view};
use crate::tui::model::{Focus, Message, Model};
use crate::tui::overlay::Overlay;
use crate::tui::reader::Place;
use crate::tui::update::{browse, copy};

/// Lights the links in view. The first one's destination is shown.
pub(super) fn open(model: &mut Model) {
    let hints = in_view(model);
    if hints.is_empty() {
        model.message = Some(Message::Failed("no link is in view".into()));
        return;
    }
    model.focus = Focus::Reader;
    model.overlay = Some(Overlay::Links(Hints { all: hints, typed: String::new(), selected: 0 }));
}

/// The links in view, each once.
fn in_view(model: &Model) -> Vec<Hint> {
    let area = model.areas().text;
    let mut seen: Vec<Seen> = stretches_in_view(&model.reader, area.width.into(), area.height.into());
    let mut known = std::collections::HashSet::new();
    seen.retain(|stretch| known.insert(stretch.link));
    let labels = labels(seen.len());
    let hint = |(seen, label): (Seen, String)| {
        let destination = destination_of(model, seen);
        Hint {
            label,
            link: seen.link,
            destination,
            row: seen.row,
            column: seen.column,
            columns: seen.columns,
        }
    };
    seen.into_iter().zip(labels).map(hint).collect()
}

/// Where a link leads; a recording, to the time that stands beside it.
fn destination_of(model: &Model, seen: Seen) -> Destination {
    let reader = &model.reader;
    let document = &reader.page.document;
    let Some(target) = document.links.get(seen.link as usize) else {
        return Destination::Nowhere("the page has changed".into());
    };
    let found = destination::resolve(&model.library, reader.subject, document, target);
    match (found, line_text(model, seen.line).and_then(|line| time_on(&line))) {
        (Destination::Web(address), Some(time)) if is_video(model, target, &address) => {
            Destination::Web(at_time(&address, time))
        }
        (found, _) => found,
    }
}

/// Whether a link leads to a recording: by what the notes call it anywhere, or by its host.
fn is_video(model: &Model, target: &Target, address: &str) -> bool {
    let links = model.current_talk().map(|talk| model.library.links(talk)).unwrap_or_default();
    let called = |link: &&Link| Some(link.url.as_str()) == target.address();
    let kind = links.iter().find(called).map_or(LinkKind::of("", address), |link| link.kind);
    kind == LinkKind::Video
}

/// Does what an action says while links are lit.
pub(super) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some(Overlay::Links(hints)) = &mut model.overlay else {
        return;
    };
    let count = hints.all.len();
    match action {
        Action::Down => hints.selected = (hints.selected + 1) % count.max(1),
        Action::Up => hints.selected = (hints.selected + count.max(1) - 1) % count.max(1),
        Action::DeleteChar if hints.typed.pop().is_some() => {}
        Action::Open => follow_chosen(model, effects),
        Action::CopyLink => {
            if let Some(hint) = hints.chosen() {
                let text = copied(&hint.destination, &model.library);
                model.overlay = None;
                copy::clip(model, text, "link", effects);
            }
        }
        _ => model.overlay = None,
    }
}

/// Takes a letter of a label. What lies in the notes is gone to at once, for one can come back; an address
/// of the web is shown first, and Enter opens it.
pub(super) fn type_letter(model: &mut Model, letter: char, effects: &mut Vec<Effect>) {
    let Some(Overlay::Links(hints)) = &mut model.overlay else {
        return;
    };
    if hints.type_letter(letter) && hints.chosen().is_some_and(|hint| hint.destination.is_inside()) {
        follow_chosen(model, effects);
    }
}

/// Chooses the link at a place of the pane, if there is one; chosen before, it is followed.
pub(super) fn click(model: &mut Model, column: u16, row: u16, effects: &mut Vec<Effect>) -> bool {
    let area = model.areas().text;
    let is_on = |s: &Seen| s.row == row && (s.column..s.column + s.columns).contains(&column);
    let seen = stretches_in_view(&model.reader, area.width.into(), area.height.into());
    let Some(link) = seen.iter().find(|s| is_on(s)).map(|s| s.link) else {
        return false;
    };
    if let Some(Overlay::Links(hints)) = &model.overlay
        && hints.chosen().is_some_and(|hint| hint.link == link)
    {
        follow_chosen(model, effects);
        return true;
    }
    open(model);
    if let Some(Overlay::Links(hints)) = &mut model.overlay {
        hints.selected = hints.all.iter().position(|hint| hint.link == link).unwrap_or(0);
        if hints.chosen().is_some_and(|hint| hint.destination.is_inside()) {
            follow_chosen(model, effects);
        }
    }
    true
}

fn follow_chosen(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Links(hints)) = &model.overlay else {
        return;
    };
    if let Some(destination) = hints.chosen().map(|hint| hint.destination.clone()) {
        model.overlay = None;
        follow(model, destination, effects);
    }
}

fn follow(model: &mut Model, destination: Destination, effects: &mut Vec<Effect>) {
    match destination {
        Destination::Web(address) | Destination::Mail(address) => effects.push(Effect::Browse(address)),
        Destination::Here(line) => {
            browse::go_to_place(model, model.reader.subject, Place { line, offset: 0 });
        }
        Destination::Page(subject, Some(line)) => {
            browse::go_to_place(model, subject, Place { line, offset: 0 })
        }
        Destination::Page(subject, None) => browse::go_to_subject(model, subject),
        other @ (Destination::File(_) | Destination::Nowhere(_)) => {
            model.message = Some(Message::Failed(other.describe(&model.library)));
        }
    }
}

/// What is copied of a link.
fn copied(destination: &Destination, library: &crate::library::Library) -> String {
    match destination {
        Destination::Web(address) => address.clone(),
        Destination::Mail(address) => address.trim_start_matches("mailto:").to_owned(),
        Destination::File(path) => path.display().to_string(),
        other => other.describe(library),
    }
}

/// Opens the talk's recording or its slides. A recording starts at the time that the reader's line names, or
/// the line of its own address.
pub(super) fn open_kind(model: &mut Model, kind: LinkKind, effects: &mut Vec<Effect>) {
    let Some(address) = address_of(model, kind) else {
        let are = if kind == LinkKind::Slides { "slides are" } else { "video is" };
        let words = match model.current_talk() {
            Some(_) => format!("no {are} linked in the notes on this talk"),
            None => "this is no talk; go to one first".into(),
        };
        model.message = Some(Message::Failed(words));
        return;
    };
    effects.push(Effect::Browse(address));
}

fn address_of(model: &Model, kind: LinkKind) -> Option<String> {
    let talk = model.current_talk()?;
    let link = model.library.links(talk).into_iter().find(|link| link.kind == kind)?;
    let address = match destination::resolve(
        &model.library,
        Subject::Talk(talk),
        &model.reader.page.document,
        &Target::Address(link.url.clone()),
    ) {
        Destination::Web(address) => address,
        _ => return None,
    };
    if kind != LinkKind::Video {
        return Some(address);
    }
    let height = usize::from(model.areas().text.height);
    let here = (model.focus == Focus::Reader).then(|| model.reader.place(height).line);
    let on_line = here.and_then(|line| line_text(model, line)).and_then(|line| time_on(&line));
    let beside = || {
        let spans = &model.library.talk(talk).spans;
        let mut lines = spans.iter().flat_map(|span| model.library.text(span).lines());
        lines.find(|line| line.contains(&link.url)).and_then(time_on)
    };
    Some(on_line.or_else(beside).map_or(address.clone(), |time| at_time(&address, time)))
}

/// Copies the link on the reader's line, or else the talk's first, its video before the others.
pub(super) fn copy_link(model: &mut Model, effects: &mut Vec<Effect>) {
    let height = usize::from(model.areas().text.height);
    let here = model.reader.place(height).line;
    let area = model.areas().text;
    let on_line = (model.focus == Focus::Reader && here > 0)
        .then(|| stretches_in_view(&model.reader, area.width.into(), area.height.into()))
        .and_then(|seen| seen.into_iter().find(|seen| seen.line == here));
    let address = match on_line {
        Some(seen) => Some(copied(&destination_of(model, seen), &model.library)),
        None => model.current_talk().and_then(|talk| {
            let mut links = model.library.links(talk);
            links.sort_by_key(|link| link.kind);
            let target = Target::Address(links.first()?.url.clone());
            let document = &model.reader.page.document;
            let leads = destination::resolve(&model.library, Subject::Talk(talk), document, &target);
            Some(copied(&leads, &model.library))
        }),
    };
    match address {
        Some(address) => copy::clip(model, address, "link", effects),
        None => model.message = Some(Message::Failed("there is no link to copy here".into())),
    }
}

/// An address was opened, or has to be opened by hand.
pub(super) fn opened(model: &mut Model, address: String, opened: bool, effects: &mut Vec<Effect>) {
    if opened {
        let host = crate::text::address::host(&address);
        model.message = Some(Message::Done(format!("opened {host}")));
        return;
    }
    model.message = Some(Message::Done(format!("no browser here; copied {address}")));
    effects.push(Effect::Clip(address));
}

/// A line of the source of what is shown.
fn line_text(model: &Model, line: usize) -> Option<String> {
    let library = &model.library;
    let span = match model.reader.subject {
        Subject::Talk(talk) => {
            library.talk(talk).spans.iter().find(|s| (s.line()..=s.end_line()).contains(&line))?
        }
        other => other.span(library)?,
    };
    let at = line.checked_sub(span.line())?;
    library.text(span).lines().nth(at).map(str::to_owned)
}
