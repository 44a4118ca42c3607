//! From spawn to the painted screen, in a PTY: hallway beside `less`, in turns, in one run.
//!
//! `cargo bench --bench first_frame [-- FOLDER…]`. For each run a terminal of 120×40 is opened,
//! the program is started in it, and the clock stops when the first text that can only be a real
//! row of it has arrived (a single word: blanks of a first frame are skipped by moving the cursor). Printed are the median and the fastest of the runs, and the ratio of
//! the medians to `less` on one file. `HALLWAY_BESIDE=PROGRAM` runs another build of hallway in turns with this one.

#![expect(clippy::print_stdout, reason = "its figures are its output")]

use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use hallway::library::TalkId;
use hallway::library::glimpse::Part;
use hallway::library::load::{Roots, load};
use hallway::session::{self, Left};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const RUNS: usize = 60;

fn once(program: &str, arguments: &[&str], marker: &str, home: &Path) -> Duration {
    let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
    let pty = native_pty_system().openpty(size).expect("a pty");
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    command.env("TERM", "xterm-256color");
    command.env("HOME", home);
    command.env("HALLWAY_BOOKMARKS", std::env::temp_dir().join("hallway-bench.json"));
    let mut from = pty.master.try_clone_reader().expect("a reader");
    let start = Instant::now();
    let mut child = pty.slave.spawn_command(command).expect("the program starts");
    let mut seen = Vec::new();
    let mut bytes = [0; 65536];
    let found = |seen: &[u8]| seen.windows(marker.len()).any(|w| w == marker.as_bytes());
    while !found(&seen) {
        let n = from.read(&mut bytes).expect("output");
        seen.extend_from_slice(&bytes[..n]);
    }
    let took = start.elapsed();
    child.kill().expect("killed");
    child.wait().expect("ended");
    took
}

const RESUMED: &str = ", resumed in ";

/// What the bench is called with to leave a session.
const LEAVE: &str = "--leave-off-in";

/// Leaves the session of somebody who was in a talk in the midst of a folder.
fn leave_off(folder: &Path, session: &Path) {
    let library = load(&Roots::Paths(vec![folder.to_path_buf()]), false).expect("notes");
    let talk = TalkId((library.talks.len() / 2) as u32);
    let file = library.talk(talk).spans[0].file;
    let left = Left {
        talk: library.slug(talk).to_owned(),
        path: Some(library.file(file).path.to_path_buf()),
        part: Part::of(&library, talk).map(Into::into),
        ..Left::default()
    };
    session::save(session, &left).expect("kept");
}

/// The program as it is installed. What a linker has just written lies in the system's memory page by page, and each takes
/// its time to map: a tenth of a first frame.
fn installed(program: &str, name: &str, home: &Path) -> String {
    let copy = home.join(name);
    std::fs::copy(program, &copy).expect("copied");
    copy.to_str().expect("a plain path").to_owned()
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [LEAVE, folder, session] = [0, 1, 2].map(|n| words.get(n).map_or("", |word| word)) {
        return leave_off(Path::new(folder), Path::new(session));
    }
    let home = tempfile::tempdir().expect("a home");
    let ours = installed(env!("CARGO_BIN_EXE_hallway"), "hallway", home.path());
    let other = std::env::var("HALLWAY_BESIDE").ok();
    let other = other.map(|program| installed(&program, "another", home.path()));
    let builds = [("hallway", Some(&ours)), ("another", other.as_ref())];
    let file = "data/pycon-2017/03-next-level-testing.md";
    let folders: Vec<String> = words.into_iter().filter(|word| Path::new(word).exists()).collect();
    let mut cases: Vec<(String, &str, Vec<&str>, &str)> =
        vec![("less, one file".into(), "less", vec![file], "AFL")];
    for (build, program) in builds {
        let Some(program) = program else { continue };
        cases.push((format!("{build}, built in"), program, vec![], "Unexpected"));
        cases.push((format!("{build}, one file"), program, vec![file], "Testing"));
        cases.push((format!("{build}, data/"), program, vec!["data"], "Oxidize"));
        for folder in &folders {
            cases.push((format!("{build}, {folder}"), program, vec![folder], "notes"));
            cases.push((format!("{build}{RESUMED}{folder}"), program, vec![folder], "notes"));
        }
    }
    // In a process of their own: forking one that has held a library takes longer than a first frame.
    let this = std::env::current_exe().expect("this program");
    let session = |n: usize| home.path().join(format!("session{n}.json"));
    for (n, folder) in folders.iter().enumerate() {
        let made = Command::new(&this).arg(LEAVE).args([folder.as_ref(), session(n).as_os_str()]).status();
        assert!(made.expect("it runs").success());
    }
    let kept = home.path().join(".local/state/hallway/session.json");
    std::fs::create_dir_all(kept.parent().expect("a folder")).expect("made");
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); cases.len()];
    for _ in 0..RUNS {
        for ((name, program, arguments, marker), times) in cases.iter().zip(&mut times) {
            let resumed = name.split_once(RESUMED).map(|(_, folder)| folder);
            let _ = match folders.iter().position(|folder| Some(folder.as_str()) == resumed) {
                Some(n) => std::fs::copy(session(n), &kept).map(drop),
                None => std::fs::remove_file(&kept),
            };
            times.push(once(program, arguments, marker, home.path()));
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times[times.len() / 2]
    };
    let base = median(&mut times[0]);
    println!("{:24} {:>9} {:>9} {:>7}", "", "median", "fastest", "ratio");
    for ((name, ..), times) in cases.iter().zip(&mut times) {
        let middle = median(times);
        let ratio = middle.as_secs_f64() / base.as_secs_f64();
        println!(
            "{name:24} {:7.2}ms {:7.2}ms {ratio:6.2}x",
            middle.as_secs_f64() * 1e3,
            times[0].as_secs_f64() * 1e3
        );
    }
}
