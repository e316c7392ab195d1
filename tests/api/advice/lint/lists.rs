//! Lints of methods, names, numbers and of what rules have with each other.

use std::time::Duration;

use cross_origin::advice::lint::Lint;
use cross_origin::limits::MAX_REQUEST_HEADERS;
use cross_origin::{Policy, Rule};

use crate::support::{a, b, policy};

fn any() -> Rule {
    Rule::allow_any_origin()
}

/// Each lint's kind and what it suggests, which is tried.
#[track_caller]
fn suggested(rules: impl IntoIterator<Item = Rule>) -> Vec<(&'static str, String)> {
    let policy = policy(rules);
    let lints = policy.lints();
    lints.iter().map(|lint| tried(&policy, lint)).collect()
}

#[track_caller]
fn tried(policy: &Policy, lint: &Lint) -> (&'static str, String) {
    let suggestion = lint.suggestion().unwrap();
    let mut builder = policy.to_builder();
    suggestion.apply(&mut builder);
    let changed = builder
        .build()
        .unwrap_or_else(|problems| panic!("{problems}"));
    assert!(!changed.lints().contains(lint), "{lint}");
    (lint.kind().as_str(), suggestion.to_string())
}

// ---------------------------------------------------------------- methods

#[test]
fn miscased_methods() {
    let replaced = |with: &str, entry: usize| {
        let text = format!("replace `rules[0].allow_methods[{entry}]` with `{with}`");
        ("method-case", text)
    };
    assert_eq!(
        suggested([a().allow_methods(["Patch", "patch", "query", "propFind", "PUT"])]),
        [
            replaced("PATCH", 0),
            replaced("PATCH", 1),
            replaced("QUERY", 2),
            replaced("PROPFIND", 3),
        ]
    );
    for methods in [
        &["patch", "PATCH"] as &[_],
        &["put", "delete"],
        &["X-custom", "m-search", "patches"],
    ] {
        assert_eq!(
            suggested([a().allow_methods(methods.iter().copied())]),
            [],
            "{methods:?}"
        );
    }
    // `*` covers both.
    let with_any = suggested([a().allow_methods(["*", "patch"])]);
    assert_eq!(with_any.len(), 1);
    assert_eq!(with_any[0].0, "any-method");
}

#[test]
fn any_method() {
    let rule = |listed: &[&str]| {
        a().allow_methods(["*"])
            .allow_methods(listed.iter().copied())
    };
    let deleted = "delete `rules[0].allow_methods[0]`".to_owned();
    assert_eq!(
        suggested([rule(&[])]),
        [(
            "any-method",
            "replace `rules[0].allow_methods[0]` with `PUT`, `PATCH`, `DELETE`".to_owned()
        )]
    );
    assert_eq!(
        suggested([rule(&["delete", "PATCH", "PUT"])]),
        [("any-method", deleted)]
    );
}

#[test]
fn safelisted_methods() {
    let suggestions = suggested([a().allow_methods(["get", "HEAD", "POST", "OPTIONS", "TRACE2"])]);
    let kinds: Vec<_> = suggestions.iter().map(|(kind, _)| *kind).collect();
    let safelisted = "safelisted-method";
    assert_eq!(
        kinds,
        [safelisted, safelisted, safelisted, "options-listed"]
    );
}

// ---------------------------------------------------------------- names

#[test]
fn any_header() {
    let add = (
        "any-header-without-authorization",
        "add `authorization` to `rules[0].allow_headers`".to_owned(),
    );
    let deleted = "delete `rules[0].allow_headers[0]`".to_owned();
    let replaced = "replace `rules[0].allow_headers[0]` with `content-type`".to_owned();
    assert_eq!(
        suggested([a().allow_headers(["*"])]),
        [("any-header", replaced.clone()), add.clone()]
    );
    assert_eq!(
        suggested([a().allow_headers(["*", "Content-Type"])]),
        [("any-header", deleted.clone()), add]
    );
    assert_eq!(
        suggested([a().allow_headers(["*", "Authorization"])]),
        [("any-header", replaced)]
    );
    // As many names as there can be leave no room for one more.
    let names = |count| (0..count).map(|n| format!("x-{n}"));
    let full = a()
        .allow_headers(["*"])
        .allow_headers(names(MAX_REQUEST_HEADERS));
    assert_eq!(
        suggested([full]),
        [
            ("any-header", deleted.clone()),
            ("any-header-without-authorization", deleted),
        ]
    );
    let room = a()
        .allow_headers(["*"])
        .allow_headers(names(MAX_REQUEST_HEADERS - 1));
    let suggestions = suggested([room]);
    assert!(
        suggestions
            .iter()
            .all(|(_, text)| !text.starts_with("delete")),
        "{suggestions:?}"
    );
}

#[test]
fn safelisted_response_headers() {
    let safelisted = [
        "Cache-Control",
        "Content-Language",
        "Content-Length",
        "Content-Type",
        "Expires",
        "Last-Modified",
        "Pragma",
    ];
    assert_eq!(
        suggested([a().expose_headers(safelisted)]).len(),
        safelisted.len()
    );
    assert_eq!(
        suggested([a().expose_headers(["*", "ETag", "Age", "Date"])]),
        []
    );
}

// ---------------------------------------------------------------- numbers

#[test]
fn max_age_and_timing() {
    for seconds in [0, 1, 600] {
        assert_eq!(suggested([a().max_age(Duration::from_secs(seconds))]), []);
    }
    // A longer one helps other browsers, so nothing is suggested.
    for seconds in [601, 7_200, 7_201, 86_400] {
        let lints = policy([a().max_age(Duration::from_secs(seconds))]).lints();
        assert_eq!(lints.len(), 1);
        assert_eq!(lints[0].suggestion(), None);
    }
    // the same answer for all, or timing for all
    assert_eq!(suggested([a().timing_allow_origin()]), []);
    assert_eq!(suggested([any().timing_allow_origin()]), []);
    assert_eq!(suggested([a(), b().timing_allow_any_origin()]), []);
    let dynamic = suggested([Rule::ask().timing_allow_origin()]);
    let deleted = "delete `rules[0].timing_allow_origin`".to_owned();
    assert_eq!(dynamic, [("timing-in-dynamic-policy", deleted)]);
}

// ---------------------------------------------------------------- rules

const NARROWER: &str = "narrower-rule-above";

#[test]
fn rules_for_overlapping_origins() {
    let put = |rule: Rule| rule.allow_methods(["PUT"]);
    let add =
        |key, value: &str, rule| (NARROWER, format!("add `{value}` to `rules[{rule}].{key}`"));
    let wildcard = || Rule::allow_origins(["https://*.example.com"]);
    let below = || Rule::allow_origins(["https://app.example.com", "https://a.example"]);
    for (above, below) in [
        (a(), any()),
        (Rule::allow_origins(["https://app.example.com"]), wildcard()),
        (a(), Rule::allow_origins(["https://a.example:*"])),
        (Rule::allow_origins(["null"]), any()),
    ] {
        assert_eq!(
            suggested([above.clone(), put(below.clone())]),
            [add("allow_methods", "PUT", 0)]
        );
        assert_eq!(suggested([put(above.clone()), below.clone()]), []);
        assert_eq!(suggested([put(above), put(below)]), []);
    }
    // an origin that is in both, which is another lint too
    let kinds = suggested([wildcard(), put(below())]);
    assert_eq!(
        kinds.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(),
        ["covered-by-rule-above"]
    );
    assert_eq!(suggested([a(), put(b())]), []);
    assert_eq!(suggested([Rule::ask(), put(any())]), []);
    assert_eq!(suggested([a(), put(Rule::ask())]), []);
}

#[test]
fn methods_and_headers_that_an_earlier_rule_lacks() {
    let headers = |names: &[&str]| a().allow_headers(names.iter().copied());
    let narrower = |above: Rule, below: Rule| {
        let lints = policy([above, below]).lints();
        lints
            .iter()
            .filter(|lint| lint.kind().as_str() == NARROWER)
            .count()
    };
    let asks = || any().allow_headers(["X-A", "Authorization"]);
    assert_eq!(narrower(headers(&[]), asks()), 2);
    assert_eq!(narrower(headers(&["x-a"]), asks()), 1);
    assert_eq!(narrower(headers(&["*"]), asks()), 1);
    assert_eq!(narrower(headers(&["*", "authorization"]), asks()), 0);
    assert_eq!(narrower(a(), any().allow_headers(["*"])), 0);
    let methods = || any().allow_methods(["GET", "PUT", "PATCH", "patch", "OPTIONS"]);
    assert_eq!(narrower(a(), methods()), 2);
    assert_eq!(narrower(a().allow_methods(["PUT"]), methods()), 1);
    assert_eq!(narrower(a().allow_methods(["PUT", "PATCH"]), methods()), 0);
    assert_eq!(narrower(a().allow_methods(["*"]), methods()), 0);
}

#[test]
fn each_entry_has_at_most_one_lint() {
    let rules = [
        a(),
        b().allow_methods(["PUT"]),
        any().allow_methods(["PUT", "DELETE"]),
    ];
    assert_eq!(
        suggested(rules),
        [
            (NARROWER, "add `PUT` to `rules[0].allow_methods`".to_owned()),
            (
                NARROWER,
                "add `DELETE` to `rules[0].allow_methods`".to_owned()
            ),
        ]
    );
    let rules = [
        a().allow_methods(["PUT"]),
        b(),
        any().allow_methods(["PUT"]),
    ];
    assert_eq!(
        suggested(rules),
        [(NARROWER, "add `PUT` to `rules[1].allow_methods`".to_owned())]
    );
}

#[test]
fn suggestion_respects_the_header_limit() {
    let names = (0..MAX_REQUEST_HEADERS).map(|n| format!("x-{n}"));
    let rules = [a().allow_headers(names), any().allow_headers(["x-more"])];
    let deleted = "delete `rules[1].allow_headers[0]`".to_owned();
    assert_eq!(suggested(rules), [(NARROWER, deleted)]);
}

#[test]
fn only_the_first_rules_are_compared() {
    let narrower = |above: usize| {
        let rules = (0..above).map(|n| Rule::allow_origins([format!("https://t{n}.example")]));
        let all = policy(rules.chain([any().allow_methods(["PUT"])]));
        let lints = all.lints();
        let kinds: Vec<_> = lints.iter().map(|lint| lint.kind().as_str()).collect();
        kinds
    };
    assert_eq!(narrower(63), [NARROWER]);
    assert_eq!(narrower(64), [""; 0]);
}
