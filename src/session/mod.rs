//! Where one left off: the talk, the place in it, and which pane had the keys; where each page was left, the way back,
//! and earlier queries.
//!
//! It is kept in `session.json` in the state folder and costs nothing to lose: whatever is wrong
//! with it, hallway starts as if it were not there, and says nothing.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::library::glimpse;

/// Where one left off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Left {
    /// The talk's id, as on the command line.
    pub talk: String,
    /// The file that the talk begins in, as it was named: it is read before the others.
    #[serde(default)]
    pub path: Option<PathBuf>,
    /// Where the talk lies in it, so that a long file need not be read whole for that.
    #[serde(default)]
    pub part: Option<Part>,
    /// The source line that was on top.
    #[serde(default)]
    pub line: usize,
    /// Letters of that line before the place.
    #[serde(default)]
    pub offset: usize,
    /// The reader had the keys.
    #[serde(default)]
    pub reading: bool,
    /// The terminal's background was light.
    #[serde(default)]
    pub light: Option<bool>,
    /// The columns of the tree, where they were chosen.
    #[serde(default)]
    pub tree_width: Option<u16>,
    /// Earlier queries, the last one last.
    #[serde(default)]
    pub queries: Vec<String>,
    /// Where pages were left, the last one last.
    #[serde(default)]
    pub places: Vec<Spot>,
    /// Where one was before, the last one last.
    #[serde(default)]
    pub past: Vec<Spot>,
}

/// Where a talk lies in its file: [`glimpse::Part`] as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its first byte.
    pub start: u64,
    /// The byte behind it.
    pub end: u64,
    /// Its first line, counted from 1.
    pub line: usize,
    /// The bytes of the whole file.
    pub length: u64,
}

impl From<glimpse::Part> for Part {
    fn from(glimpse::Part { start, end, line, length }: glimpse::Part) -> Self {
        Self { start, end, line, length }
    }
}

impl From<Part> for glimpse::Part {
    fn from(Part { start, end, line, length }: Part) -> Self {
        Self { start, end, line, length }
    }
}

/// A place on the page of a talk.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Spot {
    /// The talk's id.
    pub talk: String,
    /// The source line on top; 0 for the start of the page.
    #[serde(default)]
    pub line: usize,
    /// Letters of that line above the place.
    #[serde(default)]
    pub offset: usize,
    /// Rows above it that show no source.
    #[serde(default)]
    pub above: usize,
}

/// So many pages are remembered, of whichever notes.
pub const PLACES: usize = 300;

/// So many steps back.
pub const PAST: usize = 50;

/// Where the session is kept; `None` without a home.
pub fn path() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let folders = etcetera::choose_base_strategy().ok()?;
    let state = folders.state_dir().unwrap_or_else(|| folders.data_dir());
    Some(state.join("hallway").join("session.json"))
}

/// Reads the session; anything but a good one is none.
pub fn load(path: &Path) -> Option<Left> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// Keeps the session, if that can be done.
pub fn save(path: &Path, left: &Left) -> Option<()> {
    let folder = path.parent()?;
    std::fs::create_dir_all(folder).ok()?;
    let mut file = tempfile::NamedTempFile::new_in(folder).ok()?;
    file.write_all(&serde_json::to_vec_pretty(left).ok()?).ok()?;
    file.persist(path).ok()?;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_there_and_damage_is_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state/session.json");
        assert_eq!(load(&path), None);
        let left = Left {
            talk: "a/b".into(),
            line: 7,
            offset: 3,
            reading: true,
            queries: vec!["kube".into()],
            ..Left::default()
        };
        save(&path, &left).expect("kept");
        assert_eq!(load(&path), Some(left));
        std::fs::write(&path, "{ damaged").expect("written");
        assert_eq!(load(&path), None);
    }
}
