//! A model of the browser's half of CORS, for tests.
//!
//! The rest of the crate answers requests; this module asks and judges, as the
//! [Fetch standard](https://fetch.spec.whatwg.org/) (of July 2026) tells browsers to. It is a model
//! for testing *any* server's answers, whatever made them, and it knows nothing of this crate's
//! policies: it is written from the standard alone, so that each of the two can find the other's
//! faults. It sends nothing and has no clock.
//!
//! - [`Fetch`]: what a page asks for. Does it [need a preflight](Fetch::needs_preflight), what does
//!   [that one say](Fetch::preflight), does its answer [let the request follow](Fetch::preflight_check)?
//!   May the page [have the response](Fetch::cors_check), [which headers](Fetch::filtered) of it, and
//!   [its timing](Fetch::tao_check)? Or [all of it](Fetch::send_to) at once.
//! - [`PreflightCache`] and [`HttpCache`]: what one fetch leaves behind for the next.
//! - [`Failure`] and its two halves: the step of the standard that failed, and the sentence in the
//!   browser's console.
//!
//! # Examples
//!
//! A test of an axum app, with the feature `http` and a router `app`:
//!
//! ```ignore
//! let fetch = Fetch::new("https://app.example", "PUT")?.credentials(Credentials::Include);
//! let result = fetch.send_to_async(async |request| {
//!     let request = request.to_http("/items/1", Body::empty()).unwrap();
//!     app.clone().oneshot(request).await.unwrap().into()
//! });
//! assert_shared(result.await);
//! ```
//!
//! A response that was written by hand, or copied from somewhere:
//!
//! ```
//! use cross_origin::browser::{Credentials, Fetch, Response};
//!
//! let response = Response::new(200)
//!     .header("Access-Control-Allow-Origin", "*")
//!     .header("Access-Control-Allow-Credentials", "true");
//!
//! let fetch = Fetch::new("https://app.example", "GET")?;
//! assert_eq!(fetch.cors_check(&response), Ok(()));
//!
//! let failure = fetch.credentials(Credentials::Include).cors_check(&response).unwrap_err();
//! assert_eq!(failure.step().to_string(), "https://fetch.spec.whatwg.org/#concept-cors-check, step 4");
//! assert_eq!(
//!     failure.console(),
//!     "The value of the 'Access-Control-Allow-Origin' header in the response must not be the \
//!      wildcard '*' when the request's credentials mode is 'include'.",
//! );
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! A policy, from the preflight to what the page sees:
//!
//! ```
//! use cross_origin::browser::{Failure, Fetch, PreflightFailure, Request, Response};
//! use cross_origin::{OriginRef, Policy, Rule};
//!
//! let policy = Policy::new([Rule::allow_origins(["https://app.example"])
//!     .allow_methods(["PUT"])
//!     .expose_headers(["ETag"])])?;
//! let server = |request: &Request| {
//!     let decision = policy.evaluate(&request.request_headers());
//!     Response::new(decision.status().unwrap_or(200))
//!         .header("ETag", "\"1\"")
//!         .headers(decision.headers())
//! };
//!
//! let page = OriginRef::from_header(b"https://app.example")?;
//! let seen = Fetch::new(page, "PUT")?.send_to(server)?;
//! assert_eq!(seen.header_list(), [("etag".into(), b"\"1\"".into())]);
//!
//! let failure = Fetch::new(page, "DELETE")?.send_to(server).unwrap_err();
//! assert_eq!(
//!     failure,
//!     Failure::Preflight(PreflightFailure::MethodNotAllowed { method: "DELETE".into() }),
//! );
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Limits
//!
//! Redirects, service workers, Local Network Access, mixed content, Content Security Policy,
//! cookies and bodies are out of its scope, and so are fetches that CORS has no say in: those of
//! the page's own origin, navigations, form posts, images without `crossorigin`.
//!
//! # Where browsers depart from the standard
//!
//! The model follows the standard. Chromium 156 and Firefox 153 do too, in the hundreds of
//! scenarios that were played in both, except in these, each by its name. Where a browser is laxer
//! than the model, no test with the model can find what that browser lets through.
//!
//! - `acah-auth-star`, `cache-star-auth`: in both, `*` in `Access-Control-Allow-Headers` covers
//!   `Authorization` if the fetch has no credentials.
//! - `safe-dpr`, `safe-width`, `safe-viewport-width`, `safe-device-memory`, `safe-save-data`,
//!   `safe-downlink`, `safe-rtt`, `safe-ect`: Chromium takes these client hints for safelisted.
//!   `safe-user-agent`: Chromium drops a `User-Agent` that a page sets.
//! - `acrh-dup-ct-same`, `acrh-dup-accept`: Chromium combines repeated headers before it judges
//!   them, so it makes a preflight where each by itself is safelisted.
//! - `acrh-dup`, `acrh-dup-2`: Firefox repeats a name in `Access-Control-Request-Headers` as often as
//!   `fetch()` was given it with an unsafe value.
//! - `xhr-get`: Firefox makes a preflight for a listener on `upload` even if there is no body.
//! - `acma--1`, `acma-negative-late`: in both, a negative max-age means that nothing is cached.
//!   `acma-abc`, `acma-5.5`, `acma-lines-0`: Firefox caches nothing for any malformed max-age.
//!   `acma-plus`, `acma-2e63`: Chromium reads `+600` as 600, and 2⁶³ as malformed.
//! - `acma-star`, `acma-star-methods`, `acma-star-headers`: Firefox never finds `*` in its preflight
//!   cache.
//! - `acma-null`, `acma-null-data`: Chromium caches no preflight of an opaque origin.
//! - `acma-actual-fail`: Chromium keeps the cached preflight where the response fails the CORS
//!   check.
//! - `cache-cred-omit`: Firefox does not use what a preflight with credentials allowed for a fetch
//!   without.
//! - `redir-put-307-other`, `redir-put-307-other-mixed`, `redir-auth-other`: Firefox makes
//!   preflights with the page's origin, or needless ones, after redirects.
//!
//! One thing in the standard itself surprises: in the [`PreflightCache`], `*` from a preflight with
//! credentials matches every method and name, though in the preflight it did not.

mod assert;
mod check;
mod console;
mod exposed;
mod failure;
mod fetch;
mod header_list;
mod preflight;
mod preflight_cache;
mod request;
mod response;
mod safelist;
mod stored;
mod values;

pub use assert::assert_shared;
pub use failure::{CheckFailure, Failure, PreflightFailure, Step};
pub use fetch::{Credentials, Fetch, InvalidFetch};
pub use preflight::PreflightGrant;
pub use preflight_cache::PreflightCache;
pub use request::Request;
pub use response::Response;
pub use stored::HttpCache;
