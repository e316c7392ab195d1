//! What is looked up: the text that a pattern would have.

use core::cmp::Ordering;
use core::hash::Hasher;

use rustc_hash::FxHasher;

use crate::origin::Span;

/// What stands after a pattern in the set's text.
pub(super) const END: u8 = b'\n';

/// What stands after the part of a pattern that comes before its ports.
pub(super) const PORTS: u8 = b':';

/// An origin's text with what a `*` stands for replaced by it, and the byte that follows.
///
/// It is compared and hashed without being put together.
#[derive(Clone, Copy)]
pub(super) struct Key<'k> {
    head: &'k [u8],
    /// What stands after the `*`, if there is one.
    tail: Option<&'k [u8]>,
    end: u8,
}

impl<'k> Key<'k> {
    /// The key of a text without `*`.
    pub(super) fn whole(text: &'k [u8]) -> Self {
        Self {
            head: text,
            tail: None,
            end: END,
        }
    }

    /// The key of a text with a `*` in the place of this span.
    pub(super) fn with_star(text: &'k [u8], span: Span) -> Option<Self> {
        Some(Self {
            head: text.get(..span.start)?,
            tail: Some(text.get(span.end..)?),
            end: END,
        })
    }

    /// The key of what comes before the ports.
    pub(super) fn before_ports(text: &'k [u8], span: Option<Span>) -> Option<Self> {
        let key = match span {
            Some(span) => Self::with_star(text, span)?,
            None => Self::whole(text),
        };
        Some(Self { end: PORTS, ..key })
    }

    /// How long the text is, without the byte that follows.
    pub(super) fn len(self) -> usize {
        let tail = self.tail.map_or(0, |tail| tail.len().saturating_add(1));
        self.head.len().saturating_add(tail)
    }

    pub(super) fn is_before_ports(self) -> bool {
        self.end == PORTS
    }

    /// The hash of a key without `*`.
    pub(super) fn hash(self) -> u64 {
        hash(self.head)
    }

    /// What stands around the `*`, if there is one.
    pub(super) fn around_star(self) -> Option<AroundStar<'k>> {
        let (head, tail) = (self.head, self.tail?);
        let slash = head.iter().rposition(|&byte| byte == b'/')?;
        let (scheme, before) = head.split_at_checked(slash.saturating_add(1))?;
        let colon = tail.iter().position(|&byte| byte == b':');
        let (after, port) = tail.split_at_checked(colon.unwrap_or(tail.len()))?;
        Some(AroundStar {
            head,
            scheme,
            before,
            after,
            port,
        })
    }

    /// Whether `text` starts with this.
    ///
    /// No pattern has the byte that ends it within, so neither may a key: what comes from a request
    /// may be any bytes.
    pub(super) fn starts(self, text: &[u8]) -> bool {
        let after_head = text.strip_prefix(self.head);
        let after = match self.tail {
            Some(tail) => after_head
                .and_then(|rest| rest.strip_prefix(b"*"))
                .and_then(|rest| rest.strip_prefix(tail)),
            None => after_head,
        };
        after.and_then(<[u8]>::first) == Some(&self.end) && is_one_line(self.head)
    }

    /// The order of this and what `text` starts with, which is that of their bytes.
    pub(super) fn cmp_start(self, text: &[u8]) -> Ordering {
        let star: &[u8] = if self.tail.is_some() { b"*" } else { b"" };
        let tail = self.tail.unwrap_or_default();
        let end = core::slice::from_ref(&self.end);
        let key = [self.head, star, tail, end].into_iter().flatten();
        key.cmp(text.iter().take(self.len().saturating_add(1)))
    }
}

/// What stands around a `*`.
#[derive(Clone, Copy)]
pub(super) struct AroundStar<'k> {
    /// All that stands before it: the next two.
    pub(super) head: &'k [u8],
    /// The scheme and what follows it.
    pub(super) scheme: &'k [u8],
    /// The part of the host before the `*`.
    pub(super) before: &'k [u8],
    /// The part of the host after the `*`.
    pub(super) after: &'k [u8],
    /// The port with its colon, or nothing.
    pub(super) port: &'k [u8],
}

/// A hash that grows: keys of one text with the `*` in different places have beginnings and ends in common,
/// and so the work on them.
#[derive(Clone, Copy)]
pub(super) struct Rolling(u64);

impl Rolling {
    pub(super) const START: Self = Self(0x243f_6a88_85a3_08d3);

    /// The hash of a text to start from.
    #[inline]
    pub(super) fn of(text: &[u8]) -> Self {
        Self(hash(text))
    }

    pub(super) fn value(self) -> u64 {
        self.0
    }

    #[inline]
    pub(super) fn push(self, word: u64) -> Self {
        Self((self.0 ^ word).wrapping_mul(FACTOR))
    }

    /// With a word that is a hash itself.
    #[inline]
    pub(super) fn with(self, word: u64) -> Self {
        Self(self.0 ^ word)
    }

    #[inline]
    pub(super) fn push_each<'b>(self, bytes: impl IntoIterator<Item = &'b u8>) -> Self {
        let bytes = bytes.into_iter();
        bytes.fold(self, |hash, &byte| hash.push(byte.into()))
    }

    /// Takes off what was pushed last.
    #[inline]
    pub(super) fn pop(self, word: u64) -> Self {
        Self(self.0.wrapping_mul(INVERSE) ^ word)
    }
}

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// What undoes a multiplication by [`FACTOR`].
const INVERSE: u64 = 0xf1de_83e1_9937_733d;
const _: () = assert!(FACTOR.wrapping_mul(INVERSE) == 1);

#[inline]
pub(super) fn hash(text: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    hasher.finish()
}

/// The hash of a key with a `*`.
pub(super) fn starred(head: Rolling, tail: Rolling) -> u64 {
    let mixed = (head.0.rotate_left(29) ^ tail.0).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^ (mixed >> 32)
}

/// Whether it has no byte that ends a pattern.
pub(super) fn is_one_line(text: &[u8]) -> bool {
    // Going through all bytes, sixteen at once, is quicker than stopping at one.
    let Some(last) = text.last_chunk::<16>() else {
        return text.iter().all(|byte| byte != &END);
    };
    let (chunks, _) = text.as_chunks::<16>();
    let mut least = [u8::MAX; 16];
    for chunk in chunks.iter().chain([last]) {
        for (least, byte) in least.iter_mut().zip(chunk) {
            *least = (*least).min(byte ^ END);
        }
    }
    least.iter().fold(true, |one, &least| one & (least != 0))
}
