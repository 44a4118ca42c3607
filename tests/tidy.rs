//! The invariants of the house that a program can see. The crate docs in `src/lib.rs` say why.

use std::path::{Path, PathBuf};

/// The rooms, lowest first. A room may use those before it, and itself.
const ROOMS: [&str; 10] =
    ["text", "markup", "library", "search", "bookmarks", "session", "config", "report", "cli", "tui"];

/// Rooms that stand side by side and know nothing of each other.
const STRANGERS: [(&str, &str); 4] =
    [("cli", "tui"), ("search", "bookmarks"), ("search", "session"), ("bookmarks", "session")];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

/// Each file of `src`: its room, its path below `src`, and its code without tests and comments.
fn files() -> Vec<(String, String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&src).expect("below src").to_string_lossy().into_owned();
        let room = name.split('/').next().unwrap_or_default().to_owned();
        let text = std::fs::read_to_string(&path).expect("text");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = code.lines().filter(|l| !l.trim_start().starts_with("//"));
        (room, name, lines.collect::<Vec<_>>().join("\n"))
    };
    sources(&src).into_iter().map(read).collect()
}

#[test]
fn a_room_uses_only_what_is_below_it() {
    for (room, name, code) in files() {
        let Some(own) = ROOMS.iter().position(|r| *r == room) else {
            continue;
        };
        for (at, other) in ROOMS.iter().enumerate() {
            let strangers =
                STRANGERS.iter().any(|(a, b)| (*a == room && b == other) || (*b == room && a == other));
            if at > own || strangers {
                let uses =
                    code.contains(&format!("crate::{other}::")) || code.contains(&format!("crate::{other};"));
                assert!(!uses, "src/{name} uses the room `{other}`");
            }
        }
    }
}

#[test]
fn the_terminal_is_the_tui_s_alone() {
    for (room, name, code) in files() {
        if room != "tui" {
            for library in ["ratatui", "crossterm"] {
                assert!(!code.contains(library), "src/{name} speaks of {library}");
            }
        }
    }
}

#[test]
fn files_are_opened_only_by_those_who_own_them() {
    let owners = [
        "library/walk.rs", "library/first.rs", "library/source.rs", "library/load.rs", "bookmarks/save.rs",
        "bookmarks/file.rs", "session/mod.rs", "config/file.rs", "tui/watch.rs",
        // They open the terminal, which is a file here.
        "tui/pick.rs", "tui/inline.rs", "tui/keyboard.rs", "tui/linear/talk.rs",
        // It writes notes for tests.
        "library/chance.rs",
    ];
    for (_, name, code) in files() {
        if owners.contains(&name.as_str()) {
            continue;
        }
        for sign in ["std::fs", "rustix::fs", "File::open", "fs::"] {
            assert!(!code.contains(sign), "src/{name} touches the file system ({sign})");
        }
    }
}

#[test]
fn update_is_pure_and_view_changes_nothing() {
    for (_, name, code) in files() {
        if name.starts_with("tui/update/") {
            for sign in
                ["std::io", "std::time", "Instant", "SystemTime", "std::thread", "std::env", "crossterm"]
            {
                assert!(!code.contains(sign), "src/{name} is not pure: {sign}");
            }
        }
        if name.starts_with("tui/view/") {
            assert!(!code.contains("&mut Model"), "src/{name} changes the model");
        }
    }
}

/// Only the canvas writes cells, and it takes safe text.
#[test]
fn only_the_canvas_writes_on_the_screen() {
    for (_, name, code) in files() {
        if name != "tui/view/canvas.rs" {
            for sign in ["set_string", "set_symbol", "set_span", "set_line", "render_widget"] {
                assert!(!code.contains(sign), "src/{name} writes past the canvas ({sign})");
            }
        }
    }
}

#[test]
fn serde_derives_only_on_file_formats_and_json() {
    for (_, name, code) in files() {
        if ![
            "cli/json.rs",
            "cli/json/glance.rs",
            "bookmarks/model.rs",
            "bookmarks/file.rs",
            "bookmarks/anchor/mod.rs",
            "bookmarks/revisit.rs",
            "bookmarks/reading.rs",
            "session/mod.rs",
            "config/file.rs",
        ]
        .contains(&name.as_str())
        {
            assert!(!code.contains("Serialize") || name == "cli/out.rs", "src/{name} derives serde's traits");
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = std::fs::read_to_string(&path).expect("text");
        assert!(text.starts_with("//!"), "{} does not say what it is for", path.display());
    }
}

/// A file that outgrows a reader's head hides a concept that has no file yet. Tables may be long.
#[test]
fn no_file_is_too_long() {
    for (_, name, code) in files() {
        let lines = code.lines().filter(|l| !l.trim().is_empty()).count();
        assert!(lines <= 400, "src/{name} has {lines} lines of code");
    }
}

/// Nothing may lean on what a person who clones the repository does not have.
#[test]
fn nothing_points_outside_the_repository() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let outside = ["..", "shared"].join("/");
    for folder in ["src", "tests", "benches", "data"] {
        let mut stack = vec![root.join(folder)];
        while let Some(path) = stack.pop() {
            if path.is_dir() {
                stack.extend(std::fs::read_dir(&path).expect("the folder").flatten().map(|e| e.path()));
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                assert!(!text.contains(&outside), "{} points outside", path.display());
            }
        }
    }
}
