//! Collections that come about by chance, for tests that hold what comes of a change against a load.

use std::path::{Path, PathBuf};

use crate::library::load::{Roots, load};
use crate::library::model::{FileId, Library, Span};
use crate::text::line;

/// How much of a test is run: `cargo test` runs a sample, `HALLWAY_TESTS=more` (as in CI) more of it, `all` (the soak)
/// everything.
pub(super) fn rounds(sample: usize, more: usize, all: usize) -> usize {
    match std::env::var("HALLWAY_TESTS").as_deref() {
        Ok("more") => more,
        Ok("all") => all,
        _ => sample,
    }
}

/// All that is in a library.
pub(super) fn all(library: &Library) -> Vec<String> {
    let talk = |id| {
        let talk = library.talk(id);
        let told = (library.slug(id), &talk.title, &talk.speakers, talk.date, talk.header_lines, &talk.tags);
        format!("{told:?} {:?} {:?} {:?}", library.conference_of(id).name, talk.track, talk.spans)
    };
    let mut all: Vec<String> = library.talk_ids().map(talk).collect();
    all.extend(library.files.iter().map(|file| file.path.display().to_string()));
    all.extend(library.introductions.iter().map(|introduction| format!("{introduction:?}")));
    all.extend(library.furniture.iter().map(|furniture| format!("{furniture:?}")));
    all.extend(library.tracks.iter().map(|track| format!("{track:?}")));
    all.extend(library.problems.iter().map(|problem| format!("{problem:?}")));
    all
}

/// Whether each line that is not blank of each file belongs to one talk, one introduction, or is no notes.
pub(super) fn owned_once(library: &Library) -> bool {
    let talks = library.talks.iter().flat_map(|talk| &talk.spans);
    let introductions = library.introductions.iter().map(|introduction| &introduction.span);
    let furniture = library.furniture.iter().map(|furniture| &furniture.span);
    let mut spans: Vec<&Span> = talks.chain(introductions).chain(furniture).collect();
    spans.sort_by_key(|span| (span.file, span.bytes().start));
    let mut spans = spans.into_iter().peekable();
    let mut files = (0..).map(FileId).zip(&library.files);
    let owned = files.all(|(id, file)| {
        let mut end = 0;
        while let Some(span) = spans.next_if(|span| span.file == id) {
            if !file.text.get(end..span.bytes().start).is_some_and(line::is_blank) {
                return false;
            }
            end = span.bytes().end;
        }
        file.text.get(end..).is_some_and(line::is_blank)
    });
    owned && spans.peek().is_none()
}

pub(super) fn put(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, text).expect("written");
}

pub(super) fn loaded(folder: &Path) -> Library {
    load(&Roots::Paths(vec![folder.to_path_buf()]), false).expect("notes")
}

pub(super) fn talk(title: &str) -> String {
    format!("# {title}\n\nAda Lovelace\n\nIt was about looms.\n\nAnd more of it.\n")
}

/// Seven files of one talk each, as of a conference, and another file beside its folder.
pub(super) fn notes(folder: &Path) {
    let titles = [
        "What a card can hold", "Early looms at work", "How engines are wound", "Knots for everybody",
        "Of threads and needles", "Silk in the rain", "Wool and its friends",
    ];
    for (at, title) in titles.iter().enumerate() {
        put(&folder.join(format!("loomconf-2020/{}.md", at * 2 + 1)), &talk(title));
    }
    put(
        &folder.join("knotconf-2019.md"),
        "# KnotConf 2019\n\n## A first talk\n\nText.\n\n## A second one\n\nText.\n",
    );
}

pub(super) const FOLDERS: &[&str] =
    &["loomconf-2020", "loomconf-2020", "loomconf-2020", "loomconf-2020/day-2", "knots", "posts"];

pub(super) const NAMES: &[&str] = &[
    "on-the-engine", "day1", "a-card-can-hold", "03", "what-looms-do", "knots-for-everybody", "04",
    "looms-by-ada-lovelace", "an-early-one", "zinc-and-looms",
];

/// Lines that tell others something, and lines that do not.
pub(super) const LINES: &[&str] = &[
    "# Knots for everybody", "# On the engine of it", "## Weaving by hand", "## Looms in the rain",
    "## Notes", "Ada Lovelace", "*Grace Hopper*", "Speaker: Ada Lovelace", "It was about looms.",
    "- one item of it", "", "", "", "# Day 2", "LoomConf 2020", "Share on:", "Track: Looms",
    "Date: 25/06/2020", "Date: 05/06/2020",
];

pub(super) const FRONTS: &[&str] = &[
    "---\ntitle: LoomConf 2020 recap\ndate: 2020-01-02\n---\n",
    "---\ntitle: What I ate\ndate: 2020-01-03\n---\n",
    "---\nconference: LoomConf 2020\n---\n",
];

/// A collection that comes about by chance.
pub(super) struct Chance<'f> {
    pub(super) folder: &'f Path,
    pub(super) by: fastrand::Rng,
    /// All files are one talk each, as in most collections of a file for each talk.
    pub(super) plain: bool,
}

impl Chance<'_> {
    pub(super) fn of(&mut self, all: &[&'static str]) -> &'static str {
        all[self.by.usize(..all.len())]
    }

    pub(super) fn file(&mut self) -> PathBuf {
        let (folder, name, number) = (self.of(FOLDERS), self.of(NAMES), self.by.u8(..9));
        let name = if self.by.u8(..80) == 0 { "README.md".into() } else { format!("{name}-{number}.md") };
        self.folder.join(folder).join(name)
    }

    pub(super) fn write(&mut self, path: &Path) {
        let text = if path.ends_with("README.md") {
            let links =
                (0..self.by.u8(1..4)).map(|_| format!("- [it]({}-{}.md)\n", self.of(NAMES), self.by.u8(..9)));
            format!("# What I heard\n\n{}", links.collect::<String>())
        } else if self.plain {
            talk(&format!("{} {}", self.of(&["Looms", "How looms", "On"]), self.by.u8(..40)))
        } else {
            let front = if self.by.u8(..6) == 0 { self.of(FRONTS) } else { "" };
            let lines = (0..self.by.u8(2..11)).map(|_| self.of(LINES).to_owned() + "\n");
            front.to_owned() + &lines.collect::<String>()
        };
        put(path, &text);
    }
}
