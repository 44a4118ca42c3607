//! Other ways to group the talks than by conference and track: by who spoke, by year, by tag, by bookmark.
//!
//! Whichever way, every talk stands in at least one group, so that none is out of reach.

use std::collections::{BTreeMap, HashSet};

use crate::library::people::people;
use crate::library::{Library, TalkId};
use crate::search::facet::year_of;

/// How the talks are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Grouping {
    /// By conference, then by track.
    #[default]
    Conference,
    /// By who spoke; a talk of two stands with both.
    Speaker,
    /// By the conference's year.
    Year,
    /// By the note-taker's tags.
    Tag,
    /// By what is bookmarked, and what of it is due.
    Bookmarks,
}

impl Grouping {
    /// Every way.
    pub const ALL: [Grouping; 5] =
        [Grouping::Conference, Grouping::Speaker, Grouping::Year, Grouping::Tag, Grouping::Bookmarks];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Grouping::Conference => "conference › track",
            Grouping::Speaker => "speaker",
            Grouping::Year => "year",
            Grouping::Tag => "tag",
            Grouping::Bookmarks => "bookmarks",
        }
    }
}

/// Some talks with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The name.
    pub name: String,
    /// The talks, in the library's order.
    pub talks: Vec<TalkId>,
}

/// All talks in groups.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups {
    /// How they are grouped. By conference the library groups them itself.
    pub by: Grouping,
    /// The groups.
    pub all: Vec<Group>,
}

/// What is bookmarked, and what of it is due.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    /// Talks with a bookmark.
    pub bookmarked: HashSet<TalkId>,
    /// Talks with one that is due.
    pub due: HashSet<TalkId>,
}

impl Groups {
    /// Groups the talks.
    pub fn new(library: &Library, by: Grouping, marked: &Marked) -> Self {
        let all = match by {
            Grouping::Conference => Vec::new(),
            Grouping::Speaker => by_speaker(library),
            Grouping::Year => by_year(library),
            Grouping::Tag => by_tag(library),
            Grouping::Bookmarks => by_bookmark(library, marked),
        };
        Groups { by, all: all.into_iter().filter(|group| !group.talks.is_empty()).collect() }
    }
}

fn group(name: impl Into<String>, talks: Vec<TalkId>) -> Group {
    Group { name: name.into(), talks }
}

/// Those who were heard most come first; at the end the talks that say nobody.
fn by_speaker(library: &Library) -> Vec<Group> {
    let people = people(library).into_iter().map(|person| group(person.name, person.talks));
    let nobody = library.talk_ids().filter(|id| library.talk(*id).speakers.is_empty()).collect();
    people.chain([group("No speaker named", nobody)]).collect()
}

/// The last year comes first, as one remembers.
fn by_year(library: &Library) -> Vec<Group> {
    let mut years: BTreeMap<u16, Vec<TalkId>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for id in library.talk_ids() {
        match year_of(library, id) {
            Some(year) => years.entry(year).or_default().push(id),
            None => unknown.push(id),
        }
    }
    let years = years.into_iter().rev().map(|(year, talks)| group(year.to_string(), talks));
    years.chain([group("No year known", unknown)]).collect()
}

fn by_tag(library: &Library) -> Vec<Group> {
    let mut tags: BTreeMap<&str, Vec<TalkId>> = BTreeMap::new();
    let mut bare = Vec::new();
    for id in library.talk_ids() {
        let talk = library.talk(id);
        for (at, tag) in talk.tags.iter().enumerate() {
            if !talk.tags[..at].contains(tag) {
                tags.entry(tag).or_default().push(id);
            }
        }
        if talk.tags.is_empty() {
            bare.push(id);
        }
    }
    let tags = tags.into_iter().map(|(tag, talks)| group(format!("#{tag}"), talks));
    tags.chain([group("No tag", bare)]).collect()
}

fn by_bookmark(library: &Library, marked: &Marked) -> Vec<Group> {
    let pick = |wanted: &dyn Fn(&TalkId) -> bool| library.talk_ids().filter(wanted).collect::<Vec<_>>();
    let due = pick(&|id| marked.due.contains(id));
    let others = pick(&|id| marked.bookmarked.contains(id) && !marked.due.contains(id));
    let rest = pick(&|id| !marked.bookmarked.contains(id));
    vec![group("Due to be revisited", due), group("Bookmarked", others), group("Not bookmarked", rest)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::load::{Roots, load};

    #[test]
    fn every_talk_is_in_a_group_whichever_way() {
        let library = load(&Roots::Builtin, false).expect("built in");
        let marked =
            Marked { bookmarked: HashSet::from([TalkId(3), TalkId(4)]), due: HashSet::from([TalkId(4)]) };
        for by in Grouping::ALL.into_iter().skip(1) {
            let groups = Groups::new(&library, by, &marked);
            let all: HashSet<TalkId> = groups.all.iter().flat_map(|group| group.talks.clone()).collect();
            assert_eq!(all.len(), library.talks.len(), "{by:?}");
        }
        let years = Groups::new(&library, Grouping::Year, &marked);
        assert!(years.all.windows(2).all(|pair| pair[0].name > pair[1].name), "the last year first");
        let marks = Groups::new(&library, Grouping::Bookmarks, &marked);
        assert_eq!(marks.all[0].talks, [TalkId(4)]);
        assert_eq!(marks.all[1].talks, [TalkId(3)]);
    }
}
