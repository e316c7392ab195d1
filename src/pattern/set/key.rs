//! Lookup keys: the scheme and host that a pattern would have.

use core::cmp::Ordering;
use core::hash::Hasher;

use rustc_hash::FxHasher;

use crate::origin::Span;

/// Terminates every pattern in the text arena.
pub(super) const END: u8 = b'\n';

/// `scheme://host` of an origin with one part of the host replaced by `*`, compared and hashed
/// without being assembled.
#[derive(Clone, Copy)]
pub(super) struct Key<'k> {
    head: &'k [u8],
    /// The text after the `*`, if there is one.
    tail: Option<&'k [u8]>,
}

impl<'k> Key<'k> {
    #[inline]
    pub(super) fn new(scheme_and_host: &'k [u8], star: Option<Span>) -> Option<Self> {
        let (head, tail) = match star {
            None => (scheme_and_host, None),
            Some(star) => (
                scheme_and_host.get(..star.start)?,
                Some(scheme_and_host.get(star.end..)?),
            ),
        };
        Some(Self { head, tail })
    }

    #[inline]
    pub(super) fn hash(self) -> u64 {
        let head = hash(self.head);
        let Some(tail) = self.tail else { return head };
        let mixed = (head.rotate_left(29) ^ hash(tail)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }

    /// What follows this scheme and host in a pattern's text, if the pattern has them.
    #[inline]
    pub(super) fn strip_from<'t>(self, pattern: &'t [u8]) -> Option<&'t [u8]> {
        let rest = pattern.strip_prefix(self.head)?;
        let rest = match self.tail {
            Some(tail) => rest.strip_prefix(b"*")?.strip_prefix(tail)?,
            None => rest,
        };
        matches!(rest.first(), Some(&(END | b':'))).then_some(rest)
    }

    /// Orders this key against another scheme and host by their bytes.
    pub(super) fn cmp(self, other: &[u8]) -> Ordering {
        let star: &[u8] = if self.tail.is_some() { b"*" } else { b"" };
        let key = [self.head, star, self.tail.unwrap_or_default()];
        key.into_iter().flatten().cmp(other)
    }
}

#[inline]
pub(super) fn hash(text: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    let hash = hasher.finish();
    // On 32-bit targets the upper half is zero, and tables and filters take their places from it.
    match cfg!(target_pointer_width = "32") {
        true => hash.wrapping_mul(0x9e37_79b9_7f4a_7c15),
        false => hash,
    }
}
