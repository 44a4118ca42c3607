//! The one model of marked-up text that every format becomes.
//!
//! It is flat: a list of leaf blocks, each of which names the innermost container (quote, list
//! item, footnote) it stands in; containers name their parents. So nothing that walks a document
//! recurses, and no input can nest its way through the stack. Parsers stop opening containers at
//! [`MAX_DEPTH`]; what is deeper stands at that depth.

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
        /// Its box in a task list.
        task: Option<bool>,
        /// How many lists it stands in, itself included.
        depth: usize,
        /// No blank lines stand between it and its like.
        tight: bool,
    },
    /// A footnote's text, with its label.
    Footnote(String),
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
    /// The source line it starts on, counted from 1.
    pub line: usize,
}

/// A text, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// What contains them.
    pub containers: Vec<Container>,
    /// Where its links lead, as written.
    pub links: Vec<String>,
}

impl Document {
    /// The container behind an id.
    pub fn container(&self, id: ContainerId) -> &Container {
        &self.containers[id.0 as usize]
    }

    /// Opens a container inside another.
    pub fn open(&mut self, kind: ContainerKind, parent: Option<ContainerId>) -> ContainerId {
        self.containers.push(Container { kind, parent });
        ContainerId(self.containers.len() as u32 - 1)
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
}
