//! reStructuredText, Org and AsciiDoc → `Document`: three light markups that are read alike.
//!
//! Each has a file that says what one of its lines is and how it writes bold, code and links; what
//! the lines come to together (paragraphs, lists in lists, tables, code) is the same for all and
//! stands here. What is not known is shown as text: nothing of a note is lost to its reader.

mod asciidoc;
mod inline;
mod org;
mod rst;

use crate::markup::dialect::{Dialect, Mark};
use crate::markup::document::{
    Align, Block, BlockKind, ContainerId, ContainerKind, Document, Inline, MAX_DEPTH, Table,
};
use crate::markup::role::{Ink, Role};
use crate::text::line::{Line, lines_from};

/// What a line is.
enum Kind<'t> {
    /// Running text.
    Text(&'t str),
    /// A line that ends where it is written to end.
    Verse(&'t str),
    /// A list item, with its number in an ordered list.
    Item(Option<u64>, &'t str),
    /// A list item whose sign says how deep it stands.
    Nested(usize, Option<u64>, &'t str),
    /// A row of a table.
    Row(Vec<&'t str>),
    /// The start of lines that stand as they are, with their language, and how they end.
    Code(Option<&'t str>, End),
    /// The start or end of a quotation.
    Quote,
    /// A field: `:Author: Ada`.
    Field(&'t str, &'t str),
    /// A rule between parts.
    Rule,
    /// Something for a tool, which a reader need not see.
    Machinery,
}

/// How a block of code ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Where the indent goes back.
    Indent,
    /// With a line that says the same as the one that opened it, or closes it in its dialect.
    Fence,
}

/// How a dialect tells what its lines are.
trait Lines {
    /// What a line is that is neither blank nor a heading.
    fn kind<'t>(&self, line: &Line<'t>) -> Kind<'t>;
    /// Whether a line ends the code that `opened` began.
    fn ends(&self, opened: &str, line: &str) -> bool;
    /// The language that a line of its own names for the code below it.
    fn language<'t>(&self, _before: &'t str) -> Option<&'t str> {
        None
    }
    /// How text inside a line is marked.
    fn spans(&self) -> &'static [inline::Span];
    /// Whether a paragraph's last line opens code below it (`::`), and the line without that sign.
    fn opens_code<'t>(&self, _text: &'t str) -> Option<&'t str> {
        None
    }
}

/// Reads a text of one of the three; `first` is the number of its first line in the file.
pub(super) fn parse(dialect: Dialect, text: &str, first: usize) -> Document {
    let lines: &dyn Lines = match dialect {
        Dialect::Org => &org::Org,
        Dialect::AsciiDoc => &asciidoc::AsciiDoc,
        _ => &rst::Rst,
    };
    let mut reader = Reader {
        dialect,
        lines,
        document: Document::default(),
        items: Vec::new(),
        text: Vec::new(),
        verse: false,
        quote: None,
        adornments: Vec::new(),
        rows: Vec::new(),
        rows_at: first,
    };
    reader.read(text, first);
    reader.document
}

struct Reader<'t> {
    dialect: Dialect,
    lines: &'static dyn Lines,
    document: Document,
    /// Open list items: how far they are indented, and their containers.
    items: Vec<(usize, ContainerId)>,
    /// The lines of the open paragraph, with its indent.
    text: Vec<(usize, &'t str, usize)>,
    /// The lines of the open paragraph end where they are written to end.
    verse: bool,
    quote: Option<ContainerId>,
    /// The signs of underlines, outermost first.
    adornments: Vec<(u8, bool)>,
    /// The rows of the open table.
    rows: Vec<Vec<&'t str>>,
    rows_at: usize,
}

impl<'t> Reader<'t> {
    fn read(&mut self, text: &'t str, first: usize) {
        let mut lines = lines_from(text, 0, first).peekable();
        let mut before: Option<&str> = None;
        while let Some(line) = lines.next() {
            if line.is_blank() {
                self.flush();
                before = None;
                continue;
            }
            let next = lines.peek().filter(|l| !l.is_blank()).map(|l| l.text);
            // An overline belongs to the title below it.
            let over = crate::markup::dialect::adornment(line.text)
                .filter(|_| self.dialect == Dialect::Rst && before.is_none());
            if let (Some(sign), Some(title)) = (over, next) {
                let mut after = lines.clone();
                after.next();
                let under = after.next().and_then(|l| crate::markup::dialect::adornment(l.text));
                if under == Some(sign) {
                    self.heading(Mark::Underline(sign, true), title.trim(), line.number + 1);
                    lines.next();
                    lines.next();
                    before = None;
                    continue;
                }
            }
            if let Some((mark, title)) = self.dialect.heading(line.text, before, next) {
                self.heading(mark, title, line.number);
                if matches!(mark, Mark::Underline(..)) {
                    lines.next();
                }
                before = None;
                continue;
            }
            let above = before.replace(line.text);
            match self.lines.kind(&line) {
                Kind::Machinery => {}
                Kind::Rule => {
                    self.flush();
                    self.push(BlockKind::Rule, line.number);
                }
                Kind::Quote => {
                    self.flush();
                    self.items.clear();
                    self.quote = match self.quote.take() {
                        Some(_) => None,
                        None => Some(self.document.open(ContainerKind::Quote(None), None)),
                    };
                }
                Kind::Code(language, end) => {
                    self.flush();
                    let mut code: Vec<Line> = Vec::new();
                    while let Some(inside) = lines.next_if(|l| {
                        end == End::Fence || l.is_blank() || indent_of(l.text) > indent_of(line.text)
                    }) {
                        if end == End::Fence && self.lines.ends(line.text, inside.text) {
                            break;
                        }
                        code.push(inside);
                    }
                    let language = language.or_else(|| above.and_then(|above| self.lines.language(above)));
                    self.code(language, &code);
                    before = None;
                }
                Kind::Verse(content) => {
                    if !self.verse {
                        self.flush();
                    }
                    self.text.push((indent_of(line.text), content, line.number));
                    self.verse = true;
                }
                Kind::Nested(depth, number, content) => {
                    self.flush();
                    self.item(number, depth, true);
                    self.text.push((depth + 1, content, line.number));
                }
                Kind::Row(cells) => {
                    self.flush_text();
                    if self.rows.is_empty() {
                        self.rows_at = line.number;
                    }
                    self.rows.push(cells);
                }
                Kind::Field(key, value) => {
                    self.flush();
                    self.items.clear();
                    let mut inlines = vec![inline::plain(
                        &format!("{key}: "),
                        Ink { strong: true, ..Ink::default() },
                        line.number,
                    )];
                    inlines.extend(self.inlines(value, line.number));
                    self.push(BlockKind::Paragraph(inlines), line.number);
                }
                Kind::Item(number, content) => {
                    self.flush();
                    // One deeper than its indent, so that text at the margin stands behind the list.
                    let depth = indent_of(line.text) + 1;
                    self.item(number, depth, above.is_some());
                    self.text.push((depth + 1, content, line.number));
                }
                Kind::Text(content) => {
                    self.flush_rows();
                    let opens = self.lines.opens_code(content).filter(|_| next.is_none());
                    if self.verse {
                        self.flush();
                    }
                    if opens.is_none_or(|text| text != ":") {
                        self.text.push((indent_of(line.text), opens.unwrap_or(content), line.number));
                    }
                    if opens.is_some() {
                        self.flush();
                        let mut code: Vec<Line> = Vec::new();
                        while let Some(inside) =
                            lines.next_if(|l| l.is_blank() || indent_of(l.text) > indent_of(line.text))
                        {
                            code.push(inside);
                        }
                        self.code(None, &code);
                    }
                }
            }
        }
        self.flush();
    }

    fn push(&mut self, kind: BlockKind, line: usize) {
        let inside = self.items.last().map(|(_, id)| *id).or(self.quote);
        self.document.blocks.push(Block { kind, inside, line });
    }

    fn heading(&mut self, mark: Mark, title: &str, line: usize) {
        self.flush();
        self.items.clear();
        self.quote = None;
        let level = match mark {
            Mark::Prefix(level) => level,
            Mark::Underline(sign, framed) => {
                let at = self.adornments.iter().position(|a| *a == (sign, framed)).unwrap_or_else(|| {
                    self.adornments.push((sign, framed));
                    self.adornments.len() - 1
                });
                at.min(5) as u8 + 1
            }
        };
        let inlines = self.inlines(title, line);
        self.push(BlockKind::Heading(level, inlines), line);
    }

    fn inlines(&mut self, text: &str, line: usize) -> Vec<Inline> {
        inline::read(text, line, self.lines.spans(), &mut self.document.links)
    }

    /// Opens a list item under those that are indented less.
    fn item(&mut self, number: Option<u64>, indent: usize, tight: bool) {
        self.items.retain(|(at, _)| *at < indent);
        let parent = self.items.last().map(|(_, id)| *id).or(self.quote);
        let depth = self.items.len() + 1;
        if depth > MAX_DEPTH {
            return;
        }
        let id = self.document.open(ContainerKind::Item { number, task: None, depth, tight }, parent);
        self.items.push((indent, id));
    }

    /// Ends the open paragraph and the open table.
    fn flush(&mut self) {
        self.flush_text();
        self.flush_rows();
    }

    fn flush_text(&mut self) {
        let lines = std::mem::take(&mut self.text);
        let verse = std::mem::take(&mut self.verse);
        let Some((indent, _, first)) = lines.first().copied() else {
            return;
        };
        // Text that is indented no further than an item stands behind the list.
        self.items.retain(|(at, _)| *at <= indent && indent > 0);
        let mut inlines: Vec<Inline> = Vec::new();
        for (at, (_, text, number)) in lines.into_iter().enumerate() {
            if at > 0 {
                let joint = if verse { "\n" } else { " " };
                inlines.push(inline::plain(joint, Ink::default(), number));
            }
            inlines.extend(self.inlines(text.trim(), number));
        }
        self.push(BlockKind::Paragraph(inlines), first);
    }

    fn flush_rows(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        let at = self.rows_at;
        let mut table = Table { align: vec![Align::default(); columns], rows: Vec::new() };
        for (n, row) in rows.into_iter().enumerate() {
            let mut cells: Vec<Vec<Inline>> =
                row.into_iter().map(|cell| self.inlines(cell, at + n)).collect();
            cells.resize(columns, Vec::new());
            table.rows.push(cells);
        }
        self.push(BlockKind::Table(table), at);
    }

    fn code(&mut self, language: Option<&str>, lines: &[Line]) {
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

/// Columns of white space at the start, a tab counting to the next stop of eight.
fn indent_of(text: &str) -> usize {
    text.chars()
        .take_while(|c| c.is_whitespace())
        .fold(0, |at, c| if c == '\t' { at / 8 * 8 + 8 } else { at + 1 })
}

/// A bullet or a number before a list item.
fn item<'t>(line: &Line<'t>) -> Option<Kind<'t>> {
    let item = crate::text::line::item(line.text)?;
    let number = item.marker.trim_end_matches(['.', ')']).parse().ok();
    Some(Kind::Item(number, item.text))
}

/// The role of code inside a line.
const CODE: Ink = Ink { role: Role::Code, strong: false, emphasis: false, strike: false };

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks of a document in short: kind, depth of containers, text with its marks.
    fn check(dialect: Dialect, text: &str, expected: &[&str]) {
        let document = parse(dialect, text, 1);
        let shown = |inlines: &[Inline]| -> String {
            let one = |i: &Inline| match (i.link, i.ink) {
                (Some(link), _) => format!("[{}]({})", i.text, document.links[link as usize]),
                (None, ink) if ink.role == Role::Code => format!("`{}`", i.text),
                (None, ink) if ink.strong => format!("*{}*", i.text),
                (None, ink) if ink.emphasis => format!("/{}/", i.text),
                (None, _) => i.text.clone(),
            };
            inlines.iter().map(one).collect()
        };
        let blocks: Vec<String> = document
            .blocks
            .iter()
            .map(|block| {
                let depth = document.chain(block).len();
                match &block.kind {
                    BlockKind::Heading(level, t) => format!("h{level} {}", shown(t)),
                    BlockKind::Paragraph(t) => format!("p{depth} {}", shown(t)),
                    BlockKind::Verbatim { language, text } => {
                        format!("v {} {text}", language.as_deref().unwrap_or("-"))
                    }
                    BlockKind::Table(table) => {
                        let rows: Vec<String> = table
                            .rows
                            .iter()
                            .map(|r| r.iter().map(|c| shown(c)).collect::<Vec<_>>().join("|"))
                            .collect();
                        format!("t {}", rows.join(" / "))
                    }
                    BlockKind::Rule => "rule".into(),
                }
            })
            .collect();
        assert_eq!(blocks, expected, "{text}");
    }

    #[test]
    fn restructured_text() {
        check(
            Dialect::Rst,
            "Title\n=====\n\n:Author: Ada\n\nSome **bold**, *soft*, ``code`` and\na `link <https://x.y>`_.\n\n* one\n\n  * two\n* three\n\n.. note: hidden\n\nLike so::\n\n    x = 1\n\n.. code-block:: rust\n\n   fn x() {}\n\n| line one\n| line two\n\nPart\n----\n\nend\n",
            &[
                "h1 Title",
                "p0 *Author: *Ada",
                "p0 Some *bold*, /soft/, `code` and a [link](https://x.y).",
                "p1 one",
                "p2 two",
                "p1 three",
                "p0 Like so:",
                "v - x = 1",
                "v rust fn x() {}",
                "p0 line one\nline two",
                "h2 Part",
                "p0 end",
            ],
        );
    }

    #[test]
    fn org() {
        check(
            Dialect::Org,
            "* Title :tag:\n:PROPERTIES:\n:END:\nSome *bold*, /soft/ and =code=, [[https://x.y][a link]].\n- one\n  - two\n- three\n#+begin_src rust\nfn x() {}\n#+end_src\n| a | b |\n|---+---|\n| 1 | 2 |\n** Part\nend\n",
            &[
                "h1 Title",
                "p0 Some *bold*, /soft/ and `code`, [a link](https://x.y).",
                "p1 one",
                "p2 two",
                "p1 three",
                "v rust fn x() {}",
                "t a|b / 1|2",
                "h2 Part",
                "p0 end",
            ],
        );
    }

    #[test]
    fn asciidoc() {
        check(
            Dialect::AsciiDoc,
            "= Title\n:toc:\n\nSome *bold*, _soft_ and `code`, https://x.y[a link].\n\n* one\n** two\n* three\n\n[source,rust]\n----\nfn x() {}\n----\n\n____\nquoted\n____\n\n|===\n|a |b\n|1 |2\n|===\n\n== Part\n\nend\n",
            &[
                "h1 Title",
                "p0 Some *bold*, /soft/ and `code`, [a link](https://x.y).",
                "p1 one",
                "p2 two",
                "p1 three",
                "v rust fn x() {}",
                "p1 quoted",
                "t a|b / 1|2",
                "h2 Part",
                "p0 end",
            ],
        );
    }
}
