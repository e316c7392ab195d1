//! Texts for people: explanations, word by word, and what values display.

#[cfg(all(feature = "idna", feature = "psl"))]
mod configs;
mod display;
mod explain;
#[cfg(all(feature = "idna", feature = "psl"))]
#[allow(dead_code, reason = "the example shows the changes too")]
#[path = "../../examples/evaluate/fix.rs"]
mod fix;
#[cfg(all(feature = "idna", feature = "psl"))]
mod lints;
#[cfg(all(feature = "idna", feature = "psl"))]
mod problems;
#[path = "../support/mod.rs"]
mod support;
