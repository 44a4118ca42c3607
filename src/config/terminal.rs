//! What the environment says of the terminal: its colours, its background, whether it takes more than ASCII.

use crate::config::colour::Depth;

fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// How many colours standard output has, going by `NO_COLOR`, `FORCE_COLOR`, `COLORTERM`, `TERM` and their like.
pub fn depth() -> Depth {
    if set("NO_COLOR").is_some() {
        return Depth::None;
    }
    match supports_color::on(supports_color::Stream::Stdout) {
        Some(level) if level.has_16m => Depth::True,
        Some(level) if level.has_256 => Depth::Fixed256,
        Some(_) => Depth::Sixteen,
        None if is_dumb() => Depth::None,
        None => Depth::Sixteen,
    }
}

/// How many columns the terminal has; `None` where there is none.
pub fn columns() -> Option<u16> {
    terminal_size::terminal_size().map(|(columns, _)| columns.0)
}

/// The terminal is one that only writes line after line.
pub fn is_dumb() -> bool {
    set("TERM").as_deref() == Some("dumb")
}

/// Whether the locale's letters are UTF-8: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set says so, as POSIX
/// has it. Windows' consoles have no locale, and take it.
pub fn is_utf8() -> bool {
    if cfg!(windows) {
        return true;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).unwrap_or_default().to_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// Whether the background is light, where `COLORFGBG` tells: rxvt, Konsole and others set it to the numbers of the
/// letters' colour and of the background's, with `;` between. Of the sixteen, 7 and 9 to 15 are light.
pub fn light() -> Option<bool> {
    let number: u8 = set("COLORFGBG")?.rsplit(';').next()?.parse().ok()?;
    Some(number == 7 || number > 8)
}
