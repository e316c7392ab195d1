//! The fetch behind a request, and the browser's verdict on the response.

use crate::browser::{CheckFailure, Credentials, Failure, Fetch, Response};
use crate::message::list::elements;
use crate::message::request::SingleHeader;
use crate::message::{RequestHeaders, RequestKind};
use crate::origin::OriginRef;
use crate::policy::{Decision, Denial};

/// Longer than the value of a safelisted header can be, so that every name is asked for.
const UNSAFE_VALUE: [u8; 129] = [b'x'; 129];

/// Where the browser refuses what is denied; `None` if it is allowed, or no browser asks so.
pub(super) fn failure(decision: &Decision<'_>, request: &RequestHeaders<'_>) -> Option<Failure> {
    match decision.denial()? {
        Denial::HeadersTooLong | Denial::HeadersMalformed | Denial::MethodMalformed => None,
        _ if decision.kind() == RequestKind::Preflight => {
            let fetch = preflighted(request)?;
            let refused = fetch.preflight_check(&response(decision)).err()?;
            Some(Failure::Preflight(refused))
        }
        _ => {
            let refused = simple(request)?.cors_check(&response(decision)).err()?;
            Some(Failure::Response(refused))
        }
    }
}

/// Where the browser refuses what is allowed, if the page sends credentials.
pub(super) fn failure_with_credentials(
    decision: &Decision<'_>,
    request: &RequestHeaders<'_>,
) -> Option<CheckFailure> {
    let fetch = simple(request)?.credentials(Credentials::Include);
    fetch.cors_check(&response(decision)).err()
}

fn response(decision: &Decision<'_>) -> Response {
    Response::new(decision.status().unwrap_or(200)).headers(decision.headers())
}

/// A fetch of this origin. The CORS check does not look at its method.
fn simple(request: &RequestHeaders<'_>) -> Option<Fetch> {
    Fetch::new(origin(request)?, "GET").ok()
}

/// The fetch whose preflight this is, if a page can ask for it.
fn preflighted(request: &RequestHeaders<'_>) -> Option<Fetch> {
    let SingleHeader::Once(method) = request.request_method() else {
        return None;
    };
    let method = core::str::from_utf8(method).ok()?;
    let fetch = Fetch::new(origin(request)?, method).ok()?;
    if fetch.method() != method {
        return None; // a browser would have sent it in upper case
    }
    let lines = request.request_headers().kept()?;
    let mut names = lines.flat_map(elements);
    names.try_fold(fetch, |fetch, name| {
        let name = core::str::from_utf8(name).ok()?;
        fetch.header(name, UNSAFE_VALUE).ok()
    })
}

fn origin<'a>(request: &RequestHeaders<'a>) -> Option<OriginRef<'a>> {
    let SingleHeader::Once(value) = request.origin() else {
        return None;
    };
    OriginRef::from_header(value).ok()
}
