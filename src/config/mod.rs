//! What can be set: the table of actions and their keys, and themes as roles → colours.

pub mod actions;
pub mod keys;
pub mod theme;
