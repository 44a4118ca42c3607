//! The loop: one queue of happenings, drained before each draw. Owns the terminal, the threads
//! and the effects; everything that decides something is in `update`.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::bookmarks::revisit::today;
use crate::config::colour::Depth;
use crate::config::settings::Settings;
use crate::config::theme::AUTO;
use crate::library::glimpse::{Patience, Wished, glimpse};
use crate::library::guard;
use crate::library::load::{LoadError, Roots, Step, load_in_steps};
use crate::session;
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::keyboard::Keyboard;
use crate::tui::model::{Message, Model};
use crate::tui::pages::{self};
use crate::tui::painter::Painter;
use crate::tui::pictures::{self, Gallery};
use crate::tui::seeker::Desk;
use crate::tui::terminal::{Screen, give_back_for_good};
use crate::tui::update::update;
use crate::tui::vigil::{self, Vigil};
use crate::tui::watch;
use crate::tui::worker::{Job, Worker};

/// What makes settings of what a config file says, or says why not.
pub type Configure = Arc<dyn Fn(Settings) -> Result<Settings, String> + Send + Sync>;

/// What the screen is opened with.
#[derive(Clone)]
pub struct Options {
    /// Where the notes are.
    pub roots: Roots,
    /// Hidden and ignored files too.
    pub all: bool,
    /// The talk to open at.
    pub at: Option<String>,
    /// The notes were named, rather than set.
    pub named: bool,
    /// What is not right in the config.
    pub warning: Option<String>,
    /// The config file.
    pub config: Option<PathBuf>,
    /// Lays what the environment and the command line say over what a config file has set.
    pub configure: Configure,
    /// The terminal can be told where links lead.
    pub hyperlinks: bool,
    /// What is set.
    pub settings: Settings,
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
    /// The terminal has another size.
    Resized,
    /// The editor has ended.
    EditorEnded(Result<(), String>),
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

/// How long keys wait for more than a glimpse: most notes are read by then, and a hand is hardly faster.
const GLIMPSE: Duration = Duration::from_millis(300);

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
    guard::tell_panics(give_back_for_good);
    let (sender, queue) = channel();
    let left = options.session.as_deref().and_then(session::load);
    let resumed = left
        .as_ref()
        .filter(|_| options.at.is_none())
        .and_then(|left| Some(Wished { path: left.path.clone()?, part: left.part.map(Into::into) }));
    // A thread that is woken for it takes as long to begin as a glimpse takes.
    let extent = options.settings.extent(options.all);
    let glimpsed = glimpse(&options.roots, extent, resumed.as_ref(), Patience::Little);
    // One of many is as good for a first frame, and the first one follows it.
    let done = glimpsed.as_ref().is_some_and(|glimpse| glimpse.certain);
    let mut first = glimpsed.map(|seen| Happening::from(Event::Glimpsed(Arc::new(seen.library))));
    let (painted, first_frame) = channel();
    let seen = first.is_some();
    let read = || read_notes(&options, done, resumed, &sender, first_frame);
    let mut read = Some(read);
    // The guard is armed and the screen's buffer is made. No mode of the terminal is changed before it is known that there is
    // something to show.
    let caught = watch::Caught::new().context("signals cannot be watched")?;
    if let Some(read) = read.take_if(|_| !seen) {
        read()?;
    }
    let mut screen = Screen::new(options.settings.mouse).context("the terminal cannot be drawn on")?;
    if !seen {
        first = queue.recv_timeout(FIRST_FRAME).ok();
    }
    let first = match first {
        Some(Happening::Event(Event::Loaded(Err(error)))) if options.named => return Ok(End::NoNotes(error)),
        other => other,
    };
    screen.take().context("the terminal cannot be taken")?;
    let mut model = Model::new(screen.size(), options.settings.looks.clone());
    model.mouse = options.settings.mouse;
    model.keymap = options.settings.keymap.clone();
    model.set = options.settings.clone();
    model.hyperlinks = options.hyperlinks;
    model.measure = options.settings.measure;
    model.gallery = Gallery::here(options.settings.images).filter(|_| model.theme.depth() > Depth::None);
    model.config_fault = options.warning.is_some();
    model.message = options.warning.clone().map(Message::Failed);
    model.open_at = options.at.clone();
    model.resume = left;
    if let Some(left) = &mut model.resume {
        model.queries = std::mem::take(&mut left.queries);
        model.tree_width = left.tree_width;
        // What the terminal told the last time is a better guess than none.
        if model.looks.light.is_none() && left.light.is_some() {
            model.looks.light = left.light;
            model.theme = model.looks.made();
        }
        model.earlier = std::mem::take(&mut left.places);
        model.earlier_past = std::mem::take(&mut left.past);
    }
    // Until the bookmarks are read, a key that toggles one has to wait for them.
    model.marks.pending = 1;
    let (to_pages, to_saves) = (sender.clone(), sender.clone());
    let pages = pages::Desk::new(move |event| to_pages.send(event.into()).is_ok());
    let saves =
        Worker::new(options.settings.bookmarks.clone(), move |event| to_saves.send(event.into()).is_ok());
    let to = sender.clone();
    let seeker = Desk::new(move |event| to.send(event.into()).is_ok());
    let waiting = Waiting::default();
    let reading = options.reading.clone();
    let to = sender.clone();
    let painter = Painter::new(move |event| to.send(event.into()).is_ok());
    let to = sender.clone();
    let pictures = pictures::Painter::new(model.gallery, move |event| to.send(event.into()).is_ok());
    let (roots, all, events) = (options.roots.clone(), options.all, sender.clone());
    let lent = watch::Lent::default();
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
        named: options.named,
        lent: lent.clone(),
        keyboard: None,
        vigil: None,
    };
    // The first frame comes before everything that it does not need.
    if let Some(end) = screen_loop.start(first)? {
        return Ok(end);
    }
    drop(painted);
    caught.hand_on(sender.clone(), lent).context("signals cannot be watched")?;
    if let Some(read) = read {
        read()?;
    }
    if screen_loop.model.looks.theme == AUTO {
        screen_loop.screen.ask_background()?;
    }
    screen_loop.keyboard = Some(Keyboard::read(sender.clone())?);
    screen_loop.saves.give(Job::LoadBookmarks(screen_loop.model.library.clone()));
    screen_loop.painted = true;
    screen_loop.take(Event::Today(today()).into())?;
    screen_loop.perform(Effect::TakeNotice)?;
    if screen_loop.model.surveying {
        screen_loop.perform(Effect::Survey)?;
    }
    // The screen's own descriptor: `/dev/tty` is there only for a controlling terminal.
    watch::hang_up(io::stdout(), sender.clone())?;
    screen_loop.watch_notes()?;
    if let Some(path) = &options.settings.bookmarks {
        vigil::over(path.clone(), sender.clone(), || Some(Event::BookmarksChanged))?;
    }
    if let Some(path) = options.config.clone() {
        vigil::over_what_may_come(path.clone(), sender, configured(path, options.configure.clone()))?;
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

/// Starts reading the notes, where nothing is `seen` yet with what a glimpse gives. That is painted before the others are read:
/// there may be no more than two cores. `painted` closes when that is done.
fn read_notes(
    options: &Options,
    seen: bool,
    resumed: Option<Wished>,
    to: &Sender<Happening>,
    painted: Receiver<()>,
) -> io::Result<()> {
    let (roots, to) = (options.roots.clone(), to.clone());
    let extent = options.settings.extent(options.all);
    std::thread::Builder::new().name("loader".into()).spawn(move || {
        // Nobody listens any more when the screen was closed meanwhile; that is all right.
        let begun = |event: Event| {
            let _ = to.send(event.into());
            let _ = painted.recv();
        };
        let step = |step| match step {
            Step::Begun(library) => begun(Event::Begun(Arc::from(library))),
            Step::Read(files) => {
                let _ = to.send(Event::Counted(files).into());
            }
        };
        fault("loader");
        let at_last = || glimpse(&roots, extent, resumed.as_ref(), Patience::Any);
        let seen =
            seen || at_last().map(|glimpse| Event::Glimpsed(Arc::new(glimpse.library))).map(begun).is_some();
        let result = load_in_steps(&roots, extent, seen, step).map(Arc::new);
        let _ = to.send(Event::Loaded(result).into());
    })?;
    Ok(())
}

/// What a changed config file comes to. Nothing, while it says what it said before.
fn configured(path: PathBuf, configure: Configure) -> impl Fn() -> Option<Event> + Send {
    let before = std::cell::RefCell::new(None);
    move || {
        let now = crate::config::file::load(&path).map_err(|error| error.to_string());
        let first = before.borrow().is_none();
        if before.replace(Some(now.clone())) == Some(now.clone()) || first {
            return None;
        }
        let settings = now.and_then(|(settings, faults)| match faults.first() {
            Some(fault) => Err(format!("{}; what was set holds", fault.short())),
            None => configure(settings),
        });
        Some(Event::Configured(settings.map(Box::new)))
    }
}

pub(super) struct Loop {
    pub(super) model: Model,
    pub(super) screen: Screen,
    /// Lays pages out.
    pub(super) pages: pages::Desk,
    /// Reads and saves bookmarks.
    pub(super) saves: Worker,
    /// Answers queries.
    pub(super) seeker: Desk,
    /// Where read marks are kept.
    pub(super) reading: Option<PathBuf>,
    /// Reads code.
    pub(super) painter: Painter,
    /// Reads pictures.
    pub(super) pictures: pictures::Painter,
    /// Where the notes are, and whether hidden ones are read too.
    pub(super) roots: Roots,
    pub(super) all: bool,
    /// Where what happens is told.
    pub(super) events: Sender<Happening>,
    pub(super) queue: Receiver<Happening>,
    pub(super) waiting: Waiting,
    /// The first frame was drawn.
    pub(super) painted: bool,
    /// The notes were named on the command line.
    pub(super) named: bool,
    /// Whether an editor has the terminal.
    pub(super) lent: watch::Lent,
    /// Reads the keys.
    pub(super) keyboard: Option<Keyboard>,
    /// Watches the notes.
    pub(super) vigil: Option<Vigil>,
}

/// What was asked for and is not there yet.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    pub(super) page: bool,
    pub(super) answer: bool,
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
        let moment = Instant::now() + GLIMPSE;
        loop {
            let next = match self.model.glimpse {
                true => self.queue.recv_timeout(moment.saturating_duration_since(Instant::now())),
                false => self.queue.recv().map_err(RecvTimeoutError::from),
            };
            let next = match next {
                // Keys wait for more than a glimpse for so long, and no longer.
                Err(RecvTimeoutError::Timeout) => Event::Waited.into(),
                other => other.context("the queue of events closed")?,
            };
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

    pub(super) fn take(&mut self, happening: Happening) -> Result<Option<End>> {
        match happening {
            Happening::Event(Event::Loaded(Err(error))) if self.named => {
                return Ok(Some(End::NoNotes(error)));
            }
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
                if let Event::Configured(Ok(settings)) = &event
                    && !self.named
                    && settings.notes != self.model.set.notes
                {
                    let notes = settings.notes.clone();
                    self.roots = if notes.is_empty() { Roots::Builtin } else { Roots::Paths(notes) };
                    self.watch_notes()?;
                }
                if let Event::Configured(Ok(settings)) = &event
                    && settings.bookmarks != self.model.set.bookmarks
                {
                    self.keep_bookmarks_in(settings.bookmarks.clone())?;
                }
                for effect in update(&mut self.model, event) {
                    if let Some(end) = self.perform(effect)? {
                        return Ok(Some(end));
                    }
                }
            }
            Happening::Stop => self.stop()?,
            Happening::Continued => self.screen.reenter()?,
            // Also where the size is the one of before again: in between, the terminal may have lost what stood on it.
            Happening::Resized => return self.take(Event::Resize(self.screen.size()).into()),
            Happening::End(signal) => return Ok(Some(End::Signal(signal))),
            Happening::HangUp => return Ok(Some(End::HungUp)),
            // Only while it is waited for.
            Happening::EditorEnded(_) => {}
        }
        Ok(None)
    }
}

/// A place where a test may ask for a panic, to see that it is survived. Only in debug builds.
pub(super) fn fault(place: &str) {
    if cfg!(debug_assertions) && std::env::var_os("HALLWAY_TEST_PANIC").is_some_and(|p| p == place) {
        panic!("a fault was asked for at {place}");
    }
}
