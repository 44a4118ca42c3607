//! One file, read: its lines dealt out to talks, introductions and furniture.
//!
//! Every line that is not blank gets exactly one owner, by construction: owners start at marks
//! (headings, furniture) and own what follows up to the next mark; a line of furniture
//! interrupts its owner, which goes on behind it.

use std::borrow::Cow;
use std::path::Path;

use crate::library::conference::{self, Named};
use crate::library::dates::{self, Date};
use crate::library::evidence::{Choice, Offer, Reasons};
use crate::library::features::Nature;
use crate::library::file_name::{self, Kind};
use crate::library::headings;
use crate::library::level::{self, Answer, Case, Decision};
use crate::library::model::Speaker;
use crate::library::overrides::Talks;
use crate::library::place::{Place, Survey};
use crate::library::roles::{self, Role};
use crate::library::scene::Setting;
use crate::library::sketch::{self, Below, Sketch};
use crate::library::vocabulary;
use crate::text::line::lines_from;

/// Who owns lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// What stands before talks.
    Introduction,
    /// A talk.
    Talk(Box<TalkReading>),
    /// A talk that waits to be told.
    Sketch(Sketch),
    /// What is not notes, with the reason.
    Furniture(&'static str),
}

impl Owner {
    /// Whether it is a talk, told or not.
    pub fn is_talk(&self) -> bool {
        matches!(self, Owner::Talk(_) | Owner::Sketch(_))
    }
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
    /// A date that could be read in two ways.
    pub unclear_date: Option<dates::Either>,
    /// The order of day and month that its date tells.
    pub order: Option<dates::Order>,
    /// The note-taker's star.
    pub starred: bool,
    /// Tags.
    pub tags: Vec<String>,
    /// The conference that the text puts it in.
    pub conference: Option<Named>,
    /// Lines from the title on that say what the talk is.
    pub header_lines: usize,
    /// The lines below the title, where they are left for later.
    pub(super) below: Option<Below>,
    /// Why it is read so.
    pub why: Why,
}

/// The answers that were offered for a talk, question by question, the best first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Why {
    /// Whether anything but the tracks, which are needed to choose one, is kept here.
    pub(super) reasons: Reasons,
    /// For its title.
    pub title: Vec<Offer>,
    /// For its speakers.
    pub speakers: Vec<Offer>,
    /// For its track.
    pub track: Vec<Offer>,
    /// For its conference.
    pub conference: Vec<Offer>,
}

/// A run of lines and its owner; it ends where the next one starts. There is one for each talk of a large library,
/// so it is kept small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    owner: u32,
    start: u32,
    line: u32,
    /// Where it starts at a heading, the empty lines above that, if that is known.
    empty_above: Option<u8>,
}

impl Piece {
    fn new(owner: usize, start: usize, line: usize) -> Self {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { owner: short(owner), start: short(start), line: short(line), empty_above: None }
    }

    /// The owner, as an index into [`Reading::owners`].
    pub fn owner(&self) -> usize {
        self.owner as usize
    }

    /// The byte at which it starts.
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// The line at which it starts, counted from 1.
    pub fn line(&self) -> usize {
        self.line as usize
    }

    /// Lets the text tell again what was known of the lines above it.
    #[cfg(test)]
    pub(super) fn forget(&mut self) {
        self.empty_above = None;
    }

    /// Where it starts with a heading, how many empty lines stand above that, below a line that is not blank.
    pub(super) fn empty_above(&self) -> Option<usize> {
        self.empty_above.map(usize::from)
    }
}

/// What was read in one file.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The owners of its lines.
    pub owners: Vec<Owner>,
    /// Which lines each owns, in order, covering the file.
    pub pieces: Vec<Piece>,
    /// The conference that a heading or a line of the file names.
    pub conference: Option<Named>,
    /// The conference that the title of a file with several talks names, perhaps.
    pub titled: Option<Box<(Named, &'static str)>>,
    /// The date that front matter or the file's name gives to all of it.
    pub date: Option<Date>,
    /// The orders of day and month that dates in front matter and headings tell.
    pub orders: Vec<dates::Order>,
    /// What was said above the talks that wait to be told.
    pub(super) scenes: Vec<Setting>,
    /// How the level of the talks was decided.
    pub decision: Decision,
    /// Guesses that a person may want to see: line and what was guessed.
    pub guesses: Vec<(usize, &'static str, String)>,
    /// The number of the file's last line; 0 where that takes a longer look.
    pub(super) lines: u32,
}

impl Reading {
    /// Whether it holds several talks.
    pub(super) fn holds_many(&self) -> bool {
        self.owners.iter().filter(|owner| owner.is_talk()).nth(1).is_some()
    }

    /// The orders of day and month that its dates tell.
    pub(super) fn told_orders(&self) -> impl Iterator<Item = dates::Order> {
        let of_talks = self.owners.iter().filter_map(|owner| match owner {
            Owner::Talk(talk) => talk.order,
            _ => None,
        });
        self.orders.iter().copied().chain(of_talks)
    }
}

/// Looks a file over before anything is decided: its headings and what each tells.
pub fn survey(text: &str, path: &Path) -> Survey {
    let found = headings::scan(text, &file_name::ending(path));
    Survey::of(text, found)
}

/// Reads a file's structure. `path` is the path below the root.
pub fn read(text: &str, path: &Path, survey: &Survey, place: &Place, reasons: Reasons) -> Reading {
    let stem = file_name::stem(path);
    if let Some(reason) =
        vocabulary::furniture_file(&stem).or(place.aside).filter(|_| place.rules.talks.is_none())
    {
        return Reading { lines: survey.found.lines, ..whole(Owner::Furniture(reason)) };
    }
    let case = Case::of(text, survey, place, reasons);
    if survey.features.iter().any(|f| f.nature == Nature::Placeholder)
        && !case.features.iter().any(|f| f.spoken())
    {
        let owner = Owner::Furniture("a template to be filled in");
        return Reading { lines: survey.found.lines, ..whole(owner) };
    }
    let mut decision = level::decide(&case);
    let doubtful = matches!(place.name.kind, Kind::Index | Kind::Plan | Kind::Plain) && place.accompanied;
    let stated = place.rules.talks.is_some();
    if doubtful && !stated && !holds_notes(&case, decision.answer) {
        decision.answer = None;
    }
    let roles = roles::roles(&case, decision.answer);
    let answer = decision.answer;
    let mut reader =
        Reader { case, reading: Reading { decision, ..Reading::default() }, setting: Setting::default() };
    reader.front_matter();
    reader.deal(&roles, answer);
    let none = place.rules.talks == Some(Talks::None);
    if !reader.has_talk() && !none && !matches!(place.name.kind, Kind::Index | Kind::Plan) {
        reader.single_talk(&roles, answer);
    }
    reader.tell_the_only_talk();
    reader.hand_on_front_matter();
    reader.interrupt_for_furniture();
    let mut reading = Reading { lines: survey.found.lines, ..reader.reading };
    // They may be kept for as long as the notes are.
    reading.owners.shrink_to_fit();
    reading.pieces.shrink_to_fit();
    reading
}

/// Whether a page that is named as an index holds notes of talks itself: it says who spoke, and it
/// does not just lead to other files.
fn holds_notes(case: &Case, answer: Option<Answer>) -> bool {
    let spoken = case.features.iter().filter(|f| f.spoken()).count();
    let (mut full, mut local) = (0, 0);
    if case.place.leads {
        for line in case.text.lines().filter(|l| !l.trim().is_empty()) {
            full += 1;
            local += usize::from(line.contains("](") && !line.contains("](http"));
        }
    }
    let leads_on = local >= 3 && local * 4 >= full;
    if case.place.name.kind == Kind::Plain {
        return !leads_on;
    }
    let leads_on = leads_on || case.place.retells;
    match answer {
        Some(Answer::Whole) => spoken > 0 && !leads_on,
        Some(Answer::Headings(style)) => {
            let of_style = case.headings.iter().filter(|h| h.style == style).count();
            !leads_on && spoken > 0 && spoken * 3 >= of_style
        }
        None => false,
    }
}

pub(super) fn offer(what: &'static str, weight: i32, value: String) -> Offer {
    Offer { what, weight, value }
}

fn whole(owner: Owner) -> Reading {
    Reading { owners: vec![owner], pieces: vec![Piece::new(0, 0, 1)], ..Reading::default() }
}

/// What stands for a file that could not be read for structure: one talk, named by the file.
pub fn unread(path: &Path) -> Reading {
    let title = conference::deslug(&path.file_stem().unwrap_or_default().to_string_lossy());
    whole(Owner::Talk(Box::new(TalkReading { title, ..TalkReading::default() })))
}

impl Why {
    /// Remembers the titles that were offered.
    pub(super) fn titles(&mut self, titles: &Choice<Cow<str>>) {
        if self.reasons == Reasons::Kept {
            self.title = titles.offers(|title| title.clone().into_owned());
        }
    }
}

pub(super) struct Reader<'t> {
    pub(super) case: Case<'t>,
    pub(super) reading: Reading,
    pub(super) setting: Setting,
}

impl<'t> Reader<'t> {
    pub(super) fn has_talk(&self) -> bool {
        self.reading.owners.iter().any(Owner::is_talk)
    }

    pub(super) fn open(&mut self, owner: Owner, start: usize, line: usize) {
        self.reading.pieces.push(Piece::new(self.reading.owners.len(), start, line));
        self.reading.owners.push(owner);
    }

    /// As [`Self::open`], for lines that start with a heading.
    fn open_at(&mut self, owner: Owner, heading: usize) {
        let heading = &self.case.headings[heading];
        let (start, line) = (heading.bytes().start, heading.line());
        let empty_above = heading.empty_above().and_then(|lines| u8::try_from(lines).ok());
        self.open(owner, start, line);
        self.reading.pieces.last_mut().into_iter().for_each(|piece| piece.empty_above = empty_above);
    }

    /// Gives each heading's lines to the owner that its role asks for.
    fn deal(&mut self, roles: &[Role], answer: Option<Answer>) {
        let opened = roles.first().is_none_or(|_| self.case.headings[0].bytes().start > 0);
        // They may be kept for as long as the notes are, so there is room for no more than most files need.
        let owners = roles.iter().filter(|role| **role == Role::Talk).count() + usize::from(opened);
        self.reading.owners.reserve_exact(owners);
        self.reading.pieces.reserve_exact(owners);
        if opened {
            self.open(Owner::Introduction, 0, 1);
            self.name_in_opening();
        }
        let mut group = None;
        for (at, role) in roles.iter().enumerate() {
            let heading = &self.case.headings[at];
            let (start, line) = (heading.bytes().start, heading.line());
            match role {
                Role::Part => {
                    if self.reading.pieces.is_empty() {
                        self.open_at(Owner::Introduction, at);
                    }
                }
                Role::Talk => {
                    self.leave_groups(at, group, roles);
                    let end = self.end_of_talk(at, roles);
                    let of_many = matches!(answer, Some(Answer::Headings(_)));
                    if of_many && sketch::may_wait(&self.case, at, end) {
                        let sketch = self.sketch(at, end);
                        self.open_at(Owner::Sketch(sketch), at);
                        continue;
                    }
                    let mut talk = self.talk(at, end);
                    // What stands above the title of a file's one talk is the talk's too.
                    let all = answer == Some(Answer::Whole) && roles[..at].iter().all(|r| *r == Role::Part);
                    if all && start > 0 {
                        self.take_from_above(&mut talk, at);
                        self.reading.owners.clear();
                        self.reading.pieces.clear();
                        let first =
                            lines_from(self.case.text, 0, 1).find(|l| !l.is_blank()).map_or(1, |l| l.number);
                        // A page leaves the header out, so nothing may stand above it that it
                        // does not show.
                        let above = self.case.text[..start].lines().filter(|l| !l.trim().is_empty());
                        let told = above.clone().all(|l| {
                            l.starts_with(['#', '=']) || talk.speakers.iter().any(|s| l.contains(&s.name))
                        });
                        talk.header_lines = if told && talk.header_lines > 0 {
                            talk.header_lines + line.saturating_sub(first)
                        } else {
                            0
                        };
                        self.open(Owner::Talk(Box::new(talk)), 0, 1);
                    } else {
                        self.open_at(Owner::Talk(Box::new(talk)), at);
                    }
                }
                _ => {
                    group = if matches!(role, Role::Track(_)) { Some(at) } else { group };
                    self.set_scene(role, at);
                    self.open_at(Owner::Introduction, at);
                }
            }
        }
    }

    /// A talk to be told later, in the setting of now.
    fn sketch(&mut self, at: usize, end: usize) -> Sketch {
        let scenes = &mut self.reading.scenes;
        if scenes.last() != Some(&self.setting) {
            scenes.push(self.setting.clone());
        }
        // A file is far shorter than numbers of 32 bits reach.
        Sketch { heading: at as u32, end: end as u32, scene: scenes.len() as u32 - 1 }
    }

    /// Where a file has but one talk, it is told at once: front matter may speak of it.
    fn tell_the_only_talk(&mut self) {
        let mut talks = (0..self.reading.owners.len()).filter(|at| self.reading.owners[*at].is_talk());
        if let (Some(at), None) = (talks.next(), talks.next())
            && let Owner::Sketch(sketch) = self.reading.owners[at]
        {
            self.setting = self.reading.scenes[sketch.scene as usize].clone();
            let talk = self.talk(sketch.heading as usize, sketch.end as usize);
            self.reading.owners[at] = Owner::Talk(Box::new(talk));
        }
    }

    /// The byte at which a talk ends: the next heading that is not a part of it.
    fn end_of_talk(&self, at: usize, roles: &[Role]) -> usize {
        let later = self.case.headings.iter().zip(roles).skip(at + 1);
        later
            .filter(|(_, role)| **role != Role::Part)
            .map(|(heading, _)| heading.bytes().start)
            .next()
            .unwrap_or(self.case.text.len())
    }

    /// What front matter states of people, tags and stars belongs to a file's only talk.
    fn hand_on_front_matter(&mut self) {
        let front = std::mem::take(&mut self.setting.front);
        self.reading.date = front.date.or(self.case.place.name.date);
        let many = !matches!(self.reading.decision.answer, Some(Answer::Whole));
        if many && !front.title.is_empty() {
            self.reading.titled =
                conference::in_title(&front.title).map(|named| (named, "the title in front matter").into());
        }
        // (Others may wait to be told.)
        let only = !self.reading.holds_many();
        let talk = self.reading.owners.iter_mut().find_map(|owner| match owner {
            Owner::Talk(talk) => Some(talk),
            _ => None,
        });
        if let (Some(talk), true, false) = (talk, only, many && !front.title.is_empty()) {
            if !front.speakers.is_empty() {
                talk.name_speakers("front matter", 9, front.speakers);
            }
            talk.tags.extend(front.tags);
            talk.starred |= front.starred;
        }
    }

    /// Cuts furniture out of whoever owns the lines around it. One pass over both, in order.
    fn interrupt_for_furniture(&mut self) {
        if self.case.found.furniture.is_empty() {
            return;
        }
        let before = std::mem::take(&mut self.reading.pieces);
        let mut pieces = before.into_iter().peekable();
        let mut dealt: Vec<Piece> = Vec::new();
        let mut owner = None;
        for (bytes, line, reason) in &self.case.found.furniture {
            while let Some(piece) = pieces.next_if(|p| p.start() <= bytes.start) {
                owner = Some(piece.owner());
                if dealt.last().is_some_and(|p| p.start == piece.start) {
                    dealt.pop();
                }
                dealt.push(piece);
            }
            let Some(interrupted) = owner else {
                continue;
            };
            if dealt.last().is_some_and(|p| p.start() == bytes.start) {
                dealt.pop();
            }
            let furniture = self.reading.owners.len();
            self.reading.owners.push(Owner::Furniture(reason));
            dealt.push(Piece::new(furniture, bytes.start, *line));
            let next = bytes.end + 1;
            let taken = pieces.peek().is_some_and(|p| p.start() == next);
            if !taken && next < self.case.text.len() {
                dealt.push(Piece::new(interrupted, next, line + 1));
            }
        }
        dealt.extend(pieces);
        self.reading.pieces = dealt;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::place::{Surveyed, places};
    use crate::library::walk::Root;
    use proptest::prelude::*;

    fn read_alone(text: &str, path: &Path) -> Reading {
        let survey = survey(text, path);
        let surveyed = Surveyed { relative: path, root: &Root::default(), text, survey: &survey };
        let place = places(&[surveyed], Reasons::Kept).remove(0);
        read(text, path, &survey, &place, Reasons::Kept)
    }

    fn talks(text: &str) -> Vec<TalkReading> {
        let reading = read_alone(text, Path::new("some-notes.md"));
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
        assert_eq!((&*talk.why.track[0].value, talk.starred, talk.tags.len()), ("Data", true, 2));
        assert_eq!(talk.date.map(|d| d.to_string()).as_deref(), Some("2017-05-20"));
        assert_eq!(talk.header_lines, 8);
    }

    #[test]
    fn a_label_alone_takes_its_title_from_the_next_line() {
        let talks = talks("# RustFest 2023\n\n## Talk 1: One\n\nx\n\n## Talk 2:\n\nFaster strings\n\nbody\n");
        assert_eq!(talks[1].title, "Faster strings");
    }

    /// "In the" stands in titles as in what speaks of notes; only with a word for these does it say so.
    #[test]
    fn small_words_alone_speak_of_no_notes() {
        let of_notes = |title: &str| {
            let reading = read_alone(&format!("# {title}\n\nText that goes on.\n"), Path::new("1.md"));
            let mut weighed = reading.decision.considered.iter().flat_map(|(_, tally)| tally.reasons());
            weighed.any(|reason| reason.what.contains("speaks of notes and talks"))
        };
        assert!(of_notes("Notes on the looms") && of_notes("Some talks that were held"));
        assert!(!of_notes("Looms in the rain") && !of_notes("What was it that they wove"));
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
        let reading = read_alone(text, Path::new("x.md"));
        let owners: Vec<_> = reading.pieces.iter().map(|p| (p.line(), p.owner())).collect();
        assert_eq!(owners, [(1, 0), (5, 1), (6, 0)]);
    }

    proptest! {
        /// Pieces cover the text from its first byte on, in order, each at the start of a line.
        #[test]
        fn lines_are_dealt_out_once(lines in proptest::collection::vec(
            "(#{1,3} )?[A-Za-z ]{0,12}|Talk [0-9]: x|Share on:|---|===|```|  • [A-Z][a-z]+ [A-Z][a-z]+|RustFest 20[12][0-9]|\\PC{0,20}", 0..30))
        {
            let text = lines.join("\n");
            let reading = read_alone(&text, Path::new("a/b.md"));
            let mut last = None;
            for piece in &reading.pieces {
                prop_assert!(last.is_none_or(|l| l < piece.start()), "{:?}", reading.pieces);
                prop_assert_eq!(text[..piece.start()].matches('\n').count() + 1, piece.line());
                prop_assert!(piece.start() == 0 || text.as_bytes()[piece.start() - 1] == b'\n');
                last = Some(piece.start());
            }
            let first_text = text.find(|c: char| !c.is_whitespace());
            if let (Some(at), Some(first)) = (first_text, reading.pieces.first()) {
                prop_assert!(first.start() <= at);
            }
            prop_assert_eq!(reading.pieces.is_empty(), first_text.is_none() && reading.pieces.is_empty());
        }
    }
}
