//! What holds for a run: the config file, what the environment says, and the options, each in the place of the one
//! before.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

use crate::bookmarks;
use crate::cli::args::{Global, When};
use crate::config::colour::Depth;
use crate::config::file::{self, Fault};
use crate::config::settings::{Settings, Source};
use crate::config::{editor, terminal};
use crate::text::signs;

/// Nothing is said about the data.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Whether nothing is to be said about the data.
pub(super) fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Where the config file is: where `--config` says, or `$HALLWAY_CONFIG`, or in the config folder.
pub fn config_path(global: &Global) -> Option<PathBuf> {
    global.config.clone().or_else(file::path)
}

/// Reads the config file, and lays over it what the environment and the options say. What the file says that is not
/// known comes back as faults.
///
/// # Errors
///
/// When the file cannot be read or something in it is wrong, or an option names what there is not.
pub fn settings(global: &Global) -> Result<(Settings, Vec<Fault>)> {
    let (settings, faults) = match config_path(global) {
        Some(path) => {
            // One that was named is meant to be there.
            let is_named = global.config.is_some() || set_in_environment("HALLWAY_CONFIG").is_some();
            if is_named && !path.exists() {
                anyhow::bail!("there is no config file {}", path.display());
            }
            file::load(&path).context("the config file cannot be read; name another one by --config")?
        }
        None => (Settings::default(), Vec::new()),
    };
    let wrong: Vec<String> = faults.iter().filter(|fault| !fault.unknown).map(ToString::to_string).collect();
    if !wrong.is_empty() {
        anyhow::bail!("{}\nMend the config file, or name another one by --config.", wrong.join("\n"));
    }
    let settings = overlaid(settings, global)?;
    Ok((settings, faults))
}

fn set_in_environment(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Lays what the environment and the options say over what a config file has set.
///
/// # Errors
///
/// When an option names a theme that there is not.
pub fn overlaid(mut settings: Settings, global: &Global) -> Result<Settings> {
    let set = set_in_environment;
    if let Some(paths) = set("HALLWAY_NOTES") {
        settings.notes = std::env::split_paths(&paths).collect();
        settings.came_from("notes", Source::Environment("HALLWAY_NOTES"));
    }
    if !global.notes.is_empty() {
        settings.notes.clone_from(&global.notes);
        settings.came_from("notes", Source::Flag("--notes"));
    }
    if set("HALLWAY_BOOKMARKS").is_some() {
        settings.came_from("bookmarks", Source::Environment("HALLWAY_BOOKMARKS"));
        settings.bookmarks = bookmarks::file::path();
    }
    settings.bookmarks = settings.bookmarks.take().or_else(bookmarks::file::path);
    if settings.editor.is_none() {
        let named = ["VISUAL", "EDITOR"].into_iter().find(|name| set(name).is_some());
        if let Some(name) = named {
            settings.came_from("editor", Source::Environment(name));
        }
        settings.editor = Some(editor::chosen(None));
    }
    if let Some(theme) = &global.theme {
        if !settings.looks.has(theme) {
            let names = settings.looks.names();
            let near = crate::config::schema::nearest(theme, names.iter().map(String::as_str));
            let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            anyhow::bail!("there is no theme \"{theme}\"{near}; there are {}", names.join(", "));
        }
        settings.looks.theme.clone_from(theme);
        settings.came_from("theme", Source::Flag("--theme"));
    }
    if global.ascii {
        settings.ascii = Some(true);
        settings.came_from("ascii", Source::Flag("--ascii"));
    }
    if global.no_mouse {
        settings.mouse = false;
        settings.came_from("mouse", Source::Flag("--no-mouse"));
    }
    let depth = settings.colors.unwrap_or_else(terminal::depth);
    settings.looks.depth = match global.color {
        When::Never => Depth::None,
        // What is forced has colours, whatever is known of the terminal.
        When::Always => depth.max(Depth::Sixteen),
        When::Auto => depth,
    };
    settings.looks.light = terminal::light();
    Ok(settings)
}

/// Makes what is set hold for the whole process: which signs there are, and whether anything is said.
pub fn hold(settings: &Settings, global: &Global) {
    QUIET.store(global.quiet, Ordering::Relaxed);
    signs::set(settings.repertoire(std::io::stdout().is_terminal()));
}
