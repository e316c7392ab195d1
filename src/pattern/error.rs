//! Why a text is no origin pattern.

use alloc::boxed::Box;

use crate::origin::ParseOriginError;
use crate::origin::quoted::Quoted;

/// Why a text is no origin pattern, and what to write instead.
///
/// ```
/// use cross_origin::OriginPattern;
///
/// let error = "https://example.*".parse::<OriginPattern>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "a `*` in a host is its whole leftmost label or stands inside it: \
///      write one such as `https://*.example.com`",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ParsePatternError {
    /// What is written does not have the shape of an origin, or a part of it is no part of one.
    #[error(transparent)]
    Origin(#[from] ParseOriginError),
    /// A wildcard in a form that is none of those of [`OriginPattern`](crate::OriginPattern).
    #[error("{0}")]
    Wildcard(WildcardError),
    /// What stands in braces after the host is no list of ports.
    #[error("{} is no list of ports: write one such as `{{3000,8000-8999}}`", Quoted(.found))]
    Ports {
        /// What stands there, braces included.
        found: Box<str>,
    },
}

/// What is wrong with a wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum WildcardError {
    /// There is a `*` in the scheme.
    #[error(
        "a scheme has no `*`: write a pattern for each scheme, such as `https://*.example.com`"
    )]
    Scheme,
    /// There is a `*` somewhere else than in the leftmost label, or more than one.
    #[error(
        "a `*` in a host is its whole leftmost label or stands inside it: write one such as `https://*.example.com`"
    )]
    Place,
    /// `https://*` and its kin.
    #[error(
        "`*` can't be any host of this scheme: write `https://*.example.com`, or `*` alone for any origin"
    )]
    AnyHost,
    /// `*.` before nothing.
    #[error("`*.` stands before a domain: write one such as `https://*.example.com`")]
    NoBase,
    /// A scheme that is not special knows but one form.
    #[error("hosts of this scheme have no labels: write one host, or `*` alone for any host of it")]
    OpaqueHost,
    /// The host would be an address.
    #[error("an address has no `*`: write each address, such as `http://127.0.0.1:*`")]
    Address,
    /// Fewer than two labels after the one that has the `*`.
    #[error(
        "at least two labels follow one that has a `*` in it: write one such as `https://app-*.example.com`"
    )]
    TooFewLabels,
    /// What stands beside the `*` in its label.
    #[error(
        "beside a `*` a label has letters, digits, `-` and `_` of ASCII alone, and does not start with `xn--`: write the whole host"
    )]
    Literal,
    /// There is something beside the `*` in a port.
    #[error("a `*` in a port is all of it: write `:*` for any port")]
    Port,
}
