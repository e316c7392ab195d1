//! What each response gets: the kinds of request, static and dynamic policies, cell by cell.

use cross_origin::{Denial, Outcome, Policy, RequestHeaders, RequestKind, Rule};
use std::time::Duration;

use crate::support::{APP, OTHER, from, get, lines, policy, preflight};

const EVIL: &str = "https://evil.example";
const MALFORMED: &str = "https://app.example/";

/// With something to say in every header.
fn full(rule: Rule) -> Rule {
    rule.allow_methods(["PUT"])
        .allow_headers(["X-A"])
        .expose_headers(["X-E"])
        .max_age(Duration::from_secs(60))
}

fn static_one() -> Policy {
    policy([full(Rule::allow_origins([APP])).allow_credentials()])
}

fn static_any() -> Policy {
    policy([full(Rule::allow_any_origin())])
}

fn dynamic() -> Policy {
    policy([full(Rule::allow_origins([APP, OTHER])).allow_credentials()])
}

#[track_caller]
fn check(policy: &Policy, request: RequestHeaders<'_>, denial: Option<Denial>, expected: &[&str]) {
    let decision = policy.evaluate(&request);
    assert_eq!(decision.denial(), denial);
    let expected_outcome = match denial {
        _ if decision.kind() == RequestKind::NotCors => Outcome::NotCors,
        Some(denial) => Outcome::Denied(denial),
        None => Outcome::Allowed,
    };
    assert_eq!(decision.outcome(), expected_outcome);
    assert_eq!(decision.is_allowed(), expected_outcome.is_allowed());
    assert_eq!(lines(&decision), expected);
    // What is not set is removed, and nothing is both.
    let mut managed: Vec<_> = decision.removed().collect();
    managed.extend(
        decision
            .headers()
            .map(|(name, _)| name)
            .filter(|name| *name != "vary"),
    );
    managed.sort_unstable();
    assert_eq!(
        managed,
        [
            "access-control-allow-credentials",
            "access-control-allow-headers",
            "access-control-allow-methods",
            "access-control-allow-origin",
            "access-control-expose-headers",
            "access-control-max-age",
        ]
    );
}

// --- Kinds ------------------------------------------------------------------------------------

#[test]
fn request_kinds() {
    let acrm = "Access-Control-Request-Method";
    let table = [
        (get(), RequestKind::NotCors),
        (RequestHeaders::new("OPTIONS"), RequestKind::NotCors),
        (
            RequestHeaders::new("OPTIONS").header(acrm, "PUT"),
            RequestKind::NotCors,
        ),
        (get().header("origin", APP), RequestKind::Actual),
        (get().header("ORIGIN", ""), RequestKind::Actual),
        (
            RequestHeaders::new("POST").header("Origin", APP),
            RequestKind::Actual,
        ),
        // a plain `OPTIONS` belongs to the application
        (
            RequestHeaders::new("OPTIONS").header("Origin", APP),
            RequestKind::Actual,
        ),
        // the method is compared case-sensitively, and no other one makes a preflight
        (
            RequestHeaders::new("options")
                .header("Origin", APP)
                .header(acrm, "PUT"),
            RequestKind::Actual,
        ),
        (
            get().header("Origin", APP).header(acrm, "PUT"),
            RequestKind::Actual,
        ),
        (preflight(APP, "PUT"), RequestKind::Preflight),
        (preflight(APP, ""), RequestKind::Preflight),
        (preflight("", "PUT"), RequestKind::Preflight),
        (
            preflight(APP, "PUT").header("origin", APP),
            RequestKind::Preflight,
        ),
        (
            preflight(APP, "PUT").header(acrm, "PUT"),
            RequestKind::Preflight,
        ),
        (RequestHeaders::new(b"OPTIONS\xff"), RequestKind::NotCors),
    ];
    for (request, kind) in table {
        assert_eq!(request.kind(), kind, "{request:?}");
        assert_eq!(dynamic().evaluate(&request).kind(), kind, "{request:?}");
    }
}

// --- Static policies: the same on every response, and no `Vary` ---------------------------------

const FIXED: [&str; 3] = [
    "access-control-allow-origin: https://app.example",
    "access-control-allow-credentials: true",
    "access-control-expose-headers: x-e",
];

#[test]
fn static_not_cors() {
    check(&static_one(), get(), None, &FIXED);
    let fixed = [
        "access-control-allow-origin: *",
        "access-control-expose-headers: x-e",
    ];
    check(&static_any(), get(), None, &fixed);
}

#[test]
fn static_actual() {
    check(&static_one(), from(APP), None, &FIXED);
    check(
        &static_one(),
        from(EVIL),
        Some(Denial::OriginNotAllowed),
        &FIXED,
    );
    check(
        &static_one(),
        from("null"),
        Some(Denial::OriginNull),
        &FIXED,
    );
    check(
        &static_one(),
        from(MALFORMED),
        Some(Denial::OriginMalformed),
        &FIXED,
    );
    let fixed = [
        "access-control-allow-origin: *",
        "access-control-expose-headers: x-e",
    ];
    for origin in [APP, EVIL, "null", MALFORMED, ""] {
        check(&static_any(), from(origin), None, &fixed);
    }
}

#[test]
fn static_preflight() {
    let vary = "vary: origin,access-control-request-method";
    let allowed = [
        "access-control-allow-origin: https://app.example",
        "access-control-allow-credentials: true",
        "access-control-allow-methods: PUT",
        "access-control-allow-headers: x-a",
        "access-control-max-age: 60",
        vary,
    ];
    check(&static_one(), preflight(APP, "PUT"), None, &allowed);
    assert_eq!(
        static_one().evaluate(&preflight(APP, "PUT")).status(),
        Some(204)
    );
    for (origin, denial) in [
        (EVIL, Denial::OriginNotAllowed),
        ("null", Denial::OriginNull),
        (MALFORMED, Denial::OriginMalformed),
    ] {
        check(
            &static_one(),
            preflight(origin, "PUT"),
            Some(denial),
            &[vary],
        );
        assert_eq!(
            static_one().evaluate(&preflight(origin, "PUT")).status(),
            Some(403)
        );
    }
    let any = [
        "access-control-allow-origin: *",
        "access-control-allow-methods: PUT",
        "access-control-allow-headers: x-a",
        "access-control-max-age: 60",
        vary,
    ];
    for origin in [APP, "null", MALFORMED] {
        check(&static_any(), preflight(origin, "PUT"), None, &any);
    }
}

#[test]
fn static_plain_options() {
    let expected = [&FIXED[..], &["vary: origin,access-control-request-method"]].concat();
    check(
        &static_one(),
        RequestHeaders::new("OPTIONS"),
        None,
        &expected,
    );
    check(
        &static_one(),
        RequestHeaders::new("OPTIONS").header("Origin", APP),
        None,
        &expected,
    );
}

// --- Dynamic policies: `Vary` on every response, and nothing else for those denied ---------------

#[test]
fn dynamic_not_cors() {
    check(&dynamic(), get(), None, &["vary: origin"]);
    let options = RequestHeaders::new("OPTIONS");
    check(
        &dynamic(),
        options,
        None,
        &["vary: origin,access-control-request-method"],
    );
}

#[test]
fn dynamic_actual() {
    let allowed = |origin| {
        [
            format!("access-control-allow-origin: {origin}"),
            "access-control-allow-credentials: true".into(),
            "access-control-expose-headers: x-e".into(),
            "vary: origin".into(),
        ]
    };
    for origin in [APP, OTHER] {
        check(
            &dynamic(),
            from(origin),
            None,
            &allowed(origin).each_ref().map(String::as_str),
        );
    }
    for (origin, denial) in [
        (EVIL, Denial::OriginNotAllowed),
        ("null", Denial::OriginNull),
        (MALFORMED, Denial::OriginMalformed),
        ("", Denial::OriginMalformed),
    ] {
        check(&dynamic(), from(origin), Some(denial), &["vary: origin"]);
    }
}

#[test]
fn dynamic_preflight() {
    let vary = "vary: origin,access-control-request-method";
    let allowed = [
        "access-control-allow-origin: https://other.example",
        "access-control-allow-credentials: true",
        "access-control-allow-methods: PUT",
        "access-control-allow-headers: x-a",
        "access-control-max-age: 60",
        vary,
    ];
    check(&dynamic(), preflight(OTHER, "PUT"), None, &allowed);
    // declarative: the lists are the same where this very request does not fit
    check(
        &dynamic(),
        preflight(OTHER, "PATCH"),
        Some(Denial::MethodNotAllowed),
        &allowed,
    );
    assert_eq!(
        dynamic().evaluate(&preflight(OTHER, "PATCH")).status(),
        Some(204)
    );
    check(
        &dynamic(),
        preflight(EVIL, "PUT"),
        Some(Denial::OriginNotAllowed),
        &[vary],
    );
    check(
        &dynamic(),
        preflight("null", "PUT"),
        Some(Denial::OriginNull),
        &[vary],
    );
    check(
        &dynamic(),
        preflight(MALFORMED, "PUT"),
        Some(Denial::OriginMalformed),
        &[vary],
    );
    assert_eq!(
        dynamic().evaluate(&preflight(EVIL, "PUT")).status(),
        Some(403)
    );
}

#[test]
fn explicit_default_port_is_dropped_in_the_response() {
    let request = from("https://app.example:443");
    let decision = dynamic();
    let decision = decision.evaluate(&request);
    assert!(lines(&decision).contains(&"access-control-allow-origin: https://app.example".into()));
}

#[test]
fn null_is_allowed_only_if_listed() {
    let named = policy([Rule::allow_origins(["null"])]);
    check(
        &named,
        from("null"),
        None,
        &["access-control-allow-origin: null", "vary: origin"],
    );
    check(
        &named,
        from(APP),
        Some(Denial::OriginNotAllowed),
        &["vary: origin"],
    );
}

// --- Which policies are static -------------------------------------------------------------------

#[test]
fn is_static() {
    let one = |origins: &[&str]| policy([Rule::allow_origins(origins.iter().copied())]);
    assert!(one(&[APP]).is_static());
    // the same after canonicalisation
    assert!(one(&["https://a.example", "https://a.example:443"]).is_static());
    assert!(one(&["https://a.example:{443}"]).is_static());
    assert!(one(&["http://a.example:{8080-8080}"]).is_static());
    assert!(one(&["*"]).is_static());
    assert!(!one(&[APP, OTHER]).is_static());
    assert!(!one(&["https://*.a.example"]).is_static());
    assert!(!one(&["https://a.example:*"]).is_static());
    assert!(!one(&["null"]).is_static());
    assert!(!policy([Rule::ask()]).is_static());
    assert!(!policy([Rule::allow_origins([APP]), Rule::allow_any_origin()]).is_static());
    assert!(!Policy::deny_all().is_static());
}

#[test]
fn deny_all() {
    let none = Policy::deny_all();
    check(&none, get(), None, &["vary: origin"]);
    check(
        &none,
        from(APP),
        Some(Denial::OriginNotAllowed),
        &["vary: origin"],
    );
    assert_eq!(none.evaluate(&preflight(APP, "PUT")).status(), Some(403));
}

// --- The article: one machine, two ports ---------------------------------------------------------

#[test]
fn example_of_the_article() {
    let server = policy([Rule::allow_origins(["http://www.mydomain.com:68"])]);
    // a page on port 68 asks a server on port 100 of the same machine
    assert!(
        server
            .evaluate(&from("http://www.mydomain.com:68"))
            .is_allowed()
    );
    // the server's own port, and the implied one, are other origins
    assert!(
        server
            .evaluate(&from("http://www.mydomain.com:100"))
            .denial()
            .is_some()
    );
    assert!(
        server
            .evaluate(&from("http://www.mydomain.com"))
            .denial()
            .is_some()
    );
    // port 80 is implied for http
    let implied = policy([Rule::allow_origins(["http://www.mydomain.com:80"])]);
    assert!(
        implied
            .evaluate(&from("http://www.mydomain.com"))
            .is_allowed()
    );
    assert!(
        implied
            .evaluate(&from("https://www.mydomain.com"))
            .denial()
            .is_some()
    );
    assert!(
        implied
            .evaluate(&from("http://mydomain.com"))
            .denial()
            .is_some()
    );
}
