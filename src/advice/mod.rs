//! What a person wants to know of a policy and its decisions.

mod diff;
mod explain;
mod fields;
mod host_form;
mod lint;
mod shadow;

pub use diff::{AffectedOrigins, ChangeExample, ChangeKind, ChangeSign, PolicyChange, PolicyDiff};
pub use explain::{
    Addition, Explanation, MAX_EXPLANATION_LEN, MAX_SHORT_EXPLANATION_LEN, NearestMiss,
    OriginDifference,
};
pub use lint::{Lint, LintKind, Severity, Suggestion};
pub use shadow::{Difference, Disagreement, MAX_DISAGREEMENT_LEN, Shadow};
