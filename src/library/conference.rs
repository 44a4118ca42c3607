//! Which conference: from a stated field, a line of text, folders, or the collection's own name.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::library::dates;
use crate::library::mention;
use crate::library::vocabulary;
use crate::text::fold::fold;
use crate::text::line;
use crate::text::word_table::WordTable;

/// A conference as some place names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// The name without the year, as written.
    pub series: String,
    /// The year.
    pub year: Option<u16>,
    /// A group that the same line names: "… conference day 1".
    pub group: Option<String>,
}

impl Named {
    /// The name with its year: "PyCon 2017".
    pub fn full(&self) -> String {
        match self.year {
            Some(year) if self.series.is_empty() => year.to_string(),
            Some(year) if self.series.contains(&year.to_string()) => self.series.clone(),
            Some(year) => format!("{} {year}", self.series),
            None => self.series.clone(),
        }
    }

    /// What two spellings of one conference have in common.
    pub fn key(&self) -> String {
        let mut key = fold(&self.series);
        key.retain(char::is_alphanumeric);
        if let Some(year) = self.year {
            // Writing to a text does not fail.
            let _ = write!(key, "{year}");
        }
        key
    }

    /// Reads a stated value: all of it is the name, a year in it is the year.
    pub fn stated(value: &str) -> Self {
        let is_sign = |word: Option<&String>| word.is_none_or(|w| !w.contains(char::is_alphanumeric));
        let mut series: Vec<String> = Vec::new();
        let mut year = None;
        for word in value.split_whitespace() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            match split_year(bare) {
                Some((name, y)) if year.is_none() => {
                    year = Some(y);
                    series.extend((!name.is_empty()).then(|| name.to_owned()));
                }
                // "GopherCon - 2016 - Denver": of what stood around the year, one sign is left.
                _ if year.is_some() && bare.is_empty() && is_sign(series.last()) => {}
                _ => series.push(word.to_owned()),
            }
        }
        if year.is_some() && is_sign(series.last()) {
            series.pop();
        }
        Self { series: series.join(" "), year, group: None }
    }
}

/// A word that is a year, or ends or starts in one: `2017`, `EuroPython2022`, `2016-fosdem`.
pub(super) fn split_year(word: &str) -> Option<(&str, u16)> {
    if let Some(year) = dates::year(word) {
        return Some(("", year));
    }
    // "2025.09" says the year and the month.
    if let Some((first, month)) = word
        .split_once(['.', '-', '/'])
        .filter(|(_, m)| m.len() == 2 && m.bytes().all(|b| b.is_ascii_digit()))
    {
        return dates::year(first).filter(|_| !month.is_empty()).map(|year| ("", year));
    }
    // "’22" says 2022.
    if let Some(short) = word.strip_prefix(['’', '\'']).filter(|s| s.len() == 2) {
        return short.parse::<u16>().ok().filter(|n| *n < 80).map(|n| ("", 2000 + n));
    }
    let cut = word.len().checked_sub(4).filter(|at| *at > 0 && word.is_char_boundary(*at))?;
    let (name, tail) = word.split_at(cut);
    let year = dates::year(tail)?;
    name.ends_with(char::is_alphabetic).then_some((name, year))
}

/// Where a conference stands among others: by year, those without one last, then by name.
pub(super) fn rank(year: Option<u16>, series: &str) -> (bool, Option<u16>, String) {
    (year.is_none(), year, fold(series))
}

/// Reads a heading or title line that names a conference and its year and says nothing else but
/// that these are notes: "PyCon 2017", "Notes on EuroPython 2020", "2019 Strange Loop - Day 2".
///
/// A title that merely holds a year ("The state of Python packaging in 2017") is no conference.
pub fn in_line(text: &str) -> Option<Named> {
    let text = text.trim();
    if text.len() > 120 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    // "PyCon Vienna (14 May 2019)"
    let dated = || text.contains('(').then(|| in_words(&text.replace(['(', ')'], " "))).flatten();
    in_words(text).or_else(|| of_notes(text)).or_else(dated)
}

/// Reads a line of several parts, of which one names an event and another says that these are notes: "LISA 2011 - Boston, MA -
/// my raw notes". The rest is where it was.
fn of_notes(text: &str) -> Option<Named> {
    let parts =
        || text.split([',', ':', '|', '·', '–', '—']).flat_map(|part| part.split(" - ")).map(str::trim);
    let says_notes = |part: &str| {
        let mut words = line::words(part).peekable();
        let says = |word: &str| matches!(&*fold(word), "notes" | "notizen" | "notas" | "recap" | "writeup");
        words.peek().is_some()
            && line::words(part).any(says)
            && words.all(|word| says(word) || is_small_or_generic(word))
    };
    parts().any(says_notes).then(|| parts().find_map(in_words)).flatten()
}

/// As [`in_line`], of a line that is in one part.
fn in_words(text: &str) -> Option<Named> {
    let outside = without_parentheses(text);
    let words: Vec<&str> = outside.split_whitespace().collect();
    let bare = |word: &str| -> String { word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned() };
    let (at, glued, year) = words.iter().enumerate().find_map(|(at, word)| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '’' | '\''));
        split_year(word).map(|(name, year)| (at, name.to_owned(), year))
    })?;
    let (from, to, series) = if !glued.is_empty() {
        (at, at + 1, glued)
    } else {
        let (from, to) = name_beside(&words, at)?;
        let (from, to) = with_small_words(&words, from, to);
        let name: Vec<String> = words[from..to].iter().map(|w| bare(w)).collect();
        (from, to, name.join(" "))
    };
    // Whatever is not the name must be generic, or this is a sentence or a talk's title.
    let rest: Vec<String> = words
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != at && !(from..to).contains(i))
        .map(|(_, w)| bare(w))
        .filter(|w| !w.is_empty())
        .collect();
    let dated = |w: &str| {
        w.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-')) || dates::is_of_a_date(w)
    };
    let own = rest.iter().all(|w| vocabulary::is_generic(w) || vocabulary::is_group(w) || dated(w));
    (own && !series.is_empty() && !vocabulary::is_generic(&series)).then(|| Named {
        series,
        year: Some(year),
        group: group_in(&outside),
    })
}

/// Reads the title of a file with several talks, which may name the event in any words: "Ten years
/// of X", "2020 X day 1 notes". What says that these are notes comes off its ends.
pub fn in_title(text: &str) -> Option<Named> {
    if let Some(named) = in_line(text).or_else(|| mention::in_sentence(text)) {
        return Some(named);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let generic = |word: &&&str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        vocabulary::is_generic(bare) && dates::year(bare).is_none()
    };
    let group = group_in(text);
    let numbered = if group.is_some() { 2 } else { 0 };
    let from = words.iter().take_while(generic).count();
    let to = words.len() - words.iter().rev().take_while(generic).count().max(numbered);
    let (from, to) = with_small_words(&words, from, to);
    let kept = words.get(from..to).filter(|w| !w.is_empty())?.join(" ");
    let kept = kept.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '）' | '》'));
    let named = Named::stated(kept);
    (!named.series.is_empty() && named.series.len() <= 100).then_some(Named { group, ..named })
}

/// Whether a word says nothing of which event is meant.
pub(super) fn is_small_or_generic(word: &str) -> bool {
    vocabulary::is_generic(word) || line::is_function_word(word)
}

/// Events whose names begin or end with words that say nothing of other events.
static SERIES: WordTable<64> = WordTable::new(include_str!("vocabulary/series.txt"));

/// Where a name begins and ends that was found without the words in it that usually say nothing: "the Docs" is "Write the
/// Docs". A number behind it that is no year is a part of it: "DEF CON 27".
fn with_small_words(words: &[&str], from: usize, to: usize) -> (usize, usize) {
    const MORE: usize = 3;
    let is_one = |from: usize, to: usize| SERIES.has_folded(&words[from..to].join(" "));
    let ends = from + 1..=words.len().min(to + MORE);
    let mut found = ends.flat_map(|end| (from.saturating_sub(MORE)..=from).map(move |from| (from, end)));
    let Some((from, end)) = found.rfind(|(from, end)| is_one(*from, *end)) else {
        return (from, to);
    };
    let to = to.max(end);
    let counts = |word: &&&str| word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    (from, to + usize::from(words.get(to).as_ref().is_some_and(counts)))
}

/// Words for events that stand between an event's own name and its year.
const EVENT_WORDS: &[&str] =
    &["conf", "conference", "day", "days", "meetup", "symposium", "week", "workshop"];

/// The run of words written as a name right before the year, or right behind it.
fn name_beside(words: &[&str], year: usize) -> Option<(usize, usize)> {
    let named = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let event = || bare.len() >= 6 && vocabulary::is_event(&fold(bare));
        (bare.chars().any(char::is_uppercase) || event()) && !vocabulary::is_generic(bare)
    };
    let joins = |word: &str| !word.ends_with([',', ':', ';']) && word.chars().any(char::is_alphanumeric);
    let mut from = year;
    // "DevNation Day 2020": a word for events belongs to the name before it.
    let event =
        |word: &str| EVENT_WORDS.contains(&fold(word.trim_matches(|c: char| !c.is_alphanumeric())).as_str());
    if from >= 2
        && event(words[from - 1])
        && words[from - 1].starts_with(char::is_uppercase)
        && named(words[from - 2])
    {
        from -= 1;
    }
    while from > 0 && named(words[from - 1]) && (from == year || joins(words[from - 1])) {
        from -= 1;
    }
    if from < year {
        return Some((from, year));
    }
    let mut to = year + 1;
    while to < words.len() && named(words[to]) {
        to += 1;
    }
    (to > year + 1).then_some((year + 1, to))
}

/// A group at the end or start of a line that names a conference: "… day 1".
pub(super) fn group_in(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).find_map(|pair| {
        let bare = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let (stem, count) = (bare(pair[0]), bare(pair[1]));
        let text = format!("{stem} {count}");
        let numbered = count.len() <= 2 && count.bytes().all(|b| b.is_ascii_digit());
        (numbered && vocabulary::is_group(&text)).then(|| capitalise(&text))
    })
}

/// A text with its first letter as a capital.
pub(super) fn capitalise(text: impl Into<String>) -> String {
    let mut text = text.into();
    match text.chars().next() {
        Some(first) if first.is_ascii() => text[..1].make_ascii_uppercase(),
        Some(first) => text.replace_range(..first.len_utf8(), &first.to_uppercase().to_string()),
        None => {}
    }
    text
}

pub(super) fn without_parentheses(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// A folder's name, its year split from the words.
pub(super) fn folder_name(name: &str) -> Named {
    let words = deslug(name);
    let mut series: Vec<&str> = Vec::new();
    let mut year = None;
    for word in words.split_whitespace() {
        match split_year(word) {
            Some((rest, y)) if year.is_none() => {
                year = Some(y);
                series.extend(Some(rest).filter(|rest| !rest.is_empty()));
            }
            _ if year.is_some() && series.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) => {}
            _ => series.push(word),
        }
    }
    let series = series.join(" ");
    let series = if series.contains(char::is_uppercase) { series } else { capitalise(&series) };
    Named { series, year, group: None }
}

/// A file's or folder's name as a person would say it: dashes to spaces, leading numbers off,
/// capitals where the name has none.
pub fn deslug(name: &str) -> String {
    let text = deslug_keeping_numbers(name);
    let mut rest = &*text;
    // "01 - Some talk": a dash that parts a number from the words goes with it.
    let counts = |word: &str| word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    while let Some((_, behind)) = rest
        .split_once(' ')
        .filter(|(first, _)| counts(first) || rest.len() < text.len() && matches!(*first, "-" | "–" | "—"))
    {
        rest = behind;
    }
    let written = rest.contains(char::is_uppercase);
    let text = if rest.len() == text.len() { text } else { rest.to_owned() };
    if written { text } else { capitalise(text) }
}

/// `HowToGetStarted` with blanks between its words. A name of two short humps ("PyCon") stays.
fn camel_case_apart(name: &str) -> Option<String> {
    if name.len() < 8 || !name.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let mut words: Vec<String> = Vec::new();
    for c in name.chars() {
        let breaks = c.is_ascii_uppercase()
            && words.last().is_none_or(|w| w.ends_with(|l: char| l.is_ascii_lowercase()));
        match words.last_mut().filter(|_| !breaks) {
            Some(word) => word.push(c),
            None => words.push(c.to_string()),
        }
    }
    let apart = words.len() >= 3 || words.len() == 2 && words.iter().all(|w| w.len() >= 5);
    apart.then(|| words.join(" "))
}

/// A file's or folder's name with its dashes as spaces. A dash with blanks around it stays one.
pub(super) fn deslug_keeping_numbers(name: &str) -> String {
    let name = percent_decoded(name);
    if let Some(apart) = camel_case_apart(&name) {
        return apart;
    }
    let blanks = name.contains(' ');
    let parts = |c: char| match c {
        '_' | '+' => true,
        '-' | '.' | '=' | '~' => !blanks,
        c => c.is_whitespace(),
    };
    let mut text = String::with_capacity(name.len());
    for word in name.split(parts).filter(|word| !word.is_empty() && !is_hash(word)) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// Whether a word is what Notion puts behind a page's name when it is exported: thirty-two hexadecimal digits.
fn is_hash(word: &str) -> bool {
    word.len() == 32 && word.bytes().all(|b| b.is_ascii_hexdigit())
}

/// `%20` and its like, as web tools leave them in names.
fn percent_decoded(name: &str) -> Cow<'_, str> {
    if !name.contains('%') {
        return Cow::Borrowed(name);
    }
    let signs = [("%20", " "), ("%3A", ":"), ("%2C", ","), ("%27", "'"), ("%3F", "?")];
    Cow::Owned(signs.iter().fold(name.to_owned(), |name, (code, sign)| name.replace(code, sign)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, Option<&str>)>) {
        let found = in_line(text);
        let found = found.as_ref().map(|n| (n.full(), n.group.as_deref()));
        assert_eq!(found, expected.map(|(name, group)| (name.to_owned(), group)), "{text}");
    }

    #[test]
    fn lines_that_name_one() {
        check("PyCon 2017", Some(("PyCon 2017", None)));
        check("Notes on Europython 2020", Some(("Europython 2020", None)));
        check("Europython 2023 conference day 1", Some(("Europython 2023", Some("Day 1"))));
        check("EuroPython 2022 - Conference Notes & Summary", Some(("EuroPython 2022", None)));
        check("Notes for EuroPython2022 (Update daily)", Some(("EuroPython 2022", None)));
        check("2019 Strange Loop - Day 2", Some(("Strange Loop 2019", Some("Day 2"))));
        check("My notes from KubeCon EU 2019", Some(("KubeCon EU 2019", None)));
        check("MoleConf Bergen 2022 - 14/5/2022", Some(("MoleConf Bergen 2022", None)));
        check("smallconf 2016", Some(("smallconf 2016", None)));
        check("DevNation Day 2020", Some(("DevNation Day 2020", None)));
        check("Blacklight Summit ’22 notes", Some(("Blacklight Summit 2022", None)));
    }

    #[test]
    fn lines_that_only_hold_a_year() {
        check("5 ways to deploy your Python web app in 2017", None);
        check("The State of JavaScript 2018", None);
        check("Notes 2017", None);
        check("Asyncio in Python 3.7", None);
    }

    #[test]
    fn numbers_go_with_their_dash() {
        assert_eq!(deslug("01 - Python in science"), "Python in science");
        assert_eq!(deslug("1 - Jake Stone - Python"), "Jake Stone - Python");
        assert_eq!(deslug("- kept"), "- kept");
        assert_eq!(deslug("Type hints 2b3c00d1e4f5a6b7c8d9e0f1a2b3c4d5"), "Type hints");
    }

    #[test]
    fn one_conference_in_two_spellings() {
        assert_eq!(Named::stated("Euro Python 2020").key(), in_line("EuroPython 2020").expect("named").key());
    }
}
