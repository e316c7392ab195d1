//! Laws of lints, over policies that have many.

use std::time::Duration;

use cross_origin::advice::fix::Edit;
use cross_origin::advice::lint::{Lint, LintKind};
use cross_origin::{Policy, PolicyBuilder, Rule};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::support::preflight_for;

const PATTERNS: [&str; 31] = [
    "https://a.example.com",
    "http://a.example.com",
    "wss://a.example.com",
    "htps://a.example.com",
    "https://a.example.com.",
    "https://*.example.com",
    "http://*.example.com",
    "wss://*.example.com",
    "https://*.a.example.com",
    "https://pr-*.example.com",
    "https://pr-*-x.example.com",
    "https://a.example.com:*",
    "https://a.example.com:{443,8000-8999}",
    "https://*.example.com:8443",
    "http://localhost:3000",
    "https://localhost",
    "ws://localhost:*",
    "http://[::1]:*",
    "https://*.vercel.app",
    "https://app-*.vercel.app",
    "chrome-extension://*",
    "moz-extension://*",
    "htps://*",
    "app://x",
    "http://10.0.0.0/8",
    "https://10.0.0.0/8",
    "wss://10.1.0.0/16:*",
    "https://8.8.0.0/16",
    "https://127.0.0.0/8",
    "https://[fd00::/8]:*",
    "file://",
];

const ORIGINS: [&str; 21] = [
    "https://a.example.com",
    "http://a.example.com",
    "https://a.example.com.",
    "https://a.example.com:8443",
    "https://b.example.com",
    "http://b.example.com",
    "https://b.a.example.com",
    "https://pr-1.example.com",
    "https://pr-1-x.example.com",
    "http://localhost:3000",
    "https://localhost",
    "https://app-1.vercel.app",
    "chrome-extension://abc",
    "app://x",
    "http://10.1.2.3",
    "https://10.1.2.3",
    "https://8.8.8.8",
    "https://[fd00::1]",
    "file://",
    "null",
    "https://elsewhere.example",
];

const METHODS: [&str; 6] = ["GET", "PUT", "PATCH", "patch", "DELETE", "OPTIONS"];
const NAMES: [&str; 4] = ["content-type", "authorization", "x-a", "x-b"];

fn origins() -> impl Strategy<Value = Rule> {
    prop_oneof![
        12 => subsequence(PATTERNS.to_vec(), 1..6).prop_shuffle().prop_map(Rule::allow_origins),
        2 => Just(Rule::allow_any_origin()),
        2 => Just(Rule::allow_origins(["null"])),
        1 => Just(Rule::ask()),
    ]
}

fn rule() -> impl Strategy<Value = Rule> {
    let methods = subsequence(
        vec!["PUT", "patch", "PATCH", "GET", "OPTIONS", "DELETE", "*"],
        0..4,
    );
    let headers = subsequence(
        vec!["content-type", "Authorization", "x-a", "x-b", "*"],
        0..4,
    );
    let exposed = subsequence(vec!["etag", "Expires", "x-a"], 0..3);
    let max_age = proptest::option::of(select(vec![0, 600, 601, 7_200, 7_201, 86_400]));
    let more = (any::<bool>(), max_age, 0..3_u8);
    (origins(), methods, headers, exposed, more).prop_map(
        |(rule, methods, headers, exposed, (credentials, max_age, timing))| {
            let mut rule = rule
                .allow_methods(methods)
                .allow_headers(headers)
                .expose_headers(exposed);
            if credentials {
                rule = rule.allow_credentials();
            }
            if let Some(seconds) = max_age {
                rule = rule.max_age(Duration::from_secs(seconds));
            }
            match timing {
                0 => rule,
                1 => rule.timing_allow_origin(),
                _ => rule.timing_allow_any_origin(),
            }
        },
    )
}

fn builder() -> impl Strategy<Value = PolicyBuilder> {
    (vec(rule(), 1..5), any::<[bool; 5]>()).prop_map(|(rules, dangers)| {
        let mut builder = PolicyBuilder::new(rules);
        if dangers[0] {
            builder = builder.dangerously_allow_any_host();
        }
        if dangers[1] {
            builder = builder.dangerously_allow_insecure_origins();
        }
        if dangers[2] {
            builder = builder.dangerously_allow_null_with_credentials();
        }
        if dangers[3] {
            builder = builder.dangerously_allow_public_suffixes();
        }
        if dangers[4] {
            builder = builder.dangerously_allow_networks();
        }
        builder
    })
}

fn policy() -> impl Strategy<Value = Policy> {
    builder().prop_filter_map("a refused policy", |builder| builder.build().ok())
}

fn applied(policy: &Policy, suggestion: &Edit) -> Policy {
    let mut builder = policy.to_builder();
    suggestion.apply(&mut builder);
    builder
        .build()
        .unwrap_or_else(|problems| panic!("{suggestion}: {problems}"))
}

/// Whether such a lint is about something that is missing.
fn is_about_what_is_missing(kind: LintKind) -> bool {
    matches!(
        kind,
        LintKind::UnsentScheme
            | LintKind::MisspelledScheme
            | LintKind::TrailingDot
            | LintKind::InvalidExtensionId
            | LintKind::UnspecifiedAddress
            | LintKind::MethodCase
            | LintKind::NarrowerRuleAbove
            | LintKind::AnyHeaderWithoutAuthorization
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn suggestion_builds_and_silences_its_lint(policy in policy()) {
        for lint in policy.lints() {
            let Some(suggestion) = lint.suggestion() else {
                // Nothing would be left, or a person has to decide.
                let is_only_origin = (lint.rule_index(), lint.key()) == (Some(0), "allow_origins");
                prop_assert!(is_only_origin || lint.key() == "max_age", "{}", lint);
                continue;
            };
            let lints = applied(&policy, suggestion).lints();
            prop_assert!(!lints.contains(&lint), "{} in {:?}", lint, lints);
        }
    }

    #[test]
    fn lints_are_a_function_of_the_policy(policy in policy()) {
        let lints = policy.lints();
        prop_assert_eq!(&lints, &policy.lints());
        prop_assert_eq!(&lints, &policy.to_builder().build().unwrap().lints());
        let places: Vec<_> = lints.iter().map(|lint| lint.rule_index()).collect();
        prop_assert!(places.is_sorted());
    }

    #[test]
    fn lint_text_is_printable(policy in policy()) {
        for lint in policy.lints() {
            let suggestion = lint.suggestion().map(ToString::to_string).unwrap_or_default();
            for text in [lint.to_string(), suggestion] {
                prop_assert!(!text.chars().any(char::is_control), "{:?}", text);
                prop_assert!(text.len() <= 500, "{}", text);
            }
        }
    }

    #[test]
    fn suggestion_allows_no_more_than_is_missing(
        policy in policy(),
        origin in select(&ORIGINS[..]),
        method in select(&METHODS[..]),
        name in select(&NAMES[..]),
    ) {
        let request = preflight_for(origin, method, name);
        let credentials = |policy: &Policy| {
            let decision = policy.evaluate(&request);
            let mut headers = decision.headers();
            headers.any(|(name, _)| name == "access-control-allow-credentials")
        };
        let before = policy.evaluate(&request);
        for lint in policy.lints() {
            let Some(suggestion) = lint.suggestion() else { continue };
            let changed = applied(&policy, suggestion);
            let after = changed.evaluate(&request);
            let more = after.is_allowed() && !before.is_allowed()
                || credentials(&changed) && !credentials(&policy);
            // What is deleted is for the rules below to decide.
            let removed_rule = suggestion.rule_index().filter(|_| suggestion.key().is_none());
            let first_below = removed_rule.unwrap_or(lint.rule_index().unwrap() + 1);
            prop_assert!(
                !more
                    || is_about_what_is_missing(lint.kind())
                    || after.rule_index() >= Some(first_below),
                "{}", lint
            );
        }
    }

    #[test]
    fn applying_suggestions_terminates(policy in policy()) {
        let mut policy = policy;
        for _ in 0..500 {
            let lints = policy.lints();
            let mut suggestions = lints.iter().filter_map(|lint| lint.suggestion());
            let Some(suggestion) = suggestions.next() else {
                let of_all_there_is = |lint: &Lint| {
                    let place = (lint.rule_index(), lint.key(), lint.entry_index());
                    place == (Some(0), "allow_origins", Some(0)) || lint.key() == "max_age"
                };
                prop_assert!(lints.iter().all(of_all_there_is), "{:?}", lints);
                return Ok(());
            };
            policy = applied(&policy, suggestion);
        }
        prop_assert!(false, "{:?}", policy.lints());
    }
}
