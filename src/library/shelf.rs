//! What a library was made of, kept so that notes that change are read again without the others.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::library::assemble::ReadFile;
use crate::library::beside::Siblings;
use crate::library::conference::Named;
use crate::library::contents::Listed;
use crate::library::elsewhere::FolderSet;
use crate::library::file_name::{self, Kind};
use crate::library::intake::{self, Looked};
use crate::library::load::Extent;
use crate::library::model::{File, Library};
use crate::library::place::{Found, Place};
use crate::library::posts::Posts;
use crate::library::problems::Problem;
use crate::library::shapes::Habits;
use crate::library::sketch::Teller;
use crate::library::voice::Voice;
use crate::library::walk::{self, Entry, Root, Walk};
use crate::library::{contents, crew, folders, overrides};

/// The files of a library as they were listed, and what stood in the way.
#[derive(Debug, Default, Clone)]
pub(super) struct Shelf {
    /// The files in the order in which they were listed.
    pub(super) files: Vec<Shelved>,
    /// What was said of folders and files before anything was decided.
    pub(super) problems: Vec<Problem>,
    /// The files that state how notes are read.
    pub(super) overrides: Vec<PathBuf>,
    /// How much may be read.
    pub(super) extent: Extent,
    /// Where files lie, root by root.
    roots: Vec<(Arc<Root>, Arc<Neighbours>)>,
}

/// A file as it was listed.
#[derive(Debug, Clone)]
pub(super) struct Shelved {
    pub(super) file: Arc<File>,
    pub(super) root: Arc<Root>,
    /// What an index page says of it.
    pub(super) listed: Option<Arc<Listed>>,
}

/// Which of a library's files, as they were listed, are to be read again, which are gone, and which came.
#[derive(Default)]
pub(super) struct Changes {
    pub(super) again: Vec<(usize, Entry)>,
    pub(super) gone: Vec<usize>,
    /// Each with the place before which it is listed, in that order.
    pub(super) come: Vec<(usize, Entry)>,
}

/// More files that came are listed with all others in the time that it takes to go to each.
const FEW: usize = 16;

impl Shelf {
    /// Where the files of a root lie. `None` where that root was come to twice.
    pub(super) fn neighbours(&self, root: &Root) -> Option<&Arc<Neighbours>> {
        let mut of_root = self.roots.iter().filter(|(known, _)| **known == *root);
        let (_, neighbours) = of_root.next()?;
        of_root.next().is_none().then_some(neighbours)
    }

    /// The same, to be told that something else holds now.
    pub(super) fn neighbours_mut(&mut self, root: &Root) -> Option<&mut Arc<Neighbours>> {
        self.roots.iter_mut().find(|(known, _)| **known == *root).map(|(_, neighbours)| neighbours)
    }

    /// Keeps what was decided of where the files lie.
    pub(super) fn remember(&mut self, looked: &[Looked], places: &[Place]) {
        self.roots.clear();
        for (shelved, place) in self.files.iter_mut().zip(places) {
            shelved.listed.clone_from(&place.listed);
        }
        let mut rest = places;
        for of_root in looked.chunk_by(|a, b| a.root == b.root) {
            let (of_this, others) = rest.split_at(of_root.len());
            let all: Vec<Lying> = of_root.iter().map(|looked| &looked.file).zip(of_this).collect();
            let neighbours = Neighbours::of(&all).into();
            self.roots.extend(of_root.first().map(|first| (Arc::clone(&first.root), neighbours)));
            rest = others;
        }
    }

    /// What changes of these paths below `roots` come to. `None` where they do not tell what there is now: a folder changed, or
    /// how notes are to be read.
    pub(super) fn changes(&self, roots: &[PathBuf], changed: &[PathBuf]) -> Option<Changes> {
        let mut changes = Changes::default();
        // Each once, however often it is named.
        let mut changed: Vec<&PathBuf> = changed.iter().collect();
        changed.sort_unstable();
        changed.dedup();
        for path in changed {
            if path.file_name().is_some_and(|name| name == overrides::NAME) {
                return None;
            }
            let known =
                self.files.iter().position(|Shelved { file, .. }| file.path.as_os_str() == path.as_os_str());
            match (known, path.metadata()) {
                (Some(at), Ok(about)) if about.is_file() => changes.again.push(self.again(at)),
                (Some(at), _) => changes.gone.push(at),
                // What was said of something that is gone is said no more.
                (None, Err(_)) if self.problems.iter().any(|problem| problem.path.starts_with(path)) => {
                    return None;
                }
                // A folder, or something that was there for a moment.
                (None, Err(_)) => changes.gone.extend(self.in_folder(path)),
                (None, Ok(about)) if about.is_dir() => self.look_into(roots, path, &mut changes)?,
                (None, Ok(_)) => changes.come.extend(self.come(roots, path)?),
            }
            if changes.come.len() > FEW {
                return None;
            }
        }
        changes.again.sort_unstable_by_key(|(at, _)| *at);
        changes.again.dedup_by_key(|(at, _)| *at);
        changes.gone.sort_unstable();
        changes.gone.dedup();
        changes.come.sort_by(|(_, a), (_, b)| walk::as_walked(a.relative(), b.relative()));
        changes.come.dedup_by(|(_, a), (_, b)| a.path == b.path);
        Some(changes)
    }

    /// A file that is to be read again.
    fn again(&self, at: usize) -> (usize, Entry) {
        let Shelved { file, root, .. } = &self.files[at];
        (at, Entry { path: file.path.clone(), root: Arc::clone(root) })
    }

    /// The files that were in and below a folder.
    fn in_folder(&self, folder: &Path) -> impl Iterator<Item = usize> {
        // The paths of one load are written alike.
        let bytes = folder.as_os_str().as_encoded_bytes();
        let is_inside = move |file: &File| {
            let below = file.path.as_os_str().as_encoded_bytes().strip_prefix(bytes);
            below.and_then(<[u8]>::first).is_some_and(|byte| std::path::is_separator(char::from(*byte)))
        };
        self.files.iter().enumerate().filter(move |(_, shelved)| is_inside(&shelved.file)).map(|(at, _)| at)
    }

    /// A folder that came, or of which it is not known what has changed in it.
    fn look_into(&self, roots: &[PathBuf], folder: &Path, changes: &mut Changes) -> Option<()> {
        let [root] = roots else {
            return None;
        };
        let known: Vec<usize> = self.in_folder(folder).collect();
        if known.len() > FEW {
            return None;
        }
        let mut there = walk::files_in(root, folder, self.extent.all);
        // A walk has more to say of these.
        let is_override = |path: &PathBuf| path.file_name().is_some_and(|name| name == overrides::NAME);
        if there.iter().any(|path| is_override(path) || walk::is_source_code(path)) {
            return None;
        }
        for at in known {
            match there.iter().position(|path| path.as_os_str() == self.files[at].file.path.as_os_str()) {
                Some(nth) => {
                    there.swap_remove(nth);
                    changes.again.push(self.again(at));
                }
                None => changes.gone.push(at),
            }
        }
        there.retain(|path| walk::may_be_notes(path.strip_prefix(root).unwrap_or(path), self.extent.all));
        if there.len() > FEW {
            return None;
        }
        for path in there {
            changes.come.extend(self.come(roots, &path)?);
        }
        Some(())
    }

    /// A file that came, and where it is listed; nothing where its owner has told to leave it out, as a walk does. `None` where it
    /// takes a walk to tell.
    fn come(&self, roots: &[PathBuf], path: &Path) -> Option<Option<(usize, Entry)>> {
        let [root] = roots else {
            return None;
        };
        // There may be no room for it.
        let read: u64 = self.files.iter().map(|shelved| shelved.file.text.len() as u64).sum();
        if !self.overrides.is_empty() || read >= self.extent.limits.all {
            return None;
        }
        let entry = Walk::new(roots.to_vec(), self.extent.all).entry(path)?;
        if !root.is_dir() {
            return None;
        }
        if !walk::comes_to(root, path, self.extent.all) {
            return Some(None);
        }
        let is_before = |file: &File| walk::as_walked(file.relative(), entry.relative()).is_lt();
        Some(Some((self.files.partition_point(|shelved| is_before(&shelved.file)), entry)))
    }

    /// What reading the files again comes to, where only these paths have changed: the files among them are
    /// read, the others are as they were.
    pub(super) fn with(
        &self,
        library: &Library,
        changes: Changes,
        changed: &[PathBuf],
    ) -> (Vec<Looked>, Shelf) {
        let mut files: Vec<Option<&Shelved>> = self.files.iter().map(Some).collect();
        // Nothing of what they were is of use.
        changes.again.iter().map(|(at, _)| at).chain(&changes.gone).for_each(|at| files[*at] = None);
        let is_changed = |path: &Path| changed.iter().any(|c| c.as_os_str() == path.as_os_str());
        let mut problems: Vec<Problem> =
            self.problems.iter().filter(|problem| !is_changed(&problem.path)).cloned().collect();
        let mut looked: Vec<Option<Looked>> = known(library, &files);
        for (at, entry) in changes.again {
            let (file, faults) = intake::read_alone(entry, self.extent.limits);
            looked[at] = file;
            problems.extend(faults);
        }
        for (at, entry) in changes.come.into_iter().rev() {
            let (file, faults) = intake::read_alone(entry, self.extent.limits);
            looked.insert(at, file);
            problems.extend(faults);
        }
        let looked: Vec<Looked> = looked.into_iter().flatten().collect();
        let shelf = Shelf::of(&looked, problems, self.overrides.clone(), self.extent);
        (looked, shelf)
    }

    /// What is to be kept of files that were looked over.
    pub(super) fn of(
        looked: &[Looked],
        problems: Vec<Problem>,
        overrides: Vec<PathBuf>,
        extent: Extent,
    ) -> Self {
        let file =
            |l: &Looked| Shelved { file: Arc::clone(&l.file), root: Arc::clone(&l.root), listed: None };
        Shelf { files: looked.iter().map(file).collect(), problems, overrides, extent, ..Shelf::default() }
    }
}

/// What files hear of each other, kept once for each folder and once for all: what their places have in common, for those that
/// need their own no more, and what has been counted.
#[derive(Debug, Default, Clone)]
pub(super) struct Neighbours {
    folders: HashMap<PathBuf, Neighbour>,
    pub(super) habits: Arc<Habits>,
    pub(super) posts: Posts,
    /// The pages that lead to other files, or may.
    pub(super) pages: Vec<Arc<File>>,
}

/// What the files of a folder have in common.
#[derive(Debug, Clone)]
pub(super) struct Neighbour {
    /// The first of the files.
    pub(super) first: Arc<File>,
    /// Its place.
    place: Arc<Place>,
    /// How many files there are.
    pub(super) inside: usize,
    /// No index page and no other file says anything of one of them.
    plain: bool,
    /// An index page is among them.
    pub(super) indexed: bool,
}

impl Neighbour {
    /// The place of a file of the folder, but for what its own text and pages that lead to it say.
    pub(super) fn place(&self, relative: &Path) -> Place {
        match self.inside {
            1 => (*self.place).clone(),
            _ => folders::place_beside(&self.place, relative),
        }
    }

    /// The conference that the collection is named for.
    pub(super) fn collection(&self) -> Arc<Named> {
        Arc::clone(&self.place.collection)
    }

    /// The conference that the folder names.
    pub(super) fn conference(&self) -> Option<&Named> {
        self.place.conference.as_deref()
    }

    /// How the files hold their talks.
    pub(super) fn siblings(&self) -> &Arc<Siblings> {
        &self.place.siblings.files
    }
}

/// A file and where it lies.
type Lying<'f> = (&'f Arc<File>, &'f Place);

impl Neighbours {
    fn of(files: &[Lying]) -> Self {
        let habits = files.first().map(|(_, place)| Arc::clone(&place.habits)).unwrap_or_default();
        let mut all = Self { habits, ..Self::default() };
        // Files of a folder that were found their places together share one count. (Where they do not, the folder is
        // come to once more.)
        let are_beside = |(_, a): &Lying, (_, b): &Lying| Arc::ptr_eq(&a.siblings.files, &b.siblings.files);
        for of_folder in files.chunk_by(are_beside) {
            let [(first, place), ..] = *of_folder else {
                continue;
            };
            let said = |place: &Place| place.listed.is_some() || place.retells || place.aside.is_some();
            let folder = first.path.parent().unwrap_or(Path::new(""));
            let new = || Neighbour {
                first: Arc::clone(first),
                place: Arc::new(Place::clone(place)),
                inside: 0,
                plain: true,
                indexed: false,
            };
            let known = all.folders.entry(folder.to_path_buf()).or_insert_with(new);
            known.inside += of_folder.len();
            for (file, place) in of_folder {
                let is_index = place.name.kind == Kind::Index;
                known.plain &= !said(place);
                known.indexed |= is_index;
                all.pages.extend((is_index || place.leads).then(|| Arc::clone(file)));
                all.posts.count(place.post, 1);
            }
        }
        all
    }

    /// What is kept of each folder.
    pub(super) fn folders(&self) -> impl Iterator<Item = (&Path, &Neighbour)> {
        self.folders.iter().map(|(folder, known)| (&**folder, known))
    }

    /// What is kept of a file's folder.
    pub(super) fn of_folder(&self, file: &File) -> Option<&Neighbour> {
        self.folders.get(file.path.parent()?)
    }

    /// Takes another count of how the files beside one hold their talks.
    pub(super) fn count_again(&mut self, file: &File, siblings: &Arc<Siblings>) {
        if let Some(known) = file.path.parent().and_then(|folder| self.folders.get_mut(folder)) {
            Arc::make_mut(&mut known.place).siblings.files = Arc::clone(siblings);
        }
    }

    /// The same where these files lie in some folders now, in whose place nothing is known of others.
    pub(super) fn exchanged(&self, folders: &FolderSet, files: &[ReadFile], found: &Found) -> Self {
        let is_outside =
            |folder: Option<&Path>| !folder.is_some_and(|folder| folders.contains(folder.as_os_str()));
        let all: Vec<Lying> = files.iter().map(|read| (&read.file, &*read.place)).collect();
        let Self { folders: inside, pages, .. } = Self::of(&all);
        let mut now = self.clone();
        now.folders.retain(|folder, _| is_outside(Some(folder)));
        now.folders.extend(inside);
        now.pages.retain(|page| is_outside(page.path.parent()));
        now.pages.extend(pages);
        (now.habits, now.posts) = (Arc::clone(&found.habits), found.posts);
        now
    }

    /// The same where a file says something else now, came or is gone. `None` where one of the others may hear of it.
    pub(super) fn with(&self, file: &File, old: Option<&Voice>, new: Option<&Voice>) -> Option<Self> {
        let mut now = self.clone();
        let folder = now.folders.get_mut(file.path.parent()?)?;
        let comes_or_goes = old.is_some() != new.is_some();
        let inside =
            folder.inside.checked_add_signed(isize::from(new.is_some()) - isize::from(old.is_some()))?;
        // Two others lie beside one that comes or goes, so nobody is alone in the folder, before or then.
        if !folder.plain || comes_or_goes && inside.min(folder.inside) < 2 {
            return None;
        }
        let before = Arc::clone(folder.siblings());
        let mut siblings = (*before).clone();
        let habits = Arc::make_mut(&mut now.habits);
        for (voice, by) in old.map(|voice| (voice, -1)).into_iter().chain(new.map(|voice| (voice, 1))) {
            siblings.count(voice.name.kind, &voice.vote, by);
            habits.count(&voice.vote.habits, by > 0);
            now.posts.count(voice.post, by);
        }
        let siblings = Arc::new(siblings);
        folder.inside = inside;
        Arc::make_mut(&mut folder.place).siblings.files = Arc::clone(&siblings);
        // A page may lead to it, or say its first words again.
        let first = [old, new].map(|voice| voice.and_then(|voice| voice.first));
        let firsts = first.into_iter().flatten().filter(|_| comes_or_goes || first[0] != first[1]);
        let stem = file_name::stem(file.relative());
        let mut names: Vec<&str> = firsts.collect();
        if let Some(voice) = old.or(new).filter(|_| comes_or_goes) {
            names.extend([&*stem, &*voice.name.text]);
        }
        let unheard = Siblings::say_the_same(&before, &siblings)
            && now.habits == self.habits
            && now.posts.are_mixed() == self.posts.are_mixed()
            && !contents::may_say(&self.pages, file.relative().parent()?, &names);
        unheard.then_some(now)
    }
}

/// What is known of files. Those whose talks wait to be told are as they were looked over; the others, which
/// are short, are looked over again, from their texts.
fn known(library: &Library, files: &[Option<&Shelved>]) -> Vec<Option<Looked>> {
    // Files are the same when they are one in memory.
    let address = |file: &Arc<File>| Arc::as_ptr(file).addr();
    let tellers: HashMap<usize, &Teller> =
        library.tellers.iter().flatten().map(|teller| (address(&teller.file), &**teller)).collect();
    let bytes = crew::bytes(library.files.iter().map(|file| file.text.len()));
    crew::map(files, bytes, |file| {
        let Shelved { file, root, .. } = (*file)?;
        Some(Looked::again(file, root, tellers.get(&address(file)).copied()))
    })
}
