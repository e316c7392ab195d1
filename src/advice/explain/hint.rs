//! Suggested changes to the policy or the page.

use alloc::format;
use alloc::string::String;

use super::Explanation;
use super::difference::OriginDifference;
use super::nearest::NearestMiss;
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
            (Denial::OriginNotAllowed, _) if is_file(of) => format!("{IF_WEB_VIEW}, {addition}"),
            (Denial::OriginNotAllowed, _) => format!("if that page is yours, {addition}"),
            _ => format!("if pages may have it, {addition}"),
        });
    }
    let hint = match of.nearest() {
        Some(NearestMiss::Asks { rule }) => {
            return Some(format!(
                "rule {rule} decides if `evaluate_with` is given a yes made of `lookup`; plain \
                 `evaluate` means no"
            ));
        }
        Some(NearestMiss::LookAlike { .. }) => {
            "leave it out: anybody can register such a name, to be taken for yours"
        }
        Some(NearestMiss::Opaque) => {
            "don't allow `null`: any page can make itself the opaque origin, with a sandboxed frame"
        }
        Some(NearestMiss::Origin { .. }) => {
            "don't add an insecure origin: whoever is on the network's way can write its pages"
        }
        Some(_) => return None,
        None if denial == Denial::OriginNotAllowed && is_file(of) => {
            return Some(format!(
                "{IF_WEB_VIEW}, add `file://` to a rule without credentials"
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
            return Some(format!(
                "no browser writes it so: what sends this has to send {allowed}"
            ));
        }
        NearestMiss::MethodCase { allowed } => {
            let is_upper = !allowed.bytes().any(|byte| byte.is_ascii_lowercase());
            if !is_upper {
                return Some(format!("or write the method {}", Quoted(allowed)));
            }
            return Some(format!(
                "write the method {}: browsers put only `DELETE`, `GET`, `HEAD`, `OPTIONS`, \
                 `POST` and `PUT` into upper case",
                Quoted(allowed)
            ));
        }
        NearestMiss::HeaderTypo { allowed, .. } => {
            return Some(format!("or is {} meant?", Quoted(allowed)));
        }
        NearestMiss::Opaque => {
            "give the frame `allow-same-origin`, ask the final URL without a redirect, or load the \
             page from a server"
        }
        NearestMiss::OriginRepeated | NearestMiss::MethodRepeated => {
            "look for a proxy that adds another"
        }
        NearestMiss::ForbiddenMethod | NearestMiss::ForbiddenHeader => {
            "no browser asks for it: look at what sends this"
        }
        NearestMiss::LiteralWildcard => "name what the request needs",
        NearestMiss::ResponseHeader => {
            "delete it from the request: it is the server that answers with it"
        }
        NearestMiss::Element { .. } => {
            "no browser sends this: names have no white space, and commas stand between them"
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

fn is_file(of: &Explanation<'_>) -> bool {
    of.origin().is_some_and(OriginRef::is_file)
}

fn is_socket(origin: &Origin) -> bool {
    let scheme = origin.scheme();
    scheme.is_some_and(|scheme| matches!(scheme.as_str(), "ws" | "wss"))
}
