//! The title of a talk: a heading's text without markup, numbering, times, labels and stars.

use std::borrow::Cow;

use crate::library::conference::Named;
use crate::library::dates::{self, Date};
use crate::library::fields::{self, Key};
use crate::library::mention;
use crate::library::model::Speaker;
use crate::library::quick_look;
use crate::library::shapes::{self, Habits, Shape};
use crate::library::vocabulary;
use crate::text::line;

/// What a heading says when it is read as a talk's title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Title {
    /// The title itself. Empty when the heading is only a label ("Talk 2:").
    pub text: String,
    /// The note-taker put a star beside it.
    pub starred: bool,
    /// People named in the heading ("… by Ada Lovelace").
    pub speakers: Vec<Speaker>,
    /// How they are named there.
    pub shape: Option<Shape>,
    /// The event that stands beside it ("… (PyCon 2017)").
    pub conference: Option<Named>,
    /// The day that stands before it, or in parentheses behind.
    pub date: Option<Date>,
}

/// Signs by which note-takers star a talk.
const STARS: &[char] = &['✨', '⭐', '🌟', '★', '☆', '💫'];

/// Reads a heading as a title; `habits` say in which shapes these notes name speakers in titles.
pub fn read(raw: &str, habits: &Habits) -> Title {
    if quick_look::is_bare_title(raw) {
        return Title { text: raw.to_owned(), ..Title::default() };
    }
    let plain = strip_markup(raw);
    // "Title: Some talk", as a heading of its own.
    let plain = match fields::read(&plain) {
        Some((Key::Title, value)) if !value.is_empty() => Cow::Owned(value.to_owned()),
        _ => plain,
    };
    let starred = plain.contains(STARS);
    let (conference, plain) = match mention::beside_title(&plain) {
        Some((named, title)) => (Some(named), title),
        None => (None, &*plain),
    };
    let (date, plain) = dated(plain).map_or((None, plain), |(date, title)| (Some(date), title));
    let text = bare(plain);
    let split = habits.choose(text);
    let (text, speakers, shape) = match split {
        Some(split) => (split.title, split.people, Some(split.shape)),
        None => (text, Vec::new(), None),
    };
    let text = unquoted(bare(text));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Title { text, starred, speakers, shape, conference, date }
}

/// Whether a heading says beside a title in which conference the talk was, or on which day.
pub(super) fn says_where_or_when(raw: &str) -> bool {
    let plain = strip_markup(raw);
    mention::beside_title(&plain).is_some() || dated(&plain).is_some()
}

/// The day beside a title, and the title: "2021-01-23 — Queues", "Queues (9 Jan 2021)".
fn dated(plain: &str) -> Option<(Date, &str)> {
    const ISO: usize = "2021-01-23".len();
    if !plain.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let before = || {
        let date = dates::parse(plain.get(..ISO)?)?;
        let title = plain[ISO..].trim_start();
        let title = title.strip_prefix([':', '-', '–', '—', '|', '·'])?.trim_start();
        Some((date, title))
    };
    let behind = || {
        let (title, day) = plain.strip_suffix(')')?.rsplit_once('(')?;
        Some((dates::parse(day)?, title.trim_end()))
    };
    before().or_else(behind).filter(|(date, title)| date.day.is_some() && title.contains(char::is_alphabetic))
}

/// Takes off what stands around a title: signs, labels, numbers and times, in whatever order.
pub fn bare(plain: &str) -> &str {
    // Without a sign or a digit nothing stands around it.
    if line::is_bare(plain) { plain } else { bare_in_full(plain) }
}

/// As [`bare`], every question asked.
fn bare_in_full(plain: &str) -> &str {
    let mut text = plain;
    // Each may uncover another; nobody piles up more than a few.
    for _ in 0..4 {
        let before = text.len();
        text = text.trim_matches(|c: char| c.is_whitespace() || is_ornament(c));
        text = vocabulary::talk_label(text)
            .filter(|(stem, _)| *stem != "session")
            .map_or(text, |(_, rest)| rest);
        text =
            vocabulary::talk_label(text).filter(|(_, rest)| !rest.is_empty()).map_or(text, |(_, rest)| rest);
        text = unnumbered(without_times(text));
        text = text.trim_end_matches([':', '：', '|']).trim();
        if text.len() == before {
            break;
        }
    }
    text
}

/// Signs that decorate a title: emoji, stars, variation selectors.
pub(super) fn is_ornament(c: char) -> bool {
    STARS.contains(&c)
        || matches!(c, '\u{fe0f}' | '\u{200d}' | '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}')
}

/// A title without the title quotes that stand around all of it.
fn unquoted(text: &str) -> &str {
    match shapes::unquoted(text) {
        Some((inner, "")) if !inner.contains(['"', '“', '”']) => inner,
        _ => text.trim_start_matches('《').trim_end_matches('》'),
    }
}

/// A text without the number at its start: `3. Title`, `02 - Title`, `4) Title`, `A. Title`. A
/// number that counts something ("10 years of Rust") stays.
pub fn unnumbered(text: &str) -> &str {
    // "[R0] Title": a room or a code in brackets.
    if let Some((code, rest)) = text.strip_prefix('[').and_then(|t| t.split_once(']')) {
        let short = code.len() <= 4 && code.contains(|c: char| c.is_ascii_digit()) && !rest.trim().is_empty();
        if short && !rest.starts_with('(') {
            return rest.trim_start();
        }
    }
    let body = text.strip_prefix(['#', '(', '[']).unwrap_or(text);
    let count = body.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let number = &body[..count];
    let digits = !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
    let letter = number.len() == 1 && number.bytes().all(|b| b.is_ascii_uppercase());
    let rest = &body[count..];
    let signs: &[&str] = match (digits, letter) {
        (true, _) => &[". ", ") ", ": ", " - ", " – ", " — ", "] ", "、", "- ", " | ", "．"],
        (_, true) => &[". ", ") "],
        _ => return text,
    };
    let behind = signs.iter().find_map(|sign| rest.strip_prefix(sign)).map(str::trim_start);
    behind.filter(|b| !b.is_empty()).unwrap_or(text)
}

/// Whether a time of day stands in a text.
pub fn has_time(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
        && text.split([' ', '(', '[', '-', '–', '—', '|', ',']).any(|word| time(word) == Some(true))
}

/// Reads a time of day: `9:15`, `9.15am`, `14h30`, `9am`; `false` when nothing but its place tells
/// it from another number.
fn time(word: &str) -> Option<bool> {
    let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let half = lower.strip_suffix("am").or_else(|| lower.strip_suffix("pm"));
    let digits = half.unwrap_or(&lower).trim_end_matches("hrs").trim();
    let mut parts = digits.split([':', '.', 'h', '：']);
    let number = |part: Option<&str>, most: u32| -> Option<u32> {
        let part = part.filter(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))?;
        part.parse().ok().filter(|n| *n <= most)
    };
    let hour = number(parts.next(), 24);
    let minutes = parts.next();
    let rest = parts.next();
    match (hour, minutes, half) {
        (Some(_), Some(minute), _)
            if number(Some(minute), 59).is_some() && minute.len() == 2 && rest.is_none() =>
        {
            (digits.contains([':', 'h', '：']) || half.is_some()).then_some(true)
        }
        (Some(_), None, Some(_)) => Some(true),
        (None, None, None) if matches!(&lower[..], "am" | "pm" | "to" | "noon") => Some(false),
        _ => None,
    }
}

/// A text without the times at its start and end: `9:15 - 9:45 Title`, `Title 9:15am to 9:45am`,
/// `Title (10:00)`.
pub(super) fn without_times(text: &str) -> &str {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return text;
    }
    let signs: &[char] = &[' ', '-', '–', '—', '|', ':', '(', ')', '[', ']', ',', '~', '\\', '/'];
    let joint = |word: &str| word.chars().all(|c| signs.contains(&c)) || time(word) == Some(false);
    let clock = |word: &str| {
        let mut parts =
            word.split(['-', '–', '—', '~']).filter(|p| !p.trim_matches(signs).is_empty()).peekable();
        parts.peek().is_some() && parts.all(|p| time(p) == Some(true))
    };
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    let run = |words: &mut dyn Iterator<Item = &&str>| {
        let (mut bytes, mut taken, mut found) = (0, 0, false);
        for word in words {
            if clock(word.trim()) {
                found = true;
                bytes += word.len();
                taken = bytes;
            } else if joint(word.trim()) {
                bytes += word.len();
                if found && word.trim().chars().all(|c| signs.contains(&c)) {
                    taken = bytes;
                }
            } else {
                break;
            }
        }
        if found { taken } else { 0 }
    };
    let from = run(&mut words.iter());
    if from >= text.trim_end().len() {
        return text;
    }
    let to = run(&mut words.iter().rev());
    // "Debugging TCP at 3am": a time that the words lead on to is one of them.
    let before = text[..text.len() - to].split_whitespace().next_back().unwrap_or_default();
    let leads_on =
        ["at", "before", "by", "until", "till", "around", "after", "since", "um"].contains(&before);
    let to = if leads_on { 0 } else { to };
    let rest = text.get(from..text.len() - to).unwrap_or(text);
    if from + to == 0 || rest.trim_matches(signs).is_empty() {
        text
    } else {
        rest.trim_matches([' ', '-', '–', '—', '|', ':', ','])
    }
}

/// Takes the inline markup off a heading: links become their text, code its content, emphasis
/// that wraps words goes, `{#anchors}` go.
///
/// A heading is at most a few lines long; markup further on in a text than that stays.
pub fn strip_markup(raw: &str) -> Cow<'_, str> {
    const LONGEST: usize = 1_000;
    let raw = raw.trim();
    if raw.len() > LONGEST || !raw.bytes().any(|b| IS_MARK[usize::from(b)]) {
        return Cow::Borrowed(raw);
    }
    let raw = match Some(raw).filter(|raw| raw.ends_with('}')).and_then(|raw| raw.rfind(" {")) {
        Some(at) if raw[at + 2..].starts_with(['#', '.', ':']) => &raw[..at],
        _ => raw,
    };
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.bytes().position(|b| IS_MARK[usize::from(b)] && b != b'{') {
        out.push_str(&rest[..at]);
        let piece = &rest[at..];
        let (text, used) = match piece.as_bytes()[0] {
            b'[' if piece.starts_with("[[") => wiki_link(piece).unwrap_or(("[", 1)),
            b'[' => link_text(piece).unwrap_or(("[", 1)),
            b'<' => tag(piece).unwrap_or(("<", 1)),
            b'&' => entity(piece).unwrap_or(("&", 1)),
            b'=' | b'~' if piece.len() > 1 && piece.as_bytes()[1] == piece.as_bytes()[0] => ("", 2),
            b'!' if piece.starts_with("![") => link_text(&piece[1..]).map_or(("!", 1), |(t, n)| (t, n + 1)),
            b'`' => code_span(piece).unwrap_or(("", 1)),
            b'*' => ("", piece.bytes().take_while(|b| *b == b'*').count()),
            b'_' => emphasis_mark(out.chars().next_back(), piece),
            b'\\' if piece[1..].starts_with(|c: char| c.is_ascii_punctuation()) => (&piece[1..2], 2),
            _ => (&piece[..1], 1),
        };
        out.push_str(text);
        rest = &piece[used..];
    }
    out.push_str(rest);
    let kept = out.trim();
    Cow::Owned(if kept.len() == out.len() { out } else { kept.to_owned() })
}

/// The bytes that may be inline markup; `{` opens an anchor.
const IS_MARK: [bool; 256] = {
    let marks = b"[`*_\\!<&=~{";
    let mut table = [false; 256];
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

/// The text of `[text](target)` or `[text][label]` at the start, and the bytes it takes.
fn link_text(piece: &str) -> Option<(&str, usize)> {
    let close = piece.find(']')?;
    let (text, after) = (&piece[1..close], &piece[close + 1..]);
    let end = match after.as_bytes().first() {
        Some(b'(') => after.find(')')?,
        Some(b'[') => after.find(']')?,
        // A shortcut to a link that is defined elsewhere; `[x]` is a box.
        _ if close > 5 => return Some((text, close + 1)),
        _ => return None,
    };
    Some((text, close + 1 + end + 1))
}

/// The text of `[[page|text]]` at the start, and the bytes it takes.
fn wiki_link(piece: &str) -> Option<(&str, usize)> {
    let close = piece.find("]]")?;
    let inner = &piece[2..close];
    let text = inner.rsplit_once('|').map_or(inner, |(_, text)| text);
    (!text.contains('[')).then_some((text, close + 2))
}

/// The text of code between backticks at the start, in which nothing else is markup.
fn code_span(piece: &str) -> Option<(&str, usize)> {
    let ticks = piece.bytes().take_while(|b| *b == b'`').count();
    let mark = &piece[..ticks];
    let end = piece[ticks..].find(mark)?;
    Some((piece[ticks..ticks + end].trim(), 2 * ticks + end))
}

/// A tag of HTML at the start, which leaves no text; an address in angle brackets is kept.
fn tag(piece: &str) -> Option<(&str, usize)> {
    let close = piece.find('>')?;
    let name = piece[1..close].trim_start_matches('/');
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains(['@', ':']);
    (named || name.starts_with("!--")).then_some(("", close + 1))
}

/// A character reference of those that stand in headings.
fn entity(piece: &str) -> Option<(&str, usize)> {
    const ENTITIES: &[(&str, &str)] = &[
        ("&amp;", "&"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
    ];
    ENTITIES.iter().find(|(name, _)| piece.starts_with(name)).map(|(name, sign)| (*sign, name.len()))
}

/// An underscore is a mark of emphasis at the edge of a word, a letter inside `__name__`.
fn emphasis_mark(before: Option<char>, piece: &str) -> (&str, usize) {
    let run = piece.bytes().take_while(|b| *b == b'_').count();
    let after = piece[run..].chars().next();
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let lone = run == 1 && (edge(before) != edge(after));
    if lone { ("", 1) } else { (&piece[..run], run) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, text: &str) {
        assert_eq!(read(raw, &Habits::default()).text, text, "{raw}");
    }

    #[test]
    fn markup_goes() {
        check("It's time for `datetime`", "It's time for datetime");
        check("[Linked](https://x.y/z) **bold** _it_", "Linked bold it");
        check("Why __init__ matters, snake_case too", "Why __init__ matters, snake_case too");
        check("Anchored {#here}", "Anchored");
        check("`<Image>` and `Vec<T>`", "<Image> and Vec<T>");
        check("\\#1 rule", "#1 rule");
    }

    #[test]
    fn labels_and_stars_go() {
        let title = read("Talk 7: Behaviour first  by Ada Lovelace ✨", &Habits::default());
        assert_eq!(title.text, "Behaviour first");
        assert!(title.starred);
        assert_eq!(title.speakers[0].name, "Ada Lovelace");
        check("Keynote:", "Keynote");
        check("Talk 2:", "");
    }

    #[test]
    fn numbers_times_and_ornaments_go() {
        check("3. How it works", "How it works");
        check("02 - How it works", "How it works");
        check("10 years of Rust", "10 years of Rust");
        check("A. How it works", "How it works");
        check("[R0] How it works", "How it works");
        check("How it works 9:15am to 9:45am", "How it works");
        check("10:30 - 11:00 How it works", "How it works");
        check("From 9 to 5", "From 9 to 5");
        check("🎤 How it works", "How it works");
        check("《会议》", "会议");
        check("\"How it works\"", "How it works");
        check("Anchored <a name=\"x\"></a>&amp; more", "Anchored & more");
        check("[[Notes on it|How it works]]", "How it works");
    }

    #[test]
    fn by_is_often_just_a_word() {
        check("Breaking monoliths by domain", "Breaking monoliths by domain");
        check("Learning by doing", "Learning by doing");
    }

    proptest::proptest! {
        #[test]
        fn what_is_bare_already_is_read_as_in_full(words in proptest::collection::vec(
            "Talk|Session|A|B|of|I|ii|am|to|noon|[A-Za-z]{1,6}", 1..5)) {
            let plain = words.join(" ");
            proptest::prop_assert_eq!(bare(&plain), bare_in_full(&plain), "{}", plain);
        }
    }
}
