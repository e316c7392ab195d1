//! Differences between two policies.

mod change;
mod classes;
mod compare;
mod differ;
mod labels;
mod networks;
mod ports;
mod words;

use alloc::vec;
use alloc::vec::Vec;

pub use change::{AffectedOrigins, ChangeExample, ChangeKind, ChangeSign, PolicyChange};

use crate::policy::Policy;
use differ::Differ;

/// What changes when one policy takes the place of another, made by [`Policy::diff`].
///
/// It compares what the policies mean, not how they are written: an origin that moves to another rule
/// with the same grants, or that a wildcard covered already, is no change. Each [`PolicyChange`] is about
/// one thing and one pattern, and `Display` writes one a line, in the order of what they are about.
///
/// Without any change both policies give the same status, the same headers and the same denials for
/// every request; the numbers of their rules, the patterns that match and the captures may differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDiff {
    changes: Vec<PolicyChange>,
}

impl Policy {
    /// What becomes allowed or denied when `new` takes the place of this policy.
    ///
    /// It takes time in proportion to the number of patterns; patterns with a `*` inside a label
    /// that have all other labels in common are compared with each other.
    ///
    /// ```
    /// use cross_origin::{Policy, Rule};
    ///
    /// let old = Policy::new([
    ///     Rule::allow_origins(["https://app.example.com", "https://old.example.com"]).allow_credentials(),
    /// ])?;
    /// let new = Policy::new([
    ///     Rule::allow_origins(["https://app.example.com"]).allow_credentials().allow_methods(["PUT"]),
    ///     Rule::allow_any_origin(),
    /// ])?;
    /// assert_eq!(
    ///     old.diff(&new).to_string(),
    ///     "+ allowed: any other origin\n\
    ///      - credentials: https://old.example.com\n\
    ///      + method PUT: https://app.example.com",
    /// );
    /// assert!(old.diff(&old).is_empty());
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    #[must_use]
    pub fn diff(&self, new: &Self) -> PolicyDiff {
        let mut changes = Vec::new();
        if self != new {
            Differ::of(self, new).run(&mut changes);
        }
        changes.sort_by(|one, other| one.order().cmp(&other.order()));
        PolicyDiff { changes }
    }
}

impl PolicyDiff {
    /// Whether there is no change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes, in the order of what they are about.
    pub fn iter(&self) -> core::slice::Iter<'_, PolicyChange> {
        self.changes.iter()
    }
}

impl IntoIterator for PolicyDiff {
    type Item = PolicyChange;
    type IntoIter = vec::IntoIter<PolicyChange>;

    fn into_iter(self) -> Self::IntoIter {
        self.changes.into_iter()
    }
}

impl<'a> IntoIterator for &'a PolicyDiff {
    type Item = &'a PolicyChange;
    type IntoIter = core::slice::Iter<'a, PolicyChange>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PolicyChange {
    /// Numbers come as they are taken away and added.
    fn order(&self) -> (&ChangeKind, bool, ChangeSign, &AffectedOrigins) {
        let kind = match &self.kind {
            ChangeKind::MaxAge(_) => &ChangeKind::MaxAge(0),
            ChangeKind::PreflightStatus(_) => &ChangeKind::PreflightStatus(0),
            kind => kind,
        };
        (kind, self.on_yes, self.sign, &self.origins)
    }
}
