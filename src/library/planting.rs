//! Conferences that were put together anew, among the others of a library.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use crate::library::assemble::ReadFile;
use crate::library::conference::{self, Named};
use crate::library::ids;
use crate::library::model::{
    Conference, ConferenceId, File, FileId, Introduction, IntroductionId, Library, Span, Talk, Track, TrackId,
};
use crate::library::problems::Problem;
use crate::library::spelling::Events;

/// The number of a file that is gone, which no other has.
pub(super) const GONE: FileId = FileId(u32::MAX);

/// Where a conference of the tree comes from: it stood there, or was put together anew.
enum Source {
    Old(usize),
    New(usize),
}

/// The conferences of a library with what belongs to them, to be taken one by one.
struct Stock {
    conferences: Vec<Conference>,
    tracks: Vec<Track>,
    talks: Vec<Option<Talk>>,
    introductions: Vec<Option<Introduction>>,
}

impl Stock {
    fn of(library: &mut Library) -> Self {
        Self {
            conferences: std::mem::take(&mut library.conferences),
            tracks: std::mem::take(&mut library.tracks),
            talks: std::mem::take(&mut library.talks).into_iter().map(Some).collect(),
            introductions: std::mem::take(&mut library.introductions).into_iter().map(Some).collect(),
        }
    }

    /// The conferences of which nothing but an introduction is there, by their keys, as they spell themselves.
    fn talkless(&self) -> BTreeMap<String, String> {
        let loose = self.introductions.iter().flatten().filter(|loose| loose.span.file != GONE);
        let about = loose.filter_map(|loose| loose.about.as_ref());
        about.map(|about| (about.key(), about.series.clone())).collect()
    }
}

impl Conference {
    /// How its own files spell it, without the year.
    fn own_spelling(&self) -> &str {
        self.spelt.as_deref().unwrap_or(&self.series)
    }

    /// Whether another one is to be told from it on the command line.
    fn is_called_like(&self, other: &Conference) -> bool {
        self.key != other.key && ids::slug(&self.name) == ids::slug(&other.name)
    }

    /// Takes another spelling, and keeps its own.
    fn spell(&mut self, series: &str) {
        let own = self.own_spelling().into();
        let named = Named { series: series.to_owned(), year: self.year, group: None };
        (self.name, self.series, self.spelt) = (named.full(), named.series, Some(own));
    }
}

impl Library {
    /// By number of a file, its place among those that were listed.
    pub(super) fn listed_at(&self) -> Vec<usize> {
        if self.is_as_listed() {
            return (0..self.files.len()).collect();
        }
        let address = |file: &Arc<File>| Arc::as_ptr(file).addr();
        let listed = self.shelf.files.iter().enumerate().map(|(at, shelved)| (address(&shelved.file), at));
        let listed: HashMap<usize, usize, foldhash::fast::RandomState> = listed.collect();
        self.files.iter().filter_map(|file| listed.get(&address(file)).copied()).collect()
    }

    /// Whether files are in the order in which they were listed, and no index page has put them in another.
    pub(super) fn is_as_listed(&self) -> bool {
        self.files.len() == self.shelf.files.len()
            && self
                .files
                .iter()
                .zip(&self.shelf.files)
                .all(|(file, shelved)| Arc::ptr_eq(file, &shelved.file))
    }

    /// A copy in which files have other numbers.
    pub(super) fn renumbered(&self, number: impl Fn(FileId) -> FileId + Sync) -> Option<Library> {
        let span = |span: &Span| span.in_file(number(span.file));
        let copy = |talk: &Talk| Talk {
            track: talk.track,
            spans: talk.spans.iter().map(span).collect(),
            tale: talk.tale.clone(),
        };
        let runs = self.in_runs(|_, talks| talks.iter().map(copy).collect::<Vec<_>>());
        let mut talks = Vec::with_capacity(self.talks.len());
        runs.into_iter().for_each(|mut run| talks.append(&mut run));
        self.with_talks(talks, |old| Some(span(old)))
    }

    /// Takes what was guessed of files, in the order in which they stand, instead of what had been of these.
    pub(super) fn guess_again(&mut self, was: &[ReadFile], guesses: Vec<Problem>) {
        let was: HashSet<&Path> = was.iter().map(|read| &*read.file.path).collect();
        let is_of_these = |problem: &Problem| problem.is_guess() && was.contains(&*problem.path);
        if self.problems.iter().filter(|problem| is_of_these(problem)).eq(&guesses) {
            return;
        }
        self.problems.retain(|problem| !is_of_these(problem));
        // What stood in the way of reading is told before.
        let first = self.problems.iter().position(Problem::is_guess).unwrap_or(self.problems.len());
        self.problems.extend(guesses);
        let places = self.files.iter().enumerate().map(|(at, file)| (file.path.as_os_str(), at));
        let places: HashMap<&OsStr, usize, foldhash::fast::RandomState> = places.collect();
        self.problems[first..].sort_by_key(|problem| places.get(problem.path.as_os_str()).copied());
    }

    /// The library with the conferences of these keys as they were put together anew. `None` where another would be spelt or
    /// told apart otherwise then.
    pub(super) fn planted(mut self, mut anew: Library, keys: &BTreeSet<String>) -> Option<Library> {
        let (mut old, mut new) = (Stock::of(&mut self), Stock::of(&mut anew));
        // What is said elsewhere of a conference without a talk would be its own.
        let (talkless, of_new) = (old.talkless(), new.talkless());
        let mut told = of_new.keys().chain(new.conferences.iter().map(|conference| &conference.key));
        if told.any(|key| talkless.contains_key(key)) {
            return None;
        }
        // They are spelt as in other years, of which there may be no talk, and those go on as they are spelt.
        let stays = |conference: &&Conference| !keys.contains(&conference.key);
        let staying = || old.conferences.iter().filter(stays);
        let own = staying().chain(&new.conferences).map(Conference::own_spelling);
        let events = Events::of(own.chain(talkless.values().chain(of_new.values()).map(String::as_str)));
        if staying().any(|other| events.spelling(other.own_spelling()) != other.series) {
            return None;
        }
        for conference in &mut new.conferences {
            let series = events.spelling(conference.own_spelling()).to_owned();
            if series != conference.series {
                conference.spell(&series);
            }
            conference.slug = ids::slug(&conference.name);
        }
        let mut all: Vec<Source> = Vec::with_capacity(old.conferences.len() + 1);
        let mut placed = vec![false; new.conferences.len()];
        for (at, conference) in old.conferences.iter().enumerate() {
            if stays(&conference) {
                all.push(Source::Old(at));
                continue;
            }
            let is_it = |other: &Conference| other.key == conference.key && other.name == conference.name;
            match new.conferences.iter_mut().enumerate().find(|(_, other)| is_it(other)) {
                Some((nth, other)) => {
                    other.slug.clone_from(&conference.slug);
                    placed[nth] = true;
                    all.push(Source::New(nth));
                }
                // What told the other from it would not be needed.
                None if staying().any(|other| other.is_called_like(conference)) => return None,
                None => {}
            }
        }
        let order = |of: &Conference| conference::rank(of.year, &of.series);
        for (nth, conference) in new.conferences.iter().enumerate().filter(|(nth, _)| !placed[*nth]) {
            let of = |from: &Source| match from {
                Source::Old(at) => order(&old.conferences[*at]),
                Source::New(at) => order(&new.conferences[*at]),
            };
            let key = order(conference);
            let place = all.partition_point(|from| of(from) < key);
            let mut others = staying().chain(&new.conferences);
            if others.any(|other| other.is_called_like(conference))
                || all.get(place).is_some_and(|from| of(from) == key)
            {
                return None;
            }
            all.insert(place, Source::New(nth));
        }
        for from in all {
            match from {
                Source::Old(at) => self.adopt(&mut old, at),
                Source::New(at) => self.adopt(&mut new, at),
            }
        }
        let is_loose = |loose: &Introduction| loose.of.is_none() && loose.span.file != GONE;
        let both = [old, new].into_iter().flat_map(|stock| stock.introductions).flatten();
        let mut loose: Vec<Introduction> = both.filter(is_loose).collect();
        loose.sort_by_key(|loose| (loose.span.file, loose.span.bytes().start));
        self.introductions.extend(loose);
        // A library without a talk is none.
        (!self.talks.is_empty()).then_some(self)
    }

    /// Takes a conference, which stands behind all that are there.
    fn adopt(&mut self, stock: &mut Stock, at: usize) {
        let of = ConferenceId(self.conferences.len() as u32);
        let conference = stock.conferences[at].clone();
        let first_track = self.tracks.len() as u32;
        for track in conference.tracks.clone() {
            let id = TrackId(self.tracks.len() as u32);
            let (first, old) = (self.talks.len() as u32, &stock.tracks[track as usize]);
            for talk in old.talks.clone() {
                let talk = stock.talks[talk as usize].take();
                self.talks.extend(talk.map(|talk| Talk { track: id, ..talk }));
            }
            let talks = first..self.talks.len() as u32;
            self.tracks.push(Track { name: old.name.clone(), conference: of, talks });
        }
        let first = self.introductions.len() as u32;
        for id in &conference.introductions {
            let introduction = stock.introductions[id.index()].take();
            self.introductions.extend(introduction.map(|old| Introduction { of: Some(of), ..old }));
        }
        let introductions = (first..self.introductions.len() as u32).map(IntroductionId).collect();
        let tracks = first_track..self.tracks.len() as u32;
        self.conferences.push(Conference { tracks, introductions, ..conference });
    }
}
