//! Bookmarks with their places of today: their state, their order, which of them a query means, and the
//! diary that is exported. What screen and command line both show.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use jiff::civil::Date;

use crate::bookmarks::anchor::{Found, Moved, Resolver};
use crate::bookmarks::{Anchor, Bookmark};
use crate::library::links::LinkKind;
use crate::library::{Library, TalkId};
use crate::report::words;
use crate::search::facet::{State as FacetState, Test};
use crate::search::filter::passes;
use crate::search::{Marks, Parts, Query};
use crate::text::fold::fold;

/// What has become of a bookmark's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is where it was, or lines above it have shifted it.
    Here,
    /// It was found again somewhere else.
    Moved(Moved),
    /// It is not in these notes any more.
    Lost,
    /// It belongs to other notes than these.
    Elsewhere,
}

impl State {
    /// The state in one word.
    pub fn name(self) -> &'static str {
        match self {
            State::Here => "here",
            State::Moved(_) => "moved",
            State::Lost => "lost",
            State::Elsewhere => "elsewhere",
        }
    }

    /// The state for a person; nothing where there is nothing to say.
    pub fn words(self) -> Option<&'static str> {
        match self {
            State::Here => None,
            State::Moved(moved) => Some(moved.words()),
            State::Lost => Some("it is not in these notes any more; its quote is kept"),
            State::Elsewhere => Some("it belongs to other notes"),
        }
    }
}

/// A bookmark, and where its place is in the notes of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The bookmark.
    pub bookmark: Bookmark,
    /// Its place; `None` when it is lost or elsewhere.
    pub found: Option<Found>,
    /// What has become of it.
    pub state: State,
}

impl Mark {
    /// The talk that it is on today.
    pub fn talk(&self) -> Option<TalkId> {
        self.found.map(|found| found.talk)
    }

    /// The title of its talk: today's, else the one that it had.
    pub fn title<'a>(&'a self, library: &'a Library) -> &'a str {
        self.talk().map_or(&self.bookmark.anchor.talk, |talk| &library.talk(talk).title)
    }

    /// Its conference: today's, else the one that it had.
    pub fn conference<'a>(&'a self, library: &'a Library) -> &'a str {
        self.talk().map_or(&self.bookmark.anchor.conference, |talk| &library.conference_of(talk).name)
    }

    /// What it quotes; nothing where that is the title of its talk.
    pub fn quote(&self) -> Option<&str> {
        let Anchor { quote, talk, .. } = &self.bookmark.anchor;
        let letters = |text: &str| fold(text).replace(|c: char| !c.is_alphanumeric(), "");
        let is_title = !talk.is_empty() && letters(quote).contains(&letters(talk));
        (!quote.is_empty() && !is_title).then_some(quote)
    }

    /// It is on the queue and its day has come.
    pub fn is_due(&self, today: Date) -> bool {
        self.bookmark.revisit.is_some_and(|revisit| revisit.is_due(today))
    }

    /// What it would be known by if it were set anew in the place where it was found. Not where its line is gone:
    /// it would forget what it quotes; nor in notes from a pipe, which have no place.
    pub fn anew(&self, library: &Library) -> Option<Anchor> {
        let gone = |found: &Found| found.moved == Some(Moved::Gone);
        let piped = |found: &Found| library.file(found.file).path.as_os_str() == "-";
        let found = self.found.filter(|found| !gone(found) && !piped(found))?;
        let anew = Anchor::of(library, found.talk, found.line, self.bookmark.anchor.offset)?;
        (anew.line == found.line).then_some(anew)
    }
}

/// Finds the places of bookmarks in some notes.
pub fn locate(library: &Library, bookmarks: Vec<Bookmark>) -> Vec<Mark> {
    locate_beside(library, bookmarks, &[])
}

/// The same, where some were found in these very notes before.
pub fn locate_beside(library: &Library, bookmarks: Vec<Bookmark>, known: &[Mark]) -> Vec<Mark> {
    let known: HashMap<&str, &Mark> = known.iter().map(|mark| (mark.bookmark.id.as_str(), mark)).collect();
    let mut resolver = Resolver::new(library);
    let mark = |bookmark: Bookmark| {
        if let Some(same) = known.get(&*bookmark.id).filter(|mark| mark.bookmark.anchor == bookmark.anchor) {
            return Mark { bookmark, found: same.found, state: same.state };
        }
        let found = resolver.find(&bookmark.anchor);
        let state = match found {
            Some(Found { moved: None, .. }) => State::Here,
            Some(Found { moved: Some(moved), .. }) => State::Moved(moved),
            None if resolver.is_elsewhere(&bookmark.anchor) => State::Elsewhere,
            None => State::Lost,
        };
        Mark { bookmark, found, state }
    };
    bookmarks.into_iter().map(mark).collect()
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By their places in the notes.
    #[default]
    Place,
    /// The last one that was set first.
    Date,
    /// What is due first; what is not on the queue last.
    Due,
}

impl Sort {
    /// The order in one word.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Place => "place",
            Sort::Date => "date",
            Sort::Due => "due",
        }
    }

    /// The next one, round and round.
    pub fn next(self) -> Self {
        match self {
            Sort::Place => Sort::Date,
            Sort::Date => Sort::Due,
            Sort::Due => Sort::Place,
        }
    }

    /// Puts marks in this order.
    pub fn apply(self, marks: &mut [&Mark]) {
        // What is found stands in the order of the library; what is not, behind it.
        let place = |mark: &Mark| {
            let found = mark.found.map(|f| (f.talk, f.line));
            let anchor = &mark.bookmark.anchor;
            (found.is_none(), found, anchor.path.clone(), anchor.line, mark.bookmark.id.clone())
        };
        marks.sort_by_cached_key(|mark| place(mark));
        match self {
            Sort::Place => {}
            Sort::Date => marks.sort_by(|a, b| b.bookmark.made.cmp(&a.bookmark.made)),
            Sort::Due => marks.sort_by_key(|mark| {
                mark.bookmark.revisit.map_or((true, Date::MAX), |revisit| (false, revisit.due))
            }),
        }
    }
}

/// The marks that a query means: its words stand in title, speakers, conference, note, tags or quote, its facets
/// hold of the talk. `tag:` looks at the bookmark's tags too, `is:due` at the bookmark itself.
pub fn filter<'m>(
    library: &Library,
    marks: &'m [Mark],
    query: &Query,
    known: &Marks,
    today: Date,
) -> Vec<&'m Mark> {
    let parts = Parts::default();
    let bookmarked: HashSet<TalkId> = marks.iter().filter_map(Mark::talk).collect();
    let known = Marks { bookmarked, ..known.clone() };
    let accepts = |mark: &&Mark| {
        let speakers = mark.talk().map_or(String::new(), |talk| words::names(library.talk(talk)));
        let Bookmark { note, tags, anchor, .. } = &mark.bookmark;
        let own = format!("{note} {} {}", tags.join(" "), anchor.quote);
        if !passes(query, [mark.title(library), &speakers, mark.conference(library), &own]) {
            return false;
        }
        query.facets.iter().all(|facet| {
            let holds = match (&facet.test, mark.talk()) {
                (Test::Any, _) => return true,
                (Test::Is(FacetState::Due), _) => mark.is_due(today),
                (Test::Is(FacetState::Bookmarked), _) => true,
                (Test::Tag(start), _) if tags.iter().any(|tag| fold(tag).starts_with(start)) => true,
                (_, Some(talk)) => return facet.accepts(library, &known, &parts, talk),
                (_, None) => false,
            };
            holds != facet.negative
        })
    };
    marks.iter().filter(accepts).collect()
}

/// The bookmarks as a diary in Markdown: conference, talk, speakers and links, and below them each quote with its
/// note. Ready for a blog or a wiki.
pub fn diary(library: &Library, marks: &[&Mark]) -> String {
    let mut out = String::from("# Bookmarks\n\n");
    let (mut conference, mut talk) = (None, None);
    for mark in marks {
        let here = mark.conference(library);
        if conference.replace(here) != Some(here) {
            let _ = write!(out, "## {}\n\n", plain(if here.is_empty() { "Other notes" } else { here }));
            talk = None;
        }
        let title = mark.title(library);
        if talk.replace((mark.talk(), title)) != Some((mark.talk(), title)) {
            let _ = write!(out, "### {}\n\n", plain(title));
            if let Some(id) = mark.talk() {
                about(library, id, &mut out);
            }
        }
        entry(mark, &mut out);
    }
    out
}

/// Who spoke, and where video and slides are.
fn about(library: &Library, id: TalkId, out: &mut String) {
    let talk = library.talk(id);
    let speakers: Vec<String> = talk.speakers.iter().map(|s| plain(&words::speaker(s))).collect();
    let links = library.links(id).into_iter().filter(|link| link.kind != LinkKind::Other);
    let links =
        links.map(|link| format!("[{}](<{}>)", link.kind.name(), link.url.replace(['<', '>', '\n'], "")));
    let date = talk.date.map(|date| date.to_string());
    let line: Vec<String> = [speakers.join(", ")].into_iter().chain(date).chain(links).collect();
    let line: Vec<String> = line.into_iter().filter(|part| !part.is_empty()).collect();
    if !line.is_empty() {
        let _ = write!(out, "{}\n\n", line.join(" · "));
    }
}

fn entry(mark: &Mark, out: &mut String) {
    let bookmark = &mark.bookmark;
    if let Some(quote) = mark.quote() {
        let _ = write!(out, "> {}\n\n", quote.trim_start_matches(['#', '>', ' ']));
    }
    for line in bookmark.note.lines() {
        // A note is no chapter of the diary.
        let escape = if line.starts_with('#') { "\\" } else { "" };
        let _ = write!(out, "{escape}{line}\n\n");
    }
    let tags = bookmark.tags.iter().map(|tag| format!("#{}", tag.replace(' ', "-")));
    let lost = (mark.found.is_none()).then(|| format!("*{}*", mark.state.name()));
    let revisit = bookmark.revisit.map(|revisit| format!("revisit {}", revisit.due));
    let last: Vec<String> = tags.chain(revisit).chain(lost).collect();
    if !last.is_empty() {
        let _ = write!(out, "{}\n\n", last.join(" "));
    }
}

/// A text without marks of its own: what would be emphasis, code or a link stays as it is written.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bookmarks::revisit::Revisit;
    use crate::library::load::{Roots, load};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 25);
    const NOTES: &str = "# PyCon 2017\n\n## One *star*\n\nSpeaker: Ada Lovelace\n\nVideo: https://v.example/1\n\n* first\n\
                         * second\n\n## Two\n\nSpeaker: Grace Hopper\n\n* third\n";

    fn marks(library: &Library) -> Vec<Mark> {
        let mark = |talk: u32, line: usize, made: &str| {
            Bookmark::new(Anchor::of(library, TalkId(talk), line, 0).expect("made"), made.into())
        };
        let mut all = vec![mark(1, 16, "2026-02"), mark(0, 10, "2026-03"), mark(0, 3, "2026-01")];
        all[0].revisit = Some(Revisit::on(date(2026, 11, 24), TODAY));
        all[1].note = "Try this at work.".into();
        all[1].tags = vec!["rust".into()];
        let mut lost = all[0].clone();
        lost.id = "lost".into();
        lost.anchor = Anchor { conference: "PyCon 2017".into(), talk: "Gone".into(), ..Anchor::default() };
        locate(library, all.into_iter().chain([lost]).collect())
    }

    fn library() -> Library {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("notes.md"), NOTES).expect("file");
        load(&Roots::Paths(vec![folder.path().to_path_buf()]), false).expect("notes")
    }

    #[test]
    fn orders() {
        let library = library();
        let marks = marks(&library);
        let order = |sort: Sort| {
            let mut all: Vec<&Mark> = marks.iter().collect();
            sort.apply(&mut all);
            all.iter().map(|mark| mark.bookmark.anchor.line).collect::<Vec<_>>()
        };
        assert_eq!(order(Sort::Place), [3, 10, 16, 0]);
        assert_eq!(order(Sort::Date), [10, 16, 0, 3]);
        assert_eq!(order(Sort::Due), [16, 0, 3, 10]);
    }

    #[test]
    fn what_a_query_means() {
        let library = library();
        let marks = marks(&library);
        for (query, lines) in [
            ("", &[16, 10, 3, 0][..]),
            ("ada", &[10, 3]),
            ("work", &[10]),
            ("speaker:grace", &[16]),
            ("tag:rust", &[10]),
            ("!work ada", &[3]),
            ("is:due", &[16, 0]),
            ("-is:due has:video", &[10, 3]),
            ("third", &[16]),
        ] {
            let known = Marks::default();
            let found = filter(&library, &marks, &Query::parse(query), &known, TODAY);
            let found: Vec<usize> = found.iter().map(|mark| mark.bookmark.anchor.line).collect();
            assert_eq!(found, lines, "{query}");
        }
    }

    #[test]
    fn a_diary() {
        let library = library();
        let marks = marks(&library);
        let mut all: Vec<&Mark> = marks.iter().collect();
        Sort::Place.apply(&mut all);
        assert_eq!(
            diary(&library, &all),
            "# Bookmarks\n\n## PyCon 2017\n\n### One star\n\nAda Lovelace · [video](<https://v.example/1>)\n\n\
             > * second\n\nTry this at work.\n\n#rust\n\n### Two\n\nGrace Hopper\n\n> * third\n\nrevisit 2026-11-24\n\n\
             ### Gone\n\nrevisit 2026-11-24 *lost*\n\n"
        );
    }
}
