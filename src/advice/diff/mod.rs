//! Differences between two policies.

mod budget;
mod change;
mod classes;
mod compare;
mod differ;
mod labels;
mod networks;
mod ports;
mod words;

use alloc::vec;
use core::cmp::Ordering;

pub use budget::MAX_DIFF_STEPS;
pub use change::{AffectedOrigins, ChangeExample, ChangeKind, ChangeSign, PolicyChange};

use crate::policy::Policy;
use crate::policy::capped::{Capped, Ordered};
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
    changes: Capped<PolicyChange>,
    is_complete: bool,
}

impl Policy {
    /// What becomes allowed or denied when `new` takes the place of this policy.
    ///
    /// The work is near-linear in the number of patterns, rules and names. Only where many patterns
    /// match one host is each of them looked at for each: that work is bounded by
    /// [`MAX_DIFF_STEPS`], and [`PolicyDiff::is_complete`] returns whether that was
    /// enough.
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
        let mut changes = Capped::default();
        let mut is_complete = true;
        if self != new {
            is_complete = Differ::new(self, new).run(&mut changes);
        }
        changes.sort();
        PolicyDiff {
            changes,
            is_complete,
        }
    }
}

impl PolicyDiff {
    /// Whether there is no change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.as_slice().is_empty()
    }

    /// Whether all origins were compared. If not, the policies have so many patterns that match one
    /// host that comparing them takes more than [`MAX_DIFF_STEPS`], and there
    /// can be further changes.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Returns the number of changes that were found and are not kept: the first
    /// [`MAX_PROBLEMS`](crate::limits::MAX_PROBLEMS) are.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.changes.left_out()
    }

    /// The changes, in the order of what they are about.
    pub fn iter(&self) -> core::slice::Iter<'_, PolicyChange> {
        self.changes.as_slice().iter()
    }
}

impl IntoIterator for PolicyDiff {
    type Item = PolicyChange;
    type IntoIter = vec::IntoIter<PolicyChange>;

    fn into_iter(self) -> Self::IntoIter {
        self.changes.into_vec().into_iter()
    }
}

impl<'a> IntoIterator for &'a PolicyDiff {
    type Item = &'a PolicyChange;
    type IntoIter = core::slice::Iter<'a, PolicyChange>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Ordered for PolicyChange {
    fn order(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PolicyChange {
    /// Numbers come as they are taken away and added.
    fn rank(&self) -> (&ChangeKind, bool, ChangeSign, &AffectedOrigins) {
        let kind = match &self.kind {
            ChangeKind::MaxAge(_) => &ChangeKind::MaxAge(0),
            ChangeKind::PreflightStatus(_) => &ChangeKind::PreflightStatus(0),
            kind => kind,
        };
        (kind, self.on_yes, self.sign, &self.origins)
    }
}
