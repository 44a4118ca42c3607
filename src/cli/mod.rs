//! The command line: one file per verb. Data goes to stdout, talk about it to stderr.

pub mod args;
mod doctor;
mod json;
mod list;
mod out;
mod show;

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::args::{Args, Global, Verb};
use crate::library::load::{LoadError, Roots, load};
use crate::library::{Library, TalkId};
use crate::search::Finder;

/// How a verb ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Found, clean or done: status 0.
    Done,
    /// Nothing matched, or ambiguous, or problems in `doctor --strict`: status 1.
    Nothing,
}

/// Runs a verb.
///
/// # Errors
///
/// Wrong use, or what was asked could not be read or written: status 2. A closed pipe comes back
/// as an [`std::io::Error`] of kind `BrokenPipe`, which `main` ends quietly on.
pub fn run(verb: &Verb, args: &Args) -> Result<Outcome> {
    let global = &args.global;
    match verb {
        Verb::List(options) => list::run(options, global),
        Verb::Show(options) => show::run(options, global),
        Verb::Doctor(options) => doctor::run(options, global),
    }
}

/// Where the notes come from: what was named, else `$HALLWAY_NOTES`, else the built-in ones.
pub fn roots(named: &[PathBuf]) -> Roots {
    if !named.is_empty() {
        return Roots::Paths(named.to_vec());
    }
    match std::env::var_os("HALLWAY_NOTES").filter(|v| !v.is_empty()) {
        Some(paths) => Roots::Paths(std::env::split_paths(&paths).collect()),
        None => Roots::Builtin,
    }
}

fn library(global: &Global) -> Result<Library, LoadError> {
    load(&roots(&global.notes), global.all)
}

/// Finds the one talk that words or an id stand for. `Err` holds the candidates' ids.
fn resolve(library: &Library, words: &str) -> Result<TalkId, Vec<TalkId>> {
    if let Some(id) = library.by_slug(words) {
        return Ok(id);
    }
    let hits = Finder::new(library).find(words, usize::MAX);
    match &hits[..] {
        [] => Err(Vec::new()),
        [only] => Ok(only.talk),
        // A title that holds the words as they are beats titles that merely hold their letters.
        [first, second, ..] if first.score > second.score + second.score / 4 => Ok(first.talk),
        _ => Err(hits.iter().take(9).map(|h| h.talk).collect()),
    }
}
