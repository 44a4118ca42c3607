//! Which headings are the talks: decided for a whole file, from all of its headings together.
//!
//! Headings that are written alike usually mean alike, so the question is which *style* the
//! talks have. Each style that occurs gathers evidence (how many there are, what stands below
//! them, how they are called), the best wins, and the other headings find their part from where
//! they stand: above it a conference or a track, below it a part of a talk.

use std::collections::HashMap;

use crate::library::conference::{self, Named};
use crate::library::dates::{self, Date};
use crate::library::evidence::Tally;
use crate::library::fields::{self, Key};
use crate::library::headings::{Heading, Style};
use crate::library::speakers;
use crate::library::title;
use crate::library::vocabulary;
use crate::text::line;
use crate::text::line::lines_from;

/// What a heading is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// It names the conference.
    Conference(Named),
    /// It dates what follows.
    Date(Date),
    /// It groups talks.
    Track(String),
    /// It is a talk's title.
    Talk,
    /// It is the title of the file, which holds talks.
    FileTitle,
    /// It is a heading inside a talk.
    Part,
}

/// What a heading's own words say, whatever the others are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Nature {
    Conference(Named),
    Date(Date),
    Group,
    LabelledTalk,
    InsideTalk,
    Open,
}

fn nature(text: &str) -> Nature {
    let plain = title::strip_markup(text);
    if vocabulary::talk_label(&plain).is_some() {
        Nature::LabelledTalk
    } else if let Some(date) = dates::parse(&plain) {
        Nature::Date(date)
    } else if let Some(named) = conference::in_line(&plain) {
        Nature::Conference(named)
    } else if vocabulary::is_group(&plain) {
        Nature::Group
    } else if vocabulary::is_inside_talk(&plain) {
        Nature::InsideTalk
    } else {
        Nature::Open
    }
}

/// The decision for a file: the style of its talks, and why.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    /// The style, where the file has headings for talks.
    pub style: Option<Style>,
    /// Every style that was considered, with its evidence.
    pub considered: Vec<(Style, Tally)>,
}

/// Decides what each heading of a file is. `placed` says that the file's folder names the
/// conference, so that the file itself need not.
pub fn roles(text: &str, headings: &[Heading], placed: bool) -> (Vec<Role>, Decision) {
    if let Some(stated) = stated_talk(text, headings) {
        return stated;
    }
    let natures: Vec<Nature> = headings.iter().map(|h| nature(h.text)).collect();
    let decision = decide(text, headings, &natures, placed);
    let Some(talk_style) = decision.style else {
        let alone = |n: &Nature| match n {
            Nature::Conference(named) => Role::Conference(named.clone()),
            Nature::Date(date) => Role::Date(*date),
            _ => Role::FileTitle,
        };
        return (natures.iter().map(alone).collect(), decision);
    };
    let depth = talk_style.depth();
    let mut roles: Vec<Role> = Vec::with_capacity(headings.len());
    let mut group_at_talk_depth = false;
    for (at, (heading, nature)) in headings.iter().zip(&natures).enumerate() {
        let below = heading.style.depth() > depth;
        let role = match nature {
            // What names the conference before any talk speaks of all of them, however it is set.
            Nature::Conference(named) if !below || !roles.contains(&Role::Talk) => {
                Role::Conference(named.clone())
            }
            Nature::Date(date) if !below => Role::Date(*date),
            Nature::LabelledTalk => Role::Talk,
            _ if below => match group_at_talk_depth && heading.style.depth() == depth + 1 {
                true => Role::Talk,
                false if heading.style >= Style::Spaced && *nature == Nature::Group => Role::Talk,
                false => Role::Part,
            },
            _ if holds_talks(at, headings, &natures, talk_style) => {
                match *nature == Nature::Open && is_file_title(at, headings) {
                    true => Role::FileTitle,
                    false => Role::Track(title::read(heading.text).text),
                }
            }
            Nature::InsideTalk => Role::Part,
            _ => Role::Talk,
        };
        if heading.style.depth() <= depth {
            group_at_talk_depth = matches!(role, Role::Track(_)) && heading.style == talk_style;
        }
        roles.push(role);
    }
    (roles, decision)
}

/// A file that opens with its only outermost heading and states below it who spoke or where:
/// that is a talk, whatever the headings inside are called. What is stated beats what could be
/// weighed, so nothing else is looked at.
fn stated_talk(text: &str, headings: &[Heading]) -> Option<(Vec<Role>, Decision)> {
    let first = headings.first()?;
    if !is_file_title(0, headings) || first.style.depth() > 2 {
        return None;
    }
    let below = Below::read(text, headings, 0);
    if !below.stated || nature(first.text) != Nature::Open {
        return None;
    }
    let mut tally = Tally::kept();
    tally.add("it opens the file, and a speaker or a conference is stated below it", 10);
    let mut roles = vec![Role::Part; headings.len()];
    roles[0] = Role::Talk;
    Some((roles, Decision { style: Some(first.style), considered: vec![(first.style, tally)] }))
}

/// Whether talks stand under a heading before the next one of its depth: deeper headings of the
/// talks' style, or, under a group's usual name, headings one level down.
fn holds_talks(at: usize, headings: &[Heading], natures: &[Nature], talks: Style) -> bool {
    let depth = headings[at].style.depth();
    let mut under = headings.iter().zip(natures).skip(at + 1).take_while(|(h, _)| h.style.depth() > depth);
    match headings[at].style == talks {
        false => under.any(|(h, _)| h.style == talks),
        true => {
            natures[at] == Nature::Group
                && under.any(|(h, n)| h.style.depth() == depth + 1 && *n != Nature::LabelledTalk)
        }
    }
}

/// The first heading of a file, the only one of its depth: it speaks of the file.
fn is_file_title(at: usize, headings: &[Heading]) -> bool {
    let depth = headings[at].style.depth();
    at == 0 && headings.iter().skip(1).all(|h| h.style.depth() > depth)
}

/// Weighs the styles against each other.
fn decide(text: &str, headings: &[Heading], natures: &[Nature], placed: bool) -> Decision {
    let mut considered: Vec<(Style, Tally)> = Vec::new();
    let mut styles: Vec<Style> = headings.iter().map(|h| h.style).collect();
    styles.sort_unstable();
    styles.dedup();
    let evidence: Vec<Below> = (0..headings.len()).map(|at| Below::read(text, headings, at)).collect();
    let mut rank = 0;
    for style in &styles {
        let members: Vec<usize> = (0..headings.len())
            .filter(|i| headings[*i].style == *style)
            .filter(|i| !matches!(natures[*i], Nature::Conference(_) | Nature::Date(_)))
            .collect();
        if members.is_empty() {
            continue;
        }
        let mut tally = Tally::kept();
        weigh(*style, rank, &members, headings, natures, &evidence, &mut tally);
        let opens = members == [0] && rank == 0 && headings.len() > 1;
        tally.when(placed && opens, "the folder names the conference, and this opens the file", 3);
        considered.push((*style, tally));
        rank += 1;
    }
    // Of equals the outermost, which comes first, wins.
    let mut best: Option<(Style, i32)> = None;
    for (style, tally) in &considered {
        if tally.total() > best.map_or(0, |b| b.1) {
            best = Some((*style, tally.total()));
        }
    }
    Decision { style: best.map(|b| b.0), considered }
}

/// The evidence for one style.
fn weigh(
    style: Style,
    rank: usize,
    members: &[usize],
    headings: &[Heading],
    natures: &[Nature],
    below: &[Below],
    tally: &mut Tally,
) {
    let count = members.len();
    let share = |holds: &dyn Fn(usize) -> bool| members.iter().filter(|i| holds(**i)).count() * 100 / count;
    tally.add("it is a style of headings", 2);
    tally.when(rank == 0, "no style stands further out", 1);
    tally.when(rank >= 2, "two styles stand further out", -2);
    tally.when(count >= 2, "there are several of them", 2);
    tally.when(count >= 5, "there are many of them", 1);

    let labelled = share(&|i| natures[i] == Nature::LabelledTalk);
    tally.when(labelled > 0, "some are labelled as talks", 4);
    tally.when(labelled >= 50, "most are labelled as talks", 3);
    let spoken = share(&|i| below[i].person || below[i].stated);
    tally.when(spoken >= 15, "names of speakers stand below some", 2);
    tally.when(spoken >= 50, "names of speakers stand below most", 3);
    let linked = share(&|i| below[i].linked);
    tally.when(linked >= 30, "links stand right below them", 1);
    let empty = share(&|i| below[i].empty);
    tally.when(empty >= 60 && count >= 2, "most have nothing below them", -2);

    let inside = share(&|i| natures[i] == Nature::InsideTalk);
    tally.when(inside >= 25, "some are usual parts of a talk", -3);
    tally.when(inside >= 60, "most are usual parts of a talk", -4);
    let grouped = share(&|i| natures[i] == Nature::Group);
    tally.when(grouped >= 50 && count >= 2, "most are usual names of groups", -4);
    let repeated = repeated(members, headings);
    tally.when(repeated * 100 >= 20 * count, "the same names come again", -4);

    let only = count == 1 && members[0] == 0 && rank == 0;
    let deeper = headings.iter().any(|h| h.style.depth() > style.depth());
    tally.when(only && below[0].stated, "the only one says who spoke", 4);
    tally.when(only && below[0].person, "a name stands below the only one", 2);
    tally.when(only && !deeper, "it is the only heading", 1);
    let generic = title::strip_markup(headings[members[0]].text);
    let generic = line::words(&generic).filter(|w| vocabulary::is_generic(w)).count();
    tally.when(only && generic >= 2, "it speaks of notes and talks, not of one talk", -4);
    tally.when(style == Style::Spaced && count >= 3, "the same trailing blank marks each of them", 3);
}

/// How many of a style's headings say what another one said.
fn repeated(members: &[usize], headings: &[Heading]) -> usize {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for i in members {
        *seen.entry(headings[*i].text).or_default() += 1;
    }
    seen.values().filter(|n| **n > 1).sum()
}

/// What stands right below a heading.
#[derive(Debug, Clone, Copy, Default)]
struct Below {
    /// A line that names people.
    person: bool,
    /// A field that states a speaker, a conference or a track.
    stated: bool,
    /// A line of links.
    linked: bool,
    /// Nothing before the next heading.
    empty: bool,
}

impl Below {
    /// Looks at the first few lines below a heading.
    fn read(text: &str, headings: &[Heading], at: usize) -> Below {
        const LOOK_AT: usize = 5;
        let heading = &headings[at];
        let end = headings.get(at + 1).map_or(text.len(), |next| next.bytes.start);
        let start = heading.bytes.end.min(end);
        let mut below = Below { empty: true, ..Below::default() };
        let lines = lines_from(&text[..end], start, heading.line + 1).filter(|l| !l.is_blank());
        for (n, line) in lines.take(LOOK_AT).enumerate() {
            below.empty = false;
            let content = line::item(line.text).map_or(line.text, |item| item.text);
            below.linked |= n < 3 && (content.contains("](") || content.contains("://"));
            match fields::read(line.text) {
                Some((Key::Speaker | Key::Conference | Key::Track, _)) => below.stated = true,
                Some(_) => {}
                None => below.person |= n < 2 && speakers::person_line(content),
            }
        }
        below
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::headings::scan;

    fn check(text: &str, expected: &str) {
        let found = scan(text);
        let (roles, decision) = roles(text, &found.all, false);
        let short: String = roles
            .iter()
            .map(|role| match role {
                Role::Conference(_) => 'C',
                Role::Date(_) => 'D',
                Role::Track(_) => 'G',
                Role::Talk => 'T',
                Role::FileTitle => 'F',
                Role::Part => '.',
            })
            .collect();
        assert_eq!(short, expected, "{text}\n{decision:#?}");
    }

    #[test]
    fn a_conference_with_talks() {
        check("# PyCon 2017\n\n## One\n\nAda Lovelace\n\n#### Part\n\n## Two\n\nGrace Hopper\n", "CT.T");
    }

    #[test]
    fn a_conference_with_tracks() {
        check(
            "# RustFest 2020\n\n## Web\n\n### One\n\nx\n\n### Two\n\nx\n\n## Data\n\n### Three\n\nx\n",
            "CGTTGT",
        );
    }

    #[test]
    fn one_talk_in_a_file() {
        check("# How it works\n\nSpeaker: Ada Lovelace\n\n## First\n\nx\n\n## Second\n\nx\n", "T..");
        check("# How it works\n\nSome text.\n", "T");
    }

    /// In the folder of a conference, a file's one outermost heading is more likely a talk.
    #[test]
    fn a_file_in_a_conference_s_folder() {
        let text = "# How it works\n\nx\n\n## First things\n\nx\n\n## Second things\n\nx\n";
        let found = scan(text);
        let talks = |placed| roles(text, &found.all, placed).0.iter().filter(|r| **r == Role::Talk).count();
        assert_eq!((talks(true), talks(false)), (1, 2));
    }

    #[test]
    fn labelled_talks_at_mixed_depth() {
        check(
            "# Personal notes from talks\n\n## RustFest 2023 day 1\n\n## 19.07.2023\n\n## Talk 1: One\n\nx\n\n### Talk 2: Two\n\nx\n",
            "FCDTT",
        );
    }

    #[test]
    fn a_group_brings_the_talks_a_level_down() {
        check(
            "# RustFest 2020\n\n## One\n\nAda Lovelace\n\n## Two\n\nGrace Hopper\n\n## Lightning talks\n\n### Short\n\nx\n\n## Three\n\nx\n\n### Part\n\nx\n",
            "CTTGTT.",
        );
    }
}
