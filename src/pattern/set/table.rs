//! A table from hashes to numbers, in which a look-up has a bound whatever the hashes are.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// How many entries a bucket has room for.
const ROOM: usize = 12;

/// How many it has on average. Random hashes fill one bucket in fifty; hashes that were chosen to collide
/// fill any.
const LOAD: usize = 6;

/// A table of buckets, filled once.
///
/// What finds no room in its bucket is kept in a sorted list instead, which is searched only where the bucket
/// is full. What is not in the table is rarely looked for beyond the filter, which fits a cache.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    buckets: Box<[Bucket]>,
    crowded_out: Box<[Entry]>,
}

/// Entries whose hashes have as much in common: the tag of each, and its value. It is one line of a cache.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Bucket {
    /// Zero where there is room. The last four have no value and stay so.
    tags: [[u8; EIGHT]; 2],
    values: [u32; ROOM],
}

/// How many tags are compared at once.
const EIGHT: usize = 8;

#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) hash: u64,
    pub(super) value: u32,
}

impl Table {
    /// The table of these entries, which are in the order of their hashes, those of one hash in the
    /// order of their keys.
    pub(super) fn new(entries: &[Entry]) -> Self {
        let mut buckets = vec![Bucket::default(); entries.len().div_ceil(LOAD)];
        let mut crowded_out = Vec::new();
        let count = buckets.len();
        for entry in entries {
            let bucket = buckets.get_mut(home(entry.hash, count));
            if bucket.and_then(|bucket| bucket.add(*entry)).is_none() {
                crowded_out.push(*entry);
            }
        }
        Self {
            buckets: buckets.into(),
            crowded_out: crowded_out.into(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.buckets.is_empty()
    }

    /// The value of the key with this hash, `is_it` tells whether a value
    /// is the key's, and `order` how the key and that of a value stand to each other.
    #[inline]
    pub(super) fn find(
        &self,
        hash: u64,
        is_it: impl Fn(u32) -> bool,
        order: impl Fn(u32) -> Ordering,
    ) -> Option<u32> {
        let bucket = self.bucket(hash)?;
        let found = bucket.find(tag(hash), &is_it);
        if found.is_some() {
            return found;
        }
        if bucket.is_full() {
            return self.find_crowded_out(hash, order);
        }
        None
    }

    #[inline]
    fn bucket(&self, hash: u64) -> Option<&Bucket> {
        self.buckets.get(home(hash, self.buckets.len()))
    }

    #[cold]
    fn find_crowded_out(&self, hash: u64, order: impl Fn(u32) -> Ordering) -> Option<u32> {
        let found = self.crowded_out.binary_search_by(|entry| {
            let of_keys = || order(entry.value).reverse();
            entry.hash.cmp(&hash).then_with(of_keys)
        });
        Some(self.crowded_out.get(found.ok()?)?.value)
    }
}

impl Bucket {
    /// Adds an entry, if there is room.
    fn add(&mut self, entry: Entry) -> Option<()> {
        let mut tags = self
            .tags
            .as_flattened_mut()
            .iter_mut()
            .zip(&mut self.values);
        let (free, value) = tags.find(|(tag, _)| **tag == 0)?;
        (*free, *value) = (tag(entry.hash), entry.value);
        Some(())
    }

    /// The value with this tag that it is.
    #[inline]
    fn find(&self, tag: u8, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        let [first, others] = self.tags;
        let (of_first, of_others) = self.values.split_at_checked(EIGHT)?;
        let found = find_of_eight(first, of_first, tag, &is_it);
        found.or_else(|| find_of_eight(others, of_others, tag, is_it))
    }

    #[inline]
    fn is_full(&self) -> bool {
        self.tags.as_flattened().get(ROOM.saturating_sub(1)) != Some(&0)
    }
}

#[inline]
fn find_of_eight(
    tags: [u8; EIGHT],
    values: &[u32],
    tag: u8,
    is_it: impl Fn(u32) -> bool,
) -> Option<u32> {
    // The high bits of the bytes that are this tag, and perhaps of others above one that is.
    let others = u64::from_le_bytes(tags) ^ every_byte(tag);
    let mut places = others.wrapping_sub(every_byte(1)) & !others & every_byte(0x80);
    while places != 0 {
        let place = places.trailing_zeros() / u8::BITS;
        let value = *values.get(place as usize)?;
        if is_it(value) {
            return Some(value);
        }
        places &= places.wrapping_sub(1);
    }
    None
}

const fn every_byte(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; EIGHT])
}

/// The bucket of a hash. Greater hashes have greater ones.
fn home(hash: u64, buckets: usize) -> usize {
    let buckets = buckets as u64;
    usize::try_from((hash >> 32).wrapping_mul(buckets) >> 32).unwrap_or(0)
}

/// Bits of a hash that its bucket does not tell, made not to be zero.
fn tag(hash: u64) -> u8 {
    (hash as u8).max(1)
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test may panic")]
mod tests {
    use super::*;

    fn table(hash: impl Fn(u32) -> u64, values: u32) -> Table {
        let mut entries: Vec<_> = (0..values)
            .map(|value| Entry {
                hash: hash(value),
                value,
            })
            .collect();
        entries.sort_by_key(|entry| (entry.hash, entry.value));
        Table::new(&entries)
    }

    /// Looks for a value as if it were a key, and counts the comparisons.
    fn find(table: &Table, hash: u64, key: u32) -> (Option<u32>, usize) {
        let compared = core::cell::Cell::new(0);
        let count = || compared.set(compared.get() + 1);
        let is_it = |value| {
            count();
            value == key
        };
        let order = |value| {
            count();
            key.cmp(&value)
        };
        (table.find(hash, is_it, order), compared.get())
    }

    #[test]
    fn hashes_that_collide_are_found_and_bounded() {
        for hash in [0, 7, u64::MAX, 1 << 40] {
            let table = table(|_| hash, 10_000);
            for key in (0..10_000).step_by(7) {
                let (found, compared) = find(&table, hash, key);
                assert_eq!(found, Some(key));
                assert!(compared <= ROOM + 15, "{compared}");
            }
            let (found, compared) = find(&table, hash, 10_000);
            assert_eq!(found, None);
            assert!(compared <= ROOM + 15, "{compared}");
        }
    }

    #[test]
    fn hashes_of_one_home_are_found() {
        let table = table(|value| u64::from(value % 5), 1_000);
        for key in 0..1_000 {
            assert_eq!(find(&table, u64::from(key % 5), key).0, Some(key));
        }
        assert_eq!(find(&table, 5, 5).0, None);
    }

    #[test]
    fn hashes_that_are_spread_are_found_at_once() {
        let spread = |value: u32| u64::from(value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let table = table(spread, 10_000);
        assert!(table.crowded_out.len() < 100);
        for key in 0..10_000 {
            assert_eq!(find(&table, spread(key), key).0, Some(key));
        }
        assert_eq!(find(&table, spread(10_000), 10_000).0, None);
    }

    #[test]
    fn an_empty_table_has_nothing() {
        assert_eq!(find(&Table::new(&[]), 0, 0).0, None);
    }
}
