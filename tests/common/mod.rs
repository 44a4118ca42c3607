//! What several tests share: a person's hands on the screen, and places to try things.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]

#[cfg(unix)]
pub mod pty;
pub mod svg;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hallway::bookmarks::reading;
use hallway::config::colour::Depth;
use hallway::config::keys::{Code, Key};
use hallway::config::theme::{AUTO, Looks};
use hallway::library::Library;
use hallway::library::load::{Roots, load, load_changed};
use hallway::markup::colours::Colours;
use hallway::report::groups::{Groups, Marked};
use hallway::report::page::Subject;
use hallway::report::related::related;
use hallway::report::stats::Stats;
use hallway::tui::effect::Effect;
use hallway::tui::event::{Changed, Event, Mouse, MouseKind, Size};
use hallway::tui::model::Model;
use hallway::tui::pages::{self, Request, Typesetter};
use hallway::tui::pictures::{Hung, picture};
use hallway::tui::seeker::{Question, Seeker};
use hallway::tui::update::update;
use hallway::tui::view::view;
use hallway::tui::worker::BookmarkDesk;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// The folder with the fixtures.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The fixtures' notes, by a path that is the same on every machine.
pub fn notes() -> Roots {
    Roots::Paths(vec![PathBuf::from("tests/fixtures/notes")])
}

/// The looks of a terminal with sixteen colours.
pub fn looks() -> Looks {
    Looks { theme: AUTO.into(), depth: Depth::Sixteen, ..Looks::default() }
}

/// A person's hands: keys by name, the mouse, and eyes on the screen. Effects are done at once,
/// so that what is seen after a key is what the key has brought about.
pub struct Hands {
    pub model: Model,
    desk: BookmarkDesk,
    seeker: Seeker,
    typesetter: Typesetter,
    roots: Roots,
    /// Where read marks are kept.
    pub reading: Option<PathBuf>,
    /// What was put on the clipboard last.
    pub clipboard: Option<String>,
    /// The addresses that were opened.
    pub browsed: Vec<String>,
    /// The file and the line that an editor was opened at.
    pub edited: Option<(PathBuf, usize)>,
    pub quit: bool,
}

impl Hands {
    /// Opens the screen on some notes, without bookmarks.
    pub fn open(roots: &Roots, columns: u16, rows: u16) -> Self {
        Self::open_with(roots, columns, rows, None)
    }

    /// Opens the screen with a bookmarks file.
    pub fn open_with(roots: &Roots, columns: u16, rows: u16, bookmarks: Option<PathBuf>) -> Self {
        let model = Model::new(Size { columns, rows }, looks());
        let mut hands = Self {
            model,
            desk: BookmarkDesk::new(bookmarks.clone()),
            seeker: Seeker::default(),
            typesetter: Typesetter::default(),
            roots: roots.clone(),
            reading: None,
            clipboard: None,
            browsed: Vec::new(),
            edited: None,
            quit: false,
        };
        hands.model.today = jiff::civil::date(2026, 11, 25);
        let library = load(roots, false).expect("the notes load");
        hands.happen(Event::Loaded(Ok(Arc::new(library))));
        if bookmarks.is_some() {
            hands.model.marks.pending = 1;
            let loaded = hands.desk.load(&hands.model.library.clone());
            hands.happen(loaded);
        }
        hands
    }

    /// Presses keys by name; a word that names no key is typed letter by letter.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for word in keys.split(' ').filter(|w| !w.is_empty()) {
            match Key::parse(word) {
                Some(key) => self.happen(Event::Key(key)),
                None => word.chars().for_each(|c| self.happen(Event::Key(Key::plain(Code::Char(c))))),
            }
        }
        self
    }

    /// Clicks.
    pub fn click(&mut self, column: u16, row: u16) -> &mut Self {
        self.happen(Event::Mouse(Mouse { kind: MouseKind::Click, column, row }));
        self
    }

    /// Clicks twice.
    pub fn double_click(&mut self, column: u16, row: u16) -> &mut Self {
        self.click(column, row).release(column, row);
        self.happen(Event::Mouse(Mouse { kind: MouseKind::DoubleClick, column, row }));
        self.release(column, row)
    }

    /// Lets the button go.
    pub fn release(&mut self, column: u16, row: u16) -> &mut Self {
        self.happen(Event::Mouse(Mouse { kind: MouseKind::Release, column, row }));
        self
    }

    /// Presses the button, moves to another cell and lets go.
    pub fn drag(&mut self, from: (u16, u16), to: (u16, u16)) -> &mut Self {
        self.click(from.0, from.1);
        for (kind, (column, row)) in [(MouseKind::Drag, to), (MouseKind::Release, to)] {
            self.happen(Event::Mouse(Mouse { kind, column, row }));
        }
        self
    }

    /// Turns the wheel towards the person.
    pub fn wheel(&mut self, column: u16, row: u16) -> &mut Self {
        self.happen(Event::Mouse(Mouse { kind: MouseKind::WheelDown, column, row }));
        self
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.happen(Event::Resize(Size { columns, rows }));
        self
    }

    /// Lets something happen, and whatever follows from it.
    pub fn happen(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            for effect in update(&mut self.model, event) {
                events.extend(self.perform(effect));
            }
        }
    }

    /// Does what an effect asks for; what comes of it is told.
    pub fn perform(&mut self, effect: Effect) -> Vec<Event> {
        let library = self.model.library.clone();
        match effect {
            Effect::LayOut { pane, generation, subject, setting, .. }
                if matches!(subject, Subject::Overview | Subject::Group(_)) =>
            {
                let page = pages::glance(subject, &library, &self.model.aside(), setting);
                vec![Event::Laid { pane, generation, page, pictures: Vec::new() }]
            }
            Effect::LayOut { pane, generation, subject, setting, near, damaged } => {
                let request = Request { pane, generation, subject, setting, near, damaged, library };
                let mut pages = Vec::new();
                self.typesetter.set(&request, &|| false, &mut |event| pages.push(event));
                pages
            }
            Effect::Find { generation, mode, words } => {
                let marks = Arc::new(self.model.search_marks(&words));
                let question = Question { generation, mode, words, library, marks };
                let answer = self.seeker.answer(&question, &|| false, &mut |_| {});
                vec![Event::Found(Box::new(answer))]
            }
            Effect::AddBookmark { talk, place, note } => {
                vec![self.desk.add(&library, talk, place, note, "2026-11-20T12:00:00Z".into())]
            }
            Effect::ChangeBookmarks(operation) => vec![self.desk.change(operation, &library)],
            Effect::FindPlaces => vec![self.desk.find_places(&library)],
            Effect::RereadBookmarks => self.desk.reread(&library).into_iter().collect(),
            Effect::Quit => {
                self.quit = true;
                Vec::new()
            }
            Effect::Clip(text) => {
                self.clipboard = Some(text);
                Vec::new()
            }
            Effect::Browse(address) => {
                self.browsed.push(address.clone());
                vec![Event::Opened { address, opened: true }]
            }
            Effect::Colour(document) => {
                let colours = Arc::new(Colours::of(&document, &|| true));
                vec![Event::Coloured { document, colours }]
            }
            Effect::Hang(document, pictures) => {
                let Some(gallery) = self.model.gallery else {
                    return Vec::new();
                };
                let ready = |hung: &Hung| match picture(hung, gallery) {
                    Some(picture) => {
                        let (document, picture) = (document.clone(), Arc::new(picture));
                        Event::Pictured { document, link: hung.link, picture }
                    }
                    None => Event::Damaged(hung.path.clone()),
                };
                pictures.iter().map(ready).collect()
            }
            Effect::Reload(changed) => {
                let by = self.model.tree.groups.by;
                let grouped = |library: Library| {
                    let groups = Groups::new(&library, by, &Marked::default());
                    (Arc::new(library), Arc::new(groups))
                };
                let mut read = Vec::new();
                let soon = |library| {
                    let (library, groups) = grouped(library);
                    read.push(Event::ReadSoFar(library, groups));
                };
                let some = match &changed {
                    Changed::These(paths) => load_changed(&self.roots, &library, paths, soon),
                    Changed::Anything => None,
                };
                let all = some.unwrap_or_else(|| load(&self.roots, false)).map(grouped);
                read.push(Event::Read(all));
                read
            }
            Effect::MarkRead(talk) => match &self.reading {
                Some(path) => {
                    vec![Event::Reading(reading::mark(path, &library, talk).map_err(|e| e.to_string()))]
                }
                None => Vec::new(),
            },
            Effect::TakeNotice => match &self.reading {
                Some(path) => {
                    let reading = reading::take_notice(path, &library, self.roots.paths());
                    vec![Event::Reading(reading.map_err(|e| e.to_string()))]
                }
                None => Vec::new(),
            },
            Effect::Edit { path, line } => {
                self.edited = Some((path, line));
                vec![Event::Edited(Ok(()))]
            }
            Effect::Group(by) => {
                let groups = Arc::new(Groups::new(&library, by, &self.model.marked()));
                vec![Event::Grouped(library, groups)]
            }
            Effect::Survey => vec![Event::Surveyed(Arc::new(Stats::of(&library)))],
            Effect::LetGo(_) => Vec::new(),
            Effect::FindStates => {
                let states = self.model.reading.states(&library);
                vec![Event::States(library.clone(), states)]
            }
            Effect::Relate(to) => {
                let found = related(&library, to);
                vec![Event::Related { to, library, found }]
            }
            Effect::Mouse(_) | Effect::Tour | Effect::Suspend | Effect::Redraw | Effect::Equip => Vec::new(),
        }
    }

    /// The screen as cells.
    pub fn buffer(&self) -> Buffer {
        let Size { columns, rows } = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
        terminal.draw(|frame| view(&self.model, frame)).expect("drawn");
        terminal.backend().buffer().clone()
    }

    /// The screen as text, a line to a row.
    pub fn screen(&self) -> String {
        text(&self.buffer())
    }

    /// The title of the talk in the reader.
    pub fn title(&self) -> Option<&str> {
        self.model.current_talk().map(|id| self.model.library.talk(id).title.as_str())
    }
}

/// A buffer as text. A wide glyph covers the cell behind it.
pub fn text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut row = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += (hallway::text::width::width(symbol) as u16).max(1);
        }
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}

/// How much of a test is run: `cargo test` runs a sample, `HALLWAY_TESTS=more` (as in CI) more of it, `all` (the
/// soak) everything.
pub fn rounds(sample: usize, more: usize, all: usize) -> usize {
    match std::env::var("HALLWAY_TESTS").as_deref() {
        Ok("more") => more,
        Ok("all") => all,
        _ => sample,
    }
}
