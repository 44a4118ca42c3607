//! The finder: the query, the rows with their letters lit, the preview.

use ratatui::layout::Rect;

use crate::config::theme::{Part, Style};
use crate::library::TalkId;
use crate::report::words;
use crate::search::Field;
use crate::text::SafeText;
use crate::text::width::width;
use crate::tui::areas::finder_areas;
use crate::tui::model::{FinderState, Model};
use crate::tui::view::canvas::Canvas;
use crate::tui::view::{page, popup};

/// Draws the finder; returns where the cursor stands in the query.
pub(super) fn draw(model: &Model, state: &FinderState, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let places = finder_areas(model.size);
    popup(places.frame, &"Jump to a talk".into(), canvas);
    let cursor = query(model, state, places.query, canvas);
    if state.hits.is_empty() {
        let area = places.list;
        let none = "No talk matches. Fewer letters find more.".into();
        canvas.text(area.x + 1, area.y, area.width.saturating_sub(1), &none, Part::Quiet);
        return cursor;
    }
    let rows = state.hits.iter().enumerate().skip(state.list.offset).take(places.list.height.into());
    for (y, (at, hit)) in (places.list.y..).zip(rows) {
        let area = Rect { y, height: 1, ..places.list };
        if at == state.list.selected {
            canvas.paint(area, Part::Cursor);
            canvas.sign(area.x, y, "▌", Part::Place);
        }
        row(model, state.text(), hit.talk, area, at == state.list.selected, canvas);
    }
    divider(places.divider, canvas);
    page(&state.preview.page, state.preview.scroll, places.preview, model.theme, canvas);
    cursor
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
    let counts = format!("{}/{}", state.hits.len(), model.library.talks.len());
    let counts = SafeText::new(&counts);
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
    canvas.styled(x, area.y, room, &SafeText::new(shown), model.theme.part(Part::Talk));
    canvas.text(area.right().saturating_sub(reserved - 1), area.y, reserved - 1, &counts, Part::Quiet);
    let column = width(&before) - width(&text[..text.len() - shown.len()]).min(width(&before));
    (room > 0).then_some((x + (column as u16).min(room.saturating_sub(1)), area.y))
}

/// Title, speakers, and on the right the conference; what matched is lit. Where room is short,
/// the title gives way to the parts in which something matched.
fn row(model: &Model, query: &str, talk: TalkId, area: Rect, selected: bool, canvas: &mut Canvas) {
    let library = &model.library;
    let lit = crate::search::lit(library, &crate::search::Query::parse(query), talk);
    let lit_in = |field| lit.iter().find(|(f, _)| *f == field).map_or(&[][..], |(_, at)| at.as_slice());
    let about = library.talk(talk);
    let names = words::names(about);
    let conference = &library.conference_of(talk).name;
    let track = library.track(about.track).name.as_deref().unwrap_or_default();
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

fn row_style(style: Style, selected: bool) -> Style {
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
fn blend(style: Style, with: Style) -> Style {
    Style { colour: with.colour.or(style.colour), bold: true, underline: true, ..style }
}

/// A text in runs that are lit and runs that are not. Offsets that fall inside a character's
/// cluster light it from its start.
fn pieces<'t>(text: &'t str, lit: &[usize]) -> Vec<(&'t str, bool)> {
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
