//! Response headers of a policy as values of the crate `http`, built once.

use alloc::vec::Vec;

use http::StatusCode;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::header_map::{header_name, header_value, merge_vary};
use crate::message::change::{self, Exposing};
use crate::message::request::SingleHeader;
use crate::message::{HeaderChange, RequestHeaders, RequestKind};
use crate::origin::OriginRef;
use crate::policy::{Policy, ResponseCase};

/// The number of origins of a rule whose values are built. An origin that is not among them is answered
/// with the value of the request.
const MAX_READY_ORIGINS: usize = 8;

/// What a case states in place of the origin that matched. No header of a policy has this value,
/// because of its space.
const MATCHED: &str = "matched origin";

/// The response headers of all cases of one policy.
#[derive(Debug)]
pub(super) struct ReadyHeaders {
    rules: Vec<ReadyRule>,
    /// Of requests that no rule matches.
    unmatched: ReadyRule,
    vary: Option<HeaderValue>,
    vary_of_options: Option<HeaderValue>,
    removed: Vec<ReadyName>,
    preflight_status: Option<StatusCode>,
    rules_differ_in_exposed: bool,
}

#[derive(Clone, Debug)]
struct ReadyName {
    name: HeaderName,
    text: &'static str,
}

#[derive(Debug)]
struct ReadyRule {
    /// Origins that the rule lists exactly.
    origins: Vec<HeaderValue>,
    /// Whether the response to a preflight may repeat the method or the names that it asks for.
    repeats: bool,
    actual: Vec<ReadyLine>,
    preflight: Vec<ReadyLine>,
    /// The whole headers of the response to a preflight, with a placeholder for the origin that matched.
    preflight_map: HeaderMap,
}

/// A header that is set.
#[derive(Debug)]
struct ReadyLine {
    name: ReadyName,
    /// `None` for the origin that matched.
    value: Option<HeaderValue>,
}

/// The value of the origin that matched.
#[derive(Clone, Debug)]
pub(super) enum ReadyOrigin {
    /// The response names no origin, or one that does not depend on the request.
    Fixed,
    /// The origin at this index of the rule's.
    Listed(usize),
    /// One that the request gave.
    Given(HeaderValue),
}

impl ReadyHeaders {
    pub(super) fn new(policy: &Policy) -> Self {
        let case = |kind, rule| ResponseCase {
            kind,
            is_options: kind == RequestKind::Preflight,
            rule,
        };
        let lines = |kind, rule| ready_lines(policy, case(kind, rule));
        let rule = |rule: Option<usize>, origins| ReadyRule {
            origins,
            repeats: rule.is_some_and(|rule| policy.repeats(rule)),
            actual: lines(RequestKind::Actual, rule),
            preflight: lines(RequestKind::Preflight, rule),
            preflight_map: preflight_map(policy, case(RequestKind::Preflight, rule)),
        };
        let rules = policy.listed_patterns().enumerate();
        let bare = policy.decision_with(case(RequestKind::Preflight, None), MATCHED);
        Self {
            rules: rules
                .map(|(index, patterns)| {
                    let origins = patterns
                        .take(MAX_READY_ORIGINS)
                        .filter(|text| is_origin(text));
                    let origins = origins.filter_map(ready_value);
                    rule(Some(index), origins.collect())
                })
                .collect(),
            unmatched: rule(None, Vec::new()),
            vary: ready_vary(policy, case(RequestKind::Actual, None)),
            vary_of_options: ready_vary(policy, case(RequestKind::Preflight, None)),
            removed: bare.removed().filter_map(ReadyName::new).collect(),
            preflight_status: StatusCode::from_u16(policy.preflight_status()).ok(),
            rules_differ_in_exposed: bare.rules_differ_in_exposed(),
        }
    }

    /// Returns the value of `Access-Control-Allow-Origin` for a rule; `None` if the request's own must be
    /// used.
    #[inline]
    pub(super) fn origin(&self, rule: usize, allow_origin: &str) -> Option<ReadyOrigin> {
        if allow_origin == "*" {
            return Some(ReadyOrigin::Fixed);
        }
        let mut origins = self.rules.get(rule)?.origins.iter();
        let index = origins.position(|origin| origin.as_bytes() == allow_origin.as_bytes())?;
        Some(ReadyOrigin::Listed(index))
    }

    /// Returns the status of the response to a preflight.
    #[inline]
    pub(super) fn status(&self, case: ResponseCase) -> Option<StatusCode> {
        match (case.kind, case.rule) {
            (RequestKind::Preflight, Some(_)) => self.preflight_status,
            (RequestKind::Preflight, None) => Some(StatusCode::FORBIDDEN),
            (RequestKind::Actual | RequestKind::NotCors, _) => None,
        }
    }

    /// Returns the value of the origin that matched.
    #[inline]
    fn origin_value<'a>(
        &'a self,
        case: ResponseCase,
        origin: &'a ReadyOrigin,
    ) -> Option<&'a HeaderValue> {
        match origin {
            ReadyOrigin::Fixed => None,
            ReadyOrigin::Listed(index) => self.rule(case).origins.get(*index),
            ReadyOrigin::Given(value) => Some(value),
        }
    }

    #[inline]
    fn rule(&self, case: ResponseCase) -> &ReadyRule {
        let rule = case.rule.and_then(|rule| self.rules.get(rule));
        rule.unwrap_or(&self.unmatched)
    }

    #[inline]
    fn lines(&self, case: ResponseCase) -> &[ReadyLine] {
        let rule = self.rule(case);
        match case.kind {
            RequestKind::Preflight => &rule.preflight,
            RequestKind::Actual | RequestKind::NotCors => &rule.actual,
        }
    }

    /// Finds the case of a request that has no `Origin`, or one of those that the first rule lists. No other
    /// rule can decide such a request, so nothing needs to be searched.
    #[inline]
    pub(super) fn find(&self, request: &RequestHeaders<'_>) -> Option<(ResponseCase, ReadyOrigin)> {
        let (kind, is_options) = (request.kind(), request.is_options());
        let case = |rule| ResponseCase {
            kind,
            is_options,
            rule,
        };
        let SingleHeader::Once(origin) = request.origin() else {
            let is_absent = kind == RequestKind::NotCors;
            return is_absent.then(|| (case(None), ReadyOrigin::Fixed));
        };
        let rule = self.rules.first()?;
        if kind == RequestKind::Preflight && rule.repeats {
            return None;
        }
        let mut origins = rule.origins.iter();
        let index = origins.position(|listed| listed.as_bytes() == origin)?;
        Some((case(Some(0)), ReadyOrigin::Listed(index)))
    }

    /// Creates the headers of the response to a preflight.
    pub(super) fn preflight_map(&self, case: ResponseCase, origin: &ReadyOrigin) -> HeaderMap {
        let mut headers = self.rule(case).preflight_map.clone();
        if let Some(matched) = self.origin_value(case, origin)
            && let Some(value) = headers.get_mut(header::ACCESS_CONTROL_ALLOW_ORIGIN)
        {
            *value = matched.clone();
        }
        headers
    }

    /// Changes the headers of a response as the decision's own changes do: removals, `Vary`, and then the
    /// others, `Access-Control-Allow-Origin` last and only if there is room for all.
    #[inline]
    pub(super) fn apply(&self, case: ResponseCase, origin: &ReadyOrigin, headers: &mut HeaderMap) {
        if may_have_removed(headers) {
            for name in &self.removed {
                headers.remove(&name.name);
            }
        }
        self.set(case, origin, headers);
    }

    /// Changes the headers of a response that has this status, and merges the names that it exposes.
    pub(super) fn apply_merging_exposed(
        &self,
        case: ResponseCase,
        origin: &ReadyOrigin,
        status: StatusCode,
        headers: &mut HeaderMap,
    ) {
        if case.kind == RequestKind::Preflight {
            return self.apply(case, origin, headers);
        }
        let lines = self.lines(case);
        let is_set = |removed: &ReadyName| lines.iter().any(|line| line.name.text == removed.text);
        let removed = self.removed.iter().filter(|removed| !is_set(removed));
        let removed = removed.map(|removed| HeaderChange::Remove { name: removed.text });
        let matched = self.origin_value(case, origin);
        let set = lines.iter().filter_map(|line| {
            let value = line.value.as_ref().or(matched)?.to_str().ok()?;
            Some(HeaderChange::Set {
                name: line.name.text,
                value,
            })
        });
        let vary = self.vary(case).and_then(|vary| vary.to_str().ok());
        let changes = removed.chain(set).chain(vary.map(change::vary));
        let exposing = Exposing::new(status.as_u16(), self.rules_differ_in_exposed);
        change::apply_merging_exposed(headers, changes, exposing);
    }

    #[inline]
    fn vary(&self, case: ResponseCase) -> Option<&HeaderValue> {
        match case.is_options {
            true => self.vary_of_options.as_ref(),
            false => self.vary.as_ref(),
        }
    }

    #[inline]
    fn set(&self, case: ResponseCase, origin: &ReadyOrigin, headers: &mut HeaderMap) {
        let vary = self.vary(case);
        let mut is_complete = vary.is_none_or(|vary| merge_vary(headers, vary));
        let matched = self.origin_value(case, origin);
        for ReadyLine { name, value } in self.lines(case) {
            let Some(value) = value.as_ref().or(matched) else {
                continue;
            };
            if is_complete || name.name != header::ACCESS_CONTROL_ALLOW_ORIGIN {
                is_complete &= headers.try_insert(&name.name, value.clone()).is_ok();
            }
        }
    }
}

/// Creates a value whose clones are made without an allocation.
fn ready_value(text: &str) -> Option<HeaderValue> {
    let value = header_value(text)?;
    // The first clone of a value that owns its bytes moves them behind a reference count.
    drop(value.clone());
    Some(value)
}

impl ReadyName {
    fn new(text: &'static str) -> Option<Self> {
        let name = header_name(text)?;
        Some(Self { name, text })
    }
}

/// Builds the headers of a policy before its first request.
#[cfg(feature = "tower")]
pub(in crate::interop) fn prepare(policy: &Policy) {
    policy.prepared(ReadyHeaders::new);
}

/// The headers that a case sets, `Access-Control-Allow-Origin` last, after what takes something back.
fn ready_lines(policy: &Policy, case: ResponseCase) -> Vec<ReadyLine> {
    let decision = policy.decision_with(case, MATCHED);
    let mut lines: Vec<_> = decision
        .changes()
        .filter_map(|change| match change {
            HeaderChange::Set { name, value } => Some((name, value)),
            _ => None,
        })
        .collect();
    lines.sort_by_key(|(name, value)| change::order(name, value));
    let lines = lines.into_iter().filter_map(|(name, value)| {
        let value = match value {
            MATCHED => None,
            value => Some(ready_value(value)?),
        };
        let name = ReadyName::new(name)?;
        Some(ReadyLine { name, value })
    });
    lines.collect()
}

/// Whether a pattern is an origin as a request sends it.
fn is_origin(pattern: &str) -> bool {
    OriginRef::from_header(pattern.as_bytes()).is_ok_and(|origin| origin.as_str() == pattern)
}

fn preflight_map(policy: &Policy, case: ResponseCase) -> HeaderMap {
    let mut headers = HeaderMap::new();
    policy.decision_with(case, MATCHED).apply(&mut headers);
    headers.values_mut().for_each(|value| drop(value.clone()));
    headers
}

fn ready_vary(policy: &Policy, case: ResponseCase) -> Option<HeaderValue> {
    let decision = policy.decision_with(case, MATCHED);
    let mut members = decision.changes().filter_map(|change| match change {
        HeaderChange::Append { value, .. } => ready_value(value),
        _ => None,
    });
    members.next()
}

/// Whether a response may have a header that is removed. One pass over the names of a usual response is
/// faster than a lookup for each of these headers.
#[inline]
fn may_have_removed(headers: &HeaderMap) -> bool {
    const SHORTEST: usize = "timing-allow-origin".len();
    const MAX_PASSED: usize = 16;
    headers.keys_len() > MAX_PASSED
        || headers.keys().any(|name| {
            let name = name.as_str();
            name.len() >= SHORTEST
                && (name.starts_with("access-control-") || name == "timing-allow-origin")
        })
}
