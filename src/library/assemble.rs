//! Many files' readings become one tree.
//!
//! Conferences are merged by what their spellings have in common, tracks by name inside them;
//! both keep the order in which the files speak of them.

use std::collections::HashMap;
use std::path::Path;

use crate::library::conference::{self, Named};
use crate::library::ids;
use crate::library::model::{
    Conference, ConferenceId, File, FileId, Furniture, Introduction, IntroductionId, Library, Span, Talk,
    Track, TrackId,
};
use crate::library::problems::{Problem, Severity};
use crate::library::reading::{Owner, Reading, TalkReading};
use crate::text::fold::fold;
use crate::text::line::is_blank;

/// A file and what was read in it.
#[derive(Clone)]
pub struct ReadFile {
    /// The file itself.
    pub file: File,
    /// Its structure.
    pub reading: Reading,
    /// The name of the root it was found under.
    pub root_name: String,
}

/// A track on its way: its name, and its talks with the lines that they own.
type GatheredTrack = (Option<String>, Vec<(TalkReading, Vec<Span>)>);

/// A conference on its way: its names, and its talks by track.
#[derive(Default)]
struct Gathered {
    named: Named,
    tracks: Vec<GatheredTrack>,
    introductions: Vec<Span>,
}

/// Builds the library.
pub fn assemble(files: Vec<ReadFile>, problems: Vec<Problem>) -> Library {
    let mut library = Library { problems, ..Library::default() };
    let mut gathered: Vec<Gathered> = Vec::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut loose: Vec<Span> = Vec::new();
    for (at, ReadFile { file, reading, root_name }) in files.into_iter().enumerate() {
        let id = FileId(at as u32);
        let folders = conference::in_folders(&file.relative);
        let fallback =
            reading.conference.clone().or(folders.conference).unwrap_or_else(|| by_name(&file, &root_name));
        let spans = spans(&file, id, &reading);
        let mut place = |named: &Named, gathered: &mut Vec<Gathered>| -> usize {
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
        let mut current =
            reading.owners.iter().any(|o| matches!(o, Owner::Talk(_))) || reading.conference.is_some();
        for (owner, spans) in reading.owners.into_iter().zip(spans) {
            if spans.is_empty() {
                continue;
            }
            match owner {
                Owner::Furniture(reason) => {
                    library.furniture.extend(spans.into_iter().map(|span| Furniture { span, reason }));
                }
                Owner::Introduction if current => {
                    let at = place(&fallback, &mut gathered);
                    gathered[at].introductions.extend(spans);
                }
                Owner::Introduction => loose.extend(spans),
                Owner::Talk(talk) => {
                    let named = talk.conference.clone().unwrap_or_else(|| fallback.clone());
                    let at = place(&named, &mut gathered);
                    let track = talk.track.clone().or_else(|| folders.track.clone());
                    gathered[at].add(track, *talk, spans);
                    current = true;
                }
            }
        }
        library.files.push(file);
    }
    library.lay_out(gathered, loose);
    library
}

/// The last resort: the name of the file, if it holds a year, or of the collection.
fn by_name(file: &File, root_name: &str) -> Named {
    let stem = file.relative.file_stem().unwrap_or_default().to_string_lossy();
    let alone = file.relative.parent().is_none_or(|p| p == Path::new(""));
    let by_stem = Named::stated(&conference::deslug(&stem));
    match by_stem.year.is_some() && !by_stem.series.is_empty() && alone {
        true => by_stem,
        false => Named { series: conference::deslug(root_name), ..Named::default() },
    }
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

impl Gathered {
    fn add(&mut self, track: Option<String>, talk: TalkReading, spans: Vec<Span>) {
        let key = |name: &Option<String>| name.as_ref().map(|n| fold(n));
        let wanted = key(&track);
        let at = self.tracks.iter().position(|(name, _)| key(name) == wanted).unwrap_or_else(|| {
            self.tracks.push((track, Vec::new()));
            self.tracks.len() - 1
        });
        self.tracks[at].1.push((talk, spans));
    }
}

impl Library {
    /// Puts the gathered conferences in order and flattens them.
    fn lay_out(&mut self, mut gathered: Vec<Gathered>, loose: Vec<Span>) {
        spell_alike(&mut gathered);
        let order = |g: &Gathered| (g.named.year.is_none(), g.named.year, fold(&g.named.series));
        gathered.sort_by_key(order);
        for Gathered { named, tracks, introductions } in gathered {
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
    }
}
