//! Entries to add to a policy.

use super::nearest::{Addition, NearestMiss};

use crate::advice::random_hosts::RANDOM_HOSTS;
use crate::message::method::{is_forbidden, normalize};
use crate::message::request::SingleHeader;
use crate::message::{RequestHeaders, header_name};
use crate::origin::OriginRef;
use crate::policy::error::key;
use crate::policy::{Decision, Denial, Policy, Rule};

/// The entry that would take the reason of the denial away, if there is one that is safe to propose.
pub(super) fn find(
    decision: &Decision<'_>,
    request: &RequestHeaders<'_>,
    nearest: Option<&NearestMiss<'_>>,
) -> Option<Addition> {
    match decision.denial()? {
        Denial::OriginNotAllowed => {
            let SingleHeader::Once(value) = request.origin() else {
                return None;
            };
            origin_addition(
                decision.policy(),
                OriginRef::from_header(value).ok()?,
                nearest,
            )
        }
        Denial::MethodNotAllowed => {
            let SingleHeader::Once(method) = request.request_method() else {
                return None;
            };
            let method = core::str::from_utf8(method).ok()?;
            let lists = Rule::allow_any_origin().allow_methods([method]);
            addition(decision.rule_index()?, key::ALLOW_METHODS, method, lists)
                .filter(|_| is_meant(method, nearest))
        }
        Denial::HeaderNotAllowed => {
            let rule = decision.rule_index()?;
            let name = decision.denied_header()?.to_ascii_lowercase();
            let listed = decision.policy().rules().nth(rule)?.headers();
            let lists = Rule::allow_any_origin().allow_headers(listed.chain([name.as_str()]));
            let has_effect = !header_name::is_forbidden_request_header(name.as_bytes())
                && !header_name::is_cors_response(name.as_bytes());
            addition(rule, key::ALLOW_HEADERS, &name, lists).filter(|_| name != "*" && has_effect)
        }
        _ => None,
    }
}

/// Returns the addition of the origin to the rule of its nearest miss, or to the only one that lists
/// origins.
fn origin_addition(
    policy: &Policy,
    origin: OriginRef<'_>,
    nearest: Option<&NearestMiss<'_>>,
) -> Option<Addition> {
    let scheme = origin.scheme();
    if scheme.is_some_and(|scheme| RANDOM_HOSTS.contains(&scheme.as_str())) {
        return None;
    }
    let rule = match nearest {
        Some(NearestMiss::Origin { rule, allowed, .. }) => {
            // A page on the network's way should become secure, not be let in as it is.
            let is_downgrade = allowed.as_origin_ref().is_potentially_trustworthy()
                && !origin.is_potentially_trustworthy();
            (!is_downgrade).then_some(*rule)?
        }
        Some(_) => return None,
        None => only_listing_rule(policy, origin)?,
    };
    let view = policy.rules().nth(rule)?;
    let alone = Rule::allow_origins([origin.as_str()]);
    let alone = if view.allows_credentials() {
        alone.allow_credentials()
    } else {
        alone
    };
    addition(rule, key::ALLOW_ORIGINS, origin.as_str(), alone)
}

/// The rule that lists origins (`null` is nothing to add to), if there is one only; for `file://`, the
/// one without credentials.
fn only_listing_rule(policy: &Policy, origin: OriginRef<'_>) -> Option<usize> {
    let mut listing = policy.rules().enumerate().filter(|(_, rule)| {
        let first = rule.patterns().next();
        let is_safe = !(origin.is_file() && rule.allows_credentials());
        first.is_some_and(|pattern| !pattern.is_any() && !pattern.is_opaque()) && is_safe
    });
    let (rule, _) = listing.next()?;
    listing.next().is_none().then_some(rule)
}

/// The addition, if a policy takes such an entry.
fn addition(rule: usize, key: &'static str, entry: &str, lists: Rule) -> Option<Addition> {
    Policy::new([lists]).is_ok().then(|| Addition {
        rule,
        key,
        entry: entry.into(),
    })
}

/// Whether a page may well mean this method: not one that no page can send, not `*`, which would allow more than is asked for, and not
/// one that is allowed in upper case, as are the six that browsers put into it.
fn is_meant(method: &str, nearest: Option<&NearestMiss<'_>>) -> bool {
    let is_lower = match nearest {
        Some(NearestMiss::MethodCase { allowed }) => *allowed == method.to_ascii_uppercase(),
        _ => false,
    };
    let has_effect = method != "*" && !is_forbidden(method.as_bytes());
    has_effect && normalize(method) == method && !is_lower
}
