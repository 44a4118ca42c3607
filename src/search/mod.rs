//! Finding: one query language over titles, people and text.
//!
//! [`Query`] is what was asked, [`Finder`] ranks talks by it.

pub mod complete;
mod crew;
pub mod facet;
pub mod filter;
mod finder;
mod matching;
mod near;
pub mod parts;
pub mod query;
mod rows;
pub mod text;

pub use facet::Marks;
pub use finder::{Fields, Finder, Found, Hit, Index, Narrowed, lit};
pub use parts::Parts;
pub use query::Query;
pub use rows::Field;

use crate::library::Library;

/// The best talks for words that somebody gave in passing, best first.
pub fn quick(library: &Library, words: &str, most: usize) -> Vec<Hit> {
    Finder::new(library, &Index::new(library), &Marks::default()).find(&Query::parse(words), most).hits
}
