//! `doctor`: how the notes were read.

use anyhow::Result;

use crate::cli::args::{DoctorOptions, Global};
use crate::cli::out::Out;
use crate::cli::{Outcome, explain, json, library, resolve, say_candidates};
use crate::config::theme::Part;
use crate::library::Library;
use crate::library::problems::Severity;
use crate::report::words;
use crate::text::SafeText;

pub(super) fn run(options: &DoctorOptions, global: &Global) -> Result<Outcome> {
    let library = library(global)?;
    let mut out = Out::new(global.color);
    if let Some(words) = &options.explain {
        return explained(&library, words, out);
    }
    if options.json {
        out.json(&json::findings(&library), true)?;
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
            let what = match span.end_line - span.line {
                0 => SafeText::new(library.text(span).trim()),
                more => SafeText::new(&words::count(more + 1, "line")),
            };
            let reason = SafeText::new(&format!(": set aside as {}: {what}", furniture.reason));
            out.styled(&[(place, theme.part(Part::Header)), (reason, theme.part(Part::Talk))])?;
        }
        let summary = format!(
            "{} · {} · {} · {} set aside",
            words::count(library.conferences.len(), "conference"),
            words::count(library.talks.len(), "talk"),
            words::count(library.problems.len(), "problem"),
            words::count(library.furniture.len(), "piece"),
        );
        out.line(&SafeText::new(&summary))?;
    }
    out.finish()?;
    let serious = library.problems.iter().any(|p| p.severity > Severity::Note);
    Ok(if options.strict && serious { Outcome::Nothing } else { Outcome::Done })
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
