//! CORS-safelisted request headers.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::header_list::HeaderList;
use super::values;
use crate::message::{header_name, method};

/// A longer value is not safelisted
/// ([`#cors-safelisted-request-header`](https://fetch.spec.whatwg.org/#cors-safelisted-request-header), step 1).
const MAX_VALUE_LEN: usize = 128;

/// Where the safelisted values are longer together, none is safe
/// ([`#cors-unsafe-request-header-names`](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names), step 5).
const MAX_VALUES_LEN: usize = 1024;

const SAFELISTED_ESSENCES: [&str; 3] = [
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
];

/// Names of which some values are
/// [forbidden](https://fetch.spec.whatwg.org/#forbidden-request-header).
const METHOD_OVERRIDES: [&str; 3] = [
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
];

/// [CORS-unsafe request-header names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names):
/// in lower case, sorted, without repeats.
pub(super) fn unsafe_names(headers: &HeaderList) -> BTreeSet<&str> {
    let mut unsafe_names = BTreeSet::new();
    let mut potentially_unsafe = Vec::new();
    let mut safelisted_len = 0_usize;
    for (name, value) in headers.lines() {
        if is_safelisted(name, value) {
            potentially_unsafe.push(name.as_str());
            safelisted_len = safelisted_len.saturating_add(value.len());
        } else {
            unsafe_names.insert(name.as_str());
        }
    }
    if safelisted_len > MAX_VALUES_LEN {
        unsafe_names.extend(potentially_unsafe);
    }
    unsafe_names
}

/// [Forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header).
pub(super) fn is_forbidden(name: &str, value: &[u8]) -> bool {
    header_name::is_forbidden_request_header(name.as_bytes())
        || METHOD_OVERRIDES
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
            && values::split(value).into_iter().any(method::is_forbidden)
}

/// [CORS-safelisted request-header](https://fetch.spec.whatwg.org/#cors-safelisted-request-header).
fn is_safelisted(name: &str, value: &[u8]) -> bool {
    value.len() <= MAX_VALUE_LEN
        && match name {
            "accept" => !has_unsafe_byte(value),
            "accept-language" | "content-language" => value.iter().copied().all(is_language_byte),
            "content-type" => !has_unsafe_byte(value) && is_safelisted_type(value),
            "range" => is_simple_range(value),
            _ => false,
        }
}

// CORS-unsafe request-header byte (https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte)
fn has_unsafe_byte(value: &[u8]) -> bool {
    value.iter().any(|byte| {
        matches!(byte, 0..=0x08 | 0x0a..=0x1f | 0x7f)
            || matches!(
                byte,
                b'"' | b'('
                    | b')'
                    | b':'
                    | b'<'
                    | b'>'
                    | b'?'
                    | b'@'
                    | b'['
                    | b'\\'
                    | b']'
                    | b'{'
                    | b'}'
            )
    })
}

fn is_language_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'*' | b',' | b'-' | b'.' | b';' | b'=')
}

fn is_safelisted_type(value: &[u8]) -> bool {
    essence(value).is_some_and(|essence| SAFELISTED_ESSENCES.contains(&essence.as_str()))
}

/// The essence of a MIME type
/// ([MIME Sniffing, `#parse-a-mime-type`](https://mimesniff.spec.whatwg.org/#parse-a-mime-type)).
/// Parameters cannot make parsing fail. An invalid type or subtype does; the result then equals no
/// safelisted essence either.
fn essence(value: &[u8]) -> Option<String> {
    let mut parts = value.splitn(2, |&byte| byte == b'/');
    let kind = parts.next()?;
    let subtype = parts.next()?.split(|&byte| byte == b';').next()?;
    // White space before the type was normalized away with the value's.
    let mut essence = values::decode(kind);
    essence.push('/');
    essence.push_str(&values::decode(values::normalize_end(subtype)));
    essence.make_ascii_lowercase();
    Some(essence)
}

/// Whether the value is one range of bytes with a start
/// ([parse a single range header value](https://fetch.spec.whatwg.org/#simple-range-header-value),
/// no white space allowed).
fn is_simple_range(value: &[u8]) -> bool {
    let Some(range) = value.strip_prefix(b"bytes=") else {
        return false;
    };
    let mut parts = range.splitn(2, |&byte| byte == b'-');
    let (Some(start), Some(end)) = (parts.next(), parts.next()) else {
        return false;
    };
    let is_number = |digits: &[u8]| digits.iter().all(u8::is_ascii_digit);
    !start.is_empty()
        && is_number(start)
        && is_number(end)
        && (end.is_empty() || magnitude(start) <= magnitude(end))
}

/// Orders runs of digits as the numbers that they are, however long.
fn magnitude(digits: &[u8]) -> (usize, &[u8]) {
    let zeros = digits.iter().take_while(|&&byte| byte == b'0').count();
    let significant = digits.get(zeros..).unwrap_or_default();
    (significant.len(), significant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safelist_is_as_the_standard_says() {
        let table: &[(&str, &str, bool)] = &[
            ("accept", "text/html, */*;q=0.8", true),
            ("accept", "\u{ff}", true), // bytes beyond ASCII are not CORS-unsafe
            ("accept", "a\tb", true),
            ("accept", "a\x01b", false),
            ("accept", "a\x7f", false),
            ("accept", "x/x;a=\"b\"", false),
            ("accept", "", true),
            ("accept-language", "de-CH, *;q=0.5", true),
            ("accept-language", "de_CH", false),
            ("content-language", "en", true),
            ("content-language", "en\t", false),
            ("content-type", "text/plain", true),
            ("content-type", "Text/PLAIN ;charset=utf-8", true),
            ("content-type", "text/plain;", true),
            ("content-type", "text/plain; application/json", true),
            ("content-type", "multipart/form-data; boundary=x", true),
            ("content-type", "application/x-www-form-urlencoded", true),
            ("content-type", "application/json", false),
            ("content-type", "application/json; text/plain", false),
            ("content-type", "text/plain, text/plain", false),
            ("content-type", "text /plain", false),
            ("content-type", "text/ plain", false),
            ("content-type", "text/plain;charset=\"utf-8\"", false), // a CORS-unsafe byte
            ("content-type", "text", false),
            ("content-type", "/plain", false),
            ("content-type", "", false),
            ("range", "bytes=0-", true),
            ("range", "bytes=0-499", true),
            ("range", "bytes=007-7", true),
            (
                "range",
                "bytes=99999999999999999999-100000000000000000000",
                true,
            ),
            (
                "range",
                "bytes=100000000000000000000-99999999999999999999",
                false,
            ),
            ("range", "bytes=2-1", false),
            ("range", "bytes=-500", false),
            ("range", "bytes=-", false),
            ("range", "bytes=", false),
            ("range", "bytes= 0-1", false),
            ("range", "bytes =0-1", false),
            ("range", "Bytes=0-1", false),
            ("range", "bytes=0-1,2-3", false),
            ("range", "bytes=0-1-2", false),
            ("x-a", "", false),
            ("authorization", "x", false),
            ("if-none-match", "x", false),
            ("user-agent", "x", false), // safe-user-agent
            ("dpr", "1", false),        // safe-dpr
        ];
        for &(name, value, safelisted) in table {
            assert_eq!(
                is_safelisted(name, value.as_bytes()),
                safelisted,
                "{name}: {value}"
            );
        }
    }

    #[test]
    fn forbidden_headers_are_as_the_standard_says() {
        let table = [
            ("Cookie", "", true),
            ("sec-fetch-site", "", true),
            ("Proxy-X", "", true),
            ("X-HTTP-Method", "trace", true),
            ("x-http-method-override", "GET, TRACK ", true),
            ("X-Method-Override", "\"TRACE\"", false),
            ("X-Method-Override", "PUT", false),
            ("Access-Control-Request-Private-Network", "true", false),
            ("User-Agent", "x", false),
        ];
        for (name, value, forbidden) in table {
            assert_eq!(is_forbidden(name, value.as_bytes()), forbidden, "{name}");
        }
    }
}
