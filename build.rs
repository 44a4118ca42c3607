//! How the program is linked, and what it can tell of how it was built.

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |what: &str, wanted: &str| std::env::var(what).is_ok_and(|found| found == wanted);
    let of_std = std::env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let is_static = of_std.split(',').any(|feature| feature == "crt-static");
    let is_here = is("HOST", &std::env::var("TARGET").unwrap_or_default());
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && !is_static {
        match if is_here { static_link() } else { None } {
            Some(args) => args.iter().for_each(|arg| println!("cargo:rustc-link-arg-bins={arg}")),
            // At a fixed address. Elsewhere the loader would put some ten thousand pointers right before `main`, in the
            // tables of regular expressions, syntaxes and keys: a twentieth of the first frame.
            None => println!("cargo:rustc-link-arg-bins=-no-pie"),
        }
        // With the unwinder inside there is one shared library less to load.
        if is_here && archive("libgcc_eh.a").is_some() {
            println!("cargo:rustc-link-lib=static:-bundle=gcc_eh");
        }
    }
    for (name, from) in [("TARGET", "TARGET"), ("PROFILE", "PROFILE")] {
        println!(
            "cargo:rustc-env=HALLWAY_{name}={}",
            std::env::var(from).unwrap_or_else(|_| "unknown".into())
        );
    }
    let compiler = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let compiler = first_line(Command::new(compiler).arg("--version"));
    println!("cargo:rustc-env=HALLWAY_COMPILER={}", compiler.unwrap_or_else(|| "unknown".into()));
    println!(
        "cargo:rustc-env=HALLWAY_COMMIT={}",
        commit().unwrap_or_else(|| "not told: built from a folder".into())
    );
}

/// What the linker is told so that the program holds the C library, too: then nothing is loaded and nothing is bound before
/// `main`, which is an eighth of the way to the first frame. `None` where that can't be done, or is not wanted.
///
/// (Rust's own `crt-static` would do it, but cargo gives that to procedural macros, too, which can't be static, unless a target
/// is named. And then the program lies in another folder.)
fn static_link() -> Option<Vec<String>> {
    println!("cargo:rerun-if-env-changed=HALLWAY_DYNAMIC");
    if std::env::var_os("HALLWAY_DYNAMIC").is_some_and(|set| !set.is_empty()) {
        return None;
    }
    // The compiler asks for shared libraries by name. It takes these archives for them, as they are found first.
    let out = PathBuf::from(std::env::var_os("OUT_DIR")?);
    let archives = out.join("archives");
    std::fs::create_dir_all(&archives).ok()?;
    for (asked, given) in [
        ("libgcc_s.a", "libgcc_eh.a"),
        ("libutil.a", "libutil.a"),
        ("librt.a", "librt.a"),
        ("libpthread.a", "libpthread.a"),
        ("libm.a", "libm.a"),
        ("libdl.a", "libdl.a"),
        ("libc.a", "libc.a"),
    ] {
        let link = archives.join(asked);
        let _ = std::fs::remove_file(&link);
        let archive = archive(given)?;
        // A new version of the system's may lie elsewhere.
        println!("cargo:rerun-if-changed={}", archive.display());
        symlink(&archive, &link)?;
    }
    let mut args = vec![format!("-L{}", archives.display())];
    // (They ask for each other, and where the linker goes by order they are asked for once more, last.)
    args.extend(
        ["-static", "-no-pie", "-Wl,--start-group", "-lgcc", "-lgcc_eh", "-lc", "-Wl,--end-group"]
            .map(String::from),
    );
    links(&out, &args).then_some(args)
}

#[cfg(unix)]
fn symlink(from: &Path, to: &Path) -> Option<()> {
    std::os::unix::fs::symlink(from, to).ok()
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> Option<()> {
    None
}

/// Whether a small program that is linked so runs: it unwinds, starts a thread, and works something out.
fn links(out: &Path, args: &[String]) -> bool {
    const PROGRAM: &str = "fn main() {
        std::panic::set_hook(Box::new(|_| {}));
        let thrown = std::thread::spawn(|| std::panic::resume_unwind(Box::new(1))).join();
        let power = std::hint::black_box(2f64).powf(std::hint::black_box(3.0));
        assert!(thrown.is_err() && power == 8.0);
    }";
    let (source, program) = (out.join("links.rs"), out.join("links"));
    if std::fs::write(&source, PROGRAM).is_err() {
        return false;
    }
    let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    command.arg(&source).arg("-o").arg(&program);
    // As the program itself is built.
    let flags = std::env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    command.args(flags.split('\u{1f}').filter(|flag| !flag.is_empty()));
    command.args(std::env::var("RUSTC_LINKER").map(|linker| format!("-Clinker={linker}")));
    command.args(args.iter().map(|arg| format!("-Clink-arg={arg}")));
    let succeeds = |command: &mut Command| command.output().is_ok_and(|output| output.status.success());
    succeeds(&mut command) && succeeds(&mut Command::new(&program))
}

/// Where an archive of the C compiler that links for us lies. It says the bare name where it has none.
fn archive(name: &str) -> Option<PathBuf> {
    let asked = first_line(Command::new("cc").arg(format!("-print-file-name={name}")))?;
    Some(PathBuf::from(asked)).filter(|path| path.is_absolute())
}

/// The commit that is built, as far as it is told: by the release workflow, or by the crate that cargo has packed. To ask git would
/// build everything anew at each commit.
fn commit() -> Option<String> {
    println!("cargo:rerun-if-env-changed=HALLWAY_COMMIT");
    if let Ok(told) = std::env::var("HALLWAY_COMMIT") {
        return Some(told).filter(|told| !told.is_empty());
    }
    let here = std::env::var("CARGO_MANIFEST_DIR").ok()?;
    let packed = std::fs::read_to_string(Path::new(&here).join(".cargo_vcs_info.json")).ok()?;
    let (_, rest) = packed.split_once("\"sha1\": \"")?;
    rest.split('"').next().map(str::to_owned)
}

fn first_line(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.lines().next()?.to_owned())
}
