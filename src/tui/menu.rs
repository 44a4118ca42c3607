//! A list to choose from, over the screen: all actions, themes, groupings, related talks.

use ratatui_textarea::TextArea;

use crate::config::actions::{Action, Scope};
use crate::library::TalkId;
use crate::report::groups::Grouping;
use crate::search::filter::{Through, filter};
use crate::tui::overlay::{ListState, field_text};

/// What a row stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Do this.
    Action(Action),
    /// Go to a line of the file that is shown, counted from 1.
    Line(usize),
    /// Draw in this theme.
    Theme(String),
    /// Group the talks so.
    Group(Grouping),
    /// Go to this talk.
    Talk(TalkId),
}

/// A row to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuRow {
    /// What it says.
    pub text: String,
    /// What stands on its right: a key, a reason.
    pub note: String,
    /// What it stands for.
    pub choice: Choice,
}

/// A list to choose from.
#[derive(Debug)]
pub struct Menu {
    /// Its title.
    pub title: &'static str,
    /// What is said where no row is left.
    pub none: String,
    /// What the rows are filtered by, where they can be.
    pub query: Option<TextArea<'static>>,
    /// All rows.
    pub rows: Vec<MenuRow>,
    /// Those that the filter lets through.
    pub through: Vec<Through>,
    /// Cursor and window.
    pub list: ListState,
    /// The theme to go back to when none is chosen.
    pub theme: Option<String>,
}

impl Menu {
    /// A list of these rows.
    pub fn new(title: &'static str, rows: Vec<MenuRow>) -> Self {
        let through = filter("", rows.iter().map(|row| row.text.as_str()));
        let (list, none) = (ListState::default(), String::new());
        Self { title, none, query: None, rows, through, list, theme: None }
    }

    /// The scope of its keys.
    pub fn scope(&self) -> Scope {
        if self.query.is_some() { Scope::Palette } else { Scope::List }
    }

    /// What is typed into it.
    pub fn words(&self) -> &str {
        self.query.as_ref().map_or("", |query| field_text(query))
    }

    /// The row under the cursor.
    pub fn chosen(&self) -> Option<&MenuRow> {
        self.rows.get(self.through.get(self.list.selected)?.at)
    }

    /// Filters anew; the cursor goes to the row that matches best, which is the first.
    pub fn narrow(&mut self) {
        self.through = filter(self.words(), self.rows.iter().map(|row| row.text.as_str()));
        // What matches best comes first, and of equal ones what the table has first.
        self.through.sort_by_key(|through| std::cmp::Reverse(through.score));
        self.list.selected = 0;
        self.none = "Nothing has that. A number goes to a line.".into();
        // A number is a line, whatever else has these digits.
        if let Some(line) = self.line() {
            self.none = format!("Enter goes to line {line}.");
            self.through.clear();
        }
    }

    /// The number that was typed.
    pub fn line(&self) -> Option<usize> {
        self.query.as_ref().and_then(|_| self.words().trim().parse().ok())
    }
}
