//! `-V`: the version; with `--verbose`, what a report of a fault should say of the program and of where it runs.

use anyhow::Result;

use crate::cli::args::Global;
use crate::cli::out::Out;
use crate::cli::{Outcome, setup};
use crate::config::terminal;

/// The version in a line.
const LINE: &str = concat!("hallway ", env!("CARGO_PKG_VERSION"));

pub(super) fn run(verbose: bool, global: &Global) -> Result<Outcome> {
    let mut out = Out::new(global);
    out.line(&LINE.into())?;
    let facts = if verbose { facts(global) } else { Vec::new() };
    for (name, value) in facts {
        out.line(&format!("{name:<10} {value}").into())?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}

/// What it was built from and for, and what it finds here. Paths are in it, notes are not.
fn facts(global: &Global) -> Vec<(&'static str, String)> {
    let images = if cfg!(feature = "images") { "images" } else { "none" };
    let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| "unset".into());
    let path = |path: Option<std::path::PathBuf>| match path {
        Some(path) if path.exists() => path.display().to_string(),
        Some(path) => format!("{} (not there)", path.display()),
        None => "nowhere: no home".into(),
    };
    vec![
        ("commit", env!("HALLWAY_COMMIT").into()),
        ("target", env!("HALLWAY_TARGET").into()),
        ("profile", env!("HALLWAY_PROFILE").into()),
        ("compiler", env!("HALLWAY_COMPILER").into()),
        ("features", images.into()),
        ("terminal", format!("{}, {:?} colours", variable("TERM"), terminal::depth())),
        ("locale", if terminal::is_utf8() { "UTF-8".into() } else { "not UTF-8".into() }),
        ("config", path(setup::config_path(global))),
        ("bookmarks", path(crate::bookmarks::file::path())),
    ]
}
