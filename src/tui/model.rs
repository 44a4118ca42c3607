//! Everything that the screen shows, and nothing that it does.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use jiff::civil::Date;

use crate::bookmarks::reading::{Reading, State};
use crate::config::actions::Scope;
use crate::config::keymap::Keymap;
use crate::config::keys::Key;
use crate::config::settings::{MEASURE, Settings};
use crate::config::theme::{Looks, Theme};
use crate::library::glimpse::Part;
use crate::library::{Library, TalkId};
use crate::report::bookmarks::Sort;
use crate::report::glance::Aside;
use crate::report::groups::Marked;
use crate::report::page::Subject;
use crate::report::stats::{Known, Stats};
use crate::session::{Left, PAST, PLACES, Spot};
use crate::tui::areas::{Areas, areas};
use crate::tui::effect::Pane;
use crate::tui::event::{Changed, Size};
use crate::tui::history::History;
use crate::tui::marks::Marks;
use crate::tui::overlay::Overlay;
use crate::tui::pictures::Gallery;
use crate::tui::reader::{Place, Reader};
use crate::tui::seeker::{Asked, Mode};
use crate::tui::selection::Selection;
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

/// What filters the tree.
#[derive(Debug, Default)]
pub struct Filter {
    /// As it was typed.
    pub words: String,
    /// The number of the question.
    pub asked: u64,
    /// It, or the notes, are others than when it was asked.
    pub stale: bool,
    /// That question is answered.
    pub answered: bool,
    /// The tree shows what it lets through, or did when the notes were others.
    pub shown: bool,
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

/// What the mouse holds on to while its button is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The line between the panes.
    Divider,
    /// The scrollbar of a pane.
    Scrollbar(Focus),
}

/// A message on the bottom line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Something was done; gone with the next key.
    Done(String),
    /// Something went wrong; gone with the next key.
    Failed(String),
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
    /// What there is of them is a glimpse. Keys wait for what comes in a moment: one that moves would stop at the end of it.
    pub glimpse: bool,
    /// How many files are read by now.
    pub files_read: usize,
    /// The notes are being counted.
    pub surveying: bool,
    /// It is to be found out which talks were read.
    pub states_wanted: bool,
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
    /// Which talks were read.
    pub reading: Reading,
    /// What that says of the talks there are.
    pub states: HashMap<TalkId, State>,
    /// What filters the tree.
    pub filter: Option<Filter>,
    /// What the last text search found.
    pub hits: Hits,
    /// The way that was gone.
    pub history: History,
    /// What the mouse has marked on the page.
    pub selection: Option<Selection>,
    /// Where on the page the mouse's button went down.
    pub pressed: Option<(usize, usize)>,
    /// The mouse is ours.
    pub mouse: bool,
    /// The terminal can be told where links lead.
    pub hyperlinks: bool,
    /// How pictures are shown, where they are.
    pub gallery: Option<Gallery>,
    /// The longest line of a page, in columns.
    pub measure: u16,
    /// The bookmarks.
    pub marks: Marks,
    /// The order of their list.
    pub marks_sort: Sort,
    /// The day; nothing is due before it is known.
    pub today: Date,
    /// What was counted.
    pub stats: Option<Arc<Stats>>,
    /// The open talk is not in the notes any more: it is gone back to, at its place, when it is there again, until a key is pressed.
    /// With the pane that had the keys.
    pub missing: Option<(String, Place, Focus)>,
    /// The notes are read because they were changed, not because a key asked for it.
    pub by_itself: bool,
    /// The notes were changed while they are read.
    pub stale: Option<Changed>,
    /// The notes were read again, and could not be taken: what is shown is older than that.
    pub behind: bool,
    /// The columns of the tree, where the person has dragged the line beside it.
    pub tree_width: Option<u16>,
    /// What the mouse holds on to.
    pub held_by_mouse: Option<Held>,
    /// The message on the bottom line.
    pub message: Option<Message>,
    /// Which theme is asked for, of which.
    pub looks: Looks,
    /// That theme, made for this terminal.
    pub theme: Theme,
    /// The config file is at fault, as far as is known.
    pub config_fault: bool,
    /// What the config has set.
    pub set: Settings,
    /// What the keys do.
    pub keymap: Keymap,
    /// The keys of a sequence that goes on.
    pub typed: Vec<Key>,
    /// Where one left off, until the notes are read or a key is pressed.
    pub resume: Option<Left>,
    /// Where pages of these or other notes were left in earlier sessions.
    pub earlier: Vec<Spot>,
    /// The way back from an earlier session, until the notes are read.
    pub earlier_past: Vec<Spot>,
    /// The person wants to leave, as soon as no key waits for a save.
    pub leaving: bool,
    /// The talk to open at, in words, once the notes are read.
    pub open_at: Option<String>,
}

impl Model {
    /// A screen before anything is read.
    pub fn new(size: Size, looks: Looks) -> Self {
        Self {
            size,
            library: Arc::new(Library::default()),
            loading: true,
            glimpse: false,
            files_read: 0,
            surveying: false,
            states_wanted: false,
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
            reading: Reading::default(),
            states: HashMap::new(),
            filter: None,
            hits: Hits::default(),
            history: History::default(),
            selection: None,
            pressed: None,
            mouse: false,
            hyperlinks: false,
            gallery: None,
            measure: MEASURE,
            marks: Marks::default(),
            marks_sort: Sort::default(),
            today: Date::MIN,
            stats: None,
            missing: None,
            by_itself: false,
            stale: None,
            behind: false,
            tree_width: None,
            held_by_mouse: None,
            message: None,
            theme: looks.made(),
            looks,
            config_fault: false,
            set: Settings::default(),
            keymap: Keymap::builtin(),
            typed: Vec::new(),
            resume: None,
            earlier: Vec::new(),
            earlier_past: Vec::new(),
            leaving: false,
            open_at: None,
        }
    }

    /// Where everything stands.
    pub fn areas(&self) -> Areas {
        areas(self.size, self.focus, self.reader_alone, self.measure, self.tree_width)
    }

    /// The scope that keys are looked up in.
    pub fn scope(&self) -> Scope {
        match (&self.overlay, self.focus) {
            (Some(Overlay::Finder(_)), _) => Scope::Finder,
            (Some(Overlay::Prompt(_)), _) => Scope::Prompt,
            (Some(Overlay::Outline(_)), _) => Scope::Outline,
            (Some(Overlay::Links(_)), _) => Scope::Links,
            (Some(Overlay::Bookmarks(state)), _) if state.typing.is_some() => Scope::Prompt,
            (Some(Overlay::Bookmarks(_)), _) => Scope::Bookmarks,
            (Some(Overlay::Menu(menu)), _) => menu.scope(),
            (Some(Overlay::Help(_)), _) => Scope::Help,
            (None, Focus::Tree) => Scope::Tree,
            (None, Focus::Reader) => Scope::Reader,
        }
    }

    /// Looks up what is known of the talks there are: a talk that nothing is known of takes no room.
    pub fn find_states(&mut self) {
        /// So many are looked for before the next frame.
        const FEW: usize = 200;
        self.states.clear();
        self.states_wanted = self.reading.count() > FEW;
        if !self.states_wanted {
            self.states = self.reading.states(&self.library);
        }
    }

    /// What is known of a talk; `None` for one that has always been there and was not read.
    pub fn state(&self, talk: TalkId) -> Option<State> {
        let new = || self.reading.is_new(&self.library, talk).then_some(State::New);
        self.states.get(&talk).copied().or_else(new)
    }

    /// What a search for these words has to know of the talks. Going over all talks for each key would
    /// be felt in a large library, so read marks are looked up only where they are asked for.
    pub fn search_marks(&self, words: &str) -> crate::search::Marks {
        let is_read = |(talk, state): (&TalkId, &State)| (*state == State::Read).then_some(*talk);
        let asked = words.contains("is:");
        let read = asked.then(|| self.states.iter().filter_map(is_read).collect());
        crate::search::Marks {
            bookmarked: self.marks.by_talk.keys().copied().collect(),
            read: read.unwrap_or_default(),
            due: if asked { self.marks.due_talks(self.today) } else { HashSet::new() },
        }
    }

    /// What the overview and the pages of groups show beside the notes.
    pub fn aside(&self) -> Aside {
        let read = self.states.values().filter(|state| **state == State::Read).count();
        let known = Known {
            bookmarks: self.marks.here(),
            due: self.marks.due(self.today),
            unread: self.library.talks.len().saturating_sub(read),
        };
        Aside { groups: self.tree.groups.clone(), stats: self.stats.clone(), known }
    }

    /// What is bookmarked, for groups.
    pub fn marked(&self) -> Marked {
        Marked {
            bookmarked: self.marks.by_talk.keys().copied().collect(),
            due: self.marks.due_talks(self.today),
        }
    }

    /// The reader is the only pane on the screen.
    pub fn one_pane_reader(&self) -> bool {
        self.areas().tree.width == 0
    }

    /// Where one is, to resume from there; on no talk, that is at the beginning. `None` where there are no notes.
    pub fn left(&self) -> Option<Left> {
        if self.library.talks.is_empty() {
            return None;
        }
        let talk = self.current_talk().map(|talk| self.library.slug(talk).to_owned()).unwrap_or_default();
        let height = usize::from(self.areas().text.height);
        let place = if self.reader.is_settled() { self.reader.place(height) } else { Place::default() };
        let spot = |subject: Subject, place: Place, above: usize| match subject {
            Subject::Talk(id) => {
                let talk = self.library.talks.get(id.index()).map(|_| self.library.slug(id).to_owned())?;
                Some(Spot { talk, line: place.line, offset: place.offset, above })
            }
            _ => None,
        };
        let now: Vec<Spot> =
            self.reader.places().filter_map(|(s, place, above)| spot(s, place, above)).collect();
        let known: HashSet<&str> = now.iter().map(|spot| spot.talk.as_str()).collect();
        let earlier = self.earlier.iter().filter(|spot| !known.contains(spot.talk.as_str())).cloned();
        let places: Vec<Spot> = earlier.chain(now.iter().cloned()).collect();
        let past: Vec<Spot> =
            self.history.past().iter().filter_map(|s| spot(s.subject, s.place, s.above)).collect();
        // The next time it is read before the others: where no talk is open, that of the first one.
        let shown = self.current_talk().unwrap_or(TalkId(0));
        let path = self.library.talk(shown).spans.first();
        let path = path.map(|span| self.library.file(span.file).path.to_path_buf());
        Some(Left {
            talk,
            path: path.filter(|_| self.library.builtin.is_none()),
            part: Part::of(&self.library, shown).map(Into::into),
            line: place.line,
            offset: place.offset,
            reading: self.focus == Focus::Reader,
            light: self.looks.light,
            tree_width: self.tree_width,
            queries: self.queries.clone(),
            places: places[places.len().saturating_sub(PLACES)..].to_vec(),
            past: past[past.len().saturating_sub(PAST)..].to_vec(),
        })
    }

    /// The talk that actions act on: the one under the tree's cursor or in the reader.
    pub fn current_talk(&self) -> Option<TalkId> {
        match self.reader.subject {
            Subject::Talk(talk) => Some(talk),
            _ => None,
        }
    }
}
