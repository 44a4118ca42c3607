//! Linear mode: a dialogue, line by line, for screen readers and for terminals that only write.
//!
//! What can be chosen is numbered, nothing is framed or painted over, and every answer ends with a prompt. [`Dialogue`]
//! knows nothing of a terminal: it takes a line and gives lines back.

mod talk;

use std::path::PathBuf;
use std::sync::Arc;

use crate::bookmarks::reading;
use crate::bookmarks::revisit::today;
use crate::library::links::LinkKind;
use crate::library::{BuiltIn, ConferenceId, Library, TalkId};
use crate::markup::layout::PageLine;
use crate::report::bookmarks::Mark;
use crate::report::destination::{Destination, web};
use crate::report::page::Subject;
use crate::report::{outside, words};
use crate::search::{Marks, Query};
use crate::tui::event::Event;
use crate::tui::reader::Place;
use crate::tui::seeker::{self, Mode, Question, Seeker};
use crate::tui::update::target;
use crate::tui::worker::BookmarkDesk;

pub use talk::{pick, run};

/// Lines of a list or of a talk that are told at once.
const AT_ONCE: usize = 20;

/// More than anybody goes through.
const MOST: usize = 200;

/// Something that a number stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    Conference(ConferenceId),
    Talk(TalkId, Place),
}

/// A numbered list.
#[derive(Debug, Clone, Default)]
struct List {
    title: String,
    items: Vec<Item>,
    /// The items that were told.
    told: usize,
}

/// A talk that is being read.
#[derive(Debug)]
struct Page {
    talk: TalkId,
    lines: Vec<PageLine>,
    /// The lines that were told.
    told: usize,
    /// The first line that was told last.
    from: usize,
}

/// The dialogue.
pub struct Dialogue {
    library: Arc<Library>,
    seeker: Seeker,
    columns: usize,
    list: List,
    /// The lists that one has come from.
    before: Vec<List>,
    page: Option<Page>,
    desk: BookmarkDesk,
    marks: Vec<Mark>,
    reading: Option<PathBuf>,
    over: bool,
    /// What a query may ask of the talks.
    known: Arc<Marks>,
}

const HELP: &[&str] = &[
    "A number opens what it stands for.",
    "Enter, or n: the next lines. p: the lines before.",
    "Words find talks. A slash and words search the text of all notes.",
    "l: the list again. b: back to the list before.",
    "j: the next talk. k: the talk before.",
    "m: set a bookmark here, or remove it. ': all bookmarks. d: those that are due.",
    "v: open the video. s: open the slides.",
    "h or ?: this help. q: quit.",
];

impl Dialogue {
    /// A dialogue over some notes, for lines of so many columns.
    pub fn new(
        library: Arc<Library>,
        columns: usize,
        bookmarks: Option<PathBuf>,
        reading: Option<PathBuf>,
    ) -> Self {
        let desk = BookmarkDesk::new(bookmarks);
        let (list, before) = (List::default(), Vec::new());
        let mut dialogue = Self {
            library,
            seeker: Seeker::default(),
            columns,
            list,
            before,
            page: None,
            desk,
            marks: Vec::new(),
            reading,
            over: false,
            known: Arc::default(),
        };
        let ids = (0..dialogue.library.conferences.len() as u32).map(ConferenceId);
        dialogue.list =
            List { title: "Conferences".into(), items: ids.map(Item::Conference).collect(), told: 0 };
        dialogue
    }

    /// The person wants to leave.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// What is said first.
    pub fn begin(&mut self, at: Option<&str>) -> Vec<String> {
        let library = &self.library;
        let name = match library.builtin {
            Some(BuiltIn::Collection) => "the built-in collection",
            Some(BuiltIn::Tour) => "a tour",
            None => "your notes",
        };
        let mut said = vec![format!(
            "hallway, {name}: {}, {}.",
            words::count(library.conferences.len(), "conference"),
            words::count(library.talks.len(), "talk"),
        )];
        let loaded = self.desk.load(&self.library.clone());
        said.extend(self.take(loaded));
        let due = self.marks.iter().filter(|mark| mark.is_due(today())).count();
        if due > 0 {
            said.push(format!("{} due to be revisited; d tells them.", words::count(due, "bookmark")));
        }
        match at {
            Some(words) => said.extend(self.find(words)),
            None => said.extend(self.tell()),
        }
        said.push("Type a number, words to find, h for help, or q to quit.".into());
        said
    }

    /// Answers a line.
    pub fn answer(&mut self, line: &str) -> Vec<String> {
        let line = line.trim();
        if let Ok(number) = line.parse::<usize>() {
            return self.open(number);
        }
        match line {
            "" | "n" => self.go_on(),
            "p" => self.go_back(),
            "q" | "quit" | "exit" => {
                self.over = true;
                Vec::new()
            }
            "h" | "?" | "help" => HELP.iter().map(|line| (*line).to_owned()).collect(),
            "l" => {
                self.page = None;
                self.list.told = 0;
                self.tell()
            }
            "b" => self.back(),
            "j" => self.step(true),
            "k" => self.step(false),
            "m" => self.bookmark(),
            "'" => self.bookmarks(|_| true),
            "d" => self.bookmarks(|mark| mark.is_due(today())),
            "v" => self.browse(LinkKind::Video, "video"),
            "s" => self.browse(LinkKind::Slides, "slides"),
            _ => match line.strip_prefix('/') {
                Some(words) => self.search(words),
                None if line.chars().count() < 2 => {
                    vec![format!("{line} means nothing here. h tells what does.")]
                }
                None => self.find(line),
            },
        }
    }

    /// The next lines of what is told.
    fn go_on(&mut self) -> Vec<String> {
        if self.page.is_some() {
            return self.read();
        }
        match self.list.told >= self.list.items.len() {
            true => vec!["That was the whole list. l tells it again.".into()],
            false => self.tell(),
        }
    }

    fn go_back(&mut self) -> Vec<String> {
        match &mut self.page {
            Some(page) => page.told = page.from.saturating_sub(AT_ONCE),
            None => self.list.told = self.list.told.saturating_sub(2 * AT_ONCE) / AT_ONCE * AT_ONCE,
        }
        if self.page.is_some() { self.read() } else { self.tell() }
    }

    /// The next items of the list.
    fn tell(&mut self) -> Vec<String> {
        let mut said = Vec::new();
        if self.list.told == 0 {
            said.push(format!("{}: {}.", self.list.title, self.list.items.len()));
        }
        let to = (self.list.told + AT_ONCE).min(self.list.items.len());
        for number in self.list.told..to {
            said.push(format!("{}. {}", number + 1, self.name(&self.list.items[number])));
        }
        self.list.told = to;
        let left = self.list.items.len() - to;
        if left > 0 {
            said.push(format!("{left} more; Enter tells them."));
        }
        said
    }

    fn name(&self, item: &Item) -> String {
        let library = &self.library;
        match item {
            Item::Conference(id) => {
                format!("{}, {}", library.conference(*id).name, words::count(library.count(*id), "talk"))
            }
            Item::Talk(id, _) => {
                let talk = library.talk(*id);
                let mut name = talk.title.clone();
                let names = words::names(talk);
                if !names.is_empty() {
                    name = format!("{name}, by {names}");
                }
                if self.marks.iter().any(|mark| mark.talk() == Some(*id)) {
                    name.push_str(", bookmarked");
                }
                name
            }
        }
    }

    fn open(&mut self, number: usize) -> Vec<String> {
        let Some(item) = number.checked_sub(1).and_then(|at| self.list.items.get(at)).cloned() else {
            return vec![format!("There is no {number} in this list; it goes to {}.", self.list.items.len())];
        };
        match item {
            Item::Conference(id) => {
                let library = self.library.clone();
                let talks = library.tracks_of(id).flat_map(|track| library.talks_of(track));
                let items = talks.map(|talk| Item::Talk(talk, Place::default())).collect();
                self.show(library.conference(id).name.clone(), items)
            }
            Item::Talk(talk, place) => self.go_to(talk, place),
        }
    }

    /// Shows another list; one can go back from it.
    fn show(&mut self, title: String, items: Vec<Item>) -> Vec<String> {
        let before = std::mem::replace(&mut self.list, List { title, items, told: 0 });
        self.before.push(before);
        self.page = None;
        self.tell()
    }

    fn back(&mut self) -> Vec<String> {
        if self.page.take().is_none() {
            match self.before.pop() {
                Some(list) => self.list = list,
                None => return vec!["This is the first list.".into()],
            }
        }
        self.list.told = 0;
        self.tell()
    }

    fn go_to(&mut self, talk: TalkId, place: Place) -> Vec<String> {
        let lines: Vec<PageLine> =
            Subject::Talk(talk).page(&self.library, self.columns).lines.into_iter().filter(is_told).collect();
        let told = match place.line {
            0 => 0,
            line => lines.iter().position(|l| l.source >= line).unwrap_or(0),
        };
        self.page = Some(Page { talk, lines, told, from: told });
        self.read()
    }

    /// The next lines of the talk.
    fn read(&mut self) -> Vec<String> {
        let Some(page) = &mut self.page else {
            return Vec::new();
        };
        if page.told >= page.lines.len() {
            return vec![
                "This was the end of the talk. j reads the next one, b goes back to the list.".into(),
            ];
        }
        let to = (page.told + AT_ONCE).min(page.lines.len());
        page.from = page.told;
        let mut said: Vec<String> = page.lines[page.told..to].iter().map(spoken).collect();
        page.told = to;
        let (talk, left) = (page.talk, page.lines.len() - to);
        if left > 0 {
            said.push(format!("{} more; Enter reads on.", words::count(left, "line")));
        } else {
            said.push("End of the talk.".into());
            if let Some(path) = &self.reading
                && let Err(error) = reading::mark(path, &self.library, talk)
            {
                said.push(format!("That it was read could not be kept: {error}"));
            }
        }
        said
    }

    fn step(&mut self, forward: bool) -> Vec<String> {
        let next = match (&self.page, forward) {
            (Some(page), true) => page.talk.0.checked_add(1),
            (Some(page), false) => page.talk.0.checked_sub(1),
            (None, _) => Some(0),
        };
        match next.filter(|n| (*n as usize) < self.library.talks.len()) {
            Some(n) => self.go_to(TalkId(n), Place::default()),
            None => vec!["There is no further talk.".into()],
        }
    }

    fn find(&mut self, words: &str) -> Vec<String> {
        if let Some(talk) = self.library.by_slug(words) {
            return self.go_to(talk, Place::default());
        }
        if let Some(fault) = Query::parse(words).faults.first() {
            return vec![fault.message.clone()];
        }
        let items = self.seek(Mode::Talks, words);
        match &items[..] {
            [] => vec![format!("No talk and no text has \"{words}\". Fewer letters find more.")],
            [Item::Talk(talk, place)] => self.go_to(*talk, *place),
            _ => self.show(format!("Found by \"{words}\""), items),
        }
    }

    /// Searches the text of the notes.
    fn search(&mut self, words: &str) -> Vec<String> {
        if words.trim().is_empty() {
            return vec!["Type words behind the slash.".into()];
        }
        if let Some(fault) = Query::parse(words).faults.first() {
            return vec![fault.message.clone()];
        }
        let items = self.seek(Mode::Text, words);
        match items.is_empty() {
            true => vec![format!("No notes hold \"{words}\".")],
            false => self.show(format!("Talks whose notes hold \"{words}\""), items),
        }
    }

    fn seek(&mut self, mode: Mode, words: &str) -> Vec<Item> {
        let (library, marks) = (self.library.clone(), self.known.clone());
        let question = Question { generation: 0, mode, words: words.to_owned(), library, marks };
        let answer = self.seeker.answer(&question, &|| false, &mut |_| {});
        let item = |item: &seeker::Item| match item {
            seeker::Item::Talk(hit) => Some(Item::Talk(hit.talk, Place::default())),
            seeker::Item::Text(hit, snippet) => match target(&self.library, hit, snippet.line)? {
                (Subject::Talk(talk), place) => Some(Item::Talk(talk, place)),
                _ => None,
            },
        };
        answer.items.iter().filter_map(item).take(MOST).collect()
    }

    /// The bookmarks, and what has to be said about them.
    fn take(&mut self, event: Event) -> Vec<String> {
        let Event::Bookmarks(kept) = event else {
            return Vec::new();
        };
        self.marks = kept.marks;
        kept.notice.into_iter().collect()
    }

    fn bookmark(&mut self) -> Vec<String> {
        let Some(page) = &self.page else {
            return vec!["Open a talk first; the bookmark goes where one is in it.".into()];
        };
        let talk = page.talk;
        let shown = &page.lines[page.from..page.told];
        let line = shown.iter().map(|line| line.source).find(|line| *line > 0).unwrap_or(0);
        let there = self.marks.iter().find(|mark| {
            let found = mark.found.filter(|found| found.talk == talk);
            found.is_some_and(|found| shown.iter().any(|line| line.source == found.line) || page.from == 0)
        });
        let library = self.library.clone();
        let (event, done) = match there {
            Some(mark) => {
                let operation = crate::bookmarks::Operation::Remove(mark.bookmark.id.clone(), today());
                (self.desk.change(operation, &library), "Bookmark removed.")
            }
            None => {
                let place = Place { line: if page.from == 0 { 0 } else { line }, offset: 0 };
                let made = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
                (self.desk.add(&library, talk, place, String::new(), made), "Bookmark set.")
            }
        };
        let mut said = self.take(event);
        if said.is_empty() {
            said.push(done.to_owned());
        }
        said
    }

    fn bookmarks(&mut self, wanted: impl Fn(&Mark) -> bool) -> Vec<String> {
        let place = |mark: &Mark| {
            let found = mark.found?;
            Some(Item::Talk(found.talk, Place { line: found.line, offset: 0 }))
        };
        let items: Vec<Item> = self.marks.iter().filter(|mark| wanted(mark)).filter_map(place).collect();
        match items.is_empty() {
            true if !self.marks.is_empty() => vec!["None of the bookmarks.".into()],
            true => vec!["No bookmarks yet. m sets one in a talk.".into()],
            false => self.show("Bookmarks".into(), items),
        }
    }

    fn browse(&self, kind: LinkKind, name: &str) -> Vec<String> {
        let Some(page) = &self.page else {
            return vec!["Open a talk first.".into()];
        };
        let links = self.library.links(page.talk);
        let Some(link) = links.iter().find(|link| link.kind == kind) else {
            return vec![format!("These notes name no {name}.")];
        };
        match web(&link.url) {
            Some(Destination::Web(address)) if outside::browse(&address) => vec![format!("Opened {address}")],
            Some(Destination::Web(address)) => vec![format!("Nothing here opens addresses; it is {address}")],
            _ => vec![format!("{} is no address of the web.", link.url)],
        }
    }
}

/// Signs that only draw: what frames and separates.
fn draws(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{259f}')
}

/// Whether a line says anything.
fn is_told(line: &PageLine) -> bool {
    line.pieces.iter().any(|piece| piece.text.as_str().chars().any(|c| !draws(c) && !c.is_whitespace()))
}

/// A line without what only draws.
fn spoken(line: &PageLine) -> String {
    let text: String = line.pieces.iter().map(|piece| piece.text.as_str()).collect();
    let bare: String = text.chars().map(|c| if draws(c) { ' ' } else { c }).collect();
    bare.trim_end().to_owned()
}
