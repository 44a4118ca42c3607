//! Events that are mentioned among other words: in a sentence about them, in the line that opens notes, beside a talk's title or a
//! speaker's name.

use crate::library::conference::{
    Named, group_in, in_line, is_small_or_generic, split_year, without_parentheses,
};
use crate::library::dates;
use crate::library::vocabulary;
use crate::text::fold::fold;

/// Reads the name of an event out of a sentence about it: "What I learned at PyCon 2017", "RubyConf, a retrospective". It is
/// known by a word that events are named with; or by its year, where the sentence ends in both and leads on to them with a
/// word for having been there.
pub(super) fn in_sentence(text: &str) -> Option<Named> {
    // Scripts that part no words say it as a whole.
    if text.contains(|c: char| c >= '\u{3041}') {
        return None;
    }
    let outside = without_parentheses(text);
    let words: Vec<&str> = outside.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let year_of = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '’' | '\''));
        split_year(word).filter(|(name, _)| name.is_empty()).map(|(_, year)| year)
    };
    let year = words.iter().enumerate().find_map(|(at, word)| Some((at, year_of(word)?)));
    let is_name = |word: &str| {
        let (name, year) = (bare(word), year_of(word));
        name.contains(char::is_uppercase) && year.is_none() && !is_small_or_generic(&name)
    };
    let event = words.iter().position(|word| {
        let word = bare(word);
        word.len() >= 5 && is_name(&word) && vocabulary::is_event(&fold(&word))
    });
    let leads = |word: &str| LEAD_TO_EVENTS.contains(&fold(&bare(word)).as_str());
    let (at, is_known) = match (event, year) {
        (Some(at), _) => (at, true),
        (None, Some((year, _))) if year + 1 == words.len() => (year.checked_sub(1)?, false),
        _ => return None,
    };
    let joins = |word: &str| !word.ends_with([',', ':', ';', '!', '?', '.']);
    let (mut from, mut to) = (at, at + 1);
    while from > 0 && is_name(words[from - 1]) && joins(words[from - 1]) {
        from -= 1;
    }
    while is_known && to < words.len() && is_name(words[to]) && joins(words[to - 1]) {
        to += 1;
    }
    let lead = from.checked_sub(1).map(|at| words[at]);
    if from == 0 && to == words.len() || !is_name(words[at]) || !is_known && !lead.is_some_and(leads) {
        return None;
    }
    let series = words[from..to].iter().map(|word| bare(word)).collect::<Vec<_>>().join(" ");
    Some(Named { series, year: year.map(|(_, year)| year), group: group_in(&outside) })
}

/// Reads the event out of a sentence that opens notes: "These are my notes from RustConf 2023 in Albuquerque." Only one that is
/// known by its words counts, and it has to say its year.
pub(super) fn in_opening(text: &str) -> Option<Named> {
    const LONGEST: usize = 200;
    let says_notes = || text.contains("notes") || text.contains("Notes");
    let known = |named: &Named| named.year.is_some() && is_known(named);
    (text.len() <= LONGEST && holds_year(text) && says_notes())
        .then(|| in_sentence(text))
        .flatten()
        .filter(known)
}

/// Words that lead on to an event where somebody was.
const LEAD_TO_EVENTS: &[&str] = &["at", "from", "attending", "visiting", "beim", "auf", "sur", "au"];

/// The event and year that stand beside a talk's title, and the title: "OSCON 2017: Open source at Disney", "Queues (PyCon
/// 2017)". The event has to be known by a word that events are named with, for a title may hold a year of its own.
pub(super) fn beside_title(text: &str) -> Option<(Named, &str)> {
    if !holds_year(text) {
        return None;
    }
    let event = |part: &str| {
        let named = in_line(part)?;
        is_known(&named).then_some(named)
    };
    let behind = |sign: &str| text.rsplit_once(sign).and_then(|(title, part)| Some((event(part)?, title)));
    let before = |sign: &str| text.split_once(sign).and_then(|(part, title)| Some((event(part)?, title)));
    let in_parentheses = || {
        let (title, part) = text.strip_suffix(')')?.rsplit_once('(')?;
        Some((event(part)?, title))
    };
    const SIGNS: &[&str] = &[": ", " - ", " – ", " — ", " | ", " · "];
    let (named, title) = in_parentheses()
        .or_else(|| SIGNS.iter().find_map(|sign| before(sign)))
        .or_else(|| SIGNS.iter().chain(&[" at ", " @ ", ", "]).find_map(|sign| behind(sign)))?;
    let title = title.trim().trim_end_matches([',', '-', '–', '—', '|']).trim_end();
    title.contains(char::is_alphabetic).then_some((named, title))
}

/// The event and the day that a line says beside a person's name: "Ada Lovelace, OSCON 2017, 10 May 2017". Without a day it has to
/// be known by a word that events are named with: somebody may work for "Species 2000".
pub(super) fn beside_name(line: &str) -> (Option<Named>, Option<dates::Date>) {
    if !holds_year(line) {
        return (None, None);
    }
    let parts = || {
        let parts = line.split([',', '(', ')', '|', '·', ';', '*', '_']);
        parts.flat_map(|part| part.split(" at ")).map(str::trim)
    };
    let day = parts().find_map(dates::parse);
    let event = parts().find_map(in_line).filter(|named| day.is_some() || is_known(named));
    (event, day)
}

/// Whether an event is known by a word that events are named with.
fn is_known(named: &Named) -> bool {
    named.series.split(' ').any(|word| vocabulary::is_event(&fold(word)))
}

/// The event of a line that says nothing but that, its year and where it was: "SREcon EMEA 2019, Dublin".
pub(super) fn alone(line: &str) -> Option<Named> {
    const LONGEST: usize = 60;
    let line = line.trim().trim_matches(['*', '_', '(', ')']);
    if line.len() > LONGEST || !holds_year(line) {
        return None;
    }
    let mut parts = line.split(',').map(str::trim);
    let named = parts.next().and_then(in_line)?;
    (is_known(&named) && parts.count() <= 2).then_some(named)
}

/// Whether four digits stand side by side in a text.
fn holds_year(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::conference::in_title;

    #[test]
    fn sentences_about_one() {
        let named = |text: &str| in_title(text).map(|named| named.full());
        for (text, name) in [
            ("What I learned at PyCon 2017", "PyCon 2017"),
            ("My favourite talks from Strange Loop 2016", "Strange Loop 2016"),
            ("We went to RubyConf 2017", "RubyConf 2017"),
            ("PyCon was awesome 2017", "PyCon 2017"),
            ("Five days at KubeCon Europe", "KubeCon Europe"),
            ("GopherCon - 2016 - Denver", "GopherCon 2016"),
            ("Ten years of Java", "Ten years of Java"),
            ("Blacklight Summit ’22 | Cornell", "Blacklight Summit 2022"),
            ("深圳 ArchSummit 全球架构师峰会 2018", "深圳 ArchSummit 全球架构师峰会 2018"),
        ] {
            assert_eq!(named(text).as_deref(), Some(name), "{text}");
        }
        for (text, name) in [
            ("LISA 2011 - Boston, MA - my raw notes", "LISA 2011"),
            ("Write the Docs 2019", "Write the Docs 2019"),
            ("Notes from All Things Open 2019", "All Things Open 2019"),
            ("DEF CON 27", "DEF CON 27"),
        ] {
            assert_eq!(named(text).as_deref(), Some(name), "{text}");
        }
        assert_eq!(Named::stated("GUADEC | 2016 | Karlsruhe").full(), "GUADEC | Karlsruhe 2016");
    }

    #[test]
    fn beside_titles_and_names() {
        let check = |text: &str, name: &str, title: &str| {
            let (named, rest) = beside_title(text).expect("an event");
            assert_eq!((&*named.full(), rest), (name, title), "{text}");
        };
        check("OSCON 2017: Open source at Disney", "OSCON 2017", "Open source at Disney");
        check("Queues in practice (PyCon 2017)", "PyCon 2017", "Queues in practice");
        check("Ada Lovelace - Queues - PyCon 2017", "PyCon 2017", "Ada Lovelace - Queues");
        for text in [
            "The state of Java (2017)",
            "What is new in Java 2017",
            "PyCon 2017",
            "Angular 2019: what is new",
        ] {
            assert_eq!(beside_title(text), None, "{text}");
        }
        let (event, day) = beside_name("_Jo Tran, OSCON 2017, 10 May 2017_");
        assert_eq!(
            (event.map(|named| named.full()).as_deref(), day.map(|day| day.to_string()).as_deref()),
            (Some("OSCON 2017"), Some("2017-05-10"))
        );
    }
}
