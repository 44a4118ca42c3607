//! Lists that come and go while notes are loaded.
//!
//! glibc gives a long piece of memory pages of its own, and takes it for a sign when such a piece is given back: pieces of that
//! length seem to come and go, and from then on they come from its pools, where they leave holes between what stays. (Its
//! threshold goes up to the length of the largest piece that was given back; see `M_MMAP_THRESHOLD` in mallopt(3).) With a
//! hundred thousand files of one talk a seventh of what was resident on the screen were such holes. What is longer than 32 MB it
//! does not go by, so a long list asks for that much; the pages are the system's until something is written to them.

/// What glibc serves from its pools at first, in bytes.
const LONG: usize = 128 << 10;
/// More than the most that its threshold goes up to (`DEFAULT_MMAP_THRESHOLD_MAX`), in bytes.
const NOT_GONE_BY: usize = 33 << 20;

/// Room for a list of so many items.
pub(super) fn room<T>(items: usize) -> Vec<T> {
    let size = size_of::<T>().max(1);
    let is_long = items.saturating_mul(size) >= LONG;
    Vec::with_capacity(if is_long { items.max(NOT_GONE_BY / size) } else { items })
}

/// These items as a list.
pub(super) fn list<T>(items: impl ExactSizeIterator<Item = T>) -> Vec<T> {
    let mut list = room(items.len());
    list.extend(items);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_asks_for_more_than_glibc_goes_by() {
        const MOST: usize = 4 * 1024 * 1024 * size_of::<usize>();
        for items in [LONG / 8, 100_000, 10_000_000] {
            let list = list(0..items);
            assert!(list.capacity() * 8 > MOST && list.len() == items, "{items}");
        }
        assert_eq!(room::<u64>(LONG / 8 - 1).capacity(), LONG / 8 - 1, "a short one asks for what it needs");
        assert_eq!(list([(); 1_000_000].into_iter()).len(), 1_000_000);
    }
}
