//! Lints, differences and shadow policies.

mod diff;
mod lint;
mod shadow;
