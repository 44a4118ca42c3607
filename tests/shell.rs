//! At home in the shell: what is printed keeps its shape, completions load in real shells, manual pages render, and the
//! config's verbs tell what holds.

#![expect(clippy::print_stderr, reason = "what is skipped is told")]

use std::path::Path;
use std::process::{Command, Output};

use hallway::cli::args::Args;
use serde_json::Value;

const HALLWAY: &str = env!("CARGO_BIN_EXE_hallway");
const NOTES: &str = "tests/fixtures/notes";

fn command(program: &str, home: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_clear().env("HOME", home).env("LANG", "C.UTF-8");
    let folder = Path::new(HALLWAY).parent().expect("a folder").to_path_buf();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(folder).chain(std::env::split_paths(&path));
    command.env("PATH", std::env::join_paths(all).expect("a path"));
    command
}

fn run(arguments: &[&str]) -> Output {
    let home = tempfile::tempdir().expect("a home");
    command(HALLWAY, home.path()).args(arguments).output().expect("hallway runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn told(output: &Output) -> (i32, String, String) {
    (output.status.code().expect("it ended by itself"), text(&output.stdout), text(&output.stderr))
}

/// Whether a program is there. A test that needs one skips itself, and says so; CI installs them all.
fn is_there(program: &str) -> bool {
    let there = Command::new(program).arg("--version").output().is_ok();
    if !there {
        eprintln!("skipped: there is no {program} here");
    }
    there
}

#[test]
fn list_json_is_what_the_schema_says() {
    let schema: Value =
        serde_json::from_str(include_str!("../docs/list.schema.json")).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    for notes in [&[][..], &["--notes", NOTES][..], &["--notes", "tests/fixtures"][..], &["--ascii"][..]] {
        let output = run(&[&["list", "--json"], notes].concat());
        let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let errors: Vec<String> =
            validator.iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new(), "{notes:?}");
    }
    // The schema says no to what it should say no to.
    let output = run(&["list", "--json"]);
    let mut document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    document["conferences"][0]["tracks"][0]["talks"][0]["line"] = 0.into();
    assert!(!validator.is_valid(&document));
}

#[test]
fn completions_in_bash() {
    if !is_there("bash") {
        return;
    }
    let home = tempfile::tempdir().expect("a home");
    // As bash splits the words, at colons too.
    let script = r#"
        source <(hallway completions bash) || exit 3
        complete -p hallway || exit 4
        try() {
            COMP_LINE=$1; COMP_POINT=${#1}; shift
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
            _hallway hallway "${COMP_WORDS[COMP_CWORD]}" ""
            echo "${COMPREPLY[*]:0:4}"
        }
        try 'hallway show pycon-2017/next' hallway show pycon-2017/next
        try 'hallway li' hallway li
        try 'hallway list speaker:mar' hallway list speaker : mar
        try 'hallway list --notes tests/fixtures/notes year:' hallway list --notes tests/fixtures/notes year :
        try 'hallway speakers kelsey' hallway speakers kelsey
        try 'hallway digest europython-202' hallway digest europython-202
        try 'hallway list sp' hallway list sp
        try 'hallway show --notes=tests/fixtures/notes harborconf-2019/q' hallway show --notes = tests/fixtures/notes harborconf-2019/q
        try 'hallway doctor --explain=pycon-2017/nex' hallway doctor --explain = pycon-2017/nex
        try 'hallway find conf:EuroPython\ 202' hallway find conf : 'EuroPython\ 202'
        try 'hallway find speaker:"Jake' hallway find speaker : '"Jake'
        try 'hallway --theme hi' hallway --theme hi
        try 'hallway man bookm' hallway man bookm
    "#;
    let output = command("bash", home.path()).args(["--norc", "-c", script]).output().expect("bash runs");
    let (status, said, complaints) = told(&output);
    assert_eq!((status, complaints.as_str()), (0, ""), "{said}");
    let lines: Vec<&str> = said.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "pycon-2017/next-level-testing",
            "list",
            r"Mario\ Corchero Mark\ Shannon Marco\ Bonzanini",
            "2023 2018 2022 2019",
            r"Kelsey\ Hightower",
            "europython-2020 europython-2022 europython-2023",
            "speaker:",
            "harborconf-2019/queues-that-forgive",
            "pycon-2017/next-level-testing",
            r"EuroPython\ 2020 EuroPython\ 2023 EuroPython\ 2022",
            "Jake VanderPlas",
            "high-contrast-dark high-contrast-light",
            "bookmark",
        ]
    );
}

#[test]
fn completions_in_fish() {
    if !is_there("fish") {
        return;
    }
    let home = tempfile::tempdir().expect("a home");
    let script = "hallway completions fish | source; or exit 3\n\
                  complete -C 'hallway show pycon-2017/next'\ncomplete -C 'hallway list speaker:mar'\n\
                  complete -C 'hallway digest europython-2018'\ncomplete -C 'hallway li'\n";
    let output =
        command("fish", home.path()).args(["--no-config", "-c", script]).output().expect("fish runs");
    let (status, said, complaints) = told(&output);
    assert_eq!((status, complaints.as_str()), (0, ""), "{said}");
    for line in [
        "pycon-2017/next-level-testing\tNext Level Testing",
        "speaker:Mario Corchero\t2 talks",
        "europython-2018\t23 talks",
        "list\tList the talks: conference, track, talk",
    ] {
        assert!(said.lines().any(|said| said == line), "{line}\n{said}");
    }
}

/// zsh completes in a line editor only: what it would be given is asked for in its way, and the script has to load.
#[test]
fn completions_in_zsh() {
    if !is_there("zsh") {
        return;
    }
    let home = tempfile::tempdir().expect("a home");
    let script = "autoload -Uz compinit; compinit -u -D; source <(hallway completions zsh) || exit 3\n\
                  print -r -- ${_comps[hallway]}\n\
                  _HALLWAY_COMPLETE=zsh _CLAP_IFS=$'\\n' _CLAP_COMPLETE_INDEX=2 hallway -- hallway show pycon-2017/next\n\
                  _HALLWAY_COMPLETE=zsh _CLAP_IFS=$'\\n' _CLAP_COMPLETE_INDEX=2 hallway -- hallway list speaker:mario\n";
    let output = command("zsh", home.path()).args(["-f", "-c", script]).output().expect("zsh runs");
    let (status, said, complaints) = told(&output);
    assert_eq!((status, complaints.as_str()), (0, ""), "{said}");
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].contains("hallway"), "{said}");
    assert!(said.contains("pycon-2017/next-level-testing") && said.contains("Mario Corchero"), "{said}");
}

#[test]
fn other_shells_get_the_words_of_the_command_line() {
    for shell in ["elvish", "powershell"] {
        let (status, said, _) = told(&run(&["completions", shell]));
        assert_eq!(status, 0);
        assert!(said.contains("bookmark") && said.contains("--notes"), "{shell}");
    }
    let (status, _, complaints) = told(&run(&["completions", "bsh"]));
    assert_eq!(status, 2);
    assert!(complaints.contains("bash"), "{complaints}");
}

/// Each verb has a page, and each renders without a warning.
#[test]
fn manual_pages() {
    let home = tempfile::tempdir().expect("a home");
    let mut pages = vec![Vec::new()];
    pages.extend(Args::verbs().into_iter().map(|verb| vec![verb]));
    pages.extend(["list", "add", "check"].map(|verb| vec!["bookmark".to_owned(), verb.to_owned()]));
    let man = is_there("man");
    for verb in pages.iter().filter(|verb| verb.first().is_none_or(|verb| verb != "help")) {
        let words: Vec<&str> = std::iter::once("man").chain(verb.iter().map(String::as_str)).collect();
        let output = run(&words);
        let (status, page, _) = told(&output);
        assert_eq!(status, 0, "{verb:?}");
        let name =
            std::iter::once("hallway").chain(verb.iter().map(String::as_str)).collect::<Vec<_>>().join("-");
        assert!(page.contains(&format!(".TH {name} 1")), "{page}");
        if man {
            let file = home.path().join("page.1");
            std::fs::write(&file, &output.stdout).expect("written");
            let mut reader = command("man", home.path());
            reader
                .args(["--warnings", "-E", "UTF-8", "-l"])
                .arg(&file)
                .env("MANPAGER", "cat")
                .env("MANROFFSEQ", "");
            let output = reader.output().expect("man runs");
            assert_eq!(text(&output.stderr), "", "{verb:?}");
            assert!(output.status.success() && text(&output.stdout).contains("SYNOPSIS"), "{verb:?}");
        }
    }
    let (status, _, complaints) = told(&run(&["man", "lst"]));
    assert_eq!((status, complaints.contains("did you mean list?")), (2, true), "{complaints}");
}

/// The help of every verb ends with two examples, each of which the parser takes.
#[test]
fn every_verb_s_help_ends_with_two_examples() {
    use clap::{CommandFactory, Parser};
    fn look(command: &clap::Command, path: &str) {
        for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
            let name = format!("{path} {}", verb.get_name());
            if verb.has_subcommands() {
                look(verb, &name);
                continue;
            }
            let help = verb.get_after_help().map(ToString::to_string).unwrap_or_default();
            let (_, examples) =
                help.split_once("Examples:\n").unwrap_or_else(|| panic!("{name} has no examples"));
            let lines: Vec<&str> = examples.lines().filter(|line| !line.trim().is_empty()).collect();
            assert_eq!(lines.len(), 2, "{name}: {lines:?}");
            for line in lines {
                let from = line.rfind("hallway ").unwrap_or_else(|| panic!("{name}: {line}"));
                let line = line[from..].split([')', '|', '>']).next().unwrap_or_default();
                let line = line.split("&&").next().unwrap_or_default().trim_end_matches('"');
                let words = shell_words::split(line).unwrap_or_else(|_| panic!("{name}: {line}"));
                assert!(line.starts_with(&name) || line.contains(verb.get_name()), "{name}: {line}");
                Args::try_parse_from(&words).unwrap_or_else(|error| panic!("{name}: {line}: {error}"));
            }
        }
    }
    look(&Args::command(), "hallway");
}

#[test]
fn the_config_tells_what_holds_and_why() {
    let home = tempfile::tempdir().expect("a home");
    let config = home.path().join("config.toml");
    std::fs::write(&config, "notes = \"talks\"\ntheme = \"light\"\n[reader]\nwidth = 70\n[keys.tree]\n\"g g\" = \"top\"\ng = false\n")
        .expect("written");
    let run = |arguments: &[&str]| {
        let mut hallway = command(HALLWAY, home.path());
        hallway.args(arguments).env("HALLWAY_CONFIG", &config).env("VISUAL", "hx");
        told(&hallway.output().expect("hallway runs"))
    };
    let (status, shown, complaints) = run(&["config", "show", "--theme", "dark"]);
    assert_eq!((status, complaints.as_str()), (0, ""));
    let path = config.display();
    for (name, value, source) in [
        ("notes", format!("[\"{}\"]", home.path().join("talks").display()), format!("{path}:1")),
        ("theme", "\"dark\"".into(), "--theme".into()),
        ("editor", "\"hx\"".into(), "$VISUAL".into()),
        ("width", "70".into(), format!("{path}:4")),
        ("mouse", "true".into(), "built in".into()),
    ] {
        let line = shown.lines().find(|line| line.starts_with(&format!("{name} ="))).expect(name);
        assert!(line.contains(&value) && line.ends_with(&format!("# {source}")), "{line}");
    }
    // What is shown is a config file that says the same.
    let again = home.path().join("again.toml");
    std::fs::write(&again, &shown).expect("written");
    let (status, _, complaints) = run(&["config", "check", "--config", &again.to_string_lossy()]);
    assert_eq!(status, 0, "{complaints}");
    assert_eq!(run(&["config", "path"]).1.trim(), config.to_string_lossy());
    let (_, keys, _) = run(&["config", "keys"]);
    assert!(keys.contains("tree\tg g\ttop\tfirst row\tline 6"), "{keys}");
    let (_, keys, _) = run(&["config", "keys", "--json"]);
    let keys: Value = serde_json::from_str(&keys).expect("JSON");
    assert_eq!(keys["format"], 1);
}

#[test]
fn a_config_at_fault() {
    let home = tempfile::tempdir().expect("a home");
    let config = home.path().join("config.toml");
    let run = |text: &str, arguments: &[&str]| {
        std::fs::write(&config, text).expect("written");
        let mut hallway = command(HALLWAY, home.path());
        told(&hallway.args(arguments).env("HALLWAY_CONFIG", &config).output().expect("hallway runs"))
    };
    // What is not known is an error where it is asked for, and a warning elsewhere.
    let unknown = "them = \"dark\"\n";
    let (status, _, complaints) = run(unknown, &["config", "check"]);
    assert_eq!(status, 1);
    assert!(
        complaints.contains("config.toml:1:1: no setting is called `them`; did you mean theme?"),
        "{complaints}"
    );
    let (status, said, complaints) = run(unknown, &["list", "kube"]);
    assert_eq!((status, said.is_empty()), (0, false));
    assert!(complaints.contains("did you mean theme?"), "{complaints}");
    assert_eq!(run(unknown, &["list", "kube", "--quiet"]).2, "");
    // What is wrong ends everything but what helps to find it.
    let wrong = "mouse = 3\n[keys.reader]\n\"g g\" = \"top\"\n";
    let (status, said, complaints) = run(wrong, &["list"]);
    assert_eq!((status, said.as_str()), (2, ""));
    assert!(complaints.contains(":1:9: `mouse` is true or false, not 3"), "{complaints}");
    assert!(
        complaints.contains(":3:1: `g g` (top, reader, line 3) cannot be reached behind `g`"),
        "{complaints}"
    );
    assert_eq!(run(wrong, &["config", "check"]).0, 1);
    assert_eq!(run(wrong, &["config", "show"]).0, 0);
    let (status, _, complaints) = run("", &["list", "--config", "/nowhere/config.toml"]);
    assert_eq!(status, 2);
    assert!(complaints.contains("there is no config file /nowhere/config.toml"), "{complaints}");
}

#[test]
fn notes_and_bookmarks_from_the_config() {
    let home = tempfile::tempdir().expect("a home");
    let config = home.path().join("config.toml");
    let notes = Path::new(env!("CARGO_MANIFEST_DIR")).join(NOTES);
    let kept = home.path().join("beside.json");
    std::fs::write(
        &config,
        format!("notes = {:?}\nbookmarks = \"beside.json\"\n", notes.display().to_string()),
    )
    .expect("written");
    let run = |arguments: &[&str]| {
        let mut hallway = command(HALLWAY, home.path());
        told(&hallway.args(arguments).env("HALLWAY_CONFIG", &config).output().expect("hallway runs"))
    };
    assert!(run(&["list"]).1.contains("HarborConf 2019"));
    assert_eq!(run(&["bookmark", "add", "cranes"]).0, 0);
    assert!(std::fs::read_to_string(&kept).expect("kept there").contains("cranes"));
    assert!(run(&["find", "is:bookmarked"]).1.contains("cranes"));
}

#[test]
fn stats_and_digest_in_each_shape() {
    let (status, said, _) = told(&run(&["stats", "--notes", NOTES]));
    assert_eq!(status, 0);
    assert!(
        said.contains("24 talks · 5 conferences") && said.contains("2019  3 ") || said.contains("2019 3 "),
        "{said}"
    );
    let (_, said, _) = told(&run(&["stats", "--json"]));
    let stats: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!((&stats["talks"], &stats["years"][0]["year"]), (&88.into(), &2017.into()));
    assert_eq!(told(&run(&["stats", "--jsonl"])).1.lines().count(), 1);
    let (status, said, _) = told(&run(&["digest", "--notes", NOTES, "harborconf", "2019"]));
    assert_eq!(status, 0);
    assert!(said.starts_with("# HarborConf 2019: digest\n") && said.contains("## Links"), "{said}");
    let (status, said, complaints) = told(&run(&["digest", "europython"]));
    assert_eq!((status, said.as_str()), (1, ""));
    assert!(complaints.contains("europython-2022"), "{complaints}");
    let (status, _, complaints) = told(&run(&["digest", "zzz"]));
    assert_eq!((status, complaints.contains("no conference is called")), (1, true));
    let (_, said, _) = told(&run(&["digest", "europython-2022", "--json"]));
    let digest: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(digest["conference"], "europython-2022");
    for line in told(&run(&["digest", "europython-2022", "--jsonl"])).1.lines() {
        serde_json::from_str::<Value>(line).expect("a line of JSON");
    }
}

/// A stub in the browser's and the editor's place writes down what it is given.
#[test]
#[cfg(unix)]
fn open_hands_over_one_argument() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().expect("a home");
    let stub = home.path().join("vim");
    std::fs::write(&stub, "#!/bin/sh\nfor word in \"$@\"; do echo \"<$word>\"; done > \"$HOME/told\"\n")
        .expect("written");
    std::fs::set_permissions(&stub, std::fs::Permissions::from_mode(0o755)).expect("executable");
    let run = |arguments: &[&str]| {
        let mut hallway = command(HALLWAY, home.path());
        hallway.args(arguments).env("VISUAL", &stub).env("BROWSER", &stub);
        told(&hallway.output().expect("hallway runs"))
    };
    let (status, _, complaints) = run(&["open", "--edit", "cranes", "--notes", NOTES]);
    assert_eq!((status, complaints.as_str()), (0, ""));
    let got = std::fs::read_to_string(home.path().join("told")).expect("told");
    let lines: Vec<&str> = got.lines().collect();
    assert!(lines[0].starts_with("<+") && lines[1].starts_with("</") && lines.len() == 2, "{got}");
    let (status, _, complaints) = run(&["open", "--edit", "kube"]);
    assert_eq!((status, complaints.contains("stand in no file")), (2, true), "{complaints}");
    let (status, _, complaints) = run(&["open", "--slides", "cranes", "--notes", NOTES]);
    assert_eq!((status, complaints.contains("name no slides")), (1, true), "{complaints}");
}

#[test]
fn list_in_orders_and_by_templates() {
    let list = |arguments: &[&str]| told(&run(&[&["list", "--notes", NOTES], arguments].concat())).1;
    let titles = list(&["--sort", "title", "--format", "{title}"]);
    let mut sorted: Vec<String> = titles.lines().map(str::to_lowercase).collect();
    let listed = sorted.clone();
    sorted.sort();
    assert_eq!(listed[..2], sorted[..2]);
    assert_eq!(titles.lines().count(), 24);
    assert_eq!(
        list(&["cranes", "--format", "{path}:{line} {{{year}}}\\t{conference}"]).matches('\t').count(),
        1
    );
    let ids = list(&["--print0"]);
    assert_eq!(ids.matches('\0').count(), 24);
    assert!(ids.split('\0').any(|id| id.ends_with("/rope")), "{ids}");
    let (status, _, complaints) = told(&run(&["list", "--format", "{nothing}"]));
    assert_eq!((status, complaints.contains("{title}")), (2, true), "{complaints}");
}

/// Nothing but ASCII goes out where that is asked for, and what is printed is JSON still.
#[test]
fn ascii_alone() {
    for arguments in
        [&["list"][..], &["show", "next", "level"], &["stats"], &["list", "--json"], &["find", "kube"]]
    {
        let (status, said, _) = told(&run(&[
            arguments,
            &["--ascii", "--width", "60"][..if arguments[0] == "show" { 3 } else { 1 }],
        ]
        .concat()));
        assert_eq!(status, 0);
        assert!(said.is_ascii(), "{arguments:?}: {:?}", said.chars().find(|c| !c.is_ascii()));
    }
    let (_, said, _) = told(&run(&["list", "--json", "--ascii"]));
    let document: Value = serde_json::from_str(&said).expect("JSON");
    assert!(document.to_string().contains('’') || document.to_string().contains('–'));
}

#[test]
fn the_dialogue_in_a_pipe() {
    use std::io::Write;
    let home = tempfile::tempdir().expect("a home");
    let mut hallway = command(HALLWAY, home.path());
    hallway
        .args(["--plain", "--notes", NOTES])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped());
    let mut child = hallway.spawn().expect("hallway runs");
    let mut input = child.stdin.take().expect("input");
    input.write_all(b"2\n3\n\nj\nb\n/queue\n'\nx\n99\nh\nq\nnever\n").expect("typed");
    drop(input);
    let (status, said, _) = told(&child.wait_with_output().expect("it ends"));
    assert_eq!(status, 0);
    for words in [
        "your notes: 5 conferences, 24 talks.",
        "2. HarborConf 2019, 3 talks",
        "3. It's time for cron",
        "Talks whose notes hold \"queue\"",
        "No bookmarks yet.",
        "x means nothing here.",
        "There is no 99 in this list",
        "A number opens what it stands for.",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert!(!said.contains("never") && !said.contains('│') && !said.contains('\x1b'), "{said}");
    // Without it, a pipe is no screen.
    assert_eq!(told(&run(&[])).0, 2);
}

/// A variable that is empty must not remove, or change, the one bookmark that there is.
#[test]
fn no_words_mean_no_bookmark() {
    let home = tempfile::tempdir().expect("a home");
    let run = |arguments: &[&str]| {
        told(&command(HALLWAY, home.path()).args(arguments).output().expect("hallway runs"))
    };
    assert_eq!(run(&["bookmark", "add", "kube"]).0, 0);
    for arguments in [
        &["bookmark", "remove", "", "--notes", NOTES][..],
        &["bookmark", "remove", " ", "--notes", NOTES],
        &["bookmark", "remove", ""],
        &["due", "--done", "", "--notes", NOTES],
        &["show", ""],
    ] {
        assert_ne!(run(arguments).0, 0, "{arguments:?}");
    }
    assert!(run(&["bookmark", "list"]).1.contains("Kubernetes"));
}

#[test]
fn mistakes_in_the_config_point_to_their_place() {
    let home = tempfile::tempdir().expect("a home");
    let config = home.path().join("config.toml");
    let check = |text: &[u8], expected: &str| {
        std::fs::write(&config, text).expect("written");
        let mut hallway = command(HALLWAY, home.path());
        let output = hallway.args(["config", "check"]).env("HALLWAY_CONFIG", &config).output().expect("runs");
        let (status, _, complaints) = told(&output);
        assert_eq!(status, 1, "{complaints}");
        assert!(complaints.contains(expected), "{expected}\n{complaints}");
    };
    check(b"[raeder]\nwidth = 80\nimages = 3\n", ":1:2: no table is called `raeder`; did you mean reader?");
    check(b"width = 80\n", ":1:1: no setting is called `width`; did you mean reader.width?");
    check(b"notes = [\"a\", 3]\n", ":1:15: `notes` is a path, or a list of paths, not 3");
    check(b"theme = \"dark\"\ntheme = \"light\"\n", ":2:1: `theme` is set in line 1 already");
    check(b"[keys.tree]\n\"crtl-x\" = \"top\"\n", "did you mean ctrl-x?");
    check(b"[themes.a]\nmatch = \"red blue\"\n", "\"blue\" is one colour too many");
    check(b"[themes.a]\nmatch = \"red on\"\n", "names no colour behind it");
    check(b"editor = \"vim {lin}\"\n", "there are {path} and {line}");
    check(b"\xff\xfe theme", "is not UTF-8");
    std::fs::remove_file(&config).expect("gone");
    let mut hallway = command(HALLWAY, home.path());
    let output = hallway.args(["config", "check", "--config"]).arg(&config).output().expect("runs");
    assert_eq!(told(&output).0, 2);
}
