//! Golden screens: what a person sees, at three sizes, after certain keys.
//!
//! The files under `tests/screens/` are read by eye before they are accepted. To accept new ones:
//! `SNAPSHOTS=overwrite cargo test --test screens`, and look at the difference.

mod common;

use common::{Hands, notes};
use hallway::library::load::Roots;
use snapbox::{Data, assert_data_eq};

const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

/// Plays keys at every size and compares the screens.
fn check(name: &str, roots: &Roots, keys: &str) {
    check_at(&SIZES, name, roots, keys);
}

/// Plays keys at some sizes and compares the screens.
fn check_at(sizes: &[(u16, u16)], name: &str, roots: &Roots, keys: &str) {
    for (columns, rows) in sizes.iter().copied() {
        let mut hands = Hands::open(roots, columns, rows);
        let screen = hands.press(keys).screen();
        assert_eq!(screen.lines().count(), usize::from(rows));
        for line in screen.lines() {
            let width = hallway::text::width::width(line);
            assert!(width <= usize::from(columns), "{width} > {columns}: {line}");
        }
        let path = format!("{}/tests/screens/{name}-{columns}x{rows}.txt", env!("CARGO_MANIFEST_DIR"));
        assert_data_eq!(screen, Data::read_from(path.as_ref(), None).raw());
    }
}

#[test]
fn the_built_in_collection() {
    check("overview", &Roots::Builtin, "");
    check("tree", &Roots::Builtin, "j j j j");
    check("reader", &Roots::Builtin, "j j j j enter ctrl-d");
    check("reader-alone", &Roots::Builtin, "j j j j z");
    check("conference", &Roots::Builtin, "j");
}

#[test]
fn one_page_for_each_shape_of_notes() {
    check("shape-tidy", &notes(), "ctrl-p slow enter");
    check("shape-gist", &notes(), "ctrl-p compilers enter");
    check("shape-bare-lines", &notes(), "ctrl-p beginners enter");
    check("shape-headings", &notes(), "ctrl-p signals enter");
    check("shape-long-day", &notes(), "ctrl-p cranes enter");
}

#[test]
fn the_finder() {
    check("finder", &Roots::Builtin, "ctrl-p kube");
    check("finder-all", &Roots::Builtin, "ctrl-p");
    check("finder-none", &Roots::Builtin, "ctrl-p zzzz");
}

#[test]
fn searching() {
    check("search-notes", &Roots::Builtin, "S memory space python");
    check("search-fallback", &Roots::Builtin, "ctrl-p orchestrates");
    check("search-page", &Roots::Builtin, "ctrl-p landscape enter / bokeh");
    check("search-tree", &Roots::Builtin, "/ postgres");
    check("search-close", &Roots::Builtin, "ctrl-p postgers");
    check("complete", &Roots::Builtin, "ctrl-p speaker:mar tab tab");
    check("facet-fault", &Roots::Builtin, "ctrl-p kube space speker:x");
}

/// One of each thing that a page can hold, from its first line to its last.
#[test]
fn everything_that_a_page_can_hold() {
    let notes = Roots::Paths(vec!["tests/fixtures/reader".into()]);
    check_at(&[(40, 150), (80, 110), (120, 110)], "everything", &notes, "ctrl-p everything enter z");
    check("outline", &notes, "ctrl-p everything enter o");
    check("outline-filter", &notes, "ctrl-p everything enter o te");
    check("links", &notes, "ctrl-p everything enter f tab");
    check("pan", &notes, "ctrl-p everything enter o code enter > >");
}

#[test]
fn lists_to_choose_from() {
    check("palette", &Roots::Builtin, ":");
    check("palette-filter", &Roots::Builtin, ": page");
    check("palette-none", &Roots::Builtin, ": qqqq");
    check("themes", &Roots::Builtin, "t j j");
    check("group-by", &Roots::Builtin, "V j");
    check("by-speaker", &Roots::Builtin, "V j enter j l l");
    check("by-year", &notes(), "V j j enter j j");
    check("related", &Roots::Builtin, "ctrl-p bulletproof enter =");
}

/// From twenty columns and five rows to four hundred and a hundred: what one sees first, a talk, and each list.
#[test]
fn any_size() {
    let sizes = [(20, 5), (400, 100)];
    check_at(&sizes, "tree", &Roots::Builtin, "j j j j");
    check_at(&sizes, "reader", &Roots::Builtin, "j j j j enter ctrl-d");
    check_at(&sizes, "finder", &Roots::Builtin, "ctrl-p kube");
    check_at(&sizes, "palette", &Roots::Builtin, ":");
    check_at(&sizes, "group-by", &Roots::Builtin, "V j");
    check_at(&sizes, "help", &Roots::Builtin, "?");
}

#[test]
fn the_help() {
    check("help", &Roots::Builtin, "?");
}

/// Plays keys at every size over a bookmarks file that is empty at first.
fn check_marks(name: &str, keys: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    for (columns, rows) in SIZES {
        let file = folder.path().join(format!("{columns}.json"));
        let mut hands = Hands::open_with(&Roots::Builtin, columns, rows, Some(file));
        let screen = hands.press(keys).screen();
        let path = format!("{}/tests/screens/{name}-{columns}x{rows}.txt", env!("CARGO_MANIFEST_DIR"));
        assert_data_eq!(screen, Data::read_from(path.as_ref(), None).raw());
    }
}

#[test]
fn the_bookmarks() {
    let two = "ctrl-p pymc enter j j j j j j m ctrl-p kube enter h m";
    check_marks("bookmarks", &format!("{two} '"));
    check_marks("bookmarks-none", "'");
    check_marks("bookmarks-note", &format!("{two} ' g a look space again"));
    check_marks("bookmarks-filter", &format!("{two} ' g t bayes enter / tag:bay"));
    check_marks("revisit", &format!("{two} ' d g d d R"));
    check_marks("revisit-none", &format!("{two} R"));
    check_marks("annotate", "ctrl-p pymc enter j j j j j j a a space thought");
}
