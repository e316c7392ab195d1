//! Safety checks of rules with credentials.
//!
//! The checks depend on the origins that a pattern can match, not on its spelling.

use alloc::format;
use alloc::string::String;

use super::super::builder::Dangers;
use super::super::error::{PolicyProblem, ProblemKind, Problems, key};
use super::{public_suffix, trust};
use crate::origin::quoted::Quoted;
use crate::pattern::{HostPattern, OriginPattern, PatternRef};

pub(super) fn check(
    patterns: &[(usize, OriginPattern)],
    texts: &[String],
    dangers: Dangers,
    problems: &mut Problems,
) {
    let alone = texts.iter().all(|text| text == "*");
    for (entry, pattern) in patterns {
        let pattern = pattern.as_pattern_ref();
        let found = [
            any_origin(pattern),
            any_host(pattern).filter(|_| !dangers.any_host),
            network(pattern).filter(|_| !dangers.networks),
            null(pattern).filter(|_| !dangers.null_with_credentials),
            insecure(pattern).filter(|_| !dangers.insecure_origins),
            many_owners(pattern).filter(|_| !dangers.public_suffixes),
        ];
        problems.extend(found.into_iter().flatten().map(|(kind, message)| {
            let mut problem = PolicyProblem::new(kind, message)
                .at_key(key::ALLOW_ORIGINS)
                .at_entry(*entry, texts.get(*entry).map_or("", String::as_str));
            problem.evidence.credentials = true;
            problem.evidence.alone = alone;
            problem
        }));
    }
}

type UnsafePattern = Option<(ProblemKind, String)>;

/// The ways out that are safe for all of them.
const SAFE: &str = "or remove `allow_credentials` (a token in `Authorization` needs none)";

/// This check has no hatch: a browser refuses `*` with credentials, and echoing any origin instead would
/// defeat the same-origin policy.
fn any_origin(pattern: PatternRef<'_>) -> UnsafePattern {
    pattern.is_any().then(|| {
        let message = format!(
            "`*` cannot be combined with credentials: every website could send requests as the user \
             and read the responses; list the origins, {SAFE}"
        );
        (ProblemKind::AnyOriginWithCredentials, message)
    })
}

/// `x cannot be combined with credentials: risk; ways out`
fn refused(pattern: PatternRef<'_>, risk: &str, list: &str, hatch: &str) -> String {
    format!(
        "{} cannot be combined with credentials: {risk}; {list}, move it to a rule without credentials, \
         {SAFE}; to accept the risk use `\"dangerously_allow\": [\"{hatch}\"]`",
        Quoted(pattern.as_str())
    )
}

fn any_host(pattern: PatternRef<'_>) -> UnsafePattern {
    let risk = match pattern.host()? {
        HostPattern::Any => {
            "anyone can publish an app or extension with such an origin, which could send requests as the user"
        }
        HostPattern::Network(network) if trust::is_any_host(network) => {
            "anyone can rent an address in a network of this size and send requests as the user"
        }
        _ => return None,
    };
    let message = refused(pattern, risk, "list the hosts", "any-host");
    Some((ProblemKind::AnyHostWithCredentials, message))
}

fn network(pattern: PatternRef<'_>) -> UnsafePattern {
    match pattern.host()? {
        HostPattern::Network(network)
            if !trust::is_loopback(network) && !trust::is_any_host(network) =>
        {
            let risk = "any machine with such an address, in every network that the user joins, could \
                 send requests as the user";
            let message = refused(pattern, risk, "list the addresses", "networks");
            Some((ProblemKind::NetworkWithCredentials, message))
        }
        _ => None,
    }
}

fn null(pattern: PatternRef<'_>) -> UnsafePattern {
    let (risk, list) = if pattern.is_file() {
        let risk = "any file that the user opens in the web view could send requests as the user";
        (
            risk,
            "give the page an origin of its own with a custom scheme",
        )
    } else if pattern.is_opaque() {
        let risk = "every website could send requests as the user, from a sandboxed frame";
        (risk, "list the origins")
    } else {
        return None;
    };
    let message = refused(pattern, risk, list, "null-with-credentials");
    Some((ProblemKind::NullWithCredentials, message))
}

fn insecure(pattern: PatternRef<'_>) -> UnsafePattern {
    (!trust::is_potentially_trustworthy(pattern)).then(|| {
        let list = match pattern.as_str().split_once("://") {
            Some(("http" | "ftp", host)) => format!("use {}", Quoted(&format!("https://{host}"))),
            Some(("ws", host)) => {
                let page = format!("https://{host}");
                format!("use {}, the origin of the page", Quoted(&page))
            }
            _ => "use a secure scheme".into(),
        };
        let risk =
            "a network attacker can inject a script into such a page and send requests as the user";
        let message = refused(pattern, risk, &list, "insecure-origins");
        (ProblemKind::InsecureOriginWithCredentials, message)
    })
}

fn many_owners(pattern: PatternRef<'_>) -> UnsafePattern {
    let reason = public_suffix::why_not_one_site(pattern.host()?.parent()?)?;
    let risk = format!("{reason}, and their pages could send requests as the user");
    let list = "list the hosts, use a wildcard below a domain that is yours";
    let message = refused(pattern, &risk, list, "public-suffixes");
    Some((ProblemKind::PublicSuffixWithCredentials, message))
}
