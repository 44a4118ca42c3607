//! Link hints: a letter or two for each link that is in view, to be typed to choose it.

use std::ops::Range;

use crate::report::destination::Destination;
use crate::tui::reader::Reader;

/// The letters of labels, those under resting fingers first.
const LETTERS: &[u8] = b"asdfjklghqwertuiopzxcvnmby";

/// A link in view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The letters to type.
    pub label: String,
    /// The link, as an index into the document's links.
    pub link: u32,
    /// Where it leads.
    pub destination: Destination,
    /// The row of the pane on which it starts.
    pub row: u16,
    /// The column of the pane at which it starts.
    pub column: u16,
    /// The columns that it takes on that row.
    pub columns: u16,
}

/// The links in view, while one is being chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hints {
    /// From the top.
    pub all: Vec<Hint>,
    /// The letters that are typed.
    pub typed: String,
    /// The one whose destination is shown.
    pub selected: usize,
}

impl Hints {
    /// The one whose destination is shown.
    pub fn chosen(&self) -> Option<&Hint> {
        self.all.get(self.selected)
    }

    /// Takes a letter. True when it completes a label.
    pub fn type_letter(&mut self, letter: char) -> bool {
        let typed = format!("{}{}", self.typed, letter.to_ascii_lowercase());
        let Some(at) = self.all.iter().position(|hint| hint.label.starts_with(&typed)) else {
            return false;
        };
        self.selected = at;
        let complete = self.all[at].label == typed;
        self.typed = if complete { String::new() } else { typed };
        complete
    }
}

/// A link on a page, where it is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The link.
    pub link: u32,
    /// The row of the pane.
    pub row: u16,
    /// The column of the pane.
    pub column: u16,
    /// The columns that it takes there.
    pub columns: u16,
    /// The source line that it stands on.
    pub line: usize,
}

/// Every stretch of a link that is in view, from the top.
pub fn stretches_in_view(reader: &Reader, columns: usize, height: usize) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::new();
    let rows = reader.page.lines.iter().skip(reader.scroll).take(height);
    for (row, line) in rows.enumerate() {
        let mut column = 0;
        for piece in &line.pieces {
            let wide = piece.text.width();
            let shown = window(
                line.wide.map(|w| (usize::from(w.kept), w.columns as usize)),
                reader.pan,
                columns,
                column..column + wide,
            );
            column += wide;
            let (Some(link), false) = (piece.link, shown.is_empty()) else {
                continue;
            };
            let (from, to) = (shown.start as u16, shown.end as u16);
            match seen.last_mut() {
                Some(last)
                    if last.link == link
                        && usize::from(last.row) == row
                        && last.column + last.columns == from =>
                {
                    last.columns += to - from;
                }
                _ => seen.push(Seen {
                    link,
                    row: row as u16,
                    column: from,
                    columns: to - from,
                    line: line.source,
                }),
            }
        }
    }
    seen
}

/// Where columns of a line stand in the pane, as far as they are in view.
fn window(wide: Option<(usize, usize)>, pan: usize, room: usize, columns: Range<usize>) -> Range<usize> {
    let shift = wide
        .map_or(0, |(kept, all)| if columns.start < kept { 0 } else { pan.min(all.saturating_sub(room)) });
    let least = wide.filter(|_| shift > 0).map_or(0, |(kept, _)| kept);
    let place = |at: usize| at.saturating_sub(shift).clamp(least, room.max(least));
    place(columns.start)..place(columns.end)
}

/// Labels for so many links, none the start of another.
pub fn labels(count: usize) -> Vec<String> {
    let letter = |at: usize| char::from(LETTERS[at % LETTERS.len()]);
    let mut length = 1;
    while LETTERS.len().pow(length) < count {
        length += 1;
    }
    // The last letter changes last, so that labels near each other differ in the first.
    let label = |mut at: usize| {
        let mut letters = String::new();
        for _ in 0..length {
            letters.push(letter(at));
            at /= LETTERS.len();
        }
        letters
    };
    (0..count).map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn labels_are_short_and_none_starts_another() {
        for count in [0, 1, 26, 27, 300, 700] {
            let labels = labels(count);
            let distinct: HashSet<&String> = labels.iter().collect();
            assert_eq!(distinct.len(), count);
            assert!(labels.iter().all(|l| l.len() == labels[0].len() && l.len() <= 3));
        }
        assert_eq!(labels(3), ["a", "s", "d"]);
    }

    #[test]
    fn what_is_panned_away_is_not_in_view() {
        assert_eq!(window(None, 10, 40, 3..9), 3..9);
        assert_eq!(window(Some((6, 100)), 10, 40, 0..6), 0..6);
        assert_eq!(window(Some((6, 100)), 10, 40, 6..9), 6..6);
        assert_eq!(window(Some((6, 100)), 10, 40, 20..30), 10..20);
        assert_eq!(window(Some((6, 100)), 10, 40, 60..70), 40..40);
    }
}
