//! The shape of a rule's origins.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::super::error::{PolicyProblem, ProblemKind, field};
use super::super::rule::Rule;
use crate::origin::ParseOriginError;
use crate::origin::quoted::Quoted;
use crate::pattern::{
    OriginPattern, ParsePatternError, PatternList, canonical_origin, is_canonical,
};

/// What the texts of a rule were read as.
pub(super) struct Read {
    /// All patterns.
    pub(super) list: PatternList,
    /// With their places in the rule, those that something may be wrong with.
    pub(super) notable: Vec<(usize, OriginPattern)>,
    /// Whether every text is a pattern.
    pub(super) complete: bool,
}

/// Reads each text.
pub(super) fn read(rule: &Rule, texts: &[String], problems: &mut Vec<PolicyProblem>) -> Read {
    let mut read = Read {
        list: PatternList::default(),
        notable: Vec::new(),
        complete: true,
    };
    for (entry, text) in texts.iter().enumerate() {
        if is_unobjectionable(text, rule.credentials) {
            read.list.push(text);
            continue;
        }
        match text.parse::<OriginPattern>() {
            Ok(pattern) => {
                read.list.push(pattern.as_str());
                read.notable.push((entry, pattern));
            }
            Err(error) => {
                read.complete = false;
                problems.push(
                    PolicyProblem::new(kind(&error), message(text, &error))
                        .field(field::ALLOW_ORIGINS)
                        .entry(entry, text),
                );
            }
        }
    }
    check_mixed(&read.notable, texts, problems);
    read
}

/// Whether a text is a pattern in canonical form that the rule may have whatever else it has, as most are.
fn is_unobjectionable(text: &str, credentials: bool) -> bool {
    match canonical_origin(text) {
        Some(origin) if credentials => origin.is_potentially_trustworthy(),
        Some(origin) => !origin.is_opaque(),
        None => !credentials && is_canonical(text),
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

/// The pattern that is left without the quotes and brackets around it, which come with what is copied
/// from a list of some language.
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

/// `*` and `null` stand alone in their rule.
fn check_mixed(
    patterns: &[(usize, OriginPattern)],
    texts: &[String],
    problems: &mut Vec<PolicyProblem>,
) {
    if !is_mixed(patterns, texts) {
        return;
    }
    for (entry, pattern) in patterns {
        if pattern.is_any() || pattern.is_opaque() {
            let message = if pattern.is_any() {
                "`*` admits the other origins of the rule too: give it a rule of its own, below this one"
            } else {
                "`null` stands for pages of any kind, as no other origin does: give it a rule of its own"
            };
            problems.push(
                PolicyProblem::new(ProblemKind::Mixed, message)
                    .field(field::ALLOW_ORIGINS)
                    .entry(*entry, pattern.as_str()),
            );
        }
    }
}

/// Whether `*` or `null` stands beside another text.
pub(super) fn is_mixed(patterns: &[(usize, OriginPattern)], texts: &[String]) -> bool {
    let is_alone = |(_, pattern): &(usize, OriginPattern)| pattern.is_any() || pattern.is_opaque();
    let first = texts.first();
    patterns.iter().any(is_alone) && texts.iter().any(|text| Some(text) != first)
}

fn kind(error: &ParsePatternError) -> ProblemKind {
    let origin = match error {
        ParsePatternError::Wildcard(_) | ParsePatternError::Origin(ParseOriginError::Wildcard) => {
            return ProblemKind::Wildcard;
        }
        ParsePatternError::Ports { .. } => return ProblemKind::Unparsable,
        ParsePatternError::Origin(origin) => origin,
    };
    match origin {
        ParseOriginError::Empty => ProblemKind::Empty,
        ParseOriginError::SchemeMissing { .. } => ProblemKind::SchemeMissing,
        ParseOriginError::OpaqueScheme { .. } => ProblemKind::OpaqueScheme,
        ParseOriginError::Path { .. } => ProblemKind::Path,
        ParseOriginError::Query { .. } => ProblemKind::Query,
        ParseOriginError::Fragment { .. } => ProblemKind::Fragment,
        ParseOriginError::Userinfo { .. } => ProblemKind::Userinfo,
        ParseOriginError::PortZero => ProblemKind::PortZero,
        _ => ProblemKind::Unparsable,
    }
}
