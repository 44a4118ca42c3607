//! What each heading is, once it is known where a file's talks are.
//!
//! Above the talks stand the conference, days and tracks, below them the parts of a talk. A
//! heading that says outright who spoke is a talk wherever it stands; one under which others say
//! so groups them.

use smallvec::SmallVec;

use crate::library::conference::Named;
use crate::library::dates::{self, Date};
use crate::library::features::{self, Feature, Nature};
use crate::library::headings::{Heading, Style};
use crate::library::level::{Answer, Case, title_of_whole};
use crate::library::title;
use crate::library::vocabulary;
use crate::text::fold::fold;
use crate::text::line;

/// What a heading is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// It names the conference.
    Conference(Named),
    /// It dates what follows.
    Date(Date),
    /// It groups talks.
    Track(String),
    /// It is a talk's title.
    Talk,
    /// It is the title of the file, which holds talks.
    FileTitle,
    /// It is a heading inside a talk.
    Part,
    /// It introduces something that is no talk: general information, an appendix.
    Aside,
}

/// The roles of a file's headings; those of most short files lie in the list itself.
pub type Roles = SmallVec<[Role; 8]>;

/// Gives each heading of a file its role.
pub fn roles(case: &Case, answer: Option<Answer>) -> Roles {
    match answer {
        None => (0..case.features.len()).map(|at| outside(case, at)).collect(),
        Some(Answer::Whole) => of_whole(case),
        Some(Answer::Headings(style)) => of_many(case, style.depth()),
    }
}

fn conference(case: &Case, at: usize) -> Role {
    Role::Conference(features::conference_of(case.headings[at].text(case.text)))
}

/// A heading in a file without talks.
fn outside(case: &Case, at: usize) -> Role {
    match &case.features[at].nature {
        Nature::Conference => conference(case, at),
        Nature::Date(date) => Role::Date(*date),
        _ => Role::FileTitle,
    }
}

/// A file that is one talk: its first heading that can be a title is, what stands before it speaks
/// of the event, the rest are parts.
fn of_whole(case: &Case) -> Roles {
    let title = title_of_whole(case);
    let role = |(at, feature): (usize, &Feature)| match title {
        Some(t) if at == t => Role::Talk,
        Some(t) if at < t => match &feature.nature {
            Nature::Conference => conference(case, at),
            Nature::Date(date) => Role::Date(*date),
            _ => Role::Part,
        },
        _ => Role::Part,
    };
    case.features.iter().enumerate().map(role).collect()
}

/// A file whose talks are headings at a depth, or deeper where a group stands at that depth.
fn of_many(case: &Case, depth: u8) -> Roles {
    let all = case.headings;
    let mut roles = Roles::with_capacity(all.len());
    // The depth of the talks inside the group that was last opened, and of the group itself.
    let mut inner: Option<(u8, u8)> = None;
    // The depth of the talk that is open, and whether it claims all that is deeper.
    let mut talk: Option<(u8, bool)> = None;
    let mut any_talk = false;
    let named = names_stand_below(case, depth);
    for (at, (heading, feature)) in all.iter().zip(case.features).enumerate() {
        let here = heading.style.depth();
        if inner.is_some_and(|(group, _)| here <= group) {
            inner = None;
        }
        if talk.is_some_and(|(open, _)| here <= open) {
            talk = None;
        }
        let level = inner.map_or(depth, |(_, level)| level);
        let claimed = talk.is_some_and(|(open, claims)| claims && here > open);
        let under = || Under::of(at, all, case.features);
        let role = match &feature.nature {
            Nature::LabelledTalk => Role::Talk,
            // A group's usual name that nothing marks stands where the note-taker saw no more of it.
            Nature::Group if heading.style >= Style::Spaced && here > level => Role::Talk,
            _ if claimed => Role::Part,
            Nature::Placeholder => Role::Aside,
            Nature::Conference if here <= level || !any_talk => conference(case, at),
            Nature::Date(date) if here <= level => Role::Date(*date),
            Nature::Person(_) if talk.is_some() && roles.last() == Some(&Role::Talk) && here > level => {
                Role::Part
            }
            nature if here <= level => standing(at, case, level, named, nature, feature, &under()),
            _ => Role::Part,
        };
        // "Smashing Conf Freiburg 2018" beside "PyCon Italia 2018" names another conference, whatever it is called.
        let role = match role {
            Role::Track(name) if names_another(&name, heading, all, &roles) => {
                Role::Conference(Named::stated(&name))
            }
            role => role,
        };
        match &role {
            // Above the talks' level, it claims all under it, unless talks plainly stand there.
            Role::Talk => {
                any_talk = true;
                let others = || {
                    let under = under();
                    under.at_depth(level) && under.direct >= 2 && !feature.surely_spoken()
                };
                talk = Some((here, here < level && !others() || feature.surely_spoken()));
            }
            Role::Track(_) => {
                talk = None;
                inner = under().first_depth(at, all, level).map(|level| (here, level));
            }
            Role::Part => {}
            _ => talk = None,
        }
        roles.push(role);
    }
    roles
}

/// Whether a group says a year, and stands beside a heading that names a conference.
fn names_another(name: &str, heading: &Heading, all: &[Heading], roles: &[Role]) -> bool {
    let is_beside = |(role, other): (&Role, &Heading)| {
        matches!(role, Role::Conference(_)) && other.style == heading.style
    };
    let dated = Named::stated(name);
    dated.year.is_some() && !dated.series.is_empty() && roles.iter().zip(all).any(is_beside)
}

/// Whether a line below most of the headings at a depth names people: there a talk may be called by any word.
fn names_stand_below(case: &Case, depth: u8) -> bool {
    let all = case.headings.iter().zip(case.features).filter(|(heading, _)| heading.style.depth() == depth);
    let (count, named) =
        all.fold((0, 0), |(count, named), (_, feature)| (count + 1, named + usize::from(feature.person)));
    named * 2 > count
}

/// The role of a heading at the talks' depth or above it; `named` says whether names stand below most of those at that depth.
fn standing(
    at: usize,
    case: &Case,
    level: u8,
    named: bool,
    nature: &Nature,
    feature: &Feature,
    under: &Under,
) -> Role {
    let here = case.headings[at].style.depth();
    // A group keeps its label: "Session 1: Stone".
    let name = || {
        let plain = title::strip_markup(case.headings[at].text(case.text));
        plain.trim_end_matches([':', '：', ' ']).to_owned()
    };
    let group = matches!(nature, Nature::Group | Nature::Session);
    // Who spoke is said at the heading itself: whatever stands under it belongs to that talk.
    let own = feature.speaker
        || feature.titled
        || feature.headed
        || feature.person && under.spoken == 0 && (here < level || named && nature == &Nature::InsideTalk);
    if own && !(group && under.spoken >= 2) {
        return Role::Talk;
    }
    // Who spoke stands above the title of the one talk.
    if matches!(nature, Nature::Person(_)) && here < level && under.direct == 1 && feature.lines == 0 {
        return Role::Talk;
    }
    // Who spoke is said at several headings under it, and not here: it groups them.
    let groups = under.spoken >= 2 || under.spoken >= 1 && under.spoken * 2 >= under.direct;
    let holds = match here < level {
        true => under.at_depth(level) || groups,
        false => {
            groups && (group || under.spoken >= 2) || group && under.direct >= 2 && nature == &Nature::Group
        }
    };
    if holds {
        let opens = at == 0 && case.headings.iter().skip(1).all(|h| h.style.depth() > here);
        return match nature {
            Nature::InsideTalk => Role::Aside,
            Nature::Open if opens => Role::FileTitle,
            _ => Role::Track(name()),
        };
    }
    match nature {
        // A day groups what follows, even where nothing stands under it.
        Nature::Group if dates::is_day(&name()) || vocabulary::is_counted_group(&name()) => {
            Role::Track(name())
        }
        Nature::InsideTalk if here < level => Role::Aside,
        Nature::InsideTalk => Role::Part,
        Nature::Group if feature.lines == 0 && !vocabulary::is_one_talk(&name()) => Role::Track(name()),
        Nature::Open if here < level && at == 0 && feature.lines < 3 => Role::FileTitle,
        // The first heading speaks of notes and events: it is the file's.
        Nature::Open if at == 0 && !feature.spoken() && speaks_of_notes(&name()) => Role::FileTitle,
        _ if here < level && feature.lines == 0 => Role::Track(name()),
        _ => Role::Talk,
    }
}

/// Whether two words of a heading at least say "notes" or "conference".
fn speaks_of_notes(heading: &str) -> bool {
    line::words(heading)
        .filter(|w| !line::is_function_word(w) && vocabulary::is_generic(w) || vocabulary::is_event(&fold(w)))
        .count()
        >= 2
        && line::words(heading).count() <= 6
}

/// The headings that stand under one: up to the next of its depth or above.
struct Under {
    /// How many there are one step down, and of these, how many say who spoke.
    direct: usize,
    spoken: usize,
    /// Their depths, as bits.
    depths: u16,
}

impl Under {
    fn of(at: usize, all: &[Heading], features: &[Feature]) -> Self {
        let own = all[at].style.depth();
        let mut under = Self { direct: 0, spoken: 0, depths: 0 };
        // One step down is the outermost of the depths: whatever is further out begins the count again.
        let mut step = u8::MAX;
        for (heading, feature) in all.iter().zip(features).skip(at + 1) {
            let depth = heading.style.depth();
            if depth <= own {
                break;
            }
            under.depths |= 1 << depth.min(15);
            if depth > step || matches!(feature.nature, Nature::Person(_)) {
                continue;
            }
            if depth < step {
                (step, under.direct, under.spoken) = (depth, 0, 0);
            }
            under.direct += 1;
            under.spoken += usize::from(feature.surely_spoken() || feature.headed || feature.person);
        }
        under
    }

    fn at_depth(&self, depth: u8) -> bool {
        self.depths & 1 << depth.min(15) != 0
    }

    /// The depth of the talks inside a group: the usual one where it occurs, else one step down.
    fn first_depth(&self, at: usize, all: &[Heading], usual: u8) -> Option<u8> {
        let own = all[at].style.depth();
        if own < usual && self.at_depth(usual) {
            return Some(usual);
        }
        (own + 1..16).find(|depth| self.at_depth(*depth))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    use crate::library::evidence::Reasons;
    use crate::library::level;
    use crate::library::place::{Surveyed, places};
    use crate::library::reading;
    use crate::library::walk::Root;

    /// Checks the roles of a file's headings, a letter each, in a file of some name.
    fn check_in(path: &str, text: &str, expected: &str) {
        let path = Path::new(path);
        let survey = reading::survey(text, path);
        let place = places(
            &[Surveyed { relative: path, root: &Root::default(), text, survey: &survey }],
            Reasons::Kept,
        )
        .remove(0);
        let case = Case::of(text, &survey, &place, Reasons::Kept);
        let decision = level::decide(&case);
        let short: String = roles(&case, decision.answer)
            .iter()
            .map(|role| match role {
                Role::Conference(_) => 'C',
                Role::Date(_) => 'D',
                Role::Track(_) => 'G',
                Role::Talk => 'T',
                Role::FileTitle => 'F',
                Role::Part => '.',
                Role::Aside => '-',
            })
            .collect();
        assert_eq!(short, expected, "{text}\n{decision:#?}");
    }

    fn check(text: &str, expected: &str) {
        check_in("notes.md", text, expected);
    }

    #[test]
    fn a_conference_with_talks() {
        check("# PyCon 2017\n\n## One\n\nAda Lovelace\n\n#### Part\n\n## Two\n\nGrace Hopper\n", "CT.T");
    }

    #[test]
    fn a_talk_may_be_called_by_any_word_where_names_stand_below() {
        check(
            "# PyCon 2017\n\n## Packaging\n\nAda Lovelace\n\n- x\n\n## Testing\n\nGrace Hopper\n\n- x\n\n## Design\n\nAlan Turing\n\n- x\n",
            "CTTT",
        );
        check(
            "# PyCon 2017\n\n## Packaging\n\nAda Lovelace\n\n- x\n\n### Testing\n\n- x\n\n## Wheels\n\nx\n",
            "CT.T",
        );
    }

    #[test]
    fn another_conference_beside_one() {
        check(
            "# PyCon Italia 2018\n\n## Queues all the way\n\nSpeaker: Anna Klein\n\n# Smashing Conf Freiburg 2018\n\n## Rust at home\n\nSpeaker: Jane Miller\n",
            "CTCT",
        );
    }

    #[test]
    fn the_speaker_above_the_title() {
        check(
            "# PyCon 2017\n\n## Ada Lovelace\n\n### Python in science\n\n- x\n\n## Grace Hopper\n\n### Compilers for all\n\n- x\n",
            "CT.T.",
        );
    }

    #[test]
    fn a_conference_with_tracks() {
        check(
            "# RustFest 2020\n\n## Web\n\n### One\n\nx\n\n### Two\n\nx\n\n## Data\n\n### Three\n\nx\n",
            "CGTTGT",
        );
    }

    #[test]
    fn one_talk_in_a_file() {
        check("# How it works\n\nSpeaker: Ada Lovelace\n\n## First\n\nx\n\n## Second\n\nx\n", "T..");
        check("# How it works\n\nSome text.\n", "T");
    }

    /// In the folder of a conference, a file named for it is one talk, whatever stands in it.
    #[test]
    fn a_file_in_a_conference_s_folder() {
        let text = "# How it works\n\nx\n\n## First things\n\nx\n\n## Second things\n\nx\n";
        check_in("rustfest-2020/how-it-works.md", text, "T..");
        check_in("rustfest-2020/day2.md", text, "FTT");
    }

    #[test]
    fn labelled_talks_at_mixed_depth() {
        check(
            "# Personal notes from talks\n\n## RustFest 2023 day 1\n\n## 19.07.2023\n\n## Talk 1: One\n\nx\n\n### Talk 2: Two\n\nx\n",
            "FCDTT",
        );
    }

    #[test]
    fn a_group_brings_the_talks_a_level_down() {
        check(
            "# RustFest 2020\n\n## One\n\nAda Lovelace\n\n## Two\n\nGrace Hopper\n\n## Lightning talks\n\n### Short\n\nx\n\n## Three\n\nx\n\n### Part\n\nx\n",
            "CTTGTT.",
        );
    }

    /// A heading that says who spoke is a talk among sessions, too; what is under it are its parts.
    #[test]
    fn a_talk_beside_sessions() {
        check(
            "# RustFest 2020\n\n## Session 1\n\n### One\n\nSpeaker: Ada Lovelace\n\n## Opening\n\nSpeaker: Grace Hopper\n\n### Thanks\n\nx\n\n## Session 2\n\n### Two\n\nSpeaker: Alan Turing\n",
            "CGTT.GT",
        );
    }

    #[test]
    fn a_name_as_the_heading_below() {
        check_in("rustfest-2020/it.md", "# How it works\n## Ada Lovelace\n\nx\n\n## Why\n\nx\n", "T..");
    }
}
