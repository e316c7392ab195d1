//! What the benches share, those in crates of their own included.
#![allow(dead_code, reason = "each bench takes what it needs")]

pub mod floor;
pub mod hostile_names;
pub mod hostile_sets;
pub mod origins;
pub mod requests;
pub mod sequence;
