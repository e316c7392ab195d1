//! Origins that admit more than they seem to.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::parts::{Parts, witness};
use super::view::{PolicyView, RuleView};
use super::{Lint, LintKind};
use crate::origin::quoted::Quoted;
use crate::pattern::HostPattern;
use crate::pattern::OriginPattern;
use crate::policy::error::field;
use crate::policy::is_potentially_trustworthy;
use crate::policy::why_not_one_site;

/// Schemes whose hosts are made up anew on each installation, or more often: they can't be listed.
const MADE_UP_HOSTS: [&str; 3] = ["moz-extension", "safari-web-extension", "vscode-webview"];

pub(super) fn check(policy: &PolicyView, rule: &RuleView, lints: &mut Vec<Lint>) {
    for (entry, origin) in rule.origins.iter().enumerate() {
        let pattern = &origin.pattern;
        let found = [
            null(policy, pattern),
            any_host(rule, pattern),
            many_owners(rule, pattern),
            insecure_twin(rule, pattern),
            loopback(rule, pattern),
        ];
        lints.extend(found.into_iter().flatten().map(|(kind, message)| {
            Lint::new(kind, rule.index, field::ALLOW_ORIGINS, message)
                .entry(entry, pattern.as_str())
                .suggestion_is(policy.remove_origin(rule, entry))
        }));
    }
}

type Found = Option<(LintKind, String)>;

/// Where any origin is allowed as well, `null` is no news.
fn null(policy: &PolicyView, pattern: &OriginPattern) -> Found {
    let any_too = || {
        let mut origins = policy.rules.iter().flat_map(|rule| &rule.origins);
        origins.any(|origin| origin.pattern.as_pattern_ref().is_any())
    };
    (pattern.as_pattern_ref().is_opaque() && !any_too()).then(|| {
        let message = "any site can send `null`, from a sandboxed frame: list the origins that are \
             meant, or write `*`, which says so";
        (LintKind::NullAllowed, message.into())
    })
}

fn any_host(rule: &RuleView, pattern: &OriginPattern) -> Found {
    let scheme = Parts::of(pattern)?.scheme;
    let listable = !MADE_UP_HOSTS.contains(&scheme.as_str());
    ((pattern.as_pattern_ref().host() == Some(HostPattern::Any)) && listable && !rule.rule.credentials).then(|| {
        let message = format!(
            "{} admits whatever anybody publishes with this scheme: list the hosts that are meant",
            Quoted(pattern.as_str())
        );
        (LintKind::AnyHost, message)
    })
}

/// Beside credentials the policy is refused, or says that it is dangerous. Without the list it can't be
/// told whose the names below a domain are.
fn many_owners(rule: &RuleView, pattern: &OriginPattern) -> Found {
    let known = cfg!(feature = "psl") && !rule.rule.credentials;
    let base = pattern
        .as_pattern_ref()
        .host()
        .and_then(HostPattern::parent)
        .filter(|_| known)?;
    let reason = why_not_one_site(base)?;
    let message = format!(
        "{reason}, so this wildcard admits strangers: list the hosts, or write the wildcard below a \
         domain that is yours"
    );
    Some((LintKind::PublicSuffixWildcard, message))
}

fn insecure_twin(rule: &RuleView, pattern: &OriginPattern) -> Found {
    let parts = Parts::of(pattern).filter(|parts| parts.scheme.as_str() == "http")?;
    let twin: OriginPattern = parts.with_scheme("https").parse().ok()?;
    let insecure = !is_potentially_trustworthy(pattern.as_pattern_ref());
    (insecure && rule.set.covers(&twin)).then(|| {
        let message = format!(
            "whoever is on the network's way can be {}, and the rule has {} too: delete this one",
            Quoted(pattern.as_str()),
            Quoted(twin.as_str())
        );
        (LintKind::InsecureTwin, message)
    })
}

fn loopback(rule: &RuleView, pattern: &OriginPattern) -> Found {
    let is_loopback = || Some(witness(pattern)?.host()?.is_loopback());
    (rule.rule.credentials && is_loopback()?).then(|| {
        let message = format!(
            "any program on the machine of the person who visits can be {}, and acts as that person \
             with credentials: keep it for development, or give it a rule without",
            Quoted(pattern.as_str())
        );
        (LintKind::LoopbackWithCredentials, message)
    })
}
