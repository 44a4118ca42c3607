//! Finding talks: fuzzy ranking over title, speakers, conference and track.

mod finder;

pub use finder::{Field, Finder, Hit};
