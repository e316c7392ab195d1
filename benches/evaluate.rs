//! What does it cost to decide a request?
//!
//! From a slice of twelve pairs and from a `HeaderMap` of the same headers to the decision, for each kind
//! of request and each verdict. The floors beside them find the three headers and compare the origin with
//! one text.

#[path = "support/run.rs"]
mod run;
mod support;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use cross_origin::{Denial, Policy, RequestHeaders, RequestKind, Rule};
use support::floor;
use support::requests::{APP, HeaderPairs, OTHER, THREE_NAMES, actual, http, preflight, twelve};

fn app() -> Rule {
    Rule::allow_origins([APP])
        .allow_credentials()
        .allow_methods(["PUT", "PATCH", "DELETE"])
        .allow_headers(THREE_NAMES.split(','))
}

fn policy(rules: impl IntoIterator<Item = Rule>) -> Policy {
    Policy::new(rules).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A request, and what must come out of it.
struct Case {
    name: &'static str,
    policy: Policy,
    method: &'static str,
    headers: HeaderPairs<'static>,
    kind: RequestKind,
    denial: Option<Denial>,
}

impl Case {
    fn new(name: &'static str, kind: RequestKind, cors: &[(&'static str, &'static str)]) -> Self {
        let method = match kind {
            RequestKind::NotCors | RequestKind::Actual => "GET",
            RequestKind::Preflight => "OPTIONS",
        };
        Self {
            name,
            policy: policy([app()]),
            method,
            headers: twelve(cors),
            kind,
            denial: None,
        }
    }

    fn denied(self, denial: Denial) -> Self {
        Self {
            denial: Some(denial),
            ..self
        }
    }

    fn by(self, rules: impl IntoIterator<Item = Rule>) -> Self {
        Self {
            policy: policy(rules),
            ..self
        }
    }

    #[track_caller]
    fn check(&self, request: &RequestHeaders<'_>) {
        let decision = self.policy.evaluate(request);
        assert_eq!(decision.kind(), self.kind, "{}", self.name);
        assert_eq!(decision.denial(), self.denial, "{}", self.name);
    }
}

fn not_cors_and_actual() -> Vec<Case> {
    let from = |name, origin| Case::new(name, RequestKind::Actual, &actual(origin));
    vec![
        Case::new("no origin", RequestKind::NotCors, &[]),
        from("allowed", APP),
        from("denied", OTHER).denied(Denial::OriginNotAllowed),
        from("null", "null").denied(Denial::OriginNull),
        from("malformed", "https://app.example.com/").denied(Denial::OriginMalformed),
        from("allowed below a wildcard", APP).by([Rule::allow_origins(["https://*.example.com"])]),
        from("any origin", OTHER).by([Rule::allow_any_origin()]),
        from("allowed by the second rule", OTHER).by([app(), Rule::allow_any_origin()]),
        from("denied by two rules", OTHER)
            .by([app(), Rule::allow_origins(["https://*.example.org"])])
            .denied(Denial::OriginNotAllowed),
    ]
}

fn preflights() -> Vec<Case> {
    let asks = |name, origin, method, names| {
        let headers = preflight(origin, method, names);
        Case::new(name, RequestKind::Preflight, &headers)
    };
    let echoing = || {
        let rule = Rule::allow_origins([APP]).allow_credentials();
        rule.allow_methods(["*"])
            .allow_headers(["*", "authorization"])
    };
    vec![
        asks("preflight", APP, "PUT", THREE_NAMES),
        asks("preflight echoed", APP, "PUT", THREE_NAMES).by([echoing()]),
        asks("preflight denied", OTHER, "PUT", THREE_NAMES).denied(Denial::OriginNotAllowed),
        asks("preflight with another method", APP, "QUERY", THREE_NAMES)
            .denied(Denial::MethodNotAllowed),
        asks("preflight with another name", APP, "PUT", "x-other").denied(Denial::HeaderNotAllowed),
    ]
}

fn cases() -> impl Iterator<Item = Case> {
    not_cors_and_actual().into_iter().chain(preflights())
}

fn pairs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pairs");
    for case in cases() {
        case.check(&RequestHeaders::new(case.method).headers(&case.headers));
        group.bench_function(case.name, |bencher| {
            bencher.iter(|| {
                let headers = black_box(case.headers.as_slice());
                let request = RequestHeaders::new(black_box(case.method)).headers(headers);
                black_box(&case.policy.evaluate(&request));
            });
        });
    }
    let headers = twelve(&actual(APP));
    group.bench_function("floor", |bencher| {
        bencher.iter(|| {
            let seen = black_box(floor::pass(black_box(&headers)));
            black_box(seen.is_from(black_box(APP)));
        });
    });
    group.finish();
}

fn header_map(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("header map");
    for case in cases() {
        let request = http(case.method, &case.headers);
        case.check(&RequestHeaders::from(&request));
        group.bench_function(case.name, |bencher| {
            bencher.iter(|| {
                let request = RequestHeaders::from(black_box(&request));
                black_box(&case.policy.evaluate(&request));
            });
        });
    }
    let request = http("GET", &twelve(&actual(APP)));
    group.bench_function("floor", |bencher| {
        bencher.iter(|| {
            let seen = black_box(floor::look_up(black_box(request.headers())));
            black_box(seen.is_from(black_box(APP)));
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = run::criterion();
    targets = pairs, header_map
}
criterion_main!(benches);
