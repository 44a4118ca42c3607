//! From a place in the notes to a bookmark, and back to where that place is today.

use std::path::Path;

use crate::bookmarks::model::{Bookmark, new_id};
use crate::library::{File, Library, TalkId};
use crate::text::line::lines_from;

/// Makes a bookmark on a line of a talk, `offset` letters into it.
pub fn make(library: &Library, talk: TalkId, line: usize, offset: usize, made: String) -> Option<Bookmark> {
    let spans = &library.talk(talk).spans;
    let span = spans.iter().find(|s| (s.line..=s.end_line).contains(&line)).or(spans.first())?;
    // A blank line says nothing to be known by again: the next one with text does.
    let wanted = line.clamp(span.line, span.end_line);
    let full = lines_from(library.text(span), 0, span.line).filter(|l| !l.is_blank());
    let quote = full.min_by_key(|l| (l.number < wanted, l.number.abs_diff(wanted)));
    let line = quote.map_or(wanted, |l| l.number);
    let offset = if line == wanted { offset } else { 0 };
    Some(Bookmark {
        id: new_id(),
        revision: 1,
        conference: library.conference_of(talk).name.clone(),
        talk: library.talk(talk).title.clone(),
        path: portable(&library.file(span.file).relative),
        line,
        offset,
        quote: quote.map_or(String::new(), |l| l.text.trim().to_owned()),
        made,
    })
}

/// Where a bookmark's place is today: the talk and the line.
///
/// A talk is known by its file and title, else by conference and title wherever it is now, else
/// by the quoted line in the same file. In the talk the quoted line is looked for, the nearest
/// one first; without it the talk's title has to do.
pub fn find(library: &Library, bookmark: &Bookmark) -> Option<(TalkId, usize)> {
    let here = |file: &File| portable(&file.relative) == bookmark.path;
    let title = |id: &TalkId| library.talk(*id).title == bookmark.talk;
    let in_file = |id: &TalkId| library.talk(*id).spans.iter().any(|s| here(library.file(s.file)));
    let named = |id: &TalkId| library.conference_of(*id).name == bookmark.conference;
    // Of several that fit (two keynotes in one file), the one whose quoted line is nearest.
    let nearest = |fits: &dyn Fn(&TalkId) -> bool| {
        library.talk_ids().filter(|id| fits(id)).min_by_key(|id| {
            let quoted = quoted_line(library, *id, bookmark);
            let start = library.talk(*id).spans.first().map_or(0, |s| s.line);
            (quoted.is_none(), quoted.unwrap_or(start).abs_diff(bookmark.line))
        })
    };
    let talk = nearest(&|id| title(id) && in_file(id))
        .or_else(|| nearest(&|id| title(id) && named(id)))
        .or_else(|| nearest(&|id| in_file(id) && quoted_line(library, *id, bookmark).is_some()))?;
    let first = library.talk(talk).spans.first()?.line;
    Some((talk, quoted_line(library, talk, bookmark).unwrap_or(first)))
}

/// Whether a bookmark belongs to other notes than these: neither its file nor its conference is
/// here.
pub fn is_elsewhere(library: &Library, bookmark: &Bookmark) -> bool {
    let file = library.files.iter().any(|file| portable(&file.relative) == bookmark.path);
    let conference = library.conferences.iter().any(|c| c.name == bookmark.conference);
    !file && !conference
}

/// The line of a talk that reads as the quote does, nearest to where it was.
fn quoted_line(library: &Library, talk: TalkId, bookmark: &Bookmark) -> Option<usize> {
    if bookmark.quote.is_empty() {
        return None;
    }
    let lines = library.talk(talk).spans.iter().flat_map(|s| lines_from(library.text(s), 0, s.line));
    lines
        .filter(|l| l.text.trim() == bookmark.quote)
        .map(|l| l.number)
        .min_by_key(|n| n.abs_diff(bookmark.line))
}

/// A path as the bookmarks file holds it, the same on every system.
fn portable(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|p| p.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::load::{Roots, load};

    fn library(text: &str) -> Library {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("notes.md"), text).expect("file");
        load(&Roots::Paths(vec![folder.path().to_path_buf()]), false).expect("notes")
    }

    const BEFORE: &str =
        "# PyCon 2017\n\n## One\n\nAda Lovelace\n\n* first\n* second\n\n## Two\n\nGrace Hopper\n\n* third\n";

    #[test]
    fn found_after_lines_were_added_above() {
        let library_before = library(BEFORE);
        let talk = library_before.by_slug("pycon-2017/one").expect("there");
        let bookmark = make(&library_before, talk, 8, 0, String::new()).expect("made");
        assert_eq!((bookmark.path.as_str(), bookmark.quote.as_str()), ("notes.md", "* second"));
        let after = library(&BEFORE.replace("## One", "Hello.\n\n## One"));
        let (talk, line) = find(&after, &bookmark).expect("found");
        assert_eq!((after.talk(talk).slug.as_str(), line), ("pycon-2017/one", 10));
    }

    #[test]
    fn two_talks_of_one_title_are_told_apart() {
        let text =
            "# PyCon 2017\n\n## Keynote\n\nAda Lovelace\n\n* one\n\n## Keynote\n\nGrace Hopper\n\n* two\n";
        let library = library(text);
        for (talk, line) in [(TalkId(0), 7), (TalkId(1), 13), (TalkId(1), 9)] {
            let bookmark = make(&library, talk, line, 0, String::new()).expect("made");
            assert_eq!(find(&library, &bookmark), Some((talk, line)));
        }
        let blank = make(&library, TalkId(0), 6, 0, String::new()).expect("made");
        assert_eq!((blank.line, blank.quote.as_str()), (7, "* one"));
    }

    #[test]
    fn a_retitled_talk_is_known_by_the_quote() {
        let library_before = library(BEFORE);
        let talk = library_before.by_slug("pycon-2017/two").expect("there");
        let bookmark = make(&library_before, talk, 14, 0, String::new()).expect("made");
        let after = library(&BEFORE.replace("## Two", "## Second"));
        let (talk, line) = find(&after, &bookmark).expect("found");
        assert_eq!((after.talk(talk).title.as_str(), line), ("Second", 14));
        assert_eq!(find(&library("# Other 2020\n\n## X\n\ny\n\n## Z\n\nw\n"), &bookmark), None);
    }
}
