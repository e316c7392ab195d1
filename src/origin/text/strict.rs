//! Hosts without the feature `idna`: only canonical ones are accepted.

use alloc::borrow::Cow;

use super::super::error::ParseOriginError;
use super::super::scheme::Scheme;

pub(super) const EXPECTED: &str =
    "expected its canonical form (the feature `idna` reads other spellings)";

pub(super) fn scheme(text: &str) -> Cow<'_, str> {
    text.into()
}

/// Takes a host as it is: the wire grammar is checked afterwards.
pub(super) fn host<'a>(_: Scheme<'_>, text: &'a str) -> Result<Cow<'a, str>, ParseOriginError> {
    Ok(text.into())
}
