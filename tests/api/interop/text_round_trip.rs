//! Policies and drafts to text and back.
#![cfg(feature = "serde")]

use std::time::Duration;

use cross_origin::{Policy, PolicyDraft, Rule};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::a;

#[track_caller]
fn draft_writes(draft: &PolicyDraft, json: &str) {
    assert_eq!(serde_json::to_string(draft).unwrap(), json);
    assert_eq!(&serde_json::from_str::<PolicyDraft>(json).unwrap(), draft);
}

#[track_caller]
fn policy_writes(policy: &Policy, json: &str) {
    assert_eq!(serde_json::to_string(policy).unwrap(), json);
    assert_eq!(&serde_json::from_str::<Policy>(json).unwrap(), policy);
    let draft = policy.to_draft();
    assert_eq!(&draft.build().unwrap(), policy);
    draft_writes(&draft, json);
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
    let again = PolicyDraft::new([a()]).preflight_status(204);
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
    let all = PolicyDraft::new([a(), Rule::ask().allow_credentials()])
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
        &PolicyDraft::new([rule().allow_methods(["put", "put"])]),
        r#"{"allow_origins":["http://a.example:80","https://a.example:{443}","http://a.example"],"allow_methods":["put","put"]}"#,
    );
}

#[test]
fn invalid_drafts_are_serialized() {
    draft_writes(&PolicyDraft::new([]), r#"{"rules":[]}"#);
    draft_writes(
        &PolicyDraft::new([Rule::allow_origins(["x\n", ""])]).preflight_status(0),
        r#"{"allow_origins":["x\n",""],"preflight_status":0}"#,
    );
    let parts = a().max_age(Duration::from_millis(1500));
    let json = serde_json::to_string(&PolicyDraft::new([parts])).unwrap();
    assert_eq!(
        json,
        r#"{"allow_origins":["https://a.example"],"max_age":1.5}"#
    );
}

#[test]
fn reading_problems_are_not_serialized() {
    let json = r#"{"allow_origins":["https://a.example"],"x":1}"#;
    let draft: PolicyDraft = serde_json::from_str(json).unwrap();
    assert!(draft.build().is_err());
    assert_eq!(
        serde_json::to_string(&draft).unwrap(),
        r#"{"allow_origins":["https://a.example"]}"#
    );
}

// ---------------------------------------------------------------- at once

#[test]
fn invalid_json_is_an_error_of_the_format() {
    assert!(serde_json::from_str::<PolicyDraft>("{").is_err());
    assert!(serde_json::from_str::<PolicyDraft>(&"[".repeat(10_000)).is_err());
}

#[test]
fn deserializing_a_policy_reports_every_problem() {
    let json = r#"{"allow_origins":["https://a.example/"],"max_age":-1}"#;
    let draft: PolicyDraft = serde_json::from_str(json).unwrap();
    let problems = draft.build().unwrap_err();
    let error = serde_json::from_str::<Policy>(json).unwrap_err();
    assert_eq!(error.to_string(), problems.to_string());
    assert!(error.to_string().contains("; max_age: "), "{error}");
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

fn draft() -> impl Strategy<Value = PolicyDraft> {
    let dangers = any::<[bool; 4]>();
    (vec(rule(), 1..4), dangers, 195..305_u16).prop_map(|(rules, dangers, status)| {
        let mut draft = PolicyDraft::new(rules).preflight_status(status);
        if dangers[0] {
            draft = draft.dangerously_allow_any_host();
            draft = draft.dangerously_allow_networks();
        }
        if dangers[1] {
            draft = draft.dangerously_allow_insecure_origins();
        }
        if dangers[2] {
            draft = draft.dangerously_allow_null_with_credentials();
        }
        if dangers[3] {
            draft = draft.dangerously_allow_public_suffixes();
        }
        draft
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn drafts_round_trip(draft in draft()) {
        let json = serde_json::to_string(&draft).unwrap();
        let read: PolicyDraft = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&read, &draft);
        prop_assert_eq!(read.build(), draft.build());
    }

    #[test]
    fn policies_round_trip(
        draft in draft().prop_filter_map("no policy", |draft| draft.build().ok())
    ) {
        let json = serde_json::to_string(&draft).unwrap();
        let read: Policy = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&read, &draft);
        prop_assert_eq!(read.to_draft(), draft.to_draft());
    }
}
