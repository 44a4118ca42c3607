//! Back and forward: every jump is remembered before it is made.

use crate::report::page::Subject;
use crate::tui::history::Stop;
use crate::tui::model::{Focus, Message, Model};
use crate::tui::update::browse;

/// Where one is.
pub(super) fn here(model: &Model) -> Stop {
    let (place, above) = model.reader.stop();
    let landed = model.reader.landed;
    Stop { subject: model.reader.subject, place, above, landed, reading: model.focus == Focus::Reader }
}

/// Remembers where one is, because a jump is about to be made.
pub(super) fn leave(model: &mut Model) {
    model.history.leave(here(model));
}

/// Goes back to where one was before, or forward again.
pub(super) fn go(model: &mut Model, back: bool) {
    let now = here(model);
    let stop = if back { model.history.back(now) } else { model.history.forward(now) };
    let Some(stop) = stop else {
        let words = if back { "there is nothing to go back to" } else { "there is nothing to go forward to" };
        model.message = Some(Message::Failed(words.into()));
        return;
    };
    let library = model.library.clone();
    match stop.subject {
        Subject::Talk(talk) => model.tree.reveal(&library, talk),
        group => model.tree.reveal_subject(&library, group),
    }
    model.focus = if stop.reading { Focus::Reader } else { Focus::Tree };
    browse::keep_alone(model);
    let height = usize::from(model.areas().text.height);
    model.reader.return_to(stop.subject, stop.place, stop.above, height);
    model.reader.landed = stop.landed;
}
