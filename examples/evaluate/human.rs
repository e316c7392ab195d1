//! Decisions for people.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::time::Duration;

use cross_origin::{Decision, Outcome, Policy, RequestKind, Rule};

use crate::page::{Colour, Page, wrap};
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
pub fn tour(output: &mut impl Write, page: Page, explain: bool) -> io::Result<()> {
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
        writeln!(output, "\n{}", report(&policy, &request, page, explain))?;
    }
    Ok(())
}

/// The answer to what was read as a request.
pub fn answer(
    policy: &Policy,
    request: Result<Request, String>,
    page: Page,
    explain: bool,
) -> String {
    match request {
        Ok(request) => report(policy, &request, page, explain) + "\n",
        Err(error) => wrap(&format!("error: {error}"), 0) + "\n",
    }
}

/// What the CORS protocol reads of a request.
const READ: [&str; 3] = [
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
];

fn report(policy: &Policy, request: &Request, page: Page, explain: bool) -> String {
    let mut text = request.method.escape_debug().to_string();
    let is_read = |name: &str| READ.iter().any(|read| read.eq_ignore_ascii_case(name));
    let (read, others): (Vec<_>, Vec<_>) =
        request.headers.iter().partition(|(name, _)| is_read(name));
    for (name, value) in read {
        let value = latin1(value);
        let line = format!("{}: {}", name.escape_debug(), value.escape_debug());
        text = text + "\n" + &wrap(&line, 2);
    }
    if !others.is_empty() {
        let _ = write!(text, "\n  and {} that CORS does not read", others.len());
    }
    let view = request.view();
    let decision = policy.evaluate(&view);
    let explanation = decision.explain(&view);
    let said = if explain {
        explanation.to_string()
    } else {
        let short = wrap(&explanation.short().to_string(), 2);
        format!("{}\n{short}", verdict(&decision))
    };
    let (first, rest) = said.split_once('\n').unwrap_or((&said, ""));
    let first = page.paint(colour(&decision), first);
    let _ = write!(text, "\n-> {first}\n{rest}");
    if let Some(status) = decision.status() {
        let _ = write!(text, "\n  status {status}");
    }
    for (name, value) in decision.headers() {
        text = text + "\n" + &wrap(&format!("{name}: {value}"), 2);
    }
    text
}

fn verdict(decision: &Decision<'_>) -> &'static str {
    match (decision.kind(), decision.is_allowed()) {
        (RequestKind::NotCors, _) => "no CORS request",
        (RequestKind::Actual, true) => "actual request allowed",
        (RequestKind::Actual, false) => "actual request denied",
        (RequestKind::Preflight, true) => "preflight allowed",
        (RequestKind::Preflight, false) => "preflight denied",
    }
}

fn colour(decision: &Decision<'_>) -> Colour {
    match decision.outcome() {
        Outcome::NotCors => Colour::Yellow,
        Outcome::Allowed => Colour::Green,
        Outcome::Denied(_) => Colour::Red,
    }
}
