//! The query language: one parser for the finder, `list`, `find`, `grep` and the filter of the tree.
//!
//! Words stand side by side and must all match; `|` between two says that either will do. A word is
//! fuzzy in the finder and literal in the text; fzf's signs make it exact (`'word`), the start or
//! the end (`^word`, `word$`), a whole word (`'word'`) or unwanted (`!word`). `"…"` holds words
//! together, `/…/` is a regular expression, `\ ` is a space, and `speaker:…` and its like are
//! [facets](crate::search::facet).

use crate::search::facet::{self, Facet};
use crate::text::fold::fold;

/// How a term matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Its letters in their order, side by side or not.
    Fuzzy,
    /// Its letters side by side.
    Exact,
    /// Its letters side by side, as whole words.
    Words,
    /// At the start.
    Prefix,
    /// At the end.
    Suffix,
    /// All of it.
    Whole,
    /// As a regular expression.
    Regex,
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// How it matches.
    pub kind: Kind,
    /// It must not match.
    pub negative: bool,
    /// As it was typed, without its signs.
    pub raw: String,
    /// The same, folded.
    pub folded: String,
}

impl Term {
    /// A term that must match.
    pub fn new(kind: Kind, raw: &str) -> Self {
        Term { kind, negative: false, raw: raw.to_owned(), folded: fold(raw) }
    }
}

/// Something in a query that cannot be meant as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, and the nearest right thing where there is one.
    pub message: String,
}

/// A parsed query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Groups of alternatives; one of each must match.
    pub groups: Vec<Vec<Term>>,
    /// What must hold of the talk.
    pub facets: Vec<Facet>,
    /// What is wrong with it. The rest of the query holds all the same.
    pub faults: Vec<Fault>,
}

impl Query {
    /// Reads a query. What cannot be meant is a fault, never an error: a query is read at every key.
    pub fn parse(text: &str) -> Self {
        let mut query = Query::default();
        let mut either = false;
        for token in tokens(text) {
            if token == "|" {
                either = !query.groups.is_empty();
                continue;
            }
            let (negative, bare) = match token.strip_prefix('-') {
                Some(rest) => (true, rest),
                None => (token.starts_with('!') && token.len() > 1, token.strip_prefix('!').unwrap_or(token)),
            };
            match facet::parse(bare) {
                Some(Ok(test)) => {
                    query.facets.push(Facet { negative, test });
                    continue;
                }
                Some(Err(message)) => {
                    query.faults.push(Fault { message });
                    continue;
                }
                None => {}
            }
            let Some(term) = term(token) else {
                continue;
            };
            if term.kind == Kind::Regex
                && let Err(error) = regex(&term.raw)
            {
                query.faults.push(Fault { message: error });
                continue;
            }
            match query.groups.last_mut() {
                Some(group) if std::mem::take(&mut either) => group.push(term),
                _ => query.groups.push(vec![term]),
            }
        }
        query
    }

    /// Nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.facets.is_empty()
    }

    /// The terms that have to match, without those that must not.
    pub fn wanted(&self) -> impl Iterator<Item = &Term> {
        self.groups.iter().flatten().filter(|term| !term.negative)
    }

    /// Capitals mean nothing, in text either.
    pub fn ignore_case(&mut self) {
        for term in self.groups.iter_mut().flatten() {
            term.raw = match term.kind {
                Kind::Regex => format!("(?i){}", term.raw),
                _ => term.raw.to_lowercase(),
            };
        }
    }

    /// Whether every row that `longer` matches is matched by this query too, as far as that can be
    /// told by looking: letters were only added to what already stood there.
    pub fn is_widened_by(&self, longer: &Query) -> bool {
        let grows = |(short, long): (&Vec<Term>, &Vec<Term>)| match (&short[..], &long[..]) {
            ([short], [long]) => {
                let same = short.kind == long.kind && !short.negative && !long.negative;
                match short.kind {
                    Kind::Fuzzy | Kind::Exact => same && long.folded.contains(&short.folded),
                    Kind::Prefix => same && long.folded.starts_with(&short.folded),
                    _ => short == long,
                }
            }
            _ => short == long,
        };
        self.groups.len() <= longer.groups.len()
            && self.groups.iter().zip(&longer.groups).all(grows)
            && longer.facets.starts_with(&self.facets)
    }
}

/// A pattern as it is searched in text: case matters only where it holds a capital.
///
/// # Errors
///
/// What is wrong with it, in words.
pub fn regex(pattern: &str) -> Result<regex::Regex, String> {
    // A class like `\S` is no capital; ripgrep draws the same line.
    let literal = pattern.replace("\\\\", "");
    let mut escaped = false;
    let capital = literal.chars().any(|c| {
        let counts = c.is_uppercase() && !escaped;
        escaped = c == '\\';
        counts
    });
    regex::RegexBuilder::new(pattern)
        .case_insensitive(!capital)
        .size_limit(1 << 20)
        .build()
        .map_err(|error| format!("/{pattern}/ is no regular expression: {}", last_line(&error.to_string())))
}

/// The last line of a message is the one that says what is wrong.
fn last_line(text: &str) -> String {
    text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

/// Cuts a query into tokens at white space that is not quoted, escaped, or inside of `/…/`. What
/// is opened and not closed yet goes on to the end.
fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = token_end(rest);
        found.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    found
}

fn token_end(text: &str) -> usize {
    let body = text.trim_start_matches(['!', '-']);
    if body.starts_with('/')
        && let Some(end) = regex_end(&body[1..])
    {
        return text.len() - body.len() + 1 + end;
    }
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

/// Behind the `/` that closes a pattern: one before white space or the end.
fn regex_end(body: &str) -> Option<usize> {
    body.match_indices('/')
        .map(|(at, _)| at + 1)
        .find(|end| *end > 1 && body[*end..].chars().next().is_none_or(char::is_whitespace))
}

/// Reads one token as a term. `None` when nothing is left of it but signs.
fn term(token: &str) -> Option<Term> {
    let mut kind = Kind::Fuzzy;
    let mut body = token;
    let negative = body.len() > 1 && body.starts_with('!');
    if negative {
        // What must not be there is meant as it is written.
        (body, kind) = (&body[1..], Kind::Exact);
    }
    if body.len() > 2 && body.starts_with('/') && body.ends_with('/') {
        return Some(Term { negative, ..Term::new(Kind::Regex, &body[1..body.len() - 1]) });
    }
    if let Some(phrase) = body.strip_prefix('"') {
        let phrase = phrase.strip_suffix('"').unwrap_or(phrase);
        return (!phrase.trim().is_empty()).then(|| Term { negative, ..Term::new(Kind::Exact, phrase) });
    }
    if let Some(exact) = body.strip_prefix('\'') {
        match exact.strip_suffix('\'').filter(|inner| !inner.is_empty()) {
            Some(words) => (body, kind) = (words, Kind::Words),
            None => (body, kind) = (exact, Kind::Exact),
        }
    }
    if body.len() > 1 && body.starts_with('^') {
        (body, kind) = (&body[1..], Kind::Prefix);
    }
    if body.len() > 1 && body.ends_with('$') && !body.ends_with("\\$") {
        body = &body[..body.len() - 1];
        kind = if kind == Kind::Prefix { Kind::Whole } else { Kind::Suffix };
    }
    let body = unescape(body);
    (!body.is_empty()).then(|| Term { negative, ..Term::new(kind, &body) })
}

/// Takes the backslash from before a space, a quote or a sign.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(next @ (' ' | '"' | '$' | '\\'))) => {
                out.push(*next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&[(Kind, bool, &str)]]) {
        let query = Query::parse(text);
        let found: Vec<Vec<(Kind, bool, &str)>> = query
            .groups
            .iter()
            .map(|group| group.iter().map(|t| (t.kind, t.negative, t.raw.as_str())).collect())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_signs_of_fzf() {
        use Kind::{Exact, Fuzzy, Prefix, Regex, Suffix, Whole, Words};
        check(
            "kube 'pod ^py end$ ^all$ 'word'",
            &[
                &[(Fuzzy, false, "kube")],
                &[(Exact, false, "pod")],
                &[(Prefix, false, "py")],
                &[(Suffix, false, "end")],
                &[(Whole, false, "all")],
                &[(Words, false, "word")],
            ],
        );
        check("!no !^start", &[&[(Exact, true, "no")], &[(Prefix, true, "start")]]);
        check("a | b c", &[&[(Fuzzy, false, "a"), (Fuzzy, false, "b")], &[(Fuzzy, false, "c")]]);
        check(
            "\"two words\" a\\ b \"open phr",
            &[&[(Exact, false, "two words")], &[(Fuzzy, false, "a b")], &[(Exact, false, "open phr")]],
        );
        check("/a b/ /etc c", &[&[(Regex, false, "a b")], &[(Fuzzy, false, "/etc")], &[(Fuzzy, false, "c")]]);
        // Signs alone ask for nothing yet.
        check("' | \"", &[]);
        check(
            "^ $ ! -",
            &[&[(Fuzzy, false, "^")], &[(Fuzzy, false, "$")], &[(Fuzzy, false, "!")], &[(Fuzzy, false, "-")]],
        );
    }

    #[test]
    fn a_fault_leaves_the_rest() {
        let query = Query::parse("kube /(/ is:bookmaked");
        assert_eq!(query.groups.len(), 1);
        assert_eq!(query.faults.len(), 2, "{:?}", query.faults);
        assert!(query.faults[0].message.contains("no regular expression"));
        assert!(query.faults[1].message.contains("is:bookmarked"));
    }

    #[test]
    fn added_letters_narrow() {
        let narrows = |short: &str, long: &str| Query::parse(short).is_widened_by(&Query::parse(long));
        assert!(
            narrows("ra", "raf") && narrows("raft", "raft con") && narrows("", "a") && narrows("^p", "^py")
        );
        assert!(narrows("a year:2017", "ab year:2017"));
        assert!(
            !narrows("!a", "!ab") && !narrows("a", "a | b") && !narrows("ab", "a") && !narrows("a$", "ba$")
        );
        assert!(!narrows("a", "'a") && !narrows("a year:2017", "a"));
    }
}
