//! Files that were saved again, of which no other file would hear: their talks are exchanged, and the tree stays.
//!
//! Whoever takes notes saves one file again and again, and nearly always what changes is the text of a talk. Then every
//! decision about the other files holds. That it does is looked at, not assumed: what a file says to others is compared
//! before and after, and so is what it comes to in the tree. Where anything else differs, the notes are put together anew.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::library::assemble::{Agreed, ReadFile};
use crate::library::beside::Siblings;
use crate::library::evidence::Reasons;
use crate::library::guard::guarded;
use crate::library::intake::{self, Looked};
use crate::library::model::{
    Conference, ConferenceId, File, FileId, Furniture, Introduction, Library, Span, Spans, Talk, TalkId,
    TrackId,
};
use crate::library::shelf::Shelved;
use crate::library::sketch::{Tale, Teller};
use crate::library::sorted::{Part, Sorted};
use crate::library::voice::{Seen, Voice, says_as_much};
use crate::library::walk::Entry;
use crate::library::{crew, same};

/// The library with what these files, each with its place among those that were listed, say now. `None` where a change
/// reaches further than their talks.
pub(super) fn exchanged(before: &Library, again: &[(usize, Entry)]) -> Option<Library> {
    /// More are put together anew in the time that it takes to look at each.
    const FEW: usize = 16;
    if again.len() > FEW {
        return None;
    }
    let swap = |(at, entry): &(usize, Entry)| guarded(|| Swap::of(before, *at, entry)).flatten();
    let swaps: Vec<Swap> = again.iter().map(swap).collect::<Option<_>>()?;
    before.with(&swaps)
}

/// A file as it is now, and what is to be put where.
struct Swap {
    /// Its place among the files as they were listed.
    listed: usize,
    id: FileId,
    file: Arc<File>,
    teller: Option<Arc<Teller>>,
    /// How the files of its folder hold their talks, where that is another number now.
    beside: Option<Arc<Siblings>>,
    /// By the byte at which the first of its lines stood.
    talks: HashMap<usize, (Tale, Spans)>,
    /// By the byte at which they stood.
    others: HashMap<usize, Span>,
}

impl Swap {
    fn of(library: &Library, at: usize, entry: &Entry) -> Option<Self> {
        let shelf = &library.shelf;
        let Shelved { file: listed, root, .. } = &shelf.files[at];
        let id = library.files.iter().position(|file| Arc::ptr_eq(file, listed))?;
        let Seen { file: old, survey: old_survey, place, .. } = &Seen::there(library, at, id)?;
        let (looked, faults) = intake::read_alone(entry.clone(), shelf.extent.limits);
        let known = shelf.problems.iter().filter(|problem| *problem.path == *old.path);
        if !known.eq(&faults) {
            return None;
        }
        let Looked { file, survey, .. } = looked?;
        let neighbour = shelf.neighbours(root)?.of_folder(old)?;
        let old_voice = Voice::of(old, root, old_survey, place)?;
        let voice = Voice::of(&file, root, &survey, place)?;
        let said_again = neighbour.indexed && old_voice.first != voice.first;
        if said_again || !old_voice.says_as_much_as(&voice) {
            return None;
        }
        let beside = neighbour.siblings();
        let beside_now = Arc::new(beside.with_another(old_voice.vote.alike, voice.vote.alike));
        if beside.titles_in_names() != beside_now.titles_in_names() {
            return None;
        }
        let old_read = old_voice.read(old, old_survey, place, beside);
        let read = voice.read(&file, &survey, place, &beside_now);
        if !says_as_much(&old_read.reading, &read.reading) {
            return None;
        }
        let id = FileId(id as u32);
        let sort = |read: ReadFile, agreed: &Agreed| agreed.sort(read, id, Reasons::Dropped);
        let (old_sorted, sorted) = (sort(old_read, &library.agreed), sort(read, &library.agreed));
        let beside = (beside != &beside_now).then_some(beside_now);
        Self { listed: at, id, file, teller: None, beside, talks: HashMap::new(), others: HashMap::new() }
            .taking(old_sorted, sorted)
    }

    /// Takes the parts of a file, each for the one that it was. `None` where there are others.
    fn taking(mut self, old: Sorted, new: Sorted) -> Option<Self> {
        if old.names != new.names || old.guesses() != new.guesses() || old.parts.len() != new.parts.len() {
            return None;
        }
        self.teller = new.teller;
        let opening = new.opening;
        let start = |spans: &[Span]| Some(spans.first()?.bytes().start);
        for (old, new) in old.parts.into_iter().zip(new.parts) {
            match (old, new) {
                (Part::Furniture(old), Part::Furniture(new)) => {
                    let reasons =
                        |furniture: &[Furniture]| -> Vec<_> { furniture.iter().map(|f| f.reason).collect() };
                    if reasons(&old) != reasons(&new) {
                        return None;
                    }
                    let spans = new.into_iter().map(|furniture| furniture.span);
                    self.others.extend(old.iter().map(|furniture| furniture.span.bytes().start).zip(spans));
                }
                (Part::Introduction(of, old), Part::Introduction(now_of, new)) => {
                    if of != now_of || old.len() != new.len() {
                        return None;
                    }
                    self.others.extend(old.iter().map(|span| span.bytes().start).zip(new));
                }
                (
                    Part::Talk { named, track, spans, rank, .. },
                    Part::Talk {
                        named: now_named,
                        track: now_track,
                        told: now,
                        spans: now_spans,
                        rank: now_rank,
                        ..
                    },
                ) => {
                    let stays = (named, &track, rank) == (now_named, &now_track, now_rank);
                    if !stays {
                        return None;
                    }
                    let tale = Sorted::tale(now, opening, Some(&self.file));
                    self.talks.insert(start(&spans)?, (tale, now_spans));
                }
                (
                    Part::Sketch { named, track, spans, .. },
                    Part::Sketch { named: now_named, track: now_track, sketch, spans: now_spans },
                ) => {
                    if (named, track) != (now_named, now_track) {
                        return None;
                    }
                    let teller = self.teller.clone()?;
                    self.talks.insert(start(&spans)?, (Tale::waiting(teller, sketch), now_spans));
                }
                _ => return None,
            }
        }
        Some(self)
    }
}

impl Library {
    /// The talks of a conference, track by track.
    fn talks_at(&self, conference: ConferenceId) -> impl Iterator<Item = TalkId> {
        let tracks = self.conferences[conference.index()].tracks.clone();
        tracks.map(TrackId).flat_map(|track| self.talks_of(track))
    }

    /// Whether no talk of a conference stands in another file than the others.
    fn is_of_one_file(&self, conference: ConferenceId) -> bool {
        let mut spans = self.talks_at(conference).flat_map(|talk| &self.talk(talk).spans);
        let first = spans.next();
        spans.all(|span| Some(span.file) == first.map(|first| first.file))
    }

    /// What a talk would be known by to other files under its new title, where that is something else than before. `None` where
    /// a talk of its conference may be brought together with it now, or may have been.
    fn renamed(&self, id: TalkId, conference: ConferenceId, title: &str) -> Option<Option<String>> {
        let key = |id: TalkId| same::key(&self.talk(id).tale.title());
        let (old, new) = (key(id), same::key(title));
        if old == new {
            return Some(None);
        }
        let mut others = self.talks_at(conference).filter(|other| *other != id).filter_map(key);
        let joined = others.any(|key| Some(&key) == old.as_ref() || Some(&key) == new.as_ref());
        (!joined).then_some(new)
    }

    /// Looks at what exchanged talks are called among these: `None` where one of them may be brought together with another now, or
    /// may have been.
    fn may_be_called(&self, exchanged: &[TalkId], now: &[Talk]) -> Option<()> {
        let mut renamed: Vec<String> = Vec::new();
        let mut of_one_file: HashMap<ConferenceId, bool> = HashMap::new();
        for id in exchanged {
            // What one file holds is not brought together.
            let conference = self.track(self.talk(*id).track).conference;
            if !*of_one_file.entry(conference).or_insert_with(|| self.is_of_one_file(conference)) {
                renamed.extend(self.renamed(*id, conference, &now[id.index()].tale.title())?);
            }
        }
        // Nor may two of them be called alike.
        renamed.sort_unstable();
        (!renamed.windows(2).any(|two| two[0] == two[1])).then_some(())
    }

    /// A copy of the library in which files are exchanged. `None` where one of their talks is held by several files, or
    /// would be now.
    fn with(&self, swaps: &[Swap]) -> Option<Library> {
        let swapped = |file: FileId| swaps.iter().find(|swap| swap.id == file);
        let folders = swaps.iter().filter(|swap| swap.beside.is_some()).map(|swap| swap.file.path.parent());
        let mut folders: Vec<Option<&Path>> = folders.collect();
        folders.sort_unstable();
        // Of several files each was looked at as if the others stayed.
        if folders.windows(2).any(|two| two[0] == two[1]) {
            return None;
        }
        // A copy of a talk, and whether it is another one now.
        let talk = |talk: &Talk| -> Option<(Talk, bool)> {
            let Some(swap) = talk.spans.iter().find_map(|span| swapped(span.file)) else {
                let same = Talk { track: talk.track, spans: talk.spans.clone(), tale: talk.tale.clone() };
                return Some((same, false));
            };
            let alone = talk.spans.iter().all(|span| span.file == swap.id);
            let (tale, spans) = swap.talks.get(&talk.spans.first()?.bytes().start).filter(|_| alone)?;
            Some((Talk { track: talk.track, spans: spans.clone(), tale: tale.clone() }, true))
        };
        let copies = self.in_runs(|first, talks| {
            let (mut copies, mut exchanged) = (Vec::with_capacity(talks.len()), Vec::new());
            for (id, old) in (first.0..).map(TalkId).zip(talks) {
                let (copy, is_another) = talk(old)?;
                exchanged.extend(is_another.then_some(id));
                copies.push(copy);
            }
            Some((copies, exchanged))
        });
        let (mut talks, mut exchanged) = (Vec::with_capacity(self.talks.len()), Vec::new());
        for part in copies {
            let (mut copies, mut of_part) = part?;
            talks.append(&mut copies);
            exchanged.append(&mut of_part);
        }
        self.may_be_called(&exchanged, &talks)?;
        let span = |span: &Span| match swapped(span.file) {
            Some(swap) => swap.others.get(&span.bytes().start).cloned(),
            None => Some(*span),
        };
        let mut library = self.with_talks(talks, span)?;
        for Swap { listed, id, file, teller, beside, .. } in swaps {
            if let Some(beside) = beside {
                let root = Arc::clone(&library.shelf.files[*listed].root);
                Arc::make_mut(library.shelf.neighbours_mut(&root)?).count_again(file, beside);
            }
            library.files[id.index()] = Arc::clone(file);
            library.shelf.files[*listed].file = Arc::clone(file);
            library.tellers[id.index()].clone_from(teller);
        }
        Some(library)
    }

    /// What comes of the talks, so many at a time, on all cores; each time with the first of them.
    pub(super) fn in_runs<C: Send + Sync>(&self, copy: impl Fn(TalkId, &[Talk]) -> C + Sync) -> Vec<C> {
        const TOGETHER: usize = 512;
        // A talk is copied in the time that it takes to look at so many bytes.
        const BYTES: usize = 256;
        let runs = (0..).step_by(TOGETHER).map(TalkId).zip(self.talks.chunks(TOGETHER));
        crew::map(Vec::from_iter(runs), self.talks.len() * BYTES, |(first, talks)| copy(first, talks))
    }

    /// A copy of the library with these talks, and its other lines where `span` says that they are. `None` where it does not.
    pub(super) fn with_talks(
        &self,
        talks: Vec<Talk>,
        span: impl Fn(&Span) -> Option<Span>,
    ) -> Option<Library> {
        // What its talks are called may be another thing now.
        let conference = |conference: &Conference| Conference {
            slug: conference.slug.clone(),
            name: conference.name.clone(),
            tracks: conference.tracks.clone(),
            introductions: conference.introductions.clone(),
            series: conference.series.clone(),
            spelt: conference.spelt.clone(),
            key: conference.key.clone(),
            slugs: OnceLock::new(),
            ..*conference
        };
        let introduction = |intro: &Introduction| {
            Some(Introduction { span: span(&intro.span)?, of: intro.of, about: intro.about.clone() })
        };
        let furniture = |f: &Furniture| Some(Furniture { span: span(&f.span)?, reason: f.reason });
        Some(Library {
            files: self.files.clone(),
            decisions: Vec::new(),
            conferences: self.conferences.iter().map(conference).collect(),
            tracks: self.tracks.clone(),
            talks,
            introductions: self.introductions.iter().map(introduction).collect::<Option<_>>()?,
            furniture: self.furniture.iter().map(furniture).collect::<Option<_>>()?,
            problems: self.problems.clone(),
            builtin: self.builtin,
            tellers: self.tellers.clone(),
            shelf: self.shelf.clone(),
            agreed: Arc::clone(&self.agreed),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::load::{Roots, load};
    use std::path::PathBuf;

    fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, text).expect("written");
        path
    }

    /// What comes of a change, and what a load gives.
    fn changed(folder: &Path, path: &PathBuf, text: &str) -> (Option<Library>, Library) {
        let roots = Roots::Paths(vec![folder.to_path_buf()]);
        let before = load(&roots, false).expect("notes");
        std::fs::write(path, text).expect("written");
        let changes = before.shelf.changes(&[], std::slice::from_ref(path)).expect("it can be told");
        (exchanged(&before, &changes.again), load(&roots, false).expect("notes"))
    }

    /// Each talk with its conference, its lines and who gave it.
    fn rows(library: &Library) -> Vec<String> {
        let row = |id| {
            let talk = library.talk(id);
            let text: Vec<&str> = talk.spans.iter().map(|span| library.text(span)).collect();
            let (conference, track) = (&library.conference_of(id).name, &library.track(talk.track).name);
            let of = (library.slug(id), conference, track, talk.date, talk.header_lines);
            format!("{of:?} {} {:?} {:?} {text:?}", talk.title, talk.speakers, talk.spans)
        };
        library.talk_ids().map(row).collect()
    }

    #[test]
    fn the_text_of_a_talk_moves_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let talk =
            |title: &str| format!("# {title}\n\nAda Lovelace\n\nIt was about looms.\n\nAnd more of it.\n");
        let many = format!("# LoomConf 2021\n\n{}{}", talk("Weaving by hand"), talk("Looms in the rain"))
            .replace("# W", "## W")
            .replace("# Lo", "## Lo");
        for title in ["On the engine of it", "How looms are programmed", "What a card can hold"] {
            write(
                folder.path(),
                &format!("loomconf-2020/{}.md", title.to_lowercase().replace(' ', "-")),
                &talk(title),
            );
        }
        let one = write(folder.path(), "loomconf-2020/knots-for-everybody.md", &talk("Knots for everybody"));
        let several = write(folder.path(), "loomconf-2021/notes.md", &many);
        for (path, text) in [
            (
                &one,
                talk("Knots for everybody").replace("It was about looms.", "A line.\n\nIt was about knots."),
            ),
            (&several, many.replace("And more of it.", "And much more\nof it.")),
            (&several, many.replace("Looms in the rain", "Looms in the sun")),
        ] {
            let (exchanged, plainly) = changed(folder.path(), path, &text);
            let exchanged = exchanged.expect("nobody else hears of it");
            assert_eq!(rows(&exchanged), rows(&plainly));
            // The next change finds what it needs.
            let changes = exchanged.shelf.changes(&[], std::slice::from_ref(path)).expect("it can be told");
            assert!(super::exchanged(&exchanged, &changes.again).is_some());
        }
    }

    /// Numbers that look as if by chance and are the same each time, as George Marsaglia's xorshift has them.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, most: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 % most as u64) as usize
        }

        fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
            all[self.below(all.len())]
        }

        fn text(&mut self) -> String {
            let front = if self.below(6) == 0 { self.of(FRONTS) } else { "" };
            let first = if self.below(2) == 0 { self.of(TITLES) } else { "" };
            let lines = (0..2 + self.below(9)).map(|_| self.of(LINES).to_owned() + "\n");
            front.to_owned() + first + &lines.collect::<String>()
        }

        /// The text with a line that is another, is gone or has come.
        fn edit(&mut self, text: &str) -> String {
            let mut lines: Vec<&str> = text.lines().collect();
            let at = if self.below(3) == 0 { 0 } else { self.below(lines.len().max(1)) };
            let line = if self.below(3) == 0 { self.of(TITLES).trim_end() } else { self.of(LINES) };
            match (self.below(4), lines.get_mut(at)) {
                (0, Some(_)) => _ = lines.remove(at),
                (1 | 2, Some(there)) => *there = line,
                _ => lines.insert(at.min(lines.len()), line),
            }
            lines.join("\n") + "\n"
        }
    }

    const FRONTS: &[&str] = &[
        "---\ntitle: LoomConf 2020 recap\ndate: 2020-01-02\n---\n",
        "---\ntitle: What I ate\ndate: 2020-01-03\n---\n",
        "---\nconference: KnotConf 2019\n---\n",
        "---\ntags: [conference, looms]\ndate: 2020-02-03\n---\n",
    ];

    const TITLES: &[&str] = &[
        "# On the engine\n",
        "# Knots for everybody\n",
        "# What looms do\n",
        "# A card can hold it\n",
        "# Something else altogether\n",
        "On the engine of it\n",
    ];

    /// Lines that tell others something, and lines that do not.
    const LINES: &[&str] = &[
        "# Knots for everybody", "## Weaving by hand", "## Looms in the rain", "### Why", "## Notes",
        "Ada Lovelace", "*Grace Hopper*", "Alan Kay", "Speaker: Ada Lovelace", "It was about looms.",
        "- one item of it", "", "", "", "# Day 2", "## Day 3", "LoomConf 2020", "Date: 05/06/2020",
        "Date: 25/06/2020", "Date: 2020-06-25",
    ];

    /// Whatever is changed among whichever files: where talks are exchanged, the notes are those of a load.
    #[test]
    fn what_is_exchanged_is_what_a_load_gives() {
        const ROUNDS: usize = 700;
        const SAVES: usize = 3;
        let mut dice = Dice(12_345);
        let (mut taken, mut left) = (0, 0);
        for _ in 0..ROUNDS {
            let folder = tempfile::tempdir().expect("a folder");
            let mut paths = Vec::new();
            for at in 0..1 + dice.below(5) {
                let name = dice.of(&["on-the-engine", "day1", "a-card-can-hold", "03", "what-looms-do"]);
                let name = format!(
                    "loomconf-2020/{name}{}.md",
                    if at == 0 { String::new() } else { at.to_string() }
                );
                paths.push(write(folder.path(), &name, &dice.text()));
            }
            let name = dice.of(&[
                "loomconf-2020/knots-for-everybody.md",
                "loomconf-2020/day2.md",
                "loomconf/07.md",
                "loomconf-2020/README.md",
            ]);
            paths.push(write(folder.path(), name, &dice.text()));
            let roots = Roots::Paths(vec![folder.path().to_path_buf()]);
            let Ok(mut before) = load(&roots, false) else {
                continue;
            };
            // What was exchanged is what the next one begins with.
            for _ in 0..SAVES {
                let some: Vec<PathBuf> =
                    (0..1 + dice.below(2)).map(|_| paths[dice.below(paths.len())].clone()).collect();
                let mut edits = Vec::new();
                for path in &some {
                    let old = std::fs::read_to_string(path).expect("read");
                    let new = dice.edit(&old);
                    std::fs::write(path, &new).expect("written");
                    edits.push(format!("{}: {old:?} became {new:?}", path.display()));
                }
                let changes = before.shelf.changes(&[], &some).expect("it can be told");
                let Ok(plainly) = load(&roots, false) else {
                    break;
                };
                match exchanged(&before, &changes.again) {
                    Some(exchanged) => {
                        assert_eq!(rows(&exchanged), rows(&plainly), "{edits:#?}");
                        before = exchanged;
                        taken += 1;
                    }
                    None => {
                        before = plainly;
                        left += 1;
                    }
                }
            }
        }
        assert!(taken > ROUNDS / 2 && left > ROUNDS / 2, "{taken} {left}");
    }

    #[test]
    fn what_others_may_hear_of_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let talk = |title: &str| format!("# {title}\n\nAda Lovelace\n\nIt was about looms.\n");
        let path = write(folder.path(), "loomconf-2020/knots-for-everybody.md", &talk("Knots for everybody"));
        write(folder.path(), "loomconf-2020/on-the-engine.md", &talk("On the engine"));
        let index = write(folder.path(), "loomconf-2020/README.md", "# LoomConf Bergen 2020\n\nMy notes.\n");
        let of_day = |day: &str| {
            let talks = "### Weaving by hand\n\nAda Lovelace\n\nText.\n\n### Looms in the rain\n\nAlan Kay\n\nText.\n\n";
            format!("# LoomConf 2021\n\n## Day 1\n\n{talks}## {day}\n\n{talks}")
        };
        // Only the track of two talks that wait is another one then.
        let days = write(folder.path(), "loomconf-2021/notes.md", &of_day("Day 2"));
        for (path, text) in [
            // The page beside it does not lead to it, but might say its title again.
            (&path, talk("Something else altogether")),
            (&path, talk("Knots for everybody").replace("It was", "Conference: KnotConf 2031\n\nIt was")),
            (&path, String::new()),
            (&days, of_day("Day 3")),
            (&index, "# LoomConf Antwerp 2020\n\nMy notes.\n".to_owned()),
        ] {
            let before = std::fs::read_to_string(path).expect("read");
            let (exchanged, _) = changed(folder.path(), path, &text);
            assert!(exchanged.is_none(), "{text}");
            std::fs::write(path, before).expect("back");
        }
    }

    /// What comes of changes to several files at once, in a library.
    fn saved(before: &Library, changes: &[(&PathBuf, String)]) -> Option<Library> {
        for (path, text) in changes {
            std::fs::write(path, text).expect("written");
        }
        let paths: Vec<PathBuf> = changes.iter().map(|(path, _)| (*path).clone()).collect();
        exchanged(before, &before.shelf.changes(&[], &paths).expect("it can be told").again)
    }

    #[test]
    fn a_title_is_another_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let talk = |title: &str| format!("# {title}\n\nAda Lovelace\n\nIt was about looms.\n");
        let names = ["On the engine of it", "How looms are programmed", "What a card can hold"];
        let paths = names.map(|title| {
            let name = format!("loomconf-2020/{}.md", title.to_lowercase().replace(' ', "-"));
            write(folder.path(), &name, &talk(title))
        });
        let roots = Roots::Paths(vec![folder.path().to_path_buf()]);
        let loaded = || load(&roots, false).expect("notes");
        let before = loaded();
        for now in ["On the engine", "Something else altogether", "Day 2"] {
            let exchanged = saved(&before, &[(&paths[0], talk(now))]).expect("nobody else hears of it");
            assert_eq!(rows(&exchanged), rows(&loaded()), "{now}");
        }
        let front = format!("---\ntitle: Engines\ntags: [a, b]\n---\n\n{}", talk(names[0]));
        let exchanged =
            saved(&before, &[(&paths[0], front)]).expect("it says as much of the event as before");
        assert_eq!(rows(&exchanged), rows(&loaded()));
        // It may be another file's, or be one with it now; and what was one may be two.
        std::fs::write(&paths[0], talk(names[0])).expect("back");
        assert!(saved(&before, &[(&paths[0], talk(names[1]))]).is_none());
        let one = loaded();
        assert_eq!(one.talks.len(), 2);
        assert!(saved(&one, &[(&paths[0], talk(names[0]))]).is_none());
        let both = ["And now for all of us", "And now for all of us (part 2)"].map(talk);
        let [first, second] = both;
        // (Neither says its file's name before or then.)
        std::fs::write(&paths[0], talk("Something else altogether")).expect("written");
        std::fs::write(&paths[1], talk("Another thing of its own")).expect("written");
        assert!(saved(&loaded(), &[(&paths[0], first), (&paths[1], second)]).is_none());
        assert_eq!(loaded().talks.len(), 2);
    }

    #[test]
    fn files_are_named_for_their_talks_as_long_as_most_say_no_title() {
        let folder = tempfile::tempdir().expect("a folder");
        let headed = |title: &str| format!("# {title}\n\nIt was about looms.\n\nAnd more of it.\n");
        let said = ["Heard", "Written", "Drawn", "Listened to", "Copied", "Thought over"];
        let text = |at: usize| headed(&format!("{} while others spoke", said[at]));
        let names = [
            "on-the-engine-of-it",
            "how-looms-are-programmed",
            "what-a-card-can-hold",
            "knots-for-everybody",
            "a-thread-of-my-own",
            "weaving-in-the-rain",
        ];
        let name = |at: usize| format!("loomconf-2020/{}.md", names[at]);
        let paths = [0, 1, 2, 3, 4, 5].map(|at| write(folder.path(), &name(at), &text(at)));
        let titled = |at: usize| headed(&names[at].replace('-', " "));
        std::fs::write(&paths[0], titled(0)).expect("written");
        let roots = Roots::Paths(vec![folder.path().to_path_buf()]);
        let loaded = || load(&roots, false).expect("notes");
        // One of six says its name, then two; with the third they are no more than the others.
        let before = loaded();
        let two = saved(&before, &[(&paths[1], titled(1))]).expect("most are named for their talks still");
        assert_eq!(rows(&two), rows(&loaded()));
        assert!(saved(&two, &[(&paths[2], titled(2))]).is_none());
        std::fs::write(&paths[2], text(2)).expect("back");
        assert!(saved(&two, &[(&paths[2], titled(2)), (&paths[3], titled(3))]).is_none());
        // Nor is it known what two of them come to together.
        for (at, path) in paths.iter().enumerate().skip(1) {
            std::fs::write(path, text(at)).expect("back");
        }
        assert!(saved(&loaded(), &[(&paths[1], titled(1)), (&paths[2], titled(2))]).is_none());
    }

    #[test]
    fn a_post_that_speaks_of_an_event_is_heard() {
        let folder = tempfile::tempdir().expect("a folder");
        let post =
            |title: &str| format!("---\ntitle: {title}\ndate: 2020-01-02\n---\n\nIt was about looms.\n");
        let recap = |of: &str| format!("LoomConf 2020 recap {of}");
        let paths = ["on-the-engine-of-it", "what-a-card-can-hold", "knots-for-everybody"]
            .map(|name| write(folder.path(), &format!("blog/{name}.md"), &post(&recap(name))));
        let roots = Roots::Paths(vec![folder.path().to_path_buf()]);
        let before = load(&roots, false).expect("notes");
        let longer = post(&recap("on-the-engine-of-it")) + "And more of it.\n";
        let exchanged = saved(&before, &[(&paths[0], longer)]).expect("it still speaks of it");
        assert_eq!(rows(&exchanged), rows(&load(&roots, false).expect("notes")));
        assert!(saved(&before, &[(&paths[0], post("What I ate"))]).is_none());
    }
}
