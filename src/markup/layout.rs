//! `Document` + width → lines of roles: what the screen and `show` both print.
//!
//! No line is ever wider than the width that was asked for, whatever stands in the text.

mod table;

use crate::markup::document::{Block, BlockKind, Container, ContainerId, ContainerKind, Document, Inline};
use crate::markup::role::{Ink, Role};
use crate::markup::wrap::{wrap, wrap_verbatim};
use crate::text::SafeText;
use crate::text::width::{expand_tabs, fit, width};

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

/// One line of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageLine {
    /// What stands on it, from the left.
    pub pieces: Vec<Piece>,
    /// The source line that it shows, counted from 1; 0 when it shows none.
    pub source: usize,
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
}

/// Lays a document out in lines of at most `columns` columns.
pub fn lay_out(document: &Document, columns: usize) -> Vec<PageLine> {
    let mut out =
        Layout { document, columns: columns.max(1), lines: Vec::new(), marked: Vec::new(), before: None };
    out.marked.resize(document.containers.len(), false);
    for block in &document.blocks {
        out.block(block);
    }
    out.lines
}

/// What stands to the left of a block's text.
struct Prefix {
    first: Vec<Piece>,
    rest: Vec<Piece>,
    columns: usize,
}

struct Layout<'d> {
    document: &'d Document,
    columns: usize,
    lines: Vec<PageLine>,
    /// Whose marker has been drawn.
    marked: Vec<bool>,
    /// The containers of the block above.
    before: Option<Vec<ContainerId>>,
}

impl Layout<'_> {
    fn block(&mut self, block: &Block) {
        let chain = self.document.chain(block);
        self.gap(&chain, block);
        let prefix = self.prefix(&chain);
        let room = self.columns.saturating_sub(prefix.columns).max(1);
        let lines = match &block.kind {
            BlockKind::Heading(level, text) => heading(*level, text, room),
            BlockKind::Paragraph(text) => wrap(&in_role(text, self.role_of(&chain)), room),
            BlockKind::Verbatim { text, .. } => verbatim(text, block.line, room),
            BlockKind::Table(table) => table::lay_out(table, block.line, room),
            BlockKind::Rule => vec![PageLine {
                pieces: vec![Piece::new(&"─".repeat(room), Role::Rule)],
                source: block.line,
            }],
        };
        for (at, mut line) in lines.into_iter().enumerate() {
            let left = if at == 0 { &prefix.first } else { &prefix.rest };
            line.pieces.splice(0..0, left.iter().cloned());
            self.lines.push(line);
        }
        self.before = Some(chain);
    }

    /// One blank line between blocks; none between the items of a tight list, nor below a term.
    fn gap(&mut self, chain: &[ContainerId], block: &Block) {
        let Some(before) = self.before.take() else {
            return;
        };
        let is_item =
            |id: &&ContainerId| matches!(self.document.container(**id).kind, ContainerKind::Item { .. });
        let tight = chain.iter().rev().find(is_item).is_some_and(|id| {
            matches!(self.document.container(*id).kind, ContainerKind::Item { tight: true, .. })
        });
        let text = matches!(block.kind, BlockKind::Paragraph(_));
        if tight && text && before.iter().any(|id| is_item(&id)) {
            return;
        }
        // A term stands right above what explains it.
        let explains = chain.last().filter(|id| !before.contains(id));
        if explains.is_some_and(|id| self.document.container(*id).kind == ContainerKind::Definition) {
            return;
        }
        // The rails of quotes that both blocks stand in go on through the gap.
        let shared = chain.iter().zip(&before).take_while(|(a, b)| a == b).count();
        let pieces = self.rails(&chain[..shared]);
        self.lines.push(PageLine { pieces, source: 0 });
    }

    fn rails(&self, chain: &[ContainerId]) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut columns = 0;
        for id in chain {
            let Container { kind, .. } = self.document.container(*id);
            let (_, rest, role) = marks(kind);
            columns += width(&rest);
            pieces.push(Piece::new(&rest, role));
        }
        if columns * 2 > self.columns || !chain.iter().any(|id| is_quote(self.document, *id)) {
            return Vec::new();
        }
        pieces
    }

    /// The markers and rails to the left of a block. Containers too deep for the width go
    /// unmarked, the outermost first.
    fn prefix(&mut self, chain: &[ContainerId]) -> Prefix {
        let most = self.columns / 2;
        let mut kept = Vec::new();
        let mut columns = 0;
        for id in chain.iter().rev() {
            let (mut first, rest, role) = marks(&self.document.container(*id).kind);
            let marked = std::mem::replace(&mut self.marked[id.0 as usize], true);
            if marked {
                first.clone_from(&rest);
            }
            columns += width(&rest);
            if columns > most {
                columns -= width(&rest);
                break;
            }
            kept.push((first, rest, role));
        }
        kept.reverse();
        let side = |which: fn(&(String, String, Role)) -> &String| {
            kept.iter().map(|mark| Piece::new(which(mark), mark.2)).collect()
        };
        Prefix { first: side(|m| &m.0), rest: side(|m| &m.1), columns }
    }

    fn role_of(&self, chain: &[ContainerId]) -> Role {
        match chain.iter().any(|id| is_quote(self.document, *id)) {
            true => Role::Quote,
            false => Role::Text,
        }
    }
}

fn is_quote(document: &Document, id: ContainerId) -> bool {
    matches!(document.container(id).kind, ContainerKind::Quote(_))
}

/// What a container draws to the left: on its first line, on the others, and in which role. Both
/// are of one width.
fn marks(kind: &ContainerKind) -> (String, String, Role) {
    match kind {
        ContainerKind::Quote(None) => ("▎ ".into(), "▎ ".into(), Role::Rule),
        ContainerKind::Quote(Some(name)) => {
            // An alert says its name once; the rail carries on below it.
            let first = format!("▎ {name}: ");
            let rest = format!("▎{}", " ".repeat(width(&first) - 1));
            (first, rest, Role::Notice)
        }
        ContainerKind::Item { number, task, depth, .. } => {
            let mark = match (number, task) {
                (_, Some(true)) => "☑ ".to_owned(),
                (_, Some(false)) => "☐ ".to_owned(),
                (Some(number), None) => format!("{number}. "),
                (None, None) => format!("{} ", ["•", "◦", "▪"][(depth.max(&1) - 1) % 3]),
            };
            let rest = " ".repeat(width(&mark));
            (mark, rest, Role::Marker)
        }
        ContainerKind::Footnote(label) => {
            let (label, _) = fit(label, 12);
            let mark = SafeText::new(&format!("[{label}] ")).as_str().to_owned();
            let rest = " ".repeat(width(&mark));
            (mark, rest, Role::Muted)
        }
        ContainerKind::Definition => ("  ".into(), "  ".into(), Role::Muted),
    }
}

/// Text takes the role of what it stands in, unless it has one of its own.
fn in_role(text: &[Inline], role: Role) -> Vec<Inline> {
    let mut text = text.to_vec();
    for inline in &mut text {
        if inline.ink.role == Role::Text {
            inline.ink.role = role;
        }
    }
    text
}

/// Headings are told apart by their shape: the first two levels are underlined, the others carry
/// the signs that they are written with.
fn heading(level: u8, text: &[Inline], room: usize) -> Vec<PageLine> {
    let role = Role::Heading(level);
    let mut text = in_role(text, role);
    for inline in &mut text {
        inline.ink.strong = true;
    }
    let sign = format!("{} ", "#".repeat(level.into()));
    let signed = level > 2 && room >= 20;
    let mut lines = wrap(&text, if signed { room - sign.len() } else { room });
    if signed {
        for (at, line) in lines.iter_mut().enumerate() {
            let left = if at == 0 { sign.clone() } else { " ".repeat(sign.len()) };
            line.pieces.insert(0, Piece::new(&left, Role::Rule));
        }
    }
    let under = match level {
        1 => "━",
        2 => "─",
        _ => return lines,
    };
    let longest = lines.iter().map(PageLine::width).max().unwrap_or(0);
    let source = lines.last().map_or(0, |l| l.source);
    lines.push(PageLine { pieces: vec![Piece::new(&under.repeat(longest), Role::Rule)], source });
    lines
}

/// Code and drawings, behind a rail.
fn verbatim(text: &str, first: usize, room: usize) -> Vec<PageLine> {
    let rail = (room >= 8).then_some("│ ");
    let room = room - rail.map_or(0, |_| 2);
    let mut lines = Vec::new();
    for (at, line) in text.split('\n').enumerate() {
        for part in wrap_verbatim(&expand_tabs(line, 4), room) {
            let rail = rail.map(|rail| Piece::new(rail, Role::Rule));
            let code = Piece { text: part, ink: Role::Verbatim.into(), link: None };
            lines.push(PageLine { pieces: rail.into_iter().chain([code]).collect(), source: first + at });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Dialect, Markup};
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn check(markdown: &str, columns: usize, expected: &str) {
        let lines = lay_out(&Markup::Markdown.parse(markdown, 1), columns);
        let text: Vec<String> = lines.iter().map(|l| l.text().trim_end().to_owned()).collect();
        assert_eq!(text.join("\n"), expected.trim_matches('\n'), "{markdown}");
    }

    #[test]
    fn headings_and_paragraphs() {
        check(
            "# One\n\ntwo *three* four five\n\n### Six\n",
            21,
            "One\n━━━\n\ntwo three four five\n\n### Six",
        );
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
    fn long_code_goes_on_below_with_a_sign() {
        check("```\nabcdefghijklmnop\n```\n", 10, "│ abcdefgh\n│ ↪ijklmno\n│ ↪p");
    }

    #[test]
    fn every_line_knows_its_source() {
        let lines = lay_out(&Markup::Markdown.parse("a\nb\n\n* c\n* d\n\n```\ne\nf\n```\n", 10), 1);
        let sources: Vec<usize> = lines.iter().map(|l| l.source).filter(|s| *s > 0).collect();
        assert_eq!(sources, [10, 11, 13, 14, 17, 18]);
    }

    #[test]
    fn deep_nesting_neither_recurses_nor_overflows() {
        let deep = format!("{}end", "> ".repeat(5_000));
        let lines = lay_out(&Markup::Markdown.parse(&deep, 1), 40);
        assert!(lines.iter().any(|l| l.text().contains("end")));
    }

    proptest! {
        /// No line is wider than the width, in any markup, at any width; nothing panics.
        #[test]
        fn no_line_is_too_wide(
            text in "(\\PC{0,30}|[#>*|`\\-_ \\[\\]()\n\t!0-9a-z.会👩‍👩\u{301}]{0,40}|\\| a \\| b \\|\n\\|--\\|--\\|\n\\| c会議 \\| d \\|\n){0,6}",
            columns in 1_usize..60,
            markup in proptest::sample::select(vec![
                Markup::Markdown,
                Markup::Plain,
                Markup::Light(Dialect::Rst),
                Markup::Light(Dialect::Org),
                Markup::Light(Dialect::AsciiDoc),
            ]),
        ) {
            for line in lay_out(&markup.parse(&text, 1), columns) {
                // A glyph of two columns, or three with its mark, cannot be halved.
                let text = line.text();
                let one = text.trim().graphemes(true).count() == 1;
                prop_assert!(line.width() <= columns || one && line.width() <= 3, "{} > {columns}: {:?}", line.width(), line.text());
            }
        }

        /// Plain text keeps every word.
        #[test]
        fn no_word_is_lost(words in proptest::collection::vec("[a-z]{1,12}", 1..20), columns in 1_usize..40) {
            let text = words.join(" ");
            let lines = lay_out(&Markup::Plain.parse(&text, 1), columns);
            let shown: String = lines.iter().flat_map(|l| l.text().chars().filter(|c| c.is_alphabetic()).collect::<Vec<_>>()).collect();
            prop_assert_eq!(shown, words.concat());
        }
    }
}
