//! Outcomes of decisions.

use core::fmt;

use super::decision::Decision;
use super::denial::Denial;
use super::owned::OwnedDecision;
use crate::message::RequestKind;

/// The outcome of a decision.
///
/// There is no other one, so the enum is exhaustive.
///
/// ```
/// use cross_origin::{Denial, Outcome, Policy, RequestHeaders, Rule};
///
/// let policy = Policy::new([Rule::allow_origins(["https://app.example.com"])])?;
/// let outcome = |origin| policy.evaluate(&RequestHeaders::new("GET").header("Origin", origin)).outcome();
///
/// assert_eq!(outcome("https://app.example.com"), Outcome::Allowed);
/// assert_eq!(outcome("null"), Outcome::Denied(Denial::OriginNull));
/// assert_eq!(policy.evaluate(&RequestHeaders::new("GET")).outcome(), Outcome::NotCors);
/// # Ok::<(), cross_origin::PolicyProblems>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is no other outcome")]
pub enum Outcome {
    /// The request has no `Origin`, so CORS does not apply to it.
    NotCors,
    /// The browser shares the response, or goes on after the preflight.
    Allowed,
    /// The browser hides the response, or gives up after the preflight.
    Denied(Denial),
}

impl Outcome {
    /// Returns whether this is [`Allowed`](Self::Allowed).
    #[must_use]
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed)
    }

    /// Returns the reason for the denial, if the request is denied.
    #[must_use]
    pub const fn denial(self) -> Option<Denial> {
        match self {
            Self::Denied(denial) => Some(denial),
            Self::NotCors | Self::Allowed => None,
        }
    }

    /// Returns `not-cors`, `allowed` or the name of the reason, such as `origin-not-allowed`: for logs
    /// and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotCors => "not-cors",
            Self::Allowed => "allowed",
            Self::Denied(denial) => denial.as_str(),
        }
    }

    fn new(kind: RequestKind, denial: Option<Denial>) -> Self {
        match (kind, denial) {
            (RequestKind::NotCors, _) => Self::NotCors,
            (_, None) => Self::Allowed,
            (_, Some(denial)) => Self::Denied(denial),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Decision<'_> {
    /// Returns the outcome. If no rule matches the origin, this parses the origin to find the reason.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::new(self.kind(), self.denial())
    }
}

impl OwnedDecision {
    /// [`Decision::outcome`].
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::new(self.kind(), self.denial())
    }
}
