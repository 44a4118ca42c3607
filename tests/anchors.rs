//! Bookmarks after edits: places are bookmarked all over the bundled collection and the fixtures, the notes are
//! edited at random in the ways in which people edit them, and it is counted how many are found again.
//!
//! Each line carries a mark of its own through the edits, so what is right is known without asking the program.
//! `HALLWAY_TESTS=more` or `all` makes it longer; `HALLWAY_TEST_NOTES=FOLDER` measures on other notes and prints
//! what went wrong.

#![expect(clippy::print_stdout, reason = "what was counted is told, for --nocapture")]

mod common;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use fastrand::Rng;
use hallway::bookmarks::Anchor;
use hallway::bookmarks::anchor::{Moved, Resolver, portable};
use hallway::library::load::{Roots, load};
use hallway::library::{Library, TalkId};

/// How the notes are edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    LinesAdded,
    Retitled,
    MovedBetweenFiles,
    SectionsReordered,
    WordsChanged,
    SplitAndMerged,
    TalkDeleted,
}

const KINDS: [Kind; 7] = [
    Kind::LinesAdded,
    Kind::Retitled,
    Kind::MovedBetweenFiles,
    Kind::SectionsReordered,
    Kind::WordsChanged,
    Kind::SplitAndMerged,
    Kind::TalkDeleted,
];

/// How many of a hundred words are changed besides.
const SHARES: [usize; 3] = [1, 5, 20];

/// A line with the marks of the lines that it was made of.
#[derive(Debug, Clone)]
struct Line {
    text: String,
    marks: BTreeSet<usize>,
}

/// A stretch of a file: a talk's lines, or what stands between talks.
#[derive(Debug, Clone)]
struct Block {
    talk: Option<TalkId>,
    lines: Vec<Line>,
}

impl Block {
    /// How its title is written: the signs before it, an underline, a blank at its end.
    fn style(&self) -> String {
        let first = self.lines.first().map_or("", |l| l.text.as_str());
        let signs: String = first.chars().take_while(|c| !c.is_alphanumeric()).collect();
        let under = self.lines.get(1).and_then(|l| l.text.chars().next()).filter(|c| "=-~^*".contains(*c));
        format!("{signs}{}{}", under.map_or(String::new(), String::from), first.ends_with(' '))
    }
}

/// The files of some notes.
struct Notes {
    files: BTreeMap<PathBuf, Vec<Block>>,
    /// Which mark a line of a file had at first.
    marks: HashMap<(PathBuf, usize), usize>,
    /// The text of each marked line at first.
    texts: Vec<String>,
    /// Words to put in the place of others.
    vocabulary: Vec<String>,
}

impl Notes {
    fn of(library: &Library) -> Self {
        let mut notes = Notes {
            files: BTreeMap::new(),
            marks: HashMap::new(),
            texts: Vec::new(),
            vocabulary: Vec::new(),
        };
        let mut vocabulary = BTreeSet::new();
        for (at, file) in library.files.iter().enumerate() {
            let owner = |line: usize| {
                library.talk_ids().find(|t| {
                    let mut spans = library.talk(*t).spans.iter();
                    spans.any(|s| s.file.index() == at && (s.line()..=s.end_line()).contains(&line))
                })
            };
            let mut blocks: Vec<Block> = Vec::new();
            for (n, text) in file.text.lines().enumerate() {
                let mark = notes.texts.len();
                notes.texts.push(text.to_owned());
                notes.marks.insert((file.relative().to_path_buf(), n + 1), mark);
                let line = Line { text: text.to_owned(), marks: [mark].into() };
                vocabulary.extend(tokens(text).into_iter().filter(|w| w.is_ascii() && w.len() > 2));
                // A blank line below a talk goes with it.
                let talk = match (owner(n + 1), blocks.last()) {
                    (None, Some(last)) if text.trim().is_empty() => last.talk,
                    (talk, _) => talk,
                };
                match blocks.last_mut().filter(|b| b.talk == talk) {
                    Some(block) => block.lines.push(line),
                    None => blocks.push(Block { talk, lines: vec![line] }),
                }
            }
            notes.files.insert(file.relative().to_path_buf(), blocks);
        }
        notes.vocabulary = vocabulary.into_iter().collect();
        notes
    }

    fn write(files: &BTreeMap<PathBuf, Vec<Block>>, folder: &Path) {
        for (path, blocks) in files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            let lines: Vec<&str> = blocks.iter().flat_map(|b| &b.lines).map(|l| l.text.as_str()).collect();
            std::fs::write(path, lines.join("\n") + "\n").expect("written");
        }
    }
}

/// The words of a line, as somebody who counts them would cut it.
fn tokens(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for run in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if run.chars().any(|c| ('\u{3040}'..='\u{9fff}').contains(&c)) {
            found.extend(run.chars().map(String::from));
        } else {
            found.push(run.to_lowercase());
        }
    }
    found
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Which edits are made, and with what.
struct Editor<'n> {
    rng: Rng,
    vocabulary: &'n [String],
}

impl Editor<'_> {
    fn words(&mut self, count: usize) -> String {
        let words: Vec<&str> =
            (0..count).map(|_| self.vocabulary[self.rng.usize(..self.vocabulary.len())].as_str()).collect();
        words.join(" ")
    }

    /// Changes a share of the words of a line; the signs around them stay.
    fn change_words(&mut self, text: &str, share: usize) -> String {
        let mut out = String::new();
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(char::is_alphanumeric).map(|at| rest.split_at(at));
            let Some((before, from)) = word else {
                out.push_str(rest);
                break;
            };
            out.push_str(before);
            let unspaced = from.chars().next().is_some_and(|c| ('\u{3040}'..='\u{9fff}').contains(&c));
            let end = match unspaced {
                true => from.chars().next().map_or(0, char::len_utf8),
                false => from.find(|c: char| !c.is_alphanumeric()).unwrap_or(from.len()),
            };
            let (word, after) = from.split_at(end);
            if self.rng.usize(..100) < share {
                match unspaced {
                    true => out.push('字'),
                    false => out.push_str(&self.words(1)),
                }
            } else {
                out.push_str(word);
            }
            rest = after;
        }
        out
    }

    fn retitle(&mut self, block: &mut Block) {
        let Some(at) = block.lines.iter().position(|l| l.text.contains(char::is_alphanumeric)) else {
            return;
        };
        let text = &block.lines[at].text;
        let start = text.find(char::is_alphanumeric).unwrap_or(0);
        let (head, body) = (text[..start].to_owned(), text[start..].to_owned());
        let new = match self.rng.usize(..3) {
            0 => format!("{body}, revisited"),
            1 => self.change_words(&body, 30),
            // Written as titles are.
            _ => self.words(4).split(' ').map(capitalised).collect::<Vec<_>>().join(" "),
        };
        // A heading that was copied from a page ends in a blank, and is known by it.
        let end = &text[text.trim_end().len()..];
        block.lines[at].text = format!("{head}{}{end}", new.trim_end());
        // An underline goes with its title.
        if let Some(under) = block.lines.get_mut(at + 1) {
            let sign = under.text.chars().next().filter(|c| "=-~^*".contains(*c));
            if let Some(sign) = sign.filter(|c| under.text.len() > 2 && under.text.chars().all(|o| o == *c)) {
                under.text = sign.to_string().repeat(head.len() + new.chars().count());
            }
        }
    }

    fn add_lines(&mut self, block: &mut Block) {
        let at = 1 + self.rng.usize(..block.lines.len());
        for n in 0..1 + self.rng.usize(..4) {
            let count = 4 + self.rng.usize(..8);
            let text = format!("* {}", self.words(count));
            block.lines.insert((at + n).min(block.lines.len()), Line { text, marks: BTreeSet::new() });
        }
    }

    /// Puts paragraphs of a talk in another order; what stands at its head stays there.
    fn reorder(&mut self, block: &mut Block) {
        let mut paragraphs: Vec<Vec<Line>> = vec![Vec::new()];
        for line in block.lines.drain(..) {
            let blank = line.text.trim().is_empty();
            paragraphs.last_mut().expect("one").push(line);
            if blank {
                paragraphs.push(Vec::new());
            }
        }
        let last = paragraphs.iter().rposition(|p| !p.is_empty()).unwrap_or(0);
        if let Some(end) = paragraphs[last].last().filter(|l| !l.text.trim().is_empty()) {
            let blank = Line { text: String::new(), marks: end.marks.iter().take(0).copied().collect() };
            paragraphs[last].push(blank);
        }
        if paragraphs.len() > 3 {
            let (from, to) =
                (2 + self.rng.usize(..paragraphs.len() - 2), 2 + self.rng.usize(..paragraphs.len() - 2));
            let moved = paragraphs.remove(from);
            paragraphs.insert(to.min(paragraphs.len()), moved);
        }
        block.lines = paragraphs.into_iter().flatten().collect();
    }

    /// Breaks a line in two, or joins two.
    fn split_or_merge(&mut self, block: &mut Block) {
        let lines = &mut block.lines;
        if lines.len() < 4 {
            return;
        }
        let at = 2 + self.rng.usize(..lines.len() - 2);
        let marked =
            |text: &str| text.trim().is_empty() || text.trim_start().starts_with(['#', '=', '|', '`']);
        if marked(&lines[at].text) {
            return;
        }
        if self.rng.bool() {
            let words: Vec<usize> = lines[at].text.match_indices(' ').map(|(at, _)| at).collect();
            if words.len() >= 5 {
                let cut = words[words.len() / 2];
                let rest = format!("  {}", lines[at].text[cut..].trim());
                let marks = lines[at].marks.clone();
                lines[at].text.truncate(cut);
                lines.insert(at + 1, Line { text: rest, marks });
            }
        } else if at + 1 < lines.len() && !marked(&lines[at + 1].text) {
            let next = lines.remove(at + 1);
            let more = next.text.trim().trim_start_matches(['*', '-', '•']).trim().to_owned();
            lines[at].text = format!("{} {more}", lines[at].text);
            lines[at].marks.extend(next.marks);
        }
    }
}

/// What became of the bookmarks of one kind of edit.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    right: usize,
    lost: usize,
    wrong: usize,
    /// Less than 70 % of the words still stand in one section; found or not, but for wrong ones.
    beyond: usize,
    beyond_wrong: usize,
    /// How many were found where they were, and for each of [`REASONS`], how many elsewhere.
    reasons: [usize; 1 + REASONS.len()],
    /// The lines that were found, added up.
    lines: usize,
}

const REASONS: [Moved; 6] =
    [Moved::Title, Moved::File, Moved::Talk, Moved::Section, Moved::Words, Moved::Gone];

impl Count {
    fn add(&mut self, c: &Count) {
        self.right += c.right;
        self.lost += c.lost;
        self.wrong += c.wrong;
        self.beyond += c.beyond;
        self.beyond_wrong += c.beyond_wrong;
        self.lines += c.lines;
        self.reasons.iter_mut().zip(c.reasons).for_each(|(all, more)| *all += more);
    }

    fn all(self) -> usize {
        self.right + self.lost + self.wrong + self.beyond + self.beyond_wrong
    }

    fn within(self) -> usize {
        self.right + self.lost + self.wrong
    }

    fn percent_right(self) -> f64 {
        100.0 * self.right as f64 / self.within().max(1) as f64
    }
}

/// Edits some talks of the notes, each in a way; returns the files as they are then.
fn edit(
    notes: &Notes,
    kind: Kind,
    share: usize,
    wanted: &BTreeSet<TalkId>,
    rng: Rng,
) -> BTreeMap<PathBuf, Vec<Block>> {
    let mut editor = Editor { rng, vocabulary: &notes.vocabulary };
    let mut files = notes.files.clone();
    let styles = |blocks: &Vec<Block>| blocks.iter().filter(|b| b.talk.is_some()).map(Block::style).collect();
    let names: BTreeMap<PathBuf, Vec<String>> =
        files.iter().map(|(name, b)| (name.clone(), styles(b))).collect();
    let mut moving: Vec<(PathBuf, Block)> = Vec::new();
    for (path, blocks) in &mut files {
        for block in blocks.iter_mut().filter(|b| b.talk.is_some_and(|t| wanted.contains(&t))) {
            for _ in 0..1 + editor.rng.usize(..5) {
                match kind {
                    Kind::LinesAdded => editor.add_lines(block),
                    Kind::Retitled => editor.retitle(block),
                    Kind::SectionsReordered => editor.reorder(block),
                    Kind::SplitAndMerged => editor.split_or_merge(block),
                    Kind::MovedBetweenFiles | Kind::WordsChanged | Kind::TalkDeleted => {}
                }
            }
            // Addresses and what stands in them are not words that anybody changes.
            for line in block.lines.iter_mut().filter(|l| !l.text.contains("://")) {
                line.text = editor.change_words(&line.text, share);
            }
        }
        match kind {
            Kind::TalkDeleted => blocks.retain(|b| !b.talk.is_some_and(|t| wanted.contains(&t))),
            Kind::MovedBetweenFiles => {
                for block in blocks.extract_if(.., |b| b.talk.is_some_and(|t| wanted.contains(&t))) {
                    // Into another file of its folder in which talks are written alike, or into one of its own.
                    let fits = |(name, styles): &(&PathBuf, &Vec<String>)| {
                        let beside = name.parent() == path.parent() && name.extension() == path.extension();
                        beside && *name != path && styles.contains(&block.style())
                    };
                    let beside: Vec<&PathBuf> = names.iter().filter(fits).map(|(name, _)| name).collect();
                    let to = match beside.is_empty() || editor.rng.usize(..3) == 0 {
                        true => {
                            let name = path.with_file_name(format!("moved-{}", editor.rng.u16(..)));
                            name.with_extension(path.extension().unwrap_or_default())
                        }
                        false => beside[editor.rng.usize(..beside.len())].clone(),
                    };
                    moving.push((to, block));
                }
            }
            // Talks change places as well as what stands in them.
            Kind::SectionsReordered if blocks.len() > 2 => {
                let mut at: Vec<usize> = (0..blocks.len()).filter(|n| blocks[*n].talk.is_some()).collect();
                if at.len() > 1 {
                    editor.rng.shuffle(&mut at);
                    blocks.swap(at[0], at[1]);
                }
            }
            _ => {}
        }
    }
    for (to, block) in moving {
        files.entry(to).or_default().push(block);
    }
    files.retain(|_, blocks| blocks.iter().any(|b| b.lines.iter().any(|l| !l.text.trim().is_empty())));
    files
}

fn has_file(library: &Library, talk: TalkId, path: &Path) -> bool {
    library.talk(talk).spans.iter().any(|span| library.file(span.file).relative() == path)
}

/// Bookmarks some lines, edits, and counts.
fn measure(folder: &Path, kind: Kind, share: usize, seed: u64, explain: bool) -> Count {
    let mut rng = Rng::with_seed(seed);
    let read = |folder: &Path| load(&Roots::Paths(vec![folder.to_path_buf()]), false).expect("notes");
    let library = read(folder);
    let notes = Notes::of(&library);
    let wanted: BTreeSet<TalkId> = library.talk_ids().filter(|_| rng.bool()).collect();
    let mut anchors = Vec::new();
    for talk in &wanted {
        let span = &library.talk(*talk).spans[0];
        for _ in 0..2 {
            let line = rng.usize(span.line()..=span.end_line());
            anchors.extend(Anchor::of(&library, *talk, line, 0).map(|a| (a, *talk)));
        }
    }
    let files = edit(&notes, kind, share, &wanted, rng.fork());
    let folder = tempfile::tempdir().expect("a folder");
    Notes::write(&files, folder.path());
    let after = read(folder.path());
    let mut resolver = Resolver::new(&after);
    let mut count = Count::default();
    for (anchor, talk) in anchors {
        let mark = notes.marks[&(PathBuf::from(&anchor.path), anchor.line)];
        let found = resolver.find(&anchor);
        if let Some(found) = found {
            let reason = REASONS.iter().position(|reason| found.moved == Some(*reason));
            count.reasons[reason.map_or(0, |at| at + 1)] += 1;
            count.lines += found.line;
        }
        // Where the line is now, and how much of it.
        let mut places: BTreeMap<&Path, (BTreeSet<usize>, Vec<String>)> = BTreeMap::new();
        for (path, blocks) in &files {
            for (n, line) in blocks.iter().flat_map(|b| &b.lines).enumerate() {
                if line.marks.contains(&mark) {
                    let place = places.entry(path).or_default();
                    place.0.insert(n + 1);
                    place.1.extend(tokens(&line.text));
                }
            }
        }
        let was = tokens(&notes.texts[mark]);
        let standing = |place: &Vec<String>| {
            let mut left = place.clone();
            let there = was
                .iter()
                .filter(|w| left.iter().position(|l| l == *w).map(|at| left.swap_remove(at)).is_some());
            there.count() as f64 / was.len().max(1) as f64
        };
        let within = places.values().any(|(_, words)| standing(words) >= 0.7);
        let right = found.is_some_and(|f| {
            places.get(after.file(f.file).relative()).is_some_and(|(lines, _)| lines.contains(&f.line))
        });
        let gone = found.is_some_and(|f| f.moved == Some(Moved::Gone));
        let deleted = kind == Kind::TalkDeleted;
        match (within, found) {
            (true, Some(_)) if right => count.right += 1,
            (true, None) => count.lost += 1,
            // It says that the line is gone, and shows the talk that it is in: not found, but nobody is misled.
            (true, Some(f)) if gone && places.keys().any(|path| has_file(&after, f.talk, path)) => {
                count.lost += 1
            }
            (true, Some(_)) => count.wrong += 1,
            // Nothing is left of it: that is what has to be said.
            (false, None) if deleted => count.right += 1,
            (false, Some(_)) if deleted => count.wrong += 1,
            (false, Some(_)) if !right && !gone => count.beyond_wrong += 1,
            (false, _) => count.beyond += 1,
        }
        let fine = right || found.is_none() && !within || !within && gone && !deleted;
        if explain && !fine {
            let where_to = found.map(|f| {
                let file = after.file(f.file);
                let text = file.text.lines().nth(f.line - 1).unwrap_or_default();
                format!("{}:{} {:?} {text:?}", portable(file.relative()), f.line, f.moved)
            });
            let truth: Vec<String> = places
                .iter()
                .flat_map(|(path, (lines, _))| lines.iter().map(move |l| format!("{}:{l}", path.display())))
                .collect();
            println!(
                "{kind:?} {share}% {:?}\n  was {}:{} {:?} trail {:?}\n  found {where_to:?}\n  is {truth:?} within {within}",
                library.talk(talk).title,
                anchor.path,
                anchor.line,
                anchor.quote,
                anchor.trail
            );
        }
    }
    count
}

/// Collections with a line or two for each talk: there is nothing in them that a bookmark could be known by.
const SHORT: [&str; 3] = ["boatyard", "days-and-years", "who-spoke"];

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("the folder").flatten() {
        if SHORT.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::create_dir_all(to).expect("a folder");
            std::fs::copy(&path, &target).expect("copied");
        }
    }
}

#[test]
fn bookmarks_are_found_after_edits() {
    let rounds = common::rounds(1, 4, 40);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let other = std::env::var_os("HALLWAY_TEST_NOTES").map(PathBuf::from);
    let explain = other.is_some();
    let folders =
        other.map_or_else(|| vec![root.join("data"), root.join("tests/fixtures")], |folder| vec![folder]);
    let mut counts: BTreeMap<(Kind, usize), Count> = BTreeMap::new();
    for folder in &folders {
        // A copy, so that nothing here depends on where the notes lie.
        let copied = tempfile::tempdir().expect("a folder");
        copy(folder, copied.path());
        for round in 0..rounds as u64 {
            for kind in KINDS {
                for share in SHARES {
                    let seed = 20_261_125 + round * 1_000 + kind as u64 * 10 + share as u64;
                    let count = measure(copied.path(), kind, share, seed, explain);
                    counts.entry((kind, share)).or_default().add(&count);
                }
            }
        }
    }
    let mut total = Count::default();
    let mut by_kind: BTreeMap<Kind, Count> = BTreeMap::new();
    println!("kind, words changed: right, lost, wrong; of those with less than 70 % left: not wrong, wrong");
    for ((kind, share), c) in &counts {
        println!(
            "{:20} {share:2} %: {:5} {:4} {:3} = {:5.1} %; {:4} {:3}",
            format!("{kind:?}"),
            c.right,
            c.lost,
            c.wrong,
            c.percent_right(),
            c.beyond,
            c.beyond_wrong
        );
        for sum in [&mut total, by_kind.entry(*kind).or_default()] {
            sum.add(c);
        }
    }
    let wrong = total.wrong + total.beyond_wrong;
    println!("{} bookmarks, {:.2} % right, {wrong} wrong", total.all(), total.percent_right());
    assert!(total.all() >= 2_000);
    assert!(total.percent_right() >= 97.0);
    for (kind, count) in by_kind {
        assert!(count.percent_right() >= 90.0, "{kind:?}: {count:?}");
    }
    assert!(wrong * 500 <= total.all(), "{wrong} of {} are wrong", total.all());
}

/// The percentages above bear a little of everything. Here each place counts: any weight that is changed, and any question that
/// is asked otherwise, shows as a number, and whoever changes one sees what it does.
#[test]
fn anchors_are_found_where_they_were_found_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let copied = tempfile::tempdir().expect("a folder");
    copy(&root.join("data"), copied.path());
    let mut told = String::from(
        "Bookmarks in the bundled notes after edits; how many are right, lost, wrong; with too little left of them: not wrong, wrong.\n\
         Then how many were found in place, and elsewhere: another title, file, talk, section, words, gone; and the lines added up.\n\n",
    );
    for kind in KINDS {
        for share in SHARES {
            let c = measure(copied.path(), kind, share, 20_261_126 + kind as u64 * 10 + share as u64, false);
            let reasons: Vec<String> = c.reasons.iter().map(|n| format!("{n:3}")).collect();
            let kind = format!("{kind:?}");
            told.push_str(&format!(
                "{kind:18} {share:2} % {:4} {:3} {:2} {:3} {:2} | {} | {:6}\n",
                c.right,
                c.lost,
                c.wrong,
                c.beyond,
                c.beyond_wrong,
                reasons.join(" "),
                c.lines
            ));
        }
    }
    let path = root.join("tests/screens/anchors.txt");
    snapbox::assert_data_eq!(told, snapbox::Data::read_from(&path, None).raw());
}
