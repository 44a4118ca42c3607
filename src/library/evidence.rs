//! Evidence with weights: how every question about a file's structure is decided.
//!
//! A question ("is this line a title?", "which headings are the talks?") has a few possible
//! answers. Each answer gathers evidence in a [`Tally`]: what was seen, and how much it counts.
//! The answer with the most wins. A tally that is `kept` remembers its reasons, so that a reader
//! can follow one decision from end to end; a plain one only adds up, for the many lines of a
//! large file.

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
}
