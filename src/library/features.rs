//! What each heading of a file tells by itself: its own words, and the lines right below it.
//!
//! Nothing is decided here. The features of all headings together say which of them are talks.

use std::collections::HashMap;

use crate::library::conference::{self, Named};
use crate::library::dates::{self, Date};
use crate::library::fields::{self, Key};
use crate::library::header;
use crate::library::headings::{Heading, Headings};
use crate::library::keys;
use crate::library::names::{self, Strength};
use crate::library::place::Survey;
use crate::library::quick_look::{self, Glance};
use crate::library::shapes;
use crate::library::speakers;
use crate::library::styles;
use crate::library::title;
use crate::library::vocabulary;
use crate::text::fold::fold;
use crate::text::line::{self, lines_from};
use crate::text::word_table::WordTable;

/// What a heading's own words say, whatever the others are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Nature {
    /// It names a conference: which, says [`conference_of`]. There are few, and this is kept small.
    Conference,
    /// It is a date.
    Date(Date),
    /// It is the usual name of a group of talks.
    Group,
    /// It is labelled as a talk: "Talk 3".
    LabelledTalk,
    /// It is labelled as a session, which is one talk here and a group of talks there.
    Session,
    /// It is the usual name of a part of a talk.
    InsideTalk,
    /// It is a person's name.
    Person(Strength),
    /// It waits to be filled in: "Talk title".
    Placeholder,
    /// Nothing of all that.
    #[default]
    Open,
}

/// What the lines below a heading say of where a talk of that title belongs, told as far as its header goes: to
/// the first line of plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Header {
    /// The header goes on behind what was looked at.
    #[default]
    Unseen,
    /// It is over before the next heading, and says nothing of it.
    Over,
    /// A line of it may state a conference, a track or a date, or asks for something.
    Placing,
    /// It goes on to the next heading, and says nothing of it so far.
    Through,
}

/// What one heading tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Feature {
    /// What its words say.
    pub nature: Nature,
    /// A field below it states a speaker, a conference or a track.
    pub stated: bool,
    /// A field below it states a speaker.
    pub speaker: bool,
    /// A line below it names people.
    pub person: bool,
    /// A heading right below it is a person's name.
    pub headed: bool,
    /// It stands right below a heading further out that is a person's name.
    pub below_name: bool,
    /// Its own line names people.
    pub titled: bool,
    /// Links stand right below it.
    pub linked: bool,
    /// Lines that are not blank before the next heading, counted up to 6.
    pub lines: u8,
    /// Its words.
    pub words: u16,
    /// A time of day stands in it.
    pub timed: bool,
    /// It stands in title quotes.
    pub quoted: bool,
    /// It stands right below a heading further out, with next to nothing between them.
    pub follows: bool,
    /// It is nothing but words of letters that lead to no name and state nothing.
    pub bare: bool,
    /// It asks for people, where the header of a talk goes on to it.
    pub asks: bool,
    /// What is said below it of where its talk belongs.
    pub header: Header,
    /// How many headings of its style said the same above it, counted up to 2.
    pub again: u8,
}

impl Feature {
    /// Something says who spoke.
    pub fn spoken(&self) -> bool {
        self.speaker || self.person || self.headed || self.titled || self.below_name
    }

    /// It says surely who spoke: a field does, or its own line.
    pub fn surely_spoken(&self) -> bool {
        self.speaker || self.titled
    }
}

/// Reads the features of every heading. Headings that say the same ("Notes", "Q&A") are read once.
pub fn read(text: &str, found: &Headings) -> Vec<Feature> {
    let all = &found.all[..];
    let mut known: HashMap<&str, Feature, foldhash::fast::RandomState> = HashMap::default();
    let mut features: Vec<Feature> = Vec::with_capacity(all.len());
    for at in 0..all.len() {
        let raw = all[at].text(text);
        let in_full = || known.entry(raw).or_insert_with(|| own_words_in_full(raw)).clone();
        let mut feature = quick_look::own_words(raw).unwrap_or_else(in_full);
        let in_header = features.last().is_some_and(|above| above.header == Header::Through);
        feature.asks = in_header && keys::asks_for_people(raw);
        feature.look_below(text, all, at);
        features.push(feature);
    }
    for at in 1..features.len() {
        let (above, below) = (&all[at - 1], &all[at]);
        let close = features[at - 1].lines <= 2 && below.style != above.style;
        let deeper = below.style.depth() > above.style.depth();
        features[at].follows = close && deeper;
        let is_name = |at: usize| matches!(features[at].nature, Nature::Person(_));
        // (A name with a title of its own below it speaks for that.)
        let has_title = || {
            let title = all.get(at + 1).filter(|title| title.style.depth() > below.style.depth());
            title.is_some() && features[at].lines == 0 && features[at + 1].nature == Nature::Open
        };
        if is_name(at) && close && deeper && !has_title() {
            features[at - 1].headed =
                !matches!(features[at - 1].nature, Nature::Conference | Nature::Date(_));
        } else if is_name(at - 1) && deeper && features[at - 1].lines == 0 {
            features[at].below_name = features[at].nature == Nature::Open;
        }
    }
    styles::tell_repeated(text, all, &mut features);
    features
}

/// What a heading's own words tell, every question asked.
pub(super) fn own_words_in_full(raw: &str) -> Feature {
    let plain = title::strip_markup(raw);
    let mut feature = Feature {
        nature: nature(raw, &plain),
        words: line::words(&plain).count().try_into().unwrap_or(u16::MAX),
        timed: title::has_time(&plain),
        quoted: shapes::unquoted(&plain).is_some(),
        ..Feature::default()
    };
    // ("Keynote - Ada Lovelace" is one talk, whatever keynotes are.)
    let may_be_one = |s: &shapes::Split| feature.nature != Nature::Group || vocabulary::is_one_talk(s.title);
    if matches!(feature.nature, Nature::Open | Nature::LabelledTalk | Nature::Session | Nature::Group) {
        let sure = |s: &shapes::Split| match s.shape {
            shapes::Shape::By => true,
            shapes::Shape::Comma | shapes::Shape::Colon => false,
            _ => s.strength == Strength::Known,
        };
        feature.titled = shapes::read(&plain).iter().any(|split| sure(split) && may_be_one(split));
    }
    feature
}

impl Feature {
    /// Looks at the first few lines below a heading.
    fn look_below(&mut self, text: &str, all: &[Heading], at: usize) {
        const LOOK_AT: u8 = 6;
        let heading = &all[at];
        let end = all.get(at + 1).map_or(text.len(), |next| next.bytes().start);
        let mut start = heading.bytes().end.min(end);
        let mut header = Header::Through;
        while start < end && self.lines < LOOK_AT {
            if text.as_bytes()[start] == b'\n' {
                start += 1;
                continue;
            }
            let glance = Glance::at(text, start);
            let line = glance.line;
            start = glance.end() + 1;
            if line::is_blank(line) {
                continue;
            }
            let n = self.lines;
            self.lines += 1;
            self.linked |= n < 3 && glance.may_hold_link() && holds_link(line);
            // From here on all that counts is what a line states.
            if n >= 2 && header != Header::Through && glance.states_nothing() {
                continue;
            }
            if glance.is_prose() {
                if header == Header::Through && header::is_only_text(line::text_of(line)) {
                    header = Header::Over;
                }
                continue;
            }
            let field = fields::read(line);
            match field {
                Some((Key::Speaker, value)) => {
                    self.stated = true;
                    self.speaker |= !value.is_empty();
                }
                Some((Key::Conference | Key::Track, _)) => self.stated = true,
                Some(_) => {}
                None => self.person |= n < 2 && speakers::named_in_line(line::text_of(line)).is_some(),
            }
            let placing = || matches!(field, Some((Key::Conference | Key::Track | Key::Date, _)));
            let next = || lines_from(text, start, 1).find(|l| !l.is_blank());
            let beside = || header::places_beside_name(line);
            if header == Header::Through && (placing() || beside() || header::key_alone(line, next).is_some())
            {
                header = Header::Placing;
            }
        }
        let cut_off = header == Header::Through && start < end;
        self.header = if cut_off { Header::Unseen } else { header };
    }
}

/// Whether the sign of a link stands in a line.
fn holds_link(line: &str) -> bool {
    line.contains("](") || line.contains("://")
}

/// The conference that a heading of that nature names; `raw` is its text.
pub fn conference_of(raw: &str) -> Named {
    conference::in_line(&title::strip_markup(raw)).unwrap_or_default()
}

/// What a heading's words say; `plain` is its text without markup.
pub fn nature(raw: &str, plain: &str) -> Nature {
    // "🍕 Lunch" is lunch.
    let bare = plain.trim_matches(|c: char| title::is_ornament(c) || c == ' ');
    let plain = if bare.is_empty() { plain } else { bare };
    let unnumbered = title::without_times(title::unnumbered(plain));
    if is_placeholder(raw, plain) {
        Nature::Placeholder
    } else if matches!(fields::read(plain), Some((Key::Speaker, value)) if !value.is_empty()) {
        Nature::Person(Strength::Known)
    } else if let Some((stem, rest)) = vocabulary::talk_label(plain) {
        match stem {
            "talk" | "lecture" | "vortrag" | "presentation" if !rest.is_empty() || stem == "talk" => {
                Nature::LabelledTalk
            }
            _ => Nature::Session,
        }
    } else if let Some(date) = dates::of_heading(plain) {
        Nature::Date(date)
    } else if vocabulary::is_group(unnumbered) || dates::is_day(plain) {
        Nature::Group
    } else if conference::in_line(plain).is_some() {
        Nature::Conference
    } else if vocabulary::is_inside_talk(unnumbered)
        || unnumbered.len() < plain.len() && vocabulary::is_inside_talk(plain)
    {
        Nature::InsideTalk
    } else if let Some((_, strength)) =
        Some(plain).filter(|p| !holds_more(p)).and_then(speakers::people_surely)
    {
        Nature::Person(strength)
    } else {
        Nature::Open
    }
}

/// Signs between a name and something else, which may well be a title.
fn holds_more(plain: &str) -> bool {
    // The quick look: the dashes and the quote of three bytes begin with the same.
    let signs = plain.bytes().any(|b| matches!(b, b'-' | b'|' | b':' | b'"' | 0xe2));
    signs && [" - ", " – ", " — ", " | ", ": ", "\"", "“", " -- "].iter().any(|sign| plain.contains(sign))
}

/// Takes headings out of the running that somebody has named as no talks.
pub fn ignore(text: &str, survey: &mut Survey, titles: &[String]) {
    let ignored: Vec<String> = titles.iter().map(|t| fold(t)).collect();
    let mut features = survey.features.to_vec();
    for (heading, feature) in survey.found.all.iter().zip(&mut features) {
        let plain = fold(title::bare(&title::strip_markup(heading.text(text))));
        if ignored.contains(&plain) {
            let kept = Feature {
                nature: Nature::InsideTalk,
                lines: feature.lines,
                words: feature.words,
                ..Feature::default()
            };
            *feature = kept;
        }
    }
    styles::tell_repeated(text, &survey.found.all, &mut features);
    survey.features = features.into();
}

/// Words that wait to be filled in.
static PLACEHOLDERS: WordTable<64> = WordTable::new(
    "# Words that wait to be filled in\ntitle\ntalk title\ntitle of talk\ntitle of the talk\nsession title\n\
     name of talk\ntalk name\npresentation title\nspeaker name\nyour title here\nsession name\n<title>\n\
     insert title here\n[title]\nconference name\nname of conference\nevent name\ntemplate",
);

fn is_placeholder(raw: &str, plain: &str) -> bool {
    let opens = memchr::memchr(b'{', raw.as_bytes()).is_some() && raw.contains("{{");
    opens || plain.len() <= 30 && PLACEHOLDERS.has_folded(plain.trim().trim_end_matches(':'))
}

/// Whether a text of ASCII waits to be filled in.
pub(super) fn is_bare_placeholder(text: &str) -> bool {
    text.len() <= 30 && PLACEHOLDERS.has_ascii(text.as_bytes())
}

/// Whether a text is surely one person's name.
pub fn is_known_name(text: &str) -> bool {
    names::strength(text) == Some(Strength::Known)
}
