//! Problems: what could not be read, was repaired or was guessed, each with its file and line.
//!
//! Reading notes never fails. Whatever is at fault in a file becomes a row here, and the rest
//! of the notes is shown.

use std::path::PathBuf;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something was put right or assumed; the notes are whole.
    Note,
    /// Something may have been read wrongly.
    Warning,
    /// Something could not be read at all.
    Error,
}

impl Severity {
    /// The word for it, in text and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file or folder, as the person gave it.
    pub path: PathBuf,
    /// The line, counted from 1; `None` when it is about the whole file.
    pub line: Option<usize>,
    /// How much it matters.
    pub severity: Severity,
    /// A stable short name, such as `encoding` or `unreadable`.
    pub code: &'static str,
    /// What happened and, where something can be done, what.
    pub message: String,
}

/// The code of a title that was guessed: the one guess about a file's notes that a person may want to see.
pub(super) const GUESSED_TITLE: &str = "title";

impl Problem {
    /// Whether it is a guess about what was read, and nothing that stood in the way of reading.
    pub(super) fn is_guess(&self) -> bool {
        self.code == GUESSED_TITLE
    }
}
