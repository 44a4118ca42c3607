//! Code → what its words are: comments, keywords, literals. By syntect, with the languages of `two-face`.
//!
//! The languages take a while to load and code a while to read, so nothing here belongs on a thread that
//! somebody waits for. What a word is comes out as a role; colours are the theme's.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use crate::markup::document::{BlockKind, Document};
use crate::markup::layout::{LineKind, PageLine, Piece, code_line};
use crate::markup::role::{Ink, Role, Syntax};

/// Lines longer than this are data, not code, and stay plain; bytes.
const LONGEST_LINE: usize = 2_000;

/// Code of one page that is read, in bytes. What comes behind it stays plain: at about a megabyte in a
/// second that is the most that anybody would see come.
const MOST: usize = 512 * 1024;

/// The words of one line: bytes of the line as it is shown, and what they are.
type Words = Vec<(Range<u32>, Syntax)>;

/// What the words of a document's code are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Colours {
    /// By block, then by line.
    blocks: HashMap<u32, Vec<Words>>,
}

impl Colours {
    /// Whether a document holds code in a language that somebody has named.
    pub fn are_in(document: &Document) -> bool {
        document.blocks.iter().any(|b| matches!(&b.kind, BlockKind::Verbatim { language: Some(_), .. }))
    }

    /// Reads the code of a document. `go_on` is asked now and then; when it says no, what is known so far
    /// comes back.
    pub fn of(document: &Document, go_on: &dyn Fn() -> bool) -> Self {
        let mut colours = Self::default();
        let mut left = MOST;
        for (at, block) in document.blocks.iter().enumerate() {
            let BlockKind::Verbatim { language: Some(language), text } = &block.kind else {
                continue;
            };
            let Some(rest) = left.checked_sub(text.len()).filter(|_| go_on()) else {
                break;
            };
            left = rest;
            if let Some(lines) = read(language, text, go_on) {
                colours.blocks.insert(at as u32, lines);
            }
        }
        colours
    }

    /// What the words of a line of code are, in the order in which they stand.
    pub fn line(&self, block: u32, row: u32) -> &[(Range<u32>, Syntax)] {
        self.blocks.get(&block).and_then(|lines| lines.get(row as usize)).map_or(&[], Vec::as_slice)
    }

    /// A piece of a line in stretches of one ink: code by its words, as far as they are known, anything else
    /// in one.
    pub fn stretches(&self, line: &PageLine, piece: &Piece) -> Vec<(Range<usize>, Ink)> {
        let all = 0..piece.text.as_str().len();
        let (LineKind::Code { row, from }, Role::Verbatim) = (line.kind, piece.ink.role) else {
            return vec![(all, piece.ink)];
        };
        // A line that goes on below begins with our sign, which is no byte of it.
        let sign = if from > 0 { "↪".len() } else { 0 };
        let place = |byte: u32| (byte.saturating_sub(from)) as usize + if byte > from { sign } else { 0 };
        let known = self.line(line.block, row);
        let mut stretches = Vec::with_capacity(known.len() * 2 + 1);
        let mut at = 0;
        for (bytes, syntax) in known {
            let (start, end) = (place(bytes.start).max(at), place(bytes.end).min(all.end));
            if start < end {
                stretches.push((at..start, piece.ink));
                stretches.push((start..end, Ink { role: Role::Syntax(*syntax), ..piece.ink }));
                at = end;
            }
        }
        stretches.push((at..all.end, piece.ink));
        stretches.retain(|(bytes, _)| !bytes.is_empty());
        stretches
    }

    /// Whether there are any.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

/// The languages; loaded once, when they are first asked for.
fn languages() -> &'static SyntaxSet {
    static LANGUAGES: OnceLock<SyntaxSet> = OnceLock::new();
    LANGUAGES.get_or_init(two_face::syntax::extra_newlines)
}

/// Names that people write on fences and the languages do not know themselves by.
fn other_name(language: &str) -> &str {
    match language {
        "shell" | "console" | "shell-session" | "sh-session" | "zsh" => "bash",
        "py3" | "python3" | "pycon" | "ipython" => "python",
        "golang" => "go",
        "node" | "mjs" | "cjs" => "js",
        "docker" => "dockerfile",
        "c++" => "cpp",
        "yml" => "yaml",
        "terraform" | "hcl" => "tf",
        other => other,
    }
}

fn read(language: &str, text: &str, go_on: &dyn Fn() -> bool) -> Option<Vec<Words>> {
    // `{.rust .numberLines}`, `rust,ignore`, `python:path`.
    let name = language.trim_start_matches(['{', '.']);
    let name = name.split([',', ' ', '}', ':', '{']).next().unwrap_or_default().to_lowercase();
    let syntax = languages().find_syntax_by_token(other_name(&name))?;
    if syntax.name == "Plain Text" {
        return None;
    }
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut lines = Vec::new();
    for line in text.split('\n') {
        // What is shown is what is read, so that bytes mean the same.
        let shown = code_line(line);
        if shown.as_str().len() > LONGEST_LINE || !go_on() {
            break;
        }
        let ops = state.parse_line(&format!("{shown}\n"), languages()).ok()?;
        let mut words = Words::new();
        let mut from = 0;
        for (at, op) in &ops {
            push(&mut words, from..(*at).min(shown.as_str().len()), &stack);
            stack.apply(op).ok()?;
            from = *at;
        }
        push(&mut words, from..shown.as_str().len(), &stack);
        lines.push(words);
    }
    Some(lines)
}

fn push(words: &mut Words, bytes: Range<usize>, stack: &ScopeStack) {
    if bytes.is_empty() {
        return;
    }
    let Some(syntax) = stack.as_slice().iter().rev().find_map(|scope| meaning(*scope)).flatten() else {
        return;
    };
    let (start, end) = (bytes.start as u32, bytes.end as u32);
    match words.last_mut() {
        Some((last, same)) if *same == syntax && last.end == start => last.end = end,
        _ => words.push((start..end, syntax)),
    }
}

/// What a scope means, by the names that Sublime Text gives to scopes: the innermost that means anything
/// counts, and some mean that there is nothing to say.
fn meaning(scope: Scope) -> Option<Option<Syntax>> {
    static TABLE: OnceLock<Vec<(Scope, Option<Syntax>)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let row = |(name, syntax): &(&str, Option<Syntax>)| Some((Scope::new(name).ok()?, *syntax));
        MEANINGS.iter().filter_map(row).collect()
    });
    table.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, syntax)| *syntax)
}

/// The first row whose scope is a prefix counts.
const MEANINGS: &[(&str, Option<Syntax>)] = &[
    ("comment", Some(Syntax::Comment)),
    ("punctuation.definition.comment", Some(Syntax::Comment)),
    ("punctuation.definition.string", Some(Syntax::Literal)),
    ("string", Some(Syntax::Literal)),
    ("constant.character.escape", Some(Syntax::Number)),
    ("constant", Some(Syntax::Number)),
    ("keyword.operator.word", Some(Syntax::Keyword)),
    ("keyword.operator.logical", Some(Syntax::Keyword)),
    ("keyword.operator", None),
    ("keyword", Some(Syntax::Keyword)),
    ("storage", Some(Syntax::Keyword)),
    ("entity.name.tag", Some(Syntax::Keyword)),
    ("entity.name.function", Some(Syntax::Function)),
    ("entity.other.attribute-name", Some(Syntax::Function)),
    ("support.function", Some(Syntax::Function)),
    ("variable.function", Some(Syntax::Function)),
    ("support.macro", Some(Syntax::Function)),
    ("entity.name", Some(Syntax::Type)),
    ("support.type.property-name", Some(Syntax::Function)),
    ("support", Some(Syntax::Type)),
    ("variable.language", Some(Syntax::Keyword)),
    ("markup.inserted", Some(Syntax::Literal)),
    ("markup.deleted", Some(Syntax::Number)),
    ("markup.heading", Some(Syntax::Keyword)),
    ("meta.interpolation", None),
    ("source.shell.embedded", None),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Markup;

    fn check(language: &str, code: &str, expected: &[(&str, Syntax)]) {
        let document = Markup::Markdown.parse(&format!("text\n\n```{language}\n{code}\n```\n"), 1);
        let colours = Colours::of(&document, &|| true);
        let words = colours
            .line(1, 0)
            .iter()
            .map(|(bytes, syntax)| (&code[bytes.start as usize..bytes.end as usize], *syntax));
        assert_eq!(words.collect::<Vec<_>>(), expected, "{language}: {code}");
    }

    #[test]
    fn words_are_told_apart() {
        let rust = [("fn", Syntax::Keyword), ("main", Syntax::Function), ("// x", Syntax::Comment)];
        check("rust", "fn main() { // x", &rust);
        check("rust,ignore", "fn main() { // x", &rust);
        check("{.rust}", "fn main() { // x", &rust);
        check(
            "python",
            "x = 'a' if y else 12",
            &[
                ("'a'", Syntax::Literal),
                ("if", Syntax::Keyword),
                ("else", Syntax::Keyword),
                ("12", Syntax::Number),
            ],
        );
        check(
            "toml",
            "a = 1 # b",
            &[("a", Syntax::Keyword), ("1", Syntax::Number), ("# b", Syntax::Comment)],
        );
        check("no-such-language", "fn main() {", &[]);
    }

    #[test]
    fn somebody_who_goes_away_is_not_served() {
        let document = Markup::Markdown.parse("```rust\nfn main() {}\n```\n", 1);
        assert!(Colours::are_in(&document));
        assert!(Colours::of(&document, &|| false).is_empty());
    }
}
