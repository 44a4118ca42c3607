//! hallway beside the programs that are installed, in one run, in a terminal of 120×40: `cargo bench --bench peers`.
//!
//! A library of `HALLWAY_TALKS` talks (100,000) is written below the folder for temporary files, and a list of its
//! titles beside it. Each program is started on the library, the list or one file, as it can; the clock runs from
//! the start, or from a key, until the last of what it writes has come (nothing more for 40 ms). A program that is
//! not installed has no row.

#![expect(clippy::print_stdout, reason = "its figures are its output")]

#[path = "generate/notes.rs"]
mod notes;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use hallway::library::load::{Roots, load};
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

const QUIET: Duration = Duration::from_millis(40);

/// A program in a terminal.
struct Peer {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<()>,
    _terminal: Box<dyn portable_pty::MasterPty + Send>,
}

impl Peer {
    /// Starts it, and says how long its first screen took.
    fn start(line: &str) -> (Self, Duration) {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).expect("a pty");
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", &format!("exec {line}")]);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env("TERM", "xterm-256color");
        command.env("HOME", std::env::temp_dir().join("hallway-bench-home"));
        let mut from = pty.master.try_clone_reader().expect("a reader");
        let keys = pty.master.take_writer().expect("a writer");
        let begun = Instant::now();
        let child = pty.slave.spawn_command(command).expect("the program starts");
        let (told, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 65536];
            while from.read(&mut bytes).is_ok_and(|n| n > 0) && told.send(()).is_ok() {}
        });
        let peer = Self { child, keys, output, _terminal: pty.master };
        let took = peer.settled(begun);
        (peer, took)
    }

    /// From `begun` until the last output that is followed by quiet.
    fn settled(&self, begun: Instant) -> Duration {
        let mut last = Duration::ZERO;
        while last == Duration::ZERO && begun.elapsed() < Duration::from_secs(5) {
            loop {
                match self.output.recv_timeout(QUIET) {
                    Ok(()) => last = begun.elapsed(),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return last,
                }
            }
        }
        last
    }

    /// Waits until nothing has come for a while: what was to be read is read.
    fn rest(&self, quiet: Duration) {
        while self.output.recv_timeout(quiet).is_ok() {}
    }

    fn press(&mut self, key: &str) -> Duration {
        let begun = Instant::now();
        self.keys.write_all(key.as_bytes()).expect("a key");
        self.settled(begun)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn is_here(program: &str) -> bool {
    let found =
        Command::new("sh").args(["-c", &format!("command -v {program}")]).stdout(Stdio::null()).status();
    found.is_ok_and(|status| status.success())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn show(what: &str, time: Duration) {
    println!("  {what:52} {:8.1} ms", time.as_secs_f64() * 1e3);
}

/// How long a command takes, output thrown away: the fastest of a few.
fn command(line: &str) -> Duration {
    let run = || {
        let begun = Instant::now();
        let home = std::env::temp_dir().join("hallway-bench-home");
        let status = Command::new("sh").args(["-c", line]).env("HOME", home).stdout(Stdio::null()).status();
        assert!(status.is_ok(), "{line}");
        begun.elapsed()
    };
    (0..5).map(|_| run()).min().unwrap_or_default()
}

fn library(talks: usize) -> (PathBuf, PathBuf) {
    let folder = std::env::temp_dir().join(format!("hallway-bench-{talks}-by-conference"));
    notes::write(&folder, talks, notes::Cut::Conference, 1).expect("the notes are written");
    let list = folder.with_extension("titles");
    if !list.exists() {
        let library = load(&Roots::Paths(vec![folder.clone()]), false).expect("notes");
        let titles: Vec<&str> = library.talks.iter().map(|talk| talk.title.as_str()).collect();
        std::fs::write(&list, titles.join("\n")).expect("written");
    }
    (folder, list)
}

fn main() {
    let talks = std::env::var("HALLWAY_TALKS").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let (folder, list) = library(talks);
    let (folder, list) = (folder.display().to_string(), list.display().to_string());
    let hallway = env!("CARGO_BIN_EXE_hallway");
    let page = "data/pycon-2017/03-next-level-testing.md";
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(page).exists());

    println!("The first screen of one file, until nothing more comes");
    let pagers = ["less", "bat --paging=always", "batcat --paging=always", "glow -p", "mdcat", hallway];
    for pager in pagers.into_iter().filter(|p| is_here(p.split(' ').next().unwrap_or_default())) {
        let times = (0..15).map(|_| Peer::start(&format!("{pager} {page}")).1).collect();
        show(pager.rsplit('/').next().unwrap_or(pager), median(times));
    }

    println!("A key in a list of {talks} talks, from the key until nothing more comes");
    let peers = [
        ("less", format!("less {list}"), "j"),
        ("fzf", format!("fzf < {list}"), "\x1b[A"),
        ("sk", format!("sk < {list}"), "\x1b[A"),
        (hallway, format!("{hallway} --notes {folder}"), "j"),
    ];
    for (program, line, down) in peers.iter().filter(|(program, ..)| is_here(program)) {
        let (mut peer, _) = Peer::start(line);
        peer.rest(Duration::from_secs(3));
        let name = program.rsplit('/').next().unwrap_or(program);
        show(&format!("{name}: a row on"), median((0..20).map(|_| peer.press(down)).collect()));
        if *program == "less" || *program == hallway {
            show(&format!("{name}: to the end"), peer.press("G"));
            show(&format!("{name}: to the start"), peer.press("g"));
        } else {
            let letters = "raft".split_inclusive(|_: char| true);
            let worst = letters.map(|letter| peer.press(letter)).max().unwrap_or_default();
            show(&format!("{name}: letters of \"raft\", the worst"), worst);
        }
        if *program == hallway {
            show("hallway: a conference folded, and unfolded", peer.press("h").max(peer.press("l")));
            show("hallway: the finder opens", peer.press("\x10"));
            peer.rest(Duration::from_secs(1));
            let letters = "raft".split_inclusive(|_: char| true);
            let worst = letters.map(|letter| peer.press(letter)).max().unwrap_or_default();
            show("hallway: letters of \"raft\", the worst", worst);
        }
    }

    println!("As a command");
    let commands = [
        ("fzf", format!("fzf --filter raft < {list}")),
        ("rg", format!("rg -i -c kubernetes {folder}")),
        (hallway, format!("{hallway} --notes {folder} find raft")),
        (hallway, format!("{hallway} --notes {folder} grep -c kubernetes")),
    ];
    for (_, line) in commands.iter().filter(|(program, _)| is_here(program)) {
        let name = line.replace(hallway, "hallway").replace(&folder, "NOTES").replace(&list, "TITLES");
        show(&name, command(line));
    }
}
