//! The application behind every policy that makes responses: each has five headers already.

use http::{HeaderMap, Method, Response, header};

use crate::support::requests::OTHER;

pub const HEADERS: [(header::HeaderName, &str); 5] = [
    (header::CONTENT_TYPE, "application/json"),
    (header::CONTENT_LENGTH, "1234"),
    (header::DATE, "Thu, 01 Jan 2026 00:00:00 GMT"),
    (header::CACHE_CONTROL, "private, max-age=0"),
    (header::ETAG, "\"33a64df551425fcc55e4d42a148795d9f25f89d4\""),
];

/// Whether a request is a preflight. None reaches an application, so what its response would take must not be
/// subtracted.
pub fn is_preflight(method: &Method) -> bool {
    method == Method::OPTIONS
}

/// Whether a policy that refuses denied requests itself keeps this one from the application.
pub fn is_refused(headers: &HeaderMap) -> bool {
    headers
        .get(header::ORIGIN)
        .is_some_and(|origin| origin == OTHER)
}

/// The response to a request with this method.
pub fn respond<B>(method: &Method, body: B) -> Response<B> {
    let mut response = Response::new(body);
    if !is_preflight(method) {
        for (name, value) in HEADERS {
            let value = header::HeaderValue::from_static(value);
            response.headers_mut().insert(name, value);
        }
    }
    response
}
