//! Evaluation: a pure function of the policy and the request.

use core::borrow::Borrow;

use super::decision::Decision;
use super::lookup::{Lookup, Verdict};
use super::{BuiltRule, Origins, Policy};
use crate::message::{IntoRequestHeaders, RequestHeaders, RequestKind};

impl Policy {
    /// Decides a request.
    ///
    /// Evaluate **every** request, also those without `Origin`: a static policy's headers and a dynamic
    /// policy's `Vary` belong on all responses, whatever their status.
    ///
    /// It never fails, never panics and never allocates, for any bytes of the request; a rule that
    /// asks does not match. The work is linear in the bytes that are read, which are limited by
    /// [`MAX_ORIGIN_LEN`](crate::limits::MAX_ORIGIN_LEN), [`MAX_METHOD_LEN`](crate::limits::MAX_METHOD_LEN),
    /// [`MAX_REQUEST_HEADERS_LEN`](crate::limits::MAX_REQUEST_HEADERS_LEN),
    /// [`MAX_REQUEST_HEADERS`](crate::limits::MAX_REQUEST_HEADERS).
    ///
    /// # Cost
    ///
    /// Rules are tried in order, so the work grows with the number of rules above the one that decides, at
    /// most [`MAX_RULES`](crate::limits::MAX_RULES). A rule that lists origins costs one hash lookup,
    /// whether it lists one origin or a million; wildcards cost one
    /// more lookup for each length that a `*` can have in the host, and networks one for each prefix
    /// length (the bench `hostile` has the worst of them). The `Origin` is hashed for each of these rules
    /// and parsed once. A preflight then costs one comparison for each method and header that the rule
    /// lists, for each one that is requested. Put the rule for most requests first, and origins that may
    /// do the same into one rule.
    ///
    /// # Order
    ///
    /// An actual request is decided by its origin alone. A preflight is decided by its origin, then its
    /// method, then its header names, in the order of
    /// [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch).
    ///
    /// ```
    /// use cross_origin::{Policy, RequestHeaders, Rule};
    ///
    /// let policy = Policy::new([
    ///     Rule::allow_origins(["https://app.example.com"]).allow_methods(["PUT"]),
    /// ])?;
    /// let request = RequestHeaders::new("OPTIONS").headers(&[
    ///     ("Origin", "https://app.example.com"),
    ///     ("Access-Control-Request-Method", "PUT"),
    /// ]);
    /// let decision = policy.evaluate(&request);
    /// assert!(decision.is_allowed());
    /// assert_eq!(decision.status(), Some(204));
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn evaluate<'a>(&'a self, request: impl IntoRequestHeaders<'a>) -> Decision<'a> {
        self.evaluate_with(request, None)
    }

    /// Returns the origin that the application must check, if no rule above the one that
    /// [asks](crate::Rule::ask) matches it.
    ///
    /// It is never `null` and never malformed; nor is it insecure if the rule allows credentials,
    /// unless that is dangerously allowed. Query your store, sync or async, and pass the [`Verdict`]
    /// to [`evaluate_with`](Self::evaluate_with).
    ///
    /// ```
    /// use cross_origin::{Policy, RequestHeaders, Rule};
    ///
    /// # fn is_tenant(_: &str) -> bool { true }
    /// let policy = Policy::new([
    ///     Rule::allow_origins(["https://app.example.com"]).allow_credentials(),
    ///     Rule::ask(),
    /// ])?;
    /// let request = RequestHeaders::new("GET").header("Origin", "https://tenant.example");
    ///
    /// let verdict = policy.lookup(&request).map(|lookup| {
    ///     let known = is_tenant(lookup.origin().as_str()); // or await a database here
    ///     lookup.verdict(known)
    /// });
    /// let decision = policy.evaluate_with(&request, verdict);
    /// assert_eq!(decision.rule_index(), Some(1));
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    #[must_use]
    pub fn lookup<'a>(&self, request: impl IntoRequestHeaders<'a>) -> Option<Lookup<'a>> {
        let view = request.into_request_headers();
        let request = view.borrow();
        let mut asked = None;
        let mut decision = Decision::new(self, request, request.kind());
        self.search(request.origin(), None, &mut decision, |lookup| {
            asked = Some(lookup)
        });
        asked
    }

    /// Decides a request with the application's verdict on its origin.
    ///
    /// If the verdict allows the origin, the rule that asks matches. Without a verdict, with one that
    /// denies, and with one for another origin, the rules below are tried.
    #[must_use]
    #[inline]
    pub fn evaluate_with<'a>(
        &'a self,
        request: impl IntoRequestHeaders<'a>,
        verdict: impl Into<Option<Verdict<'a>>>,
    ) -> Decision<'a> {
        let view = request.into_request_headers();
        let request = view.borrow();
        match request.kind() {
            kind @ RequestKind::NotCors => Decision::new(self, request, kind),
            kind @ RequestKind::Actual => self.evaluate_origin(request, kind, verdict.into()),
            RequestKind::Preflight => self.evaluate_preflight(request, verdict.into()),
        }
    }

    fn evaluate_preflight<'a>(
        &'a self,
        request: &RequestHeaders<'a>,
        verdict: Option<Verdict<'a>>,
    ) -> Decision<'a> {
        let mut decision = self.evaluate_origin(request, RequestKind::Preflight, verdict);
        if let Some(rule) = decision.found.as_ref().map(|found| found.rule) {
            rule.decide_preflight(request, &mut decision);
        }
        decision
    }

    /// Decides an actual request, by its origin alone.
    pub(super) fn evaluate_origin<'a>(
        &'a self,
        request: &RequestHeaders<'a>,
        kind: RequestKind,
        verdict: Option<Verdict<'a>>,
    ) -> Decision<'a> {
        let mut decision = Decision::new(self, request, kind);
        self.search(request.origin(), verdict, &mut decision, |_| {});
        decision
    }

    /// Returns the rule and the value of `Access-Control-Allow-Origin` of a static policy, which are the
    /// same on every response.
    pub(super) fn fixed(&self) -> Option<(&BuiltRule, &str)> {
        let rule = self.rules.first().filter(|_| self.summary.is_static)?;
        let allow_origin = match &rule.origins {
            Origins::Set(set) => set.single_origin()?,
            Origins::Any | Origins::Ask { .. } => "*",
        };
        Some((rule, allow_origin))
    }

    /// Returns the value of `Vary`, which depends only on the policy and on whether the method is
    /// `OPTIONS`.
    ///
    /// A preflight and an `OPTIONS` of the application's own have answers that differ by what a
    /// preflight asks for. HTTP makes neither cacheable; this is for caches that store them all the same.
    pub(super) fn vary(&self, is_options: bool) -> Option<&'static str> {
        match (is_options, self.summary.echoes_names) {
            (true, true) => {
                Some("origin,access-control-request-method,access-control-request-headers")
            }
            (true, false) => Some("origin,access-control-request-method"),
            (false, _) => (!self.summary.is_static).then_some("origin"),
        }
    }
}
