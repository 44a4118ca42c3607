//! What is fuzzed, and what must hold whatever comes in: a target a parser.
//!
//! `fuzz/fuzz_targets` hands each to libFuzzer; `tests/fuzzed.rs` runs all of them over the seeds, over every input that ever
//! broke one, and over changed copies of both, so that `cargo test` needs no fuzzer.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::OnceLock;

use hallway::bookmarks::kept::Kept;
use hallway::bookmarks::{Bookmarks, file};
use hallway::library::load::{Roots, load};
use hallway::library::{Library, front, overrides};
use hallway::markup::dialect::Dialect;
use hallway::markup::layout::{Manner, PageLine, lay_out};
use hallway::markup::{Markup, derived};
use hallway::report::destination::{Destination, web};
use hallway::search::complete::complete;
use hallway::search::text::{TextQuery, TextSearch, Units};
use hallway::search::{Finder, Index, Marks, Narrowed, Query};
use hallway::text::SafeText;
use hallway::text::decode::decode;
use hallway::text::safe::is_deceptive;
use unicode_segmentation::UnicodeSegmentation;

/// A parser under test.
pub type Target = fn(&[u8]);

/// All of them, by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("decode", decoding),
    ("structure", structure),
    ("front_matter", front_matter),
    ("formats", formats),
    ("layout", layout),
    ("query", query),
    ("bookmarks", bookmarks),
    ("config", config),
    ("safe", safe),
];

fn text(bytes: &[u8]) -> String {
    decode(Cow::Owned(bytes.to_vec())).map_or(String::new(), |decoded| decoded.text.into_owned())
}

/// The first byte chooses, the others are the input.
fn choose<'b, T: Copy>(from: &[T], bytes: &'b [u8]) -> (T, &'b [u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    (from[usize::from(*first) % from.len()], rest)
}

const ENDINGS: [&str; 7] = ["md", "txt", "rst", "org", "adoc", "html", "ipynb"];

/// Bytes to text: what is UTF-8 stays as it is, and nothing is called whole that is not.
pub fn decoding(bytes: &[u8]) {
    let Ok(decoded) = decode(Cow::Owned(bytes.to_vec())) else {
        return;
    };
    if let Ok(plain) = std::str::from_utf8(bytes)
        && !plain.starts_with('\u{feff}')
        && decoded.encoding == "UTF-8"
    {
        assert_eq!(decoded.text, plain.replace("\r\n", "\n").replace('\r', "\n"));
        assert!(!decoded.lossy);
    }
}

/// A folder of one file, written for each input.
fn one_file(ending: &str, bytes: &[u8]) -> PathBuf {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let shared = std::path::Path::new("/dev/shm");
    let made = || match shared.is_dir() {
        true => tempfile::tempdir_in(shared),
        false => tempfile::tempdir(),
    };
    let folder = FOLDER.get_or_init(|| made().expect("a folder"));
    // Threads of a test come with notes of their own.
    let thread = format!("{:?}", std::thread::current().id());
    let path = folder
        .path()
        .join(thread.replace(['(', ')'], "-"))
        .join("notes")
        .join(format!("pycon-2017.{ending}"));
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(&path, bytes).expect("a file");
    path
}

/// How often each line that is not blank is owned must be once.
pub fn owned_once(library: &Library) {
    let lines = |text: &str| text.lines().count() + 1;
    let mut owners: Vec<Vec<u32>> = library.files.iter().map(|f| vec![0; lines(&f.text) + 1]).collect();
    let talks = library.talks.iter().flat_map(|t| &t.spans);
    let introductions = library.introductions.iter().map(|i| &i.span);
    let furniture = library.furniture.iter().map(|f| &f.span);
    for span in talks.chain(introductions).chain(furniture) {
        for line in span.line()..=span.end_line() {
            if let Some(owner) = owners[span.file.index()].get_mut(line) {
                *owner += 1;
            }
        }
    }
    for (file, owners) in library.files.iter().zip(&owners) {
        for (at, line) in file.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            assert_eq!(owners[at + 1], 1, "line {} of {:?}: {line:?}", at + 1, &*file.text);
        }
    }
}

/// A file of notes, of any format: it loads without a fault, and each line is owned once.
pub fn structure(bytes: &[u8]) {
    let (ending, rest) = choose(&ENDINGS, bytes);
    let path = one_file(ending, rest);
    if let Ok(library) = load(&Roots::Paths(vec![path.clone()]), false) {
        let faults: Vec<_> = library.problems.iter().filter(|p| p.code == "fault").collect();
        assert!(faults.is_empty(), "{faults:?}");
        owned_once(&library);
        for id in library.talk_ids().take(8) {
            let _ = (library.slug(id), library.words(id), library.talk(id).title.len());
        }
    }
    let _ = std::fs::remove_file(path);
}

/// Front matter, and a `hallway.toml` of the same bytes.
pub fn front_matter(bytes: &[u8]) {
    let (dialect, rest) = choose(Dialect::ALL, bytes);
    let text = text(rest);
    if let Some((range, last)) = front::extent(&text, dialect) {
        let front = &text[range];
        assert!(last <= text.lines().count() + 1);
        let _ = hallway::library::front::fields(front);
    }
    let _ = hallway::library::front::fields(&text);
    let _ = overrides::parse("notes".as_ref(), &text);
}

/// A page in each markup, and pages that are turned into notes first.
pub fn formats(bytes: &[u8]) {
    let text = text(bytes);
    for markup in Markup::all() {
        let document = markup.parse(&text, 1);
        let most = text.lines().count() + 1;
        assert!(document.blocks.iter().all(|block| block.line <= most), "{markup:?}");
    }
    if let Some(derived) = derived::derive(&text) {
        let most = text.lines().count() + 1;
        for line in 1..=derived.text.lines().count() {
            assert!(derived.origin.line(line) <= most, "line {line}");
        }
    }
}

fn acts(c: char) -> bool {
    c.is_control() || is_deceptive(c) && !matches!(c, '\u{200c}' | '\u{200d}')
}

/// A line is no wider than the page, but for a single sign that is.
fn fits(line: &PageLine, columns: usize) -> bool {
    line.width() <= columns || line.text().trim().graphemes(true).count() == 1
}

/// A page laid out: no line wider than the width, nothing in it that could act on a terminal.
pub fn layout(bytes: &[u8]) {
    let (columns, rest) = choose(&[1_usize, 2, 7, 20, 40, 80, 200], bytes);
    let markups: Vec<Markup> = Markup::all().collect();
    let (markup, rest) = choose(&markups, rest);
    let document = markup.parse(&text(rest), 1);
    for line in lay_out(&document, Manner::paper(columns)) {
        assert!(fits(&line, columns), "{} > {columns}: {:?}", line.width(), line.text());
        assert!(!line.text().chars().any(acts), "{:?}", line.text());
    }
    for line in lay_out(&document, Manner { wrap_code: false, pan_tables: true, ..Manner::paper(columns) }) {
        assert!(line.wide.is_some() || fits(&line, columns), "{columns}: {:?}", line.text());
    }
}

/// A query: for the finder, for the text, completed; and what an address is taken for.
pub fn query(bytes: &[u8]) {
    struct Notes {
        library: Library,
        index: Index,
        units: Units,
    }
    static NOTES: OnceLock<Notes> = OnceLock::new();
    let notes = NOTES.get_or_init(|| {
        let library = load(&Roots::Builtin, false).expect("the built-in collection");
        let (index, units) = (Index::new(&library), Units::new(&library));
        Notes { library, index, units }
    });
    let typed = String::from_utf8_lossy(bytes);
    let (library, marks) = (&notes.library, Marks::default());
    let finder = Finder::new(library, &notes.index, &marks);
    let query = Query::parse(&typed);
    let found = finder.find_within(&query, 20, &mut Narrowed::default());
    assert!(found.hits.len() <= 20 && found.hits.len() <= found.total);
    for hit in &found.hits {
        for (_, at) in hallway::search::lit(library, &query, hit.talk) {
            assert!(at.is_sorted());
        }
    }
    let (start, _) = complete(library, &marks, notes.index.parts(), &typed);
    assert!(typed.is_char_boundary(start));
    if let Some(text) = TextQuery::new(&query) {
        let search = TextSearch {
            library,
            units: &notes.units,
            marks: &marks,
            parts: notes.index.parts(),
            cancelled: &|| false,
        };
        let found = search.find(&text, 20, |_| {});
        assert!(found.hits.len() <= 20);
    }
    if let Some(Destination::Web(url)) = web(&typed) {
        assert!(url.starts_with("http://") || url.starts_with("https://"), "{url}");
        assert!(url.bytes().all(|b| (0x21..0x7f).contains(&b)), "{url:?}");
    }
}

/// A bookmarks file: what is understood is printed and understood again alike, and joined with itself is itself.
pub fn bookmarks(bytes: &[u8]) {
    let _ = Bookmarks::salvage(bytes);
    let Ok((_, mut first)) = Bookmarks::parse(bytes) else {
        return;
    };
    let printed = first.print().expect("it is printed");
    let (_, again) = Bookmarks::parse(printed.as_bytes()).expect("what was printed is understood");
    assert_eq!(again.print().expect("it is printed"), printed);
    let other = first.clone();
    first.merge(other);
    assert_eq!(first.print().expect("it is printed"), printed);
    for entry in &first.strange {
        let _ = file::read_one(entry);
    }
}

/// A config file: every fault stands somewhere in it.
pub fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (_, faults) = hallway::config::file::check("config.toml".as_ref(), &text);
    for fault in faults {
        assert!(fault.line >= 1 && fault.line <= text.lines().count() + 1, "{fault}");
        assert!(fault.column >= 1);
        assert!(!fault.message.is_empty());
    }
}

/// What a terminal gets: nothing that acts on it, whatever it is cut to, and safe stays as it is.
pub fn safe(bytes: &[u8]) {
    let safe = SafeText::new(&String::from_utf8_lossy(bytes));
    assert!(!safe.as_str().chars().any(acts), "{safe:?}");
    assert_eq!(SafeText::new(safe.as_str()), safe);
    for columns in [0, 1, 5] {
        assert!(safe.ellipsis(columns).width() <= columns, "{safe:?}");
        assert!(safe.ellipsis_left(columns).width() <= columns, "{safe:?}");
    }
}
