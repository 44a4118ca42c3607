//! Full text: what was said in the talks.
//!
//! The words of a query must all stand in one talk, in any order. The longest word is looked for
//! in all files, on all cores; the others only in the talks that hold it. No copy of the text is
//! made: what is found are places in it.

pub mod accents;
pub mod needle;
mod rank;
mod snippet;

use std::ops::Range;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::library::{FileId, IntroductionId, Library, Span, TalkId};
use crate::search::crew::share;
use crate::search::facet::Marks;
use crate::search::parts::Parts;
use crate::search::query::Query;
use accents::{Accents, Within};
use needle::Needle;
pub use snippet::{Snippet, snippet};

/// What a line of the notes belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// A talk.
    Talk(TalkId),
    /// What stands before the first talk of something.
    Introduction(IntroductionId),
    /// What is not notes, as an index into the library's furniture.
    Furniture(u32),
}

/// A stretch of a file that belongs to one unit.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    start: u32,
    end: u32,
    unit: Unit,
    /// It is all that the unit has.
    alone: bool,
}

/// Where each unit stands: by file, in the order of the file.
#[derive(Debug)]
pub struct Units {
    files: Vec<Vec<Stretch>>,
    /// Where the accents of each file are; found when it is first searched.
    accents: Vec<OnceLock<Accents>>,
}

impl Units {
    /// Sorts the spans of a library.
    pub fn new(library: &Library) -> Self {
        let mut files: Vec<Vec<Stretch>> = vec![Vec::new(); library.files.len()];
        let talks = library.talk_ids().map(Unit::Talk);
        let introductions =
            (0..library.introductions.len() as u32).map(|at| Unit::Introduction(IntroductionId(at)));
        let furniture = (0..library.furniture.len() as u32).map(Unit::Furniture);
        for unit in talks.chain(introductions).chain(furniture) {
            let spans = spans(library, unit);
            for span in spans {
                let (start, end) = (span.bytes().start as u32, span.bytes().end as u32);
                files[span.file.index()].push(Stretch { start, end, unit, alone: spans.len() == 1 });
            }
        }
        files.iter_mut().for_each(|stretches| stretches.sort_unstable_by_key(|s| s.start));
        Self { files, accents: library.files.iter().map(|_| OnceLock::new()).collect() }
    }

    /// The unit that owns a byte of a file.
    pub fn at(&self, file: FileId, byte: usize) -> Option<Unit> {
        let stretches = &self.files[file.index()];
        let behind = stretches.partition_point(|s| s.start as usize <= byte);
        let stretch = stretches.get(behind.checked_sub(1)?)?;
        (byte < stretch.end as usize).then_some(stretch.unit)
    }

    /// Where the accents of a file are.
    pub fn accents(&self, library: &Library, file: FileId) -> &Accents {
        self.accents[file.index()].get_or_init(|| Accents::of(&library.file(file).text))
    }

    fn accents_of(&self, library: &Library, span: &Span) -> Within<'_> {
        self.accents(library, span.file).within(span.bytes())
    }

    /// The bytes they take in memory.
    pub fn bytes(&self) -> usize {
        let spans: usize = self.files.iter().map(|f| f.capacity() * size_of::<Stretch>()).sum();
        let accents: usize = self.accents.iter().filter_map(OnceLock::get).map(Accents::bytes).sum();
        spans + accents
    }
}

/// The spans of a unit.
pub fn spans(library: &Library, unit: Unit) -> &[Span] {
    match unit {
        Unit::Talk(id) => &library.talk(id).spans,
        Unit::Introduction(id) => std::slice::from_ref(&library.introductions[id.index()].span),
        Unit::Furniture(at) => std::slice::from_ref(&library.furniture[at as usize].span),
    }
}

/// A place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
}

/// A unit that has what was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct TextHit {
    /// The unit.
    pub unit: Unit,
    /// How many places match.
    pub count: u32,
    /// The place that shows best what was found.
    pub best: Place,
    /// How well it matches; only good for comparing hits of one query.
    pub score: f32,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextFound {
    /// The best units, best first.
    pub hits: Vec<TextHit>,
    /// How many units have what was asked for.
    pub units: usize,
    /// How many places match in all of them.
    pub places: u64,
}

/// A text query made ready.
#[derive(Debug)]
pub struct TextQuery {
    /// What must be there, by groups of alternatives; the rarest, as far as one can tell, first.
    groups: Vec<Vec<Needle>>,
    /// What must not be there.
    unwanted: Vec<Needle>,
    query: Query,
}

impl TextQuery {
    /// Makes a query ready. `None` when there is no word in it to look for.
    pub fn new(query: &Query) -> Option<Self> {
        let mut groups: Vec<Vec<Needle>> = Vec::new();
        let mut unwanted = Vec::new();
        for group in &query.groups {
            let (no, yes): (Vec<Needle>, Vec<Needle>) =
                group.iter().map(Needle::new).partition(|needle| needle.negative);
            match yes.is_empty() {
                true => unwanted.extend(no),
                false => groups.push(yes),
            }
        }
        // The longest word is the rarest, as a rule; a pattern is dearest.
        let weight = |group: &Vec<Needle>| group.iter().map(Needle::weight).min().unwrap_or(0);
        groups.sort_by_key(|group| std::cmp::Reverse(weight(group)));
        (!groups.is_empty()).then(|| Self { groups, unwanted, query: query.clone() })
    }

    /// Looks for every place of any wanted term in a text, in order; places may lie in each other.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        self.places_with(text, Within::unknown(text))
    }

    /// The same in the text of a whole file, whose accents are known.
    pub fn places_in(&self, text: &str, accents: &Accents) -> Vec<Range<usize>> {
        self.places_with(text, accents.within(0..text.len()))
    }

    fn places_with(&self, text: &str, accents: Within) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        for needle in self.groups.iter().flatten() {
            needle.find(text, accents, |range| {
                places.push(range);
                true
            });
        }
        places.sort_unstable_by_key(|range| (range.start, range.end));
        places.dedup();
        places
    }
}

/// Bytes of text that are searched between two looks at whether the answer is still wanted.
const BATCH: usize = 512 << 20;

/// How long a search goes on before it shows what it has.
const TELL: Duration = Duration::from_millis(60);

/// The search over one library.
pub struct TextSearch<'a> {
    /// The notes.
    pub library: &'a Library,
    /// Where their units stand.
    pub units: &'a Units,
    /// What is known of the talks.
    pub marks: &'a Marks,
    /// What the talks have.
    pub parts: &'a Parts,
    /// Gives up as soon as this says so; what is found then is of no use.
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// Words beyond these are counted with the last one.
const COUNTED: usize = 4;

/// What was seen in one unit that has all that was asked for. The places themselves are not kept: a
/// common word has millions.
#[derive(Debug, Clone)]
struct Seen {
    unit: Unit,
    /// How often each word stands there.
    counts: [u32; COUNTED],
    /// The words that stand in its title, and in its headings, a bit each.
    in_title: u8,
    in_headings: u8,
    /// The bytes from the first to the last word where all stand closest together, and where that is.
    apart: u32,
    best: Place,
    /// The bytes of the unit.
    length: u32,
}

impl TextSearch<'_> {
    /// The best `most` units that have what is asked for, best first. Of a search that takes its time, `progress` is
    /// told what is found so far.
    pub fn find(&self, query: &TextQuery, most: usize, mut progress: impl FnMut(TextFound)) -> TextFound {
        let files: Vec<FileId> = (0..self.library.files.len() as u32).map(FileId).collect();
        let mut seen: Vec<Seen> = Vec::new();
        let mut rest = &files[..];
        let mut told = Instant::now();
        while !rest.is_empty() {
            let (batch, behind) = self.batch(rest);
            seen.extend(self.look_in(batch, query));
            if (self.cancelled)() {
                return TextFound::default();
            }
            rest = behind;
            if !rest.is_empty() && told.elapsed() >= TELL {
                progress(rank::rank(query, &seen, most));
                told = Instant::now();
            }
        }
        rank::rank(query, &seen, most)
    }

    /// Cuts off the files of the next batch.
    fn batch<'f>(&self, files: &'f [FileId]) -> (&'f [FileId], &'f [FileId]) {
        let mut bytes = 0;
        let enough = files.iter().position(|file| {
            bytes += self.library.file(*file).text.len();
            bytes >= BATCH
        });
        files.split_at(enough.map_or(files.len(), |at| at + 1))
    }

    /// The units of some files that have all that is asked for.
    fn look_in(&self, files: &[FileId], query: &TextQuery) -> Vec<Seen> {
        // Large files are shared out one by one, small ones in handfuls.
        let bytes: usize = files.iter().map(|file| self.library.file(*file).text.len()).sum();
        let chunk = (files.len() * (256 << 10)).div_ceil(bytes.max(1)).clamp(1, 4096);
        share(files, chunk, |files| {
            let mut seen = Vec::new();
            for file in files {
                if (self.cancelled)() {
                    return Vec::new();
                }
                self.look_in_file(*file, query, &mut seen);
            }
            seen
        })
    }

    fn look_in_file(&self, file: FileId, query: &TextQuery, seen: &mut Vec<Seen>) {
        let text = &*self.library.file(file).text;
        let Some((first, others)) = query.groups.split_first() else {
            return;
        };
        let mut places: Vec<Place> = Vec::new();
        let accents = self.units.accents(self.library, file).within(0..text.len());
        for needle in first {
            needle.find(text, accents, |range| {
                places.push(Place { file, start: range.start as u32, end: range.end as u32 });
                true
            });
        }
        if first.len() > 1 {
            places.sort_unstable();
        }
        // Both stand in order: the places, and the stretches of the file.
        let mut stretches = &self.units.files[file.index()][..];
        let mut places = &places[..];
        while let Some(place) = places.first() {
            stretches = &stretches[stretches.partition_point(|s| s.end <= place.start)..];
            let Some(stretch) = stretches.first() else {
                return;
            };
            let (here, behind) = places.split_at(places.partition_point(|place| place.start < stretch.end));
            places = behind;
            if here.first().is_some_and(|place| place.start >= stretch.start) {
                seen.extend(self.look_in_unit(*stretch, here, others, query));
            }
        }
    }

    /// The place that shows best what was found in a unit: where the words stand closest together, behind
    /// the lines that only say what the talk is, if they stand there at all.
    pub fn best_place(&self, query: &TextQuery, hit: &TextHit) -> Place {
        let spans = spans(self.library, hit.unit);
        let all: Vec<Vec<Place>> = query.groups.iter().map(|group| self.places_of(spans, group)).collect();
        let head = self.head_of(hit.unit);
        let behind = |places: &Vec<Place>| -> Vec<Place> {
            places
                .iter()
                .filter(|p| head.is_none_or(|(file, end)| p.file != file || p.start >= end))
                .copied()
                .collect()
        };
        let said: Vec<Vec<Place>> = all.iter().map(behind).collect();
        let places = if said[0].is_empty() { &all[0] } else { &said[0] };
        // The words that are said only in the head do not draw the place there.
        let others = said[1..].iter().filter(|places| !places.is_empty());
        let together: Vec<&[Place]> = std::iter::once(places).chain(others).map(Vec::as_slice).collect();
        if places.is_empty() { hit.best } else { rank::closest(&together).0 }
    }

    /// Where the lines end that say what a talk is.
    fn head_of(&self, unit: Unit) -> Option<(FileId, u32)> {
        let Unit::Talk(id) = unit else {
            return None;
        };
        let talk = self.library.talk(id);
        let span = talk.spans.first()?;
        let ends = memchr::memchr_iter(b'\n', self.library.text(span).as_bytes());
        let end = ends.take(talk.header_lines).last().map_or(0, |at| at + 1);
        Some((span.file, (span.bytes().start + end) as u32))
    }

    /// Where the words of a group stand in some spans, in order.
    fn places_of(&self, spans: &[Span], group: &[Needle]) -> Vec<Place> {
        let mut places = Vec::new();
        for span in spans {
            let text = self.library.text(span);
            let accents = self.units.accents_of(self.library, span);
            for needle in group {
                needle.find(text, accents, |range| {
                    let at = |byte: usize| (span.bytes().start + byte) as u32;
                    places.push(Place { file: span.file, start: at(range.start), end: at(range.end) });
                    true
                });
            }
        }
        places.sort_unstable();
        places
    }

    /// Looks for the other words in a unit of which a stretch holds the first one.
    fn look_in_unit(
        &self,
        stretch: Stretch,
        here: &[Place],
        others: &[Vec<Needle>],
        query: &TextQuery,
    ) -> Option<Seen> {
        let unit = stretch.unit;
        if !self.accepts(unit, query) {
            return None;
        }
        if stretch.alone && others.is_empty() && query.unwanted.is_empty() {
            return Some(rank::see(self.library, query, stretch, &[here]));
        }
        let spans = spans(self.library, unit);
        // A unit in several pieces is told once, by the first of them that holds the word.
        let mut first: Vec<Place> = Vec::new();
        if spans.len() > 1 {
            first = self.places_of(spans, &query.groups[0]);
            let told = first.iter().min_by_key(|place| (place.file, place.start));
            if told.is_some_and(|told| told != &here[0]) {
                return None;
            }
        }
        let mut all: Vec<Vec<Place>> = Vec::with_capacity(others.len());
        for group in others {
            let places = self.places_of(spans, group);
            if places.is_empty() {
                return None;
            }
            all.push(places);
        }
        let is_in = |needle: &Needle| {
            let is_in = |s: &Span| needle.is_in(self.library.text(s), self.units.accents_of(self.library, s));
            spans.iter().any(is_in)
        };
        if query.unwanted.iter().any(is_in) {
            return None;
        }
        let first = if first.is_empty() { here } else { &first };
        let places: Vec<&[Place]> = std::iter::once(first).chain(all.iter().map(Vec::as_slice)).collect();
        Some(rank::see(self.library, query, stretch, &places))
    }

    /// Whether the facets of a query let a unit pass. What is not a talk has no facets.
    fn accepts(&self, unit: Unit, query: &TextQuery) -> bool {
        match unit {
            Unit::Talk(talk) => {
                query.query.facets.iter().all(|f| f.accepts(self.library, self.marks, self.parts, talk))
            }
            _ => query.query.facets.is_empty(),
        }
    }
}
