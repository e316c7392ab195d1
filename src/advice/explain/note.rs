//! Notes on common misunderstandings.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Explanation, below, console};
use crate::message::request::SingleHeader;
use crate::message::token::is_token;
use crate::message::{RequestHeaders, RequestKind};
use crate::origin::OriginRef;
use crate::policy::Denial;

/// Returns the notes on this kind of request and this decision.
pub(super) fn notes(of: &Explanation<'_>) -> Vec<String> {
    let first = match of.kind() {
        RequestKind::NotCors => return Vec::from([not_cors(of).into()]),
        RequestKind::Actual => not_preflight(of)
            .or_else(|| same_origin(of))
            .map(Into::into),
        RequestKind::Preflight => preflight(of),
    };
    let notes = [
        first,
        file_page(of).map(Into::into),
        unlisted_method(of),
        asked(of),
        not_asked(of),
        admits_malformed(of),
        without_credentials(of),
        spelled_port(of),
    ];
    notes.into_iter().flatten().collect()
}

fn not_cors(of: &Explanation<'_>) -> &'static str {
    if of.request.request_method() != SingleHeader::Absent {
        "a preflight has an `Origin` too: add one, as `curl -H 'Origin: …'` does"
    } else if of.request.is_options() {
        "a plain `OPTIONS` is not a preflight: it belongs to the application"
    } else {
        "browsers send none with navigations, images and scripts without `crossorigin`, and `GET` \
         within one origin; apply the decision all the same"
    }
}

fn not_preflight(of: &Explanation<'_>) -> Option<&'static str> {
    let asks_method = of.request.request_method() != SingleHeader::Absent;
    match (of.request.is_options(), asks_method) {
        (true, _) => Some(
            "an `OPTIONS` without `Access-Control-Request-Method` is not a preflight: it belongs to \
             the application",
        ),
        (false, true) if of.request.method().eq_ignore_ascii_case(b"OPTIONS") => {
            Some("methods are case-sensitive: a preflight's is `OPTIONS`")
        }
        (false, true) => Some(
            "a preflight's method is `OPTIONS`: `Access-Control-Request-Method` has no meaning here",
        ),
        (false, false) => None,
    }
}

/// A server that refuses these refuses its own pages.
fn same_origin(of: &Explanation<'_>) -> Option<&'static str> {
    // `file://` is not the same origin as another `file://`.
    let is_tuple = of.origin().is_some_and(|origin| origin.scheme().is_some());
    let is_sent_within = is_tuple && !matches!(of.request.method(), b"GET" | b"HEAD");
    (is_sent_within && of.denial() == Some(Denial::OriginNotAllowed)).then_some(
        "browsers send `Origin` with this method to the page's own origin too, where CORS \
         does not apply: do not refuse the request",
    )
}

/// `null`, where the policy allows the other origin of `file:` pages.
fn file_page(of: &Explanation<'_>) -> Option<&'static str> {
    let mut rules = of.decision.policy().rules();
    let is_denied = of.denial() == Some(Denial::OriginNull);
    (is_denied && rules.any(|rule| rule.matches(OriginRef::FILE))).then_some(
        "`file://` is allowed, but web views send it only where file URLs may access files, and else \
         `null`",
    )
}

/// An actual request is decided by its origin alone, but a browser would not have come so far.
fn unlisted_method(of: &Explanation<'_>) -> Option<String> {
    let (index, method) = (of.rule_index()?, of.request.method());
    let is_options = method.eq_ignore_ascii_case(b"OPTIONS");
    if of.kind() != RequestKind::Actual || is_options || !is_token(method) {
        return None;
    }
    let preflight = RequestHeaders::new("OPTIONS")
        .header("origin", "null")
        .header("access-control-request-method", method);
    let rule = of.decision.policy().rules().nth(index)?;
    (!below::allows(rule, &preflight)).then(|| {
        format!(
            "here the origin alone decides, but a browser asks first, and rule {index} does not \
             allow the method"
        )
    })
}

fn admits_malformed(of: &Explanation<'_>) -> Option<String> {
    (of.pattern() == Some("*") && of.origin().is_none()).then(|| {
        "the `Origin` is malformed: any origin means any value, as the answer repeats nothing of it"
            .into()
    })
}

/// A rule that asked on the way to the one that decides.
fn asked(of: &Explanation<'_>) -> Option<String> {
    let decides = of.rule_index()?;
    let asks = of.decision.policy().lookup(&of.request)?.rule_index();
    (asks < decides).then(|| {
        format!("rule {asks} asks the application, which did not allow the origin, so the search went on")
    })
}

/// A rule that asks, but not about this origin.
pub(super) fn not_asked(of: &Explanation<'_>) -> Option<String> {
    let policy = of.decision.policy();
    if of.rule_index().is_some() || policy.lookup(&of.request).is_some() {
        return None;
    }
    let (index, rule) = policy
        .rules()
        .enumerate()
        .find(|(_, rule)| rule.is_asking())?;
    let reason = match of.denial()? {
        Denial::OriginNull => "the origin is `null`",
        Denial::OriginMalformed => "the origin is malformed",
        Denial::OriginNotAllowed if is_file_origin(of) => "`file://` is not asked about",
        Denial::OriginNotAllowed if rule.allows_credentials() => {
            "the origin is insecure and the rule allows credentials"
        }
        _ => return None,
    };
    Some(format!("rule {index} was not asked, because {reason}"))
}

fn is_file_origin(of: &Explanation<'_>) -> bool {
    of.origin().is_some_and(OriginRef::is_file)
}

fn preflight(of: &Explanation<'_>) -> Option<String> {
    match of.denial() {
        None => Some(
            "the request itself follows, and is decided by itself: its response needs the fields \
             of its own decision"
                .into(),
        ),
        Some(Denial::HeaderNotAllowed) => {
            let name = of.decision.denied_header()?;
            let note = if name.eq_ignore_ascii_case("content-type") {
                "without a preflight `Content-Type` is one of the three that forms send; JSON is none"
            } else if name.eq_ignore_ascii_case("authorization") {
                "Chromium and Firefox let `*` cover it without credentials; Fetch does not"
            } else {
                return None;
            };
            Some(note.into())
        }
        Some(_) => None,
    }
}

/// Returns the console message for a page that sends cookies, if the rule allows none.
fn without_credentials(of: &Explanation<'_>) -> Option<String> {
    if of.denial().is_some() || of.decision.allows_credentials() {
        return None;
    }
    let refused = console::failure_with_credentials(&of.decision, &of.request)?;
    Some(format!(
        "a fetch with `credentials: \"include\"` is refused: {}",
        refused.console()
    ))
}

/// A default port, which browsers leave out.
fn spelled_port(of: &Explanation<'_>) -> Option<String> {
    let SingleHeader::Once(value) = of.request.origin() else {
        return None;
    };
    let origin = of.origin()?;
    let is_spelled = value.len() > origin.as_str().len();
    is_spelled.then(|| {
        format!(
            "the scheme's default port was dropped: browsers send `{}`",
            origin.as_str()
        )
    })
}
