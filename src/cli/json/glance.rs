//! The JSON of what is gathered over the whole library or a conference: counts, digests, and the table of keys.

use serde::Serialize;

use super::FORMAT;
use crate::library::{self, Library, TalkId};
use crate::report::digest::{Digest, Linked, Noted};
use crate::report::stats::{Known, Stats};

/// A key and what it does.
#[derive(Serialize)]
pub(in crate::cli) struct Key {
    pub(in crate::cli) scope: &'static str,
    pub(in crate::cli) keys: String,
    pub(in crate::cli) action: Option<String>,
    pub(in crate::cli) help: Option<&'static str>,
    /// The line of the config file that binds it; none where it is built in.
    pub(in crate::cli) line: Option<usize>,
}

#[derive(Serialize)]
pub(in crate::cli) struct Keys<'k> {
    format: u32,
    keys: &'k [Key],
}

pub(in crate::cli) fn keys(keys: &[Key]) -> Keys<'_> {
    Keys { format: FORMAT, keys }
}

#[derive(Serialize)]
pub(in crate::cli) struct Statistics {
    format: u32,
    talks: usize,
    speakers: usize,
    starred: usize,
    bookmarks: usize,
    due: usize,
    unread: usize,
    years: Vec<YearCount>,
    heard: Vec<NameCount>,
    conferences: Vec<ConferenceCount>,
}

#[derive(Serialize)]
struct YearCount {
    year: Option<u16>,
    talks: usize,
}

#[derive(Serialize)]
struct NameCount {
    name: String,
    talks: usize,
}

#[derive(Serialize)]
struct ConferenceCount {
    id: String,
    name: String,
    talks: usize,
}

pub(in crate::cli) fn stats(library: &Library, stats: &Stats, known: Known) -> Statistics {
    let conference = |(id, talks): &(library::ConferenceId, usize)| {
        let conference = library.conference(*id);
        ConferenceCount { id: conference.slug.clone(), name: conference.name.clone(), talks: *talks }
    };
    Statistics {
        format: FORMAT,
        talks: stats.talks,
        speakers: stats.speakers,
        starred: stats.starred,
        bookmarks: known.bookmarks,
        due: known.due,
        unread: known.unread,
        years: stats.years.iter().map(|(year, talks)| YearCount { year: *year, talks: *talks }).collect(),
        heard: stats
            .heard
            .iter()
            .map(|(name, talks)| NameCount { name: name.clone(), talks: *talks })
            .collect(),
        conferences: stats.conferences.iter().map(conference).collect(),
    }
}

#[derive(Serialize)]
pub(in crate::cli) struct DigestDocument {
    format: u32,
    conference: String,
    name: String,
    starred: Vec<String>,
    questions: Vec<Digested>,
    todos: Vec<Digested>,
    links: Vec<Digested>,
}

/// Something of a digest: a question or a task with its line, or a link with its address.
#[derive(Serialize)]
pub(in crate::cli) struct Digested {
    what: &'static str,
    talk: String,
    title: String,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

pub(in crate::cli) fn digest(library: &Library, digest: &Digest) -> DigestDocument {
    let conference = library.conference(digest.conference);
    let (mut questions, mut todos, mut links) = (Vec::new(), Vec::new(), Vec::new());
    for one in digested(library, digest) {
        match one.what {
            "question" => questions.push(one),
            "todo" => todos.push(one),
            "link" => links.push(one),
            _ => {}
        }
    }
    DigestDocument {
        format: FORMAT,
        conference: conference.slug.clone(),
        name: conference.name.clone(),
        starred: digest.starred.iter().map(|id| library.slug(*id).to_owned()).collect(),
        questions,
        todos,
        links,
    }
}

/// Everything of a digest, one after the other.
pub(in crate::cli) fn digested(library: &Library, digest: &Digest) -> Vec<Digested> {
    let of = |what, talk: TalkId, text: &str| {
        let (slug, title) = (library.slug(talk).to_owned(), library.talk(talk).title.clone());
        Digested {
            what,
            talk: slug,
            title,
            text: text.to_owned(),
            path: None,
            line: None,
            kind: None,
            url: None,
        }
    };
    let starred = digest.starred.iter().map(|id| of("starred", *id, &library.talk(*id).title));
    let noted = |what, noted: &Noted| Digested {
        path: Some(library.file(library.talk(noted.talk).spans[0].file).path.to_string_lossy().into_owned()),
        line: Some(noted.line),
        ..of(what, noted.talk, &noted.text)
    };
    let questions = digest.questions.iter().map(|one| noted("question", one));
    let todos = digest.todos.iter().map(|one| noted("todo", one));
    let link = |link: &Linked| Digested {
        kind: Some(link.kind.name()),
        url: Some(link.url.clone()),
        ..of("link", link.talk, &link.label)
    };
    starred.chain(questions).chain(todos).chain(digest.links.iter().map(link)).collect()
}
