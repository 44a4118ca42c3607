//! Notes that are read in another way than from the start all at once: talks that are told when somebody looks,
//! files that change while the others stay, notes that come bit by bit. Each must give what one plain load gives.

mod common;

#[path = "../benches/generate/notes.rs"]
mod generated;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use hallway::library::TalkId;
use hallway::library::glimpse::{Glimpse, Part, Patience, Wished, glimpse};
use hallway::library::load::{Extent, Roots, Step, load, load_changed, load_explained, load_in_steps};
use hallway::library::{Library, Span};

/// All that a library says, but for the reasons that only one kind of load keeps.
fn told(library: &Library) -> String {
    let mut out = String::new();
    let span = |s: &Span| {
        format!("{}:{}-{} {:?}", library.file(s.file).path.display(), s.line(), s.end_line(), s.bytes())
    };
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
    for cut in [generated::Cut::Conference, generated::Cut::Day, generated::Cut::Talk] {
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
    library.files.iter().map(|file| file.path.to_path_buf()).collect()
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
        let again = load_changed(&root, &before, std::slice::from_ref(path), |_| {}).expect("it can be told");
        let plainly = load(&root, false).expect("notes");
        same(&again.expect("notes"), &plainly, &format!("{} changed", path.display()));
        taken += 1;
        // And back, from what was read again.
        std::fs::write(path, &text).expect("written");
        let back = load_changed(&root, &plainly, std::slice::from_ref(path), |_| {}).expect("it can be told");
        same(&back.expect("notes"), &before, &format!("{} changed back", path.display()));
    }
    assert!(taken > 20, "{taken}");
}

/// A line here and there, as somebody goes on with notes: whichever way the notes are brought up to date, they are what a
/// load gives; and so is what comes of it when the next line is written.
#[test]
fn lines_that_are_written_one_by_one_give_what_a_load_gives() {
    const LINES: [&str; 8] = [
        "And one more line of text that goes on about it.",
        "- one more item",
        "## A heading of its own",
        "Speaker: Ada Lovelace",
        "*Grace Hopper*",
        "",
        "See [the slides](https://example.org/slides)",
        "Conference: HarborConf 2031",
    ];
    let folder = notes();
    let root = roots(folder.path());
    let mut library = load(&root, false).expect("notes");
    let all = files(folder.path());
    for step in 0..80_usize {
        // Far apart, and never in the same order.
        let path = &all[step * 37 % all.len()];
        let Ok(text) = std::fs::read_to_string(path) else {
            continue;
        };
        let mut lines: Vec<&str> = text.lines().collect();
        let at = (step * 53 + 7) % (lines.len() + 1);
        match step % 10 {
            0..8 => lines.insert(at, LINES[step % 8]),
            8 if at < lines.len() => _ = lines.remove(at),
            _ if at < lines.len() => lines.swap(at / 2, at),
            _ => {}
        }
        std::fs::write(path, lines.join("\n") + "\n").expect("written");
        let again =
            load_changed(&root, &library, std::slice::from_ref(path), |_| {}).expect("it can be told");
        library = again.expect("notes");
        let plainly = load(&root, false).expect("notes");
        same(&library, &plainly, &format!("step {step}: {}, line {at}", path.display()));
    }
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
        let again =
            load_changed(&root, &before, std::slice::from_ref(&path), |_| {}).expect("it can be told");
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
    let again = load_changed(&root, &before, &gone, |_| {}).expect("it can be told").expect("notes");
    same(&again, &load(&root, false).expect("notes"), "two are gone");
    // The texts of the others are the very same, not copies.
    let kept = |file: &std::sync::Arc<_>| before.files.iter().any(|f| std::sync::Arc::ptr_eq(f, file));
    assert!(again.files.iter().all(kept));
}

#[test]
fn files_that_come_are_read_alone() {
    let folder = notes();
    let root = roots(folder.path());
    let before = load(&root, false).expect("notes");
    let at = |name: &str| folder.path().join(name);
    let beside = files(folder.path())[files(folder.path()).len() / 2].with_file_name("a new talk of it.md");
    let new = [at("zz.md"), beside, at("00.md"), at("new-2030/talk-10.md"), at("new-2030/talk-9.md")];
    for (n, path) in new.iter().enumerate() {
        let text = format!("# Another talk, number {n}\n\nAda Lovelace\n\nText.\n");
        write(folder.path(), path.strip_prefix(folder.path()).expect("below"), text.as_bytes());
    }
    let again = load_changed(&root, &before, &new, |_| {}).expect("it can be told").expect("notes");
    same(&again, &load(&root, false).expect("notes"), "five came");
    let kept = |file: &std::sync::Arc<_>| before.files.iter().any(|f| std::sync::Arc::ptr_eq(f, file));
    assert_eq!(again.files.iter().filter(|file| !kept(file)).count(), new.len());
    // One came, one is gone, and one is another.
    std::fs::remove_file(&new[0]).expect("gone");
    std::fs::write(&new[2], "# What it is now\n\nGrace Hopper\n").expect("written");
    let last = at("zzz.md");
    std::fs::write(&last, "# The last of all talks\n\nText.\n").expect("written");
    let changed = [new[0].clone(), new[2].clone(), last];
    let once_more = load_changed(&root, &again, &changed, |_| {}).expect("it can be told").expect("notes");
    same(&once_more, &load(&root, false).expect("notes"), "of each one");
    // What its owner leaves out is for a load to say.
    let stated = at("hallway.toml");
    std::fs::write(&stated, "skip = [\"zz.md\"]\n").expect("written");
    let with_rules = load(&root, false).expect("notes");
    std::fs::write(&new[0], "# One more talk of mine\n\nText.\n").expect("written");
    assert!(load_changed(&root, &with_rules, std::slice::from_ref(&new[0]), |_| {}).is_none());
    std::fs::remove_file(&new[0]).expect("gone");
    std::fs::remove_file(&stated).expect("gone");
    // What is left out of a walk does not come.
    std::fs::write(at(".gitignore"), "left-out*\n").expect("written");
    std::fs::write(at("left-out.md"), "# Not a talk\n\nText.\n").expect("written");
    let left =
        load_changed(&root, &once_more, &[at("left-out.md")], |_| {}).expect("nothing came").expect("notes");
    same(&left, &load(&root, false).expect("notes"), "one is left out");
}

/// A change that somebody might make, by chance; the paths that are told of.
fn any_change(by: &mut fastrand::Rng, files: &[PathBuf]) -> Vec<PathBuf> {
    let path = files[by.usize(..files.len())].clone();
    let Ok(text) = std::fs::read_to_string(&path) else {
        return Vec::new();
    };
    let mut lines: Vec<&str> = text.lines().collect();
    let at = by.usize(..lines.len().max(1));
    let beside = path.with_file_name(format!("{}-new-{}.md", by.u8(..9), by.u8(..9)));
    let put = |path: &Path, text: &str| std::fs::write(path, text).expect("written");
    match by.u8(..9) {
        0 => std::fs::remove_file(&path).expect("gone"),
        1 => std::fs::rename(&path, &beside).expect("renamed"),
        2 => put(&beside, &text),
        3 => put(&beside, "# What nobody had heard\n\nAda Lovelace\n\nText.\n"),
        4 if at < lines.len() => {
            lines.remove(at);
            put(&path, &lines.join("\n"));
        }
        5 if at < lines.len() => {
            lines.swap(0, at);
            put(&path, &lines.join("\n"));
        }
        6 => {
            let folder = path.with_file_name(format!("newconf-{}", 2030 + by.u16(..5)));
            std::fs::create_dir_all(&folder).expect("made");
            put(&folder.join("first.md"), &text);
            return vec![folder];
        }
        _ => {
            lines.insert(
                at,
                ["", "Another line of it.", "## And a heading", "See [this](README.md)."][by.usize(..4)],
            );
            put(&path, &lines.join("\n"));
        }
    }
    vec![path, beside]
}

/// `HALLWAY_TEST_NOTES=FOLDER` does it to a copy of other notes.
#[test]
fn whatever_changes_one_after_the_other_is_what_a_load_gives() {
    let other = std::env::var_os("HALLWAY_TEST_NOTES").map(PathBuf::from);
    let folder = notes();
    if let Some(other) = &other {
        let library = load(&roots(other), false).expect("notes");
        std::fs::remove_dir_all(folder.path()).expect("gone");
        for file in &library.files {
            write(folder.path(), file.relative(), &std::fs::read(&file.path).expect("read"));
        }
    }
    let steps = common::rounds(20, 150, 1_500);
    let (root, mut by) = (roots(folder.path()), fastrand::Rng::with_seed(8));
    let mut library = load(&root, false).expect("notes");
    let (mut told, mut left) = (0, 0);
    for step in 0..steps {
        let files: Vec<PathBuf> = library.files.iter().map(|file| file.path.to_path_buf()).collect();
        let changed = any_change(&mut by, &files);
        let plainly = load(&root, false).expect("notes");
        match load_changed(&root, &library, &changed, |_| {}) {
            Some(now) => {
                let now = now.expect("notes");
                same(&now, &plainly, &format!("step {step}: {changed:?}"));
                // Of a folder that is told of, all that lies in it is read again, where that is little.
                let kept = now
                    .files
                    .iter()
                    .filter(|file| library.files.iter().any(|old| std::sync::Arc::ptr_eq(old, file)));
                assert!(kept.count() + 16 >= now.files.len(), "step {step}: {changed:?}");
                told += 1;
                library = now;
            }
            None => {
                left += 1;
                library = plainly;
            }
        }
    }
    assert!(told > steps / 2 || other.is_some(), "{told} {left}");
}

/// Whoever watches folders is told of one that came, and not of what lies in it.
#[test]
fn a_folder_that_came_or_is_gone_is_told_by_what_lies_in_it() {
    let folder = notes();
    let root = roots(folder.path());
    let mut library = load(&root, false).expect("notes");
    let at = |name: &str| folder.path().join(name);
    let put = |name: &str, text: &str| write(folder.path(), Path::new(name), text.as_bytes());
    let talk = |title: &str| format!("# {title}\n\nAda Lovelace\n\nText.\n");
    put("weaveconf-2031/README.md", "# WeaveConf 2031\n\n- [First of it](1.md)\n- [Second of it](2.md)\n");
    put("weaveconf-2031/1.md", "Ada Lovelace\n\nText.\n");
    put("weaveconf-2031/2.md", "Alan Kay\n\nText.\n");
    put("weaveconf-2031/day-2/3.md", &talk("Third of it"));
    let mut told = |changed: &[PathBuf], when: &str| {
        let now =
            load_changed(&root, &library, changed, |_| {}).unwrap_or_else(|| panic!("{when}: not told"));
        let now = now.expect("notes");
        same(&now, &load(&root, false).expect("notes"), when);
        library = now;
        library.talks.iter().filter(|talk| talk.title.ends_with(" of it")).count()
    };
    assert_eq!(told(&[at("weaveconf-2031")], "it came"), 3);
    std::fs::rename(at("weaveconf-2031"), at("weaveconf-2032")).expect("renamed");
    assert_eq!(told(&[at("weaveconf-2031"), at("weaveconf-2032")], "it has another name"), 3);
    put("weaveconf-2032/2.md", &talk("Another one of it"));
    assert_eq!(told(&[at("weaveconf-2032")], "something in it is another"), 3);
    std::fs::remove_dir_all(at("weaveconf-2032")).expect("gone");
    assert_eq!(told(&[at("weaveconf-2032/1.md"), at("weaveconf-2032")], "it is gone"), 0);
    // What its owner leaves out is no part of it.
    put("weaveconf-2033/.gitignore", "*\n");
    put("weaveconf-2033/1.md", &talk("None of it"));
    assert_eq!(told(&[at("weaveconf-2033")], "it is left out"), 0);
    // A load says that something in a folder is no notes, and no more when that is gone.
    put("weaveconf-2034/loom.rs", "fn main() {}\n");
    assert!(load_changed(&root, &library, &[at("weaveconf-2034")], |_| {}).is_none());
    let with_code = load(&root, false).expect("notes");
    std::fs::remove_dir_all(at("weaveconf-2034")).expect("gone");
    assert!(load_changed(&root, &with_code, &[at("weaveconf-2034")], |_| {}).is_none());
}

#[test]
fn what_cannot_be_told_from_the_paths_is_left_to_a_load() {
    let folder = notes();
    let root = roots(folder.path());
    let before = load(&root, false).expect("notes");
    let others = tempfile::tempdir().expect("another folder");
    let new = others.path().join("new-2030.md");
    std::fs::write(&new, "# New\n\ntext\n").expect("written");
    for path in [new, folder.path().join("hallway.toml"), folder.path().join("generated")] {
        assert!(
            load_changed(&root, &before, std::slice::from_ref(&path), |_| {}).is_none(),
            "{}",
            path.display()
        );
    }
    // What came and went meanwhile is nothing.
    let nothing =
        load_changed(&root, &before, &[folder.path().join("gone.md")], |_| {}).expect("it can be told");
    same(&nothing.expect("notes"), &before, "nothing changed");
    let builtin = load(&Roots::Builtin, false).expect("built in");
    assert!(load_changed(&Roots::Builtin, &builtin, &[], |_| {}).is_none());
}

#[test]
fn a_glimpse_is_of_the_file_that_is_wished_and_steps_end_with_all() {
    let folder = notes();
    let root = roots(folder.path());
    let all = files(folder.path());
    let wished = &all[all.len() / 2];
    let whole = load(&root, false).expect("notes");
    let first = (whole.files[0].path.to_path_buf(), true);
    let seen = |wished: Option<&Path>, patience| {
        let wished = wished.map(|path| Wished { path: path.to_path_buf(), part: None });
        let Glimpse { library, certain } = glimpse(&root, Extent::default(), wished.as_ref(), patience)?;
        assert_eq!(library.files.len(), 1);
        Some((library.files[0].path.to_path_buf(), certain))
    };
    for patience in [Patience::Little, Patience::Any] {
        assert_eq!(seen(Some(wished), patience), Some((wished.clone(), true)));
        assert_eq!(seen(None, patience), Some(first.clone()));
    }
    for before in [false, true] {
        let mut begun = 0;
        let step = |step| begun += usize::from(matches!(step, Step::Begun(_)));
        same(&load_in_steps(&root, false, before, step).expect("notes"), &whole, "in steps");
        assert!(before || begun > 0);
    }
    // A file that is not among the notes is not read for it.
    let elsewhere = tempfile::NamedTempFile::with_suffix(".md").expect("a file");
    std::fs::write(elsewhere.path(), "# A talk\n\nText.\n").expect("written");
    assert_eq!(seen(Some(elsewhere.path()), Patience::Little).as_ref(), Some(&first));
    // A long one is left to those who can wait.
    let long = folder.path().join("long.md");
    std::fs::write(&long, "# A long talk\n\n".to_owned() + &"word ".repeat(300_000)).expect("written");
    assert_eq!(seen(Some(&long), Patience::Little), None);
    assert_eq!(seen(Some(&long), Patience::Any), Some((long.clone(), true)));
    // Of a long folder it is a file that stands among the first names, and the first one for those who can wait.
    let long = tempfile::tempdir().expect("a folder");
    for n in 0..1_000 {
        let text = format!("# Talk {n}\n\nText.\n");
        std::fs::write(long.path().join(format!("talk-{n}.md")), text).expect("written");
    }
    let of_long = |patience| {
        let seen = glimpse(&roots(long.path()), Extent::default(), None, patience).expect("some file");
        (seen.library.files[0].path.to_path_buf(), seen.certain)
    };
    let (one, certain) = of_long(Patience::Little);
    assert!(!certain && one.exists());
    assert_eq!(of_long(Patience::Any), (long.path().join("talk-0.md"), true));
}

#[test]
fn a_glimpse_of_a_part_has_the_lines_of_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pierconf-2024.md");
    let mut text = "# PierConf 2024\n\n".to_owned();
    for n in 0..3_000 {
        text +=
            &format!("## The talk on subject {n}\n\nAda Lovelace\n\n{}\n\n", "What was said. ".repeat(n % 9));
    }
    std::fs::write(&path, &text).expect("written");
    let root = roots(folder.path());
    let whole = load(&root, false).expect("notes");
    for talk in [0, 1, 40, 150, 1_500, 2_900, 2_999].map(TalkId) {
        let part = Part::of(&whole, talk);
        let wished = Wished { path: path.clone(), part };
        let seen = glimpse(&root, Extent::default(), Some(&wished), Patience::Little).expect("seen").library;
        assert!(seen.talks.len() < 600, "{}", seen.talks.len());
        let (slug, span) = (whole.slug(talk), &whole.talk(talk).spans[0]);
        let found = seen.by_slug(slug).expect("the talk");
        let there = &seen.talk(found).spans[0];
        assert_eq!((there.line(), there.end_line()), (span.line(), span.end_line()), "{slug}");
        assert_eq!(seen.file(there.file).text[there.bytes()], whole.file(span.file).text[span.bytes()]);
        // What a damaged session says is nothing.
        let damaged = part.map(|part| Part { line: usize::MAX - 9, ..part });
        let wished = Wished { path: path.clone(), part: damaged };
        assert!(glimpse(&root, Extent::default(), Some(&wished), Patience::Little).is_some());
        // A file that is longer meanwhile is read as one of which nothing is known.
        let stale = part.map(|part| Part { length: part.length - 1, ..part });
        let wished = Wished { path: path.clone(), part: stale };
        let seen = glimpse(&root, Extent::default(), Some(&wished), Patience::Little).expect("seen").library;
        assert_eq!(seen.talks.len(), whole.talks.len());
    }
}
