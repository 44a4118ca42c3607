//! The reading pane, as a person uses it: moving, panning, the outline, links, copying, the way back.

mod common;

use std::path::PathBuf;

use common::Hands;
use hallway::library::load::Roots;

/// Notes that use everything that a page can hold.
fn open(columns: u16, rows: u16) -> Hands {
    let roots = Roots::Paths(vec![PathBuf::from("tests/fixtures/reader")]);
    let mut hands = Hands::open(&roots, columns, rows);
    hands.press("ctrl-p everything enter");
    assert_eq!(hands.title(), Some("Everything a page can hold"));
    hands
}

/// Goes to the line of the notes that holds a text, by its number.
fn go_to(hands: &mut Hands, text: &str) {
    let notes = std::fs::read_to_string("tests/fixtures/reader/2024-harborconf.md").expect("the fixture");
    let number = notes.lines().position(|line| line.contains(text)).expect("the line") + 1;
    hands.press(&format!(": {number} enter"));
}

/// The first row of the reader's text.
fn top(hands: &Hands) -> String {
    hands.screen().lines().nth(1).expect("a row").replace('▸', " ")
}

/// The line of the screen that holds a text.
fn line(hands: &Hands, text: &str) -> String {
    let screen = hands.screen();
    let line = screen.lines().find(|line| line.contains(text));
    line.unwrap_or_else(|| panic!("no {text} on\n{screen}")).to_owned()
}

fn has(hands: &Hands, text: &str) -> bool {
    hands.screen().contains(text)
}

#[test]
fn wide_code_is_panned_or_wrapped() {
    let mut hands = open(60, 30);
    go_to(&mut hands, "fn burn");
    assert!(line(&hands, "fn burn").ends_with('›'));
    assert!(!has(&hands, "until_dawn"));
    hands.press("> > > > > >");
    let panned = line(&hands, "until_dawn");
    assert!(panned.contains("│ ‹") && !panned.ends_with('›'), "{panned}");
    // Text beside the code stays where it is.
    assert!(has(&hands, "an indented block"));
    hands.press("< < < < < <");
    assert!(line(&hands, "fn burn").contains("│ fn burn"));
    hands.press("w");
    assert!(has(&hands, "↪") && has(&hands, "wide code goes on below"));
    hands.press("w");
    assert!(!has(&hands, "↪"));
}

#[test]
fn a_table_that_does_not_fit_is_panned_with_its_first_column_kept() {
    let mut hands = open(30, 30);
    go_to(&mut hands, "| Lamp");
    assert!(line(&hands, "Lamp ").ends_with('›'), "{}", hands.screen());
    hands.press("> >");
    let head = line(&hands, "Lamp ");
    assert!(head.contains('‹') && head.contains("Remarks"), "{}", hands.screen());
    assert!(!has(&hands, "Colour") && has(&hands, "North pier"));
}

#[test]
fn the_outline_filters_and_goes_to_a_heading() {
    let mut hands = open(100, 16);
    hands.press("o");
    assert!(line(&hands, "Quotes and alerts").contains("Quotes"));
    hands.press("code");
    assert!(!has(&hands, "Footnotes, terms and sums │"));
    hands.press("enter");
    assert!(top(&hands).contains(" Code"), "{}", hands.screen());
    // The section one is in is the one the outline opens on.
    hands.press("o enter");
    assert!(top(&hands).contains(" Code"));
    hands.press("o esc");
    hands.press("] ] ] ]");
    assert!(top(&hands).contains("Footnotes"), "{}", hands.screen());
    hands.press("[");
    assert!(top(&hands).contains("A table"));
}

#[test]
fn every_jump_can_be_gone_back_and_forward_on() {
    let mut hands = open(100, 30);
    hands.press("o code enter");
    hands.press("ctrl-p lamps enter");
    assert_eq!(hands.title(), Some("The lamps again"));
    hands.press("ctrl-o");
    assert_eq!(hands.title(), Some("Everything a page can hold"));
    assert!(top(&hands).contains(" Code"), "{}", hands.screen());
    hands.press("ctrl-o");
    assert!(has(&hands, "This page is a fixture"));
    hands.press("alt-right");
    assert!(top(&hands).contains(" Code"));
    hands.press("alt-right");
    assert_eq!(hands.title(), Some("The lamps again"));
    hands.press("alt-right");
    assert!(has(&hands, "there is nothing to go forward to"));
}

#[test]
fn a_line_is_gone_to_by_its_number() {
    let mut hands = open(100, 20);
    go_to(&mut hands, "The tide comes");
    assert!(line(&hands, "The tide comes").contains('▸'), "{}", hands.screen());
    assert!(has(&hands, "2024-harborconf.md:60"));
    // A line of another talk of the file is shown there.
    go_to(&mut hands, "said it all");
    assert_eq!(hands.title(), Some("A second talk"));
    // What is no number is looked for among the actions.
    hands.press(": half-d enter");
    assert!(!has(&hands, "Actions"));
    hands.press(": qqqq enter");
    assert!(has(&hands, "nothing is chosen"));
}

/// Beside a tree that takes the whole screen, outline and links show the page first.
#[test]
fn outline_and_links_from_a_narrow_tree() {
    for (key, text) in [("o", "Quotes and alerts"), ("f", "→ https://video.example.org")] {
        let mut hands = Hands::open(&Roots::Paths(vec![PathBuf::from("tests/fixtures/reader")]), 60, 20);
        hands.press(&format!("j j {key}"));
        assert!(has(&hands, text), "{}", hands.screen());
    }
}

#[test]
fn links_are_shown_before_they_are_followed() {
    let mut hands = open(100, 30);
    hands.press("f");
    assert!(has(&hands, "→ https://video.example.org/watch/42"));
    // The same beside a time leads there.
    hands.press("tab");
    assert!(has(&hands, "→ https://video.example.org/watch/42#t=754"), "{}", hands.screen());
    hands.press("tab");
    assert!(has(&hands, "→ https://harbour.example.org/map?lamp=1"), "{}", hands.screen());
    assert!(hands.browsed.is_empty());
    hands.press("enter");
    assert_eq!(hands.browsed, ["https://harbour.example.org/map?lamp=1"]);
    assert!(has(&hands, "opened harbour.example.org"));
    // A label chooses; Enter follows.
    hands.press("f d");
    assert!(has(&hands, "→ https://harbour.example.org/map?lamp=1"));
    hands.press("Y");
    assert_eq!(hands.clipboard.as_deref(), Some("https://harbour.example.org/map?lamp=1"));
    assert_eq!(hands.browsed.len(), 1);
}

#[test]
fn links_inside_the_notes_are_gone_to_and_back_from() {
    let mut hands = open(100, 24);
    // A footnote, and from its text back.
    hands.press("o footnotes enter f a");
    let row = line(&hands, "Except where it does not");
    assert!(row.contains('▸'), "{}", hands.screen());
    // Its label leads back to where it is called for.
    let before = top(&hands);
    let label = hands
        .screen()
        .lines()
        .find(|l| l.contains("Except where"))
        .expect("there")
        .find("tide]")
        .expect("a label");
    let y = hands.screen().lines().position(|l| l.contains("Except where")).expect("there") as u16;
    let x = hands.screen().lines().nth(y.into()).expect("there")[..label].chars().count() as u16;
    hands.click(x, y).release(x, y);
    assert!(line(&hands, "The tide comes").contains('▸'), "{}", hands.screen());
    hands.press("ctrl-o");
    assert_eq!(top(&hands), before);
    hands.press("ctrl-o");
    assert!(has(&hands, "The tide comes twice"));
    // Another talk of this file, another file.
    hands.press("J f a");
    assert_eq!(hands.title(), Some("Everything a page can hold"));
    hands.press("ctrl-o f s");
    assert!(has(&hands, "HarborConf 2025"), "{}", hands.screen());
}

#[test]
fn video_and_slides_open_at_the_time_that_is_named() {
    let mut hands = open(100, 30);
    hands.press("v");
    assert_eq!(hands.browsed, ["https://video.example.org/watch/42#t=754"]);
    hands.press("s");
    assert!(has(&hands, "no slides are linked"), "{}", hands.screen());
    hands.press("ctrl-p lamps enter s");
    assert_eq!(hands.browsed[1], "https://slides.example.org/lamps");
    hands.press("v");
    assert!(has(&hands, "no video is linked"));
}

#[test]
fn sections_code_and_talks_are_copied_as_they_are_written() {
    let mut hands = open(100, 30);
    go_to(&mut hands, "somebody");
    hands.press("y");
    let copied = hands.clipboard.take().expect("copied");
    assert!(
        copied.starts_with("### Quotes and alerts\n") && copied.ends_with("> The third step is loose.\n"),
        "{copied}"
    );
    go_to(&mut hands, "fn burn");
    hands.press("y");
    let copied = hands.clipboard.take().expect("copied");
    assert!(copied.starts_with("/// How long") && copied.ends_with("until_dawn() }\n"), "{copied}");
    hands.press("h y");
    let copied = hands.clipboard.take().expect("copied");
    assert!(copied.starts_with("## Everything") && copied.contains("[^tide]:"), "{copied}");
}

#[test]
fn the_mouse_marks_and_copies_and_chooses_links() {
    let mut hands = open(60, 30);
    let row =
        hands.screen().lines().position(|l| l.contains("This page is a fixture")).expect("there") as u16;
    hands.drag((7, row), (5, row + 1));
    let copied = hands.clipboard.take().expect("copied");
    assert!(
        copied.starts_with("page is a fixture. It holds one of each thing") && !copied.contains('\n'),
        "{copied}"
    );
    let screen = hands.screen();
    let (y, row) = screen.lines().enumerate().find(|(_, l)| l.contains("link to the")).expect("there");
    let x = row.find("link to").expect("there") as u16 + 1;
    hands.click(x, y as u16).release(x, y as u16);
    assert!(has(&hands, "→ https://harbour.example.org"), "{}", hands.screen());
    hands.click(x, y as u16).release(x, y as u16);
    assert_eq!(hands.browsed, ["https://harbour.example.org/map?lamp=1"]);
}

#[test]
fn one_comes_back_to_where_one_was() {
    let mut hands = open(100, 20);
    hands.press("ctrl-d ctrl-d");
    let before = top(&hands);
    hands.press("J K");
    assert_eq!(top(&hands), before);
    hands.press("z z");
    hands.resize(60, 20).resize(100, 20);
    assert_eq!(top(&hands), before);
    hands.press("h j k tab");
    assert_eq!(top(&hands), before);
}

/// Pictures in each of the ways in which terminals show them, wherever the page is scrolled to.
#[cfg(feature = "images")]
#[test]
fn pictures_are_shown_beside_the_text() {
    use hallway::tui::pictures::{Gallery, Way};
    let signs =
        [(Way::Blocks, "▀"), (Way::Kitty, "\x1b_G"), (Way::Iterm2, "\x1b]1337"), (Way::Sixel, "\x1bP")];
    for (way, sign) in signs {
        let mut hands = open(80, 24);
        hands.model.gallery = Some(Gallery { way, across: 10, down: 20, true_colour: true });
        hands.resize(81, 24).press("G");
        let symbols =
            |hands: &Hands| hands.buffer().content.iter().map(|c| c.symbol().to_owned()).collect::<String>();
        let shown = symbols(&hands);
        assert!(
            shown.contains(sign) || way == Way::Blocks && shown.contains('▄'),
            "{way:?}\n{}",
            hands.screen()
        );
        // What is said of it stays, and so does the text below it.
        assert!(has(&hands, "▣ The lamp") && has(&hands, "会議"), "{}", hands.screen());
        for _ in 0..40 {
            hands.press("k");
            hands.buffer();
        }
        hands.press("G");
        // What lies over the page lies over the picture.
        hands.press("?");
        assert!(!symbols(&hands).contains(sign), "{way:?}");
    }
}

/// A picture that is not there, is none, or lies elsewhere is a line that says so.
#[test]
fn pictures_that_cannot_be_shown_are_a_line() {
    use hallway::tui::pictures::{Gallery, Way};
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("broken.png"), b"\x89PNG\r\n\x1a\nbroken").expect("written");
    let whole = std::fs::read("tests/fixtures/reader/img/lamp.png").expect("the picture");
    std::fs::write(folder.path().join("cut.png"), &whole[..whole.len() / 2]).expect("written");
    let text = "# HarborConf 2024\n\n## One\n\nNora Lind\n\n![cut](cut.png)\n\n![gone](gone.png)\n\n![broken](broken.png)\n\n\
                ![far](https://example.org/a.png)\n\n![](device)\n\nThe end.\n";
    std::fs::write(folder.path().join("notes.md"), text).expect("written");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("device")).expect("a link");
    let mut hands = Hands::open(&Roots::Paths(vec![folder.path().to_path_buf()]), 80, 24);
    hands.model.gallery = Some(Gallery { way: Way::Blocks, across: 10, down: 20, true_colour: true });
    hands.press("ctrl-p one enter");
    let screen = hands.screen();
    for line in [
        "▣ gone (gone.png)",
        "▣ broken (broken.png)",
        "▣ far (https://example.org/a.png)",
        "▣ device",
        "The end.",
    ] {
        assert!(screen.contains(line), "{line}\n{screen}");
    }
}

/// The terminal is told where links lead, and no column is counted by that.
#[test]
fn hyperlinks_break_no_column() {
    let mut hands = open(80, 24);
    let plain = hands.screen();
    hands.model.hyperlinks = true;
    let buffer = hands.buffer();
    let linked: Vec<&str> =
        buffer.content.iter().map(|cell| cell.symbol()).filter(|s| s.contains("\x1b]8;;")).collect();
    assert!(
        linked.iter().any(|s| *s == "\x1b]8;;https://video.example.org/watch/42\x1b\\▶ Video\x1b]8;;\x1b\\"
            || s.contains("watch/42")),
        "{linked:?}"
    );
    // Without the sequences it is the same screen.
    let mut text = String::new();
    for y in 0..24 {
        let mut row = String::new();
        let mut x = 0;
        while x < 80 {
            let symbol = buffer[(x, y)].symbol();
            let shown: String = symbol
                .split("\x1b\\")
                .filter(|part| !part.starts_with("\x1b]8;;"))
                .map(|part| part.split("\x1b]8;;").next().unwrap_or(""))
                .collect();
            x += (hallway::text::width::width(&shown) as u16).max(1);
            row += &shown;
        }
        text += row.trim_end();
        text.push('\n');
    }
    assert_eq!(text, plain);
}

#[test]
fn code_gets_its_colours() {
    use ratatui::style::Color;
    let mut hands = open(100, 30);
    go_to(&mut hands, "fn burn");
    let buffer = hands.buffer();
    let y = hands.screen().lines().position(|l| l.contains("fn burn")).expect("there") as u16;
    let x = (0..100).find(|x| buffer[(*x, y)].symbol() == "f").expect("the code");
    assert_eq!(
        (buffer[(x, y)].fg, buffer[(x + 3, y)].fg, buffer[(x + 7, y)].fg),
        (Color::LightYellow, Color::LightCyan, Color::Reset)
    );
    hands.press("> w");
    let wrapped = hands.buffer();
    let words: Vec<Color> = wrapped.content.iter().map(|c| c.fg).filter(|c| *c == Color::LightCyan).collect();
    assert!(!words.is_empty());
}

/// After an edit the reader stays where it was: on the line that was on top.
#[test]
fn reading_again_keeps_the_line_that_was_on_top() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("notes.md");
    let body: String = (1..60).map(|n| format!("* thing number {n} of many\n")).collect();
    let text =
        format!("# HarborConf 2024\n\n## One\n\nNora Lind\n\n{body}\n## Two\n\nOle Brandt\n\n* else\n");
    std::fs::write(&path, &text).expect("written");
    let mut hands = Hands::open(&Roots::Paths(vec![folder.path().to_path_buf()]), 80, 20);
    hands.press("ctrl-p one enter ctrl-d ctrl-d ctrl-d");
    let before = top(&hands);
    let edited =
        text.replace("* thing number 3 ", "* a new line\n* and another\n\nwords\n\n* thing number 3 ");
    std::fs::write(
        &path,
        edited.replace("# HarborConf 2024\n", "# HarborConf 2024\n\n## Zero\n\nIda Falk\n\n* new\n"),
    )
    .expect("written");
    hands.press("r");
    assert!(has(&hands, "read again: 3 talks"), "{}", hands.screen());
    let text_of = |row: &str| row.split('│').next_back().map(|t| t.trim().to_owned());
    assert_eq!(text_of(&top(&hands)), text_of(&before));
    assert_eq!(hands.title(), Some("One"));
    hands.press("ctrl-o");
    assert_ne!(hands.title(), Some("One"));
}

/// A talk that comes later is new, one whose end was reached is read, one that changes after that says so.
#[test]
fn the_tree_shows_what_was_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let notes = folder.path().join("notes");
    std::fs::create_dir(&notes).expect("a folder");
    let text = "# HarborConf 2024\n\n## One\n\nNora Lind\n\n* lamps\n\n## Two\n\nOle Brandt\n\n* ropes\n";
    std::fs::write(notes.join("a.md"), text).expect("written");
    let mut hands = Hands::open(&Roots::Paths(vec![notes.clone()]), 100, 20);
    hands.reading = Some(folder.path().join("reading.json"));
    hands.press("r");
    let row = |hands: &Hands, title: &str| {
        let screen = hands.screen();
        let row =
            screen.lines().skip(1).find(|l| l.split('│').next().is_some_and(|tree| tree.contains(title)));
        row.expect("the row").split('│').next().unwrap_or_default().trim_end().to_owned()
    };
    assert!(row(&hands, "One").ends_with("One") && row(&hands, "Two").ends_with("Two"));
    hands.press("ctrl-p one enter h");
    assert!(row(&hands, "One").ends_with('✓'), "{}", hands.screen());
    let edited = text.replace("* lamps", "* lamps and oil") + "\n## Three\n\nIda Falk\n\n* tides\n";
    std::fs::write(notes.join("a.md"), edited).expect("written");
    hands.press("r");
    assert!(row(&hands, "One").ends_with('~'), "{}", hands.screen());
    assert!(row(&hands, "Two").ends_with("Two"));
    assert!(row(&hands, "Three").ends_with('•'));
    // Read again, it is read again; after another start it still is.
    hands.press("ctrl-p one enter h");
    assert!(row(&hands, "One").ends_with('✓'));
    let mut again = Hands::open(&Roots::Paths(vec![notes]), 100, 20);
    again.reading = hands.reading.clone();
    again.press("r");
    assert!(row(&again, "One").ends_with('✓') && row(&again, "Three").ends_with('•'), "{}", again.screen());
}

mod anything {
    use super::*;
    use hallway::tui::pictures::{Gallery, Way};
    use proptest::prelude::*;

    const KEYS: &[&str] = &[
        "j", "k", "space", "b", "g", "G", "ctrl-d", "]", "[", "<", ">", "w", "z", "o", "f", "esc", "enter",
        "tab", "v", "s", "y", "Y", "M", "J", "K", "ctrl-o", "alt-right", ":", "/", "a", "e", "5", "7",
        "backspace", "n", "N", "r", "h", "l", "ctrl-p", "down", "up", "m", "'",
    ];

    #[derive(Debug, Clone)]
    enum Act {
        Press(&'static str),
        Resize(u16, u16),
        Drag((u16, u16), (u16, u16)),
        Click(u16, u16),
    }

    fn act() -> impl Strategy<Value = Act> {
        prop_oneof![
            8 => proptest::sample::select(KEYS).prop_map(Act::Press),
            1 => (0_u16..130, 0_u16..50).prop_map(|(columns, rows)| Act::Resize(columns, rows)),
            1 => ((0_u16..130, 0_u16..50), (0_u16..130, 0_u16..50)).prop_map(|(from, to)| Act::Drag(from, to)),
            1 => (0_u16..130, 0_u16..50).prop_map(|(column, row)| Act::Click(column, row)),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever is pressed, dragged and resized on a page that holds everything, nothing panics, nothing
        /// stands outside of the screen, and the page is never scrolled past its end.
        #[test]
        fn any_hands(acts in proptest::collection::vec(act(), 1..60), way in 0..4) {
            let mut hands = open(100, 30);
            let way = [Way::Blocks, Way::Kitty, Way::Iterm2, Way::Sixel][way as usize];
            hands.model.gallery = Some(Gallery { way, across: 10, down: 20, true_colour: true });
            hands.model.hyperlinks = true;
            for act in acts {
                match act {
                    Act::Press(key) => hands.press(key),
                    Act::Resize(columns, rows) => hands.resize(columns, rows),
                    Act::Drag(from, to) => hands.drag(from, to),
                    Act::Click(column, row) => hands.click(column, row).release(column, row),
                };
                hands.buffer();
                let reader = &hands.model.reader;
                prop_assert!(reader.scroll <= reader.page.lines.len());
            }
        }
    }
}

/// Text that was made to break parsers and layouts is shown: nothing panics, and no line is wider than the
/// page. How long the same takes at full size stands in `benches/README.md`.
#[test]
fn hostile_pages_are_shown() {
    use hallway::markup::Markup;
    use hallway::markup::layout::{Manner, lay_out};
    const N: usize = 400;
    let pages = [
        "> ".repeat(N) + "x",
        (0..N).map(|n| format!("{}- a\n", "  ".repeat(n))).collect(),
        "[".repeat(N),
        "*a **a ".repeat(N),
        (1..N).map(|n| "`".repeat(n) + " ").collect(),
        "[a](<b".repeat(N),
        (0..N).map(|n| format!("[d{n}]: /u{n}\n")).collect(),
        "<!S\r:".into(),
        "> a\n> :b".into(),
        "![[] ]()]]".into(),
        "](\n".repeat(N),
        format!("{}\n{}\n{}", ["a"; N].join("|"), ["-"; N].join("|"), ["b"; N].join("|")),
        format!("a|b\n-|-\n{}", "c|d\n".repeat(N)),
        format!("a{}", "\u{301}".repeat(N)),
        "👩\u{200d}👩\u{200d}👧".repeat(N),
        "👋🏽🏽\u{ff9e}".repeat(N),
        "[a".repeat(N) + &"](b)".repeat(N),
        "![".repeat(N) + &"](".repeat(N),
        "_a __a ~b ~~b ".repeat(N),
        "<a href=\"".repeat(N),
        "<div>\n".repeat(N),
        "<table><tr><td>".repeat(N) + &"</td></tr></table>".repeat(N),
        "<![CDATA[<?<!--".repeat(N),
        (0..N).map(|n| format!("[^{n}]: x [^{}]\n\n", n + 1)).collect::<String>() + "[^0]",
        "$a $$".repeat(N),
        "```\n".repeat(N),
        "- a\n\n".repeat(N),
        "> - ".repeat(N) + "a",
        "\t".repeat(N) + "a",
        "会議".repeat(N),
        format!("https://example.org/{} {}", "a".repeat(9 * N), "http://".repeat(N)),
        "&amp;&#x1b;&#0;".repeat(N),
    ];
    for page in &pages {
        for markup in [Markup::Markdown, Markup::Plain] {
            let document = markup.parse(page, 1);
            for columns in [1, 3, 20, 80] {
                for line in lay_out(&document, Manner::paper(columns)) {
                    // One glyph of two columns, or three with its mark, cannot be halved.
                    let one = line.text().trim().chars().count() <= 8 && line.width() <= 3;
                    assert!(line.width() <= columns || one, "{columns}: {:?} of {:.40?}", line.text(), page);
                }
                lay_out(&document, Manner { wrap_code: false, pan_tables: true, ..Manner::paper(columns) });
            }
        }
    }
}
