//! What the verbs that find have in common: reading the query, and what is known of the talks.

use anyhow::Result;

use crate::bookmarks::revisit::today;
use crate::bookmarks::{file, reading};
use crate::cli::args::Global;
use crate::library::Library;
use crate::report::bookmarks::{Mark, locate};
use crate::search::facet::{self, State, Test};
use crate::search::{Marks, Query};

/// Reads a query. What cannot be meant is wrong use here, where nobody is still typing.
pub(super) fn parse(words: &[String]) -> Result<Query> {
    // A pattern of grep's may look like a path; behind it, a path is one.
    let is_path = |word: &&String| word.contains('/') && crate::library::walk::exists(word.as_ref());
    if let Some(path) = words.iter().skip(usize::from(words.len() > 1)).find(is_path) {
        anyhow::bail!("{path} is a path, not words to find; to read other notes: --notes {path}");
    }
    // An argument is one value of a facet, with its blanks.
    let whole = |word: &String| match word.split_once(':') {
        Some((name, value))
            if value.contains(char::is_whitespace)
                && !value.contains('"')
                && facet::name_of(name.trim_start_matches(['-', '!'])).is_some() =>
        {
            format!("{name}:\"{value}\"")
        }
        _ => word.clone(),
    };
    let words: Vec<String> = words.iter().map(whole).collect();
    let query = Query::parse(&words.join(" "));
    match query.faults.first() {
        Some(fault) => anyhow::bail!("{}", fault.message),
        None => Ok(query),
    }
}

/// As [`parse`], for verbs that find talks by name: a dash by itself is meant for standard input there.
pub(super) fn parse_names(words: &[String]) -> Result<Query> {
    if words == ["-"] {
        anyhow::bail!("to read standard input: --notes -");
    }
    parse(words)
}

/// What is known of the talks, as far as the query asks for it.
pub(super) fn marks(library: &Library, query: &Query, global: &Global) -> Result<Marks> {
    marks_for(library, |state| query.facets.iter().any(|facet| facet.test == Test::Is(state)), global)
}

/// All that is known of the talks, for a query that is still being typed.
///
/// # Errors
///
/// When bookmarks or read marks cannot be read.
pub fn all_marks(library: &Library, global: &Global) -> Result<Marks> {
    marks_for(library, |_| true, global)
}

fn marks_for(library: &Library, asks: impl Fn(State) -> bool, global: &Global) -> Result<Marks> {
    let mut marks = Marks::default();
    if (asks(State::Bookmarked) || asks(State::Due))
        && let Some(path) = &global.settings.bookmarks
    {
        let kept = locate(library, file::load(path)?.value.bookmarks);
        marks.bookmarked = kept.iter().filter_map(Mark::talk).collect();
        marks.due = kept.iter().filter(|mark| mark.is_due(today())).filter_map(Mark::talk).collect();
    }
    if asks(State::Unread)
        && let Some(path) = reading::path()
    {
        marks.read = reading::load(&path)?.value.read_talks(library).collect();
    }
    Ok(marks)
}
