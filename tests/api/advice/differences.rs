//! Differences between the decisions of a policy and of a candidate for its place.

use cross_origin::advice::differences::Difference;
use cross_origin::limits::MAX_DIFFERENCES_LEN;
use cross_origin::{Decision, Denial, Policy, PolicyBuilder, RequestHeaders, Rule};
use proptest::prelude::*;

use crate::support::requests::{policy as any_policy, request};
use crate::support::{A, B, from, get, policy, preflight, preflight_for, two};

#[track_caller]
fn differ(
    (current, candidate): (&Policy, &Policy),
    request: &RequestHeaders<'_>,
    differences: &[Difference],
    line: &str,
) {
    let (decision, other) = (current.evaluate(request), candidate.evaluate(request));
    let found = decision.differences(&other).expect("a difference");
    assert_eq!((*found.current(), *found.candidate()), (decision, other));
    assert_eq!(found.iter().collect::<Vec<_>>(), differences);
    assert_eq!(found.to_string(), line);
}

// ---------------------------------------------------------------- what differs

#[test]
fn difference_of_an_origin() {
    let (old, new) = (
        policy([two()]),
        policy([two(), Rule::allow_origins(["null"])]),
    );
    let null = from("null");
    let denial = |current, candidate| Difference::Denial { current, candidate };
    differ(
        (&old, &new),
        &null,
        &[
            denial(Some(Denial::OriginNull), None),
            Difference::Header("access-control-allow-origin"),
        ],
        "actual request from `null`: denied (origin-null), the candidate allows it by rule 1; \
         differs in access-control-allow-origin",
    );
    differ(
        (&new, &old),
        &preflight("null", "GET"),
        &[
            denial(None, Some(Denial::OriginNull)),
            Difference::Status {
                current: Some(204),
                candidate: Some(403),
            },
            Difference::Header("access-control-allow-origin"),
        ],
        "preflight from `null`: allowed by rule 1, the candidate denies it (origin-null); \
         differs in status, access-control-allow-origin",
    );
    for request in [
        get(),
        from(A),
        from("https://evil.example"),
        preflight(B, "GET"),
    ] {
        let candidate = new.evaluate(&request);
        assert_eq!(old.evaluate(&request).differences(&candidate), None);
    }
}

#[test]
fn difference_of_headers_and_credentials() {
    let old = policy([two().allow_headers(["x-a"])]);
    let new = policy([two().allow_headers(["x-b"]).allow_credentials()]);
    differ(
        (&old, &new),
        &preflight_for(A, "GET", "x-a,x-b"),
        &[
            Difference::DeniedHeaders,
            Difference::Credentials {
                current: false,
                candidate: true,
            },
            Difference::Header("access-control-allow-credentials"),
            Difference::Header("access-control-allow-headers"),
        ],
        "preflight from `https://a.example`: denied (header-not-allowed `x-b`), the candidate denies \
         it (header-not-allowed `x-a`); differs in credentials, access-control-allow-credentials, \
         access-control-allow-headers",
    );
}

#[test]
fn difference_of_response_headers_alone() {
    let one = policy([Rule::allow_origins([A])]);
    differ(
        (&one, &policy([two()])),
        &get(),
        &[
            Difference::Header("access-control-allow-origin"),
            Difference::Header("vary"),
        ],
        "no CORS request; differs in access-control-allow-origin, vary",
    );
    // A header that only one of them takes from the response.
    differ(
        (&policy([two()]), &policy([two().timing_allow_origin()])),
        &from("https://c.example"),
        &[Difference::Header("timing-allow-origin")],
        "actual request from `https://c.example`: denied (origin-not-allowed), the candidate denies it \
         (origin-not-allowed); differs in timing-allow-origin",
    );
    let status = PolicyBuilder::new([two()])
        .preflight_status(200)
        .build()
        .unwrap();
    differ(
        (&policy([two()]), &status),
        &preflight(A, "GET"),
        &[Difference::Status {
            current: Some(204),
            candidate: Some(200),
        }],
        "preflight from `https://a.example`: allowed by rule 0, the candidate allows it by rule 0; \
         differs in status",
    );
}

#[test]
fn repeated_origin_header() {
    differ(
        (&policy([two()]), &policy([two(), Rule::allow_any_origin()])),
        &from(A).header("Origin", B),
        &[
            Difference::Denial {
                current: Some(Denial::OriginMalformed),
                candidate: None,
            },
            Difference::Header("access-control-allow-origin"),
        ],
        "actual request: denied (origin-malformed), the candidate allows it by rule 1; \
         differs in access-control-allow-origin",
    );
}

// ---------------------------------------------------------------- bounds

#[test]
fn line_of_differences_is_escaped_and_bounded() {
    let current = policy([two()
        .allow_headers(["x-a"])
        .expose_headers(["x-a"])
        .max_age(std::time::Duration::ZERO)]);
    let other = policy([two(), Rule::allow_any_origin().timing_allow_any_origin()]);
    let names = format!("{},x-b", "x".repeat(8000));
    let bytes: Vec<u8> = (0..=u8::MAX).rev().cycle().take(5000).collect();
    let requests = [
        RequestHeaders::new("OPTIONS")
            .header("Origin", &bytes)
            .header("Access-Control-Request-Method", "GET")
            .header("Access-Control-Request-Headers", &names),
        preflight_for(A, "GET", &names),
        from(&bytes),
    ];
    for request in &requests {
        let candidate = other.evaluate(request);
        let line = current
            .evaluate(request)
            .differences(&candidate)
            .unwrap()
            .to_string();
        assert!(line.len() <= MAX_DIFFERENCES_LEN, "{}", line.len());
        assert!(!line.contains(char::is_control), "{line}");
    }
    let candidate = other.evaluate(&requests[2]);
    let line = current
        .evaluate(&requests[2])
        .differences(&candidate)
        .unwrap()
        .to_string();
    assert!(
        line.starts_with("actual request from `\\xff\\xfe"),
        "{line}"
    );
    assert!(line.contains("…`: denied"), "{line}");
}

// ---------------------------------------------------------------- laws

fn headers(decision: &Decision<'_>) -> Vec<(&'static str, String)> {
    let lines = decision.headers();
    lines
        .map(|(name, value)| (name, value.to_owned()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn differences_iff_headers_or_denials_differ(
        current in any_policy(),
        candidate in any_policy(),
        request in request(),
    ) {
        let view = request.view();
        let (decision, would) = (current.evaluate(&view), candidate.evaluate(&view));
        let differences = decision.differences(&would);
        let what = |decision: &Decision<'_>| {
            let removed: Vec<_> = decision.removed().collect();
            (decision.denial(), decision.status(), decision.allows_credentials(), headers(decision), removed)
        };
        prop_assert_eq!(differences.is_some(), what(&decision) != what(&would));
        if let Some(differences) = differences {
            let line = differences.to_string();
            prop_assert!(line.len() <= MAX_DIFFERENCES_LEN);
            prop_assert!(!line.contains(char::is_control));
        }
        // Policies that don't differ agree on every request.
        if current.diff(&candidate).is_empty() {
            prop_assert_eq!(differences, None);
        }
    }
}
