//! Parsing and checking the origins of a rule.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::super::error::{PolicyProblem, ProblemKind, Problems, key};
use super::super::rule::Rule;
use super::trust;
use crate::origin::ParseOriginError;
use crate::origin::quoted::Quoted;
use crate::pattern::{
    self, HostPattern, OriginPattern, ParsePatternError, PatternList, PatternRef,
};

/// The patterns of a rule.
pub(super) struct ParsedOrigins {
    pub(super) list: PatternList,
    /// The patterns that need further checks, with their indices in the rule.
    pub(super) notable: Vec<(usize, OriginPattern)>,
    /// Whether every text is a pattern.
    pub(super) complete: bool,
}

/// Parses each text.
pub(super) fn parse(rule: &Rule, texts: &[String], problems: &mut Problems) -> ParsedOrigins {
    let mut parsed = ParsedOrigins {
        list: PatternList::default(),
        notable: Vec::new(),
        complete: true,
    };
    for (entry, text) in texts.iter().enumerate() {
        match pattern::parse(text) {
            Ok(canonical) => {
                parsed.list.push(&canonical);
                let pattern = PatternRef::from_canonical(&canonical);
                if is_notable(pattern, rule.credentials) {
                    parsed.notable.push((entry, pattern.into()));
                }
            }
            Err(error) => {
                parsed.complete = false;
                let mut problem = PolicyProblem::new(kind(&error), message(text, &error))
                    .at_key(key::ALLOW_ORIGINS)
                    .at_entry(entry, text);
                problem.evidence.credentials = rule.credentials;
                problems.push(problem);
            }
        }
    }
    check_mixed(rule, &parsed.notable, texts, problems);
    parsed
}

/// Whether a pattern may be unsafe with credentials, or must be alone in its rule.
fn is_notable(pattern: PatternRef<'_>, credentials: bool) -> bool {
    match pattern.host() {
        None => true,
        Some(_) if !credentials => false,
        Some(HostPattern::Exact(_)) => !trust::is_potentially_trustworthy(pattern),
        Some(_) => true,
    }
}

fn message(text: &str, error: &ParsePatternError) -> String {
    if text == "ask" {
        return "a rule that asks has no list: write `\"ask\"` in its place (in Rust, `Rule::ask()`)".into();
    }
    match unwrapped(text) {
        Some(pattern) => format!(
            "an origin has no quotes and no brackets around it: write {}",
            Quoted(pattern.as_str())
        ),
        None => error.to_string(),
    }
}

/// Parses a pattern without the quotes and brackets of a list that it was copied from.
fn unwrapped(text: &str) -> Option<OriginPattern> {
    const QUOTES: [char; 7] = ['"', '\'', '`', '“', '”', '‘', '’'];
    let inner = text.trim_start_matches('[').trim_matches(QUOTES);
    if let Some(before) = inner.strip_suffix(']')
        && (text.starts_with('[') || before.ends_with(QUOTES))
        && let Ok(pattern) = before.trim_end_matches(QUOTES).parse()
    {
        return Some(pattern);
    }
    // The last bracket may be that of an address.
    inner.parse().ok()
}

/// Reports `*` and `null` that are not alone in their rule.
fn check_mixed(
    rule: &Rule,
    patterns: &[(usize, OriginPattern)],
    texts: &[String],
    problems: &mut Problems,
) {
    if !is_mixed(patterns, texts) {
        return;
    }
    for (entry, pattern) in patterns {
        let pattern = pattern.as_pattern_ref();
        if pattern.is_any() || pattern.is_opaque() {
            let message = if pattern.is_any() {
                "`*` admits the other origins of the rule too: give it a rule of its own, below this one"
            } else {
                "`null` stands for pages of any kind, as no other origin does: give it a rule of its own"
            };
            let mut problem = PolicyProblem::new(ProblemKind::Mixed, message)
                .at_key(key::ALLOW_ORIGINS)
                .at_entry(*entry, pattern.as_str());
            problem.evidence.credentials = rule.credentials;
            problems.push(problem);
        }
    }
}

/// Whether `*` or `null` is listed together with another text.
pub(super) fn is_mixed(patterns: &[(usize, OriginPattern)], texts: &[String]) -> bool {
    let is_alone = |(_, pattern): &(usize, OriginPattern)| {
        let pattern = pattern.as_pattern_ref();
        pattern.is_any() || pattern.is_opaque()
    };
    let first = texts.first();
    patterns.iter().any(is_alone) && texts.iter().any(|text| Some(text) != first)
}

fn kind(error: &ParsePatternError) -> ProblemKind {
    let origin = match error {
        ParsePatternError::Wildcard(_)
        | ParsePatternError::AddressWildcard { .. }
        | ParsePatternError::Origin(ParseOriginError::Wildcard) => return ProblemKind::Wildcard,
        ParsePatternError::Network { .. } => return ProblemKind::Network,
        ParsePatternError::Ports { .. } => return ProblemKind::Unparsable,
        ParsePatternError::Origin(origin) => origin,
    };
    match origin {
        ParseOriginError::Empty => ProblemKind::Empty,
        ParseOriginError::SchemeMissing { .. } => ProblemKind::SchemeMissing,
        ParseOriginError::OpaqueScheme { .. } | ParseOriginError::File => ProblemKind::OpaqueScheme,
        ParseOriginError::Path { .. } => ProblemKind::Path,
        ParseOriginError::Query { .. } => ProblemKind::Query,
        ParseOriginError::Fragment { .. } => ProblemKind::Fragment,
        ParseOriginError::Userinfo { .. } => ProblemKind::Userinfo,
        ParseOriginError::PortZero => ProblemKind::PortZero,
        _ => ProblemKind::Unparsable,
    }
}
