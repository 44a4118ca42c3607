//! Reading and saving bookmarks and read marks, off the UI thread.
//!
//! Changes are never skipped: they are done in order, and what cannot be saved is kept and tried again
//! with the next one.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::bookmarks::reading::{self, Reading};
use crate::bookmarks::{Anchor, Bookmark, Bookmarks, FileError, Operation, Outcome, file};
use crate::library::guard::guarded;
use crate::library::{Library, TalkId};
use crate::report::bookmarks::{Mark, locate_beside};
use crate::tui::event::{Event, Kept};
use crate::tui::reader::Place;

/// Something to do.
#[derive(Debug)]
pub enum Job {
    /// Read the bookmarks, and find their places in these notes.
    LoadBookmarks(Arc<Library>),
    /// Somebody may have changed the bookmarks: read them, and tell what is new.
    RereadBookmarks(Arc<Library>),
    /// Find the places of the bookmarks in these notes.
    FindPlaces(Arc<Library>),
    /// Set a bookmark.
    AddBookmark {
        /// On which talk.
        talk: TalkId,
        /// At which place.
        place: Place,
        /// With which note.
        note: String,
        /// Of which notes.
        library: Arc<Library>,
    },
    /// Change the bookmarks.
    ChangeBookmarks(Operation, Arc<Library>),
    /// Read which talks were read, and take notice of these notes.
    LoadReading(PathBuf, Arc<Library>, Vec<PathBuf>),
    /// Mark a talk of these notes as read.
    MarkRead(PathBuf, Arc<Library>, TalkId),
}

/// The handle to a worker. Its thread starts with the first job. Dropping the handle ends it after
/// the job at hand, and nobody waits; [`Worker::finish`] waits until all is done.
pub struct Worker {
    state: Option<State>,
}

enum State {
    Asleep(Box<Desk>, Box<dyn Fn(Event) -> bool + Send>),
    Awake(Sender<Job>, Option<JoinHandle<Option<String>>>),
}

impl Worker {
    /// A worker that hands its results to `events`, which says whether anybody still listens.
    pub fn new(bookmarks: Option<PathBuf>, events: impl Fn(Event) -> bool + Send + 'static) -> Self {
        let desk = Desk { bookmarks: BookmarkDesk::new(bookmarks) };
        Self { state: Some(State::Asleep(Box::new(desk), Box::new(events))) }
    }

    /// Hands a job over.
    pub fn give(&mut self, job: Job) {
        let (jobs, thread) = match self.state.take() {
            Some(State::Awake(jobs, thread)) => (jobs, thread),
            Some(State::Asleep(desk, events)) => {
                let (sender, jobs) = channel();
                let name = std::thread::Builder::new().name("worker".into());
                (sender, name.spawn(move || desk.work(&jobs, &*events)).ok())
            }
            None => return,
        };
        // A worker that is gone has nothing to lose any more.
        let _ = jobs.send(job);
        self.state = Some(State::Awake(jobs, thread));
    }

    /// Lets the worker finish. What it returns was not saved, in words.
    pub fn finish(&mut self) -> Option<String> {
        let State::Awake(jobs, thread) = self.state.take()? else {
            return None;
        };
        drop(jobs);
        thread?.join().ok().flatten()
    }
}

struct Desk {
    bookmarks: BookmarkDesk,
}

impl Desk {
    fn work(mut self, jobs: &Receiver<Job>, events: &dyn Fn(Event) -> bool) -> Option<String> {
        while let Ok(job) = jobs.recv() {
            // Whether anybody still listens or not: what is to be saved is saved.
            if let Some(event) = self.perform(job) {
                events(event);
            }
        }
        self.bookmarks.last_try()
    }

    fn perform(&mut self, job: Job) -> Option<Event> {
        let bookmarks = &mut self.bookmarks;
        let (library, done) = match job {
            Job::LoadReading(path, library, named) => {
                return Some(Event::Reading(marks(|| reading::take_notice(&path, &library, &named))));
            }
            Job::MarkRead(path, library, talk) => {
                return Some(Event::Reading(marks(|| reading::mark(&path, &library, talk))));
            }
            Job::RereadBookmarks(library) => return guarded(|| bookmarks.reread(&library)).flatten(),
            // A fault in any is told like a failure; the worker goes on.
            Job::LoadBookmarks(library) => (library.clone(), guarded(|| bookmarks.load(&library))),
            Job::FindPlaces(library) => (library.clone(), guarded(|| bookmarks.find_places(&library))),
            Job::AddBookmark { talk, place, note, library } => {
                let made = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
                let add = || {
                    super::runtime::fault("bookmarks");
                    bookmarks.add(&library, talk, place, note, made)
                };
                (library.clone(), guarded(add))
            }
            Job::ChangeBookmarks(operation, library) => {
                (library.clone(), guarded(|| bookmarks.change(operation, &library)))
            }
        };
        Some(done.unwrap_or_else(|| {
            let notice = "a bookmark could not be dealt with; this is a fault in hallway";
            // What was known before stays on the screen.
            let (library, marks) = self.bookmarks.located.clone().unwrap_or((library, Vec::new()));
            let notice = Some(notice.to_owned());
            Event::Bookmarks(Box::new(Kept { notice, saved: false, ..Kept::of(library, marks) }))
        }))
    }
}

/// Read marks, or why there are none, in words.
fn marks(read: impl FnOnce() -> Result<Outcome<Reading>, FileError>) -> Result<Outcome<Reading>, String> {
    let said = |error: FileError| format!("what was read is known for this session only: {error}");
    let fault = || Err("read marks could not be dealt with; this is a fault in hallway".to_owned());
    guarded(|| read().map_err(said)).unwrap_or_else(fault)
}

/// The bookmarks as this process knows them, and what of it is not on the disk yet.
pub struct BookmarkDesk {
    path: Option<PathBuf>,
    known: Bookmarks,
    unsaved: Vec<Operation>,
    /// What was told last.
    told: Option<String>,
    /// The same at length, when it was a failure.
    full: Option<String>,
    saved: bool,
    /// The bookmarks with their places, and the notes that those are in: what did not change is not looked for
    /// again.
    located: Option<(Arc<Library>, Vec<Mark>)>,
}

impl BookmarkDesk {
    /// A desk for a file; without one, bookmarks live for this session.
    pub fn new(path: Option<PathBuf>) -> Self {
        Self {
            path,
            known: Bookmarks::default(),
            unsaved: Vec::new(),
            told: None,
            full: None,
            saved: true,
            located: None,
        }
    }

    /// Reads the file.
    pub fn load(&mut self, library: &Arc<Library>) -> Event {
        let result = self.path.as_deref().map(file::load);
        self.outcome(result);
        self.now(library, None)
    }

    /// Reads the file again; `None` when it says nothing new.
    pub fn reread(&mut self, library: &Arc<Library>) -> Option<Event> {
        let before = (self.known.clone(), self.told.clone());
        match self.path.as_deref().map(file::load) {
            Some(Ok(outcome)) => {
                self.known = outcome.value;
                // That something could not be saved holds until it is.
                if self.unsaved.is_empty() {
                    self.told = outcome.notice;
                }
            }
            // Somebody is in the middle of something: the next time will tell.
            _ => return None,
        }
        if (&self.known, &self.told) == (&before.0, &before.1) {
            return None;
        }
        let Event::Bookmarks(kept) = self.now(library, None) else {
            return None;
        };
        Some(Event::Bookmarks(Box::new(Kept { asked: false, ..*kept })))
    }

    /// Finds the places of the bookmarks in other notes.
    pub fn find_places(&mut self, library: &Arc<Library>) -> Event {
        self.now(library, None)
    }

    /// Sets a bookmark.
    pub fn add(
        &mut self,
        library: &Arc<Library>,
        talk: TalkId,
        place: Place,
        note: String,
        made: String,
    ) -> Event {
        match Anchor::of(library, talk, place.line, place.offset) {
            Some(anchor) => {
                let bookmark = Bookmark { note, ..Bookmark::new(anchor, made) };
                self.change(Operation::put(bookmark), library)
            }
            None => self.now(library, None),
        }
    }

    /// Applies a change and saves it, with those that could not be saved before.
    pub fn change(&mut self, operation: Operation, library: &Arc<Library>) -> Event {
        self.unsaved.push(operation.clone());
        self.save();
        self.now(library, Some(operation))
    }

    fn save(&mut self) {
        let result = self.path.as_deref().map(|path| file::change(path, &self.unsaved));
        self.outcome(result);
    }

    /// One more try for what is not saved when the program ends. What fails again is told.
    fn last_try(&mut self) -> Option<String> {
        if self.unsaved.is_empty() {
            return None;
        }
        self.save();
        let many = crate::report::words::count(self.unsaved.len(), "change");
        let why = self.full.take().or(self.told.take()).unwrap_or_default();
        (!self.saved).then(|| format!("{many} of bookmarks could not be saved: {why}"))
    }

    fn outcome(&mut self, result: Option<Result<Outcome<Bookmarks>, FileError>>) {
        (self.told, self.saved) = match result {
            Some(Ok(outcome)) => {
                self.known = outcome.value;
                self.unsaved.clear();
                (outcome.notice, true)
            }
            Some(Err(error)) => {
                self.full = Some(error.to_string());
                (Some(format!("bookmarks are kept for this session only: {}", error.short())), false)
            }
            None => {
                let notice =
                    "bookmarks are kept for this session only: no home folder; set HALLWAY_BOOKMARKS";
                (Some(notice.to_owned()), false)
            }
        };
    }

    /// The bookmarks as they are now, those that are not saved among them, with their places.
    fn now(&mut self, library: &Arc<Library>, done: Option<Operation>) -> Event {
        let mut bookmarks = self.known.clone();
        for operation in &self.unsaved {
            bookmarks.apply(operation);
        }
        let known = self.located.as_ref().filter(|(notes, _)| Arc::ptr_eq(notes, library));
        let known = known.map_or(&[][..], |(_, marks)| marks);
        let marks = locate_beside(library, bookmarks.bookmarks, known);
        self.located = Some((library.clone(), marks.clone()));
        let (notice, saved) = (self.told.clone(), self.saved);
        Event::Bookmarks(Box::new(Kept { done, notice, saved, ..Kept::of(library.clone(), marks) }))
    }
}
