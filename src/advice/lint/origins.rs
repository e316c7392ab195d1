//! Lints about origins that match more than they seem to.

use alloc::format;
use alloc::string::String;

use super::substitute::with_scheme;
use super::view::{LintedPolicy, LintedRule};
use super::{Lint, LintKind, Lints};
use crate::origin::quoted::Quoted;
use crate::origin::{NULL, host};
use crate::pattern::{HostPattern, InLabel, OriginPattern, PatternRef};
use crate::policy::error::key;
use crate::policy::{
    is_any_host, is_global, is_loopback, is_potentially_trustworthy, why_not_one_site,
};

/// Schemes whose hosts are made up anew on each installation, or more often: they can't be listed.
const MADE_UP_HOSTS: [&str; 3] = ["moz-extension", "safari-web-extension", "vscode-webview"];

pub(super) fn check(policy: &LintedPolicy, rule: &LintedRule, lints: &mut Lints) {
    for (entry, origin) in rule.origins.iter().enumerate() {
        let pattern = origin.pattern_ref();
        let found = [
            null(policy, pattern),
            file(policy, pattern),
            any_host(rule, pattern),
            network(rule, pattern),
            many_owners(rule, pattern),
            insecure_twin(rule, pattern),
            loopback(rule, pattern),
        ];
        lints.extend(found.into_iter().flatten().map(|(kind, message)| {
            Lint::new(kind, rule.index, key::ALLOW_ORIGINS, message)
                .at_entry(entry, pattern.as_str())
                .suggestion_is(policy.remove_origin(rule, entry))
        }));
    }
}

type OriginLint = Option<(LintKind, String)>;

/// No lint if any origin is allowed as well.
fn null(policy: &LintedPolicy, pattern: PatternRef<'_>) -> OriginLint {
    (pattern.is_opaque() && !policy.all().has_any()).then(|| {
        let message = "any site can send `null`, from a sandboxed frame: list the origins that are \
             meant, or write `*`, which says so";
        (LintKind::NullAllowed, message.into())
    })
}

/// Chromium sends `file://` only where files may be read by files, and else `null`.
fn file(policy: &LintedPolicy, pattern: PatternRef<'_>) -> OriginLint {
    let null = PatternRef::from_canonical(NULL);
    (pattern.is_file() && !policy.all().covers(null)).then(|| {
        let message = "web views send `file://` only where file URLs may access files, and else `null`, \
             which no rule allows: give the page an origin of its own by a custom scheme, or delete this";
        (LintKind::FileWithoutNull, message.into())
    })
}

fn any_host(rule: &LintedRule, pattern: PatternRef<'_>) -> OriginLint {
    let is_listable = !MADE_UP_HOSTS.contains(&pattern.scheme()?.as_str());
    let is_any_host = pattern.host() == Some(HostPattern::Any);
    (is_any_host && is_listable && !rule.rule.credentials).then(|| {
        let message = format!(
            "{} admits whatever anybody publishes with this scheme: list the hosts that are meant",
            Quoted(pattern.as_str())
        );
        (LintKind::AnyHost, message)
    })
}

/// With credentials the policy is refused, or says that it is dangerous.
fn network(rule: &LintedRule, pattern: PatternRef<'_>) -> OriginLint {
    let HostPattern::Network(network) = pattern.host()? else {
        return None;
    };
    if rule.rule.credentials || is_loopback(network) {
        return None;
    }
    let text = Quoted(pattern.as_str());
    Some(if is_any_host(network) || is_global(network) {
        let message =
            format!("{text} has addresses that anyone can rent: list the addresses that are yours");
        (LintKind::PublicNetwork, message)
    } else {
        let message = format!(
            "{text} matches any machine with such an address, in every network that the user joins: \
             list the addresses, if they are fixed"
        );
        (LintKind::NetworkAllowed, message)
    })
}

/// With credentials the policy is refused, or dangerously allows it. Without the public suffix list the
/// owners of the names below a domain are unknown.
fn many_owners(rule: &LintedRule, pattern: PatternRef<'_>) -> OriginLint {
    let known = cfg!(feature = "psl") && !rule.rule.credentials;
    let parent = pattern.host()?.parent().filter(|_| known)?;
    let reason = why_not_one_site(parent)?;
    let message = format!(
        "{reason}, so this wildcard admits strangers: list the hosts, or write the wildcard below a \
         domain that is yours"
    );
    Some((LintKind::PublicSuffixWildcard, message))
}

fn insecure_twin(rule: &LintedRule, pattern: PatternRef<'_>) -> OriginLint {
    pattern
        .scheme()
        .filter(|scheme| scheme.as_str() == "http")?;
    let twin: OriginPattern = with_scheme(pattern, "https")?.parse().ok()?;
    let insecure = !is_potentially_trustworthy(pattern);
    (insecure && rule.set.covers(&twin)).then(|| {
        let message = format!(
            "whoever is on the network's way can be {}, and the rule has {} too: delete this one",
            Quoted(pattern.as_str()),
            Quoted(twin.as_str())
        );
        (LintKind::InsecureTwin, message)
    })
}

fn loopback(rule: &LintedRule, pattern: PatternRef<'_>) -> OriginLint {
    (rule.rule.credentials && is_loopback_pattern(pattern)?).then(|| {
        let message = format!(
            "any program on the machine of the person who visits can be {}, and acts as that person \
             with credentials: keep it for development, or give it a rule without",
            Quoted(pattern.as_str())
        );
        (LintKind::LoopbackWithCredentials, message)
    })
}

/// Whether all hosts of the pattern are loopback; `None` for `*`, `null` and `file://`.
fn is_loopback_pattern(pattern: PatternRef<'_>) -> Option<bool> {
    Some(match pattern.host()? {
        // The names below `localhost` are loopback, whatever precedes it.
        HostPattern::Exact(host)
        | HostPattern::Subdomains(host)
        | HostPattern::InLabel(InLabel { parent: host, .. }) => {
            host::read(pattern.scheme()?, host).is_ok_and(|host| host.is_loopback())
        }
        HostPattern::Network(network) => is_loopback(network),
        HostPattern::Any => false,
    })
}
