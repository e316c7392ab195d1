//! What allocates nothing, and what allocates in proportion to a policy.

mod answers;
mod evaluate;
mod hostile;
mod lint;
mod shadow;
#[path = "../support/mod.rs"]
mod support;
