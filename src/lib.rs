//! hallway
pub mod bookmarks;
pub mod cli;
pub mod config;
pub mod library;
pub mod markup;
pub mod report;
pub mod search;
pub mod text;
pub mod tui;
