//! Markdown → `Document`, by pulldown-cmark with all of GitHub's extensions.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::markup::document::{
    Align, Block, BlockKind, ContainerId, ContainerKind, Document, Inline, MAX_DEPTH, Table,
};
use crate::markup::html;
use crate::markup::role::{Ink, Role};

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Reads Markdown; `first` is the number of its first line in the file.
pub fn parse(text: &str, first: usize) -> Document {
    let mut reader = Reader::new(text, first);
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        reader.event(event, range);
    }
    reader.flush();
    reader.document
}

struct Reader<'t> {
    text: &'t str,
    document: Document,
    /// Where counting of lines has got to: byte and line.
    counted: (usize, usize),
    /// The open containers; one that is too deep to be kept repeats the one around it.
    open: Vec<Option<ContainerId>>,
    /// Open lists: the next number, where they are numbered.
    lists: Vec<Option<u64>>,
    /// Text of the open leaf block.
    inlines: Vec<Inline>,
    /// The line on which the open leaf block starts.
    block_line: usize,
    ink: Vec<Ink>,
    link: Vec<u32>,
    /// An item was opened and nothing stands in it yet.
    bare_item: Option<usize>,
    heading: Option<u8>,
    code: Option<(Option<String>, String)>,
    /// An open block of HTML: where it starts, and its lines.
    html_block: Option<(usize, String)>,
    table: Option<Table>,
    /// The text of a picture's description, while inside one, with its address.
    image: Vec<String>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, first: usize) -> Self {
        Self {
            text,
            document: Document::default(),
            counted: (0, first),
            open: Vec::new(),
            lists: Vec::new(),
            inlines: Vec::new(),
            block_line: first,
            ink: vec![Ink::default()],
            link: Vec::new(),
            bare_item: None,
            heading: None,
            code: None,
            html_block: None,
            table: None,
            image: Vec::new(),
        }
    }

    /// The source line of a byte. Events come nearly in order, so counting goes on from the last
    /// one; footnotes may jump back.
    fn line_at(&mut self, byte: usize) -> usize {
        let (from, line) = self.counted;
        let bytes = self.text.as_bytes();
        let line = if byte >= from {
            line + memchr::memchr_iter(b'\n', &bytes[from..byte]).count()
        } else {
            line - memchr::memchr_iter(b'\n', &bytes[byte..from]).count()
        };
        self.counted = (byte, line);
        line
    }

    fn inside(&self) -> Option<ContainerId> {
        self.open.last().copied().flatten()
    }

    fn ink(&self) -> Ink {
        self.ink.last().copied().unwrap_or_default()
    }

    fn push_block(&mut self, kind: BlockKind, line: usize) {
        self.bare_item = None;
        let inside = self.inside();
        self.document.blocks.push(Block { kind, inside, line });
    }

    /// Ends the open paragraph or heading.
    fn flush(&mut self) {
        if self.inlines.is_empty() {
            return;
        }
        let inlines = std::mem::take(&mut self.inlines);
        let line = self.block_line;
        match self.heading {
            Some(level) => self.push_block(BlockKind::Heading(level, inlines), line),
            None => self.push_block(BlockKind::Paragraph(inlines), line),
        }
    }

    fn add(&mut self, text: &str, ink: Ink, byte: usize) {
        let line = self.line_at(byte);
        if self.inlines.is_empty() {
            self.block_line = line;
        }
        let link = self.link.last().copied();
        match self.inlines.last_mut() {
            Some(last) if last.ink == ink && last.link == link && last.line == line => {
                last.text.push_str(text)
            }
            _ => self.inlines.push(Inline { text: text.to_owned(), ink, link, line }),
        }
    }

    fn open(&mut self, kind: ContainerKind) {
        let parent = self.inside();
        let kept = self.open.len() < MAX_DEPTH;
        // What is too deep stands where its parent stands.
        let id = if kept { Some(self.document.open(kind, parent)) } else { parent };
        self.open.push(id);
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                None => self.add(&text, self.ink(), range.start),
            },
            Event::Code(text) => {
                let ink = Ink { role: Role::Code, ..self.ink() };
                self.add(&text, ink, range.start);
            }
            Event::InlineMath(text) => self.add(&format!("${text}$"), self.ink(), range.start),
            Event::DisplayMath(text) => self.add(&format!("$${text}$$"), self.ink(), range.start),
            Event::Html(text) | Event::InlineHtml(text) => self.html(&text, range.start),
            Event::FootnoteReference(label) => {
                let ink = Ink { role: Role::Link, ..self.ink() };
                self.add(&format!("[{label}]"), ink, range.start);
            }
            Event::SoftBreak => self.add(" ", self.ink(), range.start),
            Event::HardBreak => self.add("\n", self.ink(), range.start),
            Event::Rule => {
                let line = self.line_at(range.start);
                self.push_block(BlockKind::Rule, line);
            }
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    /// Of HTML the text is shown. A block of it comes line by line and is read as a whole.
    fn html(&mut self, html: &str, byte: usize) {
        if let Some((_, block)) = &mut self.html_block {
            block.push_str(html);
            return;
        }
        let text = html::text_of(html);
        if !text.is_empty() {
            self.add(&text, self.ink(), byte);
        }
    }

    fn end_html_block(&mut self) {
        let Some((byte, block)) = self.html_block.take() else {
            return;
        };
        let text = html::text_of(&block);
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        if !lines.is_empty() {
            self.add(&lines.join("\n"), self.ink(), byte);
        }
        self.flush();
    }

    fn task(&mut self, done: bool) {
        if let Some(ContainerKind::Item { task, .. }) =
            self.inside().map(|id| &mut self.document.containers[id.0 as usize].kind)
        {
            *task = Some(done);
        }
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.flush();
                self.loosen();
            }
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level as u8);
            }
            Tag::BlockQuote(kind) => {
                self.flush();
                self.open(ContainerKind::Quote(kind.map(alert)));
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let line = self.line_at(range.start);
                let (language, first) = match &kind {
                    CodeBlockKind::Fenced(info) => info_string(info),
                    CodeBlockKind::Indented => (None, None),
                };
                // The first line of fenced code is its fence, unless code stands on it.
                let fence = matches!(kind, CodeBlockKind::Fenced(_)) && first.is_none();
                self.block_line = line + usize::from(fence);
                let code = first.map_or(String::new(), |first| format!("{first}\n"));
                self.code = Some((language.map(str::to_owned), code));
            }
            Tag::List(number) => {
                self.flush();
                self.lists.push(number);
            }
            Tag::Item => self.start_item(range.start),
            Tag::FootnoteDefinition(label) => {
                self.flush();
                self.open(ContainerKind::Footnote(label.into_string()));
            }
            Tag::DefinitionListDefinition => {
                self.flush();
                self.open(ContainerKind::Definition);
            }
            Tag::DefinitionListTitle => {
                self.flush();
                let ink = Ink { strong: true, ..self.ink() };
                self.ink.push(ink);
            }
            Tag::Table(align) => {
                self.flush();
                self.block_line = self.line_at(range.start);
                let align = align.iter().map(|a| match a {
                    Alignment::Center => Align::Center,
                    Alignment::Right => Align::Right,
                    Alignment::Left | Alignment::None => Align::Left,
                });
                self.table = Some(Table { align: align.collect(), rows: Vec::new() });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::Emphasis => self.ink.push(Ink { emphasis: true, ..self.ink() }),
            Tag::Strong => self.ink.push(Ink { strong: true, ..self.ink() }),
            Tag::Strikethrough => self.ink.push(Ink { strike: true, ..self.ink() }),
            Tag::Link { dest_url, .. } => {
                self.document.links.push(dest_url.into_string());
                self.link.push(self.document.links.len() as u32 - 1);
                self.ink.push(Ink { role: Role::Link, ..self.ink() });
                // A link without text shows where it leads, once it is closed.
                if self.text[range.clone()].starts_with("[]") {
                    let url = self.document.links.last().cloned().unwrap_or_default();
                    let host = crate::text::address::host(&url).to_owned();
                    self.add(&host, self.ink(), range.start);
                }
            }
            Tag::Image { dest_url, .. } => {
                self.image.push(dest_url.into_string());
                let ink = Ink::from(Role::Image);
                self.add("▣ ", ink, range.start);
                self.ink.push(ink);
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html_block = Some((range.start, String::new()));
            }
            _ => {}
        }
    }

    fn start_item(&mut self, byte: usize) {
        self.flush();
        let depth = self.lists.len();
        let number = match self.lists.last_mut() {
            Some(Some(next)) => {
                *next += 1;
                Some(*next - 1)
            }
            _ => None,
        };
        self.open(ContainerKind::Item { number, task: None, depth, tight: true });
        self.bare_item = Some(self.line_at(byte));
    }

    /// A paragraph inside an item means that its list is written with blank lines.
    fn loosen(&mut self) {
        let Some(Some(id)) = self.open.last() else {
            return;
        };
        if let ContainerKind::Item { tight, .. } = &mut self.document.containers[id.0 as usize].kind {
            *tight = false;
        }
    }

    fn end(&mut self, tag: TagEnd, _range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::HtmlBlock => self.end_html_block(),
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition => {
                self.flush();
                self.open.pop();
            }
            TagEnd::Item => {
                self.flush();
                if let Some(line) = self.bare_item {
                    self.push_block(BlockKind::Paragraph(Vec::new()), line);
                }
                self.open.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::CodeBlock => {
                if let Some((language, mut text)) = self.code.take() {
                    text.truncate(text.trim_end_matches('\n').len());
                    let line = self.block_line;
                    self.push_block(BlockKind::Verbatim { language, text }, line);
                }
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.inlines);
                if let Some(row) = self.table.as_mut().and_then(|t| t.rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.ink.pop();
            }
            TagEnd::DefinitionListTitle => {
                self.flush();
                self.ink.pop();
            }
            TagEnd::Link => {
                self.ink.pop();
                self.link.pop();
            }
            TagEnd::Image => self.end_image(),
            _ => {}
        }
    }

    fn end_table(&mut self) {
        if let Some(mut table) = self.table.take() {
            let columns = table.align.len();
            for row in &mut table.rows {
                row.resize(columns, Vec::new());
            }
            let line = self.block_line;
            self.push_block(BlockKind::Table(table), line);
        }
    }

    /// A picture is shown as its description and where it lies.
    fn end_image(&mut self) {
        self.ink.pop();
        let Some(address) = self.image.pop() else {
            return;
        };
        let byte = self.counted.0;
        self.add(&format!(" ({})", readable(&address)), Ink::from(Role::Muted), byte);
    }
}

/// An address for people: `%20` and its like decoded where that gives text.
fn readable(address: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(address).decode_utf8();
    decoded.map_or_else(|_| address.to_owned(), std::borrow::Cow::into_owned)
}

/// What a fence says behind its marks: a language and its attributes, or, as people also write
/// it, the first line of the code itself.
fn info_string(info: &str) -> (Option<&str>, Option<&str>) {
    let info = info.trim();
    let mut words = info.split_whitespace();
    let language = words.next();
    let plausible =
        |word: &str| word.len() <= 24 && word.chars().all(|c| c.is_alphanumeric() || "+#.-_{}=,".contains(c));
    let attribute = |word: &str| word.starts_with('{') || word.contains('=') || word.ends_with('}');
    if language.is_none_or(plausible) && words.all(attribute) { (language, None) } else { (None, Some(info)) }
}

fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    }
}
