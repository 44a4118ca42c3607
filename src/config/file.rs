//! The config file: what a person has set, checked.
//!
//! `config.toml` in hallway's config folder, or the file that `$HALLWAY_CONFIG` or `--config` names:
//!
//! ```toml
//! [reader]
//! width = 88        # the longest line, in columns: 20 to 400
//! images = "auto"   # auto, off, blocks, kitty, iterm2 or sixel
//! ```

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The longest line that reads well, in columns.
pub const MEASURE: u16 = 88;

/// How pictures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
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

/// What is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The longest line of a page, in columns.
    pub measure: u16,
    /// How pictures are shown.
    pub images: Images,
}

impl Default for Settings {
    fn default() -> Self {
        Self { measure: MEASURE, images: Images::default() }
    }
}

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Raw {
    reader: RawReader,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawReader {
    width: Option<toml::Spanned<i64>>,
    images: Images,
}

/// What is wrong with a config file.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It was named and cannot be read, or it is there and cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It says something that is not understood.
    #[error("{path}:{line}: {message}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What, and what was expected.
        message: String,
    },
}

/// Where the config file is; `None` without a home.
pub fn path() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    if let Some(named) = std::env::var_os("HALLWAY_CONFIG").filter(|v| !v.is_empty()) {
        return Some(named.into());
    }
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("hallway").join("config.toml"))
}

/// Reads the config file. One that is not there sets nothing.
///
/// # Errors
///
/// When it cannot be read, or says what is not understood.
pub fn load(path: &Path) -> Result<Settings, ConfigError> {
    match std::fs::read_to_string(path) {
        Ok(text) => parse(path, &text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Settings::default()),
        Err(source) => Err(ConfigError::Io { path: path.to_path_buf(), source }),
    }
}

fn parse(path: &Path, text: &str) -> Result<Settings, ConfigError> {
    let wrong = |byte: usize, message: String| {
        let line = 1 + text.get(..byte).map_or(0, |before| before.matches('\n').count());
        ConfigError::Wrong { path: path.to_path_buf(), line, message }
    };
    let raw: Raw = toml::from_str(text)
        .map_err(|error| wrong(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
    let mut settings = Settings { images: raw.reader.images, ..Settings::default() };
    if let Some(width) = raw.reader.width {
        let columns = u16::try_from(*width.get_ref()).ok().filter(|columns| (20..=400).contains(columns));
        let message = || format!("width = {} is no width; it goes from 20 to 400 columns", width.get_ref());
        settings.measure = columns.ok_or_else(|| wrong(width.span().start, message()))?;
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<Settings, &str>) {
        let found = parse(Path::new("config.toml"), text).map_err(|error| error.to_string());
        assert_eq!(found, expected.map_err(str::to_owned), "{text}");
    }

    #[test]
    fn what_is_set_and_what_is_wrong() {
        check("", Ok(Settings::default()));
        check(
            "[reader]\nwidth = 100\nimages = \"off\"\n",
            Ok(Settings { measure: 100, images: Images::Off }),
        );
        check(
            "[reader]\n\nwidth = 7\n",
            Err("config.toml:3: width = 7 is no width; it goes from 20 to 400 columns"),
        );
        check(
            "[reader]\nwidht = 7\n",
            Err("config.toml:2: unknown field `widht`, expected `width` or `images`"),
        );
    }
}
