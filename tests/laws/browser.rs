//! The law that the crate is for: a browser shares exactly what the rules allow, read naively.

use cross_origin::browser::{Credentials, Fetch, HttpCache, Response};
use cross_origin::{OriginRef, Policy, Rule};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::Config;

use crate::support::naive::{
    Seen, answer, deciding, expected, judged, permits, preflight_passes, seen,
};
use crate::support::requests::{METHODS, ORIGINS, specified};

/// At least ten thousand, unless the run asks for another number.
fn cases() -> Config {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => Config::default(),
        None => Config {
            failure_persistence: None,
            ..Config::with_cases(10_000)
        },
    }
}

// --- Fetches ------------------------------------------------------------------------------------------

/// No method and no header is called `*`: without credentials there is no way to allow a `*` that is
/// not all of them, nor to refuse one beside them.
fn fetch() -> impl Strategy<Value = Fetch> {
    let methods = METHODS.iter().copied();
    fetch_by(methods.filter(|method| *method != "*").collect())
}

fn fetch_by(methods: Vec<&'static str>) -> impl Strategy<Value = Fetch> {
    let origins: Vec<_> = ORIGINS
        .iter()
        .filter_map(|origin| OriginRef::from_header(origin.as_bytes()).ok())
        .collect();
    let headers = subsequence(
        vec![
            ("Content-Type", "text/plain"),
            ("content-type", "application/json"),
            ("Authorization", "x"),
            ("x-a", "1"),
            ("X-B", "2"),
            ("x-c", "3"),
            ("Range", "bytes=0-"),
            ("cookie", "dropped"),
        ],
        0..4,
    );
    let modes = select(vec![
        Credentials::Omit,
        Credentials::SameOrigin,
        Credentials::Include,
    ]);
    (select(origins), select(methods), headers, modes).prop_map(
        |(origin, method, headers, mode)| {
            let fetch = Fetch::new(origin, method).unwrap().credentials(mode);
            let with =
                |fetch: Fetch, (name, value): (&str, &str)| fetch.header(name, value).unwrap();
            headers.into_iter().fold(fetch, with)
        },
    )
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_browser_shares_exactly_what_the_rules_allow(
        (specs, policy) in specified(),
        fetch in fetch(),
        verdict in any::<bool>(),
    ) {
        prop_assert_eq!(seen(&policy, &fetch, verdict), expected(&specs, &fetch, verdict));
    }

    #[test]
    fn preflight_decision_agrees_with_the_rules(
        (specs, policy) in specified(),
        fetch in fetch(),
    ) {
        let request = fetch.preflight();
        let decision = policy.evaluate(&request.request_headers()).is_allowed();
        let rule = deciding(&specs, fetch.origin(), false);
        prop_assert_eq!(decision, rule.is_some_and(|spec| permits(spec, &fetch)));
    }

    /// Also where the response comes out of a cache that another fetch filled, reused or updated by a
    /// 304.
    #[test]
    fn grants_of_a_rule_do_not_reach_origins_of_another(
        (specs, policy) in specified(),
        first in fetch_by(vec!["GET"]),
        second in fetch_by(vec!["GET"]),
        verdicts in any::<[bool; 2]>(),
    ) {
        // The application's word on an origin stays the same meanwhile.
        let verdict = |fetch: &Fetch| verdicts[fetch.origin().as_str().len() % 2];
        let mut cache = HttpCache::new();
        let url = "https://api.example/thing";
        let stored = answer(&policy, &first.request(), 200, verdict(&first));
        cache.receive(url, &first.request(), stored);
        let passed = preflight_passes(&policy, &second, verdict(&second));
        let expected = expected(&specs, &second, verdict(&second));
        let request = second.request();
        if let Some(reused) = cache.reuse(url, &request) {
            prop_assert_eq!(&judged(&second, reused, passed), &expected, "reused");
        }
        if let Some(conditional) = cache.revalidate(url, &request) {
            let not_modified = answer(&policy, &conditional, 304, verdict(&second));
            let updated = cache.receive(url, &request, not_modified);
            prop_assert_eq!(&judged(&second, &updated, passed), &expected, "updated by a 304");
        }
    }
}

/// What the last law would find if answers left out what their rule does not grant.
#[test]
fn explicit_revocation_keeps_a_304_from_granting() {
    let [a, b] = ["https://a.site.example", "https://b.site.example"];
    let origin = |text: &'static str| OriginRef::from_header(text.as_bytes()).unwrap();
    let policy = Policy::new([
        Rule::allow_origins([a])
            .allow_credentials()
            .expose_headers(["x-secret"])
            .timing_allow_origin(),
        Rule::allow_origins([b]),
    ])
    .unwrap();
    let include = |text| {
        Fetch::new(origin(text), "GET")
            .unwrap()
            .credentials(Credentials::Include)
    };
    let (first, second) = (include(a), include(b));
    let seen = |leave_out: bool| {
        let mut cache = HttpCache::new();
        cache.receive(
            "",
            &first.request(),
            answer(&policy, &first.request(), 200, false),
        );
        let answered = answer(&policy, &second.request(), 304, false);
        let lines = answered
            .header_list()
            .iter()
            .filter(|(_, value)| !leave_out || !(value.is_empty() || value == b"false"));
        let not_modified = Response::new(304).headers(lines);
        let updated = cache.receive("", &second.request(), not_modified);
        judged(&second, &updated, true)
    };
    assert_eq!(
        seen(false),
        Seen {
            shared: false,
            exposed: vec![],
            timing: false
        }
    );
    assert_eq!(
        seen(true),
        Seen {
            shared: true,
            exposed: vec!["x-secret"],
            // what is stored names the other origin
            timing: false
        }
    );
}
