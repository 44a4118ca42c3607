//! Watches the bookmarks file, so that an open screen takes up what another hallway has changed.
//!
//! The folder is watched, for a save puts another file in the place of the old one. Nothing runs until
//! something happens there; what comes in a burst is told once.

use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::bookmarks::save;
use crate::tui::event::Event;
use crate::tui::runtime::Happening;

/// A save is a few changes in a folder; so long is waited for the last of them.
const BURST: Duration = Duration::from_millis(40);

/// Watches a file until what is returned is dropped; `None` where that cannot be done.
pub(super) fn over(path: &Path, to: Sender<Happening>) -> Option<RecommendedWatcher> {
    let (folder, name) = save::place(path).ok()?;
    let (changed, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let about = |event: &notify::Event| {
            let ours = event.paths.iter().any(|path| path.file_name() == Some(&name));
            ours && (event.kind.is_create() || event.kind.is_modify() || event.kind.is_remove())
        };
        if event.as_ref().is_ok_and(about) {
            // Nobody listens any more when the screen is closed.
            let _ = changed.send(());
        }
    })
    .ok()?;
    watcher.watch(&folder, RecursiveMode::NonRecursive).ok()?;
    let tell = move || {
        while changes.recv().is_ok() {
            while changes.recv_timeout(BURST).is_ok() {}
            if to.send(Event::BookmarksChanged.into()).is_err() {
                return;
            }
        }
    };
    std::thread::Builder::new().name("vigil".into()).spawn(tell).ok()?;
    Some(watcher)
}
