//! What of a policy works, and is probably not as meant.

mod covered;
mod kind;
mod methods;
mod names;
mod numbers;
mod origins;
mod rules;
mod schemes;
mod substitute;
mod suggestion;
mod view;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

pub use kind::{LintKind, Severity};
pub use suggestion::Suggestion;

use crate::policy::Policy;
use crate::policy::error::field;
use view::PolicyView;

/// One thing of a policy that works, and is probably not as meant: its place, its kind, a sentence
/// and what to write instead.
///
/// Places are those of [`Policy::to_builder`], the policy in canonical form: without repeats, and with
/// `*` first in its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    kind: LintKind,
    rule: usize,
    field: &'static str,
    entry: Option<usize>,
    value: Option<String>,
    message: String,
    suggestion: Option<Suggestion>,
}

impl Policy {
    /// What of this policy works, and is probably not as meant, in the order of rule, field and
    /// entry. Most policies have none.
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
    ///     "rules[0].allow_methods[0]: `GET` is allowed always: delete it",
    /// );
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    ///
    /// The work is that of building the policy a few times over. Lints may become more with the
    /// versions of this crate: show them to people, and don't refuse a policy for one.
    #[must_use]
    pub fn lints(&self) -> Vec<Lint> {
        let mut policy = PolicyView::of(self);
        covered::mark(&mut policy);
        let mut lints = Vec::new();
        for rule in &policy.rules {
            covered::check(&policy, rule, &mut lints);
            origins::check(&policy, rule, &mut lints);
            schemes::check(&policy, rule, &mut lints);
            methods::check(rule, &mut lints);
            names::check(rule, &mut lints);
            numbers::check(&policy, rule, &mut lints);
        }
        rules::check(&policy, &mut lints);
        lints.sort_by_key(Lint::place);
        lints
    }
}

impl Lint {
    fn new(kind: LintKind, rule: usize, field: &'static str, message: impl Into<String>) -> Self {
        Self {
            kind,
            rule,
            field,
            entry: None,
            value: None,
            message: message.into(),
            suggestion: None,
        }
    }

    fn entry(mut self, entry: usize, value: &str) -> Self {
        self.entry = Some(entry);
        self.value(value)
    }

    fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    fn suggestion_is(mut self, suggestion: impl Into<Option<Suggestion>>) -> Self {
        self.suggestion = suggestion.into();
        self
    }

    fn place(&self) -> impl Ord + use<> {
        let field = field::ORDER.iter().position(|name| *name == self.field);
        (self.rule, field, self.entry, self.kind)
    }

    /// What is probably not meant, for programs.
    #[must_use]
    pub fn kind(&self) -> LintKind {
        self.kind
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// The rule, counted from 0.
    #[must_use]
    pub fn rule_index(&self) -> usize {
        self.rule
    }

    /// The field, by its name in text, such as `allow_origins`.
    #[must_use]
    pub fn field_name(&self) -> &'static str {
        self.field
    }

    /// The entry of the field's list, counted from 0; `None` where the field is no list.
    #[must_use]
    pub fn entry_index(&self) -> Option<usize> {
        self.entry
    }

    /// What stands there, in canonical form.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// What is probably not meant and what to write instead, for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// A change that silences this lint, for programs. What it makes of the policy's builder can be
    /// built, and allows more only where the lint is about something that is missing.
    ///
    /// `None` if nothing would be left: where the only origin of a policy is to be deleted, there is
    /// [`Policy::deny_all`].
    #[must_use]
    pub fn suggestion(&self) -> Option<&Suggestion> {
        self.suggestion.as_ref()
    }
}

/// ``rules[0].allow_methods[1]: `GET` is allowed always: delete it``
impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rules[{}].{}", self.rule, self.field)?;
        if let Some(entry) = self.entry {
            write!(f, "[{entry}]")?;
        }
        write!(f, ": {}", self.message)
    }
}
