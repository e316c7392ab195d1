//! Parses web origins and evaluates CORS policies. The decisions and headers follow the Fetch, URL and
//! HTML standards: give it a request's method and headers, and it returns a decision and the exact
//! response headers to send. It depends on no HTTP framework, so it can be embedded in any of them. Evaluating a policy
//! never fails, never panics and never allocates, and the same policy and request always give the same
//! decision.
//!
//! - [`Policy`]: an ordered list of rules. The first rule that matches the request's origin decides.
//! - [`Rule`]: a set of origins, and what their pages may do.
//! - [`RequestHeaders`]: the method of a request and the headers that CORS depends on.
//! - [`Decision`]: whether a request is allowed and why, and the response headers.
//!
//! ```
//! use cross_origin::{Denial, Policy, RequestHeaders, Rule};
//!
//! let policy = Policy::new([
//!     Rule::allow_origins(["https://app.example.com"]).allow_credentials(),
//! ])?;
//!
//! // Someone else's page: the browser keeps the response from it.
//! let request = RequestHeaders::new("GET").header("Origin", "https://app.example.com.evil.example");
//! assert_eq!(policy.evaluate(&request).denial(), Some(Denial::OriginNotAllowed));
//!
//! // One of our own pages.
//! let request = RequestHeaders::new("GET").header("Origin", "https://app.example.com");
//! let decision = policy.evaluate(&request);
//! assert!(decision.is_allowed());
//! assert_eq!(
//!     decision.headers().collect::<Vec<_>>(),
//!     [
//!         ("access-control-allow-origin", "https://app.example.com"),
//!         ("access-control-allow-credentials", "true"),
//!     ],
//! );
//! # Ok::<(), cross_origin::PolicyProblems>(())
//! ```
//!
//! **CORS is not access control.** A denied request that needs no preflight is still sent and may take
//! effect; the browser only hides its response from the page. After a denied preflight a browser does
//! not send the request, but other clients can.
//!
//! # Features
//!
//! `idna` and `psl` are the default features.
//!
//! - `idna`: origins and patterns as people type them, such as Unicode domains. Without it
//!   hosts must be canonical; networks, lists of ports and default ports are still normalised.
//! - `psl`: allows wildcards together with credentials if the public suffix list shows that all hosts
//!   that match belong to one site. Without it that combination is refused.
//! - `advice`: explanations, lints, fixes, and the differences between policies; brings `browser`.
//! - `browser`: the browser's half of Fetch, for tests.
//! - `serde`: policies from and to text.
//! - `http`: requests and responses of the crate `http`. It needs std; everything else needs only
//!   `alloc`.
//! - `tower`: a layer for axum, tonic, hyper and every other server on tower services; brings `http`.
//! - `url`: origins from and to the types of the crate `url`.

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

pub mod _docs;
#[cfg(feature = "advice")]
pub mod advice;
#[cfg(feature = "browser")]
pub mod browser;
mod interop;
pub mod limits;
mod message;
mod origin;
mod pattern;
mod policy;
pub mod presets;
mod testing;

#[cfg(feature = "http")]
pub use interop::http::ResponseHeaders;
#[cfg(feature = "serde")]
pub use interop::serde::POLICY_SCHEMA;
#[cfg(feature = "tower")]
pub use interop::tower;
pub use message::{
    Header, HeaderChange, Headers, IntoRequestHeaders, RequestHeaders, RequestKind, RequestMethod,
};
pub use origin::{Fix, Host, MalformedOrigin, Origin, OriginRef, ParseOriginError, Scheme};
pub use pattern::{
    HostPattern, InLabel, Network, NetworkError, OriginPattern, OriginSet, ParsePatternError,
    PatternMatch, PatternRef, PortPattern, WildcardError,
};
pub use policy::{
    Decision, Denial, Lookup, Outcome, OwnedDecision, Policy, PolicyBuilder, PolicyProblem,
    PolicyProblems, ProblemKind, Rule, RuleRef, VaryError, Verdict,
};
pub use testing::{HeadersFault, check_headers};
