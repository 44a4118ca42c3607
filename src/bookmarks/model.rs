//! What a bookmark holds, and how changes to the set of them combine.
//!
//! Changes are *operations* on entries with stable ids, never snapshots: an operation is applied
//! to whatever the file holds when the lock is taken, so two processes that each add one end with
//! both. A removal leaves a tombstone with a higher revision, so that an older copy of the entry
//! cannot bring it back. No order depends on a clock.

use serde::{Deserialize, Serialize};

/// The version of the file's shape.
pub const SCHEMA: u32 = 1;

/// One bookmark, as the file holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// Its own id: sixteen hex digits, never used again.
    pub id: String,
    /// Counts its changes; of two copies the higher one holds.
    pub revision: u64,
    /// The conference, for people and for finding a talk that moved.
    pub conference: String,
    /// The talk's title.
    pub talk: String,
    /// The file, as a path below the root of the notes, with `/` between its parts.
    pub path: String,
    /// The line in the file, counted from 1, when it was set.
    pub line: usize,
    /// How many letters and digits of that line stand before the place: a paragraph may be one
    /// line and fill a screen.
    #[serde(default)]
    pub offset: usize,
    /// The text of that line, trimmed.
    pub quote: String,
    /// When it was set: RFC 3339, for people; nothing is decided by it.
    pub made: String,
}

/// A removed bookmark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// The id that was removed.
    pub id: String,
    /// One more than the revision that was removed.
    pub revision: u64,
}

/// All bookmarks: the file's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmarks {
    /// The version of the shape.
    pub schema: u32,
    /// The bookmarks, by path, line and id.
    #[serde(default)]
    pub bookmarks: Vec<Bookmark>,
    /// What was removed, by id.
    #[serde(default)]
    pub removed: Vec<Tombstone>,
}

impl Default for Bookmarks {
    fn default() -> Self {
        Self { schema: SCHEMA, bookmarks: Vec::new(), removed: Vec::new() }
    }
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// Adds a bookmark, or replaces an older revision of it.
    Put(Bookmark),
    /// Removes a bookmark by its id.
    Remove(String),
}

impl Bookmarks {
    /// Applies a change. Applying it twice is the same as once.
    pub fn apply(&mut self, operation: &Operation) {
        match operation {
            Operation::Put(new) => self.put(new),
            Operation::Remove(id) => self.remove(id),
        }
        self.bookmarks.sort_by(|a, b| (&a.path, a.line, &a.id).cmp(&(&b.path, b.line, &b.id)));
        self.removed.sort_by(|a, b| a.id.cmp(&b.id));
    }

    fn put(&mut self, new: &Bookmark) {
        let buried = self.removed.iter().any(|t| t.id == new.id && t.revision > new.revision);
        if buried {
            return;
        }
        match self.bookmarks.iter_mut().find(|b| b.id == new.id) {
            Some(old) if old.revision >= new.revision => {}
            Some(old) => old.clone_from(new),
            None => self.bookmarks.push(new.clone()),
        }
    }

    fn remove(&mut self, id: &str) {
        let Some(at) = self.bookmarks.iter().position(|b| b.id == id) else {
            return;
        };
        let revision = self.bookmarks.remove(at).revision + 1;
        self.removed.push(Tombstone { id: id.to_owned(), revision });
    }
}

/// A new id: time, process and a counter, hashed. Unique is all it has to be.
pub fn new_id() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let nanos =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_nanos());
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    let seed = format!("{nanos} {} {count}", std::process::id());
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(seed.as_bytes()))
}

#[cfg(test)]
impl Bookmark {
    /// A bookmark to try things with.
    pub(crate) fn sample(id: &str, revision: u64, line: usize) -> Bookmark {
        Bookmark {
            id: id.into(),
            revision,
            conference: "PyCon 2017".into(),
            talk: "A talk".into(),
            path: "a.md".into(),
            line,
            offset: 0,
            quote: "a line".into(),
            made: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_combine_in_any_order() {
        let put = Operation::Put(Bookmark::sample("b", 1, 9));
        let other = Operation::Put(Bookmark::sample("a", 1, 3));
        let (mut one, mut two) = (Bookmarks::default(), Bookmarks::default());
        for op in [&put, &other, &put] {
            one.apply(op);
        }
        for op in [&other, &put] {
            two.apply(op);
        }
        assert_eq!(one, two);
        assert_eq!(one.bookmarks[0].id, "a");
    }

    #[test]
    fn what_was_removed_stays_removed() {
        let put = Operation::Put(Bookmark::sample("a", 1, 3));
        let mut all = Bookmarks::default();
        all.apply(&put);
        all.apply(&Operation::Remove("a".into()));
        all.apply(&put);
        assert!(all.bookmarks.is_empty());
        assert_eq!(all.removed, [Tombstone { id: "a".into(), revision: 2 }]);
        all.apply(&Operation::Put(Bookmark::sample("a", 2, 3)));
        assert_eq!(all.bookmarks.len(), 1, "a later revision is a change of mind");
    }

    #[test]
    fn ids_differ() {
        assert_ne!(new_id(), new_id());
    }
}
