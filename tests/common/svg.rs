//! A screen as a picture.

use std::fmt::Write;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

const CELL: (f32, f32) = (8.4, 18.0);

/// The real screen as an SVG: runs of cells of one style, each at its own column.
pub fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let (width, height) = (f32::from(columns) * CELL.0 + 24.0, f32::from(rows) * CELL.1 + 24.0);
    let corner = buffer[(0, 0)].style();
    let (ground, ink) =
        (hex(corner.bg).unwrap_or("#1e2030".into()), hex(corner.fg).unwrap_or("#cad3f5".into()));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" \
         aria-label=\"hallway's screen: the tree of conferences and talks on the left, a talk on the right\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{ground}\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, monospace\" font-size=\"14\" \
         fill=\"{ink}\" xml:space=\"preserve\">\n"
    );
    for y in 0..rows {
        let mut x = 0;
        while x < columns {
            let start = x;
            let style = buffer[(x, y)].style();
            let mut text = String::new();
            while x < columns && buffer[(x, y)].style() == style {
                let symbol = buffer[(x, y)].symbol();
                text.push_str(symbol);
                x += (hallway::text::width::width(symbol) as u16).max(1);
            }
            let colours = (hex(style.fg).unwrap_or(ink.clone()), hex(style.bg).unwrap_or(ground.clone()));
            run(&mut out, (start, y, x - start), &text, colours, style.add_modifier);
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// A colour for a picture. The sixteen are those of the Catppuccin Macchiato palette.
fn hex(colour: Option<Color>) -> Option<String> {
    let named = match colour? {
        Color::Rgb(r, g, b) => return Some(format!("#{r:02x}{g:02x}{b:02x}")),
        Color::DarkGray | Color::Gray => "#939ab7",
        Color::Cyan | Color::LightCyan => "#8bd5ca",
        Color::Blue | Color::LightBlue => "#8aadf4",
        Color::Green | Color::LightGreen => "#a6da95",
        Color::Yellow | Color::LightYellow => "#eed49f",
        Color::Magenta | Color::LightMagenta => "#f5bde6",
        Color::Red | Color::LightRed => "#ed8796",
        Color::Reset => return None,
        _ => "#cad3f5",
    };
    Some(named.to_owned())
}

fn run(
    out: &mut String,
    (x, y, cells): (u16, u16, u16),
    text: &str,
    (letters, behind): (String, String),
    style: Modifier,
) {
    let (left, top) = (f32::from(x) * CELL.0 + 12.0, f32::from(y) * CELL.1 + 12.0);
    let width = f32::from(cells) * CELL.0;
    let reverse = style.contains(Modifier::REVERSED);
    let (fill, ground) = if reverse { (behind, Some(letters)) } else { (letters, None) };
    if let Some(ground) = ground {
        let _ = writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"18\" fill=\"{ground}\"/>"
        );
    }
    if text.trim().is_empty() {
        return;
    }
    // Blanks at the edges are left out: not every viewer keeps them.
    let lead = (text.len() - text.trim_start().len()) as f32;
    let (left, text) = (left + lead * CELL.0, text.trim());
    let width = hallway::text::width::width(text) as f32 * CELL.0;
    let mut attributes =
        format!("x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" fill=\"{fill}\"", top + 13.5);
    if style.contains(Modifier::BOLD) {
        attributes.push_str(" font-weight=\"bold\"");
    }
    if style.contains(Modifier::ITALIC) {
        attributes.push_str(" font-style=\"italic\"");
    }
    if style.contains(Modifier::UNDERLINED) {
        attributes.push_str(" text-decoration=\"underline\"");
    }
    let text =
        text.replace("  ", "\u{a0}\u{a0}").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(out, "<text {attributes}>{text}</text>");
}
