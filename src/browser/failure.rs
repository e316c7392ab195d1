//! Reasons for which a browser withholds a response.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use core::fmt;

use crate::origin::quoted::Quoted;

const CORS_CHECK: &str = "https://fetch.spec.whatwg.org/#concept-cors-check";
const PREFLIGHT_FETCH: &str = "https://fetch.spec.whatwg.org/#cors-preflight-fetch-0";

/// A step of the standard. It displays as its address and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    algorithm: &'static str,
    number: &'static str,
}

impl Step {
    /// The address of the algorithm, such as `https://fetch.spec.whatwg.org/#concept-cors-check`.
    #[must_use]
    pub const fn algorithm(self) -> &'static str {
        self.algorithm
    }

    /// The step's number in it, such as `7.5`, as of July 2026.
    #[must_use]
    pub const fn number(self) -> &'static str {
        self.number
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, step {}", self.algorithm, self.number)
    }
}

/// Why a response fails the [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check).
///
/// Bytes beyond ASCII in values are shown as the characters of the same number (Latin-1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum CheckFailure {
    /// There is no `Access-Control-Allow-Origin`.
    #[error("the response has no `Access-Control-Allow-Origin`")]
    AllowOriginMissing,
    /// It is `*`, and the fetch includes credentials.
    #[error("`Access-Control-Allow-Origin` is `*`, but the fetch includes credentials")]
    AllowOriginWildcard,
    /// It is not the page's origin, byte by byte. Several lines count as one value, joined by
    /// `", "`, which is never an origin.
    #[error("`Access-Control-Allow-Origin` is {}, not the page's origin", Quoted(.found))]
    AllowOriginMismatch {
        /// The value.
        found: Box<str>,
    },
    /// The fetch includes credentials, and `Access-Control-Allow-Credentials` is not `true`.
    #[error("the fetch includes credentials, but `Access-Control-Allow-Credentials` is {}", found_or_missing(.found))]
    CredentialsNotAllowed {
        /// The value, if the header is there.
        found: Option<Box<str>>,
    },
}

impl CheckFailure {
    /// The step of the standard that fails.
    #[must_use]
    pub const fn step(&self) -> Step {
        let number = match self {
            Self::AllowOriginMissing => "2",
            Self::AllowOriginWildcard | Self::AllowOriginMismatch { .. } => "4",
            Self::CredentialsNotAllowed { .. } => "8",
        };
        Step {
            algorithm: CORS_CHECK,
            number,
        }
    }
}

/// Why a preflight fails
/// ([CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0), step 7), so that
/// the request itself is never sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum PreflightFailure {
    /// The answer fails the CORS check.
    #[error("the preflight fails the CORS check: {0}")]
    Check(CheckFailure),
    /// The status is not within 200 to 299.
    #[error("the preflight is answered with status {0}, which is not within 200 to 299")]
    Status(u16),
    /// An element of `Access-Control-Allow-Methods` is not a method, which makes all of it malformed.
    #[error("`Access-Control-Allow-Methods` is {}, which is no list of methods", Quoted(.found))]
    AllowMethodsMalformed {
        /// The value; several lines are joined by `", "`.
        found: Box<str>,
    },
    /// An element of `Access-Control-Allow-Headers` is not a header name, which makes all of it malformed.
    #[error("`Access-Control-Allow-Headers` is {}, which is no list of field names", Quoted(.found))]
    AllowHeadersMalformed {
        /// The value; several lines are joined by `", "`.
        found: Box<str>,
    },
    /// The method is not listed, and no `*` covers it.
    #[error("`Access-Control-Allow-Methods` does not allow the method {}", Quoted(.method))]
    MethodNotAllowed {
        /// The method.
        method: Box<str>,
    },
    /// `Authorization` is not listed; `*` never covers it.
    #[error(
        "`Access-Control-Allow-Headers` does not list `authorization`, for which no `*` stands"
    )]
    AuthorizationNotAllowed,
    /// A request header is not listed, and no `*` covers it.
    #[error("`Access-Control-Allow-Headers` does not allow the request header {}", Quoted(.name))]
    HeaderNotAllowed {
        /// The first such name, in the order of bytes; lower-case.
        name: Box<str>,
    },
}

impl PreflightFailure {
    /// The step of the standard that fails.
    #[must_use]
    pub const fn step(&self) -> Step {
        let number = match self {
            Self::Check(failure) => return failure.step(),
            Self::Status(_) => "7",
            Self::AllowMethodsMalformed { .. } | Self::AllowHeadersMalformed { .. } => "7.3",
            Self::MethodNotAllowed { .. } => "7.5",
            Self::AuthorizationNotAllowed => "7.6",
            Self::HeaderNotAllowed { .. } => "7.7",
        };
        Step {
            algorithm: PREFLIGHT_FETCH,
            number,
        }
    }
}

fn found_or_missing(found: &Option<Box<str>>) -> String {
    match found {
        Some(found) => format!("{}, not `true`", Quoted(found)),
        None => "missing".to_owned(),
    }
}

/// Why a page does not get to see a response: the preflight fails, or the response itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[expect(clippy::exhaustive_enums, reason = "there is no third exchange")]
pub enum Failure {
    /// The preflight fails, and nothing else is sent.
    #[error(transparent)]
    Preflight(#[from] PreflightFailure),
    /// The request is made and answered, but the answer is kept from the page.
    #[error(transparent)]
    Response(#[from] CheckFailure),
}

impl Failure {
    /// The step of the standard that fails.
    #[must_use]
    pub const fn step(&self) -> Step {
        match self {
            Self::Preflight(failure) => failure.step(),
            Self::Response(failure) => failure.step(),
        }
    }
}
