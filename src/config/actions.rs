//! What can be done, and where. [`crate::config::table`] says by which keys and in which words.

/// Something that a key can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Move down.
    Down,
    /// Move up.
    Up,
    /// Go to the first row or line.
    Top,
    /// Go to the last row or line.
    Bottom,
    /// Half a page down.
    HalfDown,
    /// Half a page up.
    HalfUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// Unfold, or go into what is selected.
    In,
    /// Fold, or go out of what is selected.
    Out,
    /// Open what is selected.
    Open,
    /// Give the keys to the other pane.
    OtherPane,
    /// Go to the next talk.
    NextTalk,
    /// Go to the talk before.
    PreviousTalk,
    /// Go to the next heading.
    NextHeading,
    /// Go to the heading before.
    PreviousHeading,
    /// Show the headings of the page.
    Outline,
    /// Light the links that are in view, to follow one.
    Links,
    /// Open the talk's recording.
    Video,
    /// Open the talk's slides.
    Slides,
    /// Copy the section, or the code, at the reader's place.
    Copy,
    /// Copy a link's address.
    CopyLink,
    /// Give the mouse to the terminal, and take it back.
    Mouse,
    /// Code that is too wide goes on below, or can be panned.
    WrapCode,
    /// Pan what is too wide to the left.
    PanLeft,
    /// Pan what is too wide to the right.
    PanRight,
    /// Go back to where one was before.
    Back,
    /// Go forward again.
    Forward,
    /// Look through all actions by a few letters, or type the number of a line to go to.
    Palette,
    /// Read the notes again.
    Reload,
    /// Open an editor at the reader's place.
    Edit,
    /// Group the tree by conference, speaker, year, tag or bookmark.
    GroupBy,
    /// Choose a theme.
    Theme,
    /// Show talks that have something in common with this one.
    Related,
    /// Open the finder.
    Jump,
    /// Search the text of all notes.
    SearchNotes,
    /// Search in the page; in the tree, filter it.
    SearchHere,
    /// Go to the next match.
    NextMatch,
    /// Go to the match before.
    PreviousMatch,
    /// In the finder: look through talks or through their text.
    SwitchMode,
    /// In the finder: complete the facet that is being typed.
    Complete,
    /// In the finder: the completion before.
    CompleteBack,
    /// In the finder: an earlier query.
    OlderQuery,
    /// In the finder: a later query.
    NewerQuery,
    /// Set or remove a bookmark.
    Bookmark,
    /// Open the list of bookmarks.
    Bookmarks,
    /// Put a note on the bookmark that is here, or on a new one.
    Annotate,
    /// Open the revisit queue; from there, the list of all bookmarks.
    Revisits,
    /// Take the last change of a bookmark back.
    Undo,
    /// Sort the list by place, date or day.
    Sort,
    /// Edit the tags of the selected bookmark.
    EditTags,
    /// The selected bookmark was looked at.
    Done,
    /// Look at the selected bookmark a day later.
    Snooze,
    /// Take the selected bookmark off the queue.
    Unschedule,
    /// Let the selected bookmark stand where it was found.
    Accept,
    /// Show the reader alone, or both panes again.
    ReaderAlone,
    /// Show the help.
    Help,
    /// Stop the program until the shell brings it back.
    Suspend,
    /// Draw the whole screen anew.
    Redraw,
    /// Close what is open.
    Close,
    /// Leave the program.
    Quit,
    /// Close what is open; on the bare screen, leave.
    Interrupt,
    /// In a text field: go to its start.
    LineStart,
    /// In a text field: go to its end.
    LineEnd,
    /// In a text field: a character to the left.
    CharLeft,
    /// In a text field: a character to the right.
    CharRight,
    /// In a text field: delete the character before the cursor.
    DeleteChar,
    /// In a text field: delete the character under the cursor.
    DeleteForward,
    /// In a text field: delete the word before the cursor.
    DeleteWord,
    /// In a text field: delete everything before the cursor.
    DeleteLine,
    /// Remove the selected bookmark.
    Remove,
    /// Take the tour.
    Tour,
}

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
