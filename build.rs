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
        // With the unwinder inside there is one shared library less to load.
        if is("HOST", &std::env::var("TARGET").unwrap_or_default()) && has_unwinder() {
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

/// Whether the C compiler that links for us brings the unwinder as an archive. It says the bare name where it does not.
fn has_unwinder() -> bool {
    let asked = first_line(Command::new("cc").arg("-print-file-name=libgcc_eh.a"));
    asked.is_some_and(|path| std::path::Path::new(&path).is_absolute())
}

/// The commit that is built, as far as it is told: by the release workflow, or by the crate that cargo has packed. To ask git would
/// build everything anew at each commit.
fn commit() -> Option<String> {
    println!("cargo:rerun-if-env-changed=HALLWAY_COMMIT");
    if let Ok(told) = std::env::var("HALLWAY_COMMIT") {
        return Some(told).filter(|told| !told.is_empty());
    }
    let here = std::env::var("CARGO_MANIFEST_DIR").ok()?;
    let packed = std::fs::read_to_string(std::path::Path::new(&here).join(".cargo_vcs_info.json")).ok()?;
    let (_, rest) = packed.split_once("\"sha1\": \"")?;
    rest.split('"').next().map(str::to_owned)
}

fn first_line(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.lines().next()?.to_owned())
}
