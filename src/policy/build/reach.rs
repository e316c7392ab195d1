//! Rules that can never decide.

use alloc::collections::BTreeMap;

use super::super::error::{PolicyProblem, ProblemKind, Problems, key};
use super::{CheckedOrigins, CheckedRule};
use crate::pattern::{OriginSet, PatternList, PatternRef};

/// Reports each rule whose patterns are all covered by patterns of rules above it. A rule with a text
/// that is not a pattern is not reported; one that mixes `*` with other patterns covers nothing.
pub(super) fn check(rules: &[CheckedRule], problems: &mut Problems) {
    if rules.len() < 2 {
        return;
    }
    let above = Above::new(rules);
    for (index, rule) in rules.iter().enumerate() {
        let unreachable = match &rule.patterns {
            // It has no patterns; a lint reports one that is never reached.
            CheckedOrigins::Ask { .. } => false,
            CheckedOrigins::Listed { read, complete, .. } => {
                let mut patterns = read.patterns();
                *complete && !read.is_empty() && patterns.all(|text| above.covers(text, index))
            }
        };
        if unreachable {
            problems.push(
                PolicyProblem::new(
                    ProblemKind::Unreachable,
                    "this rule never decides: rules above it match all of its origins; merge it with them, move it up, or delete it",
                )
                .at_rule(index)
                .at_key(key::ALLOW_ORIGINS),
            );
        }
    }
}

/// The patterns of all rules, with the first rule that has each.
struct Above<'r> {
    set: OriginSet,
    first_rules: BTreeMap<&'r str, usize>,
}

impl<'r> Above<'r> {
    fn new(rules: &'r [CheckedRule]) -> Self {
        let mut list = PatternList::default();
        let mut first_rules = BTreeMap::new();
        for (index, rule) in rules.iter().enumerate() {
            let CheckedOrigins::Listed {
                read, mixed: false, ..
            } = &rule.patterns
            else {
                continue;
            };
            for text in read.patterns() {
                first_rules.entry(text).or_insert_with(|| {
                    list.push(text);
                    index
                });
            }
        }
        let set = list.into();
        Self { set, first_rules }
    }

    /// Whether a pattern of a rule above the one with this index covers this pattern.
    fn covers(&self, text: &str, index: usize) -> bool {
        let is_above = |text: &str| self.first_rules.get(text).is_some_and(|&rule| rule < index);
        let pattern = PatternRef::from_canonical(text);
        self.set.find_covering(pattern, is_above).is_some()
    }
}
