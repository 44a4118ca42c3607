//! HTML inside Markdown, read into the document: what its tags say of the text between them.

use crate::markup::derived::fragment;
use crate::markup::document::{MAX_DEPTH, Target, inlines_mut};
use crate::markup::markdown::tags::{self, Piece};
use crate::markup::markdown::{Context, Reader};
use crate::markup::role::{Ink, Role};

/// Elements that give text a structure beyond lines.
const STRUCTURE: &[&str] =
    &["table", "ul", "ol", "dl", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr"];

impl Reader<'_> {
    /// A block of HTML comes line by line and is read as a whole.
    pub(super) fn html(&mut self, html: &str, byte: usize) {
        if let Some((_, block)) = &mut self.html_block {
            block.push_str(html);
            return;
        }
        for piece in tags::pieces(html) {
            match piece {
                Piece::Text(text) => self.add(text, self.ink(), byte),
                Piece::Tag(tag) => self.tag(tag, byte),
            }
        }
    }

    /// A tag changes how the text behind it is written, or stands for a picture or a line end.
    fn tag(&mut self, tag: tags::Tag, byte: usize) {
        if tag.closing {
            if let Some(at) = self.elements.iter().rposition(|(name, ..)| tag.is(name)) {
                self.elements.truncate(at);
            }
            return;
        }
        if tag.is("br") {
            return self.add("\n", self.ink(), byte);
        }
        if tag.is("img") {
            let address = decoded(tag.attribute("src").unwrap_or_default());
            self.picture = Some(self.document.link(Target::Address(address)));
            self.add(&decoded(tag.attribute("alt").unwrap_or_default()), self.ink(), byte);
            self.picture = None;
            return;
        }
        if let Some(id) = tag.attribute("id").or_else(|| tag.attribute("name").filter(|_| tag.is("a"))) {
            let line = self.line_at(byte);
            self.document.anchors.push((decoded(id), line));
        }
        let (mut ink, mut link) = self.elements.last().map_or((Ink::default(), None), |(_, i, l)| (*i, *l));
        match () {
            () if tag.is_any(&["b", "strong", "summary", "th", "dt"]) => ink.strong = true,
            () if tag.is_any(&["i", "em", "cite", "dfn", "var"]) => ink.emphasis = true,
            () if tag.is_any(&["del", "s", "strike"]) => ink.strike = true,
            () if tag.is_any(&["code", "kbd", "samp", "tt"]) => ink.role = Role::Code,
            () if tag.is("a") => {
                let Some(address) = tag.attribute("href") else {
                    return;
                };
                ink.role = Role::Link;
                link = Some(self.document.link(Target::Address(decoded(address))));
            }
            () => return,
        }
        // An element that is never closed ends with its block; a great many open ones are a mistake.
        if self.elements.len() < MAX_DEPTH {
            self.elements.push((tag.name().to_owned(), ink, link));
        }
    }

    /// Of a block, each line of text is a line; the tags of blocks end one too.
    pub(super) fn end_html_block(&mut self) {
        let Some((byte, block)) = self.html_block.take() else {
            return;
        };
        if !self.nested && is_structured(&block) {
            return self.structured_html(&block, byte);
        }
        let mut line = LineOfHtml::Empty;
        for piece in tags::pieces(&block) {
            let Piece::Text(text) = piece else {
                if let Piece::Tag(tag) = piece {
                    if tag.is_any(&["br", "p", "div", "li", "tr", "summary", "dt", "dd", "hr"]) {
                        line.end();
                    } else {
                        line = if tag.is("img") { self.begin(line, byte) } else { line };
                        self.tag(tag, byte);
                    }
                }
                continue;
            };
            for (at, part) in decoded(text).split('\n').enumerate() {
                if at > 0 {
                    line.end();
                }
                let part = if line == LineOfHtml::Open { part } else { part.trim_start() };
                if !part.is_empty() {
                    line = self.begin(line, byte);
                    self.add(part, self.ink(), byte);
                }
            }
        }
        self.flush();
    }

    /// Tables, lists and the like become what they are in Markdown, and are read as that.
    fn structured_html(&mut self, block: &str, byte: usize) {
        let first = self.line_at(byte);
        let derived = fragment(block);
        let mut read = super::read(&derived.text, Context { line: 1, ..Context::default() }, true);
        let line = |line: usize| first + derived.origin.line(line) - 1;
        for block in &mut read.blocks {
            block.line = line(block.line);
            inlines_mut(&mut block.kind).for_each(|inline| inline.line = line(inline.line));
        }
        let inside = self.inside();
        self.bare_item = None;
        self.document.append_inside(read, inside);
    }

    /// Text is about to come: what ended a line before takes effect.
    fn begin(&mut self, line: LineOfHtml, byte: usize) -> LineOfHtml {
        if line == LineOfHtml::Ended {
            self.add("\n", Ink::default(), byte);
        }
        LineOfHtml::Open
    }
}

/// Whether a block holds structure, all of it: a blank line may have cut it off.
fn is_structured(html: &str) -> bool {
    let (mut any, mut open) = (false, 0_usize);
    for piece in tags::pieces(html) {
        if let Piece::Tag(tag) = piece
            && tag.is_any(STRUCTURE)
        {
            any = true;
            match (tag.is_any(&["hr"]), tag.closing) {
                (true, _) => {}
                (false, false) => open += 1,
                (false, true) => open = open.saturating_sub(1),
            }
        }
    }
    any && open == 0
}

/// How far a line of a block of HTML has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineOfHtml {
    /// Nothing stands on it, and nothing above.
    Empty,
    /// Text stands on it.
    Open,
    /// The next text stands on the next line.
    Ended,
}

impl LineOfHtml {
    fn end(&mut self) {
        if *self == LineOfHtml::Open {
            *self = LineOfHtml::Ended;
        }
    }
}

/// The text of HTML, its entities decoded.
fn decoded(html: &str) -> String {
    if !html.contains('&') || html.contains('<') {
        return html.to_owned();
    }
    let tokens = html5gum::Tokenizer::new(html);
    tokens
        .flatten()
        .map(|token| match token {
            html5gum::Token::String(text) => String::from_utf8_lossy(&text).into_owned(),
            _ => String::new(),
        })
        .collect()
}
