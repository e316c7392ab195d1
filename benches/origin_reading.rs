//! What does it cost to read an origin?

#[path = "support/run.rs"]
mod run;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use cross_origin::{Origin, OriginPattern, OriginRef};
use url::Url;

const WELL_FORMED: [(&str, &str); 9] = [
    ("ordinary", "https://app.example.com"),
    ("with a port", "http://localhost:3000"),
    ("IPv4", "http://192.168.100.200:8080"),
    ("IPv6", "http://[2001:db8::8a2e:370:7334]"),
    (
        "an extension",
        "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb",
    ),
    ("an encoded domain", "https://xn--bcher-kva.example.com"),
    (
        "a long name",
        "https://feature-2210-checkout-redesign-7f3c9a1b2-storefront-web.preview.eu-west-1.example.com",
    ),
    ("a digit last", "https://app.example.com1"),
    ("null", "null"),
];

const MALFORMED: [(&str, &str); 4] = [
    ("a path", "https://app.example.com/"),
    ("upper case", "https://App.example.com"),
    ("an address", "http://127.1"),
    ("no origin", "app.example.com"),
];

/// The value of an `Origin` header. Beside it: whether its bytes are UTF-8.
fn header(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("header");
    for (name, text) in WELL_FORMED.into_iter().chain(MALFORMED) {
        let bytes = text.as_bytes();
        let is_well_formed = WELL_FORMED.iter().any(|(other, _)| *other == name);
        assert_eq!(
            OriginRef::from_header(bytes).is_ok(),
            is_well_formed,
            "{text}"
        );
        group.bench_function(BenchmarkId::new("from_header", name), |bencher| {
            bencher.iter(|| black_box(OriginRef::from_header(black_box(bytes))));
        });
        group.bench_function(BenchmarkId::new("from_utf8", name), |bencher| {
            bencher.iter(|| black_box(std::str::from_utf8(black_box(bytes))));
        });
    }
    group.finish();
}

/// What a person writes. Beside it: a URL parser, which reads more and refuses less.
fn text(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("text");
    let typed = [
        ("upper case", "HTTPS://App.Example.com:443"),
        ("Unicode", "https://bücher.example.com"),
    ];
    for (name, text) in WELL_FORMED.into_iter().chain(typed) {
        assert!(text.parse::<Origin>().is_ok(), "{text}");
        group.bench_function(BenchmarkId::new("origin", name), |bencher| {
            bencher.iter(|| black_box(black_box(text).parse::<Origin>()));
        });
        group.bench_function(BenchmarkId::new("pattern", name), |bencher| {
            bencher.iter(|| black_box(black_box(text).parse::<OriginPattern>()));
        });
        group.bench_function(BenchmarkId::new("url", name), |bencher| {
            bencher.iter(|| black_box(Url::parse(black_box(text))));
        });
    }
    for (name, text) in [
        ("a wildcard", "https://*.example.com"),
        ("a wildcard inside a label", "https://pr-*-web.example.com"),
        ("ports", "http://localhost:{3000,5173,8000-8999}"),
    ] {
        assert!(text.parse::<OriginPattern>().is_ok(), "{text}");
        group.bench_function(BenchmarkId::new("pattern", name), |bencher| {
            bencher.iter(|| black_box(black_box(text).parse::<OriginPattern>()));
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = run::criterion();
    targets = header, text
}
criterion_main!(benches);
