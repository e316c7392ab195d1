//! One try: a policy, a fetch, and what the browser should make of them.

use cross_origin::browser::{self, Credentials, Failure, Fetch};
use cross_origin::{OriginRef, Policy};
use serde_json::Value;

use super::http::Response;

/// A policy, and a fetch to try it with.
pub struct Trial {
    pub policy: Policy,
    pub fetch: Fetch,
}

/// What the model of the browser says will happen.
pub struct Prediction {
    /// The requests that the server will see.
    pub requests: Vec<browser::Request>,
    /// What the page will see.
    pub seen: Result<browser::Response, Failure>,
}

impl Trial {
    /// The application's response to a request of this method and these headers, with the policy's
    /// answer applied to it. It is all that the API does.
    pub fn respond(&self, request: &cross_origin::RequestHeaders<'_>) -> Response {
        let decision = self.policy.evaluate(request);
        let mut response = match decision.status() {
            Some(status) => Response::empty(status),
            None => application(),
        };
        decision.apply(&mut response.headers);
        response
    }

    pub fn predict(&self) -> Prediction {
        let mut requests = Vec::new();
        let seen = self.fetch.send_to(|request| {
            requests.push(request.clone());
            let response = self.respond(&request.request_headers());
            browser::Response::new(response.status).headers(&response.headers)
        });
        Prediction { requests, seen }
    }
}

/// What the application answers, with headers that a page may see and headers that it must be let see.
fn application() -> Response {
    Response::new(200)
        .header("cache-control", "no-store")
        .header("content-type", "application/json")
        .header("etag", "\"7\"")
        .header("x-total-count", "42")
        .body(r#"{"thing": 7}"#)
}

/// The fetch that the page chose: `{"origin", "method", "headers": [[name, value]], "credentials"}`.
/// What is wrong with it is told with the member that it is in.
pub fn fetch(chosen: &Value) -> Result<Fetch, (&'static str, String)> {
    let text = |member: &str| chosen.get(member).and_then(Value::as_str);
    let origin = text("origin").unwrap_or_default();
    let origin =
        OriginRef::from_header(origin.as_bytes()).map_err(|error| ("origin", error.to_string()))?;
    let method = text("method").unwrap_or_default();
    let mut fetch = Fetch::new(origin, method).map_err(|error| ("method", error.to_string()))?;
    for line in chosen
        .get("headers")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let part = |index: usize| line.get(index).and_then(Value::as_str).unwrap_or_default();
        let value = latin1(part(1)).map_err(|error| ("headers", error))?;
        fetch = fetch
            .header(part(0), value)
            .map_err(|error| ("headers", error.to_string()))?;
    }
    let mode = match text("credentials") {
        Some("include") => Credentials::Include,
        Some("omit") => Credentials::Omit,
        _ => Credentials::SameOrigin,
    };
    Ok(fetch.credentials(mode))
}

/// A header's value as `fetch()` takes it: each character is a byte.
fn latin1(text: &str) -> Result<Vec<u8>, String> {
    let byte = |c| u8::try_from(c).map_err(|_| format!("a header has no character like `{c}`"));
    text.chars().map(byte).collect()
}
