//! Which talk comes first: by title and headings, by how rare the words are, by how close they stand.
//!
//! | | |
//! |---|---|
//! | a word | its rarity × how often it stands there, flattened and measured by length (BM25, k₁ 1.2, b 0.6) |
//! | in the title | + 2 × its rarity |
//! | in a heading | + 1 × its rarity |
//! | all words together | + the sum of their rarities × 1 / (1 + letters apart / 40) |
//!
//! The rarity of a word is the logarithm of the share of all words found that are others, as in BM25
//! where all documents hold all words. Of equals the order of the notes holds.

use crate::library::Library;
use crate::search::text::accents::Within;
use crate::search::text::needle::Needle;
use crate::search::text::{COUNTED, Place, Seen, Stretch, TextFound, TextHit, TextQuery, Unit, spans};

/// How soon more of the same says nothing new (k₁ of BM25).
const FLATTENED: f32 = 1.2;
/// How much a long text has to hold more of it (b of BM25).
const MEASURED: f32 = 0.6;

/// Sees what there is to rank a unit by, while its places are at hand: for each word, in order.
pub(super) fn see(library: &Library, query: &TextQuery, stretch: Stretch, places: &[&[Place]]) -> Seen {
    let (best, apart) = closest(places);
    let length = match stretch.alone {
        true => (stretch.end - stretch.start) as usize,
        false => spans(library, stretch.unit).iter().map(|span| span.bytes().len()).sum(),
    };
    let mut seen = Seen {
        unit: stretch.unit,
        counts: [0; COUNTED],
        in_title: 0,
        in_headings: 0,
        apart: apart.min(u32::MAX as usize) as u32,
        best,
        length: length as u32,
    };
    for (nth, (places, group)) in places.iter().zip(&query.groups).enumerate() {
        let slot = nth.min(COUNTED - 1);
        seen.counts[slot] += places.len() as u32;
        // A title stands at the start of its talk, and so its words are found there first.
        let early = places.first().is_some_and(|place| place.start.saturating_sub(stretch.start) < EARLY);
        if early && is_in_title(library, stretch.unit, group) {
            seen.in_title |= 1 << slot;
        }
        if places.iter().take(LOOKED_AT).any(|place| is_in_heading(library, *place)) {
            seen.in_headings |= 1 << slot;
        }
    }
    seen
}

/// The title and what stands around it take no more bytes than these.
const EARLY: u32 = 1024;

/// A heading is found at the first few places, where there is any.
const LOOKED_AT: usize = 6;

fn is_in_title(library: &Library, unit: Unit, group: &[Needle]) -> bool {
    let Unit::Talk(id) = unit else {
        return false;
    };
    let title = &library.talk(id).title;
    group.iter().any(|needle| needle.is_in(title, Within::unknown(title)))
}

/// Ranks what was seen.
pub(super) fn rank(query: &TextQuery, seen: &[Seen], most: usize) -> TextFound {
    let words = query.groups.len().min(COUNTED);
    let mut counts = [0u64; COUNTED];
    for one in seen {
        counts.iter_mut().zip(one.counts).for_each(|(sum, count)| *sum += u64::from(count));
    }
    let all: u64 = counts.iter().sum();
    let rarity = counts.map(|count| (1.0 + all as f32 / count.max(1) as f32).ln());
    let average = seen.iter().map(|s| f64::from(s.length)).sum::<f64>() as f32 / seen.len().max(1) as f32;
    let mut hits: Vec<TextHit> = seen
        .iter()
        .map(|seen| TextHit {
            unit: seen.unit,
            count: seen.counts.iter().sum(),
            best: seen.best,
            score: score(seen, &rarity[..words], average),
        })
        .collect();
    let better = |a: &TextHit, b: &TextHit| b.score.total_cmp(&a.score).then(a.unit.cmp(&b.unit));
    if hits.len() > most && most > 0 {
        hits.select_nth_unstable_by(most - 1, better);
        hits.truncate(most);
    }
    hits.sort_unstable_by(better);
    TextFound { hits, units: seen.len(), places: all }
}

fn score(seen: &Seen, rarity: &[f32], average: f32) -> f32 {
    let long = 1.0 - MEASURED + MEASURED * seen.length as f32 / average.max(1.0);
    let mut score = 0.0;
    for (nth, rare) in rarity.iter().enumerate() {
        let often = seen.counts[nth] as f32;
        score += rare * often * (FLATTENED + 1.0) / (often + FLATTENED * long);
        let bit = |set: u8| f32::from(set >> nth & 1);
        score += rare * (2.0 * bit(seen.in_title) + bit(seen.in_headings));
    }
    if rarity.len() > 1 {
        score += rarity.iter().sum::<f32>() / (1.0 + seen.apart as f32 / 40.0);
    }
    score
}

/// Whether the line of a place is a heading in the dialect of its file.
fn is_in_heading(library: &Library, place: Place) -> bool {
    let file = library.file(place.file);
    let (text, at) = (&*file.text, place.start as usize);
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let mut lines = text[start..].lines();
    let Some(line) = lines.next() else {
        return false;
    };
    let next = lines.next().filter(|line| !line.trim().is_empty());
    // A heading is marked by a sign before it or below it.
    let starts_with_letter = |line: &str| line.starts_with(char::is_alphanumeric);
    if starts_with_letter(line) && next.is_none_or(starts_with_letter) {
        return false;
    }
    file.dialect().heading(line, None, next).is_some()
}

/// The place of the first group where all stand closest together, and how many bytes they take there.
pub(super) fn closest(places: &[&[Place]]) -> (Place, usize) {
    let first = places.first().and_then(|group| group.first());
    let start = first.copied().unwrap_or(Place { file: crate::library::FileId(0), start: 0, end: 0 });
    if places.len() < 2 {
        return (start, 0);
    }
    // A window over all places in order, as small as it can be with one of each group in it.
    let mut all: Vec<(Place, usize)> = Vec::new();
    for (group, places) in places.iter().enumerate() {
        all.extend(places.iter().take(256).map(|place| (*place, group)));
    }
    all.sort_unstable();
    let mut inside = vec![0usize; places.len()];
    let (mut from, mut best) = (0, (start, usize::MAX));
    for (at, (place, group)) in all.iter().enumerate() {
        inside[*group] += 1;
        while inside.iter().all(|n| *n > 0) {
            let (first, its) = all[from];
            let apart = match first.file == place.file {
                true => (place.end - first.start.min(place.end)) as usize,
                false => usize::MAX - 1,
            };
            if apart < best.1 {
                let shown = all[from..=at].iter().find(|(_, group)| *group == 0);
                best = (shown.map_or(first, |(place, _)| *place), apart);
            }
            inside[its] -= 1;
            from += 1;
        }
    }
    best
}
