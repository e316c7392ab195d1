//! One JSON object a line in, one a line out. What a line asks for is told by its keys.

use cross_origin::{Origin, OriginPattern, OriginRef, Policy, PolicyDraft};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::json;
use crate::request::{Request, fields, latin1};

type Answered = Result<Map<String, Value>, String>;

pub fn answer(line: &[u8]) -> String {
    let (id, answered) = match serde_json::from_slice(line) {
        Ok(Value::Object(mut question)) => {
            let id = question.remove("id");
            (id, answer_object(&question))
        }
        Ok(_) => (None, Err("a line is a JSON object".to_owned())),
        Err(error) => (None, Err(format!("no JSON: {error}"))),
    };
    let answered = answered.unwrap_or_else(|error| map([("error", error.into())]));
    let id = id.map(|id| ("id".to_owned(), id));
    let whole: Map<_, _> = id.into_iter().chain(answered).collect();
    Value::Object(whole).to_string()
}

fn answer_object(question: &Map<String, Value>) -> Answered {
    let mut keys: Vec<&str> = question.keys().map(String::as_str).collect();
    keys.sort_unstable();
    match keys.as_slice() {
        ["origin"] => origin(text(question, "origin")?),
        ["wire"] => wire(text(question, "wire")?),
        ["origin", "pattern"] => pattern(text(question, "pattern")?, text(question, "origin")?),
        ["policy"] => match build(question)? {
            Ok(_) => Err("the policy is sound, and there is no `request` for it".to_owned()),
            Err(problems) => Ok(problems),
        },
        keys if keys.contains(&"policy")
            && keys.contains(&"request")
            && keys.iter().all(|key| EVALUATION.contains(key)) =>
        {
            evaluation(question)
        }
        _ => Err(format!(
            "expected `policy` and `request` (and `response`, `verdict`), `origin`, `wire`, \
             or `pattern` and `origin`, not {keys:?}"
        )),
    }
}

const EVALUATION: [&str; 4] = ["policy", "request", "response", "verdict"];

fn origin(text: &str) -> Answered {
    Ok(match text.parse::<Origin>() {
        Ok(origin) => map([("origin", origin.as_str().into())]),
        Err(error) => map([("malformed", error.to_string().into())]),
    })
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

fn pattern(pattern: &str, origin: &str) -> Answered {
    let pattern: OriginPattern = match pattern.parse() {
        Ok(pattern) => pattern,
        Err(error) => return Ok(map([("malformed", format!("pattern: {error}").into())])),
    };
    let (origin, malformed) = match origin.parse::<Origin>() {
        Ok(origin) => (Some(origin), None),
        Err(error) => (None, Some(("malformed", format!("origin: {error}").into()))),
    };
    let found = origin
        .as_ref()
        .and_then(|origin| pattern.find(origin.as_ref()));
    let matches = [
        ("matches", found.is_some().into()),
        ("capture", found.and_then(|found| found.capture()).into()),
    ];
    Ok(map(matches.into_iter().chain(malformed)))
}

fn evaluation(question: &Map<String, Value>) -> Answered {
    let request = Request::of(&question["request"])?;
    let verdict = match question.get("verdict") {
        None | Some(Value::Null) => None,
        Some(Value::Bool(verdict)) => Some(*verdict),
        Some(_) => return Err("`verdict` is `true` or `false`".to_owned()),
    };
    let response = question.get("response").map(response).transpose()?;
    let policy = match build(question)? {
        Ok(policy) => policy,
        Err(problems) => return Ok(problems),
    };

    let view = request.view();
    let lookup = policy.lookup(&view);
    let verdict = lookup
        .zip(verdict)
        .map(|(lookup, allowed)| lookup.verdict(allowed));
    let decision = policy.evaluate_with(&view, verdict);
    let mut answer = json::decision(&decision);
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

fn response(value: &Value) -> Result<Vec<(String, Vec<u8>)>, String> {
    let map = value.as_object().ok_or("a response is an object")?;
    match map.iter().next() {
        Some((key, headers)) if key == "headers" && map.len() == 1 => fields(headers),
        _ => Err("a response has `headers` and nothing else".to_owned()),
    }
}

/// The policy, or the answer that lists its problems.
fn build(question: &Map<String, Value>) -> Result<Result<Policy, Map<String, Value>>, String> {
    let draft = PolicyDraft::deserialize(&question["policy"]).map_err(|error| error.to_string())?;
    Ok(draft
        .build()
        .map_err(|problems| map([("problems", json::problems(&problems))])))
}

fn text<'q>(question: &'q Map<String, Value>, key: &str) -> Result<&'q str, String> {
    question[key]
        .as_str()
        .ok_or_else(|| format!("`{key}` is a text"))
}

fn map<'k>(entries: impl IntoIterator<Item = (&'k str, Value)>) -> Map<String, Value> {
    let entries = entries.into_iter();
    entries
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}
