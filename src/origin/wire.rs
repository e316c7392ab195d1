//! Parsing the value of an `Origin` header: exactly what browsers send.

use super::error::MalformedOrigin;
use super::host::{self, Host};
use super::scheme::{Scheme, is_scheme};
use super::{FILE, Kind, MAX_ORIGIN_LEN, NULL, OriginRef, Tuple};

impl<'a> OriginRef<'a> {
    /// Parses the value of an `Origin` header: `null`, or a serialized origin and nothing else
    /// ([Fetch, `#origin-header`](https://fetch.spec.whatwg.org/#origin-header)).
    ///
    /// It borrows the value and allocates nothing. It is strict, because browsers send nothing else:
    /// no upper case, userinfo, path or white space, no other spelling of an address, no leading zero
    /// in a port. It departs from the grammar where browsers do:
    ///
    /// - The labels of a domain may have `_`, and hyphens at their edges; a domain may end in a dot.
    /// - The host of a scheme that is not special is opaque: its case is kept, it may have `_` and
    ///   `~`, and it may be empty.
    /// - `file://` is accepted, exactly so.
    ///
    /// A port that is the scheme's default is accepted and dropped. Labels that start with `xn--` are
    /// not decoded.
    ///
    /// # Errors
    ///
    /// Anything else is malformed, as is a value of more than
    /// [`MAX_ORIGIN_LEN`](super::MAX_ORIGIN_LEN) bytes. So is the URL of a scheme that has no tuple
    /// origin, such as `data:`.
    ///
    /// ```
    /// use cross_origin::OriginRef;
    ///
    /// assert!(OriginRef::from_header(b"https://app.example/").is_err());
    /// assert!(OriginRef::from_header(b"https://\xff.example").is_err());
    /// assert_eq!(
    ///     OriginRef::from_header(b"https://app.example:443")?.as_str(),
    ///     "https://app.example",
    /// );
    /// # Ok::<(), cross_origin::MalformedOrigin>(())
    /// ```
    pub fn from_header(value: &'a [u8]) -> Result<Self, MalformedOrigin> {
        if let Some(origin) = web_origin(value) {
            return Ok(origin);
        }
        if value == NULL.as_bytes() {
            return Ok(OriginRef::OPAQUE);
        }
        if value == FILE.as_bytes() {
            return Ok(OriginRef::FILE);
        }
        serialized_origin(ascii(value)?)
    }
}

/// Parses an `http` or `https` origin of a domain without a port, as most are. All that follows the
/// scheme is the host, so it is scanned only once (`origin_reading` in the benches).
fn web_origin(value: &[u8]) -> Option<OriginRef<'_>> {
    let scheme = match value {
        [b'h', b't', b't', b'p', b's', b':', b'/', b'/', ..] => "https",
        [b'h', b't', b't', b'p', b':', b'/', b'/', ..] => "http",
        _ => return None,
    };
    if value.len() > MAX_ORIGIN_LEN {
        return None;
    }
    let text = core::str::from_utf8(value).ok()?;
    match host::domain_or_ipv4(text.get(scheme.len() + "://".len()..)?) {
        Ok(Host::Domain(_)) => Some(OriginRef {
            text,
            kind: tuple(scheme, text.len(), None),
        }),
        _ => None,
    }
}

/// Whether a value may end in a port. Only parsing an explicit default port yields a text that differs
/// from the value.
#[inline]
pub(crate) fn may_have_port(value: &[u8]) -> bool {
    let end = value.last_chunk::<{ ":65535".len() }>();
    end.is_none_or(|end| {
        end.iter()
            .fold(false, |found, &byte| found | (byte == b':'))
    })
}

impl<'a> TryFrom<&'a str> for OriginRef<'a> {
    type Error = MalformedOrigin;

    fn try_from(value: &'a str) -> Result<Self, MalformedOrigin> {
        Self::from_header(value.as_bytes())
    }
}

impl<'a> TryFrom<&'a [u8]> for OriginRef<'a> {
    type Error = MalformedOrigin;

    fn try_from(value: &'a [u8]) -> Result<Self, Self::Error> {
        Self::from_header(value)
    }
}

fn ascii(value: &[u8]) -> Result<&str, MalformedOrigin> {
    if value.len() > MAX_ORIGIN_LEN {
        return Err(MalformedOrigin::TooLong);
    }
    let odd = |byte: &u8| !byte.is_ascii_graphic();
    if value.iter().fold(false, |found, byte| found | odd(byte)) {
        let byte = value.iter().copied().find(odd).unwrap_or(0);
        return Err(MalformedOrigin::Byte(byte));
    }
    core::str::from_utf8(value).map_err(|_| MalformedOrigin::SchemeMissing)
}

// serialized-origin = serialized-scheme "://" serialized-host [ ":" serialized-port ]
fn serialized_origin(text: &str) -> Result<OriginRef<'_>, MalformedOrigin> {
    let (scheme, after_scheme) = serialized_scheme(text)?;
    let (host, port_text) = split_port(after_scheme);
    let is_empty = host::read(scheme, host)? == Host::Empty;
    let port = port_text.map(serialized_port).transpose()?;
    if is_empty && port.is_some() {
        return Err(MalformedOrigin::Host);
    }

    let host_end = text.len() - port_text.map_or(0, |digits| digits.len() + 1);
    // The canonical text has no default port.
    let (text, port) = if port.is_some() && port == scheme.default_port() {
        (text.get(..host_end).unwrap_or(text), None)
    } else {
        (text, port)
    };
    Ok(OriginRef {
        text,
        kind: tuple(scheme.as_str(), host_end, port),
    })
}

/// The parts of a text that has at most [`MAX_ORIGIN_LEN`] bytes.
fn tuple(scheme: &str, host_end: usize, port: Option<u16>) -> Kind {
    const { assert!(MAX_ORIGIN_LEN <= u16::MAX as usize) }
    Kind::Tuple(Tuple {
        scheme_end: scheme.len() as u16,
        host_end: host_end as u16,
        port,
    })
}

// serialized-scheme = lower-alpha *( lower-alphanum / "+" / "-" / "." )
fn serialized_scheme(text: &str) -> Result<(Scheme<'_>, &str), MalformedOrigin> {
    let (scheme, rest) = split_before(text, b':').ok_or(MalformedOrigin::SchemeMissing)?;
    let rest = match rest.strip_prefix("://") {
        Some(rest) if is_scheme(scheme) => rest,
        None if !rest.contains("://") => return Err(MalformedOrigin::SchemeMissing),
        _ => return Err(MalformedOrigin::Scheme),
    };
    let scheme = Scheme::canonical(scheme);
    if scheme.has_opaque_origin() {
        return Err(MalformedOrigin::OpaqueScheme);
    }
    Ok((scheme, rest))
}

/// Splits a text before the first of these bytes.
fn split_before(text: &str, byte: u8) -> Option<(&str, &str)> {
    text.split_at_checked(text.bytes().position(|other| other == byte)?)
}

/// Splits a port off: the first colon that is not within brackets starts it.
pub(super) fn split_port(text: &str) -> (&str, Option<&str>) {
    let address_end = text
        .starts_with('[')
        .then(|| text.find(']'))
        .flatten()
        .unwrap_or(0);
    let after_address = text.get(address_end..).unwrap_or_default();
    match split_before(after_address, b':') {
        Some((_, port)) => {
            let host_len = text.len() - port.len();
            (text.get(..host_len).unwrap_or_default(), port.get(1..))
        }
        None => (text, None),
    }
}

// serialized-port = 1*5DIGIT, without leading zeros, from 1 to 65535
fn serialized_port(digits: &str) -> Result<u16, MalformedOrigin> {
    let canonical = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.parse() {
        Ok(port) if canonical => Ok(port),
        _ => Err(MalformedOrigin::Port),
    }
}
