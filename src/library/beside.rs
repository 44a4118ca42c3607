//! The files beside one: how they hold their talks, and what that says of it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::library::evidence::Tally;
use crate::library::file_name::Kind;
use crate::library::headings::Style;
use crate::library::level::Answer;
use crate::library::place::Place;

/// How the files of a folder hold their talks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Siblings {
    /// Files that are one talk.
    pub whole: usize,
    /// Files that hold several.
    pub many: usize,
    /// Of these, how many have their talks in each style.
    pub styles: HashMap<Style, usize>,
    /// Files that are named like talks, this one among them.
    pub titled: usize,
    /// All files of the folder but its index page.
    pub all: usize,
    /// Files whose first heading or line says what the file is named, and files where it does not.
    pub alike: (usize, usize),
}

impl Siblings {
    /// The files are named for their talks, and say the title nowhere else.
    pub fn titles_in_names(&self) -> bool {
        self.alike.1 >= 3 && self.alike.1 >= 2 * self.alike.0
    }

    /// The same where one of the files says now, or says no more, what it is named.
    pub(super) fn with_another(&self, before: Option<bool>, now: Option<bool>) -> Self {
        let (yes, no) = self.alike;
        let counted = |count: usize, of: bool| {
            (count + usize::from(now == Some(of))).saturating_sub(usize::from(before == Some(of)))
        };
        Self { alike: (counted(yes, true), counted(no, false)), styles: self.styles.clone(), ..*self }
    }

    /// Counts what a file says by itself.
    pub(super) fn count(&mut self, answer: Answer) {
        match answer {
            Answer::Whole => self.whole += 1,
            Answer::Headings(style) => {
                *self.styles.entry(style).or_default() += 1;
                self.many += 1;
            }
        }
    }
}

/// The files beside one: those of its folder, without what it says itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The files of the folder, this one among them.
    pub files: Arc<Siblings>,
    /// What this one's own vote was.
    pub(super) own: Option<Answer>,
}

impl Beside {
    /// Others that are one talk.
    fn whole(&self) -> usize {
        self.files.whole - usize::from(self.own == Some(Answer::Whole))
    }

    /// Others that hold several.
    fn many(&self) -> usize {
        self.files.many - usize::from(matches!(self.own, Some(Answer::Headings(_))))
    }

    /// Others that have their talks in this style.
    fn of_style(&self, style: Style) -> usize {
        let of_style = self.files.styles.get(&style).copied().unwrap_or_default();
        of_style - usize::from(self.own == Some(Answer::Headings(style)))
    }
}

/// The evidence that the files beside one give for an answer, and the habits of the whole collection. Without any, it
/// is nothing.
pub(super) fn weigh(place: &Place, answer: Answer, tally: &mut Tally) {
    let beside = &place.siblings;
    // An index page beside a single file goes by itself.
    let others = if beside.files.all > 1 { beside.whole() + beside.many() } else { 0 };
    let whole = beside.whole();
    match answer {
        Answer::Whole => {
            let siblings = &beside.files;
            let many_titles = siblings.titled >= 4 && siblings.titled * 4 >= siblings.all * 3;
            let titled = many_titles && place.name.kind == Kind::Title;
            tally.when(titled, "the files beside it are named like talks, too", 2);
            tally.when(place.spoken_name.is_some(), "the file's name says who spoke", 3);
            if let Some(share) = (whole * 100).checked_div(others) {
                tally.when(share >= 60, "most files beside it are one talk each", 2);
                tally.when(share >= 90 && others >= 3, "nearly all of them", 2);
                tally.when(share <= 20, "files beside it hold many talks", -3);
            }
        }
        Answer::Headings(style) if others > 0 => {
            let alike = beside.of_style(style);
            tally.when(alike * 2 >= others, "most files beside it have their talks so", 2);
            tally.when(whole * 100 >= 80 * others, "files beside it are one talk each", -2);
        }
        Answer::Headings(_) => {}
    }
}
