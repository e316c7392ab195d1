//! The list parser for `Access-Control-Request-Headers` and list headers of a response.

/// The number of bytes of `Access-Control-Request-Headers` that are read, over all lines, commas and
/// white space included. Browsers were seen to send 4,000.
pub const MAX_REQUEST_HEADERS_LEN: usize = 8192;

/// The number of names that one request may ask for, repeats counted, and that a rule may list.
pub const MAX_REQUEST_HEADERS: usize = 128;

/// Splits one line of a list header into its non-empty elements, without the white space around them
/// ([RFC 9110, 5.6.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2)).
pub(crate) fn elements(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|&byte| byte == b',')
        .map(trim_ows)
        .filter(|element| !element.is_empty())
}

/// Whether these lines together are within [`MAX_REQUEST_HEADERS_LEN`].
pub(crate) fn is_within_len<'a>(lines: impl Iterator<Item = &'a [u8]>) -> bool {
    let len = lines.fold(0_usize, |sum, line| sum.saturating_add(line.len()));
    len <= MAX_REQUEST_HEADERS_LEN
}

// OWS = *( SP / HTAB )
#[inline]
fn trim_ows(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    while let [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}
