//! The README's parts that are made from the program: the picture of the screen, and the keys.
//! To make them anew: `SNAPSHOTS=overwrite cargo test --test readme`.

mod common;

use std::fmt::Write;

use common::Hands;
use hallway::library::load::Roots;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use snapbox::{Data, assert_data_eq};

const CELL: (f32, f32) = (8.4, 18.0);

/// The real screen as an SVG: runs of cells of one style, each at its own column.
fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let (width, height) = (f32::from(columns) * CELL.0 + 24.0, f32::from(rows) * CELL.1 + 24.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" \
         aria-label=\"hallway's screen: the tree of conferences and talks on the left, a talk on the right\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1e2030\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, monospace\" font-size=\"14\" \
         fill=\"#cad3f5\" xml:space=\"preserve\">\n"
    );
    for y in 0..rows {
        let mut x = 0;
        while x < columns {
            let start = x;
            let style = buffer[(x, y)].style();
            let mut text = String::new();
            while x < columns && buffer[(x, y)].style() == style {
                let symbol = buffer[(x, y)].symbol();
                text.push_str(symbol);
                x += (hallway::text::width::width(symbol) as u16).max(1);
            }
            run(&mut out, start, y, x - start, &text, style.fg, style.add_modifier);
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn run(out: &mut String, x: u16, y: u16, cells: u16, text: &str, colour: Option<Color>, style: Modifier) {
    let (left, top) = (f32::from(x) * CELL.0 + 12.0, f32::from(y) * CELL.1 + 12.0);
    let width = f32::from(cells) * CELL.0;
    let reverse = style.contains(Modifier::REVERSED);
    if reverse {
        let _ = writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"18\" fill=\"#cad3f5\"/>"
        );
    }
    if text.trim().is_empty() {
        return;
    }
    // Blanks at the edges are left out: not every viewer keeps them.
    let lead = (text.len() - text.trim_start().len()) as f32;
    let (left, text) = (left + lead * CELL.0, text.trim());
    let width = hallway::text::width::width(text) as f32 * CELL.0;
    let fill = match colour {
        _ if reverse => "#1e2030",
        Some(Color::DarkGray) => "#8087a2",
        Some(Color::Cyan) => "#8bd5ca",
        Some(Color::Blue) => "#8aadf4",
        Some(Color::Green) => "#a6da95",
        Some(Color::Yellow) => "#eed49f",
        Some(Color::Magenta) => "#f5bde6",
        Some(Color::Red) => "#ed8796",
        _ => "#cad3f5",
    };
    let mut attributes =
        format!("x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" fill=\"{fill}\"", top + 13.5);
    if style.contains(Modifier::BOLD) {
        attributes.push_str(" font-weight=\"bold\"");
    }
    if style.contains(Modifier::ITALIC) {
        attributes.push_str(" font-style=\"italic\"");
    }
    if style.contains(Modifier::UNDERLINED) {
        attributes.push_str(" text-decoration=\"underline\"");
    }
    let text =
        text.replace("  ", "\u{a0}\u{a0}").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(out, "<text {attributes}>{text}</text>");
}

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

/// Every command that the README and the page on bookmarks show for the command line runs, one after the other.
#[test]
fn the_commands_that_are_shown_run() {
    run_those_in(include_str!("../README.md"));
    run_those_in(include_str!("../docs/bookmarks.md"));
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
