//! Work that is shared out among the cores, with the results in the order of what was given.

use std::sync::{Mutex, OnceLock, PoisonError};

/// So little text is looked at before another thread has well started.
const MOUTHFUL: usize = 256 << 10;

/// What each item comes to. `bytes` says how much text there is to all of them: little is worked through
/// where one stands.
pub(super) fn map<T: Send, U: Send + Sync>(
    items: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator + Send>,
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
    let portion = length.div_ceil(cores * PORTIONS).min(MOST);
    let count = length.div_ceil(portion);
    let done: Vec<OnceLock<Vec<U>>> = (0..count).map(|_| OnceLock::new()).collect();
    let queue = Mutex::new((0..count).zip(Portions { items, portion }));
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some((at, portion)) = next() {
            // Each is taken by one thread only, so setting it cannot fail.
            let _ = done[at].set(portion.into_iter().map(&work).collect());
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..cores.min(count) {
            scope.spawn(work);
        }
        work();
    });
    let mut all = Vec::with_capacity(length);
    done.into_iter().filter_map(OnceLock::into_inner).for_each(|mut portion| all.append(&mut portion));
    all
}

/// Items, so many at a time: whoever wants some moves them, and not one for all.
struct Portions<I> {
    items: I,
    portion: usize,
}

impl<I: Iterator> Iterator for Portions<I> {
    type Item = Vec<I::Item>;

    fn next(&mut self) -> Option<Vec<I::Item>> {
        Some(self.items.by_ref().take(self.portion).collect())
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
        }
        assert!(map(Vec::<u8>::new(), usize::MAX, |n| n).is_empty());
    }
}
