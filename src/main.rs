//! Arguments → verb or screen → exit status.

use std::process::ExitCode;

use clap::Parser;
use hallway::cli::{self, Outcome, args::Args};

fn main() -> ExitCode {
    let args = Args::parse();
    let result = match &args.verb {
        Some(verb) => cli::run(verb, &args),
        None => Ok(Outcome::Done),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(error) => {
            eprintln!("hallway: {error:#}");
            ExitCode::from(2)
        }
    }
}
