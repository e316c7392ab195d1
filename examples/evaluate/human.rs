//! Decisions for people.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::time::Duration;

use cross_origin::{Decision, Denial, Policy, RequestKind, Rule};
use serde_json::Value;

use crate::request::{Request, latin1};

/// A policy that has a bit of everything.
fn policy() -> Policy {
    let policy = Policy::new([
        Rule::allow_origins([
            "https://app.example.com",
            "https://*.example.org",
            "http://localhost:{3000,5173}",
        ])
        .allow_credentials()
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["Authorization", "Content-Type"])
        .expose_headers(["ETag"])
        .max_age(Duration::from_secs(600)),
        Rule::allow_origins(["https://partner.example"]),
    ]);
    policy.expect("the built-in policy is sound")
}

type Line = (&'static str, &'static str);

const REQUESTS: [(&str, &[Line]); 8] = [
    ("GET", &[]),
    ("GET", &[("Origin", "https://app.example.com")]),
    ("GET", &[("Origin", "https://eu.app.example.org")]),
    ("GET", &[("Origin", "https://evilexample.org")]),
    ("GET", &[("Origin", "https://partner.example")]),
    (
        "OPTIONS",
        &[
            ("Origin", "https://app.example.com"),
            ("Access-Control-Request-Method", "PUT"),
            (
                "Access-Control-Request-Headers",
                "authorization,content-type",
            ),
        ],
    ),
    (
        "OPTIONS",
        &[
            ("Origin", "http://localhost:3000"),
            ("Access-Control-Request-Method", "PATCH"),
        ],
    ),
    (
        "OPTIONS",
        &[
            ("Origin", "https://app.example.com"),
            ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "content-type,x-evil"),
        ],
    ),
];

/// The built-in policy and a handful of requests.
pub fn tour(output: &mut impl Write) -> io::Result<()> {
    let policy = policy();
    writeln!(output, "policy")?;
    writeln!(
        output,
        "  rule 0  https://app.example.com, https://*.example.org,"
    )?;
    writeln!(
        output,
        "          http://localhost:{{3000,5173}}: with credentials"
    )?;
    writeln!(output, "  rule 1  https://partner.example: without")?;
    for (method, lines) in REQUESTS {
        let request = Request {
            method: method.to_owned(),
            headers: lines
                .iter()
                .map(|&(name, value)| (name.to_owned(), value.into()))
                .collect(),
        };
        writeln!(output, "\n{}", report(&policy, &request))?;
    }
    Ok(())
}

/// The answer to a line that is a request.
pub fn answer_request(policy: &Policy, line: &[u8]) -> String {
    let read = serde_json::from_slice::<Value>(line).map_err(|error| error.to_string());
    match read.and_then(|value| Request::of(&value)) {
        Ok(request) => report(policy, &request),
        Err(error) => format!("error: {error}"),
    }
}

fn report(policy: &Policy, request: &Request) -> String {
    let mut text = format!("{}", request.method.escape_debug());
    for (name, value) in &request.headers {
        let value = latin1(value);
        let _ = write!(
            text,
            "\n  {}: {}",
            name.escape_debug(),
            value.escape_debug()
        );
    }
    let decision = policy.evaluate(&request.view());
    let _ = write!(text, "\n-> {}", verdict(&decision));
    if let Some(status) = decision.status() {
        let _ = write!(text, "\n  status {status}");
    }
    for (name, value) in decision.headers() {
        let _ = write!(text, "\n  {name}: {value}");
    }
    text
}

fn verdict(decision: &Decision<'_>) -> String {
    let what = match decision.kind() {
        RequestKind::NotCors => return "no CORS request".to_owned(),
        RequestKind::Actual => "actual request",
        RequestKind::Preflight => "preflight",
    };
    let Some(denial) = decision.denial() else {
        let by = decision.rule().map(|rule| format!(" by rule {rule}"));
        let pattern = decision.pattern().map(|pattern| format!(" ({pattern})"));
        return format!(
            "{what} allowed{}{}",
            by.unwrap_or_default(),
            pattern.unwrap_or_default()
        );
    };
    let mut text = format!("{what} denied: {denial}");
    if let Some(name) = decision.denied_header() {
        let _ = write!(text, " (`{name}`)");
    }
    let _ = write!(text, "\n  hint: {}", hint(denial));
    text
}

fn hint(denial: Denial) -> &'static str {
    match denial {
        Denial::OriginNotAllowed => "add the origin to a rule's `allow_origins`, as it is sent",
        Denial::OriginNull => {
            "sandboxed frames, `file:` and `data:` pages send `null`: a rule must name it"
        }
        Denial::OriginMalformed => "no browser sends this: it is no serialized origin",
        Denial::MethodNotAllowed => {
            "add the method to the rule's `allow_methods`; methods are case-sensitive"
        }
        Denial::MethodMalformed => "no browser sends this: it is no method",
        Denial::HeaderNotAllowed => "add the name to the rule's `allow_headers`",
        Denial::HeadersMalformed => "no browser sends this: one of the names is no token",
        Denial::HeadersTooLong => "the list of requested names is longer than is read",
    }
}
