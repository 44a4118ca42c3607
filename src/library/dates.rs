//! Dates as people write them, as far as they can be read without guessing.

use std::fmt;

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

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn month(word: &str) -> Option<u8> {
    let lower = word.to_ascii_lowercase();
    let lower = lower.trim_end_matches('.');
    let start = lower.get(..3)?;
    let known = lower.len() == 3
        || [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "sept",
            "october", "november", "december",
        ]
        .contains(&lower);
    let at = MONTHS.iter().position(|m| *m == start)?;
    known.then_some(at as u8 + 1)
}

/// Reads a text that is a date and nothing else: `2017-05-20`, `20.05.2017`, `May 20th, 2017`,
/// `20 May 2017`. `05/06/2017` could be May or June, so it is no date here; `25/06/2017` is one.
pub fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 30 || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return parse(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    }
    let parts: Vec<&str> = text.split([' ', ',', '-', '/', '.', '_']).filter(|p| !p.is_empty()).collect();
    let number = |part: &str, most: u8| {
        let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &part[digits.len()..];
        if !["", "st", "nd", "rd", "th"].contains(&suffix) || digits.len() > 2 {
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
                (d, m @ 1..=12) if text.contains('.') || d > 12 => (d, m),
                (m @ 1..=12, d) if d > 12 => (d, m),
                _ => return None,
            };
            (year(y)?, m, Some(d))
        }
        _ => return None,
    };
    Some(Date { year, month: Some(month), day })
}

/// Whether a text says a day and nothing else, in words or numbers, its year perhaps left out:
/// "Tuesday 26.02.2019", "Wed, 14th of March", "Day 2 (Friday)".
pub fn is_day(text: &str) -> bool {
    const WEEKDAYS: &[&str] = &[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues",
        "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "lundi", "mardi", "mercredi", "jeudi",
        "vendredi", "samedi", "dimanche", "montag", "dienstag", "mittwoch", "donnerstag", "freitag",
        "samstag", "sonntag",
    ];
    const BESIDE: &[&str] =
        &["the", "of", "day", "am", "pm", "morning", "afternoon", "evening", "one", "two", "three"];
    let short =
        text.len() <= 40 && (text.bytes().any(|b| b.is_ascii_digit()) || text.split(' ').nth(2).is_none());
    if !short {
        return false;
    }
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let (mut named, mut numbers) = (0, 0);
    for word in words {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let number = !digits.is_empty() && matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th");
        if WEEKDAYS.contains(&word) || month(word).is_some() {
            named += 1;
        } else if number {
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
