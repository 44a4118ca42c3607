//! `find`: the finder's ranking, one talk a line.

use anyhow::Result;

use crate::cli::args::{FindOptions, Global};
use crate::cli::out::Out;
use crate::cli::{Outcome, json, library, query, say};
use crate::config::theme::Part;
use crate::library::Library;
use crate::report::words;
use crate::search::{Field, Finder, Hit, Index};

pub(super) fn run(options: &FindOptions, global: &Global) -> Result<Outcome> {
    let query = query::parse_names(&options.query)?;
    let library = library(global)?;
    let marks = query::marks(&library, &query, global)?;
    let index = Index::new(&library);
    let found = Finder::new(&library, &index, &marks)
        .find(&query, options.limit.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX)));
    let mut out = Out::new(global);
    if options.shape.json {
        let talks: Vec<_> = found.hits.iter().map(|hit| json::found(&library, hit.talk, why(hit))).collect();
        out.json(&json::found_talks(talks), true)?;
    } else {
        for hit in &found.hits {
            match options.shape.jsonl {
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

/// Id, title, speakers, conference, and why.
fn line(library: &Library, hit: &Hit, out: &mut Out) -> std::io::Result<()> {
    let talk = library.talk(hit.talk);
    let theme = out.theme();
    let quiet = theme.part(Part::Quiet);
    out.columns(&[
        (library.slug(hit.talk), quiet),
        (&talk.title, theme.part(Part::Talk)),
        (&words::names(talk), quiet),
        (&library.conference_of(hit.talk).name, theme.part(Part::Conference)),
        (&why(hit).join(", "), quiet),
    ])
}
