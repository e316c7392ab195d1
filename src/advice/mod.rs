//! What a person wants to know of a policy and its decisions.

mod explain;

pub use explain::{
    Addition, Explanation, MAX_EXPLANATION_LEN, MAX_SHORT_EXPLANATION_LEN, NearestMiss,
    OriginDifference,
};
mod lint;

pub use lint::{Lint, LintKind, Severity, Suggestion};
