//! What several tests share.
#![allow(dead_code, reason = "each test takes what it needs")]

use cross_origin::{Decision, Policy, RequestHeaders, Rule};

/// A policy of these rules, which are sound.
#[track_caller]
pub fn policy(rules: impl IntoIterator<Item = Rule>) -> Policy {
    Policy::new(rules).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A request without fields.
pub fn get<'a>() -> RequestHeaders<'a> {
    RequestHeaders::new("GET")
}

/// An actual request from this origin.
pub fn from<V: AsRef<[u8]> + ?Sized>(origin: &V) -> RequestHeaders<'_> {
    get().field("Origin", origin)
}

/// A preflight.
pub fn preflight<'a>(origin: &'a str, method: &'a str) -> RequestHeaders<'a> {
    RequestHeaders::new("OPTIONS")
        .field("Origin", origin)
        .field("Access-Control-Request-Method", method)
}

/// A preflight that asks for these names.
pub fn preflight_for<'a>(origin: &'a str, method: &'a str, names: &'a str) -> RequestHeaders<'a> {
    preflight(origin, method).field("Access-Control-Request-Headers", names)
}

/// The lines of the answer, a text each.
pub fn lines(decision: &Decision<'_>) -> Vec<String> {
    let lines = decision.headers();
    lines
        .map(|(name, value)| format!("{name}: {value}"))
        .collect()
}
