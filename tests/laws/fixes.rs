//! The law of fixes: a good policy that is damaged and then fixed allows nothing that it did not allow
//! before.

use cross_origin::advice::diff::ChangeSign;
use cross_origin::{OriginPattern, Policy, PolicyBuilder};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::fix::{apply, fixed};

/// Policies that people meant by what they wrote for other libraries.
fn good_policies() -> Vec<Value> {
    let lines = include_str!("../messages/configs.jsonl").lines();
    let configs = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
    let meant = configs.map(|config| config["meant"].clone());
    let own = [
        r#"{"allow_origins":["https://a.example","http://localhost:{3000,5173}","https://*.b.example:8443"],"allow_credentials":true,"allow_methods":["PUT","PATCH"],"allow_headers":["x-a","content-type"],"max_age":7200}"#,
        r#"{"rules":[{"allow_origins":["https://a.example"],"allow_credentials":true,"max_age":86400},{"allow_origins":["http://b.example:8080","http://192.168.1.5:3000","http://10.0.0.0/8"],"expose_headers":["etag","x-b"]},{"allow_origins":"*"}]}"#,
        r#"{"allow_origins":["http://[::1]:3000","https://xn--bcher-kva.example","https://pr-*.c.example","tauri://localhost"],"timing_allow_origin":true}"#,
        r#"{"allow_origins":"https://a.example, http://127.0.0.1:*","allow_methods":"PUT DELETE","preflight_status":200}"#,
    ];
    let own = own.map(|text| serde_json::from_str(text).unwrap());
    let good: Vec<_> = meant
        .chain(own)
        .filter(|policy| build(policy).is_some())
        .collect();
    assert!(good.len() > 80, "{}", good.len());
    good
}

fn build(policy: &Value) -> Option<Policy> {
    PolicyBuilder::deserialize(policy).ok()?.build().ok()
}

/// A way to write an entry of a list that is not its canonical notation.
type Damage = fn(&str) -> String;

const ENTRY: [Damage; 26] = [
    |text| format!("{text}/"),
    |text| format!("{text}/index.html?a=b#c"),
    |text| format!("{text}?a"),
    |text| format!("{text}#a"),
    |text| format!(" {text}\n"),
    |text| format!("\"{text}\""),
    |text| format!("'{text}'"),
    |text| format!("['{text}']"),
    |text| format!("`{text}`,"),
    |text| text.to_uppercase(),
    |text| text.replacen("https://", "", 1),
    |text| text.replacen("https://", "//", 1),
    |text| text.replacen("http://localhost", "localhost", 1),
    |text| text.replacen("://", ":", 1),
    |text| text.replacen("://", "://user:pass@", 1),
    |text| format!("({})", escaped(text)),
    |text| format!("(^{}$)", escaped(text)),
    |text| format!("^{}$", escaped(text)),
    |text| format!("/{}/i", escaped(text)),
    |text| format!("#^{}$#", escaped(text)),
    |text| escaped(text).replace("\\*", ".*"),
    |text| format!("[{text}]"),
    |text| text.replace(['{', '}'], "").replace(',', "|"),
    |text| text.replace(',', ", "),
    |text| format!("blob:{text}/0-1"),
    |text| format!("{text}:"),
];

const NAME: [Damage; 5] = [
    |text| format!(" {text}\n"),
    |text| format!("\"{text}\""),
    |text| format!("{text},"),
    |text| format!("{text}:"),
    |text| format!("[\"{text}\"]"),
];

fn escaped(text: &str) -> String {
    text.replace('.', "\\.")
        .replace('/', "\\/")
        .replace('*', "\\*")
}

const KEYS: [(&str, &[&str]); 6] = [
    (
        "allow_origins",
        &[
            "AllowedOrigins",
            "origin",
            "allow_origin",
            "CORS_ALLOWED_ORIGINS",
            "orgins",
        ],
    ),
    (
        "allow_credentials",
        &[
            "allowCredentials",
            "supports_credentials",
            "Access-Control-Allow-Credentials",
        ],
    ),
    ("allow_methods", &["allowedMethods", "methods", "verbs"]),
    (
        "allow_headers",
        &["allow-headers", "headers", "request_headers"],
    ),
    (
        "expose_headers",
        &["exposedHeaders", "expose", "ExposeHeaders"],
    ),
    ("max_age", &["maxAge", "MaxAgeSeconds", "maxAgeMs"]),
];

/// Damages one place of a rule.
fn damage(rule: &mut Map<String, Value>, how: usize, place: Index) {
    let keys: Vec<String> = rule.keys().cloned().collect();
    let key = keys[place.index(keys.len())].clone();
    let value = &mut rule[&key];
    let is_origin = key == "allow_origins";
    let entry = |text: &str| match is_origin {
        // An expression of what is no origin any more means something else.
        true if text.contains("\\") || text.parse::<OriginPattern>().is_err() => text.to_owned(),
        true => ENTRY[how.min(ENTRY.len() - 1)](text),
        // Most others make another name of one.
        false => NAME[how % NAME.len()](text),
    };
    match (how, value) {
        (0..=25, Value::Array(list)) if !list.is_empty() => {
            let at = place.index(list.len());
            if let Value::String(text) = &mut list[at] {
                *text = entry(text);
            }
        }
        (0..=25, Value::String(text)) => *text = entry(text),
        (26, Value::Array(list)) => {
            let all: Vec<_> = list.iter().filter_map(Value::as_str).collect();
            *list = vec![all.join(", ").into()];
        }
        (27, Value::Array(list)) => {
            let all: Vec<_> = list.iter().filter_map(Value::as_str).collect();
            let text = format!("'{}'", all.join(" "));
            rule.insert(key, text.into());
        }
        (28, Value::Bool(value)) => {
            let text = if *value { "True" } else { "no" };
            rule.insert(key, text.into());
        }
        (28 | 29, Value::Number(number)) => {
            let text = format!("{number}s");
            rule.insert(key, text.into());
        }
        (30, Value::Number(number)) => {
            // The most that there can be.
            if number.as_u64() == Some(86_400) {
                rule.insert(key, 1_728_000.into());
            }
        }
        _ => {
            let known = KEYS.iter().find(|(known, _)| *known == key);
            if let Some((_, spellings)) = known {
                let other = spellings[place.index(spellings.len())];
                let value = rule.shift_remove(&key).unwrap();
                rule.insert(other.to_owned(), value);
            }
        }
    }
}

fn damaged() -> impl Strategy<Value = (Value, Value)> {
    let damages = proptest::collection::vec((0..34_usize, any::<Index>(), any::<Index>()), 1..4);
    (select(good_policies()), damages).prop_map(|(good, damages)| {
        let mut bad = good.clone();
        for (how, place, of_rule) in damages {
            let rule = match bad.get_mut("rules").and_then(Value::as_array_mut) {
                Some(rules) => {
                    let at = of_rule.index(rules.len());
                    rules[at].as_object_mut()
                }
                None => bad.as_object_mut(),
            };
            damage(rule.unwrap(), how, place);
        }
        (good, bad)
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: 1_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn fixed_policy_allows_no_more_than_before_the_damage((good, bad) in damaged()) {
        let before = build(&good).unwrap();
        let fixed = fixed(&bad);
        prop_assert_eq!(fixed.left.is_none(), build(&fixed.policy).is_some());
        let Some(after) = build(&fixed.policy) else {
            return Ok(());
        };
        // What is not refused is not fixed.
        if fixed.changes.is_empty() {
            return Ok(());
        }
        let diff = before.diff(&after);
        let added: Vec<_> = diff
            .iter()
            .filter(|change| change.sign() == ChangeSign::Added)
            .map(ToString::to_string)
            .collect();
        prop_assert!(added.is_empty(), "{:?}: {} => {}", added, bad, fixed.policy);
    }

    #[test]
    fn fixes_resolve_their_problem((_, bad) in damaged()) {
        let Err(problems) = PolicyBuilder::deserialize(&bad).unwrap().build() else {
            return Ok(());
        };
        for problem in &problems {
            for edit in problem.fixes() {
                let mut changed = bad.clone();
                prop_assert!(apply(&edit, &mut changed), "{} in {}", edit, bad);
                let built = PolicyBuilder::deserialize(&changed).unwrap().build();
                let left = built.err().into_iter().flatten();
                // Entries after this one may have moved.
                let same: Vec<_> = left
                    .filter(|left| left.path() == problem.path() && left.kind() == problem.kind())
                    .filter(|left| left.found() == problem.found())
                    .collect();
                prop_assert!(same.is_empty(), "{}: {:?}", edit, same);
            }
        }
    }

    #[test]
    fn fixes_of_any_text_are_sound(text in r#"[a-z:/.*\[\]{}()?^$\\0-9 ,'"@%|+-]{0,40}"#, credentials: bool) {
        let bad = serde_json::json!({
            "allow_origins": [text],
            "allow_credentials": credentials,
            "allow_methods": [text],
            "max_age": text,
        });
        let fixed = fixed(&bad);
        prop_assert_eq!(fixed.left.is_none(), build(&fixed.policy).is_some());
        for edit in &fixed.changes {
            prop_assert!(!edit.to_string().chars().any(char::is_control), "{:?}", edit);
        }
    }
}
