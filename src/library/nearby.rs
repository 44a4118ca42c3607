//! Changes that files nearby hear of: what lies in a few folders is decided anew, and the rest of the tree stays.
//!
//! What a file says is heard in its folder: how most of the files hold their talks. What an index page says is heard by the
//! files that it leads to, and in the folders below it. So the folders of the files that have changed are looked at as they were and
//! as they are, and any other folder of which a file may hear of the difference, or speaks of one of their conferences, until none
//! outside does. Where all files would hear, or that comes to too many, the notes are put together anew.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::library::assemble::{Agreed, ReadFile};
use crate::library::conference::Named;
use crate::library::contents::{self, Listed};
use crate::library::crew;
use crate::library::elsewhere::{Elsewhere, FolderSet};
use crate::library::evidence::Reasons;
use crate::library::file_name;
use crate::library::guard::guarded;
use crate::library::intake::Looked;
use crate::library::listing::{Item, Listing, folder_of};
use crate::library::load::surveyed;
use crate::library::model::{File, FileId, Library, Span};
use crate::library::place;
use crate::library::planting::GONE;
use crate::library::shelf::{Changes, Neighbour, Shelf, Shelved};
use crate::library::side::{Side, ordered};
use crate::library::sorted::Sorted;
use crate::library::vocabulary;

/// The library after these changes of notes below `paths`. `None` where they reach further than some folders: then `soon` is handed the
/// notes with what has changed in them, and the others as they were, which holds until all are put together anew.
pub(super) fn changed(
    before: &Library,
    changes: &Changes,
    paths: &[PathBuf],
    soon: &mut dyn FnMut(Library),
) -> Option<Library> {
    let listing = guarded(|| Listing::of(before, changes, paths)).flatten()?;
    let whole = guarded(|| listing.unheard_elsewhere()).flatten();
    if whole.is_none()
        && let Some(library) = guarded(|| listing.as_far_as_it_goes()).flatten()
    {
        soon(library);
    }
    whole
}

/// One folder may lead to another, and that to a third.
const ROUNDS: usize = 4;

impl Listing<'_> {
    /// The library after the changes. `None` where not only some folders hear of them.
    fn unheard_elsewhere(&self) -> Option<Library> {
        let (mut folders, mut bytes) = (self.changed.clone(), 0);
        for _ in 0..ROUNDS {
            let reach = Reach::of(self, &folders, &mut bytes).filter(|reach| reach.agreed.is_some())?;
            let keys = reach.keys();
            let (speak, hear) = (reach.others_that_speak_of(&keys)?, reach.others_that_hear());
            if speak.is_empty() && hear.is_empty() {
                return reach.is_not_heard_by_all().then(|| reach.library(&keys)).flatten();
            }
            folders.extend(speak.into_iter().chain(hear));
        }
        None
    }

    /// The library after the changes, whoever hears of them: what lies beside them is decided anew, and all others stay as they
    /// were. It tells nothing of further changes.
    fn as_far_as_it_goes(&self) -> Option<Library> {
        let (mut folders, mut bytes) = (self.changed.clone(), 0);
        for _ in 0..ROUNDS {
            let reach = Reach::of(self, &folders, &mut bytes)?;
            let keys = reach.keys();
            let speak = reach.others_that_speak_of(&keys)?;
            if speak.is_empty() {
                let library = reach.library(&keys)?;
                return Some(Library { shelf: Shelf::default(), ..library });
            }
            folders.extend(speak);
        }
        None
    }
}

/// What lies in some folders, as it was and as it is.
struct Reach<'l> {
    listing: &'l Listing<'l>,
    folders: &'l FolderSet,
    elsewhere: Elsewhere,
    before: Side,
    after: Side,
    /// What all files agree on then, and of which folders, by the keys of what they name, the spelling is another one. `None` where
    /// it takes all files to tell.
    agreed: Option<(Agreed, BTreeSet<String>)>,
}

impl<'l> Reach<'l> {
    /// `None` where there is too much in the folders, with those `bytes` that were looked at before.
    fn of(listing: &'l Listing, folders: &'l FolderSet, bytes: &mut usize) -> Option<Self> {
        /// So much is looked at, as it was and as it is, in the time that it takes to copy a large library; and where they are more
        /// than that, this part of all is looked at sooner than all.
        const MOST: usize = 4 << 20;
        const PART: usize = 8;
        let Listing { library, root, neighbours, .. } = listing;
        let files = &library.shelf.files;
        let was = listing.inside(folders);
        let there: usize = was.iter().map(|at| files[*at].file.text.len()).sum();
        let came: usize = listing.new.iter().map(|looked| looked.file.text.len()).sum();
        let all = || files.iter().map(|shelved| shelved.file.text.len()).sum::<usize>();
        *bytes += there + came;
        if *bytes > MOST && *bytes > all() / PART {
            return None;
        }
        let looked = crew::map(was.clone(), there, |at| listing.looked(at));
        let mut is: Vec<(usize, Looked)> = Vec::new();
        for (at, looked) in was.iter().zip(&looked) {
            let now = listing.now_at[*at].filter(|now| matches!(listing.now[*now], Item::Was(_)));
            is.extend(now.map(|now| (now, looked.clone())));
        }
        let new = listing.now.iter().enumerate().filter_map(|(now, item)| match item {
            Item::New(nth) => Some((now, listing.new[*nth].clone())),
            Item::Was(_) => None,
        });
        is.extend(new);
        is.sort_by_key(|(now, _)| *now);
        let (is, looked_now): (Vec<usize>, Vec<Looked>) = is.into_iter().unzip();
        let mut elsewhere = Elsewhere::of(neighbours, root, folders);
        let from_outside = |at: &usize| {
            let Shelved { file, listed, .. } = &files[*at];
            let listed = listed.as_ref().filter(|listed| !is_of(folders, listed))?;
            Some((file.relative().to_path_buf(), Arc::clone(listed)))
        };
        elsewhere.listed = was.iter().filter_map(from_outside).collect();
        // What these have been counted for is no more than a part of all.
        let own = place::places_among(&surveyed(&looked), Some(&elsewhere), Reasons::Dropped);
        elsewhere.posts = neighbours.posts.without(own.posts);
        elsewhere.habits = (*neighbours.habits).clone();
        elsewhere.habits.count(&own.habits, false);
        let before = Side::of(was, looked, &elsewhere)?;
        let after = Side::of(is, looked_now, &elsewhere)?;
        let agreed = library.agreed.with(before.read.iter(), after.read.iter());
        Some(Self { listing, folders, elsewhere, before, after, agreed })
    }

    /// What all files agree on, or did.
    fn agreed(&self) -> &Agreed {
        self.agreed.as_ref().map_or(&*self.listing.library.agreed, |(agreed, _)| agreed)
    }

    /// The conferences that are spoken of there, as it was and as it is.
    fn keys(&self) -> BTreeSet<String> {
        let library = self.listing.library;
        let touched = self.touched();
        let is_touched = |span: &Span| touched[span.file.index()];
        let runs = library.in_runs(|_, talks| {
            let of_these = talks.iter().filter(|talk| talk.spans.iter().any(is_touched));
            let mut tracks: Vec<_> = of_these.map(|talk| talk.track).collect();
            tracks.dedup();
            tracks
        });
        let of_talks = runs.into_iter().flatten().map(|track| library.track(track).conference);
        let introductions =
            library.introductions.iter().filter(|introduction| is_touched(&introduction.span));
        let of = of_talks.chain(introductions.filter_map(|introduction| introduction.of));
        let mut of: Vec<_> = of.collect();
        of.dedup();
        let mut keys: BTreeSet<String> =
            of.into_iter().map(|of| library.conference(of).key.clone()).collect();
        keys.extend(self.after.sorted(self.agreed()).iter().flat_map(Sorted::spoken_of));
        keys
    }

    /// By number, whether a file of before is one of these.
    fn touched(&self) -> Vec<bool> {
        let mut touched = vec![false; self.listing.listed_at.len()];
        self.before.at.iter().for_each(|at| touched[self.listing.number_of[*at]] = true);
        touched
    }

    /// Other folders of which a file speaks of one of the conferences. `None` where that is another root's.
    fn others_that_speak_of(&self, keys: &BTreeSet<String>) -> Option<FolderSet> {
        let Self { listing, .. } = self;
        let library = listing.library;
        let touched = self.touched();
        let mut speak: BTreeSet<FileId> = BTreeSet::new();
        for conference in library.conferences.iter().filter(|conference| keys.contains(&conference.key)) {
            let tracks = conference.tracks.clone().map(|track| library.tracks[track as usize].talks.clone());
            let talks = tracks.flatten().flat_map(|talk| &library.talks[talk as usize].spans);
            let introductions =
                conference.introductions.iter().map(|id| &library.introductions[id.index()].span);
            speak.extend(talks.chain(introductions).map(|span| span.file));
        }
        let about = library.introductions.iter().filter(|introduction| {
            introduction.about.as_ref().is_some_and(|about| keys.contains(&about.key()))
        });
        speak.extend(about.map(|introduction| introduction.span.file));
        let folder = |id: FileId| {
            let of_root = listing.of_root.contains(&listing.listed_at[id.index()]);
            of_root.then(|| folder_of(library.file(id)).as_os_str().to_owned())
        };
        speak.into_iter().filter(|id| !touched[id.index()]).map(folder).collect()
    }

    /// Other folders of which a file hears of the difference.
    fn others_that_hear(&self) -> FolderSet {
        let Self { listing, before, after, elsewhere, .. } = self;
        let mut hear = FolderSet::default();
        let outside =
            || listing.neighbours.folders().filter(|(folder, _)| !self.folders.contains(folder.as_os_str()));
        let mut add = |hears: &dyn Fn(&Path, &Neighbour) -> bool| {
            for (folder, known) in outside() {
                if hears(known.first.relative().parent().unwrap_or(Path::new("")), known) {
                    hear.insert(folder.as_os_str().to_owned());
                }
            }
        };
        // Files that pages here lead to, or did.
        let missed = before.found.missed.iter().chain(&after.found.missed);
        let missed: BTreeSet<&str> = missed
            .map(|key| key.rsplit_once(std::path::is_separator).map_or("", |(folder, _)| folder))
            .collect();
        if !missed.is_empty() {
            add(&|folder, _| missed.contains(&*contents::folded(folder)));
        }
        // Folders below a page that names another conference.
        let named = before.indexes.keys().chain(after.indexes.keys());
        for of in named.filter(|folder| before.indexes.get(*folder) != after.indexes.get(*folder)) {
            add(&|folder, _| folder.starts_with(of));
        }
        // Folders that are spelt in another way.
        if let Some((_, others)) = self.agreed.as_ref().filter(|(_, others)| !others.is_empty()) {
            let is_spelt_so = |named: &Named| others.contains(&named.key());
            add(&|_, known| known.conference().is_some_and(is_spelt_so));
        }
        // A file that is alone on its way, or was.
        let all: BTreeSet<&Path> = [before, after]
            .into_iter()
            .flat_map(|side| &side.read)
            .flat_map(|read| read.file.relative().parent().unwrap_or(Path::new("")).ancestors())
            .collect();
        for above in all {
            let others = elsewhere.below.get(above).copied().unwrap_or_default();
            let few = |side: &Side| others + side.below(above) <= 1;
            if others > 0 && few(before) != few(after) {
                add(&|folder, _| folder.starts_with(above));
            }
        }
        hear
    }
}

/// Whether a page that leads to files lies in one of these folders.
fn is_of(folders: &FolderSet, listed: &Listed) -> bool {
    listed.page.parent().is_some_and(|folder| folders.contains(folder.as_os_str()))
}

impl Reach<'_> {
    /// Whether what all files of the root, or of the library, have in common stays as it is.
    fn is_not_heard_by_all(&self) -> bool {
        let Self { listing, before, after, elsewhere, agreed, .. } = self;
        let neighbours = listing.neighbours;
        let collection = |side: &Side| side.read.first().map(|read| Arc::clone(&read.place.collection));
        let named = match &elsewhere.collection {
            Some(_) => true,
            None => collection(before).is_some() && collection(before) == collection(after),
        };
        let nameless = |side: &Side| {
            let mut all = elsewhere.nameless.clone();
            side.nameless().into_iter().for_each(|(depth, count)| *all.entry(depth).or_default() += count);
            all.into_iter().filter(|(_, count)| *count > 1).map(|(depth, _)| depth).collect::<BTreeSet<_>>()
        };
        agreed.is_some()
            && named
            && *after.found.habits == *neighbours.habits
            && after.found.posts.are_mixed() == neighbours.posts.are_mixed()
            && nameless(before) == nameless(after)
            && self.is_as_pages_outside_say()
    }

    /// Whether pages in other folders lead to the same files as before, which take the same part in the order of these.
    fn is_as_pages_outside_say(&self) -> bool {
        let Self { listing, folders, before, after, elsewhere, .. } = self;
        /// What pages say of a file.
        struct Said {
            /// One of these folders leads to it.
            here: bool,
            /// One elsewhere puts it in order.
            ordered_elsewhere: bool,
        }
        let said = |read: &ReadFile| Said {
            here: read.place.listed.as_ref().is_some_and(|listed| is_of(folders, listed)),
            ordered_elsewhere: ordered(read).is_some_and(|listed| !is_of(folders, listed)),
        };
        let of = |side: &Side| -> HashMap<PathBuf, Said> {
            side.read.iter().map(|read| (read.file.relative().to_path_buf(), said(read))).collect()
        };
        let (was, is) = (of(before), of(after));
        let mut names: BTreeMap<&Path, Vec<String>> = BTreeMap::new();
        for file in was.keys().chain(is.keys()) {
            let (old, new) = (was.get(file), is.get(file));
            let is_ordered = |side: Option<&Said>| side.map(|said| said.ordered_elsewhere);
            if elsewhere.listed.contains_key(file) && is_ordered(old) != is_ordered(new) {
                return false;
            }
            let here = |side: Option<&Said>| side.is_some_and(|said| said.here);
            if old.is_none() || new.is_none() || here(old) && !here(new) {
                let stem = file_name::stem(file).into_owned();
                let folder = file.parent().unwrap_or(Path::new(""));
                let of_folder = names.entry(folder).or_default();
                // A link to the folder leads to its index page, and names no file.
                of_folder.push(if vocabulary::is_index(&stem) { String::new() } else { stem });
            }
        }
        if names.is_empty() {
            return true;
        }
        let pages =
            listing.neighbours.pages.iter().filter(|page| !folders.contains(folder_of(page).as_os_str()));
        let pages: Vec<Arc<File>> = pages.cloned().collect();
        !names.iter().any(|(folder, names)| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            contents::may_say(&pages, folder, &names)
        })
    }

    /// Where each file stands now, by where it is listed, and the file that stands in each place. `None` where what pages here and
    /// elsewhere say of that does not go together.
    fn order(&self) -> Option<(Vec<usize>, Vec<usize>)> {
        let Self { listing, folders, before, after, .. } = self;
        let by_these = |read: &&ReadFile| ordered(read).is_some_and(|listed| is_of(folders, listed));
        let mut standing: Vec<usize> = (0..listing.now.len()).collect();
        // What pages elsewhere have put in another order stays so.
        let put = before.at.iter().zip(&before.read).filter(|(_, read)| by_these(read)).map(|(at, _)| *at);
        let put: BTreeSet<usize> = put.collect();
        for (place, at) in listing.listed_at.iter().enumerate() {
            if place != *at && !put.contains(&place) {
                standing[listing.now_at[place]?] = listing.now_at[*at]?;
            }
        }
        let listed = after.read.iter().map(|read| ordered(read).filter(|listed| is_of(folders, listed)));
        for (to, from) in
            contents::order(listed.map(|listed| listed.map(|listed| &**listed))).into_iter().enumerate()
        {
            if to != from {
                standing[after.at[to]] = after.at[from];
            }
        }
        let mut place_of = vec![None; standing.len()];
        standing.iter().enumerate().for_each(|(place, at)| place_of[*at] = Some(place));
        Some((place_of.into_iter().collect::<Option<Vec<usize>>>()?, standing))
    }

    /// The library then.
    fn library(self, keys: &BTreeSet<String>) -> Option<Library> {
        let (place_of, standing) = self.order()?;
        let touched = self.touched();
        let agreed = self.agreed().clone();
        let Self { listing, folders, before, after, .. } = self;
        let library = listing.library;
        let number = |id: FileId| match listing.listed_at.get(id.index()).and_then(|at| listing.now_at[*at]) {
            Some(at) if !touched[id.index()] => FileId(place_of[at] as u32),
            // Nothing that was made of it stays.
            _ => GONE,
        };
        // The conferences by themselves.
        let ids: Vec<FileId> = after.at.iter().map(|at| FileId(place_of[*at] as u32)).collect();
        let sort = |(read, id): (&ReadFile, &FileId)| agreed.sort(read.clone(), *id, Reasons::Dropped);
        let mut all: Vec<Sorted> = after.read.iter().zip(&ids).map(sort).collect();
        all.sort_by_key(|sorted| sorted.id);
        let order: Vec<FileId> = all.iter().map(|sorted| sorted.id).collect();
        let bytes = after.read.iter().map(|read| read.file.text.len()).sum();
        let mut anew = Library::default();
        anew.put_together(all, bytes, Reasons::Dropped);
        // And among the others.
        let mut now = library.renumbered(number)?;
        let mut shelved: Vec<Option<Shelved>> =
            std::mem::take(&mut now.shelf.files).into_iter().map(Some).collect();
        now.shelf.files = listing
            .now
            .iter()
            .filter_map(|item| match item {
                Item::Was(at) => shelved[*at].take(),
                Item::New(nth) => {
                    let Looked { file, root, .. } = &listing.new[*nth];
                    Some(Shelved { file: Arc::clone(file), root: Arc::clone(root), listed: None })
                }
            })
            .collect();
        for (at, read) in after.at.iter().zip(&after.read) {
            now.shelf.files[*at].listed.clone_from(&read.place.listed);
        }
        now.files = standing.iter().map(|at| Arc::clone(&now.shelf.files[*at].file)).collect();
        let tellers = std::mem::replace(&mut now.tellers, vec![None; standing.len()]);
        for (id, teller) in tellers.into_iter().enumerate().filter(|(_, teller)| teller.is_some()) {
            let id = number(FileId(id as u32));
            if id != GONE {
                now.tellers[id.index()] = teller;
            }
        }
        for (id, teller) in order.iter().zip(std::mem::take(&mut anew.tellers)) {
            now.tellers[id.index()] = teller;
        }
        now.furniture.retain(|furniture| furniture.span.file != GONE);
        now.furniture.append(&mut anew.furniture);
        now.furniture.sort_by_key(|furniture| (furniture.span.file, furniture.span.bytes().start));
        now.guess_again(&before.read, std::mem::take(&mut anew.problems));
        let neighbours = listing.neighbours.exchanged(folders, &after.read, &after.found);
        *now.shelf.neighbours_mut(listing.root)? = Arc::new(neighbours);
        now.agreed = Arc::new(agreed);
        now.planted(anew, keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::chance::{all, loaded, notes, owned_once, put, rounds, talk};
    use crate::library::graft;
    use crate::library::load::{Roots, load, load_changed};
    use crate::library::model::Talk;

    const FOLDERS: &[&str] = &[
        "loomconf-2020",
        "loomconf-2020",
        "loomconf-2021",
        "knotconf-2019",
        "knotconf-2019/day-2",
        "wool",
        "2018",
        "posts",
        "",
        "talks-2022/a-first-one",
        "talks-2022/another-one",
        "talks-2022/third-of-them",
    ];

    const NAMES: &[&str] = &[
        "on-the-engine",
        "a-card-can-hold",
        "what-looms-do",
        "knots-for-everybody",
        "day-1",
        "plan",
        "weaving-by-ada-lovelace",
        "03",
        "07",
    ];

    const TEXTS: &[&str] = &[
        "# On the engine\n\nAda Lovelace\n\nText.\n",
        "# Knots for everybody\n\nIt was about looms.\n",
        "# A card can hold it - Alan Kay\n\nText.\n",
        "# Knots - Zbrx Qwerty\n\nText.\n",
        "# What looms do\n\nSpeaker: Grace Hopper\nDate: 2020-03-04\n\nText.\n",
        "# What looms do (part 2)\n\nText.\n",
        "Ada Lovelace\n\nIt was about looms.\n",
        "# LoomConf Bergen 2020\n\n## Weaving by hand\n\nText.\n\n## Looms in the rain\n\nText.\n",
        "# LoomConf 2020\n\nMy notes.\n",
        "# Two of them\n\n## First of it\n\n*Alan Kay*\n\nText.\n\n## Second of it\n\nText.\n",
        "---\ntitle: LoomConf 2020 recap\ndate: 2020-01-02\n---\n\nText.\n",
        "---\ntitle: What I ate\ndate: 2020-01-03\n---\n\nText.\n",
        "# On dates\n\nDate: 25/06/2020\n\nText.\n",
        "# On other dates\n\nDate: 05/06/2020\n\nText.\n",
        "See [this](03.md), [that](../knotconf-2019/day-1.md) and [those](07.md).\n",
    ];

    /// Notes that come about by chance, of many folders.
    struct Notes<'f> {
        folder: &'f Path,
        by: fastrand::Rng,
        /// Nothing but talks, each with a file of its own, and pages that lead to them.
        tidy: bool,
    }

    impl Notes<'_> {
        fn of<T: Copy>(&mut self, all: &[T]) -> T {
            all[self.by.usize(..all.len())]
        }

        fn path(&mut self) -> PathBuf {
            let folder = if self.tidy { self.of(&FOLDERS[..5]) } else { self.of(FOLDERS) };
            let name = match self.by.u8(..10) {
                0 => "README.md".to_owned(),
                _ if folder.starts_with("talks") => "notes.md".to_owned(),
                _ if self.tidy => format!("{:02}.md", self.by.u8(..8)),
                _ => format!("{}.md", self.of(NAMES)),
            };
            self.folder.join(folder).join(name)
        }

        fn page(&mut self) -> String {
            let title =
                self.of(&["My notes", "LoomConf 2020", "LoomConf Bergen 2020", "KnotConf 2019, heard"]);
            let mut page = format!("# {title}\n\n");
            // It leads to files beside it, or to those of another folder.
            let of =
                self.of(&["", "", "", "../knotconf-2019/", "../loomconf-2020/", "loomconf-2021/", "day-2/"]);
            for _ in 0..self.by.u8(..6) {
                let label = self.of(&["Weaving at night", "notes", "What a card is", "Looms (Ada Lovelace)"]);
                let name =
                    if self.tidy { format!("{:02}", self.by.u8(..8)) } else { self.of(NAMES).to_owned() };
                let folder = if self.by.u8(..8) == 0 { "../wool/" } else { of };
                page += &format!("- [{label}]({folder}{name}.md)\n");
            }
            page
        }

        fn write(&mut self, path: &Path) {
            let text = match path.ends_with("README.md") {
                true => self.page(),
                false if self.tidy => talk(&format!("{} {}", self.of(&["Looms", "On"]), self.by.u8(..60))),
                false => self.of(TEXTS).to_owned(),
            };
            put(path, &text);
        }

        /// Something that a person does; the paths that have changed.
        fn change(&mut self, before: &Library) -> [PathBuf; 2] {
            let one = before.files[self.by.usize(..before.files.len())].path.to_path_buf();
            let other = self.path();
            match self.by.u8(..8) {
                0 => {
                    let _ = std::fs::remove_file(&one);
                    // With the folder, where it was the last.
                    let _ = std::fs::remove_dir(one.parent().expect("a folder"));
                }
                1 if one.exists() && !other.exists() => {
                    std::fs::create_dir_all(other.parent().expect("a folder")).expect("made");
                    std::fs::rename(&one, &other).expect("renamed");
                }
                2 | 3 => self.write(&one),
                _ => self.write(&other),
            }
            [one, other]
        }
    }

    /// What is heard from further away than the folder of what has changed: others are read otherwise then, and not all are looked at.
    #[test]
    fn folders_that_hear_of_a_change_are_decided_anew() {
        let many = |title: &str| {
            format!("# {title}\n\n## Weaving by hand\n\nText.\n\n## Looms in the rain\n\nText.\n")
        };
        let of = |conference: &str, title: &str| {
            format!("# {title}\n\nConference: {conference}\n\nAda Lovelace\n\nText.\n")
        };
        let list = |title: &str, names: &[&str]| {
            let links = names.iter().map(|name| format!("- [It is called {name} here]({name}.md)\n"));
            format!("# {title}\n\n{}", links.collect::<String>())
        };
        let day = |name: &str| format!("loomconf-2020/day-{name}.md");
        let wool = |name: &str| (format!("wool/{name}.md"), of("KnotConf 2019", name));
        let lone = ("wool/README.md".to_owned(), "# On wool\n\nIt was about wool.\n".to_owned());
        let below = ("wool/deep/what-looms-do.md".to_owned(), of("SilkConf 2018", "What looms do"));
        let heard = |names: &[&str]| {
            [
                ("heard/README.md".to_owned(), list("Heard", names)),
                ("heard/silk.md".to_owned(), of("SilkConf 2018", "Silk")),
            ]
        };
        let page = "wool/README.md".to_owned();
        for (files, path, text, why) in [
            (
                ["1/on-the-engine", "1/what-looms-do"].map(|name| (day(name), talk(name))).to_vec(),
                day("2/notes"),
                many("LoomConf Bergen 2020"),
                "the folder is spelt so",
            ),
            (vec![lone.clone()], below.0.clone(), below.1.clone(), "a page is alone no more"),
            (
                vec![lone.clone(), below],
                lone.0,
                lone.1.replace("# On wool", "# Of wool"),
                "it has notes below it",
            ),
            (
                [
                    &heard(&["../wool/old", "../wool/more"])[..],
                    &[(page.clone(), list("My notes", &[])), wool("old"), wool("more")],
                ]
                .concat(),
                page.clone(),
                list("My notes", &["more", "old"]),
                "the first of two pages has the say",
            ),
            (
                vec![(page.clone(), list("My notes", &["more", "old"])), wool("old"), wool("more")],
                page.clone(),
                list("My notes", &["old", "more"]),
                "the order of a page",
            ),
            (
                vec![(page, "# LoomConf 2031\n\nI shall go there.\n".to_owned())],
                "loomconf-2031/on-the-engine.md".to_owned(),
                talk("On the engine"),
                "a page about a conference of which no talk was told",
            ),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let folder = &folder.path().join("notes");
            put(&folder.join("silkconf-2018.md"), &many("SilkConf 2018"));
            files.iter().for_each(|(name, text)| put(&folder.join(name), text));
            let (before, path) = (loaded(folder), folder.join(path));
            put(&path, &text);
            let paths = [folder.clone()];
            let changes = before.shelf.changes(&paths, std::slice::from_ref(&path)).expect("it can be told");
            let now = super::changed(&before, &changes, &paths, &mut |_| {})
                .unwrap_or_else(|| panic!("{why}: not told"));
            assert_eq!(all(&now), all(&loaded(folder)), "{why}");
        }
    }

    /// What a page says is known when a file is saved that it leads to.
    #[test]
    fn what_a_page_says_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = &folder.path().join("notes");
        let paths = [folder.clone()];
        let text = "Ada Lovelace\n\nIt was about looms.\n";
        for name in ["1", "2", "3"] {
            put(&folder.join(format!("loomconf-2020/{name}.md")), text);
        }
        let mut library = loaded(folder);
        let (page, talk) = (folder.join("loomconf-2020/README.md"), folder.join("loomconf-2020/2.md"));
        let links = "# My notes\n\n- [Weaving at night](1.md)\n- [Looms in the rain](2.md)\n";
        for (path, text) in [
            (&page, links),
            (&talk, &format!("{text}\nAnd more of it.\n")),
            (&page, &links.replace("Looms", "Out")),
        ] {
            put(path, text);
            let changes = library.shelf.changes(&paths, std::slice::from_ref(path)).expect("it can be told");
            let near = || super::changed(&library, &changes, &paths, &mut |_| {});
            let now = graft::changed(&library, &changes).or_else(near).expect("no other folder hears of it");
            assert_eq!(all(&now), all(&loaded(folder)), "{text}");
            library = now;
        }
    }

    /// What is left to a load, for others would be read otherwise.
    #[test]
    fn what_pages_below_a_folder_lead_to_is_left_to_a_load() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = &folder.path().join("notes");
        let of = |title: &str| format!("# {title}\n\nConference: KnotConf 2019\n\nText.\n");
        put(&folder.join("wool/old.md"), &of("On wool"));
        put(&folder.join("wool/more.md"), &of("More of it"));
        let page = "# Silk\n\n- [Called so](../new.md)\n- [Old](../old.md)\n";
        put(&folder.join("wool/deep/README.md"), page);
        put(&folder.join("wool/deep/silk.md"), &of("Silk").replace("KnotConf 2019", "SilkConf 2018"));
        let (before, paths, path) = (loaded(folder), [folder.clone()], folder.join("wool/new.md"));
        put(&path, "Ada Lovelace\n\nConference: KnotConf 2019\n\nText.\n");
        assert!(loaded(folder).talks.iter().any(|talk| talk.title == "Called so"));
        let changes = before.shelf.changes(&paths, std::slice::from_ref(&path)).expect("it can be told");
        assert!(super::changed(&before, &changes, &paths, &mut |_| {}).is_none());
    }

    /// What all others hear of is there before they are looked over: as it is by itself, and the others as they were.
    #[test]
    fn what_all_hear_of_is_there_at_once() {
        let dated =
            |date: &str| talk("A thread of its own").replace("It was", &format!("Date: {date}\n\nIt was"));
        let post =
            |title: &str| format!("---\ntitle: {title}\ndate: 2020-01-02\n---\n\nIt was about looms.\n");
        let at = |name: &str| format!("loomconf-2020/{name}.md");
        for (others, name, text, why) in [
            (
                vec![(at("4"), dated("05/06/2020"))],
                at("12"),
                Some(dated("25/06/2020").replace("A thread", "Another thread")),
                "the order of dates",
            ),
            (
                vec![
                    ("silkconf-2019/ropes.md".into(), talk("On ropes - Zbrx Qwerty")),
                    (at("12"), talk("On ships - Ada Lovelace")),
                ],
                at("14"),
                Some(talk("On sails - Grace Hopper")),
                "how titles name people",
            ),
            (
                vec![("blog/1.md".into(), post("What I ate")), ("blog/2.md".into(), post("Why I wove"))],
                "journal/3.md".into(),
                Some(post("LoomConf 2020 recap")),
                "which posts are notes",
            ),
            (
                vec![
                    (at("4"), dated("05/06/2020")),
                    (at("12"), dated("06/25/2020").replace("A thread", "Another")),
                ],
                at("12"),
                None,
                "one that said so is gone",
            ),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let folder = &folder.path().join("notes");
            notes(folder);
            others.iter().for_each(|(name, text)| put(&folder.join(name), text));
            let (before, paths, path) = (loaded(folder), [folder.clone()], folder.join(name));
            match &text {
                Some(text) => put(&path, text),
                None => std::fs::remove_file(&path).expect("gone"),
            }
            let changes = before.shelf.changes(&paths, std::slice::from_ref(&path)).expect("it can be told");
            let mut soon = None;
            let now = super::changed(&before, &changes, &paths, &mut |library| soon = Some(library));
            assert!(now.is_none(), "{why}");
            let soon = soon.unwrap_or_else(|| panic!("{why}: not there at once"));
            let told = |library: &Library| -> Vec<String> {
                let row = |talk: &Talk| format!("{} {:?} {:?}", talk.title, talk.speakers, talk.date);
                library.talks.iter().map(row).collect()
            };
            let (was, is, at_last) = (told(&before), told(&soon), told(&loaded(folder)));
            assert!(owned_once(&soon), "{why}");
            assert_ne!(is, at_last, "{why}: nobody else hears of it");
            assert_ne!(is, was, "{why}");
            let of_these =
                soon.files.iter().any(|file| *file.path == *path && Some(&*file.text) == text.as_deref());
            assert_eq!(of_these, text.is_some(), "{why}");
            // What is not known of the others is not taken for known.
            let roots = Roots::Paths(paths.to_vec());
            assert!(load_changed(&roots, &soon, std::slice::from_ref(&path), |_| {}).is_none(), "{why}");
        }
    }

    /// Whatever is written, comes, goes or is renamed: where some folders are decided anew, the notes are those of a load.
    #[test]
    fn what_is_decided_anew_is_what_a_load_gives() {
        let rounds = rounds(60, 150, 3_000) as u64;
        const STEPS: usize = 8;
        let (mut taken, mut left, mut in_part) = (0, 0, 0);
        for round in 0..rounds {
            let folder = tempfile::tempdir().expect("a folder");
            // Its name has a say.
            let folder = folder.path().join("notes");
            let paths = [folder.clone()];
            let mut notes =
                Notes { folder: &folder, by: fastrand::Rng::with_seed(round), tidy: round % 2 == 0 };
            for _ in 0..notes.by.u8(4..60) {
                let path = notes.path();
                notes.write(&path);
            }
            let roots = Roots::Paths(paths.to_vec());
            let Ok(mut before) = load(&roots, false) else {
                continue;
            };
            for step in 0..STEPS {
                let changed: Vec<PathBuf> =
                    (0..notes.by.u8(1..3)).flat_map(|_| notes.change(&before)).collect();
                // Of a folder that came nothing else may be told.
                let named = |path: PathBuf| match path.parent() {
                    Some(parent) if notes.by.u8(..6) == 0 && parent != folder => parent.to_path_buf(),
                    _ => path,
                };
                let changed: Vec<PathBuf> = changed.into_iter().map(named).collect();
                let Ok(plainly) = load(&roots, false) else {
                    break;
                };
                let changes = before.shelf.changes(&paths, &changed);
                let texts = |library: &Library| -> BTreeMap<PathBuf, String> {
                    library
                        .files
                        .iter()
                        .map(|file| (file.path.to_path_buf(), file.text.to_string()))
                        .collect()
                };
                let soon = &mut |soon: Library| {
                    let when = format!("{changed:?}: round {round}, step {step}");
                    assert!(owned_once(&soon) && texts(&soon) == texts(&plainly), "{when}");
                    in_part += 1;
                };
                let near = |changes: &Changes| {
                    // What is made of a graft is a start for this as well as what a load makes.
                    let grafted = (step % 3 == 0).then(|| graft::changed(&before, changes)).flatten();
                    grafted.or_else(|| super::changed(&before, changes, &paths, soon))
                };
                match changes.as_ref().and_then(near) {
                    Some(near) => {
                        assert_eq!(all(&near), all(&plainly), "{changed:?}: round {round}, step {step}");
                        taken += 1;
                        before = near;
                    }
                    None => {
                        left += 1;
                        before = plainly;
                    }
                }
            }
        }
        assert!(taken > left / 2 && left > 0 && in_part > left / 4, "{taken} {left} {in_part}");
    }
}
