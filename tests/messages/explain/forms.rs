//! Every case, exactly.

use crate::support::explanations::cases;

#[test]
fn short_explanations() {
    let cases = cases();
    assert!(cases.len() >= 60, "{}", cases.len());
    for case in cases {
        let (policy, view) = (case.policy(), case.view());
        let explanation = policy.evaluate(&view).explain(&view);
        let short = explanation.short().to_string();
        assert_eq!(short, case.short, "{}\n{}", case.policy, case.request);
    }
}

#[test]
fn long_explanations() {
    let cases: Vec<_> = cases()
        .into_iter()
        .filter(|case| case.long.is_some())
        .collect();
    assert!(cases.len() >= 20, "{}", cases.len());
    for case in cases {
        let (policy, view) = (case.policy(), case.view());
        let explanation = policy.evaluate(&view).explain(&view);
        let long = explanation.to_string();
        let expected = case.long.unwrap_or_default();
        assert_eq!(long, expected, "{}\n{}\n{long}", case.policy, case.request);
    }
}
