//! Which headings are the talks: decided for a whole file, from all of its headings together.
//!
//! A file is one talk, or its talks are the headings of one *style*, for headings that are written
//! alike usually mean alike. Each of these answers gathers evidence: how many such headings there
//! are, what stands below them, how they are called, what the file is named for, and what the
//! other files of its folder do. The answer with the most evidence wins.

use smallvec::SmallVec;

use crate::library::beside;
use crate::library::conference;
use crate::library::evidence::{Reasons, Tally};
use crate::library::features::{Feature, Nature};
use crate::library::fields::{self, Key};
use crate::library::file_name::Kind;
use crate::library::headings::{Heading, Headings, Style};
use crate::library::keys;
use crate::library::names::Strength;
use crate::library::overrides::Talks;
use crate::library::place::{Place, Survey};
use crate::library::speakers;
use crate::library::styles::{self, OfStyle};
use crate::library::title;
use crate::library::vocabulary;
use crate::text::fold::fold;
use crate::text::line;

/// An answer to "where are the talks of this file?".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The whole file is one talk.
    Whole,
    /// The headings of this style are the talks.
    Headings(Style),
}

impl Answer {
    /// The answer in words, for a person.
    pub fn name(self) -> String {
        match self {
            Answer::Whole => "the file is one talk".into(),
            Answer::Headings(style) => format!("its {} are the talks", style.name()),
        }
    }
}

/// The decision for a file, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// The answer; `None` where nothing speaks for any talk.
    pub answer: Option<Answer>,
    /// Every answer that was considered, with its evidence.
    pub considered: Vec<(Answer, Tally)>,
}

/// What a file shows to those who decide.
pub struct Case<'f> {
    /// Its text.
    pub text: &'f str,
    /// What the pass over its lines found.
    pub found: &'f Headings,
    /// The headings among it.
    pub headings: &'f [Heading],
    /// What each of them tells.
    pub features: &'f [Feature],
    /// Where the file lies.
    pub place: &'f Place,
    /// Whether somebody will ask why.
    pub reasons: Reasons,
}

impl<'f> Case<'f> {
    /// What a file shows by its text and what was found in it, where it lies.
    pub fn of(text: &'f str, survey: &'f Survey, place: &'f Place, reasons: Reasons) -> Self {
        let Survey { found, features } = survey;
        Self { text, found, headings: &found.all, features, place, reasons }
    }
}

/// Decides where the talks of a file are.
pub fn decide(case: &Case) -> Decision {
    if let Some(stated) = case.place.rules.talks {
        return as_stated(case, stated);
    }
    if let (Some(points), Reasons::Dropped) = (&case.place.alone, case.reasons) {
        return Decision { answer: answer(case, points), considered: Vec::new() };
    }
    let mut considered = weighed_alone(case);
    considered.iter_mut().for_each(|(answer, tally)| beside::weigh(case.place, *answer, tally));
    let answer = best(considered.iter().map(|(answer, tally)| (*answer, tally.total())));
    match case.reasons {
        Reasons::Kept => Decision { answer, considered: considered.into_vec() },
        Reasons::Dropped => Decision { answer, considered: Vec::new() },
    }
}

/// For each answer that was considered, how much speaks for it in a file by itself.
pub type Points = [(Answer, i32)];

/// Weighs what a file says by itself.
pub fn points(case: &Case) -> Box<Points> {
    weighed_alone(case).into_iter().map(|(answer, tally)| (answer, tally.total())).collect()
}

/// The answer that a file's own points come to, those added that its place gives them.
pub fn answer(case: &Case, points: &Points) -> Option<Answer> {
    best(points.iter().map(|(answer, points)| {
        let mut tally = Tally::plain();
        beside::weigh(case.place, *answer, &mut tally);
        (*answer, points + tally.total())
    }))
}

/// The answer with the most points, of equals the first.
fn best(considered: impl Iterator<Item = (Answer, i32)>) -> Option<Answer> {
    let better = |best: Option<(Answer, i32)>, (answer, points): (Answer, i32)| {
        if points > best.map_or(0, |best| best.1) { Some((answer, points)) } else { best }
    };
    considered.fold(None, better).map(|best| best.0)
}

fn weighed_alone(case: &Case) -> SmallVec<[(Answer, Tally); 4]> {
    let styles = styles::by_style(case.headings, case.features);
    let mut considered = SmallVec::with_capacity(1 + styles.len());
    let mut whole = Tally::with(case.reasons);
    weigh_whole(case, &mut whole);
    considered.push((Answer::Whole, whole));
    for (rank, of_style) in styles.iter().enumerate() {
        let mut tally = Tally::with(case.reasons);
        weigh_style(case, of_style, rank, &mut tally);
        considered.push((Answer::Headings(of_style.style), tally));
    }
    considered
}

/// What somebody states beats what could be weighed; where a file has no such headings, it is one
/// talk.
fn as_stated(case: &Case, stated: Talks) -> Decision {
    const STATED: i32 = 99;
    if stated == Talks::None {
        return Decision::default();
    }
    let found = case.headings.iter().map(|h| h.style).find(|style| stated.are(*style));
    let answer = found.map_or(Answer::Whole, Answer::Headings);
    let mut tally = Tally::kept();
    tally.add("hallway.toml states it", STATED);
    Decision { answer: Some(answer), considered: vec![(answer, tally)] }
}

/// The heading that may name the file's one talk: the first that names neither an event nor a day
/// nor a person, or, where there is none, the first.
pub fn title_of_whole(case: &Case) -> Option<usize> {
    let open = |i: &usize| match case.features[*i].nature {
        Nature::Conference | Nature::Date(_) | Nature::InsideTalk | Nature::Placeholder => false,
        // Words that are only written like a name are a title where a person's name follows.
        Nature::Person(Strength::Written) => case.features[*i].headed || case.features[*i].person,
        Nature::Person(Strength::Known) => false,
        _ => true,
    };
    // A bare line is weighed as a first line, not as a heading.
    let marked = |i: &usize| case.headings[*i].style < Style::Item;
    let titled = |i: &usize| {
        // (A bare one states nothing.)
        let field = || fields::read(case.headings[*i].text(case.text));
        case.features[*i].bare || field().is_none_or(|(key, _)| key == Key::Title)
    };
    let looked_at = || (0..case.headings.len()).take(3).filter(marked).filter(titled);
    let person = |i: &usize| matches!(case.features[*i].nature, Nature::Person(_));
    let at = looked_at().find(open).or_else(|| looked_at().next().filter(person))?;
    // Text above it or a part that it belongs to, and a name of the file that says something else:
    // it is a part of the talk.
    let late = case.headings[at].line() > 1 && text_before(case) > 0;
    let within = |i: usize| {
        let deeper = case.headings[i].style.depth() < case.headings[at].style.depth();
        case.features[i].nature == Nature::InsideTalk && deeper
    };
    let named =
        (late || (0..at).any(within)) && case.place.name.kind == Kind::Title && !case.features[at].spoken();
    // Who spoke stands above it: then nearly the whole name must be said for it to be the title.
    let least = || if opens_with_people(case) { 80 } else { 30 };
    let part = named && case.place.name.likeness(case.headings[at].text(case.text)) < least();
    (!part).then_some(at)
}

/// The evidence that the whole file is one talk.
fn weigh_whole(case: &Case, tally: &mut Tally) {
    let Case { text, headings: all, features, place, .. } = *case;
    let name = &place.name;
    tally.when(place.conference.is_some(), "its folder names the conference", 2);
    match name.kind {
        Kind::Title => {
            tally.add("the file is named like a talk", 1);
            tally.when(line::words(&name.text).count() >= 3, "with three words or more", 1);
        }
        Kind::Group => tally.add("the file is named for a day or a group of talks", -4),
        Kind::Index => tally.add("the file is named as an index", -3),
        Kind::Conference => tally.add("the file is named for a conference", -4),
        Kind::Plain => tally.add("the file's name says nothing", -1),
        Kind::Plan => tally.add("the file is named for plans and lists", -4),
    }
    tally.when(opens_with_people(case), "it opens by saying who spoke", 4);
    let marked = all.iter().any(|h| h.style < Style::Item);
    if !marked {
        let first_line = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
        let said = name.kind == Kind::Title && name.likeness(first_line) >= 50;
        tally.when(said, "its first line says what the file is named", 3);
        let event = !said && conference::in_line(&title::strip_markup(first_line)).is_some();
        tally.when(event, "its first line names a conference", -4);
    }
    tally.when(!all.is_empty() && !marked, "nothing in it is marked as a heading", 2);
    let Some(at) = title_of_whole(case) else {
        tally.when(all.is_empty(), "it has no headings", 4);
        let event = features.iter().any(|f| matches!(f.nature, Nature::Conference));
        tally.when(event && name.kind != Kind::Title, "its headings name only the event", -4);
        return;
    };
    let first = &features[at];
    let depth = all[at].style.depth();
    let only = depth <= 6 && all.iter().enumerate().all(|(i, h)| i <= at || h.style.depth() > depth);
    let early = all[..at].iter().all(|h| h.style.depth() >= depth) || at == 0;
    let opens = only && early && text_before(case) <= 3;
    tally.when(opens && all.len() > 1, "one outermost heading opens it", 3);
    tally.when(opens && depth == 1, "of the first level", 1);
    tally.when(
        opens && all.iter().all(|h| h.style.depth() >= 7 || h.line() == all[at].line()),
        "there is no other marked heading",
        2,
    );
    tally.when(all.len() == 1 && !opens, "it has one heading", 1);
    let alike = if name.kind == Kind::Title { name.likeness(all[at].text(text)) } else { 0 };
    tally.when(name.kind == Kind::Title && alike >= 50, "the first heading says what the file is named", 2);
    tally.when(name.kind == Kind::Title && alike >= 75, "nearly word for word", 2);
    tally.when(opens && first.speaker, "a speaker is stated below the one outermost heading", 4);
    tally.when(opens && first.headed, "a person's name is the heading below it", 5);
    tally.when(opens && first.person, "a name stands below it", 2);
    let alone = features.iter().enumerate().all(|(i, f)| i == at || !f.spoken());
    tally.when(
        !opens && at == 0 && first.spoken() && alone && all.len() > 2,
        "only the first heading says who spoke",
        5,
    );
    tally.when(opens && first.titled, "it names who spoke", 3);
    tally.when(first.nature == Nature::LabelledTalk && opens, "it is labelled as a talk", 2);
    tally.when(matches!(first.nature, Nature::Group), "the first heading is the usual name of a group", -3);
    let generic = generic_words(case, at);
    let words = || line::words(&title::strip_markup(all[at].text(text))).count();
    let of_notes = generic >= 2 && generic * 2 >= words();
    tally.when(of_notes, "the first heading speaks of notes and talks, not of one talk", -4);
    let event = place.conference.as_ref().is_some_and(|c| names_event(all[at].text(text), &c.series));
    tally.when(event, "the first heading says the name of the folder's conference", -5);
    let conference = features[..=at].iter().any(|f| matches!(f.nature, Nature::Conference));
    let rest = &features[at + 1..];
    let spoken = rest.iter().filter(|f| f.surely_spoken()).count();
    tally.when(conference && rest.len() > 1, "a heading names the conference", -3);
    tally.when(spoken >= 2, "headings further down say who spoke", -4);
    let inside = rest.iter().filter(|f| f.nature == Nature::InsideTalk).count();
    tally.when(!rest.is_empty() && inside * 4 >= rest.len(), "usual parts of a talk follow", 2);
    tally.when(!opens && all.len() > 2, "several headings stand side by side", -1);
}

/// How many words of a heading say "notes" or "event" rather than which. Small ones count beside another: "in the rain" says
/// neither.
fn generic_words(case: &Case, at: usize) -> usize {
    fn counted<'w>(generic: impl Iterator<Item = &'w str>) -> usize {
        let (mut all, mut telling) = (0, false);
        for word in generic {
            all += 1;
            telling = telling || !line::is_function_word(word);
        }
        if telling { all } else { 0 }
    }
    let raw = case.headings[at].text(case.text);
    // (A bare one is its words, with a blank between them.)
    match case.features[at].bare {
        true => counted(raw.split_ascii_whitespace().filter(|w| vocabulary::is_generic_word(w))),
        false => counted(line::words(&title::strip_markup(raw)).filter(|w| vocabulary::is_generic(w))),
    }
}

/// Whether a heading says an event's name and hardly more.
fn names_event(heading: &str, series: &str) -> bool {
    // The quick look: the heading says more than the name, and what else may stand beside it; or a letter of the name
    // stands nowhere in it.
    let most = if series.is_ascii() { series.len() } else { 4 * series.len() };
    let letters = || heading.bytes().filter(u8::is_ascii_alphabetic).count();
    if heading.len() > most + 8 && letters() > most + 8
        || heading.is_ascii() && keys::letters_of(series) & !keys::letters_of(heading) != 0
    {
        return false;
    }
    let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let (heading, series) = (letters(heading), letters(series));
    series.len() >= 6 && heading.contains(&series) && heading.len() <= series.len() + 8
}

/// What stands between front matter and the first heading.
fn before_headings<'t>(case: &Case<'t>) -> &'t str {
    let front = case.found.front.as_ref().map_or(0, |(bytes, _)| bytes.end);
    let first = case.headings.first().map_or(case.text.len(), |h| h.bytes().start);
    case.text.get(front..first).unwrap_or_default()
}

/// Lines that are not blank before the first heading, counted up to 9.
fn text_before(case: &Case) -> usize {
    before_headings(case).lines().filter(|l| !l.trim().is_empty()).take(9).count()
}

/// Whether a line of the first few, above any heading, names who spoke.
fn opens_with_people(case: &Case) -> bool {
    let lines = before_headings(case).lines().filter(|l| !l.trim().is_empty()).take(3);
    let stated = |line: &str| matches!(fields::read(line), Some((Key::Speaker, value)) if !value.is_empty());
    lines
        .into_iter()
        .any(|line| stated(line) || speakers::named_in_line(line).is_some_and(|(_, s)| s == Strength::Known))
}

/// The evidence for one style.
fn weigh_style(case: &Case, of_style: &OfStyle, rank: usize, tally: &mut Tally) {
    let Case { headings, features, place, .. } = *case;
    let OfStyle { style, first, count, seen } = of_style;
    let (style, first, count) = (*style, *first as usize, *count);
    // Shares of a hundred; no file has as many headings as would not fit.
    let share = |members: u32| (u64::from(members) * 100 / u64::from(count)) as u32;
    tally.add("it is a style of headings", 2);
    tally.when(rank == 0, "no style stands further out", 1);
    tally.when(rank >= 2, "two styles stand further out", -2);
    tally.when(count >= 2, "there are several of them", 2);
    tally.when(count >= 5, "there are many of them", 1);
    tally.when(count == 1, "there is only one", -3);

    let labelled = share(seen.labelled);
    tally.when(labelled > 0, "some are labelled as talks", 4);
    tally.when(labelled >= 50, "most are labelled as talks", 3);
    let only_first = features[first].spoken() && seen.spoken == 1;
    let spoken = if only_first && count >= 3 { 0 } else { share(seen.spoken) };
    tally.when(spoken >= 15, "names of speakers stand at some", 2);
    tally.when(spoken >= 50, "names of speakers stand at most", 3);
    tally.when(share(seen.surely) >= 50 && count >= 2, "most say outright who spoke", 3);
    tally.when(share(seen.linked) >= 30, "links stand right below them", 1);
    tally.when(share(seen.timed) >= 30, "times of day stand in them", 2);
    tally.when(share(seen.quoted) >= 30, "they stand in title quotes", 3);
    tally.when(share(seen.empty) >= 60 && count >= 2, "most have nothing below them", -2);
    tally.when(share(seen.hollow) >= 60 && count >= 2, "most hold nothing but other headings", -3);

    let inside = share(seen.inside);
    tally.when(inside >= 25, "some are usual parts of a talk", -3);
    tally.when(inside >= 60, "most are usual parts of a talk", -4);
    tally.when(share(seen.groups) >= 50, "most are usual names of groups", -4);
    tally.when(share(seen.names_below) >= 40, "most are people's names right below a heading", -5);
    tally.when(share(seen.names) >= 50, "they are called by who spoke, with notes below", 3);
    tally.when(share(seen.waiting) >= 50, "they wait to be filled in", -9);
    tally.when(u64::from(seen.repeated) * 100 >= 20 * u64::from(count), "the same names come again", -4);
    let words = seen.words;
    tally.when(words >= 4 * count, "they are as long as titles", 1);
    tally.when(words < 2 * count && count >= 3, "they are single words", -2);
    tally.when(
        style >= Style::Bold && style <= Style::Italic && rank > 0,
        "they are marked as text, not as headings",
        -2,
    );

    // What stands above them, and what the file is named.
    let depth = style.depth();
    let above = |nature: &dyn Fn(&Nature) -> bool| {
        headings
            .iter()
            .zip(features)
            .take_while(|(h, _)| h.line() < headings[first].line())
            .any(|(h, f)| h.style.depth() <= depth && nature(&f.nature))
    };
    tally.when(above(&|n| matches!(n, Nature::Conference)), "a heading above them names the conference", 2);
    tally.when(
        above(&|n| matches!(n, Nature::Date(_) | Nature::Group)),
        "a day or a group stands above them",
        1,
    );
    tally.when(
        matches!(place.name.kind, Kind::Group | Kind::Conference),
        "the file is named for a group of talks",
        3,
    );
    // A heading that others stand under is rather what they are about.
    let only = count == 1 && first == 0 && rank == 0;
    tally.when(only && generic_words(case, first) >= 2, "it speaks of notes and talks, not of one talk", -4);
    let bare = matches!(style, Style::Spaced | Style::Bare);
    tally.when(
        bare && place.name.kind == Kind::Title && spoken < 15,
        "they are bare lines in a file named like a talk",
        -6,
    );
    tally.when(style == Style::Spaced && count >= 3, "the same trailing blank marks each of them", 3);
}
