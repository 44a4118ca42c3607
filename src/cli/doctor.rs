//! `doctor`: how the notes were read.

use anyhow::Result;

use crate::cli::args::{DoctorOptions, Global};
use crate::cli::out::Out;
use crate::cli::{Outcome, explain, json, resolve, roots, say_candidates};
use crate::config::theme::Part;
use crate::library::Library;
use crate::library::evidence::Reasons;
use crate::library::load::{LoadError, load_to_examine};
use crate::library::problems::Severity;
use crate::report::words;
use crate::text::SafeText;

pub(super) fn run(options: &DoctorOptions, global: &Global) -> Result<Outcome> {
    let roots = roots(&global.notes, &global.settings);
    let reasons = if options.explain.is_some() { Reasons::Kept } else { Reasons::Dropped };
    let library = load_to_examine(&roots, global.settings.extent(global.all), reasons)?;
    library.tell_all();
    let outcome = examine(options, &library, global)?;
    // That there is no talk is said behind what was found.
    LoadError::of(&library, roots.paths()).map_or(Ok(outcome), |error| Err(error.into()))
}

fn examine(options: &DoctorOptions, library: &Library, global: &Global) -> Result<Outcome> {
    let mut out = Out::new(global);
    if options.print_overrides {
        return print_overrides(library, out);
    }
    if let Some(words) = &options.explain {
        return explained(library, words, out);
    }
    if options.json {
        out.json(&json::findings(library), true)?;
    } else if options.jsonl {
        json::each_finding(library, |finding| out.json(&finding, false))?;
    } else {
        let theme = out.theme();
        for problem in &library.problems {
            let line = problem.line.map_or(String::new(), |n| format!(":{n}"));
            let place = SafeText::new(&format!("{}{line}", problem.path.display()));
            let part = if problem.severity == Severity::Note { Part::Quiet } else { Part::Alarm };
            let severity = SafeText::new(&format!(": {}: ", problem.severity.name()));
            let message = SafeText::new(&problem.message);
            out.styled(&[
                (place, theme.part(Part::Header)),
                (severity, theme.part(part)),
                (message, theme.part(Part::Talk)),
            ])?;
        }
        for furniture in &library.furniture {
            let span = &furniture.span;
            let path = library.file(span.file).path.display().to_string();
            let place = SafeText::new(&format!("{path}:{}", library.source_lines(span).0));
            let what = match span.end_line() - span.line() {
                0 => SafeText::new(library.text(span).trim()),
                more => SafeText::new(&words::count(more + 1, "line")),
            };
            let reason = SafeText::new(&format!(": set aside as {}: {what}", furniture.reason));
            out.styled(&[(place, theme.part(Part::Header)), (reason, theme.part(Part::Talk))])?;
        }
        let notes = library.problems.iter().filter(|p| p.severity == Severity::Note).count();
        let summary = format!(
            "{} · {} · {} · {} · {} set aside",
            words::count(library.conferences.len(), "conference"),
            words::count(library.talks.len(), "talk"),
            words::count(library.problems.len() - notes, "problem"),
            words::count(notes, "note"),
            words::count(library.furniture.len(), "piece"),
        );
        out.line(&SafeText::new(&summary))?;
    }
    out.finish()?;
    let serious = library.problems.iter().any(|p| p.severity > Severity::Note);
    Ok(if options.strict && serious { Outcome::Nothing } else { Outcome::Done })
}

/// A file to start from, filled with what was found.
fn print_overrides(library: &Library, mut out: Out) -> Result<Outcome> {
    let conference =
        library.conferences.iter().max_by_key(|c| c.tracks.len()).map_or("PyCon 2017", |c| &c.name);
    let lines = [
        "# hallway.toml: how to read the notes in this folder and below. Save it there as hallway.toml.".to_owned(),
        "# Take the # off a line to state it; what is not stated is inferred, as `hallway doctor --explain` shows.".into(),
        String::new(),
        "# What to read, and what to pass over; patterns as in a .gitignore.".into(),
        "#read = [\"*.md\", \"*.txt\"]".into(),
        "#skip = [\"drafts/\"]".into(),
        String::new(),
        "# The conference of all these notes, with its year.".into(),
        format!("#conference = {conference:?}"),
        String::new(),
        "# Where the talks are: \"file\" (a file is a talk), \"h1\" to \"h6\", \"bold\", \"items\", \"bare\" (lines of".into(),
        "# their own), \"none\".".into(),
        "#talks = \"h2\"".into(),
        String::new(),
        "# What a talk's track is: \"folder\", \"file\", \"heading\" or \"none\".".into(),
        "#track = \"heading\"".into(),
        String::new(),
        "# Headings that are never a talk.".into(),
        "#ignore-titles = [\"Lunch\", \"Things to look up\"]".into(),
    ];
    for line in lines {
        out.line(&SafeText::new(&line))?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}

/// The evidence for one talk, or for all.
fn explained(library: &Library, words: &str, mut out: Out) -> Result<Outcome> {
    if words.is_empty() {
        explain::all(library, &mut out)?;
    } else {
        match resolve(library, words) {
            Ok(id) => explain::talk(library, id, &mut out)?,
            Err(candidates) => {
                say_candidates(library, words, &candidates);
                return Ok(Outcome::Nothing);
            }
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}
