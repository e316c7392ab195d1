//! Schemes, and the only table of default ports.

use core::fmt;

/// The special schemes that have tuple origins, with their default ports
/// ([URL, `#special-scheme`](https://url.spec.whatwg.org/#special-scheme)).
///
/// `file` is special too, but its origin is opaque.
const SPECIAL: [(&str, u16); 5] = [
    ("http", 80),
    ("https", 443),
    ("ws", 80),
    ("wss", 443),
    ("ftp", 21),
];

/// Schemes whose URLs have an opaque origin
/// ([URL, `#origin`](https://url.spec.whatwg.org/#origin)): no tuple origin is made of them.
const OPAQUE: [&str; 5] = ["file", "data", "blob", "about", "javascript"];

/// The scheme of a tuple origin, in lower case
/// ([URL, `#concept-url-scheme`](https://url.spec.whatwg.org/#concept-url-scheme)).
///
/// ```
/// use cross_origin::Origin;
///
/// let origin: Origin = "http://www.mydomain.com".parse()?;
/// let scheme = origin.scheme().unwrap();
/// assert_eq!(scheme.as_str(), "http");
/// assert!(scheme.is_special());
/// assert_eq!(scheme.default_port(), Some(80));
/// # Ok::<(), cross_origin::ParseOriginError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scheme<'a>(&'a str);

impl<'a> Scheme<'a> {
    /// Takes a text that is known to be a scheme in lower case.
    pub(crate) const fn canonical(text: &'a str) -> Self {
        Self(text)
    }

    /// The scheme's text, without the colon.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// Whether this is a [special scheme](https://url.spec.whatwg.org/#special-scheme): `http`,
    /// `https`, `ws`, `wss` or `ftp`. Their hosts are domains or addresses; the hosts of all others
    /// are opaque.
    #[must_use]
    pub fn is_special(self) -> bool {
        self.default_port().is_some()
    }

    /// The [default port](https://url.spec.whatwg.org/#default-port), if the scheme has one.
    #[must_use]
    pub fn default_port(self) -> Option<u16> {
        SPECIAL
            .iter()
            .find(|(name, _)| *name == self.0)
            .map(|&(_, port)| port)
    }

    /// Whether the origin of its URLs is opaque.
    pub(crate) fn has_opaque_origin(self) -> bool {
        OPAQUE.contains(&self.0)
    }

    /// Whether what is served under it is protected on its way.
    pub(crate) fn is_secure(self) -> bool {
        matches!(self.0, "https" | "wss")
    }
}

// scheme = lower-alpha *( lower-alpha / DIGIT / "+" / "-" / "." )
pub(crate) fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'.'))
}

impl AsRef<str> for Scheme<'_> {
    fn as_ref(&self) -> &str {
        self.0
    }
}

impl fmt::Display for Scheme<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Scheme<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, f)
    }
}
