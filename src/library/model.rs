//! The library: every file's text, and one tree over it — conference → track → talk.
//!
//! The tree is flat vectors addressed by typed ids, in the order in which a person would list
//! them: the tracks of a conference stand together, and so do the talks of a track. Nothing here
//! copies text out of a file; talks, introductions and furniture are spans into it. The ids die
//! with the library; what outlives it is a talk's slug and its place in a file.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use smallvec::SmallVec;

use crate::library::assemble::Agreed;
use crate::library::conference::Named;
use crate::library::level::Decision;
use crate::library::links::{self, Link};
use crate::library::located::Located;
use crate::library::problems::Problem;
use crate::library::shelf::Shelf;
use crate::library::sketch::{Tale, Teller, Told};
use crate::library::{crew, ids};
use crate::markup::definitions::{Targets, targets};
use crate::markup::derived::Origin;
use crate::markup::{Dialect, Markup};
use crate::text::kept::Text;
use crate::text::line;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// The place in the library's vector.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

/// Notes that come with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuiltIn {
    /// The built-in collection.
    Collection,
    /// The tour of hallway.
    Tour,
}

ids! {
    /// A file that was read as text.
    FileId,
    /// A conference: an event in one year.
    ConferenceId,
    /// A track of one conference.
    TrackId,
    /// A talk.
    TalkId,
    /// What a file, conference or track says before its first talk.
    IntroductionId,
}

/// A run of whole lines in one file. There is one for each talk of a large library, so it is kept small; a file is
/// shorter than numbers of 32 bits reach ([`Limits`](crate::library::source::Limits)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The file.
    pub file: FileId,
    start: u32,
    end: u32,
    line: u32,
    end_line: u32,
}

/// The lines of a talk or an introduction: most have them in one piece.
pub type Spans = SmallVec<[Span; 1]>;

impl Span {
    /// These bytes of a file, which are its lines from one to another, counted from 1, the last included.
    pub(super) fn new(file: FileId, bytes: Range<usize>, line: usize, end_line: usize) -> Self {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let (start, end) = (short(bytes.start), short(bytes.end));
        Self { file, start, end, line: short(line), end_line: short(end_line) }
    }

    /// The same lines of the same file, which has another number.
    pub(super) fn in_file(self, file: FileId) -> Self {
        Self { file, ..self }
    }

    /// The bytes of the file's text, line ends included.
    pub fn bytes(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The first line, counted from 1.
    pub fn line(&self) -> usize {
        self.line as usize
    }

    /// The last line that is not blank, counted from 1, included.
    pub fn end_line(&self) -> usize {
        self.end_line as usize
    }
}

/// A text file as it was read.
#[derive(Debug, Clone)]
pub struct File {
    /// The path as the person gave it: root joined with the path below it. Standard input is
    /// `-`, notes that come with the program `builtin:NAME`.
    pub path: Located,
    /// Its whole text, decoded and with mangled signs repaired.
    pub text: Text,
    /// The way back to the lines of the source, where the text was derived from a page or a notebook.
    pub(crate) origin: Option<Arc<Origin>>,
    /// How its headings are marked.
    pub(crate) dialect: Dialect,
    /// How its text is marked up; found when something of it is first shown.
    pub(crate) markup: OnceLock<Markup>,
    /// Where the labels of its links lead, once somebody has asked.
    pub(crate) targets: OnceLock<Box<Targets>>,
}

impl File {
    /// The path below its root, what a bookmark holds.
    pub fn relative(&self) -> &Path {
        self.path.below()
    }

    /// The line of the source behind a line of the text, both counted from 1.
    pub fn source_line(&self, line: usize) -> usize {
        self.origin.as_ref().map_or(line, |origin| origin.line(line))
    }

    /// How its headings are marked.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Where the labels of its links lead.
    pub fn targets(&self) -> &Targets {
        self.targets.get_or_init(|| Box::new(targets(&self.text)))
    }

    /// How the text is marked up, decided by its content.
    pub fn markup(&self) -> Markup {
        *self.markup.get_or_init(|| match (&self.origin, self.dialect) {
            (Some(_), _) => Markup::Markdown,
            (None, dialect) if dialect.is_light() => Markup::Light(dialect),
            (None, _) => {
                let ending = self.relative().extension().and_then(|e| e.to_str()).unwrap_or_default();
                Markup::of(&self.text, matches!(ending, "md" | "markdown" | "mkd" | "mdown"))
            }
        })
    }
}

/// An event in one year.
#[derive(Debug, Clone)]
pub struct Conference {
    /// Its slug: unique in the library, stable while name and year stay.
    pub slug: String,
    /// The name, the year in it: "PyCon 2017".
    pub name: String,
    /// The year, where one is known.
    pub year: Option<u16>,
    /// Its tracks, in order.
    pub tracks: Range<u32>,
    /// What is said before its first talk, by file.
    pub introductions: Vec<IntroductionId>,
    /// The name without the year.
    pub(super) series: String,
    /// How its own files spell that, where other years are spelt otherwise.
    pub(super) spelt: Option<Box<str>>,
    /// What the spellings of its name have in common.
    pub(super) key: String,
    /// The slugs of its talks, once somebody has asked for one.
    pub(super) slugs: OnceLock<Vec<String>>,
}

/// What groups talks inside a conference.
#[derive(Debug, Clone)]
pub struct Track {
    /// The name; `None` for the talks that stand in no track.
    pub name: Option<String>,
    /// The conference it belongs to.
    pub conference: ConferenceId,
    /// Its talks, in order.
    pub talks: Range<u32>,
}

/// Somebody who gave a talk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Speaker {
    /// The name alone.
    pub name: String,
    /// Where they work or what they do, as written.
    pub affiliation: Option<String>,
    /// A handle or address, as written.
    pub handle: Option<String>,
}

/// One talk. What it says of itself ([`Told`]: title, speakers, date …) is read through it, and may be told only
/// then.
#[derive(Debug)]
pub struct Talk {
    /// The track it stands in.
    pub track: TrackId,
    /// The lines it owns; never empty, the first span holds the title.
    pub spans: Spans,
    pub(super) tale: Tale,
}

impl std::ops::Deref for Talk {
    type Target = Told;

    fn deref(&self) -> &Told {
        self.tale.get()
    }
}

/// What stands before the first talk of a file, a conference or a track.
#[derive(Debug)]
pub struct Introduction {
    /// Its lines.
    pub span: Span,
    /// The conference it introduces.
    pub of: Option<ConferenceId>,
    /// The conference that it is about, where no talk of that is told.
    pub(super) about: Option<Arc<Named>>,
}

/// What a page or an export left around the notes.
#[derive(Debug)]
pub struct Furniture {
    /// Its lines.
    pub span: Span,
    /// Why it is not notes, for a person.
    pub reason: &'static str,
}

/// Everything that was loaded, from all roots.
#[derive(Debug, Default)]
pub struct Library {
    /// The text files, in the order in which they were listed.
    pub files: Vec<Arc<File>>,
    /// How it was decided where the talks of each file are, where that was kept.
    pub decisions: Vec<Decision>,
    /// The conferences, by year, then name.
    pub conferences: Vec<Conference>,
    /// The tracks, conference by conference.
    pub tracks: Vec<Track>,
    /// The talks, track by track.
    pub talks: Vec<Talk>,
    /// What stands before talks.
    pub introductions: Vec<Introduction>,
    /// What is not notes.
    pub furniture: Vec<Furniture>,
    /// What could not be read or was guessed.
    pub problems: Vec<Problem>,
    /// What it is of the program's own, where it comes with the program and stands in no file.
    pub builtin: Option<BuiltIn>,
    /// Who tells the talks of each file that wait.
    pub(super) tellers: Vec<Option<Arc<Teller>>>,
    /// What it was made of, where that can be read again.
    pub(super) shelf: Shelf,
    /// What its files agreed on when it was made.
    pub(super) agreed: Arc<Agreed>,
}

impl Library {
    /// The file behind an id.
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.index()]
    }

    /// The talk behind an id.
    pub fn talk(&self, id: TalkId) -> &Talk {
        &self.talks[id.index()]
    }

    /// The track behind an id.
    pub fn track(&self, id: TrackId) -> &Track {
        &self.tracks[id.index()]
    }

    /// The conference behind an id.
    pub fn conference(&self, id: ConferenceId) -> &Conference {
        &self.conferences[id.index()]
    }

    /// The conference that a talk was given at.
    pub fn conference_of(&self, talk: TalkId) -> &Conference {
        self.conference(self.track(self.talk(talk).track).conference)
    }

    /// Every talk's id, in order.
    pub fn talk_ids(&self) -> impl DoubleEndedIterator<Item = TalkId> + use<> {
        (0..self.talks.len() as u32).map(TalkId)
    }

    /// The tracks of a conference.
    pub fn tracks_of(&self, conference: ConferenceId) -> impl Iterator<Item = TrackId> + use<> {
        self.conference(conference).tracks.clone().map(TrackId)
    }

    /// The talks of a track.
    pub fn talks_of(&self, track: TrackId) -> impl Iterator<Item = TalkId> + use<> {
        self.track(track).talks.clone().map(TalkId)
    }

    /// How many talks a conference has.
    pub fn count(&self, conference: ConferenceId) -> usize {
        self.tracks_of(conference).map(|t| self.track(t).talks.len()).sum()
    }

    /// The text of a span.
    pub fn text(&self, span: &Span) -> &str {
        &self.file(span.file).text[span.bytes()]
    }

    /// The lines of the source that a span takes, counted from 1, the last included.
    pub fn source_lines(&self, span: &Span) -> (usize, usize) {
        match &self.file(span.file).origin {
            Some(origin) => origin.lines(span.line(), span.end_line()),
            None => (span.line(), span.end_line()),
        }
    }

    /// The line of the source behind a line of a file that is known by its path.
    pub fn source_line_in(&self, path: &Path, line: usize) -> usize {
        self.files.iter().find(|f| *f.path == *path).map_or(line, |f| f.source_line(line))
    }

    /// Every link in a talk, each address once, in the order written. Found when asked for.
    pub fn links(&self, talk: TalkId) -> Vec<Link> {
        let spans = self.talk(talk).spans.iter();
        links::collect_in(spans.map(|span| (self.file(span.file), span.bytes())))
    }

    /// How many words a talk's body has: what is left when title, speakers and links are not
    /// counted. Counted when asked for.
    pub fn words(&self, talk: TalkId) -> usize {
        let talk = self.talk(talk);
        let body = talk.spans.iter().enumerate().map(|(at, span)| {
            let skip = if at == 0 { talk.header_lines } else { 0 };
            let text = self.text(span);
            let head: usize = text.split_inclusive('\n').take(skip).map(str::len).sum();
            line::count_words(&text[head..])
        });
        body.sum()
    }

    /// The talk that owns a line of a file.
    pub fn talk_at(&self, file: FileId, line: usize) -> Option<TalkId> {
        self.talk_ids().find(|id| {
            let spans = &self.talk(*id).spans;
            spans.iter().any(|s| s.file == file && (s.line()..=s.end_line()).contains(&line))
        })
    }

    /// The talk with this id on the command line.
    pub fn by_slug(&self, slug: &str) -> Option<TalkId> {
        let (of, _) = slug.split_once('/')?;
        self.talk_with_slug(self.conferences.iter().find(|c| c.slug == of)?, slug)
    }

    /// As [`Library::by_slug`], for whoever asks for many.
    pub fn by_slugs(&self) -> impl Fn(&str) -> Option<TalkId> {
        let of: HashMap<&str, usize> =
            self.conferences.iter().enumerate().map(|(at, c)| (c.slug.as_str(), at)).collect();
        move |slug| self.talk_with_slug(&self.conferences[*of.get(slug.split_once('/')?.0)?], slug)
    }

    fn talk_with_slug(&self, conference: &Conference, slug: &str) -> Option<TalkId> {
        let at = self.slugs(conference).iter().position(|s| s == slug)?;
        Some(TalkId(self.talks_of_conference(conference).start + at as u32))
    }

    /// A talk's id on the command line: the conference's slug, `/`, its own.
    pub fn slug(&self, talk: TalkId) -> &str {
        let conference = self.conference_of(talk);
        let first = self.talks_of_conference(conference).start;
        &self.slugs(conference)[(talk.0 - first) as usize]
    }

    /// The talks of a conference stand together.
    fn talks_of_conference(&self, conference: &Conference) -> Range<u32> {
        let track = |at: u32| &self.tracks[at as usize].talks;
        track(conference.tracks.start).start..track(conference.tracks.end - 1).end
    }

    fn slugs<'l>(&'l self, conference: &'l Conference) -> &'l [String] {
        conference.slugs.get_or_init(|| self.make_slugs(conference))
    }

    fn make_slugs(&self, conference: &Conference) -> Vec<String> {
        let talks: Vec<TalkId> = self.talks_of_conference(conference).map(TalkId).collect();
        let slug = |id: &TalkId| format!("{}/{}", conference.slug, ids::slug(&self.talk(*id).tale.title()));
        let mut slugs: Vec<String> = talks.iter().map(slug).collect();
        ids::distinguish(&mut slugs, |at| {
            let talk = self.talk(talks[at]);
            let path = talk.spans.first().map(|s| self.file(s.file).relative().display().to_string());
            let track = self.track(talk.track).name.clone().unwrap_or_default();
            format!("{}\n{track}\n{}", path.unwrap_or_default(), talk.tale.title())
        });
        slugs
    }

    /// Goes through the ids of all talks on the command line, in order, and keeps none that was not kept before.
    pub fn each_slug(&self, mut see: impl FnMut(TalkId, &str)) {
        for conference in &self.conferences {
            let made;
            let slugs = match conference.slugs.get() {
                Some(slugs) => slugs,
                None => {
                    made = self.make_slugs(conference);
                    &made
                }
            };
            let talks = self.talks_of_conference(conference).map(TalkId);
            talks.zip(slugs).for_each(|(talk, slug)| see(talk, slug));
        }
    }

    /// Looks at what a talk says, for whoever goes through all of them and keeps little of it: a talk that waits to be
    /// told goes on waiting.
    pub fn glance<R>(&self, talk: TalkId, see: impl FnOnce(&Told) -> R) -> R {
        self.talk(talk).tale.glance(see)
    }

    /// Has every talk told, for whoever is going to look at all of them. On all cores.
    pub fn tell_all(&self) {
        let bytes = crew::bytes(self.files.iter().map(|f| f.text.len()));
        crew::map(self.talks.chunks(TOLD_AT_ONCE), bytes, |talks| {
            talks.iter().for_each(|talk| _ = talk.tale.get());
        });
    }
}

/// How many talks are told before another thread may have its say.
const TOLD_AT_ONCE: usize = 64;
