//! Safety checks of rules with credentials.
//!
//! The checks depend on the origins that a pattern can match, not on its spelling.

use alloc::format;
use alloc::string::String;

use super::super::builder::Dangers;
use super::super::error::{PolicyProblem, ProblemKind, Problems, key};
use super::{public_suffix, trust};
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

/// This check has no hatch: a browser refuses `*` with credentials, and echoing any origin instead would
/// defeat the same-origin policy.
fn any_origin(pattern: PatternRef<'_>) -> UnsafePattern {
    pattern.is_any().then(|| {
        let message = "any origin beside credentials lets every site act as the person who visits it: \
             list the origins, or allow no credentials";
        (ProblemKind::AnyOriginWithCredentials, message.into())
    })
}

fn any_host(pattern: PatternRef<'_>) -> UnsafePattern {
    let message = match pattern.host()? {
        HostPattern::Any => {
            "any host of a scheme beside credentials lets anybody who publishes one act as \
             the person who has it: list the hosts, or allow no credentials"
        }
        HostPattern::Network(network) if trust::is_any_host(network) => {
            "a network of this size cannot be combined with credentials: anyone can rent an address in \
             it and send requests as the user; list the addresses or remove `allow_credentials`"
        }
        _ => return None,
    };
    Some((ProblemKind::AnyHostWithCredentials, message.into()))
}

fn network(pattern: PatternRef<'_>) -> UnsafePattern {
    match pattern.host()? {
        HostPattern::Network(network)
            if !trust::is_loopback(network) && !trust::is_any_host(network) =>
        {
            let message = "a network cannot be combined with credentials: any machine with such an \
                 address, in every network that the user joins, could send requests as the user; list \
                 the addresses, or move the network to a rule without credentials";
            Some((ProblemKind::NetworkWithCredentials, message.into()))
        }
        _ => None,
    }
}

fn null(pattern: PatternRef<'_>) -> UnsafePattern {
    if pattern.is_file() {
        let message = "`file://` cannot be combined with credentials: any file that the user opens in the \
             web view could send requests as the user; move it to a rule without credentials";
        return Some((ProblemKind::NullWithCredentials, message.into()));
    }
    pattern.is_opaque().then(|| {
        let message = "`null` beside credentials lets every site act as the person who visits it, from \
             a sandboxed frame: list the origins, or allow no credentials";
        (ProblemKind::NullWithCredentials, message.into())
    })
}

fn insecure(pattern: PatternRef<'_>) -> UnsafePattern {
    (!trust::is_potentially_trustworthy(pattern)).then(|| {
        let fix = match pattern.as_str().split_once("://") {
            Some(("http" | "ftp", host)) => format!(": write `https://{host}`"),
            Some(("ws", host)) => format!(": write `https://{host}`, the origin of the page"),
            _ => String::new(),
        };
        let message = format!(
            "an insecure origin beside credentials lets whoever is on the network's way act as the \
             person who visits it{fix}"
        );
        (ProblemKind::InsecureOriginWithCredentials, message)
    })
}

fn many_owners(pattern: PatternRef<'_>) -> UnsafePattern {
    let reason = public_suffix::why_not_one_site(pattern.host()?.parent()?)?;
    let message = format!(
        "{reason}, so this wildcard beside credentials lets strangers act as the person who visits \
         them: list the hosts, or write the wildcard below a domain that is yours"
    );
    Some((ProblemKind::PublicSuffixWithCredentials, message))
}
