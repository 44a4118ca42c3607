//! Everything that the screen shows, and nothing that it does.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use ratatui_textarea::TextArea;

use crate::bookmarks::{Bookmark, Bookmarks, anchor};
use crate::config::actions::Scope;
use crate::config::keys::Key;
use crate::config::theme::Theme;
use crate::library::{Library, TalkId};
use crate::report::page::Subject;
use crate::search::complete::Candidate;
use crate::session::Left;
use crate::tui::areas::{Areas, areas};
use crate::tui::effect::Pane;
use crate::tui::event::Size;
use crate::tui::page_search::PageSearch;
use crate::tui::reader::{Place, Reader};
use crate::tui::seeker::{Answer, Asked, Item, Mode};
use crate::tui::tree::Tree;

/// The pane that has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The tree.
    #[default]
    Tree,
    /// The reader.
    Reader,
}

/// What lies over the screen and has all keys.
#[derive(Debug)]
pub enum Overlay {
    /// The finder.
    Finder(Box<FinderState>),
    /// A line to type in, at the foot of the screen.
    Prompt(Box<Prompt>),
    /// The list of bookmarks.
    Bookmarks(ListState),
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
    },
    /// A filter for the tree.
    Filter {
        /// The words of the one before.
        words: Option<String>,
        /// What the cursor stood on.
        cursor: Subject,
    },
}

/// What filters the tree.
#[derive(Debug, Default)]
pub struct Filter {
    /// As it was typed.
    pub words: String,
    /// The number of the question.
    pub asked: u64,
    /// It, or the notes, are others than when it was asked.
    pub stale: bool,
    /// How it was understood.
    pub understood: Arc<Asked>,
}

/// The talks that a text search found, to go through with `n` and `N`.
#[derive(Debug, Default)]
pub struct Hits {
    /// Each page with the place that was shown of it.
    pub all: Vec<(Subject, Place)>,
    /// The one that was gone to last.
    pub at: usize,
}

/// What was asked last, to be there when the finder is opened again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The query.
    pub words: String,
    /// The row under the cursor.
    pub selected: usize,
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

/// A message on the bottom line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Something was done; gone with the next key.
    Done(String),
    /// Something went wrong; gone with the next key.
    Failed(String),
}

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
    fn new(bookmark: Bookmark, library: &Library) -> Self {
        let offset = bookmark.offset;
        let found = anchor::find(library, &bookmark).map(|(talk, line)| (talk, Place { line, offset }));
        Mark { found, elsewhere: found.is_none() && anchor::is_elsewhere(library, &bookmark), bookmark }
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
        self.all = bookmarks.bookmarks.into_iter().map(|b| Mark::new(b, library)).collect();
        self.count();
    }

    /// Finds the places anew, in other notes.
    pub fn find_again(&mut self, library: &Library) {
        let all = std::mem::take(&mut self.all);
        self.all = all.into_iter().map(|mark| Mark::new(mark.bookmark, library)).collect();
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

/// The whole screen.
#[derive(Debug)]
pub struct Model {
    /// The size of the terminal.
    pub size: Size,
    /// The notes. Empty until they are read.
    pub library: Arc<Library>,
    /// The notes are being read.
    pub loading: bool,
    /// The tree.
    pub tree: Tree,
    /// The reader.
    pub reader: Reader,
    /// The pane that has the keys.
    pub focus: Focus,
    /// The reader stands alone.
    pub reader_alone: bool,
    /// Code that is too wide for its pane goes on below; otherwise it can be panned.
    pub wrap_code: bool,
    /// There is nothing but the finder, on lines below the prompt.
    pub inline: bool,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// Keys that came behind an Enter which waits for its answer.
    pub held: VecDeque<Key>,
    /// Counts the questions that were asked.
    pub questions: u64,
    /// Earlier queries, the last one last.
    pub queries: Vec<String>,
    /// What was asked last, by mode.
    pub remembered: HashMap<Mode, Remembered>,
    /// The ids of the talks whose end was reached.
    pub read: BTreeSet<String>,
    /// What filters the tree.
    pub filter: Option<Filter>,
    /// What the last text search found.
    pub hits: Hits,
    /// The bookmarks.
    pub marks: Marks,
    /// The message on the bottom line.
    pub message: Option<Message>,
    /// Colours.
    pub theme: Theme,
    /// Where one left off, until the notes are read or a key is pressed.
    pub resume: Option<Left>,
    /// The person wants to leave, as soon as no key waits for a save.
    pub leaving: bool,
    /// The talk to open at, in words, once the notes are read.
    pub open_at: Option<String>,
}

impl Model {
    /// A screen before anything is read.
    pub fn new(size: Size, theme: Theme) -> Self {
        Self {
            size,
            library: Arc::new(Library::default()),
            loading: true,
            tree: Tree::default(),
            reader: Reader::new(Pane::Reader),
            focus: Focus::Tree,
            reader_alone: false,
            wrap_code: false,
            inline: false,
            overlay: None,
            held: VecDeque::new(),
            questions: 0,
            queries: Vec::new(),
            remembered: HashMap::new(),
            read: BTreeSet::new(),
            filter: None,
            hits: Hits::default(),
            marks: Marks::default(),
            message: None,
            theme,
            resume: None,
            leaving: false,
            open_at: None,
        }
    }

    /// Where everything stands.
    pub fn areas(&self) -> Areas {
        areas(self.size, self.focus, self.reader_alone)
    }

    /// The scope that keys are looked up in.
    pub fn scope(&self) -> Scope {
        match (&self.overlay, self.focus) {
            (Some(Overlay::Finder(_)), _) => Scope::Finder,
            (Some(Overlay::Prompt(_)), _) => Scope::Prompt,
            (Some(Overlay::Bookmarks(_)), _) => Scope::Bookmarks,
            (Some(Overlay::Help(_)), _) => Scope::Help,
            (None, Focus::Tree) => Scope::Tree,
            (None, Focus::Reader) => Scope::Reader,
        }
    }

    /// What a search for these words has to know of the talks. Going over all talks for each key would
    /// be felt in a large library, so read marks are looked up only where they are asked for.
    pub fn search_marks(&self, words: &str) -> crate::search::Marks {
        let is_read = |id: &TalkId| self.read.contains(&self.library.talk(*id).slug);
        let read = words.contains("is:").then(|| self.library.talk_ids().filter(is_read).collect());
        crate::search::Marks {
            bookmarked: self.marks.by_talk.keys().copied().collect(),
            read: read.unwrap_or_default(),
            ..Default::default()
        }
    }

    /// The reader is the only pane on the screen.
    pub fn one_pane_reader(&self) -> bool {
        self.areas().tree.width == 0
    }

    /// Where one is, to resume from there. `None` where no talk is shown.
    pub fn left(&self) -> Option<Left> {
        let talk = self.library.talk(self.current_talk()?).slug.clone();
        let height = usize::from(self.areas().text.height);
        let place = if self.reader.is_settled() { self.reader.place(height) } else { Place::default() };
        let reading = self.focus == Focus::Reader;
        Some(Left { talk, line: place.line, offset: place.offset, reading, queries: self.queries.clone() })
    }

    /// The talk that actions act on: the one under the tree's cursor or in the reader.
    pub fn current_talk(&self) -> Option<TalkId> {
        match self.reader.subject {
            Subject::Talk(talk) => Some(talk),
            _ => None,
        }
    }
}
