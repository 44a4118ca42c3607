//! Files and folders in every bad state: whatever lies beside them, the other talks load, and what is at fault has its row.
//!
//! `HALLWAY_TESTS=more` or `all` makes the large ones larger. What needs root skips itself loudly without it.

#![cfg(target_os = "linux")]
#![expect(clippy::print_stderr, reason = "what is skipped, and what was measured, is told")]

mod common;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use common::rounds;
use hallway::library::Library;
use hallway::library::load::{Extent, LoadError, Roots, load};
use hallway::library::source::Limits;

const HALLWAY: &str = env!("CARGO_BIN_EXE_hallway");

/// A folder with one good talk in it, beside whatever a test puts there.
struct Notes {
    folder: tempfile::TempDir,
}

impl Notes {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("good.md"), "# PyCon 2017\n\n## The good talk\n\nIt was good.\n")
            .expect("a file");
        Self { folder }
    }

    fn with(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let notes = Self::new();
        fs::write(notes.path(name), bytes).expect("a file");
        notes
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What is read, the good talk among it.
    fn read(&self) -> Library {
        self.read_within(false.into())
    }

    fn read_within(&self, extent: Extent) -> Library {
        let library = load(&Roots::Paths(vec![self.folder.path().to_path_buf()]), extent).expect("notes");
        let titles: Vec<&str> = library.talks.iter().map(|talk| talk.title.as_str()).collect();
        assert!(titles.contains(&"The good talk"), "{titles:?}");
        assert!(library.problems.iter().all(|problem| problem.code != "fault"), "{:?}", library.problems);
        library
    }

    /// The problem rows, each as `file: code`.
    fn rows(&self) -> Vec<String> {
        rows(&self.read())
    }

    /// Runs hallway over them in a home of its own, with no more than so many MiB of address space.
    fn run(&self, arguments: &[&str], mebibytes: u64) -> Output {
        let line = format!("ulimit -v {}; exec \"$@\"", mebibytes * 1024);
        let mut command = Command::new("sh");
        command.args(["-c", &line, "sh", HALLWAY, "--notes"]).arg(self.folder.path()).args(arguments);
        command.env_clear().env("HOME", self.folder.path()).env("PATH", "/usr/bin:/bin").stdin(Stdio::null());
        command.output().expect("hallway runs")
    }
}

fn rows(library: &Library) -> Vec<String> {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    library.problems.iter().map(|p| format!("{}: {}", name(&p.path), p.code)).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

fn titles(library: &Library) -> Vec<String> {
    library.talks.iter().map(|talk| talk.title.clone()).collect()
}

#[test]
fn text_in_any_encoding() {
    let utf16 = |text: &str, little: bool| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    };
    let notes = "# Über Straßen\n\nWörter, und noch mehr Wörter über Straßen.\n";
    let cases: Vec<(&str, Vec<u8>, &str, &[&str])> = vec![
        ("utf16le.md", utf16(notes, true), "Über Straßen", &["utf16le.md: encoding"]),
        ("utf16be.md", utf16(notes, false), "Über Straßen", &["utf16be.md: encoding"]),
        (
            "marked.md",
            [b"\xef\xbb\xbf", "---\ntitle: Stated here\n---\n\nWords.\n".as_bytes()].concat(),
            "Stated here",
            &[],
        ),
        (
            "latin.md",
            notes.chars().map(|c| u8::try_from(c as u32).expect("latin")).collect(),
            "Über Straßen",
            &["latin.md: encoding"],
        ),
        (
            "sjis.md",
            // "# 会議のメモ", and a line about it.
            b"# \x89\xef\x8b\x63\x82\xcc\x83\x81\x83\x82\n\n\x82\xb1\x82\xea\x82\xcd\x89\xef\x8b\x63\x82\xcc\x83\x81\x83\x82\x82\xc5\x82\xb7\x81\x42\n"
                .to_vec(),
            "会議のメモ",
            &["sjis.md: encoding"],
        ),
        ("mangled.md", "# It\u{e2}\u{20ac}\u{2122}s mangled\n\nWords.\n".as_bytes().to_vec(), "It’s mangled", &["mangled.md: mojibake"]),
        (
            "stray.md",
            [notes.repeat(4).as_bytes(), b"one stray \xff byte\n"].concat(),
            "Über Straßen",
            &["stray.md: encoding"],
        ),
        ("crlf.md", b"# Two signs\r\n\r\nWords.\r\n".to_vec(), "Two signs", &[]),
        ("cr.md", b"# One sign\r\rWords.\r".to_vec(), "One sign", &[]),
        ("mixed.md", b"# All signs\n\r\nWords.\rMore.\r\n".to_vec(), "All signs", &[]),
    ];
    for (name, bytes, title, problems) in cases {
        let notes = Notes::with(name, bytes);
        let library = notes.read();
        assert!(titles(&library).iter().any(|t| t == title), "{name}: {:?}", titles(&library));
        assert_eq!(rows(&library), problems, "{name}");
    }
}

#[test]
fn what_is_no_text_is_a_row_and_what_is_empty_is_nothing() {
    assert_eq!(Notes::with("picture.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").rows(), ["picture.md: binary"]);
    assert_eq!(Notes::with("holes.md", "words \0 and \0 holes").rows(), ["holes.md: binary"]);
    for (name, bytes) in [("empty.md", ""), ("blank.md", "  \n\t\n\n   ")] {
        let library = Notes::with(name, bytes).read();
        assert_eq!(titles(&library), ["The good talk"], "{name}");
    }
}

#[test]
fn what_is_no_file_is_not_opened() {
    let notes = Notes::new();
    let fifo = Command::new("mkfifo").arg(notes.path("fifo.md")).status().expect("mkfifo runs");
    assert!(fifo.success());
    let _socket = std::os::unix::net::UnixListener::bind(notes.path("socket.md")).expect("a socket");
    symlink("/dev/zero", notes.path("zero.md")).expect("a link");
    symlink("nowhere.md", notes.path("dangling.md")).expect("a link");
    symlink("self.md", notes.path("self.md")).expect("a link");
    symlink("b.md", notes.path("a.md")).expect("a link");
    symlink("a.md", notes.path("b.md")).expect("a link");
    let rows = notes.rows();
    for name in ["fifo.md", "socket.md", "zero.md", "dangling.md", "self.md", "a.md", "b.md"] {
        let own: Vec<_> = rows.iter().filter(|row| row.starts_with(&format!("{name}: "))).collect();
        assert_eq!(own.len(), 1, "{name}: {rows:?}");
    }
    if rustix::process::geteuid().is_root() {
        let made = Command::new("mknod").arg(notes.path("device.md")).args(["c", "1", "5"]).output();
        if made.is_ok_and(|made| made.status.success()) {
            assert!(notes.rows().contains(&"device.md: unreadable".to_owned()));
        }
    }
}

#[test]
fn links_to_folders_are_not_followed_and_to_files_once() {
    let notes = Notes::new();
    symlink("/", notes.path("everything")).expect("a link");
    symlink(".", notes.path("here")).expect("a link");
    fs::create_dir(notes.path("book.md")).expect("a folder");
    fs::write(notes.path("book.md/inside.md"), "# A talk inside\n\nWords.\n").expect("a file");
    symlink("good.md", notes.path("same.md")).expect("a link");
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::write(elsewhere.path().join("linked.md"), "# A linked talk\n\nWords.\n").expect("a file");
    symlink(elsewhere.path().join("linked.md"), notes.path("linked.md")).expect("a link");
    let mut found = titles(&notes.read());
    found.sort();
    assert_eq!(found, ["A linked talk", "A talk inside", "The good talk"]);
    // Nor is anything of them read twice, whichever name comes first.
    symlink(elsewhere.path().join("linked.md"), notes.path("again.md")).expect("a link");
    symlink("good.md", notes.path("a-link.md")).expect("a link");
    let spans = |library: &Library| library.talks.iter().map(|talk| talk.spans.len()).sum::<usize>();
    let library = notes.read();
    assert_eq!((library.files.len(), library.talks.len(), spans(&library)), (3, 3, 3));
}

#[test]
fn names_of_any_bytes() {
    let notes = Notes::new();
    let names: [&[u8]; 4] =
        [b"caf\xe9-\xff.md", b"esc\x1b[2J.md", b"two\nlines.md", b"\xe2\x80\xaeturned.md"];
    for name in names {
        fs::write(notes.path(OsStr::from_bytes(name)), "# Named oddly\n\nWords, and \0.\n").expect("a file");
    }
    let library = notes.read();
    assert_eq!(library.problems.len(), names.len(), "{:?}", library.problems);
    let told = said(&notes.run(&["doctor"], 2_000));
    // As in any program, a newline ends a line; nothing else of these acts.
    assert!(!told.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'), "{told:?}");
    assert!(told.contains("two lines.md"), "{told}");
}

#[test]
fn a_path_longer_than_any_system_call_takes() {
    let notes = Notes::new();
    let part = "d".repeat(200);
    let mut folder = rustix::fs::open(
        notes.folder.path(),
        rustix::fs::OFlags::RDONLY | rustix::fs::OFlags::DIRECTORY,
        rustix::fs::Mode::empty(),
    )
    .expect("the folder");
    for _ in 0..25 {
        rustix::fs::mkdirat(&folder, &part, rustix::fs::Mode::RWXU).expect("a folder");
        let flags = rustix::fs::OFlags::RDONLY | rustix::fs::OFlags::DIRECTORY;
        folder = rustix::fs::openat(&folder, &part, flags, rustix::fs::Mode::empty()).expect("opened");
    }
    let flags = rustix::fs::OFlags::WRONLY | rustix::fs::OFlags::CREATE;
    let file = rustix::fs::openat(&folder, "deep.md", flags, rustix::fs::Mode::RUSR).expect("a file");
    rustix::io::write(&file, b"# Deep down\n").expect("written");
    let library = notes.read();
    assert!(library.problems.len() <= 1, "{:?}", library.problems);
    let gone = Command::new("rm").arg("-rf").arg(notes.path(&part)).status();
    assert!(gone.expect("rm runs").success());
}

/// As a user to whom modes matter.
#[test]
fn what_may_not_be_read_is_a_row() {
    let notes = Notes::with("secret.md", "# Secret\n");
    fs::create_dir(notes.path("locked")).expect("a folder");
    fs::write(notes.path("locked/inside.md"), "# Inside\n").expect("a file");
    fs::create_dir(notes.path("listed")).expect("a folder");
    fs::write(notes.path("listed/inside.md"), "# Inside\n").expect("a file");
    let mode = |name: &str, mode| {
        fs::set_permissions(notes.path(name), fs::Permissions::from_mode(mode)).expect("a mode");
    };
    mode("secret.md", 0o000);
    mode("locked", 0o000);
    // Its names may be read, its files not.
    mode("listed", 0o644);
    mode(".", 0o755);
    let root = rustix::process::geteuid().is_root();
    let place = tempfile::Builder::new().prefix("hallway-").tempdir_in("/tmp").expect("a folder");
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).expect("a mode");
    let program = place.path().join("hallway");
    fs::copy(HALLWAY, &program).expect("copied");
    let mut command = match root {
        true => {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program);
            command
        }
        false => Command::new(&program),
    };
    let run =
        command.arg("--notes").arg(notes.folder.path()).arg("doctor").env_clear().current_dir("/").output();
    mode("locked", 0o755);
    mode("listed", 0o755);
    let Ok(run) = run else {
        return eprintln!(
            "SKIPPED what_may_not_be_read_is_a_row: another user can be had with setpriv alone"
        );
    };
    let told = said(&run);
    for name in ["secret.md", "locked", "inside.md"] {
        let lines: Vec<&str> = told.lines().filter(|line| line.contains(name)).collect();
        assert_eq!(lines.len(), 1, "{name}: {told}");
        assert!(lines[0].contains("ermission denied"), "{told}");
    }
    assert!(told.contains("1 talk"), "{told}");
}

#[test]
fn files_that_come_and_go_while_they_are_read() {
    let notes = Notes::new();
    let end = Arc::new(AtomicBool::new(false));
    let folder = notes.folder.path().to_path_buf();
    let whole = "# PyCon 2018\n\n## A talk that changes\n\nWords.\n".repeat(400);
    let worker = std::thread::spawn({
        let end = end.clone();
        move || {
            let mut turn = 0_usize;
            while !end.load(Ordering::Relaxed) {
                turn += 1;
                let (path, other) = (folder.join("changes.md"), folder.join(".new"));
                match turn % 4 {
                    0 => drop(fs::write(&path, &whole)),
                    1 => drop(fs::File::options().write(true).open(&path).and_then(|f| f.set_len(70))),
                    2 => drop(fs::write(&other, &whole[..300]).and_then(|()| fs::rename(&other, &path))),
                    _ => drop(fs::remove_file(&path)),
                }
            }
        }
    });
    let seen = rounds(30, 300, 3_000);
    for _ in 0..seen {
        let library = notes.read();
        assert!(library.problems.len() <= 1, "{:?}", library.problems);
    }
    end.store(true, Ordering::Relaxed);
    worker.join().expect("the worker ends");
}

/// Two gigabytes that are nothing but a hole, in a process that may not have half of one.
#[test]
fn a_file_that_is_too_large_is_refused_by_its_length() {
    let notes = Notes::new();
    let sparse = fs::File::create(notes.path("sparse.md")).expect("a file");
    sparse.set_len(2 << 30).expect("a hole");
    let output = notes.run(&["doctor"], 500);
    let told = said(&output);
    assert!(told.contains("sparse.md") && told.contains("limits.file"), "{told}");
    assert!(told.contains("1 talk"), "{told}");
}

#[test]
fn the_limits_are_the_config_s_and_what_is_left_out_is_one_row() {
    let notes = Notes::new();
    for n in 0..40 {
        fs::write(
            notes.path(format!("long-{n:02}.md")),
            format!("# Long {n}\n\n{}", "words\n".repeat(5_000)),
        )
        .expect("a file");
    }
    let small = Extent { all: false, limits: Limits { file: 1 << 20, all: 200_000 } };
    let library = notes.read_within(small);
    let rows: Vec<_> = library.problems.iter().map(|problem| problem.message.clone()).collect();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].contains("more files were left out") && rows[0].contains("limits.all"), "{rows:?}");
    let read: usize = library.files.iter().map(|file| file.text.len()).sum();
    // One file for each thread may be on its way when the limit is met.
    assert!(read < 200_000 + 16 * 30_100, "{read}");
    let tiny = Extent { all: false, limits: Limits { file: 10_000, ..Limits::default() } };
    let library = notes.read_within(tiny);
    assert_eq!(library.problems.len(), 40);
    assert_eq!(library.talks.len(), 1);
    // By the config file, in MiB.
    fs::write(notes.path("big.md"), "# Big\n\n".to_owned() + &"words\n".repeat(300_000)).expect("a file");
    let config = notes.path("config.toml");
    fs::write(&config, "limits.file = 1\n").expect("a file");
    let told = said(&notes.run(&["doctor", "--config", &config.to_string_lossy()], 2_000));
    assert!(told.contains("big.md") && told.contains("1048576 of one file"), "{told}");
    // What comes in by standard input has the same limit.
    let mut child = Command::new(HALLWAY)
        .args(["--config", &config.to_string_lossy(), "list", "--notes", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("hallway runs");
    let mut input = child.stdin.take().expect("piped");
    // It stops listening at the limit.
    let _ = input.write_all("# One\n\nwords\n".repeat(200_000).as_bytes());
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert!(said(&output).contains("limits.file"), "{}", said(&output));
}

#[test]
fn one_line_without_an_end() {
    let notes = Notes::new();
    let length = rounds(4, 20, 100) << 20;
    for (name, start) in [("line.md", ""), ("heading.md", "# "), ("link.md", "[a](")] {
        let text = start.to_owned() + &"x".repeat(length);
        fs::write(notes.path(name), text).expect("a file");
    }
    let output = notes.run(&["list"], 600 + 12 * (length >> 20) as u64);
    assert!(output.status.success() && said(&output).contains("The good talk"), "{}", said(&output));
}

#[test]
fn many_lines_and_many_files() {
    let notes =
        Notes::with("long.md", "# PyCon 2018\n\n".to_owned() + &"## A talk\n\nWords.\n\n".repeat(17_500));
    assert_eq!(notes.read().talks.len(), 17_501);
    let notes = Notes::new();
    for n in 0..rounds(2_000, 10_000, 50_000) {
        if n % 1_000 == 0 {
            fs::create_dir(notes.path(format!("{}", n / 1_000))).expect("a folder");
        }
        fs::write(notes.path(format!("{}/{n}.md", n / 1_000)), format!("# Talk {n}\n\nWords.\n"))
            .expect("a file");
    }
    let library = notes.read();
    assert_eq!(library.talks.len(), 1 + rounds(2_000, 10_000, 50_000));
}

#[test]
fn front_matter_that_goes_off() {
    let bomb: String = std::iter::once("a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned())
        .chain((1..30).map(|n| {
            let (this, last) = (char::from(b'a' + n % 26), char::from(b'a' + (n - 1) % 26));
            format!("{this}: &{this} [*{last},*{last},*{last},*{last},*{last},*{last},*{last},*{last}]\n")
        }))
        .collect();
    let deep = format!("a: {}x{}\n", "[".repeat(5_000), "]".repeat(5_000));
    let nested: String = (0..2_000).map(|n| format!("{}k{n}:\n", " ".repeat(n % 900))).collect();
    let endless = "tags: [a]\n".repeat(40_000);
    for (name, front) in [("bomb", &bomb), ("deep", &deep), ("nested", &nested), ("endless", &endless)] {
        let notes = Notes::with(
            "front.md",
            format!("---\ntitle: Behind {name}\n{front}---\n\n# A heading\n\nWords.\n"),
        );
        let output = notes.run(&["list"], 600);
        assert!(
            output.status.success() && said(&output).contains("The good talk"),
            "{name}: {}",
            said(&output)
        );
        assert!(notes.read().talks.len() >= 2, "{name}");
    }
}

#[test]
fn nothing_but_what_is_at_fault_says_why_there_is_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    symlink("/dev/zero", folder.path().join("notes.md")).expect("a link");
    let error = load(&Roots::Paths(vec![folder.path().to_path_buf()]), false).expect_err("nothing");
    assert!(matches!(error, LoadError::NoNotes(..)));
    assert!(error.to_string().contains("not a regular file"), "{error}");
}
