//! What `update` asks to be done outside of the model.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::bookmarks::Operation;
use crate::library::{Library, TalkId};
use crate::markup::Document;
use crate::report::groups::Grouping;
use crate::report::page::Subject;
use crate::tui::event::Changed;
use crate::tui::pages::Setting;
use crate::tui::pictures::Hung;
use crate::tui::reader::Place;
use crate::tui::seeker::Mode;

/// A pane that shows a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The reader.
    Reader,
    /// The finder's preview.
    Preview,
}

/// Something to be done.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Lay a page out; the answer carries the generation, and an old one is dropped.
    LayOut {
        /// For which pane.
        pane: Pane,
        /// The request's number.
        generation: u64,
        /// What to show.
        subject: Subject,
        /// How.
        setting: Setting,
        /// The place that is looked at first.
        near: Place,
        /// Pictures that are known to be damaged: they get no room.
        damaged: Arc<BTreeSet<PathBuf>>,
    },
    /// Answer a query; the answer carries the generation, and an old one is dropped.
    Find {
        /// The question's number.
        generation: u64,
        /// What is asked for.
        mode: Mode,
        /// The query.
        words: String,
    },
    /// Set a bookmark at a place of a talk, and save it.
    AddBookmark {
        /// The talk.
        talk: TalkId,
        /// The place.
        place: Place,
        /// The note.
        note: String,
    },
    /// Mark a talk as read, and save that.
    MarkRead(TalkId),
    /// Take notice of which talks there are.
    TakeNotice,
    /// Change the bookmarks, and save that.
    ChangeBookmarks(Operation),
    /// Find the places of the bookmarks in these notes.
    FindPlaces,
    /// Read the bookmarks again: somebody may have changed them.
    RereadBookmarks,
    /// Find out what the words of a page's code are.
    Colour(Arc<Document>),
    /// Read the pictures of a page.
    Hang(Arc<Document>, Vec<Hung>),
    /// Open an address in the browser.
    Browse(String),
    /// Put a text on the clipboard.
    Clip(String),
    /// Take the mouse, or give it to the terminal.
    Mouse(bool),
    /// Hand the terminal over to the tour.
    Tour,
    /// Hand the terminal over to an editor.
    Edit {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
    },
    /// Group the talks.
    Group(Grouping),
    /// Count the notes.
    Survey,
    /// Let go of notes that are shown no more: taking many apart takes a while.
    LetGo(Arc<Library>),
    /// Find out which talks were read; there are so many read marks that it takes a moment.
    FindStates,
    /// Find talks that are related to one.
    Relate(TalkId),
    /// Show pictures and signs as is set now.
    Equip,
    /// Read the notes again.
    Reload(Changed),
    /// Stop until the shell brings the program back.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Leave.
    Quit,
}
