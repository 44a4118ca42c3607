//! What is set: every value with the program's own in its place until somebody says otherwise.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::colour::Depth;
use crate::config::keymap::Keymap;
use crate::config::schema::SETTINGS;
use crate::config::terminal;
use crate::config::theme::{AUTO, Looks};
use crate::library::load::Extent;
use crate::library::source::Limits;
use crate::text::signs::Repertoire;

/// The longest line that reads well, in columns.
pub const MEASURE: u16 = 88;

/// A mebibyte, in bytes.
pub(super) const MIB: u64 = 1 << 20;

/// How pictures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Images {
    /// In the best way that the terminal is known for.
    #[default]
    Auto,
    /// Not at all; a line says what is there.
    Off,
    /// By coloured half blocks, which every terminal has.
    Blocks,
    /// By kitty's protocol.
    Kitty,
    /// By iTerm2's.
    Iterm2,
    /// By sixels.
    Sixel,
}

pub(super) const IMAGES: &[(&str, Images)] = &[
    ("auto", Images::Auto),
    ("off", Images::Off),
    ("blocks", Images::Blocks),
    ("kitty", Images::Kitty),
    ("iterm2", Images::Iterm2),
    ("sixel", Images::Sixel),
];

pub(super) const DEPTHS: &[(&str, Option<Depth>)] = &[
    ("auto", None),
    ("never", Some(Depth::None)),
    ("16", Some(Depth::Sixteen)),
    ("256", Some(Depth::Fixed256)),
    ("true", Some(Depth::True)),
];

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A line of the config file, counted from 1.
    Line(usize),
    /// An environment variable.
    Environment(&'static str),
    /// An option on the command line.
    Flag(&'static str),
}

/// What is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where the notes are; empty: in the program itself.
    pub notes: Vec<PathBuf>,
    /// The bookmarks file.
    pub bookmarks: Option<PathBuf>,
    /// The theme that is asked for, and those that were written.
    pub looks: Looks,
    /// How many colours there are; `None`: as the terminal says.
    pub colors: Option<Depth>,
    /// The mouse is used.
    pub mouse: bool,
    /// The editor.
    pub editor: Option<String>,
    /// ASCII alone; `None`: as the locale says.
    pub ascii: Option<bool>,
    /// Signs of ambiguous width are wide.
    pub wide_signs: bool,
    /// The longest line of a page, in columns.
    pub measure: u16,
    /// How pictures are shown.
    pub images: Images,
    /// The most that is read.
    pub limits: Limits,
    /// What the keys do.
    pub keymap: Keymap,
    /// Where values came from that are not the program's own, by the names of the settings.
    pub sources: BTreeMap<String, Source>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            notes: Vec::new(),
            bookmarks: None,
            looks: Looks { theme: AUTO.into(), ..Looks::default() },
            colors: None,
            mouse: true,
            editor: None,
            ascii: None,
            wide_signs: false,
            measure: MEASURE,
            images: Images::default(),
            limits: Limits::default(),
            keymap: Keymap::builtin(),
            sources: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// What can be shown. What goes to a file or a program stays as it is, unless ASCII is asked for.
    pub fn repertoire(&self, on_terminal: bool) -> Repertoire {
        match (self.ascii.unwrap_or_else(|| on_terminal && !terminal::is_utf8()), self.wide_signs) {
            (true, _) => Repertoire::Ascii,
            (false, true) => Repertoire::Wide,
            (false, false) => Repertoire::Unicode,
        }
    }

    /// How much is read: within the limits that are set, hidden files too where `all`.
    pub fn extent(&self, all: bool) -> Extent {
        Extent { all, limits: self.limits }
    }

    /// The notes were named by whoever started the program, rather than set: they are meant to be there.
    pub fn notes_are_named(&self) -> bool {
        matches!(self.sources.get("notes"), Some(Source::Environment(_) | Source::Flag(_)))
    }

    /// Sets something from elsewhere than the file.
    pub fn came_from(&mut self, name: &str, source: Source) {
        self.sources.insert(name.to_owned(), source);
    }

    /// A setting's value as the config file would have it.
    pub fn value_of(&self, name: &str) -> String {
        let text = |text: &str| format!("{text:?}");
        let path = |path: &Path| text(&path.to_string_lossy());
        let named = |names: &[(&'static str, Images)]| {
            names.iter().find(|(_, images)| *images == self.images).map_or("auto", |(name, _)| *name)
        };
        match name {
            "notes" => {
                let paths: Vec<String> = self.notes.iter().map(|p| path(p)).collect();
                format!("[{}]", paths.join(", "))
            }
            "bookmarks" => self.bookmarks.as_deref().map_or_else(|| "\"\"".into(), path),
            "theme" => text(&self.looks.theme),
            "colors" => {
                text(DEPTHS.iter().find(|(_, depth)| *depth == self.colors).map_or("auto", |(name, _)| *name))
            }
            "mouse" => self.mouse.to_string(),
            "editor" => text(self.editor.as_deref().unwrap_or_default()),
            "ascii" => self.ascii.map_or_else(|| text("auto"), |ascii| ascii.to_string()),
            "ambiguous-width" => text(if self.wide_signs { "wide" } else { "narrow" }),
            "reader.width" => self.measure.to_string(),
            "reader.images" => text(named(IMAGES)),
            "limits.file" => (self.limits.file / MIB).to_string(),
            "limits.all" => (self.limits.all / MIB).to_string(),
            _ => String::new(),
        }
    }
}

/// The table of settings for the docs, in Markdown.
pub fn markdown() -> String {
    let built_in = Settings::default();
    let mut out = String::from("\n| setting | built in | it may be | what it does |\n|---|---|---|---|\n");
    for setting in SETTINGS {
        // An editor and a file that are not set come from the environment and from the system.
        let value = match setting.name {
            "editor" => "`$VISUAL`, `$EDITOR`, `vi`".to_owned(),
            "bookmarks" => "`bookmarks.json` in the data folder".to_owned(),
            name => format!("`{}`", built_in.value_of(name)),
        };
        out.push_str(&format!(
            "| `{}` | {value} | {} | {} |\n",
            setting.name, setting.expected, setting.about
        ));
    }
    out
}
