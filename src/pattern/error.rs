//! Errors of parsing origin patterns.

use alloc::boxed::Box;

use crate::origin::quoted::Quoted;
use crate::origin::{Fix, ParseOriginError};

/// Why a text is not an origin pattern, and what to write instead.
///
/// ```
/// use cross_origin::OriginPattern;
///
/// let error = "https://example.*".parse::<OriginPattern>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "invalid origin pattern: `*` is only allowed in the leftmost label, as in \
///      `https://*.example.com` or `https://app-*.example.com`",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ParsePatternError {
    /// The text does not have the shape of an origin, or a part of it is invalid.
    #[error(transparent)]
    Origin(#[from] ParseOriginError),
    /// A wildcard in a form that [`OriginPattern`](crate::OriginPattern) does not list.
    #[error("invalid origin pattern: {0}")]
    Wildcard(WildcardError),
    /// A `*` in an IP address.
    #[error("invalid origin pattern: expected no `*` in an address{}", network_fix(.fix))]
    AddressWildcard {
        /// The network that the text describes.
        fix: Fix,
    },
    /// A network in a form that [`OriginPattern`](crate::OriginPattern) does not list.
    #[error("invalid origin pattern: invalid network {}: {reason}{}", Quoted(.found), network_fix(.fix))]
    Network {
        /// The host and port, as written.
        found: Box<str>,
        /// What is wrong with it.
        reason: NetworkError,
        /// The network that the text describes.
        fix: Fix,
    },
    /// The braces after the host do not hold a list of ports.
    #[error("invalid origin pattern: invalid ports {}: expected a list such as `{{3000,8000-8999}}`", Quoted(.found))]
    Ports {
        /// The list as written, braces included.
        found: Box<str>,
    },
}

/// What is wrong with a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// The scheme is not special.
    #[error("only `http`, `https`, `ws`, `wss` and `ftp` have networks")]
    Scheme,
    /// The prefix length is too large.
    #[error("a prefix has at most 32 bits (IPv4) or 128 bits (IPv6)")]
    PrefixLength,
    /// The parts are not in their places, or not written as canonical decimal numbers.
    #[error("expected `192.168.0.0/16` or `[fd00::/8]`, and then the port")]
    Notation,
    /// Bits of the address after the prefix are not zero.
    #[error("the address has bits set after the prefix")]
    HostBits,
}

/// The end of a message about a network: the fix, or an example.
fn network_fix(fix: &Fix) -> impl core::fmt::Display {
    match fix.suggestion() {
        Some(text) => alloc::format!("; use {}", Quoted(text)),
        None => "; networks are written `http://192.168.0.0/16` or `http://[fd00::/8]`".into(),
    }
}

/// What is wrong with a wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum WildcardError {
    /// There is a `*` in the scheme.
    #[error(
        "expected no `*` in the scheme; use a pattern for each scheme, such as `https://*.example.com`"
    )]
    Scheme,
    /// There is a `*` somewhere else than in the leftmost label, or more than one.
    #[error(
        "`*` is only allowed in the leftmost label, as in `https://*.example.com` or `https://app-*.example.com`"
    )]
    Place,
    /// `https://*` and its kin.
    #[error(
        "`*` cannot be any host of this scheme; use a domain as in `https://*.example.com`, or `*` alone for any origin"
    )]
    AnyHost,
    /// `*.` before nothing.
    #[error("expected a domain after `*.`, as in `https://*.example.com`")]
    NoBase,
    /// A scheme that is not special knows but one form.
    #[error("hosts of this scheme have no labels; use one host, or `*` for any host of it")]
    OpaqueHost,
    /// Fewer than two labels after the one that has the `*`.
    #[error(
        "expected at least two labels after the one with `*`, as in `https://app-*.example.com`"
    )]
    TooFewLabels,
    /// The literals around the `*` in its label.
    #[error(
        "expected only ASCII letters, digits, `-` and `_` next to `*`, and no `xn--`; list the hosts"
    )]
    Literal,
    /// There is something beside the `*` in a port.
    #[error("expected `:*` for any port, or numbers")]
    Port,
}
