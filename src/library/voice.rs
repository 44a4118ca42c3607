//! What one file says that others hear: its vote on where talks are, its habit of naming people, the event that it
//! speaks of.
//!
//! Where none of that changes, every decision about the other files holds.

use std::sync::Arc;

use crate::library::assemble::ReadFile;
use crate::library::beside::{Beside, Siblings};
use crate::library::dates::Order;
use crate::library::evidence::Reasons;
use crate::library::file_name::{self, FileName, Kind};
use crate::library::intake::{self, Looked};
use crate::library::level::Answer;
use crate::library::model::{File, Library};
use crate::library::place::{self, Place, Survey, Surveyed, Vote};
use crate::library::reading::{self, Reading};
use crate::library::shelf::Shelved;
use crate::library::walk::{Entry, Root};
use crate::library::{contents, posts, vocabulary};

/// A file as it was read, before anything is decided.
pub(super) struct Seen {
    pub(super) file: Arc<File>,
    pub(super) root: Arc<Root>,
    pub(super) survey: Survey,
    pub(super) place: Place,
}

impl Seen {
    /// One of the library: its place among the files as they were listed, and its number.
    pub(super) fn there(library: &Library, at: usize, id: usize) -> Option<Self> {
        let Shelved { file, root, listed } = library.shelf.files.get(at)?.clone();
        let (survey, place) = match library.tellers.get(id)? {
            Some(teller) => (teller.survey.clone(), (*teller.place).clone()),
            None => {
                let neighbours = library.shelf.neighbours(&root)?;
                let survey = reading::survey(&file.text, file.relative());
                let of_folder = neighbours.of_folder(&file)?.place(file.relative());
                let mut seen = Self { file, root, survey, place: Place { listed, ..of_folder } };
                if let Some(speaks) = posts::speaks(&seen.surveyed(), &seen.place.name) {
                    let aside = neighbours.posts.aside(&seen.surveyed(), speaks);
                    (seen.place.aside, seen.place.post) = (aside, Some(speaks));
                }
                return Some(seen);
            }
        };
        Some(Self { file, root, survey, place })
    }

    /// One that has changed, or came.
    pub(super) fn now(library: &Library, entry: &Entry) -> Option<Self> {
        let (looked, faults) = intake::read_alone(entry.clone(), library.shelf.extent.limits);
        let Looked { file, survey, root, .. } = looked.filter(|_| faults.is_empty())?;
        let place = library.shelf.neighbours(&root)?.of_folder(&file)?.place(file.relative());
        Some(Self { file, root, survey, place })
    }

    pub(super) fn voice(&self) -> Option<Voice<'_>> {
        Voice::of(&self.file, &self.root, &self.survey, &self.place)
    }

    pub(super) fn surveyed(&self) -> Surveyed<'_> {
        let Self { file, root, survey, .. } = self;
        Surveyed { relative: file.relative(), root, text: &file.text, survey }
    }
}

/// What one file says that is heard by others before anything is decided.
pub(super) struct Voice<'f> {
    /// What its name says.
    pub(super) name: &'f FileName,
    pub(super) vote: Vote,
    /// Its first heading or line, which an index page beside it may say again.
    pub(super) first: Option<&'f str>,
    /// Whether it speaks of an event, where it is a post.
    pub(super) post: Option<bool>,
}

impl<'f> Voice<'f> {
    /// `None` for a file that says more: an index page, a page that leads to others.
    pub(super) fn of(file: &'f File, root: &'f Root, survey: &'f Survey, place: &'f Place) -> Option<Self> {
        let index = place.name.kind == Kind::Index || vocabulary::is_index(&file_name::stem(file.relative()));
        let nameless = matches!(place.name.kind, Kind::Plan | Kind::Plain);
        let leads = nameless && place.accompanied && contents::may_lead(&file.text);
        if index || leads {
            return None;
        }
        let surveyed = Surveyed { relative: file.relative(), root, text: &file.text, survey };
        let by_itself =
            Place { siblings: Default::default(), spoken_name: None, alone: None, ..place.clone() };
        let vote = Vote::of(&surveyed.case(&by_itself, Reasons::Dropped));
        let first = place::first_words(&surveyed.case(place, Reasons::Dropped));
        Some(Self { name: &place.name, vote, first, post: posts::speaks(&surveyed, &place.name) })
    }

    /// Whether another text of the file is heard alike.
    pub(super) fn says_as_much_as(&self, other: &Self) -> bool {
        let said = |voice: &Self| (voice.vote.answer, voice.post);
        said(self) == said(other) && self.vote.habits.counts_as(&other.vote.habits)
    }

    /// Reads the file beside these.
    pub(super) fn read(
        &self,
        file: &Arc<File>,
        survey: &Survey,
        place: &Place,
        beside: &Arc<Siblings>,
    ) -> ReadFile {
        let place = Place {
            siblings: Beside { files: Arc::clone(beside), own: self.vote.answer },
            alone: Some(self.vote.points.clone()),
            leads: false,
            ..place.clone()
        };
        let reading = reading::read(&file.text, file.relative(), survey, &place, Reasons::Dropped);
        let (file, survey) = (Arc::clone(file), survey.clone());
        ReadFile { file, reading: Arc::new(reading), survey, place: Arc::new(place) }
    }
}

/// Whether two readings of a file say the same to those of others.
pub(super) fn says_as_much(old: &Reading, new: &Reading) -> bool {
    let said = |reading: &Reading| -> (Option<Answer>, Vec<Order>) {
        (reading.decision.answer, reading.told_orders().collect())
    };
    said(old) == said(new) && old.conference == new.conference
}
