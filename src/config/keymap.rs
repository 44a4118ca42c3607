//! Which keys do what: the table's keys, and what the config makes of them.
//!
//! A sequence of keys is looked up in the scope that one is in, then in the one that it falls back on. What the config
//! binds takes the place of what the table binds to the same keys; what would put other keys out of reach is refused,
//! with both places named.

use std::sync::{Arc, OnceLock};

use crate::config::actions::{Action, Scope};
use crate::config::keys::{Key, names};
use crate::config::table::{TABLE, row_of};

/// Where a binding was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// In the program's table.
    Builtin,
    /// On a line of the config file, counted from 1.
    Line(usize),
}

impl Origin {
    fn words(self) -> String {
        match self {
            Origin::Builtin => "built in".into(),
            Origin::Line(line) => format!("line {line}"),
        }
    }
}

/// Some keys, and what they do in a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where they hold.
    pub scope: Scope,
    /// The keys, one after the other.
    pub keys: Vec<Key>,
    /// What they do; `None`: nothing, whatever they do elsewhere.
    pub action: Option<Action>,
    /// Where that is said.
    pub origin: Origin,
}

/// What a sequence of keys comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It does this.
    Action(Action),
    /// It goes on.
    Prefix,
    /// It means nothing.
    Nothing,
}

/// Why a binding is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its number among those that were given.
    pub at: usize,
    /// Why, and what to do.
    pub why: String,
}

/// All bindings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Arc<Vec<Binding>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::builtin()
    }
}

impl Keymap {
    /// The table's keys.
    pub fn builtin() -> Self {
        let bindings = TABLE.iter().flat_map(|row| {
            let keys = row.keys.iter().filter_map(|name| Key::parse(name));
            keys.map(|key| Binding {
                scope: row.scope,
                keys: vec![key],
                action: Some(row.action),
                origin: Origin::Builtin,
            })
        });
        // Settings are made anew now and then; the table is read once.
        static READ: OnceLock<Arc<Vec<Binding>>> = OnceLock::new();
        Keymap { bindings: READ.get_or_init(|| Arc::new(bindings.collect())).clone() }
    }

    /// The table's keys with others beside them or in their place. What is refused is left out.
    pub fn with(others: &[Binding]) -> (Self, Vec<Refused>) {
        let mut keymap = Self::builtin();
        if others.is_empty() {
            return (keymap, Vec::new());
        }
        let bindings = Arc::make_mut(&mut keymap.bindings);
        let mut refused = Vec::new();
        let mut refuse = |at: usize, why: String| refused.push(Refused { at, why });
        for (at, new) in others.iter().enumerate() {
            if let Err(why) = new.makes_sense() {
                refuse(at, why);
                continue;
            }
            let same = |old: &Binding| old.scope == new.scope && old.keys == new.keys;
            match bindings.iter_mut().find(|old| same(old)) {
                Some(old) if old.origin != Origin::Builtin => {
                    refuse(at, format!("`{}` is bound in {} already", names(&new.keys), old.origin.words()));
                }
                Some(old) => *old = new.clone(),
                None => bindings.push(new.clone()),
            }
        }
        // In the end, for a key may be unbound below the sequence that it would hide.
        for (at, new) in others.iter().enumerate() {
            if let Some(why) = bindings.iter().find_map(|old| new.hides(old)) {
                refuse(at, why);
                bindings.retain(|binding| binding != new);
            }
        }
        for (at, new) in others.iter().enumerate().rev() {
            if let Some(why) = locks_in(bindings, new) {
                refuse(at, why);
                bindings.retain(|binding| binding != new);
                let builtin = Keymap::builtin();
                let before =
                    builtin.bindings.iter().filter(|old| old.scope == new.scope && old.keys == new.keys);
                bindings.extend(before.cloned());
            }
        }
        refused.sort_by_key(|refused| refused.at);
        refused.dedup_by_key(|refused| refused.at);
        (keymap, refused)
    }

    /// What keys do that are pressed one after the other in a scope. A key that means nothing by itself is looked up
    /// as what an older terminal would have sent for it.
    pub fn lookup(&self, scope: Scope, keys: &[Key]) -> Found {
        let mut scopes = Some(scope);
        while let Some(scope) = scopes {
            let (mut prefix, mut unbound) = (false, false);
            for binding in self.bindings.iter().filter(|b| b.scope == scope && b.keys.starts_with(keys)) {
                match binding.action {
                    Some(_) if binding.keys.len() > keys.len() => prefix = true,
                    Some(action) => return Found::Action(action),
                    None => unbound |= binding.keys.len() == keys.len(),
                }
            }
            if prefix {
                return Found::Prefix;
            }
            if unbound {
                return Found::Nothing;
            }
            scopes = scope.fallback();
        }
        match keys.split_last().and_then(|(last, before)| Some((last.legacy()?, before))) {
            Some((last, before)) => self.lookup(scope, &[before, &[last]].concat()),
            None => Found::Nothing,
        }
    }

    /// How keys may go on in a scope: the key, and what it does or that it goes on still.
    pub fn next(&self, scope: Scope, typed: &[Key]) -> Vec<(Key, Option<Action>)> {
        let mut ways: Vec<(Key, Option<Action>)> = Vec::new();
        let mut scopes = Some(scope);
        while let Some(scope) = scopes {
            for binding in self.bindings.iter().filter(|b| b.scope == scope && b.keys.starts_with(typed)) {
                let Some(key) = binding.keys.get(typed.len()) else {
                    continue;
                };
                let last = binding.keys.len() == typed.len() + 1;
                if binding.action.is_some() && !ways.iter().any(|(known, _)| known == key) {
                    ways.push((*key, binding.action.filter(|_| last)));
                }
            }
            scopes = scope.fallback();
        }
        ways
    }

    /// What does something in a scope.
    fn bound(&self, scope: Scope, action: Action) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |b| b.scope == scope && b.action == Some(action))
    }

    /// The names of the keys that do something in a scope, the one to show first.
    pub fn keys_of(&self, scope: Scope, action: Action) -> Vec<String> {
        let mut all: Vec<&Binding> = self.bound(scope, action).collect();
        all.sort_by_key(|binding| binding.rank());
        all.into_iter().map(|binding| names(&binding.keys)).collect()
    }

    /// The first of them.
    fn first_of(&self, scope: Scope, action: Action) -> Option<String> {
        let first = self.bound(scope, action).min_by_key(|binding| binding.rank())?;
        Some(names(&first.keys))
    }

    /// The first key that does something in a scope or where it falls back on; the action's name where none does.
    pub fn key(&self, scope: Scope, action: Action) -> String {
        let there = || scope.fallback().and_then(|outer| self.first_of(outer, action));
        self.first_of(scope, action).or_else(there).unwrap_or_else(|| format!(":{}", action.name()))
    }

    /// What the footer shows in a scope: key and word.
    pub fn footer(&self, scope: Scope) -> Vec<(String, &'static str)> {
        let here = TABLE.iter().filter(|row| row.scope == scope);
        let outer = scope.fallback();
        let there = TABLE.iter().filter(|row| Some(row.scope) == outer);
        // (Few rows have a word for it, so that is asked first: a footer is made for each frame.)
        let entry = |row: &crate::config::table::Row| {
            let word = row.footer?;
            Some((self.first_of(row.scope, row.action)?, word))
        };
        here.chain(there).filter_map(entry).collect()
    }

    /// Every binding.
    pub fn bindings(&self) -> impl Iterator<Item = &Binding> {
        self.bindings.iter()
    }
}

/// Why a person could not leave a scope any more once this binding holds.
fn locks_in(bindings: &[Binding], new: &Binding) -> Option<String> {
    let (ways, scope) = match new.scope {
        Scope::Tree | Scope::Reader | Scope::Screen => {
            (&[Action::Quit, Action::Interrupt][..], Scope::Screen)
        }
        other => (&[Action::Close][..], other),
    };
    let out = |b: &Binding| b.scope == scope && b.action.is_some_and(|action| ways.contains(&action));
    if bindings.iter().any(out) {
        return None;
    }
    let way = ways[0].name();
    Some(format!("no key would be left for `{way}`; bind another one to it first"))
}

impl Binding {
    /// How far behind others it is shown. One key is sooner pressed than two, and what the person has chosen says more than
    /// what was there before.
    fn rank(&self) -> (usize, bool) {
        (self.keys.len(), self.origin == Origin::Builtin)
    }

    /// Whether its action can be done in its scope, and its keys can be pressed there.
    fn makes_sense(&self) -> Result<(), String> {
        let Some(first) = self.keys.first() else {
            return Err("no key is named".into());
        };
        if self.scope.is_typed_in()
            && let Some(c) = first.typed()
        {
            return Err(format!("`{c}` is typed there; a key with ctrl or alt is not"));
        }
        let Some(action) = self.action else {
            return Ok(());
        };
        let in_both = || row_of(Scope::Tree, action).is_some() && row_of(Scope::Reader, action).is_some();
        if row_of(self.scope, action).is_some() || self.scope == Scope::Screen && in_both() {
            return Ok(());
        }
        let scopes: Vec<&str> =
            Scope::ALL.into_iter().filter(|s| row_of(*s, action).is_some()).map(Scope::name).collect();
        let (name, scope) = (action.name(), self.scope.name());
        Err(format!(
            "`{name}` does nothing under [keys.{scope}]; it can be bound under {}",
            scopes.join(", ")
        ))
    }

    /// Why it and another one cannot both be reached.
    fn hides(&self, other: &Binding) -> Option<String> {
        let meet = self.scope == other.scope
            || self.scope.fallback() == Some(other.scope)
            || other.scope.fallback() == Some(self.scope);
        if !meet || self.action.is_none() || other.action.is_none() || self.keys.len() == other.keys.len() {
            return None;
        }
        let (short, long) = if self.keys.len() < other.keys.len() { (self, other) } else { (other, self) };
        let of = |b: &Binding| {
            let name = b.action.map(Action::name).unwrap_or_default();
            format!("`{}` ({name}, {}, {})", names(&b.keys), b.scope.name(), b.origin.words())
        };
        long.keys.starts_with(&short.keys).then(|| {
            format!(
                "{} cannot be reached behind {}; unbind that by \"{}\" = false",
                of(long),
                of(short),
                names(&short.keys)
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::keys::sequence;

    fn bind(scope: Scope, keys: &str, action: Option<Action>, line: usize) -> Binding {
        let keys = sequence(keys).expect("keys");
        Binding { scope, keys, action, origin: Origin::Line(line) }
    }

    fn look(keymap: &Keymap, scope: Scope, keys: &str) -> Found {
        keymap.lookup(scope, &sequence(keys).expect("keys"))
    }

    #[test]
    fn sequences_and_what_takes_their_place() {
        let (keymap, refused) = Keymap::with(&[
            bind(Scope::Reader, "g", None, 1),
            bind(Scope::Reader, "g g", Some(Action::Top), 2),
            bind(Scope::Reader, "g e", Some(Action::Bottom), 3),
            bind(Scope::Screen, "ctrl-x ctrl-c", Some(Action::Quit), 4),
        ]);
        assert_eq!(refused, []);
        assert_eq!(look(&keymap, Scope::Reader, "g"), Found::Prefix);
        assert_eq!(look(&keymap, Scope::Reader, "g g"), Found::Action(Action::Top));
        assert_eq!(look(&keymap, Scope::Reader, "g x"), Found::Nothing);
        assert_eq!(look(&keymap, Scope::Tree, "g"), Found::Action(Action::Top));
        assert_eq!(look(&keymap, Scope::Tree, "ctrl-x ctrl-c"), Found::Action(Action::Quit));
        let ways = keymap.next(Scope::Reader, &sequence("g").expect("keys"));
        let ways: Vec<String> = ways.iter().map(|(key, _)| key.to_string()).collect();
        assert_eq!(ways, ["g", "e"]);
    }

    #[test]
    fn what_is_refused_names_both_places() {
        let check = |bindings: &[Binding], expected: &[&str]| {
            let (_, refused) = Keymap::with(bindings);
            let told: Vec<&str> = refused.iter().map(|refused| refused.why.as_str()).collect();
            assert_eq!(told, expected);
        };
        check(
            &[bind(Scope::Reader, "g g", Some(Action::Top), 7)],
            &[
                "`g g` (top, reader, line 7) cannot be reached behind `g` (top, reader, built in); unbind that by \"g\" = false",
            ],
        );
        check(
            &[
                bind(Scope::Tree, "ctrl-alt-x", Some(Action::Quit), 1),
                bind(Scope::Tree, "alt-ctrl-x", Some(Action::Help), 2),
            ],
            &["`ctrl-alt-x` is bound in line 1 already"],
        );
        check(
            &[bind(Scope::Finder, "x", Some(Action::Close), 1)],
            &["`x` is typed there; a key with ctrl or alt is not"],
        );
        check(
            &[bind(Scope::Tree, "x", Some(Action::Snooze), 1)],
            &["`snooze` does nothing under [keys.tree]; it can be bound under bookmarks"],
        );
    }

    #[test]
    fn the_last_way_out_stays() {
        let (keymap, refused) =
            Keymap::with(&[bind(Scope::Finder, "esc", None, 1), bind(Scope::Finder, "ctrl-c", None, 2)]);
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert_eq!(look(&keymap, Scope::Finder, "ctrl-c"), Found::Action(Action::Close));
        let (_, fine) = Keymap::with(&[bind(Scope::Screen, "q", None, 1)]);
        assert_eq!(fine, [], "ctrl-c is left");
    }

    #[test]
    fn keys_of_a_newer_terminal_do_what_they_did_on_an_older_one() {
        let keymap = Keymap::builtin();
        assert_eq!(look(&keymap, Scope::Finder, "ctrl-["), Found::Action(Action::Close));
        assert_eq!(look(&keymap, Scope::Tree, "shift-down"), Found::Action(Action::Down));
    }
}
