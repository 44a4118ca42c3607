//! Reading and saving bookmarks and read marks, off the UI thread.
//!
//! Changes are never skipped: they are done in order, and what cannot be saved is kept and tried again
//! with the next one.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::bookmarks::reading::{self, Reading};
use crate::bookmarks::revisit::today;
use crate::bookmarks::{Anchor, Bookmark, Bookmarks, FileError, Operation, Outcome, file};
use crate::library::guard::guarded;
use crate::library::{Library, TalkId};
use crate::tui::event::Event;
use crate::tui::reader::Place;

/// Something to do.
#[derive(Debug)]
pub enum Job {
    /// Read the bookmarks.
    LoadBookmarks,
    /// Set a bookmark.
    AddBookmark {
        /// On which talk.
        talk: TalkId,
        /// At which place.
        place: Place,
        /// Of which notes.
        library: Arc<Library>,
    },
    /// Remove a bookmark.
    RemoveBookmark(String),
    /// Read which talks were read, and take notice of these notes.
    LoadReading(PathBuf, Arc<Library>),
    /// Mark a talk of these notes as read.
    MarkRead(PathBuf, Arc<Library>, TalkId),
}

/// The handle to a worker. Its thread starts with the first job. Dropping the handle ends it after
/// the job at hand, and nobody waits; [`Worker::finish`] waits until all is done.
pub struct Worker {
    state: Option<State>,
}

enum State {
    Asleep(Desk, Box<dyn Fn(Event) -> bool + Send>),
    Awake(Sender<Job>, Option<JoinHandle<Option<String>>>),
}

impl Worker {
    /// A worker that hands its results to `events`, which says whether anybody still listens.
    pub fn new(bookmarks: Option<PathBuf>, events: impl Fn(Event) -> bool + Send + 'static) -> Self {
        let desk = Desk { bookmarks: BookmarkDesk::new(bookmarks) };
        Self { state: Some(State::Asleep(desk, Box::new(events))) }
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
            events(self.perform(job));
        }
        self.bookmarks.last_try()
    }

    fn perform(&mut self, job: Job) -> Event {
        let job = match job {
            Job::LoadReading(path, library) => {
                return Event::Reading(marks(|| reading::take_notice(&path, &library)));
            }
            Job::MarkRead(path, library, talk) => {
                return Event::Reading(marks(|| reading::mark(&path, &library, talk)));
            }
            job => job,
        };
        let bookmarks = &mut self.bookmarks;
        // A fault in either is told like a failure; the worker goes on.
        let done = match job {
            Job::LoadBookmarks => guarded(|| bookmarks.load()),
            Job::AddBookmark { talk, place, library } => guarded(|| {
                let made = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
                let anchor = Anchor::of(&library, talk, place.line, place.offset);
                bookmarks.change(anchor.map(|anchor| Operation::put(Bookmark::new(anchor, made))))
            }),
            Job::RemoveBookmark(id) => guarded(|| bookmarks.change(Some(Operation::Remove(id, today())))),
            Job::LoadReading(..) | Job::MarkRead(..) => None,
        };
        done.unwrap_or_else(|| {
            let notice = "a bookmark could not be dealt with; this is a fault in hallway";
            self.bookmarks.now(Some(notice.to_owned()), false)
        })
    }
}

/// Read marks, or why there are none, in words.
fn marks(read: impl FnOnce() -> Result<Outcome<Reading>, FileError>) -> Result<Reading, String> {
    let said = |error: FileError| format!("what was read is known for this session only: {error}");
    let fault = || Err("read marks could not be dealt with; this is a fault in hallway".to_owned());
    guarded(|| read().map(|outcome| outcome.value).map_err(said)).unwrap_or_else(fault)
}

/// The bookmarks as this process knows them, and what of it is not on the disk yet.
pub struct BookmarkDesk {
    path: Option<PathBuf>,
    known: Bookmarks,
    unsaved: Vec<Operation>,
}

impl BookmarkDesk {
    /// A desk for a file; without one, bookmarks live for this session.
    pub fn new(path: Option<PathBuf>) -> Self {
        Self { path, known: Bookmarks::default(), unsaved: Vec::new() }
    }

    /// Reads the file.
    pub fn load(&mut self) -> Event {
        let result = self.path.as_deref().map(file::load);
        self.outcome(result)
    }

    /// Applies a change and saves it, with those that could not be saved before.
    pub fn change(&mut self, operation: Option<Operation>) -> Event {
        self.unsaved.extend(operation);
        let result = self.path.as_deref().map(|path| file::change(path, &self.unsaved));
        self.outcome(result)
    }

    /// One more try for what is not saved when the program ends. What fails again is told.
    fn last_try(&mut self) -> Option<String> {
        if self.unsaved.is_empty() {
            return None;
        }
        match self.change(None) {
            Event::Bookmarks { notice, saved: false, .. } => {
                let many = crate::report::words::count(self.unsaved.len(), "change");
                Some(format!("{many} of bookmarks could not be saved: {}", notice.unwrap_or_default()))
            }
            _ => None,
        }
    }

    fn outcome(&mut self, result: Option<Result<Outcome<Bookmarks>, FileError>>) -> Event {
        let (notice, saved) = match result {
            Some(Ok(outcome)) => {
                self.known = outcome.value;
                self.unsaved.clear();
                (outcome.notice, true)
            }
            Some(Err(error)) => (Some(format!("bookmarks are kept for this session only: {error}")), false),
            None => {
                let notice =
                    "bookmarks are kept for this session only: no home folder; set HALLWAY_BOOKMARKS";
                (Some(notice.to_owned()), false)
            }
        };
        self.now(notice, saved)
    }

    /// The bookmarks as they are now, those that are not saved among them.
    fn now(&self, notice: Option<String>, saved: bool) -> Event {
        let mut bookmarks = self.known.clone();
        for operation in &self.unsaved {
            bookmarks.apply(operation);
        }
        Event::Bookmarks { bookmarks, notice, saved }
    }
}
