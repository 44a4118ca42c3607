//! Files that came or are gone, of which no other file hears: their talks are put into the tree, or taken out of it.
//!
//! Whoever writes a file for each talk adds one to a folder of others like it. As with a file that was saved again
//! (`exchange`), it is looked at, not assumed, that every decision about the others holds: what they hear of it, whether a
//! page could lead to it, whether it gives a conference or a track its name or its place. Where anything is in doubt, the
//! notes are put together anew.

use std::sync::Arc;

use crate::library::conference::Named;
use crate::library::evidence::Reasons;
use crate::library::exchange;
use crate::library::guard::guarded;
use crate::library::intake::{self, Looked};
use crate::library::model::{File, FileId, Library, Span, Talk, Track, TrackId};
use crate::library::place::Surveyed;
use crate::library::reading;
use crate::library::same;
use crate::library::shelf::Changes;
use crate::library::sketch::Tale;
use crate::library::sorted::Part;
use crate::library::voice::Voice;
use crate::library::walk::Entry;
use crate::text::fold::fold;

/// The library after these changes. `None` where one of them reaches further than the talks of its file.
pub(super) fn changed(before: &Library, changes: &Changes) -> Option<Library> {
    /// More are put together anew in the time that it takes to move each.
    const FEW: usize = 4;
    if !before.shelf.overrides.is_empty() {
        return None;
    }
    let moved = !(changes.come.is_empty() && changes.gone.is_empty());
    let again = || exchange::exchanged(before, &changes.again);
    let mut now = (!changes.again.is_empty() || !moved).then(again).flatten();
    let mut gone = changes.gone.clone();
    let mut come: Vec<&(usize, Entry)> = changes.come.iter().collect();
    if now.is_none() {
        // What has become another file is one less and one more.
        gone.extend(changes.again.iter().map(|(at, _)| *at));
        come.extend(&changes.again);
    }
    if gone.len() + come.len() > FEW {
        return None;
    }
    // From the last place to the first, so that the others hold. A file that has another name goes before it comes.
    gone.sort_unstable();
    come.sort_by_key(|(at, _)| *at);
    for at in gone.iter().rev() {
        now = Some(guarded(|| without_file(now.as_ref().unwrap_or(before), *at)).flatten()?);
    }
    for (at, entry) in come.into_iter().rev() {
        let at = at - gone.partition_point(|gone| gone < at);
        now = Some(guarded(|| with_file(now.as_ref().unwrap_or(before), at, entry)).flatten()?);
    }
    now
}

/// The library with a file that came, listed at a place.
fn with_file(library: &Library, at: usize, entry: &Entry) -> Option<Library> {
    let shelf = &library.shelf;
    let (looked, faults) = intake::read_alone(entry.clone(), shelf.extent.limits);
    let Looked { file, survey, root_name, .. } = looked.filter(|_| faults.is_empty())?;
    let place = shelf.neighbours.of_folder(&file.relative)?.place(&file.relative)?;
    let voice = Voice::of(&file, &root_name, &survey, &place)?;
    let neighbours = shelf.neighbours.with_one(&file, &place, &voice, 1)?;
    let surveyed =
        Surveyed { relative: &file.relative, root_name: &root_name, text: &file.text, survey: &survey };
    let is_aside = |speaks| neighbours.posts.aside(&surveyed, speaks).is_some();
    let read = voice.read(&file, &survey, &place, neighbours.of_folder(&file.relative)?.siblings());
    if voice.post.is_some_and(is_aside) || !library.is_as_listed() || library.agreed.hears(&read, true) {
        return None;
    }
    let id = FileId(at as u32);
    let sorted = library.agreed.sort(read, id, Reasons::Dropped);
    if !sorted.guesses.is_empty() {
        return None;
    }
    let mut rows = Vec::with_capacity(sorted.parts.len());
    for part in sorted.parts {
        let (named, track, tale, spans) = match part {
            Part::Talk { named, track, told, spans, .. } => (named, track, Tale::told(told), spans),
            Part::Sketch { named, track, sketch, spans } => {
                (named, track, Tale::waiting(Arc::clone(sorted.teller.as_ref()?), sketch), spans)
            }
            Part::Furniture(_) | Part::Introduction(..) => return None,
        };
        let title = tale.title();
        let (before, track) = library.row(id, &sorted.names[named as usize], track.as_deref(), &title)?;
        drop(title);
        rows.push((before, Talk { track, spans, tale }));
    }
    rows.sort_by_key(|(before, talk)| (*before, talk.track));
    let mut now = library.renumbered(|file| FileId(file.0 + u32::from(file >= id)))?;
    now.files.insert(at, Arc::clone(&file));
    now.tellers.insert(at, sorted.teller);
    now.shelf.files.insert(at, (file, root_name));
    now.shelf.neighbours = Arc::new(neighbours);
    let mut rows = rows.into_iter().peekable();
    let mut talks = Vec::with_capacity(now.talks.len() + rows.len());
    for (at, talk) in std::mem::take(&mut now.talks).into_iter().enumerate() {
        while let Some((_, row)) = rows.next_if(|(before, _)| *before <= at) {
            talks.push(row);
        }
        talks.push(talk);
    }
    talks.extend(rows.map(|(_, row)| row));
    now.talks = talks;
    now.find_tracks();
    Some(now)
}

/// The library without the file that is listed at a place.
fn without_file(library: &Library, at: usize) -> Option<Library> {
    let shelf = &library.shelf;
    let (file, root_name) = &shelf.files[at];
    // The first of all gives the collection its name.
    if !library.is_as_listed() || at == 0 && shelf.files.get(1)?.1 != *root_name {
        return None;
    }
    let neighbour = shelf.neighbours.of_folder(&file.relative)?;
    let teller = library.tellers[at].as_deref();
    let survey = teller.map(|teller| Arc::clone(&teller.survey));
    let survey = survey.unwrap_or_else(|| Arc::new(reading::survey(&file.text, &file.relative)));
    let place = match teller {
        Some(teller) => (*teller.place).clone(),
        None => neighbour.place(&file.relative)?,
    };
    let voice = Voice::of(file, root_name, &survey, &place)?;
    let neighbours = shelf.neighbours.with_one(file, &place, &voice, -1)?;
    let id = FileId(at as u32);
    let read = voice.read(file, &survey, &place, neighbour.siblings());
    if library.agreed.hears(&read, false) || library.holds_more_than_talks(id, file) {
        return None;
    }
    let is_of_it = |talk: &Talk| talk.spans.iter().any(|span| span.file == id);
    let gone: Vec<usize> = (0..library.talks.len()).filter(|at| is_of_it(&library.talks[*at])).collect();
    if !gone.iter().all(|talk| library.may_go(*talk, id)) {
        return None;
    }
    let mut now = library.renumbered(|file| FileId(file.0 - u32::from(file > id)))?;
    now.files.remove(at);
    now.tellers.remove(at);
    now.shelf.files.remove(at);
    now.shelf.neighbours = Arc::new(neighbours);
    let (mut at, mut gone) = (0, gone.into_iter().peekable());
    now.talks.retain(|_| {
        at += 1;
        gone.next_if_eq(&(at - 1)).is_none()
    });
    now.find_tracks();
    Some(now)
}

impl Library {
    /// Whether files are in the order in which they were listed, and no index page has put them in another.
    fn is_as_listed(&self) -> bool {
        self.files.len() == self.shelf.files.len()
            && self.files.iter().zip(&self.shelf.files).all(|(file, (listed, _))| Arc::ptr_eq(file, listed))
    }

    /// The first file that holds lines of a talk: where the talk stands among the others of its track goes by it.
    fn first_file(&self, talk: usize) -> Option<FileId> {
        self.talks[talk].spans.iter().map(|span| span.file).min()
    }

    /// The first file of a track.
    fn first_of_track(&self, track: u32) -> Option<FileId> {
        self.first_file(self.tracks[track as usize].talks.start as usize)
    }

    /// Before which talk one of a file that came stands, and in which track; the files from `id` on are listed behind it. `None`
    /// where it would be the first of its conference, or give a track another name or place, or may be one with another
    /// talk.
    fn row(&self, id: FileId, named: &Named, track: Option<&str>, title: &str) -> Option<(usize, TrackId)> {
        let key = named.key();
        let conference = self.conferences.iter().find(|conference| conference.key == key)?;
        let tracks = conference.tracks.clone();
        if self.first_of_track(tracks.start)? >= id {
            return None;
        }
        let folded = track.map(fold);
        let of_name = |track: &u32| self.tracks[*track as usize].name.as_deref().map(fold) == folded;
        let at = tracks.clone().find(of_name)?;
        let Track { name, talks, .. } = &self.tracks[at as usize];
        let is_behind = |talk: &u32| self.first_file(*talk as usize) >= Some(id);
        let before = talks.clone().find(is_behind).unwrap_or(talks.end);
        let leads = before == talks.start;
        if leads && (name.as_deref() != track || self.first_of_track(at.checked_sub(1)?)? >= id) {
            return None;
        }
        let first = self.tracks[tracks.start as usize].talks.start;
        let mut others =
            self.talks[first as usize..self.tracks[tracks.end as usize - 1].talks.end as usize].iter();
        let same = same::key(title).is_some_and(|key| {
            others.any(|other| same::key(&other.tale.title()).is_some_and(|other| other == key))
        });
        (!same).then_some((before as usize, TrackId(at)))
    }

    /// Whether a talk of a file may go: no other file holds a part of it, and neither its conference nor its track is
    /// called after it or has its place from it.
    fn may_go(&self, talk: usize, id: FileId) -> bool {
        let is_of_it = |talk: u32| self.first_file(talk as usize) == Some(id);
        let of = self.talks[talk].track;
        let Track { name, conference, talks } = &self.tracks[of.index()];
        let tracks = self.conferences[conference.index()].tracks.clone();
        let leads = is_of_it(talks.start);
        // Whoever comes first then.
        let next =
            talks.clone().find(|talk| !is_of_it(*talk)).and_then(|talk| self.first_file(talk as usize));
        let behind = (of.0 + 1 < tracks.end).then(|| self.first_of_track(of.0 + 1)).flatten();
        let stays =
            next.is_some() && (!leads || name.is_none() && behind.is_none_or(|behind| next < Some(behind)));
        let alone = self.talks[talk].spans.iter().all(|span| span.file == id);
        alone && stays && self.first_of_track(tracks.start) != Some(id)
    }

    /// Whether a file has a say in anything but talks.
    fn holds_more_than_talks(&self, id: FileId, file: &File) -> bool {
        let introductions = self.introductions.iter().map(|introduction| &introduction.span);
        let mut spans = introductions.chain(self.furniture.iter().map(|furniture| &furniture.span));
        let mut problems = self.problems.iter().chain(&self.shelf.problems);
        spans.any(|span| span.file == id) || problems.any(|problem| problem.path == file.path)
    }

    /// A copy in which files have other numbers.
    fn renumbered(&self, number: impl Fn(FileId) -> FileId + Sync) -> Option<Library> {
        let span = |span: &Span| Span { file: number(span.file), ..span.clone() };
        let copy = |talk: &Talk| Talk {
            track: talk.track,
            spans: talk.spans.iter().map(span).collect(),
            tale: talk.tale.clone(),
        };
        let runs = self.in_runs(|_, talks| talks.iter().map(copy).collect::<Vec<_>>());
        let mut talks = Vec::with_capacity(self.talks.len() + 1);
        runs.into_iter().for_each(|mut run| talks.append(&mut run));
        self.with_talks(talks, |old| Some(span(old)))
    }

    /// Finds the talks of each track, which say where they belong and stand in its order.
    fn find_tracks(&mut self) {
        let mut first = 0;
        for talks in self.talks.chunk_by(|a, b| a.track == b.track) {
            let end = first + talks.len() as u32;
            self.tracks[talks[0].track.index()].talks = first..end;
            first = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::load::{Roots, load};
    use std::path::{Path, PathBuf};

    /// All that is in a library.
    fn all(library: &Library) -> Vec<String> {
        let talk = |id| {
            let talk = library.talk(id);
            let told =
                (library.slug(id), &talk.title, &talk.speakers, talk.date, talk.header_lines, &talk.tags);
            format!("{told:?} {:?} {:?} {:?}", library.conference_of(id).name, talk.track, talk.spans)
        };
        let mut all: Vec<String> = library.talk_ids().map(talk).collect();
        all.extend(library.files.iter().map(|file| file.path.display().to_string()));
        all.extend(library.introductions.iter().map(|introduction| format!("{introduction:?}")));
        all.extend(library.furniture.iter().map(|furniture| format!("{furniture:?}")));
        all.extend(library.tracks.iter().map(|track| format!("{track:?}")));
        all.extend(library.problems.iter().map(|problem| format!("{problem:?}")));
        all
    }

    fn put(path: &Path, text: &str) {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    /// What comes of these paths, which have changed since.
    fn moved(before: &Library, folder: &Path, changed: &[PathBuf]) -> Option<Library> {
        super::changed(before, &before.shelf.changes(&[folder.to_path_buf()], changed)?)
    }

    fn loaded(folder: &Path) -> Library {
        load(&Roots::Paths(vec![folder.to_path_buf()]), false).expect("notes")
    }

    fn talk(title: &str) -> String {
        format!("# {title}\n\nAda Lovelace\n\nIt was about looms.\n\nAnd more of it.\n")
    }

    /// Seven files of one talk each, as of a conference, and another file beside its folder.
    fn notes(folder: &Path) {
        let titles = [
            "What a card can hold", "Early looms at work", "How engines are wound", "Knots for everybody",
            "Of threads and needles", "Silk in the rain", "Wool and its friends",
        ];
        for (at, title) in titles.iter().enumerate() {
            put(&folder.join(format!("loomconf-2020/{}.md", at * 2 + 1)), &talk(title));
        }
        put(
            &folder.join("knotconf-2019.md"),
            "# KnotConf 2019\n\n## A first talk\n\nText.\n\n## A second one\n\nText.\n",
        );
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
    fn what_others_may_hear_of_is_left_to_a_load() {
        let first = |name: &str| format!("loomconf-2020/{name}");
        for (name, text, why) in [
            (first("0.md"), talk("A thread of its own"), "it is the first of its conference"),
            (first("4.md"), talk("Knots for everybody (part 2)"), "it is one with another"),
            (
                first("4.md"),
                talk("A thread of its own").replace("It was", "Conference: NewConf 2031\n\nIt was"),
                "a new conference",
            ),
            (
                first("4.md"),
                talk("A thread of its own").replace("It was", "Track: Threads\n\nIt was"),
                "a new track",
            ),
            (
                first("4.md"),
                talk("A thread of its own").replace("It was", "Date: 25/06/2020\n\nIt was"),
                "the order of dates",
            ),
            (
                first("4.md"),
                format!("---\nconference: LoomConf 2020\n---\n\n{}", talk("A thread of its own")),
                "the name is spelt so",
            ),
            (first("README.md"), "# My notes\n".to_owned(), "an index page"),
            (first("4.md"), "See [this](1.md) and [that](3.md).\n".to_owned(), "a page that leads on"),
            ("alone/4.md".to_owned(), talk("A thread of its own"), "a new folder"),
            ("4.md".to_owned(), talk("A thread of its own"), "one file beside it"),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            notes(folder.path());
            let (before, path) = (loaded(folder.path()), folder.path().join(name));
            put(&path, &text);
            assert!(moved(&before, folder.path(), std::slice::from_ref(&path)).is_none(), "{why}");
        }
        // A page that leads to others may lead to this one, too.
        for (page, is_moved) in
            [("[one](1.md), [other](3.md)", true), ("[one](1.md), [another](forty-one.md)", false)]
        {
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
        let thread = "A thread of its own";
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
            (
                vec![(at("5"), with("How engines go", "Track: Wool"))],
                at("4"),
                Some(with(thread, "Track: wool")),
                "a track's name",
            ),
            (
                vec![
                    (at("5"), with("How engines go", "Track: Wool")),
                    (at("9"), with("Of needles", "Track: Silk")),
                ],
                at("4"),
                Some(with(thread, "Track: Silk")),
                "a track's place",
            ),
            (vec![(at("5"), with("How engines go", "Track: Wool"))], at("5"), None, "the last of a track"),
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
            // Or this would tell nothing: a talk of another file, or a track, is another one.
            let of_others = |library: &Library| -> Vec<String> {
                let talks = library
                    .talk_ids()
                    .filter(|id| library.file(library.talk(*id).spans[0].file).path != path);
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

    const FOLDERS: &[&str] =
        &["loomconf-2020", "loomconf-2020", "loomconf-2020", "loomconf-2020/day-2", "knots", "posts"];

    const NAMES: &[&str] = &[
        "on-the-engine", "day1", "a-card-can-hold", "03", "what-looms-do", "knots-for-everybody", "04",
        "looms-by-ada-lovelace", "an-early-one", "zinc-and-looms",
    ];

    /// Lines that tell others something, and lines that do not.
    const LINES: &[&str] = &[
        "# Knots for everybody", "# On the engine of it", "## Weaving by hand", "## Looms in the rain",
        "## Notes", "Ada Lovelace", "*Grace Hopper*", "Speaker: Ada Lovelace", "It was about looms.",
        "- one item of it", "", "", "", "# Day 2", "LoomConf 2020", "Share on:", "Track: Looms",
        "Date: 25/06/2020", "Date: 05/06/2020",
    ];

    const FRONTS: &[&str] = &[
        "---\ntitle: LoomConf 2020 recap\ndate: 2020-01-02\n---\n",
        "---\ntitle: What I ate\ndate: 2020-01-03\n---\n",
        "---\nconference: LoomConf 2020\n---\n",
    ];

    /// A collection that comes about by chance.
    struct Chance<'f> {
        folder: &'f Path,
        by: fastrand::Rng,
        /// All files are one talk each, as in most collections of a file for each talk.
        plain: bool,
    }

    impl Chance<'_> {
        fn of(&mut self, all: &[&'static str]) -> &'static str {
            all[self.by.usize(..all.len())]
        }

        fn file(&mut self) -> PathBuf {
            let (folder, name, number) = (self.of(FOLDERS), self.of(NAMES), self.by.u8(..9));
            let name = if self.by.u8(..80) == 0 { "README.md".into() } else { format!("{name}-{number}.md") };
            self.folder.join(folder).join(name)
        }

        fn write(&mut self, path: &Path) {
            let text = if path.ends_with("README.md") {
                let links = (0..self.by.u8(1..4))
                    .map(|_| format!("- [it]({}-{}.md)\n", self.of(NAMES), self.by.u8(..9)));
                format!("# What I heard\n\n{}", links.collect::<String>())
            } else if self.plain {
                talk(&format!("{} {}", self.of(&["Looms", "How looms", "On"]), self.by.u8(..40)))
            } else {
                let front = if self.by.u8(..6) == 0 { self.of(FRONTS) } else { "" };
                let lines = (0..self.by.u8(2..11)).map(|_| self.of(LINES).to_owned() + "\n");
                front.to_owned() + &lines.collect::<String>()
            };
            put(path, &text);
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
                    let one = before.files[chance.by.usize(..before.files.len())].path.clone();
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
