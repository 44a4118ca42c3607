//! `grep`: full text, line by line, with ripgrep's habits.

use std::collections::HashSet;
use std::ops::Range;

use anyhow::Result;

use crate::cli::args::{Global, GrepOptions};
use crate::cli::out::Out;
use crate::cli::{Outcome, json, library, query, say};
use crate::config::colour::Style;
use crate::config::theme::Part;
use crate::library::{FileId, Library};
use crate::search::text::{TextQuery, TextSearch, Unit, Units};
use crate::search::{Index, Query};

pub(super) fn run(options: &GrepOptions, global: &Global) -> Result<Outcome> {
    let mut query = query::parse(&options.pattern.iter().map(|word| phrase(word)).collect::<Vec<_>>())?;
    if options.ignore_case {
        query.ignore_case();
    }
    let Some(wanted) = TextQuery::new(&query) else {
        anyhow::bail!("there is no word in \"{}\" to look for", options.pattern.join(" "));
    };
    let library = library(global)?;
    let marks = query::marks(&library, &query, global)?;
    let (index, units) = (Index::new(&library), Units::new(&library));
    let search = TextSearch {
        library: &library,
        units: &units,
        marks: &marks,
        parts: index.parts(),
        cancelled: &|| false,
    };
    let found = search.find(&wanted, usize::MAX, |_| {});
    let holders: HashSet<Unit> = found.hits.iter().map(|hit| hit.unit).collect();
    let mut out = Out::new(global);
    let mut all = Vec::new();
    for file in (0..library.files.len() as u32).map(FileId) {
        let lines = lines(&library, &units, &wanted, &holders, file);
        if lines.is_empty() {
            continue;
        }
        if options.json || options.jsonl {
            let objects = lines
                .iter()
                .map(|line| json::found_line(&library, &units, file, line.number, &line.bytes, &line.lit));
            match options.json {
                true => all.extend(objects),
                false => {
                    for object in objects {
                        out.json(&object, false)?;
                    }
                }
            }
        } else {
            print(&library, file, &lines, options, &mut out)?;
        }
    }
    if options.json {
        out.json(&json::found_lines(all), true)?;
    }
    out.finish()?;
    if !holders.is_empty() {
        return Ok(Outcome::Done);
    }
    let pattern = options.pattern.join(" ");
    let help = regex_help(&query, &pattern);
    let help =
        if help.is_empty() { "; fewer words find more, `hallway find` looks at names".into() } else { help };
    say(&format!("nothing in the notes matches \"{pattern}\"{help}"));
    Ok(Outcome::Nothing)
}

/// An argument with spaces is what the shell's quotes held together.
fn phrase(word: &str) -> String {
    let plain = word.contains(char::is_whitespace) && !word.contains(['"', '|', ':', '/', '!', '\'']);
    if plain { format!("\"{word}\"") } else { word.to_owned() }
}

/// Who writes a regular expression as for ripgrep is told how it is written here.
fn regex_help(query: &Query, pattern: &str) -> String {
    let signs = [".*", ".+", "\\b", "\\w", "\\d", "[", "(", "\\."];
    let plain = query.wanted().all(|term| term.kind != crate::search::query::Kind::Regex);
    match plain && signs.iter().any(|sign| pattern.contains(sign)) {
        true => format!("; a regular expression is written /{pattern}/"),
        false => String::new(),
    }
}

/// A line that matches.
struct Line {
    number: usize,
    bytes: Range<usize>,
    /// What matches in it, from the line's start.
    lit: Vec<Range<usize>>,
}

/// The lines of a file with something of the query in a talk that has all of it.
fn lines(
    library: &Library,
    units: &Units,
    query: &TextQuery,
    holders: &HashSet<Unit>,
    file: FileId,
) -> Vec<Line> {
    let text = library.file(file).text.as_ref();
    let mut lines: Vec<Line> = Vec::new();
    let (mut counted, mut number) = (0, 1);
    for place in query.places_in(text, units.accents(library, file)) {
        if let Some(last) = lines.last_mut()
            && last.bytes.contains(&place.start)
        {
            let end = place.end.min(last.bytes.end);
            last.lit.push(place.start - last.bytes.start..end - last.bytes.start);
            continue;
        }
        if !units.at(file, place.start).is_some_and(|unit| holders.contains(&unit)) {
            continue;
        }
        let start = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[place.start..].find('\n').map_or(text.len(), |at| place.start + at);
        number += memchr::memchr_iter(b'\n', &text.as_bytes()[counted..start]).count();
        counted = start;
        let lit = place.start - start..place.end.min(end) - start;
        lines.push(Line { number, bytes: start..end, lit: vec![lit] });
    }
    lines
}

fn print(
    library: &Library,
    file: FileId,
    lines: &[Line],
    options: &GrepOptions,
    out: &mut Out,
) -> std::io::Result<()> {
    let theme = out.theme();
    let (quiet, name) = (theme.part(Part::Quiet), theme.part(Part::Conference));
    let path = library.file(file).path.to_string_lossy();
    if options.files {
        return out.found(&[(&path, name)]);
    }
    if options.count {
        return out.found(&[(&path, name), (":", quiet), (&lines.len().to_string(), Style::plain())]);
    }
    let all: Vec<&str> =
        if options.context > 0 { library.file(file).text.lines().collect() } else { Vec::new() };
    // Behind the last line that was printed, counted from 1.
    let mut printed = 0;
    for (at, line) in lines.iter().enumerate() {
        let first = line.number.saturating_sub(options.context).max(printed + 1);
        if options.context > 0
            && (out.has_printed() && first > printed + 1 || printed == 0 && out.has_printed())
        {
            out.found(&[("--", quiet)])?;
        }
        let around = |out: &mut Out, from: usize, to: usize| -> std::io::Result<()> {
            for number in from..to.min(all.len() + 1) {
                let source = library.file(file).source_line(number).to_string();
                out.found(&[
                    (&path, name),
                    ("-", quiet),
                    (&source, quiet),
                    ("-", quiet),
                    (all[number - 1], quiet),
                ])?;
            }
            Ok(())
        };
        around(out, first, line.number)?;
        let text = &library.file(file).text[line.bytes.clone()];
        let source = library.file(file).source_line(line.number).to_string();
        let mut parts =
            vec![(path.as_ref(), name), (":", quiet), (source.as_str(), theme.part(Part::Key)), (":", quiet)];
        let mut from = 0;
        for lit in &line.lit {
            let start = lit.start.max(from);
            if start < lit.end {
                parts.push((&text[from..start], Style::plain()));
                parts.push((&text[start..lit.end], theme.part(Part::Match)));
                from = lit.end;
            }
        }
        parts.push((&text[from..], Style::plain()));
        out.found(&parts)?;
        let next = lines.get(at + 1).map_or(usize::MAX, |next| next.number);
        let last = line.number.saturating_add(options.context).min(next - 1);
        around(out, line.number + 1, last + 1)?;
        printed = last;
    }
    Ok(())
}
