//! The bookmarks file: where it lies, reading it, changing it.

use std::path::{Path, PathBuf};

use crate::bookmarks::model::{Bookmarks, Operation, SCHEMA};
use crate::bookmarks::save::{Lock, SaveError};

/// Where the bookmarks are kept: `$HALLWAY_BOOKMARKS`, else `bookmarks.json` in the data folder.
/// `None` when there is neither that variable nor a home.
pub fn path() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    if let Some(path) = std::env::var_os("HALLWAY_BOOKMARKS").filter(|p| !p.is_empty()) {
        return Some(PathBuf::from(path));
    }
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.data_dir().join("hallway").join("bookmarks.json"))
}

/// What reading or changing the file came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The bookmarks as they are now.
    pub bookmarks: Bookmarks,
    /// Something that the person has to know.
    pub notice: Option<String>,
}

/// Why the bookmarks could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A step of the save failed.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The file was written by a later hallway.
    #[error("{} was written by a newer hallway (schema {found}); it is left as it is", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
    },
}

/// Reads the bookmarks. A file that is not there is no bookmarks; one that cannot be parsed is
/// kept aside, and the notice says where. No lock is needed: a save replaces the file in one step.
///
/// # Errors
///
/// When the file is there and cannot be read at all, or is newer than this program.
pub fn load(path: &Path) -> Result<Outcome, FileError> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Outcome::default()),
        Err(source) => return Err(SaveError::Io { path: path.to_path_buf(), source }.into()),
    };
    match parse(&bytes, path) {
        Ok(Ok(bookmarks)) => Ok(Outcome { bookmarks, notice: None }),
        Ok(Err(_)) => understand(&Lock::take(path)?),
        // What a later hallway wrote is shown as far as it can be read, and never changed.
        Err(newer) => match serde_json::from_slice(&bytes) {
            Ok(bookmarks) => Ok(Outcome { bookmarks, notice: Some(newer.to_string()) }),
            Err(_) => Err(newer),
        },
    }
}

/// Parses the file's content; the inner error is JSON's.
fn parse(bytes: &[u8], path: &Path) -> Result<Result<Bookmarks, serde_json::Error>, FileError> {
    // A newer file may hold what this program cannot even parse, so its number is read first.
    if let Ok(Schema { schema: found }) = serde_json::from_slice(bytes)
        && found > SCHEMA
    {
        return Err(FileError::Newer { path: path.to_path_buf(), found });
    }
    Ok(serde_json::from_slice(bytes))
}

/// Applies changes to whatever the file holds now, and saves it. When this returns, the change is
/// on the disk.
///
/// # Errors
///
/// When any step failed; the file holds what it held before.
pub fn change(path: &Path, operations: &[Operation]) -> Result<Outcome, FileError> {
    let lock = Lock::take(path)?;
    let mut outcome = understand(&lock)?;
    for operation in operations {
        outcome.bookmarks.apply(operation);
    }
    let mut json = serde_json::to_string_pretty(&outcome.bookmarks)
        .map_err(|e| SaveError::Io { path: path.to_path_buf(), source: e.into() })?;
    json.push('\n');
    lock.write(json.as_bytes())?;
    Ok(outcome)
}

/// Parses what the file holds.
fn understand(lock: &Lock) -> Result<Outcome, FileError> {
    let Some(bytes) = lock.read()? else {
        return Ok(Outcome::default());
    };
    match parse(&bytes, lock.target())? {
        Ok(bookmarks) => Ok(Outcome { bookmarks, notice: None }),
        Err(error) => {
            let kept = lock.keep_aside()?;
            let name = kept.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let notice = format!(
                "bookmarks start empty; the file could not be parsed and is kept as {name} ({}: {error})",
                lock.target().display(),
            );
            Ok(Outcome { bookmarks: Bookmarks::default(), notice: Some(notice) })
        }
    }
}

#[derive(serde::Deserialize)]
struct Schema {
    schema: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bookmarks::model::{Bookmark, new_id};

    fn bookmark(line: usize) -> Bookmark {
        Bookmark::sample(&new_id(), 1, line)
    }

    #[test]
    fn what_is_put_is_there_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bookmarks.json");
        assert_eq!(load(&path).expect("nothing"), Outcome::default());
        let one = bookmark(3);
        change(&path, &[Operation::Put(one.clone())]).expect("saved");
        assert_eq!(load(&path).expect("read").bookmarks.bookmarks, std::slice::from_ref(&one));
        change(&path, &[Operation::Remove(one.id)]).expect("saved");
        assert!(load(&path).expect("read").bookmarks.bookmarks.is_empty());
    }

    #[test]
    fn garbage_is_kept_aside_and_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bookmarks.json");
        std::fs::write(&path, "{ not json").expect("file");
        let notice = load(&path).expect("read").notice.expect("a notice");
        assert!(notice.contains("corrupt-1"), "{notice}");
        change(&path, &[Operation::Put(bookmark(1))]).expect("saved");
        assert_eq!(
            std::fs::read_to_string(folder.path().join("bookmarks.json.corrupt-1")).expect("kept"),
            "{ not json"
        );
        assert_eq!(load(&path).expect("read").notice, None);
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bookmarks.json");
        let newer = r#"{"schema": 99, "bookmarks": "who knows"}"#;
        std::fs::write(&path, newer).expect("file");
        assert!(matches!(
            change(&path, &[Operation::Put(bookmark(1))]),
            Err(FileError::Newer { found: 99, .. })
        ));
        assert_eq!(std::fs::read_to_string(&path).expect("kept"), newer);
        assert!(load(&path).is_err());
        let readable = newer.replace("\"who knows\"", "[], \"more\": 1");
        std::fs::write(&path, &readable).expect("file");
        assert!(load(&path).expect("shown").notice.expect("a notice").contains("newer"));
        assert!(change(&path, &[Operation::Put(bookmark(1))]).is_err());
        assert_eq!(std::fs::read_to_string(&path).expect("kept"), readable);
    }

    /// Two writers at once lose nothing: each applies its change to what the other has saved.
    #[test]
    fn many_writers_lose_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bookmarks.json");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for line in 1..=10 {
                        change(&path, &[Operation::Put(bookmark(line))]).expect("saved");
                    }
                });
            }
        });
        assert_eq!(load(&path).expect("read").bookmarks.bookmarks.len(), 40);
    }
}
