//! What can be set: the config file, the table of actions and their keys, and themes as roles → colours.

pub mod actions;
pub mod colour;
pub mod editor;
pub mod file;
pub mod keymap;
pub mod keys;
mod raw;
pub mod schema;
pub mod settings;
pub mod table;
pub mod terminal;
pub mod theme;
