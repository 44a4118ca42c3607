//! The tags of HTML: which there are, and what stands between them.
//!
//! What looks like a tag but is no element of HTML (`Map<String, Integer>`, `<your-name>`) was
//! meant as text, so it stays. What a browser would not show either (comments, scripts, styles)
//! goes.

/// The elements of the HTML standard, and a few that older pages use.
const ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo", "big",
    "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup",
    "data", "datalist", "dd", "del", "details", "dfn", "dialog", "div", "dl", "dt", "em", "embed",
    "fieldset", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link",
    "main", "map", "mark", "math", "menu", "meta", "meter", "nav", "noscript", "object", "ol", "optgroup",
    "option", "output", "p", "param", "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp",
    "script", "section", "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary",
    "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title",
    "tr", "track", "tt", "u", "ul", "var", "video", "wbr",
];

/// A tag of an element of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    /// The element's name as it is written.
    name: &'h str,
    /// It ends the element.
    pub closing: bool,
    /// What stands behind the name.
    attributes: &'h str,
}

impl<'h> Tag<'h> {
    /// Whether it is a tag of this element, whose name is in lower case.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether it is a tag of one of these elements.
    pub(super) fn is_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }

    /// The name as it is written.
    pub(super) fn name(&self) -> &'h str {
        self.name
    }

    /// An attribute's value, entities as they are written.
    pub(super) fn attribute(&self, name: &str) -> Option<&'h str> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c))?;
            let (found, behind) = rest.split_at(end);
            let behind = behind.trim_start();
            let Some(value) = behind.strip_prefix('=').map(str::trim_start) else {
                // A name without a value, or the end.
                if end == 0 {
                    return None;
                }
                rest = behind;
                continue;
            };
            let (value, behind) = match value.chars().next()? {
                quote @ ('"' | '\'') => value[1..].split_once(quote)?,
                _ => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>')?),
            };
            if found.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = behind;
        }
    }
}

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'h> {
    /// Text, entities as they are written.
    Text(&'h str),
    /// A tag.
    Tag(Tag<'h>),
}

/// The pieces of a stretch of HTML: its text, and the tags that are HTML's.
pub(super) fn pieces(html: &str) -> Pieces<'_> {
    Pieces { rest: html }
}

/// Goes through [`pieces`].
pub(super) struct Pieces<'h> {
    rest: &'h str,
}

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        loop {
            let html = self.rest;
            if html.is_empty() {
                return None;
            }
            let Some(open) =
                html.find('<').filter(|at| *at > 0).or_else(|| html.starts_with('<').then_some(0))
            else {
                self.rest = "";
                return Some(Piece::Text(html));
            };
            if open > 0 {
                self.rest = &html[open..];
                return Some(Piece::Text(&html[..open]));
            }
            if let Some(unseen) = unseen(html) {
                self.rest = &html[unseen..];
                continue;
            }
            let Some(close) = tag_end(html) else {
                self.rest = "";
                return Some(Piece::Text(html));
            };
            let (tag, behind) = html.split_at(close + 1);
            self.rest = behind;
            return Some(match element(tag) {
                Some(tag) => {
                    self.skip_hidden(tag);
                    Piece::Tag(tag)
                }
                None => Piece::Text(tag),
            });
        }
    }
}

impl Pieces<'_> {
    /// What scripts and styles hold is no text.
    fn skip_hidden(&mut self, tag: Tag) {
        for hidden in ["script", "style"] {
            if tag.is(hidden) && !tag.closing {
                let close = format!("</{hidden}");
                let lower = self.rest.to_ascii_lowercase();
                self.rest = lower.find(&close).map_or("", |at| &self.rest[at..]);
            }
        }
    }
}

/// Where a tag closes: not inside of a quoted value, unless that is never closed.
fn tag_end(html: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            // A quote that is open for this long is a mistake; looking further would take too long.
            (Some(_), _) if at > 4096 => break,
            _ => {}
        }
        before = if byte.is_ascii_whitespace() { before } else { byte };
    }
    html.find('>')
}

/// The bytes of a comment, a declaration or an instruction at the start.
fn unseen(html: &str) -> Option<usize> {
    let until = |end: &str| Some(html.find(end).map_or(html.len(), |at| at + end.len()));
    match () {
        () if html.starts_with("<!-->") => Some(5),
        () if html.starts_with("<!--->") => Some(6),
        () if html.starts_with("<!--") => until("-->"),
        () if html.starts_with("<![CDATA[") => until("]]>"),
        () if html.starts_with("<?") => until("?>"),
        () if html.starts_with("<!") => until(">"),
        () => None,
    }
}

/// The tag, if it is one of HTML's.
fn element(tag: &str) -> Option<Tag<'_>> {
    let inner = tag.strip_prefix('<')?;
    let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, attributes) = inner.split_at(end);
    // `<i>` and `<input type=…>` are tags; `<i,j>` is none.
    let closed = attributes.starts_with(['>', '/', ' ', '\t', '\n']);
    let lower = name.to_ascii_lowercase();
    (closed && ELEMENTS.binary_search(&lower.as_str()).is_ok()).then_some(Tag { name, closing, attributes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(html: &str) -> String {
        let text = |piece| match piece {
            Piece::Text(text) => text,
            Piece::Tag(tag) if tag.is("br") => "\n",
            Piece::Tag(_) => "",
        };
        pieces(html).map(text).collect()
    }

    #[test]
    fn tags_go_and_text_stays() {
        assert!(ELEMENTS.is_sorted());
        assert_eq!(text_of("<b>bold</b> and <br/>x <!-- no\nno --> y"), "bold and \nx  y");
        assert_eq!(text_of("Map<String, Integer> for <your-name>"), "Map<String, Integer> for <your-name>");
        assert_eq!(text_of("<details><summary>More</summary>"), "More");
        assert_eq!(text_of("a < b and <unclosed"), "a < b and <unclosed");
        assert_eq!(text_of("a<script>b()</script>c<STYLE>d"), "ac");
        assert_eq!(text_of("a<?php b ?>c<!DOCTYPE d>e"), "ace");
    }

    #[test]
    fn attributes_have_values() {
        let value = |html, name| match pieces(html).next() {
            Some(Piece::Tag(tag)) => tag.attribute(name),
            _ => None,
        };
        assert_eq!(value("<img src='a b.png' alt=\"A > B\">", "src"), Some("a b.png"));
        assert_eq!(value("<a class=x HREF=https://x.y/z>", "href"), Some("https://x.y/z"));
        assert_eq!(value("<input disabled value=1 />", "value"), Some("1"));
        assert_eq!(value("<br/>", "href"), None);
        assert_eq!(value("<a href>", "href"), None);
    }
}
