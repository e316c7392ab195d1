//! Views of requests of the crate `http`.

use http::header::{self, HeaderMap, HeaderName};
use http::request::Parts;
use http::{Method, Request};

use crate::message::{
    IntoRequestHeaders, MAX_REQUEST_HEADERS_LINES, RequestHeaders, RequestMethod,
};

/// The names of the headers that the CORS protocol reads.
static CORS_HEADERS: [HeaderName; 3] = [
    header::ORIGIN,
    header::ACCESS_CONTROL_REQUEST_METHOD,
    header::ACCESS_CONTROL_REQUEST_HEADERS,
];

/// How many lines of a header are viewed: one more than a [`RequestHeaders`] keeps, so that it sees that
/// there were more.
const VIEWED_LINES: usize = MAX_REQUEST_HEADERS_LINES.saturating_add(1);

/// In a map with at most this many names one pass over them is faster than a lookup (the counts
/// `view_of_header_map`).
const MAX_PASSED: usize = 32;

impl<'a, B> From<&'a Request<B>> for RequestHeaders<'a> {
    fn from(request: &'a Request<B>) -> Self {
        view(request.method(), request.headers())
    }
}

impl<'a> From<&'a Parts> for RequestHeaders<'a> {
    fn from(parts: &'a Parts) -> Self {
        view(&parts.method, &parts.headers)
    }
}

impl RequestMethod for Method {
    #[inline]
    fn as_bytes(&self) -> &[u8] {
        self.as_str().as_bytes()
    }
}

impl<'a, B> IntoRequestHeaders<'a> for &'a Request<B> {
    type View = RequestHeaders<'a>;

    #[inline]
    fn into_request_headers(self) -> RequestHeaders<'a> {
        self.into()
    }
}

impl<'a> IntoRequestHeaders<'a> for &'a Parts {
    type View = RequestHeaders<'a>;

    #[inline]
    fn into_request_headers(self) -> RequestHeaders<'a> {
        self.into()
    }
}

/// Returns the view of a request.
#[inline]
pub(in crate::interop) fn view<'a>(
    method: &'a Method,
    headers: &'a HeaderMap,
) -> RequestHeaders<'a> {
    // A name with several lines, or too many names for one pass over them.
    if headers.len() != headers.keys_len() || headers.len() > MAX_PASSED {
        return view_of_all(method, headers);
    }
    let mut rest = headers.keys().filter(|name| is_read(name)).count();
    let [mut origin, mut request_method, mut request_headers] = [None; CORS_HEADERS.len()];
    for (name, value) in headers {
        if rest == 0 {
            break;
        }
        let line = if *name == header::ORIGIN {
            &mut origin
        } else if *name == header::ACCESS_CONTROL_REQUEST_METHOD {
            &mut request_method
        } else if *name == header::ACCESS_CONTROL_REQUEST_HEADERS {
            &mut request_headers
        } else {
            continue;
        };
        *line = Some(value.as_bytes());
        rest = rest.saturating_sub(1);
    }
    let lines = [origin, request_method, request_headers];
    RequestHeaders::from_single_lines(method.as_str().as_bytes(), lines)
}

/// Whether the CORS protocol reads this header. Comparing with constants is faster than with
/// [`CORS_HEADERS`].
#[inline]
fn is_read(name: &HeaderName) -> bool {
    *name == header::ORIGIN
        || *name == header::ACCESS_CONTROL_REQUEST_METHOD
        || *name == header::ACCESS_CONTROL_REQUEST_HEADERS
}

#[cold]
fn view_of_all<'a>(method: &'a Method, headers: &'a HeaderMap) -> RequestHeaders<'a> {
    let lines = CORS_HEADERS.iter().flat_map(|name| {
        let values = headers.get_all(name).iter().take(VIEWED_LINES);
        values.map(move |value| (name, value))
    });
    RequestHeaders::new(method.as_str()).headers(lines)
}
