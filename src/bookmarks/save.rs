//! Saving a small precious file: the old content or the new one, never less.
//!
//! The steps, each for a fault that happens: the whole chain of symbolic links is resolved, so
//! that a linked file stays a link; a lock on a separate file keeps two writers apart, with a
//! deadline; the content is re-read under the lock; an exclusive temporary beside the target is
//! written, flushed to the disk and measured; the content of before gets a second name, the last
//! good copy; the temporary is renamed over the target; then the folder is flushed, so that the
//! rename itself outlives a power cut, and so is the parent of every folder that was made. Only
//! then is it saved.
//!
//! The temporary has one name, and only who holds the lock may touch it. So a process that was
//! killed in the middle leaves at most one, and whoever comes next clears it away.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::library::source::{self, SourceError};

/// How long another process is waited for.
const LOCK_DEADLINE: Duration = Duration::from_secs(2);

/// What stands behind the file's name in that of the lock.
const LOCK: &str = ".lock";
/// In that of the temporary.
const TEMPORARY: &str = ".new";
/// In that of the last good copy.
const LAST_GOOD: &str = ".last-good";

/// What was being done when a file could not be saved or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Following the links to the file.
    Resolve,
    /// Making its folder.
    MakeFolder,
    /// Opening or taking the lock.
    Lock,
    /// Reading what the file holds.
    Read,
    /// Keeping a copy of a damaged file.
    KeepAside,
    /// Writing the new content beside it.
    Write,
    /// Making sure of it on the disk.
    Flush,
    /// Putting it in the place of the old content.
    Rename,
    /// Making sure of that on the disk.
    FlushFolder,
}

impl Step {
    /// What could not be done, in words.
    fn words(self) -> &'static str {
        match self {
            Step::Resolve => "its links cannot be followed",
            Step::MakeFolder => "the folder cannot be made",
            Step::Lock => "the lock cannot be taken",
            Step::Read => "it cannot be read",
            Step::KeepAside => "the damaged file cannot be copied aside, so it is left as it is",
            Step::Write => "the new content cannot be written, so the old one stays",
            Step::Flush => "the disk does not confirm the new content, so the old one stays",
            Step::Rename => "the new content cannot take its place, so the old one stays",
            Step::FlushFolder => {
                "the new content is in place, but the disk does not confirm that it would outlive a power cut"
            }
        }
    }
}

/// Why a file could not be saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Another process held the lock past the deadline.
    #[error("{}: another hallway is saving it and does not finish; try again, or end that one", .0.display())]
    Locked(PathBuf),
    /// The file was made read-only by somebody.
    #[error(
        "{}: the file is write-protected, so it is left as it is; allow writing (chmod u+w), or set HALLWAY_BOOKMARKS to another file",
        .0.display()
    )]
    Protected(PathBuf),
    /// Something went wrong with a file.
    #[error("{}: {} ({source}){}", path.display(), step.words(), advice(source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was being done.
        step: Step,
        /// What the system said.
        source: io::Error,
    },
}

impl SaveError {
    /// What happened and what to do, in as few words as fit on a line of the screen.
    pub fn short(&self) -> String {
        match self {
            SaveError::Locked(_) => "another hallway is saving and does not finish; end that one".into(),
            SaveError::Protected(_) => "the file is write-protected; chmod u+w it".into(),
            SaveError::Io { source, .. } => {
                let what = source.to_string();
                let what = what.split(" (os error").next().unwrap_or_default().to_owned();
                format!("{what}{}", advice(source))
            }
        }
    }
}

/// What a person can do about it.
fn advice(error: &io::Error) -> &'static str {
    use io::ErrorKind::{NotADirectory, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    match error.kind() {
        StorageFull => "; make room on that disk, then do it again",
        QuotaExceeded => "; your quota there is used up: make room, then do it again",
        ReadOnlyFilesystem | PermissionDenied | NotADirectory => {
            "; set HALLWAY_BOOKMARKS to a file that can be written"
        }
        _ => "; if it stays so, set HALLWAY_BOOKMARKS to a file on another disk",
    }
}

fn at(path: &Path, step: Step) -> impl FnOnce(io::Error) -> SaveError {
    let path = path.to_path_buf();
    move |source| SaveError::Io { path, step, source }
}

/// Reads a whole file that must be a regular one: a FIFO would be waited for and a device has no end.
/// `None` when it does not exist.
///
/// # Errors
///
/// When it exists and cannot be read.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, SaveError> {
    match source::read(path, source::FILE_CAP) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(SourceError::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(SourceError::Io(error)) => Err(at(path, Step::Read)(error)),
        Err(error) => Err(at(path, Step::Read)(io::Error::other(error.to_string()))),
    }
}

/// The copy of a file that was good when it was last replaced.
pub fn last_good(path: &Path) -> Option<Vec<u8>> {
    read(&beside(&resolve(path).ok()?, LAST_GOOD)).ok().flatten()
}

/// The folder and the name of the file that `path` leads to. The folder is made where it is missing.
///
/// # Errors
///
/// When the links lead in a circle, or the folder cannot be made.
pub fn place(path: &Path) -> Result<(PathBuf, std::ffi::OsString), SaveError> {
    let target = resolve(path)?;
    let folder = folder_of(&target);
    make_folder(folder)?;
    Ok((folder.to_path_buf(), target.file_name().unwrap_or_default().to_owned()))
}

/// Clears away the temporary of a process that was killed, unless somebody is saving just now. Quick
/// where there is none; whatever goes wrong, the next save tries again.
pub fn clear_leftover(path: &Path) {
    let Ok(target) = resolve(path) else {
        return;
    };
    if beside(&target, TEMPORARY).symlink_metadata().is_ok()
        && let Ok(file) = open_lock(&target)
        && file.try_lock().is_ok()
    {
        let _ = fs::remove_file(beside(&target, TEMPORARY));
    }
}

/// A lock on a file's changes, held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    target: PathBuf,
    lock: File,
}

/// When this process gave a lock back last.
static GIVEN_BACK: Mutex<Option<Instant>> = Mutex::new(None);

/// Who writes again and again would take the lock back before anybody else has looked: for so long after giving
/// it back, the others have it to themselves.
const TURN: Duration = Duration::from_millis(4);

fn let_others_go_first() {
    let last = GIVEN_BACK.lock().ok().and_then(|given_back| *given_back);
    if let Some(left) = last.and_then(|last| TURN.checked_sub(last.elapsed())) {
        std::thread::sleep(left);
    }
}

/// How long to wait before the next look at a lock that somebody holds: the longer one has waited, the sooner one
/// looks, by the square, so that among many the one that has waited longest is the likeliest to be next.
fn patience(waited: Duration) -> Duration {
    const FIRST: Duration = Duration::from_millis(3);
    let tenths = waited.as_secs_f64() * 10.0;
    FIRST.div_f64(1.0 + tenths * tenths)
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file would do it as well.
        let _ = self.lock.unlock();
        if let Ok(mut given_back) = GIVEN_BACK.lock() {
            *given_back = Some(Instant::now());
        }
    }
}

fn open_lock(target: &Path) -> Result<File, SaveError> {
    let path = beside(target, LOCK);
    let open = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    open.map_err(at(&path, Step::Lock))
}

impl Lock {
    /// Resolves the links that `path` is made of, makes its folder, and takes the lock.
    ///
    /// # Errors
    ///
    /// When the folder cannot be made, the lock file not be opened, or the lock not be had.
    pub fn take(path: &Path) -> Result<Self, SaveError> {
        let target = resolve(path)?;
        make_folder(folder_of(&target))?;
        let lock = open_lock(&target)?;
        let_others_go_first();
        let start = Instant::now();
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Self { target, lock }),
                Err(TryLockError::WouldBlock) if start.elapsed() < LOCK_DEADLINE => {
                    std::thread::sleep(patience(start.elapsed()));
                }
                Err(TryLockError::WouldBlock) => return Err(SaveError::Locked(target)),
                Err(TryLockError::Error(source)) => {
                    return Err(at(&beside(&target, LOCK), Step::Lock)(source));
                }
            }
        }
    }

    /// The file itself, links resolved.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// What the file holds now; `None` when it does not exist yet.
    ///
    /// # Errors
    ///
    /// When it exists and cannot be read.
    pub fn read(&self) -> Result<Option<Vec<u8>>, SaveError> {
        read(&self.target)
    }

    /// Replaces the file's content. With `keep`, the content of before becomes the last good copy.
    ///
    /// # Errors
    ///
    /// When any step fails. The old content is still there then, and no temporary is left; only
    /// when the very last step fails, flushing the folder, the new content stands already.
    pub fn write(&self, bytes: &[u8], keep: bool) -> Result<(), SaveError> {
        let folder = folder_of(&self.target);
        let temporary = beside(&self.target, TEMPORARY);
        self.refuse_protected()?;
        // Only who holds the lock uses this name: one that is there was left by a process that was killed.
        let _ = fs::remove_file(&temporary);
        let done = self.fill(&temporary, bytes).and_then(|()| {
            if keep {
                self.keep_last_good();
            }
            fs::rename(&temporary, &self.target).map_err(at(&self.target, Step::Rename))
        });
        if let Err(error) = done {
            let _ = fs::remove_file(&temporary);
            return Err(error);
        }
        sync_folder(folder).map_err(at(folder, Step::FlushFolder))
    }

    /// Writes the temporary and sees it onto the disk.
    fn fill(&self, temporary: &Path, bytes: &[u8]) -> Result<(), SaveError> {
        let mut file = create_private(temporary).map_err(at(temporary, Step::Write))?;
        if let Ok(about) = fs::metadata(&self.target) {
            // A file that was private stays private, and one that others may read stays so too.
            file.set_permissions(about.permissions()).map_err(at(temporary, Step::Write))?;
        }
        file.write_all(bytes).map_err(at(temporary, Step::Write))?;
        file.sync_all().map_err(at(temporary, Step::Flush))?;
        // A write that was cut short without an error has been seen on network disks.
        let length = file.metadata().map_err(at(temporary, Step::Flush))?.len();
        if length != bytes.len() as u64 {
            let short = format!("{length} of {} bytes arrived", bytes.len());
            return Err(at(temporary, Step::Write)(io::Error::other(short)));
        }
        Ok(())
    }

    /// Gives what the file holds now a second name. This is a help against what others do to the file,
    /// so where it cannot be had the save goes on.
    fn keep_last_good(&self) {
        let copy = beside(&self.target, LAST_GOOD);
        let _ = fs::remove_file(&copy);
        if fs::hard_link(&self.target, &copy).is_err() && fs::copy(&self.target, &copy).is_err() {
            // Half a copy is worse than none.
            let _ = fs::remove_file(&copy);
        }
    }

    /// A rename would replace a file that somebody has protected against writing.
    fn refuse_protected(&self) -> Result<(), SaveError> {
        #[cfg(unix)]
        if rustix::fs::access(&self.target, rustix::fs::Access::WRITE_OK) == Err(rustix::io::Errno::ACCESS) {
            return Err(SaveError::Protected(self.target.clone()));
        }
        Ok(())
    }

    /// Keeps a copy of the file as it is beside it, under a name that is free: `NAME.corrupt-1`.
    ///
    /// # Errors
    ///
    /// When no copy could be made; the file itself is untouched.
    pub fn keep_aside(&self, why: &str) -> Result<PathBuf, SaveError> {
        let bytes = self.read()?.unwrap_or_default();
        let mode = fs::metadata(&self.target).map(|about| about.permissions()).ok();
        for number in 1..1000 {
            let copy = beside(&self.target, &format!(".{why}-{number}"));
            match create_private(&copy) {
                Ok(mut file) => {
                    let kept = mode
                        .map_or(Ok(()), |mode| file.set_permissions(mode))
                        .and_then(|()| file.write_all(&bytes))
                        .and_then(|()| file.sync_all());
                    if let Err(error) = kept {
                        // Half a copy is worse than none: it would be taken for the whole.
                        let _ = fs::remove_file(&copy);
                        return Err(at(&copy, Step::KeepAside)(error));
                    }
                    return Ok(copy);
                }
                // The very same bytes are kept already: once is enough.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    if fs::read(&copy).is_ok_and(|kept| kept == bytes) {
                        return Ok(copy);
                    }
                }
                Err(error) => return Err(at(&copy, Step::KeepAside)(error)),
            }
        }
        let full = io::Error::other("a thousand copies are kept here already; move some away");
        Err(at(&self.target, Step::KeepAside)(full))
    }
}

/// Creates a file that did not exist, for nobody else to read.
fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a folder and those above it, each of them sure to be there after a power cut.
fn make_folder(folder: &Path) -> Result<(), SaveError> {
    // A folder that another thread has made and not flushed yet is there, and not sure to stay.
    static MAKING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = MAKING.lock();
    if folder.is_dir() {
        return Ok(());
    }
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists()).collect();
    fs::create_dir_all(folder).map_err(at(folder, Step::MakeFolder))?;
    for made in missing.into_iter().rev() {
        let above = folder_of(made);
        sync_folder(above).map_err(at(above, Step::FlushFolder))?;
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// `path` with something behind its whole name.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Follows symbolic links to the file that they lead to, which need not exist yet.
///
/// # Errors
///
/// When they lead in a circle.
fn resolve(path: &Path) -> Result<PathBuf, SaveError> {
    // As many as Linux follows in a path.
    const MOST: usize = 40;
    let mut path = path.to_path_buf();
    for _ in 0..MOST {
        match fs::read_link(&path) {
            Ok(next) => path = folder_of(&path).join(next),
            Err(_) => return Ok(path),
        }
    }
    let looped = io::Error::other("they lead in a circle");
    Err(at(&path, Step::Resolve)(looped))
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("list").flatten();
        let mut names: Vec<String> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new/deep/file.json");
        let lock = Lock::take(&path).expect("the lock");
        assert_eq!(lock.read().expect("read"), None);
        lock.write(b"one", true).expect("written");
        lock.write(b"two", true).expect("written");
        assert_eq!(lock.read().expect("read").as_deref(), Some(&b"two"[..]));
        assert_eq!(last_good(&path).as_deref(), Some(&b"one"[..]));
        lock.write(b"three", false).expect("written");
        assert_eq!(last_good(&path).as_deref(), Some(&b"one"[..]));
        let folder = path.parent().expect("parent");
        assert_eq!(names(folder), ["file.json", "file.json.last-good", "file.json.lock"]);
    }

    #[test]
    fn only_one_has_the_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file.json");
        let held = Lock::take(&path).expect("the lock");
        assert!(matches!(Lock::take(&path), Err(SaveError::Locked(_))));
        drop(held);
        assert!(Lock::take(&path).is_ok());
    }

    #[test]
    fn what_a_killed_process_left_is_cleared_away_unless_somebody_is_saving() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file.json");
        let left = folder.path().join("file.json.new");
        let held = Lock::take(&path).expect("the lock");
        fs::write(&left, "half").expect("written");
        clear_leftover(&path);
        assert!(left.exists());
        drop(held);
        clear_leftover(&path);
        assert!(!left.exists());
        fs::write(&left, "half").expect("written");
        Lock::take(&path).expect("the lock").write(b"whole", true).expect("written");
        assert_eq!((fs::read(&path).expect("read"), left.exists()), (b"whole".to_vec(), false));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_a_mode_stays() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let real = folder.path().join("dotfiles/real.json");
        fs::create_dir(folder.path().join("dotfiles")).expect("folder");
        fs::write(&real, "old").expect("file");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).expect("mode");
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        symlink("two", &one).expect("link");
        symlink("dotfiles/real.json", &two).expect("link");
        Lock::take(&one).expect("the lock").write(b"new", true).expect("written");
        assert!(fs::symlink_metadata(&one).expect("there").is_symlink());
        assert_eq!(fs::read(&real).expect("read"), b"new");
        assert_eq!(fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o600);
        symlink("loop", folder.path().join("loop")).expect("link");
        assert!(Lock::take(&folder.path().join("loop")).is_err());
    }

    #[test]
    fn a_damaged_file_is_kept_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file.json");
        fs::write(&path, "garbage").expect("file");
        let lock = Lock::take(&path).expect("the lock");
        let kept = lock.keep_aside("corrupt").expect("kept");
        assert_eq!(fs::read(&kept).expect("read"), b"garbage");
        assert_eq!(lock.keep_aside("corrupt").expect("kept"), kept);
        lock.write(b"other garbage", false).expect("written");
        assert_ne!(lock.keep_aside("corrupt").expect("kept"), kept);
    }

    #[test]
    fn an_error_says_what_where_and_what_to_do() {
        use io::ErrorKind::{
            NotADirectory, Other, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
        };
        let said = |step, kind: io::ErrorKind| at(Path::new("b.json"), step)(kind.into()).to_string();
        for (step, kind, words) in [
            (
                Step::Resolve,
                Other,
                "b.json: its links cannot be followed (other error); if it stays so, set HALLWAY_BOOKMARKS to a file on another disk",
            ),
            (
                Step::MakeFolder,
                NotADirectory,
                "b.json: the folder cannot be made (not a directory); set HALLWAY_BOOKMARKS to a file that can be written",
            ),
            (
                Step::Lock,
                PermissionDenied,
                "b.json: the lock cannot be taken (permission denied); set HALLWAY_BOOKMARKS to a file that can be written",
            ),
            (
                Step::Write,
                StorageFull,
                "b.json: the new content cannot be written, so the old one stays (no storage space); make room on that disk, then do it again",
            ),
            (
                Step::Write,
                QuotaExceeded,
                "b.json: the new content cannot be written, so the old one stays (quota exceeded); your quota there is used up: make room, then do it again",
            ),
            (
                Step::Rename,
                ReadOnlyFilesystem,
                "b.json: the new content cannot take its place, so the old one stays (read-only filesystem or storage medium); set HALLWAY_BOOKMARKS to a file that can be written",
            ),
        ] {
            assert_eq!(said(step, kind), words);
        }
        // No two steps are told alike.
        let all = [
            Step::Resolve,
            Step::MakeFolder,
            Step::Lock,
            Step::Read,
            Step::KeepAside,
            Step::Write,
            Step::Flush,
            Step::Rename,
            Step::FlushFolder,
        ];
        let told: std::collections::BTreeSet<&str> = all.into_iter().map(Step::words).collect();
        assert!(told.len() == all.len() && told.iter().all(|words| words.len() > 10), "{told:?}");
    }

    #[cfg(unix)]
    #[test]
    fn an_error_fits_on_a_line_of_the_screen() {
        let path = PathBuf::from("b.json");
        let full = at(&path, Step::Write)(io::Error::from_raw_os_error(28));
        assert_eq!(full.short(), "No space left on device; make room on that disk, then do it again");
        assert_eq!(
            SaveError::Locked(path.clone()).short(),
            "another hallway is saving and does not finish; end that one"
        );
        assert_eq!(SaveError::Protected(path).short(), "the file is write-protected; chmod u+w it");
    }

    #[test]
    fn only_a_missing_file_holds_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(read(&folder.path().join("none")).expect("none is no error"), None);
        // Neither a folder nor a path through a file is one that is missing.
        assert!(matches!(read(folder.path()), Err(SaveError::Io { step: Step::Read, .. })));
        let file = folder.path().join("file");
        fs::write(&file, "words").expect("written");
        assert!(matches!(read(&file.join("below")), Err(SaveError::Io { step: Step::Read, .. })));
        assert_eq!(read(&file).expect("read").as_deref(), Some(&b"words"[..]));
    }

    #[test]
    fn a_place_is_made_and_its_links_are_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (made, name) = place(&folder.path().join("a/b/file.json")).expect("a place");
        assert_eq!((&made, name.to_str()), (&folder.path().join("a/b"), Some("file.json")));
        assert!(made.is_dir());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("a/b/file.json", folder.path().join("link")).expect("link");
            assert_eq!(place(&folder.path().join("link")).expect("a place"), (made, name));
        }
        fs::write(folder.path().join("file"), "").expect("written");
        let below = place(&folder.path().join("file/below/file.json"));
        assert!(matches!(below, Err(SaveError::Io { step: Step::MakeFolder, .. })), "{below:?}");
    }

    #[test]
    fn who_waits_longest_looks_soonest() {
        let looks = |waited| patience(Duration::from_millis(waited)).as_micros();
        assert_eq!((looks(0), looks(100), looks(300), looks(2_000)), (3_000, 1_500, 300, 7));
    }

    #[test]
    fn a_lock_that_is_given_back_in_time_is_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file.json");
        let held = Lock::take(&path).expect("the lock");
        let release = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(60));
            drop(held);
        });
        assert!(Lock::take(&path).is_ok());
        release.join().expect("released");
    }

    #[test]
    fn who_gave_the_lock_back_lets_others_go_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file.json");
        let held = Lock::take(&path).expect("the lock");
        assert_eq!(held.target(), path);
        let before = Instant::now();
        drop(held);
        let _again = Lock::take(&path).expect("the lock");
        assert!(before.elapsed() >= TURN);
    }

    #[test]
    fn there_is_an_end_to_damaged_copies() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file.json");
        fs::write(&path, "garbage").expect("file");
        for number in 1..1000 {
            fs::write(beside(&path, &format!(".corrupt-{number}")), "other").expect("written");
        }
        let lock = Lock::take(&path).expect("the lock");
        let error = lock.keep_aside("corrupt").expect_err("no name is free").to_string();
        assert!(error.contains("a thousand copies") && error.contains("copied aside"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_new_is_for_nobody_else_to_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file.json");
        let lock = Lock::take(&path).expect("the lock");
        lock.write(b"mine", true).expect("written");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("mode");
        lock.write(b"ours", true).expect("written");
        assert_eq!((mode(&path), mode(&lock.keep_aside("corrupt").expect("kept"))), (0o640, 0o640));
    }

    #[cfg(unix)]
    #[test]
    fn a_chain_of_links_has_an_end() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a folder");
        let link = |n: usize| folder.path().join(format!("link-{n}"));
        for n in 0..30 {
            symlink(format!("link-{}", n + 1), link(n)).expect("link");
        }
        assert_eq!(resolve(&link(0)).expect("an end"), link(30));
        symlink("circle", folder.path().join("circle")).expect("link");
        let error = resolve(&folder.path().join("circle")).expect_err("a circle").to_string();
        assert!(error.contains("its links cannot be followed (they lead in a circle)"), "{error}");
    }
}
