//! Where what can be done is done, and what it is called. [`crate::config::table`] says what there is, by which keys and in
//! which words.

pub use crate::config::table::Action;

/// Where a row of the table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Anywhere on the bare screen.
    Screen,
    /// In the tree.
    Tree,
    /// In the reader.
    Reader,
    /// In the finder.
    Finder,
    /// In the line at the foot of the screen.
    Prompt,
    /// In the outline of a page.
    Outline,
    /// While the links in view are lit.
    Links,
    /// In the list of bookmarks.
    Bookmarks,
    /// In a list to choose from: groupings, themes, related talks.
    List,
    /// In the palette of actions.
    Palette,
    /// In the help.
    Help,
}

impl Scope {
    /// Every scope, in the order in which the help lists them.
    pub const ALL: [Scope; 11] = [
        Scope::Tree,
        Scope::Reader,
        Scope::Screen,
        Scope::Finder,
        Scope::Prompt,
        Scope::Outline,
        Scope::Links,
        Scope::Bookmarks,
        Scope::List,
        Scope::Palette,
        Scope::Help,
    ];

    /// What the help calls it.
    pub fn title(self) -> &'static str {
        match self {
            Scope::Screen => "Anywhere",
            Scope::Tree => "In the tree",
            Scope::Reader => "In the reader",
            Scope::Finder => "In the finder",
            Scope::Prompt => "While typing a line",
            Scope::Outline => "In the outline",
            Scope::Links => "While links are lit",
            Scope::Bookmarks => "In the list of bookmarks",
            Scope::List => "In a list to choose from",
            Scope::Palette => "In the palette",
            Scope::Help => "In this help",
        }
    }

    /// What the config calls it.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Screen => "anywhere",
            Scope::Tree => "tree",
            Scope::Reader => "reader",
            Scope::Finder => "finder",
            Scope::Prompt => "prompt",
            Scope::Outline => "outline",
            Scope::Links => "links",
            Scope::Bookmarks => "bookmarks",
            Scope::List => "list",
            Scope::Palette => "palette",
            Scope::Help => "help",
        }
    }

    /// Letters are typed here, so that they cannot be bound.
    pub fn is_typed_in(self) -> bool {
        matches!(self, Scope::Finder | Scope::Prompt | Scope::Outline | Scope::Palette | Scope::Links)
    }

    /// The scope that is asked when this one does not know a key.
    pub fn fallback(self) -> Option<Scope> {
        matches!(self, Scope::Tree | Scope::Reader).then_some(Scope::Screen)
    }
}

impl Action {
    /// What the config calls it: its name here, in small letters with dashes.
    pub fn name(self) -> String {
        let mut name = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.extend(c.to_lowercase());
        }
        name
    }
}
