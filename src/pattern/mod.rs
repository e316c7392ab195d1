//! Origin patterns, and sets of them.

mod covers;
pub(crate) mod error;
mod host;
mod matches;
pub(crate) mod network;
mod network_text;
mod parse;
mod pattern_ref;
mod ports;
mod set;

use alloc::boxed::Box;
use core::fmt;

pub use error::{NetworkError, ParsePatternError, WildcardError};
pub use host::{HostPattern, InLabel};
pub use matches::PatternMatch;
pub use network::Network;
pub(crate) use parse::parse;
pub use pattern_ref::PatternRef;
pub use ports::PortPattern;
pub use set::OriginSet;
pub(crate) use set::PatternList;

use crate::origin::OriginRef;

/// The text of the pattern for any origin.
const ANY: &str = "*";

/// The longest label that a `*` can be part of
/// ([RFC 1035, 2.3.4](https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4)).
const MAX_LABEL_LEN: usize = 63;

/// One origin, or a set of origins in one of these forms:
///
/// | host form | matches |
/// |---|---|
/// | `https://*.example.com` | any host below that domain, one or more labels, not the domain itself |
/// | `https://app-*-team.example.com` | one `*` inside the leftmost label: one or more of `a-z 0-9 -`, in a label of at most 63 bytes that does not start with `xn--`; at least two more labels follow |
/// | `http://192.168.0.0/16`, `http://[fd00::/8]` | any IPv4 or IPv6 address in the network |
/// | `chrome-extension://*` | any non-empty host of a scheme that is not special |
///
/// | port form | matches |
/// |---|---|
/// | none, `:8080` | that port |
/// | `:*` | any port, including none (the scheme's default port) |
/// | `:{3000,5173,8000-8999}` | these ports and ranges; a default port in a list matches an origin without a port |
///
/// The first three host forms need a special scheme (`http`, `https`, `ws`, `wss`, `ftp`).
///
/// `null` is the opaque origin, `file://` the origin that web views send for `file:` pages, and `*`
/// any origin, both of these included. A `*` anywhere else is an error, never a literal; so is a host
/// that would be too long for any origin.
///
/// A pattern is kept in canonical form, which `Display` writes: a list of one port, for example, is
/// that port, and a network of one address is that address. Comparing, ordering and hashing use that
/// text.
///
/// ```
/// use cross_origin::{OriginPattern, OriginRef};
///
/// let pattern: OriginPattern = "https://*.example.com".parse()?;
/// let tenant = OriginRef::from_header(b"https://tenant-7.eu.example.com").unwrap();
/// let other = OriginRef::from_header(b"https://evilexample.com").unwrap();
/// assert!(!pattern.matches(other));
/// assert_eq!(pattern.find(tenant).unwrap().capture(), Some("tenant-7.eu"));
/// # Ok::<(), cross_origin::ParsePatternError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OriginPattern(Box<str>);

impl OriginPattern {
    /// Borrows the pattern, to read its parts.
    #[must_use]
    pub fn as_pattern_ref(&self) -> PatternRef<'_> {
        PatternRef::from_canonical(&self.0)
    }

    /// Returns the pattern in canonical form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the pattern matches this origin.
    #[must_use]
    pub fn matches(&self, origin: OriginRef<'_>) -> bool {
        self.as_pattern_ref().matches(origin)
    }

    /// Returns the match of the pattern with this origin, if it matches.
    #[must_use]
    pub fn find<'o>(&self, origin: OriginRef<'o>) -> Option<PatternMatch<'_, 'o>> {
        self.as_pattern_ref().find(origin)
    }

    /// Whether the pattern matches every origin that `other` matches.
    ///
    /// ```
    /// use cross_origin::OriginPattern;
    ///
    /// let all: OriginPattern = "https://*.example.com:*".parse()?;
    /// let some: OriginPattern = "https://app-*.eu.example.com".parse()?;
    /// assert!(all.covers(&some));
    /// assert!(!some.covers(&all));
    /// # Ok::<(), cross_origin::ParsePatternError>(())
    /// ```
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.as_pattern_ref().covers(other.as_pattern_ref())
    }
}

impl fmt::Display for OriginPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
