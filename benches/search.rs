//! Finding in a library of 100,000 generated talks: `cargo bench --bench search`.
//!
//! `HALLWAY_TALKS=1000000` sets another size. Each key of a query is typed in turn; nucleo's own
//! worker answers the same keys over the same rows in the same run.

#![expect(clippy::print_stdout, reason = "a bench tells what it has measured")]

#[path = "generate/notes.rs"]
mod notes;

use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use hallway::library::Library;
use hallway::library::load::{Roots, load};
use hallway::search::text::{TextQuery, TextSearch, Units};
use hallway::search::{Finder, Index, Marks, Narrowed, Query};
use hallway::text::fold::fold;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let talks = std::env::var("HALLWAY_TALKS").ok().and_then(|t| t.parse().ok()).unwrap_or(100_000);
    let folder = std::env::temp_dir().join(format!("hallway-bench-{talks}"));
    notes::write(&folder, talks, notes::Cut::Conference, 1).expect("the notes are written");
    load(&Roots::Paths(vec![folder]), false).expect("the notes load")
});

/// What is typed, letter by letter.
const TYPED: [&str; 4] = ["raft", "async runtime", "", "zzqxzzqx"];

fn main() {
    let start = Instant::now();
    let library = &*LIBRARY;
    println!("{} talks, loaded in {:.0?}", library.talks.len(), start.elapsed());
    let start = Instant::now();
    let index = Index::new(library);
    println!(
        "index built in {:.0?}, {} bytes a talk\n",
        start.elapsed(),
        index.bytes() / library.talks.len().max(1)
    );
    let six = library
        .talks
        .iter()
        .map(|t| &t.title)
        .find(|t| t.split(' ').count() == 6)
        .cloned()
        .unwrap_or_default();
    println!("{:40} {:>10} {:>10}   {:>10} {:>10}", "typed", "median", "worst", "nucleo", "worst");
    let nucleo = Nucleo::new(library);
    let (mut all, mut all_theirs) = (Vec::new(), Vec::new());
    for typed in TYPED {
        let typed = if typed.is_empty() { six.as_str() } else { typed };
        let ours = best_of(5, || keys(typed, library, &index));
        let theirs = best_of(3, || nucleo.keys(typed));
        if std::env::var_os("HALLWAY_KEYS").is_some() {
            println!("{ours:.1?}\n{theirs:.1?}");
        }
        row(typed, &ours, &theirs);
        all.extend(ours);
        all_theirs.extend(theirs);
    }
    row("all keys", &all, &all_theirs);
    text(library, &index);
}

/// Full text, beside a bare pass of memchr over the same bytes and beside ripgrep over the same files.
fn text(library: &Library, index: &Index) {
    let (units, marks) = (Units::new(library), Marks::default());
    let search =
        TextSearch { library, units: &units, marks: &marks, parts: index.parts(), cancelled: &|| false };
    let ask = |words: &str| {
        let query = TextQuery::new(&Query::parse(words)).expect("a word");
        let time = fastest(7, || search.find(&query, 1_000, |_| {}).units);
        let found = search.find(&query, 1_000, |_| {});
        println!("{words:30} {time:>10.2?}   {} talks, {} places", found.units, found.places);
        time
    };
    if let Ok(words) = std::env::var("HALLWAY_ASK") {
        for _ in 0..50 {
            ask(&words);
        }
        return;
    }
    let bytes: usize = library.files.iter().map(|f| f.text.len()).sum();
    ask("warm");
    println!(
        "\nfull text over {} MB; units and accents take {} bytes a talk",
        bytes / 1_000_000,
        units.bytes() / library.talks.len().max(1)
    );
    for words in ["Kubernetes", "Zqzq"] {
        let bare = fastest(7, || memmem(library, words));
        let ours = ask(words);
        println!("  bare memmem {bare:>10.2?}   {:.2}x", ours.as_secs_f64() / bare.as_secs_f64());
    }
    let folder = library
        .files
        .first()
        .and_then(|f| f.path.parent())
        .map(std::path::Path::to_path_buf)
        .unwrap_or_default();
    for words in [
        "kubernetes", "observability", "café", "cafe", "raft consensus", "\"async runtime\"",
        "/kube[a-z]+s/", r"/\b[a-z]+ability\b/",
    ] {
        let ours = ask(words);
        println!(
            "  bare regex  {:>10.2?}",
            fastest(7, || bare_regex(library, words.trim_matches(['"', '/'])))
        );
        let pattern = words.trim_matches(['"', '/']);
        let rg =
            || std::process::Command::new("rg").args(["-i", "-j2", pattern]).arg(&folder).output().is_ok();
        if rg() {
            let theirs = fastest(5, rg);
            println!("  rg -i       {theirs:>10.2?}   {:.2}x", theirs.as_secs_f64() / ours.as_secs_f64());
        }
    }
}

/// Counts a literal in all files on two threads: the least that a search must do.
fn memmem(library: &Library, words: &str) -> usize {
    let finder = memchr::memmem::Finder::new(words);
    on_two_threads(library, |text| finder.find_iter(text).count())
}

/// Counts a pattern without case in all files on two threads.
fn bare_regex(library: &Library, pattern: &str) -> usize {
    let regex = regex::bytes::RegexBuilder::new(pattern).unicode(false).case_insensitive(true).build();
    let regex = regex.expect("a pattern");
    on_two_threads(library, |text| regex.find_iter(text).count())
}

fn on_two_threads(library: &Library, work: impl Fn(&[u8]) -> usize + Sync) -> usize {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let count = || {
        let mut count = 0;
        loop {
            let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(file) = library.files.get(at) else {
                return count;
            };
            count += work(file.text.as_bytes());
        }
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(count);
        count() + other.join().expect("counted")
    })
}

fn fastest<T>(rounds: usize, mut round: impl FnMut() -> T) -> Duration {
    let time = |round: &mut dyn FnMut() -> T| {
        let start = Instant::now();
        std::hint::black_box(round());
        start.elapsed()
    };
    (0..rounds).map(|_| time(&mut round)).min().unwrap_or_default()
}

fn row(name: &str, ours: &[Duration], theirs: &[Duration]) {
    let (a, b) = (summary(ours), summary(theirs));
    let ratio = |ours: Duration, theirs: Duration| theirs.as_secs_f64() / ours.as_secs_f64();
    let (median, worst) = (ratio(a.0, b.0), ratio(a.1, b.1));
    println!(
        "{name:40} {:>10.2?} {:>10.2?}   {:>10.2?} {:>10.2?}   {median:.1}x {worst:.1}x",
        a.0, a.1, b.0, b.1
    );
}

/// The time of each key, the best of several rounds.
fn best_of(rounds: usize, mut round: impl FnMut() -> Vec<Duration>) -> Vec<Duration> {
    let mut best = round();
    for _ in 1..rounds {
        best.iter_mut().zip(round()).for_each(|(best, now)| *best = (*best).min(now));
    }
    best
}

fn summary(times: &[Duration]) -> (Duration, Duration) {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    (sorted[sorted.len() / 2], sorted[sorted.len() - 1])
}

/// Each prefix of a query, one key after the other.
fn prefixes(typed: &str) -> impl Iterator<Item = &str> {
    typed.char_indices().map(|(at, c)| &typed[..at + c.len_utf8()])
}

fn keys(typed: &str, library: &Library, index: &Index) -> Vec<Duration> {
    let marks = Marks::default();
    let mut narrowed = Narrowed::default();
    prefixes(typed)
        .map(|query| {
            let start = Instant::now();
            let query = Query::parse(query);
            let found = Finder::new(library, index, &marks).find_within(&query, 1_000, &mut narrowed);
            std::hint::black_box(found);
            start.elapsed()
        })
        .collect()
}

/// nucleo's worker over the same rows, as its documentation says to use it.
struct Nucleo {
    worker: std::cell::RefCell<nucleo::Nucleo<()>>,
}

impl Nucleo {
    fn new(library: &Library) -> Self {
        let worker = nucleo::Nucleo::new(nucleo::Config::DEFAULT, Arc::new(|| {}), Some(2), 1);
        let injector = worker.injector();
        for id in library.talk_ids() {
            let talk = library.talk(id);
            let speakers: Vec<&str> = talk.speakers.iter().map(|s| s.name.as_str()).collect();
            let row = format!("{} {} {}", talk.title, speakers.join(", "), library.conference_of(id).name);
            injector.push((), |_, columns| columns[0] = fold(&row).into());
        }
        Self { worker: worker.into() }
    }

    fn keys(&self, typed: &str) -> Vec<Duration> {
        use nucleo::pattern::{CaseMatching, Normalization};
        let mut worker = self.worker.borrow_mut();
        worker.pattern.reparse(0, "", CaseMatching::Ignore, Normalization::Never, false);
        while worker.tick(1_000).running {}
        let mut grown = false;
        prefixes(typed)
            .map(|query| {
                let start = Instant::now();
                worker.pattern.reparse(0, query, CaseMatching::Ignore, Normalization::Never, grown);
                grown = true;
                while worker.tick(1_000).running {}
                std::hint::black_box(worker.snapshot().matched_item_count());
                start.elapsed()
            })
            .collect()
    }
}
