//! When a bookmark is to be looked at again.
//!
//! The interval doubles each time it was: a day, two, four, up to a year. Who puts nothing on the queue
//! never meets it.

use jiff::civil::Date;
use jiff::{Span, Zoned};
use serde::{Deserialize, Serialize};

/// The longest interval, in days.
const LONGEST: u32 = 365;

/// The day on which a bookmark is to be looked at, and how long the way there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Revisit {
    /// The day.
    pub due: Date,
    /// The days since the last time.
    pub interval: u32,
}

impl Revisit {
    /// Put on the queue for a day.
    pub fn on(due: Date, today: Date) -> Self {
        let days = today.until(due).map_or(1, |span| span.get_days());
        Revisit { due, interval: u32::try_from(days).unwrap_or(1).clamp(1, LONGEST) }
    }

    /// Put on the queue: for tomorrow.
    pub fn start(today: Date) -> Self {
        Revisit { due: after(today, 1), interval: 1 }
    }

    /// It was looked at: next time after twice as long.
    pub fn done(self, today: Date) -> Self {
        let interval = self.interval.saturating_mul(2).clamp(1, LONGEST);
        Revisit { due: after(today, interval), interval }
    }

    /// Not today: some days later, with the interval as it was.
    pub fn snooze(self, today: Date, days: u32) -> Self {
        Revisit { due: after(today, days), ..self }
    }

    /// It is due.
    pub fn is_due(self, today: Date) -> bool {
        self.due <= today
    }

    /// When it is due, in words: `due today`, `3 days late`, `in 2 weeks`.
    pub fn words(self, today: Date) -> String {
        let days = today.until(self.due).map_or(0, |span| span.get_days());
        let many = |n: i32, one: &str| if n == 1 { format!("{n} {one}") } else { format!("{n} {one}s") };
        match days {
            0 => "due today".into(),
            1 => "due tomorrow".into(),
            2..14 => format!("due in {}", many(days, "day")),
            14.. => format!("due on {}", self.due),
            late => format!("{} late", many(-late, "day")),
        }
    }
}

fn after(day: Date, days: u32) -> Date {
    day.saturating_add(Span::new().days(i64::from(days)))
}

/// Today, where the person is.
pub fn today() -> Date {
    Zoned::now().date()
}

/// A day as a person gives it: `2026-12-01`, `today`, `tomorrow`, `3d`, `2w`, `6m`.
pub fn parse_day(text: &str, today: Date) -> Option<Date> {
    let text = text.trim().to_ascii_lowercase();
    match text.as_str() {
        "today" => return Some(today),
        "tomorrow" => return Some(after(today, 1)),
        _ => {}
    }
    if let Ok(day) = text.parse::<Date>() {
        return Some(day);
    }
    let number: u16 = text.get(..text.len().checked_sub(1)?)?.parse().ok()?;
    let (none, number) = (Span::new(), i64::from(number));
    let span = match text.as_bytes().last()? {
        b'd' => none.try_days(number),
        b'w' => none.try_weeks(number),
        b'm' => none.try_months(number),
        b'y' => none.try_years(number),
        _ => return None,
    };
    let span = span.ok()?;
    today.checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 25);

    #[test]
    fn the_interval_doubles_up_to_a_year() {
        let mut revisit = Revisit::start(TODAY);
        assert_eq!((revisit.due, revisit.interval), (date(2026, 11, 26), 1));
        let mut intervals = Vec::new();
        for _ in 0..10 {
            revisit = revisit.done(TODAY);
            intervals.push(revisit.interval);
        }
        assert_eq!(intervals, [2, 4, 8, 16, 32, 64, 128, 256, 365, 365]);
        assert_eq!(revisit.due, date(2027, 11, 25));
        let later = revisit.snooze(TODAY, 1);
        assert_eq!((later.due, later.interval), (date(2026, 11, 26), 365));
    }

    #[test]
    fn days_and_words() {
        let day = |text| parse_day(text, TODAY);
        assert_eq!(day("2026-12-01"), Some(date(2026, 12, 1)));
        assert_eq!(
            (day("today"), day("3d"), day("2w")),
            (Some(TODAY), Some(date(2026, 11, 28)), Some(date(2026, 12, 9)))
        );
        assert_eq!((day("1m"), day("1y")), (Some(date(2026, 12, 25)), Some(date(2027, 11, 25))));
        assert_eq!((day("soon"), day(""), day("é")), (None, None, None));
        assert_eq!((day("20000y"), day("60000y"), day("60000m").is_some()), (None, None, true));
        let words = |text| Revisit::on(parse_day(text, TODAY).expect("a day"), TODAY).words(TODAY);
        assert_eq!(words("today"), "due today");
        assert_eq!(words("2026-11-24"), "1 day late");
        assert_eq!(words("3d"), "due in 3 days");
        assert_eq!(words("3w"), "due on 2026-12-16");
        assert!(Revisit::on(TODAY, TODAY).is_due(TODAY) && !Revisit::start(TODAY).is_due(TODAY));
    }
}
