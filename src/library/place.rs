//! Where a file lies, and what that says: conference and track from folders, the habits of the
//! files around it.
//!
//! A folder is read from its own name, from the names above it and beside it, and from the index
//! page in it. Nothing of this looks into a talk.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use crate::library::conference::Named;
use crate::library::contents::{self, Listed};
use crate::library::crew;
use crate::library::evidence::Reasons;
use crate::library::features::{self, Feature, Nature};
use crate::library::file_name::{FileName, Kind};
use crate::library::folders;
use crate::library::headings::{Headings, Style};
use crate::library::level::{self, Answer, Case, OfStyle};
use crate::library::model::Speaker;
use crate::library::overrides::Rules;
use crate::library::posts;
use crate::library::shapes::Habits;
use crate::library::title;
use crate::text::fold::fold;

/// What one pass over a file found, before anything is decided.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// Its headings.
    pub found: Headings,
    /// What each of them tells.
    pub features: Vec<Feature>,
    /// What those of each style tell together.
    pub styles: Vec<OfStyle>,
}

impl Survey {
    /// Looks at a text whose headings are known.
    pub fn of(text: &str, found: Headings) -> Self {
        let features = features::read(text, &found);
        let styles = level::by_style(text, &found, &features);
        Self { found, features, styles }
    }
}

/// A file that waits for its place.
#[derive(Clone, Copy)]
pub struct Surveyed<'f> {
    /// The path below its root.
    pub relative: &'f Path,
    /// The name of its root.
    pub root_name: &'f str,
    /// Its text.
    pub text: &'f str,
    /// Its headings.
    pub survey: &'f Survey,
}

impl<'f> Surveyed<'f> {
    fn case(&self, place: &'f Place, reasons: Reasons) -> Case<'f> {
        let Survey { found, features, styles } = self.survey;
        Case { text: self.text, found, features, styles, place, reasons }
    }
}

/// How the files of a folder hold their talks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Siblings {
    /// Files that are one talk.
    pub whole: usize,
    /// Files that hold several.
    pub many: usize,
    /// Of these, how many have their talks in each style.
    pub styles: HashMap<Style, usize>,
    /// Files that are named like talks, this one among them.
    pub titled: usize,
    /// All files of the folder but its index page.
    pub all: usize,
    /// Files whose first heading or line says what the file is named, and files where it does not.
    pub alike: (usize, usize),
}

/// Where a file lies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// What its own name says; that of its folder, where each talk has a folder.
    pub name: FileName,
    /// The conference that the folders above it name.
    pub conference: Option<Named>,
    /// The conference that the whole collection is named for.
    pub collection: Arc<Named>,
    /// The track: the folder below the conference's, or the group that the file is named for.
    pub track: Option<(String, &'static str)>,
    /// The group at the end of the file's name, for a file with many talks.
    pub part: Option<String>,
    /// The other files of its folder.
    pub siblings: Beside,
    /// In which shapes the collection's titles name their speakers.
    pub habits: Arc<Habits>,
    /// The file's name as a title with people in it, where it names any.
    pub spoken_name: Option<(String, Vec<Speaker>)>,
    /// Other files lie beside it or below its folder.
    pub accompanied: bool,
    /// What was decided, where no other file has a say in it.
    pub decision: Option<level::Decision>,
    /// What its owner states of it.
    pub rules: Arc<Rules>,
    /// What an index page says of it.
    pub listed: Option<Box<Listed>>,
    /// Its headings say what the files beside it are about.
    pub retells: bool,
    /// Why it is not notes, going by what the files around it are.
    pub aside: Option<&'static str>,
}

/// Finds the place of every file.
pub fn places(files: &[Surveyed], reasons: Reasons) -> Vec<Place> {
    let mut places: Vec<Place> = folders::folders(files);
    let names: Vec<&FileName> = places.iter().map(|p| &p.name).collect();
    let aside = posts::aside(files, &names);
    places.iter_mut().zip(aside).for_each(|(place, why)| place.aside = why);
    find_retellings(files, &mut places);
    let leads = |at: usize| {
        let place = &places[at];
        place.accompanied && matches!(place.name.kind, Kind::Index | Kind::Plan | Kind::Plain)
    };
    let listed = contents::listed(files, leads);
    places.iter_mut().zip(listed).for_each(|(place, listed)| place.listed = listed.map(Box::new));
    // First each file for itself, then again with what the others do.
    let bytes = files.iter().map(|f| f.text.len()).sum();
    let votes = crew::map(files.iter().zip(&places).collect(), bytes, |(file, place)| {
        Vote::of(&file.case(place, reasons))
    });
    let mut folders: HashMap<&Path, Siblings> = HashMap::new();
    let mut habits = Habits::default();
    for ((file, place), vote) in files.iter().zip(&places).zip(&votes) {
        habits.add(&vote.habits);
        if place.name.kind == Kind::Index {
            continue;
        }
        let siblings = folders.entry(group_of(file.relative)).or_default();
        siblings.all += 1;
        siblings.titled += usize::from(place.name.kind == Kind::Title);
        match vote.alike {
            Some(true) => siblings.alike.0 += 1,
            Some(false) => siblings.alike.1 += 1,
            None => {}
        }
        if let Some(answer) = vote.decision.answer {
            siblings.count(answer);
        }
    }
    let habits = Arc::new(habits);
    let folders: HashMap<&Path, Arc<Siblings>> =
        folders.into_iter().map(|(folder, siblings)| (folder, Arc::new(siblings))).collect();
    for ((file, place), Vote { decision: vote, .. }) in files.iter().zip(&mut places).zip(votes) {
        let own = vote.answer.filter(|_| place.name.kind != Kind::Index);
        place.siblings =
            Beside { files: folders.get(group_of(file.relative)).cloned().unwrap_or_default(), own };
        place.habits = Arc::clone(&habits);
        if place.name.kind == Kind::Title {
            let split = habits.choose(&place.name.text);
            place.spoken_name = split.map(|split| (split.title.to_owned(), split.people));
        }
        // Alone in its folder, it is decided for good.
        if place.siblings.files.all <= 1 && place.spoken_name.is_none() {
            place.decision = Some(vote);
        }
    }
    places
}

/// What one file says before it is known what the others do.
struct Vote {
    decision: level::Decision,
    /// Whether its first words say what it is named, where it is named like a talk.
    alike: Option<bool>,
    habits: Habits,
}

impl Vote {
    fn of(case: &Case) -> Self {
        let decision = level::decide(case);
        let name = &case.place.name;
        let answer = decision.answer.filter(|_| name.kind != Kind::Index);
        let mut habits = Habits::default();
        see_titles(case, answer, &mut habits);
        let first = first_words(case).filter(|_| name.kind == Kind::Title);
        Self { decision, alike: first.map(|first| name.likeness(first) >= 50), habits }
    }
}

/// An index page whose headings are the titles of the files beside it, by half of them at least.
fn find_retellings(files: &[Surveyed], places: &mut [Place]) {
    let named = |kind: Kind| files.iter().zip(places.iter()).filter(move |(_, p)| p.name.kind == kind);
    let indexed: HashSet<&Path> = named(Kind::Index).map(|(file, _)| group_of(file.relative)).collect();
    let mut titles: HashMap<&Path, HashSet<String>> = HashMap::new();
    for (file, place) in named(Kind::Title).filter(|(file, _)| indexed.contains(group_of(file.relative))) {
        let case = file.case(place, Reasons::Dropped);
        let of_folder = titles.entry(group_of(file.relative)).or_default();
        of_folder.extend(first_words(&case).map(|t| fold(title::bare(&title::strip_markup(t)))));
        of_folder.insert(fold(&place.name.text));
    }
    for (file, place) in files.iter().zip(places.iter_mut()).filter(|(_, p)| p.name.kind == Kind::Index) {
        let Some(known) = titles.get(group_of(file.relative)) else {
            continue;
        };
        let all =
            file.survey.found.all.iter().map(|h| fold(title::bare(&title::strip_markup(h.text(file.text)))));
        let retold = all.filter(|heading| known.contains(heading)).count();
        place.retells = retold >= 2 && retold * 4 >= file.survey.found.all.len();
    }
}

/// The first heading of a file, or its first line.
fn first_words<'t>(case: &Case<'t>) -> Option<&'t str> {
    let front = case.found.front.as_ref().map_or(0, |(bytes, _)| bytes.end);
    let line = || case.text[front..].lines().find(|l| !l.trim().is_empty());
    level::title_of_whole(case).map(|at| case.found.all[at].text(case.text)).or_else(line)
}

impl Siblings {
    /// The files are named for their talks, and say the title nowhere else.
    pub fn titles_in_names(&self) -> bool {
        self.alike.1 >= 3 && self.alike.1 >= 2 * self.alike.0
    }

    fn count(&mut self, answer: Answer) {
        match answer {
            Answer::Whole => self.whole += 1,
            Answer::Headings(style) => {
                *self.styles.entry(style).or_default() += 1;
                self.many += 1;
            }
        }
    }
}

/// The files beside one: those of its folder, without what it says itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The files of the folder, this one among them.
    pub files: Arc<Siblings>,
    /// What this one's own vote was.
    own: Option<Answer>,
}

impl Beside {
    /// Others that are one talk.
    pub fn whole(&self) -> usize {
        self.files.whole - usize::from(self.own == Some(Answer::Whole))
    }

    /// Others that hold several.
    pub fn many(&self) -> usize {
        self.files.many - usize::from(matches!(self.own, Some(Answer::Headings(_))))
    }

    /// Others that have their talks in this style.
    pub fn of_style(&self, style: Style) -> usize {
        let of_style = self.files.styles.get(&style).copied().unwrap_or_default();
        of_style - usize::from(self.own == Some(Answer::Headings(style)))
    }
}

/// The most title lines of one file that count for the collection's habits.
const TITLES: usize = 60;

fn see_titles(case: &Case, answer: Option<Answer>, habits: &mut Habits) {
    let mut see = |at: usize| match case.features[at].bare {
        true => habits.see_bare(),
        false => habits.see(title::bare(&title::strip_markup(case.found.all[at].text(case.text)))),
    };
    match answer {
        Some(Answer::Whole) => level::title_of_whole(case).into_iter().for_each(see),
        Some(Answer::Headings(style)) => {
            let all = case.found.all.iter().zip(case.features).enumerate();
            let open =
                |f: &Feature| matches!(f.nature, Nature::Open | Nature::LabelledTalk | Nature::Session);
            all.filter(|(_, (h, f))| h.style == style && open(f)).take(TITLES).for_each(|(at, _)| see(at));
        }
        None => {}
    }
}

/// The files that are compared with each other: those of a folder, or, where each talk has its
/// own, those of the folder above.
pub(super) fn group_of(relative: &Path) -> &Path {
    relative.parent().unwrap_or(Path::new(""))
}
