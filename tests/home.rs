//! At home in any terminal: keys with and without kitty's protocol, the background, editors, notes that change by
//! themselves, a config that changes, and the dialogue. All of it in a real terminal.

#![cfg(unix)]
#![expect(clippy::print_stderr, reason = "what is skipped is told")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use common::pty::{HALLWAY, Pty, home};

/// A folder with notes of a conference: a talk for each title.
fn notes(home: &Arc<tempfile::TempDir>, titles: &[&str]) -> PathBuf {
    let folder = home.path().join("notes");
    std::fs::create_dir_all(&folder).expect("a folder");
    let talks: String =
        titles.iter().map(|title| format!("## {title}\n\nSpeaker: Ada Lovelace\n\nOne line.\n\n")).collect();
    std::fs::write(folder.join("harbor-2024.md"), format!("# HarborConf 2024\n\n{talks}")).expect("written");
    folder
}

/// A program in the home that does what a script says.
fn script(home: &Arc<tempfile::TempDir>, name: &str, text: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let path = home.path().join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("executable");
    path.to_string_lossy().into_owned()
}

/// How often the screen has said that it has read the notes again.
fn reloads(pty: &Pty) -> usize {
    let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
    raw.matches("read again").count()
}

/// The same keys, as an older terminal sends them and as kitty's protocol spells them.
#[test]
fn keys_with_and_without_kittys_protocol() {
    for (jump, esc, enter) in [("\x10", "\x1b", "\r"), ("\x1b[112;5u", "\x1b[27u", "\x1b[13u")] {
        let home = home();
        let mut pty = Pty::hallway(&[], &home);
        pty.see("PyCon 2017").press(jump).see("Jump to a talk").press(esc).miss("Jump to a talk");
        pty.press(jump).see("Jump to a talk").press("kube").see("static linking").press(enter);
        pty.miss("Jump to a talk").see("static linking on steroids").press("q");
        assert_eq!(pty.end(), 0);
        pty.given_back();
        let raw = pty.raw();
        let has = |bytes: &[u8]| raw.windows(bytes.len()).any(|window| window == bytes);
        assert!(has(b"\x1b[>1u") && has(b"\x1b[<1u"), "the protocol is asked for and given back");
    }
}

#[test]
fn sequences_from_the_config_and_their_hints() {
    let home = home();
    let folder = home.path().join(".config/hallway");
    std::fs::create_dir_all(&folder).expect("a folder");
    let config = folder.join("config.toml");
    std::fs::write(&config, "[keys.anywhere]\n\"ctrl-x ctrl-c\" = \"quit\"\nq = false\n").expect("written");
    let mut pty = Pty::hallway(&[], &home);
    pty.see("ctrl-x ctrl-c quit").press("q").press("\x18").see("quit; in a reader").press("x");
    pty.see("ctrl-x x does nothing here").press("\x18\x03");
    assert_eq!(pty.end(), 0);
    pty.given_back();
}

/// What the terminal answers is taken out of the keys; keys that were typed meanwhile are all there.
#[test]
fn the_terminal_tells_its_background_between_the_keys() {
    let home = home();
    let mut pty = Pty::with(&[], &[("COLORTERM", "truecolor")], &home);
    pty.see("PyCon 2017");
    let dark = b"38;2;154;160;171";
    let light = b"38;2;92;98;107";
    pty.output_has(dark).press("\x10ku\x1b]11;rgb:ffff/ffff/f0f0\x1b\\be").output_has(light);
    pty.see("kube").see("static linking").press("\x1b").miss("Jump to a talk").press("q");
    assert_eq!(pty.end(), 0);
    // The next start begins with what was told.
    let pty = Pty::with(&[], &[("COLORTERM", "truecolor")], &home);
    let mut pty = pty;
    pty.see("PyCon 2017");
    let raw = pty.raw();
    assert!(
        !raw.windows(dark.len()).any(|window| window == dark),
        "it is drawn for a light background at once"
    );
    pty.press("q");
    assert_eq!(pty.end(), 0);
}

/// The editor gets the terminal as it was, the file and the line; hallway takes the terminal back, and reads what was
/// changed.
#[test]
fn an_editor_at_the_line_and_back() {
    let home = home();
    let folder = notes(&home, &["The first", "The second"]);
    let editor = script(
        &home,
        "nvim",
        "echo \"$@\" > told; stty -a | tr ' ' '\\n' | grep -c '^-\\?icanon' > mode; stty -a | grep -o -- '-\\?icanon' > mode\n\
         printf 'type> '; read word; echo \"$word\" > typed; printf '\\n## A third\\n\\nMore.\\n' >> \"$2\"",
    );
    let mut pty = Pty::with(&["notes"], &[("VISUAL", &editor)], &home);
    pty.see("2 talks")
        .press("\x10")
        .see("Jump")
        .press("second\r")
        .miss("Jump to a talk")
        .see("harbor-2024.md:9");
    pty.press("e").see("type>").press("jjq\r").see("A third").see("3 talks");
    let read = |name: &str| std::fs::read_to_string(home.path().join(name)).expect(name);
    let file = folder.canonicalize().expect("there").join("harbor-2024.md");
    assert_eq!(read("told").trim(), format!("+9 {}", file.display()));
    assert_eq!(read("mode").trim(), "icanon", "the editor finds the terminal as the shell left it");
    assert_eq!(read("typed").trim(), "jjq", "keys are the editor's while it runs");
    pty.press("j").press("q").press("q");
    assert_eq!(pty.end(), 0);
    pty.given_back();
}

#[test]
fn an_editor_that_cannot_be_started_or_fails_is_told() {
    let home = home();
    notes(&home, &["The first"]);
    let mut pty = Pty::with(&["notes"], &[("VISUAL", "/nowhere/editor")], &home);
    pty.see("1 talk").press("jje").see("cannot be started").press("q");
    assert_eq!(pty.end(), 0);
    let failing = script(&home, "fails", "exit 3");
    let mut pty = Pty::with(&["notes"], &[("VISUAL", &failing)], &home);
    pty.see("1 talk").press("jje").see("ended with exit status: 3").press("q");
    assert_eq!(pty.end(), 0);
}

/// ctrl-c in the editor is the editor's.
#[test]
fn an_interrupt_in_the_editor_does_not_end_hallway() {
    let home = home();
    notes(&home, &["The first"]);
    let editor =
        script(&home, "patient", "trap 'echo caught' INT\nprintf 'type> '\nread word\nread word\nexit 0");
    // At once, where the signal may still be on its way; and later than a loop that was told to end is given to do so.
    for patience in [0, 2_800] {
        let mut pty = Pty::with(&["notes"], &[("VISUAL", &editor)], &home);
        pty.see("1 talk").press("jje").see("type>").press("\x03").see("caught");
        std::thread::sleep(std::time::Duration::from_millis(patience));
        pty.press("a\rb\r").see("HarborConf 2024");
        pty.press("q");
        assert_eq!(pty.end(), 0);
        pty.given_back();
    }
}

/// Saves a text the way an editor does.
type Save<'s> = &'s dyn Fn(&Path, &str);

/// The ways in which editors save: over the file, by a rename, by a backup and a new file.
#[test]
fn each_way_of_saving_is_one_reload() {
    let over = |path: &Path, text: &str| std::fs::write(path, text).expect("written");
    let vim = |path: &Path, text: &str| {
        // With a backup: a probe, the old file aside, a new one, the backup gone.
        let probe = path.with_file_name("4913");
        std::fs::write(&probe, "").expect("probe");
        std::fs::remove_file(&probe).expect("probe gone");
        let backup = path.with_file_name("harbor-2024.md~");
        std::fs::rename(path, &backup).expect("aside");
        std::fs::write(path, text).expect("written");
        std::fs::remove_file(&backup).expect("backup gone");
    };
    let emacs = |path: &Path, text: &str| {
        let lock = path.with_file_name(".#harbor-2024.md");
        std::os::unix::fs::symlink("me@here.1", &lock).expect("a lock");
        std::fs::rename(path, path.with_file_name("harbor-2024.md~")).expect("backup");
        std::fs::write(path, text).expect("written");
        std::fs::remove_file(&lock).expect("unlocked");
    };
    let code = |path: &Path, text: &str| {
        let temporary = path.with_file_name("harbor-2024.md.tmp.7");
        std::fs::write(&temporary, text).expect("written");
        std::fs::rename(&temporary, path).expect("renamed");
    };
    let ways: [(&str, Save); 4] = [("over", &over), ("vim", &vim), ("emacs", &emacs), ("code", &code)];
    for (name, save) in ways {
        let home = home();
        let folder = notes(&home, &["The first", "The second"]);
        let mut pty = Pty::hallway(&["notes"], &home);
        pty.see("2 talks").press("jjj").see("harbor-2024.md:9");
        let path = folder.join("harbor-2024.md");
        let text = std::fs::read_to_string(&path).expect("notes");
        wait_for_watch(&mut pty, &folder);
        let before = reloads(&pty);
        save(
            &path,
            &text.replace("## The first", "## A new one\n\nSpeaker: Grace Hopper\n\nNew.\n\n## The first"),
        );
        pty.see("3 talks").see("A new one");
        let screen = pty.contents();
        assert!(screen.contains("▌    The second"), "{name}: the cursor stays\n{screen}");
        assert_eq!(reloads(&pty) - before, 1, "{name}");
        pty.press("q");
        assert_eq!(pty.end(), 0);
    }
}

/// Waits until changes of a folder are seen: the watch begins behind the first frame.
fn wait_for_watch(pty: &mut Pty, folder: &Path) {
    for n in 0.. {
        let probe = folder.join(format!("probe-{n}.md"));
        std::fs::write(&probe, "# Probe\n\nA note.\n").expect("written");
        let seen = pty.soon("read again");
        std::fs::remove_file(&probe).expect("gone");
        if seen {
            break;
        }
        assert!(n < 50, "the watch never begins");
    }
    // The probe going away is a change, too.
    pty.press("k").press("j").contents();
    std::thread::sleep(std::time::Duration::from_millis(400));
    pty.press("k").press("j").contents();
}

/// A checkout that changes a hundred files is one reload, and a branch is read as it is.
#[test]
fn a_checkout_of_a_hundred_files_is_one_reload() {
    if Command::new("git").arg("--version").output().is_err() {
        eprintln!("skipped: there is no git here");
        return;
    }
    let home = home();
    let folder = home.path().join("notes");
    std::fs::create_dir_all(folder.join("pycon-2020")).expect("a folder");
    let git = |arguments: &[&str]| {
        let identity =
            ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
        let output =
            Command::new("git").args(identity).args(arguments).current_dir(&folder).output().expect("git");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let write = |from: usize, word: &str| {
        for n in from..100 {
            let talk = format!("# Talk {word} {n}\n\nSpeaker: Ada Lovelace\n\nA line.\n");
            std::fs::write(folder.join(format!("pycon-2020/{n:03}.md")), talk).expect("written");
        }
    };
    git(&["init", "-q"]);
    write(0, "here");
    git(&["add", "."]);
    git(&["commit", "-qm", "one"]);
    git(&["checkout", "-qb", "other"]);
    write(0, "there");
    git(&["commit", "-qam", "two"]);
    let mut pty = Pty::hallway(&["notes"], &home);
    pty.see("Talk there 0");
    wait_for_watch(&mut pty, &folder.join("pycon-2020"));
    let before = reloads(&pty);
    git(&["checkout", "-q", "main"]);
    pty.see("Talk here 0").contents();
    assert_eq!(reloads(&pty) - before, 1);
    pty.press("q");
    assert_eq!(pty.end(), 0);
}

/// A file that all others hear of is on the screen before they are looked over again, which takes a while where they are many.
#[test]
fn what_has_changed_is_seen_before_all_is_read_again() {
    let home = home();
    let folder = home.path().join("notes");
    let talk = |title: &str| format!("# {title}\n\nSpeaker: Ada Lovelace\n\nDate: 05/06/2020\n\nA line.\n");
    for year in 1990..2020 {
        let conference = folder.join(format!("harborconf-{year}"));
        std::fs::create_dir_all(&conference).expect("a folder");
        for n in 0..100 {
            std::fs::write(conference.join(format!("{n:03}.md")), talk(&format!("Talk {n} of {year}")))
                .expect("written");
        }
    }
    let mut pty = Pty::hallway(&["notes"], &home);
    pty.see("3000 talks").miss("reading");
    wait_for_watch(&mut pty, &folder.join("harborconf-1990"));
    pty.miss("reading");
    // No talk of this one was there, and the day says how all others write theirs.
    let text = talk("The first of all").replace("05/06", "25/06");
    std::fs::write(folder.join("harborconf-1990/0.md"), text).expect("written");
    pty.wait("the talk, while others are read", |screen| {
        let screen = screen.contents();
        screen.contains("The first of all") && screen.contains("reading…")
    });
    pty.see("read again").miss("reading").see("The first of all");
    pty.press("q");
    assert_eq!(pty.end(), 0);
}

/// Where no more folders can be watched, they are looked over, and that is said. The limit is real: one of a user
/// namespace of its own.
#[test]
#[cfg(target_os = "linux")]
fn without_watches_the_notes_are_looked_over() {
    let limited = "echo 0 > /proc/sys/user/max_inotify_instances 2>/dev/null && exec \"$HALLWAY\" notes";
    let possible = Command::new("unshare")
        .args(["-Ur", "sh", "-c", "echo 0 > /proc/sys/user/max_inotify_instances"])
        .output();
    if !possible.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no user namespace can be made here");
        return;
    }
    let home = home();
    let folder = notes(&home, &["The first"]);
    let mut pty = Pty::shell(&format!("unshare -Ur sh -c '{limited}'"), &home);
    pty.see("1 talk").see("looked over every");
    std::fs::write(folder.join("more.md"), "# HarborConf 2025\n\n## Later\n\nSpeaker: Ada\n\nx\n")
        .expect("written");
    pty.see("2 talks");
    // One that is there is edited. (Who looks over them goes by whole seconds.)
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    std::fs::write(
        folder.join("more.md"),
        "# HarborConf 2025\n\n## Earlier and later\n\nSpeaker: Ada\n\nx\n",
    )
    .expect("written");
    pty.see("Earlier and later").press("q");
    assert_eq!(pty.end(), 0);
}

/// Another folder in the place of the notes, as a sync or a fresh checkout leaves it, is watched from then on; and so is one
/// that comes back.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_in_the_place_of_the_notes_is_watched() {
    let home = home();
    let folder = notes(&home, &["The first"]);
    let mut pty = Pty::hallway(&["notes"], &home);
    pty.see("1 talk");
    let add = |name: &str, title: &str| {
        std::fs::write(folder.join(name), format!("# HarborConf 2025\n\n## {title}\n\nSpeaker: Ada\n\nx\n"))
            .expect("written");
    };
    // The watch begins behind the first frame: saved until it is seen.
    for n in 0.. {
        add("more.md", &format!("Seen at first, {n}"));
        if pty.soon("notes changed, read again") {
            break;
        }
        assert!(n < 50, "a change is never seen");
    }
    std::fs::remove_dir_all(&folder).expect("gone");
    std::fs::create_dir(&folder).expect("another");
    add("other.md", "In the other folder");
    pty.see("In the other folder");
    add("third.md", "Watched there too");
    pty.see("Watched there too");
    std::fs::remove_dir_all(&folder).expect("gone");
    pty.see("there is no such file or folder");
    std::fs::create_dir(&folder).expect("back");
    add("fourth.md", "It is back");
    // What was there before is not: the notes are read anew.
    pty.see("It is back").see("1 talk");
    pty.press("q");
    assert_eq!(pty.end(), 0);
}

/// A config that is saved holds at once; one at fault changes nothing, and is told.
#[test]
fn the_config_holds_when_it_is_saved() {
    let home = home();
    let folder = home.path().join(".config/hallway");
    std::fs::create_dir_all(&folder).expect("a folder");
    let config = folder.join("config.toml");
    std::fs::write(&config, "mouse = false\n").expect("written");
    let mut pty = Pty::hallway(&[], &home);
    pty.see("PyCon 2017");
    // The watch begins behind the first frame: saved until it is seen.
    for n in 0.. {
        std::fs::write(&config, format!("reader.width = {}\n[keys.anywhere]\n\"x\" = \"quit\"\n", 60 + n))
            .expect("written");
        if pty.soon("the config was changed") {
            break;
        }
        assert!(n < 50, "the config is never read again");
    }
    // Another file for the bookmarks is one from then on.
    std::fs::write(&config, "bookmarks = \"beside.json\"\n[keys.anywhere]\n\"x\" = \"quit\"\n")
        .expect("written");
    let beside = folder.join("beside.json");
    pty.press("jjj");
    for n in 0..100 {
        if beside.exists() {
            break;
        }
        assert!(n < 99, "no bookmark is kept in the new file");
        pty.press("m").contents();
    }
    std::fs::write(&config, "mouse = 3\n").expect("written");
    pty.see("config.toml:1:9: `mouse` is true or false").press("x");
    assert_eq!(pty.end(), 0);
}

/// What hallway does not know in a config is said when it starts; and what was asked for on the command line holds, though
/// a config that is saved says otherwise.
#[test]
fn warnings_at_the_start_and_options_that_hold() {
    let home = home();
    let folder = home.path().join(".config/hallway");
    std::fs::create_dir_all(&folder).expect("a folder");
    let config = folder.join("config.toml");
    std::fs::write(&config, "them = \"dark\"\n").expect("written");
    let mut pty = Pty::hallway(&["--no-mouse", "--color", "never"], &home);
    pty.see("no setting is called `them`; did you mean theme?").see("config at fault").press("j");
    for n in 0.. {
        std::fs::write(&config, format!("mouse = true\ncolors = \"true\"\nreader.width = {}\n", 60 + n))
            .expect("written");
        if pty.soon("the config was changed") {
            break;
        }
        assert!(n < 50, "the config is never read again");
    }
    pty.miss("config at fault").press("q");
    assert_eq!(pty.end(), 0);
    let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
    assert!(!raw.contains("38;2;") && !raw.contains("\x1b[?1000h"), "neither colours nor the mouse");
}

/// The first config is taken up too, though its folder comes while the screen is open.
#[test]
fn the_first_config_is_taken_up() {
    let home = home();
    let mut pty = Pty::hallway(&[], &home);
    pty.see("PyCon 2017").press("j").contents();
    let folder = home.path().join(".config/hallway");
    std::fs::create_dir_all(&folder).expect("a folder");
    let config = folder.join("config.toml");
    for n in 0.. {
        std::fs::write(&config, format!("reader.width = {}\n", 60 + n)).expect("written");
        if pty.soon("the config was changed") {
            break;
        }
        assert!(n < 50, "the config is never read");
    }
    pty.press("q");
    assert_eq!(pty.end(), 0);
}

/// No repaint, no frame, no colour: line after line, with jump, read, bookmark and quit.
#[test]
fn the_dialogue_on_a_dumb_terminal() {
    let home = home();
    let mut pty = Pty::with(&[], &[("TERM", "dumb")], &home);
    pty.see("5 conferences, 88 talks")
        .see("> ")
        .press("kube\r")
        .see("Kubernetes for Pythonistas")
        .press("1\r");
    pty.see("Kelsey Hightower").see("> ").press("m\r").see("Bookmark set.").press("'\r").see("Bookmarks: 1.");
    pty.press("q\r");
    assert_eq!(pty.end(), 0);
    let raw = pty.raw();
    assert!(!raw.contains(&0x1b), "no sequence goes to a terminal that only writes");
    let frames = ["│", "─", "╭", "▌"];
    let text = String::from_utf8_lossy(&raw).into_owned();
    assert!(frames.iter().all(|sign| !text.contains(sign)), "{text}");
    let saved = std::fs::read_to_string(common::pty::bookmarks(home.path())).expect("bookmarks");
    assert!(saved.contains("Kubernetes for Pythonistas"), "{saved}");
}

/// In a locale that is not UTF-8, and with `--ascii`, nothing but ASCII goes out.
#[test]
fn a_plain_locale_gets_ascii() {
    for (arguments, variables) in [(&[][..], &[("LANG", "C")][..]), (&["--ascii"][..], &[][..])] {
        let home = home();
        let mut pty = Pty::with(arguments, variables, &home);
        pty.see("PyCon 2017")
            .press("jjj\r")
            .see("> Big")
            .press("?")
            .see("Keys")
            .press("q")
            .press("\x10")
            .see("Jump");
        pty.press("\x1b").miss("Jump to a talk").press("qq");
        assert_eq!(pty.end(), 0);
        let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
        let other: String = raw.chars().filter(|c| !c.is_ascii()).collect();
        assert_eq!(other, "", "{arguments:?}");
    }
}

/// Where signs of ambiguous width are wide, every line ends where it should: the border stands in its column.
#[test]
fn wide_signs_keep_their_columns() {
    let home = home();
    let folder = notes(&home, &["αβγδ «quoted» ±1"]);
    assert!(folder.exists());
    let config = home.path().join("wide.toml");
    std::fs::write(&config, "ambiguous-width = \"wide\"\n").expect("written");
    let mut pty = Pty::with(&["notes", "--config", "wide.toml"], &[], &home);
    pty.see("γ").press("q");
    assert_eq!(pty.end(), 0);
    let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
    assert!(!raw.contains('│') && !raw.contains('…') && raw.contains('|'), "our own signs are ASCII there");
    // An emulator draws them narrow, so behind wide text the cursor is put where the next cell is.
    assert!(raw.contains("αβγδ") || raw.contains('α'), "{raw}");
}

/// A terminal that goes away ends the screen and `pick` without an abort, also below a parent that stays.
#[test]
fn a_terminal_that_goes_away_is_no_abort() {
    for program in ["\"$HALLWAY\"", "\"$HALLWAY\" pick"] {
        let home = home();
        let line = format!("trap '' HUP; {program} 2>said; echo $? > ended");
        let mut command = portable_pty::CommandBuilder::new("sh");
        command.args(["-c", &line]);
        command.cwd(home.path());
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("HALLWAY", HALLWAY)] {
            command.env(name, value);
        }
        command.env("HOME", home.path());
        let pty = portable_pty::native_pty_system().openpty(portable_pty::PtySize::default()).expect("a pty");
        let mut child = pty.slave.spawn_command(command).expect("the program starts");
        drop(pty.slave);
        // Read by hand, so that nobody holds the terminal when it is to be closed.
        let mut from = pty.master.try_clone_reader().expect("a reader");
        let (mut seen, mut bytes) = (Vec::new(), [0; 4096]);
        while seen.len() < 1_500 {
            let n = std::io::Read::read(&mut from, &mut bytes).expect("output");
            seen.extend_from_slice(&bytes[..n]);
        }
        drop((from, pty.master));
        let ended = home.path().join("ended");
        let start = std::time::Instant::now();
        while std::fs::read_to_string(&ended).unwrap_or_default().trim().is_empty() {
            assert!(start.elapsed() < common::pty::DEADLINE, "{program} goes on");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let status = std::fs::read_to_string(&ended).expect("ended");
        assert_ne!(status.trim(), "134", "{program} aborted");
        let _ = child.wait();
    }
}

/// Line by line where the terminal only writes.
#[test]
fn pick_on_a_dumb_terminal() {
    let home = home();
    notes(&home, &["The first", "The second"]);
    let line = "TERM=dumb; export TERM; $HALLWAY pick --notes notes -q sec > picked; echo over";
    let mut pty = Pty::shell(line, &home);
    pty.see("1. The second").see("> ").press("1\r").see("over");
    pty.end();
    assert!(!pty.raw().contains(&0x1b));
    let picked = std::fs::read_to_string(home.path().join("picked")).expect("picked");
    assert_eq!(picked.trim(), "harborconf-2024/the-second");
}

/// `pick` draws on the terminal and prints on standard output: in a pipe, and for a command substitution.
#[test]
fn pick_in_a_command_substitution() {
    let home = home();
    notes(&home, &["The first", "The second"]);
    let line = "path=\"$($HALLWAY pick --notes notes --height 6 --format '{path}:{line}')\"; echo \"status $? $path\" > picked; echo over";
    let mut pty = Pty::shell(line, &home);
    pty.see("2/2").press("sec").see("1/2").press("\r").see("over");
    pty.end();
    let picked = std::fs::read_to_string(home.path().join("picked")).expect("picked");
    assert_eq!(picked.trim(), "status 0 notes/harbor-2024.md:9");
    let quick = Command::new(HALLWAY)
        .args(["pick", "--notes", "notes", "-q", "second", "--select-1", "--exit-0", "--print0"])
        .current_dir(home.path())
        .env("HOME", home.path())
        .output()
        .expect("runs");
    assert_eq!(String::from_utf8_lossy(&quick.stdout), "harborconf-2024/the-second\0");
}
