//! The screen.
//!
//! Events come in on one queue; `update` turns each into a changed [`model::Model`] and a list of
//! effects, and does nothing else: no IO, no clock, no terminal. `view` draws a model and changes
//! nothing. `runtime` owns the terminal, the threads and the effects. So a test can play a whole
//! session with key names and look at the screen after each.

pub mod areas;
pub mod effect;
pub mod event;
mod inline;
pub mod marks;
pub mod model;
pub mod overlay;
mod page_search;
pub mod pages;
pub mod pick;
pub mod reader;
pub mod runtime;
pub mod seeker;
mod terminal;
pub mod tree;
pub mod update;
pub mod view;
mod watch;
pub mod worker;
