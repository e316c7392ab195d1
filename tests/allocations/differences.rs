//! Evaluating a second policy allocates nothing.

use allocation_counter::measure;
use cross_origin::Rule;

use crate::support::{A, from, get, policy, preflight_for, two};

#[test]
fn differences_allocate_nothing() {
    let current = policy([two().allow_credentials().allow_headers(["*"]), Rule::ask()]);
    let same = policy([two().allow_credentials().allow_headers(["*"])]);
    let other = policy([Rule::allow_any_origin().timing_allow_any_origin()]);
    for request in [
        get(),
        from(A),
        from("\u{0}"),
        preflight_for(A, "PUT", "x-a,x-b"),
    ] {
        let used = measure(|| {
            let decision = current.evaluate(&request);
            assert!(decision.differences(&same.evaluate(&request)).is_none());
            let some = decision.differences(&other.evaluate(&request));
            std::hint::black_box(some.is_some_and(|some| some.iter().count() > 0));
        });
        assert_eq!(used.count_total, 0, "{request:?}");
    }
}
