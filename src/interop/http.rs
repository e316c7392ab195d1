//! Support for the types of the crate `http`.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;
use std::sync::Arc;

use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};

use crate::message::{Headers, MAX_REQUEST_HEADERS_LINES, RequestHeaders, header_name};
use crate::policy::{Decision, Policy, Verdict};

/// How many lines of a header are kept: one more than a [`RequestHeaders`] does, so that it sees that
/// there were more.
const KEPT_LINES: usize = MAX_REQUEST_HEADERS_LINES.saturating_add(1);

/// The head of a request: `http::Request`, `http::request::Parts`, and the pair of a method and a
/// `HeaderMap`, for frameworks that have a request type of their own.
///
/// ```
/// # use std::sync::Arc;
/// # use cross_origin::Policy;
/// # let policy = Arc::new(Policy::deny_all());
/// # let request = http::Request::new(());
/// let answer = policy.answer(&(request.method(), request.headers()));
/// # assert_eq!(answer.preflight_status(), None);
/// ```
pub trait HttpRequest: sealed::Sealed {
    /// The method.
    fn method(&self) -> &Method;
    /// The headers.
    fn headers(&self) -> &HeaderMap;
}

mod sealed {
    pub trait Sealed {}
    impl<B> Sealed for http::Request<B> {}
    impl Sealed for http::request::Parts {}
    impl Sealed for (&http::Method, &http::HeaderMap) {}
}

impl<B> HttpRequest for Request<B> {
    fn method(&self) -> &Method {
        self.method()
    }
    fn headers(&self) -> &HeaderMap {
        self.headers()
    }
}

impl HttpRequest for Parts {
    fn method(&self) -> &Method {
        &self.method
    }
    fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}

impl HttpRequest for (&Method, &HeaderMap) {
    fn method(&self) -> &Method {
        self.0
    }
    fn headers(&self) -> &HeaderMap {
        self.1
    }
}

impl<'a, B> From<&'a Request<B>> for RequestHeaders<'a> {
    fn from(request: &'a Request<B>) -> Self {
        view(request.method(), request.headers())
    }
}

impl<'a> From<&'a Parts> for RequestHeaders<'a> {
    fn from(parts: &'a Parts) -> Self {
        view(&parts.method, &parts.headers)
    }
}

/// Returns the view of a request. The lines that the CORS protocol reads are looked up rather than
/// searched for.
fn view<'a>(method: &'a Method, headers: &'a HeaderMap) -> RequestHeaders<'a> {
    let mut repeated = false;
    let mut first = [None; CORS_HEADERS.len()];
    for (name, place) in CORS_HEADERS.iter().zip(&mut first) {
        let mut values = headers.get_all(name).iter();
        *place = values.next().map(HeaderValue::as_bytes);
        repeated |= values.next().is_some();
    }
    if repeated {
        return view_of_all(method, headers);
    }
    RequestHeaders::from_single_lines(method.as_str().as_bytes(), first)
}

/// The names of the headers that the CORS protocol reads.
static CORS_HEADERS: [HeaderName; 3] = [
    header::ORIGIN,
    header::ACCESS_CONTROL_REQUEST_METHOD,
    header::ACCESS_CONTROL_REQUEST_HEADERS,
];

/// Those that the decision on a request with this method depends on.
fn deciding_headers(method: &Method) -> &'static [HeaderName] {
    match *method {
        Method::OPTIONS => &CORS_HEADERS,
        _ => CORS_HEADERS.get(..1).unwrap_or_default(),
    }
}

#[cold]
fn view_of_all<'a>(method: &'a Method, headers: &'a HeaderMap) -> RequestHeaders<'a> {
    let lines = CORS_HEADERS.iter().flat_map(|name| {
        let values = headers.get_all(name).iter().take(KEPT_LINES);
        values.map(move |value| (name, value))
    });
    RequestHeaders::new(method.as_str()).headers(lines)
}

/// The CORS headers of the response to one request, created before the application handles the request.
///
/// It holds the policy and the few header values that matter by reference counts, so it is cheap to
/// create, `'static` and `Send`. Create one for every request and apply it to every response, errors
/// included:
///
/// ```
/// use std::sync::Arc;
/// use cross_origin::{Policy, Rule};
/// use http::{Request, Response};
///
/// fn handle(request: Request<()>) -> Response<String> {
///     Response::new("hello".into())
/// }
///
/// fn serve(policy: &Arc<Policy>, request: Request<()>) -> Response<String> {
///     let answer = policy.answer(&request);
///     if let Some(done) = answer.preflight() {
///         return done;
///     }
///     let mut response = handle(request);
///     answer.apply(response.headers_mut());
///     response
/// }
///
/// let policy = Arc::new(Policy::new([Rule::allow_origins(["https://app.example.com"])])?);
/// let request = Request::get("/").header("Origin", "https://app.example.com").body(()).unwrap();
/// let response = serve(&policy, request);
/// assert_eq!(response.headers()["access-control-allow-origin"], "https://app.example.com");
/// # Ok::<(), cross_origin::PolicyProblems>(())
/// ```
#[derive(Clone)]
pub struct ResponseHeaders {
    policy: Arc<Policy>,
    method: Method,
    lines: KeptLines,
    verdict: Option<KeptVerdict>,
}

/// The lines that matter. Browsers send one of a name at most, for which there is a place.
#[derive(Clone, Debug, Default)]
struct KeptLines {
    first: [Option<HeaderValue>; 3],
    others: Vec<(HeaderName, HeaderValue)>,
}

impl KeptLines {
    fn new(method: &Method, headers: &HeaderMap) -> Self {
        let mut kept = Self::default();
        for (name, place) in deciding_headers(method).iter().zip(&mut kept.first) {
            let mut values = headers.get_all(name).iter().take(KEPT_LINES).cloned();
            *place = values.next();
            kept.others
                .extend(values.map(|value| (name.clone(), value)));
        }
        kept
    }

    fn view<'a>(&'a self, method: &'a Method) -> RequestHeaders<'a> {
        let first = self.first.each_ref();
        let first = first.map(|value| value.as_ref().map(HeaderValue::as_bytes));
        let view = RequestHeaders::from_single_lines(method.as_str().as_bytes(), first);
        if self.others.is_empty() {
            return view;
        }
        view.headers(self.others.iter().map(|(name, value)| (name, value)))
    }
}

/// A verdict that was made for the origin of the request that is kept.
#[derive(Clone, Debug)]
struct KeptVerdict {
    allowed: bool,
    vary: Option<Box<str>>,
}

impl Policy {
    /// Creates the headers of the response to a request, to be kept until there is a response.
    ///
    /// A rule that asks denies; use [`answer_with`](Self::answer_with) for those.
    #[must_use]
    pub fn answer(self: &Arc<Self>, request: &impl HttpRequest) -> ResponseHeaders {
        self.answer_with(request, None)
    }

    /// Like [`answer`](Self::answer), with the application's verdict on the request's origin: see
    /// [`lookup`](Self::lookup).
    #[must_use]
    pub fn answer_with<'v>(
        self: &Arc<Self>,
        request: &impl HttpRequest,
        verdict: impl Into<Option<Verdict<'v>>>,
    ) -> ResponseHeaders {
        let mut answer = ResponseHeaders {
            policy: Arc::clone(self),
            method: request.method().clone(),
            lines: KeptLines::new(request.method(), request.headers()),
            verdict: None,
        };
        answer.verdict = verdict
            .into()
            .filter(|verdict| {
                let lookup = answer.policy.lookup(&answer.request());
                lookup.is_some_and(|lookup| lookup.origin() == verdict.origin())
            })
            .map(|verdict| KeptVerdict {
                allowed: verdict.allowed(),
                vary: verdict.vary().map(Into::into),
            });
        answer
    }
}

impl ResponseHeaders {
    /// Returns the decision.
    #[must_use]
    pub fn decision(&self) -> Decision<'_> {
        let request = self.request();
        let verdict = self.verdict.as_ref().and_then(|kept| {
            let verdict = self.policy.lookup(&request)?.verdict(kept.allowed);
            match &kept.vary {
                Some(names) => verdict.depending_on(names).ok(),
                None => Some(verdict),
            }
        });
        self.policy.evaluate_with(&request, verdict)
    }

    /// Returns the whole response to a preflight, with an empty body; `None` for every other request,
    /// which the application answers.
    ///
    /// The headers are applied to it already. Applying them again changes nothing.
    #[must_use]
    pub fn preflight<B: Default>(&self) -> Option<Response<B>> {
        let is_options = self.method == Method::OPTIONS;
        let decision = is_options.then(|| self.decision())?;
        let status = status(&decision)?;
        let mut response = Response::new(B::default());
        *response.status_mut() = status;
        decision.apply(response.headers_mut());
        Some(response)
    }

    /// Returns the status of the response to a preflight; `None` for every other request, which the
    /// application answers.
    ///
    /// It replaces [`preflight`](Self::preflight) for frameworks with a response type of their own:
    /// create an empty response with this status, and [`apply`](Self::apply) the headers to it.
    #[must_use]
    pub fn preflight_status(&self) -> Option<StatusCode> {
        status(&self.decision())
    }

    /// Changes the headers of the final response: [`Decision::apply`].
    pub fn apply(&self, headers: &mut HeaderMap) {
        self.decision().apply(headers);
    }

    /// Changes the headers of the final response, which has this status:
    /// [`Decision::apply_merging_exposed`].
    pub fn apply_merging_exposed(&self, status: StatusCode, headers: &mut HeaderMap) {
        self.decision()
            .apply_merging_exposed(status.as_u16(), headers);
    }

    fn request(&self) -> RequestHeaders<'_> {
        self.lines.view(&self.method)
    }
}

/// Shows what the answer says, not the policy.
impl fmt::Debug for ResponseHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseHeaders")
            .field("decision", &self.decision())
            .finish_non_exhaustive()
    }
}

fn status(decision: &Decision<'_>) -> Option<StatusCode> {
    StatusCode::from_u16(decision.status()?).ok()
}

impl Headers for HeaderMap {
    fn get_all(&self, name: &str, visit: &mut dyn FnMut(&[u8])) {
        let values = match known(name) {
            Some(name) => self.get_all(name),
            None => self.get_all(name),
        };
        for value in values {
            visit(value.as_bytes());
        }
    }

    // A map has a maximum size.
    fn append(&mut self, name: &'static str, value: &str) -> bool {
        let line = header_name(name).zip(header_value(value));
        line.is_some_and(|(name, value)| self.try_append(name, value).is_ok())
    }

    fn remove(&mut self, name: &'static str) {
        match known(name) {
            Some(name) => HeaderMap::remove(self, name),
            None => HeaderMap::remove(self, name),
        };
    }

    fn set(&mut self, name: &'static str, value: &str) -> bool {
        let line = header_name(name).zip(header_value(value));
        let is_set = line.is_some_and(|(name, value)| self.try_insert(name, value).is_ok());
        is_set || set_in_full(self, name, value)
    }
}

/// Sets a header of a full map, which replaces no value either: the old lines make room for the new one.
#[cold]
fn set_in_full(headers: &mut HeaderMap, name: &'static str, value: &str) -> bool {
    Headers::remove(headers, name);
    Headers::append(headers, name, value)
}

/// The name as a map looks it up without reading it.
fn known(name: &str) -> Option<&'static HeaderName> {
    static TIMING_ALLOW_ORIGIN: HeaderName =
        HeaderName::from_static(header_name::TIMING_ALLOW_ORIGIN);
    static KNOWN: [HeaderName; 7] = [
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        header::ACCESS_CONTROL_ALLOW_METHODS,
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        header::ACCESS_CONTROL_MAX_AGE,
        header::VARY,
    ];
    let [origin, credentials, methods, headers, expose, max_age, vary] = &KNOWN;
    Some(match name {
        header_name::ALLOW_ORIGIN => origin,
        header_name::ALLOW_CREDENTIALS => credentials,
        header_name::ALLOW_METHODS => methods,
        header_name::ALLOW_HEADERS => headers,
        header_name::EXPOSE_HEADERS => expose,
        header_name::MAX_AGE => max_age,
        header_name::VARY => vary,
        header_name::TIMING_ALLOW_ORIGIN => &TIMING_ALLOW_ORIGIN,
        _ => return None,
    })
}

fn header_name(name: &'static str) -> Option<HeaderName> {
    let known = known(name).cloned();
    known.or_else(|| HeaderName::try_from(name).ok())
}

/// The value, without a copy where it is one that every policy has.
fn header_value(value: &str) -> Option<HeaderValue> {
    match value {
        "*" => Some(HeaderValue::from_static("*")),
        "true" => Some(HeaderValue::from_static("true")),
        "origin" => Some(HeaderValue::from_static("origin")),
        _ => HeaderValue::from_str(value).ok(),
    }
}
