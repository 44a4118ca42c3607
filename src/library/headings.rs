//! Which lines are headings at all, by how they are written.
//!
//! One pass over a file's lines. Headings marked as such (ATX, setext, a bold line) are taken
//! from any text; where a file marks none, bare lines that are written and placed like titles are
//! weighed one by one. What a heading *means* (a talk, a track, a part of a talk) is decided
//! elsewhere, from all of them together.

use std::ops::Range;

use crate::library::evidence::Tally;
use crate::library::vocabulary;
use crate::text::line::{self, Line, lines_from};

/// How a heading is written. Within a file, headings written alike usually mean alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// `## Title`, with its level from 1 to 6.
    Atx(u8),
    /// A title underlined with `=` (1) or `-` (2).
    Setext(u8),
    /// A line that is bold from end to end.
    Bold,
    /// A bare line that ends in a blank, as headings copied from a page do.
    Spaced,
    /// A bare line.
    Bare,
}

impl Style {
    /// How deep the style usually stands: 1 is outermost.
    pub fn depth(self) -> u8 {
        match self {
            Style::Atx(level) | Style::Setext(level) => level,
            Style::Bold => 7,
            Style::Spaced => 8,
            Style::Bare => 9,
        }
    }

    /// The style in words, for a person.
    pub fn name(self) -> &'static str {
        match self {
            Style::Atx(1) => "headings with #",
            Style::Atx(2) => "headings with ##",
            Style::Atx(3) => "headings with ###",
            Style::Atx(4) => "headings with ####",
            Style::Atx(_) => "headings with ##### or more",
            Style::Setext(1) => "titles underlined with =",
            Style::Setext(_) => "titles underlined with -",
            Style::Bold => "bold lines",
            Style::Spaced => "lines of their own, all ending in a blank",
            Style::Bare => "lines of their own",
        }
    }
}

/// A line that is written like a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading<'t> {
    /// Its line, counted from 1.
    pub line: usize,
    /// The bytes of the heading, its underline and line end included.
    pub bytes: Range<usize>,
    /// How it is written.
    pub style: Style,
    /// Its text without the marks of the style, trimmed.
    pub text: &'t str,
}

/// What the pass over a file's lines found.
#[derive(Debug, Default)]
pub struct Headings<'t> {
    /// The headings, in order.
    pub all: Vec<Heading<'t>>,
    /// Single lines that a page left around the notes, with the reason.
    pub furniture: Vec<(Range<usize>, usize, &'static str)>,
    /// The bytes and last line of front matter at the start of the file.
    pub front: Option<(Range<usize>, usize)>,
}

/// Finds the headings of a file.
pub fn scan(text: &str) -> Headings<'_> {
    let mut found = Headings { front: front_matter(text), ..Headings::default() };
    let (start, first) = match &found.front {
        Some((bytes, last)) => (bytes.end, last + 1),
        None => (0, 1),
    };
    let outline = Outline::read(text, start, first);
    found.furniture = outline.furniture;
    found.all = outline.marked;
    let marked = found.all.len();
    let loose = bare_headings(text, &outline.loose, found.furniture.len(), marked == 0);
    found.all.extend(loose);
    if marked > 0 {
        found.all.sort_by_key(|h| h.line);
    }
    found
}

/// The front matter of a file: from a first line `---` or `+++` to the next one like it, within
/// 64 KiB.
pub fn front_matter(text: &str) -> Option<(Range<usize>, usize)> {
    const CAP: usize = 64 * 1024;
    let mut lines = lines_from(text, 0, 1);
    let mark = lines.next().map(|l| l.text.trim_end()).filter(|t| matches!(*t, "---" | "+++"))?;
    // A rule at the top of plain notes is no front matter: the next line must be a field.
    let close = lines.enumerate().take_while(|(_, l)| l.start < CAP).find_map(|(at, l)| {
        let closes = l.text.trim_end() == mark;
        (closes || at == 0 && !l.text.contains([':', '='])).then_some((closes, l))
    });
    let (closed, line) = close?;
    closed.then_some((0..(line.start + line.text.len() + 1).min(text.len()), line.number))
}

/// A line that stands alone between blank lines, flush left and unmarked.
struct Loose<'t> {
    line: Line<'t>,
    /// Two blank lines, or the start of the file, stand above it.
    set_apart: bool,
    /// The next line that is not blank.
    next: Option<Line<'t>>,
}

/// What one pass over the lines collects.
#[derive(Default)]
struct Outline<'t> {
    marked: Vec<Heading<'t>>,
    furniture: Vec<(Range<usize>, usize, &'static str)>,
    loose: Vec<Loose<'t>>,
}

impl<'t> Outline<'t> {
    fn read(text: &'t str, start: usize, first: usize) -> Self {
        let mut outline = Outline::default();
        let mut fence: Option<(u8, usize)> = None;
        let mut before: Option<Line<'t>> = None;
        let mut blanks = 2;
        // The line above is blank or furniture, so this one stands at an edge.
        let mut at_edge = true;
        let mut waiting: Option<Loose<'t>> = None;
        let mut lines = lines_from(text, start, first).peekable();
        while let Some(line) = lines.next() {
            if line.is_blank() {
                blanks += 1;
                before = None;
                at_edge = true;
                continue;
            }
            if let Some(mut loose) = waiting.take() {
                loose.next = Some(line);
                outline.loose.push(loose);
            }
            let was_at_edge = std::mem::take(&mut at_edge);
            match (fence, line::fence(line.text)) {
                (Some((mark, length)), Some((m, l))) if m == mark && l >= length => fence = None,
                (None, Some(opened)) => fence = Some(opened),
                (None, None) => {
                    let next = lines.peek().copied().filter(|l| !l.is_blank());
                    if let Some(heading) = marked(line, before, next) {
                        outline.marked.push(heading);
                    } else if before.is_none() && next.is_none() && is_flush(line.text) {
                        waiting = outline.stand_alone(line, blanks >= 2);
                    } else if (was_at_edge || next.is_none()) && is_flush(line.text) {
                        at_edge = outline.page_edge(line);
                    }
                }
                _ => {}
            }
            before = Some(line);
            blanks = 0;
        }
        outline.loose.extend(waiting);
        outline
    }

    /// Sorts a line that stands alone: furniture, or a title perhaps.
    fn stand_alone(&mut self, line: Line<'t>, set_apart: bool) -> Option<Loose<'t>> {
        if self.page_edge(line) {
            return None;
        }
        (line.text.len() <= 200).then_some(Loose { line, set_apart, next: None })
    }

    /// Takes a line that a page left, at the edge of a paragraph of such lines.
    fn page_edge(&mut self, line: Line<'t>) -> bool {
        let reason = vocabulary::furniture(line.text);
        if let Some(reason) = reason {
            let bytes = line.start..line.start + line.text.len();
            self.furniture.push((bytes, line.number, reason));
        }
        reason.is_some()
    }
}

fn is_flush(text: &str) -> bool {
    !text.starts_with([' ', '\t', '>', '|', '<', '#', '!', '`', '\u{a0}'])
}

/// A heading that is marked as one.
fn marked<'t>(line: Line<'t>, before: Option<Line<'t>>, next: Option<Line<'t>>) -> Option<Heading<'t>> {
    let heading = |style, text, end| Heading { line: line.number, bytes: line.start..end, style, text };
    let end = line.start + line.text.len() + 1;
    if let Some((level, text, underlined)) =
        line::heading(line.text, before.map(|l| l.text), next.map(|l| l.text))
    {
        return Some(match next.filter(|_| underlined) {
            Some(under) => heading(Style::Setext(level), text, under.start + under.text.len() + 1),
            None => heading(Style::Atx(level), text, end),
        });
    }
    let alone = before.is_none() && next.is_none();
    bold(line.text.trim_start()).filter(|_| alone).map(|text| heading(Style::Bold, text, end))
}

/// The text of a line that is bold from end to end, and is no sentence.
fn bold(body: &str) -> Option<&str> {
    let body = body.trim_end().trim_end_matches(':');
    let inner = ["**", "__"].iter().find_map(|mark| body.strip_prefix(mark)?.strip_suffix(mark))?;
    let clean = !inner.contains("**") && !inner.starts_with(' ') && !inner.ends_with(' ');
    (clean && !inner.is_empty() && inner.len() <= 160 && !line::ends_sentence(inner)).then_some(inner)
}

/// The least evidence that makes a bare line a heading.
const BARE_THRESHOLD: i32 = 2;

/// Weighs the lines that stand alone. Where a file marks its headings otherwise, only the usual
/// names of groups ("Lightning talks") count, set apart from what is above them.
fn bare_headings<'t>(
    text: &'t str,
    loose: &[Loose<'t>],
    furniture: usize,
    only_source: bool,
) -> Vec<Heading<'t>> {
    if !only_source {
        let group = |l: &&Loose| l.set_apart && vocabulary::is_group_phrase(l.line.text);
        return loose.iter().filter(group).map(bare).collect();
    }
    let share = flush_share(text, loose, furniture);
    let mut found: Vec<Heading<'t>> = Vec::new();
    for (at, candidate) in loose.iter().enumerate() {
        let above = found.last().filter(|h| at > 0 && h.line == loose[at - 1].line.number);
        if above.is_some_and(|above| is_caption(candidate.line.text, above.text)) {
            continue;
        }
        let mut tally = Tally::plain();
        weigh_bare(candidate, share, &mut tally);
        if tally.total() >= BARE_THRESHOLD {
            found.push(bare(candidate));
        }
    }
    found
}

fn bare<'t>(loose: &Loose<'t>) -> Heading<'t> {
    let Line { number, start, text } = loose.line;
    let spaced = text.ends_with([' ', '\u{a0}', '\t']);
    Heading {
        line: number,
        bytes: start..start + text.len() + 1,
        style: if spaced { Style::Spaced } else { Style::Bare },
        text: text.trim(),
    }
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
    // Prose that is written a line to a paragraph stands alone too: what is indented must be most.
    if flush * 2 > full { 0 } else { (loose.len() * 100).checked_div(flush).unwrap_or(0) }
}

/// A line that says again, shorter, what stands right above it: a picture's caption.
fn is_caption(text: &str, above: &str) -> bool {
    let inside = |word: &str| line::words(above).any(|w| w.eq_ignore_ascii_case(word));
    line::words(text).all(inside)
}

/// The evidence that a line standing alone is a heading.
pub(crate) fn weigh_bare_line(text: &str, next: Option<&str>, tally: &mut Tally) {
    let line = |text| Line { number: 1, start: 0, text };
    let loose = Loose { line: line(text), set_apart: false, next: next.map(line) };
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
    tally.when(text.contains("://") || text.contains('@'), "holds an address", -20);
    tally.when(text.contains(" #") && !text.ends_with(|c: char| c.is_ascii_digit()), "holds a hash tag", -20);
    tally.when(words > 16 || text.len() > 140, "is as long as a paragraph", -20);
    tally.when(vocabulary::is_inside_talk(text), "is the usual name of a part of a talk", -20);
    tally.when(text.ends_with([':', ',', ';']), "leads on to the next line", -4);
    tally.when(crate::library::dates::parse(text).is_some(), "is a date", -20);

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
        let named = line::item(next.text).is_some_and(|i| super::speakers::person_line(i.text));
        tally.when(named, "a name in a list follows it", 3);
    }
}

/// Words that sentences have and titles seldom do.
fn is_telling(text: &str) -> bool {
    const TELLING: &[&str] =
        &["i", "it's", "it’s", "is", "are", "was", "were", "we", "they", "this", "there"];
    line::words(text).any(|w| TELLING.contains(&w.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(usize, Style, &str)]) {
        let found = scan(text);
        let found: Vec<_> = found.all.iter().map(|h| (h.line, h.style, h.text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marked_headings() {
        check(
            "# One\n\n##Two ##\n\nThree\n=====\n\n**Four**\n\ntext **bold** text\n",
            &[
                (1, Style::Atx(1), "One"),
                (3, Style::Atx(2), "Two"),
                (5, Style::Setext(1), "Three"),
                (8, Style::Bold, "Four"),
            ],
        );
    }

    #[test]
    fn code_is_no_heading() {
        check("# Real\n\n```\n# comment\n```\n\n    # indented\n", &[(1, Style::Atx(1), "Real")]);
        check("# Real\n\n# bad\nvalues = []\n\n# include x.h\n\n#hashtag\n", &[(1, Style::Atx(1), "Real")]);
    }

    #[test]
    fn bare_lines_between_prose() {
        let text = "A Day at the Beach\n\nIt was warm, and so the talk went on for a while. I slept.\n\n\
                    The rationale behind this is\n\nthat nobody came.\n\nSecond Talk of the Morning\n\n\
                    x = 1\n\nMore prose that ends in a stop.\n";
        check(
            text,
            &[(1, Style::Bare, "A Day at the Beach"), (9, Style::Bare, "Second Talk of the Morning")],
        );
    }

    #[test]
    fn bare_lines_over_bullets() {
        let text = "queues in practice\n\n  • Ada Lovelace / Mill\n  • point\n\nnothing was noted here\n\nthe end of it.\n\n  • x\n";
        let styles: Vec<_> = scan(text).all.iter().map(|h| h.line).collect();
        assert_eq!(styles, [1, 6]);
    }

    #[test]
    fn front_matter_is_found_but_a_rule_is_not() {
        assert_eq!(scan("---\ntitle: x\n---\n# A\n").front, Some((0..17, 3)));
        assert_eq!(scan("---\n\nplain\n\n---\n").front, None);
    }

    #[test]
    fn furniture_lines() {
        let found = scan("Skip to content\n\nA Talk\n\n  • x\n\nSign in\nAll rights reserved\n");
        let lines: Vec<_> = found.furniture.iter().map(|f| f.1).collect();
        assert_eq!(lines, [1, 7, 8]);
    }
}
