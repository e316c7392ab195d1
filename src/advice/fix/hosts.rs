//! Canonical patterns, and where their hosts are.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use core::net::IpAddr;

use crate::origin::{Host, Origin};
use crate::pattern::{self, Network, OriginPattern, ParsePatternError};
use crate::policy::{is_global, is_potentially_trustworthy};

/// Returns the canonical text of a pattern, or of the network that it describes.
pub(super) fn canonical(text: &str) -> Option<String> {
    match pattern::parse(text) {
        Ok(canonical) => Some(canonical.into_owned()),
        Err(
            ParsePatternError::Network { fix, .. } | ParsePatternError::AddressWildcard { fix },
        ) => fix.suggestion().map(str::to_owned),
        Err(_) => None,
    }
}

/// Returns the network that a text describes, which has a `/` that is not a path.
pub(super) fn network(text: &str) -> Option<String> {
    match pattern::parse(text) {
        Err(ParsePatternError::Network { fix, .. }) => fix.suggestion().map(str::to_owned),
        _ => None,
    }
}

/// Whether a host or wildcard is on the user's machine.
pub(super) fn is_loopback(host: &str) -> bool {
    let pattern = format!("http://{host}").parse::<OriginPattern>();
    pattern.is_ok_and(|pattern| is_potentially_trustworthy(pattern.as_pattern_ref()))
}

/// Whether a host is an address that is not globally reachable.
pub(super) fn is_private_address(host: &str) -> bool {
    let Ok(origin) = format!("http://{host}").parse::<Origin>() else {
        return false;
    };
    let is_private = |address: IpAddr, bits| {
        Network::new(address, bits).is_some_and(|network| !is_global(network))
    };
    match origin.host() {
        Some(Host::Ipv4(address)) => is_private(address.into(), 32),
        Some(Host::Ipv6(address)) => is_private(address.into(), 128),
        _ => false,
    }
}
