//! Parsing networks as people write them.

use alloc::format;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::error::{NetworkError, ParsePatternError};
use super::network::Network;
use crate::origin::text::Suggest;
use crate::origin::{Fix, Scheme};

/// A network and the port that follows it, without its colon.
pub(super) type NetworkAndPort<'a> = (Network, Option<&'a str>);

/// Parses what follows `://` as a network, if it looks like one.
///
/// ```text
/// network = ipv4 "/" bits [ ":" port ] / "[" ipv6 "/" bits "]" [ ":" port ]
/// ```
///
/// Addresses are parsed strictly. Recognised misspellings (the port before the prefix length, short or
/// octal IPv4, bits set after the prefix) are errors that suggest the canonical form.
pub(super) fn parse<'a>(
    scheme: Scheme<'_>,
    authority: &'a str,
    suggest: Suggest,
) -> Option<Result<NetworkAndPort<'a>, ParsePatternError>> {
    let LookAlike {
        address,
        bits,
        port,
        is_accepted,
    } = look_alike(authority)?;
    let prefix_len = bits.parse().ok();
    let network = prefix_len.and_then(|len| Network::new(address, len));
    let reason = match network {
        _ if !scheme.is_special() => NetworkError::Scheme,
        None => NetworkError::PrefixLength,
        Some(_) if !is_accepted => NetworkError::Notation,
        Some(network) if network.address() != address => NetworkError::HostBits,
        Some(network) => return Some(Ok((network, port))),
    };
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let network = network.filter(|_| scheme.is_special());
    let fix = network.and_then(|network| suggest(&format!("{scheme}://{network}{port}")));
    Some(Err(ParsePatternError::Network {
        found: authority.into(),
        reason,
        fix: Fix::new(fix),
    }))
}

/// A text that can only be meant as a network, in its parts.
struct LookAlike<'a> {
    address: IpAddr,
    bits: &'a str,
    port: Option<&'a str>,
    /// Whether the parts are in their places, an IPv4 address has four decimal numbers, and the prefix
    /// length has no leading zero. An IPv6 address may have any spelling.
    is_accepted: bool,
}

fn look_alike(authority: &str) -> Option<LookAlike<'_>> {
    let (before, after) = authority.split_once('/')?;
    let bits_len = after.find(|c: char| !c.is_ascii_digit());
    let (bits, after) = after.split_at_checked(bits_len.unwrap_or(after.len()))?;
    let (address, early, late) = match before.strip_prefix('[') {
        None => {
            let end = before.find(':').unwrap_or(before.len());
            let (address, early) = before.split_at_checked(end)?;
            (ipv4(address)?, early, after)
        }
        Some(inner) => match inner.split_once(']') {
            Some((address, early)) => (ipv6(address)?, early, after),
            None => (ipv6(inner)?, "", after.strip_prefix(']')?),
        },
    };
    let port = match (early, late) {
        ("", port) | (port, "") if !bits.is_empty() => port,
        _ => return None,
    };
    // After a port, a number is a path unless it is a prefix length of this very network.
    let network = bits.parse().ok().and_then(|len| Network::new(address, len));
    if !early.is_empty() && network.map(Network::address) != Some(address) {
        return None;
    }
    let is_address = match before.strip_prefix('[') {
        Some(inner) => !inner.contains(']'),
        None => before.parse::<Ipv4Addr>().is_ok(),
    };
    Some(LookAlike {
        address,
        bits,
        port: match port {
            "" => None,
            port => Some(port.strip_prefix(':')?),
        },
        is_accepted: is_address && (bits == "0" || !bits.starts_with('0')),
    })
}

fn ipv6(text: &str) -> Option<IpAddr> {
    Some(text.parse::<Ipv6Addr>().ok()?.into())
}

/// Parses up to four numbers. A short form lacks its last numbers, which are zero: `10.1` is 10.1.0.0,
/// unlike in URLs. Numbers with a leading zero are octal, as in URLs.
fn ipv4(text: &str) -> Option<IpAddr> {
    let mut octets = [0; 4];
    let mut numbers = text.split('.');
    for (octet, number) in octets.iter_mut().zip(&mut numbers) {
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
        let parsed = match number.strip_prefix('0') {
            None | Some("") => number.parse(),
            Some(octal) => u8::from_str_radix(octal, 8),
        };
        *octet = parsed.ok().filter(|_| is_number)?;
    }
    numbers.next().is_none().then_some(octets.into())
}

/// The network that an address with `*` for its last numbers describes: `192.168.*`.
pub(super) fn from_glob(host: &str) -> Option<Network> {
    let (numbers, stars) = host.split_at_checked(host.find('*')?)?;
    let numbers = numbers.strip_suffix('.')?;
    let count = numbers.split('.').count();
    let star_count = stars.split('.').count();
    let is_glob = stars.split('.').all(|label| label == "*") && count + star_count <= 4;
    let zeros = ".0".repeat(4_usize.checked_sub(count)?);
    let address: Ipv4Addr = format!("{numbers}{zeros}").parse().ok()?;
    let prefix_len = u8::try_from(8 * count).ok()?;
    Network::new(address.into(), prefix_len).filter(|_| is_glob)
}
