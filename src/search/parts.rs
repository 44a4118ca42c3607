//! What a talk has: video, slides, code, notes. Looked for when it is first asked.

use std::sync::OnceLock;

use crate::library::links::LinkKind;
use crate::library::{Library, TalkId};
use crate::search::facet::Test;

/// Something that a talk may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A link to a video.
    Video,
    /// A link to slides.
    Slides,
    /// A link to code.
    Code,
    /// Words of its own, beside title, speakers and links.
    Notes,
}

impl Part {
    /// What `has:` knows, in the order of the variants.
    pub const NAMES: [&'static str; 4] = ["video", "slides", "code", "notes"];

    pub(super) fn named(at: usize) -> Test {
        Test::Has([Part::Video, Part::Slides, Part::Code, Part::Notes][at])
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// What each talk of a library has. One byte a talk, filled talk by talk when it is asked for.
#[derive(Debug, Default)]
pub struct Parts {
    known: Vec<OnceLock<u8>>,
}

impl Parts {
    /// Room for a library's talks.
    pub fn new(library: &Library) -> Self {
        Self { known: library.talks.iter().map(|_| OnceLock::new()).collect() }
    }

    /// Whether a talk has a part.
    pub fn has(&self, library: &Library, talk: TalkId, part: Part) -> bool {
        let look = || look(library, talk);
        let found = self.known.get(talk.index()).map_or_else(look, |known| *known.get_or_init(look));
        found & part.bit() > 0
    }
}

fn look(library: &Library, talk: TalkId) -> u8 {
    let mut found = 0;
    for link in library.links(talk) {
        found |= match link.kind {
            LinkKind::Video => Part::Video.bit(),
            LinkKind::Slides => Part::Slides.bit(),
            LinkKind::Code => Part::Code.bit(),
            _ => 0,
        };
    }
    if library.words(talk) > 0 {
        found |= Part::Notes.bit();
    }
    found
}
