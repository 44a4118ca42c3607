//! A file as its lines with words, each with the talk and the section that it stands in.

use std::cell::OnceCell;

use crate::bookmarks::anchor::words::Words;
use crate::library::headings::{self, Heading};
use crate::library::{FileId, Library, TalkId};
use crate::text::line::lines_from;

/// A line that has words.
#[derive(Debug)]
pub(super) struct Row<'l> {
    /// Its number in the file, counted from 1.
    pub(super) number: usize,
    /// Its text, trimmed.
    pub(super) text: &'l str,
    /// The talk that it belongs to.
    pub(super) talk: Option<TalkId>,
    /// Its section: an index into the sheet's sections.
    pub(super) section: usize,
    words: OnceCell<Words>,
}

impl Row<'_> {
    /// Its words.
    pub(super) fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(super::short(self.text)))
    }
}

/// The lines of a file, or of a part of it.
#[derive(Debug)]
pub(super) struct Sheet<'l> {
    /// The file.
    pub(super) file: FileId,
    /// The lines, in order.
    pub(super) rows: Vec<Row<'l>>,
    sections: Vec<Section<'l>>,
}

/// A part of a talk below a heading, or above all of them.
#[derive(Debug)]
struct Section<'l> {
    talk: Option<TalkId>,
    /// The headings, outermost first.
    trail: Vec<&'l str>,
    /// The line of the innermost.
    line: usize,
}

/// The lines that a talk has in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) talk: TalkId,
    pub(super) line: usize,
    pub(super) end_line: usize,
}

impl<'l> Sheet<'l> {
    /// A whole file; `parts` are those of its talks, by line.
    pub(super) fn of(library: &'l Library, file: FileId, parts: &[Part]) -> Self {
        let text = &library.file(file).text;
        Self::read(library, file, text, 1, parts)
    }

    /// The part of a file that holds one talk, with the lines around it that an anchor quotes.
    pub(super) fn of_talk(library: &'l Library, talk: TalkId, file: FileId) -> Self {
        const AROUND: usize = 4 * 1024;
        let text = &library.file(file).text;
        let spans = || library.talk(talk).spans.iter().filter(|s| s.file == file);
        let parts: Vec<Part> =
            spans().map(|s| Part { talk, line: s.line(), end_line: s.end_line() }).collect();
        let (first, last) = (spans().map(|s| s.bytes().start).min(), spans().map(|s| s.bytes().end).max());
        let (first, last) = (first.unwrap_or(0), last.unwrap_or(0));
        // From the start of a line, so that what is read is a text like any other.
        let from = text.floor_char_boundary(first.saturating_sub(AROUND));
        let from = text[..from].rfind('\n').map_or(0, |at| at + 1);
        let to = text.ceil_char_boundary((last + AROUND).min(text.len()));
        let above = spans().map(|s| s.line()).min().unwrap_or(1)
            - memchr::memchr_iter(b'\n', &text.as_bytes()[from..first]).count();
        Self::read(library, file, &text[from..to], above, &parts)
    }

    fn read(library: &'l Library, file: FileId, text: &'l str, first: usize, parts: &[Part]) -> Self {
        let dialect = library.file(file).dialect();
        let headings = headings::marked(text, dialect, first);
        let above_all = Section { talk: None, trail: Vec::new(), line: 0 };
        let mut sheet = Sheet { file, rows: Vec::new(), sections: vec![above_all] };
        let mut headings = headings.iter().peekable();
        let mut parts = parts.iter().peekable();
        let mut open: Vec<&Heading> = Vec::new();
        let (mut section, mut inside) = (0, None);
        for line in lines_from(text, 0, first) {
            while parts.next_if(|part| part.end_line < line.number).is_some() {}
            let part = parts.peek().filter(|part| part.line <= line.number);
            let talk = part.map(|part| part.talk);
            if talk != inside {
                (inside, section) = (talk, 0);
                open.clear();
            }
            // A heading stands in the section around it; the lines below it stand in its own.
            let heading = headings.next_if(|heading| heading.line() <= line.number);
            if line.text.contains(char::is_alphanumeric) {
                let text = line.text.trim();
                sheet.rows.push(Row { number: line.number, text, talk, section, words: OnceCell::new() });
            }
            let is_title = part.is_some_and(|part| part.line == line.number);
            if let Some(heading) = heading.filter(|_| !is_title) {
                open.retain(|outer| outer.style.depth() < heading.style.depth());
                open.push(heading);
                section = sheet.sections.len();
                let trail = open.iter().map(|h| h.text(text)).collect();
                sheet.sections.push(Section { talk, trail, line: heading.line() });
            }
        }
        sheet
    }

    /// The headings above a row inside its talk, outermost first.
    pub(super) fn trail(&self, row: usize) -> impl Iterator<Item = &'l str> {
        self.sections[self.rows[row].section].trail.iter().copied()
    }

    /// The line of the heading of a talk that ends a trail; of several the one whose whole trail is the
    /// same.
    pub(super) fn heading(&self, talk: TalkId, trail: &[String]) -> Option<usize> {
        let last = trail.last()?;
        let own = |s: &&Section| s.talk == Some(talk) && s.trail.last() == Some(&last.as_str());
        let sections = || self.sections.iter().filter(own);
        let whole = sections().find(|s| s.trail.iter().eq(trail));
        whole.or_else(|| sections().next()).map(|section| section.line)
    }
}
