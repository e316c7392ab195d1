//! Decisions and problems as JSON.

use cross_origin::{Decision, Policy, PolicyProblems, RequestKind};
use serde_json::{Map, Value, json};

use crate::request::Request;

/// The answer to a line that is a request.
pub fn answer_request(policy: &Policy, line: &[u8]) -> String {
    let read = serde_json::from_slice::<Value>(line).map_err(|error| error.to_string());
    match read.and_then(|value| Request::of(&value)) {
        Ok(request) => Value::Object(decision(&policy.evaluate(&request.view()))).to_string(),
        Err(error) => json!({ "error": error }).to_string(),
    }
}

pub fn decision(decision: &Decision<'_>) -> Map<String, Value> {
    let kind = match decision.kind() {
        RequestKind::NotCors => "not-cors",
        RequestKind::Actual => "actual",
        RequestKind::Preflight => "preflight",
    };
    let mut map = Map::new();
    map.insert("kind".into(), kind.into());
    map.insert("allowed".into(), decision.allowed().into());
    map.insert(
        "denial".into(),
        decision.denial().map(|denial| denial.as_str()).into(),
    );
    if let Some(name) = decision.denied_header() {
        map.insert("denied_header".into(), name.into());
    }
    map.insert("status".into(), decision.status().into());
    map.insert("rule".into(), decision.rule().into());
    let headers: Vec<_> = decision.headers().map(|line| json!(line)).collect();
    map.insert("headers".into(), headers.into());
    let removed: Vec<_> = decision.removed().collect();
    map.insert("remove".into(), removed.into());
    map
}

pub fn problems(problems: &PolicyProblems) -> Value {
    problems
        .iter()
        .map(|problem| {
            json!({
                "rule": problem.rule_index(),
                "field": problem.field_name(),
                "value": problem.found(),
                "kind": problem.kind().as_str(),
                "message": problem.message(),
            })
        })
        .collect()
}
