//! Talks that wait to be told: where they stand is known, and what else their lines say is read when
//! somebody looks.
//!
//! A tree needs to know which headings are talks, and to which conference and track each belongs. Who gave
//! one and how long its header is takes a longer look at its lines, which is put off where nothing below the
//! title could move the talk elsewhere: a field that states a conference, a track or a date. What is told
//! later is what would have been told at once: the same code reads the same lines in the same setting.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::library::dates::{Date, Order};
use crate::library::evidence::Reasons;
use crate::library::features::{Header, Nature};
use crate::library::guard::guarded;
use crate::library::headings::Heading;
use crate::library::level::{Case, Decision};
use crate::library::model::{File, Speaker};
use crate::library::place::{Place, Survey};
use crate::library::reading::{Reader, Reading, TalkReading, Why};
use crate::library::{header, speakers, title};
use crate::text::line::lines_from;

/// Where a talk stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sketch {
    /// Its heading, counted among those of the file.
    pub(super) heading: u32,
    /// The byte at which the next heading stands that is no part of it.
    pub(super) end: u32,
    /// What the headings above say of it, as one of [`Reading::scenes`].
    pub(super) scene: u32,
}

/// A file whose talks are told one by one.
#[derive(Debug)]
pub(super) struct Teller {
    pub(super) file: Arc<File>,
    pub(super) survey: Survey,
    pub(super) place: Arc<Place>,
    pub(super) reading: Arc<Reading>,
    /// The order of day and month in the dates of its collection.
    pub(super) order: Option<Order>,
}

impl Teller {
    /// What the file shows to those who read it.
    pub(super) fn case(&self) -> Case<'_> {
        Case::of(&self.file.text, &self.survey, &self.place, Reasons::Dropped)
    }

    /// A talk's title alone, which takes no longer look. `None` where its heading is none.
    fn title_at_hand(&self, sketch: Sketch) -> Option<String> {
        guarded(|| title_of(&self.case(), sketch)).filter(|title| !title.is_empty())
    }

    /// A talk's title, by a longer look only where it takes one.
    pub(super) fn title(&self, sketch: Sketch) -> String {
        self.title_at_hand(sketch).unwrap_or_else(|| self.tell(sketch).title)
    }

    /// Reads a talk's lines.
    pub(super) fn tell(&self, sketch: Sketch) -> TalkReading {
        let (heading, end) = (sketch.heading as usize, sketch.end as usize);
        let told = guarded(|| {
            let decision = Decision { answer: self.reading.decision.answer, ..Decision::default() };
            let reading = Reading { decision, ..Reading::default() };
            let setting = self.reading.scenes[sketch.scene as usize].clone();
            let mut talk = Reader { case: self.case(), reading, setting }.talk(heading, end);
            talk.date = talk.date.or_else(|| Some(talk.unclear_date?.by(self.order?)));
            talk
        });
        // A fault of ours in one talk leaves it with the words of its heading.
        told.unwrap_or_else(|| TalkReading {
            title: self.survey.found.all[heading].text(&self.file.text).to_owned(),
            ..TalkReading::default()
        })
    }
}

/// The lines below the title of a file's one talk, which are left for later. Its headings are not kept for that, as those of a file
/// of many talks are: to read it, it is enough to know where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Below {
    /// The title's line.
    line: u32,
    /// The byte behind the title.
    start: u32,
    /// The byte at which the talk ends.
    end: u32,
    /// The heading among them has no like in the talk.
    lone: bool,
}

impl Below {
    /// What stands below a title up to a byte; `lone` says whether the heading there has no like in the talk.
    pub(super) fn of(title: &Heading, end: usize, lone: bool) -> Self {
        // A file is far shorter than numbers of 32 bits reach.
        Self { line: title.line() as u32, start: title.bytes().end as u32, end: end as u32, lone }
    }

    /// Reads the lines for a talk of which no more than the title was read.
    pub(super) fn read(self, talk: &mut TalkReading, text: &str) {
        let (title_line, start) = (self.line as usize, self.start as usize);
        let below = title_line + talk.header_lines;
        header::read(talk, title_line, lines_from(&text[..self.end as usize], start, below), self.lone);
    }
}

/// The title of a file's one talk, where nothing else is known of it and it stands in the heading that opens the file. There may
/// be a file for each talk: it is read where it stands, and no copy is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OpeningTitle {
    /// The byte at which the talk ends.
    end: u32,
    /// The byte at which the title begins.
    title: u16,
    /// Its length in bytes.
    length: u16,
    /// The byte behind its heading.
    behind: u16,
    /// The lines of its heading.
    lines: u8,
    /// The heading below it has no like in the talk.
    lone: bool,
}

impl OpeningTitle {
    /// All that is known of a talk; `None` where that is more.
    pub(super) fn of(read: &TalkReading, text: &str) -> Option<Self> {
        let TalkReading {
            title, speakers, date, unclear_date, starred, tags, header_lines, why, below, ..
        } = read;
        let Below { line: 1, start, end, lone } = below.filter(|_| why.reasons == Reasons::Dropped)? else {
            return None;
        };
        let dated = date.is_some() || unclear_date.is_some();
        if *starred || dated || !speakers.is_empty() || !tags.is_empty() {
            return None;
        }
        Some(Self {
            end,
            title: memchr::memmem::find(&text.as_bytes()[..start as usize], title.as_bytes())?
                .try_into()
                .ok()?,
            length: title.len().try_into().ok()?,
            behind: start.try_into().ok()?,
            lines: (*header_lines).try_into().ok()?,
            lone,
        })
    }

    /// The title; `text` is the file's.
    pub(super) fn title(self, text: &str) -> &str {
        let start = usize::from(self.title);
        text.get(start..start + usize::from(self.length)).unwrap_or_default()
    }

    /// The same as it is kept where more is known.
    fn told(self, file: &Arc<File>) -> Told {
        let below = Below { line: 1, start: self.behind.into(), end: self.end, lone: self.lone };
        Told {
            title: self.title(&file.text).to_owned(),
            header_lines: self.lines.into(),
            below: Some((Arc::clone(file), below)),
            ..Told::default()
        }
    }
}

/// Whether a talk may wait: all that its lines could still say is who gave it.
pub(super) fn may_wait(case: &Case, at: usize, end: usize) -> bool {
    let heading = &case.headings[at];
    let raw = || heading.text(case.text);
    let nature = &case.features[at].nature;
    // A label alone takes its title from below; any other heading is a title, or has one in it.
    let titled = matches!(nature, Nature::Open | Nature::Person(_) | Nature::Group | Nature::InsideTalk);
    // A name, or a kind of talk and a name, with the title as the heading below it.
    let named = (matches!(nature, Nature::Person(_))
        || case.features[at].titled && case.features[at].lines == 0)
        && case.features.get(at + 1).is_some_and(|below| below.nature == Nature::Open);
    case.reasons == Reasons::Dropped
        && titled
        && !named
        && (case.features[at].bare
            || raw().contains(char::is_alphanumeric) && !title::says_where_or_when(raw()))
        && !may_state_place(case, at, end)
}

/// Whether what stands below a title, up to a byte, may put the talk elsewhere: as it was seen when the file was looked
/// over, and by a longer look where its header goes on.
fn may_state_place(case: &Case, at: usize, end: usize) -> bool {
    let (all, features) = (case.headings, case.features);
    let mut under = at;
    loop {
        match features[under].header {
            Header::Over => return false,
            Header::Placing => return true,
            Header::Unseen => break,
            Header::Through => under += 1,
        }
        // The heading that stands there is a line of the header itself.
        match all.get(under) {
            Some(below) if below.bytes().start < end => {
                if features[under].asks || !features[under].bare {
                    break;
                }
            }
            _ => return false,
        }
    }
    let heading = &all[at];
    header::may_state_place(lines_from(&case.text[..end], heading.bytes().end.min(end), heading.next_line()))
}

/// The title of a talk that waits, without what else its lines say.
pub(super) fn title_of(case: &Case, sketch: Sketch) -> String {
    title::read(case.headings[sketch.heading as usize].text(case.text), &case.place.habits).text
}

/// What a talk says of itself.
#[derive(Debug, Default, Clone)]
pub struct Told {
    /// The title without markup, numbering or stars.
    pub title: String,
    /// The speakers, in the order written.
    pub speakers: Vec<Speaker>,
    /// The day it was given, as much of it as is known.
    pub date: Option<Date>,
    /// The note-taker's own star.
    pub starred: bool,
    /// The note-taker's tags.
    pub tags: Vec<String>,
    /// The lines at the start of the first span that say what the talk is (title, speakers,
    /// links) rather than what was said in it.
    pub header_lines: usize,
    /// The answers that were offered for its title, speakers, track and conference, where they were kept.
    pub why: Option<Box<Why>>,
    /// What is yet to be read of it, and where; nothing where a library gives it.
    pub(super) below: Option<(Arc<File>, Below)>,
}

impl From<TalkReading> for Told {
    fn from(read: TalkReading) -> Self {
        Self {
            title: read.title,
            speakers: read.speakers,
            date: read.date,
            starred: read.starred,
            tags: read.tags,
            header_lines: read.header_lines,
            why: (read.why.reasons == Reasons::Kept).then(|| Box::new(read.why)),
            below: None,
        }
    }
}

impl Told {
    /// What a talk of a file says.
    pub(super) fn of(read: TalkReading, file: &Arc<File>) -> Self {
        let below = read.below.map(|below| (Arc::clone(file), below));
        Self { below, ..Self::from(read) }
    }

    /// With what was left for later.
    pub(super) fn whole(self) -> Self {
        let Some((file, below)) = self.below else {
            return self;
        };
        let talk = TalkReading {
            title: self.title,
            speakers: self.speakers,
            date: self.date,
            starred: self.starred,
            tags: self.tags,
            header_lines: self.header_lines,
            ..TalkReading::default()
        };
        // A fault of ours leaves it with what is known.
        let read = guarded(|| {
            let mut talk = talk.clone();
            below.read(&mut talk, &file.text);
            talk
        });
        Self { why: self.why, ..Self::from(read.unwrap_or(talk)) }
    }

    /// Adds what another file says of the same talk.
    pub(super) fn join(&mut self, more: Told) {
        let more = more.whole();
        *self = std::mem::take(self).whole();
        speakers::merge(&mut self.speakers, more.speakers);
        self.tags.extend(more.tags);
        self.starred |= more.starred;
        self.date = self.date.or(more.date);
    }
}

/// What a talk says of itself, told at once or when it is first asked for.
#[derive(Debug, Default, Clone)]
pub(super) struct Tale {
    told: OnceLock<Arc<Told>>,
    waits: Option<Waits>,
}

/// A talk that waits to be told.
#[derive(Debug, Clone)]
enum Waits {
    /// Of several in a file.
    Sketch(Arc<Teller>, Sketch),
    /// A file's only one, of which the title is read.
    Below(Arc<Told>),
    /// The same, where nothing but its title is known.
    Opening(Arc<File>, OpeningTitle),
}

impl Waits {
    fn tell(&self) -> Told {
        match self {
            Waits::Sketch(teller, sketch) => teller.tell(*sketch).into(),
            Waits::Below(told) => Told::clone(told).whole(),
            Waits::Opening(file, title) => title.told(file).whole(),
        }
    }

    /// What is known without a look at what waits.
    fn known(self) -> Arc<Told> {
        match self {
            Waits::Below(told) => told,
            Waits::Opening(file, title) => title.told(&file).into(),
            Waits::Sketch(..) => self.tell().into(),
        }
    }
}

impl Tale {
    /// A talk that was told, but for what is left for later.
    pub(super) fn told(told: Arc<Told>) -> Self {
        match told.below {
            None => Self { told: OnceLock::from(told), waits: None },
            Some(_) => Self { told: OnceLock::new(), waits: Some(Waits::Below(told)) },
        }
    }

    /// A file's one talk, of which no more than its title is known.
    pub(super) fn opening(file: Arc<File>, title: OpeningTitle) -> Self {
        Self { told: OnceLock::new(), waits: Some(Waits::Opening(file, title)) }
    }

    /// Adds what another file says of the same talk.
    pub(super) fn join(&mut self, more: Self) {
        let known = |tale: Self| {
            let known = tale.told.into_inner().or_else(|| tale.waits.map(Waits::known));
            known.map(Arc::unwrap_or_clone).unwrap_or_default()
        };
        let mut told = known(std::mem::take(self));
        told.join(known(more));
        *self = Self::told(told.into());
    }

    /// A talk that waits.
    pub(super) fn waiting(teller: Arc<Teller>, sketch: Sketch) -> Self {
        Self { told: OnceLock::new(), waits: Some(Waits::Sketch(teller, sketch)) }
    }

    /// Whether it waits still.
    #[cfg(test)]
    pub(super) fn waits(&self) -> bool {
        self.told.get().is_none()
    }

    /// Looks at what it says, and keeps nothing of it that was not kept before.
    pub(super) fn glance<R>(&self, see: impl FnOnce(&Told) -> R) -> R {
        match (self.told.get(), &self.waits) {
            (None, Some(waits)) => see(&waits.tell()),
            _ => see(self.get()),
        }
    }

    /// Its title alone, which takes no longer look.
    pub(super) fn title(&self) -> Cow<'_, str> {
        let at_hand = match (self.told.get(), &self.waits) {
            (None, Some(Waits::Sketch(teller, sketch))) => teller.title_at_hand(*sketch).map(Cow::Owned),
            (None, Some(Waits::Below(told))) => Some(Cow::Borrowed(told.title.as_str())),
            (None, Some(Waits::Opening(file, title))) => Some(Cow::Borrowed(title.title(&file.text))),
            _ => None,
        };
        at_hand.unwrap_or_else(|| Cow::Borrowed(&self.get().title))
    }

    /// What it says.
    pub(super) fn get(&self) -> &Told {
        self.told.get_or_init(|| Arc::new(self.waits.as_ref().map(Waits::tell).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::reading::survey;
    use proptest::prelude::*;
    use std::path::Path;

    const LINES: &str = "#{1,3} [A-Z][a-z]{0,6}( [a-z]{1,5})?|\\*Ada Lovelace\\*|#### (Speakers|About|Track: Data)|\
        (Conference|Track|Date|Speaker|Room|Presenters): [A-Z0-9][a-z0-9]{0,5}|Speakers?|- [A-Z][a-z]{1,5} [a-z ]{1,20}|\
        [A-Z][a-z]{1,5} [a-z ]{1,60}\\.|Presented by Ada|https://x\\.y|Monday|=====|-----||";

    /// There are half a million of each in a large library: what is added to one is weighed.
    #[test]
    fn what_is_kept_of_each_heading_and_talk_is_small() {
        use crate::library::{Talk, features::Feature, headings::Heading, sorted::Part};
        assert!(size_of::<Feature>() <= 24 && size_of::<Heading>() <= 28 && size_of::<Talk>() <= 80);
        assert!(size_of::<Part>() <= 72);
        // Nor does one keep room for more than it has.
        let library =
            crate::library::load::load(&crate::library::load::Roots::Builtin, false).expect("notes");
        let spoken = library.talk_ids().filter(|id| {
            let talk = library.talk(*id);
            assert!(talk.spans.len() != 1 || !talk.spans.spilled(), "{}", talk.title);
            assert!(talk.speakers.capacity() <= talk.speakers.len() + 1, "{}", talk.title);
            !talk.speakers.is_empty()
        });
        assert!(spoken.count() > 20);
    }

    proptest! {
        /// What was seen when a file was looked over lets no talk wait that the longer look would not.
        #[test]
        fn a_talk_waits_only_where_nothing_below_it_places_it(lines in proptest::collection::vec(LINES, 1..24)) {
            let text = lines.join("\n");
            let survey = survey(&text, Path::new("notes.md"));
            let place = Place::default();
            let case = Case::of(&text, &survey, &place, Reasons::Dropped);
            let starts: Vec<usize> = case.headings.iter().map(|h| h.bytes().start).collect();
            for (at, heading) in case.headings.iter().enumerate() {
                for end in starts[at + 1..].iter().copied().chain([text.len()]) {
                    let lines = lines_from(&text[..end], heading.bytes().end.min(end), heading.next_line());
                    if header::may_state_place(lines) {
                        prop_assert!(may_state_place(&case, at, end), "{} to {end} of {text:?}", heading.line());
                    }
                }
            }
        }
    }

    /// Lines that may stand below a title.
    const BELOW: &[&str] = &[
        "*Ada Lovelace*",
        "Grace Hopper",
        "### Alan Kay",
        "### Speakers",
        "## About",
        "## Notes",
        "Speakers:",
        "- Ada Lovelace (Mill)",
        "- Engines wind down in the end",
        "Presented by Grace Hopper",
        "https://x.y/z",
        "[Slides](slides.pdf)",
        "Tags: looms, engines",
        "Starred: yes",
        "Video: https://x.y",
        "Affiliation: Mill",
        "- ",
        "Looms were all that it was about, and more of them.",
        "![A loom](loom.png)",
        "Date: 2020-05-06",
        "A talk that was delivered by Alan Kay last year.",
        "Track: Looms",
        "",
        "",
        "",
        "",
        "=====",
    ];

    const TITLES: &[&str] = &[
        "Looms in the rain",
        "Keynote: Ada Lovelace",
        "Ada Lovelace",
        "On cards by Alan Kay",
        "Talk 3:",
        "Engines ✨",
        "3. What cards hold",
        "Workshop",
        "`mill` - Grace Hopper",
        "What a loom does at night",
        "1.",
        "《》 ✨",
        "\"A\"",
        "10:00",
        "[R0]",
        "# A",
    ];

    /// What is told later is what is told at once, and a title is the same before that.
    #[test]
    fn talks_that_wait_say_what_they_would_have_said_at_once() {
        use crate::library::Talk;
        use crate::library::chance::{put, rounds};
        use crate::library::load::{Roots, load, load_explained};
        let mut by = fastrand::Rng::with_seed(20261127);
        let (mut waited, mut named, mut in_place) = (0, 0, 0);
        for _ in 0..rounds(100, 400, 2_000) {
            let folder = tempfile::tempdir().expect("a folder");
            for number in 0..by.u8(1..9) {
                let name = match by.u8(..4) {
                    0 => format!("loomconf-2020/{number}-engines-of-old-grace-hopper.md"),
                    1 => format!("loomconf-2020/looms-{number}.md"),
                    _ => format!("loomconf-2020/{number}.md"),
                };
                let above =
                    ["\n", "---\nspeaker: Grace Hopper\ntags: a\n---\n", "*Alan Kay*\n\n", "", "", "", ""];
                let mut text = above[by.usize(..above.len())].to_owned();
                let title = TITLES[by.usize(..TITLES.len())];
                text += &if by.u8(..6) == 0 { format!("{title}\n=====\n") } else { format!("# {title}\n") };
                (0..by.u8(1..16)).for_each(|_| text += &format!("{}\n", BELOW[by.usize(..BELOW.len())]));
                put(&folder.path().join(name), &text);
            }
            if by.u8(..4) == 0 {
                let links: String = (1..4).map(|n| format!("- [A loom by Alan Kay]({n}.md)\n")).collect();
                put(&folder.path().join("loomconf-2020/README.md"), &format!("# Talks\n\n{links}"));
            }
            let roots = Roots::Paths(vec![folder.path().to_path_buf()]);
            let (Ok(later), Ok(at_once)) = (load(&roots, false), load_explained(&roots, false)) else {
                continue;
            };
            for (talk, other) in later.talks.iter().zip(&at_once.talks) {
                assert_eq!(talk.tale.title(), other.title);
                let waits = talk.tale.waits();
                let says = |talk: &Talk| {
                    let files = talk.spans.iter().map(|span| span.file.index()).collect::<Vec<usize>>();
                    let of = (&talk.title, &talk.speakers, talk.date, talk.starred, &talk.tags);
                    format!("{of:?} {} {files:?}", talk.header_lines)
                };
                assert_eq!(says(talk), says(other), "{:?}", later.file(talk.spans[0].file).text);
                waited += usize::from(waits);
                named += usize::from(waits && !talk.speakers.is_empty());
                in_place += usize::from(matches!(talk.tale.waits, Some(Waits::Opening(..))));
            }
            assert_eq!(later.talks.len(), at_once.talks.len());
        }
        let seen =
            format!("{waited} waited, {named} of them named somebody, {in_place} titles were read in place");
        assert!(waited > 40 && named > 20 && in_place > 20, "{seen}");
    }

    /// Of most talks that are files no more than the title is known before somebody looks, and no copy of that is kept.
    #[test]
    fn a_title_is_read_where_it_stands() {
        use crate::library::chance::{loaded, put};
        let folder = tempfile::tempdir().expect("a folder");
        let check = |title: &str, below: &str, lines: usize, speakers: &[&str]| {
            put(&folder.path().join("loomconf-2020/1.md"), &format!("{title}\n\n{below}\n"));
            put(&folder.path().join("loomconf-2020/2.md"), "# Cards in the sun\n\nText of it goes on.\n");
            let library = loaded(folder.path());
            let talk = &library.talks[0];
            assert!(matches!(talk.tale.waits, Some(Waits::Opening(..))), "{title}: {below}");
            assert_eq!(talk.tale.title(), "Looms in the rain");
            let named: Vec<&str> = talk.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
            assert_eq!((&*talk.title, talk.header_lines, &*named), ("Looms in the rain", lines, speakers));
        };
        check("# Looms in the rain", "Text of it goes on.", 1, &[]);
        check("# 3. Looms in the rain ##", "*Ada Lovelace*\n\nText of it goes on.", 3, &["Ada Lovelace"]);
        check("Looms in the rain\n=====", "Text of it goes on.", 2, &[]);
        check("# Looms in the rain", "## Bavo Nelisk\n\nText of it goes on.", 3, &["Bavo Nelisk"]);
        check("# Looms in the rain", "## Bavo Nelisk\n\nText.\n\n## Tora Umbel\n\nText.", 1, &[]);
    }

    /// Front matter is about a file's only talk; where it has others that wait, it is no less one of several.
    #[test]
    fn front_matter_says_nothing_of_one_of_several() {
        use crate::library::chance::{loaded, put};
        let folder = tempfile::tempdir().expect("a folder");
        let front = "---\ntags: a\nspeaker: Grace Hopper\n---\n# LoomConf 2020\n\n";
        let talks = "## Looms in the rain\n\nDate: 2020-05-06\n\nText of it.\n\n## Cards in the sun\n\nText of that.\n";
        put(&folder.path().join("notes.md"), &format!("{front}{talks}"));
        let library = loaded(folder.path());
        let waits: Vec<bool> = library.talks.iter().map(|talk| talk.tale.waits()).collect();
        assert_eq!(waits, [false, true]);
        assert!(library.talks.iter().all(|talk| talk.tags.is_empty() && talk.speakers.is_empty()));
    }
}
