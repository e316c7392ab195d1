//! Lints about patterns that other patterns cover.
//!
//! Each pattern is looked up in the set of its rule, and in one set of the patterns of all rules with
//! the first rule that has each. The work is near-linear in the number of patterns.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::view::{Cover, LintedPolicy, LintedRule, ListedOrigin};
use super::{Lint, LintKind, Lints};
use crate::origin::quoted::{Quoted, shown};
use crate::pattern::{OriginPattern, OriginSet, PatternRef};
use crate::policy::error::key;

/// Notes at each pattern what covers it.
pub(super) fn mark(policy: &mut LintedPolicy) {
    let owners = Owners::new(policy);
    let covers: Vec<Vec<_>> = policy
        .rules
        .iter()
        .map(|rule| {
            let patterns = rule.origins.iter().map(ListedOrigin::pattern_ref);
            let cover = |pattern| {
                owners
                    .find_above(pattern, rule)
                    .or_else(|| within(pattern, rule))
            };
            patterns.map(cover).collect()
        })
        .collect();
    for (rule, covers) in policy.rules.iter_mut().zip(covers) {
        for (origin, cover) in rule.origins.iter_mut().zip(covers) {
            origin.cover = cover;
        }
        rule.count_deciding();
    }
}

/// The patterns of all rules, and the first rule that has each.
struct Owners<'v> {
    set: &'v OriginSet,
    first_rules: BTreeMap<&'v str, usize>,
}

impl<'v> Owners<'v> {
    fn new(policy: &'v LintedPolicy) -> Self {
        let mut first_rules = BTreeMap::new();
        for rule in &policy.rules {
            for origin in &rule.origins {
                let text = origin.pattern.as_str();
                first_rules.entry(text).or_insert(rule.index);
            }
        }
        Self {
            set: policy.all(),
            first_rules,
        }
    }

    /// The most specific pattern of the rules above this one that covers the pattern.
    fn find_above(&self, pattern: PatternRef<'_>, rule: &LintedRule) -> Option<Cover> {
        if rule.index == 0 {
            return None;
        }
        let first_rule = |text: &str| self.first_rules.get(text).copied();
        let is_above = |text: &str| first_rule(text).is_some_and(|above| above < rule.index);
        let by = self.set.find_covering(pattern, is_above)?;
        Some(Cover::Above(first_rule(by)?, shown(by).into_owned()))
    }
}

/// The most specific other pattern of the rule that covers the pattern.
fn within(pattern: PatternRef<'_>, rule: &LintedRule) -> Option<Cover> {
    let is_other = |text: &str| text != pattern.as_str();
    let by = rule.set.find_covering(pattern, is_other)?;
    Some(Cover::SameRule(shown(by).into_owned()))
}

impl Cover {
    /// The lint of a pattern with this cover, and its message.
    fn lint(&self, pattern: &OriginPattern) -> (LintKind, String) {
        let covered = Quoted(pattern.as_str());
        match self {
            Self::SameRule(by) => {
                let by = Quoted(by);
                let message = format!("{by} in the same rule covers {covered}; delete it");
                (LintKind::CoveredOrigin, message)
            }
            Self::Above(rule, by) => {
                let by = Quoted(by);
                let message = format!(
                    "{by} in rule {rule} above covers {covered}, which never decides here; delete it, or \
                     move this rule up"
                );
                (LintKind::CoveredByRuleAbove, message)
            }
        }
    }
}

pub(super) fn check(policy: &LintedPolicy, rule: &LintedRule, lints: &mut Lints) {
    for (entry, origin) in rule.origins.iter().enumerate() {
        let Some(cover) = &origin.cover else {
            continue;
        };
        let (kind, message) = cover.lint(&origin.pattern);
        lints.push(
            Lint::new(kind, rule.index, key::ALLOW_ORIGINS, message)
                .at_entry(entry, origin.pattern.as_str())
                .suggestion_is(policy.remove_origin(rule, entry)),
        );
    }
}
