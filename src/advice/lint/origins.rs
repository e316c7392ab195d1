//! Lints about origins that match more than they seem to.

use alloc::format;
use alloc::string::String;

use super::substitute::with_scheme;
use super::view::{LintedPolicy, LintedRule};
use super::{Lint, LintKind, Lints};
use crate::advice::random_hosts::RANDOM_HOSTS;
use crate::origin::quoted::Quoted;
use crate::origin::{NULL, host};
use crate::pattern::{HostPattern, InLabel, OriginPattern, PatternRef};
use crate::policy::error::key;
use crate::policy::{
    is_any_host, is_global, is_loopback, is_potentially_trustworthy, why_not_one_site,
};

pub(super) fn check(policy: &LintedPolicy, rule: &LintedRule, lints: &mut Lints) {
    for (entry, origin) in rule.origins.iter().enumerate() {
        let pattern = origin.pattern_ref();
        let found = [
            null(policy, pattern),
            file(policy, pattern),
            any_host(rule, pattern),
            network(rule, pattern),
            many_owners(rule, pattern),
            shared_hosts(rule, pattern),
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
        let message = "any website can send `null`, from a sandboxed frame; list the origins, or use \
             `*` for public resources, which includes it";
        (LintKind::NullAllowed, message.into())
    })
}

/// Chromium sends `file://` only where files may be read by files, and else `null`.
fn file(policy: &LintedPolicy, pattern: PatternRef<'_>) -> OriginLint {
    let null = PatternRef::from_canonical(NULL);
    (pattern.is_file() && !policy.all().covers(null)).then(|| {
        let message = "web views send `file://` only where file URLs may access files, and `null` \
             otherwise, which no rule allows; give the page an origin of its own with a custom scheme";
        (LintKind::FileWithoutNull, message.into())
    })
}

fn any_host(rule: &LintedRule, pattern: PatternRef<'_>) -> OriginLint {
    let is_listable = !RANDOM_HOSTS.contains(&pattern.scheme()?.as_str());
    let is_any_host = pattern.host() == Some(HostPattern::Any);
    (is_any_host && is_listable && !rule.rule.credentials).then(|| {
        let message = format!(
            "{} matches whatever anyone publishes with this scheme; list the hosts",
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
            format!("{text} has addresses that anyone can rent; list the addresses that are yours");
        (LintKind::PublicNetwork, message)
    } else {
        let message = format!(
            "{text} matches any machine with such an address, in every network that the user joins; \
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
        "{reason}, which this wildcard matches; list the hosts, or use a wildcard below a domain that \
         is yours"
    );
    Some((LintKind::PublicSuffixWildcard, message))
}

/// Bases of which anyone is given a name below, and which the public suffix list does not have: cloud
/// editors, previews, tunnels, and names that are made of addresses. Sorted.
///
/// Each is documented by its service: the web editors of GitHub, Gitpod, StackBlitz and CodeSandbox, Glitch,
/// Google's user content, Claude's artifacts, Microsoft's dev tunnels, localtunnel, nip.io and sslip.io.
const SHARED_HOSTS: [&str; 11] = [
    "app.github.dev",
    "claude.site",
    "codesandbox.io",
    "devtunnels.ms",
    "gitpod.io",
    "glitch.me",
    "googleusercontent.com",
    "loca.lt",
    "nip.io",
    "sslip.io",
    "webcontainer.io",
];

/// Whether strangers have names below the base of a wildcard with credentials.
fn shared_hosts(rule: &LintedRule, pattern: PatternRef<'_>) -> OriginLint {
    let parent = pattern.host()?.parent().filter(|_| rule.rule.credentials)?;
    let base = parent.strip_suffix('.').unwrap_or(parent);
    let is_shared = SHARED_HOSTS.iter().any(|shared| {
        let below = base.strip_suffix(shared);
        below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
    });
    is_shared.then(|| {
        let message = format!(
            "anyone can get a name below `{base}`, and their pages could send requests as the user; list \
             the hosts, or move the wildcard to a rule without credentials"
        );
        (LintKind::SharedHostsWildcard, message)
    })
}

fn insecure_twin(rule: &LintedRule, pattern: PatternRef<'_>) -> OriginLint {
    pattern
        .scheme()
        .filter(|scheme| scheme.as_str() == "http")?;
    let twin: OriginPattern = with_scheme(pattern, "https")?.parse().ok()?;
    let insecure = !is_potentially_trustworthy(pattern);
    (insecure && rule.set.covers(&twin)).then(|| {
        let message = format!(
            "a network attacker can inject a script into pages of {}, and the rule has {} too; delete \
             this one",
            Quoted(pattern.as_str()),
            Quoted(twin.as_str())
        );
        (LintKind::InsecureTwin, message)
    })
}

fn loopback(rule: &LintedRule, pattern: PatternRef<'_>) -> OriginLint {
    (rule.rule.credentials && is_loopback_pattern(pattern)?).then(|| {
        let message = format!(
            "any program on the user's machine can serve {} and send requests as the user; keep it for \
             development, or move it to a rule without credentials",
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
