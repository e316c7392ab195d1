//! Deserialization of policies: one rule written flat, or `rules`.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;

use serde::de::{Deserialize, Deserializer};

use super::value::Value;
use crate::origin::quoted::Quoted;
use crate::policy::builder::Dangers;
use crate::policy::error::{PolicyProblem, ProblemKind, Problems, key};
use crate::policy::evidence::ValueType;
use crate::policy::likely_key::{likely_key, why_there_is_none};
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
            let problem = wrong_type(
                "invalid policy: expected a map with `allow_origins` or `rules`",
                &other,
            );
            return builder.found_reading.push(problem);
        }
    };
    let written_flat = !entries.iter().any(|(key, _)| key == key::RULES);
    let mut flat = no_rule();
    let mut problems = Problems::default();
    let mut repeats = Problems::default();
    let entries = unrepeated(entries, &mut repeats);
    let present = present(&entries);
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
                read_rule_key(&mut flat, key, value, &key::ORDER, present, &mut found);
                problems.append(found, |problem| Some(problem.at_rule(0)));
            }
            _ => problems.push(unknown_key(key, &value, &POLICY_KEYS, present)),
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
            let message = format!("key {} occurs twice: delete one", Quoted(&key));
            problems.push(PolicyProblem::new(ProblemKind::DuplicateKey, message).at_text_key(&key));
        }
    }
    first
}

fn read_rules(builder: &mut PolicyBuilder, value: Value, problems: &mut Problems) {
    let Value::List(rules) = value else {
        let problem = wrong_type("invalid `rules`: expected a list of rules", &value);
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
                let entries = unrepeated(entries, &mut found);
                let present = present(&entries);
                for (key, value) in entries {
                    read_rule_key(&mut rule, key, value, &RULE_KEYS, present, &mut found);
                }
            }
            other => found.push(wrong_type(
                "invalid rule: expected a map with `allow_origins`",
                &other,
            )),
        }
        builder.rules.push(rule);
        problems.append(found, |problem| Some(problem.at_rule(index)));
    }
}

/// The keys of policies among those of a map.
#[derive(Clone, Copy)]
struct Present {
    keys: u16,
}

impl Present {
    fn has(self, key: &str) -> bool {
        bit(key).is_some_and(|bit| self.keys & bit != 0)
    }
}

fn present(entries: &[(String, Value)]) -> Present {
    let bits = entries.iter().filter_map(|(key, _)| bit(key));
    Present {
        keys: bits.fold(0, |keys, bit| keys | bit),
    }
}

fn bit(key: &str) -> Option<u16> {
    let at = key::ORDER.iter().position(|known| *known == key)?;
    1_u16.checked_shl(u32::try_from(at).ok()?)
}

/// Reads one key of a rule; `known` are the keys that are allowed in the map, `present` those in it.
fn read_rule_key(
    rule: &mut Rule,
    key: String,
    value: Value,
    known: &[&str],
    present: Present,
    problems: &mut Problems,
) {
    match key.as_str() {
        key::ALLOW_ORIGINS => rule.origins = read_origins(value, problems),
        key::ALLOW_CREDENTIALS => match value {
            Value::Bool(credentials) => rule.credentials = credentials,
            other => problems.push(
                wrong_type(
                    "invalid `allow_credentials`: expected `true` or `false`",
                    &other,
                )
                .at_key(key::ALLOW_CREDENTIALS),
            ),
        },
        key::ALLOW_METHODS => rule.methods = read_list(key::ALLOW_METHODS, value, problems),
        key::ALLOW_HEADERS => rule.headers = read_list(key::ALLOW_HEADERS, value, problems),
        key::EXPOSE_HEADERS => rule.exposed = read_list(key::EXPOSE_HEADERS, value, problems),
        key::MAX_AGE => match value {
            Value::Whole(seconds) => rule.max_age = Some(Duration::from_secs(seconds)),
            Value::Number(text) => problems.push(max_age_problem(&text)),
            other => problems.push(
                wrong_type("invalid `max_age`: expected a number of seconds", &other)
                    .at_key(key::MAX_AGE),
            ),
        },
        key::TIMING_ALLOW_ORIGIN => match value {
            Value::Bool(matched) => rule.timing = matched.then_some(Timing::Matched),
            Value::Text(any) if any == "*" => rule.timing = Some(Timing::Any),
            other => problems.push(
                wrong_type(
                    "invalid `timing_allow_origin`: expected `true` or `\"*\"`",
                    &other,
                )
                .at_key(key::TIMING_ALLOW_ORIGIN),
            ),
        },
        _ => problems.push(unknown_key(key, &value, known, present)),
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
            if name != key::ALLOW_ORIGINS && is_in_quotes(&text) {
                let message = format!(
                    "invalid `{name}` {}: expected no quotes in the text; delete them",
                    Quoted(&text)
                );
                let problem = PolicyProblem::new(ProblemKind::WrongType, message);
                problems.push(problem.of_type(ValueType::Text).at_key(name).value(&text));
                return Vec::new();
            }
            if entries.is_empty() {
                let message = format!(
                    "invalid `{name}`: expected a list, found a text without an entry; list names, or delete the key"
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
                    let message = format!("invalid entry of `{name}`: expected a text");
                    let mut problem = wrong_type(&message, &other).at_key(name);
                    problem.entry = Some(entry);
                    problems.push(problem);
                    // It keeps the place of its entry, where building then finds no more.
                    String::new()
                }
            })
            .collect(),
        other => {
            let message = format!(
                "invalid `{name}`: expected a list of texts, or one text such as `\"a, b\"`"
            );
            problems.push(wrong_type(&message, &other).at_key(name));
            Vec::new()
        }
    }
}

/// Whether a text has quotes in it from end to end. Single quotes are characters of names, but no name
/// has them.
fn is_in_quotes(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c == ',' || c.is_ascii_whitespace());
    let is_in = |quote: char| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote);
    ['"', '\'', '`'].into_iter().any(is_in)
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
            wrong_type("invalid `preflight_status`: expected a number", &other)
                .at_key(key::PREFLIGHT_STATUS),
        ),
    }
}

fn read_dangers(dangers: &mut Dangers, value: Value, problems: &mut Problems) {
    let Value::List(values) = value else {
        let problem = wrong_type(
            "invalid `dangerously_allow`: expected a list such as `[\"insecure-origins\"]`",
            &value,
        );
        return problems.push(problem.at_key(key::DANGEROUSLY_ALLOW));
    };
    let names = Dangers::NAMES.map(|name| format!("`{name}`")).join(", ");
    let message = format!("invalid entry of `dangerously_allow`: expected one of {names}");
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
        Value::Text(text) => format!("{expected}, found the text {}", Quoted(text)),
        other => format!("{expected}, found {}", type_name(other.value_type())),
    };
    let problem = PolicyProblem::new(ProblemKind::WrongType, message).of_type(found.value_type());
    match found.scalar() {
        Some(text) => problem.value(&text),
        None => problem,
    }
}

fn type_name(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::Null => "null",
        ValueType::Bool => "a boolean",
        ValueType::Number => "a number",
        ValueType::Text => "a text",
        ValueType::List => "a list",
        ValueType::Map => "a map",
    }
}

/// Returns the problem of a key that is not allowed in this place.
fn unknown_key(key: String, value: &Value, known: &[&str], present: Present) -> PolicyProblem {
    let likely = likely_key(&key).filter(|likely| known.contains(likely));
    let meant = likely.filter(|likely| !present.has(likely));
    let message = if RULE_KEYS.contains(&key.as_str()) {
        format!("unknown key `{key}` next to `rules`: move it into each rule")
    } else if POLICY_KEYS.contains(&key.as_str()) {
        format!("unknown key `{key}` in a rule: move it next to `rules`")
    } else if let Some(reason) = why_there_is_none(&key) {
        format!("unknown key {}: {reason}", Quoted(&key))
    } else if let Some(meant) = meant {
        format!("unknown key {}: did you mean `{meant}`?", Quoted(&key))
    } else if let Some(likely) = likely {
        format!(
            "unknown key {}: delete it, as there is `{likely}` already",
            Quoted(&key)
        )
    } else {
        let known: Vec<_> = known.iter().map(|key| format!("`{key}`")).collect();
        format!(
            "unknown key {}: expected one of {}",
            Quoted(&key),
            known.join(", ")
        )
    };
    let mut problem = PolicyProblem::new(ProblemKind::UnknownKey, message)
        .at_text_key(&key)
        .of_type(value.value_type());
    problem.evidence.keys = present.keys;
    if let Value::Text(text) = value {
        // A list in a text, or a word that another key has.
        problem.evidence.text = Some(text.as_str().into());
    }
    let is_known = key::ORDER.contains(&key.as_str());
    problem.evidence.meant = meant.filter(|_| !is_known);
    problem
}
