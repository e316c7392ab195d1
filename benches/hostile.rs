//! The cost of hostile requests and policies.

#[path = "support/run.rs"]
mod run;
mod support;

use std::cell::LazyCell;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use cross_origin::{OriginPattern, OriginRef, Policy, RequestHeaders, Rule};
use support::hostile_names::{self, MEGABYTE};
use support::requests::{APP, HeaderPairs, THREE_NAMES, actual, preflight, twelve};
use support::{floor, hostile_sets, origins};

fn policy() -> Policy {
    let rule = Rule::allow_origins([APP])
        .allow_methods(["PUT"])
        .allow_headers(THREE_NAMES.split(','));
    Policy::new([rule]).unwrap_or_else(|problems| panic!("{problems}"))
}

fn evaluate(policy: &Policy, method: &str, headers: &[(&str, &str)]) {
    let request = RequestHeaders::new(black_box(method)).headers(black_box(headers));
    black_box(&policy.evaluate(&request));
}

/// A megabyte of requested names; beside it three preflights that are allowed.
fn names(criterion: &mut Criterion) {
    let policy = policy();
    let mut group = criterion.benchmark_group("names");
    let ordinary = twelve(&preflight(APP, "PUT", THREE_NAMES));
    group.bench_function("three allowed preflights", |bencher| {
        bencher.iter(|| {
            for _ in 0..3 {
                evaluate(&policy, "OPTIONS", &ordinary);
            }
        });
    });
    for (name, value) in hostile_names::values(MEGABYTE) {
        let headers = twelve(&preflight(APP, "PUT", &value));
        group.bench_function(name, |bencher| {
            bencher.iter(|| evaluate(&policy, "OPTIONS", &headers));
        });
        // As much as is read at most, over as many lines as are read at most.
        let lines = hostile_names::values(8_192 / 16 - 1);
        let (_, line) = lines.iter().find(|(other, _)| *other == name).unwrap();
        let mut headers = twelve(&preflight(APP, "PUT", line));
        headers.extend([("Access-Control-Request-Headers", line.as_str()); 15]);
        group.bench_function(format!("{name}, to the caps"), |bencher| {
            bencher.iter(|| evaluate(&policy, "OPTIONS", &headers));
        });
    }
    group.finish();
}

/// Ten thousand headers; beside them one pass over as many pairs.
fn lines(criterion: &mut Criterion) {
    const COUNT: usize = 10_000;
    let policy = policy();
    let mut group = criterion.benchmark_group("lines");
    for (name, line) in [
        ("others", ("X-Junk", "junk")),
        ("others of the length of Origin", ("Accept", "*/*")),
        ("Origin", ("Origin", APP)),
        (
            "requested names",
            ("Access-Control-Request-Headers", "content-type"),
        ),
    ] {
        let mut headers: HeaderPairs<'_> = preflight(APP, "PUT", THREE_NAMES).to_vec();
        headers.resize(COUNT, line);
        group.bench_function(BenchmarkId::new("evaluate", name), |bencher| {
            bencher.iter(|| evaluate(&policy, "OPTIONS", &headers));
        });
        group.bench_function(BenchmarkId::new("one pass", name), |bencher| {
            bencher.iter(|| {
                let seen = black_box(floor::pass(black_box(&headers)));
                black_box(seen.is_from(black_box(APP)));
            });
        });
    }
    group.finish();
}

/// Values of `Origin` that take long to read.
fn origin(criterion: &mut Criterion) {
    let policy = policy();
    let mut group = criterion.benchmark_group("origin");
    for (name, value) in [
        ("ordinary", APP.to_owned()),
        (
            "a domain of 127 labels",
            format!("https://{}a", "a.".repeat(126)),
        ),
        ("as long as is read", format!("app://{}", "a".repeat(506))),
        ("one byte longer", format!("app://{}", "a".repeat(507))),
        ("a megabyte", format!("https://{}", "a".repeat(MEGABYTE))),
        (
            "wrong at the end",
            format!("https://{}a/", "a.".repeat(126)),
        ),
        ("dots", ".".repeat(512)),
        ("colons", ":".repeat(512)),
        ("brackets", format!("https://[{}", ":0".repeat(250))),
    ] {
        let headers = twelve(&actual(&value));
        group.bench_function(name, |bencher| {
            bencher.iter(|| evaluate(&policy, "GET", &headers));
        });
    }
    group.finish();
}

/// Each set that is made to cost, small and large: the time of a look-up must not depend on how many
/// patterns there are, and that of building must not grow faster than they do.
fn sets(criterion: &mut Criterion) {
    for hostile in hostile_sets::ALL {
        let mut group = criterion.benchmark_group(format!("set of {}", hostile.name));
        for &size in hostile.sizes {
            if run::is_test() && size > 1_000 {
                continue;
            }
            // Literals of more than 62 bytes are refused.
            let patterns = LazyCell::new(|| {
                let mut patterns = (hostile.patterns)(size);
                patterns.retain(|text| text.parse::<OriginPattern>().is_ok());
                patterns
            });
            let set = LazyCell::new(|| origins::set(&patterns));
            group.bench_function(BenchmarkId::new("build", size), |bencher| {
                let patterns = &*patterns;
                bencher.iter_with_large_drop(|| origins::set(black_box(patterns)));
            });
            for (index, asked) in (hostile.asked)(size).iter().enumerate() {
                let asked = OriginRef::from_header(asked.as_bytes()).unwrap();
                let id = BenchmarkId::new(format!("origin {index}"), size);
                group.bench_function(id, |bencher| {
                    let set = &*set;
                    bencher.iter(|| black_box(set.find(black_box(asked))));
                });
            }
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = run::criterion();
    targets = names, lines, origin, sets
}
criterion_main!(benches);
