//! Patterns that are written as they are kept.

use crate::origin::{Host, MAX_ORIGIN_LEN, OriginRef};

/// Whether a text is known to be a pattern in canonical form. Most are written so, and need not be
/// brought into it.
///
/// For ports and a `*` inside a label that is not known.
pub(crate) fn is_canonical(text: &str) -> bool {
    match text.split_once("://*.") {
        None => canonical_origin(text).is_some(),
        Some((scheme, rest)) => {
            let mut buffer = [0; MAX_ORIGIN_LEN];
            let base = concat(&mut buffer, [scheme, "://", rest]);
            let base = base.and_then(canonical_origin);
            base.is_some_and(|base| matches!(base.host(), Some(Host::Domain(_))))
        }
    }
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
