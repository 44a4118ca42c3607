//! How the program is linked.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |what: &str, wanted: &str| std::env::var(what).is_ok_and(|found| found == wanted);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        // At a fixed address. Elsewhere the loader would put some ten thousand pointers right before `main`, in the
        // tables of regular expressions, syntaxes and keys: a twentieth of the first frame.
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
