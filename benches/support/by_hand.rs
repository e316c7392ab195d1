//! A CORS middleware of one origin as somebody who knows how would write it for one server, on the types
//! of the crate `http`.

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderValue, ORIGIN,
    VARY,
};
use http::{Method, Request, Response, StatusCode};

pub const METHODS: &str = "PUT,PATCH,DELETE";
pub const NAMES: &str = "authorization,content-type,x-request-id";
pub const EXPOSED: &str = "x-request-id";
pub const MAX_AGE: u32 = 600;

const SET_BY_CORS: [http::HeaderName; 6] = [
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_ALLOW_CREDENTIALS,
    ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE,
];

/// What is kept from before the handler.
pub enum Verdict {
    NotCors,
    Denied,
    Allowed,
    Preflight(bool),
}

/// Looks at the request.
#[inline(never)]
pub fn judge<B>(request: &Request<B>, allowed: &str) -> Verdict {
    let headers = request.headers();
    let Some(origin) = headers.get(ORIGIN) else {
        return Verdict::NotCors;
    };
    let is_allowed = origin.as_bytes() == allowed.as_bytes();
    let method = headers.get(ACCESS_CONTROL_REQUEST_METHOD);
    match method.filter(|_| request.method() == Method::OPTIONS) {
        None if is_allowed => Verdict::Allowed,
        None => Verdict::Denied,
        Some(method) => {
            let mut methods = METHODS.split(',').map(str::as_bytes);
            let lines = headers.get_all(ACCESS_CONTROL_REQUEST_HEADERS);
            let fits = methods.any(|known| known == method.as_bytes())
                && lines.iter().all(|line| are_allowed(line.as_bytes()));
            Verdict::Preflight(is_allowed && fits)
        }
    }
}

fn are_allowed(names: &[u8]) -> bool {
    let mut names = names.split(|&byte| byte == b',').map(<[u8]>::trim_ascii);
    names.all(|name| {
        let mut known = NAMES.split(',').map(str::as_bytes);
        name.is_empty() || known.any(|known| known.eq_ignore_ascii_case(name))
    })
}

/// The response to a preflight.
#[inline(never)]
pub fn preflight(verdict: &Verdict) -> Option<Response<()>> {
    let Verdict::Preflight(is_allowed) = verdict else {
        return None;
    };
    let mut response = Response::new(());
    *response.status_mut() = if *is_allowed {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::FORBIDDEN
    };
    Some(response)
}

/// Changes the response: sets the CORS headers and removes those of an upstream.
#[inline(never)]
pub fn apply(verdict: &Verdict, allowed: &HeaderValue, headers: &mut HeaderMap) {
    for name in SET_BY_CORS {
        headers.remove(name);
    }
    if let Verdict::Allowed | Verdict::Preflight(true) = verdict {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, allowed.clone());
        headers.insert(
            ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HeaderValue::from_static("true"),
        );
    }
    match verdict {
        Verdict::NotCors | Verdict::Denied | Verdict::Preflight(false) => {}
        Verdict::Allowed => {
            headers.insert(
                ACCESS_CONTROL_EXPOSE_HEADERS,
                HeaderValue::from_static(EXPOSED),
            );
        }
        Verdict::Preflight(true) => {
            headers.insert(
                ACCESS_CONTROL_ALLOW_METHODS,
                HeaderValue::from_static(METHODS),
            );
            headers.insert(
                ACCESS_CONTROL_ALLOW_HEADERS,
                HeaderValue::from_static(NAMES),
            );
            headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from(MAX_AGE));
        }
    }
    let vary = match verdict {
        Verdict::Preflight(_) => "origin,access-control-request-method",
        _ => "origin",
    };
    if !varies(headers, vary) {
        headers.append(VARY, HeaderValue::from_static(vary));
    }
}

/// Whether the response says so already.
fn varies(headers: &HeaderMap, names: &str) -> bool {
    let lines = headers.get_all(VARY).iter();
    let members = lines.flat_map(|line| line.as_bytes().split(|&byte| byte == b','));
    let mut members = members.map(<[u8]>::trim_ascii);
    members.any(|member| member == b"*" || member.eq_ignore_ascii_case(names.as_bytes()))
}
