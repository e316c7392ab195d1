//! What stands around a `*`, hashed.

use super::filter::Filter;
use super::key::{Rolling, hash, starred};

/// What stands around a `*`, hashed.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub(super) head: Rolling,
    pub(super) ends: Ends,
}

impl Around {
    /// The hashes of these texts, with that of a port.
    #[inline]
    pub(super) fn of(head: &[u8], after: &[u8], port: Ends) -> Self {
        Self {
            head: Rolling::of(head),
            ends: port.with(Rolling::of(after)),
        }
    }

    /// The hash of a pattern of one port.
    #[inline]
    pub(super) fn hash(self) -> u64 {
        starred(self.head, self.ends.with_port())
    }

    /// The hash of a pattern of several ports, up to them.
    #[inline]
    pub(super) fn hash_before_ports(self) -> u64 {
        starred(self.head, self.ends.before_ports())
    }
}

/// The hash of several ports, whichever.
const SEVERAL: u64 = 0x1319_8a2e_0370_7344;

/// The hash of the end of a host, and that of the port after it.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    host: Rolling,
    port: u64,
}

impl Ends {
    /// The hashes of what stands after the host.
    pub(super) fn after(port: &[u8]) -> Self {
        let port = if port.is_empty() { 0 } else { hash(port) };
        Self {
            host: Rolling::START,
            port,
        }
    }

    /// With the hash of another end of the host.
    #[inline]
    pub(super) fn with(self, host: Rolling) -> Self {
        Self { host, ..self }
    }

    #[inline]
    pub(super) fn push(self, word: u64) -> Self {
        self.with(self.host.push(word))
    }

    /// Takes off what was pushed last.
    #[inline]
    pub(super) fn pop(self, word: u64) -> Self {
        self.with(self.host.pop(word))
    }

    /// Of the end of a host.
    pub(super) fn of_host(self) -> Rolling {
        self.host
    }

    /// Of the end of a pattern of one port.
    pub(super) fn with_port(self) -> Rolling {
        self.host.with(self.port)
    }

    /// Of the end of a pattern of several.
    pub(super) fn before_ports(self) -> Rolling {
        self.host.with(SEVERAL)
    }

    /// Whether it may be the end of a pattern that was noted.
    pub(super) fn may_be_in(self, noted: &Filter) -> bool {
        noted.may_contain(self.with_port().value())
            || noted.may_contain(self.before_ports().value())
    }
}
