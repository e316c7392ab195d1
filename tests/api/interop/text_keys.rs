//! Keys that a policy in text does not have, keys that stand there twice, and the order of what is
//! wrong.
#![cfg(feature = "serde")]

use cross_origin::{Policy, PolicyProblem, ProblemKind};

use ProblemKind as K;

use crate::support::texts::{A, Place, places, problems};

fn place(rule: Option<usize>, key: &str, entry: Option<usize>, kind: ProblemKind) -> Place {
    (rule, Some(key.to_owned()), entry, kind)
}

#[test]
fn unknown_keys() {
    for (json, rule) in [
        (format!(r#"{{{A},"allow_origin":1}}"#), Some(0)),
        (format!(r#"{{"rules":[{{{A}}}],"allow_origin":1}}"#), None),
        (
            format!(r#"{{"rules":[{{"allow_origins":"ask"}},{{{A},"allow_origin":1}}]}}"#),
            Some(1),
        ),
    ] {
        assert_eq!(
            places(&json),
            [place(rule, "allow_origin", None, K::UnknownKey)]
        );
    }
}

#[test]
fn missing_origins_are_no_problem_of_their_own_next_to_a_misspelled_key() {
    for key in ["allow_origin", "AllowedOrigins", "domains", "orgins"] {
        let json = format!(r#"{{"{key}":["https://a.example"],"max_age":1}}"#);
        assert_eq!(places(&json), [place(Some(0), key, None, K::UnknownKey)]);
        let rules = format!(r#"{{"rules":[{json}]}}"#);
        assert_eq!(places(&rules), [place(Some(0), key, None, K::UnknownKey)]);
    }
    let json = r#"{"allow_origin_regex":"x"}"#;
    let no_origin = place(Some(0), "allow_origins", None, K::NoOrigin);
    let unknown = place(Some(0), "allow_origin_regex", None, K::UnknownKey);
    assert_eq!(places(json), [no_origin, unknown]);
}

#[test]
fn unknown_keys_are_escaped() {
    let json = format!(r#"{{{A},"x\ny":1}}"#);
    let problems = problems(&json);
    let problem = problems.iter().next().unwrap();
    assert!(problem.to_string().starts_with(r"`x\ny`: "), "{problem}");
    assert!(!problem.to_string().contains('\n'), "{problem}");
    assert_eq!(problem.key(), Some("x\ny"));
}

#[test]
fn keys_are_case_sensitive() {
    let json = format!(r#"{{{A},"Max_Age":1}}"#);
    assert_eq!(
        places(&json),
        [place(Some(0), "Max_Age", None, K::UnknownKey)]
    );
}

#[test]
fn rule_keys_next_to_rules() {
    for (key, value) in [
        ("allow_origins", "[\"https://b.example\"]"),
        ("allow_credentials", "true"),
        ("allow_methods", "[]"),
        ("allow_headers", "[]"),
        ("expose_headers", "[]"),
        ("max_age", "1"),
        ("timing_allow_origin", "true"),
    ] {
        for json in [
            format!(r#"{{"rules":[{{{A}}}],"{key}":{value}}}"#),
            format!(r#"{{"{key}":{value},"rules":[{{{A}}}]}}"#),
        ] {
            assert_eq!(places(&json), [place(None, key, None, K::UnknownKey)]);
        }
    }
}

#[test]
fn policy_keys_in_a_rule() {
    for key in ["rules", "preflight_status", "dangerously_allow"] {
        let json = format!(r#"{{"rules":[{{{A},"{key}":[]}}]}}"#);
        assert_eq!(places(&json), [place(Some(0), key, None, K::UnknownKey)]);
    }
}

#[test]
fn repeated_keys() {
    // in a rule: the first counts, and what is wrong with it is told too
    let json = r#"{"rules":[{"allow_origins":["https://a.example/"],"max_age":1,"max_age":-1,
                   "allow_origins":["b"]}]}"#;
    assert_eq!(
        places(json),
        [
            place(Some(0), "allow_origins", None, K::DuplicateKey),
            place(Some(0), "allow_origins", Some(0), K::Path),
            place(Some(0), "max_age", None, K::DuplicateKey),
        ]
    );
    // in the policy
    for key in ["preflight_status", "dangerously_allow"] {
        let value = if key == "preflight_status" {
            "200"
        } else {
            "[]"
        };
        let json = format!(r#"{{{A},"{key}":{value},"{key}":{value}}}"#);
        assert_eq!(places(&json), [place(None, key, None, K::DuplicateKey)]);
    }
    let json = format!(r#"{{"rules":[{{{A}}}],"rules":[]}}"#);
    assert_eq!(places(&json), [place(None, "rules", None, K::DuplicateKey)]);
    // three times is twice
    let json = format!(r#"{{"rules":[{{{A},"max_age":1,"max_age":1,"max_age":1}}]}}"#);
    assert_eq!(places(&json).len(), 2);
    // a key with a value that is equal
    let json = format!("{{{A},{A}}}");
    assert_eq!(places(&json)[0].3, K::DuplicateKey);
}

// ---------------------------------------------------------------- paths

#[track_caller]
fn paths(json: &str, expected: &[&str]) {
    let problems = problems(json);
    let paths: Vec<_> = problems.iter().map(PolicyProblem::path).collect();
    assert_eq!(paths, expected, "{json}");
    for problem in &problems {
        let path = problem.path();
        let shown = match path.as_str() {
            "" => problem.message().to_owned(),
            path => format!("{path}: {}", problem.message()),
        };
        assert_eq!(problem.to_string(), shown);
    }
    let text = problems.to_string();
    assert_eq!(
        serde_json::from_str::<Policy>(json)
            .unwrap_err()
            .to_string(),
        text
    );
}

#[test]
fn path_of_each_problem() {
    // As the text has it: with `rules` and without.
    let rule = r#"{"allow_origins":["https://a.example","https://b.example/",["https://c.example"],{}],
                   "allow_methods":[null,"TR ACE"],"allow_headers":{"x":[]},"max_age":[1],"x y":{"z":1}}"#;
    let places = [
        "allow_origins[1]",
        "allow_origins[2]",
        "allow_origins[3]",
        "allow_methods[0]",
        "allow_methods[1]",
        "allow_headers",
        "max_age",
        "`x y`",
    ];
    paths(rule, &places);
    let below = |rule: usize| places.map(|place| format!("rules[{rule}].{place}"));
    let all: Vec<_> = below(0).into_iter().chain(below(1)).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    paths(&format!(r#"{{"rules":[{rule},{rule}]}}"#), &all);
}

#[test]
fn paths_of_whole_rules_and_policies() {
    paths("[]", &[""]);
    paths("{}", &["allow_origins"]);
    paths(r#"{"rules":{}}"#, &["rules"]);
    paths(
        r#"{"rules":[7,{}]}"#,
        &["rules[0]", "rules[1].allow_origins"],
    );
    paths(
        r#"{"allow_origins":"*","preflight_status":"ok","dangerously_allow":[[]]}"#,
        &["preflight_status", "dangerously_allow[0]"],
    );
    // Beside `rules`, where it can't be.
    paths(
        &format!(r#"{{"rules":[{{{A}}}],"max_age":1,"allow_origin":[]}}"#),
        &["max_age", "`allow_origin`"],
    );
}

// ---------------------------------------------------------------- order

#[test]
fn problems_of_reading_and_building_are_ordered() {
    let json = r#"{
        "dangerously_allow": ["x"],
        "preflight_status": 99,
        "what": 0,
        "rules": [
            {
                "why": 0,
                "timing_allow_origin": 1,
                "max_age": 90000,
                "expose_headers": [0, "set cookie"],
                "allow_headers": ["host:", 0],
                "allow_methods": 0,
                "allow_credentials": 0,
                "allow_origins": ["https://a.example/", 0, "b"]
            },
            7,
            { "allow_origins": [] },
            { "allow_origins": ["https://a.example"], "allow_methods": ["TR ACE", 0] }
        ]
    }"#;
    let (first, third, fourth) = (Some(0), Some(2), Some(3));
    assert_eq!(
        places(json),
        [
            place(None, "preflight_status", None, K::PreflightStatus),
            place(None, "dangerously_allow", Some(0), K::WrongType),
            place(None, "what", None, K::UnknownKey),
            place(first, "allow_origins", Some(0), K::Path),
            place(first, "allow_origins", Some(1), K::WrongType),
            place(first, "allow_origins", Some(2), K::SchemeMissing),
            place(first, "allow_credentials", None, K::WrongType),
            place(first, "allow_methods", None, K::WrongType),
            place(first, "allow_headers", Some(0), K::InvalidHeaderName),
            place(first, "allow_headers", Some(1), K::WrongType),
            place(first, "expose_headers", Some(0), K::WrongType),
            place(first, "expose_headers", Some(1), K::InvalidHeaderName),
            place(first, "max_age", None, K::MaxAge),
            place(first, "timing_allow_origin", None, K::WrongType),
            place(first, "why", None, K::UnknownKey),
            (Some(1), None, None, K::WrongType),
            place(third, "allow_origins", None, K::NoOrigin),
            place(fourth, "allow_methods", Some(0), K::InvalidMethod),
            place(fourth, "allow_methods", Some(1), K::WrongType),
        ]
    );
}

#[test]
fn flat_and_listed_rules_have_the_same_problems() {
    let flat = r#""allow_origins":["https://a.example/",0],"max_age":-1,"allow_methods":"P(UT""#;
    let nested = format!(r#"{{"rules":[{{{flat}}}]}}"#);
    assert_eq!(problems(&format!("{{{flat}}}")), problems(&nested));
}

#[test]
fn repeated_key_of_a_flat_rule() {
    let json =
        format!(r#"{{{A},"max_age":1,"max_age":2,"preflight_status":200,"preflight_status":200}}"#);
    assert_eq!(
        places(&json),
        [
            place(None, "preflight_status", None, K::DuplicateKey),
            place(Some(0), "max_age", None, K::DuplicateKey),
        ]
    );
}
