//! Holds the dialogue of linear mode on standard input and output.

use std::io::{BufRead, IsTerminal, Write};
use std::sync::Arc;

use anyhow::{Context, Result};

use crate::library::{Library, TalkId};
use crate::search::Marks;
use crate::text::SafeText;
use crate::text::signs::shown;
use crate::tui::linear::{Dialogue, Item, List};
use crate::tui::reader::Place;
use crate::tui::seeker::Mode;

/// Holds the dialogue on standard input and output, until it is over or the input is.
///
/// # Errors
///
/// When nothing can be written, or standard input holds the notes and there is no terminal beside it.
pub fn run(mut dialogue: Dialogue, at: Option<&str>, notes_on_input: bool) -> Result<()> {
    let mut input: Box<dyn BufRead> = if notes_on_input {
        let terminal = std::fs::File::open("/dev/tty").context("there is no terminal to type on")?;
        Box::new(std::io::BufReader::new(terminal))
    } else {
        Box::new(std::io::stdin().lock())
    };
    let mut out = std::io::stdout();
    let tell = |out: &mut std::io::Stdout, said: Vec<String>| -> Result<()> {
        for line in said {
            writeln!(out, "{}", shown(SafeText::new(&line).as_str()))?;
        }
        Ok(())
    };
    tell(&mut out, dialogue.begin(at))?;
    let mut line = String::new();
    while !dialogue.is_over() {
        write!(out, "> ")?;
        out.flush()?;
        line.clear();
        // A byte that is no text ends nothing: the line is not understood.
        let mut bytes = Vec::new();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            writeln!(out)?;
            break;
        }
        line.push_str(&String::from_utf8_lossy(&bytes));
        // Where nobody types, what was answered to is seen.
        if !std::io::stdin().is_terminal() && !notes_on_input {
            writeln!(out, "{}", SafeText::new(line.trim_end()))?;
        }
        tell(&mut out, dialogue.answer(&line))?;
    }
    Ok(())
}

impl Dialogue {
    /// The same for a choice: a number ends it, with the talk that it stands for.
    fn to_choose(library: Arc<Library>, marks: Arc<Marks>) -> Self {
        let mut dialogue = Self::new(library, 80, None, None);
        dialogue.known = marks;
        let talks = dialogue.library.talk_ids().map(|talk| Item::Talk(talk, Place::default())).collect();
        dialogue.list = List { title: "Talks".into(), items: talks, told: 0 };
        dialogue
    }

    /// The talk that a number stands for in the list that was told, and its line where a text was found.
    fn chosen(&self, number: usize) -> Option<(TalkId, Option<usize>)> {
        match self.list.items.get(number.checked_sub(1)?)? {
            Item::Talk(talk, place) => Some((*talk, (place.line > 0).then_some(place.line))),
            Item::Conference(_) => None,
        }
    }

    /// The list of what words find.
    fn narrow(&mut self, words: &str) -> Vec<String> {
        let items = self.seek(Mode::Talks, words);
        match items.is_empty() {
            true => vec![format!("No talk and no text has \"{words}\".")],
            false => self.show(format!("Found by \"{words}\""), items),
        }
    }
}

/// Lets a person choose a talk line by line; `None` when none was wanted. The dialogue is held on the terminal, for
/// standard output is where the choice goes.
///
/// # Errors
///
/// When there is no terminal to choose on.
pub fn pick(
    library: &Arc<Library>,
    marks: Arc<Marks>,
    query: &str,
) -> Result<Option<(TalkId, Option<usize>)>> {
    let open = || std::fs::File::options().read(true).write(true).open("/dev/tty");
    let mut terminal = open().context("there is no terminal to pick on")?;
    let mut input = std::io::BufReader::new(terminal.try_clone()?);
    let mut dialogue = Dialogue::to_choose(library.clone(), marks);
    let mut said = if query.trim().is_empty() { dialogue.tell() } else { dialogue.narrow(query) };
    said.push("Type a number to take it, words to find, Enter for more, or q to take none.".into());
    let mut bytes = Vec::new();
    loop {
        for line in said.drain(..) {
            writeln!(terminal, "{}", shown(SafeText::new(&line).as_str()))?;
        }
        write!(terminal, "> ")?;
        terminal.flush()?;
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&bytes);
        said = match (line.trim(), line.trim().parse()) {
            ("q", _) => return Ok(None),
            ("", _) => dialogue.go_on(),
            (_, Ok(number)) => match dialogue.chosen(number) {
                Some(choice) => return Ok(Some(choice)),
                None => vec![format!("There is no {number} in this list.")],
            },
            (words, _) => dialogue.narrow(words),
        };
    }
}
