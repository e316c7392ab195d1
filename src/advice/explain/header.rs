//! Nearest misses of request headers.

use super::distance::distance;
use super::nearest::NearestMiss;
use crate::message::lines::{Lines, MAX_REQUEST_HEADERS_LINES};
use crate::message::list::{MAX_REQUEST_HEADERS, MAX_REQUEST_HEADERS_LEN, elements};
use crate::message::{header_name, token::is_token};
use crate::policy::RuleRef;

pub(super) fn nearest_miss<'a>(rule: RuleRef<'a>, name: &str) -> Option<NearestMiss<'a>> {
    let bytes = name.as_bytes();
    if name == "*" {
        return Some(NearestMiss::LiteralWildcard);
    }
    if header_name::is_forbidden_request_header(bytes) {
        return Some(NearestMiss::ForbiddenHeader);
    }
    if header_name::is_cors_response(bytes) {
        return Some(NearestMiss::ResponseHeader);
    }
    if header_name::is_cors_non_wildcard(bytes) && rule.headers().any(|listed| listed == "*") {
        return Some(NearestMiss::NonWildcardHeader);
    }
    typo(rule, &name.to_ascii_lowercase())
}

/// Returns the name at the smallest edit distance: one per four bytes, and at most two.
fn typo<'a>(rule: RuleRef<'a>, name: &str) -> Option<NearestMiss<'a>> {
    let most = (name.len() >> 2).min(2);
    let near = rule.headers().filter_map(|allowed| {
        let edits = distance(allowed.as_bytes(), name.as_bytes(), most)?;
        Some((edits, allowed))
    });
    let (edits, allowed) = near.min_by_key(|&(edits, _)| edits)?;
    Some(NearestMiss::HeaderTypo { allowed, edits })
}

/// Returns the first element that is not a header name.
pub(super) fn malformed<'a>(lines: &Lines<'a>) -> Option<NearestMiss<'a>> {
    let lines = lines.kept()?;
    let mut names = lines.flat_map(elements);
    let found = names.find(|name| !is_token(name))?;
    Some(NearestMiss::Element { found })
}

/// The cap that the list is beyond.
pub(super) fn cap<'a>(lines: &Lines<'_>) -> NearestMiss<'a> {
    let (most, of) = match lines.kept() {
        None => (MAX_REQUEST_HEADERS_LINES, "lines"),
        Some(lines) => {
            let len = lines.fold(0_usize, |sum, line| sum.saturating_add(line.len()));
            if len > MAX_REQUEST_HEADERS_LEN {
                (MAX_REQUEST_HEADERS_LEN, "bytes")
            } else {
                (MAX_REQUEST_HEADERS, "names")
            }
        }
    };
    NearestMiss::Cap { most, of }
}
