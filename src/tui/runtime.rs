//! The loop: one queue of happenings, drained before each draw. Owns the terminal, the threads
//! and the effects; everything that decides something is in `update`.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use ratatui::crossterm::event as ct;

use crate::bookmarks::revisit::today;
use crate::config::file::Settings;
use crate::config::theme::Theme;
use crate::library::guard;
use crate::library::load::{LoadError, Roots, load, load_in_steps};
use crate::report::page::Subject;
use crate::session;
use crate::tui::effect::Effect;
use crate::tui::event::{Event, translate};
use crate::tui::model::{Message, Model};
use crate::tui::outside;
use crate::tui::pages::{self, Request};
use crate::tui::painter::Painter;
use crate::tui::pictures::{self, Gallery};
use crate::tui::seeker::{Desk, Question};
use crate::tui::terminal::{Screen, give_back};
use crate::tui::update::update;
use crate::tui::vigil;
use crate::tui::watch;
use crate::tui::worker::{Job, Worker};

/// What the screen is opened with.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the notes are.
    pub roots: Roots,
    /// Hidden and ignored files too.
    pub all: bool,
    /// The talk to open at.
    pub at: Option<String>,
    /// The mouse is used.
    pub mouse: bool,
    /// Colours are used.
    pub colours: bool,
    /// The terminal can be told where links lead.
    pub hyperlinks: bool,
    /// What is set.
    pub settings: Settings,
    /// The bookmarks file.
    pub bookmarks: Option<PathBuf>,
    /// Where read marks are kept.
    pub reading: Option<PathBuf>,
    /// The session file, where it is to be used.
    pub session: Option<PathBuf>,
}

/// How the screen ended.
#[derive(Debug)]
pub enum End {
    /// The person quit; what could not be saved, in words.
    Quit(Option<String>),
    /// The named notes could not be read.
    NoNotes(LoadError),
    /// A signal ended it.
    Signal(i32),
    /// The terminal is gone.
    HungUp,
}

/// Something on the queue.
#[derive(Debug)]
pub(super) enum Happening {
    /// An event for the model.
    Event(Event),
    /// Stop, as the shell asks with ctrl-z.
    Stop,
    /// The shell brought the process back.
    Continued,
    /// End, with this signal.
    End(i32),
    /// The terminal is gone.
    HangUp,
}

impl From<Event> for Happening {
    fn from(event: Event) -> Self {
        Happening::Event(event)
    }
}

/// How long the first frame waits for the notes, so that it has real rows on it. A collection
/// that takes longer is announced instead.
const FIRST_FRAME: Duration = Duration::from_millis(60);

/// How long a frame waits for the page it is about to show. Nearly every page is laid out well
/// within it, so that the eye sees one change, not two.
const LAYOUT: Duration = Duration::from_millis(12);

/// Opens the screen and runs it to its end.
///
/// # Errors
///
/// When the terminal cannot be taken or drawn on.
pub fn run(options: Options) -> Result<End> {
    if !io::stdout().is_terminal() {
        anyhow::bail!("standard output is no terminal, so there is no screen to draw; try `hallway list`");
    }
    guard::tell_panics(give_back);
    let (sender, queue) = channel();
    // While the notes are read: the guard is armed and the screen's buffers are made. No mode of
    // the terminal is changed before it is known that there is something to show.
    let (painted, first_frame) = channel();
    read_notes(&options, &sender, first_frame)?;
    watch::signals(sender.clone()).context("signals cannot be watched")?;
    let mut screen = Screen::new(options.mouse).context("the terminal cannot be drawn on")?;
    let first = queue.recv_timeout(FIRST_FRAME).ok();
    if let Some(Happening::Event(Event::Loaded(Err(error)))) = first {
        return Ok(End::NoNotes(error));
    }
    screen.take().context("the terminal cannot be taken")?;
    let theme = if options.colours { Theme::COLOURS } else { Theme::MONOCHROME };
    let mut model = Model::new(screen.size(), theme);
    model.mouse = options.mouse;
    model.hyperlinks = options.hyperlinks;
    model.measure = options.settings.measure;
    model.gallery = Gallery::here(options.settings.images).filter(|_| options.colours);
    model.open_at = options.at.clone();
    model.resume = options.session.as_deref().and_then(session::load);
    if let Some(left) = &mut model.resume {
        model.queries = std::mem::take(&mut left.queries);
        model.earlier = std::mem::take(&mut left.places);
        model.earlier_past = std::mem::take(&mut left.past);
    }
    // Until the bookmarks are read, a key that toggles one has to wait for them.
    model.marks.pending = 1;
    let (to_pages, to_saves) = (sender.clone(), sender.clone());
    let pages = pages::Desk::new(move |event| to_pages.send(event.into()).is_ok());
    let saves = Worker::new(options.bookmarks.clone(), move |event| to_saves.send(event.into()).is_ok());
    let to = sender.clone();
    let seeker = Desk::new(move |event| to.send(event.into()).is_ok());
    let waiting = Waiting::default();
    let reading = options.reading.clone();
    let to = sender.clone();
    let painter = Painter::new(move |event| to.send(event.into()).is_ok());
    let to = sender.clone();
    let pictures = pictures::Painter::new(model.gallery, move |event| to.send(event.into()).is_ok());
    let (roots, all, events) = (options.roots.clone(), options.all, sender.clone());
    let mut screen_loop = Loop {
        model,
        screen,
        pages,
        saves,
        seeker,
        reading,
        painter,
        pictures,
        roots,
        all,
        events,
        queue,
        waiting,
        painted: false,
    };
    // The first frame comes before everything that it does not need.
    if let Some(end) = screen_loop.start(first)? {
        return Ok(end);
    }
    drop(painted);
    read_keys(sender.clone())?;
    screen_loop.saves.give(Job::LoadBookmarks(screen_loop.model.library.clone()));
    screen_loop.painted = true;
    screen_loop.take(Event::Today(today()).into())?;
    screen_loop.perform(Effect::TakeNotice)?;
    watch::hang_up(sender.clone())?;
    if let Some(path) = &options.bookmarks {
        vigil::over(path.clone(), sender)?;
    }
    let end = screen_loop.run();
    if let (Some(path), Some(left)) = (&options.session, screen_loop.model.left()) {
        session::save(path, &left);
    }
    // The terminal goes back first; what is being saved is saved before the process ends, however
    // it ends. A page that is still being laid out is not waited for.
    let Loop { screen, mut saves, .. } = screen_loop;
    drop(screen);
    let unsaved = saves.finish();
    Ok(match end? {
        End::Quit(_) => End::Quit(unsaved),
        other => other,
    })
}

/// Starts reading the notes. What the first few files give is painted before the others are read:
/// there may be no more than two cores. `painted` closes when that is done.
fn read_notes(options: &Options, to: &Sender<Happening>, painted: Receiver<()>) -> io::Result<()> {
    let (roots, all, to) = (options.roots.clone(), options.all, to.clone());
    std::thread::Builder::new().name("loader".into()).spawn(move || {
        // Nobody listens any more when the screen was closed meanwhile; that is all right.
        let begun = |library| {
            let _ = to.send(Event::Begun(Arc::new(library)).into());
            let _ = painted.recv();
        };
        let result = load_in_steps(&roots, all, begun).map(Arc::new);
        let _ = to.send(Event::Loaded(result).into());
    })?;
    Ok(())
}

/// Reads keys, mouse and sizes. The thread sleeps in the read; it ends with the process.
fn read_keys(to: Sender<Happening>) -> io::Result<()> {
    std::thread::Builder::new().name("keys".into()).spawn(move || {
        while let Ok(event) = ct::read() {
            if let Some(event) = translate(event)
                && to.send(event.into()).is_err()
            {
                return;
            }
        }
    })?;
    Ok(())
}

struct Loop {
    model: Model,
    screen: Screen,
    /// Lays pages out.
    pages: pages::Desk,
    /// Reads and saves bookmarks.
    saves: Worker,
    /// Answers queries.
    seeker: Desk,
    /// Where read marks are kept.
    reading: Option<PathBuf>,
    /// Reads code.
    painter: Painter,
    /// Reads pictures.
    pictures: pictures::Painter,
    /// Where the notes are, and whether hidden ones are read too.
    roots: Roots,
    all: bool,
    /// Where what happens is told.
    events: Sender<Happening>,
    queue: Receiver<Happening>,
    waiting: Waiting,
    /// The first frame was drawn.
    painted: bool,
}

/// What was asked for and is not there yet.
#[derive(Debug, Default)]
struct Waiting {
    page: bool,
    answer: bool,
}

impl Loop {
    /// Takes what is there already, and draws the first frame.
    fn start(&mut self, first: Option<Happening>) -> Result<Option<End>> {
        if let Some(happening) = first
            && let Some(end) = self.take(happening)?
        {
            return Ok(Some(end));
        }
        self.screen.draw(&self.model)?;
        Ok(None)
    }

    fn run(&mut self) -> Result<End> {
        loop {
            let next = self.queue.recv().context("the queue of events closed")?;
            if let Some(end) = self.take(next)? {
                return Ok(end);
            }
            let end = match self.drain()? {
                Some(end) => Some(end),
                None => self.fit()?,
            };
            if let Some(end) = end {
                return Ok(end);
            }
            self.screen.draw(&self.model)?;
        }
    }

    /// The model is as large as the terminal when it is drawn, also when nobody has said that the
    /// size changed: a stopped process is not told.
    fn fit(&mut self) -> Result<Option<End>> {
        let size = self.screen.size();
        if size == self.model.size {
            return Ok(None);
        }
        let resized = self.take(Event::Resize(size).into())?;
        Ok(if resized.is_some() { resized } else { self.drain()? })
    }

    /// Takes everything that has happened, and waits a moment for pages that are on their way.
    fn drain(&mut self) -> Result<Option<End>> {
        let deadline = Instant::now() + LAYOUT;
        loop {
            let happening = match self.queue.try_recv() {
                Ok(happening) => happening,
                Err(_) if !self.waiting.page && !self.waiting.answer => return Ok(None),
                Err(_) => match self.queue.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                    Ok(happening) => happening,
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Ok(None),
                },
            };
            if let Some(end) = self.take(happening)? {
                return Ok(Some(end));
            }
        }
    }

    fn take(&mut self, happening: Happening) -> Result<Option<End>> {
        match happening {
            Happening::Event(Event::Loaded(Err(error))) => return Ok(Some(End::NoNotes(error))),
            Happening::Event(event) => {
                if matches!(event, Event::Key(_)) {
                    fault("ui");
                    // Midnight is noticed by the first key behind it.
                    let day = today();
                    if day != self.model.today {
                        update(&mut self.model, Event::Today(day));
                    }
                }
                match event {
                    Event::Laid { .. } => self.waiting.page = false,
                    Event::Found(_) => self.waiting.answer = false,
                    _ => {}
                }
                if matches!(event, Event::Resize(_)) {
                    self.screen.forget()?;
                }
                for effect in update(&mut self.model, event) {
                    if let Some(end) = self.perform(effect)? {
                        return Ok(Some(end));
                    }
                }
            }
            Happening::Stop => self.stop()?,
            Happening::Continued => self.screen.reenter()?,
            Happening::End(signal) => return Ok(Some(End::Signal(signal))),
            Happening::HangUp => return Ok(Some(End::HungUp)),
        }
        Ok(None)
    }

    fn perform(&mut self, effect: Effect) -> Result<Option<End>> {
        let library = || self.model.library.clone();
        match effect {
            Effect::LayOut { pane, generation, subject, setting, near, damaged } => {
                if subject == Subject::Overview {
                    let page = pages::overview(&self.model.library, setting);
                    let pictures = Vec::new();
                    return self.take(Event::Laid { pane, generation, page, pictures }.into());
                }
                self.waiting.page = true;
                let library = library();
                self.pages.ask(Request { pane, generation, subject, setting, near, damaged, library });
            }
            Effect::Find { generation, mode, words } => {
                let marks = Arc::new(self.model.search_marks(&words));
                let library = library();
                self.waiting.answer = true;
                self.seeker.ask(Question { generation, mode, words, library, marks });
            }
            Effect::AddBookmark { talk, place, note } => {
                self.saves.give(Job::AddBookmark { talk, place, note, library: library() });
            }
            Effect::ChangeBookmarks(operation) => {
                self.saves.give(Job::ChangeBookmarks(operation, library()));
            }
            Effect::FindPlaces => self.saves.give(Job::FindPlaces(library())),
            Effect::RereadBookmarks => self.saves.give(Job::RereadBookmarks(library())),
            Effect::MarkRead(talk) => {
                if let Some(path) = self.reading.clone() {
                    self.saves.give(Job::MarkRead(path, library(), talk));
                }
            }
            // Not before there is something to see, and not of the first few files: what comes with the others
            // would count as new.
            Effect::TakeNotice if !self.painted || self.model.loading => {}
            Effect::TakeNotice => {
                if let Some(path) = self.reading.clone() {
                    self.saves.give(Job::LoadReading(path, library()));
                }
            }
            Effect::Colour(document) => self.painter.paint(document),
            Effect::Hang(document, pictures) => self.pictures.hang(document, pictures),
            Effect::Browse(address) => self.browse(address)?,
            Effect::Clip(text) => self.screen.clip(&text)?,
            Effect::Mouse(ours) => self.screen.set_mouse(ours)?,
            Effect::Reload => self.read_again()?,
            Effect::Suspend => self.stop()?,
            Effect::Redraw => self.screen.forget()?,
            Effect::Quit => return Ok(Some(End::Quit(None))),
        }
        Ok(None)
    }

    /// Opens an address, in a thread of its own: whoever opens it may take a while.
    fn browse(&self, address: String) -> Result<()> {
        let to = self.events.clone();
        std::thread::Builder::new().name("browser".into()).spawn(move || {
            let opened = outside::browse(&address);
            let _ = to.send(Event::Opened { address, opened }.into());
        })?;
        Ok(())
    }

    /// Reads the notes again.
    fn read_again(&self) -> Result<()> {
        let (roots, all, to) = (self.roots.clone(), self.all, self.events.clone());
        std::thread::Builder::new().name("loader".into()).spawn(move || {
            let _ = to.send(Event::Read(load(&roots, all).map(Arc::new)).into());
        })?;
        Ok(())
    }

    /// Gives the terminal back, stops, and takes it again when the shell continues the process.
    fn stop(&mut self) -> Result<()> {
        if !watch::can_be_continued() {
            let words = "there is no shell here that could bring hallway back";
            self.model.message = Some(Message::Failed(words.into()));
            return Ok(());
        }
        give_back();
        watch::stop().context("the process cannot be stopped")?;
        self.screen.reenter()?;
        Ok(())
    }
}

/// A place where a test may ask for a panic, to see that it is survived. Only in debug builds.
pub(super) fn fault(place: &str) {
    if cfg!(debug_assertions) && std::env::var_os("HALLWAY_TEST_PANIC").is_some_and(|p| p == place) {
        panic!("a fault was asked for at {place}");
    }
}
