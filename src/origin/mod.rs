//! Web origins: types, parsing and serialization.

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
pub(crate) const NULL: &str = "null";

/// The serialization of the origin of a `file:` page, as web views send it.
pub(crate) const FILE: &str = "file://";

/// A web origin ([HTML, `#concept-origin`](https://html.spec.whatwg.org/#concept-origin)).
///
/// It is one of these:
///
/// - A tuple origin: a scheme, a host and a port.
/// - The opaque origin, which serializes as `null`.
/// - `file://`, which web views (Cordova, Qt, Android with file access) send for a `file:` page. It
///   has no host and is not trustworthy, and two of them are not known to be the same origin.
///
/// An origin is kept as its serialization, which is canonical: the scheme and a domain in lower
/// case, a Unicode domain as `xn--` labels, an address in its one canonical form, no default port.
/// So `Display` is HTML's
/// [serialization of an origin](https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin),
/// and comparing, ordering and hashing use that text.
///
/// There are two parsers. [`FromStr`](core::str::FromStr) takes what people write in a
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
    kind: Kind,
}

/// An origin that borrows its text, as parsed from a request without copying.
///
/// It is to [`Origin`] what `&str` is to `String`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OriginRef<'a> {
    text: &'a str,
    kind: Kind,
}

/// What the text is. It follows from the text, so the derived comparisons are those of the text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Opaque,
    File,
    Tuple(Tuple),
}

/// Where the scheme and the host end in the text of a tuple origin, which has at most
/// [`MAX_ORIGIN_LEN`] bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Tuple {
    scheme_end: u16,
    host_end: u16,
    port: Option<u16>,
}

impl Origin {
    /// The opaque origin, `null`.
    #[must_use]
    pub fn opaque() -> Self {
        Self::from(OriginRef::OPAQUE)
    }

    /// Borrows this origin.
    #[must_use]
    pub fn as_origin_ref(&self) -> OriginRef<'_> {
        OriginRef {
            text: &self.text,
            kind: self.kind,
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
        self.as_origin_ref().is_opaque()
    }

    /// Whether this is `file://`.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.as_origin_ref().is_file()
    }

    /// The scheme of a tuple origin.
    #[must_use]
    pub fn scheme(&self) -> Option<Scheme<'_>> {
        self.as_origin_ref().scheme()
    }

    /// The host of a tuple origin.
    #[must_use]
    pub fn host(&self) -> Option<Host<'_>> {
        self.as_origin_ref().host()
    }

    /// The port, where it is not the scheme's default port.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.as_origin_ref().port()
    }

    /// The port, or else the scheme's default port.
    #[must_use]
    pub fn port_or_default(&self) -> Option<u16> {
        self.as_origin_ref().port_or_default()
    }

    /// [`OriginRef::is_same_origin`].
    #[must_use]
    pub fn is_same_origin(&self, other: &Self) -> bool {
        self.as_origin_ref().is_same_origin(other.as_origin_ref())
    }
}

impl<'a> OriginRef<'a> {
    /// The opaque origin, `null`.
    pub const OPAQUE: OriginRef<'static> = OriginRef {
        text: NULL,
        kind: Kind::Opaque,
    };

    /// The origin of a `file:` page in a web view, `file://`.
    pub const FILE: OriginRef<'static> = OriginRef {
        text: FILE,
        kind: Kind::File,
    };

    /// The serialization, which is canonical.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// Whether this is the opaque origin.
    #[must_use]
    pub const fn is_opaque(self) -> bool {
        matches!(self.kind, Kind::Opaque)
    }

    /// Whether this is `file://`.
    #[must_use]
    pub const fn is_file(self) -> bool {
        matches!(self.kind, Kind::File)
    }

    /// The scheme of a tuple origin.
    #[must_use]
    pub fn scheme(self) -> Option<Scheme<'a>> {
        let text = self.text.get(..self.tuple()?.scheme_end.into())?;
        Some(Scheme::canonical(text))
    }

    /// The host of a tuple origin.
    #[must_use]
    pub fn host(self) -> Option<Host<'a>> {
        host::read(self.scheme()?, self.host_str()?).ok()
    }

    /// The port, where it is not the scheme's default port.
    #[must_use]
    pub fn port(self) -> Option<u16> {
        self.tuple()?.port
    }

    /// The port, or else the scheme's default port.
    #[must_use]
    pub fn port_or_default(self) -> Option<u16> {
        self.port().or_else(|| self.scheme()?.default_port())
    }

    /// The host's text, brackets included.
    pub(crate) fn host_str(self) -> Option<&'a str> {
        Some(self.host_span()?.slice(self.text))
    }

    /// Where the host is in the text.
    #[inline]
    pub(crate) fn host_span(self) -> Option<Span> {
        let Tuple {
            scheme_end,
            host_end,
            ..
        } = self.tuple()?;
        Some(Span {
            start: usize::from(scheme_end) + "://".len(),
            end: host_end.into(),
        })
    }

    #[inline]
    fn tuple(self) -> Option<Tuple> {
        match self.kind {
            Kind::Tuple(tuple) => Some(tuple),
            Kind::Opaque | Kind::File => None,
        }
    }

    /// Whether both are the [same origin](https://html.spec.whatwg.org/#same-origin): they are
    /// tuple origins of the same scheme, host and port.
    ///
    /// This is false for two opaque origins, and for two `file://`, although they compare equal: the
    /// serialization does not show whether they are one.
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
        self.tuple().is_some() && self.text == other.text
    }

    /// Whether this is a
    /// [potentially trustworthy origin](https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy):
    /// `https` or `wss`, a loopback address, `localhost` or a name below it, or a scheme that is not
    /// special, as those are the schemes of apps and extensions on the user's own device.
    ///
    /// A network attacker can inject scripts into the pages of any other origin.
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
            kind: origin.kind,
        }
    }
}

impl<'a> From<&'a Origin> for OriginRef<'a> {
    fn from(origin: &'a Origin) -> Self {
        origin.as_origin_ref()
    }
}

impl PartialEq<OriginRef<'_>> for Origin {
    fn eq(&self, other: &OriginRef<'_>) -> bool {
        self.as_origin_ref() == *other
    }
}

impl PartialEq<Origin> for OriginRef<'_> {
    fn eq(&self, other: &Origin) -> bool {
        *self == other.as_origin_ref()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_origin_ref().fmt(f)
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
