//! Deciding: a pure function of the policy and the request.

use super::decision::{Decision, Denial, Echo, Found};
use super::lookup::{Lookup, Verdict};
use super::{Allowed, BuiltRule, Origins, Policy};
use crate::message::list::{self, ListError, elements};
use crate::message::request::{Lines, Singleton};
use crate::message::token::is_token;
use crate::message::{MAX_METHOD_LEN, RequestHeaders, RequestKind, field_name, method};
use crate::origin::OriginRef;

/// What a request says of its origin.
#[derive(Clone, Copy)]
enum Claimed<'a> {
    Malformed,
    Origin(OriginRef<'a>),
}

/// What a rule has to do with an origin.
enum Concern<'a> {
    Decides(Found<'a>),
    Asks,
    Nothing,
}

impl Policy {
    /// Decides a request.
    ///
    /// Evaluate **every** request, also those without `Origin`: a static policy's fields and a dynamic
    /// policy's `Vary` belong on all responses, whatever their status.
    ///
    /// It never fails, never panics and never allocates, whatever the bytes of the request; a rule that
    /// asks gets no as an answer. The work is linear in the bytes that are read, and those are capped:
    /// [`MAX_ORIGIN_LEN`](crate::MAX_ORIGIN_LEN), [`MAX_METHOD_LEN`],
    /// [`MAX_REQUEST_HEADERS_LEN`](crate::MAX_REQUEST_HEADERS_LEN),
    /// [`MAX_REQUEST_HEADERS`](crate::MAX_REQUEST_HEADERS).
    ///
    /// An actual request is decided by its origin alone. A preflight is decided by its origin, then its
    /// method, then its field names, in the order of
    /// [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch).
    ///
    /// ```
    /// use cross_origin::{Policy, RequestHeaders, Rule};
    ///
    /// let policy = Policy::new([
    ///     Rule::allow_origins(["https://app.example.com"]).allow_methods(["PUT"]),
    /// ])?;
    /// let request = RequestHeaders::new("OPTIONS").fields(&[
    ///     ("Origin", "https://app.example.com"),
    ///     ("Access-Control-Request-Method", "PUT"),
    /// ]);
    /// let decision = policy.evaluate(&request);
    /// assert_eq!(decision.allowed(), Some(true));
    /// assert_eq!(decision.status(), Some(204));
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    #[must_use]
    pub fn evaluate<'a>(&'a self, request: &RequestHeaders<'a>) -> Decision<'a> {
        self.evaluate_with(request, None)
    }

    /// The origin that the policy asks about, if it does: no rule above the one that
    /// [asks](crate::Rule::ask) is for it.
    ///
    /// It is never `null` and never malformed; nor is it insecure where the rule allows credentials,
    /// unless that is dangerously allowed. The caller finds out in whatever way it likes, and hands
    /// the [`Verdict`] to [`evaluate_with`](Self::evaluate_with).
    ///
    /// ```
    /// use cross_origin::{Policy, RequestHeaders, Rule};
    ///
    /// # fn is_tenant(_: &str) -> bool { true }
    /// let policy = Policy::new([
    ///     Rule::allow_origins(["https://app.example.com"]).allow_credentials(),
    ///     Rule::ask(),
    /// ])?;
    /// let request = RequestHeaders::new("GET").field("Origin", "https://tenant.example");
    ///
    /// let verdict = policy.lookup(&request).map(|lookup| {
    ///     let known = is_tenant(lookup.origin().as_str()); // or await a database here
    ///     lookup.verdict(known)
    /// });
    /// let decision = policy.evaluate_with(&request, verdict);
    /// assert_eq!(decision.rule(), Some(1));
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    #[must_use]
    pub fn lookup<'a>(&self, request: &RequestHeaders<'a>) -> Option<Lookup<'a>> {
        let Claimed::Origin(origin) = Claimed::by(request.origin())? else {
            return None;
        };
        for (rule, built) in self.rules.iter().enumerate() {
            match built.concern(rule, Claimed::Origin(origin)) {
                Concern::Decides(_) => return None,
                Concern::Asks => return Some(Lookup { origin, rule }),
                Concern::Nothing => {}
            }
        }
        None
    }

    /// Decides a request with what the application says of its origin.
    ///
    /// Where the search reaches the rule that asks and the verdict is yes, that rule decides. A no, no
    /// verdict, and one that was made for another origin all mean that the search goes on below.
    #[must_use]
    pub fn evaluate_with<'a>(
        &'a self,
        request: &RequestHeaders<'a>,
        verdict: impl Into<Option<Verdict<'a>>>,
    ) -> Decision<'a> {
        let mut decision = Decision {
            policy: self,
            kind: request.kind(),
            is_options: request.is_options(),
            denial: None,
            denied_header: None,
            found: None,
            echo: Echo {
                method: None,
                headers: None,
            },
            vary: None,
        };
        if let Some(claimed) = Claimed::by(request.origin()) {
            self.search(claimed, verdict.into(), &mut decision);
            match decision.found {
                None => decision.denial = Some(claimed.denial()),
                Some(Found { rule, .. }) if decision.kind == RequestKind::Preflight => {
                    rule.decide_preflight(request, &mut decision);
                }
                Some(_) => {}
            }
        }
        decision
    }

    /// Looks for the first rule that is for this origin.
    fn search<'a>(
        &'a self,
        claimed: Claimed<'a>,
        verdict: Option<Verdict<'a>>,
        decision: &mut Decision<'a>,
    ) {
        for (index, rule) in self.rules.iter().enumerate() {
            match rule.concern(index, claimed) {
                Concern::Decides(found) => {
                    decision.found = Some(found);
                    return;
                }
                Concern::Asks => {
                    let Some(verdict) = verdict.filter(|verdict| claimed.is(verdict.origin)) else {
                        continue;
                    };
                    decision.vary = verdict.vary;
                    if verdict.allowed {
                        let allow_origin = verdict.origin.as_str();
                        decision.found = Some(Found::new(index, rule, allow_origin));
                        return;
                    }
                }
                Concern::Nothing => {}
            }
        }
    }

    /// What a static policy states on every response: its rule, and the value of
    /// `Access-Control-Allow-Origin`.
    pub(super) fn fixed(&self) -> Option<(&BuiltRule, &str)> {
        let rule = self.rules.first().filter(|_| self.summary.is_static)?;
        let allow_origin = match &rule.origins {
            Origins::Set(set) => set.single_origin()?,
            Origins::Any | Origins::Ask { .. } => "*",
        };
        Some((rule, allow_origin))
    }

    /// The value of `Vary`: it depends on the policy, and on whether the method is `OPTIONS`, alone.
    ///
    /// A preflight and an `OPTIONS` of the application's own have answers that differ by what a
    /// preflight asks for. HTTP does not store either; this is for the caches that do.
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

impl<'a> Claimed<'a> {
    fn by(field: Singleton<'a>) -> Option<Self> {
        match field {
            Singleton::Absent => None,
            Singleton::Repeated => Some(Self::Malformed),
            Singleton::Once(value) => {
                Some(OriginRef::from_header(value).map_or(Self::Malformed, Self::Origin))
            }
        }
    }

    fn is(self, other: OriginRef<'_>) -> bool {
        matches!(self, Self::Origin(origin) if origin == other)
    }

    fn denial(self) -> Denial {
        match self {
            Self::Malformed => Denial::OriginMalformed,
            Self::Origin(origin) if origin.is_opaque() => Denial::OriginNull,
            Self::Origin(_) => Denial::OriginNotAllowed,
        }
    }
}

impl<'a> Found<'a> {
    fn new(index: usize, rule: &'a BuiltRule, allow_origin: &'a str) -> Self {
        Self {
            index,
            rule,
            allow_origin,
            pattern: None,
            capture: None,
        }
    }
}

impl BuiltRule {
    fn concern<'a>(&'a self, index: usize, claimed: Claimed<'a>) -> Concern<'a> {
        match (&self.origins, claimed) {
            // `*` repeats nothing of the origin, so it admits a malformed one too.
            (Origins::Any, _) => Concern::Decides(Found {
                pattern: Some("*"),
                ..Found::new(index, self, "*")
            }),
            (_, Claimed::Malformed) => Concern::Nothing,
            (Origins::Set(set), Claimed::Origin(origin)) => match set.find(origin) {
                Some(matched) => Concern::Decides(Found {
                    pattern: Some(matched.pattern()),
                    capture: matched.capture(),
                    ..Found::new(index, self, origin.as_str())
                }),
                None => Concern::Nothing,
            },
            (Origins::Ask { insecure }, Claimed::Origin(origin)) => {
                let is_safe = *insecure || origin.is_potentially_trustworthy();
                if is_safe && !origin.is_opaque() {
                    Concern::Asks
                } else {
                    Concern::Nothing
                }
            }
        }
    }

    /// The decision on a preflight whose origin is allowed: the method first, then the field names.
    fn decide_preflight<'a>(&self, request: &RequestHeaders<'a>, decision: &mut Decision<'a>) {
        let method = self.decide_method(request.request_method());
        let headers = self.decide_headers(request.request_headers());
        decision.denial = method.err().or(headers.err().map(|denied| denied.denial));
        if decision.denial == Some(Denial::HeaderNotAllowed) {
            decision.denied_header = headers.err().and_then(|denied| denied.name);
        }
        if self.credentials {
            decision.echo = Echo {
                method: method.ok().filter(|_| self.methods.any),
                headers: headers
                    .is_ok()
                    .then_some(*request.request_headers())
                    .filter(|_| self.headers.any),
            };
        }
    }

    fn decide_method<'a>(&self, field: Singleton<'a>) -> Result<&'a str, Denial> {
        let Singleton::Once(value) = field else {
            return Err(Denial::MethodMalformed);
        };
        if value.len() > MAX_METHOD_LEN || !is_token(value) {
            return Err(Denial::MethodMalformed);
        }
        let name = core::str::from_utf8(value).map_err(|_| Denial::MethodMalformed)?;
        let allowed = method::is_cors_safelisted(value)
            || self.methods.lists(|listed| listed == name)
            || (self.methods.any && name != "*" && !method::is_forbidden(value));
        if allowed {
            Ok(name)
        } else {
            Err(Denial::MethodNotAllowed)
        }
    }

    fn decide_headers<'a>(&self, lines: &Lines<'a>) -> Result<(), DeniedHeaders<'a>> {
        let lines = lines.kept().ok_or(Denial::HeadersTooLong)?;
        list::check(lines).map_err(|error| match error {
            ListError::TooLong => Denial::HeadersTooLong,
            ListError::Malformed => Denial::HeadersMalformed,
        })?;
        let mut names = lines.iter().flat_map(|line| elements(line));
        match names.find(|name| !self.allows_header(name)) {
            None => Ok(()),
            Some(name) => Err(DeniedHeaders {
                denial: Denial::HeaderNotAllowed,
                name: core::str::from_utf8(name).ok(),
            }),
        }
    }

    fn allows_header(&self, name: &[u8]) -> bool {
        self.headers
            .lists(|listed| listed.as_bytes().eq_ignore_ascii_case(name))
            || (self.headers.any
                && name != b"*"
                && !field_name::is_cors_non_wildcard(name)
                && !field_name::is_forbidden_request_header(name))
    }
}

impl Allowed {
    fn lists(&self, is_it: impl Fn(&str) -> bool) -> bool {
        self.listed.iter().any(|listed| is_it(listed))
    }
}

#[derive(Clone, Copy)]
struct DeniedHeaders<'a> {
    denial: Denial,
    name: Option<&'a str>,
}

impl From<Denial> for DeniedHeaders<'_> {
    fn from(denial: Denial) -> Self {
        Self { denial, name: None }
    }
}
