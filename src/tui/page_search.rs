//! Search in a page: where what was asked for stands on the rows of a page.

use std::ops::Range;
use std::sync::Arc;

use crate::markup::Page;
use crate::search::text::TextQuery;
use crate::search::{Query, query};
use crate::tui::seeker::Asked;

/// A match: the stretches of rows that it takes, each with its bytes. One, unless it goes on over the end
/// of a row.
pub(super) type Found = Vec<(usize, Range<usize>)>;

/// What is searched for in a page, and where it stands.
#[derive(Debug, Clone)]
pub struct PageSearch {
    asked: Arc<Asked>,
    /// The matches, from the top of the page.
    pub(super) found: Vec<Found>,
    /// The one that was gone to last.
    pub current: Option<usize>,
}

impl PageSearch {
    /// Searches for what was asked of the text of the notes.
    pub fn new(asked: Arc<Asked>) -> Self {
        Self { asked, found: Vec::new(), current: None }
    }

    /// Searches for words as they were typed after `/`: as they are, or as a pattern between slashes.
    pub fn typed(words: &str) -> Self {
        let mut query = Query::parse(words);
        if !(words.len() > 2 && words.starts_with('/') && words.ends_with('/')) {
            query = Query::default();
            query.groups.push(vec![query::Term::new(query::Kind::Exact, words)]);
        }
        let text = TextQuery::new(&query);
        Self::new(Arc::new(Asked { query, widened: None, text }))
    }

    /// Looks through a page.
    pub fn look(&mut self, page: &Page) {
        self.found.clear();
        let Some(query) = &self.asked.text else {
            return;
        };
        let mut row = 0;
        while row < page.lines.len() {
            // Rows without a gap between them are read as one: a phrase may go on on the next row.
            let mut joined = Joined::default();
            while let Some(line) = page.lines.get(row).map(|line| line.text()) {
                if line.trim().is_empty() {
                    break;
                }
                joined.push(row, &line);
                row += 1;
            }
            self.found.extend(query.places(&joined.text).into_iter().map(|place| joined.rows_of(place)));
            row += 1;
        }
        self.found.retain(|found| !found.is_empty());
        // Laid out anew, the page has the same matches, and one is still at the same.
        self.current = self.current.filter(|at| *at < self.found.len());
    }

    /// Goes to the first match at or below a row, else to the first of all.
    pub fn go_from(&mut self, row: usize) -> Option<usize> {
        let below = self.found.iter().position(|found| found[0].0 >= row);
        self.current = below.or((!self.found.is_empty()).then_some(0));
        self.row()
    }

    /// Goes on to the next match, or back to the one before; `None` behind the last one.
    pub fn step(&mut self, forward: bool) -> Option<usize> {
        let next = match (self.current, forward) {
            (Some(at), true) => at + 1,
            (Some(at), false) => at.checked_sub(1)?,
            (None, true) => 0,
            (None, false) => self.found.len().checked_sub(1)?,
        };
        if next >= self.found.len() {
            return None;
        }
        self.current = Some(next);
        self.row()
    }

    /// Goes to the first match, or to the last.
    pub fn wrap(&mut self, forward: bool) -> Option<usize> {
        self.current = None;
        self.step(forward)
    }

    /// The row of the match that was gone to last.
    pub fn row(&self) -> Option<usize> {
        self.found.get(self.current?).map(|found| found[0].0)
    }

    /// Where the match that was gone to last stands: its first row, and the bytes of it there.
    pub fn place(&self) -> Option<(usize, Range<usize>)> {
        self.found.get(self.current?)?.first().cloned()
    }

    /// What is lit on a row: bytes, and whether it is the match that was gone to last.
    pub fn lit(&self, row: usize) -> Vec<(Range<usize>, bool)> {
        let from = self.found.partition_point(|found| found.last().is_some_and(|(last, _)| *last < row));
        let here = self.found.iter().enumerate().skip(from).take_while(|(_, found)| found[0].0 <= row);
        let on_row = here.flat_map(|(at, found)| {
            let current = self.current == Some(at);
            found.iter().filter(move |(r, _)| *r == row).map(move |(_, bytes)| (bytes.clone(), current))
        });
        on_row.collect()
    }

    /// Whether it is found on the page.
    pub fn finds(&self) -> bool {
        !self.found.is_empty()
    }

    /// `3/14`, or that there is none.
    pub fn count(&self) -> String {
        match (self.current, self.found.len()) {
            (_, 0) => "no match".into(),
            (Some(at), all) => format!("{}/{all}", at + 1),
            (None, all) => format!("{all}"),
        }
    }
}

/// Rows of a page as one text.
#[derive(Default)]
struct Joined {
    text: String,
    /// Where each row stands in the text, which row it is, and the bytes of it before its text.
    rows: Vec<(Range<usize>, usize, usize)>,
}

impl Joined {
    fn push(&mut self, row: usize, line: &str) {
        let trimmed = line.trim_start();
        // What is broken behind a hyphen, or in a script without spaces, goes on at once.
        let tight = self.text.ends_with(['-', '/']) || self.text.ends_with(|c| c >= '\u{2e80}');
        if !self.text.is_empty() && !tight {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(trimmed.trim_end());
        self.rows.push((start..self.text.len(), row, line.len() - trimmed.len()));
    }

    /// The stretches of rows behind a place in the text.
    fn rows_of(&self, place: Range<usize>) -> Found {
        let first = self.rows.partition_point(|(text, ..)| text.end <= place.start);
        let rows = self.rows[first..].iter().take_while(|(text, ..)| text.start < place.end);
        let stretch = |(text, row, before): &(Range<usize>, usize, usize)| {
            let (from, to) = (place.start.max(text.start), place.end.min(text.end));
            (*row, from - text.start + before..to - text.start + before)
        };
        rows.map(stretch).filter(|(_, bytes)| !bytes.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::layout::{PageLine, Piece};
    use crate::markup::role::Role;

    fn page(rows: &[&str]) -> Page {
        let line = |text: &&str| PageLine {
            pieces: vec![Piece::new(text, Role::Text)],
            source: 1,
            ..PageLine::default()
        };
        Page { lines: rows.iter().map(line).collect(), ..Page::default() }
    }

    fn check(words: &str, rows: &[&str], expected: &[&[(usize, Range<usize>)]]) {
        let mut search = PageSearch::typed(words);
        search.look(&page(rows));
        assert_eq!(search.found, expected, "{words}");
    }

    #[test]
    fn matches_go_over_the_ends_of_rows() {
        check("two", &["one two", "  two"], &[&[(0, 4..7)], &[(1, 2..5)]]);
        check("two words", &["these two", "  words"], &[&[(0, 6..9), (1, 2..7)]]);
        check("well-kept", &["a well-", "kept one"], &[&[(0, 2..7), (1, 0..4)]]);
        check("two words", &["these two", "", "words"], &[]);
        check("/w.rd/", &["word ward"], &[&[(0, 0..4)], &[(0, 5..9)]]);
    }

    #[test]
    fn stepping_ends_and_wraps() {
        let mut search = PageSearch::typed("a");
        search.look(&page(&["a", "b", "a"]));
        assert_eq!((search.go_from(1), search.count()), (Some(2), "2/2".into()));
        assert_eq!((search.step(true), search.wrap(true)), (None, Some(0)));
        assert_eq!((search.step(false), search.wrap(false)), (None, Some(2)));
        assert_eq!(search.lit(2), [(0..1, true)]);
        assert_eq!(search.lit(0), [(0..1, false)]);
    }
}
