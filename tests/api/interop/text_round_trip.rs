//! Policies and builders to text and back.
#![cfg(feature = "serde")]

use std::time::Duration;

use cross_origin::{Policy, PolicyBuilder, Rule};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::a;

#[track_caller]
fn draft_writes(builder: &PolicyBuilder, json: &str) {
    assert_eq!(serde_json::to_string(builder).unwrap(), json);
    assert_eq!(
        &serde_json::from_str::<PolicyBuilder>(json).unwrap(),
        builder
    );
}

#[track_caller]
fn policy_writes(policy: &Policy, json: &str) {
    assert_eq!(serde_json::to_string(policy).unwrap(), json);
    assert_eq!(&serde_json::from_str::<Policy>(json).unwrap(), policy);
    let builder = policy.to_builder();
    assert_eq!(&builder.build().unwrap(), policy);
    draft_writes(&builder, json);
}

#[track_caller]
fn rule_writes(rule: Rule, json: &str) {
    policy_writes(&Policy::new([rule]).unwrap(), json);
}

// ---------------------------------------------------------------- tables

#[test]
fn defaults_are_not_serialized() {
    rule_writes(a(), r#"{"allow_origins":["https://a.example"]}"#);
    rule_writes(Rule::ask(), r#"{"allow_origins":"ask"}"#);
    rule_writes(Rule::allow_any_origin(), r#"{"allow_origins":["*"]}"#);
    rule_writes(
        Rule::allow_origins(["null"]),
        r#"{"allow_origins":["null"]}"#,
    );
    let again = PolicyBuilder::new([a()]).preflight_status(204);
    policy_writes(
        &again.build().unwrap(),
        r#"{"allow_origins":["https://a.example"]}"#,
    );
}

#[test]
fn each_key() {
    let rows = [
        (a().allow_credentials(), r#""allow_credentials":true"#),
        (
            a().allow_methods(["put", "patch"]),
            r#""allow_methods":["PUT","patch"]"#,
        ),
        (
            a().allow_methods(["PUT", "*"]),
            r#""allow_methods":["*","PUT"]"#,
        ),
        (
            a().allow_headers(["X-A", "x-a", "x-b"]),
            r#""allow_headers":["x-a","x-b"]"#,
        ),
        (
            a().allow_headers(["Authorization", "*", "x"]),
            r#""allow_headers":["*","authorization","x"]"#,
        ),
        (
            a().expose_headers(["ETag", "*"]),
            r#""expose_headers":["*","etag"]"#,
        ),
        (a().max_age(Duration::ZERO), r#""max_age":0"#),
        (a().max_age(Duration::from_secs(600)), r#""max_age":600"#),
        (a().timing_allow_origin(), r#""timing_allow_origin":true"#),
        (
            a().timing_allow_any_origin(),
            r#""timing_allow_origin":"*""#,
        ),
    ];
    for (rule, key) in rows {
        let json = format!(r#"{{"allow_origins":["https://a.example"],{key}}}"#);
        rule_writes(rule, &json);
    }
}

#[test]
fn policy_wide_keys() {
    let all = PolicyBuilder::new([a(), Rule::ask().allow_credentials()])
        .preflight_status(200)
        .dangerously_allow_any_host()
        .dangerously_allow_null_with_credentials()
        .dangerously_allow_public_suffixes()
        .dangerously_allow_insecure_origins();
    let json = r#"{"rules":[{"allow_origins":["https://a.example"]},{"allow_origins":"ask","allow_credentials":true}],"preflight_status":200,"dangerously_allow":["insecure-origins","public-suffixes","null-with-credentials","any-host"]}"#;
    policy_writes(&all.build().unwrap(), json);
    draft_writes(&all, json);
}

#[test]
fn policy_is_serialized_canonically_and_draft_verbatim() {
    let texts = [
        "http://a.example:80",
        "https://a.example:{443}",
        "http://a.example",
    ];
    let rule = || Rule::allow_origins(texts);
    rule_writes(
        rule(),
        r#"{"allow_origins":["http://a.example","https://a.example"]}"#,
    );
    draft_writes(
        &PolicyBuilder::new([rule().allow_methods(["put", "put"])]),
        r#"{"allow_origins":["http://a.example:80","https://a.example:{443}","http://a.example"],"allow_methods":["put","put"]}"#,
    );
}

#[test]
fn invalid_drafts_are_serialized() {
    draft_writes(&PolicyBuilder::new([]), r#"{"rules":[]}"#);
    draft_writes(
        &PolicyBuilder::new([Rule::allow_origins(["x\n", ""])]).preflight_status(0),
        r#"{"allow_origins":["x\n",""],"preflight_status":0}"#,
    );
    let parts = a().max_age(Duration::from_millis(1500));
    let json = serde_json::to_string(&PolicyBuilder::new([parts])).unwrap();
    assert_eq!(
        json,
        r#"{"allow_origins":["https://a.example"],"max_age":1.5}"#
    );
}

#[test]
fn reading_problems_are_not_serialized() {
    let json = r#"{"allow_origins":["https://a.example"],"x":1}"#;
    let builder: PolicyBuilder = serde_json::from_str(json).unwrap();
    assert!(builder.build().is_err());
    assert_eq!(
        serde_json::to_string(&builder).unwrap(),
        r#"{"allow_origins":["https://a.example"]}"#
    );
}

// ---------------------------------------------------------------- at once

#[test]
fn invalid_json_is_an_error_of_the_format() {
    assert!(serde_json::from_str::<PolicyBuilder>("{").is_err());
    assert!(serde_json::from_str::<PolicyBuilder>(&"[".repeat(10_000)).is_err());
}

#[test]
fn deserializing_a_policy_reports_every_problem() {
    let json = r#"{"allow_origins":["https://a.example/"],"max_age":-1}"#;
    let builder: PolicyBuilder = serde_json::from_str(json).unwrap();
    let problems = builder.build().unwrap_err();
    let error = serde_json::from_str::<Policy>(json).unwrap_err();
    assert_eq!(error.to_string(), problems.to_string());
    assert!(error.to_string().contains("\nmax_age: "), "{error}");
    let read: Policy = serde_json::from_str(r#"{"allow_origins":["https://a.example"]}"#).unwrap();
    assert_eq!(read, Policy::new([a()]).unwrap());
}

// ---------------------------------------------------------------- generated

const PATTERNS: [&str; 9] = [
    "https://*.example.com",
    "https://app-*-team.example.com:8443",
    "http://localhost:*",
    "https://a.example:{443,8000-8999}",
    "http://a.example:80",
    "https://xn--bcher-kva.example",
    "http://[::1]:3000",
    "chrome-extension://abcDEF",
    "app://",
];

fn origins() -> impl Strategy<Value = Rule> {
    prop_oneof![
        8 => vec(select(&PATTERNS[..]), 1..5).prop_map(Rule::allow_origins),
        1 => Just(Rule::allow_any_origin()),
        1 => Just(Rule::allow_origins(["null"])),
        1 => Just(Rule::ask()),
    ]
}

fn rule() -> impl Strategy<Value = Rule> {
    let methods = vec(select(&["put", "PATCH", "patch", "*", "OPTIONS"][..]), 0..4);
    let names = || {
        vec(
            select(&["X-A", "x-a", "*", "Authorization", "x-b"][..]),
            0..4,
        )
    };
    let more = (any::<bool>(), proptest::option::of(0..=86_400_u64), 0..3_u8);
    (origins(), methods, names(), names(), more).prop_map(
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
    let dangers = any::<[bool; 4]>();
    (vec(rule(), 1..4), dangers, 195..305_u16).prop_map(|(rules, dangers, status)| {
        let mut builder = PolicyBuilder::new(rules).preflight_status(status);
        if dangers[0] {
            builder = builder.dangerously_allow_any_host();
            builder = builder.dangerously_allow_networks();
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
        builder
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn builders_round_trip(builder in builder()) {
        let json = serde_json::to_string(&builder).unwrap();
        let read: PolicyBuilder = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&read, &builder);
        prop_assert_eq!(read.build(), builder.build());
    }

    #[test]
    fn policies_round_trip(
        builder in builder().prop_filter_map("no policy", |builder| builder.build().ok())
    ) {
        let json = serde_json::to_string(&builder).unwrap();
        let read: Policy = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&read, &builder);
        prop_assert_eq!(read.to_builder(), builder.to_builder());
    }
}
