//! The list reader, for `Access-Control-Request-Headers` and for list fields of a response.

use super::token::is_token;

/// How many bytes of `Access-Control-Request-Headers` are read, over all its lines, commas and
/// white space included. Browsers were seen to send 4,000.
pub const MAX_REQUEST_HEADERS_LEN: usize = 8192;

/// How many names one `Access-Control-Request-Headers` may ask for, repeats counted; a rule may not
/// list more either.
pub const MAX_REQUEST_HEADERS: usize = 128;

/// Why a list of requested names is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListError {
    TooLong,
    Malformed,
}

/// The non-empty elements of one line of a list field, without the white space around them
/// ([RFC 9110, 5.6.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2)).
pub(crate) fn elements(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|&byte| byte == b',')
        .map(trim_ows)
        .filter(|element| !element.is_empty())
}

/// Checks that the lines stay within the caps and that every element is a token.
///
/// Too long comes first: what is beyond the caps is not read, so nothing is known of its elements.
pub(crate) fn check(lines: &[&[u8]]) -> Result<(), ListError> {
    let len = lines
        .iter()
        .fold(0_usize, |sum, line| sum.saturating_add(line.len()));
    if len > MAX_REQUEST_HEADERS_LEN {
        return Err(ListError::TooLong);
    }
    let names = || lines.iter().flat_map(|line| elements(line));
    if names().nth(MAX_REQUEST_HEADERS).is_some() {
        return Err(ListError::TooLong);
    }
    if names().all(is_token) {
        Ok(())
    } else {
        Err(ListError::Malformed)
    }
}

// OWS = *( SP / HTAB )
fn trim_ows(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    while let [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}
