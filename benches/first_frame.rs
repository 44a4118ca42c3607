//! From spawn to the painted screen, in a PTY: hallway beside `less`, in turns, in one run.
//!
//! `cargo bench --bench first_frame [-- FOLDER…]`. For each run a terminal of 120×40 is opened,
//! the program is started in it, and the clock stops when the first text that can only be a real
//! row of it has arrived (a single word: blanks of a first frame are skipped by moving the cursor). Printed are the median and the fastest of the runs, and the ratio of
//! the medians to `less` on one file.

#![expect(clippy::print_stdout, reason = "its figures are its output")]

use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

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

const RESUMED: &str = "hallway, resumed in ";

/// Leaves the session of somebody who was in a file in the midst of a folder, or of nobody.
fn leave_off(home: &Path, folder: Option<&Path>) {
    let state = home.join(".local/state/hallway");
    std::fs::create_dir_all(&state).expect("made");
    let session = state.join("session.json");
    let _ = std::fs::remove_file(&session);
    if let Some(mut path) = folder.map(Path::to_path_buf) {
        while path.is_dir() {
            let mut below: Vec<_> =
                path.read_dir().expect("listed").flatten().map(|entry| entry.path()).collect();
            below.sort();
            path = below[below.len() / 2].clone();
        }
        let path = path.to_str().expect("a plain path");
        std::fs::write(session, format!("{{\"talk\": \"\", \"path\": {path:?}}}")).expect("written");
    }
}

fn main() {
    let hallway = env!("CARGO_BIN_EXE_hallway");
    let file = "data/pycon-2017/03-next-level-testing.md";
    let folders: Vec<String> = std::env::args().skip(1).filter(|a| Path::new(a).exists()).collect();
    let mut cases: Vec<(String, &str, Vec<&str>, &str)> = vec![
        ("less, one file".into(), "less", vec![file], "AFL"),
        ("hallway, built in".into(), hallway, vec![], "Microservices"),
        ("hallway, one file".into(), hallway, vec![file], "Testing"),
        ("hallway, data/".into(), hallway, vec!["data"], "Oxidize"),
    ];
    for folder in &folders {
        cases.push((format!("hallway, {folder}"), hallway, vec![folder], "notes"));
        cases.push((format!("{RESUMED}{folder}"), hallway, vec![folder], "notes"));
    }
    let home = tempfile::tempdir().expect("a home");
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); cases.len()];
    for _ in 0..RUNS {
        for ((name, program, arguments, marker), times) in cases.iter().zip(&mut times) {
            leave_off(home.path(), name.strip_prefix(RESUMED).map(Path::new));
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
