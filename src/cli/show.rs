//! `show`: one talk, laid out as in the reader, or as it is written.

use std::io::IsTerminal;

use anyhow::Result;

use crate::cli::args::{Global, ShowOptions, When};
use crate::cli::out::Out;
use crate::cli::{Outcome, library, resolve, say_candidates};
use crate::report::page::Subject;

/// The longest line that reads well (settable by `--width`).
const MEASURE: u16 = 88;

pub(super) fn run(options: &ShowOptions, global: &Global) -> Result<Outcome> {
    let library = library(global)?;
    let words = options.talk.join(" ");
    let id = match resolve(&library, &words) {
        Ok(id) => id,
        Err(candidates) => {
            say_candidates(&library, &words, &candidates);
            return Ok(Outcome::Nothing);
        }
    };
    let colour = if options.plain { When::Never } else { global.color };
    let mut out = Out::new(colour);
    if options.raw {
        for span in &library.talk(id).spans {
            out.raw(library.text(span))?;
        }
    } else {
        let columns = usize::from(options.width.unwrap_or_else(width));
        for line in &Subject::Talk(id).page(&library, columns).lines {
            out.page_line(line)?;
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}

fn width() -> u16 {
    if !std::io::stdout().is_terminal() {
        return 80;
    }
    let size = rustix::termios::tcgetwinsize(std::io::stdout());
    size.map_or(80, |s| s.ws_col).clamp(20, MEASURE)
}
