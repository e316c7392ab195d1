//! The parts of a pattern's text, and an origin that it admits.

use alloc::format;
use alloc::string::String;

use crate::origin::{Origin, Scheme};
use crate::pattern::OriginPattern;

/// The parts of a pattern in canonical form, as it is written.
#[derive(Clone, Copy)]
pub(super) struct Parts<'p> {
    pub(super) scheme: Scheme<'p>,
    pub(super) host: &'p str,
    /// With the colon; empty where none is written.
    ports: &'p str,
}

impl<'p> Parts<'p> {
    /// `*` and `null` have none.
    pub(super) fn of(pattern: &'p OriginPattern) -> Option<Self> {
        let (scheme, rest) = pattern.as_str().split_once("://")?;
        // The colons of an address stand in its brackets.
        let after_address = rest.rfind(']').unwrap_or(0);
        let end = rest
            .rfind(':')
            .filter(|colon| *colon >= after_address)
            .unwrap_or(rest.len());
        let (host, ports) = rest.split_at_checked(end)?;
        Some(Self {
            scheme: Scheme::canonical(scheme),
            host,
            ports,
        })
    }

    /// The same pattern with another scheme.
    pub(super) fn with_scheme(self, scheme: &str) -> String {
        format!("{scheme}://{}{}", self.host, self.ports)
    }

    /// The same pattern with another host.
    pub(super) fn with_host(self, host: &str) -> String {
        format!("{}://{host}{}", self.scheme, self.ports)
    }

    fn some_port(self) -> &'p str {
        let ports = self.ports.trim_start_matches([':', '{', '*']);
        let end = ports
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(ports.len());
        ports.get(..end).unwrap_or_default()
    }
}

/// An origin that this pattern admits, with a host that few other patterns admit: as a `*` inside a
/// label stands beside something, no other such label is `0` alone.
pub(super) fn witness(pattern: &OriginPattern) -> Option<Origin> {
    let Some(parts) = Parts::of(pattern) else {
        return pattern.as_pattern_ref().is_opaque().then(Origin::opaque);
    };
    let host = parts.host.replacen('*', "0", 1);
    let text = match parts.some_port() {
        "" => format!("{}://{host}", parts.scheme),
        port => format!("{}://{host}:{port}", parts.scheme),
    };
    text.parse().ok()
}
