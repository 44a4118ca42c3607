//! What can happen to the screen, in our own words rather than a terminal library's.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use ratatui::crossterm::event as ct;

use crate::bookmarks::reading::{Reading, State};
use crate::bookmarks::{Operation, Outcome};
use crate::config::actions::Action;
use crate::config::keys::{Code, Key};
use crate::config::settings::Settings;
use crate::library::load::LoadError;
use crate::library::{Library, TalkId};
use crate::markup::colours::Colours;
use crate::markup::{Document, Page};
use crate::report::bookmarks::Mark;
use crate::report::groups::Groups;
use crate::report::related::Related;
use crate::report::stats::Stats;
use crate::tui::effect::Pane;
use crate::tui::pictures::{Hung, Picture};
use crate::tui::seeker::Answer;

/// The size of the screen, in columns and rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The first button went down.
    Click,
    /// The first button went down a second time on a cell.
    DoubleClick,
    /// The mouse moved with the first button down.
    Drag,
    /// The first button went up.
    Release,
    /// The wheel turned to the left.
    WheelLeft,
    /// The wheel turned to the right.
    WheelRight,
    /// The wheel turned away from the person.
    WheelUp,
    /// The wheel turned towards the person.
    WheelDown,
}

/// What the mouse did, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// The column, from 0.
    pub column: u16,
    /// The row, from 0.
    pub row: u16,
}

/// The bookmarks as they are now.
#[derive(Debug)]
pub struct Kept {
    /// All of them, with their places.
    pub marks: Vec<Mark>,
    /// The notes that their places are in.
    pub library: Arc<Library>,
    /// The change that was asked for.
    pub done: Option<Operation>,
    /// Something that the person has to know.
    pub notice: Option<String>,
    /// They are on the disk.
    pub saved: bool,
    /// Somebody here has asked.
    pub asked: bool,
}

impl Kept {
    /// Bookmarks that are on the disk, with nothing to say.
    pub fn of(library: Arc<Library>, marks: Vec<Mark>) -> Self {
        Kept { marks, library, done: None, notice: None, saved: true, asked: true }
    }
}

/// Which notes have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// Nobody can tell.
    Anything,
    /// What lies at these paths, as the notes were named; each once.
    These(Vec<PathBuf>),
}

impl Changed {
    /// So many are told one by one.
    const MOST: usize = 200;

    /// Adds what has changed besides.
    pub fn and(self, more: Changed) -> Changed {
        let (Changed::These(mut paths), Changed::These(more)) = (self, more) else {
            return Changed::Anything;
        };
        for path in more {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        if paths.len() > Self::MOST { Changed::Anything } else { Changed::These(paths) }
    }
}

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key went down.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has another size.
    Resize(Size),
    /// Some files are read, the first few or more: something to show until the rest is.
    Begun(Arc<Library>),
    /// One file of the notes is read, for a first frame. More is known in a moment.
    Glimpsed(Arc<Library>),
    /// That moment is over.
    Waited,
    /// So many files are read.
    Counted(usize),
    /// The notes are read.
    Loaded(Result<Arc<Library>, LoadError>),
    /// What has changed of the notes is read, and grouped as they were; what others make of it follows.
    ReadSoFar(Arc<Library>, Arc<Groups>),
    /// The notes are read once more, and grouped as they were.
    Read(Result<(Arc<Library>, Arc<Groups>), LoadError>),
    /// A page is laid out, or the part of it that is looked at first, or it could not be, with the reason.
    Laid {
        /// For which pane.
        pane: Pane,
        /// The request it answers.
        generation: u64,
        /// The page.
        page: Result<Page, String>,
        /// The pictures for which it has room.
        pictures: Vec<Hung>,
    },
    /// A picture is ready.
    Pictured {
        /// The page's document.
        document: Arc<Document>,
        /// The picture, as an index into the document's links.
        link: u32,
        /// It.
        picture: Arc<Picture>,
    },
    /// What the words of a page's code are.
    Coloured {
        /// The page's document.
        document: Arc<Document>,
        /// Its words.
        colours: Arc<Colours>,
    },
    /// The file of a picture turned out to be damaged.
    Damaged(PathBuf),
    /// An address was opened, or nothing here opens addresses.
    Opened {
        /// The address.
        address: String,
        /// It was handed to a browser.
        opened: bool,
    },
    /// A query is answered, or a part of it.
    Found(Box<Answer>),
    /// The bookmarks as they are now.
    Bookmarks(Box<Kept>),
    /// The bookmarks file was changed, perhaps by somebody else.
    BookmarksChanged,
    /// The notes were changed by somebody.
    NotesChanged(Changed),
    /// Something that the person has to know.
    Told(String),
    /// An editor that had the terminal has ended; what went wrong with it.
    Edited(Result<(), String>),
    /// The talks are grouped as was asked.
    Grouped(Arc<Library>, Arc<Groups>),
    /// The notes are counted.
    Surveyed(Arc<Stats>),
    /// Which talks of these notes were read.
    States(Arc<Library>, HashMap<TalkId, State>),
    /// Talks that are related to one.
    Related {
        /// The talk.
        to: TalkId,
        /// The notes that it is one of.
        library: Arc<Library>,
        /// What is related to it, the most first.
        found: Vec<Related>,
    },
    /// Another day has begun.
    Today(Date),
    /// Which talks were read, or why that could not be kept.
    Reading(Result<Outcome<Reading>, String>),
    /// The shell brought the program back.
    Resumed,
    /// The screen begins with this.
    Begin(Action),
    /// The config was changed: what is set now, or what is wrong with it.
    Configured(Result<Box<Settings>, String>),
    /// The terminal has told whether its background is light.
    Background {
        /// It is.
        light: bool,
    },
}

/// Translates what the terminal library says, or what `tui::sent` has made of bytes. What means nothing
/// here is dropped.
pub fn translate(event: ct::Event) -> Option<Event> {
    match event {
        ct::Event::Key(key) => self::key(key).map(Event::Key),
        ct::Event::Paste(text) => Some(Event::Paste(text)),
        ct::Event::Resize(columns, rows) => Some(Event::Resize(Size { columns, rows })),
        ct::Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                ct::MouseEventKind::Down(ct::MouseButton::Left) => MouseKind::Click,
                ct::MouseEventKind::Drag(ct::MouseButton::Left) => MouseKind::Drag,
                ct::MouseEventKind::Up(ct::MouseButton::Left) => MouseKind::Release,
                ct::MouseEventKind::ScrollLeft => MouseKind::WheelLeft,
                ct::MouseEventKind::ScrollRight => MouseKind::WheelRight,
                ct::MouseEventKind::ScrollUp => MouseKind::WheelUp,
                ct::MouseEventKind::ScrollDown => MouseKind::WheelDown,
                _ => return None,
            };
            Some(Event::Mouse(Mouse { kind, column: mouse.column, row: mouse.row }))
        }
        ct::Event::FocusGained | ct::Event::FocusLost => None,
    }
}

fn key(event: ct::KeyEvent) -> Option<Key> {
    let elsewhere = ct::KeyModifiers::SUPER | ct::KeyModifiers::HYPER | ct::KeyModifiers::META;
    // Keys with those modifiers are the window manager's.
    if event.kind == ct::KeyEventKind::Release || event.modifiers.intersects(elsewhere) {
        return None;
    }
    let code = match event.code {
        ct::KeyCode::Char(c) => Code::Char(c),
        ct::KeyCode::Enter => Code::Enter,
        ct::KeyCode::Esc => Code::Esc,
        ct::KeyCode::Tab if event.modifiers.contains(ct::KeyModifiers::SHIFT) => Code::BackTab,
        ct::KeyCode::Tab => Code::Tab,
        ct::KeyCode::BackTab => Code::BackTab,
        ct::KeyCode::Backspace => Code::Backspace,
        ct::KeyCode::Delete => Code::Delete,
        ct::KeyCode::Up => Code::Up,
        ct::KeyCode::Down => Code::Down,
        ct::KeyCode::Left => Code::Left,
        ct::KeyCode::Right => Code::Right,
        ct::KeyCode::Home => Code::Home,
        ct::KeyCode::End => Code::End,
        ct::KeyCode::PageUp => Code::PageUp,
        ct::KeyCode::PageDown => Code::PageDown,
        ct::KeyCode::F(number) => Code::F(number),
        _ => return None,
    };
    let ctrl = event.modifiers.contains(ct::KeyModifiers::CONTROL);
    let mut shift = event.modifiers.contains(ct::KeyModifiers::SHIFT);
    let code = match code {
        // With control held, older terminals differ on the case of the letter: it does not tell of shift.
        Code::Char(c) if ctrl => {
            shift &= c.is_lowercase();
            Code::Char(c.to_ascii_lowercase())
        }
        Code::Char(c) => {
            let upper = if shift { c.to_uppercase().next().unwrap_or(c) } else { c };
            shift = false;
            Code::Char(upper)
        }
        Code::BackTab => {
            shift = false;
            code
        }
        other => other,
    };
    Some(Key { code, ctrl, alt: event.modifiers.contains(ct::KeyModifiers::ALT), shift })
}
