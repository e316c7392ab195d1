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
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    slots: Box<[Slot]>,
    crowded_out: Box<[Entry]>,
}

/// A free slot is all zero: a tag never is.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    tag: u32,
    value: u32,
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
        let mut slots = vec![Slot::default(); homes.saturating_add(WINDOW)];
        let mut crowded_out = Vec::new();
        let mut free = 0_usize;
        for entry in entries {
            let home = home(entry.hash, homes);
            let place = free.max(home);
            match slots.get_mut(place) {
                Some(slot) if place.abs_diff(home) < WINDOW => {
                    *slot = Slot {
                        tag: tag(entry.hash),
                        value: entry.value,
                    };
                    free = place.saturating_add(1);
                }
                _ => crowded_out.push(*entry),
            }
        }
        Self {
            slots: slots.into(),
            crowded_out: crowded_out.into(),
        }
    }

    /// The value of the key with this hash. `is_it` tells whether a value is the key's, and `order`
    /// how the key and that of a value stand to each other.
    pub(super) fn find(
        &self,
        hash: u64,
        is_it: impl Fn(u32) -> bool,
        order: impl Fn(u32) -> Ordering,
    ) -> Option<u32> {
        let homes = self.slots.len().checked_sub(WINDOW)?;
        let home = home(hash, homes);
        let tag = tag(hash);
        for slot in self.slots.get(home..)?.iter().take(WINDOW) {
            if slot.tag == tag && is_it(slot.value) {
                return Some(slot.value);
            }
            if slot.tag == 0 {
                return None;
            }
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

/// The bits of a hash that its home does not tell, made not to be zero.
fn tag(hash: u64) -> u32 {
    hash as u32 | 1
}
