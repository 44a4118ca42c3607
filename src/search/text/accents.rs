//! Accents: the characters of a text that are not ASCII and that folding turns into it.
//!
//! They are few in most notes, and a search that knows where they are need not look at every letter
//! for them.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::fold::{fold_char, level};

/// Folds a character, or only levels it where case counts. White space of any kind is a space.
pub(super) fn unfold(c: char, cased: bool, push: impl FnMut(char)) {
    let mut push = push;
    let space = |c: char| if c.is_whitespace() { ' ' } else { c };
    match cased {
        true => level(c, |c| push(space(c))),
        false => fold_char(c, |c| push(space(c))),
    }
}

/// Scripts whose letters are never folded to ASCII, so that nothing need be looked up.
fn is_far_from_ascii(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{1cff}' | '\u{2e80}'..='\u{a6ff}' | '\u{ac00}'..='\u{d7ff}' | '\u{e000}'..='\u{faff}')
        && !matches!(c, '\u{483}'..='\u{489}' | '\u{591}'..='\u{7ff}' | '\u{3000}' | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}' | '\u{3200}'..='\u{33ff}')
        || matches!(c, '…' | '•' | '‣' | '→' | '·')
}

/// The characters of a text that are not ASCII, and where they stand. Runs of ASCII are passed over
/// thirty-two bytes at a time.
pub(super) fn wide_chars(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            match bytes.get(at..at + 32) {
                Some(run) if run.is_ascii() => at += 32,
                _ if bytes[at].is_ascii() => at += 1,
                _ => {
                    let c = text[at..].chars().next()?;
                    let start = at;
                    at += c.len_utf8();
                    return Some((start, c));
                }
            }
        }
        None
    })
}

/// Where the accents of a text are: characters that are not ASCII and may be folded to a letter, or to
/// nothing. Known once for a file, a search need not look at every letter for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accents {
    /// The text is all ASCII.
    Ascii,
    /// At these bytes, in order.
    At(Box<[u32]>),
    /// At so many that they are better looked for than kept.
    Many,
}

/// More accents than one in so many bytes are not kept, so that they take a sixteenth of the text at
/// most.
const FEW: usize = 64;

impl Accents {
    /// Looks for them.
    pub fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Accents::Ascii;
        }
        let all = wide_chars(text).filter(|(_, c)| may_be_letter(*c)).map(|(at, _)| at as u32);
        let all: Vec<u32> = all.take(text.len() / FEW + 1).collect();
        if all.len() > text.len() / FEW { Accents::Many } else { Accents::At(all.into()) }
    }

    /// Those of a part of the text.
    pub fn within(&self, range: Range<usize>) -> Within<'_> {
        match self {
            Accents::Ascii => Within::Ascii,
            Accents::Many => Within::Many,
            Accents::At(all) => {
                let from = all.partition_point(|at| (*at as usize) < range.start);
                let to = all.partition_point(|at| (*at as usize) < range.end);
                Within::At(&all[from..to], range.start)
            }
        }
    }

    /// The bytes they take in memory.
    pub fn bytes(&self) -> usize {
        if let Accents::At(all) = self { all.len() * size_of::<u32>() } else { 0 }
    }
}

/// Where the accents of a stretch of text are.
#[derive(Debug, Clone, Copy)]
pub enum Within<'a> {
    /// It is all ASCII.
    Ascii,
    /// At these bytes less the second number.
    At(&'a [u32], usize),
    /// They are to be looked for.
    Many,
}

impl Within<'_> {
    /// Of a text about which nothing is known.
    pub fn unknown(text: &str) -> Self {
        if text.is_ascii() { Within::Ascii } else { Within::Many }
    }
}

/// What a character that is not ASCII starts with once it is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    /// Something that is not ASCII either.
    Never,
    /// Nothing: it belongs to the letter before it.
    Mark,
    /// This, with more behind it or not.
    Ascii(char, bool),
}

/// Folding looks a character up in Unicode's tables, which takes longer than all the rest; the letters of
/// Europe are looked up once.
pub(super) fn first_letter(c: char) -> First {
    static EUROPE: LazyLock<Vec<First>> = LazyLock::new(|| ('\u{80}'..'\u{250}').map(look_up).collect());
    match c {
        '\u{80}'..'\u{250}' => EUROPE[c as usize - 0x80],
        '‘' | '’' => First::Ascii('\'', false),
        '“' | '”' => First::Ascii('"', false),
        '–' | '—' => First::Ascii('-', false),
        c if is_far_from_ascii(c) => First::Never,
        c => look_up(c),
    }
}

fn look_up(c: char) -> First {
    let mut first = First::Mark;
    unfold(c, false, |letter| {
        first = match first {
            First::Mark if letter.is_ascii() => First::Ascii(letter, false),
            First::Mark => First::Never,
            First::Ascii(first, _) => First::Ascii(first, true),
            First::Never => First::Never,
        };
    });
    first
}

fn may_be_letter(c: char) -> bool {
    match first_letter(c) {
        First::Never => false,
        First::Mark => true,
        First::Ascii(letter, more) => more || letter.is_alphanumeric(),
    }
}
