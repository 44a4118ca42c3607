//! `Document` + width → lines of roles: what the screen and `show` both print.
//!
//! No line is ever wider than the width that was asked for, whatever stands in the text, but for those
//! that can be panned sideways, where that is asked for: code, drawings and tables.

mod margin;
mod table;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::markup::document::{Block, BlockKind, ContainerId, ContainerKind, Document, Inline};
use crate::markup::role::{Ink, Role};
use crate::markup::wrap::{wrap, wrap_verbatim};
use crate::text::SafeText;
use crate::text::width::{ellipsis, expand_tabs, width};
use margin::Margin;

/// A stretch of a line in one ink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: SafeText,
    /// How it is written.
    pub ink: Ink,
    /// The link it belongs to, as an index into the document's links.
    pub link: Option<u32>,
}

impl Piece {
    /// A piece that leads nowhere.
    pub fn new(text: &str, ink: impl Into<Ink>) -> Self {
        Self { text: SafeText::new(text), ink: ink.into(), link: None }
    }
}

/// What a line is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineKind {
    /// A line of its own: text, a rule, a heading.
    #[default]
    Flow,
    /// It goes on from the line above, because the text is longer than a line.
    Continued,
    /// A line of a block of code, or a part of one: which line of the block, and from which byte on.
    Code {
        /// The line, from 0.
        row: u32,
        /// The byte of it at which this part starts.
        from: u32,
    },
    /// A part of a picture: which one, as an index into the document's links, and the row of it.
    Picture {
        /// The picture.
        picture: u32,
        /// The row, from 0.
        row: u16,
    },
}

/// One line of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageLine {
    /// What stands on it, from the left.
    pub pieces: Vec<Piece>,
    /// The source line that it shows, counted from 1; 0 when it shows none.
    pub source: usize,
    /// The block it belongs to.
    pub block: u32,
    /// What it is part of.
    pub kind: LineKind,
    /// It belongs to a block that is wider than the page and is panned.
    pub wide: Option<Wide>,
}

/// A block that is wider than its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wide {
    /// The columns at its left that stay where they are.
    pub kept: u16,
    /// The columns that it takes in all.
    pub columns: u32,
}

impl PageLine {
    /// The columns it takes.
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|p| p.text.width()).sum()
    }

    /// Its text alone.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|p| p.text.as_str()).collect()
    }
}

/// What is shown of one thing: a talk, an introduction, an overview.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Its lines.
    pub lines: Vec<PageLine>,
    /// The width it was laid out for.
    pub width: usize,
    /// What is shown. Of a page that is not whole, the part that is known.
    pub document: Arc<Document>,
    /// Only a part of what there is: the rest is on its way.
    pub partial: bool,
    /// The words of the text that it shows, where somebody has counted them.
    pub words: usize,
}

/// The columns and rows that a picture takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PictureSize {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// How a document is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner<'p> {
    /// The most columns that a line may take, at least 1.
    pub columns: usize,
    /// Code that is too wide goes on below; otherwise it can be panned.
    pub wrap_code: bool,
    /// Tables that are too wide can be panned; otherwise each row becomes a list.
    pub pan_tables: bool,
    /// The pictures for which there is to be room, as indices into the document's links.
    pub pictures: Option<&'p HashMap<u32, PictureSize>>,
}

impl Manner<'_> {
    /// The manner of paper, on which nothing can be panned.
    pub fn paper(columns: usize) -> Self {
        Self { columns: columns.max(1), wrap_code: true, pan_tables: false, pictures: None }
    }
}

/// Lays a document out.
pub fn lay_out(document: &Document, manner: Manner) -> Vec<PageLine> {
    lay_out_blocks(document, manner, 0..document.blocks.len())
}

/// Lays some blocks of a document out as they stand in the whole.
pub fn lay_out_blocks(document: &Document, manner: Manner, blocks: Range<usize>) -> Vec<PageLine> {
    let mut layout = Layout::new(document, manner);
    if let Some(before) = blocks.start.checked_sub(1).and_then(|at| document.blocks.get(at)) {
        layout.stand_behind(before);
    }
    for at in blocks {
        layout.block(at);
    }
    layout.lines
}

struct Layout<'d> {
    document: &'d Document,
    manner: Manner<'d>,
    lines: Vec<PageLine>,
    margin: Margin<'d>,
    /// The level of the highest heading.
    highest: u8,
    /// The containers of the block above, outermost first.
    before: Option<Vec<ContainerId>>,
}

impl<'d> Layout<'d> {
    fn new(document: &'d Document, manner: Manner<'d>) -> Self {
        let margin = Margin::new(document, manner.columns);
        let highest = document.headings().map(|heading| heading.level).min().unwrap_or(1);
        Self { document, manner, lines: Vec::new(), margin, highest, before: None }
    }

    /// Goes on as if a block had just been laid out.
    fn stand_behind(&mut self, block: &Block) {
        let chain = self.document.chain(block);
        self.margin.pass(&chain);
        self.before = Some(chain);
    }

    fn block(&mut self, at: usize) {
        let document = self.document;
        let block = &document.blocks[at];
        let chain = document.chain(block);
        let first = self.lines.len();
        self.gap(&chain, block);
        let left = self.margin.of(&chain);
        let room = self.manner.columns.saturating_sub(left.columns).max(1);
        let role =
            if chain.iter().any(|id| margin::is_quote(document, *id)) { Role::Quote } else { Role::Text };
        let mut lines = match &block.kind {
            BlockKind::Heading(level, text) => heading(document, *level, self.highest, text, room),
            BlockKind::Paragraph(text) => self.paragraph(text, role, room),
            BlockKind::Line(text) => vec![one_line(text, room)],
            BlockKind::Verbatim { text, .. } => self.verbatim(text, block.line, room),
            BlockKind::Table(table) => {
                table::lay_out(document, table, block.line, room, self.manner.pan_tables)
            }
            BlockKind::Rule => vec![rule("─", room, block.line)],
        };
        for (at, line) in lines.iter_mut().enumerate() {
            let pieces = if at == 0 { &left.first } else { &left.rest };
            if !pieces.is_empty() {
                line.pieces.splice(0..0, pieces.iter().cloned());
            }
            if let Some(wide) = &mut line.wide {
                wide.kept = wide.kept.saturating_add(left.columns as u16);
                wide.columns = wide.columns.saturating_add(left.columns as u32);
            }
        }
        self.lines.append(&mut lines);
        self.lines[first..].iter_mut().for_each(|line| line.block = at as u32);
        self.before = Some(chain);
    }

    /// One blank line between blocks; none between the items of a tight list, nor below a term.
    fn gap(&mut self, chain: &[ContainerId], block: &Block) {
        let Some(before) = self.before.take().filter(|_| !block.close) else {
            return;
        };
        let kind = |id: &ContainerId| &self.document.container(*id).kind;
        let tight = chain.iter().rev().find_map(|id| match kind(id) {
            ContainerKind::Item { tight, .. } => Some(*tight),
            _ => None,
        });
        let text = matches!(block.kind, BlockKind::Paragraph(_));
        let in_item = || before.iter().any(|id| matches!(kind(id), ContainerKind::Item { .. }));
        if tight == Some(true) && text && in_item() && !self.is_other_list(chain, &before) {
            return;
        }
        // A term stands right above what explains it.
        if chain.last().is_some_and(|id| *kind(id) == ContainerKind::Definition && !before.contains(id)) {
            return;
        }
        // The rails of quotes that both blocks stand in go on through the gap.
        let shared = chain.iter().zip(&before).take_while(|(a, b)| a == b).count();
        let pieces = self.margin.rails(&chain[..shared]);
        self.lines.push(PageLine { pieces, ..PageLine::default() });
    }

    /// One list has ended above and another begins.
    fn is_other_list(&self, chain: &[ContainerId], before: &[ContainerId]) -> bool {
        let shared = chain.iter().zip(before).take_while(|(a, b)| a == b).count();
        let list = |id: Option<&ContainerId>| match self.document.container(*id?).kind {
            ContainerKind::Item { list, .. } => Some(list),
            _ => None,
        };
        let (above, here) = (list(before.get(shared)), list(chain.get(shared)));
        above.is_some() && here.is_some() && above != here
    }

    /// Running text. The pictures in it have room below it.
    fn paragraph(&self, text: &[Inline], role: Role, room: usize) -> Vec<PageLine> {
        let mut lines = wrap(self.document, text, role, room);
        let Some(sizes) = self.manner.pictures.filter(|sizes| !sizes.is_empty()) else {
            return lines;
        };
        let mut before = None;
        for inline in text.iter().filter(|inline| inline.picture.is_some()) {
            let new = inline.picture.filter(|_| inline.picture != before);
            before = inline.picture;
            let Some((picture, size)) = new.and_then(|picture| Some((picture, sizes.get(&picture)?))) else {
                continue;
            };
            for row in 0..size.rows {
                let kind = LineKind::Picture { picture, row };
                lines.push(PageLine { source: inline.line, kind, ..PageLine::default() });
            }
        }
        lines
    }

    /// Code and drawings, behind a rail.
    fn verbatim(&self, text: &str, first: usize, room: usize) -> Vec<PageLine> {
        let rail = (room >= 8).then_some("│ ");
        let columns = rail.map_or(0, |_| 2);
        let room = room - columns;
        let mut lines = Vec::new();
        let mut widest = 0;
        for (row, code) in text.split('\n').enumerate() {
            let code = code_line(code);
            widest = widest.max(code.width());
            let parts = match self.manner.wrap_code {
                true => wrap_verbatim(&code, room),
                false => vec![(0, code)],
            };
            for (from, part) in parts {
                let rail = rail.map(|rail| Piece::new(rail, Role::Rule));
                let code = Piece { text: part, ink: Role::Verbatim.into(), link: None };
                lines.push(PageLine {
                    pieces: rail.into_iter().chain([code]).collect(),
                    source: first + row,
                    kind: LineKind::Code { row: row as u32, from: from as u32 },
                    ..PageLine::default()
                });
            }
        }
        if widest > room && !self.manner.wrap_code {
            let wide = Wide { kept: columns as u16, columns: (widest + columns) as u32 };
            lines.iter_mut().for_each(|line| line.wide = Some(wide));
        }
        lines
    }
}

/// A line of code as it is shown.
pub fn code_line(code: &str) -> SafeText {
    if code.contains('\t') { SafeText::new(&expand_tabs(code, 4)) } else { SafeText::new(code) }
}

/// A line that is cut where it is too long.
fn one_line(text: &[Inline], room: usize) -> PageLine {
    let mut left = room;
    let mut pieces = Vec::new();
    for inline in text {
        let safe = SafeText::new(&ellipsis(SafeText::new(&inline.text).as_str(), left));
        left -= safe.width().min(left);
        pieces.push(Piece { text: safe, ink: inline.ink, link: inline.link });
    }
    PageLine { pieces, source: text.first().map_or(0, |i| i.line), ..PageLine::default() }
}

fn rule(sign: &str, columns: usize, source: usize) -> PageLine {
    PageLine { pieces: vec![Piece::new(&sign.repeat(columns), Role::Rule)], source, ..PageLine::default() }
}

/// The signs of headings below the two highest levels.
const SIGNS: [&str; 4] = ["■ ", "□ ", "◆ ", "◇ "];

/// Headings are told apart by their shape: the two highest levels of the page are underlined, each of the
/// others has a sign of its own.
fn heading(document: &Document, level: u8, highest: u8, text: &[Inline], room: usize) -> Vec<PageLine> {
    let rank = level.saturating_sub(highest) + 1;
    let sign = rank.checked_sub(3).and_then(|at| SIGNS.get(usize::from(at))).filter(|_| room >= 20);
    let columns = room - sign.map_or(0, |sign| width(sign));
    let mut lines = wrap(document, text, Role::Heading(level), columns);
    lines.iter_mut().flat_map(|l| &mut l.pieces).for_each(|piece| piece.ink.strong = true);
    if let Some(sign) = sign {
        for (at, line) in lines.iter_mut().enumerate() {
            let left = if at == 0 { (*sign).to_owned() } else { " ".repeat(width(sign)) };
            line.pieces.insert(0, Piece::new(&left, Role::Heading(level)));
        }
    }
    let under = match rank {
        1 => "━",
        2 => "─",
        _ => return lines,
    };
    let longest = lines.iter().map(PageLine::width).max().unwrap_or(0);
    let source = lines.last().map_or(0, |l| l.source);
    lines.push(rule(under, longest.min(room), source));
    lines
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Markup;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn check(markdown: &str, columns: usize, expected: &str) {
        let lines = lay_out(&Markup::Markdown.parse(markdown, 1), Manner::paper(columns));
        let text: Vec<String> = lines.iter().map(|l| l.text().trim_end().to_owned()).collect();
        assert_eq!(text.join("\n"), expected.trim_matches('\n'), "{markdown}");
    }

    #[test]
    fn headings_and_paragraphs() {
        check("# One\n\ntwo *three* four five\n\n### Six\n", 21, "One\n━━━\n\ntwo three four five\n\n■ Six");
    }

    #[test]
    fn lists_hang_and_nest() {
        check(
            "* one two three\n  * four\n    1. five\n* six\n\n1. a\n\n2. b\n",
            14,
            "
• one two
  three
  ◦ four
    1. five
• six

1. a

2. b",
        );
    }

    #[test]
    fn quotes_code_rules_and_tasks() {
        check(
            "> quoted\n> > deeper\n\n```rust\nfn main() {}\n```\n\n---\n\n- [x] done\n- [ ] not\n",
            20,
            "
▎ quoted
▎
▎ ▎ deeper

│ fn main() {}

────────────────────

☑ done
☐ not",
        );
    }

    #[test]
    fn links_pictures_and_alerts() {
        check(
            "[text](https://x.y) ![A chart](img/a%20b.png) [](https://www.z.org/q)\n\n> [!WARNING]\n> hot\n",
            60,
            "text ▣ A chart (img/a b.png) z.org\n\n▎ Warning: hot",
        );
    }

    #[test]
    fn what_is_no_html_stays_and_code_on_a_fence_too() {
        check(
            "a Map<String, Integer> and <your-name> <b>here</b>\n",
            60,
            "a Map<String, Integer> and <your-name> here",
        );
        check(
            "```FROM python:2.7\nRUN x\n```\n\n```rust\nfn\n```\n",
            40,
            "│ FROM python:2.7\n│ RUN x\n\n│ fn",
        );
    }

    #[test]
    fn blocks_of_html_have_their_structure() {
        check(
            "a\n\n<table><tr><th>One</th><th>Two</th></tr>\n<tr><td>b</td><td><i>c</i></td></tr></table>\n\nd\n",
            40,
            "a\n\nOne │ Two\n────┼────\nb   │ c\n\nd",
        );
        check("<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n", 40, "• one\n• two");
        check("<details><summary>More</summary>\n\nhidden\n\n</details>\n", 40, "More\n\nhidden");
        let lines = lay_out(
            &Markup::Markdown.parse("a\n\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n", 1),
            Manner::paper(40),
        );
        assert_eq!(lines.iter().map(|l| l.source).collect::<Vec<_>>(), [1, 0, 4, 5]);
    }

    #[test]
    fn long_code_goes_on_below_with_a_sign() {
        check("```\nabcdefghijklmnop\n```\n", 10, "│ abcdefgh\n│ ↪ijklmno\n│ ↪p");
    }

    #[test]
    fn every_line_knows_its_source() {
        let lines =
            lay_out(&Markup::Markdown.parse("a\nb\n\n* c\n* d\n\n```\ne\nf\n```\n", 10), Manner::paper(1));
        let sources: Vec<usize> = lines.iter().map(|l| l.source).filter(|s| *s > 0).collect();
        assert_eq!(sources, [10, 11, 13, 14, 17, 18]);
        let table = Markup::Markdown.parse("a\n\n| b | c |\n|---|---|\n| d | e |\n\nf\n", 1);
        let sources: Vec<usize> = lay_out(&table, Manner::paper(40)).iter().map(|l| l.source).collect();
        assert_eq!(sources, [1, 0, 3, 3, 5, 0, 7]);
    }

    #[test]
    fn deep_nesting_neither_recurses_nor_overflows() {
        let deep = format!("{}end", "> ".repeat(5_000));
        let lines = lay_out(&Markup::Markdown.parse(&deep, 1), Manner::paper(40));
        assert!(lines.iter().any(|l| l.text().contains("end")));
    }

    proptest! {
        /// No line is wider than the width, in any markup, at any width; nothing panics.
        #[test]
        fn no_line_is_too_wide(
            text in "(\\PC{0,30}|[#>*|`\\-_ \\[\\]()\n\t!0-9a-z.会👩‍👩\u{301}]{0,40}|\\| a \\| b \\|\n\\|--\\|--\\|\n\\| c会議 \\| d \\|\n){0,6}",
            columns in 1_usize..60,
            markup in proptest::sample::select(Markup::all().collect::<Vec<_>>()),
        ) {
            for line in lay_out(&markup.parse(&text, 1), Manner::paper(columns)) {
                // A glyph of two columns, or three with its mark, cannot be halved; a mark alone takes no column.
                let text = line.text();
                let one = text.trim().graphemes(true).filter(|g| crate::text::width::width(g) > 0).count() == 1;
                prop_assert!(line.width() <= columns || one && line.width() <= 3, "{} > {columns}: {:?}", line.width(), line.text());
            }
        }

        /// Plain text keeps every word.
        #[test]
        fn no_word_is_lost(words in proptest::collection::vec("[a-z]{1,12}", 1..20), columns in 1_usize..40) {
            let text = words.join(" ");
            let lines = lay_out(&Markup::Plain.parse(&text, 1), Manner::paper(columns));
            let shown: String = lines.iter().flat_map(|l| l.text().chars().filter(|c| c.is_alphabetic()).collect::<Vec<_>>()).collect();
            prop_assert_eq!(shown, words.concat());
        }
    }
}
