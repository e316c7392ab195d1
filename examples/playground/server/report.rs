//! What the page is told, as JSON.

use cross_origin::browser::{Failure, Response as Seen};
use cross_origin::{Decision, Outcome, PolicyProblems, RequestHeaders};
use serde_json::{Value, json};

use super::http::{HeaderPairs, Response};
use super::trial::{Prediction, Trial};

/// Every problem of a policy, with its place.
pub fn problems(problems: &PolicyProblems) -> Value {
    problems
        .iter()
        .map(|problem| {
            json!({
                "rule": problem.rule_index(),
                "field": problem.key(),
                "entry": problem.entry_index(),
                "kind": problem.kind().as_str(),
                "message": problem.message(),
            })
        })
        .collect()
}

/// A text that is not JSON, or not a policy.
pub fn unreadable(error: &serde_json::Error) -> Value {
    json!([{
        "line": error.line(),
        "column": error.column(),
        "kind": "json",
        "message": error.to_string(),
    }])
}

/// A request, what the policy decided, and the response.
pub fn exchange<'a>(
    method: &str,
    headers: &HeaderPairs,
    decision: &Decision<'a>,
    request: &RequestHeaders<'a>,
    response: &Response,
) -> Value {
    json!({
        "kind": decision.kind().as_str(),
        "method": method,
        "request": cors_lines(headers),
        "allowed": (decision.outcome() != Outcome::NotCors).then_some(decision.is_allowed()),
        "denial": decision.denial().map(|denial| denial.as_str()),
        "why": decision.explain(request).to_string(),
        "rule": decision.rule_index(),
        "status": response.status,
        "response": lines(&response.headers),
    })
}

/// What the model says will happen.
pub fn prediction(trial: &Trial, prediction: &Prediction) -> Value {
    let exchanges: Vec<_> = prediction
        .requests
        .iter()
        .map(|request| {
            let view = request.request_headers();
            let decision = trial.policy.evaluate(&view);
            let headers = request.header_list().to_vec();
            let response = trial.respond(&view);
            exchange(request.method(), &headers, &decision, &view, &response)
        })
        .collect();
    json!({
        "shared": prediction.seen.is_ok(),
        "headers": prediction.seen.as_ref().map(names).unwrap_or_default(),
        "preflight": trial.fetch.needs_preflight(),
        "failure": prediction.seen.as_ref().err().map(failure),
        "exchanges": exchanges,
    })
}

fn failure(failure: &Failure) -> Value {
    json!({
        "message": failure.to_string(),
        "console": failure.console(),
        "step": failure.step().to_string(),
        "algorithm": failure.step().algorithm(),
    })
}

fn names(seen: &Seen) -> Vec<String> {
    let mut names: Vec<_> = seen
        .header_list()
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What CORS reads of a request.
fn cors_lines(headers: &HeaderPairs) -> Vec<(String, String)> {
    let mut lines = lines(headers);
    lines.retain(|(name, _)| name == "origin" || name.starts_with("access-control-request-"));
    lines
}

/// Names in lower case; each byte of a value is a character.
fn lines(headers: &HeaderPairs) -> Vec<(String, String)> {
    let latin1 = |bytes: &[u8]| bytes.iter().map(|&byte| char::from(byte)).collect();
    headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), latin1(value)))
        .collect()
}
