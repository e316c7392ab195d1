//! A pattern that borrows its text: the only parser of canonical patterns.

use core::fmt;

use super::{ANY, HostPattern, OriginPattern, PortPattern};
#[cfg(doc)]
use crate::origin::OriginRef;
use crate::origin::{FILE, NULL, Scheme, Span};

/// An origin pattern that borrows its canonical text, and the parts of that text.
///
/// It is to [`OriginPattern`](crate::OriginPattern) what [`OriginRef`] is to
/// [`Origin`](crate::Origin).
///
/// ```
/// use cross_origin::{HostPattern, OriginPattern};
///
/// let pattern: OriginPattern = "https://*.example.com:{443,8000-8999}".parse()?;
/// let parts = pattern.as_pattern_ref();
/// assert_eq!(parts.scheme().unwrap().as_str(), "https");
/// assert_eq!(parts.host(), Some(HostPattern::Subdomains("example.com")));
/// assert!(parts.ports().unwrap().contains(443));
/// # Ok::<(), cross_origin::ParsePatternError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatternRef<'a> {
    text: &'a str,
    /// Where the host starts and ends, in a pattern of tuple origins.
    host: Option<(usize, usize)>,
}

impl<'a> PatternRef<'a> {
    /// Takes a text that is known to be a canonical pattern, or a canonical origin.
    pub(crate) fn from_canonical(text: &'a str) -> Self {
        let host = host_span(text).filter(|_| text != FILE);
        Self { text, host }
    }

    /// Returns the pattern in canonical form.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// Whether this is `*`, any origin.
    #[must_use]
    pub fn is_any(self) -> bool {
        self.text == ANY
    }

    /// Whether this is `null`, the opaque origin.
    #[must_use]
    pub fn is_opaque(self) -> bool {
        self.text == NULL
    }

    /// Whether this is `file://`.
    #[must_use]
    pub fn is_file(self) -> bool {
        self.text == FILE
    }

    /// Whether the pattern matches exactly one tuple origin.
    #[must_use]
    pub fn is_exact(self) -> bool {
        matches!(self.host(), Some(HostPattern::Exact(_)))
            && self.ports().is_some_and(|ports| ports.single().is_some())
    }

    /// Returns the scheme of the origins that the pattern matches; `None` for `*`, `null` and
    /// `file://`.
    #[must_use]
    pub fn scheme(self) -> Option<Scheme<'a>> {
        let end = self.host?.0.checked_sub("://".len())?;
        Some(Scheme::canonical(self.text.get(..end)?))
    }

    /// Returns the host's form; `None` for `*`, `null` and `file://`.
    #[must_use]
    pub fn host(self) -> Option<HostPattern<'a>> {
        Some(HostPattern::from_canonical(self.host_str()?))
    }

    /// Returns the ports; `None` for `*`, `null` and `file://`.
    #[must_use]
    pub fn ports(self) -> Option<PortPattern<'a>> {
        Some(PortPattern::from_canonical(self.scheme()?, self.port_str()))
    }

    /// The host as written, brackets included.
    pub(crate) fn host_str(self) -> Option<&'a str> {
        Some(self.host_span()?.slice(self.text))
    }

    /// Where the host is in the text.
    pub(crate) fn host_span(self) -> Option<Span> {
        let (start, end) = self.host?;
        Some(Span { start, end })
    }

    /// The port as written, with its colon; empty if there is none.
    pub(crate) fn port_str(self) -> &'a str {
        let end = self.host.map(|(_, end)| end);
        end.and_then(|end| self.text.get(end..)).unwrap_or_default()
    }
}

fn host_span(text: &str) -> Option<(usize, usize)> {
    let start = text.find(':')? + "://".len();
    Some((start, start + host_len(text.get(start..)?)))
}

/// The length of the host that a text starts with: up to a port, or to the end of a line.
pub(super) fn host_len(text: &str) -> usize {
    // The colons of an IPv6 address are within its brackets.
    let mut is_within = false;
    let is_end = |byte: u8| {
        is_within = (is_within || byte == b'[') && byte != b']';
        !is_within && matches!(byte, b':' | b'\n')
    };
    text.bytes().position(is_end).unwrap_or(text.len())
}

impl From<PatternRef<'_>> for OriginPattern {
    fn from(pattern: PatternRef<'_>) -> Self {
        Self(pattern.text.into())
    }
}

impl<'a> From<&'a OriginPattern> for PatternRef<'a> {
    fn from(pattern: &'a OriginPattern) -> Self {
        pattern.as_pattern_ref()
    }
}

impl fmt::Display for PatternRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}
