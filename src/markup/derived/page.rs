//! A page of HTML: its text as Markdown. Navigation, forms, scripts and footers are left out.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::{Builder, Derived};

/// Elements whose content is no part of the text.
const LEFT_OUT: &[&str] = &[
    "aside", "button", "datalist", "dialog", "footer", "form", "iframe", "nav", "noscript", "script",
    "select", "style", "svg", "template", "textarea", "title",
];

/// Elements that begin a block of their own.
const BLOCKS: &[&str] = &[
    "address", "article", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "header", "html", "main", "p", "section", "summary", "table", "tbody", "thead",
];

/// Derives a page.
pub(super) fn derive(source: &str) -> Derived {
    let mut page = Page { source, ..Page::default() };
    let tokens = Tokenizer::new_with_emitter(source, DefaultEmitter::<usize>::new_with_span());
    for token in tokens {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                page.go_to(tag.span.start);
                page.start(&tag);
            }
            Token::EndTag(tag) => {
                page.go_to(tag.span.start);
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                page.end(&name);
            }
            Token::String(text) => {
                page.text(&String::from_utf8_lossy(&text.value), text.span.start);
            }
            _ => {}
        }
    }
    page.out.finish(source.lines().count())
}

/// The most that elements nest in what is kept of them: lists in lists.
const DEEPEST: usize = 24;

#[derive(Default)]
struct Page<'s> {
    source: &'s str,
    out: Builder,
    /// How far lines have been counted: byte and line breaks before it.
    counted: (usize, u32),
    /// Inside how many elements that are left out, all of the one kind that was entered first.
    skipping: Option<(String, usize)>,
    /// Open lists: the next number, where they are numbered.
    lists: Vec<Option<u64>>,
    /// Inside `<pre>`.
    verbatim: bool,
    /// A blank is owed before the next word.
    blank: bool,
    /// Text stands on the open line.
    begun: bool,
    /// The open line holds a list's marker and nothing else.
    marker: bool,
    /// Targets of the open links.
    links: Vec<String>,
    /// Cells of the open table row, and whether the table had a row before.
    row: Option<usize>,
    rows: usize,
    quotes: usize,
}

impl Page<'_> {
    fn go_to(&mut self, byte: usize) {
        let byte = byte.min(self.source.len());
        if byte > self.counted.0 {
            let between = &self.source.as_bytes()[self.counted.0..byte];
            self.counted = (byte, self.counted.1 + memchr::memchr_iter(b'\n', between).count() as u32);
        }
        self.out.source = self.counted.1 + 1;
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let name = name.as_str();
        if let Some((entered, depth)) = &mut self.skipping {
            *depth += usize::from(entered == name && !tag.self_closing);
            return;
        }
        let attribute = |key: &[u8]| tag.attributes.get(key).map(|v| String::from_utf8_lossy(v).into_owned());
        match name {
            _ if LEFT_OUT.contains(&name) && !tag.self_closing => self.skipping = Some((name.to_owned(), 1)),
            "br" => self.line(),
            "hr" => {
                self.block();
                self.write("---");
                self.block();
            }
            "ul" | "ol" => {
                if self.lists.is_empty() {
                    self.block();
                }
                if self.lists.len() < DEEPEST {
                    let start = attribute(b"start").and_then(|s| s.trim().parse::<u32>().ok()).unwrap_or(1);
                    self.lists.push((name == "ol").then_some(u64::from(start)));
                }
            }
            "li" => {
                self.line();
                // What is inside an item stands behind its marker.
                let (_, around) = self.lists.split_last().unwrap_or((&None, &[]));
                let width =
                    |list: &Option<u64>| list.map_or(2, |next| next.saturating_sub(1).to_string().len() + 2);
                let indent = " ".repeat(around.iter().map(width).sum());
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.write(&format!("{indent}{marker}"));
                self.begun = false;
                self.marker = true;
            }
            "dd" if self.row.is_none() => {
                self.line();
                self.write(": ");
                self.begun = false;
                self.marker = true;
            }
            "pre" => {
                self.block();
                self.write("```\n");
                self.verbatim = true;
            }
            "tr" => {
                self.line();
                self.row = Some(0);
            }
            "td" | "th" => {
                self.write("| ");
                self.begun = false;
                if let Some(cells) = &mut self.row {
                    *cells += 1;
                }
            }
            "blockquote" => {
                self.block();
                self.quotes = (self.quotes + 1).min(DEEPEST);
            }
            "img" => {
                let (alt, target) =
                    (attribute(b"alt").unwrap_or_default(), attribute(b"src").unwrap_or_default());
                if !target.starts_with("data:") && !target.is_empty() {
                    self.word(&format!("![{}]({target})", alt.replace('\n', " ")));
                }
            }
            "a" => {
                let target =
                    attribute(b"href").filter(|t| !t.starts_with('#') && !t.starts_with("javascript:"));
                self.links.push(target.clone().unwrap_or_default());
                if target.is_some() {
                    self.word("[");
                }
            }
            _ => match (heading(name), mark(name)) {
                (Some(level), _) => {
                    self.lists.clear();
                    self.block();
                    self.write(&format!("{} ", "#".repeat(level)));
                    self.begun = false;
                }
                (None, Some(mark)) if !self.verbatim => self.word(mark),
                _ if BLOCKS.contains(&name) && self.row.is_none() => self.block(),
                _ => {}
            },
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((entered, depth)) = &mut self.skipping {
            *depth -= usize::from(entered == name);
            if *depth == 0 {
                self.skipping = None;
            }
            return;
        }
        match name {
            "ul" | "ol" => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.block();
                }
            }
            "pre" if self.verbatim => {
                self.verbatim = false;
                self.line();
                self.write("```");
                self.block();
            }
            "td" | "th" => {
                self.blank = false;
                self.write(" ");
            }
            "tr" => self.end_row(),
            "table" => {
                self.rows = 0;
                self.block();
            }
            "blockquote" => {
                self.block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            "a" => {
                if let Some(target) = self.links.pop().filter(|t| !t.is_empty()) {
                    self.blank = false;
                    self.write(&format!("]({})", target.replace([' ', '\n'], "%20")));
                }
            }
            _ => match (heading(name), mark(name)) {
                (Some(_), _) => self.block(),
                (None, Some(mark)) if !self.verbatim => {
                    let owed = std::mem::take(&mut self.blank);
                    self.write(mark);
                    self.blank = owed;
                }
                _ if BLOCKS.contains(&name) && self.row.is_none() => self.block(),
                _ => {}
            },
        }
    }

    fn end_row(&mut self) {
        let Some(cells) = self.row.take().filter(|cells| *cells > 0) else {
            return;
        };
        self.write("|");
        self.line();
        if self.rows == 0 {
            let rule = format!("|{}", " --- |".repeat(cells));
            self.write(&rule);
            self.line();
        }
        self.rows += 1;
    }

    fn text(&mut self, text: &str, start: usize) {
        if self.skipping.is_some() {
            return;
        }
        self.go_to(start);
        if self.verbatim {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    self.out.end_line();
                    self.out.source += 1;
                }
                self.out.push(line);
            }
            self.begun = true;
            return;
        }
        // Words keep the line that they stand on.
        for piece in text.split_inclusive('\n') {
            for word in piece.split_ascii_whitespace() {
                let glued = piece.as_ptr() == word.as_ptr() && !self.blank;
                self.blank |= !glued;
                self.word(&escaped(word, !self.begun));
            }
            self.blank |= piece.ends_with(|c: char| c.is_ascii_whitespace());
            self.out.source += u32::from(piece.ends_with('\n'));
        }
    }

    /// Writes a word, with the blank that is owed before it.
    fn word(&mut self, word: &str) {
        let blank = std::mem::take(&mut self.blank) && self.begun;
        if blank {
            self.out.push(" ");
        }
        self.write(word);
    }

    fn write(&mut self, text: &str) {
        if self.quotes > 0 && self.out.open.is_none() && !text.starts_with('\n') {
            let quote = "> ".repeat(self.quotes);
            self.out.push(&quote);
        }
        self.out.push(text);
        self.marker = false;
        self.begun = !text.ends_with('\n');
        self.blank = false;
    }

    /// Ends the open line, if there is one.
    fn line(&mut self) {
        self.marker = false;
        if self.out.open.is_some() {
            self.out.end_line();
        }
        (self.begun, self.blank) = (false, false);
    }

    /// Ends the open block with a blank line. Inside a list item, blocks are lines.
    fn block(&mut self) {
        // `<li><p>`: the paragraph is the item's text.
        if self.marker {
            return;
        }
        self.line();
        if !self.lists.is_empty() || self.row.is_some() {
            return;
        }
        if self.out.full.last() == Some(&true) {
            self.out.end_line();
        }
    }
}

fn heading(name: &str) -> Option<usize> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(usize::from(level - b'0')),
        _ => None,
    }
}

fn mark(name: &str) -> Option<&'static str> {
    match name {
        "b" | "strong" => Some("**"),
        "em" | "i" | "cite" => Some("*"),
        "code" | "kbd" | "samp" | "tt" => Some("`"),
        "del" | "s" | "strike" => Some("~~"),
        _ => None,
    }
}

/// A word in which nothing is taken for Markdown; `first` of its line, it opens no block either.
fn escaped(word: &str, first: bool) -> String {
    let mut out = String::with_capacity(word.len() + 2);
    let opens = first
        && (word.starts_with(['#', '>', '+', '-', '='])
            || word.ends_with(['.', ')']) && word[..word.len() - 1].bytes().all(|b| b.is_ascii_digit()));
    let numbered = opens && word.starts_with(|c: char| c.is_ascii_digit());
    for (at, c) in word.char_indices() {
        let mark =
            matches!(c, '*' | '`' | '[' | ']' | '<' | '\\') || c == '_' && (at == 0 || at + 1 == word.len());
        let block = opens && (at == 0 && !numbered || numbered && at + 1 == word.len());
        if mark || block {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
