//! The screen.
//!
//! Events come in on one queue; `update` turns each into a changed [`model::Model`] and a list of
//! effects, and does nothing else: no IO, no clock, no terminal. `view` draws a model and changes
//! nothing. `runtime` owns the terminal, the threads and the effects. So a test can play a whole
//! session with key names and look at the screen after each.

#![cfg_attr(not(unix), allow(dead_code, reason = "signals, and a keyboard that is read by hand, are Unix's"))]

pub mod areas;
pub mod effect;
pub mod event;
pub mod hints;
pub mod history;
mod inline;
mod keyboard;
pub mod linear;
pub mod marks;
pub mod menu;
pub mod model;
pub mod overlay;
mod page_search;
pub mod pages;
mod painter;
mod perform;
pub mod pick;
pub mod pictures;
pub mod reader;
pub mod runtime;
pub mod seeker;
pub mod selection;
#[cfg(unix)]
mod sent;
mod terminal;
pub mod tree;
pub mod update;
pub mod view;
mod vigil;
mod watch;
pub mod worker;
