//! Header values, as Fetch reads them.
//!
//! It is written from the standard alone and shares no code with the readers of the rest of the
//! crate, because the model is there to find their faults.

use alloc::string::String;
use alloc::vec::Vec;

use crate::message::token::is_token;

/// [Normalize](https://fetch.spec.whatwg.org/#concept-header-value-normalize): no HTTP white space
/// around the value.
pub(super) fn normalize(value: &[u8]) -> &[u8] {
    trim(value, is_http_space)
}

/// Without the HTTP white space at the end.
pub(super) fn normalize_end(value: &[u8]) -> &[u8] {
    trim_end(value, is_http_space)
}

/// Whether a normalized value is a [header value](https://fetch.spec.whatwg.org/#header-value).
pub(super) fn is_header_value(value: &[u8]) -> bool {
    !value
        .iter()
        .any(|byte| matches!(byte, b'\0' | b'\r' | b'\n'))
}

/// [Isomorphic decode](https://infra.spec.whatwg.org/#isomorphic-decode).
pub(super) fn decode(value: &[u8]) -> String {
    value.iter().copied().map(char::from).collect()
}

/// Splits one line of a `#token` list; `None` if one of the elements is not a token
/// ([extract header values](https://fetch.spec.whatwg.org/#extract-header-values)).
///
/// Empty elements count for nothing
/// ([RFC 9110, 5.6.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2)).
pub(super) fn tokens(line: &[u8]) -> Option<Vec<&str>> {
    line.split(|&byte| byte == b',')
        .map(trim_tab_or_space)
        .filter(|element| !element.is_empty())
        .map(|element| {
            is_token(element)
                .then(|| core::str::from_utf8(element).ok())
                .flatten()
        })
        .collect()
}

/// Parses `delta-seconds` ([RFC 9111, 1.2.2](https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2));
/// saturates.
pub(super) fn delta_seconds(value: &[u8]) -> Option<u64> {
    if value.is_empty() {
        return None;
    }
    value.iter().try_fold(0_u64, |seconds, &byte| {
        let digit = byte.is_ascii_digit().then(|| byte.wrapping_sub(b'0'))?;
        Some(seconds.saturating_mul(10).saturating_add(digit.into()))
    })
}

/// [Get, decode, and split](https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split),
/// without the decoding: commas within a quoted string don't split.
pub(super) fn split(value: &[u8]) -> Vec<&[u8]> {
    let mut quote = Quote::Outside;
    let is_separator = |&byte: &u8| {
        quote = quote.after(byte);
        byte == b',' && quote == Quote::Outside
    };
    value.split(is_separator).map(trim_tab_or_space).collect()
}

/// The state of the parser at a byte of a value, for
/// [HTTP quoted strings](https://fetch.spec.whatwg.org/#collect-an-http-quoted-string).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    Outside,
    Inside,
    Escaped,
}

impl Quote {
    fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::Outside, b'"') => Self::Inside,
            (Self::Outside, _) | (Self::Inside, b'"') => Self::Outside,
            (Self::Inside, b'\\') => Self::Escaped,
            (Self::Inside | Self::Escaped, _) => Self::Inside,
        }
    }
}

pub(super) fn trim_tab_or_space(value: &[u8]) -> &[u8] {
    trim(value, |byte| matches!(byte, b' ' | b'\t'))
}

fn is_http_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn trim(mut value: &[u8], is_space: fn(u8) -> bool) -> &[u8] {
    while let [first, rest @ ..] = value
        && is_space(*first)
    {
        value = rest;
    }
    trim_end(value, is_space)
}

fn trim_end(mut value: &[u8], is_space: fn(u8) -> bool) -> &[u8] {
    while let [rest @ .., last] = value
        && is_space(*last)
    {
        value = rest;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    // The examples of https://fetch.spec.whatwg.org/#example-header-list-get-decode-split.
    #[test]
    fn splitting_heeds_quoted_strings() {
        let table: [(&str, &[&str]); 8] = [
            ("nosniff,", &["nosniff", ""]),
            ("", &[""]),
            ("text/html;\", x/x", &["text/html;\", x/x"]),
            ("x/x;test=\"hi\",y/y", &["x/x;test=\"hi\"", "y/y"]),
            ("x / x,,,1", &["x / x", "", "", "1"]),
            ("\"1,2\", 3", &["\"1,2\"", "3"]),
            ("\"a\\\",b\",c", &["\"a\\\",b\"", "c"]),
            ("\"a\\", &["\"a\\"]),
        ];
        for (value, parts) in table {
            let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
            assert_eq!(split(value.as_bytes()), parts, "{value}");
        }
    }

    #[test]
    fn one_malformed_element_spoils_a_line() {
        assert_eq!(tokens(b""), Some(Vec::new()));
        assert_eq!(tokens(b", \tx-a ,,X-B,"), Some(Vec::from(["x-a", "X-B"])));
        for line in ["x-a, b@d", "x-a x-b", "x-a; x-b", "\"x-a\"", "x-\u{e9}"] {
            assert_eq!(tokens(line.as_bytes()), None, "{line}");
        }
    }

    #[test]
    fn delta_seconds_are_digits() {
        let table = [
            ("0", Some(0)),
            ("0010", Some(10)),
            ("9223372036854775808", Some(1 << 63)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("", None),
            ("-1", None),
            ("+600", None),
            ("5.5", None),
            ("600x", None),
            ("600, 600", None),
        ];
        for (value, seconds) in table {
            assert_eq!(delta_seconds(value.as_bytes()), seconds, "{value}");
        }
    }
}
