//! The scene that is set for talks: what front matter, the opening lines and the headings above say of those
//! below them.

use crate::library::conference::{self, Named};
use crate::library::dates::{self, Date};
use crate::library::evidence::Offer;
use crate::library::features::Nature;
use crate::library::fields::{self, Key};
use crate::library::front;
use crate::library::header;
use crate::library::mention;
use crate::library::reading::{Reader, TalkReading, Why, offer};
use crate::library::roles::Role;
use crate::library::title;
use crate::library::vocabulary;
use crate::text::line::lines_from;

/// Where a track comes from that a heading names.
const ABOVE: &str = "the heading above it";

/// What a day that stands above a talk counts as its track: less than any group that has a name.
const DAY: i32 = 4;

/// What headings above and front matter say of the talks below them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) track: Option<Offer>,
    pub(super) date: Option<Date>,
    pub(super) conference: Option<Named>,
    /// What front matter states of the file's talk, where it holds just one.
    pub(super) front: TalkReading,
}

impl Setting {
    /// Whether front matter says of a talk what it is, and not only of which conference.
    pub(super) fn states_talk(&self) -> bool {
        !self.front.title.is_empty() || !self.front.speakers.is_empty()
    }
}

impl Reader<'_> {
    /// A talk about which nothing is known but where it stands.
    pub(super) fn talk_in_setting(&self) -> TalkReading {
        let setting = &self.setting;
        let track = setting.track.clone().into_iter().collect();
        TalkReading {
            date: setting.date,
            unclear_date: setting.front.unclear_date,
            conference: setting.conference.clone(),
            why: Why { reasons: self.case.reasons, track, ..Why::default() },
            ..TalkReading::default()
        }
    }

    /// Front matter sets the scene for the whole file. Its author is who wrote the notes, not
    /// who spoke.
    pub(super) fn front_matter(&mut self) {
        let Some((bytes, _)) = &self.case.found.front else {
            return;
        };
        let author = |line: &&String| {
            let line = line.trim_start().trim_start_matches("#+").to_ascii_lowercase();
            line.starts_with("author") || line.starts_with("by:")
        };
        let told = &mut self.setting.front;
        for line in front::fields(&self.case.text[bytes.clone()]).iter().filter(|l| !author(l)) {
            if let Some((Key::Title, value)) = fields::read(line).filter(|_| told.title.is_empty()) {
                told.title = title::bare(&title::strip_markup(value.trim_matches(['"', '\'']))).to_owned();
            }
            header::state(told, line);
        }
        let told = &self.setting.front;
        self.setting.conference = told.conference.clone();
        self.setting.track = told.why.track.first().cloned();
        self.setting.date = told.date;
        self.reading.orders.extend(told.order);
        self.reading.conference = told.conference.clone();
    }

    /// A talk that stands beside the last group above it, behind talks that stood under it, is not in it.
    pub(super) fn leave_groups(&mut self, at: usize, group: Option<usize>, roles: &[Role]) {
        let all = self.case.headings;
        let here = all[at].style.depth();
        let Some(group) = group.filter(|group| all[*group].style.depth() >= here) else {
            return;
        };
        let held = (group + 1..at).any(|i| roles[i] == Role::Talk && all[i].style.depth() > here);
        // Sessions that are counted follow each other, and hold all up to the next.
        let counted = |t: &Offer| t.value.contains(|c: char| c.is_ascii_digit());
        if held && self.setting.track.as_ref().is_some_and(|t| t.what == ABOVE && !counted(t)) {
            self.setting.track = None;
        }
    }

    /// Whether days tell talks apart: there are several, or talks without one stand above it.
    fn days_differ(&self, at: usize) -> bool {
        let case = &self.case;
        let day = |i: usize| {
            matches!(case.features[i].nature, Nature::Date(_))
                || dates::is_day(&title::strip_markup(case.headings[i].text(case.text)))
        };
        self.has_talk() || (0..case.headings.len()).any(|i| i != at && day(i))
    }

    pub(super) fn set_scene(&mut self, role: &Role, at: usize) {
        match role {
            Role::Conference(named) => {
                self.reading.conference.get_or_insert_with(|| named.clone());
                self.setting.conference = Some(named.clone());
                self.setting.track =
                    named.group.clone().map(|group| offer("the heading that names the conference", 7, group));
            }
            Role::Date(date) => {
                self.setting.date = Some(*date);
                // A day groups talks, where nothing else stands between it and them.
                let day = title::strip_markup(self.case.headings[at].text(self.case.text)).into_owned();
                self.reading.orders.extend(dates::order(&day));
                let by_day = self.setting.track.as_ref().is_none_or(|t| t.weight <= DAY);
                if by_day && self.days_differ(at) {
                    self.setting.track = Some(offer("the day above it", DAY, day));
                }
            }
            // "2014" below "Polyconf": the talks below it were given then.
            Role::Track(name) if dates::year(name.trim()).is_some() && self.series().is_some() => {
                let series = self.series();
                self.setting.conference =
                    series.map(|series| Named { series, year: dates::year(name.trim()), group: None });
                self.setting.track = None;
            }
            Role::Track(name) if dates::is_day(name) => {
                // Another day than that of which the date is known.
                self.setting.date = None;
                let day = offer("the day above it", DAY, name.clone());
                self.setting.track = Some(day).filter(|_| self.days_differ(at));
            }
            // "Talks" says no more than that they are some.
            Role::Track(name) if vocabulary::is_plain_place(name) => {
                self.setting.track = Some(offer("the heading above it", 3, name.clone()));
            }
            Role::Track(name) => self.setting.track = Some(offer(ABOVE, 8, name.clone())),
            Role::FileTitle => {
                let plain = title::strip_markup(self.case.headings[at].text(self.case.text));
                if self.reading.titled.is_none() {
                    self.reading.titled =
                        conference::in_title(&plain).map(|named| (named, "the file's heading").into());
                }
            }
            _ => {}
        }
    }

    /// What the conference is called that the file speaks of so far.
    fn series(&self) -> Option<String> {
        let named = self.setting.conference.as_ref().or(self.reading.conference.as_ref());
        let named = named.or(self.reading.titled.as_deref().map(|(named, _)| named));
        named.map(|named| named.series.clone()).filter(|series| !series.is_empty())
    }

    /// The lines before the first heading may name the conference too.
    pub(super) fn name_in_opening(&mut self) {
        const LOOK_AT: usize = 12;
        let end = self.case.headings.first().map_or(self.case.text.len(), |h| h.bytes().start);
        let skip = self.case.found.front.as_ref().map_or(0, |(bytes, _)| bytes.end).min(end);
        let lines = lines_from(&self.case.text[..end], skip, 1).filter(|l| !l.is_blank());
        let named = lines.take(LOOK_AT).find_map(|l| match fields::read(l.text) {
            Some((Key::Conference, value)) if !value.is_empty() => {
                Some(Named::stated(&title::strip_markup(value)))
            }
            _ => conference::in_line(l.text).or_else(|| mention::in_opening(l.text)),
        });
        if let (Some(named), None) = (named, &self.setting.conference) {
            self.reading.conference = Some(named.clone());
            let group =
                named.group.clone().map(|group| offer("the line that names the conference", 7, group));
            self.setting.track = self.setting.track.take().or(group);
            self.setting.conference = Some(named);
        }
    }
}
