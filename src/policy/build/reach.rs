//! Rules that can never decide.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::super::error::{PolicyProblem, ProblemKind, field};
use super::{CheckedRule, Patterns};
use crate::pattern::{OriginPattern, OriginSet};

/// A rule is unreachable if each of its patterns is covered by one above it. A rule with a text that is
/// no pattern is left alone, as what it means is not known; one that mixes `*` with others is above
/// none, as it is to be taken apart.
pub(super) fn check(rules: &[CheckedRule], problems: &mut Vec<PolicyProblem>) {
    let mut above = Above::default();
    let mut before: Option<&CheckedRule> = None;
    for (index, rule) in rules.iter().enumerate() {
        if let Some(Patterns::Listed {
            read, mixed: false, ..
        }) = before.map(|rule| &rule.patterns)
        {
            above.push(read);
        }
        before = Some(rule);
        let unreachable = match &rule.patterns {
            Patterns::Ask { .. } => above.has_any(),
            Patterns::Listed { read, complete, .. } => {
                *complete && !read.is_empty() && above.covers(read)
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

/// The origins of the rules above one. Sets of like size are put together, so that there are few of them,
/// and no pattern is put together with others often.
#[derive(Default)]
struct Above<'r>(Vec<Cow<'r, OriginSet>>);

impl<'r> Above<'r> {
    fn push(&mut self, set: &'r OriginSet) {
        let mut set = Cow::Borrowed(set);
        while let Some(last) = self.0.pop_if(|last| last.len() <= set.len()) {
            set = Cow::Owned(last.merged(&set));
        }
        self.0.push(set);
    }

    fn has_any(&self) -> bool {
        self.0.iter().any(|set| set.has_any())
    }

    /// Whether each of these patterns is covered by one above.
    fn covers(&self, set: &OriginSet) -> bool {
        set.patterns().all(|text| {
            let pattern = text.parse::<OriginPattern>();
            pattern.is_ok_and(|pattern| self.0.iter().any(|above| above.covers(&pattern)))
        })
    }
}
