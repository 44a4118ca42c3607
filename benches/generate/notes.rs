//! Notes that nobody took: conferences, talks, speakers and pages of text from a seed.
//!
//! Words follow Zipf's law (the n-th most frequent word is n times as rare as the first), as those
//! of real text do; titles are made of the rarer ones. Half of the conferences are pure ASCII, in the
//! others a word in a hundred carries an accent and quotes are curly.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use fastrand::Rng;

/// Common words, most frequent first.
const COMMON: &str = "the of to a and is in it that for you we on this with are be not as can have but they \
    your if use from or at by all what there so when how do an one was more which will has about our would just \
    then them some like up out into because its only than other also time no new people work code need get make \
    way very good data first should could system think where well most two even many different problem those want \
    now using write test run know thing right service does these start much change used team really build part \
    point example point simple case important talk each any end";

/// Words of the trade, for titles and text.
const TRADE: &str = "async runtime raft consensus kubernetes postgres observability tracing rust python compiler \
    memory safety latency throughput queue cache database index query schema migration deployment pipeline container \
    cluster scheduler kernel network protocol security threat model learning language parser type inference garbage \
    collection concurrency parallel thread lock actor stream event sourcing kafka graph storage engine replication \
    sharding transaction isolation vector search ranking embedding browser rendering layout accessibility design \
    testing property fuzzing debugging profiling benchmark refactoring legacy monolith microservice gateway mesh \
    serverless edge cloud cost culture hiring mentoring burnout leadership feedback community open source licence \
    governance maintenance documentation tutorial workshop keynote lightning robotics sensors embedded firmware";

const SYLLABLES: &str = "ba be bi bo bu ca ce co da de di do fa fe fi fo ga ge go ha he hi ho ja jo ka ke ki ko la le \
    li lo lu ma me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo wa we wi \
    za ze zo";

const FIRST: &str = "Ada Grace Alan Barbara Edsger Donald Leslie Margaret Dennis Ken Brian Radia Frances John Tim Anita \
    Guido Linus Yukihiro Bjarne Niklaus Sophie Shafi Silvio Lynn Ivan Jean Kathleen Evelyn Annie";

const LAST: &str = "Lovelace Hopper Turing Liskov Dijkstra Knuth Lamport Hamilton Ritchie Thompson Kernighan Perlman \
    Allen Backus Lee Borg Rossum Torvalds Matsumoto Stroustrup Wirth Wilson Goldwasser Micali Conway Sutherland \
    Bartik Booth Berezin Easley Łukasiewicz Müller García Nguyễn Sørensen Dvořák";

/// How the notes are cut into files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "some only want one of them")]
pub(crate) enum Cut {
    /// A file for each conference.
    Conference,
    /// A file for each day, in a folder for each conference.
    Day,
    /// A file for each talk, in a folder for each conference.
    Talk,
    /// The same, and in each folder an index page that leads to them.
    Indexed,
}

/// Talks of one conference.
const TALKS: usize = 100;

/// Talks of one day of it.
const DAY: usize = 25;

struct Words {
    all: Vec<String>,
    /// The sums of the weights up to each word.
    sums: Vec<f64>,
}

impl Words {
    fn new(rng: &mut Rng) -> Self {
        let mut all: Vec<String> =
            COMMON.split_whitespace().chain(TRADE.split_whitespace()).map(str::to_owned).collect();
        let syllables: Vec<&str> = SYLLABLES.split_whitespace().collect();
        while all.len() < 30_000 {
            let length = rng.usize(2..5);
            all.push((0..length).map(|_| syllables[rng.usize(..syllables.len())]).collect());
        }
        let mut sum = 0.0;
        let sums = (1..=all.len()).map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        });
        Self { sums: sums.collect(), all }
    }

    fn any(&self, rng: &mut Rng) -> &str {
        let at = rng.f64() * self.sums[self.sums.len() - 1];
        &self.all[self.sums.partition_point(|sum| *sum < at).min(self.all.len() - 1)]
    }

    /// A word that a title would use: none of the most common.
    fn telling(&self, rng: &mut Rng) -> &str {
        let common = COMMON.split_whitespace().count();
        loop {
            let word = self.any(rng);
            if !self.all[..common].iter().any(|w| w == word) {
                return word;
            }
        }
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

fn title(words: &Words, rng: &mut Rng) -> String {
    let mut out = capital(words.telling(rng));
    for _ in 0..rng.usize(1..6) {
        out.push(' ');
        out.push_str(&match rng.u8(..4) {
            0 => words.any(rng).to_owned(),
            _ => capital(words.telling(rng)),
        });
    }
    out
}

fn pick<'t>(list: &'t str, rng: &mut Rng) -> &'t str {
    let all: Vec<&str> = list.split_whitespace().collect();
    all[rng.usize(..all.len())]
}

fn talk(out: &mut String, words: &Words, rng: &mut Rng, ascii: bool, level: &str) {
    let (first, mut last) = (pick(FIRST, rng), pick(LAST, rng));
    while ascii && !last.is_ascii() {
        last = pick(LAST, rng);
    }
    let _ = writeln!(out, "{level} {}\n\n*{first} {last}*\n", title(words, rng));
    let end = out.len() + rng.usize(1_400..3_400);
    while out.len() < end {
        match rng.u8(..6) {
            0 => {
                let _ = writeln!(out, "{level}# {}\n", capital(words.telling(rng)));
            }
            1 | 2 => {
                for _ in 0..rng.usize(2..6) {
                    out.push_str("- ");
                    sentence(out, words, rng, ascii, 12);
                    out.push('\n');
                }
                out.push('\n');
            }
            _ => {
                for _ in 0..rng.usize(2..6) {
                    sentence(out, words, rng, ascii, 16);
                    out.push_str(".\n");
                }
                out.push('\n');
            }
        }
    }
}

fn sentence(out: &mut String, words: &Words, rng: &mut Rng, ascii: bool, most: usize) {
    for at in 0..rng.usize(4..most) {
        let word = words.any(rng);
        if at > 0 {
            out.push(' ');
        }
        match (ascii, rng.u8(..100)) {
            (false, 0) => out.push_str(&word.replacen('e', "é", 1).replacen('a', "ä", 1)),
            (false, 1) => {
                let _ = write!(out, "“{word}”");
            }
            _ if at == 0 => out.push_str(&capital(word)),
            _ => out.push_str(word),
        }
    }
}

/// The files of a library of about `talks` talks, each with its path below the notes' folder.
pub(crate) fn files(talks: usize, cut: Cut, seed: u64, mut take: impl FnMut(PathBuf, String)) {
    let mut rng = Rng::with_seed(seed);
    let words = Words::new(&mut rng);
    for conference in 0..talks.div_ceil(TALKS) {
        let ascii = rng.bool();
        let year = 2005 + rng.usize(..20);
        let name = capital(words.telling(&mut rng));
        let number = TALKS.min(talks - conference * TALKS);
        let title = format!("# {name}Conf {year}\n\n");
        let mut page = title.clone();
        for at in 0..number {
            match cut {
                Cut::Conference => talk(&mut page, &words, &mut rng, ascii, "##"),
                Cut::Day => {
                    talk(&mut page, &words, &mut rng, ascii, "##");
                    if (at + 1) % DAY == 0 || at + 1 == number {
                        let path = format!("{conference:05}-{name}Conf-{year}/day-{}.md", at / DAY + 1);
                        take(path.into(), std::mem::replace(&mut page, title.clone()));
                    }
                }
                Cut::Talk | Cut::Indexed => {
                    let mut of_talk = String::new();
                    talk(&mut of_talk, &words, &mut rng, ascii, "#");
                    let heading = of_talk.lines().next().unwrap_or_default();
                    let _ = writeln!(page, "- [{}]({at:03}.md)", heading.trim_start_matches("# "));
                    take(format!("{conference:05}-{name}Conf-{year}/{at:03}.md").into(), of_talk);
                }
            }
        }
        match cut {
            Cut::Conference => take(format!("{conference:05}-{name}Conf-{year}.md").into(), page),
            Cut::Indexed => take(format!("{conference:05}-{name}Conf-{year}/README.md").into(), page),
            Cut::Day | Cut::Talk => {}
        }
    }
}

/// Writes a library below a folder, unless it stands there already.
#[allow(dead_code, reason = "some only want the texts")]
pub(crate) fn write(folder: &Path, talks: usize, cut: Cut, seed: u64) -> std::io::Result<()> {
    let done = folder.join(".complete");
    if done.exists() {
        return Ok(());
    }
    let mut result = Ok(());
    files(talks, cut, seed, |path, text| {
        let path = folder.join(path);
        let write = || {
            std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
            std::fs::write(&path, &text)
        };
        if result.is_ok() {
            result = write();
        }
    });
    result.and_then(|()| std::fs::write(done, ""))
}
