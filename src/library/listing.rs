//! The files of a library as they were listed, and as they are listed after some of them have changed, came or are gone.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::library::elsewhere::FolderSet;
use crate::library::intake::{self, Looked};
use crate::library::model::{File, Library};
use crate::library::problems::Problem;
use crate::library::shelf::{Changes, Neighbours, Shelved};
use crate::library::walk::{self, Root};

/// The path of a file's folder.
pub(super) fn folder_of(file: &File) -> &Path {
    file.path.parent().unwrap_or(Path::new(""))
}

/// A file as it is listed now: one that was, by its place then, or one that is new or has changed.
#[derive(Clone, Copy)]
pub(super) enum Item {
    Was(usize),
    New(usize),
}

/// The files of a library as they were listed, and as they are listed now.
pub(super) struct Listing<'l> {
    pub(super) library: &'l Library,
    pub(super) root: &'l Arc<Root>,
    pub(super) neighbours: &'l Neighbours,
    /// Which of those that were listed lie below the root.
    pub(super) of_root: Range<usize>,
    /// By number of a file, its place among those that were listed, and the other way round.
    pub(super) listed_at: Vec<usize>,
    pub(super) number_of: Vec<usize>,
    pub(super) now: Vec<Item>,
    /// By place of a file among those that were listed, its place now.
    pub(super) now_at: Vec<Option<usize>>,
    pub(super) new: Vec<Looked>,
    /// The folders of files that have changed, came or are gone.
    pub(super) changed: FolderSet,
}

impl<'l> Listing<'l> {
    /// Reads what has changed or came. `None` where that is no small change of one folder that somebody named, or something stands in
    /// the way of reading it, or did.
    pub(super) fn of(library: &'l Library, changes: &'l Changes, paths: &[PathBuf]) -> Option<Self> {
        /// More are put together anew in the time that it takes to look at each.
        const FEW: usize = 16;
        let Changes { again, gone, come } = changes;
        let shelf = &library.shelf;
        if !shelf.overrides.is_empty() || again.len() + gone.len() + come.len() > FEW {
            return None;
        }
        let there = again.iter().map(|(at, _)| at).chain(gone).map(|at| &shelf.files[*at]);
        let mut roots =
            there.clone().map(|shelved| &shelved.root).chain(come.iter().map(|(_, entry)| &entry.root));
        let root = roots.next()?;
        // Files that somebody named one by one lie in no order.
        if !roots.all(|other| other == root) || !paths.contains(&root.path) {
            return None;
        }
        let start = shelf.files.iter().position(|shelved| shelved.root == *root)?;
        let count = shelf.files[start..].iter().take_while(|shelved| shelved.root == *root).count();
        let mut changed: FolderSet =
            there.map(|shelved| folder_of(&shelved.file).as_os_str().to_owned()).collect();
        let mut new = Vec::new();
        for (_, entry) in again.iter().chain(come) {
            let (looked, faults) = intake::read_alone(entry.clone(), shelf.extent.limits);
            let looked = looked.filter(|_| faults.is_empty())?;
            changed.insert(folder_of(&looked.file).as_os_str().to_owned());
            new.push(looked);
        }
        let is_changed = |problem: &Problem| {
            let there = again.iter().map(|(at, _)| at).chain(gone).map(|at| &shelf.files[*at].file);
            there.chain(new.iter().map(|looked| &looked.file)).any(|file| *file.path == *problem.path)
        };
        if shelf.problems.iter().any(is_changed) {
            return None;
        }
        let (mut now, mut now_at) = (Vec::with_capacity(shelf.files.len() + come.len()), Vec::new());
        let mut came = come.iter().enumerate().peekable();
        for at in 0..=shelf.files.len() {
            while let Some((nth, _)) = came.next_if(|(_, (before, _))| *before == at) {
                now.push(Item::New(again.len() + nth));
            }
            if at == shelf.files.len() {
                break;
            }
            let is_gone = gone.contains(&at);
            now_at.push((!is_gone).then_some(now.len()));
            let again = again.iter().position(|(known, _)| *known == at);
            now.extend((!is_gone).then(|| again.map_or(Item::Was(at), Item::New)));
        }
        let listed_at = library.listed_at();
        if listed_at.len() != shelf.files.len() {
            return None;
        }
        let mut number_of = vec![0; listed_at.len()];
        listed_at.iter().enumerate().for_each(|(id, at)| number_of[*at] = id);
        let (neighbours, of_root) = (shelf.neighbours(root)?, start..start + count);
        Some(Self { library, root, neighbours, of_root, listed_at, number_of, now, now_at, new, changed })
    }

    /// The files that were in some folders, by their places.
    pub(super) fn inside(&self, folders: &FolderSet) -> Vec<usize> {
        let of_root = &self.library.shelf.files[self.of_root.clone()];
        let mut inside: Vec<usize> = Vec::new();
        for folder in folders {
            // As they are listed, those in and below a folder stand together.
            let relative = Path::new(folder).strip_prefix(&self.root.path).unwrap_or(Path::new(""));
            let to_folder = |shelved: &Shelved| walk::as_walked(shelved.file.relative(), relative);
            let start = of_root.partition_point(|shelved| to_folder(shelved).is_lt());
            let end = of_root.partition_point(|shelved| to_folder(shelved).is_le());
            let below = (start..end).filter(|at| folder_of(&of_root[*at].file).as_os_str() == *folder);
            inside.extend(below.map(|at| at + self.of_root.start));
        }
        inside.sort_unstable();
        inside
    }

    /// A file that was there, as it was looked over.
    pub(super) fn looked(&self, at: usize) -> Looked {
        let Shelved { file, root, .. } = &self.library.shelf.files[at];
        let teller = self.library.tellers[self.number_of[at]].as_deref();
        Looked::again(file, root, teller)
    }
}
