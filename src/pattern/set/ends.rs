//! What stands after a `*`, hashed.

use super::filter::Filter;
use super::key::{Rolling, hash, starred};
use crate::origin::Span;

/// A span, and the hashes of the keys with a `*` in its place.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub(super) span: Span,
    /// Of the whole text.
    pub(super) hash: u64,
    /// Of the text up to the ports.
    pub(super) hash_before_ports: u64,
}

/// The hashes of the end of a text, with its port and without.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    whole: Rolling,
    before_ports: Rolling,
}

impl Ends {
    /// The hashes of what stands after the host.
    pub(super) fn after(port: &[u8]) -> Self {
        let before_ports = Rolling::START;
        let whole = match port {
            [] => before_ports,
            _ => before_ports.push(hash(port)),
        };
        Self {
            whole,
            before_ports,
        }
    }

    #[inline]
    pub(super) fn push(self, word: u64) -> Self {
        Self {
            whole: self.whole.push(word),
            before_ports: self.before_ports.push(word),
        }
    }

    #[inline]
    pub(super) fn candidate(self, head: Rolling, span: Span) -> Candidate {
        Candidate {
            span,
            hash: starred(head, self.whole),
            hash_before_ports: starred(head, self.before_ports),
        }
    }

    pub(super) fn whole(self) -> Rolling {
        self.whole
    }

    pub(super) fn before_ports(self) -> Rolling {
        self.before_ports
    }

    /// Whether it may be the end of a pattern that was noted.
    pub(super) fn may_be_in(self, noted: &Filter) -> bool {
        let Self {
            whole,
            before_ports,
        } = self;
        noted.may_contain(whole.value()) || noted.may_contain(before_ports.of_several().value())
    }
}
