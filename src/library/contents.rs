//! A table of contents: what an index page says of the files it leads to.
//!
//! A page named as an index (or a nameless page among others) that leads to at least two files of
//! the collection gives each of them a title, a group and its place in the order. Links are
//! found in every dialect's writing, a toctree's bare names among them.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::hash::BuildHasher;
use std::ops::Deref;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, LazyLock};

use memchr::memmem::Finder;

use crate::library::conference::{self, Named};
use crate::library::crew;
use crate::library::file_name;
use crate::library::headings::Style;
use crate::library::model::File;
use crate::library::names::Strength;
use crate::library::passing;
use crate::library::place::Surveyed;
use crate::library::speakers;
use crate::library::title;
use crate::library::vocabulary;
use crate::text::fold::fold;
use crate::text::line;

/// What an index page says of one file. There may be one for each, so it is kept small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What the link is called, markup taken off; empty where it only says "notes" or the file's name.
    pub title: Box<str>,
    /// The group that it stands under.
    pub group: Option<Box<str>>,
    /// The conference that a heading above it names, with its year.
    pub conference: Option<Box<Named>>,
    /// The page.
    pub page: Arc<Path>,
    /// Which of the files it is that the page leads to, counted from 0.
    pub nth: u32,
}

/// The files that an index page leads to are not a table of contents below this number.
const FEW: usize = 2;

/// What the index pages of a collection say.
pub struct Contents {
    /// Of the files that each of them leads to, by index; of those that two lead to, the first page has the say.
    pub listed: Vec<Vec<(usize, Arc<Listed>)>>,
    /// The pages in which links may stand, as indexes into the files.
    pub pages: Vec<usize>,
    /// Links that lead to none of the files, as the paths that would be meant, made to be compared: where that was asked for.
    pub missed: Vec<String>,
}

/// Looks for index pages, and for what they say. `leads` tells which files may be such pages. With `misses`, it is told
/// which links lead to none of these files.
pub fn contents(files: &[Surveyed], leads: impl Fn(usize) -> bool, misses: bool) -> Contents {
    let pages: Vec<usize> = (0..files.len()).filter(|at| leads(*at)).collect();
    // Most pages lead nowhere, and then nobody asks where files lie.
    let known = LazyLock::new(|| {
        let bytes = crew::bytes(files.iter().map(|file| file.text.len()));
        ByKey::of(passing::list(files.iter().map(|file| file.relative)), bytes)
    });
    let bytes = crew::bytes(pages.iter().map(|page| files[*page].text.len()));
    let entries = |page: usize| {
        let mut missed = Vec::new();
        let entries = may_lead(files[page].text)
            .then(|| entries(files, page, &known, &mut |key| missed.extend(misses.then_some(key))));
        entries.map(|entries| (page, entries, missed))
    };
    let (mut found, mut missed) = (Vec::new(), Vec::new());
    for (page, entries, of_page) in crew::map(pages, bytes, entries).into_iter().flatten() {
        found.push((page, entries));
        missed.extend(of_page);
    }
    let pages = found.iter().map(|(page, _)| *page).collect();
    let listed = found.into_iter().map(|(_, found)| found).filter(|found| found.len() >= FEW).collect();
    Contents { listed, pages, missed }
}

/// The order in which files are read, as indexes into `listed`: as they lie, but for those of one page, which take the
/// places that they have among them in the order of the page.
pub fn order<'l>(listed: impl Iterator<Item = Option<&'l Listed>>) -> Vec<usize> {
    let mut of_page: HashMap<&OsStr, Vec<(u32, usize)>, foldhash::fast::RandomState> = HashMap::default();
    let mut count = 0;
    for (at, entry) in listed.enumerate() {
        count += 1;
        if let Some(entry) = entry {
            of_page.entry(entry.page.as_os_str()).or_default().push((entry.nth, at));
        }
    }
    let mut order: Vec<usize> = (0..count).collect();
    for mut entries in of_page.into_values() {
        let mut places: Vec<usize> = entries.iter().map(|(_, at)| *at).collect();
        places.sort_unstable();
        entries.sort_unstable();
        for (place, (_, at)) in places.into_iter().zip(entries) {
            order[place] = at;
        }
    }
    order
}

/// By its path as links are compared, where a file is.
struct ByKey<'f> {
    paths: Vec<&'f Path>,
    /// A print of each as it is compared, and which it is, in order: it is looked for by halves.
    prints: Vec<(u64, u32)>,
}

impl<'f> ByKey<'f> {
    /// Those of files; `bytes` says how much work that is ([`crew::map`]).
    fn of(paths: Vec<&'f Path>, bytes: usize) -> Self {
        let mut prints = crew::map(0..paths.len(), bytes, |at| (print(&key(paths[at])), at as u32));
        prints.sort_unstable();
        Self { paths, prints }
    }

    /// The file with this path; of several that differ in their endings alone, the last.
    fn get(&self, wanted: &str) -> Option<usize> {
        let print = print(wanted);
        let from = self.prints.partition_point(|(other, _)| *other < print);
        let alike = self.prints[from..].iter().take_while(|(other, _)| *other == print);
        alike.map(|(_, at)| *at as usize).filter(|at| key(self.paths[*at]) == wanted).last()
    }
}

/// A number by which paths that differ nearly always differ.
fn print(key: &str) -> u64 {
    foldhash::fast::FixedState::default().hash_one(key)
}

/// A path as links are compared: in one case, without its ending.
fn key(path: &Path) -> String {
    match path.to_str() {
        Some(path) => fold(without_ending(path)),
        None => folded(&path.with_extension("")),
    }
}

/// As [`Path::with_extension`] without one, for the path of a file.
fn without_ending(path: &str) -> &str {
    let name = path.rfind(std::path::is_separator).map_or(0, |at| at + 1);
    file_name::dot(&path[name..]).map_or(path, |dot| &path[..name + dot])
}

/// A path in one case.
pub(super) fn folded(path: &Path) -> String {
    fold(&path.to_string_lossy())
}

/// Whether a sign that a link is written with stands in a text. Most pages lead nowhere.
pub(super) fn may_lead(text: &str) -> bool {
    static TOCTREE: LazyLock<Finder> = LazyLock::new(|| Finder::new("toctree"));
    let text = text.as_bytes();
    memchr::memchr3(b'[', b'`', b'<', text).is_some() || TOCTREE.find(text).is_some()
}

/// Whether one of these pages may lead to a file of one of the names in a folder, given below the root, or say the name of one
/// beside it: the longest word of the name stands in its text, and that of the folder's if it lies elsewhere, whichever way they are
/// written.
pub(super) fn may_say(pages: &[Arc<File>], folder: &Path, names: &[&str]) -> bool {
    let longest = |name: &str| -> String {
        let folded = fold(name);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        words.max_by_key(|word| word.len()).unwrap_or_default().to_owned()
    };
    let words: Vec<String> = names.iter().map(|name| longest(name)).collect();
    let of_folder = longest(&folder.file_name().unwrap_or_default().to_string_lossy());
    let bytes = crew::bytes(pages.iter().map(|page| page.text.len()));
    let said = crew::map(pages, bytes, |page| {
        let text = fold(&percent_encoding::percent_decode_str(&page.text).decode_utf8_lossy());
        // A link goes by way of the folder, but from below it.
        let from_here = page.relative().starts_with(folder);
        (from_here || text.contains(&of_folder)) && words.iter().any(|word| text.contains(word.as_str()))
    });
    said.contains(&true)
}

/// The files that a page leads to, in its order, each once.
fn entries<'f>(
    files: &[Surveyed<'f>],
    page: usize,
    known: &impl Deref<Target = ByKey<'f>>,
    missed: &mut impl FnMut(String),
) -> Vec<(usize, Arc<Listed>)> {
    let file = &files[page];
    let path: Arc<Path> = file.root.path.join(file.relative).into();
    let folder = file.relative.parent().unwrap_or(Path::new(""));
    let mut headings = file.survey.found.all.iter().filter(|h| h.style < Style::Item).peekable();
    let mut above = Above::default();
    let mut found: Vec<(usize, Arc<Listed>)> = Vec::new();
    let mut seen: HashSet<usize, foldhash::fast::RandomState> = HashSet::default();
    let mut toctree = None;
    for line in line::lines_from(file.text, 0, 1) {
        while let Some(heading) = headings.next_if(|h| h.line() <= line.number) {
            above.enter(heading.style.depth(), &title::strip_markup(heading.text(file.text)));
        }
        if line.is_blank() {
            continue;
        }
        let indent = line.text.len() - line.text.trim_start().len();
        if line.text.trim_start().starts_with(".. toctree::") {
            toctree = Some(indent);
        } else if toctree.is_some_and(|at| indent <= at) {
            toctree = None;
        }
        let links = match toctree {
            Some(_) => toctree_entry(line.text).into_iter().collect(),
            None => links(line.text),
        };
        let mut leads = false;
        for (label, target) in links {
            let Some(at) = resolve(folder, target, known, missed).filter(|at| *at != page) else {
                continue;
            };
            leads = true;
            if !seen.insert(at) {
                continue;
            }
            let mut title = own_words(label, files[at].relative);
            if let (true, Some(cell)) = (title.is_empty(), first_cell(line.text)) {
                title = own_words(cell, files[at].relative);
            }
            if let Some(name) = said_beside(line.text, target) {
                // As a title that names its speaker.
                let label = if title.is_empty() { title::strip_markup(label).into_owned() } else { title };
                title = format!("{label} by {name}");
            }
            let (group, conference) = above.of(line.text);
            let (page, nth) = (Arc::clone(&path), found.len() as u32);
            found.push((at, Arc::new(Listed { title: title.into(), group, conference, page, nth })));
        }
        if let Some(item) = line::item(line.text) {
            above.pass_item(item.indent, if leads { "" } else { item.text });
        }
    }
    found
}

/// The headings and list items that a line of the page stands under.
#[derive(Default)]
struct Above {
    headings: Vec<(u8, String)>,
    items: Vec<(usize, String)>,
}

impl Above {
    fn enter(&mut self, depth: u8, text: &str) {
        self.headings.retain(|(d, _)| *d < depth);
        self.headings.push((depth, title::bare(text).to_owned()));
        self.items.clear();
    }

    fn pass_item(&mut self, indent: usize, text: &str) {
        self.items.retain(|(i, _)| *i < indent);
        if !text.is_empty() {
            self.items.push((indent, title::bare(&title::strip_markup(text)).to_owned()));
        }
    }

    /// The nearest group and the nearest conference above a line. The page's own title is neither.
    fn of(&self, line: &str) -> (Option<Box<str>>, Option<Box<Named>>) {
        let indent = line::item(line).map_or(0, |item| item.indent);
        let items = self.items.iter().filter(|(i, _)| *i < indent).map(|(_, text)| text);
        let inner: Vec<&String> = self.headings.iter().skip(1).map(|(_, text)| text).chain(items).collect();
        let named = |text: &&&String| conference::in_line(text).is_some_and(|n| n.year.is_some());
        let plain = |text: &str| {
            let folded = fold(text);
            line::words(&folded).all(|w| vocabulary::is_generic(w) || line::is_function_word(w))
        };
        let group = inner
            .iter()
            .rev()
            .find(|text| vocabulary::is_group(text) && !vocabulary::is_plain_place(text) && !plain(text));
        let conference = inner.iter().rev().find(named).and_then(|text| conference::in_line(text));
        (group.map(|text| text.as_str().into()), conference.map(Box::new))
    }
}

/// Who is named behind a link, or in another cell of its row: `- [A talk](a.md) - Ada Lovelace`.
fn said_beside(line: &str, target: &str) -> Option<String> {
    let (before, behind) = line.split_once(target)?;
    let behind = behind.split_once([')', ']', '>']).map_or("", |(_, behind)| behind);
    let behind = behind.trim_start_matches([' ', '-', '–', '—', ':', '|', '(', ',', ']']);
    let behind = behind.strip_prefix("by ").unwrap_or(behind).trim_end_matches([')', ' ', '|']);
    let is_row = line.trim_start().starts_with('|');
    let parts = if is_row { [before, behind] } else { ["", behind] };
    parts.iter().flat_map(|part| part.split(|c| is_row && c == '|')).map(str::trim).find_map(|part| {
        if part.is_empty() || part.contains('[') {
            return None;
        }
        let (people, strength) = speakers::named_in_line(part)?;
        let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
        (strength == Strength::Known).then(|| names.join(", "))
    })
}

/// What a link is called, if that is more than that it leads to notes.
fn own_words(label: &str, path: &Path) -> String {
    let label = title::strip_markup(label);
    let label = title::bare(label.trim());
    let folded = fold(label);
    let generic = line::words(&folded).all(|w| {
        vocabulary::is_generic(w)
            || line::is_function_word(w)
            || matches!(w, "here" | "link" | "read" | "more" | "file")
    });
    let is_said = |name: &str| match name.is_ascii() {
        true => name.eq_ignore_ascii_case(&folded),
        false => fold(name) == folded,
    };
    let name = || path.file_name().unwrap_or_default().to_string_lossy();
    if generic || is_said(&name()) || is_said(&file_name::stem(path)) || label.contains('/') {
        return String::new();
    }
    label.to_owned()
}

/// The first cell of a row of a table, where it is no link itself.
fn first_cell(line: &str) -> Option<&str> {
    let row = line.trim().trim_start_matches('|');
    let cell = row.split_once('|').filter(|(_, rest)| rest.contains('|'))?.0.trim();
    (!cell.contains("](") && cell.contains(char::is_alphabetic)).then_some(cell)
}

/// The links of a line, whatever dialect writes them: label and target.
fn links(line: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let has = |sign: u8| memchr::memchr(sign, line.as_bytes()).is_some();
    let (has_bracket, has_tick, has_angle) = (has(b'['), has(b'`'), has(b'<'));
    if !(has_bracket || has_tick || has_angle) {
        return found;
    }
    // Most lines are looked through for one of them only.
    let only = |asked: bool| if asked { line } else { "" };
    let (in_brackets, in_ticks, in_angles) = (only(has_bracket), only(has_tick), only(has_angle));
    // Markdown: [label](target)
    for middle in pairs(in_brackets, *b"](") {
        let above = &line[line.ceil_char_boundary(middle.saturating_sub(LONGEST_LINK))..middle];
        let label = &above[above.rfind('[').map_or(above.len(), |at| at + 1)..];
        let rest = near(&line[middle + 2..]);
        let end = rest.find([')', ' ']).unwrap_or(rest.len());
        let rest = rest.strip_prefix('<').map_or(&rest[..end], |r| &r[..r.find('>').unwrap_or(r.len())]);
        found.push((label, rest));
    }
    // Wikilinks [[target|label]], and Org's [[target][label]].
    for open in pairs(in_brackets, *b"[[") {
        let Some(inner) = near(&line[open + 2..]).split("]]").next() else {
            continue;
        };
        let (target, label) = inner.split_once("][").or(inner.split_once('|')).unwrap_or((inner, inner));
        found.push((label, target.trim_start_matches("file:")));
    }
    // reStructuredText: `label <target>`, between two backticks.
    for piece in in_ticks.split('`').skip(1).step_by(2) {
        if let Some((label, target)) = piece.strip_suffix('>').and_then(|p| p.rsplit_once('<')) {
            found.push((label.trim(), target));
        }
    }
    // AsciiDoc: link:target[label], xref:target[label], <<target#,label>>
    for mark in ["link:", "xref:"].into_iter().filter(|_| has(b':')) {
        for (at, _) in in_brackets.match_indices(mark) {
            if let Some((target, rest)) = near(&line[at + mark.len()..]).split_once('[')
                && !target.contains(' ')
            {
                found.push((rest.split(']').next().unwrap_or_default(), target));
            }
        }
    }
    for at in pairs(in_angles, *b"<<") {
        let inner = near(&line[at + 2..]).split(">>").next().unwrap_or_default();
        if let Some((target, label)) = inner.split_once(',') {
            found.push((label.trim(), target.split('#').next().unwrap_or(target)));
        }
    }
    found
}

/// No link that leads to a file is longer in a line, in bytes: what is open is looked no further for its end, or a line of
/// brackets would be gone over once for each of them.
const LONGEST_LINK: usize = 1_000;

/// The start of what stands behind a sign, as far as a link may reach.
fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_LINK)]
}

/// Where two signs of ASCII stand side by side, none of them taken twice.
fn pairs(line: &str, [first, second]: [u8; 2]) -> impl Iterator<Item = usize> {
    let bytes = line.as_bytes();
    let mut from = 0;
    memchr::memchr_iter(first, bytes).filter(move |at| {
        let found = *at >= from && bytes.get(at + 1) == Some(&second);
        from = if found { at + 2 } else { from };
        found
    })
}

/// A line of a toctree: `name`, or `Title <name>`.
fn toctree_entry(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    if line.is_empty() || line.starts_with([':', '.']) {
        return None;
    }
    match line.strip_suffix('>').and_then(|l| l.rsplit_once('<')) {
        Some((label, target)) => Some((label.trim(), target)),
        None => Some(("", line)),
    }
}

/// The file that a link leads to, if it is one of the collection.
fn resolve(folder: &Path, target: &str, known: &ByKey, missed: &mut impl FnMut(String)) -> Option<usize> {
    let target = target.split(['#', '?']).next().unwrap_or_default().trim();
    if target.is_empty() || target.contains("://") || target.starts_with("mailto:") || target.len() > 400 {
        return None;
    }
    let target = percent_encoding::percent_decode_str(target).decode_utf8_lossy();
    let target = target.trim_start_matches('/').trim_end_matches('/');
    let joined = normal(&folder.join(target))?;
    let meant = ["", "/readme", "/index"].into_iter().map(|page| folded(&joined) + page);
    std::iter::once(key(&joined)).chain(meant).find_map(|key| {
        let at = known.get(&key);
        if at.is_none() {
            missed(key);
        }
        at
    })
}

/// A path without `.` and `..`; `None` when it leads out of the collection.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => out.push(name),
            Component::CurDir => {}
            Component::ParentDir if out.pop() => {}
            _ => return None,
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_every_dialect() {
        assert_eq!(links("- [A talk](a.md) by Ada"), [("A talk", "a.md")]);
        assert_eq!(links("see [x](<a b.md>), [y](c.md \"t\")"), [("x", "a b.md"), ("y", "c.md")]);
        assert_eq!(
            links("[[a talk]] [[b|Bee]] [[file:c.org][Sea]]"),
            [("a talk", "a talk"), ("Bee", "b"), ("Sea", "c.org")]
        );
        assert_eq!(links("* :doc:`A talk <a>` and `b <b.rst>`_"), [("A talk", "a"), ("b", "b.rst")]);
        assert_eq!(links("* xref:a.adoc[A talk], <<b.adoc#,B>>"), [("A talk", "a.adoc"), ("B", "b.adoc")]);
        assert_eq!(toctree_entry("   Title <a/b>"), Some(("Title", "a/b")));
        assert_eq!(toctree_entry("   :maxdepth: 2"), None);
    }

    #[test]
    fn targets_are_files_of_the_collection() {
        let paths = ["talks/a b.txt", "talks/A b.md", "talks/v1.2 news.md", "day/README.md"];
        let known = ByKey::of(paths.map(Path::new).to_vec(), 0);
        let at = |target: &str| resolve(Path::new("talks"), target, &known, &mut |_| {});
        assert_eq!((at("a%20b.md#part"), at("./A b.html"), at("../day/")), (Some(1), Some(1), Some(3)));
        assert_eq!((at("https://x.y/a"), at("../../a"), at("none.md"), at("")), (None, None, None, None));
    }

    #[test]
    fn the_page_orders_its_files_and_no_others() {
        let entry = |page: &str, nth| {
            let page = Path::new(page).into();
            Some(Listed { title: "".into(), group: None, conference: None, page, nth })
        };
        let listed = [None, entry("a", 2), None, entry("a", 0), entry("a", 1), entry("b", 0)];
        assert_eq!(order(listed.iter().map(Option::as_ref)), [0, 3, 2, 4, 1, 5]);
    }

    proptest::proptest! {
        #[test]
        fn endings_go_and_pairs_are_found_as_elsewhere(path in "((a|b c|É|\\.\\.)/){0,3}\\.?(a|É|md)(a|\\.|md){0,3}", line in "[\\[\\](<a]{0,12}") {
            proptest::prop_assert_eq!(key(Path::new(&path)), folded(&Path::new(&path).with_extension("")), "{}", path);
            for pair in ["](", "[[", "<<"] {
                let found: Vec<usize> = line.match_indices(pair).map(|(at, _)| at).collect();
                let bytes = pair.as_bytes();
                proptest::prop_assert_eq!(pairs(&line, [bytes[0], bytes[1]]).collect::<Vec<_>>(), found, "{}", line);
            }
        }
    }
}
