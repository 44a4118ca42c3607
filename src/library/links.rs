//! The links of a talk, by kind: video, slides, code, schedule, other.
//!
//! The label decides, then the host. Links are found when somebody asks for them; loading does
//! not look.

use std::collections::HashSet;
use std::ops::Range;

use memchr::memmem;

use crate::library::File;
use crate::markup::definitions::{is_definition, may_refer, references};
use crate::text::address::host;

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// A recording.
    Video,
    /// Slides.
    Slides,
    /// A repository or a program.
    Code,
    /// The conference's own page of the talk.
    Schedule,
    /// Anything else.
    Other,
}

impl LinkKind {
    /// The word for it in text and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            LinkKind::Video => "video",
            LinkKind::Slides => "slides",
            LinkKind::Code => "code",
            LinkKind::Schedule => "schedule",
            LinkKind::Other => "other",
        }
    }

    /// The kind, by what the link is called and where it leads.
    pub fn of(label: &str, url: &str) -> Self {
        let label = label.to_ascii_lowercase();
        // A word by itself, or in the plural: a report is no repo, and landslides are no slides.
        let words: Vec<&str> = label.split(|c: char| !c.is_alphanumeric()).collect();
        let is = |word: &str, wanted: &str| {
            word.strip_prefix(wanted).is_some_and(|end| end.is_empty() || end == "s")
        };
        let says = |wanted: &[&str]| wanted.iter().any(|w| words.iter().any(|word| is(word, w)));
        if says(&["video", "recording", "youtube", "watch"]) {
            return LinkKind::Video;
        }
        if says(&["slide", "deck", "presentation"]) {
            return LinkKind::Slides;
        }
        if says(&["code", "repo", "github", "gitlab", "source", "notebook"]) {
            return LinkKind::Code;
        }
        if says(&["schedule", "abstract", "programme", "program"]) {
            return LinkKind::Schedule;
        }
        let host = host(url).to_ascii_lowercase();
        let at = |hosts: &[&str]| {
            hosts.iter().any(|h| host == *h || host.strip_suffix(h).is_some_and(|s| s.ends_with('.')))
        };
        if at(&["youtube.com", "youtu.be", "vimeo.com", "media.ccc.de", "pyvideo.org", "infoq.com"]) {
            LinkKind::Video
        } else if at(&["speakerdeck.com", "slideshare.net", "slides.com", "docs.google.com", "noti.st"]) {
            LinkKind::Slides
        } else if at(&["github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "sr.ht"]) {
            LinkKind::Code
        } else if at(&["sched.com", "pretalx.com"]) || url.contains("/schedule") {
            LinkKind::Schedule
        } else {
            LinkKind::Other
        }
    }
}

/// One link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it leads to.
    pub kind: LinkKind,
    /// What it is called in the notes; its host where nothing is written.
    pub label: String,
    /// Its address as written.
    pub url: String,
    /// It is written as `[label](address)`, so a reader sees the label only.
    pub behind_label: bool,
}

/// Every link in a few texts, each address once.
pub fn collect<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<Link> {
    let mut found = Found::default();
    texts.for_each(|text| each(text, |label, url, behind| found.add(label, url, behind)));
    found.links
}

/// Every link in a part of a file, each address once; those that are written by labels too, which may be
/// defined anywhere in the file.
pub fn collect_in<'t>(parts: impl Iterator<Item = (&'t File, Range<usize>)>) -> Vec<Link> {
    let mut found = Found::default();
    for (file, part) in parts {
        let text = &file.text[part.clone()];
        if may_refer(text) {
            for reference in references(&file.text, part, file.targets()) {
                found.add(reference.text, reference.address, true);
            }
        }
        each(text, |label, url, behind| found.add(label, url, behind));
    }
    found.links
}

/// Links as they are found, each address once.
#[derive(Default)]
struct Found {
    links: Vec<Link>,
    known: HashSet<String>,
}

impl Found {
    fn add(&mut self, label: &str, url: &str, behind_label: bool) {
        let url = url.trim();
        if is_address(url) && self.known.insert(url.to_owned()) {
            let label = label.replace("**", "");
            let label = label.trim().trim_end_matches(':').trim_matches(['*', '_', '`']);
            self.links.push(Link {
                kind: LinkKind::of(label, url),
                label: if label.is_empty() { host(url) } else { label }.to_owned(),
                url: url.to_owned(),
                behind_label,
            });
        }
    }
}

/// An address that leads somewhere on the net: with a scheme for it, or like a host.
fn is_address(url: &str) -> bool {
    if let Some((scheme, rest)) = url.split_once(':')
        && scheme.chars().all(|c| c.is_ascii_alphabetic())
    {
        return matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "mailto") && rest.len() > 2;
    }
    // `bit.ly/talk` but not `img/a.png`, `notes.md` or `../x`.
    let Some((host, _)) = url.split_once('/') else {
        return false;
    };
    let Some((name, tld)) = host.rsplit_once('.') else {
        return false;
    };
    !name.is_empty() && (2..=6).contains(&tld.len()) && tld.bytes().all(|b| b.is_ascii_lowercase())
}

/// Calls `take(label, url, behind_label)` for each `[label](url)`, `<url>`, `Label: url` and bare
/// address.
fn each(text: &str, mut take: impl FnMut(&str, &str, bool)) {
    for line in lines_with_links(text) {
        // Nobody reads a line like that, and looking through it would take its length squared.
        const LONGEST: usize = 64 * 1024;
        if line.len() > LONGEST || is_definition(line) {
            continue;
        }
        let mut at = 0;
        while at < line.len() {
            let rest = &line[at..];
            let inline = rest.find("](");
            let bare = ["https://", "http://"].iter().filter_map(|s| rest.find(s)).min();
            at += match (inline, bare) {
                (Some(i), b) if b.is_none_or(|b| i < b) => {
                    inline_link(rest, i, &mut |label, url| take(label, url, true))
                }
                (_, Some(b)) => {
                    let url = bare_url(&rest[b..]);
                    take(field_label(&line[..at + b]), url, false);
                    b + url.len().max(1)
                }
                _ => break,
            };
        }
    }
}

/// The lines in which a link may stand: few of a text, and found without looking at the others.
fn lines_with_links(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let (inline, bare) = (memmem::Finder::new("]("), memmem::Finder::new("://"));
    let find = move |finder: &memmem::Finder, from: usize| finder.find(&bytes[from..]).map(|at| from + at);
    let (mut next_inline, mut next_bare) = (find(&inline, 0), find(&bare, 0));
    let mut from = 0;
    std::iter::from_fn(move || {
        // Each is looked for again only when the lines have passed it.
        if next_inline.is_some_and(|at| at < from) {
            next_inline = find(&inline, from);
        }
        if next_bare.is_some_and(|at| at < from) {
            next_bare = find(&bare, from);
        }
        let at = next_inline.into_iter().chain(next_bare).min()?;
        let start = memchr::memrchr(b'\n', &bytes[from..at]).map_or(from, |n| from + n + 1);
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
        from = (end + 1).min(bytes.len());
        Some(text[start..end].trim_end_matches('\r'))
    })
}

/// Reads the link whose `](` stands at `i`; returns how far the line was read.
fn inline_link<'t>(rest: &'t str, i: usize, take: &mut impl FnMut(&'t str, &'t str)) -> usize {
    let target = &rest[i + 2..];
    let mut depth = 0;
    let end = target.char_indices().find(|(_, c)| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth < 0
    });
    let Some((end, _)) = end else {
        return i + 2;
    };
    let mut open_depth = 0;
    let open = rest[..i].char_indices().rev().find(|(_, c)| {
        open_depth += match c {
            ']' => 1,
            '[' => -1,
            _ => 0,
        };
        open_depth < 0
    });
    if let Some((open, _)) = open
        && !rest[..open].ends_with('!')
    {
        let url = target[..end].split_whitespace().next().unwrap_or_default();
        take(&rest[open + 1..i], url.trim_matches(['<', '>']));
    }
    i + 2 + end + 1
}

/// An address up to the punctuation that belongs to the sentence around it.
fn bare_url(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | ']'));
    let mut url = &text[..end.unwrap_or(text.len())];
    while let Some(c) = url.chars().next_back() {
        let closes = c == ')' && url.matches('(').count() < url.matches(')').count();
        if !closes && !matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '”' | '*') {
            break;
        }
        url = &url[..url.len() - c.len_utf8()];
    }
    url
}

/// What is written before an address on its line, where that is a short label with a colon.
fn field_label(before: &str) -> &str {
    let before = before.trim().trim_start_matches(['-', '*', '•', '<', ' ']);
    match before.strip_suffix(':').or_else(|| before.strip_suffix(":**")) {
        Some(label) if label.split_whitespace().count() <= 3 => label,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(LinkKind, &str, &str)]) {
        let found = collect(std::iter::once(text));
        let found: Vec<_> = found.iter().map(|l| (l.kind, &*l.label, &*l.url)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn in_every_form() {
        use LinkKind::*;
        check(
            "[Slide Deck](https://a.b/c), [Video](https://youtu.be/x?t=1)",
            &[(Slides, "Slide Deck", "https://a.b/c"), (Video, "Video", "https://youtu.be/x?t=1")],
        );
        check(
            "[](https://www.youtube.com/watch?v=1)",
            &[(Video, "youtube.com", "https://www.youtube.com/watch?v=1")],
        );
        check("Code: https://x.y/z.", &[(Code, "Code", "https://x.y/z")]);
        check(
            "see (https://en.wikipedia.org/wiki/A_(b)) there",
            &[(Other, "en.wikipedia.org", "https://en.wikipedia.org/wiki/A_(b)")],
        );
        check(
            "[deck](bit.ly/talk) [img](img/a.png) ![p](https://x.y/p.png)",
            &[(Slides, "deck", "bit.ly/talk")],
        );
        check("[bad](javascript:alert(1)) [worse](file:///etc/passwd)", &[]);
        check("twice https://a.b/c and https://a.b/c", &[(Other, "a.b", "https://a.b/c")]);
    }

    #[test]
    fn odd_text_does_not_break_it() {
        for text in ["](", "[a](", "[a](b", "](x)", "https://", "[[a](https://x.y/z)]("] {
            collect(std::iter::once(text));
        }
    }
}
