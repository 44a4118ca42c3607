//! `pick`, but for the screen: what there is to pick from, and how the choice is printed.

use std::io::Write;

use anyhow::Result;

use crate::cli::args::PickOptions;
use crate::cli::template;
use crate::library::{Library, TalkId};
use crate::search::{Finder, Index, Marks, Query};

/// What can be told without asking anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The only talk that matches.
    One(TalkId),
    /// No talk matches.
    None,
    /// Somebody has to choose.
    Open,
}

/// Settles what the query settles by itself, where that is asked for.
pub fn settled(library: &Library, options: &PickOptions, marks: &Marks) -> Settled {
    if !options.select_1 && !options.exit_0 {
        return Settled::Open;
    }
    let index = Index::new(library);
    let found = Finder::new(library, &index, marks).find(&Query::parse(&options.query), 2);
    match &found.hits[..] {
        [] if options.exit_0 => Settled::None,
        [only] if options.select_1 && found.total <= 1 => Settled::One(only.talk),
        _ => Settled::Open,
    }
}

/// Prints a choice.
///
/// # Errors
///
/// When it cannot be written, or the template names something that is not there.
pub fn print(library: &Library, talk: TalkId, line: Option<usize>, options: &PickOptions) -> Result<()> {
    let text = template::fill(library, talk, line, &options.format)?;
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.write_all(if options.print0 { b"\0" } else { b"\n" })?;
    Ok(out.flush()?)
}
