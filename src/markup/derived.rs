//! Markdown that is derived from files which hold no lines of notes themselves: HTML pages and
//! Jupyter notebooks. Each derived line knows the source line that it came from.
//!
//! Above this, such a file is a file of Markdown; only what is told to a person (a path with a
//! line, an editor) goes back to the source.

mod notebook;
mod page;

/// A text that was derived, with the way back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Derived {
    /// The Markdown.
    pub text: String,
    /// The way back to the source's lines.
    pub origin: Origin,
}

/// The way from derived lines back to those of the source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// For each derived line, the source line that it came from; it never falls.
    lines: Vec<u32>,
    /// The derived lines that are not blank.
    full: Vec<bool>,
    /// How many lines the source has.
    last: usize,
}

impl Origin {
    /// The source line of a derived one, both counted from 1.
    pub fn line(&self, derived: usize) -> usize {
        let at = derived.saturating_sub(1).min(self.lines.len().saturating_sub(1));
        self.lines.get(at).map_or(1, |line| *line as usize)
    }

    /// The source lines that belong to a run of derived ones, so that neighbouring runs divide the
    /// source between them: what stands between two belongs to the first.
    pub fn lines(&self, first: usize, last: usize) -> (usize, usize) {
        let before = self.full.iter().take(first.saturating_sub(1)).any(|full| *full);
        let start = if before { self.line(first) } else { 1 };
        let next = self.full.iter().skip(last).position(|full| *full).map(|at| self.line(last + 1 + at));
        let end = next.map_or(self.last, |next| next.saturating_sub(1));
        (start, end.max(start))
    }
}

/// Derives Markdown from a piece of HTML.
pub fn fragment(html: &str) -> Derived {
    page::derive(html)
}

/// Derives Markdown where a text is a page of HTML or a notebook, by its content.
pub fn derive(text: &str) -> Option<Derived> {
    let head = text.trim_start();
    if head.starts_with('{') && text.contains("\"nbformat\"") && text.contains("\"cells\"") {
        return notebook::derive(text);
    }
    if !head.starts_with('<') {
        return None;
    }
    let start: String = head.chars().take(64).collect::<String>().to_ascii_lowercase();
    let page = start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.starts_with("<?xml") && start.contains("html");
    page.then(|| page::derive(text))
}

/// Collects derived text line by line.
#[derive(Debug, Default)]
struct Builder {
    text: String,
    lines: Vec<u32>,
    full: Vec<bool>,
    /// The source line of what is being written.
    source: u32,
    /// The source line of the first text on the open line.
    open: Option<u32>,
}

impl Builder {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c == '\n' {
                self.end_line();
            } else {
                self.open.get_or_insert(self.source);
                self.text.push(c);
            }
        }
    }

    fn end_line(&mut self) {
        self.text.push('\n');
        self.full.push(self.open.is_some());
        self.lines.push(self.open.take().unwrap_or(self.source));
    }

    fn finish(mut self, last: usize) -> Derived {
        if self.open.is_some() {
            self.end_line();
        }
        // Text that stood further up may be written later; the way back never falls.
        let mut most = 1;
        for line in &mut self.lines {
            most = most.max(*line);
            *line = most;
        }
        Derived { text: self.text, origin: Origin { lines: self.lines, full: self.full, last } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, text: &str) -> Derived {
        let derived = derive(source).expect("a page or a notebook");
        assert_eq!(derived.text.trim(), text.trim(), "{source}");
        derived
    }

    #[test]
    fn a_page_becomes_markdown() {
        let source = "<!DOCTYPE html>\n<html><head><title>Site</title><style>p {}</style></head>\n<body>\n<nav>Home</nav>\n\
                      <h1>My <em>talk</em></h1>\n<p>Some &amp; more\ntext <a href=\"https://x.y\">here</a>.</p>\n\
                      <ul><li>one<ul><li>two</li></ul></li><li><p>three</p></li></ul>\n<pre>a  b\n c</pre>\n\
                      <table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table></body></html>\n";
        let derived = check(
            source,
            "# My *talk*\n\nSome & more text [here](https://x.y).\n\n- one\n  - two\n- three\n\n```\na  b\n c\n```\n\n| A | B |\n| --- | --- |\n| 1 | 2 |",
        );
        let of = |word: &str| {
            let at = derived.text.lines().position(|l| l.contains(word)).expect("there") + 1;
            derived.origin.line(at)
        };
        assert_eq!((of("My"), of("Some"), of("three"), of("| 1")), (5, 6, 8, 11));
    }

    #[test]
    fn lists_keep_their_numbers_and_terms_their_meaning() {
        check(
            "<!DOCTYPE html><body><ol start=9><li>nine</li><li>ten<ul><li>inner</li></ul></li></ol>\
             <dl><dt>Term</dt><dd>What it is</dd></dl></body>",
            "9. nine\n10. ten\n    - inner\n\nTerm\n\n: What it is",
        );
    }

    #[test]
    fn runs_divide_the_source() {
        let source = "<!DOCTYPE html>\n<body>\n<h1>One</h1>\n\n<p>x</p>\n<h1>Two</h1>\n<p>y</p>\n</body>\n";
        let derived = derive(source).expect("a page");
        let second = derived.text.lines().position(|l| l == "# Two").expect("there") + 1;
        let last = derived.text.lines().count();
        assert_eq!(derived.origin.lines(1, second - 1), (1, 5));
        assert_eq!(derived.origin.lines(second, last), (6, 8));
    }

    #[test]
    fn a_notebook_becomes_markdown() {
        let source = "{\n \"cells\": [\n  {\n   \"cell_type\": \"markdown\",\n   \"source\": [\n    \"# My talk\\n\",\n    \"by Ada\"\n   ]\n  },\n  {\n   \"cell_type\": \"code\",\n   \"source\": \"x = 1\"\n  }\n ],\n \"metadata\": {\"language_info\": {\"name\": \"python\"}},\n \"nbformat\": 4\n}\n";
        let derived = check(source, "# My talk\nby Ada\n\n```python\nx = 1\n```");
        assert_eq!((derived.origin.line(1), derived.origin.line(2)), (6, 7));
    }

    #[test]
    fn anything_else_stays() {
        assert_eq!(derive("# Markdown\n\n<html> in the midst\n"), None);
        assert_eq!(derive("{ \"a\": 1 }"), None);
        assert_eq!(derive("{ broken \"nbformat\" \"cells\""), None);
    }
}
