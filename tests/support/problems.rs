//! Problems of policies, with their places.

use cross_origin::{Policy, PolicyProblem, ProblemKind, Rule};

#[track_caller]
pub fn accepts(rules: impl IntoIterator<Item = Rule>) {
    if let Err(problems) = Policy::new(rules) {
        panic!("{problems}");
    }
}

#[track_caller]
pub fn only_problem(rules: impl IntoIterator<Item = Rule>) -> PolicyProblem {
    let problems = Policy::new(rules).unwrap_err();
    assert_eq!(problems.iter().count(), 1, "{problems}");
    let only = problems.iter().next().unwrap();
    assert_eq!(problems.to_string(), only.to_string());
    only.clone()
}

type PlaceAndText<'a> = (Option<usize>, &'a str, Option<usize>, Option<&'a str>);

#[track_caller]
pub fn is(problem: &PolicyProblem, place: PlaceAndText<'_>, kind: ProblemKind) {
    let (rule, key, entry, found) = place;
    assert_eq!(problem.kind(), kind, "{problem}");
    assert_eq!(problem.rule_index(), rule, "{problem}");
    assert_eq!(problem.key(), Some(key), "{problem}");
    assert_eq!(problem.entry_index(), entry, "{problem}");
    assert_eq!(problem.found(), found, "{problem}");
}

/// A sound rule, above one with a problem.
pub fn above() -> Rule {
    Rule::allow_origins(["https://above.example"])
}

/// A sound rule, below one with a problem.
pub fn below() -> Rule {
    Rule::allow_origins(["https://below.example"])
}
