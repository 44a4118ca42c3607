//! The bookmarks file: where it lies, what is written in it, changing it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::bookmarks::kept::{self, FileError, Kept, Outcome};
use crate::bookmarks::model::{Bookmark, Bookmarks, Operation, Tombstone};
use crate::bookmarks::revisit::today;

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

/// Reads the bookmarks. See [`kept::load`].
///
/// # Errors
///
/// When the file is there and cannot be read at all, or is newer than this program.
pub fn load(path: &Path) -> Result<Outcome<Bookmarks>, FileError> {
    let mut outcome = kept::load::<Bookmarks>(path)?;
    let strange = &outcome.value.strange;
    if let (Some(first), None) = (strange.first(), &outcome.notice) {
        let why = Bookmark::deserialize(first).err().map_or(String::new(), |error| format!(": {error}"));
        let ids: Vec<&str> = strange.iter().filter_map(|entry| entry.get("id")?.as_str()).collect();
        let ids = if ids.is_empty() { String::new() } else { format!(" ({})", ids.join(", ")) };
        let (many, are, first) = match strange.len() {
            1 => ("1 entry".to_owned(), "is", ""),
            more => (format!("{more} entries"), "are", "; the first"),
        };
        let why = if why.is_empty() { why } else { format!("{first}{why}") };
        outcome.notice =
            Some(format!("{}: {many}{ids} {are} not understood and kept aside{why}", path.display()));
    }
    Ok(outcome)
}

/// Applies changes to whatever the file holds now, and saves it. When this returns, the change is
/// on the disk.
///
/// # Errors
///
/// When any step failed; the file holds what it held before.
pub fn change(path: &Path, operations: &[Operation]) -> Result<Outcome<Bookmarks>, FileError> {
    change_with(path, |bookmarks| operations.iter().fold(false, |changed, op| bookmarks.apply(op) | changed))
}

/// Changes whatever the file holds now, if there is a difference, and saves it.
///
/// # Errors
///
/// As [`change`].
pub fn change_with(
    path: &Path,
    change: impl FnOnce(&mut Bookmarks) -> bool,
) -> Result<Outcome<Bookmarks>, FileError> {
    // Asked before the lock is held: the first time, the zones of the world are looked through.
    let today = today();
    kept::change(path, |bookmarks: &mut Bookmarks| {
        let changed = change(bookmarks);
        // Only on the way of another change: forgetting is not worth a save of its own.
        if changed {
            bookmarks.expire(today);
        }
        changed
    })
}

/// Reads what somebody has named: a file, or a pipe that their shell has made.
///
/// # Errors
///
/// As the system says.
pub fn read_given(path: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(crate::library::source::FILE_CAP).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The file as it is written. Each entry is read by itself, so that one which is not understood costs no other.
#[derive(Deserialize)]
struct Raw {
    schema: u32,
    #[serde(default)]
    bookmarks: Vec<Value>,
    #[serde(default)]
    removed: Vec<Value>,
    #[serde(default)]
    strange: Vec<Value>,
    #[serde(flatten)]
    other: BTreeMap<String, Value>,
}

/// The file as it is printed.
#[derive(Serialize)]
struct Printed<'b> {
    schema: u32,
    bookmarks: &'b [Bookmark],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    removed: &'b [Tombstone],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    strange: &'b [Value],
    #[serde(flatten)]
    other: &'b BTreeMap<String, Value>,
}

impl Kept for Bookmarks {
    const SCHEMA: u32 = 2;
    const NAME: &'static str = "bookmarks";

    fn parse(bytes: &[u8]) -> serde_json::Result<(u32, Self)> {
        let raw: Raw = serde_json::from_slice(bytes)?;
        let mut bookmarks = Bookmarks::default();
        for entry in raw.bookmarks.into_iter().chain(raw.strange) {
            match read_one(&entry) {
                Some(bookmark) => bookmarks.bookmarks.push(bookmark),
                None => bookmarks.strange.push(entry),
            }
        }
        for entry in raw.removed {
            match read_tombstone(&entry) {
                Some(tombstone) => bookmarks.removed.push(tombstone),
                None => bookmarks.strange.push(entry),
            }
        }
        bookmarks.other = raw.other;
        bookmarks.tidy_up();
        Ok((raw.schema, bookmarks))
    }

    fn print(&self) -> serde_json::Result<String> {
        let printed = Printed {
            schema: Self::SCHEMA,
            bookmarks: &self.bookmarks,
            removed: &self.removed,
            strange: &self.strange,
            other: &self.other,
        };
        let mut json = serde_json::to_string_pretty(&printed)?;
        json.push('\n');
        Ok(json)
    }

    fn merge(&mut self, other: Self) {
        Bookmarks::merge(self, other);
    }

    /// Every whole object in the text that is a bookmark, however deep it stands.
    fn salvage(bytes: &[u8]) -> Self {
        let mut found = Bookmarks::default();
        let mut at = 0;
        while let Some(start) = memchr::memchr(b'{', &bytes[at..]).map(|n| at + n) {
            let mut values = serde_json::Deserializer::from_slice(&bytes[start..]).into_iter::<Value>();
            // A brace that opens no object may have whole ones inside of it.
            at = match values.next() {
                Some(Ok(value)) => {
                    gather(&value, &mut found.bookmarks);
                    start + values.byte_offset()
                }
                _ => start + 1,
            };
        }
        found.tidy_up();
        found
    }

    fn count(&self) -> usize {
        self.bookmarks.len()
    }
}

/// The bookmarks inside of a value.
fn gather(value: &Value, to: &mut Vec<Bookmark>) {
    match (read_one(value), value) {
        (Some(bookmark), _) => to.push(bookmark),
        (None, Value::Array(values)) => values.iter().for_each(|value| gather(value, to)),
        (None, Value::Object(fields)) => fields.values().for_each(|value| gather(value, to)),
        (None, _) => {}
    }
}

/// Reads one entry. What has no id gets one that is the same each time; what names neither a talk nor a
/// file is no bookmark.
pub fn read_one(entry: &Value) -> Option<Bookmark> {
    // A row of `bookmark list --json` looks like one, but what a bookmark is known by is not in it.
    if entry.get("state").is_some() && entry.get("was").is_some_and(Value::is_object) {
        return None;
    }
    let mut bookmark = Bookmark::deserialize(entry).ok()?;
    if bookmark.anchor.talk.is_empty() && bookmark.anchor.path.is_empty() {
        return None;
    }
    if bookmark.id.is_empty() {
        let place = &bookmark.anchor;
        let seed = [&place.conference, &place.talk, &place.path, &place.quote, &place.line.to_string()];
        let seed = seed.map(String::as_str).join("\n");
        bookmark.id = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(seed.as_bytes()));
    }
    bookmark.tags = crate::bookmarks::model::sorted(bookmark.tags);
    Some(bookmark)
}

/// Reads one entry of what was removed. It holds without its day, too: then it is kept from today on.
fn read_tombstone(entry: &Value) -> Option<Tombstone> {
    let without_day = || {
        let mut fields = entry.as_object()?.clone();
        fields.remove("day")?;
        Tombstone::deserialize(Value::Object(fields)).ok()
    };
    Tombstone::deserialize(entry).ok().or_else(without_day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bookmarks::model::{Change, new_id};

    fn bookmark(line: usize) -> Bookmark {
        Bookmark::sample(&new_id(), line)
    }

    fn put(line: usize) -> Operation {
        Operation::put(bookmark(line))
    }

    fn ids(bookmarks: &Bookmarks) -> Vec<&str> {
        bookmarks.bookmarks.iter().map(|b| b.id.as_str()).collect()
    }

    #[test]
    fn what_is_put_is_there_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bookmarks.json");
        assert_eq!(load(&path).expect("nothing"), Outcome::default());
        let one = bookmark(3);
        change(&path, &[Operation::put(one.clone())]).expect("saved");
        assert_eq!(load(&path).expect("read").value.bookmarks, std::slice::from_ref(&one));
        change(&path, &[Operation::Remove(one.id, today())]).expect("saved");
        assert!(load(&path).expect("read").value.bookmarks.is_empty());
    }

    #[test]
    fn nothing_is_written_where_nothing_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bookmarks.json");
        change(&path, &[Operation::Remove("nobody".into(), today())]).expect("nothing to save");
        assert!(!path.exists());
    }

    #[test]
    fn garbage_is_kept_aside_and_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bookmarks.json");
        std::fs::write(&path, "{ not json").expect("file");
        let notice = load(&path).expect("read").notice.expect("a notice");
        assert!(notice.contains("corrupt-1"), "{notice}");
        change(&path, &[put(1)]).expect("saved");
        let kept = std::fs::read_to_string(folder.path().join("bookmarks.json.corrupt-1"));
        assert_eq!(kept.expect("kept"), "{ not json");
        assert_eq!(load(&path).expect("read").notice, None);
    }

    /// Of a file that was damaged in place, the last good copy and the entries that are whole.
    #[test]
    fn a_truncated_file_gives_what_it_can() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bookmarks.json");
        for line in 1..=3 {
            change(&path, &[put(line)]).expect("saved");
        }
        let all = load(&path).expect("read").value;
        let text = std::fs::read_to_string(&path).expect("read");
        // The last one was saved after the copy was made, and only its end is gone.
        let cut = text.rfind("  ]").expect("the end of the list");
        for (damage, wanted) in [
            (&text[..cut], 3),
            ("", 2),
            ("\0\0\0\0", 2),
            ("[1, 2]", 2),
            (&*text.replace("\"schema\": 2,", ""), 3),
            (&*text.replace("\"schema\": 2", "\"schema\": \"2\""), 3),
        ] {
            std::fs::write(&path, damage).expect("damaged");
            let outcome = load(&path).expect("read");
            assert_eq!(ids(&outcome.value), ids(&all)[..wanted], "{damage:?}");
            let notice = outcome.notice.expect("a notice");
            assert!(notice.contains("last good copy"), "{notice}");
        }
        // A change is made on top of that, and the good copy is not replaced by the damaged file.
        change(&path, &[put(9)]).expect("saved");
        assert_eq!(load(&path).expect("read").value.count(), 4);
        assert_eq!(load(&folder.path().join("bookmarks.json.last-good")).expect("read").value.count(), 2);
    }

    #[test]
    fn both_sides_of_a_git_merge_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bookmarks.json");
        let (base, ours, theirs) = (bookmark(1), bookmark(2), bookmark(3));
        let text = |all: &[&Bookmark]| {
            let mut bookmarks = Bookmarks::default();
            all.iter().for_each(|b| {
                bookmarks.apply(&Operation::put((*b).clone()));
            });
            bookmarks.print().expect("printed")
        };
        let (one, two) = (text(&[&base, &ours]), text(&[&base, &theirs]));
        std::fs::write(&path, format!("<<<<<<< HEAD\n{one}=======\n{two}>>>>>>> other\n")).expect("file");
        let outcome = load(&path).expect("read");
        assert_eq!(ids(&outcome.value), [&base.id, &ours.id, &theirs.id]);
        assert!(outcome.notice.expect("a notice").contains("merge"));
        change(&path, &[put(4)]).expect("saved");
        let outcome = load(&path).expect("read");
        assert_eq!((outcome.value.count(), outcome.notice), (4, None));
        assert!(folder.path().join("bookmarks.json.conflict-1").exists());
    }

    #[test]
    fn an_entry_that_is_not_understood_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bookmarks.json");
        let text = r#"{"schema": 2, "mine": 1, "bookmarks": [{"talk": "T", "path": "a.md", "stars": 5}, {"talk": 7}, "x"]}"#;
        std::fs::write(&path, text).expect("file");
        assert!(load(&path).expect("read").notice.expect("a notice").contains("2 entries"));
        change(&path, &[put(1)]).expect("saved");
        let outcome = load(&path).expect("read").value;
        assert_eq!((outcome.count(), outcome.strange.len()), (2, 2));
        let text = std::fs::read_to_string(&path).expect("read");
        assert!(text.contains("\"stars\": 5") && text.contains("\"mine\": 1"), "{text}");
    }

    #[test]
    fn what_was_removed_is_not_forgotten_for_its_day() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bookmarks.json");
        let text =
            r#"{"schema": 2, "removed": [{"id": "ab", "revision": 3, "day": "yesterday"}, {"id": 7}]}"#;
        std::fs::write(&path, text).expect("file");
        change(&path, &[put(1)]).expect("saved");
        let Bookmarks { removed, strange, .. } = load(&path).expect("read").value;
        assert_eq!((removed.len(), removed[0].revision, strange.len()), (1, 3, 1));
        assert!(removed[0].day.is_some());
    }

    #[test]
    fn the_first_shape_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bookmarks.json");
        let text = r#"{"schema": 1, "bookmarks": [{"id": "ab", "revision": 1, "conference": "PyCon 2017", "talk": "T",
            "path": "a.md", "line": 3, "offset": 0, "quote": "q", "made": "2026-11-20T12:00:00Z"}],
            "removed": [{"id": "cd", "revision": 2}]}"#;
        std::fs::write(&path, text).expect("file");
        let outcome = load(&path).expect("read");
        assert_eq!((outcome.value.count(), outcome.value.removed.len(), outcome.notice), (1, 1, None));
        change(&path, &[Operation::Edit("ab".into(), Change::Note("now".into()))]).expect("saved");
        let text = std::fs::read_to_string(&path).expect("read");
        assert!(text.contains("\"schema\": 2") && text.contains("\"note\": \"now\""), "{text}");
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bookmarks.json");
        let newer = r#"{"schema": 99, "bookmarks": "who knows"}"#;
        std::fs::write(&path, newer).expect("file");
        assert!(matches!(change(&path, &[put(1)]), Err(FileError::Newer { found: 99, .. })));
        assert_eq!(std::fs::read_to_string(&path).expect("kept"), newer);
        assert!(load(&path).is_err());
        let readable = newer.replace("\"who knows\"", "[], \"more\": 1");
        std::fs::write(&path, &readable).expect("file");
        assert!(load(&path).expect("shown").notice.expect("a notice").contains("newer"));
        assert!(change(&path, &[put(1)]).is_err());
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
                        change(&path, &[put(line)]).expect("saved");
                    }
                });
            }
        });
        assert_eq!(load(&path).expect("read").value.count(), 40);
    }
}
