//! Parses web origins and evaluates CORS policies as the Fetch, URL and HTML standards define them.
//!
//! Give a [`Policy`] a request's method and headers; it returns a [`Decision`] and the exact response
//! headers to send. It depends on no HTTP framework, so it can be embedded in any of them. Evaluating a
//! policy never fails, never panics and never allocates, and the same policy and request always give
//! the same decision.
//!
//! ```
//! use cross_origin::{Denial, Policy, RequestHeaders, Rule};
//!
//! let policy = Policy::new([
//!     Rule::allow_origins(["https://app.example.com"]).allow_credentials(),
//! ])?;
//!
//! // Someone else's page: the browser keeps the response from it.
//! let request = RequestHeaders::new("GET").field("Origin", "https://app.example.com.evil.example");
//! assert_eq!(policy.evaluate(&request).denial(), Some(Denial::OriginNotAllowed));
//!
//! // One of our own pages.
//! let request = RequestHeaders::new("GET").field("Origin", "https://app.example.com");
//! let decision = policy.evaluate(&request);
//! assert_eq!(decision.allowed(), Some(true));
//! assert_eq!(
//!     decision.headers().collect::<Vec<_>>(),
//!     [
//!         ("access-control-allow-origin", "https://app.example.com"),
//!         ("access-control-allow-credentials", "true"),
//!     ],
//! );
//! # Ok::<(), cross_origin::PolicyProblems>(())
//! ```
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

extern crate alloc;
#[cfg(any(test, feature = "http"))]
extern crate std;

// Its examples need the default features, like those of the README.
#[cfg_attr(
    all(feature = "idna", feature = "psl"),
    doc = include_str!("migrating.md")
)]
#[cfg_attr(
    not(all(feature = "idna", feature = "psl")),
    doc = "Coming from another CORS library: see the documentation with the default features."
)]
pub mod _migrating {}

#[cfg(feature = "advice")]
mod advice;
#[cfg(feature = "browser")]
pub mod browser;
mod interop;
mod message;
mod origin;
mod pattern;
mod policy;
pub mod presets;

#[cfg(feature = "advice")]
pub use advice::{
    Addition, AffectedOrigins, ChangeExample, ChangeKind, ChangeSign, Difference, Disagreement,
    Explanation, Lint, LintKind, MAX_DISAGREEMENT_LEN, MAX_EXPLANATION_LEN,
    MAX_SHORT_EXPLANATION_LEN, NearestMiss, OriginDifference, PolicyChange, PolicyDiff, Severity,
    Shadow, Suggestion,
};
#[cfg(feature = "http")]
pub use interop::http::{Answer, HttpRequest};
#[cfg(feature = "serde")]
pub use interop::serde::POLICY_SCHEMA;
pub use message::{
    FieldChange, FieldLine, FieldSection, MAX_METHOD_LEN, MAX_REQUEST_HEADERS,
    MAX_REQUEST_HEADERS_LEN, MAX_REQUEST_HEADERS_LINES, RequestHeaders, RequestKind,
};
pub use origin::{
    Fix, Host, MAX_ORIGIN_LEN, MalformedOrigin, Origin, OriginRef, ParseOriginError, Scheme,
};
pub use pattern::{
    HostPattern, InLabel, Network, NetworkError, OriginPattern, OriginSet, ParsePatternError,
    PatternMatch, PatternRef, PortPattern, WildcardError,
};
pub use policy::{
    Decision, Denial, Lookup, MAX_MAX_AGE_SECS, OwnedDecision, Policy, PolicyDraft, PolicyProblem,
    PolicyProblems, ProblemKind, Rule, VaryError, Verdict,
};
