//! Loading, step by step, beside `find … | xargs cat` over the same files: `cargo bench --bench load [-- FOLDER]`.

#![expect(clippy::print_stdout, reason = "its figures are its output")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hallway::library::load::{Roots, load};

const RUNS: usize = 5;

fn best(mut run: impl FnMut()) -> Duration {
    (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn cat(folder: &Path) {
    let script = format!("find '{}' -type f | xargs cat", folder.display());
    let status = Command::new("sh").args(["-c", &script]).stdout(Stdio::null()).status();
    assert!(status.expect("cat runs").success());
}

fn main() {
    let folders: Vec<PathBuf> =
        std::env::args().skip(1).filter(|a| Path::new(a).exists()).map(PathBuf::from).collect();
    for folder in folders {
        let (cat, _) = best(|| cat(&folder));
        let roots = Roots::Paths(vec![folder.clone()]);
        let (load, library) = best(|| load(&roots, false).expect("notes"));
        let talks = library.map_or(0, |library| library.talks.len());
        println!(
            "{}: {talks} talks: cat {:.0} ms, load {:.0} ms, ratio {:.2}",
            folder.display(),
            cat.as_secs_f64() * 1e3,
            load.as_secs_f64() * 1e3,
            load.as_secs_f64() / cat.as_secs_f64()
        );
    }
}
