//! Addresses that stand in running text as they are become links, as GitHub's autolinks do.

use linkify::{LinkFinder, LinkKind};

use crate::markup::document::{Block, BlockKind, Document, Inline, Target};
use crate::markup::role::Role;

impl Document {
    /// Makes links of the bare addresses in the blocks from one on.
    pub(super) fn link_up(&mut self, from: usize) {
        let links = &mut self.links;
        for Block { kind, .. } in &mut self.blocks[from..] {
            match kind {
                BlockKind::Heading(_, text) | BlockKind::Paragraph(text) => link_up(text, links),
                BlockKind::Table(table) => {
                    table.rows.iter_mut().flatten().for_each(|cell| link_up(cell, links));
                }
                BlockKind::Verbatim { .. } | BlockKind::Line(_) | BlockKind::Rule => {}
            }
        }
    }
}

fn link_up(inlines: &mut Vec<Inline>, links: &mut Vec<Target>) {
    let may = |i: &Inline| i.link.is_none() && i.ink.role == Role::Text && has_address(&i.text);
    if !inlines.iter().any(may) {
        return;
    }
    let mut linked = Vec::with_capacity(inlines.len() + 2);
    for inline in std::mem::take(inlines) {
        if may(&inline) {
            split(inline, links, &mut linked);
        } else {
            linked.push(inline);
        }
    }
    *inlines = linked;
}

/// A quick look, because most text holds no address.
fn has_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memmem::find(bytes, b"://").is_some()
        || memchr::memchr(b'@', bytes).is_some()
        || memchr::memmem::find(bytes, b"www.").is_some()
}

/// Words longer than this are no addresses; bytes. What looks for them takes its time over long ones.
const LONGEST: usize = 2_048;

/// Cuts a run of text at the addresses in it.
fn split(inline: Inline, links: &mut Vec<Target>, out: &mut Vec<Inline>) {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let mut plain = String::new();
    let push_plain = |plain: &mut String, out: &mut Vec<Inline>| {
        if !plain.is_empty() {
            out.push(Inline { text: std::mem::take(plain), ..inline.clone() });
        }
    };
    for word in inline.text.split_inclusive(char::is_whitespace) {
        if word.len() > LONGEST || !has_address(word) {
            plain.push_str(word);
            continue;
        }
        for span in finder.spans(word) {
            let text = span.as_str();
            let address = match span.kind() {
                Some(LinkKind::Email) => format!("mailto:{text}"),
                // Without a scheme, only `www.` says that a name is meant as an address.
                Some(LinkKind::Url) if text.starts_with("www.") => format!("https://{text}"),
                Some(LinkKind::Url) if text.contains("://") => text.to_owned(),
                _ => {
                    plain.push_str(text);
                    continue;
                }
            };
            push_plain(&mut plain, out);
            links.push(Target::Address(address));
            let link = Some(links.len() as u32 - 1);
            let ink = crate::markup::Ink { role: Role::Link, ..inline.ink };
            out.push(Inline { text: text.to_owned(), ink, link, ..inline.clone() });
        }
    }
    push_plain(&mut plain, out);
}

#[cfg(test)]
mod tests {
    use crate::markup::Markup;
    use crate::markup::document::Target;

    fn check(text: &str, expected: &[&str]) {
        for markup in [Markup::Markdown, Markup::Plain] {
            let document = markup.parse(text, 1);
            let found: Vec<&str> = document.links.iter().filter_map(Target::address).collect();
            assert_eq!(found, expected, "{text}");
            assert_eq!(document.text().trim_end(), text);
        }
    }

    #[test]
    fn addresses_are_found_and_nothing_else() {
        check("see https://ex.org/a_b_c(d), and so on", &["https://ex.org/a_b_c(d)"]);
        check(
            "(www.example.org/a) or someone@example.org.",
            &["https://www.example.org/a", "mailto:someone@example.org"],
        );
        check("main.rs, v1.2, a@b and 10:30", &[]);
    }
}
