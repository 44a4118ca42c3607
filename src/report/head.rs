//! What the head of a talk's page stands for: of the talk's first lines those that it says itself.
//!
//! Reading found out what these lines mean; the head shows that, and the lines are left out of the text
//! below it. But nothing may be lost: a line that holds a word which the head does not show stays.

use std::collections::HashSet;

use crate::library::{Library, TalkId, fields};
use crate::report::page::header_links;
use crate::text::fold::fold;
use crate::text::line;

/// Words that say what the others are, and nothing themselves.
const KEYS: &[&str] = &[
    "a", "an", "and", "at", "by", "date", "deck", "from", "in", "is", "link", "links", "name", "of", "on",
    "par", "presentation", "presented", "presenter", "presenters", "recording", "session", "slide", "slides",
    "speaker", "speakers", "talk", "the", "title", "to", "video", "von", "watch", "when", "where", "who",
    "with", "youtube",
];

/// How many of a talk's first lines its page's head stands for.
pub(super) fn lines(library: &Library, id: TalkId) -> usize {
    let talk = library.talk(id);
    let Some(span) = talk.spans.first() else {
        return 0;
    };
    let text = library.text(span);
    let shown = shown(library, id);
    let all: Vec<&str> = text.lines().take(talk.header_lines).collect();
    // The title's own line is not said twice, whatever else stands on it; `title_rest` shows that.
    let dated = talk.date.is_some();
    let says = |line: &&str| match fields::read(line) {
        // However a date is written, it is the date that the head shows.
        Some((fields::Key::Date, _)) if dated => true,
        _ => missing(line, &shown).is_none(),
    };
    let mut said = 1.min(all.len());
    for (at, line) in all.iter().enumerate().skip(1) {
        if !says(line) {
            break;
        }
        said = if line.trim().is_empty() { said } else { at + 1 };
    }
    // An item is left out only with what stands under it, which would be code by itself.
    let indent = |line: &str| line.len() - line.trim_start().len();
    let next = text.lines().skip(said).find(|line| !line.trim().is_empty());
    while said > 1
        && next.is_some_and(|next| {
            indent(next) > 1 && is_item(all[said - 1]) && indent(next) > indent(all[said - 1])
        })
    {
        said -= 1;
    }
    said
}

/// What stands on the title's line and in the head nowhere.
pub(super) fn title_rest(library: &Library, id: TalkId) -> Option<String> {
    let talk = library.talk(id);
    let line = library.text(talk.spans.first()?).lines().find(|line| !line.trim().is_empty())?;
    let shown = shown(library, id);
    // Only where the line is the title's: it holds most of its words.
    let title: HashSet<String> = words(&talk.title).collect();
    let here: HashSet<String> = words(line).collect();
    let holds = title.iter().filter(|word| here.contains(*word)).count() * 2 > title.len();
    let bare = line.trim().trim_start_matches(['#', '=', '*', ' ']).trim_end_matches(['#', '=', '*', ' ']);
    if !holds || talk.header_lines == 0 || missing(line, &shown).is_none() {
        return None;
    }
    // What stands around the title says the rest; a title that was put together is not found in one piece.
    let bare = bare.replace('\\', "");
    let rest = match bare.split_once(talk.title.as_str()) {
        Some((before, after)) => {
            let trimmed =
                |part: &str| part.trim_matches([' ', '-', '–', '—', ':', ',', '|', '*', '_']).to_owned();
            let parts = [trimmed(before), trimmed(after)];
            parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
        }
        None => bare,
    };
    Some(rest)
}

fn is_item(text: &str) -> bool {
    line::item(text).is_some()
}

/// The words that the head shows.
fn shown(library: &Library, id: TalkId) -> HashSet<String> {
    let talk = library.talk(id);
    let mut shown: HashSet<String> = words(&talk.title).collect();
    shown.extend(words(&library.conference_of(id).name));
    shown.extend(library.track(talk.track).name.iter().flat_map(|track| words(track)));
    for speaker in &talk.speakers {
        shown.extend(words(&crate::report::words::speaker(speaker)));
    }
    shown.extend(talk.tags.iter().flat_map(|tag| words(tag)));
    if let Some(date) = talk.date {
        shown.extend(words(&date.to_string()));
        shown.extend(date.to_string().split('-').map(|part| part.trim_start_matches('0').to_owned()));
    }
    for link in header_links(library, id) {
        shown.extend(words(&link.label));
        shown.extend(words(&link.url));
    }
    shown
}

/// A word of a line that the head does not show.
fn missing(text: &str, shown: &HashSet<String>) -> Option<String> {
    // What stands before a colon is a key.
    let value = fields::read(text).map_or(text, |(_, value)| value);
    words(value).find(|word| !shown.contains(word) && !KEYS.contains(&word.as_str()))
}

/// The words of a text, folded, of two letters or more; each digit counts.
fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| {
            word.chars().count() > 1 || word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty()
        })
        .map(str::to_owned)
        .collect();
    words.into_iter()
}
