//! Rules that can never decide.

use alloc::vec::Vec;

use super::super::error::{PolicyProblem, ProblemKind, field};
use super::{CheckedRule, Patterns};
use crate::pattern::OriginSet;

/// A rule is unreachable if each of its patterns is covered by one above it. A rule with a text that is
/// no pattern is left alone, as what it means is not known; one that mixes `*` with others is above
/// none, as it is to be taken apart.
pub(super) fn check(rules: &[CheckedRule], problems: &mut Vec<PolicyProblem>) {
    let mut above = OriginSet::default();
    let mut before: Option<&CheckedRule> = None;
    for (index, rule) in rules.iter().enumerate() {
        if let Some(Patterns::Listed {
            read, mixed: false, ..
        }) = before.map(|rule| &rule.patterns)
        {
            above.add_for_covers(read);
        }
        before = Some(rule);
        let unreachable = match &rule.patterns {
            Patterns::Ask { .. } => above.has_any(),
            Patterns::Listed { read, complete, .. } => {
                *complete && !read.is_empty() && above.covers_all(read)
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
