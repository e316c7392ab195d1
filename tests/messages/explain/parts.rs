//! What programs read of an explanation.

use std::collections::BTreeSet;

use cross_origin::advice::explain::{Explanation, NearestMiss, OriginDifference};
use cross_origin::limits::{MAX_EXPLANATION_LEN, MAX_SHORT_EXPLANATION_LEN};
use cross_origin::{Denial, Origin, Policy, RequestKind, Rule};

use crate::support::explanations::{cases, request};

fn policy() -> Policy {
    let rules = [
        Rule::allow_origins(["https://*.example.com", "http://localhost:3000"])
            .allow_credentials()
            .allow_methods(["PATCH"])
            .allow_headers(["X-Api-Key"]),
        Rule::allow_origins(["https://partner.example"]).allow_methods(["PUT"]),
    ];
    Policy::new(rules).unwrap()
}

#[track_caller]
fn explained(text: &str, check: impl Fn(&Explanation<'_>)) {
    let (policy, view) = (policy(), request(text));
    check(&policy.evaluate(&view).explain(&view));
}

// --- The table has everything -----------------------------------------------------------------------

#[test]
fn table_has_every_denial() {
    let denials = cases()
        .into_iter()
        .filter_map(|case| case.policy().evaluate(&case.view()).denial());
    assert_eq!(
        denials.collect::<BTreeSet<_>>(),
        BTreeSet::from(Denial::ALL)
    );
}

#[test]
fn table_has_every_nearest_miss() {
    let mut names = BTreeSet::new();
    for case in cases() {
        let (policy, view) = (case.policy(), case.view());
        let explanation = policy.evaluate(&view).explain(&view);
        names.extend(explanation.nearest().map(name));
    }
    let all = [
        "Asks",
        "Cap",
        "Element",
        "ForbiddenHeader",
        "ForbiddenMethod",
        "HeaderTypo",
        "LiteralWildcard",
        "LookAlike",
        "MethodCase",
        "MethodRepeated",
        "NonWildcardHeader",
        "Opaque",
        "OriginRepeated",
        "ResponseHeader",
        "RuleBelow",
        "Spelling",
        "apex",
        "below",
        "empty-wildcard",
        "label-too-many",
        "loopback",
        "outside-network",
        "port",
        "scheme",
        "scheme-and-port",
        "trailing-dot",
        "www",
    ];
    assert_eq!(names, all.map(str::to_owned).into());
}

fn name(nearest: &NearestMiss<'_>) -> String {
    if let NearestMiss::Origin { difference, .. } = nearest {
        return difference.to_string();
    }
    let debug = format!("{nearest:?}");
    debug
        .split([' ', '{'])
        .next()
        .unwrap_or_default()
        .to_owned()
}

// --- Denied -----------------------------------------------------------------------------------------

#[test]
fn nearest_origin() {
    explained("GET origin http://a.example.com", |explanation| {
        assert_eq!(explanation.denial(), Some(Denial::OriginNotAllowed));
        assert_eq!(explanation.kind(), RequestKind::Actual);
        assert_eq!(explanation.rule_index(), None);
        assert_eq!(explanation.pattern(), None);
        let expected = NearestMiss::Origin {
            difference: OriginDifference::Scheme,
            allowed: "https://a.example.com".parse::<Origin>().unwrap(),
            rule: 0,
            pattern: "https://*.example.com",
        };
        assert_eq!(explanation.nearest(), Some(&expected));
        // it would be refused beside credentials
        assert_eq!(explanation.addition(), None);
        assert_eq!(
            explanation.section(),
            "https://fetch.spec.whatwg.org/#concept-cors-check"
        );
        assert_eq!(explanation.step().map(|step| step.number()), Some("2"));
        assert_eq!(
            explanation.console().as_deref(),
            Some("No 'Access-Control-Allow-Origin' header is present on the requested resource.")
        );
    });
}

#[test]
fn addition() {
    explained(
        "OPTIONS for PUT origin https://a.example.com",
        |explanation| {
            let addition = explanation.addition().unwrap();
            assert_eq!(addition.rule_index(), 0);
            assert_eq!(addition.key(), "allow_methods");
            assert_eq!(addition.value(), "PUT");
            assert_eq!(
                addition.to_string(),
                "add `PUT` to `rules[0].allow_methods`"
            );
            assert_eq!(explanation.step().map(|step| step.number()), Some("7.5"));
        },
    );
}

#[test]
fn misspelling_counts_its_edits() {
    let headers = [
        ("x-apikey", 1),
        ("x-api-keys", 1),
        ("x_api_key", 2),
        ("X-APY-KEI", 2),
    ];
    for (header, slips) in headers {
        let text = format!("OPTIONS for GET with {header} origin https://a.example.com");
        explained(&text, |explanation| {
            let expected = NearestMiss::HeaderTypo {
                allowed: "x-api-key",
                edits: slips,
            };
            assert_eq!(explanation.nearest(), Some(&expected), "{header}");
        });
    }
    // three slips, and a name too short for one
    for header in ["x_apy_key", "x-a"] {
        let text = format!("OPTIONS for GET with {header} origin https://a.example.com");
        explained(&text, |explanation| {
            assert_eq!(explanation.nearest(), None, "{header}");
        });
    }
}

#[test]
fn exceeded_limits() {
    let long = "x".repeat(8193);
    let many = "x,".repeat(129);
    for (list, cap) in [(&long, (8192, "bytes")), (&many, (128, "names"))] {
        let text = format!("OPTIONS for GET with {list} origin https://a.example.com");
        explained(&text, |explanation| {
            let (most, of) = cap;
            assert_eq!(explanation.nearest(), Some(&NearestMiss::Cap { most, of }));
        });
    }
}

#[test]
fn unsafe_additions_are_not_suggested() {
    for text in [
        "GET origin null",
        "GET origin https://evilexample.com",
        "GET origin https://a.example.com.evil.example",
        "GET origin http://a.example.com",
        "GET origin https://a.example.com/",
        "OPTIONS for * origin https://a.example.com",
        "OPTIONS for TRACE origin https://a.example.com",
        "OPTIONS for GET with * origin https://a.example.com",
        "OPTIONS for GET with cookie origin https://a.example.com",
        "OPTIONS for GET with access-control-allow-origin origin https://a.example.com",
    ] {
        explained(text, |explanation| {
            assert!(explanation.denial().is_some(), "{text}");
            assert_eq!(explanation.addition(), None, "{text}");
        });
    }
}

#[test]
fn console_is_none_for_requests_that_browsers_do_not_send() {
    for text in [
        "GET origin https://a.example.com/",
        "OPTIONS for get origin https://a.example.com",
        "OPTIONS for GET, PUT origin https://a.example.com",
        "OPTIONS for GET with x y origin https://a.example.com",
        "OPTIONS for GET with cookie origin https://a.example.com",
    ] {
        explained(text, |explanation| {
            assert!(explanation.denial().is_some(), "{text}");
            assert_eq!(explanation.console(), None, "{text}");
            assert_eq!(explanation.step(), None, "{text}");
        });
    }
}

#[test]
fn explanation_of_a_verdict() {
    let policy = Policy::new([Rule::ask()]).unwrap();
    let view = request("GET origin https://tenant.example");
    let lookup = policy.lookup(&view).unwrap();
    let no = policy.evaluate_with(&view, lookup.verdict(false));
    assert_eq!(
        no.explain(&view).nearest(),
        Some(&NearestMiss::Asks { rule: 0 })
    );
    let yes = policy.evaluate_with(&view, lookup.verdict(true));
    assert!(!yes.explain(&view).to_string().contains("did not allow"));
    assert_eq!(
        yes.explain(&view).short().to_string(),
        "allowed: rule 0 (allowed by the application) allows origin `https://tenant.example` without \
         credentials"
    );
}

// --- Bounds -----------------------------------------------------------------------------------------

#[test]
fn long_values_are_cut() {
    let origin = [0xff; 600];
    let policy = policy();
    let view = cross_origin::RequestHeaders::new("GET").header("Origin", &origin);
    let short = policy.evaluate(&view).explain(&view).short().to_string();
    let shown = "\\xff".repeat(100);
    let origin =
        format!("origin-malformed: origin `{shown}…` is malformed: an origin of more than");
    assert!(short.starts_with(&origin), "{short}");
    assert!(short.ends_with(", …"), "{short}");
    assert_eq!(short.len(), MAX_SHORT_EXPLANATION_LEN);

    let name = "x".repeat(8000);
    let text = format!("OPTIONS for GET with {name} origin https://a.example.com");
    explained(&text, |explanation| {
        let console = explanation.console().unwrap();
        assert_eq!(console.len(), MAX_SHORT_EXPLANATION_LEN);
        assert!(console.starts_with("Request header field xxx") && console.ends_with("x…"));
        assert!(explanation.to_string().len() <= MAX_EXPLANATION_LEN);
    });
}

#[test]
fn control_bytes_are_escaped() {
    let policy = policy();
    let view = cross_origin::RequestHeaders::new("GET\r\n")
        .header("Origin", "https://a.example.com\r\nx: y\x1b[31m");
    let explanation = policy.evaluate(&view);
    let explanation = explanation.explain(&view);
    assert_eq!(
        explanation.short().to_string(),
        "origin-malformed: origin `https://a.example.com\\r\\nx: y\\x1b[31m` is malformed: unexpected \
         byte `\\r` in an origin"
    );
    assert!(explanation.to_string().contains("`GET\\r\\n`"));
}

#[test]
fn short_form_respects_width() {
    explained("GET", |explanation| {
        let short = explanation.short().to_string();
        assert_eq!(
            format!("{:>80}|", explanation.short()),
            format!("{short:>80}|")
        );
    });
}
