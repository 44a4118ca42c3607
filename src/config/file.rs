//! The config file, checked: every value with where it came from, every fault with where it stands.
//!
//! `config.toml` in hallway's config folder, or the file that `$HALLWAY_CONFIG` or `--config` names. What can be set is
//! in [`crate::config::schema`]; keys and themes:
//!
//! ```toml
//! [keys.reader]
//! "g g" = "top"     # a sequence
//! "x" = false       # does nothing any more
//!
//! [themes.mine]
//! base = "dark"
//! link = "#5fafff underlined"
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::config::actions::Scope;
use crate::config::colour::{ATTRIBUTES, Colour, NAMES, Style};
use crate::config::keymap::{self, Binding, Keymap};
use crate::config::keys;
use crate::config::raw::{self, Entry, Value};
use crate::config::schema::{SETTINGS, nearest, setting_of};
use crate::config::settings::{DEPTHS, IMAGES, MIB, Settings, Source};
use crate::config::table::TABLE;
use crate::config::theme::{AUTO, Looks, Own, role_names};
use crate::library::source::LARGEST_CAP;

/// What is wrong with a line of the config file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1, in characters.
    pub column: usize,
    /// What, what was expected, and the nearest name that there is.
    pub message: String,
    /// It is about something that hallway does not know, and can do without.
    pub unknown: bool,
}

impl Fault {
    /// The same with the file's name alone, where there is one line for it.
    pub fn short(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        format!("{name}:{}:{}: {}", self.line, self.column, self.message)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.path.display(), self.line, self.column, self.message)
    }
}

/// The config file cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}")]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub source: std::io::Error,
}

/// Where the config file is; `None` without a home.
pub fn path() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    if let Some(named) = std::env::var_os("HALLWAY_CONFIG").filter(|v| !v.is_empty()) {
        return Some(named.into());
    }
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("hallway").join("config.toml"))
}

/// Reads the config file. One that is not there sets nothing. What is at fault in it is left as it would be without.
///
/// # Errors
///
/// When it is there and cannot be read.
pub fn load(path: &Path) -> Result<(Settings, Vec<Fault>), ConfigError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(match std::str::from_utf8(&bytes) {
            Ok(text) => check(path, text.trim_start_matches('\u{feff}')),
            Err(_) => {
                let message = "the file is not UTF-8, as TOML has to be".to_owned();
                let fault = Fault { path: path.to_path_buf(), line: 1, column: 1, message, unknown: false };
                (Settings::default(), vec![fault])
            }
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok((Settings::default(), Vec::new())),
        Err(source) => Err(ConfigError { path: path.to_path_buf(), source }),
    }
}

/// Checks the text of a config file.
pub fn check(path: &Path, text: &str) -> (Settings, Vec<Fault>) {
    let mut checks = Checks { path, text, settings: Settings::default(), faults: Vec::new() };
    match raw::read(text) {
        Ok(entries) => checks.all(&entries),
        Err(errors) => {
            for (at, message) in errors {
                checks.fault(at, message);
            }
        }
    }
    checks.faults.sort_by_key(|fault| (fault.line, fault.column));
    (checks.settings, checks.faults)
}

/// The checks of one file, as far as they have got.
struct Checks<'f> {
    path: &'f Path,
    text: &'f str,
    settings: Settings,
    faults: Vec<Fault>,
}

impl Checks<'_> {
    fn fault(&mut self, at: usize, message: String) {
        let (line, column) = raw::position(self.text, at);
        self.faults.push(Fault { path: self.path.to_path_buf(), line, column, message, unknown: false });
    }

    /// Something that is not known is said, with what comes near to it.
    fn unknown(&mut self, at: usize, what: &str, name: &str, near: Option<&str>) {
        self.fault(at, format!("no {what} is called `{name}`{}", did_you_mean(near)));
        if let Some(fault) = self.faults.last_mut() {
            fault.unknown = true;
        }
    }

    fn all(&mut self, entries: &[Entry]) {
        // A theme may be asked for before it is written.
        let (themes, others): (Vec<_>, Vec<_>) = entries.iter().partition(|e| e.path[0] == "themes");
        for entry in &themes {
            self.theme(entry);
        }
        let mut bindings = Vec::new();
        for entry in others {
            match &entry.path[..] {
                [keys, scope, names] if keys == "keys" => bindings.extend(self.binding(entry, scope, names)),
                [table, ..] if table == "keys" => {
                    if let [_, scope] = &entry.path[..]
                        && entry.value == Value::Empty
                        && Scope::ALL.iter().any(|s| s.name() == scope)
                    {
                        continue;
                    }
                    self.fault(
                        entry.name.start,
                        "keys are bound under [keys.SCOPE], as in [keys.reader]".into(),
                    );
                }
                _ => self.setting(entry),
            }
        }
        let given: Vec<Binding> = bindings.iter().map(|(binding, _)| Binding::clone(binding)).collect();
        let (keymap, refused) = Keymap::with(&given);
        self.settings.keymap = keymap;
        for refused in refused {
            self.fault(bindings[refused.at].1, refused.why);
        }
    }

    fn setting(&mut self, entry: &Entry) {
        let name = entry.path.join(".");
        let Some(setting) = setting_of(&name) else {
            let is_table = |table: &str| SETTINGS.iter().any(|s| s.name.starts_with(&format!("{table}.")));
            if entry.path.len() == 1 && is_table(&name) {
                if entry.value != Value::Empty {
                    self.fault(entry.at, format!("`{name}` is a table: [{name}]"));
                }
                return;
            }
            let tables = ["keys", "themes", "reader", "limits"];
            if entry.path.len() > 1 && !tables.contains(&entry.path[0].as_str()) {
                // Every line of it would say the same.
                let (line, column) = raw::position(self.text, entry.table);
                if !self.faults.iter().any(|fault| (fault.line, fault.column) == (line, column)) {
                    self.unknown(entry.table, "table", &entry.path[0], nearest(&entry.path[0], tables));
                }
                return;
            }
            let names = SETTINGS.iter().map(|setting| setting.name);
            // `widht` under [reader] is meant for `width` there.
            let near = nearest(&name, names.chain(tables));
            // Or it is the name of something in a table, without its table.
            let below = || SETTINGS.iter().map(|s| s.name).find(|s| s.ends_with(&format!(".{name}")));
            let near = near.or_else(below);
            let short = near.map(|near| match near.split_once('.') {
                Some((table, short)) if entry.path.len() > 1 && entry.path[0] == table => short,
                _ => near,
            });
            let last = entry.path.last().map_or("", String::as_str);
            self.unknown(entry.name.start, "setting", if entry.path.len() > 1 { last } else { &name }, short);
            return;
        };
        let before = self.faults.len();
        let done = self.set(setting.name, entry);
        if done.is_none() && self.faults.len() == before {
            let near = match &entry.value {
                Value::Text(word) if word.chars().count() > 2 => {
                    nearest(word, setting.expected.split([' ', ',']))
                }
                _ => None,
            };
            // Of a list, the first item that is none of what it holds.
            let wrong = match &entry.value {
                Value::List(items) => {
                    items.iter().find(|(item, _)| !matches!(item, Value::Text(t) if !t.is_empty()))
                }
                _ => None,
            };
            let (value, at) = wrong.map_or((&entry.value, entry.at), |(item, at)| (item, *at));
            let found = match value {
                Value::Text(word) => format!("\"{word}\""),
                Value::Number(number) => number.to_string(),
                other => other.kind().to_owned(),
            };
            let message = format!("`{name}` is {}, not {found}{}", setting.expected, did_you_mean(near));
            self.fault(at, message);
        }
        if done.is_some() {
            let (line, _) = raw::position(self.text, entry.name.start);
            self.settings.came_from(setting.name, Source::Line(line));
        }
    }

    /// Sets what an entry says; `None` when it says nothing that can be set.
    fn set(&mut self, name: &str, entry: &Entry) -> Option<()> {
        let value = &entry.value;
        let word = match value {
            Value::Text(word) => Some(word.as_str()),
            _ => None,
        };
        let settings = &mut self.settings;
        match name {
            "notes" => settings.notes = paths(value, self.path)?,
            "bookmarks" => settings.bookmarks = Some(place(word.filter(|w| !w.is_empty())?, self.path)),
            "theme" => {
                let theme = word?;
                if !settings.looks.has(theme) {
                    let names = settings.looks.names();
                    let near = did_you_mean(nearest(theme, names.iter().map(String::as_str)));
                    let all = names.join(", ");
                    self.fault(entry.at, format!("there is no theme \"{theme}\"{near}; there are {all}"));
                    return None;
                }
                theme.clone_into(&mut settings.looks.theme);
            }
            "colors" => {
                let word = match value {
                    Value::Number(number) => number.to_string(),
                    Value::Flag(flag) => flag.to_string(),
                    _ => word?.to_owned(),
                };
                settings.colors = DEPTHS.iter().find(|(name, _)| *name == word)?.1;
            }
            "mouse" => settings.mouse = flag(value)?,
            "editor" => {
                let editor = word.filter(|w| !w.trim().is_empty())?;
                if let Err(why) = crate::config::editor::command(editor, Path::new("notes.md"), 1) {
                    self.fault(entry.at, why);
                    return None;
                }
                settings.editor = Some(editor.to_owned());
            }
            "ascii" => {
                settings.ascii = match value {
                    Value::Text(auto) if auto == "auto" => None,
                    other => Some(flag(other)?),
                }
            }
            "ambiguous-width" => {
                settings.wide_signs = match word? {
                    "wide" => true,
                    "narrow" => false,
                    _ => return None,
                }
            }
            "reader.width" => {
                let Value::Number(number) = value else {
                    return None;
                };
                settings.measure =
                    u16::try_from(*number).ok().filter(|columns| (20..=400).contains(columns))?;
            }
            "limits.file" => settings.limits.file = mebibytes(value).filter(|most| *most <= LARGEST_CAP)?,
            "limits.all" => settings.limits.all = mebibytes(value)?,
            "reader.images" => settings.images = IMAGES.iter().find(|(name, _)| Some(*name) == word)?.1,
            _ => return None,
        }
        Some(())
    }

    /// A binding, and where it stands.
    fn binding(&mut self, entry: &Entry, scope: &str, names: &str) -> Option<(Binding, usize)> {
        let at = entry.name.start;
        let Some(scope) = Scope::ALL.into_iter().find(|s| s.name() == scope) else {
            let near = nearest(scope, Scope::ALL.iter().map(|s| s.name()));
            self.unknown(at, "scope of keys", scope, near);
            return None;
        };
        let keys = match keys::sequence(names) {
            Ok(keys) => keys,
            Err(word) => {
                let near = did_you_mean(keys::nearest(word).as_deref());
                let example =
                    "a key is written like j, G, ctrl-p, alt-left, f1, or \"g t\" for one after the other";
                self.fault(at, format!("`{word}` is no key{near}; {example}"));
                return None;
            }
        };
        let action = match &entry.value {
            Value::Flag(false) => None,
            Value::Text(word) => {
                let names: Vec<(String, _)> =
                    TABLE.iter().map(|row| (row.action.name(), row.action)).collect();
                let Some((_, action)) = names.iter().find(|(name, _)| name == word) else {
                    let near = did_you_mean(nearest(word, names.iter().map(|(name, _)| name.as_str())));
                    self.fault(
                        entry.at,
                        format!("there is no action \"{word}\"{near}; `hallway config keys` lists them"),
                    );
                    return None;
                };
                Some(*action)
            }
            other => {
                let message = format!("`{names}` is the name of an action, or false, not {}", other.kind());
                self.fault(entry.at, message);
                return None;
            }
        };
        let (line, _) = raw::position(self.text, at);
        Some((Binding { scope, keys, action, origin: keymap::Origin::Line(line) }, at))
    }

    fn theme(&mut self, entry: &Entry) {
        let [_, name, role] = &entry.path[..] else {
            if !(entry.path.len() == 2 && entry.value == Value::Empty) {
                self.fault(entry.name.start, "a theme is written under [themes.NAME]".into());
            }
            return;
        };
        let builtin = Looks::default();
        if builtin.has(name) {
            let message = format!(
                "`{name}` is a theme of hallway's own; give yours another name, with base = \"{name}\""
            );
            return self.fault(entry.name.start, message);
        }
        let new = || Own { base: "dark".into(), background: None, roles: BTreeMap::new() };
        let own = self.settings.looks.own.entry(name.clone()).or_insert_with(new);
        let Value::Text(words) = &entry.value else {
            let kind = entry.value.kind();
            return self.fault(entry.at, format!("`{role}` is a style, as in \"#5fafff bold\", not {kind}"));
        };
        match role.as_str() {
            "base" if *words != AUTO && builtin.has(words) => own.base = words.clone(),
            "base" => {
                let names = builtin.names();
                let near = did_you_mean(nearest(words, names.iter().map(String::as_str)));
                self.fault(
                    entry.at,
                    format!(
                        "\"{words}\" is no theme to begin with{near}; there are {}",
                        names[1..].join(", ")
                    ),
                );
            }
            "background" if words == "default" => own.background = Some(None),
            "background" => match words.parse::<Colour>() {
                Ok(colour) => own.background = Some(Some(colour)),
                Err(why) => {
                    self.fault(entry.at, format!("{why}; it is #rrggbb, a number to 255, or default"))
                }
            },
            role if role_names().any(|known| known == role) => match words.parse::<Style>() {
                Ok(style) => {
                    own.roles.insert(role.to_owned(), style);
                }
                Err(why) => {
                    let wrong = why.split('"').nth(1).unwrap_or_default();
                    let near = did_you_mean(nearest(wrong, NAMES.into_iter().chain(ATTRIBUTES)));
                    let expected = "#rrggbb, one of the sixteen by name, or a number to 255";
                    self.fault(entry.at, format!("{why}{near}; a colour is {expected}"));
                }
            },
            other => {
                let near = nearest(other, role_names().chain(["base", "background"]));
                self.unknown(entry.name.start, "role", other, near);
            }
        }
    }
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map(|near| format!("; did you mean {near}?")).unwrap_or_default()
}

/// A number of MiB, in bytes.
fn mebibytes(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => u64::try_from(*number).ok().filter(|n| *n > 0)?.checked_mul(MIB),
        _ => None,
    }
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Flag(flag) => Some(*flag),
        _ => None,
    }
}

fn paths(value: &Value, config: &Path) -> Option<Vec<PathBuf>> {
    let one = |value: &Value| match value {
        Value::Text(word) if !word.is_empty() => Some(place(word, config)),
        _ => None,
    };
    match value {
        Value::List(items) => items.iter().map(|(item, _)| one(item)).collect(),
        value => Some(vec![one(value)?]),
    }
}

/// A path as the config has it: `~` is the home, and what is not absolute begins at the config file's folder.
fn place(word: &str, config: &Path) -> PathBuf {
    let home = || etcetera::home_dir().ok();
    if let Some(rest) = word.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/'))
        && let Some(home) = home()
    {
        return home.join(rest.trim_start_matches('/'));
    }
    config.parent().unwrap_or(Path::new("")).join(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::actions::Action;
    use crate::config::colour::Depth;
    use crate::config::keymap::Found;
    use crate::config::settings::Images;

    fn faults(text: &str) -> Vec<String> {
        let (_, faults) = check(Path::new("config.toml"), text);
        faults.iter().map(ToString::to_string).collect()
    }

    fn settings(text: &str) -> Settings {
        let (settings, faults) = check(Path::new("/etc/hallway/config.toml"), text);
        assert_eq!(faults, [], "{text}");
        settings
    }

    #[test]
    fn what_is_set() {
        assert_eq!(settings(""), Settings::default());
        let set = settings(
            "notes = [\"talks\", \"/srv/notes\"]\ntheme = \"light\"\nmouse = false\ncolors = 256\nascii = true\n\
             ambiguous-width = \"wide\"\neditor = \"hx\"\n[reader]\nwidth = 100\nimages = \"off\"\n",
        );
        assert_eq!(set.notes, [Path::new("/etc/hallway/talks"), Path::new("/srv/notes")]);
        assert_eq!((set.measure, set.images, set.mouse), (100, Images::Off, false));
        assert_eq!((set.colors, set.ascii, set.wide_signs), (Some(Depth::Fixed256), Some(true), true));
        assert_eq!(set.sources["reader.width"], Source::Line(9));
        // What is printed is what would be read.
        for setting in SETTINGS.iter().filter(|s| s.name != "bookmarks") {
            let line = format!("{} = {}\n", setting.name, set.value_of(setting.name));
            assert_eq!(settings(&line).value_of(setting.name), set.value_of(setting.name), "{line}");
        }
    }

    #[test]
    fn keys_and_themes() {
        let set = settings(
            "theme = \"mine\"\n[keys.reader]\ng = false\n\"g g\" = \"top\"\n[keys.anywhere]\n\"ctrl-q\" = \"quit\"\n\
             [themes.mine]\nbase = \"light\"\nlink = \"#5fafff underlined\"\nbackground = \"default\"\n",
        );
        let keys = keys::sequence("g g").expect("keys");
        assert_eq!(set.keymap.lookup(Scope::Reader, &keys), Found::Action(Action::Top));
        assert_eq!(set.looks.own["mine"].base, "light");
    }

    #[test]
    fn every_fault_says_where_what_and_what_is_near() {
        let check = |text: &str, expected: &str| assert_eq!(faults(text), [expected], "{text}");
        check(
            "[reader]\n\nwidth = 7\n",
            "config.toml:3:9: `reader.width` is a number of columns from 20 to 400, not 7",
        );
        check("[reader]\nwidht = 90\n", "config.toml:2:1: no setting is called `widht`; did you mean width?");
        check("them = \"dark\"\n", "config.toml:1:1: no setting is called `them`; did you mean theme?");
        check(
            "theme = \"drak\"\n",
            "config.toml:1:9: there is no theme \"drak\"; did you mean dark?; there are auto, dark, light, \
             high-contrast-dark, high-contrast-light",
        );
        check(
            "limits.file = 1025\n",
            "config.toml:1:15: `limits.file` is a number of MiB, 1 to 1024, not 1025",
        );
        check("mouse = \"yes\"\n", "config.toml:1:9: `mouse` is true or false, not \"yes\"");
        check(
            "[reader]\nimages = \"kity\"\n",
            "config.toml:2:10: `reader.images` is auto, off, blocks, kitty, iterm2 or sixel, not \"kity\"; did you \
             mean kitty?",
        );
        check(
            "[keys.reader]\nC-x = \"top\"\n",
            "config.toml:2:1: `C-x` is no key; did you mean ctrl-x?; a key is written like j, G, ctrl-p, alt-left, f1, \
             or \"g t\" for one after the other",
        );
        check(
            "[keys.tree]\nx = \"tpo\"\n",
            "config.toml:2:5: there is no action \"tpo\"; did you mean top?; `hallway config keys` lists them",
        );
        check(
            "[keys.tre]\nx = \"top\"\n",
            "config.toml:2:1: no scope of keys is called `tre`; did you mean tree?",
        );
        check(
            "[themes.mine]\nlink = \"bleu\"\n",
            "config.toml:2:8: \"bleu\" is no colour; did you mean blue?; a colour is #rrggbb, one of the sixteen by \
             name, or a number to 255",
        );
        check(
            "[themes.mine]\nlnik = \"blue\"\n",
            "config.toml:2:1: no role is called `lnik`; did you mean link?",
        );
        check("reader = 3\n", "config.toml:1:10: `reader` is a table: [reader]");
    }

    #[test]
    fn all_faults_are_told_and_the_rest_holds() {
        let (settings, faults) = super::check(
            Path::new("config.toml"),
            "mouse = 1\nnew = 2\n[reader]\nwidth = 3\nimages = \"off\"\n",
        );
        let lines: Vec<(usize, bool)> = faults.iter().map(|fault| (fault.line, fault.unknown)).collect();
        assert_eq!(lines, [(1, false), (2, true), (4, false)]);
        assert_eq!((settings.mouse, settings.images), (true, Images::Off));
        assert_eq!(faults_of_broken().len(), 1);
    }

    fn faults_of_broken() -> Vec<String> {
        let told = faults("mouse = \n");
        assert!(told[0].starts_with("config.toml:1:"), "{told:?}");
        told
    }
}
