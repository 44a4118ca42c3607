//! What a piece of text is, for whoever colours it: roles, never colours.

/// The part a piece of text plays on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub enum Role {
    /// Running text.
    #[default]
    Text,
    /// The talk's title at the top of its page.
    Title,
    /// Where the page stands: conference and track.
    Breadcrumb,
    /// Speakers, date, length.
    Meta,
    /// A heading, with its level from 1 to 6.
    Heading(u8),
    /// Code inside a line.
    Code,
    /// A block of code or a drawing.
    Verbatim,
    /// A word of code whose meaning is known.
    Syntax(Syntax),
    /// A link's text.
    Link,
    /// What a link or picture leads to, and other asides.
    Muted,
    /// Quoted text.
    Quote,
    /// The marker of a list item.
    Marker,
    /// Lines that separate: rules, rails, table borders.
    Rule,
    /// The head of a table.
    TableHead,
    /// A placeholder for a picture.
    Image,
    /// Something that needs attention: an alert's name, a notice.
    Notice,
}

/// What a word of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Syntax {
    /// A comment.
    Comment,
    /// A word of the language itself.
    Keyword,
    /// Quoted text.
    Literal,
    /// A number, or another constant.
    Number,
    /// The name of something that is called.
    Function,
    /// The name of a type.
    Type,
}

/// A role and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Ink {
    /// The role.
    pub role: Role,
    /// Strongly emphasised.
    pub strong: bool,
    /// Emphasised.
    pub emphasis: bool,
    /// Struck through.
    pub strike: bool,
}

impl From<Role> for Ink {
    fn from(role: Role) -> Self {
        Ink { role, ..Ink::default() }
    }
}
