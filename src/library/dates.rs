//! Dates as people write them, as far as they can be read without guessing.

use std::fmt;

use crate::text::fold::fold;
use crate::text::word_table::WordTable;

/// A date, as much of it as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, 1980 to 2079.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day, 1 to 31.
    pub day: Option<u8>,
}

impl fmt::Display for Date {
    /// ISO 8601, as much as is known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// A number that is a year of conferences.
pub fn year(text: &str) -> Option<u16> {
    let ok = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    ok.then(|| text.parse().ok()).flatten().filter(|y| (1980..2080).contains(y))
}

/// The months' names, folded, in the languages of which conferences are written up: English,
/// French, German, Spanish, Italian, Portuguese, Dutch, Russian.
const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "januar", "enero", "gennaio", "janeiro", "januari", "января"],
    &["february", "fevrier", "februar", "febrero", "febbraio", "fevereiro", "februari", "февраля"],
    &["march", "mars", "marz", "maerz", "marzo", "marco", "maart", "марта"],
    &["april", "avril", "abril", "aprile", "апреля"],
    &["may", "mai", "mayo", "maggio", "maio", "mei", "мая"],
    &["june", "juin", "juni", "junio", "giugno", "junho", "июня"],
    &["july", "juillet", "juli", "julio", "luglio", "julho", "июля"],
    &["august", "aout", "agosto", "augustus", "августа"],
    &["september", "sept", "septembre", "septiembre", "settembre", "setembro", "сентября"],
    &["october", "octobre", "oktober", "octubre", "ottobre", "outubro", "октября"],
    &["november", "novembre", "noviembre", "novembro", "ноября"],
    &["december", "decembre", "dezember", "diciembre", "dicembre", "dezembro", "декабря"],
];

/// A month by its name or the first three letters of its English one.
fn month(word: &str) -> Option<u8> {
    let folded = fold(word);
    let word = folded.trim_end_matches('.');
    let short = |names: &[&str]| word.len() == 3 && names[0].starts_with(word);
    let at = MONTHS.iter().position(|names| short(names) || names.contains(&word))?;
    Some(at as u8 + 1)
}

/// Which of two numbers in a date is written first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// `25/06/2017`
    DayFirst,
    /// `06/25/2017`
    MonthFirst,
}

/// A date whose numbers could be read in either order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Either {
    year: u16,
    numbers: (u8, u8),
}

impl Either {
    /// The date, when the order is known.
    pub fn by(self, order: Order) -> Date {
        let (month, day) = match order {
            Order::DayFirst => (self.numbers.1, self.numbers.0),
            Order::MonthFirst => self.numbers,
        };
        Date { year: self.year, month: Some(month), day: Some(day) }
    }
}

/// The numbers of a date like `05/06/2017`.
fn slashed(text: &str) -> Option<(u8, u8, u16)> {
    let mut parts = text.trim().split(['/', '-']);
    let (a, b, y) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str| part.parse::<u8>().ok().filter(|n| (1..=31).contains(n) && part.len() <= 2);
    parts.next().is_none().then_some((number(a)?, number(b)?, year(y)?))
}

/// The order that a date tells, as `25/06/2017` does and `05/06/2017` does not.
pub fn order(text: &str) -> Option<Order> {
    match slashed(text)? {
        (13.., 1..=12, _) => Some(Order::DayFirst),
        (1..=12, 13.., _) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// A date that could be read in either order.
pub fn either(text: &str) -> Option<Either> {
    let (a, b, year) = slashed(text)?;
    (a <= 12 && b <= 12 && a != b).then_some(Either { year, numbers: (a, b) })
}

/// The order that all dates of a collection agree on, if any tells.
pub fn agreed(mut told: impl Iterator<Item = Order>) -> Option<Order> {
    let first = told.next()?;
    told.all(|order| order == first).then_some(first)
}

/// The part of a stated date that is the day: without the weekday before it and the time behind.
pub fn day_part(text: &str) -> &str {
    let mut text = text.trim();
    if let Some((first, rest)) = text.split_once([',', ' '])
        && is_weekday(&fold(first.trim_end_matches('.')))
    {
        text = rest.trim_start_matches([',', ' ']);
    }
    let digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let time = text.find(':').filter(|at| *at > 0 && digit(at - 1) && digit(at + 1));
    let Some(time) = time else {
        return text;
    };
    let start = text[..time].trim_end_matches(|c: char| c.is_ascii_digit());
    let start = start.strip_suffix('T').unwrap_or(start).trim_end();
    let start = start.strip_suffix(" at").or(start.strip_suffix(" um")).unwrap_or(start);
    start.trim_end_matches([' ', ',', '-', '–', '@'])
}

/// Reads a heading that says a date and hardly more: "Friday 9 November 2018", "2018-11-09 (Fri)", "Day 1: 2018-11-09".
pub(super) fn of_heading(text: &str) -> Option<Date> {
    if !text.bytes().any(|b| b.is_ascii_digit()) || text.len() > 60 {
        return None;
    }
    let text = match text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
        Some((day, weekday)) if is_weekday(&fold(weekday.trim_end_matches('.'))) => day,
        _ => text,
    };
    let text = behind_count(text).unwrap_or(text);
    parse(text).or_else(|| parse(day_part(text)))
}

/// What stands behind "Day 1:".
fn behind_count(text: &str) -> Option<&str> {
    let (day, rest) = text.split_at_checked("day ".len())?;
    let count = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = count.trim_start_matches([' ', ':', '-', '–', '—', ',', '(']);
    let counts = day.eq_ignore_ascii_case("day ") && count.len() < rest.len() && behind.len() < count.len();
    counts.then(|| behind.trim_end_matches(')'))
}

/// Reads a text that is a date and nothing else: `2017-05-20`, `20.05.2017`, `May 20th, 2017`,
/// `20 May 2017`. `05/06/2017` could be May or June, so it is no date here; `25/06/2017` is one.
pub fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 40 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Some(date) = in_characters(text) {
        return Some(date);
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return parse(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    }
    let joint = |p: &&str| !p.is_empty() && !matches!(*p, "de" | "of" | "the");
    let parts: Vec<&str> = text.split([' ', ',', '-', '/', '.', '_']).filter(joint).collect();
    let number = |part: &str, most: u8| {
        let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &part[digits.len()..];
        if !["", "st", "nd", "rd", "th", "er"].contains(&suffix) || digits.len() > 2 {
            return None;
        }
        digits.parse::<u8>().ok().filter(|n| (1..=most).contains(n))
    };
    let (year, month, day) = match parts[..] {
        [y, m, d] if year(y).is_some() => {
            (year(y)?, number(m, 12).or_else(|| month(m))?, Some(number(d, 31)?))
        }
        [m, d, y] if month(m).is_some() => (year(y)?, month(m)?, Some(number(d, 31)?)),
        [d, m, y] if month(m).is_some() => (year(y)?, month(m)?, Some(number(d, 31)?)),
        [m, y] if month(m).is_some() => (year(y)?, month(m)?, None),
        [a, b, y] => {
            // Dots are written day first; slashes only tell when one number is no month.
            let (d, m) = match (number(a, 31)?, number(b, 31)?) {
                (d, m @ 1..=12) if text.contains('.') || d > 12 || d == m => (d, m),
                (m @ 1..=12, d) if d > 12 => (d, m),
                _ => return None,
            };
            (year(y)?, m, Some(d))
        }
        _ => return None,
    };
    Some(Date { year, month: Some(month), day })
}

/// `2017年5月20日`, and the same in Korean.
fn in_characters(text: &str) -> Option<Date> {
    let at = text.find(['年', '년'])?;
    let (y, rest) = (year(text[..at].trim())?, text[at + '年'.len_utf8()..].trim());
    let at = rest.find(['月', '월'])?;
    let month = rest[..at].trim().parse::<u8>().ok().filter(|m| (1..=12).contains(m))?;
    let day = rest[at + '月'.len_utf8()..].trim();
    let day = match day.strip_suffix(['日', '일']) {
        Some(day) => Some(day.trim().parse::<u8>().ok().filter(|d| (1..=31).contains(d))?),
        None if day.is_empty() => None,
        None => return None,
    };
    Some(Date { year: y, month: Some(month), day })
}

/// Weekdays' names and short forms, in lower case.
const WEEKDAYS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues",
    "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "lundi", "mardi", "mercredi", "jeudi", "vendredi",
    "samedi", "dimanche", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
];

/// A weekday's name or its short form, in lower case.
fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}

/// Whether a word is a part of a date that is written out: "May", "14th".
pub(super) fn is_of_a_date(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && is_count(word) || month(word).is_some()
}

/// Whether a word is a weekday and hardly anything else: written out, or cut short to what is no word of its own.
pub(super) fn is_weekday_alone(word: &str) -> bool {
    let folded = fold(word);
    (folded.len() >= 5 || matches!(&*folded, "tue" | "thu" | "fri")) && is_weekday(&folded)
}

/// Words that stand beside a day.
const BESIDE: &[&str] =
    &["the", "of", "day", "am", "pm", "morning", "afternoon", "evening", "one", "two", "three"];

/// Every word that [`is_day`] knows: the look that nearly every heading fails at its first word.
static DAY_WORDS: WordTable<512> = WordTable::new(include_str!("vocabulary/day_words.txt"));

/// A number, perhaps one that puts things in order: "3", "3rd".
fn is_count(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = |known: &&str| known.eq_ignore_ascii_case(&word[digits.len()..]);
    !digits.is_empty() && ["", "st", "nd", "rd", "th"].iter().any(ending)
}

/// Whether the first word of a text is a number or one that days are written with.
pub(super) fn opens_like_a_day(text: &str) -> bool {
    // Most begin with a word of ASCII, which is no number.
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters > 0 && text.as_bytes().get(letters).is_none_or(|b| b.is_ascii() && !b.is_ascii_digit()) {
        return DAY_WORDS.has_ascii(&text.as_bytes()[..letters]);
    }
    first_word_is_of_a_day(text)
}

fn first_word_is_of_a_day(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.next().is_some_and(|w| is_count(w) || DAY_WORDS.has_folded(w))
}

/// Whether a text says a day and nothing else, in words or numbers, its year perhaps left out:
/// "Tuesday 26.02.2019", "Wed, 14th of March", "Day 2 (Friday)".
pub fn is_day(text: &str) -> bool {
    let short = text.len() <= 40
        && opens_like_a_day(text)
        && (text.bytes().any(|b| b.is_ascii_digit()) || text.split(' ').nth(2).is_none());
    if !short {
        return false;
    }
    let lower = fold(text);
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let (mut named, mut numbers) = (0, 0);
    for word in words {
        if is_weekday(word) || month(word).is_some() {
            named += 1;
        } else if is_count(word) {
            numbers += 1;
        } else if !BESIDE.contains(&word) {
            return false;
        }
    }
    let dotted =
        lower.split(['.', '/', '-']).filter(|p| p.trim().bytes().all(|b| b.is_ascii_digit())).count() >= 3;
    named > 0 && numbers <= 4 && (numbers > 0 || named == 1) || named == 0 && dotted && numbers == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_say_a_day() {
        for (text, day) in [
            ("Friday 9 November 2018", "2018-11-09"),
            ("2018-11-09 (Fri)", "2018-11-09"),
            ("Day 1: 2018-11-09", "2018-11-09"),
            ("Day 12 (9 November 2018)", "2018-11-09"),
            ("Tuesday, October 28, 2014 9:15 AM", "2014-10-28"),
        ] {
            assert_eq!(of_heading(text).map(|date| date.to_string()).as_deref(), Some(day), "{text}");
        }
        for text in
            ["Day 1", "Day 2018", "Daylight 2018-11-09", "What we did on 9 November 2018", "日付 2018"]
        {
            assert_eq!(of_heading(text), None, "{text}");
        }
    }

    #[test]
    fn the_quick_look_lets_every_day_through() {
        let short = MONTHS.iter().map(|names| &names[0][..3]);
        for word in WEEKDAYS.iter().chain(BESIDE).copied().chain(MONTHS.concat()).chain(short) {
            assert!(opens_like_a_day(word) && opens_like_a_day(&word.to_uppercase()), "{word}");
        }
        assert!(opens_like_a_day("(3rd)") && opens_like_a_day("May: 4") && opens_like_a_day("5 talks"));
        assert!(!opens_like_a_day("Raft") && !opens_like_a_day("--"));
        assert!(DAY_WORDS.entries().is_sorted());
    }

    proptest::proptest! {
        #[test]
        fn a_word_of_ascii_is_looked_at_alike(text in "(may|Mon|märz|day|[a-zé]{1,4})?[0-9é.: -]{0,2}( [a-z]{1,3})?") {
            proptest::prop_assert_eq!(opens_like_a_day(&text), first_word_is_of_a_day(&text));
        }
    }

    fn check(text: &str, iso: Option<&str>) {
        assert_eq!(parse(text).map(|d| d.to_string()).as_deref(), iso, "{text}");
    }

    #[test]
    fn as_people_write_them() {
        check("2017-05-20", Some("2017-05-20"));
        check("20170520", Some("2017-05-20"));
        check("19.07.2023", Some("2023-07-19"));
        check("May 20th, 2017", Some("2017-05-20"));
        check("20 May 2017", Some("2017-05-20"));
        check("June 2019", Some("2019-06"));
        check("25/06/2017", Some("2017-06-25"));
        check("06/25/2017", Some("2017-06-25"));
        check("06/06/2017", Some("2017-06-06"));
        check("20 mai 2017", Some("2017-05-20"));
        check("20. März 2017", Some("2017-03-20"));
        check("1er août 2017", Some("2017-08-01"));
        check("20 de mayo de 2017", Some("2017-05-20"));
        check("2017年5月20日", Some("2017-05-20"));
        check("2017년 5월 20일", Some("2017-05-20"));
    }

    #[test]
    fn the_day_of_a_stated_time() {
        for text in [
            "2017-05-20 10:30",
            "2017-05-20T10:30:00Z",
            "Sat, 20 May 2017, 10:30 - 11:00",
            "Saturday May 20, 2017 at 9:00",
            "2017-05-20",
        ] {
            check(day_part(text), Some("2017-05-20"));
        }
    }

    #[test]
    fn what_the_others_say_of_two_numbers() {
        assert_eq!(
            (order("25/06/2017"), order("6/25/2017")),
            (Some(Order::DayFirst), Some(Order::MonthFirst))
        );
        assert_eq!((order("05/06/2017"), order("31/31/2017"), either("25/06/2017")), (None, None, None));
        let both = either("05/06/2017").expect("either");
        assert_eq!(both.by(Order::DayFirst).to_string(), "2017-06-05");
        assert_eq!(both.by(Order::MonthFirst).to_string(), "2017-05-06");
        let agree = |all: &[Order]| agreed(all.iter().copied());
        assert_eq!(agree(&[Order::DayFirst, Order::DayFirst]), Some(Order::DayFirst));
        assert_eq!((agree(&[Order::DayFirst, Order::MonthFirst]), agree(&[])), (None, None));
    }

    #[test]
    fn days() {
        for text in
            ["26.02.2019 Tuesday", "Wed, 14th of March", "Day 2 (Friday)", "May 3", "10.4.22", "9/3/2025"]
        {
            assert!(is_day(text), "{text}");
        }
        for text in ["3.8.1 is out", "Friday deploys", "2019", "Sun microsystems", "10 years"] {
            assert!(!is_day(text), "{text}");
        }
    }

    #[test]
    fn never_guessed() {
        for text in ["05/06/2017", "2017", "31 32 2017", "Mayor 3 2017", "3.8.1", "PyCon 2017", "Maybe 2017"]
        {
            check(text, None);
        }
    }
}
