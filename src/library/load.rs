//! Loading: paths → library. Files are read and their lines scanned on a few threads.
//!
//! Markup is not parsed here, links are not looked for, words are not counted: that is done for
//! the talk that somebody looks at.

use std::borrow::Cow;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};

use crate::library::assemble::{ReadFile, assemble};
use crate::library::crew;
use crate::library::evidence::Reasons;
use crate::library::features;
use crate::library::file_name;
use crate::library::guard::guarded;
use crate::library::model::{File, Library};
use crate::library::overrides::{self, Overrides, Rules};
use crate::library::place::{self, Place, Survey, Surveyed};
use crate::library::problems::{Problem, Severity};
use crate::library::walk::{self, Entry};
use crate::library::{reading, source};
use crate::markup::derived;
use crate::text::{decode, mojibake};

static BUILTIN: Dir = include_dir!("$CARGO_MANIFEST_DIR/data");

/// Where notes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Roots {
    /// Files and folders that somebody named; `-` is standard input.
    Paths(Vec<PathBuf>),
    /// The collection that is built into the program.
    Builtin,
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
pub fn load(roots: &Roots, all: bool) -> Result<Library, LoadError> {
    load_in_steps(roots, all, |_| {})
}

/// Loads the library, and hands over what the first few files give as soon as they are read, so
/// that a screen has something to show. That step is left out where there are only a few files.
///
/// # Errors
///
/// As [`load`].
pub fn load_in_steps(roots: &Roots, all: bool, first: impl FnMut(Library)) -> Result<Library, LoadError> {
    load_as(roots, How { all, reasons: Reasons::Dropped }, first)
}

/// As [`load`], with all that was weighed, for whoever asks why.
///
/// # Errors
///
/// As [`load`].
pub fn load_explained(roots: &Roots, all: bool) -> Result<Library, LoadError> {
    load_as(roots, How { all, reasons: Reasons::Kept }, |_| {})
}

/// What is wanted of a load.
#[derive(Clone, Copy)]
struct How {
    /// Hidden and ignored files too.
    all: bool,
    reasons: Reasons,
}

fn load_as(roots: &Roots, how: How, first: impl FnMut(Library)) -> Result<Library, LoadError> {
    match roots {
        Roots::Builtin => Ok(builtin(how, first)),
        Roots::Paths(paths) => from_paths(paths, how, first),
    }
}

fn from_paths(paths: &[PathBuf], how: How, mut first: impl FnMut(Library)) -> Result<Library, LoadError> {
    let stdin = Path::new("-");
    let (there, missing): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|p| p == stdin || p.symlink_metadata().is_ok());
    if let (true, Some(first)) = (there.is_empty(), missing.first()) {
        return Err(LoadError::Missing(first.clone()));
    }
    let mut problems: Vec<Problem> = missing.iter().map(|path| missing_problem(path)).collect();
    let on_disk: Vec<PathBuf> = there.iter().filter(|p| *p != stdin).cloned().collect();
    let (mut entries, stated, found) = walk::walk_with_overrides(&on_disk, how.all);
    problems.extend(found);
    let (overrides, faults) = read_overrides(&stated);
    problems.extend(faults);
    if !overrides.is_empty() {
        entries.retain(|entry| overrides::wants(&overrides, &entry.path));
    }
    let (mut files, at_fault) = read_in_steps(&entries, read_one, &overrides, how.reasons, &mut first);
    if on_disk.len() < there.len() {
        let typed: Vec<Looked> = from_stdin(&mut problems).into_iter().collect();
        files.extend(decide(typed, &[], how.reasons, &mut problems));
    }
    problems.extend(at_fault);
    let library = assemble(files, problems, how.reasons);
    if library.talks.is_empty() {
        const REASONS: usize = 3;
        let serious = library.problems.iter().filter(|p| p.severity > Severity::Note);
        let reasons = serious.take(REASONS).map(|p| format!("{} {}", p.path.display(), p.message));
        return Err(LoadError::NoNotes(paths.to_vec(), reasons.collect()));
    }
    Ok(library)
}

/// As much as is read before the first step is handed over, in bytes of text: a screen or two of
/// rows, read in a fraction of a millisecond.
const FIRST_STEP: usize = 4 * 1024;

/// Looks the first few files over one by one, hands over what they give, then goes on with the
/// others. What a file holds is decided when all of them have been looked over, for its neighbours
/// have a say in it.
fn read_in_steps<T: Sync>(
    sources: &[T],
    read: impl Fn(&T) -> Outcome + Sync,
    overrides: &[Overrides],
    reasons: Reasons,
    first: &mut impl FnMut(Library),
) -> (Vec<ReadFile>, Vec<Problem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    let (mut bytes, mut taken) = (0, 0);
    while bytes < FIRST_STEP && taken < sources.len() {
        let (file, faults) = read(&sources[taken]);
        bytes += file.as_ref().map_or(0, |f: &Looked| f.file.text.len());
        files.extend(file);
        problems.extend(faults);
        taken += 1;
    }
    if taken < sources.len() {
        let decided = decide(files.clone(), overrides, reasons, &mut Vec::new());
        let library = assemble(decided, Vec::new(), reasons);
        if !library.talks.is_empty() {
            first(library);
        }
        let (more, faults) = on_all_cores(&sources[taken..], read);
        files.extend(more);
        problems.extend(faults);
    }
    let files = decide(files, overrides, reasons, &mut problems);
    (files, problems)
}

/// Decides what every file holds.
fn decide(
    mut looked: Vec<Looked>,
    overrides: &[Overrides],
    reasons: Reasons,
    problems: &mut Vec<Problem>,
) -> Vec<ReadFile> {
    let mut rules: Vec<Rules> = Vec::new();
    if !overrides.is_empty() {
        rules.extend(looked.iter().map(|l| overrides::rules_for(overrides, &l.file.path)));
        for (l, rules) in looked.iter_mut().zip(&rules).filter(|(_, rules)| !rules.ignored.is_empty()) {
            features::ignore(&l.file.text, &mut l.survey, &rules.ignored);
        }
    }
    let surveyed: Vec<Surveyed> = looked
        .iter()
        .map(|l| Surveyed {
            relative: &l.file.relative,
            root_name: &l.root_name,
            text: &l.file.text,
            survey: &l.survey,
        })
        .collect();
    let mut places =
        guarded(|| place::places(&surveyed, reasons)).unwrap_or_else(|| vec![Place::default(); looked.len()]);
    places.iter_mut().zip(rules).for_each(|(place, rules)| place.rules = rules);
    let bytes = looked.iter().map(|l| l.file.text.len()).sum();
    let decided = crew::map(looked.into_iter().zip(places).collect(), bytes, |(looked, place)| {
        let Looked { file, survey, .. } = looked;
        let read = guarded(|| reading::read(&file.text, &file.relative, &survey, &place, reasons));
        let fault = read.is_none().then(|| Problem {
            path: file.path.clone(),
            line: None,
            severity: Severity::Error,
            code: "fault",
            message: "could not be understood, so it is one talk; this is a fault in hallway".into(),
        });
        let reading = read.unwrap_or_else(|| reading::unread(&file.relative));
        let survey = if reading.scenes.is_empty() { Survey::default() } else { survey };
        (ReadFile { file, reading, place, survey }, fault)
    });
    let decided = decided.into_iter().map(|(file, fault)| {
        problems.extend(fault);
        file
    });
    decided.collect()
}

/// Reads the files in which somebody states how the notes are to be read.
fn read_overrides(paths: &[PathBuf]) -> (Vec<Overrides>, Vec<Problem>) {
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let read = source::read(path).map_err(|e| e.to_string());
        let text = read.and_then(|bytes| decode::decode(Cow::Owned(bytes)).map_err(|e| e.to_string()));
        match text {
            Ok(decoded) => {
                let (overrides, faults) =
                    overrides::parse(path.parent().unwrap_or(Path::new("")), &decoded.text);
                all.push(overrides);
                problems.extend(faults);
            }
            Err(message) => problems.push(at_fault(path, message)),
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

/// The collection in the binary. Its files are numbered and come sorted from the macro that
/// embeds them.
fn builtin(how: How, mut first: impl FnMut(Library)) -> Library {
    let mut files: Vec<&'static include_dir::File<'static>> = Vec::new();
    let mut folders = vec![&BUILTIN];
    while let Some(folder) = folders.pop() {
        // The last one is taken next, and is the one whose conference stands first in the tree.
        folders.extend(folder.dirs());
        files.extend(folder.files());
    }
    let read = |file: &&'static include_dir::File<'static>| {
        let entry = Entry {
            path: PathBuf::from(format!("builtin:{}", file.path().display())),
            relative: file.path().to_path_buf(),
            root_name: "built-in".into(),
        };
        let mut problems = Vec::new();
        (take(&entry, Cow::Borrowed(file.contents()), &mut problems), problems)
    };
    let built_in = |library| Library { builtin: true, ..library };
    let (files, problems) =
        read_in_steps(&files, read, &[], how.reasons, &mut |library| first(built_in(library)));
    built_in(assemble(files, problems, how.reasons))
}

fn from_stdin(problems: &mut Vec<Problem>) -> Option<Looked> {
    let entry =
        Entry { path: PathBuf::from("-"), relative: PathBuf::from("-"), root_name: "standard input".into() };
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(source::FILE_CAP).read_to_end(&mut bytes);
    if let Err(error) = read {
        problems.push(at_fault(&entry.path, format!("could not be read: {error}")));
    }
    take(&entry, Cow::Owned(bytes), problems)
}

/// A file that was read and looked over, before anything is decided.
#[derive(Clone)]
struct Looked {
    file: File,
    survey: Survey,
    root_name: String,
}

/// What reading one file comes to.
type Outcome = (Option<Looked>, Vec<Problem>);

/// Reads files on as many threads as there are cores, and keeps their order.
fn on_all_cores<T: Sync>(sources: &[T], read: impl Fn(&T) -> Outcome + Sync) -> (Vec<Looked>, Vec<Problem>) {
    // Less than this is read before another thread has well started, and the first frame wants the
    // other core; even asking how many there are costs more.
    const HANDFUL: usize = 128;
    const MOUTHFUL: usize = 256 << 10;
    let next = AtomicUsize::new(0);
    let slots: Vec<OnceLock<Outcome>> = sources.iter().map(|_| OnceLock::new()).collect();
    // Reads the next file; says how many bytes it had, or that there is none left.
    let read_next = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let (source, slot) = sources.get(at).zip(slots.get(at))?;
        let outcome = read(source);
        let bytes = outcome.0.as_ref().map_or(0, |looked| looked.file.text.len());
        // Each slot is taken by one thread only, so setting it cannot fail.
        let _ = slot.set(outcome);
        Some(bytes)
    };
    let work = || while read_next().is_some() {};
    std::thread::scope(|scope| {
        let (mut files, mut bytes) = (0, 0);
        while files < HANDFUL && bytes < MOUTHFUL {
            let Some(more) = read_next() else {
                return;
            };
            files += 1;
            bytes += more;
        }
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 1..cores.min(sources.len() + 1 - files) {
            scope.spawn(work);
        }
        work();
    });
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for (file, faults) in slots.into_iter().filter_map(OnceLock::into_inner) {
        files.extend(file);
        problems.extend(faults);
    }
    (files, problems)
}

fn read_one(entry: &Entry) -> Outcome {
    let mut problems = Vec::new();
    match source::read(&entry.path) {
        Ok(bytes) => (take(entry, Cow::Owned(bytes), &mut problems), problems),
        Err(error) => (None, vec![at_fault(&entry.path, error.to_string())]),
    }
}

fn at_fault(path: &Path, message: String) -> Problem {
    Problem { path: path.to_path_buf(), line: None, severity: Severity::Error, code: "unreadable", message }
}

/// Bytes → text → structure.
fn take(entry: &Entry, bytes: Cow<'static, [u8]>, problems: &mut Vec<Problem>) -> Option<Looked> {
    let mut note = |severity, code, message: String| {
        problems.push(Problem { path: entry.path.clone(), line: None, severity, code, message });
    };
    let decoded = match decode::decode(bytes) {
        Ok(decoded) => decoded,
        Err(error) => {
            note(Severity::Warning, "binary", error.to_string());
            return None;
        }
    };
    if decoded.encoding != "UTF-8" {
        note(Severity::Note, "encoding", format!("read as {}", decoded.encoding));
    }
    if decoded.lossy {
        let message = format!("some bytes are no {}; they stand as \u{fffd}", decoded.encoding);
        note(Severity::Warning, "encoding", message);
    }
    let mut text = decoded.text;
    if let Some((repaired, count)) = mojibake::repair(&text) {
        let signs = if count == 1 { "sign was" } else { "signs were" };
        note(Severity::Note, "mojibake", format!("{count} mangled {signs} put right"));
        text = Cow::Owned(repaired);
    }
    let derived = guarded(|| derived::derive(&text)).flatten();
    if derived.is_none() && file_name::ending(&entry.relative) == "ipynb" {
        note(Severity::Warning, "notebook", "is no notebook that can be read, so it stands as it is".into());
    }
    let origin = derived.map(|derived| {
        text = Cow::Owned(derived.text);
        Arc::new(derived.origin)
    });
    // A file that cannot be looked over is one talk, as one without headings is.
    let survey = guarded(|| reading::survey(&text, &entry.relative)).unwrap_or_default();
    let file = File {
        path: entry.path.clone(),
        relative: entry.relative.clone(),
        text,
        origin,
        dialect: survey.found.dialect,
        markup: OnceLock::new(),
        targets: OnceLock::new(),
    };
    Some(Looked { file, survey, root_name: entry.root_name.clone() })
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
        assert!(!library.builtin);
    }
}
