//! The CORS headers of one response, kept until there is a response.

use alloc::boxed::Box;
use core::fmt;
use std::sync::Arc;

use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, Response, StatusCode};

use super::ready::{ReadyHeaders, ReadyOrigin};
use super::request::view;
use crate::message::{RequestHeaders, RequestKind};
use crate::policy::{Decision, OwnedDecision, Policy, ResponseCase, Verdict};

/// The CORS headers of the response to one request, created before the application handles the request.
///
/// It holds the headers of the policy by a reference count and the origin of the request, so it is cheap to
/// create, `'static` and `Send`. Create one for every request and apply it to every response, errors
/// included, but not to an interim response (1xx) or a 101:
///
/// ```
/// use cross_origin::{Policy, Rule};
/// use http::{Request, Response};
///
/// fn handle(request: Request<()>) -> Response<String> {
///     Response::new("hello".into())
/// }
///
/// fn serve(policy: &Policy, request: Request<()>) -> Response<String> {
///     let answer = policy.answer(request.method(), request.headers());
///     if let Some(done) = answer.preflight() {
///         return done;
///     }
///     let mut response = handle(request);
///     answer.apply(response.headers_mut());
///     response
/// }
///
/// let policy = Policy::new([Rule::allow_origins(["https://app.example.com"])])?;
/// let request = Request::get("/").header("Origin", "https://app.example.com").body(()).unwrap();
/// let response = serve(&policy, request);
/// assert_eq!(response.headers()["access-control-allow-origin"], "https://app.example.com");
/// # Ok::<(), cross_origin::PolicyProblems>(())
/// ```
///
/// It is not the decision, which borrows the request: for logs and metrics call [`Policy::evaluate`] while the
/// request is there. Whether a preflight's method and headers are allowed is not even decided here, because
/// the response states all that the rule allows in any case.
#[derive(Clone)]
pub struct ResponseHeaders {
    content: Content,
}

#[derive(Clone)]
enum Content {
    /// The headers are among those that the policy has ready.
    Ready {
        ready: Arc<ReadyHeaders>,
        case: ResponseCase,
        origin: ReadyOrigin,
    },
    /// The response repeats more of the request than its origin.
    Copied(Box<OwnedDecision>),
}

impl Policy {
    /// Evaluates a request, and creates the headers of its response, to be kept until there is one.
    ///
    /// A rule that asks does not match; use [`answer_with`](Self::answer_with) for those. The headers of
    /// the policy are built as [`HeaderValue`]s on the first call.
    ///
    /// ```
    /// use cross_origin::{Policy, Rule};
    /// use http::Request;
    ///
    /// let policy = Policy::new([Rule::allow_any_origin()])?;
    /// let (parts, body) = Request::get("/").body("").unwrap().into_parts();
    /// let answer = policy.answer(&parts.method, &parts.headers);
    /// assert_eq!(answer.preflight_status(), None);
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    #[must_use]
    pub fn answer(&self, method: &Method, headers: &HeaderMap) -> ResponseHeaders {
        self.answer_with(method, headers, None)
    }

    /// Like [`answer`](Self::answer), with the application's verdict on the request's origin: see
    /// [`lookup`](Self::lookup).
    #[must_use]
    pub fn answer_with<'v>(
        &self,
        method: &'v Method,
        headers: &'v HeaderMap,
        verdict: impl Into<Option<Verdict<'v>>>,
    ) -> ResponseHeaders {
        ResponseHeaders::evaluate(self, &view(method, headers), verdict.into(), headers)
    }
}

impl ResponseHeaders {
    /// Evaluates a request with these headers as far as its response depends on it.
    #[inline]
    pub(crate) fn evaluate(
        policy: &Policy,
        request: &RequestHeaders<'_>,
        verdict: Option<Verdict<'_>>,
        headers: &HeaderMap,
    ) -> Self {
        if let Some(ready) = policy.prepared(ReadyHeaders::new)
            && let Some((case, origin)) = ready.find(request)
        {
            let content = Content::Ready {
                ready,
                case,
                origin,
            };
            return Self { content };
        }
        let decision = policy.evaluate_for_headers(request, verdict);
        Self::new(policy, &decision, headers)
    }

    /// Keeps a decision of this policy on a request with these headers.
    #[inline]
    pub(crate) fn new(policy: &Policy, decision: &Decision<'_>, headers: &HeaderMap) -> Self {
        let content = Content::ready(policy, decision, headers);
        Self {
            content: content.unwrap_or_else(|| Content::Copied(Box::new(decision.to_owned()))),
        }
    }

    /// Returns the kind of the request: [`Decision::kind`].
    #[must_use]
    pub fn kind(&self) -> RequestKind {
        match &self.content {
            Content::Ready { case, .. } => case.kind,
            Content::Copied(decision) => decision.kind(),
        }
    }

    /// Returns the index of the rule that decided: [`Decision::rule_index`].
    #[must_use]
    pub fn rule_index(&self) -> Option<usize> {
        match &self.content {
            Content::Ready { case, .. } => case.rule,
            Content::Copied(decision) => decision.rule_index(),
        }
    }

    /// Returns the whole response to a preflight, with an empty body; `None` for every other request,
    /// which the application answers.
    ///
    /// The headers are applied to it already. Applying them again changes nothing.
    #[must_use]
    #[inline]
    pub fn preflight<B: Default>(&self) -> Option<Response<B>> {
        let status = self.preflight_status()?;
        let mut response = Response::new(B::default());
        *response.status_mut() = status;
        match &self.content {
            Content::Ready {
                ready,
                case,
                origin,
            } => *response.headers_mut() = ready.preflight_map(*case, origin),
            Content::Copied(decision) => decision.apply(response.headers_mut()),
        }
        Some(response)
    }

    /// Returns the status of the response to a preflight; `None` for every other request, which the
    /// application answers.
    ///
    /// It replaces [`preflight`](Self::preflight) for frameworks with a response type of their own:
    /// create an empty response with this status, and [`apply`](Self::apply) the headers to it.
    #[must_use]
    #[inline]
    pub fn preflight_status(&self) -> Option<StatusCode> {
        match &self.content {
            Content::Ready { ready, case, .. } => ready.status(*case),
            Content::Copied(decision) => StatusCode::from_u16(decision.status()?).ok(),
        }
    }

    /// Changes the headers of the final response: [`Decision::apply`].
    #[inline]
    pub fn apply(&self, headers: &mut HeaderMap) {
        match &self.content {
            Content::Ready {
                ready,
                case,
                origin,
            } => ready.apply(*case, origin, headers),
            Content::Copied(decision) => decision.apply(headers),
        }
    }

    /// Changes the headers of the final response, which has this status:
    /// [`Decision::apply_merging_exposed`].
    pub fn apply_merging_exposed(&self, status: StatusCode, headers: &mut HeaderMap) {
        match &self.content {
            Content::Ready {
                ready,
                case,
                origin,
            } => ready.apply_merging_exposed(*case, origin, status, headers),
            Content::Copied(decision) => decision.apply_merging_exposed(status.as_u16(), headers),
        }
    }
}

impl Content {
    #[inline]
    fn ready(policy: &Policy, decision: &Decision<'_>, headers: &HeaderMap) -> Option<Self> {
        let case = decision.response_case()?;
        let ready = policy.prepared(ReadyHeaders::new)?;
        let origin = match (case.rule, decision.allow_origin()) {
            (Some(rule), Some(allow_origin)) => match ready.origin(rule, allow_origin) {
                Some(origin) => origin,
                None => ReadyOrigin::Given(given(headers, allow_origin)?),
            },
            _ => ReadyOrigin::Fixed,
        };
        Some(Self::Ready {
            ready,
            case,
            origin,
        })
    }
}

/// The origin as a header value: that of the request, which need not be copied, or one without its
/// default port.
fn given(headers: &HeaderMap, allow_origin: &str) -> Option<HeaderValue> {
    let sent = headers.get(header::ORIGIN);
    let sent = sent.filter(|sent| sent.as_bytes() == allow_origin.as_bytes());
    sent.cloned()
        .or_else(|| HeaderValue::from_str(allow_origin).ok())
}

/// Shows what was decided, not the policy.
impl fmt::Debug for ResponseHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseHeaders")
            .field("kind", &self.kind())
            .field("status", &self.preflight_status())
            .field("rule", &self.rule_index())
            .finish_non_exhaustive()
    }
}
