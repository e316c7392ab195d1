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
        let found = [unsent(pattern), misspelled(pattern), trailing_dot(pattern)];
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

fn unsent(pattern: PatternRef<'_>) -> Option<SchemeLint> {
    let scheme = pattern.scheme()?.as_str();
    let reason = match scheme {
        "ws" | "wss" => "the origin of a WebSocket is that of its page",
        "ftp" => "browsers load no pages by ftp",
        _ => return None,
    };
    // The page of such a WebSocket is one under development.
    let development = scheme == "ws" && is_potentially_trustworthy(pattern);
    let instead = with_scheme(pattern, if development { "http" } else { "https" })?;
    let message = format!(
        "no page has the origin {}, as {reason}: write {}",
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
    let meant = ["https", "http"]
        .into_iter()
        .find(|meant| is_one_letter_away(scheme, meant))?;
    let instead = with_scheme(pattern, meant)?;
    let fix = match instead.parse::<OriginPattern>() {
        Ok(pattern) => format!("write {}", Quoted(pattern.as_str())),
        Err(_) => "write an origin, or delete it".into(),
    };
    let message = format!(
        "{} is one letter away from `{meant}`, and no browser sends it: {fix}",
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
        "{} is another origin than {}, and hardly any page has it: write that without the dot",
        Quoted(pattern.as_str()),
        Quoted(&instead)
    );
    Some(SchemeLint {
        kind: LintKind::TrailingDot,
        message,
        instead,
    })
}
