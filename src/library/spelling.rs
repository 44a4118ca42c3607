//! How an event is spelt: one way in all its years.

use std::collections::HashMap;

use crate::library::belonging::said;

/// The ways in which the conferences of a library spell their events, and how many conferences do: by what is said alike.
pub(super) struct Events(HashMap<String, HashMap<String, usize>>);

impl Events {
    /// Of conferences as they spell themselves, without their years.
    pub(super) fn of<'s>(spelt: impl Iterator<Item = &'s str>) -> Self {
        let mut all: HashMap<String, HashMap<String, usize>> = HashMap::new();
        for spelt in spelt {
            *all.entry(said(spelt)).or_default().entry(spelt.to_owned()).or_default() += 1;
        }
        Self(all)
    }

    /// How one of them is spelt: as most of its years are, and of equals the way that carries more capitals ("EuroPython"
    /// over "Europython").
    pub(super) fn spelling<'s>(&'s self, spelt: &'s str) -> &'s str {
        let capitals = |s: &str| s.chars().filter(|c| c.is_uppercase()).count();
        let ways = self.0.get(&said(spelt)).into_iter().flatten();
        let best = ways.max_by_key(|(way, count)| (**count, capitals(way), (*way).clone()));
        best.map_or(spelt, |(way, _)| way)
    }
}
