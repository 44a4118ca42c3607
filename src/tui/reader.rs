//! The reader: which page is shown, how far it is scrolled, and the reader's place in it.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use crate::markup::Page;
use crate::markup::colours::Colours;
use crate::markup::layout::PageLine;
use crate::report::destination::{self, Destination};
use crate::report::page::Subject;
use crate::tui::effect::{Effect, Pane};
use crate::tui::page_search::PageSearch;
use crate::tui::pages::Setting;
use crate::tui::pictures::Picture;

/// A place in a page that no width changes: a source line, and how many letters of it stand above.
/// A paragraph may be one source line and many rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The source line, counted from 1; 0 is nowhere.
    pub line: usize,
    /// Letters and digits of it before the place.
    pub offset: usize,
}

/// Where a page is to be shown once it is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goal {
    /// At its start.
    Start,
    /// At its end.
    End,
    /// Where it is.
    Stay,
    /// With this place on top, below so many rows that show no source.
    OnTop(Place, usize),
    /// With this place in view, and marked.
    LandOn(Place),
    /// With the first match in view, or the last.
    Match(bool),
}

/// A pane that shows a page.
#[derive(Debug)]
pub struct Reader {
    /// What is shown.
    pub subject: Subject,
    /// It, laid out. Of the subject before, until the new one is.
    pub page: Arc<Page>,
    /// The first line on the screen.
    pub scroll: usize,
    /// The place that was last landed on.
    pub landed: Option<Place>,
    /// What is searched for in the page.
    pub search: Option<PageSearch>,
    /// What is too wide is panned by so many columns.
    pub pan: usize,
    /// What the words of its code are, once that is known.
    pub colours: Option<Arc<Colours>>,
    /// Its pictures, as far as they are ready.
    pub pictures: HashMap<u32, Arc<Picture>>,
    /// Files of pictures that turned out to be damaged.
    pub damaged: Arc<BTreeSet<PathBuf>>,
    /// Where each page was left.
    places: HashMap<Subject, (Place, usize)>,
    pane: Pane,
    goal: Goal,
    /// The request that is not answered yet.
    waiting: Option<u64>,
    generation: u64,
    asked: Option<(Subject, Setting)>,
    /// What was on top when somebody last moved: no size of the screen changes that, though a high one may
    /// have no room below for it to stand on top.
    anchor: Option<(Place, usize)>,
    /// A part of the page that was asked for is shown, and whether somebody has moved in it since.
    part: Option<bool>,
}

impl Reader {
    /// An empty reader.
    pub fn new(pane: Pane) -> Self {
        Self {
            subject: Subject::Overview,
            page: Arc::new(Page::default()),
            scroll: 0,
            landed: None,
            search: None,
            pan: 0,
            colours: None,
            pictures: HashMap::new(),
            damaged: Arc::default(),
            places: HashMap::new(),
            pane,
            goal: Goal::Start,
            waiting: None,
            generation: 0,
            asked: None,
            anchor: None,
            part: None,
        }
    }

    /// Shows a subject: where it was left, or from its start.
    pub fn show(&mut self, subject: Subject) {
        if subject == self.subject {
            return;
        }
        if self.is_settled() && self.pane == Pane::Reader {
            self.places.remove(&self.subject);
            if self.scroll > 0 {
                self.places.insert(self.subject, self.top());
            }
        }
        self.subject = subject;
        self.anchor = None;
        if let Some(search) = &mut self.search {
            search.current = None;
        }
        self.landed = None;
        self.pan = 0;
        self.colours = None;
        self.pictures.clear();
        self.goal =
            self.places.get(&subject).map_or(Goal::Start, |(place, above)| Goal::OnTop(*place, *above));
        self.asked = None;
    }

    /// The pages are known by other names now: where each was left goes with it.
    pub fn rename(&mut self, renamed: impl Fn(Subject) -> Option<Subject>) {
        let places = std::mem::take(&mut self.places);
        self.places = places.into_iter().filter_map(|(s, place)| Some((renamed(s)?, place))).collect();
    }

    /// Remembers where a page was left in an earlier session, unless it is known better.
    pub fn remember(&mut self, subject: Subject, place: Place, above: usize) {
        if subject != self.subject {
            self.places.entry(subject).or_insert((place, above));
        }
    }

    /// Where pages were left.
    pub fn places(&self) -> impl Iterator<Item = (Subject, Place, usize)> {
        self.places.iter().map(|(subject, (place, above))| (*subject, *place, *above))
    }

    /// Where one is now: what is on top, and how many rows above it show no source.
    pub fn stop(&self) -> (Place, usize) {
        if self.is_settled() && self.scroll > 0 { self.top() } else { (Place::default(), 0) }
    }

    /// The columns by which what is in view can be panned.
    pub fn widest(&self, height: usize) -> usize {
        let rows = self.page.lines.iter().skip(self.scroll).take(height);
        let hidden =
            |line: &PageLine| (line.wide.map_or(0, |w| w.columns as usize)).saturating_sub(self.page.width);
        rows.map(hidden).max().unwrap_or(0)
    }

    /// Where a link of the page leads, as it may be told to a terminal.
    pub fn web_address(&self, link: u32) -> Option<String> {
        let address = self.page.document.links.get(link as usize)?.address()?;
        match destination::web(address)? {
            Destination::Web(address) => Some(address),
            _ => None,
        }
    }

    /// Shows a subject at a place, which becomes the reader's.
    pub fn land(&mut self, subject: Subject, place: Place, height: usize) {
        self.show(subject);
        self.landed = Some(place);
        self.goal = Goal::LandOn(place);
        if self.is_settled() {
            self.reach(height);
        }
    }

    /// Shows a subject at the first match in it, or at the last.
    pub fn seek(&mut self, subject: Subject, first: bool, height: usize) {
        self.show(subject);
        self.goal = Goal::Match(first);
        if self.is_settled() {
            self.reach(height);
        }
    }

    /// Searches for something else, or for nothing.
    pub fn search_for(&mut self, search: Option<PageSearch>) {
        self.search = search;
        if let Some(search) = &mut self.search {
            search.look(&self.page);
        }
    }

    /// Scrolls so that a row is in view, with a little of what stands above it.
    pub fn bring_into_view(&mut self, row: usize, height: usize) {
        if !(self.scroll..self.scroll + height.max(1)).contains(&row) {
            self.go(row.saturating_sub(height / 4), height);
        }
        self.pan_to_match();
    }

    /// Goes to a row and makes it the reader's place.
    pub fn land_on_row(&mut self, row: usize, height: usize) {
        self.bring_into_view(row, height);
        self.landed = self.place_of(row);
    }

    /// The place that a row shows; `None` where it shows no source.
    fn place_of(&self, row: usize) -> Option<Place> {
        let rows = &self.page.lines;
        let line = rows.get(row).map_or(0, |row| row.source);
        let above = rows[..row.min(rows.len())].iter().rev().take_while(|r| r.source == line);
        let offset = above.map(letters).sum();
        (line > 0).then_some(Place { line, offset })
    }

    /// Pans so that columns of a row are in view.
    pub fn pan_to(&mut self, row: usize, columns: std::ops::Range<usize>) {
        let Some(wide) = self.page.lines.get(row).and_then(|line| line.wide) else {
            return;
        };
        let (kept, room) = (usize::from(wide.kept), self.page.width);
        // A column is lost on each side to the sign that says that there is more.
        let window = kept + self.pan + 1..room + self.pan.saturating_sub(1);
        if columns.start >= kept && !(window.contains(&columns.start) && columns.end <= window.end) {
            let most = (wide.columns as usize).saturating_sub(room);
            self.pan = columns.start.saturating_sub(kept + (room - kept.min(room)) / 4).min(most);
        }
    }

    /// Pans so that the match that was gone to last is in view.
    pub fn pan_to_match(&mut self) {
        let found = self.search.as_ref().and_then(PageSearch::place);
        if let Some((row, bytes)) = found
            && let Some(text) = self.page.lines.get(row).map(PageLine::text)
        {
            let column = |byte: usize| text.get(..byte).map_or(0, crate::text::width::width);
            self.pan_to(row, column(bytes.start)..column(bytes.end));
        }
    }

    /// Shows a subject with a place on top, as it was left; from its start, where that is no place.
    pub fn return_to(&mut self, subject: Subject, place: Place, above: usize, height: usize) {
        self.show(subject);
        self.landed = None;
        self.goal = if place.line > 0 { Goal::OnTop(place, above) } else { Goal::Start };
        if self.is_settled() {
            self.reach(height);
        }
    }

    /// Forgets what was laid out, because the notes are others now.
    pub fn forget(&mut self) {
        self.asked = None;
    }

    /// Whether the page on show is the one that was asked for.
    pub fn is_settled(&self) -> bool {
        self.waiting.is_none() && self.asked.is_some_and(|(subject, _)| subject == self.subject)
    }

    /// Asks for the page in this setting, unless that is asked for already. A higher pane shows more of the
    /// page that is there.
    pub fn ask(&mut self, setting: Setting) -> Option<Effect> {
        let same = |asked: &Setting| Setting { rows: setting.rows, ..*asked } == setting;
        if self.asked.as_ref().is_some_and(|(subject, asked)| *subject == self.subject && same(asked)) {
            return None;
        }
        let top = self.top();
        if self.asked.is_some_and(|(subject, _)| subject == self.subject)
            && self.waiting.is_none()
            && (self.scroll > 0 || self.anchor.is_some())
        {
            // The same page in another setting: what is on top stays on top.
            let (place, above) = *self.anchor.get_or_insert(top);
            self.goal = Goal::OnTop(place, above);
        }
        self.asked = Some((self.subject, setting));
        self.generation += 1;
        self.waiting = Some(self.generation);
        self.part = None;
        Some(Effect::LayOut {
            pane: self.pane,
            generation: self.generation,
            subject: self.subject,
            setting,
            near: self.near(),
            damaged: self.damaged.clone(),
        })
    }

    /// The place that is looked at first.
    fn near(&self) -> Place {
        match self.goal {
            Goal::Start | Goal::Match(_) => Place::default(),
            Goal::End => Place { line: usize::MAX, offset: 0 },
            Goal::Stay => self.top().0,
            Goal::OnTop(place, _) | Goal::LandOn(place) => place,
        }
    }

    /// Takes a page or a part of it, if it is the one that was asked for last.
    pub fn take(&mut self, generation: u64, page: Page, height: usize) {
        if self.waiting != Some(generation) {
            return;
        }
        if self.part == Some(true) {
            // Somebody has moved in the part; the whole is shown at the same place.
            let (place, above) = self.top();
            self.goal = if place.line > 0 { Goal::OnTop(place, above) } else { Goal::Stay };
        }
        let goal = self.goal;
        let partial = page.partial;
        self.page = Arc::new(page);
        if let Some(search) = &mut self.search {
            search.look(&self.page);
        }
        if !partial {
            self.waiting = None;
        }
        self.reach(height);
        self.part = partial.then_some(false);
        if partial {
            // The whole is to be shown there too.
            self.goal = goal;
        }
    }

    /// Scrolls to where the page was wanted.
    fn reach(&mut self, height: usize) {
        self.scroll = match std::mem::replace(&mut self.goal, Goal::Stay) {
            Goal::Start => 0,
            Goal::End => usize::MAX,
            Goal::Stay => self.scroll,
            Goal::OnTop(place, above) => self.row_on_top(place, above),
            Goal::LandOn(place) => {
                let row = self.row_of(place);
                let row = self.search.as_mut().and_then(|search| search.go_from(row)).unwrap_or(row);
                // A little of what stands above is good to see; a place near the start shows it.
                let above = height / 4;
                if row < height.saturating_sub(1) { 0 } else { row - above }
            }
            Goal::Match(first) => {
                let found = self.search.as_mut().and_then(|search| search.wrap(first));
                self.landed = found.and_then(|row| self.place_of(row));
                let row = found.unwrap_or(0);
                if row < height.saturating_sub(1) { 0 } else { row - height / 4 }
            }
        };
        self.clamp(height);
        self.pan_to_match();
    }

    /// The row that shows a place, or the one right above where it would be.
    pub fn row_of(&self, place: Place) -> usize {
        let rows = &self.page.lines;
        let Some(first) = rows.iter().position(|row| row.source == place.line) else {
            return rows.iter().rposition(|row| (1..place.line).contains(&row.source)).unwrap_or(0);
        };
        let (mut row, mut above) = (first, 0);
        while rows.get(row + 1).is_some_and(|next| next.source == place.line) {
            above += letters(&rows[row]);
            // Behind the text of a line there may be rows without any: those of a picture.
            if above > place.offset || letters(&rows[row + 1]) == 0 {
                break;
            }
            row += 1;
        }
        row
    }

    /// The place on top of the screen, and how many rows above it show no source.
    fn top(&self) -> (Place, usize) {
        let rows = &self.page.lines;
        let below = rows.iter().enumerate().skip(self.scroll);
        let Some((row, line)) = below.map(|(row, l)| (row, l.source)).find(|(_, line)| *line > 0) else {
            return (Place::default(), 0);
        };
        let above = rows[..row].iter().rev().take_while(|r| r.source == line);
        (Place { line, offset: above.map(letters).sum() }, row - self.scroll)
    }

    /// The reader's place: the one last landed on while it is in view, else the top one.
    pub fn place(&self, height: usize) -> Place {
        let seen = self.landed.filter(|place| {
            let row = self.row_of(*place);
            (self.scroll..self.scroll + height.max(1)).contains(&row)
        });
        seen.unwrap_or_else(|| self.top().0)
    }

    /// Scrolls by lines. A single step on a page that stands at its end moves the place through what is in view:
    /// nothing is left to scroll there, and the last lines have to be reached as well.
    pub fn step(&mut self, by: isize, height: usize) {
        let at_end =
            self.is_settled() && self.part.is_none() && self.scroll + height >= self.page.lines.len();
        if matches!(by, 1 | -1) && at_end && self.move_place(by, height) {
            return;
        }
        self.go(self.scroll.saturating_add_signed(by), height);
    }

    /// Moves the place to the next line of the source in view, or to the one before; whether there is one.
    fn move_place(&mut self, by: isize, height: usize) -> bool {
        let rows = &self.page.lines;
        let (first, last) = (self.scroll, (self.scroll + height).min(rows.len()));
        let place = self.place(height);
        let row = self.row_of(place).clamp(first, last.max(first + 1) - 1);
        let other = |at: &usize| rows[*at].source > 0 && rows[*at].source != place.line;
        let next = match by > 0 {
            true => (row..last).find(other),
            // The first row of the line before, not its last.
            false => (first..row).rev().find(other).map(|at| {
                let line = rows[at].source;
                (first..=at).rev().take_while(|at| rows[*at].source == line).last().unwrap_or(at)
            }),
        };
        if let Some(row) = next {
            self.landed = Some(Place { line: rows[row].source, offset: 0 });
        }
        next.is_some()
    }

    /// Scrolls to a line of the page.
    pub fn go(&mut self, row: usize, height: usize) {
        if self.part.is_some() && row == usize::MAX {
            // Its end is not there yet.
            self.goal = Goal::End;
            self.part = Some(false);
        } else {
            self.scroll = row;
            self.anchor = None;
            self.part = self.part.map(|_| true);
            self.clamp(height);
        }
    }

    /// Fits the page into another height: what was on top stays there, as far as there is text below.
    pub fn fit(&mut self, height: usize) {
        let most = self.page.lines.len().saturating_sub(height);
        if self.scroll > most && self.anchor.is_none() {
            self.anchor = Some(self.top());
        }
        if let Some((place, above)) = self.anchor.filter(|(place, _)| place.line > 0) {
            self.scroll = self.row_on_top(place, above);
        }
        self.clamp(height);
    }

    /// The row at which a place stands on top, below so many rows that show no source.
    fn row_on_top(&self, place: Place, above: usize) -> usize {
        let row = self.row_of(place);
        let bare = |at: &usize| self.page.lines[*at].source == 0;
        row - (row.saturating_sub(above)..row).rev().take_while(bare).count()
    }

    /// The last line of the page stays at the foot of the screen.
    pub fn clamp(&mut self, height: usize) {
        self.scroll = self.scroll.min(self.page.lines.len().saturating_sub(height));
    }

    /// The row on which a block starts.
    pub fn row_of_block(&self, block: usize) -> usize {
        row_of_block(&self.page, block)
    }

    /// Goes to the next heading from the reader's place, or to the one before. It becomes the place, whether
    /// it can stand on top or not. False when there is none.
    pub fn to_heading(&mut self, forward: bool, height: usize) -> bool {
        let place = self.place(height);
        let from = if place.line > 0 { self.row_of(place) } else { self.scroll };
        let page = self.page.clone();
        let headings = page.document.headings();
        let row_of_block = |block: usize| row_of_block(&page, block);
        let mut rows = headings.map(|heading| (row_of_block(heading.block), heading.line));
        let found = match forward {
            true => rows.find(|(row, _)| *row > from),
            false => rows.take_while(|(row, _)| *row < from).last(),
        };
        let there = found.is_some();
        if let Some((row, line)) = found {
            self.pan = 0;
            self.go(row, height);
            self.landed = (line > 0).then_some(Place { line, offset: 0 });
        } else if !forward {
            self.go(0, height);
            self.landed = None;
        }
        there
    }

    /// How much of the page lies above the foot of the screen, in percent.
    pub fn percent(&self, height: usize) -> usize {
        let rows = self.page.lines.len();
        if rows <= height { 100 } else { (self.scroll + height).min(rows) * 100 / rows }
    }
}

/// The row on which a block of a page starts.
fn row_of_block(page: &Page, block: usize) -> usize {
    let first = page.lines.iter().position(|row| row.block as usize >= block && !row.pieces.is_empty());
    first.unwrap_or(page.lines.len().saturating_sub(1))
}

/// The letters and digits on a row, which are the same at every width.
fn letters(row: &PageLine) -> usize {
    row.pieces.iter().map(|p| p.text.as_str().chars().filter(|c| c.is_alphanumeric()).count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::TalkId;

    fn page(rows: usize) -> Page {
        let line = |n| PageLine { source: n, ..PageLine::default() };
        Page { lines: (1..=rows).map(line).collect(), ..Page::default() }
    }

    fn at(columns: usize) -> Setting {
        Setting { columns, rows: 10, wrap_code: false, gallery: None }
    }

    fn reader(rows: usize) -> Reader {
        let mut reader = Reader::new(Pane::Reader);
        reader.show(Subject::Talk(TalkId(0)));
        assert!(reader.ask(at(40)).is_some() && reader.ask(at(40)).is_none());
        reader.take(1, page(rows), 10);
        reader
    }

    #[test]
    fn a_late_answer_is_dropped() {
        let mut reader = reader(50);
        reader.show(Subject::Talk(TalkId(1)));
        reader.ask(at(40));
        reader.take(1, page(3), 10);
        assert_eq!(reader.page.lines.len(), 50);
        reader.take(2, page(3), 10);
        assert_eq!(reader.page.lines.len(), 3);
    }

    /// A part comes first; whoever moves in it stays there, and whoever asks for the end gets it.
    #[test]
    fn a_part_becomes_the_whole_under_the_reader_s_feet() {
        let part = || Page { partial: true, ..page(60) };
        for (rows, line) in [(0, 1), (7, 8), (usize::MAX, 491)] {
            let mut reader = reader(1);
            reader.show(Subject::Talk(TalkId(1)));
            reader.ask(at(40));
            reader.take(2, part(), 10);
            assert!(!reader.is_settled());
            if rows > 0 {
                reader.go(rows, 10);
            }
            // The whole has a line more above each line of the part.
            let doubled = page(500).lines.into_iter().flat_map(|l| [l.clone(), l]).collect();
            reader.take(2, Page { lines: doubled, ..Page::default() }, 10);
            assert!(reader.is_settled());
            let shown = reader.page.lines[reader.scroll].source;
            assert!(shown.abs_diff(line) <= 5, "{rows}: {shown}");
        }
    }

    #[test]
    fn another_width_keeps_the_top_line() {
        let mut reader = reader(50);
        reader.step(20, 10);
        assert_eq!(reader.place(10).line, 21);
        reader.ask(at(20));
        let doubled = Page {
            lines: page(50).lines.into_iter().flat_map(|l| [l.clone(), l]).collect(),
            ..Page::default()
        };
        reader.take(2, doubled, 10);
        assert_eq!(reader.place(10).line, 21);
    }

    #[test]
    fn the_place_is_where_one_landed_while_that_is_in_view() {
        let mut reader = reader(100);
        reader.land(Subject::Talk(TalkId(0)), Place { line: 60, offset: 0 }, 10);
        assert_eq!(reader.place(10).line, 60);
        assert!(reader.scroll < 60 && reader.scroll > 50);
        reader.step(-20, 10);
        assert_eq!(reader.place(10).line, reader.scroll + 1);
    }

    #[test]
    fn a_place_inside_a_long_line_is_found_at_any_width() {
        use crate::markup::Markup;
        use crate::markup::layout::{Manner, lay_out};
        let text = "one two three four five six seven eight nine ten eleven twelve";
        let document = Markup::Plain.parse(text, 7);
        let page = |columns| Page { lines: lay_out(&document, Manner::paper(columns)), ..Page::default() };
        let mut reader = reader(1);
        for (columns, generation) in [(12, 2), (30, 3), (9, 4)] {
            reader.ask(at(columns));
            reader.take(generation, page(columns), 1);
            let row = reader.row_of(Place { line: 7, offset: 15 });
            assert!(
                reader.page.lines[row].text().contains("five"),
                "{columns}: {}",
                reader.page.lines[row].text()
            );
        }
    }

    #[test]
    fn nothing_scrolls_past_the_end() {
        let mut reader = reader(12);
        reader.step(isize::MAX, 10);
        assert_eq!((reader.scroll, reader.percent(10)), (2, 100));
        reader.step(isize::MIN, 10);
        assert_eq!(reader.scroll, 0);
        reader.go(usize::MAX, 0);
        assert_eq!(reader.scroll, 12);
    }
}
