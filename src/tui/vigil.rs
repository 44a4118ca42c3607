//! Watches the bookmarks file, so that an open screen takes up what another hallway has changed.
//!
//! The folder is watched, for a save puts another file in the place of the old one. Nothing runs until
//! something happens there; what comes in a burst is told once.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::bookmarks::save;
use crate::tui::event::Event;
use crate::tui::runtime::Happening;

/// A save is a few changes in a folder; so long is waited for the last of them.
const BURST: Duration = Duration::from_millis(40);

/// Watches a file for as long as the program runs, in a thread of its own: finding the folder, and making it where
/// there is none yet, is nothing that a key should wait for. Where it cannot be watched, what somebody else changes
/// is seen with the next change here.
pub(super) fn over(path: PathBuf, to: Sender<Happening>) -> std::io::Result<()> {
    std::thread::Builder::new().name("vigil".into()).spawn(move || {
        let (changed, changes) = channel();
        let Some(_watcher) = watch(&path, changed) else {
            return;
        };
        // What was changed before the watch began is seen as well.
        while to.send(Event::BookmarksChanged.into()).is_ok() && changes.recv().is_ok() {
            while changes.recv_timeout(BURST).is_ok() {}
        }
    })?;
    Ok(())
}

/// Tells of each change of a file until what is returned is dropped.
fn watch(path: &Path, changed: Sender<()>) -> Option<RecommendedWatcher> {
    let (folder, name) = save::place(path).ok()?;
    let tell = move |event: notify::Result<notify::Event>| {
        let about = |event: &notify::Event| {
            let ours = event.paths.iter().any(|path| path.file_name() == Some(&name));
            ours && (event.kind.is_create() || event.kind.is_modify() || event.kind.is_remove())
        };
        if event.as_ref().is_ok_and(about) {
            // Nobody listens any more when the screen is closed.
            let _ = changed.send(());
        }
    };
    let mut watcher = notify::recommended_watcher(tell).ok()?;
    watcher.watch(&folder, RecursiveMode::NonRecursive).ok()?;
    Some(watcher)
}
