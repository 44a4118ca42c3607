//! Front matter, read leniently: YAML, TOML and what people write for them.
//!
//! Real notes hold `title: Rust: the good parts`, tabs, a key twice and no end mark, all of which a
//! parser refuses. What hallway wants of it is a few `key: value` lines, so a line is what is read
//! here; a list below a key becomes the key's value. The lines themselves stay the file's own.

use std::ops::Range;

use crate::markup::Dialect;
use crate::text::line::{Line, lines_from};

/// The fields of front matter, one a line, lists joined by commas. What is indented below a key
/// without being a list belongs to that key and is left out: `by:` below `background:` names no
/// speaker.
pub fn fields(front: &str) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    // The field above opened a list: it had no value of its own.
    let mut listing = false;
    for line in front.lines() {
        let body = line.trim();
        if body.is_empty() || matches!(body, "---" | "+++" | "...") {
            continue;
        }
        let indented = line.starts_with([' ', '\t']);
        if let Some(item) = body.strip_prefix("- ").filter(|_| listing) {
            if let Some(field) = fields.last_mut() {
                let joint = if field.ends_with(':') { " " } else { ", " };
                field.push_str(joint);
                field.push_str(item_value(item));
            }
            continue;
        }
        if indented {
            continue;
        }
        listing = body.ends_with(':');
        fields.push(body.to_owned());
    }
    fields
}

/// `Ada`, `"Ada"`, `name: Ada`: the value of a list's item.
fn item_value(item: &str) -> &str {
    let value = item.strip_prefix("name:").unwrap_or(item);
    value.trim().trim_matches(['"', '\''])
}

/// The front matter of a file, within 64 KiB: from a first line `---` or `+++` to the next one like
/// it; where that is missing, as far as its lines go on being fields. In Org, the keywords at the
/// top.
pub fn extent(text: &str, dialect: Dialect) -> Option<(Range<usize>, usize)> {
    const CAP: usize = 64 * 1024;
    let till = |line: Line| Some((0..(line.start + line.text.len() + 1).min(text.len()), line.number));
    if let Some(keyword) = dialect.keyword() {
        let keyword = |l: &Line| keyword(l.text);
        return lines_from(text, 0, 1)
            .take_while(|l| keyword(l) || l.is_blank())
            .filter(keyword)
            .last()
            .and_then(till);
    }
    let body = text.trim_start();
    // Nearly every text fails here: neither a mark nor a key begins so.
    if !body.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '+')) {
        return None;
    }
    let lead = &text[..text.len() - body.len()];
    let start = lead.rfind('\n').map_or(0, |at| at + 1);
    let mut lines = lines_from(text, start, lead.matches('\n').count() + 1);
    let first = lines.next()?;
    let mark = first.text.trim_end();
    if !matches!(mark, "---" | "+++") {
        return bare_extent(first, lines).and_then(till);
    }
    let mut fields: Option<Line> = None;
    // A rule at the top of plain notes is no front matter: the next line must be a field.
    for (at, line) in lines.take_while(|l| l.start < CAP).enumerate() {
        let body = line.text.trim_end();
        if body == mark || at > 0 && mark == "---" && body == "..." {
            return till(line).filter(|_| at > 0);
        }
        let field = body.contains([':', '=']) && !body.starts_with('#');
        if at == 0 && !field {
            return None;
        }
        // Without an end, it goes as far as its fields do.
        let nested = body.starts_with([' ', '\t', '-']);
        match fields {
            _ if at == 0 => fields = Some(line),
            Some(last) if last.number + 1 == line.number && (field || nested) => fields = Some(line),
            _ => {}
        }
    }
    fields.and_then(till)
}

/// Fields at the top of a file without marks around them, up to a blank line: a title or a date is
/// among them, and nothing else.
fn bare_extent<'t>(first: Line<'t>, lines: impl Iterator<Item = Line<'t>>) -> Option<Line<'t>> {
    const KEYS: &[&str] = &[
        "author", "authors", "category", "date", "lang", "layout", "modified", "slug", "status", "summary",
        "tags", "title",
    ];
    let key = |line: &Line| line.text.split_once(": ").map(|(key, _)| key.to_ascii_lowercase());
    let known = |line: &Line| key(line).is_some_and(|k| KEYS.contains(&k.as_str()));
    let fields: Vec<Line> = std::iter::once(first).chain(lines).take(20).take_while(known).collect();
    let dated = fields.iter().any(|l| key(l).is_some_and(|k| k == "date" || k == "title"));
    fields.last().copied().filter(|_| dated && fields.len() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_found_but_a_rule_is_not() {
        assert_eq!(extent("---\ntitle: x\n---\n# A\n", Dialect::default()), Some((0..17, 3)));
        assert_eq!(extent("---\n\nplain\n\n---\n", Dialect::default()), None);
    }

    #[test]
    fn lists_become_values_and_maps_go() {
        let front = "---\ntitle: Rust: the good parts\nspeakers:\n  - Ada Lovelace\n  - name: Grace Hopper\n    org: Navy\nbackground:\n  by: Somebody\ntags:\n- a\n- \"b\"\n---\n";
        assert_eq!(
            fields(front),
            [
                "title: Rust: the good parts",
                "speakers: Ada Lovelace, Grace Hopper",
                "background:",
                "tags: a, b"
            ]
        );
    }
}
