//! Themes: roles → colours and attributes, for the screen and the command line alike.
//!
//! The colours are the terminal's own sixteen, so that hallway looks at home in whatever palette
//! its user has chosen. Meaning never rests on colour alone: with `NO_COLOR` the attributes stay.

use crate::markup::role::Syntax;
use crate::markup::{Ink, Role};

/// One of the terminal's sixteen colours, by its ANSI number (0 to 15).
pub type Colour = u8;

/// The colours that the theme uses, by ANSI number.
mod ansi {
    use super::Colour;
    pub(super) const RED: Colour = 1;
    pub(super) const GREEN: Colour = 2;
    pub(super) const YELLOW: Colour = 3;
    pub(super) const BLUE: Colour = 4;
    pub(super) const MAGENTA: Colour = 5;
    pub(super) const CYAN: Colour = 6;
    pub(super) const GREY: Colour = 8;
}

/// How a piece of text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// The colour of the letters; `None` is the terminal's own.
    pub colour: Option<Colour>,
    /// Bold.
    pub bold: bool,
    /// Faint.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck through.
    pub strike: bool,
    /// Foreground and background change places.
    pub reverse: bool,
}

impl Style {
    const fn colour(colour: Colour) -> Self {
        Self { colour: Some(colour), ..Self::plain() }
    }

    /// The terminal's own text.
    pub const fn plain() -> Self {
        Self {
            colour: None,
            bold: false,
            dim: false,
            italic: false,
            underline: false,
            strike: false,
            reverse: false,
        }
    }

    /// The same in bold.
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    const fn dim(self) -> Self {
        Self { dim: true, ..self }
    }

    const fn underlined(self) -> Self {
        Self { underline: true, ..self }
    }

    const fn reversed(self) -> Self {
        Self { reverse: true, ..self }
    }
}

/// The parts of the screen that are not page text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The program's name and the counts on the top line.
    Header,
    /// A conference in the tree.
    Conference,
    /// A track in the tree.
    Track,
    /// A talk in the tree.
    Talk,
    /// The row under the cursor in the pane that has the keys.
    Cursor,
    /// The row under the cursor in another pane.
    CursorAway,
    /// A letter that a query matched.
    Match,
    /// Counts, paths, what stands back.
    Quiet,
    /// Borders between panes and around popups.
    Border,
    /// The border of the pane that has the keys.
    BorderFocused,
    /// A key's name in the footer and the help.
    Key,
    /// The mark of a bookmark.
    Bookmark,
    /// A message about something that went wrong.
    Alarm,
    /// A message that all is well.
    Message,
    /// The sign in the margin at the reader's place.
    Place,
    /// The letters that stand for a link.
    Hint,
}

/// A theme, with or without colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    colours: bool,
}

impl Theme {
    /// The terminal's sixteen colours.
    pub const COLOURS: Theme = Theme { colours: true };
    /// Attributes alone.
    pub const MONOCHROME: Theme = Theme { colours: false };

    /// The style of a piece of page text.
    pub fn ink(self, ink: Ink) -> Style {
        let mut style = match ink.role {
            Role::Text => Style::plain(),
            Role::Title => Style::plain().bold(),
            Role::Breadcrumb => Style::colour(ansi::GREY),
            Role::Meta => Style::colour(ansi::CYAN),
            Role::Heading(1 | 2) => Style::colour(ansi::BLUE).bold(),
            Role::Heading(_) => Style::colour(ansi::CYAN).bold(),
            Role::Code => Style::colour(ansi::GREEN),
            // Code in a language has its own colours; the rest of it is text.
            Role::Verbatim => Style::plain(),
            Role::Syntax(syntax) => match syntax {
                Syntax::Comment => Style { italic: true, ..Style::colour(ansi::GREY) },
                Syntax::Keyword => Style::colour(ansi::MAGENTA),
                Syntax::Literal => Style::colour(ansi::GREEN),
                Syntax::Number => Style::colour(ansi::YELLOW),
                Syntax::Function => Style::colour(ansi::BLUE),
                Syntax::Type => Style::colour(ansi::CYAN),
            },
            Role::Link => Style::colour(ansi::BLUE).underlined(),
            Role::Muted => Style::colour(ansi::GREY),
            Role::Quote => Style { italic: true, ..Style::plain() },
            Role::Marker => Style::colour(ansi::YELLOW),
            Role::Rule => Style::colour(ansi::GREY),
            Role::TableHead => Style::plain().bold(),
            Role::Image => Style::colour(ansi::MAGENTA),
            Role::Notice => Style::colour(ansi::YELLOW).bold(),
        };
        style.bold |= ink.strong;
        style.italic |= ink.emphasis;
        style.strike |= ink.strike;
        self.finish(style)
    }

    /// The style of a part of the screen.
    pub fn part(self, part: Part) -> Style {
        let style = match part {
            Part::Header => Style::plain().bold(),
            Part::Conference => Style::plain().bold(),
            Part::Track => Style::colour(ansi::CYAN),
            Part::Talk => Style::plain(),
            Part::Cursor => Style::plain().reversed(),
            Part::CursorAway => Style::plain().bold().underlined(),
            Part::Match => Style::colour(ansi::YELLOW).bold().underlined(),
            Part::Quiet | Part::Border => Style::colour(ansi::GREY),
            Part::BorderFocused => Style::colour(ansi::BLUE).bold(),
            Part::Key => Style::plain().bold(),
            Part::Bookmark => Style::colour(ansi::YELLOW).bold(),
            Part::Alarm => Style::colour(ansi::RED).bold(),
            Part::Message => Style::colour(ansi::GREEN),
            Part::Place => Style::colour(ansi::YELLOW),
            Part::Hint => Style::colour(ansi::YELLOW).bold().reversed(),
        };
        self.finish(style)
    }

    /// Without colours, grey becomes faint and every other colour goes.
    fn finish(self, style: Style) -> Style {
        if self.colours {
            return style;
        }
        let grey = style.colour == Some(ansi::GREY);
        let style = Style { colour: None, ..style };
        if grey { style.dim() } else { style }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colours_nothing_is_coloured() {
        let theme = Theme::MONOCHROME;
        for part in [Part::Cursor, Part::Match, Part::Quiet, Part::Bookmark, Part::Alarm] {
            assert_eq!(theme.part(part).colour, None, "{part:?}");
        }
        assert!(theme.part(Part::Quiet).dim);
        assert!(theme.ink(Role::Link.into()).underline);
    }
}
