//! Errors of parsing origins.

use alloc::boxed::Box;
use core::fmt;

use super::MAX_ORIGIN_LEN;
use super::quoted::Quoted;

/// Why the value of an `Origin` header is malformed: it is neither `null` nor a serialized origin
/// ([Fetch, `#origin-header`](https://fetch.spec.whatwg.org/#origin-header)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum MalformedOrigin {
    /// It is longer than an origin, or a domain in one, can be.
    #[error(
        "an origin of more than {MAX_ORIGIN_LEN} bytes, or a domain of more than 253, is not read"
    )]
    TooLong,
    /// It has a byte that no serialized origin has.
    #[error("unexpected byte `{}` in an origin", .0.escape_ascii())]
    Byte(u8),
    /// It has no `://`.
    #[error("expected `null` or a scheme followed by `://`")]
    SchemeMissing,
    /// The text before `://` is not a scheme in lower case.
    #[error("expected a scheme in lower case before `://`")]
    Scheme,
    /// The origin of its URLs is opaque and sent as `null`.
    #[error("the origin of a URL of this scheme is opaque and is sent as `null`")]
    OpaqueScheme,
    /// The text after `://` is not a canonical host.
    #[error("expected a host in its canonical form, and at most a port after it")]
    Host,
    /// The text after the host's `:` is not a canonical port.
    #[error("expected a port from 1 to 65535 without leading zeros")]
    Port,
}

/// Why a text that a person wrote is not an origin, and what to write instead.
///
/// ```
/// use cross_origin::Origin;
///
/// let error = "https://example.com/".parse::<Origin>().unwrap_err();
/// assert_eq!(error.to_string(), "invalid origin: expected no path; use `https://example.com`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ParseOriginError {
    /// The text is empty.
    #[error(
        "invalid origin: expected `scheme://host[:port]`, found an empty text; is a variable not set?"
    )]
    Empty,
    /// There is no `://`.
    #[error("invalid origin: expected a scheme and `://`{fix}")]
    SchemeMissing {
        /// What to write instead.
        fix: Fix,
    },
    /// The text before `://` is not a scheme.
    #[error("invalid origin: invalid scheme {}: expected a letter followed by letters, digits, `+`, `-` or `.`", Quoted(.found))]
    Scheme {
        /// The text as written.
        found: Box<str>,
    },
    /// The scheme's origin is opaque.
    #[error(
        "invalid origin: browsers send `null` for pages of `{scheme}:` URLs; list the origins of other pages, or use `null` in a rule of its own"
    )]
    OpaqueScheme {
        /// The scheme.
        scheme: Box<str>,
    },
    /// A `file:` URL that is not exactly `file://`.
    #[error(
        "invalid origin: the origin of a `file:` page is `file://` in a web view (Electron, Cordova) and `null` in a desktop browser; use one of these"
    )]
    File,
    /// There is a path; a trailing slash is one.
    #[error("invalid origin: expected no path{fix}")]
    Path {
        /// What to write instead.
        fix: Fix,
    },
    /// There is a query.
    #[error("invalid origin: expected no query{fix}")]
    Query {
        /// What to write instead.
        fix: Fix,
    },
    /// There is a fragment.
    #[error("invalid origin: expected no fragment{fix}")]
    Fragment {
        /// What to write instead.
        fix: Fix,
    },
    /// There is an `@`, so there is userinfo, even if it is empty.
    #[error("invalid origin: expected no user name or password{fix}")]
    Userinfo {
        /// What to write instead.
        fix: Fix,
    },
    /// A character that no origin has: white space, a control character, a backslash.
    #[error("invalid origin: unexpected {}{fix}", Quoted(.found.encode_utf8(&mut [0; 4])))]
    Character {
        /// The character.
        found: char,
        /// What to write instead.
        fix: Fix,
    },
    /// A `*`: that would be a pattern.
    #[error("invalid origin: expected no `*`; origin patterns can have one")]
    Wildcard,
    /// The text after `://` is not a host.
    #[error("invalid origin: invalid host {}: {reason}", Quoted(.found))]
    Host {
        /// The text as written.
        found: Box<str>,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// There is a colon after the host, and no port.
    #[error("invalid origin: expected a port after `:`{fix}")]
    PortEmpty {
        /// What to write instead.
        fix: Fix,
    },
    /// The port is 0.
    #[error("invalid origin: invalid port `0`: expected a number from 1 to 65535")]
    PortZero,
    /// The text after the host's colon is not a port.
    #[error("invalid origin: invalid port {}: expected a number from 1 to 65535", Quoted(.found))]
    Port {
        /// The text as written.
        found: Box<str>,
    },
    /// The origin would be longer than the `Origin` header is read.
    #[error("invalid origin: expected at most {MAX_ORIGIN_LEN} bytes, and at most 253 in a domain")]
    TooLong,
}

/// The end of a message: what to write instead, or an example where that is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fix {
    suggestion: Option<Box<str>>,
    alternative: Option<Box<str>>,
}

impl Fix {
    pub(crate) fn new(suggestion: Option<Box<str>>) -> Self {
        Self {
            suggestion,
            alternative: None,
        }
    }

    /// Sets another text that may be meant.
    pub(crate) fn or(mut self, alternative: Option<Box<str>>) -> Self {
        self.alternative = alternative;
        self
    }

    /// The text to write instead.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }
}

impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.suggestion(), self.alternative.as_deref()) {
            (Some(text), Some(other)) => write!(f, "; use {} or {}", Quoted(text), Quoted(other)),
            (Some(text), None) => write!(f, "; use {}", Quoted(text)),
            (None, _) => f.write_str("; origins are written `https://example.com`"),
        }
    }
}
