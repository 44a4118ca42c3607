//! Any key, any size, any moment: random events over the pure update and view, answers late and out of order, notes that
//! change meanwhile; and a random person at a real terminal.
//!
//! `HALLWAY_TESTS=more` or `all` runs more of it: a million events, and twenty thousand through a terminal.

#![expect(clippy::print_stderr, reason = "what was counted is told")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::{Hands, rounds};
use fastrand::Rng;
use hallway::config::keys::{Code, Key};
use hallway::config::table::TABLE;
use hallway::library::load::Roots;
use hallway::report::page::Subject;
use hallway::tui::areas::finder_areas;
use hallway::tui::event::{Changed, Event, Mouse, MouseKind, Size};
use hallway::tui::model::Model;
use hallway::tui::overlay::Overlay;
use hallway::tui::update::update;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SIZES: [(u16, u16); 14] = [
    (0, 0),
    (1, 1),
    (1, 40),
    (20, 3),
    (20, 10),
    (3, 2),
    (40, 12),
    (79, 24),
    (80, 24),
    (120, 40),
    (300, 2),
    (80, 6),
    (33, 9),
    (90, 5),
];

/// Notes that change under the program, and the events that tell of it.
struct Folder {
    folder: tempfile::TempDir,
    turns: usize,
}

impl Folder {
    fn new() -> Self {
        let folder = Self { folder: tempfile::tempdir().expect("a folder"), turns: 0 };
        folder.fill();
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn fill(&self) {
        let body = "Speaker: Ada Lovelace\nVideo: https://example.org/v\n\nWords about looms, and a [link](two.md#part) and \
                    https://example.org/x at 12:30.\n\n### Part\n\n| a | b |\n|---|---|\n| wide wide wide wide wide wide | 日本語の表 |\n\n\
                    ```rust\nfn main() { let wide = \"a line of code that is wider than any pane of forty columns is\"; }\n```\n\n";
        let mut one = String::from("# PyCon 2019\n\nIntroduction.\n\n");
        for talk in 0..7 {
            one.push_str(&format!("## Looms number {talk} ✨\n\n{}", body.repeat(talk % 3 + 1)));
        }
        let long = "A line of prose that goes on.\n\n".repeat(400);
        // Where a number of bytes is taken for a place, it is mostly within a character.
        let kanji = "会議の記録を読む。".repeat(90) + "\n\n";
        let kanji =
            format!("# 会議 2021\n\n## 一\n\n{0}{0}{0}## 二\n\n{0}### 部\n\n{0}{0}## 三\n\n{0}", kanji);
        let hostile = "\x1b[2J\u{202e}x\u{9b}1m e\u{301}\u{301} 👩\u{200d}👧 > > > deep\n\n".repeat(6);
        for (name, text) in [
            ("one.md", one),
            ("two.md", format!("# RustFest 2018\n\n## Day 1\n\n### First\n\n{body}\n### Second\n\n{long}")),
            ("three.rst", "Conf 2020\n=========\n\nA talk\n------\n\n.. note:: x\n\n   y\n".to_owned()),
            ("four.txt", format!("# Odd\n\n## {hostile}\n\n{hostile}")),
            ("kanji.md", kanji),
            ("empty.md", String::new()),
        ] {
            fs::write(self.path(name), text).expect("a file");
        }
    }

    /// Changes something; what a watcher would say.
    fn change(&mut self, random: &mut Rng) -> Changed {
        self.turns += 1;
        let path = self.path(["one.md", "two.md", "four.txt", "kanji.md", "new.md"][random.usize(0..5)]);
        let text = fs::read_to_string(&path).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let cut = random.usize(0..=lines.len());
        match random.u8(0..7) {
            0 => self.fill(),
            1 => fs::write(&path, format!("{text}\n## Added {}\n\nwords\n", self.turns)).expect("written"),
            2 => fs::write(&path, lines[..cut].join("\n")).expect("written"),
            3 => fs::write(&path, lines[cut..].join("\n")).expect("written"),
            4 => drop(fs::remove_file(&path)),
            5 => fs::write(&path, text.replace("Looms", "Wheels")).expect("written"),
            // Nothing is left, for a moment.
            _ => ["one.md", "two.md", "three.rst", "four.txt", "kanji.md", "new.md"]
                .iter()
                .for_each(|name| drop(fs::remove_file(self.path(name)))),
        }
        if random.bool() { Changed::Anything } else { Changed::These(vec![path]) }
    }
}

fn key(random: &mut Rng) -> Key {
    if random.u8(0..4) > 0 {
        let row = &TABLE[random.usize(0..TABLE.len())];
        if let Some(key) =
            row.keys.first().and_then(|_| Key::parse(row.keys[random.usize(0..row.keys.len())]))
        {
            return key;
        }
    }
    let code = match random.u8(0..8) {
        0 => Code::Enter,
        1 => Code::Esc,
        2 => Code::Backspace,
        3 => Code::Char(random.char(..)),
        _ => Code::Char(char::from(random.u8(b' '..127))),
    };
    Key { code, ctrl: random.u8(0..12) == 0, alt: random.u8(0..12) == 0, shift: random.u8(0..20) == 0 }
}

fn event(random: &mut Rng, size: Size, folder: &mut Folder) -> Event {
    match random.u16(0..1_000) {
        0..700 => Event::Key(key(random)),
        700..880 => {
            const KINDS: [MouseKind; 8] = [
                MouseKind::Click,
                MouseKind::DoubleClick,
                MouseKind::Drag,
                MouseKind::Release,
                MouseKind::WheelUp,
                MouseKind::WheelDown,
                MouseKind::WheelLeft,
                MouseKind::WheelRight,
            ];
            // Some terminals report cells that are not there.
            let cell = |random: &mut Rng, most: u16| random.u16(0..=most.saturating_add(3));
            let (column, row) = (cell(random, size.columns), cell(random, size.rows));
            Event::Mouse(Mouse { kind: KINDS[random.usize(0..8)], column, row })
        }
        880..950 => {
            let (columns, rows) = SIZES[random.usize(0..SIZES.len())];
            Event::Resize(Size { columns, rows })
        }
        950..970 => {
            let words = ["looms", "a\nb", "\x1b[2J", "", "speaker:ada", "日本", "/x(/", "\"open"];
            Event::Paste(words[random.usize(0..words.len())].into())
        }
        970..990 => Event::NotesChanged(folder.change(random)),
        990..993 => Event::BookmarksChanged,
        993..995 => Event::Resumed,
        995..997 => Event::Background { light: random.bool() },
        997 => Event::Told("something was said".into()),
        998 => Event::Today(jiff::civil::date(2026, 11, random.i8(1..28))),
        _ => Event::Edited(if random.bool() { Ok(()) } else { Err("it failed".into()) }),
    }
}

/// What holds whatever has happened.
fn check(model: &Model, buffer: &Buffer) {
    let Size { columns, rows } = model.size;
    assert_eq!((buffer.area.width, buffer.area.height), (columns, rows));
    for cell in buffer.content() {
        assert!(!cell.symbol().chars().any(char::is_control), "{:?}", cell.symbol());
    }
    let screen = Rect::new(0, 0, columns, rows);
    let areas = model.areas();
    for area in [
        areas.header, areas.tree, areas.divider, areas.reader, areas.text, areas.footer, areas.tree_bar,
        areas.reader_bar,
    ] {
        assert!(area.is_empty() || screen.union(area) == screen, "{area:?} on {screen:?}");
    }
    let is_there = |subject: Subject| match subject {
        Subject::Overview => true,
        Subject::Conference(id) => id.index() < model.library.conferences.len(),
        Subject::Track(id) => id.index() < model.library.tracks.len(),
        Subject::Talk(id) => id.index() < model.library.talks.len(),
        Subject::Group(_) => true,
    };
    let tree = &model.tree;
    assert!(tree.selected < tree.rows.len().max(1) && tree.offset < tree.rows.len().max(1), "{tree:?}");
    assert!(tree.rows.iter().all(|row| is_there(row.subject)));
    assert!(is_there(model.reader.subject), "{:?}", model.reader.subject);
    assert!(model.reader.scroll <= model.reader.page.lines.len());
    let held = |selected: usize, rows: usize| assert!(selected < rows.max(1), "row {selected} of {rows}");
    match &model.overlay {
        Some(Overlay::Finder(state)) => {
            // Until there is an answer, the cursor of last time waits for its row.
            state.answer.iter().for_each(|answer| held(state.list.selected, answer.items.len()));
            // Where there is no row, one of other notes or no room, the page of before stands there and is not asked for.
            let theirs = state.answer.as_ref().is_some_and(|a| Arc::ptr_eq(&a.library, &model.library));
            let shown = finder_areas(model.size).preview.width > 0;
            assert!(
                !theirs || !shown || state.item().is_none() || is_there(state.preview.subject),
                "{:?}",
                state.preview.subject
            );
        }
        Some(Overlay::Outline(state)) => held(state.list.selected, state.through.len()),
        Some(Overlay::Bookmarks(state)) => held(state.list.selected, state.rows.len()),
        Some(Overlay::Menu(menu)) => held(menu.list.selected, menu.through.len()),
        Some(Overlay::Links(hints)) => held(hints.selected, hints.all.len()),
        Some(Overlay::Prompt(_) | Overlay::Help(_)) | None => {}
    }
}

/// Answers come when they come: some at once, some late, some never, in any order.
fn live(seed: u64, events: usize) {
    let mut random = Rng::with_seed(seed);
    let mut folder = Folder::new();
    let home = tempfile::tempdir().expect("a home");
    let roots = Roots::Paths(vec![folder.folder.path().to_path_buf()]);
    let mut hands = Hands::open_with(&roots, 80, 24, Some(home.path().join("bookmarks.json")));
    hands.reading = Some(home.path().join("reading.json"));
    let mut answers: Vec<Event> = Vec::new();
    let mut done: Vec<String> = Vec::new();
    for _ in 0..events {
        let late = random.usize(0..4) > 0;
        let event = if !answers.is_empty() && late {
            let at = if random.bool() { 0 } else { random.usize(0..answers.len()) };
            answers.remove(at)
        } else {
            event(&mut random, hands.model.size, &mut folder)
        };
        let told = format!("{event:?}");
        done.push(told.chars().take(90).collect());
        done.drain(..done.len().saturating_sub(30));
        let held = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let effects = update(&mut hands.model, event);
            for effect in effects {
                answers.extend(hands.perform(effect));
            }
            check(&hands.model, &hands.buffer());
        }));
        if let Err(panic) = held {
            eprintln!("seed {seed}; what came before:\n{}", done.join("\n"));
            std::panic::resume_unwind(panic);
        }
        if answers.len() > 40 {
            answers.remove(random.usize(0..answers.len()));
        }
    }
}

#[test]
fn any_event_at_any_moment() {
    const A_LIFE: usize = 2_500;
    let events = rounds(10_000, 60_000, 1_000_000);
    for life in 0..events / A_LIFE {
        live(life as u64, A_LIFE);
    }
    eprintln!("{events} events, every invariant held after each");
}

#[cfg(unix)]
mod terminal {
    use super::*;
    use common::pty::{Pty, home};

    /// What a key of the table sends, where a terminal has one way to say it.
    fn bytes(random: &mut Rng) -> Vec<u8> {
        const KEYS: &[&str] = &[
            "j",
            "k",
            "g",
            "G",
            "h",
            "l",
            "\r",
            " ",
            "b",
            "J",
            "K",
            "\t",
            "z",
            "/",
            "S",
            "\x10",
            "m",
            "'",
            "a",
            "R",
            "u",
            "o",
            "f",
            "y",
            "=",
            "V",
            "t",
            ":",
            "?",
            "\x1b",
            "\x1b",
            "\x1b",
            "n",
            "N",
            "r",
            "\x0c",
            "\x0f",
            "\x1b[A",
            "\x1b[B",
            "\x1b[5~",
            "\x1b[6~",
            "\x1b[H",
            "\x1b[F",
            "\x7f",
            "\x15",
            "\x17",
            "x",
            "loom",
            "M",
            "w",
            "<",
            ">",
            "]",
            "[",
            "\x1b[200~pasted words\x1b[201~",
            "\x1b[<0;10;5M",
            "\x1b[<0;10;5m",
            "\x1b[<64;30;9M",
            "\x1b[<65;60;9M",
            "\x1b[<32;44;7M",
        ];
        KEYS[random.usize(0..KEYS.len())].as_bytes().to_vec()
    }

    /// A person at a real terminal, in a hurry. At the end it still answers, and gives the terminal back.
    fn sit(seed: u64, events: usize) {
        let mut random = Rng::with_seed(seed);
        let home = home();
        let folder = Folder::new();
        let notes = folder.folder.path().to_string_lossy().into_owned();
        let mut pty =
            Pty::shell(&format!("echo $$ > pid; export VISUAL=true; exec \"$HALLWAY\" '{notes}'"), &home);
        pty.see("talks");
        for n in 0..events {
            match random.u8(0..60) {
                0 => {
                    let (columns, rows) = SIZES[random.usize(1..SIZES.len())];
                    pty.resize(columns, rows);
                }
                1 => {
                    drop(fs::write(folder.path("one.md"), format!("# PyCon 2019\n\n## Talk {n}\n\nwords\n")))
                }
                2 => folder.fill(),
                3 => {
                    let signal =
                        [rustix::process::Signal::WINCH, rustix::process::Signal::CONT][random.usize(0..2)];
                    rustix::process::kill_process(pty.pid(), signal).expect("sent");
                }
                _ => {
                    pty.press(&String::from_utf8_lossy(&bytes(&mut random)));
                }
            }
        }
        pty.resize(100, 30);
        // Whatever is open is closed again; quitting is the last word.
        for _ in 0..12 {
            pty.press("\x1b");
            pty.contents();
        }
        pty.see("talk");
        // Behind an escape that is still on its way it would be another key, so it is pressed as a person would.
        for _ in 0..20 {
            pty.press("\x03");
            pty.contents();
            if pty.child.try_wait().is_ok_and(|ended| ended.is_some()) {
                break;
            }
        }
        let screen = pty.contents();
        assert!(
            pty.child.try_wait().is_ok_and(|ended| ended.is_some()),
            "seed {seed} does not end: {screen}"
        );
        assert_eq!(pty.end(), 0, "seed {seed}");
        pty.given_back();
    }

    #[test]
    fn a_person_in_a_hurry() {
        const A_SITTING: usize = 100;
        let events = rounds(200, 2_000, 20_000);
        for sitting in 0..events / A_SITTING {
            sit(sitting as u64, A_SITTING);
        }
        eprintln!("{events} events through a terminal");
    }
}

/// The check finds what it is there for.
#[test]
#[should_panic(expected = "row 7 of")]
fn a_cursor_beside_its_list_is_found() {
    let folder = Folder::new();
    let mut hands = Hands::open(&Roots::Paths(vec![Path::new(folder.folder.path()).to_path_buf()]), 80, 24);
    hands.press("ctrl-p looms-that-nobody-has");
    if let Some(Overlay::Finder(state)) = &mut hands.model.overlay {
        state.list.selected = 7;
    }
    check(&hands.model, &Buffer::empty(Rect::new(0, 0, 80, 24)));
}
