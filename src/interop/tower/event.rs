//! What a hook sees of a decision.

use core::fmt;

use http::request::Parts;
use http::{Extensions, HeaderMap, Method, Request, Uri};

#[cfg(feature = "advice")]
use crate::advice::explain::Explanation;
#[cfg(feature = "advice")]
use crate::interop::http::view;
use crate::policy::Decision;

/// What came of a rule that [asks](crate::Rule::ask), if the search reached it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AskResult {
    /// The layer has no function to ask: see [`CorsLayer::asking`](super::CorsLayer::asking). The rule does
    /// not match.
    NotAsked,
    /// The application allows the origin, and the rule decides.
    Allowed,
    /// The application does not allow the origin.
    Denied,
    /// The future returned an error. The rule does not match.
    Failed,
}

/// A decision on a request, before the inner service sees it.
///
/// See [`CorsLayer::on_decision`](super::CorsLayer::on_decision).
pub struct DecisionEvent<'a> {
    pub(super) decision: Decision<'a>,
    pub(super) asked: Option<AskResult>,
    pub(super) head: Head<'a>,
}

/// The head of a request.
#[derive(Clone, Copy)]
pub(super) struct Head<'a> {
    method: &'a Method,
    uri: &'a Uri,
    pub(super) headers: &'a HeaderMap,
    extensions: &'a Extensions,
}

impl<'a, B> From<&'a Request<B>> for Head<'a> {
    fn from(request: &'a Request<B>) -> Self {
        Self {
            method: request.method(),
            uri: request.uri(),
            headers: request.headers(),
            extensions: request.extensions(),
        }
    }
}

impl<'a> From<&'a Parts> for Head<'a> {
    fn from(parts: &'a Parts) -> Self {
        Self {
            method: &parts.method,
            uri: &parts.uri,
            headers: &parts.headers,
            extensions: &parts.extensions,
        }
    }
}

impl<'a> DecisionEvent<'a> {
    /// Returns the decision.
    #[must_use]
    pub fn decision(&self) -> &Decision<'a> {
        &self.decision
    }

    /// Returns what came of the rule that asks; `None` if the search did not reach one.
    #[must_use]
    pub fn asked(&self) -> Option<AskResult> {
        self.asked
    }

    /// Returns the method of the request.
    #[must_use]
    pub fn method(&self) -> &'a Method {
        self.head.method
    }

    /// Returns the target of the request.
    #[must_use]
    pub fn uri(&self) -> &'a Uri {
        self.head.uri
    }

    /// Returns the headers of the request.
    #[must_use]
    pub fn headers(&self) -> &'a HeaderMap {
        self.head.headers
    }

    /// Returns the extensions of the request, such as the address of the client.
    #[must_use]
    pub fn extensions(&self) -> &'a Extensions {
        self.head.extensions
    }

    /// Returns whether the browser says that the page is of the server's own origin
    /// (`Sec-Fetch-Site: same-origin`). It shows such a response to the page whatever the decision is, so do
    /// not count its denial.
    #[must_use]
    pub fn is_same_origin(&self) -> bool {
        let site = self.head.headers.get("sec-fetch-site");
        site.is_some_and(|site| site.as_bytes() == b"same-origin")
    }

    /// Explains the decision: [`Decision::explain`]. This searches the policy for similar origins, so
    /// explain a sample of the denials rather than all.
    #[cfg(feature = "advice")]
    #[must_use]
    pub fn explain(&self) -> Explanation<'a> {
        let request = view(self.head.method, self.head.headers);
        self.decision.explain(&request)
    }
}

impl fmt::Debug for DecisionEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecisionEvent")
            .field("method", self.head.method)
            .field("decision", &self.decision)
            .field("asked", &self.asked)
            .finish_non_exhaustive()
    }
}
