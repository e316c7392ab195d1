//! Reasons for denials.

use core::fmt;

use crate::message::request::SingleHeader;
use crate::origin::OriginRef;

/// The reason for a denial: the first in the order of the standard, which is the origin, the method,
/// the headers.
///
/// The enum is exhaustive, so that a `match` stops compiling when a reason is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a `match` must be told of a new reason"
)]
pub enum Denial {
    /// No rule allows this origin.
    OriginNotAllowed,
    /// The origin is `null`, and no rule allows it.
    OriginNull,
    /// `Origin` is neither `null` nor a serialized origin, or there is more than one.
    OriginMalformed,
    /// The rule does not allow the method that the preflight asks for.
    MethodNotAllowed,
    /// `Access-Control-Request-Method` is not a method, or there is more than one.
    MethodMalformed,
    /// The rule does not allow one of the headers that the preflight asks for:
    /// [`Decision::denied_header`](crate::Decision::denied_header).
    HeaderNotAllowed,
    /// `Access-Control-Request-Headers` has an element that is not a header name.
    HeadersMalformed,
    /// `Access-Control-Request-Headers` exceeds the limits.
    HeadersTooLong,
}

impl Denial {
    /// Returns the reason for denying an origin that no rule matches.
    pub(super) fn from_origin(header: SingleHeader<'_>) -> Self {
        let SingleHeader::Once(value) = header else {
            return Self::OriginMalformed;
        };
        match OriginRef::from_header(value) {
            Err(_) => Self::OriginMalformed,
            Ok(origin) if origin.is_opaque() => Self::OriginNull,
            Ok(_) => Self::OriginNotAllowed,
        }
    }

    /// All reasons.
    pub const ALL: [Self; 8] = [
        Self::OriginNotAllowed,
        Self::OriginNull,
        Self::OriginMalformed,
        Self::MethodNotAllowed,
        Self::MethodMalformed,
        Self::HeaderNotAllowed,
        Self::HeadersMalformed,
        Self::HeadersTooLong,
    ];

    /// Returns the name of the reason, such as `origin-not-allowed`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OriginNotAllowed => "origin-not-allowed",
            Self::OriginNull => "origin-null",
            Self::OriginMalformed => "origin-malformed",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::MethodMalformed => "method-malformed",
            Self::HeaderNotAllowed => "header-not-allowed",
            Self::HeadersMalformed => "headers-malformed",
            Self::HeadersTooLong => "headers-too-long",
        }
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
