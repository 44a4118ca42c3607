//! The command line's JSON. Its shape is a promise to scripts: add to it, never change it.

mod glance;

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::library::people;
use crate::library::problems::Problem as LibraryProblem;
use crate::library::{self, FileId, Library, TalkId};
use crate::report::bookmarks::Mark;
use crate::search::text::{Unit, Units};
use crate::text::safe::is_deceptive;
use crate::text::signs;

pub(super) use glance::{Key, digest, digested, keys, stats};

/// The version of the shape.
const FORMAT: u32 = 1;

#[derive(Serialize)]
pub(super) struct Document {
    format: u32,
    conferences: Vec<Conference>,
    introductions: Vec<Introduction>,
    furniture: Vec<Furniture>,
    problems: Vec<Problem>,
}

#[derive(Serialize)]
struct Conference {
    id: String,
    name: String,
    year: Option<u16>,
    tracks: Vec<Track>,
}

#[derive(Serialize)]
struct Track {
    name: Option<String>,
    talks: Vec<Talk>,
}

#[derive(Serialize)]
struct Talk {
    id: String,
    title: String,
    speakers: Vec<Speaker>,
    date: Option<String>,
    starred: bool,
    tags: Vec<String>,
    words: usize,
    links: Vec<Link>,
    #[serde(flatten)]
    first: Option<Span>,
    spans: Vec<Span>,
}

/// A talk on a line of its own: it says where it stands.
#[derive(Serialize)]
pub(super) struct LooseTalk {
    conference: String,
    year: Option<u16>,
    track: Option<String>,
    #[serde(flatten)]
    talk: Talk,
}

/// A talk that a query found.
#[derive(Serialize)]
pub(super) struct FoundTalk {
    why: Vec<&'static str>,
    #[serde(flatten)]
    talk: LooseTalk,
}

/// The talks that a query found, best first.
#[derive(Serialize)]
pub(super) struct FoundTalks {
    format: u32,
    talks: Vec<FoundTalk>,
}

/// The lines that a text search found.
#[derive(Serialize)]
pub(super) struct FoundLines {
    format: u32,
    lines: Vec<FoundLine>,
}

/// A line that a text search found; `matches` are bytes of `text`.
#[derive(Serialize)]
pub(super) struct FoundLine {
    path: String,
    line: usize,
    text: String,
    matches: Vec<[usize; 2]>,
    talk: Option<String>,
}

#[derive(Serialize)]
struct Speaker {
    name: String,
    affiliation: Option<String>,
    handle: Option<String>,
}

#[derive(Serialize)]
struct Link {
    kind: &'static str,
    label: String,
    url: String,
}

#[derive(Serialize, Clone)]
struct Span {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path_bytes: Option<Vec<u8>>,
    line: usize,
    end_line: usize,
}

#[derive(Serialize)]
struct Introduction {
    #[serde(flatten)]
    span: Span,
    of: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Furniture {
    #[serde(flatten)]
    span: Span,
    reason: &'static str,
}

#[derive(Serialize)]
pub(super) struct Problem {
    path: String,
    line: Option<usize>,
    severity: &'static str,
    code: &'static str,
    message: String,
}

/// What `speakers --json` prints.
#[derive(Serialize)]
pub(super) struct Speakers {
    format: u32,
    speakers: Vec<Person>,
}

/// Somebody who spoke, with the ids of their talks.
#[derive(Serialize)]
pub(super) struct Person {
    name: String,
    spellings: Vec<String>,
    talks: Vec<String>,
}

/// What `bookmark list --json` prints.
#[derive(Serialize)]
pub(super) struct Bookmarks {
    format: u32,
    bookmarks: Vec<Bookmark>,
}

/// A bookmark with its place of today; `path` and `line` are null where it has none.
#[derive(Serialize)]
pub(super) struct Bookmark {
    id: String,
    revision: u64,
    state: &'static str,
    why: Option<&'static str>,
    talk: Option<String>,
    title: String,
    conference: String,
    path: Option<String>,
    line: Option<usize>,
    quote: String,
    note: String,
    tags: Vec<String>,
    made: String,
    due: Option<String>,
    interval: Option<u32>,
    was: Was,
}

/// Where a bookmark was when it was set.
#[derive(Serialize)]
struct Was {
    conference: String,
    title: String,
    path: String,
    line: usize,
    trail: Vec<String>,
}

/// What `doctor --json` prints.
#[derive(Serialize)]
pub(super) struct Findings {
    format: u32,
    furniture: Vec<Furniture>,
    problems: Vec<Problem>,
}

/// The whole library, or the talks of it that `wanted` lets through.
pub(super) fn document(library: &Library, wanted: impl Fn(TalkId) -> bool) -> Document {
    let mut conferences = Vec::new();
    for (at, conference) in library.conferences.iter().enumerate() {
        let id = library::ConferenceId(at as u32);
        let tracks = library.tracks_of(id).map(|track| Track {
            name: library.track(track).name.clone(),
            talks: library.talks_of(track).filter(|t| wanted(*t)).map(|t| talk(library, t)).collect(),
        });
        let tracks: Vec<Track> = tracks.filter(|t| !t.talks.is_empty()).collect();
        if !tracks.is_empty() {
            conferences.push(Conference {
                id: conference.slug.clone(),
                name: conference.name.clone(),
                year: conference.year,
                tracks,
            });
        }
    }
    let introductions = library.introductions.iter().map(|intro| Introduction {
        span: span(library, &intro.span),
        of: intro.of.map(|id| library.conference(id).slug.clone()),
    });
    Document {
        format: FORMAT,
        conferences,
        introductions: introductions.collect(),
        furniture: furniture(library),
        problems: library.problems.iter().map(problem).collect(),
    }
}

/// One talk with its conference and track beside it.
pub(super) fn loose_talk(library: &Library, id: TalkId) -> LooseTalk {
    let conference = library.conference_of(id);
    LooseTalk {
        conference: conference.name.clone(),
        year: conference.year,
        track: library.track(library.talk(id).track).name.clone(),
        talk: talk(library, id),
    }
}

/// Talks that a query found.
pub(super) fn found_talks(talks: Vec<FoundTalk>) -> FoundTalks {
    FoundTalks { format: FORMAT, talks }
}

/// Lines that a text search found.
pub(super) fn found_lines(lines: Vec<FoundLine>) -> FoundLines {
    FoundLines { format: FORMAT, lines }
}

/// A talk that a query found, and why.
pub(super) fn found(library: &Library, id: TalkId, why: Vec<&'static str>) -> FoundTalk {
    FoundTalk { why, talk: loose_talk(library, id) }
}

/// A line that a text search found. `bytes` is the line in its file, `lit` what matches in it.
pub(super) fn found_line(
    library: &Library,
    units: &Units,
    file: FileId,
    number: usize,
    bytes: &std::ops::Range<usize>,
    lit: &[std::ops::Range<usize>],
) -> FoundLine {
    let source = library.file(file);
    let talk = match units.at(file, bytes.start + lit.first().map_or(0, |lit| lit.start)) {
        Some(Unit::Talk(id)) => Some(library.slug(id).to_owned()),
        _ => None,
    };
    FoundLine {
        path: source.path.to_string_lossy().into_owned(),
        line: source.source_line(number),
        text: source.text[bytes.clone()].to_owned(),
        matches: lit.iter().map(|lit| [lit.start, lit.end]).collect(),
        talk,
    }
}

/// Everybody who spoke.
pub(super) fn speakers(library: &Library, people: &[people::Person]) -> Speakers {
    Speakers { format: FORMAT, speakers: people.iter().map(|p| person(library, p)).collect() }
}

/// One person with the ids of their talks.
pub(super) fn person(library: &Library, person: &people::Person) -> Person {
    Person {
        name: person.name.clone(),
        spellings: person.spellings.clone(),
        talks: person.talks.iter().map(|id| library.slug(*id).to_owned()).collect(),
    }
}

/// Bookmarks, in the order given.
pub(super) fn bookmarks(bookmarks: Vec<Bookmark>) -> Bookmarks {
    Bookmarks { format: FORMAT, bookmarks }
}

/// A bookmark with its place of today.
pub(super) fn bookmark(library: &Library, mark: &Mark) -> Bookmark {
    let bookmark = &mark.bookmark;
    let was = &bookmark.anchor;
    let file = mark.found.map(|found| (library.file(found.file), found.line));
    Bookmark {
        id: bookmark.id.clone(),
        revision: bookmark.revision,
        state: mark.state.name(),
        why: mark.state.words(),
        talk: mark.talk().map(|talk| library.slug(talk).to_owned()),
        title: mark.title(library).to_owned(),
        conference: mark.conference(library).to_owned(),
        path: file.map(|(file, _)| lossy(&file.path)),
        line: file.map(|(file, line)| file.source_line(line)),
        quote: was.quote.clone(),
        note: bookmark.note.clone(),
        tags: bookmark.tags.clone(),
        made: bookmark.made.clone(),
        due: bookmark.revisit.map(|revisit| revisit.due.to_string()),
        interval: bookmark.revisit.map(|revisit| revisit.interval),
        was: Was {
            conference: was.conference.clone(),
            title: was.talk.clone(),
            path: was.path.clone(),
            line: was.line,
            trail: was.trail.clone(),
        },
    }
}

/// What `doctor` has found.
pub(super) fn findings(library: &Library) -> Findings {
    Findings {
        format: FORMAT,
        furniture: furniture(library),
        problems: library.problems.iter().map(problem).collect(),
    }
}

/// A problem, or a piece of furniture: whichever it is, it has fields of its own.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Finding {
    Problem(Problem),
    Furniture(Furniture),
}

/// Hands on what `doctor` has found, one after the other.
pub(super) fn each_finding(
    library: &Library,
    mut tell: impl FnMut(Finding) -> io::Result<()>,
) -> io::Result<()> {
    library.problems.iter().try_for_each(|found| tell(Finding::Problem(problem(found))))?;
    furniture(library).into_iter().try_for_each(|piece| tell(Finding::Furniture(piece)))
}

fn furniture(library: &Library) -> Vec<Furniture> {
    let row = |f: &library::model::Furniture| Furniture { span: span(library, &f.span), reason: f.reason };
    library.furniture.iter().map(row).collect()
}

fn talk(library: &Library, id: TalkId) -> Talk {
    let talk = library.talk(id);
    let spans: Vec<Span> = talk.spans.iter().map(|s| span(library, s)).collect();
    let speaker = |s: &library::Speaker| Speaker {
        name: s.name.clone(),
        affiliation: s.affiliation.clone(),
        handle: s.handle.clone(),
    };
    let link = |l: library::links::Link| Link { kind: l.kind.name(), label: l.label, url: l.url };
    Talk {
        id: library.slug(id).to_owned(),
        title: talk.title.clone(),
        speakers: talk.speakers.iter().map(speaker).collect(),
        date: talk.date.map(|d| d.to_string()),
        starred: talk.starred,
        tags: talk.tags.clone(),
        words: library.words(id),
        links: library.links(id).into_iter().map(link).collect(),
        first: spans.first().cloned(),
        spans,
    }
}

fn span(library: &Library, span: &library::Span) -> Span {
    let path = &library.file(span.file).path;
    let (line, end_line) = library.source_lines(span);
    Span { path: lossy(path), path_bytes: bytes(path), line, end_line }
}

fn problem(problem: &LibraryProblem) -> Problem {
    Problem {
        path: lossy(&problem.path),
        line: problem.line,
        severity: problem.severity.name(),
        code: problem.code,
        message: problem.message.clone(),
    }
}

fn lossy(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The bytes of a path that is not UTF-8.
fn bytes(path: &Path) -> Option<Vec<u8>> {
    path.to_str().is_none().then(|| path.as_os_str().as_encoded_bytes().to_vec())
}

/// Writes a value as JSON in which no character could act on a terminal.
pub(super) fn write(to: &mut impl Write, value: &impl Serialize, pretty: bool) -> io::Result<()> {
    let result = if pretty {
        let mut ser = serde_json::Serializer::with_formatter(to, Escaped(PrettyFormatter::new()));
        value.serialize(&mut ser)
    } else {
        let mut ser = serde_json::Serializer::with_formatter(to, Escaped(CompactFormatter));
        value.serialize(&mut ser)
    };
    result.map_err(io::Error::from)
}

/// A formatter that also `\u`-escapes DEL, the C1 controls, and what hides or turns text.
struct Escaped<F>(F);

impl<F: Formatter> Formatter for Escaped<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        let ascii = signs::repertoire() == signs::Repertoire::Ascii;
        let acts = |c: char| c.is_control() || is_deceptive(c) || ascii && !c.is_ascii();
        while let Some(at) = rest.find(acts) {
            to.write_all(&rest.as_bytes()[..at])?;
            let c = rest[at..].chars().next().unwrap_or(' ');
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(to, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        to.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.begin_array(to)
    }
    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_array(to)
    }
    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(to, first)
    }
    fn end_array_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_array_value(to)
    }
    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.begin_object(to)
    }
    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_object(to)
    }
    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(to, first)
    }
    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.begin_object_value(to)
    }
    fn end_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_object_value(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_is_escaped_and_comes_back() {
        let text = "a\u{1b}[2J\u{9b}\u{202e}\u{7f}\u{e0041}é";
        let mut out = Vec::new();
        write(&mut out, &text, false).expect("written");
        let json = String::from_utf8(out).expect("text");
        assert_eq!(json, r#""a\u001b[2J\u009b\u202e\u007f\udb40\udc41é""#);
        assert_eq!(serde_json::from_str::<String>(&json).expect("read"), text);
    }
}
