//! One JSON object a line in, one a line out. What a line asks for is told by its keys.

use std::borrow::Cow;

use cross_origin::advice::fix::Edit;
use cross_origin::{Origin, OriginPattern, OriginRef, Policy, PolicyBuilder, PolicyProblems};
use serde_json::{Map, Value, json};

use crate::fix;
use crate::json;
use crate::line::Line;
use crate::request::{Request, header_pairs, latin1};

type Answered = Result<Map<String, Value>, String>;

pub fn answer(line: &[u8], explain: bool) -> String {
    let text = String::from_utf8_lossy(line);
    let line = match serde_json::from_str::<Line>(&text) {
        Ok(line) => line,
        Err(error) => return json!({ "error": format!("no JSON object: {error}") }).to_string(),
    };
    let answered = match text {
        Cow::Borrowed(_) => answer_line(&line, explain),
        Cow::Owned(_) => Err("a line is UTF-8".to_owned()),
    };
    let answered = answered.unwrap_or_else(|error| map([("error", error.into())]));
    let answer = Value::Object(answered).to_string();
    match line.raw("id") {
        // As it came: an id may be a number that no program can hold.
        Some(id) => answer.replacen('{', &format!("{{\"id\":{id},"), 1),
        None => answer,
    }
}

fn answer_line(line: &Line, explain: bool) -> Answered {
    match line.names()?.as_slice() {
        ["origin"] => Ok(origin(&line.read::<String>("origin")?)),
        ["wire"] => wire(&line.read::<String>("wire")?),
        ["origin", "pattern"] => {
            let (written, of) = (
                line.read::<String>("pattern")?,
                line.read::<String>("origin")?,
            );
            Ok(pattern(&written, &of))
        }
        ["policy"] => match build(line)? {
            Ok(_) => Err("the policy is sound, and there is no `request` for it".to_owned()),
            Err(problems) => Ok(problems),
        },
        ["fix"] => match fix::repeats(&line.read("fix")?) {
            Some(problems) => Ok(mended(Value::Null, &[], Some(&problems))),
            None => {
                let fixed = fix::fixed(&line.read("fix")?);
                Ok(mended(fixed.policy, &fixed.changes, fixed.left.as_ref()))
            }
        },
        names
            if line.has("policy")
                && line.has("request")
                && names.iter().all(|name| EVALUATION.contains(name)) =>
        {
            evaluation(line, explain)
        }
        names => Err(format!(
            "expected `policy` and `request` (and `response`, `verdict`), `origin`, `wire`, \
             `fix`, or `pattern` and `origin`, not {names:?}"
        )),
    }
}

const EVALUATION: [&str; 4] = ["policy", "request", "response", "verdict"];

fn origin(text: &str) -> Map<String, Value> {
    match text.parse::<Origin>() {
        Ok(origin) => map([("origin", origin.as_str().into())]),
        Err(error) => map([("malformed", error.to_string().into())]),
    }
}

fn wire(text: &str) -> Answered {
    let bytes = text
        .chars()
        .map(u8::try_from)
        .collect::<Result<Vec<u8>, _>>();
    let bytes = bytes.map_err(|_| "`wire` has no character above U+00FF")?;
    Ok(match OriginRef::from_header(&bytes) {
        Ok(origin) => map([("wire", origin.as_str().into())]),
        Err(error) => map([("malformed", error.to_string().into())]),
    })
}

fn pattern(pattern: &str, origin: &str) -> Map<String, Value> {
    let pattern: OriginPattern = match pattern.parse() {
        Ok(pattern) => pattern,
        Err(error) => return map([("malformed", format!("pattern: {error}").into())]),
    };
    let (origin, malformed) = match origin.parse::<Origin>() {
        Ok(origin) => (Some(origin), None),
        Err(error) => (None, Some(("malformed", format!("origin: {error}").into()))),
    };
    let found = origin
        .as_ref()
        .and_then(|origin| pattern.find(origin.as_origin_ref()));
    let matches = [
        ("matches", found.is_some().into()),
        ("capture", found.and_then(|found| found.capture()).into()),
    ];
    map(matches.into_iter().chain(malformed))
}

fn evaluation(line: &Line, explain: bool) -> Answered {
    let request = Request::of(&line.read("request")?)?;
    let verdict: Option<bool> = line.read("verdict")?;
    let response = line
        .has("response")
        .then(|| response(&line.read("response")?));
    let response = response.transpose()?;
    let policy = match build(line)? {
        Ok(policy) => policy,
        Err(problems) => return Ok(problems),
    };

    let view = request.view();
    let lookup = policy.lookup(&view);
    let verdict = lookup
        .zip(verdict)
        .map(|(lookup, allowed)| lookup.verdict(allowed));
    let decision = policy.evaluate_with(&view, verdict);
    let mut answer = json::decision(&decision, &view, explain);
    if let Some(lookup) = lookup {
        answer.insert("lookup".into(), lookup.origin().as_str().into());
    }
    if let Some(mut headers) = response {
        decision.apply(&mut headers);
        let lines = headers
            .iter()
            .map(|(name, value)| json!([name, latin1(value)]));
        answer.insert("result".into(), lines.collect());
    }
    Ok(answer)
}

/// The policy as written after its fixes, or null if it does not build then.
fn mended(policy: Value, changes: &[Edit], left: Option<&PolicyProblems>) -> Map<String, Value> {
    let changes = changes.iter().map(fix::object).collect();
    let (policy, listed) = match left {
        None => (policy, json!([])),
        Some(problems) => (Value::Null, json::list(problems)),
    };
    let left_out = left.map_or(0, PolicyProblems::left_out);
    let more = (left_out > 0).then(|| ("problems_left_out", left_out.into()));
    map([("fixed", policy), ("changes", changes), ("left", listed)]
        .into_iter()
        .chain(more))
}

fn response(value: &Value) -> Result<Vec<(String, Vec<u8>)>, String> {
    let map = value.as_object().ok_or("a response is an object")?;
    match map.iter().next() {
        Some((key, headers)) if key == "headers" && map.len() == 1 => header_pairs(headers),
        _ => Err("a response has `headers` and nothing else".to_owned()),
    }
}

/// The policy, or the answer that lists its problems.
fn build(line: &Line) -> Result<Result<Policy, Map<String, Value>>, String> {
    let builder: PolicyBuilder = line.read("policy")?;
    Ok(builder.build().map_err(|problems| json::refusal(&problems)))
}

fn map<'k>(entries: impl IntoIterator<Item = (&'k str, Value)>) -> Map<String, Value> {
    let entries = entries.into_iter();
    entries
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}
