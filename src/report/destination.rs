//! Where a link of the notes leads: to the web, to another place in the notes, or nowhere that hallway goes.
//!
//! Of addresses only a few kinds are opened, and what is opened is not what is written but what a parser
//! made of it: its host in ASCII, its path escaped. So nothing in a note can pose as something else.

use std::path::{Component, Path, PathBuf};

use url::Url;

use crate::library::{FileId, Library};
use crate::markup::document::{Document, Target, heading_anchor};
use crate::report::page::Subject;
use crate::text::line::{heading, lines_from};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To a page of the web: its address as it will be opened.
    Web(String),
    /// To somebody's mail.
    Mail(String),
    /// To a line of this page's source.
    Here(usize),
    /// To another page of the notes, at a line where one is named.
    Page(Subject, Option<usize>),
    /// To a file beside the notes that is none of them.
    File(PathBuf),
    /// To nothing that can be opened, and why.
    Nowhere(String),
}

impl Destination {
    /// What it says where somebody wants to know before following it.
    pub fn describe(&self, library: &Library) -> String {
        match self {
            Destination::Web(url) => match Url::parse(url) {
                // A name before the host may pose as one.
                Ok(parsed) if !parsed.username().is_empty() => {
                    format!("{} · {url}", parsed.host_str().unwrap_or_default())
                }
                _ => url.clone(),
            },
            Destination::Mail(address) => format!("mail to {}", address.trim_start_matches("mailto:")),
            Destination::Here(line) => format!("this page, line {line}"),
            Destination::Page(subject, _) => format!("{}, in these notes", subject.name(library)),
            Destination::File(path) => {
                format!("{}: not among these notes, and hallway opens no files", path.display())
            }
            Destination::Nowhere(why) => why.clone(),
        }
    }

    /// It lies inside of the notes.
    pub fn is_inside(&self) -> bool {
        matches!(self, Destination::Here(_) | Destination::Page(..))
    }
}

/// Finds out where a link on a page leads.
pub fn resolve(library: &Library, subject: Subject, document: &Document, target: &Target) -> Destination {
    if let Some(line) = document.line_of(target) {
        return Destination::Here(line);
    }
    let Target::Address(address) = target else {
        return Destination::Nowhere("the footnote is not in these notes".into());
    };
    let address = address.trim();
    if address.is_empty() || address == "#" {
        return Destination::Nowhere("the link leads nowhere: it is empty".into());
    }
    if let Some(known) = address.strip_prefix("//").and_then(like_host) {
        return known;
    }
    if let Some(known) = web(address) {
        return known;
    }
    let file = subject.span(library).map(|span| span.file);
    let (path, anchor) = address.split_once('#').map_or((address, None), |(p, a)| (p, Some(a)));
    if let Some(file) = file {
        if path.is_empty() {
            let line = anchor.and_then(|anchor| line_of_anchor(&library.file(file).text, anchor));
            return line.map_or(
                Destination::Nowhere(format!("no heading here is called #{}", anchor.unwrap_or_default())),
                |line| page_at(library, file, Some(line)),
            );
        }
        let beside = beside(&library.file(file).path, path);
        let is_it = |id: &FileId| library.files.get(id.index()).is_some_and(|f| normal(&f.path) == beside);
        let found = (0..library.files.len() as u32).map(FileId).find(is_it);
        if let Some(other) = found {
            let line = anchor.and_then(|anchor| line_of_anchor(&library.file(other).text, anchor));
            return page_at(library, other, line);
        }
        // `bit.ly/talk`: no scheme, and no such file among the notes.
        return like_host(path).unwrap_or(Destination::File(beside));
    }
    like_host(path).unwrap_or_else(|| Destination::Nowhere(format!("{address} is not in these notes")))
}

/// An address with a scheme: one of those that are opened, or a refusal.
pub fn web(address: &str) -> Option<Destination> {
    let (scheme, _) = address.split_once(':')?;
    let plausible = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if !plausible || like_host(address).is_some() && !address.contains("://") {
        return None;
    }
    Some(match Url::parse(address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Destination::Web(url.into()),
        Ok(url) if url.scheme() == "mailto" => Destination::Mail(url.into()),
        Ok(url) => Destination::Nowhere(format!("hallway opens no {}: links", url.scheme())),
        Err(error) => Destination::Nowhere(format!("no address: {error}")),
    })
}

/// What looks like a host and a path, without a scheme.
fn like_host(address: &str) -> Option<Destination> {
    let host = address.split(['/', ':']).next().unwrap_or_default();
    let (name, domain) = host.rsplit_once('.')?;
    let path = address.contains('/') || host.starts_with("www.");
    let letters = domain.len() >= 2 && domain.chars().all(|c| c.is_ascii_alphabetic());
    if !path || !letters || name.is_empty() || name.starts_with('.') {
        return None;
    }
    Url::parse(&format!("https://{address}")).ok().map(|url| Destination::Web(url.into()))
}

/// The page that shows a line of a file; without one, the first of the file.
pub fn page_at(library: &Library, file: FileId, line: Option<usize>) -> Destination {
    let talk = match line {
        Some(line) => library.talk_at(file, line),
        None => library.talk_ids().find(|id| library.talk(*id).spans.iter().any(|s| s.file == file)),
    };
    let introduction = || {
        library.introductions.iter().find(|i| {
            i.span.file == file && line.is_none_or(|line| (i.span.line()..=i.span.end_line()).contains(&line))
        })
    };
    match (talk, introduction()) {
        // A file that is introduced is opened at its introduction, unless a line is named.
        (Some(talk), None) => Destination::Page(Subject::Talk(talk), line),
        (Some(talk), Some(_)) if line.is_some() => Destination::Page(Subject::Talk(talk), line),
        (None, Some(introduction)) | (Some(_), Some(introduction)) => match introduction.of {
            Some(conference) => Destination::Page(Subject::Conference(conference), line),
            None => Destination::Page(Subject::Overview, None),
        },
        (None, None) => Destination::Nowhere("that part of the notes is shown nowhere".into()),
    }
}

/// The line of a heading in a file, by its name as an anchor.
fn line_of_anchor(text: &str, anchor: &str) -> Option<usize> {
    let wanted = percent_encoding::percent_decode_str(anchor).decode_utf8_lossy().to_lowercase();
    let mut seen: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    let mut before: Option<&str> = None;
    let mut lines = lines_from(text, 0, 1).peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().filter(|l| !l.is_blank()).map(|l| l.text);
        if let Some((_, title, _)) = heading(line.text, before, next) {
            let slug = heading_anchor(title);
            let count = seen.entry(slug.clone()).or_insert(0);
            let slug = if *count == 0 { slug } else { format!("{slug}-{count}") };
            *count += 1;
            if slug == wanted {
                return Some(line.number);
            }
        }
        before = Some(line.text).filter(|_| !line.is_blank());
    }
    // A name that somebody gave to a place.
    let given = [format!("id=\"{anchor}\""), format!("name=\"{anchor}\""), format!("{{#{anchor}}}")];
    let at = given.iter().find_map(|name| text.find(name.as_str()))?;
    Some(1 + text[..at].matches('\n').count())
}

/// The path of a file that is named from beside another.
pub fn beside(file: &Path, named: &str) -> PathBuf {
    let named = percent_encoding::percent_decode_str(named).decode_utf8_lossy().into_owned();
    normal(&file.parent().unwrap_or(Path::new("")).join(named))
}

/// A path without `.` and `..`, as far as that can be said without looking.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::load::{Roots, load};
    use crate::report::page::Medium;

    fn check(address: &str, expected: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        let notes = folder.path().join("2020");
        std::fs::create_dir_all(&notes).expect("a folder");
        let one = "# PyCon 2020\n\n## First talk\n\nAda Lovelace\n\n* one\n\n### A part\n\n* two\n\n## Second talk\n\nGrace Hopper\n\n* three\n";
        std::fs::write(notes.join("one.md"), one).expect("written");
        std::fs::write(
            notes.join("two words.md"),
            one.replace("2020", "2021").replace("* three", "<a id=\"given\"></a> three"),
        )
        .expect("written");
        let library = load(&Roots::Paths(vec![folder.path().to_path_buf()]), false).expect("read");
        let talk = library.by_slug("pycon-2020/first-talk").expect("a talk");
        let subject = Subject::Talk(talk);
        let document = subject.document(&library, Medium::Screen);
        let found = resolve(&library, subject, &document, &Target::Address(address.into()));
        let said = match found {
            Destination::File(path) => {
                path.strip_prefix(folder.path()).expect("inside").display().to_string()
            }
            other => other.describe(&library),
        };
        assert_eq!(said, expected, "{address}");
    }

    #[test]
    fn addresses_of_the_web_are_made_plain() {
        check("https://example.org/a b?c#d", "https://example.org/a%20b?c#d");
        check("HTTPS://EXAMPLE.org", "https://example.org/");
        check("https://bücher.example/", "https://xn--bcher-kva.example/");
        check("https://good.example@evil.example/", "evil.example · https://good.example@evil.example/");
        check("https://exa\u{202e}mple.org/\nx", "no address: invalid international domain name");
        check("bit.ly/talk", "https://bit.ly/talk");
        check("www.example.org", "https://www.example.org/");
        check("mailto:a@example.org", "mail to a@example.org");
    }

    #[test]
    fn nothing_else_is_opened() {
        check("javascript:alert(1)", "hallway opens no javascript: links");
        check("file:///etc/passwd", "hallway opens no file: links");
        check("data:text/html,x", "hallway opens no data: links");
        check("vscode://x", "hallway opens no vscode: links");
        check("slides.pdf", "2020/slides.pdf");
        check("../img/a%20b.png", "img/a b.png");
        check("-rf/x", "2020/-rf/x");
    }

    #[test]
    fn notes_lead_to_notes() {
        check("two%20words.md", "PyCon 2021, in these notes");
        check("./two%20words.md#second-talk", "Second talk, in these notes");
        check("#second-talk", "Second talk, in these notes");
        check("#a-part", "this page, line 9");
        check("#no-such", "no heading here is called #no-such");
        check("two%20words.md#given", "Second talk, in these notes");
        check("", "the link leads nowhere: it is empty");
        check("//example.org/x", "https://example.org/x");
    }
}
