//! What a talk's own lines tell of it: its title and speakers, from its heading, the lines below,
//! front matter and the file's name.
//!
//! Each place offers what it says with a weight; the weightiest offer holds.

use std::borrow::Cow;

use crate::library::dates::Date;
use crate::library::evidence::{Choice, Offer, Reasons};
use crate::library::features::Nature;
use crate::library::file_name::{self, Kind};
use crate::library::header;
use crate::library::headings;
use crate::library::level::Answer;
use crate::library::model::Speaker;
use crate::library::names;
use crate::library::place::Place;
use crate::library::problems::GUESSED_TITLE;
use crate::library::quick_look;
use crate::library::reading::{Owner, Reader, TalkReading, offer};
use crate::library::roles::Role;
use crate::library::sketch::{self, Below};
use crate::library::speakers;
use crate::library::title;
use crate::text::line::{Line, lines_from};

impl Reader<'_> {
    /// Reads a talk's heading and the lines below it that say what it is.
    pub(super) fn talk(&mut self, at: usize, end: usize) -> TalkReading {
        let heading = &self.case.headings[at];
        let place = self.case.place;
        let read = title::read(heading.text(self.case.text), &place.habits);
        let whole = self.reading.decision.answer == Some(Answer::Whole);
        // A person's name as the heading, and the title as the one right below it.
        // (Or "Keynote — Ada Lovelace", which says no more than what kind of talk it is.)
        let feature = &self.case.features[at];
        let kind_and_name = feature.titled && is_kind_of_talk(&read.text) && self.is_lone(at + 1, end);
        let below = self.case.headings.get(at + 1).filter(|_| {
            let open = self.case.features.get(at + 1).is_some_and(|f| f.nature == Nature::Open);
            (matches!(feature.nature, Nature::Person(_)) || kind_and_name) && feature.lines == 0 && open
        });
        if let Some(below) =
            below.filter(|b| b.style.depth() > heading.style.depth() && b.bytes().start < end)
        {
            return self.titled_below(at, below, end, read.speakers);
        }
        let mut titles: Choice<Cow<str>> = Choice::default();
        let weight = match self.case.features[at].nature {
            _ if !whole => 8,
            Nature::InsideTalk => 1,
            Nature::Group | Nature::Session if read.shape.is_none() => 3,
            _ if read.shape.is_some() || place.name.likeness(&read.text) >= 40 => 10,
            _ => 8,
        };
        titles.offer("its heading", weight, Cow::Owned(read.text));
        if whole {
            self.offer_names(&mut titles);
        }
        let mut talk =
            TalkReading { starred: read.starred, header_lines: heading.lines(), ..self.talk_in_setting() };
        talk.conference = talk.conference.or(read.conference);
        talk.date = read.date.or(talk.date);
        talk.why.titles(&titles);
        talk.title = titles.into_best().map(Cow::into_owned).unwrap_or_default();
        if let Some(shape) = read.shape.filter(|_| !read.speakers.is_empty()) {
            talk.name_speakers(shape.name(), 7, read.speakers);
        }
        // "Keynote: Ada Lovelace" says who spoke, and nothing of what.
        if talk.title.contains(':')
            && let Some((_, names)) = talk.title.split_once(": ").filter(|(kind, _)| is_kind_of_talk(kind))
            && let Some((people, _)) = speakers::people_surely(names)
        {
            talk.name_speakers("named behind the kind of talk", 6, people);
        }
        // A talk that is called after who gave it.
        if matches!(self.case.features[at].nature, Nature::Person(names::Strength::Known))
            && let Some((people, _)) = speakers::named_in_line(&talk.title)
        {
            talk.name_speakers("the title is a name", 4, people);
        }
        let below = Below::of(heading, end, self.is_lone(at + 1, end));
        if whole && self.may_wait(&talk, at, end) {
            talk.below = Some(below);
            return talk;
        }
        below.read(&mut talk, self.case.text);
        if whole {
            self.people_of_file_name(&mut talk);
            talk.date = talk.date.or(self.date_of_file_name());
        }
        talk
    }

    /// Whether a file's one talk, of which the title is read, may wait with what stands below that: it opens the file, so
    /// nothing above it has a say, and no other place has a name for who gave it if nobody is named there.
    fn may_wait(&self, talk: &TalkReading, at: usize, end: usize) -> bool {
        sketch::may_wait(&self.case, at, end)
            && self.case.headings[at].bytes().start == 0
            && !talk.title.is_empty()
            && self.named_in_file_name().is_none()
            && self.date_of_file_name().is_none()
    }

    /// Whether a heading inside a talk is the only one of its style there.
    fn is_lone(&self, at: usize, end: usize) -> bool {
        let mut inside = self.case.headings[at.min(self.case.headings.len())..]
            .iter()
            .take_while(|h| h.bytes().start < end);
        let style = inside.next().map(|h| h.style);
        inside.all(|h| Some(h.style) != style)
    }

    /// A talk whose heading is the speaker's name, with the title as the heading below it.
    fn titled_below(
        &self,
        at: usize,
        title: &headings::Heading,
        end: usize,
        named: Vec<Speaker>,
    ) -> TalkReading {
        let heading = &self.case.headings[at];
        let read = title::read(title.text(self.case.text), &self.case.place.habits);
        let mut talk = TalkReading {
            title: read.text.clone(),
            starred: read.starred,
            header_lines: title.next_line() - heading.line(),
            ..self.talk_in_setting()
        };
        talk.conference = talk.conference.or(read.conference);
        talk.date = read.date.or(talk.date);
        if talk.why.reasons == Reasons::Kept {
            talk.why.title.push(offer("the heading below the speaker's name", 8, read.text));
        }
        let alone = || speakers::named_in_line(heading.text(self.case.text)).map(|(people, _)| people);
        if let Some(people) = Some(named).filter(|named| !named.is_empty()).or_else(alone) {
            talk.name_speakers("the heading above the title", 8, people);
        }
        let lines = lines_from(&self.case.text[..end], title.bytes().end, title.next_line());
        header::read(&mut talk, heading.line(), lines, true);
        talk
    }

    /// The titles that the file's name and front matter offer to its one talk.
    fn offer_names<'r>(&'r self, titles: &mut Choice<Cow<'r, str>>) {
        let front = &self.setting.front.title;
        if !front.is_empty() {
            titles.offer("front matter", 9, Cow::Borrowed(front));
        }
        if let Some(listed) = self.case.place.listed.as_ref().filter(|l| !l.title.is_empty()) {
            let text = match quick_look::is_bare_title(&listed.title) {
                true => Cow::Borrowed(&*listed.title),
                false => Cow::Owned(title::read(&listed.title, &self.case.place.habits).text),
            };
            titles.offer("the index page", 6, text);
        }
        let name = &self.case.place.name;
        if name.kind == Kind::Group && !name.text.is_empty() {
            titles.offer("the file's name", 5, Cow::Borrowed(&name.text));
        }
        if name.kind == Kind::Title {
            let split = self.case.place.spoken_name.as_deref();
            let split_of_name = split.is_some();
            let text = split.map_or(name.text.as_str(), |split| &split.title);
            let text =
                file_name::speaker_behind(text).map_or(Cow::Borrowed(text), |(title, _)| Cow::Owned(title));
            let long = i32::from(text.split(' ').count() >= 3);
            let spoken = 4 * i32::from(split_of_name);
            let usual = 2 * i32::from(self.case.place.siblings.files.titles_in_names());
            titles.offer("the file's name", 3 + long + spoken + usual, text);
        }
    }

    /// A file's name may hold the speaker too.
    fn people_of_file_name(&self, talk: &mut TalkReading) {
        if talk.speakers.is_empty()
            && let Some((what, weight, people)) = self.named_in_file_name()
        {
            talk.name_speakers(what, weight, people);
        }
    }

    /// The day that a file's name says, where no other is known.
    fn date_of_file_name(&self) -> Option<Date> {
        self.case.place.name.date.filter(|date| date.day.is_some())
    }

    /// Who is named by the file's name, or where an index page leads to it: which of them says so, with its weight.
    fn named_in_file_name(&self) -> Option<(&'static str, i32, Vec<Speaker>)> {
        let Place { name, listed, habits, .. } = self.case.place;
        let listed = listed.as_ref().filter(|listed| !quick_look::is_bare_title(&listed.title));
        let listed = listed.map(|listed| title::read(&listed.title, habits).speakers).unwrap_or_default();
        if !listed.is_empty() {
            return Some(("the index page", 3, listed));
        }
        let people = match &self.case.place.spoken_name {
            _ if name.kind != Kind::Title => return None,
            Some(spoken) => spoken.people.clone(),
            None => {
                let (_, name) = file_name::speaker_behind(&name.text)?;
                vec![Speaker { name, ..Speaker::default() }]
            }
        };
        Some(("the file's name", 2, people))
    }

    /// A file without a heading for a talk is one talk: named by its front matter, its first
    /// line or its own name. A page that says no more than which conference it is about stays an
    /// introduction.
    pub(super) fn single_talk(&mut self, roles: &[Role], answer: Option<Answer>) {
        let front = self.case.found.front.as_ref().map_or(0, |(bytes, _)| bytes.end);
        let body: Vec<Line> =
            lines_from(self.case.text, 0, 1).filter(|l| l.start >= front && !l.is_blank()).take(12).collect();
        let names_conference = roles.iter().any(|r| matches!(r, Role::Conference(_)));
        if body.is_empty() && self.setting.front.title.is_empty()
            || names_conference && answer != Some(Answer::Whole)
            || answer.is_some_and(|a| a != Answer::Whole)
            || self.reading.conference.is_some() && body.len() < 2 && !self.setting.states_talk()
        {
            return;
        }
        let mut titles: Choice<Cow<str>> = Choice::default();
        self.offer_names(&mut titles);
        let marked = |h: &&headings::Heading| h.style < headings::Style::Item;
        let first = body
            .first()
            .filter(|l| self.case.headings.iter().find(marked).is_none_or(|h| h.line() != l.number));
        let first_title = first.and_then(|line| header::first_line_title(line, body.get(1), self.case.place));
        if let Some((weight, text)) = &first_title {
            titles.offer("its first line", *weight, Cow::Borrowed(text));
        }
        let stem = &self.case.place.name.text;
        titles.offer("the file's name", 1, Cow::Borrowed(stem));
        if let Some(heading) = self.case.headings.iter().find(marked) {
            titles.offer("its first heading", 2, title::strip_markup(heading.text(self.case.text)));
        }
        let (what, raw) = titles.best().map_or(("", ""), |(what, text)| (what, &**text));
        let raw = raw.to_owned();
        let title_lines = usize::from(what == "its first line");
        let guess = (what == "the file's name")
            .then(|| format!("no title is written, so the file's name stands for it: \"{raw}\""));
        let read = title::read(&raw, &self.case.place.habits);
        // Counted from where the talk's lines start: front matter, or the first line of text.
        let first_line = if front > 0 { 1 } else { body.first().map_or(1, |l| l.number) };
        let title_end = body.first().filter(|_| title_lines > 0).map(|l| l.number);
        let front_end = self.case.found.front.as_ref().map(|(_, last)| *last);
        let mut talk = TalkReading {
            title: if read.text.is_empty() { raw } else { read.text },
            starred: read.starred,
            header_lines: title_end.or(front_end).map_or(0, |last| last + 1 - first_line),
            ..self.talk_in_setting()
        };
        talk.conference = talk.conference.or(read.conference);
        talk.date = read.date.or(talk.date);
        talk.why.titles(&titles);
        if let Some(shape) = read.shape.filter(|_| !read.speakers.is_empty()) {
            talk.name_speakers(shape.name(), 7, read.speakers);
        }
        header::read(&mut talk, first_line, body.iter().skip(title_lines).copied(), true);
        self.people_of_file_name(&mut talk);
        talk.date = talk.date.or(self.date_of_file_name());
        self.reading.guesses.extend(guess.map(|message| (1, GUESSED_TITLE, message)));
        self.reading.owners.clear();
        self.reading.pieces.clear();
        self.open(Owner::Talk(Box::new(talk)), 0, 1);
    }

    /// Names that stand above the title: as headings, or as lines of text.
    pub(super) fn take_from_above(&self, talk: &mut TalkReading, at: usize) {
        let before = &self.case.text[..self.case.headings[at].bytes().start];
        let skip = self.case.found.front.as_ref().map_or(0, |(bytes, _)| bytes.end).min(before.len());
        for line in before[skip..].lines().filter(|l| !l.trim().is_empty()).take(6) {
            if header::state(talk, line) == header::Stated::No && talk.speakers.is_empty() {
                let content = line.trim_start_matches(['#', '*', '=', ' ']);
                if let Some((people, _)) = speakers::named_in_line(content) {
                    talk.speakers = people;
                }
            }
        }
    }
}

/// "Keynote", "Panel": what kind of talk it is, not what it is about.
fn is_kind_of_talk(text: &str) -> bool {
    const KINDS: &[&str] = &[
        "closing keynote", "fireside chat", "keynote", "lightning talk", "opening keynote", "panel",
        "plenary", "workshop",
    ];
    KINDS.contains(&text.trim().to_lowercase().as_str())
}

impl TalkReading {
    /// Adds people whom some place names, and remembers which.
    pub(super) fn name_speakers(&mut self, what: &'static str, weight: i32, people: Vec<Speaker>) {
        if self.why.reasons == Reasons::Kept {
            let names: Vec<&str> = people.iter().map(|p| &*p.name).collect();
            self.why.speakers.push(Offer { what, weight, value: names.join(", ") });
        }
        speakers::merge(&mut self.speakers, people);
    }
}
