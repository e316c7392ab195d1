//! Nearest misses of malformed origins.

use super::nearest::NearestMiss;
use super::origin::allowing_rule;
use crate::message::request::SingleHeader;
use crate::origin::{MAX_ORIGIN_LEN, Origin, OriginRef, ParseOriginError};
use crate::policy::Policy;

/// Returns the nearest miss of a header that is not an origin.
pub(super) fn nearest_miss<'a>(
    policy: &Policy,
    header: SingleHeader<'_>,
) -> Option<NearestMiss<'a>> {
    match header {
        SingleHeader::Absent => None,
        SingleHeader::Repeated => Some(NearestMiss::OriginRepeated),
        SingleHeader::Once(value) => {
            let allowed = meant(value)?;
            let rule = allowing_rule(policy, allowed.as_origin_ref())?;
            Some(NearestMiss::Spelling { allowed, rule })
        }
    }
}

fn meant(value: &[u8]) -> Option<Origin> {
    let text = core::str::from_utf8(value)
        .ok()
        .filter(|text| text.len() <= MAX_ORIGIN_LEN)?;
    // Upper case and the slash at the end are read without `idna` too.
    let simple = text.trim_matches([' ', '\t', '/']).to_ascii_lowercase();
    if let Ok(origin) = OriginRef::from_header(simple.as_bytes()) {
        return Some(origin.into());
    }
    match text.parse::<Origin>() {
        Ok(origin) => Some(origin),
        Err(ParseOriginError::File) => Some(OriginRef::FILE.into()),
        Err(error) => suggestion(&error)?.parse().ok(),
    }
}

fn suggestion(error: &ParseOriginError) -> Option<&str> {
    match error {
        ParseOriginError::SchemeMissing { fix }
        | ParseOriginError::Path { fix }
        | ParseOriginError::Query { fix }
        | ParseOriginError::Fragment { fix }
        | ParseOriginError::Userinfo { fix }
        | ParseOriginError::Character { fix, .. }
        | ParseOriginError::PortEmpty { fix } => fix.suggestion(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upper_case_and_a_slash_are_read_without_idna() {
        let meant = |text: &str| meant(text.as_bytes()).map(|origin| origin.as_str().into());
        let expected: Option<alloc::string::String> = Some("https://app.example.com".into());
        assert_eq!(meant("HTTPS://App.Example.com/"), expected);
        assert_eq!(meant(" https://app.example.com"), expected);
        assert_eq!(meant("https://app.example.com?query"), expected);
        assert_eq!(meant("https://"), None);
        assert_eq!(meant(""), None);
    }
}
