//! Sets that may say yes of what is not in them.

use alloc::vec;
use alloc::vec::Vec;

/// A set of hashes, of which a few bits are kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter(Vec<u64>);

impl Filter {
    /// Room for this many hashes, so that about one in sixteen others seems to be in it.
    pub(super) fn with_room_for(hashes: usize) -> Self {
        Self(vec![0; hashes.div_ceil(4)])
    }

    pub(super) fn of(hashes: impl ExactSizeIterator<Item = u64>) -> Self {
        let mut filter = Self::with_room_for(hashes.len());
        hashes.for_each(|hash| filter.insert(hash));
        filter
    }

    pub(super) fn insert(&mut self, hash: u64) {
        let (word, bit) = self.place(hash);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    /// Whether it may be in it. If it is, the answer is yes.
    #[inline]
    pub(super) fn may_contain(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// The word and the bit of a hash. Greater hashes have no smaller words.
    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        let words = self.0.len() as u64;
        let high = hash >> 32;
        let word = high.wrapping_mul(words) >> 32;
        (usize::try_from(word).unwrap_or(0), 1 << (high & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_it_is_found_and_little_else() {
        let hash = |number: u64| {
            let number = number.wrapping_add(1).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            (number ^ (number >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb)
        };
        let mut filter = Filter::with_room_for(1_000);
        for number in 0..1_000 {
            filter.insert(hash(number));
        }
        assert!((0..1_000).all(|number| filter.may_contain(hash(number))));
        let others = (1_000..11_000).filter(|&number| filter.may_contain(hash(number)));
        assert!(others.count() < 1_000);
    }

    #[test]
    fn an_empty_one_has_nothing() {
        assert!(!Filter::default().may_contain(0));
        assert!(!Filter::with_room_for(0).may_contain(0));
    }
}
