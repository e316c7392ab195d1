//! A table from hashes to numbers, in which a look-up has a bound whatever the hashes are.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// How many slots from its own an entry is at most. Random hashes reach half of it one time in
/// millions; hashes that were chosen to collide end beyond it.
const WINDOW: usize = 16;

/// An open table with linear probing, filled once.
///
/// Entries stand in the order of their hashes, each in the first free slot from its own on. What
/// finds none within the [`WINDOW`] is kept in a sorted list instead, which is searched only where
/// the window is full.
///
/// A slot has a tag of one byte, and a value. Tags stand apart, so that many of them fit a cache: what is
/// not in the table is rarely looked for beyond them.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Zero where a slot is free.
    tags: Box<[u8]>,
    values: Box<[u32]>,
    crowded_out: Box<[Entry]>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) hash: u64,
    pub(super) value: u32,
}

impl Table {
    /// The table of these entries, which are in the order of their hashes, those of one hash in the
    /// order of their keys, with this many slots to start from.
    pub(super) fn new(entries: &[Entry], homes: usize) -> Self {
        if entries.is_empty() {
            return Self::default();
        }
        let slots = homes.saturating_add(WINDOW);
        let mut tags = vec![0; slots];
        let mut values = vec![0; slots];
        let mut crowded_out = Vec::new();
        let mut free = 0_usize;
        for entry in entries {
            let home = home(entry.hash, homes);
            let place = free.max(home);
            match (tags.get_mut(place), values.get_mut(place)) {
                (Some(slot), Some(value)) if place.abs_diff(home) < WINDOW => {
                    *slot = tag(entry.hash);
                    *value = entry.value;
                    free = place.saturating_add(1);
                }
                _ => crowded_out.push(*entry),
            }
        }
        Self {
            tags: tags.into(),
            values: values.into(),
            crowded_out: crowded_out.into(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    /// The value of the key with this hash. `is_it` tells whether a value is the key's, and `order`
    /// how the key and that of a value stand to each other.
    pub(super) fn find(
        &self,
        hash: u64,
        is_it: impl Fn(u32) -> bool,
        order: impl Fn(u32) -> Ordering,
    ) -> Option<u32> {
        let homes = self.tags.len().checked_sub(WINDOW)?;
        let home = home(hash, homes);
        let window = self.tags.get(home..)?.first_chunk::<WINDOW>()?;
        let window = u128::from_le_bytes(*window);
        let mut places = zero_bytes(window ^ every_byte(tag(hash)));
        while places != 0 {
            let place = (places.trailing_zeros() / u8::BITS) as usize;
            let value = *self.values.get(home.saturating_add(place))?;
            if is_it(value) {
                return Some(value);
            }
            places &= places.wrapping_sub(1);
        }
        // Where there is room, nothing was crowded out.
        if zero_bytes(window) != 0 {
            return None;
        }
        self.find_crowded_out(hash, order)
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

/// The slot where the search for a hash starts. Greater hashes have greater homes.
fn home(hash: u64, homes: usize) -> usize {
    let homes = homes as u64;
    usize::try_from((hash >> 32).wrapping_mul(homes) >> 32).unwrap_or(0)
}

/// The high bit of each byte that is zero, and perhaps of others above the lowest that is.
fn zero_bytes(bytes: u128) -> u128 {
    bytes.wrapping_sub(every_byte(1)) & !bytes & every_byte(0x80)
}

fn every_byte(byte: u8) -> u128 {
    u128::from_ne_bytes([byte; WINDOW])
}

/// Bits of a hash that its home does not tell, made not to be zero.
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
        Table::new(&entries, entries.len() * 2)
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
                assert!(compared <= WINDOW + 15, "{compared}");
            }
            let (found, compared) = find(&table, hash, 10_000);
            assert_eq!(found, None);
            assert!(compared <= WINDOW + 15, "{compared}");
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
        assert!(table.crowded_out.is_empty());
        for key in 0..10_000 {
            assert_eq!(find(&table, spread(key), key).0, Some(key));
        }
        assert_eq!(find(&table, spread(10_000), 10_000).0, None);
    }

    #[test]
    fn an_empty_table_has_nothing() {
        assert_eq!(find(&Table::new(&[], 0), 0, 0).0, None);
    }
}
