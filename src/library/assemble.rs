//! Many files' readings become one tree.
//!
//! Conferences are merged by what their spellings have in common, tracks by name inside them;
//! both keep the order in which the files speak of them.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::library::belonging::{self, Around, Spellings};
use crate::library::conference::Named;
use crate::library::contents;
use crate::library::crew;
use crate::library::dates::{self, Date, Order};
use crate::library::evidence::{Offer, Reasons};
use crate::library::file_name::Kind;
use crate::library::ids;
use crate::library::level::{Answer, Case, Decision};
use crate::library::model::{
    Conference, ConferenceId, File, FileId, Furniture, Introduction, IntroductionId, Library, Span, Talk,
    Track, TrackId,
};
use crate::library::place::{Place, Survey};
use crate::library::problems::{Problem, Severity};
use crate::library::reading::{Owner, Reading, Setting, TalkReading};
use crate::library::same;
use crate::library::sketch::{self, Sketch, Tale, Teller};
use crate::text::fold::fold;
use crate::text::line::is_blank;

/// A file and what was read in it.
#[derive(Clone)]
pub struct ReadFile {
    /// The file itself.
    pub file: File,
    /// Its structure.
    pub reading: Reading,
    /// Its headings, where talks of it wait to be told.
    pub survey: Survey,
    /// Where it lies.
    pub place: Place,
}

/// A track on its way: its name, and its talks with the lines that they own.
type GatheredTrack = (Option<String>, Vec<(Tale, Vec<Span>)>);

/// A conference on its way: its names, and its talks by track.
#[derive(Default)]
struct Gathered {
    named: Named,
    tracks: Vec<GatheredTrack>,
    /// Where each track is, by its folded name.
    tracks_by_name: HashMap<Option<String>, usize>,
    /// The one that the last talk went to.
    last_track: Option<usize>,
    introductions: Vec<Span>,
    /// How many files speak of it. Talks of several files may be one.
    files: usize,
    /// Where the talks are that another file may go on with.
    joins: HashMap<String, Join>,
}

/// Builds the library. With `reasons`, what was weighed for each file and talk is kept in it.
pub fn assemble(files: Vec<ReadFile>, problems: Vec<Problem>, reasons: Reasons) -> Library {
    let mut library = Library { problems, ..Library::default() };
    let spellings = Spellings::of(&files);
    let orders = Orders::of(&files);
    let bytes = files.iter().map(|f| f.file.text.len()).sum();
    let files: Vec<(usize, ReadFile)> = in_order(files).enumerate().collect();
    let sorted = crew::map(files, bytes, |(at, file)| {
        let order = orders.of_file(&file.file);
        Sorted::of(file, FileId(at as u32), &spellings, order, reasons)
    });
    let mut gathering = Gathering::default();
    let places: Vec<Vec<usize>> = sorted.iter().map(|file| gathering.places(file)).collect();
    let several = |place: usize| gathering.all[place].files > 1;
    let sorted = crew::map(sorted.into_iter().zip(places).collect(), bytes, |(mut file, places)| {
        // Whether talks of several files are one is told by their titles.
        file.tell_those(|named| several(places[named]));
        (file, places)
    });
    for (Sorted { file, teller, decision, parts, guesses, .. }, places) in sorted {
        library.problems.extend(guesses);
        for part in parts {
            match part {
                Part::Furniture(furniture) => library.furniture.extend(furniture),
                Part::Introduction(None, spans) => gathering.loose.extend(spans),
                Part::Introduction(Some(named), spans) => {
                    gathering.all[places[named]].introductions.extend(spans);
                }
                Part::Talk { named, talk, spans, rank } => {
                    gathering.all[places[named]].add(*talk, spans, rank);
                }
                Part::Sketch { named, track, sketch, spans } => {
                    if let Some(teller) = &teller {
                        let tale = Tale::waiting(Arc::clone(teller), sketch);
                        gathering.all[places[named]].put(track.as_deref(), tale, spans);
                    }
                }
            }
        }
        if reasons == Reasons::Kept {
            library.decisions.push(decision);
        }
        library.files.push(file);
    }
    library.lay_out(gathering.all, gathering.loose);
    library
}

/// One file, each part of it with the conference that it belongs to.
struct Sorted {
    file: Arc<File>,
    /// Who tells the talks that wait.
    teller: Option<Arc<Teller>>,
    decision: Decision,
    /// The conferences that are spoken of; the parts point at them.
    names: Vec<Named>,
    parts: Vec<Part>,
    guesses: Vec<Problem>,
}

/// What one owner of lines comes to.
enum Part {
    Furniture(Vec<Furniture>),
    Introduction(Option<usize>, Vec<Span>),
    Talk { named: usize, talk: Box<TalkReading>, spans: Vec<Span>, rank: u8 },
    Sketch { named: usize, track: Option<String>, sketch: Sketch, spans: Vec<Span> },
}

impl Sorted {
    fn of(read: ReadFile, id: FileId, spellings: &Spellings, order: Option<Order>, reasons: Reasons) -> Self {
        let ReadFile { file, mut reading, place, survey } = read;
        let file = Arc::new(file);
        let spans = spans(&file, id, &reading);
        let owners = std::mem::take(&mut reading.owners);
        let guess = |(line, code, message): (usize, &'static str, String)| Problem {
            path: file.path.clone(),
            line: Some(line),
            severity: Severity::Note,
            code,
            message,
        };
        let guesses = std::mem::take(&mut reading.guesses).into_iter().map(guess).collect();
        let many = owners.iter().filter(|o| o.is_talk()).count();
        let around = Around::of(&file, &reading, &place, spellings, many > 1);
        // Talks of one scene have their conference in common, and they stand together.
        type Scene = (Option<Named>, Option<Date>);
        let mut names: Vec<Named> = Vec::new();
        let mut scenes: Vec<(Scene, usize, Vec<Offer>)> = Vec::new();
        let mut find = |stated: &Option<Named>, date: Option<Date>, names: &mut Vec<Named>| {
            let known = scenes.iter().rev().find(|((s, d), ..)| s == stated && *d == date);
            if let Some((_, named, why)) = known {
                return (*named, why.clone());
            }
            let (named, why) = around.conference(stated.as_ref(), date, reasons);
            names.push(named);
            scenes.push(((stated.clone(), date), names.len() - 1, why.clone()));
            (names.len() - 1, why)
        };
        let about =
            reading.conference.is_some() || place.conference.is_some() && place.name.kind == Kind::Index;
        let mut current = many > 0 || about;
        let mut parts = Vec::with_capacity(owners.len());
        let mut waiting = Waiting::default();
        for (owner, spans) in owners.into_iter().zip(spans).filter(|(_, spans)| !spans.is_empty()) {
            parts.push(match owner {
                Owner::Furniture(reason) => {
                    Part::Furniture(spans.into_iter().map(|span| Furniture { span, reason }).collect())
                }
                Owner::Introduction if current => {
                    Part::Introduction(Some(find(&None, None, &mut names).0), spans)
                }
                Owner::Introduction => Part::Introduction(None, spans),
                Owner::Talk(mut talk) => {
                    let (named, why) = find(&talk.conference, talk.date, &mut names);
                    talk.why.conference = why;
                    let by_others = || talk.unclear_date.and_then(|date| Some(date.by(order?)));
                    talk.date = talk.date.or_else(by_others);
                    around.offer_tracks(&mut talk, &names[named]);
                    let alone = reading.decision.answer == Some(Answer::Whole);
                    let rank = u8::from(alone) * 2 + u8::from(file.relative.extension().is_some());
                    current = true;
                    Part::Talk { named, talk, spans, rank }
                }
                Owner::Sketch(sketch) => {
                    let setting = &reading.scenes[sketch.scene as usize];
                    let named = find(&setting.conference, setting.date, &mut names).0;
                    let case = Case {
                        text: &file.text,
                        found: &survey.found,
                        features: &survey.features,
                        styles: &survey.styles,
                        place: &place,
                        reasons,
                    };
                    let title = || sketch::title_of(&case, sketch);
                    let track = waiting.track(sketch.scene, setting, &around, &names[named], title);
                    current = true;
                    Part::Sketch { named, track, sketch, spans }
                }
            });
        }
        let Reading { decision, scenes, .. } = reading;
        let answer = decision.answer;
        let teller = (!scenes.is_empty()).then(|| {
            let file = Arc::clone(&file);
            Arc::new(Teller { file, survey, place, answer, scenes, order })
        });
        Self { file, teller, decision, names, parts, guesses }
    }

    /// Tells the talks that wait, of the conferences that are asked for.
    fn tell_those(&mut self, asked: impl Fn(usize) -> bool) {
        let Some(teller) = &self.teller else {
            return;
        };
        for part in &mut self.parts {
            if let Part::Sketch { named, track, sketch, spans } = part
                && asked(*named)
            {
                let mut talk = Box::new(teller.tell(*sketch));
                let offer = |value| Offer { what: "where it waits", weight: 0, value };
                talk.why.track = track.take().map(offer).into_iter().collect();
                let rank = u8::from(teller.file.relative.extension().is_some());
                *part = Part::Talk { named: *named, talk, spans: std::mem::take(spans), rank };
            }
        }
    }
}

/// The tracks of talks that wait: those of one scene have them in common, but for a talk that is called what
/// its track is called.
#[derive(Default)]
struct Waiting {
    scene: Option<u32>,
    tracks: Vec<String>,
}

impl Waiting {
    fn track(
        &mut self,
        scene: u32,
        setting: &Setting,
        around: &Around,
        conference: &Named,
        title: impl Fn() -> String,
    ) -> Option<String> {
        if self.scene != Some(scene) {
            let mut talk = TalkReading::default();
            talk.why.track.extend(setting.track.clone());
            around.offer_tracks(&mut talk, conference);
            self.tracks = talk.why.track.into_iter().map(|offer| offer.value).collect();
            self.scene = Some(scene);
        }
        if self.tracks.is_empty() {
            return None;
        }
        let title = belonging::said(&title());
        self.tracks.iter().find(|track| belonging::said(track) != title).cloned()
    }
}

/// The conferences on their way.
#[derive(Default)]
struct Gathering {
    all: Vec<Gathered>,
    by_key: HashMap<String, usize>,
    /// What belongs to no conference.
    loose: Vec<Span>,
}

impl Gathering {
    /// For each conference that a file speaks of, where it is here, new ones added in the order in which the
    /// file's parts come to them.
    fn places(&mut self, file: &Sorted) -> Vec<usize> {
        let mut places: Vec<Option<usize>> = vec![None; file.names.len()];
        for part in &file.parts {
            let (Part::Talk { named, .. } | Part::Sketch { named, .. } | Part::Introduction(Some(named), _)) =
                part
            else {
                continue;
            };
            if places[*named].is_none() {
                let at = self.place_of(&file.names[*named]);
                // Several names of one file may be spellings of one.
                self.all[at].files += usize::from(!places.contains(&Some(at)));
                places[*named] = Some(at);
            }
        }
        places.into_iter().map(Option::unwrap_or_default).collect()
    }

    fn place_of(&mut self, named: &Named) -> usize {
        *self.by_key.entry(named.key()).or_insert_with(|| {
            self.all.push(Gathered { named: named.clone(), ..Gathered::default() });
            self.all.len() - 1
        })
    }
}

/// Which of day and month each root's dates write first, where they agree.
struct Orders(HashMap<PathBuf, Option<Order>>);

impl Orders {
    fn of(files: &[ReadFile]) -> Self {
        let mut told: HashMap<PathBuf, Vec<Order>> = HashMap::new();
        for ReadFile { file, reading, .. } in files {
            let of_talks = reading.owners.iter().filter_map(|owner| match owner {
                Owner::Talk(talk) => talk.order,
                _ => None,
            });
            let mut orders = reading.orders.iter().copied().chain(of_talks).peekable();
            if orders.peek().is_some() {
                told.entry(root_of(file)).or_default().extend(orders);
            }
        }
        Self(told.into_iter().map(|(root, told)| (root, dates::agreed(told.into_iter()))).collect())
    }

    fn of_file(&self, file: &File) -> Option<Order> {
        self.0.get(&root_of(file)).copied().flatten()
    }
}

/// The root that a file was found below.
fn root_of(file: &File) -> PathBuf {
    let root = file.path.ancestors().nth(file.relative.components().count());
    root.unwrap_or(Path::new("")).to_path_buf()
}

/// The files as the index pages order them; those of many talks stay where they lie.
fn in_order(files: Vec<ReadFile>) -> impl Iterator<Item = ReadFile> {
    let is_talk = |f: &&ReadFile| f.reading.decision.answer == Some(Answer::Whole);
    let order =
        contents::order(files.iter().map(|f| Some(f).filter(is_talk).and_then(|f| f.place.listed.as_ref())));
    let mut files: Vec<Option<ReadFile>> = files.into_iter().map(Some).collect();
    order.into_iter().filter_map(move |at| files[at].take())
}

/// The spans of each owner of a file: runs of lines, blank ones at their ends left out.
fn spans(file: &File, id: FileId, reading: &Reading) -> Vec<Vec<Span>> {
    let mut spans: Vec<Vec<Span>> = vec![Vec::new(); reading.owners.len()];
    for (at, piece) in reading.pieces.iter().enumerate() {
        let next = reading.pieces.get(at + 1);
        let end = next.map_or(file.text.len(), |next| next.start);
        let last = next.map_or_else(|| piece.line + lines_behind(&file.text[piece.start..]), |n| n.line - 1);
        if let Some(span) = trimmed(&file.text, id, piece.start..end, piece.line, last) {
            spans[piece.owner].push(span);
        }
    }
    spans
}

/// How many lines there are behind the first.
fn lines_behind(text: &str) -> usize {
    let body = text.strip_suffix('\n').unwrap_or(text);
    memchr::memchr_iter(b'\n', body.as_bytes()).count()
}

/// The span of a run of lines, from line `first` to line `last`.
fn trimmed(text: &str, file: FileId, bytes: Range<usize>, first: usize, last: usize) -> Option<Span> {
    let Range { mut start, end } = bytes;
    let mut line = first;
    let mut rest = &text[start..end];
    while let Some(stop) = memchr::memchr(b'\n', rest.as_bytes()).filter(|stop| is_blank(&rest[..*stop])) {
        start += stop + 1;
        line += 1;
        rest = &text[start..end];
    }
    if is_blank(rest) {
        return None;
    }
    let mut end_line = last;
    let mut full = rest.strip_suffix('\n').unwrap_or(rest);
    while let Some(above) = memchr::memrchr(b'\n', full.as_bytes()).filter(|at| is_blank(&full[at + 1..])) {
        full = &full[..above];
        end_line -= 1;
    }
    Some(Span { file, bytes: start..end, line, end_line })
}

/// A talk that another file may go on with.
#[derive(Clone, Copy)]
struct Join {
    /// Its track, and its place in it.
    track: usize,
    at: usize,
    /// The file that its title stands in.
    file: FileId,
    /// How much its file speaks for it.
    rank: u8,
    /// Its length in bytes.
    length: usize,
}

impl Gathered {
    /// Adds a talk. Of those that are brought together, the one of the highest `rank` is the first:
    /// that has a file of its own, and a file with an ending; of equals the longest.
    fn add(&mut self, mut talk: TalkReading, mut spans: Vec<Span>, rank: u8) {
        let join = if self.files > 1 { same::key(&talk.title) } else { None };
        let file = spans.first().map(|s| s.file);
        let length = spans.iter().map(|s| s.bytes.len()).sum();
        if let Some(known) = join.as_ref().and_then(|join| self.joins.get_mut(join))
            && Some(known.file) != file
        {
            let (first, owned) = &mut self.tracks[known.track].1[known.at];
            if (rank, length) > (known.rank, known.length) {
                *known = Join { rank, length, file: file.unwrap_or(known.file), ..*known };
                talk = first.replaced_by(talk);
                std::mem::swap(owned, &mut spans);
            }
            first.join(talk);
            owned.extend(spans);
            return;
        }
        let track = talk.why.track.first().map(|offer| offer.value.clone());
        let at = self.put(track.as_deref(), Tale::told(talk), spans);
        if let (Some(join), Some(file)) = (join, file) {
            let here = Join { track: at, at: self.tracks[at].1.len() - 1, file, rank, length };
            self.joins.entry(join).or_insert(here);
        }
    }

    /// Puts a talk into a track, and says which that is.
    fn put(&mut self, track: Option<&str>, tale: Tale, spans: Vec<Span>) -> usize {
        let at = self.track(track);
        self.tracks[at].1.push((tale, spans));
        at
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
    /// Puts the gathered conferences in order and flattens them.
    fn lay_out(&mut self, mut gathered: Vec<Gathered>, loose: Vec<Span>) {
        spell_alike(&mut gathered);
        let order = |g: &Gathered| (g.named.year.is_none(), g.named.year, fold(&g.named.series));
        gathered.sort_by_key(order);
        for Gathered { named, tracks, introductions, .. } in gathered {
            if tracks.is_empty() {
                // A page about a conference without a talk is no conference in the tree.
                self.introduce(introductions, None);
                continue;
            }
            let id = ConferenceId(self.conferences.len() as u32);
            let first_track = self.tracks.len() as u32;
            for (name, talks) in tracks {
                let track = TrackId(self.tracks.len() as u32);
                let first = self.talks.len() as u32;
                self.talks.extend(talks.into_iter().map(|(tale, spans)| Talk { track, spans, tale }));
                self.tracks.push(Track { name, conference: id, talks: first..self.talks.len() as u32 });
            }
            let introductions = self.introduce(introductions, Some(id));
            self.conferences.push(Conference {
                slug: ids::slug(&named.full()),
                name: named.full(),
                year: named.year,
                tracks: first_track..self.tracks.len() as u32,
                introductions,
                slugs: OnceLock::new(),
            });
        }
        self.introduce(loose, None);
        self.name_all();
    }

    fn introduce(&mut self, spans: Vec<Span>, of: Option<ConferenceId>) -> Vec<IntroductionId> {
        let first = self.introductions.len() as u32;
        self.introductions.extend(spans.into_iter().map(|span| Introduction { span, of }));
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

/// One event is spelt one way in all its years: as most of them do, and of equals the way that
/// carries more capitals ("EuroPython" over "Europython").
fn spell_alike(gathered: &mut [Gathered]) {
    let key = |series: &str| fold(series).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut spellings: HashMap<String, HashMap<String, usize>> = HashMap::new();
    for g in gathered.iter() {
        *spellings.entry(key(&g.named.series)).or_default().entry(g.named.series.clone()).or_default() += 1;
    }
    for g in gathered.iter_mut() {
        let capitals = |s: &str| s.chars().filter(|c| c.is_uppercase()).count();
        let best = spellings
            .get(&key(&g.named.series))
            .and_then(|all| all.iter().max_by_key(|(s, n)| (**n, capitals(s), (*s).clone())));
        if let Some((spelling, _)) = best {
            g.named.series.clone_from(spelling);
        }
    }
}
