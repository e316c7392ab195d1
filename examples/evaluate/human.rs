//! Decisions for people.

use std::fmt::Write as _;

use cross_origin::{Decision, Outcome, Policy, RequestKind};

use crate::page::{Colour, Page, wrap};
use crate::request::{Request, latin1};

/// The answer to what was read as a request.
pub fn answer(
    policy: &Policy,
    request: Result<Request, String>,
    page: Page,
    explain: bool,
) -> Result<String, String> {
    match request {
        Ok(request) => Ok(report(policy, &request, page, explain) + "\n"),
        Err(error) => Err(format!("error: {error}")),
    }
}

/// What the CORS protocol reads of a request.
const READ: [&str; 3] = [
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
];

/// A request, the decision and the headers of the response.
pub fn report(policy: &Policy, request: &Request, page: Page, explain: bool) -> String {
    let mut text = wrap(&format!("> {}", request.method.escape_debug()), 2);
    let is_read = |name: &str| READ.iter().any(|read| read.eq_ignore_ascii_case(name));
    let (read, others): (Vec<_>, Vec<_>) =
        request.headers.iter().partition(|(name, _)| is_read(name));
    for (name, value) in read {
        let value = latin1(value);
        let line = format!("> {}: {}", name.escape_debug(), value.escape_debug());
        text = text + "\n" + &wrap(&line, 2);
    }
    match others.len() {
        0 => {}
        1 => text += "\n  > (1 other header, not used by CORS)",
        more => {
            let _ = write!(text, "\n  > ({more} other headers, not used by CORS)");
        }
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
    let _ = write!(text, "\n\n{first}\n{rest}\n");
    if let Some(status) = decision.status() {
        let _ = write!(text, "\n  < {status}");
    }
    let mut is_empty = decision.status().is_none();
    for (name, value) in decision.headers() {
        text = text + "\n" + &wrap(&format!("< {name}: {value}"), 2);
        is_empty = false;
    }
    if is_empty {
        text += "\n  < (no header)";
    }
    text
}

fn verdict(decision: &Decision<'_>) -> &'static str {
    match (decision.kind(), decision.is_allowed()) {
        (RequestKind::NotCors, _) => "not a CORS request",
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
