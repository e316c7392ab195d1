//! Caps: how large a policy can be, and how much of it problems repeat.

use cross_origin::limits::{
    MAX_EXPOSED_HEADERS, MAX_METHODS, MAX_PROBLEM_LEN, MAX_PROBLEMS, MAX_QUOTED_LEN, MAX_RULES,
};
use cross_origin::{Policy, PolicyProblems, ProblemKind, Rule};

use crate::support::a;

fn names(prefix: &str, count: usize) -> impl Iterator<Item = String> {
    (0..count).map(move |number| format!("{prefix}{number}"))
}

#[track_caller]
fn one_problem(built: Result<Policy, PolicyProblems>, path: &str, kind: ProblemKind) {
    let problems = built.unwrap_err();
    let found: Vec<_> = problems.iter().collect();
    let [problem] = found.as_slice() else {
        panic!("{problems}");
    };
    assert_eq!(problem.kind(), kind);
    assert_eq!(problem.path(), path);
    assert_eq!(problems.left_out(), 0);
}

#[test]
fn too_many_rules() {
    let rules =
        |count| names("https://", count).map(|host| Rule::allow_origins([host + ".example"]));
    assert!(Policy::new(rules(MAX_RULES)).is_ok());
    one_problem(
        Policy::new(rules(MAX_RULES + 1)),
        "rules",
        ProblemKind::TooManyRules,
    );
}

#[test]
fn too_many_methods() {
    let rule = |count| a().allow_methods(names("X-", count).chain(["*".into(), "X-0".into()]));
    assert!(Policy::new([rule(MAX_METHODS)]).is_ok());
    one_problem(
        Policy::new([rule(MAX_METHODS + 1)]),
        "rules[0].allow_methods",
        ProblemKind::TooManyMethods,
    );
}

#[test]
fn too_many_exposed_headers() {
    let rule = |count| a().expose_headers(names("x-", count).chain(["*".into(), "X-0".into()]));
    assert!(Policy::new([rule(MAX_EXPOSED_HEADERS)]).is_ok());
    one_problem(
        Policy::new([rule(MAX_EXPOSED_HEADERS + 1)]),
        "rules[0].expose_headers",
        ProblemKind::TooManyExposedHeaders,
    );
}

#[test]
fn first_problems_are_kept_and_the_others_counted() {
    // The problems of names are found before those between rules, which come first in order.
    let rules = [
        a().allow_methods(names("no token ", 3000)),
        Rule::ask(),
        Rule::ask().allow_headers(names("no token ", 500)),
    ];
    let problems = Policy::new(rules).unwrap_err();
    assert_eq!(problems.iter().count(), MAX_PROBLEMS);
    assert_eq!(problems.left_out(), 3000 + 501 - MAX_PROBLEMS);
    for (entry, problem) in problems.iter().enumerate() {
        assert_eq!(problem.path(), format!("rules[0].allow_methods[{entry}]"));
    }
    assert!(problems.to_string().ends_with("\nand 2501 more problems"));
    assert_eq!(problems.into_iter().count(), MAX_PROBLEMS);
}

#[test]
fn quoted_entries_are_cut() {
    let long = "a".repeat(100_000);
    for rule in [
        Rule::allow_origins([format!("https://{long}")]),
        Rule::allow_origins([format!("https://a.example/{long}")]),
        Rule::allow_origins([format!("https://a.example:{{{long}}}")]),
        Rule::allow_origins([long.clone()]),
        Rule::allow_origins([format!("{long}://a.example")]),
        a().allow_methods([long.clone()]),
        a().expose_headers([format!("{long} ")]),
    ] {
        let problems = Policy::new([rule]).unwrap_err();
        let problem = problems.iter().next().unwrap();
        let found = problem.found().unwrap();
        assert_eq!(found.len(), MAX_QUOTED_LEN + "…".len(), "{problem}");
        assert!(found.ends_with("a…"));
        assert!(problem.message().len() <= MAX_PROBLEM_LEN, "{problem}");
    }
}

#[test]
fn passwords_are_hidden() {
    let secret = "pa55word";
    for text in [
        format!("https://user:{secret}@a.example"),
        format!("https://user:{secret}@a.example/"),
        format!("https://{secret}@b@a.example"),
        format!("user:{secret}@a.example"),
        format!("https://user:x/{secret}@a.example"),
        format!("https://user:x?{secret}@a.example:{{1,2"),
        format!("https://*:{secret}@a.example"),
        format!("[\"https://user:{secret}@a.example\"]"),
    ] {
        for rule in [
            Rule::allow_origins([text.clone()]),
            a().allow_methods([text.clone()]),
            a().allow_headers([text.clone()]),
        ] {
            let problems = Policy::new([rule]).unwrap_err();
            let shown = format!("{problems} {problems:?}");
            assert!(!shown.contains(secret), "{shown}");
            let found = problems.iter().next().unwrap().found().unwrap();
            assert!(found.contains("…@"), "{found}");
        }
    }
}

#[cfg(feature = "advice")]
#[test]
fn first_lints_and_changes_are_kept_and_the_others_counted() {
    let policy = |count| {
        let origins = (0..count).map(|number| format!("ws://t{number}.example"));
        Policy::new([Rule::allow_origins(origins)]).unwrap()
    };
    let lints = policy(1500).lints();
    assert_eq!(lints.len(), MAX_PROBLEMS);
    assert_eq!(lints.left_out(), 500);
    assert_eq!(lints.last().unwrap().entry_index(), Some(MAX_PROBLEMS - 1));

    let diff = policy(100).diff(&policy(1600));
    assert_eq!(diff.iter().count(), MAX_PROBLEMS);
    assert_eq!(diff.left_out(), 500);
    assert!(diff.to_string().ends_with("\nand 500 more changes"));
}
