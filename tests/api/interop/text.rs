//! Reading a policy from text: each key, and what is wrong with a text that is no policy.
#![cfg(feature = "serde")]

use std::time::Duration;

use cross_origin::{PolicyBuilder, ProblemKind, Rule};

use ProblemKind as K;

use crate::support::a;
use crate::support::texts::{A, places, problems};

#[track_caller]
fn builder(json: &str) -> PolicyBuilder {
    serde_json::from_str(json).expect(json)
}

#[track_caller]
fn reads(json: &str, expected: PolicyBuilder) {
    assert_eq!(builder(json), expected, "{json}");
}

/// A rule reads the same written flat and in `rules`.
#[track_caller]
fn reads_rule(json: &str, rule: Rule) {
    let expected = PolicyBuilder::new([rule]);
    reads(json, expected.clone());
    reads(&format!("{{\"rules\":[{json}]}}"), expected);
}

/// The paths of all problems, which are of this kind.
#[track_caller]
fn refuses(json: &str, kind: ProblemKind, expected: &[&str]) {
    let problems = problems(json);
    let found: Vec<_> = problems.iter().map(|problem| problem.path()).collect();
    assert_eq!(found, expected, "{json}");
    let is_kind = problems.iter().all(|problem| problem.kind() == kind);
    assert!(is_kind, "{problems}");
}

/// A key beside the origin `https://a.example`.
fn beside(key: &str) -> String {
    format!("{{{A},{key}}}")
}

// ---------------------------------------------------------------- what is read

#[test]
fn origins() {
    reads_rule(&format!("{{{A}}}"), a());
    reads_rule(r#"{"allow_origins":"*"}"#, Rule::allow_any_origin());
    reads_rule(r#"{"allow_origins":["*"]}"#, Rule::allow_any_origin());
    reads_rule(r#"{"allow_origins":"ask"}"#, Rule::ask());
    for text in [
        "https://a.example",
        " https://a.example,",
        "https://a.example\\t",
    ] {
        reads_rule(&format!(r#"{{"allow_origins":"{text}"}}"#), a());
    }
    let two = "https://a.example,http://localhost:{1,2}\\r\\nhttps://b.example";
    let rule = [
        "https://a.example",
        "http://localhost:{1,2}",
        "https://b.example",
    ];
    reads_rule(
        &format!(r#"{{"allow_origins":"{two}"}}"#),
        Rule::allow_origins(rule),
    );
    // `*` and `ask` are words as the whole text alone.
    reads_rule(r#"{"allow_origins":"* "}"#, Rule::allow_any_origin());
    reads_rule(
        r#"{"allow_origins":"* ask"}"#,
        Rule::allow_origins(["*", "ask"]),
    );
    reads_rule(r#"{"allow_origins":"ask "}"#, Rule::allow_origins(["ask"]));
    reads_rule(r#"{"allow_origins":" ,"}"#, Rule::allow_origins([""; 0]));
    reads_rule(r#"{"allow_origins":[]}"#, Rule::allow_origins([""; 0]));
    // In a list it is a text as others are.
    reads_rule(r#"{"allow_origins":["ask"]}"#, Rule::allow_origins(["ask"]));
}

#[test]
fn each_key() {
    reads_rule(
        &beside(r#""allow_credentials":true"#),
        a().allow_credentials(),
    );
    reads_rule(&beside(r#""allow_credentials":false"#), a());
    reads_rule(
        &beside(r#""allow_methods":["PUT","x"]"#),
        a().allow_methods(["PUT", "x"]),
    );
    reads_rule(&beside(r#""allow_methods":"*""#), a().allow_methods(["*"]));
    reads_rule(&beside(r#""allow_methods":[]"#), a());
    reads_rule(
        &beside(r#""allow_headers":["X","x"]"#),
        a().allow_headers(["X", "x"]),
    );
    reads_rule(&beside(r#""allow_headers":"*""#), a().allow_headers(["*"]));
    reads_rule(
        &beside(r#""allow_headers":["*","Authorization"]"#),
        a().allow_headers(["*", "Authorization"]),
    );
    reads_rule(
        &beside(r#""expose_headers":["ETag"]"#),
        a().expose_headers(["ETag"]),
    );
    reads_rule(
        &beside(r#""expose_headers":"*""#),
        a().expose_headers(["*"]),
    );
    reads_rule(
        &beside(r#""timing_allow_origin":true"#),
        a().timing_allow_origin(),
    );
    reads_rule(&beside(r#""timing_allow_origin":false"#), a());
    reads_rule(
        &beside(r#""timing_allow_origin":"*""#),
        a().timing_allow_any_origin(),
    );
    for (number, seconds) in [("0", 0), ("600", 600), ("600.0", 600), ("6e2", 600)] {
        let max_age = Duration::from_secs(seconds);
        reads_rule(
            &beside(&format!("\"max_age\":{number}")),
            a().max_age(max_age),
        );
    }
}

#[test]
fn keys_of_the_whole_policy() {
    let status = PolicyBuilder::new([a()]).preflight_status(200);
    reads(&beside(r#""preflight_status":200"#), status.clone());
    reads(&beside(r#""preflight_status":200.0"#), status.clone());
    reads(
        &format!(r#"{{"preflight_status":200,"rules":[{{{A}}}]}}"#),
        status,
    );

    let none = || PolicyBuilder::new([a()]);
    reads(&beside(r#""dangerously_allow":[]"#), none());
    for (name, expected) in [
        (
            "insecure-origins",
            none().dangerously_allow_insecure_origins(),
        ),
        (
            "public-suffixes",
            none().dangerously_allow_public_suffixes(),
        ),
        (
            "null-with-credentials",
            none().dangerously_allow_null_with_credentials(),
        ),
        ("any-host", none().dangerously_allow_any_host()),
        ("networks", none().dangerously_allow_networks()),
    ] {
        let list = format!(r#""dangerously_allow":["{name}","{name}"]"#);
        assert_ne!(expected, none());
        reads(&beside(&list), expected.clone());
        reads(&format!(r#"{{"rules":[{{{A}}}],{list}}}"#), expected);
    }
}

#[test]
fn rules() {
    let json =
        r#"{"rules":[{"allow_origins":"ask","allow_credentials":true},{"allow_origins":"*"}]}"#;
    reads(
        json,
        PolicyBuilder::new([Rule::ask().allow_credentials(), Rule::allow_any_origin()]),
    );
    reads(r#"{"rules":[]}"#, PolicyBuilder::new([]));
    reads_rule("{}", Rule::allow_origins([""; 0]));
}

// ---------------------------------------------------------------- wrong types

#[test]
fn policy_that_is_not_a_map() {
    for json in ["null", "true", "1", "-1.5", "\"*\"", "[]"] {
        refuses(json, K::WrongType, &[""]);
        assert_eq!(places(json), [(None, None, None, K::WrongType)], "{json}");
    }
}

#[test]
fn rules_that_are_no_list_of_maps() {
    for json in [r#"{"rules":null}"#, r#"{"rules":"*"}"#, r#"{"rules":{}}"#] {
        refuses(json, K::WrongType, &["rules"]);
    }
    let json = format!(r#"{{"rules":[{{{A}}},null,["x"],"x"]}}"#);
    refuses(&json, K::WrongType, &["rules[1]", "rules[2]", "rules[3]"]);
}

#[test]
fn wrong_types() {
    for key in [
        "allow_credentials",
        "allow_methods",
        "allow_headers",
        "expose_headers",
        "max_age",
        "timing_allow_origin",
        "preflight_status",
        "dangerously_allow",
    ] {
        let whole = matches!(key, "preflight_status" | "dangerously_allow");
        let is_list = matches!(key, "allow_methods" | "allow_headers" | "expose_headers");
        for (value, found) in [
            ("null", Some("null")),
            ("{}", None),
            ("\"yes\"", Some("yes")),
        ] {
            if is_list && value == "\"yes\"" {
                continue;
            }
            let json = beside(&format!("\"{key}\":{value}"));
            refuses(&json, K::WrongType, &[key]);
            if !whole {
                let path = format!("rules[0].{key}");
                refuses(&format!("{{\"rules\":[{json}]}}"), K::WrongType, &[&path]);
            }
            let problems = problems(&json);
            let problem = problems.iter().next().unwrap();
            assert_eq!(problem.found(), found);
            assert_eq!(problem.key(), Some(key));
        }
    }
    refuses(
        &beside(r#""allow_credentials":1"#),
        K::WrongType,
        &["allow_credentials"],
    );
    refuses(&beside(r#""max_age":[600]"#), K::WrongType, &["max_age"]);
}

#[test]
fn wrong_types_of_origins() {
    // One problem for the place: not that there is no origin as well.
    for value in ["null", "true", "{}"] {
        let json = format!(r#"{{"allow_origins":{value}}}"#);
        refuses(&json, K::WrongType, &["allow_origins"]);
    }
}

#[test]
fn lists_in_one_text_without_an_entry_or_in_quotes() {
    for key in ["allow_methods", "allow_headers", "expose_headers"] {
        for text in ["", " ", ", ,"] {
            refuses(&beside(&format!("\"{key}\":\"{text}\"")), K::Empty, &[key]);
        }
        for text in ["'a, b'", " `a`", "'a,b',"] {
            let json = beside(&format!("\"{key}\":\"{text}\""));
            refuses(&json, K::WrongType, &[key]);
        }
    }
}

#[test]
fn wrong_type_keeps_the_entry_index() {
    for (key, wrong, kind) in [
        ("allow_origins", "https://b.example/", K::Path),
        ("allow_methods", "TR ACE", K::InvalidMethod),
        ("allow_headers", "Coo kie", K::InvalidHeaderName),
        ("expose_headers", "Set Cookie", K::InvalidHeaderName),
    ] {
        let values = format!(r#""{key}":[null,"{wrong}",1,"https"]"#);
        let json = match key {
            "allow_origins" => format!("{{{}}}", values.replace(",\"https\"", "")),
            _ => beside(&values),
        };
        let place = |entry, kind| (Some(0), Some(key.to_owned()), Some(entry), kind);
        assert_eq!(
            places(&json),
            [
                place(0, K::WrongType),
                place(1, kind),
                place(2, K::WrongType)
            ]
        );
    }
}

#[test]
fn unknown_dangers() {
    refuses(
        &beside(r#""dangerously_allow":["any-host",1,"everything","Any-Host"]"#),
        K::WrongType,
        &[
            "dangerously_allow[1]",
            "dangerously_allow[2]",
            "dangerously_allow[3]",
        ],
    );
}

// ---------------------------------------------------------------- numbers

#[test]
fn numbers_out_of_range() {
    for number in [
        "-1",
        "0.5",
        "600.5",
        "86401",
        "1e30",
        "18446744073709551615",
        "1e-9",
    ] {
        let json = beside(&format!("\"max_age\":{number}"));
        refuses(&json, K::MaxAge, &["max_age"]);
    }
    for number in [
        "-1",
        "0",
        "199",
        "300",
        "200.5",
        "65536",
        "70000",
        "18446744073709551615",
    ] {
        let json = beside(&format!("\"preflight_status\":{number}"));
        refuses(&json, K::PreflightStatus, &["preflight_status"]);
        let problems = problems(&json);
        let problem = problems.iter().next().unwrap();
        assert_eq!(problem.kind(), K::PreflightStatus);
        assert_eq!(problem.found(), Some(number));
    }
}

// ---------------------------------------------------------------- what is no text

#[test]
fn formats_without_key_names_are_an_error() {
    use serde::Deserialize;
    use serde::de::value::{BytesDeserializer, Error};
    let bytes = BytesDeserializer::<Error>::new(b"policy");
    let error = PolicyBuilder::deserialize(bytes).unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid type: byte array, expected a policy"
    );
}
