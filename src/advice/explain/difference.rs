//! Differences between an origin and an allowed one.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::pattern::{HostPattern, InLabel, Network};

/// The one thing in which an origin differs from one that is allowed, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum OriginDifference {
    /// The scheme: `http` where `https` is allowed, say.
    Scheme,
    /// The port. No port means the scheme's default port.
    Port,
    /// The scheme and the port.
    SchemeAndPort,
    /// The dot of the DNS root at the end of the host: `example.com.` is another host than
    /// `example.com`.
    TrailingDot,
    /// One of `localhost`, `127.0.0.1` and `[::1]` in place of another.
    Loopback,
    /// `www.` before the host.
    Www,
    /// The origin is the domain itself, and a pattern with `*.` matches hosts below it only.
    Apex,
    /// Nothing is left for the `*` in the label of the pattern.
    EmptyWildcard,
    /// There is a label more than the pattern has: a `*` in a label never spans a dot.
    LabelTooMany,
    /// The origin's host is below the one that is allowed.
    Below,
    /// The address is near the network of the pattern, and not in it.
    OutsideNetwork,
}

impl OriginDifference {
    /// The difference's name, such as `trailing-dot`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scheme => "scheme",
            Self::Port => "port",
            Self::SchemeAndPort => "scheme-and-port",
            Self::TrailingDot => "trailing-dot",
            Self::Loopback => "loopback",
            Self::Www => "www",
            Self::Apex => "apex",
            Self::EmptyWildcard => "empty-wildcard",
            Self::LabelTooMany => "label-too-many",
            Self::Below => "below",
            Self::OutsideNetwork => "outside-network",
        }
    }

    /// Returns its description, to follow "this one is".
    pub(super) const fn reason(self) -> &'static str {
        match self {
            Self::Scheme => "the scheme differs",
            Self::Port => "the port differs",
            Self::SchemeAndPort => "the scheme and the port differ",
            Self::TrailingDot => "the dot at the end makes another host",
            Self::Loopback => "to a browser these are different hosts",
            Self::Www => "`www.` makes another host",
            Self::Apex => "`*.` is for the hosts below a domain, not for the domain itself",
            Self::EmptyWildcard => "its `*` stands for one character or more",
            Self::LabelTooMany => "its `*` never spans a dot, and no label stands before it",
            Self::Below => "an origin without `*.` is not for the hosts below it",
            Self::OutsideNetwork => "the address is outside the network",
        }
    }
}

impl fmt::Display for OriginDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The names of a machine for itself.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// In what this host differs from the pattern's, and a host that the pattern matches.
pub(super) fn host_difference(
    pattern: HostPattern<'_>,
    host: &str,
) -> Option<(OriginDifference, String)> {
    let dotted = with_other_dot(host);
    if pattern.find(&dotted).is_some() {
        return Some((OriginDifference::TrailingDot, dotted));
    }
    match pattern {
        HostPattern::Exact(exact) => {
            let without = |host: &str, of: &str| host.strip_prefix("www.") == Some(of);
            let difference = if LOOPBACK.contains(&exact) && LOOPBACK.contains(&host) {
                OriginDifference::Loopback
            } else if without(exact, host) || without(host, exact) {
                OriginDifference::Www
            } else if is_below(host, exact) {
                OriginDifference::Below
            } else {
                return None;
            };
            Some((difference, exact.to_owned()))
        }
        HostPattern::Subdomains(parent) if host == parent => {
            Some((OriginDifference::Apex, format!("www.{parent}")))
        }
        HostPattern::InLabel(in_label) => label_difference(in_label, host),
        HostPattern::Network(network) => network_difference(network, host),
        HostPattern::Subdomains(_) | HostPattern::Any => None,
    }
}

fn network_difference(network: Network, host: &str) -> Option<(OriginDifference, String)> {
    let pattern = HostPattern::Network(network);
    let mut names = LOOPBACK.into_iter().filter(|_| LOOPBACK.contains(&host));
    if let Some(name) = names.find(|name| pattern.find(name).is_some()) {
        return Some((OriginDifference::Loopback, name.to_owned()));
    }
    let nearby = nearby(network, Network::from_canonical(host)?.address())?;
    Some((OriginDifference::OutsideNetwork, nearby.to_string()))
}

fn label_difference(in_label: InLabel<'_>, host: &str) -> Option<(OriginDifference, String)> {
    let InLabel {
        prefix,
        suffix,
        parent,
    } = in_label;
    let with_capture = |capture: &str| format!("{prefix}{capture}{suffix}.{parent}");
    let labels = host.strip_suffix(parent)?.strip_suffix('.')?;
    if let Some((_, last)) = labels.rsplit_once('.')
        && in_label.capture(last).is_some()
    {
        return Some((OriginDifference::LabelTooMany, format!("{last}.{parent}")));
    }
    let after_prefix = labels.strip_prefix(prefix)?;
    match after_prefix.strip_suffix(suffix) {
        Some(spanning) if spanning.contains('.') => {
            let allowed = with_capture(&spanning.replace('.', "-"));
            Some((OriginDifference::LabelTooMany, allowed))
        }
        // Something is there that the `*` does not match.
        Some(captured) if !captured.is_empty() => None,
        // Nothing is between the literals, or they overlap.
        _ => labels
            .ends_with(suffix)
            .then(|| (OriginDifference::EmptyWildcard, with_capture("x"))),
    }
}

/// Whether this host only looks like one of the pattern's: the domain's text is in it, and it is not
/// the domain nor below it.
pub(super) fn is_look_alike(pattern: HostPattern<'_>, host: &str) -> bool {
    let host = without_dot(host);
    let domain = match pattern {
        HostPattern::Exact(domain)
        | HostPattern::Subdomains(domain)
        | HostPattern::InLabel(InLabel { parent: domain, .. }) => without_dot(domain),
        HostPattern::Network(network) => return begins_with_address(host, network),
        HostPattern::Any => return false,
    };

    let is_telling = domain.contains('.') || domain == "localhost";
    is_telling && host.contains(domain) && host != domain && !is_below(host, domain)
}

/// Returns the address of the network that has the host bits of this one, if they have most of the
/// prefix in common: all but 8 bits of IPv4 and 16 bits of IPv6, and as many at least.
fn nearby(network: Network, address: IpAddr) -> Option<Network> {
    let (step, max_len) = if address.is_ipv4() {
        (8, 32)
    } else {
        (16, 128)
    };
    let prefix_len = network.prefix_len();
    let common = prefix_len.saturating_sub(step).max(step).min(prefix_len);
    let wider = Network::new(network.address(), common)?;
    let moved: IpAddr = match (network.address(), address) {
        (IpAddr::V4(first), IpAddr::V4(address)) => {
            let mask = u32::MAX.checked_shr(prefix_len.into()).unwrap_or(0);
            Ipv4Addr::from_bits(first.to_bits() | address.to_bits() & mask).into()
        }
        (IpAddr::V6(first), IpAddr::V6(address)) => {
            let mask = u128::MAX.checked_shr(prefix_len.into()).unwrap_or(0);
            Ipv6Addr::from_bits(first.to_bits() | address.to_bits() & mask).into()
        }
        _ => return None,
    };
    wider
        .contains(address)
        .then(|| Network::new(moved, max_len))?
}

/// Whether the first labels of a domain are an address of the network.
fn begins_with_address(host: &str, network: Network) -> bool {
    let mut dots = host.match_indices('.').map(|(dot, _)| dot);
    let address = dots.nth(3).and_then(|dot| host.get(..dot));
    address
        .and_then(Network::from_canonical)
        .is_some_and(|address| network.covers(address))
}

fn without_dot(domain: &str) -> &str {
    domain.strip_suffix('.').unwrap_or(domain)
}

/// Whether a host is below a domain, with a label of its own.
fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .and_then(|labels| labels.strip_suffix('.'))
        .is_some_and(|labels| !labels.is_empty())
}

/// The host with the root's dot, or without it if it has one.
fn with_other_dot(host: &str) -> String {
    let without = host.strip_suffix('.').map(ToOwned::to_owned);
    without.unwrap_or_else(|| format!("{host}."))
}
