//! Lists of many files, one behind the other in one piece of memory.
//!
//! What is found in a file is wanted until it is known where its talks are, and of a short file no longer. A hundred
//! thousand short lists that come and go leave as many holes between what stays, and an allocator keeps them. One
//! large piece goes back to the system when nobody has a part of it any more. Texts lie in such pieces too
//! ([`crate::text::kept`]), but for as long as the notes are.

use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

/// A list: of its own, or a part of what many files share.
pub struct List<T>(Kept<T>);

enum Kept<T> {
    Own(Vec<T>),
    Part(Arc<OnceLock<Vec<T>>>, Range<u32>),
}

impl<T> List<T> {
    /// The same list, to be cloned without a copy of what is in it, and without a hold on what belongs to others.
    #[must_use]
    pub(super) fn apart(self) -> Self
    where
        T: Clone,
    {
        let whole = |list: Vec<T>| {
            let length = list.len() as u32;
            Self(Kept::Part(Arc::new(OnceLock::from(list)), 0..length))
        };
        match self.0 {
            Kept::Own(list) if list.is_empty() => Self(Kept::Own(list)),
            Kept::Own(list) => whole(list),
            Kept::Part(all, range) if all.get().is_some_and(|all| all.len() == range.len()) => {
                Self(Kept::Part(all, range))
            }
            part @ Kept::Part(..) => whole(Self(part).to_vec()),
        }
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Kept::Own(list) => list,
            // A part is handed out by a tray alone, and looked at when that is put down.
            Kept::Part(all, range) => {
                let all = all.get().map_or(&[][..], Vec::as_slice);
                all.get(range.start as usize..range.end as usize).unwrap_or_default()
            }
        }
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(list: Vec<T>) -> Self {
        Self(Kept::Own(list))
    }
}

impl<T: Clone> Clone for List<T> {
    fn clone(&self) -> Self {
        Self(match &self.0 {
            Kept::Own(list) => Kept::Own(list.clone()),
            Kept::Part(all, range) => Kept::Part(Arc::clone(all), range.clone()),
        })
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for List<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'l, T> IntoIterator for &'l List<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Lists on their way into one piece of memory. They are there for those who have parts of it once it is dropped.
pub(super) struct Tray<T> {
    all: Vec<T>,
    down: Arc<OnceLock<Vec<T>>>,
}

impl<T> Tray<T> {
    /// The room that is asked for, in bytes: so much at once lies outside of what an allocator keeps (128 KB with glibc, and
    /// more once longer pieces have come and gone, as the cells of a screen do: [`crate::library::passing`]), and its pages are
    /// the system's until something is written to them.
    const ROOM: usize = 1 << 20;
    /// A longer list has a piece of its own: what holds so many talks is kept for as long as the notes are.
    const SHORT: usize = 16;

    /// Takes a list in, unless it is long.
    pub(super) fn take(&mut self, list: List<T>) -> List<T>
    where
        T: Clone,
    {
        match list.0 {
            Kept::Own(list) if (1..=Self::SHORT).contains(&list.len()) => {
                if self.all.capacity() == 0 {
                    self.all.reserve_exact(Self::ROOM / size_of::<T>());
                }
                let start = self.all.len();
                self.all.extend(list);
                // There are fewer than there are bytes of text in a batch.
                List(Kept::Part(Arc::clone(&self.down), start as u32..self.all.len() as u32))
            }
            kept => List(kept).apart(),
        }
    }
}

impl<T> Drop for Tray<T> {
    fn drop(&mut self) {
        let mut all = std::mem::take(&mut self.all);
        all.shrink_to_fit();
        // Nobody else sets it.
        let _ = self.down.set(all);
    }
}

impl<T> Default for Tray<T> {
    fn default() -> Self {
        Self { all: Vec::new(), down: Arc::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tray_is_there_for_its_lists_when_it_is_put_down() {
        let mut tray = Tray::default();
        let one = tray.take(vec![1, 2].into());
        let none = tray.take(List::default());
        let long = tray.take((0..100).collect::<Vec<_>>().into());
        let two = tray.take(vec![3].into());
        drop(tray);
        assert_eq!((&*one, &*two, none.len(), long.len()), (&[1, 2][..], &[3][..], 0, 100));
        let Kept::Part(all, _) = &one.0 else { panic!("it is in a tray") };
        assert_eq!(all.get().map(Vec::len), Some(3), "a long list is not");
    }

    #[test]
    fn what_is_kept_holds_no_tray() {
        let mut tray = Tray::default();
        let (one, _two) = (tray.take(vec![1, 2].into()), tray.take(vec![3].into()));
        let down = Arc::downgrade(&tray.down);
        drop(tray);
        let apart = one.apart();
        assert_eq!(*apart, [1, 2]);
        drop(_two);
        assert!(down.upgrade().is_none(), "it went back");
        let Kept::Part(all, _) = &apart.clone().apart().0 else { panic!("it can be shared") };
        assert_eq!(Arc::strong_count(all), 2, "and is no copy");
    }
}
