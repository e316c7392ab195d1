//! Configurations that people wrote for other libraries, written down literally: what becomes of those
//! that are refused once their fixes are applied.

use std::collections::BTreeMap;

use cross_origin::{Policy, PolicyBuilder, RequestHeaders};
use serde::Deserialize;
use serde_json::Value;

use crate::fix::fixed;

const CONFIGS: &str = include_str!("configs.jsonl");

fn configs() -> Vec<Value> {
    let lines = CONFIGS.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn build(policy: &Value) -> Option<Policy> {
    PolicyBuilder::deserialize(policy).unwrap().build().ok()
}

/// Whether the policy gives each of the configuration's requests the verdict that is meant.
fn decides_as_meant(policy: &Policy, config: &Value) -> bool {
    config["requests"]
        .as_array()
        .unwrap()
        .iter()
        .all(|request| {
            let lines = request["headers"].as_array().unwrap().iter();
            let lines: Vec<(&str, &str)> = lines
                .map(|line| (line[0].as_str().unwrap(), line[1].as_str().unwrap()))
                .collect();
            let view = RequestHeaders::new(request["method"].as_str().unwrap()).headers(&lines);
            let verdict = policy.lookup(&view).map(|lookup| lookup.verdict(true));
            let decision = policy.evaluate_with(&view, verdict);
            Some(decision.is_allowed()) == request["allowed"].as_bool()
        })
}

/// The configurations that fixes do not mend, and the sentence of the law of fixes that withholds one.
const WITHHELD: [(&str, &str); 14] = [
    (
        "A7",
        "a fix removes no entry that is not covered by another of its rule",
    ),
    ("A8", "a fix adds no rule, and moves no entry to one"),
    ("F4", "a fix adds no rule, and moves no entry to one"),
    ("F7", "a fix adds no `*` that is not written there"),
    ("F9", "a fix adds no rule, and moves no entry to one"),
    ("H3", "a fix adds no rule, and moves no entry to one"),
    ("Y5", "a fix adds no port that is not written there"),
    (
        "X4",
        "a pattern admits nothing that the expression does not: here one label",
    ),
    (
        "I2",
        "a pattern admits nothing that the glob does not: here two labels",
    ),
    ("B10", "a fix removes and merges no rule"),
    (
        "O6",
        "a pattern admits nothing that the expression does not: here letters",
    ),
    ("O9", "a fix adds no `*` that is not written there"),
    (
        "O10",
        "a pattern admits nothing that the expression does not: here one label",
    ),
    ("O12", "a fix adds no rule, and moves no entry to one"),
];

#[test]
fn most_refused_configurations_are_fixed_as_meant() {
    let mut counts = BTreeMap::<&str, usize>::new();
    let mut unfixed = Vec::new();
    for config in configs() {
        let literal = &config["literal"];
        let outcome = if build(literal).is_some() {
            "accepted"
        } else if config["meant"].is_null() {
            "nothing is meant"
        } else {
            let policy = build(&fixed(literal).policy);
            if policy.is_some_and(|policy| decides_as_meant(&policy, &config)) {
                "fixed"
            } else {
                for problem in fixed(literal).left.iter().flatten() {
                    let ways = [
                        "; use ",
                        "list ",
                        "move it",
                        "merge it",
                        "; origins are written ",
                    ];
                    let message = problem.message();
                    assert!(ways.iter().any(|way| message.contains(way)), "{message}");
                }
                unfixed.push(config["id"].as_str().unwrap().to_owned());
                "withheld"
            }
        };
        *counts.entry(outcome).or_default() += 1;
    }
    let mut withheld = WITHHELD.map(|(id, _)| id.to_owned()).to_vec();
    withheld.sort_unstable();
    unfixed.sort_unstable();
    assert_eq!(unfixed, withheld, "{counts:?}");
    let refused = counts["fixed"] + counts["withheld"];
    assert!(counts["fixed"] * 100 >= refused * 75, "{counts:?}");
}

#[test]
fn fixed_configurations_have_none_of_the_problems_that_were_fixed() {
    for config in configs() {
        let fixed = fixed(&config["literal"]);
        let left = fixed.left.iter().flatten();
        assert!(
            left.clone().all(|problem| problem.fixes().is_empty()),
            "{}",
            config["id"]
        );
        assert_eq!(
            build(&fixed.policy).is_some(),
            left.count() == 0,
            "{}",
            config["id"]
        );
    }
}

#[test]
fn sources_have_no_configuration_of_the_data() {
    let mut texts = Vec::new();
    for config in configs() {
        let rules = config["literal"]["rules"].as_array().cloned();
        for rule in rules.unwrap_or_else(|| vec![config["literal"].clone()]) {
            let origins = rule["allow_origins"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            let is_special = |text: &String| {
                text.len() > 20
                    && !text.contains("localhost")
                    && !text.contains("127.0.0.1")
                    && !text.contains("example.com")
            };
            texts.extend(
                origins
                    .iter()
                    .filter_map(|text| Some(text.as_str()?.to_owned()))
                    .filter(is_special),
            );
        }
    }
    assert!(texts.len() > 20, "{}", texts.len());
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            let found = texts.iter().find(|text| source.contains(text.as_str()));
            assert_eq!(found, None, "{}", path.display());
        }
    }
}
