//! Patterns that other patterns cover.
//!
//! A list may have a hundred thousand origins, so no pattern is held against every other: it is
//! looked up in the set of the others. That set is another one for each pattern, but what is in one
//! half of a list can be looked up in the set of the other half; and so on within the halves.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::parts::witness;
use super::view::{Cover, PolicyView, RuleView, patterns};
use super::{Lint, LintKind};
use crate::origin::quoted::Quoted;
use crate::pattern::{OriginPattern, OriginSet};
use crate::policy::error::field;

/// Notes at each pattern what covers it.
pub(super) fn mark(policy: &mut PolicyView) {
    let rules = policy.rules.as_mut_slice();
    if rules.len() > 1 {
        let first_rules = first_rules(rules);
        mark_above(rules, &first_rules);
    }
    rules.iter_mut().for_each(mark_within);
    rules.iter_mut().for_each(RuleView::count_deciding);
}

/// Which rule has a pattern first.
fn first_rules(rules: &[RuleView]) -> BTreeMap<String, usize> {
    let mut first = BTreeMap::new();
    for rule in rules.iter().rev() {
        let texts = rule.origins.iter().map(|origin| origin.pattern.as_str());
        first.extend(texts.map(|text| (String::from(text), rule.index)));
    }
    first
}

/// A rule of the first half is above each rule of the second.
fn mark_above(rules: &mut [RuleView], first_rules: &BTreeMap<String, usize>) {
    if rules.len() < 2 {
        return;
    }
    let Some((upper, lower)) = rules.split_at_mut_checked(rules.len() / 2) else {
        return;
    };
    let set: OriginSet = patterns(upper).collect();
    let origins = lower.iter_mut().flat_map(|rule| &mut rule.origins);
    for origin in origins.filter(|origin| origin.cover.is_none()) {
        if set.covers(&origin.pattern) {
            let named = named(&set, &origin.pattern);
            origin.cover = Some(Cover::Above(
                named.and_then(|text| Some((*first_rules.get(&text)?, text))),
            ));
        }
    }
    mark_above(upper, first_rules);
    mark_above(lower, first_rules);
}

/// A pattern of one origin covers no other: so those are looked up in the set of what is left, and
/// only what is left has to be halved.
fn mark_within(rule: &mut RuleView) {
    let general: Vec<OriginPattern> = rule
        .origins
        .iter()
        .map(|origin| &origin.pattern)
        .filter(|pattern| !pattern.as_pattern_ref().is_exact())
        .cloned()
        .collect();
    if general.is_empty() {
        return;
    }
    let mut covered = BTreeMap::new();
    look_up_halves(&general, &mut covered);
    let set: OriginSet = general.into_iter().collect();
    for origin in rule
        .origins
        .iter_mut()
        .filter(|origin| origin.cover.is_none())
    {
        let pattern = &origin.pattern;
        origin.cover = if pattern.as_pattern_ref().is_exact() {
            set.covers(pattern)
                .then(|| Cover::SameRule(named(&set, pattern)))
        } else {
            covered.remove(pattern).map(Cover::SameRule)
        };
    }
}

fn look_up_halves(
    patterns: &[OriginPattern],
    covered: &mut BTreeMap<OriginPattern, Option<String>>,
) {
    if patterns.len() < 2 {
        return;
    }
    let Some((first, second)) = patterns.split_at_checked(patterns.len() / 2) else {
        return;
    };
    for (half, other) in [(first, second), (second, first)] {
        let set: OriginSet = other.iter().cloned().collect();
        for pattern in half {
            if !covered.contains_key(pattern) && set.covers(pattern) {
                covered.insert(pattern.clone(), named(&set, pattern));
            }
        }
        look_up_halves(half, covered);
    }
}

/// The pattern of a set that covers another, if it is the one that admits an origin of it.
fn named(set: &OriginSet, pattern: &OriginPattern) -> Option<String> {
    let origin = witness(pattern)?;
    let text = set.find(origin.as_ref())?.pattern();
    let covers = text
        .parse::<OriginPattern>()
        .is_ok_and(|found| found.covers(pattern));
    covers.then(|| text.into())
}

impl Cover {
    /// The lint of a pattern with this cover, and its message.
    fn lint(&self, pattern: &OriginPattern) -> (LintKind, String) {
        let covered = Quoted(pattern.as_str());
        match self {
            Self::SameRule(by) => {
                let by = match by {
                    Some(by) => format!("{}", Quoted(by)),
                    None => "another pattern".into(),
                };
                let message =
                    format!("{by} of the same rule admits all that {covered} admits: delete it");
                (LintKind::CoveredOrigin, message)
            }
            Self::Above(by) => {
                let by = match by {
                    Some((rule, by)) => format!("{} of rule {rule} above", Quoted(by)),
                    None => "a rule above".into(),
                };
                let message = format!(
                    "{by} admits all that {covered} admits, so that it never decides here: delete \
                     it, or move this rule up"
                );
                (LintKind::CoveredByRuleAbove, message)
            }
        }
    }
}

pub(super) fn check(policy: &PolicyView, rule: &RuleView, lints: &mut Vec<Lint>) {
    for (entry, origin) in rule.origins.iter().enumerate() {
        let Some(cover) = &origin.cover else {
            continue;
        };
        let (kind, message) = cover.lint(&origin.pattern);
        lints.push(
            Lint::new(kind, rule.index, field::ALLOW_ORIGINS, message)
                .entry(entry, origin.pattern.as_str())
                .suggestion_is(policy.remove_origin(rule, entry)),
        );
    }
}
