//! The way that was gone, through every jump, to go back and forward on.

use crate::report::page::Subject;
use crate::tui::reader::Place;

/// Stops that are remembered.
const MOST: usize = 200;

/// A place on a page: what was on top, and how many rows above it show no source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// The page.
    pub subject: Subject,
    /// The place that was on top.
    pub place: Place,
    /// Rows above it that show no source.
    pub above: usize,
    /// The place that was landed on last.
    pub landed: Option<Place>,
    /// The reader had the keys.
    pub reading: bool,
}

/// Where one was before, and where one was before going back.
#[derive(Debug, Default)]
pub struct History {
    past: Vec<Stop>,
    future: Vec<Stop>,
}

impl History {
    /// Remembers a place before a jump away from it. What one had gone back from is forgotten.
    pub fn leave(&mut self, stop: Stop) {
        self.future.clear();
        Self::push(&mut self.past, stop);
    }

    /// What came before, in an earlier session, the last stop last.
    pub fn begin_with(&mut self, mut earlier: Vec<Stop>) {
        earlier.append(&mut self.past);
        self.past = earlier;
    }

    /// The stops that are behind, the last one last.
    pub fn past(&self) -> &[Stop] {
        &self.past
    }

    /// Where one was before; where one is now is remembered as what comes next.
    pub fn back(&mut self, now: Stop) -> Option<Stop> {
        let stop = self.past.pop()?;
        Self::push(&mut self.future, now);
        Some(stop)
    }

    /// Where one had gone back from.
    pub fn forward(&mut self, now: Stop) -> Option<Stop> {
        let stop = self.future.pop()?;
        Self::push(&mut self.past, now);
        Some(stop)
    }

    /// The pages are known by other names now; what is gone is forgotten.
    pub fn rename(&mut self, renamed: impl Fn(Stop) -> Option<Stop>) {
        for stops in [&mut self.past, &mut self.future] {
            *stops = std::mem::take(stops).into_iter().filter_map(&renamed).collect();
        }
    }

    fn push(stops: &mut Vec<Stop>, stop: Stop) {
        if stops.last() != Some(&stop) {
            if stops.len() >= MOST {
                stops.remove(0);
            }
            stops.push(stop);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::TalkId;

    fn stop(talk: u32) -> Stop {
        let subject = Subject::Talk(TalkId(talk));
        Stop { subject, place: Place::default(), above: 0, landed: None, reading: true }
    }

    #[test]
    fn back_and_forward_and_a_new_way() {
        let mut history = History::default();
        assert_eq!(history.back(stop(0)), None);
        history.leave(stop(0));
        history.leave(stop(1));
        history.leave(stop(1));
        assert_eq!(history.back(stop(2)), Some(stop(1)));
        assert_eq!(history.back(stop(1)), Some(stop(0)));
        assert_eq!(history.back(stop(0)), None);
        assert_eq!(history.forward(stop(0)), Some(stop(1)));
        history.leave(stop(1));
        assert_eq!(history.forward(stop(5)), None);
        for n in 0..500 {
            history.leave(stop(n));
        }
        assert_eq!(history.past.len(), MOST);
    }
}
