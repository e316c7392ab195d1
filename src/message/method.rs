//! Methods, as Fetch defines them ([`#methods`](https://fetch.spec.whatwg.org/#methods)).

use alloc::string::String;
use alloc::vec::Vec;

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

/// The method of a request: text, bytes or an `http::Method`.
///
/// Implement it for the method type of another framework.
pub trait RequestMethod {
    /// The method, as received.
    fn as_bytes(&self) -> &[u8];
}

impl RequestMethod for str {
    #[inline]
    fn as_bytes(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl RequestMethod for String {
    #[inline]
    fn as_bytes(&self) -> &[u8] {
        self.as_str().as_bytes()
    }
}

impl RequestMethod for [u8] {
    #[inline]
    fn as_bytes(&self) -> &[u8] {
        self
    }
}

impl<const N: usize> RequestMethod for [u8; N] {
    #[inline]
    fn as_bytes(&self) -> &[u8] {
        self
    }
}

impl RequestMethod for Vec<u8> {
    #[inline]
    fn as_bytes(&self) -> &[u8] {
        self
    }
}

impl<M: RequestMethod + ?Sized> RequestMethod for &M {
    #[inline]
    fn as_bytes(&self) -> &[u8] {
        (**self).as_bytes()
    }
}
