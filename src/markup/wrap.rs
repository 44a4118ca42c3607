//! Breaking runs of text into lines, where Unicode allows it (UAX 14).

use unicode_segmentation::UnicodeSegmentation;

use crate::markup::document::{Document, Inline, Target};
use crate::markup::layout::{LineKind, PageLine, Piece};
use crate::markup::role::{Ink, Role};
use crate::text::SafeText;
use crate::text::width::{fit, width};

/// Text of one ink on its way into lines.
struct Run {
    /// Where it ends in the joined text.
    end: usize,
    ink: Ink,
    link: Option<u32>,
    line: usize,
}

/// What is written in one go up to a line end that is kept, with its runs.
#[derive(Default)]
struct Stretch {
    text: SafeText,
    runs: Vec<Run>,
}

/// Breaks inlines into lines of at most `columns` columns (at least one). A word that is wider
/// than a line is broken where it must be. Text without a role of its own takes `role`.
pub(super) fn wrap(document: &Document, inlines: &[Inline], role: Role, columns: usize) -> Vec<PageLine> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    for stretch in join(document, inlines, role) {
        stretch.wrap(columns, &mut lines);
    }
    lines
}

/// The columns that inlines take on one line, the longest one where they hold line ends.
pub(super) fn natural_width(document: &Document, inlines: &[Inline]) -> usize {
    join(document, inlines, Role::Text).iter().map(|s| s.text.width()).max().unwrap_or(0)
}

impl Stretch {
    fn push(&mut self, text: &str, ink: Ink, link: Option<u32>, line: usize) {
        self.text.push(text);
        self.runs.push(Run { end: self.text.as_str().len(), ink, link, line });
    }

    fn wrap(&self, columns: usize, lines: &mut Vec<PageLine>) {
        let text = self.text.as_str();
        let first = lines.len();
        let mut push = |from: usize, to: usize| {
            let line = self.line(from, to, lines.len() > first);
            lines.push(line);
        };
        let (mut start, mut used, mut from) = (0, 0, 0);
        // What fits is not looked at for places to break at.
        if text.len() <= columns || width(text) <= columns {
            return push(0, text.len());
        }
        for to in self.breaks(columns) {
            let piece = &text[from..to];
            let word = piece.trim_end_matches(' ');
            let wide = width(word);
            if used > 0 && used + wide > columns {
                push(start, from);
                (start, used) = (from, 0);
            }
            if wide > columns {
                // A word that no line can hold is broken between clusters.
                for (at, cluster) in word.grapheme_indices(true) {
                    let wide = width(cluster);
                    if used > 0 && used + wide > columns {
                        push(start, from + at);
                        (start, used) = (from + at, 0);
                    }
                    used += wide;
                }
                used += piece.len() - word.len();
            } else {
                used += wide + (piece.len() - word.len());
            }
            from = to;
        }
        push(start, text.len());
    }

    /// Where lines may end: where Unicode allows it, but not inside of an address or of code that a whole line
    /// would hold.
    fn breaks(&self, columns: usize) -> Vec<usize> {
        let text = self.text.as_str();
        let all = || unicode_linebreak::linebreaks(text).map(|(at, _)| at);
        let is_whole = |run: &Run| run.ink.role == Role::Code || run.ink.role == Role::Link;
        if !text.contains("://") && !self.runs.iter().any(is_whole) {
            return all().collect();
        }
        let mut breaks: Vec<usize> = Vec::new();
        // Where the word that is being put together starts, and where it might have been broken.
        let (mut start, mut inside) = (0, Vec::new());
        for to in all() {
            let run = self.runs.partition_point(|run| run.end < to);
            let in_word = !text[..to].ends_with(' ') && to < text.len();
            let whole = self.runs.get(run).is_some_and(|r| is_whole(r) && r.end > to)
                || text[start..to].contains("://");
            if in_word && whole && text.as_bytes()[to - 1].is_ascii() {
                inside.push(to);
                continue;
            }
            // What no line can hold is broken where it may be.
            if !inside.is_empty() && width(text[start..to].trim_end_matches(' ')) > columns {
                breaks.append(&mut inside);
            }
            inside.clear();
            breaks.push(to);
            start = to;
        }
        breaks
    }

    /// Makes one line of a part. White space at its start stays where it was written so; where the line was
    /// broken it goes.
    fn line(&self, from: usize, to: usize, continued: bool) -> PageLine {
        let text = self.text.as_str();
        let stretch = &text[from..to];
        let to = from + stretch.trim_end().len();
        let blank = stretch.len() - stretch.trim_start().len();
        let from = if continued { (from + blank).min(to) } else { from };
        let first = self.runs.partition_point(|run| run.end <= from);
        let source = self.runs.get(first).or(self.runs.last()).map_or(0, |run| run.line);
        let mut pieces = Vec::with_capacity(2);
        let mut at = from;
        for run in &self.runs[first..] {
            if at >= to {
                break;
            }
            let end = run.end.min(to);
            if end > at {
                pieces.push(Piece { text: self.text.slice(at..end), ink: run.ink, link: run.link });
                at = end;
            }
        }
        let kind = if continued { LineKind::Continued } else { LineKind::Flow };
        PageLine { pieces, source, kind, ..PageLine::default() }
    }
}

/// Joins the texts, made safe, with what we say about links and pictures that say nothing themselves.
fn join(document: &Document, inlines: &[Inline], role: Role) -> Vec<Stretch> {
    let mut all = Vec::with_capacity(1);
    let mut stretch = Stretch::default();
    let mut inlines = inlines.iter().peekable();
    let mut picture = None;
    while let Some(inline) = inlines.next() {
        let mut ink = inline.ink;
        if ink.role == Role::Text {
            ink.role = role;
        }
        let link = inline.link.or(inline.picture);
        if inline.picture.is_some() && inline.picture != picture {
            stretch.push("▣ ", Role::Image.into(), link, inline.line);
        }
        picture = inline.picture;
        if inline.text.contains('\n') {
            for (at, part) in inline.text.split('\n').enumerate() {
                if at > 0 {
                    all.push(std::mem::take(&mut stretch));
                }
                stretch.push(part, ink, link, inline.line);
            }
        } else if inline.text.is_empty() && inline.picture.is_none() {
            let host =
                link.and_then(|link| document.links[link as usize].address()).map(crate::text::address::host);
            stretch.push(host.unwrap_or_default(), ink, link, inline.line);
        } else {
            stretch.push(&inline.text, ink, link, inline.line);
        }
        // Behind a picture's description stands where it lies.
        if let Some(now) = picture.filter(|_| inlines.peek().is_none_or(|next| next.picture != picture)) {
            let address = readable(&document.links[now as usize]);
            let described = !stretch.text.as_str().ends_with("▣ ");
            let said = match described {
                _ if address.is_empty() => String::new(),
                true => format!(" ({address})"),
                false => address,
            };
            stretch.push(&said, Role::Muted.into(), link, inline.line);
        }
    }
    all.push(stretch);
    all
}

/// An address for people: `%20` and its like decoded where that gives text.
fn readable(target: &Target) -> String {
    let address = target.address().unwrap_or_default();
    if address.starts_with("data:") {
        return "inside the note".into();
    }
    let decoded = percent_encoding::percent_decode_str(address).decode_utf8();
    decoded.map_or_else(|_| address.to_owned(), std::borrow::Cow::into_owned)
}

/// Breaks a line that is shown as it stands; what goes on below is marked with `↪`. Each part comes with
/// the byte of the line at which it starts.
pub(super) fn wrap_verbatim(safe: &SafeText, columns: usize) -> Vec<(usize, SafeText)> {
    let mut rest = safe.as_str();
    let mut lines = Vec::new();
    let mut room = columns.max(1);
    let mut at = 0;
    loop {
        let (head, _) = fit(rest, room);
        // A glyph wider than the room is shown by a sign, so that the loop always gets on.
        let head_len = if head.is_empty() && !rest.is_empty() {
            rest.graphemes(true).next().map_or(rest.len(), str::len)
        } else {
            head.len()
        };
        let shown = if head.is_empty() && !rest.is_empty() { "…" } else { head };
        lines.push(match lines.is_empty() || columns < 3 {
            true => (at, SafeText::new(shown)),
            false => (at, SafeText::new(&format!("↪{shown}"))),
        });
        rest = &rest[head_len..];
        at += head_len;
        if rest.is_empty() {
            return lines;
        }
        room = if columns < 3 { columns.max(1) } else { columns - 1 };
    }
}
