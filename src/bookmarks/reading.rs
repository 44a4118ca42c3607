//! Read marks: the talks whose end was reached, by their ids, with what they said then. They lie in
//! `reading.json` beside the bookmarks and are saved by the same steps.
//!
//! A talk that was there when its folder was first opened does not count as new, however long it stays
//! unread: who has years of notes does not want all of them shouted at. So the file also knows those.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::bookmarks::kept::{self, FileError, Kept, Outcome};
use crate::library::{Library, TalkId};

/// The file's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The version of the shape.
    schema: u32,
    /// The talks that were read, by id, each with the fingerprint of its text; empty where that was not kept.
    #[serde(default, deserialize_with = "read_talks")]
    read: BTreeMap<String, String>,
    /// Fingerprints of the folders and files that were opened before.
    #[serde(default)]
    roots: BTreeSet<String>,
    /// Fingerprints of the ids of the talks that were there when theirs was first opened.
    #[serde(default, serialize_with = "write_prints", deserialize_with = "read_prints")]
    known: BTreeSet<u64>,
}

impl Default for Reading {
    fn default() -> Self {
        Self { schema: Self::SCHEMA, read: BTreeMap::new(), roots: BTreeSet::new(), known: BTreeSet::new() }
    }
}

/// What is known of a talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It came after its folder was first opened, and was not read.
    New,
    /// Its end was reached.
    Read,
    /// Its end was reached, and its text has changed since.
    Changed,
}

impl Reading {
    /// The talks that were read.
    pub fn states(&self, library: &Library) -> HashMap<TalkId, State> {
        let by_slug = library.by_slugs();
        let state = |(slug, then): (&String, &String)| {
            let talk = by_slug(slug)?;
            let same = then.is_empty() || *then == text_fingerprint(library, talk);
            Some((talk, if same { State::Read } else { State::Changed }))
        };
        self.read.iter().filter_map(state).collect()
    }

    /// The talks that were read, and have not changed since.
    pub fn read_talks(&self, library: &Library) -> impl Iterator<Item = TalkId> {
        let read = |(talk, state)| (state == State::Read).then_some(talk);
        self.states(library).into_iter().filter_map(read)
    }

    /// How many read marks there are, of whichever notes.
    pub fn count(&self) -> usize {
        self.read.len()
    }

    /// Whether a talk came after its folder was first opened, and was not read.
    pub fn is_new(&self, library: &Library, talk: TalkId) -> bool {
        if library.builtin.is_some() || self.roots.is_empty() {
            return false;
        }
        let id = library.slug(talk);
        !self.read.contains_key(id) && !self.known.contains(&xxh3_64(id.as_bytes()))
    }
}

fn fingerprint(text: &str) -> String {
    format!("{:016x}", xxh3_64(text.as_bytes()))
}

/// What a talk says, in sixteen hex digits.
fn text_fingerprint(library: &Library, talk: TalkId) -> String {
    let spans = &library.talk(talk).spans;
    let texts: Vec<&str> = spans.iter().map(|span| library.text(span)).collect();
    fingerprint(&texts.join("\n"))
}

/// Fingerprints stand in the file as they do everywhere, in hexadecimal; there are as many as talks, so they are not
/// kept so.
fn write_prints<S: serde::Serializer>(prints: &BTreeSet<u64>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(prints.iter().map(|print| format!("{print:016x}")))
}

fn read_prints<'de, D: serde::Deserializer<'de>>(from: D) -> Result<BTreeSet<u64>, D::Error> {
    /// Takes them one by one: as texts they would be ten times as long.
    struct Prints;

    impl<'de> Visitor<'de> for Prints {
        type Value = BTreeSet<u64>;

        fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
            out.write_str("fingerprints in hexadecimal")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut written: A) -> Result<Self::Value, A::Error> {
            let mut prints = BTreeSet::new();
            while let Some(print) = written.next_element::<String>()? {
                prints.extend(u64::from_str_radix(&print, 16));
            }
            Ok(prints)
        }
    }

    from.deserialize_seq(Prints)
}

/// The first shape of the file was a list of ids.
fn read_talks<'de, D: serde::Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Talks {
        WithText(BTreeMap<String, String>),
        Ids(BTreeSet<String>),
    }
    Ok(match Talks::deserialize(from)? {
        Talks::WithText(talks) => talks,
        Talks::Ids(ids) => ids.into_iter().map(|id| (id, String::new())).collect(),
    })
}

/// Where read marks are kept: in the data folder. `None` without a home.
pub fn path() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.data_dir().join("hallway").join("reading.json"))
}

impl Kept for Reading {
    const SCHEMA: u32 = 2;
    const NAME: &'static str = "read marks";

    fn parse(bytes: &[u8]) -> serde_json::Result<(u32, Self)> {
        let reading: Reading = serde_json::from_slice(bytes)?;
        Ok((reading.schema, reading))
    }

    fn print(&self) -> serde_json::Result<String> {
        let mut json = serde_json::to_string_pretty(&Reading { schema: Self::SCHEMA, ..self.clone() })?;
        json.push('\n');
        Ok(json)
    }

    /// A talk that was read in either is read; of two texts of it the one that both copies would choose.
    fn merge(&mut self, other: Self) {
        for (talk, text) in other.read {
            let known = self.read.entry(talk).or_default();
            *known = std::mem::take(known).max(text);
        }
        self.roots.extend(other.roots);
        self.known.extend(other.known);
    }

    /// Half a list of marks says nothing that the last good copy does not say better.
    fn salvage(_: &[u8]) -> Self {
        Reading::default()
    }

    fn count(&self) -> usize {
        self.read.len()
    }
}

/// Reads the marks. A file that is not there is no marks.
///
/// # Errors
///
/// When the file is there and cannot be read.
pub fn load(path: &Path) -> Result<Outcome<Reading>, FileError> {
    match kept::load::<Reading>(path) {
        // What a later hallway knows of reading is no loss.
        Err(FileError::Newer { .. }) => Ok(Outcome::default()),
        outcome => outcome,
    }
}

/// Marks a talk as read, beside whatever the file holds now. When this returns, it is on the disk.
///
/// # Errors
///
/// When any step failed; the file holds what it held before.
pub fn mark(path: &Path, library: &Library, talk: TalkId) -> Result<Outcome<Reading>, FileError> {
    let (id, text) = (library.slug(talk).to_owned(), text_fingerprint(library, talk));
    change(path, |reading| reading.read.insert(id.clone(), text.clone()).as_ref() != Some(&text))
}

/// Takes notice of notes that were opened: the talks of a folder that was not opened before are known from
/// now on; `named` are the folders and files that somebody named. Writes nothing when there is nothing new.
///
/// # Errors
///
/// When any step failed; the file holds what it held before.
pub fn take_notice(path: &Path, library: &Library, named: &[PathBuf]) -> Result<Outcome<Reading>, FileError> {
    let outcome = load(path)?;
    let roots = roots(library, named);
    if roots.iter().all(|(root, _)| outcome.value.roots.contains(root)) {
        return Ok(outcome);
    }
    change(path, |reading| {
        let new: BTreeMap<&String, &Vec<TalkId>> =
            roots.iter().filter(|(root, _)| !reading.roots.contains(*root)).collect();
        let talks: HashSet<TalkId> = new.values().flat_map(|talks| talks.iter().copied()).collect();
        library.each_slug(|talk, slug| {
            if talks.contains(&talk) {
                reading.known.insert(xxh3_64(slug.as_bytes()));
            }
        });
        reading.roots.extend(new.keys().map(|root| (*root).clone()));
        !new.is_empty()
    })
}

/// The folders and files that notes were read from, by fingerprint, each with its talks.
fn roots(library: &Library, named: &[PathBuf]) -> BTreeMap<String, Vec<TalkId>> {
    let mut found: BTreeMap<PathBuf, (BTreeSet<&Path>, Vec<TalkId>)> = BTreeMap::new();
    for talk in library.talk_ids().filter(|_| library.builtin.is_none()) {
        let Some(span) = library.talk(talk).spans.first() else {
            continue;
        };
        let file = library.file(span.file);
        let root = file.path.root().unwrap_or(Path::new(""));
        let (files, talks) = found.entry(root.to_path_buf()).or_default();
        files.insert(&file.path);
        talks.push(talk);
    }
    let printed = |(root, (files, talks)): (PathBuf, (BTreeSet<&Path>, Vec<TalkId>))| {
        // One file may have been opened by itself: that says nothing about those beside it.
        let alone = files.len() == 1 && !named.contains(&root);
        let only = files.first().filter(|_| alone).map_or(root, |file| file.to_path_buf());
        let absolute = std::path::absolute(&only).unwrap_or(only);
        (fingerprint(&absolute.to_string_lossy()), talks)
    };
    found.into_iter().map(printed).collect()
}

/// Changes what the file holds, and writes it if that made a difference. A file of a newer shape is read
/// and left as it is: what was read is known for this session.
fn change(path: &Path, change: impl Fn(&mut Reading) -> bool) -> Result<Outcome<Reading>, FileError> {
    match kept::change(path, &change) {
        Err(FileError::Newer { .. }) => {
            let mut outcome = load(path)?;
            change(&mut outcome.value);
            Ok(outcome)
        }
        outcome => outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::load::{Roots, load as read_notes};

    const NOTES: &str =
        "# PyCon 2017\n\n## One\n\nAda Lovelace\n\n* first\n\n## Two\n\nGrace Hopper\n\n* second\n";

    fn notes(folder: &Path, text: &str) -> Library {
        std::fs::write(folder.join("notes.md"), text).expect("written");
        read_notes(&Roots::Paths(vec![folder.to_path_buf()]), false).expect("notes")
    }

    fn states(reading: &Reading, library: &Library) -> Vec<Option<State>> {
        let known = reading.states(library);
        let new = |talk| reading.is_new(library, talk).then_some(State::New);
        library.talk_ids().map(|talk| known.get(&talk).copied().or_else(|| new(talk))).collect()
    }

    #[test]
    fn talks_are_read_changed_or_new() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data/reading.json");
        let library = notes(folder.path(), NOTES);
        let named = [folder.path().to_path_buf()];
        // What was there at first is not new.
        let reading = take_notice(&path, &library, &named).expect("saved").value;
        assert_eq!(states(&reading, &library), [None, None]);
        let reading = mark(&path, &library, TalkId(0)).expect("saved").value;
        assert_eq!(states(&reading, &library), [Some(State::Read), None]);
        let edited = NOTES.replace("* first", "* first, and more") + "\n## Three\n\nIda Falk\n\n* third\n";
        let library = notes(folder.path(), &edited);
        let reading = take_notice(&path, &library, &named).expect("nothing to save").value;
        assert_eq!(states(&reading, &library), [Some(State::Changed), None, Some(State::New)]);
        let reading = mark(&path, &library, TalkId(2)).expect("saved").value;
        assert_eq!(states(&reading, &library)[2], Some(State::Read));
    }

    #[test]
    fn a_second_file_in_a_folder_is_new() {
        let folder = tempfile::tempdir().expect("a folder");
        let (root, path) = (folder.path().to_path_buf(), folder.path().join("data/reading.json"));
        let library = notes(&root, NOTES);
        take_notice(&path, &library, std::slice::from_ref(&root)).expect("saved");
        std::fs::write(root.join("other.md"), "# OtherConf 2018\n\n## Three\n\nIda Falk\n\n* third\n")
            .expect("written");
        let library = read_notes(&Roots::Paths(vec![root.clone()]), false).expect("notes");
        let reading =
            take_notice(&path, &library, std::slice::from_ref(&root)).expect("nothing to save").value;
        let new = states(&reading, &library).iter().filter(|state| **state == Some(State::New)).count();
        assert_eq!((library.talks.len(), new), (3, 1));
        // Who opened the one file by itself knows nothing of those beside it.
        let (path, file) = (folder.path().join("data/of-file.json"), root.join("other.md"));
        let alone = read_notes(&Roots::Paths(vec![file.clone()]), false).expect("notes");
        take_notice(&path, &alone, &[file]).expect("saved");
        let reading = take_notice(&path, &library, &[root]).expect("saved").value;
        assert!(states(&reading, &library).iter().all(Option::is_none));
    }

    #[test]
    fn the_first_shape_is_read_and_damage_is_kept_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data/reading.json");
        let library = notes(folder.path(), NOTES);
        assert_eq!(load(&path).expect("none"), Outcome::default());
        std::fs::create_dir_all(folder.path().join("data")).expect("a folder");
        std::fs::write(&path, "{\"schema\": 1, \"read\": [\"pycon-2017/one\"]}").expect("written");
        assert_eq!(states(&load(&path).expect("read").value, &library)[0], Some(State::Read));
        std::fs::write(&path, "{ damaged").expect("written");
        assert_eq!(mark(&path, &library, TalkId(0)).expect("saved").value.read.len(), 1);
        let names = std::fs::read_dir(folder.path().join("data")).expect("the folder").count();
        assert!(names >= 3, "the damaged file, the new one, the lock");
        let newer = "{\"schema\": 9, \"read\": {}}";
        std::fs::write(&path, newer).expect("written");
        mark(&path, &library, TalkId(0)).expect("for this session");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), newer);
    }
}
