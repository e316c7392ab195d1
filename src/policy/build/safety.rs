//! What a rule with credentials must not admit.
//!
//! The checks look at what a pattern can admit, not at how it is spelled.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::draft::Dangers;
use super::super::error::{PolicyProblem, ProblemKind, field};
use super::public_suffix;
use crate::pattern::OriginPattern;

pub(super) fn check(
    patterns: &[(usize, OriginPattern)],
    texts: &[String],
    dangers: Dangers,
    problems: &mut Vec<PolicyProblem>,
) {
    for (entry, pattern) in patterns {
        let found = [
            any_origin(pattern),
            any_host(pattern).filter(|_| !dangers.any_host),
            null(pattern).filter(|_| !dangers.null_with_credentials),
            insecure(pattern).filter(|_| !dangers.insecure_origins),
            many_owners(pattern).filter(|_| !dangers.public_suffixes),
        ];
        problems.extend(found.into_iter().flatten().map(|(kind, message)| {
            PolicyProblem::new(kind, message)
                .field(field::ALLOW_ORIGINS)
                .entry(*entry, texts.get(*entry).map_or("", String::as_str))
        }));
    }
}

type Found = Option<(ProblemKind, String)>;

/// There is no way around this one: a browser refuses `*` beside credentials, and to repeat any
/// origin instead would take down the border between origins.
fn any_origin(pattern: &OriginPattern) -> Found {
    pattern.is_any().then(|| {
        let message = "any origin beside credentials lets every site act as the person who visits it: \
             list the origins, or allow no credentials";
        (ProblemKind::AnyOriginWithCredentials, message.into())
    })
}

fn any_host(pattern: &OriginPattern) -> Found {
    pattern.is_any_host().then(|| {
        let message = "any host of a scheme beside credentials lets anybody who publishes one act as \
             the person who has it: list the hosts, or allow no credentials";
        (ProblemKind::AnyHostWithCredentials, message.into())
    })
}

fn null(pattern: &OriginPattern) -> Found {
    pattern.is_opaque().then(|| {
        let message = "`null` beside credentials lets every site act as the person who visits it, from \
             a sandboxed frame: list the origins, or allow no credentials";
        (ProblemKind::NullWithCredentials, message.into())
    })
}

fn insecure(pattern: &OriginPattern) -> Found {
    (!pattern.is_potentially_trustworthy()).then(|| {
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

fn many_owners(pattern: &OriginPattern) -> Found {
    let base = pattern.wildcard_base()?;
    let reason = public_suffix::why_not_one_site(base)?;
    let message = format!(
        "{reason}, so this wildcard beside credentials lets strangers act as the person who visits \
         them: list the hosts, or write the wildcard below a domain that is yours"
    );
    Some((ProblemKind::PublicSuffixWithCredentials, message))
}
