//! The title of a talk: a heading's text without markup, numbering, labels and stars.

use crate::library::model::Speaker;
use crate::library::speakers;
use crate::library::vocabulary;

/// What a heading says when it is read as a talk's title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Title {
    /// The title itself. Empty when the heading is only a label ("Talk 2:").
    pub text: String,
    /// The note-taker put a star beside it.
    pub starred: bool,
    /// The heading was labelled as a talk ("Talk 3: …").
    pub labelled: bool,
    /// People named in the heading ("… by Ada Lovelace").
    pub speakers: Vec<Speaker>,
}

/// Signs by which note-takers star a talk.
const STARS: &[char] = &['✨', '⭐', '🌟', '★', '☆', '💫'];

/// Reads a heading as a title.
pub fn read(raw: &str) -> Title {
    let plain = strip_markup(raw);
    let unstarred = plain.trim_matches(|c: char| STARS.contains(&c) || c.is_whitespace() || c == '\u{fe0f}');
    let starred = plain.contains(STARS);
    let label = vocabulary::talk_label(unstarred);
    let text = label.unwrap_or(unstarred);
    let text = text.trim().trim_end_matches(':').trim_end();
    let (text, speakers) = match by_line(text) {
        Some((text, people)) => (text, people),
        None => (text, Vec::new()),
    };
    Title {
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        starred,
        labelled: label.is_some(),
        speakers,
    }
}

/// `Title by Ada Lovelace and Grace Hopper`: only when what follows reads like names throughout.
fn by_line(text: &str) -> Option<(&str, Vec<Speaker>)> {
    let at = text.rfind(" by ")?;
    let (title, names) = (text[..at].trim_end(), &text[at + 4..]);
    let people = speakers::people(names)?;
    (!title.is_empty()).then_some((title.trim_end_matches([',', '-', '–', '—']).trim_end(), people))
}

/// Takes the inline markup off a heading: links become their text, code its content, emphasis
/// that wraps words goes, `{#anchors}` go.
///
/// A heading is at most a few lines long; markup further on in a text than that stays.
pub fn strip_markup(raw: &str) -> String {
    const LONGEST: usize = 1_000;
    let raw = raw.trim();
    if raw.len() > LONGEST {
        return raw.to_owned();
    }
    let raw = match raw.rfind(" {") {
        Some(at) if raw.ends_with('}') && raw[at + 2..].starts_with(['#', '.', ':']) => &raw[..at],
        _ => raw,
    };
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(['[', '`', '*', '_', '\\', '!']) {
        out.push_str(&rest[..at]);
        let piece = &rest[at..];
        let (text, used) = match piece.as_bytes()[0] {
            b'[' => link_text(piece).unwrap_or(("[", 1)),
            b'!' if piece.starts_with("![") => link_text(&piece[1..]).map_or(("!", 1), |(t, n)| (t, n + 1)),
            b'`' => ("", 1),
            b'*' => ("", piece.bytes().take_while(|b| *b == b'*').count()),
            b'_' => emphasis_mark(out.chars().next_back(), piece),
            b'\\' if piece[1..].starts_with(|c: char| c.is_ascii_punctuation()) => (&piece[1..2], 2),
            _ => (&piece[..1], 1),
        };
        out.push_str(text);
        rest = &piece[used..];
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// The text of `[text](target)` or `[text][label]` at the start, and the bytes it takes.
fn link_text(piece: &str) -> Option<(&str, usize)> {
    let close = piece.find(']')?;
    let (text, after) = (&piece[1..close], &piece[close + 1..]);
    let end = match after.as_bytes().first()? {
        b'(' => after.find(')')?,
        b'[' => after.find(']')?,
        _ => return None,
    };
    Some((text, close + 1 + end + 1))
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
        assert_eq!(read(raw).text, text, "{raw}");
    }

    #[test]
    fn markup_goes() {
        check("It's time for `datetime`", "It's time for datetime");
        check("[Linked](https://x.y/z) **bold** _it_", "Linked bold it");
        check("Why __init__ matters, snake_case too", "Why __init__ matters, snake_case too");
        check("Anchored {#here}", "Anchored");
        check("\\#1 rule", "#1 rule");
    }

    #[test]
    fn labels_and_stars_go() {
        let title = read("Talk 7: Behaviour first  by Ada Lovelace ✨");
        assert_eq!(title.text, "Behaviour first");
        assert!(title.starred && title.labelled);
        assert_eq!(title.speakers[0].name, "Ada Lovelace");
        check("Keynote:", "Keynote");
        check("Talk 2:", "");
    }

    #[test]
    fn by_is_often_just_a_word() {
        check("Breaking monoliths by domain", "Breaking monoliths by domain");
        check("Learning by doing", "Learning by doing");
    }
}
