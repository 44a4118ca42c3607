//! The finder: the query, the rows with their letters lit, the preview.

use ratatui::layout::Rect;

use crate::config::actions::{Action, Scope};
use crate::config::colour::Style;
use crate::config::theme::Part;
use crate::library::Library;
use crate::report::words;
use crate::search::text::{Snippet, TextHit, Unit};
use crate::search::{self, Field, Hit};
use crate::text::SafeText;
use crate::text::width::width;
use crate::tui::areas::finder_areas;
use crate::tui::model::Model;
use crate::tui::overlay::{Completion, FinderState};
use crate::tui::seeker::{Answer, Item, Mode};
use crate::tui::view::canvas::Canvas;
use crate::tui::view::page;
use crate::tui::view::popup;

/// Draws the finder; returns where the cursor stands in the query.
pub(super) fn draw(model: &Model, state: &FinderState, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let places = finder_areas(model.size);
    popup(places.frame, &title(state).into(), canvas);
    let cursor = query(model, state, places.query, canvas);
    let Some(answer) = &state.answer else {
        let waiting = SafeText::new(&waiting(model.library.talks.len()));
        let list = places.list;
        canvas.text(list.x + 1, list.y, places.query.width.saturating_sub(1), &waiting, Part::Quiet);
        return cursor;
    };
    if state.items().is_empty() {
        let area = Rect { width: places.query.width, ..places.list };
        let none = SafeText::new(&nothing(model, state, answer));
        canvas.text(area.x + 1, area.y, area.width.saturating_sub(1), &none, Part::Quiet);
    } else {
        list(model, state, answer, places.list, canvas);
        divider(places.divider, canvas);
        page::draw(model, &state.preview, places.preview, canvas);
    }
    // What cannot be meant is said on the border; the rest of the query holds.
    if let Some(fault) = answer.asked.query.faults.first() {
        let (frame, text) = (places.frame, SafeText::new(&format!(" {} ", fault.message)));
        let room = frame.width.saturating_sub(4);
        canvas.text(frame.x + 2, frame.bottom().saturating_sub(1), room, &text, Part::Alarm);
    }
    if let Some(completion) = &state.completion {
        ways(completion, places.list, canvas);
    }
    cursor
}

/// What the rows are. Where nothing is called what was typed, the text is searched, and that is said.
fn title(state: &FinderState) -> &'static str {
    match (state.mode, &state.answer) {
        (Mode::Text, _) => "Search the notes",
        (_, Some(Answer { in_text: Some((1.., _)), .. })) => "No talk is called so · found in the text",
        _ => "Jump to a talk",
    }
}

/// What to say until the first answer. The first time, a row is made for each talk; of a library of the usual
/// size they are there before anything could be read, and nothing is said.
fn waiting(talks: usize) -> String {
    /// So many take a twentieth of a second or more.
    const MANY: usize = 100_000;
    if talks < MANY { String::new() } else { format!("listing {talks} talks, the first time…") }
}

/// What to say, and what to do, where nothing was found.
fn nothing(model: &Model, state: &FinderState, answer: &Answer) -> String {
    match state.mode {
        _ if !answer.done => "searching…".into(),
        Mode::Text if state.text().trim().is_empty() => {
            let key = model.keymap.key(Scope::Finder, Action::SwitchMode);
            format!("Type words, \"a phrase\" or /a pattern/. {key} finds talks by name.")
        }
        Mode::Text if answer.asked.text.is_none() => "Add a word to look for.".into(),
        Mode::Text => "No text has that. Fewer words find more.".into(),
        _ => "Neither a name nor a text has that. Fewer letters find more.".into(),
    }
}

/// The rows in view.
fn list(model: &Model, state: &FinderState, answer: &Answer, area: Rect, canvas: &mut Canvas) {
    let height = state.row_height();
    let rows = state.items().iter().enumerate().skip(state.list.offset);
    let tops = (area.y..area.bottom()).step_by(height.into());
    for (y, (at, item)) in tops.zip(rows) {
        let area = Rect { y, height: height.min(area.bottom() - y), ..area };
        let selected = at == state.list.selected;
        if selected {
            canvas.paint(area, Part::Cursor);
            (area.y..area.bottom()).for_each(|y| canvas.sign(area.x, y, "▌", Part::Place));
        }
        match item {
            Item::Talk(hit) => talk_row(model, answer, hit, area, selected, canvas),
            Item::Text(hit, snippet) => {
                text_row(model, &answer.library, (hit, snippet), area, selected, canvas)
            }
        }
    }
}

/// The ways in which a facet may go on, over the rows.
fn ways(completion: &Completion, list: Rect, canvas: &mut Canvas) {
    let rows = list.height.min(8).min(completion.candidates.len() as u16);
    let area = Rect { height: rows, width: list.width.min(60), ..list };
    canvas.clear(area);
    let first = (completion.at + 1).saturating_sub(rows.into());
    let shown = completion.candidates.iter().enumerate().skip(first);
    for (y, (at, candidate)) in (area.y..area.bottom()).zip(shown) {
        let row = Rect { y, height: 1, ..area };
        let count = SafeText::new(&words::count(candidate.talks, "talk"));
        let width = count.width() as u16;
        let room = area.width.saturating_sub(width + 5);
        canvas.text(area.x + 2, y, room, &SafeText::new(&candidate.text), Part::Talk);
        canvas.text(area.right().saturating_sub(width + 1), y, width, &count, Part::Quiet);
        if at == completion.at {
            canvas.paint(row, Part::Cursor);
            canvas.sign(row.x, y, "▌", Part::Place);
        }
    }
}

fn divider(area: Rect, canvas: &mut Canvas) {
    let sign = if area.width == 1 { "│" } else { "─" };
    for position in area.positions() {
        canvas.sign(position.x, position.y, sign, Part::Border);
    }
}

/// The line with the query, and how many talks it finds.
fn query(model: &Model, state: &FinderState, area: Rect, canvas: &mut Canvas) -> Option<(u16, u16)> {
    if area.height == 0 {
        return None;
    }
    let counts = match &state.answer {
        None => String::new(),
        Some(Answer { in_text: Some((talks, places)), .. }) if *talks > 0 => {
            format!(
                "{} · {}",
                words::count(*talks, "talk"),
                if *places == 1 { "1 match".into() } else { format!("{places} matches") }
            )
        }
        Some(answer) => format!("{}/{}", answer.talks, model.library.talks.len()),
    };
    // What is typed is worth more than how often it is found.
    let counts = if counts.len() + 12 > usize::from(area.width) { "" } else { &*counts };
    let counts = SafeText::new(counts);
    let reserved = counts.width() as u16 + 2;
    let x = area.x + 2;
    canvas.sign(area.x, area.y, "›", Part::Key);
    let room = area.width.saturating_sub(2 + reserved);
    let text = state.text();
    // A query longer than the line shows its end.
    let before: String = text.chars().take(state.query.cursor().1).collect();
    let skip = width(&before).saturating_sub(room.saturating_sub(1).into());
    let mut shown = text;
    while width(&text[..text.len() - shown.len()]) < skip {
        shown = &shown[shown.chars().next().map_or(1, char::len_utf8)..];
    }
    // A query of last time stands back: the next letter takes its place.
    let part = if state.remembered { Part::Quiet } else { Part::Talk };
    canvas.styled(x, area.y, room, &SafeText::new(shown), model.theme.part(part));
    canvas.text(area.right().saturating_sub(reserved - 1), area.y, reserved - 1, &counts, Part::Quiet);
    let column = width(&before) - width(&text[..text.len() - shown.len()]).min(width(&before));
    (room > 0).then_some((x + (column as u16).min(room.saturating_sub(1)), area.y))
}

/// Title, speakers, and on the right the conference and why the row is there; what matched is lit.
/// Where room is short, the title gives way to the parts in which something matched.
fn talk_row(model: &Model, answer: &Answer, hit: &Hit, area: Rect, selected: bool, canvas: &mut Canvas) {
    let library = &answer.library;
    let asked = &answer.asked;
    let query = if hit.close { asked.widened.as_ref().unwrap_or(&asked.query) } else { &asked.query };
    let lit = search::lit(library, query, hit.talk);
    let lit_in = |field| lit.iter().find(|(f, _)| *f == field).map_or(&[][..], |(_, at)| at.as_slice());
    let about = library.talk(hit.talk);
    let names = words::names(about);
    let conference = &library.conference_of(hit.talk).name;
    let track = library.track(about.track).name.as_deref().unwrap_or_default();
    // The label stands at the right edge, before anything else gets room.
    let label = SafeText::new(&label(hit, area.width));
    let reserved = if label.width() > 0 { label.width() as u16 + 2 } else { 0 };
    let at = (area.right() + 1).saturating_sub(reserved);
    canvas.styled(at, area.y, reserved, &label, row_style(model.theme.part(Part::Key), selected));
    let area = Rect { width: area.width.saturating_sub(reserved), ..area };
    let parts = [
        (about.title.as_str(), Field::Title, Part::Talk),
        (names.as_str(), Field::Speakers, Part::Quiet),
        (track, Field::Track, Part::Track),
        (conference.as_str(), Field::Conference, Part::Quiet),
    ];
    let room = usize::from(area.width).saturating_sub(3);
    let wanted =
        parts.map(|(text, field, _)| (width(text), field == Field::Title || !lit_in(field).is_empty()));
    // The title is kept at least as far as something in it is lit.
    let last = lit_in(Field::Title).last().map_or(0, |at| width(&about.title[..*at]) + 2);
    let widths = share(wanted, last, room);
    let mut x = area.x + 2;
    for (slot, ((text, field, part), columns)) in parts.into_iter().zip(widths).enumerate() {
        if columns == 0 {
            continue;
        }
        if slot == parts.len() - 1 {
            // The conference stands at the right edge, a column of its own.
            x = area.right().saturating_sub(1 + columns as u16);
        }
        let shown = crate::text::width::ellipsis(text, columns);
        let plain = row_style(model.theme.part(part), selected);
        let end = x + columns as u16;
        for (piece, hit) in pieces(&shown, lit_in(field)) {
            let style = if hit { blend(plain, model.theme.part(Part::Match)) } else { plain };
            x = canvas.styled(x, area.y, end.saturating_sub(x), &SafeText::new(piece), style);
        }
        x = end + 2;
    }
}

/// Why a talk is there. Where room is short, letters lit in the title say it already.
fn label(hit: &Hit, columns: u16) -> String {
    if hit.close {
        return "close".into();
    }
    let all: Vec<&str> = Field::ALL.into_iter().filter(|f| hit.fields.has(*f)).map(Field::name).collect();
    match all[..] {
        ["title"] if columns < 50 => String::new(),
        [first, _, ..] if columns < 120 => format!("{first} +{}", all.len() - 1),
        _ => all.join(", "),
    }
}

/// A talk with how often it says so, and below it the line that says it best.
fn text_row(
    model: &Model,
    library: &Library,
    (hit, snippet): (&TextHit, &Snippet),
    area: Rect,
    selected: bool,
    canvas: &mut Canvas,
) {
    let (title, conference) = match hit.unit {
        Unit::Talk(id) => (library.talk(id).title.as_str(), library.conference_of(id).name.as_str()),
        Unit::Introduction(id) => {
            let of = library.introductions[id.index()].of;
            ("introduction", of.map_or("", |of| library.conference(of).name.as_str()))
        }
        Unit::Furniture(_) => ("", ""),
    };
    let style = |part| row_style(model.theme.part(part), selected);
    let end = area.right().saturating_sub(1);
    let count = SafeText::new(&format!("{}×", hit.count));
    let right = end.saturating_sub(count.width() as u16);
    canvas.styled(right, area.y, end - right.min(end), &count, style(Part::Quiet));
    // The conference has room up to a third of the row.
    let conference = SafeText::new(conference).ellipsis(usize::from(area.width / 3));
    let right = right.saturating_sub(conference.width() as u16 + 2);
    canvas.styled(right, area.y, conference.width() as u16, &conference, style(Part::Quiet));
    let room = right.saturating_sub(area.x + 4);
    let title = SafeText::new(title).ellipsis(room.into());
    canvas.styled(area.x + 2, area.y, room, &title, style(Part::Talk));
    if area.height > 1 {
        context(
            model,
            snippet,
            Rect { x: area.x + 4, y: area.y + 1, width: end.saturating_sub(area.x + 4), height: 1 },
            selected,
            canvas,
        );
    }
}

/// A line of the text with what was found in it lit, cut so that the first of it is in view.
fn context(model: &Model, snippet: &Snippet, area: Rect, selected: bool, canvas: &mut Canvas) {
    let room = usize::from(area.width);
    let first = snippet.lit.first().map_or(0, |lit| lit.start);
    let mut from = 0;
    if width(&snippet.text[..first]) > room * 2 / 3 {
        // A third of the room stands before it, from the start of a word.
        let mut starts = snippet.text[..first].char_indices().rev().filter(|(_, c)| c.is_whitespace());
        let near = starts.find(|(at, _)| width(&snippet.text[*at..first]) > room / 4);
        from = near.map_or(0, |(at, c)| at + c.len_utf8());
    }
    let plain = row_style(model.theme.part(Part::Quiet), selected);
    let mut x = area.x;
    if from > 0 {
        x = canvas.styled(x, area.y, area.width, &"… ".into(), plain);
    }
    let lit: Vec<(std::ops::Range<usize>, bool)> =
        snippet.lit.iter().map(|lit| (lit.clone(), false)).collect();
    for (piece, hit) in super::stretches(&snippet.text, from, &lit) {
        let style = if hit.is_some() { blend(plain, model.theme.part(Part::Match)) } else { plain };
        let piece = SafeText::new(&crate::text::width::expand_tabs(piece, 4));
        x = canvas.styled(x, area.y, area.right().saturating_sub(x), &piece, style);
    }
}

pub(super) fn row_style(style: Style, selected: bool) -> Style {
    if selected { Style { reverse: true, colour: None, ..style } } else { style }
}

/// Shares a row among parts, each with what it wants and whether it must be seen. Two columns
/// stand between parts. Those that must be seen are served first; then the others, from the last
/// (the conference) on, while the title keeps two thirds of what it wants.
fn share<const N: usize>(wanted: [(usize, bool); N], title: usize, room: usize) -> [usize; N] {
    let mut given = [0; N];
    let mut left = room;
    let title_least = wanted[0].0 * 2 / 3;
    let order = (1..N).filter(|i| wanted[*i].1).chain((1..N).rev().filter(|i| !wanted[*i].1));
    for i in order {
        let (want, must) = wanted[i];
        let keep = if must { title_least.min(room / 3) } else { title_least }.max(title.min(room));
        let free = left.saturating_sub(keep);
        // What must be seen is better cut than missing; anything else is shown whole or not at all.
        let least = if must { want.min(6) } else { want };
        if want > 0 && free >= least + 2 {
            given[i] = want.min(free - 2);
            left -= given[i] + 2;
        }
    }
    given[0] = wanted[0].0.min(left);
    given
}

/// The style of a lit letter on its row.
pub(super) fn blend(style: Style, with: Style) -> Style {
    Style { colour: with.colour.or(style.colour), bold: true, underline: true, ..style }
}

/// A text in runs that are lit and runs that are not. Offsets that fall inside a character's
/// cluster light it from its start.
pub(super) fn pieces<'t>(text: &'t str, lit: &[usize]) -> Vec<(&'t str, bool)> {
    use unicode_segmentation::UnicodeSegmentation;
    let mut pieces: Vec<(usize, usize, bool)> = Vec::new();
    for (at, cluster) in text.grapheme_indices(true) {
        let end = at + cluster.len();
        let hit = lit.iter().any(|offset| (at..end).contains(offset));
        match pieces.last_mut() {
            Some((_, last, was)) if *was == hit => *last = end,
            _ => pieces.push((at, end, hit)),
        }
    }
    pieces.into_iter().map(|(from, to, hit)| (&text[from..to], hit)).collect()
}
