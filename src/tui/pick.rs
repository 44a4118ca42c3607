//! `pick`: the finder on a few lines below the prompt, and what was chosen in it.
//!
//! It draws on the terminal itself, not on standard output: that is where the choice goes, into a pipe
//! or a command substitution.

use std::fs::File;
use std::sync::Arc;
use std::sync::mpsc::channel;

use anyhow::{Context, Result};
use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode, size};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use crate::config::actions::Action;
use crate::config::settings::Settings;
use crate::library::guard;
use crate::library::{Library, TalkId};
use crate::report::page::Subject;
use crate::search::Marks;
use crate::tui::effect::Effect;
use crate::tui::event::{Event, Size};
use crate::tui::inline::Lines;
use crate::tui::keyboard::Keyboard;
use crate::tui::model::Model;
use crate::tui::pages;
use crate::tui::runtime::Happening;
use crate::tui::seeker::{Desk, Question};
use crate::tui::update::update;
use crate::tui::view::view;
use crate::tui::watch;

/// How `pick` ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    /// This talk, at this line of its file where a text was found.
    Talk(TalkId, Option<usize>),
    /// The person did not want any.
    Cancelled,
    /// A signal ended it.
    Signal(i32),
}

/// Lets a person choose a talk.
///
/// # Errors
///
/// When there is no terminal to draw on, or it cannot be drawn on.
pub fn pick(
    library: Arc<Library>,
    marks: Arc<Marks>,
    query: &str,
    height: u16,
    settings: Settings,
) -> Result<Picked> {
    let terminal = || File::options().read(true).write(true).open("/dev/tty");
    let file = terminal().context("there is no terminal to pick on")?;
    let (columns, rows) = size().context("the terminal does not say how large it is")?;
    let area = Rect::new(0, 0, columns, height.clamp(1, rows.max(1)));
    // A panic gives the line discipline back; the lines that are drawn on are no harm.
    guard::tell_panics(|| {
        let _ = disable_raw_mode();
    });
    let (sender, queue) = channel::<Happening>();
    watch::Caught::new()
        .and_then(|caught| caught.hand_on(sender.clone(), watch::Lent::default()))
        .context("signals cannot be watched")?;
    watch::hang_up(file.try_clone().context("the terminal cannot be watched")?, sender.clone())?;
    enable_raw_mode().context("the terminal cannot be taken")?;
    let _raw = Raw;
    let lines = Lines::new(file, area.as_size()).context("the terminal cannot be drawn on")?;
    let mut terminal = Terminal::with_options(lines, TerminalOptions { viewport: Viewport::Fixed(area) })?;

    let mut model = Model::new(Size { columns, rows: area.height }, settings.looks);
    // It stands among the lines of the terminal, on their background.
    model.theme = model.looks.at(model.looks.depth);
    model.keymap = settings.keymap;
    model.inline = true;
    let (to, pages_to) = (sender.clone(), sender.clone());
    let mut seeker = Desk::new(move |event| to.send(event.into()).is_ok());
    let mut pages = pages::Desk::new(move |event| pages_to.send(event.into()).is_ok());
    let _keyboard = Keyboard::read(sender).context("the keys cannot be read")?;
    let mut events = vec![Event::Loaded(Ok(library))];
    events.push(Event::Begin(Action::Jump));
    events.push(Event::Paste(query.to_owned()));
    let mut end = None;
    while end.is_none() {
        for event in events.drain(..) {
            // What moves the screen's own size does not move these lines.
            if matches!(event, Event::Resize(_)) {
                continue;
            }
            let ends = matches!(event, Event::Key(_) | Event::Found(_));
            for effect in update(&mut model, event) {
                match effect {
                    Effect::Find { generation, mode, words } => {
                        let (library, marks) = (model.library.clone(), marks.clone());
                        seeker.ask(Question { generation, mode, words, library, marks });
                    }
                    Effect::LayOut { pane, generation, subject, setting, near, damaged } => {
                        let library = model.library.clone();
                        pages.ask(pages::Request {
                            pane,
                            generation,
                            subject,
                            setting,
                            near,
                            damaged,
                            library,
                        });
                    }
                    _ => {}
                }
            }
            if ends && model.overlay.is_none() && end.is_none() {
                end = Some(chosen(&model));
            }
        }
        if end.is_some() {
            break;
        }
        terminal.draw(|frame| view(&model, frame))?;
        let first = queue.recv().context("the queue of events closed")?;
        for happening in std::iter::once(first).chain(queue.try_iter()) {
            match happening {
                Happening::Event(event) => events.push(event),
                Happening::End(signal) => end = Some(Picked::Signal(signal)),
                Happening::HangUp => end = Some(Picked::Cancelled),
                Happening::Stop | Happening::Continued | Happening::Resized | Happening::EditorEnded(_) => {}
            }
        }
    }
    let left = terminal.backend_mut().leave();
    // As for the screen: dropped, it would panic where the terminal is gone.
    std::mem::forget(terminal);
    let end = end.unwrap_or(Picked::Cancelled);
    if end != Picked::Cancelled {
        left?;
    }
    Ok(end)
}

/// The finder is closed: by going to a talk, or without.
fn chosen(model: &Model) -> Picked {
    match (model.focus, model.reader.subject) {
        (crate::tui::model::Focus::Reader, Subject::Talk(talk)) => {
            Picked::Talk(talk, model.reader.landed.map(|place| place.line))
        }
        _ => Picked::Cancelled,
    }
}

/// The line discipline, given back at the end.
struct Raw;

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}
