//! Loading: paths → library. Files are read and their lines scanned on a few threads.
//!
//! Markup is not parsed here, links are not looked for, words are not counted: that is done for
//! the talk that somebody looks at.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::library::assemble::{ReadFile, assemble};
use crate::library::builtin;
use crate::library::crew;
use crate::library::evidence::Reasons;
use crate::library::features;
use crate::library::glimpse::library_of;
use crate::library::graft;
use crate::library::guard::guarded;
use crate::library::intake::{self, Budget, Hand, Known, Looked, Outcome};
use crate::library::model::{BuiltIn, FileId, Library};
use crate::library::overrides::{self, Overrides, Rules};
use crate::library::passing;
use crate::library::place::{self, Place, Survey, Surveyed};
use crate::library::problems::{Problem, Severity};
use crate::library::shelf::Shelf;
use crate::library::sorted::Sorted;
use crate::library::source::Limits;
use crate::library::walk::{Entry, Walk};
use crate::library::{nearby, reading, source};
use crate::text::decode;

/// Where notes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Roots {
    /// Files and folders that somebody named; `-` is standard input.
    Paths(Vec<PathBuf>),
    /// The collection that is built into the program.
    Builtin,
    /// The tour of hallway.
    Tour,
}

impl Roots {
    /// What somebody named.
    pub fn paths(&self) -> &[PathBuf] {
        match self {
            Roots::Paths(paths) => paths,
            Roots::Builtin | Roots::Tour => &[],
        }
    }
}

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum LoadError {
    /// A named path does not exist.
    #[error("{}: there is no such file or folder", .0.display())]
    Missing(PathBuf),
    /// The named paths hold no notes; with what stood in the way, in words.
    #[error("{}: no notes found there{}", list(.0), reasons(.1))]
    NoNotes(Vec<PathBuf>, Vec<String>),
}

fn list(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
    names.join(", ")
}

fn reasons(reasons: &[String]) -> String {
    let all: Vec<String> = reasons.iter().map(|reason| format!("; {reason}")).collect();
    all.concat()
}

/// Loads the library.
///
/// # Errors
///
/// When no named path exists, or none holds notes. Of several, the rest is still loaded; what is
/// missing is a problem then. A file at fault inside a folder is never an error.
pub fn load(roots: &Roots, extent: impl Into<Extent>) -> Result<Library, LoadError> {
    load_as(roots, How::of(extent), None)
}

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// Hidden and ignored files too.
    pub all: bool,
    /// The most of one file, and of all together.
    pub limits: Limits,
}

impl From<bool> for Extent {
    /// All files or not, within the usual limits.
    fn from(all: bool) -> Self {
        Self { all, limits: Limits::default() }
    }
}

/// How far a load has come.
#[derive(Debug)]
pub enum Step {
    /// What is read so far gives these notes.
    Begun(Box<Library>),
    /// So many files are read.
    Read(usize),
}

/// Loads the library, and tells of its steps, so that a screen has something to show: what the first few
/// files give as soon as they are read, unless something is `seen` already
/// ([`glimpse`](crate::library::glimpse::glimpse)); what has come together from time to time; and how many files there are.
/// Where there are only a few files, there are no steps.
///
/// # Errors
///
/// As [`load`].
pub fn load_in_steps(
    roots: &Roots,
    extent: impl Into<Extent>,
    seen: bool,
    mut step: impl FnMut(Step),
) -> Result<Library, LoadError> {
    let watcher = Watcher { seen, step: &mut step };
    load_as(roots, How::of(extent), Some(watcher))
}

/// As [`load`], with all that was weighed, for whoever asks why.
///
/// # Errors
///
/// As [`load`].
pub fn load_explained(roots: &Roots, extent: impl Into<Extent>) -> Result<Library, LoadError> {
    load_as(roots, How { reasons: Reasons::Kept, ..How::of(extent) }, None)
}

/// As [`load`] or [`load_explained`], also where no talk is found: whoever asks how notes are read wants to know it then most
/// of all. What [`load`] would say of it is [`LoadError::of`].
///
/// # Errors
///
/// When no named path exists.
pub fn load_to_examine(
    roots: &Roots,
    extent: impl Into<Extent>,
    reasons: Reasons,
) -> Result<Library, LoadError> {
    load_as(roots, How { reasons, without_talks: true, ..How::of(extent) }, None)
}

/// Who wants to know of the steps.
struct Watcher<'w> {
    /// There is something to see already.
    seen: bool,
    step: &'w mut dyn FnMut(Step),
}

/// What is wanted of a load.
#[derive(Clone, Copy)]
struct How {
    extent: Extent,
    reasons: Reasons,
    /// A library without a talk is one.
    without_talks: bool,
}

impl How {
    fn of(extent: impl Into<Extent>) -> Self {
        Self { extent: extent.into(), reasons: Reasons::Dropped, without_talks: false }
    }
}

fn load_as(roots: &Roots, how: How, watcher: Option<Watcher>) -> Result<Library, LoadError> {
    match roots {
        Roots::Builtin => Ok(built_in(BuiltIn::Collection, how, watcher)),
        Roots::Tour => Ok(built_in(BuiltIn::Tour, how, watcher)),
        Roots::Paths(paths) => from_paths(paths, how, watcher),
    }
}

fn from_paths(paths: &[PathBuf], how: How, watcher: Option<Watcher>) -> Result<Library, LoadError> {
    let stdin = Path::new("-");
    let (there, missing): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|p| p == stdin || p.symlink_metadata().is_ok());
    if let (true, Some(first)) = (there.is_empty(), missing.first()) {
        return Err(LoadError::Missing(first.clone()));
    }
    let mut problems: Vec<Problem> = missing.iter().map(|path| missing_problem(path)).collect();
    let on_disk: Vec<PathBuf> = there.iter().filter(|p| *p != stdin).cloned().collect();
    let mut walk = Walk::new(on_disk.clone(), how.extent.all);
    let budget = Budget::new(how.extent.limits);
    let read = |entry: Entry, hand: &mut Hand| budget.read_one(entry, hand);
    let (mut looked, found) = read_in_steps(&mut walk, read, watcher);
    let (overrides, faults) = read_overrides(walk.overrides());
    let wants = |path: &Path| overrides.is_empty() || overrides::wants(&overrides, path);
    looked.retain(|l| wants(&l.file.path));
    problems.extend(walk.problems());
    problems.extend(found.into_iter().filter(|problem| wants(&problem.path)));
    problems.extend(budget.problem());
    let limits = how.extent.limits;
    let mut shelf = Shelf::of(&looked, problems.clone(), walk.overrides().to_vec(), how.extent);
    problems.extend(faults);
    let remember = |looked: &[Looked], places: &[_]| shelf.remember(looked, places);
    let mut decided = decide(looked, &overrides, how.reasons, &mut problems, remember);
    if on_disk.len() < there.len() {
        let (typed, faults) = intake::from_stdin(limits);
        problems.extend(faults);
        let typed = decide(typed.into_iter().collect(), &[], how.reasons, &mut problems, |_, _| {});
        decided.files.extend(typed.files);
        decided.bytes += typed.bytes;
        // What was typed is not typed again.
        shelf = Shelf::default();
    }
    let mut library = assemble(decided, problems, how.reasons);
    library.shelf = shelf;
    if how.without_talks { Ok(library) } else { finished(library, paths) }
}

/// Loads notes again of which only these paths have changed: of the files among them the texts are read, of the
/// others what was made of them is taken over. Where all others have to be looked over again, `soon` is handed the notes before that is
/// done, with what has changed in them and the others as they were. `None` where more has to be read: then [`load`] does.
///
/// # Errors
///
/// As [`load`].
pub fn load_changed(
    roots: &Roots,
    before: &Library,
    changed: &[PathBuf],
    mut soon: impl FnMut(Library),
) -> Option<Result<Library, LoadError>> {
    let Roots::Paths(paths) = roots else {
        return None;
    };
    if before.shelf.files.is_empty() {
        return None;
    }
    let changes = before.shelf.changes(paths, changed)?;
    let mut near =
        || graft::changed(before, &changes).or_else(|| nearby::changed(before, &changes, paths, &mut soon));
    if let Some(library) = near() {
        return Some(Ok(library));
    }
    let (looked, mut shelf) = before.shelf.with(before, changes, changed);
    let (overrides, faults) = read_overrides(&shelf.overrides);
    let mut problems: Vec<Problem> = shelf.problems.iter().cloned().chain(faults).collect();
    let remember = |looked: &[Looked], places: &[_]| shelf.remember(looked, places);
    let decided = decide(looked, &overrides, Reasons::Dropped, &mut problems, remember);
    let mut library = assemble(decided, problems, Reasons::Dropped);
    library.shelf = shelf;
    Some(finished(library, paths))
}

/// A library without a talk is none.
fn finished(library: Library, paths: &[PathBuf]) -> Result<Library, LoadError> {
    match LoadError::of(&library, paths) {
        Some(error) => Err(error),
        None => Ok(library),
    }
}

impl LoadError {
    /// What is to be said of notes in which no talk was found.
    pub fn of(library: &Library, paths: &[PathBuf]) -> Option<Self> {
        const REASONS: usize = 3;
        let serious = library.problems.iter().filter(|p| p.severity > Severity::Note);
        let reasons = serious.take(REASONS).map(|p| format!("{} {}", p.path.display(), p.message));
        library.talks.is_empty().then(|| LoadError::NoNotes(paths.to_vec(), reasons.collect()))
    }
}

/// As much as is read before the first step is handed over, in bytes of text: a screen or two of rows.
const FIRST_STEP: usize = 4 * 1024;

/// How long after the start the notes that are read by then are put together for the first time; each next time
/// is after so many times as long, and not before so many times what it took: it also leaves holes in memory.
const SECOND_STEP: Duration = Duration::from_millis(500);
const LATER: u32 = 6;
const SELDOM: u32 = 60;

/// How often it is told how many files are read.
const COUNTED: Duration = Duration::from_millis(50);

/// Reads files. Where nothing is seen yet, what the first few give is handed over before the others are read.
fn read_in_steps<T: Send>(
    sources: &mut (impl Iterator<Item = T> + Send),
    read: impl Fn(T, &mut Hand) -> Outcome + Sync,
    watcher: Option<Watcher>,
) -> (Vec<Looked>, Vec<Problem>) {
    let Some(Watcher { seen, step }) = watcher else {
        return intake::read_all(sources, read, &mut |_, _| {});
    };
    let begun = |looked: Vec<Looked>, step: &mut dyn FnMut(Step)| {
        let library = library_of(looked);
        if !library.talks.is_empty() {
            step(Step::Begun(Box::new(library)));
        }
    };
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    let mut sources = sources.peekable();
    if !seen {
        let (mut bytes, mut hand) = (0, Hand::default());
        while bytes < FIRST_STEP {
            let Some(source) = sources.next() else {
                return (files, problems);
            };
            let (file, faults) = read(source, &mut hand);
            bytes += file.as_ref().map_or(0, |f: &Looked| f.file.text.len());
            files.extend(file);
            problems.extend(faults);
        }
        // Their texts are there before anybody looks at them.
        drop(hand);
        if sources.peek().is_none() {
            return (files, problems);
        }
        begun(files.clone(), step);
    }
    let (started, mut due, mut counted) = (Instant::now(), SECOND_STEP, COUNTED);
    let mut onlooker = |read: usize, so_far: &dyn Fn() -> Vec<Looked>| {
        if started.elapsed() >= counted {
            step(Step::Read(files.len() + read));
            counted = started.elapsed() + COUNTED;
        }
        if started.elapsed() >= due {
            let since = started.elapsed();
            let mut all = so_far();
            all.splice(..0, files.iter().cloned());
            begun(all, step);
            let now = started.elapsed();
            due = (now * LATER).max(now + (now - since) * SELDOM);
        }
    };
    let (mut all, faults) = intake::read_all(sources, read, &mut onlooker);
    all.splice(..0, files);
    problems.extend(faults);
    (all, problems)
}

/// What files hold, each by what it says itself, and how many bytes of text there are to them, as far as
/// that makes a difference ([`crew::bytes`]).
#[derive(Default)]
pub(super) struct Decided {
    pub(super) files: Vec<Sorted>,
    pub(super) bytes: usize,
}

/// Decides what every file holds. Where they lie is to be kept by `remember`.
pub(super) fn decide(
    mut looked: Vec<Looked>,
    overrides: &[Overrides],
    reasons: Reasons,
    problems: &mut Vec<Problem>,
    remember: impl FnOnce(&[Looked], &[Place]),
) -> Decided {
    let mut rules: Vec<Rules> = Vec::new();
    if !overrides.is_empty() {
        rules.extend(looked.iter().map(|l| overrides::rules_for(overrides, &l.file.path)));
        for (l, rules) in looked.iter_mut().zip(&rules).filter(|(_, rules)| !rules.ignored.is_empty()) {
            features::ignore(&l.file.text, &mut l.survey, &rules.ignored);
        }
    }
    // What one root says is nothing to the others.
    let of_root = |looked: &[Looked]| {
        let found = guarded(|| place::places(&surveyed(looked), reasons));
        // (Each of its own: files with one count of those beside them lie in one folder.)
        found.unwrap_or_else(|| looked.iter().map(|_| Place::default()).collect())
    };
    let mut places: Vec<Place> = Vec::new();
    for looked in looked.chunk_by(|a, b| a.root == b.root) {
        // Most often there is one, and its list stays where it is.
        let found = of_root(looked);
        if places.is_empty() { places = found } else { places.extend(found) }
    }
    for (place, rules) in places.iter_mut().zip(rules) {
        place.rules = Arc::new(rules);
    }
    remember(&looked, &places);
    let bytes = crew::bytes(looked.iter().map(|l| l.file.text.len()));
    let sort = |at: usize, read| Sorted::of(read, FileId(at as u32), reasons);
    let (files, faults) = read_there(looked, places, bytes, reasons, sort);
    problems.extend(faults);
    Decided { files, bytes }
}

/// Reads files where they lie, and makes `then` of each, which is told its number.
pub(super) fn read_there<U: Send>(
    looked: Vec<Looked>,
    places: Vec<Place>,
    bytes: usize,
    reasons: Reasons,
    then: impl Fn(usize, ReadFile) -> U + Sync,
) -> (Vec<U>, Vec<Problem>) {
    let faults: Mutex<Vec<(usize, Problem)>> = Mutex::default();
    let all = looked.into_iter().zip(places).enumerate();
    let read = crew::map(all, bytes, |(at, (looked, place))| {
        let Looked { file, survey, known, .. } = looked;
        // What was made of it where it lay holds, if it still lies so.
        if let Some(Known { place: before, reading, .. }) =
            known.filter(|known| reasons == Reasons::Dropped && *known.place == place)
        {
            return then(at, ReadFile { file, reading, place: before, survey });
        }
        let read = guarded(|| reading::read(&file.text, file.relative(), &survey, &place, reasons));
        let reading = read.unwrap_or_else(|| {
            let fault = (at, not_understood(&file.path));
            faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
            reading::unread(file.relative())
        });
        // What is told at once needs its headings no more; their room is wanted for the next.
        let survey = if reading.scenes.is_empty() { Survey::default() } else { survey };
        then(at, ReadFile { file, reading: Arc::new(reading), place: Arc::new(place), survey })
    });
    let mut faults = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
    faults.sort_unstable_by_key(|(at, _)| *at);
    (read, faults.into_iter().map(|(_, fault)| fault).collect())
}

/// Files as those who look for their places want them.
pub(super) fn surveyed(looked: &[Looked]) -> Vec<Surveyed<'_>> {
    passing::list(looked.iter().map(|Looked { file, survey, root, .. }| Surveyed {
        relative: file.relative(),
        root,
        text: &file.text,
        survey,
    }))
}

fn not_understood(path: &Path) -> Problem {
    Problem {
        path: path.to_path_buf(),
        line: None,
        severity: Severity::Error,
        code: "fault",
        message: "could not be understood, so it is one talk; this is a fault in hallway".into(),
    }
}

/// Reads the files in which somebody states how the notes are to be read.
fn read_overrides(paths: &[PathBuf]) -> (Vec<Overrides>, Vec<Problem>) {
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let read = source::read(path, source::FILE_CAP).map_err(|e| e.to_string());
        let text = read.and_then(|bytes| decode::decode(Cow::Owned(bytes)).map_err(|e| e.to_string()));
        match text {
            Ok(decoded) => {
                let (overrides, faults) =
                    overrides::parse(path.parent().unwrap_or(Path::new("")), &decoded.text);
                all.push(overrides);
                problems.extend(faults);
            }
            Err(message) => problems.push(intake::at_fault(path, message)),
        }
    }
    (all, problems)
}

fn missing_problem(path: &Path) -> Problem {
    Problem {
        path: path.to_path_buf(),
        line: None,
        severity: Severity::Error,
        code: "missing",
        message: "there is no such file or folder".into(),
    }
}

/// Notes in the binary.
fn built_in(what: BuiltIn, how: How, watcher: Option<Watcher>) -> Library {
    let is_built_in = |library| Library { builtin: Some(what), ..library };
    let (seen, mut step) = match watcher {
        Some(Watcher { seen, step }) => (seen, Some(step)),
        None => (false, None),
    };
    let mut tell = step.as_mut().map(|step| {
        move |taken: Step| {
            step(match taken {
                Step::Begun(library) => Step::Begun(Box::new(is_built_in(*library))),
                other => other,
            })
        }
    });
    let watcher = tell.as_mut().map(|step| Watcher { seen, step });
    let (looked, mut problems) =
        read_in_steps(&mut builtin::files(what), |file, _: &mut Hand| builtin::read(file), watcher);
    let decided = decide(looked, &[], how.reasons, &mut problems, |_, _| {});
    is_built_in(assemble(decided, problems, how.reasons))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::TalkId;

    #[test]
    fn what_is_missing_is_said() {
        let missing = PathBuf::from("/nowhere/at/all");
        let error = load(&Roots::Paths(vec![missing.clone()]), false).expect_err("missing");
        assert_eq!(error, LoadError::Missing(missing));
        let empty = tempfile::tempdir().expect("a folder");
        let error = load(&Roots::Paths(vec![empty.path().to_path_buf()]), false).expect_err("empty");
        assert!(matches!(error, LoadError::NoNotes(..)));
    }

    #[test]
    fn day_and_month_as_the_others_write_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, date: &str| {
            let text = format!("# About {name}\n\nConference: PyCon 2017\nDate: {date}\n\nBody.\n");
            std::fs::write(folder.path().join(name), text).expect("a file");
        };
        let dates = || -> Vec<String> {
            let library = load(&Roots::Paths(vec![folder.path().to_path_buf()]), false).expect("notes");
            library.talks.iter().map(|t| t.date.map_or("none".into(), |d| d.to_string())).collect()
        };
        write("a.md", "05/06/2017");
        assert_eq!(dates(), ["none"]);
        write("b.md", "25/06/2017");
        assert_eq!(dates(), ["2017-06-05", "2017-06-25"]);
        write("c.md", "06/25/2017");
        assert_eq!(dates(), ["none", "2017-06-25", "2017-06-25"]);
    }

    #[test]
    fn two_files_on_one_conference_are_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        write("a.md", "# PyCon 2017\n\n## One\n\nAda Lovelace\n\n## Two\n\nx\n");
        write("b.md", "# Three\n\nConference: Pycon 2017\nTrack: Data\n\nBody.\n");
        write("broken.md", "\0\0\0");
        let library = load(&Roots::Paths(vec![folder.path().to_path_buf()]), false).expect("notes");
        assert_eq!(library.conferences.len(), 1);
        assert_eq!(library.conferences[0].name, "PyCon 2017");
        let titles: Vec<&str> = library.talks.iter().map(|t| &*t.title).collect();
        assert_eq!(titles, ["One", "Two", "Three"]);
        assert_eq!(library.slug(TalkId(2)), "pycon-2017/three");
        assert_eq!(library.problems.len(), 1);
        assert_eq!(library.builtin, None);
    }

    #[test]
    fn what_one_root_says_is_nothing_to_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, text).expect("a file");
        };
        // Alike in all but what they speak of: the year's folder, the page that leads to files, their names.
        for (root, title) in [("pycon", "On snakes"), ("rustconf", "On crabs")] {
            let links = format!("# My notes\n\n- [{title} again](2.md)\n- [{title}](1.md)\n");
            write(&format!("{root}/2019/README.md"), &links);
            for name in ["1", "2"] {
                write(&format!("{root}/2019/{name}.md"), "Ada Lovelace\n\nText.\n");
            }
        }
        let named =
            |names: &[&str]| Roots::Paths(names.iter().map(|name| folder.path().join(name)).collect());
        let told = |roots: &Roots| -> Vec<(String, String)> {
            let library = load(roots, false).expect("notes");
            let conference = |id| library.conference_of(id).name.clone();
            library.talk_ids().map(|id| (conference(id), library.talk(id).title.clone())).collect()
        };
        let of = |conference: &str, titles: [&str; 2]| titles.map(|title| (conference.into(), title.into()));
        let pycon = of("Pycon 2019", ["On snakes again", "On snakes"]);
        let rustconf = of("Rustconf 2019", ["On crabs again", "On crabs"]);
        assert_eq!(told(&named(&["pycon"])), pycon);
        assert_eq!(told(&named(&["pycon", "rustconf"])), [pycon, rustconf.clone()].concat());
        // Files that are named one by one are of the folder that they lie in.
        let (files, of_files) = (["README.md", "1.md", "2.md"], |name: &str| format!("rustconf/2019/{name}"));
        let paths = files.map(of_files);
        let titles: Vec<String> =
            told(&named(&paths.each_ref().map(String::as_str))).into_iter().map(|(_, title)| title).collect();
        assert_eq!(titles, ["On crabs again", "On crabs"]);
        assert_eq!(told(&named(&["rustconf"])), rustconf);
    }
}
