//! Applying fixes to a policy as written.

use cross_origin::advice::fix::{Edit, EditValue};
use cross_origin::{PolicyBuilder, PolicyProblems, ProblemKind};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Fixes are applied, and the policy built again, at most so often.
const MAX_ROUNDS: usize = 8;

/// A policy after its fixes.
pub struct Fixed {
    /// The text with the changes in it.
    pub policy: Value,
    /// The changes that were made, in the order in which they were.
    pub changes: Vec<Edit>,
    /// The problems that are left.
    pub left: Option<PolicyProblems>,
}

/// Applies the first fix of each problem, from the last place to the first, until nothing changes.
pub fn fixed(policy: &Value) -> Fixed {
    let mut fixed = Fixed {
        policy: policy.clone(),
        changes: Vec::new(),
        left: None,
    };
    for _ in 0..MAX_ROUNDS {
        let built = PolicyBuilder::deserialize(&fixed.policy).map(|builder| builder.build());
        let Ok(Err(problems)) = built else {
            fixed.left = None;
            return fixed;
        };
        let before = fixed.changes.len();
        for problem in problems.iter().collect::<Vec<_>>().into_iter().rev() {
            if let Some(edit) = problem.fixes().into_iter().next()
                && apply(&edit, &mut fixed.policy)
            {
                fixed.changes.push(edit);
            }
        }
        fixed.left = Some(problems);
        if fixed.changes.len() == before {
            return fixed;
        }
    }
    let built = PolicyBuilder::deserialize(&fixed.policy).map(|builder| builder.build());
    fixed.left = built.ok().and_then(Result::err);
    fixed
}

/// The problems of keys that occur twice: which of the two is meant, only a person can know, and a value
/// of JSON has one of them.
pub fn repeats(builder: &PolicyBuilder) -> Option<PolicyProblems> {
    let problems = builder.build().err()?;
    let mut kinds = problems.iter().map(|problem| problem.kind());
    let repeats = kinds.any(|kind| kind == ProblemKind::DuplicateKey);
    repeats.then_some(problems)
}

/// Makes one change. `false` if the text has no such place.
pub fn apply(edit: &Edit, policy: &mut Value) -> bool {
    let is_list = policy.get("rules").is_some();
    let place = match edit.rule_index().filter(|_| is_list) {
        Some(rule) => policy
            .get_mut("rules")
            .and_then(|rules| rules.get_mut(rule)),
        None => Some(policy),
    };
    let Some(Value::Object(map)) = place else {
        return false;
    };
    let Some(key) = edit.key() else {
        return false;
    };
    let values: Vec<Value> = edit.values().iter().map(value).collect();
    if edit.renames_key() {
        return values
            .first()
            .and_then(Value::as_str)
            .is_some_and(|name| rename(map, key, name));
    }
    let Some(entry) = edit.entry_index() else {
        return match values.into_iter().next() {
            Some(value) => {
                map.insert(key.to_owned(), value);
                true
            }
            None => map.shift_remove(key).is_some(),
        };
    };
    match map.get_mut(key) {
        Some(Value::Array(list)) if entry < list.len() => {
            list.splice(entry..=entry, values);
            true
        }
        Some(Value::String(text)) => splice(text, entry, &values),
        _ => false,
    }
}

fn rename(map: &mut Map<String, Value>, from: &str, to: &str) -> bool {
    if map.contains_key(to) || !map.contains_key(from) {
        return false;
    }
    let renamed = |(key, value): (String, Value)| match key == from {
        true => (to.to_owned(), value),
        false => (key, value),
    };
    *map = std::mem::take(map).into_iter().map(renamed).collect();
    true
}

/// Replaces an entry of a list in one text.
fn splice(text: &mut String, entry: usize, values: &[Value]) -> bool {
    let Some((start, end)) = entries(text).into_iter().nth(entry) else {
        return false;
    };
    let texts: Vec<_> = values.iter().filter_map(Value::as_str).collect();
    text.replace_range(start..end, &texts.join(", "));
    true
}

/// Where the entries of a list in one text start and end: they are separated by commas and white space
/// outside braces.
fn entries(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    let mut enclosed = false;
    let last = text.rfind('}');
    for (at, c) in text.char_indices() {
        match c {
            '{' => enclosed = last > Some(at),
            '}' => enclosed = false,
            _ => {}
        }
        let separates = !enclosed && matches!(c, ',' | ' ' | '\t' | '\r' | '\n');
        match (separates, start) {
            (true, Some(from)) => {
                found.push((from, at));
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    found.extend(start.map(|from| (from, text.len())));
    found
}

pub fn value(value: &EditValue) -> Value {
    match value {
        EditValue::Text(text) => text.as_str().into(),
        EditValue::Number(number) => (*number).into(),
        EditValue::Bool(value) => (*value).into(),
        other => other.to_string().into(),
    }
}

/// A change as JSON.
pub fn object(edit: &Edit) -> Value {
    let mut object = json!({
        "path": edit.path(),
        "kind": edit.kind(),
        "from": edit.from().map(value),
        "to": edit.values().iter().map(value).collect::<Vec<_>>(),
    });
    if edit.renames_key() {
        object["key"] = true.into();
    }
    object
}
