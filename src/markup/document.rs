//! The one model of marked-up text that every format becomes.
//!
//! It is flat: a list of leaf blocks, each of which names the innermost container (quote, list
//! item, footnote) it stands in; containers name their parents. So nothing that walks a document
//! recurses, and no input can nest its way through the stack. Parsers stop opening containers at
//! [`MAX_DEPTH`]; what is deeper stands at that depth.

use std::collections::{HashMap, HashSet};

use crate::markup::role::Ink;

/// The deepest nesting that is kept.
pub const MAX_DEPTH: usize = 24;

/// A run of text in one ink. A `\n` inside is a line break that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inline {
    /// The text as the note says it, entities decoded; not yet safe for a terminal.
    pub text: String,
    /// How it is written.
    pub ink: Ink,
    /// The link it belongs to, as an index into [`Document::links`].
    pub link: Option<u32>,
    /// The picture that it describes, as an index into [`Document::links`].
    pub picture: Option<u32>,
    /// The source line it starts on, counted from 1.
    pub line: usize,
}

/// A container of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContainerId(pub u32);

/// What contains blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContainerKind {
    /// A quotation; an alert has its name ("Note", "Warning").
    Quote(Option<&'static str>),
    /// A list item.
    Item {
        /// Its number in an ordered list.
        number: Option<u64>,
        /// The digits of the longest number in its list, where that is known.
        digits: u8,
        /// Its box in a task list.
        task: Option<bool>,
        /// How many lists it stands in, itself included.
        depth: usize,
        /// No blank lines stand between it and its like.
        tight: bool,
        /// Which list of the document it belongs to, where lists are told apart.
        list: u32,
    },
    /// A footnote's text.
    Footnote {
        /// Its label.
        label: String,
        /// The link back to where it is called for.
        back: u32,
    },
    /// What explains a term.
    Definition,
}

/// A container and the one around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Container {
    /// What it is.
    pub kind: ContainerKind,
    /// The container around it.
    pub parent: Option<ContainerId>,
}

/// How a table column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// To the left, as text is.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// To the right, as numbers are.
    Right,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// One for each column.
    pub align: Vec<Align>,
    /// The rows, the head first; each has as many cells as `align`.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A leaf block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading, with its level from 1 to 6.
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Lines that are shown as they are: code with its language, or a drawing.
    Verbatim {
        /// The language that a fence names.
        language: Option<String>,
        /// The lines, without the last line end.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A line that is cut where it is too long: of a page's head, of a listing.
    Line(Vec<Inline>),
    /// A rule between parts.
    Rule,
}

/// A leaf block in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The container it stands in.
    pub inside: Option<ContainerId>,
    /// The source line it starts on, counted from 1; 0 for what stands in no source.
    pub line: usize,
    /// No blank line stands above it, whatever it is.
    pub close: bool,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To an address as it is written: of the web, of a file, of a heading (`#so`).
    Address(String),
    /// To the text of a footnote, by its label.
    Footnote(String),
    /// From the text of a footnote back to where it is called for, by its label.
    Reference(String),
}

impl Target {
    /// The address, if it is one.
    pub fn address(&self) -> Option<&str> {
        match self {
            Target::Address(address) => Some(address),
            Target::Footnote(_) | Target::Reference(_) => None,
        }
    }
}

/// A text, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// What contains them.
    pub containers: Vec<Container>,
    /// Where its links lead.
    pub links: Vec<Target>,
    /// Names that are given to lines, to be led to by `#name`, beside those that headings have by
    /// themselves.
    pub anchors: Vec<(String, usize)>,
}

/// A heading, for an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its level, from 1 to 6.
    pub level: u8,
    /// Its text.
    pub text: String,
    /// Its source line.
    pub line: usize,
    /// Its block.
    pub block: usize,
}

/// The name that a heading has as an anchor, as GitHub makes it: in lower case, without punctuation,
/// spaces as hyphens.
pub fn heading_anchor(text: &str) -> String {
    let kept = text.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The runs of text of a block, to be changed.
pub(super) fn inlines_mut(kind: &mut BlockKind) -> impl Iterator<Item = &mut Inline> {
    let (text, table) = match kind {
        BlockKind::Heading(_, text) | BlockKind::Paragraph(text) | BlockKind::Line(text) => {
            (text.as_mut_slice(), None)
        }
        BlockKind::Table(table) => (&mut [][..], Some(table)),
        BlockKind::Verbatim { .. } | BlockKind::Rule => (&mut [][..], None),
    };
    text.iter_mut().chain(table.into_iter().flat_map(|t| t.rows.iter_mut().flatten().flatten()))
}

impl Document {
    /// The container behind an id.
    pub fn container(&self, id: ContainerId) -> &Container {
        &self.containers[id.0 as usize]
    }

    /// Adds what was read by itself behind what is there.
    pub fn append(&mut self, other: Document) {
        self.append_inside(other, None);
    }

    /// Adds what was read by itself, inside of a container.
    pub fn append_inside(&mut self, other: Document, inside: Option<ContainerId>) {
        let (containers, links) = (self.containers.len() as u32, self.links.len() as u32);
        let moved = |id: Option<ContainerId>| id.map(|id| ContainerId(id.0 + containers)).or(inside);
        for mut container in other.containers {
            container.parent = moved(container.parent);
            if let ContainerKind::Footnote { back, .. } = &mut container.kind {
                *back += links;
            }
            self.containers.push(container);
        }
        for mut block in other.blocks {
            block.inside = moved(block.inside);
            for inline in inlines_mut(&mut block.kind) {
                inline.link = inline.link.map(|link| link + links);
                inline.picture = inline.picture.map(|picture| picture + links);
            }
            self.blocks.push(block);
        }
        self.links.extend(other.links);
        self.anchors.extend(other.anchors);
    }

    /// Opens a container inside another.
    pub fn open(&mut self, kind: ContainerKind, parent: Option<ContainerId>) -> ContainerId {
        self.containers.push(Container { kind, parent });
        ContainerId(self.containers.len() as u32 - 1)
    }

    /// Adds a link; inlines name it by what is returned.
    pub fn link(&mut self, target: Target) -> u32 {
        self.links.push(target);
        self.links.len() as u32 - 1
    }

    /// The containers of a block, outermost first.
    pub fn chain(&self, block: &Block) -> Vec<ContainerId> {
        let mut chain = Vec::new();
        let mut next = block.inside;
        while let Some(id) = next {
            chain.push(id);
            next = self.container(id).parent;
        }
        chain.reverse();
        chain
    }

    /// The runs of text of a block, cell by cell where it is a table.
    pub fn inlines(block: &Block) -> impl Iterator<Item = &Inline> {
        let (text, table) = match &block.kind {
            BlockKind::Heading(_, text) | BlockKind::Paragraph(text) | BlockKind::Line(text) => {
                (text.as_slice(), None)
            }
            BlockKind::Table(table) => (&[][..], Some(table)),
            BlockKind::Verbatim { .. } | BlockKind::Rule => (&[][..], None),
        };
        text.iter().chain(table.into_iter().flat_map(|t| t.rows.iter().flatten().flatten()))
    }

    /// Of the blocks from one on, moves the text of footnotes to the end, in the order in which it is called
    /// for.
    pub(super) fn footnotes_last(&mut self, from: usize) {
        let is_footnote = |c: &Container| matches!(c.kind, ContainerKind::Footnote { .. });
        if !self.containers.iter().any(is_footnote) {
            return;
        }
        // A container comes behind the one around it, so one pass tells in which footnote each stands.
        let mut footnote_of: Vec<Option<&str>> = Vec::with_capacity(self.containers.len());
        for container in &self.containers {
            let around = container.parent.and_then(|id| footnote_of[id.0 as usize]);
            footnote_of.push(match &container.kind {
                ContainerKind::Footnote { label, .. } => around.or(Some(label)),
                _ => around,
            });
        }
        let mut called: HashMap<&str, usize> = HashMap::new();
        for link in self.blocks.iter().flat_map(Self::inlines).filter_map(|inline| inline.link) {
            if let Target::Footnote(label) = &self.links[link as usize] {
                let next = called.len();
                called.entry(label).or_insert(next);
            }
        }
        // Text first; what nobody calls for comes last.
        let rank = |block: &Block| {
            let footnote = block.inside.and_then(|id| footnote_of[id.0 as usize]);
            footnote.map_or(0, |label| called.get(label).map_or(usize::MAX, |at| at + 1))
        };
        let moved = self.blocks.iter().skip(from).map(|block| (rank(block), block.clone()));
        let mut ranked: Vec<(usize, Block)> = moved.collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        self.blocks.truncate(from);
        self.blocks.extend(ranked.into_iter().map(|(_, block)| block));
    }

    /// Of the blocks from one on, drops the text of footnotes that nothing here calls for, if it is called for
    /// elsewhere: it is shown there.
    pub fn drop_footnotes(&mut self, from: usize, called_elsewhere: impl Fn(&str) -> bool) {
        let calls = |link: u32| match &self.links[link as usize] {
            Target::Footnote(label) => Some(label.as_str()),
            _ => None,
        };
        let called: HashSet<&str> = self
            .blocks
            .iter()
            .flat_map(Self::inlines)
            .filter_map(|inline| inline.link)
            .filter_map(calls)
            .collect();
        let dropped = |block: &Block| {
            self.chain(block).iter().any(|id| match &self.container(*id).kind {
                ContainerKind::Footnote { label, .. } => {
                    !called.contains(label.as_str()) && called_elsewhere(label)
                }
                _ => false,
            })
        };
        let is_footnote = |c: &Container| matches!(c.kind, ContainerKind::Footnote { .. });
        if self.containers.iter().any(is_footnote) {
            let kept = self.blocks.iter().enumerate().filter(|(at, block)| *at < from || !dropped(block));
            self.blocks = kept.map(|(_, block)| block.clone()).collect();
        }
    }

    /// The source line on which a link's target stands, where it stands in this document.
    pub fn line_of(&self, target: &Target) -> Option<usize> {
        match target {
            Target::Footnote(label) => {
                let inside = |block: &&Block| {
                    self.chain(block).iter().any(|id| {
                        matches!(&self.container(*id).kind, ContainerKind::Footnote { label: l, .. } if l == label)
                    })
                };
                self.blocks.iter().find(inside).map(|block| block.line)
            }
            Target::Reference(label) => {
                let calls = |inline: &&Inline| {
                    let target = inline.link.map(|link| &self.links[link as usize]);
                    matches!(target, Some(Target::Footnote(l)) if l == label)
                };
                self.blocks.iter().flat_map(Self::inlines).find(calls).map(|inline| inline.line)
            }
            Target::Address(address) => self.line_of_anchor(address.strip_prefix('#')?),
        }
    }

    /// The line of a heading by its name as an anchor, or of what is given that name.
    pub fn line_of_anchor(&self, name: &str) -> Option<usize> {
        let decoded = percent_encoding::percent_decode_str(name).decode_utf8_lossy().to_lowercase();
        let given = self.anchors.iter().find(|(anchor, _)| anchor.to_lowercase() == decoded);
        given.map(|(_, line)| *line).or_else(|| {
            let mut seen: HashMap<String, usize> = HashMap::new();
            self.headings().find_map(|heading| {
                let slug = heading_anchor(&heading.text);
                let before = seen.entry(slug.clone()).or_insert(0);
                let slug = if *before == 0 { slug } else { format!("{slug}-{before}") };
                *before += 1;
                (slug == decoded).then_some(heading.line)
            })
        })
    }

    /// Its headings, in order.
    pub fn headings(&self) -> impl Iterator<Item = Heading> {
        self.blocks.iter().enumerate().filter_map(|(at, block)| match &block.kind {
            BlockKind::Heading(level, text) => Some(Heading {
                level: *level,
                text: text.iter().map(|i| i.text.replace('\n', " ")).collect(),
                line: block.line,
                block: at,
            }),
            _ => None,
        })
    }

    /// Its text alone, a block on each line and a tab between the cells of a table; no marker, rail or
    /// sign of ours.
    pub fn text(&self) -> String {
        let join = |inlines: &[Inline]| inlines.iter().map(|i| i.text.as_str()).collect::<String>();
        let mut out = String::new();
        for block in &self.blocks {
            match &block.kind {
                BlockKind::Heading(_, text) | BlockKind::Paragraph(text) | BlockKind::Line(text) => {
                    out.push_str(&join(text))
                }
                BlockKind::Verbatim { text, .. } => out.push_str(text),
                BlockKind::Table(table) => {
                    for row in &table.rows {
                        let cells: Vec<String> = row.iter().map(|cell| join(cell)).collect();
                        out.push_str(&cells.join("\t"));
                        out.push('\n');
                    }
                }
                BlockKind::Rule => {}
            }
            out.push('\n');
        }
        out
    }
}
