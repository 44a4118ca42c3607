//! reStructuredText, Org and AsciiDoc → `Document`: three light markups that are read alike.
//!
//! Each has a file that says what one of its lines is and how it writes bold, code and links; what
//! the lines come to together (paragraphs, lists in lists, asides, code) is the same for all and
//! stands here. What is not known is shown as text: nothing of a note is lost to its reader.

pub(super) mod asciidoc;
mod build;
mod inline;
pub(super) mod org;
pub(super) mod rst;
mod table;

use std::iter::Peekable;

use crate::markup::dialect::{Dialect, Mark, adornment};
use crate::markup::document::{BlockKind, ContainerKind, Document};
use crate::markup::light::build::{Builder, strong};
use crate::markup::role::{Ink, Role};
use crate::text::line::{Line, lines_from};

/// What a line is.
pub(super) enum Kind<'t> {
    /// Running text.
    Text(&'t str),
    /// A line that ends where it is written to end.
    Verse(&'t str),
    /// A list item, with its number in an ordered list.
    Item(Option<Number>, &'t str),
    /// A list item whose sign says how deep it stands.
    Nested(usize, Option<Number>, &'t str),
    /// A term, and what is said of it on the same line.
    Term(&'t str, &'t str),
    /// The first line of a table.
    Table(table::Shape),
    /// The start of lines that stand as they are, with their language, and how they end.
    Code(Option<&'t str>, End),
    /// A line that stands as it is, among others behind the same sign.
    Literal(&'t str),
    /// The start or end of a quotation.
    Quote,
    /// A remark that stands beside the text, with its name and its first words.
    Aside(&'static str, &'t str),
    /// A footnote's text.
    Footnote(&'t str, &'t str),
    /// A picture: what it shows, and where it lies.
    Picture(&'t str, &'t str),
    /// A field: `:Author: Ada`.
    Field(&'t str, &'t str),
    /// The name of a block.
    Title(&'t str),
    /// A rule between parts.
    Rule,
    /// A line that ties what follows to the item above it.
    GoesOn,
    /// Something for a tool, which a reader need not see.
    Machinery,
    /// The first of several lines for a tool, and how they end.
    Hidden(End),
}

/// The number of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// The one that is written.
    Written(u64),
    /// One more than the item's above it.
    Next,
}

/// How a block of lines ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Where the indent goes back.
    Indent,
    /// With a line that says the same as the one that opened it, or closes it in its dialect.
    Fence,
}

/// How a dialect tells what its lines are.
pub(super) trait Lines: Sync {
    /// What a line is that is neither blank nor a heading; `next` is the line below it, if that is
    /// not blank.
    fn kind<'t>(&self, line: &Line<'t>, next: Option<&str>) -> Kind<'t>;
    /// Whether a line ends the block that `opened` began.
    fn ends(&self, opened: &str, line: &str) -> bool;
    /// The language that a line of its own names for the code below it.
    fn language<'t>(&self, _before: &'t str) -> Option<&'t str> {
        None
    }
    /// The name that a line of its own gives to the aside below it.
    fn aside(&self, _before: &str) -> Option<&'static str> {
        None
    }
    /// Whether a line belongs to the one that opened a block above it, and to no reader: an option.
    fn is_option(&self, _line: &str) -> bool {
        false
    }
    /// Whether a title may have a line of signs above it as well as below.
    fn frames_titles(&self) -> bool {
        false
    }
    /// Whether text that is indented and stands in nothing is a quotation.
    fn quotes_by_indent(&self) -> bool {
        false
    }
    /// How text inside a line is marked.
    fn spans(&self) -> &'static [inline::Span];
    /// Whether a paragraph's last line opens code below it (`::`), and the line without that sign.
    fn opens_code<'t>(&self, _text: &'t str) -> Option<&'t str> {
        None
    }
}

/// The most lines that a drawer holds.
const DRAWER: usize = 64;

/// Reads a text of one of the three; `first` is the number of its first line in the file.
pub(super) fn parse(dialect: Dialect, text: &str, first: usize) -> Document {
    // Another would be read by its own parser.
    let lines = dialect.lines().unwrap_or(&rst::Rst);
    let mut reader = Reader { dialect, lines, build: Builder::new(dialect, lines) };
    reader.read(text, first);
    reader.build.document
}

struct Reader<'t> {
    dialect: Dialect,
    lines: &'static dyn Lines,
    build: Builder<'t>,
}

impl<'t> Reader<'t> {
    fn read(&mut self, text: &'t str, first: usize) {
        let mut lines = lines_from(text, 0, first).peekable();
        let mut before: Option<&str> = None;
        while let Some(line) = lines.next() {
            if line.is_blank() {
                self.build.flush();
                before = None;
                continue;
            }
            if self.title(&line, before, &mut lines) {
                before = None;
                continue;
            }
            let above = before.replace(line.text);
            let next = lines.peek().filter(|l| !l.is_blank()).map(|l| l.text);
            let kind = self.lines.kind(&line, next);
            if matches!(kind, Kind::Code(..) | Kind::Hidden(_) | Kind::Table(_) | Kind::Literal(_)) {
                before = None;
            }
            self.take(kind, &line, above, &mut lines);
        }
        self.build.flush();
    }

    /// Reads a heading with the lines around it that mark it.
    fn title(
        &mut self,
        line: &Line<'t>,
        before: Option<&str>,
        lines: &mut Peekable<impl Iterator<Item = Line<'t>> + Clone>,
    ) -> bool {
        let next = lines.peek().filter(|l| !l.is_blank()).map(|l| l.text);
        // An overline belongs to the title below it.
        let over = adornment(line.text).filter(|_| self.lines.frames_titles() && before.is_none());
        if let (Some(sign), Some(title)) = (over, next) {
            let under = lines.clone().nth(1).and_then(|l| adornment(l.text));
            if under == Some(sign) {
                self.build.heading(Mark::Underline(sign, true), title.trim(), line.number + 1);
                lines.next();
                lines.next();
                return true;
            }
        }
        let Some((mark, title)) = self.dialect.heading(line.text, before, next) else {
            return false;
        };
        self.build.heading(mark, title, line.number);
        if matches!(mark, Mark::Underline(..)) {
            lines.next();
        }
        true
    }

    /// Takes a line, and those below it that belong to it.
    fn take(
        &mut self,
        kind: Kind<'t>,
        line: &Line<'t>,
        above: Option<&'t str>,
        lines: &mut Peekable<impl Iterator<Item = Line<'t>> + Clone>,
    ) {
        let indent = indent_of(line.text);
        // An indented line explains the one above it, not the paragraph above it.
        let kind = match kind {
            Kind::Term(term, "") if self.build.is_in_paragraph(indent) => Kind::Text(term),
            kind => kind,
        };
        let block = matches!(
            kind,
            Kind::Rule
                | Kind::Code(..)
                | Kind::Literal(_)
                | Kind::Table(_)
                | Kind::Title(_)
                | Kind::Picture(..)
        );
        if block {
            self.build.flush();
            // What a line of its own ties to the item above it stands in it, indented or not.
            if above.is_none_or(|above| above.trim_end() != "+") {
                self.build.leave(indent);
            }
        }
        let deeper = |l: &Line| l.is_blank() || indent_of(l.text) > indent;
        match kind {
            Kind::Machinery => while lines.next_if(|l| self.lines.is_option(l.text)).is_some() {},
            Kind::Hidden(End::Indent) => while lines.next_if(deeper).is_some() {},
            Kind::Hidden(End::Fence) => {
                let dialect = self.lines;
                let end = lines.clone().take(DRAWER).position(|l| dialect.ends(line.text, l.text));
                // Without an end nothing is hidden.
                let _ = end.and_then(|at| lines.nth(at));
            }
            Kind::Rule => self.build.push(BlockKind::Rule, line.number),
            Kind::Quote => {
                let name = above.and_then(|above| self.lines.aside(above));
                self.build.quote(name);
            }
            Kind::Code(language, end) => {
                while lines.next_if(|l| self.lines.is_option(l.text)).is_some() {}
                let dialect = self.lines;
                let code: Vec<Line> = match end {
                    End::Indent => std::iter::from_fn(|| lines.next_if(deeper)).collect(),
                    End::Fence => lines.take_while(|l| !dialect.ends(line.text, l.text)).collect(),
                };
                let language = language.or_else(|| above.and_then(|above| dialect.language(above)));
                self.build.code(language, &code);
            }
            Kind::Literal(first) => {
                let mut text = first.to_owned();
                while let Some((_, more)) = self.next_literal(lines) {
                    text.push('\n');
                    text.push_str(more);
                }
                self.build.push(BlockKind::Verbatim { language: None, text }, line.number);
            }
            Kind::Table(shape) => {
                let mut all = vec![*line];
                all.extend(shape.lines(lines));
                self.build.table(shape, &all, above);
            }
            Kind::Verse(content) => self.build.line(indent, content, line.number, true),
            Kind::Nested(depth, number, content) => {
                self.build.flush();
                self.build.item(number, depth, true, content, line.number);
            }
            // One deeper than its indent, so that text at the margin stands behind the list.
            Kind::Item(number, content) => {
                self.build.flush();
                self.build.item(number, indent + 1, above.is_some(), content, line.number);
            }
            Kind::Field(key, value) => {
                self.build.flush();
                self.build.leave(0);
                let mut inlines = vec![strong(&format!("{key}: "), line.number)];
                inlines.extend(self.build.inlines(value, line.number));
                self.build.push(BlockKind::Paragraph(inlines), line.number);
            }
            Kind::Title(text) => {
                let inlines = vec![strong(text, line.number)];
                self.build.push(BlockKind::Paragraph(inlines), line.number);
            }
            Kind::Picture(shows, address) => {
                let shows = if shows.is_empty() { "image" } else { shows };
                let ink = |role: Role| Ink { role, ..Ink::default() };
                let inlines = vec![
                    inline::plain(shows, ink(Role::Image), line.number),
                    inline::plain(&format!(" ({address})"), ink(Role::Muted), line.number),
                ];
                self.build.push(BlockKind::Paragraph(inlines), line.number);
                while lines.next_if(|l| self.lines.is_option(l.text)).is_some() {}
            }
            Kind::Term(term, said) => {
                self.build.flush();
                self.build.leave(indent);
                let mut inlines = self.build.inlines(term, line.number);
                inlines.iter_mut().for_each(|i| i.ink.strong = true);
                self.build.push(BlockKind::Paragraph(inlines), line.number);
                self.build.enter(ContainerKind::Definition, indent, said, line.number);
            }
            Kind::Aside(name, said) => {
                self.build.flush();
                self.build.leave(indent);
                self.build.enter(ContainerKind::Quote(Some(name)), indent, said, line.number);
                while lines.next_if(|l| self.lines.is_option(l.text)).is_some() {}
            }
            Kind::Footnote(label, said) => {
                self.build.flush();
                self.build.leave(indent);
                self.build.footnote(label, indent, said, line.number);
            }
            Kind::GoesOn => self.build.go_on(line.number),
            Kind::Text(content) => {
                let opens =
                    self.lines.opens_code(content).filter(|_| lines.peek().is_none_or(Line::is_blank));
                if opens.is_none_or(|text| text != ":") {
                    self.build.line(indent, opens.unwrap_or(content), line.number, false);
                }
                if opens.is_some() {
                    self.build.flush();
                    let code: Vec<Line> = std::iter::from_fn(|| lines.next_if(deeper)).collect();
                    self.build.code(None, &code);
                }
            }
        }
    }

    fn next_literal(&self, lines: &mut Peekable<impl Iterator<Item = Line<'t>>>) -> Option<(usize, &'t str)> {
        let line = lines.peek().filter(|l| !l.is_blank())?;
        let Kind::Literal(text) = self.lines.kind(line, None) else {
            return None;
        };
        lines.next().map(|line| (line.number, text))
    }
}

/// The name of a remark that stands beside the text, as the dialects call them.
fn aside_name(word: &str) -> Option<&'static str> {
    match word {
        "note" | "seealso" => Some("Note"),
        "tip" | "hint" => Some("Tip"),
        "important" | "attention" => Some("Important"),
        "warning" | "danger" | "error" => Some("Warning"),
        "caution" => Some("Caution"),
        _ => None,
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
    Some(Kind::Item(number.map(Number::Written), item.text))
}

/// The role of code inside a line.
const CODE: Ink = Ink { role: Role::Code, strong: false, emphasis: false, strike: false };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::document::Inline;

    /// The blocks of a document in short: kind, depth of containers, text with its marks.
    fn check(dialect: Dialect, text: &str, expected: &[&str]) {
        let document = parse(dialect, text, 1);
        let shown = |inlines: &[Inline]| -> String {
            let one = |i: &Inline| match (i.link, i.ink) {
                (Some(link), _) => {
                    format!("[{}]({})", i.text, document.links[link as usize].address().unwrap_or("^"))
                }
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
                    BlockKind::Paragraph(t) | BlockKind::Line(t) => format!("p{depth} {}", shown(t)),
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
    fn what_stands_beside_the_text() {
        check(
            Dialect::Rst,
            "term\n  what it is\nother\n  what that is\n\n.. note:: mind\n   this\n\n   and that\n\n.. comment\n   hidden\n\n.. [1] a note\n\n.. image:: a.png\n   :alt: x\n\n  quoted\n\n#. one\n#. two\n\n+---+---+\n| a | b |\n+---+---+\n\n.. code-block:: rust\n   :linenos:\n\n   fn x() {}\n\n.. topic:: Named\n\nend\n",
            &[
                "p0 *term*", "p1 what it is", "p0 *other*", "p1 what that is", "p1 mind this", "p1 and that",
                "p1 a note", "p0 image (a.png)", "p1 quoted", "p1 one", "p1 two", "t a|b",
                "v rust fn x() {}", "p0 *Named*", "p0 end",
            ],
        );
        check(
            Dialect::Org,
            "* T\n:PROPERTIES:\n:ID: x y\n:END:\n- [X] done\n- term :: said\n: as is\n:   it is\n\n[fn:1] a note\n:LOGBOOK:\nno end\n",
            &["h1 T", "p1 done", "p0 *term*", "p1 said", "v - as is\n  it is", "p1 a note no end"],
        );
        check(
            Dialect::AsciiDoc,
            "= T\n\nNOTE: mind this\n\n[TIP]\n====\ninside\n====\n\n.Named\n----\nx\n----\n\nterm:: said\n\n. one\n+\nmore\n. two\n\nimage::a.png[A picture,100]\n\n|===\n|a |b\n\n|1 |2\n|===\n",
            &[
                "h1 T", "p1 mind this", "p1 inside", "p0 *Named*", "v - x", "p0 *term*", "p1 said", "p1 one",
                "p1 more", "p1 two", "p0 A picture (a.png)", "t a|b / 1|2",
            ],
        );
    }

    #[test]
    fn numbers_go_on_where_none_is_written() {
        let document = parse(Dialect::AsciiDoc, ". one\n.. inner\n. two\n\ntext\n\n. again\n", 1);
        let numbers: Vec<Option<u64>> = document
            .containers
            .iter()
            .filter_map(|c| match c.kind {
                ContainerKind::Item { number, .. } => Some(number),
                _ => None,
            })
            .collect();
        assert_eq!(numbers, [Some(1), Some(1), Some(2), Some(1)]);
    }

    #[test]
    fn restructured_text() {
        check(
            Dialect::Rst,
            "Title\n=====\n\n:Author: Ada\n\nSome **bold**, *soft*, ``code`` and\na `link <https://x.y>`_.\n\n* one\n\n  * two\n* three\n\n.. hidden\n\nLike so::\n\n    x = 1\n\n.. code-block:: rust\n\n   fn x() {}\n\n| line one\n| line two\n\nPart\n----\n\nend\n",
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
