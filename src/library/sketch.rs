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
    pub(super) survey: Arc<Survey>,
    pub(super) place: Arc<Place>,
    pub(super) reading: Arc<Reading>,
    /// The order of day and month in the dates of its collection.
    pub(super) order: Option<Order>,
}

impl Teller {
    /// What the file shows to those who read it.
    pub(super) fn case(&self) -> Case<'_> {
        let Survey { found, features, styles } = &*self.survey;
        let text = &self.file.text;
        Case { text, found, features, styles, place: &self.place, reasons: Reasons::Dropped }
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

/// Whether a talk may wait: all that its lines could still say is who gave it.
pub(super) fn may_wait(case: &Case, at: usize, end: usize) -> bool {
    let heading = &case.found.all[at];
    let raw = || heading.text(case.text);
    let nature = &case.features[at].nature;
    // A label alone takes its title from below; any other heading is a title, or has one in it.
    let titled = matches!(nature, Nature::Open | Nature::Person(_) | Nature::Group | Nature::InsideTalk);
    // A name with the title as the heading below it.
    let named = matches!(nature, Nature::Person(_))
        && case.features.get(at + 1).is_some_and(|below| below.nature == Nature::Open);
    case.reasons == Reasons::Dropped
        && titled
        && !named
        && (case.features[at].bare || raw().contains(char::is_alphanumeric))
        && !may_state_place(case, at, end)
}

/// Whether what stands below a title, up to a byte, may put the talk elsewhere: as it was seen when the file was looked
/// over, and by a longer look where its header goes on.
fn may_state_place(case: &Case, at: usize, end: usize) -> bool {
    let (all, features) = (&case.found.all, case.features);
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
    title::read(case.found.all[sketch.heading as usize].text(case.text), &case.place.habits).text
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
        }
    }
}

impl Told {
    /// Adds what another file says of the same talk.
    pub(super) fn join(&mut self, more: Told) {
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
    waits: Option<(Arc<Teller>, Sketch)>,
}

impl Tale {
    /// A talk that was told.
    pub(super) fn told(told: Arc<Told>) -> Self {
        Self { told: OnceLock::from(told), waits: None }
    }

    /// A talk that waits.
    pub(super) fn waiting(teller: Arc<Teller>, sketch: Sketch) -> Self {
        Self { told: OnceLock::new(), waits: Some((teller, sketch)) }
    }

    /// Whether it waits still.
    #[cfg(test)]
    pub(super) fn waits(&self) -> bool {
        self.told.get().is_none()
    }

    /// Looks at what it says, and keeps nothing of it that was not kept before.
    pub(super) fn glance<R>(&self, see: impl FnOnce(&Told) -> R) -> R {
        match (self.told.get(), &self.waits) {
            (None, Some((teller, sketch))) => see(&teller.tell(*sketch).into()),
            _ => see(self.get()),
        }
    }

    /// Its title alone, which takes no longer look.
    pub(super) fn title(&self) -> Cow<'_, str> {
        let waits = self.waits.as_ref().filter(|_| self.told.get().is_none());
        match waits.and_then(|(teller, sketch)| teller.title_at_hand(*sketch)) {
            Some(title) => Cow::Owned(title),
            None => Cow::Borrowed(&self.get().title),
        }
    }

    /// What it says.
    pub(super) fn get(&self) -> &Told {
        self.told.get_or_init(|| {
            let told = self.waits.as_ref().map(|(teller, sketch)| teller.tell(*sketch).into());
            Arc::new(told.unwrap_or_default())
        })
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
        assert!(size_of::<Feature>() <= 24 && size_of::<Heading>() <= 28 && size_of::<Talk>() <= 72);
        assert!(size_of::<Part>() <= 64);
        // Nor does one keep room for more than it has.
        let library =
            crate::library::load::load(&crate::library::load::Roots::Builtin, false).expect("notes");
        let spoken = library.talk_ids().filter(|id| {
            let talk = library.talk(*id);
            assert!(talk.spans.len() != 1 || talk.spans.capacity() == 1, "{}", talk.title);
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
            let Survey { found, features, styles } = survey(&text, Path::new("notes.md"));
            let (place, reasons) = (Place::default(), Reasons::Dropped);
            let case =
                Case { text: &text, found: &found, features: &features, styles: &styles, place: &place, reasons };
            let starts: Vec<usize> = found.all.iter().map(|h| h.bytes().start).collect();
            for (at, heading) in found.all.iter().enumerate() {
                for end in starts[at + 1..].iter().copied().chain([text.len()]) {
                    let lines = lines_from(&text[..end], heading.bytes().end.min(end), heading.next_line());
                    if header::may_state_place(lines) {
                        prop_assert!(may_state_place(&case, at, end), "{} to {end} of {text:?}", heading.line());
                    }
                }
            }
        }
    }
}
