//! Bookmarks: the one thing here that cannot be computed again.
//!
//! `model` is what a bookmark holds and how changes combine; `file` saves it so that neither a
//! crash nor another hallway loses one; `anchor` finds a bookmark's place in the notes as they
//! are today; `reading` knows which talks were read; `save` writes any small precious file.

pub mod anchor;
pub mod file;
pub mod model;
pub mod reading;
pub mod save;

pub use model::{Bookmark, Bookmarks, Operation};
