//! The words of `bookmark` and `due`.

use std::path::PathBuf;

use crate::cli::args::Shape;
use clap::{Subcommand, ValueEnum};

use crate::report::bookmarks::Sort;

/// What can be done with bookmarks.
#[derive(Debug, Subcommand)]
pub enum BookmarkVerb {
    /// List the bookmarks, with the places where they are today
    List(ListOptions),
    /// Set a bookmark on a talk, or on a line of it
    Add(AddOptions),
    /// Remove bookmarks
    Remove(RemoveOptions),
    /// Print the bookmarks: a diary in Markdown, or JSON to import elsewhere
    Export(ExportOptions),
    /// Take in bookmarks that were exported, or another bookmarks file
    Import(ImportOptions),
    /// Tell which bookmarks have moved and which are lost
    Check(CheckOptions),
}

/// The order of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Order {
    /// By their places in the notes
    #[default]
    Place,
    /// The last one that was set first
    Date,
    /// What is due first
    Due,
}

impl From<Order> for Sort {
    fn from(order: Order) -> Self {
        match order {
            Order::Place => Sort::Place,
            Order::Date => Sort::Date,
            Order::Due => Sort::Due,
        }
    }
}

/// Options of `bookmark list`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each line: id, state, due, title, conference, path:line, note, tags, with tabs between them in a pipe.\n\n\
                  Examples:\n  hallway bookmark list --sort due\n  hallway bookmark list tag:rust speaker:ada --json"
)]
pub struct ListOptions {
    /// Only those that these words mean: words of title, people, conference, note, tags and quote, and facets as
    /// in `find`
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,

    /// In which order
    #[arg(long, value_enum, default_value_t, value_name = "ORDER")]
    pub sort: Order,

    #[command(flatten)]
    pub shape: Shape,
}

/// Options of `bookmark add`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Prints the id of the bookmark. One that is there already is not set twice; with --due it gets another day.\n\n\
                  Examples:\n  hallway bookmark add next level testing\n  \
                  hallway bookmark add pycon-2017/do-it-for-science --line 14 --note \"for Monday\" --tag science --due 1w"
)]
pub struct AddOptions {
    /// The talk: its id, or words that find it
    #[arg(value_name = "TALK", required = true)]
    pub talk: Vec<String>,

    /// On this line of its file; without it, on its title
    #[arg(long, value_name = "LINE")]
    pub line: Option<usize>,

    /// A note on it
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub note: String,

    /// A tag (may be given several times)
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,

    /// Put it on the revisit queue for a day: 2026-12-01, today, tomorrow, 3d, 2w, 6m
    #[arg(long, value_name = "DAY")]
    pub due: Option<String>,
}

/// Options of `bookmark remove`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  hallway bookmark remove 4f1c\n  hallway bookmark remove next level testing --line 12"
)]
pub struct RemoveOptions {
    /// The bookmark: its id or the start of it (or several), or words that find its talk
    #[arg(value_name = "WHICH", required = true)]
    pub which: Vec<String>,

    /// The one on this line of its file
    #[arg(long, value_name = "LINE")]
    pub line: Option<usize>,
}

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A diary by conference, with quotes, notes, speakers and links
    Markdown,
    /// The shape of the bookmarks file
    Json,
    /// One bookmark a line
    Jsonl,
}

/// Options of `bookmark export`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  hallway bookmark export --as markdown > diary.md\n  hallway bookmark export --as jsonl conf:pycon"
)]
pub struct ExportOptions {
    /// Only those that these words mean, as in `bookmark list`
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,

    /// In which form
    #[arg(long = "as", value_enum, value_name = "FORM")]
    pub form: Format,
}

/// Options of `bookmark import`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Importing twice is the same as once.\n\n\
                  Examples:\n  hallway bookmark import laptop.json --dry-run\n  ssh desk hallway bookmark export --as jsonl | hallway bookmark import -")]
pub struct ImportOptions {
    /// The file, JSON or JSON lines; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Say what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Bring back those that were removed here
    #[arg(long)]
    pub restore: bool,
}

/// Options of `bookmark check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Status 1 when a bookmark is lost. One that belongs to other notes is not.\n\n\
                  Examples:\n  hallway bookmark check --notes ~/notes\n  hallway bookmark check --accept")]
pub struct CheckOptions {
    /// Let those that have moved stand where they were found
    #[arg(long)]
    pub accept: bool,

    #[command(flatten)]
    pub shape: Shape,
}

/// Options of `due`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A bookmark gets on the queue by `bookmark add --due`, or by d in the list of bookmarks.\n\n\
                  Examples:\n  hallway due\n  hallway due --done 4f1c"
)]
pub struct DueOptions {
    /// Only those that these words mean, as in `bookmark list`
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,

    /// The whole queue, what is due later too
    #[arg(long)]
    pub queue: bool,

    /// This one was looked at: it comes again after twice as long
    #[arg(long, value_name = "ID", conflicts_with_all = ["snooze", "query"])]
    pub done: Option<String>,

    /// This one comes again later, after as many days as --days says
    #[arg(long, value_name = "ID", conflicts_with = "query")]
    pub snooze: Option<String>,

    /// For --snooze
    #[arg(long, value_name = "DAYS", default_value_t = 1, requires = "snooze", value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub days: u32,

    #[command(flatten)]
    pub shape: Shape,
}
