//! Plain text → `Document`: nothing is read into it.
//!
//! Line ends stay, `__dict__` stays `__dict__`, bullets hang, and what looks like code or a
//! drawing is shown as it stands. Only a line that starts with `#` and reads like a heading
//! becomes one.

use crate::markup::document::{Block, BlockKind, ContainerId, ContainerKind, Document, Inline, MAX_DEPTH};
use crate::markup::role::Ink;
use crate::text::line::{self, Line, lines_from};

/// Reads plain text; `first` is the number of its first line in the file.
pub fn parse(text: &str, first: usize) -> Document {
    let mut reader = Reader::default();
    let mut lines = lines_from(text, 0, first).peekable();
    let mut run: Vec<Line> = Vec::new();
    while let Some(line) = lines.next() {
        if line.is_blank() {
            if goes_on(&run, lines.peek()) {
                run.push(line);
            } else {
                reader.paragraph(&mut run);
            }
            continue;
        }
        let before = run.last().filter(|l| !l.is_blank()).map(|l| l.text);
        let next = lines.peek().filter(|l| !l.is_blank()).map(|l| l.text);
        match line::heading(line.text, before, next) {
            Some((level, text, underlined)) => {
                reader.paragraph(&mut run);
                reader.heading(level, text, line.number);
                if underlined {
                    lines.next();
                }
            }
            None => run.push(line),
        }
    }
    reader.paragraph(&mut run);
    reader.document
}

/// Code may hold a blank line: it goes on when indented code follows.
fn goes_on(run: &[Line], next: Option<&Line>) -> bool {
    let indented = |l: &Line| l.text.starts_with("    ") || l.text.starts_with('\t');
    let code = run.last().is_some_and(|l| indented(l) && line::is_code(l.text));
    code && next.is_some_and(|n| indented(n) && line::item(n.text).is_none())
}

#[derive(Default)]
struct Reader {
    document: Document,
    /// How many rows the last block has, if it is verbatim.
    verbatim_rows: usize,
    /// Open list items: how far their text is indented, and their container.
    items: Vec<(usize, ContainerId)>,
}

impl Reader {
    fn push(&mut self, kind: BlockKind, inside: Option<ContainerId>, line: usize) {
        self.document.blocks.push(Block { kind, inside, line, close: false });
    }

    fn heading(&mut self, level: u8, text: &str, line: usize) {
        self.items.clear();
        self.push(BlockKind::Heading(level, vec![inline(text, line)]), None, line);
    }

    /// Deals with the lines between two blank ones.
    fn paragraph(&mut self, run: &mut Vec<Line>) {
        while run.last().is_some_and(Line::is_blank) {
            run.pop();
        }
        let lines = std::mem::take(run);
        if lines.is_empty() {
            return;
        }
        if is_verbatim(&lines) {
            self.items.clear();
            return self.verbatim(&lines);
        }
        let mut text: Vec<Line> = Vec::new();
        for (at, line) in lines.into_iter().enumerate() {
            match line::item(line.text) {
                Some(item) => {
                    self.flow(&mut text);
                    self.item(item, line, at > 0);
                }
                None => text.push(line),
            }
        }
        self.flow(&mut text);
    }

    fn verbatim(&mut self, lines: &[Line]) {
        let common = lines
            .iter()
            .filter(|l| !l.is_blank())
            .map(|l| l.text.len() - l.text.trim_start_matches(' ').len())
            .min()
            .unwrap_or(0);
        let cut: Vec<&str> = lines.iter().map(|l| l.text.get(common..).unwrap_or("").trim_end()).collect();
        let code = cut.join("\n");
        // Code right below code, with nothing but blank lines between: it is one run.
        if let Some(Block { kind: BlockKind::Verbatim { text, .. }, line, .. }) =
            self.document.blocks.last_mut()
        {
            let gap = lines[0].number.saturating_sub(*line + self.verbatim_rows);
            self.verbatim_rows += gap + lines.len();
            text.push_str(&"\n".repeat(gap + 1));
            text.push_str(&code);
            return;
        }
        self.verbatim_rows = lines.len();
        let kind = BlockKind::Verbatim { language: None, text: code };
        self.push(kind, None, lines[0].number);
    }

    /// Lines of text: part of the item above when they are indented under it.
    fn flow(&mut self, lines: &mut Vec<Line>) {
        let Some(first) = lines.first().copied() else {
            return;
        };
        let indent = indent_of(first.text);
        self.items.retain(|(at, _)| *at <= indent && indent > 0);
        let inside = self.items.last().map(|(_, id)| *id);
        let mut inlines = Vec::with_capacity(lines.len());
        for (at, line) in lines.drain(..).enumerate() {
            // What is indented further than the first line stays so.
            let deeper = " ".repeat(indent_of(line.text).saturating_sub(indent));
            let text = line.text.trim();
            let text = if at == 0 { text.to_owned() } else { format!("\n{deeper}{text}") };
            inlines.push(Inline { text, ink: Ink::default(), link: None, picture: None, line: line.number });
        }
        self.push(BlockKind::Paragraph(inlines), inside, first.number);
    }

    /// An item right below another line is set tight, as it was written.
    fn item(&mut self, item: line::Item, line: Line, tight: bool) {
        let indent = indent_of(line.text);
        self.items.retain(|(at, _)| *at <= indent && *at > 0);
        let parent = self.items.last().map(|(_, id)| *id).filter(|_| self.items.len() < MAX_DEPTH);
        let number = item.marker.trim_end_matches(['.', ')']).parse().ok();
        let depth = self.items.len() + 1;
        let kind = ContainerKind::Item { number, digits: 0, task: None, depth, tight, list: 0 };
        let id = self.document.open(kind, parent);
        self.items.push((indent + 1, id));
        self.push(BlockKind::Paragraph(vec![inline(item.text, line.number)]), Some(id), line.number);
    }
}

fn inline(text: &str, line: usize) -> Inline {
    Inline { text: text.to_owned(), ink: Ink::default(), link: None, picture: None, line }
}

/// Columns of white space at the start, a tab counting to the next stop of four.
fn indent_of(text: &str) -> usize {
    text.chars()
        .take_while(|c| c.is_whitespace())
        .fold(0, |at, c| if c == '\t' { at / 4 * 4 + 4 } else { at + 1 })
}

/// Whether a run of lines is code or a drawing: most of it looks so.
fn is_verbatim(lines: &[Line]) -> bool {
    let full: Vec<&Line> = lines.iter().filter(|l| !l.is_blank()).collect();
    let drawn = full.iter().filter(|l| line::is_drawing(l.text)).count();
    if drawn * 3 >= full.len() && drawn >= 2 {
        return true;
    }
    let mut code = 0;
    let mut opened = false;
    for line in &full {
        let body = line.text.trim();
        // What is indented under an opening line belongs to it, and so does a comment.
        let under = opened && indent_of(line.text) > 0;
        let comment = body.starts_with("# ") && full.len() > 1;
        if under || comment || line::is_code(body) {
            code += 1;
            opened = under || body.ends_with([':', '{', '(']);
        } else {
            opened = false;
        }
    }
    let listed = full.iter().filter(|l| line::item(l.text).is_some()).count();
    code * 2 >= full.len().max(1) && code > listed && (code > 1 || full.len() == 1 || code * 2 > full.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<String> {
        let document = parse(text, 1);
        let text_of = |inlines: &[Inline]| inlines.iter().map(|i| i.text.as_str()).collect::<String>();
        document
            .blocks
            .iter()
            .map(|b| {
                let depth = document.chain(b).len();
                match &b.kind {
                    BlockKind::Heading(level, t) => format!("h{level} {}", text_of(t)),
                    BlockKind::Paragraph(t) => format!("p{depth} {}", text_of(t)),
                    BlockKind::Verbatim { text, .. } => format!("v {text}"),
                    other => format!("{other:?}"),
                }
            })
            .collect()
    }

    #[test]
    fn line_ends_and_names_stay() {
        assert_eq!(kinds("the __dict__ is\ngone *now*\n"), ["p0 the __dict__ is\ngone *now*"]);
    }

    #[test]
    fn bullets_nest_by_indent() {
        assert_eq!(
            kinds("  • one\n    • two\n  • three\n    1. four\n"),
            ["p1 one", "p2 two", "p1 three", "p2 four"]
        );
    }

    #[test]
    fn code_and_drawings_stand_as_they_are() {
        assert_eq!(
            kinds("class A:\n    ...\n\ndef f(x):\n    return x\n"),
            ["v class A:\n    ...\n\ndef f(x):\n    return x"]
        );
        assert_eq!(kinds("   a\n  ┌┴┐\n  b c\n  └─┘\n"), ["v  a\n┌┴┐\nb c\n└─┘"]);
    }

    #[test]
    fn headings_are_headings() {
        assert_eq!(kinds("## One\ntext\n"), ["h2 One", "p0 text"]);
    }
}
