//! What holds for every explanation, whatever the bytes of the request.
// The table has wildcards together with credentials and a Unicode domain.
#![cfg(all(feature = "idna", feature = "psl"))]

use cross_origin::advice::explain::{Addition, NearestMiss};
use cross_origin::limits::{MAX_EXPLANATION_LEN, MAX_SHORT_EXPLANATION_LEN};
use cross_origin::{Denial, Origin, Policy, PolicyBuilder, RequestHeaders};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::support::explanations::cases;
use crate::support::requests::{self, ORIGINS, PATTERNS, Request};

/// The policy with the addition, by way of its text.
#[track_caller]
pub fn with(policy: &Policy, addition: &Addition) -> Policy {
    let mut text = serde_json::to_value(policy.to_builder()).unwrap();
    let rule = match text.get_mut("rules") {
        Some(rules) => &mut rules[addition.rule_index()],
        None => &mut text,
    };
    let list = &mut rule[addition.key()];
    match list.as_array_mut() {
        Some(entries) => entries.push(addition.value().into()),
        None => *list = Value::from([addition.value()]),
    }
    let builder: PolicyBuilder = serde_json::from_value(text).unwrap();
    builder
        .build()
        .unwrap_or_else(|problems| panic!("{addition}: {problems}"))
}

/// Whether what a request was denied for is allowed by this policy.
#[track_caller]
fn is_remedied(policy: &Policy, request: &RequestHeaders<'_>, addition: &Addition, by: Denial) {
    let decision = policy.evaluate(request);
    match by {
        Denial::OriginNotAllowed => assert_eq!(decision.rule_index(), Some(addition.rule_index())),
        Denial::HeaderNotAllowed => {
            let next = decision.denied_header().unwrap_or_default();
            assert!(!next.eq_ignore_ascii_case(addition.value()));
        }
        _ => assert_ne!(decision.denial(), Some(by)),
    }
}

#[track_caller]
fn check(policy: &Policy, request: &RequestHeaders<'_>) {
    let decision = policy.evaluate(request);
    let explanation = decision.explain(request);
    assert_eq!(explanation.denial(), decision.denial());
    assert_eq!(explanation.kind(), decision.kind());
    assert_eq!(explanation.rule_index(), decision.rule_index());
    if decision.denial().is_none() {
        assert_eq!(explanation.nearest(), None);
        assert_eq!(explanation.addition(), None);
        assert_eq!(explanation.console(), None);
    }

    let console = explanation.console().unwrap_or_default();
    for line in [explanation.short().to_string(), console] {
        assert!(!line.contains(char::is_control), "{line:?}");
        assert!(line.len() <= MAX_SHORT_EXPLANATION_LEN, "{line:?}");
    }
    let long = explanation.to_string();
    assert!(long.len() <= MAX_EXPLANATION_LEN, "{long:?}");
    for line in long.lines() {
        assert!(!line.contains(char::is_control), "{line:?}");
        let is_word = !line.get(11..).unwrap_or_default().contains(' ');
        assert!(line.chars().count() <= 80 || is_word, "{line:?}");
    }

    if let Some((addition, denial)) = explanation.addition().zip(decision.denial()) {
        is_remedied(&with(policy, addition), request, addition, denial);
    }
    if let Some(nearest) = explanation.nearest() {
        is_accepted(policy, request, nearest);
    }
}

/// What is said to be allowed is allowed.
#[track_caller]
fn is_accepted(policy: &Policy, request: &RequestHeaders<'_>, nearest: &NearestMiss<'_>) {
    let decision = policy.evaluate(request);
    let allowed = |origin: &Origin| {
        let request = RequestHeaders::new("GET").header("Origin", origin.as_str());
        policy.evaluate(&request).rule_index()
    };
    match nearest {
        NearestMiss::Origin {
            allowed: origin,
            rule,
            ..
        }
        | NearestMiss::Spelling {
            allowed: origin,
            rule,
        } => assert_eq!(allowed(origin), Some(*rule), "{origin}"),
        NearestMiss::MethodCase { allowed } => {
            let other = preflight(policy, decision.rule_index(), allowed, "");
            assert_eq!(other, None, "{allowed}");
        }
        NearestMiss::HeaderTypo { allowed, .. } => {
            let other = preflight(policy, decision.rule_index(), "GET", allowed);
            assert_eq!(other, None, "{allowed}");
        }
        NearestMiss::RuleBelow { rule } => assert!(Some(*rule) > decision.rule_index()),
        NearestMiss::Asks { rule } => {
            let lookup = policy.lookup(request).unwrap();
            assert_eq!(lookup.rule_index(), *rule);
            let told = policy.evaluate_with(request, lookup.verdict(true));
            assert_eq!(told.rule_index(), Some(*rule));
        }
        _ => {}
    }
}

/// The denial of a preflight from an origin that this rule is for.
fn preflight(policy: &Policy, rule: Option<usize>, method: &str, name: &str) -> Option<Denial> {
    let origins = ORIGINS.into_iter().chain(["https://app.example.com"]);
    let preflight = |origin: &'static str| RequestHeaders::new("OPTIONS").header("Origin", origin);
    let mut origins =
        origins.filter(|origin| policy.evaluate(&preflight(origin)).rule_index() == rule);
    let request = preflight(origins.next()?)
        .header("Access-Control-Request-Method", method)
        .header("Access-Control-Request-Headers", name);
    policy.evaluate(&request).denial()
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&[u8]> = vec![
        b"https://",
        b"http://",
        b"app.example.com",
        b"*",
        b"/",
        b":443",
        b":",
        b".",
        b"\r\n",
        b"\0",
        b"\x1b[31m",
        b"\xff",
        b"\xe2\x80\xae",
        b"\x7f",
        b"\xc2\x85",
        b" ",
        b",",
        b"`",
        b"PUT",
        b"authorization",
        b"x-a",
    ];
    prop_oneof![
        3 => proptest::collection::vec(select(pieces), 0..8).prop_map(|pieces| pieces.concat()),
        2 => proptest::collection::vec(any::<u8>(), 0..40),
        1 => (any::<u8>(), 0..9_000_usize).prop_map(|(byte, len)| vec![byte; len]),
    ]
}

/// A request whose values are anything, but which is read as a preflight often.
fn raw() -> impl Strategy<Value = (Vec<u8>, Vec<(&'static str, Vec<u8>)>)> {
    let method = prop_oneof![2 => Just(b"OPTIONS".to_vec()), 1 => bytes()];
    let good = |value: &'static str| prop_oneof![Just(value.as_bytes().to_vec()), bytes()];
    let header = prop_oneof![
        3 => good("https://app.example.com").prop_map(|value| ("origin", value)),
        2 => good("PUT").prop_map(|value| ("access-control-request-method", value)),
        2 => good("x-a").prop_map(|value| ("access-control-request-headers", value)),
    ];
    (method, proptest::collection::vec(header, 0..5))
}

proptest! {
    #[test]
    fn explanations_hold_for_likely_requests(
        policy in requests::policy(),
        request in requests::request(),
    ) {
        check(&policy, &request.view());
    }

    #[test]
    fn explanations_hold_for_any_bytes(policy in requests::policy(), (method, headers) in raw()) {
        let headers = headers.iter().map(|(name, value)| (*name, value.as_slice()));
        let request = RequestHeaders::new(&method).headers(headers);
        check(&policy, &request);
    }

    #[test]
    fn explanations_hold_for_nearly_matching_origins(
        policy in requests::policy(),
        pattern in select(PATTERNS.to_vec()),
        (star, before, after, port) in (
            select(vec!["x", "", "a.b", "x_y", "*"]),
            select(vec!["", "", "www.", "evil", "a."]),
            select(vec!["", "", ".", ".evil.example"]),
            select(vec!["", "", ":443", ":80", ":8444"]),
        ),
        scheme in select(vec!["https", "http", "tauri"]),
    ) {
        let (_, rest) = pattern.split_once("://").unwrap_or_default();
        let host = match rest.split_once('/') {
            Some((address, _)) if address.starts_with('[') => format!("{address}]"),
            Some((address, _)) => address.to_owned(),
            None => rest.split(':').next().unwrap_or_default().replacen('*', star, 1),
        };
        let origin = format!("{scheme}://{before}{host}{after}{port}");
        let request = Request {
            method: "GET".into(),
            headers: vec![("Origin".into(), origin.into_bytes())],
        };
        check(&policy, &request.view());
    }
}

#[test]
fn explanations_hold_for_every_case_of_the_table() {
    for case in cases() {
        check(&case.policy(), &case.view());
    }
}
