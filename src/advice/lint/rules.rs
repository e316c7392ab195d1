//! Lints about grants that a rule above withholds.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::names::has_room_for;
use super::view::{LintedPolicy, LintedRule};
use super::{Lint, LintKind, Lints, methods, names};
use crate::advice::fix::Edit;
use crate::message::{MAX_REQUEST_HEADERS, header_name};
use crate::origin::quoted::Quoted;
use crate::policy::MAX_METHODS;
use crate::policy::error::key::{ALLOW_HEADERS, ALLOW_METHODS, ALLOW_ORIGINS, RULES};
use crate::policy::rule::{Rule, RuleOrigins};

/// How many rules are held against each other, from the first on: the work grows with it for each
/// origin.
const RULES_COMPARED: usize = 64;

const ANY: &str = "*";

pub(super) fn check(policy: &LintedPolicy, lints: &mut Lints) {
    if policy.rules.is_empty() {
        let message = "the policy has no rule and allows no origin";
        lints.push(Lint::new(LintKind::NoOriginAllowed, None, RULES, message));
    }
    unreachable_ask(policy, lints);
    let rules = || policy.rules.iter().take(RULES_COMPARED);
    let allowed: Vec<_> = rules().map(RuleGrants::new).collect();
    for below in rules() {
        let mut wanted = wanted(&below.rule);
        for (above, allowed) in rules().zip(&allowed).take(below.index) {
            let lacks = |wanted: &&Wanted| !allowed.has(wanted);
            if !wanted.iter().any(|wanted| lacks(&wanted)) {
                continue;
            }
            let Some(origin) = in_common(above, below) else {
                continue;
            };
            lints.extend(
                wanted
                    .iter()
                    .filter(lacks)
                    .map(|wanted| lint(above, below, wanted, origin)),
            );
            wanted.retain(|wanted| allowed.has(wanted));
        }
    }
}

fn unreachable_ask(policy: &LintedPolicy, lints: &mut Lints) {
    let Some(any) = policy.rules.iter().position(|rule| rule.set.has_any()) else {
        return;
    };
    let below = policy.rules.iter().skip(any);
    for rule in below.filter(|rule| rule.rule.origins == RuleOrigins::Ask) {
        let message = format!(
            "rule {any} above matches any origin, so the application is never asked; move this rule up"
        );
        let remove = Edit::of_lint(rule.index, None, None, None);
        lints.push(
            Lint::new(LintKind::UnreachableAsk, rule.index, ALLOW_ORIGINS, message)
                .value("ask")
                .suggestion_is(remove),
        );
    }
}

/// A pattern that the rule above decides for, and that the one below has as well.
fn in_common<'r>(above: &'r LintedRule, below: &LintedRule) -> Option<&'r str> {
    let mut decided = above.origins.iter().filter(|origin| origin.decides());
    let found = decided.find(|origin| below.set.covers(&origin.pattern))?;
    Some(found.pattern.as_str())
}

/// An entry that needs permission.
struct Wanted {
    key: &'static str,
    entry: usize,
    name: String,
}

impl Wanted {
    /// Other lints are about entries that are not.
    fn is_meant(&self) -> bool {
        let name = self.name.as_str();
        let in_vain = match self.key {
            ALLOW_METHODS => methods::is_listed_in_vain(name),
            _ => names::is_listed_in_vain(name),
        };
        name != ANY && !in_vain
    }
}

fn wanted(rule: &Rule) -> Vec<Wanted> {
    let lists = [
        (ALLOW_METHODS, &rule.methods),
        (ALLOW_HEADERS, &rule.headers),
    ];
    let entries = lists.into_iter().flat_map(|(key, list)| {
        list.iter().enumerate().map(move |(entry, name)| Wanted {
            key,
            entry,
            name: name.clone(),
        })
    });
    entries.filter(Wanted::is_meant).collect()
}

/// The methods and header names that a rule allows, for lookups.
struct RuleGrants<'r> {
    methods: BTreeSet<&'r str>,
    headers: BTreeSet<&'r str>,
}

impl<'r> RuleGrants<'r> {
    fn new(rule: &'r LintedRule) -> Self {
        Self {
            methods: rule.rule.methods.iter().map(String::as_str).collect(),
            headers: rule.rule.headers.iter().map(String::as_str).collect(),
        }
    }

    fn has(&self, wanted: &Wanted) -> bool {
        let name = wanted.name.as_str();
        if wanted.key == ALLOW_METHODS {
            self.methods.contains(name) || self.methods.contains(ANY)
        } else {
            let by_any = !header_name::is_cors_non_wildcard(name.as_bytes());
            self.headers.contains(name) || by_any && self.headers.contains(ANY)
        }
    }
}

fn lint(above: &LintedRule, below: &LintedRule, wanted: &Wanted, origin: &str) -> Lint {
    let Wanted { key, entry, name } = wanted;
    let message = format!(
        "rule {} above decides for {} and does not allow {}; add it there, or delete it here",
        above.index,
        Quoted(origin),
        Quoted(name)
    );
    let (list, max) = match *key {
        ALLOW_HEADERS => (&above.rule.headers, MAX_REQUEST_HEADERS),
        _ => (&above.rule.methods, MAX_METHODS),
    };
    let suggestion = match has_room_for(1, list, max) {
        true => above.add(key, list.len(), name),
        false => below.remove(key, *entry),
    };
    Lint::new(LintKind::NarrowerRuleAbove, below.index, key, message)
        .at_entry(*entry, name)
        .suggestion_is(suggestion)
}
