//! What the tests share.
#![allow(dead_code, reason = "each test binary uses a part")]

pub mod explanations;
pub mod naive;
pub mod origins;
pub mod problems;
pub mod requests;
pub mod texts;

use std::fmt::Display;
use std::str::FromStr;

use cross_origin::{Decision, Origin, OriginPattern, Policy, RequestHeaders, Rule};

pub const A: &str = "https://a.example";
pub const B: &str = "https://b.example";
pub const APP: &str = "https://app.example";
pub const OTHER: &str = "https://other.example";
pub const TENANT: &str = "https://tenant.example";

/// Header lines: names and values.
pub type Lines<'a> = &'a [(&'a str, &'a str)];

// --- Origins and patterns -----------------------------------------------------------------------

/// Parses an origin.
#[track_caller]
pub fn origin(text: &str) -> Origin {
    parse(text)
}

/// Parses a pattern.
#[track_caller]
pub fn pattern(text: &str) -> OriginPattern {
    parse(text)
}

#[track_caller]
fn parse<T: FromStr<Err: Display>>(text: &str) -> T {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The error of parsing an invalid text.
#[track_caller]
pub fn parse_error<T: FromStr<Err: Display>>(text: &str) -> T::Err {
    match text.parse::<T>() {
        Ok(_) => panic!("{text} is valid"),
        Err(error) => error,
    }
}

// --- Rules and policies -------------------------------------------------------------------------

/// A rule that allows these origins.
pub fn origins(texts: &[&str]) -> Rule {
    Rule::allow_origins(texts.iter().copied())
}

/// A rule that allows [`A`].
pub fn a() -> Rule {
    Rule::allow_origins([A])
}

/// A rule that allows [`B`].
pub fn b() -> Rule {
    Rule::allow_origins([B])
}

/// A rule that allows [`A`] and [`B`].
pub fn two() -> Rule {
    Rule::allow_origins([A, B])
}

/// A policy of these rules, which are sound.
#[track_caller]
pub fn policy(rules: impl IntoIterator<Item = Rule>) -> Policy {
    Policy::new(rules).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A policy of this rule and another one, so that responses vary by origin.
#[track_caller]
pub fn dynamic(rule: Rule) -> Policy {
    policy([rule, Rule::allow_origins([OTHER])])
}

// --- Requests and responses ---------------------------------------------------------------------

/// A request without headers.
pub fn get<'a>() -> RequestHeaders<'a> {
    RequestHeaders::new("GET")
}

/// An actual request from this origin.
pub fn from<V: AsRef<[u8]> + ?Sized>(origin: &V) -> RequestHeaders<'_> {
    get().header("Origin", origin)
}

/// A preflight.
pub fn preflight<'a>(origin: &'a str, method: &'a str) -> RequestHeaders<'a> {
    RequestHeaders::new("OPTIONS")
        .header("Origin", origin)
        .header("Access-Control-Request-Method", method)
}

/// A preflight that requests these header names.
pub fn preflight_for<'a>(origin: &'a str, method: &'a str, names: &'a str) -> RequestHeaders<'a> {
    preflight(origin, method).header("Access-Control-Request-Headers", names)
}

/// The headers that a decision sends, a text each.
pub fn lines(decision: &Decision<'_>) -> Vec<String> {
    let lines = decision.headers();
    lines
        .map(|(name, value)| format!("{name}: {value}"))
        .collect()
}

/// Header lines, owned.
pub fn texts(lines: Lines<'_>) -> Vec<(String, String)> {
    let lines = lines.iter();
    lines
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}
