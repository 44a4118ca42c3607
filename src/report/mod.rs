//! What the screen and the command line both show: pages, and the words for counts and lengths.

pub mod bookmarks;
pub mod destination;
mod head;
pub mod page;
pub mod times;
pub mod words;
