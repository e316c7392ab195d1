//! The work of linting grows with a policy, and not with its square: counted in allocations, of which
//! each pattern that is read or put into a set has some.

use allocation_counter::measure;
use cross_origin::{Policy, Rule};

use crate::support::policy;

#[track_caller]
fn grows_by_at_most(factor: u64, [small, large]: [Policy; 2], lints: usize) {
    let mut found = 0;
    let few = measure(|| found = small.lints().len());
    assert_eq!(found, lints);
    let many = measure(|| found = large.lints().len());
    assert_eq!(found, lints);
    let (few, many) = (few.count_total, many.count_total);
    assert!(many <= few * factor, "{few} and {many} allocations");
}

#[test]
fn allocations_grow_linearly_with_origins() {
    let origins = |count| {
        let tenants = (0..count).map(|n| format!("https://t{n}.example.com"));
        let more = [
            "https://*.example.org",
            "http://a.example.org",
            "https://b.example.org",
        ];
        let more = more.into_iter().map(str::to_owned);
        policy([Rule::allow_origins(tenants.chain(more))])
    };
    // One of them is insecure, and a pattern covers the other.
    grows_by_at_most(11, [origins(10_000), origins(100_000)], 2);
}

#[test]
fn allocations_grow_linearly_with_wildcards() {
    let origins = |count| {
        let wildcards = (0..count).map(|n| format!("https://*.t{n}.example.com"));
        policy([Rule::allow_origins(wildcards)])
    };
    grows_by_at_most(11, [origins(1_000), origins(10_000)], 0);
}

#[test]
fn allocations_grow_linearly_with_rules() {
    let rules = |count| {
        let rules = (0..count).map(|n| Rule::allow_origins([format!("https://t{n}.example.com")]));
        policy(rules.map(|rule| rule.allow_methods(["PUT"])))
    };
    grows_by_at_most(11, [rules(100), rules(1_000)], 0);
}

#[test]
fn allocations_grow_linearly_with_covered_patterns() {
    let rules = |count| {
        let covered = (0..count).map(|n| format!("https://t{n}.example.com"));
        let listed = covered.chain(["https://example.org".to_owned()]);
        policy([
            Rule::allow_origins(["https://*.example.com"]),
            Rule::allow_origins(listed),
        ])
    };
    let lints = |count: usize| {
        let policy = rules(count);
        let mut found = 0;
        let allocations = measure(|| {
            let lints = policy.lints();
            found = lints.len() + lints.left_out();
        });
        let allocations = allocations.count_total;
        assert_eq!(found, count);
        allocations
    };
    let (few, many) = (lints(1_000), lints(10_000));
    assert!(many <= few * 11, "{few} and {many} allocations");
}
