//! `stats` and `digest`: the library at a glance, and what a conference leaves to do.

use anyhow::Result;
use clap_complete::engine::ArgValueCompleter;

use crate::bookmarks::revisit::today;
use crate::bookmarks::{file, reading};
use crate::cli::args::{Global, Shape};
use crate::cli::out::Out;
use crate::cli::{Outcome, json, library, say, shell};
use crate::config::theme::Part;
use crate::library::{ConferenceId, Library};
use crate::report::bookmarks::locate;
use crate::report::digest::Digest;
use crate::report::stats::{Known, Stats};
use crate::report::words;
use crate::search::filter::filter;
use crate::text::SafeText;
use crate::text::fold::fold;

/// Options of `stats`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  hallway stats\n  hallway stats --notes ~/notes --json")]
pub struct StatsOptions {
    /// How it is printed.
    #[command(flatten)]
    pub shape: Shape,
}

/// Options of `digest`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  hallway digest pycon-2017\n  hallway digest --notes ~/notes fosdem 2024 > fosdem-2024.md"
)]
pub struct DigestOptions {
    /// The conference: its id, or words of its name
    #[arg(value_name = "CONF", required = true, add = ArgValueCompleter::new(shell::conferences))]
    pub conference: Vec<String>,

    /// How it is printed.
    #[command(flatten)]
    pub shape: Shape,
}

/// What is known beside the notes.
fn known(library: &Library, global: &Global) -> Result<Known> {
    let marks = match &global.settings.bookmarks {
        Some(path) => locate(library, file::load(path)?.value.bookmarks),
        None => Vec::new(),
    };
    let here: Vec<_> = marks.iter().filter(|mark| mark.talk().is_some()).collect();
    let due = here.iter().filter(|mark| mark.is_due(today())).count();
    let read = match reading::path() {
        Some(path) => reading::load(&path)?.value.read_talks(library).count(),
        None => 0,
    };
    Ok(Known { bookmarks: here.len(), due, unread: library.talks.len() - read })
}

pub(super) fn stats(options: &StatsOptions, global: &Global) -> Result<Outcome> {
    let library = library(global)?;
    let (stats, known) = (Stats::of(&library), known(&library, global)?);
    let mut out = Out::new(global);
    if options.shape.json || options.shape.jsonl {
        out.json(&json::stats(&library, &stats, known), options.shape.json)?;
        out.finish()?;
        return Ok(Outcome::Done);
    }
    let theme = out.theme();
    let (plain, quiet, head) = (theme.part(Part::Talk), theme.part(Part::Quiet), theme.part(Part::Header));
    let mut line = |text: &str, style| out.styled(&[(SafeText::new(text), style)]);
    let counts = [
        words::count(stats.talks, "talk"),
        words::count(stats.conferences.len(), "conference"),
        words::count(stats.speakers, "speaker"),
        format!("{} starred", stats.starred),
    ];
    line(&counts.join(" · "), head)?;
    line(&known.words().join(" · "), plain)?;
    line("", plain)?;
    line("Talks per year", head)?;
    for row in stats.chart(60) {
        line(&row, plain)?;
    }
    if !stats.heard.is_empty() {
        line("", plain)?;
        line("Heard most", head)?;
    }
    for (name, talks) in &stats.heard {
        out.styled(&[(SafeText::new(&format!("{talks:>4}  ")), quiet), (SafeText::new(name), plain)])?;
    }
    out.styled(&[(SafeText::new(""), plain)])?;
    out.styled(&[(SafeText::new("Conferences"), head)])?;
    for (id, talks) in &stats.conferences {
        let name = SafeText::new(&library.conference(*id).name);
        out.styled(&[(SafeText::new(&format!("{talks:>4}  ")), quiet), (name, plain)])?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}

pub(super) fn digest(options: &DigestOptions, global: &Global) -> Result<Outcome> {
    let library = library(global)?;
    let words = options.conference.join(" ");
    let conference = match conferences(&library, &words)[..] {
        [only] => only,
        [] => {
            say(&format!("no conference is called \"{words}\"; `hallway stats` lists them"));
            return Ok(Outcome::Nothing);
        }
        ref several => {
            let names: Vec<&str> = several.iter().map(|id| library.conference(*id).slug.as_str()).collect();
            say(&format!(
                "\"{words}\" fits several conferences. Say more, or use an id:\n  {}",
                names.join("\n  ")
            ));
            return Ok(Outcome::Nothing);
        }
    };
    let digest = Digest::of(&library, conference);
    let mut out = Out::new(global);
    if options.shape.json {
        out.json(&json::digest(&library, &digest), true)?;
    } else if options.shape.jsonl {
        for one in json::digested(&library, &digest) {
            out.json(&one, false)?;
        }
    } else {
        let markdown = digest.markdown(&library);
        out.raw(&crate::text::signs::shown(&markdown))?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}

/// The conferences that an id or words may mean.
fn conferences(library: &Library, words: &str) -> Vec<ConferenceId> {
    let ids = || (0..library.conferences.len() as u32).map(ConferenceId);
    let same = |id: &ConferenceId| {
        let conference = library.conference(*id);
        conference.slug == words || fold(&conference.name) == fold(words)
    };
    if let Some(id) = ids().find(same) {
        return vec![id];
    }
    // Words that stand in the name, before letters that are scattered over it.
    let held = |id: &ConferenceId| {
        let name = fold(&library.conference(*id).name);
        words.split_whitespace().all(|word| name.contains(&*fold(word)))
    };
    let standing: Vec<ConferenceId> = ids().filter(held).collect();
    if !standing.is_empty() {
        return standing;
    }
    let through = filter(words, library.conferences.iter().map(|conference| conference.name.as_str()));
    through.iter().map(|through| ConferenceId(through.at as u32)).collect()
}
