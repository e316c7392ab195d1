//! Laws: what holds for generated policies, requests, origins and patterns.

mod browser;
mod diff;
mod explain;
#[cfg(all(feature = "idna", feature = "psl"))]
mod expressions;
#[cfg(all(feature = "idna", feature = "psl"))]
#[allow(dead_code, reason = "the example shows the changes too")]
#[path = "../../examples/evaluate/fix.rs"]
mod fix;
#[cfg(all(feature = "idna", feature = "psl"))]
mod fixes;
mod headers;
mod lints;
mod lists;
mod origin;
mod rules;
#[path = "../support/mod.rs"]
mod support;
mod views;
