//! `find`: the finder's ranking, one talk a line.

use anyhow::Result;

use crate::cli::args::{FindOptions, Global};
use crate::cli::out::Out;
use crate::cli::{Outcome, json, library, query, say};
use crate::config::theme::Part;
use crate::library::Library;
use crate::report::words;
use crate::search::{Field, Finder, Hit, Index};
use crate::text::SafeText;

pub(super) fn run(options: &FindOptions, global: &Global) -> Result<Outcome> {
    let query = query::parse(&options.query)?;
    let library = library(global)?;
    let marks = query::marks(&library, &query)?;
    let index = Index::new(&library);
    let found = Finder::new(&library, &index, &marks).find(&query, options.limit.unwrap_or(usize::MAX));
    let mut out = Out::new(global.color);
    if options.json {
        let talks: Vec<_> = found.hits.iter().map(|hit| json::found(&library, hit.talk, why(hit))).collect();
        out.json(&json::found_talks(talks), true)?;
    } else {
        for hit in &found.hits {
            match options.jsonl {
                true => out.json(&json::found(&library, hit.talk, why(hit)), false)?,
                false => line(&library, hit, &mut out)?,
            }
        }
    }
    out.finish()?;
    if !found.hits.is_empty() {
        return Ok(Outcome::Done);
    }
    say(&format!("no talk matches \"{}\"; `hallway grep` looks in the text", options.query.join(" ")));
    Ok(Outcome::Nothing)
}

/// Why a talk is there, in the words that the screen uses too.
fn why(hit: &Hit) -> Vec<&'static str> {
    let mut why: Vec<&str> = Field::ALL.into_iter().filter(|f| hit.fields.has(*f)).map(Field::name).collect();
    if hit.close {
        why.push("close");
    }
    why
}

/// Id, title, speakers, conference, and why: in a pipe with tabs between them, so that `cut` can take
/// one.
fn line(library: &Library, hit: &Hit, out: &mut Out) -> std::io::Result<()> {
    let talk = library.talk(hit.talk);
    let theme = out.theme();
    let quiet = theme.part(Part::Quiet);
    // A tab is what stands between the columns, never inside of one.
    let column = |text: &str| SafeText::new(&text.replace('\t', " "));
    let columns = [
        (column(&talk.slug), quiet),
        (column(&talk.title), theme.part(Part::Talk)),
        (column(&words::names(talk)), quiet),
        (column(&library.conference_of(hit.talk).name), theme.part(Part::Conference)),
        (column(&why(hit).join(", ")), quiet),
    ];
    let gap = if out.is_raw() { "\t" } else { "  " };
    let mut parts = Vec::new();
    for (text, style) in &columns {
        if !parts.is_empty() {
            parts.push((gap, quiet));
        }
        parts.push((text.as_str(), *style));
    }
    out.found(&parts)
}
