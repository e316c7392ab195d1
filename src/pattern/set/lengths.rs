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

    /// Those that are as large as `start` at least, and smaller than `end`.
    pub(super) fn within(mut self, start: usize, end: usize) -> Self {
        let mut first = 0_usize;
        for word in &mut self.0 {
            // The bits from one on, of those of this word.
            let from = |bit: usize| {
                let bit = u32::try_from(bit.saturating_sub(first)).unwrap_or(u32::MAX);
                u64::MAX.checked_shl(bit).unwrap_or(0)
            };
            *word &= from(start) & !from(end);
            first = first.saturating_add(64);
        }
        self
    }

    /// Whether one is as large as `start` at least, and smaller than `end`.
    #[inline]
    pub(super) fn any_within(&self, start: usize, end: usize) -> bool {
        self.first_from(start).is_some_and(|first| first < end)
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
    pub(super) fn descending(mut self) -> impl Iterator<Item = usize> {
        core::iter::from_fn(move || {
            let last = self.last()?;
            if let Some(word) = self.0.get_mut(last / 64) {
                *word ^= 1 << (last % 64);
            }
            Some(last)
        })
    }

    /// What is found for the largest for which anything is.
    #[inline]
    pub(super) fn find_last<T>(&self, mut found: impl FnMut(usize) -> Option<T>) -> Option<T> {
        let mut words = self.0.iter().enumerate().rev();
        words.find_map(|(at, &word)| {
            // The last bit is found quicker from the other side.
            let last = at.saturating_mul(64).saturating_add(63);
            let mut left = word.reverse_bits();
            while left != 0 {
                let found = found(last.saturating_sub(left.trailing_zeros() as usize));
                if found.is_some() {
                    return found;
                }
                left &= left.wrapping_sub(1);
            }
            None
        })
    }

    /// The largest.
    pub(super) fn last(&self) -> Option<usize> {
        self.find_last(Some)
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
        for len in all {
            assert!(!lengths.contains(len));
            lengths.insert(len);
        }
        assert_eq!(lengths.ascending().collect::<Vec<_>>(), all);
        let mut descending: Vec<_> = lengths.descending().collect();
        descending.reverse();
        assert_eq!(descending, all);
        assert_eq!(
            lengths.find_last(|len| (len < 128).then_some(len)),
            Some(127)
        );
        assert_eq!(lengths.find_last(|_| None::<()>), None);
        assert_eq!(lengths.last(), Some(255));
        assert_eq!(Lengths::default().last(), None);
        assert!(Lengths::default().is_empty() && !lengths.is_empty());
        assert!(lengths.any_within(63, 64) && lengths.any_within(2, 6));
        assert!(!lengths.any_within(65, 127) && !lengths.any_within(2, 2));
        for (start, end) in [
            (0, 0),
            (0, 300),
            (5, 64),
            (64, 65),
            (65, 200),
            (200, 10),
            (201, 256),
        ] {
            let within = lengths.within(start, end);
            let expected = all.into_iter().filter(|len| (start..end).contains(len));
            assert!(within.ascending().eq(expected), "{start}..{end}");
        }
        assert_eq!(
            (0..300).filter(|&len| lengths.contains(len)).count(),
            all.len()
        );
    }
}
