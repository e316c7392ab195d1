//! Reading a built policy, and its text for logs.

use std::time::Duration;

use cross_origin::{Policy, PolicyBuilder, Rule, RuleRef};

use crate::support::policy;

fn every_option() -> Rule {
    Rule::allow_origins(["https://a.example:443", "https://b.example:{80,443}"])
        .allow_credentials()
        .allow_methods(["put", "PATCH", "PUT"])
        .allow_headers(["X-B", "x-b", "*"])
        .expose_headers(["ETag"])
        .max_age(Duration::from_secs(1))
        .timing_allow_origin()
}

#[test]
fn rule_ref_returns_what_was_configured_in_canonical_form() {
    let policy = policy([every_option(), Rule::ask(), Rule::allow_any_origin()]);
    let rules: Vec<RuleRef<'_>> = policy.rules().collect();
    let [listed, asking, any] = rules[..] else {
        panic!("{policy}");
    };
    let patterns: Vec<_> = listed.patterns().map(|pattern| pattern.as_str()).collect();
    assert_eq!(
        patterns,
        ["https://a.example", "https://b.example:{80,443}"]
    );
    assert!(listed.allows_credentials() && !any.allows_credentials());
    assert_eq!(listed.methods().collect::<Vec<_>>(), ["PUT", "PATCH"]);
    assert_eq!(listed.headers().collect::<Vec<_>>(), ["*", "x-b"]);
    assert_eq!(listed.exposed_headers().collect::<Vec<_>>(), ["etag"]);
    assert_eq!(listed.max_age(), Some(Duration::from_secs(1)));
    assert_eq!(any.max_age(), None);
    assert!(listed.allows_timing() && !listed.allows_timing_to_any_origin());
    assert!(!any.allows_timing());
    assert!(asking.is_asking() && !listed.is_asking() && !any.is_asking());
    assert_eq!(asking.patterns().count(), 0);
    assert!(any.allows_any_origin() && !asking.allows_any_origin());
    assert!(any.patterns().all(|pattern| pattern.is_any()));
}

#[test]
fn policy_built_of_its_rules_is_equal() {
    let built = policy([every_option(), Rule::ask(), Rule::allow_any_origin()]);
    assert_eq!(policy(built.rules().map(Rule::from)), built);
}

#[test]
fn rule_as_text() {
    assert_eq!(
        every_option().to_string(),
        "origins `https://a.example:443`, `https://b.example:{80,443}`; with credentials; methods \
         `put`, `PATCH`, `PUT`; headers `X-B`, `x-b`, `*`; exposed headers `ETag`; max-age 1 s; timing"
    );
    assert_eq!(Rule::allow_any_origin().to_string(), "origins `*`");
    assert_eq!(
        Rule::ask().timing_allow_any_origin().to_string(),
        "origins that the application allows; timing for any origin"
    );
    // Rules are unchecked, so their text may be anything.
    assert_eq!(Rule::allow_origins(["a\nb"]).to_string(), "origins `a\\nb`");
}

#[test]
fn policy_as_text() {
    let short = PolicyBuilder::new([
        Rule::allow_origins(["http://a.example"]).allow_credentials(),
        Rule::allow_any_origin(),
    ])
    .preflight_status(200)
    .dangerously_allow_insecure_origins();
    assert_eq!(
        short.build().unwrap().to_string(),
        "rule 0: origins `http://a.example`; with credentials\nrule 1: origins `*`\n\
         preflight status 200\ndangerously allows `insecure-origins`"
    );
    assert_eq!(
        Policy::deny_all().to_string(),
        "no rule: no origin is allowed"
    );
}

#[test]
fn long_lists_are_cut_in_text_for_logs() {
    let origins = (0..12).map(|n| format!("https://a{n}.example"));
    let policy = policy([Rule::allow_origins(origins)]);
    assert!(
        policy
            .to_string()
            .ends_with("`https://a9.example` and 2 more"),
        "{policy}"
    );
    assert!(
        format!("{policy:#}").ends_with("`https://a11.example`"),
        "{policy:#}"
    );
    let rules = (0..12).map(|n| Rule::allow_origins([format!("https://a{n}.example")]));
    let policy = self::policy(rules);
    assert!(
        policy
            .to_string()
            .ends_with("`https://a9.example`\nand 2 more rules"),
        "{policy}"
    );
    assert!(format!("{policy:#}").ends_with("rule 11: origins `https://a11.example`"));
}

#[test]
fn main_that_returns_problems_prints_one_a_line() {
    let problems = Policy::new([
        Rule::allow_origins(["https://a.example/", "https://b.example/"]),
        Rule::allow_origins(["null"]).allow_credentials(),
    ])
    .unwrap_err();
    // `main` prints `Debug`.
    let text = format!("{problems:?}");
    assert_eq!(text, problems.to_string());
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    for (line, problem) in lines.iter().zip(&problems) {
        assert_eq!(*line, problem.to_string());
    }
}
