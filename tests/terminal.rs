//! Nothing that stands in notes acts on the terminal: random attacks in every place where a string can stand, the built
//! program in a real terminal, and a parser of what it sends that knows only the sequences that hallway sends itself.
//!
//! `HALLWAY_TESTS=more` or `all` runs more of them; `all` is a hundred thousand.

#![cfg(unix)]
#![expect(clippy::print_stderr, reason = "what was counted is told")]

mod common;

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;

use common::pty::{HALLWAY, Pty, home};
use common::rounds;
use fastrand::Rng;
use hallway::library::load::{Roots, load};
use hallway::text::safe::is_deceptive;
use vte::{Params, Parser, Perform};

/// What a terminal was sent, held against what hallway may send.
#[derive(Default)]
struct Censor {
    refused: Vec<String>,
    /// Addresses of hyperlinks.
    links: usize,
}

impl Censor {
    fn refuse(&mut self, what: String) {
        self.refused.push(what);
    }
}

/// The modes that hallway sets and resets: cursor, mouse, alternate screen, bracketed paste, synchronised output.
const MODES: [u16; 9] = [25, 1000, 1002, 1003, 1006, 1015, 1049, 2004, 2026];

/// Colours and the attributes that themes have; no blinking, no hiding.
fn is_looks(params: &Params) -> bool {
    let flat: Vec<u16> = params.iter().flat_map(|p| p.iter().copied()).collect();
    let mut rest = &flat[..];
    loop {
        rest = match rest {
            [] => return true,
            [38 | 48 | 58, 5, colour, rest @ ..] if *colour < 256 => rest,
            [38 | 48 | 58, 2, r, g, b, rest @ ..] if [r, g, b].iter().all(|c| **c < 256) => rest,
            [0..=4 | 7 | 9 | 22..=24 | 27 | 29..=37 | 39..=47 | 49 | 59 | 90..=97 | 100..=107, rest @ ..] => {
                rest
            }
            _ => return false,
        }
    }
}

impl Perform for Censor {
    fn print(&mut self, c: char) {
        if c.is_control() || is_deceptive(c) && !matches!(c, '\u{200c}' | '\u{200d}') {
            self.refuse(format!("{c:?} in the text"));
        }
    }

    fn execute(&mut self, byte: u8) {
        if !matches!(byte, b'\r' | b'\n') {
            self.refuse(format!("the control {byte:#x}"));
        }
    }

    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], ignore: bool, action: char) {
        let numbers: Vec<u16> = params.iter().flat_map(|p| p.iter().copied()).collect();
        let known = match (intermediates, action) {
            (b"", 'm') => is_looks(params),
            // Moving, and emptying a line or what is below, as `pick` does.
            (b"", 'H' | 'A'..='D' | 'G' | 'J' | 'K') => numbers.len() <= 2,
            (b"?", 'h' | 'l') => numbers.iter().all(|mode| MODES.contains(mode)),
            (b">" | b"<", 'u') => true,
            _ => false,
        };
        if ignore || !known {
            let signs = String::from_utf8_lossy(intermediates).into_owned();
            self.refuse(format!("CSI {signs}{numbers:?}{action}"));
        }
    }

    fn osc_dispatch(&mut self, params: &[&[u8]], _bell_terminated: bool) {
        let known = match params {
            [b"11", b"?"] => true,
            // Only ever what was built from a parsed address.
            [b"8", _, b""] => true,
            [b"8", _, url @ ..] => {
                self.links += 1;
                let url = url.join(&b';');
                let web = url.starts_with(b"https://")
                    || url.starts_with(b"http://")
                    || url.starts_with(b"mailto:");
                web && url.iter().all(u8::is_ascii_graphic)
            }
            _ => false,
        };
        if !known {
            let shown: Vec<_> = params.iter().map(|p| String::from_utf8_lossy(p).into_owned()).collect();
            self.refuse(format!("OSC {shown:?}"));
        }
    }

    fn esc_dispatch(&mut self, intermediates: &[u8], _ignore: bool, byte: u8) {
        // The end of a string command, which is told besides.
        if !(intermediates.is_empty() && byte == b'\\') {
            self.refuse(format!("ESC {intermediates:?} {byte:#x}"));
        }
    }

    fn hook(&mut self, _params: &Params, _intermediates: &[u8], _ignore: bool, action: char) {
        self.refuse(format!("DCS {action}"));
    }
}

fn censor(raw: &[u8]) -> Censor {
    let mut censor = Censor::default();
    // An emulator that takes C1 controls for what they are would obey them in UTF-8, too.
    for c in String::from_utf8_lossy(raw).chars().filter(|c| ('\u{80}'..='\u{9f}').contains(c)) {
        censor.refuse(format!("{c:?}"));
    }
    // String commands that the parser passes over in silence.
    for (at, _) in raw.windows(2).enumerate().filter(|(_, w)| matches!(w, [0x1b, b'X' | b'^' | b'_'])) {
        censor.refuse(format!("a string command at {at}"));
    }
    Parser::new().advance(&mut censor, raw);
    censor
}

/// Something that wants to act: of a few words, controls, sequences, and what becomes one only later.
fn attack(random: &mut Rng) -> Vec<u8> {
    const PIECES: &[&[u8]] = &[
        b"\x1b[2J",
        b"\x1b[5m",
        b"\x1b[8m",
        b"\x1b[6n",
        b"\x1b[c",
        b"\x1b[>q",
        b"\x1b[?1049l",
        b"\x1b[?1000h",
        b"\x1bc",
        b"\x1b]0;title\x07",
        b"\x1b]2;title\x1b\\",
        b"\x1b]52;c;UFdORUQ=\x07",
        b"\x1b]52;c;?\x1b\\",
        b"\x1b]8;;http://x.y/\x1b\\",
        b"\x1b]8;;\x07",
        b"\x1b]1337;File=:AA\x07",
        b"\x1b]11;?\x07",
        b"\x1bP+q544e\x1b\\",
        b"\x1bPq#0\x1b\\",
        b"\x1b_Ga=T;AA\x1b\\",
        b"\x1b^pm\x1b\\",
        b"\x1bXsos\x1b\\",
        b"\x1b#8",
        b"\x1b(0",
        b"\x1b7",
        b"\x1b8",
        b"\x1b",
        b"\x1b[",
        b"\x1b]",
        b"\xc2\x9b31m",
        b"\xc2\x9d0;t\xc2\x9c",
        b"\xc2\x90q\xc2\x9c",
        b"\xc2\x85",
        b"\x9b31m",
        b"\x07",
        b"\x08\x08",
        b"\x0b",
        b"\x0c",
        b"\x0e",
        b"\x0f",
        b"\x7f",
        b"\x18",
        b"\x1a",
        b"\t",
        b"\r",
        b"&#x1b;[2J",
        b"&#27;]0;t&#7;",
        b"&#x9b;5m",
        b"&#155;5m",
        b"&Tab;&NewLine;",
        b"&#x202e;",
        b"&#0;",
        b"%1b[2J",
        b"%1b]0;t%07",
        b"%c2%9b",
        b"\\x1b[2J",
        b"\\u001b[2J",
        b"\\e[2J",
        "\u{202e}".as_bytes(),
        "\u{2066}a\u{2069}".as_bytes(),
        "\u{200f}".as_bytes(),
        "\u{61c}".as_bytes(),
        "\u{2028}".as_bytes(),
        "\u{2029}".as_bytes(),
        "\u{3164}".as_bytes(),
        "\u{e0041}\u{e007f}".as_bytes(),
        "\u{feff}".as_bytes(),
        "\u{200b}".as_bytes(),
        "\u{ad}".as_bytes(),
        "\u{fff9}".as_bytes(),
        "\u{115f}".as_bytes(),
        "e\u{301}\u{301}\u{301}".as_bytes(),
        "👩\u{200d}👧".as_bytes(),
        "\u{200d}".as_bytes(),
        "表".as_bytes(),
        b"\xff",
        b"\xc3",
        b"\xe2\x82",
        b"\xf0\x9f\x98",
        b"\xed\xa0\x80",
        b"\xc0\x9b",
        b"words",
        b" and ",
        b"more",
        b"**",
        b"`",
        b"](",
        b"[",
        b"<b>",
        b"|",
        b"_",
        b"#",
        b"~~",
        b"$",
        b"\"",
        b"'",
        b":",
    ];
    let mut bytes = Vec::new();
    for _ in 0..random.usize(1..5) {
        match random.u8(0..10) {
            0 => bytes.push(random.u8(1..32)),
            1 => bytes.extend(random.char(..).to_string().bytes()),
            _ => bytes.extend(PIECES[random.usize(0..PIECES.len())]),
        }
    }
    bytes.retain(|b| !matches!(b, b'\n' | 0));
    bytes
}

/// Notes full of attacks, as they come from a seed.
struct Attacks {
    random: Rng,
    count: usize,
}

impl Attacks {
    fn new(seed: u64) -> Self {
        Self { random: Rng::with_seed(seed), count: 0 }
    }

    fn next(&mut self) -> Vec<u8> {
        self.count += 1;
        attack(&mut self.random)
    }

    /// A piece of a file's name.
    fn name(&mut self) -> Vec<u8> {
        let mut name = self.next();
        name.retain(|b| *b != b'/');
        name.truncate(60);
        name
    }

    /// A page: what stands between the words are attacks.
    fn fill(&mut self, form: &str) -> Vec<u8> {
        let mut parts = form.split('@');
        let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
        for part in parts {
            out.extend(self.next());
            out.extend(part.as_bytes());
        }
        out
    }

    /// A folder of them; so many talks, each with the mark that says it is on the screen.
    fn notes(&mut self, folder: &Path, talks: usize) {
        const BODY: &str = "Speaker: Ada @\nTags: a@, b\nVideo: https://x.y/@\n\nmark%x @ word @\n\n- item @\n  1. deep @\n\n> quote @\n\n\
            [label @](https://x.y/@) ![alt @](p@.png \"@\") <https://x.y/@> https://x.y/@ `code @` **b @** ~~@~~\n\n\
            ```lang@\ncode @\n```\n\n| a @ | b |\n|---|---|\n| @ | @ |\n\n### Part @\n\nFoot[^1] <b>@</b> <i @>x</i> [ref][r]\n\n\
            [^1]: @\n[r]: https://x.y/@ '@'\n\n";
        const LIGHT: &str = "Title @\n=======\n\nmark%x @\n\n.. note:: @\n\n   @\n\n``code @`` `link @ <https://x.y/@>`_ *e @* |@|\n\n\
            .. image:: @.png\n   :alt: @\n\n:field @: @\n\n";
        let mut talk = 0;
        let mut file = 0;
        while talk < talks {
            let mut text = self.fill(
                "---\ntitle: @\nspeakers: [\"@\", @]\ndate: @\n@: @\n---\n\n# Conf @ 2019\n\nintro @\n\n",
            );
            let (ending, form) = if file % 5 == 4 { ("rst", LIGHT) } else { ("md", BODY) };
            if ending == "rst" {
                text.clear();
            }
            for _ in 0..4 {
                let own = form.replace('%', &talk.to_string());
                if ending == "md" {
                    text.extend(self.fill("## Talk @\n\n"));
                }
                text.extend(self.fill(&own));
                talk += 1;
            }
            let name =
                [format!("{file}-").as_bytes(), &self.name(), format!(".{ending}").as_bytes()].concat();
            let sub = [b"dir ", &self.name()[..]].concat();
            let within = folder.join(std::ffi::OsStr::from_bytes(&sub));
            fs::create_dir_all(&within).expect("a folder");
            fs::write(within.join(std::ffi::OsStr::from_bytes(&name)), text).expect("a file");
            // Something at fault, whose row holds its name.
            let broken = [b"broken ", &self.name()[..], b".md"].concat();
            fs::write(within.join(std::ffi::OsStr::from_bytes(&broken)), b"a\0b").expect("a file");
            file += 1;
        }
        let rules = self.fill("conference = \"@\"\n@ = 1\nignore = [\"@\"]\n");
        fs::write(folder.join("hallway.toml"), rules).expect("a file");
    }
}

fn refused(raw: &[u8], seed: u64, doing: &str) -> usize {
    let censor = censor(raw);
    assert!(
        censor.refused.is_empty(),
        "seed {seed}, {doing}: {:?}",
        &censor.refused[..censor.refused.len().min(8)]
    );
    censor.links
}

/// Through every screen with keys. What is typed and pasted is hostile, too.
fn on_the_screen(seed: u64) -> usize {
    const TALKS: usize = 16;
    let home = home();
    let mut attacks = Attacks::new(seed);
    let notes = home.path().join("notes");
    fs::create_dir(&notes).expect("a folder");
    attacks.notes(&notes, TALKS);
    let library = load(&Roots::Paths(vec![notes]), false).expect("notes");
    let ids: Vec<String> = library.talk_ids().map(|id| library.slug(id).to_owned()).collect();
    for id in ids.iter().take(3) {
        let note = attacks.name();
        let added = Command::new(HALLWAY)
            .args(["--notes", "notes", "bookmark", "add", id, "--note"])
            .arg(std::ffi::OsStr::from_bytes(&note))
            .args(["--tag", "a"])
            .env_clear()
            .env("HOME", home.path())
            .current_dir(home.path())
            .output();
        // A note that is no UTF-8 is refused.
        drop(added);
    }
    let mut pty = Pty::with(&["notes"], &[("FORCE_HYPERLINK", "1")], &home);
    pty.resize(160, 100);
    pty.see("mark");
    pty.press("G");
    pty.contents();
    pty.press("g");
    for _ in 0..ids.len() {
        pty.press("J");
        pty.contents();
    }
    let typed = String::from_utf8_lossy(&attacks.fill("\x1b[200~@ @\x1b[201~")).replace('\u{3}', "");
    for keys in [
        "\x10",
        "a",
        typed.as_str(),
        "\x15",
        "mark",
        "\x1b",
        "S",
        "word",
        "\r",
        "n",
        "\x1b",
        "'",
        "\x1b",
        "o",
        "\x1b",
        "f",
        "\x1b",
        "V",
        "j",
        "\r",
        "?",
        "\x1b",
        "/",
        typed.as_str(),
        "\x1b",
        ":",
        typed.as_str(),
        "\x1b",
        "=",
        "\x1b",
        "a",
        typed.as_str(),
        "\x1b",
        "m",
        "t",
        "\x1b",
    ] {
        pty.press(keys);
        pty.contents();
    }
    pty.resize(40, 12);
    pty.contents();
    pty.press("\x1b");
    pty.contents();
    pty.press("\x03");
    pty.contents();
    let links = refused(&pty.raw(), seed, "on the screen");
    assert!(links > 0 || ids.len() < 8, "seed {seed}: hyperlinks were on");
    attacks.count
}

/// Every verb, with a terminal for its output.
fn by_the_verbs(seed: u64) -> usize {
    let home = home();
    let mut attacks = Attacks::new(seed);
    let notes = home.path().join("notes");
    fs::create_dir(&notes).expect("a folder");
    attacks.notes(&notes, 8);
    let config = attacks.fill("theme = \"@\"\n[keys.tree]\n\"@\" = \"@\"\n[themes.x]\nbase = \"@\"\n");
    fs::write(home.path().join("config.toml"), config).expect("a file");
    fs::write(home.path().join("attack"), attacks.name()).expect("a file");
    let library = load(&Roots::Paths(vec![notes]), false).expect("notes");
    let ids: Vec<String> = library.talk_ids().map(|id| library.slug(id).to_owned()).collect();
    let verbs = [
        "list",
        "list --format '{title} {speakers} {path}'",
        "doctor",
        "doctor --explain",
        "speakers",
        "stats",
        "digest",
        "find mark",
        "grep mark",
        "grep -C2 word",
        "find \"$A\"",
        "grep \"$A\"",
        "show \"$A\"",
        "due",
        "bookmark add \"$ID\" --note \"$A\"",
        "bookmark list",
        "bookmark check",
        "bookmark export",
        "show \"$ID\"",
        "show \"$ID\" --toc",
        "open \"$ID\" --print",
        "--config config.toml config check",
        "--config config.toml config show",
        "--config config.toml list",
        "--theme \"x$A\" list",
        "--notes \"x$A\" list",
    ];
    let mut line = String::from("A=$(cat attack); export PAGER=cat; ");
    for verb in verbs {
        for id in ids.iter().take(if verb.contains("$ID") { 3 } else { 1 }) {
            line.push_str(&format!("ID={id}; \"$HALLWAY\" --notes notes {verb} </dev/null; "));
        }
    }
    line.push_str("echo all-is-done");
    let mut pty = Pty::shell(&line, &home);
    pty.see("all-is-done");
    pty.end();
    pty.contents();
    refused(&pty.raw(), seed, "by the verbs");
    attacks.count
}

#[test]
fn no_attack_gets_through() {
    let most = rounds(1_000, 10_000, 100_000);
    let (mut count, mut seed) = (0, 1);
    while count < most {
        count += if seed % 2 == 0 { by_the_verbs(seed) } else { on_the_screen(seed) };
        seed += 1;
    }
    eprintln!("{count} attacks in {} processes, none let through", seed - 1);
}

/// The censor sees what it is there for.
#[test]
fn the_censor_refuses() {
    let mut random = Rng::with_seed(7);
    let caught = (0..200).filter(|_| !censor(&attack(&mut random)).refused.is_empty()).count();
    assert!(caught > 100, "{caught}");
    for raw in [
        "\x1b[5m",
        "\x1b]0;t\x07",
        "\x1b]8;;javascript:x\x1b\\",
        "\u{9b}m",
        "\x1b_G\x1b\\",
        "\u{202e}",
        "\x08",
    ] {
        assert!(!censor(raw.as_bytes()).refused.is_empty(), "{raw:?}");
    }
    for raw in ["\x1b[38;5;4;1mwords\x1b[0m\r\n", "\x1b[3;4H", "\x1b]8;;https://x.y/%1b\x1b\\x\x1b]8;;\x1b\\"]
    {
        assert!(censor(raw.as_bytes()).refused.is_empty(), "{raw:?}");
    }
}

/// To a file or a program, the bytes of a talk are those of the file.
#[test]
fn raw_output_is_bytes_as_they_are() {
    let home = home();
    let mut attacks = Attacks::new(11);
    let mut body = attacks.fill(&"@ words @\n".repeat(60));
    body.retain(|b| *b != b'\r');
    let text =
        [b"# Conf 2019\n\n## A talk\n\nSpeaker: Ada\n\n", String::from_utf8_lossy(&body).as_bytes()].concat();
    fs::write(home.path().join("notes.md"), &text).expect("a file");
    let output = Command::new(HALLWAY)
        .args(["--notes", "notes.md", "show", "a talk", "--raw"])
        .current_dir(home.path())
        .env_clear()
        .env("HOME", home.path())
        .output()
        .expect("hallway runs");
    let start = text.windows(9).position(|w| w == b"## A talk").expect("the talk");
    assert_eq!(String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&text[start..]));
}
