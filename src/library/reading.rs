//! One file, read: its lines dealt out to talks, introductions and furniture.
//!
//! Every line that is not blank gets exactly one owner, by construction: owners start at marks
//! (headings, furniture) and own what follows up to the next mark; a line of furniture
//! interrupts its owner, which goes on behind it.

use std::path::Path;

use crate::library::conference::{self, Named};
use crate::library::dates::Date;
use crate::library::fields::{self, Key};
use crate::library::header;
use crate::library::headings::{self, Headings};
use crate::library::level::{self, Decision, Role};
use crate::library::model::Speaker;
use crate::library::speakers;
use crate::library::title;
use crate::library::vocabulary;
use crate::text::line::{Line, lines_from};

/// Who owns lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// What stands before talks.
    Introduction,
    /// A talk.
    Talk(Box<TalkReading>),
    /// What is not notes, with the reason.
    Furniture(&'static str),
}

/// A talk as its file tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TalkReading {
    /// The title.
    pub title: String,
    /// The speakers.
    pub speakers: Vec<Speaker>,
    /// The date.
    pub date: Option<Date>,
    /// The note-taker's star.
    pub starred: bool,
    /// Tags.
    pub tags: Vec<String>,
    /// The track that the text puts it in.
    pub track: Option<String>,
    /// The conference that the text puts it in.
    pub conference: Option<Named>,
    /// Lines from the title on that say what the talk is.
    pub header_lines: usize,
}

/// A run of lines and its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The owner, as an index into [`Reading::owners`].
    pub owner: usize,
    /// The byte at which it starts; it ends where the next one starts.
    pub start: usize,
    /// The line at which it starts, counted from 1.
    pub line: usize,
}

/// What was read in one file.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The owners of its lines.
    pub owners: Vec<Owner>,
    /// Which lines each owns, in order, covering the file.
    pub pieces: Vec<Piece>,
    /// The conference that the file speaks of.
    pub conference: Option<Named>,
    /// How the level of the talks was decided.
    pub decision: Decision,
    /// Guesses that a person may want to see: line and what was guessed.
    pub guesses: Vec<(usize, &'static str, String)>,
}

/// Reads a file's structure. `path` is the path below the root; its name is the last resort for
/// a title.
pub fn read(text: &str, path: &Path) -> Reading {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    if let Some(reason) = vocabulary::furniture_file(&stem) {
        return whole(Owner::Furniture(reason));
    }
    let found = headings::scan(text);
    let placed = conference::in_folders(path).conference.is_some();
    let (roles, decision) = level::roles(text, &found.all, placed);
    let mut reader = Reader {
        text,
        found: &found,
        reading: Reading { decision, ..Reading::default() },
        setting: Setting::default(),
    };
    reader.front_matter();
    reader.deal(&roles);
    if !reader.has_talk() {
        reader.single_talk(&stem, &roles);
    }
    reader.hand_on_front_matter();
    reader.interrupt_for_furniture();
    reader.reading
}

fn whole(owner: Owner) -> Reading {
    Reading { owners: vec![owner], pieces: vec![Piece { owner: 0, start: 0, line: 1 }], ..Reading::default() }
}

/// What stands for a file that could not be read for structure: one talk, named by the file.
pub fn unread(path: &Path) -> Reading {
    let title = conference::deslug(&path.file_stem().unwrap_or_default().to_string_lossy());
    whole(Owner::Talk(Box::new(TalkReading { title, ..TalkReading::default() })))
}

/// What headings above and front matter say of the talks below them.
#[derive(Debug, Clone, Default)]
struct Setting {
    track: Option<String>,
    date: Option<Date>,
    conference: Option<Named>,
    /// What front matter states of the file's talk, where it holds just one.
    front: TalkReading,
}

impl Setting {
    /// A talk about which nothing is known but where it stands.
    fn talk(&self) -> TalkReading {
        TalkReading {
            date: self.date,
            track: self.track.clone(),
            conference: self.conference.clone(),
            ..TalkReading::default()
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    found: &'t Headings<'t>,
    reading: Reading,
    setting: Setting,
}

impl Reader<'_> {
    fn has_talk(&self) -> bool {
        self.reading.owners.iter().any(|o| matches!(o, Owner::Talk(_)))
    }

    fn open(&mut self, owner: Owner, start: usize, line: usize) {
        self.reading.pieces.push(Piece { owner: self.reading.owners.len(), start, line });
        self.reading.owners.push(owner);
    }

    /// Front matter sets the scene for the whole file. Its author is who wrote the notes, not
    /// who spoke.
    fn front_matter(&mut self) {
        let Some((bytes, _)) = &self.found.front else {
            return;
        };
        let author = |line: &&str| line.trim_start().to_ascii_lowercase().starts_with("author");
        let front = &mut self.setting.front;
        for line in self.text[bytes.clone()].lines().filter(|l| !author(l)) {
            if let Some((Key::Title, value)) = fields::read(line) {
                front.title = title::read(value).text;
            }
            header::state(front, line);
        }
        self.setting.conference = front.conference.clone();
        self.setting.track = front.track.clone();
        self.setting.date = front.date;
        self.reading.conference = front.conference.clone();
    }

    /// Gives each heading's lines to the owner that its role asks for.
    fn deal(&mut self, roles: &[Role]) {
        if roles.first().is_none_or(|_| self.found.all[0].bytes.start > 0) {
            self.open(Owner::Introduction, 0, 1);
            self.name_in_opening();
        }
        for (at, (heading, role)) in self.found.all.iter().zip(roles).enumerate() {
            let (start, line) = (heading.bytes.start, heading.line);
            match role {
                Role::Part => {
                    if self.reading.pieces.is_empty() {
                        self.open(Owner::Introduction, start, line);
                    }
                }
                Role::Talk => {
                    let end = self.end_of_talk(at, roles);
                    let talk = self.talk(at, end);
                    self.open(Owner::Talk(Box::new(talk)), start, line);
                }
                _ => {
                    self.set_scene(role);
                    self.open(Owner::Introduction, start, line);
                }
            }
        }
    }

    /// The byte at which a talk ends: the next heading that is not a part of it.
    fn end_of_talk(&self, at: usize, roles: &[Role]) -> usize {
        let later = self.found.all.iter().zip(roles).skip(at + 1);
        later
            .filter(|(_, role)| **role != Role::Part)
            .map(|(heading, _)| heading.bytes.start)
            .next()
            .unwrap_or(self.text.len())
    }

    fn set_scene(&mut self, role: &Role) {
        match role {
            Role::Conference(named) => {
                self.reading.conference.get_or_insert_with(|| named.clone());
                self.setting.conference = Some(named.clone());
                self.setting.track = named.group.clone();
            }
            Role::Date(date) => self.setting.date = Some(*date),
            Role::Track(name) => self.setting.track = Some(name.clone()),
            _ => {}
        }
    }

    /// The lines before the first heading may name the conference too.
    fn name_in_opening(&mut self) {
        const LOOK_AT: usize = 12;
        let end = self.found.all.first().map_or(self.text.len(), |h| h.bytes.start);
        let skip = self.found.front.as_ref().map_or(0, |(bytes, _)| bytes.end).min(end);
        let lines = lines_from(&self.text[..end], skip, 1).filter(|l| !l.is_blank());
        let named = lines.take(LOOK_AT).find_map(|l| match fields::read(l.text) {
            Some((Key::Conference, value)) => Some(Named::stated(value)),
            _ => conference::in_line(l.text),
        });
        if let (Some(named), None) = (named, &self.setting.conference) {
            self.reading.conference = Some(named.clone());
            self.setting.track = self.setting.track.take().or(named.group.clone());
            self.setting.conference = Some(named);
        }
    }

    /// Reads a talk's heading and the lines below it that say what it is.
    fn talk(&mut self, at: usize, end: usize) -> TalkReading {
        let heading = &self.found.all[at];
        let read = title::read(heading.text);
        let mut talk = TalkReading {
            title: read.text,
            starred: read.starred,
            speakers: read.speakers,
            header_lines: heading.lines(),
            ..self.setting.talk()
        };
        let below = heading.line + heading.lines();
        header::read(&mut talk, heading.line, lines_from(&self.text[..end], heading.bytes.end, below));
        talk
    }

    /// A file without a heading for a talk is one talk: named by its front matter, its first
    /// line or its own name. A page that says no more than which conference it is about stays an
    /// introduction.
    fn single_talk(&mut self, stem: &str, roles: &[Role]) {
        let front = self.found.front.as_ref().map_or(0, |(bytes, _)| bytes.end);
        let body: Vec<Line> =
            lines_from(self.text, 0, 1).filter(|l| l.start >= front && !l.is_blank()).take(3).collect();
        let names_conference = roles.iter().any(|r| matches!(r, Role::Conference(_)));
        if body.is_empty() && self.setting.front.title.is_empty()
            || names_conference
            || self.reading.conference.is_some() && body.len() < 2
        {
            return;
        }
        let first = body.first().filter(|l| header::is_title_line(l, body.get(1)));
        let stated = Some(self.setting.front.title.clone()).filter(|t| !t.is_empty());
        let (raw, title_lines) = match (stated, first) {
            (Some(title), _) => (title, 0),
            (None, Some(line)) => (line.text.trim().to_owned(), 1),
            (None, None) => (conference::deslug(stem), 0),
        };
        if title_lines == 0 && self.found.front.is_none() {
            let message = format!("no title is written, so the file's name stands for it: \"{raw}\"");
            self.reading.guesses.push((1, "title", message));
        }
        let read = title::read(&raw);
        // Counted from where the talk's lines start: front matter, or the first line of text.
        let first_line = if front > 0 { 1 } else { body.first().map_or(1, |l| l.number) };
        let title_end = body.first().filter(|_| title_lines > 0).map(|l| l.number);
        let front_end = self.found.front.as_ref().map(|(_, last)| *last);
        let mut talk = TalkReading {
            title: if read.text.is_empty() { raw } else { read.text },
            starred: read.starred,
            header_lines: title_end.or(front_end).map_or(0, |last| last + 1 - first_line),
            ..self.setting.talk()
        };
        header::read(
            &mut talk,
            first_line,
            body.first().into_iter().skip(title_lines).chain(body.iter().skip(1)).copied(),
        );
        self.reading.owners.clear();
        self.reading.pieces.clear();
        self.open(Owner::Talk(Box::new(talk)), 0, 1);
    }

    /// What front matter states of people, tags and stars belongs to a file's only talk.
    fn hand_on_front_matter(&mut self) {
        let front = std::mem::take(&mut self.setting.front);
        let mut talks: Vec<&mut TalkReading> = self
            .reading
            .owners
            .iter_mut()
            .filter_map(|owner| match owner {
                Owner::Talk(talk) => Some(&mut **talk),
                _ => None,
            })
            .collect();
        if let [talk] = &mut talks[..] {
            speakers::merge(&mut talk.speakers, front.speakers);
            talk.tags.extend(front.tags);
            talk.starred |= front.starred;
        }
    }

    /// Cuts furniture out of whoever owns the lines around it. One pass over both, in order.
    fn interrupt_for_furniture(&mut self) {
        let before = std::mem::take(&mut self.reading.pieces);
        let mut pieces = before.into_iter().peekable();
        let mut dealt: Vec<Piece> = Vec::new();
        let mut owner = None;
        for (bytes, line, reason) in &self.found.furniture {
            while let Some(piece) = pieces.next_if(|p| p.start <= bytes.start) {
                owner = Some(piece.owner);
                if dealt.last().is_some_and(|p| p.start == piece.start) {
                    dealt.pop();
                }
                dealt.push(piece);
            }
            let Some(interrupted) = owner else {
                continue;
            };
            if dealt.last().is_some_and(|p| p.start == bytes.start) {
                dealt.pop();
            }
            let furniture = self.reading.owners.len();
            self.reading.owners.push(Owner::Furniture(reason));
            dealt.push(Piece { owner: furniture, start: bytes.start, line: *line });
            let next = bytes.end + 1;
            let taken = pieces.peek().is_some_and(|p| p.start == next);
            if !taken && next < self.text.len() {
                dealt.push(Piece { owner: interrupted, start: next, line: line + 1 });
            }
        }
        dealt.extend(pieces);
        self.reading.pieces = dealt;
    }
}

impl headings::Heading<'_> {
    /// How many lines the heading takes: two when it is underlined.
    fn lines(&self) -> usize {
        1 + usize::from(matches!(self.style, headings::Style::Setext(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn talks(text: &str) -> Vec<TalkReading> {
        let reading = read(text, Path::new("some-notes.md"));
        let talk = |owner: Owner| match owner {
            Owner::Talk(talk) => Some(*talk),
            _ => None,
        };
        reading.owners.into_iter().filter_map(talk).collect()
    }

    #[test]
    fn the_recommended_format() {
        let text = "# How it works ✨\n\nConference: PyCon 2017\nTrack: Data\nSpeaker: Ada Lovelace (Mill), Grace Hopper\n\
                    Date: 2017-05-20\nVideo: https://youtu.be/x\nTags: engines, looms\n\nBody.\n\n## Part\n\nMore.\n";
        let talks = talks(text);
        assert_eq!(talks.len(), 1);
        let talk = &talks[0];
        assert_eq!(talk.title, "How it works");
        assert_eq!(talk.speakers.len(), 2);
        assert_eq!(talk.conference.as_ref().map(Named::full).as_deref(), Some("PyCon 2017"));
        assert_eq!((talk.track.as_deref(), talk.starred, talk.tags.len()), (Some("Data"), true, 2));
        assert_eq!(talk.date.map(|d| d.to_string()).as_deref(), Some("2017-05-20"));
        assert_eq!(talk.header_lines, 8);
    }

    #[test]
    fn a_label_alone_takes_its_title_from_the_next_line() {
        let talks = talks("# RustFest 2023\n\n## Talk 1: One\n\nx\n\n## Talk 2:\n\nFaster strings\n\nbody\n");
        assert_eq!(talks[1].title, "Faster strings");
    }

    #[test]
    fn a_file_without_headings_is_one_talk() {
        assert_eq!(talks("just some words that go on and on.\n")[0].title, "Some notes");
        assert_eq!(
            talks("---\ntitle: Stated\nspeaker: Ada Lovelace\n---\n\nbody text here.\n")[0].title,
            "Stated"
        );
        assert!(talks("").is_empty());
    }

    #[test]
    fn furniture_interrupts_and_the_owner_goes_on() {
        let text = "# A Talk\n\nfirst\n\nShare on:\n\nsecond\n";
        let reading = read(text, Path::new("x.md"));
        let owners: Vec<_> = reading.pieces.iter().map(|p| (p.line, p.owner)).collect();
        assert_eq!(owners, [(1, 0), (5, 1), (6, 0)]);
    }

    proptest! {
        /// Pieces cover the text from its first byte on, in order, each at the start of a line.
        #[test]
        fn lines_are_dealt_out_once(lines in proptest::collection::vec(
            "(#{1,3} )?[A-Za-z ]{0,12}|Talk [0-9]: x|Share on:|---|===|```|  • [A-Z][a-z]+ [A-Z][a-z]+|RustFest 20[12][0-9]|\\PC{0,20}", 0..30))
        {
            let text = lines.join("\n");
            let reading = read(&text, Path::new("a/b.md"));
            let mut last = None;
            for piece in &reading.pieces {
                prop_assert!(last.is_none_or(|l| l < piece.start), "{:?}", reading.pieces);
                prop_assert_eq!(text[..piece.start].matches('\n').count() + 1, piece.line);
                prop_assert!(piece.start == 0 || text.as_bytes()[piece.start - 1] == b'\n');
                last = Some(piece.start);
            }
            let first_text = text.find(|c: char| !c.is_whitespace());
            if let (Some(at), Some(first)) = (first_text, reading.pieces.first()) {
                prop_assert!(first.start <= at);
            }
            prop_assert_eq!(reading.pieces.is_empty(), first_text.is_none() && reading.pieces.is_empty());
        }
    }
}
