//! Does what `update` asks for: the one place where the screen touches the world outside of it.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};

use crate::config::colour::Depth;
use crate::config::editor;
use crate::library::Library;
use crate::library::guard;
use crate::library::load::{Roots, load, load_changed};
use crate::report::groups::{Groups, Marked};
use crate::report::outside;
use crate::report::page::Subject;
use crate::report::related::related;
use crate::report::stats::Stats;
use crate::text::signs;
use crate::tui::effect::Effect;
use crate::tui::event::{Changed, Event};
use crate::tui::model::Message;
use crate::tui::pages::{self, Request};
use crate::tui::pictures::{self, Gallery};
use crate::tui::runtime::{End, Happening, Loop};
use crate::tui::seeker::Question;
use crate::tui::terminal::give_back;
use crate::tui::worker::{Job, Worker};
use crate::tui::{vigil, watch};

/// Up to this many talks are counted on the spot.
const FEW: usize = 1_000;

impl Loop {
    pub(super) fn perform(&mut self, effect: Effect) -> Result<Option<End>> {
        let library = || self.model.library.clone();
        match effect {
            Effect::LayOut { pane, generation, subject, setting, near, damaged } => {
                if matches!(subject, Subject::Overview | Subject::Group(_)) {
                    let page = pages::glance(subject, &self.model.library, &self.model.aside(), setting);
                    let pictures = Vec::new();
                    return self.take(Event::Laid { pane, generation, page, pictures }.into());
                }
                self.waiting.page = true;
                let library = library();
                self.pages.ask(Request { pane, generation, subject, setting, near, damaged, library });
            }
            Effect::Find { generation, mode, words } => {
                let marks = Arc::new(self.model.search_marks(&words));
                let library = library();
                self.waiting.answer = true;
                self.seeker.ask(Question { generation, mode, words, library, marks });
            }
            Effect::AddBookmark { talk, place, note } => {
                self.saves.give(Job::AddBookmark { talk, place, note, library: library() });
            }
            Effect::ChangeBookmarks(operation) => {
                self.saves.give(Job::ChangeBookmarks(operation, library()));
            }
            Effect::FindPlaces => self.saves.give(Job::FindPlaces(library())),
            Effect::RereadBookmarks => self.saves.give(Job::RereadBookmarks(library())),
            Effect::MarkRead(talk) => {
                if let Some(path) = self.reading.clone() {
                    self.saves.give(Job::MarkRead(path, library(), talk));
                }
            }
            // Not before there is something to see, and not of the first few files: what comes with the others
            // would count as new.
            Effect::TakeNotice if !self.painted || self.model.loading => {}
            Effect::TakeNotice => {
                if let Some(path) = self.reading.clone() {
                    self.saves.give(Job::LoadReading(path, library(), self.roots.paths().to_vec()));
                }
            }
            Effect::Colour(document) => self.painter.paint(document),
            Effect::Hang(document, pictures) => self.pictures.hang(document, pictures),
            Effect::Browse(address) => self.browse(address)?,
            Effect::Clip(text) => self.screen.clip(&text)?,
            Effect::Mouse(ours) => self.screen.set_mouse(ours)?,
            Effect::Reload(changed) => self.read_again(changed)?,
            Effect::Edit { path, line } => return self.edit(&path, line),
            Effect::Tour => return self.tour(),
            Effect::Group(by) => {
                let (library, marked) = (library(), self.model.marked());
                self.aside("groups", move || {
                    let groups = Arc::new(Groups::new(&library, by, &marked));
                    Event::Grouped(library, groups)
                })?;
            }
            // Not before there is something to see.
            Effect::Survey if !self.painted => {}
            Effect::Survey => {
                let library = library();
                // A few talks are counted before a thread has started.
                if library.talks.len() <= FEW {
                    return self.take(Event::Surveyed(Arc::new(Stats::of(&library))).into());
                }
                self.aside("survey", move || Event::Surveyed(Arc::new(Stats::of(&library))))?;
            }
            Effect::LetGo(library) => {
                // Others may still hold on to it; whoever is last takes it apart.
                if library.talks.len() > FEW {
                    std::thread::Builder::new().name("let go".into()).spawn(move || drop(library))?;
                }
            }
            Effect::FindStates => {
                let (library, reading) = (library(), self.model.reading.clone());
                self.aside("read marks", move || {
                    let states = reading.states(&library);
                    Event::States(library, states)
                })?;
            }
            Effect::Relate(to) => {
                let library = library();
                let find = move || {
                    let found = related(&library, to);
                    Event::Related { to, library, found }
                };
                self.aside("related", find)?;
            }
            Effect::Equip => self.equip()?,
            Effect::Suspend => self.stop()?,
            Effect::Redraw => self.screen.forget()?,
            Effect::Quit => return Ok(Some(End::Quit(None))),
        }
        Ok(None)
    }

    /// Finds something out in a thread of its own. A fault in it is told like any.
    fn aside(&self, name: &str, find: impl FnOnce() -> Event + Send + 'static) -> Result<()> {
        let to = self.events.clone();
        std::thread::Builder::new().name(name.into()).spawn(move || {
            let fault = || Event::Told("that could not be found out; this is a fault in hallway".into());
            let find = || {
                super::runtime::fault("aside");
                find()
            };
            let _ = to.send(guard::guarded(find).unwrap_or_else(fault).into());
        })?;
        Ok(())
    }

    /// Bookmarks are kept in another file from now on. What is on its way to the one before arrives there.
    pub(super) fn keep_bookmarks_in(&mut self, path: Option<PathBuf>) -> Result<()> {
        let to = self.events.clone();
        let next = Worker::new(path.clone(), move |event| to.send(event.into()).is_ok());
        let mut before = std::mem::replace(&mut self.saves, next);
        if let Some(unsaved) = before.finish() {
            self.model.message = Some(Message::Failed(unsaved));
        }
        self.model.marks.undo.clear();
        self.model.marks.pending = 1;
        self.saves.give(Job::LoadBookmarks(self.model.library.clone()));
        if let Some(path) = path {
            vigil::over(path, self.events.clone(), || Some(Event::BookmarksChanged))?;
        }
        Ok(())
    }

    /// Watches the notes, and those of before no more.
    pub(super) fn watch_notes(&mut self) -> Result<()> {
        self.vigil = match &self.roots {
            Roots::Paths(paths) => Some(vigil::over_notes(paths.clone(), self.all, self.events.clone())?),
            Roots::Builtin | Roots::Tour => None,
        };
        Ok(())
    }

    /// Shows pictures and signs as is set.
    fn equip(&mut self) -> Result<()> {
        let set = &self.model.set;
        self.model.gallery = Gallery::here(set.images).filter(|_| self.model.theme.depth() > Depth::None);
        signs::set(set.repertoire(true));
        let to = self.events.clone();
        self.pictures =
            pictures::Painter::new(self.model.gallery, move |event| to.send(event.into()).is_ok());
        self.screen.forget()?;
        Ok(())
    }

    /// Opens an editor at a line.
    fn edit(&mut self, path: &std::path::Path, line: usize) -> Result<Option<End>> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let chosen = editor::chosen(self.model.set.editor.as_deref());
        let words = match editor::command(&chosen, &path, line) {
            Ok(words) => words,
            Err(why) => return self.take(Event::Edited(Err(why)).into()),
        };
        self.in_front(
            std::process::Command::new(&words[0]).args(&words[1..]),
            &format!("the editor \"{}\"", words[0].display()),
            "; set VISUAL or EDITOR",
        )
    }

    /// Takes the tour: the same program, with other notes, looking as this one does.
    fn tour(&mut self) -> Result<Option<End>> {
        let mut program = std::process::Command::new(std::env::current_exe()?);
        program.arg("tour");
        let looks = &self.model.looks;
        // A theme of one's own stands in a config that may have been named for this run alone.
        if !looks.own.contains_key(&looks.theme) {
            program.args(["--theme", &looks.theme]);
        }
        program.args((signs::repertoire() == signs::Repertoire::Ascii).then_some("--ascii"));
        program.args((!self.model.mouse).then_some("--no-mouse"));
        self.in_front(&mut program, "the tour", "")
    }

    /// Hands the terminal to a program, and takes it back when that has ended. What happens meanwhile is taken in, but
    /// for what keys in the program mean for its whole group: that is the program's.
    fn in_front(
        &mut self,
        program: &mut std::process::Command,
        name: &str,
        help: &str,
    ) -> Result<Option<End>> {
        if let Some(keyboard) = &mut self.keyboard {
            keyboard.pause();
        }
        give_back();
        self.lent.away();
        let ended = match program.spawn() {
            Ok(child) => self.wait_for(child, name)?,
            Err(error) => Ok(Err(format!("{name} cannot be started: {error}{help}"))),
        };
        self.lent.back();
        if let Some(keyboard) = &mut self.keyboard {
            keyboard.resume();
        }
        self.screen.reenter()?;
        match ended {
            Ok(result) => self.take(Event::Edited(result).into()),
            Err(end) => Ok(Some(end)),
        }
    }

    /// Waits until a program has ended, or the process has to.
    fn wait_for(
        &mut self,
        mut child: std::process::Child,
        name: &str,
    ) -> Result<Result<Result<(), String>, End>> {
        let (to, name) = (self.events.clone(), name.to_owned());
        std::thread::Builder::new().name("editor".into()).spawn(move || {
            let result = match child.wait() {
                Ok(status) if status.success() => Ok(()),
                Ok(status) => Err(format!("{name} ended with {status}")),
                Err(error) => Err(format!("{name} is lost: {error}")),
            };
            let _ = to.send(Happening::EditorEnded(result));
        })?;
        loop {
            match self.queue.recv().context("the queue of events closed")? {
                Happening::EditorEnded(result) => return Ok(Ok(result)),
                // ctrl-z in the editor stops the whole job.
                Happening::Stop => watch::stop().context("the process cannot be stopped")?,
                Happening::Continued | Happening::Resized => {}
                Happening::End(signal) => return Ok(Err(End::Signal(signal))),
                Happening::HangUp => return Ok(Err(End::HungUp)),
                Happening::Event(event) => {
                    if let Some(end) = self.take(event.into())? {
                        return Ok(Err(end));
                    }
                }
            }
        }
    }

    /// Opens an address, in a thread of its own: whoever opens it may take a while.
    fn browse(&self, address: String) -> Result<()> {
        let to = self.events.clone();
        std::thread::Builder::new().name("browser".into()).spawn(move || {
            let opened = outside::browse(&address);
            let _ = to.send(Event::Opened { address, opened }.into());
        })?;
        Ok(())
    }

    /// Reads the notes again.
    fn read_again(&self, changed: Changed) -> Result<()> {
        let (roots, to) = (self.roots.clone(), self.events.clone());
        let extent = self.model.set.extent(self.all);
        let before = self.model.library.clone();
        let by = self.model.tree.groups.by;
        std::thread::Builder::new().name("loader".into()).spawn(move || {
            let grouped = |library: Library| {
                let groups = Groups::new(&library, by, &Marked::default());
                (Arc::new(library), Arc::new(groups))
            };
            let soon = |library| {
                let (library, groups) = grouped(library);
                let _ = to.send(Event::ReadSoFar(library, groups).into());
            };
            let some = match &changed {
                Changed::These(paths) => load_changed(&roots, &before, paths, soon),
                Changed::Anything => None,
            };
            drop(before);
            let read = some.unwrap_or_else(|| load(&roots, extent)).map(grouped);
            let _ = to.send(Event::Read(read).into());
        })?;
        Ok(())
    }

    /// Gives the terminal back, stops, and takes it again when the shell continues the process.
    pub(super) fn stop(&mut self) -> Result<()> {
        if !watch::can_be_continued() {
            let words = "there is no shell here that could bring hallway back";
            self.model.message = Some(Message::Failed(words.into()));
            return Ok(());
        }
        give_back();
        watch::stop().context("the process cannot be stopped")?;
        self.screen.reenter()?;
        Ok(())
    }
}
