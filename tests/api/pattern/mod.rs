//! Origin patterns, and sets of them.

mod matching;
mod network;
mod refused;
mod set;
