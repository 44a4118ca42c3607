//! Filters for short lists that keep their order: the outline of a page, the bookmarks.

use crate::search::matching::Ready;
use crate::search::query::{Query, Term};
use crate::text::fold::{Folded, fold};

/// A line that a filter lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Through {
    /// Which line.
    pub at: usize,
    /// How well it matches; the more the better.
    pub score: u32,
    /// The bytes of its characters that matched, sorted.
    pub lit: Vec<usize>,
}

/// Whether a row passes the words of a query: each stands in one of its fields, or its letters do in their order
/// (but for the last field, which is prose and has all letters), and none of those that must not. Facets are not
/// looked at.
pub fn passes(query: &Query, fields: [&str; 4]) -> bool {
    let folded = fields.map(fold);
    let fields = [&*folded[0], &*folded[1], &*folded[2], &*folded[3]];
    let names = [fields[0], fields[1], fields[2], ""];
    let holds = |term: &Term| {
        let ready = Ready::new(term);
        let there = ready.solid(&fields).is_some();
        there != term.negative || !term.negative && ready.scattered(&names).is_some()
    };
    query.groups.iter().all(|group| group.iter().any(holds))
}

/// The lines in which every word of a query stands, or its letters do in their order. All of them, where
/// nothing is asked for.
pub fn filter<'t>(query: &str, lines: impl Iterator<Item = &'t str>) -> Vec<Through> {
    let query = Query::parse(query);
    let ready: Vec<Ready> = query.wanted().map(Ready::new).collect();
    let through = |(at, line): (usize, &str)| {
        let mut folded = Folded::default();
        folded.push(line, 0);
        let fields = [folded.text.as_str(), "", "", ""];
        let (mut score, mut lit) = (0, Vec::new());
        for term in &ready {
            score += term.solid(&fields).or_else(|| term.scattered(&fields))?.score;
            let letters = term.lit(fields[0]).unwrap_or_default();
            lit.extend(letters.iter().filter_map(|l| folded.origin.get(*l as usize)).map(|o| *o as usize));
        }
        lit.sort_unstable();
        lit.dedup();
        Some(Through { at, score, lit })
    };
    lines.enumerate().filter_map(through).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: &[usize]) {
        let lines = ["Why this talk", "What went wrong", "Łódź and back", "Questions"];
        let through = filter(query, lines.into_iter());
        assert_eq!(through.iter().map(|t| t.at).collect::<Vec<_>>(), expected, "{query}");
    }

    #[test]
    fn a_row_passes_by_any_of_its_fields() {
        let row = ["Next Level Testing", "Ada Lovelace", "PyCon 2017", "try this at work"];
        for (query, wanted) in [
            ("testing", true),
            ("ada work", true),
            ("nlt", true),
            ("testing !work", false),
            ("testing !play", true),
            ("rust | ada", true),
            ("rust", false),
            ("", true),
        ] {
            assert_eq!(passes(&Query::parse(query), row), wanted, "{query}");
        }
    }

    #[test]
    fn words_and_letters_in_the_order_of_the_lines() {
        check("", &[0, 1, 2, 3]);
        check("w", &[0, 1]);
        check("talk why", &[0]);
        check("wwr", &[1]);
        check("lodz", &[2]);
        check("nothing", &[]);
        assert_eq!(filter("qu", ["Questions"].into_iter())[0].lit, [0, 1]);
    }
}
