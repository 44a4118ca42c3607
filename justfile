# The handful of commands. `just` lists them; each is what it says, so they can be typed by hand as well.

_list:
    @just --list

# Open the product, on its built-in collection or on given notes
run *NOTES:
    cargo run --release -- {{NOTES}}

# All tests
test:
    cargo test

# What CI runs
ci:
    .ci/run

# What takes too long for CI, once: nothing, `fuzz` or `mutants`
soak WHAT="":
    .ci/soak {{WHAT}}

# Make golden screens, pictures and generated tables anew; read the difference before it is kept
golden:
    SNAPSHOTS=overwrite cargo test --test screens --test readme --test choices
    git diff --stat

# Every figure, beside the programs that are installed
bench:
    cargo bench

# A program that needs nothing of the system, as releases carry it
static:
    rustup target add x86_64-unknown-linux-musl
    RUSTFLAGS="-C relocation-model=static" cargo build --profile dist --target x86_64-unknown-linux-musl

# The crate as it would be published
package:
    cargo package --locked
