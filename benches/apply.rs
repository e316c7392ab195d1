//! What does it cost to answer with the types of the crate `http`, request in and response out?
//!
//! Beside it a policy of two origins that is written by hand and sets, removes and merges the same headers.

#[path = "support/by_hand.rs"]
mod by_hand;
#[path = "support/run.rs"]
mod run;
mod support;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use by_hand::ByHand;
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use cross_origin::{Policy, RequestHeaders, Rule};
use http::{HeaderMap, HeaderValue, Request, Response};
use support::requests::{APP, OTHER, THREE_NAMES, actual, http, preflight, twelve};

const ORIGINS: [&str; 2] = [APP, "https://app.example.org"];

fn rule(origins: &[&str]) -> Rule {
    Rule::allow_origins(origins.iter().copied())
        .allow_credentials()
        .allow_methods(by_hand::METHODS.split(','))
        .allow_headers(by_hand::NAMES.split(','))
        .expose_headers([by_hand::EXPOSED])
        .max_age(Duration::from_secs(by_hand::MAX_AGE.into()))
}

/// With two origins, so that there is a `Vary` to merge.
fn policy() -> Arc<Policy> {
    let policy = Policy::new([rule(&ORIGINS)]);
    Arc::new(policy.unwrap_or_else(|problems| panic!("{problems}")))
}

/// A response that has headers, `Vary` and one of the protocol among them.
fn response() -> Response<()> {
    let response = Response::builder()
        .header("content-type", "application/json")
        .header("content-length", "1234")
        .header("cache-control", "private, max-age=0")
        .header("etag", "\"33a64df551425fcc55e4d42a148795d9f25f89d4\"")
        .header("vary", "accept-encoding")
        .header("access-control-allow-origin", "*");
    response.body(()).unwrap()
}

/// Keeps an answer across the handler.
fn answered(policy: &Arc<Policy>, request: Request<()>, response: Response<()>) -> Response<()> {
    let answer = policy.answer(request.method(), request.headers());
    drop(request);
    if let Some(done) = answer.preflight() {
        return done;
    }
    let mut response = response;
    answer.apply(response.headers_mut());
    response
}

/// Decides where the request is still there afterwards.
fn evaluated(policy: &Policy, request: &Request<()>, mut response: Response<()>) -> Response<()> {
    let decision = policy.evaluate(&RequestHeaders::from(request));
    if let Some(status) = decision.status() {
        response = Response::new(());
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
    }
    decision.apply(response.headers_mut());
    response
}

fn written_by_hand(by_hand: &ByHand, request: Request<()>, response: Response<()>) -> Response<()> {
    let verdict = by_hand.judge(&request);
    drop(request);
    if let Some(done) = by_hand.preflight(&verdict) {
        return done;
    }
    let mut response = response;
    by_hand.apply(&verdict, response.headers_mut());
    response
}

fn sorted(headers: &HeaderMap) -> Vec<(&str, &[u8])> {
    let lines = headers.iter();
    let mut lines: Vec<_> = lines
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect();
    lines.sort_unstable();
    lines
}

fn apply(criterion: &mut Criterion) {
    let policy = policy();
    let allowed = ORIGINS.map(HeaderValue::from_static).to_vec();
    let by_hand = ByHand { allowed };
    let requests = [
        ("no origin", http("GET", &twelve(&[]))),
        ("allowed", http("GET", &twelve(&actual(APP)))),
        ("denied", http("GET", &twelve(&actual(OTHER)))),
        (
            "preflight",
            http("OPTIONS", &twelve(&preflight(APP, "PUT", THREE_NAMES))),
        ),
    ];
    let mut group = criterion.benchmark_group("apply");
    for (name, request) in requests {
        let both = || (request.clone(), response());
        let expected = written_by_hand(&by_hand, request.clone(), response());
        for made in [
            answered(&policy, request.clone(), response()),
            evaluated(&policy, &request, response()),
        ] {
            assert_eq!(made.status(), expected.status(), "{name}");
            assert_eq!(sorted(made.headers()), sorted(expected.headers()), "{name}");
        }
        group.bench_function(BenchmarkId::new("answer", name), |bencher| {
            let serve = |(request, response)| answered(black_box(&policy), request, response);
            bencher.iter_batched(both, serve, BatchSize::SmallInput);
        });
        group.bench_function(BenchmarkId::new("evaluate", name), |bencher| {
            let serve = |(request, response)| {
                let response = evaluated(black_box(&policy), &request, response);
                drop(request);
                response
            };
            bencher.iter_batched(both, serve, BatchSize::SmallInput);
        });
        group.bench_function(BenchmarkId::new("by hand", name), |bencher| {
            let serve =
                |(request, response)| written_by_hand(black_box(&by_hand), request, response);
            bencher.iter_batched(both, serve, BatchSize::SmallInput);
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = run::criterion();
    targets = apply
}
criterion_main!(benches);
