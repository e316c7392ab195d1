//! How many instructions does it take? Unlike times, that does not depend on what else the machine does.
//!
//! Each count has a limit, a tenth above what `recorded.txt` says: above it the run fails. What is not
//! recorded fails too.

#[path = "../../support/by_hand.rs"]
mod by_hand;
#[path = "../../support/mod.rs"]
mod support;

use std::hint::black_box;
use std::time::Duration;

use by_hand::ByHand;
use cross_origin::{OriginRef, OriginSet, Policy, RequestHeaders, Rule};
use gungraun::prelude::*;
use gungraun::{Callgrind, EventKind};
use http::{HeaderValue, Request, Response};
use support::requests::{APP, HeaderPairs, OTHER, THREE_NAMES, actual, preflight, twelve};
use support::{floor, origins, requests};

/// The limit for what has this name in `recorded.txt`.
fn limit(name: &str) -> LibraryBenchmarkConfig {
    let mut callgrind = Callgrind::with_args(["--cache-sim=no"]);
    if std::env::var_os("RECORD").is_none() {
        let recorded = include_str!("../recorded.txt").lines().find_map(|line| {
            let (count, recorded) = line.split_once(' ')?;
            (recorded == name).then(|| count.parse::<u64>().ok())?
        });
        let recorded = recorded.unwrap_or_else(|| panic!("no count is recorded for `{name}`"));
        callgrind.hard_limits([(EventKind::Ir, recorded + recorded / 10)]);
    }
    let mut config = LibraryBenchmarkConfig::default();
    config.tool(callgrind);
    config
}

/// Kept to the end of the process, so that dropping it is not counted.
fn kept<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

struct Case {
    policy: Policy,
    method: &'static str,
    headers: HeaderPairs<'static>,
    request: Request<()>,
}

fn case(method: &'static str, cors: &[(&'static str, &'static str)]) -> &'static Case {
    let rule = Rule::allow_origins([APP])
        .allow_credentials()
        .allow_methods(["PUT", "PATCH", "DELETE"])
        .allow_headers(THREE_NAMES.split(','));
    let headers = twelve(cors);
    kept(Case {
        policy: Policy::new([rule]).unwrap_or_else(|problems| panic!("{problems}")),
        method,
        request: requests::http(method, &headers),
        headers,
    })
}

fn no_origin() -> &'static Case {
    case("GET", &[])
}

fn from(origin: &'static str) -> &'static Case {
    case("GET", &actual(origin))
}

fn asks() -> &'static Case {
    case("OPTIONS", &preflight(APP, "PUT", THREE_NAMES))
}

#[library_benchmark]
#[bench::no_origin(args = (no_origin()), config = limit("pairs no_origin"))]
#[bench::allowed(args = (from(APP)), config = limit("pairs allowed"))]
#[bench::denied(args = (from(OTHER)), config = limit("pairs denied"))]
#[bench::preflight(args = (asks()), config = limit("pairs preflight"))]
fn pairs(case: &'static Case) {
    let headers = black_box(case.headers.as_slice());
    let request = RequestHeaders::new(black_box(case.method)).headers(headers);
    black_box(&case.policy.evaluate(&request));
}

#[library_benchmark]
#[bench::no_origin(args = (no_origin()), config = limit("header_map no_origin"))]
#[bench::allowed(args = (from(APP)), config = limit("header_map allowed"))]
#[bench::denied(args = (from(OTHER)), config = limit("header_map denied"))]
#[bench::preflight(args = (asks()), config = limit("header_map preflight"))]
fn header_map(case: &'static Case) {
    let request = RequestHeaders::from(black_box(&case.request));
    black_box(&case.policy.evaluate(&request));
}

#[library_benchmark]
#[bench::no_origin(args = (no_origin()), config = limit("view_of_pairs no_origin"))]
#[bench::allowed(args = (from(APP)), config = limit("view_of_pairs allowed"))]
#[bench::preflight(args = (asks()), config = limit("view_of_pairs preflight"))]
fn view_of_pairs(case: &'static Case) {
    let headers = black_box(case.headers.as_slice());
    black_box(&RequestHeaders::new(black_box(case.method)).headers(headers));
}

#[library_benchmark]
#[bench::no_origin(args = (no_origin()), config = limit("view_of_header_map no_origin"))]
#[bench::allowed(args = (from(APP)), config = limit("view_of_header_map allowed"))]
#[bench::preflight(args = (asks()), config = limit("view_of_header_map preflight"))]
fn view_of_header_map(case: &'static Case) {
    black_box(&RequestHeaders::from(black_box(&case.request)));
}

struct Answered {
    policy: Policy,
    by_hand: ByHand,
    request: Request<()>,
    response: Response<()>,
}

/// A policy of two origins, and a response of the application that has five headers.
fn answered(method: &'static str, cors: &[(&'static str, &'static str)]) -> &'static mut Answered {
    let origins = [APP, "https://app.example.org"];
    let rule = Rule::allow_origins(origins)
        .allow_credentials()
        .allow_methods(by_hand::METHODS.split(','))
        .allow_headers(by_hand::NAMES.split(','))
        .expose_headers([by_hand::EXPOSED])
        .max_age(Duration::from_secs(by_hand::MAX_AGE.into()));
    let policy = Policy::new([rule]).unwrap_or_else(|problems| panic!("{problems}"));
    let request = requests::http(method, &twelve(cors));
    // The headers of the policy are built on its first answer.
    let _ = policy.answer(request.method(), request.headers());
    let response = Response::builder()
        .header("content-type", "application/json")
        .header("content-length", "1234")
        .header("date", "Thu, 01 Jan 2026 00:00:00 GMT")
        .header("cache-control", "private, max-age=0")
        .header("etag", "\"33a64df551425fcc55e4d42a148795d9f25f89d4\"");
    Box::leak(Box::new(Answered {
        policy,
        by_hand: ByHand {
            allowed: origins.map(HeaderValue::from_static).to_vec(),
        },
        request,
        response: response.body(()).unwrap(),
    }))
}

#[library_benchmark]
#[bench::no_origin(args = (answered("GET", &[])), config = limit("answer no_origin"))]
#[bench::allowed(args = (answered("GET", &actual(APP))), config = limit("answer allowed"))]
#[bench::denied(args = (answered("GET", &actual(OTHER))), config = limit("answer denied"))]
#[bench::preflight(args = (answered("OPTIONS", &preflight(APP, "PUT", THREE_NAMES))), config = limit("answer preflight"))]
fn answer(case: &'static mut Answered) {
    let Answered {
        policy,
        request,
        response,
        ..
    } = black_box(case);
    let answer = policy.answer(request.method(), request.headers());
    match answer.preflight() {
        Some(done) => *response = done,
        None => answer.apply(response.headers_mut()),
    }
}

// A policy by hand that states the same headers.
#[library_benchmark]
#[bench::no_origin(args = (answered("GET", &[])), config = limit("same_by_hand no_origin"))]
#[bench::allowed(args = (answered("GET", &actual(APP))), config = limit("same_by_hand allowed"))]
#[bench::denied(args = (answered("GET", &actual(OTHER))), config = limit("same_by_hand denied"))]
#[bench::preflight(args = (answered("OPTIONS", &preflight(APP, "PUT", THREE_NAMES))), config = limit("same_by_hand preflight"))]
fn same_by_hand(case: &'static mut Answered) {
    let Answered {
        by_hand,
        request,
        response,
        ..
    } = black_box(case);
    let verdict = by_hand.judge(request);
    match by_hand.preflight(&verdict) {
        Some(done) => *response = done,
        None => by_hand.apply(&verdict, response.headers_mut()),
    }
}

// Nothing of ours: it tells what the others have to be compared with.
#[library_benchmark]
#[bench::pass(args = (from(APP)), config = limit("least pass"))]
fn least(case: &'static Case) {
    let seen = black_box(floor::pass(black_box(&case.headers)));
    black_box(seen.is_from(black_box(APP)));
}

#[library_benchmark]
#[bench::well_formed(args = (APP), config = limit("read well_formed"))]
#[bench::malformed(args = ("https://app.example.com/"), config = limit("read malformed"))]
fn read(origin: &'static str) {
    let _ = black_box(&OriginRef::from_header(black_box(origin.as_bytes())));
}

/// A set of so many patterns, and an origin that it admits or not.
fn asked(
    family: origins::Family,
    count: usize,
    is_hit: bool,
) -> (&'static OriginSet, OriginRef<'static>) {
    let asked = kept(family.asked(count, is_hit, 1));
    let origin = OriginRef::from_header(asked.next().as_bytes()).unwrap();
    let set = kept(origins::set(&family.patterns(count)));
    assert_eq!(set.matches(origin), is_hit);
    (set, origin)
}

#[library_benchmark]
#[bench::hit_1(args = (asked(origins::EXACT, 1, true)), config = limit("find hit_1"))]
#[bench::miss_1(args = (asked(origins::EXACT, 1, false)), config = limit("find miss_1"))]
#[bench::hit_100k(args = (asked(origins::EXACT, 100_000, true)), config = limit("find hit_100k"))]
#[bench::miss_100k(args = (asked(origins::EXACT, 100_000, false)), config = limit("find miss_100k"))]
#[bench::below_10k(args = (asked(origins::BELOW, 10_000, true)), config = limit("find below_10k"))]
#[bench::in_label_10k(args = (asked(origins::IN_LABEL, 10_000, true)), config = limit("find in_label_10k"))]
fn find((set, origin): (&'static OriginSet, OriginRef<'static>)) {
    black_box(&set.find(black_box(origin)));
}

library_benchmark_group!(
    name = counts,
    benchmarks = [
        pairs,
        header_map,
        view_of_pairs,
        view_of_header_map,
        answer,
        same_by_hand,
        least,
        read,
        find
    ]
);
main!(library_benchmark_groups = counts);
