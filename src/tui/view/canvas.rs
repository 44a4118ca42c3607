//! The only way onto the screen: safe text and our own signs, never a string from a file.

use std::num::NonZeroU16;
use std::ops::Range;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style as TerminalStyle};
use unicode_segmentation::UnicodeSegmentation;

use crate::config::colour::{Colour, Style};
use crate::config::theme::{Part, Theme};
use crate::text::SafeText;
use crate::text::signs::{self, Repertoire};
use crate::tui::pictures::Picture;

/// A buffer that takes safe text only, and nothing outside of it.
pub(super) struct Canvas<'b> {
    buffer: &'b mut Buffer,
    theme: &'b Theme,
    links: bool,
}

impl<'b> Canvas<'b> {
    /// `links`: the terminal can be told where a link leads.
    pub(super) fn new(buffer: &'b mut Buffer, theme: &'b Theme, links: bool) -> Self {
        // Whatever nothing is written on has the theme's background, too.
        if theme.background() != Style::plain() {
            buffer.set_style(buffer.area, terminal(theme.background()));
        }
        Self { buffer, theme, links }
    }

    /// Whether the terminal can be told where a link leads.
    pub(super) fn has_links(&self) -> bool {
        self.links
    }

    /// Tells the terminal where some cells of a row lead (OSC 8). All of their text goes into the first
    /// cell, whose width is stated, so that no column is counted by the sequence; the others are passed over.
    /// The address is one that a parser has made: nothing in it ends the sequence.
    pub(super) fn link(&mut self, columns: Range<u16>, y: u16, address: &str) {
        let Some(width) = NonZeroU16::new(columns.len() as u16).filter(|_| self.is_inside(columns.start, y))
        else {
            return;
        };
        if !address.bytes().all(|b| b.is_ascii_graphic()) {
            return;
        }
        let mut text = String::new();
        let mut x = columns.start;
        while x < columns.end.min(self.buffer.area.right()) {
            let cell = &mut self.buffer[(x, y)];
            text.push_str(cell.symbol());
            x += (crate::text::width::width(cell.symbol()) as u16).max(1);
            // What stands here was never drawn by itself; another frame must not take it for drawn.
            cell.set_diff_option(CellDiffOption::ForcedWidth(NonZeroU16::MIN));
        }
        let first = &mut self.buffer[(columns.start, y)];
        first.set_symbol(&format!("\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"));
        first.set_diff_option(CellDiffOption::ForcedWidth(width));
    }

    /// Writes at most `width` columns of text; returns the column behind it.
    pub(super) fn styled(&mut self, x: u16, y: u16, width: u16, text: &SafeText, style: Style) -> u16 {
        if !self.is_inside(x, y) || width == 0 {
            return x;
        }
        let shown = signs::shown(text.as_str());
        if shown.is_ascii() {
            return self.ascii(x, y, width, shown.as_bytes(), terminal(style));
        }
        if signs::repertoire() == Repertoire::Wide {
            return self.wide(x, y, width, &shown, style);
        }
        self.buffer.set_stringn(x, y, shown, width.into(), terminal(style)).0
    }

    /// Writes text of a cell a byte. There are no clusters to look for in it: a seventh of what a screen costs.
    fn ascii(&mut self, x: u16, y: u16, width: u16, text: &[u8], style: TerminalStyle) -> u16 {
        let end = x.saturating_add(width).min(self.buffer.area.right());
        let mut behind = x;
        for (column, byte) in (x..end).zip(text) {
            self.buffer[(column, y)].set_char(char::from(*byte)).set_style(style);
            behind = column + 1;
        }
        behind
    }

    /// Writes text whose signs may be wider than ratatui takes them for, and tells it so.
    fn wide(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let end = x.saturating_add(width).min(self.buffer.area.right());
        let mut x = x;
        for cluster in text.graphemes(true) {
            let columns = crate::text::width::width(cluster) as u16;
            if columns == 0 {
                continue;
            }
            if x + columns > end {
                break;
            }
            for behind in x..x + columns {
                self.buffer[(behind, y)].set_symbol(" ").set_style(terminal(style));
            }
            let cell = &mut self.buffer[(x, y)];
            cell.set_symbol(cluster);
            if let Some(columns) = NonZeroU16::new(columns) {
                cell.set_diff_option(CellDiffOption::ForcedWidth(columns));
            }
            x += columns;
        }
        x
    }

    /// Draws a picture, its first rows left out.
    pub(super) fn picture(&mut self, area: Rect, skip: u16, picture: &Picture) {
        if area.width > 0 && area.height > 0 && self.is_inside(area.x, area.y) {
            picture.draw(area, skip, self.buffer);
        }
    }

    /// Writes at most `width` columns in the style of a part, cut with `…`.
    pub(super) fn text(&mut self, x: u16, y: u16, width: u16, text: &SafeText, part: Part) -> u16 {
        self.styled(x, y, width, &text.ellipsis(width.into()), self.theme.part(part))
    }

    /// Writes one of our own signs.
    pub(super) fn sign(&mut self, x: u16, y: u16, sign: &'static str, part: Part) {
        let style = self.theme.part(part);
        let mut chars = sign.chars();
        match (chars.next(), chars.next(), signs::repertoire()) {
            // Nearly always: there is no cluster to look for in one character, and a screen has a hundred of them.
            (Some(sign), None, Repertoire::Unicode) if self.is_inside(x, y) => {
                self.buffer[(x, y)].set_char(sign).set_style(terminal(style));
            }
            _ => {
                self.styled(x, y, 2, &SafeText::new(sign), style);
            }
        }
    }

    /// Gives a stretch of a row the style of a part, whatever stands on it.
    pub(super) fn paint(&mut self, area: Rect, part: Part) {
        let area = area.intersection(self.buffer.area);
        self.buffer.set_style(area, terminal(self.theme.part(part)));
    }

    /// Empties an area.
    pub(super) fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        // A character of two columns that reaches into it is cut off, and would cover the first column again.
        let before = area.x.checked_sub(1).filter(|x| *x >= self.buffer.area.x && area.width > 0);
        for (x, y) in before.into_iter().flat_map(|x| (area.top()..area.bottom()).map(move |y| (x, y))) {
            let cell = &mut self.buffer[(x, y)];
            if crate::text::width::width(cell.symbol()) > 1 {
                cell.set_symbol(" ");
            }
        }
        for position in area.positions() {
            self.buffer[position].reset();
        }
        self.buffer.set_style(area, terminal(self.theme.background()));
    }

    /// Draws a border along the edge of an area of at least two columns and rows.
    pub(super) fn frame(&mut self, area: Rect, part: Part) {
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        for x in area.x..=right {
            self.sign(x, area.y, "─", part);
            self.sign(x, bottom, "─", part);
        }
        for y in area.y..=bottom {
            self.sign(area.x, y, "│", part);
            self.sign(right, y, "│", part);
        }
        self.sign(area.x, area.y, "╭", part);
        self.sign(right, area.y, "╮", part);
        self.sign(area.x, bottom, "╰", part);
        self.sign(right, bottom, "╯", part);
    }

    fn is_inside(&self, x: u16, y: u16) -> bool {
        let area = self.buffer.area;
        x < area.right() && y < area.bottom() && x >= area.x && y >= area.y
    }
}

/// Our style in ratatui's words. Named colours are sent as such, so that they are the palette's.
fn terminal(style: Style) -> TerminalStyle {
    const NAMED: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    let mut out = TerminalStyle::new();
    let colour = |colour: Colour| match colour {
        Colour::Ansi(number) => NAMED[usize::from(number % 16)],
        Colour::Fixed(number) => Color::Indexed(number),
        Colour::Rgb(r, g, b) => Color::Rgb(r, g, b),
    };
    if let Some(letters) = style.colour {
        out = out.fg(colour(letters));
    }
    if let Some(behind) = style.background {
        out = out.bg(colour(behind));
    }
    let modifiers = [
        (style.bold, Modifier::BOLD),
        (style.dim, Modifier::DIM),
        (style.italic, Modifier::ITALIC),
        (style.underline, Modifier::UNDERLINED),
        (style.strike, Modifier::CROSSED_OUT),
        (style.reverse, Modifier::REVERSED),
    ];
    for (_, modifier) in modifiers.iter().filter(|(on, _)| *on) {
        out = out.add_modifier(*modifier);
    }
    out
}
