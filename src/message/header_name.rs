//! Header names that the CORS protocol uses or rules out.
//!
//! Names compare without regard to case (RFC 9110, 5.1); here they are written in lower case.

pub(crate) const ORIGIN: &str = "origin";
pub(crate) const REQUEST_METHOD: &str = "access-control-request-method";
pub(crate) const REQUEST_HEADERS: &str = "access-control-request-headers";

pub(crate) const ALLOW_ORIGIN: &str = "access-control-allow-origin";
pub(crate) const ALLOW_CREDENTIALS: &str = "access-control-allow-credentials";
pub(crate) const ALLOW_METHODS: &str = "access-control-allow-methods";
pub(crate) const ALLOW_HEADERS: &str = "access-control-allow-headers";
pub(crate) const EXPOSE_HEADERS: &str = "access-control-expose-headers";
pub(crate) const MAX_AGE: &str = "access-control-max-age";
pub(crate) const TIMING_ALLOW_ORIGIN: &str = "timing-allow-origin";
pub(crate) const VARY: &str = "vary";

/// The response headers of the CORS protocol
/// ([`#http-responses`](https://fetch.spec.whatwg.org/#http-responses)).
#[cfg(feature = "advice")]
const CORS_RESPONSE: [&str; 6] = [
    ALLOW_ORIGIN,
    ALLOW_CREDENTIALS,
    ALLOW_METHODS,
    ALLOW_HEADERS,
    EXPOSE_HEADERS,
    MAX_AGE,
];

/// The names of [forbidden request-headers](https://fetch.spec.whatwg.org/#forbidden-request-header).
const FORBIDDEN: [&str; 21] = [
    "accept-charset",
    "accept-encoding",
    REQUEST_HEADERS,
    REQUEST_METHOD,
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    ORIGIN,
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

const FORBIDDEN_PREFIXES: [&str; 2] = ["proxy-", "sec-"];

/// [Forbidden response-header names](https://fetch.spec.whatwg.org/#forbidden-response-header-name).
#[cfg(feature = "browser")]
const FORBIDDEN_RESPONSE: [&str; 2] = ["set-cookie", "set-cookie2"];

/// Whether a page can never set a header of this name, whatever the value
/// ([forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header)).
///
/// `X-HTTP-Method` and its kin are forbidden for some values only, so their names are not.
pub(crate) fn is_forbidden_request_header(name: &[u8]) -> bool {
    among(&FORBIDDEN, name)
        || FORBIDDEN_PREFIXES.iter().any(|prefix| {
            name.get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
        })
}

/// [CORS non-wildcard request-header name](https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name):
/// `*` does not cover it.
pub(crate) fn is_cors_non_wildcard(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"authorization")
}

#[cfg(feature = "advice")]
pub(crate) fn is_cors_response(name: &[u8]) -> bool {
    among(&CORS_RESPONSE, name)
}

/// Whether no page can read a response header of this name.
#[cfg(feature = "browser")]
pub(crate) fn is_forbidden_response(name: &[u8]) -> bool {
    among(&FORBIDDEN_RESPONSE, name)
}

fn among(names: &[&str], name: &[u8]) -> bool {
    names
        .iter()
        .any(|known| known.as_bytes().eq_ignore_ascii_case(name))
}
