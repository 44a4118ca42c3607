//! What folders say: the conference that a path names, and the group below it.
//!
//! A folder is read from its own name, from the names above it, from the index page in it, and from how many
//! notes lie in it and below it.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::library::beside::Beside;
use crate::library::conference::{self, Named};
use crate::library::crew;
use crate::library::dates::{self, Date};
use crate::library::elsewhere::Elsewhere;
use crate::library::file_name::{self, FileName, Kind};
use crate::library::overrides::Rules;
use crate::library::passing;
use crate::library::place::{self, Place, Surveyed};
use crate::library::shapes::Habits;
use crate::library::title;
use crate::library::vocabulary;
use crate::text::fold::fold;
use crate::text::line;

/// What one folder's name says by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Year(u16),
    Date(Date),
    Group(String),
    Plain,
    Named(Named),
}

fn part(name: &str) -> Part {
    let words = conference::deslug(name);
    let trimmed = name.trim_matches(['_', '-', ' ']);
    if let Some(year) = dates::year(trimmed) {
        return Part::Year(year);
    }
    if let Some(date) = dates::parse(&trimmed.replace('_', "-")) {
        return Part::Date(date);
    }
    if vocabulary::is_plain_place(&words) || vocabulary::is_plain_place(name) {
        return Part::Plain;
    }
    let group = file_name::read(Path::new(&format!("{name}.md")));
    if let (Kind::Group, Some(group)) = (group.kind, group.group) {
        return Part::Group(group);
    }
    if vocabulary::is_group(&words) {
        return Part::Group(words);
    }
    if words.bytes().all(|b| b.is_ascii_digit() || b == b' ') {
        // "3-13-14" is a day, whichever number is the month.
        let numbers = trimmed.split(['-', '_', '.']).filter(|n| (1..=4).contains(&n.len())).count();
        return if numbers == 3 { Part::Group(trimmed.replace('_', "-")) } else { Part::Plain };
    }
    let named = conference::folder_name(name);
    let generic = named.series.split(' ').all(vocabulary::is_generic);
    match (named.year, generic) {
        (Some(year), true) => Part::Year(year),
        (None, true) => Part::Plain,
        _ => Part::Named(named),
    }
}

/// Something for each folder. The paths of one load are written alike, so their bytes are compared and not their
/// parts, which takes ten times as long.
type ByFolder<'f, T> = HashMap<&'f OsStr, T, foldhash::fast::RandomState>;

/// The folders that files lie in, numbered as the files come to them.
pub(super) struct Folders<'f> {
    /// By number, the path below the root, and how many files lie in it.
    pub(super) all: Vec<(&'f Path, usize)>,
    /// By file, the number of its folder.
    pub(super) of: Vec<usize>,
    /// The files that are named as index pages, in order.
    indexes: Vec<usize>,
}

impl<'f> Folders<'f> {
    /// The folders of files.
    pub(super) fn of(files: &[Surveyed<'f>]) -> Self {
        // Their paths have long left the caches, so all threads look at them. The files of a folder are listed one after
        // the other.
        let bytes = crew::bytes(files.iter().map(|f| f.text.len()));
        let looked_at = crew::map(0..files.len(), bytes, |at| {
            let relative = files[at].relative;
            let again = at.checked_sub(1).is_some_and(|last| are_beside(files[last].relative, relative));
            let new = (!again).then(|| relative.parent().unwrap_or(Path::new("")));
            (new, vocabulary::is_index(&file_name::stem(relative)))
        });
        let mut folders = Self { all: Vec::new(), of: passing::room(files.len()), indexes: Vec::new() };
        let (mut numbers, mut number): (ByFolder<usize>, usize) = (ByFolder::default(), 0);
        for (at, (new, index)) in looked_at.into_iter().enumerate() {
            if let Some(path) = new {
                number = *numbers.entry(path.as_os_str()).or_insert_with(|| {
                    folders.all.push((path, 0));
                    folders.all.len() - 1
                });
            }
            folders.all[number].1 += 1;
            folders.of.push(number);
            folders.indexes.extend(index.then_some(at));
        }
        folders
    }

    /// The path of a file's folder.
    fn path(&self, file: usize) -> &'f Path {
        self.all[self.of[file]].0
    }

    /// Nothing else lies in a file's folder.
    fn is_alone(&self, file: usize) -> bool {
        self.all[self.of[file]].1 == 1
    }
}

/// Whether two paths lie in one folder; the paths of one load are written alike.
pub(super) fn are_beside(a: &Path, b: &Path) -> bool {
    file_name::cut(a).0 == file_name::cut(b).0
}

/// How many notes there are below folders.
struct Census<'f> {
    below: ByFolder<'f, usize>,
    /// By depth, how many folders hold nothing but one nameless file.
    nameless: HashMap<usize, usize>,
}

impl<'f> Census<'f> {
    fn of(files: &[Surveyed], folders: &Folders<'f>, bytes: usize, elsewhere: Option<&'f Elsewhere>) -> Self {
        let mut census = Self { below: <_>::default(), nameless: HashMap::new() };
        let others = elsewhere.iter().flat_map(|elsewhere| &elsewhere.below);
        census.below.extend(others.map(|(folder, notes)| (folder.as_os_str(), *notes)));
        census.nameless.extend(elsewhere.iter().flat_map(|elsewhere| &elsewhere.nameless));
        for (folder, inside) in &folders.all {
            for above in folder.ancestors() {
                *census.below.entry(above.as_os_str()).or_default() += inside;
            }
        }
        // Where each talk has a folder, these are all files.
        let alone: Vec<usize> = (0..files.len()).filter(|at| folders.is_alone(*at)).collect();
        let nameless = |at: usize| is_nameless(&file_name::read(files[at].relative)).then_some(at);
        for at in crew::map(alone, bytes, nameless).into_iter().flatten() {
            *census.nameless.entry(folders.path(at).components().count()).or_default() += 1;
        }
        census
    }
}

pub(super) fn is_nameless(name: &FileName) -> bool {
    matches!(name.kind, Kind::Index | Kind::Plain)
}

/// What a folder names: the conference, and the group below it.
type Names = (Option<Arc<Named>>, Option<Arc<str>>);

/// Reads the folders of all files.
pub(super) fn places<'f>(
    files: &[Surveyed<'f>],
    folders: &Folders<'f>,
    elsewhere: Option<&'f Elsewhere>,
) -> Vec<Place> {
    let bytes = crew::bytes(files.iter().map(|f| f.text.len()));
    let census = Census::of(files, folders, bytes, elsewhere);
    let known = elsewhere.and_then(|elsewhere| elsewhere.collection.clone());
    let collection = known.unwrap_or_else(|| Arc::new(collection(files, folders)));
    let rules = Arc::<Rules>::default();
    let (siblings, habits) = (Beside::default(), Arc::<Habits>::default());
    let indexes = indexes(files, folders, elsewhere);
    // What a folder names is the same for all files in it, and for those that have a folder each inside of it.
    let own: Vec<OnceLock<Names>> = folders.all.iter().map(|_| OnceLock::new()).collect();
    let lone = folders.all.iter().filter(|(_, inside)| *inside == 1);
    let known_above: ByFolder<OnceLock<Names>> =
        lone.filter_map(|(folder, _)| Some((folder.parent()?.as_os_str(), OnceLock::new()))).collect();
    let place = |at: usize| {
        let mut name = file_name::read(files[at].relative);
        let mut folder = folders.path(at);
        let mut names = Some(&own[folders.of[at]]);
        let alone = folders.is_alone(at);
        let nameless = is_nameless(&name);
        let above = folder.parent().filter(|_| folder != Path::new(""));
        // A folder with nothing in it but one nameless file, among others like it, is a talk's.
        if let (true, true, Some(above)) = (alone, nameless, above) {
            let own = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let depth = folder.components().count();
            let alike = census.nameless.get(&depth).is_some_and(|folders| *folders > 1);
            let talk = matches!(part(&own), Part::Named(Named { year: None, .. }));
            let named = |named: Named| named.series != collection.series;
            let placed = in_folders(above, &collection).0.is_some_and(named) || collection.year.is_some();
            let event = line::words(&fold(&conference::deslug(&own))).any(vocabulary::is_event);
            if talk && placed && !event && alike {
                name = file_name::read(Path::new(&format!("{own}.md")));
                names = known_above.get(above.as_os_str());
                folder = above;
            }
        }
        // The only file of a folder is what there is to read, whatever it is called.
        let accompanied = !alone || census.below.get(folder.as_os_str()).is_some_and(|notes| *notes > 1);
        if name.kind == Kind::Index && !accompanied {
            name.kind = Kind::Plain;
        }
        let read = || {
            let (named, below) = in_folders(folder, &collection);
            let named = named.map(|named| Arc::new(better_named(named, folder, &indexes)));
            (named, below.map(Arc::from))
        };
        let (conference, group) = names.map_or_else(read, |names| names.get_or_init(read).clone());
        Place {
            name,
            conference,
            group,
            collection: Arc::clone(&collection),
            rules: Arc::clone(&rules),
            accompanied,
            siblings: siblings.clone(),
            habits: Arc::clone(&habits),
            spoken_name: None,
            alone: None,
            listed: None,
            retells: false,
            aside: None,
            leads: false,
            post: None,
        }
    };
    crew::map(0..files.len(), bytes, place)
}

/// The place of a file beside which another one lies, but for what its own text and pages that lead to it say.
pub(super) fn place_beside(other: &Place, relative: &Path) -> Place {
    let name = file_name::read(relative);
    let folder = relative.parent().unwrap_or(Path::new(""));
    Place {
        group: in_folders(folder, &other.collection).1.map(Arc::from),
        spoken_name: place::spoken_name(&name, &other.habits),
        name,
        listed: None,
        retells: false,
        aside: None,
        leads: false,
        post: None,
        ..other.clone()
    }
}

/// What the collection's own name says, or the index page at its root.
fn collection(files: &[Surveyed], folders: &Folders) -> Named {
    let root = files.first().map_or("", |f| &f.root.name);
    // "owner+repository": what stands behind is the name.
    let root = match root.split_once('+') {
        Some((owner, name)) if !owner.contains(' ') && name.len() > 2 && !name.contains('+') => name,
        _ => root,
    };
    let named = conference::folder_name(root);
    let own: Vec<&str> = named.series.split(' ').filter(|w| !vocabulary::is_generic(w)).collect();
    let at_root = |at: &&usize| folders.path(**at).as_os_str().is_empty();
    let stated = folders.indexes.iter().filter(at_root).find_map(|at| index_names(&files[*at]));
    match (stated, own.is_empty()) {
        (Some(stated), _) if stated.year.is_some() => stated,
        (stated, true) => stated
            .filter(|s| !s.series.is_empty())
            .unwrap_or(Named { series: conference::deslug(root), ..named }),
        (_, false) => Named { series: own.join(" "), ..named },
    }
}

/// The conference that an index page names in its first heading, "… notes" taken off.
pub(super) fn index_names(file: &Surveyed) -> Option<Named> {
    let first = file.survey.found.all.first()?;
    let plain = title::strip_markup(first.text(file.text));
    let dated = || conference::in_title(&plain).filter(|named| named.year.is_some());
    conference::in_line(&plain).or_else(dated)
}

/// By folder, what its index page names.
fn indexes<'f>(
    files: &[Surveyed],
    folders: &Folders<'f>,
    elsewhere: Option<&'f Elsewhere>,
) -> HashMap<&'f Path, Named> {
    let others = elsewhere.iter().flat_map(|elsewhere| &elsewhere.indexes);
    let others = others.map(|(folder, named)| (&**folder, named.clone()));
    let named = |at: &usize| Some((folders.path(*at), index_names(&files[*at])?));
    folders.indexes.iter().filter_map(named).chain(others).collect()
}

/// An index page writes the name out that a folder only hints at.
fn better_named(named: Named, folder: &Path, indexes: &HashMap<&Path, Named>) -> Named {
    if indexes.is_empty() {
        return named;
    }
    let stated = folder.ancestors().find_map(|f| indexes.get(f));
    match stated {
        Some(stated) if same_event(&named, stated) => {
            Named { year: stated.year.or(named.year), group: None, ..stated.clone() }
        }
        _ => named,
    }
}

/// Whether two names are one event's: years that do not differ, and a word in common, or one in
/// the other's letters.
pub(super) fn same_event(a: &Named, b: &Named) -> bool {
    if a.year.is_some() && b.year.is_some() && a.year != b.year {
        return false;
    }
    let solid = |n: &Named| fold(&n.series).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (x, y) = (solid(a), solid(b));
    if x.is_empty() || y.is_empty() {
        return false;
    }
    let short = x.len().min(y.len());
    let contained = short >= 3 && (x.contains(&y) || y.contains(&x));
    let words = |n: &Named| -> Vec<String> {
        let folded = fold(&n.series);
        line::words(&folded)
            .filter(|w| w.len() >= 3 && !vocabulary::is_generic(w))
            .map(str::to_owned)
            .collect()
    };
    let near = |x: &String, y: &String| {
        x == y || x.len() >= 4 && y.len() >= 4 && (x.starts_with(y.as_str()) || y.starts_with(x.as_str()))
    };
    contained || words(a).iter().any(|x| words(b).iter().any(|y| near(x, y)))
}

/// Reads the folders of a path below its root: the conference they name, and the nearest group
/// below it.
fn in_folders(folder: &Path, collection: &Named) -> (Option<Named>, Option<String>) {
    let names: Vec<String> = folder.iter().map(|n| n.to_string_lossy().into_owned()).collect();
    let parts: Vec<Part> = names.iter().map(|n| part(n)).collect();
    let year_at = parts.iter().position(|p| matches!(p, Part::Year(_)));
    let year = year_at.map(|at| match parts[at] {
        Part::Year(year) => year,
        _ => 0,
    });
    let named = |at: &usize| matches!(parts[*at], Part::Named(_));
    let dated = |at: &usize| matches!(&parts[*at], Part::Named(n) if n.year.is_some());
    // A name with its year, else the name above the year, else the one below it.
    let own = (0..parts.len()).find(dated).or_else(|| match year_at {
        Some(year_at) => (0..year_at).rev().find(named).or_else(|| (year_at..parts.len()).find(named)),
        // Where the collection itself is one year's event, its folders are groups.
        None if collection.year.is_some() => None,
        None => (0..parts.len()).find(named),
    });
    let conference = match own.map(|at| &parts[at]) {
        Some(Part::Named(named)) => Some(Named { year: named.year.or(year), ..named.clone() }),
        _ if !collection.series.is_empty() => {
            year.map(|year| Named { year: Some(year), ..collection.clone() })
        }
        _ => None,
    };
    let end = own.max(year_at).map_or(0, |at| at + 1);
    let below = (end..parts.len()).rev().find_map(|at| match &parts[at] {
        Part::Group(group) => Some(group.clone()),
        Part::Date(date) => Some(date.to_string()),
        Part::Named(_) => Some(conference::deslug(&names[at])),
        _ => None,
    });
    (conference, below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_name_the_conference_and_the_track() {
        let none = Named::default();
        let full = |path: &str| {
            let (conference, track) = in_folders(Path::new(path), &none);
            (conference.map(|c| c.full()).unwrap_or_default(), track)
        };
        assert_eq!(full("pycon-2017"), ("Pycon 2017".into(), None));
        assert_eq!(full("2016/DjangoCon-US"), ("DjangoCon US 2016".into(), None));
        assert_eq!(full("yow/2015"), ("Yow 2015".into(), None));
        assert_eq!(full("KubeCon2019/Day-1"), ("KubeCon 2019".into(), Some("Day 1".into())));
        assert_eq!(full("2023/03_Code4lib/2023_03_15"), ("Code4lib 2023".into(), Some("2023-03-15".into())));
        assert_eq!(full("talks/fosdem/2016/rust"), ("Fosdem 2016".into(), Some("Rust".into())));
        assert_eq!(full("2024_08_10_smashing_conference"), ("Smashing conference 2024".into(), None));
        assert_eq!(full(""), (String::new(), None));
    }

    #[test]
    fn one_event_in_two_spellings() {
        let same = |a: &str, b: &str| same_event(&Named::stated(a), &Named::stated(b));
        assert!(
            same("Yow 2015", "YOW! Sydney 2015")
                && same("SmashingConf New York 2024", "Smashing conference 2024")
        );
        assert!(!same("PyCon 2015", "PyCon 2016") && !same("RustConf 2019", "GopherCon 2019"));
    }
}
