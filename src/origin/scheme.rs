//! Schemes, and the only table of default ports.

use core::fmt;

/// The default port of a special scheme that has tuple origins
/// ([URL, `#special-scheme`](https://url.spec.whatwg.org/#special-scheme)).
///
/// `file` is special too, but its origin is opaque.
fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "https" | "wss" => Some(443),
        "http" | "ws" => Some(80),
        "ftp" => Some(21),
        _ => None,
    }
}

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
        default_port(self.0)
    }

    /// Whether the origin of its URLs is opaque, so that no tuple origin is made of them
    /// ([URL, `#origin`](https://url.spec.whatwg.org/#origin)).
    pub(crate) fn has_opaque_origin(self) -> bool {
        matches!(self.0, "file" | "data" | "blob" | "about" | "javascript")
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
