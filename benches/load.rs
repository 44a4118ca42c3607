//! Loading, beside `find … | xargs cat` over the same files, in one run: `cargo bench --bench load [-- FOLDER…]`.
//!
//! Without a folder, libraries of `HALLWAY_TALKS` talks (100,000) are written below the folder for temporary
//! files, a file for each conference, for each of its days and for each talk, with and without index pages. Printed are the fastest of a few runs until the
//! tree is whole, the ratio, and how long a process of its own takes, with its memory, and with that of one that reads in steps.

#![expect(clippy::print_stdout, reason = "its figures are its output")]

#[path = "generate/notes.rs"]
mod notes;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hallway::library::Library;
use hallway::library::load::{Roots, Step, load, load_changed, load_in_steps};

const RUNS: usize = 5;

/// The fastest of a few runs, and what the last one made. What a run leaves is dropped when its time is taken.
fn fastest<T>(mut run: impl FnMut() -> T) -> (Duration, Option<T>) {
    let mut best = (Duration::MAX, None);
    for _ in 0..RUNS {
        drop(best.1.take());
        let start = Instant::now();
        let made = run();
        best = (start.elapsed().min(best.0), Some(made));
    }
    best
}

fn cat(folder: &Path) {
    let script = format!("find '{}' -type f | xargs cat", folder.display());
    let status = Command::new("sh").args(["-c", &script]).stdout(Stdio::null()).status();
    assert!(status.expect("cat runs").success());
}

fn read(folder: &Path) -> Library {
    load(&Roots::Paths(vec![folder.to_path_buf()]), false).expect("notes")
}

/// The resident size of this process, in bytes, where the system tells.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.trim().split(' ').next()).and_then(|n| n.parse::<usize>().ok());
    number.unwrap_or_default() * 1024
}

/// As the screen does: what is read so far is seen for as long as there is no more.
fn read_in_steps(folder: &Path) -> Library {
    let mut seen = None;
    let step = |step| {
        if let Step::Begun(library) = step {
            seen = Some(library);
        }
    };
    let whole = load_in_steps(&Roots::Paths(vec![folder.to_path_buf()]), false, false, step);
    drop(seen);
    whole.expect("notes")
}

/// How long a process of its own loads a folder, whose memory is all fresh, and what it takes when it has done nothing else:
/// at once (`--alone`), or as the screen does (`--in-steps`).
fn in_a_process_of_its_own(how: &str, folder: &Path) -> (Duration, usize) {
    let this = std::env::current_exe().expect("this program");
    let out = Command::new(this).arg(how).arg(folder).output().expect("it runs");
    let told = String::from_utf8_lossy(&out.stdout);
    let mut numbers = told.split_whitespace().map(|number| number.parse().unwrap_or_default());
    let micros = numbers.next().unwrap_or_default();
    (Duration::from_micros(micros), numbers.next().unwrap_or_default() as usize)
}

/// What is done while a file's last talk has a title of one word more. The file is put back then.
fn with_another_title<T>(library: &Library, path: &Path, work: impl FnOnce() -> T) -> T {
    let spans = library.talks.iter().rev().filter_map(|talk| talk.spans.first());
    let span = spans.into_iter().find(|span| *library.file(span.file).path == *path).expect("a talk of it");
    let before = std::fs::read_to_string(path).expect("read");
    let (above, below) = before.split_at(span.bytes().start);
    let (title, rest) = below.split_once('\n').expect("a line");
    std::fs::write(path, format!("{above}{title} indeed\n{rest}")).expect("written");
    let done = work();
    std::fs::write(path, before).expect("put back");
    done
}

/// What is done while there is one more file, in a folder of its own perhaps, with this line in it.
fn with_a_file<T>(path: &PathBuf, line: &str, work: impl FnOnce(&PathBuf) -> T) -> T {
    let folder = path.parent().expect("a folder");
    let is_new = !folder.exists();
    std::fs::create_dir_all(folder).expect("made");
    let text = format!("# A talk that came\n\nAda Lovelace\n\n{line}\n\nText.\n");
    std::fs::write(path, text).expect("written");
    let done = work(path);
    std::fs::remove_file(path).expect("taken away");
    if is_new {
        std::fs::remove_dir(folder).expect("taken away");
    }
    done
}

/// What is done while the index page beside a file, if there is one, leads to one file less.
fn with_a_link_less<T>(one: &Path, work: impl FnOnce(&PathBuf) -> T) -> Option<T> {
    let page = one.with_file_name("README.md");
    let before = std::fs::read_to_string(&page).ok()?;
    let (rest, _) = before.trim_end().rsplit_once('\n')?;
    std::fs::write(&page, rest).expect("written");
    let done = work(&page);
    std::fs::write(&page, before).expect("put back");
    Some(done)
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    if let [flag, folder] = &words[..]
        && ["--alone", "--in-steps"].contains(&flag.as_str())
    {
        let start = Instant::now();
        let library =
            if flag == "--alone" { read(Path::new(folder)) } else { read_in_steps(Path::new(folder)) };
        println!("{} {}", start.elapsed().as_micros(), resident());
        return std::mem::forget(library);
    }
    let mut folders: Vec<PathBuf> = words.iter().map(PathBuf::from).filter(|path| path.exists()).collect();
    if folders.is_empty() {
        let talks = std::env::var("HALLWAY_TALKS").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
        let cuts = [
            (notes::Cut::Conference, "conference"),
            (notes::Cut::Day, "day"),
            (notes::Cut::Talk, "talk"),
            (notes::Cut::Indexed, "talk-indexed"),
        ];
        for (cut, name) in cuts {
            let folder = std::env::temp_dir().join(format!("hallway-bench-{talks}-by-{name}"));
            notes::write(&folder, talks, cut, 1).expect("the notes are written");
            folders.push(folder);
        }
    }
    for folder in folders {
        let (cat, _) = fastest(|| cat(&folder));
        let (load, library) = fastest(|| read(&folder));
        let library = library.expect("a run");
        let roots = Roots::Paths(vec![folder.clone()]);
        let one = library.files[library.files.len() / 2].path.to_path_buf();
        let again = |path: &PathBuf| {
            let read = || {
                load_changed(&roots, &library, std::slice::from_ref(path), |_| {}).expect("it can be told")
            };
            fastest(|| read().expect("notes")).0
        };
        let saved = again(&one);
        // Nothing is written into notes that somebody keeps.
        let ours = folder.starts_with(std::env::temp_dir());
        let retitled = ours.then(|| with_another_title(&library, &one, || again(&one)));
        let beside = one.with_file_name("a file that came.md");
        let came = ours.then(|| with_a_file(&beside, "More of it.", again));
        let first =
            ours.then(|| with_a_file(&folder.join("newconf-2031/a file that came.md"), "More of it.", again));
        // It says of all dates which of day and month they write first.
        let mut soon: Option<Duration> = None;
        let mut heard_by_all = |path: &PathBuf| {
            let read = || {
                let start = Instant::now();
                let seen = |_| soon = Some(soon.map_or(start.elapsed(), |soon| soon.min(start.elapsed())));
                load_changed(&roots, &library, std::slice::from_ref(path), seen).expect("it can be told")
            };
            fastest(read).0
        };
        let all = ours.then(|| with_a_file(&beside, "Date: 25/06/2020", &mut heard_by_all));
        let page = ours.then(|| with_a_link_less(&one, again)).flatten();
        let told = |time: Option<Duration>| {
            time.map_or("not measured".to_owned(), |time| format!("{:.1} ms", time.as_secs_f64() * 1e3))
        };
        let bytes: usize = library.files.iter().map(|file| file.text.len()).sum();
        let talks = library.talks.len();
        let in_its_own =
            |how| -> Vec<_> { (0..RUNS).map(|_| in_a_process_of_its_own(how, &folder)).collect() };
        let least =
            |alone: &[(Duration, usize)]| alone.iter().map(|(_, bytes)| *bytes).min().unwrap_or_default();
        let (alone, in_steps) = (in_its_own("--alone"), in_its_own("--in-steps"));
        let fresh = alone.iter().map(|(time, _)| *time).min().unwrap_or_default();
        let beside = least(&alone).saturating_sub(bytes);
        let times = |time: Duration| time.as_secs_f64() / cat.as_secs_f64();
        println!(
            "{}: {talks} talks in {} files, {:.0} MB\n  find | xargs cat {:.0} ms, until the tree is whole {:.0} ms: {:.2} ×\n  \
             in a process of its own {:.0} ms: {:.2} ×\n  \
             one changed file read again {:.1} ms, with another title {}; an index page {}; \
             one that came {}, in a new folder {}; one that all others hear of {}, and until it is seen {}\n  \
             resident beside the text {:.0} MB: {} bytes a talk, {:.2} × the text in all; read in steps {:.0} MB",
            folder.display(),
            library.files.len(),
            bytes as f64 / 1e6,
            cat.as_secs_f64() * 1e3,
            load.as_secs_f64() * 1e3,
            times(load),
            fresh.as_secs_f64() * 1e3,
            times(fresh),
            saved.as_secs_f64() * 1e3,
            told(retitled),
            told(page),
            told(came),
            told(first),
            told(all),
            told(soon),
            beside as f64 / 1e6,
            beside / talks.max(1),
            (bytes + beside) as f64 / bytes as f64,
            least(&in_steps) as f64 / 1e6,
        );
    }
}
