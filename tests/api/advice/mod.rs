//! Lints, differences and differences of decisions.

mod diff;
mod differences;
mod lint;
