//! What lies over the screen and has all keys while it does: finder, prompt, lists.

use ratatui_textarea::TextArea;

use crate::library::TalkId;
use crate::markup::document::Heading;
use crate::report::bookmarks::Sort;
use crate::report::page::Subject;
use crate::search::complete::Candidate;
use crate::search::filter::Through;
use crate::tui::areas::{MARK_HEIGHT, MarksAreas, marks_areas};
use crate::tui::event::Size;
use crate::tui::hints::Hints;
use crate::tui::history::Stop;
use crate::tui::menu::Menu;
use crate::tui::page_search::PageSearch;
use crate::tui::reader::{Place, Reader};
use crate::tui::seeker::{Answer, Item, Mode};

/// What lies over the screen and has all keys.
#[derive(Debug)]
pub enum Overlay {
    /// The finder.
    Finder(Box<FinderState>),
    /// A line to type in, at the foot of the screen.
    Prompt(Box<Prompt>),
    /// The headings of the page.
    Outline(Box<OutlineState>),
    /// The links in view, to choose one of.
    Links(Hints),
    /// The list of bookmarks.
    Bookmarks(Box<MarksState>),
    /// A list to choose from.
    Menu(Box<Menu>),
    /// The help, scrolled to a line.
    Help(usize),
}

/// The finder's state.
#[derive(Debug)]
pub struct FinderState {
    /// The query, as a line that can be edited.
    pub query: TextArea<'static>,
    /// The query is the one of last time: the next letter takes its place.
    pub remembered: bool,
    /// What is looked through.
    pub mode: Mode,
    /// The last answer. Of the query before, until the new one is answered.
    pub answer: Option<Answer>,
    /// The number of the last question.
    pub asked: u64,
    /// The query is another one than was asked last, or the notes are others.
    pub stale: bool,
    /// Cursor and window.
    pub list: ListState,
    /// The talk under the cursor.
    pub preview: Reader,
    /// What the preview was last sent to.
    pub previewed: Option<(Subject, Place)>,
    /// Enter came before the answer that it is meant for.
    pub go_when_found: bool,
    /// How the query may go on.
    pub completion: Option<Completion>,
    /// How many queries one has gone back; 0 is the one being typed.
    pub back: usize,
}

/// How a query may go on, while Tab goes through the ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The byte of the query at which the word starts.
    pub start: usize,
    /// The ways, the most frequent first.
    pub candidates: Vec<Candidate>,
    /// The one that stands in the query.
    pub at: usize,
}

impl FinderState {
    /// The query as text.
    pub fn text(&self) -> &str {
        field_text(&self.query)
    }

    /// The rows.
    pub fn items(&self) -> &[Item] {
        self.answer.as_ref().map_or(&[], |answer| &answer.items)
    }

    /// The row under the cursor.
    pub fn item(&self) -> Option<&Item> {
        self.items().get(self.list.selected)
    }

    /// Lines that a row takes: what is found in a text brings a line of it along.
    pub fn row_height(&self) -> u16 {
        1 + u16::from(self.items().iter().any(|item| matches!(item, Item::Text(..))))
    }

    /// The question was answered, all of it.
    pub fn is_answered(&self) -> bool {
        !self.stale && self.answer.as_ref().is_some_and(|a| a.generation == self.asked && a.done)
    }
}

/// The text of a field of one line.
pub fn field_text<'f>(field: &'f TextArea<'static>) -> &'f str {
    field.lines().first().map_or("", String::as_str)
}

/// The outline's state.
#[derive(Debug)]
pub struct OutlineState {
    /// What the headings are filtered by, as a line that can be edited.
    pub query: TextArea<'static>,
    /// All headings of the page.
    pub headings: Vec<Heading>,
    /// Those that the filter lets through.
    pub through: Vec<Through>,
    /// The one that the reader's place stands under, as an index into all.
    pub current: Option<usize>,
    /// Cursor and window.
    pub list: ListState,
}

/// The state of the list of bookmarks.
#[derive(Debug)]
pub struct MarksState {
    /// Only what is on the revisit queue.
    pub queue: bool,
    /// The order.
    pub sort: Sort,
    /// What they are filtered by.
    pub query: TextArea<'static>,
    /// Something is being typed.
    pub typing: Option<Typing>,
    /// The bookmarks that are shown, as indices into all.
    pub rows: Vec<usize>,
    /// Cursor and window, in rows.
    pub list: ListState,
    /// The id of the bookmark under the cursor.
    pub cursor: Option<String>,
}

impl MarksState {
    /// The places inside the list.
    pub fn areas(&self, size: Size) -> MarksAreas {
        let filter = !field_text(&self.query).is_empty() || matches!(self.typing, Some(Typing::Filter));
        marks_areas(size, filter, matches!(self.typing, Some(Typing::Note(..) | Typing::Tags(..))))
    }

    /// How many bookmarks there is room for.
    pub fn room(&self, size: Size) -> usize {
        usize::from(self.areas(size).list.height / MARK_HEIGHT)
    }
}

/// What is being typed in the list of bookmarks.
#[derive(Debug)]
pub enum Typing {
    /// The filter.
    Filter,
    /// The note of the bookmark with this id, wherever the cursor is meanwhile.
    Note(String, TextArea<'static>),
    /// Its tags.
    Tags(String, TextArea<'static>),
}

/// A line to type in, at the foot of the screen.
#[derive(Debug)]
pub struct Prompt {
    /// What is typed, as a line that can be edited.
    pub query: TextArea<'static>,
    /// What it is for, and what Esc brings back.
    pub purpose: Purpose,
}

/// What is typed at the foot of the screen.
#[derive(Debug)]
pub enum Purpose {
    /// A search in the page.
    Page {
        /// The row that was on top.
        scroll: usize,
        /// The search before.
        search: Option<PageSearch>,
        /// Where one was, to go back to.
        stop: Stop,
    },
    /// A note on a bookmark.
    Note {
        /// On which talk, and at which place of it; `None` where that is gone while one types.
        of: Option<(TalkId, Place)>,
        /// The bookmark that is there already.
        id: Option<String>,
    },
    /// A filter for the tree.
    Filter {
        /// The words of the one before.
        words: Option<String>,
        /// What the cursor stood on.
        cursor: Subject,
    },
}

/// A cursor in a list, and the window over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListState {
    /// The row under the cursor.
    pub selected: usize,
    /// The first row on the screen.
    pub offset: usize,
}

impl ListState {
    /// Moves the cursor by rows in a list of `len`.
    pub fn step(&mut self, by: isize, len: usize) {
        self.selected = self.selected.saturating_add_signed(by).min(len.saturating_sub(1));
    }

    /// Moves the window so that the cursor is in it.
    pub fn keep_in_view(&mut self, height: usize, len: usize) {
        self.selected = self.selected.min(len.saturating_sub(1));
        let least = (self.selected + 1).saturating_sub(height.max(1));
        self.offset = self.offset.clamp(least, self.selected);
    }
}
