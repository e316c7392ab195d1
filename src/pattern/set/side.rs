//! What stands on one side of a `*` in a label.

use super::key::Rolling;
use super::lengths::Lengths;
use crate::origin::host::MAX_DOMAIN_LEN;

/// The beginnings of a label, or its ends, that may be a pattern's.
pub(super) struct Side {
    /// How long they are.
    pub(super) known: Lengths,
    /// The hashes of all, by their lengths.
    hashes: [Rolling; MAX_DOMAIN_LEN],
}

impl Side {
    /// Those of these lengths that lead somewhere. The bytes of the label come from that side, and `beyond` is the
    /// hash of what stands before them.
    pub(super) fn of<'l>(
        beyond: Rolling,
        bytes: impl Iterator<Item = &'l u8>,
        lengths: &Lengths,
        leads: impl Fn(Rolling) -> bool,
    ) -> Self {
        let mut known = Lengths::default();
        let mut hashes = [beyond; MAX_DOMAIN_LEN];
        let mut hash = beyond;
        let mut bytes = bytes.take(lengths.last().unwrap_or(0));
        for (len, slot) in hashes.iter_mut().enumerate() {
            *slot = hash;
            if lengths.contains(len) && leads(hash) {
                known.insert(len);
            }
            let Some(&byte) = bytes.next() else {
                break;
            };
            hash = hash.push(byte.into());
        }
        Self { known, hashes }
    }

    /// The hash of the one of this length.
    #[inline]
    pub(super) fn get(&self, len: usize) -> Option<Rolling> {
        self.hashes.get(len).copied()
    }
}
