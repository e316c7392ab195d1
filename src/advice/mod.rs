//! Explanations of decisions, fixes of problems, lints of policies, and the differences between policies.
//!
//! Each begins at a method: [`Decision::explain`](crate::Decision::explain),
//! [`PolicyProblem::fixes`](crate::PolicyProblem::fixes), [`Policy::lints`](crate::Policy::lints),
//! [`Policy::diff`](crate::Policy::diff) and [`Decision::differences`](crate::Decision::differences).

pub mod diff;
pub mod differences;
pub mod explain;
pub mod fix;
mod headers;
pub mod lint;
mod random_hosts;
