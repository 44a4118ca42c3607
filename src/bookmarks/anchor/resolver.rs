//! Where an anchor's place is today, by evidence.
//!
//! First the talk is looked for: in the anchor's file, among those of its title, in its conference, at last
//! among those that hold the very line. How sure it is (its *kinship*, from 0 to 1) is the share of the words
//! that it is known by; the same title, or the same file, makes up for some of them. Then its lines are weighed
//! (`weigh`). Where none is good enough, the heading above it has to do, or its talk. An anchor that none of this
//! finds is lost: a wrong place is worse than none.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use memchr::memmem;

use crate::bookmarks::anchor::sheet::{Part, Sheet};
use crate::bookmarks::anchor::weigh::{Candidate, Kin, SAME_TALK, Sought, TELLING, choose, weigh_line};
use crate::bookmarks::anchor::words::{Vocabulary, Words, hashes};
use crate::bookmarks::anchor::{Anchor, portable, root, root_of};
use crate::library::{Conference, File, FileId, Library, TalkId};
use crate::text::fold::fold;

/// So many words are enough to know a talk by.
const ENOUGH_WORDS: usize = 4;
/// So much text of talks is looked at in each place where the talk may be, in bytes: more than anybody has taken
/// down at one event.
const MUCH: usize = 8 << 20;
/// A talk of which only title and file are left.
const WRITTEN_ANEW: f32 = 0.6;
/// From this kinship on no other talk is looked for.
const SURELY: f32 = 0.7;

/// Why a place is not where it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// Its talk has another title.
    Title,
    /// Its talk is in another file.
    File,
    /// The line stands in another talk.
    Talk,
    /// The line stands below other headings.
    Section,
    /// The line has other words.
    Words,
    /// The line is gone: this is the heading above it, or the title of its talk.
    Gone,
}

impl Moved {
    /// Why, for a person.
    pub fn words(self) -> &'static str {
        match self {
            Moved::Title => "its talk has another title",
            Moved::File => "it is in another file",
            Moved::Talk => "it is in another talk",
            Moved::Section => "it is in another section",
            Moved::Words => "its words have changed",
            Moved::Gone => "its line is gone; this is what stood above it",
        }
    }
}

/// Where a place is today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The talk.
    pub talk: TalkId,
    /// The file that the line is in.
    pub file: FileId,
    /// The line, counted from 1.
    pub line: usize,
    /// Why it is not where it was; `None` for a place that lines above it may have shifted, but no more.
    pub moved: Option<Moved>,
}

/// Finds anchors in one library. What it learns of a file is kept for the next one.
pub struct Resolver<'l> {
    library: &'l Library,
    files: OnceCell<HashMap<String, Vec<FileId>>>,
    parts: OnceCell<HashMap<FileId, Vec<Part>>>,
    titles: OnceCell<HashMap<String, Vec<TalkId>>>,
    roots: OnceCell<BTreeSet<String>>,
    sheets: HashMap<FileId, Rc<Sheet<'l>>>,
    vocabularies: HashMap<TalkId, Vocabulary>,
    /// Nowhere but in the anchor's file.
    only_there: bool,
}

impl<'l> Resolver<'l> {
    /// Ready to find anchors in a library.
    pub fn new(library: &'l Library) -> Self {
        Resolver {
            library,
            files: OnceCell::new(),
            parts: OnceCell::new(),
            titles: OnceCell::new(),
            roots: OnceCell::new(),
            sheets: HashMap::new(),
            vocabularies: HashMap::new(),
            only_there: false,
        }
    }

    /// Looks nowhere but in the anchor's file: quick, for who waits for the answer.
    pub fn only_there(self) -> Self {
        Resolver { only_there: true, ..self }
    }

    /// Where an anchor's place is; `None` when it is lost.
    pub fn find(&mut self, anchor: &Anchor) -> Option<Found> {
        let sought = Sought::new(anchor, self.files_of(anchor));
        let kin = self.kin(&sought);
        let (same, others): (Vec<Kin>, Vec<Kin>) = kin.into_iter().partition(|k| k.kinship >= SAME_TALK);
        let near = self.weigh(&sought, &same);
        let in_place = near.iter().any(|c| c.same_text && c.same_trail && c.same_file);
        let found = choose(near);
        if found.is_some() && in_place {
            return found.map(Candidate::found);
        }
        // A line may have gone to another talk. What stands in several says nothing about any of them.
        let far = self.weigh(&sought, &others);
        let alone =
            || far.iter().filter(|c| c.same_text).count() == 1 && self.files_with(anchor).nth(1).is_none();
        let far = if !far.is_empty() && !self.only_there && alone() { choose(far) } else { None };
        let far = far.filter(|far| found.is_none_or(|near| far.points > near.points));
        far.or(found).map(Candidate::found).or_else(|| self.above(&sought, &same))
    }

    /// Whether a lost anchor belongs to other notes than these: another folder of another conference.
    pub fn is_elsewhere(&self, anchor: &Anchor) -> bool {
        if self.library.conferences.iter().any(|c| c.name == anchor.conference) {
            return false;
        }
        match anchor.root.is_empty() {
            true => self.files_of(anchor).is_empty(),
            false => !self.is_of_these(anchor),
        }
    }

    /// Whether an anchor may have been made in these notes, by the name of their folder or of its conference.
    fn is_of_these(&self, anchor: &Anchor) -> bool {
        anchor.root.is_empty()
            || self.roots().contains(&anchor.root)
            || self.library.conferences.iter().any(|c| c.name == anchor.conference)
    }

    fn roots(&self) -> &BTreeSet<String> {
        self.roots.get_or_init(|| self.library.files.iter().map(|file| root(file)).collect())
    }

    /// The files that an anchor's path names. The folder may be read from further above or below than when
    /// it was made.
    fn files_of(&self, anchor: &Anchor) -> Vec<FileId> {
        let mut found = self.files_named(anchor);
        // In other notes a path alone says nothing: many have a 2019/keynote.md.
        if !found.is_empty() && !self.is_of_these(anchor) {
            const QUARTER: f32 = 0.25;
            let known_by = hashes(&anchor.words);
            let says = |file: &FileId| {
                let text = std::iter::once(&*self.library.file(*file).text);
                known_by.len() < ENOUGH_WORDS
                    || Vocabulary::of(text).share(&known_by, ENOUGH_WORDS) >= QUARTER
            };
            found.retain(says);
        }
        found
    }

    fn files_named(&self, anchor: &Anchor) -> Vec<FileId> {
        let files = self.files.get_or_init(|| {
            let mut files: HashMap<String, Vec<FileId>> = HashMap::new();
            for (at, file) in self.library.files.iter().enumerate() {
                files.entry(portable(file.relative())).or_default().push(FileId(at as u32));
            }
            files
        });
        if let Some(same) = files.get(&anchor.path) {
            return same.clone();
        }
        let name = Path::new(&anchor.path).file_name();
        let whole = Path::new(&anchor.root).join(&anchor.path);
        let ends = |file: &File| {
            let path = root_of(file).map(|root| root.join(file.relative())).unwrap_or_default();
            let deep = Path::new(&anchor.path).components().count() > 1;
            path.ends_with(&whole) && !anchor.root.is_empty() || deep && path.ends_with(&anchor.path)
        };
        let named = |(_, file): &(usize, &Arc<File>)| file.relative().file_name() == name && ends(file);
        let files = self.library.files.iter().enumerate().filter(named);
        files.map(|(at, _)| FileId(at as u32)).collect()
    }

    /// The talks that may be meant, each with its kinship. Further away is looked only as long as none is the
    /// one.
    fn kin(&mut self, sought: &Sought) -> Vec<Kin> {
        let library = self.library;
        let mut seen = BTreeSet::new();
        let mut kin: Vec<Kin> = Vec::new();
        let places =
            [Self::in_files, Self::titled, Self::in_conference, Self::in_folder, Self::with_the_line];
        let far = if self.only_there { 1 } else { places.len() };
        for look in &places[..far] {
            let mut left = MUCH;
            // Looking at a talk takes its time, so in a large library only the first of each place are looked at.
            let near_enough = |talk: &TalkId| {
                let length: usize = library.talk(*talk).spans.iter().map(|span| span.bytes().len()).sum();
                left = left.saturating_sub(length.max(1));
                left > 0
            };
            let talks = look(self, sought).into_iter().filter(|talk| seen.insert(*talk));
            let talks: Vec<TalkId> = talks.take_while(near_enough).collect();
            let weighed: Vec<Kin> = talks.into_iter().map(|talk| self.kinship(sought, talk)).collect();
            kin.extend(weighed);
            let best = kin.iter().map(|k| k.kinship).fold(0.0, f32::max);
            if best >= SURELY {
                // Of two talks of one title the one that says what was said.
                kin.iter_mut()
                    .filter(|k| k.kinship + 0.3 < best)
                    .for_each(|k| k.kinship = k.kinship.min(0.5));
                break;
            }
        }
        kin.retain(|k| !library.talk(k.talk).spans.is_empty());
        kin
    }

    fn in_files(&self, sought: &Sought) -> Vec<TalkId> {
        let parts = sought.files.iter().flat_map(|file| self.parts(*file));
        parts.map(|part| part.talk).collect()
    }

    fn titled(&self, sought: &Sought) -> Vec<TalkId> {
        let titles = self.titles.get_or_init(|| {
            let mut titles: HashMap<String, Vec<TalkId>> = HashMap::new();
            for talk in self.library.talk_ids() {
                titles.entry(fold(&self.library.talk(talk).title)).or_default().push(talk);
            }
            titles
        });
        titles.get(&sought.title).cloned().unwrap_or_default()
    }

    fn in_conference(&self, sought: &Sought) -> Vec<TalkId> {
        let library = self.library;
        let same = |c: &&Conference| c.name == sought.anchor.conference;
        let tracks = library.conferences.iter().filter(same).flat_map(|c| c.tracks.clone());
        tracks.flat_map(|track| library.tracks[track as usize].talks.clone()).map(TalkId).collect()
    }

    /// The talks of the folder that the file was in.
    fn in_folder(&self, sought: &Sought) -> Vec<TalkId> {
        /// More files than these are no folder that says anything.
        const MOST: usize = 1_000;
        let folder = Path::new(&sought.anchor.path).parent();
        let beside = |(_, file): &(usize, &Arc<File>)| file.relative().parent() == folder;
        let files: Vec<usize> =
            self.library.files.iter().enumerate().filter(beside).map(|(at, _)| at).take(MOST + 1).collect();
        if files.len() > MOST {
            return Vec::new();
        }
        files.iter().flat_map(|at| self.parts(FileId(*at as u32))).map(|part| part.talk).collect()
    }

    /// The talks of the files that hold the line as it was.
    fn with_the_line(&self, sought: &Sought) -> Vec<TalkId> {
        if sought.quote.weight < TELLING {
            return Vec::new();
        }
        self.files_with(sought.anchor).flat_map(|file| self.parts(file)).map(|part| part.talk).collect()
    }

    /// The files that hold the line as it was.
    fn files_with(&self, anchor: &Anchor) -> impl Iterator<Item = FileId> {
        let finder = memmem::Finder::new(anchor.quote.as_bytes()).into_owned();
        let holds = move |(_, file): &(usize, &Arc<File>)| finder.find(file.text.as_bytes()).is_some();
        self.library.files.iter().enumerate().filter(holds).map(|(at, _)| FileId(at as u32))
    }

    fn parts(&self, file: FileId) -> &[Part] {
        let parts = self.parts.get_or_init(|| {
            let mut parts: HashMap<FileId, Vec<Part>> = HashMap::new();
            for talk in self.library.talk_ids() {
                for span in &self.library.talk(talk).spans {
                    let part = Part { talk, line: span.line(), end_line: span.end_line() };
                    parts.entry(span.file).or_default().push(part);
                }
            }
            parts.values_mut().for_each(|parts| parts.sort_by_key(|part| part.line));
            parts
        });
        parts.get(&file).map_or(&[], Vec::as_slice)
    }

    fn sheet(&mut self, file: FileId) -> Rc<Sheet<'l>> {
        if let Some(sheet) = self.sheets.get(&file) {
            return Rc::clone(sheet);
        }
        let sheet = Rc::new(Sheet::of(self.library, file, self.parts(file)));
        self.sheets.insert(file, Rc::clone(&sheet));
        sheet
    }

    /// How sure it is that a talk is the one.
    fn kinship(&mut self, sought: &Sought, talk: TalkId) -> Kin {
        let library = self.library;
        let found = library.talk(talk);
        let same_title = fold(&found.title) == sought.title;
        let same_file = found.spans.iter().any(|s| sought.files.contains(&s.file));
        let texts = found.spans.iter().map(|span| library.text(span));
        let vocabulary = self.vocabularies.entry(talk).or_insert_with(|| Vocabulary::of(texts));
        let share = vocabulary.share(&sought.known_by, ENOUGH_WORDS);
        let title = match same_title {
            true => 1.0,
            false => sought.title_words.common(&Words::of(&found.title)).likeness(),
        };
        // Half of a talk that was cut in two has half of its words, in the place where it was.
        let words = share + if same_file { 0.15 } else { 0.0 };
        let same_conference = library.conference_of(talk).name == sought.anchor.conference;
        let telling_title = sought.title_words.weight >= TELLING;
        let kinship = match sought.known_by.len() {
            // With so few words the title says more, and so does a file with no other talk.
            ..ENOUGH_WORDS => {
                let place = if same_file && self.only_talk(talk) { SAME_TALK } else { 0.0 };
                let title = match () {
                    () if same_file => title,
                    // Every event has its lightning talks.
                    () if telling_title || same_conference => title * 0.8,
                    () => title * 0.5,
                };
                words.max(title).max(place)
            }
            // A talk may have been written anew below its title, if nothing else turns up.
            _ if same_title && same_file && telling_title => (words + 0.25).max(WRITTEN_ANEW),
            _ if same_title && telling_title => words + 0.4,
            _ if same_title => words + 0.25,
            _ => words,
        };
        let kinship = kinship.min(1.0);
        Kin { talk, kinship, same_title }
    }

    fn only_talk(&self, talk: TalkId) -> bool {
        let spans = &self.library.talk(talk).spans;
        spans.iter().all(|span| self.parts(span.file).iter().all(|part| part.talk == talk))
    }

    /// Weighs the lines of some talks.
    fn weigh(&mut self, sought: &Sought, kin: &[Kin]) -> Vec<Candidate> {
        let mut all = Vec::new();
        for kin in kin {
            let files: BTreeSet<FileId> = self.library.talk(kin.talk).spans.iter().map(|s| s.file).collect();
            for file in files {
                let sheet = self.sheet(file);
                let own = |at: &usize| sheet.rows[*at].talk == Some(kin.talk);
                all.extend(
                    (0..sheet.rows.len()).filter(own).filter_map(|at| weigh_line(sought, *kin, &sheet, at)),
                );
            }
        }
        all
    }

    /// The heading above a line that is gone, or its talk.
    fn above(&mut self, sought: &Sought, kin: &[Kin]) -> Option<Found> {
        // A talk of which nothing is known but its file may be another one.
        let known = kin.iter().filter(|kin| kin.kinship >= WRITTEN_ANEW);
        let kin = known.max_by(|a, b| a.kinship.total_cmp(&b.kinship))?;
        let spans = &self.library.talk(kin.talk).spans;
        let span = spans.iter().find(|s| sought.files.contains(&s.file)).unwrap_or(&spans[0]);
        let heading = self.sheet(span.file).heading(kin.talk, &sought.anchor.trail);
        let line = heading.unwrap_or(span.line());
        // A bookmark without a quote is one of the talk.
        let moved = if sought.anchor.quote.is_empty() { None } else { Some(Moved::Gone) };
        Some(Found { talk: kin.talk, file: span.file, line, moved })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::load::{Roots, load};

    fn library(files: &[(&str, &str)]) -> Library {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("file");
        }
        load(&Roots::Paths(vec![folder.path().to_path_buf()]), false).expect("notes")
    }

    const NOTES: &str = "# PyCon 2017\n\n## One\n\nAda Lovelace\n\n* first of all the engine\n* second to none\n\n\
                         ### Questions\n\n* what about looms\n\n## Two\n\nGrace Hopper\n\n* third time is a charm\n";

    fn anchor(slug: &str, line: usize) -> Anchor {
        let library = library(&[("notes.md", NOTES)]);
        let talk = library.by_slug(slug).expect("there");
        Anchor::of(&library, talk, line, 0).expect("made")
    }

    /// What is found of a line of the notes in other notes: talk, line, why it is not where it was.
    fn check(
        slug: &str,
        line: usize,
        files: &[(&str, &str)],
        expected: Option<(&str, usize, Option<Moved>)>,
    ) {
        let after = library(files);
        let found = Resolver::new(&after).find(&anchor(slug, line));
        let found = found.map(|f| (after.talk(f.talk).title.as_str(), f.line, f.moved));
        assert_eq!(found, expected, "line {line} of {slug}");
    }

    #[test]
    fn an_anchor_in_the_middle_of_a_long_text_of_any_script() {
        // Each character takes three bytes, so that most places are within one.
        for pad in 0..3 {
            let long = format!("{}{}\n\n", "x".repeat(pad), "会議の記録。".repeat(400));
            let notes =
                format!("# PyCon 2017\n\n## One\n\n{long}## Two\n\n* about looms\n\n## Three\n\n{long}");
            let library = library(&[("notes.md", &notes)]);
            let talk = library.by_slug("pycon-2017/two").expect("there");
            let anchor = Anchor::of(&library, talk, 9, 0).expect("made");
            assert_eq!(anchor.quote, "* about looms");
            assert_eq!(Resolver::new(&library).find(&anchor).map(|found| found.line), Some(9));
        }
    }

    #[test]
    fn each_reason_is_told_apart() {
        let all = [Moved::Title, Moved::File, Moved::Talk, Moved::Section, Moved::Words, Moved::Gone];
        let words: BTreeSet<&str> = all.into_iter().map(Moved::words).collect();
        assert!(words.len() == all.len() && words.iter().all(|words| words.starts_with("it")), "{words:?}");
    }

    #[test]
    fn what_is_nothing_is_not_written() {
        let text = "# PyCon 2017\n\n## One\n\n* same\n* same\n* same\n* other\n\n## Two\n\n* same\n* looms\n";
        let library = library(&[("notes.md", text)]);
        let one = library.by_slug("pycon-2017/one").expect("there");
        let made = |line, offset| Anchor::of(&library, one, line, offset).expect("made");
        let same = made(6, 0);
        assert_eq!((same.twins, same.cousins), (2, 1));
        let json = |anchor: &Anchor| serde_json::to_string(anchor).expect("JSON");
        assert!(json(&same).contains("\"twins\":2,\"cousins\":1"), "{}", json(&same));
        let other = made(8, 3);
        assert_eq!((other.twins, other.cousins, other.line, other.offset), (0, 0, 8, 3));
        assert!(!json(&other).contains("twins") && !json(&other).contains("cousins"), "{}", json(&other));
        // A blank line has no letters to count.
        assert_eq!((made(9, 3).line, made(9, 3).offset), (8, 0));
    }

    #[test]
    fn what_an_anchor_holds() {
        let anchor = anchor("pycon-2017/one", 12);
        assert_eq!((anchor.path.as_str(), anchor.quote.as_str()), ("notes.md", "* what about looms"));
        assert_eq!(
            (&anchor.trail[..], anchor.before.as_str()),
            (&["Questions".to_owned()][..], "### Questions")
        );
        assert_eq!(anchor.after, "## Two");
        assert!(!anchor.root.is_empty() && !anchor.root.contains('/'));
    }

    #[test]
    fn a_blank_line_is_known_by_the_next() {
        let anchor = anchor("pycon-2017/one", 6);
        assert_eq!((anchor.line, anchor.quote.as_str()), (7, "* first of all the engine"));
    }

    #[test]
    fn where_lines_go() {
        let edit = |from: &str, to: &str| NOTES.replace(from, to);
        let second = |notes: &str, expected| check("pycon-2017/one", 8, &[("notes.md", notes)], expected);
        second(NOTES, Some(("One", 8, None)));
        second(&edit("## One", "Hello.\n\n## One"), Some(("One", 10, None)));
        second(&edit("## One", "## The first"), Some(("The first", 8, Some(Moved::Title))));
        second(&edit("* second to none", "* second to very few"), Some(("One", 8, Some(Moved::Words))));
        second(
            &edit("* second to none\n", "").replace("* what about looms", "* second to none"),
            Some(("One", 11, Some(Moved::Section))),
        );
        check(
            "pycon-2017/one",
            12,
            &[("notes.md", &edit("* what about looms\n", ""))],
            Some(("One", 10, Some(Moved::Gone))),
        );
        let moved = [("other.md", NOTES), ("notes.md", "# PyCon 2017\n\n## Three\n\n* nothing\n")];
        check("pycon-2017/one", 8, &moved, Some(("One", 8, Some(Moved::File))));
    }

    /// Where a line of some notes is in others: talk, file, line, why it is not where it was.
    fn follow(
        (before, slug, line): (&[(&str, &str)], &str, usize),
        after: &[(&str, &str)],
        only_there: bool,
    ) -> Option<(String, String, usize, Option<Moved>)> {
        let (before, after) = (library(before), library(after));
        let talk = before.by_slug(slug).expect("there");
        let anchor = Anchor::of(&before, talk, line, 0).expect("made");
        let mut resolver = Resolver::new(&after);
        if only_there {
            resolver = resolver.only_there();
        }
        let found = resolver.find(&anchor)?;
        let path = portable(after.file(found.file).relative());
        Some((after.talk(found.talk).title.clone(), path, found.line, found.moved))
    }

    fn place(
        talk: &str,
        path: &str,
        line: usize,
        moved: Option<Moved>,
    ) -> Option<(String, String, usize, Option<Moved>)> {
        Some((talk.into(), path.into(), line, moved))
    }

    const LOOM: &str = "* jacquard looms read their patterns from punched cards\n";

    #[test]
    fn a_line_that_went_to_another_talk() {
        let around = format!("* warp comes first of everything\n{LOOM}* weft follows after a while\n");
        // Most of the talk stays, so that it is known where it was.
        let rest = "* bobbins wound overnight\n* spindles turning clockwise\n* shuttles flying sideways\n\
                    * treadles pressed alternately\n* heddles lifting threads\n* selvedges kept straight\n\n";
        let one = format!("# PyCon 2017\n\n## One\n\nAda Lovelace\n\n{around}{rest}");
        let two = "## Two\n\nGrace Hopper\n\n* compilers translate programs\n";
        let before = format!("{one}{two}");
        let before = [("notes.md", before.as_str())];
        let without = format!("# PyCon 2017\n\n## One\n\nAda Lovelace\n\n{rest}");
        let moved = format!("{without}{two}{around}");
        let sought = (&before[..], "pycon-2017/one", 8);
        let gone = place("One", "notes.md", 3, Some(Moved::Gone));
        assert_eq!(
            follow(sought, &[("notes.md", &moved)], false),
            place("Two", "notes.md", 20, Some(Moved::Talk))
        );
        // Who looks nowhere else does not see it.
        assert_eq!(follow(sought, &[("notes.md", &moved)], true), gone);
        // In two of them it says nothing about either.
        let twice = format!("{moved}\n## Three\n\nJean Bartik\n\n* ballistics by hand\n{around}");
        assert_eq!(follow(sought, &[("notes.md", &twice)], false), gone);
        // A line much like it that stayed is less than the very line.
        let stayed = one.replace("looms read their patterns from", "engines take long programs of");
        let both = format!("{stayed}{two}{around}");
        assert_eq!(
            follow(sought, &[("notes.md", &both)], false),
            place("Two", "notes.md", 23, Some(Moved::Talk))
        );
    }

    #[test]
    fn a_talk_that_went_to_another_file() {
        let talk = "* looms\n* engines of difference turn their wheels\n* numbers are printed in columns\n";
        let other = "## Two\n\nGrace Hopper\n\n* compilers translate programs\n";
        let before = format!("# PyCon 2017\n\n## Analytical machinery\n\n{talk}\n{other}");
        let before = [("2017/notes.md", before.as_str()), ("2018/x.md", "# RustFest 2018\n\n## X\n\ny\n")];
        // A line that says too little to be looked for everywhere.
        let sought = (&before[..], "pycon-2017/analytical-machinery", 5);
        let rest = format!("# PyCon 2017\n\n{other}");
        // Known by its title, wherever it is.
        let elsewhere = format!("# RustFest 2018\n\n## Analytical machinery\n\n{talk}\n## X\n\ny\n");
        let after = [("2017/notes.md", rest.as_str()), ("2018/x.md", elsewhere.as_str())];
        assert_eq!(
            follow(sought, &after, false),
            place("Analytical machinery", "2018/x.md", 5, Some(Moved::File))
        );
        assert_eq!(follow(sought, &after, true), None);
        // Known by its conference, with another title.
        let renamed = format!("# PyCon 2017\n\n## Cogs and steam\n\n{talk}");
        let after = [("2017/notes.md", rest.as_str()), ("2018/y.md", renamed.as_str())];
        assert_eq!(
            follow(sought, &after, false),
            place("Cogs and steam", "2018/y.md", 5, Some(Moved::Title))
        );
        // Known by its folder, where neither is left.
        let renamed = format!("# EuroPython 2017\n\n## Cogs and steam\n\n{talk}\n## Z\n\nz\n");
        let after = [("2017/notes.md", rest.as_str()), ("2017/y.md", renamed.as_str())];
        assert_eq!(
            follow(sought, &after, false),
            place("Cogs and steam", "2017/y.md", 5, Some(Moved::Title))
        );
        // Known by the very line, where nothing else is left.
        let after = [("2017/notes.md", rest.as_str()), ("2018/y.md", renamed.as_str())];
        assert_eq!(
            follow((&before, "pycon-2017/analytical-machinery", 6), &after, false),
            place("Cogs and steam", "2018/y.md", 6, Some(Moved::Title))
        );
        // But one of few letters stands anywhere.
        assert_eq!(follow(sought, &after, false), None);
        // Written anew below its title.
        let anew =
            format!("# PyCon 2017\n\n## Analytical machinery\n\n* nothing of all that was kept\n\n{other}");
        assert_eq!(
            follow(sought, &[("2017/notes.md", &anew)], false),
            place("Analytical machinery", "2017/notes.md", 3, Some(Moved::Gone))
        );
        // A file of its name in another folder is another file.
        let whole = format!("# PyCon 2017\n\n## Analytical machinery\n\n{talk}\n{other}");
        assert_eq!(
            follow(sought, &[("2018/notes.md", &whole)], false),
            place("Analytical machinery", "2018/notes.md", 5, Some(Moved::File))
        );
        let flat = [("notes.md", whole.as_str())];
        assert_eq!(
            follow((&flat, "pycon-2017/analytical-machinery", 5), &[("2019/notes.md", &whole)], false),
            place("Analytical machinery", "2019/notes.md", 5, Some(Moved::File))
        );
    }

    #[test]
    fn of_few_words_the_title_speaks_at_its_own_event() {
        let before =
            "# PyCon 2017\n\n## Panel\n\nok\n\n## Two\n\nGrace Hopper\n\n* compilers translate programs\n";
        let sought = (&[("a/notes.md", before)][..], "pycon-2017/panel", 5);
        let rest = "# PyCon 2017\n\n## Two\n\nGrace Hopper\n\n* compilers translate programs\n";
        let own = [("a/notes.md", rest), ("b/panel.md", "# PyCon 2017\n\n## Panel\n\nok\n\n## X\n\nx\n")];
        assert_eq!(follow(sought, &own, false), place("Panel", "b/panel.md", 5, Some(Moved::File)));
        let other =
            [("a/notes.md", rest), ("b/panel.md", "# RustFest 2018\n\n## Panel\n\nok\n\n## X\n\nx\n")];
        assert_eq!(follow(sought, &other, false), None);
    }

    #[test]
    fn of_two_talks_of_one_title_the_one_that_says_what_was_said() {
        let own = "* punched cards carry patterns\n* looms weave them without mistakes\n* operators change spindles\n";
        let shared = "* everybody asks about prices afterwards\n";
        let before = format!("# PyCon 2017\n\n## Keynote address\n\n{own}{shared}");
        let before = [("one.md", before.as_str())];
        let changed = shared.replace("prices afterwards", "money afterwards");
        let one = format!("# PyCon 2017\n\n## Keynote address\n\n{own}{changed}");
        let two = format!(
            "# PyCon 2018\n\n## Keynote address\n\n* punched cards carry nothing\n* compilers translate\n{shared}"
        );
        let after = [("one.md", one.as_str()), ("two.md", two.as_str())];
        assert_eq!(
            follow((&before, "pycon-2017/keynote-address", 8), &after, false),
            place("Keynote address", "one.md", 8, Some(Moved::Words))
        );
    }

    #[test]
    fn a_folder_that_is_read_has_its_own_lost_ones() {
        let before = library(&[("notes.md", NOTES)]);
        let talk = before.by_slug("pycon-2017/one").expect("there");
        let mut anchor = Anchor::of(&before, talk, 8, 0).expect("made");
        let other = library(&[("notes.md", "# Other 2020\n\n## X\n\ny\n\n## Z\n\nw\n")]);
        assert!(Resolver::new(&other).is_elsewhere(&anchor));
        // The same folder, with other notes in it.
        anchor.root = root(other.file(FileId(0)));
        assert!(!Resolver::new(&other).is_elsewhere(&anchor));
        // What was built in or typed has no folder: then its file speaks.
        anchor.root.clear();
        assert!(!Resolver::new(&other).is_elsewhere(&anchor));
        anchor.path = "elsewhere.md".into();
        assert!(Resolver::new(&other).is_elsewhere(&anchor));
        let built_in = load(&Roots::Builtin, false).expect("notes");
        let talk = built_in.talk_ids().next().expect("a talk");
        assert_eq!(Anchor::of(&built_in, talk, 1, 0).expect("made").root, "");
    }

    #[test]
    fn a_talk_that_is_gone_is_lost() {
        let end = NOTES.find("## One").expect("there")..NOTES.find("## Two").expect("there");
        let notes = NOTES.replace(&NOTES[end], "");
        for line in [3, 5, 7, 8, 10, 12] {
            check("pycon-2017/one", line, &[("notes.md", &notes)], None);
        }
    }

    #[test]
    fn two_talks_of_one_title_are_told_apart() {
        let text =
            "# PyCon 2017\n\n## Keynote\n\nAda Lovelace\n\n* one\n\n## Keynote\n\nGrace Hopper\n\n* two\n";
        let library = library(&[("notes.md", text)]);
        for (talk, line) in [(0, 3), (0, 7), (1, 13), (1, 9)] {
            let anchor = Anchor::of(&library, TalkId(talk), line, 0).expect("made");
            let found = Resolver::new(&library).find(&anchor).expect("found");
            assert_eq!((found.talk, found.line, found.moved), (TalkId(talk), line, None));
        }
    }

    /// The same notes read from the folder above, or from below.
    #[test]
    fn the_folder_may_be_read_from_elsewhere() {
        let folder = tempfile::tempdir().expect("a folder");
        let below = folder.path().join("mine/2017");
        std::fs::create_dir_all(&below).expect("a folder");
        std::fs::write(below.join("notes.md"), NOTES).expect("file");
        let read = |path: &Path| load(&Roots::Paths(vec![path.to_path_buf()]), false).expect("notes");
        let roots =
            [folder.path().to_path_buf(), folder.path().join("mine"), below.clone(), below.join("notes.md")];
        for made_in in &roots {
            let library = read(made_in);
            let talk = library.talk_ids().next().expect("a talk");
            let anchor = Anchor::of(&library, talk, 8, 0).expect("made");
            for read_from in &roots {
                let library = read(read_from);
                let found = Resolver::new(&library).find(&anchor).expect("found");
                assert_eq!((found.line, found.moved), (8, None), "{made_in:?} {read_from:?} {anchor:?}");
            }
        }
    }

    #[test]
    fn other_notes_are_not_lost() {
        let anchor = anchor("pycon-2017/one", 8);
        let other = library(&[("notes.md", "# Other 2020\n\n## X\n\ny\n\n## Z\n\nw\n")]);
        let mut resolver = Resolver::new(&other);
        assert_eq!(resolver.find(&anchor), None);
        assert!(resolver.is_elsewhere(&anchor));
        let same = library(&[("notes.md", "# PyCon 2017\n\n## X\n\ny\n\n## Z\n\nw\n")]);
        assert!(!Resolver::new(&same).is_elsewhere(&anchor));
    }
}
