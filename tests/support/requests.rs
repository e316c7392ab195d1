//! Generated policies and requests that reach the corners: near-miss origins, several rules,
//! overlapping patterns, malformed headers on several lines.

use cross_origin::{Policy, RequestHeaders};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::naive::{Spec, builder};

/// Patterns that overlap, so that rules and captures have something to decide.
pub const PATTERNS: [&str; 16] = [
    "https://app.example.com",
    "https://b.app.example.com",
    "https://*.example.com",
    "https://*.app.example.com:*",
    "https://pr-*.example.com",
    "https://pr-*-x.example.com",
    "https://app.example.com:{443,8443-8450}",
    "http://localhost:*",
    "http://127.0.0.1:8080",
    "https://xn--bcher-kva.example",
    "tauri://localhost",
    "chrome-extension://*",
    "http://10.1.0.0/16:*",
    "http://10.1.2.0/24:{80,8080}",
    "https://[fd00:1::/32]",
    "file://",
];

/// Origins that these patterns match, others that they nearly match, and malformed ones.
pub const ORIGINS: [&str; 32] = [
    "https://app.example.com",
    "https://b.app.example.com",
    "https://b.app.example.com:444",
    "https://pr-1.example.com",
    "https://pr-1-x.example.com",
    "https://pr-.example.com",
    "https://app.example.com:8444",
    "https://app.example.com:443",
    "http://app.example.com",
    "https://example.com",
    "https://evilexample.com",
    "https://app.example.com.",
    "https://app.example.com.evil.example",
    "http://localhost",
    "http://localhost:3000",
    "http://127.0.0.1:8080",
    "https://xn--bcher-kva.example",
    "tauri://localhost",
    "chrome-extension://AbC",
    "http://10.1.2.3",
    "https://10.1.2.3",
    "http://10.1.2.3:8080",
    "http://10.2.0.1:8080",
    "http://10.1.2.3.nip.io",
    "https://[fd00:1::5]",
    "https://[fd00:2::5]",
    "file://",
    "null",
    "https://APP.example.com",
    "https://app.example.com/",
    "",
    "https://\u{ff}.example",
];

pub const METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "patch", "DELETE", "X-LONG", "*",
];
pub const NAMES: [&str; 7] = [
    "content-type",
    "authorization",
    "x-a",
    "X-B",
    "x-c",
    "range",
    "etag",
];

fn spec() -> impl Strategy<Value = Spec> {
    let origins = prop_oneof![
        8 => subsequence(PATTERNS.to_vec(), 1..4).prop_shuffle(),
        2 => Just(vec!["*"]),
        1 => Just(vec!["null"]),
        1 => Just(vec!["ask"]),
    ];
    let methods = subsequence(vec!["PUT", "PATCH", "delete", "*"], 0..3);
    let headers = subsequence(
        vec!["content-type", "Authorization", "x-a", "x-b", "*"],
        0..4,
    );
    let exposed = subsequence(vec!["x-a", "ETag", "*"], 0..2);
    let max_age = proptest::option::of(select(vec![0_u64, 5, 600]));
    let timing = proptest::option::of(select(vec!["matched", "*"]));
    (
        origins,
        any::<bool>(),
        methods,
        headers,
        exposed,
        max_age,
        timing,
    )
        .prop_map(
            |(origins, credentials, methods, headers, exposed, max_age, timing)| Spec {
                origins,
                credentials,
                methods,
                headers,
                exposed,
                max_age,
                timing,
            },
        )
}

/// A policy that was built, and what its rules say.
pub fn specified() -> impl Strategy<Value = (Vec<Spec>, Policy)> {
    let specs = proptest::collection::vec(spec(), 1..4);
    specs.prop_filter_map("a refused policy", |specs| {
        let policy = builder(&specs).build().ok()?;
        Some((specs, policy))
    })
}

/// A policy that was built.
pub fn policy() -> impl Strategy<Value = Policy> {
    specified().prop_map(|(_, policy)| policy)
}

/// A request with its headers, Latin-1.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub headers: Vec<(String, Vec<u8>)>,
}

impl Request {
    pub fn view(&self) -> RequestHeaders<'_> {
        RequestHeaders::new(&self.method).headers(&self.headers)
    }
}

fn bytes(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| u8::try_from(c).unwrap_or(b'?'))
        .collect()
}

fn names() -> impl Strategy<Value = String> {
    let element = prop_oneof![
        12 => select(NAMES.to_vec()).prop_map(str::to_owned),
        1 => select(vec!["", " ", "@", "x y", "*", "cookie", "sec-x"]).prop_map(str::to_owned),
    ];
    let elements = proptest::collection::vec(element, 0..5);
    (elements, select(vec![",", ", ", " ,\t", ",,"])).prop_map(|(names, comma)| names.join(comma))
}

/// Any request: not CORS, actual or preflight, well-formed or not.
pub fn request() -> impl Strategy<Value = Request> {
    let method = prop_oneof![
        6 => Just("OPTIONS"),
        2 => select(METHODS.to_vec()),
        1 => select(vec!["options", "TRACE", ""]),
    ];
    let origin = prop_oneof![
        12 => select(ORIGINS.to_vec()).prop_map(|origin| vec![origin]),
        1 => Just(vec![]),
        1 => Just(vec!["https://app.example.com"; 2]),
    ];
    let asked = prop_oneof![
        8 => select(METHODS.to_vec()).prop_map(|method| vec![method]),
        1 => Just(vec![]),
        1 => select(vec!["GET, PUT", "", "CONNECT"]).prop_map(|method| vec![method]),
        1 => Just(vec!["PUT"; 2]),
    ];
    let lines = proptest::collection::vec(names(), 0..3);
    (method, origin, asked, lines).prop_map(|(method, origin, asked, lines)| {
        let named = |name: &str, value: &str| (name.to_owned(), bytes(value));
        let origin = origin.into_iter().map(|value| named("Origin", value));
        let asked = asked
            .into_iter()
            .map(|value| named("access-control-request-method", value));
        let lines = lines
            .iter()
            .map(|value| named("Access-Control-Request-Headers", value));
        Request {
            method: method.to_owned(),
            headers: origin.chain(asked).chain(lines).collect(),
        }
    })
}
