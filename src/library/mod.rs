//! Files become the tree: conference → track → talk.
//!
//! One file per question. `walk` and `source` find and read files (`first` the one to begin with), `intake` does so on
//! all cores; `headings` finds lines that are written as headings, `quick_look` tells what most of them say; `level`
//! decides which of them are talks; `title`, `speakers`, `links`, `dates`, `fields` and `conference` each answer what their
//! name says; `reading` deals a file's lines out to their owners, `sorted` gives each its conference and track;
//! `assemble` makes one tree of all files, in which talks may wait to be told (`sketch`); a `glimpse` is the tree of one file,
//! for the time until then. When notes change, a file's `voice` is what the others hear of it: where they hear nothing new, its talks
//! are exchanged (`exchange`), or their conferences put together anew (`graft`), and the rest of the tree stays. Guessing is evidence with weights (`evidence`),
//! and the words people use stand in `vocabulary`.
//!
//! Reading notes never fails: what is at fault becomes a [`problems::Problem`].

pub mod assemble;
mod bare_lines;
mod belonging;
mod beside;
mod builtin;
#[cfg(test)]
mod chance;
pub mod conference;
pub mod contents;
mod crew;
pub mod dates;
mod elsewhere;
pub mod evidence;
mod exchange;
pub mod features;
pub mod fields;
pub mod file_name;
mod first;
mod folders;
pub mod front;
pub mod glimpse;
mod graft;
pub mod guard;
mod header;
pub mod headings;
pub mod ids;
mod intake;
mod keys;
pub mod level;
mod lines;
pub mod links;
mod listing;
pub mod load;
pub mod located;
mod mention;
pub mod model;
pub mod names;
mod nearby;
pub mod overrides;
pub mod packed;
mod passing;
pub mod people;
pub mod place;
mod planting;
mod posts;
pub mod problems;
mod quick_look;
pub mod reading;
pub mod roles;
pub mod same;
mod scene;
pub mod shapes;
mod shelf;
mod side;
pub mod sketch;
mod sorted;
pub mod source;
pub mod speakers;
mod spelling;
pub mod styles;
mod telling;
pub mod title;
pub mod vocabulary;
mod voice;
pub mod walk;

pub use model::{
    BuiltIn, Conference, ConferenceId, File, FileId, Introduction, IntroductionId, Library, Span, Speaker,
    Talk, TalkId, Track, TrackId,
};
