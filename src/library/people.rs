//! Who spoke where: one person under several spellings, across conferences.
//!
//! Names are one person's when they are the same but for case, accents and punctuation, or when
//! one says by an initial what the other writes out ("J. Saryerwinnie", "Andrew T. Baker"). An
//! initial that fits two people stays a person of its own: none beats a wrong one.

use std::collections::HashMap;

use crate::library::model::{Library, TalkId};
use crate::library::sketch::Told;
use crate::text::fold::fold;
use crate::text::line;

/// A person and the talks they gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name as most talks write it; of equals the fullest.
    pub name: String,
    /// The other ways in which it is written, sorted.
    pub spellings: Vec<String>,
    /// The talks, in the library's order, each once.
    pub talks: Vec<TalkId>,
}

/// The people of a library, those with the most talks first, then by name.
pub fn people(library: &Library) -> Vec<Person> {
    let of_talk = |id: TalkId| {
        let names = |told: &Told| told.speakers.iter().map(|s| s.name.clone()).collect::<Vec<String>>();
        library.glance(id, names).into_iter().map(move |name| (name, id))
    };
    gather(library.talk_ids().flat_map(of_talk))
}

fn gather<N: AsRef<str>>(names: impl Iterator<Item = (N, TalkId)>) -> Vec<Person> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_words: HashMap<Vec<String>, usize> = HashMap::new();
    for (name, talk) in names {
        let (name, words) = (name.as_ref(), words(name.as_ref()));
        let at = *by_words.entry(words.clone()).or_insert_with(|| {
            groups.push(Group { words, ..Group::default() });
            groups.len() - 1
        });
        groups[at].add(name, talk);
    }
    // A name with an initial has at least its first or its last word in common with the full one.
    let mut by_end: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        for end in group.words.first().into_iter().chain(group.words.last()) {
            by_end.entry(end).or_default().push(at);
        }
    }
    let same: Vec<Option<usize>> =
        groups.iter().map(|group| written_out(&group.words, &groups, &by_end)).collect();
    groups.iter_mut().zip(same).for_each(|(group, same)| group.same_as = same);
    // Who is written out has no initial to be written out in turn, but a middle one: two steps end it.
    let end = |at: usize| {
        let next = groups[at].same_as.unwrap_or(at);
        groups[next].same_as.unwrap_or(next)
    };
    let ends: Vec<usize> = (0..groups.len()).map(end).collect();
    let mut merged: Vec<Group> = vec![Group::default(); groups.len()];
    for (group, end) in groups.into_iter().zip(ends) {
        merged[end].spellings.extend(group.spellings);
        merged[end].talks.extend(group.talks);
    }
    let mut people: Vec<Person> = merged.into_iter().filter_map(Group::person).collect();
    people.sort_by(|a, b| (b.talks.len(), fold(&a.name)).cmp(&(a.talks.len(), fold(&b.name))));
    people
}

/// A name and all that are written like it.
#[derive(Debug, Clone, Default)]
struct Group {
    words: Vec<String>,
    spellings: Vec<(String, usize)>,
    talks: Vec<TalkId>,
    /// The group that writes this one's initials out.
    same_as: Option<usize>,
}

impl Group {
    fn add(&mut self, name: &str, talk: TalkId) {
        match self.spellings.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => self.spellings.push((name.to_owned(), 1)),
        }
        self.talks.push(talk);
    }

    fn person(mut self) -> Option<Person> {
        let fullness = |name: &str| (name.chars().filter(|c| !c.is_ascii()).count(), name.len());
        let initials = |name: &str| words(name).iter().filter(|w| is_initial(w)).count();
        let best = self
            .spellings
            .iter()
            .enumerate()
            .max_by_key(|(at, (name, count))| {
                (std::cmp::Reverse(initials(name)), *count, fullness(name), std::cmp::Reverse(*at))
            })?
            .0;
        let (name, _) = self.spellings.swap_remove(best);
        let mut spellings: Vec<String> = self.spellings.into_iter().map(|(name, _)| name).collect();
        spellings.sort();
        self.talks.sort_unstable_by_key(|id| id.index());
        self.talks.dedup();
        Some(Person { name, spellings, talks: self.talks })
    }
}

fn words(name: &str) -> Vec<String> {
    line::words(&fold(name)).map(str::to_owned).collect()
}

fn is_initial(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

/// The one group that writes out what a name says by an initial.
fn written_out(own: &[String], groups: &[Group], by_end: &HashMap<&str, Vec<usize>>) -> Option<usize> {
    if own.len() < 2 || !own.iter().any(|w| is_initial(w)) {
        return None;
    }
    let full = own.first().into_iter().chain(own.last()).find(|w| !is_initial(w))?;
    let mut fitting = by_end.get(full.as_str())?.iter().filter(|at| writes_out(&groups[**at].words, own));
    fitting.next().filter(|_| fitting.next().is_none()).copied()
}

/// Whether `full` is `short` with its initials written out, or without its middle ones.
fn writes_out(full: &[String], short: &[String]) -> bool {
    let fits = |full: &[String]| {
        let pairs = || full.iter().zip(short);
        let alike = |(f, s): (&String, &String)| f == s || is_initial(s) && f.starts_with(s.as_str());
        full.len() == short.len() && pairs().all(alike) && pairs().any(|(f, s)| f == s && !is_initial(s))
    };
    let middle_left_out = || {
        let kept =
            short.iter().enumerate().filter(|(i, w)| *i == 0 || *i + 1 == short.len() || !is_initial(w));
        full.len() >= 2 && full.len() < short.len() && kept.map(|(_, w)| w).eq(full)
    };
    full != short && (fits(full) || middle_left_out())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(talks: &[&[&str]]) -> Vec<Person> {
        let ids = (0..).map(TalkId);
        gather(talks.iter().zip(ids).flat_map(|(names, id)| names.iter().map(move |name| (*name, id))))
    }

    fn check(talks: &[&[&str]], expected: &[(&str, usize)]) {
        let found = read(talks);
        let rows: Vec<(&str, usize)> = found.iter().map(|p| (&*p.name, p.talks.len())).collect();
        assert_eq!(rows, expected, "{talks:?}");
    }

    #[test]
    fn one_person_however_written() {
        check(&[&["Ines Montani"], &["INES MONTANI"], &["Inés Montani"]], &[("Inés Montani", 3)]);
        check(&[&["J. Saryerwinnie"], &["James Saryerwinnie"]], &[("James Saryerwinnie", 2)]);
        check(&[&["Andrew T. Baker"], &["Andrew Baker"], &["Andrew T Baker"]], &[("Andrew Baker", 3)]);
        check(
            &[&["Ines M"], &["Ines Montani"], &["Ada Lovelace"]],
            &[("Ines Montani", 2), ("Ada Lovelace", 1)],
        );
        check(&[&["Ada Lovelace", "ada lovelace"]], &[("Ada Lovelace", 1)]);
    }

    #[test]
    fn an_initial_that_fits_two_is_nobody_else() {
        check(
            &[&["J. Smith"], &["John Smith"], &["Jane Smith"]],
            &[("J. Smith", 1), ("Jane Smith", 1), ("John Smith", 1)],
        );
        check(&[&["J. S."], &["John Smith"]], &[("J. S.", 1), ("John Smith", 1)]);
        check(&[&["Madonna"], &["M"]], &[("M", 1), ("Madonna", 1)]);
    }

    #[test]
    fn spellings_are_kept() {
        let found = read(&[&["J. Smith"], &["John Smith"], &["JOHN SMITH"], &["John Smith"]]);
        assert_eq!(found[0].name, "John Smith");
        assert_eq!(found[0].spellings, ["J. Smith", "JOHN SMITH"]);
    }
}
