//! How notes are read: each fixture is a shape that people's notes come in, in our own words; the
//! gold file says what a person reads in it.

mod common;

use hallway::library::links::Link;
use hallway::library::load::{Roots, load};
use hallway::library::{Library, TalkId};
use serde_json::Value;

fn library() -> Library {
    load(&Roots::Paths(vec![common::fixtures().join("notes")]), false).expect("the fixtures load")
}

/// What the gold file and the library say of one talk, in one form.
fn gold_talk(file: &Value, talk: &Value) -> Vec<String> {
    let text = |v: &Value| v.as_str().unwrap_or("-").to_owned();
    let list = |v: &Value| v.as_array().into_iter().flatten().map(text).collect::<Vec<_>>().join(" & ");
    vec![
        text(&file["path"]),
        talk["line"].to_string(),
        text(&file["conference"]),
        text(&talk["track"]),
        text(&talk["title"]),
        list(&talk["speakers"]),
        list(&talk["links"]),
        talk["starred"].as_bool().unwrap_or(false).to_string(),
    ]
}

fn read_talk(library: &Library, id: TalkId) -> Vec<String> {
    let talk = library.talk(id);
    let span = &talk.spans[0];
    let names: Vec<&str> = talk.speakers.iter().map(|s| s.name.as_str()).collect();
    let links: Vec<String> = library.links(id).into_iter().map(|link: Link| link.url).collect();
    vec![
        library.file(span.file).relative().display().to_string(),
        span.line().to_string(),
        library.conference_of(id).name.clone(),
        library.track(talk.track).name.clone().unwrap_or("-".into()),
        talk.title.clone(),
        names.join(" & "),
        links.join(" & "),
        talk.starred.to_string(),
    ]
}

#[test]
fn every_shape_is_read_as_a_person_reads_it() {
    let gold = std::fs::read_to_string(common::fixtures().join("notes.gold.json")).expect("the gold file");
    let gold: Value = serde_json::from_str(&gold).expect("JSON");
    let mut expected = Vec::new();
    for file in gold["files"].as_array().expect("files") {
        expected.extend(file["talks"].as_array().expect("talks").iter().map(|talk| gold_talk(file, talk)));
    }
    let library = library();
    let mut read: Vec<_> = library.talk_ids().map(|id| read_talk(&library, id)).collect();
    let order = |row: &Vec<String>| (row[0].clone(), row[1].parse::<usize>().unwrap_or(0));
    expected.sort_by_key(order);
    read.sort_by_key(order);
    for (read, expected) in read.iter().zip(&expected) {
        assert_eq!(read, expected);
    }
    assert_eq!(read.len(), expected.len());
}

/// Every line that is not blank belongs to exactly one talk, introduction or piece of furniture.
#[test]
fn every_line_is_owned_once() {
    for library in [library(), load(&Roots::Builtin, false).expect("built in")] {
        let mut owners: Vec<Vec<usize>> =
            library.files.iter().map(|f| vec![0; f.text.lines().count() + 1]).collect();
        let talks = library.talks.iter().flat_map(|t| &t.spans);
        let others = library.introductions.iter().map(|i| &i.span);
        let furniture = library.furniture.iter().map(|f| &f.span);
        for span in talks.chain(others).chain(furniture) {
            for owner in &mut owners[span.file.index()][span.line()..=span.end_line()] {
                *owner += 1;
            }
        }
        for (file, owners) in library.files.iter().zip(&owners) {
            for (n, line) in file.text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
                assert_eq!(owners[n + 1], 1, "{}:{}: {line}", file.path.display(), n + 1);
            }
        }
    }
}

#[test]
fn furniture_is_set_aside_with_its_reason() {
    let library = library();
    let lines: Vec<(String, usize)> = library
        .furniture
        .iter()
        .map(|f| (library.file(f.span.file).relative().display().to_string(), f.span.line()))
        .collect();
    let gist = |line| ("2-pasted-gist.txt".to_owned(), line);
    let expected = [gist(1), gist(3), gist(5), gist(37), gist(38), ("4-blog-of-headings.txt".to_owned(), 3)];
    assert_eq!(lines, expected);
    assert!(library.furniture.iter().all(|f| !f.reason.is_empty()));
}

#[test]
fn mangled_signs_are_put_right_and_said() {
    let library = library();
    let gist = library.files.iter().find(|f| f.relative().ends_with("2-pasted-gist.txt")).expect("there");
    for sign in ["abstractions 🤔", "kinds 🎉", "Light → ship, ship → shore", "👍 stays"] {
        assert!(gist.text.contains(sign), "{sign}");
    }
    assert!(library.problems.iter().any(|p| p.code == "mojibake" && p.message.starts_with("4 ")));
}

#[test]
fn the_built_in_collection_is_whole() {
    let library = load(&Roots::Builtin, false).expect("built in");
    let counts: Vec<(String, usize)> = (0..library.conferences.len() as u32)
        .map(hallway::library::ConferenceId)
        .map(|id| (library.conference(id).name.clone(), library.count(id)))
        .collect();
    let expected = [
        ("PyCon 2017", 20),
        ("EuroPython 2018", 23),
        ("EuroPython 2020", 19),
        ("EuroPython 2022", 9),
        ("EuroPython 2023", 17),
    ];
    assert_eq!(counts, expected.map(|(name, n)| (name.to_owned(), n)));
    assert!(library.problems.is_empty(), "{:?}", library.problems);
    let guests: Vec<&str> = library.talks.iter().filter(|t| t.starred).map(|t| t.title.as_str()).collect();
    assert_eq!(guests.len(), 5, "{guests:?}");
}
