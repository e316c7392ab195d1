//! A change between two policies.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::message::RequestHeaders;
use crate::message::header_name;
use crate::pattern::OriginPattern;
use crate::policy::{Decision, Policy};

/// One thing that the new policy grants or states and the old one does not, or the other way round.
///
/// What is granted is told thing by thing: an origin that is newly allowed has a change of its own for
/// each method that it may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyChange {
    pub(super) kind: ChangeKind,
    pub(super) on_yes: bool,
    pub(super) sign: ChangeSign,
    pub(super) origins: AffectedOrigins,
    /// One of the origins.
    pub(super) origin: Option<Box<str>>,
    /// A name that neither policy lists.
    pub(super) unlisted: Box<str>,
}

/// What becomes of the thing that a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth")]
pub enum ChangeSign {
    /// The old policy has it and the new one does not.
    Removed,
    /// The new policy has it and the old one does not.
    Added,
    /// Both have it, and answers state it differently.
    Reworded,
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// The origin is allowed.
    Allowed,
    /// The application is [asked](crate::Rule::ask) about the origin.
    Asked,
    /// Requests may have credentials.
    Credentials,
    /// Requests may have this method.
    Method(String),
    /// Requests may have any method but those that a policy lists.
    AnyMethod,
    /// Requests may have this header.
    RequestHeader(String),
    /// Requests may have any header but those that a policy lists.
    AnyRequestHeader,
    /// Pages can read this header of a response.
    ExposedHeader(String),
    /// Pages can read any header but those that a policy lists.
    AnyExposedHeader,
    /// A browser may keep the answer to a preflight for so many seconds.
    MaxAge(u32),
    /// The origin sees the timing of responses.
    Timing,
    /// The policy is [static](crate::Policy::is_static).
    Static,
    /// Preflights of allowed origins are answered with this status.
    PreflightStatus(u16),
    /// What this response header says means the same, in other words: names in another order, or a
    /// grant that is taken back in words where [rules differ](crate#where-it-differs-and-why).
    Wording(&'static str),
}

/// Whom a change concerns.
///
/// A pattern stands here for what it admits and no more specific pattern of either policy does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum AffectedOrigins {
    /// Requests from origins of this pattern: one of a policy, or one that says where two meet.
    Pattern(OriginPattern),
    /// Requests from every origin that no pattern of either policy is for.
    Others,
    /// Those of them whose origin is not
    /// [potentially trustworthy](crate::OriginRef::is_potentially_trustworthy).
    InsecureOthers,
    /// Requests whose `Origin` is malformed.
    Malformed,
    /// Requests without `Origin`.
    NoOrigin,
    /// Every request.
    Everyone,
}

/// A request for which two policies differ as a [`PolicyChange`] says.
///
/// ```
/// use cross_origin::{Policy, Rule};
///
/// let old = Policy::new([Rule::allow_origins(["https://a.example"])])?;
/// let new = Policy::new([Rule::allow_origins(["https://a.example"]).allow_methods(["PUT"])])?;
/// let diff = old.diff(&new);
/// let example = diff.iter().next().unwrap().example();
/// assert!(example.evaluate(&old).denial().is_some());
/// assert!(example.evaluate(&new).is_allowed());
/// # Ok::<(), cross_origin::PolicyProblems>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeExample {
    method: &'static str,
    headers: Vec<(&'static str, String)>,
    verdict: bool,
}

impl PolicyChange {
    /// What the change is about.
    #[must_use]
    pub fn kind(&self) -> &ChangeKind {
        &self.kind
    }

    /// What becomes of it.
    #[must_use]
    pub fn sign(&self) -> ChangeSign {
        self.sign
    }

    /// Whom it concerns.
    #[must_use]
    pub fn origins(&self) -> &AffectedOrigins {
        &self.origins
    }

    /// Whether it concerns only requests that the application approves when asked.
    #[must_use]
    pub fn is_on_yes(&self) -> bool {
        self.on_yes
    }

    /// A request that shows it.
    #[must_use]
    pub fn example(&self) -> ChangeExample {
        let asked = match &self.kind {
            ChangeKind::Method(method) => Some((method.as_str(), None)),
            ChangeKind::AnyMethod => Some((&*self.unlisted, None)),
            ChangeKind::RequestHeader(name) => Some(("GET", Some(name.as_str()))),
            ChangeKind::AnyRequestHeader => Some(("GET", Some(&*self.unlisted))),
            ChangeKind::MaxAge(_) | ChangeKind::PreflightStatus(_) => Some(("GET", None)),
            ChangeKind::Wording(name) if is_of_preflights(name) => Some(("GET", None)),
            _ => None,
        };
        let method = match (&asked, &self.kind) {
            (Some(_), _) | (_, ChangeKind::Wording(header_name::VARY)) => "OPTIONS",
            _ => "GET",
        };
        let (asked_method, asked_name) = asked.unzip();
        let lines = [
            (header_name::ORIGIN, self.origin.as_deref()),
            (header_name::REQUEST_METHOD, asked_method),
            (header_name::REQUEST_HEADERS, asked_name.flatten()),
        ];
        let headers = lines
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?.to_string())));
        ChangeExample {
            method,
            headers: headers.collect(),
            verdict: self.on_yes,
        }
    }
}

/// Whether only answers to preflights have this header.
fn is_of_preflights(name: &str) -> bool {
    let headers = [
        header_name::ALLOW_METHODS,
        header_name::ALLOW_HEADERS,
        header_name::MAX_AGE,
    ];
    headers.contains(&name)
}

impl ChangeKind {
    /// The kind's name, such as `request-header`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Asked => "asked",
            Self::Credentials => "credentials",
            Self::Method(_) => "method",
            Self::AnyMethod => "any-method",
            Self::RequestHeader(_) => "request-header",
            Self::AnyRequestHeader => "any-request-header",
            Self::ExposedHeader(_) => "exposed-header",
            Self::AnyExposedHeader => "any-exposed-header",
            Self::MaxAge(_) => "max-age",
            Self::Timing => "timing",
            Self::Static => "static",
            Self::PreflightStatus(_) => "preflight-status",
            Self::Wording(_) => "wording",
        }
    }

    /// The method, the name or the number that it is about.
    #[must_use]
    pub fn value(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Method(name) | Self::RequestHeader(name) | Self::ExposedHeader(name) => {
                Some(name.as_str().into())
            }
            Self::Wording(name) => Some((*name).into()),
            Self::MaxAge(seconds) => Some(seconds.to_string().into()),
            Self::PreflightStatus(status) => Some(status.to_string().into()),
            _ => None,
        }
    }
}

impl AffectedOrigins {
    /// The form's name, such as `others`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Pattern(_) => "pattern",
            Self::Others => "others",
            Self::InsecureOthers => "insecure-others",
            Self::Malformed => "malformed",
            Self::NoOrigin => "no-origin",
            Self::Everyone => "everyone",
        }
    }

    /// The pattern, if it is one.
    #[must_use]
    pub fn pattern(&self) -> Option<&OriginPattern> {
        match self {
            Self::Pattern(pattern) => Some(pattern),
            _ => None,
        }
    }
}

impl ChangeSign {
    /// `-`, `+` or `~`.
    #[must_use]
    pub const fn as_char(self) -> char {
        match self {
            Self::Removed => '-',
            Self::Added => '+',
            Self::Reworded => '~',
        }
    }
}

impl ChangeExample {
    /// The request.
    #[must_use]
    pub fn request(&self) -> RequestHeaders<'_> {
        RequestHeaders::new(self.method).headers(self.headers.iter())
    }

    /// Its method.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// Its headers.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let lines = self.headers.iter();
        lines.map(|(name, value)| (*name, value.as_str()))
    }

    /// The value of its `Origin`, if it has one.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        let mut lines = self.headers.iter();
        let origin = lines.find(|(name, _)| *name == header_name::ORIGIN);
        origin.map(|(_, value)| value.as_str())
    }

    /// What the application says, where it is asked.
    #[must_use]
    pub fn verdict(&self) -> bool {
        self.verdict
    }

    /// The decision of a policy on it.
    #[must_use]
    pub fn evaluate<'a>(&'a self, policy: &'a Policy) -> Decision<'a> {
        let request = self.request();
        let lookup = policy.lookup(&request);
        policy.evaluate_with(&request, lookup.map(|lookup| lookup.verdict(self.verdict)))
    }
}
