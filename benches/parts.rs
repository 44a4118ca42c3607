//! What the parts cost, each by itself: `cargo bench --bench parts`.
//!
//! Decoding, folding letters, finding letter by letter, full text, folding the tree, drawing, saving a bookmark. The
//! structure pass, loading and laying out stand in the benches named `screen` and `load`.

#[path = "../tests/common/mod.rs"]
mod common;

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use common::Hands;
use divan::Bencher;
use divan::counter::BytesCount;
use hallway::bookmarks::{Anchor, Bookmark, Operation, file};
use hallway::library::load::{Roots, load};
use hallway::library::{Library, TalkId};
use hallway::search::text::{TextQuery, TextSearch, Units};
use hallway::search::{Finder, Index, Marks, Narrowed, Query};
use hallway::text::decode::decode;
use hallway::text::fold::fold;

fn main() {
    divan::main();
}

static LIBRARY: LazyLock<Arc<Library>> =
    LazyLock::new(|| Arc::new(load(&Roots::Builtin, false).expect("the built-in collection")));

/// The built-in notes, end to end, a megabyte of them.
fn megabyte() -> String {
    let one: String = LIBRARY.files.iter().map(|file| &*file.text).collect();
    one.repeat(1_000_000 / one.len() + 1)
}

/// Bytes to text, where all are ASCII, where some are not, and where they are of an older encoding.
#[divan::bench(args = ["ascii", "utf-8", "windows-1252"])]
fn decode_a_megabyte(bencher: Bencher, encoding: &str) {
    let text = megabyte();
    let bytes = match encoding {
        "ascii" => text.chars().filter(char::is_ascii).collect::<String>().into_bytes(),
        "utf-8" => text.into_bytes(),
        _ => text.bytes().map(|b| if b == b'z' { 0xe9 } else { b & 0x7f }).collect(),
    };
    let count = BytesCount::new(bytes.len());
    bencher
        .counter(count)
        .with_inputs(|| Cow::Owned(bytes.clone()))
        .bench_values(|bytes: Cow<'static, [u8]>| decode(bytes).map(|decoded| decoded.text.len()));
}

/// Case and accents taken off, as both searches do.
#[divan::bench]
fn fold_a_megabyte(bencher: Bencher) {
    let text = megabyte();
    bencher.counter(BytesCount::new(text.len())).bench(|| fold(&text).len());
}

/// What the finder needs, built when it is first used.
#[divan::bench]
fn list_the_talks_for_the_finder(bencher: Bencher) {
    let library = &*LIBRARY;
    bencher.bench(|| Index::new(library).bytes());
}

/// "kube", a letter at a time, each narrowing what the one before it found.
#[divan::bench]
fn four_letters_in_the_finder(bencher: Bencher) {
    let (library, marks) = (&*LIBRARY, Marks::default());
    let index = Index::new(library);
    let finder = Finder::new(library, &index, &marks);
    bencher.bench(|| {
        let mut narrowed = Narrowed::default();
        let found = ["k", "ku", "kub", "kube"]
            .map(|typed| finder.find_within(&Query::parse(typed), 1_000, &mut narrowed).total);
        found.iter().sum::<usize>()
    });
}

/// A common word in all texts of the built-in collection.
#[divan::bench]
fn full_text(bencher: Bencher) {
    let (library, marks) = (&*LIBRARY, Marks::default());
    let (index, units) = (Index::new(library), Units::new(library));
    let query = TextQuery::new(&Query::parse("container")).expect("a word");
    let bytes: usize = library.files.iter().map(|file| file.text.len()).sum();
    let search =
        TextSearch { library, units: &units, marks: &marks, parts: index.parts(), cancelled: &|| false };
    bencher.counter(BytesCount::new(bytes)).bench(|| search.find(&query, 300, |_| {}).places);
}

/// A conference folded and unfolded, the screen drawn after each.
#[divan::bench]
fn fold_the_tree_and_draw(bencher: Bencher) {
    let mut hands = Hands::open(&Roots::Builtin, 120, 40);
    bencher.bench_local(|| {
        let mut drawn = 0;
        for key in ["g h", "l"] {
            hands.press(key);
            drawn += hands.buffer().content().len();
        }
        drawn
    });
}

/// The screen drawn, nothing having changed.
#[divan::bench(args = [(120, 40), (80, 24), (40, 12)])]
fn draw(bencher: Bencher, size: (u16, u16)) {
    let hands = Hands::open(&Roots::Builtin, size.0, size.1);
    bencher.bench_local(|| hands.buffer());
}

/// A bookmark set in a file of so many: lock, read, change, write beside it, sync to the disk, rename.
#[divan::bench(args = [1, 100, 1_000], sample_count = 20)]
fn save_a_bookmark(bencher: Bencher, others: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bookmarks.json");
    let library = &*LIBRARY;
    let anchor = Anchor::of(library, TalkId(0), 1, 0).expect("a line");
    let fresh = || Operation::put(Bookmark::new(anchor.clone(), "2026-11-26T10:00:00Z".into()));
    let many: Vec<Operation> = (0..others).map(|_| fresh()).collect();
    file::change(&path, &many).expect("they are saved");
    let mut operations = [fresh()];
    bencher.bench_local(|| {
        operations = [fresh()];
        file::change(&path, &operations).expect("it is saved").value
    });
}
