//! Lookup keys: the scheme and host of a pattern.

use core::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::origin::Span;
use crate::pattern::pattern_ref::host_len;
use crate::pattern::{HostPattern, Network, PatternRef};

/// Terminates every pattern in the arena.
pub(super) const END: u8 = b'\n';

/// The scheme and host of a pattern, compared without being joined.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'k> {
    /// The text up to the `*` or the network, or all of it.
    head: &'k [u8],
    middle: Middle,
    /// The text after the `*`.
    tail: &'k [u8],
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Middle {
    Nothing,
    Star,
    Network(Network),
}

impl<'k> Key<'k> {
    /// The key of a host, in which a `*` may replace a part.
    #[inline]
    pub(super) fn new(scheme_and_host: &'k [u8], star: Option<Span>) -> Option<Self> {
        let (head, middle, tail) = match star {
            None => (scheme_and_host, Middle::Nothing, &b""[..]),
            Some(star) => {
                let head = scheme_and_host.get(..star.start)?;
                (head, Middle::Star, scheme_and_host.get(star.end..)?)
            }
        };
        Some(Self { head, middle, tail })
    }

    /// The key of a network; `head` is the scheme with `://`.
    pub(super) fn network(head: &'k [u8], network: Network) -> Self {
        Self {
            head,
            middle: Middle::Network(network),
            tail: b"",
        }
    }

    /// The key of a pattern of tuple origins.
    pub(super) fn of_pattern(pattern: PatternRef<'k>) -> Option<Self> {
        let host = pattern.host_span()?;
        let text = pattern.as_str().as_bytes().get(..host.end)?;
        if let HostPattern::Network(network) = pattern.host()? {
            return Some(Self::network(text.get(..host.start)?, network));
        }
        let star = text.iter().position(|&byte| byte == b'*');
        Self::new(text, star.map(Span::byte))
    }

    #[inline]
    pub(super) fn hash(self) -> u64 {
        let head = hash(self.head);
        match self.middle {
            Middle::Nothing => head,
            Middle::Star => mix(head, hash(self.tail)),
            Middle::Network(network) => {
                let mut hasher = FxHasher::default();
                network.hash(&mut hasher);
                mix(head, hasher.finish())
            }
        }
    }

    /// Calls `find` with what follows this key in the arena, if the arena starts with a pattern that has
    /// the key. That is compared last, because `find` is quicker.
    #[inline]
    pub(super) fn find_in<'s, T>(
        self,
        arena: &'s str,
        find: impl FnOnce(&'s [u8]) -> Option<T>,
    ) -> Option<T> {
        let len = match self.middle {
            Middle::Nothing => self.head.len(),
            Middle::Star => self.head.len() + "*".len() + self.tail.len(),
            Middle::Network(_) => self.head.len() + host_len(arena.get(self.head.len()..)?),
        };
        let (text, rest) = arena.as_bytes().split_at_checked(len)?;
        let is_end = matches!(rest.first(), Some(&(END | b':')));
        let found = is_end.then(|| find(rest))??;
        let host = text.strip_prefix(self.head)?;
        let eq = match self.middle {
            Middle::Nothing => true,
            Middle::Star => host.strip_prefix(b"*") == Some(self.tail),
            Middle::Network(network) => {
                Network::from_canonical(core::str::from_utf8(host).ok()?) == Some(network)
            }
        };
        eq.then_some(found)
    }
}

#[inline]
pub(super) fn hash(text: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    spread(hasher.finish())
}

#[inline]
fn mix(one: u64, other: u64) -> u64 {
    spread(one.rotate_left(29) ^ other)
}

/// Spreads a hash over 64 bits: on 32-bit targets the hasher's upper half is zero, and tables and
/// filters use it.
#[inline]
fn spread(hash: u64) -> u64 {
    let hash = match cfg!(cross_origin_truncated_hash) {
        true => hash & u64::from(u32::MAX),
        false => hash,
    };
    let product = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ (product >> 32)
}
