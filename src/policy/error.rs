//! Problems for which a policy is refused.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec;
use core::cmp::Ordering;
use core::fmt;

use super::capped::{Capped, Ordered};
use super::evidence::Evidence;
#[cfg(feature = "serde")]
use super::evidence::ValueType;
use super::path::{Path, PathKey, Written};
pub use super::problem_kind::ProblemKind;
use crate::origin::quoted::shown;

/// The keys of a policy in text, in the order in which their problems are reported.
pub(crate) mod key {
    pub(crate) const RULES: &str = "rules";
    pub(crate) const ALLOW_ORIGINS: &str = "allow_origins";
    pub(crate) const ALLOW_CREDENTIALS: &str = "allow_credentials";
    pub(crate) const ALLOW_METHODS: &str = "allow_methods";
    pub(crate) const ALLOW_HEADERS: &str = "allow_headers";
    pub(crate) const EXPOSE_HEADERS: &str = "expose_headers";
    pub(crate) const MAX_AGE: &str = "max_age";
    pub(crate) const TIMING_ALLOW_ORIGIN: &str = "timing_allow_origin";
    pub(crate) const PREFLIGHT_STATUS: &str = "preflight_status";
    pub(crate) const DANGEROUSLY_ALLOW: &str = "dangerously_allow";

    pub(crate) const ORDER: [&str; 10] = [
        RULES,
        ALLOW_ORIGINS,
        ALLOW_CREDENTIALS,
        ALLOW_METHODS,
        ALLOW_HEADERS,
        EXPOSE_HEADERS,
        MAX_AGE,
        TIMING_ALLOW_ORIGIN,
        PREFLIGHT_STATUS,
        DANGEROUSLY_ALLOW,
    ];
}

/// The longest [message](PolicyProblem::message) of a problem, in bytes.
pub const MAX_PROBLEM_LEN: usize = 1_000;

/// A rule, a key of it, and an entry of that.
pub(crate) type Place<'a> = (Option<usize>, Option<&'a str>, Option<usize>);

/// One problem of a policy: its place, its kind and a sentence that says what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyProblem {
    pub(crate) rule: Option<usize>,
    pub(crate) key: Option<Cow<'static, str>>,
    pub(crate) entry: Option<usize>,
    pub(crate) value: Option<String>,
    pub(crate) kind: ProblemKind,
    pub(crate) message: String,
    pub(crate) written: Written,
    pub(crate) evidence: Evidence,
}

impl PolicyProblem {
    pub(crate) fn new(kind: ProblemKind, message: impl Into<String>) -> Self {
        Self {
            rule: None,
            key: None,
            entry: None,
            value: None,
            kind,
            message: message.into(),
            written: Written::default(),
            evidence: Evidence::default(),
        }
    }

    pub(crate) fn at_rule(mut self, rule: usize) -> Self {
        self.rule = Some(rule);
        self
    }

    pub(crate) fn at_key(mut self, key: &'static str) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Places the problem at a key that a policy in text has.
    #[cfg(feature = "serde")]
    pub(crate) fn at_text_key(mut self, key: &str) -> Self {
        let known = key::ORDER.into_iter().find(|known| *known == key);
        self.key = Some(known.map_or_else(|| shown(key).into_owned().into(), Into::into));
        self
    }

    pub(crate) fn at_entry(mut self, entry: usize, value: &str) -> Self {
        self.entry = Some(entry);
        self.value(value)
    }

    pub(crate) fn value(mut self, value: &str) -> Self {
        let shown = shown(value);
        if cfg!(feature = "advice") && shown != value {
            self.evidence.text = Some(value.into());
        }
        self.value = Some(shown.into_owned());
        self
    }

    /// Returns the index of the rule, from 0; `None` for a problem of the whole policy.
    #[must_use]
    pub fn rule_index(&self) -> Option<usize> {
        self.rule
    }

    /// Returns the key of the policy in text, such as `allow_origins`, or an unknown key.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Returns the index of the entry in the key's list, from 0.
    #[must_use]
    pub fn entry_index(&self) -> Option<usize> {
        self.entry
    }

    /// Returns the path to the place: `rules[1].allow_origins[3]`, or `allow_origins[3]` if the policy
    /// was read from text that has its one rule without `rules`. Empty for a problem of the whole
    /// policy.
    ///
    /// ```
    /// use cross_origin::{Policy, Rule};
    ///
    /// let problems = Policy::new([Rule::allow_any_origin().allow_methods(["PUT", "P UT"])]).unwrap_err();
    /// assert_eq!(problems.iter().next().unwrap().path(), "rules[0].allow_methods[1]");
    /// ```
    #[must_use]
    pub fn path(&self) -> String {
        self.to_path().to_string()
    }

    /// Returns the text that is wrong, as it was written, but cut at
    /// [`MAX_QUOTED_LEN`](crate::limits::MAX_QUOTED_LEN) bytes and with `…` for what precedes an `@`,
    /// as that may be a password.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// Returns what is wrong, for programs.
    #[must_use]
    pub fn kind(&self) -> ProblemKind {
        self.kind
    }

    /// Returns what is wrong and what to write instead, for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    fn to_path(&self) -> Path<'_> {
        let key = self.key.as_deref().map(|name| {
            let is_known = key::ORDER.contains(&name);
            if is_known {
                PathKey::Known(name)
            } else {
                PathKey::Unknown(name)
            }
        });
        Path::new(self.written, self.rule, key, self.entry)
    }

    /// Returns the places that this problem invalidates: a policy, a rule, a key or an entry, and the key
    /// that an unknown key is probably meant for. None for a key that occurs twice, because one of the
    /// two remains.
    pub(crate) fn extents(&self) -> impl Iterator<Item = Place<'_>> {
        let whole = (self.rule, self.key.as_deref(), self.entry);
        let whole = (self.kind != ProblemKind::DuplicateKey).then_some(whole);
        let meant = self.evidence.meant.map(|key| (self.rule, Some(key), None));
        whole.into_iter().chain(meant)
    }

    /// Sets the type of the value in text.
    #[cfg(feature = "serde")]
    pub(crate) fn of_type(mut self, value_type: ValueType) -> Self {
        self.evidence.value_type = Some(value_type);
        self
    }

    /// Whether its place is one of these, or within one.
    pub(crate) fn is_within(&self, extents: &BTreeSet<Place<'_>>) -> bool {
        let key = self.key.as_deref();
        [
            (self.rule, None, None),
            (self.rule, key, None),
            (self.rule, key, self.entry),
        ]
        .iter()
        .any(|place| extents.contains(place))
    }

    /// Problems come in the order of rule, key, entry.
    fn place(&self) -> impl Ord + use<> {
        let key = self.key.as_deref().map(|name| {
            let known = key::ORDER.iter().position(|key| *key == name);
            known.unwrap_or(key::ORDER.len())
        });
        (self.rule, key, self.entry)
    }
}

/// `rules[1].allow_origins[0]: invalid origin …: expected no path; use …`
impl fmt::Display for PolicyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.to_path();
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl core::error::Error for PolicyProblem {}

/// The problems of a policy; there is at least one.
///
/// The first [`MAX_PROBLEMS`](crate::limits::MAX_PROBLEMS) are kept.
///
/// ```
/// use cross_origin::{Policy, ProblemKind, Rule};
///
/// let problems = Policy::new([Rule::allow_origins(["https://a.example/", "b.example"])]).unwrap_err();
/// let kinds: Vec<_> = problems.iter().map(|problem| problem.kind()).collect();
/// assert_eq!(kinds, [ProblemKind::Path, ProblemKind::SchemeMissing]);
/// assert_eq!(
///     problems.to_string(),
///     "rules[0].allow_origins[0]: invalid origin `https://a.example/`: expected no path; \
///      use `https://a.example`\n\
///      rules[0].allow_origins[1]: invalid origin `b.example`: expected a scheme and `://`; \
///      use `https://b.example`",
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct PolicyProblems(pub(crate) Problems);

/// Problems that were found so far.
pub(crate) type Problems = Capped<PolicyProblem>;

impl Ordered for PolicyProblem {
    fn order(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place())
    }
}

impl PolicyProblems {
    /// The problems, in the order of rule, key and entry.
    pub fn iter(&self) -> core::slice::Iter<'_, PolicyProblem> {
        self.0.as_slice().iter()
    }

    /// Returns the number of problems that were found and are not kept.
    ///
    /// Of a policy in text that has more than [`MAX_PROBLEMS`](crate::limits::MAX_PROBLEMS) unknown keys
    /// and wrong types, these alone are counted.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.0.left_out()
    }
}

/// Writes one problem a line.
impl fmt::Display for PolicyProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        match self.left_out() {
            0 => Ok(()),
            more => write!(f, "\nand {more} more problems"),
        }
    }
}

/// Writes what `Display` does, because it is what a `main` that returns the error prints.
impl fmt::Debug for PolicyProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for PolicyProblems {}

impl IntoIterator for PolicyProblems {
    type Item = PolicyProblem;
    type IntoIter = vec::IntoIter<PolicyProblem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_vec().into_iter()
    }
}

impl<'a> IntoIterator for &'a PolicyProblems {
    type Item = &'a PolicyProblem;
    type IntoIter = core::slice::Iter<'a, PolicyProblem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
