//! HTML inside Markdown: its text is shown, its tags are not.
//!
//! What looks like a tag but is no element of HTML (`Map<String, Integer>`, `<your-name>`) was
//! meant as text, so it stays.

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

/// The text of a piece of HTML. A line break is a `\n`; comments go.
pub(super) fn text_of(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        if rest.starts_with("<!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
            continue;
        }
        let Some(close) = rest.find('>') else {
            break;
        };
        let (tag, behind) = rest.split_at(close + 1);
        match element(tag) {
            Some(name) if name.eq_ignore_ascii_case("br") => out.push('\n'),
            Some(_) => {}
            None => out.push_str(tag),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The element that a tag names, if it is one of HTML's.
fn element(tag: &str) -> Option<&str> {
    let inner = tag.trim_start_matches('<').trim_start_matches('/');
    if inner.starts_with(['!', '?']) {
        return Some("");
    }
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, behind) = inner.split_at(end);
    // `<i>` and `<input type=…>` are tags; `<i,j>` is none.
    let closed = behind.starts_with(['>', '/', ' ', '\t', '\n']);
    let lower = name.to_ascii_lowercase();
    (closed && ELEMENTS.binary_search(&lower.as_str()).is_ok()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_text_stays() {
        assert!(ELEMENTS.is_sorted());
        assert_eq!(text_of("<b>bold</b> and <br/>x <!-- no\nno --> y"), "bold and \nx  y");
        assert_eq!(text_of("Map<String, Integer> for <your-name>"), "Map<String, Integer> for <your-name>");
        assert_eq!(text_of("<details><summary>More</summary>"), "More");
        assert_eq!(text_of("a < b and <unclosed"), "a < b and <unclosed");
    }
}
