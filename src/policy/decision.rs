//! Decisions: the verdict on a request, and the response headers.

use core::fmt;

use super::denial::Denial;
use super::{BuiltRule, Policy};
use crate::message::lines::Lines;
use crate::message::list::elements;
use crate::message::request::SingleHeader;
use crate::message::{RequestHeaders, RequestKind};

/// The decision of a policy on a request, and the changes that the response needs.
///
/// **Allowed means that the browser will share the response, and nothing else.** It is not access
/// control: denied requests are made all the same, by browsers (form posts, images, WebSocket
/// handshakes, same-origin requests, which all may send `Origin`) and by every client that is not a
/// browser. Do not refuse a request because it is denied here.
///
/// ```
/// use cross_origin::{Denial, Policy, RequestHeaders, Rule};
///
/// let policy = Policy::new([Rule::allow_origins(["https://*.example.com"])])?;
/// let request = RequestHeaders::new("GET").header("Origin", "https://evilexample.com");
/// let decision = policy.evaluate(&request);
/// assert_eq!(decision.denial(), Some(Denial::OriginNotAllowed));
/// assert_eq!(decision.headers().collect::<Vec<_>>(), [("vary", "origin")]);
/// # Ok::<(), cross_origin::PolicyProblems>(())
/// ```
#[derive(Clone, Copy)]
pub struct Decision<'a> {
    pub(super) policy: &'a Policy,
    pub(super) kind: RequestKind,
    pub(super) is_options: bool,
    /// The raw `Origin` if no rule matches it; the reason is computed on demand.
    pub(super) origin: SingleHeader<'a>,
    /// The reason for denying a preflight whose origin is allowed.
    pub(super) refusal: Option<Denial>,
    pub(super) denied_header: Option<&'a str>,
    pub(super) found: Option<DecidingRule<'a>>,
    pub(super) requested: Requested<'a>,
    /// The headers that the verdict depended on.
    pub(super) vary: Option<&'a str>,
}

/// The rule that decides.
#[derive(Clone, Copy)]
pub(super) struct DecidingRule<'a> {
    pub(super) index: usize,
    pub(super) rule: &'a BuiltRule,
    pub(super) allow_origin: &'a str,
    pub(super) pattern: Option<&'a str>,
    pub(super) capture: Option<&'a str>,
}

/// What a preflight asks for, where it is needed later.
#[derive(Clone, Copy, Default)]
pub(super) struct Requested<'a> {
    /// The method, if the response repeats it.
    pub(super) method: Option<&'a str>,
    /// The header names, if the response repeats them or some are denied.
    pub(super) headers: Option<Lines<'a>>,
}

impl<'a> Decision<'a> {
    /// Creates a decision without a matching rule.
    #[inline]
    pub(super) fn new(policy: &'a Policy, request: &RequestHeaders<'a>, kind: RequestKind) -> Self {
        Self {
            policy,
            kind,
            is_options: request.is_options(),
            origin: SingleHeader::Absent,
            refusal: None,
            denied_header: None,
            found: None,
            requested: Requested::default(),
            vary: None,
        }
    }

    /// Returns the kind of the request in the CORS protocol.
    #[must_use]
    pub fn kind(&self) -> RequestKind {
        self.kind
    }

    /// Returns whether the outcome is [`Outcome::Allowed`](crate::Outcome::Allowed): the browser shares
    /// the response, or goes on after the preflight. This parses nothing.
    #[must_use]
    #[inline]
    pub fn is_allowed(&self) -> bool {
        self.found.is_some() && self.refusal.is_none()
    }

    /// Returns why the request is denied, if it is.
    #[must_use]
    pub fn denial(&self) -> Option<Denial> {
        match self.found {
            _ if self.kind == RequestKind::NotCors => None,
            None => Some(Denial::from_origin(self.origin)),
            Some(_) => self.refusal,
        }
    }

    /// Returns the first requested header that is not allowed, if that is the reason.
    #[must_use]
    pub fn denied_header(&self) -> Option<&'a str> {
        self.denied_header
    }

    /// Returns all requested headers that are not allowed, if that is the reason, as they were sent.
    ///
    /// ```
    /// use cross_origin::{Policy, RequestHeaders, Rule};
    ///
    /// let policy = Policy::new([Rule::allow_origins(["https://a.example"]).allow_headers(["x-a"])])?;
    /// let request = RequestHeaders::new("OPTIONS")
    ///     .header("Origin", "https://a.example")
    ///     .header("Access-Control-Request-Method", "GET")
    ///     .header("Access-Control-Request-Headers", "x-a,x-b,x-c");
    /// let decision = policy.evaluate(&request);
    /// assert_eq!(decision.denied_headers().collect::<Vec<_>>(), ["x-b", "x-c"]);
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    pub fn denied_headers(&self) -> impl Iterator<Item = &'a str> {
        let rule = self.found.filter(|_| self.denied_header.is_some());
        let names = self.requested.headers.as_ref().zip(rule);
        names.into_iter().flat_map(|(lines, found)| {
            let names = lines.kept().into_iter().flatten().flat_map(elements);
            let denied = names.filter(move |name| !found.rule.allows_header(name));
            denied.filter_map(|name| core::str::from_utf8(name).ok())
        })
    }

    /// The requested names that the response repeats.
    pub(super) fn repeated_headers(&self) -> Option<&Lines<'a>> {
        let lines = self.requested.headers.as_ref();
        lines.filter(|_| self.denied_header.is_none())
    }

    /// Returns the status of the response to a preflight; `None` for all other requests, which the
    /// application answers.
    ///
    /// It is 403 if the origin is denied. Otherwise it is that of the policy, even if the method or a
    /// header is denied: the response then states what is allowed, and the browser reports the rest in
    /// its console.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        let allowed = self.found.map_or(403, |_| self.policy.preflight_status);
        (self.kind == RequestKind::Preflight).then_some(allowed)
    }

    /// Returns the index of the rule that decided, from 0; `None` if no rule matches the origin.
    #[must_use]
    pub fn rule_index(&self) -> Option<usize> {
        self.found.map(|found| found.index)
    }

    /// Returns the pattern that matched, in canonical form. A rule that asks has none.
    #[must_use]
    pub fn pattern(&self) -> Option<&'a str> {
        self.found?.pattern
    }

    /// Returns the part of the host that the `*` of the pattern matched.
    #[must_use]
    pub fn capture(&self) -> Option<&'a str> {
        self.found?.capture
    }

    /// Returns whether the rule that decided allows credentials.
    #[must_use]
    pub fn allows_credentials(&self) -> bool {
        self.found.is_some_and(|found| found.rule.credentials)
    }
}

/// Decisions are equal if they have the same result, even of different policies. Of a denied origin only
/// the reason is compared. The work is linear in the bytes of the response headers.
impl PartialEq for Decision<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, self.status()) == (other.kind, other.status())
            && self.rule_index() == other.rule_index()
            && self.denial() == other.denial()
            && self.denied_headers().eq(other.denied_headers())
            && (self.pattern(), self.capture()) == (other.pattern(), other.capture())
            && self.allows_credentials() == other.allows_credentials()
            && self.rules_differ_in_exposed() == other.rules_differ_in_exposed()
            && self.changes().eq(other.changes())
    }
}

impl Eq for Decision<'_> {}

impl fmt::Debug for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decision")
            .field("kind", &self.kind)
            .field("denial", &self.denial())
            .field("status", &self.status())
            .field("rule", &self.rule_index())
            .field("pattern", &self.pattern())
            .finish_non_exhaustive()
    }
}
