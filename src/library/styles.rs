//! The headings of one style, which usually mean alike: what they tell together.

use std::collections::HashMap;

use smallvec::SmallVec;

use crate::library::features::{Feature, Nature};
use crate::library::headings::{Heading, Style};
use crate::library::names::Strength;

/// The headings of one style, but for those that name an event or a day: what they tell together.
#[derive(Debug, Clone)]
pub struct OfStyle {
    pub(super) style: Style,
    /// The first of them, as an index into the headings.
    pub(super) first: u32,
    /// How many there are, one at least.
    pub(super) count: u32,
    pub(super) seen: Seen,
}

/// What the headings of each style tell. Most files have no more styles than lie in the list itself.
pub type Styles = SmallVec<[OfStyle; 3]>;

/// Whether a heading says something of its style: what names an event or a day has a style of its own wherever it stands.
fn counts(feature: &Feature) -> bool {
    !matches!(feature.nature, Nature::Conference | Nature::Date(_))
}

/// Tells the headings that say what others of their style said above them.
pub(super) fn tell_repeated(text: &str, headings: &[Heading], features: &mut [Feature]) {
    let mut said = Said::of(headings.len());
    for (heading, feature) in headings.iter().zip(features).filter(|(_, feature)| counts(feature)) {
        feature.again = said.before(heading.style, heading.text(text)).min(2) as u8;
    }
}

/// Gathers what the headings of each style tell, outermost style first. It depends on nothing outside of the file.
pub fn by_style(headings: &[Heading], features: &[Feature]) -> Styles {
    let mut styles = Styles::new();
    let all = headings.iter().zip(features).enumerate();
    for (at, (heading, feature)) in all.filter(|(_, (_, feature))| counts(feature)) {
        let known = styles.iter().position(|of_style| of_style.style == heading.style);
        let slot = known.unwrap_or_else(|| {
            let (style, first) = (heading.style, at as u32);
            styles.push(OfStyle { style, first, count: 0, seen: Seen::default() });
            styles.len() - 1
        });
        styles[slot].count += 1;
        styles[slot].seen.take(heading, feature, headings.get(at + 1));
        // The second tells that the first is repeated, too.
        styles[slot].seen.repeated += match feature.again {
            0 => 0,
            1 => 2,
            _ => 1,
        };
    }
    styles.sort_unstable_by_key(|of_style| of_style.style);
    styles
}

/// So many headings are few.
const FEW: usize = 8;

/// What the headings have said so far. A few are compared one by one, which takes less than to hash them.
enum Said<'t> {
    Few(SmallVec<[(u8, &'t str); FEW]>),
    Many(HashMap<(u8, &'t str), u32, foldhash::fast::RandomState>),
}

impl<'t> Said<'t> {
    fn of(headings: usize) -> Self {
        match headings <= FEW {
            true => Self::Few(SmallVec::new()),
            false => Self::Many(HashMap::with_capacity_and_hasher(headings, <_>::default())),
        }
    }

    /// How many headings of the style have said it before.
    fn before(&mut self, style: Style, words: &'t str) -> u32 {
        // A number for each, which is compared and hashed at once.
        let style = match style {
            Style::Underlined(level) => 16 + level,
            other => other.depth(),
        };
        match self {
            Self::Few(said) => {
                said.push((style, words));
                said.iter().filter(|before| **before == (style, words)).count() as u32 - 1
            }
            Self::Many(said) => {
                let times = said.entry((style, words)).or_default();
                *times += 1;
                *times - 1
            }
        }
    }
}

/// How many of a style's headings tell what.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    pub(super) labelled: u32,
    pub(super) spoken: u32,
    pub(super) surely: u32,
    pub(super) linked: u32,
    pub(super) timed: u32,
    pub(super) quoted: u32,
    /// Nothing stands below them.
    pub(super) empty: u32,
    /// Nothing but headings further in stands below them.
    pub(super) hollow: u32,
    pub(super) inside: u32,
    pub(super) groups: u32,
    /// People's names right below a heading, and with notes below them.
    pub(super) names_below: u32,
    pub(super) names: u32,
    pub(super) waiting: u32,
    /// The words of all of them.
    pub(super) words: u32,
    /// They say what another one said.
    pub(super) repeated: u32,
}

impl Seen {
    /// Counts a heading; `next` is the one below it.
    fn take(&mut self, heading: &Heading, f: &Feature, next: Option<&Heading>) {
        let empty = f.lines == 0 && !f.headed;
        let person = matches!(f.nature, Nature::Person(Strength::Known));
        let labelled = match f.nature {
            Nature::LabelledTalk => true,
            Nature::Session => f.lines > 0,
            _ => false,
        };
        let deeper = |h: &Heading| h.style.depth() > heading.style.depth();
        let count = |holds: bool, number: &mut u32| *number += u32::from(holds);
        count(labelled, &mut self.labelled);
        count(f.spoken(), &mut self.spoken);
        count(f.surely_spoken() || f.headed || f.below_name, &mut self.surely);
        count(f.linked, &mut self.linked);
        count(f.timed, &mut self.timed);
        count(f.quoted, &mut self.quoted);
        count(empty, &mut self.empty);
        count(empty && next.is_some_and(deeper), &mut self.hollow);
        // ("Testing", with a name below it, is a talk as good as any.)
        count(matches!(f.nature, Nature::InsideTalk) && !f.person, &mut self.inside);
        count(matches!(f.nature, Nature::Group), &mut self.groups);
        count(person && f.follows, &mut self.names_below);
        count(person && !f.follows && f.lines >= 2, &mut self.names);
        count(matches!(f.nature, Nature::Placeholder), &mut self.waiting);
        self.words += u32::from(f.words);
    }
}
