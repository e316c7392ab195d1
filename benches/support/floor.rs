//! The least that can be done, written out: what any CORS middleware does at least, and nothing else.

use http::HeaderMap;
use http::header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN};

/// The three headers that the CORS protocol reads.
#[derive(Clone, Copy, Default)]
pub struct Seen<'a> {
    pub origin: Option<&'a [u8]>,
    pub method: Option<&'a [u8]>,
    pub names: Option<&'a [u8]>,
}

/// One pass over pairs. The lengths of the three names tell most other headers at once.
#[inline(never)]
pub fn pass<'a>(headers: &[(&'a str, &'a str)]) -> Seen<'a> {
    let mut seen = Seen::default();
    for (name, value) in headers {
        let value = value.as_bytes();
        match name.len() {
            6 if is_origin(name) => seen.origin = Some(value),
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

/// In any case: all of it letters, which differ from their capitals in one bit. Requests have other names
/// of six letters, so this is worth writing out.
fn is_origin(name: &str) -> bool {
    let &[a, b, c, d, e, f] = name.as_bytes() else {
        return false;
    };
    let word = u64::from_le_bytes([a, b, c, d, e, f, 0, 0]);
    word | 0x2020_2020_2020 == u64::from_le_bytes(*b"origin\0\0")
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
