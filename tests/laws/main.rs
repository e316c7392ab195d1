//! Laws: what holds for generated policies, requests, origins and patterns.

mod browser;
mod diff;
mod explain;
mod headers;
mod lints;
mod lists;
mod origin;
mod rules;
#[path = "../support/mod.rs"]
mod support;
mod views;
