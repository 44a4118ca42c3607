//! How the program is linked, and what it can tell of how it was built.

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |what: &str, wanted: &str| std::env::var(what).is_ok_and(|found| found == wanted);
    let of_std = std::env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let is_static = of_std.split(',').any(|feature| feature == "crt-static");
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && !is_static {
        // At a fixed address. Elsewhere the loader would put some ten thousand pointers right before `main`, in the
        // tables of regular expressions, syntaxes and keys: a twentieth of the first frame.
        println!("cargo:rustc-link-arg-bins=-no-pie");
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
    println!("cargo:rustc-env=HALLWAY_COMMIT={}", commit().unwrap_or_else(|| "unknown".into()));
}

/// The commit that is built, where this is a repository of its own: not one that it lies in, as a crate that was unpacked.
fn commit() -> Option<String> {
    let here = std::env::var("CARGO_MANIFEST_DIR").ok()?;
    if !std::path::Path::new(&here).join(".git").exists() {
        return None;
    }
    // It changes with the branch's head; where that lies elsewhere, the commit may be an older one.
    println!("cargo:rerun-if-changed={here}/.git/HEAD");
    println!("cargo:rerun-if-changed={here}/.git/logs/HEAD");
    first_line(Command::new("git").args(["-C", &here, "rev-parse", "--short=12", "HEAD"]))
}

fn first_line(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.lines().next()?.to_owned())
}
