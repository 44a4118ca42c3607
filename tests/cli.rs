//! The command line as a script meets it: stdout, stderr and status of each verb.

mod common;

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn hallway(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hallway"));
    command.args(arguments);
    for name in ["HALLWAY_NOTES", "HALLWAY_BOOKMARKS", "NO_COLOR", "CLICOLOR_FORCE", "TERM"] {
        command.env_remove(name);
    }
    command.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    hallway(arguments).output().expect("hallway runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

const NOTES: &str = "tests/fixtures/notes";

#[test]
fn list_as_text() {
    let output = run(&["list", "--notes", NOTES]);
    assert_eq!(status(&output), 0);
    assert_eq!(stderr(&output), "");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/list.txt");
    snapbox::assert_data_eq!(stdout(&output), snapbox::Data::read_from(path.as_ref(), None).raw());
}

#[test]
fn list_with_a_query() {
    let output = run(&["list", "corchero", "mocks"]);
    assert_eq!(
        stdout(&output),
        "EuroPython 2018  1 talk\n  Mocks, fakes, dummies, stubs and spies: Successfully isolating the snake  Mario Corchero\n"
    );
    let output = run(&["list", "zzzzz"]);
    assert_eq!((status(&output), stdout(&output)), (1, String::new()));
}

#[test]
fn list_as_json() {
    let output = run(&["list", "--json", "--notes", NOTES]);
    let library: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(library["format"], 1);
    let conference = &library["conferences"][1];
    assert_eq!(conference["id"], "harborconf-2019");
    assert_eq!(conference["name"], "HarborConf 2019");
    assert_eq!(conference["year"], 2019);
    let track = &conference["tracks"][0];
    assert_eq!(track["name"], Value::Null);
    let talk = &track["talks"][0];
    assert_eq!(talk["id"], "harborconf-2019/queues-that-forgive");
    assert_eq!(talk["speakers"][0]["name"], "Ada Lovelace");
    assert_eq!(talk["speakers"][0]["affiliation"], Value::Null);
    assert_eq!((&talk["line"], &talk["end_line"]), (&5.into(), &25.into()));
    assert_eq!(talk["path"], "tests/fixtures/notes/1-tidy.md");
    assert_eq!(talk["spans"][0]["line"], 5);
    assert_eq!(talk["starred"], false);
    assert_eq!(talk["date"], Value::Null);
    assert!(talk["words"].as_u64().expect("a number") > 20);
    let kinds: Vec<&str> =
        talk["links"].as_array().expect("links").iter().filter_map(|l| l["kind"].as_str()).collect();
    assert_eq!(kinds, ["slides", "video"]);
    assert_eq!(library["introductions"][0]["of"], "harborconf-2018");
    assert!(library["furniture"][0]["reason"].is_string());
    assert_eq!(library["problems"][0]["code"], "mojibake");
}

#[test]
fn list_as_json_lines() {
    let output = run(&["list", "--jsonl"]);
    let lines: Vec<Value> = stdout(&output).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(lines.len(), 88);
    assert_eq!(lines[0]["conference"], "PyCon 2017");
    assert_eq!(lines[0]["year"], 2017);
    assert_eq!(lines[0]["track"], Value::Null);
    assert!(lines[0]["path"].as_str().expect("a path").starts_with("builtin:"));
}

#[test]
fn show_in_every_way() {
    let output = run(&["show", "queues", "--notes", NOTES, "--width", "40"]);
    let text = stdout(&output);
    assert!(text.starts_with("HarborConf 2019\nQueues that forgive\nAda Lovelace · 1 min\n"), "{text}");
    assert!(text.lines().all(|l| l.chars().count() <= 40), "{text}");
    assert!(!text.contains('\x1b'));

    let output = run(&["show", "harborconf-2019/queues-that-forgive", "--raw", "--notes", NOTES]);
    let source = std::fs::read_to_string(common::fixtures().join("notes/1-tidy.md")).expect("the file");
    let lines: Vec<&str> = source.lines().skip(4).take(22).collect();
    assert_eq!(stdout(&output), lines.join("\n") + "\n");

    let output = run(&["--color", "always", "show", "queues", "--notes", NOTES]);
    assert!(stdout(&output).contains("\x1b["));
}

#[test]
fn show_says_what_it_cannot_decide() {
    let output = run(&["show", "asyncio"]);
    assert_eq!((status(&output), stdout(&output)), (1, String::new()));
    let text = stderr(&output);
    assert!(text.contains("europython-2018/asyncio-in-practice-we-did-it-wrong"), "{text}");
    assert!(text.contains("europython-2018/asyncio-in-python-3-7-and-3-8"), "{text}");
    let output = run(&["show", "qqqqq"]);
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("no talk matches \"qqqqq\""));
}

#[test]
fn doctor_tells_how_notes_were_read() {
    let output = run(&["doctor", "--notes", NOTES]);
    let text = stdout(&output);
    assert_eq!(status(&output), 0);
    assert!(text.contains("2-pasted-gist.txt: note: 4 mangled signs were put right"), "{text}");
    assert!(
        text.contains("2-pasted-gist.txt:1: set aside as a web page's navigation: Skip to content"),
        "{text}"
    );
    assert!(
        text.ends_with("5 conferences · 24 talks · 0 problems · 1 note · 6 pieces set aside\n"),
        "{text}"
    );

    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.md"), "# RustFest 2019\n\n## One\n\nx\n").expect("file");
    std::fs::write(folder.path().join("b.md"), b"\0\x01\x02").expect("file");
    let path = folder.path().to_str().expect("text");
    assert_eq!(status(&run(&["doctor", "--notes", path])), 0);
    assert_eq!(status(&run(&["doctor", "--strict", "--notes", path])), 1);
    let output = run(&["doctor", "--json", "--notes", path]);
    let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(found["problems"][0]["code"], "binary");
}

#[test]
fn wrong_use_ends_with_two_and_says_what_to_do() {
    for (arguments, words) in [
        (&["list", "--notes", "/no/such/path"][..], &["/no/such/path: there is no such file or folder"][..]),
        (&["lisst"], &["lisst: there is no such file or folder", "did you mean the verb `list`?"]),
        (&["list", "--jsno"], &["--json"]),
        (&[], &["no terminal", "hallway list"]),
    ] {
        let output = run(arguments);
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert_eq!(stdout(&output), "", "{arguments:?}");
        for word in words {
            assert!(stderr(&output).contains(word), "{arguments:?}: {}", stderr(&output));
        }
    }
    let empty = tempfile::tempdir().expect("a folder");
    let output = run(&["list", "--notes", empty.path().to_str().expect("text")]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("no notes found there"), "{}", stderr(&output));
}

#[test]
fn of_several_paths_the_rest_is_shown() {
    let output = run(&["list", "--notes", "/no/such/path", "--notes", NOTES]);
    assert_eq!(status(&output), 2);
    assert!(stdout(&output).contains("HarborConf 2019"));
    assert!(stderr(&output).contains("/no/such/path is not there; the rest was read"), "{}", stderr(&output));
    // One inside the other, or the same by two names, is read once.
    let twice = run(&[
        "list",
        "--jsonl",
        "--notes",
        NOTES,
        "--notes",
        "./tests/../tests/fixtures/notes",
        "--notes",
        NOTES,
    ]);
    assert_eq!(stdout(&twice), stdout(&run(&["list", "--jsonl", "--notes", NOTES])));
    let output = run(&["doctor", "--notes", "/no/such/path", "--notes", NOTES]);
    assert!(stdout(&output).contains("/no/such/path: error: there is no such file or folder"));
}

#[test]
fn help_and_version() {
    let output = run(&["--help"]);
    assert_eq!(status(&output), 0);
    let text = stdout(&output);
    for word in ["list", "show", "doctor", "--notes", "Examples:", "HALLWAY_NOTES"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    for verb in ["list", "show", "doctor"] {
        let text = stdout(&run(&[verb, "--help"]));
        assert!(text.contains("Examples:"), "{text}");
    }
    assert_eq!(stdout(&run(&["-V"])), format!("hallway {}\n", env!("CARGO_PKG_VERSION")));
    let told = stdout(&run(&["-V", "--verbose"]));
    for fact in [
        "commit", "target", "profile", "compiler   rustc 1.", "features", "terminal", "locale", "config",
        "bookmarks",
    ] {
        assert!(told.lines().any(|line| line.starts_with(fact)), "{fact}: {told}");
    }
    // Also where the config is at fault, which may be what the report is about.
    assert_eq!(status(&run(&["-V", "--verbose", "--config", "/nowhere.toml"])), 0);
    assert_eq!(status(&run(&["--verbose"])), 2);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = hallway(&["list", "--jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("hallway runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
}

#[test]
fn colours_follow_the_conventions() {
    let coloured = |set: &[(&str, &str)], arguments: &[&str]| {
        let output = hallway(arguments).envs(set.iter().copied()).output().expect("hallway runs");
        output.stdout.contains(&0x1b)
    };
    assert!(!coloured(&[], &["list"]), "a pipe gets none");
    assert!(coloured(&[], &["list", "--color", "always"]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &["list"]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &["list"]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["list", "--color", "never"]));
}

#[test]
fn notes_come_from_the_environment_and_from_standard_input() {
    let output = hallway(&["list"]).env("HALLWAY_NOTES", NOTES).output().expect("hallway runs");
    assert!(stdout(&output).contains("HarborConf 2018"));

    let mut child = hallway(&["list", "--jsonl", "--notes", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("hallway runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut stdin, b"# RustFest 2019\n\n## One\n\nAda Lovelace\n\nx\n")
        .expect("written");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let talk: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&talk["path"], &talk["title"]), (&"-".into(), &"One".into()));
}

#[test]
fn what_a_note_holds_cannot_act_on_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let text =
        "# RustFest 2019\n\n## One \u{1b}[31m\u{202e}\n\nSpeaker: \u{9b}2J\n\nbody \u{1b}]52;c;x\u{7}\n";
    std::fs::write(folder.path().join("a.md"), text).expect("file");
    let path: PathBuf = folder.path().to_path_buf();
    let path = path.to_str().expect("text");
    for arguments in [
        &["list", "--notes", path][..],
        &["list", "--json", "--notes", path],
        &["show", "one", "--notes", path],
        &["doctor", "--notes", path],
    ] {
        let text = stdout(&run(arguments));
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{7}']), "{arguments:?}: {text:?}");
    }
    let raw = stdout(&run(&["show", "one", "--raw", "--notes", path]));
    assert!(raw.contains('\u{1b}'), "a pipe gets the bytes as they are");
}

/// The evidence behind a reading can be followed: what was weighed for the file, what was offered for
/// the talk, and the answers that hold first.
#[test]
fn speakers_are_people_across_conferences() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("a.md", "# One\n\nConference: PyCon 2017\nSpeaker: Ada Lovelace\n\nBody.\n");
    write("b.md", "# Two\n\nConference: RustConf 2019\nSpeakers: A. Lovelace, Grace Hopper\n\nBody.\n");
    let notes = folder.path().to_str().expect("UTF-8");
    let output = run(&["speakers", "--notes", notes]);
    assert_eq!(
        (status(&output), stdout(&output).as_str()),
        (0, "Ada Lovelace  2 talks, also written A. Lovelace\nGrace Hopper  1 talk\n")
    );
    let output = run(&["speakers", "--jsonl", "--notes", notes, "lovelace"]);
    let person: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("one line of JSON");
    assert_eq!(person["talks"], serde_json::json!(["pycon-2017/one", "rustconf-2019/two"]));
    let output = run(&["speakers", "--notes", notes, "nobody"]);
    assert_eq!((status(&output), stdout(&output).as_str()), (1, ""));
    assert!(stderr(&output).contains("nobody who spoke is called"));
}

/// A config that was named is meant to be there, however it was named.
#[test]
fn a_config_that_is_not_there_is_a_fault() {
    let output = hallway(&["list"]).env("HALLWAY_CONFIG", "/nowhere/typo.toml").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("there is no config file /nowhere/typo.toml"), "{}", stderr(&output));
}

/// So many lines around a match as nobody has are all that there are.
#[test]
fn more_lines_around_a_match_than_there_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let notes = folder.path().to_str().expect("text");
    std::fs::write(folder.path().join("a.md"), "# Looms\n\nAbove.\n\nA shuttle.\n\nBelow.\n")
        .expect("written");
    let lines = |context: &str| stdout(&run(&["grep", context, "shuttle", "--notes", notes])).lines().count();
    assert_eq!((lines("-C100"), lines("-C18446744073709551615")), (7, 7));
}

/// Where no talk is found, what was weighed and what is at fault is told all the same.
#[test]
fn doctor_tells_why_there_is_no_talk() {
    let folder = tempfile::tempdir().expect("a folder");
    let notes = folder.path().to_str().expect("text");
    std::fs::write(folder.path().join("pycon.md"), "# PyCon 2017\n\nIt was good to be there.\n")
        .expect("written");
    std::fs::write(folder.path().join("hallway.toml"), "conferense = \"x\"\n").expect("written");
    let said = |arguments: &[&str]| {
        let output = run(&[arguments, &["--notes", notes]].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("no notes found there"), "{}", stderr(&output));
        stdout(&output)
    };
    assert!(said(&["doctor", "--explain"]).contains("nothing says that it holds any"));
    let findings: serde_json::Value = serde_json::from_str(&said(&["doctor", "--json"])).expect("a document");
    assert_eq!(findings["problems"][0]["line"], 1);
}

#[test]
fn doctor_explains_a_reading() {
    let habits = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/habits/file-per-talk");
    let output = run(&["doctor", "--explain=slow rivers", "--notes", habits]);
    let text = stdout(&output);
    assert_eq!(status(&output), 0);
    for part in [
        "where the talks are: the file is one talk",
        "its folder names the conference",
        "its headings of level 1 are the talks",
        "conference: TideFest Hamburg 2021",
        "+7 the folders:",
        "title: Slow rivers",
        "+10 its heading: Slow rivers",
        "speakers: Barbara Liskov",
        "+7 named behind the title: Barbara Liskov",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let all = stdout(&run(&["doctor", "--explain", "--notes", habits]));
    assert!(all.contains("Fog Without Fear") && all.contains("Knots for beginners"), "{all}");
    assert_eq!(status(&run(&["doctor", "--explain=qqqqq", "--notes", habits])), 1);
}

/// What is stated beats what would be inferred; what is misspelt is told with the nearest key.
#[test]
fn a_hallway_toml_has_the_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let notes = folder.path().join("deep/in");
    std::fs::create_dir_all(&notes).expect("folders");
    let text = "# The state of rope\n\nx\n\n## Hemp\n\ny\n\n## Lunch\n\nz\n\n## Wire\n\nw\n";
    std::fs::write(notes.join("rope.md"), text).expect("notes");
    std::fs::write(notes.join("draft.md"), "# Not yet\n\nx\n").expect("notes");
    let path = folder.path().to_str().expect("text");
    let inferred = stdout(&run(&["list", "--notes", path]));
    assert!(inferred.contains("The state of rope") && inferred.contains("Not yet"), "{inferred}");
    let stated = "conference = \"RopeConf 2031\"\ntalks = \"h2\"\ntrack = \"folder\"\n\
                  ignore-titles = [\"lunch\"]\nskip = [\"draft*\"]\n";
    std::fs::write(folder.path().join("hallway.toml"), stated).expect("overrides");
    let list = stdout(&run(&["list", "--notes", path]));
    assert_eq!(list, "RopeConf 2031  2 talks\n  In\n    Hemp\n    Wire\n");
    std::fs::write(folder.path().join("hallway.toml"), "\nconfrence = \"x\"\n").expect("overrides");
    let doctor = stdout(&run(&["doctor", "--notes", path]));
    assert!(
        doctor.contains("hallway.toml:2: warning: there is no key `confrence`; the nearest is `conference`"),
        "{doctor}"
    );
    let printed = stdout(&run(&["doctor", "--print-overrides", "--notes", path]));
    std::fs::write(folder.path().join("hallway.toml"), printed.replace("\n#", "\n")).expect("overrides");
    let doctor = stdout(&run(&["doctor", "--notes", path]));
    assert!(printed.contains("#conference = ") && !doctor.contains("there is no key"), "{doctor}");
}

/// Pages and notebooks are told by the lines of their source.
#[test]
fn derived_notes_keep_the_lines_of_their_source() {
    let habits = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/habits/saved-page");
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&run(&["list", "--json", "--notes", habits]))).expect("JSON");
    let talk = &json["conferences"][0]["tracks"][0]["talks"][0];
    assert_eq!((talk["line"].as_u64(), talk["end_line"].as_u64()), (Some(1), Some(13)));
    let shown = stdout(&run(&["show", "--notes", habits, "green buoys", "--raw"]));
    assert!(shown.contains("They & others float.") && !shown.contains("Powered by"), "{shown}");
}

#[test]
fn find_ranks_and_says_why() {
    let output = run(&["find", "-n2", "postgers"]);
    assert_eq!(status(&output), 0);
    let lines: Vec<String> = stdout(&output).lines().map(str::to_owned).collect();
    assert_eq!(
        lines[0],
        "europython-2018/postgres-at-any-scale\tPostgres at any scale\tCraig Kerstiens\tEuroPython 2018\ttitle, close"
    );
    assert_eq!(lines.len(), 2);
    let output = run(&["find", "--json", "corchero mocks"]);
    let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&found["format"], &found["talks"][0]["why"][1]), (&1.into(), &"speaker".into()));
    let output = run(&["find", "zzzzz"]);
    assert_eq!((status(&output), stdout(&output)), (1, String::new()));
    assert!(stderr(&output).contains("hallway grep"));
}

#[test]
fn facets_narrow_what_is_listed() {
    let count = |arguments: &[&str]| {
        let output = run(&[&["list", "--jsonl"], arguments].concat());
        stdout(&output).lines().count()
    };
    let all = count(&[]);
    assert_eq!(count(&["year:2018"]), 23);
    assert_eq!(count(&["year:2017..2018"]), 43);
    assert_eq!(count(&["year:>2018"]), all - 43);
    assert_eq!(count(&["speaker:corchero"]), 2);
    assert_eq!(count(&["-speaker:corchero", "year:2018"]), 22);
    assert_eq!(count(&["conf:pycon", "has:slides"]), count(&["conf:pycon 2017", "has:slides"]));
    assert_eq!(count(&["is:starred"]) + count(&["-is:starred"]), all);
    assert_eq!(count(&["has:notes"]), all);
    assert_eq!(count(&["track:lightning"]), 8);
    assert_eq!(count(&["path:07-instagram"]), 1);
    assert_eq!(count(&["tag:kubernetes"]), 1);
    let output = run(&["list", "speker:ada"]);
    assert_eq!((status(&output), stdout(&output)), (2, String::new()));
    assert!(stderr(&output).contains("did you mean speaker:?"));
}

#[test]
fn is_bookmarked_asks_the_bookmarks_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("bookmarks.json");
    std::fs::write(
        &file,
        r##"{"schema":1,"bookmarks":[{"id":"00000000000000aa","revision":1,"conference":"PyCon 2017","talk":"Kubernetes for Pythonistas",
        "path":"pycon-2017/20-kubernetes-for-pythonistas.md","line":1,"quote":"# Kubernetes for Pythonistas","made":"2026-11-20T12:00:00Z"}]}"##,
    )
    .expect("written");
    let mut command = hallway(&["list", "--jsonl", "is:bookmarked"]);
    let output = command.env("HALLWAY_BOOKMARKS", &file).output().expect("hallway runs");
    assert_eq!(stdout(&output).lines().count(), 1, "{}", stderr(&output));
    assert!(stdout(&output).contains("pycon-2017/kubernetes-for-pythonistas"));
}

#[test]
fn grep_has_the_habits_of_ripgrep() {
    let grep = |arguments: &[&str]| run(&[&["grep", "--notes", NOTES], arguments].concat());
    let output = grep(&["latency"]);
    assert_eq!(status(&output), 0);
    let first = stdout(&output).lines().next().map(str::to_owned).unwrap_or_default();
    let [path, line, text] = first.splitn(3, ':').collect::<Vec<_>>()[..] else { panic!("{first}") };
    let written = std::fs::read_to_string(path).expect("the file");
    assert_eq!(written.lines().nth(line.parse::<usize>().expect("a number") - 1), Some(text));
    // A capital makes case count; -i takes that back.
    assert!(stdout(&grep(&["Rope"])).lines().count() < stdout(&grep(&["rope"])).lines().count());
    assert_eq!(stdout(&grep(&["-i", "LATENCY"])), stdout(&output));
    // Files, counts, context, colours.
    let lines = stdout(&output).lines().count();
    let counted: usize = stdout(&grep(&["-c", "latency"]))
        .lines()
        .filter_map(|l| l.rsplit(':').next()?.parse::<usize>().ok())
        .sum();
    assert_eq!(counted, lines);
    let files = stdout(&grep(&["-l", "latency"]));
    assert!(files.lines().all(|file| std::path::Path::new(file).is_file()) && files.lines().count() >= 1);
    let around = stdout(&grep(&["-C1", "latency"]));
    assert!(around.lines().count() > lines && around.contains("md-"), "{around}");
    assert!(stdout(&grep(&["--color=always", "latency"])).contains('\u{1b}'));
    assert!(!stdout(&output).contains('\u{1b}'));
    // Nothing, and wrong use.
    let none = grep(&["zzzzz"]);
    assert_eq!((status(&none), stdout(&none)), (1, String::new()));
    assert_eq!(status(&grep(&["/(/"])), 2);
    assert!(stderr(&grep(&["la.*cy"])).contains("/la.*cy/"));
    assert_eq!(stdout(&grep(&["/lat[a-z]+y/"])), stdout(&output));
}

#[test]
fn grep_takes_words_of_a_talk_in_any_order() {
    let one = stdout(&run(&["grep", "-l", "steroids", "tarball"]));
    assert_eq!(one, stdout(&run(&["grep", "-l", "tarball", "steroids"])));
    assert_eq!(one.lines().count(), 1);
    // An argument with a space is a phrase.
    assert_eq!(status(&run(&["grep", "steroids static"])), 1);
    assert_eq!(status(&run(&["grep", "on steroids"])), 0);
    assert_eq!(status(&run(&["grep", "steroids", "speaker:hightower"])), 0);
    assert_eq!(status(&run(&["grep", "steroids", "-speaker:hightower"])), 1);
}

/// Every line that a plain search finds in the files, `grep` finds too.
#[test]
fn grep_finds_every_line_that_holds_a_word() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = std::fs::read_dir(root.join(NOTES))
        .expect("notes")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "md" || e == "txt"))
        .collect();
    files.sort();
    let texts: Vec<(String, String)> = files
        .iter()
        .filter_map(|path| {
            let name = path.strip_prefix(root).ok()?.to_string_lossy().into_owned();
            Some((name, std::fs::read_to_string(path).ok()?))
        })
        .collect();
    assert!(texts.len() > 3);
    for word in ["the", "a", "rope", "table", "20", "sea", "it's", "conf", "-", "keynote", "##", "http"] {
        let lines = stdout(&run(&["grep", "-i", "--notes", NOTES, "--", word]));
        let place = |line: &str| {
            let mut parts = line.split(':');
            Some(format!("{}:{}", parts.next()?, parts.next()?))
        };
        let found: std::collections::HashSet<String> = lines.lines().filter_map(place).collect();
        for (name, text) in &texts {
            for (at, line) in text.lines().enumerate() {
                if line.to_ascii_lowercase().contains(word) {
                    let place = format!("{name}:{}", at + 1);
                    assert!(found.contains(&place), "{word}: {place} {line}");
                }
            }
        }
    }
}

const READER: &str = "tests/fixtures/reader";

#[test]
fn show_one_section() {
    let show =
        |more: &[&str]| run(&[&["show", "everything", "--notes", READER, "--width", "60"], more].concat());
    let text = stdout(&show(&["--section", "quotes"]));
    assert!(text.starts_with("Quotes and alerts\n━") && text.contains("▎ Warning: The third"), "{text}");
    assert!(!text.contains("Code") && !text.contains("Nora Lind"), "{text}");
    let text = stdout(&show(&["--section", "quotes", "--raw"]));
    assert!(
        text.starts_with("### Quotes and alerts\n")
            && text.trim_end().ends_with("> The third step is loose."),
        "{text}"
    );
    let output = show(&["--section", "qqqq"]);
    assert_eq!((status(&output), stdout(&output)), (1, String::new()));
    assert!(
        stderr(&output).contains("no heading holds \"qqqq\". There are: Lists in lists · "),
        "{}",
        stderr(&output)
    );
}

#[test]
fn show_colours_the_words_of_code() {
    let show = |more: &[&str]| run(&[&["show", "everything", "--notes", READER], more].concat());
    let coloured = stdout(&show(&["--color", "always"]));
    assert!(coloured.contains("\x1b[93mfn\x1b[0m") && coloured.contains("\x1b[96mburn\x1b[0m"), "{coloured}");
    let plain = stdout(&show(&[]));
    assert!(plain.contains("│ fn burn(") && !plain.contains('\x1b'));
    // A pipe is not paged.
    assert_eq!(stdout(&show(&["--pager"])), plain);
    // Where links lead is written out on paper.
    assert!(
        plain.contains("↗ tables  tables.pdf") && plain.contains("link to the harbour  https://harbour"),
        "{plain}"
    );
}

#[test]
fn the_config_sets_the_width_and_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("config.toml");
    std::fs::write(&path, "[reader]\nwidth = 7\n").expect("written");
    let output =
        hallway(&["show", "queues", "--notes", NOTES]).env("HALLWAY_CONFIG", &path).output().expect("runs");
    assert_eq!((status(&output), stdout(&output)), (2, String::new()));
    let told = stderr(&output);
    assert!(
        told.contains("config.toml:2:9: `reader.width` is a number of columns from 20 to 400, not 7"),
        "{told}"
    );
}
