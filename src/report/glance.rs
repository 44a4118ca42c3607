//! The pages that do not stand in the notes: the library at a glance, and a group of talks.

use std::sync::Arc;

use crate::library::{BuiltIn, Library};
use crate::markup::document::Document;
use crate::markup::{Ink, Role};
use crate::report::groups::{Group, Groups};
use crate::report::page::{Medium, Sheet, Subject};
use crate::report::stats::{Known, Stats};
use crate::report::words;

/// So many talks of a group are listed on its page: more are looked for in the tree.
const MOST_LISTED: usize = 500;

/// What a page may show beside the notes.
#[derive(Debug, Clone, Default)]
pub struct Aside {
    /// How the talks are grouped.
    pub groups: Arc<Groups>,
    /// What was counted.
    pub stats: Option<Arc<Stats>>,
    /// What is known of the talks.
    pub known: Known,
}

/// The page of the library at a glance, or of a group: what is on it does not stand in the notes.
pub fn glance(subject: Subject, library: &Library, aside: &Aside) -> Document {
    let mut sheet = Sheet::new(library, Medium::Screen);
    match subject {
        Subject::Group(n) => {
            if let Some(group) = aside.groups.all.get(n as usize) {
                sheet.group(group);
            }
        }
        _ => sheet.overview(aside),
    }
    sheet.document()
}

impl Sheet<'_> {
    fn overview(&mut self, aside: &Aside) {
        let library = self.library;
        let name = match library.builtin {
            Some(BuiltIn::Collection) => "The built-in collection",
            Some(BuiltIn::Tour) => "The tour",
            None => "Your notes",
        };
        self.push(name, Role::Title);
        let talks = words::count(library.talks.len(), "talk");
        let conferences = words::count(library.conferences.len(), "conference");
        self.push(&format!("{conferences} · {talks}"), Role::Meta);
        let mut facts = aside.known.words();
        if let Some(stats) = &aside.stats {
            facts.push(words::count(stats.speakers, "speaker"));
            facts.push(format!("{} starred", stats.starred));
        }
        self.wrapped(&facts.join(" · "), Role::Meta, 0);
        self.rule();
        if library.builtin == Some(BuiltIn::Collection) {
            self.wrapped("These notes come with hallway. To see others, start it as", Role::Text, 0);
            self.gap();
            self.push("  hallway ~/notes   your own notes", Role::Code);
            self.push("  hallway tour      a tour, three minutes", Role::Code);
            self.gap();
        }
        let widest =
            library.conferences.iter().map(|c| words::count(library.count_of(c), "talk").len()).max();
        for conference in &library.conferences {
            let talks = words::count(library.count_of(conference), "talk");
            let pad = widest.unwrap_or(0);
            self.push(&format!("{talks:>pad$}  {}", conference.name), Role::Text);
        }
        if let Some(stats) = &aside.stats {
            self.counts(stats);
        }
        let (problems, furniture) = (library.problems.len(), library.furniture.len());
        if problems + furniture > 0 {
            self.gap();
            let remarks = words::count(problems, "remark");
            let pieces = words::count(furniture, "piece");
            let text = format!(
                "`hallway doctor` tells how these notes were read: {remarks}, and {pieces} set aside as no notes."
            );
            self.wrapped(&text, Role::Muted, 0);
        }
    }

    /// Talks per year as a chart, and who was heard most.
    fn counts(&mut self, stats: &Stats) {
        const CHART: usize = 40;
        self.gap();
        self.push("Talks per year", Ink { role: Role::Heading(3), strong: true, ..Ink::default() });
        for line in stats.chart(CHART) {
            self.push(&line, Role::Text);
        }
        if stats.heard.is_empty() {
            return;
        }
        self.gap();
        self.push("Heard most", Ink { role: Role::Heading(3), strong: true, ..Ink::default() });
        for (name, talks) in &stats.heard {
            self.push(&format!("{talks:>4}  {name}"), Role::Text);
        }
    }

    fn group(&mut self, group: &Group) {
        self.push(&group.name, Role::Title);
        self.push(&words::count(group.talks.len(), "talk"), Role::Meta);
        self.rule();
        let mut conference = None;
        let mut items = Vec::new();
        for id in group.talks.iter().take(MOST_LISTED) {
            let of = self.library.conference_of(*id);
            if conference.replace(&of.slug) != Some(&of.slug) {
                self.items(std::mem::take(&mut items));
                self.gap();
                self.push(&of.name, Ink { role: Role::Heading(3), strong: true, ..Ink::default() });
            }
            items.push(self.item(*id));
        }
        self.items(items);
        if let Some(more) = group.talks.len().checked_sub(MOST_LISTED).filter(|more| *more > 0) {
            self.wrapped(&format!("and {more} more, in the tree"), Role::Muted, 0);
        }
    }
}
