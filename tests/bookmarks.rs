//! Bookmarks as their user meets them: the verbs, and the list, the queue, notes and undo in the screen.

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use common::Hands;
use hallway::bookmarks::revisit::today;
use hallway::library::load::Roots;
use hallway::tui::event::Event;
use jiff::ToSpan;
use serde_json::Value;

const NOTES: &str = "# PyCon 2017\n\n## Engines and looms\n\nSpeaker: Ada Lovelace\n\nVideo: https://v.example/1\n\n\
                     * the engine weaves algebra\n* as a loom weaves leaves\n\n### Questions\n\n* who pays for it\n\n\
                     ## Compilers for admirals\n\nSpeaker: Grace Hopper\n\n* ships need them as well\n";

/// Notes and a bookmarks file of their own.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Desk { folder: tempfile::tempdir().expect("a folder") };
        desk.write("notes/pycon.md", NOTES);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hallway"));
        command.args(arguments).env_clear().env("HOME", self.folder.path());
        command.env("HALLWAY_BOOKMARKS", self.path("marks.json")).env("HALLWAY_NOTES", self.path("notes"));
        command.stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Said {
        Said::of(self.command(arguments).output().expect("hallway runs"))
    }

    /// Adds a bookmark; its id.
    fn add(&self, arguments: &[&str]) -> String {
        let said = self.run(&[&["bookmark", "add"], arguments].concat());
        assert_eq!((said.status, said.err.as_str()), (0, ""), "{arguments:?}");
        said.out.trim().to_owned()
    }

    fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let said = self.run(arguments);
        let all: Value = serde_json::from_str(&said.out).unwrap_or_else(|e| panic!("{e}: {}", said.out));
        all["bookmarks"].as_array().expect("a list").clone()
    }

    fn hands(&self, columns: u16, rows: u16) -> Hands {
        let notes = Roots::Paths(vec![self.path("notes")]);
        Hands::open_with(&notes, columns, rows, Some(self.path("marks.json")))
    }
}

struct Said {
    out: String,
    err: String,
    status: i32,
}

impl Said {
    fn of(output: Output) -> Self {
        Said {
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
            status: output.status.code().expect("it ended by itself"),
        }
    }
}

/// A bookmark is the one that is there only where it is in the same place today, and says the same.
#[test]
fn a_bookmark_on_another_talk_of_the_same_words_is_another() {
    let desk = Desk::new();
    let talk = |who: &str, text: &str| format!("## Keynote\n\nSpeaker: {who}\n\n{text}\n\n");
    let ada = talk("Ada Lovelace", "Compilers and looms, and cards that are punched for both of them.");
    let zoe = talk("Zoe Zed", "Something wholly different about gardens, roses and their thorns in May.");
    desk.write("notes/pycon.md", &format!("# PyCon 2019\n\n{ada}"));
    let first = desk.add(&["keynote", "--note", "hers"]);
    desk.write("notes/pycon.md", &format!("# PyCon 2019\n\n{zoe}{ada}"));
    let second = desk.add(&["speaker:zoe"]);
    assert_ne!(first, second);
    // Lines above it may have shifted the line that it is on.
    let lined = desk.add(&["speaker:ada", "--line", "13"]);
    desk.write("notes/pycon.md", &format!("# PyCon 2019\n\nOf two talks.\n\n{zoe}{ada}"));
    let again = desk.run(&["bookmark", "add", "speaker:ada", "--line", "15"]);
    assert_eq!(
        (again.out.trim(), again.err.contains("there already")),
        (lined.as_str(), true),
        "{}",
        again.err
    );
}

/// A path says nothing in other notes: many have a 2019/keynote.md.
#[test]
fn a_bookmark_is_not_found_in_other_notes_of_the_same_path() {
    let desk = Desk::new();
    let talk = |conference: &str, text: &str| format!("# Keynote\n\nConference: {conference}\n\n{text}\n");
    desk.write(
        "alice/2019/keynote.md",
        &talk("AlphaConf 2019", "Garbage collectors trace reachable objects through roots, stacks and registers.\n\n## Compaction\n\nMoving collectors compact the heap."),
    );
    desk.write("bob/2019/keynote.md", &talk("BetaConf 2019", "Volcanoes erupt when magma rises beneath tectonic plates.\n\n## Monitoring\n\nSatellites measure ground deformation."));
    let (alice, bob) = (desk.path("alice"), desk.path("bob"));
    let at = |folder: &PathBuf| folder.to_str().expect("text").to_owned();
    let id = desk.add(&["keynote", "--notes", &at(&alice)]);
    let state = |folder: &PathBuf| {
        desk.json(&["bookmark", "list", "--json", "--notes", &at(folder)])[0]["state"].clone()
    };
    assert_eq!((state(&alice), state(&bob)), ("here".into(), "elsewhere".into()));
    assert_ne!(desk.add(&["keynote", "--notes", &at(&bob)]), id);
}

#[test]
fn added_listed_and_removed() {
    let desk = Desk::new();
    let none = desk.run(&["bookmark", "list"]);
    assert_eq!((none.status, none.out.as_str()), (1, ""));
    assert!(none.err.contains("no bookmarks yet"));
    let engines =
        desk.add(&["engines", "--line", "10", "--note", "for Monday", "--tag", "#weaving", "--due", "today"]);
    let admirals = desk.add(&["admirals"]);
    let list = desk.run(&["bookmark", "list"]);
    let path = desk.path("notes/pycon.md");
    let wanted = format!(
        "{engines}\there\tdue today\tEngines and looms\tPyCon 2017\t{0}:10\tfor Monday\t#weaving\n\
         {admirals}\there\t\tCompilers for admirals\tPyCon 2017\t{0}:16\t\t\n",
        path.display()
    );
    assert_eq!((list.status, list.out, list.err), (0, wanted, String::new()));
    let all = desk.json(&["bookmark", "list", "--json", "--sort", "due"]);
    let first = &all[0];
    assert_eq!(
        (&first["id"], &first["state"], &first["line"]),
        (&engines.clone().into(), &"here".into(), &10.into())
    );
    assert_eq!(
        (&first["quote"], &first["talk"]),
        (&"* as a loom weaves leaves".into(), &"pycon-2017/engines-and-looms".into())
    );
    assert_eq!((&first["due"], &first["interval"]), (&today().to_string().into(), &1.into()));
    assert_eq!(first["was"]["path"], "pycon.md");
    // Filtered as in the finder, by talk, person, note, tag and facet.
    for (query, wanted) in [
        (&["monday"][..], &engines),
        (&["speaker:grace"], &admirals),
        (&["tag:weav"], &engines),
        (&["is:due"], &engines),
        (&["-is:due"], &admirals),
        (&["loom", "has:video"], &engines),
    ] {
        let found = desk.run(&[&["bookmark", "list", "--jsonl"], query].concat());
        assert_eq!(found.out.lines().count(), 1, "{query:?}: {}", found.out);
        assert!(found.out.contains(wanted), "{query:?}");
    }
    assert_eq!(desk.run(&["bookmark", "list", "zebra"]).status, 1);
    assert_eq!(desk.run(&["list", "--jsonl", "is:due"]).out.lines().count(), 1);
    // The very same is not set twice; with another note it is.
    let again = desk.run(&["bookmark", "add", "admirals"]);
    assert_eq!((again.status, again.out.trim()), (0, admirals.as_str()));
    assert!(again.err.contains("there already"));
    let noted = desk.add(&["admirals", "--note", "x"]);
    assert_ne!(noted, admirals);
    // Removed by the start of its id, by its talk where that has one, by its line.
    // A whole title means that talk; a day given later is a change of the one that is there.
    let dated = desk.run(&["bookmark", "add", "compilers for admirals", "--due", "3d"]);
    assert!(
        dated.out.trim() == admirals && dated.err.contains("it has a new day"),
        "{} {}",
        dated.out,
        dated.err
    );
    let blank = desk.run(&["bookmark", "add", "engines", "--line", "11"]);
    assert!(blank.err.contains("no words on line 11, so the bookmark is on line 12"), "{}", blank.err);
    assert_eq!(desk.run(&["bookmark", "remove", &blank.out.trim().to_uppercase()]).status, 0);
    let both = desk.run(&["bookmark", "remove", "admirals"]);
    assert_eq!(both.status, 1);
    assert!(both.err.contains("several") && both.err.contains(&noted), "{}", both.err);
    assert_eq!(desk.run(&["bookmark", "remove", &noted[..8]]).status, 0);
    assert_eq!(desk.run(&["bookmark", "remove", "admirals"]).status, 0);
    assert_eq!(desk.run(&["bookmark", "remove", "engines", "--line", "3"]).status, 1);
    assert_eq!(desk.run(&["bookmark", "remove", "engines", "--line", "10"]).status, 0);
    assert_eq!(desk.run(&["bookmark", "list"]).status, 1);
}

#[test]
fn what_cannot_be_bookmarked_is_said() {
    let desk = Desk::new();
    let outside = desk.run(&["bookmark", "add", "engines", "--line", "19"]);
    assert_eq!(outside.status, 2);
    assert!(outside.err.contains("which has the lines 3 to 14 of"), "{}", outside.err);
    let ambiguous = desk.run(&["bookmark", "add", "s"]);
    assert_eq!(ambiguous.status, 1);
    assert!(ambiguous.err.contains("pycon-2017/compilers-for-admirals"));
    assert_eq!(desk.run(&["bookmark", "add", "zebra"]).status, 1);
    let day = desk.run(&["bookmark", "add", "engines", "--due", "soon"]);
    assert_eq!(day.status, 2);
    assert!(day.err.contains("\"soon\" is no day; write 2026-12-01"), "{}", day.err);
    assert!(!desk.path("marks.json").exists());
}

#[test]
fn the_queue_says_what_is_due_and_doubles_its_interval() {
    let desk = Desk::new();
    let empty = desk.run(&["due"]);
    assert_eq!(empty.status, 1);
    assert!(empty.err.contains("the revisit queue is empty"));
    let late = today().checked_sub(3.days()).expect("a day").to_string();
    let later = desk.add(&["admirals", "--due", "2w"]);
    let due = desk.add(&["engines", "--due", &late]);
    let first = desk.run(&["due"]);
    assert_eq!((first.status, first.out.lines().count()), (0, 1));
    assert!(first.out.starts_with(&due) && first.out.contains("3 days late"), "{}", first.out);
    let queue: Vec<String> = desk
        .run(&["due", "--queue"])
        .out
        .lines()
        .map(|l| l.split('\t').next().expect("an id").to_owned())
        .collect();
    assert_eq!(queue, [due.clone(), later]);
    for (interval, words) in [(2, "due in 2 days"), (4, "due in 4 days"), (8, "due in 8 days")] {
        let done = desk.run(&["due", "--done", &due]);
        assert_eq!(done.status, 0);
        assert!(done.err.contains(words), "{}", done.err);
        let mark = &desk.json(&["due", "--queue", "--json"])[0];
        assert_eq!((&mark["id"], &mark["interval"]), (&due.clone().into(), &interval.into()));
    }
    assert!(desk.run(&["due", "--snooze", &due, "--days", "3"]).err.contains("due in 3 days"));
    let none = desk.run(&["due"]);
    assert_eq!(none.status, 1);
    assert!(none.err.contains("nothing is due today; the next one is due in 3 days"), "{}", none.err);
}

#[test]
fn what_has_moved_is_told_and_accepted_and_what_is_lost_is_kept() {
    let desk = Desk::new();
    let engines = desk.add(&["engines", "--line", "10"]);
    let admirals = desk.add(&["admirals"]);
    assert_eq!(desk.run(&["bookmark", "check"]).status, 0);
    let edited = NOTES.replace("## Engines and looms", "Hello.\n\n## Looms and engines");
    desk.write("notes/pycon.md", &edited[..edited.find("## Compilers").expect("there")]);
    let check = desk.run(&["bookmark", "check"]);
    assert_eq!(check.status, 1, "one is lost");
    assert!(check.out.contains("its talk has another title: * as a loom weaves leaves"), "{}", check.out);
    assert!(check.err.contains("2 bookmarks: 1 moved, 1 lost"), "{}", check.err);
    let all = desk.json(&["bookmark", "check", "--json"]);
    assert_eq!(
        (&all[0]["id"], &all[0]["state"], &all[0]["line"]),
        (&engines.into(), &"moved".into(), &12.into())
    );
    assert_eq!(
        (&all[1]["id"], &all[1]["state"], &all[1]["path"]),
        (&admirals.into(), &"lost".into(), &Value::Null)
    );
    assert_eq!(all[1]["quote"], "## Compilers for admirals");
    assert!(desk.run(&["bookmark", "check", "--accept"]).err.contains("1 place accepted"));
    let again = desk.run(&["bookmark", "check"]);
    assert!(again.err.contains("2 bookmarks: 0 moved, 1 lost"), "{}", again.err);
    // It comes back with its talk.
    desk.write("notes/pycon.md", &edited);
    assert_eq!(desk.run(&["bookmark", "check"]).status, 0);
    // Other notes are no loss.
    desk.write("others/x.md", "# Harborconf 2020\n\n## Ropes\n\n* hold\n");
    let others = desk.path("others").to_string_lossy().into_owned();
    let elsewhere = desk.run(&["bookmark", "check", "--notes", &others]);
    assert_eq!(elsewhere.status, 0);
    assert!(elsewhere.err.contains("2 of other notes"), "{}", elsewhere.err);
}

/// The same notes under another root and in another home: every bookmark is found, and the file holds no path that
/// belongs to a machine.
#[test]
fn another_machine_finds_them_all() {
    let (here, there) = (Desk::new(), Desk::new());
    for line in [3, 5, 7, 9, 10, 12, 14] {
        here.add(&["engines", "--line", &line.to_string()]);
    }
    let file = std::fs::read_to_string(here.path("marks.json")).expect("saved");
    assert!(!file.contains(here.folder.path().to_str().expect("text")), "{file}");
    // Under another name, and deeper.
    std::fs::create_dir_all(there.path("elsewhere/deep")).expect("a folder");
    std::fs::rename(there.path("notes"), there.path("elsewhere/deep/mine")).expect("moved");
    std::fs::write(there.path("marks.json"), file).expect("copied");
    for root in ["elsewhere/deep/mine", "elsewhere", "elsewhere/deep/mine/pycon.md"] {
        let notes = there.path(root).to_string_lossy().into_owned();
        let all = there.json(&["bookmark", "list", "--json", "--notes", &notes]);
        let states: Vec<&str> = all.iter().filter_map(|mark| mark["state"].as_str()).collect();
        assert_eq!(states.len(), 7);
        // From further above than a bookmark knows, its file is another one of the same name: found, and said.
        let fine = |state: &&&str| **state == "here" || root == "elsewhere" && **state == "moved";
        assert_eq!(states.iter().filter(fine).count(), 7, "{root}: {states:?}");
    }
}

#[test]
fn exported_and_imported() {
    let (here, there) = (Desk::new(), Desk::new());
    here.add(&["engines", "--line", "10", "--note", "for *Monday*", "--tag", "weaving"]);
    here.add(&["admirals", "--due", "2030-01-02"]);
    let diary = here.run(&["bookmark", "export", "--as", "markdown"]);
    assert_eq!(
        diary.out,
        "# Bookmarks\n\n## PyCon 2017\n\n### Engines and looms\n\nAda Lovelace · [video](<https://v.example/1>)\n\n\
         > * as a loom weaves leaves\n\nfor *Monday*\n\n#weaving\n\n### Compilers for admirals\n\nGrace Hopper\n\n\
         revisit 2030-01-02\n\n"
    );
    let before = here.run(&["bookmark", "list"]).out;
    for form in ["json", "jsonl"] {
        let export = here.run(&["bookmark", "export", "--as", form]).out;
        there.write(&format!("given.{form}"), &export);
        let given = there.path(&format!("given.{form}")).to_string_lossy().into_owned();
        let dry = there.run(&["bookmark", "import", &given, "--dry-run"]);
        let wanted =
            if form == "json" { "would be: 2 added" } else { "would be: 0 added, 0 updated, 2 unchanged" };
        assert!(dry.out.starts_with(wanted), "{}", dry.out);
        assert_eq!(there.path("marks.json").exists(), form == "jsonl", "a dry run writes nothing");
        assert_eq!(there.run(&["bookmark", "import", &given]).status, 0);
        let again = there.run(&["bookmark", "import", &given]);
        assert_eq!(again.out, "0 added, 0 updated, 2 unchanged\n");
    }
    let strip = |list: &str, desk: &Desk| list.replace(desk.folder.path().to_str().expect("text"), "");
    assert_eq!(strip(&there.run(&["bookmark", "list"]).out, &there), strip(&before, &here));
    // What was removed here stays removed, unless it is asked for.
    assert_eq!(there.run(&["bookmark", "remove", "admirals"]).status, 0);
    let given = there.path("given.json").to_string_lossy().into_owned();
    let kept = there.run(&["bookmark", "import", &given]);
    assert!(kept.out.contains("1 removed here before and left so (--restore"), "{}", kept.out);
    let back = there.run(&["bookmark", "import", &given, "--restore"]);
    assert!(back.out.contains("1 brought back"), "{}", back.out);
    assert_eq!(there.run(&["bookmark", "list"]).out.lines().count(), 2);
    // From a pipe, with lines that are none among them, and what is nothing of the kind.
    let lines = "{\"talk\": \"Engines and looms\", \"path\": \"pycon.md\", \"line\": 9}\nnot JSON\n\n[]\n";
    let mut child = there.command(&["bookmark", "import", "-"]);
    let mut child =
        child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    std::io::Write::write_all(&mut child.stdin.take().expect("its input"), lines.as_bytes())
        .expect("written");
    let said = Said::of(child.wait_with_output().expect("it ends"));
    assert_eq!((said.status, said.out.as_str()), (0, "1 added, 0 updated, 0 unchanged\n"), "{}", said.err);
    assert!(said.err.contains("line 2:") && said.err.contains("line 4: no bookmark"), "{}", said.err);
    there.write("other.json", "{\"a\": 1}");
    let other = there.run(&["bookmark", "import", &there.path("other.json").to_string_lossy()]);
    assert_eq!(other.status, 2);
    assert!(other.err.contains("holds no bookmarks"), "{}", other.err);
    assert_eq!(there.run(&["bookmark", "import", "/nowhere/at/all.json"]).status, 2);
    // A listing is no export: what a bookmark is known by is not in it.
    there.write("rows.jsonl", &here.run(&["bookmark", "list", "--jsonl"]).out);
    let rows = there.run(&["bookmark", "import", &there.path("rows.jsonl").to_string_lossy()]);
    assert_eq!(rows.status, 2, "{}", rows.out);
}

/// Two branches of a notes folder are merged, and git leaves both sides in the file.
#[test]
fn conflict_markers_are_read_from_both_sides() {
    let desk = Desk::new();
    let engines = desk.add(&["engines"]);
    let one = std::fs::read_to_string(desk.path("marks.json")).expect("saved");
    let admirals = desk.add(&["admirals"]);
    let two = std::fs::read_to_string(desk.path("marks.json")).expect("saved");
    let at = one.find("  \"bookmarks\"").expect("the list");
    desk.write(
        "marks.json",
        &format!("{}<<<<<<< HEAD\n{}=======\n{}>>>>>>> laptop\n", &one[..at], &one[at..], &two[at..]),
    );
    let list = desk.run(&["bookmark", "list"]);
    assert!(list.out.contains(&engines) && list.out.contains(&admirals), "{}", list.out);
    assert!(list.err.contains("both sides of a git merge"), "{}", list.err);
    desk.add_quietly(&["engines", "--line", "14"]);
    let list = desk.run(&["bookmark", "list"]);
    assert_eq!((list.out.lines().count(), list.err.as_str()), (3, ""));
    assert!(desk.path("marks.json.conflict-1").exists());
}

impl Desk {
    fn add_quietly(&self, arguments: &[&str]) {
        assert_eq!(self.run(&[&["bookmark", "add"], arguments].concat()).status, 0);
    }
}

/// Bookmarks beside the notes, in the same folder: neither the file nor what is kept beside it is read as notes.
#[test]
fn the_file_may_lie_among_the_notes() {
    let desk = Desk::new();
    let before = desk.run(&["list"]).out;
    let file = desk.path("notes/bookmarks.json");
    for arguments in [&["engines"][..], &["admirals"], &["engines", "--note", "x"]] {
        let mut command = desk.command(&[&["bookmark", "add"], arguments].concat());
        assert!(command.env("HALLWAY_BOOKMARKS", &file).output().expect("runs").status.success());
    }
    std::fs::write(&file, "damaged").expect("written");
    let mut command = desk.command(&["bookmark", "list"]);
    assert!(command.env("HALLWAY_BOOKMARKS", &file).output().expect("runs").status.success());
    assert_eq!(desk.run(&["list"]).out, before);
}

/// Nothing in a bookmark acts on a terminal.
#[test]
fn notes_and_tags_are_shown_safely() {
    let desk = Desk::new();
    desk.add(&["engines", "--note", "a\u{1b}]52;c;eA==\u{7}b\u{202e}c", "--tag", "\u{1b}[2J"]);
    let json = desk.run(&["bookmark", "list", "--json"]);
    assert!(!json.out.contains('\u{1b}') && !json.out.contains('\u{202e}'));
    let mut coloured = desk.command(&["bookmark", "list", "--color=always"]);
    let out = String::from_utf8(coloured.output().expect("runs").stdout).expect("text");
    assert!(!out.contains("\u{1b}]") && !out.contains("\u{1b}[2J") && !out.contains('\u{202e}'), "{out:?}");
    let mut hands = desk.hands(80, 24);
    let screen = hands.press("'").screen();
    assert!(screen.contains('a') && !screen.contains('\u{1b}') && !screen.contains('\u{202e}'));
}

/// What somebody else does while a note is typed: it goes where it was meant, or is not lost without a word.
#[test]
fn a_note_goes_to_the_bookmark_that_it_was_typed_for() {
    let desk = Desk::new();
    let first = desk.add(&["engines", "--note", "one"]);
    desk.add(&["admirals", "--note", "two"]);
    let mut hands = desk.hands(100, 24);
    hands.press("' g a !");
    assert_eq!(desk.run(&["bookmark", "remove", &first]).status, 0);
    hands.happen(Event::BookmarksChanged);
    hands.press("enter");
    assert!(
        hands.screen().contains("not kept, the bookmark was removed elsewhere: one!"),
        "{}",
        hands.screen()
    );
    assert_eq!(desk.json(&["bookmark", "list", "--json"])[0]["note"], "two");
    // Nor does undo take back what is not ours.
    hands.press("g a ? enter");
    assert_eq!(desk.json(&["bookmark", "list", "--json"])[0]["note"], "two?");
    let mut other = desk.hands(100, 24);
    other.press("' g a ! enter");
    hands.happen(Event::BookmarksChanged);
    let screen = hands.press("u").screen();
    assert!(screen.contains("not undone: the bookmark was changed elsewhere since"), "{screen}");
    assert_eq!(desk.json(&["bookmark", "list", "--json"])[0]["note"], "two?!");
}

/// Editing without a change changes nothing: tags stay as they are, and so do the lines of a note.
#[test]
fn opening_and_keeping_is_no_change() {
    let desk = Desk::new();
    desk.add(&["engines", "--note", "line one\nline two", "--tag", "two words", "--tag", "b,c"]);
    let before = desk.json(&["bookmark", "list", "--json"]);
    assert_eq!(before[0]["tags"], serde_json::json!(["b", "c", "two", "words"]));
    let mut hands = desk.hands(100, 24);
    hands.press("' a enter t enter");
    assert_eq!(desk.json(&["bookmark", "list", "--json"]), before);
    hands.press("a ! enter");
    assert_eq!(desk.json(&["bookmark", "list", "--json"])[0]["note"], "line one\nline two!");
}

/// Lines that read the same: where one of them is gone, the other is not taken for it.
#[test]
fn a_twin_is_no_substitute() {
    let desk = Desk::new();
    let notes = "# PyCon 2017\n\n## Engines and looms\n\n* the engine weaves\n* TODO ask\n* a loom weaves leaves\n\
                 * TODO ask\n* who pays for it\n";
    desk.write("notes/pycon.md", notes);
    desk.add(&["engines", "--line", "6"]);
    desk.add(&["engines", "--line", "8"]);
    desk.write("notes/pycon.md", &notes.replacen("* TODO ask\n", "", 1));
    let all = desk.json(&["bookmark", "list", "--json", "--sort", "date"]);
    let state = |line: usize| {
        all.iter().find(|m| m["was"]["line"] == line).map(|m| (m["state"].clone(), m["line"].clone()))
    };
    assert_eq!(state(8), Some(("here".into(), 7.into())));
    assert_eq!(state(6), Some(("moved".into(), 3.into())), "its line is gone");
    // What is gone is not accepted: it would forget what it quotes.
    let accepted = desk.run(&["bookmark", "check", "--accept"]);
    assert!(accepted.err.contains("0 places accepted"), "{}", accepted.err);
    // A line that is the only one of its kind in its talk is found wherever it stands there.
    let moved = "# PyCon 2017\n\n## Engines and looms\n\n* TODO ask\n* the engine weaves\n\n## Admirals\n\n* TODO ask\n";
    desk.write("notes/pycon.md", &moved.replace("* TODO ask\n* the engine", "* the engine"));
    let other = Desk::new();
    other.write("notes/pycon.md", moved);
    other.add(&["engines", "--line", "5"]);
    other.write(
        "notes/pycon.md",
        &moved.replace("* TODO ask\n* the engine weaves\n", "* the engine weaves\n* at night\n* TODO ask\n"),
    );
    let all = other.json(&["bookmark", "list", "--json"]);
    assert_eq!((&all[0]["state"], &all[0]["line"]), (&"here".into(), &7.into()));
}

/// The last lines of a page that fits the screen are reached as well.
#[test]
fn a_bookmark_on_any_line_of_a_short_page() {
    let desk = Desk::new();
    let mut hands = desk.hands(100, 40);
    hands.press("ctrl-p engines enter");
    for _ in 0..30 {
        hands.press("j");
    }
    hands.press("m");
    let marks = &hands.model.marks.all;
    assert_eq!(marks[0].bookmark.anchor.quote, "* who pays for it");
    hands.press("k m");
    assert_eq!(hands.model.marks.all[0].bookmark.anchor.quote, "### Questions");
}

/// The keys of the list: sort, filter, note, tags, remove and undo.
#[test]
fn the_list_in_the_screen() {
    let desk = Desk::new();
    desk.add(&["engines", "--line", "10"]);
    desk.add(&["admirals"]);
    let mut hands = desk.hands(100, 24);
    let screen = hands.press("'").screen();
    assert!(
        screen.contains("Bookmarks · by place") && screen.contains("* as a loom weaves leaves"),
        "{screen}"
    );
    assert!(hands.press("s").screen().contains("by date"));
    hands.press("s s");
    // A note, in place.
    hands.press("g a loom space weaving enter");
    let screen = hands.screen();
    assert!(screen.contains("note saved") && screen.contains("loom weaving"), "{screen}");
    hands.press("t rust , #looms enter");
    assert!(hands.screen().contains("#looms #rust"), "{}", hands.screen());
    // What is typed and not kept is nothing.
    hands.press("a no esc");
    assert!(!hands.screen().contains("no loom"));
    // Filtered, with the finder's query.
    let screen = hands.press("/ tag:loo").screen();
    assert!(screen.contains("/tag:loo") && !screen.contains("admirals"), "{screen}");
    let screen = hands.press("enter").press("esc").screen();
    assert!(screen.contains("admirals") && screen.contains("Bookmarks ·"), "{screen}");
    // Removed, and undone; a change too.
    hands.press("m");
    assert!(hands.screen().contains("u brings it back") && !hands.screen().contains("looms #rust"));
    hands.press("u");
    assert!(
        hands.screen().contains("undone") && hands.screen().contains("loom weaving"),
        "{}",
        hands.screen()
    );
    hands.press("u u");
    let screen = hands.screen();
    assert!(!screen.contains("loom weaving") && !screen.contains("#looms"), "{screen}");
    hands.press("u");
    assert!(hands.screen().contains("no change of a bookmark to undo"), "{}", hands.screen());
    let all = desk.json(&["bookmark", "list", "--json"]);
    assert_eq!((all.len(), &all[0]["note"]), (2, &"".into()));
}

/// The queue: what is due comes first, `d` `z` and `x` deal with it, and nobody who puts nothing there meets it.
#[test]
fn the_queue_in_the_screen() {
    let desk = Desk::new();
    desk.add(&["engines", "--line", "10"]);
    desk.add(&["admirals"]);
    let mut hands = desk.hands(100, 24);
    assert!(!hands.screen().contains("1 due"), "{}", hands.screen());
    let screen = hands.press("R").screen();
    assert!(screen.contains("Revisit · 0 due") && screen.contains("d puts one on the queue"), "{screen}");
    // From the list of all, one is put there: for tomorrow.
    let screen = hands.press("R j d").screen();
    assert!(screen.contains("Bookmarks") && screen.contains("due tomorrow"), "{screen}");
    hands.press("k d");
    // Two days later both are late.
    hands.happen(Event::Today(jiff::civil::date(2026, 11, 28)));
    let screen = hands.press("esc").screen();
    assert!(screen.contains("2 due"), "{screen}");
    let screen = hands.press("R").screen();
    assert!(screen.contains("Revisit · 2 due") && screen.contains("2 days late"), "{screen}");
    let screen = hands.press("d").screen();
    assert!(screen.contains("Revisit · 1 due") && screen.contains("due in 2 days"), "{screen}");
    let screen = hands.press("z").screen();
    assert!(screen.contains("Revisit · 0 due") && screen.contains("due tomorrow"), "{screen}");
    let screen = hands.press("x x").screen();
    assert!(screen.contains("The revisit queue is empty"), "{screen}");
    assert_eq!(desk.run(&["due", "--queue"]).status, 1);
}

/// `a` in the reader: a note on the place, on a bookmark that is there or on a new one.
#[test]
fn a_note_where_one_reads() {
    let desk = Desk::new();
    let mut hands = desk.hands(100, 24);
    let screen = hands.press("ctrl-p engines enter a").screen();
    assert!(screen.contains("note: ") && screen.contains("enter keeps it"), "{screen}");
    hands.press("my space thought enter");
    assert!(hands.screen().contains("bookmark saved, with its note"));
    // Once more edits it, and an empty one leaves the bookmark.
    assert!(hands.press("a").screen().contains("note: my thought"));
    hands.press("! enter");
    assert_eq!(desk.json(&["bookmark", "list", "--json"])[0]["note"], "my thought!");
    hands.press("a ctrl-u enter");
    let all = desk.json(&["bookmark", "list", "--json"]);
    assert_eq!((all.len(), &all[0]["note"]), (1, &"".into()));
    // What is not kept sets nothing.
    hands.press("J a x esc");
    assert_eq!(desk.run(&["bookmark", "list"]).out.lines().count(), 1);
}

/// What has moved says so where one goes to it, and `A` accepts it; what is lost keeps its quote.
#[test]
fn moved_and_lost_in_the_screen() {
    let desk = Desk::new();
    desk.add(&["engines", "--line", "10"]);
    desk.add(&["admirals", "--line", "20"]);
    let edited = NOTES.replace("## Engines and looms", "## Looms and engines");
    desk.write("notes/pycon.md", &edited[..edited.find("## Compilers").expect("there")]);
    let mut hands = desk.hands(100, 24);
    let screen = hands.press("'").screen();
    assert!(
        screen.contains("moved: Looms and engines") && screen.contains("its talk has another title"),
        "{screen}"
    );
    assert!(
        screen.contains("lost: Compilers for admirals") && screen.contains("* ships need them"),
        "{screen}"
    );
    let screen = hands.press("g enter").screen();
    assert!(screen.contains("moved: its talk has another title; A in the list accepts it"), "{screen}");
    assert_eq!(hands.title(), Some("Looms and engines"));
    let screen = hands.press("' g A").screen();
    assert!(screen.contains("the bookmark stands here now") && !screen.contains("moved:"), "{screen}");
    let screen = hands.press("G enter").screen();
    assert!(screen.contains("not in these notes any more; its quote is kept"), "{screen}");
    assert!(hands.press("A").screen().contains("no place here that could be accepted"));
}

/// What another process changes is taken up, and what is done here comes on top of it.
#[test]
fn another_process_s_changes() {
    let desk = Desk::new();
    desk.add(&["engines", "--line", "10"]);
    let mut hands = desk.hands(100, 24);
    assert!(hands.screen().contains("★ 1"));
    desk.add(&["admirals", "--note", "from outside"]);
    hands.happen(Event::BookmarksChanged);
    assert!(hands.screen().contains("★ 2"), "{}", hands.screen());
    assert!(hands.press("'").screen().contains("from outside"));
    // Without being told, it is there with the next change.
    desk.add(&["engines", "--line", "14"]);
    hands.press("g a x enter");
    assert_eq!(hands.model.marks.all.len(), 3);
    assert_eq!(desk.run(&["bookmark", "list"]).out.lines().count(), 3);
}

/// Read again: every bookmark finds its place in the new notes.
#[test]
fn reading_again_finds_the_places_anew() {
    let desk = Desk::new();
    desk.add(&["engines", "--line", "10"]);
    let mut hands = desk.hands(100, 24);
    desk.write("notes/pycon.md", &NOTES.replace("## Engines", "Hello.\n\n## Engines"));
    hands.press("r ' enter");
    let line = hands.model.marks.all[0].found.expect("found").line;
    assert_eq!(line, 12);
    let height = usize::from(hands.model.areas().text.height);
    assert_eq!(hands.model.reader.place(height).line, 12);
}

#[test]
fn paths_in_the_file_are_portable() {
    let desk = Desk::new();
    desk.write("notes/deep/er/x.md", "# Harborconf 2020\n\n## Ropes that hold\n\n* hemp\n");
    desk.add(&["ropes", "that", "hold"]);
    let file = std::fs::read_to_string(desk.path("marks.json")).expect("saved");
    assert!(file.contains("\"path\": \"deep/er/x.md\"") && file.contains("\"root\": \"notes\""), "{file}");
    assert!(
        Path::new(&desk.path("marks.json.last-good")).symlink_metadata().is_err(),
        "there was nothing before"
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    /// Any keys in the list and the queue, at any size: nothing panics, and what the file holds is what is shown.
    #[test]
    fn any_keys(
        keys in proptest::collection::vec(proptest::sample::select(vec![
            "'", "R", "j", "k", "g", "G", "a", "t", "d", "z", "x", "A", "m", "u", "s", "/", "enter", "esc", "backspace",
            "y", "!", "ctrl-u", "space", "pagedown", "r",
        ]), 1..50),
        columns in 1_u16..100,
        rows in 1_u16..30,
    ) {
        let desk = Desk::new();
        desk.add(&["engines", "--line", "10", "--due", "today"]);
        desk.add(&["admirals", "--note", "x"]);
        let mut hands = desk.hands(columns, rows);
        hands.press("'");
        for key in keys {
            hands.press(key);
            hands.screen();
        }
        let shown: std::collections::BTreeSet<String> =
            hands.model.marks.all.iter().map(|mark| mark.bookmark.id.clone()).collect();
        let listed = desk.run(&["bookmark", "list", "--jsonl"]).out;
        let ids = listed.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let kept: std::collections::BTreeSet<String> =
            ids.map(|row| row["id"].as_str().expect("an id").to_owned()).collect();
        proptest::prop_assert_eq!(shown, kept);
    }
}
