//! Near misses: words of the notes that a mistyped word may stand for.
//!
//! Distance is optimal string alignment (an insertion, a deletion, a change, two letters swapped:
//! one each), the slips of fingers: one in a word of four letters or more, two from eight on. A word
//! that is still being typed is compared with the start of longer ones.

use std::collections::HashSet;

use crate::search::query::{Kind, Query, Term};
use crate::search::rows::{Letters, Rows};

/// The words of all rows, each once.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Sorted, so that a word can be looked up by its start.
    words: Vec<Word>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    text: Box<str>,
    /// How long it is, in characters.
    length: u8,
    letters: Letters,
}

impl Word {
    fn new(text: &str) -> Self {
        Word { text: text.into(), length: text.chars().count().min(255) as u8, letters: Letters::of(text) }
    }
}

/// The shortest word that is looked at, in letters.
const SHORTEST: usize = 4;

impl Vocabulary {
    pub(super) fn new(rows: &Rows) -> Self {
        let mut seen: HashSet<&str> = HashSet::new();
        for row in 0..rows.len() as u32 {
            let fields = rows.fields(row);
            let words = fields.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
            // Words of scripts without spaces are sentences; nobody mistypes those by a letter.
            seen.extend(words.filter(|w| (SHORTEST - 1..=32).contains(&w.len())));
        }
        let mut words: Vec<Word> = seen.into_iter().map(Word::new).collect();
        words.sort_unstable();
        Self { words }
    }

    /// Whether a word of the notes starts so: it is spelt right, or on its way to be.
    fn knows(&self, start: &str) -> bool {
        let at = self.words.partition_point(|word| *word.text < *start);
        self.words.get(at).is_some_and(|word| word.text.starts_with(start))
    }

    /// The words nearest to a mistyped one, and how far they are; empty when none is near.
    fn near(&self, word: &str) -> Vec<(usize, &str)> {
        let letters = word.chars().count();
        let allowed = match letters {
            0..SHORTEST => return Vec::new(),
            SHORTEST..8 => 1,
            _ => 2,
        };
        let own = Letters::of(word);
        let mut near: Vec<(usize, &str)> = Vec::new();
        for Word { text: known, length, letters: set } in &self.words {
            let length = usize::from(*length);
            if length + allowed < letters || set.lacks(own) as usize > allowed {
                continue;
            }
            let whole = length <= letters + allowed && own.lacks(*set) as usize <= allowed;
            let far = if whole { strsim::osa_distance(word, known) } else { usize::MAX };
            if far <= allowed {
                near.push((far, known));
            } else if letters >= 6 && length > letters {
                // The start of a longer word, once enough of it stands there.
                let cut = known.char_indices().nth(letters).map_or(known.len(), |(at, _)| at);
                let far = strsim::osa_distance(word, &known[..cut]);
                if far <= allowed {
                    near.push((far, &known[..cut]));
                }
            }
        }
        near.sort_unstable();
        near.dedup();
        let best = near.first().map_or(0, |(far, _)| *far);
        near.retain(|(far, _)| *far == best);
        near.truncate(MOST);
        near
    }

    /// The query with each word widened by the words near to it; `None` when nothing is near.
    pub(super) fn widen(&self, query: &Query) -> Option<Query> {
        let mut wider = query.clone();
        let mut found = false;
        for group in &mut wider.groups {
            let words: Vec<Term> = group
                .iter()
                .filter(|term| !term.negative && matches!(term.kind, Kind::Fuzzy | Kind::Exact))
                .filter(|term| !self.knows(&term.folded))
                .flat_map(|term| self.near(&term.folded))
                .map(|(_, word)| Term::new(Kind::Exact, word))
                .collect();
            found |= !words.is_empty();
            group.extend(words);
        }
        found.then_some(wider)
    }
}

/// More words than these are no help.
const MOST: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &[&str]) {
        let known = ["kubernetes", "observability", "postgres", "rust", "trust", "async", "asynchronous"];
        let vocabulary = Vocabulary { words: known.map(Word::new).into() };
        let near: Vec<&str> = vocabulary.near(word).into_iter().map(|(_, word)| word).collect();
        assert_eq!(near, expected, "{word}");
    }

    #[test]
    fn slips_of_fingers() {
        check("obesrvability", &["observability"]);
        check("kubernets", &["kubernetes"]);
        check("kuberentes", &["kubernetes"]);
        check("postgers", &["postgres"]);
        check("ruts", &["rust"]);
        check("asnyc", &["async"]);
        check("obesrva", &["observa"]);
        check("rus", &[]);
        check("banana", &[]);
    }
}
