//! What allocates nothing, and what allocates in proportion to a policy.

mod answers;
mod differences;
mod evaluate;
mod hostile;
mod lint;
#[path = "../support/mod.rs"]
mod support;
