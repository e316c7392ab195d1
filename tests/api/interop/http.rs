//! Answers on the types of the crate `http`: made before the handler, applied after it.
#![cfg(feature = "http")]

use std::fmt::Debug;
use std::sync::Arc;

use cross_origin::{
    Decision, Denial, OwnedDecision, Policy, PolicyBuilder, RequestHeaders, RequestKind,
    ResponseHeaders, Rule, Verdict,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode};

use crate::support::{A, TENANT, a};

fn policy(rules: impl IntoIterator<Item = Rule>) -> Arc<Policy> {
    Arc::new(Policy::new(rules).unwrap())
}

fn request(method: &str, lines: &[(&'static str, &str)]) -> Request<()> {
    let mut request = Request::builder().method(method);
    for (name, value) in lines {
        request = request.header(*name, *value);
    }
    request.body(()).unwrap()
}

fn get(origin: &str) -> Request<()> {
    request("GET", &[("Origin", origin)])
}

fn preflight(origin: &str) -> Request<()> {
    let method = ("Access-Control-Request-Method", "PUT");
    request("OPTIONS", &[("Origin", origin), method])
}

fn answer(policy: &Policy, request: &Request<()>) -> ResponseHeaders {
    policy.answer(request.method(), request.headers())
}

fn answer_with<'v>(
    policy: &Policy,
    request: &'v Request<()>,
    verdict: impl Into<Option<Verdict<'v>>>,
) -> ResponseHeaders {
    policy.answer_with(request.method(), request.headers(), verdict)
}

/// The headers, in the order of their names.
fn lines(headers: &HeaderMap) -> Vec<(&str, &str)> {
    let mut lines: Vec<_> = headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
        .collect();
    lines.sort_unstable();
    lines
}

// ---------------------------------------------------------------- what the types promise

#[test]
fn kept_types_are_send_and_sync() {
    fn kept<T: Clone + Debug + Send + Sync + 'static>() {}
    fn value<T: Clone + Debug + Eq + Send + Sync + 'static>() {}
    kept::<ResponseHeaders>();
    value::<OwnedDecision>();
    value::<Policy>();
    value::<PolicyBuilder>();
    value::<Rule>();
    fn copied<T: Copy + Send + Sync>() {}
    copied::<RequestHeaders<'_>>();
    copied::<Decision<'_>>();
}

// ---------------------------------------------------------------- preflights

#[test]
fn allowed_preflight_is_a_complete_response() {
    let policy = policy([a().allow_methods(["PUT"]).allow_credentials(), Rule::ask()]);
    let answer = answer(&policy, &preflight(A));
    let mut response: Response<String> = answer.preflight().unwrap();
    assert_eq!(response.status(), 204);
    assert_eq!(response.body(), "");
    let expected = [
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-methods", "PUT"),
        ("access-control-allow-origin", A),
        ("vary", "origin,access-control-request-method"),
    ];
    assert_eq!(lines(response.headers()), expected);
    answer.apply(response.headers_mut());
    assert_eq!(
        lines(response.headers()),
        expected,
        "it was applied already"
    );
}

#[test]
fn denied_preflight_is_403_without_grants() {
    let policy = policy([a(), Rule::ask()]);
    let answer = answer(&policy, &preflight("https://evil.example"));
    let response: Response<Vec<u8>> = answer.preflight().unwrap();
    assert_eq!(response.status(), 403);
    let expected = [("vary", "origin,access-control-request-method")];
    assert_eq!(lines(response.headers()), expected);
}

#[test]
fn preflight_status() {
    let builder = PolicyBuilder::new([a()]).preflight_status(200);
    let policy = Arc::new(builder.build().unwrap());
    let status = |origin| {
        let answer = answer(&policy, &preflight(origin));
        let status = answer.preflight::<()>().unwrap().status();
        assert_eq!(answer.preflight_status(), Some(status));
        status
    };
    assert_eq!(status(A), 200);
    assert_eq!(status("null"), 403);
}

#[test]
fn actual_requests_are_left_to_the_application() {
    let policy = policy([a()]);
    for request in [
        get(A),
        get("null"),
        request("GET", &[]),
        request("OPTIONS", &[("Origin", A)]),
        request("OPTIONS", &[("Access-Control-Request-Method", "PUT")]),
        request(
            "PUT",
            &[("Origin", A), ("Access-Control-Request-Method", "PUT")],
        ),
        request(
            "options",
            &[("Origin", A), ("Access-Control-Request-Method", "PUT")],
        ),
    ] {
        let answer = answer(&policy, &request);
        assert!(answer.preflight::<()>().is_none(), "{request:?}");
        assert_eq!(answer.preflight_status(), None, "{request:?}");
    }
}

// ---------------------------------------------------------------- the rest of the way

#[test]
fn answer_outlives_the_request() {
    let policy = policy([a().expose_headers(["ETag"]), Rule::ask()]);
    let answer = answer(&policy, &get(A));
    drop(policy);
    let headers = || {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("text/html"));
        headers.append("set-cookie", HeaderValue::from_static("a=1"));
        headers.append("set-cookie", HeaderValue::from_static("b=2"));
        headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
        headers.insert(
            "access-control-expose-headers",
            HeaderValue::from_static("Link"),
        );
        headers.insert("vary", HeaderValue::from_static("Accept-Encoding"));
        headers
    };
    let expected = |exposed| {
        [
            ("access-control-allow-origin", A),
            ("access-control-expose-headers", exposed),
            ("content-type", "text/html"),
            ("set-cookie", "a=1"),
            ("set-cookie", "b=2"),
            ("vary", "Accept-Encoding"),
            ("vary", "origin"),
        ]
    };
    let mut applied = headers();
    answer.apply(&mut applied);
    assert_eq!(lines(&applied), expected("etag"));
    let mut applied = headers();
    answer.apply_merging_exposed(StatusCode::OK, &mut applied);
    assert_eq!(lines(&applied), expected("etag,Link"));
}

#[test]
fn evaluate_http_request_and_parts() {
    let policy = policy([a(), Rule::ask()]);
    let whole = preflight(A);
    let (parts, ()): (Parts, ()) = whole.clone().into_parts();
    assert_eq!(RequestHeaders::from(&parts), RequestHeaders::from(&whole));
    assert_eq!(RequestHeaders::from(&parts).kind(), RequestKind::Preflight);
    assert_eq!(policy.evaluate(&parts), policy.evaluate(&whole));
    // It is what the headers say when they are given by hand.
    let view = RequestHeaders::new("OPTIONS").headers(whole.headers());
    assert_eq!(policy.evaluate(&view), policy.evaluate(&whole));
    let answer = policy.answer(&parts.method, &parts.headers);
    assert_eq!(answer.kind(), RequestKind::Preflight);
}

// ---------------------------------------------------------------- many lines

#[track_caller]
fn denial_of(policy: &Policy, request: &Request<()>) -> Option<Denial> {
    let decision = policy.evaluate(request);
    let (mut applied, mut expected) = (HeaderMap::new(), HeaderMap::new());
    answer(policy, request).apply(&mut applied);
    decision.apply(&mut expected);
    assert_eq!(applied, expected);
    decision.denial()
}

#[test]
fn request_header_lines_beyond_the_limit_are_counted() {
    let policy = policy([a().allow_methods(["PUT"]).allow_headers(["x"])]);
    let denial = |count| {
        let mut request = preflight(A);
        for _ in 0..count {
            let line = HeaderValue::from_static("x");
            request
                .headers_mut()
                .append("access-control-request-headers", line);
        }
        denial_of(&policy, &request)
    };
    assert_eq!(denial(16), None);
    assert_eq!(denial(17), Some(Denial::HeadersTooLong));
    assert_eq!(denial(20), Some(Denial::HeadersTooLong));
    assert_eq!(denial(1000), Some(Denial::HeadersTooLong));
}

#[test]
fn repeated_single_headers_are_malformed() {
    let policy = policy([a(), Rule::ask()]);
    let mut twice = get(A);
    twice
        .headers_mut()
        .append("origin", HeaderValue::from_static(A));
    assert_eq!(denial_of(&policy, &twice), Some(Denial::OriginMalformed));
    let mut twice = preflight(A);
    let put = HeaderValue::from_static("PUT");
    twice
        .headers_mut()
        .append("access-control-request-method", put);
    assert_eq!(denial_of(&policy, &twice), Some(Denial::MethodMalformed));
    // Bytes that are no text are no reason to fail.
    let bytes = HeaderValue::from_bytes(b"https://\xff").unwrap();
    let mut odd = get(A);
    odd.headers_mut().insert("origin", bytes);
    assert_eq!(denial_of(&policy, &odd), Some(Denial::OriginMalformed));
}

// ---------------------------------------------------------------- verdicts

#[test]
fn verdict_is_kept() {
    let policy = policy([a(), Rule::ask().allow_credentials()]);
    let request = get(TENANT);
    let view = RequestHeaders::from(&request);
    let lookup = policy.lookup(&view).unwrap();

    let yes = answer_with(&policy, &request, lookup.verdict(true));
    assert_eq!(yes.rule_index(), Some(1));
    let mut headers = HeaderMap::new();
    yes.apply(&mut headers);
    let expected = [
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-origin", TENANT),
        ("vary", "origin"),
    ];
    assert_eq!(lines(&headers), expected);

    let verdict = lookup.verdict(true).depending_on("x-tenant").unwrap();
    let mut headers = HeaderMap::new();
    answer_with(&policy, &request, verdict).apply(&mut headers);
    assert_eq!(
        headers.get_all("vary").iter().collect::<Vec<_>>(),
        ["origin", "x-tenant"]
    );

    let verdict = lookup.verdict(false).depending_on("x-tenant").unwrap();
    let no = answer_with(&policy, &request, verdict);
    assert_eq!(no.rule_index(), None);
    let mut headers = HeaderMap::new();
    no.apply(&mut headers);
    assert_eq!(lines(&headers), [("vary", "origin"), ("vary", "x-tenant")]);

    for none in [
        answer(&policy, &request),
        answer_with(&policy, &request, None),
    ] {
        assert_eq!(none.rule_index(), None);
    }
    let preflight = preflight(TENANT);
    let answer = answer_with(&policy, &preflight, lookup.verdict(true));
    assert_eq!(answer.preflight::<()>().unwrap().status(), 204);
}

#[test]
fn verdict_for_another_origin_is_ignored() {
    let policy = policy([a(), Rule::ask()]);
    let view = RequestHeaders::new("GET").header("Origin", TENANT);
    let verdict = policy.lookup(&view).unwrap().verdict(true);
    let verdict = verdict.depending_on("x-tenant").unwrap();
    for origin in ["https://evil.example", "http://tenant.example", "null", "x"] {
        let answer = answer_with(&policy, &get(origin), verdict);
        assert_eq!(answer.rule_index(), None, "{origin}");
        let mut headers = HeaderMap::new();
        answer.apply(&mut headers);
        assert_eq!(lines(&headers), [("vary", "origin")], "{origin}");
    }
    let above = answer_with(&policy, &get(A), verdict);
    assert_eq!(above.rule_index(), Some(0));
    let none = answer_with(&policy, &request("GET", &[]), verdict);
    assert_eq!(none.kind(), RequestKind::NotCors);
}
