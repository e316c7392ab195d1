//! What is an origin?

pub(crate) mod error;
pub(crate) mod host;
pub(crate) mod quoted;
pub(crate) mod scheme;
mod span;
pub(crate) mod text;
mod wire;

use alloc::boxed::Box;
use core::fmt;

pub use error::{Fix, MalformedOrigin, ParseOriginError};
pub use host::Host;
pub use scheme::Scheme;
pub(crate) use span::Span;
pub(crate) use wire::may_have_port;

/// The longest origin that is read, in bytes: a scheme, a domain of 253 bytes and a port fit well.
pub const MAX_ORIGIN_LEN: usize = 512;

/// The serialization of an opaque origin.
const NULL: &str = "null";

/// An origin: a scheme, a host and a port, or the opaque origin
/// ([HTML, `#concept-origin`](https://html.spec.whatwg.org/#concept-origin)).
///
/// It is kept as its serialization, which is canonical: the scheme and a domain in lower case, a
/// Unicode domain as `xn--` labels, an address in its one canonical form, no default port. So
/// `Display` is HTML's
/// [serialization of an origin](https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin),
/// and comparing, ordering and hashing go by that text.
///
/// Two readers make one. [`FromStr`](core::str::FromStr) takes what people write in a
/// configuration. [`OriginRef::from_header`] takes what a browser sends, and nothing else.
///
/// ```
/// use cross_origin::Origin;
///
/// # #[cfg(feature = "idna")] {
/// let typed: Origin = "HTTPS://Bücher.Example:443".parse()?;
/// assert_eq!(typed.to_string(), "https://xn--bcher-kva.example");
/// # }
///
/// let implied: Origin = "http://www.mydomain.com".parse()?;
/// let port_80: Origin = "http://www.mydomain.com:80".parse()?;
/// let port_90: Origin = "http://www.mydomain.com:90".parse()?;
/// assert_eq!(implied, port_80);
/// assert_ne!(implied, port_90);
/// # Ok::<(), cross_origin::ParseOriginError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    text: Box<str>,
    tuple: Option<Tuple>,
}

/// An origin that borrows its text, as read from a request without copying.
///
/// It is to [`Origin`] what `&str` is to `String`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OriginRef<'a> {
    text: &'a str,
    tuple: Option<Tuple>,
}

/// Where the parts of a tuple origin are in its text.
///
/// All of it follows from the text, so it changes nothing for the derived comparisons.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Tuple {
    scheme_end: usize,
    host_end: usize,
    host: HostKind,
    port: Option<u16>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum HostKind {
    Domain,
    Ipv4(core::net::Ipv4Addr),
    Ipv6(core::net::Ipv6Addr),
    Opaque,
    Empty,
}

impl Origin {
    /// The opaque origin, `null`.
    #[must_use]
    pub fn opaque() -> Self {
        Self::from(OriginRef::OPAQUE)
    }

    /// This origin, borrowed.
    #[must_use]
    pub fn as_ref(&self) -> OriginRef<'_> {
        OriginRef {
            text: &self.text,
            tuple: self.tuple,
        }
    }

    /// The serialization, which is canonical.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether this is the opaque origin.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.tuple.is_none()
    }

    /// The scheme; the opaque origin has none.
    #[must_use]
    pub fn scheme(&self) -> Option<Scheme<'_>> {
        self.as_ref().scheme()
    }

    /// The host; the opaque origin has none.
    #[must_use]
    pub fn host(&self) -> Option<Host<'_>> {
        self.as_ref().host()
    }

    /// The port, where it is not the scheme's default port.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.as_ref().port()
    }

    /// The port, or else the scheme's default port.
    #[must_use]
    pub fn port_or_default(&self) -> Option<u16> {
        self.as_ref().port_or_default()
    }

    /// [`OriginRef::is_same_origin`].
    #[must_use]
    pub fn is_same_origin(&self, other: &Self) -> bool {
        self.as_ref().is_same_origin(other.as_ref())
    }
}

impl<'a> OriginRef<'a> {
    /// The opaque origin, `null`.
    pub const OPAQUE: OriginRef<'static> = OriginRef {
        text: NULL,
        tuple: None,
    };

    /// The serialization, which is canonical.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// Whether this is the opaque origin.
    #[must_use]
    pub const fn is_opaque(self) -> bool {
        self.tuple.is_none()
    }

    /// The scheme; the opaque origin has none.
    #[must_use]
    pub fn scheme(self) -> Option<Scheme<'a>> {
        let text = self.text.get(..self.tuple?.scheme_end)?;
        Some(Scheme::canonical(text))
    }

    /// The host; the opaque origin has none.
    #[must_use]
    pub fn host(self) -> Option<Host<'a>> {
        let text = self.host_str()?;
        Some(match self.tuple?.host {
            HostKind::Domain => Host::Domain(text),
            HostKind::Ipv4(address) => Host::Ipv4(address),
            HostKind::Ipv6(address) => Host::Ipv6(address),
            HostKind::Opaque => Host::Opaque(text),
            HostKind::Empty => Host::Empty,
        })
    }

    /// The port, where it is not the scheme's default port.
    #[must_use]
    pub fn port(self) -> Option<u16> {
        self.tuple?.port
    }

    /// The port, or else the scheme's default port.
    #[must_use]
    pub fn port_or_default(self) -> Option<u16> {
        self.port().or_else(|| self.scheme()?.default_port())
    }

    /// The host's text, brackets included.
    pub(crate) fn host_str(self) -> Option<&'a str> {
        Some(self.host_span()?.of(self.text))
    }

    /// Where the host is in the text.
    pub(crate) fn host_span(self) -> Option<Span> {
        let Tuple {
            scheme_end,
            host_end,
            ..
        } = self.tuple?;
        Some(Span {
            start: scheme_end.saturating_add("://".len()),
            end: host_end,
        })
    }

    /// Whether both are the [same origin](https://html.spec.whatwg.org/#same-origin): they are
    /// tuple origins of the same scheme, host and port.
    ///
    /// An opaque origin is the same as itself alone, and two `null`s don't tell whether they stand
    /// for one: so the answer for them is no, although they compare equal.
    ///
    /// ```
    /// use cross_origin::OriginRef;
    ///
    /// let page = OriginRef::from_header(b"http://www.mydomain.com")?;
    /// let same = OriginRef::from_header(b"http://www.mydomain.com:80")?;
    /// assert!(page.is_same_origin(same));
    /// assert!(!OriginRef::OPAQUE.is_same_origin(OriginRef::OPAQUE));
    /// # Ok::<(), cross_origin::MalformedOrigin>(())
    /// ```
    #[must_use]
    pub fn is_same_origin(self, other: OriginRef<'_>) -> bool {
        self.tuple.is_some() && self.text == other.text
    }

    /// Whether this is a
    /// [potentially trustworthy origin](https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy):
    /// `https` or `wss`, a loopback address, `localhost` or a name below it, or a scheme that is not
    /// special, as those are the schemes of apps and extensions on the person's own device.
    ///
    /// What comes from another origin may have been written by anybody on the network's way.
    #[must_use]
    pub fn is_potentially_trustworthy(self) -> bool {
        self.scheme()
            .zip(self.host_str())
            .is_some_and(|(scheme, text)| host::is_trustworthy(scheme, text))
    }
}

impl From<OriginRef<'_>> for Origin {
    fn from(origin: OriginRef<'_>) -> Self {
        Self {
            text: origin.text.into(),
            tuple: origin.tuple,
        }
    }
}

impl<'a> From<&'a Origin> for OriginRef<'a> {
    fn from(origin: &'a Origin) -> Self {
        origin.as_ref()
    }
}

impl PartialEq<OriginRef<'_>> for Origin {
    fn eq(&self, other: &OriginRef<'_>) -> bool {
        self.as_ref() == *other
    }
}

impl PartialEq<Origin> for OriginRef<'_> {
    fn eq(&self, other: &Origin) -> bool {
        *self == other.as_ref()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().fmt(f)
    }
}

impl fmt::Display for OriginRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for OriginRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({})", self.text)
    }
}
