//! Laying pages out, off the UI thread: what is looked at first, then all of it.
//!
//! Only the last request of each pane counts. The documents of the last few pages are kept, so that
//! another width needs no reading. Of a long page the part around the place that is wanted comes first,
//! as a page that says it is partial, and the whole follows. What makes the reader or the layout panic
//! becomes a notice.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::library::Library;
use crate::library::guard::guarded;
use crate::markup::Page;
use crate::markup::document::{BlockKind, Document};
use crate::markup::layout::{Manner, PageLine, PictureSize, lay_out, lay_out_blocks};
use crate::report::destination::beside;
use crate::report::glance::{self, Aside};
use crate::report::page::{Medium, Subject};
use crate::tui::effect::Pane;
use crate::tui::event::Event;
use crate::tui::pictures::{self, Gallery, Hung};
use crate::tui::reader::Place;

/// How a page is to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The columns there are.
    pub columns: usize,
    /// The rows there are, so that it is known how much is looked at.
    pub rows: usize,
    /// Code that is too wide goes on below.
    pub wrap_code: bool,
    /// How pictures are shown, where they are.
    pub gallery: Option<Gallery>,
}

/// A page that is wanted.
#[derive(Debug, Clone)]
pub struct Request {
    /// For which pane.
    pub pane: Pane,
    /// The request's number.
    pub generation: u64,
    /// What to show.
    pub subject: Subject,
    /// How.
    pub setting: Setting,
    /// The place that is looked at first.
    pub near: Place,
    /// Pictures that are known to be damaged: they get no room.
    pub damaged: Arc<BTreeSet<PathBuf>>,
    /// Of which notes.
    pub library: Arc<Library>,
}

/// How long reading a text may take before it is taken as plain text. Ten megabytes of notes take a tenth of
/// it; what takes longer was made to.
const PATIENCE: Duration = Duration::from_millis(900);

/// A shorter text is read on the spot, for it cannot take long; bytes.
const SHORT: usize = 16 * 1024;

/// Of a text longer than this the beginning is read by itself; bytes.
const LONG_TEXT: usize = 256 * 1024;

/// The beginning of a text: more than a screen; bytes.
const BEGINNING: usize = 16 * 1024;

/// How many documents are kept.
const KEPT: usize = 6;

/// A document of fewer blocks is laid out in one go: that takes less than a frame.
const LONG: usize = 1_000;

/// Blocks that are laid out before it is asked whether anybody still wants them.
const AT_ONCE: usize = 10_000;

/// What was read: of which notes, which page, and the page.
type Known = (Arc<Library>, Subject, Arc<Document>);

/// Sets pages, and remembers what it has read.
#[derive(Debug)]
pub struct Typesetter {
    /// How long reading a text may take before it is taken as plain text.
    patience: Duration,
    /// The last one last.
    known: Vec<Known>,
    /// How many pixels the pictures have that were looked at.
    pixels: HashMap<PathBuf, Option<(u32, u32)>>,
}

impl Default for Typesetter {
    fn default() -> Self {
        Self { patience: PATIENCE, known: Vec::new(), pixels: HashMap::new() }
    }
}

impl Typesetter {
    /// Sets a page. Calls `answer` with what is looked at first, where the page is long, and with the whole;
    /// a request that is no longer wanted ends without an answer.
    pub fn set(&mut self, request: &Request, is_stale: &dyn Fn() -> bool, answer: &mut dyn FnMut(Event)) {
        let mut laid = |page: Result<Page, String>, pictures: Vec<Hung>| {
            answer(Event::Laid { pane: request.pane, generation: request.generation, page, pictures });
        };
        if let Err(words) =
            carefully(|| self.pages(request, is_stale, &mut |page, pictures| laid(Ok(page), pictures)))
        {
            laid(Err(words), Vec::new());
        }
    }

    fn pages(
        &mut self,
        request: &Request,
        is_stale: &dyn Fn() -> bool,
        answer: &mut dyn FnMut(Page, Vec<Hung>),
    ) {
        let Setting { columns, rows, wrap_code, gallery } = request.setting;
        let manner = Manner { wrap_code, pan_tables: true, ..Manner::paper(columns) };
        let is_long = request.subject.bytes(&request.library) > LONG_TEXT;
        let begins = is_long && request.near.line == 0 && !self.is_known(request) && !is_stale();
        if begins {
            // The start is looked at; it is read by itself before the rest is.
            let document = request.subject.beginning(&request.library, Medium::Screen, BEGINNING);
            let lines = lay_out(&document, manner);
            let document = Arc::new(document);
            answer(Page { lines, width: columns, document, partial: true, words: 0 }, Vec::new());
        }
        let document = self.document(request);
        if is_stale() {
            return;
        }
        let hung = gallery.map_or(Vec::new(), |gallery| self.hang(request, &document, gallery));
        let sizes: HashMap<u32, PictureSize> = hung.iter().map(|hung| (hung.link, hung.size)).collect();
        let manner = Manner { pictures: Some(&sizes), ..manner };
        let blocks = document.blocks.len();
        if blocks > LONG && !begins {
            let at = document.blocks.iter().position(|block| block.line >= request.near.line);
            let lines = window(&document, manner, at.unwrap_or(blocks), rows);
            answer(
                Page { lines, width: columns, document: document.clone(), partial: true, words: 0 },
                Vec::new(),
            );
        }
        let mut lines = Vec::new();
        for from in (0..blocks).step_by(AT_ONCE) {
            if is_stale() {
                return;
            }
            lines.append(&mut in_halves(&document, manner, from..(from + AT_ONCE).min(blocks)));
        }
        let words = match request.subject {
            Subject::Talk(talk) => request.library.words(talk),
            _ => 0,
        };
        answer(Page { lines, width: columns, document, partial: false, words }, hung);
    }

    /// Reads a page. The parser cannot be stopped, so a long text is read by a thread that is left behind when
    /// it takes too long.
    fn read(&self, request: &Request) -> Document {
        let Request { subject, library, .. } = request;
        if subject.bytes(library) <= SHORT && !self.patience.is_zero() {
            return subject.document(library, Medium::Screen);
        }
        let (sender, read) = channel();
        let (subject, notes) = (*subject, library.clone());
        let reading = move || {
            let document = guarded(|| subject.document(&notes, Medium::Screen));
            let _ = document.map(|document| sender.send(document));
        };
        let started = std::thread::Builder::new().name("reading".into()).spawn(reading);
        let document = started.ok().and_then(|_| read.recv_timeout(self.patience).ok());
        document.unwrap_or_else(|| subject.plain_document(library, Medium::Screen))
    }

    /// The pictures beside the notes for which there is to be room on the page.
    fn hang(&mut self, request: &Request, document: &Document, gallery: Gallery) -> Vec<Hung> {
        let library = &request.library;
        let Some(span) = request.subject.span(library).filter(|_| library.builtin.is_none()) else {
            return Vec::new();
        };
        let note = &library.file(span.file).path;
        let mut hung = Vec::new();
        for block in &document.blocks {
            let BlockKind::Paragraph(text) = &block.kind else {
                continue;
            };
            let Some(link) = text.first().and_then(|inline| inline.picture) else {
                continue;
            };
            let Some(address) = document.links[link as usize].address().filter(|a| !a.contains("://")) else {
                continue;
            };
            let path = beside(note, address);
            let pixels = *self.pixels.entry(path.clone()).or_insert_with(|| pictures::pixels(&path));
            let size =
                pixels.and_then(|(across, down)| gallery.size_of(across, down, request.setting.columns));
            hung.extend(size.map(|size| Hung { link, path, size }));
        }
        hung
    }

    fn is_known(&self, request: &Request) -> bool {
        self.known.iter().any(|known| is_of(known, request))
    }

    fn document(&mut self, request: &Request) -> Arc<Document> {
        if let Some(at) = self.known.iter().position(|known| is_of(known, request)) {
            let known = self.known.remove(at);
            let document = known.2.clone();
            self.known.push(known);
            return document;
        }
        let document = Arc::new(self.read(request));
        // Documents of other notes are of no use any more.
        if self.known.iter().any(|(library, ..)| !Arc::ptr_eq(library, &request.library)) {
            self.known.clear();
            self.pixels.clear();
        }
        if self.known.len() >= KEPT {
            self.known.remove(0);
        }
        self.known.push((request.library.clone(), request.subject, document.clone()));
        document
    }
}

fn is_of((library, subject, _): &Known, request: &Request) -> bool {
    *subject == request.subject && Arc::ptr_eq(library, &request.library)
}

/// Lays many blocks out on two cores.
fn in_halves(document: &Document, manner: Manner, blocks: Range<usize>) -> Vec<PageLine> {
    if blocks.len() < LONG {
        return lay_out_blocks(document, manner, blocks);
    }
    let middle = blocks.start + blocks.len() / 2;
    std::thread::scope(|scope| {
        let second = scope.spawn(|| lay_out_blocks(document, manner, middle..blocks.end));
        let mut lines = lay_out_blocks(document, manner, blocks.start..middle);
        match second.join() {
            Ok(mut rest) => lines.append(&mut rest),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        lines
    })
}

/// The lines around a block: a few screens of them.
fn window(document: &Document, manner: Manner, at: usize, rows: usize) -> Vec<PageLine> {
    let wanted = rows.max(1) * 3;
    let start = at.min(document.blocks.len()).saturating_sub(wanted);
    let mut lines = Vec::new();
    for from in (start..document.blocks.len()).step_by(wanted) {
        let to = (from + wanted).min(document.blocks.len());
        lines.append(&mut lay_out_blocks(document, manner, from..to));
        if to > at && lines.len() >= 2 * wanted {
            break;
        }
    }
    lines
}

/// The overview is a handful of lines: handing it over would take longer than setting it.
///
/// # Errors
///
/// A panic on the way, in words.
pub fn glance(subject: Subject, library: &Library, aside: &Aside, setting: Setting) -> Result<Page, String> {
    carefully(|| {
        let document = Arc::new(glance::glance(subject, library, aside));
        let lines = lay_out(&document, Manner::paper(setting.columns));
        Page { lines, width: setting.columns, document, ..Page::default() }
    })
}

/// A panic becomes words.
fn carefully<T>(set: impl FnOnce() -> T) -> Result<T, String> {
    let set = || {
        super::runtime::fault("layout");
        set()
    };
    let words = "This page could not be laid out. `hallway show --raw` prints its source.";
    guarded(set).ok_or_else(|| words.to_owned())
}

/// The handle to the thread that sets pages. It starts with the first request, and ends when the handle is
/// dropped; nobody waits for it.
pub struct Desk {
    requests: Option<Sender<Request>>,
    latest: Arc<Mutex<HashMap<Pane, u64>>>,
    events: Option<Box<dyn Fn(Event) -> bool + Send>>,
}

impl Desk {
    /// A desk that hands its pages to `events`, which says whether anybody still listens.
    pub fn new(events: impl Fn(Event) -> bool + Send + 'static) -> Self {
        Self { requests: None, latest: Arc::default(), events: Some(Box::new(events)) }
    }

    /// Asks for a page. The one before for the same pane is no longer wanted.
    pub fn ask(&mut self, request: Request) {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner).insert(request.pane, request.generation);
        if let Some(events) = self.events.take() {
            let (sender, requests) = channel();
            let latest = self.latest.clone();
            let thread = std::thread::Builder::new().name("pages".into());
            // Without a thread there are no pages, and nothing better could be done about it.
            let _ = thread.spawn(move || work(&requests, &latest, &*events));
            self.requests = Some(sender);
        }
        if let Some(requests) = &self.requests {
            let _ = requests.send(request);
        }
    }
}

fn work(requests: &Receiver<Request>, latest: &Mutex<HashMap<Pane, u64>>, events: &dyn Fn(Event) -> bool) {
    let mut typesetter = Typesetter::default();
    while let Ok(request) = requests.recv() {
        let is_stale = || {
            let latest = latest.lock().unwrap_or_else(PoisonError::into_inner);
            latest.get(&request.pane).is_some_and(|generation| *generation > request.generation)
        };
        if !is_stale() {
            typesetter.set(&request, &is_stale, &mut |event| {
                events(event);
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::TalkId;
    use crate::library::load::{Roots, load};

    fn request(rows: usize, near: usize) -> (tempfile::TempDir, Request) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("long.md");
        let mut text = String::from("# A talk\n");
        (0..20_000).for_each(|n| text += &format!("\nParagraph {n} of many.\n"));
        std::fs::write(&path, text).expect("written");
        let library = load(&Roots::Paths(vec![path]), false).expect("read");
        let request = Request {
            pane: Pane::Reader,
            generation: 1,
            subject: Subject::Talk(TalkId(0)),
            setting: Setting { columns: 40, rows, wrap_code: false, gallery: None },
            near: Place { line: near, offset: 0 },
            damaged: Arc::default(),
            library: Arc::new(library),
        };
        (folder, request)
    }

    fn pages(typesetter: &mut Typesetter, request: &Request) -> Vec<Page> {
        let mut pages = Vec::new();
        typesetter.set(request, &|| false, &mut |event| {
            if let Event::Laid { page, .. } = event {
                pages.push(page.expect("laid out"));
            }
        });
        pages
    }

    /// What is looked at comes first, and it is the same text as in the whole.
    #[test]
    fn a_long_page_comes_in_two_steps() {
        for near in [0, 20_000, 39_990] {
            let (_folder, request) = request(20, near);
            let mut typesetter = Typesetter::default();
            for _ in 0..2 {
                let pages = pages(&mut typesetter, &request);
                let [part, whole] = &pages[..] else {
                    panic!("{} pages", pages.len());
                };
                assert!(part.partial && !whole.partial && part.lines.len() < 2_000);
                assert!(whole.lines.len() > 40_000);
                let is_here = |line: &PageLine| line.source >= near.max(3);
                let here = part.lines.iter().position(is_here).expect("the place");
                let there = whole.lines.iter().position(is_here).expect("the place");
                for (a, b) in part.lines[here..].iter().zip(&whole.lines[there..]) {
                    assert_eq!((a.text(), a.source, a.block), (b.text(), b.source, b.block), "near {near}");
                }
            }
        }
    }

    #[test]
    fn what_takes_too_long_is_shown_as_it_is_written() {
        let (_folder, request) = request(20, 0);
        let mut typesetter = Typesetter { patience: Duration::ZERO, ..Typesetter::default() };
        let pages = pages(&mut typesetter, &request);
        let text: Vec<String> = pages.last().expect("a page").lines.iter().map(PageLine::text).collect();
        assert!(text[0].starts_with("This text takes too long"), "{}", text[0]);
        assert!(text.iter().any(|line| line == "Paragraph 19999 of many."));
    }

    #[test]
    fn nobody_waits_for_a_page_that_is_not_wanted() {
        let (_folder, request) = request(20, 0);
        let mut answers = 0;
        Typesetter::default().set(&request, &|| true, &mut |_| answers += 1);
        assert_eq!(answers, 0);
    }
}
