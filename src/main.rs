//! Arguments → verb or screen → exit status.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use hallway::bookmarks::{file, reading};
use hallway::cli::args::{Args, PickOptions, Verb, When};
use hallway::cli::pick::Settled;
use hallway::cli::{self, Outcome};
use hallway::config::file::Settings;
use hallway::library::guard;
use hallway::library::load::LoadError;
use hallway::session;
use hallway::tui;
use hallway::tui::pick::Picked;
use hallway::tui::runtime::{self, End, Options};

fn main() -> ExitCode {
    // Without a word there is nothing to parse, and making the parser takes a tenth of the way to
    // the first frame.
    let args = if std::env::args_os().nth(1).is_some() { Args::read() } else { Args::default() };
    guard::tell_panics(|| {});
    let result = match &args.verb {
        Some(Verb::Pick(options)) => match pick(options, &args) {
            // As the shell says of what ctrl-c has ended, and fzf of what Esc has.
            Ok(None) => return ExitCode::from(130),
            Ok(Some(outcome)) => Ok(outcome),
            Err(error) => Err(error),
        },
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

/// What is set in the config file.
fn settings() -> Result<Settings> {
    let Some(path) = hallway::config::file::path() else {
        return Ok(Settings::default());
    };
    hallway::config::file::load(&path)
        .with_context(|| "the config file is at fault; mend it, or name another one in HALLWAY_CONFIG")
}

/// Opens the screen.
fn screen(args: &Args) -> Result<Outcome> {
    let named: Vec<PathBuf> = args.paths.iter().chain(&args.global.notes).cloned().collect();
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let roots = cli::roots(&named);
    cli::check(&roots)?;
    let settings = settings()?;
    let end = runtime::run(Options {
        settings,
        roots,
        all: args.global.all,
        at: args.at.clone(),
        mouse: !args.no_mouse,
        hyperlinks: supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        colours: args.global.color == When::Always || args.global.color == When::Auto && !no_color,
        bookmarks: file::path(),
        reading: reading::path(),
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

/// Lets somebody pick a talk. `None` when nobody wanted to.
fn pick(options: &PickOptions, args: &Args) -> Result<Option<Outcome>> {
    let library = Arc::new(cli::library(&args.global)?);
    let print = |talk, line| cli::pick::print(&library, talk, line, options).map(|()| Some(Outcome::Done));
    match cli::pick::settled(&library, options) {
        Settled::One(talk) => return print(talk, None),
        Settled::None => return Ok(Some(Outcome::Nothing)),
        Settled::Open => {}
    }
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let colours = args.global.color == When::Always || args.global.color == When::Auto && !no_color;
    match tui::pick::pick(library.clone(), &options.query, options.height, colours)? {
        Picked::Talk(talk, line) => print(talk, line),
        Picked::Cancelled => Ok(None),
        Picked::Signal(signal) => {
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
