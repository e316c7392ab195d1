//! Numbers and names in other notations.

use alloc::string::String;
use alloc::vec::Vec;

use super::origin::unquoted;
use crate::message::token::is_token;
use crate::policy::MAX_MAX_AGE_SECS;

/// Returns the seconds that a text means: whole seconds, minutes, hours or days, at most the cap.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let text = unquoted(text);
    let most = u64::from(MAX_MAX_AGE_SECS);
    if let Some(negative) = text.strip_prefix('-') {
        return is_digits(negative).then_some(0);
    }
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at_checked(end)?;
    let unit: u64 = match unit.trim_start() {
        "" | "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return None,
    };
    if !is_digits(digits) {
        return None;
    }
    // Digits that are too many are above the cap.
    let number = digits.parse::<u64>().unwrap_or(u64::MAX);
    Some(number.saturating_mul(unit).min(most))
}

/// Returns the ok status that a text is the digits of.
pub(super) fn status(text: &str) -> Option<u64> {
    let text = unquoted(text);
    let status = text.parse().ok().filter(|_| is_digits(text))?;
    (200..=299).contains(&status).then_some(status)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Splits an entry that holds several names, or one in quotes or with a colon. `None` if not all of
/// them are names.
pub(super) fn names(text: &str) -> Option<Vec<String>> {
    let bare = unquoted(text);
    let is_separator = |c: char| matches!(c, ',' | ';' | '|') || c.is_whitespace();
    let parts = bare.split(is_separator).filter(|part| !part.is_empty());
    // After a colon there is the value of a header, which is not a name.
    let has_value = bare.contains(':') && parts.clone().count() > 1;
    let names: Option<Vec<String>> = parts.map(name).collect();
    names.filter(|names| !names.is_empty() && !has_value)
}

fn name(part: &str) -> Option<String> {
    let part = unquoted(part);
    // The colon of a header line without its value.
    let part = part.strip_suffix(':').unwrap_or(part);
    is_token(part.as_bytes()).then(|| part.into())
}
