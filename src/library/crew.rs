//! Work that is shared out among the cores, with the results in the order of what was given.

use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

/// So little text is looked at before another thread has well started.
const MOUTHFUL: usize = 256 << 10;

/// What each item comes to. `bytes` says how much text there is to all of them: little is worked through
/// where one stands.
///
/// The threads begin at both ends and meet where they meet, each time at about the same item. What is made of an item in
/// one round is then taken apart in the next by the thread that made it: memory goes back to who allocated it, and nobody
/// waits for the other's allocator.
pub(super) fn map<T: Send, U: Send + Sync>(
    items: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator + DoubleEndedIterator + Send>,
    bytes: usize,
    work: impl Fn(T) -> U + Sync,
) -> Vec<U> {
    let items = items.into_iter();
    if bytes < MOUTHFUL || items.len() < 2 {
        return items.map(work).collect();
    }
    /// So many portions are cut for each core, for some take longer than others.
    const PORTIONS: usize = 16;
    /// A portion is moved for who works on it, and should lie in a cache then.
    const MOST: usize = 256;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let length = items.len();
    let size = length.div_ceil(cores * PORTIONS).min(MOST);
    let count = length.div_ceil(size);
    let done: Vec<OnceLock<Vec<U>>> = (0..count).map(|_| OnceLock::new()).collect();
    let queue = Mutex::new(Portions { items, size, left: 0..count });
    let next = |end| queue.lock().unwrap_or_else(PoisonError::into_inner).take(end);
    let work = |end| {
        while let Some((at, portion)) = next(end) {
            // Each is taken by one thread only, so setting it cannot fail.
            let _ = done[at].set(portion.into_iter().map(&work).collect());
        }
    };
    std::thread::scope(|scope| {
        for nth in 1..cores.min(count) {
            let work = &work;
            scope.spawn(move || work(if nth % 2 == 1 { End::Back } else { End::Front }));
        }
        work(End::Front);
    });
    let mut all = Vec::with_capacity(length);
    done.into_iter().filter_map(OnceLock::into_inner).for_each(|mut portion| all.append(&mut portion));
    all
}

/// The end of the items from which a thread takes them.
#[derive(Clone, Copy)]
enum End {
    Front,
    Back,
}

/// Items, so many at a time, the last ones fewer: whoever wants some moves them, and not one for all.
struct Portions<I> {
    items: I,
    size: usize,
    /// The numbers of the portions that nobody has taken.
    left: Range<usize>,
}

impl<I: DoubleEndedIterator + ExactSizeIterator> Portions<I> {
    /// The next portion from an end, with its number.
    fn take(&mut self, end: End) -> Option<(usize, Vec<I::Item>)> {
        match end {
            End::Front => {
                let at = self.left.next()?;
                Some((at, self.items.by_ref().take(self.size).collect()))
            }
            End::Back => {
                let at = self.left.next_back()?;
                let before = (at - self.left.start) * self.size;
                let size = self.items.len() - before;
                let mut portion: Vec<I::Item> = self.items.by_ref().rev().take(size).collect();
                portion.reverse();
                Some((at, portion))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stays() {
        for bytes in [0, usize::MAX] {
            let doubled = map(0..1_000, bytes, |n: usize| n * 2);
            assert_eq!(doubled, (0..1_000).map(|n| n * 2).collect::<Vec<_>>());
            let odd = map(0..1_013, bytes, |n: usize| n);
            assert!(odd.into_iter().eq(0..1_013));
        }
        assert!(map(Vec::<u8>::new(), usize::MAX, |n| n).is_empty());
    }
}
