//! Which files there are: paths → the list of files to read, in the order a person would list.
//!
//! Folders are walked as ripgrep walks them (`.gitignore` is heeded, hidden files are left out,
//! folder links are not followed). Nothing is opened here.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use crate::library::file_name::{cut, ending};
use crate::library::first::{self, First};
use crate::library::located::Located;
use crate::library::problems::{Problem, Severity};

/// A file that may hold notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The path as the person gave it: root joined with the path below it. For a root that is a file, that is its name.
    pub path: Located,
    /// What it was found below.
    pub root: Arc<Root>,
}

impl Entry {
    /// The path below the root.
    pub fn relative(&self) -> &Path {
        self.path.below()
    }
}

/// A folder whose notes are one collection: one that somebody named, or that of files that somebody named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Root {
    /// The folder, as the person gave it.
    pub path: PathBuf,
    /// Its own name, or that of the first of the files: the last resort for a conference without one.
    pub name: String,
}

/// Endings of files that are never notes in text. They are passed over without a row: a picture
/// beside the notes is not a problem.
const NOT_TEXT: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "bmp", "tiff", "heic", "pdf", "ppt", "pptx", "key",
    "odp", "doc", "docx", "xls", "xlsx", "odt", "mp3", "mp4", "m4a", "mov", "mkv", "webm", "wav", "ogg",
    "zip", "gz", "tgz", "xz", "bz2", "zst", "7z", "tar", "woff", "woff2", "ttf", "otf", "eot", "exe", "dll",
    "so", "dylib", "o", "a", "class", "jar", "pyc", "wasm", "db", "sqlite",
];

/// Endings of source code, data and settings: text, but not notes.
const CODE: &[&str] = &[
    "rs", "py", "js", "mjs", "ts", "tsx", "jsx", "go", "c", "h", "cc", "cpp", "hpp", "java", "kt", "scala",
    "rb", "php", "pl", "sh", "bash", "zsh", "fish", "ps1", "lua", "swift", "cs", "hs", "ml", "ex", "exs",
    "erl", "clj", "css", "scss", "less", "sql", "r", "jl", "json", "yaml", "yml", "toml", "lock", "ini",
    "cfg", "conf", "xml", "csv", "tsv", "log", "bib", "sty", "cls", "gradle", "cmake", "mk", "dockerfile",
    "tf", "vue", "svelte",
];

/// Whether a file is source code or data by its name, or a copy of such a file with something behind its
/// name: `settings.toml.bak`, `bookmarks.json.last-good`.
fn is_code(name: &std::ffi::OsStr, last: &str) -> bool {
    const NOTES: &[&str] = &["md", "markdown", "txt", "rst", "org", "adoc", "html", "htm", "rmd", "tex"];
    let is = |ending: &str| CODE.contains(&ending);
    let before = |before: &str| before.len() > 1 && is(before);
    let behind = || Path::new(name).file_stem().is_some_and(|stem| before(&ending(Path::new(stem))));
    // What ends as notes do is asked no more.
    !NOTES.contains(&last) && (is(last) || behind())
}

/// Whether an editor has left a file beside the one that it was saving: the one before, or one that was never saved. It
/// would be read as the same talks once more.
fn is_left_over(name: &std::ffi::OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.ends_with(b"~") || name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#")
}

/// Whether a file below a root may be notes, or says how they are read, going by its name: what editors leave beside
/// a file while they save it is neither.
pub fn may_be_notes(below: &Path, all: bool) -> bool {
    let name = below.file_name().unwrap_or_default();
    if name == crate::library::overrides::NAME {
        return true;
    }
    let hidden = |part: &std::ffi::OsStr| part.as_encoded_bytes().first() == Some(&b'.');
    let shown = all || !below.iter().any(hidden) && !is_left_over(name);
    let last = ending(below);
    shown && name != "4913" && !NOT_TEXT.contains(&&*last) && !is_code(name, &last)
}

/// The files under roots, each root in the order given, files in natural order. Folders that cannot be read
/// and source code become problems.
pub struct Walk {
    roots: std::vec::IntoIter<PathBuf>,
    /// The folder that is being walked.
    inside: Option<Inside>,
    /// The folder of the last root that was a file: of those that are named one after the other, all in it are of one collection.
    beside: Option<Arc<Root>>,
    all: bool,
    /// Of roots that are one inside the other, or the same by another name, each file is read once, as the first
    /// of them has it.
    seen: Option<HashSet<PathBuf>>,
    /// What links in the folders have led to that lies outside of them.
    linked: HashSet<PathBuf>,
    problems: Vec<Problem>,
    overrides: Vec<PathBuf>,
    given: Vec<PathBuf>,
}

struct Inside {
    walk: ignore::Walk,
    root: Arc<Root>,
}

impl Walk {
    /// A walk over files and folders. With `all`, hidden and ignored ones too.
    pub fn new(roots: Vec<PathBuf>, all: bool) -> Self {
        let seen = (roots.len() > 1).then(HashSet::new);
        let (problems, overrides) = (Vec::new(), Vec::new());
        let (given, roots) = (roots.clone(), roots.into_iter());
        let linked = HashSet::new();
        Self { given, roots, inside: None, beside: None, all, seen, linked, problems, overrides }
    }

    /// What stood in the way, as far as the walk has come.
    pub fn problems(&mut self) -> Vec<Problem> {
        self.problems.sort_by(|a, b| by_nature(&a.path, &b.path));
        std::mem::take(&mut self.problems)
    }

    /// The [`overrides`](crate::library::overrides) that lie in the folders, as far as the walk has come.
    pub fn overrides(&self) -> &[PathBuf] {
        &self.overrides
    }

    /// The file of this path, if the walk will come to it.
    pub fn entry(&self, path: &Path) -> Option<Entry> {
        let root = self.given.iter().find(|root| path.starts_with(root))?;
        let below = path.strip_prefix(root).unwrap_or(path);
        let file = below.as_os_str().is_empty();
        let relative = if file { Path::new(path.file_name()?) } else { below };
        let there = path.metadata().is_ok_and(|about| about.is_file());
        (there && may_be_notes(relative, self.all))
            .then(|| Entry { path: Located::new(path.to_path_buf(), relative), root: Root::of(root).into() })
    }

    /// The file that the walk will come to first, found without putting whole folders in order, and whether it is that for
    /// certain: of each folder no more than so many names are looked at. `None` where only the walk can tell.
    pub fn first(&self, names: usize) -> Option<(Entry, bool)> {
        let root = self.given.first()?;
        if !root.is_dir() {
            return Some((self.entry(root)?, true));
        }
        let First { path, certain } = first::first_in(root, self.all, names)?;
        Some((self.entry(&path)?, certain))
    }

    fn found(&mut self) -> Option<Entry> {
        loop {
            if let Some(inside) = &mut self.inside {
                match inside.walk.next() {
                    Some(Ok(found)) => {
                        if found.file_type().is_none_or(|kind| kind.is_dir()) {
                            continue;
                        }
                        let is_link = found.path_is_symlink();
                        let path = found.into_path();
                        if self.is_passed_over(&path) || is_link && self.is_read_elsewhere(&path) {
                            continue;
                        }
                        let root = &self.inside.as_ref()?.root;
                        let path = Located::under(&root.path, path);
                        return Some(Entry { path, root: Arc::clone(root) });
                    }
                    Some(Err(error)) => {
                        let problem = unlisted(&inside.root.path, &error);
                        self.problems.push(problem);
                    }
                    None => self.inside = None,
                }
                continue;
            }
            let root = self.roots.next()?;
            if !root.is_dir() {
                let path =
                    Located::new(root.clone(), Path::new(root.file_name().unwrap_or(root.as_os_str())));
                let of_last = self.beside.take().filter(|last| root.parent() == Some(&last.path));
                let beside = of_last.unwrap_or_else(|| Root::of(&root).into());
                self.beside = Some(Arc::clone(&beside));
                return Some(Entry { path, root: beside });
            }
            self.beside = None;
            self.inside = Some(Inside { walk: inside(&root, self.all), root: Root::of(&root).into() });
        }
    }

    /// Whether what a link leads to is read without it: the walk comes to it, or another link has led there.
    fn is_read_elsewhere(&mut self, link: &Path) -> bool {
        let root = self.inside.as_ref().map(|inside| Arc::clone(&inside.root)).unwrap_or_default();
        let (Ok(real), Ok(inside)) = (link.canonicalize(), root.path.canonicalize()) else {
            return false;
        };
        match real.strip_prefix(&inside) {
            Ok(below) => {
                may_be_notes(below, self.all) && comes_to(&root.path, &root.path.join(below), self.all)
            }
            Err(_) => !self.linked.insert(real),
        }
    }

    /// Whether a file in a folder is no notes, which may be worth a word.
    fn is_passed_over(&mut self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default();
        if name == crate::library::overrides::NAME {
            self.overrides.push(path.to_path_buf());
            return true;
        }
        let last = ending(Path::new(name));
        if NOT_TEXT.contains(&&*last) || is_left_over(name) && !self.all {
            return true;
        }
        let code = is_code(name, &last);
        if code {
            self.problems.push(source_code(path));
        }
        code
    }
}

impl Iterator for Walk {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            let entry = self.found()?;
            let real = self.seen.as_ref().and_then(|_| entry.path.canonicalize().ok());
            if let (Some(seen), Some(real)) = (&mut self.seen, real)
                && !seen.insert(real)
            {
                continue;
            }
            return Some(entry);
        }
    }
}

/// A walk through one folder.
fn inside(root: &Path, all: bool) -> ignore::Walk {
    rules(root, all).sort_by_file_path(|a, b| by_name(cut(a).1, cut(b).1)).build()
}

/// What is left out of a walk through a folder.
fn rules(root: &Path, all: bool) -> WalkBuilder {
    let mut walk = WalkBuilder::new(root);
    walk.hidden(!all)
        .ignore(!all)
        .git_ignore(!all)
        .git_global(false)
        .git_exclude(!all)
        .require_git(false)
        .parents(false)
        .follow_links(false);
    walk
}

/// Whether a walk through a folder comes to this file. Only the folders on the way to it are listed.
pub(super) fn comes_to(root: &Path, file: &Path, all: bool) -> bool {
    let wanted = file.to_path_buf();
    let mut walk = rules(root, all);
    walk.filter_entry(move |entry| wanted.starts_with(entry.path()));
    walk.build().flatten().any(|found| found.path() == file)
}

/// Whether a file is source code or data, by its name: a walk says so.
pub(super) fn is_source_code(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    let last = ending(Path::new(name));
    !NOT_TEXT.contains(&&*last) && is_code(name, &last)
}

/// The files that a walk comes to in and below a folder.
pub(super) fn files_in(root: &Path, folder: &Path, all: bool) -> Vec<PathBuf> {
    let wanted = folder.to_path_buf();
    let mut walk = rules(root, all);
    walk.filter_entry(move |entry| wanted.starts_with(entry.path()) || entry.path().starts_with(&wanted));
    let files = walk.build().flatten().map(ignore::DirEntry::into_path);
    files.filter(|path| path.starts_with(folder) && path.is_file()).collect()
}

/// The order in which a walk comes to two files below its root.
pub(super) fn as_walked(a: &Path, b: &Path) -> Ordering {
    let differing = a.iter().zip(b).find(|(a, b)| a != b);
    differing.map_or(Ordering::Equal, |(a, b)| by_name(a.as_encoded_bytes(), b.as_encoded_bytes()))
}

/// The order of two names in a folder.
pub(super) fn by_name(a: &[u8], b: &[u8]) -> Ordering {
    natural(a, b).then_with(|| a.cmp(b))
}

/// Whether there is anything at a path.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The names beside a path that may have been misspelt.
pub fn beside(path: &Path) -> Vec<PathBuf> {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
    let listed = std::fs::read_dir(parent.unwrap_or(Path::new("."))).into_iter().flatten().flatten();
    let joined = |name: std::ffi::OsString| parent.map_or(PathBuf::from(&name), |parent| parent.join(&name));
    listed.map(|entry| joined(entry.file_name())).collect()
}

impl Root {
    /// What somebody named, a folder or a file.
    fn of(given: &Path) -> Self {
        let named = match given.file_name() {
            Some(_) => given.to_path_buf(),
            None => given.canonicalize().unwrap_or_else(|_| given.to_path_buf()),
        };
        let (path, name) = match given.is_dir() {
            true => (given, named.file_name()),
            false => (given.parent().unwrap_or(Path::new("")), named.file_stem()),
        };
        Self { path: path.to_path_buf(), name: name.unwrap_or_default().to_string_lossy().into_owned() }
    }
}

fn source_code(path: &Path) -> Problem {
    Problem {
        path: path.to_path_buf(),
        line: None,
        severity: Severity::Note,
        code: "not-notes",
        message: "source code or data, by its ending; not read as notes".into(),
    }
}

fn unlisted(root: &Path, error: &ignore::Error) -> Problem {
    let path = match error {
        ignore::Error::WithPath { path, .. } => path.clone(),
        _ => root.to_path_buf(),
    };
    Problem {
        path,
        line: None,
        severity: Severity::Error,
        code: "unreadable",
        message: match error.io_error() {
            Some(io) => format!("this folder could not be listed: {io}"),
            None => format!("this folder could not be listed: {error}"),
        },
    }
}

/// Natural order of paths: numbers by value, letters without case, folder by folder.
pub fn by_nature(a: &Path, b: &Path) -> Ordering {
    by_name(a.as_os_str().as_encoded_bytes(), b.as_os_str().as_encoded_bytes())
}

/// Natural order of names: `talk2` stands before `talk10`. What is no UTF-8 in them is compared as the sign that stands
/// for it.
pub fn natural(a: &[u8], b: &[u8]) -> Ordering {
    // What they have in common from the start on says nothing, but for the digits of a number.
    let mut from = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let within = |name: &[u8], at: usize| name.get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
    while from > 0 && (within(a, from) || within(b, from) || a[from - 1].is_ascii_digit()) {
        from -= 1;
    }
    let (mut a, mut b) = (&a[from..], &b[from..]);
    loop {
        let (Some(x), Some(y)) = (a.first(), b.first()) else {
            return a.len().min(1).cmp(&b.len().min(1));
        };
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            let (x, y) = (number(&mut a), number(&mut b));
            x.len().cmp(&y.len()).then_with(|| x.cmp(y))
        } else {
            let (x, y) = (character(&mut a), character(&mut b));
            // A separator stands before everything, so that a folder's files stay together.
            match (std::path::is_separator(x), std::path::is_separator(y)) {
                _ if x == y => Ordering::Equal,
                (false, false) => x.to_lowercase().cmp(y.to_lowercase()),
                (left, right) => right.cmp(&left),
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// Takes the digits off the start, without their leading zeros.
fn number<'t>(text: &mut &'t [u8]) -> &'t [u8] {
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(length);
    *text = rest;
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    &digits[zeros..]
}

/// Takes a character off the start of a text that is not empty.
fn character(text: &mut &[u8]) -> char {
    /// No character is longer.
    const LONGEST: usize = 4;
    let first = text[0];
    let (character, length) = if first.is_ascii() {
        (char::from(first), 1)
    } else {
        let chunk = text[..text.len().min(LONGEST)].utf8_chunks().next();
        let valid = chunk.as_ref().and_then(|chunk| chunk.valid().chars().next());
        let invalid = || (char::REPLACEMENT_CHARACTER, chunk.map_or(1, |chunk| chunk.invalid().len()));
        valid.map_or_else(invalid, |character| (character, character.len_utf8()))
    };
    *text = &text[length..];
    character
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_by_value() {
        let mut names = ["talk10", "Talk2", "talk1", "talk01b", "alpha"];
        names.sort_by(|a, b| natural(a.as_bytes(), b.as_bytes()));
        assert_eq!(names, ["alpha", "talk1", "talk01b", "Talk2", "talk10"]);
        for (a, b) in [("talk10", "talk9"), ("a12b", "a12c"), ("x10/a", "x1/b"), ("é1", "é10"), ("ä", "å")]
        {
            let order = |a: &str, b: &str| natural(a.as_bytes(), b.as_bytes());
            let orders = (order(a, b), order(b, a));
            assert!(orders.0 == orders.1.reverse() && orders.0 != Ordering::Equal, "{a} {b}");
        }
        assert_eq!(
            (natural(b"talk10", b"talk9"), natural(b"x10/a", b"x1/b")),
            (Ordering::Greater, Ordering::Greater)
        );
    }

    proptest::proptest! {
        /// Bytes that are no UTF-8 stand for what is shown of them.
        #[test]
        fn names_are_compared_as_they_are_shown(names in proptest::collection::vec(
            proptest::collection::vec(proptest::sample::select(&b"aA01/\xc3\xa9\xa4\xf0\xe2\x80\xff"[..]), 0..9), 2))
        {
            let shown = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
            let (a, b) = (shown(&names[0]), shown(&names[1]));
            proptest::prop_assert_eq!(natural(&names[0], &names[1]), natural(a.as_bytes(), b.as_bytes()));
        }
    }

    #[test]
    fn lists_notes_and_says_what_is_code() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in [
            "b/2.md", "b/10.md", "a.txt", "README", "x.py", "x.py.txt", "marks.json.last-good", "y.png",
            ".hidden.md",
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("parent")).expect("folder");
            std::fs::write(path, "x").expect("file");
        }
        let mut walk = Walk::new(vec![folder.path().to_path_buf()], false);
        let entries: Vec<Entry> = walk.by_ref().collect();
        let problems = walk.problems();
        let names: Vec<_> = entries.iter().map(|e| e.relative().display().to_string()).collect();
        assert_eq!(names, ["a.txt", "b/2.md", "b/10.md", "README", "x.py.txt"]);
        assert_eq!(problems.len(), 2);
        // The first is found without the walk.
        let walk = Walk::new(vec![folder.path().to_path_buf()], false);
        let first = |n: usize| Some((entries[n].clone(), true));
        assert_eq!(walk.first(100), first(0));
        std::fs::remove_file(folder.path().join("a.txt")).expect("gone");
        std::fs::create_dir_all(folder.path().join("a/without notes")).expect("folders");
        assert_eq!(walk.first(100), first(1));
        std::fs::write(folder.path().join(".gitignore"), "a.txt\n").expect("file");
        assert_eq!((walk.first(100), walk.first(4)), (None, None));
    }

    #[test]
    fn of_a_few_names_the_first_is_one_of_them() {
        let folder = tempfile::tempdir().expect("a folder");
        for n in 0..20 {
            std::fs::write(folder.path().join(format!("{n}.md")), "x").expect("file");
        }
        let walk = Walk::new(vec![folder.path().to_path_buf()], false);
        let (one, certain) = walk.first(4).expect("one of four");
        assert!(!certain && one.path.exists(), "{one:?}");
        // Whatever the order in which they lie there, one of seventeen is not the last of them.
        assert!(walk.first(17).is_none_or(|(one, _)| one.relative() != Path::new("19.md")));
        let (first, certain) = walk.first(20).expect("all of them");
        assert!(certain && first.relative() == Path::new("0.md"), "{first:?}");
    }
}
