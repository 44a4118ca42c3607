//! What a bookmark holds, and how changes to the set of them combine.
//!
//! Changes are *operations* on entries with stable ids, never snapshots: an operation is applied
//! to whatever the file holds when the lock is taken, so two processes that each add one end with
//! both. Two copies of one entry (another machine's, a branch's) join part by part: note, tags,
//! revisit and place each know at which revision they changed last, and the later one holds. A
//! removal leaves a tombstone with a higher revision, so that an older copy of the entry cannot
//! bring it back. No order depends on a clock.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::bookmarks::anchor::Anchor;
use crate::bookmarks::revisit::Revisit;

/// One bookmark, as the file holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bookmark {
    /// Its own id: sixteen hex digits, never used again.
    #[serde(default)]
    pub id: String,
    /// Counts its changes.
    #[serde(default = "first")]
    pub revision: u64,
    /// At which of them each part changed last.
    #[serde(default, skip_serializing_if = "Changed::is_none")]
    pub changed: Changed,
    /// The talk and the place in it, with what it is known by.
    #[serde(flatten)]
    pub anchor: Anchor,
    /// What the person wrote on it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Its tags, sorted, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// When it was set: RFC 3339, for people; nothing is decided by it.
    #[serde(default)]
    pub made: String,
    /// When it is to be looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revisit: Option<Revisit>,
    /// What somebody else has put there; it is kept.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

fn first() -> u64 {
    1
}

/// The revision at which each part of a bookmark was changed last; 0 for not since it was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Changed {
    #[serde(skip_serializing_if = "is_zero")]
    note: u64,
    #[serde(skip_serializing_if = "is_zero")]
    tags: u64,
    #[serde(skip_serializing_if = "is_zero")]
    revisit: u64,
    #[serde(skip_serializing_if = "is_zero")]
    place: u64,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl Changed {
    fn is_none(&self) -> bool {
        *self == Changed::default()
    }
}

/// A change of one part of a bookmark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Another note; an empty one is none.
    Note(String),
    /// Other tags.
    Tags(Vec<String>),
    /// Another day to look at it, or none.
    Revisit(Option<Revisit>),
    /// Another place: the one where it was found again.
    Place(Box<Anchor>),
}

impl Bookmark {
    /// A new bookmark.
    pub fn new(anchor: Anchor, made: String) -> Self {
        Bookmark { id: new_id(), revision: 1, anchor, made, ..Bookmark::default() }
    }

    /// Changes a part of it.
    pub fn change(&mut self, change: &Change) {
        self.revision += 1;
        let changed = match change {
            Change::Note(note) => {
                self.note.clone_from(note);
                &mut self.changed.note
            }
            Change::Tags(tags) => {
                self.tags = sorted(tags.clone());
                &mut self.changed.tags
            }
            Change::Revisit(revisit) => {
                self.revisit = *revisit;
                &mut self.changed.revisit
            }
            Change::Place(anchor) => {
                self.anchor.clone_from(anchor);
                &mut self.changed.place
            }
        };
        *changed = self.revision;
    }

    /// The change that would bring a part back to how it is now.
    pub fn inverse(&self, change: &Change) -> Change {
        match change {
            Change::Note(_) => Change::Note(self.note.clone()),
            Change::Tags(_) => Change::Tags(self.tags.clone()),
            Change::Revisit(_) => Change::Revisit(self.revisit),
            Change::Place(_) => Change::Place(Box::new(self.anchor.clone())),
        }
    }

    /// Joins with another copy of the same bookmark: of each part the one that changed later. Where
    /// both changed it as often, nothing of either is lost: notes stand one below the other, tags are
    /// all there, and the earlier day holds. Whether that made a difference.
    fn join(&mut self, other: &Bookmark) -> bool {
        let before = self.clone();
        let both = (&self.changed, &other.changed);
        let (note, at) = latest(&self.note, both.0.note, &other.note, both.1.note, |a, b| join_notes(a, b));
        let (tags, tags_at) = latest(&self.tags, both.0.tags, &other.tags, both.1.tags, |a, b| {
            sorted(a.iter().chain(b).cloned().collect())
        });
        let (revisit, revisit_at) =
            latest(&self.revisit, both.0.revisit, &other.revisit, both.1.revisit, |a, b| {
                [*a, *b].into_iter().flatten().min()
            });
        let (anchor, place_at) = latest(&self.anchor, both.0.place, &other.anchor, both.1.place, |a, b| {
            // Either will do, as long as both sides choose the same.
            a.max(b).clone()
        });
        (self.note, self.tags, self.revisit, self.anchor) = (note, tags, revisit, anchor);
        self.changed = Changed { note: at, tags: tags_at, revisit: revisit_at, place: place_at };
        self.revision = self.revision.max(other.revision);
        if other.made < self.made {
            self.made.clone_from(&other.made);
        }
        for (key, value) in &other.other {
            self.other.entry(key.clone()).or_insert_with(|| value.clone());
        }
        *self != before
    }
}

/// The later of two, or what both come to where neither is; and when it changed.
fn latest<T: Clone + PartialEq>(
    ours: &T,
    at: u64,
    theirs: &T,
    theirs_at: u64,
    join: impl Fn(&T, &T) -> T,
) -> (T, u64) {
    match at.cmp(&theirs_at) {
        std::cmp::Ordering::Greater => (ours.clone(), at),
        std::cmp::Ordering::Less => (theirs.clone(), theirs_at),
        std::cmp::Ordering::Equal if ours == theirs => (ours.clone(), at),
        std::cmp::Ordering::Equal => (join(ours, theirs), at),
    }
}

/// Both notes, each line of them once.
fn join_notes(a: &str, b: &str) -> String {
    let (first, second) = if a <= b { (a, b) } else { (b, a) };
    let mut lines: Vec<&str> = first.lines().collect();
    for line in second.lines() {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.sort_unstable();
    lines.join("\n")
}

/// Tags as they are kept: sorted, each once, without the `#` that people write before them. What has blanks or
/// commas in it is several.
pub fn sorted(tags: Vec<String>) -> Vec<String> {
    let words = tags.iter().flat_map(|tags| tags.split(|c: char| c == ',' || c.is_whitespace()));
    let clean = words.map(|tag| tag.trim_start_matches('#').to_owned());
    let mut tags: Vec<String> = clean.filter(|tag| !tag.is_empty()).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// A removed bookmark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// The id that was removed.
    pub id: String,
    /// One more than the revision that was removed.
    pub revision: u64,
    /// The day on which it was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
}

/// How long a tombstone is kept, in days: a copy of the file that was not brought together with this one
/// for longer may bring its bookmark back.
pub const TOMBSTONE_DAYS: i32 = 365;

/// All bookmarks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bookmarks {
    /// The bookmarks, by path, line and id.
    pub bookmarks: Vec<Bookmark>,
    /// What was removed, by id.
    pub removed: Vec<Tombstone>,
    /// Entries of the file that are not understood. They are kept as they are.
    pub strange: Vec<Value>,
    /// What somebody else has put beside them; it is kept.
    pub other: BTreeMap<String, Value>,
}

/// A change to the set of bookmarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// Adds a bookmark, or joins it with the copy that is there.
    Put(Box<Bookmark>),
    /// Brings a bookmark back that was removed.
    Restore(Box<Bookmark>),
    /// Removes a bookmark by its id, on a day.
    Remove(String, Date),
    /// Changes a part of a bookmark.
    Edit(String, Change),
}

impl Operation {
    /// Adds a bookmark.
    pub fn put(bookmark: Bookmark) -> Self {
        Operation::Put(Box::new(bookmark))
    }
}

impl Bookmarks {
    /// The bookmark with an id.
    pub fn get(&self, id: &str) -> Option<&Bookmark> {
        self.bookmarks.iter().find(|b| b.id == id)
    }

    /// Applies a change; whether that made a difference. What is applied twice is the same as once,
    /// but that an edit counts as one more revision.
    pub fn apply(&mut self, operation: &Operation) -> bool {
        let changed = match operation {
            Operation::Put(new) => self.put(new),
            Operation::Restore(old) => self.restore(old),
            Operation::Remove(id, day) => self.remove(id, *day),
            Operation::Edit(id, change) => self.edit(id, change),
        };
        if changed {
            self.sort();
        }
        changed
    }

    /// Adds all that another copy holds.
    pub fn merge(&mut self, other: Self) {
        for bookmark in &other.bookmarks {
            self.put(bookmark);
        }
        for tombstone in other.removed {
            self.bury(tombstone);
        }
        for (key, value) in other.other {
            self.other.entry(key).or_insert(value);
        }
        for entry in other.strange {
            if !self.strange.contains(&entry) {
                self.strange.push(entry);
            }
        }
        self.sort();
    }

    /// Brings what a merge or an editor has left in order: each id once, by path, line and id.
    pub fn tidy_up(&mut self) {
        let ids = self.bookmarks.iter().map(|b| &b.id).chain(self.removed.iter().map(|t| &t.id));
        let distinct: HashSet<&String> = ids.collect();
        if distinct.len() < self.bookmarks.len() + self.removed.len() {
            let all = std::mem::take(self);
            self.merge(all);
        } else {
            self.sort();
        }
    }

    /// Forgets tombstones that are too old to be of use, and dates those that have no day yet.
    pub fn expire(&mut self, today: Date) {
        for tombstone in &mut self.removed {
            tombstone.day.get_or_insert(today);
        }
        let fresh = |t: &Tombstone| {
            t.day.is_none_or(|day| today.since(day).is_ok_and(|span| span.get_days() <= TOMBSTONE_DAYS))
        };
        self.removed.retain(fresh);
    }

    fn sort(&mut self) {
        fn key(b: &Bookmark) -> (&str, usize, usize, &str) {
            (&b.anchor.path, b.anchor.line, b.anchor.offset, &b.id)
        }
        self.bookmarks.sort_by(|a, b| key(a).cmp(&key(b)));
        self.removed.sort_by(|a, b| a.id.cmp(&b.id));
    }

    fn put(&mut self, new: &Bookmark) -> bool {
        let buried = self.removed.iter().any(|t| t.id == new.id && t.revision > new.revision);
        if buried {
            return false;
        }
        self.removed.retain(|t| t.id != new.id);
        match self.bookmarks.iter_mut().find(|b| b.id == new.id) {
            Some(old) => old.join(new),
            None => {
                self.bookmarks.push(new.clone());
                true
            }
        }
    }

    fn restore(&mut self, old: &Bookmark) -> bool {
        let buried = self.removed.iter().filter(|t| t.id == old.id).map(|t| t.revision).max();
        let revision = old.revision.max(buried.unwrap_or(0));
        self.put(&Bookmark { revision, ..old.clone() })
    }

    fn edit(&mut self, id: &str, change: &Change) -> bool {
        let bookmark = self.bookmarks.iter_mut().find(|b| b.id == id);
        let Some(bookmark) = bookmark.filter(|b| b.inverse(change) != *change) else {
            return false;
        };
        bookmark.change(change);
        true
    }

    fn remove(&mut self, id: &str, day: Date) -> bool {
        let Some(revision) = self.get(id).map(|b| b.revision + 1) else {
            return false;
        };
        self.bury(Tombstone { id: id.to_owned(), revision, day: Some(day) });
        true
    }

    fn bury(&mut self, tombstone: Tombstone) {
        // A change that somebody made without knowing of the removal is worth more than it.
        if self.get(&tombstone.id).is_some_and(|b| b.revision >= tombstone.revision) {
            return;
        }
        self.bookmarks.retain(|b| b.id != tombstone.id);
        match self.removed.iter_mut().find(|t| t.id == tombstone.id) {
            Some(old) if old.revision >= tombstone.revision => {}
            Some(old) => *old = tombstone,
            None => self.removed.push(tombstone),
        }
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
    pub(crate) fn sample(id: &str, line: usize) -> Bookmark {
        let anchor = Anchor { path: "a.md".into(), line, quote: "a line".into(), ..Anchor::default() };
        Bookmark { id: id.into(), revision: 1, anchor, ..Bookmark::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const DAY: Date = date(2026, 11, 25);

    fn edit(id: &str, change: Change) -> Operation {
        Operation::Edit(id.into(), change)
    }

    fn all(operations: &[Operation]) -> Bookmarks {
        let mut all = Bookmarks::default();
        operations.iter().for_each(|op| {
            all.apply(op);
        });
        all
    }

    #[test]
    fn operations_combine_in_any_order() {
        let put = Operation::put(Bookmark::sample("b", 9));
        let other = Operation::put(Bookmark::sample("a", 3));
        let one = all(&[put.clone(), other.clone(), put.clone()]);
        assert_eq!(one, all(&[other, put]));
        assert_eq!(one.bookmarks[0].id, "a");
    }

    #[test]
    fn what_was_removed_stays_removed_until_it_is_brought_back() {
        let put = Operation::put(Bookmark::sample("a", 3));
        let remove = Operation::Remove("a".into(), DAY);
        let mut bookmarks = all(&[put.clone(), remove.clone(), put.clone()]);
        assert!(bookmarks.bookmarks.is_empty());
        assert_eq!(bookmarks.removed, [Tombstone { id: "a".into(), revision: 2, day: Some(DAY) }]);
        bookmarks.apply(&Operation::Restore(Box::new(Bookmark::sample("a", 3))));
        assert_eq!((bookmarks.bookmarks.len(), bookmarks.removed.len()), (1, 0));
        // A copy that still has the tombstone does not bury it again.
        bookmarks.merge(all(&[put, remove]));
        assert_eq!(bookmarks.bookmarks.len(), 1);
    }

    /// Two machines change different parts: both changes hold, in whichever order they come together.
    #[test]
    fn copies_join_part_by_part() {
        let base = all(&[Operation::put(Bookmark::sample("a", 3))]);
        let (mut one, mut two) = (base.clone(), base);
        for note in ["first", "second", "third"] {
            one.apply(&edit("a", Change::Note(note.into())));
        }
        two.apply(&edit("a", Change::Tags(vec!["#rust".into(), "rust".into()])));
        let (mut left, mut right) = (one.clone(), two.clone());
        left.merge(two.clone());
        right.merge(one.clone());
        assert_eq!(left, right);
        let joined = left.get("a").expect("there");
        assert_eq!((joined.note.as_str(), &joined.tags[..]), ("third", &["rust".to_owned()][..]));
        left.merge(one);
        left.merge(two);
        assert_eq!(left, right, "doing it twice is the same");
    }

    #[test]
    fn where_both_changed_the_same_part_nothing_is_lost() {
        let base = all(&[Operation::put(Bookmark::sample("a", 3))]);
        let (mut one, mut two) = (base.clone(), base.clone());
        one.apply(&edit("a", Change::Note("mine".into())));
        two.apply(&edit("a", Change::Note("yours".into())));
        one.merge(two.clone());
        assert_eq!(one.get("a").expect("there").note, "mine\nyours");
        // A removal does not take a change with it that was made without knowing of it.
        let mut removed = base;
        removed.apply(&Operation::Remove("a".into(), DAY));
        removed.merge(two);
        assert_eq!(removed.get("a").expect("there").note, "yours");
    }

    #[test]
    fn tombstones_expire_after_a_year() {
        let mut bookmarks =
            all(&[Operation::put(Bookmark::sample("a", 3)), Operation::Remove("a".into(), DAY)]);
        bookmarks.removed.push(Tombstone { id: "b".into(), revision: 2, day: None });
        bookmarks.expire(date(2027, 11, 25));
        assert_eq!(bookmarks.removed.len(), 2);
        bookmarks.expire(date(2027, 11, 26));
        assert_eq!(bookmarks.removed.len(), 1, "{:?}", bookmarks.removed);
        // A clock that was set back forgets nothing.
        bookmarks.expire(date(1970, 1, 1));
        assert_eq!(bookmarks.removed.len(), 1);
    }

    #[test]
    fn ids_differ() {
        assert_ne!(new_id(), new_id());
    }
}
