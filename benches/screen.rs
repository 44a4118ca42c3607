//! What a key costs, from the event to a drawn buffer, and what reading the notes costs.
//! `cargo bench --bench screen`

#[path = "../tests/common/mod.rs"]
mod common;

use common::Hands;
use divan::Bencher;
use divan::counter::BytesCount;
use hallway::library::TalkId;
use hallway::library::load::{Roots, load};
use hallway::library::reading;
use hallway::markup::Markup;
use hallway::markup::layout::{Manner, lay_out};
use hallway::report::page::{Medium, Subject};
use hallway::tui::effect::Pane;
use hallway::tui::pages::{Request, Setting, Typesetter};
use hallway::tui::reader::Place;
use std::sync::Arc;

fn main() {
    divan::main();
}

fn hands() -> Hands {
    Hands::open(&Roots::Builtin, 120, 40)
}

/// Down in the tree: another talk is laid out and the screen is drawn.
#[divan::bench]
fn move_down_and_draw(bencher: Bencher) {
    let mut hands = hands();
    bencher.bench_local(|| {
        hands.press("j");
        if hands.model.tree.selected + 1 == hands.model.tree.rows.len() {
            hands.press("g");
        }
        hands.buffer()
    });
}

/// A letter in the finder: ranking, preview, drawing.
#[divan::bench]
fn letter_in_the_finder_and_draw(bencher: Bencher) {
    let mut hands = hands();
    hands.press("ctrl-p");
    bencher.bench_local(|| {
        hands.press("k u b e ctrl-u");
        hands.buffer()
    });
}

/// Scrolling a line: nothing but drawing.
#[divan::bench]
fn scroll_and_draw(bencher: Bencher) {
    let mut hands = hands();
    hands.press("ctrl-p landscape enter");
    bencher.bench_local(|| {
        hands.press("j k");
        hands.buffer()
    });
}

/// The longest page of the built-in collection.
#[divan::bench]
fn lay_out_a_page(bencher: Bencher) {
    let library = load(&Roots::Builtin, false).expect("the built-in collection");
    let longest = library.talk_ids().max_by_key(|id| library.words(*id)).expect("a talk");
    let bytes: usize = library.talk(longest).spans.iter().map(|s| s.bytes().len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| Subject::Talk(longest).page(&library, 80));
}

/// A page of ten megabytes, of everything that the built-in notes hold.
fn long_page() -> String {
    let one: String = std::fs::read_dir("data")
        .expect("the built-in notes")
        .flat_map(|folder| std::fs::read_dir(folder.expect("a folder").path()).into_iter().flatten())
        .filter_map(|file| std::fs::read_to_string(file.expect("a file").path()).ok())
        .collect();
    one.repeat(10_000_000 / one.len() + 1)
}

/// From text to blocks.
#[divan::bench(sample_count = 10)]
fn parse_a_long_page(bencher: Bencher) {
    let text = long_page();
    bencher.counter(BytesCount::new(text.len())).bench(|| Markup::Markdown.parse(&text, 1));
}

/// From blocks to lines.
#[divan::bench(sample_count = 10)]
fn lay_out_a_long_page(bencher: Bencher) {
    let text = long_page();
    let document = Markup::Markdown.parse(&text, 1);
    bencher.counter(BytesCount::new(text.len())).bench(|| lay_out(&document, Manner::paper(80)));
}

/// A long page, and a request for it.
fn long_request() -> (tempfile::TempDir, Request) {
    let folder = tempfile::tempdir().expect("a folder");
    // Headings would be talks of their own.
    let body: String =
        long_page().lines().filter(|l| !l.starts_with(['#', '-'])).flat_map(|l| [l, "\n"]).collect();
    let text = format!("# BigConf 2024\n\n## A long talk\n\n{body}");
    std::fs::write(folder.path().join("long.md"), text).expect("written");
    let library = load(&Roots::Paths(vec![folder.path().to_path_buf()]), false).expect("read");
    let request = Request {
        pane: Pane::Reader,
        generation: 1,
        subject: Subject::Talk(TalkId(0)),
        setting: Setting { columns: 70, rows: 40, wrap_code: false, gallery: None },
        near: Place::default(),
        damaged: Arc::default(),
        library: Arc::new(library),
    };
    assert!(request.subject.bytes(&request.library) > 5_000_000);
    (folder, request)
}

/// Until the first part of a page can be drawn.
fn first_part(typesetter: &mut Typesetter, request: &Request) -> usize {
    let answered = std::cell::Cell::new(0);
    // Once there is a part, nobody wants the rest.
    typesetter.set(request, &|| answered.get() > 0, &mut |_| answered.set(answered.get() + 1));
    answered.get()
}

/// A long page is opened: until there is something to see.
#[divan::bench(sample_count = 20)]
fn open_a_long_page(bencher: Bencher) {
    let (_folder, request) = long_request();
    bencher.bench_local(|| request.subject.beginning(&request.library, Medium::Screen, 16 * 1024));
}

/// A long page that is known gets another width: until what is on top can be seen.
#[divan::bench(sample_count = 20)]
fn resize_a_long_page(bencher: Bencher) {
    let (_folder, mut request) = long_request();
    let mut typesetter = Typesetter::default();
    typesetter.set(&request, &|| false, &mut |_| {});
    request.near = Place { line: 100_000, offset: 0 };
    let mut columns = 60;
    bencher.bench_local(|| {
        columns = if columns == 60 { 80 } else { 60 };
        request.setting.columns = columns;
        first_part(&mut typesetter, &request)
    });
}

/// The built-in collection, from bytes to the tree.
#[divan::bench]
fn load_the_built_in_collection(bencher: Bencher) {
    let library = load(&Roots::Builtin, false).expect("the built-in collection");
    let bytes: usize = library.files.iter().map(|f| f.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| load(&Roots::Builtin, false));
}

/// The structure of one large file of tidy Markdown.
#[divan::bench]
fn structure_of_tidy_markdown(bencher: Bencher) {
    let one = include_str!("../data/pycon-2017/04-dr-microservices.md");
    let text = format!("# PyCon 2017\n\n{}", one.replace("## ", "### ").replace("\n# ", "\n## ").repeat(500));
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| reading::survey(&text, std::path::Path::new("pycon.md")).features.len());
}

/// The structure of real notes, file by file: those of `$HALLWAY_NOTES`, else the built-in ones.
#[divan::bench]
fn structure_of_a_folder(bencher: Bencher) {
    let roots = match std::env::var_os("HALLWAY_NOTES") {
        Some(paths) => Roots::Paths(std::env::split_paths(&paths).collect()),
        None => Roots::Builtin,
    };
    let library = load(&roots, false).expect("notes");
    let bytes: usize = library.files.iter().map(|f| f.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        library.files.iter().map(|f| reading::survey(&f.text, f.relative()).features.len()).sum::<usize>()
    });
}
