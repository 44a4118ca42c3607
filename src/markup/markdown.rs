//! Markdown → `Document`, by pulldown-cmark with all of GitHub's extensions.

mod html;
mod lines;
mod lists;
pub(super) mod marks;
mod tags;

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::markup::definitions::Definitions;
use crate::markup::document::{
    Align, Block, BlockKind, ContainerId, ContainerKind, Document, Inline, MAX_DEPTH, Table, Target,
};
use crate::markup::role::{Ink, Role};
use lines::Lines;
use lists::List;

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_MATH
}

/// Where a text stands: what it is read into, its first line, and what its file defines elsewhere.
#[derive(Debug, Default)]
pub struct Context {
    /// What was read before; it goes on behind that.
    pub document: Document,
    /// The number of the text's first line in the file.
    pub line: usize,
    /// What the text uses and other parts of the file define.
    pub definitions: Definitions,
}

/// Reads Markdown.
pub fn parse(text: &str, context: Context) -> Document {
    read(text, context, false)
}

/// Reads Markdown; `nested`, where it was made of HTML inside of Markdown.
fn read(text: &str, context: Context, nested: bool) -> Document {
    let Context { document, line, definitions } = context;
    let start = document.blocks.len();
    // The parser takes one text, so what is defined elsewhere stands before it.
    let joined;
    let whole = if definitions.text.is_empty() {
        text
    } else {
        joined = format!("{}{text}", definitions.text);
        &joined
    };
    let mut reader = Reader::new(whole, document, Lines::new(line, definitions));
    reader.nested = nested;
    for (event, range) in Parser::new_ext(whole, options()).into_offset_iter() {
        reader.event(event, range);
    }
    reader.flush();
    let mut document = reader.document;
    document.link_up(start);
    document.footnotes_last(start);
    document
}

struct Reader<'t> {
    text: &'t str,
    document: Document,
    lines: Lines,
    /// The open containers; one that is too deep to be kept repeats the one around it.
    open: Vec<Option<ContainerId>>,
    /// Open lists.
    lists: Vec<List>,
    /// How many lists there were.
    lists_seen: u32,
    /// Text of the open leaf block.
    inlines: Vec<Inline>,
    /// The line on which the open leaf block starts.
    block_line: usize,
    ink: Vec<Ink>,
    link: Vec<u32>,
    /// Elements of HTML that are open in this block, each with what stands in it.
    elements: Vec<(String, Ink, Option<u32>)>,
    /// An item was opened and nothing stands in it yet.
    bare_item: Option<usize>,
    heading: Option<u8>,
    code: Option<(Option<String>, String)>,
    /// An open block of HTML: where it starts, and its lines.
    html_block: Option<(usize, String)>,
    /// The open table, and the line on which it starts.
    table: Option<(Table, usize)>,
    /// The picture whose description is open, as an index into the document's links.
    picture: Option<u32>,
    /// The text was made of HTML inside of Markdown.
    nested: bool,
    /// The pictures around it: a description may hold pictures.
    pictures: Vec<Option<u32>>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, document: Document, lines: Lines) -> Self {
        Self {
            block_line: lines.first,
            text,
            document,
            lines,
            open: Vec::new(),
            lists: Vec::new(),
            lists_seen: 0,
            inlines: Vec::new(),
            ink: vec![Ink::default()],
            link: Vec::new(),
            elements: Vec::new(),
            bare_item: None,
            heading: None,
            code: None,
            html_block: None,
            table: None,
            picture: None,
            pictures: Vec::new(),
            nested: false,
        }
    }

    fn line_at(&mut self, byte: usize) -> usize {
        self.lines.at(self.text, byte)
    }

    fn inside(&self) -> Option<ContainerId> {
        self.open.last().copied().flatten()
    }

    fn ink(&self) -> Ink {
        let ink = self.ink.last().copied().unwrap_or_default();
        let of_picture = self.picture.is_some();
        let html = self.elements.last().map_or(Ink::default(), |(_, ink, _)| *ink);
        let role = match (of_picture, html.role) {
            (true, _) => Role::Image,
            (false, Role::Text) => ink.role,
            (false, role) => role,
        };
        let strong = ink.strong || html.strong;
        Ink { role, strong, emphasis: ink.emphasis || html.emphasis, strike: ink.strike || html.strike }
    }

    fn link(&self) -> Option<u32> {
        self.link.last().copied().or_else(|| self.elements.last().and_then(|(.., link)| *link))
    }

    fn push_block(&mut self, kind: BlockKind, line: usize) {
        self.bare_item = None;
        let inside = self.inside();
        self.document.blocks.push(Block { kind, inside, line, close: false });
    }

    /// Ends the open paragraph or heading.
    fn flush(&mut self) {
        self.elements.clear();
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
        let link = self.link();
        self.add_linked(text, ink, link, byte);
    }

    fn add_linked(&mut self, text: &str, ink: Ink, link: Option<u32>, byte: usize) {
        let line = self.line_at(byte);
        if self.inlines.is_empty() {
            self.block_line = line;
        }
        let picture = self.picture;
        match self.inlines.last_mut() {
            Some(last)
                if (last.ink, last.link, last.picture, last.line) == (ink, link, picture, line)
                    && !last.text.is_empty() =>
            {
                last.text.push_str(text);
            }
            _ => self.inlines.push(Inline { text: text.to_owned(), ink, link, picture, line }),
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
                let link = self.document.link(Target::Footnote(label.to_string()));
                self.add_linked(&format!("[{label}]"), ink, Some(link), range.start);
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
                let tilde = self.text[range.clone()].starts_with('~');
                let (language, first) = match &kind {
                    CodeBlockKind::Fenced(info) if tilde => (info.split_whitespace().next(), None),
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
                self.start_list(number);
            }
            Tag::Item => self.start_item(range.start),
            Tag::FootnoteDefinition(label) => {
                self.flush();
                let label = label.into_string();
                let back = self.document.link(Target::Reference(label.clone()));
                self.open(ContainerKind::Footnote { label, back });
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
                let line = self.line_at(range.start);
                let align = align.iter().map(|a| match a {
                    Alignment::Center => Align::Center,
                    Alignment::Right => Align::Right,
                    Alignment::Left | Alignment::None => Align::Left,
                });
                self.table = Some((Table { align: align.collect(), rows: Vec::new() }, line));
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some((table, _)) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::Emphasis => self.ink.push(Ink { emphasis: true, ..self.ink() }),
            Tag::Strong => self.ink.push(Ink { strong: true, ..self.ink() }),
            Tag::Strikethrough => self.ink.push(Ink { strike: true, ..self.ink() }),
            Tag::Link { dest_url, .. } => {
                let link = self.document.link(Target::Address(dest_url.into_string()));
                self.link.push(link);
                self.ink.push(Ink { role: Role::Link, ..self.ink() });
                if self.text[range.clone()].starts_with("[]") {
                    self.add("", self.ink(), range.start);
                }
            }
            Tag::Image { dest_url, .. } => {
                let outer = self.picture;
                self.pictures.push(outer);
                self.picture = Some(self.document.link(Target::Address(dest_url.into_string())));
                self.add("", self.ink(), range.start);
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html_block = Some((range.start, String::new()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, _range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::HtmlBlock => self.end_html_block(),
            TagEnd::Heading(_) => {
                self.heading_anchor();
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
                self.end_list();
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
                if let Some(row) = self.table.as_mut().and_then(|(t, _)| t.rows.last_mut()) {
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
            TagEnd::Image => self.picture = self.pictures.pop().flatten(),
            _ => {}
        }
    }

    /// `{#name}` behind a heading gives it a name; other braces are its text.
    fn heading_anchor(&mut self) {
        let Some(last) = self.inlines.last_mut().filter(|last| last.ink.role == Role::Text) else {
            return;
        };
        let Some((before, name)) = last.text.trim_end().strip_suffix('}').and_then(|t| t.rsplit_once("{#"))
        else {
            return;
        };
        if !name.is_empty() && !name.contains([' ', '{', '}']) {
            let anchor = (name.to_owned(), last.line);
            last.text.truncate(before.trim_end().len());
            self.document.anchors.push(anchor);
        }
    }

    fn end_table(&mut self) {
        if let Some((mut table, line)) = self.table.take() {
            let columns = table.align.len();
            for row in &mut table.rows {
                row.resize(columns, Vec::new());
            }
            self.push_block(BlockKind::Table(table), line);
        }
    }
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
    let code = info.contains(|c: char| c.is_alphanumeric());
    if !code || language.is_none_or(plausible) && words.next().is_none_or(attribute) {
        (language, None)
    } else {
        (None, Some(info))
    }
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
