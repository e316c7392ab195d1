//! The least that can be done, written out: what any CORS middleware does at least, and nothing else.

use http::HeaderMap;
use http::header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN};

/// The three fields that the CORS protocol reads.
#[derive(Clone, Copy, Default)]
pub struct Seen<'a> {
    pub origin: Option<&'a [u8]>,
    pub method: Option<&'a [u8]>,
    pub names: Option<&'a [u8]>,
}

/// One pass over pairs. The lengths of the three names tell most other fields at once.
#[inline(never)]
pub fn pass<'a>(fields: &[(&'a str, &'a str)]) -> Seen<'a> {
    let mut seen = Seen::default();
    for (name, value) in fields {
        let value = value.as_bytes();
        match name.len() {
            6 if name.eq_ignore_ascii_case("origin") => seen.origin = Some(value),
            29 if name.eq_ignore_ascii_case("access-control-request-method") => {
                seen.method = Some(value);
            }
            30 if name.eq_ignore_ascii_case("access-control-request-headers") => {
                seen.names = Some(value);
            }
            _ => {}
        }
    }
    seen
}

/// Three look-ups in a map.
#[inline(never)]
pub fn look_up(headers: &HeaderMap) -> Seen<'_> {
    let value = |name| headers.get(name).map(http::HeaderValue::as_bytes);
    Seen {
        origin: value(ORIGIN),
        method: value(ACCESS_CONTROL_REQUEST_METHOD),
        names: value(ACCESS_CONTROL_REQUEST_HEADERS),
    }
}

impl Seen<'_> {
    /// One compare.
    pub fn is_from(self, allowed: &str) -> bool {
        self.origin == Some(allowed.as_bytes())
    }
}
