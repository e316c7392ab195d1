//! The allowed origin that is nearest to one that is not.

use alloc::format;
use alloc::string::String;

use super::difference::{self, OriginDifference};
use super::nearest::NearestMiss;
use super::written::Written;
use crate::message::RequestHeaders;
use crate::origin::{Origin, OriginRef};
use crate::policy::Policy;

/// What comes nearest to this origin, which is not allowed, in all that the policy lists.
pub(super) fn nearest_miss<'a>(
    policy: &'a Policy,
    origin: OriginRef<'_>,
) -> Option<NearestMiss<'a>> {
    let mut nearest: Option<(OriginDifference, NearestMiss<'a>)> = None;
    let mut look_alike = None;
    for (rule, view) in policy.rules().enumerate() {
        for pattern in view.patterns() {
            let Some(written) = Written::of(pattern) else {
                continue;
            };
            let found = candidates(written, origin)
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
                    pattern,
                };
                nearest = Some((difference, miss));
            }
            let host = origin.host_str().unwrap_or_default();
            if look_alike.is_none() && difference::is_look_alike(written.host, host) {
                look_alike = Some(NearestMiss::LookAlike { rule, pattern });
            }
        }
    }
    nearest.map(|(_, miss)| miss).or(look_alike)
}

/// Texts of origins that the pattern may admit, each with what it changes, the nearest first.
fn candidates(
    written: Written<'_>,
    origin: OriginRef<'_>,
) -> [Option<(OriginDifference, String)>; 2] {
    let (Some(scheme), Some(host)) = (origin.scheme(), origin.host_str()) else {
        return [None, None];
    };
    let scheme = scheme.as_str();
    let port = origin.port().map(|port| format!(":{port}"));
    let port = port.unwrap_or_default();
    let of = |scheme: &str, host: &str, port: &str| format!("{scheme}://{host}{port}");
    if !written.host.admits(host) {
        let found = difference::of_hosts(written.host, host);
        let found = found.map(|(difference, host)| (difference, of(scheme, &host, &port)));
        return [found, None];
    }
    let other_scheme = (written.scheme != scheme)
        .then(|| (OriginDifference::Scheme, of(written.scheme, host, &port)));
    let other_port = written.first_port().map(|port| {
        let difference = if written.scheme == scheme {
            OriginDifference::Port
        } else {
            OriginDifference::SchemeAndPort
        };
        (difference, of(written.scheme, host, &port))
    });
    [other_scheme, other_port]
}

/// The origin of this text, if that rule is for it.
fn allowed_by(policy: &Policy, text: &str, rule: usize) -> Option<Origin> {
    let origin = OriginRef::from_header(text.as_bytes()).ok()?;
    (allowing_rule(policy, origin) == Some(rule)).then(|| origin.into())
}

/// The rule that is for this origin, without asking anybody.
pub(super) fn allowing_rule(policy: &Policy, origin: OriginRef<'_>) -> Option<usize> {
    let request = RequestHeaders::new("GET").field("origin", origin.as_str());
    policy.evaluate(&request).rule()
}
