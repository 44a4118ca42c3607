//! What can be set in the config file: one table, which the checks, `config show` and the messages are drawn from.
//!
//! Keys and themes have tables of their own below `[keys.SCOPE]` and `[themes.NAME]`.

/// Something that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Its name, with the table that it stands in before a dot.
    pub name: &'static str,
    /// What it may be, in words.
    pub expected: &'static str,
    /// What it does.
    pub about: &'static str,
}

const fn setting(name: &'static str, expected: &'static str, about: &'static str) -> Setting {
    Setting { name, expected, about }
}

/// Everything that can be set, but for keys and themes.
pub const SETTINGS: &[Setting] = &[
    setting("notes", "a path, or a list of paths", "where the notes are, when no path is given"),
    setting("bookmarks", "a path", "the file that bookmarks are kept in"),
    setting(
        "theme",
        "auto, or the name of a theme",
        "how the screen looks; auto asks the terminal: light or dark",
    ),
    setting("colors", "auto, never, 16, 256 or true", "how many colours the terminal has"),
    setting("mouse", "true or false", "the mouse is used; otherwise the terminal has it"),
    setting(
        "editor",
        "a command",
        "the editor; {path} and {line} stand for the place, where it needs them said otherwise",
    ),
    setting(
        "ascii",
        "auto, true or false",
        "signs are drawn with ASCII alone; auto: where the locale is not UTF-8",
    ),
    setting(
        "ambiguous-width",
        "narrow or wide",
        "how wide the terminal draws signs that East Asian fonts draw wide",
    ),
    setting("reader.width", "a number of columns from 20 to 400", "the longest line of a page"),
    setting("reader.images", "auto, off, blocks, kitty, iterm2 or sixel", "how pictures are shown"),
    setting("limits.file", "a number of MiB, 1 to 1024", "the most that is read of one file of notes"),
    setting("limits.all", "a number of MiB, 1 or more", "the most that is read of all notes together"),
];

/// The setting of this name.
pub fn setting_of(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

/// The nearest of some names, if one is near: at most a third of the letters away.
pub fn nearest<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let least = (name.chars().count() / 3).max(1);
    let far = |other: &str| strsim::damerau_levenshtein(&name.to_lowercase(), other);
    names.into_iter().map(|n| (far(n), n)).filter(|(far, _)| *far <= least).min().map(|(_, name)| name)
}
