//! Many files' readings become one tree.
//!
//! Conferences are merged by what their spellings have in common, tracks by name inside them;
//! both keep the order in which the files speak of them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::library::belonging::{Around, Spellings};
use crate::library::conference::Named;
use crate::library::contents;
use crate::library::dates::{self, Order};
use crate::library::file_name::Kind;
use crate::library::ids;
use crate::library::level::Answer;
use crate::library::model::{
    Conference, ConferenceId, File, FileId, Furniture, Introduction, IntroductionId, Library, Span, Talk,
    Track, TrackId,
};
use crate::library::place::Place;
use crate::library::problems::{Problem, Severity};
use crate::library::reading::{Owner, Reading, TalkReading};
use crate::library::same;
use crate::library::speakers;
use crate::text::fold::fold;
use crate::text::line::is_blank;

/// A file and what was read in it.
#[derive(Clone)]
pub struct ReadFile {
    /// The file itself.
    pub file: File,
    /// Its structure.
    pub reading: Reading,
    /// Where it lies.
    pub place: Place,
}

/// A track on its way: its name, and its talks with the lines that they own.
type GatheredTrack = (Option<String>, Vec<(TalkReading, Vec<Span>)>);

/// A conference on its way: its names, and its talks by track.
#[derive(Default)]
struct Gathered {
    named: Named,
    tracks: Vec<GatheredTrack>,
    introductions: Vec<Span>,
    /// Where the talks are that another file may go on with.
    joins: HashMap<String, Join>,
}

/// Builds the library.
pub fn assemble(files: Vec<ReadFile>, problems: Vec<Problem>) -> Library {
    let mut library = Library { problems, ..Library::default() };
    let spellings = Spellings::of(&files);
    let orders = Orders::of(&files);
    let mut gathered: Vec<Gathered> = Vec::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut loose: Vec<Span> = Vec::new();
    for (at, ReadFile { file, reading, place }) in in_order(files).enumerate() {
        let id = FileId(at as u32);
        let spans = spans(&file, id, &reading);
        let mut find = |named: &Named, gathered: &mut Vec<Gathered>| -> usize {
            *by_key.entry(named.key()).or_insert_with(|| {
                gathered.push(Gathered { named: named.clone(), ..Gathered::default() });
                gathered.len() - 1
            })
        };
        for (line, code, message) in &reading.guesses {
            library.problems.push(Problem {
                path: file.path.clone(),
                line: Some(*line),
                severity: Severity::Note,
                code,
                message: message.clone(),
            });
        }
        let around = Around { file: &file, reading: &reading, place: &place, spellings: &spellings };
        let fallback = around.conference(None).0;
        let about =
            reading.conference.is_some() || place.conference.is_some() && place.name.kind == Kind::Index;
        let mut current = reading.owners.iter().any(|o| matches!(o, Owner::Talk(_))) || about;
        for (owner, spans) in reading.owners.iter().zip(spans) {
            if spans.is_empty() {
                continue;
            }
            match owner {
                Owner::Furniture(reason) => {
                    library.furniture.extend(spans.into_iter().map(|span| Furniture { span, reason }));
                }
                Owner::Introduction if current => {
                    let at = find(&fallback, &mut gathered);
                    gathered[at].introductions.extend(spans);
                }
                Owner::Introduction => loose.extend(spans),
                Owner::Talk(talk) => {
                    let mut talk = (**talk).clone();
                    let (named, why) = around.conference(Some(&talk));
                    talk.why.conference = why;
                    let by_others =
                        || talk.unclear_date.and_then(|date| Some(date.by(orders.of_file(&file)?)));
                    talk.date = talk.date.or_else(by_others);
                    let at = find(&named, &mut gathered);
                    around.offer_tracks(&mut talk, &named);
                    let track = talk.why.track.first().map(|offer| offer.value.clone());
                    let alone = reading.decision.answer == Some(Answer::Whole);
                    let rank = u8::from(alone) * 2 + u8::from(file.relative.extension().is_some());
                    gathered[at].add(track, talk, spans, rank);
                    current = true;
                }
            }
        }
        library.decisions.push(reading.decision);
        library.files.push(file);
    }
    library.lay_out(gathered, loose);
    library
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
        let end = reading.pieces.get(at + 1).map_or(file.text.len(), |next| next.start);
        if let Some(span) = trimmed(&file.text, id, piece.start, end, piece.line) {
            spans[piece.owner].push(span);
        }
    }
    spans
}

fn trimmed(text: &str, file: FileId, start: usize, end: usize, first: usize) -> Option<Span> {
    let (mut start, mut line) = (start, first);
    let mut rest = &text[start..end];
    while let Some(stop) = memchr::memchr(b'\n', rest.as_bytes()).filter(|stop| is_blank(&rest[..*stop])) {
        start += stop + 1;
        line += 1;
        rest = &text[start..end];
    }
    if is_blank(rest) {
        return None;
    }
    let full = (line..).zip(rest.split('\n')).filter(|(_, text)| !is_blank(text));
    let end_line = full.last().map_or(line, |(number, _)| number);
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
    fn add(&mut self, track: Option<String>, mut talk: TalkReading, mut spans: Vec<Span>, rank: u8) {
        let join = same::key(&talk.title);
        let file = spans.first().map(|s| s.file);
        let length = spans.iter().map(|s| s.bytes.len()).sum();
        if let Some(known) = join.as_ref().and_then(|join| self.joins.get_mut(join))
            && Some(known.file) != file
        {
            let (first, owned) = &mut self.tracks[known.track].1[known.at];
            if (rank, length) > (known.rank, known.length) {
                *known = Join { rank, length, file: file.unwrap_or(known.file), ..*known };
                std::mem::swap(first, &mut talk);
                std::mem::swap(owned, &mut spans);
            }
            speakers::merge(&mut first.speakers, talk.speakers);
            first.tags.extend(talk.tags);
            first.starred |= talk.starred;
            first.date = first.date.or(talk.date);
            owned.extend(spans);
            return;
        }
        let key = |name: &Option<String>| name.as_ref().map(|n| fold(n));
        let wanted = key(&track);
        let at = self.tracks.iter().position(|(name, _)| key(name) == wanted).unwrap_or_else(|| {
            self.tracks.push((track, Vec::new()));
            self.tracks.len() - 1
        });
        if let (Some(join), Some(file)) = (join, file) {
            let here = Join { track: at, at: self.tracks[at].1.len(), file, rank, length };
            self.joins.entry(join).or_insert(here);
        }
        self.tracks[at].1.push((talk, spans));
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
                self.talks.extend(talks.into_iter().map(|(talk, spans)| build(talk, spans, track)));
                self.tracks.push(Track { name, conference: id, talks: first..self.talks.len() as u32 });
            }
            let introductions = self.introduce(introductions, Some(id));
            self.conferences.push(Conference {
                slug: ids::slug(&named.full()),
                name: named.full(),
                year: named.year,
                tracks: first_track..self.tracks.len() as u32,
                introductions,
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

    /// Gives conferences and talks their slugs.
    fn name_all(&mut self) {
        let mut slugs: Vec<String> = self.conferences.iter().map(|c| c.slug.clone()).collect();
        ids::distinguish(&mut slugs, |at| self.conferences[at].name.clone());
        for (conference, slug) in self.conferences.iter_mut().zip(slugs) {
            conference.slug = slug;
        }
        let mut slugs: Vec<String> = self
            .talk_ids()
            .map(|id| format!("{}/{}", self.conference_of(id).slug, ids::slug(&self.talk(id).title)))
            .collect();
        ids::distinguish(&mut slugs, |at| {
            let talk = &self.talks[at];
            let path = talk.spans.first().map(|s| self.file(s.file).relative.display().to_string());
            let track = self.track(talk.track).name.clone().unwrap_or_default();
            format!("{}\n{track}\n{}", path.unwrap_or_default(), talk.title)
        });
        for (talk, slug) in self.talks.iter_mut().zip(slugs) {
            talk.slug = slug;
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

fn build(read: TalkReading, spans: Vec<Span>, track: TrackId) -> Talk {
    Talk {
        slug: String::new(),
        title: read.title,
        speakers: read.speakers,
        date: read.date,
        starred: read.starred,
        tags: read.tags,
        track,
        spans,
        header_lines: read.header_lines,
        why: read.why,
    }
}
