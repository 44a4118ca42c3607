//! Text that was made to take for ever: twice as much of it takes twice as long, in the parser of pages, the layout, the
//! structure pass and the search. Held as a ratio of processor time, so that nothing depends on the machine.
//!
//! The patterns are those of cmark's `pathological_tests.py` and of the issues of pulldown-cmark and md4c that tell of such
//! text. `HALLWAY_TESTS=all` runs each at its full size, and prints what it took.

#![expect(clippy::print_stderr, reason = "what was measured is told")]
#![cfg(unix)]

mod common;

use std::path::Path;
use std::time::Duration;

use common::rounds;
use hallway::library::reading;
use hallway::markup::Markup;
use hallway::markup::layout::{Manner, lay_out};
use hallway::search::Query;
use hallway::search::text::accents::Accents;
use hallway::search::text::needle::Needle;
use hallway::text::SafeText;

/// The processor time that this thread has had.
fn used() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec as u64, now.tv_nsec as u32)
}

fn took(work: impl Fn()) -> Duration {
    let once = || {
        let start = used();
        work();
        used().saturating_sub(start)
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

/// What is made of so many repetitions, and how many its full size has.
type Pattern = (&'static str, usize, fn(usize) -> String);

const PATTERNS: &[Pattern] = &[
    ("nested strong emphasis", 65_000, |n| "*a **a ".repeat(n) + "b" + &" a** a*".repeat(n)),
    ("closers of emphasis", 65_000, |n| "a_ ".repeat(n)),
    ("openers of emphasis", 65_000, |n| "_a ".repeat(n)),
    ("emphasis that does not match", 50_000, |n| "*a_ ".repeat(n)),
    ("stars", 80_000, |n| "a***".repeat(n)),
    ("stars around a word", 100_000, |n| "*".repeat(n) + "a" + &"*".repeat(n)),
    ("a bit of both kinds", 20_000, |n| "*a ".repeat(n) + &"_a*_ ".repeat(n)),
    ("multiples of three", 50_000, |n| "a**b".to_owned() + &"c* ".repeat(n)),
    ("closers of links", 65_000, |n| "a]".repeat(n)),
    ("openers of links", 65_000, |n| "[a".repeat(n)),
    ("openers and emphasis", 50_000, |n| "[ a_".repeat(n)),
    ("openers, stars and words", 50_000, |n| "[*_a".repeat(n)),
    ("half of a link", 80_000, |n| "[ (](".repeat(n)),
    ("half of a picture", 80_000, |n| "![[]()".repeat(n)),
    ("links without an end", 40_000, |n| "[](".repeat(n)),
    ("links to an angle", 50_000, |n| "[a](<b".repeat(n)),
    ("links to a word", 30_000, |n| "[a](b".repeat(n)),
    ("closers and line ends", 50_000, |n| "]([\n".repeat(n)),
    ("nested brackets", 50_000, |n| "[".repeat(n) + "a" + &"]".repeat(n)),
    ("brackets", 50_000, |n| "[".repeat(n)),
    ("nested quotes", 50_000, |n| "> ".repeat(n) + "a"),
    ("quotes over emphasis", 50_000, |n| ">".repeat(n) + &"a*".repeat(n)),
    ("nested items", 40_000, |n| "* ".repeat(n) + "a"),
    ("items, deeper and deeper", 700, |n| (0..n).map(|at| format!("{}* a\n", "  ".repeat(at))).collect()),
    ("blank lines in nested items", 15_000, |n| "- ".repeat(n) + "x" + &"\n".repeat(n)),
    ("blank lines in nested items in a quote", 15_000, |n| {
        "> ".to_owned() + &"- ".repeat(n) + "x\n" + &">\n".repeat(n)
    }),
    ("runs of backticks", 2_500, |n| (1..n).map(|at| "e".to_owned() + &"`".repeat(at)).collect()),
    ("backticks and words", 80_000, |n| "`a``b".repeat(n)),
    ("comments that begin", 100_000, |n| "</".to_owned() + &"<!--".repeat(n)),
    ("comments that nearly begin", 100_000, |n| "!-- <".repeat(n)),
    ("instructions that begin", 60_000, |n| "a <?".repeat(n)),
    ("declarations that begin", 60_000, |n| "a <!A".repeat(n)),
    ("sections that begin", 60_000, |n| "a <![CDATA[".repeat(n)),
    ("tags that begin", 60_000, |n| "<a href=\"".repeat(n)),
    ("tags in tags", 60_000, |n| "<b>".repeat(n) + &"</b>".repeat(n)),
    ("definitions", 100_000, |n| (0..n).map(|at| format!("[{at}]: u\n")).collect()),
    ("definitions of one name", 50_000, |n| "[a]: u\n".repeat(n) + &"[a] ".repeat(n)),
    ("a definition that grows", 50_000, |n| format!("[x]: {}\n\n{}", "y".repeat(n), "[x] ".repeat(n))),
    ("footnotes", 20_000, |n| {
        (0..n).map(|at| format!("[^{at}] ")).chain((0..n).map(|at| format!("\n\n[^{at}]: x"))).collect()
    }),
    ("a table of many columns", 10_000, |n| {
        format!(
            "{}\n{}\n{}",
            ["a"; 4].repeat(n / 4).join("|"),
            ["-"; 4].repeat(n / 4).join("|"),
            ["b"; 4].repeat(n / 4).join("|")
        )
    }),
    ("a table of many rows", 100_000, |n| "a|b\n-|-\n".to_owned() + &"c|d\n".repeat(n)),
    ("a row without its cells", 30_000, |n| {
        "a|".repeat(20) + "\n" + &"-|".repeat(20) + "\n" + &"a\n".repeat(n)
    }),
    ("marks on one letter", 100_000, |n| "a".to_owned() + &"\u{301}".repeat(n)),
    ("joined emoji", 50_000, |n| "👩\u{200d}".repeat(n)),
    ("addresses", 30_000, |n| "http://a.b/".repeat(n)),
    ("addresses without an end", 100_000, |n| "http://".to_owned() + &"a.".repeat(n)),
    ("entities", 60_000, |n| "&amp;&#x1b;&nosuch;".repeat(n)),
    ("escapes", 100_000, |n| "\\*\\[".repeat(n)),
    ("underlines", 60_000, |n| "a\n-\n".repeat(n)),
    ("rules", 60_000, |n| "- - -\n".repeat(n)),
    ("fences", 60_000, |n| "```\n~~~\n".repeat(n)),
    ("tabs", 100_000, |n| "\t".repeat(n) + "a"),
    ("dollars", 60_000, |n| "$a $$".repeat(n)),
    ("one word", 300_000, |n| "a".repeat(n)),
    ("blanks", 300_000, |n| " ".repeat(n) + "a"),
];

/// How much more a byte may cost in four times the text: about as much where the cost is linear, four times where it is
/// quadratic.
const MOST: f64 = 2.25;

/// Whether a cost grows no more than its input. A small size tells nothing, so it is raised until there is something to
/// measure; a ratio that is once as it should be is: what disturbs a measurement makes it larger.
fn grows_at_most_linearly(
    what: &str,
    full: usize,
    make: fn(usize) -> String,
    work: &dyn Fn(&str),
) -> Result<(), String> {
    let mut size = (full / 64).max(32);
    let mut worst = String::new();
    for _ in 0..4 {
        let texts = [size, 2 * size, 4 * size].map(make);
        let times = texts.each_ref().map(|text| took(|| work(text)));
        let [one, _, four] = times.map(|time| time.as_secs_f64());
        // Some patterns grow faster than their number of repetitions.
        let bytes = texts[2].len() as f64 / texts[0].len() as f64;
        if four < 0.002 && 4 * size < full {
            size = (size * 4).min(full / 4).max(size + 1);
            continue;
        }
        if four <= one * bytes * MOST || four < 0.002 {
            return Ok(());
        }
        worst = format!("{what}: {size} to {} repetitions took {times:?}", 4 * size);
        // Once more, larger: what is constant weighs less.
        size = (size * 2).min(full / 4).max(32);
    }
    Err(worst)
}

fn each(name: &str, work: &dyn Fn(&str)) {
    let faults: Vec<String> = PATTERNS
        .iter()
        .filter_map(|(what, full, make)| grows_at_most_linearly(what, *full, *make, work).err())
        .collect();
    assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
}

#[test]
fn markdown() {
    each("parsing", &|text| drop(Markup::Markdown.parse(text, 1)));
}

#[test]
fn layout() {
    each("laying out", &|text| {
        let document = Markup::Markdown.parse(text, 1);
        lay_out(&document, Manner::paper(80));
    });
}

#[test]
fn other_markup() {
    for markup in Markup::all().filter(|markup| *markup != Markup::Markdown) {
        each(&format!("{markup:?}"), &|text| drop(markup.parse(text, 1)));
    }
    each("a page", &|text| drop(hallway::markup::derived::fragment(text)));
}

#[test]
fn structure() {
    each("the structure pass", &|text| drop(reading::survey(text, "notes.md".as_ref())));
    each("making safe", &|text| drop(SafeText::new(text)));
}

#[test]
fn index_pages() {
    use hallway::library::contents::contents;
    use hallway::library::place::Surveyed;
    use hallway::library::walk::Root;

    let root = Root::default();
    each("links to files", &|text| {
        let page = reading::survey("", "README.md".as_ref());
        let surveyed = |name, text| Surveyed { relative: Path::new(name), root: &root, text, survey: &page };
        contents(&[surveyed("README.md", text), surveyed("a.md", "")], |at| at == 0, true);
    });
}

#[test]
fn searching() {
    for query in ["a", "^a", "a$", "^a$", "'a'", "\"a b\"", "a'b", "é"] {
        let parsed = Query::parse(query);
        let needle = Needle::new(parsed.groups[0].first().expect("a term"));
        each(query, &|text| {
            let accents = Accents::of(text);
            needle.find(text, accents.within(0..text.len()), |_| true);
        });
    }
}

/// At full size, once: what it took stands in the output, the slowest first.
#[test]
fn full_size() {
    let mut told: Vec<(Duration, String)> = Vec::new();
    for (what, full, make) in PATTERNS {
        let text = make(rounds(full / 100 + 2, full / 10, *full));
        let start = used();
        let document = Markup::Markdown.parse(&text, 1);
        let parsed = used().saturating_sub(start);
        let lines = lay_out(&document, Manner::paper(80)).len();
        let all = used().saturating_sub(start);
        told.push((
            all,
            format!("{all:>10.1?}, {parsed:.1?} of it parsing: {what}, {} bytes, {lines} lines", text.len()),
        ));
    }
    told.sort_by_key(|(took, _)| std::cmp::Reverse(*took));
    for (_, line) in told.iter().take(12) {
        eprintln!("{line}");
    }
}
