//! The words that people use around talks: tables, and nothing but tables and their look-up.
//!
//! These are habits of writing found across many collections. No event, file or person of any
//! collection stands here.

use crate::text::fold::fold;

/// Headings inside a talk: they never name one.
const INSIDE_TALK: &[&str] = &[
    "about", "about the speaker", "abstract", "agenda", "answers", "audience questions", "background", "bio",
    "bonus", "break", "caveats", "challenges", "cons", "coffee", "coffee break", "conclusion", "conclusions",
    "contents", "contact", "demo", "description", "details", "discussion", "example", "examples", "faq",
    "feedback", "follow up", "follow-up", "further reading", "goals", "info", "intro", "introduction",
    "issues", "key points", "key takeaways", "lessons", "lessons learned", "links", "lunch", "lunch break",
    "misc", "my thoughts", "next steps", "note", "notes", "outline", "overview", "photos", "points",
    "problem", "problems", "pros", "pros and cons", "q & a", "q and a", "q&a", "qa", "question", "questions",
    "questions and answers", "reading", "recap", "reference", "references", "related", "remarks",
    "resources", "results", "see also", "slides", "solution", "solutions", "speaker", "speakers",
    "strengths", "summary", "table of contents", "takeaway", "takeaways", "take aways", "the problem",
    "things to check out", "thoughts", "tips", "title", "tl;dr", "tldr", "to do", "todo", "toc", "tools",
    "transcript", "video", "weaknesses", "what next", "why", "wrap up", "wrap-up", "参考資料", "まとめ",
    "メモ", "感想", "目次", "总结", "參考資料",
];

/// Headings that group talks.
const GROUPS: &[&str] = &[
    "afternoon", "afternoon session", "afternoon sessions", "afternoon talks", "breakout sessions",
    "breakouts", "closing", "evening", "friday", "invited talks", "keynote", "keynotes", "lightning talk",
    "lightning talks", "lightning round", "main track", "monday", "morning", "morning session",
    "morning sessions", "morning talks", "panels", "poster session", "posters", "saturday", "sessions",
    "sprints", "sunday", "talks", "thursday", "tuesday", "tutorials", "unconference", "wednesday",
    "workshops",
];

/// Words before a number or letter that group talks: "Day 2", "Track B", "Room 101".
const GROUP_STEMS: &[&str] = &["day", "room", "stage", "track", "tag", "jour", "hall", "block"];

/// Words before a number that label one talk: "Talk 3: …".
const TALK_STEMS: &[&str] = &["talk", "session", "lecture", "presentation", "vortrag"];

/// Words that say "these are notes" and nothing about which event.
const GENERIC: &[&str] = &[
    "a", "about", "all", "and", "archive", "as", "at", "attended", "collected", "collection", "conf",
    "conference", "conferences", "daily", "day", "days", "event", "events", "for", "from", "i", "in",
    "index", "impressions", "my", "note", "notes", "of", "on", "our", "overview", "personal", "readme",
    "recap", "report", "review", "schedule", "session", "sessions", "some", "summary", "takeaways", "talk",
    "talks", "the", "thoughts", "trip", "update", "visited", "week", "write", "writeup", "up",
];

/// Lines that web pages and apps put around a text, folded.
const FURNITURE: &[(&str, &str)] = &[
    ("skip to content", "a web page's navigation"),
    ("skip to main content", "a web page's navigation"),
    ("skip to navigation", "a web page's navigation"),
    ("toggle navigation", "a web page's navigation"),
    ("toggle menu", "a web page's navigation"),
    ("back to top", "a web page's navigation"),
    ("back to blog", "a web page's navigation"),
    ("previous post", "a web page's navigation"),
    ("next post", "a web page's navigation"),
    ("older posts", "a web page's navigation"),
    ("newer posts", "a web page's navigation"),
    ("on this page", "a web page's navigation"),
    ("instantly share code, notes, and snippets.", "a gist page's own words"),
    ("what would you like to do?", "a gist page's own words"),
    ("learn more about clone urls", "a gist page's own words"),
    ("download zip", "a gist page's own words"),
    ("you can't perform that action at this time.", "a gist page's own words"),
    ("you can't perform that action at this time", "a gist page's own words"),
    ("you signed in with another tab or window. reload to refresh your session.", "a gist page's own words"),
    ("share on:", "a page's sharing buttons"),
    ("share on", "a page's sharing buttons"),
    ("share this:", "a page's sharing buttons"),
    ("share this", "a page's sharing buttons"),
    ("share this post", "a page's sharing buttons"),
    ("share this article", "a page's sharing buttons"),
    ("tweet", "a page's sharing buttons"),
    ("share on twitter", "a page's sharing buttons"),
    ("share on facebook", "a page's sharing buttons"),
    ("share on linkedin", "a page's sharing buttons"),
    ("copy link", "a page's sharing buttons"),
    ("like this:", "a page's sharing buttons"),
    ("like loading...", "a page's sharing buttons"),
    ("leave a comment", "a page's comment form"),
    ("leave a reply", "a page's comment form"),
    ("add a comment", "a page's comment form"),
    ("log in to comment", "a page's comment form"),
    ("accept cookies", "a page's cookie notice"),
    ("subscribe", "a page's sign-up form"),
    ("sign in", "a page's sign-up form"),
    ("sign up", "a page's sign-up form"),
    ("log in", "a page's sign-up form"),
    ("all rights reserved.", "a page's legal line"),
    ("all rights reserved", "a page's legal line"),
];

/// Starts of such lines, folded; the rest of the line varies.
const FURNITURE_STARTS: &[(&str, &str)] = &[
    ("sign up for free to join this conversation", "a gist page's own words"),
    ("this file contains bidirectional unicode text", "a gist page's own words"),
    ("this file contains hidden or bidirectional", "a gist page's own words"),
    ("you must be logged in to", "a page's comment form"),
    ("we use cookies", "a page's cookie notice"),
    ("this site uses cookies", "a page's cookie notice"),
    ("powered by ", "a page's footer"),
    ("proudly powered by ", "a page's footer"),
    ("subscribe to our newsletter", "a page's sign-up form"),
];

/// A heading's text as the tables hold it.
fn key(text: &str) -> String {
    let folded = fold(text);
    let trimmed = folded.trim().trim_end_matches([':', '.', '?', '!', '…']);
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest text that a table of headings can hold, with room for a date behind it.
const LONGEST: usize = 60;

/// Whether a heading names a part of a talk, such as "Q&A" or "Takeaways".
pub fn is_inside_talk(text: &str) -> bool {
    text.len() <= LONGEST && INSIDE_TALK.contains(&key(text).as_str())
}

/// Whether a heading groups talks, such as "Day 2", "Lightning talks" or "Room B".
pub fn is_group(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let key = key(text);
    let key = key.split(" - ").next().unwrap_or_default();
    GROUPS.contains(&key) || stem_and_count(key, GROUP_STEMS)
}

/// Whether a heading is exactly a group's usual name and longer than a word, so that it may be
/// trusted even where nothing marks it as a heading.
pub fn is_group_phrase(text: &str) -> bool {
    let key = key(text);
    key.contains(' ') && key != "lightning talk" && GROUPS.contains(&key.as_str())
}

/// A stem and then a number or a single letter, with nothing behind it but a date or a name.
fn stem_and_count(key: &str, stems: &[&str]) -> bool {
    let mut words = key.split([' ', ':', ',']).filter(|w| !w.is_empty());
    let (Some(stem), Some(count)) = (words.next(), words.next()) else {
        return false;
    };
    stems.contains(&stem)
        && (count.bytes().all(|b| b.is_ascii_digit())
            || count.chars().count() == 1
            || ["one", "two", "three", "four", "five"].contains(&count))
}

/// Splits a talk's label off a heading: `Talk 3: Title`, `Talk3 Title`, `Session 12 - Title`.
pub fn talk_label(text: &str) -> Option<&str> {
    let rest =
        TALK_STEMS.iter().find_map(|stem| starts_with(text, stem))?.trim_start_matches([' ', '\u{a0}', '#']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = &rest[digits..];
    let closed = after.is_empty() || after.starts_with([' ', ':', '.', '-', ')', '–', '—', '\u{a0}']);
    (digits > 0 && closed).then(|| after.trim_start_matches([' ', ':', '.', '-', ')', '–', '—', '\u{a0}']))
}

/// Whether a word says "notes" or "event" rather than which event.
pub fn is_generic(word: &str) -> bool {
    GENERIC.contains(&fold(word).as_str()) || word.bytes().all(|b| b.is_ascii_digit())
}

/// Why a line is what a page left around the notes, if it is.
pub fn furniture(line: &str) -> Option<&'static str> {
    let line = line.trim();
    // The longest phrase of the table, and room for what may follow a start.
    if line.is_empty() || line.len() > 120 {
        return None;
    }
    // Nearly every phrase fails at its first two letters; those are compared before the rest.
    let head = |text: &str| text.as_bytes().first_chunk::<2>().map(|two| two.map(|b| b.to_ascii_lowercase()));
    let first = head(line)?;
    let near = |(phrase, _): &&(&str, &'static str)| phrase.as_bytes().first_chunk() == Some(&first);
    let exact = FURNITURE.iter().filter(near).find(|(phrase, _)| starts_with(line, phrase) == Some(""));
    let start = || FURNITURE_STARTS.iter().filter(near).find(|(start, _)| starts_with(line, start).is_some());
    exact.or_else(start).map(|(_, reason)| *reason)
}

/// What stands behind a phrase of a table at the start of a line, whatever the case and the kind
/// of apostrophe. Asked of many lines, so it makes no copy.
fn starts_with<'t>(line: &'t str, phrase: &str) -> Option<&'t str> {
    let mut chars = line.chars();
    for wanted in phrase.chars() {
        let c = chars.next()?;
        let alike = c.eq_ignore_ascii_case(&wanted) || wanted == '\'' && c == '’';
        if !alike {
            return None;
        }
    }
    Some(chars.as_str())
}

/// Why a whole file is no notes, going by its name. House rules are named in capitals; a talk on
/// security may well be kept in `security.md`.
pub fn furniture_file(stem: &str) -> Option<&'static str> {
    match stem {
        "CONTRIBUTING" | "CODE_OF_CONDUCT" | "CODEOWNERS" | "SECURITY" => {
            return Some("a project's house rules");
        }
        "CHANGELOG" => return Some("a change log"),
        "CNAME" => return Some("a build file"),
        _ => {}
    }
    match fold(stem).as_str() {
        "license" | "licence" | "license-mit" | "license-apache" | "copying" | "unlicense" => {
            Some("a licence")
        }
        "makefile" | "gemfile" | "dockerfile" | "rakefile" | "procfile" => Some("a build file"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_parts() {
        for group in ["Day 1", "Keynotes", "Room B", "day 2: Friday", "Lightning Talks:", "Track 3"] {
            assert!(is_group(group), "{group}");
        }
        for other in ["Day of the Daleks", "Tracking bugs", "Roomba internals", "Keynote speaker"] {
            assert!(!is_group(other), "{other}");
        }
        assert!(is_inside_talk("Q&A") && is_inside_talk("Takeaways:") && !is_inside_talk("Rust"));
    }

    #[test]
    fn labels() {
        assert_eq!(talk_label("Talk 1: How it works"), Some("How it works"));
        assert_eq!(talk_label("Talk3 Hpy"), Some("Hpy"));
        assert_eq!(talk_label("Talk 2:"), Some(""));
        assert_eq!(talk_label("Talking to machines"), None);
        assert_eq!(talk_label("Session 4x4"), None);
    }

    #[test]
    fn page_furniture() {
        assert!(furniture("Skip to content").is_some());
        assert!(furniture("You can’t perform that action at this time.").is_some());
        assert!(furniture("Sharing is caring").is_none());
        assert!(furniture("Star schemas").is_none());
    }
}
