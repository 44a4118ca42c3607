//! What a conference leaves to do: its starred talks, open questions, TODOs and links, gathered from the notes.

use crate::library::links::LinkKind;
use crate::library::{ConferenceId, Library, TalkId};
use crate::markup::document::{BlockKind, ContainerKind, Document, Inline};
use crate::report::page::{Medium, Subject};
use crate::report::words;

/// Something that was noted, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// The talk.
    pub talk: TalkId,
    /// What it says, without markup.
    pub text: String,
    /// The source line, counted from 1.
    pub line: usize,
}

/// A link of a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// The talk.
    pub talk: TalkId,
    /// What it leads to.
    pub kind: LinkKind,
    /// What it is called.
    pub label: String,
    /// Its address, as written.
    pub url: String,
}

/// What a conference leaves to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The conference.
    pub conference: ConferenceId,
    /// The talks that the note-taker has starred.
    pub starred: Vec<TalkId>,
    /// Lines that ask something and are not answered on the next one.
    pub questions: Vec<Noted>,
    /// Boxes without a tick, and lines that say TODO or the like.
    pub todos: Vec<Noted>,
    /// Links, each address once.
    pub links: Vec<Linked>,
}

/// Words that say that something is left to do, at the start of a line or before a colon.
const TODO: [&str; 4] = ["todo", "to do", "fixme", "action item"];

/// What an answer begins with.
const ANSWER: [&str; 6] = ["a:", "answer:", "answer ", "->", "→", "=>"];

impl Digest {
    /// Gathers what a conference's notes hold.
    pub fn of(library: &Library, conference: ConferenceId) -> Self {
        let talks: Vec<TalkId> =
            library.tracks_of(conference).flat_map(|track| library.talks_of(track)).collect();
        let starred = talks.iter().copied().filter(|id| library.talk(*id).starred).collect();
        let mut digest =
            Digest { conference, starred, questions: Vec::new(), todos: Vec::new(), links: Vec::new() };
        for talk in talks {
            digest.read(library, talk);
            for link in library.links(talk) {
                if !digest.links.iter().any(|known| known.url == link.url) {
                    digest.links.push(Linked { talk, kind: link.kind, label: link.label, url: link.url });
                }
            }
        }
        digest
    }

    fn read(&mut self, library: &Library, talk: TalkId) {
        let (of, first) = (library.talk(talk), &library.talk(talk).spans[0]);
        let file = library.file(first.file);
        // What says who spoke on what asks nothing, though it may end with a question mark.
        let head = first.line()..first.line() + of.header_lines;
        let document = Subject::Talk(talk).document(library, Medium::Screen);
        let lines = sentences(&document);
        for (at, Sentence { text, line, task, depth }) in lines.iter().enumerate() {
            if head.contains(line) {
                continue;
            }
            let next = lines.get(at + 1);
            let noted = || Noted { talk, text: text.clone(), line: file.source_line(*line) };
            let says = next.map_or(String::new(), |next| next.text.to_lowercase());
            // What is noted below a question, or on its line, answers it.
            let below =
                next.is_some_and(|next| next.task.is_none() && (next.depth > *depth || next.line == *line));
            let answered = below || ANSWER.iter().any(|sign| says.starts_with(sign));
            if *task == Some(false) || says_todo(text) {
                self.todos.push(noted());
            } else if *task != Some(true) && asks(text) && !answered {
                self.questions.push(noted());
            }
        }
    }

    /// As Markdown.
    pub fn markdown(&self, library: &Library) -> String {
        let conference = library.conference(self.conference);
        let talks = words::count(library.count(self.conference), "talk");
        let mut out = format!("# {}: digest\n\n{talks}.\n", escaped(&conference.name));
        let title = |talk: TalkId| escaped(&library.talk(talk).title);
        if !self.starred.is_empty() {
            out.push_str("\n## Starred\n\n");
        }
        for talk in &self.starred {
            let names = words::names(library.talk(*talk));
            let names = if names.is_empty() { names } else { format!(", {}", escaped(&names)) };
            out.push_str(&format!("- {}{names}\n", title(*talk)));
        }
        let place = |one: &Noted| {
            let file = library.file(library.talk(one.talk).spans[0].file);
            format!("{}:{}", file.path.display(), one.line)
        };
        for (name, noted, sign) in [("Open questions", &self.questions, "-"), ("To do", &self.todos, "- [ ]")]
        {
            if !noted.is_empty() {
                out.push_str(&format!("\n## {name}\n"));
            }
            let mut talk = None;
            for one in noted {
                if talk.replace(one.talk) != Some(one.talk) {
                    out.push_str(&format!("\n### {}\n\n", title(one.talk)));
                }
                out.push_str(&format!("{sign} {} ({})\n", escaped(&one.text), escaped(&place(one))));
            }
        }
        if !self.links.is_empty() {
            out.push_str("\n## Links\n");
        }
        let mut talk = None;
        for link in &self.links {
            if talk.replace(link.talk) != Some(link.talk) {
                out.push_str(&format!("\n### {}\n\n", title(link.talk)));
            }
            let address = link.url.replace(char::is_whitespace, "%20").replace('>', "%3E");
            let kind = match link.kind {
                LinkKind::Other => String::new(),
                kind => format!("{}: ", kind.name()),
            };
            out.push_str(&format!("- {kind}[{}](<{address}>)\n", escaped(&link.label)));
        }
        if self.starred.is_empty()
            && self.questions.is_empty()
            && self.todos.is_empty()
            && self.links.is_empty()
        {
            out.push_str("\nNothing is starred, asked, left to do or linked.\n");
        }
        out
    }
}

/// A sentence of the notes.
struct Sentence {
    text: String,
    /// Its source line.
    line: usize,
    /// The box of the task that it begins.
    task: Option<bool>,
    /// How many lists it stands in.
    depth: usize,
}

/// The sentences of a talk's notes; code, tables and what was quoted left out.
fn sentences(document: &Document) -> Vec<Sentence> {
    let mut found = Vec::new();
    for block in document.blocks.iter().filter(|block| block.line > 0) {
        let BlockKind::Paragraph(text) = &block.kind else {
            continue;
        };
        let mut around = Vec::new();
        let mut inside = block.inside;
        while let Some(container) = inside.and_then(|id| document.containers.get(id.0 as usize)) {
            around.push(&container.kind);
            inside = container.parent;
        }
        if around.iter().any(|kind| matches!(kind, ContainerKind::Quote(..))) {
            continue;
        }
        let depth = around.iter().filter(|kind| matches!(kind, ContainerKind::Item { .. })).count();
        let mut task = match around.first() {
            Some(ContainerKind::Item { task, .. }) => *task,
            _ => None,
        };
        // A picture's description is nothing that somebody has noted.
        let words = text.iter().filter(|inline: &&Inline| inline.picture.is_none());
        let (mut sentence, mut line, mut ended) = (String::new(), block.line, false);
        // A box stands before all of its paragraph.
        let whole = task.is_some();
        let mut end = |sentence: &mut String, line: usize| {
            let text = std::mem::take(sentence);
            if !text.trim().is_empty() {
                found.push(Sentence { text: text.trim().to_owned(), line, task: task.take(), depth });
            }
        };
        for inline in words {
            for c in inline.text.chars() {
                if c == '\n' && !whole || ended && c.is_whitespace() && !whole {
                    end(&mut sentence, line);
                    ended = false;
                    continue;
                }
                if sentence.trim().is_empty() {
                    line = if inline.line > 0 { inline.line } else { block.line };
                }
                ended = matches!(c, '.' | '!' | '?' | '？' | '！' | '。')
                    || ended && matches!(c, ')' | '"' | '”');
                sentence.push(if c == '\n' { ' ' } else { c });
            }
        }
        end(&mut sentence, line);
    }
    found
}

/// Whether a line asks something: it ends with a question mark, or says that it is a question.
fn asks(text: &str) -> bool {
    let bare = text.trim_end_matches([')', '"', '”', '\'', '*', '_', ' ']);
    // A mark by itself is doubt, not a question: `Graphias(?)`.
    let doubt = bare.trim_end_matches('?').ends_with(['(', ' ', ':']) || text.ends_with("(?)");
    let ends = bare.ends_with(['?', '？', '؟']) && !doubt;
    // A word with a mark behind it is a doubt, too.
    let short = bare.split_whitespace().count() < 2 && !bare.contains('？');
    let address = bare.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("://"));
    let lower = text.to_lowercase();
    let named = ["question:", "open question"].iter().any(|sign| lower.starts_with(sign));
    (ends || named) && !short && !address
}

/// Whether a line says that something is left to do: it begins with such a word, written large or with a colon behind
/// it, or has one that is written large. What is asked is no task.
fn says_todo(text: &str) -> bool {
    let bare = text.trim_start_matches(['@', '-', '*', '[', '(', ' ']);
    let lower = bare.to_lowercase();
    let begins = TODO.iter().any(|word| {
        let Some(rest) = lower.strip_prefix(word).filter(|rest| !rest.starts_with(char::is_alphanumeric))
        else {
            return false;
        };
        let written = bare.get(..word.len()).unwrap_or_default();
        let large = written.chars().all(|c| !c.is_lowercase());
        large || rest.starts_with(':') || text.starts_with('@') || *word == "todo" && rest.starts_with(' ')
    });
    let action = lower.starts_with("action:");
    let large = text.split(|c: char| !c.is_alphanumeric()).any(|piece| matches!(piece, "TODO" | "FIXME"));
    (begins || action || large) && !text.trim_end().ends_with('?')
}

/// Text as Markdown that says the same.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::load::{Roots, load};

    #[test]
    fn questions_and_todos_by_what_they_say() {
        for (text, asked, todo) in [
            ("Does it scale?", true, false),
            ("Open question: who pays", true, false),
            ("see https://example.org/?", false, false),
            ("???", false, false),
            ("TODO try this", false, true),
            ("Todo: try this", false, true),
            ("Todos los santos", false, false),
            ("todo read more", false, true),
            ("@todo ping", false, true),
            ("ACTION: write", false, true),
            ("What is a TODO list?", true, false),
            ("Graphias(?)", false, false),
            ("container era: ??", false, false),
            ("later, TODO: measure", false, true),
            ("A plain line.", false, false),
        ] {
            assert_eq!((asks(text), says_todo(text)), (asked, todo), "{text}");
        }
    }

    #[test]
    fn a_conference_is_gathered_with_lines() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = "# Conf 2020\n\n## A talk ⭐\n\nIt works. But how?\n\n- [ ] try it\n- [x] done\n\nIs it fast?\nA: yes\n\n\
                    ```\nis this code?\n```\n\n[Slides](https://example.org/slides)\n";
        std::fs::write(folder.path().join("conf-2020.md"), text).expect("written");
        let library = load(&Roots::Paths(vec![folder.path().into()]), false).expect("loads");
        let digest = Digest::of(&library, ConferenceId(0));
        let told = |noted: &[Noted]| noted.iter().map(|n| (n.text.clone(), n.line)).collect::<Vec<_>>();
        assert_eq!(told(&digest.questions), [("But how?".into(), 5)]);
        assert_eq!(told(&digest.todos), [("try it".into(), 7)]);
        assert_eq!(digest.links.len(), 1);
        let markdown = digest.markdown(&library);
        assert!(
            markdown.contains("- [ ] try it (")
                && markdown.contains("2020.md:7)")
                && markdown.contains("](<https://example.org/slides>)")
        );
    }
}
