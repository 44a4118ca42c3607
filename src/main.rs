//! Arguments → verb or screen → exit status.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use hallway::bookmarks::file;
use hallway::cli::args::{Args, When};
use hallway::cli::{self, Outcome};
use hallway::library::guard;
use hallway::library::load::LoadError;
use hallway::session;
use hallway::tui::runtime::{self, End, Options};

fn main() -> ExitCode {
    // Without a word there is nothing to parse, and making the parser takes a tenth of the way to
    // the first frame.
    let args = if std::env::args_os().nth(1).is_some() { Args::read() } else { Args::default() };
    guard::tell_panics(|| {});
    let result = match &args.verb {
        Some(verb) => cli::run(verb, &args),
        None => screen(&args),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            cli::say(&format!("{error:#}"));
            if let Some(help) = error.downcast_ref::<LoadError>().map(cli::what_to_do) {
                cli::say(&help);
            }
            ExitCode::from(2)
        }
    }
}

/// Opens the screen.
fn screen(args: &Args) -> Result<Outcome> {
    let named: Vec<PathBuf> = args.paths.iter().chain(&args.global.notes).cloned().collect();
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let roots = cli::roots(&named);
    cli::check(&roots)?;
    let end = runtime::run(Options {
        roots,
        all: args.global.all,
        at: args.at.clone(),
        mouse: !args.no_mouse,
        colours: args.global.color == When::Always || args.global.color == When::Auto && !no_color,
        bookmarks: file::path(),
        session: if args.no_state { None } else { session::path() },
    })?;
    match end {
        End::Quit(None) => Ok(Outcome::Done),
        End::Quit(Some(unsaved)) => anyhow::bail!(unsaved),
        End::NoNotes(error) => Err(error.into()),
        End::HungUp => Ok(Outcome::Nothing),
        End::Signal(signal) => {
            // The parent sees what it sent.
            #[cfg(unix)]
            signal_hook::low_level::emulate_default_handler(signal)?;
            anyhow::bail!("ended by signal {signal}")
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}
