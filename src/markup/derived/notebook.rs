//! A Jupyter notebook: its Markdown cells as they stand, its code in fences. What code printed is
//! left out.

use memchr::memmem;
use serde_json::Value;

use super::{Builder, Derived};

/// Derives a notebook; `None` where the JSON is broken.
pub(super) fn derive(source: &str) -> Option<Derived> {
    let notebook: Value = serde_json::from_str(source).ok()?;
    let language =
        notebook.pointer("/metadata/language_info/name").and_then(Value::as_str).unwrap_or("python");
    let mut place = Place { source, byte: 0, line: 1 };
    let mut out = Builder { source: 1, ..Builder::default() };
    for cell in notebook.get("cells")?.as_array()? {
        let kind = cell.get("cell_type").and_then(Value::as_str).unwrap_or_default();
        let lines = lines_of(cell.get("source"));
        if lines.iter().all(|l| l.trim().is_empty()) {
            continue;
        }
        let code = kind == "code";
        for (at, line) in lines.iter().enumerate() {
            out.source = place.find(line);
            if code && at == 0 {
                out.push(&format!("```{language}\n"));
            }
            out.push(line.trim_end_matches('\n'));
            out.end_line();
        }
        if code {
            out.push("```\n");
        }
        out.end_line();
    }
    Some(out.finish(source.lines().count()))
}

/// The lines of a cell, whether it holds them as one string or as a list.
fn lines_of(source: Option<&Value>) -> Vec<&str> {
    match source {
        Some(Value::String(text)) => text.split('\n').collect(),
        Some(Value::Array(lines)) => lines
            .iter()
            .filter_map(Value::as_str)
            .flat_map(|l| l.strip_suffix('\n').unwrap_or(l).split('\n'))
            .collect(),
        _ => Vec::new(),
    }
}

/// How far the source has been followed.
struct Place<'s> {
    source: &'s str,
    byte: usize,
    line: u32,
}

impl Place<'_> {
    /// The source line that holds a line of a cell, at or behind the last one found.
    fn find(&mut self, text: &str) -> u32 {
        // A line that is far away is not looked for across the whole file: outputs are long.
        const FAR: usize = 4 * 1024 * 1024;
        let written = serde_json::to_string(text).unwrap_or_default();
        let inner = written.trim_matches('"');
        let rest = &self.source.as_bytes()[self.byte..];
        let found =
            memmem::find(&rest[..rest.len().min(FAR)], inner.as_bytes()).filter(|_| !inner.trim().is_empty());
        if let Some(at) = found {
            self.line += memchr::memchr_iter(b'\n', &rest[..at]).count() as u32;
            self.byte += at;
        }
        self.line
    }
}
