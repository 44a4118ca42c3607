//! The finder: a query → talks, the one that was meant first.
//!
//! Each key is answered in two passes. The first goes over all rows, refuses most by their letters,
//! and finds where the words stand with their letters side by side; the second lets nucleo rank
//! the rows in which letters lie apart, and only if the first pass has not filled the list: such
//! rows would stand behind it. A query that only grew goes over the rows that the one before it
//! matched. How a match is scored stands in [`matching`](crate::search::matching).

use std::cmp::Reverse;
use std::sync::OnceLock;

use crate::library::{Library, TalkId};
use crate::search::crew::share;
use crate::search::facet::{Facet, Marks, year_of};
use crate::search::matching::{Match, PHRASE, Ready, phrase};
use crate::search::near::Vocabulary;
use crate::search::parts::Parts;
use crate::search::query::Query;
use crate::search::rows::{Field, Rows, parts};
use crate::text::fold::Folded;

/// Below this many talks near misses are shown too.
const FEW: usize = 8;

/// Rows that are looked at between two looks at whether the answer is still wanted.
const CHUNK: usize = 4096;

/// A talk that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The talk.
    pub talk: TalkId,
    /// How well it matches; only good for comparing hits of one query.
    pub score: u32,
    /// The parts that its words were found in.
    pub fields: Fields,
    /// It does not match, but nearly: the query was mistyped.
    pub close: bool,
}

/// A set of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fields(u8);

impl Fields {
    /// Whether a part is among them.
    pub fn has(self, field: Field) -> bool {
        self.0 & 1 << field as u8 > 0
    }

    fn with(self, field: Field) -> Self {
        Self(self.0 | 1 << field as u8)
    }
}

/// What a library's talks are found by. Built once, when it is first needed.
#[derive(Debug)]
pub struct Index {
    rows: Rows,
    parts: Parts,
    vocabulary: OnceLock<Vocabulary>,
}

impl Index {
    /// Folds what there is to find.
    pub fn new(library: &Library) -> Self {
        Self { rows: Rows::new(library), parts: Parts::new(library), vocabulary: OnceLock::new() }
    }

    /// What each talk has.
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The bytes it takes in memory.
    pub fn bytes(&self) -> usize {
        self.rows.bytes() + self.rows.len() * size_of::<OnceLock<u8>>()
    }
}

/// What a query found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The best talks, best first; near misses behind the others.
    pub hits: Vec<Hit>,
    /// How many talks match, near misses not counted.
    pub total: usize,
    /// The query as it was widened for near misses.
    pub widened: Option<Query>,
}

/// The rows that a query matched, for the next one, which may have grown from it.
#[derive(Debug, Default)]
pub struct Narrowed {
    query: Query,
    rows: Option<Vec<u32>>,
}

/// The finder over one library.
#[derive(Clone, Copy)]
pub struct Finder<'a> {
    library: &'a Library,
    index: &'a Index,
    marks: &'a Marks,
    cancelled: &'a (dyn Fn() -> bool + Sync),
}

impl<'a> Finder<'a> {
    /// A finder over a library and what is known of its talks.
    pub fn new(library: &'a Library, index: &'a Index, marks: &'a Marks) -> Self {
        Self { library, index, marks, cancelled: &|| false }
    }

    /// Gives up as soon as this says so; what is found then is of no use.
    pub fn until(self, cancelled: &'a (dyn Fn() -> bool + Sync)) -> Self {
        Self { cancelled, ..self }
    }

    /// The best `most` talks for a query, best first, and near misses behind them. An empty query
    /// finds every talk, in order.
    pub fn find(&self, query: &Query, most: usize) -> Found {
        let mut found = self.find_within(query, most, &mut Narrowed::default());
        self.add_near(query, most, &mut found);
        found
    }

    /// Without near misses; over what the query before left over, where this one has grown from it.
    pub fn find_within(&self, query: &Query, most: usize, narrowed: &mut Narrowed) -> Found {
        let within = narrowed.rows.take().filter(|_| narrowed.query.is_widened_by(query));
        let exact = Pass::new(*self, query).over(within.as_deref(), most);
        let found = Found { total: exact.total, hits: exact.hits, widened: None };
        if !(self.cancelled)() {
            *narrowed = Narrowed { query: query.clone(), rows: Some(exact.matched) };
        }
        found
    }

    /// Where few talks were found: adds those with words near to those of the query, behind the
    /// others.
    pub fn add_near(&self, query: &Query, most: usize, found: &mut Found) {
        if found.total >= FEW || query.groups.is_empty() {
            return;
        }
        let vocabulary = self.index.vocabulary.get_or_init(|| Vocabulary::new(&self.index.rows));
        let Some(wider) = vocabulary.widen(query) else {
            return;
        };
        let near = Pass::new(*self, &wider).over(None, most);
        let known: Vec<TalkId> = found.hits.iter().map(|hit| hit.talk).collect();
        let more = near.hits.into_iter().filter(|hit| !known.contains(&hit.talk));
        found.hits.extend(more.map(|hit| Hit { close: true, ..hit }));
        found.hits.truncate(most);
        found.widened = Some(wider);
    }
}

impl std::fmt::Debug for Finder<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Finder").field("index", self.index).finish_non_exhaustive()
    }
}

/// One query on its way over the rows.
struct Pass<'a, 'q> {
    finder: Finder<'a>,
    query: &'q Query,
    groups: Vec<Vec<Ready<'q>>>,
    phrase: Option<memchr::memmem::Finder<'static>>,
}

/// What a pass found.
struct Passed {
    hits: Vec<Hit>,
    /// How many rows match.
    total: usize,
    /// Every row that matches, or may once the query has grown.
    matched: Vec<u32>,
}

/// How a row was met by the first pass.
#[derive(Clone, Copy)]
struct Met {
    row: u32,
    /// Its score and parts; `None` where letters lie apart.
    rank: Option<Rank>,
}

#[derive(Clone, Copy, Default)]
struct Rank {
    score: u32,
    fields: Fields,
    /// The weightiest part that matched is this long.
    length: u32,
}

/// What the terms are worth together.
#[derive(Default)]
struct Sum {
    score: u32,
    fields: Fields,
    first: Option<Field>,
}

impl Sum {
    fn add(&mut self, Match { score, field }: Match) {
        self.score += score;
        self.fields = self.fields.with(field);
        self.first = Some(self.first.map_or(field, |first| first.min(field)));
    }
}

impl<'a, 'q> Pass<'a, 'q> {
    fn new(finder: Finder<'a>, query: &'q Query) -> Self {
        let groups = query.groups.iter().map(|group| group.iter().map(Ready::new).collect()).collect();
        let phrase = phrase(query).map(|p| memchr::memmem::Finder::new(&p).into_owned());
        Pass { finder, query, groups, phrase }
    }

    fn over(&self, within: Option<&[u32]>, most: usize) -> Passed {
        let rows = self.finder.index.rows.len() as u32;
        if self.query.is_empty() {
            let in_order = (0..rows).take(most).map(|row| self.hit(row, Rank::default()));
            return Passed { hits: in_order.collect(), total: rows as usize, matched: (0..rows).collect() };
        }
        let all: Vec<u32>;
        let within = match within {
            Some(rows) => rows,
            None => {
                all = (0..rows).collect();
                &all
            }
        };
        let chunk = |rows: &[u32]| -> Vec<Met> {
            if (self.finder.cancelled)() {
                return Vec::new();
            }
            match self.short() {
                Some(ready) => rows.iter().filter_map(|row| self.meet_short(ready, *row)).collect(),
                None => rows.iter().filter_map(|row| self.meet(*row)).collect(),
            }
        };
        let met: Vec<Met> = share(within, CHUNK, chunk);
        let matched: Vec<u32> = met.iter().map(|met| met.row).collect();
        let mut ranked: Vec<(u32, Rank)> = met.iter().filter_map(|m| Some((m.row, m.rank?))).collect();
        let mut total = matched.len();
        let strict = self.groups.iter().flatten().any(Ready::must_hang_together);
        if ranked.len() < most || strict {
            let apart = met.iter().filter(|m| m.rank.is_none()).map(|m| m.row);
            // Those with a title in which a word starts as the query does stand before the others.
            let first = self.groups.first().and_then(|group| group.first()).map_or(' ', Ready::first);
            let rows = &self.finder.index.rows;
            let (sooner, later): (Vec<u32>, Vec<u32>) =
                apart.partition(|row| rows.title_has_start(*row, first));
            ranked.extend(self.rank_all(&sooner));
            if ranked.len() < most || strict {
                ranked.extend(self.rank_all(&later));
            }
            if strict {
                total = ranked.len();
            }
        }
        Passed { hits: self.best(ranked, most), total, matched }
    }

    /// The term of a query that is nothing but a letter or two.
    fn short(&self) -> Option<&Ready<'q>> {
        match &self.groups[..] {
            [group] if group.len() == 1 && self.query.facets.is_empty() => {
                group.first().filter(|ready| ready.is_short())
            }
            _ => None,
        }
    }

    /// Looks at a row for the first time, for a letter or two. Nearly every row has them; those with a
    /// word of the title that starts so are ranked first, and mostly fill the list.
    fn meet_short(&self, ready: &Ready, row: u32) -> Option<Met> {
        let rows = &self.finder.index.rows;
        if !ready.may_match(rows.letters(row)) {
            return None;
        }
        if rows.title_has_start(row, ready.first()) {
            let fields = rows.fields(row);
            if let Some(found) = ready.starts_word(fields[Field::Title as usize]) {
                let mut sum = Sum::default();
                sum.add(found);
                return Some(Met { row, rank: Some(self.rank(sum, &fields)) });
            }
        }
        let there = ready.is_one_known_letter() || ready.is_scattered(&rows.fields(row));
        there.then_some(Met { row, rank: None })
    }

    /// Ranks rows in which letters lie apart.
    fn rank_all(&self, apart: &[u32]) -> Vec<(u32, Rank)> {
        let rank = |rows: &[u32]| -> Vec<(u32, Rank)> {
            if (self.finder.cancelled)() {
                return Vec::new();
            }
            rows.iter().filter_map(|row| Some((*row, self.rank_apart(*row)?))).collect()
        };
        share(apart, CHUNK / 4, rank)
    }

    /// Looks at a row for the first time.
    fn meet(&self, row: u32) -> Option<Met> {
        let Finder { library, index, marks, .. } = self.finder;
        let (letters, fields) = (index.rows.letters(row), index.rows.fields(row));
        let whole = index.rows.text(row);
        let mut sum = Sum::default();
        let mut apart = false;
        for group in &self.groups {
            let mut best: Option<Match> = None;
            let mut other = None;
            for ready in group {
                let there = ready.may_match(letters);
                let solid = if there && ready.may_be_solid(whole) { ready.solid(&fields) } else { None };
                match (ready.term.negative, solid) {
                    (true, None) => other = Some(false),
                    (true, Some(_)) => {}
                    (false, Some(found)) => best = best.max(Some(found)),
                    (false, None) if there && other.is_none() && ready.is_scattered(&fields) => {
                        other = Some(true);
                    }
                    (false, None) => {}
                }
            }
            match (best, other) {
                (Some(found), _) => sum.add(found),
                (None, Some(scattered)) => apart |= scattered,
                (None, None) => return None,
            }
        }
        let accepts = |facet: &Facet| facet.accepts(library, marks, &index.parts, TalkId(row));
        if !self.query.facets.iter().all(accepts) {
            return None;
        }
        Some(Met { row, rank: (!apart).then(|| self.rank(sum, &fields)) })
    }

    /// Ranks a row in which letters lie apart.
    fn rank_apart(&self, row: u32) -> Option<Rank> {
        let fields = self.finder.index.rows.fields(row);
        let mut sum = Sum::default();
        for group in &self.groups {
            let wanted = group.iter().filter(|ready| !ready.term.negative);
            let found = wanted.filter_map(|ready| ready.solid(&fields).or_else(|| ready.scattered(&fields)));
            match found.max() {
                Some(best) => sum.add(best),
                // A term that must not match, and does not.
                None if group.iter().any(|ready| ready.term.negative) => {}
                None => return None,
            }
        }
        Some(self.rank(sum, &fields))
    }

    fn rank(&self, sum: Sum, fields: &[&str; 4]) -> Rank {
        let title = fields[Field::Title as usize];
        let phrase = self.phrase.as_ref().is_some_and(|phrase| phrase.find(title.as_bytes()).is_some());
        Rank {
            score: sum.score + if phrase { PHRASE } else { 0 },
            fields: sum.fields,
            length: sum.first.map_or(0, |field| fields[field as usize].len() as u32),
        }
    }

    /// The best, best first. Of equals the shorter part, then what is bookmarked, then the more
    /// recent, then the order of the notes.
    fn best(&self, mut ranked: Vec<(u32, Rank)>, most: usize) -> Vec<Hit> {
        let Finder { library, marks, .. } = self.finder;
        let roughly = |(row, rank): &(u32, Rank)| (Reverse(rank.score), rank.length, *row);
        if ranked.len() > most && most > 0 {
            ranked.select_nth_unstable_by_key(most - 1, roughly);
            ranked.truncate(most);
        }
        ranked.sort_by_cached_key(|(row, rank)| {
            let talk = TalkId(*row);
            let kept = marks.bookmarked.contains(&talk);
            (Reverse(rank.score), rank.length, !kept, Reverse(year_of(library, talk)), *row)
        });
        ranked.into_iter().map(|(row, rank)| self.hit(row, rank)).collect()
    }

    fn hit(&self, row: u32, rank: Rank) -> Hit {
        Hit { talk: TalkId(row), score: rank.score, fields: rank.fields, close: false }
    }
}

/// Where a query matches a talk: for each part, the byte offsets of the characters that are to be
/// lit, sorted. Each word is lit where it matches best.
pub fn lit(library: &Library, query: &Query, talk: TalkId) -> Vec<(Field, Vec<usize>)> {
    let written = parts(library, talk);
    let folded: Vec<Folded> = written
        .iter()
        .map(|part| {
            let mut folded = Folded::default();
            folded.push(part, 0);
            folded
        })
        .collect();
    let fields = [0, 1, 2, 3].map(|at: usize| folded[at].text.as_str());
    let mut lit: Vec<(Field, Vec<usize>)> = Field::ALL.map(|field| (field, Vec::new())).into();
    for ready in query.wanted().map(Ready::new) {
        let Some(Match { field, .. }) = ready.solid(&fields).or_else(|| ready.scattered(&fields)) else {
            continue;
        };
        let at = field as usize;
        for index in ready.lit(fields[at]).unwrap_or_default() {
            lit[at].1.extend(folded[at].origin.get(index as usize).map(|o| *o as usize));
        }
    }
    for (_, offsets) in &mut lit {
        offsets.sort_unstable();
        offsets.dedup();
    }
    lit
}
