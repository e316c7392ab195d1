//! The changes to the headers of a response that a decision requires.

use super::decision::{DecidingRule, Decision};
use super::rule::Timing;
use super::{BuiltRule, MaxAge, NameList, Policy};
use crate::message::change::Exposing;
use crate::message::lines::Lines;
use crate::message::{HeaderChange, Headers, RequestKind, change, header_name};

impl Decision<'_> {
    /// Iterates over the changes to the final response, for any status: `set` or `remove` for each header of
    /// the CORS protocol, then `append` for `vary`.
    #[inline]
    pub fn changes(&self) -> impl Iterator<Item = HeaderChange<'_>> + Clone {
        Changes::new(self)
    }

    /// Iterates over the headers that [`changes`](Self::changes) sets and appends, `vary` last.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.changes().filter_map(HeaderChange::line)
    }

    /// Iterates over the names of the headers that the response must not have.
    pub fn removed(&self) -> impl Iterator<Item = &'static str> {
        self.changes().filter_map(HeaderChange::removed)
    }

    /// Applies the changes to the headers of the final response of any status, redirects and 304
    /// included, but not to an interim response (1xx).
    ///
    /// Headers of the CORS protocol that an upstream or the application set are replaced; `Vary` is
    /// merged. Applying twice equals applying once, up to the order of different headers.
    ///
    /// `Access-Control-Allow-Origin` is set last, and only if the response had room for all others.
    pub fn apply(&self, response: &mut (impl Headers + ?Sized)) {
        change::apply_all(response, self.changes());
    }

    /// Like [`apply`](Self::apply), but merges the names that the application itself set in
    /// `Access-Control-Expose-Headers` with those of the policy: names that only the application knows,
    /// such as those of pagination or gRPC-web.
    ///
    /// Only responses that are shared keep them. `*` with credentials exposes nothing and is removed.
    ///
    /// A 304 updates a stored response, and a header that it has replaces the stored one. So **where
    /// the application exposes headers, it has to do so on a 304 too.** If it exposes none there, and
    /// all rules of the policy expose the same headers, `Access-Control-Expose-Headers` is left out and
    /// the stored one stays. If rules differ, the header states what the rule exposes, because the
    /// stored response may be from another rule.
    pub fn apply_merging_exposed(&self, status: u16, response: &mut (impl Headers + ?Sized)) {
        if self.kind == RequestKind::Preflight {
            return self.apply(response);
        }
        change::apply_merging_exposed(response, self.changes(), self.exposing(status));
    }

    /// What a response with this status does with exposed names.
    fn exposing(&self, status: u16) -> Exposing {
        Exposing::new(status, self.rules_differ_in_exposed())
    }

    /// Whether two rules of the policy expose different headers.
    pub(crate) fn rules_differ_in_exposed(&self) -> bool {
        self.policy.summary.exposed_differ
    }
}

/// The iterator of [`Decision::changes`]. Hand-written, because chained adapters are large to move.
#[derive(Clone)]
pub(super) struct Changes<'d> {
    values: [Option<&'d str>; SET_HEADERS.len()],
    /// How many of the headers are set or removed.
    headers: usize,
    done: usize,
    repeated: Option<&'d Lines<'d>>,
    /// How many lines of requested names are repeated.
    echoed: usize,
    vary: [Option<&'d str>; 2],
}

/// The headers that are set or removed, in order; the last only where some rule sets it.
pub(crate) const SET_HEADERS: [&str; 7] = [
    header_name::ALLOW_ORIGIN,
    header_name::ALLOW_CREDENTIALS,
    header_name::ALLOW_METHODS,
    header_name::ALLOW_HEADERS,
    header_name::EXPOSE_HEADERS,
    header_name::MAX_AGE,
    header_name::TIMING_ALLOW_ORIGIN,
];

/// How many of them come before further lines of requested names are added.
const BEFORE_ADDED: usize = 4;

impl<'d> Changes<'d> {
    #[inline]
    pub(super) fn new(decision: &'d Decision<'_>) -> Self {
        let policy = decision.policy;
        let without_timing = SET_HEADERS.len().saturating_sub(1);
        Self {
            values: HeaderValues::new(decision).values(),
            headers: policy
                .summary
                .timing
                .map_or(without_timing, |_| SET_HEADERS.len()),
            done: 0,
            repeated: decision.repeated_headers(),
            echoed: 1,
            vary: [policy.vary(decision.is_options), decision.vary],
        }
    }

    #[cold]
    fn added(&mut self) -> Option<HeaderChange<'d>> {
        let value = self.repeated?.texts().nth(self.echoed)?;
        self.echoed = self.echoed.saturating_add(1);
        let name = header_name::ALLOW_HEADERS;
        Some(HeaderChange::Add { name, value })
    }
}

impl<'d> Iterator for Changes<'d> {
    type Item = HeaderChange<'d>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let is_due = self.done == BEFORE_ADDED && self.repeated.is_some();
        if let Some(added) = is_due.then(|| self.added()).flatten() {
            return Some(added);
        }
        if self.done < self.headers {
            let (name, value) = (SET_HEADERS.get(self.done)?, self.values.get(self.done)?);
            self.done = self.done.saturating_add(1);
            return Some(match *value {
                Some(value) => HeaderChange::Set { name, value },
                None => HeaderChange::Remove { name },
            });
        }
        self.vary
            .iter_mut()
            .find_map(Option::take)
            .map(change::vary)
    }
}

/// The values of the response headers.
#[derive(Clone, Copy, Default)]
struct HeaderValues<'a> {
    allow_origin: Option<&'a str>,
    allow_credentials: Option<&'static str>,
    allow_methods: Option<&'a str>,
    /// The first line of them.
    allow_headers: Option<&'a str>,
    expose_headers: Option<&'a str>,
    max_age: Option<&'a str>,
    timing: Option<&'a str>,
}

impl<'a> HeaderValues<'a> {
    #[inline]
    fn new(decision: &Decision<'a>) -> Self {
        let (policy, found) = (decision.policy, decision.found.as_ref());
        if decision.kind == RequestKind::Preflight {
            let values = |found| Self::for_preflight(found, decision);
            return found.map(values).unwrap_or_default();
        }
        let granted = found.map(|found| (found.rule, found.allow_origin));
        let headers = granted
            .or_else(|| policy.fixed())
            .map(|(rule, allow_origin)| Self::for_actual(policy, rule, allow_origin))
            .unwrap_or_default();
        match policy.summary.timing {
            // Loads without `Origin` are timed too, so this one is on every response.
            Some(Timing::Any) => Self {
                timing: Some("*"),
                ..headers
            },
            _ => headers,
        }
    }

    /// Returns what the rule allows, even if this preflight is denied: the browser enforces it, reports
    /// what is not allowed, and caches the whole list
    /// ([Fetch, `#http-responses`](https://fetch.spec.whatwg.org/#http-responses)).
    fn for_preflight(found: &DecidingRule<'a>, decision: &Decision<'a>) -> Self {
        let rule = found.rule;
        let repeated = || decision.repeated_headers()?.texts().next();
        Self {
            allow_origin: Some(found.allow_origin),
            allow_credentials: rule.credentials.then_some("true"),
            allow_methods: rule.methods.text().or(decision.requested.method),
            allow_headers: rule.headers.text().or_else(repeated),
            max_age: rule.max_age.as_ref().map(|MaxAge { text, .. }| &**text),
            ..Self::default()
        }
    }

    /// Returns the headers of the response to an allowed actual request.
    ///
    /// A header that it leaves out survives in a stored response that a 304 updates, even across `Vary`
    /// (RFC 9111, 3.2 and 4.3.4). So where rules differ it takes back in words what its rule does not
    /// grant. `*` need not take back credentials: browsers refuse the two together.
    fn for_actual(policy: &Policy, rule: &'a BuiltRule, allow_origin: &'a str) -> Self {
        let summary = policy.summary;
        let echoed = allow_origin != "*";
        Self {
            allow_origin: Some(allow_origin),
            allow_credentials: if rule.credentials {
                Some("true")
            } else {
                (summary.credentials && echoed).then_some("false")
            },
            expose_headers: rule.exposed.text().or(summary.exposes.then_some("")),
            timing: rule
                .timing
                .map(|_| allow_origin)
                .or(summary.timing.map(|_| "")),
            ..Self::default()
        }
    }

    /// In the order of [`SET_HEADERS`].
    #[inline]
    fn values(self) -> [Option<&'a str>; SET_HEADERS.len()] {
        [
            self.allow_origin,
            self.allow_credentials,
            self.allow_methods,
            self.allow_headers,
            self.expose_headers,
            self.max_age,
            self.timing,
        ]
    }
}

impl NameList {
    fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}
