//! Trust properties of patterns.

use crate::origin::host::is_trustworthy;
use crate::pattern::{HostPattern, InLabel, Network, PatternRef};

/// Whether every origin that the pattern can match is potentially trustworthy: see
/// [`OriginRef::is_potentially_trustworthy`](crate::OriginRef::is_potentially_trustworthy). `*`, `null`
/// and `file://` have checks of their own.
pub(crate) fn is_potentially_trustworthy(pattern: PatternRef<'_>) -> bool {
    let Some((scheme, host)) = pattern.scheme().zip(pattern.host()) else {
        return true;
    };
    match host {
        // All names below `localhost` are loopback, so the parent decides.
        HostPattern::Exact(host)
        | HostPattern::Subdomains(host)
        | HostPattern::InLabel(InLabel { parent: host, .. }) => is_trustworthy(scheme, host),
        HostPattern::Network(network) => scheme.is_secure() || is_loopback(network),
        HostPattern::Any => !scheme.is_special(),
    }
}

/// Whether a network is within 127.0.0.0/8. `[::1]` is an address, not a network.
pub(crate) fn is_loopback(network: Network) -> bool {
    let address = network.address();
    network.prefix_len() >= 8 && address.is_ipv4() && address.is_loopback()
}

/// Whether a network is so large that it counts as any host: its prefix is shorter than /8 (IPv4) or /7
/// (IPv6), or it has globally reachable addresses and its prefix is shorter than /16 or /32.
pub(crate) fn is_any_host(network: Network) -> bool {
    let (shortest, shortest_global) = match network.address().is_ipv4() {
        true => (8, 16),
        false => (7, 32),
    };
    network.prefix_len() < shortest
        || (network.prefix_len() < shortest_global && is_global(network))
}

/// Whether a network is not within one of the blocks without globally reachable addresses.
pub(crate) fn is_global(network: Network) -> bool {
    let mut blocks = NOT_GLOBAL.into_iter().filter_map(Network::from_canonical);
    !blocks.any(|block| block.covers(network))
}

/// The blocks without globally reachable unicast addresses, from the registries of special-purpose
/// addresses ([RFC 6890](https://www.rfc-editor.org/rfc/rfc6890)).
const NOT_GLOBAL: [&str; 24] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "[::ffff:0:0/96]",
    "[64:ff9b:1::/48]",
    "[100::/64]",
    "[2001:2::/48]",
    "[2001:db8::/32]",
    "[3fff::/20]",
    "[5f00::/16]",
    "[fc00::/7]",
    "[fe80::/10]",
    "[ff00::/8]",
];
