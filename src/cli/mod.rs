//! The command line: one file per verb. Data goes to stdout, talk about it to stderr.

pub mod args;
pub mod bookmark;
pub mod config;
mod doctor;
mod explain;
mod find;
pub mod glance;
mod grep;
mod json;
mod list;
pub mod open;
mod out;
pub mod pick;
pub mod query;
pub mod setup;
pub mod shell;
mod show;
mod speakers;
pub mod template;
mod version;

use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::Result;

use crate::cli::args::{Args, Global, Verb};
use crate::config::settings::Settings;
use crate::library::load::{LoadError, Roots, load};
use crate::library::walk;
use crate::library::{Library, TalkId};
use crate::search::quick;
use crate::text::fold::fold;

/// How a verb ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Found, clean or done: status 0.
    Done,
    /// Nothing matched, or ambiguous, or problems in `doctor --strict`: status 1.
    Nothing,
}

/// Runs a verb.
///
/// # Errors
///
/// Wrong use, or what was asked could not be read or written: status 2. A closed pipe comes back
/// as an [`std::io::Error`] of kind `BrokenPipe`, which `main` ends quietly on.
pub fn run(verb: &Verb, args: &Args) -> Result<Outcome> {
    let global = &args.global;
    if let Some(path) = args.paths.first() {
        anyhow::bail!("a verb reads other notes by --notes {}", path.display());
    }
    match verb {
        Verb::List(options) => list::run(options, global),
        Verb::Find(options) => find::run(options, global),
        Verb::Grep(options) => grep::run(options, global),
        // It needs the terminal, which `main` hands to the screen's room.
        Verb::Pick(_) => anyhow::bail!("pick is run by the screen"),
        Verb::Tour => anyhow::bail!("the tour is taken in the screen"),
        Verb::Show(options) => show::run(options, global),
        Verb::Speakers(options) => speakers::run(options, global),
        Verb::Bookmark(verb) => bookmark::run(verb, global),
        Verb::Due(options) => bookmark::due(options, global),
        Verb::Doctor(options) => doctor::run(options, global),
        Verb::Open(options) => open::run(options, global),
        Verb::Stats(options) => glance::stats(options, global),
        Verb::Digest(options) => glance::digest(options, global),
        Verb::Config(_) | Verb::Completions(_) | Verb::Man(_) => run_setup(args),
    }
}

/// Runs a verb that sets things up; none of these needs the config to be right.
///
/// # Errors
///
/// As [`run`].
pub fn run_setup(args: &Args) -> Result<Outcome> {
    setup::hold(&Settings { ascii: args.global.ascii.then_some(true), ..Settings::default() }, &args.global);
    match &args.verb {
        _ if args.version => version::run(args.verbose, &args.global),
        Some(Verb::Config(verb)) => config::run(verb, &args.global),
        Some(Verb::Completions(options)) => shell::completions(options),
        Some(Verb::Man(options)) => shell::man(options),
        _ => Ok(Outcome::Done),
    }
}

/// Looks whether anything of what was named is there, before a screen is opened for it.
///
/// # Errors
///
/// When something was named and none of it exists, or `-` is named and is the terminal.
pub fn check(roots: &Roots) -> Result<()> {
    let Roots::Paths(paths) = roots else {
        return Ok(());
    };
    if paths.iter().any(|p| p.as_os_str() == "-") && std::io::stdin().is_terminal() {
        anyhow::bail!(
            "standard input is the terminal, where the keys come from; pipe notes into `hallway -`"
        );
    }
    let there = |path: &&PathBuf| path.as_os_str() == "-" || walk::exists(path);
    match paths.first() {
        Some(first) if !paths.iter().any(|p| there(&p)) => Err(LoadError::Missing(first.clone()).into()),
        _ => Ok(()),
    }
}

/// Where the notes come from: what was named, else `$HALLWAY_NOTES`, else the config, else the built-in ones.
pub fn roots(named: &[PathBuf], settings: &Settings) -> Roots {
    let paths = if named.is_empty() { &settings.notes } else { named };
    if paths.is_empty() { Roots::Builtin } else { Roots::Paths(paths.to_vec()) }
}

/// What went wrong, on stderr: a line for each line.
pub fn complain(text: &str) {
    use std::io::Write;
    let mut to = std::io::stderr().lock();
    for line in text.lines() {
        let line = crate::text::SafeText::new(line);
        // Where standard error is gone, nobody could be told that it is.
        let _ = writeln!(to, "hallway: {}", crate::text::signs::shown(line.as_str()));
    }
}

/// Talk about the data, on stderr, unless it is to be quiet.
pub fn say(text: &str) {
    if !setup::is_quiet() {
        complain(text);
    }
}

/// Says which of the named paths are not there, though the rest was read. True when some are not.
pub fn say_missing(global: &Global) -> bool {
    // Those of the config may be gone for today.
    let named = if global.settings.notes_are_named() { &global.settings.notes[..] } else { &[] };
    complain_of(&missing(named))
}

/// Which of these are not there.
pub fn missing(named: &[PathBuf]) -> Vec<PathBuf> {
    let gone = |path: &&PathBuf| path.as_os_str() != "-" && !walk::exists(path);
    named.iter().filter(gone).cloned().collect()
}

/// Says that these are not there. True when there are any.
pub fn complain_of(missing: &[PathBuf]) -> bool {
    for path in missing {
        complain(&format!("{} is not there; the rest was read", path.display()));
    }
    !missing.is_empty()
}

pub fn library(global: &Global) -> Result<Library, LoadError> {
    let library = load(&roots(&global.notes, &global.settings), global.settings.extent(global.all))?;
    // A verb looks at every talk, or at the words of any.
    library.tell_all();
    Ok(library)
}

/// Finds the one talk that words or an id stand for. `Err` holds the candidates.
///
/// Words that stand in one talk's row as they are written mean that talk; letters scattered over
/// others do not make it ambiguous.
fn resolve(library: &Library, words: &str) -> Result<TalkId, Vec<TalkId>> {
    const CANDIDATES: usize = 9;
    if words.trim().is_empty() {
        return Err(Vec::new());
    }
    if let Some(id) = library.by_slug(words) {
        return Ok(id);
    }
    // A whole title means that talk, though others hold its words.
    let title = fold(words);
    let titled: Vec<TalkId> =
        library.talk_ids().filter(|id| fold(&library.talk(*id).title) == title).take(2).collect();
    if let [only] = titled[..] {
        return Ok(only);
    }
    let literal: Vec<String> = words.split_whitespace().map(|w| format!("'{w}")).collect();
    let mut hits = quick(library, &literal.join(" "), CANDIDATES);
    if hits.is_empty() {
        hits = quick(library, words, CANDIDATES);
    }
    match &hits[..] {
        [only] => Ok(only.talk),
        _ => Err(hits.iter().map(|h| h.talk).collect()),
    }
}

/// The one talk that words or an id stand for; `None` after saying why there is not one.
fn the_talk(library: &Library, words: &str) -> Option<TalkId> {
    let found = resolve(library, words);
    if let Err(candidates) = &found {
        say_candidates(library, words, candidates);
    }
    found.ok()
}

/// Names the talks that words may mean.
#[expect(clippy::print_stderr, reason = "talk about the data goes to stderr")]
fn say_candidates(library: &Library, words: &str, candidates: &[TalkId]) {
    if setup::is_quiet() {
        return;
    }
    let words = crate::text::SafeText::new(words);
    if candidates.is_empty() {
        eprintln!("hallway: no talk matches \"{words}\". `hallway list` shows them all.");
        return;
    }
    eprintln!("hallway: \"{words}\" fits several talks. Say more, or use an id:");
    for id in candidates {
        eprintln!("  {}", crate::text::SafeText::new(library.slug(*id)));
    }
}

/// What a person can do about notes that are not there.
pub fn what_to_do(error: &LoadError) -> String {
    match error {
        LoadError::Missing(path) => {
            let word = path.to_string_lossy();
            let distance = |other: &str| strsim::damerau_levenshtein(other, &word);
            let verbs = Args::verbs().into_iter().map(|verb| (distance(&verb), format!("the verb `{verb}`")));
            let beside = walk::beside(path);
            let paths = beside.iter().map(|p| (distance(&p.to_string_lossy()), p.display().to_string()));
            let near = verbs.chain(paths).filter(|(far, _)| *far <= 2).min();
            match near {
                Some((_, near)) => format!("did you mean {near}? `hallway --help` shows what there is"),
                None => "name a file or folder that holds notes; `hallway --help` shows what there is".into(),
            }
        }
        LoadError::NoNotes(..) => {
            "hallway reads Markdown, plain text, reStructuredText, Org, AsciiDoc, HTML and notebooks; name a file or \
             folder that holds some"
                .into()
        }
    }
}
