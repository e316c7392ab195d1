//! The circumstances of a problem that its fixes depend on.

use alloc::boxed::Box;
use core::fmt;

/// What a problem does not show and its fixes need. It is not part of a problem's value: the text may
/// hold a password, so that `Debug` hides it, and all compare equal.
#[derive(Clone, Default)]
#[cfg_attr(
    not(feature = "advice"),
    allow(dead_code, reason = "fixes are part of `advice`")
)]
pub(crate) struct Evidence {
    /// The value as written, where the problem shows less of it.
    pub(crate) text: Option<Box<str>>,
    /// The type of a value in text.
    pub(crate) value_type: Option<ValueType>,
    /// Whether the rule allows credentials.
    pub(crate) credentials: bool,
    /// Whether all entries of the list are the same.
    pub(crate) alone: bool,
    /// The key that an unknown key is probably meant for.
    pub(crate) meant: Option<&'static str>,
    /// The keys of policies in text that the same map has, by their bits in `key::ORDER`.
    pub(crate) keys: u16,
}

/// The type of a value in text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "serde"),
    expect(dead_code, reason = "only text has values of a wrong type")
)]
pub(crate) enum ValueType {
    Null,
    Bool,
    Number,
    Text,
    List,
    Map,
}

impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Evidence")
    }
}

impl PartialEq for Evidence {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Evidence {}
