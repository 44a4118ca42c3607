//! The library at a glance: talks per year, who was heard most, what is due and unread.

use crate::library::people::people;
use crate::library::{ConferenceId, Library};
use crate::report::words;
use crate::search::facet::year_of;

/// So many of those who were heard most are named.
const HEARD: usize = 10;

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stats {
    /// Talks.
    pub talks: usize,
    /// Conferences, with their talks, as the library has them.
    pub conferences: Vec<(ConferenceId, usize)>,
    /// People who spoke.
    pub speakers: usize,
    /// Talks that the note-taker has starred.
    pub starred: usize,
    /// Talks by year, the first year first; years between that have none are there too. Last those without a year.
    pub years: Vec<(Option<u16>, usize)>,
    /// Who was heard more than once, the most first.
    pub heard: Vec<(String, usize)>,
}

/// What is known beside the notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    /// Bookmarks in these notes.
    pub bookmarks: usize,
    /// Bookmarks that are due.
    pub due: usize,
    /// Talks that are not read.
    pub unread: usize,
}

impl Stats {
    /// Counts a library.
    pub fn of(library: &Library) -> Self {
        let people = people(library);
        let heard = people.iter().filter(|person| person.talks.len() > 1).take(HEARD);
        let ids = (0..library.conferences.len() as u32).map(ConferenceId);
        Stats {
            talks: library.talks.len(),
            conferences: ids.map(|id| (id, library.count(id))).collect(),
            speakers: people.len(),
            starred: library.talk_ids().filter(|id| library.glance(*id, |told| told.starred)).count(),
            years: years(library),
            heard: heard.map(|person| (person.name.clone(), person.talks.len())).collect(),
        }
    }

    /// The talks by year as a chart: a line for each year, as long as its share of `columns`.
    pub fn chart(&self, columns: usize) -> Vec<String> {
        let most = self.years.iter().map(|(_, talks)| *talks).max().unwrap_or(0).max(1);
        let digits = most.to_string().len();
        let line = |(year, talks): &(Option<u16>, usize)| {
            let year = year.map_or("none".to_owned(), |year| year.to_string());
            format!("{year:>4} {talks:>digits$} {}", bar(*talks, most, columns.saturating_sub(6 + digits)))
        };
        self.years.iter().map(line).collect()
    }
}

/// A bar of whole and eighth blocks.
fn bar(part: usize, most: usize, columns: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = part * columns * 8 / most;
    // What there is is seen.
    let eighths = if part > 0 { eighths.max(1) } else { 0 };
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

fn years(library: &Library) -> Vec<(Option<u16>, usize)> {
    let known: Vec<u16> = library.talk_ids().filter_map(|id| year_of(library, id)).collect();
    let count = |year: u16| (Some(year), known.iter().filter(|known| **known == year).count());
    let mut years: Vec<(Option<u16>, usize)> = match (known.iter().min(), known.iter().max()) {
        // A year that was misread must not draw a century of nothing.
        (Some(first), Some(last)) if last - first <= 60 => (*first..=*last).map(count).collect(),
        _ => {
            let mut each = known.clone();
            each.sort_unstable();
            each.dedup();
            each.into_iter().map(count).collect()
        }
    };
    let without = library.talks.len() - known.len();
    years.extend((without > 0).then_some((None, without)));
    years
}

impl Known {
    /// What there is of it, in words: `4 bookmarks · 1 due · 80 unread`.
    pub fn words(self) -> Vec<String> {
        let mut said = Vec::new();
        if self.bookmarks > 0 {
            said.push(words::count(self.bookmarks, "bookmark"));
            said.push(format!("{} due", self.due));
        }
        said.push(format!("{} unread", self.unread));
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::load::{Roots, load};

    #[test]
    fn the_built_in_collection_at_a_glance() {
        let stats = Stats::of(&load(&Roots::Builtin, false).expect("built in"));
        assert_eq!(stats.talks, stats.years.iter().map(|(_, talks)| talks).sum::<usize>());
        assert!(
            stats.years.iter().any(|(year, talks)| *year == Some(2019) && *talks == 0),
            "{:?}",
            stats.years
        );
        assert!(stats.heard.iter().all(|(_, talks)| *talks > 1) && stats.heard.len() <= HEARD);
        let chart = stats.chart(30);
        assert_eq!(chart.len(), stats.years.len());
        assert!(chart.iter().all(|line| crate::text::width::width(line) <= 30), "{chart:?}");
    }

    #[test]
    fn bars_are_as_long_as_their_share() {
        assert_eq!(
            (bar(4, 4, 5), bar(0, 4, 5), bar(1, 1000, 5)),
            ("█████".into(), String::new(), "▏".into())
        );
        assert_eq!(bar(1, 2, 5), "██▌");
    }
}
