//! Methods, as Fetch defines them ([`#methods`](https://fetch.spec.whatwg.org/#methods)).

/// The longest `Access-Control-Request-Method` that is read, in bytes; a longer one is malformed.
///
/// The longest registered method, `UPDATEREDIRECTREF`, has 17.
pub const MAX_METHOD_LEN: usize = 64;

const NORMALIZED: [&str; 6] = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];
const SAFELISTED: [&str; 3] = ["GET", "HEAD", "POST"];
const FORBIDDEN: [&str; 3] = ["CONNECT", "TRACE", "TRACK"];

/// [`normalize`](https://fetch.spec.whatwg.org/#concept-method-normalize): six methods are
/// upper-cased, all others keep their case.
pub(crate) fn normalize(method: &str) -> &str {
    NORMALIZED
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(method))
        .unwrap_or(method)
}

/// [CORS-safelisted method](https://fetch.spec.whatwg.org/#cors-safelisted-method), compared
/// case-sensitively.
pub(crate) fn is_cors_safelisted(method: &[u8]) -> bool {
    SAFELISTED.iter().any(|known| known.as_bytes() == method)
}

/// [Forbidden method](https://fetch.spec.whatwg.org/#forbidden-method), in any case.
pub(crate) fn is_forbidden(method: &[u8]) -> bool {
    FORBIDDEN
        .iter()
        .any(|known| known.as_bytes().eq_ignore_ascii_case(method))
}
