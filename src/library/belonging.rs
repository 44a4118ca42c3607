//! Where a talk belongs: its conference and its track, from all that is said of either.
//!
//! The talk itself, the headings and lines above it, the folders, the file's name and the
//! collection's each offer an answer with a weight; the weightiest holds.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::library::assemble::ReadFile;
use crate::library::conference::{self, Named};
use crate::library::dates::Date;
use crate::library::evidence::{Choice, Offer, Reasons};
use crate::library::file_name::{self, Kind};
use crate::library::folders::same_event;
use crate::library::model::File;
use crate::library::overrides::TrackRule;
use crate::library::place::Place;
use crate::library::reading::Reading;
use crate::library::vocabulary;
use crate::text::fold::fold;

/// How the conference of a folder is spelt: as the headings in its files do, where they speak of
/// the same event. By what the folder names, as a key, the spellings and how many files have each, in the order in which they come.
#[derive(Debug, Default, Clone)]
pub(super) struct Spellings(HashMap<String, Vec<(Named, usize)>>);

/// Counts a file's spelling.
fn count(spellings: &mut Vec<(Named, usize)>, named: Named) {
    match spellings.iter_mut().find(|(known, _)| known.key() == named.key()) {
        Some((_, count)) => *count += 1,
        None => spellings.push((named, 1)),
    }
}

/// The spelling that most files have; of equals the first.
fn most(spellings: &[(Named, usize)]) -> Option<&Named> {
    spellings.iter().rev().max_by_key(|(_, count)| *count).map(|(named, _)| named)
}

impl Spellings {
    /// Of what all files say, in their order.
    pub(super) fn of<'s>(spelt: impl Iterator<Item = &'s Spelt>) -> Self {
        let mut all = Self::default();
        spelt.for_each(|spelt| count(all.0.entry(spelt.folder.key()).or_default(), spelt.named.clone()));
        all
    }

    /// Counts these files no more, and others instead. Says of which folders, as keys, the spelling is another one then; `None` where
    /// it takes a look at more files to tell.
    pub(super) fn exchange<'f>(
        &mut self,
        was: impl Iterator<Item = &'f ReadFile>,
        is: impl Iterator<Item = &'f ReadFile>,
    ) -> Option<BTreeSet<String>> {
        let mut spelt: BTreeMap<String, [Vec<Named>; 2]> = BTreeMap::new();
        let of_file = |read: &ReadFile| Spelt::of(&read.reading, &read.place);
        let (was, is) = (was.filter_map(of_file), is.filter_map(of_file));
        for (side, Spelt { folder, named }) in was.map(|spelt| (0, spelt)).chain(is.map(|spelt| (1, spelt))) {
            spelt.entry(folder.key()).or_default()[side].push(named);
        }
        let mut others = BTreeSet::new();
        for (folder, [was, is]) in spelt.into_iter().filter(|(_, [was, is])| was != is) {
            let known = self.0.entry(folder.clone()).or_default();
            let before = most(known).cloned();
            let all: usize = known.iter().map(|(_, count)| count).sum();
            if was.len() == all {
                known.clear();
                is.into_iter().for_each(|named| count(known, named));
            } else if was.is_empty() && is.iter().all(|named| before.as_ref() == Some(named)) {
                // They speak for what most have, however the others are spelt.
                is.into_iter().for_each(|named| count(known, named));
            } else {
                return None;
            }
            if most(known) != before.as_ref() {
                others.insert(folder);
            }
        }
        self.0.retain(|_, spellings| !spellings.is_empty());
        Some(others)
    }

    /// Gives a name the one spelling that the files of its folder have agreed on.
    pub(super) fn respell(&self, named: &mut Arc<Named>, folder: Option<&Named>) {
        let Some(folder) = folder.filter(|_| !self.0.is_empty()) else {
            return;
        };
        if let Some(agreed) = self.0.get(&folder.key()).and_then(|spellings| most(spellings))
            && **named != *agreed
            && same_event(named, agreed)
            && (folder.year.is_some() || named.year == agreed.year)
        {
            *named = Arc::new(agreed.clone());
        }
    }
}

/// How a file spells the conference that its folder names.
#[derive(Debug)]
pub(super) struct Spelt {
    /// As the folder has it.
    folder: Arc<Named>,
    /// As the file has it.
    named: Named,
}

impl Spelt {
    /// `None` where a file says nothing of it.
    pub(super) fn of(reading: &Reading, place: &Place) -> Option<Self> {
        let (folder, stated) = (place.conference.as_ref()?, reading.conference.as_ref()?);
        same_event(folder, stated).then(|| Self {
            folder: Arc::clone(folder),
            named: Named { group: None, year: stated.year.or(folder.year), ..stated.clone() },
        })
    }
}

/// What is known of a file when its talks find their conference and track.
pub(super) struct Around<'f> {
    file: &'f File,
    reading: &'f Reading,
    place: &'f Place,
    /// The file holds several talks.
    many: bool,
    /// What the file's name says, read as an event's, once that is asked for.
    stem: OnceCell<Named>,
}

impl<'f> Around<'f> {
    pub(super) fn of(file: &'f File, reading: &'f Reading, place: &'f Place, many: bool) -> Self {
        Self { file, reading, place, many, stem: OnceCell::new() }
    }

    fn stem(&self) -> &Named {
        self.stem.get_or_init(|| conference::folder_name(&file_name::without_part(self.file.relative())))
    }

    /// The conference of a talk that states one or stands below a heading that does, and was given at a day;
    /// or, where neither is known, of what introduces the file's talks.
    pub(super) fn conference(
        &self,
        stated: Option<&Named>,
        date: Option<Date>,
        reasons: Reasons,
    ) -> (Arc<Named>, Vec<Offer>) {
        let Around { reading, place, many, .. } = *self;
        let mut choice: Choice<Cow<Named>> = Choice::default();
        let mut offer = |what, weight, named: Cow<'f, Named>| choice.offer(what, weight, named);
        let borrowed = Cow::Borrowed;
        if let Some(named) = &place.rules.conference {
            offer("hallway.toml states it", 99, borrowed(named));
        }
        if let Some(named) = stated {
            offer("the talk states it, or a heading above it", 9, Cow::Owned(named.clone()));
        }
        if let Some(named) = &reading.conference {
            offer("a heading or an early line of the file", 8, borrowed(named));
        }
        if let Some(named) = &place.conference {
            offer("the folders", if named.year.is_some() { 7 } else { 5 }, borrowed(named));
        }
        if let Some(named) = place.listed.as_ref().and_then(|l| l.conference.as_ref()) {
            offer("the index page", 6, borrowed(named));
        }
        if let Some((named, what)) = reading.titled.as_deref().filter(|_| many) {
            offer(what, 6, borrowed(named));
        }
        let named = || {
            let series = &self.stem().series;
            !series.split(' ').all(vocabulary::is_generic) && !series.is_empty()
        };
        match place.name.kind {
            Kind::Conference if named() => {
                let stem = self.stem();
                offer("the file's name", if stem.year.is_some() { 6 } else { 5 }, Cow::Owned(stem.clone()))
            }
            Kind::Title if !many => {
                let stem = self.stem();
                let word = stem.series.split(' ').find(|w| vocabulary::is_event(&fold(w)));
                if let Some(word) = word {
                    let year = stem.year.or(place.name.date.map(|d| d.year));
                    let named = Named { series: conference::capitalise(word), year, group: None };
                    offer("a word of the file's name", 4, Cow::Owned(named));
                }
            }
            Kind::Title if many && named() => {
                let stem = self.stem();
                let own = Named { series: place.name.text.clone(), year: stem.year, group: None };
                let own = if stem.year.is_some() { stem.clone() } else { own };
                let weight = if place.collection.year.is_some() { 1 } else { 4 };
                offer("the file's name", weight, Cow::Owned(own));
            }
            _ => {}
        }
        if !place.collection.series.is_empty() {
            offer(
                "the collection's name",
                if place.collection.year.is_some() { 3 } else { 2 },
                borrowed(&place.collection),
            );
        }
        let best = choice.best().map(|(_, named)| &**named);
        // What the folders name is shared by all files in them.
        let shared =
            place.conference.as_ref().filter(|own| best.is_some_and(|best| std::ptr::eq(best, &***own)));
        let named = match shared.filter(|own| own.year.is_some()) {
            Some(own) => Arc::clone(own),
            None => {
                let mut named = best.cloned().unwrap_or_default();
                let folder = place.conference.as_ref().and_then(|c| c.year);
                // "europython/2018.md"
                let own = || (place.name.kind == Kind::Plain).then(|| self.stem().year).flatten();
                let date = date.or(reading.date).map(|d| d.year);
                named.year = named.year.or(folder).or_else(own).or(date).or(place.collection.year);
                Arc::new(named)
            }
        };
        let why = match reasons {
            Reasons::Kept => choice.offers(|named| named.full()),
            Reasons::Dropped => Vec::new(),
        };
        (named, why)
    }

    /// The track that a rule asks for.
    fn track_as_stated(&self, rule: TrackRule, offers: &[Offer]) -> Option<Offer> {
        let folder = self
            .file
            .relative()
            .parent()
            .and_then(|p| p.file_name())
            .map(|n| conference::deslug(&n.to_string_lossy()));
        let heading = offers
            .iter()
            .find(|o| matches!(o.weight, 3 | 4 | 7 | 8) && !o.what.contains("file"))
            .map(|o| o.value.clone());
        let value = match rule {
            TrackRule::Folder => folder,
            TrackRule::File => {
                Some(self.place.name.group.clone().unwrap_or_else(|| self.place.name.text.clone()))
            }
            TrackRule::Heading => heading,
            TrackRule::None => None,
        };
        value.map(|value| Offer { what: "hallway.toml states the rule", weight: 99, value })
    }

    /// The tracks that are offered to a talk: these by its text, others by the folders and the file's name.
    pub(super) fn tracks(&self, mut offers: Vec<Offer>) -> Tracks {
        let mut offer = |what, weight, value: &str| {
            offers.push(Offer { what, weight, value: value.to_owned() });
        };
        if let Some((track, what)) = self.place.track() {
            offer(what, if self.place.name.group.is_some() { 6 } else { 5 }, track);
        }
        let many = self.many;
        if let Some(part) = self.place.name.part.as_ref().filter(|_| many) {
            offer("the end of the file's name", 4, part);
        }
        if let Some(group) = self.place.listed.as_ref().and_then(|l| l.group.as_ref()).filter(|_| !many) {
            offer("the index page", 4, group);
        }
        if let Some(rule) = self.place.rules.track {
            return Tracks {
                offers: self.track_as_stated(rule, &offers).into_iter().collect(),
                titled: None,
            };
        }
        let is_of_other =
            |titled: &Named| self.place.conference.as_ref().is_some_and(|c| !same_event(c, titled));
        let titled = self.reading.titled.clone().filter(|titled| is_of_other(&titled.0));
        Tracks { offers, titled }
    }
}

/// The tracks that are offered to a talk, before those are left out that only say its conference or its title again.
#[derive(Debug, Default, Clone)]
pub(super) struct Tracks {
    offers: Vec<Offer>,
    /// What the file's title names, which is another conference than that of its folders.
    titled: Option<Box<(Named, &'static str)>>,
}

impl Tracks {
    /// Whether there is none to choose from.
    pub(super) fn is_empty(&self) -> bool {
        self.offers.is_empty() && self.titled.is_none()
    }

    /// The tracks of a talk of this conference and title, the best first.
    pub(super) fn of(self, conference: &Named, title: &str) -> Vec<Offer> {
        let Self { mut offers, titled } = self;
        if let Some((named, what)) = titled.as_deref()
            && !same_event(conference, named)
        {
            offers.push(Offer { what, weight: 3, value: named.full() });
        }
        if offers.is_empty() {
            return offers;
        }
        // What only says the conference again groups nothing.
        let says = said;
        let event = says(&conference.full());
        let again = |track: &str| {
            let track = says(track);
            !track.is_empty()
                && (track == event
                    || track == says(&conference.series)
                    || track.len() * 3 >= event.len() * 2
                        && (event.contains(&track) || track.contains(&event)))
        };
        let title = says(title);
        offers.retain(|offer| offer.weight > 8 || !again(&offer.value) && says(&offer.value) != title);
        offers.sort_by_key(|offer| std::cmp::Reverse(offer.weight));
        offers
    }
}

/// The letters and digits that a name says, folded.
pub(super) fn said(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}
