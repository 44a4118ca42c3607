//! Bare lines that may be titles: weighed one by one, by how they are written and placed.
//!
//! They count where a file marks its headings in no other way, as pages and chats that were copied
//! into a file do.

use crate::library::evidence::Tally;
use crate::library::fields::{self, Key};
use crate::library::headings::{Heading, Style};
use crate::library::{dates, speakers, vocabulary};
use crate::text::line::{self, Line, lines_from};

/// A line that stands alone between blank lines, flush left and unmarked.
pub(super) struct Loose<'t> {
    pub(super) line: Line<'t>,
    /// Two blank lines, or the start of the file, stand above it.
    pub(super) set_apart: bool,
    /// The next line that is not blank.
    pub(super) next: Option<Line<'t>>,
    /// A rule, or the start of the file, stands above it.
    pub(super) below_rule: bool,
    /// Text stands right below it: it is a title only where rules part the file.
    pub(super) crowded: bool,
}

/// A line that starts at the margin with text, not with a mark.
pub(super) fn is_flush(text: &str) -> bool {
    !text.starts_with([' ', '\t', '>', '|', '<', '#', '!', '`', '\u{a0}'])
}

/// The least evidence that makes a bare line a heading.
const BARE_THRESHOLD: i32 = 2;

/// Weighs the lines that stand alone. Where a file marks its headings otherwise, only the usual
/// names of groups ("Lightning talks") count, set apart from what is above them.
pub(super) fn bare_headings(
    text: &str,
    loose: &[Loose],
    furniture: usize,
    only_source: bool,
    rules: usize,
) -> Vec<Heading> {
    // Two rules part a file in three, a single one may stand anywhere.
    let parted = rules >= 2;
    let bare = |loose: &Loose| bare(text, loose);
    if !only_source {
        let group = |l: &&Loose| l.set_apart && !l.crowded && vocabulary::is_group_phrase(l.line.text);
        return loose.iter().filter(group).map(bare).collect();
    }
    let share = flush_share(text, loose, furniture);
    let mut found: Vec<Heading> = Vec::new();
    for (at, candidate) in loose.iter().enumerate() {
        let above = found.last().filter(|h| at > 0 && h.line() == loose[at - 1].line.number);
        if above.is_some_and(|above| is_caption(candidate.line.text, above.text(text))) {
            continue;
        }
        let mut tally = Tally::plain();
        if candidate.crowded && !parted {
            continue;
        }
        weigh_bare(candidate, share, &mut tally);
        tally.when(candidate.below_rule && parted, "rules part the file, and it stands below one", 3);
        if tally.total() >= BARE_THRESHOLD {
            found.push(bare(candidate));
        }
    }
    found
}

fn bare(whole: &str, loose: &Loose) -> Heading {
    let Line { number, start, text } = loose.line;
    let spaced = text.ends_with([' ', '\u{a0}', '\t']);
    Heading::new(
        whole,
        number,
        1,
        if spaced { Style::Spaced } else { Style::Bare },
        start..(start + text.len() + 1).min(whole.len()),
        text.trim(),
    )
}

/// Of the lines that start flush left and are no furniture, how many in a hundred stand alone. Where the notes are
/// all indented bullets, whatever is flush left is a title.
fn flush_share(text: &str, loose: &[Loose], furniture: usize) -> usize {
    let (mut full, mut flush) = (0, 0);
    for line in lines_from(text, 0, 1).filter(|l| !l.is_blank()) {
        full += 1;
        flush += usize::from(is_flush(line.text) && line::item(line.text).is_none());
    }
    let flush = flush.saturating_sub(furniture);
    let alone = loose.iter().filter(|l| !l.crowded).count();
    // Prose that is written a line to a paragraph stands alone too: what is indented must be most.
    if flush * 2 > full { 0 } else { (alone * 100).checked_div(flush).unwrap_or(0) }
}

/// A line that says again, shorter, what stands right above it: a picture's caption.
fn is_caption(text: &str, above: &str) -> bool {
    let inside = |word: &str| line::words(above).any(|w| w.eq_ignore_ascii_case(word));
    line::words(text).all(inside)
}

/// The evidence that a line standing alone is a heading.
pub(super) fn weigh_bare_line(text: &str, next: Option<&str>, tally: &mut Tally) {
    let line = |text| Line { number: 1, start: 0, text };
    let (set_apart, below_rule, crowded) = (false, false, false);
    let loose = Loose { line: line(text), set_apart, next: next.map(line), below_rule, crowded };
    weigh_bare(&loose, 0, tally);
}

fn weigh_bare(loose: &Loose, share: usize, tally: &mut Tally) {
    let text = loose.line.text.trim();
    let words = text.split_whitespace().count();
    let first = text.chars().next().unwrap_or(' ');
    let sentence = line::ends_sentence(text);
    // What can be no heading, whatever else speaks for it.
    tally.when(line::item(text).is_some(), "is a list item", -20);
    tally.when(line::is_code(text) || line::is_drawing(text), "is code or a drawing", -20);
    tally.when(text.contains("://") || holds_mail_address(text), "holds an address", -20);
    tally.when(text.contains(" #") && !text.ends_with(|c: char| c.is_ascii_digit()), "holds a hash tag", -20);
    tally.when(words > 16 || text.len() > 140, "is as long as a paragraph", -20);
    tally.when(vocabulary::is_inside_talk(text), "is the usual name of a part of a talk", -20);
    tally.when(text.ends_with([':', ',', ';']), "leads on to the next line", -4);
    tally.when(dates::parse(text).is_some(), "is a date", -20);
    let field = fields::read(text).is_some_and(|(key, _)| key != Key::Title);
    tally.when(field, "states something about a talk", -20);

    tally.when(share >= 80, "nearly every line that is flush left stands alone", 4);
    tally.when(first.is_uppercase() || first.is_numeric(), "starts with a capital", 1);
    let tool = text.split(' ').next().is_some_and(|w| w.contains(['.', '_']) || w.starts_with('`'));
    tally.when(first.is_lowercase() && tool, "starts with a tool's name", 1);
    tally.when(first.is_lowercase() && !tool, "starts with a small letter", -1);
    tally.when(line::capitalised(text) >= 60, "most of its words are capitalised", 2);
    tally.when(text.contains(": ") || text.contains(" - ") || text.contains(" – "), "has a subtitle", 1);
    tally.when(sentence, "ends like a sentence", -3);
    let last = line::words(text).last().unwrap_or_default();
    tally.when(
        words > 1 && last.starts_with(char::is_lowercase) && line::is_function_word(last),
        "breaks off in mid-sentence",
        -4,
    );
    tally.when(is_telling(text), "tells something, as sentences do", -1);
    tally.when(text.starts_with(['“', '"', '(', '*', '_', '~', '\'']), "is quoted or marked", -3);
    if let Some(next) = loose.next {
        tally.add("something follows it", 1);
        let item = line::item(next.text);
        let named = item.as_ref().is_some_and(|i| speakers::named_in_line(i.text).is_some());
        tally.when(named, "a name in a list follows it", 3);
        tally.when(item.is_none() && speakers::says_who(next.text), "who spoke stands right below it", 3);
    }
}

/// `ada@mill.org`, but not the handle `@ada`.
fn holds_mail_address(text: &str) -> bool {
    let address =
        |word: &str| word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    text.split_whitespace().any(address)
}

/// Words that sentences have and titles seldom do.
fn is_telling(text: &str) -> bool {
    const TELLING: &[&str] =
        &["i", "it's", "it’s", "is", "are", "was", "were", "we", "they", "this", "there"];
    line::words(text).any(|w| TELLING.contains(&w.to_ascii_lowercase().as_str()))
}
