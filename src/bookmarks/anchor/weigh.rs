//! Which line of a talk an anchor means, by what speaks for each.
//!
//! | what speaks for a line | points |
//! |---|--:|
//! | the words of the quote stand in it, or in it and the next two | 50, by how alike they are |
//! | the line above is as it was, the line below | 10 each, by how alike they are |
//! | it stands below the same headings; only the last of them is the same, or there are none | 10; 5 |
//! | its talk is the same | 16, by its kinship |
//! | the words that its talk is known by stand around it | 6, by how many |
//! | its file is the same | 8 |
//! | it is near to where it was | up to 3 |
//!
//! A quote of a few letters says little, so up to half of its points go by how much it says, and with other words
//! it has to stand beside a line that stood there before. So has a line of another talk, which must say much
//! besides.

use crate::bookmarks::anchor::resolver::{Found, Moved};
use crate::bookmarks::anchor::sheet::Sheet;
use crate::bookmarks::anchor::words::{Words, hashes};
use crate::bookmarks::anchor::{Anchor, short};
use crate::library::{FileId, TalkId};
use crate::text::fold::fold;

const QUOTE: f32 = 50.0;
const NEIGHBOUR: f32 = 10.0;
const TRAIL: f32 = 10.0;
const LAST_HEADING: f32 = 5.0;
const KIN: f32 = 16.0;
const HOME: f32 = 6.0;
const FILE: f32 = 8.0;
const NEAR: f32 = 3.0;

/// The weight of words (see [`Words`]) from which a quote, or a title, says all that it can say.
pub(super) const TELLING: u32 = 16;
/// Words less alike than this are other words.
const ALIKE: f32 = 0.6;
/// So much alike is enough for a line that says much.
const NEARLY_ALIKE: f32 = 0.55;
/// And so much for a line beside one that stood there before.
const HALF_ALIKE: f32 = 0.5;
/// And so much between two of them.
const HARDLY_ALIKE: f32 = 0.3;
/// How alike a line is that has all of the quote, and more.
const WHOLE: f32 = 0.85;
/// From this kinship on it is the talk.
pub(super) const SAME_TALK: f32 = 0.55;
/// The points that a line needs.
const BAR: f32 = 46.0;
/// A line that could as well be meant is this much worse, or nothing is found.
const LEAD: f32 = 4.0;

/// An anchor, made ready to be compared.
pub(super) struct Sought<'a> {
    pub(super) anchor: &'a Anchor,
    pub(super) title: String,
    pub(super) title_words: Words,
    pub(super) quote: Words,
    pub(super) before: Words,
    pub(super) after: Words,
    pub(super) known_by: Vec<u64>,
    pub(super) files: Vec<FileId>,
}

impl<'a> Sought<'a> {
    /// Ready to be compared, with the files that its path names.
    pub(super) fn new(anchor: &'a Anchor, files: Vec<FileId>) -> Self {
        Sought {
            anchor,
            title: fold(&anchor.talk),
            title_words: Words::of(&anchor.talk),
            quote: Words::of(&anchor.quote),
            before: Words::of(&anchor.before),
            after: Words::of(&anchor.after),
            known_by: hashes(&anchor.words),
            files,
        }
    }
}

/// A talk that may be meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kin {
    pub(super) talk: TalkId,
    /// From 0 to 1.
    pub(super) kinship: f32,
    pub(super) same_title: bool,
}

/// A line that may be meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) points: f32,
    pub(super) kin: Kin,
    pub(super) file: FileId,
    pub(super) line: usize,
    /// How many lines the words are spread over.
    pub(super) lines: usize,
    pub(super) same_file: bool,
    pub(super) same_trail: bool,
    pub(super) same_text: bool,
}

/// Weighs a line; `None` for one that has nothing of what was there.
pub(super) fn weigh_line(sought: &Sought, kin: Kin, sheet: &Sheet, at: usize) -> Option<Candidate> {
    let row = &sheet.rows[at];
    let same_file = sought.files.contains(&sheet.file);
    let same_text = row.text == sought.anchor.quote || short(row.text) == sought.anchor.quote;
    let (alike, lines) = if same_text { (1.0, 1) } else { likeness(sought, sheet, at) };
    let (above, below) = neighbours(sought, sheet, at, lines);
    let away = row.number.abs_diff(sought.anchor.line);
    let telling = sought.quote.weight >= TELLING;
    let nearly_telling = sought.quote.weight * 4 >= TELLING * 3;
    let beside = usize::from(above >= ALIKE) + usize::from(below >= ALIKE);
    let Anchor { twins, cousins, .. } = sought.anchor;
    let enough = match (kin.kinship >= SAME_TALK, beside) {
        // Of several in the talk that read the same, with nothing around it as it was, only the one in the very place.
        (true, 0) if same_text => *twins == 0 || same_file && away == 0,
        (true, 0) => alike >= NEARLY_ALIKE && telling || alike >= WHOLE && nearly_telling,
        (true, 1) => alike >= HALF_ALIKE,
        (true, _) => alike >= HARDLY_ALIKE,
        (false, _) if same_file => same_text && (twins + cousins == 0 || beside > 0),
        (false, _) => same_text && telling && beside > 1,
    };
    if !enough {
        return None;
    }
    let says = sought.quote.weight.min(TELLING) as f32 / TELLING as f32;
    let trail = weigh_trail(sought, sheet, at);
    let points = QUOTE * alike * (0.5 + 0.5 * says)
        + NEIGHBOUR * (above + below)
        + trail
        + KIN * kin.kinship
        + HOME * home(sought, sheet, at)
        + if same_file { FILE + NEAR / (1.0 + away as f32 / 8.0) } else { 0.0 };
    let same_trail = sheet.trail(at).eq(sought.anchor.trail.iter().map(String::as_str));
    let line = row.number;
    Some(Candidate { points, kin, file: sheet.file, line, lines, same_file, same_trail, same_text })
}

/// How alike the quote is to a row, or to it and the next ones of its section: a line may have been broken
/// in two. And how many rows that takes.
fn likeness(sought: &Sought, sheet: &Sheet, at: usize) -> (f32, usize) {
    const MOST: usize = 3;
    /// Each row that belongs to the quote has this share of it that the others lack.
    const SHARE: f32 = 0.3;
    let section = sheet.rows[at].section;
    let (mut together, mut behind_first) = (Words::default(), Words::default());
    let (mut best, mut lines, mut before) = (0.0, 1, 0.0);
    for (n, row) in sheet.rows[at..].iter().take(MOST).take_while(|row| row.section == section).enumerate() {
        together = together.with(row.words());
        let common = sought.quote.common(&together);
        if n > 0 {
            behind_first = behind_first.with(row.words());
            let without_first = sought.quote.common(&behind_first).recall;
            if common.recall - before < SHARE || common.recall - without_first < SHARE {
                break;
            }
        }
        before = common.recall;
        // All of it, or nearly, with something more around it: two lines were joined.
        let whole = match common.recall {
            0.95.. => WHOLE,
            0.75.. => common.recall * 0.75,
            _ => 0.0,
        };
        let alike = common.likeness().max(whole) - 0.03 * n as f32;
        if alike > best {
            (best, lines) = (alike, n + 1);
        }
    }
    (best, lines)
}

/// How alike the lines around a row are to those that stood around the quote: 1 as well where there were
/// none and are none.
fn neighbours(sought: &Sought, sheet: &Sheet, at: usize, lines: usize) -> (f32, f32) {
    let alike = |was: &Words, is: Option<usize>| match (was.weight, is.and_then(|is| sheet.rows.get(is))) {
        (0, None) => 1.0,
        (0, _) | (_, None) => 0.0,
        (_, Some(row)) => was.common(row.words()).likeness(),
    };
    (alike(&sought.before, at.checked_sub(1)), alike(&sought.after, Some(at + lines)))
}

/// How many of the words that the talk is known by stand in the lines around a row, as a share of those that
/// could be expected there.
fn home(sought: &Sought, sheet: &Sheet, at: usize) -> f32 {
    const AROUND: usize = 4;
    const EXPECTED: f32 = 6.0;
    let around = &sheet.rows[at.saturating_sub(AROUND)..(at + AROUND + 1).min(sheet.rows.len())];
    let there: usize = around.iter().map(|row| row.words().holds(&sought.known_by)).sum();
    (there as f32 / EXPECTED).min(1.0)
}

fn weigh_trail(sought: &Sought, sheet: &Sheet, at: usize) -> f32 {
    let was = &sought.anchor.trail;
    match () {
        () if was.is_empty() && sheet.trail(at).next().is_none() => LAST_HEADING,
        () if sheet.trail(at).eq(was.iter().map(String::as_str)) => TRAIL,
        () if sheet.trail(at).last().is_some_and(|last| was.last().is_some_and(|l| l == last)) => {
            LAST_HEADING
        }
        () => 0.0,
    }
}

/// The line that is meant, if one is: good enough, and better than any other that could be meant.
pub(super) fn choose(mut all: Vec<Candidate>) -> Option<Candidate> {
    all.sort_by(|a, b| b.points.total_cmp(&a.points));
    let best = *all.first().filter(|best| best.points >= BAR)?;
    // The lines of one stretch speak for each other. Of equal lines in the file where it was, the nearer one is
    // as good as any.
    let other = |c: &&Candidate| {
        let stretch = c.file == best.file && c.line.abs_diff(best.line) < best.lines.max(c.lines);
        let equal = c.same_text && best.same_text && c.kin.talk == best.kin.talk;
        !(stretch || equal && best.same_file)
    };
    match all[1..].iter().find(other) {
        Some(second) if best.points - second.points < LEAD => None,
        _ => Some(best),
    }
}

impl Candidate {
    pub(super) fn found(self) -> Found {
        let kin = self.kin;
        let moved = match self {
            _ if kin.kinship < SAME_TALK => Some(Moved::Talk),
            _ if !kin.same_title => Some(Moved::Title),
            Candidate { same_file: false, .. } => Some(Moved::File),
            Candidate { same_text: false, .. } => Some(Moved::Words),
            Candidate { same_trail: false, .. } => Some(Moved::Section),
            _ => None,
        };
        Found { talk: kin.talk, file: self.file, line: self.line, moved }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;
    use crate::library::load::{Roots, load};

    const NOTES: &str = "# PyCon 2017\n\n## One\n\nAda Lovelace\n\n* warp comes first\n\
                         * jacquard looms read punched cards\n* weft follows later\n\n### Part\n\n* bobbins\n\
                         * weaving mills hired children and looms of every kind for pennies a week\n\n## Two\n\ny\n";

    fn library() -> Library {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("notes.md");
        std::fs::write(&path, NOTES).expect("file");
        load(&Roots::Paths(vec![path]), false).expect("notes")
    }

    /// Weighs the row of a line of the notes for an anchor.
    fn weigh(anchor: &Anchor, kinship: f32, same_file: bool, line: usize) -> Option<Candidate> {
        let library = library();
        let talk = library.by_slug("pycon-2017/one").expect("there");
        let sheet = Sheet::of_talk(&library, talk, FileId(0));
        let files = if same_file { vec![FileId(0)] } else { Vec::new() };
        let sought = Sought::new(anchor, files);
        let at = sheet.rows.iter().position(|row| row.number == line).expect("a line with words");
        weigh_line(&sought, Kin { talk, kinship, same_title: true }, &sheet, at)
    }

    /// An anchor of the line about looms, with other lines around it than there are.
    fn looms() -> Anchor {
        Anchor {
            quote: "* jacquard looms read punched cards".into(),
            before: "nothing of it".into(),
            after: "nor of this".into(),
            line: 8,
            ..Anchor::default()
        }
    }

    fn beside(anchor: Anchor) -> Anchor {
        Anchor { before: "* warp comes first".into(), after: "* weft follows later".into(), ..anchor }
    }

    #[test]
    fn of_several_that_read_the_same_only_the_one_in_the_very_place() {
        assert!(weigh(&looms(), 1.0, true, 8).is_some());
        let moved = Anchor { line: 5, ..looms() };
        assert!(weigh(&moved, 1.0, true, 8).is_some() && weigh(&moved, 1.0, false, 8).is_some());
        let twin = Anchor { twins: 1, ..looms() };
        assert!(weigh(&twin, 1.0, true, 8).is_some() && weigh(&twin, 1.0, false, 8).is_none());
        let moved = Anchor { twins: 1, ..moved };
        assert!(weigh(&moved, 1.0, true, 8).is_none());
        // What stands around it tells which.
        assert!(weigh(&beside(moved), 1.0, true, 8).is_some());
    }

    #[test]
    fn in_another_talk_it_must_say_much_besides() {
        // In the file where it was: alone of its kind, or beside a line that was there.
        assert!(weigh(&looms(), 0.1, true, 8).is_some());
        for other in [Anchor { twins: 1, ..looms() }, Anchor { cousins: 1, ..looms() }] {
            assert!(weigh(&other, 0.1, true, 8).is_none());
            assert!(weigh(&beside(other), 0.1, true, 8).is_some());
        }
        // In another: between both lines, and of many letters.
        assert!(weigh(&beside(looms()), 0.1, false, 8).is_some());
        let one = Anchor { after: "nor of this".into(), ..beside(looms()) };
        assert!(weigh(&one, 0.1, false, 8).is_none());
        let few = Anchor {
            quote: "* bobbins".into(),
            before: "### Part".into(),
            after: "* weaving mills hired children and looms of every kind for pennies a week".into(),
            ..looms()
        };
        assert!(weigh(&few, 0.1, false, 13).is_none() && weigh(&few, 1.0, false, 13).is_some());
        let changed = Anchor { quote: "* jacquard looms read paper cards".into(), ..beside(looms()) };
        assert!(weigh(&changed, 0.1, false, 8).is_none());
    }

    #[test]
    fn a_nearer_line_has_more_points() {
        let points = |line| weigh(&Anchor { line, ..looms() }, 1.0, true, 8).expect("enough").points;
        let away: Vec<f32> = [8, 9, 16, 24, 800].map(points).into();
        assert!(away.windows(2).all(|two| two[0] > two[1]), "{away:?}");
        assert!(away[0] - away[4] < NEAR);
    }

    #[test]
    fn a_line_that_has_taken_in_another_is_known() {
        let library = library();
        let talk = library.by_slug("pycon-2017/one").expect("there");
        let sheet = Sheet::of_talk(&library, talk, FileId(0));
        let row = sheet.rows.iter().position(|row| row.number == 14).expect("a line with words");
        let alike = |quote: &str| {
            let anchor = Anchor { quote: quote.into(), ..Anchor::default() };
            likeness(&Sought::new(&anchor, Vec::new()), &sheet, row)
        };
        assert_eq!(alike("* weaving mills hired children"), (WHOLE, 1));
        // Most of it.
        let (most, lines) = alike("* weaving mills hired children yesterday");
        assert!(lines == 1 && most > 0.55 && most < 0.75, "{most}");
        assert!(alike("* weaving mills were closed altogether yesterday").0 < 0.4);
    }

    #[test]
    fn the_headings_above_speak_for_a_line() {
        let library = library();
        let talk = library.by_slug("pycon-2017/one").expect("there");
        let sheet = Sheet::of_talk(&library, talk, FileId(0));
        let row = |line| sheet.rows.iter().position(|row| row.number == line).expect("a line with words");
        let points = |trail: &[&str], line| {
            let trail = trail.iter().map(|t| (*t).to_owned()).collect();
            let anchor = Anchor { trail, ..Anchor::default() };
            weigh_trail(&Sought::new(&anchor, Vec::new()), &sheet, row(line))
        };
        assert_eq!(points(&["Part"], 13), TRAIL);
        assert_eq!(points(&["Other", "Part"], 13), LAST_HEADING);
        assert_eq!(points(&["Part", "Other"], 13), 0.0);
        assert_eq!((points(&[], 13), points(&[], 8), points(&["Part"], 8)), (0.0, LAST_HEADING, 0.0));
    }

    #[test]
    fn what_could_as_well_be_meant_is_not_chosen() {
        let library = library();
        let talk = library.by_slug("pycon-2017/one").expect("there");
        let candidate = |points, line| Candidate {
            points,
            kin: Kin { talk, kinship: 1.0, same_title: true },
            file: FileId(0),
            line,
            lines: 1,
            same_file: false,
            same_trail: true,
            same_text: true,
        };
        let chosen = |all: &[Candidate]| choose(all.to_vec()).map(|c| c.line);
        assert_eq!(chosen(&[]), None);
        assert_eq!(chosen(&[candidate(BAR - 0.1, 1)]), None);
        assert_eq!(chosen(&[candidate(BAR, 1)]), Some(1));
        assert_eq!(chosen(&[candidate(60.0, 1), candidate(60.0 + LEAD, 9)]), Some(9));
        assert_eq!(chosen(&[candidate(60.0, 1), candidate(59.9 + LEAD, 9)]), None);
        // The lines of one stretch are one place, and where it was the nearer of equal lines will do.
        let long = Candidate { lines: 3, ..candidate(60.0, 9) };
        assert_eq!(chosen(&[candidate(61.0, 8), long]), Some(8));
        assert_eq!(chosen(&[candidate(61.0, 6), long]), None);
        let here = Candidate { same_file: true, ..candidate(61.0, 6) };
        assert_eq!(chosen(&[here, long]), Some(6));
        assert_eq!(chosen(&[Candidate { same_text: false, ..here }, long]), None);
    }
}
