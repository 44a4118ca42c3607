//! Other notes than before: whatever held on to the old ones finds its place in the new.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use crate::bookmarks::Anchor;
use crate::bookmarks::anchor::Resolver;
use crate::library::{FileId, Library, TalkId};
use crate::report::groups::Groups;
use crate::report::page::Subject;
use crate::session::{Left, Spot};
use crate::tui::effect::Effect;
use crate::tui::history::{History, Stop};
use crate::tui::marks::Wish;
use crate::tui::menu::Choice;
use crate::tui::model::{Focus, Message, Model};
use crate::tui::overlay::{Overlay, Purpose};
use crate::tui::reader::Place;
use crate::tui::update::{bookmarks, browse, finder, prompt};

/// Other notes: the tree keeps its folds and its cursor, and what is shown is shown again.
pub(super) fn take(model: &mut Model, library: Arc<Library>, groups: Arc<Groups>, effects: &mut Vec<Effect>) {
    let (old, new) = (&model.library, &library);
    model.tree = model.tree.carry_over(old, new, groups);
    // The ids of before mean other talks now: whatever holds one is told the new one.
    let renamed = |talk: TalkId| old.talks.get(talk.index()).and_then(|_| new.by_slug(old.slug(talk)));
    if let Subject::Talk(talk) = model.reader.subject
        && let Some(talk) = renamed(talk)
    {
        model.reader.subject = Subject::Talk(talk);
    }
    let subject = |subject: Subject| match subject {
        Subject::Talk(talk) => renamed(talk).map(Subject::Talk),
        Subject::Overview => Some(Subject::Overview),
        // Groups are found again by name in the tree; where they were left is not worth that.
        Subject::Conference(_) | Subject::Track(_) | Subject::Group(_) => None,
    };
    model.reader.rename(subject);
    model.history.rename(|stop| Some(Stop { subject: subject(stop.subject)?, ..stop }));
    let queue = std::mem::take(&mut model.marks.queue);
    let wish = |wish: Wish| match wish {
        Wish::Toggle { talk, place, whole } => Some(Wish::Toggle { talk: renamed(talk)?, place, whole }),
        Wish::Annotate { talk, place, note } => Some(Wish::Annotate { talk: renamed(talk)?, place, note }),
        other => Some(other),
    };
    model.marks.queue = queue.into_iter().filter_map(wish).collect();
    if let Some(overlay) = model.overlay.take() {
        let is_menu = matches!(overlay, Overlay::Menu(_));
        model.overlay = overlay_of(overlay, old, new, &subject);
        if model.overlay.is_none() && is_menu {
            model.message = Some(Message::Failed("some of these talks are gone".into()));
        }
    }
    // What was found belongs to the notes of before.
    model.hits.all.clear();
    effects.push(Effect::LetGo(std::mem::replace(&mut model.library, library)));
    model.stats = None;
    model.surveying = false;
    finder::notes_read(model);
    prompt::notes_read(model);
    model.reader.forget();
    model.find_states();
    model.marks.forget_places();
}

/// What lies over the screen, in other notes: its talks are found again. `None` where it has lost what it is about. A line that
/// one types stays whatever is gone, for the keys that are meant for it would be commands.
fn overlay_of(
    mut overlay: Overlay,
    old: &Library,
    new: &Library,
    renamed: &dyn Fn(Subject) -> Option<Subject>,
) -> Option<Overlay> {
    match &mut overlay {
        Overlay::Finder(finder) => finder.preview.forget(),
        Overlay::Prompt(prompt) => match &mut prompt.purpose {
            Purpose::Page { stop, .. } => stop.subject = renamed(stop.subject).unwrap_or(Subject::Overview),
            Purpose::Filter { cursor, .. } => *cursor = renamed(*cursor).unwrap_or(Subject::Overview),
            Purpose::Note { of, .. } => {
                *of = of.and_then(|(talk, place)| {
                    let anchor = Anchor::of(old, talk, place.line, place.offset);
                    let found = anchor.and_then(|anchor| Resolver::new(new).only_there().find(&anchor));
                    let there =
                        found.map(|found| (found.talk, Place { line: found.line, offset: place.offset }));
                    there.or_else(|| match renamed(Subject::Talk(talk)) {
                        Some(Subject::Talk(talk)) => Some((talk, place)),
                        _ => None,
                    })
                });
            }
        },
        Overlay::Menu(menu) => {
            for row in &mut menu.rows {
                if let Choice::Talk(talk) = &mut row.choice {
                    let Some(Subject::Talk(now)) = renamed(Subject::Talk(*talk)) else {
                        return None;
                    };
                    *talk = now;
                }
            }
        }
        // They are of a page that is laid out anew.
        Overlay::Links(_) => return None,
        Overlay::Outline(_) | Overlay::Bookmarks(_) | Overlay::Help(_) => {}
    }
    Some(overlay)
}

/// Where pages were left, and the way back, from an earlier session.
fn remember(model: &mut Model) {
    let past = std::mem::take(&mut model.earlier_past);
    let wanted: HashSet<&str> = model.earlier.iter().chain(&past).map(|spot| spot.talk.as_str()).collect();
    if wanted.is_empty() {
        return;
    }
    let library = model.library.clone();
    let by_slug = library.by_slugs();
    let talks: HashMap<&str, TalkId> =
        wanted.into_iter().filter_map(|slug| Some((slug, by_slug(slug)?))).collect();
    let found = |spot: &Spot| {
        let place = Place { line: spot.line, offset: spot.offset };
        Some((Subject::Talk(*talks.get(spot.talk.as_str())?), place, spot.above))
    };
    for (subject, place, above) in model.earlier.iter().filter_map(found) {
        model.reader.remember(subject, place, above);
    }
    let stop = |(subject, place, above)| Stop { subject, place, above, landed: None, reading: true };
    model.history.begin_with(past.iter().filter_map(found).map(stop).collect());
}

/// Opens an editor where one is: in the reader at its place, in the tree at what the cursor is on.
pub(super) fn edit(model: &mut Model, effects: &mut Vec<Effect>) {
    let library = &model.library;
    let subject = model.reader.subject;
    let why = match subject.span(library) {
        _ if library.builtin.is_some() => {
            "the built-in collection stands in no file; hallway ~/notes opens yours"
        }
        None => "this page stands in no file; go to a talk first",
        Some(span) if library.file(span.file).path.as_os_str() == "-" => "standard input is no file to edit",
        Some(span) => {
            let height = usize::from(model.areas().text.height);
            let place = model.reader.place(height).line;
            let reading = model.focus == Focus::Reader && model.reader.is_settled() && place > 0;
            // A talk may have parts in several files: the place is in one of them.
            let (path, first) =
                subject.place(library).unwrap_or((&library.file(span.file).path, span.line()));
            let line = library.source_line_in(path, if reading { place } else { first });
            effects.push(Effect::Edit { path: path.to_path_buf(), line });
            return;
        }
    };
    model.message = Some(Message::Failed(why.into()));
}

/// Goes to the bookmark that waits until its place is known.
pub(super) fn go_to_waiting(model: &mut Model) {
    if !model.loading
        && model.marks.pending == 0
        && let Some(id) = model.marks.go_to.take()
    {
        bookmarks::go_to(model, &id);
    }
}

/// What is told of where one is, to be found again in other notes.
struct Whereabouts {
    /// The place on top of the page that is open, with the rows above it that show no source.
    top: (Place, usize),
    /// What is written there, and at the place that was landed on.
    on_top: Option<Anchor>,
    landed: Option<Anchor>,
    /// The open talk's id, and the file and line that it stands at.
    talk: Option<(String, PathBuf, usize)>,
}

impl Whereabouts {
    fn of(model: &Model) -> Self {
        let (library, reader) = (&model.library, &model.reader);
        let anchor = |place: Place| match reader.subject {
            Subject::Talk(talk) if place.line > 0 => Anchor::of(library, talk, place.line, place.offset),
            _ => None,
        };
        let top = reader.stop();
        let talk = model.current_talk().and_then(|id| {
            let (path, line) = Subject::Talk(id).place(library)?;
            Some((library.slug(id).to_owned(), path.to_path_buf(), line))
        });
        let landed = reader.landed.and_then(anchor);
        Self { top, on_top: anchor(top.0), landed, talk }
    }

    /// The talk in other notes: the one that the text on top stands in now; else the one of the same id; else what
    /// stands where it stood: its title was changed.
    fn talk_in(&self, library: &Library, found: Option<TalkId>) -> Option<TalkId> {
        let (slug, path, line) = self.talk.as_ref()?;
        let there = || {
            let file =
                (0..library.files.len() as u32).map(FileId).find(|id| *library.file(*id).path == **path)?;
            library.talk_at(file, *line)
        };
        found.or_else(|| library.by_slug(slug)).or_else(there)
    }
}

/// The notes are read once more: what was on top of the page, and where one had landed on it, is found again by what
/// it says.
pub(super) fn read_again(
    model: &mut Model,
    library: Arc<Library>,
    groups: Arc<Groups>,
    effects: &mut Vec<Effect>,
) {
    let before = Whereabouts::of(model);
    let (row, stood) = (model.tree.selected, model.tree.subject());
    model.message = None;
    take(model, library, groups, effects);
    let height = usize::from(model.areas().text.height);
    let library = model.library.clone();
    let mut resolver = Resolver::new(&library).only_there();
    let on_top = before.on_top.as_ref().and_then(|quoted| resolver.find(quoted));
    let talk = before.talk_in(&library, on_top.map(|found| found.talk));
    let missing = model.missing.as_ref();
    let back = missing.and_then(|(slug, place, focus)| Some((library.by_slug(slug)?, *place, *focus)));
    if let Some((talk, place, focus)) = back {
        model.tree.reveal(&library, talk);
        model.reader.return_to(Subject::Talk(talk), place, 0, height);
        (model.missing, model.focus) = (None, focus);
    } else if let Some(talk) = talk {
        model.tree.reveal(&library, talk);
        let (place, above) = before.top;
        let place = match on_top {
            Some(found) => Place { line: found.line, offset: place.offset },
            None => place,
        };
        model.reader.return_to(Subject::Talk(talk), place, above, height);
        let landed = before.landed.as_ref().and_then(|quoted| resolver.find(quoted));
        let landed = landed.filter(|found| found.talk == talk);
        model.reader.landed = landed.map(|found| Place { line: found.line, offset: 0 });
    } else if let Some((slug, ..)) = before.talk {
        // It may be back in a moment: a branch is switched, a file is put in its place.
        model.missing = Some((slug, before.top.0, model.focus));
        // What stands in its row now is another talk, with a place of its own, and nobody is reading it.
        model.focus = Focus::Tree;
        model.reader.show(Subject::Overview);
        model.tree.go(row);
    } else if stood != Subject::Overview && model.tree.subject() == Subject::Overview {
        model.tree.go(row);
    }
}

/// Tells that the notes were read once more, unless there is something else that was lost by it.
pub(super) fn tell_of_reading(model: &mut Model) {
    let talks = crate::report::words::count(model.library.talks.len(), "talk");
    let why = match std::mem::take(&mut model.by_itself) {
        true => "notes changed, read again",
        false => "read again",
    };
    let told = match model.missing.is_some() {
        true => Message::Failed(format!("the talk that was open is gone ({why}: {talks})")),
        false => Message::Done(format!("{why}: {talks}")),
    };
    model.message.get_or_insert(told);
}

/// Some of the notes are read. Where one left off among them is where one is, until a key says otherwise.
pub(super) fn begun(model: &mut Model, library: Arc<Library>, effects: &mut Vec<Effect>) {
    take(model, library, Arc::default(), effects);
    if model.open_at.is_none()
        && let Some(left) = model.resume.clone()
        && let Some(talk) = model.library.by_slug(&left.talk)
    {
        go_back_to(model, talk, &left);
    }
}

/// Goes to where one left off. That is no jump that one could want to go back from.
fn go_back_to(model: &mut Model, talk: TalkId, left: &Left) {
    browse::go_to_talk(model, talk);
    let height = usize::from(model.areas().text.height);
    let place = Place { line: left.line, offset: left.offset };
    model.reader.return_to(Subject::Talk(talk), place, 0, height);
    if !left.reading {
        model.focus = Focus::Tree;
    }
    model.history = History::default();
}

/// The notes are read, all of them, and what was to be opened is opened.
pub(super) fn loaded(model: &mut Model, library: Arc<Library>, effects: &mut Vec<Effect>) {
    (model.loading, model.files_read) = (false, 0);
    take(model, library, Arc::default(), effects);
    let resume = model.resume.take();
    if model.open_at.is_none()
        && let Some(left) = resume
        && let Some(talk) = model.library.by_slug(&left.talk)
    {
        go_back_to(model, talk, &left);
    }
    remember(model);
    if let Some(words) = model.open_at.take() {
        let library = &model.library;
        let found = library
            .by_slug(&words)
            .or_else(|| crate::search::quick(library, &words, 1).first().map(|hit| hit.talk));
        match found {
            Some(talk) => browse::go_to_talk(model, talk),
            None => model.message = Some(Message::Failed(format!("no talk matches \"{words}\""))),
        }
    }
}
