//! Who gave a talk: names, and what is written behind them.
//!
//! None beats a wrong one. A line names people when all of it reads like names, with an
//! affiliation set off from them by a sign that people use for that (`,` `(…)` `/` `-` `@`).

use crate::library::model::Speaker;
use crate::text::fold::fold;
use crate::text::line;

/// Particles inside names, which keep their small letter.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el", "la", "le",
    "ten", "ter", "van", "von", "y", "zu",
];

/// Words that start with a capital in titles and headings and are nobody's name.
const NO_NAMES: &[&str] = &[
    "about", "abstract", "agenda", "ai", "all", "analysis", "and", "api", "apis", "app", "apps", "are",
    "async", "audio", "aws", "azure", "back", "background", "bad", "batch", "best", "better", "big",
    "bigger", "breaking", "bring", "build", "building", "business", "case", "challenges", "cloud", "code",
    "common", "company", "compare", "computing", "conclusion", "conf", "conference", "consider",
    "containers", "core", "create", "data", "day", "debug", "deep", "demo", "design", "developer",
    "developers", "development", "devops", "different", "docker", "easy", "education", "engineer",
    "engineering", "error", "example", "examples", "fast", "faster", "features", "few", "find", "first",
    "for", "foundation", "free", "from", "full", "functional", "future", "get", "getting", "github", "good",
    "google", "group", "hard", "hello", "high", "history", "how", "human", "idea", "ideas", "in", "inc",
    "infrastructure", "interactive", "internet", "intro", "introduction", "is", "issue", "issues", "it",
    "java", "javascript", "key", "keynote", "kubernetes", "language", "languages", "large", "last",
    "latency", "learn", "learned", "learning", "less", "lessons", "level", "library", "lightning", "links",
    "linux", "live", "look", "low", "machine", "main", "make", "making", "management", "many", "memory",
    "microsoft", "migration", "model", "modern", "monitoring", "more", "most", "need", "network", "new",
    "next", "no", "not", "note", "notes", "of", "on", "open", "our", "outline", "overview", "pain", "panel",
    "part", "performance", "pipeline", "platform", "points", "postgres", "power", "practice", "problem",
    "problems", "process", "production", "programming", "project", "projects", "python", "query", "question",
    "questions", "quick", "real", "references", "release", "research", "resources", "room", "ruby", "rust",
    "scale", "schedule", "science", "search", "security", "server", "service", "services", "session",
    "sessions", "simple", "slide", "slides", "small", "software", "solution", "source", "spark", "speaker",
    "speakers", "stack", "standard", "state", "storage", "stream", "streaming", "structure", "summary",
    "support", "system", "systems", "take", "talk", "talks", "team", "teams", "tech", "technical", "test",
    "testing", "tests", "text", "the", "things", "time", "tips", "title", "to", "tool", "tools", "track",
    "type", "types", "understanding", "university", "use", "user", "users", "using", "video", "virtual",
    "web", "what", "when", "why", "with", "work", "working", "workshop", "world", "you", "your",
];

/// The longest line that is looked at for names, in bytes.
pub const LINE_CAP: usize = 160;

/// Reads a text that consists of names: `Ada Lovelace`, `Lisa Guo, Hui Ding`,
/// `Ada Lovelace (Mill) and Grace Hopper`, `Ada Lovelace, engineer at Mill`. `None` when any of
/// it reads otherwise.
pub fn people(text: &str) -> Option<Vec<Speaker>> {
    let text = text.trim().trim_end_matches(['.', ',', ':']).trim();
    if text.is_empty() || text.len() > LINE_CAP || !starts_like_a_name(text) {
        return None;
    }
    let (handles, parts): (Vec<&str>, Vec<&str>) = split_people(text).into_iter().partition(|p| is_handle(p));
    let all: Option<Vec<Speaker>> = parts.iter().map(|part| person(part)).collect();
    if let Some(mut people) = all.filter(|people| !people.is_empty()) {
        if let Some(last) = people.last_mut() {
            handles.into_iter().for_each(|handle| last.put_aside(handle));
        }
        return Some(people);
    }
    // A comma may also set off what somebody does.
    let (name, role) = text.split_once(',')?;
    let mut one = person(name)?;
    let role = role.trim();
    if one.affiliation.is_some() || role.is_empty() {
        return None;
    }
    one.affiliation = Some(role.to_owned());
    Some(vec![one])
}

/// The quick look that nearly every line of prose fails: a name has at least two words, and the
/// second is written with a capital too, or is a particle or a nickname.
fn starts_like_a_name(text: &str) -> bool {
    let mut words = text.split_whitespace().map(|w| w.trim_start_matches(['*', '_', '(', '"', '“', '[']));
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    words.next().is_some_and(capital) && words.next().is_some_and(|w| capital(w) || PARTICLES.contains(&w))
}

/// Splits at the signs between people, but not inside parentheses.
fn split_people(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0_i32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ if depth > 0 => {}
            ',' | ';' | '&' | '+' => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            'a' if text[at..].starts_with("and ") && text[..at].ends_with(' ') => {
                parts.push(&text[from..at]);
                from = at + 4;
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts.into_iter().map(str::trim).filter(|p| !p.is_empty()).collect()
}

/// `@ada`, `ada@mill.org`: no name, but somebody's.
fn is_handle(text: &str) -> bool {
    text.contains('@') && !text.contains(' ')
}

/// Signs between a name and what somebody does.
const SET_OFF: &[&str] = &[" - ", " – ", " — ", " / ", " | ", " @ ", " from ", " at ", ": "];

/// Reads one person: a name, perhaps with an affiliation and a handle behind it.
fn person(text: &str) -> Option<Speaker> {
    let text = text.trim().trim_matches(['*', '_', '`']).trim();
    let mut speaker = Speaker::default();
    let mut rest = text;
    // What stands in parentheses at the end is one thing, whatever signs are in it.
    if let Some(open) = rest.rfind('(').filter(|open| *open > 0 && rest.ends_with(')')) {
        speaker.put_aside(&rest[open + 1..rest.len() - 1]);
        rest = rest[..open].trim();
    }
    for sign in SET_OFF {
        if let Some((name, behind)) = rest.split_once(sign) {
            speaker.put_aside(behind);
            rest = name.trim();
        }
    }
    if let Some(at) = rest.find(" <").filter(|_| rest.ends_with('>')) {
        speaker.put_aside(&rest[at + 2..rest.len() - 1]);
        rest = rest[..at].trim();
    }
    if let Some(at) = rest.find(" @") {
        speaker.put_aside(&rest[at + 1..]);
        rest = rest[..at].trim();
    }
    if let Some(open) = rest.rfind('(').filter(|open| *open > 0 && rest.ends_with(')')) {
        speaker.put_aside(&rest[open + 1..rest.len() - 1]);
        rest = rest[..open].trim();
    }
    speaker.name = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    is_name(rest).then_some(speaker)
}

impl Speaker {
    /// Keeps what stands behind a name: a handle or address by its `@`, an affiliation else.
    fn put_aside(&mut self, text: &str) {
        let text = text.trim().trim_matches(['(', ')']).trim();
        let slot = match text.contains('@') && !text.contains(' ') {
            true => &mut self.handle,
            false => &mut self.affiliation,
        };
        if !text.is_empty() && slot.is_none() {
            *slot = Some(text.to_owned());
        }
    }
}

/// Whether a text reads like one person's name: two to four words with capitals, initials and
/// particles allowed, no digit, no word that is known for something else.
pub fn is_name(text: &str) -> bool {
    if text.matches('(').count() != text.matches(')').count() {
        return false;
    }
    let (mut full, mut short) = (0, 0);
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 && PARTICLES.contains(&word) {
            continue;
        }
        match word_of_name(word) {
            Some(true) => full += 1,
            Some(false) => short += 1,
            None => return false,
        }
    }
    // "Ines M" is somebody; "A. B." is not enough to go by.
    full >= 1 && (2..=4).contains(&(full + short))
}

/// A word of a name: `Some(true)` when it is written out, `Some(false)` for an initial.
fn word_of_name(word: &str) -> Option<bool> {
    // A nickname stands in parentheses or quotes between the names.
    let word = word.trim_matches(['(', ')', '"', '“', '”']);
    let first = word.chars().next()?;
    if !first.is_uppercase() {
        return None;
    }
    let letters = word.trim_end_matches('.');
    if letters.chars().count() == 1 || (word.ends_with('.') && letters.chars().count() <= 2) {
        return Some(false);
    }
    let clean = letters.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
    let shouted = letters.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let known = NO_NAMES.binary_search(&fold(letters).as_str()).is_ok();
    (clean && !shouted && !known && !line::is_function_word(letters)).then_some(true)
}

/// Whether a line, without its list marker, names people.
pub fn person_line(text: &str) -> bool {
    people(text).is_some()
}

/// Words in prose after which a speaker's name stands: `delivered by Mark Shannon`.
const CREDITS: &[&str] =
    &["delivered by ", "presented by ", "given by ", "talk by ", "keynote by ", "session by "];

/// A name that a sentence credits with the talk.
pub fn credited(text: &str) -> Option<Speaker> {
    if !text.contains(" by ") {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let after = CREDITS.iter().find_map(|c| lower.find(c).map(|at| at + c.len()))?;
    let mut end = after;
    // The longest run of words of a name behind the credit.
    for word in text[after..].split_inclusive(' ') {
        let bare = word.trim_end().trim_end_matches([',', ';', ':', '!', '?', '.']);
        if word_of_name(bare).is_none() {
            break;
        }
        end += word.len();
        if bare.len() < word.trim_end().len() && bare.chars().count() > 2 {
            break;
        }
    }
    let name = text[after..end].trim().trim_end_matches([',', ';', ':', '!', '?', '.']);
    is_name(name).then(|| Speaker { name: name.to_owned(), ..Speaker::default() })
}

/// Adds people that are not there yet. "Ines M" and "Ines Montani" are one person; the fuller
/// form stays.
pub fn merge(into: &mut Vec<Speaker>, more: Vec<Speaker>) {
    for new in more {
        match into.iter_mut().find(|old| same_person(&old.name, &new.name)) {
            Some(old) => {
                if new.name.len() > old.name.len() {
                    old.name = new.name;
                }
                old.affiliation = old.affiliation.take().or(new.affiliation);
                old.handle = old.handle.take().or(new.handle);
            }
            None => into.push(new),
        }
    }
}

/// Whether two names are one person's: word by word the same, or one the other's initial.
pub fn same_person(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> { line::words(&fold(name)).map(str::to_owned).collect() };
    let (a, b) = (words(a), words(b));
    let alike = |(x, y): (&String, &String)| {
        x == y || (x.chars().count() == 1 || y.chars().count() == 1) && x.chars().next() == y.chars().next()
    };
    a.len() == b.len() && a.first() == b.first() && a.iter().zip(&b).all(alike)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Option<&str>)]) {
        let found = people(text).unwrap_or_default();
        let found: Vec<_> = found.iter().map(|s| (&*s.name, s.affiliation.as_deref())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_table_is_sorted_for_the_search() {
        assert!(NO_NAMES.is_sorted() && PARTICLES.is_sorted());
    }

    #[test]
    fn shapes_that_people_write() {
        check("Jake VanderPlas", &[("Jake VanderPlas", None)]);
        check("Lisa Guo, Hui Ding", &[("Lisa Guo", None), ("Hui Ding", None)]);
        check(
            "Ada Lovelace and Grace Hopper (Navy)",
            &[("Ada Lovelace", None), ("Grace Hopper", Some("Navy"))],
        );
        check("Sven-Hendrik Haase / Consultant", &[("Sven-Hendrik Haase", Some("Consultant"))]);
        check(
            "Andrew T. Baker, Python web developer at Twilio",
            &[("Andrew T. Baker", Some("Python web developer at Twilio"))],
        );
        check(
            "Kathryn (Katy) Huff - Professor at UIUC",
            &[("Kathryn (Katy) Huff", Some("Professor at UIUC"))],
        );
        check(
            "Sam Kitajima-Kimbrel (Data Platform of Twilio) - sam@twilio.com",
            &[("Sam Kitajima-Kimbrel", Some("Data Platform of Twilio"))],
        );
        check("Katy Huff (Professor at UIUC)", &[("Katy Huff", Some("Professor at UIUC"))]);
        check("Guido van Rossum", &[("Guido van Rossum", None)]);
        check("Łukasz Langa", &[("Łukasz Langa", None)]);
    }

    #[test]
    fn handles_are_kept_apart() {
        let one = people("Ada Lovelace <ada@mill.org>, @ada").expect("a name");
        assert_eq!(one.len(), 1);
        assert_eq!((&*one[0].name, one[0].handle.as_deref()), ("Ada Lovelace", Some("ada@mill.org")));
    }

    #[test]
    fn none_beats_a_wrong_one() {
        for text in [
            "Library UX",
            "Explosion AI",
            "In summary",
            "Apache TVM",
            "Slide Deck",
            "Key Takeaways",
            "Data, Web",
            "Notes",
            "Cpython alternatives, Graph , peppy",
            "Machine Learning",
            "Python 3",
            "Other Pythons (PyPy, Jython) win by it",
            "Bring your own device",
            "The End",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn credits_in_prose() {
        let name = |text| credited(text).map(|s| s.name);
        assert_eq!(
            name("The talk was delivered by Mark Shannon. It was fast").as_deref(),
            Some("Mark Shannon")
        );
        assert_eq!(name("a keynote by the committee"), None);
    }

    #[test]
    fn one_person_written_twice() {
        let mut all = people("Ines M").expect("a name");
        merge(&mut all, people("Ines Montani / Explosion").expect("a name"));
        assert_eq!(all.len(), 1);
        assert_eq!((&*all[0].name, all[0].affiliation.as_deref()), ("Ines Montani", Some("Explosion")));
    }
}
