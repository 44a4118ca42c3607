//! One file's owners, each with the conference and the track that it belongs to.
//!
//! That depends on this file and on what all files agree on, so files are sorted side by side. Talks that wait
//! to be told go by what stands above them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::library::assemble::ReadFile;
use crate::library::belonging::{self, Around, Spellings};
use crate::library::conference::Named;
use crate::library::dates::{Date, Order};
use crate::library::evidence::{Offer, Reasons};
use crate::library::file_name::Kind;
use crate::library::level::{Answer, Case, Decision};
use crate::library::model::{File, FileId, Furniture, Span};
use crate::library::problems::{Problem, Severity};
use crate::library::reading::{Owner, Piece, Reading, TalkReading};
use crate::library::same;
use crate::library::scene::Setting;
use crate::library::sketch::{self, Sketch, Tale, Teller, Told};
use crate::text::line::is_blank;

/// One file, each part of it with the conference that it belongs to.
pub(super) struct Sorted {
    pub(super) id: FileId,
    /// The file, until the library takes it.
    pub(super) file: Option<Arc<File>>,
    /// Who tells the talks that wait.
    pub(super) teller: Option<Arc<Teller>>,
    pub(super) decision: Decision,
    /// The conferences that are spoken of; the parts point at them.
    pub(super) names: Vec<Arc<Named>>,
    pub(super) parts: Vec<Part>,
    /// What another file's part of a talk would be known by, where one may hold it: of those that are told, each with
    /// the number of its part.
    pub(super) joins: Vec<(u32, Box<str>)>,
    pub(super) guesses: Vec<Problem>,
}

/// What one owner of lines comes to; `named` is one of [`Sorted::names`]. There is one for each talk until the tree is laid
/// out, so it is kept small.
pub(super) enum Part {
    Furniture(Vec<Furniture>),
    Introduction(Option<u32>, Vec<Span>),
    Talk { named: u32, track: Option<Box<str>>, told: Arc<Told>, spans: Vec<Span>, rank: u8 },
    Sketch { named: u32, track: Option<Box<str>>, sketch: Sketch, spans: Vec<Span> },
}

impl Sorted {
    pub(super) fn of(
        read: ReadFile,
        id: FileId,
        spellings: &Spellings,
        order: Option<Order>,
        reasons: Reasons,
    ) -> Self {
        let ReadFile { file, reading, place, survey } = read;
        let spans = spans(&file, id, &reading);
        let many = reading.owners.iter().filter(|o| o.is_talk()).count();
        // Where talks wait, what was read is kept for whoever tells them; otherwise it is taken apart.
        let (kept, mut own) = match reading.scenes.is_empty() {
            true => (None, Arc::unwrap_or_clone(reading)),
            false => (Some(reading), Reading::default()),
        };
        let (own_owners, own_guesses) = (std::mem::take(&mut own.owners), std::mem::take(&mut own.guesses));
        let reading = kept.as_deref().unwrap_or(&own);
        let owners = own_owners.into_iter().chain(reading.owners.iter().cloned());
        let guess = |(line, code, message): (usize, &'static str, String)| Problem {
            path: file.path.clone(),
            line: Some(line),
            severity: Severity::Note,
            code,
            message,
        };
        let guesses = own_guesses.into_iter().chain(reading.guesses.iter().cloned()).map(guess).collect();
        let around = Around::of(&file, reading, &place, spellings, many > 1);
        // Talks of one scene have their conference in common, and they stand together.
        type Scene = (Option<Named>, Option<Date>);
        let mut names: Vec<Arc<Named>> = Vec::with_capacity(1);
        let mut scenes: Vec<(Scene, u32, Vec<Offer>)> = Vec::with_capacity(1);
        let mut find =
            |stated: &Option<Named>, date: Option<Date>, names: &mut Vec<Arc<Named>>| -> (u32, Vec<Offer>) {
                let known = scenes.iter().rev().find(|((s, d), ..)| s == stated && *d == date);
                if let Some((_, named, why)) = known {
                    return (*named, why.clone());
                }
                let (named, why) = around.conference(stated.as_ref(), date, reasons);
                let at = names.len() as u32;
                names.push(named);
                scenes.push(((stated.clone(), date), at, why.clone()));
                (at, why)
            };
        let about =
            reading.conference.is_some() || place.conference.is_some() && place.name.kind == Kind::Index;
        let mut current = many > 0 || about;
        let mut parts = Vec::with_capacity(spans.len());
        let mut waiting = Waiting::default();
        for (owner, spans) in owners.zip(spans).filter(|(_, spans)| !spans.is_empty()) {
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
                    around.offer_tracks(&mut talk, &names[named as usize]);
                    let alone = reading.decision.answer == Some(Answer::Whole);
                    let rank = u8::from(alone) * 2 + u8::from(file.relative.extension().is_some());
                    current = true;
                    let track = talk.why.track.first().map(|offer| offer.value.as_str().into());
                    Part::Talk { named, track, told: Arc::new(Told::from(*talk)), spans, rank }
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
                    let track = waiting.track(sketch.scene, setting, &around, &names[named as usize], title);
                    current = true;
                    Part::Sketch { named, track, sketch, spans }
                }
            });
        }
        let decision = reading.decision.clone();
        let teller = kept.map(|reading| {
            let file = Arc::clone(&file);
            Arc::new(Teller { file, survey, place, reading, order })
        });
        Self { id, file: Some(file), teller, decision, names, parts, joins: Vec::new(), guesses }
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

    /// Takes one of the talks that wait out of the parts.
    pub(super) fn take_waiting(&mut self, part: usize) -> Option<(Tale, Vec<Span>)> {
        match self.parts.get_mut(part)? {
            Part::Sketch { sketch, spans, .. } => {
                let tale = Tale::waiting(Arc::clone(self.teller.as_ref()?), *sketch);
                Some((tale, std::mem::take(spans)))
            }
            _ => None,
        }
    }

    /// What its talks would be known by to another file that holds a part of one, as prints: of the conferences that `asked` gives
    /// a place to, and those whose title says enough.
    pub(super) fn prints(
        &self,
        asked: impl Fn(u32) -> Option<u32>,
        print: impl Fn(u32, &str) -> u64,
    ) -> impl Iterator<Item = (u32, u64)> {
        let print = move |(at, part): (usize, &Part)| {
            let (Part::Talk { named, .. } | Part::Sketch { named, .. }) = part else {
                return None;
            };
            // No title is read of a conference that is one file's.
            let place = asked(*named)?;
            let title = match part {
                Part::Talk { told, .. } => Cow::Borrowed(&*told.title),
                Part::Sketch { sketch, .. } => self.teller.as_ref()?.title(*sketch).into(),
                _ => return None,
            };
            Some((at as u32, print(place, &same::key(&title)?)))
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
            let rank = u8::from(teller.file.relative.extension().is_some());
            let (named, spans) = (*named, std::mem::take(spans));
            *part = Part::Talk { named, track, told, spans, rank };
        }
        if let Part::Talk { told, .. } = part
            && let Some(key) = same::key(&told.title)
        {
            self.joins.push((at, key.into_boxed_str()));
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
    ) -> Option<Box<str>> {
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
        self.tracks.iter().find(|track| belonging::said(track) != title).map(|track| track.as_str().into())
    }
}

/// The spans of each owner of a file: runs of lines, blank ones at their ends left out.
fn spans(file: &File, id: FileId, reading: &Reading) -> Vec<Vec<Span>> {
    let mut spans: Vec<Vec<Span>> = vec![Vec::new(); reading.owners.len()];
    for (at, piece) in reading.pieces.iter().enumerate() {
        let next = reading.pieces.get(at + 1);
        let bytes = piece.start()..next.map_or(file.text.len(), Piece::start);
        // From one heading to the next, what is blank was counted when the file was looked over; its text has long left
        // the cache.
        let known = next.and_then(|next| {
            let (_, blank) = piece.empty_above().zip(next.empty_above())?;
            let (bytes, line, end_line) = (bytes.clone(), piece.line(), next.line() - 1 - blank);
            Some(Span { file: id, bytes, line, end_line })
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
            let spans = &mut spans[piece.owner()];
            // Nearly every talk has one, and keeps it for as long as the notes are: room for four is asked for only then.
            if spans.is_empty() {
                spans.reserve_exact(1);
            }
            spans.push(span);
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

#[cfg(test)]
mod tests {
    use super::*;
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
                path: path.into(),
                relative: path.into(),
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
