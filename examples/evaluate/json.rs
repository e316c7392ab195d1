//! Decisions and problems as JSON.

use cross_origin::{Decision, Outcome, Policy, PolicyProblems, RequestHeaders};
use serde_json::{Map, Value, json};

use crate::fix;
use crate::request::Request;

/// The answer to what was read as a request.
pub fn answer(policy: &Policy, request: Result<Request, String>, explain: bool) -> String {
    match request {
        Ok(request) => {
            let view = request.view();
            Value::Object(decision(&policy.evaluate(&view), &view, explain)).to_string()
        }
        Err(error) => json!({ "error": error }).to_string(),
    }
}

/// The decision on this request, with its explanation if that is wanted.
pub fn decision(
    decision: &Decision<'_>,
    request: &RequestHeaders<'_>,
    explain: bool,
) -> Map<String, Value> {
    let allowed = match decision.outcome() {
        Outcome::NotCors => None,
        outcome => Some(outcome.is_allowed()),
    };
    let mut map = Map::new();
    map.insert("kind".into(), decision.kind().as_str().into());
    map.insert("allowed".into(), allowed.into());
    map.insert(
        "denial".into(),
        decision.denial().map(|denial| denial.as_str()).into(),
    );
    if let Some(name) = decision.denied_header() {
        map.insert("denied_header".into(), name.into());
        map.insert("denied_headers".into(), decision.denied_headers().collect());
    }
    map.insert("status".into(), decision.status().into());
    map.insert("rule".into(), decision.rule_index().into());
    let headers: Vec<_> = decision.headers().map(|line| json!(line)).collect();
    map.insert("headers".into(), headers.into());
    let removed: Vec<_> = decision.removed().collect();
    map.insert("remove".into(), removed.into());
    if explain {
        let explanation = decision.explain(request);
        let (short, long) = (explanation.short().to_string(), explanation.to_string());
        map.insert(
            "explanation".into(),
            json!({ "short": short, "long": long }),
        );
    }
    map
}

/// The problems of a policy, and how many more there are.
pub fn refusal(problems: &PolicyProblems) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("problems".into(), list(problems));
    if problems.left_out() > 0 {
        map.insert("problems_left_out".into(), problems.left_out().into());
    }
    map
}

pub fn list(problems: &PolicyProblems) -> Value {
    problems
        .iter()
        .map(|problem| {
            json!({
                "rule": problem.rule_index(),
                "field": problem.key(),
                "value": problem.found(),
                "path": problem.path(),
                "entry": problem.entry_index(),
                "kind": problem.kind().as_str(),
                "message": problem.message(),
                "fixes": problem.fixes().iter().map(fix::object).collect::<Vec<_>>(),
            })
        })
        .collect()
}
