//! A title line that names its speakers: `Title by X`, `Title (X, Org)`, `Title - X`, `X - Title`,
//! `X: Title`, `《Title》-X，Org`.
//!
//! A line may be read in several of these shapes. Which of them a note-taker uses shows in all of
//! the titles together, so the readings are gathered first and weighed elsewhere ([`Habits`]).

use crate::library::model::Speaker;
use crate::library::names::Strength;
use crate::library::speakers;

/// How a title line names its speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shape {
    /// `Title by X`.
    By,
    /// The title in title quotes, and X behind it.
    Quoted,
    /// `Title (X, Org)`.
    Parentheses,
    /// `Title - X`, with any of the signs that people use there.
    Behind,
    /// `X - Title`.
    Before,
    /// `X: Title`.
    Colon,
    /// `Title, X`.
    Comma,
}

impl Shape {
    /// How many there are.
    const COUNT: usize = Shape::Comma as usize + 1;

    /// All of them.
    const ALL: [Shape; Shape::COUNT] = [
        Shape::By,
        Shape::Quoted,
        Shape::Parentheses,
        Shape::Behind,
        Shape::Before,
        Shape::Colon,
        Shape::Comma,
    ];

    /// The shape in words, for a person.
    pub fn name(self) -> &'static str {
        match self {
            Shape::By => "named behind \"by\" in the title line",
            Shape::Quoted => "named behind the quoted title",
            Shape::Parentheses => "named in parentheses behind the title",
            Shape::Behind => "named behind the title",
            Shape::Before => "named before the title",
            Shape::Colon => "named before the title, with a colon",
            Shape::Comma => "named behind the title, with a comma",
        }
    }
}

/// One reading of a title line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split<'t> {
    /// The shape it was read in.
    pub shape: Shape,
    /// The title.
    pub title: &'t str,
    /// The people.
    pub people: Vec<Speaker>,
    /// How surely they are people: as the surest of them.
    pub strength: Strength,
}

/// Signs that stand between a title and a name, spaces around them.
const SIGNS: &[&str] = &[
    " - ", " – ", " — ", " -- ", " | ", " / ", " · ", " • ", " // ", " ~ ", " :: ", " @ ", " w/ ", " with ",
    " : ", "｜", " ー ",
];

/// The signs that stand in a text, with the bytes at which they do. One pass: every title is looked
/// at, and few hold any.
fn signs_in(text: &str) -> Vec<(usize, &'static str)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        // All but one begin with a blank; the wide ones with a byte of their own.
        let near = match byte {
            b' ' => bytes.get(at + 1).is_some_and(|next| {
                matches!(next, b'-' | b'|' | b'/' | b'~' | b':' | b'@' | b'w') || *next >= 0x80
            }),
            0xef => true,
            _ => false,
        };
        if near {
            found.extend(
                SIGNS.iter().filter(|sign| bytes[at..].starts_with(sign.as_bytes())).map(|sign| (at, *sign)),
            );
        }
    }
    found
}

/// Words for "by".
const BY: &[&str] =
    &[" by ", " By ", " BY ", " par ", " von ", " por ", " door ", " presented by ", " with: ", " from "];

/// Every reading of a title line, the likeliest shape first.
pub fn read(text: &str) -> Vec<Split<'_>> {
    let text = text.trim();
    let mut splits = Vec::new();
    if text.len() > 300 || !may_name_people(text) {
        return splits;
    }
    splits.extend(by(text));
    splits.extend(quoted(text));
    splits.extend(in_parentheses(text));
    for (at, sign) in signs_in(text) {
        {
            let (left, right) = (text[..at].trim(), text[at + sign.len()..].trim());
            splits.extend(split(Shape::Behind, left, right).filter(|_| sign != " @ "));
            if splits.last().is_none_or(|s| s.shape != Shape::Behind) && !matches!(sign, " with " | " w/ ") {
                splits.extend(split(Shape::Before, right, left));
            }
        }
    }
    // "Ada Lovelace- The Engine": a sign that lost one of its blanks.
    let dashed = text.contains(['-', '–', '—']);
    for sign in ["- ", " -", "– ", "— "].into_iter().filter(|_| dashed) {
        if let Some((left, right)) = text.split_once(sign).filter(|_| splits.is_empty()) {
            splits.extend(split(Shape::Behind, left, right).filter(|s| s.strength == Strength::Known));
            if splits.is_empty() {
                splits.extend(split(Shape::Before, right, left).filter(|s| s.strength == Strength::Known));
            }
        }
    }
    let has = |sign: u8| memchr::memchr(sign, text.as_bytes()).is_some();
    let colon = if has(b':') { text.split_once(": ") } else { None };
    let colon = if text.is_ascii() { colon } else { colon.or_else(|| text.split_once('：')) };
    if let Some((left, right)) = colon {
        splits.extend(split(Shape::Colon, right, left));
    }
    // "Ada Lovelace, "The Engine"": what is quoted to the end is the title.
    if has(b',')
        && text.ends_with(['"', '”'])
        && let Some((name, title)) = text.split_once(", \"").or_else(|| text.split_once(", “"))
        && !title.trim_end_matches(['"', '”']).contains(['"', '“', '”'])
    {
        splits.extend(split(Shape::Before, title.trim_end_matches(['"', '”']), name));
    }
    if has(b',')
        && let Some((left, right)) = text.rsplit_once(", ")
    {
        splits.extend(split(Shape::Comma, left, right));
    }
    splits
}

/// The quick look that most titles fail: no sign that could set a name off stands in them, and no word
/// for "by".
fn may_name_people(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b' ' => {
            bytes.get(at + 1).is_some_and(|b| matches!(b, b'b' | b'B' | b'p' | b'v' | b'd' | b'w' | b'f'))
        }
        b'-' | b'|' | b'/' | b'~' | b':' | b'@' | b',' | b'(' | b')' | b'"' => true,
        _ => *byte >= 0x80,
    })
}

fn split<'t>(shape: Shape, title: &'t str, names: &str) -> Option<Split<'t>> {
    // "Ada Lovelace keynote", "Ada Lovelace's talk"
    let names = [" keynote", " Keynote", " (keynote)", " talk", " Talk"]
        .iter()
        .find_map(|end| names.strip_suffix(end))
        .unwrap_or(names);
    let title = title.trim().trim_end_matches([',', '-', '–', '—', '|', ':']).trim_end();
    let small = !title.contains(char::is_uppercase) && title.contains(|c: char| c.is_ascii_lowercase());
    let (people, strength) = speakers::people_surely(names)
        .or_else(|| small.then(|| speakers::people_in_small(names)).flatten())?;
    let title = if matches!(shape, Shape::Before) { last_field(title) } else { title };
    title.contains(char::is_alphanumeric).then_some(Split { shape, title, people, strength })
}

/// Of `@ada | Mill | "The Engine"`, behind a name: the title is what is quoted, else what stands
/// last.
fn last_field(title: &str) -> &str {
    let fields = title.split(" | ");
    let quoted = fields.clone().find(|f| f.trim().starts_with(['"', '“']));
    let handles = title.starts_with('@') || fields.clone().count() > 1;
    quoted.or_else(|| fields.last().filter(|_| handles)).unwrap_or(title).trim()
}

fn by(text: &str) -> Option<Split<'_>> {
    let bytes = text.as_bytes();
    let blanks = (1..bytes.len()).rev().filter(|at| bytes[*at] == b' ');
    let word_at = |at: usize| {
        let letter = bytes.get(at + 1).copied().unwrap_or_default();
        let near = matches!(letter, b'b' | b'B' | b'p' | b'v' | b'd' | b'w' | b'f');
        BY.iter()
            .filter(|_| near)
            .find(|word| bytes[at..].starts_with(word.as_bytes()))
            .map(|word| (at, at + word.len(), *word))
    };
    let (at, end, word) = blanks.filter_map(word_at).next()?;
    let names = text[end..].trim_end();
    let names = if names.contains('(') { names } else { names.trim_end_matches(')') };
    let affiliated = || {
        let (people, strength) = speakers::people_then_affiliation(names)?;
        Some(Split { shape: Shape::By, title: text[..at].trim(), people, strength })
    };
    let mut found = split(Shape::By, &text[..at], names).or_else(affiliated)?;
    found.title = found.title.trim_end_matches(['(', ' ', ',', '-']);
    let english = word.trim().eq_ignore_ascii_case("by") || word.len() > 6;
    (english || found.strength == Strength::Known).then_some(found)
}

/// Quotes that stand around titles.
const QUOTES: &[(char, char)] =
    &[('《', '》'), ('「', '」'), ('『', '』'), ('“', '”'), ('"', '"'), ('【', '】')];

/// Splits a title in quotes from what stands behind it: `《Title》-X，Org`.
pub(super) fn unquoted(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next()?;
    let (open, close) = QUOTES.iter().find(|(open, _)| *open == first)?;
    let inner = &text[open.len_utf8()..];
    let end = inner.find(*close)?;
    let title = inner[..end].trim();
    (!title.is_empty()).then(|| (title, inner[end + close.len_utf8()..].trim()))
}

fn quoted(text: &str) -> Option<Split<'_>> {
    let (title, rest) = unquoted(text)?;
    let rest = rest.trim_start_matches(['-', '–', '—', ' ', '|', ':', '：', '/', '_', '·']);
    if let Some(names) = rest.strip_prefix("by ") {
        let (people, strength) = speakers::people_leniently(names)?;
        return Some(Split { shape: Shape::Quoted, title, people, strength });
    }
    split(Shape::Quoted, title, rest)
}

/// `Title (X, Y, Org)`: names at the start of the last parentheses, up to the first that is none.
fn in_parentheses(text: &str) -> Option<Split<'_>> {
    let text = text.trim_end();
    let inner_end = text.strip_suffix(')').or_else(|| text.strip_suffix('）'))?.len();
    // The one that the last sign closes.
    let mut depth = 0_i32;
    let open = text[..inner_end].char_indices().rev().find(|(_, c)| {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth -= 1,
            _ => {}
        }
        depth < 0
    });
    let (at, sign) = open.filter(|(at, _)| *at > 0)?;
    let inner = &text[at + sign.len_utf8()..inner_end];
    let (people, strength) = speakers::people_then_affiliation(inner)?;
    let title = text[..at].trim();
    title.contains(char::is_alphanumeric).then_some(Split {
        shape: Shape::Parentheses,
        title,
        people,
        strength,
    })
}

/// In which shapes the titles of a file or a collection name their speakers.
#[derive(Debug, Clone, Default)]
pub struct Habits {
    titles: u32,
    /// By shape, as its number: titles that can be read so, and those with people who are known.
    seen: [(u32, u32); Shape::COUNT],
}

/// Habits are the same when they read every title alike, however many titles they come from.
impl PartialEq for Habits {
    fn eq(&self, other: &Self) -> bool {
        let told = |habits: &Habits| {
            let strengths = [Strength::Written, Strength::Known];
            let held = |shape| strengths.map(|strength| habits.holds(shape, strength));
            let before = |a: Shape| Shape::ALL.map(|b| habits.known(a).cmp(&habits.known(b)));
            (Shape::ALL.map(held), Shape::ALL.map(before), habits.end_in_parentheses())
        };
        told(self) == told(other)
    }
}

impl Eq for Habits {}

impl Habits {
    /// How many titles in a shape name people who are known.
    fn known(&self, shape: Shape) -> u32 {
        self.seen[shape as usize].1
    }

    /// Titles usually end in parentheses that name people.
    fn end_in_parentheses(&self) -> bool {
        let known = self.known(Shape::Parentheses);
        known * 2 >= self.titles && known >= 3
    }

    /// Counts one title line.
    pub fn see(&mut self, text: &str) {
        self.titles += 1;
        let mut best: [Option<Strength>; Shape::COUNT] = [None; Shape::COUNT];
        for split in read(text) {
            let best = &mut best[split.shape as usize];
            *best = (*best).max(Some(split.strength));
        }
        for ((all, known), strength) in self.seen.iter_mut().zip(best) {
            *all += u32::from(strength.is_some());
            *known += u32::from(strength == Some(Strength::Known));
        }
    }

    /// Whether just as much was seen.
    pub(super) fn counts_as(&self, other: &Habits) -> bool {
        (self.titles, self.seen) == (other.titles, other.seen)
    }

    /// Counts a title line of nothing but plain words, which names nobody.
    pub fn see_bare(&mut self) {
        self.titles += 1;
    }

    /// Adds what was seen elsewhere.
    pub fn add(&mut self, other: &Habits) {
        self.count(other, true);
    }

    /// Counts what was seen elsewhere, or counts it no more.
    pub(super) fn count(&mut self, other: &Habits, counts: bool) {
        let count = |mine: &mut u32, other: u32| match counts {
            true => *mine += other,
            false => *mine = mine.saturating_sub(other),
        };
        count(&mut self.titles, other.titles);
        for (mine, other) in self.seen.iter_mut().zip(other.seen) {
            count(&mut mine.0, other.0);
            count(&mut mine.1, other.1);
        }
    }

    /// Whether a title line in this shape names people, by how the other titles do.
    fn holds(&self, shape: Shape, strength: Strength) -> bool {
        let (all, known) = self.seen[shape as usize];
        let usual = all * 10 >= self.titles * 4 && known * 2 >= all && all >= 2;
        match (shape, strength) {
            (Shape::By, _) => true,
            (Shape::Quoted, _) => true,
            (Shape::Comma, Strength::Known) => usual,
            (Shape::Comma, Strength::Written) => false,
            (Shape::Colon, Strength::Written) => usual,
            (_, Strength::Known) => true,
            (_, Strength::Written) => usual || known >= 2 && known * 3 >= all * 2,
        }
    }

    /// The one reading of a title line that these habits speak for.
    pub fn choose<'t>(&self, text: &'t str) -> Option<Split<'t>> {
        let usual = |shape: Shape| self.known(shape);
        let mut held: Vec<Split> =
            read(text).into_iter().filter(|s| self.holds(s.shape, s.strength)).collect();
        // Surer people first, then the shape that is used most; of equals the first.
        held.sort_by_key(|s| std::cmp::Reverse((s.shape == Shape::By, s.strength, usual(s.shape))));
        held.into_iter().next().or_else(|| self.only_parentheses(text))
    }

    /// Where titles usually end in parentheses that name people, the ones without a name that can
    /// be read are no part of the title either.
    fn only_parentheses<'t>(&self, text: &'t str) -> Option<Split<'t>> {
        let at = text.rfind(" (").filter(|at| *at > 0 && text.ends_with(')'))?;
        self.end_in_parentheses().then(|| Split {
            shape: Shape::Parentheses,
            title: text[..at].trim_end(),
            people: Vec::new(),
            strength: Strength::Written,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &[&str])>) {
        let found = Habits::default().choose(text);
        let found = found.as_ref().map(|s| (s.title, s.people.iter().map(|p| &*p.name).collect::<Vec<_>>()));
        assert_eq!(found, expected.map(|(title, names)| (title, names.to_vec())), "{text}");
    }

    #[test]
    fn shapes_with_known_names() {
        check(
            "How it works by Ada Lovelace and Grace Hopper",
            Some(("How it works", &["Ada Lovelace", "Grace Hopper"])),
        );
        check("How it works (Ada Lovelace, Mill)", Some(("How it works", &["Ada Lovelace"])));
        check("How it works - Ada Lovelace (Mill)", Some(("How it works", &["Ada Lovelace"])));
        check("Ada Lovelace | How it works", Some(("How it works", &["Ada Lovelace"])));
        check("Ada Lovelace: How it works", Some(("How it works", &["Ada Lovelace"])));
        check("《内存问题探微》 张亚", Some(("内存问题探微", &["张亚"])));
        check("《会议》-刘磊，Google 专家", Some(("会议", &["刘磊"])));
        check("How it works (part two)", None);
        check("Machine Learning - Data Pipelines", None);
        check("Sorting - Visual Basic", None);
    }

    #[test]
    fn a_habit_carries_the_unknown_name() {
        let mut habits = Habits::default();
        for title in ["One - Ada Lovelace", "Two - Grace Hopper", "Three - Zbrx Qwerty"] {
            habits.see(title);
        }
        let chosen = habits.choose("Three - Zbrx Qwerty").expect("a habit");
        assert_eq!((chosen.title, &*chosen.people[0].name), ("Three", "Zbrx Qwerty"));
    }
}
