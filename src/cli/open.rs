//! `open`: a talk's recording or slides in the browser, or its notes in an editor.

use std::process::Command;

use anyhow::{Context, Result};
use clap_complete::engine::ArgValueCompleter;

use crate::cli::args::Global;
use crate::cli::{Outcome, library, say, shell, the_talk};
use crate::config::editor;
use crate::library::links::LinkKind;
use crate::library::{Library, TalkId};
use crate::report::destination::{Destination, web};
use crate::report::outside;
use crate::text::address;

/// Options of `open`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Without an option: the recording.\n\n\
                  Examples:\n  hallway open next level testing\n  hallway open --edit pycon-2017/next-level-testing")]
pub struct OpenOptions {
    /// The talk: its id, or words that find it
    #[arg(value_name = "TALK", required = true, add = ArgValueCompleter::new(shell::talks))]
    pub talk: Vec<String>,

    /// Open its recording
    #[arg(long, conflicts_with_all = ["slides", "edit"])]
    pub video: bool,

    /// Open its slides
    #[arg(long, conflicts_with = "edit")]
    pub slides: bool,

    /// Open its notes in an editor: the config's, $VISUAL or $EDITOR
    #[arg(long)]
    pub edit: bool,
}

pub(super) fn run(options: &OpenOptions, global: &Global) -> Result<Outcome> {
    let library = library(global)?;
    let Some(talk) = the_talk(&library, &options.talk.join(" ")) else {
        return Ok(Outcome::Nothing);
    };
    if options.edit {
        return edit(&library, talk, global);
    }
    let (kind, name) = match options.slides {
        true => (LinkKind::Slides, "slides"),
        false => (LinkKind::Video, "recording"),
    };
    let links = library.links(talk);
    let Some(link) = links.iter().find(|link| link.kind == kind) else {
        let others: Vec<&str> = links.iter().map(|link| link.url.as_str()).collect();
        let others = if others.is_empty() { "no link at all".into() } else { others.join(", ") };
        say(&format!("the notes on this talk name no {name}; there is {others}"));
        return Ok(Outcome::Nothing);
    };
    let to = match web(&link.url) {
        Some(Destination::Web(address)) => address,
        Some(Destination::Nowhere(why)) => anyhow::bail!("{}: {why}", link.url),
        _ => anyhow::bail!("{} is no address of the web", link.url),
    };
    // Shown first, with the host that it really leads to.
    let leads = if to.contains('@') { format!(" (on {})", address::host(&to)) } else { String::new() };
    say(&format!("opening {to}{leads}"));
    if outside::browse(&to) {
        return Ok(Outcome::Done);
    }
    // Nothing here opens addresses: what was asked for could not be done, and this is how to do it by hand.
    anyhow::bail!("nothing here opens addresses; this is it: {to}")
}

fn edit(library: &Library, talk: TalkId, global: &Global) -> Result<Outcome> {
    let span = &library.talk(talk).spans[0];
    let file = library.file(span.file);
    if library.builtin.is_some() || file.path.as_os_str() == "-" {
        anyhow::bail!("these notes stand in no file that could be edited; name some by --notes");
    }
    let path = std::path::absolute(&file.path).unwrap_or_else(|_| file.path.to_path_buf());
    let chosen = editor::chosen(global.settings.editor.as_deref());
    let words = editor::command(&chosen, &path, file.source_line(span.line())).map_err(anyhow::Error::msg)?;
    let status = Command::new(&words[0]).args(&words[1..]).status().with_context(|| {
        format!("the editor \"{}\" cannot be started; set VISUAL or EDITOR", words[0].display())
    })?;
    if !status.success() {
        anyhow::bail!("the editor \"{}\" ended with {status}", words[0].display());
    }
    Ok(Outcome::Done)
}
