//! `evaluate` allocates nothing and never panics, whatever the request.

use allocation_counter::measure;
use cross_origin::{Policy, RequestHeaders, Rule};

use crate::support::{APP, policy, preflight, preflight_for};

fn policies() -> [Policy; 5] {
    [
        Policy::deny_all(),
        policy([Rule::allow_any_origin().allow_headers(["*", "authorization"])]),
        policy([Rule::allow_origins([APP])
            .allow_credentials()
            .allow_methods(["PUT"])]),
        policy([
            Rule::allow_origins([
                APP,
                "https://*.example.com:*",
                "https://pr-*-team.example.org",
                "http://localhost:{3000,8000-8999}",
                "chrome-extension://*",
            ])
            .allow_methods(["PUT"])
            .allow_headers(["x-a", "x-b"])
            .expose_headers(["x-e"]),
            Rule::ask(),
            Rule::allow_any_origin().timing_allow_any_origin(),
        ]),
        policy([Rule::allow_origins([APP, "https://b.example"])
            .allow_credentials()
            .allow_methods(["*"])
            .allow_headers(["*"])]),
    ]
}

/// Evaluates against every policy, and goes through all that the answer says.
#[track_caller]
fn check(request: &RequestHeaders<'_>) {
    for policy in policies() {
        let used = measure(|| {
            let decision = policy.evaluate(request);
            let bytes: usize = decision
                .headers()
                .map(|(name, value)| name.len() + value.len())
                .sum();
            let asked = policy.lookup(request).map(|lookup| lookup.verdict(true));
            let with = policy.evaluate_with(request, asked);
            std::hint::black_box((bytes, decision.removed().count(), with.status()));
        });
        assert_eq!(used.count_total, 0, "{request:?}");
    }
}

#[test]
fn ordinary_requests_allocate_nothing() {
    check(&RequestHeaders::new("GET"));
    for origin in [
        APP,
        "https://a.b.example.com:8443",
        "https://pr-7-team.example.org",
        "http://localhost:8123",
        "chrome-extension://abcdefghijklmnop",
        "http://[::1]:8080",
        "https://evil.example",
        "null",
    ] {
        check(&RequestHeaders::new("GET").header("Origin", origin));
        check(&preflight(origin, "PUT"));
        check(&preflight_for(origin, "PUT", "x-a,x-b"));
        check(&preflight_for(origin, "DELETE", "authorization"));
    }
}

#[test]
fn hostile_requests_allocate_nothing() {
    const MEGABYTE: usize = 1 << 20;
    let headers = [
        ",".repeat(MEGABYTE),
        " ".repeat(MEGABYTE),
        format!("x{}x", " ".repeat(200_000)),
        "x-a,".repeat(MEGABYTE / 4),
        (0..100_000).map(|index| format!("x-{index},")).collect(),
        "a".repeat(MEGABYTE),
        "\u{0}\r\n".repeat(1000),
    ];
    for header in &headers {
        check(&preflight_for(APP, "PUT", header));
        check(&preflight(APP, header));
        check(&preflight(header, "PUT"));
        check(&RequestHeaders::new(header).header("Origin", APP));
        check(&RequestHeaders::new("GET").header("Origin", header));
    }
    let dots = format!("https://{}example.com", "a.".repeat(240));
    check(&RequestHeaders::new("GET").header("Origin", &dots));
    let bytes: Vec<u8> = (0..=u8::MAX).collect();
    check(&RequestHeaders::new(&bytes).header("Origin", &bytes));
    let names = RequestHeaders::new("OPTIONS")
        .header("Origin", b"https://\xff.example")
        .header("Access-Control-Request-Method", &bytes)
        .header("Access-Control-Request-Headers", &bytes);
    check(&names);
}

#[test]
fn ten_thousand_header_lines_allocate_nothing() {
    let lines = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned()); 10_000];
    let base = RequestHeaders::new("OPTIONS")
        .header("Origin", APP)
        .header("Access-Control-Request-Method", "PUT");
    check(&base.headers(&lines("Access-Control-Request-Headers", "x-a")));
    check(&base.headers(&lines("Access-Control-Request-Method", "PUT")));
    check(&base.headers(&lines("Origin", APP)));
    check(&base.headers(&lines("X-Junk", "junk")));
}
