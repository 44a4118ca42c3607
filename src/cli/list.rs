//! `list`: the tree, as text or as JSON.

use std::cmp::Reverse;
use std::collections::HashSet;

use anyhow::Result;

use crate::cli::args::{Global, ListOptions, Order};
use crate::cli::out::Out;
use crate::cli::{Outcome, json, library, query, template};
use crate::config::theme::Part;
use crate::library::{ConferenceId, Library, TalkId};
use crate::report::words;
use crate::search::{Finder, Index};
use crate::text::SafeText;
use crate::text::fold::fold;

pub(super) fn run(options: &ListOptions, global: &Global) -> Result<Outcome> {
    let asked = query::parse_names(&options.query)?;
    let library = library(global)?;
    let query = options.query.join(" ");
    let found: Option<HashSet<TalkId>> = if asked.is_empty() {
        None
    } else {
        let (index, marks) = (Index::new(&library), query::marks(&library, &asked, global)?);
        let found = Finder::new(&library, &index, &marks).find(&asked, usize::MAX);
        // A near miss is no match where matches are listed.
        Some(found.hits.into_iter().filter(|hit| !hit.close).map(|hit| hit.talk).collect())
    };
    let wanted = |id: TalkId| found.as_ref().is_none_or(|found| found.contains(&id));
    let mut ids: Vec<TalkId> = library.talk_ids().filter(|id| wanted(*id)).collect();
    if let Some(order) = options.sort {
        sort(&library, &mut ids, order);
    }
    let mut out = Out::new(global);
    if options.json {
        out.json(&json::document(&library, wanted), true)?;
    } else if options.jsonl {
        for id in ids {
            out.json(&json::loose_talk(&library, id), false)?;
        }
    } else if options.format.is_some() || options.print0 || options.sort.is_some() {
        let template =
            options.format.as_deref().unwrap_or(if options.print0 { "{id}" } else { "{id}\\t{title}" });
        for id in ids {
            let line = template::fill(&library, id, None, template)?;
            out.template(&line, options.print0)?;
        }
    } else {
        text(&library, wanted, &mut out)?;
    }
    out.finish()?;
    if library.talk_ids().any(wanted) {
        return Ok(Outcome::Done);
    }
    super::say(&format!("no talk matches \"{query}\"; `hallway grep` looks in the text"));
    Ok(Outcome::Nothing)
}

/// Puts talks into an order; of equal ones the library's own stays.
fn sort(library: &Library, ids: &mut [TalkId], order: Order) {
    let talk = |id: &TalkId| library.talk(*id);
    match order {
        Order::Title => ids.sort_by_cached_key(|id| fold(&talk(id).title)),
        Order::Speaker => ids.sort_by_cached_key(|id| {
            let name = talk(id).speakers.first().map(|speaker| fold(&speaker.name));
            (name.is_none(), name)
        }),
        Order::Date => ids.sort_by_cached_key(|id| {
            let date = talk(id).date.map(|date| date.to_string());
            let year = library.conference_of(*id).year.map(|year| year.to_string());
            Reverse(date.or(year))
        }),
        Order::Words => ids.sort_by_cached_key(|id| Reverse(library.words(*id))),
    }
}

fn text(library: &Library, wanted: impl Fn(TalkId) -> bool, out: &mut Out) -> std::io::Result<()> {
    let theme = out.theme();
    let quiet = theme.part(Part::Quiet);
    for (at, conference) in library.conferences.iter().enumerate() {
        let id = ConferenceId(at as u32);
        let tracks: Vec<_> = library
            .tracks_of(id)
            .map(|track| (track, library.talks_of(track).filter(|t| wanted(*t)).collect::<Vec<_>>()))
            .filter(|(_, talks)| !talks.is_empty())
            .collect();
        let count: usize = tracks.iter().map(|(_, talks)| talks.len()).sum();
        if count == 0 {
            continue;
        }
        let name = SafeText::new(&conference.name);
        let count = SafeText::new(&format!("  {}", words::count(count, "talk")));
        out.styled(&[(name, theme.part(Part::Conference)), (count, quiet)])?;
        for (track, talks) in tracks {
            let mut indent = "  ";
            if let Some(name) = &library.track(track).name {
                out.styled(&[(SafeText::new(&format!("  {name}")), theme.part(Part::Track))])?;
                indent = "    ";
            }
            for id in talks {
                let talk = library.talk(id);
                let star = if talk.starred { " ✨" } else { "" };
                let title = SafeText::new(&format!("{indent}{}{star}", talk.title));
                let names = words::names(talk);
                let names = if names.is_empty() { names } else { format!("  {names}") };
                out.styled(&[(title, theme.part(Part::Talk)), (SafeText::new(&names), quiet)])?;
            }
        }
    }
    Ok(())
}
