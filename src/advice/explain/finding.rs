//! The reason of a decision, and its section of the standard.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Explanation;
use super::shown::Shown;
use crate::message::request::SingleHeader;
use crate::message::{MAX_METHOD_LEN, RequestKind};
use crate::origin::OriginRef;
use crate::origin::quoted::Quoted;
use crate::policy::{Decision, Denial};

pub(super) fn section(decision: &Decision<'_>) -> &'static str {
    match (decision.kind(), decision.denial()) {
        (RequestKind::NotCors, _) => "https://fetch.spec.whatwg.org/#http-requests",
        (_, Some(Denial::OriginMalformed)) => "https://fetch.spec.whatwg.org/#origin-header",
        (_, Some(Denial::OriginNotAllowed | Denial::OriginNull)) | (RequestKind::Actual, _) => {
            "https://fetch.spec.whatwg.org/#concept-cors-check"
        }
        (_, Some(Denial::MethodMalformed)) => "https://fetch.spec.whatwg.org/#concept-method",
        (_, Some(Denial::HeadersTooLong)) => {
            "https://fetch.spec.whatwg.org/#http-access-control-request-headers"
        }
        (_, Some(Denial::HeadersMalformed)) => "https://fetch.spec.whatwg.org/#header-name",
        (RequestKind::Preflight, _) => "https://fetch.spec.whatwg.org/#cors-preflight-fetch-0",
    }
}

/// Returns the reason of the decision, as a clause.
pub(super) fn finding(of: &Explanation<'_>) -> String {
    match of.denial() {
        None if of.kind() == RequestKind::NotCors => {
            "the request has no `Origin`, so CORS does not apply".into()
        }
        None => allowed(of),
        Some(Denial::OriginNotAllowed | Denial::OriginNull) => origin_not_allowed(of),
        Some(Denial::OriginMalformed) => malformed_origin(of),
        Some(Denial::MethodNotAllowed) => {
            format!("{} does not allow method {}", rule(of), asked_method(of))
        }
        Some(Denial::MethodMalformed) => malformed_method(of),
        Some(Denial::HeaderNotAllowed) => {
            let names = denied_headers(of);
            let plural = if names.len() > 1 { "s" } else { "" };
            format!(
                "{} does not allow request header{plural} {}",
                rule(of),
                quoted(&names)
            )
        }
        Some(Denial::HeadersMalformed) => {
            "`Access-Control-Request-Headers` is not a list of header names".into()
        }
        Some(Denial::HeadersTooLong) => "`Access-Control-Request-Headers` is too long".into(),
    }
}

/// How many denied headers are named.
const MAX_NAMED: usize = 8;

/// The requested headers that are not allowed, each once: the first few, and `…` for the others.
pub(super) fn denied_headers<'a>(of: &Explanation<'a>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for name in of.decision.denied_headers() {
        let is_known = names.iter().any(|known| known.eq_ignore_ascii_case(name));
        if !is_known {
            if names.len() == MAX_NAMED {
                names.push("…");
                break;
            }
            names.push(name);
        }
    }
    names
}

/// Names in backticks, with commas between them.
pub(super) fn quoted(names: &[&str]) -> String {
    let quoted = names.iter().map(|name| match *name {
        "…" => "…".into(),
        name => format!("{}", Quoted(name)),
    });
    quoted.collect::<Vec<String>>().join(", ")
}

/// The origin as sent.
pub(super) fn origin(of: &Explanation<'_>) -> String {
    match of.request.origin() {
        SingleHeader::Absent => "no `Origin`".into(),
        SingleHeader::Repeated => "more than one `Origin`".into(),
        SingleHeader::Once(value) => format!("origin {}", Shown(value)),
    }
}

/// The method that a preflight asks for, as sent.
pub(super) fn asked_method(of: &Explanation<'_>) -> String {
    match of.request.request_method() {
        SingleHeader::Absent => "none".into(),
        SingleHeader::Repeated => "more than one method".into(),
        SingleHeader::Once(value) => format!("{}", Shown(value)),
    }
}

fn rule(of: &Explanation<'_>) -> String {
    of.rule_index()
        .map_or_else(String::new, |rule| format!("rule {rule}"))
}

fn allowed(of: &Explanation<'_>) -> String {
    let credentials = if of.decision.allows_credentials() {
        "with credentials"
    } else {
        "without credentials"
    };
    let by = match (of.pattern(), of.decision.capture()) {
        (Some("*"), _) => " (any origin)".into(),
        (Some(pattern), Some(capture)) => {
            format!(" ({}, `*` = {})", Quoted(pattern), Quoted(capture))
        }
        (Some(pattern), None) => format!(" ({})", Quoted(pattern)),
        (None, _) => " (allowed by the application)".into(),
    };
    format!("{}{by} allows {} {credentials}", rule(of), origin(of))
}

fn origin_not_allowed(of: &Explanation<'_>) -> String {
    let no_rule = if of.decision.policy().rules().next().is_none() {
        ": the policy has no rule"
    } else {
        ""
    };
    format!("{} is not allowed{no_rule}", origin(of))
}

fn malformed_origin(of: &Explanation<'_>) -> String {
    let SingleHeader::Once(value) = of.request.origin() else {
        return format!("there is {}", origin(of));
    };
    match OriginRef::from_header(value) {
        Err(error) => format!("{} is malformed: {error}", origin(of)),
        Ok(_) => format!("{} is malformed", origin(of)),
    }
}

fn malformed_method(of: &Explanation<'_>) -> String {
    match of.request.request_method() {
        SingleHeader::Once(value) if value.len() > MAX_METHOD_LEN => {
            format!("the method asked for is longer than {MAX_METHOD_LEN} bytes")
        }
        SingleHeader::Once(value) => format!("{} is not a method", Shown(value)),
        SingleHeader::Absent | SingleHeader::Repeated => {
            "there is more than one `Access-Control-Request-Method`".into()
        }
    }
}
