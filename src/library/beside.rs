//! The files beside one: how they hold their talks, and what that says of it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::library::evidence::Tally;
use crate::library::file_name::Kind;
use crate::library::headings::Style;
use crate::library::level::Answer;
use crate::library::place::{Place, Vote};

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

    /// Counts a file with what it says by itself (`by` is 1), or counts it no more (-1). An index page is not counted.
    pub(super) fn count(&mut self, kind: Kind, vote: &Vote, by: isize) {
        if kind == Kind::Index {
            return;
        }
        let counted = |count: &mut usize, counts: bool| {
            if counts {
                *count = count.saturating_add_signed(by);
            }
        };
        counted(&mut self.all, true);
        counted(&mut self.titled, kind == Kind::Title);
        counted(&mut self.alike.0, vote.alike == Some(true));
        counted(&mut self.alike.1, vote.alike == Some(false));
        counted(&mut self.whole, vote.answer == Some(Answer::Whole));
        if let Some(Answer::Headings(style)) = vote.answer {
            counted(&mut self.many, true);
            let files = self.styles.entry(style).or_default();
            counted(files, true);
            if *files == 0 {
                self.styles.remove(&style);
            }
        }
    }

    /// Whether the files that are counted both times hear the same of those beside them, whatever they say themselves.
    pub(super) fn say_the_same(before: &Arc<Self>, now: &Arc<Self>) -> bool {
        let styles = || before.styles.keys().chain(now.styles.keys()).copied();
        let counted = |own: &Option<Answer>| match own {
            None => true,
            Some(Answer::Whole) => before.whole.min(now.whole) > 0,
            Some(Answer::Headings(style)) => {
                before.styles.contains_key(style) && now.styles.contains_key(style)
            }
        };
        let own = [None, Some(Answer::Whole)].into_iter().chain(styles().map(|s| Some(Answer::Headings(s))));
        before.titles_in_names() == now.titles_in_names()
            && own.filter(counted).all(|own| {
                let [before, now] = [before, now].map(|files| Beside { files: Arc::clone(files), own });
                before.says() == now.says() && styles().all(|s| before.is_usual(s) == now.is_usual(s))
            })
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

    /// Others that say how they hold their talks. An index page beside a single file goes by itself.
    fn others(&self) -> usize {
        if self.files.all > 1 { self.whole() + self.many() } else { 0 }
    }

    /// Whether most others have their talks in this style.
    fn is_usual(&self, style: Style) -> bool {
        self.others() > 0 && self.of_style(style) * 2 >= self.others()
    }

    /// What the others say, whichever style talks are in.
    fn says(&self) -> Says {
        let (Siblings { titled, all, .. }, whole, others) = (&*self.files, self.whole(), self.others());
        let share = |holds: &dyn Fn(usize) -> bool| (whole * 100).checked_div(others).is_some_and(holds);
        Says {
            titled: *titled >= 4 && titled * 4 >= all * 3,
            mostly_whole: share(&|share| share >= 60),
            nearly_all_whole: share(&|share| share >= 90) && others >= 3,
            whole_each: others > 0 && whole * 100 >= 80 * others,
            seldom_whole: share(&|share| share <= 20),
        }
    }
}

/// What a file hears of those beside it; they have no other say in where its talks are.
#[derive(PartialEq, Eq)]
struct Says {
    /// Most are named like talks, this one among them.
    titled: bool,
    mostly_whole: bool,
    nearly_all_whole: bool,
    whole_each: bool,
    seldom_whole: bool,
}

/// The evidence that the files beside one give for an answer, and the habits of the whole collection. Without any, it
/// is nothing.
pub(super) fn weigh(place: &Place, answer: Answer, tally: &mut Tally) {
    let said = place.siblings.says();
    match answer {
        Answer::Whole => {
            let titled = said.titled && place.name.kind == Kind::Title;
            tally.when(titled, "the files beside it are named like talks, too", 2);
            tally.when(place.spoken_name.is_some(), "the file's name says who spoke", 3);
            tally.when(said.mostly_whole, "most files beside it are one talk each", 2);
            tally.when(said.nearly_all_whole, "nearly all of them", 2);
            tally.when(said.seldom_whole, "files beside it hold many talks", -3);
        }
        Answer::Headings(style) => {
            tally.when(place.siblings.is_usual(style), "most files beside it have their talks so", 2);
            tally.when(said.whole_each, "files beside it are one talk each", -2);
        }
    }
}
