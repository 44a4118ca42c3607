//! What the screen and the command line both show: pages, groups, counts, what is related, and the words for them.

pub mod bookmarks;
pub mod destination;
pub mod digest;
pub mod glance;
pub mod groups;
mod head;
pub mod outside;
pub mod page;
pub mod related;
pub mod stats;
pub mod times;
pub mod words;
