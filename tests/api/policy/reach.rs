//! Rules that can never decide, and numbers out of range: each refusal with its place, its kind and
//! its sentence, and beside it the nearest policy that is accepted.

use std::time::Duration;

use cross_origin::limits::MAX_REQUEST_HEADERS;
use cross_origin::{PolicyBuilder, ProblemKind, Rule};

use ProblemKind as K;

use crate::support::problems::{above, accepts, below, is, only_problem};

// ---------------------------------------------------------------- reach

#[track_caller]
fn never_decides(rules: &[&[&str]]) {
    let last = rules.len() - 1;
    let problem = only_problem(rules.iter().map(|list| rule(list)));
    let place = (Some(last), "allow_origins", None, None);
    is(&problem, place, K::Unreachable);
}

/// `ask` alone is a rule that asks.
fn rule(list: &[&str]) -> Rule {
    match list {
        ["ask"] => Rule::ask(),
        list => Rule::allow_origins(list.iter().copied()),
    }
}

#[test]
fn covered_rules_are_refused() {
    // the same; a wildcard above; several rules together; any port; lists of ports
    never_decides(&[&["https://a.example"], &["https://a.example"]]);
    never_decides(&[&["https://*.a.example"], &["https://b.a.example"]]);
    never_decides(&[
        &["https://a.example"],
        &["https://b.example"],
        &["https://a.example", "https://b.example:443"],
    ]);
    never_decides(&[&["https://a.example:*"], &["https://a.example:{1-9}"]]);
    never_decides(&[&["https://*.a.example"], &["https://x-*.b.a.example"]]);
    never_decides(&[&["app://*"], &["app://x"]]);
    // everything below `*` but a rule that asks
    never_decides(&[&["*"], &["https://a.example"]]);
    never_decides(&[&["*"], &["null"]]);
    never_decides(&[&["*"], &["*"]]);
    never_decides(&[&["null"], &["null"]]);
}

#[test]
fn partly_covered_rules_are_accepted() {
    for rules in [
        [
            &["https://a.example"] as &[_],
            &["https://a.example", "https://b.example"],
        ],
        [&["https://a.example"], &["https://*.a.example"]],
        [&["https://*.a.example"], &["https://a.example"]],
        [&["https://a.example"], &["https://a.example:*"]],
        [&["https://a.example:{1-9}"], &["https://a.example:{9-10}"]],
        [&["app://*"], &["app://"]],
        [&["null"], &["*"]],
        [&["ask"], &["https://a.example"]],
        [&["*"], &["ask"]],
        [&["https://a.example"], &["ask"]],
    ] {
        accepts(rules.map(rule));
    }
}

#[test]
fn rule_with_an_invalid_pattern_covers_nothing() {
    let problem = only_problem([
        Rule::allow_any_origin(),
        Rule::allow_origins(["https://a.example/"]),
    ]);
    assert_eq!(problem.kind(), K::Path);
}

// ---------------------------------------------------------------- numbers

#[test]
fn max_age() {
    for (max_age, found) in [
        (Duration::from_secs(86_401), "86401"),
        (Duration::from_secs(u64::MAX), "18446744073709551615"),
        (Duration::from_millis(1500), "1.5"),
        (Duration::from_nanos(1), "0.000000001"),
    ] {
        let problem = only_problem([above(), below().max_age(max_age)]);
        let place = (Some(1), "max_age", None, Some(found));
        is(&problem, place, K::MaxAge);
    }
    only_problem([above().max_age(Duration::MAX)]);
    accepts([above().max_age(Duration::from_secs(86_400))]);
    accepts([above().max_age(Duration::ZERO)]);
}

#[test]
fn preflight_status() {
    let build = |status| {
        PolicyBuilder::new([above()])
            .preflight_status(status)
            .build()
    };
    for status in [0, 100, 199, 300, u16::MAX] {
        let problems = build(status).unwrap_err();
        let problem = problems.iter().next().unwrap();
        let found = status.to_string();
        let place = (None, "preflight_status", None, Some(&*found));
        is(problem, place, K::PreflightStatus);
    }
    for status in [200, 204, 299] {
        assert!(build(status).is_ok(), "{status}");
    }
}

#[test]
fn too_many_allowed_headers() {
    let names = |count| (0..count).map(|n| format!("x-{n}"));
    let problem = only_problem([
        above(),
        below().allow_headers(names(MAX_REQUEST_HEADERS + 1)),
    ]);
    let place = (Some(1), "allow_headers", None, None);
    is(&problem, place, K::TooManyHeaders);

    // Repeats, in whatever case, and `*` are no further names.
    let repeats = names(MAX_REQUEST_HEADERS).map(|name| name.to_uppercase());
    let listed = above().allow_headers(names(MAX_REQUEST_HEADERS));
    accepts([listed.allow_headers(repeats).allow_headers(["*"])]);
}

#[test]
fn rule_with_mixed_origins_covers_nothing() {
    let mixed = Rule::allow_origins(["*", "https://a.example"]);
    let problem = only_problem([mixed, Rule::allow_origins(["https://b.example"])]);
    assert_eq!(problem.kind(), K::Mixed);
}

/// The time to build a policy must not grow with the square of its size: tenants write policies.
#[test]
fn many_rules_and_many_problems() {
    let rules = (0..1000).map(|index| Rule::allow_origins([format!("https://a{index}.example")]));
    accepts(rules);
    let nulls = vec!["null".to_owned(); 20_000];
    let nulls = nulls.into_iter().chain(["https://a.example".to_owned()]);
    let problems = PolicyBuilder::new([Rule::allow_origins(nulls)])
        .build()
        .unwrap_err();
    assert_eq!(problems.iter().count() + problems.left_out(), 20_000);
}
