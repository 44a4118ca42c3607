//! Read marks: the talks whose end was reached, by their ids. They lie in `reading.json` beside the
//! bookmarks and are saved by the same steps.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::bookmarks::save::{Lock, SaveError};

/// The version of the file's shape.
const SCHEMA: u32 = 1;

/// The file's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The version of the shape.
    schema: u32,
    /// The ids of the talks, sorted.
    #[serde(default)]
    pub read: BTreeSet<String>,
}

impl Default for Reading {
    fn default() -> Self {
        Self { schema: SCHEMA, read: BTreeSet::new() }
    }
}

/// Where read marks are kept: in the data folder. `None` without a home.
pub fn path() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.data_dir().join("hallway").join("reading.json"))
}

/// Reads the marks. A file that is not there is no marks.
///
/// # Errors
///
/// When the file is there and cannot be read.
pub fn load(path: &Path) -> Result<Reading, SaveError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Reading::default()),
        Err(source) => Err(SaveError::Io { path: path.to_path_buf(), source }),
    }
}

/// Marks a talk as read, beside whatever the file holds now. When this returns, it is on the disk.
///
/// # Errors
///
/// When any step failed; the file holds what it held before.
pub fn mark(path: &Path, talk: &str) -> Result<Reading, SaveError> {
    let lock = Lock::take(path)?;
    let known = lock.read()?;
    let mut reading: Reading = match known.as_deref().map(serde_json::from_slice) {
        Some(Ok(reading)) => reading,
        // What cannot be parsed is kept aside before it is written over.
        Some(Err(_)) => {
            lock.keep_aside()?;
            Reading::default()
        }
        None => Reading::default(),
    };
    if reading.read.insert(talk.to_owned()) {
        let mut json = serde_json::to_string_pretty(&reading)
            .map_err(|e| SaveError::Io { path: path.to_path_buf(), source: e.into() })?;
        json.push('\n');
        lock.write(json.as_bytes())?;
    }
    Ok(reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_add_up_and_damage_is_kept_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data/reading.json");
        assert_eq!(load(&path).expect("none"), Reading::default());
        mark(&path, "a/one").expect("saved");
        assert_eq!(mark(&path, "a/two").expect("saved").read.len(), 2);
        assert_eq!(load(&path).expect("read").read, ["a/one", "a/two"].map(String::from).into());
        std::fs::write(&path, "{ damaged").expect("written");
        assert_eq!(mark(&path, "a/one").expect("saved").read.len(), 1);
        let names = std::fs::read_dir(folder.path().join("data")).expect("the folder").count();
        assert!(names >= 3, "the damaged file, the new one, the lock");
    }
}
