//! hallway: a terminal browser for the notes people take at conferences.
//!
//! This page is the plan of the house. The `tidy` test holds what a program can see of it.
//!
//! # The way data takes
//!
//! ```text
//! files ──walk──▶ bytes ──text──▶ clean text ──library──▶ conference › track › talk ──▶ Library (Arc)
//!                                    │                                              │       │
//!                                    └──markup (only what is read)──▶ Document      │       ├─search──▶ hits
//!                                                                        │          │       └─bookmarks─▶ places
//!                                         Document + width ──layout──▶ lines of roles
//!                                                                        │
//!            tui: Event ─▶ Action ─▶ update(&mut Model) ─▶ Effects;   view(&Model) ─▶ Frame
//! ```
//!
//! Loading looks at lines for structure and at nothing else: a talk's markup is parsed, its links
//! are looked for and its words are counted when somebody looks at it; who gave it, and how long its
//! header is, where nothing in its lines could move it in the tree ([`library::sketch`]). The tree, the
//! finder and the bookmarks hold spans into one text per file, never copies of it. What that costs, and how it
//! grows, stands in `docs/performance.md`.
//!
//! # The rooms, in reading order
//!
//! | room | what it is for |
//! |---|---|
//! | [`text`] | bytes → text: encodings, mangled signs, facts about lines, and [`text::SafeText`] |
//! | [`markup`] | text → `Document`, one file per format; `Document` + width → lines of roles; code → its words |
//! | [`library`] | files → the tree, one file per question that is decided by evidence |
//! | [`search`] | one query language; the finder: a few letters → talks, ranked; full text: words → places in talks |
//! | [`bookmarks`] | what a bookmark holds and how changes combine, the files that are kept, finding a place again by evidence, what was read |
//! | [`session`] | where one left off; nothing that matters |
//! | [`config`] | what is set: the raw file → checked settings; the table of actions, and the keymap made of it; themes as roles → colours; editors |
//! | [`report`] | pages, groups, counts, digests, what is related, where links lead, bookmarks with their places: what the screen and the command line both show |
//! | [`cli`] | one file per verb |
//! | [`tui`] | model, update, view; pages, painter, pictures, seeker, worker and vigil, which work off the UI thread; the runtime that owns the terminal, `pick`, and the dialogue of linear mode |
//!
//! A lower room never uses a higher one; `cli` and `tui` know nothing of each other, and neither
//! do `search` and `bookmarks`. `main` is arguments → verb or screen → exit status.
//!
//! # Invariants
//!
//! - **Nothing is lost.** The lines of a file are dealt out: each line that is not blank belongs to
//!   exactly one talk, introduction or piece of furniture ([`library::reading`]).
//! - **Reading notes never fails.** What is at fault in a file is a [`library::problems::Problem`];
//!   the rest is shown. Only named paths that are missing or empty are an error.
//! - **No byte of a note reaches the terminal as a control code.** Widgets and the command line's
//!   terminal output take [`text::SafeText`] and nothing else; on the screen only the canvas writes.
//! - **`update` is pure**: no IO, no terminal, no clock; it returns effects. `view` takes `&Model`.
//!   Where everything stands is one pure function of the size ([`tui::areas`]).
//! - **The library is immutable** and addressed by typed ids, which die on reload. What outlives it
//!   are slugs, paths and quoted lines.
//! - **One table of actions** ([`config::table`]) feeds, through the keymap, dispatch, footer, help, palette and hints, and the
//!   README. A binding that would put other keys out of reach, or lock a person in, is refused.
//! - **What is set says where it came from** ([`config::settings`]); what is wrong in the config file ends a run before it
//!   does anything, and changes nothing in one that goes on.
//! - **The terminal is asked one question and nobody waits for the answer** ([`tui`]'s keyboard takes it out of the keys).
//! - **Notes that change are read again once**, whoever changes them, when the burst is over; folds, cursor and place stay.
//!   One file among many is read alone ([`library::load::load_changed`]), and gives what a load gives; where no other file hears of
//!   what has changed, its talks are exchanged, or their conferences put together anew; where those nearby do, their folders are
//!   decided anew; and the rest of the tree stays. What all others hear is shown before they are read again.
//! - **A quick look finds what the long way finds**, or nothing: no fast path of loading changes the tree.
//! - **Nothing that grows with the library is done for the first frame or on the UI thread**, but what a row costs: notes come
//!   in steps, what is let go of is taken apart aside.
//! - **One queue**, drained before each draw. No timer: when nothing happens nothing runs. A result
//!   carries the generation of its request; stale ones are dropped.
//! - **No key waits for a search.** The seeker answers off the UI thread; a newer question ends the search
//!   for an older one. Keys behind an Enter that waits for its answer are held for what it opens.
//! - **No key waits for a page.** Of a long page what is looked at comes first ([`tui::pages`]); colours and
//!   pictures come when they are ready. A text that takes too long to read is shown as it is written.
//! - **Nothing a note says is opened as it stands.** An address is what a parser made of it, of a few kinds
//!   only, and is shown before it is opened ([`report::destination`]); programs get it as one argument.
//! - **A bookmark is saved when it says so**: locked, re-read, changed by operations, written to a
//!   temporary, flushed, renamed, the folder flushed ([`bookmarks::save`]). What is damaged is kept aside
//!   before anything takes its place ([`bookmarks::kept`]).
//! - **A wrong place is worse than none.** An anchor that no evidence finds is lost, and kept
//!   ([`bookmarks::anchor`]). Places are looked for off the UI thread.
//! - **The terminal is given back** by the end of the loop, by a panic and by a signal, each as
//!   often as it likes; a terminal that is gone ends the process.
//! - Errors are `thiserror` types in the rooms and `anyhow` in `cli`, `tui::runtime` and `main`.
//! - Serde derives only on the files that are kept and on the command line's JSON.
//!
//! # How notes are read
//!
//! Twice over. First each file is looked over by itself: [`library::headings`] finds the lines that
//! are written as headings, [`library::features`] what each of them tells. Then [`library::place`]
//! sees all files together: what folders, index pages, file names and neighbours say. Only now is
//! anything decided: [`library::level`] weighs where a file's talks are, [`library::roles`] gives
//! each heading its part, [`library::reading`] deals the lines out, and each talk is offered titles,
//! speakers, tracks and conferences from every place that names one.
//!
//! Every question is decided by evidence with weights ([`library::evidence`]): a `Tally` where there
//! are a few answers and much that speaks for each, a `Choice` where many places offer one. What was
//! weighed is kept with the talk, and `doctor --explain` prints it. What somebody states in a
//! `hallway.toml` ([`library::overrides`]) beats it all. The words that people use around talks are
//! tables beside [`library::vocabulary`]. No rule names a file, an event or a person.
//!
//! Pages and notebooks become Markdown first ([`markup::derived`]), each line knowing the source
//! line that it came from; above that they are files like the others.
//!
//! # What is deliberately absent
//!
//! An async runtime (threads and a queue are enough), a cache on the disk (reading is fast), and
//! anything that writes to notes.

pub mod bookmarks;
pub mod cli;
pub mod config;
pub mod library;
pub mod markup;
pub mod report;
pub mod search;
pub mod session;
pub mod text;
pub mod tui;
