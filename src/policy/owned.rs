//! Decisions that outlive the request.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::decision::Decision;
use super::denial::Denial;
use crate::message::change::{Exposing, OwnedChange};
use crate::message::{HeaderChange, Headers, RequestKind, change};

/// A [`Decision`] that owns what it says: it is `'static + Send`, to be kept across the handler, until
/// there is a response to apply it to.
///
/// ```
/// use cross_origin::{Policy, RequestHeaders, Rule};
///
/// let policy = Policy::new([Rule::allow_origins(["https://*.example.com"])])?;
/// let kept = {
///     let origin = String::from("https://a.example.com");
///     let request = RequestHeaders::new("GET").header("Origin", &origin);
///     policy.evaluate(&request).to_owned()
/// };
/// let mut response = vec![("Vary".to_owned(), "Accept-Encoding".to_owned())];
/// kept.apply(&mut response);
/// assert_eq!(response[2], ("access-control-allow-origin".into(), "https://a.example.com".into()));
/// # Ok::<(), cross_origin::PolicyProblems>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedDecision {
    kind: RequestKind,
    denial: Option<Denial>,
    denied_headers: Vec<Box<str>>,
    status: Option<u16>,
    rule: Option<usize>,
    pattern: Option<Box<str>>,
    capture: Option<Box<str>>,
    credentials: bool,
    rules_differ_in_exposed: bool,
    changes: Vec<OwnedChange>,
}

impl Decision<'_> {
    /// Copies what the decision says, so that it outlives the request and the policy.
    #[must_use]
    pub fn to_owned(&self) -> OwnedDecision {
        OwnedDecision {
            kind: self.kind(),
            denial: self.denial(),
            denied_headers: self.denied_headers().map(Into::into).collect(),
            status: self.status(),
            rule: self.rule_index(),
            pattern: self.pattern().map(Into::into),
            capture: self.capture().map(Into::into),
            credentials: self.allows_credentials(),
            rules_differ_in_exposed: self.rules_differ_in_exposed(),
            changes: self.changes().map(OwnedChange::from).collect(),
        }
    }
}

impl OwnedDecision {
    /// [`Decision::kind`].
    #[must_use]
    pub fn kind(&self) -> RequestKind {
        self.kind
    }

    /// [`Decision::is_allowed`].
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.kind != RequestKind::NotCors && self.denial.is_none()
    }

    /// [`Decision::denial`].
    #[must_use]
    pub fn denial(&self) -> Option<Denial> {
        self.denial
    }

    /// [`Decision::denied_header`].
    #[must_use]
    pub fn denied_header(&self) -> Option<&str> {
        self.denied_headers().next()
    }

    /// [`Decision::denied_headers`].
    pub fn denied_headers(&self) -> impl Iterator<Item = &str> {
        self.denied_headers.iter().map(|name| &**name)
    }

    /// [`Decision::status`].
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// [`Decision::rule_index`].
    #[must_use]
    pub fn rule_index(&self) -> Option<usize> {
        self.rule
    }

    /// [`Decision::pattern`].
    #[must_use]
    pub fn pattern(&self) -> Option<&str> {
        self.pattern.as_deref()
    }

    /// [`Decision::capture`].
    #[must_use]
    pub fn capture(&self) -> Option<&str> {
        self.capture.as_deref()
    }

    /// [`Decision::allows_credentials`].
    #[must_use]
    pub fn allows_credentials(&self) -> bool {
        self.credentials
    }

    /// [`Decision::headers`].
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.changes().filter_map(HeaderChange::line)
    }

    /// [`Decision::removed`].
    pub fn removed(&self) -> impl Iterator<Item = &'static str> {
        self.changes().filter_map(HeaderChange::removed)
    }

    /// [`Decision::changes`].
    pub fn changes(&self) -> impl Iterator<Item = HeaderChange<'_>> + Clone {
        self.changes.iter().map(OwnedChange::borrow)
    }

    /// [`Decision::apply`].
    pub fn apply(&self, response: &mut (impl Headers + ?Sized)) {
        change::apply_all(response, self.changes());
    }

    /// [`Decision::apply_merging_exposed`].
    pub fn apply_merging_exposed(&self, status: u16, response: &mut (impl Headers + ?Sized)) {
        if self.kind == RequestKind::Preflight {
            return self.apply(response);
        }
        let exposing = Exposing::new(status, self.rules_differ_in_exposed);
        change::apply_merging_exposed(response, self.changes(), exposing);
    }
}
