//! The habits in which people keep notes: each is a small collection in our own words, with a gold
//! file that says what a person reads in it. What is read otherwise is printed, all of it.

mod common;

use std::path::Path;

use hallway::library::load::{Roots, load};
use hallway::library::{Library, TalkId};
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
        library.file(span.file).relative.display(),
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

/// What is no notes is set aside whole, with the reason; it is not lost.
#[test]
fn what_is_not_notes_is_set_aside() {
    let load = |name: &str| {
        load(&Roots::Paths(vec![common::fixtures().join("habits").join(name)]), false).expect("notes")
    };
    let aside = |library: &Library| -> Vec<(String, &'static str)> {
        let row = |f: &hallway::library::model::Furniture| {
            (library.file(f.span.file).relative.display().to_string(), f.reason)
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
