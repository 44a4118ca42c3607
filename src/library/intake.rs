//! Files are taken in: as folders are walked their files are read, decoded and looked over, on all cores.
//!
//! Nothing is decided here. What comes out are texts with their headings, in the order in which the files
//! were listed, whichever thread read them.

use std::borrow::Cow;
use std::io::Read;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::library::features::Feature;
use crate::library::file_name;
use crate::library::guard::guarded;
use crate::library::headings::{Heading, Headings};
use crate::library::located::Located;
use crate::library::model::File;
use crate::library::packed::Tray;
use crate::library::passing;
use crate::library::place::{Place, Survey};
use crate::library::problems::{Problem, Severity};
use crate::library::reading::Reading;
use crate::library::sketch::Teller;
use crate::library::source::{Folder, Limits, SourceError};
use crate::library::walk::{Entry, Root};
use crate::library::{reading, source};
use crate::markup::derived::{self, Origin};
use crate::text::kept::{Batch, Text};
use crate::text::{decode, mojibake};

/// A file that was read and looked over, before anything is decided.
#[derive(Clone)]
pub(super) struct Looked {
    pub(super) file: Arc<File>,
    pub(super) survey: Survey,
    pub(super) root: Arc<Root>,
    /// What was made of it before, where it has not changed since.
    pub(super) known: Option<Known>,
}

impl Looked {
    /// A file that was there before: as it was looked over, where somebody has kept that, or from its text.
    pub(super) fn again(file: &Arc<File>, root: &Arc<Root>, teller: Option<&Teller>) -> Self {
        let survey = match teller {
            Some(teller) => teller.survey.clone(),
            None => reading::survey(&file.text, file.relative()),
        };
        let known = teller.map(Known::of);
        Self { file: Arc::clone(file), survey, root: Arc::clone(root), known }
    }
}

/// What was made of a file, which holds for as long as it lies where it lay, as far as that has a say.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) place: Arc<Place>,
    pub(super) reading: Arc<Reading>,
}

impl Known {
    /// What a teller has kept.
    pub(super) fn of(teller: &Teller) -> Self {
        Self { place: Arc::clone(&teller.place), reading: Arc::clone(&teller.reading) }
    }
}

/// What reading one file comes to.
pub(super) type Outcome = (Option<Looked>, Vec<Problem>);

/// Who watches files being read: told how many there are so far, and given a way to have them.
pub(super) type Onlooker<'o> = &'o mut dyn FnMut(usize, &dyn Fn() -> Vec<Looked>);

/// What one thread reads with: room for texts, and for what is found in them. That is there for who looks at it once
/// the hand is dropped.
#[derive(Default)]
pub(super) struct Hand {
    batch: Batch,
    headings: Tray<Heading>,
    features: Tray<Feature>,
    folder: Folder,
}

/// What is read by all threads together.
struct Desk<I: Iterator> {
    /// What is still to be read, and how much was taken from it.
    queue: Mutex<(Peekable<I>, usize)>,
    done: Mutex<Vec<(usize, Outcome)>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T, I: Iterator<Item = T>> Desk<I> {
    /// Reads the next files, `portion` of them at a time, until `enough` says so; both go by how many they are and how many
    /// bytes they have. `None` when there is none left.
    fn read_some(
        &self,
        portion: impl Fn(usize, usize) -> usize,
        read: &(impl Fn(T, &mut Hand) -> Outcome + Sync),
        enough: impl Fn(usize, usize) -> bool,
    ) -> Option<()> {
        let mut outcomes: Vec<(usize, Outcome)> = Vec::new();
        let (mut hand, mut bytes) = (Hand::default(), 0);
        while !enough(outcomes.len(), bytes) {
            let (first, taken) = {
                let mut queue = lock(&self.queue);
                let taken: Vec<T> = queue.0.by_ref().take(portion(outcomes.len(), bytes)).collect();
                let first = queue.1;
                queue.1 += taken.len();
                (first, taken)
            };
            if taken.is_empty() {
                break;
            }
            for (at, source) in (first..).zip(taken) {
                let outcome = read(source, &mut hand);
                bytes += outcome.0.as_ref().map_or(0, |looked| looked.file.text.len());
                outcomes.push((at, outcome));
            }
        }
        // Their texts are there before anybody looks at them.
        drop(hand);
        let any = !outcomes.is_empty();
        lock(&self.done).extend(outcomes);
        any.then_some(())
    }

    fn so_far(&self) -> Vec<Looked> {
        let done = lock(&self.done);
        let mut looked: Vec<(usize, &Looked)> = passing::room(done.len());
        looked.extend(done.iter().filter_map(|(at, (looked, _))| Some((*at, looked.as_ref()?))));
        looked.sort_unstable_by_key(|(at, _)| *at);
        passing::list(looked.into_iter().map(|(_, looked)| looked.clone()))
    }
}

/// Reads files on as many threads as there are cores, and keeps their order. Finding the next file is done by
/// whichever thread wants one.
pub(super) fn read_all<T: Send>(
    sources: impl Iterator<Item = T> + Send,
    read: impl Fn(T, &mut Hand) -> Outcome + Sync,
    onlooker: Onlooker,
) -> (Vec<Looked>, Vec<Problem>) {
    // Less than this is read before another thread has well started, and the first frame wants the
    // other core; even asking how many there are costs more.
    const HANDFUL: usize = 128;
    const MOUTHFUL: usize = 256 << 10;
    /// What each thread reads before it shows it, in bytes.
    const SHOWN: usize = 1 << 20;
    /// So many are taken from the list at once; more of short ones, for whoever takes them keeps the others waiting.
    const PORTION: usize = 8;
    const OF_SHORT: usize = 32;
    const SHORT: usize = 8 << 10;
    let portion = |files: usize, bytes: usize| match bytes.checked_div(files) {
        Some(0..SHORT) => OF_SHORT,
        _ => PORTION,
    };
    let desk = Desk { queue: Mutex::new((sources.peekable(), 0)), done: Mutex::default() };
    let some = || desk.read_some(portion, &read, |_, bytes| bytes >= SHOWN);
    std::thread::scope(|scope| {
        let begun = desk.read_some(|_, _| 1, &read, |files, bytes| files >= HANDFUL || bytes >= MOUTHFUL);
        if begun.is_none() || lock(&desk.queue).0.peek().is_none() {
            return;
        }
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 1..cores {
            scope.spawn(|| while some().is_some() {});
        }
        while some().is_some() {
            let files = lock(&desk.done).len();
            onlooker(files, &|| desk.so_far());
        }
    });
    let mut done = desk.done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(at, _)| *at);
    let mut problems = Vec::new();
    let file = |(_, (file, faults)): (usize, Outcome)| {
        problems.extend(faults);
        file
    };
    // The list stays where it is, and gives back what it needs no more.
    let mut files: Vec<Looked> = done.into_iter().filter_map(file).collect();
    files.shrink_to_fit();
    (files, problems)
}

/// Reads a file, into a batch where it is as plain as most.
pub(super) fn read_one(entry: Entry, limits: Limits, hand: &mut Hand) -> Outcome {
    let Hand { batch, folder, headings, features } = hand;
    let start = batch.len();
    if let Ok(Some(length)) = source::read_into(folder, &entry.path, limits.file, batch.room())
        && let Some(text) = batch.take(length).filter(|text| is_as_it_is(text, entry.relative()))
    {
        let Survey { found, features: told } = survey(text, entry.relative());
        let found = Headings { all: headings.take(found.all), ..found };
        let survey = Survey { found, features: features.take(told) };
        return (Some(looked(entry, batch.part(start), None, survey)), Vec::new());
    }
    // The long way reads it again: it is seldom gone.
    batch.truncate(start);
    read_alone(entry, limits)
}

/// Reads a file whatever it holds.
pub(super) fn read_alone(entry: Entry, limits: Limits) -> Outcome {
    let mut problems = Vec::new();
    match source::read(&entry.path, limits.file) {
        Ok(bytes) => (take(entry, Cow::Owned(bytes), &mut problems), problems),
        Err(error) => (None, vec![at_fault(&entry.path, error.to_string())]),
    }
}

/// Whether [`take`] would leave a text as it is, and say nothing of it.
fn is_as_it_is(text: &str, path: &Path) -> bool {
    decode::is_plain(text)
        && mojibake::repair(text).is_none()
        && file_name::ending(path) != "ipynb"
        && guarded(|| derived::derive(text)).flatten().is_none()
}

/// How much may still be read, shared by all who read.
pub(super) struct Budget {
    limits: Limits,
    read: AtomicU64,
    left_out: Mutex<Vec<PathBuf>>,
}

impl Budget {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, read: AtomicU64::new(0), left_out: Mutex::default() }
    }

    /// Reads a file, as long as the files before it leave room for one.
    pub(super) fn read_one(&self, entry: Entry, hand: &mut Hand) -> Outcome {
        if self.read.load(Ordering::Relaxed) >= self.limits.all {
            lock(&self.left_out).push(entry.path.to_path_buf());
            return (None, Vec::new());
        }
        let outcome = read_one(entry, self.limits, hand);
        let bytes = outcome.0.as_ref().map_or(0, |looked| looked.file.text.len() as u64);
        self.read.fetch_add(bytes, Ordering::Relaxed);
        outcome
    }

    /// One row for all that there was no room for.
    pub(super) fn problem(self) -> Option<Problem> {
        let left_out = self.left_out.into_inner().unwrap_or_else(PoisonError::into_inner);
        let first = left_out.iter().min()?;
        let others = match left_out.len() - 1 {
            0 => "was".to_owned(),
            1 => "and 1 more file were".to_owned(),
            others => format!("and {others} more files were"),
        };
        let message = format!(
            "{others} left out: hallway reads at most {} bytes in all (limits.all in the config)",
            self.limits.all
        );
        Some(Problem { severity: Severity::Error, ..at_fault(first, message) })
    }
}

/// Reads a file as far as is needed for something to see.
pub(super) fn read_head(entry: Entry) -> Option<Looked> {
    /// A screen of rows, and a page.
    const HEAD: usize = 16 * 1024;
    let bytes = source::read_head(&entry.path, HEAD).ok()??;
    take(entry, Cow::Owned(bytes), &mut Vec::new())
}

/// Reads standard input to its end.
pub(super) fn from_stdin(limits: Limits) -> Outcome {
    let path = PathBuf::from("-");
    let root = Root { name: "standard input".into(), ..Root::default() };
    let entry = Entry { path: Located::as_given(path), root: root.into() };
    let (mut bytes, mut problems) = (Vec::new(), Vec::new());
    let read = std::io::stdin().lock().take(limits.file.saturating_add(1)).read_to_end(&mut bytes);
    if let Err(error) = read {
        problems.push(at_fault(&entry.path, format!("could not be read: {error}")));
    }
    if bytes.len() as u64 > limits.file {
        let error = SourceError::TooLarge { length: bytes.len() as u64, most: limits.file };
        return (None, vec![at_fault(&entry.path, error.to_string())]);
    }
    (take(entry, Cow::Owned(bytes), &mut problems), problems)
}

/// A file that could not be read.
pub(super) fn at_fault(path: &Path, message: String) -> Problem {
    Problem { path: path.to_path_buf(), line: None, severity: Severity::Error, code: "unreadable", message }
}

/// Bytes → text → structure.
pub(super) fn take(entry: Entry, bytes: Cow<'static, [u8]>, problems: &mut Vec<Problem>) -> Option<Looked> {
    let mut note = |severity, code, message: String| {
        problems.push(Problem { path: entry.path.to_path_buf(), line: None, severity, code, message });
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
    if derived.is_none() && file_name::ending(entry.relative()) == "ipynb" {
        note(Severity::Warning, "notebook", "is no notebook that can be read, so it stands as it is".into());
    }
    let origin = derived.map(|derived| {
        text = Cow::Owned(derived.text);
        Arc::new(derived.origin)
    });
    let survey = survey(&text, entry.relative());
    Some(looked(entry, text.into(), origin, survey))
}

/// Looks a text over. One that cannot be is one talk, as one without headings is.
fn survey(text: &str, path: &Path) -> Survey {
    guarded(|| reading::survey(text, path)).unwrap_or_default()
}

fn looked(entry: Entry, text: Text, origin: Option<Arc<Origin>>, survey: Survey) -> Looked {
    let Entry { path, root } = entry;
    let dialect = survey.found.dialect;
    let (markup, targets) = (OnceLock::new(), OnceLock::new());
    let file = File { path, text, origin, dialect, markup, targets };
    Looked { file: Arc::new(file), survey, root, known: None }
}
