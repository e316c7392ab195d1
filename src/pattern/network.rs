//! Networks: the addresses that share a prefix.

use alloc::format;
use alloc::string::String;
use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::origin::host::Ipv6Text;

/// The addresses that share a prefix ([RFC 4632](https://www.rfc-editor.org/rfc/rfc4632),
/// [RFC 4291, 2.3](https://www.rfc-editor.org/rfc/rfc4291#section-2.3)).
///
/// An IPv4 network contains no IPv6 address, IPv4-mapped ones included, and the reverse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network {
    /// All bits after the prefix are zero.
    address: IpAddr,
    prefix_len: u8,
}

impl Network {
    /// The network of this prefix length that contains an address; `None` if the length is too large.
    pub(crate) fn new(address: IpAddr, prefix_len: u8) -> Option<Self> {
        (prefix_len <= max_prefix_len(address)).then(|| Self {
            address: masked(address, prefix_len),
            prefix_len,
        })
    }

    /// Parses a canonical host: a network, or an address, which is a network of one.
    pub(crate) fn from_canonical(host: &str) -> Option<Self> {
        let host = host
            .strip_prefix('[')
            .map_or(host, |v6| v6.trim_end_matches(']'));
        let (address, prefix_len) = match host.split_once('/') {
            None => (host.parse().ok()?, None),
            Some((address, len)) => (address.parse().ok()?, Some(len.parse().ok()?)),
        };
        Self::new(address, prefix_len.unwrap_or(max_prefix_len(address)))
    }

    /// Returns the first address, whose bits after the prefix are zero.
    #[must_use]
    pub fn address(self) -> IpAddr {
        self.address
    }

    /// Returns the length of the prefix in bits, at most 32 for IPv4 and 128 for IPv6.
    #[must_use]
    pub fn prefix_len(self) -> u8 {
        self.prefix_len
    }

    /// Whether the address has this prefix.
    #[must_use]
    pub fn contains(self, address: IpAddr) -> bool {
        address.is_ipv4() == self.address.is_ipv4()
            && masked(address, self.prefix_len) == self.address
    }

    /// Whether all addresses of `other` have this prefix.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.prefix_len <= other.prefix_len && self.contains(other.address)
    }
}

fn max_prefix_len(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The address with all bits after the prefix set to zero.
fn masked(address: IpAddr, prefix_len: u8) -> IpAddr {
    let prefix_len = u32::from(prefix_len);
    match address {
        IpAddr::V4(address) => {
            let host_bits = u32::MAX.checked_shr(prefix_len).unwrap_or(0);
            Ipv4Addr::from_bits(address.to_bits() & !host_bits).into()
        }
        IpAddr::V6(address) => {
            let host_bits = u128::MAX.checked_shr(prefix_len).unwrap_or(0);
            Ipv6Addr::from_bits(address.to_bits() & !host_bits).into()
        }
    }
}

/// Writes the network as the host of a pattern; one of a single address is that address.
impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = match self.prefix_len == max_prefix_len(self.address) {
            true => String::new(),
            false => format!("/{}", self.prefix_len),
        };
        match self.address {
            IpAddr::V4(address) => write!(f, "{address}{bits}"),
            IpAddr::V6(address) => write!(f, "[{}{bits}]", Ipv6Text::new(address).as_str()),
        }
    }
}
