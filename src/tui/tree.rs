//! The tree: which rows are visible, what is folded, where the cursor stands. No pixels.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::library::{ConferenceId, Library, TalkId, TrackId};
use crate::report::groups::{Grouping, Groups};
use crate::report::page::Subject;

/// Rows that stay visible above and below the cursor, where there is room.
const MARGIN: usize = 2;

/// Up to this many talks the tree starts unfolded.
const FEW: usize = 30;

/// More groups than this all start folded.
const FEW_GROUPS: usize = 12;

/// A visible row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// What stands on it.
    pub subject: Subject,
    /// How deep it stands, from 0.
    pub depth: usize,
    /// Folded or not, where it can be.
    pub folded: Option<bool>,
    /// The group that it stands in, where talks are grouped otherwise than by conference: a talk may stand in several.
    pub group: Option<u32>,
}

/// The tree's state.
#[derive(Debug, Default)]
pub struct Tree {
    /// The visible rows, from the top.
    pub rows: Vec<Row>,
    /// The row under the cursor.
    pub selected: usize,
    /// The first row on the screen.
    pub offset: usize,
    /// How the talks are grouped.
    pub groups: Arc<Groups>,
    /// The talks that a filter lets through, where there is one.
    pub filter: Option<HashSet<TalkId>>,
    /// What was folded before the filter, which unfolds all.
    folded_before: Option<HashSet<Subject>>,
    folded: HashSet<Subject>,
    /// Groups that the person has folded or unfolded, or that had to be for them.
    chosen: HashSet<Subject>,
}

/// What a subject is called from one loading of the notes to the next: ids die, names stay.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Overview,
    Conference(String),
    Track(String, Option<String>),
    Talk(String),
    Group(String),
}

impl Key {
    fn of(subject: Subject, library: &Library, groups: &Groups) -> Self {
        match subject {
            Subject::Group(n) => {
                Key::Group(groups.all.get(n as usize).map(|group| group.name.clone()).unwrap_or_default())
            }
            Subject::Overview => Key::Overview,
            Subject::Conference(id) => Key::Conference(library.conference(id).slug.clone()),
            Subject::Track(id) => {
                let track = library.track(id);
                Key::Track(library.conference(track.conference).slug.clone(), track.name.clone())
            }
            Subject::Talk(id) => Key::Talk(library.slug(id).to_owned()),
        }
    }
}

/// The same talks in other notes: those of files that are what they were stand where they stood, the others have their ids.
/// `None` where these are so many that it would take long.
fn found_again(talks: &HashSet<TalkId>, from: &Library, to: &Library) -> Option<HashSet<TalkId>> {
    const MANY: usize = 1_000;
    // A file that was not read again is the same in memory.
    let place = |library: &Library, talk: TalkId| {
        let span = library.talk(talk).spans.first()?;
        Some((Arc::as_ptr(&library.files[span.file.index()]), span.bytes().start))
    };
    let mut wanted: HashMap<_, TalkId> =
        talks.iter().filter_map(|talk| Some((place(from, *talk)?, *talk))).collect();
    let same = |talk: &TalkId| place(to, *talk).is_some_and(|place| wanted.remove(&place).is_some());
    let mut found: HashSet<TalkId> = to.talk_ids().filter(same).collect();
    if wanted.len() > MANY {
        return None;
    }
    found.extend(wanted.values().filter_map(|talk| to.by_slug(from.slug(*talk))));
    Some(found)
}

impl Tree {
    /// A tree over a library: a small one unfolded, of a large one the first conference.
    pub fn new(library: &Library) -> Self {
        let mut tree = Tree::default();
        if library.talks.len() > FEW {
            let others = 1..library.conferences.len() as u32;
            tree.folded.extend(others.map(|n| Subject::Conference(ConferenceId(n))));
        }
        tree.rebuild(library);
        tree
    }

    /// The same tree, the talks grouped otherwise.
    pub fn regroup(&self, library: &Library, groups: Arc<Groups>) -> Self {
        let mut tree = self.carry_over(library, library, groups);
        if tree.filter.is_some() {
            tree.folded.clear();
            tree.rebuild(library);
        }
        if let Subject::Talk(talk) = self.subject()
            && tree.subject() != self.subject()
        {
            tree.reveal(library, talk);
        }
        tree
    }

    /// The same tree over other notes, grouped as is said: what the person has folded or unfolded stays so, and the
    /// cursor stays on what it stood on, as far as these are still there; so does a filter, until it is known what it lets through now.
    pub fn carry_over(&self, from: &Library, to: &Library, groups: Arc<Groups>) -> Self {
        let key = |subject: &Subject| Key::of(*subject, from, &self.groups);
        let without_filter = self.folded_before.as_ref().unwrap_or(&self.folded);
        let chosen: HashMap<Key, bool> =
            self.chosen.iter().map(|s| (key(s), without_filter.contains(s))).collect();
        let filter = self.filter.as_ref().and_then(|talks| found_again(talks, from, to));
        let folded_in_filter: HashSet<Key> = match filter {
            Some(_) => self.folded.iter().map(key).collect(),
            None => HashSet::new(),
        };
        let mut tree = Tree::new(to);
        tree.groups = groups;
        // Groups begin folded: there may be as many as people.
        let numbered = 0..tree.groups.all.len() as u32;
        if tree.groups.all.len() > FEW_GROUPS {
            tree.folded.extend(numbered.clone().map(Subject::Group));
        } else if tree.groups.all.iter().map(|group| group.talks.len()).sum::<usize>() > FEW {
            tree.folded.extend(numbered.clone().skip(1).map(Subject::Group));
        }
        let subjects: Vec<Subject> = (0..to.conferences.len() as u32)
            .map(|n| Subject::Conference(ConferenceId(n)))
            .chain((0..to.tracks.len() as u32).map(|n| Subject::Track(TrackId(n))))
            .chain(numbered.map(Subject::Group))
            .collect();
        let mut within = HashSet::new();
        for subject in subjects {
            let key = Key::of(subject, to, &tree.groups);
            within.extend(folded_in_filter.contains(&key).then_some(subject));
            let Some(folded) = chosen.get(&key) else {
                continue;
            };
            tree.chosen.insert(subject);
            if *folded {
                tree.folded.insert(subject);
            } else {
                tree.folded.remove(&subject);
            }
        }
        if filter.is_some() {
            tree.filter = filter;
            tree.folded_before = Some(std::mem::replace(&mut tree.folded, within));
        }
        tree.rebuild(to);
        let cursor = key(&self.subject());
        // A talk may stand in several groups: in the one of the same name, if it does.
        let group = self.rows.get(self.selected).and_then(|row| self.group_name(row));
        let rows =
            || tree.rows.iter().enumerate().filter(|(_, r)| Key::of(r.subject, to, &tree.groups) == cursor);
        let same = rows().find(|(_, row)| tree.group_name(row) == group);
        tree.selected = same.or_else(|| rows().next()).map_or(0, |(at, _)| at);
        tree.offset = self.offset;
        tree
    }

    /// What the cursor stands on.
    pub fn subject(&self) -> Subject {
        self.rows.get(self.selected).map_or(Subject::Overview, |row| row.subject)
    }

    /// The name of the group that a row stands in.
    fn group_name(&self, row: &Row) -> Option<&str> {
        Some(&self.groups.all.get(row.group? as usize)?.name)
    }

    fn rebuild(&mut self, library: &Library) {
        let (cursor, group) = (self.subject(), self.rows.get(self.selected).and_then(|row| row.group));
        let mut rows = vec![Row { subject: Subject::Overview, depth: 0, folded: None, group: None }];
        match self.groups.by {
            Grouping::Conference => self.by_conference(library, &mut rows),
            _ => self.by_group(&mut rows),
        }
        self.rows = rows;
        let at = |group: Option<u32>| {
            let same = |row: &Row| row.subject == cursor && (group.is_none() || row.group == group);
            self.rows.iter().position(same)
        };
        self.selected = at(group).or_else(|| at(None)).unwrap_or(0);
    }

    fn by_group(&self, rows: &mut Vec<Row>) {
        for (n, group) in (0..).zip(&self.groups.all) {
            if !group.talks.iter().any(|talk| self.is_through(*talk)) {
                continue;
            }
            let subject = Subject::Group(n);
            let folded = self.folded.contains(&subject);
            rows.push(Row { subject, depth: 0, folded: Some(folded), group: Some(n) });
            if !folded {
                let talks = group.talks.iter().filter(|talk| self.is_through(**talk));
                let row = |talk: &TalkId| Row {
                    subject: Subject::Talk(*talk),
                    depth: 1,
                    folded: None,
                    group: Some(n),
                };
                rows.extend(talks.map(row));
            }
        }
    }

    fn by_conference(&self, library: &Library, rows: &mut Vec<Row>) {
        for n in 0..library.conferences.len() as u32 {
            let id = ConferenceId(n);
            let subject = Subject::Conference(id);
            if !library.tracks_of(id).any(|track| self.lets_through(library, track)) {
                continue;
            }
            let folded = self.folded.contains(&subject);
            rows.push(Row { subject, depth: 0, folded: Some(folded), group: None });
            if folded {
                continue;
            }
            for track in library.tracks_of(id) {
                let subject = Subject::Track(track);
                if !self.lets_through(library, track) {
                    continue;
                }
                let mut depth = 1;
                if library.track(track).name.is_some() {
                    let folded = self.folded.contains(&subject);
                    rows.push(Row { subject, depth, folded: Some(folded), group: None });
                    if folded {
                        continue;
                    }
                    depth = 2;
                }
                let talks = library.talks_of(track).filter(|talk| self.is_through(*talk));
                rows.extend(talks.map(|talk| Row {
                    subject: Subject::Talk(talk),
                    depth,
                    folded: None,
                    group: None,
                }));
            }
        }
    }

    /// Whether a filter lets a talk through.
    pub fn is_through(&self, talk: TalkId) -> bool {
        self.filter.as_ref().is_none_or(|talks| talks.contains(&talk))
    }

    fn lets_through(&self, library: &Library, track: TrackId) -> bool {
        self.filter.is_none() || library.talks_of(track).any(|talk| self.is_through(talk))
    }

    /// Lets only these talks through, with the groups that they stand in, or all again.
    pub fn set_filter(&mut self, library: &Library, talks: Option<HashSet<TalkId>>) {
        match (&talks, self.folded_before.take()) {
            (Some(_), None) => self.folded_before = Some(std::mem::take(&mut self.folded)),
            (Some(_), before) => self.folded_before = before,
            (None, Some(before)) => self.folded = before,
            (None, None) => {}
        }
        self.filter = talks;
        self.rebuild(library);
        // The cursor goes to what was meant: the first talk that is left, unless it stands on one.
        if self.filter.is_some() && !matches!(self.subject(), Subject::Talk(_)) {
            self.selected = self.rows.iter().position(|r| matches!(r.subject, Subject::Talk(_))).unwrap_or(0);
        }
    }

    /// As [`Self::set_filter`] where the filter is the one of before and the notes are others: the cursor stays where it stands.
    pub fn filter_again(&mut self, library: &Library, talks: HashSet<TalkId>) {
        let stood = self.subject();
        self.set_filter(library, Some(talks));
        // (Of a talk that stands in several groups, the row in the same one was found again.)
        if self.subject() != stood
            && let Some(row) = self.rows.iter().position(|row| row.subject == stood)
        {
            self.selected = row;
        }
    }

    /// Moves the cursor to the next row with a talk, or to the one before; over the end it goes on at the
    /// other side.
    pub fn step_talk(&mut self, forward: bool) {
        let count = self.rows.len();
        let is_talk = |at: &usize| matches!(self.rows[*at].subject, Subject::Talk(_));
        let ahead =
            (1..=count).map(|by| (self.selected + if forward { by } else { count - by }) % count.max(1));
        self.selected = ahead.into_iter().find(is_talk).unwrap_or(self.selected);
    }

    /// Moves the cursor by rows.
    pub fn step(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// Puts the cursor on a row, if it is there.
    pub fn go(&mut self, row: usize) {
        self.selected = row.min(self.rows.len().saturating_sub(1));
    }

    /// Folds or unfolds the row under the cursor. False when it cannot be.
    pub fn fold(&mut self, library: &Library, fold: bool) -> bool {
        let Some(Row { subject, folded: Some(folded), .. }) = self.rows.get(self.selected).copied() else {
            return false;
        };
        if folded == fold {
            return false;
        }
        self.chosen.insert(subject);
        if fold {
            self.folded.insert(subject);
        } else {
            self.folded.remove(&subject);
        }
        self.rebuild(library);
        true
    }

    /// Moves the cursor to the row that this one stands under.
    pub fn to_parent(&mut self) {
        let depth = self.rows.get(self.selected).map_or(0, |r| r.depth);
        let mut above = self.rows[..self.selected.min(self.rows.len())].iter();
        let parent = above.rposition(|r| r.depth < depth && r.folded.is_some());
        self.selected = parent.unwrap_or(0);
    }

    /// Puts the cursor on a talk, unfolding what hides it.
    pub fn reveal(&mut self, library: &Library, talk: TalkId) {
        // Where the cursor is on it already, in whichever group, it stays.
        if self.subject() == Subject::Talk(talk) && self.is_through(talk) {
            return;
        }
        if self.groups.by != Grouping::Conference {
            return self.reveal_in_group(library, talk, None);
        }
        let track = library.talk(talk).track;
        let conference = library.track(track).conference;
        if !self.is_through(talk) {
            self.set_filter(library, None);
        }
        for group in [Subject::Track(track), Subject::Conference(conference)] {
            if self.folded.remove(&group) {
                self.chosen.insert(group);
            }
        }
        self.rebuild(library);
        let row = self.rows.iter().position(|r| r.subject == Subject::Talk(talk));
        self.selected = row.unwrap_or(self.selected);
    }

    /// Puts the cursor on a talk in a group, or in the first one that has it.
    fn reveal_in_group(&mut self, library: &Library, talk: TalkId, group: Option<u32>) {
        if !self.is_through(talk) {
            self.set_filter(library, None);
        }
        let has = |n: &u32| self.groups.all.get(*n as usize).is_some_and(|group| group.talks.contains(&talk));
        let Some(group) = group.or_else(|| (0..self.groups.all.len() as u32).find(has)) else {
            return;
        };
        if self.folded.remove(&Subject::Group(group)) {
            self.chosen.insert(Subject::Group(group));
        }
        self.rebuild(library);
        let is_it = |row: &Row| row.subject == Subject::Talk(talk) && row.group == Some(group);
        self.selected = self.rows.iter().position(is_it).unwrap_or(self.selected);
    }

    /// Puts the cursor on the talk after the one that it is on, or before, in the order of the groups, folded ones too.
    /// False where the talks are grouped by conference, or there is no such talk.
    pub fn step_in_groups(&mut self, library: &Library, forward: bool) -> bool {
        if self.groups.by == Grouping::Conference {
            return false;
        }
        let Some(row) = self.rows.get(self.selected).copied() else {
            return false;
        };
        let groups = self.groups.clone();
        let flat =
            (0..).zip(&groups.all).flat_map(|(n, group)| group.talks.iter().map(move |talk| (n, *talk)));
        let through: Vec<(u32, TalkId)> = flat.filter(|(_, talk)| self.is_through(*talk)).collect();
        let first = |n: u32| through.iter().position(|(group, _)| *group == n);
        let next = match (row.subject, row.group) {
            (Subject::Talk(talk), Some(group)) => {
                let at = through.iter().position(|one| *one == (group, talk));
                at.and_then(|at| if forward { at.checked_add(1) } else { at.checked_sub(1) })
            }
            (Subject::Group(n), _) if forward => first(n),
            (Subject::Group(n), _) => first(n).and_then(|at| at.checked_sub(1)),
            _ => forward.then_some(0),
        };
        match next.and_then(|at| through.get(at)) {
            Some((group, talk)) => self.reveal_in_group(library, *talk, Some(*group)),
            None => return false,
        }
        true
    }

    /// Puts the cursor on a conference, which stands at the top of the tree; a filter that hides it goes.
    pub fn reveal_subject(&mut self, library: &Library, subject: Subject) {
        let row = |tree: &Tree| tree.rows.iter().position(|r| r.subject == subject);
        if row(self).is_none() && self.filter.is_some() {
            self.set_filter(library, None);
        }
        self.selected = row(self).unwrap_or(self.selected);
    }

    /// Moves the window over the rows so that the cursor is in it.
    pub fn keep_in_view(&mut self, height: usize) {
        let margin = MARGIN.min(height.saturating_sub(1) / 2);
        let top = self.selected.saturating_sub(margin);
        let bottom = (self.selected + margin + 1).min(self.rows.len()).saturating_sub(height);
        self.offset = self.offset.clamp(bottom.min(top), top).min(self.rows.len().saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::load::{Roots, load};

    fn builtin() -> Library {
        load(&Roots::Builtin, false).expect("the built-in collection")
    }

    #[test]
    fn folding_keeps_the_cursor_on_its_row() {
        let library = builtin();
        let mut tree = Tree::new(&library);
        let all = tree.rows.len();
        tree.go(1);
        let conference = tree.subject();
        assert!(tree.fold(&library, true));
        assert_eq!(tree.subject(), conference);
        assert!(tree.rows.len() < all);
        assert!(!tree.fold(&library, true), "it is folded already");
        assert!(tree.fold(&library, false));
        assert_eq!(tree.rows.len(), all);
    }

    #[test]
    fn other_notes_keep_folds_and_cursor() {
        let library = builtin();
        let mut tree = Tree::new(&library);
        tree.reveal(&library, TalkId(60));
        let cursor = library.slug(TalkId(60)).to_owned();
        let rows = tree.rows.len();
        let again = tree.carry_over(&library, &builtin(), Arc::default());
        assert_eq!(again.rows.len(), rows);
        assert!(matches!(again.subject(), Subject::Talk(id) if library.slug(id) == cursor));
    }

    /// What the first few files gave is folded anew with the rest, unless somebody has folded it.
    #[test]
    fn a_first_step_leaves_no_trace_in_the_folds() {
        use crate::library::load::{Step, load_in_steps};
        let mut begun = None;
        let step = |step| {
            if let Step::Begun(library) = step {
                begun.get_or_insert(library);
            }
        };
        let whole = load_in_steps(&Roots::Builtin, false, false, step).expect("built in");
        let begun = begun.expect("a first step");
        let mut first = Tree::new(&begun);
        assert_eq!(first.carry_over(&begun, &whole, Arc::default()).rows, Tree::new(&whole).rows);
        first.go(1);
        first.fold(&begun, true);
        assert!(first.carry_over(&begun, &whole, Arc::default()).rows.len() < Tree::new(&whole).rows.len());
    }

    #[test]
    fn revealing_unfolds_and_the_parent_is_found() {
        let library = builtin();
        let mut tree = Tree::new(&library);
        let last = TalkId(library.talks.len() as u32 - 1);
        tree.reveal(&library, last);
        assert_eq!(tree.subject(), Subject::Talk(last));
        tree.to_parent();
        assert!(tree.rows[tree.selected].folded.is_some());
    }

    #[test]
    fn the_cursor_is_always_in_view() {
        let library = builtin();
        let mut tree = Tree::new(&library);
        for height in [0, 1, 2, 5, 40, 500] {
            for row in [0, 1, 10, 20, 3, 0] {
                tree.go(row);
                tree.keep_in_view(height);
                if height > 0 {
                    assert!((tree.offset..tree.offset + height).contains(&tree.selected), "{height} {row}");
                }
            }
        }
    }
}
