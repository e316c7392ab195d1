//! Sets of small numbers.

/// A set of lengths up to 255, the most that a dot and a domain have.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lengths([u64; 4]);

impl Lengths {
    pub(super) fn insert(&mut self, len: usize) {
        if let Some(word) = self.0.get_mut(len / 64) {
            *word |= 1 << (len % 64);
        }
    }

    pub(super) fn contains(&self, len: usize) -> bool {
        let word = self.0.get(len / 64).copied().unwrap_or(0);
        word >> (len % 64) & 1 == 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }

    /// Those that are in both.
    pub(super) fn and(mut self, other: &Self) -> Self {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word &= other;
        }
        self
    }

    /// From the smallest to the largest.
    #[inline]
    pub(super) fn ascending(&self) -> impl Iterator<Item = usize> {
        core::iter::successors(self.first_from(0), |&len| {
            self.first_from(len.saturating_add(1))
        })
    }

    /// The smallest that is no smaller than this.
    #[inline]
    fn first_from(&self, len: usize) -> Option<usize> {
        let mut at = len / 64;
        let mut word = self.0.get(at)? & (u64::MAX << (len % 64));
        while word == 0 {
            at = at.saturating_add(1);
            word = *self.0.get(at)?;
        }
        Some(
            at.saturating_mul(64)
                .saturating_add(word.trailing_zeros() as usize),
        )
    }

    /// From the largest to the smallest.
    pub(super) fn descending(&self) -> impl Iterator<Item = usize> {
        core::iter::successors(self.last_up_to(255), |&len| {
            self.last_up_to(len.checked_sub(1)?)
        })
    }

    /// The largest that is no larger than this.
    #[inline]
    fn last_up_to(&self, len: usize) -> Option<usize> {
        let mut at = len / 64;
        let mut word = self.0.get(at)? & (u64::MAX >> 63_usize.saturating_sub(len % 64));
        while word == 0 {
            at = at.checked_sub(1)?;
            word = *self.0.get(at)?;
        }
        Some(at.saturating_mul(64).saturating_add(word.ilog2() as usize))
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn lengths_come_in_order() {
        let all = [0, 1, 5, 63, 64, 127, 128, 200, 255];
        let mut lengths = Lengths::default();
        assert!(lengths.is_empty());
        for len in all {
            assert!(!lengths.contains(len));
            lengths.insert(len);
        }
        assert_eq!(lengths.ascending().collect::<Vec<_>>(), all);
        let mut descending: Vec<_> = lengths.descending().collect();
        descending.reverse();
        assert_eq!(descending, all);
        assert_eq!(
            (0..300).filter(|&len| lengths.contains(len)).count(),
            all.len()
        );
    }

    #[test]
    fn those_in_both() {
        let of = |lens: &[usize]| {
            let mut lengths = Lengths::default();
            lens.iter().for_each(|&len| lengths.insert(len));
            lengths
        };
        let both = of(&[1, 70, 200]).and(&of(&[1, 71, 200]));
        assert_eq!(both.ascending().collect::<Vec<_>>(), [1, 200]);
    }
}
