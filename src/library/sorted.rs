//! One file's owners, each with the conference and the track that it belongs to.
//!
//! That depends on this file and on what all files agree on. A file is sorted as soon as it is read, by what it says itself,
//! and its reading is taken apart; what is left open is settled once all are read. Talks that wait to be told go by what stands
//! above them.

use std::num::NonZeroU64;
use std::ops::Range;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::library::assemble::ReadFile;
use crate::library::belonging::{self, Around, Spellings, Spelt, Tracks};
use crate::library::conference::Named;
use crate::library::contents::Listed;
use crate::library::dates::{Date, Either, Order};
use crate::library::evidence::{Offer, Reasons};
use crate::library::file_name::Kind;
use crate::library::level::{Answer, Decision};
use crate::library::model::{File, FileId, Furniture, Span, Spans};
use crate::library::problems::{Problem, Severity};
use crate::library::reading::{Owner, Piece, Reading};
use crate::library::same;
use crate::library::sketch::{self, OpeningTitle, Sketch, Tale, Teller, Told};
use crate::text::line::is_blank;

/// One file, each part of it with the conference that it belongs to.
pub(super) struct Sorted {
    pub(super) id: FileId,
    /// The file, until the library takes it.
    pub(super) file: Option<Arc<File>>,
    /// Who tells the talks that wait.
    pub(super) teller: Option<Arc<Teller>>,
    /// The conferences that are spoken of; the parts point at them.
    pub(super) names: SmallVec<[Arc<Named>; 1]>,
    pub(super) parts: SmallVec<[Part; 1]>,
    /// The title of its one talk, where that is all that is known of it.
    pub(super) opening: Option<OpeningTitle>,
    /// What an index page says of it, where it is one talk: that has a say in its order.
    pub(super) listed: Option<Arc<Listed>>,
    /// The conference that its folder names, by which others may spell it.
    folder: Option<Arc<Named>>,
    besides: Option<Box<Besides>>,
}

/// What few files have besides. There is a file for each talk in many libraries, so what all have is kept small.
#[derive(Default)]
struct Besides {
    /// How the conference of its folder is spelt in it.
    spelt: Option<Spelt>,
    /// The orders of day and month that its dates tell.
    orders: Vec<Order>,
    /// How it was decided where its talks are, where that is kept.
    decision: Decision,
    guesses: Vec<Problem>,
    open: Vec<Open>,
    /// What another file's part of a talk would be known by, where one may hold it: of those that are told, each with
    /// the number of its part.
    joins: Vec<(u32, Box<str>)>,
}

impl Besides {
    /// Nothing, where there is none of it.
    fn boxed(self) -> Option<Box<Self>> {
        let Self { spelt, orders, decision, guesses, open, joins } = &self;
        let some = spelt.is_some()
            || !(orders.is_empty() && guesses.is_empty() && open.is_empty() && joins.is_empty())
            || *decision != Decision::default();
        some.then(|| Box::new(self))
    }
}

/// What a talk that is told leaves open until it is known what all files agree on.
struct Open {
    /// The number of its part.
    part: u32,
    /// A date that could be read in two ways.
    date: Option<Either>,
    tracks: Tracks,
}

/// What one owner of lines comes to; `named` is one of [`Sorted::names`]. There is one for each talk until the tree is laid
/// out, so it is kept small.
pub(super) enum Part {
    Furniture(Vec<Furniture>),
    Introduction(Option<u32>, Spans),
    Talk {
        named: u32,
        track: Option<Box<str>>,
        /// What it says; nothing where its title is all that is known, which is [`Sorted::opening`].
        told: Option<Arc<Told>>,
        spans: Spans,
        rank: u8,
        /// What it has in common with another file's part of it, where that was looked for.
        print: Option<NonZeroU64>,
    },
    Sketch {
        named: u32,
        track: Option<Box<str>>,
        sketch: Sketch,
        spans: Spans,
    },
}

impl Sorted {
    /// Sorts a file by what it says itself.
    pub(super) fn of(read: ReadFile, id: FileId, reasons: Reasons) -> Self {
        let ReadFile { file, reading, place, survey } = read;
        let spans = spans(&file, id, &reading);
        let (holds_talk, many) = (reading.owners.iter().any(Owner::is_talk), reading.holds_many());
        let spelt = Spelt::of(&reading, &place);
        let orders = reading.told_orders().collect();
        // Where talks wait, what was read is kept for whoever tells them; otherwise it is taken apart.
        let (kept, mut own) = match reading.scenes.is_empty() {
            true => (None, Arc::unwrap_or_clone(reading)),
            false => (Some(reading), Reading::default()),
        };
        let (own_owners, own_guesses) = (std::mem::take(&mut own.owners), std::mem::take(&mut own.guesses));
        let reading = kept.as_deref().unwrap_or(&own);
        let owners = own_owners.into_iter().chain(reading.owners.iter().cloned());
        let guess = |(line, code, message): (usize, &'static str, String)| Problem {
            path: file.path.to_path_buf(),
            line: Some(line),
            severity: Severity::Note,
            code,
            message,
        };
        let guesses = own_guesses.into_iter().chain(reading.guesses.iter().cloned()).map(guess).collect();
        let around = Around::of(&file, reading, &place, many);
        let mut spoken = Spoken { around: &around, reasons, names: SmallVec::new(), scenes: SmallVec::new() };
        let about =
            reading.conference.is_some() || place.conference.is_some() && place.name.kind == Kind::Index;
        let mut current = holds_talk || about;
        let mut opening = None;
        let (mut parts, mut open) = (SmallVec::with_capacity(spans.len()), Vec::new());
        for (owner, spans) in owners.zip(spans).filter(|(_, spans)| !spans.is_empty()) {
            let part = match owner {
                Owner::Furniture(reason) => {
                    Part::Furniture(spans.into_iter().map(|span| Furniture { span, reason }).collect())
                }
                Owner::Introduction if current => Part::Introduction(Some(spoken.of(&None, None).0), spans),
                Owner::Introduction => Part::Introduction(None, spans),
                Owner::Talk(mut talk) => {
                    let (named, why) = spoken.of(&talk.conference, talk.date);
                    talk.why.conference = why;
                    let tracks = around.tracks(std::mem::take(&mut talk.why.track));
                    let date = talk.unclear_date.filter(|_| talk.date.is_none());
                    let settled = date.is_none() && tracks.is_empty();
                    if !settled {
                        open.push(Open { part: parts.len() as u32, date, tracks });
                    }
                    let alone = reading.decision.answer == Some(Answer::Whole);
                    let rank = u8::from(alone) * 2 + u8::from(file.relative().extension().is_some());
                    current = true;
                    // A talk that is a file lies beside others of its conference, and now its title is in a cache.
                    let print = alone.then(|| same::print(&talk.title)).flatten();
                    if alone && settled && !many {
                        opening = OpeningTitle::of(&talk, &file.text);
                    }
                    let told = opening.is_none().then(|| Arc::new(Told::of(*talk, &file)));
                    Part::Talk { named, track: None, told, spans, rank, print }
                }
                Owner::Sketch(sketch) => {
                    let setting = &reading.scenes[sketch.scene as usize];
                    let named = spoken.of(&setting.conference, setting.date).0;
                    current = true;
                    Part::Sketch { named, track: None, sketch, spans }
                }
            };
            parts.push(part);
        }
        let names = spoken.names;
        let is_ordered = reading.decision.answer == Some(Answer::Whole);
        let listed = place.listed.clone().filter(|_| is_ordered);
        let folder = place.conference.clone();
        let decision = match reasons {
            Reasons::Kept => reading.decision.clone(),
            Reasons::Dropped => Decision::default(),
        };
        let besides = Besides { spelt, orders, decision, guesses, open, joins: Vec::new() }.boxed();
        let teller = kept.map(|reading| {
            let (file, survey) = (Arc::clone(&file), survey.kept());
            Arc::new(Teller { file, survey, place, reading, order: None })
        });
        Self { id, file: Some(file), teller, names, parts, opening, listed, folder, besides }
    }

    /// How the conference of its folder is spelt in it.
    pub(super) fn spelt(&self) -> Option<&Spelt> {
        self.besides.as_ref()?.spelt.as_ref()
    }

    /// The orders of day and month that its dates tell.
    pub(super) fn orders(&self) -> &[Order] {
        self.besides.as_ref().map_or(&[], |besides| &besides.orders)
    }

    /// What was guessed of it.
    pub(super) fn guesses(&self) -> &[Problem] {
        self.besides.as_ref().map_or(&[], |besides| &besides.guesses)
    }

    /// Gives away what was guessed of it.
    pub(super) fn take_guesses(&mut self) -> Vec<Problem> {
        self.besides.as_mut().map(|besides| std::mem::take(&mut besides.guesses)).unwrap_or_default()
    }

    /// Gives away what its talks that are told would be known by to another file, each with the number of its part.
    pub(super) fn take_joins(&mut self) -> Vec<(u32, Box<str>)> {
        self.besides.as_mut().map(|besides| std::mem::take(&mut besides.joins)).unwrap_or_default()
    }

    /// Gives away how it was decided where its talks are.
    pub(super) fn take_decision(&mut self) -> Decision {
        self.besides.as_mut().map(|besides| std::mem::take(&mut besides.decision)).unwrap_or_default()
    }

    /// Gives it another number.
    pub(super) fn number(&mut self, id: FileId) {
        if self.id == id {
            return;
        }
        self.id = id;
        for part in &mut self.parts {
            match part {
                Part::Furniture(furniture) => furniture.iter_mut().for_each(|f| f.span.file = id),
                Part::Introduction(_, spans) | Part::Talk { spans, .. } | Part::Sketch { spans, .. } => {
                    spans.iter_mut().for_each(|span| span.file = id);
                }
            }
        }
    }

    /// Settles what was left open by what all files agree on: how conferences are spelt, and which of day and month dates
    /// write first.
    pub(super) fn settle(&mut self, spellings: &Spellings, order: Option<Order>, reasons: Reasons) {
        let folder = self.folder.take();
        self.names.iter_mut().for_each(|named| spellings.respell(named, folder.as_deref()));
        let open = self.besides.as_mut().map(|besides| std::mem::take(&mut besides.open));
        for Open { part, date, tracks } in open.into_iter().flatten() {
            let Some(Part::Talk { named, track, told: Some(told), .. }) = self.parts.get_mut(part as usize)
            else {
                continue;
            };
            let told = Arc::make_mut(told);
            told.date = told.date.or_else(|| Some(date?.by(order?)));
            let offers = tracks.of(&self.names[*named as usize], &told.title);
            *track = offers.first().map(|offer| offer.value.as_str().into());
            if let (Reasons::Kept, Some(why)) = (reasons, &mut told.why) {
                why.track = offers;
            }
        }
        if let Some(teller) = &mut self.teller {
            if let Some(teller) = Arc::get_mut(teller) {
                teller.order = order;
            }
            let mut waiting = Waiting::of(teller);
            for part in &mut self.parts {
                if let Part::Sketch { named, track, sketch, .. } = part {
                    *track = waiting.track(*sketch, &self.names[*named as usize]);
                }
            }
        }
    }

    /// What the conferences are known by that its parts belong to.
    pub(super) fn spoken_of(&self) -> Vec<String> {
        let of_part = |part: &Part| match part {
            Part::Talk { named, .. } | Part::Sketch { named, .. } | Part::Introduction(Some(named), _) => {
                Some(*named)
            }
            Part::Introduction(None, _) | Part::Furniture(_) => None,
        };
        let mut named: Vec<u32> = self.parts.iter().filter_map(of_part).collect();
        named.sort_unstable();
        named.dedup();
        named.into_iter().map(|of| self.names[of as usize].key()).collect()
    }

    /// The same; `None` where an introduction belongs to no conference.
    pub(super) fn keys(&self) -> Option<Vec<String>> {
        let is_loose = |part: &Part| matches!(part, Part::Introduction(None, _));
        (!self.parts.iter().any(is_loose)).then(|| self.spoken_of())
    }

    /// Takes a talk out of the parts; the library has taken the file.
    pub(super) fn take_talk(&mut self, part: usize, file: &Arc<File>) -> Option<(Tale, Spans)> {
        match self.parts.get_mut(part)? {
            Part::Talk { told, spans, .. } => {
                Some((Self::tale(told.take(), self.opening, Some(file)), std::mem::take(spans)))
            }
            Part::Sketch { sketch, spans, .. } => {
                let tale = Tale::waiting(Arc::clone(self.teller.as_ref()?), *sketch);
                Some((tale, std::mem::take(spans)))
            }
            _ => None,
        }
    }

    /// The title of one of its talks that do not wait for a teller; `told` is what that says.
    fn title<'s>(&'s self, told: Option<&'s Told>) -> &'s str {
        let opening = || Some(self.opening?.title(&self.file.as_ref()?.text));
        told.map(|told| told.title.as_str()).or_else(opening).unwrap_or_default()
    }

    /// The talk of a part as the tree holds it: what it says, or its title, where that is all that is known of `file`'s one talk.
    pub(super) fn tale(
        told: Option<Arc<Told>>,
        opening: Option<OpeningTitle>,
        file: Option<&Arc<File>>,
    ) -> Tale {
        let opening = || Some(Tale::opening(Arc::clone(file?), opening?));
        told.map(Tale::told).or_else(opening).unwrap_or_default()
    }

    /// What its talks would be known by to another file that holds a part of one, as prints, each with the number of its part and
    /// what is `asked` for its conference; where that is nothing, no title is read.
    pub(super) fn prints<P>(
        &self,
        asked: impl Fn(u32) -> Option<P>,
    ) -> impl Iterator<Item = (u32, P, NonZeroU64)> {
        let print = move |(at, part): (usize, &Part)| {
            let (place, print) = match part {
                Part::Talk { named, told, print, .. } => {
                    (asked(*named)?, print.or_else(|| same::print(self.title(told.as_deref()))))
                }
                Part::Sketch { named, sketch, .. } => {
                    (asked(*named)?, same::print(&self.teller.as_ref()?.title(*sketch)))
                }
                _ => return None,
            };
            Some((at as u32, place, print?))
        };
        self.parts.iter().enumerate().filter_map(print)
    }

    /// Tells one of its talks, which may be another file's too, and says what it would be known by. They are told in their
    /// order.
    pub(super) fn tell(&mut self, at: u32) {
        let part = &mut self.parts[at as usize];
        if let Part::Sketch { named, track, sketch, spans } = part
            && let Some(teller) = &self.teller
        {
            let told = Arc::new(Told::from(teller.tell(*sketch)));
            let track = track.take();
            let rank = u8::from(teller.file.relative().extension().is_some());
            let (named, spans) = (*named, std::mem::take(spans));
            *part = Part::Talk { named, track, told: Some(told), spans, rank, print: None };
        }
        if let Part::Talk { told, .. } = &self.parts[at as usize]
            && let Some(key) = same::key(self.title(told.as_deref()))
        {
            self.besides.get_or_insert_default().joins.push((at, key.into_boxed_str()));
        }
    }
}

/// The conferences that a file speaks of. Talks of one scene have theirs in common, and they stand together.
struct Spoken<'a> {
    around: &'a Around<'a>,
    reasons: Reasons,
    names: SmallVec<[Arc<Named>; 1]>,
    /// Each scene with one of the names, and why it is that.
    scenes: SmallVec<[(Scene, u32, Vec<Offer>); 1]>,
}

/// What is stated above talks, or in one: their conference, and their day.
type Scene = (Option<Named>, Option<Date>);

impl Spoken<'_> {
    /// The conference of a scene, as one of the names, and why it is that.
    fn of(&mut self, stated: &Option<Named>, date: Option<Date>) -> (u32, Vec<Offer>) {
        let known = self.scenes.iter().rev().find(|((s, d), ..)| s == stated && *d == date);
        if let Some((_, named, why)) = known {
            return (*named, why.clone());
        }
        let (named, why) = self.around.conference(stated.as_ref(), date, self.reasons);
        let at = self.names.len() as u32;
        self.names.push(named);
        self.scenes.push(((stated.clone(), date), at, why.clone()));
        (at, why)
    }
}

/// The tracks of talks that wait: those of one scene have them in common, but for a talk that is called what
/// its track is called.
struct Waiting<'t> {
    teller: &'t Teller,
    around: Around<'t>,
    scene: Option<u32>,
    tracks: Vec<String>,
}

impl<'t> Waiting<'t> {
    fn of(teller: &'t Teller) -> Self {
        let Teller { file, reading, place, .. } = teller;
        let around = Around::of(file, reading, place, reading.holds_many());
        Self { teller, around, scene: None, tracks: Vec::new() }
    }

    fn track(&mut self, sketch: Sketch, conference: &Named) -> Option<Box<str>> {
        if self.scene != Some(sketch.scene) {
            let setting = &self.teller.reading.scenes[sketch.scene as usize];
            let tracks = self.around.tracks(setting.track.iter().cloned().collect());
            self.tracks = tracks.of(conference, "").into_iter().map(|offer| offer.value).collect();
            self.scene = Some(sketch.scene);
        }
        if self.tracks.is_empty() {
            return None;
        }
        let title = belonging::said(&sketch::title_of(&self.teller.case(), sketch));
        self.tracks.iter().find(|track| belonging::said(track) != title).map(|track| track.as_str().into())
    }
}

/// The spans of each owner of a file: runs of lines, blank ones at their ends left out.
fn spans(file: &File, id: FileId, reading: &Reading) -> SmallVec<[Spans; 2]> {
    let mut spans: SmallVec<[Spans; 2]> = SmallVec::from_elem(Spans::new(), reading.owners.len());
    for (at, piece) in reading.pieces.iter().enumerate() {
        let next = reading.pieces.get(at + 1);
        let bytes = piece.start()..next.map_or(file.text.len(), Piece::start);
        // From one heading to the next, what is blank was counted when the file was looked over; its text has long left
        // the cache.
        let known = next.and_then(|next| {
            let (_, blank) = piece.empty_above().zip(next.empty_above())?;
            let (bytes, line, end_line) = (bytes.clone(), piece.line(), next.line() - 1 - blank);
            Some(Span::new(id, bytes, line, end_line))
        });
        let looked_at = || {
            let behind = || lines_behind(&file.text[piece.start()..]);
            let of_file = || match reading.lines {
                0 => piece.line() + behind(),
                lines => lines as usize,
            };
            let last = next.map_or_else(of_file, |n| n.line() - 1);
            trimmed(&file.text, id, bytes.clone(), piece.line(), last)
        };
        if let Some(span) = known.or_else(looked_at) {
            spans[piece.owner()].push(span);
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
    Some(Span::new(file, start..end, line, end_line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::located::Located;
    use std::borrow::Cow;
    use std::path::Path;
    use std::sync::OnceLock;

    use crate::library::place::{Surveyed, places};
    use crate::library::reading;
    use crate::library::walk::Root;
    use proptest::prelude::*;

    proptest! {
        /// What was counted above headings is what the text shows.
        #[test]
        fn spans_end_where_their_text_does(lines in proptest::collection::vec(
            "#{1,3} [A-Z][a-z]{1,5}( [a-z]{1,5})?|([a-z][a-z ]{1,9}\n){1,3}|[a-z ]{1,9} ?|Share on:|---|=====|```|  |\t|||", 1..30),
            front in "(---\ntitle: Some\n---\n)?", ends in "\n{0,3}")
        {
            let (text, path) = (front + &lines.join("\n") + &ends, Path::new("some-notes.md"));
            let survey = reading::survey(&text, path);
            let surveyed = Surveyed { relative: path, root: &Root::default(), text: &text, survey: &survey };
            let place = places(&[surveyed], Reasons::Dropped).remove(0);
            let mut read = reading::read(&text, path, &survey, &place, Reasons::Dropped);
            let file = File {
                path: Located::as_given(path),
                dialect: survey.found.dialect,
                text: Cow::<str>::Owned(text).into(),
                origin: None,
                markup: OnceLock::new(),
                targets: OnceLock::new(),
            };
            let counted = spans(&file, FileId(0), &read);
            read.pieces.iter_mut().for_each(reading::Piece::forget);
            read.lines = 0;
            prop_assert_eq!(counted, spans(&file, FileId(0), &read), "{:?}", file.text);
        }
    }
}
