//! The words of the command line, defined once for parsing and help.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use clap_complete::engine::ArgValueCompleter;

use crate::cli::bookmark::args::{BookmarkVerb, DueOptions};
use crate::cli::config::ConfigVerb;
use crate::cli::glance::{DigestOptions, StatsOptions};
use crate::cli::open::OpenOptions;
use crate::cli::shell::{self, CompletionsOptions, ManOptions};
use crate::config::settings::Settings;

/// Browse the notes people take at conferences.
#[derive(Debug, Default, Parser)]
#[command(
    name = "hallway",
    disable_version_flag = true,
    about = "Browse the notes people take at conferences",
    long_about = "Browse the notes people take at conferences: conference, track, talk.\n\n\
                  Without a verb, hallway opens its screen on the given files and folders; without \
                  a path, on $HALLWAY_NOTES, or else on the collection built into the program.",
    after_help = "Examples:\n  hallway ~/notes          open the screen on a folder\n  \
                  hallway list --json      every talk of the built-in collection, as JSON\n\n\
                  In the screen, ? shows every key.",
    subcommand_precedence_over_arg = true
)]
pub struct Args {
    /// What to do; without one, the screen opens.
    #[command(subcommand)]
    pub verb: Option<Verb>,

    /// Files and folders to read; `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Open the screen at this talk: its id, or words that find it
    #[arg(long, value_name = "TALK", add = ArgValueCompleter::new(shell::talks))]
    pub at: Option<String>,

    /// Print the version
    #[arg(short = 'V', long)]
    pub version: bool,

    /// With --version: how it was built, and what it finds here, for a report of a fault
    #[arg(long, requires = "version")]
    pub verbose: bool,

    /// Options of every verb.
    #[command(flatten)]
    pub global: Global,
}

impl Args {
    /// Reads the command line. `-speaker:ada` is a facet that must not hold, not an option; the parser
    /// is given it as `!speaker:ada`, which says the same.
    pub fn read() -> Self {
        let words: Vec<std::ffi::OsString> = std::env::args_os().skip(1).collect();
        // Paths alone leave nothing to parse, and making the parser takes a tenth of the way to the first frame.
        if let Some(paths) = paths_alone(&words) {
            return Args { paths, ..Args::default() };
        }
        let facet = |word: &str| {
            let (name, value) = word.strip_prefix('-')?.split_once(':')?;
            crate::search::facet::name_of(name).map(|name| format!("!{name}:{value}"))
        };
        let words = std::env::args_os();
        Args::parse_from(words.map(|w| w.to_str().and_then(facet).map_or(w.clone(), Into::into)))
    }

    /// The names of the verbs.
    pub fn verbs() -> Vec<String> {
        use clap::CommandFactory;
        Args::command().get_subcommands().map(|verb| verb.get_name().to_owned()).collect()
    }
}

/// The verbs, by which a line that needs the parser is told from one of paths alone.
const VERBS: [&str; 17] = [
    "list", "find", "grep", "pick", "show", "speakers", "bookmark", "due", "open", "stats", "digest",
    "doctor", "tour", "config", "completions", "man", "help",
];

/// The words as paths, when none of them is a verb or an option.
fn paths_alone(words: &[std::ffi::OsString]) -> Option<Vec<PathBuf>> {
    let is_verb = |word: &std::ffi::OsString| VERBS.iter().any(|verb| word == verb);
    let is_option = |word: &std::ffi::OsString| {
        let bytes = word.as_encoded_bytes();
        bytes.is_empty() || bytes.len() > 1 && bytes.starts_with(b"-")
    };
    let paths = !words.is_empty() && !words.iter().any(|word| is_verb(word) || is_option(word));
    paths.then(|| words.iter().map(PathBuf::from).collect())
}

/// Options of every verb.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Global {
    /// Read these notes (may be given several times; `-` is standard input)
    #[arg(long, value_name = "PATH", global = true)]
    pub notes: Vec<PathBuf>,

    /// Read hidden and ignored files too
    #[arg(long, global = true)]
    pub all: bool,

    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", global = true)]
    pub color: When,

    /// How it looks: auto, dark, light, high-contrast-dark, high-contrast-light, or a theme from the config
    #[arg(long, value_name = "NAME", add = ArgValueCompleter::new(shell::themes), global = true)]
    pub theme: Option<String>,

    /// Line by line, without borders and colours, for screen readers; by itself where TERM is dumb
    #[arg(long, global = true)]
    pub plain: bool,

    /// ASCII alone; by itself in a locale that is not UTF-8
    #[arg(long, global = true)]
    pub ascii: bool,

    /// Say nothing about the data on standard error, only what goes wrong
    #[arg(long, global = true)]
    pub quiet: bool,

    /// The screen starts anew, and does not remember where it ends; bookmarks and read marks are kept
    #[arg(long, global = true)]
    pub no_state: bool,

    /// The screen leaves the mouse to the terminal
    #[arg(long, global = true)]
    pub no_mouse: bool,

    /// Read this config file
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,

    /// What the config file, the environment and these options come to.
    #[arg(skip)]
    pub settings: Settings,
}

/// How a listing is printed.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub struct Shape {
    /// One JSON document
    #[arg(long, conflicts_with = "jsonl")]
    pub json: bool,

    /// One JSON object for each entry, a line each
    #[arg(long)]
    pub jsonl: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What can be done besides opening the screen.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// List the talks: conference, track, talk
    List(ListOptions),
    /// Find talks by a few letters, the one that was meant first
    Find(FindOptions),
    /// Search the text of the notes, line by line
    Grep(GrepOptions),
    /// Pick a talk in the finder, below the prompt, and print it
    Pick(PickOptions),
    /// Show one talk
    Show(ShowOptions),
    /// List who spoke, and how often
    Speakers(SpeakersOptions),
    /// Set, list, exchange and check bookmarks
    #[command(subcommand)]
    Bookmark(BookmarkVerb),
    /// List the bookmarks that are due to be looked at again
    Due(DueOptions),
    /// Open a talk's recording, slides or notes
    Open(OpenOptions),
    /// Show the library at a glance: talks per year, who was heard most
    Stats(StatsOptions),
    /// Gather what a conference leaves to do, as Markdown: links, open questions, TODOs, starred talks
    Digest(DigestOptions),
    /// Tell how the notes were read: problems, guesses, furniture
    Doctor(DoctorOptions),
    /// Take the tour of hallway: three minutes, in its own screen
    #[command(after_help = "Examples:\n  hallway tour\n  hallway tour --plain")]
    Tour,
    /// Show and check what is set
    #[command(subcommand)]
    Config(ConfigVerb),
    /// Print a shell's completions
    Completions(CompletionsOptions),
    /// Print the manual page of hallway, or of a verb
    Man(ManOptions),
}

/// An order of talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// By title.
    Title,
    /// By the first speaker's name; talks without one last.
    Speaker,
    /// By day, the last one first; talks without one last.
    Date,
    /// By length, the longest first.
    Words,
}

/// Options of `list`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  hallway list\n  hallway list --notes ~/notes --jsonl kubernetes")]
pub struct ListOptions {
    /// Only talks that these words find, as in the finder: words, 'exact, ^start, end$, !not,
    /// speaker:, conf:, track:, year:, tag:, path:, is:, has:
    #[arg(value_name = "QUERY", add = ArgValueCompleter::new(shell::query))]
    pub query: Vec<String>,

    /// What to print of each talk: {id}, {title}, {speakers}, {conference}, {year}, {track}, {date}, {tags},
    /// {path}, {line}
    #[arg(long, value_name = "TEMPLATE", conflicts_with_all = ["json", "jsonl"])]
    pub format: Option<String>,

    /// End what is printed of each talk with a NUL rather than a line end; without --format its id
    #[arg(long, conflicts_with_all = ["json", "jsonl"])]
    pub print0: bool,

    /// One talk a line, in this order; the library's own is by conference and track
    #[arg(long, value_name = "ORDER", conflicts_with = "json")]
    pub sort: Option<Order>,

    /// One JSON document: conferences, tracks, talks, problems
    #[arg(long, conflicts_with = "jsonl")]
    pub json: bool,

    /// One JSON object a talk, a line each
    #[arg(long)]
    pub jsonl: bool,
}

/// Options of `find`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each line: id, title, speakers, conference, and why it is there, with tabs between them.\n\n\
                  Examples:\n  hallway find kube hightower\n  hallway find --notes ~/notes rust year:2019.. has:video | cut -f1"
)]
pub struct FindOptions {
    /// Words, and what the finder understands: 'exact, ^start, end$, !not, a | b, speaker:, conf:,
    /// track:, year:, tag:, path:, is:, has:
    #[arg(value_name = "QUERY", required = true, add = ArgValueCompleter::new(shell::query))]
    pub query: Vec<String>,

    /// At most so many talks
    #[arg(long, short = 'n', value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    pub limit: Option<u64>,

    /// How it is printed.
    #[command(flatten)]
    pub shape: Shape,
}

/// Options of `pick`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Status 0 when a talk was picked, 1 when there was none to pick, 130 when it was cancelled.\n\n\
                  Examples:\n  hallway show \"$(hallway pick)\"\n  vim \"$(hallway pick --notes ~/notes --format '{path}')\""
)]
pub struct PickOptions {
    /// Start with this query
    #[arg(long, short, value_name = "QUERY", default_value = "", add = ArgValueCompleter::new(shell::query))]
    pub query: String,

    /// When the query matches one talk only, pick it at once
    #[arg(long, short = '1')]
    pub select_1: bool,

    /// When the query matches no talk, end at once
    #[arg(long, short = '0')]
    pub exit_0: bool,

    /// End what is printed with a NUL rather than a line end
    #[arg(long)]
    pub print0: bool,

    /// How many lines to draw on
    #[arg(long, value_name = "LINES", default_value_t = 15, value_parser = clap::value_parser!(u16).range(3..))]
    pub height: u16,

    /// What to print: {id}, {title}, {speakers}, {conference}, {year}, {track}, {date}, {tags}, {path}, {line}
    #[arg(long, value_name = "TEMPLATE", default_value = "{id}")]
    pub format: String,
}

/// Options of `grep`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Several words must stand in one talk, in any order; an argument with spaces is a phrase. A capital \
                  makes case count. /PATTERN/ is a regular expression.\n\n\
                  Examples:\n  hallway grep raft consensus\n  hallway grep -C1 '/unsafe \\w+/' conf:rust --notes ~/notes"
)]
pub struct GrepOptions {
    /// Words, "phrases", /patterns/, !not, and facets as in `find`
    #[arg(value_name = "PATTERN", required = true, add = ArgValueCompleter::new(shell::query))]
    pub pattern: Vec<String>,

    /// Capitals do not make case count
    #[arg(long, short = 'i')]
    pub ignore_case: bool,

    /// So many lines around each match
    #[arg(long, short = 'C', value_name = "LINES", default_value_t = 0)]
    pub context: usize,

    /// Only the names of the files with a match
    #[arg(long = "files-with-matches", short = 'l', conflicts_with = "count")]
    pub files: bool,

    /// Only how many lines match in each file
    #[arg(long, short = 'c')]
    pub count: bool,

    /// One JSON document: the lines that match
    #[arg(long, conflicts_with_all = ["jsonl", "count", "files"])]
    pub json: bool,

    /// One JSON object a line that matches
    #[arg(long, conflicts_with_all = ["count", "files"])]
    pub jsonl: bool,
}

/// Options of `show`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  hallway show next level testing\n  hallway show pycon-2017/do-it-for-science --raw"
)]
pub struct ShowOptions {
    /// The talk: its id, or words that find it
    #[arg(value_name = "TALK", required = true, add = ArgValueCompleter::new(shell::talks))]
    pub talk: Vec<String>,

    /// The source as it is written
    #[arg(long)]
    pub raw: bool,

    /// Lay out for this many columns (the terminal's width, the config's at most; 80 in a pipe)
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub width: Option<u16>,

    /// Only the section whose heading holds these words, or their letters
    #[arg(long, value_name = "HEADING")]
    pub section: Option<String>,

    /// Show it in $PAGER (less, where that is not set)
    #[arg(long)]
    pub pager: bool,
}

/// Options of `speakers`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  hallway speakers\n  hallway speakers --notes ~/notes --json lovelace")]
pub struct SpeakersOptions {
    /// Only people whose name holds these words
    #[arg(value_name = "NAME", add = ArgValueCompleter::new(shell::people))]
    pub query: Vec<String>,

    /// How it is printed.
    #[command(flatten)]
    pub shape: Shape,
}

/// Options of `doctor`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  hallway doctor --notes ~/notes\n  hallway doctor --strict --notes ~/notes && echo clean"
)]
pub struct DoctorOptions {
    /// Status 1 when something could not be read or was read with a warning
    #[arg(long)]
    pub strict: bool,

    /// One JSON document: problems and furniture
    #[arg(long, conflicts_with = "jsonl")]
    pub json: bool,

    /// One JSON object a problem or a piece of furniture, a line each
    #[arg(long, conflicts_with = "explain")]
    pub jsonl: bool,

    /// Show the evidence behind how one talk was read, or every file and talk
    #[arg(long, value_name = "TALK", add = ArgValueCompleter::new(shell::talks), num_args = 0..=1, require_equals = true, default_missing_value = "", conflicts_with_all = ["json", "jsonl"])]
    pub explain: Option<String>,

    /// Print a `hallway.toml` to start from, for the folder of the notes
    #[arg(long, conflicts_with_all = ["explain", "json", "jsonl", "strict"])]
    pub print_overrides: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_alone_are_read_without_the_parser_and_as_it_would() {
        let mut known = Args::verbs();
        known.push("help".into());
        known.sort();
        known.dedup();
        let mut listed = VERBS.map(str::to_owned).to_vec();
        listed.sort();
        assert_eq!(listed, known);
        for (words, expected) in [
            (&["notes", "more"][..], true),
            (&["notes", "list"], false),
            (&["-"], true),
            (&["list"], false),
            (&["notes", "--all"], false),
            (&["-V"], false),
            (&[""], false),
            (&[], false),
        ] {
            let given: Vec<std::ffi::OsString> = words.iter().map(Into::into).collect();
            let alone = paths_alone(&given);
            assert_eq!(alone.is_some(), expected, "{words:?}");
            if let Some(paths) = alone {
                let parsed = Args::parse_from(std::iter::once("hallway").chain(words.iter().copied()));
                assert_eq!(parsed.paths, paths);
            }
        }
    }
}
