//! A mended policy in the format that it was written in.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::policy_file::Format;

pub fn text(policy: &Value, format: Format) -> String {
    match (format, policy) {
        (Format::Toml, Value::Object(map)) => toml(map),
        (Format::Yaml, Value::Object(map)) => yaml(map, ""),
        _ => format!("{policy:#}\n"),
    }
}

/// Keys with their values, and a table for each rule. Strings and lists are written as in JSON, which is
/// valid TOML for them.
fn toml(map: &Map<String, Value>) -> String {
    let mut text = String::new();
    let is_rules = |key: &str, value: &Value| {
        key == "rules" && value.as_array().is_some_and(|list| !list.is_empty())
    };
    for (key, value) in map {
        if !is_rules(key, value) {
            let _ = writeln!(text, "{} = {value}", toml_key(key));
        }
    }
    let rules = map
        .get("rules")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    for rule in rules {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{}[[rules]]", gap);
        for (key, value) in rule.as_object().into_iter().flatten() {
            let _ = writeln!(text, "{} = {value}", toml_key(key));
        }
    }
    text
}

fn toml_key(key: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    match !key.is_empty() && key.bytes().all(is_bare) {
        true => key.to_owned(),
        false => Value::from(key).to_string(),
    }
}

/// Keys with their values, which are written as in JSON: that is valid YAML.
fn yaml(map: &Map<String, Value>, indent: &str) -> String {
    let mut text = String::new();
    for (key, value) in map {
        let key = toml_key(key);
        match value {
            Value::Array(list) if !list.is_empty() => {
                let _ = writeln!(text, "{indent}{key}:");
                for entry in list {
                    match entry {
                        Value::Object(rule) if !rule.is_empty() => {
                            let rule = yaml(rule, &format!("{indent}    "));
                            let first = rule.trim_start();
                            let _ = write!(text, "{indent}  - {first}");
                        }
                        entry => {
                            let _ = writeln!(text, "{indent}  - {entry}");
                        }
                    }
                }
            }
            value => {
                let _ = writeln!(text, "{indent}{key}: {value}");
            }
        }
    }
    text
}
