//! `hallway.toml` in a folder of notes: what its owner states about how to read them.
//!
//! It holds for its folder and everything below; of several, the nearest one that states a thing
//! has the say. What is stated beats every evidence. A file that is at fault is a problem with its
//! line, and the rest of it still holds.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use toml::de::{DeTable, DeValue};

use crate::library::conference::Named;
use crate::library::headings::Style;
use crate::library::level::Answer;
use crate::library::problems::{Problem, Severity};

/// The name of the file.
pub const NAME: &str = "hallway.toml";

/// The keys that it may hold.
const KEYS: &[&str] = &["conference", "ignore-titles", "read", "skip", "talks", "track"];

/// The values of `talks`.
const TALKS: &[&str] = &["bare", "bold", "file", "h1", "h2", "h3", "h4", "h5", "h6", "items", "none"];

/// The values of `track`.
const TRACKS: &[&str] = &["file", "folder", "heading", "none"];

/// Where the talks of a file are, as somebody states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talks {
    /// There are none.
    None,
    /// They are where this answer says.
    At(Answer),
}

impl Talks {
    /// Whether the headings of a style are the talks then: they may be marked in another way of the same level.
    pub(super) fn are(self, style: Style) -> bool {
        match (self, style) {
            (Talks::At(Answer::Headings(Style::Marked(wanted))), Style::Underlined(level)) => wanted == level,
            (Talks::At(Answer::Headings(Style::Bare)), Style::Spaced) => true,
            (Talks::At(Answer::Headings(wanted)), style) => wanted == style,
            (Talks::At(Answer::Whole) | Talks::None, _) => false,
        }
    }
}

/// What a talk's track is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackRule {
    /// The name of the folder.
    Folder,
    /// The name of the file.
    File,
    /// The heading above it.
    Heading,
    /// Nothing: there are no tracks.
    None,
}

/// What is stated for a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// The conference.
    pub conference: Option<Named>,
    /// Where the talks are.
    pub talks: Option<Talks>,
    /// What the track is.
    pub track: Option<TrackRule>,
    /// Headings that are no talks.
    pub ignored: Vec<String>,
}

/// One `hallway.toml`.
#[derive(Debug)]
pub struct Overrides {
    /// The folder that it lies in.
    folder: PathBuf,
    rules: Rules,
    read: Option<Gitignore>,
    skip: Option<Gitignore>,
}

/// Reads the text of one, found in `folder`; with what is at fault in it.
pub fn parse(folder: &Path, text: &str) -> (Overrides, Vec<Problem>) {
    let path = folder.join(NAME);
    let mut reader = Reader { path: &path, text, problems: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    let broken = !errors.is_empty();
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.fault(at, format!("this is no TOML: {}", error.message().lines().next().unwrap_or_default()));
    }
    let mut overrides =
        Overrides { folder: folder.to_path_buf(), rules: Rules::default(), read: None, skip: None };
    for (key, value) in table.into_inner() {
        let at = value.span().start;
        // What a broken line leaves of its value says nothing more.
        if broken && matches!(value.get_ref(), DeValue::String(text) if text.is_empty()) {
            continue;
        }
        match key.get_ref().as_ref() {
            "conference" => {
                overrides.rules.conference =
                    reader.text_of(at, "conference", value.get_ref()).map(|v| Named::stated(&v));
            }
            "talks" => {
                overrides.rules.talks = reader.choice(at, "talks", value.get_ref(), TALKS).map(|v| talks(&v))
            }
            "track" => {
                overrides.rules.track = reader.choice(at, "track", value.get_ref(), TRACKS).map(|v| track(&v))
            }
            "ignore-titles" => overrides.rules.ignored = reader.list(at, "ignore-titles", value.get_ref()),
            "read" => overrides.read = reader.patterns(at, "read", value.get_ref(), folder),
            "skip" => overrides.skip = reader.patterns(at, "skip", value.get_ref(), folder),
            other => {
                let near = nearest(other, KEYS);
                reader.fault(key.span().start, format!("there is no key `{other}`; the nearest is `{near}`"));
            }
        }
    }
    (overrides, reader.problems)
}

fn talks(value: &str) -> Talks {
    let headings = |level: u8| Talks::At(Answer::Headings(Style::Marked(level)));
    match value {
        "none" => Talks::None,
        "file" => Talks::At(Answer::Whole),
        "bold" => Talks::At(Answer::Headings(Style::Bold)),
        "items" => Talks::At(Answer::Headings(Style::Item)),
        "bare" => Talks::At(Answer::Headings(Style::Bare)),
        level => headings(level.trim_start_matches('h').parse().unwrap_or(1)),
    }
}

fn track(value: &str) -> TrackRule {
    match value {
        "folder" => TrackRule::Folder,
        "file" => TrackRule::File,
        "heading" => TrackRule::Heading,
        _ => TrackRule::None,
    }
}

/// The word of a list that is spelt most like another.
fn nearest(word: &str, list: &[&'static str]) -> &'static str {
    list.iter().copied().min_by_key(|known| strsim::osa_distance(known, word)).unwrap_or_default()
}

struct Reader<'t> {
    path: &'t Path,
    text: &'t str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn fault(&mut self, at: usize, message: String) {
        let before = self.text.get(..at).unwrap_or(self.text);
        self.problems.push(Problem {
            path: self.path.to_path_buf(),
            line: Some(before.matches('\n').count() + 1),
            severity: Severity::Warning,
            code: "overrides",
            message,
        });
    }

    fn text_of(&mut self, at: usize, key: &str, value: &DeValue) -> Option<String> {
        if let DeValue::String(text) = value {
            return Some(text.to_string());
        }
        self.fault(at, format!("`{key}` wants a text in quotes, such as {key} = \"…\""));
        None
    }

    fn choice(&mut self, at: usize, key: &str, value: &DeValue, list: &[&'static str]) -> Option<String> {
        let text = self.text_of(at, key, value)?;
        if list.contains(&text.as_str()) {
            return Some(text);
        }
        let near = nearest(&text, list);
        self.fault(
            at,
            format!("`{key}` knows no \"{text}\"; the nearest is \"{near}\" (of {})", list.join(", ")),
        );
        None
    }

    fn list(&mut self, at: usize, key: &str, value: &DeValue) -> Vec<String> {
        let DeValue::Array(items) = value else {
            self.fault(at, format!("`{key}` wants a list of texts, such as {key} = [\"…\", \"…\"]"));
            return Vec::new();
        };
        items.iter().filter_map(|item| self.text_of(item.span().start, key, item.get_ref())).collect()
    }

    fn patterns(&mut self, at: usize, key: &str, value: &DeValue, folder: &Path) -> Option<Gitignore> {
        let mut builder = GitignoreBuilder::new(folder);
        for pattern in self.list(at, key, value) {
            if let Err(error) = builder.add_line(None, &pattern) {
                self.fault(at, format!("`{key}` holds a pattern that cannot be read: {error}"));
            }
        }
        builder.build().ok()
    }
}

/// What all the files of a walk state for one path; the nearest has the say.
pub fn rules_for(all: &[Overrides], path: &Path) -> Rules {
    let mut rules = Rules::default();
    for overrides in above(all, path) {
        rules.conference = rules.conference.or_else(|| overrides.rules.conference.clone());
        rules.talks = rules.talks.or(overrides.rules.talks);
        rules.track = rules.track.or(overrides.rules.track);
        rules.ignored.extend(overrides.rules.ignored.iter().cloned());
    }
    rules
}

/// Whether a file is to be read at all.
pub fn wants(all: &[Overrides], path: &Path) -> bool {
    let matched = |list: &Gitignore| list.matched_path_or_any_parents(path, false).is_ignore();
    above(all, path).iter().all(|o| {
        let below = path.starts_with(&o.folder);
        !below || o.read.as_ref().is_none_or(matched) && !o.skip.as_ref().is_some_and(matched)
    })
}

/// Those that lie in the folders above a path, the nearest first.
fn above<'o>(all: &'o [Overrides], path: &Path) -> Vec<&'o Overrides> {
    let mut found: Vec<&Overrides> = all.iter().filter(|o| path.starts_with(&o.folder)).collect();
    found.sort_by_key(|o| std::cmp::Reverse(o.folder.as_os_str().len()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, faults: &[(usize, &str)]) -> Rules {
        let (overrides, problems) = parse(Path::new("notes"), text);
        let found: Vec<_> = problems.iter().map(|p| (p.line.unwrap_or(0), &*p.message)).collect();
        assert_eq!(found.len(), faults.len(), "{found:?}");
        for ((line, message), (expected, part)) in found.iter().zip(faults) {
            assert!(line == expected && message.contains(part), "{found:?}");
        }
        rules_for(&[overrides], Path::new("notes/a/b.md"))
    }

    #[test]
    fn what_may_be_stated() {
        let rules = check(
            "conference = \"PyCon 2017\"\ntalks = \"h2\"\ntrack = \"folder\"\nignore-titles = [\"Lunch\"]\n",
            &[],
        );
        assert_eq!(rules.conference.map(|c| c.full()).as_deref(), Some("PyCon 2017"));
        assert_eq!(rules.talks, Some(Talks::At(Answer::Headings(Style::Marked(2)))));
        assert_eq!((rules.track, rules.ignored), (Some(TrackRule::Folder), vec!["Lunch".to_owned()]));
    }

    #[test]
    fn faults_are_told_with_line_and_the_nearest_key() {
        let rules = check(
            "confrence = \"x\"\n\ntalks = \"h9\"\ntrack = 3\nconference = \"PyCon 2017\"\n",
            &[(1, "nearest is `conference`"), (3, "nearest is \"h"), (4, "wants a text")],
        );
        assert!(rules.conference.is_some());
        check("talks = \n", &[(1, "no TOML")]);
    }

    #[test]
    fn the_nearest_has_the_say() {
        let (outer, _) =
            parse(Path::new("notes"), "conference = \"A 2001\"\ntrack = \"file\"\nskip = [\"drafts/\"]\n");
        let (inner, _) = parse(Path::new("notes/b"), "conference = \"B 2002\"\nread = [\"*.md\"]\n");
        let all = [outer, inner];
        let name = |path: &str| rules_for(&all, Path::new(path)).conference.map(|c| c.full());
        assert_eq!(name("notes/a.md").as_deref(), Some("A 2001"));
        assert_eq!(name("notes/b/c.md").as_deref(), Some("B 2002"));
        assert_eq!(rules_for(&all, Path::new("notes/b/c.md")).track, Some(TrackRule::File));
        let read = |path: &str| wants(&all, Path::new(path));
        assert!(read("notes/a.md") && read("notes/b/c.md") && read("elsewhere/drafts/x.md"));
        assert!(!read("notes/drafts/x.md") && !read("notes/b/c.txt"));
    }
}
