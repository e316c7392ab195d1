//! A CORS middleware for a few origins as somebody who knows how would write it for one server, on the types
//! of the crate `http`. It states the same headers on the same responses as a policy of one rule.

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderName, HeaderValue, ORIGIN, VARY,
};
use http::{Method, Request, Response, StatusCode};

pub const METHODS: &str = "PUT,PATCH,DELETE";
pub const NAMES: &str = "authorization,content-type,x-request-id";
pub const EXPOSED: &str = "x-request-id";
pub const MAX_AGE: u32 = 600;
const MAX_AGE_TEXT: &str = "600";

/// Those that responses other than those to preflights have.
const SET_ON_ACTUAL: [HeaderName; 3] = [
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_ALLOW_CREDENTIALS,
    ACCESS_CONTROL_EXPOSE_HEADERS,
];
const SET_ON_PREFLIGHTS: [HeaderName; 3] = [
    ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_MAX_AGE,
];

/// The origins that are allowed. The headers of one origin are the same on every response.
pub struct ByHand {
    pub allowed: Vec<HeaderValue>,
}

/// What is kept from before the handler.
pub struct Verdict {
    /// The place of the origin among those that are allowed.
    allowed: Option<usize>,
    is_options: bool,
    is_preflight: bool,
}

impl ByHand {
    /// Looks at the request.
    #[inline(never)]
    pub fn judge<B>(&self, request: &Request<B>) -> Verdict {
        let headers = request.headers();
        let origin = headers.get(ORIGIN);
        let allowed = origin.and_then(|origin| {
            let mut allowed = self.allowed.iter();
            allowed.position(|allowed| allowed.as_bytes() == origin.as_bytes())
        });
        let is_options = request.method() == Method::OPTIONS;
        Verdict {
            allowed,
            is_options,
            is_preflight: is_options
                && origin.is_some()
                && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD),
        }
    }

    /// The whole response to a preflight.
    #[inline(never)]
    pub fn preflight(&self, verdict: &Verdict) -> Option<Response<()>> {
        if !verdict.is_preflight {
            return None;
        }
        let mut response = Response::new(());
        *response.status_mut() = match verdict.allowed {
            Some(_) => StatusCode::NO_CONTENT,
            None => StatusCode::FORBIDDEN,
        };
        let headers = response.headers_mut();
        if let Some(allowed) = verdict.allowed {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, self.allowed[allowed].clone());
            let mut insert = |name, value| headers.insert(name, HeaderValue::from_static(value));
            insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            insert(ACCESS_CONTROL_ALLOW_HEADERS, NAMES);
            insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE_TEXT);
        }
        add_vary(headers, "origin,access-control-request-method");
        Some(response)
    }

    /// Changes the response of the application: sets the CORS headers and removes those of an upstream.
    #[inline(never)]
    pub fn apply(&self, verdict: &Verdict, headers: &mut HeaderMap) {
        for name in SET_ON_PREFLIGHTS {
            headers.remove(name);
        }
        let is_static = self.allowed.len() == 1;
        match if is_static { Some(0) } else { verdict.allowed } {
            Some(allowed) => {
                headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, self.allowed[allowed].clone());
                let mut insert =
                    |name, value| headers.insert(name, HeaderValue::from_static(value));
                insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
                insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
            }
            None => {
                for name in SET_ON_ACTUAL {
                    headers.remove(name);
                }
            }
        }
        if verdict.is_options {
            add_vary(headers, "origin,access-control-request-method");
        } else if !is_static {
            add_vary(headers, "origin");
        }
    }
}

fn add_vary(headers: &mut HeaderMap, names: &'static str) {
    let lines = headers.get_all(VARY).iter();
    let members = lines.flat_map(|line| line.as_bytes().split(|&byte| byte == b','));
    let mut members = members.map(<[u8]>::trim_ascii);
    let is_there =
        members.any(|member| member == b"*" || member.eq_ignore_ascii_case(names.as_bytes()));
    if !is_there {
        headers.append(VARY, HeaderValue::from_static(names));
    }
}
