//! A browser shares exactly what the rules allow, read naively.
#![no_main]

use arbitrary::Arbitrary;
use cross_origin::OriginRef;
use cross_origin::browser::{Credentials, Fetch};
use libfuzzer_sys::fuzz_target;
use naive::{Spec, builder, expected, seen};

#[path = "../../tests/support/naive.rs"]
#[allow(dead_code)]
mod naive;

const ORIGIN_LISTS: [&[&str]; 10] = [
    &["*"],
    &["null"],
    &["ask"],
    &["https://app.example.com"],
    &["https://*.example.com"],
    &["https://pr-*-x.example.com", "https://app.example.com"],
    &[
        "https://*.app.example.com:*",
        "https://app.example.com:{443,8443-8450}",
    ],
    &["http://localhost:*", "http://127.0.0.1:8080"],
    &["tauri://localhost", "chrome-extension://*"],
    &[
        "https://xn--bcher-kva.example",
        "https://*.b.app.example.com",
    ],
];
const ORIGINS: [&str; 12] = [
    "https://app.example.com",
    "https://b.app.example.com",
    "https://b.app.example.com:444",
    "https://pr-1-x.example.com",
    "https://example.com",
    "https://evilexample.com",
    "https://app.example.com:8444",
    "http://localhost:3000",
    "tauri://localhost",
    "chrome-extension://AbC",
    "https://xn--bcher-kva.example",
    "null",
];
const METHODS: [&str; 8] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "patch", "DELETE", "QUERY",
];
const ALLOWED_METHODS: [&str; 5] = ["*", "PUT", "PATCH", "delete", "QUERY"];
const NAMES: [&str; 6] = ["content-type", "Authorization", "x-a", "X-B", "etag", "*"];
const HEADERS: [(&str, &str); 7] = [
    ("Content-Type", "text/plain"),
    ("content-type", "application/json"),
    ("Authorization", "x"),
    ("x-a", "1"),
    ("X-B", "2"),
    ("Range", "bytes=0-"),
    ("cookie", "dropped"),
];

/// A rule, as bits that choose from the tables.
#[derive(Arbitrary, Debug)]
struct RuleBits {
    origins: u8,
    credentials: bool,
    methods: u8,
    headers: u8,
    exposed: u8,
    timing: Option<bool>,
}

#[derive(Arbitrary, Debug)]
struct Input {
    rules: Vec<RuleBits>,
    origin: u8,
    method: u8,
    headers: u8,
    credentials: Option<bool>,
    verdict: bool,
}

fn chosen<T: Copy>(table: &[T], bits: u8) -> Vec<T> {
    let bit = |index: usize| bits >> (index % 8) & 1 == 1;
    table
        .iter()
        .enumerate()
        .filter(|(index, _)| bit(*index))
        .map(|(_, entry)| *entry)
        .collect()
}

fn one<T: Copy>(table: &[T], index: u8) -> T {
    table[usize::from(index) % table.len()]
}

fuzz_target!(|input: Input| {
    let specs: Vec<Spec> = input
        .rules
        .iter()
        .take(4)
        .map(|bits| Spec {
            origins: one(&ORIGIN_LISTS, bits.origins).to_vec(),
            credentials: bits.credentials,
            methods: chosen(&ALLOWED_METHODS, bits.methods),
            headers: chosen(&NAMES, bits.headers),
            exposed: chosen(&NAMES, bits.exposed),
            max_age: None,
            timing: bits.timing.map(|any| if any { "*" } else { "matched" }),
        })
        .collect();
    let Ok(policy) = builder(&specs).build() else {
        return;
    };
    let origin = OriginRef::from_header(one(&ORIGINS, input.origin).as_bytes()).unwrap();
    let mode = match input.credentials {
        None => Credentials::Omit,
        Some(false) => Credentials::SameOrigin,
        Some(true) => Credentials::Include,
    };
    let fetch = Fetch::new(origin, one(&METHODS, input.method))
        .unwrap()
        .credentials(mode);
    let fetch = chosen(&HEADERS, input.headers)
        .into_iter()
        .fold(fetch, |fetch, (name, value)| {
            fetch.header(name, value).unwrap()
        });
    assert_eq!(
        seen(&policy, &fetch, input.verdict),
        expected(&specs, &fetch, input.verdict),
        "{specs:?} {fetch:?}"
    );
});
