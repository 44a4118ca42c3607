//! Posts of a blog that speak of no event: set aside, where others beside them do.
//!
//! A person's blog holds notes of conferences among much else. Nothing but a comparison tells them
//! apart: where some of the posts of a collection speak plainly of an event, those that do not are
//! no notes; where none does, the collection is about talks in some way of its own, and all stay.

use crate::library::evidence::Tally;
use crate::library::features::Nature;
use crate::library::file_name::FileName;
use crate::library::passing;
use crate::library::place::Surveyed;
use crate::library::{conference, fields, title, vocabulary};
use crate::text::fold::fold;
use crate::text::line;

/// Why a post is set aside.
pub(super) const NO_EVENT: &str = "a post that speaks of no event, beside others that do";

/// Why a page of a site is set aside.
pub(super) const SITE_PAGE: &str = "a page of the site around the notes";

/// The evidence at which a post is taken to speak of an event.
const SPEAKS: i32 = 3;

/// A post of a blog.
pub(super) struct Post {
    /// Whether it speaks of an event: all that others hear of it.
    pub(super) speaks: bool,
    /// Why it is set aside.
    pub(super) aside: Option<&'static str>,
}

/// Which files are posts, and which of these are set aside, those among them that are counted already. They are counted.
pub(super) fn posts(files: &[Surveyed], names: &[&FileName], all: &mut Posts) -> Vec<Option<Post>> {
    let speaks: Vec<Option<bool>> = files.iter().zip(names).map(|(file, name)| speaks(file, name)).collect();
    speaks.iter().for_each(|speaks| all.count(*speaks, 1));
    let post = |(file, speaks): (&Surveyed, Option<bool>)| {
        speaks.map(|speaks| Post { speaks, aside: all.aside(file, speaks) })
    };
    passing::list(files.iter().zip(speaks).map(post))
}

/// How many posts there are, and how many of them speak of an event.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Posts {
    all: usize,
    speaking: usize,
}

impl Posts {
    /// Counts a file that is a post and speaks of an event or not, or is none; or counts it no more (`by` is -1).
    pub(super) fn count(&mut self, speaks: Option<bool>, by: isize) {
        if let Some(speaks) = speaks {
            self.all = self.all.saturating_add_signed(by);
            self.speaking = self.speaking.saturating_add_signed(if speaks { by } else { 0 });
        }
    }

    /// These without those that were counted elsewhere.
    pub(super) fn without(self, others: Posts) -> Self {
        let (all, speaking) =
            (self.all.saturating_sub(others.all), self.speaking.saturating_sub(others.speaking));
        Self { all, speaking }
    }

    /// Whether some of them are notes, and the others are not.
    pub(super) fn are_mixed(self) -> bool {
        self.all >= 3 && self.speaking >= 1 && self.speaking < self.all
    }

    /// Why a post is set aside among these.
    pub(super) fn aside(self, file: &Surveyed, speaks: bool) -> Option<&'static str> {
        let off_topic = (self.are_mixed() && !speaks).then_some(NO_EVENT);
        if is_site_page(file) { Some(SITE_PAGE) } else { off_topic }
    }
}

/// Whether a file speaks of an event, where it is a post.
pub(super) fn speaks(file: &Surveyed, name: &FileName) -> Option<bool> {
    is_post(file).then(|| weigh(file, name).total() >= SPEAKS)
}

/// Front matter with a date or a category is what blogs put at the top.
fn is_post(file: &Surveyed) -> bool {
    let Some((bytes, _)) = &file.survey.found.front else {
        return false;
    };
    const FOLDERS: &[&str] = &["_posts", "articles", "blog", "post", "posts"];
    if file.relative.iter().any(|part| FOLDERS.iter().any(|f| part.eq_ignore_ascii_case(f))) {
        return true;
    }
    const MARKS: &[&str] =
        &["date", "pub_date", "categories", "category", "layout", "permalink", "draft", "published", "slug"];
    file.text[bytes.clone()].lines().any(|line| {
        let key = line.split([':', '=']).next().unwrap_or_default().trim().to_ascii_lowercase();
        MARKS.contains(&key.as_str())
    })
}

fn is_site_page(file: &Surveyed) -> bool {
    const PAGES: &[&str] = &[
        "404", "about", "about me", "archive", "archives", "categories", "contact", "home", "now", "privacy",
        "resume", "search", "tags", "uses",
    ];
    let stem = crate::library::file_name::stem(file.relative);
    PAGES.contains(&fold(&conference::deslug(&stem)).as_str())
}

/// The evidence that a post speaks of an event.
fn weigh(file: &Surveyed, name: &FileName) -> Tally {
    let mut tally = Tally::plain();
    let front = file.survey.found.front.as_ref().map_or("", |(bytes, _)| &file.text[bytes.clone()]);
    let value = |keys: &[&str]| -> String {
        let own = front.lines().filter(|l| keys.iter().any(|k| l.to_ascii_lowercase().starts_with(k)));
        own.map(|l| l.split_once([':', '=']).map_or("", |(_, v)| v)).collect::<Vec<_>>().join(" ")
    };
    let titled = value(&["title"]);
    let tagged = value(&["tags", "categories", "category", "keywords"]);
    let plain = title::strip_markup(titled.trim().trim_matches(['"', '\'']));
    tally.when(conference::in_line(&plain).is_some(), "its title names an event and a year", 3);
    tally.when(speaks_of_event(&plain) || speaks_of_event(&name.text), "its title speaks of an event", 3);
    tally.when(speaks_of_event(&tagged), "its tags speak of an event", 2);
    let features = &file.survey.features;
    let spoken = features.iter().filter(|f| f.surely_spoken() || f.quoted).count();
    tally.when(spoken >= 2, "headings in it say who spoke", 3);
    tally.when(
        features.iter().any(|f| matches!(f.nature, Nature::Conference)),
        "a heading names an event",
        2,
    );
    let fields = file
        .text
        .lines()
        .take(400)
        .filter(|l| matches!(fields::read(l), Some((fields::Key::Speaker, v)) if !v.is_empty()))
        .count();
    tally.when(fields >= 2, "lines in it state speakers", 2);
    tally
}

/// Words of events and of notes on them, in the languages that notes are kept in.
fn speaks_of_event(text: &str) -> bool {
    const INSIDE: &[&str] = &[
        "参会", "峰会", "大会", "会议", "沙龙", "技术日", "勉強会", "カンファレンス", "セッション", "参加し",
        "登壇", "聞いてき", "行ってき", "컨퍼런스", "콘퍼런스", "밋업", "セミナー", "세미나",
    ];
    const WORDS: &[&str] = &[
        "conference", "conferences", "conferencia", "conférence", "konference", "keynote", "keynotes",
        "talks", "workshop", "workshops", "webinar", "webinars", "symposium", "meetups", "hackathon",
        "barcamp", "recap", "seminar",
    ];
    let folded = fold(text);
    let folded_inside = INSIDE.iter().any(|w| folded.contains(&fold(w)));
    let has_year = line::words(&folded).any(|w| crate::library::dates::year(w).is_some());
    let word = |w: &str| {
        let letters = w.trim_end_matches(|c: char| c.is_ascii_digit());
        WORDS.contains(&letters) || vocabulary::is_event(letters) || letters == "day" && has_year
    };
    folded_inside || line::words(&folded).any(word)
}
