//! What is started, and with which words: links, editors and browsers under hostile names. Stubs take note of every word
//! that they get, and nothing but them can be found to be started.

#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::Hands;
use hallway::library::load::Roots;

/// The talk stands in line 7.
const NOTES: &str =
    "# PyCon 2019\n\n## The first\n\nIt went on about looms.\n\n## A talk\n\nMore was said, and then some.\n";

const HALLWAY: &str = env!("CARGO_BIN_EXE_hallway");

/// A home with stubs; each call of one is a line of `calls`: its name, then its words in angle brackets.
fn home(stubs: &[&str]) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a home");
    let bin = home.path().join("bin");
    fs::create_dir(&bin).expect("a folder");
    for name in stubs {
        let script = format!(
            "#!/bin/sh\n{{ printf '%s' '{name}'; for word in \"$@\"; do printf ' <%s>' \"$word\"; done; printf '\\n'; }} >> \"$HOME/calls\"\nexit \"${{STUB_STATUS:-0}}\"\n"
        );
        let path = bin.join(name);
        fs::write(&path, script).expect("a stub");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    }
    home
}

fn run(home: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(HALLWAY);
    command.args(arguments).env_clear().current_dir(home).stdin(Stdio::null());
    command.env("HOME", home).env("PATH", home.join("bin"));
    command.envs(variables.iter().copied());
    command.output().expect("hallway runs")
}

/// What was called since the last look. Whoever opens addresses is not waited for.
fn calls(home: &Path, expected: usize) -> Vec<String> {
    let path = home.join("calls");
    let start = std::time::Instant::now();
    loop {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let patience = if expected == 0 { 60 } else { 10_000 };
        if expected > 0 && lines.len() >= expected || start.elapsed().as_millis() > patience {
            let _ = fs::remove_file(&path);
            return lines;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

/// Links as they may stand in notes, and the address that is opened; `None` where nothing is.
const LINKS: &[(&str, Option<&str>)] = &[
    ("https://example.org/a", Some("https://example.org/a")),
    ("HTTPS://EXAMPLE.org/A", Some("https://example.org/A")),
    ("javascript:alert(1)", None),
    ("JaVaScRiPt:alert(1)", None),
    ("vbscript:x", None),
    ("data:text/html,x", None),
    ("file:///etc/passwd", None),
    ("ssh://-oProxyCommand=id/", None),
    ("made-up:thing", None),
    ("x-man-page://ls", None),
    ("-rf", None),
    ("--help", None),
    ("https://example.org/$(id)", Some("https://example.org/$(id)")),
    ("https://example.org/`id`", Some("https://example.org/%60id%60")),
    ("https://example.org/a'b\"c", Some("https://example.org/a'b%22c")),
    ("https://example.org/;id|&x", Some("https://example.org/;id|&x")),
    ("https://example.org/%0Aid", Some("https://example.org/%0Aid")),
    ("https://example.org/\u{202e}gnp", Some("https://example.org/%E2%80%AEgnp")),
    ("https://user:secret@evil.example/", Some("https://user:secret@evil.example/")),
    // A Cyrillic letter in a name that all know.
    ("https://\u{430}pple.com/", Some("https://xn--pple-43d.com/")),
    ("https://exa mple.org/", None),
    ("http://", None),
    ("https://", None),
];

#[test]
fn a_link_on_a_page_opens_what_it_says_or_nothing() {
    for (link, opened) in LINKS {
        let folder = tempfile::tempdir().expect("a folder");
        let notes = format!("# PyCon 2019\n\n## A talk\n\nSee [this one](<{link}>) first.\n");
        fs::write(folder.path().join("notes.md"), notes).expect("a file");
        let mut hands = Hands::open(&Roots::Paths(vec![folder.path().to_path_buf()]), 100, 30);
        hands.press("ctrl-p a space talk enter f");
        // Where it leads is shown before it is followed.
        let screen = hands.screen();
        if let Some(address) = opened {
            let host =
                address.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
            let host = host.rsplit('@').next().unwrap_or_default();
            assert!(screen.contains(host), "{link}: {screen}");
        }
        hands.press("enter").press("enter");
        let expected: Vec<String> = opened.iter().map(|address| (*address).to_owned()).collect();
        assert_eq!(hands.browsed, expected, "{link}: {}", hands.screen());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_recording_opens_by_one_word_and_nothing_else_runs() {
    let home = home(&["xdg-open", "gio", "gnome-open", "kde-open", "wslview", "sh", "bash", "env", "open"]);
    // In a field, a blank ends an address.
    for (at, (link, opened)) in LINKS.iter().filter(|(link, _)| !link.contains(' ')).enumerate() {
        let notes = home.path().join(format!("notes-{at}.md"));
        fs::write(&notes, format!("# PyCon 2019\n\n## A talk\n\nVideo: {link}\n\nWords.\n")).expect("a file");
        let output = run(home.path(), &[], &["open", "a talk", "--notes", &notes.to_string_lossy()]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let found = calls(home.path(), usize::from(output.status.success()));
        // In running text, an address ends where a quote or a bar begins: at the latest at its end, and not in its host.
        match opened.filter(|_| output.status.success()) {
            Some(address) => {
                let word = found.first().and_then(|call| call.strip_prefix("xdg-open <")?.strip_suffix('>'));
                let word = word.unwrap_or_default();
                let host = address.split('/').take(3).collect::<Vec<_>>().join("/");
                assert_eq!(found.len(), 1, "{link}: {said}");
                assert!(address.starts_with(word) && word.starts_with(&host), "{link}: {found:?}");
                assert!(!word.contains(['<', '>', ' ']), "{link}: {found:?}");
            }
            None => assert_eq!(found, Vec::<String>::new(), "{link}: {said}"),
        }
        assert_eq!(output.status.success(), opened.is_some() && !found.is_empty(), "{link}: {said}");
    }
}

#[test]
fn an_editor_gets_a_path_that_is_nothing_but_a_path() {
    let home = home(&["vim", "emacs", "hx", "code", "nano", "kate", "my editor", "own", "sh", "bash", "env"]);
    for name in [
        "-rf.md", "+:!id.md", "$(id).md", "a'b.md", "a b.md", "`id`.md", "--.md", "é\u{202e}x.md",
        "a\"b;c.md",
    ] {
        let folder = home.path().join("notes");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join(name), NOTES).expect("a file");
        let path = fs::canonicalize(home.path()).expect("the home").join("notes").join(name);
        let path = path.to_string_lossy().into_owned();
        let given = home.path().join("notes").join(name).to_string_lossy().into_owned();
        let at = if given == path { &path } else { &given };
        for (editor, expected) in [
            ("vim", format!("vim <+7> <{at}>")),
            ("emacs -nw", format!("emacs <-nw> <+7> <{at}>")),
            ("hx", format!("hx <{at}:7>")),
            ("code --wait", format!("code <--wait> <--goto> <{at}:7>")),
            ("nano", format!("nano <+7> <{at}>")),
            ("kate", format!("kate <--line> <7> <{at}>")),
            ("'my editor' \"two words\"", format!("my editor <two words> <{at}>")),
            ("own -l {line} --file={path}", format!("own <-l> <7> <--file={at}>")),
        ] {
            let output = run(
                home.path(),
                &[("VISUAL", editor), ("EDITOR", "false")],
                &["open", "--edit", "a talk", "--notes", &home.path().join("notes").to_string_lossy()],
            );
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(0), "{editor}, {name}: {said}");
            assert_eq!(calls(home.path(), 1), [expected], "{editor}, {name}");
        }
    }
}

#[test]
fn an_editor_that_fails_is_said() {
    let home = home(&["vim"]);
    fs::write(home.path().join("notes.md"), "# PyCon 2019\n\n## A talk\n\nWords.\n").expect("a file");
    let edit = |variables: &[(&str, &str)]| {
        let output = run(home.path(), variables, &["open", "--edit", "a talk", "--notes", "notes.md"]);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (status, said) = edit(&[("EDITOR", "no-such-editor")]);
    assert_eq!((status, said.contains("set VISUAL or EDITOR")), (Some(2), true), "{said}");
    let (status, said) = edit(&[("EDITOR", "vim"), ("STUB_STATUS", "3")]);
    assert_eq!((status, said.contains("exit status: 3")), (Some(2), true), "{said}");
    let (status, said) = edit(&[("EDITOR", "'vim")]);
    assert_eq!((status, said.contains("quot")), (Some(2), true), "{said}");
    fs::write(home.path().join("bin/killed"), "#!/bin/sh\nkill -9 $$\n").expect("a stub");
    fs::set_permissions(home.path().join("bin/killed"), fs::Permissions::from_mode(0o755))
        .expect("a program");
    let (status, said) = edit(&[("EDITOR", "killed")]);
    assert_eq!((status, said.contains("signal: 9")), (Some(2), true), "{said}");
}
