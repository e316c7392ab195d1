//! Patterns with another scheme or another host.

use alloc::format;
use alloc::string::String;

use crate::pattern::PatternRef;

/// The text of the pattern with another scheme; `None` for `*`, `null` and `file://`.
pub(super) fn with_scheme(pattern: PatternRef<'_>, scheme: &str) -> Option<String> {
    let host = pattern.host_str()?;
    Some(format!("{scheme}://{host}{}", pattern.port_str()))
}

/// The text of the pattern with another host; `None` for `*`, `null` and `file://`.
pub(super) fn with_host(pattern: PatternRef<'_>, host: &str) -> Option<String> {
    let scheme = pattern.scheme()?;
    Some(format!("{scheme}://{host}{}", pattern.port_str()))
}
