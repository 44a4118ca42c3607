//! Every example of the CommonMark specification shows its text, all of it.
//!
//! The specification is not ours to carry, so it is read from the npm package `commonmark-spec`, which
//! `.ci/run` installs; without it this test says that it skips itself.

use std::io::Write;
use std::path::PathBuf;

use hallway::markup::Markup;
use html5gum::{Token, Tokenizer};

/// Examples whose text is shown otherwise, and why that is right for a reader of notes.
const EXCEPTIONS: &[(&[u32], &str)] = &[
    (
        &[150, 163, 201, 491, 524, 536, 613, 614, 615, 617, 623],
        "what looks like a tag and is no element of HTML was meant as text: Map<String, Integer>, <your-name>",
    ),
    (
        &[156, 157, 158],
        "a tag that is never closed would swallow the text behind it; it is shown as it stands",
    ),
    (
        &[180, 629],
        "an instruction and a CDATA section end where the specification says, not at the first > as in a browser",
    ),
];

struct Example {
    number: u32,
    markdown: String,
    html: String,
}

fn specification() -> Option<String> {
    let named = std::env::var_os("HALLWAY_COMMONMARK_SPEC").map(PathBuf::from);
    let installed =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".ci/spec/node_modules/commonmark-spec/spec.txt");
    std::fs::read_to_string(named.unwrap_or(installed)).ok()
}

/// The examples stand between fences of 32 backticks, Markdown and HTML parted by a dot; `→` is a tab.
fn examples(specification: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let mut found = Vec::new();
    let mut rest = specification;
    let open = format!("\n{fence} example\n");
    while let Some(start) = rest.find(&open) {
        let body = &rest[start + open.len()..];
        let end = body.find(&format!("\n{fence}\n")).expect("the example ends");
        let example = format!("\n{}\n", &body[..end]);
        let (markdown, html) = example.split_once("\n.\n").expect("a dot between");
        let text = |t: &str| t.trim_start_matches('\n').replace('→', "\t");
        let number = found.len() as u32 + 1;
        let markdown = markdown.strip_prefix('\n').unwrap_or(markdown).replace('→', "\t") + "\n";
        found.push(Example { number, markdown, html: text(html) });
        rest = &body[end..];
    }
    found
}

/// What a person sees of HTML: its text, the descriptions of its pictures; no scripts and styles.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut hidden = false;
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::String(string) if !hidden => text.push_str(&String::from_utf8_lossy(&string)),
            Token::StartTag(tag) => {
                hidden |= matches!(&tag.name[..], b"script" | b"style");
                if let Some(alt) = tag.attributes.get(&b"alt"[..]) {
                    text.push_str(&String::from_utf8_lossy(alt));
                }
                let breaks: [&[u8]; 5] = [b"br", b"p", b"li", b"td", b"hr"];
                text.push_str(if breaks.contains(&&tag.name[..]) { "\n" } else { "" });
            }
            Token::EndTag(tag) => hidden &= !matches!(&tag.name[..], b"script" | b"style"),
            _ => {}
        }
    }
    text
}

/// White space between words counts as one space: where lines end is the layout's.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_example_shows_its_text() {
    let Some(specification) = specification() else {
        let why = "the CommonMark specification is not here; `.ci/run` installs it";
        let _ = writeln!(std::io::stderr(), "\nSKIPPED every_example_shows_its_text: {why}\n");
        return;
    };
    let examples = examples(&specification);
    assert_eq!(examples.len(), 652, "the specification has other examples");
    let excepted: Vec<u32> = EXCEPTIONS.iter().flat_map(|(numbers, _)| numbers.iter().copied()).collect();
    let mut wrong = String::new();
    let mut differ = Vec::new();
    for example in &examples {
        let shown = words(&Markup::Markdown.parse(&example.markdown, 1).text());
        let expected = words(&text_of(&example.html));
        if shown != expected {
            differ.push(example.number);
            if !excepted.contains(&example.number) {
                wrong += &format!(
                    "{}: {:?}\n  shown    {shown}\n  expected {expected}\n",
                    example.number, example.markdown
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let vain: Vec<_> = excepted.iter().filter(|number| !differ.contains(number)).collect();
    assert!(vain.is_empty(), "exceptions that are none: {vain:?}");
}
