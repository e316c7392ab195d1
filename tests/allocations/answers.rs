//! Comparing and showing an answer does not depend on the size of the policy.

use std::sync::Arc;

use allocation_counter::measure;
use cross_origin::{Policy, Rule};

use crate::support::{A, from, policy, preflight};

fn policies() -> [Policy; 2] {
    [10, 100_000].map(|count| {
        let tenants = (0..count).map(|number| format!("https://t{number}.example"));
        policy([
            Rule::allow_origins(tenants.chain([A.into()])).allow_credentials(),
            Rule::ask(),
        ])
    })
}

/// What a comparison reads must not grow either: a hundred thousand comparisons of large policies would
/// take minutes.
#[test]
fn decisions_are_compared_by_what_they_say() {
    let [small, large] = policies();
    let copy = large.clone();
    for request in [from(A), from("https://evil.example"), preflight(A, "PUT")] {
        let used = measure(|| {
            for _ in 0..100_000 {
                let decision = std::hint::black_box(large.evaluate(&request));
                assert!(decision == copy.evaluate(&request));
                assert!(decision == small.evaluate(&request));
            }
        });
        assert_eq!(used.count_total, 0);
    }
    assert!(large.evaluate(&from(A)) != large.evaluate(&from("https://t1.example")));
    assert!(large.evaluate(&from("null")) != large.evaluate(&from("https://t1.example.evil")));
}

#[test]
fn answers_show_no_policy() {
    let texts = policies().map(|policy| {
        let policy = Arc::new(policy);
        let request = http::Request::get("/")
            .header("origin", A)
            .body(())
            .unwrap();
        let answer = policy.answer(request.method(), request.headers());
        let mut text = String::new();
        let used = measure(|| text = format!("{answer:?}"));
        assert!(used.bytes_max < 10_000, "{} bytes", used.bytes_max);
        let view = from(A);
        let decision = policy.evaluate(&view);
        [
            text,
            format!("{decision:?}"),
            format!("{:?}", decision.to_owned()),
            format!("{:?}", decision.explain(&view)),
        ]
    });
    let [small, large] = texts;
    assert_eq!(small, large);
}
