//! Themes: roles → colours and attributes, for the screen and the command line alike.
//!
//! A theme is a palette of nine colours and one table that says which of them each role takes. Every colour of a
//! built-in palette is given twice: exactly, and as one of the terminal's own sixteen that can be read on every palette
//! that we know of. Meaning never rests on colour alone: without colours the attributes and the signs stay.
//!
//! `auto` draws on whatever background the terminal has; a theme that was asked for by name brings its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::colour::{Colour, Depth, Style};
use crate::markup::role::Syntax;
use crate::markup::{Ink, Role};

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

/// A colour of a palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Text,
    Muted,
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
}

/// The colours of a built-in theme: exactly, and as one of the terminal's sixteen (`None`: its own text).
#[derive(Debug)]
struct Palette {
    /// What the others are read on.
    background: (Colour, Option<Colour>),
    /// By slot.
    slots: [(Colour, Option<Colour>); 8],
}

const fn rgb(hex: u32) -> Colour {
    let [_, r, g, b] = hex.to_be_bytes();
    Colour::Rgb(r, g, b)
}

const fn own(hex: u32, ansi: u8) -> (Colour, Option<Colour>) {
    (rgb(hex), Some(Colour::Ansi(ansi)))
}

/// Of the sixteen only those are used that reach 4.5 : 1 on black with the palettes of xterm, Linux and Windows: blue
/// and magenta do not.
const DARK: Palette = Palette {
    background: own(0x1b_1d_23, 0),
    slots: [
        (rgb(0xd7_da_e0), None),
        own(0x9a_a0_ab, 7),
        own(0xff_7b_7b, 9),
        own(0x98_d3_82, 10),
        own(0xe6_c3_5c, 11),
        own(0x7a_b8_ff, 14),
        own(0xd6_9f_e6, 11),
        own(0x6f_cf_d6, 14),
    ],
};

/// On white it is green, yellow and cyan that cannot be read.
const LIGHT: Palette = Palette {
    background: own(0xfb_fb_f8, 15),
    slots: [
        (rgb(0x24_27_2c), None),
        (rgb(0x5c_62_6b), None),
        own(0xb3_26_1e, 1),
        own(0x25_6b_2a, 4),
        own(0x7a_54_00, 5),
        own(0x14_57_b3, 4),
        own(0x84_30_8f, 5),
        own(0x00_63_6e, 4),
    ],
};

const DARK_HIGH: Palette = Palette {
    background: own(0x00_00_00, 0),
    slots: [
        own(0xff_ff_ff, 15),
        own(0xd0_d0_d0, 15),
        own(0xff_a0_a0, 11),
        own(0x7d_ff_7d, 10),
        own(0xff_ff_66, 11),
        own(0x9c_d0_ff, 14),
        own(0xff_b0_ff, 11),
        own(0x7f_ff_ff, 14),
    ],
};

const LIGHT_HIGH: Palette = Palette {
    background: own(0xff_ff_ff, 15),
    slots: [
        own(0x00_00_00, 0),
        own(0x33_33_33, 0),
        own(0x8b_00_00, 0),
        own(0x00_4d_00, 0),
        own(0x3a_20_00, 0),
        own(0x00_00_8b, 0),
        own(0x5c_00_5c, 0),
        own(0x00_40_47, 0),
    ],
};

/// The built-in themes by name.
const BUILTIN: [(&str, &Palette); 4] = [
    ("dark", &DARK),
    ("light", &LIGHT),
    ("high-contrast-dark", &DARK_HIGH),
    ("high-contrast-light", &LIGHT_HIGH),
];

/// What a style is given to: a piece of page text, or a part of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Ink(Role),
    Part(Part),
}

/// A row of the table of roles.
struct Row {
    /// What the config calls it.
    name: &'static str,
    target: Target,
    slot: Slot,
    attributes: Style,
}

const PLAIN: Style = Style::plain();
const BOLD: Style = Style::plain().bold();
const ITALIC: Style = Style { italic: true, ..PLAIN };
const UNDERLINED: Style = Style { underline: true, ..PLAIN };
const BOLD_UNDERLINED: Style = Style { underline: true, ..BOLD };
const REVERSED: Style = Style { reverse: true, ..PLAIN };
const BOLD_REVERSED: Style = Style { reverse: true, ..BOLD };

const fn ink(name: &'static str, role: Role, slot: Slot, attributes: Style) -> Row {
    Row { name, target: Target::Ink(role), slot, attributes }
}

const fn part(name: &'static str, part: Part, slot: Slot, attributes: Style) -> Row {
    Row { name, target: Target::Part(part), slot, attributes }
}

/// The roles, with the colour and the attributes that each has in the built-in themes.
const ROLES: &[Row] = &[
    ink("text", Role::Text, Slot::Text, PLAIN),
    ink("title", Role::Title, Slot::Text, BOLD),
    ink("breadcrumb", Role::Breadcrumb, Slot::Muted, PLAIN),
    ink("meta", Role::Meta, Slot::Cyan, PLAIN),
    ink("heading", Role::Heading(1), Slot::Blue, BOLD),
    ink("subheading", Role::Heading(3), Slot::Cyan, BOLD),
    ink("code", Role::Code, Slot::Green, PLAIN),
    ink("verbatim", Role::Verbatim, Slot::Text, PLAIN),
    ink("comment", Role::Syntax(Syntax::Comment), Slot::Muted, ITALIC),
    ink("keyword", Role::Syntax(Syntax::Keyword), Slot::Magenta, PLAIN),
    ink("literal", Role::Syntax(Syntax::Literal), Slot::Green, PLAIN),
    ink("number", Role::Syntax(Syntax::Number), Slot::Yellow, PLAIN),
    ink("function", Role::Syntax(Syntax::Function), Slot::Blue, PLAIN),
    ink("type", Role::Syntax(Syntax::Type), Slot::Cyan, PLAIN),
    ink("link", Role::Link, Slot::Blue, UNDERLINED),
    ink("muted", Role::Muted, Slot::Muted, PLAIN),
    ink("quote", Role::Quote, Slot::Text, ITALIC),
    ink("marker", Role::Marker, Slot::Yellow, PLAIN),
    ink("rule", Role::Rule, Slot::Muted, PLAIN),
    ink("table-head", Role::TableHead, Slot::Text, BOLD),
    ink("image", Role::Image, Slot::Magenta, PLAIN),
    ink("notice", Role::Notice, Slot::Yellow, BOLD),
    part("header", Part::Header, Slot::Text, BOLD),
    part("conference", Part::Conference, Slot::Text, BOLD),
    part("track", Part::Track, Slot::Cyan, PLAIN),
    part("talk", Part::Talk, Slot::Text, PLAIN),
    part("cursor", Part::Cursor, Slot::Text, REVERSED),
    part("cursor-away", Part::CursorAway, Slot::Text, BOLD_UNDERLINED),
    part("match", Part::Match, Slot::Yellow, BOLD_UNDERLINED),
    part("quiet", Part::Quiet, Slot::Muted, PLAIN),
    part("border", Part::Border, Slot::Muted, PLAIN),
    part("border-focused", Part::BorderFocused, Slot::Blue, BOLD),
    part("key", Part::Key, Slot::Text, BOLD),
    part("bookmark", Part::Bookmark, Slot::Yellow, BOLD),
    part("alarm", Part::Alarm, Slot::Red, BOLD),
    part("message", Part::Message, Slot::Green, PLAIN),
    part("place", Part::Place, Slot::Yellow, PLAIN),
    part("hint", Part::Hint, Slot::Yellow, BOLD_REVERSED),
];

/// The names of the roles, as the config has them.
pub fn role_names() -> impl Iterator<Item = &'static str> {
    ROLES.iter().map(|row| row.name)
}

/// The roles for the docs, in Markdown.
pub fn markdown() -> String {
    let (ink, part): (Vec<_>, Vec<_>) = ROLES.iter().partition(|row| matches!(row.target, Target::Ink(_)));
    let names =
        |rows: &[&Row]| rows.iter().map(|row| format!("`{}`", row.name)).collect::<Vec<_>>().join(", ");
    format!("\n- of a page: {}\n- of the screen around it: {}\n", names(&ink), names(&part))
}

/// A theme that a person has written: another one, with some roles in other styles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The built-in theme that it begins with.
    pub base: String,
    /// Its background; `None` is that of the base, `Some(None)` the terminal's.
    pub background: Option<Option<Colour>>,
    /// The roles that it draws otherwise, by name.
    pub roles: BTreeMap<String, Style>,
}

/// A theme, made for what a terminal can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// A style for each row of the table of roles.
    styles: Arc<[Style]>,
    /// What is painted behind everything.
    background: Style,
    depth: Depth,
}

impl Theme {
    /// A built-in theme for a terminal, on the terminal's own background. Any other name is that of the dark one.
    pub fn builtin(name: &str, depth: Depth) -> Self {
        let palette = palette(name);
        let slots = palette.slots.map(|(exact, sixteen)| match depth {
            Depth::None => None,
            Depth::Sixteen => sixteen,
            deeper => exact.at(deeper),
        });
        let style = |row: &Row| {
            // The terminal's own text stays so on its own background.
            let colour =
                slots[row.slot as usize].filter(|_| row.slot != Slot::Text || name.starts_with("high"));
            let dim = depth == Depth::None && row.slot == Slot::Muted;
            Style { colour, dim, ..row.attributes }
        };
        Theme { styles: ROLES.iter().map(style).collect(), background: Style::plain(), depth }
    }

    /// Without any colour: attributes alone.
    pub fn monochrome() -> Self {
        Self::builtin("dark", Depth::None)
    }

    /// The same with its own background behind everything, and its own text on it.
    fn on_its_own(mut self, name: &str) -> Self {
        let palette = palette(name);
        let pick = |(exact, sixteen): (Colour, Option<Colour>)| match self.depth {
            Depth::None => None,
            Depth::Sixteen => sixteen,
            deeper => exact.at(deeper),
        };
        // Of the sixteen, the terminal's own text may be that of another background.
        let bright =
            Some(Colour::Ansi(if matches!(palette.background.1, Some(Colour::Ansi(0))) { 15 } else { 0 }));
        let text =
            pick((palette.slots[Slot::Text as usize].0, palette.slots[Slot::Text as usize].1.or(bright)));
        self.background = Style { colour: text, background: pick(palette.background), ..Style::plain() };
        let styles = self.styles.iter().map(|style| Style { colour: style.colour.or(text), ..*style });
        self.styles = styles.collect();
        self
    }

    /// How many colours it is made for.
    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// What is painted behind everything; plain where the terminal's own background shows.
    pub fn background(&self) -> Style {
        self.background
    }

    /// The style of a piece of page text.
    pub fn ink(&self, ink: Ink) -> Style {
        let role = match ink.role {
            Role::Heading(level) => Role::Heading(if level <= 2 { 1 } else { 3 }),
            other => other,
        };
        let mut style = self.of(Target::Ink(role));
        style.bold |= ink.strong;
        style.italic |= ink.emphasis;
        style.strike |= ink.strike;
        style
    }

    /// The style of a part of the screen.
    pub fn part(&self, part: Part) -> Style {
        self.of(Target::Part(part))
    }

    fn of(&self, target: Target) -> Style {
        let row = ROLES.iter().position(|row| row.target == target);
        row.and_then(|row| self.styles.get(row)).copied().unwrap_or_default()
    }
}

fn palette(name: &str) -> &'static Palette {
    BUILTIN.iter().find(|(known, _)| *known == name).map_or(&DARK, |(_, palette)| palette)
}

/// The themes there are, which of them is asked for, and what the terminal can show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Looks {
    /// The name of a theme, or `auto`.
    pub theme: String,
    /// Those that the person has written.
    pub own: BTreeMap<String, Own>,
    /// How many colours the terminal has.
    pub depth: Depth,
    /// The terminal's background is light, as far as it has told.
    pub light: Option<bool>,
}

/// The name that leaves the choice to the terminal.
pub const AUTO: &str = "auto";

impl Looks {
    /// The names of all themes, the terminal's choice first.
    pub fn names(&self) -> Vec<String> {
        let builtin = BUILTIN.iter().map(|(name, _)| (*name).to_owned());
        [AUTO.to_owned()].into_iter().chain(builtin).chain(self.own.keys().cloned()).collect()
    }

    /// Whether there is a theme of this name.
    pub fn has(&self, name: &str) -> bool {
        self.names().iter().any(|known| known == name)
    }

    /// The theme that is asked for, for a terminal of another depth and on its own background: what is written line
    /// by line stands among other lines.
    pub fn at(&self, depth: Depth) -> Theme {
        Theme { background: Style::plain(), ..Looks { depth, ..self.clone() }.made() }
    }

    /// The theme that is asked for.
    pub fn made(&self) -> Theme {
        let auto = if self.light == Some(true) { "light" } else { "dark" };
        let Some(own) = self.own.get(&self.theme) else {
            return match self.theme.as_str() {
                AUTO | "" => Theme::builtin(auto, self.depth),
                named => Theme::builtin(named, self.depth).on_its_own(named),
            };
        };
        let mut theme = Theme::builtin(&own.base, self.depth);
        theme = match own.background {
            Some(None) => theme,
            _ => theme.on_its_own(&own.base),
        };
        if let Some(Some(colour)) = own.background {
            theme.background.background = colour.at(self.depth);
        }
        let at = |colour: Option<Colour>| colour.and_then(|colour| colour.at(self.depth));
        let styles = ROLES.iter().zip(theme.styles.iter()).map(|(row, base)| match own.roles.get(row.name) {
            Some(style) => Style {
                colour: at(style.colour).or(theme.background.colour),
                background: at(style.background),
                ..*style
            },
            None => *base,
        });
        theme.styles = styles.collect();
        theme
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rgb = (u8, u8, u8);

    /// The contrast of two colours, from 1 to 21, as WCAG 2.2 defines it.
    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = |(r, g, b): Rgb| 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    fn themes(depth: Depth) -> impl Iterator<Item = (&'static str, Theme)> {
        BUILTIN.into_iter().map(move |(name, _)| {
            let looks = Looks { theme: name.into(), depth, ..Looks::default() };
            (name, looks.made())
        })
    }

    #[test]
    fn every_role_can_be_read_on_its_own_background() {
        for depth in [Depth::True, Depth::Fixed256] {
            for (name, theme) in themes(depth) {
                let behind = theme.background().background.expect("a background").rgb();
                // AA for text; AAA where contrast is what the theme is for.
                let least = if name.starts_with("high") { 7.0 } else { 4.5 };
                for (row, style) in ROLES.iter().zip(theme.styles.iter()) {
                    let letters = style.colour.expect("a colour").rgb();
                    let found = contrast(letters, behind);
                    assert!(found >= least, "{name} {depth:?} {}: {found:.2}", row.name);
                }
            }
        }
    }

    /// Names, black, and the sixteen colours of three palettes: xterm's, Linux's console (which is VGA's) and
    /// Windows' (Campbell).
    const PALETTES: [(&str, [u32; 16]); 3] = [
        (
            "xterm",
            [
                0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f,
                0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
            ],
        ),
        (
            "Linux console",
            [
                0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa, 0x555555,
                0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
            ],
        ),
        (
            "Campbell",
            [
                0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd, 0xcccccc, 0x767676,
                0xe74856, 0x16c60c, 0xf9f1a5, 0x3b78ff, 0xb4009e, 0x61d6d6, 0xf2f2f2,
            ],
        ),
    ];

    #[test]
    fn sixteen_colours_can_be_read_on_three_palettes() {
        let of = |palette: &[u32; 16], colour: Option<Colour>, otherwise: u8| {
            let number = match colour {
                Some(Colour::Ansi(n)) => n,
                None => otherwise,
                other => panic!("{other:?} is none of the sixteen"),
            };
            let [_, r, g, b] = palette[usize::from(number)].to_be_bytes();
            (r, g, b)
        };
        for (palette_name, palette) in &PALETTES {
            for (name, theme) in themes(Depth::Sixteen) {
                let (text, behind) = if name.ends_with("dark") { (15, 0) } else { (0, 15) };
                let behind_own = of(palette, theme.background().background, behind);
                let auto = Theme::builtin(name, Depth::Sixteen);
                for ((row, named), auto) in ROLES.iter().zip(theme.styles.iter()).zip(auto.styles.iter()) {
                    for style in [named, auto] {
                        let found = contrast(of(palette, style.colour, text), behind_own);
                        let least = if name.starts_with("high") { 7.0 } else { 4.5 };
                        assert!(found >= least, "{palette_name} {name} {}: {found:.2}", row.name);
                    }
                }
            }
        }
    }

    #[test]
    fn without_colours_nothing_is_coloured_and_the_attributes_stay() {
        for (name, theme) in themes(Depth::None) {
            assert_eq!(theme.background(), Style::plain(), "{name}");
            assert!(theme.styles.iter().all(|s| s.colour.is_none() && s.background.is_none()), "{name}");
            assert!(theme.part(Part::Quiet).dim && theme.ink(Role::Link.into()).underline);
        }
    }

    /// What means something is told by a sign or an attribute, too: the alarm is bold, a match underlined.
    #[test]
    fn meaning_is_never_told_by_colour_alone() {
        let theme = Theme::monochrome();
        for part in [Part::Cursor, Part::CursorAway, Part::Match, Part::Alarm, Part::Bookmark, Part::Hint] {
            assert_ne!(theme.part(part), theme.part(Part::Talk), "{part:?}");
        }
        for role in [Role::Link, Role::Title, Role::Heading(1), Role::Quote, Role::TableHead, Role::Notice] {
            assert_ne!(theme.ink(role.into()), theme.ink(Role::Text.into()), "{role:?}");
        }
    }

    #[test]
    fn auto_follows_the_terminal_and_keeps_its_background() {
        let mut looks = Looks { theme: AUTO.into(), depth: Depth::True, ..Looks::default() };
        assert_eq!(looks.made(), Theme::builtin("dark", Depth::True));
        looks.light = Some(true);
        assert_eq!(looks.made(), Theme::builtin("light", Depth::True));
        assert_eq!(looks.made().background(), Style::plain());
    }

    #[test]
    fn a_theme_of_ones_own_changes_what_it_names() {
        let style: Style = "#ff00ff on #202020 italic".parse().expect("a style");
        let own = Own {
            base: "light".into(),
            background: None,
            roles: BTreeMap::from([("link".to_owned(), style)]),
        };
        let looks = Looks {
            theme: "mine".into(),
            own: BTreeMap::from([("mine".to_owned(), own)]),
            depth: Depth::True,
            light: None,
        };
        let theme = looks.made();
        assert_eq!(theme.ink(Role::Link.into()), style);
        assert_eq!(theme.part(Part::Alarm).colour, Some(rgb(0xb3_26_1e)));
        assert!(looks.has("mine") && !looks.has("yours"));
    }
}
