//! Holds the dialogue of linear mode on standard input and output.

use std::io::{BufRead, IsTerminal, Write};

use anyhow::{Context, Result};

use crate::text::SafeText;
use crate::text::signs::shown;
use crate::tui::linear::Dialogue;

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
