//! Suggested changes to the policy or the page.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::difference::OriginDifference;
use super::nearest::NearestMiss;
use super::{Explanation, finding, note};
use crate::advice::random_hosts::RANDOM_HOSTS;
use crate::message::header_name;
use crate::message::method::normalize;
use crate::message::request::SingleHeader;
use crate::origin::quoted::Quoted;
use crate::origin::{Origin, OriginRef};
use crate::policy::Denial;

const IF_WEB_VIEW: &str = "if that is the page of a web view of yours";

/// Returns the change to the policy that would allow the request.
pub(super) fn policy(of: &Explanation<'_>) -> Option<String> {
    let denial = of.denial()?;
    if let Some(addition) = of.addition() {
        return Some(match (denial, of.nearest()) {
            (Denial::OriginNotAllowed, Some(NearestMiss::Origin { allowed, .. }))
                if is_socket(allowed) =>
            {
                format!("{addition}: the `Origin` of a WebSocket is that of its page")
            }
            (Denial::HeaderNotAllowed, _) if headers_to_add(of).len() > 1 => {
                let names = finding::quoted(&headers_to_add(of));
                let rule = of.rule_index().unwrap_or_default();
                format!("to allow them, add {names} to `rules[{rule}].allow_headers`")
            }
            (Denial::OriginNotAllowed, _) if is_file(of) => format!("{IF_WEB_VIEW}, {addition}"),
            (Denial::OriginNotAllowed, _) => format!("if that page is yours, {addition}"),
            _ => format!("to allow it, {addition}"),
        });
    }
    let hint = match of.nearest() {
        Some(NearestMiss::Asks { rule }) => {
            return Some(format!(
                "rule {rule} asks: call `lookup`, decide, and pass the verdict to `evaluate_with`; \
                 `evaluate` alone denies"
            ));
        }
        Some(NearestMiss::LookAlike { .. }) => {
            "don't add it: anyone can register a look-alike name"
        }
        Some(NearestMiss::Opaque) => {
            "don't allow `null` for anything private: any website can send it, from a sandboxed frame; \
             for public resources, a rule for any origin includes it"
        }
        Some(NearestMiss::Origin { .. }) => {
            "don't add an insecure origin: a network attacker can inject a script into its pages"
        }
        Some(_) => return None,
        None if denial == Denial::OriginNotAllowed && is_file(of) => {
            return Some(format!(
                "{IF_WEB_VIEW}, add `file://` to a rule without credentials"
            ));
        }
        None if denial == Denial::OriginNotAllowed && note::not_asked(of).is_some() => {
            "serve the page with https, or use a rule without credentials for it"
        }
        None if denial == Denial::OriginNotAllowed && random_scheme(of).is_some() => {
            let scheme = random_scheme(of).unwrap_or_default();
            return Some(format!(
                "the host differs for each installation or session: if any such page may have it, add \
                 `{scheme}://*` to a rule without credentials"
            ));
        }
        None if denial == Denial::OriginNotAllowed => {
            "if that page is yours, add its origin to the `allow_origins` of a rule"
        }
        None => return None,
    };
    Some(hint.into())
}

/// Returns the change to the page, or to the client.
pub(super) fn page(of: &Explanation<'_>) -> Option<String> {
    let Some(nearest) = of.nearest() else {
        return without_nearest(of);
    };
    let hint = match nearest {
        NearestMiss::Origin {
            difference,
            allowed,
            ..
        } => return elsewhere(of, *difference, allowed),
        NearestMiss::Spelling { allowed, .. } => {
            let allowed = Quoted(allowed.as_str());
            return Some(format!("no browser sends it in this form: send {allowed}"));
        }
        NearestMiss::MethodCase { allowed } => {
            let is_upper = !allowed.bytes().any(|byte| byte.is_ascii_lowercase());
            if !is_upper {
                return Some(format!("or use the method {}", Quoted(allowed)));
            }
            return Some(format!(
                "use the method {}: browsers upper-case only `DELETE`, `GET`, `HEAD`, `OPTIONS`, \
                 `POST` and `PUT`",
                Quoted(allowed)
            ));
        }
        NearestMiss::HeaderTypo { allowed, .. } => {
            return Some(format!("or did you mean {}?", Quoted(allowed)));
        }
        NearestMiss::Opaque => {
            "request the final URL without a redirect, or load the page from a server; a sandboxed \
             frame keeps its origin with `allow-same-origin`, but not where it shares yours and runs \
             scripts"
        }
        NearestMiss::OriginRepeated | NearestMiss::MethodRepeated => {
            "look for a proxy that adds another"
        }
        NearestMiss::ForbiddenMethod | NearestMiss::ForbiddenHeader => {
            "no browser asks for it: look at what sends this"
        }
        NearestMiss::LiteralWildcard => "list the names that the request needs",
        NearestMiss::ResponseHeader => "delete it from the request: the server sends it",
        NearestMiss::Element { .. } => {
            "no browser sends this: names have no white space and are separated by commas"
        }
        NearestMiss::Cap { .. } => "no browser asks for so much: look at what sends this",
        NearestMiss::LookAlike { .. }
        | NearestMiss::Asks { .. }
        | NearestMiss::NonWildcardHeader
        | NearestMiss::RuleBelow { .. } => return None,
    };
    Some(hint.into())
}

fn without_nearest(of: &Explanation<'_>) -> Option<String> {
    match of.denial()? {
        Denial::OriginNotAllowed if is_file(of) => {
            Some("or load the page from a server, or by a custom scheme of the web view".into())
        }
        Denial::OriginMalformed | Denial::MethodMalformed => {
            Some("no browser sends this: look at what does".into())
        }
        Denial::MethodNotAllowed => {
            let SingleHeader::Once(method) = of.request.request_method() else {
                return None;
            };
            let method = core::str::from_utf8(method).ok()?;
            let sent = normalize(method);
            (sent != method).then(|| format!("no browser sends this: it sends {}", Quoted(sent)))
        }
        _ => None,
    }
}

/// Where to open the page instead, if it is the same page there, and no less secure.
fn elsewhere(
    of: &Explanation<'_>,
    difference: OriginDifference,
    allowed: &Origin,
) -> Option<String> {
    let is_same_page = match difference {
        OriginDifference::Scheme
        | OriginDifference::Port
        | OriginDifference::SchemeAndPort
        | OriginDifference::TrailingDot
        | OriginDifference::Loopback
        | OriginDifference::Www => true,
        OriginDifference::Apex
        | OriginDifference::EmptyWildcard
        | OriginDifference::LabelTooMany
        | OriginDifference::Below
        | OriginDifference::OutsideNetwork => false,
    };
    let is_page = matches!(allowed.scheme()?.as_str(), "http" | "https");
    let is_downgrade = of.origin()?.is_potentially_trustworthy()
        && !allowed.as_origin_ref().is_potentially_trustworthy();
    let or = if of.addition().is_some() { "or " } else { "" };
    (is_same_page && is_page && !is_downgrade)
        .then(|| format!("{or}open the page at {}", Quoted(allowed.as_str())))
}

/// The denied headers that a page can set, and that a rule could list.
fn headers_to_add<'a>(of: &Explanation<'a>) -> Vec<&'a str> {
    let mut names = finding::denied_headers(of);
    names.retain(|name| {
        let bytes = name.as_bytes();
        *name != "*"
            && !header_name::is_forbidden_request_header(bytes)
            && !header_name::is_cors_response(bytes)
    });
    names
}

/// The scheme of an origin whose host is made up by the browser.
fn random_scheme<'a>(of: &Explanation<'a>) -> Option<&'a str> {
    let scheme = of.origin()?.scheme()?.as_str();
    RANDOM_HOSTS.contains(&scheme).then_some(scheme)
}

fn is_file(of: &Explanation<'_>) -> bool {
    of.origin().is_some_and(OriginRef::is_file)
}

fn is_socket(origin: &Origin) -> bool {
    let scheme = origin.scheme();
    scheme.is_some_and(|scheme| matches!(scheme.as_str(), "ws" | "wss"))
}
