//! Many files' readings become one tree.
//!
//! Conferences are merged by what their spellings have in common, tracks by name inside them;
//! both keep the order in which the files speak of them.

use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasher;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use smallvec::SmallVec;

use crate::library::belonging::Spellings;
use crate::library::conference::{self, Named};
use crate::library::contents;
use crate::library::crew;
use crate::library::dates::{self, Order};
use crate::library::evidence::Reasons;
use crate::library::ids;
use crate::library::load::Decided;
use crate::library::model::{
    Conference, ConferenceId, File, FileId, Introduction, IntroductionId, Library, Span, Spans, Talk, Track,
    TrackId,
};
use crate::library::passing;
use crate::library::place::{Place, Survey};
use crate::library::problems::Problem;
use crate::library::reading::Reading;
use crate::library::sketch::Tale;
use crate::library::sorted::{Part, Sorted};
use crate::library::spelling::Events;
use crate::text::fold::fold;

/// A file and what was read in it.
#[derive(Clone)]
pub struct ReadFile {
    /// The file itself.
    pub file: Arc<File>,
    /// Its structure.
    pub reading: Arc<Reading>,
    /// Its headings, where talks of it wait to be told.
    pub survey: Survey,
    /// Where it lies.
    pub place: Arc<Place>,
}

/// A track on its way: its name, and its talks.
type GatheredTrack = (Option<String>, Vec<Gather>);

/// A talk on its way. Nearly all stay where they are until the tree is laid out.
enum Gather {
    /// It is its file's alone: that, and which of its parts it is.
    There { file: u32, part: u32 },
    /// Another file may hold a part of it, or does: one of [`Gathered::joined`].
    Joined(u32),
}

/// A conference on its way: its names, and its talks by track.
#[derive(Default)]
struct Gathered {
    named: Named,
    /// How its files spell its name without the year, where other years are spelt otherwise.
    spelt: Option<Box<str>>,
    tracks: Vec<GatheredTrack>,
    /// The talks that another file may go on with, and the lines that they own.
    joined: Vec<(Tale, Spans)>,
    /// Where each track is, by its folded name.
    tracks_by_name: HashMap<Option<String>, usize>,
    /// The one that the last talk went to.
    last_track: Option<usize>,
    introductions: Vec<Span>,
    /// How many files speak of it. Talks of several files may be one.
    files: usize,
    /// Where the talks are that another file may go on with.
    joins: HashMap<Box<str>, Join, foldhash::fast::RandomState>,
}

/// Builds the library. With `reasons`, what was weighed for each file and talk is kept in it.
pub(super) fn assemble(decided: Decided, problems: Vec<Problem>, reasons: Reasons) -> Library {
    let Decided { files, bytes } = decided;
    let mut library = Library { problems, ..Library::default() };
    let agreed = Agreed::of(&files);
    let mut files = in_order(files);
    let runs = files.chunks_mut(RUN).enumerate();
    crew::map(runs, bytes, |(nth, run)| {
        for (at, file) in run.iter_mut().enumerate() {
            file.number(FileId((nth * RUN + at) as u32));
            agreed.settle(file, reasons);
        }
    });
    library.put_together(files, bytes, reasons);
    library.agreed = Arc::new(agreed);
    library
}

/// What all files together say of each.
#[derive(Debug, Default, Clone)]
pub(super) struct Agreed {
    spellings: Spellings,
    orders: Orders,
}

impl Agreed {
    fn of(files: &[Sorted]) -> Self {
        let spellings = Spellings::of(files.iter().filter_map(Sorted::spelt));
        let mut orders = Orders::default();
        let all = files.iter().filter_map(|file| Some((file.file.as_deref()?, file.orders())));
        all.for_each(|(file, told)| orders.count(file, told.iter().copied(), 1));
        Self { spellings, orders }
    }

    /// Finds a file's parts their conferences.
    pub(super) fn sort(&self, file: ReadFile, id: FileId, reasons: Reasons) -> Sorted {
        let mut sorted = Sorted::of(file, id, reasons);
        self.settle(&mut sorted, reasons);
        sorted
    }

    fn settle(&self, sorted: &mut Sorted, reasons: Reasons) {
        let order = sorted.file.as_ref().and_then(|file| self.orders.of_file(file));
        sorted.settle(&self.spellings, order, reasons);
    }

    /// What is agreed on with these files instead of those, and of which folders, by the keys of what they name, the spelling is
    /// another one then. `None` where dates are read otherwise then, or it takes a look at more files to tell.
    pub(super) fn with<'f>(
        &self,
        was: impl Iterator<Item = &'f ReadFile> + Clone,
        is: impl Iterator<Item = &'f ReadFile> + Clone,
    ) -> Option<(Self, BTreeSet<String>)> {
        let mut now = self.clone();
        let other_spellings = now.spellings.exchange(was.clone(), is.clone())?;
        was.for_each(|read| now.orders.count(&read.file, read.reading.told_orders(), -1));
        is.for_each(|read| now.orders.count(&read.file, read.reading.told_orders(), 1));
        (now.orders.agreed() == self.orders.agreed()).then_some((now, other_spellings))
    }
}

/// So many files are looked at together where titles are compared.
const RUN: usize = 16;

/// A talk's title as a number, with the file that it stands in, counted among those of a run, and the part that it is
/// of that.
struct Print {
    nth: u32,
    part: u32,
    print: u64,
}

/// The conferences on their way.
#[derive(Default)]
struct Gathering {
    all: Vec<Gathered>,
    by_key: HashMap<String, usize>,
    /// The one that was asked for last, by which name.
    last: Option<(Arc<Named>, usize)>,
    /// What belongs to no conference.
    loose: Vec<Span>,
}

impl Gathering {
    /// For each conference that a file speaks of, where it is here, new ones added in the order in which the
    /// file's parts come to them. They are added to `all`; what is given is from where on.
    fn places(&mut self, file: &Sorted, all: &mut Vec<u32>) -> u32 {
        const NOWHERE: u32 = u32::MAX;
        let start = all.len();
        all.resize(start + file.names.len(), NOWHERE);
        for part in &file.parts {
            let (Part::Talk { named, .. } | Part::Sketch { named, .. } | Part::Introduction(Some(named), _)) =
                part
            else {
                continue;
            };
            let places = &mut all[start..];
            if places[*named as usize] == NOWHERE {
                let at = self.place_of(&file.names[*named as usize]);
                // Several names of one file may be spellings of one.
                self.all[at].files += usize::from(!places.contains(&(at as u32)));
                places[*named as usize] = at as u32;
            }
        }
        start as u32
    }

    /// Tells the talks that may be one with another file's: of a conference that several files speak of, those whose title two of
    /// them say. The others go on waiting. `of_file` says from where on `places` are a file's; from here on parts go by them, and not by
    /// names.
    fn tell_those_of_several(&self, sorted: &mut [Sorted], of_file: &[u32], places: &[u32], bytes: usize) {
        let several = |place: &u32| self.all.get(*place as usize).is_some_and(|place| place.files > 1);
        if !places.iter().any(several) {
            return;
        }
        // Two titles of one print tell what need not have been told, and are no more than that.
        let state = foldhash::fast::RandomState::default();
        let runs = sorted.chunks_mut(RUN).zip(of_file.chunks(RUN));
        let prints = crew::map(runs, bytes, |(files, of_files)| {
            let mut prints = Vec::with_capacity(RUN);
            for (nth, (file, of_file)) in files.iter_mut().zip(of_files).enumerate() {
                let place = |named: u32| Some(places[(of_file + named) as usize]).filter(several);
                let print = |(part, place, print)| Print {
                    nth: nth as u32,
                    part,
                    print: state.hash_one((place, print)),
                };
                prints.extend(file.prints(place).map(print));
                file.names = SmallVec::new();
            }
            prints
        });
        // Which files say what, in order: titles of several stand side by side.
        let mut said: Vec<(u64, u32)> = passing::room(prints.iter().map(Vec::len).sum());
        for (run, prints) in prints.iter().enumerate() {
            said.extend(prints.iter().map(|Print { nth, print, .. }| (*print, (run * RUN) as u32 + nth)));
        }
        said.sort_unstable();
        said.dedup();
        let of_two = said.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0].0);
        let of_several: Vec<u64> = of_two.collect();
        let in_several = |print: &&Print| of_several.binary_search(&print.print).is_ok();
        crew::map(sorted.chunks_mut(RUN).zip(&prints), bytes, |(files, prints)| {
            prints.iter().filter(in_several).for_each(|print| files[print.nth as usize].tell(print.part));
        });
    }

    fn place_of(&mut self, named: &Arc<Named>) -> usize {
        // The files of a folder speak of the same one, and by one name.
        if let Some((_, place)) = self.last.as_ref().filter(|(last, _)| last == named) {
            return *place;
        }
        let place = self.place_by_key(named);
        self.last = Some((Arc::clone(named), place));
        place
    }

    fn place_by_key(&mut self, named: &Named) -> usize {
        *self.by_key.entry(named.key()).or_insert_with(|| {
            self.all.push(Gathered { named: named.clone(), ..Gathered::default() });
            self.all.len() - 1
        })
    }
}

/// Which of day and month each root's dates write first: how many tell of either order.
#[derive(Debug, Default, Clone)]
struct Orders(HashMap<PathBuf, HashMap<Order, usize>>);

impl Orders {
    /// Counts what the dates of a file tell, or counts it no more (`by` is -1).
    fn count(&mut self, file: &File, orders: impl Iterator<Item = Order>, by: isize) {
        let mut orders = orders.peekable();
        if orders.peek().is_none() {
            return;
        }
        let told = self.0.entry(root_of(file)).or_default();
        for order in orders {
            let count = told.entry(order).or_default();
            *count = count.saturating_add_signed(by);
        }
        told.retain(|_, count| *count > 0);
    }

    /// By root, the order that its dates agree on.
    fn agreed(&self) -> HashMap<&Path, Order> {
        let order = |told: &HashMap<Order, usize>| dates::agreed(told.keys().copied());
        self.0.iter().filter_map(|(root, told)| Some((&**root, order(told)?))).collect()
    }

    fn of_file(&self, file: &File) -> Option<Order> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&root_of(file)).and_then(|told| dates::agreed(told.keys().copied()))
    }
}

/// The root that a file was found below.
fn root_of(file: &File) -> PathBuf {
    let root = file.path.root();
    root.unwrap_or(Path::new("")).to_path_buf()
}

/// The files as the index pages order them; those of many talks stay where they lie.
fn in_order(files: Vec<Sorted>) -> Vec<Sorted> {
    let order = contents::order(files.iter().map(|file| file.listed.as_deref()));
    if order.is_sorted() {
        return files;
    }
    let mut files: Vec<Option<Sorted>> = files.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| files[at].take()).collect()
}

/// A talk that another file may go on with.
#[derive(Clone, Copy)]
struct Join {
    /// Which of [`Gathered::joined`] it is.
    at: usize,
    /// The file that its title stands in.
    file: FileId,
    /// How much its file speaks for it.
    rank: u8,
    /// Its length in bytes.
    length: usize,
}

impl Gathered {
    /// Adds a talk that another file may go on with, known to it by a key. Of those that are brought together, the one of the highest `rank` is the
    /// first: that has a file of its own, and a file with an ending; of equals the longest.
    fn join(&mut self, track: Option<&str>, mut tale: Tale, mut spans: Spans, rank: u8, key: Box<str>) {
        let file = spans.first().map(|s| s.file);
        let length = spans.iter().map(|s| s.bytes().len()).sum();
        if let Some(known) = self.joins.get_mut(&key)
            && Some(known.file) != file
        {
            let (first, owned) = &mut self.joined[known.at];
            if (rank, length) > (known.rank, known.length) {
                *known = Join { rank, length, file: file.unwrap_or(known.file), ..*known };
                std::mem::swap(first, &mut tale);
                std::mem::swap(owned, &mut spans);
            }
            first.join(tale);
            owned.extend(spans);
            return;
        }
        let at = self.joined.len();
        self.joined.push((tale, spans));
        self.put(track, Gather::Joined(at as u32));
        if let Some(file) = file {
            self.joins.entry(key).or_insert(Join { at, file, rank, length });
        }
    }

    /// Puts a talk into a track.
    fn put(&mut self, track: Option<&str>, talk: Gather) {
        let at = self.track(track);
        self.tracks[at].1.push(talk);
    }
}

impl Gathered {
    /// The track of a name, which is new perhaps.
    fn track(&mut self, name: Option<&str>) -> usize {
        // Talks of one track stand together.
        let same = |at: &usize| self.tracks[*at].0.as_deref() == name;
        if let Some(at) = self.last_track.filter(same) {
            return at;
        }
        let at = *self.tracks_by_name.entry(name.map(fold)).or_insert_with(|| {
            self.tracks.push((name.map(str::to_owned), Vec::new()));
            self.tracks.len() - 1
        });
        self.last_track = Some(at);
        at
    }
}

impl Library {
    /// Makes a tree of files that are sorted, in this order; `bytes` says how much text they have.
    pub(super) fn put_together(&mut self, mut sorted: Vec<Sorted>, bytes: usize, reasons: Reasons) {
        let mut gathering = Gathering::default();
        let mut places: Vec<u32> = Vec::new();
        let of_file: Vec<u32> = sorted.iter().map(|file| gathering.places(file, &mut places)).collect();
        gathering.tell_those_of_several(&mut sorted, &of_file, &places, bytes);
        self.files.reserve_exact(sorted.len());
        self.tellers.reserve_exact(sorted.len());
        for ((at, sorted), of_file) in sorted.iter_mut().enumerate().zip(of_file) {
            let place = |named: u32| places[(of_file + named) as usize] as usize;
            self.problems.extend(sorted.take_guesses());
            let mut joins = sorted.take_joins().into_iter().peekable();
            for (nth, part) in sorted.parts.iter_mut().enumerate() {
                let join = joins.next_if(|(at, _)| *at == nth as u32).map(|(_, join)| join);
                match (part, join) {
                    (Part::Furniture(furniture), _) => self.furniture.append(furniture),
                    (Part::Introduction(None, spans), _) => gathering.loose.extend(std::mem::take(spans)),
                    (Part::Introduction(Some(named), spans), _) => {
                        gathering.all[place(*named)].introductions.extend(std::mem::take(spans));
                    }
                    (Part::Talk { named, track, told, spans, rank, .. }, Some(join)) => {
                        let tale = Sorted::tale(told.take(), sorted.opening, sorted.file.as_ref());
                        let spans = std::mem::take(spans);
                        gathering.all[place(*named)].join(track.as_deref(), tale, spans, *rank, join);
                    }
                    (Part::Talk { named, track, .. } | Part::Sketch { named, track, .. }, _) => {
                        let there = Gather::There { file: at as u32, part: nth as u32 };
                        gathering.all[place(*named)].put(track.as_deref(), there);
                    }
                }
            }
            if reasons == Reasons::Kept {
                self.decisions.push(sorted.take_decision());
            }
            self.files.extend(sorted.file.take());
            self.tellers.push(sorted.teller.clone());
        }
        self.lay_out(gathering.all, gathering.loose, sorted);
    }

    /// Puts the gathered conferences in order and flattens them.
    fn lay_out(&mut self, mut gathered: Vec<Gathered>, loose: Vec<Span>, mut sorted: Vec<Sorted>) {
        let mut loose: Vec<(Span, Option<Arc<Named>>)> = loose.into_iter().map(|span| (span, None)).collect();
        let events = Events::of(gathered.iter().map(|g| g.named.series.as_str()));
        for g in &mut gathered {
            let series = events.spelling(&g.named.series).to_owned();
            if series != g.named.series {
                let own = std::mem::replace(&mut g.named.series, series);
                g.spelt = Some(own.into());
            }
        }
        gathered.sort_by_key(|g| conference::rank(g.named.year, &g.named.series));
        self.talks.reserve_exact(gathered.iter().flat_map(|g| &g.tracks).map(|(_, talks)| talks.len()).sum());
        for Gathered { named, spelt, tracks, joined, introductions, .. } in gathered {
            let mut joined: Vec<Option<(Tale, Spans)>> = joined.into_iter().map(Some).collect();
            if tracks.is_empty() {
                // A page about a conference without a talk is no conference in the tree.
                let about = Arc::new(Named { series: spelt.map_or(named.series, Into::into), ..named });
                loose.extend(introductions.into_iter().map(|span| (span, Some(Arc::clone(&about)))));
                continue;
            }
            let id = ConferenceId(self.conferences.len() as u32);
            let first_track = self.tracks.len() as u32;
            for (name, talks) in tracks {
                let track = TrackId(self.tracks.len() as u32);
                let first = self.talks.len() as u32;
                let talk = |talk| match talk {
                    Gather::There { file, part } => {
                        sorted[file as usize].take_talk(part as usize, &self.files[file as usize])
                    }
                    Gather::Joined(at) => joined.get_mut(at as usize).and_then(Option::take),
                };
                let talks = talks.into_iter().filter_map(talk);
                self.talks.extend(talks.map(|(tale, spans)| Talk { track, spans, tale }));
                self.tracks.push(Track { name, conference: id, talks: first..self.talks.len() as u32 });
            }
            let introductions = self.introduce(introductions, id);
            self.conferences.push(Conference {
                slug: ids::slug(&named.full()),
                key: named.key(),
                name: named.full(),
                series: named.series,
                spelt,
                year: named.year,
                tracks: first_track..self.tracks.len() as u32,
                introductions,
                slugs: OnceLock::new(),
            });
        }
        loose.sort_by_key(|(span, _)| (span.file, span.bytes().start));
        let loose = loose.into_iter().map(|(span, about)| Introduction { span, of: None, about });
        self.introductions.extend(loose);
        self.name_all();
    }

    fn introduce(&mut self, spans: Vec<Span>, of: ConferenceId) -> Vec<IntroductionId> {
        let first = self.introductions.len() as u32;
        let introduction = |span| Introduction { span, of: Some(of), about: None };
        self.introductions.extend(spans.into_iter().map(introduction));
        (first..self.introductions.len() as u32).map(IntroductionId).collect()
    }

    /// Gives conferences their slugs.
    fn name_all(&mut self) {
        let mut slugs: Vec<String> = self.conferences.iter().map(|c| c.slug.clone()).collect();
        ids::distinguish(&mut slugs, |at| self.conferences[at].name.clone());
        for (conference, slug) in self.conferences.iter_mut().zip(slugs) {
            conference.slug = slug;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::library::load::{Roots, load, load_explained};

    #[test]
    fn what_a_folder_names_without_a_year_is_of_the_year_that_each_file_says() {
        let folder = tempfile::tempdir().expect("a folder");
        let conference = folder.path().join("loomconf");
        std::fs::create_dir(&conference).expect("made");
        for (name, year) in [("cards-that-hold-it.md", 2019), ("looms-of-the-north.md", 2020)] {
            let text =
                format!("# On {year} threads\n\nDate: {year}-05-04\n\nAda Lovelace\n\nIt was about that.\n");
            std::fs::write(conference.join(name), text).expect("written");
        }
        let library = load(&Roots::Paths(vec![folder.path().to_path_buf()]), false).expect("notes");
        let names: Vec<&str> = library.conferences.iter().map(|of| of.name.as_str()).collect();
        assert_eq!(names, ["Loomconf 2019", "Loomconf 2020"]);
    }

    #[test]
    fn talks_of_two_files_are_told_where_their_titles_meet_and_others_wait() {
        let folder = tempfile::tempdir().expect("a folder");
        let talk =
            |title: &str, speaker: &str| format!("## {title}\n\n*{speaker}*\n\nIt was about that.\n\n");
        let days = [
            [("Weaving by hand at night", "Ada Lovelace"), ("What looms do all day", "Alan Kay")],
            [("Weaving by hand at night (part 2)", "Grace Hopper"), ("Cards that can hold it", "Alan Kay")],
        ];
        let conference = folder.path().join("loomconf-2020");
        std::fs::create_dir(&conference).expect("made");
        for (at, talks) in days.iter().enumerate() {
            let talks: String = talks.iter().map(|(title, speaker)| talk(title, speaker)).collect();
            std::fs::write(conference.join(format!("day-{}.md", at + 1)), talks).expect("written");
        }
        let roots = Roots::Paths(vec![folder.path().to_path_buf()]);
        let library = load(&roots, false).expect("notes");
        let waits: Vec<bool> = library.talk_ids().map(|id| library.talk(id).tale.waits()).collect();
        assert_eq!(waits, [false, true, true]);
        let told = |library: &crate::library::Library| -> Vec<(String, usize, Vec<String>)> {
            let talks = library.talk_ids().map(|id| library.talk(id));
            let names = |talk: &crate::library::Talk| talk.speakers.iter().map(|s| s.name.clone()).collect();
            talks.map(|talk| (talk.title.clone(), talk.spans.len(), names(talk))).collect()
        };
        // The longer of them goes first.
        let both = ["Grace Hopper", "Ada Lovelace"].map(str::to_owned).to_vec();
        assert_eq!(told(&library)[0], ("Weaving by hand at night (part 2)".into(), 2, both));
        assert_eq!(told(&library), told(&load_explained(&roots, false).expect("notes")));
    }
}
