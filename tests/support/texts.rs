//! Problems of policies in text, with their places.

use cross_origin::{PolicyBuilder, PolicyProblem, PolicyProblems, ProblemKind};

/// The origins of a rule, as JSON has them.
pub const A: &str = r#""allow_origins":["https://a.example"]"#;

pub type Place = (Option<usize>, Option<String>, Option<usize>, ProblemKind);

#[track_caller]
pub fn problems(json: &str) -> PolicyProblems {
    let builder: PolicyBuilder = serde_json::from_str(json).expect(json);
    builder.build().expect_err(json)
}

#[track_caller]
pub fn places(json: &str) -> Vec<Place> {
    let place = |problem: &PolicyProblem| {
        let key = problem.key().map(Into::into);
        (
            problem.rule_index(),
            key,
            problem.entry_index(),
            problem.kind(),
        )
    };
    problems(json).iter().map(place).collect()
}
