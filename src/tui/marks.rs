//! Bookmarks as the screen knows them: each with its place in the notes of today.

use std::collections::{HashMap, VecDeque};

use crate::bookmarks::anchor::Resolver;
use crate::bookmarks::{Bookmark, Bookmarks};
use crate::library::{Library, TalkId};
use crate::tui::reader::Place;

/// A bookmark, and where its place is in the notes of today.
#[derive(Debug, Clone)]
pub struct Mark {
    /// The bookmark.
    pub bookmark: Bookmark,
    /// Its talk and place; `None` when neither can be found.
    pub found: Option<(TalkId, Place)>,
    /// It belongs to other notes than these.
    pub elsewhere: bool,
}

impl Mark {
    fn new(bookmark: Bookmark, resolver: &mut Resolver) -> Self {
        let offset = bookmark.anchor.offset;
        let found = resolver.find(&bookmark.anchor).map(|f| (f.talk, Place { line: f.line, offset }));
        Mark { found, elsewhere: found.is_none() && resolver.is_elsewhere(&bookmark.anchor), bookmark }
    }
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
    /// The file is being read, or a change saved.
    pub busy: bool,
    /// Places whose bookmark is to be toggled when the change before is saved.
    pub queue: VecDeque<(TalkId, Place)>,
    /// A bookmark to go to once all notes are read; its talk was not among the first.
    pub go_to: Option<String>,
    /// They could not be saved: what stays on the screen until they can be.
    pub banner: Option<String>,
}

impl Marks {
    /// Takes the bookmarks as they are, and finds their places.
    pub fn take(&mut self, bookmarks: Bookmarks, library: &Library) {
        let mut resolver = Resolver::new(library);
        self.all = bookmarks.bookmarks.into_iter().map(|b| Mark::new(b, &mut resolver)).collect();
        self.count();
    }

    /// Finds the places anew, in other notes.
    pub fn find_again(&mut self, library: &Library) {
        let all = std::mem::take(&mut self.all);
        let mut resolver = Resolver::new(library);
        self.all = all.into_iter().map(|mark| Mark::new(mark.bookmark, &mut resolver)).collect();
        self.count();
    }

    /// How many belong to these notes.
    pub fn here(&self) -> usize {
        self.all.iter().filter(|mark| !mark.elsewhere).count()
    }

    fn count(&mut self) {
        self.by_talk.clear();
        for (talk, _) in self.all.iter().filter_map(|m| m.found) {
            *self.by_talk.entry(talk).or_default() += 1;
        }
    }
}
