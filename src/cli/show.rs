//! `show`: one talk, laid out as in the reader, or as it is written.

use std::io::IsTerminal;

use anyhow::Result;

use crate::cli::args::{Global, ShowOptions};
use crate::cli::out::Out;
use crate::cli::{Outcome, library, say, the_talk};
use crate::config::terminal;
use crate::library::{Library, TalkId};
use crate::markup::colours::Colours;
use crate::markup::document::Document;
use crate::markup::layout::{Manner, lay_out_blocks};
use crate::report::page::{Medium, Subject};
use crate::search::filter::filter;

pub(super) fn run(options: &ShowOptions, global: &Global) -> Result<Outcome> {
    let library = library(global)?;
    let Some(id) = the_talk(&library, &options.talk.join(" ")) else {
        return Ok(Outcome::Nothing);
    };
    let columns = match options.width {
        Some(columns) => columns,
        None => width(global),
    };
    let document = Subject::Talk(id).document(&library, Medium::Paper);
    let section = match &options.section {
        None => Section::all(&document),
        Some(heading) => match Section::find(&document, heading) {
            Some(section) => section,
            None => {
                say_headings(&document, heading);
                return Ok(Outcome::Nothing);
            }
        },
    };
    let mut out = if options.pager { Out::to_pager(global)? } else { Out::new(global) };
    if options.raw {
        raw(&mut out, &library, id, &section)?;
    } else {
        // Reading the code takes its time, so it is read only where it will be seen.
        let colours = if out.is_coloured() { Colours::of(&document, &|| true) } else { Colours::default() };
        let lines = lay_out_blocks(&document, Manner::paper(columns.into()), section.blocks.clone());
        // A section stood behind another one; here it is the first.
        for line in lines.iter().skip_while(|line| line.pieces.is_empty()) {
            out.page_line(line, &colours)?;
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}

/// The source of a talk, or of a section of it.
fn raw(out: &mut Out, library: &Library, id: TalkId, section: &Section) -> Result<()> {
    for span in &library.talk(id).spans {
        let text = library.text(span);
        match section.lines.clone() {
            None => out.raw(text)?,
            Some(lines) => {
                let numbered = (span.line()..).zip(text.split_inclusive('\n'));
                let part: String =
                    numbered.filter(|(n, _)| lines.contains(n)).map(|(_, line)| line).collect();
                out.raw(&part)?;
            }
        }
    }
    Ok(())
}

/// A part of a talk: some of its blocks, and their lines where it is not the whole.
struct Section {
    blocks: std::ops::Range<usize>,
    lines: Option<std::ops::Range<usize>>,
}

impl Section {
    fn all(document: &Document) -> Self {
        Self { blocks: 0..document.blocks.len(), lines: None }
    }

    /// From the heading that fits best to the next one that is not below it.
    fn find(document: &Document, words: &str) -> Option<Self> {
        let headings: Vec<_> = document.headings().collect();
        let through = filter(words, headings.iter().map(|heading| heading.text.as_str()));
        let best = through.iter().max_by_key(|t| (t.score, std::cmp::Reverse(t.at)))?;
        let heading = &headings[best.at];
        let next = headings[best.at + 1..].iter().find(|next| next.level <= heading.level);
        let blocks = heading.block..next.map_or(document.blocks.len(), |next| next.block);
        let lines = heading.line..next.map_or(usize::MAX, |next| next.line);
        Some(Self { blocks, lines: Some(lines) })
    }
}

/// Says which headings there are.
fn say_headings(document: &Document, heading: &str) {
    let all: Vec<String> = document.headings().map(|heading| heading.text).collect();
    match all.is_empty() {
        true => say("this talk has no headings"),
        false => say(&format!("no heading holds \"{heading}\". There are: {}", all.join(" · "))),
    }
}

/// The columns of the terminal, as many as read well; 80 where there is none.
fn width(global: &Global) -> u16 {
    if !std::io::stdout().is_terminal() {
        return 80;
    }
    let measure = global.settings.measure;
    terminal::columns().unwrap_or(80).clamp(20, measure.max(20))
}
