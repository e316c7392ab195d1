//! Hosts that must be written as browsers send them, as there is no `url` and `idna` to help.

use alloc::borrow::Cow;

use super::super::error::ParseOriginError;
use super::super::scheme::Scheme;
use super::{not_a_host, punycode};

pub(super) const EXPECTED: &str =
    "write it as browsers send it (the feature `idna` reads other spellings)";

pub(super) fn scheme(text: &str) -> Cow<'_, str> {
    text.into()
}

pub(super) fn host<'a>(
    scheme: Scheme<'_>,
    text: &'a str,
) -> Result<Cow<'a, str>, ParseOriginError> {
    let decodable = |label: &str| {
        label
            .strip_prefix("xn--")
            .is_none_or(punycode::is_decodable)
    };
    if scheme.is_special() && !text.split('.').all(decodable) {
        return Err(not_a_host(text));
    }
    Ok(text.into())
}
