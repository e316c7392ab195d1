//! The schema of policies in text says what the reader does.
#![cfg(feature = "serde")]

use std::collections::BTreeSet;

use cross_origin::limits::MAX_MAX_AGE_SECS;
use cross_origin::{POLICY_SCHEMA, PolicyBuilder, PolicyProblem, ProblemKind};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

fn schema() -> Value {
    serde_json::from_str(POLICY_SCHEMA).unwrap()
}

// ---------------------------------------------------------------- a reader of the schema's keywords

/// Whether a value is valid: JSON Schema, builder 07, for the keywords that the schema has.
fn is_valid(root: &Value, schema: &Value, value: &Value) -> bool {
    let keywords = schema.as_object().unwrap();
    let is = |schema| is_valid(root, schema, value);
    keywords
        .iter()
        .all(|(keyword, expected)| match keyword.as_str() {
            "$schema" | "title" | "description" | "default" | "examples" | "definitions" => true,
            "then" | "else" => keywords.contains_key("if"),
            "$ref" => {
                assert_eq!(keywords.len(), 1, "a reference stands alone");
                let path = expected.as_str().unwrap().strip_prefix('#').unwrap();
                is(root.pointer(path).unwrap())
            }
            "pattern" => {
                assert_eq!(expected, "[^, \\t\\r\\n]");
                let separates = |c| matches!(c, ',' | ' ' | '\t' | '\r' | '\n');
                value
                    .as_str()
                    .is_none_or(|text| !text.chars().all(separates))
            }
            "type" => has_type(expected.as_str().unwrap(), value),
            "const" => value == expected,
            "enum" => expected.as_array().unwrap().contains(value),
            "anyOf" => expected.as_array().unwrap().iter().any(is),
            "if" => is(&keywords[if is(expected) { "then" } else { "else" }]),
            "minimum" => value
                .as_f64()
                .is_none_or(|number| number >= expected.as_f64().unwrap()),
            "maximum" => value
                .as_f64()
                .is_none_or(|number| number <= expected.as_f64().unwrap()),
            "items" => {
                let items = value.as_array().into_iter().flatten();
                items.into_iter().all(|item| is_valid(root, expected, item))
            }
            "minItems" => {
                let least = expected.as_u64().unwrap();
                value
                    .as_array()
                    .is_none_or(|items| items.len() as u64 >= least)
            }
            "required" | "properties" | "additionalProperties" | "propertyNames" => {
                let members = value.as_object();
                members.is_none_or(|members| has_members(root, keywords, keyword, members))
            }
            keyword => panic!("`{keyword}` is not known here"),
        })
}

fn has_type(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        name => panic!("`{name}` is not known here"),
    }
}

fn has_members(
    root: &Value,
    keywords: &Map<String, Value>,
    keyword: &str,
    members: &Map<String, Value>,
) -> bool {
    let expected = &keywords[keyword];
    let known = |name: &String| keywords["properties"].get(name);
    match keyword {
        "required" => {
            let mut names = expected.as_array().unwrap().iter();
            names.all(|name| members.contains_key(name.as_str().unwrap()))
        }
        "properties" => {
            let mut known = members
                .iter()
                .filter_map(|(name, value)| Some((known(name)?, value)));
            known.all(|(schema, value)| is_valid(root, schema, value))
        }
        "additionalProperties" => {
            assert_eq!(expected, &json!(false));
            members.keys().all(|name| known(name).is_some())
        }
        _ => members
            .keys()
            .all(|name| is_valid(root, expected, &json!(name))),
    }
}

// ---------------------------------------------------------------- the types

fn builder(value: &Value) -> PolicyBuilder {
    serde_json::from_value(value.clone()).unwrap()
}

fn problems(value: &Value) -> Vec<PolicyProblem> {
    builder(value).build().err().into_iter().flatten().collect()
}

/// The names in backticks in what the reader says of a policy, after `one of`.
fn named(value: &Value) -> BTreeSet<String> {
    let problems = problems(value);
    let message = problems.iter().map(PolicyProblem::message);
    let list = message
        .filter_map(|message| message.split_once("one of "))
        .next()
        .unwrap()
        .1;
    let list = list.split(", found ").next().unwrap();
    list.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn keys(of: &Value) -> BTreeSet<String> {
    of["properties"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect()
}

fn texts(of: &Value) -> BTreeSet<String> {
    of.as_array()
        .unwrap()
        .iter()
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn schema_keys_match_the_reader() {
    let schema = schema();
    assert_eq!(keys(&schema), named(&json!({ "x": 0 })));
    assert_eq!(
        keys(&schema["definitions"]["rule"]),
        named(&json!({ "rules": [{ "x": 0 }] }))
    );
    let beside = &schema["then"]["propertyNames"]["enum"];
    assert_eq!(texts(beside), named(&json!({ "rules": [], "x": 0 })));
}

#[test]
fn schema_dangers_match_the_reader() {
    let schema = schema();
    let names = &schema["definitions"]["dangerously_allow"]["items"]["enum"];
    assert_eq!(texts(names), named(&json!({ "dangerously_allow": ["x"] })));
}

#[test]
fn schema_limits_match_the_reader() {
    let schema = schema();
    assert_eq!(
        schema["definitions"]["max_age"]["maximum"],
        json!(MAX_MAX_AGE_SECS)
    );
    assert_eq!(
        schema["definitions"]["preflight_status"]["default"],
        json!(204)
    );
    let plain = builder(&json!({ "allow_origins": "*" }));
    assert_eq!(
        builder(&json!({ "allow_origins": "*", "preflight_status": 204 })),
        plain
    );
}

#[test]
fn every_definition_has_a_description() {
    let schema = schema();
    let definitions = schema["definitions"].as_object().unwrap();
    for (name, definition) in definitions {
        assert!(definition["description"].is_string(), "{name}");
        for example in definition
            .get("examples")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            assert!(is_valid(&schema, definition, example), "{name}: {example}");
        }
        if let Some(default) = definition.get("default") {
            assert!(is_valid(&schema, definition, default), "{name}");
        }
    }
}

#[test]
fn dollar_schema_is_an_unknown_key() {
    let value = json!({ "$schema": "policy.schema.json", "allow_origins": "*" });
    assert!(!is_valid(&schema(), &schema(), &value));
    assert_eq!(problems(&value)[0].kind(), ProblemKind::UnknownKey);
}

// ---------------------------------------------------------------- what is accepted

/// Whether a problem is one of shape, which a schema can tell.
fn is_of_shape(problem: &PolicyProblem) -> bool {
    [
        ProblemKind::UnknownKey,
        ProblemKind::WrongType,
        ProblemKind::Empty,
        ProblemKind::NoOrigin,
        ProblemKind::MaxAge,
        ProblemKind::PreflightStatus,
    ]
    .contains(&problem.kind())
}

#[track_caller]
fn agree(value: &Value) {
    let schema = schema();
    let problems = problems(value);
    let accepted = !problems.iter().any(is_of_shape);
    assert_eq!(
        is_valid(&schema, &schema, value),
        accepted,
        "{value}: {problems:?}"
    );
}

fn of(values: Value) -> BoxedStrategy<Value> {
    let Value::Array(values) = values else {
        panic!("{values}");
    };
    select(values).boxed()
}

/// Any value, and not often the right one.
fn anything() -> BoxedStrategy<Value> {
    of(json!([
        null, true, 0, 1.5, -1, 204, "*", "ask", "x", [], ["*"], ["x"], [["x"]], {}, {"rules": []}
    ]))
}

/// A value of a key, mostly of its type.
fn value(key: &str) -> BoxedStrategy<Value> {
    let right = match key {
        "allow_origins" => of(json!([
            ["https://a.example"],
            "*",
            "ask",
            [],
            ["https://a.example", 1],
            ["x", "y"],
            "https://a.example, https://b.example",
            " ,",
            ""
        ])),
        "allow_credentials" => of(json!([true, false])),
        "max_age" => of(json!([0, 600, 600.0, 86400, 86401, 86400.5, -1, 1e30])),
        "timing_allow_origin" => of(json!([true, false, "*", "true"])),
        "preflight_status" => of(json!([199, 200, 204.0, 299, 300, 250.5, 65736, -200])),
        "dangerously_allow" => of(json!([
            [],
            ["any-host"],
            ["any-host", "public-suffixes"],
            ["Any-host"]
        ])),
        "rules" => vec(prop_oneof![8 => rule(), 1 => anything()], 0..3)
            .prop_map(Value::Array)
            .boxed(),
        _ => of(json!([
            ["x-a"],
            "*",
            ["*", "x"],
            [],
            ["x", null],
            "x-a,x-b",
            "\t,"
        ])),
    };
    prop_oneof![6 => right, 1 => anything()].boxed()
}

const RULE: [&str; 8] = [
    "allow_origins",
    "allow_credentials",
    "allow_methods",
    "allow_headers",
    "expose_headers",
    "max_age",
    "timing_allow_origin",
    "allow_origin",
];

fn map(keys: Vec<&'static str>, always: &'static str) -> BoxedStrategy<Value> {
    let members = btree_map(select(keys), any::<prop::sample::Index>(), 0..4);
    let entries = members.prop_flat_map(move |members| {
        let mut keys: BTreeSet<&str> = members.into_keys().collect();
        keys.insert(always);
        let entries = keys
            .into_iter()
            .map(|key| (Just(key.to_owned()), value(key)));
        entries.collect::<Vec<_>>()
    });
    let all = (entries, 0..8_u8).prop_map(move |(mut entries, without)| {
        entries.retain(|(key, _)| without > 0 || key != always);
        Value::Object(entries.into_iter().collect())
    });
    all.boxed()
}

fn rule() -> BoxedStrategy<Value> {
    map(RULE.to_vec(), "allow_origins")
}

fn policy() -> BoxedStrategy<Value> {
    let whole = ["preflight_status", "dangerously_allow"];
    let flat = map([&RULE[..], &whole].concat(), "allow_origins");
    let rules = map(whole.to_vec(), "rules");
    let both = map([&RULE[..], &whole].concat(), "rules");
    prop_oneof![8 => flat, 8 => rules, 2 => both, 1 => anything()].boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn schema_accepts_what_the_reader_accepts(value in policy()) {
        agree(&value);
    }
}

#[test]
fn serialized_policies_match_the_schema() {
    for value in [
        json!({ "allow_origins": ["https://a.example"] }),
        json!({ "rules": [{ "allow_origins": "ask" }, { "allow_origins": "*", "max_age": 0 }], "preflight_status": 200 }),
        json!({}),
        json!({ "rules": [] }),
        json!({ "rules": [{}] }),
        json!({ "rules": [{ "allow_origins": "*" }], "allow_methods": [] }),
        json!({ "rules": [{ "allow_origins": "*", "preflight_status": 204 }] }),
        json!({ "allow_origins": "https://a.example" }),
    ] {
        agree(&value);
        let written = serde_json::to_value(builder(&value)).unwrap();
        if problems(&value).is_empty() {
            assert!(is_valid(&schema(), &schema(), &written), "{written}");
        }
    }
}
