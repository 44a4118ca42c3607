//! Pages: what is shown of a talk, a conference, a track, or of the whole library.
//!
//! A page is laid out for one width. Its head says where one is and what this is; then comes the
//! text as written. The lines that the head says already are not said twice.

use std::collections::HashSet;

use crate::library::front;
use crate::library::links::{Link, LinkKind};
use crate::library::{Conference, ConferenceId, IntroductionId, Library, Span, TalkId, TrackId};
use crate::markup::document::{Block, BlockKind, ContainerKind, Document, Inline, Target};
use crate::markup::layout::{Manner, PageLine, Piece, lay_out};
use crate::markup::{Context, Definitions, Ink, Markup, Page, Role};
use crate::report::glance::{Aside, glance};
use crate::report::{head, words};

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The library at a glance.
    Overview,
    /// A conference: its introduction and its talks.
    Conference(ConferenceId),
    /// A track and its talks.
    Track(TrackId),
    /// A talk.
    Talk(TalkId),
    /// Some talks that are grouped otherwise, as an index into the groups.
    Group(u32),
}

/// Where a page is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Medium {
    /// On a screen, where links can be followed.
    Screen,
    /// On paper or what is like it: where links lead has to be written out.
    Paper,
}

impl Subject {
    /// What the page says, for any width.
    pub fn document(self, library: &Library, medium: Medium) -> Document {
        self.written(library, medium, usize::MAX, false)
    }

    /// The beginning of what the page says: of its text about so many bytes. Links whose definitions come later
    /// are not links yet.
    pub fn beginning(self, library: &Library, medium: Medium, bytes: usize) -> Document {
        self.written(library, medium, bytes, false)
    }

    /// What the page says, its text as plain text under a notice: for a text that takes too long to read.
    pub fn plain_document(self, library: &Library, medium: Medium) -> Document {
        self.written(library, medium, usize::MAX, true)
    }

    fn written(self, library: &Library, medium: Medium, left: usize, plain: bool) -> Document {
        let mut sheet = Sheet { left, plain, ..Sheet::new(library, medium) };
        if plain {
            let words = "This text takes too long to read as Markdown, so it is shown as it is written.";
            sheet.push(words, Role::Notice);
        }
        match self {
            Subject::Overview | Subject::Group(_) => return glance(self, library, &Aside::default()),
            Subject::Conference(id) => sheet.conference(id),
            Subject::Track(id) => sheet.track(id),
            Subject::Talk(id) => sheet.talk(id),
        }
        sheet.document
    }

    /// How long the text is that it shows, in bytes.
    pub fn bytes(self, library: &Library) -> usize {
        match self {
            Subject::Overview | Subject::Track(_) | Subject::Group(_) => 0,
            Subject::Conference(id) => {
                let introductions = &library.conference(id).introductions;
                introductions.iter().map(|id| library.introductions[id.index()].span.bytes().len()).sum()
            }
            Subject::Talk(id) => library.talk(id).spans.iter().map(|span| span.bytes().len()).sum(),
        }
    }

    /// Lays the page out for paper, in `columns` columns.
    pub fn page(self, library: &Library, columns: usize) -> Page {
        let document = self.document(library, Medium::Paper);
        let lines = lay_out(&document, Manner::paper(columns));
        Page { lines, width: columns, document: document.into(), ..Page::default() }
    }

    /// What it is called.
    pub fn name(self, library: &Library) -> &str {
        match self {
            Subject::Overview => "the overview",
            Subject::Group(_) => "a group of talks",
            Subject::Conference(id) => &library.conference(id).name,
            Subject::Track(id) => library.track(id).name.as_deref().unwrap_or("Talks"),
            Subject::Talk(id) => &library.talk(id).title,
        }
    }

    /// Where it stands in the notes: file and line.
    pub fn place(self, library: &Library) -> Option<(&std::path::Path, usize)> {
        let span = self.span(library)?;
        Some((&library.file(span.file).path, span.line()))
    }

    /// The first stretch of the notes that it shows.
    pub fn span(self, library: &Library) -> Option<&Span> {
        match self {
            Subject::Overview | Subject::Track(_) | Subject::Group(_) => None,
            Subject::Conference(id) => {
                let first = library.conference(id).introductions.first()?;
                Some(&library.introductions[first.index()].span)
            }
            Subject::Talk(id) => library.talk(id).spans.first(),
        }
    }
}

/// A page that only says why there is nothing to show.
pub fn notice(problem: &str) -> Page {
    let line = PageLine { pieces: vec![Piece::new(problem, Role::Notice)], ..PageLine::default() };
    Page { lines: vec![line], ..Page::default() }
}

/// A page while it is written.
pub(super) struct Sheet<'l> {
    pub(super) library: &'l Library,
    medium: Medium,
    document: Document,
    /// The next block stands apart from what is above it.
    far: bool,
    /// Bytes of text that are still to be read.
    left: usize,
    /// The text is taken as plain text.
    plain: bool,
}

fn inline(text: impl Into<String>, ink: impl Into<Ink>) -> Inline {
    Inline { text: text.into(), ink: ink.into(), ..Inline::default() }
}

impl<'l> Sheet<'l> {
    /// An empty page.
    pub(super) fn new(library: &'l Library, medium: Medium) -> Self {
        Sheet { library, medium, document: Document::default(), far: false, left: usize::MAX, plain: false }
    }

    /// What was written.
    pub(super) fn document(self) -> Document {
        self.document
    }

    fn block(&mut self, kind: BlockKind, line: usize) {
        let close = !std::mem::take(&mut self.far);
        self.document.blocks.push(Block { kind, inside: None, line, close });
    }

    /// A line that is cut where it is too long.
    pub(super) fn push(&mut self, text: &str, ink: impl Into<Ink>) {
        self.block(BlockKind::Line(vec![inline(text, ink)]), 0);
    }

    /// The next block stands apart.
    pub(super) fn gap(&mut self) {
        self.far = true;
    }

    /// A text that may take several lines.
    pub(super) fn wrapped(&mut self, text: &str, ink: impl Into<Ink>, source: usize) {
        self.paragraph(vec![Inline { line: source, ..inline(text, ink) }]);
    }

    fn paragraph(&mut self, text: Vec<Inline>) {
        let line = text.first().map_or(0, |inline| inline.line);
        self.block(BlockKind::Paragraph(text), line);
    }

    /// The items of a list, each hanging under its marker.
    pub(super) fn items(&mut self, items: Vec<Vec<Inline>>) {
        for text in items {
            let kind =
                ContainerKind::Item { number: None, digits: 0, task: None, depth: 1, tight: true, list: 0 };
            let inside = Some(self.document.open(kind, None));
            let close = !std::mem::take(&mut self.far);
            self.document.blocks.push(Block { kind: BlockKind::Paragraph(text), inside, line: 0, close });
        }
    }

    pub(super) fn rule(&mut self) {
        self.block(BlockKind::Rule, 0);
    }

    fn conference(&mut self, id: ConferenceId) {
        let conference = self.library.conference(id);
        self.push(&conference.name, Role::Title);
        self.push(&words::count(self.library.count(id), "talk"), Role::Meta);
        self.rule();
        for introduction in &conference.introductions {
            self.introduction(*introduction);
        }
        for track in self.library.tracks_of(id) {
            if let Some(name) = &self.library.track(track).name {
                self.push(name, Ink { role: Role::Heading(3), strong: true, ..Ink::default() });
            }
            self.talks(track);
            self.gap();
        }
    }

    fn track(&mut self, id: TrackId) {
        let track = self.library.track(id);
        self.push(&self.library.conference(track.conference).name, Role::Breadcrumb);
        self.push(track.name.as_deref().unwrap_or("Talks"), Role::Title);
        self.push(&words::count(track.talks.len(), "talk"), Role::Meta);
        self.rule();
        self.talks(id);
    }

    fn introduction(&mut self, id: IntroductionId) {
        let library = self.library;
        let before = self.document.blocks.len();
        self.body(&library.introductions[id.index()].span, 0);
        self.far |= self.document.blocks.len() > before;
    }

    /// A list of talks with their speakers.
    fn talks(&mut self, track: TrackId) {
        let items = self.library.talks_of(track).map(|id| self.item(id)).collect();
        self.items(items);
    }

    pub(super) fn item(&self, id: TalkId) -> Vec<Inline> {
        let talk = self.library.talk(id);
        let star = if talk.starred { " ✨" } else { "" };
        let mut text = vec![inline(format!("{}{star}", talk.title), Role::Text)];
        let names = words::names(talk);
        text.extend((!names.is_empty()).then(|| inline(format!("  {names}"), Role::Muted)));
        text
    }

    fn talk(&mut self, id: TalkId) {
        let library = self.library;
        let talk = library.talk(id);
        let line = talk.spans.first().map_or(0, |s| s.line());
        let mut trail = library.conference_of(id).name.clone();
        if let Some(track) = &library.track(talk.track).name {
            trail = format!("{trail} › {track}");
        }
        self.push(&trail, Role::Breadcrumb);
        let star = if talk.starred { " ✨" } else { "" };
        self.wrapped(&format!("{}{star}", talk.title), Role::Title, line);
        if let Some(written) = head::title_rest(library, id) {
            self.wrapped(&written, Role::Muted, line);
        }
        self.meta(id);
        self.rule();
        let head = self.document.blocks.len();
        for (at, span) in talk.spans.iter().enumerate() {
            let skip = if at == 0 { head::lines(library, id) } else { 0 };
            if at > 0 {
                self.gap();
            }
            self.body(span, skip);
        }
        if self.document.blocks.len() == head {
            self.wrapped("Nothing more was noted on this talk.", Role::Muted, line);
        }
        if self.medium == Medium::Paper {
            self.addresses(head);
        }
    }

    /// Speakers, date, length and tags; then the links that the skipped lines held.
    fn meta(&mut self, id: TalkId) {
        let talk = self.library.talk(id);
        let links = header_links(self.library, id);
        let mut facts: Vec<String> = talk.speakers.iter().map(words::speaker).collect();
        facts.extend(talk.date.map(|d| d.to_string()));
        facts.push(words::reading_time(self.library.words(id)));
        facts.extend(talk.tags.iter().map(|t| format!("#{t}")));
        self.wrapped(&facts.join(" · "), Role::Meta, 0);
        for link in &links {
            self.link(link);
        }
    }

    /// A link with its address, which may take several lines: nobody can follow half of one.
    fn link(&mut self, link: &Link) {
        let sign = if link.kind == LinkKind::Video { "▶" } else { "↗" };
        let target = Some(self.document.link(Target::Address(link.url.clone())));
        let label = Inline { link: target, ..inline(format!("{sign} {}", link.label), Role::Link) };
        let address = Inline { link: target, ..inline(format!("  {}", link.url), Role::Muted) };
        self.paragraph(vec![label, address]);
    }

    /// The addresses behind the labels of the text, which paper would not show otherwise.
    fn addresses(&mut self, from: usize) {
        let hidden = hidden_addresses(&self.document, from);
        if !hidden.is_empty() {
            self.gap();
            self.push("Links", Role::Muted);
            hidden.iter().for_each(|link| self.link(link));
        }
    }

    /// The text of a span as written, the first `skip` lines left out.
    fn body(&mut self, span: &Span, skip: usize) {
        let file = self.library.file(span.file);
        let text = self.library.text(span);
        // Front matter is for machines; what it states stands in the head.
        let front = front::extent(&file.text, file.dialect()).filter(|_| span.bytes().start == 0);
        let skip = front.map_or(skip, |(_, last)| skip.max(last.min(text.lines().count())));
        let start: usize = text.split_inclusive('\n').take(skip).map(str::len).sum();
        let text = beginning(&text[start..], self.left);
        self.left = self.left.saturating_sub(text.len());
        let part = span.bytes().start + start..span.bytes().start + start + text.len();
        // To look through all of a file would take longer than its beginning is worth.
        let whole = !self.plain && self.left > 0;
        let definitions = if whole { Definitions::missing(&file.text, part) } else { Definitions::default() };
        let context =
            Context { document: std::mem::take(&mut self.document), line: span.line() + skip, definitions };
        let markup = if self.plain { Markup::Plain } else { file.markup() };
        let first = context.document.blocks.len();
        self.document = markup.parse_into(text, context);
        if self.left > 0 {
            let (before, after) = (&file.text[..span.bytes().start], &file.text[span.bytes().end..]);
            self.document.drop_footnotes(first, |label| {
                let call = format!("[^{label}]");
                [before, after].iter().any(|part| {
                    part.match_indices(&call).any(|(at, _)| !part[at + call.len()..].starts_with(':'))
                })
            });
        }
        if let Some(block) = self.document.blocks.get_mut(first) {
            block.close = !std::mem::take(&mut self.far);
        }
    }
}

/// The links of the blocks from one on whose addresses are not written out, each once.
fn hidden_addresses(document: &Document, from: usize) -> Vec<Link> {
    let address = |link: u32| document.links[link as usize].address();
    let head = document.blocks[..from].iter().flat_map(Document::inlines);
    let mut known: HashSet<&str> = head.filter_map(|inline| address(inline.link?)).collect();
    let mut hidden: Vec<Link> = Vec::new();
    let mut inlines = document.blocks[from..].iter().flat_map(Document::inlines).peekable();
    while let Some(inline) = inlines.next() {
        let Some(url) = inline.link.and_then(address) else {
            continue;
        };
        let mut label = inline.text.clone();
        while let Some(more) = inlines.next_if(|next| next.link == inline.link) {
            label.push_str(&more.text);
        }
        let label = label.trim().replace('\n', " ");
        // Without a label, its host stands in the text; the rest of the address does not.
        let label = if label.is_empty() { crate::text::address::host(url).to_owned() } else { label };
        let written = label == url || format!("mailto:{label}") == url || format!("https://{label}") == url;
        if !written && !url.is_empty() && !url.starts_with('#') && known.insert(url) {
            let kind = LinkKind::of(&label, url);
            hidden.push(Link { kind, label, url: url.to_owned(), behind_label: true });
        }
    }
    hidden
}

/// The beginning of a text, up to a blank line if there is one.
fn beginning(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let head = &text[..text.floor_char_boundary(bytes)];
    head.rfind("\n\n").or_else(|| head.rfind('\n')).map_or(head, |end| &head[..=end])
}

impl Library {
    pub(super) fn count_of(&self, conference: &Conference) -> usize {
        let tracks = &self.tracks[conference.tracks.start as usize..conference.tracks.end as usize];
        tracks.iter().map(|t| t.talks.len()).sum()
    }
}

/// The links that a talk's head shows: those in the lines that it stands for, and the video and
/// slides wherever they are written.
pub fn header_links(library: &Library, id: TalkId) -> Vec<Link> {
    let talk = library.talk(id);
    let Some(span) = talk.spans.first() else {
        return Vec::new();
    };
    let head: usize = library.text(span).split_inclusive('\n').take(talk.header_lines).map(str::len).sum();
    let head = span.bytes().start..span.bytes().start + head;
    let mut links = crate::library::links::collect_in(std::iter::once((library.file(span.file), head)));
    for link in library.links(id) {
        let known = links.iter().any(|l| l.kind == link.kind || l.url == link.url);
        if matches!(link.kind, LinkKind::Video | LinkKind::Slides) && !known {
            links.push(link);
        }
    }
    links
}
