//! Keys by name: `j`, `G`, `ctrl-p`, `alt-left`, `shift-tab`, and sequences of them: `g t`. Parsed from the
//! table of actions and from the config; printed in footer, help and README.

use std::fmt;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character as it arrives, shift already applied: `g` or `G`.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Tab with shift.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key.
    F(u8),
}

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: Code,
    /// Control is held.
    pub ctrl: bool,
    /// Alt is held.
    pub alt: bool,
    /// Shift is held, where that is not in the character already.
    pub shift: bool,
}

/// Keys that have a name of their own.
const NAMED: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("shift-tab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("space", Code::Char(' ')),
];

impl Key {
    /// A key without modifiers.
    pub fn plain(code: Code) -> Self {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    /// Reads a key's name. `None` when it names none.
    pub fn parse(name: &str) -> Option<Self> {
        // Most are a character, and the whole table is read before the first frame.
        let mut chars = name.chars();
        if let (Some(c), "") = (chars.next(), chars.as_str()) {
            return Some(Key::plain(Code::Char(c)));
        }
        let (mut rest, mut ctrl, mut alt, mut shift) = (name, false, false, false);
        loop {
            if let Some(after) = rest.strip_prefix("ctrl-").filter(|r| !r.is_empty()) {
                (rest, ctrl) = (after, true);
            } else if let Some(after) = rest.strip_prefix("alt-").filter(|r| !r.is_empty()) {
                (rest, alt) = (after, true);
            } else if let Some(after) = rest.strip_prefix("shift-").filter(|r| !r.is_empty() && *r != "tab") {
                (rest, shift) = (after, true);
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        let named = NAMED.iter().find(|(name, _)| *name == rest).map(|(_, code)| *code);
        let code = match (named, chars.next(), chars.as_str()) {
            (Some(code), ..) => code,
            (None, Some(c), "") => Code::Char(c),
            (None, Some('f'), number) => Code::F(number.parse().ok().filter(|n| (1..=24).contains(n))?),
            _ => return None,
        };
        // `shift-g` is `G`, and what shift makes of other characters depends on the keyboard.
        let code = match code {
            Code::Char(c) if shift && !ctrl => {
                shift = false;
                Code::Char(c.is_alphabetic().then(|| c.to_uppercase().next())??)
            }
            // With control held, terminals differ on the case of the letter.
            Code::Char(c) if ctrl => Code::Char(c.to_ascii_lowercase()),
            other => other,
        };
        Some(Key { code, ctrl, alt, shift })
    }

    /// What a terminal sends for the key that cannot tell it from an older one: `ctrl-[` is Esc there, `ctrl-m` Enter,
    /// `ctrl-i` Tab, and shift is not told. `None` where it is the same.
    pub fn legacy(self) -> Option<Self> {
        let code = match self.code {
            Code::Char('[') if self.ctrl => Code::Esc,
            Code::Char('m') if self.ctrl => Code::Enter,
            Code::Char('i') if self.ctrl => Code::Tab,
            code if self.shift => return Some(Key { code, shift: false, ..self }),
            _ => return None,
        };
        Some(Key { code, ctrl: false, ..self })
    }

    /// The text that the key types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// Reads the names of keys that are pressed one after the other, with blanks between them. `Err` holds the word that
/// names none.
pub fn sequence(names: &str) -> Result<Vec<Key>, &str> {
    names.split_whitespace().map(|name| Key::parse(name).ok_or(name)).collect()
}

/// The names of keys that are pressed one after the other.
pub fn names(keys: &[Key]) -> String {
    let names: Vec<String> = keys.iter().map(Key::to_string).collect();
    names.join(" ")
}

/// A name that comes near to one that names no key.
pub fn nearest(name: &str) -> Option<String> {
    let (modifiers, last) = name.rsplit_once('-').map_or(("", name), |(m, last)| (m, last));
    let spelled: Vec<&str> = modifiers
        .split('-')
        .filter(|m| !m.is_empty())
        .map(|modifier| match modifier.to_ascii_lowercase().as_str() {
            "c" | "ctl" | "control" | "ctrl" | "strg" => Some("ctrl"),
            "a" | "m" | "meta" | "option" | "opt" | "alt" => Some("alt"),
            "s" | "shift" => Some("shift"),
            other => {
                ["ctrl", "alt", "shift"].into_iter().find(|m| strsim::damerau_levenshtein(m, other) == 1)
            }
        })
        .collect::<Option<_>>()?;
    let lower = last.to_lowercase();
    let known = NAMED.iter().map(|(name, _)| *name).filter(|name| !name.contains('-'));
    let key = match lower.as_str() {
        "return" | "cr" => "enter".to_owned(),
        "escape" => "esc".to_owned(),
        "bs" => "backspace".to_owned(),
        "del" => "delete".to_owned(),
        "pgdn" | "pgdown" => "pagedown".to_owned(),
        "pgup" => "pageup".to_owned(),
        one if one.chars().count() == 1 => last.to_owned(),
        _ => known
            .map(|k| (strsim::damerau_levenshtein(k, &lower), k))
            // Two letters are near to everything.
            .filter(|(far, _)| *far <= 2 && lower.len() > 3)
            .min()?
            .1
            .to_owned(),
    };
    let name = spelled.into_iter().chain([key.as_str()]).collect::<Vec<_>>().join("-");
    Key::parse(&name).map(|key| key.to_string())
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("ctrl-")?;
        }
        if self.alt {
            f.write_str("alt-")?;
        }
        if self.shift {
            f.write_str("shift-")?;
        }
        match self.code {
            Code::F(number) => write!(f, "f{number}"),
            code => match (NAMED.iter().find(|(_, known)| *known == code), code) {
                (Some((name, _)), _) => f.write_str(name),
                (None, Code::Char(c)) => write!(f, "{c}"),
                (None, _) => Ok(()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_as_they_were() {
        for name in ["j", "G", "ctrl-p", "alt-left", "shift-tab", "space", "f1", "-", "'", "ctrl-alt-x", "?"]
        {
            let key = Key::parse(name).unwrap_or_else(|| panic!("{name} is a key"));
            assert_eq!(key.to_string(), name);
        }
        for no_key in ["", "ctrl-", "jj", "f99", "hyper-x", "shift-1"] {
            assert_eq!(Key::parse(no_key), None, "{no_key}");
        }
        for (name, same) in [("shift-g", "G"), ("ctrl-P", "ctrl-p"), ("alt-ctrl-x", "ctrl-alt-x")] {
            assert_eq!(Key::parse(name).expect(name).to_string(), same);
        }
        for name in ["shift-up", "ctrl-shift-p", "alt-shift-enter"] {
            assert_eq!(Key::parse(name).expect(name).to_string(), name);
        }
    }

    #[test]
    fn a_name_that_is_nearly_one_is_told() {
        let cases =
            [("C-p", "ctrl-p"), ("Return", "enter"), ("pagdown", "pagedown"), ("ctrl-Escape", "ctrl-esc")];
        for (name, near) in cases {
            assert_eq!(nearest(name).as_deref(), Some(near), "{name}");
        }
        assert_eq!(nearest("hyper-x"), None);
    }

    #[test]
    fn what_an_older_terminal_would_have_sent() {
        let older = |name| Key::parse(name).and_then(Key::legacy).map(|key| key.to_string());
        assert_eq!(older("ctrl-["), Some("esc".into()));
        assert_eq!(older("shift-up"), Some("up".into()));
        assert_eq!(older("ctrl-p"), None);
    }
}
