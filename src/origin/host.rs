//! Hosts, and the grammar of their serialization.

use core::fmt;
use core::net::{Ipv4Addr, Ipv6Addr};

use super::error::MalformedOrigin;
use super::scheme::Scheme;

/// The longest domain, in bytes, without the dot of the root
/// ([RFC 1035, 2.3.4](https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4), in text form).
pub(crate) const MAX_DOMAIN_LEN: usize = 253;

/// The host of a tuple origin ([URL, `#concept-host`](https://url.spec.whatwg.org/#concept-host)).
///
/// ```
/// use cross_origin::{Host, Origin};
/// use std::net::Ipv4Addr;
///
/// let origin: Origin = "http://127.0.0.1:8080".parse()?;
/// assert_eq!(origin.host(), Some(Host::Ipv4(Ipv4Addr::LOCALHOST)));
/// assert_eq!(origin.host().unwrap().to_string(), "127.0.0.1");
/// # Ok::<(), cross_origin::ParseOriginError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the standard's list is closed")]
pub enum Host<'a> {
    /// A domain in ASCII form. `example.com.`, with the root's dot, is another one than
    /// `example.com`.
    Domain(&'a str),
    /// An IPv4 address.
    Ipv4(Ipv4Addr),
    /// An IPv6 address.
    Ipv6(Ipv6Addr),
    /// The host of a scheme that is not special: its case counts.
    Opaque(&'a str),
    /// No host at all, as in `app://`.
    Empty,
}

impl Host<'_> {
    /// Whether this is an address of the machine itself, or a name for one: `127.0.0.0/8`, `::1`,
    /// `localhost` and the names below it
    /// ([Secure Contexts, `#is-origin-trustworthy`](https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy)).
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Domain(domain) => is_localhost(domain),
            Self::Ipv4(address) => address.is_loopback(),
            Self::Ipv6(address) => address.is_loopback(),
            Self::Opaque(_) | Self::Empty => false,
        }
    }
}

/// Whether an origin of this scheme and host is
/// [potentially trustworthy](super::OriginRef::is_potentially_trustworthy).
pub(crate) fn is_trustworthy(scheme: Scheme<'_>, host: &str) -> bool {
    scheme.is_secure()
        || !scheme.is_special()
        || read(scheme, host).is_ok_and(|host| host.is_loopback())
}

/// Whether a domain is `localhost` or a name below it, whatever dot it ends in.
pub(crate) fn is_localhost(domain: &str) -> bool {
    without_root(domain)
        .strip_suffix("localhost")
        .is_some_and(|below| below.is_empty() || below.ends_with('.'))
}

impl fmt::Display for Host<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Domain(text) | Self::Opaque(text) => f.write_str(text),
            Self::Ipv4(address) => address.fmt(f),
            Self::Ipv6(address) => write!(f, "[{}]", Ipv6Text::new(*address).as_str()),
            Self::Empty => Ok(()),
        }
    }
}

/// Reads a host that stands alone: `text` is all of it, brackets included.
pub(crate) fn read<'a>(scheme: Scheme<'_>, text: &'a str) -> Result<Host<'a>, MalformedOrigin> {
    if let Some(rest) = text.strip_prefix('[') {
        rest.strip_suffix(']').and_then(ipv6).map(Host::Ipv6)
    } else if scheme.is_special() {
        return domain_or_ipv4(text);
    } else {
        opaque(text)
    }
    .ok_or(MalformedOrigin::Host)
}

// domain = label *( "." label ) [ "." ], its last label no number; else serialized-ipv4
pub(super) fn domain_or_ipv4(text: &str) -> Result<Host<'_>, MalformedOrigin> {
    if ends_in_a_number(text) {
        return ipv4(text).map(Host::Ipv4).ok_or(MalformedOrigin::Host);
    }
    if !is_short(text) {
        return Err(MalformedOrigin::TooLong);
    }
    if is_domain(without_root(text)) {
        Ok(Host::Domain(text))
    } else {
        Err(MalformedOrigin::Host)
    }
}

/// Whether a domain is not too long.
pub(crate) fn is_short(text: &str) -> bool {
    without_root(text).len() <= MAX_DOMAIN_LEN
}

/// A domain without the dot of the root.
fn without_root(text: &str) -> &str {
    text.strip_suffix('.').unwrap_or(text)
}

// Labels of Fetch's domain-label, and also "_" and hyphens at the edges: browsers send both.
pub(super) fn is_domain(text: &str) -> bool {
    // Going through all bytes is quicker than stopping at one.
    let mut seen = 0;
    let mut before = DOT;
    for byte in text.bytes() {
        let kind = KINDS.get(usize::from(byte)).copied().unwrap_or(ODD);
        seen |= kind & (before | ODD);
        before = kind;
    }
    seen & (DOT | ODD) == 0 && before != DOT
}

/// What a byte is in a domain.
static KINDS: [u8; 256] = kinds();
const LETTER: u8 = 1;
const DOT: u8 = 2;
const ODD: u8 = 4;

#[expect(clippy::indexing_slicing, reason = "it would not compile")]
const fn kinds() -> [u8; 256] {
    let mut kinds = [ODD; 256];
    let mut byte = 0_u8;
    while byte < u8::MAX {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => LETTER,
            b'.' => DOT,
            _ => ODD,
        };
        byte = byte.saturating_add(1);
    }
    kinds
}

/// URL's [ends in a number checker](https://url.spec.whatwg.org/#ends-in-a-number-checker).
pub(crate) fn ends_in_a_number(text: &str) -> bool {
    let text = without_root(text);
    let start = text.bytes().rposition(|byte| byte == b'.');
    let start = start.map_or(0, |dot| dot.saturating_add(1));
    let last = text.get(start..).unwrap_or_default();
    if !last.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    let decimal = last.bytes().all(|byte| byte.is_ascii_digit());
    let hexadecimal = last
        .strip_prefix("0x")
        .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    decimal || hexadecimal
}

// serialized-ipv4 = dec-octet "." dec-octet "." dec-octet "." dec-octet
fn ipv4(text: &str) -> Option<Ipv4Addr> {
    // The address reader takes no leading zeros, no other radix and no shorter form.
    text.parse().ok()
}

// serialized-ipv6: lower-case groups without leading zeros, the first longest run of two or more
// zero groups elided, no embedded IPv4
fn ipv6(text: &str) -> Option<Ipv6Addr> {
    let address = text.parse().ok()?;
    (Ipv6Text::new(address).as_str() == text).then_some(address)
}

// opaque-host = *( ALPHA / DIGIT / "-" / "." / "_" / "~" )
fn opaque(text: &str) -> Option<Host<'_>> {
    if text.is_empty() {
        return Some(Host::Empty);
    }
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'))
        .then_some(Host::Opaque(text))
}

/// The [serialization of an IPv6 address](https://url.spec.whatwg.org/#concept-ipv6-serializer),
/// which elides like RFC 5952 but never writes an embedded IPv4 address.
pub(crate) struct Ipv6Text {
    buffer: [u8; 39],
    len: usize,
}

impl Ipv6Text {
    pub(crate) fn new(address: Ipv6Addr) -> Self {
        let mut text = Self {
            buffer: [0; 39],
            len: 0,
        };
        let pieces = address.segments();
        let (start, end) = longest_zero_run(&pieces);
        for (index, piece) in pieces.iter().enumerate() {
            if index == start && end > start {
                text.push(if index == 0 { b"::" } else { b":" });
            }
            if (start..end).contains(&index) {
                continue;
            }
            text.push_hex(*piece);
            if index < 7 {
                text.push(b":");
            }
        }
        text
    }

    pub(crate) fn as_str(&self) -> &str {
        let written = self.buffer.get(..self.len).unwrap_or_default();
        core::str::from_utf8(written).unwrap_or_default()
    }

    fn push(&mut self, bytes: &[u8]) {
        let end = self.len.saturating_add(bytes.len());
        if let Some(free) = self.buffer.get_mut(self.len..end) {
            free.copy_from_slice(bytes);
            self.len = end;
        }
    }

    fn push_hex(&mut self, piece: u16) {
        let nibbles = [piece >> 12, piece >> 8 & 15, piece >> 4 & 15, piece & 15];
        let significant = nibbles.iter().position(|&nibble| nibble != 0).unwrap_or(3);
        for nibble in nibbles.iter().skip(significant) {
            let digit = char::from_digit(u32::from(*nibble), 16).unwrap_or('0');
            self.push(digit.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

/// The first longest run of two or more zero pieces, as `start..end`; empty if there is none.
fn longest_zero_run(pieces: &[u16; 8]) -> (usize, usize) {
    let mut longest = (0_usize, 0_usize);
    let mut run_start = 0_usize;
    for (index, piece) in pieces.iter().enumerate() {
        let after = index.saturating_add(1);
        if *piece != 0 {
            run_start = after;
        } else if after.abs_diff(run_start) > longest.1.abs_diff(longest.0).max(1) {
            longest = (run_start, after);
        }
    }
    longest
}
