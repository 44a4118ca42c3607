//! The built program in a real terminal: a PTY with an emulator behind it. Everything waits for
//! what it wants to see, with a deadline; nothing sleeps and hopes.

#![cfg(unix)]

mod common;

use std::io::Write;
use std::time::{Duration, Instant};

use common::pty::{DEADLINE, HALLWAY, Pty, bookmarks, home};
use portable_pty::CommandBuilder;

/// Runs hallway between two looks at the line discipline, and writes its process id down.
const BETWEEN: &str = "stty -g > before; sh -c 'echo $$ > pid; exec \"$HALLWAY\"'; echo \"status $?\" > status; stty -g > after; echo over";

#[test]
fn jump_bookmark_quit_and_it_is_there_again() {
    let home = home();
    let mut pty = Pty::hallway(&[], &home);
    pty.see("PyCon 2017").press("\x10").see("Jump to a talk").press("kube").see("/88").see("static linking");
    pty.press("\r").miss("Jump to a talk").see("static linking on steroids");
    pty.press("m").see("bookmark saved").see("★ 1");
    pty.press("q");
    assert_eq!(pty.end(), 0);
    pty.given_back();
    let saved = std::fs::read_to_string(bookmarks(home.path())).expect("the file is there");
    assert!(saved.contains("Kubernetes for Pythonistas"), "{saved}");

    let mut pty = Pty::hallway(&[], &home);
    pty.see("★ 1")
        .press("'")
        .see("Bookmarks")
        .press("\r")
        .miss("Bookmarks")
        .see("static linking on steroids");
    pty.press("m").see("bookmark removed").press("q");
    assert_eq!(pty.end(), 0);
}

/// A sequence that begins and never ends: a half of a mouse report, a paste that was cut off, `esc [ ?` in one go.
#[test]
fn half_a_sequence_swallows_no_key() {
    let home = home();
    for half in ["\x1b[?", "\x1b[<0;1", "\x1b[M", "\x1b]11;rgb:", "\x1b[200~words"] {
        let mut pty = Pty::hallway(&[], &home);
        pty.see("PyCon 2017").press(half);
        // What is pasted into the tree is nothing; its end is given up after a while.
        std::thread::sleep(Duration::from_millis(if half.ends_with("words") { 1_300 } else { 0 }));
        pty.press("\x10").see("Jump to a talk").press("\x03").miss("Jump to a talk").press("q");
        assert_eq!(pty.end(), 0, "{half:?}");
        pty.given_back();
    }
}

/// A bookmark that another process sets is there without a key, and a screen that nothing happens to stays as it is.
#[test]
fn another_process_s_bookmark_appears_by_itself() {
    let home = home();
    let mut pty = Pty::hallway(&[], &home);
    pty.see("PyCon 2017").press("jjm").see("bookmark saved").see("★ 1");
    let add = |talk: &str| {
        let mut command = std::process::Command::new(HALLWAY);
        command.args(["bookmark", "add", talk]).env_clear().env("HOME", home.path());
        assert!(command.output().expect("hallway runs").status.success());
    };
    add("pymc");
    pty.see("★ 2");
    add("trio");
    pty.see("★ 3").press("u").see("undone").see("★ 2").press("q");
    assert_eq!(pty.end(), 0);
    let saved = std::fs::read_to_string(bookmarks(home.path())).expect("the file is there");
    assert!(saved.contains("PyMC3") && saved.contains("Trio"), "{saved}");
}

/// Talks that were there when their folder was first opened are not new, however many files it has.
#[test]
fn a_folder_that_is_opened_for_the_first_time_has_nothing_new() {
    let home = home();
    let notes = home.path().join("notes/pycon-2017");
    std::fs::create_dir_all(&notes).expect("a folder");
    for n in 0..120 {
        let talk = format!("# Talk number {n}\n\nSpeaker: Ada Lovelace\n\n{}", "A word or two. ".repeat(40));
        std::fs::write(notes.join(format!("{n:03}.md")), talk).expect("written");
    }
    let mut pty = Pty::hallway(&["notes"], &home);
    pty.see("120 talks").see("Talk number 0");
    let reading = home.path().join(".local/share/hallway/reading.json");
    let start = Instant::now();
    while !reading.exists() {
        assert!(start.elapsed() < DEADLINE, "the talks are taken notice of");
        std::thread::sleep(Duration::from_millis(5));
    }
    let screen = pty.press("jj").contents();
    assert!(!screen.contains('•'), "{screen}");
    pty.press("q");
    assert_eq!(pty.end(), 0);
    // One that comes later is.
    std::fs::write(notes.join("000-first.md"), "# The very first\n\nSpeaker: Ada Lovelace\n\nOne.\n")
        .expect("written");
    let mut pty = Pty::hallway(&["notes", "--no-state"], &home);
    pty.see("121 talks").see("•").press("q");
    assert_eq!(pty.end(), 0);
}

/// hallway opens where one left off; a damaged session file is no matter, and `--no-state` starts
/// anew.
#[test]
fn it_resumes_where_one_left_off() {
    let home = home();
    let mut pty = Pty::hallway(&[], &home);
    pty.see("PyCon 2017")
        .press("\x10")
        .see("Jump to a talk")
        .press("postgres scale\r")
        .miss("Jump to a talk");
    pty.see("psqlrc").press("]").press("]").miss("psqlrc").see("Is it healthy?").press("q");
    assert_eq!(pty.end(), 0);
    let mut pty = Pty::hallway(&[], &home);
    pty.see("Is it healthy?").miss("psqlrc").press("q");
    assert_eq!(pty.end(), 0);
    let mut pty = Pty::hallway(&["--no-state"], &home);
    pty.see("The built-in collection").press("q");
    assert_eq!(pty.end(), 0);
    // Where that page was left is known once more after another talk was read, and so is the way back.
    let mut pty = Pty::hallway(&[], &home);
    pty.see("Is it healthy?")
        .press("\x10")
        .see("Jump to a talk")
        .press("kube")
        .see("static linking")
        .press("\r");
    pty.miss("Jump to a talk").see("Kubernetes for Pyth").press("q");
    assert_eq!(pty.end(), 0);
    let mut pty = Pty::hallway(&[], &home);
    pty.see("static linking").press("\x0f").see("Is it healthy?").miss("psqlrc").press("q");
    assert_eq!(pty.end(), 0);
    let session = home.path().join(".local/state/hallway/session.json");
    std::fs::write(session, "{ damaged").expect("written");
    let mut pty = Pty::hallway(&[], &home);
    pty.see("The built-in collection").press("q");
    assert_eq!(pty.end(), 0);
}

/// A bookmark that was asked for right before leaving is saved before the program ends.
#[test]
fn a_bookmark_set_right_before_q_is_saved() {
    let home = home();
    let mut pty = Pty::hallway(&[], &home);
    pty.see("PyCon 2017").press("jjmq");
    assert_eq!(pty.end(), 0);
    let saved = std::fs::read_to_string(bookmarks(home.path())).expect("the file is there");
    assert!(saved.contains("Unexpected Effectiveness"), "{saved}");
}

#[test]
fn signals_give_the_terminal_back() {
    use rustix::process::Signal;
    for signal in [Signal::TERM, Signal::INT, Signal::HUP, Signal::QUIT] {
        let home = home();
        let mut pty = Pty::shell(BETWEEN, &home);
        pty.see("PyCon 2017");
        rustix::process::kill_process(pty.pid(), signal).expect("sent");
        pty.given_back().see("over");
        let read = |name: &str| std::fs::read_to_string(home.path().join(name)).expect("written");
        assert_eq!(read("before"), read("after"), "{signal:?}");
        let expected = format!("status {}\n", 128 + signal.as_raw());
        assert_eq!(read("status"), expected, "the parent sees the signal");
    }
}

#[test]
fn quitting_gives_the_terminal_back() {
    let home = home();
    let mut pty = Pty::shell(BETWEEN, &home);
    pty.see("PyCon 2017").wait("our modes", |s| s.alternate_screen() && s.hide_cursor()).press("q");
    pty.given_back().see("over");
    let read = |name: &str| std::fs::read_to_string(home.path().join(name)).expect("written");
    assert_eq!(read("before"), read("after"));
    assert_eq!(read("status"), "status 0\n");
}

/// Says loudly what was not tested, past the test runner's capture.
fn skipped(test: &str, why: &str) {
    let _ = writeln!(std::io::stderr(), "\nSKIPPED {test}: {why}\n");
}

/// Whether a program is there.
fn have(program: &str) -> bool {
    std::process::Command::new(program).arg("--version").output().is_ok()
}

#[test]
fn suspend_and_come_back() {
    if !have("bash") {
        return skipped("suspend_and_come_back", "there is no bash with job control here");
    }
    let home = home();
    let mut command = CommandBuilder::new("bash");
    command.args(["--norc", "--noprofile", "-i"]);
    let mut pty = Pty::run(command, &home);
    // The shell's own prompt would switch bracketed paste on again, and hide whether it was given back.
    pty.press("PS1='ready> '; bind 'set enable-bracketed-paste off'\n").see("ready> ");
    pty.press("\"$HALLWAY\"\n").see("PyCon 2017").press("j").see("20 talks");
    pty.press("\x1a").given_back().see("Stopped");
    pty.press("echo free $((6*7))\n").see("free 42");
    pty.press("fg\n").wait("the screen again", |s| s.alternate_screen() && s.contents().contains("20 talks"));
    pty.press("q").given_back().wait("a new prompt", |s| s.contents().trim_end().ends_with("ready>"));
    pty.press("exit\n").end();
}

#[test]
fn resize_to_nothing_and_back() {
    let home = home();
    let mut pty = Pty::hallway(&[], &home);
    pty.see("PyCon 2017").press("jjj").see("What you want");
    for (columns, rows) in [(1, 1), (20, 3), (40, 12), (200, 50)] {
        pty.resize(columns, rows).press("j").press("k");
    }
    pty.resize(80, 24).see("What you want").see("q quit").press("q");
    assert_eq!(pty.end(), 0);
}

/// Also when the hang-up signal is ignored, as under `nohup`, and when none is sent, because the
/// terminal is not the session's own.
#[test]
fn a_closed_terminal_ends_the_process() {
    for (line, own) in
        [("exec \"$HALLWAY\"", true), ("trap '' HUP; exec \"$HALLWAY\"", true), ("exec \"$HALLWAY\"", false)]
    {
        // At rest, so that it is the hang-up that ends it and not a frame that cannot be written.
        common::pty::life_after_hang_up(line, own, Duration::from_millis(300));
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_one_in_a_worker_does_not_end_it() {
    let home = home();
    let mut pty = Pty::shell(&format!("export HALLWAY_TEST_PANIC=ui; {BETWEEN}"), &home);
    pty.see("PyCon 2017").press("j");
    pty.given_back().see("panicked").see("over");
    let read = |name: &str| std::fs::read_to_string(home.path().join(name)).expect("written");
    assert_eq!(read("before"), read("after"));

    let mut pty = Pty::shell("export HALLWAY_TEST_PANIC=layout; exec \"$HALLWAY\"", &home);
    pty.see("could not be laid out").press("j").see("could not be laid out").press("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn notes_on_standard_input_leave_the_keys_to_the_terminal() {
    let home = home();
    std::fs::write(home.path().join("n.md"), "# RustFest 2019\n\n## One\n\nAda Lovelace\n\nhello there\n")
        .expect("file");
    let mut pty = Pty::shell("cat n.md | \"$HALLWAY\" -", &home);
    pty.see("RustFest 2019").press("jj").see("hello there").press("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn errors_come_before_the_screen_is_taken() {
    let home = home();
    let mut pty = Pty::hallway(&["no-such-folder"], &home);
    pty.see("there is no such file or folder");
    assert_eq!(pty.end(), 2);
    assert!(!String::from_utf8_lossy(&pty.raw()).contains("\x1b[?1049h"));
}

/// The steps of a save, seen from outside: the new content is flushed to the disk before it
/// takes the old one's place, and the folder after.
#[cfg(target_os = "linux")]
#[test]
fn a_save_is_on_the_disk_before_it_is_said() {
    if !have("strace") {
        return skipped("a_save_is_on_the_disk_before_it_is_said", "there is no strace here");
    }
    let home = home();
    let line = "exec strace -f -y -o log -e trace=fsync,rename,renameat,renameat2 \"$HALLWAY\"";
    let mut pty = Pty::shell(line, &home);
    pty.see("PyCon 2017").press("jjm").see("bookmark saved").press("q");
    assert_eq!(pty.end(), 0);
    let log = std::fs::read_to_string(home.path().join("log")).expect("the log");
    let calls: Vec<&str> = log
        .lines()
        .filter(|l| l.contains("/.local") && !l.contains("/state"))
        .map(|l| {
            let flushed_file = l.contains("fsync(") && l.contains(".new>");
            if flushed_file {
                "flush file"
            } else if l.contains("fsync(") {
                "flush folder"
            } else {
                "rename"
            }
        })
        .collect();
    // Each folder that was made is sure to be there, too: `.local/share/hallway`, in `.local/share`, in `.local`.
    assert_eq!(calls, ["flush folder", "flush folder", "flush file", "rename", "flush folder"], "{log}");
}

/// A disk that fails at a step of a save: the old bookmarks stay, no temporary is left, and the
/// person is told, at once and again at the end. One that works again has them saved at the end.
#[cfg(target_os = "linux")]
#[test]
fn a_failing_disk_leaves_the_old_bookmarks() {
    if !have("strace") {
        return skipped("a_failing_disk_leaves_the_old_bookmarks", "there is no strace here");
    }
    let home = home();
    let mut pty = Pty::hallway(&[], &home);
    pty.see("PyCon 2017").press("jjm").see("bookmark saved").press("q");
    assert_eq!(pty.end(), 0);
    let before = std::fs::read(bookmarks(home.path())).expect("saved");
    for (fault, lasting) in [
        ("fsync:error=EIO:when=1+", true),
        ("rename,renameat,renameat2:error=EROFS:when=1+", true),
        ("fsync:error=EIO:when=1", false),
        ("fsync:error=EIO:when=2", false),
    ] {
        let calls = fault.split(':').next().unwrap_or_default();
        let line = format!("exec strace -f -o log -e trace={calls} -e inject={fault} \"$HALLWAY\"");
        let mut pty = Pty::shell(&line, &home);
        pty.see("★ 1").press("jjjm").see("for this session only").see("★ 2").press("q");
        if lasting {
            pty.see("could not be saved");
        }
        assert_eq!(pty.end(), if lasting { 2 } else { 0 }, "{fault}");
        let log = std::fs::read_to_string(home.path().join("log")).expect("the log");
        assert!(log.contains("(INJECTED)"), "{fault}: {log}");
        let file = bookmarks(home.path());
        let folder = std::fs::read_dir(file.parent().expect("the folder")).expect("listed");
        let names: Vec<_> = folder.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        assert!(!names.iter().any(|name| name.ends_with(".new")), "{fault}: {names:?}");
        let after = std::fs::read(&file).expect("there");
        assert_eq!(after == before, lasting, "{fault}");
        std::fs::write(&file, &before).expect("as before");
    }
}

/// No byte of a note acts on the terminal, wherever it stands.
#[test]
fn notes_cannot_speak_to_the_terminal() {
    let home = home();
    let attack = "\x1b[2J\x1b]52;c;UFdORUQ=\x07\x1b]0;PWNED\x07\u{9b}31m\u{9d}0;PWNED\u{9c}\x1bP+q\x1b\\&#x1b;[5mPWNED";
    let notes = home.path().join("notes");
    std::fs::create_dir(&notes).expect("folder");
    let text = format!(
        "---\ntitle: {attack}\n---\n\n# Conf{attack} 2019\n\n## Title {attack}\n\nSpeaker: Ada {attack}\n\n\
         text {attack}\n\n* item {attack}\n\n`code {attack}`\n\n```\n{attack}\n```\n\n[link {attack}](https://x.y/{attack})\n\n\
         | a {attack} | b |\n|---|---|\n| c | {attack} |\n\n## Other\n\nx\n"
    );
    std::fs::write(notes.join("a\x1b]0;PWNED\x07.md"), &text).expect("file");
    std::fs::write(notes.join("plain.txt"), attack).expect("file");
    let mut pty = Pty::hallway(&["notes"], &home);
    pty.see("talks").press("jjj").press("\x10").see("Jump to a talk").press("PWNED").see("/").press("\r");
    pty.press("m").see("bookmark").press("'").see("Bookmarks").press("q?").see("Keys").press("qqq");
    pty.end();
    // Our own question after the terminal's background is the one string command that goes out.
    let raw = String::from_utf8_lossy(&pty.raw()).replacen("\x1b]11;?\x1b\\", "", 1).into_bytes();
    let has = |bytes: &[u8]| raw.windows(bytes.len()).any(|w| w == bytes);
    for forbidden in
        [&b"\x1b]"[..], b"\x07", b"\x1bP", b"\x1b[5m", b"\xc2\x9b", b"\xc2\x9d", b"\xc2\x9c", b"\x1b[2J"]
    {
        assert!(!has(forbidden), "{forbidden:?} reached the terminal");
    }
    assert!(has("␛".as_bytes()), "what was taken out is shown");
}

/// An idle screen costs nothing: no time, and no wake-up of any thread.
#[cfg(target_os = "linux")]
#[test]
fn idle_costs_nothing() {
    let home = home();
    let mut pty = Pty::shell("echo $$ > pid; exec \"$HALLWAY\"", &home);
    pty.see("PyCon 2017").press("jj").see("mosaic");
    let pid = pty.pid().as_raw_nonzero();
    // Switches of every thread, and the ticks that they ran.
    let work = || {
        let mut total = (0_u64, 0_u64);
        for task in std::fs::read_dir(format!("/proc/{pid}/task")).expect("running").flatten() {
            let read = |name: &str| std::fs::read_to_string(task.path().join(name)).unwrap_or_default();
            for line in read("status").lines().filter(|l| l.contains("ctxt_switches")) {
                total.0 += line.rsplit('\t').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
            }
            total.1 += read("schedstat").split(' ').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
        }
        total
    };
    // What the last key set off comes to rest first.
    let mut before = work();
    let settled = Instant::now();
    loop {
        std::thread::sleep(Duration::from_millis(200));
        let now = work();
        if now == before {
            break;
        }
        assert!(settled.elapsed() < DEADLINE, "it never comes to rest");
        before = now;
    }
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(work(), before, "(context switches, nanoseconds) while idle");
    pty.press("q").end();
}

/// The choice goes into a command substitution; what stood above stays, and the terminal is as it was.
#[test]
fn pick_in_a_command_substitution() {
    let home = home();
    let line = "stty -g > before; echo above; X=\"$($HALLWAY pick --format '{title}')\"; echo \"got $X, status $?\"; \
                stty -g > after";
    let mut pty = Pty::shell(line, &home);
    pty.see("above")
        .see("Jump to a talk")
        .press("postgers\r")
        .see("got Postgres at any scale, status 0")
        .see("above");
    pty.miss("Jump to a talk");
    pty.end();
    let read = |name| std::fs::read_to_string(home.path().join(name)).expect("written");
    assert_eq!(read("before"), read("after"));
}

#[test]
fn pick_can_be_cancelled_and_settles_what_it_can() {
    let home = home();
    let mut pty = Pty::shell("$HALLWAY pick --height 6; echo \"status $?\"", &home);
    pty.see("Jump to a talk").press("\x1b").see("status 130");
    pty.end();
    let mut pty =
        Pty::shell("$HALLWAY pick -1 -q hightower; $HALLWAY pick -0 -q zzzzz; echo \"status $?\"", &home);
    pty.see("pycon-2017/kubernetes-for-pythonistas").see("status 1");
    pty.end();
}

/// Everything at once, as from a fast hand: what comes behind Enter is meant for what it opens.
#[test]
fn keys_wait_for_the_answer_that_they_are_meant_for() {
    let home = home();
    let mut pty = Pty::hallway(&[], &home);
    pty.see("PyCon 2017").press("Sorchestrates\rm").see("it orchestrates the").see("bookmark saved");
    pty.press("q");
    assert_eq!(pty.end(), 0);
    let saved = std::fs::read_to_string(bookmarks(home.path())).expect("the file is there");
    assert!(saved.contains("orchestrates"), "{saved}");
}

/// So are keys that go on to the next match while its page is still being laid out.
#[test]
fn the_next_match_waits_for_its_page() {
    let home = home();
    let mut pty = Pty::hallway(&[], &home);
    // The overview, which stands there until the page does, says "Python" many times.
    pty.see("88 talks · built in").press("Spython\r").miss("Search the notes").see("3/4");
    pty.press("hg").see("5 conferences").press("Spython\rn").miss("Search the notes").see("4/4");
    pty.press("q");
    assert_eq!(pty.end(), 0);
}

/// What was read is known to the next session and to the command line.
#[test]
fn read_marks_outlive_the_program() {
    let home = home();
    let mut pty = Pty::hallway(&[], &home);
    pty.see("PyCon 2017").press("\x10kube\r").miss("Jump to a talk").see("static linking on steroids");
    pty.press("jq");
    assert_eq!(pty.end(), 0);
    let mut pty = Pty::shell("$HALLWAY list -is:unread; echo over", &home);
    pty.see("over").see("PyCon 2017  1 talk").see("Kubernetes for Pythonistas");
}

/// The queries of last time are there in the next session.
#[test]
fn earlier_queries_outlive_the_program() {
    let home = home();
    let mut pty = Pty::hallway(&[], &home);
    pty.see("PyCon 2017").press("\x10kube\r").miss("Jump to a talk").see("Kubernetes").press("q");
    assert_eq!(pty.end(), 0);
    let mut pty = Pty::hallway(&[], &home);
    pty.see("Kubernetes").press("\x10").see("Jump to a talk").press("\x1b[1;3A").see("› kube");
    pty.press("\x1b").miss("Jump to a talk").press("q");
    assert_eq!(pty.end(), 0);
}

const READER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/reader");

/// A program that takes note of how it is called, in the place of another.
#[cfg(unix)]
fn recording_stub(home: &tempfile::TempDir, name: &str) {
    use std::os::unix::fs::PermissionsExt;
    let folder = home.path().join("bin");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    let script = format!(
        "#!/bin/sh\nfor word in \"$#\" \"$@\"; do printf '%s\\n' \"$word\"; done > \"$HOME/{name}.said.new\"\nmv \"$HOME/{name}.said.new\" \"$HOME/{name}.said\"\n"
    );
    std::fs::write(&path, script).expect("written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("a program");
}

/// What a stub took note of, once it has.
#[cfg(unix)]
fn said(home: &tempfile::TempDir, name: &str) -> String {
    let start = Instant::now();
    loop {
        match std::fs::read_to_string(home.path().join(format!("{name}.said"))) {
            Ok(text) => return text,
            Err(_) if start.elapsed() < DEADLINE => std::thread::yield_now(),
            Err(error) => panic!("{name} was not called: {error}"),
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_link_opens_by_one_argument_and_no_shell() {
    let home = home();
    recording_stub(&home, "xdg-open");
    let line = format!("PATH=\"$HOME/bin:$PATH\" exec $HALLWAY --no-state {READER} --at everything");
    let mut pty = Pty::shell(&line, &home);
    pty.see("Everything a page can hold").press("v").see("opened video.example.org");
    assert_eq!(said(&home, "xdg-open"), "1\nhttps://video.example.org/watch/42#t=754\n");
    pty.press("qq");
    assert_eq!(pty.end(), 0);
}

#[test]
fn without_a_browser_the_address_is_shown_and_copied() {
    let home = home();
    let line = format!("SSH_TTY=/dev/pts/9 exec $HALLWAY --no-state {READER} --at lamps");
    let mut pty = Pty::shell(&line, &home);
    pty.see("The lamps again").press("s").see("no browser here; copied https://slides.example.org/lamps");
    // base64 of the address.
    pty.output_has(b"\x1b]52;c;aHR0cHM6Ly9zbGlkZXMuZXhhbXBsZS5vcmcvbGFtcHM=");
    pty.press("qq");
    assert_eq!(pty.end(), 0);
}

#[test]
fn the_mouse_is_given_to_the_terminal_and_taken_back() {
    let home = home();
    let mut pty = Pty::hallway(&["--no-state", READER, "--at", "lamps"], &home);
    pty.see("The lamps again").press("M").see("the mouse is the terminal's");
    pty.wait("the mouse to be given away", |s| s.mouse_protocol_mode() == vt100::MouseProtocolMode::None);
    pty.press("M").see("the mouse is hallway's");
    pty.wait("the mouse to be taken", |s| s.mouse_protocol_mode() != vt100::MouseProtocolMode::None);
    pty.press("qq");
    assert_eq!(pty.end(), 0);
}

#[cfg(unix)]
#[test]
fn show_is_paged_when_that_is_asked_for() {
    let home = home();
    recording_stub(&home, "pager");
    let line = format!(
        "PATH=\"$HOME/bin:$PATH\" PAGER='pager --two words' $HALLWAY show lamps --notes {READER} --pager; echo ended $?"
    );
    let mut pty = Pty::shell(&line, &home);
    pty.see("ended 0");
    assert_eq!(said(&home, "pager"), "2\n--two\nwords\n");
    let line = format!("PAGER=no-such-pager $HALLWAY show lamps --notes {READER} --pager; echo ended $?");
    Pty::shell(&line, &home).see("cannot be started").see("ended 2");
    let line = format!("$HALLWAY show lamps --notes {READER}; echo ended $?");
    Pty::shell(&line, &home).see("Ole Brandt").see("ended 0");
}

/// A page of ten megabytes: its first screen comes before it is read, its end can be gone to at once.
#[test]
fn a_very_long_page_is_read_from_end_to_end() {
    let home = home();
    let mut text = String::from("# HarborConf 2024\n\n## A long talk\n\nNora Lind\n\nThe first words.\n\n");
    (0..120_000).for_each(|n| {
        text += &format!("Paragraph {n} says little, and says it at some length, as they do.\n\n")
    });
    text += "The very last words.\n";
    std::fs::write(home.path().join("long.md"), text).expect("written");
    let mut pty = Pty::hallway(&["--no-state", "long.md", "--at", "long"], &home);
    pty.see("The first words").press("G").see("The very last words").see("100%");
    pty.press("g").see("The first words").press("/very last\r").see("The very last words");
    pty.resize(60, 20).see("The very last words");
    // ctrl-c quits whether or not the reader stands alone by now; `q` would go back first.
    pty.press("\x03");
    assert_eq!(pty.end(), 0);
}

/// Telling the terminal where links lead changes no cell, wherever the page is scrolled to.
#[test]
fn hyperlinks_change_no_cell() {
    let screens = |force: &str| {
        let home = home();
        let line = format!("FORCE_HYPERLINK={force} exec $HALLWAY --no-state {READER} --at everything");
        let mut pty = Pty::shell(&line, &home);
        pty.see("Everything a page can hold");
        if force == "1" {
            pty.output_has(b"\x1b]8;;https://video.example.org/watch/42\x1b\\");
        }
        let mut seen = Vec::new();
        for (keys, text) in [
            ("", "This page is a fixture"),
            ("G", "100%"),
            ("kkkkkkkk", "HTML's text counts"),
            ("g", "Nora Lind"),
            ("jjj", "Lists in lists"),
        ] {
            pty.press(keys).see(text);
            seen.push(pty.contents());
        }
        pty.press("qq");
        assert_eq!(pty.end(), 0);
        seen
    };
    for (with, without) in screens("1").iter().zip(&screens("0")) {
        assert_eq!(with, without);
    }
}
