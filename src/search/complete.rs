//! Completion: how a facet that is being typed may go on, and how many talks that would find.

use std::collections::HashMap;

use crate::library::{Library, TalkId};
use crate::search::facet::{self, Facet, Marks, NAMES, STATES, year_of};
use crate::search::parts::{Part, Parts};
use crate::text::fold::fold;

/// A way to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What takes the place of the word that is being typed.
    pub text: String,
    /// How many talks it finds by itself.
    pub talks: usize,
}

/// The ways in which the last word of `before`, the query up to the cursor, may go on, the most frequent
/// first; and the byte at which that word starts.
pub fn complete(library: &Library, marks: &Marks, parts: &Parts, before: &str) -> (usize, Vec<Candidate>) {
    let start = word_start(before);
    let word = &before[start..];
    let bare = word.trim_start_matches(['-', '!']);
    let sign = &word[..word.len() - bare.len()];
    let mut found = match bare.split_once(':') {
        Some((name, value)) => match facet::name_of(name) {
            Some(name) => values(library, marks, parts, name, value.trim_start_matches('"')),
            None => Vec::new(),
        },
        None => names(library, bare),
    };
    for candidate in &mut found {
        candidate.text.insert_str(0, sign);
    }
    (start, found)
}

/// Where the last word starts: behind the last white space outside of quotes.
fn word_start(before: &str) -> usize {
    let (mut start, mut quoted) = (0, false);
    for (at, c) in before.char_indices() {
        quoted ^= c == '"';
        if c.is_whitespace() && !quoted {
            start = at + c.len_utf8();
        }
    }
    start
}

/// The facets, each with the talks that have something of it.
fn names(library: &Library, start: &str) -> Vec<Candidate> {
    let talks = |name: &str| match name {
        "speaker" => library.talks.iter().filter(|t| !t.speakers.is_empty()).count(),
        "track" => library.talks.iter().filter(|t| library.track(t.track).name.is_some()).count(),
        "tag" => library.talks.iter().filter(|t| !t.tags.is_empty()).count(),
        _ => library.talks.len(),
    };
    let known = NAMES.iter().map(|(name, _)| *name).filter(|name| name.starts_with(&start.to_lowercase()));
    known.map(|name| Candidate { text: format!("{name}:"), talks: talks(name) }).collect()
}

fn values(library: &Library, marks: &Marks, parts: &Parts, name: &str, start: &str) -> Vec<Candidate> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut count = |value: &str| match counts.get_mut(value) {
        Some(count) => *count += 1,
        None => {
            counts.insert(value.to_owned(), 1);
        }
    };
    match name {
        "speaker" => library.talks.iter().flat_map(|t| &t.speakers).for_each(|s| count(&s.name)),
        "conf" => library.talk_ids().for_each(|id| count(&library.conference_of(id).name)),
        "track" => {
            library.talks.iter().filter_map(|t| library.track(t.track).name.as_deref()).for_each(count)
        }
        "tag" => library.talks.iter().flat_map(|t| &t.tags).for_each(|tag| count(tag)),
        "year" => {
            library.talk_ids().filter_map(|id| year_of(library, id)).for_each(|y| count(&y.to_string()))
        }
        "path" => {
            let folder = |id: TalkId| library.file(library.talk(id).spans[0].file).relative().parent();
            let folders = library.talk_ids().filter_map(folder).filter(|f| !f.as_os_str().is_empty());
            folders.for_each(|folder| count(&folder.to_string_lossy()));
        }
        "is" => return choices(library, marks, parts, name, &STATES, start),
        _ => return choices(library, marks, parts, name, &Part::NAMES, start),
    }
    let start = fold(start);
    let fits = |value: &str| {
        let folded = fold(value);
        folded.match_indices(&start).any(|(at, _)| !folded[..at].ends_with(char::is_alphanumeric))
    };
    let mut found: Vec<(String, usize)> = counts.into_iter().filter(|(value, _)| fits(value)).collect();
    found.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found.truncate(MOST);
    found
        .into_iter()
        .map(|(value, talks)| Candidate { text: format!("{name}:{}", quoted(&value)), talks })
        .collect()
}

/// More than anybody steps through.
const MOST: usize = 100;

/// The few words that `is:` and `has:` know.
fn choices(
    library: &Library,
    marks: &Marks,
    parts: &Parts,
    name: &str,
    known: &[&str],
    start: &str,
) -> Vec<Candidate> {
    let candidate = |word: &&str| {
        let text = format!("{name}:{word}");
        let test = facet::parse(&text)?.ok()?;
        let facet = Facet { negative: false, test };
        let talks = library.talk_ids().filter(|id| facet.accepts(library, marks, parts, *id)).count();
        Some(Candidate { text, talks })
    };
    known.iter().filter(|word| word.starts_with(start)).filter_map(candidate).collect()
}

/// A value as it stands in a query.
fn quoted(value: &str) -> String {
    if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::load::{Roots, load};

    fn check(before: &str, expected: &[(&str, usize)]) {
        let library = load(&Roots::Builtin, false).expect("built in");
        let (_, found) = complete(&library, &Marks::default(), &Parts::new(&library), before);
        let found: Vec<(&str, usize)> = found.iter().map(|c| (c.text.as_str(), c.talks)).collect();
        assert_eq!(found, expected, "{before}");
    }

    #[test]
    fn names_and_values_with_counts() {
        check("sp", &[("speaker:", 44)]);
        check(
            "kube speaker:mar",
            &[
                ("speaker:\"Mario Corchero\"", 2),
                ("speaker:\"Mark Shannon\"", 2),
                ("speaker:\"Marco Bonzanini\"", 1),
            ],
        );
        check("-speaker:\"mark s", &[("-speaker:\"Mark Shannon\"", 2)]);
        check("year:201", &[("year:2018", 23), ("year:2017", 20)]);
        check("is:s", &[("is:starred", 5)]);
        check("zebra:", &[]);
    }
}
