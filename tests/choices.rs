//! What one can choose: keys of one's own, the palette, themes, ways to group, related talks, an editor, the mouse.

mod common;

use std::path::PathBuf;
use std::sync::Arc;

use common::{Hands, notes};
use hallway::bookmarks::reading::State;
use hallway::config::file::check;
use hallway::config::settings::Settings;
use hallway::library::Library;
use hallway::library::load::{Roots, load, load_changed};
use hallway::report::groups::{Grouping, Groups, Marked};
use hallway::report::page::Subject;
use hallway::tui::event::{Changed, Event};
use hallway::tui::model::Focus;
use hallway::tui::update::update;

fn builtin() -> Hands {
    Hands::open(&Roots::Builtin, 100, 30)
}

fn settings(text: &str) -> Box<Settings> {
    let (settings, faults) = check("config.toml".as_ref(), text);
    assert_eq!(faults, [], "{text}");
    Box::new(settings)
}

fn configured(text: &str) -> Hands {
    let mut hands = builtin();
    hands.happen(Event::Configured(Ok(settings(text))));
    hands
}

#[test]
fn a_sequence_shows_how_it_may_go_on() {
    let mut hands = configured("[keys.reader]\ng = false\n\"g g\" = \"top\"\n\"g e\" = \"bottom\"\n");
    hands.press("ctrl-p next space level enter");
    let screen = hands.press("g").screen();
    assert!(screen.contains("╭─ g ") && screen.contains("start of the page"), "{screen}");
    let screen = hands.press("e").screen();
    assert!(!screen.contains("╭─ g ") && screen.contains("100%"), "{screen}");
    assert!(!hands.press("g g").screen().contains("100%"));
    // Esc takes the first key back, another one is told.
    assert!(!hands.press("g esc").screen().contains("╭─ g "));
    assert_eq!(hands.model.focus, Focus::Reader);
    assert!(hands.press("g x").screen().contains("g x does nothing here"));
    // In the tree, g is what it was.
    hands.press("h g");
    assert_eq!(hands.model.tree.selected, 0);
}

/// Footer, help, palette, hints and what empty lists say name the keys that there are.
#[test]
fn everything_names_the_keys_that_there_are() {
    let mut hands = configured(
        "[keys.anywhere]\nm = false\n\"ctrl-b\" = \"bookmark\"\n\"?\" = false\nf1 = false\n\"alt-h\" = \"help\"\n[keys.tree]\n\"ctrl-b\" = false\n",
    );
    let screen = hands.screen();
    assert!(screen.contains("alt-h help") && !screen.contains("? help"), "{screen}");
    let screen = hands.press("'").screen();
    assert!(screen.contains("ctrl-b sets one"), "{screen}");
    let screen = hands.press("esc alt-h G g").screen();
    assert!(screen.contains("Keys"), "{screen}");
    let screen = hands.press("esc : help").screen();
    assert!(screen.contains("alt-h"), "{screen}");
    // What has no key is done by the palette.
    hands.press("ctrl-u quit enter");
    assert!(hands.quit);
}

#[test]
fn every_action_of_the_palette_can_be_done_or_says_why_not() {
    for keys in ["", "j j enter"] {
        let count = {
            let mut hands = builtin();
            hands.press(keys).press(":");
            hands.screen();
            let Some(hallway::tui::overlay::Overlay::Menu(menu)) = &hands.model.overlay else {
                panic!("the palette is open");
            };
            menu.rows.len()
        };
        assert!(count > 40, "{count}");
        for row in 0..count {
            let mut hands = builtin();
            hands.press(keys).press(":");
            for _ in 0..row {
                hands.press("down");
            }
            hands.press("enter").screen();
        }
    }
}

#[test]
fn themes_are_shown_while_one_looks_for_one() {
    let mut hands = builtin();
    let before = hands.model.theme.clone();
    hands.press("t j j");
    assert_ne!(hands.model.theme, before);
    hands.press("esc");
    assert_eq!(hands.model.theme, before);
    hands.press("t j j enter");
    assert_eq!(hands.model.looks.theme, "light");
    assert!(hands.screen().contains("theme = \"light\" in the config keeps it"), "{}", hands.screen());
}

#[test]
fn a_config_that_changes_holds_at_once() {
    let mut hands = builtin();
    hands.press("j j enter");
    let dark = hands.model.theme.clone();
    hands.happen(Event::Configured(Ok(settings(
        "theme = \"mine\"\n[reader]\nwidth = 30\n[themes.mine]\nbase = \"light\"\ntitle = \"red bold\"\n",
    ))));
    assert_ne!(hands.model.theme, dark);
    assert_eq!(hands.model.areas().text.width, 30);
    // What was chosen on the screen stays, as long as the config says nothing new of it.
    hands.press("t j enter");
    let chosen = hands.model.looks.theme.clone();
    hands.happen(Event::Configured(Ok(settings(
        "theme = \"mine\"\n[reader]\nwidth = 40\n[themes.mine]\nbase = \"light\"\ntitle = \"red bold\"\n",
    ))));
    assert_eq!((hands.model.looks.theme.clone(), hands.model.areas().text.width), (chosen, 40));
    hands.happen(Event::Configured(Err("config.toml:1:1: no".into())));
    assert!(hands.screen().contains("config.toml:1:1: no"));
    assert_eq!(hands.model.areas().text.width, 40);
}

#[test]
fn grouped_by_speaker_a_talk_of_two_stands_with_both() {
    let mut hands = Hands::open(&notes(), 100, 30);
    hands.press("V j enter");
    assert_eq!(hands.model.tree.groups.by, Grouping::Speaker);
    let rows = |hands: &Hands, title: &str| {
        let is = |subject: Subject| matches!(subject, Subject::Talk(id) if hands.model.library.talk(id).title.starts_with(title));
        hands.model.tree.rows.iter().filter(|row| is(row.subject)).count()
    };
    assert_eq!(rows(&hands, "How slow is slow?"), 2);
    // The second one is gone to, and stays the one.
    hands.press("g");
    let second = hands.model.tree.rows.iter().rposition(|row| {
        matches!(row.subject, Subject::Talk(id) if hands.model.library.talk(id).title.starts_with("How slow"))
    });
    while Some(hands.model.tree.selected) != second {
        hands.press("j");
    }
    hands.press("enter h");
    assert_eq!(Some(hands.model.tree.selected), second);
    // And stays it in other notes, and in those that a filter lets through.
    let group = |hands: &Hands| hands.model.tree.rows[hands.model.tree.selected].group;
    let there = group(&hands);
    hands.happen(Event::NotesChanged(Changed::Anything));
    assert_eq!((Some(hands.model.tree.selected), group(&hands)), (second, there));
    hands.press("/ s l o w enter g");
    while group(&hands) != there || !matches!(hands.model.tree.subject(), Subject::Talk(_)) {
        hands.press("j");
    }
    hands.happen(Event::NotesChanged(Changed::Anything));
    assert!(group(&hands) == there && matches!(hands.model.tree.subject(), Subject::Talk(_)));
    hands.press("esc");
    // Folding it keeps the others, and going on goes to the next one of the group's order.
    let group = hands.model.tree.rows[hands.model.tree.selected].group;
    hands.press("J");
    assert_ne!(hands.model.tree.rows[hands.model.tree.selected].group, group);
    // A jump finds the talk whichever way they are grouped.
    hands.press("ctrl-p cranes enter");
    assert_eq!(hands.title(), Some("How we make cranes faster"));
    // Back to conferences, the cursor stays on the talk.
    hands.press("h V g enter");
    assert_eq!(hands.model.tree.groups.by, Grouping::Conference);
    assert_eq!(hands.title(), Some("How we make cranes faster"));
}

#[test]
fn grouping_outlives_a_reload_with_folds_and_cursor() {
    let mut hands = Hands::open(&notes(), 100, 40);
    hands.press("V j j enter g j h j j j");
    let before: Vec<String> =
        hands.screen().lines().take(12).map(|line| line.chars().take(40).collect()).collect();
    hands.press("r");
    let after: Vec<String> =
        hands.screen().lines().take(12).map(|line| line.chars().take(40).collect()).collect();
    assert_eq!(before, after);
    assert_eq!(hands.model.tree.groups.by, Grouping::Year);
}

#[test]
fn grouped_by_bookmarks_follows_the_bookmarks() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut hands = Hands::open_with(&notes(), 100, 40, Some(folder.path().join("bookmarks.json")));
    hands.press("V G enter");
    assert!(!hands.screen().contains("▾ Bookmarked"), "{}", hands.screen());
    hands.press("ctrl-p cranes enter m h");
    assert!(hands.screen().contains("▾ Bookmarked "), "{}", hands.screen());
    hands.press("' d esc");
    hands.press("g");
    assert!(hands.screen().contains("1 bookmark · 0 due"), "{}", hands.screen());
}

#[test]
fn a_filter_goes_through_groups_too() {
    let mut hands = Hands::open(&notes(), 100, 40);
    hands.press("V j enter / cranes enter");
    let screen = hands.screen();
    assert!(screen.contains("Mark Twain") && !screen.contains("Ada Lovelace"), "{screen}");
    assert!(hands.press("esc").screen().contains("Ada Lovelace"));
}

#[test]
fn related_talks_say_why_and_are_gone_to() {
    let mut hands = builtin();
    hands.press("ctrl-p bulletproof enter =");
    let screen = hands.screen();
    assert!(screen.contains("Related talks") && screen.contains("Next Level Testing"), "{screen}");
    assert!(screen.contains("hypothesis"), "the word in common is told\n{screen}");
    hands.press("enter");
    assert_ne!(hands.title(), Some("Bulletproof Python – Property-Based Testing with Hypothesis"));
    hands.press("ctrl-o");
    assert_eq!(hands.title(), Some("Bulletproof Python – Property-Based Testing with Hypothesis"));
}

#[test]
fn the_editor_opens_at_ones_place() {
    let mut hands = Hands::open(&notes(), 100, 30);
    hands.press("ctrl-p cron enter h e");
    let (path, line) = hands.edited.clone().expect("an editor");
    assert_eq!(path, PathBuf::from("tests/fixtures/notes/1-tidy.md"));
    let in_tree = line;
    hands.press("l j j j e");
    assert!(hands.edited.clone().expect("an editor").1 >= in_tree);
    // What stands in no file cannot be edited, and that is said.
    let mut hands = builtin();
    hands.press("e");
    assert!(hands.edited.is_none() && hands.screen().contains("built-in collection stands in no file"));
}

#[test]
fn the_mouse_drags_the_line_and_the_scrollbars_and_opens() {
    let mut hands = Hands::open(&Roots::Builtin, 100, 20);
    let divider = hands.model.areas().divider.x;
    hands.drag((divider, 10), (divider + 15, 10));
    assert_eq!(hands.model.areas().divider.x, divider + 15);
    // Neither pane is dragged away.
    hands.drag((divider + 15, 10), (99, 10));
    assert!(hands.model.areas().reader.width >= 15, "{:?}", hands.model.areas());
    hands.drag((hands.model.areas().divider.x, 10), (0, 10));
    assert!(hands.model.areas().tree.width >= 15);
    hands.drag((hands.model.areas().divider.x, 10), (divider, 10));
    let bar = hands.model.areas().tree_bar;
    hands.drag((bar.x, bar.y), (bar.x, bar.bottom() - 1));
    assert_eq!(hands.model.tree.selected, hands.model.tree.rows.len() - 1, "dragged to the end");
    hands.drag((bar.x, bar.bottom() - 1), (bar.x, bar.y));
    assert_eq!(hands.model.tree.selected, 0);
    // A second click on a talk reads it; on a group it has folded once.
    hands.double_click(8, 3);
    assert_eq!(hands.model.focus, Focus::Reader);
    let rows = hands.model.tree.rows.len();
    hands.double_click(8, 2);
    assert!(hands.model.tree.rows.len() < rows);
    // The page's own bar.
    hands.press("ctrl-p everything").press("esc").press("ctrl-p next space level enter");
    let bar = hands.model.areas().reader_bar;
    hands.drag((bar.x, bar.y), (bar.x, bar.bottom() - 1));
    assert!(hands.screen().contains("100%"), "{}", hands.screen());
}

/// Every screen at every size, from nothing on, draws and keeps inside of itself.
#[test]
fn lists_at_any_size() {
    for (columns, rows) in [(0, 0), (1, 1), (3, 2), (10, 3), (20, 5), (30, 8), (79, 15), (80, 16), (400, 100)]
    {
        for keys in [":", ": page", "t j", "V j enter j", "V", "ctrl-p kube enter =", "?", "'", "ctrl-p"] {
            let mut hands = Hands::open(&Roots::Builtin, columns, rows);
            hands.press(keys).screen();
        }
    }
}

/// Where one has landed is found again by what it says, not by its number.
#[test]
fn the_place_goes_along_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("harbor-2024.md");
    let talk = |head: &str, title: &str| {
        let lines: String = (1..40).map(|n| format!("* point number {n} of them\n")).collect();
        format!("# HarborConf 2024\n\n{head}## {title}\n\nSpeaker: Ada Lovelace\n\n{lines}")
    };
    std::fs::write(&path, talk("", "The only talk")).expect("written");
    let mut hands = Hands::open(&Roots::Paths(vec![folder.path().into()]), 100, 20);
    hands.press("j j : 20 enter");
    let at = |hands: &Hands| {
        hands
            .screen()
            .lines()
            .find(|line| line.contains("▸ "))
            .map(|line| line.chars().skip(40).collect::<String>())
    };
    let before = at(&hands).expect("a place");
    std::fs::write(&path, talk("", "The only talk").replace("* point number 3 ", "* new\n* point number 3 "))
        .expect("written");
    hands.press("r");
    assert_eq!(at(&hands).as_ref(), Some(&before), "{}", hands.screen());
    // A talk that is called otherwise now is the talk that stands where it stood, from its start too.
    hands.press("g");
    std::fs::write(&path, talk("", "The same talk, called otherwise")).expect("written");
    hands.press("r");
    assert_eq!(hands.title(), Some("The same talk, called otherwise"));
    assert!(hands.screen().contains("read again: 1 talk"), "{}", hands.screen());
}

/// A talk whose file goes away for a moment is there again when that is, as long as one has not gone elsewhere.
#[test]
fn a_talk_that_is_gone_for_a_moment_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, two) = (folder.path().join("a-2024.md"), folder.path().join("b-2024.md"));
    std::fs::write(&one, "# HarborConf 2024\n\n## First\n\nSpeaker: Ada\n\nx\n").expect("written");
    let text = "# PierConf 2024\n\n## Second\n\nSpeaker: Ada\n\nx\n\n## Third\n\nSpeaker: Bo\n\ny\n";
    std::fs::write(&two, text).expect("written");
    let mut hands = Hands::open(&Roots::Paths(vec![folder.path().into()]), 100, 20);
    hands.press("ctrl-p third enter h");
    std::fs::remove_file(&two).expect("gone");
    hands.happen(Event::NotesChanged(Changed::Anything));
    assert!(hands.screen().contains("the talk that was open is gone"), "{}", hands.screen());
    std::fs::write(&two, text).expect("back");
    hands.happen(Event::NotesChanged(Changed::Anything));
    assert_eq!(hands.title(), Some("Third"));
    // Who has gone elsewhere meanwhile stays there.
    std::fs::remove_file(&two).expect("gone");
    hands.happen(Event::NotesChanged(Changed::Anything));
    hands.press("g");
    std::fs::write(&two, text).expect("back");
    hands.happen(Event::NotesChanged(Changed::Anything));
    assert_eq!(hands.title(), None);
}

/// What stands in the row of a talk that is gone is shown from its top, and is not read for that.
#[test]
fn the_next_talk_is_not_where_one_that_is_gone_was_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(format!("loomconf-2020/{name}.md"));
    std::fs::create_dir(folder.path().join("loomconf-2020")).expect("a folder");
    let talk = |title: &str, lines: usize| {
        format!("# {title}\n\nAda Lovelace\n\n{}", "It was so.\n\n".repeat(lines))
    };
    std::fs::write(path("1"), talk("On wool", 60)).expect("written");
    std::fs::write(path("2"), talk("On silk", 30)).expect("written");
    std::fs::write(path("3"), talk("On rain", 30)).expect("written");
    let mut hands = Hands::open(&Roots::Paths(vec![folder.path().into()]), 100, 20);
    hands.press("ctrl-p wool enter G");
    assert!(hands.screen().contains("100%"), "{}", hands.screen());
    let text = std::fs::read_to_string(path("1")).expect("text");
    std::fs::remove_file(path("1")).expect("gone");
    hands.happen(Event::NotesChanged(Changed::These(vec![path("1")])));
    assert_eq!((hands.title(), hands.model.reader.scroll), (Some("On silk"), 0));
    assert!(hands.screen().contains("the talk that was open is gone"), "{}", hands.screen());
    let is_read = |hands: &Hands| hands.model.states.values().filter(|state| **state == State::Read).count();
    assert_eq!(is_read(&hands), 0);
    // It comes back with its place, and the keys are the reader's again.
    std::fs::write(path("1"), text).expect("back");
    hands.happen(Event::NotesChanged(Changed::These(vec![path("1")])));
    assert_eq!((hands.title(), hands.model.focus), (Some("On wool"), Focus::Reader));
    assert!(hands.model.reader.scroll > 0);
    // A conference that is gone leaves the cursor in its row.
    let other = folder.path().join("silkconf-2021");
    std::fs::create_dir(&other).expect("a folder");
    std::fs::write(other.join("1.md"), talk("Of moths", 1)).expect("written");
    hands.press("h");
    hands.happen(Event::NotesChanged(Changed::Anything));
    hands.press("G k");
    let row = hands.model.tree.selected;
    assert!(hands.screen().contains("▌▾ Silkconf 2021"), "{}", hands.screen());
    std::fs::remove_dir_all(&other).expect("gone");
    hands.happen(Event::NotesChanged(Changed::Anything));
    assert_eq!(hands.model.tree.selected, row - 1);
}

/// The outline of a page that was changed below it is the outline of what is there now.
#[test]
fn the_outline_follows_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a-talk.md");
    let text = "# A talk\n\nSpeaker: Ada Lovelace\n\n## One\n\nx\n\n## Two\n\ny\n";
    std::fs::write(&path, text).expect("written");
    let mut hands = Hands::open(&Roots::Paths(vec![folder.path().into()]), 100, 20);
    hands.press("ctrl-p talk enter o down");
    std::fs::write(&path, text.replace("## One", "## Before\n\nz\n\n## One")).expect("written");
    hands.happen(Event::NotesChanged(Changed::Anything));
    let screen = hands.screen();
    assert!(screen.contains("Outline") && screen.contains("Before"), "{screen}");
}

#[test]
fn a_kept_filter_that_goes_leaves_the_talk() {
    let mut hands = builtin();
    // Its conference is folded at first.
    hands.press("/ postgres enter l h esc");
    assert_eq!(hands.title(), Some("Postgres at any scale"));
    assert!(hands.screen().contains("▌    Postgres at any scale"), "{}", hands.screen());
}

#[test]
fn a_number_in_the_palette_is_a_line() {
    let mut hands = builtin();
    assert!(hands.press(": 7").screen().contains("Enter goes to line 7."));
    let screen = hands.press("ctrl-u undo").screen();
    let first = screen.lines().find(|line| line.contains("▌ undo")).expect("the best comes first");
    assert!(first.contains("undo a change"), "{screen}");
}

/// What is typed while the notes are read again goes where it was meant to go, or onto the clipboard.
#[test]
fn a_note_that_is_being_typed_follows_its_talk() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("notes.md");
    let talks = |names: &[&str]| {
        let text: String = names.iter().map(|n| format!("## {n}\n\nWords about {n}.\n\n")).collect();
        std::fs::write(&path, format!("# PyCon 2019\n\n{text}")).expect("a file");
    };
    talks(&["First looms", "Second looms", "Third looms"]);
    let roots = Roots::Paths(vec![path.clone()]);
    let mut hands = Hands::open_with(&roots, 100, 30, Some(folder.path().join("bookmarks.json")));
    hands.press("ctrl-p third enter a");
    hands.press("o n l y");
    // Talks before it go and come.
    talks(&["Third looms", "Fourth looms"]);
    hands.happen(Event::NotesChanged(Changed::Anything));
    hands.press("enter");
    assert_eq!(hands.model.marks.all.len(), 1);
    let mark = &hands.model.marks.all[0].bookmark;
    assert_eq!((mark.anchor.talk.as_str(), mark.note.as_str()), ("Third looms", "only"));
    // And where it goes itself, what was typed is not lost.
    hands.press("ctrl-p fourth enter a k e p t");
    talks(&["Third looms"]);
    hands.happen(Event::NotesChanged(Changed::Anything));
    assert!(hands.screen().contains("the talk is gone; for the clipboard: kept"), "{}", hands.screen());
    // What is typed on is no command.
    hands.press("m q");
    hands.press("enter");
    assert_eq!(hands.clipboard.as_deref(), Some("keptmq"));
    assert!(hands.screen().contains("on the clipboard"), "{}", hands.screen());
    assert_eq!(hands.model.marks.all.len(), 1);
    // A bookmark that is there keeps its note wherever its talk is.
    talks(&["Third looms", "Fifth looms"]);
    hands.happen(Event::NotesChanged(Changed::Anything));
    hands.press("ctrl-p fifth enter m a m i n");
    talks(&["Third looms"]);
    hands.happen(Event::NotesChanged(Changed::Anything));
    assert!(hands.screen().contains("note: min"), "{}", hands.screen());
    hands.press("e enter");
    assert_eq!(hands.clipboard.as_deref(), Some("keptmq"));
    let notes: Vec<&str> = hands.model.marks.all.iter().map(|mark| &*mark.bookmark.note).collect();
    assert!(notes.contains(&"mine"), "{notes:?}");
}

/// Groups that were made of other notes than are shown by now are not shown: the talks are grouped anew.
#[test]
fn groups_of_other_notes_come_too_late() {
    use hallway::report::groups::{Groups, Marked};
    use std::sync::Arc;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("notes.md");
    let write = |talks: usize| {
        let text: String =
            (0..talks).map(|n| format!("## Looms {n} by Ada Lovelace\n\nWords {n}.\n\n")).collect();
        std::fs::write(&path, format!("# PyCon 2019\n\n{text}")).expect("a file");
    };
    write(9);
    let mut hands = Hands::open(&Roots::Paths(vec![path.clone()]), 100, 30);
    let before = hands.model.library.clone();
    let late = Arc::new(Groups::new(&before, Grouping::Speaker, &Marked::default()));
    write(2);
    hands.happen(Event::NotesChanged(Changed::Anything));
    hands.happen(Event::Grouped(before, late));
    assert_eq!(hands.model.library.talks.len(), 2);
    assert_eq!(hands.model.tree.groups.by, Grouping::Speaker);
    let screen = hands.screen();
    assert!(screen.contains("Ada Lovelace") && !screen.contains("Looms 5"), "{screen}");
}

/// Where all notes have to be looked over again, what has changed is there before, and whoever writes is not disturbed for it.
#[test]
fn what_has_changed_is_there_before_all_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(format!("loomconf-2020/{name}.md"));
    std::fs::create_dir(folder.path().join("loomconf-2020")).expect("a folder");
    let talk = |title: &str, date: &str| format!("# {title}\n\nAda Lovelace\n\nDate: {date}\n\nIt was.\n");
    std::fs::write(path("1"), talk("On wool", "05/06/2020")).expect("written");
    std::fs::write(path("2"), talk("On silk", "05/07/2020")).expect("written");
    let roots = Roots::Paths(vec![folder.path().into()]);
    let mut hands = Hands::open(&roots, 100, 20);
    let day = |hands: &Hands| {
        let library = &hands.model.library;
        library.talks.iter().find(|talk| talk.title == "On wool").expect("it is there").date
    };
    hands.press("ctrl-p silk enter");
    assert_eq!((hands.title(), day(&hands)), (Some("On silk"), None));
    // It says which of day and month all the others write first.
    std::fs::write(path("2"), talk("On silk and satin", "25/07/2020")).expect("written");
    let mut read = Vec::new();
    let soon = |library| read.push(Arc::new(library));
    let all = load_changed(&roots, &hands.model.library, &[path("2")], soon);
    let all = Arc::new(all.expect("it can be told").expect("notes"));
    let read = read.pop().expect("it is there before");
    let grouped = |library: &Arc<Library>| {
        (Arc::clone(library), Arc::new(Groups::new(library, Grouping::default(), &Marked::default())))
    };
    hands.happen(Event::Counted(7));
    hands.happen(Event::Loaded(Ok(hands.model.library.clone())));
    hands.model.loading = true;
    // A note is being written.
    hands.press("a x");
    let (library, groups) = grouped(&read);
    hands.happen(Event::ReadSoFar(library, groups));
    assert!(!Arc::ptr_eq(&hands.model.library, &read));
    hands.press("esc");
    let (library, groups) = grouped(&read);
    hands.happen(Event::ReadSoFar(library, groups));
    assert_eq!((hands.title(), day(&hands)), (Some("On silk and satin"), None));
    let screen = hands.screen();
    assert!(screen.contains("reading… ") && !screen.contains("7 files"), "{screen}");
    assert!(!screen.contains("read again"), "{screen}");
    hands.happen(Event::Read(Ok(grouped(&all))));
    assert_eq!(hands.title(), Some("On silk and satin"));
    assert_eq!(day(&hands).map(|day| day.to_string()), Some("2020-06-05".into()));
    let screen = hands.screen();
    assert!(!screen.contains("reading…") && screen.contains("read again: 2 talks"), "{screen}");
    // What changes meanwhile is told as such.
    hands.model.loading = true;
    hands.happen(Event::NotesChanged(Changed::Anything));
    hands.happen(Event::Read(Ok(grouped(&all))));
    assert!(hands.screen().contains("notes changed, read again"), "{}", hands.screen());
}

/// While notes are read again a kept filter goes on filtering, the cursor stays on its row, and what was folded before is folded
/// behind it.
#[test]
fn a_kept_filter_stays_while_the_notes_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, conference: &str, titles: &[&str]| {
        let talks: String = titles.iter().map(|title| format!("## {title}\n\nWords about it.\n\n")).collect();
        std::fs::write(folder.path().join(name), format!("# {conference}\n\n{talks}")).expect("a file");
    };
    write("knots.md", "KnotConf 2019", &["A knot a day", "Silk knots"]);
    write("looms.md", "LoomConf 2020", &["Silk on a loom", "Wool on a loom"]);
    let roots = Roots::Paths(vec![folder.path().to_path_buf()]);
    let mut hands = Hands::open(&roots, 100, 30);
    let row = |hands: &Hands| match hands.model.tree.subject() {
        Subject::Conference(id) => Some(hands.model.library.conference(id).name.clone()),
        _ => None,
    };
    // (The page of a conference lists its talks, too.)
    let tree = |hands: &Hands| -> String {
        hands.screen().lines().map(|line| line.chars().take(40).collect::<String>() + "\n").collect()
    };
    // The first one is folded, and seen in what a filter shows.
    hands.press("g j h / s i l k enter g j");
    let first = row(&hands).expect("a conference");
    let folded = |hands: &Hands| tree(hands).contains(&format!("▸ {first}"));
    assert!(!folded(&hands));
    for (at, title) in ["Silk at night", "Silk in the rain"].into_iter().enumerate() {
        write("knots.md", "KnotConf 2019", &["A knot a day", "Silk knots", title]);
        // Read in full, and as one file that has changed.
        let all = match at {
            0 => load(&roots, false),
            _ => load_changed(&roots, &hands.model.library, &[folder.path().join("knots.md")], |_| {})
                .expect("it can be told"),
        };
        let all = Arc::new(all.expect("notes"));
        let groups = Arc::new(Groups::new(&all, Grouping::default(), &Marked::default()));
        let effects = update(&mut hands.model, Event::Read(Ok((all, groups))));
        let screen = tree(&hands);
        assert!(screen.contains("Silk knots") && !screen.contains("Wool on a loom"), "{screen}");
        assert_eq!(row(&hands).as_deref(), Some(&*first));
        let events: Vec<Event> = effects.into_iter().flat_map(|effect| hands.perform(effect)).collect();
        events.into_iter().for_each(|event| hands.happen(event));
        let screen = tree(&hands);
        assert!(screen.contains(title) && !screen.contains("Wool on a loom"), "{screen}");
        assert_eq!(row(&hands).as_deref(), Some(&*first));
    }
    // What is folded in it stays so, too; and behind it there is what was folded before.
    hands.press("h");
    assert!(folded(&hands));
    hands.happen(Event::NotesChanged(Changed::Anything));
    assert!(folded(&hands) && !tree(&hands).contains("Silk knots"), "{}", tree(&hands));
    hands.press("l esc");
    let screen = tree(&hands);
    assert!(folded(&hands) && screen.contains("Wool on a loom"), "{screen}");
}

/// What is changed while notes are read for the first time is read then, and so is what was asked for meanwhile.
#[test]
fn what_changes_while_notes_are_read_is_not_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a-talk.md");
    let talk = |title: &str| format!("# {title}\n\nSpeaker: Ada Lovelace\n\nIt was so.\n");
    std::fs::write(&path, talk("Of wool")).expect("written");
    let roots = Roots::Paths(vec![folder.path().into()]);
    let mut hands = Hands::open(&roots, 100, 20);
    let before = hands.model.library.clone();
    for lost in [Event::Loaded(Ok(before.clone())), Event::Read(Ok((before.clone(), Default::default())))] {
        std::fs::write(&path, talk("Of wool")).expect("written");
        hands.happen(Event::NotesChanged(Changed::Anything));
        hands.model.loading = true;
        std::fs::write(&path, talk("Of silk")).expect("written");
        hands.happen(Event::NotesChanged(Changed::These(vec![path.clone()])));
        hands.happen(lost);
        assert!(hands.screen().contains("Of silk") && !hands.model.loading, "{}", hands.screen());
    }
    // A key that asks while they are read is served behind that, too.
    hands.model.loading = true;
    hands.press("r");
    std::fs::write(&path, talk("Of rain")).expect("written");
    hands.happen(Event::Loaded(Ok(before)));
    assert!(hands.screen().contains("Of rain"), "{}", hands.screen());
}

/// Notes that could not be read again are not believed in the next time.
#[test]
fn what_is_gone_does_not_come_back_with_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let talk = |title: &str| format!("# {title}\n\nSpeaker: Ada Lovelace\n\nIt was so.\n");
    for (name, title) in [("a.md", "Of wool"), ("b.md", "Of silk")] {
        std::fs::write(path(name), talk(title)).expect("written");
    }
    let mut hands = Hands::open(&Roots::Paths(vec![folder.path().into()]), 100, 20);
    let both = vec![path("a.md"), path("b.md")];
    both.iter().for_each(|path| std::fs::remove_file(path).expect("gone"));
    hands.happen(Event::NotesChanged(Changed::These(both)));
    assert!(hands.screen().contains("no notes found there"), "{}", hands.screen());
    std::fs::write(path("c.md"), talk("Of rain")).expect("written");
    hands.happen(Event::NotesChanged(Changed::These(vec![path("c.md")])));
    assert_eq!(hands.model.library.talks.len(), 1);
}
