//! Deserialization of policies: one rule written flat, or `rules`.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;

use serde::de::{Deserialize, Deserializer};

use super::value::Value;
use crate::origin::quoted::{Quoted, shown};
use crate::policy::builder::Dangers;
use crate::policy::error::{PolicyProblem, ProblemKind, Problems, key};
use crate::policy::list;
use crate::policy::path::Written;
use crate::policy::rule::{Rule, RuleOrigins, Timing};
use crate::policy::{
    MAX_RULES, PolicyBuilder, max_age_problem, preflight_status_problem, too_many_rules_problem,
};

/// The keys of a rule; a flat policy has them together with those of the policy.
const RULE_KEYS: [&str; 7] = [
    key::ALLOW_ORIGINS,
    key::ALLOW_CREDENTIALS,
    key::ALLOW_METHODS,
    key::ALLOW_HEADERS,
    key::EXPOSE_HEADERS,
    key::MAX_AGE,
    key::TIMING_ALLOW_ORIGIN,
];

/// Reads any text as a builder: unknown keys and wrong types are problems that
/// [`build`](PolicyBuilder::build) reports with all others.
impl<'de> Deserialize<'de> for PolicyBuilder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let mut builder = Self::new([]);
        read_policy(&mut builder, value);
        Ok(builder)
    }
}

/// The keys of a policy with `rules`.
const POLICY_KEYS: [&str; 3] = [key::RULES, key::PREFLIGHT_STATUS, key::DANGEROUSLY_ALLOW];

fn read_policy(builder: &mut PolicyBuilder, value: Value) {
    let entries = match value {
        Value::Map(entries) => entries,
        other => {
            let problem = wrong_type("a policy is a map with `allow_origins` or `rules`", &other);
            return builder.found_reading.push(problem);
        }
    };
    let written_flat = !entries.iter().any(|(key, _)| key == key::RULES);
    let mut flat = no_rule();
    let mut problems = Problems::default();
    let mut repeats = Problems::default();
    let entries = unrepeated(entries, &mut repeats);
    let of_rule = |problem: &PolicyProblem| {
        written_flat
            && !problem
                .key
                .as_deref()
                .is_some_and(|key| POLICY_KEYS.contains(&key))
    };
    problems.append(repeats, |problem| {
        Some(match of_rule(&problem) {
            true => problem.at_rule(0),
            false => problem,
        })
    });
    for (key, value) in entries {
        match key.as_str() {
            key::RULES => read_rules(builder, value, &mut problems),
            key::PREFLIGHT_STATUS => read_status(builder, value, &mut problems),
            key::DANGEROUSLY_ALLOW => read_dangers(&mut builder.dangers, value, &mut problems),
            _ if written_flat => {
                let mut found = Problems::default();
                read_rule_key(&mut flat, key, value, &key::ORDER, &mut found);
                problems.append(found, |problem| Some(problem.at_rule(0)));
            }
            _ => problems.push(unknown_key(key, &POLICY_KEYS)),
        }
    }
    if written_flat {
        builder.written = Written::Flat;
        builder.rules.push(flat);
    }
    problems.sort();
    builder.found_reading.append(problems, Some);
}

fn no_rule() -> Rule {
    Rule::allow_origins(core::iter::empty::<String>())
}

/// The entries without those whose key stood there before.
fn unrepeated(entries: Vec<(String, Value)>, problems: &mut Problems) -> Vec<(String, Value)> {
    let mut seen = BTreeSet::new();
    let mut first = Vec::new();
    for (key, value) in entries {
        if seen.insert(key.clone()) {
            first.push((key, value));
        } else {
            let message = "this key stands here twice: delete one".to_string();
            problems.push(PolicyProblem::new(ProblemKind::DuplicateKey, message).at_text_key(&key));
        }
    }
    first
}

fn read_rules(builder: &mut PolicyBuilder, value: Value, problems: &mut Problems) {
    let Value::List(rules) = value else {
        let problem = wrong_type("`rules` is a list of rules", &value);
        return problems.push(problem.at_key(key::RULES));
    };
    if rules.len() > MAX_RULES {
        problems.push(too_many_rules_problem(rules.len()));
    }
    for (index, value) in rules.into_iter().enumerate().take(MAX_RULES) {
        let mut rule = no_rule();
        let mut found = Problems::default();
        match value {
            Value::Map(entries) => {
                for (key, value) in unrepeated(entries, &mut found) {
                    read_rule_key(&mut rule, key, value, &RULE_KEYS, &mut found);
                }
            }
            other => found.push(wrong_type("a rule is a map with `allow_origins`", &other)),
        }
        builder.rules.push(rule);
        problems.append(found, |problem| Some(problem.at_rule(index)));
    }
}

/// Reads one key of a rule; `known` are the keys that are allowed there.
fn read_rule_key(
    rule: &mut Rule,
    key: String,
    value: Value,
    known: &[&str],
    problems: &mut Problems,
) {
    match key.as_str() {
        key::ALLOW_ORIGINS => rule.origins = read_origins(value, problems),
        key::ALLOW_CREDENTIALS => match value {
            Value::Bool(credentials) => rule.credentials = credentials,
            other => problems.push(
                wrong_type("`allow_credentials` is `true` or `false`", &other)
                    .at_key(key::ALLOW_CREDENTIALS),
            ),
        },
        key::ALLOW_METHODS => rule.methods = read_list(key::ALLOW_METHODS, value, problems),
        key::ALLOW_HEADERS => rule.headers = read_list(key::ALLOW_HEADERS, value, problems),
        key::EXPOSE_HEADERS => rule.exposed = read_list(key::EXPOSE_HEADERS, value, problems),
        key::MAX_AGE => match value {
            Value::Whole(seconds) => rule.max_age = Some(Duration::from_secs(seconds)),
            Value::Number(text) => problems.push(max_age_problem(&text)),
            other => problems
                .push(wrong_type("`max_age` is a number of seconds", &other).at_key(key::MAX_AGE)),
        },
        key::TIMING_ALLOW_ORIGIN => match value {
            Value::Bool(matched) => rule.timing = matched.then_some(Timing::Matched),
            Value::Text(any) if any == "*" => rule.timing = Some(Timing::Any),
            other => problems.push(
                wrong_type("`timing_allow_origin` is `true` or `\"*\"`", &other)
                    .at_key(key::TIMING_ALLOW_ORIGIN),
            ),
        },
        _ => problems.push(unknown_key(key, known)),
    }
}

fn read_origins(value: Value, problems: &mut Problems) -> RuleOrigins {
    match value {
        Value::Text(text) if text == "ask" => RuleOrigins::Ask,
        // Without an entry it is a rule without origins, which building reports.
        Value::Text(text) => RuleOrigins::Listed(entries(&text)),
        other => RuleOrigins::Listed(read_list(key::ALLOW_ORIGINS, other, problems)),
    }
}

/// Reads a list of texts, or a text that is a whole list.
fn read_list(name: &'static str, value: Value, problems: &mut Problems) -> Vec<String> {
    match value {
        Value::Text(text) => {
            let entries = entries(&text);
            if entries.is_empty() {
                let message = format!(
                    "{} lists nothing: write names such as `\"x-a, x-b\"`, or delete `{name}`",
                    Quoted(&text)
                );
                let problem = PolicyProblem::new(ProblemKind::Empty, message);
                problems.push(problem.at_key(name).value(&text));
            }
            entries
        }
        Value::List(values) => (0_usize..)
            .zip(values)
            .map(|(entry, value)| match value {
                Value::Text(text) => text,
                other => {
                    let message = format!("each entry of `{name}` is a text");
                    let mut problem = wrong_type(&message, &other).at_key(name);
                    problem.entry = Some(entry);
                    problems.push(problem);
                    // It keeps the place of its entry, where building then finds no more.
                    String::new()
                }
            })
            .collect(),
        other => {
            let message = format!("`{name}` is a list of texts, or one text");
            problems.push(wrong_type(&message, &other).at_key(name));
            Vec::new()
        }
    }
}

fn entries(text: &str) -> Vec<String> {
    list::entries(text).map(String::from).collect()
}

fn read_status(builder: &mut PolicyBuilder, value: Value, problems: &mut Problems) {
    match value {
        Value::Whole(status) => match u16::try_from(status) {
            Ok(status) => builder.preflight_status = status,
            Err(_) => problems.push(preflight_status_problem(&status.to_string())),
        },
        Value::Number(text) => problems.push(preflight_status_problem(&text)),
        other => problems.push(
            wrong_type("`preflight_status` is a number", &other).at_key(key::PREFLIGHT_STATUS),
        ),
    }
}

fn read_dangers(dangers: &mut Dangers, value: Value, problems: &mut Problems) {
    let Value::List(values) = value else {
        let problem = wrong_type(
            "`dangerously_allow` is a list such as `[\"insecure-origins\"]`",
            &value,
        );
        return problems.push(problem.at_key(key::DANGEROUSLY_ALLOW));
    };
    let names = Dangers::NAMES.map(|name| format!("`{name}`")).join(", ");
    let message = format!("each entry of `dangerously_allow` is one of {names}");
    for (entry, value) in values.into_iter().enumerate() {
        let danger = match &value {
            Value::Text(name) => dangers.by_name(name),
            _ => None,
        };
        match danger {
            Some(allowed) => *allowed = true,
            None => {
                let mut problem = wrong_type(&message, &value).at_key(key::DANGEROUSLY_ALLOW);
                problem.entry = Some(entry);
                problems.push(problem);
            }
        }
    }
}

fn wrong_type(expected: &str, found: &Value) -> PolicyProblem {
    let message = match found {
        Value::Text(text) => format!("{expected}, not the text {}", Quoted(text)),
        other => format!("{expected}, not {}", other.type_name()),
    };
    let mut problem = PolicyProblem::new(ProblemKind::WrongType, message);
    problem.value = found.scalar().map(|text| shown(&text).into_owned());
    problem
}

/// Returns the problem of a key that is not allowed in this place.
fn unknown_key(key: String, known: &[&str]) -> PolicyProblem {
    let message = if RULE_KEYS.contains(&key.as_str()) {
        format!("beside `rules` there is no `{key}`: write it in each rule")
    } else if POLICY_KEYS.contains(&key.as_str()) {
        format!("in a rule there is no `{key}`: write it beside `rules`")
    } else {
        let known: Vec<_> = known.iter().map(|key| format!("`{key}`")).collect();
        format!(
            "there is no key {} here: write one of {}",
            Quoted(&key),
            known.join(", ")
        )
    };
    PolicyProblem::new(ProblemKind::UnknownKey, message).at_text_key(&key)
}
