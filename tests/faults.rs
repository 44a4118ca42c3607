//! Faults, injected for real, into the file that cannot be computed again: processes killed at every system call of
//! a save, disks that fail, fill up or lose their power, files in every bad state, many writers at once.
//!
//! In every case: the old state or the new one, nothing acknowledged is lost, the original bytes are kept, no
//! stray temporary, and a message that says what happened and what to do. `HALLWAY_TESTS=more` or `all` runs more
//! of each. What needs strace, or root and mounts, skips itself loudly without them.

#![cfg(target_os = "linux")]
#![expect(clippy::print_stderr, reason = "what is skipped, and what was counted, is told")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use common::rounds;
use fastrand::Rng;
use hallway::bookmarks::revisit::today;
use hallway::bookmarks::{Anchor, Bookmark, Operation, file};
use serde_json::Value;

const HALLWAY: &str = env!("CARGO_BIN_EXE_hallway");
const SEED: u64 = 20_261_125;

fn skip(test: &str, why: &str) {
    eprintln!("SKIPPED {test}: {why}");
}

fn have(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A home of its own.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Home(tempfile::tempdir().expect("a home"))
    }

    /// A copy of what another home holds, links as links.
    fn like(other: &Home) -> Self {
        let home = Home::new();
        let done = Command::new("cp").arg("-a").arg(other.0.path().join(".")).arg(home.0.path()).status();
        assert!(done.expect("cp runs").success());
        home
    }

    fn file(&self) -> PathBuf {
        self.0.path().join(".local/share/hallway/bookmarks.json")
    }

    fn names(&self) -> BTreeSet<String> {
        let listed = fs::read_dir(self.file().parent().expect("a folder")).into_iter().flatten().flatten();
        listed.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.0.path()).current_dir(self.0.path()).stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(HALLWAY, arguments).output().expect("hallway runs")
    }

    /// Runs hallway under strace; the log comes with it. Only the main thread is traced: it does the saving.
    fn strace(&self, options: &[&str], arguments: &[&str]) -> (Output, String) {
        let log = self.0.path().join("log");
        let log_name = log.to_string_lossy().into_owned();
        let all = [&["-y", "-o", &log_name][..], options, &[HALLWAY], arguments].concat();
        let output = self.command("strace", &all).output().expect("strace runs");
        (output, fs::read_to_string(&log).unwrap_or_default())
    }

    /// The ids in the file, which has to be whole.
    fn ids(&self) -> BTreeSet<String> {
        ids(&self.file())
    }
}

fn ids(path: &Path) -> BTreeSet<String> {
    let Ok(bytes) = fs::read(path) else {
        return BTreeSet::new();
    };
    let all: Value = serde_json::from_slice(&bytes)
        .unwrap_or_else(|error| panic!("{error} in {}: {}", path.display(), String::from_utf8_lossy(&bytes)));
    let bookmarks = all["bookmarks"].as_array().expect("a list");
    bookmarks.iter().map(|b| b["id"].as_str().expect("an id").to_owned()).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A system call of a save, as `strace -e inject` names it: which one, and the how-manyth of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Call {
    name: String,
    when: usize,
    line: String,
}

/// The system calls of a save, from the first look at the lock file to the last close.
fn calls(log: &str) -> Vec<Call> {
    let mut counts = std::collections::HashMap::new();
    let mut found = Vec::new();
    let mut saving = false;
    for line in log.lines() {
        let Some((name, _)) = line.split_once('(') else {
            continue;
        };
        if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            continue;
        }
        let when: usize = *counts.entry(name.to_owned()).and_modify(|n| *n += 1).or_insert(1);
        saving |= line.contains(".json.lock") || line.contains("mkdir");
        if saving {
            found.push(Call { name: name.to_owned(), when, line: line.to_owned() });
        }
    }
    found
}

/// What is done to the bookmarks, on top of what.
struct Scene {
    name: &'static str,
    home: Home,
    arguments: Vec<String>,
}

/// A first bookmark, one more, a removal, a change, and one in a file that is a link.
fn scenes() -> Vec<Scene> {
    let add =
        ["bookmark", "add", "kubernetes", "for", "pythonistas", "--note", "new"].map(str::to_owned).to_vec();
    let filled = || {
        let home = Home::new();
        for talk in ["pymc", "trio", "next level testing"] {
            let output = home.run(&["bookmark", "add", talk, "--due", "today"]);
            assert!(output.status.success(), "{}", text(&output.stderr));
        }
        home
    };
    let first = |home: &Home| home.ids().into_iter().next().expect("one");
    let (removal, change, link) = (filled(), filled(), filled());
    let (gone, done) = (first(&removal), first(&change));
    let real = link.0.path().join("dotfiles.json");
    fs::rename(link.file(), &real).expect("moved");
    symlink("../../../dotfiles.json", link.file()).expect("a link");
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    vec![
        Scene { name: "first", home: Home::new(), arguments: add.clone() },
        Scene { name: "one more", home: filled(), arguments: add.clone() },
        Scene { name: "removal", home: removal, arguments: owned(&["bookmark", "remove", &gone]) },
        Scene { name: "change", home: change, arguments: owned(&["due", "--done", &done]) },
        Scene { name: "link", home: link, arguments: add },
    ]
}

impl Scene {
    fn arguments(&self) -> Vec<&str> {
        self.arguments.iter().map(String::as_str).collect()
    }

    /// The calls of its save.
    fn calls(&self) -> Vec<Call> {
        let home = Home::like(&self.home);
        let (output, log) = home.strace(&[], &self.arguments());
        assert!(output.status.success(), "{}: {}", self.name, text(&output.stderr));
        let calls = calls(&log);
        assert!(calls.len() > 10, "{}: {calls:?}", self.name);
        calls
    }

    /// What the file may hold after a fault: what it held before, or that with the change made.
    fn is_old_or_new(&self, after: &[u8]) -> bool {
        let before = fs::read(self.home.file()).unwrap_or_default();
        if after == before {
            return true;
        }
        let all: Value = serde_json::from_slice(after).expect("whole");
        let after: BTreeSet<&str> =
            all["bookmarks"].as_array().expect("a list").iter().filter_map(|b| b["id"].as_str()).collect();
        let before = self.home.ids();
        let before: BTreeSet<&str> = before.iter().map(String::as_str).collect();
        match self.name {
            "removal" => before.difference(&after).count() == 1 && after.is_subset(&before),
            "change" => {
                after == before && text(&serde_json::to_vec(&all).expect("JSON")).contains("\"interval\":2")
            }
            _ => after.difference(&before).count() == 1 && before.is_subset(&after),
        }
    }
}

/// Killed at every system call of a save: the old state or the new one, and what was told is kept.
#[test]
fn a_save_that_is_killed_leaves_the_old_or_the_new() {
    if !have("strace") {
        return skip("a_save_that_is_killed_leaves_the_old_or_the_new", "there is no strace here");
    }
    let scenes = scenes();
    let wanted = rounds(30, 200, 1_200);
    let points: Vec<(usize, Call)> = scenes
        .iter()
        .enumerate()
        .flat_map(|(n, scene)| scene.calls().into_iter().map(move |c| (n, c)))
        .collect();
    let mut rng = Rng::with_seed(SEED);
    // Every point once and again where there is room; a sample of them where there is not.
    let mut order: Vec<usize> = (0..points.len()).collect();
    let (mut kills, mut new, mut left) = (0, 0, 0);
    while kills < wanted {
        rng.shuffle(&mut order);
        for at in order.iter().take(wanted - kills) {
            let (scene, call) = (&scenes[points[*at].0], &points[*at].1);
            let home = Home::like(&scene.home);
            let inject = format!("inject={}:signal=KILL:when={}", call.name, call.when);
            let (output, log) = home.strace(&["-e", &inject], &scene.arguments());
            kills += usize::from(log.contains("killed by SIGKILL"));
            let after = fs::read(home.file()).unwrap_or_default();
            let what = format!("{}, killed at {}: {}", scene.name, call.line, text(&after));
            assert!(scene.is_old_or_new(&after), "{what}");
            let changed = after != fs::read(scene.home.file()).unwrap_or_default();
            new += usize::from(changed);
            // What was told is there.
            assert!(changed || output.stdout.is_empty(), "{what}");
            // The next hallway clears away what was left, and everything goes on.
            left += usize::from(home.names().iter().any(|name| name.ends_with(".new")));
            let list = home.run(&["bookmark", "list"]);
            assert!(!text(&list.stderr).contains("cannot"), "{what}: {}", text(&list.stderr));
            let stray: Vec<String> = home.names().into_iter().filter(|name| is_stray(name)).collect();
            assert!(stray.is_empty(), "{what}: {stray:?}");
            assert!(home.run(&scene.arguments()).status.code() != Some(2), "{what}");
        }
    }
    eprintln!(
        "{kills} kills: {new} left the new state; a temporary was left {left} times, until the next start"
    );
}

fn is_stray(name: &str) -> bool {
    !["bookmarks.json", "bookmarks.json.lock", "bookmarks.json.last-good"].contains(&name)
}

/// A disk that fails at any step: the old state or the new one, a message, no stray file.
#[test]
fn a_save_that_fails_says_so_and_leaves_the_old() {
    if !have("strace") {
        return skip("a_save_that_fails_says_so_and_leaves_the_old", "there is no strace here");
    }
    let scenes = scenes();
    let wanted = rounds(24, 120, usize::MAX);
    // Whatever touches the files of a save; closing and looking cannot fail so that anybody loses.
    let touches = ["openat", "write", "fsync", "rename", "link", "fchmod", "flock", "mkdir", "unlink"];
    let mut cases = Vec::new();
    for scene in &scenes {
        let ours = |call: &Call| {
            let about = [".json", "share/hallway"].iter().any(|name| call.line.contains(name));
            // Giving the lock back is nothing that could fail.
            let back = call.line.contains("LOCK_UN");
            touches.contains(&call.name.as_str()) && (about || call.name == "mkdir") && !back
        };
        for call in scene.calls().into_iter().filter(ours) {
            for error in ["EIO", "ENOSPC", "EROFS", "EDQUOT"] {
                cases.push((scene, call.clone(), error));
            }
        }
    }
    Rng::with_seed(SEED).shuffle(&mut cases);
    let (mut failed, mut went_on) = (0, 0);
    for (scene, call, error) in cases.iter().take(wanted) {
        let home = Home::like(&scene.home);
        let inject = format!("inject={}:error={error}:when={}", call.name, call.when);
        let (output, log) = home.strace(&["-e", &inject], &scene.arguments());
        assert!(log.contains("(INJECTED)"), "{inject}: {log}");
        let (before, after) =
            (fs::read(scene.home.file()).unwrap_or_default(), fs::read(home.file()).unwrap_or_default());
        let said = text(&output.stderr);
        let what = format!("{}, {error} at {}: {said}", scene.name, call.line);
        assert!(scene.is_old_or_new(&after), "{what}");
        match output.status.code() {
            // The last good copy is a help that a save does without, and so is clearing away.
            Some(0) => {
                went_on += 1;
                assert!(["link", "unlink", "openat", "fchmod"].contains(&call.name.as_str()), "{what}");
                assert_ne!(after, before, "{what}");
            }
            Some(2) => {
                failed += 1;
                let confirmed = !said.contains("outlive a power cut");
                assert!(after == before || !confirmed, "{what}");
                // What happened, where, and what to do.
                assert!(
                    said.contains("hallway/") || said.contains("dotfiles") || said.contains(".local"),
                    "{what}"
                );
                assert!(said.contains("(os error") && (said.contains("; ")), "{what}");
            }
            other => panic!("status {other:?}: {what}"),
        }
        let stray: Vec<String> = home.names().into_iter().filter(|name| is_stray(name)).collect();
        assert!(stray.is_empty(), "{what}: {stray:?}");
        // With a disk that works again, so does hallway.
        assert_ne!(home.run(&scene.arguments()).status.code(), Some(2), "{what}");
    }
    eprintln!("{failed} saves failed and said so, {went_on} did without the step that failed");
}

/// A mount that goes away again.
struct Mount(PathBuf);

impl Mount {
    fn new(at: &Path, arguments: &[&str]) -> Option<Self> {
        fs::create_dir_all(at).expect("a folder");
        let done = Command::new("mount").args(arguments).arg(at).output().ok()?;
        done.status.success().then(|| Mount(at.to_path_buf()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_keeps_the_old_bookmarks() {
    let folder = tempfile::tempdir().expect("a folder");
    for options in ["size=16k", "size=1m,nr_inodes=4"] {
        let Some(mount) = is_root()
            .then(|| Mount::new(&folder.path().join("disk"), &["-t", "tmpfs", "-o", options, "tmpfs"]))
            .flatten()
        else {
            return skip("a_full_disk_keeps_the_old_bookmarks", "no disk can be mounted here; it takes root");
        };
        let home = Home::new();
        let file = mount.0.join("bookmarks.json");
        let add = |note: &str| {
            let mut command = home.command(HALLWAY, &["bookmark", "add", "pymc", "--note", note]);
            command.env("HALLWAY_BOOKMARKS", &file).output().expect("hallway runs")
        };
        let mut acknowledged = BTreeSet::new();
        let mut full = None;
        for number in 0..100 {
            let output = add(&number.to_string());
            if output.status.success() {
                acknowledged.insert(text(&output.stdout).trim().to_owned());
            } else {
                full = Some(output);
                break;
            }
            if options.contains("inodes") && number == 0 {
                // One file more, and there is no room for another.
                while fs::write(mount.0.join(format!("filler-{}", fastrand::u64(..))), "").is_ok() {}
            }
        }
        let full = full.expect("the disk is full at last");
        assert_eq!(full.status.code(), Some(2));
        assert!(text(&full.stderr).contains("make room"), "{}", text(&full.stderr));
        assert_eq!(ids(&file), acknowledged, "{options}");
        let names: Vec<String> = fs::read_dir(&mount.0)
            .expect("listed")
            .flatten()
            .map(|e| e.file_name().to_string_lossy().into_owned())
            .filter(|name| !name.starts_with("filler"))
            .collect();
        assert!(names.iter().all(|name| !is_stray(name)), "{names:?}");
        assert!(!acknowledged.is_empty());
    }
}

#[test]
fn a_read_only_disk_and_a_limit_are_said() {
    let home = Home::new();
    assert!(home.run(&["bookmark", "add", "pymc"]).status.success());
    let before = fs::read(home.file()).expect("saved");
    // A write that is cut short by a limit.
    let line = "ulimit -f 1; trap '' XFSZ; exec \"$0\" bookmark add trio --note \"$1\"";
    let output = home.command("sh", &["-c", line, HALLWAY, &"long ".repeat(900)]).output().expect("sh runs");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert_eq!(fs::read(home.file()).expect("there"), before);
    assert!(!home.names().iter().any(|name| is_stray(name)), "{:?}", home.names());
    if !is_root() {
        return skip("a_read_only_disk_and_a_limit_are_said", "no disk can be mounted here; it takes root");
    }
    let disk = home.0.path().join("disk");
    let Some(mount) = Mount::new(&disk, &["-t", "tmpfs", "tmpfs"]) else {
        return skip("a_read_only_disk_and_a_limit_are_said", "no disk can be mounted here");
    };
    fs::copy(home.file(), disk.join("bookmarks.json")).expect("copied");
    let again = Command::new("mount").args(["-o", "remount,ro"]).arg(&mount.0).status();
    assert!(again.expect("mount runs").success());
    let mut command = home.command(HALLWAY, &["bookmark", "add", "trio"]);
    let output =
        command.env("HALLWAY_BOOKMARKS", disk.join("bookmarks.json")).output().expect("hallway runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("set HALLWAY_BOOKMARKS"), "{}", text(&output.stderr));
    // What is there can still be read.
    let mut command = home.command(HALLWAY, &["bookmark", "list"]);
    let output =
        command.env("HALLWAY_BOOKMARKS", disk.join("bookmarks.json")).output().expect("hallway runs");
    assert!(output.status.success() && text(&output.stdout).contains("PyMC3"));
}

/// The part of this program that a test starts as another process: it waits for a line, then adds and removes, and
/// tells of each change once it is saved.
#[test]
fn writer() {
    let Some(path) = std::env::var_os("HALLWAY_TEST_WRITER") else {
        return;
    };
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let (who, many): (u64, u64) = (number("HALLWAY_TEST_WHO"), number("HALLWAY_TEST_MANY"));
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).expect("the start");
    let mut rng = Rng::with_seed(SEED + who);
    let mut own: Vec<String> = Vec::new();
    let mut acknowledge = fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(std::env::var_os("HALLWAY_TEST_TOLD").expect("where to tell"))
        .expect("opened");
    for n in 0..many {
        let (operation, told) = if own.len() > 3 && rng.u8(..3) == 0 {
            let id = own.swap_remove(rng.usize(..own.len()));
            (Operation::Remove(id.clone(), today()), format!("-{id}\n"))
        } else {
            let anchor = Anchor {
                path: format!("{who}.md"),
                line: n as usize,
                quote: "q".into(),
                ..Anchor::default()
            };
            let bookmark =
                Bookmark { id: format!("{who:04x}{n:012x}"), ..Bookmark::new(anchor, String::new()) };
            own.push(bookmark.id.clone());
            let told = format!("+{}\n", bookmark.id);
            (Operation::put(bookmark), told)
        };
        // On a machine that is busy with other things its turn may not come in time. That is said, and nothing is
        // saved; a person does it again.
        let mut refused = 0;
        while let Err(error) = file::change(Path::new(&path), std::slice::from_ref(&operation)) {
            refused += 1;
            assert!(error.to_string().contains("another hallway is saving") && refused < 20, "{error}");
        }
        acknowledge.write_all(told.as_bytes()).expect("told");
    }
}

/// Starts a writer; it waits for a line on its standard input.
fn start_writer(path: &Path, who: usize, many: usize, told: &Path, strace: Option<&str>) -> Child {
    let own = std::env::current_exe().expect("this program");
    let arguments = ["writer", "--exact", "--nocapture", "--test-threads=1"];
    let mut command = match strace {
        Some(inject) => {
            let mut command = Command::new("strace");
            command.args(["-f", "-o", "/dev/null", "-e", inject]).arg(own);
            command
        }
        None => Command::new(own),
    };
    command.args(arguments).env("HALLWAY_TEST_WRITER", path).env("HALLWAY_TEST_WHO", who.to_string());
    command.env("HALLWAY_TEST_MANY", many.to_string()).env("HALLWAY_TEST_TOLD", told);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started")
}

fn begin(child: &mut Child) {
    child.stdin.as_mut().expect("its input").write_all(b"go\n").expect("told to begin");
}

/// The ids that were acknowledged and not removed since.
fn acknowledged(told: &Path) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let Ok(file) = fs::File::open(told) else {
        return ids;
    };
    let mut all = Vec::new();
    BufReader::new(file).read_to_end(&mut all).expect("read");
    for line in all.lines().map_while(Result::ok) {
        match line.split_at(1) {
            ("+", id) => ids.insert(id.to_owned()),
            (_, id) => ids.remove(id),
        };
    }
    ids
}

/// Some processes write at once, from a barrier. Whether the file holds exactly what they have told.
fn writers(processes: usize, many: usize, strace: Option<&str>) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bookmarks.json");
    let told = |who: usize| folder.path().join(format!("told-{who}"));
    let mut children: Vec<Child> =
        (0..processes).map(|who| start_writer(&path, who, many, &told(who), strace)).collect();
    children.iter_mut().for_each(begin);
    let mut fine = true;
    for mut child in children {
        fine &= child.wait().expect("it ends").success();
    }
    let expected: BTreeSet<String> = (0..processes).flat_map(|who| acknowledged(&told(who))).collect();
    let found = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let found = found.as_ref().and_then(|all| all["bookmarks"].as_array());
    let found: Option<BTreeSet<String>> =
        found.map(|all| all.iter().filter_map(|b| Some(b["id"].as_str()?.to_owned())).collect());
    fine && !expected.is_empty() && found == Some(expected)
}

#[test]
fn eight_writers_at_once_lose_nothing() {
    let many = rounds(40, 100, 500);
    assert!(writers(8, many, None));
    eprintln!("8 processes, {many} changes each: exactly what they told");
}

/// The test above is worth something: without the lock it is red.
#[test]
fn without_the_lock_writers_lose() {
    if !have("strace") {
        return skip("without_the_lock_writers_lose", "there is no strace here");
    }
    assert!(!writers(8, 30, Some("inject=flock:retval=0")));
}

/// Pulls the plug some times while a writer works on a disk of its own. How many cuts lost something that was told.
fn power_cuts(cuts: usize, strace: Option<&str>) -> Option<usize> {
    let folder = tempfile::tempdir().expect("a folder");
    let image = folder.path().join("disk.img");
    fs::File::create(&image).and_then(|file| file.set_len(8 << 20)).expect("an image");
    let made = Command::new("mkfs.ext4").args(["-q", "-F"]).arg(&image).output().ok()?;
    if !made.status.success() {
        return None;
    }
    let name = image.to_string_lossy().into_owned();
    // What nobody flushes stays in memory: neither the timer nor the rename writes it out.
    let options = ["-o", "loop,commit=300,noauto_da_alloc", &name];
    let mount = Mount::new(&folder.path().join("disk"), &options)?;
    let told = folder.path().join("told");
    let mut writer = start_writer(&mount.0.join("new/folder/bookmarks.json"), 1, 1_000_000, &told, strace);
    begin(&mut writer);
    // Under strace the writer is strace's child, so the whole group is stopped by name of the program.
    let process = writer.id();
    let pids = move || -> Vec<rustix::process::Pid> {
        let children = format!("/proc/{process}/task/{process}/children");
        let own = rustix::process::Pid::from_raw(process as i32);
        let below = fs::read_to_string(children).unwrap_or_default();
        let below = below.split_whitespace().filter_map(|pid| pid.parse().ok());
        below.filter_map(rustix::process::Pid::from_raw).chain(own).collect()
    };
    let signal = |signal| {
        for pid in pids() {
            let _ = rustix::process::kill_process(pid, signal);
        }
    };
    let mut rng = Rng::with_seed(SEED);
    let mut lost = 0;
    while acknowledged(&told).is_empty() {
        std::thread::sleep(Duration::from_millis(2));
    }
    for _ in 0..cuts {
        std::thread::sleep(Duration::from_micros(rng.u64(200..30_000)));
        signal(rustix::process::Signal::STOP);
        let wanted = acknowledged(&told);
        let cut = folder.path().join("cut.img");
        fs::copy(&image, &cut).expect("copied");
        signal(rustix::process::Signal::CONT);
        let name = cut.to_string_lossy().into_owned();
        let after = Mount::new(&folder.path().join("after"), &["-o", "loop", &name]).expect("it mounts");
        let path = after.0.join("new/folder/bookmarks.json");
        let there = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
        let there: BTreeSet<String> = there
            .iter()
            .flat_map(|all| all["bookmarks"].as_array().into_iter().flatten())
            .filter_map(|b| Some(b["id"].as_str()?.to_owned()))
            .collect();
        // One change may have been made and not told yet: an addition too much, or a removal.
        let missing = wanted.difference(&there).count();
        let too_many = there.difference(&wanted).count();
        lost += usize::from(missing + too_many > 1);
    }
    signal(rustix::process::Signal::KILL);
    let _ = writer.wait();
    Some(lost)
}

#[test]
fn a_power_cut_loses_nothing_that_was_told() {
    let cuts = rounds(4, 30, 250);
    match is_root().then(|| power_cuts(cuts, None)).flatten() {
        Some(lost) => {
            assert_eq!(lost, 0, "of {cuts} power cuts so many lost something");
            eprintln!("{cuts} power cuts, nothing lost");
        }
        None => skip(
            "a_power_cut_loses_nothing_that_was_told",
            "no disk can be made here; it takes root and loops",
        ),
    }
}

/// The test above is worth something: without flushing it is red.
#[test]
fn without_flushing_a_power_cut_loses() {
    if !have("strace") {
        return skip("without_flushing_a_power_cut_loses", "there is no strace here");
    }
    match is_root().then(|| power_cuts(4, Some("inject=fsync:retval=0"))).flatten() {
        Some(lost) => assert!(lost > 0),
        None => {
            skip("without_flushing_a_power_cut_loses", "no disk can be made here; it takes root and loops")
        }
    }
}

/// Files in every bad state: what can be read is there, the bytes are kept, and it is said.
#[test]
fn damaged_files_are_kept_and_said() {
    let good = Home::new();
    for talk in ["pymc", "trio", "postgres at any scale"] {
        assert!(good.run(&["bookmark", "add", talk]).status.success());
    }
    let whole = text(&fs::read(good.file()).expect("saved"));
    let half = &whole[..whole.len() / 2];
    for (name, bytes, copies) in [
        ("garbage", "not JSON at all", 1),
        ("truncated", half, 1),
        ("zeros", &"\0".repeat(whole.len()), 1),
        ("another list", "[]", 1),
        ("empty", "", 0),
    ] {
        let home = Home::like(&good);
        fs::write(home.file(), bytes).expect("damaged");
        let list = home.run(&["bookmark", "list"]);
        let said = text(&list.stderr);
        assert!(said.contains("cannot be read") && said.contains("last good copy"), "{name}: {said}");
        // The last good copy is one change old.
        assert!(text(&list.stdout).lines().count() >= 2, "{name}: {}", text(&list.stdout));
        let add = home.run(&["bookmark", "add", "die threads"]);
        assert!(add.status.success(), "{name}: {}", text(&add.stderr));
        assert!(home.ids().len() >= 3, "{name}");
        let kept: Vec<String> = home.names().into_iter().filter(|n| n.contains("corrupt")).collect();
        assert_eq!(kept.len(), copies, "{name}: {kept:?}");
        for copy in kept {
            assert_eq!(fs::read(home.file().with_file_name(copy)).expect("kept"), bytes.as_bytes());
        }
        // It is said once; then the file is whole.
        assert_eq!(text(&home.run(&["bookmark", "list"]).stderr), "", "{name}");
    }
    // Where no copy of a damaged file can be made, what is known is shown all the same.
    if have("strace") {
        let home = Home::like(&good);
        fs::write(home.file(), "not JSON at all").expect("damaged");
        let inject = [
            "-e",
            "trace=openat",
            "-P",
            &home.file().with_file_name("bookmarks.json.corrupt-1").to_string_lossy(),
            "-e",
            "inject=openat:error=ENOSPC",
        ]
        .map(str::to_owned);
        let options: Vec<&str> = inject.iter().map(String::as_str).collect();
        let (list, log) = home.strace(&options, &["bookmark", "list"]);
        assert!(log.contains("(INJECTED)"), "{log}");
        assert_eq!(text(&list.stdout).lines().count(), 2, "{}", text(&list.stderr));
        assert!(text(&list.stderr).contains("no copy of it could be made"), "{}", text(&list.stderr));
    }
    // Where nothing is left, that is not the same as no bookmarks.
    let home = Home::new();
    fs::create_dir_all(home.file().parent().expect("a folder")).expect("made");
    fs::write(home.file(), "not JSON at all").expect("damaged");
    for verb in ["list", "check"] {
        let output = home.run(&["bookmark", verb]);
        assert_eq!(output.status.code(), Some(2), "{verb}");
        assert!(text(&output.stderr).contains("no earlier copy"), "{}", text(&output.stderr));
    }
    // A later hallway's file is shown and never changed.
    let newer = whole.replace("\"schema\": 2", "\"schema\": 7");
    fs::write(good.file(), &newer).expect("written");
    let list = good.run(&["bookmark", "list"]);
    assert!(list.status.success() && text(&list.stderr).contains("newer hallway"), "{}", text(&list.stderr));
    let add = good.run(&["bookmark", "add", "die threads"]);
    assert_eq!(add.status.code(), Some(2));
    assert_eq!(text(&fs::read(good.file()).expect("there")), newer);
}

#[test]
fn links_modes_and_what_is_no_file() {
    let home = Home::new();
    let add = |path: &Path, note: &str| {
        let mut command = home.command(HALLWAY, &["bookmark", "add", "pymc", "--note", note]);
        command.env("HALLWAY_BOOKMARKS", path).output().expect("hallway runs")
    };
    let at = |name: &str| home.0.path().join(name);
    // A chain of five links, at whose end there is nothing yet.
    fs::create_dir(at("far")).expect("a folder");
    for (from, to) in [("1", "2"), ("2", "3"), ("3", "4"), ("4", "far/5"), ("far/5", "deep/er/real.json")] {
        symlink(to, at(from)).expect("a link");
    }
    for note in ["one", "two"] {
        let output = add(&at("1"), note);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
    assert_eq!(ids(&at("far/deep/er/real.json")).len(), 2);
    assert!(
        ["1", "2", "3", "4", "far/5"]
            .iter()
            .all(|name| at(name).symlink_metadata().expect("there").is_symlink())
    );
    // A circle.
    symlink("b", at("a")).expect("a link");
    symlink("a", at("b")).expect("a link");
    let output = add(&at("a"), "x");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("circle"), "{}", text(&output.stderr));
    // A hard link: the other name keeps what it had.
    let (one, other) = (at("hard.json"), at("other.json"));
    assert!(add(&one, "one").status.success());
    fs::hard_link(&one, &other).expect("a hard link");
    assert!(add(&one, "two").status.success());
    assert_eq!((ids(&one).len(), ids(&other).len()), (2, 1));
    // Modes stay, and a new file is nobody else's business.
    assert_eq!(fs::metadata(&one).expect("there").mode() & 0o777, 0o600);
    fs::set_permissions(&one, fs::Permissions::from_mode(0o640)).expect("a mode");
    assert!(add(&one, "three").status.success());
    assert_eq!(fs::metadata(&one).expect("there").mode() & 0o777, 0o640);
    // A folder, a FIFO and a device are no bookmarks, and nothing waits for them.
    fs::create_dir(at("folder.json")).expect("a folder");
    assert!(Command::new("mkfifo").arg(at("fifo.json")).status().expect("mkfifo runs").success());
    for path in [at("folder.json"), at("fifo.json"), PathBuf::from("/dev/zero")] {
        let mut command = home.command(HALLWAY, &["bookmark", "list"]);
        let output = command.env("HALLWAY_BOOKMARKS", &path).output().expect("hallway runs");
        assert_eq!(output.status.code(), Some(2), "{}", path.display());
        assert!(text(&output.stderr).contains("not a regular file"), "{}", text(&output.stderr));
    }
}

/// A lock that somebody holds is said; that of a process which has died holds nobody up.
#[test]
fn a_held_lock_is_said_and_a_dead_holder_is_none() {
    let home = Home::new();
    assert!(home.run(&["bookmark", "add", "pymc"]).status.success());
    let lock = home.file().with_file_name("bookmarks.json.lock");
    let held = fs::OpenOptions::new().write(true).open(&lock).expect("the lock file");
    held.lock().expect("held");
    let output = home.run(&["bookmark", "add", "trio"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("another hallway is saving it"), "{}", text(&output.stderr));
    assert_eq!(home.ids().len(), 1);
    drop(held);
    // A holder that is killed.
    let mut child = Command::new("sh")
        .args(["-c", "exec 9>\"$0\"; flock 9 2>/dev/null; echo held; exec sleep 100"])
        .arg(&lock)
        .stdout(Stdio::piped())
        .spawn()
        .expect("sh runs");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("its output")).read_line(&mut line).expect("read");
    child.kill().expect("killed");
    child.wait().expect("gone");
    assert!(home.run(&["bookmark", "add", "trio"]).status.success());
    assert_eq!(home.ids().len(), 2);
}

/// Without a home, with one that cannot be written, and with a file that somebody has protected. As a user who is
/// not root, for whom permissions hold.
#[test]
fn homes_that_cannot_be_written() {
    let home = Home::new();
    let mut command = home.command(HALLWAY, &["bookmark", "list"]);
    let known = rustix::process::geteuid().as_raw() != 65_534;
    assert!(known, "the test itself runs as nobody");
    let output = command.env_remove("HOME").output().expect("hallway runs");
    // The user's entry in the password file has a home, too.
    assert!(matches!(output.status.code(), Some(0..=2)), "{}", text(&output.stderr));
    if !is_root() || !have("setpriv") {
        return skip("homes_that_cannot_be_written", "another user can be had by root alone, with setpriv");
    }
    // Somebody else must be able to start it.
    let place = tempfile::Builder::new().prefix("hallway-").tempdir_in("/tmp").expect("a folder");
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).expect("a mode");
    let program = place.path().join("hallway");
    fs::copy(HALLWAY, &program).expect("copied");
    let nobody = |home: Option<&Path>, file: Option<&Path>, arguments: &[&str]| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program).args(arguments);
        command.env_clear().current_dir("/").stdin(Stdio::null());
        if let Some(home) = home {
            command.env("HOME", home);
        }
        if let Some(file) = file {
            command.env("HALLWAY_BOOKMARKS", file);
        }
        command.output().expect("setpriv runs")
    };
    fs::set_permissions(home.0.path(), fs::Permissions::from_mode(0o555)).expect("a mode");
    let output = nobody(Some(home.0.path()), None, &["bookmark", "add", "pymc"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains("set HALLWAY_BOOKMARKS") && said.contains("folder"), "{said}");
    // Without HOME, and in a home that is not there: nothing to read is no error, nowhere to write is.
    let output = nobody(None, None, &["bookmark", "add", "pymc"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("HALLWAY_BOOKMARKS"), "{}", text(&output.stderr));
    // A file that was made read-only, in a folder that is not.
    let theirs = place.path().join("theirs");
    fs::create_dir(&theirs).expect("a folder");
    std::os::unix::fs::chown(&theirs, Some(65_534), Some(65_534)).expect("theirs");
    let file = theirs.join("bookmarks.json");
    assert!(nobody(None, Some(&file), &["bookmark", "add", "pymc"]).status.success());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("a mode");
    let output = nobody(None, Some(&file), &["bookmark", "add", "trio"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("write-protected"), "{}", text(&output.stderr));
    assert_eq!(ids(&file).len(), 1);
    // A file that may not be read.
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("a mode");
    for arguments in [&["bookmark", "list"][..], &["bookmark", "add", "trio"]] {
        let output = nobody(None, Some(&file), arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("cannot be read"), "{}", text(&output.stderr));
    }
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("a mode");
    assert_eq!(ids(&file).len(), 1);
}
