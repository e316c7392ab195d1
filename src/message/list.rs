//! The list reader, for `Access-Control-Request-Headers` and for list headers of a response.

/// How many bytes of `Access-Control-Request-Headers` are read, over all its lines, commas and
/// white space included. Browsers were seen to send 4,000.
pub const MAX_REQUEST_HEADERS_LEN: usize = 8192;

/// How many names one `Access-Control-Request-Headers` may ask for, repeats counted; a rule may not
/// list more either.
pub const MAX_REQUEST_HEADERS: usize = 128;

/// The non-empty elements of one line of a list header, without the white space around them
/// ([RFC 9110, 5.6.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2)).
pub(crate) fn elements(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|&byte| byte == b',')
        .map(trim_ows)
        .filter(|element| !element.is_empty())
}

/// Whether these lines are together no longer than what is read of them.
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
