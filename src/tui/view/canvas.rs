//! The only way onto the screen: safe text and our own signs, never a string from a file.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style as TerminalStyle};

use crate::config::theme::{Part, Style, Theme};
use crate::text::SafeText;

/// A buffer that takes safe text only, and nothing outside of it.
pub(super) struct Canvas<'b> {
    buffer: &'b mut Buffer,
    theme: Theme,
}

impl<'b> Canvas<'b> {
    pub(super) fn new(buffer: &'b mut Buffer, theme: Theme) -> Self {
        Self { buffer, theme }
    }

    /// Writes at most `width` columns of text; returns the column behind it.
    pub(super) fn styled(&mut self, x: u16, y: u16, width: u16, text: &SafeText, style: Style) -> u16 {
        if !self.is_inside(x, y) || width == 0 {
            return x;
        }
        self.buffer.set_stringn(x, y, text.as_str(), width.into(), terminal(style)).0
    }

    /// Writes at most `width` columns in the style of a part, cut with `…`.
    pub(super) fn text(&mut self, x: u16, y: u16, width: u16, text: &SafeText, part: Part) -> u16 {
        self.styled(x, y, width, &text.ellipsis(width.into()), self.theme.part(part))
    }

    /// Writes one of our own signs.
    pub(super) fn sign(&mut self, x: u16, y: u16, sign: &'static str, part: Part) {
        let style = self.theme.part(part);
        self.styled(x, y, 2, &SafeText::new(sign), style);
    }

    /// Gives a stretch of a row the style of a part, whatever stands on it.
    pub(super) fn paint(&mut self, area: Rect, part: Part) {
        let area = area.intersection(self.buffer.area);
        self.buffer.set_style(area, terminal(self.theme.part(part)));
    }

    /// Empties an area.
    pub(super) fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for position in area.positions() {
            self.buffer[position].reset();
        }
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
    if let Some(colour) = style.colour.and_then(|c| NAMED.get(usize::from(c))) {
        out = out.fg(*colour);
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
