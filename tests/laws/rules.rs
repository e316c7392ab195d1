//! A policy can be read and built again.

use cross_origin::{Policy, Rule};
use proptest::prelude::*;

use crate::support::requests::{policy, request};

proptest! {
    #[test]
    fn policy_built_again_of_its_rules_is_equal_and_decides_alike(
        policy in policy(),
        request in request(),
    ) {
        let builder = policy.to_builder();
        let rules: Vec<Rule> = policy.rules().map(Rule::from).collect();
        let again = builder.build().unwrap();
        prop_assert_eq!(&again, &policy);
        prop_assert_eq!(again.to_string(), policy.to_string());
        // Without what is dangerously allowed, some rules are refused.
        if let Ok(safe) = Policy::new(rules.clone()) {
            prop_assert_eq!(safe.rules().map(Rule::from).collect::<Vec<_>>(), rules.clone());
        }
        for (rule, text) in policy.rules().zip(&rules) {
            prop_assert_eq!(rule.to_string(), text.to_string());
        }
        let view = request.view();
        prop_assert_eq!(again.evaluate(&view), policy.evaluate(&view));
    }
}
