//! `Key: value` lines: what a note-taker states outright about a talk.
//!
//! They stand below a title or in front matter, and beat every other evidence.

/// What a line may state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The talk's title.
    Title,
    /// The conference, with its year.
    Conference,
    /// The track, room or session.
    Track,
    /// The speakers.
    Speaker,
    /// Where the speakers work.
    Affiliation,
    /// When it was given.
    Date,
    /// A link: video, slides, code, schedule.
    Link,
    /// The note-taker's tags.
    Tags,
    /// The note-taker's star.
    Starred,
    /// Something else that is known to be about the talk.
    About,
}

const KEYS: &[(&str, Key)] = &[
    ("abstract", Key::Link),
    ("affiliation", Key::Affiliation),
    ("author", Key::Speaker),
    ("authors", Key::Speaker),
    ("by", Key::Speaker),
    ("code", Key::Link),
    ("company", Key::Affiliation),
    ("conference", Key::Conference),
    ("date", Key::Date),
    ("day", Key::Track),
    ("deck", Key::Link),
    ("duration", Key::About),
    ("event", Key::Conference),
    ("github", Key::Link),
    ("language", Key::About),
    ("level", Key::About),
    ("link", Key::Link),
    ("links", Key::Link),
    ("location", Key::About),
    ("organisation", Key::Affiliation),
    ("organization", Key::Affiliation),
    ("presenter", Key::Speaker),
    ("presenters", Key::Speaker),
    ("recording", Key::Link),
    ("repo", Key::Link),
    ("repository", Key::Link),
    ("room", Key::Track),
    ("schedule", Key::Link),
    ("session", Key::Track),
    ("slide deck", Key::Link),
    ("slides", Key::Link),
    ("source", Key::Link),
    ("speaker", Key::Speaker),
    ("speaker(s)", Key::Speaker),
    ("speakers", Key::Speaker),
    ("starred", Key::Starred),
    ("tags", Key::Tags),
    ("time", Key::About),
    ("title", Key::Title),
    ("topic", Key::Track),
    ("track", Key::Track),
    ("twitter", Key::About),
    ("url", Key::Link),
    ("venue", Key::About),
    ("video", Key::Link),
    ("website", Key::Link),
    ("when", Key::Date),
    ("where", Key::About),
];

/// Reads a field: a known key, a colon, a value. A list marker and bold marks around the key are
/// habits, so they do not matter.
pub fn read(line: &str) -> Option<(Key, &str)> {
    let body = line.trim();
    let body = crate::text::line::item(body).map_or(body, |item| item.text);
    let (key, value) = body.split_once(':')?;
    let key = key.trim().trim_matches(['*', '_']).trim();
    if key.len() > 12 {
        return None;
    }
    let lower = key.to_ascii_lowercase();
    let at = KEYS.binary_search_by_key(&lower.as_str(), |(k, _)| k).ok()?;
    let value = value.trim().trim_start_matches(['*', '_']).trim();
    Some((KEYS[at].1, value.trim_matches('"')))
}

/// The items of a list value: `a, b`, `[a, b]`, `#a #b`.
pub fn list(value: &str) -> Vec<String> {
    let inner = value.trim().trim_start_matches('[').trim_end_matches(']');
    let by_hash = inner.trim_start().starts_with('#') && !inner.contains(',');
    let split: Vec<&str> = match by_hash {
        true => inner.split_whitespace().collect(),
        false => inner.split(',').collect(),
    };
    let clean = |item: &str| item.trim().trim_matches(['"', '\'']).trim_start_matches('#').trim().to_owned();
    split.into_iter().map(clean).filter(|item| !item.is_empty()).collect()
}

/// Whether a value says yes.
pub fn is_yes(value: &str) -> bool {
    matches!(value.trim().to_ascii_lowercase().as_str(), "yes" | "true" | "1" | "x" | "✨" | "⭐" | "★")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_for_the_search() {
        assert!(KEYS.is_sorted_by_key(|(key, _)| *key));
    }

    #[test]
    fn in_every_habit() {
        assert_eq!(read("Speaker: Ada Lovelace"), Some((Key::Speaker, "Ada Lovelace")));
        assert_eq!(read("- **Speakers:** Ada, Grace"), Some((Key::Speaker, "Ada, Grace")));
        assert_eq!(read("**Video**: https://x.y"), Some((Key::Link, "https://x.y")));
        assert_eq!(read("title: \"Quoted\""), Some((Key::Title, "Quoted")));
        assert_eq!(read("Remember: nothing"), None);
        assert_eq!(read("no colon"), None);
    }

    #[test]
    fn lists() {
        assert_eq!(list("[a, \"b c\", 'd']"), ["a", "b c", "d"]);
        assert_eq!(list("#rust #async"), ["rust", "async"]);
        assert_eq!(list(" , "), Vec::<String>::new());
    }
}
