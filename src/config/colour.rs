//! Colours and styles: what a terminal is told, and how a person writes it.

use std::fmt;
use std::str::FromStr;

/// A colour as a terminal takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// One of the terminal's own sixteen, by its ANSI number.
    Ansi(u8),
    /// One of xterm's 256, by its number, from 16 on.
    Fixed(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum Depth {
    /// None: attributes alone.
    None,
    /// The sixteen of its palette.
    #[default]
    Sixteen,
    /// xterm's 256.
    Fixed256,
    /// All.
    True,
}

/// How a piece of text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// The colour of the letters; `None` is the terminal's own.
    pub colour: Option<Colour>,
    /// The colour behind them; `None` is what is there.
    pub background: Option<Colour>,
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
    /// The terminal's own text.
    pub const fn plain() -> Self {
        Self {
            colour: None,
            background: None,
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
}

/// The names of the sixteen colours, by ANSI number.
pub const NAMES: [&str; 16] = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black", "bright-red",
    "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
];

/// The sixteen colours as xterm has them, for the nearest one of a colour. From xterm's `XTerm-col.ad`.
const XTERM: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// The levels of xterm's cube of 6 × 6 × 6 colours, which begins at number 16.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Colour {
    /// The nearest colour that a terminal of this depth has; `None` where it has none.
    pub fn at(self, depth: Depth) -> Option<Self> {
        match (self, depth) {
            (_, Depth::None) => None,
            (Colour::Rgb(..), Depth::True) | (Colour::Ansi(_), _) => Some(self),
            (Colour::Fixed(_), Depth::True | Depth::Fixed256) => Some(self),
            (Colour::Rgb(r, g, b), Depth::Fixed256) => Some(Colour::Fixed(nearest_fixed((r, g, b)))),
            (Colour::Rgb(..) | Colour::Fixed(_), Depth::Sixteen) => {
                let rgb = self.rgb();
                let nearest = (0..16).min_by_key(|n| far(XTERM[usize::from(*n)], rgb));
                nearest.map(Colour::Ansi)
            }
        }
    }

    /// Red, green and blue; of the sixteen, as xterm has them.
    pub fn rgb(self) -> (u8, u8, u8) {
        match self {
            Colour::Rgb(r, g, b) => (r, g, b),
            Colour::Ansi(n) => XTERM[usize::from(n % 16)],
            Colour::Fixed(n @ 0..16) => XTERM[usize::from(n)],
            Colour::Fixed(n @ 16..232) => {
                let n = usize::from(n - 16);
                (CUBE[n / 36], CUBE[n / 6 % 6], CUBE[n % 6])
            }
            Colour::Fixed(n) => {
                let grey = 8 + 10 * (n - 232);
                (grey, grey, grey)
            }
        }
    }
}

/// The square of how far two colours are from each other.
fn far(a: (u8, u8, u8), b: (u8, u8, u8)) -> u32 {
    let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    square(a.0, b.0) + square(a.1, b.1) + square(a.2, b.2)
}

/// The nearest of xterm's 240 colours that no palette changes: that of the cube, whose channels do not depend on each
/// other, or a grey that is nearer.
fn nearest_fixed((r, g, b): (u8, u8, u8)) -> u8 {
    let level = |channel: u8| (0..6).min_by_key(|n| CUBE[usize::from(*n)].abs_diff(channel)).unwrap_or(0);
    let of_cube = 16 + 36 * level(r) + 6 * level(g) + level(b);
    // (Of two that are as near it is the first.)
    let all = std::iter::once(of_cube).chain(232..=255);
    all.min_by_key(|n| far(Colour::Fixed(*n).rgb(), (r, g, b))).unwrap_or(of_cube)
}

/// `#5fafff`, `red`, `bright-red`, or a number from 0 to 255.
impl FromStr for Colour {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let hex = |digits: &str| u32::from_str_radix(digits, 16).ok().filter(|_| digits.is_ascii());
        if let Some(digits) = word.strip_prefix('#').filter(|digits| digits.len() == 6)
            && let Some(number) = hex(digits)
        {
            let [_, r, g, b] = number.to_be_bytes();
            return Ok(Colour::Rgb(r, g, b));
        }
        if let Some(at) = NAMES.iter().position(|name| *name == word) {
            return Ok(Colour::Ansi(at as u8));
        }
        match word.parse::<u8>() {
            Ok(number) => Ok(if number < 16 { Colour::Ansi(number) } else { Colour::Fixed(number) }),
            Err(_) => Err(format!("\"{word}\" is no colour")),
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Colour::Ansi(n) => f.write_str(NAMES[usize::from(n % 16)]),
            Colour::Fixed(n) => write!(f, "{n}"),
            Colour::Rgb(r, g, b) => write!(f, "#{r:02x}{g:02x}{b:02x}"),
        }
    }
}

/// The words that a style is written with, besides colours.
pub const ATTRIBUTES: [&str; 6] = ["bold", "dim", "italic", "underlined", "struck", "reverse"];

/// A colour, `on` another one behind it, and attributes: `#5fafff on black bold`. `default` is the terminal's own.
impl FromStr for Style {
    type Err = String;

    fn from_str(words: &str) -> Result<Self, String> {
        let mut style = Style::plain();
        let mut behind = false;
        for word in words.split_whitespace() {
            match word {
                "on" => {
                    behind = true;
                    continue;
                }
                "bold" => style.bold = true,
                "dim" => style.dim = true,
                "italic" => style.italic = true,
                "underlined" => style.underline = true,
                "struck" => style.strike = true,
                "reverse" => style.reverse = true,
                "default" => {}
                colour => {
                    let place = if behind { &mut style.background } else { &mut style.colour };
                    if place.replace(colour.parse()?).is_some() {
                        return Err(format!("\"{colour}\" is one colour too many"));
                    }
                }
            }
            behind = false;
        }
        if behind { Err("\"on\" names no colour behind it".into()) } else { Ok(style) }
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.colour {
            Some(colour) => write!(f, "{colour}")?,
            None => f.write_str("default")?,
        }
        if let Some(behind) = self.background {
            write!(f, " on {behind}")?;
        }
        let set = [self.bold, self.dim, self.italic, self.underline, self.strike, self.reverse];
        for (word, _) in ATTRIBUTES.iter().zip(set).filter(|(_, set)| *set) {
            write!(f, " {word}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_read_as_they_are_written() {
        for words in ["#5fafff on black bold underlined", "default dim", "bright-red", "200 italic reverse"] {
            assert_eq!(words.parse::<Style>().expect(words).to_string(), words);
        }
        assert_eq!("reddish bold".parse::<Style>(), Err("\"reddish\" is no colour".into()));
        assert!("#12345".parse::<Colour>().is_err() && "#ääa".parse::<Colour>().is_err());
    }

    #[test]
    fn fewer_colours_take_the_nearest() {
        let near = |depth| Colour::Rgb(250, 5, 5).at(depth);
        assert_eq!(near(Depth::Fixed256), Some(Colour::Fixed(196)));
        assert_eq!(near(Depth::Sixteen), Some(Colour::Ansi(9)));
        assert_eq!(near(Depth::None), None);
        assert_eq!(Colour::Fixed(244).rgb(), (128, 128, 128));
    }

    #[test]
    fn no_colour_of_the_240_is_nearer_than_the_nearest() {
        let slowly = |rgb| (16..=255).min_by_key(|n| far(Colour::Fixed(*n).rgb(), rgb));
        let levels = || (0..=255).step_by(15).chain([47, 48, 114, 115, 116, 154, 155, 156]);
        for r in levels() {
            for g in levels() {
                for b in levels() {
                    assert_eq!(Some(nearest_fixed((r, g, b))), slowly((r, g, b)), "{r} {g} {b}");
                }
            }
        }
    }
}
