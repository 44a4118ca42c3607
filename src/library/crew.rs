//! Work that is shared out among the cores, with the results in the order of what was given.

use std::slice::ChunksMut;
use std::sync::{Mutex, PoisonError};

use crate::library::passing;

/// So little text is looked at before another thread has well started.
const MOUTHFUL: usize = 256 << 10;

/// How many bytes these texts have, as far as it makes a difference here: where they are many, each length that is not
/// looked at is a look into memory less.
pub(super) fn bytes(lengths: impl IntoIterator<Item = usize>) -> usize {
    let mut all = 0;
    for length in lengths {
        all += length;
        if all >= MOUTHFUL {
            break;
        }
    }
    all
}

/// What each item comes to. `bytes` says how much text there is to all of them: little is worked through
/// where one stands.
///
/// The threads begin at both ends and meet where they meet, each time at about the same item. What is made of an item in
/// one round is then taken apart in the next by the thread that made it: memory goes back to who allocated it, and nobody
/// waits for the other's allocator.
pub(super) fn map<T: Send, U: Send>(
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
    let mut done: Vec<Option<U>> = passing::room(length);
    done.resize_with(length, || None);
    let queue = Mutex::new(Portions { items, size, places: done.chunks_mut(size) });
    let next = |end| queue.lock().unwrap_or_else(PoisonError::into_inner).take(end);
    let work = |end| {
        while let Some((places, portion)) = next(end) {
            for (place, item) in places.iter_mut().zip(portion) {
                *place = Some(work(item));
            }
        }
    };
    std::thread::scope(|scope| {
        for nth in 1..cores.min(count) {
            let work = &work;
            scope.spawn(move || work(if nth % 2 == 1 { End::Back } else { End::Front }));
        }
        work(End::Front);
    });
    // All are there. Where an empty place takes no more room than a full one, the list stays where it is.
    done.into_iter().map_while(|item| item).collect()
}

/// The end of the items from which a thread takes them.
#[derive(Clone, Copy)]
enum End {
    Front,
    Back,
}

/// Places for what comes of a portion of items.
type Places<'p, U> = &'p mut [Option<U>];

/// Items, so many at a time, the last ones fewer: whoever wants some moves them, and not one for all.
struct Portions<'p, I, U> {
    items: I,
    size: usize,
    /// The places for what comes of the portions that nobody has taken.
    places: ChunksMut<'p, Option<U>>,
}

impl<'p, I: DoubleEndedIterator + ExactSizeIterator, U> Portions<'p, I, U> {
    /// The next portion from an end, with the places for what comes of it.
    fn take(&mut self, end: End) -> Option<(Places<'p, U>, Vec<I::Item>)> {
        match end {
            End::Front => {
                let places = self.places.next()?;
                Some((places, self.items.by_ref().take(self.size).collect()))
            }
            End::Back => {
                let places = self.places.next_back()?;
                let mut portion: Vec<I::Item> = self.items.by_ref().rev().take(places.len()).collect();
                portion.reverse();
                Some((places, portion))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portions_are_taken_from_both_ends_in_order() {
        let mut done = [None::<usize>; 10];
        let mut portions = Portions { items: 0..10, size: 4, places: done.chunks_mut(4) };
        let taken: Vec<Vec<usize>> = [End::Back, End::Front, End::Back, End::Front]
            .into_iter()
            .filter_map(|end| portions.take(end))
            .map(|(places, portion)| {
                places.iter_mut().zip(&portion).for_each(|(place, item)| *place = Some(*item));
                portion
            })
            .collect();
        assert_eq!(taken, [vec![8, 9], vec![0, 1, 2, 3], vec![4, 5, 6, 7]]);
        assert!(done.into_iter().flatten().eq(0..10));
    }

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

    #[test]
    fn a_long_list_of_results_is_nothing_that_glibc_goes_by() {
        let made = map(0..100_000, MOUTHFUL, Box::new);
        assert!(made.capacity() * size_of::<usize>() > 32 << 20, "{}", made.capacity());
    }
}
