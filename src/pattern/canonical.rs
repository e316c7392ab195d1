//! Patterns that are written as they are kept.

use crate::origin::host::is_short;
use crate::origin::{Host, MAX_ORIGIN_LEN, OriginRef};

/// Whether a text is known to be a pattern in canonical form. Most are written so, and need not be
/// brought into it.
///
/// For ports that is not known.
pub(crate) fn is_canonical(text: &str) -> bool {
    if !text.contains('*') {
        return canonical_origin(text).is_some();
    }
    let parts = || {
        let (scheme, after) = text.split_once("://")?;
        let (label, rest) = after.split_once('.')?;
        let host = after.split_once(':').map_or(after, |(host, _)| host);
        is_short(host).then_some((scheme, label, rest))
    };
    parts().is_some_and(|(scheme, label, rest)| {
        let mut buffer = [0; MAX_ORIGIN_LEN];
        let base = concat(&mut buffer, [scheme, "://", rest]).and_then(canonical_origin);
        match base.and_then(OriginRef::host) {
            Some(Host::Domain(_)) if label == "*" => true,
            Some(Host::Domain(base)) => is_literal_with_star(label) && has_two_labels(base),
            _ => false,
        }
    })
}

/// Whether this is a label with one `*` inside, in lower case and not encoded.
fn is_literal_with_star(label: &str) -> bool {
    let is_literal = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    label.split_once('*').is_some_and(|(before, after)| {
        label.len() <= super::MAX_LABEL_LEN
            && before.bytes().chain(after.bytes()).all(is_literal)
            && !before.starts_with("xn--")
    })
}

/// Whether a domain has two labels at least.
pub(super) fn has_two_labels(domain: &str) -> bool {
    domain.strip_suffix('.').unwrap_or(domain).contains('.')
}

/// The origin that a text is, if it is one in canonical form and has no encoded label, which may not
/// be what it seems.
pub(crate) fn canonical_origin(text: &str) -> Option<OriginRef<'_>> {
    let origin = OriginRef::from_header(text.as_bytes()).ok()?;
    (origin.as_str().len() == text.len() && !text.contains("xn--")).then_some(origin)
}

fn concat<'b>(buffer: &'b mut [u8; MAX_ORIGIN_LEN], parts: [&str; 3]) -> Option<&'b str> {
    let mut end = 0_usize;
    for part in parts {
        let start = end;
        end = start.checked_add(part.len())?;
        buffer.get_mut(start..end)?.copy_from_slice(part.as_bytes());
    }
    core::str::from_utf8(buffer.get(..end)?).ok()
}
