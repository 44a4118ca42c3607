//! What keys and mouse do, played over the pure update.

mod common;

use common::{Hands, notes};
use hallway::library::load::Roots;
use hallway::report::page::Subject;
use hallway::tui::model::Focus;
use hallway::tui::overlay::Overlay;

fn open() -> Hands {
    Hands::open(&Roots::Builtin, 120, 40)
}

#[test]
fn the_first_result_is_the_one_that_was_meant() {
    for (query, wanted) in [
        ("kube", &["Kubernetes for Pythonistas"][..]),
        ("pymc", &["Probabilistic Programming with PyMC3"]),
        (
            "vanderplas",
            &["The Unexpected Effectiveness of Python in Science", "Python Data Visualization Landscape"],
        ),
        ("corchero mocks", &["Mocks, fakes, dummies, stubs and spies: Successfully isolating the snake"]),
        ("euro 2018 postgres", &["Postgres at any scale"]),
        ("buczynski", &["BDD, done well"]),
        ("!pycon postgres scale", &["Postgres at any scale"]),
    ] {
        let mut hands = open();
        hands.press("ctrl-p");
        hands.happen(hallway::tui::event::Event::Paste(query.into()));
        hands.press("enter");
        let title = hands.title().unwrap_or("nothing");
        assert!(wanted.contains(&title), "{query}: {title}");
        assert_eq!(hands.model.focus, Focus::Reader);
        assert!(hands.model.overlay.is_none());
    }
}

/// The letters that matched are lit, in every part of the row.
#[test]
fn matched_letters_are_lit() {
    use ratatui::style::Modifier;
    let mut hands = open();
    hands.press("ctrl-p corchero space mocks");
    let buffer = hands.buffer();
    let row =
        (0..40).find(|y| (0..60).map(|x| buffer[(x, *y)].symbol()).collect::<String>().contains("Mocks,"));
    let row = row.expect("the row is there");
    let lit = |x: &u16| buffer[(*x, row)].modifier.contains(Modifier::UNDERLINED);
    let text: String = (4..60).filter(lit).map(|x| buffer[(x, row)].symbol()).collect();
    assert_eq!(text, "MocksCorchero");
}

#[test]
fn the_query_can_be_edited() {
    let mut hands = open();
    hands.press("ctrl-p zzz ctrl-u kubx backspace e");
    let Some(Overlay::Finder(finder)) = &hands.model.overlay else { panic!("the finder is open") };
    assert_eq!(finder.text(), "kube");
    hands.press("ctrl-a x ctrl-e ctrl-w");
    let Some(Overlay::Finder(finder)) = &hands.model.overlay else { panic!("the finder is open") };
    assert_eq!(finder.text(), "");
    assert_eq!(finder.items().len(), hands.model.library.talks.len());
    hands.press("esc");
    assert!(hands.model.overlay.is_none() && !hands.quit);
}

#[test]
fn folding_and_unfolding() {
    let mut hands = open();
    let rows = hands.model.tree.rows.len();
    hands.press("j h");
    assert_eq!(hands.model.tree.rows.len(), rows - 20);
    hands.press("l");
    assert_eq!(hands.model.tree.rows.len(), rows);
    hands.press("l");
    assert!(hands.title().is_some(), "into the first talk");
    hands.press("h");
    assert!(matches!(hands.model.tree.subject(), Subject::Conference(_)));
    hands.press("enter enter");
    assert_eq!(hands.model.tree.rows.len(), rows);
}

#[test]
fn the_next_talk_is_the_next_across_conferences() {
    let mut hands = open();
    hands.press("ctrl-p kube enter");
    assert_eq!(hands.title(), Some("Kubernetes for Pythonistas"));
    hands.press("J");
    assert_eq!(hands.title(), Some("Rust and Python - Oxidize Your Snake"));
    assert_eq!(hands.model.focus, Focus::Reader, "reading goes on");
    hands.press("K K");
    assert_eq!(hands.title(), Some("Building Stream Processing Applications"));
    hands.press("tab g J");
    assert_eq!(hands.title(), Some("The Unexpected Effectiveness of Python in Science"));
    hands.press("K");
    assert_eq!(
        hands.title(),
        Some("The Unexpected Effectiveness of Python in Science"),
        "there is none before"
    );
}

#[test]
fn scrolling_stops_at_both_ends_and_by_headings() {
    let mut hands = Hands::open(&Roots::Builtin, 100, 20);
    hands.press("ctrl-p landscape enter k k k");
    assert_eq!(hands.model.reader.scroll, 0);
    hands.press("]");
    let first = hands.model.reader.scroll;
    hands.press("]");
    assert!(first > 0 && hands.model.reader.scroll > first);
    hands.press("[");
    assert_eq!(hands.model.reader.scroll, first);
    hands.press("G j j space");
    let height = usize::from(hands.model.areas().text.height);
    assert_eq!(hands.model.reader.percent(height), 100);
    assert_eq!(hands.model.reader.scroll, hands.model.reader.page.lines.len() - height);
}

#[test]
fn resizing_keeps_the_line_on_top() {
    let mut hands = Hands::open(&Roots::Builtin, 120, 20);
    hands.press("ctrl-p pipeline rule enter space");
    let height = |hands: &Hands| usize::from(hands.model.areas().text.height);
    let place = hands.model.reader.place(height(&hands));
    hands.resize(60, 20);
    assert_eq!(hands.model.reader.place(height(&hands)), place);
    hands.resize(1, 1).resize(0, 0).resize(200, 50).resize(120, 20);
    assert_eq!(hands.title(), Some("One Data Pipeline to Rule Them All"));
}

#[test]
fn q_goes_back_before_it_leaves_where_there_is_one_pane() {
    let mut hands = Hands::open(&Roots::Builtin, 40, 12);
    hands.press("j j enter q");
    assert!(!hands.quit && hands.model.focus == Focus::Tree);
    hands.press("q");
    assert!(hands.quit);
    let mut hands = open();
    hands.press("j j enter q");
    assert!(hands.quit);
    let mut hands = open();
    hands.press("esc esc");
    assert!(!hands.quit, "Esc only backs out");
    hands.press("? ctrl-c");
    assert!(!hands.quit, "ctrl-c closes what is open");
    hands.press("ctrl-c");
    assert!(hands.quit);
}

#[test]
fn a_bookmark_is_set_shown_listed_jumped_to_and_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("bookmarks.json");
    let mut hands = Hands::open_with(&Roots::Builtin, 120, 20, Some(file.clone()));
    hands.press("ctrl-p landscape enter space");
    let height = usize::from(hands.model.areas().text.height);
    let place = hands.model.reader.place(height);
    hands.press("m");
    assert!(hands.screen().contains("bookmark saved"));
    assert!(hands.screen().contains("★ Python Data Visualization"), "{}", hands.screen());
    drop(hands);

    let mut hands = Hands::open_with(&Roots::Builtin, 120, 20, Some(file.clone()));
    assert!(hands.screen().contains("★ 1"));
    hands.press("' enter");
    assert_eq!(hands.title(), Some("Python Data Visualization Landscape"));
    assert_eq!(hands.model.reader.place(height), place, "the very line");
    hands.press("m");
    assert!(hands.screen().contains("bookmark removed"));
    drop(hands);

    let mut hands = Hands::open_with(&Roots::Builtin, 120, 20, Some(file));
    assert!(!hands.screen().contains("★"));
    hands.press("m");
    assert!(hands.screen().contains("m bookmarks a talk"));
}

#[test]
fn bookmarks_that_cannot_be_saved_stay_for_the_session_under_a_banner() {
    let folder = tempfile::tempdir().expect("a folder");
    let blocked = folder.path().join("a-file");
    std::fs::write(&blocked, "x").expect("file");
    let mut hands = Hands::open_with(&Roots::Builtin, 120, 20, Some(blocked.join("bookmarks.json")));
    hands.press("j j m");
    let screen = hands.screen();
    assert!(screen.contains("bookmarks are kept for this session only"), "{screen}");
    assert!(screen.contains("★ 1"), "{screen}");
    hands.press("j j k");
    assert!(hands.screen().contains("for this session only"), "the banner stays");
}

#[test]
fn a_bookmarks_file_that_cannot_be_parsed_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("bookmarks.json");
    std::fs::write(&file, "{ broken").expect("file");
    let hands = Hands::open_with(&Roots::Builtin, 200, 20, Some(file));
    assert!(
        hands.screen().contains("cannot be read: no bookmarks could be read from it"),
        "{}",
        hands.screen()
    );
    assert!(folder.path().join("bookmarks.json.corrupt-1").exists());
}

#[test]
fn the_mouse_selects_folds_scrolls_and_opens() {
    let mut hands = open();
    hands.click(10, 4);
    assert_eq!(
        hands.title(),
        Some("Big picture software testing: unit testing, Lean Startup, and everything in-between")
    );
    assert_eq!(hands.model.focus, Focus::Tree);
    hands.click(10, 4);
    assert_eq!(hands.model.focus, Focus::Reader, "a second click reads");
    let rows = hands.model.tree.rows.len();
    hands.click(10, 2);
    assert!(hands.model.tree.rows.len() < rows, "a click on a conference folds it");
    hands.press("ctrl-p landscape enter").wheel(90, 10);
    assert!(hands.model.reader.scroll > 0);
    hands.press("ctrl-p kube").click(10, 4);
    assert_eq!(hands.title(), Some("Kubernetes for Pythonistas"), "a click on the selected row opens it");
}

#[test]
fn plain_text_is_shown_as_it_stands() {
    let mut hands = Hands::open(&notes(), 120, 40);
    let screen = hands.press("ctrl-p cranes enter").screen();
    assert!(screen.contains("the __hooks__ are gone"), "{screen}");
    let screen = hands.press("ctrl-p beginners enter").screen();
    assert!(screen.contains("'boat'           [ ]"), "{screen}");
    assert!(screen.contains("__wind__"), "{screen}");
}

/// Whatever is pressed at whatever size, the screen can be drawn and the model holds together.
#[test]
fn a_thousand_keys_at_odd_sizes() {
    let keys = [
        "j", "k", "g", "G", "h", "l", "enter", "tab", "z", "ctrl-p", "a", "e", "esc", "?", "'", "m", "J",
        "K", "space", "b", "ctrl-d", "]", "[", "down", "up", "backspace", "ctrl-w", "pagedown", "q",
    ];
    let sizes = [(0, 0), (1, 1), (20, 3), (20, 5), (40, 12), (79, 24), (80, 24), (120, 40), (300, 2)];
    let mut hands = Hands::open(&Roots::Builtin, 80, 24);
    let mut seed = 0x2545_f491_u32;
    for n in 0..1_000 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        hands.press(keys[(seed >> 16) as usize % keys.len()]);
        if n % 7 == 0 {
            let (columns, rows) = sizes[(seed >> 8) as usize % sizes.len()];
            hands.resize(columns, rows);
        }
        hands.screen();
        assert!(hands.model.tree.selected < hands.model.tree.rows.len());
        let height = usize::from(hands.model.areas().text.height);
        assert!(height == 0 || hands.model.reader.scroll <= hands.model.reader.page.lines.len());
    }
}

/// Keys that come before all notes are read are not lost: what they ask for is done when it can be.
#[test]
fn keys_before_the_notes_are_read_are_served_then() {
    use hallway::library::load::{Step, load_in_steps};
    use hallway::tui::event::Event;
    use std::sync::Arc;
    let mut begun = None;
    let step = |step| {
        if let Step::Begun(library) = step {
            begun.get_or_insert(library);
        }
    };
    let whole = load_in_steps(&Roots::Builtin, false, false, step).expect("built in");
    let begun = begun.expect("a first step");
    assert!(begun.talks.len() < whole.talks.len());

    let mut hands = open();
    hands.model.loading = true;
    hands.happen(Event::Begun(Arc::from(begun)));
    hands.press("j j j ctrl-p postgres scale enter");
    assert!(hands.model.overlay.is_some(), "nothing matches yet");
    hands.happen(Event::Loaded(Ok(Arc::new(whole))));
    assert_eq!(hands.title(), Some("Postgres at any scale"));
    assert!(hands.model.overlay.is_none());
}

/// Notes come in steps: it is said how far, what is there can be found, where one left off is where one is, and who
/// has something open is not disturbed.
#[test]
fn notes_that_come_in_steps() {
    use hallway::library::load::load;
    use hallway::session::Left;
    use hallway::tui::event::{Changed, Event};
    use std::sync::Arc;
    let folder = tempfile::tempdir().expect("a folder");
    let talk = |n: usize, title: &str| {
        let text =
            format!("# PierConf 20{n}\n\n## {title}\n\nAda Lovelace\n\nText of it.\n\n## Other\n\nx\n");
        std::fs::write(folder.path().join(format!("{n}-pier.md")), text).expect("written");
    };
    let read = || Arc::new(load(&Roots::Paths(vec![folder.path().into()]), false).expect("notes"));
    talk(10, "Ropes in the rain");
    let first = read();
    talk(11, "Lamps without oil");
    let second = read();
    talk(12, "Nets that mend");
    let whole = read();

    let mut hands = Hands::open(&Roots::Paths(vec![folder.path().into()]), 100, 20);
    hands.model.loading = true;
    let talk = "pierconf-2010/ropes-in-the-rain".to_owned();
    hands.model.resume = Some(Left { talk, line: 3, reading: true, ..Left::default() });
    hands.happen(Event::Begun(first));
    hands.happen(Event::Counted(1_200));
    assert_eq!(hands.title(), Some("Ropes in the rain"));
    assert!(hands.screen().contains("reading… 1200 files"), "{}", hands.screen());
    // Found is what is there by then.
    hands.press("ctrl-p lamps");
    assert!(!hands.screen().contains("Lamps without oil"), "{}", hands.screen());
    hands.happen(Event::Begun(second.clone()));
    assert!(hands.screen().contains("Lamps without oil"), "{}", hands.screen());
    hands.press("enter");
    assert_eq!(hands.title(), Some("Lamps without oil"));
    // The outline stays open over a part of the notes; all of them are taken.
    hands.press("o");
    let before = hands.model.library.clone();
    hands.happen(Event::Begun(second));
    assert!(Arc::ptr_eq(&hands.model.library, &before));
    // What changes meanwhile is read when all is there.
    hands.happen(Event::NotesChanged(Changed::These(vec![folder.path().join("12-pier.md")])));
    hands.happen(Event::Loaded(Ok(whole)));
    assert_eq!(hands.title(), Some("Lamps without oil"));
    assert!(!hands.screen().contains("reading…"), "{}", hands.screen());
}

/// A glimpse is one file. Keys typed into it wait for what comes in a moment; leaving does not, unless something was typed before it.
#[test]
fn keys_typed_into_a_glimpse_wait_for_more() {
    use hallway::library::glimpse::{Patience, glimpse};
    use hallway::library::load::{Extent, load};
    use hallway::tui::event::Event;
    use std::sync::Arc;
    let glimpsed = || {
        let seen =
            glimpse(&Roots::Builtin, Extent::default(), None, Patience::Little).expect("a file").library;
        assert_eq!(seen.talks.len(), 1);
        let mut hands = open();
        hands.model.loading = true;
        hands.happen(Event::Glimpsed(Arc::new(seen)));
        hands
    };
    let mut hands = glimpsed();
    let first = hands.title().map(str::to_owned);
    hands.press("j j j");
    assert_eq!(hands.title(), first.as_deref());
    let whole = Arc::new(load(&Roots::Builtin, false).expect("built in"));
    hands.happen(Event::Loaded(Ok(whole.clone())));
    assert!(hands.title().is_some_and(|title| title.starts_with("Big picture software testing")));
    // They do not wait for all of them.
    let mut hands = glimpsed();
    hands.press("?");
    assert!(hands.model.overlay.is_none());
    hands.happen(Event::Counted(700));
    assert!(hands.model.overlay.is_none());
    hands.happen(Event::Waited);
    assert!(hands.model.overlay.is_some());
    // One of many files may be followed by the first of them; one is at the top of it then.
    let mut hands = glimpsed();
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.md"), "# Lamps without oil\n\nText.\n").expect("written");
    let roots = Roots::Paths(vec![folder.path().to_path_buf()]);
    let seen = glimpse(&roots, Extent::default(), None, Patience::Little).expect("a file").library;
    hands.happen(Event::Glimpsed(Arc::new(seen)));
    assert!(hands.screen().contains("Lamps without oil") && !hands.screen().contains("Unexpected"));
    assert!(hands.model.glimpse && hands.model.tree.selected == 0);
    // Who has something open when it comes is not disturbed.
    let mut hands = open();
    hands.press("?");
    let seen = glimpse(&Roots::Builtin, Extent::default(), None, Patience::Little).expect("a file").library;
    hands.happen(Event::Glimpsed(Arc::new(seen)));
    assert!(hands.model.library.talks.len() > 1 && !hands.model.glimpse);
    // What is pasted is meant for what the keys before it open.
    let mut hands = glimpsed();
    hands.press("ctrl-p");
    hands.happen(Event::Paste("postgres".into()));
    assert!(hands.screen().contains("postgres"));
    // A q that is typed into the finder is no q.
    let mut hands = glimpsed();
    hands.press("ctrl-p q u e");
    hands.happen(Event::Loaded(Ok(whole)));
    assert!(hands.model.overlay.is_some());
}
