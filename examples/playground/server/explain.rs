//! Why a policy decides as it does, in words.

use cross_origin::{Decision, Denial, RequestHeaders, RequestKind};

/// The reason for a decision, in a sentence.
pub fn why(decision: &Decision<'_>, _request: &RequestHeaders<'_>) -> String {
    match decision.denial() {
        Some(denial) => {
            let name = decision.denied_header().map(|name| format!(" (`{name}`)"));
            format!("{}{}", reason(denial), name.unwrap_or_default())
        }
        None => allowed(decision),
    }
}

fn allowed(decision: &Decision<'_>) -> String {
    if decision.kind() == RequestKind::NotCors {
        return "no CORS request: it has no `Origin`".to_owned();
    }
    let rule = decision.rule().unwrap_or_default();
    let mut text = format!("rule {rule} is for this origin");
    if let Some(pattern) = decision.pattern() {
        text += &format!(": `{pattern}`");
    }
    if let Some(capture) = decision.capture() {
        text += &format!(", where `*` stands for `{capture}`");
    }
    text
}

fn reason(denial: Denial) -> &'static str {
    match denial {
        Denial::OriginNotAllowed => "no rule is for this origin",
        Denial::OriginNull => "the origin is `null`, and no rule names it",
        Denial::OriginMalformed => "`Origin` is no serialized origin",
        Denial::MethodNotAllowed => "the rule does not allow the method",
        Denial::MethodMalformed => "`Access-Control-Request-Method` is no method",
        Denial::HeaderNotAllowed => "the rule does not allow a requested header",
        Denial::HeadersMalformed => "`Access-Control-Request-Headers` is no list of field names",
        Denial::HeadersTooLong => "`Access-Control-Request-Headers` is longer than is read",
    }
}
