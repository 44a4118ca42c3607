//! Copying: the section, the code, what the mouse has marked.

use crate::library::Span;
use crate::markup::document::BlockKind;
use crate::report::page::Subject;
use crate::report::words;
use crate::tui::effect::Effect;
use crate::tui::model::{Focus, Message, Model};

/// The most that is put on the clipboard, in bytes: what terminals take in one sequence.
const MOST: usize = 1024 * 1024;

/// Puts a text on the clipboard, and says so.
pub(super) fn clip(model: &mut Model, text: String, what: &str, effects: &mut Vec<Effect>) {
    if text.len() > MOST {
        model.message = Some(Message::Failed("that is too much for a terminal's clipboard".into()));
        return;
    }
    let said = match text.lines().count() {
        0 | 1 => text.lines().next().unwrap_or_default().to_owned(),
        lines => words::count(lines, "line"),
    };
    model.message = Some(Message::Done(format!("copied the {what}: {said}")));
    effects.push(Effect::Clip(text));
}

/// Copies the code at the reader's place, or the section around it; in the tree, the whole talk. As they are
/// written in the notes.
pub(super) fn copy(model: &mut Model, effects: &mut Vec<Effect>) {
    let height = usize::from(model.areas().text.height);
    let library = &model.library;
    let source = |span: &Span| library.text(span).to_owned();
    let (text, what) = match (model.focus, model.reader.subject) {
        (Focus::Tree, Subject::Talk(talk)) => {
            (library.talk(talk).spans.iter().map(source).collect::<Vec<_>>().join("\n"), "talk")
        }
        (Focus::Reader, _) => match section(model, height) {
            Some(found) => found,
            None => {
                model.message = Some(Message::Failed("there is nothing of the notes to copy here".into()));
                return;
            }
        },
        (Focus::Tree, _) => {
            model.message = Some(Message::Failed("y copies a talk; go to one first".into()));
            return;
        }
    };
    clip(model, text.trim_end().to_owned() + "\n", what, effects);
}

/// The code or the section at the reader's place.
fn section(model: &Model, height: usize) -> Option<(String, &'static str)> {
    let reader = &model.reader;
    let place = reader.place(height);
    let document = &reader.page.document;
    let row = reader.page.lines.get(reader.row_of(place))?;
    if let Some(BlockKind::Verbatim { text, .. }) = document.blocks.get(row.block as usize).map(|b| &b.kind) {
        return Some((text.clone(), "code"));
    }
    let library = &model.library;
    let spans: Vec<&Span> = match reader.subject {
        Subject::Talk(talk) => library.talk(talk).spans.iter().collect(),
        Subject::Conference(id) => {
            let introductions = &library.conference(id).introductions;
            introductions.iter().map(|id| &library.introductions[id.index()].span).collect()
        }
        Subject::Overview | Subject::Track(_) | Subject::Group(_) => Vec::new(),
    };
    let span = spans.iter().find(|s| (s.line()..=s.end_line()).contains(&place.line)).or(spans.first())?;
    // From the heading above the place to the next one that is not below it.
    let inside = |line: usize| (span.line()..=span.end_line()).contains(&line);
    let headings: Vec<_> = document.headings().filter(|heading| inside(heading.line)).collect();
    let above = headings.iter().rposition(|heading| heading.line <= place.line.max(span.line()));
    let first = above.map_or(span.line(), |at| headings[at].line);
    let end = match above {
        Some(at) => headings[at + 1..].iter().find(|next| next.level <= headings[at].level),
        None => headings.first(),
    };
    let last = end.map_or(span.end_line() + 1, |heading| heading.line);
    let lines = library.text(span).split_inclusive('\n');
    let text = lines.skip(first - span.line()).take(last - first).collect();
    Some((text, "section"))
}
