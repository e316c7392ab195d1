//! Deciding: a pure function of the policy and the request.

use super::decision::{Decision, Denial, Echo, Found};
use super::lookup::{Lookup, Verdict};
use super::{Allowed, BuiltRule, Origins, Policy};
use crate::message::list::{self, elements};
use crate::message::request::{Lines, Singleton};
use crate::message::token::is_token;
use crate::message::{
    MAX_METHOD_LEN, MAX_REQUEST_HEADERS, RequestHeaders, RequestKind, field_name, method,
};
use crate::origin::{OriginRef, may_have_port};
use crate::pattern::OriginSet;

/// What a request says of its origin. It is read when somebody asks, as most often nobody need.
struct Claimed<'a> {
    field: Singleton<'a>,
    /// Once it was read, what it was read as.
    read: Option<Option<OriginRef<'a>>>,
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
        let mut claimed = Claimed::by(request.origin());
        for (rule, built) in self.rules.iter().enumerate() {
            match built.concern(rule, &mut claimed) {
                Concern::Decides(_) => return None,
                Concern::Asks => {
                    let origin = claimed.origin()?;
                    return Some(Lookup { origin, rule });
                }
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
        let mut decision = Decision::new(self, request);
        if decision.kind != RequestKind::NotCors {
            self.search(request.origin(), verdict.into(), &mut decision);
        }
        if let (RequestKind::Preflight, Some(found)) = (decision.kind, decision.found) {
            found.rule.decide_preflight(request, &mut decision);
        }
        decision
    }

    /// Looks for the first rule that is for this origin.
    fn search<'a>(
        &'a self,
        origin: Singleton<'a>,
        verdict: Option<Verdict<'a>>,
        decision: &mut Decision<'a>,
    ) {
        let mut claimed = Claimed::by(origin);
        for (index, rule) in self.rules.iter().enumerate() {
            match rule.concern(index, &mut claimed) {
                Concern::Decides(found) => {
                    decision.found = Some(found);
                    return;
                }
                Concern::Asks => {
                    let is_for = |verdict: &Verdict<'_>| claimed.origin() == Some(verdict.origin);
                    let Some(verdict) = verdict.filter(is_for) else {
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
    fn by(field: Singleton<'a>) -> Self {
        Self { field, read: None }
    }

    /// The bytes of the field, if there is one.
    fn bytes(&self) -> Option<&'a [u8]> {
        match self.field {
            Singleton::Once(value) => Some(value),
            Singleton::Absent | Singleton::Repeated => None,
        }
    }

    /// The origin, unless the field is malformed.
    fn origin(&mut self) -> Option<OriginRef<'a>> {
        let bytes = self.bytes()?;
        *self
            .read
            .get_or_insert_with(|| OriginRef::from_header(bytes).ok())
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
    fn concern<'s, 'a: 's>(&'s self, index: usize, claimed: &mut Claimed<'a>) -> Concern<'s> {
        match &self.origins {
            // `*` repeats nothing of the origin, so it admits a malformed one too.
            Origins::Any if claimed.field != Singleton::Absent => Concern::Decides(Found {
                pattern: Some("*"),
                ..Found::new(index, self, "*")
            }),
            Origins::Any => Concern::Nothing,
            Origins::Set(set) => match self.admitted(set, claimed) {
                Some(found) => Concern::Decides(Found { index, ..found }),
                None => Concern::Nothing,
            },
            Origins::Ask { insecure } => match claimed.origin() {
                Some(origin)
                    if !origin.is_opaque()
                        && (*insecure || origin.is_potentially_trustworthy()) =>
                {
                    Concern::Asks
                }
                _ => Concern::Nothing,
            },
        }
    }

    /// What is in the set as it is need not be read first: the set has nothing but origins. What is not
    /// in it may be so once it is read, if there are wider patterns, or if it has a port to drop.
    fn admitted<'s, 'a: 's>(
        &'s self,
        set: &'s OriginSet,
        claimed: &mut Claimed<'a>,
    ) -> Option<Found<'s>> {
        let bytes = claimed.bytes()?;
        if let Some(pattern) = set.find_text(bytes) {
            return Some(Found {
                pattern: Some(pattern),
                ..Found::new(0, self, pattern)
            });
        }
        if !set.has_wider() && !may_have_port(bytes) {
            return None;
        }
        let origin = claimed.origin()?;
        let found = set.find(origin)?;
        Some(Found {
            pattern: Some(found.pattern()),
            capture: found.capture(),
            ..Found::new(0, self, origin.as_str())
        })
    }

    /// The decision on a preflight whose origin is allowed: the method first, then the field names.
    fn decide_preflight<'a>(&self, request: &RequestHeaders<'a>, decision: &mut Decision<'a>) {
        let method = self.decide_method(request.request_method());
        let headers = self.decide_headers(request.request_headers());
        decision.refusal = method.err().or(headers.err().map(|denied| denied.denial));
        if decision.refusal == Some(Denial::HeaderNotAllowed) {
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

    /// Too long comes first: what is beyond the caps is not read, so nothing is known of it. Then comes a
    /// name that is none, wherever it stands.
    fn decide_headers<'a>(&self, lines: &Lines<'a>) -> Result<(), DeniedHeaders<'a>> {
        let lines = lines
            .kept()
            .filter(|lines| list::is_within_len(lines.clone()))
            .ok_or(Denial::HeadersTooLong)?;
        let mut names = lines.flat_map(elements);
        let mut malformed = false;
        let mut denied = None;
        for name in names.by_ref().take(MAX_REQUEST_HEADERS) {
            if self.lists_header(name) {
                continue;
            }
            malformed |= !is_token(name);
            if denied.is_none() && !self.any_header_covers(name) {
                denied = Some(name);
            }
        }
        match denied {
            _ if names.next().is_some() => Err(Denial::HeadersTooLong.into()),
            _ if malformed => Err(Denial::HeadersMalformed.into()),
            None => Ok(()),
            Some(name) => Err(DeniedHeaders {
                denial: Denial::HeaderNotAllowed,
                name: core::str::from_utf8(name).ok(),
            }),
        }
    }

    fn lists_header(&self, name: &[u8]) -> bool {
        self.headers
            .lists(|listed| listed.as_bytes().eq_ignore_ascii_case(name))
    }

    fn any_header_covers(&self, name: &[u8]) -> bool {
        self.headers.any
            && name != b"*"
            && !field_name::is_cors_non_wildcard(name)
            && !field_name::is_forbidden_request_header(name)
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
