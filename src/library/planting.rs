//! Conferences that were put together anew, among the others of a library.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use crate::library::assemble::ReadFile;
use crate::library::belonging;
use crate::library::conference;
use crate::library::ids;
use crate::library::model::{
    Conference, ConferenceId, File, FileId, Introduction, IntroductionId, Library, Span, Talk, Track, TrackId,
};
use crate::library::problems::Problem;

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

    /// Whether another conference is called alike on the command line, or in other years, so that one has a say in what the other is
    /// called; but for one that is new and spelt as it is in the other years.
    fn is_alike(&self, conference: &Conference, is_new: bool) -> bool {
        let slug = ids::slug(&conference.name);
        let mut others = self.conferences.iter().filter(|other| other.key != conference.key);
        others.any(|other| ids::slug(&other.name) == slug)
            || self.has_a_say_in(&conference.key, &conference.series, is_new)
    }

    /// Whether it matters to how other conferences are spelt, be there a talk of them or not, that there is one of this key; but for
    /// one that is new and spelt as they are.
    fn has_a_say_in(&self, key: &str, series: &str, is_new: bool) -> bool {
        let others = self.conferences.iter().filter(|other| other.key != key).map(|other| &other.series);
        let talkless = self.talkless(|file| file != GONE).into_iter().filter(|(other, _)| other != key);
        let said = belonging::said(series);
        let talkless: Vec<String> = talkless.map(|(_, series)| series).collect();
        let mut others = others.chain(&talkless);
        others.any(|other| !(is_new && other == series) && belonging::said(other) == said)
    }

    /// The conferences of which nothing but an introduction is there, by their keys: what they are called, where it stands in
    /// such files.
    fn talkless(&self, stands: impl Fn(FileId) -> bool) -> BTreeMap<String, String> {
        let loose = self.introductions.iter().flatten().filter(|loose| stands(loose.span.file));
        let about = loose.filter_map(|loose| loose.about.as_ref());
        about.map(|about| (about.key(), about.series.clone())).collect()
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
        let span = |span: &Span| Span { file: number(span.file), ..span.clone() };
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
        // How they are spelt goes by those of which there is no talk, too.
        let (before, now) = (old.talkless(|file| file == GONE), new.talkless(|_| true));
        let is_told = |key: &String| new.conferences.iter().any(|conference| conference.key == *key);
        let gone = before.iter().filter(|(key, series)| now.get(*key) != Some(*series) && !is_told(key));
        let come = now.iter().filter(|(key, _)| !before.contains_key(*key));
        let mut heard = gone.map(|one| (one, false)).chain(come.map(|one| (one, true)));
        if heard.any(|((key, series), is_new)| old.has_a_say_in(key, series, is_new)) {
            return None;
        }
        let mut all: Vec<Source> = Vec::with_capacity(old.conferences.len() + 1);
        for (at, conference) in old.conferences.iter().enumerate() {
            if !keys.contains(&conference.key) {
                all.push(Source::Old(at));
                continue;
            }
            match new.conferences.iter_mut().enumerate().find(|(_, other)| other.key == conference.key) {
                Some((_, other)) if other.name != conference.name => return None,
                Some((at, other)) => {
                    other.slug.clone_from(&conference.slug);
                    all.push(Source::New(at));
                }
                None if old.is_alike(conference, false) => return None,
                None => {}
            }
        }
        let order = |of: &Conference| conference::rank(of.year, &of.series);
        for (at, conference) in new.conferences.iter().enumerate() {
            if old.conferences.iter().any(|other| other.key == conference.key) {
                continue;
            }
            let of = |from: &Source| match from {
                Source::Old(at) => order(&old.conferences[*at]),
                Source::New(at) => order(&new.conferences[*at]),
            };
            let key = order(conference);
            let place = all.partition_point(|from| of(from) < key);
            // What introduced it when there was no talk of it is its own now.
            let is_introduced = old.talkless(|file| file != GONE).contains_key(&conference.key);
            if is_introduced
                || old.is_alike(conference, true)
                || all.get(place).is_some_and(|from| of(from) == key)
            {
                return None;
            }
            all.insert(place, Source::New(at));
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
        loose.sort_by_key(|loose| (loose.span.file, loose.span.bytes.start));
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
