//! Where a file lies, and what that says: conference and track from folders, the habits of the
//! files around it.
//!
//! A folder is read from its own name, from the names above it and beside it, and from the index
//! page in it. Nothing of this looks into a talk.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use crate::library::beside::{Beside, Siblings};
use crate::library::conference::Named;
use crate::library::contents::{self, Contents, Listed};
use crate::library::crew;
use crate::library::elsewhere::Elsewhere;
use crate::library::evidence::Reasons;
use crate::library::features::{self, Feature, Nature};
use crate::library::file_name::{FileName, Kind};
use crate::library::folders::{self, Folders};
use crate::library::headings::Headings;
use crate::library::level::{self, Answer, Case};
use crate::library::model::Speaker;
use crate::library::overrides::Rules;
use crate::library::packed::List;
use crate::library::passing;
use crate::library::posts::{self, Posts};
use crate::library::shapes::Habits;
use crate::library::title;
use crate::library::walk::Root;
use crate::text::fold::fold;

/// What one pass over a file found, before anything is decided.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// Its headings.
    pub found: Headings,
    /// What each of them tells.
    pub features: List<Feature>,
}

impl Survey {
    /// Looks at a text whose headings are known.
    pub fn of(text: &str, found: Headings) -> Self {
        let features = features::read(text, &found).into();
        Self { found, features }
    }

    /// The same, to be kept for as long as the notes are: its lists can be shared, and are no part of others.
    pub(super) fn kept(self) -> Self {
        let Self { found, features } = self;
        Self { found: Headings { all: found.all.apart(), ..found }, features: features.apart() }
    }
}

/// A file that waits for its place.
#[derive(Clone, Copy)]
pub struct Surveyed<'f> {
    /// The path below its root.
    pub relative: &'f Path,
    /// What it was found below.
    pub root: &'f Root,
    /// Its text.
    pub text: &'f str,
    /// Its headings.
    pub survey: &'f Survey,
}

impl<'f> Surveyed<'f> {
    pub(super) fn case(&self, place: &'f Place, reasons: Reasons) -> Case<'f> {
        Case::of(self.text, self.survey, place, reasons)
    }
}

/// Where a file lies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// What its own name says; that of its folder, where each talk has a folder.
    pub name: FileName,
    /// The conference that the folders above it name.
    pub conference: Option<Arc<Named>>,
    /// The conference that the whole collection is named for.
    pub collection: Arc<Named>,
    /// The group that the folders below the conference's name.
    pub group: Option<Arc<str>>,
    /// The other files of its folder.
    pub siblings: Beside,
    /// In which shapes the collection's titles name their speakers.
    pub habits: Arc<Habits>,
    /// The file's name as a title with people in it, where it names any.
    pub spoken_name: Option<Box<SpokenName>>,
    /// Other files lie beside it or below its folder.
    pub accompanied: bool,
    /// What it says by itself of where its talks are, once it was asked.
    pub alone: Option<Box<level::Points>>,
    /// What its owner states of it.
    pub rules: Arc<Rules>,
    /// What an index page says of it.
    pub listed: Option<Arc<Listed>>,
    /// Its headings say what the files beside it are about.
    pub retells: bool,
    /// Why it is not notes, going by what the files around it are.
    pub aside: Option<&'static str>,
    /// It is a page in which links to others may stand.
    pub leads: bool,
    /// Whether it speaks of an event, where it is a post.
    pub post: Option<bool>,
}

/// A file's name that is a title with people in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenName {
    /// The title.
    pub title: String,
    /// The people.
    pub people: Vec<Speaker>,
}

impl Place {
    /// The track that it gives its talks, and what says so: its name, or the folders.
    pub(super) fn track(&self) -> Option<(&str, &'static str)> {
        let own = self.name.group.as_deref().map(|group| (group, "the file's name"));
        own.or(self.group.as_deref().map(|group| (group, "the folder's name")))
    }
}

/// Finds the place of every file of one root.
pub fn places(files: &[Surveyed], reasons: Reasons) -> Vec<Place> {
    places_among(files, None, reasons).places
}

/// Where files lie, and what they and all others have been counted for.
pub(super) struct Found {
    pub(super) places: Vec<Place>,
    pub(super) habits: Arc<Habits>,
    pub(super) posts: Posts,
    /// Where links lead that lead to none of the files, where there are others.
    pub(super) missed: Vec<String>,
}

/// Finds the place of files: of all in some folders of one root, and what is known of its others.
pub(super) fn places_among(files: &[Surveyed], elsewhere: Option<&Elsewhere>, reasons: Reasons) -> Found {
    let folders = Folders::of(files);
    let mut places: Vec<Place> = folders::places(files, &folders, elsewhere);
    let names = passing::list(places.iter().map(|p| &p.name));
    let mut counted = elsewhere.map_or_else(Posts::default, |elsewhere| elsewhere.posts);
    let posts = posts::posts(files, &names, &mut counted);
    for (place, post) in places.iter_mut().zip(posts).filter_map(|(place, post)| Some((place, post?))) {
        (place.aside, place.post) = (post.aside, Some(post.speaks));
    }
    find_retellings(files, &folders, &mut places);
    let leads = |at: usize| {
        let place = &places[at];
        place.accompanied && matches!(place.name.kind, Kind::Index | Kind::Plan | Kind::Plain)
    };
    let Contents { listed, pages, missed } = contents::contents(files, leads, elsewhere.is_some());
    pages.into_iter().for_each(|page| places[page].leads = true);
    for (file, said) in listed.into_iter().flatten() {
        places[file].listed.get_or_insert(said);
    }
    if let Some(elsewhere) = elsewhere {
        elsewhere.have_a_say(files, &mut places);
    }
    // First each file for itself, then again with what the others do.
    let bytes = crew::bytes(files.iter().map(|f| f.text.len()));
    let votes =
        crew::map(files.iter().zip(&places), bytes, |(file, place)| Vote::of(&file.case(place, reasons)));
    let mut siblings: Vec<Siblings> = vec![Siblings::default(); folders.all.len()];
    let mut habits = elsewhere.map_or_else(Habits::default, |elsewhere| elsewhere.habits.clone());
    for ((folder, place), vote) in folders.of.iter().zip(&places).zip(&votes) {
        habits.add(&vote.habits);
        siblings[*folder].count(place.name.kind, vote, 1);
    }
    let habits = Arc::new(habits);
    let siblings: Vec<Arc<Siblings>> = siblings.into_iter().map(Arc::new).collect();
    for ((folder, place), Vote { points, answer, .. }) in folders.of.iter().zip(&mut places).zip(votes) {
        let own = answer.filter(|_| place.name.kind != Kind::Index);
        place.siblings = Beside { files: Arc::clone(&siblings[*folder]), own };
        place.habits = Arc::clone(&habits);
        place.spoken_name = spoken_name(&place.name, &habits);
        place.alone = Some(points);
    }
    Found { places, habits, posts: counted, missed }
}

/// A file's name as a title with people in it, as the habits of the collection have it.
pub(super) fn spoken_name(name: &FileName, habits: &Habits) -> Option<Box<SpokenName>> {
    let split =
        Some(name).filter(|name| name.kind == Kind::Title).and_then(|name| habits.choose(&name.text))?;
    Some(Box::new(SpokenName { title: split.title.to_owned(), people: split.people }))
}

/// What one file says before it is known what the others do.
pub(super) struct Vote {
    pub(super) points: Box<level::Points>,
    /// The answer with the most.
    pub(super) answer: Option<Answer>,
    /// Whether its first words say what it is named, where it is named like a talk.
    pub(super) alike: Option<bool>,
    pub(super) habits: Habits,
}

impl Vote {
    pub(super) fn of(case: &Case) -> Self {
        let points = level::points(case);
        let answer = level::answer(case, &points);
        let name = &case.place.name;
        let mut habits = Habits::default();
        see_titles(case, answer.filter(|_| name.kind != Kind::Index), &mut habits);
        let first = first_words(case).filter(|_| name.kind == Kind::Title);
        Self { points, answer, alike: first.map(|first| name.likeness(first) >= 50), habits }
    }
}

/// An index page whose headings are the titles of the files beside it, by half of them at least.
fn find_retellings(files: &[Surveyed], folders: &Folders, places: &mut [Place]) {
    let named = |kind: Kind| places.iter().enumerate().filter(move |(_, p)| p.name.kind == kind);
    let indexed: HashSet<usize> = named(Kind::Index).map(|(at, _)| folders.of[at]).collect();
    if indexed.is_empty() {
        return;
    }
    let mut titles: HashMap<usize, HashSet<String>> = HashMap::new();
    for (at, place) in named(Kind::Title).filter(|(at, _)| indexed.contains(&folders.of[*at])) {
        let case = files[at].case(place, Reasons::Dropped);
        let of_folder = titles.entry(folders.of[at]).or_default();
        of_folder.extend(first_words(&case).map(|t| fold(title::bare(&title::strip_markup(t)))));
        of_folder.insert(fold(&place.name.text));
    }
    for (at, place) in places.iter_mut().enumerate().filter(|(_, p)| p.name.kind == Kind::Index) {
        let Some(known) = titles.get(&folders.of[at]) else {
            continue;
        };
        let file = &files[at];
        let all =
            file.survey.found.all.iter().map(|h| fold(title::bare(&title::strip_markup(h.text(file.text)))));
        let retold = all.filter(|heading| known.contains(heading)).count();
        place.retells = retold >= 2 && retold * 4 >= file.survey.found.all.len();
    }
}

/// The first heading of a file, or its first line.
pub(super) fn first_words<'t>(case: &Case<'t>) -> Option<&'t str> {
    let front = case.found.front.as_ref().map_or(0, |(bytes, _)| bytes.end);
    let line = || case.text[front..].lines().find(|l| !l.trim().is_empty());
    level::title_of_whole(case).map(|at| case.headings[at].text(case.text)).or_else(line)
}

/// The most title lines of one file that count for the collection's habits.
const TITLES: usize = 60;

fn see_titles(case: &Case, answer: Option<Answer>, habits: &mut Habits) {
    let mut see = |at: usize| match case.features[at].bare {
        true => habits.see_bare(),
        false => habits.see(title::bare(&title::strip_markup(case.headings[at].text(case.text)))),
    };
    match answer {
        Some(Answer::Whole) => level::title_of_whole(case).into_iter().for_each(see),
        Some(Answer::Headings(style)) => {
            let all = case.headings.iter().zip(case.features).enumerate();
            let open =
                |f: &Feature| matches!(f.nature, Nature::Open | Nature::LabelledTalk | Nature::Session);
            all.filter(|(_, (h, f))| h.style == style && open(f)).take(TITLES).for_each(|(at, _)| see(at));
        }
        None => {}
    }
}
