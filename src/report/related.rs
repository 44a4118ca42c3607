//! Talks that have something in common with one: who spoke, where links lead, words that are rare elsewhere.
//!
//! Each thing in common is evidence with a weight. A word weighs what it tells: its inverse document frequency (Spärck
//! Jones, 1972), the logarithm of how many talks there are for each that has it. Words that every hundredth talk has
//! tell nothing and are left out.

use std::collections::{HashMap, HashSet};

use crate::library::{Library, TalkId};
use crate::text::fold::fold;

/// At most so many talks are shown.
const MOST: usize = 20;

/// A person in common weighs as much as so many words that no other talk has.
const PERSON: f64 = 2.7;

/// An address in common.
const LINK: f64 = 2.0;

/// Words that weigh less than so many of those that just tell something are chance.
const LEAST: f64 = 3.2;

/// A word of the title tells more of what a talk is about than one of its text.
const IN_TITLE: f64 = 1.5;

/// Shorter words are rarely names of things; letters.
const SHORT: usize = 4;

/// A talk, and what it has in common with another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// The talk.
    pub talk: TalkId,
    /// People who spoke in both.
    pub speakers: Vec<String>,
    /// Addresses that both name.
    pub links: Vec<String>,
    /// Rare words in both, the rarest first.
    pub words: Vec<String>,
    /// How much that weighs.
    pub weight: f64,
}

impl Related {
    /// Why it is there: `Ada Lovelace · github.com/x · raft, quorum`.
    pub fn why(&self) -> String {
        let mut why = self.speakers.clone();
        why.extend(self.links.iter().map(|link| link.split("://").last().unwrap_or(link).to_owned()));
        if !self.words.is_empty() {
            why.push(self.words[..self.words.len().min(4)].join(", "));
        }
        why.join(" · ")
    }
}

/// The talks that are related to one, the most first.
pub fn related(library: &Library, to: TalkId) -> Vec<Related> {
    let mut found: HashMap<TalkId, Related> = HashMap::new();
    let new =
        |talk| Related { talk, speakers: Vec::new(), links: Vec::new(), words: Vec::new(), weight: 0.0 };
    let word = (library.talks.len() as f64).ln();
    for (talk, name) in same_people(library, to) {
        let related = found.entry(talk).or_insert_with(|| new(talk));
        related.weight += PERSON * word;
        related.speakers.push(name);
    }
    for (talk, address) in same_links(library, to) {
        let related = found.entry(talk).or_insert_with(|| new(talk));
        related.weight += LINK * word;
        related.links.push(address);
    }
    for (talk, words, weight) in same_words(library, to) {
        let related = found.entry(talk).or_insert_with(|| new(talk));
        related.weight += weight;
        related.words = words;
    }
    let mut found: Vec<Related> = found.into_values().collect();
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.talk.cmp(&b.talk)));
    found.truncate(MOST);
    found
}

fn same_people(library: &Library, to: TalkId) -> Vec<(TalkId, String)> {
    let name = |name: &str| fold(name);
    let wanted: HashSet<String> = library.talk(to).speakers.iter().map(|s| name(&s.name)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let others = library.talk_ids().filter(|id| *id != to);
    let shared = others.flat_map(|id| library.talk(id).speakers.iter().map(move |s| (id, s)));
    shared.filter(|(_, s)| wanted.contains(&name(&s.name))).map(|(id, s)| (id, s.name.clone())).collect()
}

/// An address is looked for as it is written: reading all links of all talks would take long.
fn same_links(library: &Library, to: TalkId) -> Vec<(TalkId, String)> {
    let addresses: Vec<String> = library
        .links(to)
        .into_iter()
        .map(|link| link.url.trim_end_matches('/').to_owned())
        // A bare host says who was named, not what.
        .filter(|url| url.split("://").last().unwrap_or_default().contains('/'))
        .collect();
    let mut found = Vec::new();
    for address in &addresses {
        let finder = memchr::memmem::Finder::new(address.as_bytes());
        let holds = |id: &TalkId| {
            library.talk(*id).spans.iter().any(|span| {
                let text = library.text(span).as_bytes();
                let ends = |at: usize| {
                    text.get(at + address.len())
                        .is_none_or(|b| !b.is_ascii_alphanumeric() && !b"-_".contains(b))
                };
                finder.find_iter(text).any(ends)
            })
        };
        found.extend(library.talk_ids().filter(|id| *id != to).filter(holds).map(|id| (id, address.clone())));
    }
    // What every other talk links to is furniture.
    let mut each: HashMap<String, usize> = HashMap::new();
    found.iter().for_each(|(_, address)| *each.entry(address.clone()).or_default() += 1);
    let few = few(library);
    found.retain(|(_, address)| each[address] <= few);
    found
}

/// What more talks than this have says nothing about any of them.
fn few(library: &Library) -> usize {
    (library.talks.len() / 100).max(4)
}

/// Words of a talk, folded, each with how it is written there.
fn words_of(library: &Library, talk: TalkId) -> HashMap<String, String> {
    let mut words = HashMap::new();
    each_word(library, talk, |word| {
        words.entry(fold(word)).or_insert_with(|| word.to_owned());
    });
    words
}

/// Calls for each word that may be the name of something, addresses left out.
///
/// Of the lines at the head that say who spoke and where, only the title tells what it is about.
fn each_word<'l>(library: &'l Library, talk: TalkId, mut call: impl FnMut(&'l str)) {
    let of = library.talk(talk);
    let body = of.spans.iter().enumerate().map(|(at, span)| {
        let text = library.text(span);
        let head = if at == 0 { of.header_lines } else { 0 };
        let skipped: usize = text.split_inclusive('\n').take(head).map(str::len).sum();
        &text[skipped..]
    });
    for text in std::iter::once(of.title.as_str()).chain(body) {
        for piece in text.split_whitespace().filter(|piece| !piece.contains("://")) {
            for word in piece.split(|c: char| !c.is_alphanumeric()) {
                let named =
                    word.chars().nth(SHORT - 1).is_some() && !word.starts_with(|c: char| c.is_ascii_digit());
                if named {
                    call(word);
                }
            }
        }
    }
}

fn same_words(library: &Library, to: TalkId) -> Vec<(TalkId, Vec<String>, f64)> {
    let own = words_of(library, to);
    let names: Vec<&String> = own.keys().collect();
    let numbers: HashMap<&str, u32> = names.iter().zip(0..).map(|(name, n)| (name.as_str(), n)).collect();
    let mut shared: Vec<(TalkId, Vec<u32>)> = Vec::new();
    let mut frequency = vec![1usize; names.len()];
    let mut lower = String::new();
    for id in library.talk_ids().filter(|id| *id != to) {
        let mut has: Vec<u32> = Vec::new();
        each_word(library, id, |word| {
            let number = if word.is_ascii() {
                lower.clear();
                lower.push_str(word);
                lower.make_ascii_lowercase();
                numbers.get(lower.as_str())
            } else {
                numbers.get(&*fold(word))
            };
            has.extend(number.copied());
        });
        has.sort_unstable();
        has.dedup();
        has.iter().for_each(|n| frequency[*n as usize] += 1);
        if !has.is_empty() {
            shared.push((id, has));
        }
    }
    let (few, all) = (few(library), library.talks.len() as f64);
    let tells = |n: &u32| frequency[*n as usize] <= few;
    let title = fold(&library.talk(to).title);
    let weight = |n: u32| {
        let named = title.split(|c: char| !c.is_alphanumeric()).any(|word| word == names[n as usize]);
        (all / frequency[n as usize] as f64).ln() * if named { IN_TITLE } else { 1.0 }
    };
    shared
        .into_iter()
        .filter_map(|(id, has)| {
            let mut rare: Vec<u32> = has.into_iter().filter(tells).collect();
            rare.sort_by(|a, b| {
                weight(*b).total_cmp(&weight(*a)).then_with(|| names[*a as usize].cmp(names[*b as usize]))
            });
            let sum: f64 = rare.iter().map(|n| weight(*n)).sum();
            // A few words in common are a coincidence.
            let words = rare.iter().map(|n| own[names[*n as usize]].clone()).collect();
            (sum >= LEAST * (all / few as f64).ln()).then_some((id, words, sum))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::load::{Roots, load};

    fn library(files: &[(&str, &str)]) -> Library {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("written");
        }
        load(&Roots::Paths(vec![folder.path().into()]), false).expect("loads")
    }

    #[test]
    fn people_links_and_rare_words() {
        let library = library(&[(
            "conf-2020.md",
            "# Conf 2020\n\n## Consensus\n\nSpeaker: Ada Lovelace\n\nThe quorum elects a leader, leases expire. \
             https://example.org/raft/paper\n\n## Engines\n\nSpeaker: Ada Lovelace\n\nSteam and brass.\n\n\
             ## Elections\n\nSpeaker: Grace Hopper\n\nA quorum decides; leases end. See \
             https://example.org/raft/paper for more.\n\n## Gardening\n\nSpeaker: Karl Linne\n\nTulips.\n",
        )]);
        let to = library.talk_ids().find(|id| library.talk(*id).title == "Consensus").expect("the talk");
        let found = related(&library, to);
        let titles: Vec<&str> = found.iter().map(|r| library.talk(r.talk).title.as_str()).collect();
        assert_eq!(titles.len(), 2, "{found:?}");
        assert!(titles.contains(&"Engines") && titles.contains(&"Elections"));
        let elections = found.iter().find(|r| library.talk(r.talk).title == "Elections").expect("related");
        assert_eq!(elections.links, ["https://example.org/raft/paper"]);
        assert!(elections.words.contains(&"quorum".to_owned()), "{elections:?}");
        let engines = found.iter().find(|r| library.talk(r.talk).title == "Engines").expect("related");
        assert_eq!(engines.why(), "Ada Lovelace");
    }
}
