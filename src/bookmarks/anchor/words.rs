//! Lines as bags of words, and how much of one stands in another.
//!
//! A word weighs as much as it has letters, up to eight: longer words are rarer, in every language
//! that has words. A word without a meaning of its own weighs one. Scripts without spaces are cut into
//! pairs of characters, an address is one word.

use std::collections::{BTreeMap, HashSet};

use crate::text::fold::fold_char;
use crate::text::line::is_function_word;
use xxhash_rust::xxh3::xxh3_64;

/// The heaviest that a word gets.
const HEAVIEST: u32 = 8;

/// The words of a line or a few: each with its weight, as often as it stands there.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    bag: BTreeMap<u64, u32>,
    /// The weight of all of them.
    pub(super) weight: u32,
}

/// How much two bags have in common.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Common {
    /// The share of the first that stands in the second.
    pub(super) recall: f32,
    /// The share of the second that stands in the first.
    pub(super) precision: f32,
}

/// Calls back with each word of a text, folded, and its weight.
fn each(text: &str, mut word: impl FnMut(&str, u32)) {
    let mut lower = String::new();
    for run in text.split_ascii_whitespace() {
        if run.contains("://") {
            word(run.trim_matches(|c: char| "<>()[]\"'".contains(c)), HEAVIEST * 2);
            continue;
        }
        lower.clear();
        if run.is_ascii() {
            lower.push_str(run);
            lower.make_ascii_lowercase();
        } else {
            run.chars().for_each(|c| fold_char(c, |folded| lower.push(folded)));
        }
        for part in lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            if part.is_ascii() {
                word(part, if is_function_word(part) { 1 } else { (part.len() as u32).min(HEAVIEST) });
                continue;
            }
            let letters = part.chars().count();
            if letters > 2 && part.chars().any(is_unspaced) {
                let starts: Vec<usize> = part.char_indices().map(|(at, _)| at).chain([part.len()]).collect();
                starts.windows(3).for_each(|pair| word(&part[pair[0]..pair[2]], 2));
            } else {
                word(part, (letters as u32).min(HEAVIEST));
            }
        }
    }
}

/// How many words a talk is known by.
const KNOWN_BY: usize = 16;

/// With fewer words than these, those of the title have to help.
const FEW_WORDS: usize = 3;

/// A few words that a talk is known by: of those that stand in the fewest other talks the ones with the smallest
/// hashes, which is as good as drawing them by lot (Broder's min-wise sampling, 1997) and draws nearly the same
/// ones of a text that was edited. A word that many of the others have says nothing. Those of the title come last:
/// they are known already, and go when it changes.
pub(super) fn telling<'t>(
    own: impl Iterator<Item = &'t str>,
    title: &str,
    others: &[Vocabulary],
) -> Vec<String> {
    let mut words = BTreeMap::new();
    for text in own {
        each(text, |word, weight| {
            let short = weight < 4 && !word.chars().any(is_unspaced);
            if !short && word.len() <= 32 {
                words.entry(xxh3_64(word.as_bytes())).or_insert_with(|| word.to_owned());
            }
        });
    }
    let elsewhere = |hash: &u64| others.iter().filter(|talk| talk.0.contains(hash)).count();
    let title = Words::of(title);
    let rank = |(hash, word): (u64, String)| (title.bag.contains_key(&hash), elsewhere(&hash), hash, word);
    let mut ranked: Vec<(bool, usize, u64, String)> = words.into_iter().map(rank).collect();
    ranked.retain(|(_, elsewhere, ..)| elsewhere * 10 <= others.len() + 5);
    ranked.sort_unstable();
    // Some of the title where there is hardly anything else.
    let body = ranked.iter().filter(|(of_title, ..)| !of_title).count();
    ranked.truncate(body.max(FEW_WORDS));
    let mut words: Vec<String> = ranked.into_iter().take(KNOWN_BY).map(|(.., word)| word).collect();
    words.sort_unstable();
    words
}

/// Words as they are compared.
pub(super) fn hashes(words: &str) -> Vec<u64> {
    words.split(' ').filter(|word| !word.is_empty()).map(|word| xxh3_64(word.as_bytes())).collect()
}

/// The words of a talk, each once.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(HashSet<u64>);

impl Vocabulary {
    /// The words of some texts.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut words = HashSet::new();
        for text in texts {
            each(text, |word, _| {
                words.insert(xxh3_64(word.as_bytes()));
            });
        }
        Vocabulary(words)
    }

    /// The share of some words that is among them; less where there are fewer than `enough` to tell by.
    pub(super) fn share(&self, words: &[u64], enough: usize) -> f32 {
        let known = words.iter().filter(|word| self.0.contains(word)).count();
        known as f32 / words.len().max(enough) as f32
    }
}

impl Words {
    /// The words of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut words = Words::default();
        each(text, |word, weight| {
            *words.bag.entry(xxh3_64(word.as_bytes())).or_default() += weight;
            words.weight += weight;
        });
        words
    }

    /// How many of some words are among them.
    pub(super) fn holds(&self, words: &[u64]) -> usize {
        words.iter().filter(|word| self.bag.contains_key(word)).count()
    }

    /// Both together.
    pub(super) fn with(&self, other: &Words) -> Words {
        let mut both = self.clone();
        for (word, weight) in &other.bag {
            *both.bag.entry(*word).or_default() += weight;
        }
        both.weight += other.weight;
        both
    }

    /// What they have in common with others.
    pub(super) fn common(&self, other: &Words) -> Common {
        if self.weight == 0 || other.weight == 0 {
            return Common::default();
        }
        let shared: u32 =
            self.bag.iter().filter_map(|(word, weight)| Some(*weight.min(other.bag.get(word)?))).sum();
        let share = |of: u32| shared as f32 / of as f32;
        Common { recall: share(self.weight), precision: share(other.weight) }
    }
}

impl Common {
    /// How alike they are, from 0 to 1. What the second has beyond the first counts half of what it lacks:
    /// a line grows more often than it is replaced.
    pub(super) fn likeness(self) -> f32 {
        self.recall * (0.5 + 0.5 * self.precision)
    }
}

/// Characters of scripts that put no spaces between words: kana, Han, Thai, Lao, Khmer, Burmese.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> f32 {
        Words::of(one).common(&Words::of(other)).likeness()
    }

    #[test]
    fn likeness_of_lines() {
        assert_eq!(likeness("* Property-based testing", "- **property** based Testing!"), 1.0);
        assert!(likeness("one two three four five", "one two three four six") > 0.6);
        assert!(likeness("https://a.example/watch?v=x", "https://a.example/watch?v=y") == 0.0);
        assert!(likeness("会議のメモを書いた", "会議のメモを書く") > 0.6);
        assert!(likeness("the cat", "the dog") < 0.3);
        assert_eq!(likeness("", "x"), 0.0);
    }
}
