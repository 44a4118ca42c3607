//! One term, looked for in the text of notes as it stands: nothing is folded but the few letters
//! around an accent.
//!
//! A literal is found in two passes. The first takes the text for bytes and finds what is written in
//! ASCII, at the speed of a plain search. The second goes from one character that is not ASCII to the
//! next, and where that could be a letter of the word it folds the letters around it and looks there:
//! `café`, `CAFÉ` and a decomposed `é` are found by `cafe`. A word that is not ASCII itself is
//! looked for in folded lines, of which a text of ASCII has none.
//!
//! A regular expression goes line by line, with literals taken out of it first, as in ripgrep.

use std::ops::Range;

use grep_matcher::{LineMatchKind, LineTerminator, Matcher};
use grep_regex::{RegexMatcher, RegexMatcherBuilder};
use memchr::memmem;

use crate::search::query::{Kind, Term};
use crate::search::text::accents::{First, Within, first_letter, unfold, wide_chars};

/// A term made ready to be looked for in text.
#[derive(Debug)]
pub struct Needle {
    /// It must not be there.
    pub negative: bool,
    kind: Kind,
    engine: Engine,
}

#[derive(Debug)]
enum Engine {
    Literal(Box<Literal>),
    Regex(RegexMatcher),
    /// A pattern that is none: it matches nothing.
    Nothing,
}

/// Letters side by side.
#[derive(Debug)]
struct Literal {
    /// Folded, or levelled but for case where the term has a capital; white space is one space.
    letters: Vec<char>,
    text: String,
    /// Capitals were typed, so they count.
    cased: bool,
    /// What finds it where it is written in ASCII; none where it cannot be.
    ascii: Option<Ascii>,
}

#[derive(Debug)]
enum Ascii {
    Exact(Box<memmem::Finder<'static>>),
    Pattern(regex::bytes::Regex),
}

impl Needle {
    /// Makes a term ready.
    pub fn new(term: &Term) -> Self {
        let engine = match term.kind {
            Kind::Regex => regex(&term.raw).map_or(Engine::Nothing, Engine::Regex),
            _ => Literal::new(&term.raw).map_or(Engine::Nothing, |l| Engine::Literal(Box::new(l))),
        };
        Self { negative: term.negative, kind: term.kind, engine }
    }

    /// Looks for every place in a text, the first first, until the closure says that it is enough.
    pub fn find(&self, text: &str, accents: Within, mut found: impl FnMut(Range<usize>) -> bool) {
        let mut take = |range: Range<usize>| !self.fits(text, &range) || found(range);
        match &self.engine {
            Engine::Literal(literal) if literal.ascii.is_some() && literal.is_ascii_in(accents) => {
                literal.in_ascii(text.as_bytes(), &mut take);
            }
            Engine::Literal(_) if matches!(accents, Within::Ascii) => {}
            Engine::Literal(literal) => {
                let mut all: Vec<Range<usize>> = Vec::new();
                literal.in_ascii(text.as_bytes(), &mut |range| {
                    all.push(range);
                    true
                });
                let plain = all.len();
                literal.around_accents(text, accents, &mut all);
                if all.len() > plain {
                    all.sort_unstable_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
                    all.dedup_by_key(|r| r.start);
                }
                let _ = all.into_iter().all(take);
            }
            Engine::Regex(regex) => by_line(regex, text, &mut take),
            Engine::Nothing => {}
        }
    }

    /// Whether it is there at all.
    pub fn is_in(&self, text: &str, accents: Within) -> bool {
        let mut there = false;
        self.find(text, accents, |_| {
            there = true;
            false
        });
        there
    }

    /// Whether a place is what the term's signs ask for: a whole word, the start or end of a line.
    fn fits(&self, text: &str, range: &Range<usize>) -> bool {
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // From the place outwards, no further than to the first letter: a line may be as long as its file.
        let is_edge = |c: Option<char>| c.is_none_or(|c| c == '\n');
        let tells = |c: &char| *c == '\n' || c.is_alphanumeric();
        let starts = || is_edge(text[..range.start].chars().rev().find(tells));
        let ends = || is_edge(text[range.end..].chars().find(tells));
        match self.kind {
            Kind::Words => {
                !word(text[..range.start].chars().next_back()) && !word(text[range.end..].chars().next())
            }
            Kind::Prefix => starts(),
            Kind::Suffix => ends(),
            Kind::Whole => starts() && ends(),
            Kind::Fuzzy | Kind::Exact | Kind::Regex => true,
        }
    }

    /// How many letters it has: the longer, the rarer, as a rule.
    pub fn weight(&self) -> usize {
        match &self.engine {
            Engine::Literal(literal) => literal.letters.len(),
            Engine::Regex(_) | Engine::Nothing => 0,
        }
    }
}

fn regex(pattern: &str) -> Option<RegexMatcher> {
    RegexMatcherBuilder::new()
        .case_smart(true)
        .multi_line(true)
        .line_terminator(Some(b'\n'))
        .build(pattern)
        .ok()
}

/// The matches of a pattern, line by line. Lines without the literals of the pattern are passed over.
fn by_line(regex: &RegexMatcher, text: &str, found: &mut impl FnMut(Range<usize>) -> bool) {
    let bytes = text.as_bytes();
    // A pattern that is tied to the start or end of all text (`\A`) says nothing of lines that may match.
    let tells_lines = regex.line_terminator() == Some(LineTerminator::byte(b'\n'));
    let next = |from: usize| match tells_lines {
        false => (from < bytes.len()).then_some(0),
        true => match regex.find_candidate_line(&bytes[from..]) {
            Ok(Some(LineMatchKind::Confirmed(at) | LineMatchKind::Candidate(at))) => Some(at),
            _ => None,
        },
    };
    let mut from = 0;
    while let Some(at) = next(from) {
        let start = memchr::memrchr(b'\n', &bytes[..from + at]).map_or(0, |before| before + 1).max(from);
        let end = memchr::memchr(b'\n', &bytes[from + at..]).map_or(bytes.len(), |after| from + at + after);
        let mut go_on = true;
        let _ = regex.find_iter(&bytes[start..end], |m| {
            let range = start + m.start()..start + m.end();
            // A pattern may match nothing at all, or half a character.
            let whole = text.is_char_boundary(range.start) && text.is_char_boundary(range.end);
            go_on = range.is_empty() || !whole || found(range);
            go_on
        });
        if !go_on || end >= bytes.len() {
            return;
        }
        from = end + 1;
    }
}

impl Literal {
    fn new(raw: &str) -> Option<Self> {
        let cased = raw.chars().any(char::is_uppercase);
        let mut text = String::new();
        for c in raw.chars() {
            unfold(c, cased, |c| {
                // White space in a phrase stands for as much of it as there is.
                if !(c == ' ' && text.ends_with(' ')) {
                    text.push(c);
                }
            });
        }
        if text.trim().is_empty() {
            return None;
        }
        let ascii = if !text.is_ascii() {
            None
        } else if cased && !text.contains(' ') {
            Some(Ascii::Exact(Box::new(memmem::Finder::new(&text).into_owned())))
        } else {
            let pattern = regex::escape(&text).replace(' ', r"\s+");
            let pattern =
                regex::bytes::RegexBuilder::new(&pattern).unicode(false).case_insensitive(!cased).build();
            pattern.ok().map(Ascii::Pattern)
        };
        Some(Self { letters: text.chars().collect(), text, cased, ascii })
    }

    fn in_ascii(&self, bytes: &[u8], found: &mut impl FnMut(Range<usize>) -> bool) {
        match &self.ascii {
            Some(Ascii::Exact(finder)) => {
                let _ = finder.find_iter(bytes).all(|at| found(at..at + self.text.len()));
            }
            Some(Ascii::Pattern(pattern)) => {
                let _ = pattern.find_iter(bytes).all(|m| found(m.range()));
            }
            None => {}
        }
    }

    /// Whether it can only stand in ASCII: there are no accents, and no curly quotes or dashes in it, which are none and are
    /// not kept.
    fn is_ascii_in(&self, accents: Within) -> bool {
        match accents {
            Within::Ascii => true,
            Within::At([], _) => !self.has_signs(),
            Within::At(..) | Within::Many => false,
        }
    }

    fn has_signs(&self) -> bool {
        self.letters.iter().any(|c| !c.is_ascii_alphanumeric())
    }

    /// Finds the places that hold a character that is not ASCII.
    fn around_accents(&self, text: &str, accents: Within, found: &mut Vec<Range<usize>>) {
        if self.ascii.is_none() {
            return self.in_lines(text, found);
        }
        let mut look = Around { literal: self, text, window: Window::default(), done: 0 };
        match accents {
            Within::At(..) if self.has_signs() => wide_chars(text).for_each(|(at, c)| look.at(at, c, found)),
            Within::Ascii => {}
            Within::At(all, base) => {
                for at in all {
                    let at = *at as usize - base;
                    text[at..].chars().next().into_iter().for_each(|c| look.at(at, c, found));
                }
            }
            Within::Many => wide_chars(text).for_each(|(at, c)| look.at(at, c, found)),
        }
    }

    /// Whether a character could stand in the word here, by its neighbours.
    fn may_hold(&self, text: &str, at: usize, c: char) -> bool {
        let first = match first_letter(c) {
            First::Never => return false,
            First::Mark => None,
            First::Ascii(letter, more) => Some((letter, more)),
        };
        // A combining mark belongs to the letter before it.
        // `ß` is two letters, of which the second stands where the next character would.
        let Some((first, long)) = first else {
            return true;
        };
        let caseless = |c: char| c.to_ascii_lowercase() == first;
        let bytes = text.as_bytes();
        let before = at.checked_sub(1).map(|at| bytes[at]).filter(u8::is_ascii);
        let after = bytes.get(at + c.len_utf8()).copied().filter(u8::is_ascii);
        let same = |a: u8, b: char| {
            let a = if self.cased { a } else { a.to_ascii_lowercase() };
            char::from(a) == b || a.is_ascii_whitespace() && b == ' '
        };
        let fits = |neighbour: Option<u8>, nth: Option<usize>| match (
            neighbour,
            nth.and_then(|n| self.letters.get(n)),
        ) {
            (Some(byte), Some(letter)) => same(byte, *letter),
            _ => true,
        };
        self.letters.iter().enumerate().any(|(nth, letter)| {
            caseless(*letter) && fits(before, nth.checked_sub(1)) && (long || fits(after, Some(nth + 1)))
        })
    }

    /// As many characters before a place as the word could take.
    fn reach_back(&self, text: &str, at: usize) -> usize {
        let before = text[..at].char_indices().rev().take(self.reach());
        before.last().map_or(at, |(start, _)| start)
    }

    fn reach_on(&self, text: &str, at: usize) -> usize {
        text[at..].char_indices().nth(self.reach()).map_or(text.len(), |(length, _)| at + length)
    }

    /// Room for marks and line ends between the letters.
    fn reach(&self) -> usize {
        self.letters.len() * 2 + 4
    }

    /// Looks from each line on that is not all ASCII, folded.
    fn in_lines(&self, text: &str, found: &mut Vec<Range<usize>>) {
        let mut window = Window::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            // A phrase may go on over the end of its line.
            let reach = if self.text.contains(' ') { self.reach_on(text, end) } else { end };
            if !text[start..reach].is_ascii() {
                window.fill(text, start..reach, self.cased);
                let known = found.len();
                window.find(self, text, reach, found);
                let mut at = known;
                while at < found.len() {
                    if found[at].start < end { at += 1 } else { found.truncate(at) }
                }
            }
            start = end;
        }
    }
}

/// The second pass over a text, from accent to accent.
struct Around<'a> {
    literal: &'a Literal,
    text: &'a str,
    window: Window,
    /// What starts before this was looked for already.
    done: usize,
}

impl Around<'_> {
    fn at(&mut self, at: usize, c: char, found: &mut Vec<Range<usize>>) {
        if at < self.done || !self.literal.may_hold(self.text, at, c) {
            return;
        }
        let start = self.literal.reach_back(self.text, at).max(self.done);
        let end = self.literal.reach_on(self.text, at + c.len_utf8());
        self.window.fill(self.text, start..end, self.literal.cased);
        self.window.find(self.literal, self.text, end, found);
        self.done = at + c.len_utf8();
    }
}

/// A stretch of text, folded, with the way back.
#[derive(Default)]
struct Window {
    text: String,
    /// For each byte of `text` the place of the character that it came from.
    origin: Vec<usize>,
}

impl Window {
    fn fill(&mut self, text: &str, range: Range<usize>, cased: bool) {
        self.text.clear();
        self.origin.clear();
        for (at, c) in text[range.clone()].char_indices() {
            unfold(c, cased, |c| {
                if c == ' ' && self.text.ends_with(' ') {
                    return;
                }
                self.text.push(c);
                self.origin.resize(self.text.len(), range.start + at);
            });
        }
    }

    /// Adds the places that hold a character that is not ASCII.
    fn find(&self, literal: &Literal, text: &str, end: usize, found: &mut Vec<Range<usize>>) {
        let mut from = 0;
        while let Some(at) = memmem::find(&self.text.as_bytes()[from..], literal.text.as_bytes()) {
            let (first, last) = (from + at, from + at + literal.text.len() - 1);
            let start = self.origin[first];
            // Marks behind the last letter belong to it.
            let behind = self.origin[last..].iter().find(|o| **o > self.origin[last]);
            let stop = behind.copied().unwrap_or(end);
            if !text[start..stop].is_ascii() && found.last() != Some(&(start..stop)) {
                found.push(start..stop);
            }
            from = first + self.text[first..].chars().next().map_or(1, char::len_utf8);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::Query;
    use crate::search::text::accents::Accents;
    use crate::text::fold::Folded;
    use proptest::prelude::*;

    fn places(query: &str, text: &str) -> Vec<String> {
        let parsed = Query::parse(query);
        let needle = Needle::new(parsed.groups[0].first().expect("a term"));
        let mut found = Vec::new();
        needle.find(text, Within::unknown(text), |range| {
            found.push(text[range].to_owned());
            true
        });
        found
    }

    fn check(query: &str, text: &str, expected: &[&str]) {
        assert_eq!(places(query, text), expected, "{query} in {text}");
    }

    #[test]
    fn case_and_accents() {
        check("rust", "Rust, RUST and rust", &["Rust", "RUST", "rust"]);
        check("Rust", "Rust, RUST and rust", &["Rust"]);
        check("cafe", "cafe café CAFÉ cafe\u{301}s caffè", &["cafe", "café", "CAFÉ", "cafe\u{301}"]);
        check("café", "cafe café", &["cafe", "café"]);
        check("Café", "café Café Cafe", &["Café", "Cafe"]);
        check("lodz", "Łódź", &["Łódź"]);
        check("Lodz", "Łódź łódź", &["Łódź"]);
        check("strasse", "Straße", &["Straße"]);
        check("rust", "Ｒｕｓｔ", &["Ｒｕｓｔ"]);
        check("don't", "don’t don't", &["don’t", "don't"]);
        let needle = |query: &str| Needle::new(Query::parse(query).groups[0].first().expect("a term"));
        let text = "I don’t know.";
        assert!(
            needle("don't").is_in(text, Accents::of(text).within(0..text.len())),
            "there is no accent in it"
        );
        check("\"api 設計\"", "an API\n設計 is", &["API\n設計"]);
        check("\"設計 is\"", "設計\nis", &["設計\nis"]);
        check("привет", "Привет, ПРИВЕТ", &["Привет", "ПРИВЕТ"]);
        check("東京", "東京 tokyo", &["東京"]);
    }

    #[test]
    fn signs_phrases_and_patterns() {
        check("'art'", "start art art.", &["art", "art"]);
        check("^one", "- one two\ntwo one", &["one"]);
        check("two$", "one two.\ntwo one", &["two"]);
        check(
            "\"two words\"",
            "two  words, two\nwords, Two Words",
            &["two  words", "two\nwords", "Two Words"],
        );
        check("/r.st/", "rust\nrest Rist\nr\nst", &["rust", "rest", "Rist"]);
        check("/R.st/", "rust Rist", &["Rist"]);
        check(r"/\bpub\b/", "pub public pub\nnone\npub", &["pub", "pub", "pub"]);
        check("/x*/", "abc", &[]);
        check("/^one/", "one one\none\n one", &["one", "one"]);
        check("/one$/", "one one\none\n one", &["one", "one", "one"]);
        check(r"/\Aone/", "one one\none", &["one", "one"]);
    }

    proptest! {
        /// What is found is what a search in the folded text finds.
        #[test]
        fn as_if_folded(text in "[ab éÉäÄ\u{301}ßłж東]{0,24}", needle in "[abesl]{1,3}") {
            let mut folded = Folded::default();
            folded.push(&text, 0);
            let chars: Vec<char> = folded.text.chars().collect();
            let wanted: Vec<char> = needle.chars().collect();
            let mut expected: Vec<usize> = (0..chars.len())
                .filter(|at| chars[*at..].starts_with(&wanted))
                .map(|at| folded.origin[at] as usize)
                .collect();
            expected.dedup();
            let mut found = Vec::new();
            Needle::new(&Term::new(Kind::Fuzzy, &needle)).find(&text, Accents::of(&text).within(0..text.len()), |range| {
                found.push(range.start);
                assert!(text.get(range).is_some());
                true
            });
            // A plain search goes on behind what it has found; only first places must agree.
            for start in &found {
                prop_assert!(expected.contains(start), "{start} in {text:?}");
            }
            prop_assert_eq!(found.is_empty(), expected.is_empty(), "{:?} in {:?}", needle, text);
            prop_assert_eq!(found.first(), expected.first());
        }
    }
}
