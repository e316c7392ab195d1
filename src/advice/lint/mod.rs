//! Lints: valid configuration that is probably a mistake.

mod covered;
mod kind;
mod methods;
mod names;
mod numbers;
mod origins;
mod rules;
mod schemes;
mod substitute;
mod view;

use alloc::string::{String, ToString};
use alloc::vec;
use core::cmp::Ordering;
use core::ops::Deref;
use core::{fmt, slice};

pub use kind::{LintKind, Severity};

use crate::advice::fix::Edit;
use crate::policy::Policy;
use crate::policy::capped::{Capped, Ordered};
use crate::policy::error::key;
use crate::policy::path::{Path, PathKey, Written};
use view::LintedPolicy;

/// A valid setting of a policy that is probably a mistake: its place, its kind, a message and a
/// suggestion.
///
/// Places are those of [`Policy::to_builder`], the policy in canonical form: without repeats, and with
/// `*` first in its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    kind: LintKind,
    rule: Option<usize>,
    key: &'static str,
    entry: Option<usize>,
    value: Option<String>,
    message: String,
    suggestion: Option<Edit>,
}

impl Policy {
    /// Returns the lints of this policy, in the order of rule, key and entry. Most policies have none.
    ///
    /// ```
    /// use cross_origin::advice::lint::Severity;
    /// use cross_origin::{Policy, Rule};
    ///
    /// let policy = Policy::new([
    ///     Rule::allow_origins(["https://example.com", "http://example.com"]).allow_methods(["GET", "PUT"]),
    /// ])?;
    /// let lints = policy.lints();
    /// let kinds: Vec<_> = lints.iter().map(|lint| lint.kind().as_str()).collect();
    /// assert_eq!(kinds, ["insecure-twin", "safelisted-method"]);
    /// assert_eq!(lints[0].severity(), Severity::Warning);
    /// assert_eq!(
    ///     lints[1].to_string(),
    ///     "rules[0].allow_methods[0]: `GET` is always allowed; delete it",
    /// );
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    ///
    /// The work is that of building the policy a few times over. Lints may become more with the
    /// versions of this crate: show them to people, and don't refuse a policy for one.
    #[must_use]
    pub fn lints(&self) -> PolicyLints {
        let mut policy = LintedPolicy::new(self);
        covered::mark(&mut policy);
        let mut lints = Lints::default();
        for rule in &policy.rules {
            covered::check(&policy, rule, &mut lints);
            origins::check(&policy, rule, &mut lints);
            schemes::check(&policy, rule, &mut lints);
            methods::check(rule, &mut lints);
            names::check(rule, &mut lints);
            numbers::check(&policy, rule, &mut lints);
        }
        rules::check(&policy, &mut lints);
        lints.sort();
        PolicyLints(lints)
    }
}

/// The lints of a policy, in the order of rule, field and entry, made by [`Policy::lints`].
///
/// The first [`MAX_PROBLEMS`](crate::limits::MAX_PROBLEMS) are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyLints(Lints);

/// Lints that were found so far.
type Lints = Capped<Lint>;

impl Ordered for Lint {
    fn order(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place())
    }
}

impl PolicyLints {
    /// Returns the number of lints that were found and are not kept.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.0.left_out()
    }
}

impl Deref for PolicyLints {
    type Target = [Lint];

    fn deref(&self) -> &[Lint] {
        self.0.as_slice()
    }
}

impl IntoIterator for PolicyLints {
    type Item = Lint;
    type IntoIter = vec::IntoIter<Lint>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_vec().into_iter()
    }
}

impl<'a> IntoIterator for &'a PolicyLints {
    type Item = &'a Lint;
    type IntoIter = slice::Iter<'a, Lint>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Lint {
    fn new(
        kind: LintKind,
        rule: impl Into<Option<usize>>,
        key: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            rule: rule.into(),
            key,
            entry: None,
            value: None,
            message: message.into(),
            suggestion: None,
        }
    }

    fn at_entry(mut self, entry: usize, value: &str) -> Self {
        self.entry = Some(entry);
        self.value(value)
    }

    fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    fn suggestion_is(mut self, suggestion: impl Into<Option<Edit>>) -> Self {
        let kind = self.kind.as_str();
        self.suggestion = suggestion.into().map(|edit| edit.of_kind(kind));
        self
    }

    fn to_path(&self) -> Path<'_> {
        let key = Some(PathKey::Known(self.key));
        Path::new(Written::Rules, self.rule, key, self.entry)
    }

    fn place(&self) -> impl Ord + use<> {
        let key = key::ORDER.iter().position(|name| *name == self.key);
        (self.rule, key, self.entry, self.kind)
    }

    /// Returns what is probably a mistake, for programs.
    #[must_use]
    pub fn kind(&self) -> LintKind {
        self.kind
    }

    /// Returns how much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// Returns the index of the rule, from 0; `None` for a lint of the whole policy.
    #[must_use]
    pub fn rule_index(&self) -> Option<usize> {
        self.rule
    }

    /// Returns the key of the policy in text, such as `allow_origins`.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Returns the index of the entry in the key's list, from 0; `None` if the key is not a list.
    #[must_use]
    pub fn entry_index(&self) -> Option<usize> {
        self.entry
    }

    /// Returns the path to the place, such as `rules[1].allow_origins[3]`.
    #[must_use]
    pub fn path(&self) -> String {
        self.to_path().to_string()
    }

    /// Returns the text at that place, in canonical form.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// Returns what is probably a mistake and what to write instead, for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns a change that resolves this lint, for programs. The changed builder of the policy builds,
    /// and allows more only if the lint is about something that is missing.
    ///
    /// `None` if only a person can know what is meant, or nothing would be left: where the only origin of a
    /// policy is to be deleted, there is [`Policy::deny_all`].
    #[must_use]
    pub fn suggestion(&self) -> Option<&Edit> {
        self.suggestion.as_ref()
    }
}

/// ``rules[0].allow_methods[1]: `GET` is always allowed; delete it``
impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.to_path(), self.message)
    }
}
