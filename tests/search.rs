//! Searching as a person does: the text of all notes, the page, the tree; completion and earlier queries.

mod common;

use common::{Hands, notes};
use hallway::config::keys::Key;
use hallway::library::load::Roots;
use hallway::tui::effect::Effect;
use hallway::tui::event::Event;
use hallway::tui::model::Focus;
use hallway::tui::overlay::Overlay;
use hallway::tui::seeker::{Item, Mode};
use hallway::tui::update::update;

fn open() -> Hands {
    Hands::open(&Roots::Builtin, 120, 40)
}

fn finder(hands: &Hands) -> &hallway::tui::overlay::FinderState {
    match &hands.model.overlay {
        Some(Overlay::Finder(finder)) => finder,
        other => panic!("the finder is open, not {other:?}"),
    }
}

/// The titles of the rows, and for a text its line.
fn rows(hands: &Hands) -> Vec<String> {
    let library = &hands.model.library;
    let row = |item: &Item| match item {
        Item::Talk(hit) => library.talk(hit.talk).title.clone(),
        Item::Text(_, snippet) => snippet.text.clone(),
    };
    finder(hands).items().iter().map(row).collect()
}

/// The row of the screen that the current match is on, as it is lit: reversed and underlined.
fn lit_now(hands: &Hands) -> String {
    use ratatui::style::Modifier;
    let buffer = hands.buffer();
    let lit = Modifier::REVERSED | Modifier::UNDERLINED;
    let cells = buffer.content.iter().filter(|cell| cell.modifier.contains(lit));
    cells.map(|cell| cell.symbol()).collect()
}

#[test]
fn text_is_found_and_enter_lands_on_the_line() {
    let mut hands = open();
    hands.press("S orchestrates");
    assert_eq!(finder(&hands).mode, Mode::Text);
    assert!(rows(&hands)[0].contains("it orchestrates the work"), "{:?}", rows(&hands));
    hands.press("enter");
    assert_eq!(hands.title(), Some("Kubernetes for Pythonistas"));
    assert_eq!(hands.model.focus, Focus::Reader);
    assert_eq!(lit_now(&hands), "orchestrates");
}

#[test]
fn words_in_any_order_phrases_and_patterns() {
    let mut hands = open();
    for (query, first) in [
        ("steroids containers", "static linking on steroids"),
        ("\"static linking\"", "static linking on steroids"),
        ("/orch\\w+s/", "orchestrates the work"),
        ("steroids !kafka", "static linking on steroids"),
        ("STEROIDS", "Neither"),
        ("steroids speaker:hightower", "static linking on steroids"),
        ("steroids -speaker:hightower", "Neither"),
    ] {
        hands.press("S ctrl-u");
        hands.happen(hallway::tui::event::Event::Paste(query.into()));
        let found = rows(&hands);
        match first {
            "Neither" => assert!(found.is_empty(), "{query}: {found:?}"),
            _ => assert!(found[0].contains(first), "{query}: {found:?}"),
        }
        hands.press("esc");
    }
}

#[test]
fn without_a_name_the_text_is_searched_and_that_is_said() {
    let mut hands = open();
    hands.press("ctrl-p orchestrates");
    assert!(matches!(finder(&hands).items(), [Item::Text(..)]));
    assert!(hands.screen().contains("No talk is called so · found in the text"));
    hands.press("enter");
    assert_eq!(lit_now(&hands), "orchestrates");
}

#[test]
fn ctrl_t_changes_what_is_looked_through() {
    let mut hands = open();
    hands.press("ctrl-p postgres");
    let names = rows(&hands);
    hands.press("ctrl-t");
    assert!(matches!(finder(&hands).items()[0], Item::Text(..)));
    hands.press("ctrl-t");
    assert_eq!(rows(&hands), names);
}

#[test]
fn n_goes_on_through_the_page_and_into_the_next_talk() {
    let mut hands = open();
    hands.press("S memory enter");
    let mut seen = vec![hands.title().unwrap_or_default().to_owned()];
    for _ in 0..12 {
        hands.press("n");
        let title = hands.title().unwrap_or_default().to_owned();
        assert_eq!(lit_now(&hands).to_lowercase(), "memory", "in {title}");
        if seen.last() != Some(&title) {
            seen.push(title);
        }
    }
    assert!(seen.len() > 6, "{seen:?}");
    assert_eq!(seen[6], seen[0], "round to the first again: {seen:?}");
    // And back.
    let here = hands.title().map(str::to_owned);
    hands.press("n N");
    assert_eq!(hands.title().map(str::to_owned), here);
}

#[test]
fn the_page_is_searched_as_one_types() {
    let mut hands = Hands::open(&Roots::Builtin, 100, 14);
    hands.press("ctrl-p landscape enter / bokeh");
    assert!(hands.screen().lines().last().is_some_and(|l| l.starts_with("/bokeh") && l.contains("1/")));
    assert_eq!(lit_now(&hands).to_lowercase(), "bokeh");
    let scroll = hands.model.reader.scroll;
    assert!(scroll > 0, "it is not on the first screen");
    hands.press("enter n");
    assert!(hands.screen().contains("2/"));
    hands.press("N N");
    assert!(hands.screen().contains("from the end of the page again"));
    // Esc puts the matches out, and only then leaves the reader.
    hands.press("esc");
    assert_eq!((lit_now(&hands).as_str(), hands.model.focus), ("", Focus::Reader));
    hands.press("esc");
    assert_eq!(hands.model.focus, Focus::Tree);
}

#[test]
fn esc_brings_the_page_back_to_where_it_was() {
    let mut hands = Hands::open(&Roots::Builtin, 100, 14);
    hands.press("ctrl-p landscape enter j j");
    let scroll = hands.model.reader.scroll;
    hands.press("/ bokeh");
    assert_ne!(hands.model.reader.scroll, scroll);
    hands.press("esc");
    assert_eq!((hands.model.reader.scroll, lit_now(&hands).as_str()), (scroll, ""));
    hands.press("/ zzz");
    assert!(hands.screen().contains("no match"));
}

#[test]
fn smart_case_in_the_page() {
    let mut hands = open();
    hands.press("ctrl-p landscape enter / python");
    let all = hands.screen();
    hands.press("ctrl-u Python");
    let capital = hands.screen();
    let count =
        |screen: &str| screen.lines().last().and_then(|l| l.rsplit('/').next()?.trim().parse::<usize>().ok());
    assert!(count(&all) >= count(&capital), "{all}{capital}");
    assert!(count(&capital).is_some());
}

#[test]
fn the_tree_is_filtered_in_place_and_parents_stay() {
    let mut hands = open();
    hands.press("/ kube");
    let tree: Vec<_> = hands.screen().lines().map(|l| l.chars().take(46).collect::<String>()).collect();
    assert!(tree[1].contains("/kube") && tree[2].contains("PyCon 2017") && tree[3].contains("Kubernetes"));
    assert_eq!(hands.title(), Some("Kubernetes for Pythonistas"), "the cursor goes to the first talk");
    hands.press("enter n");
    assert_ne!(hands.title(), Some("Kubernetes for Pythonistas"));
    hands.press("N");
    assert_eq!(hands.title(), Some("Kubernetes for Pythonistas"));
    hands.press("esc");
    assert_eq!(hands.model.tree.filter, None);
    assert_eq!(hands.title(), Some("Kubernetes for Pythonistas"), "the cursor stays");
    // What the filter hides is shown again by going there.
    hands.press("/ kube enter ctrl-p faust enter");
    assert_eq!(hands.title(), Some("Kafka streams with Faust"));
    assert_eq!(hands.model.tree.filter, None);
}

#[test]
fn tab_completes_and_says_how_many() {
    let mut hands = open();
    hands.press("ctrl-p speaker:mar tab");
    assert_eq!(finder(&hands).text(), "speaker:\"Mario Corchero\"");
    assert!(hands.screen().contains("2 talks"));
    assert_eq!(rows(&hands).len(), 2);
    hands.press("tab");
    assert_eq!(finder(&hands).text(), "speaker:\"Mark Shannon\"");
    hands.press("shift-tab space mocks");
    assert_eq!(rows(&hands), ["Mocks, fakes, dummies, stubs and spies: Successfully isolating the snake"]);
    hands.press("ctrl-u is:st tab");
    assert_eq!(finder(&hands).text(), "is:starred");
    // A facet that is misspelt says so.
    hands.press("ctrl-u speker:ada");
    assert!(hands.screen().contains("did you mean speaker:?"), "{}", hands.screen());
}

#[test]
fn the_last_query_is_there_again_and_gives_way_to_a_letter() {
    let mut hands = open();
    hands.press("ctrl-p postgres down enter ctrl-p");
    assert_eq!((finder(&hands).text(), finder(&hands).list.selected), ("postgres", 1));
    hands.press("k u b e");
    assert_eq!(finder(&hands).text(), "kube");
    hands.press("esc ctrl-p backspace");
    assert_eq!(finder(&hands).text(), "kub", "editing keeps it");
    hands.press("alt-up");
    assert_eq!(finder(&hands).text(), "kube");
    hands.press("alt-up");
    assert_eq!(finder(&hands).text(), "postgres");
    hands.press("alt-down alt-down");
    assert_eq!(finder(&hands).text(), "");
}

#[test]
fn bookmarked_talks_are_found_as_such() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut hands = Hands::open_with(&Roots::Builtin, 120, 40, Some(folder.path().join("marks.json")));
    hands.press("ctrl-p kube enter m ctrl-p is:bookmarked");
    assert_eq!(rows(&hands), ["Kubernetes for Pythonistas"]);
    hands.press("ctrl-u -is:bookmarked");
    assert_eq!(rows(&hands).len(), hands.model.library.talks.len() - 1);
    // The same words find what is bookmarked by now.
    hands.press("ctrl-u is:bookmarked esc ctrl-p ctrl-u landscape enter m ctrl-p ctrl-u is:bookmarked");
    assert_eq!(rows(&hands).len(), 2);
}

/// Going on to a match in another talk makes it the place that a bookmark is set at, as landing there does.
#[test]
fn the_next_match_is_the_place() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("loomconf-2021")).expect("a folder");
    for name in ["a", "b"] {
        let filler = |word: &str| format!("{word} that fills the page.\n\n").repeat(40);
        let text = format!("# Talk {name}\n\n{}The zebra stands here.\n\n{}", filler("Text"), filler("More"));
        std::fs::write(folder.path().join(format!("loomconf-2021/{name}.md")), text).expect("written");
    }
    let mut hands = Hands::open(&Roots::Paths(vec![folder.path().into()]), 100, 30);
    hands.press("S z e b r a enter");
    let place = |hands: &Hands| (hands.title().map(str::to_owned), hands.model.reader.place(28).line);
    assert_eq!(place(&hands), (Some("Talk a".into()), 83));
    hands.press("n");
    assert_eq!(place(&hands), (Some("Talk b".into()), 83));
    hands.press("N");
    assert_eq!(place(&hands), (Some("Talk a".into()), 83));
    // In the tree the footer says nothing of a search that finds nothing on the page beside it.
    hands.press("tab");
    assert!(!hands.screen().contains("no match"), "{}", hands.screen());
}

/// What is pasted stays apart where lines and tabs parted it.
#[test]
fn pasted_lines_are_parted_by_blanks() {
    let mut hands = Hands::open(&Roots::Builtin, 120, 40);
    hands.press("ctrl-p");
    hands.happen(Event::Paste("Talk\nB\tis\r\nlong\n".into()));
    assert_eq!(finder(&hands).text(), "Talk B is long");
}

/// One question is answered at a time: what the filter has to ask again waits until the finder is closed.
#[test]
fn a_filter_does_not_take_the_answer_from_the_finder() {
    let mut hands = Hands::open(&Roots::Builtin, 120, 40);
    hands.press("/ o enter ctrl-p kube");
    let library = hands.model.library.clone();
    let groups = hands.model.tree.groups.clone();
    let effects = update(&mut hands.model, Event::Read(Ok((library, groups))));
    let asked = |effects: &[Effect]| -> Vec<Mode> {
        let mode = |effect: &Effect| match effect {
            Effect::Find { mode, .. } => Some(*mode),
            _ => None,
        };
        effects.iter().filter_map(mode).collect()
    };
    assert_eq!(asked(&effects), [Mode::Talks]);
    let effects = update(&mut hands.model, Event::Key(Key::parse("esc").expect("a key")));
    assert_eq!(asked(&effects), [Mode::Filter]);
}

#[test]
fn a_talk_is_read_when_its_end_was_reached() {
    let mut hands = Hands::open(&Roots::Builtin, 100, 14);
    hands.press("ctrl-p landscape enter ctrl-p is:unread");
    let all = hands.model.library.talks.len();
    assert_eq!(rows(&hands).len(), all, "its end is still below");
    hands.press("esc G ctrl-p ctrl-u is:unread");
    assert_eq!(rows(&hands).len(), all - 1);
    hands.press("ctrl-u -is:unread");
    assert_eq!(rows(&hands), ["Python Data Visualization Landscape"]);
}

#[test]
fn near_misses_come_last_and_are_labelled() {
    let mut hands = Hands::open(&notes(), 120, 40);
    hands.press("ctrl-p latnecy");
    assert_eq!(rows(&hands)[0], "How slow is slow? Latency, budgets, and everything after");
    assert!(hands.screen().contains("close"));
}

/// A talk may say in one place what it is asked for in two words, over the end of a line.
#[test]
fn a_phrase_goes_over_the_end_of_a_row() {
    let mut hands = Hands::open(&Roots::Builtin, 60, 30);
    hands.press("ctrl-p kube enter / packaging space format");
    assert_eq!(lit_now(&hands).split_whitespace().collect::<String>(), "packagingformat");
}

mod anything {
    use super::*;
    use proptest::prelude::*;

    /// What a hand can do where something is found.
    const KEYS: &[&str] = &[
        "ctrl-p", "S", "/", "enter", "esc", "tab", "shift-tab", "ctrl-t", "alt-up", "alt-down", "n", "N",
        "down", "up", "pagedown", "backspace", "ctrl-w", "ctrl-u", "ctrl-a", "left", "a", "e", "p", "y",
        "space", "'", "\"", "|", "!", "-", "^", "$", ":", "is:", "speaker:", "year:2", "/p.t/", "é", "東",
        "👩‍👩‍👧", "j", "h", "l", "g", "G", "J", "m", "?", "q",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Whatever is pressed in whatever order at whatever size: nothing panics, and what is drawn fits.
        #[test]
        fn any_keys_in_any_order(
            keys in proptest::collection::vec(proptest::sample::select(KEYS), 1..60),
            columns in 1_u16..130,
            rows in 1_u16..45,
        ) {
            let mut hands = Hands::open(&notes(), columns, rows);
            for (at, key) in keys.iter().enumerate() {
                hands.press(key);
                if at % 9 == 8 {
                    hands.resize(rows * 2, columns.min(60));
                }
                prop_assert!(hands.screen().lines().count() > 0);
                prop_assert!(hands.model.tree.selected < hands.model.tree.rows.len());
            }
        }

        /// Any query at all is read, asked of names and text, and lit.
        #[test]
        fn any_query(query in "(\\PC{0,12}|[a-z'!|/^$\" :.>-]{0,20}|(speaker|year|is|has|tag):\\PC{0,6} ?){0,4}") {
            let mut hands = Hands::open(&notes(), 80, 24);
            hands.press("ctrl-p");
            hands.happen(hallway::tui::event::Event::Paste(query.clone()));
            hands.screen();
            hands.press("ctrl-t");
            hands.screen();
            hands.press("tab enter");
            hands.screen();
        }
    }
}
