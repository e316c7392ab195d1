//! A Bloom filter with one hash function.

use alloc::vec;
use alloc::vec::Vec;

/// A Bloom filter with one hash function and 16 bits for each hash: it contains about one in sixteen
/// hashes that were not inserted.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter(Vec<u64>);

impl Filter {
    pub(super) fn with_capacity(hashes: usize) -> Self {
        Self(vec![0; hashes.div_ceil(4)])
    }

    pub(super) fn new(hashes: impl ExactSizeIterator<Item = u64>) -> Self {
        let mut filter = Self::with_capacity(hashes.len());
        hashes.for_each(|hash| filter.insert(hash));
        filter
    }

    pub(super) fn insert(&mut self, hash: u64) {
        let (word, bit) = self.place(hash);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    /// Whether the hash may have been inserted; true for every one that was.
    #[inline]
    pub(super) fn may_contain(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// The word and the bit of a hash. Greater hashes have no smaller words, so that inserting sorted
    /// hashes goes through memory in order.
    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        let words = self.0.len() as u64;
        let high = hash >> 32;
        let word = high.wrapping_mul(words) >> 32;
        (word as usize, 1 << (high & 63))
    }
}
