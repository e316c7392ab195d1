//! Policies: rules, evaluation and decisions.

mod build;
pub(crate) mod builder;
pub(crate) mod capped;
#[cfg(feature = "http")]
mod case;
mod changes;
mod decision;
mod denial;
mod display;
pub(crate) mod error;
mod evaluate;
pub(crate) mod evidence;
#[cfg(feature = "serde")]
pub(crate) mod likely_key;
pub(crate) mod list;
mod lookup;
mod outcome;
mod owned;
pub(crate) mod path;
mod preflight;
mod prepared;
mod problem_kind;
#[cfg(feature = "advice")]
mod read;
pub(crate) mod rule;
mod rule_ref;
mod search;

use alloc::boxed::Box;
use alloc::vec::Vec;

pub use builder::PolicyBuilder;
pub use capped::MAX_PROBLEMS;
#[cfg(feature = "http")]
pub(crate) use case::ResponseCase;
#[cfg(feature = "advice")]
pub(crate) use changes::SET_HEADERS;
pub use decision::Decision;
pub use denial::Denial;
pub use error::{MAX_PROBLEM_LEN, PolicyProblem, PolicyProblems, ProblemKind};
pub use lookup::{Lookup, VaryError, Verdict};
pub use outcome::Outcome;
pub use owned::OwnedDecision;
pub use rule::Rule;
pub use rule_ref::RuleRef;

#[cfg(feature = "advice")]
pub(crate) use build::{
    is_any_host, is_global, is_loopback, is_potentially_trustworthy, why_not_one_site,
};
#[cfg(feature = "serde")]
pub(crate) use build::{max_age_problem, preflight_status_problem, too_many_rules_problem};

use crate::pattern::OriginSet;
use builder::Dangers;
use prepared::Prepared;
use rule::Timing;

/// The longest max-age that a rule can have, in seconds: a day.
pub const MAX_MAX_AGE_SECS: u32 = 86_400;

/// The largest number of rules that a policy can have: `evaluate` tries one after the other.
pub const MAX_RULES: usize = 1000;

/// The largest number of methods that a rule can list, without `*`.
pub const MAX_METHODS: usize = 128;

/// The largest number of headers that a rule can expose by name, without `*`.
pub const MAX_EXPOSED_HEADERS: usize = 128;

/// An ordered list of rules. The first rule whose origins include the request's decides.
///
/// One rule is the common case. "Our app with cookies, everyone else without" is two:
///
/// ```
/// use cross_origin::{Policy, RequestHeaders, Rule};
///
/// let policy = Policy::new([
///     Rule::allow_origins(["https://app.example.com"]).allow_credentials(),
///     Rule::allow_any_origin(),
/// ])?;
///
/// let request = RequestHeaders::new("GET").header("Origin", "https://app.example.com");
/// assert_eq!(policy.evaluate(&request).rule_index(), Some(0));
/// let request = RequestHeaders::new("GET").header("Origin", "https://elsewhere.example");
/// assert_eq!(policy.evaluate(&request).rule_index(), Some(1));
/// # Ok::<(), cross_origin::PolicyProblems>(())
/// ```
///
/// A policy is immutable; to change it, build another and put it in its place. Its decision is a
/// function of the request alone: it has no clock, no lock, no cache and no callback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    rules: Vec<BuiltRule>,
    preflight_status: u16,
    dangers: Dangers,
    summary: Summary,
    prepared: Prepared,
}

/// A rule that was checked, with the texts of its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct BuiltRule {
    origins: Origins,
    credentials: bool,
    methods: NameList,
    headers: NameList,
    exposed: NameList,
    max_age: Option<MaxAge>,
    timing: Option<Timing>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Origins {
    Any,
    Set(OriginSet),
    /// Asks the application; about insecure origins too, if so.
    Ask {
        insecure: bool,
    },
}

/// A list of methods or header names, and how an answer states it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct NameList {
    /// Whether `*` is in the list.
    any: bool,
    /// The other entries.
    listed: Vec<Box<str>>,
    /// The value of the answer's header; `None` if there is nothing to state, or the answer repeats
    /// what the request asks for.
    text: Option<Box<str>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct MaxAge {
    seconds: u32,
    text: Box<str>,
}

/// Properties of all rules together, which affect the response to every request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Summary {
    /// The right answer is the same for every request.
    is_static: bool,
    /// Some rule answers a preflight by repeating the names asked for.
    echoes_names: bool,
    /// Some rule allows credentials.
    credentials: bool,
    /// Some rule exposes headers.
    exposes: bool,
    /// Two rules expose different headers.
    exposed_differ: bool,
    /// Some rule shares timing, and one of them with everybody.
    timing: Option<Timing>,
}

impl Policy {
    /// Creates a policy of these rules, in order. One rule can be given alone: `Policy::new(rule)`.
    ///
    /// # Errors
    ///
    /// All problems of the rules, if there is any. [`ProblemKind`] lists their kinds.
    pub fn new<I: IntoIterator<Item = Rule>>(rules: I) -> Result<Self, PolicyProblems> {
        PolicyBuilder::new(rules).build()
    }

    /// Creates the policy without rules, which allows nothing: that of [`Policy::new`] and an empty list,
    /// in text `{"rules": []}`. It sends `Vary`, so that cached responses do not outlive it when another
    /// policy replaces it.
    #[must_use]
    pub fn deny_all() -> Self {
        Self {
            rules: Vec::new(),
            preflight_status: builder::NO_CONTENT,
            dangers: Dangers::default(),
            summary: Summary::default(),
            prepared: Prepared::default(),
        }
    }

    /// Returns whether the response headers are the same for every request: there is one rule, with
    /// exactly one tuple origin, or with any origin without credentials. Such a policy sends its headers on every
    /// response and needs no `Vary`
    /// ([Fetch, `#cors-protocol-and-http-caches`](https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches)).
    #[must_use]
    pub fn is_static(&self) -> bool {
        self.summary.is_static
    }

    /// Returns a builder of this policy in canonical form: what it builds equals this policy.
    #[must_use]
    pub fn to_builder(&self) -> PolicyBuilder {
        PolicyBuilder {
            preflight_status: self.preflight_status,
            dangers: self.dangers,
            ..PolicyBuilder::new(self.rules().map(Rule::from))
        }
    }
}
