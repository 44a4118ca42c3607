//! Notes that are read in another way than from the start all at once: talks that are told when somebody looks,
//! files that change while the others stay, notes that come bit by bit. Each must give what one plain load gives.

mod common;

#[path = "../benches/generate/notes.rs"]
mod generated;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use hallway::library::load::{Roots, Step, load, load_changed, load_explained, load_in_steps};
use hallway::library::{Library, Span};

/// All that a library says, but for the reasons that only one kind of load keeps.
fn told(library: &Library) -> String {
    let mut out = String::new();
    let span =
        |s: &Span| format!("{}:{}-{} {:?}", library.file(s.file).path.display(), s.line, s.end_line, s.bytes);
    for id in library.talk_ids() {
        let talk = library.talk(id);
        let (track, conference) = (&library.track(talk.track).name, &library.conference_of(id).name);
        let spans: Vec<String> = talk.spans.iter().map(span).collect();
        let _ = writeln!(
            out,
            "{} | {conference} | {track:?} | {} | {:?} | {:?} | {} | {:?} | {} | {spans:?}",
            library.slug(id),
            talk.title,
            talk.speakers,
            talk.date,
            talk.starred,
            talk.tags,
            talk.header_lines,
        );
    }
    for introduction in &library.introductions {
        let of = introduction.of.map(|of| &library.conference(of).name);
        let _ = writeln!(out, "introduction {of:?} {}", span(&introduction.span));
    }
    for furniture in &library.furniture {
        let _ = writeln!(out, "furniture {} {}", furniture.reason, span(&furniture.span));
    }
    // In whichever order they were met.
    let mut problems: Vec<String> = library.problems.iter().map(|problem| format!("{problem:?}")).collect();
    problems.sort_unstable();
    out + &problems.join("\n")
}

/// Compares what two libraries say, and shows the first line that differs.
fn same(left: &Library, right: &Library, when: &str) {
    let (left, right) = (told(left), told(right));
    let differs = left.lines().zip(right.lines()).find(|(a, b)| a != b);
    assert_eq!(differs, None, "{when}");
    assert_eq!(left.lines().count(), right.lines().count(), "{when}");
}

fn roots(folder: &Path) -> Roots {
    Roots::Paths(vec![folder.to_path_buf()])
}

/// A copy of the fixtures, and of notes from a seed in both cuts.
fn notes() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let fixtures = common::fixtures();
    let mut waiting = vec![fixtures.join("notes"), fixtures.join("habits")];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(path).expect("listed").map(|entry| entry.expect("read").path()));
        } else if path.extension().is_none_or(|e| e != "json") {
            write(
                folder.path(),
                path.strip_prefix(&fixtures).expect("below"),
                &std::fs::read(&path).expect("read"),
            );
        }
    }
    for cut in [generated::Cut::Conference, generated::Cut::Talk] {
        generated::files(300, cut, 7, |path, text| {
            write(folder.path(), &Path::new("generated").join(path), text.as_bytes());
        });
    }
    folder
}

fn write(folder: &Path, below: &Path, text: &[u8]) {
    let path = folder.join(below);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, text).expect("written");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let library = load(&roots(folder), false).expect("notes");
    library.files.iter().map(|file| file.path.clone()).collect()
}

#[test]
fn what_is_told_later_is_what_is_told_at_once() {
    let folder = notes();
    for roots in [roots(folder.path()), Roots::Builtin] {
        let (later, at_once) = (load(&roots, false), load_explained(&roots, false));
        let (later, at_once) = (later.expect("notes"), at_once.expect("notes"));
        same(&later, &at_once, "later");
        assert!(later.talks.iter().all(|talk| talk.why.is_none()));
        assert!(at_once.talks.iter().all(|talk| talk.why.is_some()));
    }
    // On all cores, too.
    let (one, all) = (load(&roots(folder.path()), false), load(&roots(folder.path()), false));
    let (one, all) = (one.expect("notes"), all.expect("notes"));
    all.tell_all();
    same(&one, &all, "all together");
}

/// Changes that a person makes to a file: in its text, in its headings, in what all files have in common.
fn changes(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let half = lines[..lines.len() / 2].join("\n");
    vec![
        format!("{text}\n\nOne more line of text at the end.\n"),
        format!("{text}\n\n## One more talk\n\nSpeaker: Ada Lovelace\n\nIts text.\n"),
        format!("# HarborConf 2031\n\n{text}"),
        text.replace("## ", "### "),
        half,
        String::new(),
    ]
}

#[test]
fn one_changed_file_among_others_gives_what_a_load_gives() {
    let folder = notes();
    let root = roots(folder.path());
    let before = load(&root, false).expect("notes");
    let all = files(folder.path());
    // A few of each folder; each change to one of them, in turn.
    let mut by_folder: BTreeMap<&Path, Vec<&PathBuf>> = BTreeMap::new();
    for path in &all {
        by_folder.entry(path.parent().expect("a folder")).or_default().push(path);
    }
    let some = by_folder.values().filter_map(|files| files.get(files.len() / 2));
    let mut taken = 0;
    for (at, path) in some.enumerate() {
        let text = std::fs::read(path).expect("read");
        let Ok(plain) = std::str::from_utf8(&text) else {
            continue;
        };
        let changes = changes(plain);
        std::fs::write(path, &changes[at % changes.len()]).expect("written");
        let again = load_changed(&root, &before, std::slice::from_ref(path)).expect("it can be told");
        let plainly = load(&root, false).expect("notes");
        same(&again.expect("notes"), &plainly, &format!("{} changed", path.display()));
        taken += 1;
        // And back, from what was read again.
        std::fs::write(path, &text).expect("written");
        let back = load_changed(&root, &plainly, std::slice::from_ref(path)).expect("it can be told");
        same(&back.expect("notes"), &before, &format!("{} changed back", path.display()));
    }
    assert!(taken > 20, "{taken}");
}

/// What one file says moves the talks of another: its name for the event, its habit of naming who spoke.
#[test]
fn what_others_say_of_a_file_is_heard_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let talks = |names: [&str; 4]| {
        let talk =
            |name: &&str| format!("## On ropes, part of {}{name}\n\nSome text about it.\n\n", name.len());
        format!("# Notes\n\n{}", names.iter().map(talk).collect::<String>())
    };
    let unknown = talks([" - Zbrx Qwerty", " - Wqurt Plonk", " - Vrokt Zlamb", " - Brokl Dwurg"]);
    let known = talks([" - Ada Lovelace", " - Grace Hopper", " - Alan Kay", " - Barbara Liskov"]);
    let plain = talks(["", " one", " and two", " or three"]);
    let index = |town: &str| format!("# HarborConf {town} 2020\n\nMy notes.\n");
    let put = |name: &str, text: &str| write(folder.path(), Path::new(name), text.as_bytes());
    put("harborconf-2020/README.md", &index("Antwerp"));
    put("harborconf-2020/day1.md", &unknown);
    put("harborconf-2020/day2.md", &plain);
    let root = roots(folder.path());
    let before = load(&root, false).expect("notes");
    for (name, text) in [("README.md", index("Bergen")), ("day2.md", known)] {
        let path = folder.path().join("harborconf-2020").join(name);
        std::fs::write(&path, text).expect("written");
        let again = load_changed(&root, &before, std::slice::from_ref(&path)).expect("it can be told");
        let plainly = load(&root, false).expect("notes");
        same(&again.expect("notes"), &plainly, name);
        // The change was heard in the other file, or this test would tell nothing.
        let of_day1 = |library: &Library| {
            let lines = told(library);
            lines.lines().filter(|line| line.contains("day1.md")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_ne!(of_day1(&plainly), of_day1(&before), "{name}");
        std::fs::write(&path, if name == "README.md" { index("Antwerp") } else { plain.clone() })
            .expect("back");
    }
}

#[test]
fn a_file_that_goes_and_several_at_once() {
    let folder = notes();
    let root = roots(folder.path());
    let before = load(&root, false).expect("notes");
    let all = files(folder.path());
    let gone = [all[3].clone(), all[all.len() - 1].clone()];
    gone.iter().for_each(|path| std::fs::remove_file(path).expect("gone"));
    let again = load_changed(&root, &before, &gone).expect("it can be told").expect("notes");
    same(&again, &load(&root, false).expect("notes"), "two are gone");
    // The texts of the others are the very same, not copies.
    let kept = |file: &std::sync::Arc<_>| before.files.iter().any(|f| std::sync::Arc::ptr_eq(f, file));
    assert!(again.files.iter().all(kept));
}

#[test]
fn what_cannot_be_told_from_the_paths_is_left_to_a_load() {
    let folder = notes();
    let root = roots(folder.path());
    let before = load(&root, false).expect("notes");
    let new = folder.path().join("new-2030.md");
    std::fs::write(&new, "# New\n\ntext\n").expect("written");
    for path in [new, folder.path().join("hallway.toml"), folder.path().join("generated")] {
        assert!(load_changed(&root, &before, std::slice::from_ref(&path)).is_none(), "{}", path.display());
    }
    // What came and went meanwhile is nothing.
    let nothing = load_changed(&root, &before, &[folder.path().join("gone.md")]).expect("it can be told");
    same(&nothing.expect("notes"), &before, "nothing changed");
    let builtin = load(&Roots::Builtin, false).expect("built in");
    assert!(load_changed(&Roots::Builtin, &builtin, &[]).is_none());
}

#[test]
fn steps_begin_with_the_file_that_is_wished_and_end_with_all() {
    let folder = notes();
    let root = roots(folder.path());
    let all = files(folder.path());
    let wished = &all[all.len() / 2];
    let mut begun: Vec<Library> = Vec::new();
    let step = |step| {
        if let Step::Begun(library) = step {
            begun.push(*library);
        }
    };
    let whole = load_in_steps(&root, false, Some(wished), step).expect("notes");
    assert_eq!(begun[0].files.len(), 1);
    assert_eq!(&begun[0].files[0].path, wished);
    same(&whole, &load(&root, false).expect("notes"), "in steps");
    // A file that is not among the notes is not read for it.
    let elsewhere = tempfile::NamedTempFile::with_suffix(".md").expect("a file");
    let mut first: Option<usize> = None;
    let step = |step| {
        if let Step::Begun(library) = step {
            first.get_or_insert(library.files.iter().filter(|f| f.path == elsewhere.path()).count());
        }
    };
    load_in_steps(&root, false, Some(elsewhere.path()), step).expect("notes");
    assert_eq!(first, Some(0));
}
