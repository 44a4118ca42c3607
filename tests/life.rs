//! Life and death at a real terminal: signals on every screen, faults in every thread, output that is blocked, a terminal
//! that is closed. Whatever ends it, the terminal is as it was.
//!
//! `HALLWAY_TESTS=more` or `all` runs more of each.

#![cfg(unix)]
#![expect(clippy::print_stderr, reason = "what was counted is told")]

mod common;

use std::time::{Duration, Instant};

use common::pty::{DEADLINE, Pty, bookmarks, home, life_after_hang_up};
use common::rounds;
use rustix::process::{Signal, kill_process};

/// The modes of the terminal before and after, and the status that the shell sees.
const BETWEEN: &str = "stty -g > before; sh -c 'echo $$ > pid; exec \"$HALLWAY\"'; echo \"status $?\" > status; stty -g > after; echo over";

/// The keys that lead to a screen, and what is then to be seen.
const SCREENS: [(&str, &str, &str); 6] = [
    ("the tree", "", "PyCon 2017"),
    ("the reader", "jj\r", "min left"),
    ("the finder", "\x10kube", "kubernetes"),
    ("the search in the page", "/science", "science"),
    ("the bookmarks", "'", "Bookmarks"),
    ("a note being typed", "jjahalf a note", "half a note"),
];

fn said(pty: &Pty, name: &str) -> String {
    std::fs::read_to_string(pty.home.path().join(name)).expect("the shell has written it")
}

fn is_as_it_was(pty: &mut Pty, doing: &str) {
    pty.given_back().see("over");
    assert_eq!(said(pty, "before"), said(pty, "after"), "{doing}");
}

#[test]
fn signals_on_every_screen() {
    let signals = [Signal::TERM, Signal::INT, Signal::HUP, Signal::QUIT, Signal::TSTP];
    let (times, mut count) = (rounds(1, 2, 20), 0);
    let all = std::env::var_os("HALLWAY_TESTS").is_some();
    for (at, (screen, keys, seen)) in SCREENS.into_iter().enumerate() {
        for (which, signal) in signals.into_iter().enumerate() {
            // A sample meets each screen and each signal twice.
            if !all && (at + which) % 3 != 0 {
                continue;
            }
            for _ in 0..times {
                let doing = format!("{signal:?} on {screen}");
                let mut pty = Pty::shell(BETWEEN, &home());
                pty.see("PyCon 2017")
                    .press(keys)
                    .wait(&doing, |s| s.contents().to_lowercase().contains(&seen.to_lowercase()));
                let pid = pty.pid();
                if signal == Signal::TSTP {
                    // Nobody is there who could bring it back, so it goes on; and ends all the same.
                    kill_process(pid, signal).expect("sent");
                    kill_process(pid, Signal::CONT).expect("sent");
                    kill_process(pid, Signal::TERM).expect("sent");
                } else {
                    kill_process(pid, signal).expect("sent");
                }
                is_as_it_was(&mut pty, &doing);
                let raised = if signal == Signal::TSTP { Signal::TERM } else { signal };
                assert_eq!(said(&pty, "status"), format!("status {}\n", 128 + raised.as_raw()), "{doing}");
                count += 1;
            }
        }
    }
    eprintln!("{count} times ended by a signal, the terminal as it was");
}

/// Also when the hang-up is ignored, as under `nohup`.
#[test]
fn a_closed_terminal_ends_it_within_a_second() {
    let times = rounds(3, 10, 100);
    let mut longest = Duration::ZERO;
    for _ in 0..times {
        longest = longest.max(life_after_hang_up("trap '' HUP; exec \"$HALLWAY\"", true, Duration::ZERO));
    }
    eprintln!("{times} terminals closed with the hang-up ignored; the longest life after it: {longest:?}");
}

/// A fault in a worker is told, and the screen goes on; where nothing can go on, the terminal is given back.
#[cfg(debug_assertions)]
#[test]
fn a_fault_in_any_thread() {
    let at = |place: &str| format!("export HALLWAY_TEST_PANIC={place}; {BETWEEN}");
    for (place, keys, seen) in [
        ("layout", "jj", "could not be laid out"),
        ("seeker", "\x10kube", "Jump to a talk"),
        ("aside", "Vj\r", "fault in hallway"),
        ("bookmarks", "jjm", "fault in hallway"),
        ("painter", "jj\r", "PyCon"),
    ] {
        let mut pty = Pty::shell(&at(place), &home());
        pty.see("PyCon 2017").press(keys).see(seen);
        // Alive: it answers, and quits by itself.
        for _ in 0..2 {
            pty.press("\x1b");
            pty.contents();
        }
        pty.press("?").see("Keys").press("\x1b").miss("Keys").press("\x03");
        is_as_it_was(&mut pty, place);
        assert_eq!(said(&pty, "status"), "status 0\n", "{place}");
    }
    for (place, keys) in [("ui", "j"), ("loader", "")] {
        let mut pty = Pty::shell(&at(place), &home());
        pty.press(keys).see("panicked").see("fault in hallway, not in your notes");
        is_as_it_was(&mut pty, place);
        assert_eq!(said(&pty, "status"), "status 101\n", "{place}");
    }
}

/// ctrl-s: nothing can be written to the terminal any more. A signal ends it all the same, and what was set is saved.
#[cfg(target_os = "linux")]
#[test]
fn output_that_is_blocked() {
    for _ in 0..rounds(1, 3, 20) {
        let home = home();
        // The line discipline has to see ctrl-s; in raw mode, flow control is off, so the output is stopped from outside.
        let line = "stty -g > before; sh -c 'echo $$ > pid; exec \"$HALLWAY\"'; echo \"status $?\" > status; echo over";
        let mut pty = Pty::shell(line, &home);
        pty.see("PyCon 2017").press("jjm").see("bookmark saved");
        let terminal = std::fs::File::options()
            .write(true)
            .open(format!("/proc/{}/fd/0", pty.pid().as_raw_nonzero()))
            .expect("its terminal");
        rustix::termios::tcflow(&terminal, rustix::termios::Action::OOff).expect("stopped");
        for _ in 0..30 {
            pty.press("j").press("?").press("\x1b");
        }
        let pid = pty.pid();
        kill_process(pid, Signal::TERM).expect("sent");
        let start = Instant::now();
        while kill_process(pid, Signal::CONT).is_ok() {
            assert!(start.elapsed() < DEADLINE, "it waits for a terminal that takes nothing");
            std::thread::sleep(Duration::from_millis(10));
        }
        rustix::termios::tcflow(&terminal, rustix::termios::Action::OOn).expect("on again");
        pty.see("over");
        let saved = std::fs::read_to_string(bookmarks(home.path())).expect("the file");
        assert!(saved.contains("\"id\""), "{saved}");
    }
}
