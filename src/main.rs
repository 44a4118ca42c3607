//! Arguments → verb or screen → exit status.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use hallway::bookmarks::reading;
use hallway::cli::args::{Args, PickOptions, Verb};
use hallway::cli::pick::Settled;
use hallway::cli::{self, Outcome, setup};
use hallway::config::file::Fault;
use hallway::config::terminal;
use hallway::library::guard;
use hallway::library::load::{LoadError, Roots, load};
use hallway::session;
use hallway::tui;
use hallway::tui::linear::Dialogue;
use hallway::tui::pick::Picked;
use hallway::tui::runtime::{self, End, Options};

fn main() -> ExitCode {
    cli::shell::answer_the_shell();
    // Without a word there is nothing to parse, and making the parser takes a tenth of the way to
    // the first frame.
    let mut args = if std::env::args_os().nth(1).is_some() { Args::read() } else { Args::default() };
    guard::tell_panics(|| {});
    match run(&mut args) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            cli::complain(&format!("{error:#}"));
            if let Some(help) = error.downcast_ref::<LoadError>().map(cli::what_to_do) {
                cli::complain(&help);
            }
            ExitCode::from(2)
        }
    }
}

fn run(args: &mut Args) -> Result<ExitCode> {
    // A config file at fault must not keep anybody from finding out why, or from a help page.
    if args.version || matches!(args.verb, Some(Verb::Config(_) | Verb::Completions(_) | Verb::Man(_))) {
        return cli::run_setup(args).map(status);
    }
    let (settings, faults) = setup::settings(&args.global)?;
    setup::hold(&settings, &args.global);
    args.global.settings = settings;
    if args.verb.is_some() {
        for fault in &faults {
            cli::say(&fault.to_string());
        }
    }
    Ok(match &args.verb {
        Some(Verb::Pick(options)) => match pick(options, args)? {
            // As the shell says of what ctrl-c has ended, and fzf of what Esc has.
            None => ExitCode::from(130),
            Some(outcome) => status(outcome),
        },
        Some(Verb::Tour) => status(screen(args, &faults)?),
        Some(verb) => {
            let outcome = cli::run(verb, args)?;
            if cli::say_missing(&args.global) { ExitCode::from(2) } else { status(outcome) }
        }
        None => {
            // Of several, the rest is shown; that it was not all is said behind it.
            let missing = cli::missing(&args.paths);
            let outcome = screen(args, &faults)?;
            let any = cli::say_missing(&args.global) | cli::complain_of(&missing);
            if any { ExitCode::from(2) } else { status(outcome) }
        }
    })
}

fn status(outcome: Outcome) -> ExitCode {
    match outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::Nothing => ExitCode::from(1),
    }
}

/// Opens the screen.
fn screen(args: &Args, faults: &[Fault]) -> Result<Outcome> {
    let named: Vec<PathBuf> = args.paths.iter().chain(&args.global.notes).cloned().collect();
    let mut settings = args.global.settings.clone();
    let tour = matches!(args.verb, Some(Verb::Tour));
    let roots = if tour { Roots::Tour } else { cli::roots(&named, &settings) };
    // The tour leaves nothing behind.
    let aside = if tour { Some(tempfile::tempdir()?) } else { None };
    if let Some(aside) = &aside {
        settings.bookmarks = Some(aside.path().join("bookmarks.json"));
    }
    // What the config names may be gone for today; what was typed is meant to be there.
    let named = !named.is_empty() || settings.notes_are_named();
    if named {
        cli::check(&roots)?;
    }
    if args.global.plain || terminal::is_dumb() {
        return linear(args, &roots, faults);
    }
    let global = args.global.clone();
    let warning = faults.first().map(|fault| match faults.len() {
        1 => fault.short(),
        more => format!("{} (and {} more: hallway config check)", fault.short(), more - 1),
    });
    let end = runtime::run(Options {
        settings,
        roots,
        all: args.global.all,
        at: if tour { Some("moving about".into()) } else { args.at.clone() },
        named,
        warning,
        config: setup::config_path(&args.global).filter(|_| !tour),
        configure: Arc::new(move |settings| {
            setup::overlaid(settings, &global).map_err(|error| error.to_string())
        }),
        hyperlinks: supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        reading: reading::path().filter(|_| !tour),
        session: session::path().filter(|_| !tour && !args.global.no_state),
    })?;
    // Before a signal ends the process, which drops nothing.
    drop(aside);
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

/// Holds the dialogue instead of opening the screen.
fn linear(args: &Args, roots: &Roots, faults: &[Fault]) -> Result<Outcome> {
    if !args.global.plain && !std::io::stdout().is_terminal() {
        anyhow::bail!(
            "standard output is no terminal; try `hallway list`, or --plain for a dialogue all the same"
        );
    }
    for fault in faults {
        cli::say(&fault.to_string());
    }
    let on_input = matches!(roots, Roots::Paths(paths) if paths.iter().any(|path| path.as_os_str() == "-"));
    let library = Arc::new(load(roots, args.global.settings.extent(args.global.all))?);
    let columns = terminal::columns().unwrap_or(80);
    let columns = usize::from(columns.clamp(20, args.global.settings.measure));
    let bookmarks = args.global.settings.bookmarks.clone().filter(|_| *roots != Roots::Tour);
    let dialogue = Dialogue::new(library, columns, bookmarks, reading::path());
    tui::linear::run(dialogue, args.at.as_deref(), on_input)?;
    Ok(Outcome::Done)
}

/// Lets somebody pick a talk. `None` when nobody wanted to.
fn pick(options: &PickOptions, args: &Args) -> Result<Option<Outcome>> {
    let library = Arc::new(cli::library(&args.global)?);
    let print = |talk, line| cli::pick::print(&library, talk, line, options).map(|()| Some(Outcome::Done));
    let marks = Arc::new(cli::query::all_marks(&library, &args.global)?);
    match cli::pick::settled(&library, options, &marks) {
        Settled::One(talk) => return print(talk, None),
        Settled::None => return Ok(Some(Outcome::Nothing)),
        Settled::Open => {}
    }
    // What cannot be printed is told before anybody has chosen.
    if let Some(first) = library.talk_ids().next() {
        cli::template::fill(&library, first, None, &options.format)?;
    }
    if args.global.plain || terminal::is_dumb() {
        return match tui::linear::pick(&library, marks, &options.query)? {
            Some((talk, line)) => print(talk, line),
            None => Ok(None),
        };
    }
    let settings = args.global.settings.clone();
    match tui::pick::pick(library.clone(), marks, &options.query, options.height, settings)? {
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
