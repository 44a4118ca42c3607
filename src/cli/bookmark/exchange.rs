//! Export and import of bookmarks.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bookmarks::kept::Kept;
use crate::bookmarks::{Bookmark, Bookmarks, Operation, file};
use crate::cli::args::Global;
use crate::cli::bookmark::args::{ExportOptions, Format, ImportOptions};
use crate::cli::bookmark::{chosen, path, read};
use crate::cli::out::Out;
use crate::cli::{Outcome, library, say};
use crate::report::bookmarks::{Sort, diary, locate};
use crate::report::words;
use crate::text::SafeText;

pub(super) fn export(options: &ExportOptions, global: &Global) -> Result<Outcome> {
    let library = library(global)?;
    let marks = locate(&library, read(global)?.bookmarks);
    let chosen = chosen(&library, &marks, &options.query, Sort::Place, global)?;
    let mut out = Out::new(global);
    match options.form {
        Format::Markdown => out.raw(&diary(&library, &chosen))?,
        Format::Json => {
            let mut all = Bookmarks::default();
            for mark in &chosen {
                all.apply(&Operation::put(mark.bookmark.clone()));
            }
            out.raw(&all.print()?)?;
        }
        Format::Jsonl => {
            for mark in &chosen {
                out.json(&mark.bookmark, false)?;
            }
        }
    }
    out.finish()?;
    if chosen.is_empty() {
        say("no bookmark to export");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

/// What an import comes to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Summary {
    added: usize,
    updated: usize,
    unchanged: usize,
    /// Removed here, and not brought back.
    removed: usize,
    restored: usize,
}

pub(super) fn import(options: &ImportOptions, global: &Global) -> Result<Outcome> {
    let name = options.file.display().to_string();
    let bytes = if options.file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("standard input cannot be read")?;
        bytes
    } else {
        file::read_given(&options.file).with_context(|| format!("{name} cannot be read"))?
    };
    let (given, faults) = parse(&bytes);
    for fault in &faults {
        say(&format!("{name}: {fault}"));
    }
    if given.is_empty() {
        anyhow::bail!(
            "{name} holds no bookmarks; a file of `hallway bookmark export --as json` or jsonl is wanted"
        );
    }
    let summary = if options.dry_run {
        let mut all = file::load(&path(global)?)?.value;
        take_in(&mut all, &given, options.restore)
    } else {
        let mut summary = Summary::default();
        let outcome = file::change_with(&path(global)?, |all| {
            let before = all.clone();
            summary = take_in(all, &given, options.restore);
            *all != before
        })?;
        if let Some(notice) = outcome.notice {
            say(&notice);
        }
        summary
    };
    let mut out = Out::new(global);
    out.line(&SafeText::new(&summary.words(options.dry_run)))?;
    out.finish()?;
    Ok(Outcome::Done)
}

/// Reads either shape. What is not understood is told by its line or its place in the list.
fn parse(bytes: &[u8]) -> (Vec<Bookmark>, Vec<String>) {
    if let Ok((_, all)) = Bookmarks::parse(bytes) {
        let strange = all.strange.len();
        let fault =
            (strange > 0).then(|| format!("{} not understood, left out", words::count(strange, "entry")));
        return (all.bookmarks, fault.into_iter().collect());
    }
    let mut given = Vec::new();
    let mut faults = Vec::new();
    let text = String::from_utf8_lossy(bytes);
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Value>(line) {
            Ok(value) => match file::read_one(&value) {
                Some(bookmark) => given.push(bookmark),
                None => faults.push(format!("line {number}: no bookmark; left out")),
            },
            Err(error) => faults.push(format!("line {number}: {error}; left out")),
        }
    }
    // A file that is no such list at all has one fault, not one a line.
    const MOST: usize = 3;
    if given.is_empty() {
        faults.truncate(MOST);
    }
    (given, faults)
}

/// Takes bookmarks in, each by its id.
fn take_in(all: &mut Bookmarks, given: &[Bookmark], restore: bool) -> Summary {
    let mut summary = Summary::default();
    for bookmark in given {
        let known = all.get(&bookmark.id).is_some();
        let buried = all.removed.iter().any(|t| t.id == bookmark.id && t.revision > bookmark.revision);
        let operation = match restore && buried {
            true => Operation::Restore(Box::new(bookmark.clone())),
            false => Operation::put(bookmark.clone()),
        };
        let changed = all.apply(&operation);
        *match (changed, known, buried) {
            (false, false, _) => &mut summary.removed,
            (false, true, _) => &mut summary.unchanged,
            (true, true, _) => &mut summary.updated,
            (true, false, true) => &mut summary.restored,
            (true, false, false) => &mut summary.added,
        } += 1;
    }
    summary
}

impl Summary {
    fn words(&self, dry: bool) -> String {
        let mut parts = vec![
            format!("{} added", self.added),
            format!("{} updated", self.updated),
            format!("{} unchanged", self.unchanged),
        ];
        if self.restored > 0 {
            parts.push(format!("{} brought back", self.restored));
        }
        if self.removed > 0 {
            parts.push(format!(
                "{} removed here before and left so (--restore brings them back)",
                self.removed
            ));
        }
        format!("{}{}", if dry { "would be: " } else { "" }, parts.join(", "))
    }
}
