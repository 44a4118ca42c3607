//! The files of some folders at one time, each read where it lies: before a change, or after it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::library::assemble::{Agreed, ReadFile};
use crate::library::conference::Named;
use crate::library::contents::Listed;
use crate::library::crew;
use crate::library::elsewhere::Elsewhere;
use crate::library::evidence::Reasons;
use crate::library::file_name;
use crate::library::folders;
use crate::library::intake::Looked;
use crate::library::level::Answer;
use crate::library::listing::folder_of;
use crate::library::load::{read_there, surveyed};
use crate::library::model::{File, FileId};
use crate::library::place::{self, Found, Surveyed};
use crate::library::sorted::Sorted;
use crate::library::vocabulary;

/// The files in some folders at one time.
pub(super) struct Side {
    /// Where each is listed at that time.
    pub(super) at: Vec<usize>,
    pub(super) read: Vec<ReadFile>,
    pub(super) found: Found,
    /// What index pages name, by the path of their folder below the root.
    pub(super) indexes: HashMap<PathBuf, Named>,
}

impl Side {
    /// Finds these files their places, with what is known of those elsewhere, and reads them there. `None` where one could not be
    /// understood.
    pub(super) fn of(at: Vec<usize>, looked: Vec<Looked>, elsewhere: &Elsewhere) -> Option<Self> {
        let named = |looked: &Looked| {
            let Looked { file, root, survey, .. } = looked;
            let surveyed = Surveyed { relative: file.relative(), root, text: &file.text, survey };
            let is_index = vocabulary::is_index(&file_name::stem(file.relative()));
            let named = is_index.then(|| folders::index_names(&surveyed)).flatten()?;
            Some((file.relative().parent().unwrap_or(Path::new("")).to_path_buf(), named))
        };
        let indexes = looked.iter().filter_map(named).collect();
        let mut found = place::places_among(&surveyed(&looked), Some(elsewhere), Reasons::Dropped);
        let bytes = crew::bytes(looked.iter().map(|looked| looked.file.text.len()));
        let places = std::mem::take(&mut found.places);
        let (read, faults) = read_there(looked, places, bytes, Reasons::Dropped, |_, read| read);
        faults.is_empty().then_some(Self { at, read, found, indexes })
    }

    /// The files with what belongs to which conference, numbered as they come.
    pub(super) fn sorted(&self, agreed: &Agreed) -> Vec<Sorted> {
        let all = self.read.iter().enumerate();
        all.map(|(nth, read)| agreed.sort(read.clone(), FileId(nth as u32), Reasons::Dropped)).collect()
    }

    /// How many files lie in and below a folder.
    pub(super) fn below(&self, folder: &Path) -> usize {
        self.read.iter().filter(|read| read.file.relative().starts_with(folder)).count()
    }

    /// By depth, how many folders hold nothing but one nameless file.
    pub(super) fn nameless(&self) -> HashMap<usize, usize> {
        let mut nameless = HashMap::new();
        let of_folder = |a: &ReadFile, b: &ReadFile| folders::are_beside(&a.file.path, &b.file.path);
        let mut inside: HashMap<&Path, Vec<&File>> = HashMap::new();
        for of_folder in self.read.chunk_by(of_folder) {
            let files = of_folder.iter().map(|read| &*read.file);
            inside.entry(folder_of(&of_folder[0].file)).or_default().extend(files);
        }
        for files in inside.values() {
            if let [alone] = files[..]
                && folders::is_nameless(&file_name::read(alone.relative()))
            {
                *nameless.entry(alone.relative().components().count() - 1).or_default() += 1;
            }
        }
        nameless
    }
}

/// What an index page says of a file that is one talk: that has a say in its order.
pub(super) fn ordered(read: &ReadFile) -> Option<&Arc<Listed>> {
    read.place.listed.as_ref().filter(|_| read.reading.decision.answer == Some(Answer::Whole))
}
