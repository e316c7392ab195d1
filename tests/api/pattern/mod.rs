//! Origin patterns, and sets of them.

mod matching;
mod refused;
mod set;
