//! A precious file's content: read whatever state the file is in, changed under the lock.
//!
//! Bookmarks and read marks are both kept this way. Of a file that cannot be parsed the original bytes
//! are kept aside before anything takes their place, and what the last good copy and the readable
//! entries of the damaged one give is what there is. A file with git's conflict markers is read from
//! both sides. A file of a later hallway is read as far as it goes and never changed.

use std::path::{Path, PathBuf};

use crate::bookmarks::save::{self, Lock, SaveError};

/// What a precious file holds.
pub trait Kept: Default + Clone + PartialEq {
    /// The version of the file's shape that this program writes.
    const SCHEMA: u32;
    /// What it holds, in the plural.
    const NAME: &'static str;

    /// Parses the file: the version of its shape, and what it holds.
    ///
    /// # Errors
    ///
    /// When it is not JSON, or not of this shape.
    fn parse(bytes: &[u8]) -> serde_json::Result<(u32, Self)>;

    /// The file's text, the same for the same content.
    ///
    /// # Errors
    ///
    /// As serde_json, which there is no reason for.
    fn print(&self) -> serde_json::Result<String>;

    /// Adds what another copy holds. The order does not matter, and neither does doing it twice.
    fn merge(&mut self, other: Self);

    /// What can be read of a damaged file.
    fn salvage(bytes: &[u8]) -> Self;

    /// How many entries there are.
    fn count(&self) -> usize;
}

/// What reading or changing a file came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome<T> {
    /// What it holds now.
    pub value: T,
    /// Something that the person has to know.
    pub notice: Option<String>,
}

/// Why a file could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A step failed.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The file was written by a later hallway.
    #[error("{} was written by a newer hallway (schema {found}), so it is left as it is; get that one to change it", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
    },
}

impl FileError {
    /// What happened and what to do, in as few words as fit on a line of the screen.
    pub fn short(&self) -> String {
        match self {
            FileError::Save(error) => error.short(),
            FileError::Newer { .. } => "the file is a newer hallway's".into(),
        }
    }
}

/// The state that a file was found in.
enum Found<T> {
    Good(T),
    /// Git left both sides of a merge in it.
    Conflict(T),
    Damaged(String),
}

/// Reads a file. One that is not there is empty. A lock is needed only where it is damaged: a save
/// replaces the file in one step.
///
/// # Errors
///
/// When it is there and cannot be read at all, or is newer than this program and says nothing to it.
pub fn load<T: Kept>(path: &Path) -> Result<Outcome<T>, FileError> {
    save::clear_leftover(path);
    let Some(bytes) = save::read(path)? else {
        return Ok(Outcome { value: T::default(), notice: None });
    };
    match examine(&bytes, path) {
        Ok(Found::Good(value)) => Ok(Outcome { value, notice: None }),
        Ok(Found::Conflict(value)) => Ok(Outcome { value, notice: Some(merged::<T>(path)) }),
        Ok(Found::Damaged(_)) => {
            let aside = Lock::take(path).map_err(FileError::from).and_then(|lock| understand(&lock));
            match aside {
                Ok((outcome, _)) => Ok(outcome),
                // A read-only place, or a full one: what is known is shown all the same.
                Err(error) => Ok(recover(path, &bytes, &format!("no copy of it could be made: {error}"))),
            }
        }
        Err(newer) => match T::parse(&bytes) {
            Ok((_, value)) => Ok(Outcome { value, notice: Some(newer.to_string()) }),
            Err(_) => Err(newer),
        },
    }
}

/// Changes whatever the file holds now and saves it, if `change` says that there is a difference. When
/// this returns, the change is on the disk.
///
/// # Errors
///
/// When any step failed; the file holds what it held before.
pub fn change<T: Kept>(path: &Path, change: impl FnOnce(&mut T) -> bool) -> Result<Outcome<T>, FileError> {
    let lock = Lock::take(path)?;
    let (mut outcome, state) = understand::<T>(&lock)?;
    if !change(&mut outcome.value) {
        return Ok(outcome);
    }
    let text = outcome.value.print().map_err(|error| SaveError::Io {
        path: path.to_path_buf(),
        step: save::Step::Write,
        source: error.into(),
    })?;
    if let State::Conflict = state {
        lock.keep_aside("conflict")?;
    }
    // What was damaged must not take the place of the last copy that was not.
    lock.write(text.as_bytes(), matches!(state, State::Good))?;
    Ok(outcome)
}

/// What is to be kept of the file before it is replaced.
enum State {
    Absent,
    Good,
    Conflict,
    Damaged,
}

/// Reads the file under the lock. What is damaged is kept aside.
fn understand<T: Kept>(lock: &Lock) -> Result<(Outcome<T>, State), FileError> {
    let path = lock.target();
    let Some(bytes) = lock.read()? else {
        return Ok((Outcome { value: T::default(), notice: None }, State::Absent));
    };
    Ok(match examine(&bytes, path)? {
        Found::Good(value) => (Outcome { value, notice: None }, State::Good),
        Found::Conflict(value) => (Outcome { value, notice: Some(merged::<T>(path)) }, State::Conflict),
        Found::Damaged(_) if bytes.is_empty() => (recover(path, &bytes, "it is empty"), State::Damaged),
        Found::Damaged(why) => {
            let kept = lock.keep_aside("corrupt")?;
            let name = kept.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (recover(path, &bytes, &format!("it is kept as {name}; {why}")), State::Damaged)
        }
    })
}

/// Parses the file's content, in whatever state it is.
fn examine<T: Kept>(bytes: &[u8], path: &Path) -> Result<Found<T>, FileError> {
    let error = match T::parse(bytes) {
        // A newer file may hold what this program would not write again.
        Ok((found, _)) if found > T::SCHEMA => return Err(newer(path, found)),
        Ok((_, value)) => return Ok(Found::Good(value)),
        Err(error) => error,
    };
    // It may hold what this program cannot even parse.
    if let Some(found) = schema(bytes).filter(|found| *found > T::SCHEMA) {
        return Err(newer(path, found));
    }
    if let Some((ours, theirs)) = sides(bytes)
        && let (Ok((one, mut value)), Ok((other, more))) =
            (T::parse(ours.as_bytes()), T::parse(theirs.as_bytes()))
    {
        let found = one.max(other);
        if found > T::SCHEMA {
            return Err(newer(path, found));
        }
        value.merge(more);
        return Ok(Found::Conflict(value));
    }
    Ok(Found::Damaged(error.to_string()))
}

fn newer(path: &Path, found: u32) -> FileError {
    FileError::Newer { path: path.to_path_buf(), found }
}

fn schema(bytes: &[u8]) -> Option<u32> {
    #[derive(serde::Deserialize)]
    struct Schema {
        schema: u32,
    }
    serde_json::from_slice(bytes).ok().map(|Schema { schema }| schema)
}

/// Both sides of a text in which git has left conflict markers; `None` where there are none. What
/// diff3 shows of the common ancestor belongs to neither.
fn sides(bytes: &[u8]) -> Option<(String, String)> {
    #[derive(PartialEq)]
    enum In {
        Both,
        Ours,
        Ancestor,
        Theirs,
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let (mut ours, mut theirs) = (String::new(), String::new());
    let mut place = In::Both;
    let mut conflicts = 0;
    for line in text.split_inclusive('\n') {
        let marker = |sign: &str| line.starts_with(sign) && line[sign.len()..].starts_with([' ', '\r', '\n']);
        match place {
            In::Both if marker("<<<<<<<") => (place, conflicts) = (In::Ours, conflicts + 1),
            In::Ours if marker("|||||||") => place = In::Ancestor,
            In::Ours | In::Ancestor if marker("=======") => place = In::Theirs,
            In::Theirs if marker(">>>>>>>") || line.trim_end() == ">>>>>>>" => place = In::Both,
            In::Both => {
                ours.push_str(line);
                theirs.push_str(line);
            }
            In::Ours => ours.push_str(line),
            In::Ancestor => {}
            In::Theirs => theirs.push_str(line),
        }
    }
    (conflicts > 0 && place == In::Both).then_some((ours, theirs))
}

fn merged<T: Kept>(path: &Path) -> String {
    format!(
        "{} holds both sides of a git merge; the {} of both are here, and the next change writes them as one",
        path.display(),
        T::NAME
    )
}

/// What the last good copy and the readable entries of a damaged file give together.
fn recover<T: Kept>(path: &Path, bytes: &[u8], what: &str) -> Outcome<T> {
    let copy = save::last_good(path).and_then(|good| T::parse(&good).ok()).map(|(_, value)| value);
    let from_copy = copy.as_ref().map_or(0, Kept::count);
    let mut value = copy.unwrap_or_default();
    value.merge(T::salvage(bytes));
    // An empty file with nothing behind it is a new one.
    if bytes.is_empty() && value.count() == 0 {
        return Outcome { value, notice: None };
    }
    let name = T::NAME;
    let source = match (from_copy, value.count()) {
        (_, 0) => format!("no {name} could be read from it, and there is no earlier copy"),
        (0, all) => format!("{all} {name} could still be read from it"),
        (copy, all) if copy == all => format!("the {all} {name} of its last good copy are here"),
        (_, all) => format!("{all} {name} of its last good copy and of itself are here"),
    };
    let notice = format!("{} cannot be read: {source} ({what})", path.display());
    Outcome { value, notice: Some(notice) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflicts_have_two_sides() {
        let text = "a\n<<<<<<< HEAD\nb\n||||||| base\nx\n=======\nc\n>>>>>>> other\nd\n";
        assert_eq!(sides(text.as_bytes()), Some(("a\nb\nd\n".into(), "a\nc\nd\n".into())));
        assert_eq!(sides(b"a\nb\n"), None);
        assert_eq!(sides(b"<<<<<<< HEAD\nb\n=======\nc\n"), None, "cut off");
    }
}
