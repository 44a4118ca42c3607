//! The top line and the bottom line.

use ratatui::layout::Rect;

use crate::config::actions::{Action, Scope};
use crate::config::theme::Part;
use crate::library::problems::Severity;
use crate::report::words;
use crate::text::SafeText;
use crate::tui::model::{Focus, Message, Model};
use crate::tui::overlay::{Overlay, Prompt, Purpose, Typing, field_text};
use crate::tui::view::canvas::Canvas;

/// The program, what it holds, and on the right what wants attention.
pub(super) fn header(model: &Model, area: Rect, canvas: &mut Canvas) {
    if area.height == 0 {
        return;
    }
    let library = &model.library;
    let mut right: Vec<(String, Part)> = Vec::new();
    if model.marks.here() > 0 {
        right.push((format!("★ {}", model.marks.here()), Part::Bookmark));
    }
    let due = model.marks.due(model.today);
    if due > 0 {
        right.push((format!("{due} due"), Part::Bookmark));
    }
    let serious = library.problems.iter().filter(|p| p.severity > Severity::Note).count();
    if serious > 0 {
        right.push((words::count(serious, "problem"), Part::Alarm));
    }
    if model.config_fault {
        right.push(("config at fault".into(), Part::Alarm));
    }
    let help = model.keymap.key(Scope::Screen, Action::Help);
    right.push((format!("{help} help"), Part::Quiet));
    let mut x = area.right();
    for (text, part) in right.iter().rev() {
        let text = SafeText::new(text);
        let width = text.width() as u16;
        x = x.saturating_sub(width + 2);
        canvas.text(x + 1, area.y, width, &text, *part);
    }
    let after =
        canvas.text(area.x + 1, area.y, x.saturating_sub(area.x + 1), &"hallway".into(), Part::Header);
    if !library.talks.is_empty() {
        let counts = format!(
            "{} · {}",
            words::count(library.conferences.len(), "conference"),
            words::count(library.talks.len(), "talk")
        );
        let more = match (model.loading, library.builtin.is_some()) {
            (true, _) if model.files_read > 0 => {
                format!(" · reading… {}", words::count(model.files_read, "file"))
            }
            (true, _) => " · reading…".to_owned(),
            (false, true) => " · built in".to_owned(),
            (false, false) => String::new(),
        };
        let counts = format!("{counts}{more}");
        canvas.text(after + 3, area.y, x.saturating_sub(after + 4), &counts.into(), Part::Quiet);
    }
}

/// What ends a line that is typed in.
fn keeps(model: &Model) -> String {
    let key = |action| model.keymap.key(Scope::Prompt, action);
    format!("{} keeps it · {} does not", key(Action::Open), key(Action::Close))
}

/// On the left a message or where one is, on the right the keys that work here.
pub(super) fn footer(model: &Model, area: Rect, canvas: &mut Canvas) {
    if area.height == 0 {
        return;
    }
    if matches!(model.overlay, Some(Overlay::Prompt(_))) {
        return;
    }
    let (left, part) = left(model);
    let percent = position(model);
    let mut end = area.right().saturating_sub(1);
    if let Some(percent) = percent {
        let text = SafeText::new(&percent);
        let width = text.width() as u16;
        end = end.saturating_sub(width);
        canvas.text(end, area.y, width, &text, Part::Quiet);
        end = end.saturating_sub(2);
    }
    // The place is worth a third of the line, and its end most; a message as much as it needs.
    let room = area.width.saturating_sub(2);
    let (left, given) = match part {
        Part::Quiet => (left.ellipsis_left(usize::from(room / 3)), room / 3),
        _ => (left, end.saturating_sub(area.x + 1)),
    };
    let used = canvas.text(area.x + 1, area.y, given, &left, part);
    // While a note is typed in the list, there is nothing to go on to.
    let typing = match &model.overlay {
        Some(Overlay::Bookmarks(state)) => matches!(state.typing, Some(Typing::Note(..) | Typing::Tags(..))),
        _ => false,
    };
    if typing {
        let hint = SafeText::new(&keeps(model));
        let x = end.saturating_sub(hint.width() as u16);
        canvas.text(x.max(used + 2), area.y, end.saturating_sub(x.max(used + 2)), &hint, Part::Quiet);
    } else {
        keys(model, model.scope(), used + 2, end, area.y, canvas);
    }
}

/// The line that is typed in, with what it comes to; returns where the cursor stands in it.
pub(super) fn prompt(model: &Model, prompt: &Prompt, area: Rect, canvas: &mut Canvas) -> Option<(u16, u16)> {
    if area.height == 0 {
        return None;
    }
    canvas.clear(area);
    let text = field_text(&prompt.query);
    let count = match (&prompt.purpose, &model.reader.search) {
        (Purpose::Note { .. }, _) => keeps(model),
        _ if text.is_empty() => String::new(),
        (Purpose::Page { .. }, Some(search)) => search.count(),
        (Purpose::Page { .. }, None) => String::new(),
        (Purpose::Filter { .. }, _) => {
            model.tree.filter.as_ref().map_or(String::new(), |talks| words::count(talks.len(), "talk"))
        }
    };
    // What is typed is worth more than a hint.
    let hint = matches!(prompt.purpose, Purpose::Note { .. });
    let count = SafeText::new(if hint && area.width < 60 { "" } else { &count });
    let end = area.right().saturating_sub(count.width() as u16 + 1);
    canvas.text(end, area.y, count.width() as u16, &count, Part::Quiet);
    let sign = match prompt.purpose {
        // A bookmark that is there keeps its note wherever its talk is.
        Purpose::Note { of: None, id: None } if area.width < 60 => "clipboard: ",
        Purpose::Note { of: None, id: None } => "the talk is gone; for the clipboard: ",
        Purpose::Note { .. } => "note: ",
        Purpose::Page { .. } | Purpose::Filter { .. } => "/",
    };
    let start = canvas.text(area.x, area.y, end.saturating_sub(area.x), &sign.into(), Part::Key);
    let room = end.saturating_sub(start + 1);
    let before: String = text.chars().take(prompt.query.cursor().1).collect();
    // A line longer than its room shows what stands before the cursor.
    let (shown, before) = (SafeText::new(text), SafeText::new(&before));
    let fits = before.width() < usize::from(room);
    let shown = if fits { shown } else { before.ellipsis_left(usize::from(room.saturating_sub(1))) };
    let used = canvas.text(start, area.y, room, &shown, Part::Talk);
    if !matches!(prompt.purpose, Purpose::Note { .. }) {
        keys(model, Scope::Prompt, used + 2, end.saturating_sub(2), area.y, canvas);
    }
    let column = before.width().min(usize::from(room.saturating_sub(1))) as u16;
    (room > 0).then_some((start + column, area.y))
}

/// The keys of a scope between two columns, set to the right; those that do not fit are left
/// out, the last first.
fn keys(model: &Model, scope: Scope, from: u16, to: u16, y: u16, canvas: &mut Canvas) {
    let entry = |(key, word): &(String, &str)| (SafeText::new(key), SafeText::new(&format!(" {word}")));
    let mut shown = Vec::new();
    let mut width = 0;
    // The way out is worth its room first, then what hallway is for, then the help.
    let mut all = model.keymap.footer(scope);
    // Where the reader is the only pane, the key goes back to the tree first.
    if model.focus == Focus::Reader && model.one_pane_reader() {
        all.iter_mut().filter(|(_, word)| *word == "quit").for_each(|(_, word)| *word = "back");
    }
    let mut order: Vec<_> = all.iter().collect();
    order.sort_by_key(|(_, word)| match *word {
        "quit" | "back" | "close" => 0,
        "jump" | "go" => 1,
        "help" => 2,
        "bookmark" => 3,
        _ => 4,
    });
    for pair in order {
        let (name, text) = entry(pair);
        let more = (name.width() + text.width()) as u16 + 2;
        if from + width + more > to + 2 {
            break;
        }
        width += more;
        shown.push(pair);
    }
    let mut x = to.saturating_sub(width.saturating_sub(2));
    for pair in all.iter().filter(|pair| shown.contains(pair)) {
        let (name, text) = entry(pair);
        x = canvas.text(x, y, to.saturating_sub(x), &name, Part::Key);
        x = canvas.text(x, y, to.saturating_sub(x), &text, Part::Quiet) + 2;
    }
}

fn left(model: &Model) -> (SafeText, Part) {
    if let Some(Overlay::Links(hints)) = &model.overlay {
        let leads = hints.chosen().map(|hint| hint.destination.describe(&model.library)).unwrap_or_default();
        return (SafeText::new(&format!("→ {leads}")), Part::Message);
    }
    match (&model.message, &model.marks.banner) {
        (Some(Message::Failed(text)), _) => (text.into(), Part::Alarm),
        (_, Some(banner)) => (banner.into(), Part::Alarm),
        (Some(Message::Done(text)), None) => (text.into(), Part::Message),
        (None, None) if model.behind => {
            ("these notes could not be read again; what is shown is older".into(), Part::Alarm)
        }
        (None, None) => (place(model), Part::Quiet),
    }
}

/// The file and line of what is shown.
fn place(model: &Model) -> SafeText {
    let areas = model.areas();
    let line = match areas.text.height {
        0 => 0,
        height => model.reader.place(height.into()).line,
    };
    match model.reader.subject.place(&model.library) {
        Some((path, first)) => {
            let line = if line > 0 && model.reader.is_settled() { line } else { first };
            let line = model.library.source_line_in(path, line);
            SafeText::new(&format!("{}:{line}", path.display()))
        }
        None => SafeText::default(),
    }
}

fn library_is_empty(model: &Model) -> bool {
    model.library.talks.is_empty()
}

/// How long the rest of a talk takes to read, while there is a rest and it is read.
fn minutes_left(model: &Model, height: usize) -> Option<String> {
    model.current_talk().filter(|_| model.focus == Focus::Reader)?;
    let rows = model.reader.page.lines.len();
    let seen = model.reader.scroll + height;
    if !model.reader.is_settled() || seen >= rows || model.areas().footer.width < 60 {
        return None;
    }
    let words = model.reader.page.words * (rows - seen) / rows;
    Some(format!("{} left", words::reading_time(words)))
}

/// How far the reader has got.
fn position(model: &Model) -> Option<String> {
    let height = model.areas().text.height;
    let percent = match model.reader.page.partial {
        true => "…".into(),
        false => format!("{:>3}%", model.reader.percent(height.into())),
    };
    let percent =
        minutes_left(model, height.into()).map_or(percent.clone(), |left| format!("{left}  {percent}"));
    // Beside a search the match one is at says more than the keys do.
    let shown = match &model.reader.search {
        Some(search) if model.focus == Focus::Reader || search.finds() => {
            format!("{}  {percent}", search.count())
        }
        Some(_) => percent,
        None => percent,
    };
    (height > 0 && !library_is_empty(model) && model.overlay.is_none()).then_some(shown)
}
