//! Who gave a talk: names, and what is written behind them.
//!
//! None beats a wrong one. A line names people when all of it reads like names, with an
//! affiliation set off from them by a sign that people use for that (`,` `(…)` `/` `-` `@`).

use std::borrow::Cow;

use crate::library::fields::{self, Key};
use crate::library::model::Speaker;
use crate::library::names::{self, Strength};
use crate::library::title;
use crate::text::fold::fold;
use crate::text::line;

/// The longest line that is looked at for names, in bytes.
pub const LINE_CAP: usize = 160;

/// The longest list of names that is read, in bytes.
const LIST_CAP: usize = 400;

/// Reads a text that consists of names: `Ada Lovelace`, `Lisa Guo, Hui Ding`,
/// `Ada Lovelace (Mill) and Grace Hopper`, `Ada Lovelace, engineer at Mill`. `None` when any of
/// it reads otherwise.
pub fn people(text: &str) -> Option<Vec<Speaker>> {
    people_surely(text).map(|(people, _)| people)
}

/// As [`people`], with how sure the surest of the names is.
pub fn people_surely(text: &str) -> Option<(Vec<Speaker>, Strength)> {
    if is_plain_name(text) { plain_name(text) } else { people_surely_in_full(text) }
}

/// Whether a text is what nearly every name is, and every heading that only looks like one: words of letters of ASCII,
/// each with a capital, none of them a form of address. Such a text is one person or none.
fn is_plain_name(text: &str) -> bool {
    line::is_bare(text)
        && text.as_bytes().split(|b| *b == b' ').all(|word| word[0].is_ascii_uppercase())
        && names::without_address(text).len() == text.len()
}

/// The person whom a plain name names.
fn plain_name(name: &str) -> Option<(Vec<Speaker>, Strength)> {
    let strength = names::strength_of_bare(name)?;
    Some((vec![Speaker { name: name.to_owned(), ..Speaker::default() }], strength))
}

/// As [`people_surely`], every question asked.
fn people_surely_in_full(text: &str) -> Option<(Vec<Speaker>, Strength)> {
    let text = text.trim().trim_end_matches(['.', ',', ':', ';']).trim();
    let text = names::without_address(text);
    if text.is_empty() || text.len() > LIST_CAP || !names::opens_like_a_name(text) {
        return None;
    }
    if let Some(people) = each_with_affiliation(text) {
        return Some(people);
    }
    let people = match is_words_with_capitals(text) {
        true => person(text).map(|(speaker, strength)| (vec![speaker], strength)),
        false => [true, false].into_iter().find_map(|slash| all_people(text, slash)),
    };
    people.or_else(|| one_and_role(text))
}

/// People who are parted by semicolons, each with where they work: "Ada Lovelace, Mill; Grace Hopper, Navy".
fn each_with_affiliation(text: &str) -> Option<(Vec<Speaker>, Strength)> {
    if !text.contains("; ") || !text.contains(',') {
        return None;
    }
    let each: Option<Vec<_>> = text.split("; ").map(people_then_affiliation).collect();
    let (people, strengths): (Vec<Vec<Speaker>>, Vec<Strength>) = each?.into_iter().unzip();
    Some((people.concat(), strengths.into_iter().max()?))
}

/// Whether there is nothing in a text that could stand between people or set one off: most texts that are asked about are
/// a few words.
fn is_words_with_capitals(text: &str) -> bool {
    text.split(' ').all(|word| {
        word.bytes().all(|b| b.is_ascii_alphanumeric()) && !word.starts_with(|c: char| c.is_ascii_lowercase())
    })
}

/// Every part of a text as a person. A slash stands between people, or before what one does.
fn all_people(text: &str, slash: bool) -> Option<(Vec<Speaker>, Strength)> {
    if slash && !text.contains('/') {
        return None;
    }
    let (handles, parts): (Vec<&str>, Vec<&str>) =
        split_people(text, slash).into_iter().partition(|p| is_handle(p));
    if parts.is_empty() {
        // Nothing but handles: then they are the names.
        let by_handle =
            |h: &&str| Speaker { name: (*h).to_owned(), handle: Some((*h).to_owned()), affiliation: None };
        let word = |h: &str| h.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let plain = handles.iter().all(|h| h.strip_prefix('@').is_some_and(|h| h.len() > 2 && word(h)));
        return plain.then(|| (handles.iter().map(by_handle).collect(), Strength::Known));
    }
    let all: Option<Vec<(Speaker, Strength)>> = parts.iter().map(|part| person(part)).collect();
    let all = all.filter(|people| !people.is_empty())?;
    // Whoever has a handle is somebody.
    // "Ada Lovelace, Red Hat": behind a known name, words that are only written like one are where
    // she works.
    let mut all = all;
    let last_is_place = all.len() > 1
        && all[all.len() - 1].1 == Strength::Written
        && all[..all.len() - 1].iter().all(|(_, s)| *s == Strength::Known)
        && all[all.len() - 1].0.handle.is_none()
        && parts
            .last()
            .is_some_and(|last| text.find(last).is_some_and(|at| text[..at].trim_end().ends_with(',')));
    if last_is_place
        && let Some((place, _)) = all.pop()
        && let Some((last, _)) = all.last_mut()
    {
        last.put_aside(&place.name);
    }
    let handled = !handles.is_empty() || all.iter().any(|(s, _)| s.handle.is_some());
    let surest = all.iter().map(|(_, strength)| *strength).max()?;
    let surest = if handled { Strength::Known } else { surest };
    let mut people: Vec<Speaker> = all.into_iter().map(|(speaker, _)| speaker).collect();
    if let Some(last) = people.last_mut() {
        handles.into_iter().for_each(|handle| last.put_aside(handle));
    }
    Some((people, surest))
}

/// A comma may also set off what somebody does.
fn one_and_role(text: &str) -> Option<(Vec<Speaker>, Strength)> {
    let at = text.find([',', '，'])?;
    let (name, role) = (&text[..at], text[at..].trim_start_matches([',', '，']).trim());
    let (mut one, strength) = person(name)?;
    if role.is_empty() {
        return None;
    }
    let strength = if role.split(' ').any(|w| w.starts_with('@')) { Strength::Known } else { strength };
    one.affiliation =
        Some(one.affiliation.take().map_or(role.to_owned(), |first| format!("{first}, {role}")));
    Some((vec![one], strength))
}

/// Names at the start of a list, and what follows them as where they all work: `Ada Lovelace,
/// Grace Hopper, Mill`. A last part that is only written like a name ("Red Hat") is a place.
pub fn people_then_affiliation(text: &str) -> Option<(Vec<Speaker>, Strength)> {
    let text = names::without_address(text.trim());
    if text.len() > LIST_CAP {
        return None;
    }
    let parts = split_people(text, false);
    let mut all: Vec<(Speaker, Strength)> = parts.iter().map_while(|part| person(part)).collect();
    if all.is_empty() {
        // "Ada Lovelace MILL Engines": two words that are a name, and more behind them.
        let first = parts.first()?;
        let cut = first.match_indices(' ').nth(1)?.0;
        let (speaker, strength) = person(&first[..cut]).filter(|(_, s)| *s == Strength::Known)?;
        let shouted = first[cut..]
            .split_whitespace()
            .next()
            .is_some_and(|w| w.len() > 1 && w.chars().all(char::is_uppercase));
        let mut one = speaker;
        one.put_aside(&first[cut..]);
        return shouted.then_some((vec![one], strength));
    }
    let joined = |part: &str| text.find(part).is_some_and(|at| ends_in_and(text[..at].trim_end()));
    if all.len() == parts.len() && all.len() > 1 {
        let surest = all[..all.len() - 1].iter().map(|(_, s)| *s).max();
        let last = parts[all.len() - 1];
        if surest == Some(Strength::Known) && all[all.len() - 1].1 == Strength::Written && !joined(last) {
            all.pop();
        }
    }
    let surest = all.iter().map(|(_, strength)| *strength).max()?;
    let affiliation = parts[all.len()..].join(", ");
    let mut people: Vec<Speaker> = all.into_iter().map(|(speaker, _)| speaker).collect();
    if let Some(last) = people.last_mut() {
        last.put_aside(&affiliation);
    }
    Some((people, surest))
}

/// Words between people.
const AND: &[&str] = &["and ", "et ", "und ", "with ", "y ", "och ", "og ", "en ", "e "];

fn ends_in_and(text: &str) -> bool {
    AND.iter().any(|and| text.ends_with(and.trim_end())) || text.ends_with('&')
}

/// Splits at the signs between people, but not inside parentheses.
fn split_people(text: &str, slash: bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0_i32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth -= 1,
            _ if depth > 0 => {}
            ',' | ';' | '&' | '+' | '，' | '、' | '；' | '＆' => {
                parts.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            '/' if slash => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            'a' | 'e' | 'u' | 'w' | 'y' | 'o' if at >= from && text[..at].ends_with(' ') => {
                if let Some(and) = AND.iter().find(|and| text[at..].starts_with(**and)) {
                    parts.push(&text[from..at]);
                    from = at + and.len();
                }
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts.into_iter().map(str::trim).filter(|p| !p.is_empty()).collect()
}

/// As [`people_surely`], for those who write everything in small letters: only known names count.
pub fn people_in_small(text: &str) -> Option<(Vec<Speaker>, Strength)> {
    if text.contains(char::is_uppercase) || text.len() > LINE_CAP {
        return None;
    }
    let up = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
    };
    let outside = text.find(['(', '@']).unwrap_or(text.len());
    let capitals: Vec<String> = text[..outside]
        .split(' ')
        .map(|w| if AND.iter().any(|a| a.trim_end() == w) { w.to_owned() } else { up(w) })
        .collect();
    people_surely(&format!("{}{}", capitals.join(" "), &text[outside..]))
        .filter(|(_, s)| *s == Strength::Known)
}

/// As [`people_surely`], where something else says that a person is named: one to four words with
/// capitals will do.
pub fn people_leniently(text: &str) -> Option<(Vec<Speaker>, Strength)> {
    if let Some(found) = people_surely(text).or_else(|| people_then_affiliation(text)) {
        return Some(found);
    }
    let end = text.find([',', '(', '@']).unwrap_or(text.len());
    let (name, behind) = (text[..end].trim(), text[end..].trim_matches([',', ' ', '(', ')']));
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |w: &&str| {
        w.starts_with(char::is_uppercase)
            && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
    };
    let fits = (1..=4).contains(&words.len()) && words.iter().all(capital);
    let mut one = Speaker { name: words.join(" "), ..Speaker::default() };
    one.put_aside(behind);
    fits.then_some((vec![one], Strength::Written))
}

/// `@ada`, `ada@mill.org`: no name, but somebody's.
fn is_handle(text: &str) -> bool {
    text.contains('@') && !text.contains(' ')
}

/// Signs between a name and what somebody does.
const SET_OFF: &[&str] =
    &[" - ", " – ", " — ", " / ", " | ", " · ", " • ", " @ ", " from ", " at ", ": ", "（", "／"];

/// Cuts a text at the first sign between a name and what somebody does.
fn set_off(text: &str) -> Option<(&str, &str)> {
    let at_sign =
        |at: &usize| text.is_char_boundary(*at) && matches!(text.as_bytes()[*at], b' ' | b':' | 0xef);
    (0..text.len()).filter(at_sign).find_map(|at| {
        let behind = SET_OFF.iter().find_map(|sign| text[at..].strip_prefix(sign))?;
        Some((&text[..at], behind))
    })
}

/// Reads one person: a name, perhaps with an affiliation and a handle behind it. Most texts that are
/// asked about are no name, so what stands beside one is only kept when it is.
fn person(text: &str) -> Option<(Speaker, Strength)> {
    let mut rest = names::without_address(text.trim().trim_matches(['*', '_', '`']).trim());
    let mut beside: Vec<Cow<str>> = Vec::new();
    // Most texts hold nothing but words.
    let signs = rest.bytes().any(|b| !b.is_ascii_alphanumeric() && b != b' ' && b < 0x80);
    let words_only = !signs && rest.is_ascii() && !holds_place_word(rest);
    if words_only {
        return name_alone(rest);
    }
    // "Ada Lovelace (Mill) Countess": behind a whole name, parentheses begin what is said of it; a
    // nickname stands behind the first word.
    if let Some((name, behind)) = rest
        .split_once(" (")
        .filter(|(name, behind)| name.contains(' ') && !behind.ends_with(')') && behind.contains(')'))
    {
        let (inside, after) = behind.split_once(')').unwrap_or((behind, ""));
        let mail = after.split_whitespace().find(|w| w.contains('@'));
        beside.extend(mail.map(Cow::Borrowed));
        let role = if mail.is_some() { "" } else { after.trim() };
        beside.push(Cow::Owned(format!("{inside} {role}")));
        rest = name.trim();
    }
    // What stands in parentheses at the end is one thing, whatever signs are in it.
    let in_parentheses = |rest: &str| rest.rfind('(').filter(|open| *open > 0 && rest.ends_with(')'));
    if let Some(open) = in_parentheses(rest) {
        beside.push(Cow::Borrowed(&rest[open + 1..rest.len() - 1]));
        rest = rest[..open].trim();
    }
    if let Some((name, behind)) = set_off(rest) {
        beside.push(Cow::Borrowed(behind));
        rest = name.trim();
    }
    if let Some((name, behind)) = rest.split_once(" <")
        && let Some((mail, after)) = behind.split_once('>')
    {
        beside.extend([Cow::Borrowed(mail), Cow::Borrowed(after)]);
        rest = name.trim();
    }
    if let Some(at) = rest.find(" @") {
        beside.push(Cow::Borrowed(&rest[at + 1..]));
        rest = rest[..at].trim();
    }
    if let Some(open) = in_parentheses(rest) {
        beside.push(Cow::Borrowed(&rest[open + 1..rest.len() - 1]));
        rest = rest[..open].trim();
    }
    let rest = rest.trim_matches(['*', '_', '`']).trim_end_matches(['.', ':']).trim();
    let (mut speaker, strength) = name_alone(rest)?;
    beside.iter().for_each(|text| speaker.put_aside(text));
    Some((speaker, strength))
}

/// " from " and " at ", of [`SET_OFF`], are words.
fn holds_place_word(text: &str) -> bool {
    text.split(' ').any(|word| matches!(word, "from" | "at"))
}

/// A person of whom nothing but the name stands there.
fn name_alone(text: &str) -> Option<(Speaker, Strength)> {
    let strength = names::strength(text)?;
    let name = names::without_address_behind(names::without_address(text));
    let name = match line::is_bare(name) {
        true => name.to_owned(),
        false => name.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    Some((Speaker { name, ..Speaker::default() }, strength))
}

impl Speaker {
    /// Keeps what stands behind a name: a handle or address by its `@`, an affiliation else.
    fn put_aside(&mut self, text: &str) {
        let text = text.trim().trim_matches(['(', ')']).trim();
        // "Mill, @ada": both.
        let handle = text
            .split([' ', ','])
            .find(|w| w.trim_matches(['_', '*', '(', ')']).starts_with('@') && w.len() > 2);
        if let Some(handle) = handle.filter(|h| h.len() < text.len()) {
            let rest = text.replacen(handle, "", 1);
            self.put_aside(handle.trim_matches(['_', '*', '(', ')']));
            return self.put_aside(rest.trim_matches([' ', ',', '-', '–', '|', '/']));
        }
        let slot = match text.contains('@') && !text.contains(' ') {
            true => &mut self.handle,
            false => &mut self.affiliation,
        };
        if !text.is_empty() && slot.is_none() {
            *slot = Some(text.to_owned());
        }
    }
}

/// The people whom a line of its own names, without its list marker: `Ada Lovelace (Mill)`,
/// `**Ada Lovelace**`, `> Ada Lovelace`, `@ada - Ada Lovelace`.
pub fn named_in_line(text: &str) -> Option<(Vec<Speaker>, Strength)> {
    // What most lines fail at: no name begins so.
    if text.as_bytes().first().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return None;
    }
    // A name alone, which is bold or in italics perhaps.
    let inside = text.trim_matches('*');
    if text.len() <= LINE_CAP && is_plain_name(inside) {
        return plain_name(inside);
    }
    named_in_line_in_full(text)
}

/// Whether a line does nothing but say who spoke: it states it, or is a name that is known for one.
pub(super) fn says_who(line: &str) -> bool {
    line.len() <= LINE_CAP
        && (matches!(fields::read(line), Some((Key::Speaker, value)) if !value.is_empty())
            || named_in_line(line).is_some_and(|(_, strength)| strength == Strength::Known))
}

/// As [`named_in_line`], every question asked.
fn named_in_line_in_full(text: &str) -> Option<(Vec<Speaker>, Strength)> {
    let text = text.trim_start_matches(['>', '|', ' ', '\t', '-', '–', '—', '~']);
    // "🎤 Ada Lovelace"
    let text = text.trim_start_matches(|c| title::is_ornament(c) || c == ' ');
    // ''Ada Lovelace'', in italics as wikis have it.
    let text = text.strip_prefix("''").and_then(|t| t.trim_end().strip_suffix("''")).unwrap_or(text);
    if text.len() > LINE_CAP || text.starts_with("![") {
        return None;
    }
    let first = text.trim_start_matches(['*', '_', '[', '(', '"', '@']).chars().next()?;
    if first.is_lowercase() && !text.trim_start_matches(['*', '_', '[', '(']).starts_with('@')
        || first.is_ascii_digit()
    {
        return None;
    }
    let plain = title::strip_markup(text.split('\t').next().unwrap_or(text));
    let plain = plain.trim().trim_start_matches('(').trim_end_matches(['|', ' ']);
    let behind_handle = plain.strip_prefix('@').and_then(|p| p.split_once([' ', '\t'])).map(|(_, rest)| rest);
    let plain = behind_handle.map_or(plain, |rest| rest.trim_start_matches(['-', '–', '—', ' ', '(']));
    let plain = if plain.contains('(') { plain } else { plain.trim_end_matches(')') };
    people_surely(plain)
}

/// Words in prose after which a speaker's name stands: `delivered by Mark Shannon`.
const CREDITS: &[&str] =
    &["delivered by ", "presented by ", "given by ", "talk by ", "keynote by ", "session by "];

/// A name that a sentence credits with the talk.
pub fn credited(text: &str) -> Option<Speaker> {
    if !text.contains(" by ") {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let after = CREDITS.iter().find_map(|c| lower.find(c).map(|at| at + c.len()))?;
    let mut end = after;
    // The longest run of words of a name behind the credit.
    for word in text[after..].split_inclusive(' ') {
        let bare = word.trim_end().trim_end_matches([',', ';', ':', '!', '?', '.']);
        if names::word_of_name(bare).is_none() {
            break;
        }
        end += word.len();
        if bare.len() < word.trim_end().len() && bare.chars().count() > 2 {
            break;
        }
    }
    let name = text[after..end].trim().trim_end_matches([',', ';', ':', '!', '?', '.']);
    names::strength(name).is_some().then(|| Speaker { name: name.to_owned(), ..Speaker::default() })
}

/// Adds people that are not there yet. "Ines M" and "Ines Montani" are one person; the fuller
/// form stays.
pub fn merge(into: &mut Vec<Speaker>, more: Vec<Speaker>) {
    // They are kept for as long as the notes are.
    into.reserve_exact(more.len());
    for new in more {
        // A handle without a name belongs to whom was named before it.
        if let (true, Some(last)) =
            (new.name.starts_with('@'), into.last_mut().filter(|l| !l.name.starts_with('@')))
        {
            last.handle.get_or_insert(new.name);
            continue;
        }
        match into.iter_mut().find(|old| same_person(&old.name, &new.name)) {
            Some(old) => {
                if new.name.len() > old.name.len() {
                    old.name = new.name;
                }
                old.affiliation = old.affiliation.take().or(new.affiliation);
                old.handle = old.handle.take().or(new.handle);
            }
            None => into.push(new),
        }
    }
}

/// Whether two names are one person's: word by word the same, or one the other's initial.
pub fn same_person(a: &str, b: &str) -> bool {
    let words =
        |name: &str| -> Vec<String> { crate::text::line::words(&fold(name)).map(str::to_owned).collect() };
    let (a, b) = (words(a), words(b));
    let alike = |(x, y): (&String, &String)| {
        x == y || (x.chars().count() == 1 || y.chars().count() == 1) && x.chars().next() == y.chars().next()
    };
    a.len() == b.len() && a.first() == b.first() && a.iter().zip(&b).all(alike)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[(&str, Option<&str>)]) {
        let found = people(text).unwrap_or_default();
        let found: Vec<_> = found.iter().map(|s| (&*s.name, s.affiliation.as_deref())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn shapes_that_people_write() {
        check("Jake VanderPlas", &[("Jake VanderPlas", None)]);
        check("Lisa Guo, Hui Ding", &[("Lisa Guo", None), ("Hui Ding", None)]);
        check(
            "Ada Lovelace and Grace Hopper (Navy)",
            &[("Ada Lovelace", None), ("Grace Hopper", Some("Navy"))],
        );
        check("Sven-Hendrik Haase / Consultant", &[("Sven-Hendrik Haase", Some("Consultant"))]);
        check(
            "Andrew T. Baker, Python web developer at Twilio",
            &[("Andrew T. Baker", Some("Python web developer at Twilio"))],
        );
        check(
            "Kathryn (Katy) Huff - Professor at UIUC",
            &[("Kathryn (Katy) Huff", Some("Professor at UIUC"))],
        );
        check(
            "Sam Kitajima-Kimbrel (Data Platform of Twilio) - sam@twilio.com",
            &[("Sam Kitajima-Kimbrel", Some("Data Platform of Twilio"))],
        );
        check("Katy Huff (Professor at UIUC)", &[("Katy Huff", Some("Professor at UIUC"))]);
        check("Guido van Rossum", &[("Guido van Rossum", None)]);
        check("Łukasz Langa", &[("Łukasz Langa", None)]);
    }

    #[test]
    fn handles_are_kept_apart() {
        let one = people("Ada Lovelace <ada@mill.org>, @ada").expect("a name");
        assert_eq!(one.len(), 1);
        assert_eq!((&*one[0].name, one[0].handle.as_deref()), ("Ada Lovelace", Some("ada@mill.org")));
    }

    #[test]
    fn none_beats_a_wrong_one() {
        for text in [
            "Library UX",
            "Explosion AI",
            "In summary",
            "Apache TVM",
            "Slide Deck",
            "Key Takeaways",
            "Data, Web",
            "Notes",
            "Cpython alternatives, Graph , peppy",
            "Machine Learning",
            "Python 3",
            "Other Pythons (PyPy, Jython) win by it",
            "Bring your own device",
            "The End",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn credits_in_prose() {
        let name = |text| credited(text).map(|s| s.name);
        assert_eq!(
            name("The talk was delivered by Mark Shannon. It was fast").as_deref(),
            Some("Mark Shannon")
        );
        assert_eq!(name("a keynote by the committee"), None);
    }

    #[test]
    fn one_person_written_twice() {
        let mut all = people("Ines M").expect("a name");
        merge(&mut all, people("Ines Montani / Explosion").expect("a name"));
        assert_eq!(all.len(), 1);
        assert_eq!((&*all[0].name, all[0].affiliation.as_deref()), ("Ines Montani", Some("Explosion")));
    }

    proptest! {
        /// What is read at once is read as the long way reads it.
        #[test]
        fn a_plain_name_is_read_as_in_full(
            words in proptest::collection::vec("(Ada|ADA|Lovelace|Dr|Sir|Mark|Will|Sarah|Young|Olivier|ALEXANDRE|von|and|\
                Data|Notes|Keynote|iOS|Mc|D|[A-Z][a-z]{0,6}|[A-Za-z]{1,5})", 1..6),
            mark in "\\*{0,3}",
            behind in "\\*{0,3}|[ .,:@(]",
        ) {
            let text = words.join(" ");
            prop_assert_eq!(people_surely(&text), people_surely_in_full(&text), "{}", text);
            let line = format!("{mark}{text}{behind}");
            prop_assert_eq!(named_in_line(&line), named_in_line_in_full(&line), "{}", line);
        }
    }
}
