//! Lints about origins that few or no pages have.

use alloc::format;
use alloc::string::String;

use super::substitute::{with_host, with_scheme};
use super::view::{LintedPolicy, LintedRule};
use super::{Lint, LintKind, Lints};
use crate::origin::quoted::Quoted;
use crate::pattern::{OriginPattern, PatternRef};
use crate::policy::error::key;
use crate::policy::is_potentially_trustworthy;

pub(super) fn check(policy: &LintedPolicy, rule: &LintedRule, lints: &mut Lints) {
    for (entry, origin) in rule.origins.iter().enumerate() {
        let pattern = origin.pattern_ref();
        let found = [
            unsent(pattern),
            misspelled(pattern),
            trailing_dot(pattern),
            unspecified(pattern),
            extension_id(pattern),
        ];
        lints.extend(found.into_iter().flatten().map(|found| {
            Lint::new(found.kind, rule.index, key::ALLOW_ORIGINS, found.message)
                .at_entry(entry, pattern.as_str())
                .suggestion_is(policy.replace_origin(rule, entry, &found.instead))
        }));
    }
}

struct SchemeLint {
    kind: LintKind,
    message: String,
    instead: String,
}

/// Schemes that browsers and web views send, of which others are misspellings.
const SCHEMES: [&str; 6] = [
    "https",
    "http",
    "chrome-extension",
    "moz-extension",
    "safari-web-extension",
    "capacitor",
];

fn unsent(pattern: PatternRef<'_>) -> Option<SchemeLint> {
    let scheme = pattern.scheme()?.as_str();
    let reason = match scheme {
        "ws" | "wss" => "a WebSocket has the origin of its page",
        "ftp" => "browsers do not load pages by ftp",
        _ => return None,
    };
    // The page of such a WebSocket is one under development.
    let development = scheme == "ws" && is_potentially_trustworthy(pattern);
    let instead = with_scheme(pattern, if development { "http" } else { "https" })?;
    let message = format!(
        "no page has the origin {}: {reason}; use {}",
        Quoted(pattern.as_str()),
        Quoted(&instead)
    );
    Some(SchemeLint {
        kind: LintKind::UnsentScheme,
        message,
        instead,
    })
}

fn misspelled(pattern: PatternRef<'_>) -> Option<SchemeLint> {
    let scheme = pattern.scheme().filter(|scheme| !scheme.is_special())?;
    let scheme = scheme.as_str();
    let meant = SCHEMES
        .into_iter()
        .find(|meant| is_one_letter_away(scheme, meant))
        .filter(|_| !SCHEMES.contains(&scheme))?;
    let instead = with_scheme(pattern, meant)?;
    let fix = match instead.parse::<OriginPattern>() {
        Ok(pattern) => format!("use {}", Quoted(pattern.as_str())),
        Err(_) => "use an origin, or delete it".into(),
    };
    let message = format!(
        "{} is one letter away from `{meant}`, and no browser sends it; {fix}",
        Quoted(scheme)
    );
    Some(SchemeLint {
        kind: LintKind::MisspelledScheme,
        message,
        instead,
    })
}

/// Whether one letter more, less or other makes the two the same, or two that changed places.
fn is_one_letter_away(text: &str, other: &str) -> bool {
    let same = |(a, b): &(u8, u8)| a == b;
    let common = text.bytes().zip(other.bytes()).take_while(same).count();
    let text = text.as_bytes().get(common..).unwrap_or_default();
    let other = other.as_bytes().get(common..).unwrap_or_default();
    match (text, other) {
        ([a, b, text @ ..], [c, d, other @ ..]) if (a, b) == (d, c) => text == other,
        ([_, text @ ..], [_, other @ ..]) if text == other => true,
        ([_, text @ ..], other) if text == other => true,
        (text, [_, other @ ..]) => text == other,
        _ => false,
    }
}

fn trailing_dot(pattern: PatternRef<'_>) -> Option<SchemeLint> {
    pattern.scheme().filter(|scheme| scheme.is_special())?;
    let host = pattern.host_str()?.strip_suffix('.')?;
    let instead = with_host(pattern, host)?;
    let message = format!(
        "{} is a different origin from {}, and hardly any page has it; use the one without the dot",
        Quoted(pattern.as_str()),
        Quoted(&instead)
    );
    Some(SchemeLint {
        kind: LintKind::TrailingDot,
        message,
        instead,
    })
}

/// An address that servers listen on; some browsers load pages from it, but none should be linked so.
fn unspecified(pattern: PatternRef<'_>) -> Option<SchemeLint> {
    let host = pattern.host_str()?;
    let is_special = pattern.scheme()?.is_special();
    if !is_special || !matches!(host, "0.0.0.0" | "[::]") {
        return None;
    }
    let instead = with_host(pattern, "localhost")?;
    let message = format!(
        "{} is what a server listens on, and not the origin of its pages; use {}",
        Quoted(pattern.as_str()),
        Quoted(&instead)
    );
    Some(SchemeLint {
        kind: LintKind::UnspecifiedAddress,
        message,
        instead,
    })
}

/// Chromium's identifiers are 32 letters from a to p, Firefox's hosts are UUIDs.
fn extension_id(pattern: PatternRef<'_>) -> Option<SchemeLint> {
    let host = pattern.host_str().filter(|_| pattern.is_exact())?;
    let (is_id, expected): (fn(&str) -> bool, _) = match pattern.scheme()?.as_str() {
        "chrome-extension" => (is_chromium_id, "32 letters from `a` to `p`"),
        "moz-extension" => (is_uuid, "a UUID in lower case"),
        _ => return None,
    };
    if is_id(host) {
        return None;
    }
    let lower = host.to_ascii_lowercase();
    let instead = match is_id(&lower) {
        true => with_host(pattern, &lower)?,
        false => String::new(),
    };
    let fix = match instead.is_empty() {
        true => String::new(),
        false => format!("; use {}", Quoted(&instead)),
    };
    let message = format!(
        "{} is not the origin of an extension: expected {expected} as its host{fix}",
        Quoted(pattern.as_str())
    );
    Some(SchemeLint {
        kind: LintKind::InvalidExtensionId,
        message,
        instead,
    })
}

fn is_chromium_id(host: &str) -> bool {
    host.len() == 32 && host.bytes().all(|byte| matches!(byte, b'a'..=b'p'))
}

fn is_uuid(host: &str) -> bool {
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let lengths = [8, 4, 4, 4, 12];
    let mut groups = host.split('-');
    lengths.iter().all(|&len| {
        let group = groups.next().unwrap_or_default();
        group.len() == len && group.bytes().all(is_hex)
    }) && groups.next().is_none()
}
