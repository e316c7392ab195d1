//! Building of policies: all checks, and the values of response headers.

mod hints;
mod names;
mod origins;
mod public_suffix;
mod reach;
mod safety;
#[cfg(feature = "psl")]
mod suffixes_below;
mod trust;

#[cfg(feature = "advice")]
pub(crate) use public_suffix::why_not_one_site;
#[cfg(feature = "advice")]
pub(crate) use trust::{is_any_host, is_global, is_loopback, is_potentially_trustworthy};

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;

use super::builder::{Dangers, PolicyBuilder};
use super::error::{PolicyProblem, PolicyProblems, ProblemKind, Problems, key};
use super::prepared::Prepared;
use super::rule::{Rule, RuleOrigins, Timing};
use super::{BuiltRule, MAX_MAX_AGE_SECS, MAX_RULES, MaxAge, NameList, Origins, Policy, Summary};
use crate::origin::quoted::Quoted;
use crate::pattern::OriginSet;

impl PolicyBuilder {
    /// Checks the rules and builds the policy.
    ///
    /// # Errors
    ///
    /// All problems at once: those of the text that the builder was read from, those of each rule, and
    /// those between rules.
    pub fn build(&self) -> Result<Policy, PolicyProblems> {
        // Problems at places that already have one from reading the text are dropped.
        let found_reading = self.found_reading.as_slice().iter();
        let misread: BTreeSet<_> = found_reading.flat_map(PolicyProblem::extents).collect();
        let mut problems = self.found_reading.clone();
        let mut add = |found: Problems, rule: Option<usize>| {
            problems.append(found, |problem| {
                let problem = match rule {
                    Some(rule) => problem.at_rule(rule),
                    None => problem,
                };
                (!problem.is_within(&misread)).then_some(problem)
            });
        };
        // Which problems there are below those that reading left out is not known.
        let is_known = self.found_reading.left_out() == 0;
        let mut rules = Vec::new();
        if is_known {
            let mut found = Problems::default();
            self.check_whole(&mut found);
            self.check_asking(&mut found);
            add(found, None);
            for (index, rule) in self.checked_rules() {
                let mut found = Problems::default();
                rules.push(CheckedRule::new(rule, self.dangers, &mut found));
                add(found, Some(index));
            }
            let mut found = Problems::default();
            reach::check(&rules, &mut found);
            add(found, None);
        }
        problems.sort();
        if problems.as_slice().is_empty() {
            return Ok(Policy::from_checked(rules, self));
        }
        for problem in problems.as_mut_slice() {
            problem.written = self.written;
        }
        Err(PolicyProblems(problems))
    }

    /// The rules that are checked, with their indices: not more than a policy can have.
    fn checked_rules(&self) -> impl Iterator<Item = (usize, &Rule)> {
        self.rules.iter().enumerate().take(MAX_RULES)
    }

    fn check_whole(&self, problems: &mut Problems) {
        if self.rules.len() > MAX_RULES {
            problems.push(too_many_rules_problem(self.rules.len()));
        }
        for (index, rule) in self.checked_rules() {
            if rule.origins == RuleOrigins::Listed(Vec::new()) {
                problems.push(
                    PolicyProblem::new(
                        ProblemKind::NoOrigin,
                        "missing origins: list at least one in `allow_origins`; use `\"*\"` for any origin, or `\"rules\": []` to allow none",
                    )
                    .at_rule(index)
                    .at_key(key::ALLOW_ORIGINS),
                );
            }
        }
        if !(200..=299).contains(&self.preflight_status) {
            let found = self.preflight_status.to_string();
            problems.push(preflight_status_problem(&found));
        }
    }

    fn check_asking(&self, problems: &mut Problems) {
        let asking = self.checked_rules();
        let asking = asking.filter(|(_, rule)| rule.origins == RuleOrigins::Ask);
        for (index, _) in asking.skip(1) {
            problems.push(
                PolicyProblem::new(
                    ProblemKind::SecondAsk,
                    "only one rule can ask: merge the two, and let one lookup decide for the origins of both",
                )
                .at_rule(index)
                .at_key(key::ALLOW_ORIGINS)
                .value("ask"),
            );
        }
    }
}

pub(crate) fn too_many_rules_problem(found: usize) -> PolicyProblem {
    let message = format!(
        "too many rules: expected at most {MAX_RULES}, found {found}; merge rules that allow the same"
    );
    PolicyProblem::new(ProblemKind::TooManyRules, message).at_key(key::RULES)
}

pub(crate) fn preflight_status_problem(found: &str) -> PolicyProblem {
    PolicyProblem::new(
        ProblemKind::PreflightStatus,
        format!(
            "invalid `preflight_status` {}: expected an ok status, from 200 to 299; use 204",
            Quoted(found)
        ),
    )
    .at_key(key::PREFLIGHT_STATUS)
    .value(found)
}

pub(crate) fn max_age_problem(found: &str) -> PolicyProblem {
    PolicyProblem::new(
        ProblemKind::MaxAge,
        format!(
            "invalid `max_age` {}: expected whole seconds from 0 to {MAX_MAX_AGE_SECS}",
            Quoted(found)
        ),
    )
    .at_key(key::MAX_AGE)
    .value(found)
}

/// A checked rule. Parts with problems are incomplete.
struct CheckedRule {
    patterns: CheckedOrigins,
    credentials: bool,
    methods: NameList,
    headers: NameList,
    exposed: NameList,
    max_age: Option<MaxAge>,
    timing: Option<Timing>,
}

enum CheckedOrigins {
    /// The parsed patterns, whether they are all, and whether `*` or `null` is mixed with others.
    Listed {
        read: OriginSet,
        complete: bool,
        mixed: bool,
    },
    Ask {
        insecure: bool,
    },
}

impl CheckedRule {
    fn new(rule: &Rule, dangers: Dangers, problems: &mut Problems) -> Self {
        let patterns = match &rule.origins {
            RuleOrigins::Ask => CheckedOrigins::Ask {
                insecure: !rule.credentials || dangers.insecure_origins,
            },
            RuleOrigins::Listed(texts) => {
                let read = origins::parse(rule, texts, problems);
                if rule.credentials {
                    safety::check(&read.notable, texts, dangers, problems);
                }
                CheckedOrigins::Listed {
                    complete: read.complete,
                    mixed: origins::is_mixed(&read.notable, texts),
                    read: read.list.into(),
                }
            }
        };
        Self {
            patterns,
            credentials: rule.credentials,
            methods: names::methods(rule, problems),
            headers: names::headers(rule, problems),
            exposed: names::exposed(rule, problems),
            max_age: read_max_age(rule.max_age, problems),
            timing: rule.timing,
        }
    }

    fn build(self) -> BuiltRule {
        let origins = match self.patterns {
            CheckedOrigins::Ask { insecure } => Origins::Ask { insecure },
            CheckedOrigins::Listed { read, .. } if read.has_any() => Origins::Any,
            CheckedOrigins::Listed { read, .. } => Origins::Set(read),
        };
        BuiltRule {
            origins,
            credentials: self.credentials,
            methods: self.methods,
            headers: self.headers,
            exposed: self.exposed,
            max_age: self.max_age,
            timing: self.timing,
        }
    }
}

fn read_max_age(max_age: Option<Duration>, problems: &mut Problems) -> Option<MaxAge> {
    let max_age = max_age?;
    let seconds = u32::try_from(max_age.as_secs())
        .ok()
        .filter(|&seconds| seconds <= MAX_MAX_AGE_SECS && max_age.subsec_nanos() == 0);
    if seconds.is_none() {
        problems.push(max_age_problem(&seconds_text(max_age)));
    }
    seconds.map(|seconds| MaxAge {
        seconds,
        text: seconds.to_string().into_boxed_str(),
    })
}

/// A duration as a number of seconds, the way it is written in a policy.
fn seconds_text(duration: Duration) -> String {
    match duration.subsec_nanos() {
        0 => duration.as_secs().to_string(),
        _ => duration.as_secs_f64().to_string(),
    }
}

impl Policy {
    fn from_checked(rules: Vec<CheckedRule>, builder: &PolicyBuilder) -> Self {
        let rules: Vec<_> = rules.into_iter().map(CheckedRule::build).collect();
        Self {
            summary: Summary::new(&rules),
            rules,
            preflight_status: builder.preflight_status,
            dangers: builder.dangers,
            prepared: Prepared::default(),
        }
    }
}

impl Summary {
    fn new(rules: &[BuiltRule]) -> Self {
        let is_static = match rules {
            [only] => match &only.origins {
                Origins::Any => !only.credentials,
                Origins::Set(set) => set.single_origin().is_some(),
                Origins::Ask { .. } => false,
            },
            _ => false,
        };
        Self {
            is_static,
            echoes_names: rules
                .iter()
                .any(|rule| rule.credentials && rule.headers.any),
            credentials: rules.iter().any(|rule| rule.credentials),
            exposes: rules.iter().any(|rule| rule.exposed.text.is_some()),
            exposed_differ: rules
                .iter()
                .zip(rules.iter().skip(1))
                .any(|(one, next)| one.exposed.text != next.exposed.text),
            timing: rules
                .iter()
                .filter_map(|rule| rule.timing)
                .max_by_key(|timing| *timing == Timing::Any),
        }
    }
}
