//! What is known of the files of a root that are not looked at again: as much as has a say in where others lie.

use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::library::conference::Named;
use crate::library::contents::Listed;
use crate::library::file_name;
use crate::library::folders;
use crate::library::model::File;
use crate::library::place::{Place, Surveyed};
use crate::library::posts::Posts;
use crate::library::reading;
use crate::library::shapes::Habits;
use crate::library::shelf::Neighbours;
use crate::library::vocabulary;
use crate::library::walk::{self, Root};

/// Folders, by their paths as the person gave them.
pub(super) type FolderSet = HashSet<OsString, foldhash::fast::RandomState>;

/// What the files outside of some folders say, and what has been counted of them. Folders are paths below the root.
#[derive(Default)]
pub(super) struct Elsewhere {
    /// The conference that the collection is named for; `None` where it is those in the folders who say.
    pub(super) collection: Option<Arc<Named>>,
    /// How many of them lie in and below folders on the way to the others.
    pub(super) below: HashMap<PathBuf, usize>,
    /// By depth, how many folders hold nothing but one of them, which is nameless.
    pub(super) nameless: HashMap<usize, usize>,
    /// What the index pages on the way to the others name.
    pub(super) indexes: HashMap<PathBuf, Named>,
    pub(super) posts: Posts,
    pub(super) habits: Habits,
    /// What pages among them say of the others, each by its path below the root.
    pub(super) listed: HashMap<PathBuf, Arc<Listed>>,
}

impl Elsewhere {
    /// What is known of the files outside of these folders. What has been counted of posts and titles, and what pages say, is
    /// left to be told.
    pub(super) fn of(neighbours: &Neighbours, root: &Root, folders: &FolderSet) -> Self {
        let mut elsewhere = Self::default();
        let below = |folder: &OsString| Path::new(folder).strip_prefix(&root.path).map(Path::to_path_buf);
        let inside: Vec<PathBuf> = folders.iter().filter_map(|folder| below(folder).ok()).collect();
        let above: HashSet<&OsStr> =
            inside.iter().flat_map(|folder| folder.ancestors()).map(Path::as_os_str).collect();
        let outside = neighbours.folders().filter(|(folder, _)| !folders.contains(folder.as_os_str()));
        let mut lone: Vec<&Arc<File>> = Vec::new();
        for (_, neighbour) in outside {
            let relative = neighbour.first.relative();
            let folder = relative.parent().unwrap_or(Path::new(""));
            for above in folder.ancestors().filter(|folder| above.contains(folder.as_os_str())) {
                *elsewhere.below.entry(above.to_path_buf()).or_default() += neighbour.inside;
            }
            if neighbour.inside == 1 && folders::is_nameless(&file_name::read(relative)) {
                *elsewhere.nameless.entry(folder.components().count()).or_default() += 1;
                lone.push(&neighbour.first);
            }
            elsewhere.collection.get_or_insert_with(|| neighbour.collection());
        }
        if inside.iter().any(|folder| folder.as_os_str().is_empty()) {
            elsewhere.collection = None;
        }
        for page in neighbours.pages.iter().chain(lone) {
            let folder = page.relative().parent().unwrap_or(Path::new(""));
            let looked_at = page.path.parent().is_some_and(|folder| folders.contains(folder.as_os_str()));
            let counts = above.contains(folder.as_os_str()) && !looked_at;
            if counts && vocabulary::is_index(&file_name::stem(page.relative())) {
                let survey = reading::survey(&page.text, page.relative());
                let surveyed =
                    Surveyed { relative: page.relative(), root, text: &page.text, survey: &survey };
                let named = folders::index_names(&surveyed);
                elsewhere.indexes.extend(named.map(|named| (folder.to_path_buf(), named)));
            }
        }
        elsewhere
    }

    /// What pages among them say of files, beside what is said already: of each the first page has the say.
    pub(super) fn have_a_say(&self, files: &[Surveyed], places: &mut [Place]) {
        for (file, place) in files.iter().zip(places).filter(|_| !self.listed.is_empty()) {
            let Some(said) = self.listed.get(file.relative) else {
                continue;
            };
            let is_first = |own: &Arc<Listed>| walk::as_walked(&own.page, &said.page).is_lt();
            if !place.listed.as_ref().is_some_and(is_first) {
                place.listed = Some(Arc::clone(said));
            }
        }
    }
}
