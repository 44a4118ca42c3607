//! Words for counts, lengths and people, the same on the screen and on the command line.

use crate::library::{Speaker, Talk};

/// `1 talk`, `2 talks`.
pub fn count(n: usize, one: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        _ => format!("{n} {one}s"),
    }
}

/// Words that are read in a minute. 238 is the mean for silent reading of English non-fiction in
/// Brysbaert's review of 190 studies (2019).
const WORDS_A_MINUTE: usize = 238;

/// How long a text takes to read: `2 min`, `3 h`.
pub fn reading_time(words: usize) -> String {
    match words.div_ceil(WORDS_A_MINUTE).max(1) {
        minutes @ ..120 => format!("{minutes} min"),
        minutes => format!("{} h", (minutes + 30) / 60),
    }
}

/// A speaker with what is known: `Ada Lovelace (Mill)`.
pub fn speaker(speaker: &Speaker) -> String {
    let about: Vec<&str> =
        [&speaker.affiliation, &speaker.handle].into_iter().flatten().map(String::as_str).collect();
    match about.is_empty() {
        true => speaker.name.clone(),
        false => format!("{} ({})", speaker.name, about.join(", ")),
    }
}

/// The names of a talk's speakers: `Ada Lovelace, Grace Hopper`.
pub fn names(talk: &Talk) -> String {
    let names: Vec<&str> = talk.speakers.iter().map(|s| s.name.as_str()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_lengths() {
        assert_eq!(
            (count(0, "talk"), count(1, "talk"), count(7, "talk")),
            ("0 talks".into(), "1 talk".into(), "7 talks".into())
        );
        assert_eq!(
            (reading_time(0), reading_time(238), reading_time(239)),
            ("1 min".into(), "1 min".into(), "2 min".into())
        );
        assert_eq!((reading_time(238 * 119), reading_time(238 * 150)), ("119 min".into(), "3 h".into()));
    }
}
