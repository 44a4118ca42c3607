//! Evidence with weights: how every question about a file's structure is decided.
//!
//! A question ("is this line a title?", "which headings are the talks?") has a few possible
//! answers. Each answer gathers evidence in a [`Tally`]: what was seen, and how much it counts.
//! The answer with the most wins. A tally that is `kept` remembers its reasons, so that a reader
//! can follow one decision from end to end; a plain one only adds up, for the many lines of a
//! large file.

/// Whether what was weighed is remembered. Nobody but `doctor --explain` asks, and a library of many talks
/// has no room for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reasons {
    /// It is kept with the decisions and the talks.
    Kept,
    /// Only what was decided is kept.
    #[default]
    Dropped,
}

/// One thing that was seen, and how much it counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// What was seen, in words for a person.
    pub what: &'static str,
    /// How much it counted; negative when it spoke against.
    pub weight: i32,
}

/// The evidence for one answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    total: i32,
    reasons: Option<Vec<Reason>>,
}

impl Tally {
    /// A tally that only adds up.
    pub fn plain() -> Self {
        Self::default()
    }

    /// A tally that remembers why.
    pub fn kept() -> Self {
        Self { total: 0, reasons: Some(Vec::new()) }
    }

    /// A tally that remembers why where somebody will ask.
    pub fn with(reasons: Reasons) -> Self {
        match reasons {
            Reasons::Kept => Self::kept(),
            Reasons::Dropped => Self::plain(),
        }
    }

    /// Counts `weight` for what was seen; zero is not worth a word.
    pub fn add(&mut self, what: &'static str, weight: i32) {
        if weight != 0 {
            self.total += weight;
            if let Some(reasons) = &mut self.reasons {
                reasons.push(Reason { what, weight });
            }
        }
    }

    /// Counts `weight` when something holds.
    pub fn when(&mut self, holds: bool, what: &'static str, weight: i32) {
        if holds {
            self.add(what, weight);
        }
    }

    /// The sum.
    pub fn total(&self) -> i32 {
        self.total
    }

    /// What was seen, where it was kept.
    pub fn reasons(&self) -> &[Reason] {
        self.reasons.as_deref().unwrap_or_default()
    }
}

/// One possible answer to a question about a talk, where it comes from and how much that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Where it comes from, in words for a person.
    pub what: &'static str,
    /// How much that counts.
    pub weight: i32,
    /// The answer, as a person would see it.
    pub value: String,
}

/// A question with the answers that were offered; the one with the most weight holds, and of
/// equals the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<T> {
    offers: Vec<(&'static str, i32, T)>,
}

impl<T> Default for Choice<T> {
    fn default() -> Self {
        Self { offers: Vec::new() }
    }
}

impl<T> Choice<T> {
    /// Offers an answer.
    pub fn offer(&mut self, what: &'static str, weight: i32, value: T) {
        self.offers.push((what, weight, value));
    }

    /// The answer that holds, with where it comes from.
    pub fn best(&self) -> Option<(&'static str, &T)> {
        // Of equals the last is the greatest to `max_by_key`, so they are looked at from behind.
        self.offers.iter().rev().max_by_key(|(_, weight, _)| *weight).map(|(what, _, value)| (*what, value))
    }

    /// The answer that holds, for whoever asks no more.
    pub fn into_best(self) -> Option<T> {
        self.offers.into_iter().rev().max_by_key(|(_, weight, _)| *weight).map(|(_, _, value)| value)
    }

    /// All that were offered, the best first, as `shown` shows them to a person.
    pub fn offers(&self, shown: impl Fn(&T) -> String) -> Vec<Offer> {
        let offer = |(what, weight, value): &(&'static str, i32, T)| Offer {
            what,
            weight: *weight,
            value: shown(value),
        };
        let mut offers: Vec<Offer> = self.offers.iter().map(offer).collect();
        offers.sort_by_key(|offer| std::cmp::Reverse(offer.weight));
        offers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_and_remembers() {
        let mut tally = Tally::kept();
        tally.add("a speaker below it", 3);
        tally.when(false, "never", 5);
        tally.when(true, "ends like a sentence", -2);
        assert_eq!(tally.total(), 1);
        assert_eq!(tally.reasons().len(), 2);
        assert!(Tally::plain().reasons().is_empty());
    }

    #[test]
    fn the_weightiest_offer_holds() {
        let mut choice = Choice::default();
        choice.offer("the file's name", 2, "edge");
        choice.offer("its heading", 8, "Edge computing");
        choice.offer("a second heading", 8, "Other");
        assert_eq!(choice.best(), Some(("its heading", &"Edge computing")));
        let offers = choice.offers(|value| (*value).to_owned());
        assert_eq!((offers.len(), offers[0].weight, &*offers[0].value), (3, 8, "Edge computing"));
        assert_eq!(choice.into_best(), Some("Edge computing"));
    }
}
