//! Rules that can never decide.

use alloc::vec::Vec;

use super::super::error::{PolicyProblem, ProblemKind, field};
use super::{CheckedRule, Patterns};
use crate::pattern::OriginSet;

/// A rule is unreachable if each of its patterns is covered by one above it. A rule with a pattern
/// that could not be read is left alone: what it means is not known.
pub(super) fn check(rules: &[CheckedRule], problems: &mut Vec<PolicyProblem>) {
    for (index, rule) in rules.iter().enumerate() {
        let above = || {
            rules
                .iter()
                .take(index)
                .filter_map(|rule| match &rule.patterns {
                    Patterns::Listed { read, .. } => Some(read),
                    Patterns::Ask { .. } => None,
                })
        };
        let unreachable = match &rule.patterns {
            Patterns::Ask { .. } => above().any(OriginSet::has_any),
            Patterns::Listed { read, all } => {
                *all && !read.is_empty()
                    && read
                        .patterns()
                        .all(|pattern| above().any(|set| set.covers(pattern)))
            }
        };
        if unreachable {
            problems.push(
                PolicyProblem::new(
                    ProblemKind::Unreachable,
                    "this rule never decides, as rules above it have all of its origins: move it up, or delete it",
                )
                .rule(index)
                .field(field::ALLOW_ORIGINS),
            );
        }
    }
}
