//! Files that have changed, came or are gone, of which no other file hears: the conferences that they speak of are put together
//! anew, and the rest of the tree stays.
//!
//! Whoever takes notes adds a talk to a file, or a file to a folder of others like it. As with a file of which only the text has
//! changed (`exchange`), it is looked at, not assumed, that every decision about the others holds: what they hear of it, and whether
//! a page could lead to it. Where anything is in doubt, all notes are put together anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::library::assemble::{Agreed, ReadFile};
use crate::library::crew;
use crate::library::evidence::Reasons;
use crate::library::exchange;
use crate::library::file_name;
use crate::library::guard::guarded;
use crate::library::intake::Known;
use crate::library::model::{ConferenceId, FileId, Library};
use crate::library::planting::GONE;
use crate::library::shelf::{Changes, Neighbours, Shelved};
use crate::library::sorted::Sorted;
use crate::library::voice::{Seen, Voice};
use crate::library::walk::{Entry, Root};

/// The library after these changes. `None` where one of them reaches further than a few conferences.
pub(super) fn changed(before: &Library, changes: &Changes) -> Option<Library> {
    /// More are put together anew in the time that it takes to move each.
    const FEW: usize = 4;
    let Changes { again, gone, come } = changes;
    if !before.shelf.overrides.is_empty() {
        return None;
    }
    let moved = !(come.is_empty() && gone.is_empty());
    let exchanged = || exchange::exchanged(before, again);
    let mut now = (!again.is_empty() || !moved).then(exchanged).flatten();
    let again = if now.is_some() { &[] } else { &again[..] };
    if again.len() + gone.len() + come.len() > FEW {
        return None;
    }
    let step = |now: Option<Library>, change: Change| {
        guarded(|| change.made(now.as_ref().unwrap_or(before))).flatten().map(Some)
    };
    for (at, entry) in again {
        now = step(now, Change { at: *at, goes: true, comes: Some(entry) })?;
    }
    // From the last place to the first, so that the others hold. A file that has another name goes before it comes.
    for at in gone.iter().rev() {
        now = step(now, Change { at: *at, goes: true, comes: None })?;
    }
    for (at, entry) in come.iter().rev() {
        let at = at - gone.partition_point(|gone| gone < at);
        now = step(now, Change { at, goes: false, comes: Some(entry) })?;
    }
    now
}

/// A change of one file: the one that is listed at a place goes, another comes there, or both.
struct Change<'c> {
    at: usize,
    goes: bool,
    comes: Option<&'c Entry>,
}

/// What comes of a change of which no other file hears.
struct Unheard {
    /// What files hear of each other then.
    neighbours: Neighbours,
    /// The file that comes, as it is read beside them.
    new: Option<ReadFile>,
    /// What all agree on then.
    agreed: Agreed,
}

impl Change<'_> {
    /// The library after it.
    fn made(&self, library: &Library) -> Option<Library> {
        let root = self.root(library)?;
        let Unheard { neighbours, new, agreed } = self.unheard(library, &root)?;
        let id = FileId(self.at as u32);
        let listed = new.as_ref().zip(self.comes);
        let listed = listed.map(|(read, entry)| Shelved {
            file: Arc::clone(&read.file),
            root: Arc::clone(&entry.root),
            listed: None,
        });
        let sorted = new.map(|read| library.agreed.sort(read, id, Reasons::Dropped));
        if sorted.as_ref().is_some_and(|sorted| !sorted.guesses().is_empty()) {
            return None;
        }
        // The conferences by themselves.
        let keys = self.conferences(library, sorted.as_ref())?;
        let mut all = self.others(library, &keys, &neighbours)?;
        all.extend(sorted);
        all.sort_by_key(|sorted| sorted.id);
        let touched: BTreeSet<FileId> = all.iter().map(|sorted| sorted.id).collect();
        let bytes = all.iter().filter_map(|sorted| Some(sorted.file.as_ref()?.text.len())).sum();
        let mut anew = Library::default();
        anew.put_together(all, bytes, Reasons::Dropped);
        if anew.introductions.iter().any(|introduction| introduction.of.is_none()) {
            return None;
        }
        // And among the others.
        let mut now = library.renumbered(|file| self.number(file))?;
        if self.goes {
            now.files.remove(self.at);
            now.tellers.remove(self.at);
            now.shelf.files.remove(self.at);
        }
        if let Some(shelved) = listed {
            now.files.insert(self.at, Arc::clone(&shelved.file));
            now.tellers.insert(self.at, None);
            now.shelf.files.insert(self.at, shelved);
        }
        for (file, teller) in touched.iter().zip(std::mem::take(&mut anew.tellers)) {
            now.tellers[file.index()] = teller;
        }
        let stays = |file: &FileId| *file != GONE && !touched.contains(file);
        now.furniture.retain(|furniture| stays(&furniture.span.file));
        now.furniture.append(&mut anew.furniture);
        now.furniture.sort_by_key(|furniture| (furniture.span.file, furniture.span.bytes().start));
        *now.shelf.neighbours_mut(&root)? = Arc::new(neighbours);
        now.agreed = Arc::new(agreed);
        now.planted(anew, &keys)
    }

    /// The root that the file lies below.
    fn root(&self, library: &Library) -> Option<Arc<Root>> {
        let there = || library.shelf.files.get(self.at).map(|shelved| &shelved.root);
        self.comes.map(|entry| &entry.root).or_else(there).cloned()
    }

    /// What comes of the change. `None` where another file hears of it, or may.
    fn unheard(&self, library: &Library, root: &Root) -> Option<Unheard> {
        let (at, shelf) = (self.at, &library.shelf);
        if !library.is_as_listed() {
            return None;
        }
        let old = if self.goes { Some(Seen::there(library, at, at)?) } else { None };
        let new = if let Some(entry) = self.comes { Some(Seen::now(library, entry)?) } else { None };
        let old_voice = if let Some(seen) = &old { Some(seen.voice()?) } else { None };
        let new_voice = if let Some(seen) = &new { Some(seen.voice()?) } else { None };
        let file = &old.as_ref().or(new.as_ref())?.file;
        // The first of files that are named one by one gives the collection its name.
        let names_all = new.is_none() && root.name == file_name::stem(file.relative());
        let mut problems = library.problems.iter().chain(&shelf.problems);
        if names_all || problems.any(|problem| *problem.path == *file.path) {
            return None;
        }
        let neighbours = shelf.neighbours(root)?.with(file, old_voice.as_ref(), new_voice.as_ref())?;
        let is_aside = |seen: &Seen, voice: &Voice| {
            voice.post.is_some_and(|speaks| neighbours.posts.aside(&seen.surveyed(), speaks).is_some())
        };
        if new.as_ref().zip(new_voice.as_ref()).is_some_and(|(seen, voice)| is_aside(seen, voice)) {
            return None;
        }
        let read = |seen: &Option<Seen>, voice: &Option<Voice>, beside: &Neighbours| {
            let (seen, voice, folder) = (seen.as_ref()?, voice.as_ref()?, beside.of_folder(file)?);
            Some(voice.read(&seen.file, &seen.survey, &seen.place, folder.siblings()))
        };
        let old_read = read(&old, &old_voice, shelf.neighbours(root)?);
        let new_read = read(&new, &new_voice, &neighbours);
        let (agreed, other_spellings) = library.agreed.with(old_read.iter(), new_read.iter())?;
        other_spellings.is_empty().then_some(Unheard { neighbours, new: new_read, agreed })
    }

    /// The conferences that the file speaks of or spoke of, by their keys. `None` where it introduces what belongs to none.
    fn conferences(&self, library: &Library, new: Option<&Sorted>) -> Option<BTreeSet<String>> {
        let mut keys = BTreeSet::new();
        if self.goes {
            let id = FileId(self.at as u32);
            let tracks = library.talks.iter().filter(|talk| talk.spans.iter().any(|span| span.file == id));
            let mut of: Vec<ConferenceId> = tracks.map(|talk| library.track(talk.track).conference).collect();
            for introduction in library.introductions.iter().filter(|intro| intro.span.file == id) {
                of.push(introduction.of?);
            }
            of.dedup();
            keys.extend(of.into_iter().map(|of| library.conference(of).key.clone()));
        }
        if let Some(new) = new {
            keys.extend(new.keys()?);
        }
        Some(keys)
    }

    /// The other files that speak of these conferences. `None` where one speaks of another besides, or there is too much of them.
    fn others(
        &self,
        library: &Library,
        keys: &BTreeSet<String>,
        neighbours: &Neighbours,
    ) -> Option<Vec<Sorted>> {
        /// So much is looked at in the time that it takes to copy a large library.
        const MOST: usize = 4 << 20;
        let mut files = BTreeSet::new();
        for (at, _) in library.conferences.iter().enumerate().filter(|(_, of)| keys.contains(&of.key)) {
            let talks = library.tracks_of(ConferenceId(at as u32)).flat_map(|track| library.talks_of(track));
            files.extend(talks.flat_map(|talk| library.talk(talk).spans.iter().map(|span| span.file)));
            let introductions = library.conferences[at].introductions.iter();
            files.extend(introductions.map(|id| library.introductions[id.index()].span.file));
        }
        if self.goes {
            files.remove(&FileId(self.at as u32));
        }
        let bytes: usize = files.iter().map(|file| library.file(*file).text.len()).sum();
        if bytes > MOST {
            return None;
        }
        let sorted = crew::map(Vec::from_iter(files), bytes, |file| {
            let read = match &library.tellers[file.index()] {
                Some(teller) => {
                    let Known { place, reading } = Known::of(teller);
                    ReadFile { file: Arc::clone(&teller.file), reading, survey: teller.survey.clone(), place }
                }
                None => {
                    let seen = Seen::there(library, file.index(), file.index())?;
                    let siblings = neighbours.of_folder(&seen.file)?.siblings();
                    seen.voice()?.read(&seen.file, &seen.survey, &seen.place, siblings)
                }
            };
            let sorted = library.agreed.sort(read, self.number(file), Reasons::Dropped);
            sorted.keys()?.iter().all(|key| keys.contains(key)).then_some(sorted)
        });
        sorted.into_iter().collect()
    }

    /// The number that a file of before has then.
    fn number(&self, file: FileId) -> FileId {
        let id = FileId(self.at as u32);
        match (self.goes, self.comes.is_some()) {
            (true, false) if file == id => GONE,
            (true, false) if file > id => FileId(file.0 - 1),
            (false, true) if file >= id => FileId(file.0 + 1),
            _ => file,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::chance::{Chance, all, loaded, notes, put, talk};
    use crate::library::load::{Roots, load};
    use std::path::{Path, PathBuf};

    /// What comes of these paths, which have changed since.
    fn moved(before: &Library, folder: &Path, changed: &[PathBuf]) -> Option<Library> {
        super::changed(before, &before.shelf.changes(&[folder.to_path_buf()], changed)?)
    }

    #[test]
    fn a_talk_among_others_comes_goes_and_has_another_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        notes(folder);
        let at = |name: &str| folder.join("loomconf-2020").join(name);
        let mut library = loaded(folder);
        let mut step = |changed: &[PathBuf], what: &str| {
            library = moved(&library, folder, changed).expect(what);
            assert_eq!(all(&library), all(&loaded(folder)), "{what}");
        };
        put(&at("4.md"), &talk("A thread of its own"));
        step(&[at("4.md")], "in the middle");
        put(&at("15.md"), "");
        step(&[at("15.md")], "at the end, empty yet");
        put(&at("15.md"), &talk("The last of all looms"));
        step(&[at("15.md")], "with its text");
        std::fs::rename(at("4.md"), at("16.md")).expect("renamed");
        step(&[at("4.md"), at("16.md")], "under another name");
        std::fs::remove_file(at("5.md")).expect("gone");
        put(&at("7.md"), &talk("Knots for some of us"));
        step(&[at("5.md"), at("7.md")], "one gone, one another");
        std::fs::remove_file(at("16.md")).expect("gone");
        step(&[at("16.md"), at("16.md")], "gone, and told twice");
        // The texts of the others are the very same.
        let kept = loaded(folder);
        put(&at("4.md"), &talk("A thread of its own"));
        let now = moved(&kept, folder, &[at("4.md")]).expect("in the middle");
        assert_eq!(
            now.files.iter().filter(|file| !kept.files.iter().any(|f| Arc::ptr_eq(f, file))).count(),
            1
        );
    }

    #[test]
    fn a_conference_is_put_together_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        notes(folder);
        let day = |talks: &str| {
            format!(
                "# Day notes\n\nThe hall was full.\n\n## A first talk\n\nText.\n\n## A second one\n\nText.\n{talks}"
            )
        };
        for name in ["day-1.md", "day-2.md", "day-3.md"] {
            put(&folder.join("silkconf-2018").join(name), &day(""));
        }
        for name in ["silkconf-2017.md", "woolconf-2017.md", "woolconf-2018.md"] {
            put(&folder.join(name), "## A first talk\n\nText.\n\n## A second one\n\nText.\n");
        }
        let at = |name: &str| format!("loomconf-2020/{name}.md");
        let thread = |line: &str| talk("A thread of its own").replace("It was", &format!("{line}\n\nIt was"));
        let mut library = loaded(folder);
        for (name, text, what) in [
            (at("0"), Some(thread("")), "the first of its conference"),
            (at("4"), Some(talk("Knots for everybody (part 2)")), "one with another"),
            (at("7"), None, "and its other part is gone"),
            (at("4"), Some(thread("Track: Wool")), "a new track"),
            (
                at("10"),
                Some(talk("Silk and silver at last").replace("It was", "Track: Silk\n\nIt was")),
                "one more",
            ),
            (
                at("2"),
                Some(talk("The end of all threads").replace("It was", "Track: silk\n\nIt was")),
                "before it, spelt otherwise",
            ),
            (at("10"), None, "and only this one is left"),
            (at("2"), None, "and none"),
            (
                "silkconf-2018/day-2.md".into(),
                Some(day("\n## A third one\n\nText.\n")),
                "a talk more in a file of several",
            ),
            ("silkconf-2018/day-4.md".into(), Some(day("")), "a day more"),
            ("silkconf-2018/day-1.md".into(), None, "a day less"),
            (
                "knotconf-2019.md".into(),
                Some("# KnotConf 2019\n\n## A first talk\n\nText.\n\n## A second one\n\nText.\n\n## A third\n\nText.\n".into()),
                "a talk more",
            ),
            (
                "newconf-2021.md".into(),
                Some("## A first talk\n\nText.\n\n## A second one\n\nText.\n".into()),
                "a new conference",
            ),
            (
                "woolconf-2019.md".into(),
                Some("## A first talk\n\nText.\n\n## A second one\n\nText.\n".into()),
                "another year of one",
            ),
            ("newconf-2021.md".into(), None, "and gone again"),
            (at("12"), Some(talk("The end of all threads") + "\nShare on:\n"), "with what a page left"),
            (at("12"), None, "and without"),
        ] {
            let path = folder.join(name);
            match text {
                Some(text) => put(&path, &text),
                None => std::fs::remove_file(&path).expect("gone"),
            }
            library = moved(&library, folder, &[path]).expect(what);
            assert_eq!(all(&library), all(&loaded(folder)), "{what}");
        }
    }

    /// Each year has a say in how the others are spelt.
    #[test]
    fn one_year_of_several_is_spelt_as_they_are() {
        let several = "## A first talk\n\nText.\n\n## A second one\n\nText.\n";
        let spelt = |name: &str| Some(format!("# {name}\n\n{several}"));
        let plain = || Some(several.to_owned());
        for (others, before, now, moves) in [
            // By itself it would be "Knotconf".
            (vec![], spelt("KnotConf 2018"), plain(), true),
            (vec![], spelt("KnotConf 2018"), None, true),
            (vec![], plain(), spelt("KNOTconf 2018"), false),
            // The others go by what most of them say, and so it does.
            (vec![("knotconf-2017.md", spelt("KnotConf 2017"))], spelt("KNOTConf 2018"), plain(), true),
            (vec![("knotconf-2017.md", plain())], plain(), spelt("KnotConf 2018"), false),
            (vec![("knotconf-2017.md", plain())], spelt("KnotConf 2018"), plain(), false),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let folder = folder.path();
            notes(folder);
            for other in ["silkconf-2017.md", "woolconf-2017.md", "yarnconf-2017.md"] {
                put(&folder.join(other), several);
            }
            others
                .iter()
                .for_each(|(name, text)| put(&folder.join(name), text.as_deref().unwrap_or_default()));
            let path = folder.join("knotconf-2018.md");
            put(&path, &before.expect("a text"));
            let library = loaded(folder);
            match &now {
                Some(text) => put(&path, text),
                None => std::fs::remove_file(&path).expect("gone"),
            }
            let moved = moved(&library, folder, &[path]);
            assert_eq!(moved.is_some(), moves, "{now:?}");
            if let Some(moved) = moved {
                assert_eq!(all(&moved), all(&loaded(folder)), "{now:?}");
            }
        }
    }

    #[test]
    fn what_others_may_hear_of_is_left_to_a_load() {
        let at = |name: &str| format!("loomconf-2020/{name}");
        let thread = || talk("A thread of its own");
        for (name, text, why) in [
            (
                at("4.md"),
                thread().replace("It was", "Conference: Loom Conf 2021\n\nIt was"),
                "a name spelt so",
            ),
            (at("4.md"), thread().replace("It was", "Date: 25/06/2020\n\nIt was"), "the order of dates"),
            (
                at("4.md"),
                format!("---\nconference: LoomConf 2020\n---\n\n{}", thread()),
                "the folder is spelt so",
            ),
            (at("README.md"), "# My notes\n".to_owned(), "an index page"),
            (at("4.md"), "See [this](1.md) and [that](3.md).\n".to_owned(), "a page that leads on"),
            ("alone/4.md".to_owned(), thread(), "a new folder"),
            ("4.md".to_owned(), thread(), "one file beside it"),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            notes(folder.path());
            let (before, path) = (loaded(folder.path()), folder.path().join(name));
            put(&path, &text);
            assert!(moved(&before, folder.path(), std::slice::from_ref(&path)).is_none(), "{why}");
        }
        // A page that leads to others may lead to this one, too.
        for (page, is_moved) in [
            ("[one](1.md), [other](3.md)", true),
            ("[one](1.md), [another](loomconf-2020/forty-one.md)", false),
            ("[one](1.md), [that of another](knotconf-2019/forty-one.md)", true),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            notes(folder.path());
            put(&folder.path().join("plan.md"), page);
            let (before, path) = (loaded(folder.path()), folder.path().join("loomconf-2020/Forty%20One.md"));
            put(&path, &talk("A thread of its own"));
            let now = moved(&before, folder.path(), std::slice::from_ref(&path));
            assert_eq!(now.is_some(), is_moved, "{page}");
        }
    }

    /// Each time what comes (with a text) or goes (without one) is heard by another file, whose talks a load reads otherwise then.
    #[test]
    fn what_changes_the_talks_of_others_is_left_to_a_load() {
        let at = |name: &str| format!("loomconf-2020/{name}.md");
        let with = |title: &str, line: &str| talk(title).replace("It was", &format!("{line}\n\nIt was"));
        let post =
            |title: &str| format!("---\ntitle: {title}\ndate: 2020-01-02\n---\n\nIt was about looms.\n");
        let posts = |titles: &[&str]| -> Vec<(String, String)> {
            titles.iter().enumerate().map(|(n, title)| (format!("blog/{n}-looms.md"), post(title))).collect()
        };
        let silent =
            ["What I ate", "Where I slept", "Why I wove", "Of my cat", "A new loom", "On rain", "By train"];
        for (others, name, text, why) in [
            (
                vec![(at("1"), talk("On ropes - Zbrx Qwerty")), (at("3"), talk("On ships - Ada Lovelace"))],
                at("4"),
                Some(talk("On sails - Grace Hopper")),
                "how titles name people",
            ),
            (
                posts(&silent),
                "blog/8-looms.md".into(),
                Some(post("LoomConf 2020 recap")),
                "others speak of none",
            ),
            (
                posts(&["What I ate", "LoomConf 2020 recap", "Where I slept"]),
                at("4"),
                Some(post("Why I wove")),
                "it speaks of no event itself",
            ),
            (
                vec![
                    (at("3"), with("Early looms", "Date: 05/06/2020")),
                    (at("5"), with("How engines go", "Date: 25/06/2020")),
                ],
                at("5"),
                None,
                "the order of dates",
            ),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let folder = folder.path();
            notes(folder);
            others.iter().for_each(|(name, text)| put(&folder.join(name), text));
            let (before, path) = (loaded(folder), folder.join(name));
            match text {
                Some(text) => put(&path, &text),
                None => std::fs::remove_file(&path).expect("gone"),
            }
            assert!(moved(&before, folder, std::slice::from_ref(&path)).is_none(), "{why}");
            // Or this would tell nothing: a talk of another file is another one.
            let of_others = |library: &Library| -> Vec<String> {
                let talks = library
                    .talk_ids()
                    .filter(|id| *library.file(library.talk(*id).spans[0].file).path != *path);
                let row = |id| {
                    let talk = library.talk(id);
                    format!(
                        "{} {:?} {:?} {:?}",
                        talk.title,
                        talk.speakers,
                        talk.date,
                        library.track(talk.track).name
                    )
                };
                talks.map(row).collect()
            };
            let now = loaded(folder);
            let tracks = |library: &Library| library.tracks.len();
            let heard = of_others(&before) != of_others(&now) || tracks(&now) < tracks(&before);
            assert!(
                heard || why == "it speaks of no event itself" && now.talks.len() == before.talks.len(),
                "{why}"
            );
        }
    }

    /// Whatever comes, goes, is renamed or written among whichever files: where talks are moved, the notes are those of a load.
    #[test]
    fn what_is_grafted_is_what_a_load_gives() {
        const ROUNDS: usize = 100;
        const STEPS: usize = 8;
        let (mut taken, mut left) = (0, 0);
        for round in 0..ROUNDS {
            let folder = tempfile::tempdir().expect("a folder");
            let folder = folder.path();
            let by = fastrand::Rng::with_seed(round as u64);
            let mut chance = Chance { folder, by, plain: round % 2 == 0 };
            for _ in 0..chance.by.u8(4..50) {
                let path = chance.file();
                chance.write(&path);
            }
            let roots = Roots::Paths(vec![folder.to_path_buf()]);
            let Ok(mut before) = load(&roots, false) else {
                continue;
            };
            for step in 0..STEPS {
                let mut changed = Vec::new();
                for _ in 0..chance.by.u8(1..3) {
                    let one = before.files[chance.by.usize(..before.files.len())].path.to_path_buf();
                    let other = chance.file();
                    match chance.by.u8(..4) {
                        0 => _ = std::fs::remove_file(&one),
                        1 => _ = std::fs::rename(&one, &other),
                        2 => chance.write(&one),
                        _ => chance.write(&other),
                    }
                    changed.extend([one, other]);
                }
                let Ok(plainly) = load(&roots, false) else {
                    break;
                };
                match moved(&before, folder, &changed) {
                    Some(grafted) => {
                        assert_eq!(all(&grafted), all(&plainly), "{changed:?}: round {round}, step {step}");
                        taken += 1;
                        before = grafted;
                    }
                    None => {
                        left += 1;
                        before = plainly;
                    }
                }
            }
        }
        assert!(taken > ROUNDS && left > ROUNDS, "{taken} {left}");
    }
}
