//! What every policy, request and origin must come to, as data: `vectors/`, described in the README
//! beside them.
#![cfg(all(feature = "idna", feature = "psl"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cross_origin::{
    Decision, Origin, OriginPattern, OriginRef, Outcome, PolicyBuilder, RequestHeaders,
};
use serde::Deserialize;
use serde_json::Value;

#[test]
fn vectors_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut cases = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let vectors: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let source = vectors["source"].as_str().unwrap_or_default();
        assert!(!source.is_empty(), "{file} has no source");
        let mut names = BTreeSet::new();
        for case in vectors["cases"].as_array().unwrap() {
            let name = case["name"].as_str().unwrap_or_default();
            assert!(!name.is_empty(), "{file}: no name: {case}");
            assert!(names.insert(name), "{file}: more than one `{name}`");
            Case {
                place: format!("{file}: {name}"),
                case,
            }
            .run();
            cases += 1;
        }
    }
    assert!(cases >= 1300, "only {cases} cases were found");
}

struct Case<'c> {
    place: String,
    case: &'c Value,
}

impl Case<'_> {
    fn run(&self) {
        let known = [
            "name",
            "policy",
            "request",
            "lookup",
            "verdict",
            "response",
            "wire",
            "pattern",
            "origin",
            "expect",
            "absent",
            "result",
            "problems",
            "malformed",
            "result_has",
            "result_lacks",
        ];
        for key in self.case.as_object().unwrap().keys() {
            assert!(
                known.contains(&key.as_str()),
                "{}: what is `{key}`?",
                self.place
            );
        }
        if let Some(wire) = self.case.get("wire") {
            self.wire(&bytes(wire));
        } else if let Some(pattern) = self.case.get("pattern") {
            self.pattern(pattern.as_str().unwrap());
        } else if let Some(problems) = self.case.get("problems") {
            self.problems(problems);
        } else if self.case.get("policy").is_some() {
            self.request();
        } else {
            self.origin();
        }
    }

    fn wire(&self, value: &[u8]) {
        let read = OriginRef::from_header(value);
        if self.case["malformed"] == true {
            assert!(read.is_err(), "{}: {read:?}", self.place);
        } else {
            let expected = String::from_utf8(bytes(&self.case["expect"]["wire"])).unwrap();
            assert_eq!(
                read.map(OriginRef::as_str),
                Ok(&*expected),
                "{}",
                self.place
            );
        }
    }

    fn origin(&self) {
        let read = self.case["origin"].as_str().unwrap().parse::<Origin>();
        if self.case["malformed"] == true {
            assert!(read.is_err(), "{}: {read:?}", self.place);
        } else {
            let expected = self.case["expect"]["origin"].as_str().unwrap();
            assert_eq!(read.unwrap().as_str(), expected, "{}", self.place);
        }
    }

    fn pattern(&self, pattern: &str) {
        let pattern = pattern.parse::<OriginPattern>();
        if self.case["malformed"] == true {
            assert!(pattern.is_err(), "{}: {pattern:?}", self.place);
            return;
        }
        let origin = self.case["origin"].as_str().unwrap().parse::<Origin>().ok();
        let pattern = pattern.unwrap();
        let found = origin
            .as_ref()
            .and_then(|origin| pattern.find(origin.as_origin_ref()));
        let expect = &self.case["expect"];
        assert_eq!(found.is_some(), expect["matches"] == true, "{}", self.place);
        let capture = found.and_then(|found| found.capture());
        assert_eq!(capture, expect["capture"].as_str(), "{}", self.place);
    }

    fn problems(&self, expected: &Value) {
        let built = PolicyBuilder::deserialize(&self.case["policy"])
            .unwrap()
            .build();
        let found: Value = match &built {
            Ok(_) => Value::Array(Vec::new()),
            Err(problems) => problems
                .iter()
                .map(|problem| problem.kind().as_str())
                .collect(),
        };
        assert_eq!(&found, expected, "{}: {built:?}", self.place);
    }

    fn request(&self) {
        let policy = PolicyBuilder::deserialize(&self.case["policy"])
            .unwrap()
            .build();
        let policy = policy.unwrap_or_else(|problems| panic!("{}: {problems}", self.place));
        let method = bytes(&self.case["request"]["method"]);
        let headers = lines(&self.case["request"]["headers"]);
        let request = RequestHeaders::new(&method).headers(&headers);
        let lookup = policy.lookup(&request);
        if let Some(expected) = self.case.get("lookup") {
            let asked = lookup.map(|lookup| lookup.origin().as_str());
            assert_eq!(asked, expected.as_str(), "{}: lookup", self.place);
        }
        let verdict = lookup
            .zip(self.case["verdict"].as_bool())
            .map(|(lookup, allowed)| lookup.verdict(allowed));
        let decision = policy.evaluate_with(&request, verdict);
        self.decision(&decision);
        if self.case.get("response").is_some() {
            self.response(&decision);
        }
    }

    fn decision(&self, decision: &Decision<'_>) {
        for (key, expected) in self.case["expect"].as_object().unwrap() {
            let found: Value = match key.as_str() {
                "kind" => decision.kind().as_str().into(),
                "allowed" => match decision.outcome() {
                    Outcome::NotCors => Value::Null,
                    outcome => outcome.is_allowed().into(),
                },
                "denial" => decision.denial().map(|denial| denial.as_str()).into(),
                "denied_header" => decision.denied_header().into(),
                "status" => decision.status().into(),
                "rule" => decision.rule_index().into(),
                "headers" => decision
                    .headers()
                    .map(|(name, value)| [name, value].into_iter().collect::<Value>())
                    .collect(),
                "remove" => {
                    let mut removed: Vec<_> = decision.removed().collect();
                    removed.sort_unstable();
                    removed.into()
                }
                other => panic!("{}: what is `{other}`?", self.place),
            };
            assert_eq!(&found, expected, "{}: {key}", self.place);
        }
        for name in self.case["absent"].as_array().into_iter().flatten() {
            let line = decision.headers().find(|(there, _)| there == name);
            assert_eq!(line, None, "{}", self.place);
        }
    }

    fn response(&self, decision: &Decision<'_>) {
        let mut response = lines(&self.case["response"]["headers"]);
        decision.apply(&mut response);
        if let Some(result) = self.case.get("result") {
            let (found, expected) = (unordered(&response), unordered(&lines(result)));
            assert_eq!(found, expected, "{}: result", self.place);
        }
        let has = |name: &str, wanted: &str| {
            response.iter().any(|(there, value)| {
                let value = String::from_utf8_lossy(value);
                let members = || {
                    value
                        .split(',')
                        .map(|member| member.trim().to_ascii_lowercase())
                };
                there.eq_ignore_ascii_case(name.as_bytes())
                    && (value == wanted
                        || name == "vary" && members().any(|member| member == wanted))
            })
        };
        for line in self.case["result_has"].as_array().into_iter().flatten() {
            let (name, value) = (line[0].as_str().unwrap(), line[1].as_str().unwrap());
            assert!(
                has(name, value),
                "{}: no {line} in {response:?}",
                self.place
            );
        }
        for name in self.case["result_lacks"].as_array().into_iter().flatten() {
            let name = name.as_str().unwrap().as_bytes();
            let lacks = response
                .iter()
                .all(|(there, _)| !there.eq_ignore_ascii_case(name));
            assert!(lacks, "{}: {name:?} in {response:?}", self.place);
        }
    }
}

type Line = (Vec<u8>, Vec<u8>);

/// A text, a text that is repeated, or a list of those; each code point is a byte.
fn bytes(value: &Value) -> Vec<u8> {
    match value {
        Value::String(text) => text.chars().map(|c| u8::try_from(c).unwrap()).collect(),
        Value::Array(pieces) => pieces.iter().flat_map(bytes).collect(),
        Value::Object(repeat) => {
            let times = usize::try_from(repeat["repeat"][1].as_u64().unwrap()).unwrap();
            bytes(&repeat["repeat"][0]).repeat(times)
        }
        other => panic!("no text: {other}"),
    }
}

/// Pairs, or a pair that is repeated.
fn lines(value: &Value) -> Vec<Line> {
    let pair = |pair: &Value| (bytes(&pair[0]), bytes(&pair[1]));
    let entries = value.as_array().unwrap().iter();
    entries
        .flat_map(|entry| match entry.get("of") {
            Some(of) => vec![pair(of); usize::try_from(entry["lines"].as_u64().unwrap()).unwrap()],
            None => vec![pair(entry)],
        })
        .collect()
}

/// A line each, and a line for each member of `Vary`.
fn unordered(lines: &[Line]) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (name, value) in lines {
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        let value = String::from_utf8_lossy(value);
        if name == "vary" {
            let members = value.split(',').map(str::trim);
            let members = members.filter(|member| !member.is_empty());
            all.extend(members.map(|member| (name.clone(), member.to_ascii_lowercase())));
        } else {
            all.push((name, value.into_owned()));
        }
    }
    all.sort_unstable();
    all
}
