//! Bookmarks as the screen knows them: each with its place in the notes of today, what is on its way to the
//! disk, and what can be undone.

use std::collections::{HashMap, HashSet, VecDeque};

use jiff::civil::Date;

use crate::bookmarks::Operation;
use crate::library::TalkId;
use crate::report::bookmarks::{Mark, State};
use crate::tui::reader::Place;

/// Something that a key has asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Set a bookmark, or remove the one that is there.
    Toggle {
        /// On which talk.
        talk: TalkId,
        /// At which place.
        place: Place,
        /// Any bookmark of the talk counts, if it has only one.
        whole: bool,
    },
    /// Set a bookmark with a note.
    Annotate {
        /// On which talk.
        talk: TalkId,
        /// At which place.
        place: Place,
        /// The note.
        note: String,
    },
    /// Change a bookmark that is there.
    Change(Operation),
    /// Take the last change back.
    Undo,
}

/// A change that was made here, and what takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// The change.
    pub done: Operation,
    /// What takes it back.
    pub inverse: Operation,
}

/// Bookmarks as the screen knows them.
#[derive(Debug, Default)]
pub struct Marks {
    /// All of them, in the file's order.
    pub all: Vec<Mark>,
    /// How many there are on each talk.
    pub by_talk: HashMap<TalkId, usize>,
    /// The file was read.
    pub known: bool,
    /// How many answers are on their way: the file is being read, a change saved, places looked for. What a key
    /// means depends on them.
    pub pending: usize,
    /// What keys have asked for meanwhile.
    pub queue: VecDeque<Wish>,
    /// A bookmark to go to once all notes are read; its talk was not among the first.
    pub go_to: Option<String>,
    /// They could not be saved: what stays on the screen until they can be.
    pub banner: Option<String>,
    /// The last changes, each with what takes it back, the last one last.
    pub undo: Vec<Undo>,
    /// The change that is on its way takes another one back.
    pub undoing: bool,
}

/// Changes that can be taken back.
const UNDO: usize = 100;

impl Marks {
    /// Takes the bookmarks as they are.
    pub fn take(&mut self, all: Vec<Mark>) {
        self.all = all;
        self.by_talk.clear();
        for talk in self.all.iter().filter_map(Mark::talk) {
            *self.by_talk.entry(talk).or_default() += 1;
        }
    }

    /// The notes are others now: nothing is known of any place until they were looked through.
    pub fn forget_places(&mut self) {
        self.by_talk.clear();
        self.all.iter_mut().for_each(|mark| mark.found = None);
    }

    /// The bookmark with an id.
    pub fn get(&self, id: &str) -> Option<&Mark> {
        self.all.iter().find(|mark| mark.bookmark.id == id)
    }

    /// The bookmark that keys mean at a place of a talk; with `whole` any of the talk, if it has only one.
    pub fn at(&self, talk: TalkId, place: Place, whole: bool) -> Option<&Mark> {
        let only = whole && self.by_talk.get(&talk) == Some(&1);
        self.all.iter().find(|mark| {
            let there = |line| line == place.line && mark.bookmark.anchor.offset == place.offset;
            mark.found.is_some_and(|found| found.talk == talk && (only || there(found.line)))
        })
    }

    /// How many belong to these notes.
    pub fn here(&self) -> usize {
        self.all.iter().filter(|mark| mark.state != State::Elsewhere).count()
    }

    /// How many of these notes are due.
    pub fn due(&self, today: Date) -> usize {
        self.all.iter().filter(|mark| mark.state != State::Elsewhere && mark.is_due(today)).count()
    }

    /// The talks with a bookmark that is due.
    pub fn due_talks(&self, today: Date) -> HashSet<TalkId> {
        self.all.iter().filter(|mark| mark.is_due(today)).filter_map(Mark::talk).collect()
    }

    /// What would take a change back, as the bookmarks are before it.
    pub fn inverse(&self, operation: &Operation, today: Date) -> Option<Operation> {
        Some(match operation {
            Operation::Put(bookmark) | Operation::Restore(bookmark) => {
                Operation::Remove(bookmark.id.clone(), today)
            }
            Operation::Remove(id, _) => Operation::Restore(Box::new(self.get(id)?.bookmark.clone())),
            Operation::Edit(id, change) => {
                Operation::Edit(id.clone(), self.get(id)?.bookmark.inverse(change))
            }
        })
    }

    /// Remembers how to take a change back.
    pub fn remember(&mut self, undo: Undo) {
        if self.undo.len() >= UNDO {
            self.undo.remove(0);
        }
        self.undo.push(undo);
    }

    /// Whether somebody has changed, since a change here, what it has changed: taking that back would take theirs
    /// along.
    pub fn was_changed_since(&self, done: &Operation) -> bool {
        match done {
            Operation::Edit(id, change) => {
                let now = self.get(id).map(|mark| mark.bookmark.inverse(change));
                now.as_ref() != Some(change)
            }
            // What was set here and is noted on elsewhere is theirs as well.
            Operation::Put(bookmark) | Operation::Restore(bookmark) => {
                self.get(&bookmark.id).is_some_and(|mark| mark.bookmark.note != bookmark.note)
            }
            Operation::Remove(id, _) => self.get(id).is_some(),
        }
    }
}
