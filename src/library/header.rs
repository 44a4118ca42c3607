//! The lines below a title that say what the talk is: fields, names, links.
//!
//! A page shows what they say above the text and leaves the lines out of it. A line that the
//! page's head cannot show stays part of the text, so that nothing is lost to its reader.

use crate::library::conference::Named;
use crate::library::dates;
use crate::library::evidence::Tally;
use crate::library::fields::{self, Key};
use crate::library::headings;
use crate::library::model::Speaker;
use crate::library::reading::TalkReading;
use crate::library::speakers;
use crate::library::title;
use crate::text::line::{self, Line};

/// Reads the lines below a title: fields, links, names.
pub(super) fn read<'l>(talk: &mut TalkReading, title_line: usize, below: impl Iterator<Item = Line<'l>>) {
    const LOOK_AT: usize = 10;
    let lines: Vec<Line> = below.filter(|l| !l.is_blank()).take(LOOK_AT).collect();
    // Lines of the header stand at the top, without other text between them. A page shows what
    // they say above the text and leaves them out of it, up to the first that it cannot show.
    let (mut in_header, mut shown) = (true, true);
    for (at, line) in lines.iter().enumerate() {
        let mut told = true;
        if talk.title.is_empty() {
            // A label alone: the title is the line below it.
            talk.title = title::read(line.text).text;
        } else {
            let stated = if in_header { state(talk, line.text) } else { Stated::No };
            let named = stated == Stated::No && name_people(talk, &lines, at, in_header);
            in_header &= stated != Stated::No || named || is_links(line.text);
            told = stated != Stated::Kept;
        }
        shown &= in_header && told;
        if shown {
            talk.header_lines = line.number + 1 - title_line;
        }
    }
    if talk.speakers.is_empty() {
        talk.speakers.extend(lines.iter().find_map(|l| speakers::credited(l.text)));
    }
}

/// Whether a file's first line reads as its title.
pub(super) fn is_title_line(line: &Line, next: Option<&Line>) -> bool {
    let mut tally = Tally::plain();
    headings::weigh_bare_line(line.text, next.map(|l| l.text), &mut tally);
    tally.total() >= 3
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
        Key::Conference => {
            talk.conference = Some(Named::stated(value));
            true
        }
        Key::Track => {
            talk.track = Some(title::strip_markup(value)).filter(|t| !t.is_empty());
            true
        }
        Key::Speaker => {
            let plain = title::strip_markup(value);
            let by_name = |name| Speaker { name, ..Speaker::default() };
            match speakers::people(&plain) {
                Some(people) => speakers::merge(&mut talk.speakers, people),
                // It is stated, so it counts even where it does not look like a name.
                None => talk.speakers.extend(fields::list(&plain).into_iter().map(by_name)),
            }
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
            let date = dates::parse(value);
            talk.date = date.or(talk.date);
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

/// Takes the names on a line below a title. A name in a list counts at its top only; a line of
/// its own also further down, when it stands alone.
fn name_people(talk: &mut TalkReading, lines: &[Line], at: usize, in_header: bool) -> bool {
    let line = lines[at];
    let item = line::item(line.text);
    let content = item.map_or(line.text, |i| i.text);
    let apart = |a: usize, b: usize| lines.get(b).is_none_or(|l| l.number > lines[a].number + 1);
    let alone = item.is_none() && apart(at, at + 1) && (at == 0 || apart(at - 1, at));
    let placed = match item {
        Some(_) => at == 0,
        None => in_header || alone,
    };
    let fresh = talk.speakers.is_empty() || in_header && at == 0;
    if !placed || !fresh || content.starts_with('#') || content.len() > speakers::LINE_CAP {
        return false;
    }
    match speakers::people(&title::strip_markup(content)) {
        Some(people) if in_header || !people.iter().any(|p| is_term(&p.name, lines)) => {
            speakers::merge(&mut talk.speakers, people);
            true
        }
        _ => false,
    }
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
        read(&mut talk, 1, lines_from(text, 0, 2));
        let found: Vec<&str> = talk.speakers.iter().map(|s| s.name.as_str()).collect();
        assert_eq!((talk.header_lines, &found[..]), (header_lines, names), "{text}");
    }

    #[test]
    fn what_the_page_s_head_cannot_show_stays_in_the_text() {
        check("Speaker: Ada Lovelace\nVideo: https://x.y/z\nText.\n", 3, &["Ada Lovelace"]);
        check("Location: Room 5\nSpeaker: Ada Lovelace\n", 1, &["Ada Lovelace"]);
        check("Ada Lovelace\nDate: next Tuesday\n", 2, &["Ada Lovelace"]);
        check("[Slides](https://x.y), [Video](https://x.z)\nText.\n", 2, &[]);
        check("[PEP 554](https://x.y) proposes subinterpreters (again)\n", 1, &[]);
    }
}
