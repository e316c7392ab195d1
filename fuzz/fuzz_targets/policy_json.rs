//! A policy is read from any JSON without panicking, its problems can be shown, and one that is built
//! is the same after writing and reading it; what its lints suggest can be built.
#![no_main]

use cross_origin::{Policy, PolicyBuilder};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let Ok(builder) = serde_json::from_slice::<PolicyBuilder>(text) else {
        return;
    };
    match builder.build() {
        Ok(policy) => {
            let written = serde_json::to_string(&policy).unwrap();
            let again: Policy = serde_json::from_str(&written).unwrap();
            assert_eq!(again, policy, "{written}");
            assert_eq!(policy.to_builder().build().unwrap(), policy);
            for lint in policy.lints() {
                assert!(!lint.to_string().chars().any(char::is_control), "{lint:?}");
                let Some(suggestion) = lint.suggestion() else {
                    continue;
                };
                let mut builder = policy.to_builder();
                suggestion.apply(&mut builder);
                let changed = builder
                    .build()
                    .unwrap_or_else(|problems| panic!("{lint:?}: {problems}"));
                assert!(!changed.lints().contains(&lint), "{lint:?}");
            }
        }
        Err(problems) => {
            assert!(problems.iter().count() > 0);
            for problem in &problems {
                let shown = problem.to_string();
                assert!(!shown.chars().any(char::is_control), "{shown:?}");
            }
        }
    }
});
