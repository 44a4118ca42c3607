//! The parsers under anything: what the fuzzer starts from, everything that ever broke one, and changed copies of both.
//!
//! `cargo fuzz run TARGET fuzz/seeds/TARGET` looks further; what it finds goes to `fuzz/found/TARGET` with the fix.

#[path = "../fuzz/targets.rs"]
#[allow(unreachable_pub, reason = "the fuzz targets are crates of their own")]
mod targets;

use std::path::{Path, PathBuf};

use fastrand::Rng;
use targets::TARGETS;

fn inputs(kind: &str, target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(kind).join(target);
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(&path).expect("an input"))).collect()
}

/// A copy with a few stretches cut out, doubled, moved or overwritten.
fn changed(input: &[u8], others: &[(PathBuf, Vec<u8>)], random: &mut Rng) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..random.usize(1..6) {
        let from = random.usize(0..=bytes.len());
        let to = (from + random.usize(0..24)).min(bytes.len());
        let stretch = bytes[from..to].to_vec();
        match random.u8(0..6) {
            0 => drop(bytes.drain(from..to)),
            1 => drop(bytes.splice(from..from, stretch.repeat(random.usize(1..8)))),
            2 => drop(bytes.splice(from..to, (0..random.usize(0..6)).map(|_| random.u8(..)))),
            3 => bytes.iter_mut().skip(from).take(1).for_each(|byte| *byte ^= 1 << random.u8(0..8)),
            4 => {
                let signs = b"\n#*_`[](){}<>|:-=+~\"'\\/&;!$%^ \t\r\0\x1b.,0aA";
                let sign = signs[random.usize(0..signs.len())];
                drop(bytes.splice(from..from, std::iter::repeat_n(sign, random.usize(1..9))));
            }
            _ => {
                let other = &others[random.usize(0..others.len())].1;
                let start = random.usize(0..=other.len());
                let end = (start + random.usize(0..200)).min(other.len());
                drop(bytes.splice(from..from, other[start..end].iter().copied()));
            }
        }
    }
    bytes
}

#[test]
fn every_seed_and_every_finding_holds() {
    for (name, target) in TARGETS {
        let seeds = inputs("seeds", name);
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for (path, input) in seeds.into_iter().chain(inputs("found", name)) {
            let held = std::panic::catch_unwind(|| target(&input));
            assert!(held.is_ok(), "{name} breaks on {}", path.display());
        }
    }
}

#[test]
fn changed_copies_hold() {
    let rounds = match std::env::var("HALLWAY_TESTS").as_deref() {
        Ok("all") => 40_000,
        Ok("more") => 4_000,
        _ => 400,
    };
    for (name, target) in TARGETS {
        let inputs: Vec<_> = inputs("seeds", name).into_iter().chain(inputs("found", name)).collect();
        for round in 0..rounds {
            let mut random = Rng::with_seed(round);
            let input = &inputs[random.usize(0..inputs.len())].1;
            let bytes = changed(input, &inputs, &mut random);
            let held = std::panic::catch_unwind(|| target(&bytes));
            if held.is_err() {
                let path = std::env::temp_dir().join(format!("hallway-{name}-{round}"));
                std::fs::write(&path, &bytes).expect("the input is kept");
                panic!("{name} breaks in round {round}; its input: {}", path.display());
            }
        }
    }
}
