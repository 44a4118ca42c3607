//! What can be set: the config file, the table of actions and their keys, and themes as roles → colours.

pub mod actions;
pub mod file;
pub mod keys;
pub mod theme;
