//! Templates: `{title} by {speakers}`, filled for a talk.

use anyhow::Result;

use crate::library::{Library, TalkId};
use crate::report::words;

/// What a template may name, for the help.
pub const NAMES: &str = "{id}, {title}, {speakers}, {conference}, {year}, {track}, {date}, {tags}, {path}, {line}; \\t, \\n, \\\\, {{ and }} stand for a tab, a line end, a backslash and braces";

/// Fills a template for a talk, at a line of it where one is meant rather than its title's.
///
/// # Errors
///
/// When the template names something that there is not, or does not close a brace.
pub fn fill(library: &Library, id: TalkId, line: Option<usize>, template: &str) -> Result<String> {
    let talk = library.talk(id);
    let span = &talk.spans[0];
    let file = library.file(span.file);
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}', '\\']) {
        out.push_str(&rest[..at]);
        let sign = &rest[at..];
        let escape = [("\\t", "\t"), ("\\n", "\n"), ("\\\\", "\\"), ("{{", "{"), ("}}", "}")];
        if let Some((written, meant)) = escape.iter().find(|(written, _)| sign.starts_with(written)) {
            out.push_str(meant);
            rest = &sign[written.len()..];
            continue;
        }
        let Some(behind) = sign.strip_prefix('{') else {
            out.push_str(&sign[..1]);
            rest = &sign[1..];
            continue;
        };
        let Some((name, after)) = behind.split_once('}') else {
            anyhow::bail!("the template \"{template}\" opens a {{ that it does not close");
        };
        let conference = library.conference_of(id);
        match name {
            "id" => out.push_str(library.slug(id)),
            "title" => out.push_str(&talk.title),
            "speakers" => out.push_str(&words::names(talk)),
            "conference" => out.push_str(&conference.name),
            "year" => out.push_str(&conference.year.map(|year| year.to_string()).unwrap_or_default()),
            "track" => out.push_str(library.track(talk.track).name.as_deref().unwrap_or_default()),
            "date" => out.push_str(&talk.date.as_ref().map(ToString::to_string).unwrap_or_default()),
            "tags" => out.push_str(&talk.tags.join(" ")),
            "path" => out.push_str(&file.path.to_string_lossy()),
            "line" => out.push_str(&file.source_line(line.unwrap_or(span.line())).to_string()),
            _ => anyhow::bail!("the template has no {{{name}}}; there are {NAMES}"),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}
