//! The seeker: answers queries off the UI thread, so that no key waits for an answer.
//!
//! Only the last question counts. A newer one ends the search for the one before, and an answer carries
//! the number of its question, so that a late one is dropped. What the finder and full text need
//! is built when the first question comes, and kept until there are other notes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::library::guard::guarded;
use crate::library::{Library, TalkId};
use crate::search::complete::{Candidate, complete};
use crate::search::text::{Snippet, TextFound, TextHit, TextQuery, TextSearch, Unit, Units, snippet};
use crate::search::{Finder, Hit, Index, Marks, Narrowed, Query};
use crate::tui::event::Event;
use crate::tui::runtime::fault;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Talks by title, people, conference and track; the text, where there are none.
    Talks,
    /// Talks by what was said in them.
    Text,
    /// Every talk that matches, for the tree.
    Filter,
    /// How the query may go on.
    Complete,
}

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its number.
    pub generation: u64,
    /// What is asked for.
    pub mode: Mode,
    /// The query; to be completed, up to the cursor.
    pub words: String,
    /// The notes.
    pub library: Arc<Library>,
    /// What is known of the talks.
    pub marks: Arc<Marks>,
}

/// A row of an answer.
#[derive(Debug, Clone)]
pub enum Item {
    /// A talk by its title, people, conference or track.
    Talk(Hit),
    /// A talk, or an introduction, by what is said in it.
    Text(TextHit, Snippet),
}

/// The query as it was understood.
#[derive(Debug, Default)]
pub struct Asked {
    /// What was asked.
    pub query: Query,
    /// The same, widened by words near to those of the query.
    pub widened: Option<Query>,
    /// The same, for the text.
    pub text: Option<TextQuery>,
}

/// An answer, or a part of it.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The number of its question.
    pub generation: u64,
    /// What was asked for.
    pub mode: Mode,
    /// The notes in which it was found. The rows are theirs, also where others are read meanwhile.
    pub library: Arc<Library>,
    /// The rows, best first.
    pub items: Vec<Item>,
    /// How many talks match by title and the like.
    pub talks: usize,
    /// How many talks hold the words in their text, and at how many places.
    pub in_text: Option<(usize, u64)>,
    /// For the tree: every talk that matches, best first.
    pub filter: Vec<TalkId>,
    /// Where the word starts that is to be completed, and how it may go on.
    pub candidates: (usize, Vec<Candidate>),
    /// The query as it was understood.
    pub asked: Arc<Asked>,
    /// Nothing more follows.
    pub done: bool,
}

impl Answer {
    fn to(question: &Question) -> Self {
        Answer {
            generation: question.generation,
            mode: question.mode,
            library: question.library.clone(),
            items: Vec::new(),
            talks: 0,
            in_text: None,
            filter: Vec::new(),
            candidates: (0, Vec::new()),
            asked: Arc::default(),
            done: true,
        }
    }
}

/// More talks than anybody scrolls through.
const MOST_TALKS: usize = 1_000;

/// Each of these carries a line of context.
const MOST_TEXTS: usize = 300;

/// What questions are answered from.
#[derive(Debug, Default)]
pub struct Seeker {
    library: Arc<Library>,
    index: Option<Index>,
    units: Option<Units>,
    narrowed: Narrowed,
    /// What was known of the talks when they were looked through last.
    marks: Arc<Marks>,
}

impl Seeker {
    /// Answers a question. `tell` is given what is found before all is looked through.
    pub fn answer(
        &mut self,
        question: &Question,
        cancelled: &(dyn Fn() -> bool + Sync),
        tell: &mut dyn FnMut(Answer),
    ) -> Answer {
        if !Arc::ptr_eq(&self.library, &question.library) {
            *self = Seeker { library: question.library.clone(), ..Seeker::default() };
        }
        // A talk that was not bookmarked then may be now.
        if self.marks != question.marks {
            (self.narrowed, self.marks) = (Narrowed::default(), Arc::clone(&question.marks));
        }
        let library = &self.library;
        let index = self.index.get_or_insert_with(|| Index::new(library));
        let finder = Finder::new(library, index, &question.marks).until(cancelled);
        let mut answer = Answer::to(question);
        if question.mode == Mode::Complete {
            answer.candidates = complete(library, &question.marks, index.parts(), &question.words);
            return answer;
        }
        let query = Query::parse(&question.words);
        let text = TextQuery::new(&query);
        let mut asked = Asked { query, widened: None, text };
        match question.mode {
            Mode::Filter => {
                let found = finder.find_within(&asked.query, usize::MAX, &mut self.narrowed);
                answer.talks = found.total;
                answer.filter = found.hits.iter().map(|hit| hit.talk).collect();
            }
            Mode::Talks => {
                let mut found = finder.find_within(&asked.query, MOST_TALKS, &mut self.narrowed);
                answer.talks = found.total;
                finder.add_near(&asked.query, MOST_TALKS, &mut found);
                asked.widened = found.widened.take();
                answer.items = found.hits.into_iter().map(Item::Talk).collect();
            }
            Mode::Text | Mode::Complete => {}
        }
        answer.asked = Arc::new(asked);
        let in_text = question.mode == Mode::Text || question.mode == Mode::Talks && answer.talks == 0;
        if let (true, Some(text)) = (in_text, &answer.asked.text) {
            let units = self.units.get_or_insert_with(|| Units::new(library));
            let parts = index.parts();
            let search = TextSearch { library, units, marks: &question.marks, parts, cancelled };
            let rows = |found: TextFound| {
                let mut items = answer.items.clone();
                items.extend(found.hits.into_iter().filter_map(|hit| text_item(&search, text, hit)));
                Answer { items, in_text: Some((found.units, found.places)), ..answer.clone() }
            };
            let found = search.find(text, MOST_TEXTS, |found| tell(Answer { done: false, ..rows(found) }));
            return rows(found);
        }
        answer
    }
}

/// A row for what was found in a text, if there is a page to show it on.
fn text_item(search: &TextSearch, query: &TextQuery, mut hit: TextHit) -> Option<Item> {
    let library = search.library;
    let shown = match hit.unit {
        Unit::Talk(_) => true,
        Unit::Introduction(id) => library.introductions[id.index()].of.is_some(),
        Unit::Furniture(_) => false,
    };
    shown.then(|| {
        hit.best = search.best_place(query, &hit);
        let snippet = snippet(library, query, hit.unit, hit.best);
        Item::Text(hit, snippet)
    })
}

/// The seeker on a thread of its own, which starts with the first question and ends with the program.
pub(super) struct Desk {
    latest: Arc<AtomicU64>,
    questions: Option<Sender<Question>>,
    events: Arc<dyn Fn(Event) -> bool + Send + Sync>,
}

impl Desk {
    /// A desk that hands its answers to `events`, which says whether anybody still listens.
    pub(super) fn new(events: impl Fn(Event) -> bool + Send + Sync + 'static) -> Self {
        Self { latest: Arc::default(), questions: None, events: Arc::new(events) }
    }

    /// Asks; what is being looked for is given up.
    pub(super) fn ask(&mut self, question: Question) {
        self.latest.store(question.generation, Ordering::Relaxed);
        let questions = self.questions.get_or_insert_with(|| {
            let (sender, questions) = channel();
            let (latest, events) = (self.latest.clone(), self.events.clone());
            // Without a thread there are no answers; the screen goes on without them.
            let _ = std::thread::Builder::new()
                .name("seeker".into())
                .spawn(move || seek(&questions, &latest, &*events));
            sender
        });
        let _ = questions.send(question);
    }
}

fn seek(questions: &Receiver<Question>, latest: &AtomicU64, events: &dyn Fn(Event) -> bool) {
    let mut seeker = Seeker::default();
    while let Ok(first) = questions.recv() {
        let question = questions.try_iter().last().unwrap_or(first);
        let cancelled = || latest.load(Ordering::Relaxed) != question.generation;
        let mut tell = |answer: Answer| {
            events(Event::Found(Box::new(answer)));
        };
        let answer = guarded(|| {
            fault("seeker");
            seeker.answer(&question, &cancelled, &mut tell)
        });
        // After a fault nothing of what was built is trusted.
        let answer = answer.unwrap_or_else(|| {
            seeker = Seeker::default();
            Answer::to(&question)
        });
        if !cancelled() && !events(Event::Found(Box::new(answer))) {
            return;
        }
    }
}
