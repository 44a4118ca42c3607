//! Which lines are headings at all, by how they are written.
//!
//! One pass over a file's lines. Headings marked as such (ATX, setext, a bold line) are taken
//! from any text; where a file marks none, bare lines that are written and placed like titles are
//! weighed one by one. What a heading *means* (a talk, a track, a part of a talk) is decided
//! elsewhere, from all of them together.

use std::ops::Range;

use smallvec::SmallVec;

use crate::library::bare_lines::{Loose, bare_headings, is_flush};
use crate::library::lines::{Lines, opens_as_prose};
use crate::library::packed::List;
use crate::library::{conference, dates, front, names, quick_look, speakers, title, vocabulary};
use crate::markup::Dialect;
use crate::markup::dialect::{Fence, Mark, adornment};
use crate::text::line::{self, Line, lines_from};

/// How a heading is written. Within a file, headings written alike usually mean alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// `## Title` and its like in other dialects (`** Title`, `== Title`), with its level from 1 to 6.
    Marked(u8),
    /// A title with a line of signs below it (and perhaps above), with its level from 1 to 6.
    Underlined(u8),
    /// A line that is bold from end to end.
    Bold,
    /// A line that is in italics from end to end.
    Italic,
    /// A list item at the margin with more below it.
    Item,
    /// A bare line that ends in a blank, as headings copied from a page do.
    Spaced,
    /// A bare line.
    Bare,
}

impl Style {
    /// How deep the style usually stands: 1 is outermost.
    pub fn depth(self) -> u8 {
        match self {
            Style::Marked(level) | Style::Underlined(level) => level,
            Style::Bold => 7,
            Style::Italic => 8,
            Style::Item => 9,
            Style::Spaced => 10,
            Style::Bare => 11,
        }
    }

    /// The style in words, for a person.
    pub fn name(self) -> String {
        match self {
            Style::Marked(level) => format!("headings of level {level}"),
            Style::Underlined(level) => format!("underlined titles of level {level}"),
            Style::Bold => "bold lines".into(),
            Style::Italic => "lines in italics".into(),
            Style::Item => "list items at the margin".into(),
            Style::Spaced => "lines of their own, all ending in a blank".into(),
            Style::Bare => "lines of their own".into(),
        }
    }
}

/// A line that is written like a heading. There are hundreds of thousands in a large library, so it is kept small;
/// a file is far shorter than numbers of 32 bits reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    line: u32,
    lines: u8,
    /// The empty lines above it; as many as fit where that is not known.
    empty_above: u8,
    /// How it is written.
    pub style: Style,
    start: u32,
    end: u32,
    text_start: u32,
    text_end: u32,
}

impl Heading {
    /// The heading from a line of a text on, of so many lines and of these bytes, with its line end; `part` is its text,
    /// cut from the whole.
    pub(super) fn new(
        whole: &str,
        line: usize,
        lines: usize,
        style: Style,
        bytes: Range<usize>,
        part: &str,
    ) -> Self {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let text = range_of(whole, part);
        Self {
            line: short(line),
            lines: u8::try_from(lines).unwrap_or(u8::MAX),
            empty_above: empty_above(&whole[..bytes.start]),
            style,
            start: short(bytes.start),
            end: short(bytes.end),
            text_start: short(text.start),
            text_end: short(text.end),
        }
    }

    /// Its first line, counted from 1.
    pub fn line(&self) -> usize {
        self.line as usize
    }

    /// How many lines it takes: more than one when it is underlined.
    pub fn lines(&self) -> usize {
        usize::from(self.lines)
    }

    /// The first line behind it.
    pub fn next_line(&self) -> usize {
        self.line() + self.lines()
    }

    /// How many empty lines stand above it, below one that is not blank; `None` where that takes a longer look.
    pub(super) fn empty_above(&self) -> Option<usize> {
        Some(usize::from(self.empty_above)).filter(|lines| *lines < usize::from(u8::MAX))
    }

    /// The bytes of the heading, its underline and line end included.
    pub fn bytes(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Its text without the marks of the style, trimmed; `text` is the file's.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.text_start as usize..self.text_end as usize).unwrap_or_default()
    }
}

/// What the pass over a file's lines found.
#[derive(Debug, Clone, Default)]
pub struct Headings {
    /// How the file marks its headings.
    pub dialect: Dialect,
    /// The headings, in order.
    pub all: List<Heading>,
    /// Single lines that a page left around the notes, with the reason.
    pub furniture: Vec<(Range<usize>, usize, &'static str)>,
    /// The bytes and last line of front matter at the start of the file.
    pub front: Option<(Range<usize>, usize)>,
    /// The number of its last line; 0 where that is not known.
    pub lines: u32,
}

/// Finds the headings of a file; `ending` is that of its name, in lower case.
pub fn scan(text: &str, ending: &str) -> Headings {
    scan_as(text, Dialect::of(text, ending))
}

/// The headings that are marked as such, bold and italic lines among them. `first` is the number of the
/// text's first line.
pub fn marked(text: &str, dialect: Dialect, first: usize) -> Vec<Heading> {
    Outline::read(text, dialect, 0, first).marked.into_vec()
}

fn scan_as(text: &str, dialect: Dialect) -> Headings {
    let front = front::extent(text, dialect);
    let mut found = Headings { dialect, front, ..Headings::default() };
    let (start, first) = match &found.front {
        Some((bytes, last)) => (bytes.end, last + 1),
        None => (0, 1),
    };
    let outline = Outline::read(text, dialect, start, first);
    if outline.marked.is_empty() && dialect != Dialect::default() {
        // An ending alone makes no Org file of plain text.
        return scan_as(text, Dialect::default());
    }
    found.furniture = outline.furniture;
    found.lines = u32::try_from(outline.lines).unwrap_or_default();
    let mut all = outline.marked;
    let marked = all.len();
    // Headings that only name the event, its days and its groups leave the talks to be found.
    let few = !outline.open;
    let loose = bare_headings(text, &outline.loose, found.furniture.len(), few, outline.rules);
    all.extend(loose);
    if few && all.len() - marked < 2 {
        all.truncate(marked);
        all.extend(items(text, &margin_items(text, dialect, start, first)));
    }
    if marked > 0 {
        all.sort_by_key(Heading::line);
    }
    // They are kept for as long as the notes are.
    all.shrink_to_fit();
    found.all = all.into_vec().into();
    found
}

/// A heading that names the event, a day of it or a group of talks, and no talk.
fn speaks_of_the_event(text: &str) -> bool {
    let generic = || line::words(text).all(vocabulary::is_generic);
    if quick_look::names_no_event(text) {
        return generic();
    }
    generic()
        || vocabulary::is_group(text)
        || conference::in_line(text).is_some()
        || dates::parse(text).is_some()
        || dates::is_day(text)
}

/// How many empty lines a text ends with, below a line that ends in no white space; 255 where it is otherwise.
fn empty_above(text: &str) -> u8 {
    let bytes = text.as_bytes();
    let ends = bytes.iter().rev().take_while(|byte| **byte == b'\n').count();
    let solid = bytes[..bytes.len() - ends].last().is_some_and(u8::is_ascii_graphic);
    ends.checked_sub(1).filter(|_| solid).and_then(|lines| u8::try_from(lines).ok()).unwrap_or(u8::MAX)
}

/// A line of one sign from end to end, long enough to part a text.
fn is_rule(text: &str) -> bool {
    text.trim_end().len() >= 4 && adornment(text).is_some_and(|sign| b"=-_*~#+".contains(&sign))
}

/// What the bytes of a part are inside the whole that it was cut from.
fn range_of(whole: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
    start..start + part.len()
}

/// What one pass over the lines collects.
#[derive(Default)]
struct Outline<'t> {
    text: &'t str,
    dialect: Dialect,
    /// Where they are few, nobody is asked for room until it is known how many.
    marked: SmallVec<[Heading; 16]>,
    /// The signs of underlines, outermost first, as reStructuredText ranks them.
    adornments: Vec<(u8, bool)>,
    furniture: Vec<(Range<usize>, usize, &'static str)>,
    /// Lines that stand alone. Once a heading is open, only those that are set apart.
    loose: Vec<Loose<'t>>,
    /// A marked heading was met that may name a talk.
    open: bool,
    /// How many lines are rules between parts.
    rules: usize,
    /// The number of the last line.
    lines: usize,
}

impl<'t> Outline<'t> {
    fn read(text: &'t str, dialect: Dialect, start: usize, first: usize) -> Self {
        let mut outline = Outline { text, dialect, ..Outline::default() };
        let mut fence: Option<Fence> = None;
        let mut before: Option<Line<'t>> = None;
        let mut blanks = 2;
        // The line above is blank or furniture, so this one stands at an edge.
        let mut at_edge = true;
        let mut waiting: Option<Loose<'t>> = None;
        // A rule stands above, or nothing at all.
        let mut below_rule = true;
        let mut lines = Lines::from(text, start, first);
        while let Some(line) = lines.next() {
            outline.lines = line.number;
            if line.is_blank() {
                blanks += 1;
                before = None;
                at_edge = true;
                continue;
            }
            let plain = opens_as_prose(line.text);
            let quiet = plain && !below_rule && fence.is_none() && waiting.is_none();
            let goes_on = blanks == 0 && !at_edge && before.is_some_and(|b| opens_as_prose(b.text));
            let begins = blanks == 1 && outline.open;
            if quiet
                && (goes_on || begins)
                && let Some(last) = lines.through_prose(line, begins, outline.open)
            {
                outline.lines = last.number;
                before = Some(last).filter(|l| !l.is_blank());
                (blanks, at_edge) = (usize::from(before.is_none()), before.is_none());
                continue;
            }
            if let Some(mut loose) = waiting.take() {
                loose.next = Some(line);
                outline.loose.push(loose);
            }
            let was_at_edge = std::mem::take(&mut at_edge);
            let was_below_rule = std::mem::take(&mut below_rule);
            match (fence, if plain { None } else { dialect.fence(line.text) }) {
                (Some(open), Some(close)) if open.closes(close) => fence = None,
                (None, Some(opened)) if opened.opens() => fence = Some(opened),
                (None, None) => {
                    let next = lines.next.filter(|l| !l.is_blank());
                    // No underline, no frame: it takes signs to make a heading.
                    let unmarked = plain
                        && next.is_none_or(|n| opens_as_prose(n.text))
                        && before.is_none_or(|b| opens_as_prose(b.text));
                    if !unmarked && outline.heading(line, before, next) {
                        // An underline is no text that another line could stand below.
                        if outline
                            .marked
                            .last()
                            .is_some_and(|h| h.bytes().end > line.start + line.text.len() + 1)
                        {
                            outline.lines = lines.next().map_or(line.number, |underline| underline.number);
                            blanks = 0;
                            before = None;
                            continue;
                        }
                    } else if before.is_none() && is_rule(line.text) {
                        outline.rules += 1;
                        below_rule = true;
                    } else if before.is_none()
                        && is_flush(line.text)
                        && next.is_none_or(|n| {
                            is_under(n.text)
                                || !outline.open && !line.text.contains(". ") && speakers::says_who(n.text)
                        })
                    {
                        waiting = outline.stand_alone(line, blanks >= 2);
                        waiting.iter_mut().for_each(|loose| loose.below_rule = was_below_rule);
                    } else if was_below_rule && is_flush(line.text) {
                        waiting = outline.stand_alone(line, true);
                        waiting.iter_mut().for_each(|loose| (loose.below_rule, loose.crowded) = (true, true));
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
        let loose = Loose { line, set_apart, next: None, below_rule: false, crowded: false };
        // Where something else is marked as a heading, only what is set apart may be one besides.
        (line.text.len() <= 200 && (set_apart || !self.open)).then_some(loose)
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

    /// Takes a line that is marked as a heading.
    fn heading(&mut self, line: Line<'t>, before: Option<Line<'t>>, next: Option<Line<'t>>) -> bool {
        let end_of = |line: Line| line.start + line.text.len() + 1;
        let marked = self.dialect.heading(line.text, before.map(|l| l.text), next.map(|l| l.text));
        let (style, text, from, to) = match marked {
            Some((Mark::Prefix(level), text)) => (Style::Marked(level), text, line, line),
            Some((Mark::Underline(sign, framed), text)) => {
                let from = before.filter(|_| framed).unwrap_or(line);
                (Style::Underlined(self.depth_of(sign, framed)), text, from, next.unwrap_or(line))
            }
            None => {
                let body = line.text.trim_start();
                let apart = before.is_none() && !body.is_empty();
                if !apart || !body.starts_with(['*', '_']) {
                    return false;
                }
                let bold = || bold(body).map(|text| (Style::Bold, text));
                let alone = next.is_none();
                let italic = || italic(body).filter(|_| alone).map(|text| (Style::Italic, text));
                match bold().or_else(italic) {
                    Some((style, text)) => (style, text, line, line),
                    None => return false,
                }
            }
        };
        self.open = self.open || !speaks_of_the_event(text);
        self.marked.push(Heading::new(
            self.text,
            from.number,
            to.number + 1 - from.number,
            style,
            from.start..end_of(to).min(self.text.len()),
            text,
        ));
        true
    }

    /// How deep an underline ranks: by its sign, or by the order in which the signs come in the file.
    fn depth_of(&mut self, sign: u8, framed: bool) -> u8 {
        if let Some(depth) = self.dialect.depth(sign, framed) {
            return depth;
        }
        let at = self.adornments.iter().position(|a| *a == (sign, framed)).unwrap_or_else(|| {
            self.adornments.push((sign, framed));
            self.adornments.len() - 1
        });
        at.min(5) as u8 + 1
    }
}

/// A line that stands under the one above it: a list item, or indented.
fn is_under(text: &str) -> bool {
    text.starts_with(['\t', ' ']) || line::item(text).is_some()
}

/// The text of a line that is bold from end to end, and is no sentence.
fn bold(body: &str) -> Option<&str> {
    let body = body.trim_end().trim_end_matches(':');
    let inner = ["**", "__"].iter().find_map(|mark| body.strip_prefix(mark)?.strip_suffix(mark))?;
    let clean = !inner.contains("**") && !inner.starts_with(' ') && !inner.ends_with(' ');
    (clean && !inner.is_empty() && inner.len() <= 160 && !line::ends_sentence(inner)).then_some(inner)
}

/// The text of a line that is in italics from end to end, and is no sentence.
fn italic(body: &str) -> Option<&str> {
    let body = body.trim_end();
    let inner = ["*", "_"].iter().find_map(|mark| body.strip_prefix(mark)?.strip_suffix(mark))?;
    let clean = !inner.contains(['*', '_']) && !inner.starts_with(' ') && !inner.ends_with(' ');
    (clean && !inner.is_empty() && inner.len() <= 160 && !line::ends_sentence(inner)).then_some(inner)
}

/// The list items at the margin that stand in no fence.
fn margin_items(text: &str, dialect: Dialect, start: usize, first: usize) -> Vec<Line<'_>> {
    let mut fence: Option<Fence> = None;
    let at_margin = |line: &Line| {
        match (fence, dialect.fence(line.text)) {
            (Some(open), Some(close)) if open.closes(close) => fence = None,
            (None, Some(opened)) if opened.opens() => fence = Some(opened),
            (None, None) => {
                return !line.text.starts_with([' ', '\t']) && line::item(line.text).is_some();
            }
            _ => {}
        }
        false
    };
    lines_from(text, start, first).filter(|l| !l.is_blank()).filter(at_margin).collect()
}

/// List items at the margin that are titles: there are a few at least, and most of them name
/// people or lead elsewhere or are bold, with more below them.
fn items(text: &str, items: &[Line]) -> Vec<Heading> {
    const FEW: usize = 2;
    let content = |line: &Line| line::item(line.text).map_or("", |i| i.text).to_owned();
    let bullets: Vec<&Line> = items.iter().filter(|l| !content(l).is_empty()).collect();
    if bullets.len() < FEW {
        return Vec::new();
    }
    let names_people = |content: &str| {
        let plain = title::strip_markup(content);
        super::shapes::read(&plain).iter().any(|split| split.strength == names::Strength::Known)
    };
    let titled = |line: &&&Line| {
        let content = content(line);
        let marked = content.starts_with("**") || content.starts_with('[') || content.starts_with('《');
        marked || names_people(&content)
    };
    // A line for each talk, with who gave it: nothing else has to stand below. (Where it leads to a file, that is the talk.)
    let leads = |content: &str| content.contains("[[") || content.contains("](") && !content.contains("://");
    let sure =
        |line: &&&Line| Some(content(line)).is_some_and(|content| names_people(&content) && !leads(&content));
    let nested = |pair: &&[&Line]| pair[1].number > pair[0].number + 1;
    let titles = bullets.iter().filter(titled).count();
    let with_more = bullets.windows(2).filter(nested).count();
    let enough = |number: usize| number * 10 >= bullets.len() * 7;
    let surely = bullets.iter().filter(sure).count();
    if !enough(titles)
        || with_more * 2 < bullets.len() && !enough(surely)
        || bullets.len() == FEW && surely < FEW
    {
        return Vec::new();
    }
    let heading = |line: &&Line| {
        Heading::new(
            text,
            line.number,
            1,
            Style::Item,
            line.start..(line.start + line.text.len() + 1).min(text.len()),
            line::text_of(line.text),
        )
    };
    bullets.iter().map(heading).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(usize, Style, &str)]) {
        let found = scan(text, "md");
        let found: Vec<_> = found.all.iter().map(|h| (h.line(), h.style, h.text(text))).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marked_headings() {
        check(
            "# One\n\n##Two ##\n\nThree\n=====\n\n**Four**\n\ntext **bold** text\n",
            &[
                (1, Style::Marked(1), "One"),
                (3, Style::Marked(2), "Two"),
                (5, Style::Underlined(1), "Three"),
                (8, Style::Bold, "Four"),
            ],
        );
    }

    #[test]
    fn code_is_no_heading() {
        check("# Real\n\n```\n# comment\n```\n\n    # indented\n", &[(1, Style::Marked(1), "Real")]);
        check(
            "# Real\n\n# bad\nvalues = []\n\n# include x.h\n\n#hashtag\n",
            &[(1, Style::Marked(1), "Real")],
        );
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
        let styles: Vec<_> = scan(text, "txt").all.iter().map(Heading::line).collect();
        assert_eq!(styles, [1, 6]);
    }

    #[test]
    fn furniture_lines() {
        let found = scan("Skip to content\n\nA Talk\n\n  • x\n\nSign in\nAll rights reserved\n", "txt");
        let lines: Vec<_> = found.furniture.iter().map(|f| f.1).collect();
        assert_eq!(lines, [1, 7, 8]);
    }
}
