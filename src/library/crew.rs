//! Work that is shared out among the cores, with the results in the order of what was given.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// So little text is looked at before another thread has well started.
const MOUTHFUL: usize = 256 << 10;

/// What each item comes to. `bytes` says how much text there is to all of them: little is worked through
/// where one stands.
pub(super) fn map<T: Send, U: Send + Sync>(
    items: Vec<T>,
    bytes: usize,
    work: impl Fn(T) -> U + Sync,
) -> Vec<U> {
    if bytes < MOUTHFUL || items.len() < 2 {
        return items.into_iter().map(work).collect();
    }
    /// So many portions are cut for each core, for some take longer than others.
    const PORTIONS: usize = 16;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let portion = items.len().div_ceil(cores * PORTIONS);
    let mut portions: Vec<Mutex<Vec<T>>> = Vec::new();
    let mut items = items.into_iter();
    while items.len() > 0 {
        portions.push(Mutex::new(items.by_ref().take(portion).collect()));
    }
    let done: Vec<OnceLock<Vec<U>>> = portions.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((portion, done)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            portions.get(at).zip(done.get(at))
        } {
            let portion = std::mem::take(&mut *portion.lock().unwrap_or_else(PoisonError::into_inner));
            // Each is taken by one thread only, so setting it cannot fail.
            let _ = done.set(portion.into_iter().map(&work).collect());
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..cores.min(portions.len()) {
            scope.spawn(work);
        }
        work();
    });
    done.into_iter().filter_map(OnceLock::into_inner).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stays() {
        for bytes in [0, usize::MAX] {
            let doubled = map((0..1_000).collect(), bytes, |n: usize| n * 2);
            assert_eq!(doubled, (0..1_000).map(|n| n * 2).collect::<Vec<_>>());
        }
        assert!(map(Vec::<u8>::new(), usize::MAX, |n| n).is_empty());
    }
}
