//! The lines below a title that say what the talk is: fields, names, links.
//!
//! A page shows what they say above the text and leaves the lines out of it. A line that the
//! page's head cannot show stays part of the text, so that nothing is lost to its reader.

use crate::library::bare_lines;
use crate::library::conference::Named;
use crate::library::dates;
use crate::library::evidence::{Offer, Tally};
use crate::library::fields::{self, Key};
use crate::library::file_name::Kind;
use crate::library::keys;
use crate::library::mention;
use crate::library::model::Speaker;
use crate::library::names::Strength;
use crate::library::place::Place;
use crate::library::quick_look;
use crate::library::reading::TalkReading;
use crate::library::shapes::Habits;
use crate::library::speakers;
use crate::library::title;
use crate::text::block::Block;
use crate::text::line::{self, Line};

/// How many lines below a title may say what the talk is, blank ones not counted.
const LOOK_AT: usize = 12;

/// What stands below a title, where a name is looked for.
struct Below<'a, 'l> {
    lines: &'a [Line<'l>],
    /// The heading among them has no like in the talk.
    lone: bool,
    /// The title or the file's name has said who spoke.
    told: bool,
}

/// Reads the lines below a title: fields, links, names. `lone` says that the heading below it has
/// no like in the talk, as a name has none.
pub(super) fn read<'l>(
    talk: &mut TalkReading,
    title_line: usize,
    below: impl Iterator<Item = Line<'l>>,
    lone: bool,
) {
    // (Read once for each talk, and kept where nobody has to be asked for room.)
    let mut room = [Line { number: 0, start: 0, text: "" }; LOOK_AT];
    let mut count = 0;
    for (slot, line) in room.iter_mut().zip(below.filter(|l| !l.is_blank())) {
        *slot = line;
        count += 1;
    }
    let lines = &room[..count];
    let below = Below { lines, lone, told: !talk.speakers.is_empty() };
    // Lines of the header stand at the top, without other text between them. A page shows what
    // they say above the text and leaves them out of it, up to the first that it cannot show.
    let (mut in_header, mut shown) = (true, true);
    // The line above leads on to a list, or is a name in one.
    let mut listing = false;
    // A heading or a line that is a field's key alone: what it asks for stands below it.
    let mut asked: Option<(Key, usize)> = None;
    for (at, line) in lines.iter().enumerate() {
        if asked.is_none() && !talk.title.is_empty() && is_text(line.text) {
            (in_header, shown, listing) = (false, false, false);
            continue;
        }
        let mut told = true;
        if talk.title.is_empty() {
            // A label alone: the title is the line below it.
            talk.title = title::read(line.text, &Habits::default()).text;
        } else if let Some(key) = key_alone(line.text, || lines.get(at + 1).copied()) {
            asked = Some((key, usize::MAX));
            told = false;
        } else if asked.is_some() && crate::markup::dialect::adornment(line.text).is_some() {
            // The line below a heading that asks.
            told = false;
        } else if asked.is_some_and(|(_, indent)| indent_of(line.text) > indent) {
            // What stands under a name is about whom it names.
            told = false;
        } else if asked.take().is_some() && name_asked(talk, line.text) {
            asked = Some((Key::Speaker, indent_of(line.text)));
        } else {
            let stated =
                if in_header || states_speaker(line.text) { state(talk, line.text) } else { Stated::No };
            let stands_high = in_header || listing && line::item(line.text).is_some();
            let named = stated == Stated::No && name_people(talk, &below, at, stands_high);
            let speaks = named || matches!(stated, Stated::Shown) && states_speaker(line.text);
            if in_header && speaks {
                let (event, day) = mention::beside_name(line.text);
                talk.conference = talk.conference.take().or(event);
                talk.date = talk.date.or(day);
            }
            // A line that is nothing but an event.
            let event = if in_header && !speaks { mention::alone(line.text) } else { None };
            let placed = event.is_some();
            talk.conference = talk.conference.take().or(event);
            listing = line.text.starts_with('#') && is_lead_in(line.text) || listing && named;
            // A line that is nothing but a day, and perhaps a time of it.
            let day = if in_header && stated == Stated::No && !named { day_alone(line.text) } else { None };
            talk.date = talk.date.or(day);
            let placed = placed || day.is_some();
            in_header =
                in_header && (stated != Stated::No || named || placed || is_beside_the_text(line.text));
            told = stated != Stated::Kept && shown && is_in_head(line.text);
        }
        shown &= in_header && told;
        // A heading that leads on is left out with what it leads to, not by itself.
        if shown && !is_lead_in(line.text) {
            talk.header_lines = line.number + 1 - title_line;
        }
    }
    if talk.speakers.is_empty()
        && let Some(person) = lines.iter().find_map(|l| speakers::credited(l.text))
    {
        talk.name_speakers("credited in a sentence", 3, vec![person]);
    }
}

/// Whether the lines below a title may put the talk into a conference or a track, or give it a date; told without
/// reading them as a whole. A line that asks for something below it goes by no rule that could be told so.
pub(super) fn may_state_place<'l>(below: impl Iterator<Item = Line<'l>> + Clone) -> bool {
    let mut lines = below.filter(|l| !l.is_blank()).take(LOOK_AT);
    while let Some(line) = lines.next() {
        // The header is over, and only speakers are still taken.
        if is_text(line.text) {
            return false;
        }
        let placed = matches!(fields::read(line.text), Some((Key::Conference | Key::Track | Key::Date, _)));
        if placed || places_beside_name(line.text) || key_alone(line.text, || lines.clone().next()).is_some()
        {
            return true;
        }
    }
    false
}

/// Whether a line says an event or a day, as one that names people may beside them.
pub(super) fn places_beside_name(line: &str) -> bool {
    let says = || mention::beside_name(line) != (None, None) || day_alone(line).is_some();
    says() && !quick_look::is_prose(line::text_of(line))
}

/// The day of a line that says nothing else, but perhaps a time: "*14 May 2019*", "Tuesday, October 28, 2014 9:15 AM".
fn day_alone(line: &str) -> Option<dates::Date> {
    let bare = line.trim().trim_matches(['*', '_', '(', ')', '>', ' ']);
    let is_short = bare.len() <= 60 && bare.bytes().filter(u8::is_ascii_digit).count() >= 5;
    is_short.then(|| dates::of_heading(bare)).flatten().filter(|date| date.day.is_some())
}

/// Whether a line is plainly text of the talk, with which its header ends: prose that is neither a key nor a
/// time nor a day.
fn is_text(line: &str) -> bool {
    let content = line::text_of(line);
    quick_look::is_prose(content) && is_only_text(content)
}

/// As [`is_text`], of prose.
pub(super) fn is_only_text(prose: &str) -> bool {
    !quick_look::may_ask_for_people(prose)
        && (prose.len() > 60 || Block::at(prose.as_bytes(), 0).digits() == 0)
        && (prose.len() > 40 || !dates::opens_like_a_day(prose))
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn states_speaker(line: &str) -> bool {
    matches!(fields::read(line), Some((Key::Speaker, value)) if !value.is_empty())
}

/// A line that is nothing but a key: `## Speaker`, `**Speakers**`, `Presenters:`. `next` is the next line that is not
/// blank.
pub(super) fn key_alone<'l>(line: &str, next: impl FnOnce() -> Option<Line<'l>>) -> Option<Key> {
    let body = line.trim();
    let bare = body.trim_matches(['#', '*', '_', ' ', ':', '=', '：']);
    if !keys::asks_for_people(bare) {
        return None;
    }
    // "Speaker" above a list needs no mark.
    let under = |n: Line| line::item(n.text).is_some() || crate::markup::dialect::adornment(n.text).is_some();
    let above_list = line.len() <= 20 && next().is_some_and(under);
    let short = line.len() <= 60 && line.starts_with(['#', '*', '_', ' ', '-', '\t'])
        || line.trim_end().ends_with([':', '：']);
    let marked = short && bare.len() < body.len();
    (marked || above_list).then_some(Key::Speaker)
}

/// A name below a key that asked for one; it is stated, so it need not be known.
fn name_asked(talk: &mut TalkReading, line: &str) -> bool {
    let content = line::item(line).map_or(line, |item| item.text).trim_start_matches(['#', ' ']);
    let long = || speakers::people_then_affiliation(&title::strip_markup(content));
    match speakers::named_in_line(content).or_else(long) {
        Some((people, _)) => {
            talk.name_speakers("named below \"Speaker\"", 9, people);
            true
        }
        None => false,
    }
}

/// A line that is neither text nor says what the talk is: a link, a picture, a rule, a remark to a
/// tool.
fn is_beside_the_text(line: &str) -> bool {
    let body = line.trim();
    is_links(line)
        || is_lead_in(line)
        || body.starts_with("![")
        || crate::markup::dialect::adornment(body).is_some()
        || body.starts_with("<!--")
}

/// Whether the page's head shows what a line beside the text says: addresses it shows, but no pictures and no
/// files.
fn is_in_head(line: &str) -> bool {
    if memchr::memchr(b'[', line.as_bytes()).is_none() {
        return true;
    }
    let links = line.matches("](").count();
    !line.contains("![") && crate::library::links::collect(std::iter::once(line)).len() >= links
}

/// A heading or an item that leads on to what the talk is: "Details:", "About", a time.
fn is_lead_in(line: &str) -> bool {
    let item = line::item(line);
    let content =
        item.map_or(line, |i| i.text).trim_start_matches(['#', ' ', '*']).trim_end_matches(['*', ':', ' ']);
    let heading = line.starts_with('#') || line.starts_with("**");
    (heading && crate::library::vocabulary::is_inside_talk(content))
        || content.len() <= 60 && title::has_time(content)
        || dates::is_day(content)
}

/// A file's first line as its title, with its weight: how much reads like a title in it, and what
/// the file's own name says.
pub(super) fn first_line_title(line: &Line, next: Option<&Line>, place: &Place) -> Option<(i32, String)> {
    let plain = title::strip_markup(line.text);
    let split = place.habits.choose(title::bare(&plain)).is_some();
    if speakers::named_in_line(line.text).is_some() && !split
        || fields::read(line.text).is_some_and(|(k, _)| k != Key::Title)
    {
        return None;
    }
    let alike = match place.name.kind {
        Kind::Title => place.name.likeness(&plain),
        _ => 0,
    };
    let item =
        line::item(line.text).filter(|i| i.indent == 0 && next.is_some_and(|n| n.number > line.number + 1));
    let text = item.map_or(line.text, |item| item.text);
    let mut tally = Tally::plain();
    bare_lines::weigh_bare_line(text, next.map(|l| l.text), &mut tally);
    let named = place.name.kind == Kind::Title;
    tally.when(alike >= 50, "it says what the file is named", 4);
    tally.when(named && alike == 0 && line::words(&plain).count() < 3, "the file is named otherwise", -3);
    tally.when(next.is_some_and(|n| n.number > line.number + 1), "a blank line follows", 1);
    let runs_on = next.is_some_and(|n| {
        n.number == line.number + 1 && line::item(n.text).is_none() && !n.text.starts_with([' ', '\t'])
    });
    let header = next.is_some_and(|n| {
        speakers::named_in_line(n.text).is_some() || n.text.contains("://") || fields::read(n.text).is_some()
    });
    tally.when(runs_on && !header, "text follows at once", -3);
    tally.when(split, "it names who spoke", 3);
    tally.when(!named, "the file's name is no title", 1);
    (tally.total() >= 3).then(|| (tally.total().min(8) + 1, text.trim().to_owned()))
}

/// What came of a line that may be a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    /// It is no field.
    No,
    /// It is one, and a page's head shows what it says.
    Shown,
    /// It is one that a page's head does not show; the line is part of the text.
    Kept,
}

/// Takes what a field states.
pub(super) fn state(talk: &mut TalkReading, line: &str) -> Stated {
    let Some((key, value)) = fields::read(line) else {
        return Stated::No;
    };
    let shown = match key {
        Key::Title => true,
        Key::About => false,
        Key::Link => value.contains("://"),
        Key::Conference if value.is_empty() => false,
        Key::Conference => {
            talk.conference = Some(Named::stated(&title::strip_markup(value)));
            true
        }
        Key::Track => {
            let value = title::strip_markup(value).into_owned();
            if value.is_empty() {
                return Stated::Kept;
            }
            talk.why.track.push(Offer { what: "stated in a field", weight: 10, value });
            true
        }
        Key::Speaker => {
            let people = stated_people(&title::strip_markup(value));
            if people.is_empty() {
                return Stated::Kept;
            }
            talk.name_speakers("stated in a field", 10, people);
            true
        }
        Key::Affiliation => match talk.speakers.last_mut() {
            Some(speaker) if speaker.affiliation.is_none() => {
                speaker.affiliation = Some(value.to_owned());
                true
            }
            _ => false,
        },
        Key::Date => {
            let value = dates::day_part(value);
            let date = dates::parse(value);
            talk.date = date.or(talk.date);
            talk.order = dates::order(value).or(talk.order);
            talk.unclear_date = dates::either(value).or(talk.unclear_date);
            date.is_some()
        }
        Key::Tags => {
            talk.tags.extend(fields::list(value));
            true
        }
        Key::Starred => {
            talk.starred |= fields::is_yes(value);
            true
        }
    };
    if shown { Stated::Shown } else { Stated::Kept }
}

/// The people that a field states: names as far as they read like names; where none does, the
/// words as they stand, up to where a sentence begins.
fn stated_people(value: &str) -> Vec<Speaker> {
    let value = value.trim();
    // ["Ada Lovelace", "Grace Hopper"], as front matter has it.
    let quotes = ['"', '\''];
    let listed =
        value.trim_start_matches('[').starts_with(quotes) && value.trim_end_matches(']').ends_with(quotes);
    let joined = (listed && value.contains(',')).then(|| fields::list(value).join(", "));
    let value = joined.as_deref().unwrap_or(value);
    let end = value
        .find(". ")
        .filter(|at| value[..*at].contains(' ') && !value[..*at].ends_with(char::is_uppercase));
    let value = end.map_or(value, |at| &value[..at]);
    if let Some(people) = speakers::people(value) {
        return people;
    }
    if let Some((people, _)) = speakers::people_then_affiliation(value) {
        return people;
    }
    let unclear = ["?", "tbd", "tba", "n/a", "unknown", "-", "none", "various"];
    if value.is_empty() || unclear.contains(&value.to_ascii_lowercase().as_str()) || value.contains("://") {
        return Vec::new();
    }
    let outside: String = value.split(['(', '[', '（']).next().unwrap_or_default().to_owned();
    let by_name = |name: String| Speaker { name, ..Speaker::default() };
    let short = |name: &String| {
        name.split(' ').count() <= 4
            && name.len() <= 40
            && !name.starts_with(|c: char| c.is_lowercase() && c.is_ascii())
    };
    let words_between = [" and ", " & ", " und ", " et ", " y ", " e ", "; "];
    let outside = words_between.iter().fold(outside, |text, word| text.replace(word, ", "));
    fields::list(&outside).into_iter().filter(short).map(by_name).collect()
}

/// Takes the names on a line below a title. A name in a list counts at its top only; a line of
/// its own also further down, when it stands alone.
fn name_people(talk: &mut TalkReading, below: &Below, at: usize, in_header: bool) -> bool {
    let Below { lines, lone, told } = *below;
    // Who spoke is known, and the lines that could add to it are over.
    if !talk.speakers.is_empty() && !in_header {
        return false;
    }
    let line = lines[at];
    let item = line::item(line.text);
    let heading = line.text.starts_with('#');
    let content = item.map_or(line.text, |i| i.text).trim_start_matches(['#', ' ']);
    let apart = |a: usize, b: usize| lines.get(b).is_none_or(|l| l.number > lines[a].number + 1);
    let alone = item.is_none() && apart(at, at + 1) && (at == 0 || apart(at - 1, at));
    let placed = match item {
        // Further down in a list, where links and times stand, only a name that is known counts.
        Some(_) => at == 0 || in_header,
        None => in_header || alone,
    };
    let listed = item.is_some()
        && at > 0
        && line::item(lines[at - 1].text).is_some_and(|i| i.indent == item.map_or(0, |i| i.indent));
    let marked = is_marked_name(line.text);
    let goes_on = marked || at == 0 || listed;
    let fresh = talk.speakers.is_empty() || in_header && goes_on;
    if !placed || !fresh || content.len() > speakers::LINE_CAP {
        return false;
    }
    match speakers::named_in_line(content) {
        Some((people, strength))
            if (strength == Strength::Known || !is_links(line.text))
                && (in_header || !people.iter().any(|p| is_term(&p.name, lines)))
                && (!heading || at == 0 && lone || strength == Strength::Known)
                && (in_header || strength == Strength::Known)
                && (item.is_none() || strength == Strength::Known || at == 0 && set_off(&people))
                && (marked || !told || people.iter().all(|p| is_spelt_out(p, &talk.speakers))) =>
        {
            let what = if heading { "the heading below the title" } else { "a line below the title" };
            talk.name_speakers(what, if heading { 8 } else { 7 }, people);
            true
        }
        _ => false,
    }
}

/// Where the title has said who spoke, nobody else is named but on a line that is marked for it.
fn is_spelt_out(person: &Speaker, known: &[Speaker]) -> bool {
    known.iter().any(|k| speakers::same_person(&k.name, &person.name))
}

/// A word of a list that is only written like a name is one when something is said of it: where
/// somebody works, how to reach them.
fn set_off(people: &[Speaker]) -> bool {
    people.iter().any(|p| p.affiliation.is_some() || p.handle.is_some())
}

/// Several names may stand below each other, each marked: `**Ada Lovelace**`, `### Ada Lovelace`.
fn is_marked_name(line: &str) -> bool {
    let body = line.trim();
    (body.starts_with("**") && body.ends_with("**")) || body.starts_with('#')
}

/// Whether the text around uses a supposed name as a term: "a Self-Attention Block".
fn is_term(name: &str, lines: &[Line]) -> bool {
    const BEFORE_TERMS: &[&str] = &["a", "an", "the", "this", "that", "so-called", "called", "each", "every"];
    lines.iter().any(|line| {
        let before = line.text.find(name).map(|at| line.text[..at].trim_end());
        let word = before.and_then(|b| b.rsplit(' ').next()).unwrap_or_default();
        BEFORE_TERMS.contains(&word.to_ascii_lowercase().as_str())
    })
}

/// A line that consists of links and the punctuation between them.
fn is_links(line: &str) -> bool {
    let body = line::item(line).map_or(line.trim(), |item| item.text);
    if body.starts_with("http") && !body.contains(' ') {
        return true;
    }
    let mut rest = body;
    let mut any = false;
    while let Some(open) = rest.find('[') {
        let link = rest[open..].find("](").and_then(|middle| {
            let close = rest[open + middle..].find(')')?;
            Some(open + middle + close + 1)
        });
        let (Some(end), false) = (link, rest[..open].contains(char::is_alphanumeric)) else {
            return false;
        };
        rest = &rest[end..];
        any = true;
    }
    any && !rest.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::line::lines_from;

    fn check(text: &str, header_lines: usize, names: &[&str]) {
        let mut talk = TalkReading { title: "T".into(), header_lines: 1, ..TalkReading::default() };
        read(&mut talk, 1, lines_from(text, 0, 2), true);
        let found: Vec<&str> = talk.speakers.iter().map(|s| s.name.as_str()).collect();
        assert_eq!((talk.header_lines, &found[..]), (header_lines, names), "{text}");
    }

    #[test]
    fn what_the_page_s_head_cannot_show_stays_in_the_text() {
        check("Speaker: Ada Lovelace\nVideo: https://x.y/z\nText.\n", 3, &["Ada Lovelace"]);
        check("Location: Room 5\nSpeaker: Ada Lovelace\n", 1, &["Ada Lovelace"]);
        check("Ada Lovelace\nDate: next Tuesday\n", 2, &["Ada Lovelace"]);
        check("[Slides](https://x.y), [Video](https://x.z)\nText.\n", 2, &[]);
        check("[Slides](slides.pdf)\nText.\n", 1, &[]);
        check("Ada Lovelace\n\n![The stage](stage.png)\n\nText.\n", 2, &["Ada Lovelace"]);
        check("[PEP 554](https://x.y) proposes subinterpreters (again)\n", 1, &[]);
    }
}
