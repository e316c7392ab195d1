//! Nearest misses of origins.

use alloc::format;
use alloc::string::String;

use super::difference::{self, OriginDifference};
use super::nearest::NearestMiss;
use crate::advice::random_hosts::RANDOM_HOSTS;
use crate::message::RequestHeaders;
use crate::origin::{Origin, OriginRef};
use crate::pattern::PatternRef;
use crate::policy::Policy;

/// Returns the nearest miss of a denied origin among all patterns of the policy.
pub(super) fn nearest_miss<'a>(
    policy: &'a Policy,
    origin: OriginRef<'_>,
) -> Option<NearestMiss<'a>> {
    let mut nearest: Option<(OriginDifference, NearestMiss<'a>)> = None;
    let mut look_alike = None;
    for (rule, view) in policy.rules().enumerate() {
        for pattern in view.patterns() {
            let found = candidates(pattern, origin)
                .into_iter()
                .flatten()
                .filter(|(found, _)| nearest.as_ref().is_none_or(|(best, _)| found < best))
                .find_map(|(difference, text)| {
                    let allowed = allowed_by(policy, &text, rule)?;
                    Some((difference, allowed))
                });
            if let Some((difference, allowed)) = found {
                let miss = NearestMiss::Origin {
                    difference,
                    allowed,
                    rule,
                    pattern: pattern.as_str(),
                };
                nearest = Some((difference, miss));
            }
            if look_alike.is_none() && is_look_alike(pattern, origin) {
                look_alike = Some(NearestMiss::LookAlike {
                    rule,
                    pattern: pattern.as_str(),
                });
            }
        }
    }
    nearest.map(|(_, miss)| miss).or(look_alike)
}

fn is_look_alike(pattern: PatternRef<'_>, origin: OriginRef<'_>) -> bool {
    let hosts = pattern.host().zip(origin.host_str());
    hosts.is_some_and(|(pattern, host)| difference::is_look_alike(pattern, host))
}

/// Texts of origins that the pattern may match, each with what it changes, the nearest first.
fn candidates(
    pattern: PatternRef<'_>,
    origin: OriginRef<'_>,
) -> [Option<(OriginDifference, String)>; 2] {
    let (Some(scheme), Some(host)) = (origin.scheme(), origin.host_str()) else {
        return [None, None];
    };
    let (Some(own_scheme), Some(own_host)) = (pattern.scheme(), pattern.host()) else {
        return [None, None];
    };
    let (scheme, own_scheme) = (scheme.as_str(), own_scheme.as_str());
    // A random host resembles none of another scheme.
    if own_scheme != scheme && RANDOM_HOSTS.contains(&scheme) {
        return [None, None];
    }
    let port = origin.port().map(|port| format!(":{port}"));
    let port = port.unwrap_or_default();
    let of = |scheme: &str, host: &str, port: &str| format!("{scheme}://{host}{port}");
    if own_host.find(host).is_none() {
        let found = difference::host_difference(own_host, host);
        let found = found.map(|(difference, host)| (difference, of(scheme, &host, &port)));
        return [found, None];
    }
    let other_scheme =
        (own_scheme != scheme).then(|| (OriginDifference::Scheme, of(own_scheme, host, &port)));
    let other_port = first_port(pattern).map(|port| {
        let difference = if own_scheme == scheme {
            OriginDifference::Port
        } else {
            OriginDifference::SchemeAndPort
        };
        (difference, of(own_scheme, host, &port))
    });
    [other_scheme, other_port]
}

/// The first port of the pattern, as an origin has it, with its colon; `None` if it has all ports.
fn first_port(pattern: PatternRef<'_>) -> Option<String> {
    let range = pattern.ports()?.ranges().next()?;
    let implicit = pattern.scheme()?.default_port().unwrap_or(0);
    match range {
        (0, u16::MAX) => None,
        (first, _) if first == implicit => Some(String::new()),
        (first, _) => Some(format!(":{first}")),
    }
}

/// Returns the origin of this text if that rule matches it.
fn allowed_by(policy: &Policy, text: &str, rule: usize) -> Option<Origin> {
    let origin = OriginRef::from_header(text.as_bytes()).ok()?;
    (allowing_rule(policy, origin) == Some(rule)).then(|| origin.into())
}

/// Returns the rule that matches this origin without a lookup.
pub(super) fn allowing_rule(policy: &Policy, origin: OriginRef<'_>) -> Option<usize> {
    let request = RequestHeaders::new("GET").header("origin", origin.as_str());
    policy.evaluate(&request).rule_index()
}
