//! `speakers`: who spoke, and how often.

use anyhow::Result;

use crate::cli::args::{Global, SpeakersOptions};
use crate::cli::out::Out;
use crate::cli::{Outcome, json, library, say};
use crate::config::theme::Part;
use crate::library::people::{Person, people};
use crate::report::words;
use crate::text::SafeText;
use crate::text::fold::fold;

pub(super) fn run(options: &SpeakersOptions, global: &Global) -> Result<Outcome> {
    let library = library(global)?;
    let query = options.query.join(" ");
    let asked: Vec<String> = query.split_whitespace().map(fold).collect();
    let wanted = |person: &Person| {
        let names: Vec<String> =
            std::iter::once(&person.name).chain(&person.spellings).map(|n| fold(n)).collect();
        asked.iter().all(|word| names.iter().any(|name| name.contains(word)))
    };
    let people: Vec<Person> = people(&library).into_iter().filter(wanted).collect();
    let mut out = Out::new(global);
    if options.shape.json {
        out.json(&json::speakers(&library, &people), true)?;
    } else if options.shape.jsonl {
        for person in &people {
            out.json(&json::person(&library, person), false)?;
        }
    } else {
        let theme = out.theme();
        for person in &people {
            let also = match &person.spellings[..] {
                [] => String::new(),
                others => format!(", also written {}", others.join(", ")),
            };
            let rest = format!("  {}{also}", words::count(person.talks.len(), "talk"));
            let name = SafeText::new(&person.name);
            out.styled(&[(name, theme.part(Part::Talk)), (SafeText::new(&rest), theme.part(Part::Quiet))])?;
        }
    }
    out.finish()?;
    if !people.is_empty() {
        return Ok(Outcome::Done);
    }
    match asked.is_empty() {
        true => say("no talk says who spoke"),
        false => say(&format!("nobody who spoke is called \"{query}\"; `hallway speakers` lists them all")),
    }
    Ok(Outcome::Nothing)
}
