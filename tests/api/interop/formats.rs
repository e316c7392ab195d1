//! A policy reads the same from TOML and YAML as from JSON, and is wrong in the same way.
#![cfg(feature = "serde")]

use cross_origin::{Policy, PolicyBuilder, PolicyProblem};

fn toml(text: &str) -> PolicyBuilder {
    toml::from_str(text).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn yaml(text: &str) -> PolicyBuilder {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

/// All three are the same policy, or have problems at these places.
#[track_caller]
fn same(json: &str, in_toml: &str, in_yaml: &str, expected: &[&str]) {
    let builder: PolicyBuilder = serde_json::from_str(json).expect(json);
    for read in [toml(in_toml), yaml(in_yaml)] {
        if expected.is_empty() {
            assert_eq!(read, builder);
        }
        assert_eq!(read.build(), builder.build());
        let problems = read.build().err();
        let lines: Vec<_> = problems
            .iter()
            .flatten()
            .map(|problem| format!("{} {}", problem.path(), problem.kind()))
            .collect();
        assert_eq!(lines, expected);
    }
    let all = match builder.build() {
        Ok(_) => String::new(),
        Err(problems) => problems.to_string(),
    };
    // At once, the error has the text of every problem.
    let built = [
        serde_json::from_str::<Policy>(json).map_err(|error| error.to_string()),
        toml::from_str::<Policy>(in_toml).map_err(|error| error.to_string()),
        serde_saphyr::from_str::<Policy>(in_yaml).map_err(|error| error.to_string()),
    ];
    let [from_json, ..] = built.clone();
    for built in built {
        match built {
            Ok(_) => assert_eq!(built, from_json),
            Err(error) => assert!(error.contains(&all), "{error}"),
        }
    }
}

#[test]
fn one_rule() {
    same(
        r#"{"allow_origins":["https://app.example.com","http://localhost:*"],"allow_methods":["PUT"],
            "allow_headers":"*","expose_headers":["ETag"],"max_age":600,"timing_allow_origin":true,
            "preflight_status":200}"#,
        r#"
        # Our app, and development.
        allow_origins = ["https://app.example.com", "http://localhost:*"]
        allow_methods = ["PUT"]
        allow_headers = "*"
        expose_headers = ["ETag"]
        max_age = 600
        timing_allow_origin = true
        preflight_status = 200
        "#,
        "
# Our app, and development.
allow_origins:
  - https://app.example.com
  - http://localhost:*
allow_methods: [PUT]
allow_headers: '*'
expose_headers: [ETag]
max_age: 600
timing_allow_origin: true
preflight_status: 200
",
        &[],
    );
}

#[test]
fn several_rules() {
    same(
        r#"{"rules":[{"allow_origins":["http://app.example.com"],"allow_credentials":true},
                     {"allow_origins":"ask"},{"allow_origins":"*","timing_allow_origin":"*"}],
            "dangerously_allow":["insecure-origins"]}"#,
        r#"
        dangerously_allow = ["insecure-origins"]

        [[rules]]
        allow_origins = ["http://app.example.com"]
        allow_credentials = true

        [[rules]]
        allow_origins = "ask"

        [[rules]]
        allow_origins = "*"
        timing_allow_origin = "*"
        "#,
        "
dangerously_allow: [insecure-origins]
rules:
  - allow_origins: [http://app.example.com]
    allow_credentials: true
  - allow_origins: ask
  - allow_origins: '*'
    timing_allow_origin: '*'
",
        &[],
    );
}

#[test]
fn problems_of_one_rule() {
    same(
        r#"{"allow_origins":["https://a.example","https://b.example/",3],"allow_credentials":"yes",
            "max_age":0.5,"preflight_status":404,"allow_origin":"x"}"#,
        r#"
        allow_origins = ["https://a.example", "https://b.example/", 3]
        allow_credentials = "yes"
        max_age = 0.5
        preflight_status = 404
        allow_origin = "x"
        "#,
        "
allow_origins: [https://a.example, https://b.example/, 3]
allow_credentials: 'yes'
max_age: 0.5
preflight_status: 404
allow_origin: x
",
        &[
            "preflight_status preflight-status",
            "allow_origins[1] path",
            "allow_origins[2] wrong-type",
            "allow_credentials wrong-type",
            "max_age max-age",
            "`allow_origin` unknown-key",
        ],
    );
}

#[test]
fn problems_of_several_rules() {
    same(
        r#"{"rules":[{"allow_origins":["https://a.example"],"allow_methods":{"put":true}},
                     {"allow_origins":["https://b.example","null"],"allow_headers":[["x-a"],"Cookie"]}]}"#,
        r#"
        [[rules]]
        allow_origins = ["https://a.example"]
        [rules.allow_methods]
        put = true

        [[rules]]
        allow_origins = ["https://b.example", "null"]
        allow_headers = [["x-a"], "Cookie"]
        "#,
        r#"
rules:
  - allow_origins: [https://a.example]
    allow_methods: {put: true}
  - allow_origins: [https://b.example, "null"]
    allow_headers: [[x-a], Cookie]
"#,
        &[
            "rules[0].allow_methods wrong-type",
            "rules[1].allow_origins[1] mixed",
            "rules[1].allow_headers[0] wrong-type",
        ],
    );
}

// ---------------------------------------------------------------- what one format has and others don't

#[track_caller]
fn only(builder: &PolicyBuilder, expected: &str) {
    let problems = builder.build().unwrap_err();
    let places: Vec<_> = problems.iter().map(PolicyProblem::path).collect();
    assert_eq!(places, [expected], "{problems}");
}

#[test]
fn yaml_words_that_are_not_strings() {
    only(&yaml("allow_origins: [null]"), "allow_origins[0]");
    only(
        &yaml("allow_origins: [https://a.example]\nallow_methods:\n"),
        "allow_methods",
    );
    // A star that is not quoted is the name of an anchor.
    assert!(serde_saphyr::from_str::<PolicyBuilder>("allow_origins: *").is_err());
    // What is anchored is read where it is named.
    let anchored = yaml(
        "rules:\n- allow_origins: [https://a.example]\n  allow_methods: &methods [PUT]\n\
                         - allow_origins: [https://b.example]\n  allow_methods: *methods\n",
    );
    let written = yaml(
        "rules:\n- allow_origins: [https://a.example]\n  allow_methods: [PUT]\n\
                        - allow_origins: [https://b.example]\n  allow_methods: [PUT]\n",
    );
    assert_eq!(anchored, written);
}

#[test]
fn toml_dates_are_wrong_types() {
    only(
        &toml("allow_origins = [\"https://a.example\"]\nmax_age = 2026-01-01"),
        "max_age",
    );
}

#[test]
fn repeated_keys_are_refused() {
    let origins =
        |equals: &str| format!("allow_origins{equals} [\"https://a.example\"]\n").repeat(2);
    assert!(toml::from_str::<PolicyBuilder>(&origins(" =")).is_err());
    assert!(serde_saphyr::from_str::<PolicyBuilder>(&origins(":")).is_err());
}
