//! Addresses of networks that overlap.

use alloc::collections::{BTreeMap, BTreeSet};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::pattern::Network;

/// Returns the first address of the network that none of the longer networks listed contains.
///
/// A listed address is a network of one. The work is linear in the number of networks that the network
/// contains, and at most 128 networks contain each other.
pub(super) fn free_address(network: Network, listed: &BTreeSet<Network>) -> Option<Network> {
    let mut free = Some(network.address());
    // Networks are ordered by their first addresses, then the shorter prefix first.
    let longer = listed.range(network..).filter(|inner| **inner != network);
    for inner in longer.take_while(|inner| network.covers(**inner)) {
        let address = free?;
        if address < inner.address() {
            break;
        }
        if inner.contains(address) {
            free = address_after(*inner);
        }
    }
    let address = free.filter(|address| network.contains(*address))?;
    Network::new(address, if address.is_ipv4() { 32 } else { 128 })
}

/// The address that follows the last one of the network.
fn address_after(network: Network) -> Option<IpAddr> {
    let prefix_len = u32::from(network.prefix_len());
    Some(match network.address() {
        IpAddr::V4(address) => {
            let host_bits = u32::MAX.checked_shr(prefix_len).unwrap_or(0);
            let next = (address.to_bits() | host_bits).checked_add(1)?;
            Ipv4Addr::from_bits(next).into()
        }
        IpAddr::V6(address) => {
            let host_bits = u128::MAX.checked_shr(prefix_len).unwrap_or(0);
            let next = (address.to_bits() | host_bits).checked_add(1)?;
            Ipv6Addr::from_bits(next).into()
        }
    })
}

/// Returns the values of all networks that contain this host.
pub(super) fn containing<'n, T>(
    host: &str,
    networks: &'n BTreeMap<Network, T>,
) -> impl Iterator<Item = &'n T> {
    let address = match networks.is_empty() {
        true => None,
        false => Network::from_canonical(host),
    };
    address.into_iter().flat_map(move |address| {
        let lens = 0..=address.prefix_len();
        let shorter = lens.filter_map(move |len| Network::new(address.address(), len));
        shorter.filter_map(|network| networks.get(&network))
    })
}
