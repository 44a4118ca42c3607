//! Bookmarks: the one thing here that cannot be computed again.
//!
//! `model` is what a bookmark holds and how changes combine; `revisit` when one is to be looked at
//! again; `anchor` finds a bookmark's place in the notes as they are today; `file` is the bookmarks
//! file and `reading` knows which talks were read; `kept` reads and changes such a file so that neither
//! a crash nor another hallway loses anything, by the steps of `save`.

pub mod anchor;
pub mod file;
pub mod kept;
pub mod model;
pub mod reading;
pub mod revisit;
pub mod save;

pub use anchor::Anchor;
pub use kept::{FileError, Outcome};
pub use model::{Bookmark, Bookmarks, Change, Operation};
