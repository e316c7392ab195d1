//! Explanations of decisions, fixes of problems, lints of policies, and the differences between policies.
//!
//! Each begins at a method: [`Decision::explain`](crate::Decision::explain),
//! [`PolicyProblem::fixes`](crate::PolicyProblem::fixes), [`Policy::lints`](crate::Policy::lints),
//! [`Policy::diff`](crate::Policy::diff) and [`Policy::shadow`](crate::Policy::shadow).

pub mod diff;
pub mod explain;
pub mod fix;
mod headers;
pub mod lint;
mod random_hosts;
pub mod shadow;
