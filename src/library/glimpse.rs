//! A glimpse of the notes, for a first frame with real rows on it: what one file gives.
//!
//! It is a library like any other and is replaced by the whole one. What a folder says of its files is not heeded yet.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::library::assemble::assemble;
use crate::library::evidence::Reasons;
use crate::library::guard::guarded;
use crate::library::intake::{self, Looked};
use crate::library::load::{Extent, Roots, decide};
use crate::library::model::{BuiltIn, Library};
use crate::library::walk::{Entry, Walk};
use crate::library::{TalkId, builtin, source};

/// How long a glimpse may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// A millisecond or so: whoever asks stands still meanwhile. What may take longer is left alone.
    Little,
    /// As long as it takes.
    Any,
}

impl Patience {
    /// The most names of each folder that are looked at.
    fn names(self) -> usize {
        match self {
            Patience::Little => 128,
            Patience::Any => usize::MAX,
        }
    }

    /// The longest file that is read whole, in bytes.
    fn bytes(self) -> u64 {
        match self {
            Patience::Little => 1 << 20,
            Patience::Any => source::FILE_CAP,
        }
    }
}

/// The file that somebody wants to see first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wished {
    /// Where it is.
    pub path: PathBuf,
    /// What of it, as far as that is known from another time.
    pub part: Option<Part>,
}

/// Where a talk lies in a file, for as long as the file is as long as it was. Then its bytes are those of its text, which were
/// decoded to as many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Its first byte.
    pub start: u64,
    /// The byte behind it.
    pub end: u64,
    /// Its first line, counted from 1.
    pub line: usize,
    /// The bytes of the whole file.
    pub length: u64,
}

impl Part {
    /// Where a talk begins. `None` where its text was derived from a page or a notebook, which cannot be read in part.
    pub fn of(library: &Library, talk: TalkId) -> Option<Self> {
        let span = library.talk(talk).spans.first()?;
        let file = library.file(span.file);
        let (start, end) = (span.bytes().start as u64, span.bytes().end as u64);
        let part = Self { start, end, line: span.line(), length: file.text.len() as u64 };
        file.origin.is_none().then_some(part)
    }
}

/// What can be seen at once.
#[derive(Debug)]
pub struct Glimpse {
    /// What a file gives.
    pub library: Library,
    /// It is the file that is wished, or the first one. Otherwise it is the first of those that there was patience to look at,
    /// in a long folder.
    pub certain: bool,
}

/// What can be seen at once: what the file that is `wished` gives, or else the start of the first one. `None` where there are no
/// talks in it, where only the whole load can tell which file is the first, and where `patience` has an end.
pub fn glimpse(
    roots: &Roots,
    extent: Extent,
    wished: Option<&Wished>,
    patience: Patience,
) -> Option<Glimpse> {
    let (looked, certain) = guarded(|| match roots {
        Roots::Paths(paths) => {
            let on_disk = paths.iter().filter(|path| *path != Path::new("-"));
            let walk = Walk::new(on_disk.cloned().collect(), extent.all);
            match wished.and_then(|wished| Some((walk.entry(&wished.path)?, wished.part))) {
                Some((entry, part)) => Some((read(entry, part, extent, patience)?, true)),
                None => {
                    let (entry, certain) = walk.first(patience.names())?;
                    Some((intake::read_head(entry)?, certain))
                }
            }
        }
        Roots::Builtin => Some((first_of(BuiltIn::Collection)?, true)),
        Roots::Tour => Some((first_of(BuiltIn::Tour)?, true)),
    })??;
    let builtin = match roots {
        Roots::Paths(_) => None,
        Roots::Builtin => Some(BuiltIn::Collection),
        Roots::Tour => Some(BuiltIn::Tour),
    };
    let library = guarded(|| Library { builtin, ..library_of(vec![looked]) })?;
    (!library.talks.is_empty()).then_some(Glimpse { library, certain })
}

/// What files give, whatever else there is.
pub(super) fn library_of(looked: Vec<Looked>) -> Library {
    let decided = decide(looked, &[], Reasons::Dropped, &mut Vec::new(), |_, _| {});
    assemble(decided, Vec::new(), Reasons::Dropped)
}

/// Reads the file that is wished: of a long one what lies around the part that is wished.
fn read(entry: Entry, part: Option<Part>, extent: Extent, patience: Patience) -> Option<Looked> {
    /// So much is read whole, in bytes.
    const SHORT: u64 = 64 << 10;
    let length = entry.path.metadata().ok()?.len();
    let part = part.filter(|part| length > SHORT && length == part.length);
    if let Some(part) = part.filter(|part| part.end.saturating_sub(part.start) <= patience.bytes())
        && let Some(bytes) = around(&entry.path, part)
    {
        return intake::take(entry, Cow::Owned(bytes), &mut Vec::new());
    }
    if length > patience.bytes() {
        return None;
    }
    intake::read_alone(entry, extent.limits).0
}

/// The start of a file, which says what it is about, and what lies around a part of it, with as many empty lines between them
/// as there are lines: each line has the number that it has in the file.
fn around(path: &Path, part: Part) -> Option<Vec<u8>> {
    /// Bytes at the start, before the part, and behind it: some rows and a screen.
    const START: u64 = 2 << 10;
    const BEFORE: u64 = 4 << 10;
    const BEHIND: u64 = 8 << 10;
    let end = part.end.saturating_add(BEHIND).min(part.length);
    let from = part.start.saturating_sub(BEFORE);
    let whole_lines = |bytes: &mut Vec<u8>| {
        let end = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
        bytes.truncate(end);
    };
    let lines = |bytes: &[u8]| memchr::memchr_iter(b'\n', bytes).count();
    if part.start > end {
        return None;
    }
    let near = from <= START;
    let mut bytes = source::read_part(path, if near { 0..end } else { 0..START }).ok()?;
    if !near {
        whole_lines(&mut bytes);
        let window = source::read_part(path, from..end).ok()?;
        let first = memchr::memchr(b'\n', &window)? + 1;
        let above = window.get(first..(part.start - from) as usize)?;
        // Each line that is left out has a byte at least: whatever else a session says is damage.
        let between = part.line.checked_sub(1 + lines(&bytes) + lines(above))?;
        if between as u64 > from {
            return None;
        }
        bytes.resize(bytes.len() + between, b'\n');
        bytes.extend_from_slice(&window[first..]);
    }
    if end < part.length {
        whole_lines(&mut bytes);
    }
    Some(bytes)
}

fn first_of(what: BuiltIn) -> Option<Looked> {
    builtin::files(what).find_map(|file| builtin::read(file).0)
}
