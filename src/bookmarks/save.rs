//! Saving a small precious file: the old content or the new one, never less.
//!
//! The steps, each for a fault that happens: the whole chain of symbolic links is resolved, so
//! that a linked file stays a link; a lock on a separate file keeps two writers apart, with a
//! deadline; the content is re-read under the lock; an exclusive temporary beside the target is
//! written, flushed to the disk and renamed over it; then the folder is flushed, so that the
//! rename itself outlives a power cut. Only then is it saved.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long another process is waited for.
const LOCK_DEADLINE: Duration = Duration::from_secs(2);

/// Why a file could not be saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Another process held the lock past the deadline.
    #[error("{} is locked by another hallway; try again", .0.display())]
    Locked(PathBuf),
    /// Something went wrong with a file.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> SaveError {
    let path = path.to_path_buf();
    move |source| SaveError::Io { path, source }
}

/// A lock on a file's changes, held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    target: PathBuf,
    _lock: File,
}

impl Lock {
    /// Resolves the links that `path` is made of, makes its folder, and takes the lock.
    ///
    /// # Errors
    ///
    /// When the folder cannot be made, the lock file not be opened, or the lock not be had.
    pub fn take(path: &Path) -> Result<Self, SaveError> {
        let target = resolve(path)?;
        let folder = folder_of(&target);
        fs::create_dir_all(folder).map_err(at(folder))?;
        let lock_path = beside(&target, ".lock");
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(at(&lock_path))?;
        let start = Instant::now();
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Self { target, _lock: lock }),
                Err(TryLockError::WouldBlock) if start.elapsed() < LOCK_DEADLINE => {
                    std::thread::sleep(Duration::from_millis(5));
                }
                Err(TryLockError::WouldBlock) => return Err(SaveError::Locked(target)),
                Err(TryLockError::Error(source)) => return Err(SaveError::Io { path: lock_path, source }),
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
        match fs::read(&self.target) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(at(&self.target)(error)),
        }
    }

    /// Replaces the file's content.
    ///
    /// # Errors
    ///
    /// When any step fails. The old content is still there then, and no temporary is left; only
    /// when the very last step fails, flushing the folder, the new content stands already.
    pub fn write(&self, bytes: &[u8]) -> Result<(), SaveError> {
        let folder = folder_of(&self.target);
        let mut temporary = tempfile::Builder::new()
            .prefix(".bookmarks-")
            .suffix(".tmp")
            .tempfile_in(folder)
            .map_err(at(folder))?;
        if let Ok(about) = fs::metadata(&self.target) {
            // A file that was private stays private.
            temporary.as_file().set_permissions(about.permissions()).map_err(at(&self.target))?;
        }
        temporary.write_all(bytes).map_err(at(&self.target))?;
        temporary.as_file().sync_all().map_err(at(&self.target))?;
        temporary.persist(&self.target).map_err(|e| at(&self.target)(e.error))?;
        sync_folder(folder).map_err(at(folder))
    }

    /// Keeps a copy of the file as it is beside it, under a name that is free: `NAME.corrupt-1`.
    ///
    /// # Errors
    ///
    /// When no copy could be made; the file itself is untouched.
    pub fn keep_aside(&self) -> Result<PathBuf, SaveError> {
        let bytes = self.read()?.unwrap_or_default();
        let mode = fs::metadata(&self.target).map(|about| about.permissions()).ok();
        for number in 1..1000 {
            let copy = beside(&self.target, &format!(".corrupt-{number}"));
            match OpenOptions::new().write(true).create_new(true).open(&copy) {
                Ok(mut file) => {
                    let kept = mode
                        .map_or(Ok(()), |mode| file.set_permissions(mode))
                        .and_then(|()| file.write_all(&bytes))
                        .and_then(|()| file.sync_all());
                    if let Err(error) = kept {
                        // Half a copy is worse than none: it would be taken for the whole.
                        let _ = fs::remove_file(&copy);
                        return Err(at(&copy)(error));
                    }
                    return Ok(copy);
                }
                // The very same bytes are kept already: once is enough.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    if fs::read(&copy).is_ok_and(|kept| kept == bytes) {
                        return Ok(copy);
                    }
                }
                Err(error) => return Err(at(&copy)(error)),
            }
        }
        let full = io::Error::other("a thousand damaged copies are kept here already; move some away");
        Err(at(&self.target)(full))
    }
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
fn resolve(path: &Path) -> Result<PathBuf, SaveError> {
    const MOST: usize = 40;
    let mut path = path.to_path_buf();
    for _ in 0..MOST {
        match fs::read_link(&path) {
            Ok(next) => path = folder_of(&path).join(next),
            Err(_) => return Ok(path),
        }
    }
    let looped = io::Error::other("the links lead in a circle");
    Err(at(&path)(looped))
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

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new/deep/file.json");
        let lock = Lock::take(&path).expect("the lock");
        assert_eq!(lock.read().expect("read"), None);
        lock.write(b"one").expect("written");
        lock.write(b"two").expect("written");
        assert_eq!(lock.read().expect("read").as_deref(), Some(&b"two"[..]));
        let names: Vec<_> = fs::read_dir(path.parent().expect("parent"))
            .expect("list")
            .flatten()
            .map(|e| e.file_name())
            .collect();
        assert_eq!(names.len(), 2, "no temporary is left: {names:?}");
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
        Lock::take(&one).expect("the lock").write(b"new").expect("written");
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
        let kept = lock.keep_aside().expect("kept");
        assert_eq!(fs::read(&kept).expect("read"), b"garbage");
        assert_eq!(lock.keep_aside().expect("kept"), kept);
        lock.write(b"other garbage").expect("written");
        assert_ne!(lock.keep_aside().expect("kept"), kept);
    }
}
