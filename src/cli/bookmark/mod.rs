//! `bookmark` and `due`: the bookmarks on the command line. What is read and what is changed stand here,
//! `exchange` exports and imports.

pub mod args;
mod exchange;

use std::path::PathBuf;

use anyhow::{Context, Result};
use jiff::civil::Date;

use crate::bookmarks::anchor::{Resolver, portable};
use crate::bookmarks::revisit::{Revisit, parse_day, today};
use crate::bookmarks::{Anchor, Bookmark, Bookmarks, Change, Operation, file};
use crate::cli::args::{Global, Shape};
use crate::cli::bookmark::args::{
    AddOptions, BookmarkVerb, CheckOptions, DueOptions, ListOptions, RemoveOptions,
};
use crate::cli::out::Out;
use crate::cli::{Outcome, json, library, query, resolve, say, the_talk};
use crate::config::theme::Part;
use crate::library::{Library, TalkId};
use crate::report::bookmarks::{Mark, Sort, State, filter, locate};
use crate::report::words;
use crate::search::Marks;
use crate::text::SafeText;
use crate::text::fold::fold;

pub(super) fn run(verb: &BookmarkVerb, global: &Global) -> Result<Outcome> {
    match verb {
        BookmarkVerb::List(options) => list(options, global),
        BookmarkVerb::Add(options) => add(options, global),
        BookmarkVerb::Remove(options) => remove(options, global),
        BookmarkVerb::Export(options) => exchange::export(options, global),
        BookmarkVerb::Import(options) => exchange::import(options, global),
        BookmarkVerb::Check(options) => check(options, global),
    }
}

/// Where the bookmarks are kept.
fn path(global: &Global) -> Result<PathBuf> {
    global
        .settings
        .bookmarks
        .clone()
        .context("there is no home folder to keep bookmarks in; set HALLWAY_BOOKMARKS to a file")
}

/// The bookmarks, with whatever has to be said about their file.
fn read(global: &Global) -> Result<Bookmarks> {
    let outcome = file::load(&path(global)?)?;
    match outcome.notice {
        // Nothing could be read where there was something: that is not the same as no bookmarks.
        Some(notice) if outcome.value.bookmarks.is_empty() => anyhow::bail!(notice),
        Some(notice) => say(&notice),
        None => {}
    }
    Ok(outcome.value)
}

fn change(global: &Global, operations: &[Operation]) -> Result<()> {
    let outcome = file::change(&path(global)?, operations)?;
    if let Some(notice) = outcome.notice {
        say(&notice);
    }
    Ok(())
}

/// The bookmarks that words mean, in an order.
fn chosen<'m>(
    library: &Library,
    marks: &'m [Mark],
    asked: &[String],
    sort: Sort,
    global: &Global,
) -> Result<Vec<&'m Mark>> {
    let asked = query::parse(asked)?;
    let known =
        if asked.facets.is_empty() { Marks::default() } else { query::marks(library, &asked, global)? };
    let mut found = filter(library, marks, &asked, &known, today());
    sort.apply(&mut found);
    Ok(found)
}

fn list(options: &ListOptions, global: &Global) -> Result<Outcome> {
    let library = library(global)?;
    let marks = locate(&library, read(global)?.bookmarks);
    let chosen = chosen(&library, &marks, &options.query, options.sort.into(), global)?;
    print(&library, &chosen, options.shape, global)?;
    if !chosen.is_empty() {
        return Ok(Outcome::Done);
    }
    match marks.is_empty() {
        true => say("no bookmarks yet; m sets one in the screen, `hallway bookmark add TALK` here"),
        false => say(&format!("no bookmark matches \"{}\"", options.query.join(" "))),
    }
    Ok(Outcome::Nothing)
}

/// Prints bookmarks in the form that was asked for.
fn print(library: &Library, marks: &[&Mark], shape: Shape, global: &Global) -> Result<()> {
    let mut out = Out::new(global);
    if shape.json {
        out.json(&json::bookmarks(marks.iter().map(|mark| json::bookmark(library, mark)).collect()), true)?;
    } else {
        for mark in marks {
            match shape.jsonl {
                true => out.json(&json::bookmark(library, mark), false)?,
                false => line(library, mark, &mut out)?,
            }
        }
    }
    Ok(out.finish()?)
}

/// One line: id, state, due, title, conference, path:line, note, tags.
fn line(library: &Library, mark: &Mark, out: &mut Out) -> std::io::Result<()> {
    let theme = out.theme();
    let quiet = theme.part(Part::Quiet);
    let Bookmark { id, note, tags, revisit, .. } = &mark.bookmark;
    let due = revisit.map_or(String::new(), |revisit| revisit.words(today()));
    let state = match mark.state {
        State::Here if !out.is_raw() => "",
        state => state.name(),
    };
    let state_style = theme.part(if mark.state == State::Lost { Part::Alarm } else { Part::Message });
    let due_style = if mark.is_due(today()) { theme.part(Part::Message) } else { quiet };
    let tags = tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ");
    out.columns(&[
        (id.as_str(), quiet),
        (state, state_style),
        (&due, due_style),
        (mark.title(library), theme.part(Part::Talk)),
        (mark.conference(library), theme.part(Part::Conference)),
        (&place(library, mark), quiet),
        (note, theme.part(Part::Talk)),
        (&tags, quiet),
    ])
}

/// Where a bookmark is today: `path:line`; where it was, when it is nowhere.
fn place(library: &Library, mark: &Mark) -> String {
    match mark.found {
        Some(found) => {
            let file = library.file(found.file);
            format!("{}:{}", file.path.display(), file.source_line(found.line))
        }
        None => format!("{}:{}", mark.bookmark.anchor.path, mark.bookmark.anchor.line),
    }
}

fn add(options: &AddOptions, global: &Global) -> Result<Outcome> {
    let library = library(global)?;
    let Some(talk) = the_talk(&library, &options.talk.join(" ")) else {
        return Ok(Outcome::Nothing);
    };
    let line = match options.line {
        Some(number) => line_of(&library, talk, number)?,
        None => library.talk(talk).spans[0].line(),
    };
    let anchor = Anchor::of(&library, talk, line, 0).context("this talk has no lines")?;
    if let Some(wanted) = options.line
        && anchor.line != line
    {
        let file = library.files.iter().find(|file| portable(file.relative()) == anchor.path);
        let number = file.map_or(anchor.line, |file| file.source_line(anchor.line));
        say(&format!("there are no words on line {wanted}, so the bookmark is on line {number}"));
    }
    let made = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let due =
        options.due.as_deref().map(|text| day(text).map(|day| Revisit::on(day, today()))).transpose()?;
    let mut bookmark = Bookmark::new(anchor, made);
    bookmark.note.clone_from(&options.note);
    bookmark.tags = crate::bookmarks::model::sorted(options.tag.clone());
    bookmark.revisit = due;
    let id = put_once(bookmark, &library, global)?;
    let mut out = Out::new(global);
    out.line(&SafeText::new(&id))?;
    out.finish()?;
    Ok(Outcome::Done)
}

/// Sets a bookmark, unless one is there that is in the same place today and says the same: then that one's id, and its new
/// day if one was given.
fn put_once(bookmark: Bookmark, library: &Library, global: &Global) -> Result<String> {
    let mut id = bookmark.id.clone();
    let mut twice = None;
    let mut resolver = Resolver::new(library);
    let mut place = |b: &Bookmark| resolver.find(&b.anchor).map(|found| (found.talk, found.file, found.line));
    let here = place(&bookmark);
    let outcome = file::change_with(&path(global)?, |all| {
        let alike = |b: &&Bookmark| {
            let note = bookmark.note.is_empty() || b.note == bookmark.note;
            let tags = bookmark.tags.iter().all(|tag| b.tags.contains(tag));
            b.anchor.quote == bookmark.anchor.quote && note && tags
        };
        let mut same = |b: &&Bookmark| alike(b) && here.is_some() && place(b) == here;
        // Of several, the one that says just this.
        let differs = |b: &&Bookmark| (b.note != bookmark.note, b.tags != bookmark.tags);
        let Some(there) = all.bookmarks.iter().filter(|b| same(b)).min_by_key(differs) else {
            return all.apply(&Operation::put(bookmark.clone()));
        };
        id.clone_from(&there.id);
        let day = bookmark.revisit.filter(|revisit| there.revisit != Some(*revisit));
        twice = Some(if day.is_some() { "this bookmark is there already; it has a new day" } else { TWICE });
        day.is_some_and(|day| all.apply(&Operation::Edit(id.clone(), Change::Revisit(Some(day)))))
    })?;
    if let Some(notice) = outcome.notice {
        say(&notice);
    }
    if let Some(words) = twice {
        say(words);
    }
    Ok(id)
}

const TWICE: &str = "this bookmark is there already";

fn day(text: &str) -> Result<Date> {
    parse_day(text, today())
        .with_context(|| format!("\"{text}\" is no day; write 2026-12-01, today, tomorrow, 3d, 2w or 6m"))
}

/// The line of a talk's text behind the number of a line in its file.
fn line_of(library: &Library, talk: TalkId, number: usize) -> Result<usize> {
    let talk = library.talk(talk);
    for span in &talk.spans {
        let file = library.file(span.file);
        let (first, last) = library.source_lines(span);
        if (first..=last).contains(&number) {
            let line = (span.line()..=span.end_line()).find(|line| file.source_line(*line) >= number);
            return Ok(line.unwrap_or(span.end_line()));
        }
    }
    let lines = |span: &crate::library::Span| {
        let (first, last) = library.source_lines(span);
        format!("{first} to {last} of {}", library.file(span.file).path.display())
    };
    let spans: Vec<String> = talk.spans.iter().map(lines).collect();
    anyhow::bail!("line {number} is not in \"{}\", which has the lines {}", talk.title, spans.join(" and "))
}

/// The bookmarks whose id is this, or starts so.
fn by_id<'m>(marks: &'m [Mark], start: &str) -> Vec<&'m Mark> {
    let start = start.to_ascii_lowercase();
    let hex = !start.is_empty() && start.bytes().all(|b| b.is_ascii_hexdigit());
    marks.iter().filter(|m| m.bookmark.id == start || hex && m.bookmark.id.starts_with(&start)).collect()
}

/// The bookmarks that an id, its start, or words for a talk mean. A few letters that are words for a talk mean
/// that, though an id may start so.
fn meant<'m>(library: &Library, marks: &'m [Mark], words: &str, line: Option<usize>) -> Vec<&'m Mark> {
    const SURELY: usize = 4;
    // No words, as of a variable that is empty, mean nothing: never the one bookmark that happens to be there.
    if words.trim().is_empty() {
        return Vec::new();
    }
    let ids = by_id(marks, words);
    if words.len() >= SURELY && !ids.is_empty() {
        return ids;
    }
    let on_line = |mark: &&Mark| {
        let today = mark.found.map(|found| library.file(found.file).source_line(found.line));
        line.is_none_or(|line| today.unwrap_or(mark.bookmark.anchor.line) == line)
    };
    let talks = resolve(library, words).map_or_else(|candidates| candidates, |talk| vec![talk]);
    // A bookmark that is lost is known by the title that its talk had.
    let title = fold(words);
    let of_talk = marks.iter().filter(|mark| match mark.talk() {
        Some(talk) => talks.contains(&talk),
        None => fold(&mark.bookmark.anchor.talk).contains(&title),
    });
    let of_talk: Vec<&Mark> = of_talk.filter(on_line).collect();
    if of_talk.is_empty() { ids } else { of_talk }
}

/// The one bookmark that is meant; `None` after saying why there is none.
fn the_one<'m>(library: &Library, marks: &'m [Mark], words: &str, line: Option<usize>) -> Option<&'m Mark> {
    let found = meant(library, marks, words, line);
    match &found[..] {
        [only] => return Some(only),
        [] => say(&format!("no bookmark is called \"{words}\"; `hallway bookmark list` shows them")),
        several => {
            say(&format!("\"{words}\" fits several bookmarks. Use an id:"));
            for mark in several {
                say(&format!("  {}  {}  {}", mark.bookmark.id, mark.title(library), place(library, mark)));
            }
        }
    }
    None
}

fn remove(options: &RemoveOptions, global: &Global) -> Result<Outcome> {
    let library = library(global)?;
    let marks = locate(&library, read(global)?.bookmarks);
    // Several ids, or else words for one talk.
    let ids: Vec<Vec<&Mark>> = options.which.iter().map(|word| by_id(&marks, word)).collect();
    let chosen: Vec<&Mark> = match ids.len() > 1 && ids.iter().all(|ids| ids.len() == 1) {
        true => ids.into_iter().flatten().collect(),
        false => the_one(&library, &marks, &options.which.join(" "), options.line).into_iter().collect(),
    };
    if chosen.is_empty() {
        return Ok(Outcome::Nothing);
    }
    let remove = |mark: &&Mark| Operation::Remove(mark.bookmark.id.clone(), today());
    change(global, &chosen.iter().map(remove).collect::<Vec<_>>())?;
    for mark in chosen {
        say(&format!("removed the bookmark on \"{}\", {}", mark.title(&library), place(&library, mark)));
    }
    Ok(Outcome::Done)
}

fn check(options: &CheckOptions, global: &Global) -> Result<Outcome> {
    let library = library(global)?;
    let marks = locate(&library, read(global)?.bookmarks);
    let count = |state: fn(&State) -> bool| marks.iter().filter(|mark| state(&mark.state)).count();
    let (mut moved, lost) = (count(|s| matches!(s, State::Moved(_))), count(|s| *s == State::Lost));
    let elsewhere = count(|s| *s == State::Elsewhere);
    let told: Vec<&Mark> =
        marks.iter().filter(|mark| matches!(mark.state, State::Moved(_) | State::Lost)).collect();
    if options.shape.json || options.shape.jsonl {
        print(&library, &told, options.shape, global)?;
    } else {
        let mut out = Out::new(global);
        for mark in &told {
            line(&library, mark, &mut out)?;
            let quote = mark.quote().map_or(String::new(), |quote| format!(": {quote}"));
            let why = mark.state.words().unwrap_or_default();
            out.line(&SafeText::new(&format!("    {why}{quote}")))?;
        }
        out.finish()?;
    }
    if options.accept {
        let accept = |mark: &&Mark| {
            let anew = Box::new(mark.anew(&library)?);
            Some(Operation::Edit(mark.bookmark.id.clone(), Change::Place(anew)))
        };
        let operations: Vec<Operation> = told.iter().filter_map(accept).collect();
        change(global, &operations)?;
        say(&format!("{} accepted", words::count(operations.len(), "place")));
        moved -= operations.len();
    }
    let all = words::count(marks.len(), "bookmark");
    let other = if elsewhere > 0 { format!(", {elsewhere} of other notes") } else { String::new() };
    say(&format!("{all}: {moved} moved, {lost} lost{other}"));
    Ok(if lost > 0 { Outcome::Nothing } else { Outcome::Done })
}

/// `due`: what is to be looked at again.
pub(super) fn due(options: &DueOptions, global: &Global) -> Result<Outcome> {
    let library = library(global)?;
    let marks = locate(&library, read(global)?.bookmarks);
    if let Some(id) = options.done.as_ref().or(options.snooze.as_ref()) {
        return reschedule(&library, &marks, id, options, global);
    }
    let chosen = chosen(&library, &marks, &options.query, Sort::Due, global)?;
    let wanted = |mark: &&Mark| mark.bookmark.revisit.is_some() && (options.queue || mark.is_due(today()));
    let due: Vec<&Mark> = chosen.into_iter().filter(wanted).collect();
    print(&library, &due, options.shape, global)?;
    if !due.is_empty() {
        return Ok(Outcome::Done);
    }
    let next = marks.iter().filter_map(|mark| mark.bookmark.revisit).min();
    say(&match next {
        Some(next) if !options.queue && options.query.is_empty() => {
            format!("nothing is due today; the next one is {}", next.words(today()))
        }
        Some(_) => "nothing on the queue matches".into(),
        None => {
            "the revisit queue is empty; `hallway bookmark add TALK --due 1w` puts something on it".into()
        }
    });
    Ok(Outcome::Nothing)
}

fn reschedule(
    library: &Library,
    marks: &[Mark],
    id: &str,
    options: &DueOptions,
    global: &Global,
) -> Result<Outcome> {
    let Some(mark) = the_one(library, marks, id, None) else {
        return Ok(Outcome::Nothing);
    };
    let after = match (options.done.is_some(), mark.bookmark.revisit) {
        (true, Some(before)) => before.done(today()),
        // As d does in the list.
        (true, None) => Revisit::start(today()),
        (false, Some(before)) => before.snooze(today(), options.days),
        (false, None) => anyhow::bail!("this bookmark is not on the revisit queue; --done puts it there"),
    };
    change(global, &[Operation::Edit(mark.bookmark.id.clone(), Change::Revisit(Some(after)))])?;
    say(&format!("\"{}\" is {}", mark.title(library), after.words(today())));
    Ok(Outcome::Done)
}
