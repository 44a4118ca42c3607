//! The README's parts that are made from the program: the picture of the screen, and the keys.
//! To make them anew: `SNAPSHOTS=overwrite cargo test --test readme`.

mod common;

use common::Hands;
use common::svg::svg;
use hallway::config::colour::Depth;
use hallway::library::load::Roots;
use snapbox::{Data, assert_data_eq};

fn file(path: &str) -> Data {
    Data::read_from(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path).as_path(), None).raw()
}

#[test]
fn the_picture_is_the_real_screen() {
    let folder = tempfile::tempdir().expect("a folder");
    let bookmarks = folder.path().join("bookmarks.json");
    let mut hands = Hands::open_with(&Roots::Builtin, 110, 32, Some(bookmarks));
    hands.press("ctrl-p postgres scale enter m h");
    assert_data_eq!(svg(&hands.buffer()), file("docs/screen.svg"));
}

/// The real screen in each built-in theme, as the page on themes shows it. A golden screen of each, too.
#[test]
fn the_pictures_of_the_themes_are_the_real_screens() {
    for name in ["dark", "light", "high-contrast-dark", "high-contrast-light"] {
        let folder = tempfile::tempdir().expect("a folder");
        let notes = Roots::Paths(vec!["tests/fixtures/reader".into()]);
        let mut hands = Hands::open_with(&notes, 100, 34, Some(folder.path().join("bookmarks.json")));
        hands.model.looks.depth = Depth::True;
        hands.model.looks.theme = name.to_owned();
        hands.model.theme = hands.model.looks.made();
        hands.press("ctrl-p everything enter m o code enter / the enter");
        assert_data_eq!(svg(&hands.buffer()), file(&format!("docs/themes/{name}.svg")));
    }
}

#[test]
fn the_keys_are_those_of_the_table() {
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("the README");
    let (start, end) = ("<!-- keys: made from the table of actions -->\n", "<!-- end of keys -->");
    let (head, rest) = readme.split_once(start).expect("the start mark");
    let (_, tail) = rest.split_once(end).expect("the end mark");
    let made = format!("{head}{start}{}\n{end}{tail}", hallway::config::table::markdown());
    assert_data_eq!(made, file("README.md"));
}

#[test]
fn the_tables_of_the_config_are_those_of_the_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/config.md");
    let mut page = std::fs::read_to_string(path).expect("the page");
    for (start, end, table) in [
        (
            "<!-- settings: made from the table of settings -->\n",
            "<!-- end of settings -->",
            hallway::config::settings::markdown(),
        ),
        (
            "<!-- roles: made from the table of roles -->\n",
            "<!-- end of roles -->",
            hallway::config::theme::markdown(),
        ),
    ] {
        let (head, rest) = page.split_once(start).expect("the start mark");
        let (_, tail) = rest.split_once(end).expect("the end mark");
        page = format!("{head}{start}{table}\n{end}{tail}");
    }
    assert_data_eq!(page, file("docs/config.md"));
}

/// What the page on the config shows as a config is one.
#[test]
fn the_configs_that_are_shown_are_right() {
    let page = include_str!("../docs/config.md");
    for block in page.split("```toml\n").skip(1) {
        let text = block.split("```").next().expect("it ends");
        let (_, faults) = hallway::config::file::check("config.toml".as_ref(), text);
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(told, Vec::<String>::new(), "{text}");
    }
}

/// Every command that the README and the page on bookmarks show for the command line runs, one after the other.
#[test]
fn the_commands_that_are_shown_run() {
    run_those_in(include_str!("../README.md"));
    run_those_in(include_str!("../docs/bookmarks.md"));
    run_those_in(include_str!("../docs/config.md"));
    run_those_in(include_str!("../docs/shell.md"));
}

fn run_those_in(page: &str) {
    let block =
        page.split("```console\n").nth(1).and_then(|b| b.split("```").next()).expect("a console block");
    let home = tempfile::tempdir().expect("a home");
    for line in block.lines().filter_map(|l| l.strip_prefix("$ hallway ")) {
        let line = line.split('#').next().unwrap_or_default();
        let line = line.split('|').next().unwrap_or_default().replace("~/notes", "tests/fixtures/notes");
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_hallway"))
            .args(shell_words::split(&line).expect("words"))
            .env("HOME", home.path())
            .env_remove("HALLWAY_BOOKMARKS")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("hallway runs");
        assert!(output.status.success(), "hallway {line}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
