//! `doctor --explain`: the evidence behind how the notes were read, with its weights.
//!
//! For each file: where its talks are, and what spoke for and against each answer. For each talk:
//! every title, speaker, track and conference that was offered, the one that holds first.

use std::io;

use crate::cli::out::Out;
use crate::config::theme::Part;
use crate::library::evidence::Offer;
use crate::library::level::Decision;
use crate::library::reading::Why;
use crate::library::{FileId, Library, TalkId};
use crate::text::SafeText;

/// Explains one talk, with the decision for its file.
pub(super) fn talk(library: &Library, id: TalkId, out: &mut Out) -> io::Result<()> {
    if let Some(span) = library.talk(id).spans.first() {
        file(library, span.file, out)?;
    }
    of_talk(library, id, out)
}

/// Explains every file and every talk.
pub(super) fn all(library: &Library, out: &mut Out) -> io::Result<()> {
    for at in 0..library.files.len() {
        let id = FileId(at as u32);
        file(library, id, out)?;
        for talk in
            library.talk_ids().filter(|t| library.talk(*t).spans.first().is_some_and(|s| s.file == id))
        {
            of_talk(library, talk, out)?;
        }
    }
    Ok(())
}

fn file(library: &Library, id: FileId, out: &mut Out) -> io::Result<()> {
    heading(&library.file(id).path.display().to_string(), out)?;
    let Some(Decision { answer, considered }) = library.decisions.get(id.index()) else {
        return Ok(());
    };
    match answer {
        Some(answer) => line(2, &format!("where the talks are: {}", answer.name()), out)?,
        None => line(2, "where the talks are: nothing says that it holds any", out)?,
    }
    let mut considered: Vec<_> = considered.iter().collect();
    considered.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.total()));
    for (answer, tally) in considered {
        line(4, &format!("{:+} {}", tally.total(), answer.name()), out)?;
        for reason in tally.reasons() {
            line(7, &format!("{:+} {}", reason.weight, reason.what), out)?;
        }
    }
    Ok(())
}

fn of_talk(library: &Library, id: TalkId, out: &mut Out) -> io::Result<()> {
    let talk = library.talk(id);
    let place = talk.spans.first().map_or(1, |s| library.source_lines(s).0);
    heading(&format!("{} (line {place}, {})", talk.title, library.slug(id)), out)?;
    let conference = library.conference_of(id).name.clone();
    let track = library.track(talk.track).name.clone();
    let people: Vec<&str> = talk.speakers.iter().map(|s| &*s.name).collect();
    let none = Why::default();
    let why = talk.why.as_deref().unwrap_or(&none);
    offers("conference", &conference, &why.conference, out)?;
    offers("track", track.as_deref().unwrap_or("none"), &why.track, out)?;
    offers("title", &talk.title, &why.title, out)?;
    let people = if people.is_empty() { "none".to_owned() } else { people.join(", ") };
    offers("speakers", &people, &why.speakers, out)
}

fn offers(question: &str, answer: &str, offers: &[Offer], out: &mut Out) -> io::Result<()> {
    line(2, &format!("{question}: {answer}"), out)?;
    for offer in offers {
        line(4, &format!("{:+} {}: {}", offer.weight, offer.what, offer.value), out)?;
    }
    Ok(())
}

fn heading(text: &str, out: &mut Out) -> io::Result<()> {
    let style = out.theme().part(Part::Header);
    out.styled(&[(SafeText::new(text), style)])
}

fn line(indent: usize, text: &str, out: &mut Out) -> io::Result<()> {
    out.line(&SafeText::new(&format!("{}{text}", " ".repeat(indent))))
}
