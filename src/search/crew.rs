//! Sharing work on a slice among all cores, the caller's thread among them.
//!
//! Threads are made for the task and gone with it. A pool would keep its threads spinning for a
//! moment after each task, and on two cores that moment is taken from the thread that draws the
//! answer: a tenth of a millisecond at each key, measured with rayon.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Cuts `items` into chunks, works on them on all cores, and puts the results together in the order of
/// the chunks. A single chunk is worked on where one is.
pub(super) fn share<T: Sync, R: Send>(
    items: &[T],
    chunk: usize,
    work: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    let chunks = items.len().div_ceil(chunk.max(1));
    // Asking takes longer than a key with few rows: it reads the limits of the container.
    static CORES: OnceLock<usize> = OnceLock::new();
    let cores = *CORES.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from));
    if chunks <= 1 || cores == 1 {
        return work(items);
    }
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done: Vec<(usize, Vec<R>)> = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(part) = items.chunks(chunk).nth(at) else {
                return done;
            };
            done.push((at, work(part)));
        }
    };
    let mut all = std::thread::scope(|scope| {
        let others: Vec<_> = (1..cores.min(chunks))
            .filter_map(|_| std::thread::Builder::new().name("search".into()).spawn_scoped(scope, run).ok())
            .collect();
        let mut all = run();
        for other in others {
            match other.join() {
                Ok(done) => all.extend(done),
                // A fault in the work is the caller's.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_unstable_by_key(|(at, _)| *at);
    all.into_iter().flat_map(|(_, results)| results).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stays() {
        let items: Vec<u32> = (0..10_000).collect();
        let doubled = share(&items, 7, |part| part.iter().map(|n| n * 2).collect());
        assert_eq!(doubled, items.iter().map(|n| n * 2).collect::<Vec<_>>());
        assert_eq!(share(&[1, 2], 5, <[i32]>::to_vec), [1, 2]);
        assert!(share(&[] as &[u8], 5, <[u8]>::to_vec).is_empty());
    }
}
