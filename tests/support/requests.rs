//! Generated policies and requests that reach the corners: near-miss origins, several rules,
//! overlapping patterns, malformed fields on several lines.

use std::time::Duration;

use cross_origin::{Policy, PolicyDraft, RequestHeaders, Rule};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Patterns that overlap, so that rules and captures have something to decide.
pub const PATTERNS: [&str; 12] = [
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
];

/// Origins that these patterns admit, and others that they nearly do; and what is no origin.
pub const ORIGINS: [&str; 24] = [
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

/// A rule, and whether it may have credentials at all is for the caller to find out.
fn rule() -> impl Strategy<Value = Rule> {
    let origins = prop_oneof![
        8 => subsequence(PATTERNS.to_vec(), 1..4).prop_shuffle().prop_map(Rule::allow_origins),
        2 => Just(Rule::allow_any_origin()),
        1 => Just(Rule::allow_origins(["null"])),
        1 => Just(Rule::ask()),
    ];
    let methods = subsequence(vec!["PUT", "PATCH", "delete", "*"], 0..3);
    let headers = subsequence(
        vec!["content-type", "Authorization", "x-a", "x-b", "*"],
        0..4,
    );
    let exposed = subsequence(vec!["x-a", "ETag", "*"], 0..2);
    let max_age = proptest::option::of(select(vec![0_u64, 5, 600]));
    (
        origins,
        any::<bool>(),
        methods,
        headers,
        exposed,
        max_age,
        0..3_u8,
    )
        .prop_map(
            |(rule, credentials, methods, headers, exposed, max_age, timing)| {
                let rule = rule
                    .allow_methods(methods)
                    .allow_headers(headers)
                    .expose_headers(exposed);
                let rule = if credentials {
                    rule.allow_credentials()
                } else {
                    rule
                };
                let rule = match timing {
                    0 => rule.timing_allow_origin(),
                    1 => rule.timing_allow_any_origin(),
                    _ => rule,
                };
                match max_age {
                    Some(seconds) => rule.max_age(Duration::from_secs(seconds)),
                    None => rule,
                }
            },
        )
}

/// A draft that may be refused.
pub fn draft() -> impl Strategy<Value = PolicyDraft> {
    proptest::collection::vec(rule(), 1..4).prop_map(|rules| {
        PolicyDraft::new(rules)
            .dangerously_allow_any_host()
            .dangerously_allow_insecure_origins()
            .dangerously_allow_null_with_credentials()
    })
}

/// A policy that was built.
pub fn policy() -> impl Strategy<Value = Policy> {
    draft().prop_filter_map("a refused policy", |draft| draft.build().ok())
}

/// A request with its fields, Latin-1.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub fields: Vec<(String, Vec<u8>)>,
}

impl Request {
    pub fn view(&self) -> RequestHeaders<'_> {
        RequestHeaders::new(&self.method).fields(&self.fields)
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
            fields: origin.chain(asked).chain(lines).collect(),
        }
    })
}
