//! Definitions of links and footnotes that stand elsewhere in the file than the text that uses them: a
//! talk is one part of a file, and its author wrote them where they pleased.

use std::collections::HashSet;
use std::ops::Range;

/// Markdown that defines what a part of a file uses, and the lines on which it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Definitions {
    /// To be set before the text of the part. Empty where nothing is missing.
    pub text: String,
    /// For some bytes of it, rising, the source line.
    pub lines: Vec<(usize, usize)>,
}

impl Definitions {
    /// Those that a part of a text uses and does not hold itself.
    pub fn missing(text: &str, part: Range<usize>) -> Self {
        let within = &text[part.clone()];
        if part.len() == text.len() || memchr::memchr(b'[', within.as_bytes()).is_none() {
            return Self::default();
        }
        // Few files define anything elsewhere; only then is it worth knowing what the part uses.
        let before = all(text, 0..part.start);
        let mut outside: Vec<Definition> = before.chain(all(text, part.end..text.len())).collect();
        if !outside.is_empty() {
            let own: HashSet<String> = all(text, part).map(|d| d.label).collect();
            let used = used_labels(within);
            outside.retain(|d| used.contains(&d.label) && !own.contains(&d.label));
        }
        if outside.is_empty() {
            return Self::default();
        }
        // Footnotes first: the text of one goes on up to something that is not indented.
        outside.sort_by_key(|d| !d.label.starts_with('^'));
        let mut found = Self::default();
        let (mut line, mut counted) = (1, 0);
        for definition in outside {
            let start = definition.bytes.start;
            let newlines = |bytes: &str| memchr::memchr_iter(b'\n', bytes.as_bytes()).count();
            line = if start >= counted {
                line + newlines(&text[counted..start])
            } else {
                1 + newlines(&text[..start])
            };
            counted = start;
            found.lines.push((found.text.len(), line));
            found.text.push_str(text[definition.bytes].trim_end());
            found.text.push_str("\n\n");
        }
        // Whatever comes next does not belong to a footnote.
        found.text.push_str("<!-- -->\n\n");
        found
    }
}

struct Definition {
    /// In lower case; of a footnote with its `^`.
    label: String,
    bytes: Range<usize>,
}

/// The definitions in a part of a text: lines that begin with `[label]:`, of footnotes with what is indented
/// below.
fn all(text: &str, part: Range<usize>) -> impl Iterator<Item = Definition> {
    memchr::memmem::find_iter(&text.as_bytes()[part.clone()], b"]:").filter_map(move |at| {
        let close = part.start + at;
        let start = memchr::memrchr(b'\n', &text.as_bytes()[..close]).map_or(0, |at| at + 1);
        let before = &text[start..close];
        let label = before.trim_start_matches(' ').strip_prefix('[')?;
        if before.len() - before.trim_start_matches(' ').len() > 3
            || label.contains(['[', ']'])
            || label.is_empty()
        {
            return None;
        }
        let line_end = |from: usize| {
            memchr::memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |at| from + at + 1)
        };
        let mut end = line_end(close);
        while label.starts_with('^') && end < text.len() && goes_on(&text[end..]) {
            end = line_end(end);
        }
        Some(Definition { label: label.trim().to_lowercase(), bytes: start..end })
    })
}

/// Whether a line of a footnote's text follows: what is indented, or blank.
fn goes_on(rest: &str) -> bool {
    ["    ", "\t", "\n"].iter().any(|start| rest.starts_with(start))
}

/// Everything that stands between brackets, in lower case.
fn used_labels(text: &str) -> HashSet<String> {
    /// CommonMark's longest label.
    const LONGEST: usize = 999;
    let labels = text.split('[').skip(1).filter_map(|rest| {
        let label = rest.split([']', '[']).next().filter(|l| l.len() <= LONGEST)?;
        Some(label.trim().to_lowercase())
    });
    labels.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_and_defined_elsewhere() {
        let text = "# A\n\n[one] and [two][Two] x[^n]\n\n# B\n\n[one]: /1\n[two]: /2\n[three]: /3\n[^n]: text\n    more\n\nend\n";
        let part = 0..text.find("# B").expect("there");
        let found = Definitions::missing(text, part.clone());
        assert_eq!(found.text, "[^n]: text\n    more\n\n[one]: /1\n\n[two]: /2\n\n<!-- -->\n\n");
        assert_eq!(found.lines, [(0, 10), (21, 7), (32, 8)]);
        assert_eq!(Definitions::missing(text, 0..text.len()), Definitions::default());
        assert_eq!(Definitions::missing(text, 0..4), Definitions::default());
    }
}
