//! Watches files, so that an open screen takes up what others have changed: the bookmarks, the config, the notes.
//!
//! Folders are watched, for a save puts another file in the place of the old one. Nothing runs until something happens
//! there; what comes in a burst is told once. Where folders cannot be watched, they are looked over from time to time,
//! and that is said.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{MetadataKind, ModifyKind};
use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use same_file::Handle;

use crate::bookmarks::save;
use crate::library::walk;
use crate::tui::event::{Changed, Event};
use crate::tui::runtime::Happening;

/// A save is a few changes in a folder; so long is waited for the last of them.
const BURST: Duration = Duration::from_millis(30);

/// A checkout changes many files one after the other; so long is waited for the next.
const CHECKOUT: Duration = Duration::from_millis(120);

/// Whatever goes on changing is told after so long all the same.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often folders are looked over that cannot be watched.
const POLL: Duration = Duration::from_secs(4);

/// Watches a file for as long as the program runs, in a thread of its own: finding the folder, and making it where
/// there is none yet, is nothing that a key should wait for. Where it cannot be watched, what somebody else changes
/// is seen with the next change here. `tell` says what a change comes to; it is asked once at the beginning, for what
/// was changed before the watch began.
pub(super) fn over(
    path: PathBuf,
    to: Sender<Happening>,
    tell: impl Fn() -> Option<Event> + Send + 'static,
) -> std::io::Result<()> {
    std::thread::Builder::new().name("vigil".into()).spawn(move || {
        if let Ok((folder, name)) = save::place(&path) {
            keep_over(&folder, name, &to, &tell);
        }
    })?;
    Ok(())
}

/// As [`over`], for a file whose folder may not be there: it is not made for the sake of a file that nobody has
/// written. Until it is there, the nearest folder above is watched for it.
pub(super) fn over_what_may_come(
    path: PathBuf,
    to: Sender<Happening>,
    tell: impl Fn() -> Option<Event> + Send + 'static,
) -> std::io::Result<()> {
    std::thread::Builder::new().name("vigil".into()).spawn(move || {
        let parent = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let mut first = true;
        while !parent.is_dir() {
            if first {
                tell();
            }
            first = false;
            // The nearest folder that is there, and the next one below it on the way.
            let mut missing = parent.as_path();
            while let Some(above) = missing.parent().filter(|above| !above.is_dir()) {
                missing = above;
            }
            let (changed, changes) = channel();
            let (Some(above), Some(name)) = (missing.parent(), missing.file_name()) else {
                return;
            };
            let Some(_watcher) = watch_name(above, name.to_owned(), changed) else {
                return;
            };
            // It may have come before the watch began.
            if !missing.is_dir() && changes.recv().is_err() {
                return;
            }
        }
        if let Ok((folder, name)) = save::place(&path) {
            keep_over(&folder, name, &to, &tell);
        }
    })?;
    Ok(())
}

/// Tells of the changes of a file in a folder for as long as somebody listens.
fn keep_over(folder: &Path, name: OsString, to: &Sender<Happening>, tell: &dyn Fn() -> Option<Event>) {
    let (changed, changes) = channel();
    let Some(_watcher) = watch_name(folder, name, changed) else {
        return;
    };
    loop {
        if let Some(event) = tell()
            && to.send(event.into()).is_err()
        {
            return;
        }
        if changes.recv().is_err() {
            return;
        }
        while changes.recv_timeout(BURST).is_ok() {}
    }
}

/// A change that is more than a look. Who looks folders over tells of what was written by its time alone.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Modify(ModifyKind::Metadata(MetadataKind::WriteTime)) => true,
        EventKind::Modify(ModifyKind::Metadata(_)) => false,
        kind => kind.is_create() || kind.is_modify() || kind.is_remove(),
    }
}

/// Tells of each change of a file of this name in a folder, until what is returned is dropped.
fn watch_name(folder: &Path, name: OsString, changed: Sender<()>) -> Option<RecommendedWatcher> {
    let tell = move |event: notify::Result<notify::Event>| {
        let ours = |event: &notify::Event| {
            is_change(event.kind) && event.paths.iter().any(|path| path.file_name() == Some(&name))
        };
        if event.as_ref().is_ok_and(ours) {
            // Nobody listens any more when the screen is closed.
            let _ = changed.send(());
        }
    };
    let mut watcher = notify::recommended_watcher(tell).ok()?;
    watcher.watch(folder, RecursiveMode::NonRecursive).ok()?;
    Some(watcher)
}

/// A watch over notes; it ends when this is dropped.
pub(super) struct Vigil {
    _end: Sender<()>,
}

/// Watches notes: of a folder everything in it that may be notes, of a file that file. Where another folder stands in the
/// place of one, or one comes that was not there, that is watched from then on.
pub(super) fn over_notes(paths: Vec<PathBuf>, all: bool, to: Sender<Happening>) -> std::io::Result<Vigil> {
    let (end, ended) = channel();
    std::thread::Builder::new().name("notes vigil".into()).spawn(move || {
        let mut first = true;
        loop {
            let roots: Vec<Root> = paths.iter().filter_map(|path| Root::new(path, all)).collect();
            let (changed, changes) = channel::<Changed>();
            let (_watcher, fault) = watch_by_any_means(&roots, changed);
            let is_another = || roots.iter().any(Root::is_another);
            // It may have come, or gone, before the watch began.
            if is_another() {
                first = false;
                continue;
            }
            if let Some(fault) = fault {
                let _ = to.send(Event::Told(fault).into());
            }
            // What came before the watch began may have been anything.
            if !std::mem::take(&mut first) && to.send(Event::NotesChanged(Changed::Anything).into()).is_err()
            {
                return;
            }
            if keep_watch(&changes, &ended, &to, &is_another) == After::Nothing {
                return;
            }
        }
    })?;
    Ok(Vigil { _end: end })
}

/// Watches roots, or looks them over where they cannot be watched; with what is to be said of it.
fn watch_by_any_means(
    roots: &[Root],
    changed: Sender<Changed>,
) -> (Option<Box<dyn Watcher>>, Option<String>) {
    let tell = {
        let roots = roots.to_vec();
        move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else {
                return;
            };
            // What was missed may have been anything.
            if event.need_rescan() {
                let _ = changed.send(Changed::Anything);
            } else if is_change(event.kind) {
                let as_named = |path: &PathBuf| roots.iter().find_map(|root| root.as_named(path));
                let paths: Vec<PathBuf> = event.paths.iter().filter_map(as_named).collect();
                if !paths.is_empty() {
                    let _ = changed.send(Changed::These(paths));
                }
            }
        }
    };
    let error = match watch_all(roots, tell.clone()) {
        Ok(watcher) => return (Some(watcher), None),
        Err(error) => error,
    };
    let config = Config::default().with_poll_interval(POLL);
    let polling = PollWatcher::new(tell, config).and_then(|mut watcher| {
        roots.iter().try_for_each(|root| watcher.watch(&root.folder, root.depth()))?;
        Ok(watcher)
    });
    let why = match error.kind {
        notify::ErrorKind::MaxFilesWatch => "too many folders to watch".to_owned(),
        notify::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    };
    match polling {
        Ok(watcher) => {
            let how = format!("the notes are looked over every {} s: {why}", POLL.as_secs());
            (Some(Box::new(watcher)), Some(how))
        }
        Err(_) => (None, Some(format!("changes of the notes are not seen: {why}"))),
    }
}

fn watch_all(
    roots: &[Root],
    tell: impl Fn(notify::Result<notify::Event>) + Send + 'static,
) -> Result<Box<dyn Watcher>, notify::Error> {
    let mut watcher = notify::recommended_watcher(tell)?;
    for root in roots {
        watcher.watch(&root.folder, root.depth())?;
    }
    Ok(Box::new(watcher))
}

/// What is to be done when a watch is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    /// There is nobody to watch for, or no way to.
    Nothing,
    /// What is watched is not what the notes are in any more.
    Another,
}

/// Tells once of each burst, until `is_another` says that something else has to be watched.
fn keep_watch(
    changes: &Receiver<Changed>,
    ended: &Receiver<()>,
    to: &Sender<Happening>,
    is_another: &dyn Fn() -> bool,
) -> After {
    while let Ok(first) = changes.recv() {
        let begun = Instant::now();
        let mut changed = first;
        loop {
            // One file is saved in a moment; where there are several, more may follow.
            let one = matches!(&changed, Changed::These(paths) if paths.len() == 1);
            match changes.recv_timeout(if one { BURST } else { CHECKOUT }) {
                Ok(more) => changed = changed.and(more),
                Err(_) => break,
            }
            if begun.elapsed() > PATIENCE {
                break;
            }
        }
        let over = matches!(ended.try_recv(), Err(std::sync::mpsc::TryRecvError::Disconnected));
        if over {
            return After::Nothing;
        }
        if is_another() {
            return After::Another;
        }
        if to.send(Event::NotesChanged(changed).into()).is_err() {
            return After::Nothing;
        }
    }
    After::Nothing
}

/// What is watched for one root.
#[derive(Debug, Clone, PartialEq)]
struct Root {
    /// As it was named.
    given: PathBuf,
    folder: PathBuf,
    /// The folder itself, whatever is called so later. It is held open, so that no other can pass for it.
    held: Option<Arc<Handle>>,
    /// The one file that is meant, of a root that is a file; or what has to come for a root that is not there.
    name: Option<OsString>,
    all: bool,
}

impl Root {
    fn new(path: &Path, all: bool) -> Option<Self> {
        if path.as_os_str() == "-" {
            return None;
        }
        let (folder, name) = match path.canonicalize() {
            Ok(real) if real.is_dir() => (real, None),
            Ok(real) => (real.parent()?.to_path_buf(), Some(real.file_name()?.to_owned())),
            // The nearest folder that is there, and the next one below it on the way.
            Err(_) => {
                let absolute = std::path::absolute(path).ok()?;
                let mut missing = absolute.as_path();
                while !missing.parent()?.is_dir() {
                    missing = missing.parent()?;
                }
                (missing.parent()?.canonicalize().ok()?, Some(missing.file_name()?.to_owned()))
            }
        };
        let held = Handle::from_path(&folder).ok().map(Arc::new);
        Some(Self { given: path.to_path_buf(), folder, held, name, all })
    }

    /// Whether it would be watched elsewhere now.
    fn is_another(&self) -> bool {
        Self::new(&self.given, self.all).as_ref() != Some(self)
    }

    fn depth(&self) -> RecursiveMode {
        if self.name.is_some() { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive }
    }

    /// What lies at a path, as it is named below the root; `None` where it has nothing to do with it.
    fn as_named(&self, path: &Path) -> Option<PathBuf> {
        let below = path.strip_prefix(&self.folder).ok()?;
        match &self.name {
            Some(name) => {
                let this = below.file_name() == Some(name) && below.components().count() == 1;
                this.then(|| self.given.clone())
            }
            None if below.as_os_str().is_empty() => Some(self.given.clone()),
            None => walk::may_be_notes(below, self.all).then(|| self.given.join(below)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_leave_beside_notes_is_no_change_of_them() {
        let root = Root { given: "notes".into(), folder: "/n".into(), held: None, name: None, all: false };
        for (path, about) in [
            ("/n/pycon.md", true),
            ("/n/2017/talk.txt", true),
            ("/n/2018", true),
            ("/n/hallway.toml", true),
            ("/n/.pycon.md.swp", false),
            ("/n/.git/index", false),
            ("/n/pycon.md~", false),
            ("/n/#pycon.md#", false),
            ("/n/bookmarks.json", false),
            ("/n/bookmarks.json.lock", false),
            ("/n/photo.jpg", false),
            ("/elsewhere/pycon.md", false),
        ] {
            let named = about.then(|| Path::new("notes").join(&path[3..]));
            assert_eq!(root.as_named(Path::new(path)), named, "{path}");
        }
        let file = Root { given: "link.md".into(), name: Some("a.md".into()), ..root };
        assert_eq!(file.as_named(Path::new("/n/a.md")), Some("link.md".into()));
        assert_eq!(file.as_named(Path::new("/n/b.md")), None);
    }
}
