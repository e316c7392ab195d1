//! Parsing and checking the origins of a rule.

use alloc::string::String;
use alloc::vec::Vec;

use super::super::error::{PolicyProblem, ProblemKind, Problems, key};
use super::super::rule::Rule;
use super::{hints, trust};
use crate::origin::ParseOriginError;
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
                let mut problem = PolicyProblem::new(kind(&error), hints::message(text, &error))
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
                "`*` cannot be listed with other origins, which it matches too: use `*` alone, or in a rule of its own below this one"
            } else {
                "`null` cannot be listed with other origins: any website can send it, from a sandboxed frame; use a rule of its own"
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
