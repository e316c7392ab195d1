//! A hash table with bounded lookups, whatever the hashes are.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// The number of entries that a bucket has room for.
const ROOM: usize = 12;

/// The average number of entries in a bucket. With random hashes one bucket in fifty is full; with
/// chosen hashes any can be.
const LOAD: usize = 6;

/// A table of buckets, filled once.
///
/// Entries that overflow their bucket go to a sorted list, which is searched only if the bucket is
/// full.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    buckets: Box<[Bucket]>,
    overflow: Box<[Entry]>,
}

/// A cache line of entries: a tag, which is a part of the hash, and a value of each.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Bucket {
    /// Zero where there is room. The last four have no value and stay zero.
    tags: [[u8; EIGHT]; 2],
    values: [u32; ROOM],
}

/// The number of tags that are compared at once.
const EIGHT: usize = 8;

#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) hash: u64,
    pub(super) value: u32,
}

impl Table {
    /// The table of these entries, sorted by hash and, for one hash, by key.
    pub(super) fn new(entries: &[Entry]) -> Self {
        let mut buckets = vec![Bucket::default(); entries.len().div_ceil(LOAD)];
        let mut overflow = Vec::new();
        let count = buckets.len();
        for entry in entries {
            let bucket = buckets.get_mut(bucket_index(entry.hash, count));
            if bucket.and_then(|bucket| bucket.add(*entry)).is_none() {
                overflow.push(*entry);
            }
        }
        Self {
            buckets: buckets.into(),
            overflow: overflow.into(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.buckets.is_empty()
    }

    /// Calls `find` with the values that may have this hash, until it returns something. `cmp` orders the
    /// key that is looked up and the key of a value.
    #[inline]
    pub(super) fn find<T>(
        &self,
        hash: u64,
        find: impl Fn(u32) -> Option<T>,
        cmp: impl Fn(u32) -> Ordering,
    ) -> Option<T> {
        let bucket = self.buckets.get(bucket_index(hash, self.buckets.len()))?;
        let found = bucket.find(tag(hash), &find);
        if found.is_some() || !bucket.is_full() {
            return found;
        }
        self.find_overflow(hash, cmp).and_then(find)
    }

    #[cold]
    fn find_overflow(&self, hash: u64, cmp: impl Fn(u32) -> Ordering) -> Option<u32> {
        let found = self.overflow.binary_search_by(|entry| {
            let by_key = || cmp(entry.value).reverse();
            entry.hash.cmp(&hash).then_with(by_key)
        });
        Some(self.overflow.get(found.ok()?)?.value)
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

    /// Calls `find` with the values that have this tag, until it returns something.
    #[inline]
    fn find<T>(&self, tag: u8, find: impl Fn(u32) -> Option<T>) -> Option<T> {
        let [first_tags, other_tags] = self.tags;
        let (first, others) = self.values.split_at_checked(EIGHT)?;
        let found = find_of_eight(first_tags, first, tag, &find);
        found.or_else(|| find_of_eight(other_tags, others, tag, find))
    }

    #[inline]
    fn is_full(&self) -> bool {
        self.tags.as_flattened().get(ROOM - 1) != Some(&0)
    }
}

#[inline]
fn find_of_eight<T>(
    tags: [u8; EIGHT],
    values: &[u32],
    tag: u8,
    find: impl Fn(u32) -> Option<T>,
) -> Option<T> {
    // The high bit of each byte that equals the tag; it may also be set in a byte above such a one.
    // The first tag is the lowest byte on every target.
    let difference = u64::from_le_bytes(tags) ^ every_byte(tag);
    let mut matches = difference.wrapping_sub(every_byte(1)) & !difference & every_byte(0x80);
    while matches != 0 {
        let index = matches.trailing_zeros() / u8::BITS;
        let found = find(*values.get(index as usize)?);
        if found.is_some() {
            return found;
        }
        matches &= matches.wrapping_sub(1);
    }
    None
}

const fn every_byte(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; EIGHT])
}

/// The bucket of a hash. Greater hashes have no smaller buckets.
#[inline]
fn bucket_index(hash: u64, buckets: usize) -> usize {
    ((hash >> 32).wrapping_mul(buckets as u64) >> 32) as usize
}

/// Bits of a hash that its bucket does not depend on; never zero.
#[inline]
fn tag(hash: u64) -> u8 {
    (hash as u8).max(1)
}

#[cfg(test)]
mod tests {
    use core::cell::Cell;

    use super::*;

    #[test]
    fn colliding_hashes_take_bounded_comparisons() {
        for hash in [0, 7, u64::MAX, 1 << 40] {
            let entries: Vec<_> = (0..10_000).map(|value| Entry { hash, value }).collect();
            let table = Table::new(&entries);
            for key in 0..10_001 {
                let compared = Cell::new(0);
                let count = || compared.set(compared.get() + 1);
                let cmp = |value: u32| (count(), key.cmp(&value)).1;
                let found = table.find(hash, |value| cmp(value).is_eq().then_some(value), cmp);
                assert_eq!(found, (key < 10_000).then_some(key));
                assert!(compared.get() <= ROOM + 16);
            }
        }
    }
}
