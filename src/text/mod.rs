//! Bytes become text here, and text becomes fit for a terminal.
//!
//! This is the lowest room: it knows nothing of notes, talks or screens, and does no IO.

pub mod address;
pub(crate) mod block;
pub mod decode;
pub mod fold;
pub mod kept;
pub mod line;
pub mod mojibake;
pub mod safe;
pub mod signs;
pub mod width;
pub(crate) mod word_table;

pub use safe::SafeText;
