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

/// What the finder, the search and the bookmarks look like.
#[test]
fn the_pictures_beside_it_are_the_real_screens() {
    for (name, keys) in [
        ("finder", "ctrl-p postgr"),
        ("search", "S memory"),
        (
            "bookmarks",
            "ctrl-p kube enter a for space the space platform space team enter ctrl-p fuzz enter j a try space it space on space names enter \
             ctrl-p static space types enter m ctrl-p postgres space scale enter ] ] a check space ours enter '",
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut hands = Hands::open_with(&Roots::Builtin, 80, 22, Some(folder.path().join("bookmarks.json")));
        hands.press(keys);
        assert_data_eq!(svg(&hands.buffer()), file(&format!("docs/{name}.svg")));
    }
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

/// The pages on which commands are shown.
fn pages() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = std::fs::read_dir(root.join("docs")).expect("docs").flatten().map(|entry| entry.path());
    let mut paths: Vec<std::path::PathBuf> = docs
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .chain([root.join("README.md")])
        .collect();
    paths.sort();
    let read = |path: std::path::PathBuf| {
        (path.display().to_string(), std::fs::read_to_string(&path).expect("a page"))
    };
    paths.into_iter().map(read).collect()
}

/// The lines of the blocks of a page in a language.
fn lines_in<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).flat_map(|b| b.split("```").next().unwrap_or_default().lines()).collect()
}

/// Every command that a page shows for the command line runs, those of a page one after the other.
#[test]
fn the_commands_that_are_shown_run() {
    let mut count = 0;
    for (path, page) in pages() {
        let home = tempfile::tempdir().expect("a home");
        for line in lines_in(&page, "console").into_iter().filter_map(|l| l.trim().strip_prefix("$ hallway "))
        {
            let line = line.split(" #").next().unwrap_or_default();
            let line = line.split('|').next().unwrap_or_default().replace("~/notes", "tests/fixtures/notes");
            let output = std::process::Command::new(env!("CARGO_BIN_EXE_hallway"))
                .args(shell_words::split(&line).expect("words"))
                .env("HOME", home.path())
                .env_remove("HALLWAY_BOOKMARKS")
                .env("PAGER", "cat")
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .output()
                .expect("hallway runs");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{path}: hallway {line}: {said}");
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}

/// What is shown for a shell opens the screen, or is known to be tried elsewhere.
#[cfg(unix)]
#[test]
fn the_lines_that_are_shown_for_a_shell_open_the_screen() {
    use common::pty::{Pty, home};
    // The README's first two and the install are what `.ci/run` does; the others stand in `tests/shell.rs`.
    const ELSEWHERE: &[&str] =
        &["cargo ", "source <(hallway completions", "hallway completions fish", "hallway man >"];
    let home = home();
    let notes = home.path().join("notes");
    std::fs::create_dir(&notes).expect("a folder");
    std::fs::write(
        notes.join("a.md"),
        "# PyCon 2017\n\n## Postgres at last\n\nSpeaker: Ada Lovelace\n\nwords\n",
    )
    .expect("a file");
    for (path, page) in pages() {
        for line in lines_in(&page, "sh") {
            let line = line.split(" #").next().unwrap_or_default().trim();
            if line.is_empty() || ELSEWHERE.iter().any(|known| line.starts_with(known)) {
                continue;
            }
            let line = line
                .replace("pbpaste", "cat notes/a.md")
                .replace("vim ", "echo ")
                .replace("hallway", "\"$HALLWAY\"");
            let line = line.replace("export \"$HALLWAY\"_NOTES", "export HALLWAY_NOTES");
            let ours = line.contains("$HALLWAY");
            let mut pty = Pty::shell(&format!("{line}; echo over"), &home);
            if ours {
                pty.wait(&format!("{path}: {line}"), |screen| {
                    screen.alternate_screen()
                        || screen.contents().contains("1/")
                        || screen.contents().contains("/88")
                });
                pty.press("\x03");
            }
            pty.see("over");
        }
    }
}

/// The keys that the page on notes names are those that a `hallway.toml` may hold.
#[test]
fn the_overrides_that_are_shown_are_known() {
    let page = include_str!("../docs/notes.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(key, _)| key));
    let text: String = rows
        .map(|key| match key {
            "conference" => "conference = \"PyCon 2017\"\n".to_owned(),
            "talks" => "talks = \"h2\"\n".to_owned(),
            "track" => "track = \"folder\"\n".to_owned(),
            other => format!("{other} = [\"x\"]\n"),
        })
        .collect();
    assert_eq!(text.lines().count(), 6, "{text}");
    let (_, problems) = hallway::library::overrides::parse("notes".as_ref(), &text);
    assert!(problems.is_empty(), "{problems:?}");
}
