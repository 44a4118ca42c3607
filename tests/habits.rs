//! The habits in which people keep notes: each is a small collection in our own words, with a gold
//! file that says what a person reads in it. What is read otherwise is printed, all of it.

mod common;

use std::path::Path;

use hallway::library::load::{Roots, load};
use hallway::library::{Library, TalkId};
use proptest::prelude::*;
use serde_json::Value;

/// A talk in one line: file, title, conference, track, speakers, line.
fn gold_rows(gold: &Value) -> Vec<String> {
    let text = |v: &Value| v.as_str().unwrap_or("-").to_owned();
    let names = |v: &Value| v.as_array().into_iter().flatten().map(text).collect::<Vec<_>>().join(" & ");
    let mut rows = Vec::new();
    for file in gold["files"].as_array().expect("files") {
        for talk in file["talks"].as_array().expect("talks") {
            rows.push(format!(
                "{}:{} | {} | {} | {} | {}",
                text(&file["path"]),
                talk["line"],
                text(&talk["title"]),
                text(&file["conference"]),
                text(&talk["track"]),
                names(&talk["speakers"]),
            ));
        }
    }
    rows.sort();
    rows
}

fn read_row(library: &Library, id: TalkId) -> String {
    let talk = library.talk(id);
    let span = &talk.spans[0];
    let names: Vec<&str> = talk.speakers.iter().map(|s| s.name.as_str()).collect();
    format!(
        "{}:{} | {} | {} | {} | {}",
        library.file(span.file).relative().display(),
        library.source_lines(span).0,
        talk.title,
        library.conference_of(id).name,
        library.track(talk.track).name.as_deref().unwrap_or("-"),
        names.join(" & "),
    )
}

/// What is read otherwise in one collection.
fn differences(folder: &Path) -> Vec<String> {
    let gold = std::fs::read_to_string(folder.with_extension("gold.json")).expect("a gold file");
    let wanted = gold_rows(&serde_json::from_str(&gold).expect("JSON"));
    let library = load(&Roots::Paths(vec![folder.to_path_buf()]), false).expect("notes");
    let mut read: Vec<String> = library.talk_ids().map(|id| read_row(&library, id)).collect();
    read.sort();
    let missed = wanted.iter().filter(|row| !read.contains(row)).map(|row| format!("missed  {row}"));
    let extra = read.iter().filter(|row| !wanted.contains(row)).map(|row| format!("read    {row}"));
    missed.chain(extra).collect()
}

#[test]
fn every_habit_is_read_as_a_person_reads_it() {
    let mut report = Vec::new();
    let mut collections: Vec<_> = std::fs::read_dir(common::fixtures().join("habits"))
        .expect("the fixtures")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    collections.sort();
    assert!(collections.len() >= 15, "{collections:?}");
    for folder in &collections {
        let differences = differences(folder);
        if !differences.is_empty() {
            report.push(format!("{}\n  {}", folder.display(), differences.join("\n  ")));
        }
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}

/// Talks stand in the order of the page that leads to them, not in that of their files' names.
#[test]
fn an_index_page_orders_its_talks() {
    let folder = common::fixtures().join("habits/index-page");
    let library = load(&Roots::Paths(vec![folder]), false).expect("notes");
    let titles: Vec<&str> = library.talks.iter().map(|t| &*t.title).collect();
    assert_eq!(
        titles,
        [
            "Forests below the waves",
            "Anchors that hold",
            "Tides in ten minutes",
            "Corals that walk",
            "Rain over salt water",
        ]
    );
}

/// What is no notes is set aside whole, with the reason; it is not lost.
#[test]
fn what_is_not_notes_is_set_aside() {
    let load = |name: &str| {
        load(&Roots::Paths(vec![common::fixtures().join("habits").join(name)]), false).expect("notes")
    };
    let aside = |library: &Library| -> Vec<(String, &'static str)> {
        let row = |f: &hallway::library::model::Furniture| {
            (library.file(f.span.file).relative().display().to_string(), f.reason)
        };
        library.furniture.iter().map(row).collect()
    };
    let reef = aside(&load("not-notes"));
    assert_eq!(
        reef,
        [
            ("reefconf-2017/CLAUDE.md".to_owned(), "instructions for a tool"),
            ("reefconf-2017/TEMPLATE.md".to_owned(), "a template to be filled in"),
        ]
    );
    let blog = aside(&load("blog-posts"));
    assert_eq!(
        blog,
        [
            (
                "_posts/2023-11-20-a-new-kettle.md".to_owned(),
                "a post that speaks of no event, beside others that do"
            ),
            ("pages/404.md".to_owned(), "a page of the site around the notes"),
        ]
    );
}

/// Every line that is not blank belongs to exactly one talk, introduction or piece of furniture.
fn owned_once(library: &Library) -> Result<(), String> {
    let mut owners: Vec<Vec<usize>> =
        library.files.iter().map(|f| vec![0; f.text.lines().count() + 2]).collect();
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
            if owners[n + 1] != 1 {
                return Err(format!(
                    "{}:{} has {} owners: {line}",
                    file.path.display(),
                    n + 1,
                    owners[n + 1]
                ));
            }
        }
    }
    Ok(())
}

#[test]
fn every_line_of_every_habit_is_owned_once() {
    for entry in std::fs::read_dir(common::fixtures().join("habits")).expect("the fixtures") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            let library = load(&Roots::Paths(vec![path]), false).expect("notes");
            assert_eq!(owned_once(&library), Ok(()));
        }
    }
}

/// Pieces that notes are made of, in every dialect, and bytes that are none.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let text = "# One\n|## Two by Ada Lovelace\n|Title\n=====\n|======\nTitle\n======\n|\\* Star\n|\\*\\* Two\n|= Adoc\n|---\n|\\+\\+\\+\n|title: x\n\
                |```\n|#\\+begin_src\n|#\\+end_src\n|\\.\\. note::\n|:Author: Ada\n|\\*\\*Bold\\*\\*\n|- item\n|  - deep\n|Speaker: Ada\n|Day 2\n|2019-05-01\n\
                |<!DOCTYPE html><h1>x</h1>\n|\n|words and words\n|《题》-刘磊\n|PyCon 2019\n|\\PC{0,20}\n";
    prop_oneof![9 => text.prop_map(String::into_bytes), 1 => proptest::collection::vec(any::<u8>(), 0..12)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    /// Any bytes in any files load without a fault, and no line is lost or owned twice.
    #[test]
    fn any_bytes_load(
        files in proptest::collection::vec((
            "(a/|2019/|b-2020/|day1/)?(README|notes|how-it-works|day2|x)(\\.md|\\.rst|\\.org|\\.adoc|\\.txt|\\.html|)",
            proptest::collection::vec(piece(), 0..14),
        ), 1..5),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, pieces) in &files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            std::fs::write(path, pieces.concat()).expect("a file");
        }
        if let Ok(library) = load(&Roots::Paths(vec![folder.path().to_path_buf()]), false) {
            let faults: Vec<_> = library.problems.iter().filter(|p| p.code == "fault").collect();
            prop_assert!(faults.is_empty(), "{faults:?}");
            prop_assert_eq!(owned_once(&library), Ok(()));
        }
    }
}
