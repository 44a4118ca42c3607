//! The blocks that lines come to together: paragraphs, lists in lists, asides, tables, code.

use crate::markup::dialect::{Dialect, Mark};
use crate::markup::document::{
    Align, Block, BlockKind, ContainerId, ContainerKind, Document, Inline, MAX_DEPTH, Table, Target,
};
use crate::markup::light::{Lines, Number, inline, table};
use crate::markup::role::Ink;
use crate::text::line::Line;

/// A document while its lines come in.
pub(super) struct Builder<'t> {
    pub document: Document,
    /// Open list items, asides and the like: how far text must be indented to stand in them.
    open: Vec<(usize, ContainerId)>,
    /// The lines of the open paragraph, with its indent.
    text: Vec<(usize, &'t str, usize)>,
    /// The lines of the open paragraph end where they are written to end.
    verse: bool,
    dialect: Dialect,
    lines: &'static dyn Lines,
    quote: Option<ContainerId>,
    /// The signs of underlines, outermost first.
    adornments: Vec<(u8, bool)>,
}

impl<'t> Builder<'t> {
    pub(super) fn new(dialect: Dialect, lines: &'static dyn Lines) -> Builder<'t> {
        Builder {
            document: Document::default(),
            open: Vec::new(),
            text: Vec::new(),
            verse: false,
            dialect,
            lines,
            quote: None,
            adornments: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, kind: BlockKind, line: usize) {
        let inside = self.open.last().map(|(_, id)| *id).or(self.quote);
        self.document.blocks.push(Block { kind, inside, line, close: false });
    }

    pub(super) fn heading(&mut self, mark: Mark, title: &str, line: usize) {
        self.flush();
        self.open.clear();
        self.quote = None;
        let level = match mark {
            Mark::Prefix(level) => level,
            Mark::Underline(sign, framed) => self.dialect.depth(sign, framed).unwrap_or_else(|| {
                let at = self.adornments.iter().position(|a| *a == (sign, framed)).unwrap_or_else(|| {
                    self.adornments.push((sign, framed));
                    self.adornments.len() - 1
                });
                at.min(5) as u8 + 1
            }),
        };
        let inlines = self.inlines(title, line);
        self.push(BlockKind::Heading(level, inlines), line);
    }

    pub(super) fn inlines(&mut self, text: &str, line: usize) -> Vec<Inline> {
        inline::read(text, line, self.lines.spans(), &mut self.document.links)
    }

    /// Takes a line of running text, or of verse, whose lines end where they are written to end.
    pub(super) fn line(&mut self, indent: usize, text: &'t str, line: usize, verse: bool) {
        if self.verse != verse {
            self.flush();
        }
        self.text.push((indent, text, line));
        self.verse = verse;
    }

    /// What follows stands as deep as the innermost of what is open.
    pub(super) fn go_on(&mut self, line: usize) {
        self.flush();
        let inside = self.open.last().map_or(0, |(at, _)| *at);
        self.text.push((inside, "", line));
    }

    /// Whether a paragraph is open that text of this indent may belong to.
    pub(super) fn is_in_paragraph(&self, indent: usize) -> bool {
        self.text.first().is_some_and(|(at, ..)| *at <= indent)
    }

    /// Opens a quotation or an aside with its name; closes the open one.
    pub(super) fn quote(&mut self, name: Option<&'static str>) {
        self.flush();
        self.open.clear();
        self.quote = match self.quote.take() {
            Some(_) => None,
            None => Some(self.document.open(ContainerKind::Quote(name), None)),
        };
    }

    /// Closes what text of this indent does not stand in.
    pub(super) fn leave(&mut self, indent: usize) {
        self.open.retain(|(at, _)| *at <= indent && indent > 0);
    }

    /// Opens something for what is indented more than `indent`, with its first words.
    pub(super) fn enter(&mut self, kind: ContainerKind, indent: usize, said: &'t str, line: usize) {
        let parent = self.open.last().map(|(_, id)| *id).or(self.quote);
        if self.open.len() < MAX_DEPTH {
            let id = self.document.open(kind, parent);
            self.open.push((indent + 1, id));
        }
        self.text.push((indent + 1, said, line));
    }

    /// Opens the text of a footnote.
    pub(super) fn footnote(&mut self, label: &str, indent: usize, said: &'t str, line: usize) {
        let back = self.document.link(Target::Reference(label.to_owned()));
        self.enter(ContainerKind::Footnote { label: label.to_owned(), back }, indent, said, line);
    }

    /// Opens a list item under those that are indented less.
    pub(super) fn item(
        &mut self,
        number: Option<Number>,
        indent: usize,
        tight: bool,
        text: &'t str,
        line: usize,
    ) {
        let beside = self.open.iter().find(|(at, _)| *at == indent).map(|(_, id)| *id);
        let beside = beside.and_then(|id| match self.document.container(id).kind {
            ContainerKind::Item { number, .. } => number,
            _ => None,
        });
        let number = number.map(|number| match number {
            Number::Written(number) => number,
            Number::Next => beside.unwrap_or(0) + 1,
        });
        self.open.retain(|(at, _)| *at < indent);
        let parent = self.open.last().map(|(_, id)| *id).or(self.quote);
        let depth = self.open.len() + 1;
        let (task, text) = task(text);
        if depth <= MAX_DEPTH {
            let id = self
                .document
                .open(ContainerKind::Item { number, digits: 0, task, depth, tight, list: 0 }, parent);
            self.open.push((indent, id));
        }
        self.text.push((indent + 1, text, line));
    }

    /// Ends the open paragraph.
    pub(super) fn flush(&mut self) {
        let lines = std::mem::take(&mut self.text);
        let verse = std::mem::take(&mut self.verse);
        let Some((indent, _, first)) = lines.first().copied() else {
            return;
        };
        // Text that is indented no further than an item stands behind the list.
        self.leave(indent);
        let mut inlines: Vec<Inline> = Vec::new();
        for (_, text, number) in lines.into_iter().filter(|(_, text, _)| !text.trim().is_empty()) {
            if !inlines.is_empty() {
                let joint = if verse { "\n" } else { " " };
                inlines.push(inline::plain(joint, Ink::default(), number));
            }
            inlines.extend(self.inlines(text.trim(), number));
        }
        if inlines.is_empty() {
            return;
        }
        // Indented text that stands in nothing is a quotation, where indents mean anything.
        if self.lines.quotes_by_indent() && indent > 0 && self.open.is_empty() {
            let id = self.document.open(ContainerKind::Quote(None), self.quote);
            self.open.push((indent, id));
        }
        self.push(BlockKind::Paragraph(inlines), first);
    }

    pub(super) fn table(&mut self, shape: table::Shape, lines: &[Line<'t>], above: Option<&str>) {
        let Some(rows) = table::rows(shape, lines, above) else {
            // No table after all: it stands as it is.
            return self.code(None, lines);
        };
        let columns = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let Some((at, _)) = rows.first().filter(|_| columns > 0) else {
            return;
        };
        let at = *at;
        let mut table = Table { align: vec![Align::default(); columns], rows: Vec::new() };
        for (line, row) in rows {
            let mut cells: Vec<Vec<Inline>> = row.iter().map(|cell| self.inlines(cell, line)).collect();
            cells.resize(columns, Vec::new());
            table.rows.push(cells);
        }
        self.push(BlockKind::Table(table), at);
    }

    pub(super) fn code(&mut self, language: Option<&str>, lines: &[Line]) {
        let full = || lines.iter().filter(|l| !l.is_blank());
        let (Some(first), Some(last)) = (full().next(), full().next_back()) else {
            return;
        };
        let common = full().map(|l| l.text.len() - l.text.trim_start_matches(' ').len()).min().unwrap_or(0);
        let kept = lines.iter().filter(|l| (first.number..=last.number).contains(&l.number));
        let text: Vec<&str> = kept.map(|l| l.text.get(common..).unwrap_or("").trim_end()).collect();
        let language = language.filter(|l| !l.is_empty()).map(str::to_owned);
        self.push(BlockKind::Verbatim { language, text: text.join("\n") }, first.number);
    }
}

pub(super) fn strong(text: &str, line: usize) -> Inline {
    inline::plain(text, Ink { strong: true, ..Ink::default() }, line)
}

/// The box of a task before an item's text: `[ ]`, `[x]`; half done is not done.
fn task(text: &str) -> (Option<bool>, &str) {
    match text.as_bytes() {
        [b'[', mark @ (b' ' | b'x' | b'X' | b'*' | b'-'), b']', b' ', ..] => {
            (Some(!matches!(mark, b' ' | b'-')), text[4..].trim_start())
        }
        _ => (None, text),
    }
}
