//! Definitions of links and footnotes that stand elsewhere in the file than the text that uses them: a
//! talk is one part of a file, and its author wrote them where they pleased.

use std::collections::{HashMap, HashSet};
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

/// A link that is written by the label of its definition: `[text][label]`, `[label]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'t> {
    /// What it is called.
    pub text: &'t str,
    /// Where it leads.
    pub address: &'t str,
}

/// Where the labels of a text's links lead: by label in lower case, the bytes of the address.
pub type Targets = HashMap<String, Range<usize>>;

/// The definitions of links in a text.
pub fn targets(text: &str) -> Targets {
    let mut targets = Targets::new();
    for definition in all(text, 0..text.len()).filter(|d| !d.label.starts_with('^')) {
        let line = &text[definition.bytes.clone()];
        let Some(behind) = line.find("]:").map(|at| at + 2) else {
            continue;
        };
        let rest = line[behind..].trim_start();
        let target = rest.split_whitespace().next().unwrap_or_default();
        let bare = target.trim_start_matches('<');
        let start = definition.bytes.start + line.len() - rest.len() + target.len() - bare.len();
        let length = bare.trim_end_matches('>').len();
        if length > 0 {
            targets.entry(definition.label).or_insert(start..start + length);
        }
    }
    targets
}

/// The links of a part of a text that are written by labels, wherever in the text these are defined.
pub fn references<'t>(text: &'t str, part: Range<usize>, targets: &Targets) -> Vec<Reference<'t>> {
    if targets.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let within = &text[part];
    let mut from = 0;
    while let Some(open) = within[from..].find('[').map(|at| from + at) {
        from = open + 1;
        let Some(label) = bracketed(&within[open..]) else {
            continue;
        };
        let behind = &within[open + label.len() + 2..];
        // `[label]: target` defines, `[text](target)` is no reference, `![` is a picture.
        if behind.starts_with([':', '(']) {
            continue;
        }
        let second = bracketed(behind);
        let name = second.filter(|second| !second.is_empty()).unwrap_or(label);
        if let Some(address) = targets.get(&name.trim().to_lowercase()) {
            if !within[..open].ends_with('!') {
                found.push(Reference { text: label, address: &text[address.clone()] });
            }
            from = open + label.len() + 2 + second.map_or(0, |second| second.len() + 2);
        }
    }
    found
}

/// Whether a text may hold a link by label at all: a quick look, because most hold none.
pub fn may_refer(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b']', bytes).any(|at| !matches!(bytes.get(at + 1), Some(b':' | b'(')))
}

/// What stands between brackets at the start of a text.
fn bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?;
    let end = inner.find(['[', ']', '\n']).filter(|end| inner[*end..].starts_with(']'))?;
    Some(&inner[..end])
}

/// Whether a line of a text defines a link or a footnote.
pub fn is_definition(line: &str) -> bool {
    all(line, 0..line.len()).next().is_some_and(|definition| definition.bytes.start == 0)
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

    #[test]
    fn links_by_label() {
        let text = "See [the video][v], [Slides] and ![pic][v], [x](y), [none].\n\n[v]: https://a.b/c \"t\"\n[slides]: <https://d.e>\n";
        let found: Vec<_> = references(text, 0..text.len(), &targets(text))
            .into_iter()
            .map(|r| (r.text, r.address))
            .collect();
        assert_eq!(found, [("the video", "https://a.b/c"), ("Slides", "https://d.e")]);
        assert!(
            is_definition("[v]: https://a.b/c") && !is_definition("see [v]: x") && !is_definition("Video: x")
        );
    }
}
